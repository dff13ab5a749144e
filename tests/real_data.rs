//! The Maven CRM files in three spellings: every figure to the unit, however it is written.

use crate::support::engines::dump;
use crate::support::program::{fail, json, revops, succeed};
use crate::support::real::real;
use revops::store::Location;
use serde_json::Value;
use std::path::{Path, PathBuf};

const AS_OF: [&str; 2] = ["--now", "2017-12-31T00:00:00Z"];

/// The four files; accounts, products and teams are the same in every spelling.
fn maven(pipeline: &str) -> Option<Vec<PathBuf>> {
    let side = |name: &str| real(&format!("crm/maven_mdy/{name}.csv"));
    Some(vec![side("accounts")?, side("products")?, side("sales_teams")?, real(pipeline)?])
}

const MDY: &str = "crm/maven_mdy/sales_pipeline.csv";
const SPELLINGS: [&str; 3] = [MDY, "crm/maven_iso_crlf/sales_pipeline.csv", "crm/maven_dmy/sales_pipeline.csv"];

fn import(store: &Path, files: &[PathBuf], more: &[&str]) -> Value {
    json(revops(store).args(AS_OF).arg("import").args(files).args(["--yes", "--format", "json"]).args(more))
}

fn pipeline(store: &Path) -> Value {
    json(revops(store).args(AS_OF).args(["show", "pipeline", "--format", "json"]))
}

fn count(view: &Value, path: &str) -> i64 {
    view.pointer(path).and_then(Value::as_i64).unwrap_or_else(|| panic!("{path} in {view}"))
}

fn amount(view: &Value, path: &str) -> String {
    view.pointer(path).and_then(|money| money["amount"].as_str()).unwrap_or_else(|| panic!("{path}")).to_owned()
}

fn find<'v>(lines: &'v Value, key: &str, name: &str) -> &'v Value {
    lines.as_array().unwrap().iter().find(|line| line[key] == name).unwrap_or_else(|| panic!("no {name}"))
}

#[test]
fn every_spelling_gives_every_figure() {
    let folder = tempfile::tempdir().unwrap();
    let mut printed = Vec::new();
    for (at, spelling) in SPELLINGS.iter().enumerate() {
        let Some(files) = maven(spelling) else { return };
        let store = folder.path().join(format!("{at}.db"));
        let report = import(&store, &files, &[]);
        check_import(&report);
        check_figures(&pipeline(&store));
        check_text(&succeed(revops(&store).args(AS_OF).args(["show", "pipeline"])));
        printed.push(succeed(revops(&store).args(AS_OF).args(["show", "pipeline", "--format", "json"])));
    }
    assert!(printed.windows(2).all(|two| two[0] == two[1]), "the three spellings print different bytes");
}

fn check_import(report: &Value) {
    let files = report["files"].as_array().unwrap();
    for file in files {
        let of = |key: &str| file[key].as_i64().unwrap();
        assert_eq!(of("rows"), of("new") + of("changed") + of("unchanged") + of("rejected"), "{file}");
        assert_eq!(of("rejected"), 0, "{file}");
    }
    assert_eq!(files.iter().map(|file| file["new"].as_i64().unwrap()).sum::<i64>(), 8800 + 85 + 7 + 35);
    let unmatched = &report["unmatched"];
    let expected = serde_json::json!([{ "object": "product", "field": "product", "name": "GTXPro", "rows": 1480, "meant": "GTX Pro" }]);
    assert_eq!(*unmatched, expected);
    let accounts = find(&report["files"], "object", "accounts");
    let suspects = accounts["suspects"].as_array().unwrap();
    let suspect = |value: &str| suspects.iter().find(|s| s["value"] == value).map(|s| s["rows"].as_i64().unwrap());
    assert_eq!((suspect("technolgy"), suspect("Philipines")), (Some(12), Some(1)));
    let deals = find(&report["files"], "object", "opportunities");
    assert_eq!((deals["blank"]["account"].as_i64(), deals["blank"]["created_at"].as_i64()), (Some(1425), Some(500)));
}

/// What the figures cannot say by themselves stands in words.
fn check_text(text: &str) {
    for said in [
        "1,291 open deals are older than any deal that ever closed (138 days)",
        "1,756 open deals have no amount; they count at the list price of their product",
        "333 open deals have no amount, and their product no list price: GTXPro (333)",
        "3,360,822 USD",
        "coverage                       – (nobody has set a target)",
    ] {
        assert!(text.contains(said), "{said}\n{text}");
    }
}

/// No deal has a history or, while it is open, a close date; what is won and how fast is known all the same.
fn check_period(view: &Value) {
    assert_eq!((&view["period"], &view["running"]), (&"2017-Q4".into(), &true.into()));
    assert_eq!(amount(view, "/coverage/won"), "2802496.00");
    assert_eq!(count(view, "/coverage/close_date_unknown"), 2089);
    assert_eq!(count(view, "/velocity/opportunities"), 2089);
    assert_eq!(view["withheld"]["stalled.count"], "no_history");
    assert_eq!(view["withheld"]["coverage.ratio"], "no_target");
}

fn check_figures(view: &Value) {
    check_period(view);
    let counts = ["total", "open", "won", "lost"].map(|key| count(view, &format!("/opportunities/{key}")));
    assert_eq!(counts, [8800, 2089, 4238, 2473]);
    assert_eq!(view["win_rate"].as_f64().map(|rate| (rate * 10_000.0).round()), Some(6315.0));
    assert_eq!(amount(view, "/won_amount"), "10005534.00");
    assert_eq!(amount(view, "/open_amount"), "3360822.00");
    let basis =
        ["with_amount", "at_list_price", "unpriced"].map(|key| count(view, &format!("/open_amount_basis/{key}")));
    assert_eq!(basis, [0, 1756, 333]);
    let sizes = ["mean", "median", "max"].map(|key| amount(view, &format!("/won_deal_size/{key}")));
    assert_eq!(sizes, ["2360.91", "1117.00", "30288.00"]);
    let days = |path: &str| view.pointer(path).and_then(Value::as_f64).unwrap();
    let all = ["median", "p25", "p75", "min", "max"].map(|key| days(&format!("/days_to_close/{key}")));
    assert_eq!(all, [45.0, 8.0, 85.0, 1.0, 138.0]);
    assert!((days("/days_to_close/mean") - 47.985).abs() < 0.0005);
    assert_eq!((days("/days_to_close/won/median"), days("/days_to_close/lost/median")), (57.0, 14.0));
    for (quarter, won) in [("1", "1134672"), ("2", "3086111"), ("3", "2982255"), ("4", "2802496")] {
        let line = find(&view["by_close_quarter"], "quarter", &format!("2017-Q{quarter}"));
        assert_eq!(amount(line, "/won_amount"), format!("{won}.00"));
    }
    for (region, won) in [("Central", "3346293"), ("East", "3090594"), ("West", "3568647")] {
        assert_eq!(amount(find(&view["by_region"], "region", region), "/won_amount"), format!("{won}.00"));
    }
    for (stage, deals) in [("Won", 4238), ("Lost", 2473), ("Engaging", 1589), ("Prospecting", 500)] {
        assert_eq!(count(find(&view["by_stage"], "stage", stage), "/count"), deals);
    }
    assert_eq!(count(find(&view["by_stage"], "stage", "Engaging"), "/older_than_any_closed"), 1291);
    assert_eq!(count(view, "/ageing/older_than_any_closed"), 1291);
    check_owners(view);
}

/// The best and the worst win rate, and the five who have no deal.
fn check_owners(view: &Value) {
    let owners = view["by_owner"].as_array().unwrap();
    assert_eq!((owners.len(), view["owners_without_deals"].as_array().unwrap().len()), (30, 5));
    let rate = |line: &&Value| line["win_rate"].as_f64().unwrap();
    let tally = |line: &Value| {
        let won = line["won"].as_i64().unwrap();
        (line["owner"].as_str().unwrap().to_owned(), won, won + line["lost"].as_i64().unwrap())
    };
    let best = owners.iter().max_by(|a, b| rate(a).total_cmp(&rate(b))).unwrap();
    let worst = owners.iter().min_by(|a, b| rate(a).total_cmp(&rate(b))).unwrap();
    assert_eq!(tally(best), ("Hayden Neloms".to_owned(), 107, 152));
    assert_eq!(tally(worst), ("Lajuana Vencill".to_owned(), 127, 231));
}

#[test]
fn a_known_alias_prices_every_open_deal() {
    let Some(files) = maven(MDY) else { return };
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("alias.db");
    let alias = ["--value", "product:GTXPro=GTX Pro"];
    let report = import(&store, &files, &alias);
    assert_eq!(report["unmatched"], serde_json::json!([]));
    assert_eq!(amount(&pipeline(&store), "/open_amount"), "4966215.00");
    let text = succeed(revops(&store).args(AS_OF).args(["show", "pipeline"]));
    assert!(text.contains("4,966,215 USD") && text.contains("2,089 open deals have no amount"), "{text}");
    // Told later, the alias changes just the deals that use it, and is remembered without being said again.
    let store = folder.path().join("later.db");
    import(&store, &files, &[]);
    let report = import(&store, &files, &alias);
    assert_eq!(find(&report["files"], "object", "opportunities")["changed"], 1480);
    assert_eq!(amount(&pipeline(&store), "/open_amount"), "4966215.00");
    import(&store, &files, &[]);
    assert_eq!(amount(&pipeline(&store), "/open_amount"), "4966215.00");
}

#[test]
fn the_same_files_again_write_nothing() {
    let Some(files) = maven(MDY) else { return };
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store.db");
    import(&store, &files, &[]);
    let before = dump(&Location::File(store.clone()));
    let report = import(&store, &files, &[]);
    for file in report["files"].as_array().unwrap() {
        assert_eq!(
            (file["new"].as_i64(), file["changed"].as_i64(), &file["unchanged"]),
            (Some(0), Some(0), &file["rows"])
        );
    }
    assert_eq!(report["batch"], Value::Null);
    assert_eq!(dump(&Location::File(store)), before);
}

/// Next week's export: a hundred open deals have moved on.
#[test]
fn moved_stages_become_history_and_undo_takes_it_all_back() {
    let Some(files) = maven(MDY) else { return };
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store.db");
    import(&store, &files, &["--exported-at", "2017-12-31"]);
    let before = dump(&Location::File(store.clone()));
    let next = folder.path().join("sales_pipeline-2018-01-07.csv");
    let text = std::fs::read_to_string(&files[3]).unwrap();
    let moved = text.replacen(",Prospecting,", ",Engaging,", 100);
    std::fs::write(&next, moved).unwrap();
    let now = ["--now", "2018-01-08T00:00:00Z"];
    let report = json(revops(&store).args(now).arg("import").arg(&next).args(["--yes", "--format", "json"]));
    let file = &report["files"][0];
    assert_eq!(
        (file["changed"].as_i64(), file["unchanged"].as_i64(), file["new"].as_i64()),
        (Some(100), Some(8700), Some(0))
    );
    let after = dump(&Location::File(store.clone()));
    let history = &after["stage_change"];
    assert_eq!(history.len(), 100);
    let exported = chrono::NaiveDate::from_ymd_opt(2018, 1, 7).unwrap().and_time(chrono::NaiveTime::MIN).and_utc();
    let exported = exported.timestamp_millis().to_string();
    assert!(history.iter().all(|row| row.contains(&exported)), "{:?}", history.first());
    succeed(revops(&store).arg("undo"));
    assert_eq!(dump(&Location::File(store.clone())), before);
    succeed(revops(&store).arg("redo"));
    assert_eq!(dump(&Location::File(store.clone())), after);
    // Someone else imports a newer file: now ana's import can no longer be taken back, and she is told why.
    let newer = folder.path().join("sales_pipeline-2018-01-14.csv");
    std::fs::write(&newer, text.replacen(",Prospecting,", ",Engaging,", 150)).unwrap();
    succeed(revops(&store).env("REVOPS_ACTOR", "li").arg("import").arg(&newer).arg("--yes"));
    let stored = dump(&Location::File(store.clone()));
    let first = report["batch"].as_i64().unwrap() - 1;
    let sentence = fail(revops(&store).arg("undo").arg(first.to_string()), 4);
    assert!(sentence.contains("li ") && sentence.contains("50 rows"), "{sentence}");
    assert_eq!(dump(&Location::File(store)), stored);
}

#[test]
fn look_alike_rows_stay_apart() {
    let Some(files) = maven(MDY) else { return };
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store.db");
    import(&store, &files, &[]);
    let text = std::fs::read_to_string(&files[3]).unwrap();
    let mut rows: Vec<&str> = text.lines().skip(1).map(|line| line.split_once(',').unwrap().1).collect();
    let all = rows.len();
    rows.sort_unstable();
    rows.dedup();
    assert!(all > rows.len(), "the file has rows that differ only in their id");
    assert_eq!(count(&pipeline(&store), "/opportunities/total"), all as i64);
}

#[test]
fn other_real_files_are_imported_or_refused_in_a_sentence() {
    let Some(folder) = real("files") else { return };
    let scratch = tempfile::tempdir().unwrap();
    let store = scratch.path().join("store.db");
    let good = scratch.path().join("accounts.csv");
    std::fs::write(&good, "id,name\n1,Helio\n").unwrap();
    succeed(revops(&store).arg("import").arg(&good).arg("--yes"));
    for kind in ["odd", "encodings", "csv_spectrum/csvs"] {
        for entry in std::fs::read_dir(folder.join(kind)).unwrap() {
            let path = entry.unwrap().path();
            let output = revops(&store).arg("import").arg(&path).args(["--yes", "--as", "accounts"]).output().unwrap();
            let told = String::from_utf8_lossy(&output.stderr);
            assert!(matches!(output.status.code(), Some(0 | 3)), "{}: {told}", path.display());
            assert!(!told.contains("panicked"), "{}: {told}", path.display());
        }
    }
    assert_eq!(succeed(revops(&store).args(["store", "verify"])), "The store is sound.\n");
}
