//! A whole store into another, on any engine: every row under its own id, and the journal.

use super::db::{Cells, Engine, query_int, reading};
use super::schema::columns;
use super::{Error, Result, Store};
use crate::domain::object::{Kind, Object};
use crate::domain::value::Value;

/// How many rows are written together.
const TOGETHER: usize = 4_000;

/// A table and its columns: name, and whether it holds text.
struct Table {
    name: &'static str,
    columns: Vec<(&'static str, bool)>,
}

impl Store {
    /// Copies everything into a store that holds nothing yet, and returns how many rows.
    ///
    /// # Errors
    /// [`Error::NotEmpty`] when it holds something; [`Error`] when either cannot be used. The other store then
    /// still holds nothing.
    pub fn copy_to(&mut self, to: &mut Self) -> Result<u64> {
        if query_int(to.db.as_mut(), "SELECT MAX(id) FROM action", &[])?.is_some() {
            return Err(Error::NotEmpty { place: to.location.shown() });
        }
        all(self.db.as_mut(), to.db.as_mut())
    }
}

/// Copies every table, as of one moment and in one transaction.
pub(super) fn all(from: &mut dyn Engine, to: &mut dyn Engine) -> Result<u64> {
    to.begin_write()?;
    let copied = reading(from, |from| {
        let mut rows = 0;
        for table in tables() {
            rows += copy(from, to, &table)?;
        }
        head(from, to)?;
        Ok(rows)
    });
    match copied {
        Ok(rows) => to.commit().map(|()| rows),
        Err(error) => {
            // The first error is the one to tell.
            drop(to.rollback());
            Err(error)
        }
    }
}

/// Referenced tables first. An action may name a later one that has undone it, which [`head`] puts in.
fn tables() -> Vec<Table> {
    let number = |name| (name, false);
    let text = |name| (name, true);
    let action = Table {
        name: "action",
        columns: vec![
            number("id"),
            number("at"),
            text("actor"),
            text("kind"),
            text("summary"),
            number("first_id"),
            number("last_id"),
            number("target"),
        ],
    };
    let object = |object: Object| {
        let is_text = |name| {
            let field = object.fields().iter().find(|field| field.key == name);
            field.is_some_and(|field| matches!(field.kind, Kind::Text | Kind::Date | Kind::Json))
        };
        Table { name: object.key(), columns: columns(object).into_iter().map(|name| (name, is_text(name))).collect() }
    };
    let images = Table {
        name: "before_image",
        columns: vec![number("action"), number("object"), number("row_id"), number("rev"), text("image")],
    };
    std::iter::once(action).chain(Object::ALL.into_iter().map(object)).chain([images]).collect()
}

fn copy(from: &mut dyn Engine, to: &mut dyn Engine, table: &Table) -> Result<u64> {
    let names: Vec<&str> = table.columns.iter().map(|(name, _)| *name).collect();
    let order = if names.first() == Some(&"id") { "id" } else { "action, object, row_id" };
    let sql = format!("SELECT {} FROM {} ORDER BY {order}", names.join(", "), table.name);
    let (mut rows, mut copied) = (Vec::new(), 0);
    from.query(&sql, &[], &mut |cells: &dyn Cells| {
        let cell = |(at, (_, is_text)): (usize, &(&str, bool))| -> Result<Value> {
            Ok(if *is_text { cells.text(at)?.into() } else { cells.int(at)?.into() })
        };
        rows.push(table.columns.iter().enumerate().map(cell).collect::<Result<Vec<Value>>>()?);
        copied += 1;
        if rows.len() < TOGETHER {
            return Ok(());
        }
        to.insert_rows(table.name, &names, &std::mem::take(&mut rows))
    })?;
    to.insert_rows(table.name, &names, &rows)?;
    Ok(copied)
}

/// What is no row: who has undone what, the counter, and what the store says of itself. Its identity stays its own.
fn head(from: &mut dyn Engine, to: &mut dyn Engine) -> Result<()> {
    from.query("SELECT id, undone_by FROM action WHERE undone_by IS NOT NULL", &[], &mut |row| {
        let undone = [row.must_int(0)?.into(), row.must_int(1)?.into()];
        to.execute("UPDATE action SET undone_by = $2 WHERE id = $1", &undone).map(drop)
    })?;
    from.query("SELECT next_id, next_action FROM counter", &[], &mut |row| {
        let next = [row.must_int(0)?.into(), row.must_int(1)?.into()];
        to.execute("UPDATE counter SET next_id = $1, next_action = $2 WHERE id = 1", &next).map(drop)
    })?;
    from.query("SELECT key, value FROM meta WHERE key <> 'uid'", &[], &mut |row| {
        let sql =
            "INSERT INTO meta (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value";
        to.execute(sql, &[row.text(0)?.into(), row.text(1)?.into()]).map(drop)
    })
}
