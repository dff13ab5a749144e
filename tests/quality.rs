//! `check`: what is wrong in the data, told with its place and by its exit code.

use crate::support::program::{json, revops, succeed};
use crate::support::real::real;
use serde_json::Value;
use std::path::{Path, PathBuf};

const NOW: [&str; 2] = ["--now", "2026-10-09T12:00:00Z"];

fn import(store: &Path, object: &str, text: &str) {
    let file = store.with_file_name(format!("{object}.csv"));
    std::fs::write(&file, text).unwrap();
    succeed(revops(store).args(NOW).args(["import", "--yes", "--as", object]).arg(file));
}

/// What `check` prints as JSON, whatever its exit code.
fn checked(store: &Path, now: &[&str]) -> Value {
    let output = revops(store).args(now).args(["check", "--format", "json"]).output().unwrap();
    assert!(matches!(output.status.code(), Some(0 | 1)), "{output:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

fn finding<'v>(quality: &'v Value, rule: &str) -> &'v Value {
    let findings = quality["findings"].as_array().unwrap();
    findings.iter().find(|one| one["rule"] == rule).unwrap_or_else(|| panic!("no {rule}: {quality:#}"))
}

fn counts(one: &Value) -> (i64, i64) {
    (one["failing"].as_i64().unwrap(), one["checked"].as_i64().unwrap())
}

/// A company without a fault.
fn clean() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("s.db");
    import(
        &store,
        "team",
        "id,name,role,team,hired_at\nt1,Li Wei,SDR,SDR,2025-01-07\nt2,Max Orr,AE,Sales,2024-03-04\n",
    );
    import(&store, "products", "id,name,list_price\np1,Basic,500\n");
    import(
        &store,
        "accounts",
        "id,name,domain,industry,country,employees,owner\n\
         a1,Helio,helio.example,Retail,Germany,120,Max Orr\n\
         a2,云帆科技,yunfan.example,Software,China,300,Max Orr\n",
    );
    import(
        &store,
        "leads",
        "id,full_name,email,phone,company,source,owner,created_at,mql_at,first_touch_at\n\
         l1,Ana Ruiz,ana@helio.example,+49 30 5550123,Helio,Web,Li Wei,2026-09-01,2026-09-02,2026-09-02T10:00:00Z\n\
         l2,王芳,fang@yunfan.example,+86 138 0013 8000,云帆科技,Event,Li Wei,2026-09-03,,\n",
    );
    import(
        &store,
        "opportunities",
        "id,name,account,stage,amount,owner,product,created_at,close_date,closed_at,loss_reason\n\
         d1,Helio 2026,Helio,Closed Won,9000,Max Orr,Basic,2026-03-01,2026-05-01,2026-05-01,\n\
         d2,Yunfan,云帆科技,Proposal,4000,Max Orr,Basic,2026-09-01,2026-12-01,,\n\
         d3,Helio more,Helio,Closed Lost,300,Max Orr,Basic,2026-03-01,2026-06-30,2026-06-30,price\n",
    );
    (folder, store)
}

#[test]
fn a_clean_store_says_nothing() {
    let (_folder, store) = clean();
    let quality = checked(&store, &NOW);
    assert_eq!(quality["findings"].as_array().unwrap().len(), 0, "{quality:#}");
    assert_eq!(quality["score"], 1.0);
    let text = succeed(revops(&store).args(NOW).arg("check"));
    assert!(text.contains("nothing is wrong"), "{text}");
    assert!(succeed(revops(&store).args(NOW).args(["--lang", "zh-CN", "check"])).contains("没有问题"));
}

#[test]
fn faults_are_found_one_by_one_and_exit_codes_say_how_bad() {
    let (_folder, store) = clean();
    import(&store, "leads", "id,full_name,email,source,company\nl9,Sara Holm,sara@helio.example,,Helio\n");
    let quality = checked(&store, &NOW);
    assert_eq!(counts(finding(&quality, "lead-source")), (1, 3));
    assert_eq!(quality["findings"].as_array().unwrap().len(), 1, "{quality:#}");
    fail_printed(revops(&store).args(NOW).arg("check"));
    succeed(revops(&store).args(NOW).args(["check", "--fail-on", "error"]));
    import(
        &store,
        "opportunities",
        "id,name,account,stage,amount,owner,created_at,closed_at\nd9,Odd,Helio,Closed Won,0,Max Orr,2026-05-02,2026-05-01\n",
    );
    let quality = checked(&store, &NOW);
    let rules: Vec<&str> =
        quality["findings"].as_array().unwrap().iter().map(|one| one["rule"].as_str().unwrap()).collect();
    assert_eq!(
        rules,
        ["deal-won-amount", "deal-closed-before-created", "lead-source"],
        "errors first, then the largest share"
    );
    let example = &finding(&quality, "deal-won-amount")["examples"][0];
    assert_eq!((&example["id"], &example["name"], &example["value"]), (&"d9".into(), &"Odd".into(), &"0.00".into()));
    fail_printed(revops(&store).args(NOW).args(["check", "--fail-on", "error"]));
}

#[test]
fn two_systems_that_disagree_are_a_finding_and_one_system_is_not_checkable() {
    let (_folder, store) = clean();
    let why = |quality: &Value, rule: &str| {
        let all = quality["not_checkable"].as_array().unwrap();
        all.iter().find(|one| one["rule"] == rule).map(|one| one["why"].clone())
    };
    assert_eq!(why(&checked(&store, &NOW), "account-agreed"), Some("one_system".into()));
    let map = store.with_file_name("map.toml");
    std::fs::write(&map, "object = \"accounts\"\nkey = [\"domain\"]\n").unwrap();
    let file = store.with_file_name("billing.csv");
    std::fs::write(&file, "id,name,domain,industry\nb1,Helio,helio.example,Energy\n").unwrap();
    succeed(revops(&store).args(NOW).args(["import", "--yes", "--system", "billing", "--map"]).arg(map).arg(file));
    let quality = checked(&store, &NOW);
    assert_eq!(counts(finding(&quality, "account-agreed")), (1, 1), "only what several systems know");
    assert_eq!(finding(&quality, "account-agreed")["examples"][0]["name"], "Helio");
}

#[test]
fn sarif_names_tool_rules_and_records() {
    let (_folder, store) = clean();
    import(&store, "leads", "id,full_name,email,source,company\nl9,Sara Holm,sara at helio,Web,Helio\n");
    let output = revops(&store).args(NOW).args(["check", "--format", "sarif"]).output().unwrap();
    let log: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&log["version"], log["runs"].as_array().unwrap().len()), (&"2.1.0".into(), 1));
    let (rules, results) = (&log["runs"][0]["tool"]["driver"]["rules"], &log["runs"][0]["results"]);
    let result = &results[0];
    assert_eq!(rules[result["ruleIndex"].as_u64().unwrap() as usize]["id"], result["ruleId"]);
    assert_eq!((&result["ruleId"], &result["level"]), (&"person-email-format".into(), &"error".into()));
    assert_eq!(result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"], "person/l9");
    assert!(result["message"]["text"].as_str().unwrap().contains("sara at helio"));
}

#[test]
fn every_format_twice_the_same_in_each_language() {
    let (_folder, store) = clean();
    import(&store, "leads", "id,full_name,email\nl9,???,sara at helio\n");
    for lang in ["en", "zh-CN"] {
        for format in ["text", "json", "sarif"] {
            let run = || fail_printed(revops(&store).args(NOW).args(["--lang", lang, "check", "--format", format]));
            let printed = run();
            assert!(printed == run() && !printed.contains("quality-"), "{lang} {format}: {printed}");
        }
    }
}

/// What a command prints that ends with findings.
fn fail_printed(command: &mut std::process::Command) -> String {
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_faults_of_the_maven_files_are_named() {
    let side = |name: &str| real(&format!("crm/maven_mdy/{name}.csv"));
    let all = ["accounts", "products", "sales_teams", "sales_pipeline"].map(side);
    let Some(files) = all.into_iter().collect::<Option<Vec<PathBuf>>>() else { return };
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("s.db");
    let as_of = ["--now", "2017-12-31T00:00:00Z"];
    json(revops(&store).args(as_of).arg("import").args(files).args(["--yes", "--format", "json"]));
    let quality = checked(&store, &as_of);
    let industry = finding(&quality, "account-industry-spelling");
    assert_eq!((counts(industry), &industry["examples"][0]["value"]), ((12, 85), &"technolgy".into()));
    let spelled = quality["findings"].as_array().unwrap().iter().filter(|one| one["dimension"] == "accuracy");
    let values = spelled.flat_map(|one| one["examples"].as_array().unwrap()).map(|one| one["value"].clone());
    assert!(values.collect::<Vec<_>>().contains(&"Philipines".into()), "{quality:#}");
    let product = finding(&quality, "deal-product-described");
    assert_eq!((product["failing"].as_i64(), &product["examples"][0]["value"]), (Some(1_480), &"GTXPro".into()));
    assert_eq!(counts(finding(&quality, "deal-account")), (1_425, 8_800));
    assert_eq!(finding(&quality, "deal-older-than-closed")["failing"], 1_291);
    assert_eq!(counts(finding(&quality, "deal-created")), (500, 8_800));
}
