//! `doctor`, shell completions, the manual, and a store that is only read.

use crate::support::program::{bare, fail, json, revops, succeed};
use serde_json::Value;
use std::path::Path;

fn at_home(folder: &Path) -> std::process::Command {
    let mut command = revops(&folder.join("s.db"));
    command.env("HOME", folder).env_remove("XDG_STATE_HOME").env_remove("XDG_CONFIG_HOME");
    command.env("TERM", "xterm-256color").env("LANG", "C.UTF-8");
    command
}

fn health(visit: &Value, subject: &str) -> Vec<String> {
    let checks = visit["checks"].as_array().unwrap().iter();
    let of = checks.filter(|check| check["subject"] == subject);
    of.map(|check| check["health"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_doctor_finds_what_was_broken_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let visit = || json(at_home(folder.path()).args(["doctor", "--format", "json"]));
    let fresh = visit();
    assert_eq!((health(&fresh, "store"), health(&fresh, "settings")), (vec!["note".to_owned()], vec!["ok".to_owned()]));
    let file = folder.path().join("accounts.csv");
    std::fs::write(&file, "id,name,industry\nA-1,Helio,Energy\n").unwrap();
    succeed(at_home(folder.path()).arg("import").arg(&file).arg("--yes"));
    assert_eq!(health(&visit(), "backups"), ["note"]);
    succeed(at_home(folder.path()).args(["store", "backup"]));
    let sound = visit();
    let all: Vec<&Value> = sound["checks"].as_array().unwrap().iter().map(|check| &check["health"]).collect();
    assert!(all.iter().all(|health| *health == "ok"), "{sound}");
    // A broken settings file stops every other command, but not the doctor.
    let settings = folder.path().join("c.toml");
    std::fs::write(&settings, "theme = \"dark\"\nlanguage = \"tlh\"\n").unwrap();
    let mut visit = at_home(folder.path());
    let output = visit.arg("--config").arg(&settings).args(["doctor", "--format", "json"]).output().unwrap();
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((output.status.code(), health(&told, "settings")), (Some(1), vec!["wrong".to_owned()]));
    assert!(told["checks"].to_string().contains("line 2"), "{told}");
    // And so does a store whose rows refer to nothing.
    let store = rusqlite::Connection::open(folder.path().join("s.db")).unwrap();
    store.execute_batch("PRAGMA foreign_keys = OFF; UPDATE account SET owner = 4711").unwrap();
    let output = at_home(folder.path()).args(["doctor", "--format", "json"]).output().unwrap();
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((output.status.code(), told["sound"].as_bool()), (Some(1), Some(false)));
    assert!(health(&told, "store").iter().all(|health| health == "wrong"), "{told}");
}

#[cfg(unix)]
#[test]
fn a_store_that_others_may_read_is_noted() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    succeed(revops(&folder.path().join("s.db")).args(["demo", "--no-ui"]));
    std::fs::set_permissions(folder.path().join("s.db"), std::fs::Permissions::from_mode(0o644)).unwrap();
    let told = json(at_home(folder.path()).args(["doctor", "--format", "json"]));
    assert_eq!(health(&told, "store"), ["ok", "note"]);
}

#[test]
fn every_shell_gets_its_completions_and_every_command_its_page() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = succeed(bare().args(["completions", shell]));
        for word in ["import", "doctor", "--read-only"] {
            assert!(script.contains(word.trim_start_matches('-')), "{shell} does not know {word}");
        }
    }
    let folder = tempfile::tempdir().unwrap();
    succeed(bare().args(["--lang", "zh-CN", "man", "-o"]).arg(folder.path()));
    let page = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
    assert!(page("revops-store-backup.1").contains("备份"));
    assert!(succeed(bare().arg("man")).contains("revops\\-import(1)"));
}

#[test]
fn a_store_that_is_only_read_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("s.db");
    let sentence = fail(revops(&store).args(["--read-only", "undo"]), 4);
    assert!(sentence.contains("no store at") && !store.exists(), "{sentence}");
    let file = folder.path().join("accounts.csv");
    std::fs::write(&file, "id,name,industry\nA-1,Helio,Energy\n").unwrap();
    succeed(revops(&store).arg("import").arg(&file).arg("--yes"));
    for words in [&["undo"][..], &["store", "compact", "--before", "2030-01-01", "--yes"]] {
        let sentence = fail(revops(&store).arg("--read-only").args(words), 4);
        assert!(sentence.contains("--read-only"), "{sentence}");
    }
    std::fs::write(&file, "id,name,industry\nA-2,Plenum,Energy\n").unwrap();
    fail(revops(&store).args(["--read-only", "import", "--yes"]).arg(&file), 4);
    let info = json(revops(&store).args(["store", "info", "--format", "json"]));
    assert_eq!((info["actions"].as_i64(), info["rows"]["account"].as_i64()), (Some(1), Some(1)));
}
