//! The SQLite side of the seam.

use super::{Cells, Engine, placeholders};
use crate::domain::object::Object;
use crate::domain::value::Value;
use crate::store::{Access, Error, Result};
use rusqlite::backup::{Backup, StepResult};
use rusqlite::limits::Limit;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{CachedStatement, Connection, ErrorCode, OpenFlags, ToSql};
use std::path::Path;
use std::time::Duration;

/// `RVOP`: marks the file as a revops store.
const APPLICATION_ID: i64 = 0x5256_4f50;
/// How long a writer waits for another one to finish; a long import on a slow disk stays below it.
const PATIENCE: Duration = Duration::from_secs(300);
/// How long a copy waits before it tries again.
const WAIT: Duration = Duration::from_millis(50);
const MIGRATIONS: &[(&str, &str)] = &[
    ("0001_foundation", include_str!("../../../assets/migrations/sqlite/0001_foundation.sql")),
    ("0002_lifecycle", include_str!("../../../assets/migrations/sqlite/0002_lifecycle.sql")),
    ("0003_targets", include_str!("../../../assets/migrations/sqlite/0003_targets.sql")),
    ("0004_records", include_str!("../../../assets/migrations/sqlite/0004_records.sql")),
    ("0005_exports", include_str!("../../../assets/migrations/sqlite/0005_exports.sql")),
    ("0006_precedence", include_str!("../../../assets/migrations/sqlite/0006_precedence.sql")),
    ("0007_awaits", include_str!("../../../assets/migrations/sqlite/0007_awaits.sql")),
    ("0008_waiting", include_str!("../../../assets/migrations/sqlite/0008_waiting.sql")),
    ("0009_chosen_keys", include_str!("../../../assets/migrations/sqlite/0009_chosen_keys.sql")),
    ("0010_handoffs", include_str!("../../../assets/migrations/sqlite/0010_handoffs.sql")),
    ("0011_pool_and_care", include_str!("../../../assets/migrations/sqlite/0011_pool_and_care.sql")),
];

struct Sqlite {
    connection: Connection,
    statements: u64,
}

/// Opens the file at `path`.
pub fn open(path: &Path, access: Access) -> Result<Box<dyn Engine>> {
    let place = path.display().to_string();
    let exists = path.try_exists().map_err(|e| Error::Open { place: place.clone(), cause: e.to_string() })?;
    if !exists && access == Access::Read {
        return Err(Error::Missing { place });
    }
    if !exists {
        crate::store::private::open(path, false)
            .map(drop)
            .map_err(|e| Error::Open { place: place.clone(), cause: e.to_string() })?;
    }
    let mode =
        if access == Access::Read { OpenFlags::SQLITE_OPEN_READ_ONLY } else { OpenFlags::SQLITE_OPEN_READ_WRITE };
    let connection = Connection::open_with_flags(path, mode | OpenFlags::SQLITE_OPEN_NO_MUTEX)
        .map_err(|e| Error::Open { place: place.clone(), cause: reason(&e) })?;
    set_up(&connection, access).map_err(|e| match e {
        Error::Sql(cause) | Error::Damaged(cause) => Error::Open { place: place.clone(), cause },
        Error::Foreign { .. } => Error::Foreign { place: place.clone() },
        other => other,
    })?;
    claim(&connection, &place, access)?;
    Ok(Box::new(Sqlite { connection, statements: 0 }))
}

fn set_up(connection: &Connection, access: Access) -> Result<()> {
    connection.busy_timeout(PATIENCE).map_err(told)?;
    connection.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0).map_err(told)?;
    connection.set_prepared_statement_cache_capacity(128);
    connection
        .execute_batch("PRAGMA trusted_schema = OFF; PRAGMA foreign_keys = ON; PRAGMA cache_size = -16000;")
        .map_err(told)?;
    if access == Access::Write {
        connection.execute_batch("PRAGMA synchronous = FULL;").map_err(told)?;
    }
    Ok(())
}

/// Refuses a file that belongs to another program; marks an empty one as ours.
fn claim(connection: &Connection, place: &str, access: Access) -> Result<()> {
    let pragma = |name: &str| connection.query_row(&format!("PRAGMA {name}"), [], |row| row.get::<_, i64>(0));
    let foreign = |_| Error::Foreign { place: place.to_owned() };
    // In this order: whoever makes a store at this very moment marks it before the first table is there.
    let is_empty = pragma("schema_version").map_err(foreign)? == 0;
    if pragma("application_id").map_err(foreign)? == APPLICATION_ID {
        return Ok(());
    }
    if access == Access::Read || !is_empty {
        return Err(Error::Foreign { place: place.to_owned() });
    }
    mark(connection)
}

/// The switch to WAL does not wait for others as every other statement does.
fn mark(connection: &Connection) -> Result<()> {
    let sql = format!("PRAGMA journal_mode = WAL; PRAGMA application_id = {APPLICATION_ID};");
    for _ in 0..100 {
        match connection.execute_batch(&sql).map_err(told) {
            Err(Error::Busy) => std::thread::sleep(Duration::from_millis(20)),
            done => return done,
        }
    }
    Err(Error::Busy)
}

impl Sqlite {
    fn prepare(&mut self, sql: &str) -> Result<CachedStatement<'_>> {
        self.statements += 1;
        self.connection.prepare_cached(sql).map_err(told)
    }
}

/// SQLite numbers `$1`-style names by first appearance, not by their number, so every value is bound
/// by its name. This is the only place that binds.
fn slots(statement: &CachedStatement<'_>, count: usize) -> Result<Vec<usize>> {
    (1..=count)
        .map(|n| {
            let name = format!("${n}");
            statement.parameter_index(&name).map_err(told)?.ok_or_else(|| Error::Sql(format!("no parameter {name}")))
        })
        .collect()
}

fn bind(statement: &mut CachedStatement<'_>, slots: &[usize], params: &[Value]) -> Result<()> {
    slots.iter().zip(params).try_for_each(|(&slot, value)| statement.raw_bind_parameter(slot, value).map_err(told))
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(n) => ValueRef::Integer(*n),
            Self::Text(s) => ValueRef::Text(s.as_bytes()),
        }))
    }
}

impl Cells for rusqlite::Row<'_> {
    fn int(&self, at: usize) -> Result<Option<i64>> {
        self.get(at).map_err(told)
    }

    fn text(&self, at: usize) -> Result<Option<&str>> {
        match self.get_ref(at).map_err(told)? {
            ValueRef::Null => Ok(None),
            cell => cell.as_str().map(Some).map_err(|e| Error::Damaged(e.to_string())),
        }
    }
}

impl Engine for Sqlite {
    fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64> {
        let mut statement = self.prepare(sql)?;
        let slots = slots(&statement, params.len())?;
        bind(&mut statement, &slots, params)?;
        statement.raw_execute().map(|n| n as u64).map_err(told)
    }

    fn query(&mut self, sql: &str, params: &[Value], each: &mut dyn FnMut(&dyn Cells) -> Result<()>) -> Result<()> {
        let mut statement = self.prepare(sql)?;
        let slots = slots(&statement, params.len())?;
        bind(&mut statement, &slots, params)?;
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next().map_err(told)? {
            each(row)?;
        }
        Ok(())
    }

    fn script(&mut self, sql: &str) -> Result<()> {
        self.statements += 1;
        self.connection.execute_batch(sql).map_err(told)
    }

    fn insert_rows(&mut self, table: &str, columns: &[&str], rows: &[Vec<Value>]) -> Result<()> {
        let sql = format!("INSERT INTO {table} ({}) VALUES ({})", columns.join(", "), placeholders(columns.len()));
        let mut statement = self.prepare(&sql)?;
        let slots = slots(&statement, columns.len())?;
        for row in rows {
            bind(&mut statement, &slots, row)?;
            statement.raw_execute().map_err(told)?;
        }
        Ok(())
    }

    fn begin_write(&mut self) -> Result<()> {
        self.script("BEGIN IMMEDIATE")
    }

    fn begin_read(&mut self) -> Result<()> {
        self.script("BEGIN")
    }

    fn commit(&mut self) -> Result<()> {
        self.script("COMMIT")
    }

    fn rollback(&mut self) -> Result<()> {
        if self.connection.is_autocommit() { Ok(()) } else { self.script("ROLLBACK") }
    }

    fn row_as_json(&self, object: Object) -> String {
        let pairs: Vec<String> = ["id", "rev"]
            .into_iter()
            .chain(object.fields().iter().map(|field| field.key))
            .map(|column| format!("'{column}', {column}"))
            .collect();
        format!("json_object({})", pairs.join(", "))
    }

    fn migrations(&self) -> &'static [(&'static str, &'static str)] {
        MIGRATIONS
    }

    fn lock_schema(&mut self) -> Result<()> {
        Ok(())
    }

    fn has_table(&mut self, table: &str) -> Result<bool> {
        let sql = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = $1";
        Ok(super::query_int(self, sql, &[table.into()])?.is_some())
    }

    fn change_token(&mut self) -> Result<i64> {
        Ok(super::query_int(self, "PRAGMA data_version", &[])?.unwrap_or(0))
    }

    fn statements(&self) -> u64 {
        self.statements
    }

    fn is_read_only(&self) -> bool {
        self.connection.is_readonly("main").unwrap_or(false)
    }

    fn integrity(&mut self) -> Result<Vec<String>> {
        let mut found = Vec::new();
        self.query("PRAGMA integrity_check", &[], &mut |row| {
            found.extend(row.text(0)?.filter(|&line| line != "ok").map(str::to_owned));
            Ok(())
        })?;
        self.query("PRAGMA foreign_key_check", &[], &mut |row| {
            let table = row.text(0)?.unwrap_or_default();
            found.push(format!("{table} {}: broken reference", row.int(1)?.unwrap_or(0)));
            Ok(())
        })?;
        Ok(found)
    }

    fn save_to(&mut self, path: &Path) -> Result<bool> {
        let mut copy = Connection::open(path).map_err(told)?;
        pages(&self.connection, &mut copy)?;
        // One file: a copy in WAL mode could not be read from a place that cannot be written.
        copy.execute_batch("PRAGMA journal_mode = DELETE;").map_err(told)?;
        copy.close().map_err(|(_, error)| told(error)).map(|()| true)
    }

    fn become_like(&mut self, path: &Path) -> Result<bool> {
        let other = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(told)?;
        self.connection.flush_prepared_statement_cache();
        pages(&other, &mut self.connection)?;
        mark(&self.connection).map(|()| true)
    }

    fn shrink(&mut self) -> Result<()> {
        // It works in a database of its own that it attaches.
        self.connection.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 1).map_err(told)?;
        let shrunk = self.script("VACUUM; PRAGMA wal_checkpoint(TRUNCATE);");
        self.connection.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0).map_err(told)?;
        shrunk
    }
}

/// Copies every page in one step, and so as of one moment.
fn pages(from: &Connection, to: &mut Connection) -> Result<()> {
    let copying = Backup::new(from, to).map_err(told)?;
    for _ in 0..PATIENCE.as_millis() / WAIT.as_millis() {
        match copying.step(-1).map_err(told)? {
            StepResult::Done => return Ok(()),
            _ => std::thread::sleep(WAIT),
        }
    }
    Err(Error::Busy)
}

fn reason(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqliteFailure(code, message) => message.clone().unwrap_or_else(|| code.to_string()),
        // Its own words would repeat the whole statement.
        rusqlite::Error::SqlInputError { msg, .. } => msg.clone(),
        other => other.to_string(),
    }
}

/// The engine's error in the store's terms.
fn told(error: rusqlite::Error) -> Error {
    let cause = reason(&error);
    let rusqlite::Error::SqliteFailure(failure, _) = &error else { return Error::Sql(cause) };
    match (failure.code, failure.extended_code) {
        (ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked, _) => Error::Busy,
        (ErrorCode::ReadOnly | ErrorCode::PermissionDenied, _) => Error::ReadOnly,
        (ErrorCode::DiskFull, _) => Error::DiskFull,
        (ErrorCode::DatabaseCorrupt, _) => Error::Damaged(cause),
        (ErrorCode::NotADatabase, _) => Error::Foreign { place: cause },
        (
            ErrorCode::ConstraintViolation,
            rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE | rusqlite::ffi::SQLITE_CONSTRAINT_PRIMARYKEY,
        ) => Error::Duplicate(cause),
        (ErrorCode::ConstraintViolation, rusqlite::ffi::SQLITE_CONSTRAINT_FOREIGNKEY) => Error::Reference(cause),
        _ => Error::Sql(cause),
    }
}
