//! Every subcommand: text, JSON, exit codes, pipes.

use crate::support::engines::dump;
use crate::support::program::{bare, fail, json, revops, succeed};
use revops::store::Location;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;

fn write(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path
}

const DEALS: &str = "id,name,account,stage,amount,owner,created_at,close_date\n\
    1,Alpha,Helio,Demo,100.50,Ana,2026-01-05,2026-03-01\n\
    2,Beta,Helio,Closed Won,200,Ana,2026-01-06,2026-02-01\n\
    3,云帆,云帆科技,Closed Lost,300,李伟,2026-01-07,2026-02-02\n";

#[test]
fn a_store_has_a_currency_until_it_has_amounts() {
    let folder = tempfile::tempdir().unwrap();
    let (store, deals) = (folder.path().join("s.db"), write(folder.path(), "deals-2099-01-31.csv", DEALS));
    let currency = |code: &str| {
        let mut command = revops(&store);
        command.args(["store", "currency", code]);
        command
    };
    assert!(succeed(&mut currency("eur")).contains("EUR"));
    assert!(succeed(&mut currency("CNY")).contains("CNY"));
    let told = succeed(revops(&store).arg("import").arg(&deals).arg("--yes"));
    assert!(told.contains("2099-01-31") && told.contains("--exported-at"), "{told}");
    let view = || json(revops(&store).args(["show", "pipeline", "--format", "json", "--now", "2026-04-01T00:00:00Z"]));
    assert_eq!(view()["open_amount"]["currency"], "CNY");
    assert!(fail(&mut currency("USD"), 3).contains("--currency"));
    succeed(&mut currency("CNY"));
    succeed(revops(&store).arg("undo"));
    succeed(&mut currency("USD"));
    succeed(revops(&store).arg("import").arg(&deals).args(["--yes", "--currency", "JPY"]));
    assert_eq!(view()["open_amount"], serde_json::json!({ "currency": "JPY", "amount": "101" }));
}

#[test]
fn import_show_log_undo_redo() {
    let folder = tempfile::tempdir().unwrap();
    let (store, deals) = (folder.path().join("s.db"), write(folder.path(), "deals.csv", DEALS));
    let text = succeed(revops(&store).arg("import").arg(&deals).arg("--yes"));
    assert!(text.contains("Imported as action 1"), "{text}");
    let view = json(revops(&store).args(["show", "pipeline", "--format", "json", "--now", "2026-04-01T00:00:00Z"]));
    assert_eq!(view["opportunities"]["total"], 3);
    assert_eq!(view["open_amount"], serde_json::json!({ "currency": "USD", "amount": "100.50" }));
    assert_eq!(view["win_rate"], serde_json::Value::Null);
    assert_eq!(view["withheld"]["win_rate"], "small_sample");
    let text = succeed(revops(&store).args(["show", "pipeline"]));
    assert!(text.contains("1 of 2") && text.contains("李伟"), "{text}");
    assert!(succeed(revops(&store).args(["show", "pipeline", "--format", "csv"])).starts_with("table,name,metric,"));
    assert!(succeed(revops(&store).arg("undo")).starts_with("Undone: action 1"));
    let view = json(revops(&store).args(["show", "pipeline", "--format", "json"]));
    assert_eq!(view["opportunities"]["total"], 0);
    assert!(succeed(revops(&store).arg("redo")).starts_with("Done again: action 1"));
    let log = json(revops(&store).args(["log", "--format", "json"]));
    let kinds: Vec<&str> = log["actions"].as_array().unwrap().iter().map(|a| a["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["redo", "undo", "import"]);
    assert!(succeed(revops(&store).arg("log")).contains("import of deals.csv: 3 new"));
    assert_eq!(succeed(revops(&store).args(["store", "verify"])), "The store is sound.\n");
    let info = json(revops(&store).args(["store", "info", "--format", "json"]));
    assert_eq!(info["rows"]["opportunity"], 3);
}

#[test]
fn exit_codes_tell_what_kind_of_trouble_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("s.db");
    fail(revops(&store).arg("nosuch"), 2);
    fail(revops(&store).args(["import", "nothere.csv", "--yes"]), 3);
    let file = write(folder.path(), "a.csv", "id,name\n1,Helio\n");
    fail(revops(&store).arg("import").arg(&file), 2);
    fail(revops(&store).arg("import").arg(&file).args(["--yes", "--value", "nofield:a=b"]), 2);
    assert!(fail(revops(&store).arg("undo"), 4).contains("there is no store"));
    assert!(!store.exists(), "a store that is only asked for is not made");
    fail(bare().args(["demo", "--no-ui"]), 2);
    let other =
        write(folder.path(), "letter.db", "Dear store, I am a letter and no database at all.\n".repeat(20).as_str());
    assert!(fail(revops(&other).args(["show", "pipeline"]), 4).contains("not a revops store"));
    assert!(fail(revops(folder.path()).args(["show", "pipeline"]), 4).contains("cannot be opened"));
    assert_eq!(std::fs::read(&other).unwrap().len(), 50 * 20, "a foreign file is left as it was");
}

#[test]
fn old_data_opens_in_its_own_quarter() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("s.db");
    let leads = write(folder.path(), "leads.csv", "id,source,created_at,mql_at\n1,Web,2017-12-01,2017-12-31\n");
    succeed(revops(&store).args(["import", "--yes", "--as", "leads"]).arg(&leads));
    let now = ["--now", "2026-11-17", "show", "funnel"];
    let shown = succeed(revops(&store).args(now));
    assert!(shown.contains("2017-Q4 (newest record 2017-12-31)"), "{shown}");
    let empty = succeed(revops(&store).args(now).args(["--period", "2026-Q4"]));
    assert!(empty.contains("Nothing entered the funnel in 2026-Q4; the newest record is of 2017-12-31"), "{empty}");
    // Nothing of the last days does not make a running quarter old.
    assert!(succeed(revops(&store).args(["--now", "2017-12-31", "show", "funnel"])).contains("2017-Q4 so far"));
}

#[test]
fn targets_of_nobody_and_targets_that_cannot_be_meant_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("s.db");
    let team = write(folder.path(), "team.csv", "id,name,team,region\nT-1,Ana,North,EMEA\n");
    let targets = "metric,period,owner,value\nmql,2026-Q4,Ana,5\nmql,2026-Q4,north,5\nmql,2026-Q4,Zoe,5\n\
                   customer,2026-Q4,,22 %\nmql,2026-11,,abc\n";
    let targets = write(folder.path(), "targets.csv", targets);
    let told = succeed(revops(&store).args(["import", "--yes"]).arg(&targets).arg(&team));
    assert!(told.contains("owner “Zoe” is no name, team, region") && told.contains("(1 row)"), "{told}");
    assert!(!told.contains("“Ana”") && !told.contains("“north”"), "{told}");
    assert!(told.contains("for a conversion write opportunity_to_customer"), "{told}");
    assert!(told.contains("value “abc” is not a number"), "{told}");
    let rejects = std::fs::read_dir(folder.path().join("rejects")).unwrap().next().unwrap().unwrap().path();
    let rejects = std::fs::read_to_string(rejects).unwrap();
    assert!(rejects.contains("mql,2026-11,,abc,6,value,abc,is not a number"), "{rejects}");
}

#[test]
fn an_empty_name_of_a_store_is_explained() {
    let told = fail(revops(Path::new("")).args(["store", "info"]), 2);
    assert!(told.contains("--store (or REVOPS_STORE) is empty"), "{told}");
}

#[test]
fn help_and_errors_speak_both_languages() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("s.db");
    assert!(succeed(bare().args(["--help"])).contains("Commands"));
    let help = succeed(bare().args(["--lang", "zh-CN", "import", "--help"]));
    assert!(help.contains("导入 CSV 文件") && help.contains("选项"), "{help}");
    assert!(fail(revops(&store).env("LANG", "zh_CN.UTF-8").arg("undo"), 4).contains("没有数据库"));
    assert!(succeed(bare().arg("--version")).starts_with("revops "));
}

#[test]
fn a_closed_pipe_is_not_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("s.db");
    let deals = write(folder.path(), "deals.csv", DEALS);
    succeed(revops(&store).arg("import").arg(&deals).arg("--yes"));
    let mut child =
        revops(&store).args(["show", "pipeline"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let mut told = String::new();
    child.stderr.take().unwrap().read_to_string(&mut told).unwrap();
    assert!(child.wait().unwrap().success());
    assert_eq!(told, "");
}

#[test]
fn a_dry_run_counts_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (store, deals) = (folder.path().join("s.db"), write(folder.path(), "deals.csv", DEALS));
    let report = json(revops(&store).arg("import").arg(&deals).args(["--dry-run", "--format", "json"]));
    assert_eq!((report["files"][0]["new"].as_i64(), &report["batch"]), (Some(3), &serde_json::Value::Null));
    let text = succeed(revops(&store).arg("import").arg(&deals).arg("--dry-run"));
    assert!(text.contains("close_date") && text.contains("Nothing was changed"), "{text}");
    assert!(!store.exists(), "a look makes no store");
}

#[test]
fn rejected_rows_can_be_fixed_and_imported_again() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("s.db");
    let text = format!("{DEALS},No key,Helio,Demo,5,Ana,2026-01-05,\n4,Bad day,Helio,Demo,5,Ana,soon,\n");
    let deals = write(folder.path(), "deals.csv", &text);
    let report = json(revops(&store).arg("import").arg(&deals).args(["--yes", "--format", "json"]));
    let file = &report["files"][0];
    let counts = ["rows", "new", "changed", "unchanged", "rejected", "voided"].map(|key| file[key].as_i64().unwrap());
    assert_eq!(counts, [5, 4, 0, 0, 1, 1]);
    let rejects = PathBuf::from(file["rejects_file"].as_str().unwrap());
    let fixed = std::fs::read_to_string(&rejects).unwrap().replacen("\n,No key", "\n5,No key", 1);
    std::fs::write(&rejects, &fixed).unwrap();
    // Importing the first file again leaves what was mended where it is.
    let again = json(revops(&store).arg("import").arg(&deals).args(["--yes", "--format", "json"]));
    let second = again["files"][0]["rejects_file"].as_str().unwrap();
    assert!(second.ends_with("-2.csv"), "{second}");
    assert_eq!(std::fs::read_to_string(&rejects).unwrap(), fixed);
    let report = json(revops(&store).arg("import").arg(&rejects).args(["--yes", "--format", "json"]));
    assert_eq!(report["files"][0]["new"], 1, "{report}");
}

#[test]
fn files_may_refer_to_each_other_in_any_order() {
    let folder = tempfile::tempdir().unwrap();
    let files = [
        ("accounts.csv", "id,name,owner\nA1,Helio,M1\nA2,云帆科技,M1\n"),
        (
            "leads.csv",
            "id,email,full_name,source,owner,created_at,mql_at,account_id,opportunity_id\nL1,a@x.example,Ana Ruiz,Event,M1,2026-01-01T08:00:00Z,2026-01-02T08:00:00Z,A1,O1\n",
        ),
        (
            "opportunities.csv",
            "id,name,account_id,lead_id,stage,amount,owner,created_at\nO1,Alpha,A1,L1,Demo,100,M1,2026-01-03T08:00:00Z\n",
        ),
        (
            "stage-history.csv",
            "object,record_id,from_stage,to_stage,at\nopportunity,O1,,Qualification,2026-01-03T08:00:00Z\nopportunity,O1,Qualification,Demo,2026-01-09T08:00:00Z\nopportunity,O9,,Demo,2026-01-09T08:00:00Z\n",
        ),
        ("team.csv", "id,name,email,role,hired_at\nM1,Sara,sara@x.example,AE,2025-01-01\n"),
    ];
    let paths: Vec<PathBuf> = files.iter().map(|(name, text)| write(folder.path(), name, text)).collect();
    let reversed: Vec<PathBuf> = paths.iter().rev().cloned().collect();
    let mut shown = Vec::new();
    for (at, order) in [paths, reversed].iter().enumerate() {
        let store = folder.path().join(format!("{at}.db"));
        let report = json(revops(&store).arg("import").args(order).args(["--yes", "--format", "json"]));
        assert_eq!((&report["unmatched"], &report["named_only"]), (&serde_json::json!([]), &serde_json::json!({})));
        let history = report["files"].as_array().unwrap().iter().find(|f| f["object"] == "stage-history").unwrap();
        assert_eq!((history["new"].as_i64(), history["rejected"].as_i64()), (Some(3), Some(0)));
        assert_eq!(history["waiting"], 1);
        shown.push(succeed(revops(&store).args([
            "--now",
            "2026-02-01T00:00:00Z",
            "show",
            "pipeline",
            "--format",
            "json",
        ])));
    }
    assert_eq!(shown[0], shown[1]);
    assert!(shown[0].contains("Sara"));
}

#[test]
fn the_demo_fills_a_new_store_and_only_a_new_one() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("demo.db");
    succeed(revops(&store).args(["demo", "--no-ui"]));
    let view = json(revops(&store).args(["show", "pipeline", "--format", "json", "--now", "2026-11-17T10:12:00Z"]));
    assert!(view["opportunities"]["total"].as_i64().unwrap() >= 900, "{}", view["opportunities"]);
    fail(revops(&store).args(["demo", "--no-ui"]), 3);
    assert!(fail(revops(&store).arg("undo"), 4).contains("nothing to undo"), "the company is not the user's own doing");
    assert_eq!(succeed(revops(&store).args(["store", "verify"])), "The store is sound.\n");
}

/// The committed sample is what the generator makes.
#[test]
fn the_sample_is_the_generators() {
    let folder = tempfile::tempdir().unwrap();
    succeed(bare().args(["sample", "-o"]).arg(folder.path()));
    let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    let mut compared = 0;
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let path = entry.unwrap().path();
        let ours = std::fs::read(&path).unwrap();
        let theirs = std::fs::read(committed.join(path.file_name().unwrap())).unwrap();
        assert!(ours == theirs, "{} differs from sample-data", path.display());
        compared += 1;
    }
    assert_eq!(compared, 21);
}

#[test]
fn output_is_the_same_in_two_processes() {
    let folder = tempfile::tempdir().unwrap();
    let (store, deals) = (folder.path().join("s.db"), write(folder.path(), "deals.csv", DEALS));
    succeed(revops(&store).arg("import").arg(&deals).arg("--yes"));
    for format in ["text", "json", "csv"] {
        let print =
            || succeed(revops(&store).args(["--now", "2026-04-01T00:00:00Z", "show", "pipeline", "--format", format]));
        assert_eq!(print(), print());
    }
}

/// A folder of weekly exports in one go: the later file changes what the earlier one made.
#[test]
fn files_of_one_import_may_speak_of_the_same_record() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("s.db");
    let weeks = [("deals-2026-01-05.csv", "Demo"), ("deals-2026-01-12.csv", "Closed Won")];
    let files = weeks.map(|(name, stage)| {
        write(folder.path(), name, &format!("id,name,stage,close_date\n1,A,{stage},2026-12-31\n"))
    });
    let now = ["--now", "2026-02-01T00:00:00Z"];
    let report =
        json(revops(&store).args(now).arg("import").args(files.iter().rev()).args(["--yes", "--format", "json"]));
    let counts = |at: usize| (report["files"][at]["new"].as_i64(), report["files"][at]["changed"].as_i64());
    assert_eq!((counts(0), counts(1)), ((Some(1), Some(0)), (Some(0), Some(1))));
    let view = json(revops(&store).args(now).args(["show", "pipeline", "--format", "json"]));
    assert_eq!(view["opportunities"]["won"], 1);
    // Won between two exports: not on the close date that is still to come.
    assert_eq!(view["by_close_quarter"][0]["quarter"], "2026-Q1");
    assert_eq!(succeed(revops(&store).args(["store", "verify"])), "The store is sound.\n");
}

#[test]
fn a_row_that_cannot_be_used_leaves_nothing_to_refer_to() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("s.db");
    let files = [
        write(folder.path(), "opportunities.csv", "id,name,stage,account\nO1,A,,Zeta\n"),
        write(folder.path(), "leads.csv", "id,email,source,opportunity_id\nL1,a@x.example,Web,O1\n"),
        write(
            folder.path(),
            "stage-history.csv",
            "object,record_id,from_stage,to_stage,at\nopportunity,O1,Foo,Bar,2026-01-01\n",
        ),
    ];
    let report = json(revops(&store).arg("import").args(&files).args(["--yes", "--format", "json"]));
    let rejected: Vec<_> =
        report["files"].as_array().unwrap().iter().map(|file| file["rejected"].as_i64().unwrap()).collect();
    assert_eq!(rejected.iter().sum::<i64>(), 1);
    assert_eq!(report["files"][2]["waiting"], 1, "the move waits for its deal");
    assert_eq!(succeed(revops(&store).args(["store", "verify"])), "The store is sound.\n");
    let rows = &json(revops(&store).args(["store", "info", "--format", "json"]))["rows"];
    assert_eq!((&rows["account"], &rows["stage"], &rows["person"]), (&0.into(), &0.into(), &1.into()));
}

#[test]
fn problems_are_told_one_by_one_and_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("s.db");
    let deals = write(folder.path(), "deals.csv", "id,stage,amount\n1,Demo,much\n,Demo,5\n");
    let told = succeed(revops(&store).arg("import").arg(&deals).arg("--yes"));
    assert!(told.contains("deals.csv, line 2: amount “much” is not an amount"), "{told}");
    assert!(told.contains("deals.csv, line 3: has no id"), "{told}");
    let report = json(revops(&store).arg("import").arg(&deals).args(["--yes", "--format", "json"]));
    let rejects = std::fs::read_to_string(report["files"][0]["rejects_file"].as_str().unwrap()).unwrap();
    assert!(rejects.contains("has no id"), "{rejects}");
    assert_eq!(report["batch"], serde_json::Value::Null, "the same file again is nothing new");
}

/// The mapping that the documentation shows is one that works.
#[test]
fn the_mapping_in_the_documentation_works() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("s.db");
    let page = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/csv.md")).unwrap();
    let mapping = page.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    let map = write(folder.path(), "mine.toml", mapping);
    let file = write(folder.path(), "export.csv", "Deal No.,Phase,Volume\n7,Signed,5\n");
    succeed(revops(&store).arg("import").arg(&file).arg("--map").arg(&map).arg("--yes"));
    let view = json(revops(&store).args(["show", "pipeline", "--format", "json"]));
    assert_eq!((&view["opportunities"]["won"], &view["won_amount"]["amount"]), (&1.into(), &"5.00".into()));
    let wrong = write(folder.path(), "wrong.toml", &mapping.replace("stage = [", "stagge = ["));
    let sentence = fail(revops(&store).arg("import").arg(&file).arg("--map").arg(&wrong).arg("--yes"), 3);
    assert!(sentence.contains("wrong.toml, line ") && sentence.contains("did you mean stage?"), "{sentence}");
}

/// Two systems know one company: a chosen key joins them, and what each says is kept beside the record.
#[test]
fn a_chosen_key_joins_what_two_systems_know() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("s.db");
    let crm = write(folder.path(), "accounts.csv", "id,name,domain,industry\nA1,Helio,helio.example,Retail\n");
    let billing = write(
        folder.path(),
        "customers.csv",
        "name,domain,employees\nHelio GmbH,helio.example,40\nNew,new.example,2\n",
    );
    let map = write(
        folder.path(),
        "billing.toml",
        "name = \"billing\"\nsystem = \"billing\"\nobject = \"accounts\"\nkey = [\"domain\"]\n",
    );
    let now = ["--now", "2026-02-01T00:00:00Z"];
    succeed(revops(&store).args(now).arg("import").arg(&crm).args(["--yes", "--system", "crm"]));
    let before = dump(&Location::File(store.clone()));
    let report = json(
        revops(&store).args(now).arg("import").arg(&billing).arg("--map").arg(&map).args(["--yes", "--format", "json"]),
    );
    assert_eq!((&report["files"][0]["new"], &report["files"][0]["changed"]), (&1.into(), &1.into()), "{report}");
    let after = dump(&Location::File(store.clone()));
    assert_eq!((after["account"].len(), after["link"].len()), (2, 3));
    let said = after["source_value"].join("\n");
    for value in ["Helio", "Helio GmbH", "Retail", "40"] {
        assert!(said.contains(value), "{value}: {said}");
    }
    let again = json(
        revops(&store).args(now).arg("import").arg(&billing).arg("--map").arg(&map).args(["--yes", "--format", "json"]),
    );
    assert_eq!(again["batch"], serde_json::Value::Null);
    succeed(revops(&store).arg("undo"));
    assert_eq!(dump(&Location::File(store)), before);
}

#[test]
fn names_and_aliases_that_cannot_be_sure_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("s.db");
    let team = write(folder.path(), "team.csv", "id,name,role\nU1,Li Wei,AE\nU2,Li Wei,AE\n");
    let deals = write(folder.path(), "deals.csv", "id,stage,owner\n1,Demo,Li Wei\n2,Demo,U2\n3,Parked,U1\n");
    let told = succeed(revops(&store).arg("import").args([&team, &deals]).args(["--yes", "--value", "owner:Al=Alice"]));
    assert!(told.contains("several are called “li wei”; 1 row "), "{told}");
    assert!(told.contains("\"member:Al=Alice\" was not learnt"), "{told}");
    assert!(told.contains("taken as open: Parked"), "{told}");
}

#[test]
fn mistakes_in_the_settings_file_are_told_by_file_and_line() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("s.db");
    let config = folder.path().join("config.toml");
    for (text, words, said) in [
        ("\nlanguag = \"en\"", &["show", "pipeline"][..], "config.toml, line 2: there is no option languag"),
        ("theme = \"pink\"", &[], "line 1: theme takes default, light, dark, colour-blind, mono"),
        ("[keys]\nquit = \"L\"", &[], "line 2: the key L of quit already belongs to language"),
        ("[keys]\n\nquti = \"Q\"", &[], "line 3: there is no command quti"),
        ("[keys]\nquit = \"Hyper-Q\"", &[], "line 2: “Hyper-Q” is not the name of a key"),
    ] {
        std::fs::write(&config, text).unwrap();
        let sentence = fail(revops(&store).arg("--config").arg(&config).args(words), 2);
        assert!(sentence.contains(said), "{sentence}");
        assert_eq!(sentence.lines().count(), 1, "{sentence}");
    }
    // What only the interface needs is told by the others too, and stops nobody.
    std::fs::write(&config, "theme = \"pink\"\n[keys]\nquit = \"L\"").unwrap();
    succeed(revops(&store).args(["demo", "--no-ui"]));
    let output = revops(&store).arg("--config").arg(&config).args(["show", "pipeline"]).output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success() && told.lines().count() == 2, "{told}");
    assert!(told.contains("line 1: theme takes") && told.contains("line 3: the key L of quit"), "{told}");
    assert!(fail(revops(&store).args(["--theme", "pink"]), 2).contains("--theme does not take “pink”"));
    fail(revops(&store).args(["--config", "/nowhere/at/all.toml", "log"]), 2);
}

#[test]
fn the_settings_file_says_the_language() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("config.toml");
    std::fs::write(&config, "language = \"zh-CN\"").unwrap();
    let help = |extra: &[&str]| succeed(bare().env("REVOPS_CONFIG", &config).args(extra).arg("--help"));
    assert!(help(&[]).contains("显示帮助"));
    assert!(help(&["--lang", "en"]).contains("Show this help"), "the command line counts more");
}

#[test]
fn a_company_has_funnels_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("demo.db");
    succeed(revops(&store).args(["demo", "--no-ui"]));
    let document = include_str!("../docs/funnels.md");
    let example = document.split("```toml").nth(1).unwrap().split("```").next().unwrap();
    let (config, funnels) = (write(folder.path(), "config.toml", ""), write(folder.path(), "funnels.toml", example));
    let run = |words: &[&str]| {
        let mut command = revops(&store);
        command.arg("--config").arg(&config).args(["--now", "2026-11-17T10:12:00Z", "show", "funnel"]).args(words);
        command
    };
    // The file beside the settings is found by itself; the demos come from the stage history of the deals.
    let flow = json(&mut run(&["--funnel", "sales", "--format", "json"]));
    let keys: Vec<&str> = flow["stages"].as_array().unwrap().iter().map(|s| s["key"].as_str().unwrap()).collect();
    assert_eq!(keys, ["opened", "demo", "proposal", "paying"]);
    assert!(flow["stages"][1]["count"].as_i64().unwrap() > 20, "{flow:#}");
    assert!(succeed(run(&["--funnel", "sales"]).args(["--lang", "zh-CN"])).contains("销售流程"));
    assert!(fail(&mut run(&["--funnel", "sale"]), 2).contains("lead-to-cash, product-led, sales"));
    assert!(fail(revops(&store).args(["show", "funnel", "--funnel", "sales"]), 2).contains("no funnel sales"));
    // A target may be for one of its stages.
    let targets = write(folder.path(), "targets.csv", "metric,period,value\ndemo,2026-Q4,400\n");
    succeed(revops(&store).arg("import").arg(&targets).args(["--as", "targets", "--yes"]));
    let flow = json(&mut run(&["--funnel", "sales", "--format", "json"]));
    assert_eq!(flow["stages"][1]["target"]["count"]["value"], 400, "{flow:#}");
    // Its stages are defined, in words and for programs.
    let stages = |words: &[&str]| {
        let mut command = revops(&store);
        command.arg("--config").arg(&config).args(["--now", "2026-11-17T10:12:00Z", "show", "stages"]).args(words);
        command
    };
    let map = json(&mut stages(&["--funnel", "sales", "--format", "json"]));
    assert_eq!(map["stages"][0]["required"], serde_json::json!([["owner"], ["email", "phone"]]));
    assert_eq!(map["stages"][3]["confirmed_by"], "account.first_paid_at");
    assert_eq!(map["stages"][1]["n"], flow["stages"][1]["count"]);
    assert_eq!(map["stages"][1]["median_days"], flow["stages"][1]["median_days"]);
    let text = succeed(&mut stages(&["--funnel", "sales", "--period", "2026-Q3"]));
    assert!(text.contains("Opened → Demo → (Prop.) → Paying") && text.contains("measured in  2026-Q3\n"), "{text}");
    assert!(text.contains("  needs        owner, e-mail or phone\n"), "{text}");
    let table = succeed(&mut stages(&["--funnel", "sales", "--format", "csv", "--lang", "zh-CN"]));
    assert!(table.contains("\ndemo,演示,false,AE,已完成演示,客户要求报价,,21,"), "{table}");
    assert!(fail(&mut stages(&["--basis", "snapshot"]), 2).contains("--basis has no meaning for show stages"));
    assert!(fail(&mut stages(&["--funnel", "none"]), 2).contains("lead-to-cash, product-led, sales"));
    let hostile = example.replace("name = \"Opened\"", "name = \"=\\u001b[2JOpened\\n\\u202e!\"");
    std::fs::write(&funnels, hostile.replace("key = \"sales\"", "key = \"lead-to-cash\"")).unwrap();
    for format in ["text", "json", "csv"] {
        let printed = succeed(&mut run(&["--format", format]));
        assert!(printed.contains("proposal") || printed.contains("Prop."), "it is the first: {printed}");
        assert!(!printed.contains(['\u{1b}', '\u{202e}']), "{printed:?}");
    }
    std::fs::write(&funnels, example.replace("expected_days = 21", "expekted_days = 21")).unwrap();
    let sentence = fail(&mut run(&[]), 2);
    assert!(
        sentence.contains("funnels.toml, line 24: there is no option expekted_days; did you mean expected_days?"),
        "{sentence}"
    );
    std::fs::write(&config, "\nfunnels = \"nowhere.toml\"").unwrap();
    let sentence = fail(&mut run(&[]), 2);
    assert!(sentence.contains("config.toml, line 2: ") && sentence.contains("nowhere.toml"), "{sentence}");
}

#[test]
fn a_folder_of_workbooks_is_imported_sheet_by_sheet() {
    let folder = tempfile::tempdir().unwrap();
    let (store, files) = (folder.path().join("s.db"), folder.path().join("files"));
    std::fs::create_dir(&files).unwrap();
    let mut book = rust_xlsxwriter::Workbook::new();
    for (name, rows) in [
        ("Accounts", [["id", "name", "industry"], ["1", "Helio", "Software"]]),
        ("商机", [["id", "name", "stage"], ["1", "Renewal", "Demo"]]),
        ("Notes", [["what", "who", "when"], ["call", "Ann", "soon"]]),
    ] {
        book.add_worksheet().set_name(name).unwrap().write_row_matrix(0, 0, rows).unwrap();
    }
    book.save(files.join("crm.xlsx")).unwrap();
    let report = json(revops(&store).arg("import").arg(&files).args(["--yes", "--format", "json"]));
    let names: Vec<&str> = report["files"].as_array().unwrap().iter().map(|f| f["path"].as_str().unwrap()).collect();
    assert!(names[0].ends_with("crm.xlsx[Accounts]") && names[1].ends_with("crm.xlsx[商机]"), "{names:?}");
    assert_eq!(report["skipped_sheets"][0]["reason"], "unknown");
    let told = succeed(revops(&store).arg("import").arg(&files).args(["--yes", "--sheet", "accounts"]));
    assert!(told.contains("crm.xlsx[Accounts]") && !told.contains("Notes"), "{told}");
    let sentence = fail(revops(&store).arg("import").arg(&files).args(["--yes", "--sheet", "Deals"]), 3);
    assert!(sentence.contains("Accounts, 商机, Notes"), "{sentence}");
}

#[test]
fn what_lands_in_a_watched_folder_is_imported() {
    let folder = tempfile::tempdir().unwrap();
    let (store, inbox) = (folder.path().join("s.db"), folder.path().join("inbox"));
    std::fs::create_dir(&inbox).unwrap();
    write(&inbox, "deals.csv", "id,stage,amount\n1,Demo,5\n");
    write(&inbox, "broken.csv", "a,b,c\n1,2,3\n");
    write(&inbox, "~$deals.xlsx", "lock");
    let output = revops(&store).arg("watch").arg(&inbox).arg("--once").output().unwrap();
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.code() == Some(3) && out.contains("deals.csv"), "{out}{err}");
    assert!(err.contains("broken.csv") && err.contains("atching"), "{err}");
    std::fs::remove_file(inbox.join("broken.csv")).unwrap();
    let again = succeed(revops(&store).arg("watch").arg(&inbox).arg("--once"));
    assert!(again.contains("nothing new") || again.contains("Nothing new"), "{again}");
}

/// Files that land together may refer to each other, and a broken one among them holds up none.
#[test]
fn files_that_land_together_are_imported_together() {
    let folder = tempfile::tempdir().unwrap();
    let (store, inbox) = (folder.path().join("s.db"), folder.path().join("inbox"));
    std::fs::create_dir(&inbox).unwrap();
    write(&inbox, "a-leads.csv", "id,email,source,mql_at,opportunity_id\nL1,a@x.example,Web,2026-01-02,O1\n");
    write(&inbox, "b-opportunities.csv", "id,stage,amount\nO1,Demo,5\n");
    write(&inbox, "c-broken.csv", "a,b,c\n1,2,3\n");
    let output = revops(&store).arg("watch").arg(&inbox).arg("--once").output().unwrap();
    let err = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.code() == Some(3) && err.contains("c-broken.csv"), "{err}");
    let connection = rusqlite::Connection::open(&store).unwrap();
    let count = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(count("SELECT COUNT(*) FROM person p JOIN opportunity o ON o.id = p.opportunity"), 1);
    assert_eq!(count("SELECT COUNT(*) FROM action"), 1, "one step to take back");
}

/// No key of a field and no word of the operating system stands in a Chinese sentence.
#[test]
fn chinese_sentences_are_chinese() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("s.db");
    let chinese = |args: &[&str]| {
        let mut command = revops(&store);
        command.args(["--lang", "zh-CN"]).args(args);
        command
    };
    let sentence = fail(&mut chinese(&["import", "nothere.csv", "--yes"]), 3);
    assert!(sentence.contains("没有这个文件") && !sentence.contains("os error"), "{sentence}");
    let spend = write(folder.path(), "spend.csv", "period,channel,amount\n2026-10,Web,5\n,Web,6\n");
    let told = succeed(chinese(&["import", "--yes", "--as", "投放费用"]).arg(&spend));
    assert!(told.contains("缺少期间") && !told.contains("period"), "{told}");
    let odd = write(folder.path(), "odd.csv", "阶段,金额\nDemo,5\n");
    let sentence = fail(chinese(&["import", "--yes", "--as", "商机"]).arg(&odd), 3);
    assert!(sentence.contains("（商机）") && sentence.contains("、名称"), "{sentence}");
}

/// Whoever automates an import learns from the exit code that nothing of it could be used.
#[test]
fn an_import_without_a_usable_row_is_bad_input() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("s.db");
    let none = write(folder.path(), "none.csv", "id,stage,amount\n,Demo,5\n,Demo,6\n");
    for args in [["--dry-run"], ["--yes"], ["--yes"]] {
        let output = revops(&store).arg("import").arg(&none).args(args).output().unwrap();
        let told = String::from_utf8_lossy(&output.stdout);
        assert_eq!(output.status.code(), Some(3), "{args:?}: {told}");
        assert!(args == ["--dry-run"] || told.contains("No row could be used"), "{told}");
    }
    let some = write(folder.path(), "some.csv", "id,stage,amount\n,Demo,5\n2,Demo,6\n");
    succeed(revops(&store).arg("import").arg(&some).arg("--yes"));
    succeed(revops(&store).arg("import").arg(&some).arg("--yes"));
}

#[test]
fn a_picture_is_drawn_in_its_theme_and_an_unknown_one_is_refused_everywhere() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("s.db");
    let picture = |theme: &str| {
        let file = folder.path().join(format!("{theme}.svg"));
        let words = ["--now", "2026-11-17T10:12:00Z", "screenshot", "funnel", "--theme", theme, "-o"];
        succeed(revops(&store).args(words).arg(&file));
        std::fs::read_to_string(file).unwrap()
    };
    let pictures: std::collections::BTreeSet<String> = ["default", "light", "dark"].map(picture).into();
    assert_eq!(pictures.len(), 3);
    for words in [&["show", "funnel"][..], &["screenshot", "funnel", "-o", "x.svg"]] {
        assert!(fail(revops(&store).args(words).args(["--theme", "nope"]), 2).contains("colour-blind"), "{words:?}");
    }
    assert!(fail(revops(&store).args(["show", "pipeline", "--basis", "cohort"]), 2).contains("--basis has no meaning"));
    assert!(fail(revops(&store).args(["show", "pipeline", "--period", "soon"]), 2).contains("soon"));
    let view = json(revops(&store).args(["show", "pipeline", "--period", "2026-10", "--format", "json"]));
    assert_eq!((&view["period"], &view["compare"]), (&"2026-10".into(), &"2026-09".into()));
    let help = succeed(revops(&store).args(["--lang", "zh-CN", "show", "--help"]));
    assert!(help.contains("[选项]") && help.contains("[默认：text]") && !help.contains("OPTIONS"), "{help}");
}

#[test]
fn what_is_suggested_goes_to_the_same_store() {
    let folder = tempfile::tempdir().unwrap();
    let (store, file) = (folder.path().join("my s.db"), folder.path().join("accounts.csv"));
    std::fs::write(&file, "id,name,industry\nA-1,Helio,Energy\n").unwrap();
    let told = succeed(revops(&store).arg("import").arg(&file).arg("--yes"));
    assert!(told.contains(&format!("revops --store '{}' undo", store.display())), "{told}");
    std::fs::write(&file, "id,name,industry\nA-2,Plenum,Energy\n").unwrap();
    let told = succeed(bare().env("REVOPS_STORE", &store).arg("import").arg(&file).arg("--yes"));
    assert!(told.contains("Take it back with: revops undo"), "{told}");
}

#[test]
fn a_system_has_a_name() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("accounts.csv");
    std::fs::write(&file, "id,name,industry\nA-1,Helio,Energy\n").unwrap();
    fail(revops(&folder.path().join("s.db")).arg("import").arg(&file).args(["--yes", "--system", ""]), 2);
}

#[test]
fn problems_that_are_not_told_one_by_one_are_counted() {
    let folder = tempfile::tempdir().unwrap();
    let rows: String = (0..9).map(|n| format!("D-{n},Deal {n},Demo,abc\n")).collect();
    let file = write(folder.path(), "deals.csv", &format!("id,name,stage,amount\nD-x,X,Demo,5\n{rows}"));
    let told = succeed(revops(&folder.path().join("s.db")).arg("import").arg(&file).arg("--yes"));
    assert!(told.contains("deals.csv: 4 more problems like these"), "{told}");
}
