//! The JSON contract: path and type of every key that scripts may rely on.
//!
//! A key that disappears or changes its type fails; a new key has to be added to the list
//! (`REVOPS_UPDATE_CONTRACT=1` writes it).

use crate::support::program::{revops, succeed};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// `path type` of everything in a JSON value; list items share one path, `[]`.
fn shape(value: &Value, path: &str, lines: &mut BTreeSet<String>) {
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "bool",
        Value::Number(n) if n.is_f64() => "fraction",
        Value::Number(_) => "integer",
        Value::String(_) => "text",
        Value::Array(_) => "list",
        Value::Object(_) => "object",
    };
    lines.insert(format!("{path} {kind}"));
    match value {
        Value::Array(items) => items.iter().for_each(|item| shape(item, &format!("{path}[]"), lines)),
        // Keys of these objects are names from the data.
        Value::Object(_)
            if [".withheld", ".segment", ".rows", ".blank", ".summary", ".named_only", ".hours", ".left_out"]
                .iter()
                .any(|end| path.ends_with(end)) => {}
        Value::Object(object) => object.iter().for_each(|(key, inner)| shape(inner, &format!("{path}.{key}"), lines)),
        _ => {}
    }
}

fn check(name: &str, printed: &str) {
    let mut lines = BTreeSet::new();
    shape(&serde_json::from_str(printed).unwrap(), "", &mut lines);
    let file: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/contract").join(format!("{name}.txt"));
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    if std::env::var_os("REVOPS_UPDATE_CONTRACT").is_some() {
        std::fs::write(&file, &text).unwrap();
    }
    let listed = std::fs::read_to_string(&file).unwrap_or_default();
    let listed: BTreeSet<String> = listed.lines().map(str::to_owned).collect();
    let gone: Vec<_> = listed.difference(&lines).collect();
    let new: Vec<_> = lines.difference(&listed).collect();
    assert!(gone.is_empty() && new.is_empty(), "{name}: gone or changed: {gone:#?}; not in the list: {new:#?}");
}

#[test]
fn every_key_is_listed() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("demo.db");
    let now = ["--now", "2026-11-17T10:12:00Z"];
    succeed(revops(&store).args(["demo", "--no-ui"]));
    let run = |args: &[&str]| succeed(revops(&store).args(now).args(args));
    check("show-pipeline", &run(&["show", "pipeline", "--format", "json"]));
    check("show-funnel", &run(&["show", "funnel", "--format", "json"]));
    check("show-stages", &run(&["show", "stages", "--format", "json"]));
    for topic in ["team", "heat", "response", "ledger", "pauses", "weeks"] {
        let printed = run(&["show", "handoffs", topic, "--format", "json"]);
        check(&format!("show-handoffs-{topic}"), &printed);
    }
    for table in ["people", "accounts", "deals"] {
        let words = ["show", "records", table, "--limit", "2000", "--format", "json"];
        let printed = run(&words);
        check(&format!("show-records-{table}"), &printed);
        assert_eq!(run(&words), printed, "the same bytes");
    }
    check("handoff-rules", &run(&["handoff", "rules", "--format", "json"]));
    check("handoff-calendars", &run(&["handoff", "calendar", "list", "--format", "json"]));
    check("handoff-replay", &run(&["handoff", "replay", "ms/hot", "target=1h", "--format", "json"]));
    check("log", &run(&["log", "--format", "json"]));
    check("store-info", &run(&["store", "info", "--format", "json"]));
    check("store-verify", &run(&["store", "verify", "--format", "json"]));
    let deals = folder.path().join("deals.csv");
    std::fs::write(&deals, "id,stage,amount,sku,product,owner\n2,Demo,1,,,\n").unwrap();
    run(&["import", deals.to_str().unwrap(), "--dry-run", "--save-profile", "mine"]);
    check("profiles", &run(&["profiles", "--format", "json"]));
    std::fs::write(&deals, "id,stage,amount,product,owner,skus\n1,Odd,x,Lantern,Somebody,\n,Demo,5,,,\n").unwrap();
    check("import", &run(&["import", deals.to_str().unwrap(), "--yes", "--format", "json"]));
}

#[test]
fn every_key_of_the_single_source_of_truth_is_listed() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("s.db");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let map = write("by-domain.toml", "object = \"accounts\"\nkey = [\"domain\"]\n");
    for (system, name) in [("crm", "Helio"), ("billing", "Helio Ltd")] {
        let file = write("accounts.csv", &format!("id,name,domain,segment\n1,{name},helio.example,SMB\n"));
        succeed(revops(&store).args(["import", &file, "--yes", "--map", &map, "--system", system]));
    }
    let run = |args: &[&str]| succeed(revops(&store).args(args).args(["--format", "json"]));
    check("ssot-set", &run(&["ssot", "set", "accounts.name", "crm", "--reason", "they sign"]));
    run(&["ssot", "set", "accounts", "billing"]);
    check("ssot", &run(&["ssot"]));
    check("ssot-conflicts", &run(&["ssot", "conflicts"]));
    succeed(revops(&store).args(["set", "accounts", "1", "name=Helios", "segment="]));
    check("worksheet", &run(&["worksheet"]));
}
