//! Files and places that mean no good: a clear sentence or a clean import, never half a store.

use crate::support::program::{bare, fail, json, revops, succeed};
use crate::support::real::real;
use crate::support::skip::skip;
use proptest::prelude::*;
use std::path::Path;
use std::process::Command;

fn import(store: &Path, file: &Path) -> Command {
    let mut command = revops(store);
    command.arg("import").arg(file).args(["--yes", "--as", "accounts"]);
    command
}

fn is_untouched(store: &Path) {
    if !store.exists() {
        return;
    }
    assert_eq!(json(revops(store).args(["log", "--format", "json"]))["actions"], serde_json::json!([]));
    assert_eq!(succeed(revops(store).args(["store", "verify"])), "The store is sound.\n");
}

#[test]
fn what_is_no_table_is_refused_in_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("s.db");
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    let mut zip = b"PK\x03\x04".to_vec();
    zip.extend([0; 200]);
    zip.extend(b"xl/workbook.xml");
    let long = [b"name\n".as_slice(), &vec![b'x'; 60 << 20]].concat();
    let quoted = [b"name\n\"".as_slice(), &vec![b'x'; 60 << 20]].concat();
    for (name, bytes) in [
        ("empty.csv", Vec::new()),
        ("blank.csv", b"\n\n  \n".to_vec()),
        ("workbook.csv", zip),
        ("old.csv", [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1].repeat(40)),
        ("line.csv", long),
        ("quoted.csv", quoted),
        ("numbers.csv", b"1,2\n3,4\n".to_vec()),
    ] {
        let path = write(name, &bytes);
        let sentence = fail(&mut import(&store, &path), 3);
        assert!(sentence.contains(name) && sentence.len() < 400, "{name}: {sentence}");
        is_untouched(&store);
    }
    fail(&mut import(&store, Path::new("nothere.csv")), 3);
    let empty = folder.path().join("empty-folder");
    std::fs::create_dir(&empty).unwrap();
    fail(&mut import(&store, &empty), 3);
    fail(&mut import(&store, Path::new("/dev/zero")), 3);
    is_untouched(&store);
}

/// A folder that holds something else too is imported without that when somebody says so, and only then.
#[test]
fn bad_files_among_several_stop_all_until_they_are_to_be_skipped() {
    let folder = tempfile::tempdir().unwrap();
    let (store, files) = (folder.path().join("s.db"), folder.path().join("files"));
    std::fs::create_dir(&files).unwrap();
    std::fs::write(files.join("good.csv"), "id,name,industry\n1,Helio,Software\n").unwrap();
    std::fs::write(files.join("bad.csv"), b"%PDF-1.7 \x00\x01").unwrap();
    std::fs::write(files.join("readme.txt"), "How to read this\nfirst one, then the other\n").unwrap();
    let import = |args: &[&str]| {
        let mut command = revops(&store);
        command.arg("import").arg(&files).args(args);
        command
    };
    let told = fail(&mut import(&["--yes"]), 3);
    for words in ["bad.csv", "readme.txt", "2 files cannot be imported", "--skip-refused"] {
        assert!(told.contains(words), "{words}: {told}");
    }
    is_untouched(&store);
    let look = import(&["--dry-run"]).output().unwrap();
    let shown = String::from_utf8_lossy(&look.stdout);
    assert!(look.status.code() == Some(3) && shown.contains("good.csv"), "{shown}");
    let report = json(&mut import(&["--yes", "--skip-refused", "--format", "json"]));
    assert_eq!(report["files"].as_array().map(Vec::len), Some(1));
    assert_eq!(report["refused_files"][0]["reason"], "import-not-text");
    std::fs::remove_file(files.join("good.csv")).unwrap();
    let told = fail(&mut import(&["--yes", "--skip-refused"]), 3);
    assert!(told.contains("none of these files"), "{told}");
}

#[test]
fn random_bytes_never_panic() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("s.db");
    let path = folder.path().join("random.csv");
    std::fs::write(&path, "id,name\n1,Helio\n").unwrap();
    succeed(&mut import(&store, &path));
    let bytes = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..400),
        prop::collection::vec(prop::sample::select(b"a,;\t|\"\n\r =-1\x1b\0\xe4\xba\x91".to_vec()), 0..400),
    ];
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(60) };
    proptest::test_runner::TestRunner::new(config)
        .run(&bytes, |bytes| {
            std::fs::write(&path, &bytes).unwrap();
            let output = import(&store, &path).output().unwrap();
            let told = String::from_utf8_lossy(&output.stderr);
            prop_assert!(matches!(output.status.code(), Some(0 | 3)), "{:?}: {}", output.status, told);
            Ok(())
        })
        .unwrap();
    assert_eq!(succeed(revops(&store).args(["store", "verify"])), "The store is sound.\n");
}

const HOSTILE: &str = "\u{1b}[31mred\u{1b}]0;title\u{7}\u{202e}evil\u{200b}\u{9b}2J\u{7f}";

/// Names that break programs.
fn hostile_names() -> Vec<String> {
    let mut names = vec![HOSTILE.to_owned()];
    if let Some(list) = real("text/blns.txt") {
        let text = String::from_utf8_lossy(&std::fs::read(list).unwrap()).into_owned();
        names.extend(text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(str::to_owned));
    }
    names
}

/// Panics when the terminal would obey anything of this.
fn is_harmless(printed: &str) {
    let bad = |c: &char| {
        (c.is_control() && *c != '\n')
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    let found = printed.lines().find(|line| line.chars().any(|c| bad(&c))).map(str::escape_unicode);
    assert_eq!(found.map(|line| line.to_string()), None);
}

/// Whatever stands in a cell, no command prints a control, bidi or zero-width character.
#[test]
fn no_control_character_reaches_the_terminal() {
    let names = hostile_names();
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("s.db");
    let file = folder.path().join("deals.csv");
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let rows = names.iter().enumerate().map(|(id, name)| {
        let name = quoted(name);
        format!("{id},{name},{name},{name},5,{name},2026-01-05\n")
    });
    let text: String =
        std::iter::once("id,name,account,stage,amount,owner,created_at\n".to_owned()).chain(rows).collect();
    std::fs::write(&file, text).unwrap();
    let mut printed = succeed(revops(&store).arg("import").arg(&file).arg("--dry-run"));
    printed += &succeed(revops(&store).arg("import").arg(&file).arg("--yes"));
    for format in ["text", "json", "csv"] {
        printed += &succeed(revops(&store).args(["show", "pipeline", "--format", format]));
    }
    printed += &succeed(revops(&store).arg("log"));
    printed += &fail(revops(&store).arg("import").arg(folder.path().join("\u{1b}[31mno\u{202e}.csv")).arg("--yes"), 3);
    is_harmless(&printed);
}

/// An import cleans what it takes in; a store that someone else has written to may hold anything.
#[test]
fn a_store_full_of_hostile_names_is_shown_without_harm() {
    let names: Vec<String> = hostile_names().into_iter().flat_map(|name| [HOSTILE.to_owned(), name]).collect();
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("s.db");
    succeed(revops(&store).args(["demo", "--no-ui"]));
    let mut connection = rusqlite::Connection::open(&store).unwrap();
    let writing = connection.transaction().unwrap();
    for (table, column) in [
        ("person", "source"),
        ("person", "region"),
        ("account", "region"),
        ("account", "segment"),
        ("opportunity", "source"),
        ("product", "name"),
        ("member", "name"),
        ("member", "region"),
        ("stage", "name"),
        ("lifecycle_change", "to_stage"),
    ] {
        let mut change = writing.prepare(&format!("UPDATE {table} SET {column} = ?1 WHERE id = ?2")).unwrap();
        let mut select = writing.prepare(&format!("SELECT id FROM {table}")).unwrap();
        let ids: Vec<i64> = select.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        for (at, id) in ids.iter().enumerate() {
            // No two stages are called the same.
            let own = if table == "stage" { id.to_string() } else { String::new() };
            change.execute((format!("{}{own}", names[at % names.len()]), id)).unwrap();
        }
    }
    writing.commit().unwrap();
    let show = |args: &[&str]| {
        let mut command = revops(&store);
        command.args(["--now", "2026-11-17T10:12:00Z", "show"]).args(args);
        command
    };
    for format in ["text", "csv", "json"] {
        is_harmless(&succeed(&mut show(&["pipeline", "--format", format])));
        is_harmless(&succeed(&mut show(&["funnel", "--format", format])));
        for key in ["source", "region", "owner", "segment", "product"] {
            let part = format!("{key}={HOSTILE}");
            is_harmless(&succeed(&mut show(&["funnel", "--segment", &part, "--format", format])));
            is_harmless(&fail(&mut show(&["funnel", "--segment", &(part + " or none"), "--format", format]), 2));
        }
    }
}

fn id_of_user() -> String {
    succeed(Command::new("id").arg("-u")).trim().to_owned()
}

/// The program as a user without privileges: root reads and writes everything.
fn unprivileged(program: &Path) -> Command {
    if id_of_user() != "0" {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(program);
    command
}

#[cfg(unix)]
#[test]
fn places_that_may_not_be_written_are_named() {
    use std::os::unix::fs::PermissionsExt as _;
    if Command::new("setpriv").arg("--version").output().is_err() {
        return skip("no setpriv to drop privileges with");
    }
    let folder = tempfile::tempdir().unwrap();
    let mode = |path: &Path, mode| std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    mode(folder.path(), 0o755);
    let program = folder.path().join("revops");
    std::fs::copy(env!("CARGO_BIN_EXE_revops"), &program).unwrap();
    let closed = folder.path().join("closed");
    std::fs::create_dir(&closed).unwrap();
    mode(&closed, 0o555);
    let deals = folder.path().join("deals.csv");
    std::fs::write(&deals, "id,name\n1,Helio\n").unwrap();
    mode(&deals, 0o644);
    let run = |store: &Path, file: &Path| {
        let mut command = unprivileged(&program);
        command.env("LANG", "C").env_remove("LC_ALL").args(["--store".as_ref(), store.as_os_str()]);
        command.arg("import").arg(file).args(["--yes", "--as", "accounts"]);
        command
    };
    assert!(fail(&mut run(&closed.join("s.db"), &deals), 4).contains("cannot be opened"));
    mode(&deals, 0o000);
    let open = folder.path().join("open");
    std::fs::create_dir(&open).unwrap();
    mode(&open, 0o777);
    assert!(fail(&mut run(&open.join("s.db"), &deals), 3).contains("deals.csv"));
    mode(&deals, 0o644);
    succeed(&mut run(&open.join("s.db"), &deals));
    let stored = std::fs::metadata(open.join("s.db")).unwrap().permissions().mode();
    assert_eq!(stored & 0o777, 0o600, "a store is for its owner only");
}

#[test]
fn a_newer_store_is_refused_kindly() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("s.db");
    succeed(revops(&store).args(["demo", "--no-ui"]));
    let connection = rusqlite::Connection::open(&store).unwrap();
    connection.execute("INSERT INTO schema_migration (version, name, checksum) VALUES (99, 'later', 0)", []).unwrap();
    assert!(fail(revops(&store).args(["show", "pipeline"]), 4).contains("newer"));
    assert!(
        fail(bare().args(["--store", "postgres://nobody@127.0.0.1:1/none", "log"]), 4).contains("cannot be opened")
    );
}
