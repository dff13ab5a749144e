//! One seam, two engines: the little that SQLite and PostgreSQL must do differently.

pub mod postgres;
pub mod sqlite;

use crate::domain::object::Object;
use crate::domain::value::Value;
use crate::store::{Error, Result};
use std::path::Path;

/// One connection. SQL uses `$1`-style placeholders and runs unchanged on every engine.
pub trait Engine: Send {
    /// Runs a statement and returns how many rows it touched.
    fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64>;

    /// Runs a query and hands over each row.
    fn query(&mut self, sql: &str, params: &[Value], each: &mut dyn FnMut(&dyn Cells) -> Result<()>) -> Result<()>;

    /// Runs several statements without parameters.
    fn script(&mut self, sql: &str) -> Result<()>;

    /// Adds many rows of one table in the engine's fastest way.
    fn insert_rows(&mut self, table: &str, columns: &[&str], rows: &[Vec<Value>]) -> Result<()>;

    /// Begins a transaction that will write.
    fn begin_write(&mut self) -> Result<()>;

    /// Begins a transaction that sees one state of the store throughout.
    fn begin_read(&mut self) -> Result<()>;

    /// Ends the transaction and keeps what it did.
    fn commit(&mut self) -> Result<()>;

    /// Ends the transaction and drops what it did.
    fn rollback(&mut self) -> Result<()>;

    /// An SQL expression of one JSON object with `id`, `rev` and every field of the row.
    fn row_as_json(&self, object: Object) -> String;

    /// The shipped migrations of this engine: name and SQL, in order.
    fn migrations(&self) -> &'static [(&'static str, &'static str)];

    /// Makes others who would change the schema wait until this transaction ends; a writing
    /// transaction of SQLite does so by itself.
    fn lock_schema(&mut self) -> Result<()>;

    /// Whether the table is there.
    fn has_table(&mut self, table: &str) -> Result<bool>;

    /// A number that changes whenever any connection has committed a write.
    fn change_token(&mut self) -> Result<i64>;

    /// How often the engine has been asked for something since it was opened; a script and a bulk load count once.
    fn statements(&self) -> u64;

    /// Whether nothing can be written: the connection was opened for reading, or the file may only be read.
    fn is_read_only(&self) -> bool;

    /// What the engine's own check finds wrong, if it has one.
    fn integrity(&mut self) -> Result<Vec<String>>;

    /// Writes the store as it is at one moment into an empty file, whatever others write meanwhile; `false` where
    /// a store is no file.
    fn save_to(&mut self, path: &Path) -> Result<bool>;

    /// Becomes what [`Self::save_to`] wrote, in one step for everyone who reads; `false` where a store is no file.
    fn become_like(&mut self, path: &Path) -> Result<bool>;

    /// Gives back the room that deleted rows took.
    fn shrink(&mut self) -> Result<()>;
}

/// The cells of one row of a result.
pub trait Cells {
    /// A whole number.
    fn int(&self, at: usize) -> Result<Option<i64>>;
    /// Text.
    fn text(&self, at: usize) -> Result<Option<&str>>;

    /// A number that must be there.
    fn must_int(&self, at: usize) -> Result<i64> {
        self.int(at)?.ok_or_else(|| Error::Damaged(format!("column {at} is empty")))
    }
}

/// The first column of the first row, if there is one.
pub fn query_int(db: &mut dyn Engine, sql: &str, params: &[Value]) -> Result<Option<i64>> {
    let mut found = None;
    db.query(sql, params, &mut |row| {
        if found.is_none() {
            found = row.int(0)?;
        }
        Ok(())
    })?;
    Ok(found)
}

/// Runs `work` in a reading transaction.
pub fn reading<T>(db: &mut dyn Engine, work: impl FnOnce(&mut dyn Engine) -> Result<T>) -> Result<T> {
    db.begin_read()?;
    let done = work(db);
    let ended = db.rollback();
    let done = done?;
    ended?;
    Ok(done)
}

/// `$1, $2, … $n`
pub fn placeholders(n: usize) -> String {
    (1..=n).map(|i| format!("${i}")).collect::<Vec<_>>().join(", ")
}
