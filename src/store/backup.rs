//! Backups: a whole store in one file, and the way back.

use super::db::{self, Engine};
use super::{Access, Error, Location, Result, Store, migrate, private};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// What became of the store whose place another one took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// There was none.
    Nothing,
    /// It was backed up.
    Backup(PathBuf),
    /// It could not be read and was set aside as it was.
    Aside(PathBuf),
}

impl Store {
    /// Writes everything as it is at one moment into a new file, which is then itself a store. Others may go on
    /// writing meanwhile.
    ///
    /// # Errors
    /// [`Error::Exists`] when there is a file already; [`Error`] when it cannot be written. No part of it is left.
    pub fn back_up(&mut self, to: &Path) -> Result<()> {
        save(self.db.as_mut(), to)
    }

    /// Keeps a copy of a store that is about to get a newer schema, beside it, under the schema's number.
    pub(super) fn back_up_before_migration(db: &mut dyn Engine, path: &Path) -> Result<()> {
        let schema = migrate::version(db)?;
        if schema == 0 || schema >= db.migrations().len() as i64 {
            return Ok(());
        }
        let to = folder(path).join(format!("{}-schema-{schema}.db", stem(path)));
        match save(db, &to) {
            // Kept already: by an earlier try, or by another program that opens the store at the same time.
            Err(Error::Exists { .. }) => Ok(()),
            done => done,
        }
    }
}

/// The folder in which the backups of the store in this file are kept.
#[must_use]
pub fn folder(store: &Path) -> PathBuf {
    store.parent().unwrap_or_else(|| Path::new("")).join("backups")
}

/// With what the names of its backups begin.
#[must_use]
pub fn stem(store: &Path) -> String {
    store.file_stem().map_or_else(|| "revops".to_owned(), |stem| stem.to_string_lossy().into_owned())
}

/// Puts the store that a backup holds in the place of the one in `path`, of which `keep` is made first. Whoever has
/// it open sees the other one from then on.
///
/// # Errors
/// [`Error`] when `from` is no sound store or a newer one; the store in `path` is then as it was.
pub fn restore(path: &Path, from: &Path, keep: &Path) -> Result<Kept> {
    let fresh = made_ready(path, from)?;
    let is_there = path.try_exists().map_err(|e| cannot_open(path, &e))?;
    if !is_there {
        return take_place(fresh, path).map(|()| Kept::Nothing);
    }
    match db::sqlite::open(path, Access::Write).and_then(|mut db| save(db.as_mut(), keep).map(|()| db)) {
        Ok(mut db) => db.become_like(fresh.path()).map(|_| Kept::Backup(keep.to_owned())),
        Err(error @ (Error::Busy | Error::ReadOnly | Error::DiskFull | Error::Exists { .. })) => Err(error),
        Err(_) => set_aside(path).and_then(|aside| take_place(fresh, path).map(|()| Kept::Aside(aside))),
    }
}

fn save(db: &mut dyn Engine, to: &Path) -> Result<()> {
    let file = new_file(to)?;
    if !db.save_to(file.path())? {
        let mut copy = Store::open(&Location::File(file.path().to_owned()), Access::Write)?;
        super::copy::all(db, copy.db.as_mut())?;
        copy.db.script("PRAGMA journal_mode = DELETE;")?;
    }
    put(file, to)
}

/// An empty file beside the place where it shall be.
fn new_file(to: &Path) -> Result<NamedTempFile> {
    if to.exists() {
        return Err(Error::Exists { place: to.display().to_string() });
    }
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    private::folder(folder).map_err(|e| cannot_open(to, &e))?;
    tempfile::Builder::new().suffix(".db").tempfile_in(folder).map_err(|e| cannot_open(to, &e))
}

/// Gives a finished file its name, unless someone was quicker.
fn put(file: NamedTempFile, to: &Path) -> Result<()> {
    file.as_file().sync_all().map_err(|e| cannot_open(to, &e))?;
    file.persist_noclobber(to).map(drop).map_err(|e| cannot_open(to, &e.error))
}

/// Makes a copy the store itself, which is written by several at once.
fn take_place(fresh: NamedTempFile, path: &Path) -> Result<()> {
    db::sqlite::open(fresh.path(), Access::Write)?.script("PRAGMA journal_mode = WAL;")?;
    put(fresh, path)
}

/// A copy of the backup beside the store: checked, with the newest schema, and a store of its own, so that nobody
/// takes what they know of the present one for what this one holds.
fn made_ready(path: &Path, from: &Path) -> Result<NamedTempFile> {
    let mut backup = sound(from).map_err(|error| match error {
        Error::Damaged(cause) | Error::Sql(cause) | Error::Open { cause, .. } => {
            Error::BadBackup { place: from.display().to_string(), cause }
        }
        Error::Foreign { .. } => Error::NoBackup { place: from.display().to_string() },
        other => other,
    })?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    private::folder(folder).map_err(|e| cannot_open(path, &e))?;
    let file = tempfile::Builder::new().suffix(".db").tempfile_in(folder).map_err(|e| cannot_open(path, &e))?;
    backup.save_to(file.path())?;
    let mut copy = db::sqlite::open(file.path(), Access::Write)?;
    migrate::up(copy.as_mut())?;
    copy.script("UPDATE meta SET value = lower(hex(randomblob(16))) WHERE key = 'uid'")?;
    Ok(file)
}

/// A backup whose pages and references are sound, and whose schema this program knows.
fn sound(from: &Path) -> Result<Box<dyn Engine>> {
    let mut backup = db::sqlite::open(from, Access::Read)?;
    let (found, known) = (migrate::version(backup.as_mut())?, backup.migrations().len() as i64);
    match backup.integrity()?.into_iter().next() {
        _ if found > known => Err(Error::Newer { found, known }),
        Some(what) => Err(Error::Damaged(what)),
        None => Ok(backup),
    }
}

/// Renames a file that cannot be used, and what the engine keeps beside it.
fn set_aside(path: &Path) -> Result<PathBuf> {
    let named = |n: u32, tail: &str| {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        path.with_file_name(format!("{name}.damaged-{n}{tail}"))
    };
    let n = (1..).find(|&n| !named(n, "").exists()).unwrap_or_default();
    for tail in ["", "-wal", "-shm"] {
        let mut from = path.as_os_str().to_owned();
        from.push(tail);
        let from = PathBuf::from(from);
        if from.exists() {
            std::fs::rename(&from, named(n, tail)).map_err(|e| cannot_open(&from, &e))?;
        }
    }
    Ok(named(n, ""))
}

fn cannot_open(path: &Path, error: &std::io::Error) -> Error {
    match error.kind() {
        std::io::ErrorKind::StorageFull => Error::DiskFull,
        std::io::ErrorKind::AlreadyExists => Error::Exists { place: path.display().to_string() },
        _ => Error::Open { place: path.display().to_string(), cause: error.to_string() },
    }
}
