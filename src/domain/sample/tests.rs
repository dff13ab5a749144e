//! The story, recomputed from the text of the files as a reader of the CSV would.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::*;

const SEEDS: [u64; 5] = [DEMO_SEED, 1, 42, 777, 9_000_000_001];
const SIZES: [usize; 4] = [600, 6_200, DEMO_LEADS, 50_000];

type Row = BTreeMap<&'static str, String>;

fn spec(seed: u64, leads: usize) -> SampleSpec {
    SampleSpec { seed, leads, now_ms: DEMO_NOW_MS }
}

fn table(files: &[SampleFile], name: &str) -> Vec<Row> {
    let file = files.iter().find(|file| file.name == name).unwrap();
    assert!(file.rows.iter().all(|row| row.len() == file.header.len()), "{name}");
    file.rows.iter().map(|row| file.header.iter().copied().zip(row.iter().cloned()).collect()).collect()
}

fn at(text: &str) -> Option<DateTime<Utc>> {
    (!text.is_empty()).then(|| text.parse().unwrap())
}

fn day(text: &str) -> DateTime<Utc> {
    text.parse::<NaiveDate>().unwrap().and_time(chrono::NaiveTime::MIN).and_utc()
}

/// What a reader finds in one quarter to date.
#[derive(Debug, Default)]
struct Quarter {
    mqls: f64,
    events: f64,
    new: f64,
    /// Old enough to be judged, and converted within the time allowed: all, event, new hires.
    judged: [f64; 3],
    sqls: [f64; 3],
}

impl Quarter {
    /// The quarter that begins on `from`, as many days into it as the demo clock is into its own.
    fn read(files: &[SampleFile], from: &str) -> Self {
        let now = DateTime::from_timestamp_millis(DEMO_NOW_MS).unwrap();
        let end = day(from) + (now - day("2026-10-01"));
        Self::read_until(files, from, end, end - TimeDelta::days(9))
    }

    /// From `from` until `end`; MQLs from `judged` on are too young to be judged.
    fn read_until(files: &[SampleFile], from: &str, end: DateTime<Utc>, judged: DateTime<Utc>) -> Self {
        let start = day(from);
        let allowed = TimeDelta::days(9);
        let hired: BTreeMap<String, DateTime<Utc>> =
            table(files, "team.csv").into_iter().map(|m| (m["id"].clone(), day(&m["hired_at"]))).collect();
        let mut sums = Self::default();
        for lead in table(files, "leads.csv") {
            let Some(mql) = at(&lead["mql_at"]).filter(|t| *t >= start && *t < end) else { continue };
            let event = lead["source"] == "Event";
            let new = hired.get(&lead["owner"]).is_some_and(|hire| mql - hire < TimeDelta::days(90));
            sums.mqls += 1.0;
            sums.events += f64::from(u8::from(event));
            sums.new += f64::from(u8::from(new));
            if mql >= judged {
                continue;
            }
            let sql = at(&lead["sql_at"]).is_some_and(|sql| sql - mql <= allowed);
            for (group, member) in [true, event, new].into_iter().enumerate() {
                sums.judged[group] += f64::from(u8::from(member));
                sums.sqls[group] += f64::from(u8::from(member && sql));
            }
        }
        sums
    }

    fn rate(&self, group: usize) -> f64 {
        self.sqls[group] / self.judged[group]
    }

    fn rest(&self, group: usize) -> f64 {
        (self.sqls[0] - self.sqls[group]) / (self.judged[0] - self.judged[group])
    }
}

#[track_caller]
fn near(what: &str, found: f64, wanted: f64, tolerance: f64) {
    assert!((found - wanted).abs() <= tolerance, "{what}: found {found:.4}, wanted {wanted} ± {tolerance:.4}");
}

#[test]
fn the_story_holds_for_any_seed_and_size() {
    for (seed, leads) in SEEDS.into_iter().flat_map(|seed| SIZES.map(|leads| (seed, leads))) {
        let files = company(&spec(seed, leads));
        let (before, after) = (Quarter::read(&files, "2026-07-01"), Quarter::read(&files, "2026-10-01"));
        // Records are whole: below some size a single one weighs more than the tolerance.
        let (n, k) = (before.mqls, before.sqls[0]);
        near("volume", after.mqls / n, 1.05, 0.01_f64.max(1.0 / n));
        near("event share before", before.events / n, 0.14, 0.01_f64.max(2.0 / n));
        near("event share now", after.events / after.mqls, 0.26, 0.01_f64.max(2.0 / n));
        near("new-hire share before", before.new / n, 0.16, 0.02_f64.max(2.0 / n));
        near("new-hire share now", after.new / after.mqls, 0.30, 0.02_f64.max(2.0 / n));
        near("MQL to SQL before", before.rate(0), 0.223, 0.012 + 1.5 / n);
        near("the fall", after.rate(0) / before.rate(0), 0.85, 0.02_f64.max(2.5 / k));
        if leads >= 6_000 {
            for quarter in [&before, &after] {
                near("event", quarter.rate(1), 0.09, 0.011 + 1.5 / quarter.judged[1]);
                near("others", quarter.rest(1), 0.237, 0.022);
                near("new hires against tenured", quarter.rate(2) / quarter.rest(2), 0.5, 0.05 + 2.5 / quarter.sqls[2]);
            }
        }
    }
}

#[test]
fn qualified_leads_become_opportunities_and_wins_as_before() {
    for seed in SEEDS {
        let files = company(&spec(seed, 12_000));
        let elapsed = TimeDelta::days(40);
        let leads = table(&files, "leads.csv");
        let [before, after] = ["2026-07-01", "2026-10-01"].map(|from| {
            let sqls: Vec<&Row> = leads
                .iter()
                .filter(|l| at(&l["sql_at"]).is_some_and(|t| t >= day(from) && t < day(from) + elapsed))
                .collect();
            let made = sqls.iter().filter(|l| !l["opportunity_id"].is_empty()).count();
            dice::real(made) / dice::real(sqls.len())
        });
        near("SQL to opportunity", before, 0.62, 0.01);
        near("SQL to opportunity", after, 0.62, 0.01);
        let deals = table(&files, "opportunities.csv");
        let count = |stage: &str| dice::real(deals.iter().filter(|d| d["stage"] == stage).count());
        near("win rate", count("Closed Won") / (count("Closed Won") + count("Closed Lost")), 0.27, 0.015);
    }
}

#[test]
fn the_demo_is_as_large_as_promised() {
    let files = company(&spec(DEMO_SEED, DEMO_LEADS));
    assert_eq!(table(&files, "leads.csv").len(), DEMO_LEADS);
    assert!(table(&files, "opportunities.csv").len() >= 1_800);
    let paying = table(&files, "accounts.csv").iter().filter(|a| !a["first_paid_at"].is_empty()).count();
    assert!((900..1_200).contains(&paying), "{paying}");
    let team = table(&files, "team.csv");
    let sdrs: Vec<&Row> = team.iter().filter(|m| m["role"] == "SDR").collect();
    let new = sdrs.iter().filter(|m| day("2026-11-17") - day(&m["hired_at"]) < TimeDelta::days(90)).count();
    assert_eq!((team.len(), sdrs.len(), new), (63, 20, 6));
    let bytes: usize = files.iter().flat_map(|f| &f.rows).flatten().map(|cell| cell.len() + 1).sum();
    assert!(bytes < 8_000_000, "{bytes}");
}

/// The 95 % interval of Wilson's for `k` of `n`.
fn wilson(k: f64, n: f64) -> (f64, f64) {
    let (z, p) = (1.96, k / n);
    let (middle, width) = (p + z * z / (2.0 * n), z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt());
    ((middle - width) / (1.0 + z * z / n), (middle + width) / (1.0 + z * z / n))
}

#[test]
fn the_fall_of_the_demo_is_more_than_luck() {
    let files = company(&spec(DEMO_SEED, DEMO_LEADS));
    let now = Quarter::read(&files, "2026-10-01");
    let whole = Quarter::read_until(&files, "2026-07-01", day("2026-10-01"), day("2026-10-01"));
    for before in [Quarter::read(&files, "2026-07-01"), whole] {
        let ((k, n), (j, m)) = ((before.sqls[0], before.judged[0]), (now.sqls[0], now.judged[0]));
        let both = (k + j) / (n + m);
        let z = (k / n - j / m) / (both * (1.0 - both) * (1.0 / n + 1.0 / m)).sqrt();
        assert!(z >= 2.4, "z {z:.2}");
        // Newcombe's interval of the difference, its end next to zero.
        let nearest = k / n - j / m - ((k / n - wilson(k, n).0).powi(2) + (wilson(j, m).1 - j / m).powi(2)).sqrt();
        assert!(nearest > 0.0, "{nearest:.4}");
    }
}

#[test]
fn the_demo_sells_like_a_company_of_twenty_million() {
    let files = company(&spec(DEMO_SEED, DEMO_LEADS));
    let deals = table(&files, "opportunities.csv");
    let sum = |rows: &[&Row]| rows.iter().map(|deal| deal["amount"].parse::<f64>().unwrap()).sum::<f64>();
    let won_since = |from: &str, to: &str| -> Vec<&Row> {
        let closed = |deal: &&Row| at(&deal["closed_at"]).is_some_and(|t| t >= day(from) && t < day(to));
        deals.iter().filter(closed).filter(|deal| deal["stage"] == "Closed Won").collect()
    };
    let year = won_since("2025-11-17", "2026-11-18");
    let average = sum(&year) / dice::real(year.len());
    assert!((20_000.0..26_000.0).contains(&average), "{average}");
    let accounts = table(&files, "accounts.csv");
    let older = accounts.iter().filter_map(|a| at(&a["first_paid_at"])).filter(|t| *t < day("2025-11-17")).count();
    near("ARR in millions", (sum(&year) + 15_000.0 * dice::real(older)) / 1e6, 20.0, 1.5);
    let open: Vec<&Row> = deals.iter().filter(|deal| deal["closed_at"].is_empty()).collect();
    let cover = sum(&open) / sum(&won_since("2026-07-01", "2026-10-01"));
    assert!((2.8..4.0).contains(&cover), "{cover}");
}

#[test]
fn the_same_spec_gives_the_same_company_and_another_seed_another() {
    assert_eq!(company(&spec(5, 900)), company(&spec(5, 900)));
    assert_ne!(company(&spec(5, 900)), company(&spec(6, 900)));
}

#[test]
fn any_clock_and_any_size_work() {
    let day = 86_400_000;
    for (leads, now_ms) in
        [(0, DEMO_NOW_MS), (1, DEMO_NOW_MS), (40, 0), (700, DEMO_NOW_MS - 47 * day + 5), (700, DEMO_NOW_MS + 44 * day)]
    {
        let files = company(&SampleSpec { seed: 3, leads, now_ms });
        assert_eq!(table(&files, "leads.csv").len(), leads);
    }
}

#[test]
fn instants_are_in_order_and_past() {
    let files = company(&spec(42, 6_200));
    let now = DateTime::from_timestamp_millis(DEMO_NOW_MS).unwrap();
    let deals: BTreeMap<String, Row> =
        table(&files, "opportunities.csv").into_iter().map(|deal| (deal["id"].clone(), deal)).collect();
    let in_order = |row: &Row, columns: &[&str], then: Option<DateTime<Utc>>| {
        let times: Vec<DateTime<Utc>> = columns.iter().filter_map(|c| at(&row[c])).chain(then).collect();
        assert!(times.is_sorted() && times.iter().all(|t| *t < now), "{row:?}");
    };
    let leads = table(&files, "leads.csv");
    for lead in &leads {
        let deal = deals.get(&lead["opportunity_id"]).and_then(|deal| at(&deal["created_at"]));
        in_order(lead, &["created_at", "mql_at", "sal_at", "sql_at"], deal);
        in_order(lead, &["mql_at", "first_touch_at", "sal_at"], None);
        in_order(lead, &["sql_at", "disqualified_at"], None);
    }
    for deal in deals.values() {
        in_order(deal, &["created_at", "contract_signed_at", "closed_at"], None);
        in_order(deal, &["contract_signed_at", "first_value_at"], None);
    }
    for event in table(&files, "handoffs.csv") {
        let signed = at(&deals[&event["opportunity_id"]]["contract_signed_at"]).unwrap();
        assert!(at(&event["at"]).is_some_and(|at| signed < at && at < now), "{event:?}");
    }
    for account in table(&files, "accounts.csv") {
        in_order(&account, &["created_at", "first_paid_at"], None);
    }
    let newest = leads.iter().filter_map(|lead| at(&lead["created_at"])).max().unwrap();
    assert!(now - newest < TimeDelta::minutes(10));
}

#[test]
fn stage_history_tells_the_same_as_the_opportunities() {
    let files = company(&spec(777, 12_000));
    let mut ways: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    for row in table(&files, "stage-history.csv") {
        assert_eq!(row["object"], "opportunity");
        ways.entry(row["record_id"].clone()).or_default().push(row);
    }
    let deals = table(&files, "opportunities.csv");
    assert_eq!(ways.len(), deals.len());
    let (mut overdue, mut pushed) = (0, 0);
    for deal in &deals {
        let way = &ways[&deal["id"]];
        assert_eq!((way[0]["from_stage"].as_str(), &way[0]["at"]), ("", &deal["created_at"]));
        assert!(way.windows(2).all(|two| two[0]["to_stage"] == two[1]["from_stage"] && two[0]["at"] <= two[1]["at"]));
        let last = way.last().unwrap();
        for (one, other) in [("to_stage", "stage"), ("amount", "amount"), ("close_date", "close_date")] {
            assert_eq!(last[one], deal[other], "{deal:?}");
        }
        let closed = deal["stage"].starts_with("Closed");
        assert_eq!(deal["closed_at"], if closed { last["at"].clone() } else { String::new() });
        overdue += usize::from(!closed && day(&deal["close_date"]) < day("2026-11-17"));
        pushed += usize::from(way.iter().any(|row| row["from_stage"] == row["to_stage"]));
    }
    assert!(overdue >= 5 && pushed >= 100, "{overdue} overdue, {pushed} pushed");
}

const MOTION: [&str; 7] = ["Signup", "Active", "Self-serve paid", "PQL", "Sales-assist", "Expansion", "Enterprise"];

#[test]
fn a_fifth_of_the_leads_use_the_product_in_order_and_in_the_past() {
    let place = |stage: &str| MOTION.iter().position(|known| *known == stage).unwrap();
    for (seed, leads) in [(DEMO_SEED, DEMO_LEADS), (42, 6_200), (7, 600)] {
        let files = company(&spec(seed, leads));
        let people: BTreeMap<String, Row> =
            table(&files, "leads.csv").into_iter().map(|lead| (lead["id"].clone(), lead)).collect();
        let mut ways: BTreeMap<String, Vec<Row>> = BTreeMap::new();
        for row in table(&files, "product-history.csv") {
            assert_eq!(row["object"], "lead");
            ways.entry(row["record_id"].clone()).or_default().push(row);
        }
        near("signups", dice::real(ways.len()) / dice::real(leads), 0.205, 0.02);
        let (mut back, mut skipped) = (0, 0);
        for (id, way) in &ways {
            assert_ne!(people[id]["source"], "Event", "{id}");
            assert_eq!((way[0]["from_stage"].as_str(), way[0]["to_stage"].as_str()), ("", "Signup"));
            let times: Vec<_> = [&people[id]["created_at"]]
                .into_iter()
                .chain(way.iter().map(|row| &row["at"]))
                .map(|t| at(t).unwrap())
                .collect();
            assert!(times.is_sorted() && times.iter().all(|t| t.timestamp_millis() < DEMO_NOW_MS), "{way:?}");
            for two in way.windows(2) {
                assert_eq!(two[0]["to_stage"], two[1]["from_stage"]);
                let (from, to) = (place(&two[1]["from_stage"]), place(&two[1]["to_stage"]));
                assert!(to > from || to == from && to == 1, "{way:?}");
                back += usize::from(to == from);
                // Paying by card may be left out by anyone.
                skipped += usize::from(to > from + 1 && (from, to) != (1, 3));
            }
        }
        if leads >= 6_000 {
            assert!(back >= 8 && skipped >= 2, "{back} came back, {skipped} skipped");
        }
    }
}

#[test]
fn the_product_leads_on_at_constant_rates() {
    let files = company(&spec(DEMO_SEED, DEMO_LEADS));
    let mut entered: BTreeMap<(String, String), DateTime<Utc>> = BTreeMap::new();
    for row in table(&files, "product-history.csv") {
        let when = at(&row["at"]).unwrap();
        entered.entry((row["record_id"].clone(), row["to_stage"].clone())).or_insert(when);
    }
    // Those that had two months to go on.
    let end = DateTime::from_timestamp_millis(DEMO_NOW_MS).unwrap() - TimeDelta::days(60);
    let rate = |from: &str, to: &str| {
        let ripe = entered.iter().filter(|((_, stage), t)| stage == from && **t < end);
        let (mut all, mut on) = (0, 0);
        for ((id, _), _) in ripe {
            all += 1;
            on += usize::from(entered.contains_key(&(id.clone(), to.to_owned())));
        }
        (dice::real(on) / dice::real(all), 1.0 / dice::real(all))
    };
    for (from, to, wanted) in [
        ("Signup", "Active", 0.55),
        ("Active", "Self-serve paid", 0.12),
        ("Active", "PQL", 0.22),
        ("PQL", "Sales-assist", 0.60),
        ("Sales-assist", "Expansion", 0.30),
        ("Expansion", "Enterprise", 0.15),
    ] {
        let (found, one) = rate(from, to);
        near(&format!("{from} to {to}"), found, wanted, 0.02 + 2.0 * one);
    }
}

#[test]
fn ids_are_unique_and_every_reference_exists() {
    for leads in [600, 6_200] {
        let files = company(&spec(1, leads));
        let ids: BTreeMap<&str, BTreeSet<String>> = ["team", "accounts", "leads", "contacts", "opportunities"]
            .into_iter()
            .zip(["team.csv", "accounts.csv", "leads.csv", "contacts.csv", "opportunities.csv"])
            .map(|(object, file)| {
                let rows = table(&files, file);
                let ids: BTreeSet<String> = rows.iter().map(|row| row["id"].clone()).collect();
                assert_eq!(ids.len(), rows.len(), "{file}");
                (object, ids)
            })
            .collect();
        let known = |file: &str, column: &'static str, object: &str, may_be_blank: bool| {
            for row in table(&files, file) {
                let id = &row[column];
                assert!(ids[object].contains(id) || (may_be_blank && id.is_empty()), "{file} {column} {id}");
            }
        };
        known("team.csv", "manager", "team", true);
        known("leads.csv", "owner", "team", true);
        known("leads.csv", "account_id", "accounts", true);
        known("leads.csv", "opportunity_id", "opportunities", true);
        known("opportunities.csv", "owner", "team", false);
        known("opportunities.csv", "account_id", "accounts", false);
        known("opportunities.csv", "lead_id", "leads", true);
        known("accounts.csv", "owner", "team", false);
        known("contacts.csv", "account_id", "accounts", false);
        known("contacts.csv", "owner", "team", false);
        known("stage-history.csv", "record_id", "opportunities", false);
        known("stage-history.csv", "actor", "team", false);
        known("handoffs.csv", "opportunity_id", "opportunities", false);
        known("handoffs.csv", "member", "team", false);
        known("product-history.csv", "record_id", "leads", false);
        known("product-history.csv", "actor", "team", true);
    }
}

#[test]
fn forty_duplicates_are_planted_and_nobody_else_shares_an_address() {
    let spec = spec(DEMO_SEED, DEMO_LEADS);
    let (files, pairs) = (company(&spec), planted_duplicates(&spec));
    assert_eq!(pairs.len(), 40);
    for (object, file, key) in
        [("leads", "leads.csv", "email"), ("contacts", "contacts.csv", "email"), ("accounts", "accounts.csv", "name")]
    {
        let rows: BTreeMap<String, Row> = table(&files, file).into_iter().map(|row| (row["id"].clone(), row)).collect();
        let mut copies = BTreeSet::new();
        for pair in pairs.iter().filter(|pair| pair.object == object) {
            let (original, copy) = (&rows[&pair.original], &rows[&pair.copy]);
            assert!(original != copy && original["created_at"] < copy["created_at"], "{pair:?}");
            copies.insert(pair.copy.clone());
        }
        let single: Vec<String> =
            rows.iter().filter(|(id, _)| !copies.contains(*id)).map(|(_, row)| row[key].to_lowercase()).collect();
        assert_eq!(single.iter().collect::<BTreeSet<_>>().len(), single.len(), "{object}");
    }
}

/// What every customer pays now, by account.
fn arr_now(files: &[SampleFile]) -> BTreeMap<String, i64> {
    let mut pays: BTreeMap<String, i64> = BTreeMap::new();
    for row in table(files, "arr.csv") {
        let amount: i64 = row["amount"].parse().unwrap();
        let before = pays.entry(row["account_id"].clone()).or_default();
        let fits = match row["kind"].as_str() {
            "new" | "reactivation" => *before == 0 && amount > 0,
            "expansion" => *before > 0 && amount > 0,
            "contraction" => amount < 0 && *before + amount > 0,
            "churn" => amount < 0 && *before + amount == 0,
            other => panic!("{other}"),
        };
        assert!(fits, "{before} {row:?}");
        *before += amount;
    }
    pays
}

#[test]
fn the_movements_add_up_to_twenty_million() {
    for seed in SEEDS {
        let files = company(&spec(seed, DEMO_LEADS));
        let pays = arr_now(&files);
        near("ARR in millions", pays.values().sum::<i64>() as f64 / 1e6, 20.0, 1.5);
        let year: Vec<Row> =
            table(&files, "arr.csv").into_iter().filter(|row| row["at"].as_str() >= "2025-11-17").collect();
        let sum = |kinds: &[&str]| -> f64 {
            year.iter()
                .filter(|row| kinds.contains(&row["kind"].as_str()))
                .map(|row| row["amount"].parse::<f64>().unwrap())
                .sum()
        };
        let all: f64 = pays.values().sum::<i64>() as f64;
        let start = all - sum(&["new", "expansion", "contraction", "churn", "reactivation"]);
        let churned = -sum(&["churn"]) / start;
        assert!((0.02..0.14).contains(&churned), "{churned}");
        // Whoever paid is in the file, the copies of accounts aside.
        let paid = table(&files, "accounts.csv").iter().filter(|row| !row["first_paid_at"].is_empty()).count();
        assert!(pays.len() <= paid && pays.len() + 20 > paid, "{} {paid}", pays.len());
    }
}

#[test]
fn every_touched_lead_has_its_first_touch() {
    for leads in [600, DEMO_LEADS] {
        let files = company(&spec(DEMO_SEED, leads));
        let mut first: BTreeMap<String, String> = BTreeMap::new();
        let touches = table(&files, "touches.csv");
        for touch in touches.iter().filter(|touch| touch["object"] == "lead" && touch["human"] == "true") {
            first.entry(touch["record_id"].clone()).or_insert(touch["at"].clone());
        }
        let leads = table(&files, "leads.csv");
        let touched: BTreeMap<String, String> = leads
            .into_iter()
            .filter(|lead| !lead["first_touch_at"].is_empty())
            .map(|lead| (lead["id"].clone(), lead["first_touch_at"].clone()))
            .collect();
        assert_eq!(first, touched);
        assert!(touches.len() <= 15_000, "{}", touches.len());
    }
}

#[test]
fn two_pairs_of_tools_do_the_same_work_and_every_flow_has_its_tools() {
    let files = company(&spec(DEMO_SEED, 600));
    let tools = table(&files, "tools.csv");
    let able: Vec<(String, BTreeSet<String>)> = tools
        .iter()
        .map(|tool| (tool["name"].clone(), tool["capabilities"].split(';').map(str::to_owned).collect()))
        .collect();
    let pairs = able.iter().enumerate().flat_map(|(at, one)| able[at + 1..].iter().map(move |other| (one, other)));
    let overlaps: Vec<_> =
        pairs.filter(|(one, other)| !one.1.is_disjoint(&other.1)).map(|(a, b)| (&*a.0, &*b.0)).collect();
    assert_eq!(overlaps, [("HubSpot Marketing Hub", "Marketo Engage"), ("Tableau", "Looker")]);
    assert!(tools.iter().all(|tool| !tool["owner"].is_empty()));
    let names: BTreeSet<&str> = tools.iter().map(|tool| tool["name"].as_str()).collect();
    for flow in table(&files, "integrations.csv") {
        assert!(names.contains(flow["from"].as_str()) && names.contains(flow["to"].as_str()), "{flow:?}");
    }
}

#[test]
fn what_surrounds_the_records_refers_to_them_and_is_past() {
    for leads in [0, 600, 6_200] {
        let files = company(&spec(1, leads));
        let ids =
            |file: &str| -> BTreeSet<String> { table(&files, file).iter().map(|row| row["id"].clone()).collect() };
        let (team, accounts, contacts) = (ids("team.csv"), ids("accounts.csv"), ids("contacts.csv"));
        let (people, deals) = (ids("leads.csv"), ids("opportunities.csv"));
        for touch in table(&files, "touches.csv") {
            let records = match touch["object"].as_str() {
                "lead" => &people,
                "opportunity" => &deals,
                _ => &accounts,
            };
            let by = &touch["by"];
            assert!(records.contains(&touch["record_id"]), "{touch:?}");
            assert!(by.is_empty() == (touch["human"] == "false") && (by.is_empty() || team.contains(by)), "{touch:?}");
        }
        for file in ["arr.csv", "surveys.csv", "health.csv", "usage.csv"] {
            for row in table(&files, file) {
                assert!(accounts.contains(&row["account_id"]), "{file} {row:?}");
                let person = row.get("person_id").filter(|person| !person.is_empty());
                assert!(person.is_none_or(|person| contacts.contains(person)), "{file} {row:?}");
            }
        }
        assert!(table(&files, "leave.csv").iter().all(|row| team.contains(&row["person"]) && row["from"] <= row["to"]));
        for (file, column, now) in [
            ("touches.csv", "at", "2026-11-17T10:12:00Z"),
            ("arr.csv", "at", "2026-11-17T10:12:00Z"),
            ("surveys.csv", "at", "2026-11-17T10:12:00Z"),
            ("health.csv", "at", "2026-11-17T10:12:00Z"),
            ("usage.csv", "at", "2026-11-17T10:12:00Z"),
            ("leave.csv", "from", "2026-11-18"),
            ("rates.csv", "date", "2026-11-18"),
            ("spend.csv", "period", "2026-12"),
            ("costs.csv", "period", "2026-12"),
        ] {
            let rows = table(&files, file);
            assert!(rows.iter().all(|row| row[column].as_str() < now), "{file}");
            // No two rows say different things of the same.
            let keys: BTreeSet<Vec<&String>> = rows
                .iter()
                .map(|row| {
                    row.iter()
                        .filter(|(key, _)| !matches!(**key, "amount" | "score" | "value" | "rate"))
                        .map(|(_, cell)| cell)
                        .collect()
                })
                .collect();
            assert_eq!(keys.len(), rows.len(), "{file}");
        }
    }
}
