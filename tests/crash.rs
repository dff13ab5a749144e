//! `kill -9` at random moments: all of an action or nothing of it, and a sound store either way.

use crate::support::program::{json, revops, succeed};
use revops::clock::Clock;
use revops::domain::object::Object;
use revops::domain::value::{ActionId, Id};
use revops::ops::{Location, Session, Setup};
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const KILLS: u32 = 50;
const ROWS: usize = 2_000;

fn export(folder: &Path, amount: usize) -> std::path::PathBuf {
    let path = folder.join(format!("deals-{amount}.csv"));
    let rows =
        (0..ROWS).map(|id| format!("{id},Deal {id},Account {},Demo,{amount},Owner {},2026-01-05\n", id % 300, id % 9));
    let text: String =
        std::iter::once("id,name,account,stage,amount,owner,created_at\n".to_owned()).chain(rows).collect();
    std::fs::write(&path, text).unwrap();
    path
}

/// A moment within `span`, another one each time.
fn moment(span: Duration) -> Duration {
    let random = RandomState::new().hash_one(0_u8);
    span.mul_f64((random % 10_000) as f64 / 10_000.0)
}

fn kill_after(mut command: Command, wait: Duration) {
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    std::thread::sleep(wait);
    // It may have finished by then.
    drop(child.kill());
    child.wait().unwrap();
}

fn is_sound(store: &Path) {
    assert_eq!(succeed(revops(store).args(["store", "verify"])), "The store is sound.\n");
}

#[test]
fn an_import_is_all_or_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("s.db");
    let begin = Instant::now();
    succeed(revops(&store).arg("import").arg(export(folder.path(), 1)).arg("--yes"));
    let span = begin.elapsed().mul_f64(1.5);
    let (mut before, mut stopped) = (1, 0);
    for amount in 2..2 + KILLS as usize {
        let mut import = revops(&store);
        let now = format!("2026-02-01T00:00:{:02}Z", amount % 60);
        import.args(["--now", &now]).arg("import").arg(export(folder.path(), amount)).arg("--yes");
        import.args(["--exported-at", &format!("2026-02-{:02}T{:02}:00:00Z", 1 + amount / 24, amount % 24)]);
        kill_after(import, moment(span));
        is_sound(&store);
        let view = json(revops(&store).args(["show", "pipeline", "--format", "json"]));
        assert_eq!(view["opportunities"]["total"], ROWS);
        let sum = view["open_amount"]["amount"].as_str().unwrap().split('.').next().unwrap().parse::<usize>().unwrap();
        assert!(sum == before * ROWS || sum == amount * ROWS, "half an import: {sum}");
        stopped += u32::from(sum == before * ROWS);
        before = sum / ROWS;
    }
    println!("{stopped} of {KILLS} imports were killed before they were done");
}

/// Not a test of its own: the process that the next test kills.
#[test]
fn child_that_edits() {
    let Some(store) = std::env::var_os("REVOPS_TEST_EDIT") else { return };
    let location = Location::File(store.into());
    let mut session =
        Session::open(Setup { location, actor: "ana".into(), clock: Clock::System, read_only: false }).unwrap();
    let mut reader = session.reader().unwrap();
    let facts = reader.facts().unwrap();
    let ids: Vec<Id> = facts.opportunities.id.iter().map(|&id| Id(id)).collect();
    for round in 0.. {
        for &id in &ids {
            let seen: ActionId = reader.rows(Object::Opportunity, &[id]).unwrap()[0].rev;
            let edited = session.set_field(Object::Opportunity, id, seen, "name", format!("edit {round}").into());
            edited.unwrap();
            if round % 2 == 1 {
                session.undo(None).unwrap();
            }
        }
    }
}

#[test]
fn edits_are_all_or_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("s.db");
    succeed(revops(&store).arg("import").arg(export(folder.path(), 1)).arg("--yes"));
    for _ in 0..KILLS {
        let mut child = Command::new(std::env::current_exe().unwrap());
        child.args(["--exact", "crash::child_that_edits"]).env("REVOPS_TEST_EDIT", &store);
        kill_after(child, moment(Duration::from_millis(400)));
        is_sound(&store);
    }
    let log = json(revops(&store).args(["log", "--format", "json"]));
    assert!(log["actions"].as_array().unwrap().len() > 1, "no edit was ever made");
}

/// Ctrl-C while rows are written: the store is as it was, and the exit code says so.
#[test]
fn an_import_is_stopped_by_ctrl_c() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("s.db");
    let rows: String = (0..300_000).map(|id| format!("L{id},l{id}@x.example,2026-01-01\n")).collect();
    let leads = folder.path().join("leads.csv");
    std::fs::write(&leads, format!("id,email,mql_at\n{rows}")).unwrap();
    let small = folder.path().join("small.csv");
    std::fs::write(&small, "id,email,mql_at\nS1,s@x.example,2026-01-01\n").unwrap();
    succeed(revops(&store).arg("import").arg(&small).args(["--as", "leads", "--yes"]));
    let mut child = revops(&store).arg("import").arg(&leads).arg("--yes").stderr(Stdio::piped()).spawn().unwrap();
    // The writer has begun when the file beside the store grows.
    let journal = store.with_extension("db-wal");
    while std::fs::metadata(&journal).map_or(0, |meta| meta.len()) < 100_000 {
        assert!(child.try_wait().unwrap().is_none(), "it was over before it could be stopped");
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    let pid = child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
    let output = child.wait_with_output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!((output.status.code(), told.as_str()), (Some(130), "revops: stopped; the store is as it was\n"));
    is_sound(&store);
    let info = json(revops(&store).args(["store", "info", "--format", "json"]));
    assert_eq!(info["rows"]["person"], 1);
}

/// Two programs import at once: neither sees an error, and both files are in.
#[test]
fn two_imports_at_once_take_turns() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("s.db");
    let leads = folder.path().join("leads.csv");
    let rows: String = (0..ROWS).map(|id| format!("L{id},l{id}@x.example,2026-01-01\n")).collect();
    std::fs::write(&leads, format!("id,email,mql_at\n{rows}")).unwrap();
    let files = [export(folder.path(), 7), leads];
    std::thread::scope(|scope| {
        for file in &files {
            let store = &store;
            scope.spawn(move || succeed(revops(store).arg("import").arg(file).arg("--yes")));
        }
    });
    is_sound(&store);
    let info = json(revops(&store).args(["store", "info", "--format", "json"]));
    assert_eq!((&info["rows"]["opportunity"], &info["rows"]["person"]), (&ROWS.into(), &ROWS.into()));
}
