//! Editing by words: which record, which fields, and values as a file would write them.

use super::{Error, Reader, Result, Session};
use crate::domain::object::{Kind, Object, Row};
use crate::domain::stage::StageCatalog;
use crate::domain::value::{ActionId, Id, Value};
use crate::import::{As, Cell, Options, Target, Typed, cells_of, field_called, full_id};
use std::collections::BTreeSet;

/// An edit, in words.
#[derive(Debug, Clone)]
pub struct Words {
    /// What the record is.
    pub object: As,
    /// What some system calls it, or its number here.
    pub id: String,
    /// Field and value; an empty one clears.
    pub fields: Vec<(String, String)>,
}

impl Session {
    /// Sets fields of a record as the words say: values are read as those of a file are.
    ///
    /// # Errors
    /// [`Error::Unknown`] for an unknown record, field or name, [`Error::Value`] for a value that cannot be read, and
    /// what [`Session::set_fields`] says.
    pub fn set_by_words(&mut self, words: &Words, options: &Options) -> Result<(ActionId, Row)> {
        let object = words.object.object();
        let mut fields = Vec::with_capacity(words.fields.len());
        for (field, value) in &words.fields {
            fields.push((key(words.object, field)?, value.clone()));
        }
        let mut reader = self.reader()?;
        let row = reader.record_called(object, &words.id)?;
        let read = cells_of(words.object, &fields, options).map_err(|error| {
            let file = words.fields.iter().map(|(field, value)| format!("{field}={value}")).collect::<Vec<_>>();
            Error::Import { file: file.join(" "), error }
        })?;
        let Typed { cells: read, currency } = read;
        let mut new_stage = None;
        let mut values = Vec::with_capacity(read.len());
        for ((name, text), cell) in fields.iter().zip(read) {
            let at = Target::of(words.object, name).and_then(Target::position);
            let Some(field) = at.and_then(|at| object.fields().get(at)) else { continue };
            let value = match (cell, field.kind) {
                (Ok(Cell::Value(Value::Null)), _) if !text.trim().is_empty() => {
                    return Err(Error::blank_value(name, text));
                }
                (Ok(Cell::Value(value)), _) => value,
                (Ok(Cell::Named { id, name }), Kind::Reference(Object::Stage)) => {
                    let word = id.or(name).unwrap_or_default();
                    match reader.stage_called(&word)? {
                        Some(id) => id.into(),
                        None => {
                            new_stage = Some(word);
                            continue;
                        }
                    }
                }
                (Ok(Cell::Named { id, name }), Kind::Reference(other)) => {
                    reader.record_named(other, &id.or(name).unwrap_or_default())?.into()
                }
                (Ok(Cell::Named { .. }), _) => Value::Null,
                (Err(reason), _) => {
                    return Err(Error::Value { field: name.clone(), value: text.clone(), reason });
                }
            };
            values.push((field.key, value));
        }
        values.extend(currency.map(|currency| ("currency", currency)));
        let action = self.write_fields(object, (row.id, row.rev), &values, new_stage.as_deref())?;
        Ok((action, row))
    }
}

/// The key of a field that files may fill, called by it or as a column of some system is called.
fn key(object: As, word: &str) -> Result<String> {
    if Target::of(object, word).and_then(Target::position).is_some() {
        return Ok(word.to_owned());
    }
    field_called(object, word).ok_or_else(|| {
        let fields = object.object().fields().iter().map(|field| field.key);
        let known: Vec<&str> = fields.filter(|key| Target::of(object, key).is_some()).collect();
        Error::unknown("field", word, &known)
    })
}

impl Reader {
    /// The one record that some system calls so, that has this number here, or that people call so.
    fn record_called(&mut self, object: Object, word: &str) -> Result<Row> {
        let mut found = self.store.called(object, &full_id(object, word))?;
        if found.is_empty() {
            found.extend(word.strip_prefix('#').unwrap_or(word).parse().ok().map(Id));
        }
        let found: Vec<Id> = found.into_iter().collect();
        let mut rows = self.store.rows(object, &found)?;
        if rows.is_empty() {
            let named = self.record_named(object, word)?;
            rows = self.store.rows(object, &[named])?;
        }
        match rows.len() {
            1 => rows.pop().ok_or_else(|| Error::unknown("record", word, &[])),
            0 => Err(Error::unknown("record", word, &[])),
            records => Err(Error::Ambiguous { word: word.to_owned(), records }),
        }
    }

    /// The stage that is called so, or that the catalogue knows to be the same; `None` for one that the catalogue
    /// knows and the store does not have.
    fn stage_called(&mut self, word: &str) -> Result<Option<Id>> {
        let unknown = match self.record_named(Object::Stage, word) {
            Err(error @ Error::Unknown { .. }) => error,
            found => return found.map(Some),
        };
        let catalog = StageCatalog::shipped().map_err(|e| Error::Shipped(e.to_string()))?;
        if !catalog.knows(word) {
            return Err(unknown);
        }
        let kind = catalog.kind_of(word);
        let (mut alike, mut decided) = (Vec::new(), Vec::new());
        self.store.fields(Object::Stage, &["name", "outcome"], &mut |id, values| {
            let [name, outcome] = values else { return };
            let name = name.text().unwrap_or_default();
            if catalog.knows(name) && catalog.kind_of(name) == kind {
                alike.push((id, name.to_owned()));
            }
            if !kind.outcome.is_open() && outcome.int() == Some(kind.outcome.code()) {
                decided.push((id, name.to_owned()));
            }
        })?;
        let found = if alike.is_empty() { decided } else { alike };
        match found.as_slice() {
            [] => Ok(None),
            [(id, _)] => Ok(Some(*id)),
            several => Err(Error::unknown_name(word, several.iter().map(|(_, name)| name.as_str()))),
        }
    }

    /// The one record that some system calls so, or that people call so.
    fn record_named(&mut self, object: Object, word: &str) -> Result<Id> {
        let mut found = self.store.called(object, word)?;
        let mut names = BTreeSet::new();
        if found.is_empty() {
            let folded = word.trim().to_lowercase();
            self.store.fields(object, &[object.name_field()], &mut |id, values| {
                let Some(name) = values.first().and_then(Value::text) else { return };
                if name.trim().to_lowercase() == folded {
                    found.insert(id);
                }
                names.insert(name.to_owned());
            })?;
        }
        match (found.len(), found.first()) {
            (1, Some(id)) => Ok(*id),
            (0, _) => Err(Error::unknown_name(word, names.iter().map(String::as_str))),
            (records, _) => Err(Error::Ambiguous { word: word.to_owned(), records }),
        }
    }
}
