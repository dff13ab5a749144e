//! A fresh store on every engine.

use super::skip::skip;
use revops::store::Location;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// Runs a test on a new SQLite store and on a new PostgreSQL store.
pub fn on_each_engine(test: impl Fn(&Location)) {
    let folder = tempfile::tempdir().unwrap();
    test(&Location::File(folder.path().join("store.db")));
    match server() {
        Some(url) => test(&Location::Server(new_database(url))),
        None => skip("no PostgreSQL server"),
    }
}

/// A new, empty store on every engine that is there, for tests that need several.
pub fn fresh(engine: Engine, folder: &Path) -> Option<Location> {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    match engine {
        Engine::Sqlite => Some(Location::File(folder.join(format!("store-{number}.db")))),
        Engine::Postgres => server().map(|url| Location::Server(new_database(url))),
    }
}

/// The engines a store runs on.
#[derive(Debug, Clone, Copy)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// The throwaway server of this test run: the one that `REVOPS_TEST_PG` names, else one of our own.
fn server() -> Option<&'static str> {
    static SERVER: OnceLock<Option<String>> = OnceLock::new();
    SERVER.get_or_init(|| std::env::var("REVOPS_TEST_PG").ok().or_else(start_server)).as_deref()
}

fn start_server() -> Option<String> {
    let script = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/pg.sh");
    let folder = std::env::temp_dir().join(format!("revops-pg-{}", std::process::id()));
    let run = Command::new("bash").arg(&script).arg("start").arg(&folder).output().ok()?;
    if !run.status.success() {
        return None;
    }
    // A test run that is killed leaves no server behind: a watcher stops it when this process is gone.
    let watch = format!(
        "while kill -0 {} 2>/dev/null; do sleep 1; done; bash '{}' stop '{}'; rm -rf '{}'",
        std::process::id(),
        script.display(),
        folder.display(),
        folder.display()
    );
    let quiet = std::process::Stdio::null;
    Command::new("sh").arg("-c").arg(watch).stdin(quiet()).stdout(quiet()).stderr(quiet()).spawn().ok()?;
    Some(String::from_utf8(run.stdout).ok()?.trim().to_owned())
}

fn new_database(url: &str) -> String {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let name = format!("t{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
    let mut client = postgres::Client::connect(url, postgres::NoTls).unwrap();
    client.batch_execute(&format!("CREATE DATABASE {name}")).unwrap();
    format!("{}/{name}", url.rsplit_once('/').unwrap().0)
}

/// Every row of every business table, each as text, for comparing whole stores.
pub fn dump(location: &Location) -> BTreeMap<&'static str, Vec<String>> {
    let tables = revops::domain::object::Object::ALL.map(|object| object.key());
    match location {
        Location::File(path) => {
            let connection = rusqlite::Connection::open(path).unwrap();
            tables.into_iter().map(|table| (table, sqlite_rows(&connection, table))).collect()
        }
        Location::Server(url) => {
            let mut client = postgres::Client::connect(url, postgres::NoTls).unwrap();
            let mut rows = |table: &str| -> Vec<String> {
                let sql = format!("SELECT row_to_json(t)::text FROM {table} t ORDER BY id");
                client.query(&sql, &[]).unwrap().iter().map(|row| row.get(0)).collect()
            };
            tables.into_iter().map(|table| (table, rows(table))).collect()
        }
    }
}

fn sqlite_rows(connection: &rusqlite::Connection, table: &str) -> Vec<String> {
    let mut statement = connection.prepare(&format!("SELECT * FROM {table} ORDER BY id")).unwrap();
    let columns = statement.column_count();
    let rows = statement.query_map([], |row| {
        let text = |at: usize| match row.get_ref(at).unwrap() {
            rusqlite::types::ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
            other => format!("{other:?}"),
        };
        Ok((0..columns).map(text).collect::<Vec<_>>().join("|"))
    });
    rows.unwrap().map(Result::unwrap).collect()
}

/// A connection of another program to a store's file, or to a new file.
pub fn sqlite_at(path: &Path) -> rusqlite::Connection {
    rusqlite::Connection::open(path).unwrap()
}
