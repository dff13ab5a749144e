//! Hand-offs from the command line: what waits, who takes it, and how it is judged.

use crate::support::engines::on_each_engine;
use crate::support::program::{fail, json, revops, succeed};
use revops::domain::handoff::Subject;
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
        assert!(ana.undo(Some(claimed)).is_err());
    });
}
