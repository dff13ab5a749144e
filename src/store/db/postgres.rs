//! The PostgreSQL side of the seam.

use super::{Cells, Engine, query_int};
use crate::domain::object::Object;
use crate::domain::value::Value;
use crate::store::{Access, Error, Result};
use bytes::BytesMut;
use postgres::error::SqlState;
use postgres::fallible_iterator::FallibleIterator;
use postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use postgres::{Client, NoTls, Statement};
use std::collections::HashMap;
use std::io::Write as _;
use std::path::Path;

const MIGRATIONS: &[(&str, &str)] = &[
    ("0001_foundation", include_str!("../../../assets/migrations/postgres/0001_foundation.sql")),
    ("0002_lifecycle", include_str!("../../../assets/migrations/postgres/0002_lifecycle.sql")),
    ("0003_targets", include_str!("../../../assets/migrations/postgres/0003_targets.sql")),
    ("0004_records", include_str!("../../../assets/migrations/postgres/0004_records.sql")),
    ("0005_exports", include_str!("../../../assets/migrations/postgres/0005_exports.sql")),
    ("0006_precedence", include_str!("../../../assets/migrations/postgres/0006_precedence.sql")),
    ("0007_awaits", include_str!("../../../assets/migrations/postgres/0007_awaits.sql")),
    ("0008_waiting", include_str!("../../../assets/migrations/postgres/0008_waiting.sql")),
    ("0009_chosen_keys", include_str!("../../../assets/migrations/postgres/0009_chosen_keys.sql")),
    ("0010_handoffs", include_str!("../../../assets/migrations/postgres/0010_handoffs.sql")),
    ("0011_pool_and_care", include_str!("../../../assets/migrations/postgres/0011_pool_and_care.sql")),
];

struct Postgres {
    client: Client,
    prepared: HashMap<String, Statement>,
    in_transaction: bool,
    read_only: bool,
    statements: u64,
}

/// Connects to the server at `url`.
pub fn open(url: &str, access: Access) -> Result<Box<dyn Engine>> {
    let place = crate::store::Location::Server(url.to_owned()).shown();
    let mut client = Client::connect(url, NoTls).map_err(|e| Error::Open { place, cause: reason(&e) })?;
    let read_only = access == Access::Read;
    if read_only {
        client.batch_execute("SET default_transaction_read_only = on").map_err(told)?;
    }
    Ok(Box::new(Postgres { client, prepared: HashMap::new(), in_transaction: false, read_only, statements: 0 }))
}

impl Postgres {
    fn prepare(&mut self, sql: &str) -> Result<Statement> {
        self.statements += 1;
        if let Some(statement) = self.prepared.get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.client.prepare(sql).map_err(told)?;
        self.prepared.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }
}

impl ToSql for Value {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut BytesMut,
    ) -> std::result::Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Int(n) => n.to_sql(ty, out),
            Self::Text(s) => s.to_sql(ty, out),
        }
    }

    fn accepts(ty: &Type) -> bool {
        matches!(*ty, Type::INT8 | Type::TEXT)
    }

    to_sql_checked!();
}

impl Cells for postgres::Row {
    fn int(&self, at: usize) -> Result<Option<i64>> {
        self.try_get(at).map_err(told)
    }

    fn text(&self, at: usize) -> Result<Option<&str>> {
        self.try_get(at).map_err(told)
    }
}

impl Engine for Postgres {
    fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64> {
        let statement = self.prepare(sql)?;
        let params: Vec<&(dyn ToSql + Sync)> = params.iter().map(|p| p as _).collect();
        self.client.execute(&statement, &params).map_err(told)
    }

    fn query(&mut self, sql: &str, params: &[Value], each: &mut dyn FnMut(&dyn Cells) -> Result<()>) -> Result<()> {
        let statement = self.prepare(sql)?;
        let mut rows = self.client.query_raw(&statement, params).map_err(told)?;
        while let Some(row) = rows.next().map_err(told)? {
            each(&row)?;
        }
        Ok(())
    }

    fn script(&mut self, sql: &str) -> Result<()> {
        self.statements += 1;
        self.client.batch_execute(sql).map_err(told)
    }

    fn insert_rows(&mut self, table: &str, columns: &[&str], rows: &[Vec<Value>]) -> Result<()> {
        self.statements += 1;
        let sql = format!("COPY {table} ({}) FROM STDIN", columns.join(", "));
        let mut sink = self.client.copy_in(&sql).map_err(told)?;
        let mut line = String::new();
        for row in rows {
            line.clear();
            copy_line(row, &mut line);
            sink.write_all(line.as_bytes()).map_err(|e| Error::Lost(e.to_string()))?;
        }
        sink.finish().map(|_| ()).map_err(told)
    }

    fn begin_write(&mut self) -> Result<()> {
        self.script("BEGIN")?;
        self.in_transaction = true;
        Ok(())
    }

    fn begin_read(&mut self) -> Result<()> {
        self.script("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")?;
        self.in_transaction = true;
        Ok(())
    }

    fn commit(&mut self) -> Result<()> {
        self.in_transaction = false;
        self.script("COMMIT")
    }

    fn rollback(&mut self) -> Result<()> {
        if std::mem::take(&mut self.in_transaction) { self.script("ROLLBACK") } else { Ok(()) }
    }

    fn row_as_json(&self, object: Object) -> String {
        format!("row_to_json({})::text", object.key())
    }

    fn migrations(&self) -> &'static [(&'static str, &'static str)] {
        MIGRATIONS
    }

    fn lock_schema(&mut self) -> Result<()> {
        self.script("SELECT pg_advisory_xact_lock(5933390)")
    }

    fn has_table(&mut self, table: &str) -> Result<bool> {
        let sql =
            "SELECT 1::bigint FROM pg_catalog.pg_tables WHERE schemaname = current_schema() AND tablename::text = $1";
        Ok(query_int(self, sql, &[table.into()])?.is_some())
    }

    fn change_token(&mut self) -> Result<i64> {
        Ok(query_int(self, "SELECT next_action FROM counter", &[])?.unwrap_or(0))
    }

    fn statements(&self) -> u64 {
        self.statements
    }

    fn is_read_only(&self) -> bool {
        self.read_only
    }

    /// The server checks its own pages; references are checked by the store.
    fn integrity(&mut self) -> Result<Vec<String>> {
        Ok(Vec::new())
    }

    fn save_to(&mut self, _path: &Path) -> Result<bool> {
        Ok(false)
    }

    fn become_like(&mut self, _path: &Path) -> Result<bool> {
        Ok(false)
    }

    fn shrink(&mut self) -> Result<()> {
        self.script("VACUUM before_image")
    }
}

/// One line of COPY's text format: tab between cells, `\N` for nothing, backslash escapes.
fn copy_line(row: &[Value], line: &mut String) {
    for (at, value) in row.iter().enumerate() {
        if at > 0 {
            line.push('\t');
        }
        match value {
            Value::Null => line.push_str("\\N"),
            Value::Int(n) => line.push_str(&n.to_string()),
            Value::Text(text) => text.chars().for_each(|c| match c {
                '\\' => line.push_str("\\\\"),
                '\t' => line.push_str("\\t"),
                '\n' => line.push_str("\\n"),
                '\r' => line.push_str("\\r"),
                c => line.push(c),
            }),
        }
    }
    line.push('\n');
}

fn reason(error: &postgres::Error) -> String {
    match error.as_db_error() {
        Some(db) => db.message().to_owned(),
        None => std::error::Error::source(error).map_or_else(|| error.to_string(), |source| source.to_string()),
    }
}

/// The engine's error in the store's terms.
fn told(error: postgres::Error) -> Error {
    let cause = reason(&error);
    if error.is_closed() {
        return Error::Lost(cause);
    }
    match error.code() {
        Some(&SqlState::UNIQUE_VIOLATION) => Error::Duplicate(cause),
        Some(&SqlState::FOREIGN_KEY_VIOLATION) => Error::Reference(cause),
        Some(&SqlState::READ_ONLY_SQL_TRANSACTION | &SqlState::INSUFFICIENT_PRIVILEGE) => Error::ReadOnly,
        Some(&SqlState::LOCK_NOT_AVAILABLE | &SqlState::T_R_DEADLOCK_DETECTED) => Error::Busy,
        Some(&SqlState::DISK_FULL) => Error::DiskFull,
        _ => Error::Sql(cause),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copy_text_is_escaped() {
        let mut line = String::new();
        copy_line(&[Value::Null, 7.into(), "a\tb\\N\n".into()], &mut line);
        assert_eq!(line, "\\N\t7\ta\\tb\\\\N\\n\n");
    }
}
