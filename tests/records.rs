//! What surrounds people, companies and deals: touches, ARR, spend, costs, leave, rates, surveys, health, usage,
//! tools and integrations, each from its plain CSV into the store and back out of it.

use crate::support::engines::{dump, on_each_engine};
use crate::support::program::{json, revops, succeed};
use revops::domain::money::Currency;
use revops::domain::object::{Kind, Object, Row};
use revops::domain::time::{DAY_MS, Instant};
use revops::domain::value::{Id, Value};
use revops::i18n::{Lang, Locale};
use revops::ops::import::{As, ImportReport, Options, read_files};
use revops::ops::{Reader, Session, Setup};
use revops::store::Location;
use std::path::Path;

/// What the others refer to.
const BASE: [(&str, &str); 4] = [
    ("team.csv", "id,name,role\nT-1,Ana,SDR\nT-2,王芳,CSM\n"),
    ("accounts.csv", "id,name,domain\nA-1,Helio,helio.example\nA-2,云帆科技,yunfan.example\n"),
    ("leads.csv", "id,email,full_name,source\nL-1,a@x.example,Ada,Web\nL-2,b@x.example,Bo,Web\n"),
    ("opportunities.csv", "id,name,stage\nO-1,Alpha,Demo\n"),
];

/// A file: what it is called and holds, how its first row reads in the store, and a correction of it.
struct Case {
    file: &'static str,
    text: &'static str,
    object: Object,
    first: &'static [(&'static str, &'static str)],
    correction: (&'static str, &'static str),
}

const CASES: [Case; 12] = [
    Case {
        file: "touches.csv",
        text: "id,object,record_id,kind,direction,human,at,by,outcome\n\
               1,lead,L-1,call,outbound,true,2026-11-02T09:30:00Z,T-1,no answer\n\
               2,opportunity,O-1,会议,,,2026-11-03,王芳,\n\
               3,客户,A-1,企业微信,inbound,是,2026-11-04,,\n",
        object: Object::Touch,
        first: &[
            ("person", "Ada"),
            ("kind", "call"),
            ("direction", "outbound"),
            ("human", "1"),
            ("at", "1793611800000"),
            ("member", "Ana"),
            ("outcome", "no answer"),
        ],
        correction: ("no answer", "talked"),
    },
    Case {
        file: "handoffs.csv",
        text: "handoff,opportunity_id,lead_id,event,at,member,reason,on,decision_chain\n\
               sc,O-1,,form,2026-11-03T08:00:00Z,Ana,,,CFO signs\n\
               ,O-1,,启动会,2026-11-03T09:00:00Z,T-1,,2026-11-10T09:00:00Z,\n\
               ,,L-1,returned,2026-11-04,T-1,no budget,,\n",
        object: Object::HandoffEvent,
        first: &[
            ("handoff", "sales-to-cs"),
            ("opportunity", "Alpha"),
            ("kind", "form"),
            ("at", "1793692800000"),
            ("member", "Ana"),
            ("details", "{\"decision_chain\":\"CFO signs\"}"),
        ],
        correction: ("no budget", "no need"),
    },
    Case {
        file: "arr.csv",
        text: "account_id,kind,amount,currency,at\nA-1,new,12000,USD,2026-01-05\nA-1,churn,500,,2026-02-05\n\
               云帆科技,扩展,\"1,200.50\",CNY,2026-03-01T08:00:00Z\n",
        object: Object::ArrMovement,
        first: &[("account", "Helio"), ("kind", "new"), ("amount", "1200000"), ("currency", "USD")],
        correction: ("12000", "12500"),
    },
    Case {
        file: "spend.csv",
        text: "period,channel,campaign,amount,currency\n2026-10,Event,Expo Q4,40000,USD\n2026-10,Event,,100,USD\n\
               2026年11月,Paid Search,,900,EUR\n",
        object: Object::Spend,
        first: &[("period", "2026-10"), ("channel", "Event"), ("campaign", "Expo Q4"), ("amount", "4000000")],
        correction: ("40000", "41000"),
    },
    Case {
        file: "costs.csv",
        text: "period,team,amount,currency\n2026-10,Sales,250000,USD\n2026-10,Marketing,90000,USD\n",
        object: Object::Cost,
        first: &[("period", "2026-10"), ("team", "Sales"), ("amount", "25000000")],
        correction: ("250000", "251000"),
    },
    Case {
        file: "leave.csv",
        text: "person,from,to\nT-1,2026-11-02,2026-11-06\nT-2,2026-12-20,2026-12-31\n",
        object: Object::Leave,
        first: &[("member", "Ana"), ("first_day", "2026-11-02"), ("last_day", "2026-11-06")],
        correction: ("2026-11-06", "2026-11-09"),
    },
    Case {
        file: "rates.csv",
        text: "currency,date,rate\nEUR,2026-10-01,1.085\nEUR,2026-11-01,1.092\nVND,2026-10-01,0.00003937\n",
        object: Object::Rate,
        first: &[("currency", "EUR"), ("date", "2026-10-01"), ("rate", "1085000000")],
        correction: ("1.085", "1.0853"),
    },
    Case {
        file: "surveys.csv",
        text: "account_id,person_id,kind,score,at\nA-1,L-1,nps,9,2026-10-01\nA-1,,csat,4.5,2026-10-01\n\
               ,L-2,满意度,,2026-10-02\n",
        object: Object::Survey,
        first: &[("account", "Helio"), ("person", "Ada"), ("kind", "nps"), ("score", "90000")],
        correction: ("nps,9", "nps,8"),
    },
    Case {
        file: "health.csv",
        text: "account_id,score,at\nA-1,71,2026-10-01\nA-2,35.5,2026-10-01\n",
        object: Object::Health,
        first: &[("account", "Helio"), ("score", "710000")],
        correction: ("71", "72"),
    },
    Case {
        file: "usage.csv",
        text: "account_id,person_id,metric,value,at\nA-1,,API calls,1200,2026-10-01\nA-1,L-1,logins,3,2026-10-01\n",
        object: Object::Usage,
        first: &[("account", "Helio"), ("metric", "API calls"), ("value", "12000000")],
        correction: ("1200", "1300"),
    },
    Case {
        file: "tools.csv",
        text: "name,layer,category,owner,team,seats,seats_used,annual_cost,implementation_cost,maintenance_cost,\
               currency,renewal_date,capabilities\n\
               Salesforce,application,CRM,Ana,Sales,80,61,96000,20000,5000,USD,2027-01-31,\"accounts; deals ；reports\"\n\
               神策分析,数据层,BI,,市场,,,,,,,,埋点、看板\n",
        object: Object::Tool,
        first: &[
            ("name", "Salesforce"),
            ("layer", "application"),
            ("owner", "Ana"),
            ("seats_used", "61"),
            ("annual_cost", "9600000"),
            ("renewal_date", "2027-01-31"),
            ("capabilities", "accounts;deals;reports"),
        ],
        correction: ("96000", "99000"),
    },
    Case {
        file: "integrations.csv",
        text: "from,to,direction,trigger,fields,status\nHubSpot,Salesforce,one-way,lead qualifies,score,运行中\n\
               Salesforce,HubSpot,单向,stage changes,stage,planned\n",
        object: Object::Integration,
        first: &[
            ("from_tool", "HubSpot"),
            ("to_tool", "Salesforce"),
            ("direction", "one_way"),
            ("trigger", "lead qualifies"),
            ("status", "active"),
        ],
        correction: ("运行中", "故障"),
    },
];

fn import(session: &mut Session, folder: &Path, files: &[(&str, &str)]) -> ImportReport {
    let paths: Vec<_> = files
        .iter()
        .map(|(name, text)| {
            let path = folder.join(name);
            std::fs::write(&path, text).unwrap();
            path
        })
        .collect();
    let now = session.clock().now();
    let options = Options { exported_at: Some(Instant(now.0 / DAY_MS * DAY_MS)), ..Options::new(now, Currency::USD) };
    let sheets = read_files(&paths, &options, &mut |_, _, _| None).sheets;
    session.import(sheets, &Default::default(), &|message| message.key.to_owned()).unwrap()
}

fn counts(report: &ImportReport) -> [u64; 5] {
    let file = &report.files[0];
    [file.rows, file.new, file.changed, file.unchanged, file.rejected]
}

fn open(location: &Location) -> Session {
    Session::open(Setup {
        location: location.clone(),
        actor: "ana".into(),
        clock: revops::clock::Clock::System,
        read_only: false,
    })
    .unwrap()
}

/// Every row of an object, oldest first.
fn rows(reader: &mut Reader, object: Object) -> Vec<Row> {
    let mut ids = Vec::new();
    reader.fields(object, &[], &mut |id, _| ids.push(id)).unwrap();
    ids.sort();
    reader.rows(object, &ids).unwrap()
}

/// The value of a field as a test writes it: codes by word, references by name.
fn told(reader: &mut Reader, row: &Row, key: &str) -> String {
    let field = row.object.fields().iter().find(|field| field.key == key).unwrap();
    match (field.kind, row.get(key)) {
        (Kind::Code(words), Value::Int(code)) => words[usize::try_from(*code).unwrap()].to_owned(),
        (Kind::Reference(_), Value::Int(id)) => reader.names(vec![row.clone()]).unwrap()[&Id(*id)].clone(),
        (_, Value::Int(n)) => n.to_string(),
        (_, value) => value.text().unwrap_or_default().to_owned(),
    }
}

/// The same table with its columns turned round.
fn turned(text: &str) -> String {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let mut writer = csv::Writer::from_writer(Vec::new());
    for record in reader.records() {
        writer.write_record(record.unwrap().iter().rev()).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

#[test]
fn each_file_comes_in_once_is_corrected_and_goes_again() {
    on_each_engine(|location| {
        let folder = tempfile::tempdir().unwrap();
        let mut session = open(location);
        import(&mut session, folder.path(), &BASE);
        for case in &CASES {
            let before = dump(location);
            let report = import(&mut session, folder.path(), &[(case.file, case.text)]);
            let n = case.text.lines().count() as u64 - 1;
            assert_eq!(counts(&report), [n, n, 0, 0, 0], "{}: {:?}", case.file, report.files[0].problems);
            assert!(report.files[0].problems.is_empty(), "{:?}", report.files[0].problems);
            let mut reader = Reader::open(location).unwrap();
            let found = rows(&mut reader, case.object);
            assert_eq!(found.len() as u64, n, "{}", case.file);
            for (key, expected) in case.first {
                assert_eq!(told(&mut reader, &found[0], key), *expected, "{} {key}", case.file);
            }
            assert!(reader.verify().unwrap().is_empty(), "{:?}", reader.verify().unwrap());
            let told = reader.info().unwrap().rows.into_iter().find(|(object, _)| *object == case.object);
            assert_eq!(told, Some((case.object, i64::try_from(n).unwrap())));
            // The same again, in any order of columns, is no news.
            for text in [case.text.to_owned(), turned(case.text)] {
                let again = import(&mut session, folder.path(), &[(case.file, &text)]);
                assert_eq!((counts(&again), again.batch), ([n, 0, 0, n, 0], None), "{}", case.file);
            }
            let (from, to) = case.correction;
            let corrected = case.text.replacen(from, to, 1);
            let after = dump(location);
            let report = import(&mut session, folder.path(), &[(case.file, &corrected)]);
            assert_eq!(counts(&report), [n, 0, 1, n - 1, 0], "{}", case.file);
            session.undo(None).unwrap();
            assert_eq!(dump(location), after, "{}", case.file);
            session.undo(None).unwrap();
            assert_eq!(dump(location), before, "{}", case.file);
            session.redo().unwrap();
        }
        assert!(Reader::open(location).unwrap().verify().unwrap().is_empty());
    });
}

#[test]
fn a_reference_waits_for_its_record() {
    on_each_engine(|location| {
        let folder = tempfile::tempdir().unwrap();
        let mut session = open(location);
        let deals = "id,name,stage,lead_id\n1,Alpha,Demo,L-77\n";
        import(&mut session, folder.path(), &[("opportunities.csv", deals)]);
        let before = dump(location);
        let report = import(&mut session, folder.path(), &[("leads.csv", "id,email\nL-77,late@helio.example\n")]);
        assert_eq!(report.resolved_references, 1);
        let mut reader = Reader::open(location).unwrap();
        let deal = rows(&mut reader, Object::Opportunity).remove(0);
        let lead = rows(&mut reader, Object::Person).into_iter().find(|row| row.get("email").text().is_some()).unwrap();
        assert_eq!(deal.get("lead").int(), Some(lead.id.0));
        assert_eq!(import(&mut session, folder.path(), &[("opportunities.csv", deals)]).batch, None);
        session.undo(None).unwrap();
        assert_eq!(dump(location), before);
    });
}

#[test]
fn a_record_tells_what_surrounds_it() {
    on_each_engine(|location| {
        let folder = tempfile::tempdir().unwrap();
        let mut session = open(location);
        let files: Vec<(&str, &str)> =
            BASE.into_iter().chain(CASES.iter().map(|case| (case.file, case.text))).collect();
        import(&mut session, folder.path(), &files);
        let mut reader = Reader::open(location).unwrap();
        let mut related = |object: Object| {
            let id = rows(&mut reader, object)[0].id;
            let story = reader.story(object, id).unwrap().unwrap();
            let mut counts = std::collections::BTreeMap::new();
            story.events.iter().for_each(|event| *counts.entry(event.object.key()).or_default() += 1);
            assert!(story.events.is_sorted_by_key(|event| event.get("at").int()));
            counts.into_iter().collect::<Vec<(&str, usize)>>()
        };
        let account = [("arr_movement", 2), ("health", 1), ("survey", 2), ("touch", 1), ("usage", 2)];
        assert_eq!(related(Object::Account), account);
        assert_eq!(related(Object::Person), [("survey", 1), ("touch", 1), ("usage", 1)]);
        assert_eq!(related(Object::Opportunity), [("touch", 1)]);
    });
}

#[test]
fn all_of_them_come_in_one_import_in_any_order() {
    on_each_engine(|location| {
        let folder = tempfile::tempdir().unwrap();
        let mut session = open(location);
        let files: Vec<(&str, &str)> = CASES.iter().rev().map(|case| (case.file, case.text)).chain(BASE).collect();
        let report = import(&mut session, folder.path(), &files);
        assert!(report.files.iter().all(|file| file.rejected == 0 && file.new == file.rows), "{report:?}");
        let mut reader = Reader::open(location).unwrap();
        // A tool that only an integration names is there by its name.
        let tools: Vec<String> =
            rows(&mut reader, Object::Tool).iter().map(|row| row.get("name").text().unwrap().to_owned()).collect();
        assert_eq!(tools.len(), 3, "{tools:?}");
        assert_eq!(report.named_only.get("tool").copied().unwrap_or_default(), 0);
        assert_eq!(report.unmatched.iter().map(|name| name.name.as_str()).collect::<Vec<_>>(), ["HubSpot", "HubSpot"]);
        session.undo(None).unwrap();
        assert!(dump(location).values().all(Vec::is_empty));
    });
}

#[test]
fn what_is_about_somebody_who_has_not_come_yet_waits_for_them() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("s.db");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let import = |file: &Path| {
        json(revops(&store).arg("import").arg(file).args(["--yes", "--format", "json"]))["files"][0].clone()
    };
    let touches = write(
        "touches.csv",
        "id,object,record_id,kind,at\n1,lead,L-1,call,2026-11-02\n2,account,A-1,call,2026-11-02\n3,lead,,call,2026-11-02\n",
    );
    let surveys = write(
        "surveys.csv",
        "account_id,person_id,kind,score,at\n,L-1,nps,9,2026-11-02\nA-1,L-1,nps,9,2026-11-02\n,,nps,9,2026-11-02\n",
    );
    for file in [&touches, &surveys] {
        let report = import(file);
        assert_eq!((report["new"].as_i64(), report["rejected"].as_i64()), (Some(2), Some(1)), "{report}");
        let rejects = std::fs::read_to_string(report["rejects_file"].as_str().unwrap()).unwrap();
        assert!(!rejects.contains("L-1") && rejects.contains("names no lead, contact, deal or account"), "{rejects}");
    }
    // An account may be known by its id alone until its own file comes.
    let report = import(&write("accounts.csv", BASE[1].1));
    assert_eq!((report["new"].as_i64(), report["changed"].as_i64()), (Some(1), Some(1)), "{report}");
    import(&write("leads.csv", BASE[2].1));
    let report = import(&touches);
    assert_eq!((report["new"].as_i64(), report["unchanged"].as_i64()), (Some(0), Some(2)), "{report}");
    assert_eq!(succeed(revops(&store).args(["store", "verify"])), "The store is sound.\n");
    let told = succeed(revops(&store).args(["--lang", "zh-CN", "import", "--dry-run"]).arg(&touches));
    assert!(told.contains("跟进记录") && told.contains("所属对象"), "{told}");
}

#[test]
fn every_field_and_code_has_words() {
    let fields = As::ALL.into_iter().flat_map(|object| object.object().fields());
    for lang in [Lang::En, Lang::ZhCn] {
        let locale = Locale::new(lang);
        for field in fields.clone().filter(|field| field.kind != Kind::Json) {
            assert!(locale.has(&format!("field-{}", field.key)), "{} {}", lang.tag(), field.key);
            if let Kind::Code(words) = field.kind {
                assert!(words.iter().all(|word| locale.has(&format!("word-{word}"))), "{} {words:?}", lang.tag());
            }
        }
        for object in As::ALL {
            assert!(locale.has(&format!("as-{}", object.key())), "{} {}", lang.tag(), object.key());
        }
        for object in Object::ALL {
            assert!(locale.has(&format!("object-{}", object.key())), "{} {}", lang.tag(), object.key());
        }
    }
}
