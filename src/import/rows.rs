//! A record → a typed row, or why it cannot be one.

use super::cells::Cells;
use super::codes;
use super::digest::{full_name, row};
use super::footer::{Footer, footer};
use super::history;
use super::ids;
use super::mapping::{KeyRule, MORE, Mapping};
use super::natural;
use super::numbers;
use super::orders::DateStyle;
use super::outcomes::{Outcomes, Said};
use super::plausible;
use super::settle;
use super::survey::{Reader, formats, plain_reader};
use super::table::{Place, Table};
use super::targets;
use super::units::unit_of;
use super::{Cell, Options, ProblemKind, SheetProblem, SheetRow};
use crate::domain::fold::fold;
use crate::domain::intake::As;
use crate::domain::message::Message;
use crate::domain::money::Currency;
use crate::domain::object::{Kind, Object};
use crate::domain::stage::Outcome;
use crate::domain::time::Instant;
use crate::domain::value::Value;
use csv::StringRecord;
use std::collections::BTreeMap;

/// The longest text that is kept.
const LONGEST_TEXT: usize = 10_000;
/// The longest key or name of a record, in characters: the store looks records up by it.
const LONGEST_KEY: usize = 500;
/// What a record turned out to be.
pub(super) struct Taken {
    /// The row, or why it cannot be used.
    pub row: Result<Usable, Box<SheetProblem>>,
    /// A stage that the record tells to be open, won or lost.
    pub outcome: Option<(String, Outcome)>,
}

/// A record that can be used.
pub(super) struct Usable {
    pub row: SheetRow,
    /// What is wrong with some of its cells.
    pub problems: Vec<SheetProblem>,
    /// Whether the source marks it as deleted.
    pub is_deleted: bool,
}

/// Reads records, each by itself.
pub(super) struct Reading<'a> {
    table: &'a Table,
    mapping: &'a Mapping,
    cells: &'a Cells,
    readers: &'a [Reader],
    options: &'a Options,
    object: Object,
    /// What metrics of targets are held against.
    metrics: targets::Metrics,
    outcomes: Outcomes,
    /// The currency that the header of a column of amounts names.
    unit: Option<Currency>,
}

/// A row while its cells are read.
struct Draft {
    place: Place,
    object: Object,
    cells: BTreeMap<usize, Cell>,
    attributes: BTreeMap<String, String>,
    problems: Vec<SheetProblem>,
}

impl Draft {
    /// Notes a cell that cannot be used; the record is kept without it.
    fn spoil(&mut self, spoilt: Option<settle::Spoilt>) {
        let Some(settle::Spoilt { field, value, reason }) = spoilt else { return };
        let (kind, line, field) = (ProblemKind::Cell, self.place.line, field.to_owned());
        self.problems.push(SheetProblem { kind, line, field, value, reason, row: Vec::new() });
    }
}

impl<'a> Reading<'a> {
    pub(super) fn new(
        table: &'a Table,
        mapping: &'a Mapping,
        cells: &'a Cells,
        readers: &'a [Reader],
        options: &'a Options,
    ) -> Self {
        let object = mapping.object.object();
        let metrics = match object {
            Object::Target => targets::Metrics::of(&options.funnels),
            _ => targets::Metrics::default(),
        };
        let amounts = mapping.names.iter().zip(readers).filter(|(_, reader)| matches!(reader, Reader::Money(_)));
        let unit = amounts.filter_map(|(name, _)| unit_of(name)?.currency(options.currency)).next();
        Self { table, mapping, cells, readers, options, object, metrics, outcomes: Outcomes::new(mapping), unit }
    }

    /// Whether a record stands below the rows: no id is called `Total`.
    pub(super) fn footer(&self, record: &StringRecord) -> Footer {
        let first = record.iter().position(|cell| !cell.trim().is_empty());
        let is_id = |at: usize| self.mapping.targets.get(at) == Some(&super::Target::Key);
        match footer(record) {
            Footer::Maybe if first.is_some_and(is_id) => Footer::Sure,
            footer => footer,
        }
    }

    /// Reads one record.
    pub(super) fn take(&self, place: Place, record: &StringRecord) -> Taken {
        let mut outcome = None;
        let row = self.usable(place, record).and_then(|(object, subject)| {
            let draft = self.draft(place, record, object, subject, &mut outcome);
            self.finish(record, draft)
        });
        Taken { row, outcome }
    }

    /// The cells of a record as values.
    fn draft(
        &self,
        place: Place,
        record: &StringRecord,
        object: Object,
        subject: Option<Object>,
        outcome: &mut Option<(String, Outcome)>,
    ) -> Draft {
        let mut draft =
            Draft { place, object, cells: BTreeMap::new(), attributes: BTreeMap::new(), problems: Vec::new() };
        let named = self.currency(record);
        let currency = named.unwrap_or(self.options.currency);
        for (at, reader) in self.readers.iter().enumerate() {
            let text = self.cells.text(at, record.get(at).unwrap_or_default());
            self.cell(&mut draft, at, *reader, &text, currency);
        }
        if let Some((at, named)) = self.object.position("currency").zip(named) {
            draft.cells.insert(at, Cell::Value(named.code().into()));
        }
        self.defaults(&mut draft, currency);
        *outcome = self.decide(record, &mut draft);
        self.complete(&mut draft);
        match draft.object {
            Object::LifecycleChange => draft.cells = history::of_person(std::mem::take(&mut draft.cells)),
            Object::Target => settle::tidy_period(object, &mut draft.cells),
            _ => {
                let spoilt = settle::settle(object, subject, &mut draft.cells);
                draft.spoil(spoilt);
            }
        }
        draft
    }

    /// The row of a draft, once it has a key.
    fn finish(&self, record: &StringRecord, mut draft: Draft) -> Result<Usable, Box<SheetProblem>> {
        let key = match self.key(record, &draft) {
            Ok(key) => key,
            Err(reason) => return Err(without_key(record, draft, reason)),
        };
        if key.chars().nth(LONGEST_KEY).is_some() {
            return Err(rejected(draft.place, record, String::new(), Message::new("problem-long-key")));
        }
        if let Some(problem) = self.misread_target(record, &draft) {
            return Err(Box::new(problem));
        }
        let mut problems = std::mem::take(&mut draft.problems);
        let row = SheetRow { id: self.id_beside(record, &key), ..row(key, draft.place, draft.object, draft.cells) };
        problems.extend(targets::stranger(&row, &self.metrics));
        problems.extend(settle::notes(&row));
        Ok(Usable { row, problems, is_deleted: self.is_deleted(record) })
    }

    /// What the record becomes and, for a touch, what it is about; or why it cannot be used as a whole.
    fn usable(&self, place: Place, record: &StringRecord) -> Result<(Object, Option<Object>), Box<SheetProblem>> {
        let refused = |reason| rejected(place, record, String::new(), reason);
        let more = |(at, cell): (usize, &str)| {
            let is_beyond = self.table.header().get(at).is_none_or(|name| name == MORE);
            is_beyond && !cell.trim().is_empty()
        };
        if record.iter().enumerate().any(more) {
            return Err(refused(Message::new("problem-too-many-cells")));
        }
        if let Some(line) = self.table.unclosed(place.offset) {
            return Err(refused(Message::new("problem-unclosed-quote").with("line", line)));
        }
        let word = || self.object_word(record);
        let (object, subject) = match self.mapping.object {
            As::StageHistory => {
                let object = history::object_of(&fold(&word()));
                (object.ok_or_else(|| refused(Message::new("problem-other-object")))?, None)
            }
            As::Touches => (self.object, settle::subject(&word()).map_err(refused)?),
            _ => (self.object, None),
        };
        Ok((object, subject))
    }

    /// What the `object` column says the record is about.
    fn object_word(&self, record: &StringRecord) -> String {
        let column = self.mapping.targets.iter().position(|target| *target == super::Target::Object);
        column.map(|at| self.cells.text(at, record.get(at).unwrap_or_default()).into_owned()).unwrap_or_default()
    }

    /// Why a target is turned down that would be taken for another number than was meant.
    fn misread_target(&self, record: &StringRecord, draft: &Draft) -> Option<SheetProblem> {
        let at = |key: &str| Object::Target.position(key).filter(|_| draft.object == Object::Target);
        let value = at("value")?;
        let column = self.mapping.targets.iter().position(|target| target.position() == Some(value))?;
        let text = self.cells.text(column, record.get(column).unwrap_or_default());
        let reason = self.metrics.refusal_of_percentage(draft.cells.get(&at("metric")?), &text)?;
        Some(SheetProblem {
            kind: ProblemKind::Row,
            line: draft.place.line,
            field: "value".to_owned(),
            value: text.into_owned(),
            reason,
            row: record.iter().map(str::to_owned).collect(),
        })
    }

    /// The currency that the record names for its amounts: in a column of its own, else in an amount.
    fn currency(&self, record: &StringRecord) -> Option<Currency> {
        let text = |at: usize| self.cells.text(at, record.get(at).unwrap_or_default());
        let named = |text: &str| ids::currency_of(text).or_else(|| numbers::currency_of(text, self.options.currency));
        let column = self.readers.iter().position(|reader| *reader == Reader::Currency);
        let of_column = column.and_then(|at| named(&text(at)));
        let amounts = self.readers.iter().enumerate().filter(|(_, reader)| matches!(reader, Reader::Money(_)));
        let mut of_amounts = amounts.filter_map(|(at, _)| numbers::currency_of(&text(at), self.options.currency));
        of_column.or_else(|| of_amounts.next()).or(self.unit).or(self.options.amounts)
    }

    fn cell(&self, draft: &mut Draft, at: usize, reader: Reader, text: &str, currency: Currency) {
        let name = || self.mapping.names.get(at).cloned().unwrap_or_default();
        match reader {
            Reader::Key | Reader::Ignored => return,
            Reader::Attribute => {
                if !text.is_empty() {
                    draft.attributes.insert(name(), text.to_owned());
                }
                return;
            }
            _ => {}
        }
        let Some(position) = self.mapping.targets.get(at).and_then(|target| target.position()) else { return };
        if text.is_empty() {
            if self.options.keep_blanks {
                draft.cells.entry(position).or_insert(Cell::Value(Value::Null));
            }
            return;
        }
        self.fill(draft, position, reader, text, currency);
    }

    /// Puts the text of a cell, as a value, into its field.
    fn fill(&self, draft: &mut Draft, position: usize, reader: Reader, text: &str, currency: Currency) {
        let key = self.object.fields().get(position).map_or("", |field| field.key);
        let mut name = |by_id: bool, text: String| {
            let cell = draft.cells.entry(position).or_insert(Cell::Named { id: None, name: None });
            if !matches!(cell, Cell::Named { .. }) {
                *cell = Cell::Named { id: None, name: None };
            }
            if let Cell::Named { id, name } = cell {
                *(if by_id { id } else { name }) = Some(text);
            }
        };
        let is_reference = matches!(reader, Reader::ById(_) | Reader::ByName | Reader::Either(_));
        if is_reference && text.chars().nth(LONGEST_KEY).is_none() {
            if let Reader::ById(other) | Reader::Either(other) = reader {
                // Of several records that stand in one cell, the first.
                let first = if reader == Reader::ById(other) { text.split(';').next().unwrap_or(text) } else { text };
                name(true, ids::full_id(other, first.trim()));
            }
            if !matches!(reader, Reader::ById(_)) {
                name(false, text.to_owned());
            }
            return;
        }
        let value = match reader {
            Reader::Code(_) => {
                let code = codes::code_of(self.object, key, text);
                code.map(|code| (Value::Int(code), true)).ok_or("problem-code")
            }
            _ => self.value(reader, text, currency),
        };
        let value = match value {
            Ok((value, _)) if !plausible::is_plausible(self.object, key, &value, self.options.now) => {
                Err("problem-date-implausible")
            }
            value => value,
        };
        match value {
            Ok((value, exact)) => {
                draft.cells.insert(position, Cell::Value(value));
                if !exact {
                    draft.attributes.insert(key.to_owned(), text.to_owned());
                }
            }
            Err(reason) => {
                let reason = match reader {
                    Reader::Code(words) => Message::new(reason).with("words", words.join(", ")),
                    _ => Message::new(reason),
                };
                draft.spoil(Some(settle::Spoilt { field: key, value: text.chars().take(200).collect(), reason }));
            }
        }
    }

    /// The value of a text, and whether it holds all that the text says.
    fn value(&self, reader: Reader, text: &str, currency: Currency) -> Result<(Value, bool), &'static str> {
        let whole = |value: Option<Value>, reason| value.map(|value| (value, true)).ok_or(reason);
        let written = |style: DateStyle| style.read(text, formats(self.options));
        match reader {
            Reader::Flag => whole(numbers::flag(text).map(Value::from), "problem-flag"),
            Reader::Integer(style) => {
                let number = numbers::integer(text, style).ok_or("problem-number")?;
                Ok((Value::Int(number.0), !number.1))
            }
            Reader::Money(style) => whole(numbers::money(text, style, currency).map(Value::Int), "problem-money"),
            Reader::Percent(style) => {
                let percent = numbers::percent(text, style).ok_or("problem-number")?;
                whole(Some(percent).filter(|p| (0..=10_000).contains(p)).map(Value::Int), "problem-probability")
            }
            Reader::Decimal(style) => whole(numbers::decimal(text, style.mark).map(Value::Int), "problem-number"),
            Reader::Rate(style) => whole(numbers::rate(text, style.mark).map(Value::Int), "problem-rate"),
            Reader::Currency => {
                let named = ids::currency_of(text).or_else(|| numbers::currency_of(text, self.options.currency));
                whole(named.map(|c| c.code().into()), "problem-currency")
            }
            Reader::Instant(style) => {
                let instant = written(style).and_then(|written| written.instant(style.order(&written)));
                whole(instant.map(|Instant(ms)| Value::Int(ms)), "problem-date")
            }
            Reader::Date(style) => {
                let day = written(style).and_then(|written| written.day(style.order(&written)));
                whole(day.map(|day| day.to_string().into()), "problem-date")
            }
            Reader::ById(_) | Reader::ByName | Reader::Either(_) => Err("problem-long-key"),
            _ if text.chars().nth(LONGEST_TEXT).is_some() => Err("problem-long"),
            _ => Ok((text.into(), true)),
        }
    }

    /// What the profile says of blank cells.
    fn defaults(&self, draft: &mut Draft, currency: Currency) {
        let Some(profile) = &self.options.profile else { return };
        for (key, text) in &profile.defaults {
            let Some(target) = super::Target::of(self.mapping.object, key) else { continue };
            let Some(position) = target.position() else { continue };
            if matches!(draft.cells.get(&position), None | Some(Cell::Value(Value::Null))) {
                draft.cells.remove(&position);
                self.fill(draft, position, plain_reader(self.mapping, target), text, currency);
            }
        }
    }

    /// What the record says of whether its deal or stage is decided.
    fn decide(&self, record: &StringRecord, draft: &mut Draft) -> Option<(String, Outcome)> {
        let text = |at: usize| self.cells.text(at, record.get(at).unwrap_or_default());
        match self.outcomes.take(text, &mut draft.cells)? {
            Said::Told(stage, outcome) => return Some((stage, outcome)),
            Said::Replaced(stage) => drop(draft.attributes.insert("stage".to_owned(), stage)),
            Said::Unknown(word) => {
                draft.attributes.insert("outcome".to_owned(), word.clone());
                draft.problems.push(SheetProblem {
                    kind: ProblemKind::Note,
                    line: draft.place.line,
                    field: "outcome".to_owned(),
                    value: word,
                    reason: Message::new("problem-unknown-outcome"),
                    row: Vec::new(),
                });
            }
        }
        None
    }

    fn is_deleted(&self, record: &StringRecord) -> bool {
        let column = self.mapping.targets.iter().position(|target| *target == super::Target::Deleted);
        column.is_some_and(|at| numbers::flag(&self.cells.text(at, record.get(at).unwrap_or_default())) == Some(true))
    }

    /// What follows from the others: the kind of person, a full name, and the columns nobody asked about.
    fn complete(&self, draft: &mut Draft) {
        let at = |key| self.object.position(key);
        if let Some(kind) = at("kind").filter(|_| self.object == Object::Person) {
            let contact = i64::from(self.mapping.object == As::Contacts);
            draft.cells.insert(kind, Cell::Value(contact.into()));
        }
        let text = |draft: &Draft, key| match draft.cells.get(&at(key)?) {
            Some(Cell::Value(Value::Text(text))) => Some(text.clone()),
            _ => None,
        };
        if let Some(full) = at("full_name")
            && text(draft, "full_name").is_none()
            && let Some(name) = full_name(text(draft, "first_name"), text(draft, "last_name"))
        {
            draft.cells.insert(full, Cell::Value(name.into()));
        }
        if let Some(position) = self.object.fields().iter().position(|field| field.kind == Kind::Json)
            && !draft.attributes.is_empty()
        {
            let entries = draft.attributes.iter().map(|(key, text)| (key.clone(), text.as_str().into()));
            let json = serde_json::Value::Object(entries.collect()).to_string();
            draft.cells.insert(position, Cell::Value(json.into()));
        }
    }

    /// What the source calls the record, where that is not its key.
    fn id_beside(&self, record: &StringRecord, key: &str) -> Option<String> {
        let column = self.mapping.targets.iter().position(|target| *target == super::Target::Key)?;
        let id = ids::full_id(self.object, &self.cells.text(column, record.get(column).unwrap_or_default()));
        (!id.is_empty() && id != key && id.chars().nth(LONGEST_KEY).is_none()).then_some(id)
    }

    /// What tells this record from the others, or what is wrong when it is blank.
    fn key(&self, record: &StringRecord, draft: &Draft) -> Result<String, Message> {
        let text = |at: &usize| self.cells.text(*at, record.get(*at).unwrap_or_default()).into_owned();
        let key = match &self.mapping.key {
            KeyRule::Columns(columns) => {
                let domain = Object::Account.position("domain").filter(|_| self.object == Object::Account);
                let is_domain = |at: &usize| {
                    domain.is_some() && self.mapping.targets.get(*at).and_then(|target| target.position()) == domain
                };
                let part = |at: &usize| match is_domain(at) {
                    true => settle::domain_or(&text(at)),
                    false => ids::full_id(self.object, &text(at)),
                };
                let parts: Vec<String> = columns.iter().map(part).collect();
                if parts.iter().all(String::is_empty) { String::new() } else { parts.join("|") }
            }
            KeyRule::FirstOf(columns) => columns.iter().map(text).find(|part| !part.is_empty()).unwrap_or_default(),
            KeyRule::History => return history::key(draft.object, &draft.cells),
            KeyRule::Edits => return history::edit_key(&draft.cells),
            KeyRule::Target => return targets::key(&draft.cells),
            KeyRule::Name => return natural::name(draft.object, &draft.cells),
            KeyRule::Natural(natural) => return natural::key(self.mapping.object, *natural, &draft.cells),
        };
        if key.is_empty() { Err(Message::new("problem-no-key")) } else { Ok(key) }
    }
}

/// A record that cannot be used.
pub(super) fn rejected(place: Place, record: &StringRecord, value: String, reason: Message) -> Box<SheetProblem> {
    let row = record.iter().map(str::to_owned).collect();
    Box::new(SheetProblem { kind: ProblemKind::Row, line: place.line, field: String::new(), value, reason, row })
}

/// A record without a key: where a cell of it could not be read, it is turned down for that cell's reason.
fn without_key(record: &StringRecord, draft: Draft, reason: Message) -> Box<SheetProblem> {
    let missing = |problem: &SheetProblem| reason.args.iter().any(|(_, field)| *field == problem.field);
    let row = record.iter().map(str::to_owned).collect();
    match draft.problems.into_iter().find(missing) {
        Some(problem) => Box::new(SheetProblem { kind: ProblemKind::Row, row, ..problem }),
        None => rejected(draft.place, record, String::new(), reason),
    }
}
