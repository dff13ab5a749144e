//! Looking back at hand-offs from the command line: six views and the report of a week.

use crate::support::program::{fail, json, revops, succeed};
use serde_json::Value;
use std::path::PathBuf;

const TOPICS: [&str; 6] = ["team", "heat", "response", "ledger", "pauses", "weeks"];

struct Demo {
    _folder: tempfile::TempDir,
    store: PathBuf,
}

impl Demo {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = folder.path().join("demo.db");
        succeed(revops(&store).args(["demo", "--no-ui"]));
        Self { _folder: folder, store }
    }

    fn run(&self, args: &[&str]) -> std::process::Command {
        let mut command = revops(&self.store);
        command.args(["--now", "2026-11-17T10:12:00Z"]).args(args);
        command
    }

    fn told(&self, topic: &str) -> Value {
        json(&mut self.run(&["show", "handoffs", topic, "--period", "2026-Q4", "--format", "json"]))
    }
}

fn sum(lines: &Value, key: &str) -> u64 {
    lines.as_array().unwrap().iter().map(|line| line[key].as_u64().unwrap()).sum()
}

#[test]
fn every_view_counts_the_same_hand_offs() {
    let demo = Demo::new();
    let listing = json(&mut demo.run(&["show", "handoffs", "--period", "2026-Q4", "--format", "json"]));
    let items = listing["items"].as_array().unwrap();
    let total = items.len() as u64;
    assert!(total > 1_000 && listing["total"] == total);
    assert_eq!(sum(&demo.told("team")["team"], "total"), total);
    assert_eq!(sum(&demo.told("weeks")["weeks"], "total"), total);
    let people = items.iter().filter(|item| item["kind"] != "sales-to-cs").count() as u64;
    let heat = demo.told("heat");
    assert_eq!((sum(&heat["heat"]["hours"], "arrived"), heat["heat"]["total"].as_u64()), (people, Some(people)));
    let days = heat["heat"]["hours"].as_array().unwrap().iter().flat_map(|hour| hour["days"].as_array().unwrap());
    assert_eq!(days.map(|day| day["arrived"].as_u64().unwrap()).sum::<u64>(), people);
    let marketing = items.iter().filter(|item| item["kind"] == "marketing-to-sales").count() as u64;
    let ledger = demo.told("ledger");
    assert_eq!(ledger["ledger"]["marketing"]["delivered"].as_u64(), Some(marketing));
    assert_eq!(sum(&ledger["ledger"]["weeks"], "delivered"), marketing);
    for topic in TOPICS {
        assert_eq!(demo.told(topic)["all"]["inside_sla"], listing["inside_sla"], "{topic}");
    }
}

#[test]
fn what_marketing_owes_is_counted_again_from_the_parts() {
    let told = Demo::new().told("ledger");
    let marketing = &told["ledger"]["marketing"];
    let money = |key: &str| marketing[key]["amount"].as_str().unwrap().parse::<f64>().unwrap();
    let (share, rate) = (marketing["share"].as_f64().unwrap(), marketing["rate"].as_f64().unwrap());
    let owed = money("target") * share / (money("average_deal") * rate);
    // The average deal is told to the cent.
    assert!((owed - marketing["owed"].as_f64().unwrap()).abs() < 1.0, "{owed} {marketing}");
    let balance = told["ledger"]["weeks"].as_array().unwrap().last().unwrap()["balance"].as_i64().unwrap();
    let so_far = marketing["owed_so_far"].as_i64().unwrap();
    assert_eq!(balance, marketing["delivered"].as_i64().unwrap() - so_far);
}

#[test]
fn every_view_in_every_format_and_language_twice_the_same() {
    let demo = Demo::new();
    for topic in TOPICS {
        for format in ["text", "json", "csv"] {
            for lang in ["en", "zh-CN"] {
                let run = || succeed(&mut demo.run(&["--lang", lang, "show", "handoffs", topic, "--format", format]));
                let printed = run();
                assert_eq!(printed, run(), "{topic} {format}");
                assert!(!printed.contains("review-") && !printed.contains("{ $"), "{topic} {lang}: {printed}");
                if format != "text" && lang == "zh-CN" {
                    let english = succeed(&mut demo.run(&["show", "handoffs", topic, "--format", format]));
                    assert_eq!(printed, english, "machines get the same in every language");
                }
            }
        }
    }
}

#[test]
fn a_part_that_a_pane_does_not_have_is_refused() {
    let demo = Demo::new();
    for args in [["show", "handoffs", "people"], ["show", "records", "team"], ["show", "funnel", "weeks"]] {
        let said = fail(&mut demo.run(&args), 2);
        assert!(said.contains(args[2]), "{args:?}: {said}");
    }
}

#[test]
fn the_report_of_a_week_stands_beside_the_week_before() {
    let demo = Demo::new();
    let page = succeed(&mut demo.run(&["report", "sla"]));
    assert!(page.starts_with("# SLA of hand-offs 2026-W46"), "the last week that is over: {page}");
    let report = json(&mut demo.run(&["report", "sla", "--period", "2026-W46", "--format", "json"]));
    let week = json(&mut demo.run(&["show", "handoffs", "weeks", "--period", "2026-W46", "--format", "json"]));
    assert_eq!(report["missed"], week["weeks"][0]["missed"]);
    let before = json(&mut demo.run(&["show", "handoffs", "--period", "2026-W45", "--format", "json"]));
    assert_eq!((&report["then"]["inside_sla"], &report["before"]), (&before["inside_sla"], &"2026-W45".into()));
    let worst = report["worst"].as_array().unwrap();
    let late: Vec<i64> = worst.iter().map(|one| one["seconds_left"].as_i64().unwrap()).collect();
    assert!(late.len() == 10 && late.is_sorted() && late[9] < 0, "by how much they were missed: {late:?}");
    let file = demo.store.with_extension("md");
    succeed(&mut demo.run(&["--lang", "zh-CN", "report", "sla", "-o", file.to_str().unwrap()]));
    let written = std::fs::read_to_string(file).unwrap();
    assert!(written.starts_with("# 交接时限报告 2026-W46") && written.contains("## 退回原因"), "{written}");
    let said = fail(&mut demo.run(&["report", "sla", "--period", "soon"]), 2);
    assert!(said.contains("soon"), "{said}");
}
