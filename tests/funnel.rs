//! The funnel's story is computed, not written: change the data and it changes.

use crate::support::program::{json, revops, succeed};
use serde_json::Value;
use std::path::Path;

const NOW: [&str; 2] = ["--now", "2026-11-17T10:12:00Z"];

/// A generated company in `folder`, its rows changed by `change` (file name, header, rows), in a store.
fn company(folder: &Path, seed: u64, change: impl Fn(&str, &csv::StringRecord, &mut Vec<Vec<String>>)) -> String {
    let files = folder.join("csv");
    succeed(revops(folder).args(["sample", "--seed", &seed.to_string(), "-o", files.to_str().unwrap()]));
    for entry in std::fs::read_dir(&files).unwrap() {
        let path = entry.unwrap().path();
        let mut reader = csv::Reader::from_path(&path).unwrap();
        let header = reader.headers().unwrap().clone();
        let mut rows: Vec<Vec<String>> =
            reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
        change(path.file_name().unwrap().to_str().unwrap(), &header, &mut rows);
        let mut writer = csv::Writer::from_path(&path).unwrap();
        writer.write_record(&header).unwrap();
        rows.iter().for_each(|row| writer.write_record(row).unwrap());
        writer.flush().unwrap();
    }
    let store = folder.join("company.db");
    succeed(revops(&store).args(NOW).args(["import", files.to_str().unwrap(), "--yes"]));
    store.to_str().unwrap().to_owned()
}

fn funnel(store: &str, args: &[&str]) -> Value {
    json(revops(Path::new(store)).args(NOW).args(["show", "funnel", "--format", "json"]).args(args))
}

fn stage<'v>(flow: &'v Value, key: &str) -> &'v Value {
    flow["stages"].as_array().unwrap().iter().find(|stage| stage["key"] == key).unwrap()
}

fn column(header: &csv::StringRecord, name: &str) -> usize {
    header.iter().position(|column| column == name).unwrap()
}

/// A number from a seed, for choosing rows (SplitMix64).
fn dice(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[test]
fn the_demo_tells_its_story() {
    let folder = tempfile::tempdir().unwrap();
    let store = company(folder.path(), 254, |_, _, _| {});
    let whole = funnel(&store, &[]);
    assert_eq!(
        (&whole["leak"], &whole["period"], &whole["compare"]),
        (&"sql".into(), &"2026-Q4".into(), &"2026-Q3".into())
    );
    let change = |flow: &Value, key: &str| stage(flow, key)["change"]["count"].as_f64().unwrap();
    assert!((change(&whole, "mql") - 0.05).abs() < 0.005, "{}", change(&whole, "mql"));
    let fall = stage(&whole, "sql")["change"]["from_previous"].as_f64().unwrap();
    assert!((-0.18..-0.13).contains(&fall), "{fall}");
    assert!(stage(&whole, "opportunity")["change"]["could_be_luck"].as_bool().unwrap());
    // The filters show the shift: many more of both, and both convert badly.
    let rate = |flow: &Value| stage(flow, "sql")["from_previous"].as_f64().unwrap();
    for segment in ["source=Event", "tenure=new"] {
        let part = funnel(&store, &["--segment", segment]);
        assert!(change(&part, "mql") > 0.8, "{segment}: {}", change(&part, "mql"));
        assert!(rate(&part) < 0.65 * rate(&whole), "{segment}: {} of {}", rate(&part), rate(&whole));
        assert_eq!(part["leak"], Value::Null, "inside {segment} nothing has changed");
    }
}

#[test]
fn targets_stand_beside_what_was_reached() {
    let folder = tempfile::tempdir().unwrap();
    let store = company(folder.path(), 254, |_, _, _| {});
    let told = |flow: &Value, of: &str, what: &str| stage(flow, of)["target"][what].clone();
    // From targets.csv: 4,050 MQLs in the quarter, of whose 92 days 47 and 10:12 hours have passed.
    let whole = funnel(&store, &[]);
    let mql = told(&whole, "mql", "count");
    assert_eq!((&mql["value"], &mql["rag"]), (&4050.into(), &"amber".into()));
    assert_eq!(mql["by_now"], (4050.0 * (47.0 + 10.2 / 24.0) / 92.0_f64).round() as u64);
    assert_eq!(told(&whole, "sql", "from_previous"), serde_json::json!({"value": 0.22, "by_now": null, "rag": "red"}));
    // A month has its days' worth; a past quarter stands against all of its target.
    assert_eq!(
        told(&funnel(&store, &["--period", "2026-10"]), "mql", "count")["value"],
        (4050.0 * 31.0 / 92.0_f64).round() as u64
    );
    assert_eq!(told(&funnel(&store, &["--period", "2026-Q3"]), "mql", "count")["by_now"], Value::Null);
    // Nobody has set one for a source.
    assert_eq!(told(&funnel(&store, &["--segment", "source=Event"]), "mql", "count"), Value::Null);
    let targets = folder.path().join("targets.csv");
    std::fs::write(&targets, "metric,period,owner,value\nmql,2026-Q4,Event,900\nMQL,2026-Q4,,4100\n").unwrap();
    succeed(revops(Path::new(&store)).args(NOW).args(["import", targets.to_str().unwrap(), "--yes"]));
    assert_eq!(told(&funnel(&store, &["--segment", "source=Event"]), "mql", "count")["value"], 900);
    assert_eq!(told(&funnel(&store, &[]), "mql", "count")["value"], 4100, "the same target however it is spelled");
    let undone = succeed(revops(Path::new(&store)).args(NOW).arg("undo"));
    assert_eq!(told(&funnel(&store, &[]), "mql", "count")["value"], 4050, "{undone}");
}

#[test]
fn every_line_of_the_csv_is_what_its_period_shows() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("demo.db");
    succeed(revops(&store).args(["demo", "--no-ui"]));
    // At midnight a run of whole days is what has passed of the running quarter, but for that instant.
    let now = ["--now", "2026-11-16T23:59:59.999Z"];
    let csv = succeed(revops(&store).args(now).args(["show", "funnel", "--format", "csv"]));
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let lines: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let of = |period: &str| {
        let found = lines.iter().find(|l| (&l[0], &l[1], &l[2]) == ("mql", period, "funnel_entered"));
        found.unwrap_or_else(|| panic!("no {period} in {csv}"))[4].to_owned()
    };
    for period in ["2026-Q4", "2026-07-01..2026-08-16", "2026-04-01..2026-05-17"] {
        let args = ["show", "funnel", "--format", "json", "--period", period];
        let alone = json(revops(&store).args(now).args(args));
        assert_eq!(of(period), stage(&alone, "mql")["count"].to_string(), "{period}");
    }
    let line = |stage: &str, metric: &str| {
        let found = lines.iter().find(|l| (&l[0], &l[1], &l[2]) == (stage, "2026-Q4", metric));
        found.unwrap_or_else(|| panic!("no {metric} in {csv}"))
    };
    // Behind value, n and reason: the ends of an interval, and the light of a target.
    let rate = line("sql", "funnel_conversion");
    let number = |text: &str| text.parse::<f64>().unwrap();
    assert!(number(&rate[7]) < number(&rate[4]) && number(&rate[4]) < number(&rate[8]), "{rate:?}");
    assert!(number(&line("sql", "funnel_conversion_change")[8]) < 0.0, "the leak is more than luck");
    let lights = ["funnel_target_count", "funnel_target_conversion", "funnel_target_by_now"];
    assert_eq!(lights.map(|metric| line("sql", metric)[9].to_owned()), ["red", "red", ""]);
    assert_eq!(&line("mql", "funnel_target_days")[9], "green");
    let text = succeed(revops(&store).args(now).args(["show", "funnel"]));
    assert!(text.contains("Thirteen periods, the first 47 days of each"), "{text}");
}

#[test]
fn with_shuffled_sources_the_leak_is_not_the_events() {
    let folder = tempfile::tempdir().unwrap();
    let store = company(folder.path(), 254, |file, header, rows| {
        if file == "leads.csv" {
            let source = column(header, "source");
            for at in (1..rows.len()).rev() {
                let other = (dice(at as u64) % (at as u64 + 1)) as usize;
                let moved = std::mem::take(&mut rows[at][source]);
                rows[at][source] = std::mem::replace(&mut rows[other][source], moved);
            }
        }
    });
    let (whole, events) = (funnel(&store, &[]), funnel(&store, &["--segment", "source=Event"]));
    assert_eq!(whole["leak"], "sql", "the fall itself does not hang on the sources");
    let change = stage(&events, "mql")["change"]["count"].as_f64().unwrap();
    assert!(change.abs() < 0.25, "{change}");
    let rate = |flow: &Value| stage(flow, "sql")["from_previous"].as_f64().unwrap();
    assert!((rate(&events) / rate(&whole) - 1.0).abs() < 0.3, "{} {}", rate(&events), rate(&whole));
}

#[test]
fn another_leak_in_another_company_is_the_one_that_is_marked() {
    let seed = u64::from(std::process::id()) % 1_000;
    let folder = tempfile::tempdir().unwrap();
    // Four of ten deals that leads became in the third quarter never come about.
    let store = company(folder.path(), seed, |file, header, rows| {
        if file == "opportunities.csv" {
            let (lead, created, id) = (column(header, "lead_id"), column(header, "created_at"), column(header, "id"));
            let third = |day: &str| ("2026-07-01".."2026-10-01").contains(&day);
            let lost = |row: &[String]| {
                let number = row[id].bytes().fold(seed, |sum, byte| dice(sum ^ u64::from(byte)));
                !row[lead].is_empty() && third(row[created].as_str()) && number % 10 < 4
            };
            rows.retain(|row| !lost(row));
        }
    });
    let flow = funnel(&store, &["--period", "2026-Q3"]);
    assert_eq!(flow["leak"], "opportunity", "seed {seed}: {flow:#}");
}

#[test]
fn both_funnels_print_the_same_bytes_twice_in_every_format() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("demo.db");
    succeed(revops(&store).args(["demo", "--no-ui"]));
    for funnel in ["lead-to-cash", "product-led"] {
        for format in ["text", "json", "csv"] {
            let run =
                || succeed(revops(&store).args(NOW).args(["show", "funnel", "--funnel", funnel, "--format", format]));
            let printed = run();
            assert_eq!(printed, run());
            assert!(printed.lines().count() > 10, "{printed}");
        }
    }
    let text = succeed(revops(&store).args(NOW).args(["--lang", "zh-CN", "show", "funnel", "--funnel", "product-led"]));
    assert!(text.contains("注册") && text.contains("自助付费"), "{text}");
}

#[test]
fn wrong_words_are_explained() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("demo.db");
    succeed(revops(&store).args(["demo", "--no-ui"]));
    let told = |args: &[&str]| crate::support::program::fail(revops(&store).args(NOW).arg("show").args(args), 2);
    assert!(told(&["funnel", "--period", "2026-Q5"]).contains("2026-W41"));
    let backwards = told(&["funnel", "--period", "2026-10-20..2026-10-01"]);
    assert!(backwards.contains("ends before it begins"), "{backwards}");
    let year = json(revops(&store).args(NOW).args(["show", "funnel", "--period", "2026", "--format", "json"]));
    assert_eq!((&year["period"], &year["compare"]), (&"2026".into(), &"2025".into()));
    let misspelt = told(&["funnel", "--segment", "source=Evnt"]);
    assert!(misspelt.contains("Event") && misspelt.contains("source= stands for (not known)"), "{misspelt}");
    assert!(told(&["funnel", "--segment", "tenure=old"]).contains("new (new hire)"));
    let counted = |segment: &str| {
        let args = ["show", "funnel", "--segment", segment, "--format", "json"];
        json(revops(&store).args(NOW).args(args))["stages"].clone()
    };
    for words in ["tenure=new hire", "tenure=新人", "资历=新人", "Tenure=NEW"] {
        assert_eq!(counted(words), counted("tenure=new"), "{words}");
    }
    assert_eq!(counted("product=(not known)"), counted("product="));
    assert!(told(&["funnel", "--segment", "colour=red"]).contains("tenure"));
    assert!(told(&["funnel", "--funnel", "sales"]).contains("product-led"));
    assert!(told(&["pipeline", "--segment", "source=Evnt"]).contains("Event"));
    assert!(told(&["pipeline", "--measure", "amount"]).contains("--measure"));
    assert!(told(&["stages", "--segment", "source=Event"]).contains("--segment"));
}
