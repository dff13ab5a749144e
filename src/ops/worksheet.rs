//! Worksheets: what users decided here, for the systems that have not heard of it yet.

use super::ssot::Rules;
use super::{Error, Reader, Result};
use crate::domain::object::{Field, Kind, Object, Row};
use crate::domain::reconcile::{Known, Record};
use crate::domain::value::{Id, Value};
use crate::export::plain::Plain;
use crate::export::worksheet::csv;
use crate::import::{As, Way, writable};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// How many records are looked at at once.
const TOGETHER: usize = 500;

/// What one system is to be told about one kind of record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worksheet {
    /// The system.
    pub system: String,
    /// What its rows are.
    pub object: As,
    /// The changes, record by record.
    pub changes: Vec<Change>,
    /// The file, once it is written.
    pub file: Option<String>,
}

/// One value that a system is to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The record.
    pub record: Id,
    /// What people call it.
    pub name: String,
    /// What the system calls it.
    pub external_id: String,
    /// The field.
    pub field: &'static Field,
    /// What the system calls the field.
    pub header: String,
    /// What the system says; empty where it says nothing.
    pub there: String,
    /// What it is to say, as it spells it.
    pub here: String,
}

/// Why a value is in no worksheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Missing {
    /// The system does not know the record.
    Link,
    /// The system's files had no id of the record.
    Id,
    /// The system's own import takes no such column.
    Column,
    /// The value was cleared, and a blank cell clears nothing.
    Cleared,
    /// The record that the value names has no id in the system.
    Reference,
}

impl Missing {
    /// The word in JSON and in message keys.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Link => "no_link",
            Self::Id => "no_id",
            Self::Column => "no_column",
            Self::Cleared => "cleared",
            Self::Reference => "no_reference",
        }
    }
}

/// A value that a system cannot be told by a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The system; `None` when no system knows the record.
    pub system: Option<String>,
    /// What the record is.
    pub object: Object,
    /// What people call it.
    pub name: String,
    /// The field.
    pub field: &'static Field,
    /// Why.
    pub why: Missing,
}

/// Everything that systems are to be told.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Worksheets {
    /// One for each system and kind of record.
    pub sheets: Vec<Worksheet>,
    /// What no file can tell.
    pub left_out: Vec<LeftOut>,
}

impl Worksheets {
    /// Writes each worksheet as a CSV file into a folder, which is made when it is not there.
    ///
    /// # Errors
    /// [`Error::File`] when a file cannot be written.
    pub fn write(&mut self, folder: &Path) -> Result<()> {
        let failed = |path: &Path, error: &std::io::Error| Error::File {
            path: path.display().to_string(),
            cause: error.to_string(),
        };
        std::fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
        for sheet in &mut self.sheets {
            let path = folder.join(sheet.file_name());
            std::fs::write(&path, sheet.csv()).map_err(|error| failed(&path, &error))?;
            sheet.file = Some(path.display().to_string());
        }
        Ok(())
    }
}

impl Worksheet {
    fn file_name(&self) -> String {
        let safe = |c: char| if c.is_alphanumeric() || matches!(c, '-' | '_') { c } else { '_' };
        format!("{}-{}.csv", self.system.chars().map(safe).collect::<String>(), self.object.key())
    }

    /// How many records change.
    #[must_use]
    pub fn records(&self) -> usize {
        self.changes.iter().map(|change| change.record).collect::<BTreeSet<_>>().len()
    }

    /// As the system's own import takes it: the id first, then the columns in which something changes.
    #[must_use]
    pub fn csv(&self) -> String {
        let writable = writable(&self.system, self.object);
        let of_field = |at: usize| self.object.object().fields().get(at).map(|field| field.key);
        let columns: Vec<(&str, &str)> = (0..self.object.object().fields().len())
            .filter_map(of_field)
            .filter_map(|key| Some((key, self.changes.iter().find(|change| change.field.key == key)?.header.as_str())))
            .collect();
        let mut rows: BTreeMap<(Id, &str), Vec<String>> = BTreeMap::new();
        for change in &self.changes {
            let row = rows.entry((change.record, &change.external_id)).or_insert_with(|| {
                std::iter::once(change.external_id.clone()).chain(columns.iter().map(|_| String::new())).collect()
            });
            let at = columns.iter().position(|(key, _)| *key == change.field.key);
            if let Some(cell) = at.and_then(|at| row.get_mut(at + 1)) {
                cell.clone_from(&change.here);
            }
        }
        let header = std::iter::once(writable.id.as_str()).chain(columns.iter().map(|(_, header)| *header));
        csv(&header.map(str::to_owned).collect::<Vec<_>>(), &rows.into_values().collect::<Vec<_>>())
    }
}

impl Reader {
    /// What systems are to be told of what users decided here; of one system, where it is named.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn worksheets(&mut self, only: Option<&str>) -> Result<Worksheets> {
        let rules = Rules::of(&self.store.precedence()?, self.store.decisions()?);
        let home = self.store.meta()?.currency;
        let mut pending: Vec<Pending> = Vec::new();
        let mut found = Worksheets::default();
        let records: Vec<Id> = rules.decided.keys().copied().collect();
        for chunk in records.chunks(TOGETHER) {
            let mut known = self.store.known_of(chunk)?;
            for object in Object::ALL.into_iter().filter(|object| As::may_be(*object)) {
                for row in self.store.rows(object, chunk)? {
                    let known = known.remove(&row.id).unwrap_or_default();
                    let Some(decided) = rules.decided.get(&row.id) else { continue };
                    let record = Record { object, values: &row.values, known: &known, decided };
                    let (waiting, lost) = unheard(&record, &row, only);
                    pending.extend(waiting);
                    found.left_out.extend(lost);
                }
            }
        }
        let names = self.called(&pending)?;
        for pending in pending {
            let plain = Plain { home, names: &names.0 };
            match pending.change(&plain, &names.1) {
                Ok(change) => found.add(pending.system, pending.object, change),
                Err(why) => found.left_out.push(pending.left_out(why)),
            }
        }
        Ok(found)
    }

    /// What people call the records that are referred to, and what each system calls them.
    fn called(&mut self, pending: &[Pending]) -> Result<Called> {
        let mut wanted: BTreeMap<Object, BTreeSet<Id>> = BTreeMap::new();
        for pending in pending {
            if let Kind::Reference(object) = pending.field.kind {
                let ids = [&pending.here, &pending.there].into_iter().filter_map(|value| value.int()).map(Id);
                wanted.entry(object).or_default().extend(ids);
            }
        }
        let all: Vec<Id> = wanted.values().flatten().copied().collect();
        Ok((self.names_of(wanted)?, self.store.known_of(&all)?))
    }
}

/// What people call records, and what systems call them.
type Called = (BTreeMap<Id, String>, BTreeMap<Id, Vec<Known>>);

impl Worksheets {
    fn add(&mut self, system: String, object: As, change: Change) {
        let of = |sheet: &&mut Worksheet| sheet.system == system && sheet.object == object;
        if let Some(sheet) = self.sheets.iter_mut().find(of) {
            sheet.changes.push(change);
        } else {
            self.sheets.push(Worksheet { system, object, changes: vec![change], file: None });
            self.sheets.sort_by(|a, b| (&a.system, a.object).cmp(&(&b.system, b.object)));
        }
    }
}

/// A value of which a system has not heard.
struct Pending {
    row: Row,
    name: String,
    system: String,
    object: As,
    external_id: String,
    field: &'static Field,
    here: Value,
    there: Value,
}

impl Pending {
    fn change(&self, told: &Plain<'_>, known: &BTreeMap<Id, Vec<Known>>) -> std::result::Result<Change, Missing> {
        let writable = writable(&self.system, self.object);
        let column = writable.columns.get(self.field.key).ok_or(Missing::Column)?;
        if self.here.is_null() {
            return Err(Missing::Cleared);
        }
        let spelled = told.of(&self.row, self.field, &self.here);
        let here = match (self.field.kind, column.way) {
            (Kind::Reference(_), Way::Id | Way::Either) => {
                let links = self.here.int().and_then(|id| known.get(&Id(id)));
                let link = links.into_iter().flatten().find(|known| known.system == self.system);
                // A record that was only named has no id.
                let id = link.map(|link| link.external_id.clone()).filter(|id| *id != spelled);
                match column.way {
                    Way::Either => id.unwrap_or(spelled),
                    _ => id.ok_or(Missing::Reference)?,
                }
            }
            _ => writable.spelling(self.field.key, &spelled),
        };
        Ok(Change {
            record: self.row.id,
            name: self.name.clone(),
            external_id: self.external_id.clone(),
            field: self.field,
            header: column.header.clone(),
            there: told.of(&self.row, self.field, &self.there),
            here,
        })
    }

    fn left_out(self, why: Missing) -> LeftOut {
        LeftOut { system: Some(self.system), object: self.row.object, name: self.name, field: self.field, why }
    }
}

/// What a system's own import knows a record by: an id, and neither a value by which its file was matched nor several
/// put together, as files without ids are.
fn id_of<'r>(record: &Record<'r>, known: &'r Known) -> Option<&'r str> {
    let is_value = |text: &str| record.values.iter().any(|value| value.text().is_some_and(|value| value == text));
    let of_system = record.known.iter().filter(|other| other.system == known.system);
    let mut ids = std::iter::once(known).chain(of_system).map(|known| known.external_id.as_str());
    let is_said = |text: &str| known.said.values().any(|said| said.value.text() == Some(text));
    ids.find(|id| !id.contains('|') && !is_value(id) && !is_said(id))
}

/// What a record's systems have not heard of the decisions that stand.
fn unheard(record: &Record<'_>, row: &Row, only: Option<&str>) -> (Vec<Pending>, Vec<LeftOut>) {
    let name = row.get(row.object.name_field()).text().map(str::to_owned);
    let first = record.known.first().map(|known| known.external_id.clone());
    let name = name.or(first).unwrap_or_else(|| format!("#{}", row.id));
    let asked = |known: &&Known| known.newest.is_some() && only.is_none_or(|only| known.system == only);
    let links: Vec<&Known> = record.known.iter().filter(asked).collect();
    let (mut pending, mut lost) = (Vec::new(), Vec::new());
    // When a deal was closed follows from its stage.
    let fields = record.object.fields().iter().enumerate().filter(|(_, field)| field.key != "closed_at");
    for (at, field) in fields {
        let stands = |value: &Value| row.values.get(at) == Some(value);
        let Some(decision) = record.decided.get(field.key).filter(|decision| stands(&decision.value)) else { continue };
        if links.is_empty() {
            let system = only.map(str::to_owned);
            lost.push(LeftOut { system, object: row.object, name: name.clone(), field, why: Missing::Link });
        }
        for known in &links {
            let there = record.word(known, at).map(|(value, _)| value.clone()).unwrap_or_default();
            let object = As::of(row);
            let Some(object) = object.filter(|_| there != decision.value) else { continue };
            // A system that has neither such a column nor ever said such a thing has nothing to hear.
            let is_foreign = there.is_null() && !writable(&known.system, object).columns.contains_key(field.key);
            if is_foreign && links.len() > 1 {
                continue;
            }
            match id_of(record, known) {
                Some(id) => pending.push(Pending {
                    row: row.clone(),
                    name: name.clone(),
                    system: known.system.clone(),
                    object,
                    external_id: id.to_owned(),
                    field,
                    here: decision.value.clone(),
                    there,
                }),
                None => lost.push(LeftOut {
                    system: Some(known.system.clone()),
                    object: row.object,
                    name: name.clone(),
                    field,
                    why: Missing::Id,
                }),
            }
        }
    }
    (pending, lost)
}
