//! What this person left lying on their desk: local, per user and store, never in the shared store.
//!
//! The file is a convenience. If it cannot be opened or written the program goes on without it.

pub mod log;

use directories::ProjectDirs;
use rusqlite::{Connection, OptionalExtension, params};
use std::fs::{DirBuilder, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Language chosen in the program.
pub const LANGUAGE: &str = "language";
/// Theme chosen in the program.
pub const THEME: &str = "theme";

/// The local file of UI state, opened for one store.
pub struct State {
    db: Connection,
    store: String,
}

/// Why the file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file or its folder cannot be made.
    #[error(transparent)]
    File(#[from] io::Error),
    /// It is not a database, or damaged.
    #[error(transparent)]
    Database(#[from] rusqlite::Error),
}

impl State {
    /// Where the file is on this machine; `None` when the user has no home.
    #[must_use]
    pub fn path() -> Option<PathBuf> {
        let folders = ProjectDirs::from("", "", "revops")?;
        Some(folders.state_dir().unwrap_or(folders.data_local_dir()).join("state.db"))
    }

    /// Opens the file at `path` for the store called `store`, and makes it, readable by its owner only.
    ///
    /// # Errors
    /// [`Error`] when it cannot be used; the caller goes on without it.
    pub fn open(path: &Path, store: &str) -> Result<Self, Error> {
        make_private(path)?;
        let db = Connection::open(path)?;
        db.busy_timeout(Duration::from_millis(500))?;
        db.execute_batch(
            "CREATE TABLE IF NOT EXISTS ui_state (
               store TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (store, key)
             ) STRICT",
        )?;
        Ok(Self { db, store: store.to_owned() })
    }

    /// What was remembered under `key`; `None` when nothing was, or when the file cannot be read.
    #[must_use]
    pub fn recall(&self, key: &str) -> Option<String> {
        let sql = "SELECT value FROM ui_state WHERE store = :store AND key = :key";
        let row = self.db.query_row(sql, &[(":store", &self.store), (":key", &key.to_owned())], |row| row.get(0));
        row.optional().ok().flatten()
    }

    /// Everything that was remembered under keys that begin with `prefix`: what follows the prefix, and
    /// the value.
    #[must_use]
    pub fn recall_all(&self, prefix: &str) -> Vec<(String, String)> {
        let sql = "SELECT key, value FROM ui_state WHERE store = :store ORDER BY key";
        let all = self.db.prepare(sql).and_then(|mut statement| {
            let rows = statement.query_map(&[(":store", &self.store)], |row| Ok((row.get(0)?, row.get(1)?)))?;
            rows.collect::<Result<Vec<(String, String)>, _>>()
        });
        let all = all.unwrap_or_default().into_iter();
        all.filter_map(|(key, value)| Some((key.strip_prefix(prefix)?.to_owned(), value))).collect()
    }

    /// Remembers `value` under `key`.
    ///
    /// # Errors
    /// [`Error`] when the file cannot be written; nothing depends on it.
    pub fn remember(&self, key: &str, value: &str) -> Result<(), Error> {
        let sql = "INSERT INTO ui_state (store, key, value) VALUES (?1, ?2, ?3) \
                   ON CONFLICT (store, key) DO UPDATE SET value = excluded.value";
        self.db.execute(sql, params![self.store, key, value])?;
        Ok(())
    }

    /// Forgets what was remembered under `key`.
    ///
    /// # Errors
    /// [`Error`] when the file cannot be written; nothing depends on it.
    pub fn forget(&self, key: &str) -> Result<(), Error> {
        self.db.execute("DELETE FROM ui_state WHERE store = ?1 AND key = ?2", params![self.store, key])?;
        Ok(())
    }
}

/// Makes the file, 0600 in a folder that is 0700, before the database writes into it.
fn make_private(path: &Path) -> io::Result<()> {
    let mut folder = DirBuilder::new();
    folder.recursive(true);
    let mut file = OpenOptions::new();
    file.create(true).append(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
        folder.mode(0o700);
        file.mode(0o600);
    }
    if let Some(parent) = path.parent() {
        folder.create(parent)?;
    }
    file.open(path).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remembers_per_store_in_a_private_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/state.db");
        let mine = State::open(&path, "mine").unwrap();
        mine.remember(LANGUAGE, "en").unwrap();
        mine.remember(LANGUAGE, "zh-CN").unwrap();
        mine.remember("columns-a", "x").unwrap();
        assert_eq!(mine.recall_all("columns-"), [("a".to_owned(), "x".to_owned())]);
        mine.forget("columns-a").unwrap();
        assert_eq!(mine.recall("columns-a"), None);
        drop(mine);
        assert_eq!(State::open(&path, "mine").unwrap().recall(LANGUAGE).as_deref(), Some("zh-CN"));
        assert_eq!(State::open(&path, "other").unwrap().recall(LANGUAGE), None);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }

    #[test]
    fn a_damaged_file_is_an_error_and_no_panic() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state.db");
        std::fs::write(&path, "this is no database, it is a longer line of text").unwrap();
        assert!(State::open(&path, "mine").is_err());
    }
}
