//! Which system decides, what is kept beside its word, and what goes back to the systems.

use crate::support::engines::{dump, on_each_engine};
use crate::support::program::{fail, json, revops, succeed};
use proptest::prelude::*;
use revops::domain::money::Currency;
use revops::domain::object::{Object, Row};
use revops::domain::time::{DAY_MS, Instant};
use revops::domain::value::{Id, Value};
use revops::import::{Options, read};
use revops::ops::import::{ImportPolicy, ImportReport};
use revops::ops::{Choice, Reader, Session, Setup};
use revops::store::Location;
use std::path::{Path, PathBuf};

const START: Instant = Instant(1_767_225_600_000);

fn day(at: i64) -> Instant {
    Instant(START.0 + at * DAY_MS)
}

/// A session whose clock stands at a day.
fn on_day(location: &Location, at: i64) -> Session {
    let clock = revops::clock::Clock::Fixed(day(at));
    Session::open(Setup { location: location.clone(), clock, actor: "ana".into(), read_only: false }).unwrap()
}

/// Imports a file of a system as it was exported on a day.
fn import(location: &Location, (name, text): (&str, &str), system: &str, at: i64) -> ImportReport {
    let options = Options {
        exported_at: Some(day(at)),
        system: Some(system.to_owned()),
        ..Options::new(day(400), Currency::USD)
    };
    let sheet = read(name, text.as_bytes(), &options).unwrap();
    let words = |message: &revops::domain::message::Message| message.key.to_owned();
    on_day(location, 400).import(vec![sheet], &ImportPolicy::default(), &words).unwrap()
}

/// Accounts of two systems that find each other by their domain.
fn accounts(location: &Location, rows: &str, system: &str, at: i64) -> ImportReport {
    let text = format!("id,name,domain,industry,employees\n{rows}");
    let profile = revops::import::Profile::parse("object = \"accounts\"\nkey = [\"domain\"]").unwrap();
    let options = Options {
        exported_at: Some(day(at)),
        system: Some(system.to_owned()),
        profile: Some(profile),
        ..Options::new(day(400), Currency::USD)
    };
    let sheet = read("accounts.csv", text.as_bytes(), &options).unwrap();
    let words = |message: &revops::domain::message::Message| message.key.to_owned();
    on_day(location, 400).import(vec![sheet], &ImportPolicy::default(), &words).unwrap()
}

fn rows(location: &Location, object: Object) -> Vec<Row> {
    let mut reader = Reader::open(location).unwrap();
    let mut ids = Vec::new();
    reader.fields(object, &[], &mut |id, _| ids.push(id)).unwrap();
    ids.sort();
    reader.rows(object, &ids).unwrap()
}

/// The only account.
fn account(location: &Location) -> Row {
    let mut rows = rows(location, Object::Account);
    assert_eq!(rows.len(), 1);
    rows.remove(0)
}

fn name(location: &Location) -> String {
    account(location).get("name").kept().unwrap_or_default()
}

fn choose(location: &Location, of: &str, system: Option<&str>, preview: bool) -> (u64, u64) {
    let choice = Choice::read(&mut Reader::open(location).unwrap(), of, system, Some("they know best")).unwrap();
    let found = on_day(location, 300).choose_master(&choice, preview).unwrap();
    (found.values(), found.records)
}

fn set(location: &Location, at: i64, field: &str, value: Value) {
    let row = account(location);
    on_day(location, at).set_field(Object::Account, row.id, row.rev, field, value).unwrap();
}

fn is_sound(location: &Location) {
    let found = Reader::open(location).unwrap().verify().unwrap();
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn another_master_decides_every_value_anew_and_undo_takes_it_back() {
    on_each_engine(|location| {
        accounts(location, "1,Helio,helio.example,Energy,10\n", "crm", 1);
        accounts(location, "x1,Helio Ltd,helio.example,Power,\n", "billing", 2);
        assert_eq!(name(location), "Helio Ltd", "without a master what was said last counts");
        let before = dump(location);
        assert_eq!(choose(location, "accounts", Some("crm"), true), (2, 1));
        assert_eq!(dump(location), before, "a preview writes nothing");
        assert_eq!(choose(location, "accounts", Some("crm"), false), (2, 1));
        assert_eq!(name(location), "Helio");
        assert_eq!(account(location).get("employees").int(), Some(10));
        is_sound(location);
        let chosen = dump(location);
        // An exception for one field, and back.
        assert_eq!(choose(location, "accounts.industry", Some("billing"), false), (1, 1));
        assert_eq!(account(location).get("industry").text(), Some("Power"));
        assert_eq!(name(location), "Helio");
        assert_eq!(choose(location, "accounts.industry", None, false), (1, 1));
        assert_eq!(account(location).get("industry").text(), Some("Energy"));
        assert_eq!(choose(location, "accounts", Some("crm"), false), (0, 0));
        let mut session = on_day(location, 301);
        (0..2).for_each(|_| drop(session.undo(None).unwrap()));
        assert_eq!(dump(location), chosen);
        session.undo(None).unwrap();
        assert_eq!(dump(location), before);
        session.redo().unwrap();
        assert_eq!(dump(location), chosen);
        is_sound(location);
    });
}

#[test]
fn an_import_asks_the_master_and_keeps_the_other_beside_it() {
    on_each_engine(|location| {
        accounts(location, "1,Helio,helio.example,Energy,10\n", "crm", 1);
        choose(location, "accounts", Some("crm"), false);
        let report = accounts(location, "x1,Helio Ltd,helio.example,Energy,12\n", "billing", 2);
        assert_eq!(report.files[0].conflicts, 2);
        assert_eq!(name(location), "Helio");
        let found = Reader::open(location).unwrap().conflicts().unwrap().0;
        let [contested] = &found[..] else { panic!("{found:?}") };
        let told: Vec<_> = contested
            .conflicts
            .iter()
            .map(|c| {
                let voices: Vec<_> = c.voices.iter().map(|v| (v.system.as_str(), v.value.kept(), v.since)).collect();
                (c.field.key, c.value.kept(), c.why.key(), voices)
            })
            .collect();
        let text = |text: &str| Some(text.to_owned());
        assert_eq!(
            told,
            [
                (
                    "name",
                    text("Helio"),
                    "master",
                    vec![("crm", text("Helio"), day(1)), ("billing", text("Helio Ltd"), day(2))]
                ),
                ("employees", text("10"), "master", vec![("crm", text("10"), day(1)), ("billing", text("12"), day(2))]),
            ]
        );
        // The page of the record tells the same.
        let story = Reader::open(location).unwrap().story(Object::Account, contested.row.id).unwrap().unwrap();
        assert_eq!(story.conflicts, contested.conflicts);
        // When the other agrees, there is no conflict left, and that is written.
        let agreed = accounts(location, "x1,Helio,helio.example,Energy,10\n", "billing", 3);
        assert_eq!((agreed.files[0].changed, agreed.files[0].conflicts), (1, 0));
        assert!(Reader::open(location).unwrap().conflicts().unwrap().0.is_empty());
        // The master has said nothing of a field: then what others say counts.
        let said = accounts(location, "1,Helio,helio.example,,\n", "crm", 4);
        assert_eq!(said.files[0].conflicts, 0);
        assert_eq!(account(location).get("industry").text(), Some("Energy"));
    });
}

/// What the crm said on which day, around an edit on day 5, and what stands in the end.
#[test]
fn an_edit_stands_until_the_crm_has_heard_of_it() {
    let line = |name: &str| format!("1,{name},helio.example,Energy,10\n");
    for (exports, expected, waits) in [
        (vec![], "Helios", true),
        (vec![(4, "Sun")], "Helios", true),
        (vec![(6, "Helio")], "Helios", true),
        (vec![(6, "Helio"), (7, "Helio")], "Helios", true),
        (vec![(6, "Helios")], "Helios", false),
        (vec![(6, "Sun")], "Sun", false),
        (vec![(6, "Helios"), (7, "Helio")], "Helio", false),
        (vec![(4, "Sun"), (6, "Sun")], "Helios", true),
    ] {
        let folder = tempfile::tempdir().unwrap();
        for (number, order) in [exports.clone(), exports.iter().rev().copied().collect()].into_iter().enumerate() {
            let location = Location::File(folder.path().join(format!("{number}.db")));
            accounts(&location, &line("Helio"), "crm", 1);
            set(&location, 5, "name", "Helios".into());
            for (at, name) in &order {
                accounts(&location, &line(name), "crm", *at);
            }
            assert_eq!(name(&location), expected, "{order:?}");
            let sheets = Reader::open(&location).unwrap().worksheets(None).unwrap();
            assert_eq!(!sheets.sheets.is_empty(), waits, "{order:?}");
            is_sound(&location);
        }
    }
}

#[test]
fn an_edit_outranks_the_master_but_not_what_it_says_anew() {
    on_each_engine(|location| {
        accounts(location, "1,Helio,helio.example,Energy,10\n", "crm", 1);
        accounts(location, "x1,Helio,helio.example,Energy,10\n", "billing", 1);
        choose(location, "accounts", Some("crm"), false);
        let before = dump(location);
        set(location, 5, "name", "Helios".into());
        assert_eq!(name(location), "Helios");
        on_day(location, 6).undo(None).unwrap();
        assert_eq!(dump(location), before);
        on_day(location, 6).redo().unwrap();
        let report = accounts(location, "1,Helio,helio.example,Energy,11\n", "crm", 7);
        assert_eq!((report.files[0].unheard, name(location).as_str()), (1, "Helios"));
        // Who does not decide does not overrule it either.
        accounts(location, "x1,Sun,helio.example,Energy,11\n", "billing", 8);
        assert_eq!(name(location), "Helios");
        assert_eq!(choose(location, "accounts", None, false), (1, 1), "without a master the newest word counts");
        assert_eq!(name(location), "Sun");
        choose(location, "accounts", Some("crm"), false);
        assert_eq!(name(location), "Helios");
        accounts(location, "1,Helios,helio.example,Energy,11\n", "crm", 9);
        let sheets = Reader::open(location).unwrap().worksheets(None).unwrap().sheets;
        let told: Vec<_> = sheets.iter().map(|s| (s.system.as_str(), s.changes[0].there.as_str())).collect();
        assert_eq!(told, [("billing", "Sun")], "the crm has heard of it");
        is_sound(location);
    });
}

#[test]
fn a_record_known_by_name_alone_takes_what_was_said_and_decided_along() {
    on_each_engine(|location| {
        import(location, ("deals.csv", "id,name,stage,owner,product\n1,Alpha,Demo,Bo L,GTXPro\n"), "crm", 1);
        let [deal] = rows(location, Object::Opportunity).try_into().unwrap();
        let stub = rows(location, Object::Member).remove(0);
        let written = on_day(location, 2).set_field(Object::Opportunity, deal.id, deal.rev, "owner", stub.id.into());
        written.unwrap();
        let before = dump(location);
        let options =
            Options { exported_at: Some(day(3)), system: Some("crm".into()), ..Options::new(day(400), Currency::USD) };
        let sheet = read(
            "team.csv",
            "id,name\nT-1,Bo Li\n".as_bytes(),
            &Options { as_object: Some(revops::import::As::Team), ..options },
        )
        .unwrap();
        let policy =
            ImportPolicy { aliases: vec![("owner".into(), "Bo L".into(), "Bo Li".into())], ..ImportPolicy::default() };
        let report = on_day(location, 400).import(vec![sheet], &policy, &|message| message.key.to_owned()).unwrap();
        assert_eq!((report.moved_references, report.refused_aliases.len()), (1, 0), "{report:?}");
        let [member] = rows(location, Object::Member).try_into().unwrap();
        assert_eq!(rows(location, Object::Opportunity)[0].get("owner"), &Value::from(member.id));
        let gone = Value::from(stub.id.0.to_string());
        let says = |object, field| rows(location, object).iter().any(|row| row.get(field) == &gone);
        assert!(!says(Object::Decision, "value") && !says(Object::SourceValue, "value"));
        assert!(!says(Object::SourceValue, "earlier") && !rows(location, Object::SourceValue).is_empty());
        assert!(rows(location, Object::Link).iter().all(|link| link.get("record") != &Value::from(stub.id)));
        is_sound(location);
        on_day(location, 400).undo(None).unwrap();
        assert_eq!(rows(location, Object::Opportunity)[0].get("owner"), deal.get("owner"));
        for table in ["decision", "source_value", "link", "member"] {
            assert_eq!(dump(location)[table], before[table], "{table}");
        }
    });
}

#[test]
fn a_cleared_value_stays_cleared_until_somebody_says_another() {
    on_each_engine(|location| {
        accounts(location, "1,Helio,helio.example,Energy,10\n", "crm", 1);
        set(location, 5, "industry", Value::Null);
        accounts(location, "1,Helio,helio.example,Energy,11\n", "crm", 6);
        assert_eq!(account(location).get("industry"), &Value::Null);
        let left = Reader::open(location).unwrap().worksheets(None).unwrap();
        assert!(left.sheets.is_empty() && left.left_out[0].why.key() == "cleared", "{left:?}");
        accounts(location, "1,Helio,helio.example,,11\n", "crm", 7);
        assert_eq!(Reader::open(location).unwrap().worksheets(None).unwrap(), Default::default(), "heard of it");
        accounts(location, "1,Helio,helio.example,Power,11\n", "crm", 8);
        assert_eq!(account(location).get("industry").text(), Some("Power"));
    });
}

#[test]
fn a_deal_moved_by_hand_has_moved() {
    on_each_engine(|location| {
        let deal = |stage: &str, at| {
            import(location, ("deals.csv", &format!("id,name,stage,amount\n1,Alpha,{stage},5\n")), "crm", at)
        };
        deal("Demo", 1);
        import(location, ("stages.csv", "id,name,position,outcome\nw,Closed Won,90,won\n"), "crm", 1);
        let row = rows(location, Object::Opportunity).remove(0);
        let won =
            rows(location, Object::Stage).into_iter().find(|s| s.get("name").text() == Some("Closed Won")).unwrap().id;
        on_day(location, 5).set_field(Object::Opportunity, row.id, row.rev, "stage", won.into()).unwrap();
        let moves = |location: &Location| {
            let moves = rows(location, Object::StageChange);
            moves.iter().map(|m| (m.get("at").int().unwrap(), m.get("to_stage").int())).collect::<Vec<_>>()
        };
        let closed = rows(location, Object::Opportunity).remove(0);
        assert_eq!(closed.get("closed_at").int(), Some(day(5).0));
        assert_eq!(moves(location), [(day(5).0, Some(won.0))]);
        // The crm still shows Demo, then has heard of it: neither is a move.
        deal("Demo", 6);
        deal("Closed Won", 7);
        assert_eq!(moves(location), [(day(5).0, Some(won.0))]);
        assert_eq!(rows(location, Object::Opportunity)[0].get("stage"), &Value::from(won));
        deal("Demo", 8);
        let back = rows(location, Object::Opportunity).remove(0);
        assert_eq!((moves(location).len(), back.get("closed_at")), (2, &Value::Null));
        is_sound(location);
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20))]
    /// Two systems, an edit on day 10, a master or none: whatever arrives after it in whatever order.
    #[test]
    fn any_order_of_arrival_gives_the_same(
        said in prop::collection::vec((0..4usize, 0..4usize, any::<bool>(), any::<u32>()), 1..7),
        master in 0..3usize,
    ) {
        let line = |id: &str, name: usize, industry: usize| {
            let name = ["Helio", "Helios", "Sun", "Sol"][name];
            format!("{id},{name},helio.example,{},\n", ["", "Energy", "Power", "Oil"][industry])
        };
        let mut exports: Vec<(u32, i64, bool, String)> = said
            .iter()
            .zip(7..)
            .map(|(&(name, industry, crm, key), at)| (key, at, crm, line(if crm { "1" } else { "x1" }, name, industry)))
            .collect();
        let arrive = |exports: &[(u32, i64, bool, String)]| {
            let folder = tempfile::tempdir().unwrap();
            let location = Location::File(folder.path().join("s.db"));
            accounts(&location, &line("1", 0, 1), "crm", 1);
            accounts(&location, &line("x1", 2, 0), "billing", 2);
            if let Some(master) = ["crm", "billing"].get(master) {
                choose(&location, "accounts", Some(master), false);
            }
            set(&location, 10, "name", "Helios".into());
            for (_, at, crm, text) in exports {
                accounts(&location, text, if *crm { "crm" } else { "billing" }, *at);
            }
            let row = account(&location);
            let sheets = Reader::open(&location).unwrap().worksheets(None).unwrap();
            let waiting: Vec<String> = sheets.sheets.iter().map(|sheet| sheet.system.clone()).collect();
            (row.get("name").clone(), row.get("industry").clone(), waiting)
        };
        let in_time = arrive(&exports);
        exports.sort();
        prop_assert_eq!(arrive(&exports), in_time);
    }
}

/// A store and the program.
struct Desk(tempfile::TempDir);

impl Desk {
    fn store(&self) -> PathBuf {
        self.0.path().join("s.db")
    }

    fn run(&self, args: &[&str]) -> String {
        succeed(revops(&self.store()).args(args))
    }

    fn import(&self, (name, text): (&str, &str), more: &[&str]) -> serde_json::Value {
        let path = self.0.path().join(name);
        std::fs::write(&path, text).unwrap();
        self.import_file(&path, more)
    }

    fn import_file(&self, path: &Path, more: &[&str]) -> serde_json::Value {
        json(revops(&self.store()).arg("import").arg(path).args(["--yes", "--format", "json"]).args(more))
    }

    fn json(&self, args: &[&str]) -> serde_json::Value {
        json(revops(&self.store()).args(args).args(["--format", "json"]))
    }
}

const ACCOUNTS: &str = "Id,Name,Website,NumberOfEmployees,OwnerId,IsDeleted,SystemModstamp\n\
    001000000000001AAA,Helio,helio.example,10,005000000000001AAA,false,\n\
    001000000000002AAA,=Plenum,plenum.example,20,005000000000001AAA,false,\n";
const USERS: &str = "Id,Username,Name,ProfileId,UserType\n005000000000001AAA,ana,Ana Ruiz,p,Standard\n\
    005000000000002AAA,li,Li Wei,p,Standard\n";
const DEALS: &str = "Record ID,Deal Name,Deal Stage,Amount,Close Date,Deal owner,hs_object_id\n\
    77,Alpha,Appointment Scheduled,1000,2026-03-01,Ana Ruiz,77\n\
    78,Beta,Contract Sent,900,2026-03-01,Ana Ruiz,78\n";

#[test]
fn a_worksheet_goes_into_the_crm_and_comes_back_confirmed() {
    let desk = Desk(tempfile::tempdir().unwrap());
    desk.import(("users.csv", USERS), &["--exported-at", "2026-01-01"]);
    desk.import(("sf-accounts.csv", ACCOUNTS), &["--exported-at", "2026-01-01"]);
    desk.import(("hs-deals.csv", DEALS), &["--system", "hubspot", "--exported-at", "2026-01-01"]);
    assert!(desk.run(&["worksheet"]).contains("no worksheet is needed"));
    desk.run(&["set", "accounts", "001000000000001AAA", "employees=1,250", "owner=li wei"]);
    desk.run(&["set", "accounts", "001000000000002AAA", "name==Plenum SE"]);
    desk.run(&["set", "opportunities", "77", "amount=$2,500.50", "stage=Contract Sent", "close_date=2026-04-30"]);
    let folder = desk.0.path().join("out");
    let written = desk.json(&["worksheet", "-o", folder.to_str().unwrap()]);
    assert_eq!(written["left_out"], serde_json::json!([]), "{written}");
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    assert_eq!(
        read("salesforce-accounts.csv"),
        "Id,Name,NumberOfEmployees,OwnerId\n001000000000001AAA,,1250,005000000000002AAA\n\
         001000000000002AAA,'=Plenum SE,,\n"
    );
    assert_eq!(
        read("hubspot-opportunities.csv"),
        "Record ID,Deal Stage,Amount,Close Date\n77,Contract Sent,2500.50,2026-04-30\n"
            .replace("Contract Sent", "contractsent")
    );
    // Back again as the systems' own exports.
    for (file, system, object) in [
        ("salesforce-accounts.csv", "salesforce", "accounts"),
        ("hubspot-opportunities.csv", "hubspot", "opportunities"),
    ] {
        let report = desk.import_file(&folder.join(file), &["--system", system, "--as", object]);
        let file = &report["files"][0];
        assert_eq!((&file["rejected"], &file["voided"], &file["new"]), (&0.into(), &0.into(), &0.into()), "{file}");
    }
    assert!(desk.run(&["worksheet"]).contains("no worksheet is needed"));
    assert_eq!(desk.run(&["store", "verify"]), "The store is sound.\n");
}

#[test]
fn what_no_file_can_tell_is_told() {
    let desk = Desk(tempfile::tempdir().unwrap());
    desk.import(("sf-accounts.csv", ACCOUNTS), &["--exported-at", "2026-01-01"]);
    desk.import(("team.csv", "id,name\nT-1,Bo\n"), &["--exported-at", "2026-01-01"]);
    desk.run(&["set", "accounts", "001000000000001AAA", "segment=SMB", "domain=", "owner=Bo"]);
    let found = desk.json(&["worksheet", "--system", "salesforce"]);
    let why: Vec<_> = found["left_out"].as_array().unwrap().iter().map(|left| [&left["field"], &left["why"]]).collect();
    assert_eq!(why, [["domain", "cleared"], ["segment", "no_column"], ["owner", "no_reference"]], "{found}");
    let other = desk.json(&["worksheet", "--system", "hubspot"]);
    assert!(other["left_out"].as_array().unwrap().iter().all(|left| left["why"] == "no_link"), "{other}");
    let chinese = desk.run(&["--lang", "zh-CN", "worksheet"]);
    assert!(chinese.contains("未写入"), "{chinese}");
}

#[test]
fn words_that_mean_nothing_are_refused_with_a_suggestion() {
    let desk = Desk(tempfile::tempdir().unwrap());
    desk.import(("sf-accounts.csv", ACCOUNTS), &["--exported-at", "2026-01-01"]);
    let refused = |args: &[&str], code: i32, hint: &str| {
        let sentence = fail(revops(&desk.store()).args(args), code);
        assert!(sentence.contains(hint), "{sentence}");
    };
    refused(&["ssot", "set", "accouns", "salesforce"], 2, "accounts");
    refused(&["ssot", "set", "accounts.domian", "salesforce", "--reason", "x"], 2, "did you mean domain");
    refused(&["ssot", "set", "accounts", "salesfroce"], 2, "did you mean salesforce");
    refused(&["ssot", "set", "accounts.domain", "salesforce"], 2, "--reason");
    refused(&["set", "accounts", "001000000000001AAA", "employees=many"], 3, "not a number");
    refused(&["set", "accounts", "001000000000001AAA", "name="], 3, "cannot be cleared");
    refused(&["set", "accounts", "001000000000001AAA", "name=n/a"], 3, "says nothing");
    refused(&["set", "accounts", "nobody", "name=X"], 3, "nobody");
    refused(&["set", "accounts", "001000000000001AAA", "parent=Helioo"], 3, "did you mean Helio");
    refused(&["set", "accounts", "001000000000001AAA", "nmae=X"], 2, "name");
    let log = desk.json(&["log"]);
    assert_eq!(log["actions"].as_array().unwrap().len(), 1, "{log}");
}

/// Objects, fields and stages in either language, records by their plain names, stages that no file has brought.
#[test]
fn an_edit_speaks_the_words_of_its_user() {
    let desk = Desk(tempfile::tempdir().unwrap());
    desk.import(("hs-deals.csv", DEALS), &["--system", "hubspot", "--exported-at", "2026-01-01"]);
    let stages = || {
        let connection = rusqlite::Connection::open(desk.store()).unwrap();
        let mut select = connection.prepare("SELECT name, outcome FROM stage ORDER BY position, name").unwrap();
        let rows = select.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?))).unwrap();
        rows.map(Result::unwrap).collect::<Vec<_>>()
    };
    let before = stages();
    desk.run(&["set", "商机", "alpha", "金额=2000", "阶段=赢单", "预计成交日期=2026-04-01"]);
    let view = || desk.json(&["show", "pipeline", "--now", "2026-05-01T00:00:00Z"]);
    assert_eq!(view()["opportunities"]["won"], 1);
    assert_eq!(view()["won_amount"]["amount"], "2000.00");
    desk.run(&["set", "deal", "Beta", "stage=Closed Won"]);
    assert_eq!((view()["opportunities"]["won"].as_i64(), stages().len()), (Some(2), before.len() + 1), "one won stage");
    desk.run(&["undo"]);
    desk.run(&["undo"]);
    assert_eq!((view()["opportunities"]["won"].as_i64(), stages()), (Some(0), before));
    let refused = |args: &[&str], code: i32, hints: &[&str]| {
        let sentence = fail(revops(&desk.store()).args(args), code);
        assert!(hints.iter().all(|hint| sentence.contains(hint)), "{sentence}");
    };
    refused(&["set", "deals", "Alpha", "stage=Nowhere"], 3, &["Appointment Scheduled", "Contract Sent"]);
    refused(&["set", "deals", "Gamma", "amount=1"], 3, &["Alpha, Beta"]);
    refused(&["--lang", "zh-CN", "set", "商机", "Alpha", "天气=1"], 2, &["金额", "负责人"]);
}

#[test]
fn the_command_shows_sets_and_lists() {
    let desk = Desk(tempfile::tempdir().unwrap());
    let at = |day: &'static str, system: &'static str| {
        ["--exported-at", day, "--system", system, "--map"].map(str::to_owned)
    };
    let map = desk.0.path().join("by-domain.toml");
    std::fs::write(&map, "object = \"accounts\"\nkey = [\"domain\"]\n").unwrap();
    let import = |text: &str, more: [String; 5]| {
        let more: Vec<&str> = more.iter().map(String::as_str).chain([map.to_str().unwrap()]).collect();
        desk.import(("accounts.csv", text), &more)
    };
    import("id,name,domain\n1,Helio,helio.example\n", at("2026-01-01", "crm"));
    import("id,name,domain\n9,Helio Ltd,helio.example\n", at("2026-01-08", "billing"));
    let shown = desk.json(&["ssot"]);
    let accounts = &shown["objects"][0];
    assert_eq!((&accounts["object"], &accounts["master"]), (&"accounts".into(), &serde_json::Value::Null));
    assert_eq!(accounts["conflicts"], 1);
    let look = desk.json(&["ssot", "set", "accounts", "crm", "--dry-run"]);
    assert_eq!((&look["values"], &look["action"]), (&1.into(), &serde_json::Value::Null));
    assert!(
        desk.run(&["ssot", "set", "accounts", "crm"]).contains("crm decides now about accounts. 1 value of 1 record")
    );
    assert!(desk.run(&["ssot", "set", "accounts", "crm"]).contains("It is so already"));
    desk.run(&["ssot", "set", "accounts.domain", "billing", "--reason", "they\u{1b}[31m invoice"]);
    let text = desk.run(&["ssot"]);
    assert!(text.contains("accounts, domain: billing decides (ana") && !text.contains('\u{1b}'), "{text}");
    let text = desk.run(&["ssot", "conflicts"]);
    assert!(text.contains("crm, master") && text.contains("billing: Helio Ltd (2026-01-08)"), "{text}");
    let csv = desk.run(&["ssot", "conflicts", "--format", "csv"]);
    assert_eq!(csv.lines().count(), 3, "{csv}");
    assert!(desk.run(&["log"]).contains("crm became the master of accounts: 1 value of 1 record"));
    assert!(desk.run(&["undo"]).contains("accounts.domain"));
    assert!(desk.run(&["--lang", "zh-CN", "ssot"]).contains("主系统"));
}

/// A file that finds its records by their domain brings their ids too, and deals that name them.
#[test]
fn a_record_that_is_matched_by_a_value_keeps_its_id() {
    let desk = Desk(tempfile::tempdir().unwrap());
    desk.import(("sf-accounts.csv", ACCOUNTS), &["--exported-at", "2026-01-01"]);
    let map = desk.0.path().join("by-domain.toml");
    std::fs::write(&map, "object = \"accounts\"\nkey = [\"domain\"]\n").unwrap();
    let hubspot = "Record ID,Company name,Company Domain Name,hs_object_id\n77,Helio,helio.example,77\n";
    let more = ["--map", map.to_str().unwrap(), "--exported-at", "2026-01-02", "--system", "hubspot"];
    desk.import(("companies.csv", hubspot), &more);
    let again = desk.import(("companies.csv", hubspot), &more);
    assert_eq!((&again["files"][0]["unchanged"], &again["batch"]), (&1.into(), &serde_json::Value::Null));
    let deal = DEALS.replace("hs_object_id", "Associated Company IDs");
    desk.import(("hs-deals.csv", &deal), &["--system", "hubspot", "--exported-at", "2026-01-02"]);
    let location = Location::File(desk.store());
    let helio = rows(&location, Object::Account).remove(0);
    assert_eq!(rows(&location, Object::Opportunity)[0].get("account"), &Value::from(helio.id));
    desk.run(&["set", "accounts", "77", "name=Helios"]);
    let found = desk.json(&["worksheet"]);
    let ids: Vec<_> = found["worksheets"].as_array().unwrap().iter().map(|sheet| &sheet["changes"][0]["id"]).collect();
    assert_eq!(ids, ["77", "001000000000001AAA"], "{found}");
}

/// Ids in a test are those of the store.
#[test]
fn a_number_of_the_store_names_a_record() {
    let desk = Desk(tempfile::tempdir().unwrap());
    desk.import(("accounts.csv", "id,name,domain\nA-1,Helio,helio.example\n"), &["--exported-at", "2026-01-01"]);
    let location = Location::File(desk.store());
    let Id(number) = account(&location).id;
    desk.run(&["set", "accounts", &format!("#{number}"), "name=Helios"]);
    assert_eq!(name(&location), "Helios");
}
