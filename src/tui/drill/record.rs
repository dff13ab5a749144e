//! The page of a record: its fields, how each system calls it, its history, what belongs to it.

use super::Opening;
use super::lines::{Line, Lines, Target, wrapped};
use crate::analysis::selection::Selection;
use crate::domain::conflict::{Conflict, Voice};
use crate::domain::message::Message;
use crate::domain::money::Currency;
use crate::domain::object::{Field, Kind, Object, Row};
use crate::domain::time::Instant;
use crate::domain::value::{Id, Value};
use crate::domain::word::Why;
use crate::ops::{Choices, Story};
use crate::text::Clean;
use crate::tui::action::Step;
use crate::tui::analyst::Subject;
use crate::tui::edit;
use crate::tui::look::{Look, put, rows_of};
use crate::tui::name::Name;
use crate::tui::theme::Meaning;
use crate::tui::value::{moment, words};
use crate::tui::views::Clicked;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};
use std::sync::Arc;

/// Of records that belong to one, so many are shown on its page.
const SHOWN: usize = 10;

/// The page of one record.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct RecordPage {
    object: Object,
    id: Id,
    story: Option<Box<Story>>,
    /// The currency of amounts that name none.
    currency: Currency,
    choices: Arc<Choices>,
    gone: bool,
    lines: Lines,
}

impl RecordPage {
    pub(super) fn new(object: Object, id: Id) -> Self {
        let (choices, lines) = (Arc::default(), Lines::default());
        Self { object, id, story: None, currency: Currency::USD, choices, gone: false, lines }
    }

    pub(super) fn subject(&self) -> Subject {
        Subject::Record(self.object, self.id)
    }

    /// What the selected line leads to.
    pub(super) fn opens(&self) -> Option<Opening> {
        Some(match self.lines.target()? {
            Target::Record(object, id) => Opening::Record(*object, *id),
            Target::List(object, ids) => {
                let name = Name::Data(title(self.story.as_ref()?).as_str().to_owned());
                Opening::List(name, Selection::These(*object, ids.clone()))
            }
        })
    }

    pub(super) fn loaded(&mut self, story: Option<Box<Story>>, currency: Currency, choices: Arc<Choices>) {
        self.gone = story.is_none();
        (self.story, self.currency, self.choices) = (story, currency, choices);
    }

    /// What can be edited: the record, at the field of the selected line.
    pub(super) fn edits(&self) -> Option<edit::Subject> {
        let story = self.story.as_ref().filter(|story| !self.choices.fields(&story.row).is_empty())?;
        let title = title(story).as_str().to_owned();
        let (row, choices, names) = (story.row.clone(), Arc::clone(&self.choices), story.names.clone());
        Some(edit::Subject { row, title, field: self.lines.field(), choices, names })
    }

    /// Every line of the page; long values are wrapped, nothing is cut.
    fn content(&self, look: &Look<'_>, width: u16) -> Vec<Line> {
        self.story.as_ref().map_or_else(Vec::new, |story| lines(story, look, self.currency, usize::from(width)))
    }

    pub(super) fn settle(&mut self, look: &Look<'_>, size: Size) {
        let content = self.content(look, size.width);
        self.lines.settle(&content, below_title(size));
    }

    pub(super) fn step(&mut self, step: Step, look: &Look<'_>, size: Size) {
        let content = self.content(look, size.width);
        self.lines.step(step, &content, below_title(size));
    }

    pub(super) fn click(&mut self, place: Position, look: &Look<'_>, size: Size) -> Clicked {
        let content = self.content(look, size.width);
        let row = usize::from(place.y).checked_sub(1);
        Clicked::line(row.and_then(|row| self.lines.click(row, &content, below_title(size))))
    }

    /// The value of the selected line.
    pub(super) fn copied(&self, look: &Look<'_>) -> Vec<Vec<Clean>> {
        self.lines.copied(self.content(look, self.lines.width()))
    }

    pub(super) fn draw(&self, buffer: &mut Buffer, area: Rect, look: &Look<'_>) {
        let Some(story) = &self.story else {
            let key = if self.gone { "tui-record-gone" } else { "tui-loading" };
            put(buffer, area, (1, 0), &look.t(key), look.style(Meaning::Muted));
            return;
        };
        let kind = look.t(&format!("tui-object-{}", self.object.key()));
        let after = put(buffer, area, (1, 0), &kind, look.style(Meaning::Plain)) + 1;
        put(buffer, area, (after, 0), &title(story), look.style(Meaning::Heading));
        let content = self.content(look, area.width);
        let list = rows_of(area, 1, usize::from(area.height));
        self.lines.put_position(buffer, area, look, usize::from(list.height), content.len());
        self.lines.draw(buffer, list, look, &content);
    }
}

fn below_title(size: Size) -> Size {
    Size { height: size.height.saturating_sub(1), ..size }
}

/// What the record is called: its name, or else what its first system calls it.
fn title(story: &Story) -> Clean {
    let name = story.row.get(story.row.object.name_field()).text().filter(|name| !name.is_empty());
    let link = story.links.first().and_then(|link| link.get("external_id").text());
    name.or(link).map_or_else(|| format!("#{}", story.row.id).into(), Clean::from)
}

/// Every line of the page; long values are wrapped, nothing is cut.
fn lines(story: &Story, look: &Look<'_>, home: Currency, width: usize) -> Vec<Line> {
    let mut lines = fields(&story.row, story, look, home);
    section(&mut lines, look, "tui-section-links", links(story));
    for (object, rows) in &story.related {
        lines.extend(belonging(*object, rows, story, look, home));
    }
    section(&mut lines, look, "tui-section-timeline", timeline(story, look, home));
    section(&mut lines, look, "tui-section-attributes", attributes(&story.row));
    wrapped(lines, width)
}

fn section(lines: &mut Vec<Line>, look: &Look<'_>, title: &str, content: Vec<Line>) {
    if !content.is_empty() {
        lines.push(Line::heading(look.t(title)));
        lines.extend(content);
    }
}

/// The fields that hold something, each with what others say of it.
fn fields(row: &Row, story: &Story, look: &Look<'_>, home: Currency) -> Vec<Line> {
    let conflict = |field: &Field| story.conflicts.iter().find(|conflict| conflict.field == field);
    let known = row.object.fields().iter().zip(&row.values).filter(|(field, value)| {
        let unset_flag = field.key == "named_only" && value.int() == Some(0);
        let is_told = !value.is_null() && field.key != "currency" || conflict(field).is_some();
        is_told && field.kind != Kind::Json && !unset_flag
    });
    known
        .flat_map(|(field, value)| {
            let target = match (field.kind, value) {
                (Kind::Reference(object), Value::Int(id)) if has_page(object) => Some(Target::Record(object, Id(*id))),
                _ => None,
            };
            let words = shown(field, value, row, story, look, home);
            let others = conflict(field).map(|conflict| others(conflict, story, look, home)).unwrap_or_default();
            let line = Line::pair(look.t(&format!("field-{}", field.key)), words, target)
                .of(field.key, source(story, field, look));
            std::iter::once(line).chain(others)
        })
        .collect()
}

/// What others say of a field, and whether it was decided here.
fn others(conflict: &Conflict, story: &Story, look: &Look<'_>, home: Currency) -> Vec<Line> {
    let says = |voice: &Voice| {
        let value = shown(conflict.field, &voice.value, &story.row, story, look, home);
        let message = Message::new("tui-says").with("system", &voice.system).with("value", value);
        Line::warning(look.locale.tell(&message.with("day", voice.since.date())))
    };
    let mut systems: Vec<&str> = conflict.others().map(|voice| voice.system.as_str()).collect();
    systems.dedup();
    let systems = systems.join(&look.locale.t("list-separator"));
    let decided = Message::new("tui-decided").with("systems", systems);
    let decided = (conflict.why == Why::Decided).then(|| Line::warning(look.locale.tell(&decided)));
    decided.into_iter().chain(conflict.others().map(says)).collect()
}

/// Whether a page of its own says more than the name does.
fn has_page(object: Object) -> bool {
    object != Object::Stage
}

/// A value in words.
fn shown(field: &Field, value: &Value, row: &Row, story: &Story, look: &Look<'_>, home: Currency) -> String {
    words(field, value, row, &story.names, look, home)
}

fn links(story: &Story) -> Vec<Line> {
    let text = |link: &Row, field: &str| link.get(field).text().unwrap_or_default().to_owned();
    story.links.iter().map(|link| Line::pair(text(link, "system").into(), text(link, "external_id"), None)).collect()
}

/// Which system a value comes from.
fn source(story: &Story, field: &Field, look: &Look<'_>) -> Clean {
    match story.sources.get(field.key) {
        Some(Some(system)) => system.as_str().into(),
        Some(None) => look.t("tui-decided-here"),
        None => Clean::default(),
    }
}

/// Records that belong to the one of the page: the first of them, below a heading that leads to the list of all.
fn belonging(object: Object, rows: &[Row], story: &Story, look: &Look<'_>, home: Currency) -> Vec<Line> {
    let key = format!("tui-related-{}", object.key());
    let heading = format!("{} ({})", look.t(&key), look.locale.count(rows.len() as u64));
    let ids = rows.iter().rev().map(|row| row.id).collect();
    let mut lines = vec![Line::heading(heading.into()).to(Some(Target::List(object, ids)))];
    // The newest first, as in the list.
    lines.extend(rows.iter().rev().take(SHOWN).map(|row| related(row, story, look, home)));
    if rows.len() > SHOWN {
        let more = Message::new("tui-related-more").with("n", rows.len() - SHOWN);
        let ids = rows.iter().rev().map(|row| row.id).collect();
        lines.push(Line::pair(Clean::default(), look.locale.tell(&more), Some(Target::List(object, ids))));
    }
    lines
}

/// Everything that happened, the newest first.
fn timeline(story: &Story, look: &Look<'_>, home: Currency) -> Vec<Line> {
    let at = |row: &Row| row.get("at").int();
    let moves = story.history.iter().map(|change| (at(change), moved(change, story, look)));
    let events = story.events.iter().map(|row| (at(row), event(row, story, look, home)));
    let mut all: Vec<(Option<i64>, Line)> = moves.chain(events).collect();
    // What happened at the same time stays in its order.
    all.reverse();
    all.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    all.into_iter().map(|(_, line)| line).collect()
}

/// A move from stage to stage; of another record than that of the page, with its name.
fn moved(change: &Row, story: &Story, look: &Look<'_>) -> Line {
    // The stage of a deal is a record, that of a person a word.
    let stage = |field: &str| match change.get(field) {
        Value::Int(id) => story.names.get(&Id(*id)).cloned().unwrap_or_default(),
        word => word.text().unwrap_or_default().to_owned(),
    };
    let (from, to, arrow) = (stage("from_stage"), stage("to_stage"), look.glyphs.arrow);
    let moved = if from.is_empty() { format!("{arrow} {to}") } else { format!("{from} {arrow} {to}") };
    // A member is called by name; who else did it, as the source calls them.
    let actor = change.get("actor").text().map(|actor| story.members.get(actor).map_or(actor, String::as_str));
    let actor = actor.map(|actor| format!(" ({actor})")).unwrap_or_default();
    let of = [(Object::Opportunity, "opportunity"), (Object::Person, "person")];
    let of = of.into_iter().find_map(|(object, field)| Some((object, Id(change.get(field).int()?))));
    let other = of.filter(|(_, id)| *id != story.row.id);
    let name = other.and_then(|(_, id)| story.names.get(&id)).map(|name| format!("{name} {} ", look.glyphs.dot));
    let value = format!("{}{moved}{actor}", name.unwrap_or_default());
    Line::pair(when(change), value, other.map(|(object, id)| Target::Record(object, id)))
}

fn when(row: &Row) -> Clean {
    row.get("at").int().map(|ms| moment(Instant(ms))).unwrap_or_default().into()
}

/// A record that belongs to this one: its name, and what tells it from its neighbours.
fn related(row: &Row, story: &Story, look: &Look<'_>, home: Currency) -> Line {
    let name = row.get(row.object.name_field()).text().map_or_else(|| format!("#{}", row.id), str::to_owned);
    let details = row
        .object
        .fields()
        .iter()
        .zip(&row.values)
        .filter(|(field, value)| matches!(field.key, "stage" | "amount" | "title" | "status") && !value.is_null());
    let details: Vec<String> = details.map(|(field, value)| shown(field, value, row, story, look, home)).collect();
    let separator = format!(" {} ", look.glyphs.dot);
    Line::pair(name.into(), details.join(&separator), Some(Target::Record(row.object, row.id)))
}

/// Something that happened: when, what it is, and everything else that it says.
fn event(row: &Row, story: &Story, look: &Look<'_>, home: Currency) -> Line {
    let told = |(field, value): &(&Field, &Value)| match field.kind {
        Kind::Json | Kind::Flag => false,
        Kind::Reference(_) => !value.is_null() && value.int() != Some(story.row.id.0),
        _ => !value.is_null() && !matches!(field.key, "at" | "currency"),
    };
    let details = row.object.fields().iter().zip(&row.values).filter(told);
    let details = details.map(|(field, value)| shown(field, value, row, story, look, home));
    let kind = look.locale.t(&format!("tui-object-{}", row.object.key()));
    let said: Vec<String> = std::iter::once(kind).chain(details).collect();
    let separator = format!(" {} ", look.glyphs.dot);
    Line::pair(when(row), said.join(&separator), Some(Target::Record(row.object, row.id)))
}

/// Columns of the source that nobody asked about.
fn attributes(row: &Row) -> Vec<Line> {
    let parsed = row.get("attributes").text().and_then(|text| serde_json::from_str(text).ok());
    let Some(serde_json::Value::Object(attributes)) = parsed else { return Vec::new() };
    let plain = |value: &serde_json::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    attributes.iter().map(|(key, value)| Line::pair(key.as_str().into(), plain(value), None)).collect()
}
