//! Backups of a store in a file, restoring one, copying a store, and forgetting the old past.

use super::{Error, Reader, Result, Session};
use crate::domain::time::Instant;
use crate::store::backup::{self, folder, stem};
use crate::store::{Access, ActionKind, Compacted, Kept, Location, Store};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// How many of the backups that revops makes by itself are kept.
const AUTOMATIC: usize = 5;

/// A backup that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// Where it is.
    pub path: PathBuf,
    /// Its size.
    pub bytes: u64,
}

impl Reader {
    /// Writes the whole store into one file, by default into the folder of its backups. Others may go on writing.
    ///
    /// # Errors
    /// [`Error`] when there is such a file already or it cannot be written; a server's store needs `to`.
    pub fn back_up(&mut self, to: Option<&Path>, now: Instant) -> Result<Backup> {
        let path = match (to, self.store.location().clone()) {
            (Some(to), _) => to.to_owned(),
            (None, Location::File(store)) => named(&store, "", now),
            (None, server @ Location::Server(_)) => return Err(Error::BackupNeedsPlace { place: server.shown() }),
        };
        self.store.back_up(&path)?;
        let bytes = fs::metadata(&path).map_or(0, |file| file.len());
        Ok(Backup { path, bytes })
    }
}

/// Keeps a backup before something that touches many records, and removes the oldest of those that were kept like
/// this. It is of the state that everybody else sees, so that it can be taken when it is known that something changes
/// and before anybody sees that. One of a state is enough; a server's store is backed up where it lives.
///
/// # Errors
/// [`Error`] when it cannot be written.
pub(super) fn keep_backup(location: &Location, now: Instant) -> Result<()> {
    let Location::File(store) = location else { return Ok(()) };
    let mut present = Store::open(location, Access::Read)?;
    let Some(newest) = present.actions(1)?.pop() else { return Ok(()) };
    let tail = format!("-{}.db", newest.id);
    let kept = automatic(store);
    if kept.last().is_some_and(|(_, path)| path.to_string_lossy().ends_with(&tail)) {
        return Ok(());
    }
    let path = folder(store).join(format!("{}-auto-{}{tail}", stem(store), stamp(now)));
    if !path.exists() {
        present.back_up(&path)?;
    }
    for (_, old) in kept.iter().rev().skip(AUTOMATIC - 1) {
        // One too many is no reason to stop.
        drop(fs::remove_file(old));
    }
    Ok(())
}

impl Session {
    /// Forgets what the actions before this time changed; the records stay as they are. This cannot be undone.
    ///
    /// # Errors
    /// [`Error`] when the store cannot be written.
    pub fn compact(&mut self, before: Instant) -> Result<Compacted> {
        let head = self.head(ActionKind::Compact);
        Ok(self.store.compact(&head, before)?)
    }
}

/// Puts the store that a backup holds in the place of another, of which a backup is kept. This cannot be undone but
/// by restoring that one.
///
/// # Errors
/// [`Error`] when it is no sound backup, or the place is a server; the store is then as it was.
pub fn restore(location: &Location, from: &Path, now: Instant) -> Result<Kept> {
    let Location::File(store) = location else {
        return Err(crate::store::Error::NeedsFile { place: location.shown() }.into());
    };
    Ok(backup::restore(store, from, &named(store, "before-restore-", now))?)
}

/// Copies a whole store, its journal included, into one that holds nothing; on any engine. Returns how many rows.
///
/// # Errors
/// [`Error`] when either cannot be used or the other holds something.
pub fn copy(from: &Location, to: &Location) -> Result<u64> {
    let mut from = Store::open(from, Access::Read)?;
    Ok(from.copy_to(&mut Store::open(to, Access::Write)?)?)
}

/// The backups of the store in this file, the oldest first: those made by themselves and those asked for.
#[must_use]
pub fn backups(store: &Path) -> Vec<(SystemTime, PathBuf)> {
    let start = format!("{}-", stem(store));
    let entries = fs::read_dir(folder(store)).into_iter().flatten().flatten();
    let ours = entries.filter(|entry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        name.starts_with(&start) && name.ends_with(".db")
    });
    let mut found: Vec<_> =
        ours.filter_map(|file| Some((file.metadata().ok()?.modified().ok()?, file.path()))).collect();
    found.sort();
    found
}

fn automatic(store: &Path) -> Vec<(SystemTime, PathBuf)> {
    let start = format!("{}-auto-", stem(store));
    let is_automatic = |path: &Path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(&start));
    backups(store).into_iter().filter(|(_, path)| is_automatic(path)).collect()
}

fn named(store: &Path, why: &str, now: Instant) -> PathBuf {
    folder(store).join(format!("{}-{why}{}.db", stem(store), stamp(now)))
}

/// `20261117T101200Z`
fn stamp(now: Instant) -> String {
    now.to_rfc3339().chars().filter(|c| !matches!(c, '-' | ':')).collect()
}
