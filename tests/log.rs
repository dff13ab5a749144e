//! The log: what was done and which errors there were, and nothing out of anybody's data.
#![cfg(unix)]

use crate::support::program::{fail, json, revops, succeed};
use crate::support::pty::Pty;
use std::path::Path;

/// Words that must not get into the log, wherever they stand.
const SECRETS: [&str; 7] = ["Zaphodia", "zaphod", "betelgeuse", "Trillium", "Heartgold", "4242", "Magrathea"];

fn kept(state: &Path) -> String {
    std::fs::read_to_string(state.join("revops/revops.log")).unwrap()
}

fn is_clean(log: &str) {
    for secret in SECRETS {
        assert!(!log.to_lowercase().contains(&secret.to_lowercase()), "{secret}: {log}");
    }
}

#[test]
fn the_log_knows_commands_and_errors_and_no_data() {
    let folder = tempfile::tempdir().unwrap();
    let secret = folder.path().join("Zaphodia-export");
    std::fs::create_dir(&secret).unwrap();
    let store = secret.join("Trillium.db");
    let deals = secret.join("deals-Heartgold.csv");
    let rows =
        "1,Heartgold,Trillium,Demo,4242,zaphod@betelgeuse.example\n2,Magrathea,Trillium,Demo,4242x,Zaphodia\n,,,,,\n";
    std::fs::write(&deals, format!("id,name,account,stage,amount,owner\n{rows}")).unwrap();
    let odd = secret.join("Magrathea.csv");
    std::fs::write(&odd, "Zaphodia,Trillium\nHeartgold,4242\n").unwrap();
    succeed(revops(&store).arg("import").arg(&deals).arg("--yes"));
    fail(revops(&store).arg("import").arg(&odd).arg("--yes"), 3);
    fail(revops(&store).arg("import").arg(secret.join("zaphod.csv")).arg("--yes"), 3);
    fail(revops(&store).args(["set", "deals", "Heartgold", "amount=Zaphodia"]), 3);
    fail(revops(&store).args(["set", "deals", "Betelgeuse", "amount=1"]), 3);
    fail(revops(&store).args(["show", "funnel", "--segment", "owner=Zaphodia"]), 2);
    fail(revops(&store).arg("--Zaphodia"), 2);
    succeed(revops(&store).args(["undo"]));
    let log = kept(&store.with_extension("state"));
    is_clean(&log);
    for words in [
        " import-counts files=1 rows=",
        " import ms=",
        "code=3 error=error-import-unknown-object",
        "error=error-file",
        "error=error-value",
        "error=error-unknown-name",
        " usage ms=",
        " undo ms=",
    ] {
        assert!(log.contains(words), "{words}: {log}");
    }
    use std::os::unix::fs::PermissionsExt as _;
    let file = store.with_extension("state").join("revops/revops.log");
    assert_eq!(std::fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn the_log_of_the_screen_holds_no_data() {
    let folder = tempfile::tempdir().unwrap();
    let (store, state) = (folder.path().join("Trillium.db"), folder.path().join("state"));
    let deals = folder.path().join("Heartgold.csv");
    std::fs::write(&deals, "id,name,stage,amount,owner\n1,Magrathea,Demo,4242,zaphod\n").unwrap();
    let environment = [("XDG_STATE_HOME", state.to_str().unwrap()), ("LANG", "C.UTF-8")];
    let mut pty = Pty::start(&["--store", store.to_str().unwrap()], &environment, (100, 30));
    pty.see("The store is empty");
    pty.press("i");
    pty.see("File or folder");
    pty.press(deals.to_str().unwrap());
    pty.see("Heartgold.csv");
    pty.press("\r");
    pty.see("identifies the row");
    pty.press("i");
    pty.see("nothing is written yet");
    pty.press("i");
    pty.see("Imported as action 1");
    pty.press("u");
    pty.see("Undone");
    pty.press("q");
    assert!(pty.end().success(), "{}", pty.screen());
    let log = kept(&state);
    is_clean(&log);
    for words in [" look ms=", " import-look ms=", " import-counts files=1 rows=1 new=1", " undo ms=", " screen ms="] {
        assert!(log.contains(words), "{words}: {log}");
    }
}

#[test]
fn no_log_is_kept_for_those_who_want_none() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("s.db");
    let settings = folder.path().join("c.toml");
    std::fs::write(&settings, "log = false\n").unwrap();
    let found = |more: &[&str]| {
        let visit = json(revops(&store).args(["doctor", "--format", "json"]).args(more));
        let checks = visit["checks"].as_array().unwrap().clone();
        checks.iter().find(|check| check["subject"] == "log").unwrap()["found"].as_str().unwrap().to_owned()
    };
    let off = ["--config", settings.to_str().unwrap()];
    assert_eq!(found(&off), "no log is kept");
    assert!(!store.with_extension("state").join("revops/revops.log").exists());
    assert!(found(&[]).contains("revops.log"));
}
