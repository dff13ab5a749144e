//! One policy or calendar of the draft: its fields, and the value of one while it is typed.
//!
//! ```text
//!  M→S hot · answer in
//!  10m▏
//!  now: 5m
//!  Business time, such as 5m, 2h or 24h.
//! ```

use super::ReplayPane;
use super::lines::days_told;
use crate::domain::handoff::{Edit, Field, Place, Rules};
use crate::domain::matching::{Folded, Query};
use crate::domain::message::Message;
use crate::text;
use crate::tui::action::Step;
use crate::tui::keymap::Context;
use crate::tui::look::{Look, put, put_position, rows_of, select};
use crate::tui::theme::Meaning;
use crate::tui::widgets::cursor::Cursor;
use crate::tui::widgets::field::Field as Input;
use chrono_tz::TZ_VARIANTS;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};
use std::collections::BTreeMap;

/// Rows above the fields.
const TITLE: usize = 2;
/// Rows above what can be chosen.
const ABOVE: usize = 6;
/// Cells before a line, and of the names of fields.
const MARGIN: usize = 3;
const NAMES: usize = 24;

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// What a field says.
    Field(Place, Field),
    /// The file that tells the days of a calendar.
    File(String),
    /// The name of a new calendar like this one.
    Copy(String),
}

impl Ask {
    /// Its name in message keys.
    fn key(&self) -> &'static str {
        match self {
            Self::Field(Place::Kind(_), Field::Score) => "threshold",
            Self::Field(_, field) => field.key(),
            Self::File(_) => "file",
            Self::Copy(_) => "copy",
        }
    }

    /// Its name in the local state, where what was typed is kept.
    fn name(&self) -> String {
        match self {
            Self::Field(Place::Policy(kind, policy), field) => format!("rule-{kind}/{policy}-{}", field.key()),
            Self::Field(Place::Kind(kind), field) => format!("rule-{kind}-{}", field.key()),
            Self::Field(Place::Calendar(calendar), field) => format!("rule-calendar-{calendar}-{}", field.key()),
            Self::File(calendar) => format!("rule-calendar-{calendar}-file"),
            Self::Copy(calendar) => format!("rule-calendar-{calendar}-copy"),
        }
    }
}

/// What was typed.
#[derive(Debug, Clone, PartialEq)]
pub enum Accepted {
    /// A change of the draft.
    Edit(Edit),
    /// A file to be read for a calendar.
    File(String, String),
}

/// The page.
#[derive(Debug, Clone, PartialEq)]
pub struct RulePage {
    title: String,
    /// What can be changed, and what it says.
    rows: Vec<(Ask, String)>,
    cursor: Cursor<usize>,
    entry: Option<Entry>,
    /// Whether the page was opened for one thing, and is left with it.
    only: bool,
    drafts: BTreeMap<String, String>,
}

#[derive(Debug, Clone, PartialEq)]
struct Entry {
    ask: Ask,
    input: Input,
    /// What it said when it was opened.
    before: String,
    choices: Vec<String>,
    chosen: Cursor<usize>,
    mistake: Option<Message>,
    /// Whether a file is being read.
    waits: bool,
}

impl RulePage {
    /// The fields of a policy and its hand-off, or of a calendar.
    #[must_use]
    pub fn fields(
        pane: &ReplayPane,
        place: &Place,
        drafts: &BTreeMap<String, String>,
        look: &Look<'_>,
    ) -> Option<Self> {
        let rules = pane.rules()?;
        let title = match place {
            Place::Policy(kind, policy) => {
                let kind = rules.kinds.iter().find(|known| known.key == *kind)?;
                let policy = kind.policies.iter().find(|known| known.key == *policy)?;
                let (kind, policy) = (look.locale.pick(&kind.name), look.locale.pick(&policy.name));
                format!("{kind} {} {policy}", look.glyphs.dot)
            }
            Place::Kind(key) | Place::Calendar(key) => key.clone(),
        };
        let mut page = Self {
            title,
            rows: Vec::new(),
            cursor: Cursor::default(),
            entry: None,
            only: false,
            drafts: drafts.clone(),
        };
        page.refresh(&rules, place, look);
        Some(page)
    }

    /// The name of a new calendar.
    #[must_use]
    pub fn copy(from: &str, drafts: &BTreeMap<String, String>, look: &Look<'_>) -> Self {
        let title = look.locale.tell(&Message::new("tui-rule-copy-of").with("calendar", from));
        let rows = vec![(Ask::Copy(from.to_owned()), String::new())];
        let mut page = Self { title, rows, cursor: Cursor::default(), entry: None, only: true, drafts: drafts.clone() };
        page.begin(0, None);
        page
    }

    /// What the fields say now.
    pub fn refresh(&mut self, rules: &Rules, place: &Place, look: &Look<'_>) {
        let field = |place: &Place, field: Field| {
            let said = match (place, field) {
                (Place::Calendar(key), Field::Holidays) => {
                    rules.calendar_called(key).map(|calendar| days_told(&calendar.holidays, look)).unwrap_or_default()
                }
                (Place::Calendar(key), Field::Working) => {
                    rules.calendar_called(key).map(|calendar| days_told(&calendar.working, look)).unwrap_or_default()
                }
                _ => rules.value(place, field),
            };
            (Ask::Field(place.clone(), field), said)
        };
        let mut rows: Vec<(Ask, String)> = Field::of(place).iter().map(|of| field(place, *of)).collect();
        match place {
            Place::Policy(kind, _) => {
                let kind = Place::Kind(kind.clone());
                rows.extend(Field::of(&kind).iter().map(|of| field(&kind, *of)));
            }
            Place::Calendar(key) => rows.push((Ask::File(key.clone()), String::new())),
            Place::Kind(_) => {}
        }
        self.rows = rows;
    }

    /// What the page is of.
    #[must_use]
    pub fn place(&self) -> Option<Place> {
        match self.rows.first()? {
            (Ask::Field(place, _), _) => Some(place.clone()),
            (Ask::File(calendar) | Ask::Copy(calendar), _) => Some(Place::Calendar(calendar.clone())),
        }
    }

    /// Where a key is pressed.
    #[must_use]
    pub fn context(&self) -> Context {
        if self.entry.is_some() { Context::Edit } else { Context::Fields }
    }

    /// Goes into the selected field; what was typed into it before and not taken is in it again.
    pub fn choose(&mut self, rules: Option<&Rules>) {
        self.begin(self.cursor.at(), rules);
    }

    fn begin(&mut self, at: usize, rules: Option<&Rules>) {
        let Some((ask, said)) = self.rows.get(at) else { return };
        let choices: Vec<String> = match ask {
            Ask::Field(_, Field::Calendar) => {
                rules.map(|rules| rules.calendars().map(|calendar| calendar.key.clone()).collect()).unwrap_or_default()
            }
            Ask::Field(_, Field::Zone) => TZ_VARIANTS.iter().map(|zone| zone.name().to_owned()).collect(),
            _ => Vec::new(),
        };
        // Choices are found by typing, and lists have nothing to go on typing from.
        let is_list = matches!(ask, Ask::Field(_, Field::Holidays | Field::Working));
        let before = if choices.is_empty() && !is_list { said.clone() } else { String::new() };
        let draft = self.drafts.get(&ask.name()).filter(|draft| **draft != before);
        let mut chosen = Cursor::default();
        chosen.select(choices.iter().position(|choice| choice == said).unwrap_or(0));
        let input = Input::new(draft.unwrap_or(&before));
        self.entry = Some(Entry { ask: ask.clone(), input, before, choices, chosen, mistake: None, waits: false });
    }

    /// Types into the field.
    pub fn change(&mut self, change: impl FnOnce(&mut Input)) {
        let Some(entry) = self.entry.as_mut().filter(|entry| !entry.waits) else { return };
        change(&mut entry.input);
        entry.mistake = None;
        entry.chosen = Cursor::default();
        let (name, text) = (entry.ask.name(), entry.input.text().to_owned());
        self.drafts.insert(name, text);
    }

    /// The name under which what is being typed is kept, and the text; none when that is what stands there.
    #[must_use]
    pub fn draft(&self) -> Option<(String, Option<String>)> {
        let entry = self.entry.as_ref()?;
        let text = entry.input.text();
        Some((entry.ask.name(), (text != entry.before).then(|| text.to_owned())))
    }

    /// What was typed or chosen.
    pub fn accept(&mut self) -> Option<Accepted> {
        let entry = self.entry.as_mut().filter(|entry| !entry.waits)?;
        let found = entry.found();
        let chosen = found.get(entry.chosen.at()).and_then(|at| entry.choices.get(*at)).cloned();
        let text = chosen.unwrap_or_else(|| entry.input.text().to_owned());
        Some(match &entry.ask {
            Ask::Field(place, field) => Accepted::Edit(Edit::Set(place.clone(), *field, text)),
            Ask::Copy(from) => Accepted::Edit(Edit::Copy(from.clone(), text)),
            Ask::File(calendar) => {
                entry.waits = true;
                Accepted::File(calendar.clone(), text)
            }
        })
    }

    /// Whether a file is being read for it.
    #[must_use]
    pub fn waits(&self) -> bool {
        self.entry.as_ref().is_some_and(|entry| entry.waits)
    }

    /// Says what is wrong with what was typed.
    pub fn refuse(&mut self, mistake: Message) {
        if let Some(entry) = &mut self.entry {
            (entry.mistake, entry.waits) = (Some(mistake), false);
        }
    }

    /// What was typed is in the draft; the name under which it was kept. The page says what the fields say now.
    pub fn taken(&mut self, rules: Option<&Rules>, look: &Look<'_>) -> Option<String> {
        let entry = self.entry.take()?;
        let name = entry.ask.name();
        self.drafts.remove(&name);
        if let (Some(rules), Some(place)) = (rules, self.place()) {
            self.refresh(rules, &place, look);
        }
        Some(name)
    }

    /// Whether the page is left with its one thing.
    #[must_use]
    pub fn is_for_one(&self) -> bool {
        self.only
    }

    /// Leaves the field, or the page; `true` when the page is to be closed.
    pub fn back(&mut self) -> bool {
        self.entry.take().is_none() || self.only
    }

    /// Moves the selection.
    pub fn step(&mut self, step: Step, size: Size) {
        let rows = usize::from(size.height);
        match &mut self.entry {
            Some(entry) => {
                let found = entry.found();
                entry.chosen.step(step, &found, rows.saturating_sub(ABOVE));
            }
            None => self.cursor.step(step, &self.keys(), rows.saturating_sub(TITLE)),
        }
    }

    /// Fits the selection to what there is.
    pub fn settle(&mut self, size: Size) {
        let rows = usize::from(size.height);
        match &mut self.entry {
            Some(entry) => {
                let found = entry.found();
                entry.chosen.settle(&found, rows.saturating_sub(ABOVE));
            }
            None => self.cursor.settle(&self.keys(), rows.saturating_sub(TITLE)),
        }
    }

    /// Takes a click on a row: `true` when a field was hit that is to be gone into.
    pub fn click(&mut self, row: usize, size: Size) -> bool {
        let rows = usize::from(size.height);
        match &mut self.entry {
            Some(entry) => {
                let found = entry.found();
                let row = row.checked_sub(ABOVE);
                row.and_then(|row| entry.chosen.click(row, &found, rows.saturating_sub(ABOVE)));
                false
            }
            None => {
                let keys = self.keys();
                let row = row.checked_sub(TITLE);
                row.and_then(|row| self.cursor.click(row, &keys, rows.saturating_sub(TITLE))) == Some(true)
            }
        }
    }

    fn keys(&self) -> Vec<usize> {
        (0..self.rows.len()).collect()
    }

    /// Draws it; returns the cell of the caret while text is typed.
    pub fn draw(&self, buffer: &mut Buffer, area: Rect, look: &Look<'_>) -> Option<Position> {
        match &self.entry {
            Some(entry) => Some(self.draw_entry(buffer, area, look, entry)),
            None => {
                self.draw_fields(buffer, area, look);
                None
            }
        }
    }

    fn draw_fields(&self, buffer: &mut Buffer, area: Rect, look: &Look<'_>) {
        put(buffer, area, (1, 0), &self.title.as_str().into(), look.style(Meaning::Heading));
        let list = rows_of(area, TITLE, usize::from(area.height));
        let (top, rows) = (self.cursor.top(), usize::from(list.height));
        put_position(buffer, area, look, top, rows, self.rows.len());
        let room = usize::from(area.width).saturating_sub(MARGIN + NAMES + 3);
        for (row, (at, (ask, said))) in self.rows.iter().enumerate().skip(top).take(rows).enumerate() {
            let row = rows_of(list, row, 1);
            let name = look.locale.t(&format!("rule-{}", ask.key()));
            let name = text::truncate(&name, NAMES).into_owned();
            put(buffer, row, (MARGIN, 0), &name.into(), look.style(Meaning::Muted));
            let said = if said.is_empty() { look.locale.t(&format!("rule-none-{}", ask.key())) } else { said.clone() };
            let said = text::truncate(&said, room).into_owned();
            put(buffer, row, (MARGIN + NAMES + 2, 0), &said.into(), look.style(Meaning::Plain));
            if at == self.cursor.at() {
                select(buffer, row, look);
            }
        }
    }

    fn draw_entry(&self, buffer: &mut Buffer, area: Rect, look: &Look<'_>, entry: &Entry) -> Position {
        let room = usize::from(area.width).saturating_sub(2);
        let title = match self.only {
            true => self.title.clone(),
            false => {
                let name = look.locale.t(&format!("rule-{}", entry.ask.key()));
                format!("{} {} {name}", self.title, look.glyphs.dot)
            }
        };
        put(buffer, area, (1, 0), &text::truncate(&title, room).into_owned().into(), look.style(Meaning::Heading));
        let line = rows_of(area, 1, 1);
        let line = Rect { x: line.x.saturating_add(1), width: line.width.saturating_sub(2), ..line };
        entry.input.draw(buffer, line, look);
        let said = self.rows.iter().find(|(ask, _)| *ask == entry.ask).map_or("", |(_, said)| said.as_str());
        if !said.is_empty() {
            let now = look.locale.tell(&Message::new("edit-now").with("value", said));
            put(buffer, area, (1, 2), &text::truncate(&now, room).into_owned().into(), look.style(Meaning::Muted));
        }
        let (words, meaning) = match &entry.mistake {
            Some(mistake) => (look.locale.tell(mistake), Meaning::Breach),
            None if entry.waits => (look.locale.t("tui-rule-reading"), Meaning::Muted),
            None => (look.locale.t(&format!("rule-how-{}", entry.ask.key())), Meaning::Muted),
        };
        for (row, words) in text::wrap(&words, room).into_iter().take(ABOVE - 3).enumerate() {
            put(buffer, area, (1, 3 + row), &words.into(), look.style(meaning));
        }
        let list = rows_of(area, ABOVE, usize::from(area.height));
        let found = entry.found();
        let shown = found.iter().enumerate().skip(entry.chosen.top()).take(usize::from(list.height));
        for (row, (at, choice)) in shown.enumerate() {
            let Some(name) = entry.choices.get(*choice) else { continue };
            let row = rows_of(list, row, 1);
            put(buffer, row, (MARGIN, 0), &name.as_str().into(), look.style(Meaning::Plain));
            if at == entry.chosen.at() {
                select(buffer, row, look);
            }
        }
        entry.input.caret(line)
    }
}

impl Entry {
    /// The choices that what is typed finds.
    fn found(&self) -> Vec<usize> {
        let query = Query::new(self.input.text());
        let choices = self.choices.iter().enumerate();
        choices.filter(|(_, name)| query.matches(&Folded::new(name))).map(|(at, _)| at).collect()
    }
}
