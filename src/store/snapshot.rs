//! The snapshot: the facts of a store in a file on this machine, so that the next start need not read every row.
//!
//! It is a cache and never trusted: it counts only when its checksum is right, and when layout, store, schema
//! and the last action in it are still what this connection sees. Anything else is as if there were no
//! file, and so is a folder that cannot be read or written. From the snapshot on, `catch_up` goes the usual way.
//!
//! Personal data: see [`crate::domain::snapshot`]; the file is for its owner only, as the store is, and goes
//! when it was not written for a quarter and another one is.

use super::db::{Engine, query_int};
use super::{Result, Store, private};
use crate::domain::facts::Facts;
use crate::domain::snapshot::{decode, encode, layout};
use crate::domain::value::ActionId;
use serde::{Deserialize, Serialize};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

/// What the file begins with.
const MAGIC: &[u8; 8] = b"RVFACTS\n";
/// Behind the name of every snapshot.
const EXTENSION: &str = "facts";
/// Fewer rows than this are read from the store in some 10 ms.
const WORTH: usize = 20_000;
/// How many actions, or rows of them, a snapshot may lag behind before a new one is written. At a million leads
/// catching up takes about as long as writing (0.2 s), so it is not written after every action.
const ACTIONS: i64 = 20;
const ROWS: i64 = 5_000;
/// A snapshot that is so much older than another is of a store that nobody opens any more.
const FORGOTTEN: Duration = Duration::from_secs(90 * 24 * 60 * 60);

/// The snapshots of one reader.
#[derive(Debug)]
pub struct Snapshots {
    folder: PathBuf,
    kept: Option<ActionId>,
}

/// What a snapshot says of itself.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Head {
    layout: String,
    store: String,
    schema: i64,
    seen: i64,
    /// Digest of the action `seen` as the journal has it: a store that was restored from a backup and written
    /// again has the same name and other actions under the same numbers.
    action: String,
}

impl Snapshots {
    /// Snapshots in this folder, which is made when the first is written.
    #[must_use]
    pub fn new(folder: PathBuf) -> Self {
        Self { folder, kept: None }
    }

    /// The facts of the store's snapshot, if there is one and it still holds.
    pub fn facts(&mut self, store: &mut Store) -> Option<Facts> {
        let facts = store.read_snapshot(&self.folder)?;
        self.kept = Some(facts.seen);
        Some(facts)
    }

    /// Writes a snapshot, if that pays: of a large store, when there is none or it has fallen behind.
    pub fn keep(&mut self, store: &mut Store, facts: &Facts) {
        if rows(facts) < WORTH || self.kept.is_some_and(|kept| !store.has_moved_on(kept)) {
            return;
        }
        // Where it cannot be written it is not tried again with every action.
        self.kept = Some(facts.seen);
        let _ = store.write_snapshot(&self.folder, facts);
    }
}

fn rows(facts: &Facts) -> usize {
    facts.people.len()
        + facts.accounts.len()
        + facts.opportunities.len()
        + facts.stage_changes.len()
        + facts.lifecycle_changes.len()
}

impl Store {
    /// The facts of this store's snapshot in `folder`; `None` when there is none that still holds.
    pub fn read_snapshot(&mut self, folder: &Path) -> Option<Facts> {
        let meta = self.meta().ok()?;
        let bytes = std::fs::read(path(folder, &meta.uid)?).ok()?;
        let (head, body) = open(&bytes)?;
        let seen = ActionId(head.seen);
        if head != self.head_at(seen)? {
            return None;
        }
        let facts = decode(body).filter(|facts| facts.seen == seen && facts.currency == meta.currency)?;
        Some(Facts { store: meta.uid, ..facts })
    }

    /// Writes a snapshot of `facts`, which are those of this store, into `folder`; `None` when that is not possible.
    pub fn write_snapshot(&mut self, folder: &Path, facts: &Facts) -> Option<()> {
        let head = self.head_at(facts.seen)?;
        let path = path(folder, &head.store)?;
        let head = serde_json::to_vec(&head).ok()?;
        let (length, body) = ((head.len() as u64).to_le_bytes(), encode(facts));
        let mut hash = Xxh3::new();
        [&length[..], &head, &body].into_iter().for_each(|part| hash.update(part));
        private::folder(folder).ok()?;
        // For its owner only from the start; gone again if the disk is full.
        let mut file = tempfile::Builder::new().suffix(&format!(".{EXTENSION}")).tempfile_in(folder).ok()?;
        for part in [&MAGIC[..], &hash.digest().to_le_bytes(), &length, &head, &body] {
            file.write_all(part).ok()?;
        }
        file.persist(&path).ok()?;
        forget_old(folder, &path)
    }

    /// What a snapshot after the action `seen` must say of itself; `None` when there is no such action.
    fn head_at(&mut self, seen: ActionId) -> Option<Head> {
        let meta = self.meta().ok()?;
        let action = digest_of(self.db.as_mut(), seen).ok()??;
        Some(Head { layout: layout(), store: meta.uid, schema: meta.schema, seen: seen.0, action })
    }

    /// Whether more has happened since `kept` than is quickly caught up on.
    fn has_moved_on(&mut self, kept: ActionId) -> bool {
        let mut count = |sql: &str| query_int(self.db.as_mut(), sql, &[kept.into()]).ok().flatten().unwrap_or(0);
        let actions = count("SELECT COUNT(*) FROM action WHERE id > $1");
        let inserted = count("SELECT CAST(SUM(last_id - first_id + 1) AS BIGINT) FROM action WHERE id > $1");
        let touched = count("SELECT COUNT(*) FROM before_image WHERE action > $1");
        actions > ACTIONS || inserted + touched > ROWS
    }
}

/// Where the snapshot of a store is; `None` for a store without a proper name.
fn path(folder: &Path, store: &str) -> Option<PathBuf> {
    let proper = store.len() == 32 && store.bytes().all(|b| b.is_ascii_hexdigit());
    proper.then(|| folder.join(store).with_extension(EXTENSION))
}

/// The parts of a file whose bytes are as they were written.
fn open(bytes: &[u8]) -> Option<(Head, &[u8])> {
    let rest = bytes.strip_prefix(MAGIC)?;
    let (checksum, rest) = rest.split_first_chunk::<8>()?;
    if xxh3_64(rest) != u64::from_le_bytes(*checksum) {
        return None;
    }
    let (length, rest) = rest.split_first_chunk::<8>()?;
    let (head, body) = rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
    Some((serde_json::from_slice(head).ok()?, body))
}

/// Digest of an action: when, who, what, which rows, and of an import which files. Not whether it was undone,
/// which is another action's doing.
fn digest_of(db: &mut dyn Engine, action: ActionId) -> Result<Option<String>> {
    let mut said = Vec::new();
    let mut run = (0, -1);
    let sql = "SELECT at, actor, kind, summary, first_id, last_id, target FROM action WHERE id = $1";
    db.query(sql, &[action.into()], &mut |row| {
        run = (row.must_int(4)?, row.must_int(5)?);
        let numbers = [row.int(0)?, Some(run.0), Some(run.1), row.int(6)?].map(|n| format!("{n:?}"));
        said.extend(numbers);
        for at in 1..=3 {
            said.push(row.text(at)?.unwrap_or_default().to_owned());
        }
        Ok(())
    })?;
    if said.is_empty() {
        return Ok(None);
    }
    let files = "SELECT digest FROM import_file WHERE id BETWEEN $1 AND $2 ORDER BY id";
    db.query(files, &[run.0.into(), run.1.into()], &mut |row| {
        said.push(row.text(0)?.unwrap_or_default().to_owned());
        Ok(())
    })?;
    Ok(Some(format!("{:016x}", xxh3_64(said.join("\u{1f}").as_bytes()))))
}

/// Removes the snapshots, and what a killed program left of one, that are much older than the one just written.
fn forget_old(folder: &Path, newest: &Path) -> Option<()> {
    let written = |path: &Path| std::fs::metadata(path).and_then(|meta| meta.modified()).ok();
    let now = written(newest)?;
    for entry in std::fs::read_dir(folder).ok()?.flatten() {
        let path = entry.path();
        let age = written(&path).and_then(|then| now.duration_since(then).ok());
        if path.extension().is_some_and(|e| e == EXTENSION) && age.is_some_and(|age| age > FORGOTTEN) {
            // Another program may have been quicker.
            let _ = std::fs::remove_file(path);
        }
    }
    Some(())
}
