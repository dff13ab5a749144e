//! The page of a record: its fields, how each system calls it, its history, what belongs to it.

use super::lines::{Line, Lines, Target, wrapped};
use crate::domain::conflict::{Conflict, Voice};
use crate::domain::message::Message;
use crate::domain::money::{Currency, Money};
use crate::domain::object::{Field, Kind, Object, Row};
use crate::domain::time::{DAY_MS, Instant};
use crate::domain::value::{Id, Value};
use crate::domain::word::Why;
use crate::ops::Story;
use crate::text::Clean;
use crate::tui::action::Step;
use crate::tui::analyst::Subject;
use crate::tui::look::{Look, put, rows_of};
use crate::tui::theme::Meaning;
use crate::tui::views::Clicked;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};

/// The page of one record.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct RecordPage {
    object: Object,
    id: Id,
    story: Option<Box<Story>>,
    /// The currency of amounts that name none.
    currency: Currency,
    gone: bool,
    lines: Lines,
}

impl RecordPage {
    pub(super) fn new(object: Object, id: Id) -> Self {
        Self { object, id, story: None, currency: Currency::USD, gone: false, lines: Lines::default() }
    }

    pub(super) fn subject(&self) -> Subject {
        Subject::Record(self.object, self.id)
    }

    pub(super) fn selected(&self) -> Option<Target> {
        self.lines.target()
    }

    pub(super) fn loaded(&mut self, story: Option<Box<Story>>, currency: Currency) {
        self.gone = story.is_none();
        (self.story, self.currency) = (story, currency);
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
    section(&mut lines, look, "tui-section-history", history(story, look));
    for (object, rows) in &story.related {
        let related = rows.iter().map(|row| related(row, story, look, home)).collect();
        section(&mut lines, look, &format!("tui-related-{}", object.key()), related);
    }
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
                (Kind::Reference(object), Value::Int(id)) if has_page(object) => Some((object, Id(*id))),
                _ => None,
            };
            let words = shown(field, value, row, story, look, home);
            let others = conflict(field).map(|conflict| others(conflict, story, look, home)).unwrap_or_default();
            std::iter::once(Line::pair(look.t(&format!("field-{}", field.key)), words, target)).chain(others)
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
    match (field.kind, value) {
        (_, Value::Text(text)) => text.clone(),
        (_, Value::Null) => String::new(),
        (Kind::Reference(_), Value::Int(id)) => story.names.get(&Id(*id)).cloned().unwrap_or_else(|| format!("#{id}")),
        (Kind::Money, Value::Int(minor)) => {
            let own = row.get("currency").text().and_then(Currency::parse);
            look.locale.money(Money { minor: *minor, currency: own.unwrap_or(home) })
        }
        (Kind::Instant, Value::Int(ms)) => moment(Instant(*ms)),
        (Kind::Percent, Value::Int(hundredths)) => look.locale.share(u64::try_from(*hundredths).unwrap_or(0), 10_000),
        (Kind::Decimal, Value::Int(parts)) => look.locale.days_bare(*parts as f64 / 10_000.0),
        (Kind::Rate, Value::Int(parts)) => (*parts as f64 / 1e9).to_string(),
        (Kind::Flag, Value::Int(flag)) => look.locale.t(if *flag == 1 { "word-yes" } else { "word-no" }),
        (Kind::Code(words), Value::Int(code)) => {
            let word = usize::try_from(*code).ok().and_then(|code| words.get(code));
            word.map_or_else(|| code.to_string(), |word| look.locale.t(&format!("word-{word}")))
        }
        (Kind::Integer, Value::Int(number)) if *number >= 0 => look.locale.count(number.unsigned_abs()),
        (_, Value::Int(number)) => number.to_string(),
    }
}

/// A day, with the time of day where the source had one.
fn moment(instant: Instant) -> String {
    let day = instant.date().to_string();
    if instant.0.rem_euclid(DAY_MS) == 0 {
        return day;
    }
    let minutes = instant.0.rem_euclid(DAY_MS) / 60_000;
    format!("{day} {:02}:{:02}", minutes / 60, minutes % 60)
}

fn links(story: &Story) -> Vec<Line> {
    let text = |link: &Row, field: &str| link.get(field).text().unwrap_or_default().to_owned();
    story.links.iter().map(|link| Line::pair(text(link, "system").into(), text(link, "external_id"), None)).collect()
}

fn history(story: &Story, look: &Look<'_>) -> Vec<Line> {
    // The stage of a deal is a record, that of a person a word.
    let stage = |change: &Row, field: &str| match change.get(field) {
        Value::Int(id) => story.names.get(&Id(*id)).cloned().unwrap_or_default(),
        word => word.text().unwrap_or_default().to_owned(),
    };
    let line = |change: &Row| {
        let at = change.get("at").int().map(|ms| moment(Instant(ms))).unwrap_or_default();
        let (from, to) = (stage(change, "from_stage"), stage(change, "to_stage"));
        let arrow = look.glyphs.arrow;
        let moved = if from.is_empty() { format!("{arrow} {to}") } else { format!("{from} {arrow} {to}") };
        // A member is called by name; who else did it, as the source calls them.
        let actor = change.get("actor").text().map(|actor| story.members.get(actor).map_or(actor, String::as_str));
        let actor = actor.map(|actor| format!(" ({actor})")).unwrap_or_default();
        Line::pair(at.into(), format!("{moved}{actor}"), None)
    };
    story.history.iter().map(line).collect()
}

/// A record that refers to this one: its name, and what tells it from its neighbours.
fn related(row: &Row, story: &Story, look: &Look<'_>, home: Currency) -> Line {
    if let Some(at) = row.get("at").int() {
        return event(row, at, story, look, home);
    }
    let name = row.get(row.object.name_field()).text().map_or_else(|| format!("#{}", row.id), str::to_owned);
    let details = row
        .object
        .fields()
        .iter()
        .zip(&row.values)
        .filter(|(field, value)| matches!(field.key, "stage" | "amount" | "title" | "status") && !value.is_null());
    let details: Vec<String> = details.map(|(field, value)| shown(field, value, row, story, look, home)).collect();
    let separator = format!(" {} ", look.glyphs.dot);
    Line::pair(name.into(), details.join(&separator), Some((row.object, row.id)))
}

/// Something that happened to the record of the page: when, and everything else that it says.
fn event(row: &Row, at: i64, story: &Story, look: &Look<'_>, home: Currency) -> Line {
    let told = |(field, value): &(&Field, &Value)| match field.kind {
        Kind::Json | Kind::Flag => false,
        Kind::Reference(_) => !value.is_null() && value.int() != Some(story.row.id.0),
        _ => !value.is_null() && !matches!(field.key, "at" | "currency"),
    };
    let details = row.object.fields().iter().zip(&row.values).filter(told);
    let details: Vec<String> = details.map(|(field, value)| shown(field, value, row, story, look, home)).collect();
    let separator = format!(" {} ", look.glyphs.dot);
    Line::pair(moment(Instant(at)).into(), details.join(&separator), Some((row.object, row.id)))
}

/// Columns of the source that nobody asked about.
fn attributes(row: &Row) -> Vec<Line> {
    let parsed = row.get("attributes").text().and_then(|text| serde_json::from_str(text).ok());
    let Some(serde_json::Value::Object(attributes)) = parsed else { return Vec::new() };
    let plain = |value: &serde_json::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    attributes.iter().map(|(key, value)| Line::pair(key.as_str().into(), plain(value), None)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_shows_a_time_of_day_only_where_there_is_one() {
        assert_eq!(moment(Instant(0)), "1970-01-01");
        assert_eq!(moment(Instant(DAY_MS + 3_660_000)), "1970-01-02 01:01");
    }
}
