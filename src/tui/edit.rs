//! Editing a field in place: which one, its new value, and what somebody else has made of the record meanwhile.
//!
//! What is typed is a draft: it is kept when the page is left, and when the program ends in any way.

mod draw;
mod search;

use super::action::{self, Step};
use super::keymap::{Command, Context, Key, When};
use super::value::plain;
use super::widgets::cursor::Cursor;
use super::widgets::field::Field as Input;
use super::writer::Order;
use crate::domain::matching::{Folded, Query};
use crate::domain::message::Message;
use crate::domain::money::Currency;
use crate::domain::object::{Field, Kind, Row};
use crate::domain::time::Instant;
use crate::domain::value::{Id, Value};
use crate::i18n::Locale;
use crate::ops::{self, Choices, Edited, Theirs, typed};
use crate::text::Clean;
use ratatui::layout::Size;
use search::Search;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Before the name of a field in the local state, where what was typed into it is kept.
pub const DRAFTS: &str = "draft-";
/// Rows above a list.
const TITLE: usize = 2;
/// Rows above the choices of a field.
const ABOVE: usize = 5;

/// What a key does here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Edits the selected field.
    Choose,
    /// Writes the value.
    Save,
    /// Leaves the field; what was typed is kept.
    Leave,
    /// Writes my value over theirs.
    Mine,
    /// Takes theirs, and drops mine.
    Theirs,
}

const fn here(
    id: &'static str,
    keys: &'static [Key],
    texts: (&'static str, &'static str),
    contexts: &'static [Context],
    action: Action,
) -> Command {
    let (label, description) = texts;
    Command { id, keys, label, description, contexts, when: When::Always, action: action::Action::Edit(action) }
}

/// The commands of these pages.
pub static COMMANDS: &[Command] = &[
    here("edit-choose", &[Key::Enter], ("tui-hint-edit", "tui-help-edit-choose"), &[Context::Fields], Action::Choose),
    here("edit-save", &[Key::Enter], ("tui-hint-edit-save", "tui-help-edit-save"), &[Context::Edit], Action::Save),
    here("edit-leave", &[Key::Esc], ("tui-hint-back", "tui-help-edit-leave"), &[Context::Edit], Action::Leave),
    here("edit-mine", &[Key::Char('m')], ("tui-hint-mine", "tui-help-edit-mine"), &[Context::Conflict], Action::Mine),
    here(
        "edit-theirs",
        &[Key::Char('t')],
        ("tui-hint-theirs", "tui-help-edit-theirs"),
        &[Context::Conflict],
        Action::Theirs,
    ),
];

/// What is to be edited.
#[derive(Debug, Clone, PartialEq)]
pub struct Subject {
    /// The record as it was read.
    pub row: Row,
    /// What it is called.
    pub title: String,
    /// The field, where one is meant already.
    pub field: Option<&'static str>,
    /// What can be chosen.
    pub choices: Arc<Choices>,
    /// Names of the records that it refers to.
    pub names: BTreeMap<Id, String>,
}

/// The page.
#[derive(Debug, Clone, PartialEq)]
pub struct EditPage {
    row: Row,
    title: String,
    names: BTreeMap<Id, String>,
    choices: Arc<Choices>,
    fields: Vec<&'static Field>,
    cursor: Cursor<&'static str>,
    entry: Option<Entry>,
    /// Whether the page was opened for one field, and is left with it.
    only: bool,
}

/// The value of a field while it is typed.
#[derive(Debug, Clone, PartialEq)]
struct Entry {
    field: &'static Field,
    input: Input,
    /// What it said when it was opened.
    before: String,
    /// What can be chosen instead of being typed; empty where text is typed.
    choices: Vec<(String, Value)>,
    /// Where they are found by a search.
    search: Option<Search>,
    chosen: Cursor<usize>,
    is_draft: bool,
    mistake: Option<Mistake>,
    /// What is being written.
    sent: Option<Vec<(&'static str, Value)>>,
    clash: Option<Clash>,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq)]
enum Mistake {
    /// A sentence.
    Told(Message),
    /// Why the value that was typed cannot be read.
    Value(Message),
}

/// Somebody else's change of the record.
#[derive(Debug, Clone, PartialEq)]
struct Clash {
    /// The record as it was when it was read here.
    was: Row,
    by: Option<ops::Action>,
}

impl EditPage {
    /// The page of a record, at one of its fields or at the choice of one; `None` when it has none to edit.
    #[must_use]
    pub fn open(subject: Subject, drafts: &BTreeMap<String, String>, locale: &Locale) -> Option<Self> {
        let Subject { row, title, field, choices, mut names } = subject;
        let fields = choices.fields(&row);
        let first = fields.first()?.key;
        let mut cursor = Cursor::default();
        let known = field.filter(|key| fields.iter().any(|field| field.key == *key));
        cursor.select(known.unwrap_or(first));
        names.extend(choices.names());
        let mut page = Self { row, title, names, choices, fields, cursor, entry: None, only: known.is_some() };
        if let Some(key) = known {
            page.begin(key, drafts, locale);
        }
        Some(page)
    }

    fn currency(&self) -> Currency {
        self.choices.currency.unwrap_or(Currency::USD)
    }

    /// Where a key is pressed.
    #[must_use]
    pub fn context(&self) -> Context {
        match &self.entry {
            None => Context::Fields,
            Some(Entry { clash: Some(_), .. }) => Context::Conflict,
            Some(_) => Context::Edit,
        }
    }

    /// Goes into a field; what was typed into it before and not written is in it again.
    fn begin(&mut self, key: &str, drafts: &BTreeMap<String, String>, locale: &Locale) {
        let Some(field) = self.fields.iter().copied().find(|field| field.key == key) else { return };
        let value = self.row.get(field.key);
        let choices = self.choices_of(field, locale);
        let search = self.search_of(field, &choices);
        let before = match choices.as_slice() {
            [] if search.is_none() => plain(field, value, &self.row, self.currency()),
            // Choices are found by typing.
            _ => String::new(),
        };
        let draft = drafts.get(&self.draft_of(field)).filter(|draft| **draft != before);
        let mut chosen = Cursor::default();
        chosen.select(choices.iter().position(|(_, choice)| choice == value).unwrap_or(0));
        self.entry = Some(Entry {
            field,
            input: Input::new(draft.unwrap_or(&before)),
            before,
            choices,
            search,
            chosen,
            is_draft: draft.is_some(),
            mistake: None,
            sent: None,
            clash: None,
        });
    }

    fn choices_of(&self, field: &Field, locale: &Locale) -> Vec<(String, Value)> {
        let nothing = (locale.t("edit-nothing"), Value::Null);
        let mut choices = match field.kind {
            Kind::Reference(object) => match self.choices.records(object) {
                Some(records) => records.iter().map(|(id, name)| (name.clone(), Value::from(*id))).collect(),
                None => self.standing(field),
            },
            Kind::Flag => vec![(locale.t("word-yes"), Value::Int(1)), (locale.t("word-no"), Value::Int(0))],
            Kind::Code(words) => {
                let word = |(code, word): (usize, &&str)| (locale.t(&format!("word-{word}")), Value::Int(code as i64));
                words.iter().enumerate().map(word).collect()
            }
            _ => return Vec::new(),
        };
        if !self.row.object.requires(field.key) {
            choices.push(nothing);
        }
        choices
    }

    /// Name of what was typed into a field, in the local state.
    fn draft_of(&self, field: &Field) -> String {
        format!("{}-{}-{}", self.row.object.key(), self.row.id, field.key)
    }

    /// The name under which what is being typed is kept, and the text; none when that is what stands there.
    #[must_use]
    pub fn draft(&self) -> Option<(String, Option<String>)> {
        let entry = self.entry.as_ref()?;
        let text = entry.input.text();
        Some((self.draft_of(entry.field), (text != entry.before).then(|| text.to_owned())))
    }

    /// Types into the field.
    pub fn change(&mut self, change: impl FnOnce(&mut Input)) {
        let Some(entry) = self.entry.as_mut().filter(|entry| entry.sent.is_none()) else { return };
        change(&mut entry.input);
        (entry.mistake, entry.is_draft) = (None, false);
        entry.chosen = Cursor::default();
    }

    /// Edits the selected field.
    pub fn choose(&mut self, drafts: &BTreeMap<String, String>, locale: &Locale) {
        if let Some(key) = self.cursor.key().copied() {
            self.begin(key, drafts, locale);
        }
    }

    /// Leaves the field, or the page; `true` when the page is to be closed.
    pub fn back(&mut self) -> bool {
        match &mut self.entry {
            Some(entry) if entry.clash.is_some() => {
                entry.clash = None;
                false
            }
            Some(_) => {
                self.entry = None;
                self.only
            }
            None => true,
        }
    }

    /// The order to write what was typed or chosen; `None` where it says nothing new or cannot be read, which the page
    /// then tells.
    pub fn save(&mut self, now: Instant) -> Option<Order> {
        let currency = self.currency();
        let entry = self.entry.as_mut().filter(|entry| entry.sent.is_none())?;
        if entry.search.as_ref().is_some_and(|search| !search.is_answered(entry.input.text())) {
            entry.mistake = Some(Mistake::Told(Message::new("edit-searching")));
            return None;
        }
        let fields = if entry.is_typed() {
            match typed(&self.row, entry.field, entry.input.text(), now, currency) {
                Ok(fields) => fields,
                Err(mistake) => {
                    let is_sentence = mistake.key.starts_with("edit-");
                    entry.mistake = Some(if is_sentence { Mistake::Told(mistake) } else { Mistake::Value(mistake) });
                    return None;
                }
            }
        } else {
            let found = entry.found();
            let Some((_, value)) = found.get(entry.chosen.at()).and_then(|at| entry.choices.get(*at)) else {
                entry.mistake = Some(Mistake::Told(Message::new("edit-choose")));
                return None;
            };
            vec![(entry.field.key, value.clone())]
        };
        if fields.iter().all(|(key, value)| self.row.get(key) == value) {
            entry.mistake = Some(Mistake::Told(Message::new("edit-same")));
            return None;
        }
        entry.sent = Some(fields.clone());
        Some(Order::Set { object: self.row.object, id: self.row.id, seen: self.row.rev, fields })
    }

    /// The order to write mine over theirs, which has been seen.
    pub fn mine(&mut self) -> Option<Order> {
        let entry = self.entry.as_mut()?;
        entry.clash.take()?;
        let fields = entry.sent.clone()?;
        Some(Order::Set { object: self.row.object, id: self.row.id, seen: self.row.rev, fields })
    }

    /// Takes in what became of the order; the field that is written, when it is.
    pub fn edited(&mut self, outcome: Result<Edited, Message>) -> Option<&'static Field> {
        let entry = self.entry.as_mut()?;
        match outcome {
            Ok(Edited::Saved(_)) => return Some(entry.field),
            Ok(Edited::Changed(theirs)) => {
                let Theirs { row, names, by } = *theirs;
                self.names.extend(names);
                entry.clash = Some(Clash { was: std::mem::replace(&mut self.row, row), by });
                return None;
            }
            Ok(Edited::Gone) => entry.mistake = Some(Mistake::Told(Message::new("tui-record-gone"))),
            Err(mistake) => entry.mistake = Some(Mistake::Told(mistake)),
        }
        entry.sent = None;
        None
    }

    /// Goes on typing after a change of somebody else has been seen.
    pub fn go_on(&mut self) {
        if let Some(entry) = &mut self.entry {
            (entry.clash, entry.sent) = (None, None);
        }
    }

    /// What the record is called.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
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

    /// Takes a click on a row: `true` when a line was hit.
    pub fn click(&mut self, row: usize, size: Size) -> bool {
        let rows = usize::from(size.height);
        let hit = match &mut self.entry {
            Some(entry) => {
                let found = entry.found();
                let row = row.checked_sub(ABOVE);
                row.and_then(|row| entry.chosen.click(row, &found, rows.saturating_sub(ABOVE)))
            }
            None => {
                let row = row.checked_sub(TITLE);
                let keys = self.keys();
                row.and_then(|row| self.cursor.click(row, &keys, rows.saturating_sub(TITLE)))
            }
        };
        hit.is_some()
    }

    fn keys(&self) -> Vec<&'static str> {
        self.fields.iter().map(|field| field.key).collect()
    }
}

impl Entry {
    /// Whether its value is typed, and not chosen.
    fn is_typed(&self) -> bool {
        self.choices.is_empty() && self.search.is_none()
    }

    /// The choices that what is typed finds.
    fn found(&self) -> Vec<usize> {
        if self.search.is_some() {
            return (0..self.choices.len()).collect();
        }
        let query = Query::new(self.input.text());
        let choices = self.choices.iter().enumerate();
        choices.filter(|(_, (name, _))| query.matches(&Folded::new(name))).map(|(at, _)| at).collect()
    }

    /// What is to be written, in words.
    fn words(&self) -> Clean {
        match self.found().get(self.chosen.at()).and_then(|at| self.choices.get(*at)) {
            Some((name, _)) => name.as_str().into(),
            None => self.input.text().into(),
        }
    }
}
