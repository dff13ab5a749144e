//! Editing by words: which record, which fields, and values as a file would write them.

use super::{Error, Reader, Result, Session};
use crate::domain::object::{Kind, Object, Row};
use crate::domain::spelling::nearest;
use crate::domain::value::{ActionId, Id, Value};
use crate::import::{As, Cell, Options, Target, Typed, cells_of, full_id};
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
        for (field, _) in &words.fields {
            fields.push(position(words.object, field)?);
        }
        let mut reader = self.reader()?;
        let row = reader.record_called(object, &words.id)?;
        let read = cells_of(words.object, &words.fields, options).map_err(|error| {
            let file = words.fields.iter().map(|(field, value)| format!("{field}={value}")).collect::<Vec<_>>();
            Error::Import { file: file.join(" "), error }
        })?;
        let Typed { cells: read, currency } = read;
        let mut values = Vec::with_capacity(read.len());
        for ((at, (name, text)), cell) in fields.iter().zip(&words.fields).zip(read) {
            let Some(field) = object.fields().get(*at) else { continue };
            let value = match (cell, field.kind) {
                (Ok(Cell::Value(Value::Null)), _) if !text.trim().is_empty() => {
                    return Err(Error::blank_value(name, text));
                }
                (Ok(Cell::Value(value)), _) => value,
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
        let action = self.set_fields(object, row.id, row.rev, &values)?;
        Ok((action, row))
    }
}

/// The position of a field that files may fill.
fn position(object: As, field: &str) -> Result<usize> {
    let found = Target::of(object, field).and_then(Target::position);
    found.ok_or_else(|| {
        let fields = object.object().fields().iter().map(|field| field.key);
        let known: Vec<&str> = fields.filter(|key| Target::of(object, key).is_some()).collect();
        Error::unknown("field", field, &known)
    })
}

impl Reader {
    /// The one record that some system calls so, or that has this number here.
    fn record_called(&mut self, object: Object, id: &str) -> Result<Row> {
        let mut found = self.store.called(object, &full_id(object, id))?;
        if found.is_empty() {
            found.extend(id.strip_prefix('#').unwrap_or(id).parse().ok().map(Id));
        }
        let found: Vec<Id> = found.into_iter().collect();
        let mut rows = self.store.rows(object, &found)?;
        match rows.len() {
            1 => rows.pop().ok_or_else(|| Error::unknown("record", id, &[])),
            0 => Err(Error::unknown("record", id, &[])),
            records => Err(Error::Ambiguous { word: id.to_owned(), records }),
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
            (0, _) => {
                let meant = nearest(word, names.iter().map(String::as_str)).map(str::to_owned);
                Err(Error::Unknown { what: "name", word: word.to_owned(), meant, choices: String::new() })
            }
            (records, _) => Err(Error::Ambiguous { word: word.to_owned(), records }),
        }
    }
}
