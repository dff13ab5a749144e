//! Moves of leads and contacts: imported beside those of deals, told on the page of a person, taken back.

use crate::support::engines::{dump, on_each_engine};
use crate::support::program::{json, revops, succeed};
use revops::domain::object::Object;
use revops::domain::value::Value;
use revops::ops::{Reader, Session, Setup};
use revops::store::Location;
use std::path::Path;

const LEADS: &str = "id,email,source,created_at\nL-1,a@x.example,Web,2026-01-01\nL-2,b@x.example,Web,2026-01-01\n";
const DEALS: &str = "id,name,stage,created_at\nL-1,Alpha,Demo,2026-01-01\n";
/// A deal and a lead that are called the same; people that nobody knows, and an object that has no stages.
const HISTORY: &str = "object,record_id,from_stage,to_stage,at,actor,amount,close_date\n\
    opportunity,L-1,,Demo,2026-01-02T10:00:00Z,Ana,5,2026-03-01\n\
    Lead,L-1,,Demo,2026-01-02T10:00:00Z,,,\n\
    线索,L-1,Demo,MQL,2026-01-03T10:00:00Z,Ana,,\n\
    PEOPLE,L-1,MQL,Nurture,2026-01-04T10:00:00Z,,,\n\
    contacts,L-1,Nurture,mql,2026-01-05T10:00:00Z,,,\n\
    lead,L-1,Nurture, m.q.l ,2026-01-05T10:00:00Z,Li,,\n\
    lead,L-9,,MQL,2026-01-05T10:00:00Z,,,\n\
    opportunity,L-2,,Demo,2026-01-05T10:00:00Z,,5,2026-03-01\n\
    lead,L-2,,,2026-01-05T10:00:00Z,,,\n\
    account,A-1,,Demo,2026-01-05T10:00:00Z,,,\n";

fn write(folder: &Path) -> [std::path::PathBuf; 3] {
    [("leads.csv", LEADS), ("deals.csv", DEALS), ("stage-history.csv", HISTORY)].map(|(name, text)| {
        let path = folder.join(name);
        std::fs::write(&path, text).unwrap();
        path
    })
}

#[test]
fn moves_of_people_and_of_deals_come_in_one_file() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("s.db");
    let files = write(folder.path());
    let import = |files: &[std::path::PathBuf]| {
        json(revops(&store).arg("import").args(files).args(["--yes", "--format", "json"]))
    };
    import(&files[..2]);
    let before = dump(&Location::File(store.clone()));
    let report = import(&files[2..]);
    let file = &report["files"][0];
    let counts = ["rows", "new", "changed", "unchanged", "rejected"].map(|key| file[key].as_i64().unwrap());
    assert_eq!(counts, [10, 7, 0, 1, 2], "{file}");
    assert_eq!(file["waiting"], 2, "a person and a deal have not come yet");
    assert_eq!(file["blank"]["amount"], serde_json::Value::Null, "a person's move has no amount to be blank");
    let rejects = std::fs::read_to_string(file["rejects_file"].as_str().unwrap()).unwrap();
    for reason in ["stage or time of the move is missing", "is about neither"] {
        assert_eq!(rejects.matches(reason).count(), 1, "{reason}: {rejects}");
    }
    let after = dump(&Location::File(store.clone()));
    assert_eq!((after["lifecycle_change"].len(), after["stage_change"].len()), (4, 1));
    let info = json(revops(&store).args(["store", "info", "--format", "json"]));
    assert_eq!(info["rows"]["lifecycle_change"], 4);
    assert!(succeed(revops(&store).args(["store", "info"])).contains("stage changes of people"));
    assert_eq!(succeed(revops(&store).args(["store", "verify"])), "The store is sound.\n");
    // The same rows in another order, spelled another way, are no news.
    let again = folder.path().join("history-2.csv");
    let mut lines: Vec<&str> = HISTORY.lines().skip(1).take(5).collect();
    lines.reverse();
    let header = HISTORY.lines().next().unwrap();
    std::fs::write(&again, format!("{header}\n{}\n", lines.join("\n").replace("mql", "Mql"))).unwrap();
    let report = import(std::slice::from_ref(&again));
    assert_eq!((&report["files"][0]["unchanged"], &report["batch"]), (&5.into(), &serde_json::Value::Null));
    succeed(revops(&store).arg("undo"));
    assert_eq!(dump(&Location::File(store.clone())), before);
    succeed(revops(&store).arg("redo"));
    assert_eq!(dump(&Location::File(store)), after);
}

#[test]
fn a_person_tells_its_moves_and_the_facts_have_them() {
    on_each_engine(|location| {
        let folder = tempfile::tempdir().unwrap();
        let setup = Setup {
            location: location.clone(),
            actor: "ana".into(),
            clock: revops::clock::Clock::System,
            read_only: false,
        };
        let mut session = Session::open(setup).unwrap();
        let options = revops::ops::import::Options::new(session.clock().now(), revops::domain::money::Currency::USD);
        let files = write(folder.path());
        // Rejected rows of a server's import would be written into the current folder.
        std::fs::write(&files[2], HISTORY.lines().take(7).collect::<Vec<_>>().join("\n")).unwrap();
        let sheets = revops::ops::import::read_files(&files, &options, &mut |_, _, _| None).sheets;
        session.import(sheets, &Default::default(), &|message| message.key.to_owned()).unwrap();
        let mut reader = Reader::open(location).unwrap();
        let facts = reader.facts().unwrap();
        let moves = &facts.lifecycle_changes;
        let words: Vec<&str> = moves.to_stage.iter().map(|&stage| facts.words.word(stage).unwrap()).collect();
        assert_eq!(words, ["Demo", "MQL", "Nurture", "mql"]);
        assert!(moves.at.is_sorted() && moves.person.iter().all(|&id| facts.people.find(id).is_some()));
        let person = revops::domain::value::Id(moves.person[0]);
        let story = reader.story(Object::Person, person).unwrap().unwrap();
        let told: Vec<&Value> = story.history.iter().map(|change| change.get("to_stage")).collect();
        assert_eq!(told, [&Value::from("Demo"), &"MQL".into(), &"Nurture".into(), &"mql".into()]);
        session.undo(None).unwrap();
        assert!(dump(location).values().all(Vec::is_empty));
    });
}
