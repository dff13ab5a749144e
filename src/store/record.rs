//! Reading rows: a page of a table, one record, what belongs to it.

use super::db::{Engine, placeholders, query_int};
use super::journal::{read_cell, read_row};
use super::schema::select;
use super::{Result, Store};
use crate::domain::object::{Field, Object, Row};
use crate::domain::value::{Id, Value};
use std::collections::BTreeMap;

/// How many ids go into one query.
const TOGETHER: usize = 200;

/// The rows of `object` whose `field` refers to `id`, by id.
pub(super) fn referring(db: &mut dyn Engine, object: Object, field: &'static str, id: Id) -> Result<Vec<Row>> {
    let sql = select(object, &format!("{field} = $1 ORDER BY id"));
    let mut rows = Vec::new();
    db.query(&sql, &[id.into()], &mut |cells| {
        rows.push(read_row(object, cells)?);
        Ok(())
    })?;
    Ok(rows)
}

/// Every row of `object`, by id.
pub(super) fn all(db: &mut dyn Engine, object: Object) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    db.query(&select(object, "1 = 1 ORDER BY id"), &[], &mut |cells| {
        rows.push(read_row(object, cells)?);
        Ok(())
    })?;
    Ok(rows)
}

/// The rows with these ids, in the order of the ids.
pub(super) fn rows(db: &mut dyn Engine, object: Object, ids: &[Id]) -> Result<Vec<Row>> {
    let mut found = BTreeMap::new();
    for chunk in ids.chunks(TOGETHER) {
        let sql = select(object, &format!("id IN ({})", placeholders(chunk.len())));
        let params: Vec<Value> = chunk.iter().map(|&id| id.into()).collect();
        db.query(&sql, &params, &mut |cells| {
            let row = read_row(object, cells)?;
            found.insert(row.id, row);
            Ok(())
        })?;
    }
    Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
}

impl Store {
    /// The rows with these ids, in the order of the ids; ids that are gone are left out.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn rows(&mut self, object: Object, ids: &[Id]) -> Result<Vec<Row>> {
        rows(self.db.as_mut(), object, ids)
    }

    /// The rows of `object` whose `field` refers to `id`, by id.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn rows_referring(&mut self, object: Object, field: &'static str, id: Id) -> Result<Vec<Row>> {
        referring(self.db.as_mut(), object, field, id)
    }

    /// The oldest external id of each of these records.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn external_ids(&mut self, ids: &[Id]) -> Result<BTreeMap<Id, String>> {
        let mut found = BTreeMap::new();
        for chunk in ids.chunks(TOGETHER) {
            let list = placeholders(chunk.len());
            let sql = format!("SELECT record, external_id FROM link WHERE record IN ({list}) ORDER BY id");
            let params: Vec<Value> = chunk.iter().map(|&id| id.into()).collect();
            self.db.query(&sql, &params, &mut |cells| {
                let name = cells.text(1)?.unwrap_or_default().to_owned();
                found.entry(Id(cells.must_int(0)?)).or_insert(name);
                Ok(())
            })?;
        }
        Ok(found)
    }

    /// Hands over these fields of every row of an object, in no order.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn fields(
        &mut self,
        object: Object,
        fields: &[&'static str],
        each: &mut dyn FnMut(Id, &[Value]),
    ) -> Result<()> {
        let known = |key: &&str| object.fields().iter().find(|field| field.key == *key);
        let fields: Vec<&Field> = fields.iter().filter_map(known).collect();
        let keys: Vec<&str> = std::iter::once("id").chain(fields.iter().map(|field| field.key)).collect();
        let sql = format!("SELECT {} FROM {}", keys.join(", "), object.key());
        let mut values = Vec::with_capacity(fields.len());
        self.db.query(&sql, &[], &mut |cells| {
            values.clear();
            for (at, field) in fields.iter().enumerate() {
                values.push(read_cell(field, cells, at + 1)?);
            }
            each(Id(cells.must_int(0)?), &values);
            Ok(())
        })
    }

    /// How many rows each object has.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn counts(&mut self) -> Result<Vec<(Object, i64)>> {
        Object::ALL
            .into_iter()
            .map(|object| {
                let sql = format!("SELECT COUNT(*) FROM {}", object.key());
                Ok((object, query_int(self.db.as_mut(), &sql, &[])?.unwrap_or(0)))
            })
            .collect()
    }
}
