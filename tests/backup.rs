//! Backups, restoring, copying to another engine and compacting.

use crate::store::{add_account, add_stage, by, on_random_histories, open, take, undo_by};
use crate::support::engines::{dump, on_each_engine, sqlite_at};
use crate::support::program::{fail, json, revops, succeed};
use proptest::prelude::*;
use revops::domain::facts::Facts;
use revops::domain::time::Instant;
use revops::ops::backup::{backups, copy, restore};
use revops::store::{Access, ActionKind, Error, Kept, Location, NewAction, Refusal, Store};
use std::path::{Path, PathBuf};
use std::process::Stdio;

fn file(folder: &Path, name: &str) -> Location {
    Location::File(folder.join(name))
}

fn add(store: &mut Store, name: &str) {
    store.write(&by("ana"), |writing| Ok::<_, Error>(add_account(writing, name))).unwrap();
}

fn names(location: &Location) -> Vec<String> {
    dump(location)["account"].clone()
}

fn compact() -> NewAction {
    NewAction { kind: ActionKind::Compact, ..by("ana") }
}

#[test]
fn a_backup_while_another_process_imports_is_a_sound_store_of_one_moment() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("s.db");
    let write = |n: usize| {
        let path = folder.path().join(format!("deals-{n}.csv"));
        let rows: String = (0..3_000).map(|id| format!("{n}-{id},Deal {id},Account {},Demo,{id}\n", id % 50)).collect();
        std::fs::write(&path, format!("id,name,account,stage,amount\n{rows}")).unwrap();
        path
    };
    succeed(revops(&store).arg("import").arg(write(0)).arg("--yes"));
    for n in 1..6 {
        let mut import = revops(&store);
        import.arg("import").arg(write(n)).arg("--yes").stdout(Stdio::null());
        let mut child = import.spawn().unwrap();
        for part in 0.. {
            let copy = folder.path().join(format!("copy-{n}-{part}.db"));
            let saved = json(revops(&store).args(["store", "backup"]).arg(&copy).args(["--format", "json"]));
            assert_eq!(saved["bytes"].as_u64().unwrap(), std::fs::metadata(&copy).unwrap().len());
            assert_eq!(succeed(revops(&copy).args(["store", "verify"])), "The store is sound.\n");
            let info = json(revops(&copy).args(["store", "info", "--format", "json"]));
            assert_eq!(info["rows"]["opportunity"].as_i64().unwrap() % 3_000, 0, "{info}");
            if child.try_wait().unwrap().is_some() {
                break;
            }
        }
    }
}

#[test]
fn a_backup_is_for_its_owner_and_takes_no_ones_place() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("s.db");
    add(&mut open(&Location::File(store.clone())), "Helio");
    let saved = json(revops(&store).args(["--now", "2026-11-20T08:00:00Z", "store", "backup", "--format", "json"]));
    let path = folder.path().join("backups/s-20261120T080000Z.db");
    assert_eq!(saved["path"], path.display().to_string());
    assert_eq!(names(&Location::File(path.clone())), names(&Location::File(store.clone())));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700));
    }
    let sentence = fail(revops(&store).args(["--now", "2026-11-20T08:00:00Z", "store", "backup"]), 4);
    assert!(sentence.contains("is there already"), "{sentence}");
    let left = std::fs::read_dir(path.parent().unwrap()).unwrap().count();
    assert_eq!(left, 1, "nothing half-written is left");
}

#[test]
fn restoring_brings_the_old_state_back_and_keeps_the_present_one() {
    let folder = tempfile::tempdir().unwrap();
    let location = file(folder.path(), "s.db");
    let mut store = open(&location);
    add_stage(&mut store);
    add(&mut store, "Helio");
    let backup = folder.path().join("b.db");
    store.back_up(&backup).unwrap();
    let before = dump(&location);
    add(&mut store, "Plenum");
    let mut reader = Store::open(&location, Access::Read).unwrap();
    let mut facts = Facts::default();
    reader.catch_up(&mut facts).unwrap();
    let token = reader.change_token().unwrap();
    let present = dump(&location);
    let Kept::Backup(kept) = restore(&location, &backup, Instant(0)).unwrap() else { panic!("nothing kept") };
    assert_eq!((dump(&location), dump(&Location::File(kept))), (before, present));
    assert_ne!(reader.change_token().unwrap(), token, "whoever has it open is woken");
    // As many actions as before, but other ones.
    add(&mut store, "Quarto");
    assert!(reader.catch_up(&mut facts).unwrap());
    let mut fresh = Facts::default();
    reader.catch_up(&mut fresh).unwrap();
    assert!(facts.same_as(&fresh));
    assert_eq!(facts.accounts.id.len(), 2);
    assert!(store.verify().unwrap().is_empty());
}

#[test]
fn what_is_no_sound_backup_is_refused_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("s.db");
    let location = Location::File(store.clone());
    let mut session = open(&location);
    for n in 0..400 {
        add(&mut session, &format!("Account {n}"));
    }
    let good = folder.path().join("good.db");
    session.back_up(&good).unwrap();
    let bytes = std::fs::read(&good).unwrap();
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    let mut spoiled = bytes.clone();
    spoiled[8_192..24_576].fill(0xAB);
    let newer = write("newer.db", &bytes);
    sqlite_at(&newer).execute_batch("INSERT INTO schema_migration VALUES (99, '0099_future', 1)").unwrap();
    let foreign = folder.path().join("foreign.db");
    sqlite_at(&foreign).execute_batch("CREATE TABLE t (a); INSERT INTO t VALUES (1)").unwrap();
    let before = dump(&location);
    for (path, words) in [
        (write("spoiled.db", &spoiled), "damaged"),
        (write("short.db", &bytes[..bytes.len() / 2]), "damaged"),
        (newer, "newer revops"),
        (foreign, "is not a revops store"),
        (write("text.db", b"no store at all, only a few words that happen to be here"), "is not a revops store"),
        (folder.path().join("nowhere.db"), "no store at"),
    ] {
        let sentence = fail(revops(&store).args(["store", "restore"]).arg(&path).arg("--yes"), 4);
        assert!(sentence.contains(words), "{path:?}: {sentence}");
        assert_eq!(dump(&location), before, "{path:?}");
    }
    let sentence = fail(revops(&store).args(["store", "restore"]).arg(&good), 2);
    assert!(sentence.contains("--yes"), "{sentence}");
    assert!(!folder.path().join("backups").exists(), "what is refused needs no backup");
}

#[test]
fn a_damaged_store_is_set_aside_and_a_missing_one_made() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("s.db");
    let mut session = open(&Location::File(store.clone()));
    add(&mut session, "Helio");
    let backup = folder.path().join("b.db");
    session.back_up(&backup).unwrap();
    drop(session);
    std::fs::write(&store, b"ruined").unwrap();
    let told = json(revops(&store).args(["store", "restore", "--yes", "--format", "json"]).arg(&backup));
    let aside = folder.path().join("s.db.damaged-1");
    assert_eq!((told["kept"].as_str(), told["is_readable"].as_bool()), (aside.to_str(), Some(false)));
    assert_eq!(std::fs::read(&aside).unwrap(), b"ruined");
    assert_eq!(succeed(revops(&store).args(["store", "verify"])), "The store is sound.\n");
    let mode: String = sqlite_at(&store).query_row("PRAGMA journal_mode", [], |row| row.get(0)).unwrap();
    assert_eq!(mode, "wal");
    let other = folder.path().join("new/s.db");
    succeed(revops(&other).args(["store", "restore", "--yes"]).arg(&backup));
    assert_eq!(names(&Location::File(other)), names(&Location::File(store)));
}

#[test]
fn imports_keep_the_last_five_states() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("s.db");
    let import = |n: usize| {
        let path = folder.path().join("accounts.csv");
        std::fs::write(&path, format!("id,name,industry\nA-{n},Account {n},Energy\n")).unwrap();
        succeed(revops(&store).arg("import").arg(path).arg("--yes"));
    };
    let kept = || -> Vec<PathBuf> { backups(&store).into_iter().map(|(_, path)| path).collect() };
    import(0);
    assert_eq!(kept(), Vec::<PathBuf>::new(), "there was nothing to keep");
    import(1);
    assert_eq!(kept().len(), 1);
    let again = || succeed(revops(&store).arg("import").arg(folder.path().join("accounts.csv")).arg("--yes"));
    (0..3).for_each(|_| drop(again()));
    assert_eq!(kept().len(), 1, "what brings nothing new costs no backup");
    (2..9).for_each(import);
    succeed(revops(&store).args(["store", "backup"]));
    let all = kept();
    assert_eq!(all.len(), 6, "five of its own, and the one that was asked for: {all:?}");
    let accounts: Vec<usize> = all.iter().map(|path| names(&Location::File(path.clone())).len()).collect();
    assert_eq!(accounts, [4, 5, 6, 7, 8, 9]);
}

#[test]
fn a_store_of_an_older_program_is_kept_before_it_is_brought_up_to_date() {
    let folder = tempfile::tempdir().unwrap();
    let location = file(folder.path(), "s.db");
    crate::migrations::build(&location, 1);
    drop(open(&location));
    let kept = folder.path().join("backups/s-schema-1.db");
    let version = |path: &Path| {
        let sql = "SELECT MAX(version) FROM schema_migration";
        sqlite_at(path).query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap()
    };
    assert_eq!((version(&kept), version(&folder.path().join("s.db")) > 1), (1, true));
    // It can be restored, and comes up to date again.
    restore(&location, &kept, Instant(0)).unwrap();
    assert_eq!(names(&location).len(), 1);
}

#[test]
fn a_store_copies_to_every_engine_and_back_with_its_journal() {
    let folder = tempfile::tempdir().unwrap();
    let origin = file(folder.path(), "origin.db");
    let mut store = open(&origin);
    let stage = add_stage(&mut store);
    for step in [crate::store::Step::AddDeals(30), crate::store::Step::Edit(3, 77), crate::store::Step::AddAccount] {
        assert!(take(&mut store, "ana", stage, &step));
    }
    store.undo(&undo_by("ana"), None).unwrap();
    let (before, actions) = (dump(&origin), store.actions(100).unwrap());
    on_each_engine(|there| {
        let rows = copy(&origin, there).unwrap();
        let mut copied = open(there);
        assert_eq!(copied.actions(100).unwrap(), actions);
        assert!(copied.verify().unwrap().is_empty());
        let again = file(folder.path(), &format!("again-{}.db", matches!(there, Location::Server(_))));
        assert_eq!(copy(there, &again).unwrap(), rows);
        assert_eq!(dump(&again), before);
        assert!(matches!(copy(&origin, there), Err(revops::ops::Error::Store(Error::NotEmpty { .. }))));
        // What was undone there can be done again here, and the edit before it taken back.
        let mut copied = open(&again);
        copied.redo(&NewAction { kind: ActionKind::Redo, ..by("ana") }).unwrap();
        copied.undo(&undo_by("ana"), None).unwrap();
        copied.undo(&undo_by("ana"), None).unwrap();
        assert!(copied.verify().unwrap().is_empty());
        // A server is backed up into a file too.
        let saved = folder.path().join(format!("saved-{}.db", matches!(there, Location::Server(_))));
        Store::open(there, Access::Read).unwrap().back_up(&saved).unwrap();
        assert_eq!(dump(&Location::File(saved)), before);
    });
}

#[test]
fn what_is_compacted_cannot_be_undone_and_everything_else_can() {
    on_each_engine(|location| {
        let mut store = open(location);
        let at = |ms: i64| NewAction { at: Instant(ms), ..by("ana") };
        for n in 1..4 {
            store.write(&at(n * 1_000), |w| Ok::<_, Error>(add_account(w, &format!("Account {n}")))).unwrap();
        }
        let before = dump(location);
        let done = store.compact(&NewAction { at: Instant(9_000), ..compact() }, Instant(2_500)).unwrap();
        assert_eq!((done.action.is_some(), done.up_to.0), (true, 2));
        assert_eq!(dump(location), before, "the records stay");
        let refused = |found: Result<_, Error>| match found {
            Err(Error::Refused(refusal)) => refusal,
            other => panic!("{other:?}"),
        };
        assert_eq!(refused(store.undo(&undo_by("ana"), Some(done.up_to)).map(|_| ())), Refusal::Compacted(2));
        let compaction = done.action.unwrap();
        let refusal = refused(store.undo(&undo_by("ana"), Some(compaction)).map(|_| ()));
        assert_eq!(refusal, Refusal::NotReversible(compaction.0));
        assert_eq!(store.undo(&undo_by("ana"), None).unwrap().target.id.0, 3);
        assert_eq!(refused(store.undo(&undo_by("ana"), None).map(|_| ())), Refusal::NothingToUndo);
        assert_eq!(store.compact(&compact(), Instant(2_500)).unwrap().action, None, "once is enough");
        assert!(store.verify().unwrap().is_empty());
    });
}

/// Whoever saw the store before it was compacted still comes to know everything that happened.
#[test]
fn catching_up_over_a_compaction_equals_a_fresh_load() {
    on_random_histories(|location, history| {
        let mut store = open(location);
        let stage = add_stage(&mut store);
        let mut reader = Store::open(location, Access::Read).unwrap();
        let mut facts = Facts::default();
        for (catches_up, compacts, step) in history {
            take(&mut store, "ana", stage, step);
            if *catches_up {
                reader.catch_up(&mut facts).unwrap();
            }
            if *compacts {
                store.compact(&compact(), Instant(1)).unwrap();
            }
        }
        reader.catch_up(&mut facts).unwrap();
        let mut fresh = Facts::default();
        reader.catch_up(&mut fresh).unwrap();
        prop_assert!(facts.same_as(&fresh));
        prop_assert!(store.verify().unwrap().is_empty());
        Ok(())
    });
}
