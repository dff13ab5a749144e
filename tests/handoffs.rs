//! Hand-offs from the command line: what waits, who takes it, and how it is judged.

use crate::support::engines::on_each_engine;
use crate::support::program::{fail, json, revops, succeed};
use revops::domain::handoff::{Bodies, Edit, Field, Home, Own, Place, Pool, Subject};
use revops::domain::time::{DAY_MS, Instant};
use revops::domain::value::Id;
use revops::ops::{Deed, Error, Reader, Session, Setup, Task};
use revops::store::Location;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// Friday, 2026-10-09, 10:30 in Shanghai.
pub const NOW: &str = "2026-10-09T02:30:00Z";

pub struct Company {
    _folder: tempfile::TempDir,
    pub store: PathBuf,
}

impl Company {
    /// A team of two SDRs and a closer, and no lead yet.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = folder.path().join("s.db");
        let settings = store.with_extension("config").join("revops");
        std::fs::create_dir_all(&settings).unwrap();
        std::fs::write(settings.join("config.toml"), "calendar = \"china\"\n").unwrap();
        let company = Self { _folder: folder, store };
        company.import(
            "team",
            "2026-10-09T00:00:00Z",
            "id,name,team,role\nt1,Li Wei,SDR,SDR\nt2,Sara Holm,SDR,SDR\nt3,Max Orr,Sales AE,AE\n",
        );
        company
    }

    fn folder(&self) -> &Path {
        self.store.parent().unwrap()
    }

    fn import(&self, object: &str, now: &str, text: &str) {
        let file = self.folder().join(format!("{object}.csv"));
        std::fs::write(&file, text).unwrap();
        succeed(
            revops(&self.store).args(["--now", now, "import", "--yes", "--as", object, "--exported-at", now]).arg(file),
        );
    }

    pub fn leads(&self, now: &str, rows: &[(&str, &str)]) {
        let head = "id,full_name,email,mql_at,high_intent,first_touch_at\n";
        let row = |(id, rest): &(&str, &str)| format!("{id},Lead {id},{id}@example.com,{rest}\n");
        self.import("leads", now, &rows.iter().map(row).fold(head.to_owned(), |all, row| all + &row));
    }

    pub fn run(&self, now: &str, args: &[&str]) -> std::process::Command {
        let mut command = revops(&self.store);
        command.args(["--now", now]).args(args);
        command
    }

    pub fn show(&self, now: &str, calendar: &str) -> Value {
        json(&mut self.run(now, &["show", "handoffs", "--calendar", calendar, "--format", "json"]))
    }

    pub fn waiting(&self, now: &str) -> Vec<Value> {
        let listed = json(&mut self.run(now, &["handoff", "list", "--format", "json"]));
        listed["items"].as_array().unwrap().clone()
    }
}

#[test]
fn leads_wait_by_what_breaches_next_until_they_are_touched() {
    let company = Company::new();
    company.leads(
        "2026-10-09T02:27:00Z",
        &[
            ("a", "2026-10-09T02:00:00Z,,"),
            ("b", "2026-10-09T02:26:00Z,true,"),
            ("c", "2026-10-09T01:00:00Z,,2026-10-09T01:30:00Z"),
        ],
    );
    let waiting = company.waiting(NOW);
    let told: Vec<(&str, &str, i64)> = waiting
        .iter()
        .map(|item| {
            (item["subject"].as_str().unwrap(), item["state"].as_str().unwrap(), item["seconds_left"].as_i64().unwrap())
        })
        .collect();
    assert_eq!(told, [("Lead b", "at_risk", 60), ("Lead a", "on_track", 5_400)]);
    let id = waiting[0]["id"].as_str().unwrap();
    let done =
        json(&mut company.run(
            NOW,
            &["handoff", "touch", id, "--as", "Sara Holm", "--at", "2026-10-09T02:29:00Z", "--format", "json"],
        ));
    assert_eq!((&done["items"][0]["state"], &done["items"][0]["seconds_used"]), (&"met".into(), &180.into()));
    assert_eq!(company.waiting(NOW).len(), 1);
    let shown = company.show(NOW, "china");
    assert_eq!((&shown["open"], &shown["breached"]), (&1.into(), &0.into()));
    assert_eq!(shown["median_seconds"].as_f64().unwrap(), 990.0, "of 180 and 1,800");
    assert_eq!(shown["withheld"]["inside_sla"], "small_sample");
    succeed(&mut company.run(NOW, &["undo"]));
    assert_eq!(company.waiting(NOW).len(), 2, "the touch is taken back");
}

#[test]
fn the_second_who_claims_is_told_who_has_it() {
    let company = Company::new();
    company.leads("2026-10-09T02:27:00Z", &[("a", "2026-10-09T02:26:00Z,true,")]);
    let id = company.waiting(NOW)[0]["id"].as_str().unwrap().to_owned();
    succeed(&mut company.run(NOW, &["handoff", "claim", &id, "--as", "Li Wei"]));
    let refused = fail(&mut company.run(NOW, &["handoff", "claim", &id, "--as", "Sara Holm"]), 3);
    assert!(refused.contains("Li Wei has this one"), "{refused}");
    assert_eq!(company.waiting(NOW)[0]["owner"], "Li Wei");
    succeed(&mut company.run(NOW, &["handoff", "assign", &id, "--to", "Sara Holm"]));
    let item = &company.waiting(NOW)[0];
    assert_eq!(item["owner"], "Sara Holm");
    succeed(&mut company.run(NOW, &["undo"]));
    assert_eq!(company.waiting(NOW)[0]["owner"], "Li Wei");
    let unknown = fail(&mut company.run(NOW, &["handoff", "claim", &id, "--as", "Li Wie"]), 3);
    assert!(unknown.contains("Did you mean Li Wei?"), "{unknown}");
    let nobody = fail(&mut company.run(NOW, &["handoff", "claim", "ms-999999", "--as", "Li Wei"]), 3);
    assert!(nobody.contains("ms-999999"), "{nobody}");
}

#[test]
fn forty_leads_are_returned_by_one_action_and_come_back_by_one_undo() {
    let company = Company::new();
    let rows: Vec<(String, String)> = (0..40).map(|n| (format!("l{n}"), "2026-10-09T02:00:00Z,,".to_owned())).collect();
    let rows: Vec<(&str, &str)> = rows.iter().map(|(id, rest)| (id.as_str(), rest.as_str())).collect();
    company.leads("2026-10-09T02:05:00Z", &rows);
    let ids: Vec<String> = company.waiting(NOW).iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(ids.len(), 40);
    let mut args = vec!["handoff", "return", "--reason", "students"];
    args.extend(ids.iter().map(String::as_str));
    succeed(&mut company.run(NOW, &args));
    assert!(company.waiting(NOW).is_empty());
    assert_eq!(company.show(NOW, "china")["returned"], 40);
    succeed(&mut company.run(NOW, &["undo"]));
    assert_eq!(company.waiting(NOW).len(), 40);
    let blank = fail(&mut company.run(NOW, &["handoff", "return", &ids[0], "--reason", " "]), 3);
    assert!(blank.contains("reason"), "{blank}");
}

#[test]
fn three_export_delays_split_met_breached_and_late_on_arrival() {
    let company = Company::new();
    // Hot, five minutes from 10:00 in Shanghai: known after one minute, after ten, and after ten with its own touch.
    company.leads("2026-10-09T02:01:00Z", &[("early", "2026-10-09T02:00:00Z,true,")]);
    company.leads(
        "2026-10-09T02:10:00Z",
        &[("late", "2026-10-09T02:00:00Z,true,"), ("told", "2026-10-09T02:00:00Z,true,2026-10-09T02:04:00Z")],
    );
    let shown = company.show(NOW, "china");
    let state = |name: &str| {
        let items = shown["items"].as_array().unwrap();
        items.iter().find(|item| item["subject"] == format!("Lead {name}")).unwrap()["state"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert_eq!([state("early"), state("late"), state("told")], ["breached", "late_on_arrival", "met"]);
    assert_eq!((&shown["breached"], &shown["late_on_arrival"], &shown["open"]), (&1.into(), &1.into(), &2.into()));
    let late = shown["items"].as_array().unwrap().iter().find(|item| item["state"] == "late_on_arrival").unwrap();
    assert_eq!(late["split"]["import"], 600_000);
}

#[test]
fn only_human_outbound_attempts_of_the_team_stop_the_clock() {
    let company = Company::new();
    company.leads("2026-10-09T02:01:00Z", &[("a", "2026-10-09T02:00:00Z,,"), ("b", "2026-10-09T02:00:00Z,,")]);
    company.import(
        "touches",
        "2026-10-09T02:20:00Z",
        "id,person_id,kind,direction,human,at,owner\n\
         1,a,email,outbound,false,2026-10-09T02:02:00Z,Li Wei\n\
         2,a,call,inbound,true,2026-10-09T02:03:00Z,Li Wei\n\
         3,a,call,outbound,true,2026-10-09T02:04:00Z,Max Orr\n\
         4,a,call,outbound,true,2026-10-09T01:00:00Z,Li Wei\n\
         5,b,call,outbound,true,2026-10-09T02:05:00Z,Sara Holm\n",
    );
    let waiting = company.waiting(NOW);
    assert_eq!(waiting.len(), 1, "{waiting:?}");
    assert_eq!(waiting[0]["subject"], "Lead a");
}

#[test]
fn a_signed_deal_waits_for_form_and_kick_off() {
    let company = Company::new();
    company.import(
        "opportunities",
        "2026-10-08T03:00:00Z",
        "id,name,stage,amount,contract_signed_at,closed_at\nd1,Helio,Closed Won,9000,2026-10-08T02:30:00Z,2026-10-08T02:30:00Z\n",
    );
    let waiting = company.waiting(NOW);
    assert_eq!((&waiting[0]["kind"], &waiting[0]["seconds_left"]), (&"sales-to-cs".into(), &0.into()));
    let id = waiting[0]["id"].as_str().unwrap().to_owned();
    let run = |args: &[&str]| {
        let mut all = vec!["handoff", args[0], id.as_str(), "--as", "Max Orr", "--format", "json"];
        all.extend(&args[1..]);
        json(&mut company.run(NOW, &all))["items"][0]["state"].as_str().unwrap().to_owned()
    };
    assert_eq!(run(&["form", "--background", "lamps", "--risks", "none"]), "at_risk");
    assert_eq!(run(&["form", "--send-back", "who decides?"]), "at_risk");
    assert_eq!(run(&["form", "--accept"]), "at_risk");
    assert_eq!(run(&["kickoff", "--on", "2026-10-12T02:00:00Z"]), "met");
}

#[test]
fn a_returned_lead_that_qualifies_again_is_handed_over_again() {
    let company = Company::new();
    company.leads("2026-10-07T02:00:00Z", &[("a", "2026-10-07T01:00:00Z,,")]);
    let id = company.waiting("2026-10-07T03:00:00Z")[0]["id"].as_str().unwrap().to_owned();
    succeed(&mut company.run("2026-10-07T03:00:00Z", &["handoff", "return", &id, "--reason", "no budget"]));
    assert!(company.waiting(NOW).is_empty());
    company.import(
        "stage-history",
        "2026-10-09T02:10:00Z",
        "object,record_id,to_stage,at\nlead,a,MQL,2026-10-09T02:00:00Z\n",
    );
    let shown = company.show(NOW, "china");
    let states: Vec<&str> =
        shown["items"].as_array().unwrap().iter().map(|item| item["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["on_track", "returned"]);
}

#[test]
fn what_cannot_be_is_named() {
    let company = Company::new();
    company.leads("2026-10-09T02:01:00Z", &[("a", "2026-10-09T02:00:00Z,,")]);
    let id = company.waiting(NOW)[0]["id"].as_str().unwrap().to_owned();
    let early =
        fail(&mut company.run(NOW, &["handoff", "touch", &id, "--as", "Li Wei", "--at", "2026-10-09T01:00:00Z"]), 3);
    assert!(early.contains("before the hand-off began"), "{early}");
    let ahead =
        fail(&mut company.run(NOW, &["handoff", "touch", &id, "--as", "Li Wei", "--at", "2026-10-10T01:00:00Z"]), 3);
    assert!(ahead.contains("yet to come"), "{ahead}");
    let stranger = fail(&mut company.run(NOW, &["handoff", "touch", &id, "--as", "Zoe"]), 3);
    assert!(stranger.contains("Nobody in the team"), "{stranger}");
    let calendar = fail(&mut company.run(NOW, &["show", "handoffs", "--calendar", "mars"]), 2);
    assert!(calendar.contains("24/7, china, office, us"), "{calendar}");
}

/// Every byte of the store and the journal, to see that nothing was written.
fn state(company: &Company) -> (Vec<u8>, String) {
    (std::fs::read(&company.store).unwrap(), succeed(&mut company.run(NOW, &["log", "--format", "json"])))
}

/// Thirty hot leads of Friday morning in Shanghai, the n-th touched after n minutes: five or more missed five minutes.
fn thirty() -> Company {
    let company = Company::new();
    let row = |n: u32| (format!("l{n:02}"), format!("2026-10-09T01:00:00Z,true,2026-10-09T01:{n:02}:00Z"));
    let rows: Vec<(String, String)> = (1..=30).map(row).collect();
    let rows: Vec<(&str, &str)> = rows.iter().map(|(id, rest)| (id.as_str(), rest.as_str())).collect();
    company.leads("2026-10-09T02:00:00Z", &rows);
    company
}

#[test]
fn other_rules_are_tried_on_the_past_and_nothing_is_written() {
    let company = thirty();
    let before = state(&company);
    let told = json(&mut company.run(NOW, &["handoff", "replay", "ms/hot", "target=10m", "--format", "json"]));
    // One to thirty minutes: 25 took more than five, 20 more than ten.
    assert_eq!((&told["missed_before"], &told["missed_after"]), (&25.into(), &20.into()));
    assert_eq!(told["changed"], 5);
    assert_eq!(
        (&told["before"]["inside_sla"], &told["after"]["inside_sla"]),
        (&(5.0 / 30.0).into(), &(10.0 / 30.0).into())
    );
    assert_eq!(told["before"]["median_seconds"], told["after"]["median_seconds"]);
    let changed: Vec<(&str, &str)> = told["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| (item["before"].as_str().unwrap(), item["after"].as_str().unwrap()))
        .collect();
    assert_eq!(changed, [("met_late", "met"); 5]);
    let hot = &told["queues"][0];
    assert_eq!((&hot["policy"], &hot["missed_after"], &hot["changed"]), (&"hot".into(), &20.into(), &5.into()));
    let words = succeed(&mut company.run(NOW, &["handoff", "replay", "ms/hot", "target=10m"]));
    assert!(
        words.starts_with("25 missed deadlines become 20 (inside SLA 16.7 % → 33.3 %); 5 hand-offs change."),
        "{words}"
    );
    let csv = succeed(&mut company.run(NOW, &["handoff", "replay", "ms/hot", "target=10m", "--format", "csv"]));
    assert_eq!(csv.lines().count(), 1 + 5, "{csv}");
    // By a calendar that is closed then nobody has missed anything.
    let closed = json(&mut company.run(NOW, &["handoff", "replay", "--calendar", "us", "--format", "json"]));
    assert_eq!((&closed["missed_after"], &closed["changed"]), (&0.into(), &25.into()));
    let holiday = ["handoff", "replay", "china", "holidays=2026-10-09", "--format", "json"];
    assert_eq!(json(&mut company.run(NOW, &holiday))["missed_after"], 0);
    let earlier = ["handoff", "replay", "ms/hot", "target=10m", "--period", "2026-09", "--format", "json"];
    assert_eq!(json(&mut company.run(NOW, &earlier))["changed"], 0);
    assert_eq!(state(&company), before);
    let zh = ["--lang", "zh-CN", "handoff", "replay", "ms/hot", "target=10m"];
    assert!(succeed(&mut company.run(NOW, &zh)).contains("未按时响应由 25 条变为 20 条"));
}

#[test]
fn rules_are_saved_as_one_action_and_come_back_by_one_undo() {
    let company = thirty();
    let rules = || json(&mut company.run(NOW, &["handoff", "rules", "--format", "json"]));
    let shipped = rules();
    assert_eq!((&shipped["own"], &shipped["kinds"][0]["policies"][0]["target_seconds"]), (&false.into(), &300.into()));
    let set = ["handoff", "rules", "set", "ms/hot", "target=10m", "warn=80%", "calendar=china", "ms", "pool=21"];
    let told = json(company.run(NOW, &set).args(["china", "sat=10-14", "--format", "json"]));
    let hot = &told["kinds"][0]["policies"][0];
    assert_eq!((&hot["target_seconds"], &hot["warn"], &hot["calendar"]), (&600.into(), &0.8.into(), &"china".into()));
    assert_eq!(told["kinds"][0]["pool_days"], 21);
    assert_eq!(company.show(NOW, "china")["inside_sla"], 10.0 / 30.0);
    let kept = succeed(&mut company.run(NOW, &["handoff", "rules", "--format", "toml"]));
    let log = succeed(&mut company.run(NOW, &["log"]));
    assert!(log.contains("changed hand-off rules and calendars"), "{log}");
    succeed(&mut company.run(NOW, &["undo"]));
    assert_eq!(rules(), shipped);
    assert_eq!(company.show(NOW, "china")["inside_sla"], 5.0 / 30.0);
    succeed(&mut company.run(NOW, &["redo"]));
    assert_eq!(rules()["kinds"], told["kinds"]);
    let same = fail(&mut company.run(NOW, &["handoff", "rules", "set", "ms/hot", "target=600m", "target=10m"]), 3);
    assert!(same.contains("these rules hold already"), "{same}");
    succeed(&mut company.run(NOW, &["handoff", "rules", "reset"]));
    assert_eq!(rules(), shipped);
    let calendars = json(&mut company.run(NOW, &["handoff", "calendar", "show", "china", "--format", "json"]));
    assert_eq!((&calendars["own"], &calendars["hours"]["sat"][0]), (&true.into(), &"10:00-14:00".into()), "it stays");
    let file = company.folder().join("rules.toml");
    std::fs::write(&file, kept).unwrap();
    succeed(company.run(NOW, &["handoff", "rules", "load"]).arg(&file));
    assert_eq!(rules()["kinds"], told["kinds"]);
    std::fs::write(&file, "").unwrap();
    let empty = fail(company.run(NOW, &["handoff", "rules", "load"]).arg(&file), 3);
    assert!(empty.contains("is empty"), "{empty}");
}

#[test]
fn calendars_are_changed_day_by_day_and_from_files() {
    let company = Company::new();
    let run = |args: &[&str]| json(company.run(NOW, &["handoff", "calendar"]).args(args).args(["--format", "json"]));
    let listed = |key: &str| {
        let all = run(&["list"]);
        all["calendars"].as_array().unwrap().iter().find(|calendar| calendar["key"] == key).cloned()
    };
    run(&["copy", "china", "shanghai"]);
    run(&["set", "shanghai", "zone=asia/hong_kong", "mon-fri=9:00-12:00,13:00-18:00", "known-until=2027-12-31"]);
    run(&["holiday", "shanghai", "2027-01-01..2027-01-03", "2027-02-08"]);
    run(&["workday", "shanghai", "2027-01-09"]);
    run(&["holiday", "shanghai", "2027-02-08", "--remove"]);
    let own = listed("shanghai").unwrap();
    assert_eq!((&own["zone"], &own["own"]), (&"Asia/Hong_Kong".into(), &true.into()));
    assert_eq!(own["hours"]["mon-fri"], serde_json::json!(["9:00-12:00", "13:00-18:00"]));
    let texts = |list: &str| -> Vec<String> {
        own[list].as_array().unwrap().iter().map(|day| day.as_str().unwrap().to_owned()).collect()
    };
    assert!(texts("holidays").contains(&"2027-01-01..2027-01-03".to_owned()));
    assert!(!texts("holidays").iter().any(|run| run.contains("2027-02-08")));
    assert!(texts("working").contains(&"2027-01-09".to_owned()));
    let file = company.folder().join("days.ics");
    let event = |day: &str, title: &str| {
        format!("BEGIN:VEVENT\r\nUID:{day}\r\nDTSTART;VALUE=DATE:{day}\r\nSUMMARY:{title}\r\nEND:VEVENT\r\n")
    };
    let events =
        [event("20271001", "国庆节（休）"), event("20271009", "国庆节（班）"), event("20270910", "教师节")].concat();
    std::fs::write(&file, format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{events}END:VCALENDAR\r\n")).unwrap();
    let told = run(&["import", "shanghai", file.to_str().unwrap()]);
    assert_eq!(told["left_out"], serde_json::json!({ "unmarked": 1 }));
    assert!(told["calendar"]["holidays"].as_array().unwrap().contains(&"2027-10-01".into()), "{told}");
    assert!(told["calendar"]["working"].as_array().unwrap().contains(&"2027-10-09".into()));
    succeed(&mut company.run(NOW, &["undo"]));
    assert_eq!(listed("shanghai").unwrap(), own);
    let kept = company.folder().join("calendars.toml");
    let toml = succeed(&mut company.run(NOW, &["handoff", "calendar", "list", "--format", "toml"]));
    std::fs::write(&kept, toml).unwrap();
    run(&["delete", "shanghai"]);
    assert_eq!(listed("shanghai"), None);
    run(&["load", kept.to_str().unwrap()]);
    assert_eq!(listed("shanghai").unwrap(), own);
    std::fs::write(&file, "not a calendar").unwrap();
    let refused = fail(company.run(NOW, &["handoff", "calendar", "import", "china"]).arg(&file), 3);
    assert!(refused.contains("is no calendar in iCalendar format"), "{refused}");
}

#[test]
fn each_mistake_in_rules_has_its_own_sentence_in_both_languages_and_changes_nothing() {
    let company = thirty();
    let calendar = |args: &[&str]| company.run(NOW, &["handoff", "calendar"]).args(args).output().unwrap();
    assert!(calendar(&["copy", "china", "mine"]).status.success());
    assert!(
        company.run(NOW, &["handoff", "rules", "set", "ms/hot", "calendar=mine"]).output().unwrap().status.success()
    );
    let before = state(&company);
    let rules = |words: &[&str]| [&["handoff", "rules", "set"], words].concat().join(" ");
    let of = |words: &[&str]| [&["handoff", "calendar"], words].concat().join(" ");
    let cases: Vec<(String, i32, &str, &str)> = vec![
        (rules(&["ms/hot", "target=0m"]), 3, "more than nothing", "大于零"),
        (rules(&["ms/hot", "target=soon"]), 3, "“soon” is no time to answer in", "“soon”不是响应时限"),
        (rules(&["ms/hot", "warn=1.5"]), 3, "above 0 and at most 1", "大于 0、不超过 1"),
        (rules(&["ms/hot", "calendar=mars"]), 3, "no calendar “mars”", "没有日历“mars”"),
        (rules(&["ms/hot", "score=high"]), 3, "“high” is no score", "“high”不是评分"),
        (rules(&["ms/hot", "lead=later"]), 3, "no time after the deadline", "不是超时后的时长"),
        (rules(&["ms/hot", "cadence=1,0"]), 3, "no days from attempt to attempt", "不是跟进间隔"),
        (rules(&["ms", "pool=0"]), 3, "no number of days", "不是天数"),
        (rules(&["ms/standard", "score=50"]), 3, "last policy has conditions", "最后一条规则带有条件"),
        (rules(&["ms/hto", "target=5m"]), 2, "There are: ms/hot", "现有：ms/hot"),
        (rules(&["ms/hot", "tarjet=5m"]), 2, "There are: target", "可改：target"),
        (rules(&["target=5m"]), 2, "Name the policy before it", "请先写规则"),
        (rules(&["ms/hot"]), 2, "What is to be changed", "要改"),
        (of(&["set", "china", "mon-fri="]), 3, "never opens", "没有任何工作时间"),
        (of(&["set", "china", "zone=Asia/Shangai"]), 3, "Did you mean Asia/Shanghai?", "是不是 Asia/Shanghai"),
        (of(&["set", "china", "mon=nine"]), 3, "is no opening time", "不是营业时段"),
        (of(&["set", "china", "mon=9-9:99"]), 3, "is no opening time", "不是营业时段"),
        (of(&["set", "china", "mon=9-13,12-18"]), 3, "overlap", "重叠"),
        (of(&["holiday", "china", "2026-02-30"]), 3, "“2026-02-30” is no date", "“2026-02-30”不是日期"),
        (of(&["holiday", "china", "2026-10-10"]), 3, "is a holiday and a working day", "既是节假日又是补班日"),
        (of(&["holiday", "china", "2026-11-11", "--remove"]), 3, "is not in the list", "不在列表中"),
        (of(&["show", "mars"]), 3, "no calendar “mars”", "没有日历“mars”"),
        (of(&["delete", "mine"]), 3, "ms/hot go by it", "ms/hot 按它计时"),
        (of(&["delete", "china"]), 3, "comes with the program", "随程序提供"),
        (of(&["set", "24/7", "zone=UTC"]), 3, "never stops", "全天候"),
        (of(&["copy", "china", "us"]), 3, "two calendars “us”", "都叫“us”"),
        ("handoff replay".to_owned(), 2, "Say what is to be tried", "请说明要试什么"),
    ];
    for (words, code, en, zh) in cases {
        let words: Vec<&str> = words.split(' ').collect();
        let sentence = fail(&mut company.run(NOW, &words), code);
        assert!(sentence.contains(en), "{words:?}: {sentence}");
        let sentence = fail(company.run(NOW, &["--lang", "zh-CN"]).args(&words), code);
        assert!(sentence.contains(zh), "{words:?}: {sentence}");
    }
    assert_eq!(state(&company), before);
}

#[test]
fn of_two_who_change_the_rules_the_later_one_is_told() {
    on_each_engine(|location| {
        let (mut ana, mut bo) = (session(location, "ana"), session(location, "bo"));
        let seen = Bodies::of(&Reader::open(location).unwrap().facts().unwrap());
        let edit = |text: &str| {
            let hot = Place::Policy("marketing-to-sales".to_owned(), "hot".to_owned());
            Own::default().edited(&[Edit::Set(hot, Field::Target, text.to_owned())], &Home::default()).unwrap()
        };
        ana.define(&edit("10m"), &seen).unwrap();
        let refused = bo.define(&edit("20m"), &seen);
        assert!(matches!(&refused, Err(Error::RulesChanged { by }) if by == "ana"), "{refused:?}");
        let now = Bodies::of(&Reader::open(location).unwrap().facts().unwrap());
        assert_eq!(now, edit("10m").bodies().unwrap(), "hers hold");
        assert!(matches!(bo.define(&edit("10m"), &now), Err(Error::SameRules)));
        bo.define(&edit("20m"), &now).unwrap();
        bo.undo(None).unwrap();
        assert_eq!(Bodies::of(&Reader::open(location).unwrap().facts().unwrap()), now);
    });
}

/// A session of one of two people on the same store.
fn session(location: &Location, actor: &str) -> Session {
    let clock = revops::clock::Clock::Fixed(Instant(100 * DAY_MS));
    Session::open(Setup { location: location.clone(), clock, actor: actor.into(), read_only: false }).unwrap()
}

#[test]
fn of_two_claims_at_once_one_gets_it() {
    on_each_engine(|location| {
        let mut ana = session(location, "ana");
        let words = |message: &revops::domain::message::Message| message.key.to_owned();
        let options = revops::import::Options::new(Instant(99 * DAY_MS), revops::domain::money::Currency::USD);
        let sheets = [
            ("team.csv", "id,name,role\nt1,Li Wei,SDR\nt2,Sara Holm,SDR\n"),
            ("leads.csv", "id,email,mql_at,score\na,a@example.com,1970-04-09T00:00:00Z,95\n"),
        ]
        .map(|(name, text)| revops::import::read(name, text.as_bytes(), &options).unwrap());
        ana.import(sheets.to_vec(), &revops::ops::import::ImportPolicy::default(), &words).unwrap();
        let facts = Reader::open(location).unwrap().facts().unwrap();
        let task = Task {
            kind: "marketing-to-sales".to_owned(),
            subject: Subject::Person,
            record: Id(facts.people.id[0]),
            began_at: Instant(98 * DAY_MS),
            owner: None,
            pool: None,
        };
        let members: Vec<Id> = facts.members.keys().map(|&id| Id(id)).collect();
        let claims: Vec<_> = std::thread::scope(|scope| {
            let claim = |&member: &Id| {
                let task = task.clone();
                scope.spawn(move || session(location, "x").hand(&[(task, Deed::Claim(member))], None, None))
            };
            let started: Vec<_> = members.iter().map(claim).collect();
            started.into_iter().map(|claim| claim.join().unwrap()).collect()
        });
        assert_eq!(claims.iter().filter(|claim| claim.is_ok()).count(), 1, "{claims:?}");
        assert!(claims.iter().any(|claim| matches!(claim, Err(Error::Taken { by }) if !by.is_empty())), "{claims:?}");
        // What someone else wrote since is not trampled by an undo.
        let claimed = *claims.iter().flatten().next().unwrap();
        let owner = Reader::open(location).unwrap().facts().unwrap().people.owner[0];
        let other = members.iter().copied().find(|member| member.0 != owner).unwrap();
        let taken_over = Task { owner: Some(Id(owner)), ..task };
        ana.hand(&[(taken_over, Deed::Assign(Some(other)))], None, None).unwrap();
        let refused = ana.undo(Some(claimed)).unwrap_err();
        let changed = revops::domain::message::Tell::tell(&refused);
        assert_eq!(changed.key, "refused-changed-since", "{changed:?}");
        assert!(changed.args.contains(&("actor", "ana".to_owned())), "it says whose change it was: {changed:?}");
    });
}

/// Of two leads, both of which one person claims in two windows at once, on the last claim of the day.
#[test]
fn the_last_claim_of_the_day_is_counted_while_it_is_written() {
    on_each_engine(|location| {
        let mut ana = session(location, "ana");
        let words = |message: &revops::domain::message::Message| message.key.to_owned();
        let options = revops::import::Options::new(Instant(99 * DAY_MS), revops::domain::money::Currency::USD);
        let leads = "id,email,mql_at,score\na,a@example.com,1970-04-09,95\nb,b@example.com,1970-04-09,95\n";
        let sheets = [("team.csv", "id,name,role\nt1,Li Wei,SDR\n"), ("leads.csv", leads)]
            .map(|(name, text)| revops::import::read(name, text.as_bytes(), &options).unwrap());
        ana.import(sheets.to_vec(), &revops::ops::import::ImportPolicy::default(), &words).unwrap();
        let facts = Reader::open(location).unwrap().facts().unwrap();
        let member = Id(*facts.members.keys().next().unwrap());
        let pool = Pool { days: Some(14), cooldown: 7, claims: Some(1), zone: chrono_tz::UTC, teams: Vec::new() };
        let tasks = facts.people.id.iter().map(|&id| Task {
            kind: "marketing-to-sales".to_owned(),
            subject: Subject::Person,
            record: Id(id),
            began_at: Instant(98 * DAY_MS),
            owner: None,
            pool: Some(pool.clone()),
        });
        let claims: Vec<_> = std::thread::scope(|scope| {
            let claim = |task: Task| {
                scope.spawn(move || session(location, "x").hand(&[(task, Deed::Claim(member))], None, None))
            };
            let started: Vec<_> = tasks.map(claim).collect();
            started.into_iter().map(|claim| claim.join().unwrap()).collect()
        });
        assert_eq!(claims.iter().filter(|claim| claim.is_ok()).count(), 1, "{claims:?}");
        let is_limit = |claim: &Result<_, Error>| matches!(claim, Err(Error::ClaimLimit { claimed: 1, most: 1, .. }));
        assert!(claims.iter().any(is_limit), "{claims:?}");
    });
}

impl Company {
    /// Leads of somebody: id, when they became MQLs, and whose they are.
    fn owned(&self, now: &str, rows: &[(&str, &str, &str)]) {
        let row = |(id, mql, owner): &(&str, &str, &str)| format!("{id},Lead {id},{id}@example.com,{mql},{owner}\n");
        let head = "id,full_name,email,mql_at,owner\n".to_owned();
        self.import("leads", now, &rows.iter().map(row).fold(head, |all, row| all + &row));
    }

    fn queue(&self, now: &str, queue: &str) -> Vec<Value> {
        let listed = json(&mut self.run(now, &["handoff", "list", "--queue", queue, "--format", "json"]));
        listed["items"].as_array().unwrap().clone()
    }
}

#[test]
fn a_lead_from_the_pool_is_not_for_who_let_it_lie() {
    let company = Company::new();
    company.owned("2026-09-21T02:30:00Z", &[("a", "2026-09-21T02:00:00Z", "Li Wei")]);
    assert!(company.queue("2026-10-05T01:00:00Z", "pool").is_empty(), "two weeks are not over");
    let pooled = company.queue(NOW, "pool");
    let told = |item: &Value, keys: [&str; 3]| keys.map(|key| item[key].as_str().unwrap_or("–").to_owned());
    assert_eq!(told(&pooled[0], ["owner", "had_by", "pooled_at"]), ["–", "Li Wei", "2026-10-05T02:00:00Z"]);
    let id = pooled[0]["id"].as_str().unwrap();
    let claim = |now: &str, who: &str| company.run(now, &["handoff", "claim", id, "--as", who]);
    let refused = fail(&mut claim(NOW, "Li Wei"), 3);
    assert!(refused.contains("Lead a") && refused.contains("2026-10-12T02:00:00Z"), "{refused}");
    // An assignment is for a lead to decide.
    succeed(&mut company.run(NOW, &["handoff", "assign", id, "--to", "Li Wei"]));
    assert_eq!((company.queue(NOW, "pool").len(), &company.waiting(NOW)[0]["owner"]), (0, &"Li Wei".into()));
    succeed(&mut company.run(NOW, &["undo"]));
    succeed(&mut claim("2026-10-12T02:00:00Z", "Li Wei"));
    succeed(&mut company.run("2026-10-12T02:00:00Z", &["undo"]));
    succeed(&mut claim(NOW, "Sara Holm"));
    assert!(company.queue(NOW, "pool").is_empty());
    let late = fail(&mut claim(NOW, "Li Wei"), 3);
    assert!(late.contains("Sara Holm has this one"), "{late}");
    // It begins anew: two weeks later it is back, and barred to her.
    let later = "2026-10-23T02:30:00Z";
    assert_eq!(company.queue(later, "pool")[0]["had_by"], "Sara Holm");
    assert!(fail(&mut claim(later, "Sara Holm"), 3).contains("2026-10-30T02:30:00Z"));
    succeed(&mut claim(later, "Li Wei"));
}

#[test]
fn nobody_claims_more_on_a_day_than_the_rules_say() {
    let company = Company::new();
    let rules = include_str!("../assets/catalog/handoffs.toml").replace("claims = 50", "claims = 2");
    let own = Own::read(&Bodies { handoffs: rules, ..Bodies::default() }).unwrap();
    session(&Location::File(company.store.clone()), "ana").define(&own, &Bodies::default()).unwrap();
    company.leads(
        "2026-10-09T02:05:00Z",
        &[("a", "2026-10-09T02:00:00Z,,"), ("b", "2026-10-09T02:00:00Z,,"), ("c", "2026-10-09T02:00:00Z,,")],
    );
    let ids: Vec<String> = company.waiting(NOW).iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let claim = |now: &str, ids: &[&str]| {
        let all = [&["handoff", "claim", "--as", "Li Wei"], ids].concat();
        company.run(now, &all)
    };
    let many = fail(&mut claim(NOW, &ids), 3);
    assert!(many.contains("Li Wei has claimed 2 today; 2 a day"), "{many}");
    assert!(company.waiting(NOW).iter().all(|item| item["owner"].is_null()), "all or nothing");
    succeed(&mut claim(NOW, &ids[..2]));
    succeed(&mut claim(NOW, &ids[..1]));
    let third = fail(&mut claim(NOW, &ids[2..]), 3);
    assert!(third.contains("Li Wei has claimed 2 today"), "what is theirs already counts once: {third}");
    succeed(&mut company.run(NOW, &["handoff", "assign", ids[2], "--to", "Li Wei"]));
    succeed(&mut company.run(NOW, &["undo"]));
    succeed(&mut company.run(NOW, &["handoff", "claim", ids[2], "--as", "Sara Holm"]));
    succeed(&mut company.run(NOW, &["undo"]));
    // Midnight in Shanghai begins another day.
    fail(&mut claim("2026-10-09T15:59:00Z", &ids[2..]), 3);
    succeed(&mut claim("2026-10-09T16:00:00Z", &ids[2..]));
}

#[test]
fn what_nobody_owns_is_assigned_as_suggested_by_one_action() {
    let company = Company::new();
    company.import("leave", "2026-10-09T00:00:00Z", "person,from,to\nSara Holm,2026-10-10,2026-10-16\n");
    company.import("accounts", "2026-10-09T00:00:00Z", "id,name,domain,owner\nA,Helio,helio.example,Sara Holm\n");
    company.import(
        "leads",
        "2026-10-09T02:05:00Z",
        "id,full_name,email,mql_at,owner,account_id\n\
         a,Lead a,a@x.example,2026-10-09T02:00:00Z,,\nb,Lead b,b@x.example,2026-10-09T02:01:00Z,,\n\
         c,Lead c,c@helio.example,2026-10-09T02:02:00Z,,A\nd,Lead d,d@x.example,2026-10-09T02:03:00Z,Li Wei,\n",
    );
    let route = |now: &str| json(&mut company.run(now, &["handoff", "assign", "--auto", "--format", "json"]));
    let owners = |now: &str| {
        let mut owners: Vec<(String, Value)> = company
            .waiting(now)
            .iter()
            .map(|item| (item["subject"].as_str().unwrap().to_owned(), item["owner"].clone()))
            .collect();
        owners.sort_by(|a, b| a.0.cmp(&b.0));
        owners.into_iter().map(|(_, owner)| owner.as_str().unwrap_or("–").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(route(NOW)["items"].as_array().unwrap().len(), 3);
    assert_eq!(owners(NOW), ["Sara Holm", "Li Wei", "Sara Holm", "Li Wei"], "in turn, and the account keeps its owner");
    assert_eq!((&route(NOW)["action"], route(NOW)["items"].as_array().unwrap().len()), (&Value::Null, 0));
    succeed(&mut company.run(NOW, &["undo"]));
    assert_eq!(owners(NOW), ["–", "–", "–", "Li Wei"], "one action, one undo");
    // Whoever is handed over by the product too goes to one of them.
    let product = "object,record_id,to_stage,at\nlead,a,PQL,2026-10-09T02:00:30Z\n";
    company.import("stage-history", "2026-10-09T02:06:00Z", product);
    assert_eq!(route(NOW)["items"].as_array().unwrap().len(), 4);
    assert_eq!(owners(NOW), ["Sara Holm", "Sara Holm", "Li Wei", "Sara Holm", "Li Wei"]);
    succeed(&mut company.run(NOW, &["undo"]));
    // Friday night: work goes on on Saturday, a make-up working day, and then she is away.
    route("2026-10-09T14:00:00Z");
    assert_eq!(owners("2026-10-09T14:00:00Z"), ["Li Wei"; 5]);
    fail(&mut company.run(NOW, &["handoff", "assign", "--auto", "--to", "Li Wei"]), 2);
    fail(&mut company.run(NOW, &["handoff", "assign"]), 2);
}

#[test]
fn deals_are_shared_for_thirty_days_and_wait_for_form_and_kick_off_apart() {
    let company = Company::new();
    let deal = |id: &str, signed: &str| format!("{id},Deal {id},Closed Won,9000,{signed},{signed},Max Orr\n");
    let head = "id,name,stage,amount,contract_signed_at,closed_at,owner\n";
    let rows =
        deal("d1", "2026-10-09T02:00:00Z") + &deal("d2", "2026-10-08T12:00:00Z") + &deal("d3", "2026-09-09T12:00:00Z");
    company.import("opportunities", "2026-10-09T02:05:00Z", &format!("{head}{rows}"));
    let events = "opportunity_id,event,at,member,next_at,background\n\
                  d2,assigned,2026-10-08T13:00:00Z,Sara Holm,,\n\
                  d2,form,2026-10-08T14:00:00Z,Max Orr,,lamps\nd2,form_accepted,2026-10-08T15:00:00Z,Sara Holm,,\n\
                  d3,form_accepted,2026-09-09T13:00:00Z,,,\nd3,kickoff,2026-09-09T14:00:00Z,,2026-09-15T08:00:00Z,\n";
    company.import("handoffs", "2026-10-09T02:06:00Z", events);
    let named = |queue: &str| {
        let items = company.queue(NOW, queue);
        items.iter().map(|item| item["subject"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!((named("sc/form"), named("sales-to-cs/kick-off")), (vec!["Deal d1".into()], vec!["Deal d2".into()]));
    let shared = company.queue(NOW, "day-1-30");
    let told: Vec<(i64, &str, &str, Value)> = shared
        .iter()
        .map(|item| {
            let text = |key: &str| item[key].as_str().unwrap_or("–");
            (item["shared_day"].as_i64().unwrap(), text("assists"), text("owner"), item["lacks"].clone())
        })
        .collect();
    // The third was signed 29 days and 14 hours ago.
    assert_eq!(
        told,
        [
            (30, "Max Orr", "–", serde_json::json!([])),
            (1, "Max Orr", "Sara Holm", serde_json::json!(["kickoff"])),
            (1, "Max Orr", "–", serde_json::json!(["accept", "form", "kickoff"])),
        ]
    );
    assert_eq!(company.queue("2026-10-09T12:00:00Z", "day-1-30").len(), 2, "after thirty days it is with CS alone");
    let words = fail(&mut company.run(NOW, &["handoff", "list", "--queue", "mars"]), 2);
    assert!(words.contains("ms, ps, sc, all,") && words.contains("sc/kick-off, day-1-30, late, next, pool"), "{words}");
}

#[test]
fn events_of_a_file_are_what_was_done() {
    let company = Company::new();
    company.leads("2026-10-09T02:01:00Z", &[("a", "2026-10-09T02:00:00Z,,"), ("b", "2026-10-09T02:00:00Z,,")]);
    let file = company.folder().join("events.csv");
    let text = "id,handoff,person_id,event,at,to,reason,next_at\n\
                1,ms,a,assigned,2026-10-09T02:10:00Z,Li Wei,,\n\
                2,,a,暂停,2026-10-09T02:12:00Z,Li Wei,asked for later,\n\
                3,,b,returned,2026-10-09T02:12:00Z,Li Wei,no budget,\n\
                4,,b,shouted,2026-10-09T02:12:00Z,Li Wei,,\n\
                5,,zz,paused,2026-10-09T02:12:00Z,Nobody Known,later,\n\
                6,desk-to-desk,a,accepted,2026-10-09T02:13:00Z,,,\n";
    std::fs::write(&file, text).unwrap();
    let import = || {
        let mut command =
            company.run(NOW, &["import", "--yes", "--as", "handoffs", "--exported-at", NOW, "--format", "json"]);
        json(command.arg(&file))["files"][0].clone()
    };
    let told = import();
    assert_eq!([&told["rows"], &told["new"], &told["rejected"]], [6, 5, 1], "{told}");
    let waiting = company.waiting(NOW);
    assert_eq!(waiting.len(), 1);
    assert_eq!((&waiting[0]["state"], &waiting[0]["owner"]), (&"paused".into(), &"Li Wei".into()));
    assert_eq!(company.show(NOW, "china")["returned"], 1);
    assert_eq!([&import()["new"], &import()["changed"]], [0, 0], "the same again is no news");
    succeed(&mut company.run(NOW, &["undo"]));
    assert_eq!(company.waiting(NOW).len(), 2);
}

#[test]
fn a_touch_of_nobody_known_or_before_the_lead_answers_nothing() {
    let company = Company::new();
    let file = company.folder().join("leads.csv");
    let text = "id,full_name,email,created_at,mql_at,first_touch_at\n\
                a,Lead a,a@x.example,2026-10-09T01:00:00Z,2026-10-09T02:00:00Z,2026-10-08T01:00:00Z\n\
                b,Lead b,b@x.example,2026-10-09T01:00:00Z,2026-10-09T02:00:00Z,2026-10-09T02:10:00Z\n";
    std::fs::write(&file, text).unwrap();
    let mut command = company.run(NOW, &["import", "--yes", "--exported-at", "2026-10-09T02:05:00Z"]);
    let said = command.arg(&file).output().unwrap();
    let said = String::from_utf8_lossy(&[said.stdout, said.stderr].concat()).into_owned();
    assert!(said.contains("2026-10-08T01:00:00Z") && said.contains("before the lead was created"), "{said}");
    company.import(
        "touches",
        "2026-10-09T02:20:00Z",
        "id,person_id,kind,direction,human,at,owner\n1,a,call,outbound,true,2026-10-09T02:04:00Z,Zoe Unknown\n\
         2,zz,call,outbound,true,2026-10-09T02:04:00Z,Li Wei\n",
    );
    let shown = company.show(NOW, "china");
    let states: Vec<(&str, &str)> = shown["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| (item["subject"].as_str().unwrap(), item["state"].as_str().unwrap()))
        .collect();
    assert_eq!(states, [("Lead a", "on_track"), ("Lead b", "met")]);
    assert_eq!(shown["median_seconds"].as_f64(), Some(600.0));
}

#[test]
fn a_second_return_leaves_the_first_one_in_the_past() {
    let company = Company::new();
    company.import(
        "leads",
        "2026-10-09T02:00:00Z",
        "id,full_name,mql_at,disqualified_at,disqualified_reason\nl1,Lead,2026-07-01T02:00:00Z,2026-07-02T02:00:00Z,students\n",
    );
    company.import("leads", "2026-10-09T02:10:00Z", "id,full_name,mql_at\nl1,Lead,2026-10-09T02:05:00Z\n");
    company.import(
        "stage-history",
        "2026-10-09T02:11:00Z",
        "object,record_id,to_stage,at\nlead,l1,MQL,2026-07-01T02:00:00Z\nlead,l1,MQL,2026-10-09T02:05:00Z\n",
    );
    let began = || {
        let listing = json(&mut company.run(NOW, &["show", "handoffs", "--format", "json"]));
        let items = listing["items"].as_array().unwrap().iter();
        let mut began: Vec<String> = items.map(|item| item["began_at"].as_str().unwrap().to_owned()).collect();
        began.sort();
        began
    };
    let before = began();
    assert_eq!(before, ["2026-07-01T02:00:00Z", "2026-10-09T02:05:00Z"]);
    let id = company.waiting(NOW)[0]["id"].as_str().unwrap().to_owned();
    succeed(&mut company.run(NOW, &["handoff", "return", &id, "--reason", "competitor"]));
    assert_eq!(began(), before, "both are still told");
}
