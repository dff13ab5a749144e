//! The snapshot of the facts: with it or without it, damaged, stale or of another store, the facts are the same.

use crate::store::{Step, add_account, add_stage, by, on_random_histories, open, take, undo_by};
use crate::support::engines::on_each_engine;
use proptest::prelude::*;
use revops::domain::facts::Facts;
use revops::domain::time::Instant;
use revops::ops::Reader;
use revops::store::{Access, Error, Location, NewAction, Store, Writing};
use std::path::{Path, PathBuf};
use xxhash_rust::xxh3::xxh3_64;

/// What a reader without snapshots sees.
fn fresh(location: &Location) -> Facts {
    Reader::open(location).unwrap().facts().unwrap()
}

/// What a reader sees that keeps snapshots in `folder`.
fn seen_with(location: &Location, folder: &Path) -> Facts {
    Reader::open(location).unwrap().with_snapshots(Some(folder.to_owned())).facts().unwrap()
}

fn write(location: &Location, folder: &Path) -> PathBuf {
    let mut store = Store::open(location, Access::Read).unwrap();
    let mut facts = Facts::default();
    store.catch_up(&mut facts).unwrap();
    store.write_snapshot(folder, &facts).unwrap();
    folder.join(store.meta().unwrap().uid).with_extension("facts")
}

fn read(location: &Location, folder: &Path) -> Option<Facts> {
    Store::open(location, Access::Read).unwrap().read_snapshot(folder)
}

/// A store with a few rows of everything that facts have.
fn small(location: &Location) -> Store {
    let mut store = open(location);
    let stage = add_stage(&mut store);
    for step in [Step::AddDeals(3), Step::AddAccount] {
        assert!(take(&mut store, "ana", stage, &step));
    }
    store
}

/// Makes a store large enough for a snapshot to pay.
fn grow(store: &mut Store) {
    let fill = |w: &mut Writing<'_>| {
        for n in 0..20_000 {
            add_account(w, &format!("a{n}"));
        }
        Ok::<_, Error>(())
    };
    store.write(&by("ana"), fill).unwrap();
}

fn add_one(store: &mut Store) {
    store.write(&by("li"), |w| Ok::<_, Error>(add_account(w, "more"))).unwrap();
}

/// The file with its head changed, and a checksum that is right again.
fn forged(file: &Path, from: &str, to: &str) -> Vec<u8> {
    let bytes = std::fs::read(file).unwrap();
    let length = u64::from_le_bytes(bytes[16..24].try_into().unwrap()) as usize;
    let head = std::str::from_utf8(&bytes[24..24 + length]).unwrap();
    assert_eq!(head.matches(from).count(), 1, "{head}");
    let head = head.replace(from, to);
    let rest = [&(head.len() as u64).to_le_bytes()[..], head.as_bytes(), &bytes[24 + length..]].concat();
    [&bytes[..8], &xxh3_64(&rest).to_le_bytes(), &rest].concat()
}

#[test]
fn a_snapshot_caught_up_on_equals_a_fresh_load() {
    on_random_histories(|location, history| {
        let folder = tempfile::tempdir().unwrap();
        let mut store = open(location);
        let stage = add_stage(&mut store);
        write(location, folder.path());
        for (_, keeps, step) in history {
            take(&mut store, "ana", stage, step);
            if *keeps {
                write(location, folder.path());
            }
        }
        let mut reader = Store::open(location, Access::Read).unwrap();
        let mut facts = reader.read_snapshot(folder.path()).unwrap();
        reader.catch_up(&mut facts).unwrap();
        prop_assert!(facts.same_as(&fresh(location)), "{facts:?}");
        prop_assert!(seen_with(location, folder.path()).same_as(&facts));
        Ok(())
    });
}

#[test]
fn a_damaged_snapshot_is_as_if_there_were_none() {
    let folder = tempfile::tempdir().unwrap();
    let location = Location::File(folder.path().join("s.db"));
    let mut store = small(&location);
    let file = write(&location, folder.path());
    assert!(read(&location, folder.path()).unwrap().same_as(&fresh(&location)));
    let sound = std::fs::read(&file).unwrap();
    for at in 0..sound.len() {
        let mut bytes = sound.clone();
        bytes[at] ^= 1 << (at % 8);
        std::fs::write(&file, &bytes).unwrap();
        assert!(store.read_snapshot(folder.path()).is_none(), "byte {at}");
        std::fs::write(&file, &sound[..at]).unwrap();
        assert!(store.read_snapshot(folder.path()).is_none(), "cut at {at}");
    }
    std::fs::write(&file, [&sound[..], b"\0"].concat()).unwrap();
    assert!(store.read_snapshot(folder.path()).is_none());
    assert!(seen_with(&location, folder.path()).same_as(&fresh(&location)));
    std::fs::write(&file, &sound).unwrap();
    assert!(store.read_snapshot(folder.path()).is_some());
}

#[test]
fn a_snapshot_of_another_store_schema_or_program_does_not_count() {
    on_each_engine(|location| {
        let folder = tempfile::tempdir().unwrap();
        let mut store = small(location);
        let file = write(location, folder.path());
        let meta = store.meta().unwrap();
        let other = Location::File(folder.path().join("other.db"));
        let mut others = small(&other);
        assert_ne!(others.meta().unwrap().uid, meta.uid);
        std::fs::rename(write(&other, folder.path()), &file).unwrap();
        assert!(store.read_snapshot(folder.path()).is_none(), "of another store");
        write(location, folder.path());
        let schema = format!("\"schema\":{}", meta.schema);
        for (from, to) in [
            (schema.as_str(), format!("\"schema\":{}", meta.schema - 1)),
            ("mql_at ", String::new()),
            (concat!("revops ", env!("CARGO_PKG_VERSION")), "revops 0.0.1".to_owned()),
            ("\"seen\":3", "\"seen\":2".to_owned()),
            ("\"seen\":3", "\"seen\":4".to_owned()),
        ] {
            let sound = std::fs::read(&file).unwrap();
            std::fs::write(&file, forged(&file, from, &to)).unwrap();
            assert!(store.read_snapshot(folder.path()).is_none(), "{from} became {to}");
            std::fs::write(&file, &sound).unwrap();
            // Changed and changed back: the forgery itself is not what is refused.
            std::fs::write(&file, forged(&file, from, from)).unwrap();
            assert!(store.read_snapshot(folder.path()).is_some(), "{from}");
        }
        assert!(seen_with(location, folder.path()).same_as(&fresh(location)));
    });
}

/// The same name, the same number of actions, and yet another history.
#[test]
fn a_store_that_was_restored_and_written_again_is_not_mistaken() {
    let folder = tempfile::tempdir().unwrap();
    let (path, backup) = (folder.path().join("s.db"), folder.path().join("backup.db"));
    let location = Location::File(path.clone());
    let mut store = small(&location);
    // Into one file, as the backup of a store is.
    drop(std::mem::replace(&mut store, open(&Location::File(folder.path().join("aside.db")))));
    rusqlite::Connection::open(&path).unwrap().execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    std::fs::copy(&path, &backup).unwrap();
    let add = |actor: &str, at: i64, name: &str| {
        let head = NewAction { at: Instant(at), ..by(actor) };
        open(&location).write(&head, |w| Ok::<_, Error>(add_account(w, name))).unwrap();
    };
    add("ana", 1, "before");
    write(&location, folder.path());
    let before = read(&location, folder.path()).unwrap();
    for (actor, at) in [("ana", 2), ("li", 1)] {
        for suffix in ["-wal", "-shm"] {
            let _ = std::fs::remove_file(folder.path().join(format!("s.db{suffix}")));
        }
        std::fs::copy(&backup, &path).unwrap();
        assert!(read(&location, folder.path()).is_none(), "the last action of the snapshot is gone");
        add(actor, at, "after");
        assert_eq!(fresh(&location).seen, before.seen);
        assert!(read(&location, folder.path()).is_none(), "by {actor} at {at}");
        assert!(seen_with(&location, folder.path()).same_as(&fresh(&location)));
    }
}

#[test]
fn a_reader_keeps_a_snapshot_of_a_large_store_and_uses_it() {
    on_each_engine(|location| {
        let folder = tempfile::tempdir().unwrap();
        let cache = folder.path().join("made").join("by it");
        let mut store = small(location);
        seen_with(location, &cache);
        assert!(!cache.exists(), "a small store is not worth it");
        grow(&mut store);
        assert!(seen_with(location, &cache).same_as(&fresh(location)));
        let file = cache.join(store.meta().unwrap().uid).with_extension("facts");
        assert_eq!(std::fs::read_dir(&cache).unwrap().count(), 1, "nothing but the snapshot is left");
        is_private(&file);
        // A few actions later it is still good enough, and many later there is a new one.
        let written = || std::fs::read(&file).unwrap();
        let first = written();
        add_one(&mut store);
        store.undo(&undo_by("li"), None).unwrap();
        add_one(&mut store);
        assert!(seen_with(location, &cache).same_as(&fresh(location)));
        assert!(written() == first);
        (0..110).for_each(|_| add_one(&mut store));
        let mut reader = Reader::open(location).unwrap().with_snapshots(Some(cache.clone()));
        let mut facts = Facts::default();
        assert!(reader.catch_up(&mut facts).unwrap());
        assert!(facts.same_as(&fresh(location)));
        assert!(!reader.catch_up(&mut facts).unwrap());
        let second = written();
        assert!(second != first);
        // What is in the file is what is seen: a stage that only the file calls so.
        let (demo, joke) = (b"Demo", b"Joke");
        let at = second.windows(4).position(|bytes| bytes == demo).unwrap();
        let rest = [&second[16..at], joke, &second[at + 4..]].concat();
        std::fs::write(&file, [&second[..8], &xxh3_64(&rest).to_le_bytes(), &rest].concat()).unwrap();
        assert_eq!(seen_with(location, &cache).stages.values().next().unwrap().name, "Joke");
    });
}

#[cfg(unix)]
fn is_private(file: &Path) {
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(file), mode(file.parent().unwrap())), (0o600, 0o700));
}

#[cfg(not(unix))]
fn is_private(_: &Path) {}

#[test]
fn a_folder_that_cannot_be_used_is_no_error() {
    let folder = tempfile::tempdir().unwrap();
    let location = Location::File(folder.path().join("s.db"));
    grow(&mut small(&location));
    let (blocked, occupied) = (folder.path().join("file"), folder.path().join("cache"));
    std::fs::write(&blocked, "").unwrap();
    let uid = open(&location).meta().unwrap().uid;
    std::fs::create_dir_all(occupied.join(uid).with_extension("facts")).unwrap();
    for cache in [&blocked, &occupied] {
        assert!(seen_with(&location, cache).same_as(&fresh(&location)));
    }
    assert_eq!(std::fs::read_dir(&occupied).unwrap().count(), 1, "no half of a snapshot is left");
}

#[test]
fn snapshots_of_forgotten_stores_go() {
    let folder = tempfile::tempdir().unwrap();
    let location = Location::File(folder.path().join("s.db"));
    drop(small(&location));
    let cache = folder.path().join("cache");
    let file = write(&location, &cache);
    let beside = |name: &str, days: u64| {
        let path = cache.join(name);
        let then =
            std::fs::metadata(&file).unwrap().modified().unwrap() - std::time::Duration::from_secs(days * 86_400);
        std::fs::File::create(&path).unwrap().set_modified(then).unwrap();
        path
    };
    let (old, newer, foreign) = (beside("old.facts", 100), beside("newer.facts", 80), beside("notes.txt", 100));
    assert_eq!(write(&location, &cache), file);
    assert!(!old.exists() && newer.exists() && foreign.exists() && file.exists());
}
