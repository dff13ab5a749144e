//! Editing in place by two at once: whoever comes later is told, and nothing is overwritten unseen.
#![cfg(unix)]

use crate::support::engines::on_each_engine;
use crate::support::program::{revops, succeed};
use crate::support::pty::Pty;
use revops::clock::Clock;
use revops::domain::object::Object;
use revops::domain::value::Value;
use revops::ops::{Edited, Session, Setup, Theirs};
use std::path::{Path, PathBuf};

const ENTER: &str = "\r";
const ESC: &str = "\u{1b}";
const CLEAR: &str = "\u{15}"; // Ctrl-U

fn file(folder: &Path) -> PathBuf {
    let path = folder.join("accounts.csv");
    std::fs::write(&path, "id,name,domain,segment\nA-1,Helio,helio.example,SMB\nA-2,云帆科技,yunfan.example,SMB\n")
        .unwrap();
    path
}

#[test]
fn the_later_of_two_sessions_sees_what_the_first_one_wrote() {
    on_each_engine(|location| {
        let open = |actor: &str| {
            let setup =
                Setup { location: location.clone(), actor: actor.to_owned(), clock: Clock::System, read_only: false };
            Session::open(setup).unwrap()
        };
        let (mut ana, mut bo) = (open("ana"), open("bo"));
        let folder = tempfile::tempdir().unwrap();
        let options = revops::ops::import::Options::new(
            revops::domain::time::Instant(1_794_910_320_000),
            revops::domain::money::Currency::USD,
        );
        let read = revops::ops::import::read_files(&[file(folder.path())], &options, &mut |_, _, _| None);
        ana.import(read.sheets, &Default::default(), &|message| message.key.to_owned()).unwrap();
        let mut reader = ana.reader().unwrap();
        let mut ids = Vec::new();
        reader.fields(Object::Account, &["name"], &mut |id, _| ids.push(id)).unwrap();
        let row = reader.rows(Object::Account, &ids).unwrap().remove(0);
        let set = |session: &mut Session, seen, value: &str| {
            session.edit(Object::Account, row.id, seen, &[("segment", value.into())]).unwrap()
        };
        assert!(matches!(set(&mut ana, row.rev, "Enterprise"), Edited::Saved(_)));
        let Edited::Changed(theirs) = set(&mut bo, row.rev, "Mid-market") else { panic!("overwritten unseen") };
        let Theirs { row: now, by, .. } = *theirs;
        assert_eq!((now.get("segment"), by.unwrap().actor.as_str()), (&Value::from("Enterprise"), "ana"));
        assert!(matches!(set(&mut bo, now.rev, "Mid-market"), Edited::Saved(_)), "what was seen may be overwritten");
        let standing = |session: &mut Session| {
            let row = session.reader().unwrap().rows(Object::Account, &[row.id]).unwrap().remove(0);
            row.get("segment").clone()
        };
        assert_eq!(standing(&mut bo), "Mid-market".into());
        bo.undo(None).unwrap();
        assert_eq!(standing(&mut ana), "Enterprise".into());
    });
}

#[test]
fn the_account_and_the_owner_of_a_deal_are_edited_told_and_taken_back() {
    on_each_engine(|location| {
        let open = |actor: &str| {
            let setup =
                Setup { location: location.clone(), actor: actor.to_owned(), clock: Clock::System, read_only: false };
            Session::open(setup).unwrap()
        };
        let (mut ana, mut bo) = (open("ana"), open("bo"));
        let folder = tempfile::tempdir().unwrap();
        let files = [
            ("team.csv", "id,name\nT-1,Ana\nT-2,王芳\n"),
            ("accounts.csv", "id,name\nA-1,Helio\nA-2,云帆科技\n"),
            ("deals.csv", "id,name,account_id,stage,owner\nO-1,Alpha,A-1,Demo,T-1\n"),
        ];
        let paths = files.map(|(name, text)| {
            let path = folder.path().join(name);
            std::fs::write(&path, text).unwrap();
            path
        });
        let options = revops::ops::import::Options::new(
            revops::domain::time::Instant(1_794_910_320_000),
            revops::domain::money::Currency::USD,
        );
        let read = revops::ops::import::read_files(&paths, &options, &mut |_, _, _| None);
        ana.import(read.sheets, &Default::default(), &|message| message.key.to_owned()).unwrap();
        let mut reader = ana.reader().unwrap();
        let named = |reader: &mut revops::ops::Reader, object, name: &str| {
            let mut found = None;
            reader
                .fields(object, &["name"], &mut |id, values| {
                    found = found.or((values[0].text() == Some(name)).then_some(id));
                })
                .unwrap();
            found.unwrap()
        };
        let deal = named(&mut reader, Object::Opportunity, "Alpha");
        let (yunfan, fang) =
            (named(&mut reader, Object::Account, "云帆科技"), named(&mut reader, Object::Member, "王芳"));
        let helio = named(&mut reader, Object::Account, "Helio");
        let row = reader.rows(Object::Opportunity, &[deal]).unwrap().remove(0);
        let set = |session: &mut Session, seen, field: &'static str, id: revops::domain::value::Id| {
            session.edit(Object::Opportunity, deal, seen, &[(field, id.into())]).unwrap()
        };
        assert!(matches!(set(&mut ana, row.rev, "account", yunfan), Edited::Saved(_)));
        let Edited::Changed(theirs) = set(&mut bo, row.rev, "owner", fang) else { panic!("overwritten unseen") };
        assert_eq!(theirs.names.get(&yunfan).map(String::as_str), Some("云帆科技"), "both values are told by name");
        assert!(matches!(set(&mut bo, theirs.row.rev, "owner", fang), Edited::Saved(_)));
        let stands = |session: &mut Session| {
            let row = session.reader().unwrap().rows(Object::Opportunity, &[deal]).unwrap().remove(0);
            (row.get("account").clone(), row.get("owner").clone())
        };
        assert_eq!(stands(&mut ana), (yunfan.into(), fang.into()));
        bo.undo(None).unwrap();
        ana.undo(None).unwrap();
        assert_eq!(stands(&mut bo), (helio.into(), row.get("owner").clone()));
    });
}

#[test]
fn two_windows_on_one_store_and_a_draft_that_survives_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("shared.db");
    succeed(revops(&store).args(["import", file(folder.path()).to_str().unwrap(), "--as", "accounts", "--yes"]));
    let home = folder.path().to_str().unwrap();
    let window = |actor: &str| {
        let state = format!("{home}/{actor}");
        std::fs::create_dir_all(&state).unwrap();
        let environment = [("REVOPS_ACTOR", actor), ("HOME", state.as_str()), ("XDG_STATE_HOME", state.as_str())];
        Pty::start(&["--store", store.to_str().unwrap()], &environment, (80, 24))
    };
    let at_helio = |pty: &mut Pty| {
        pty.see("The store is empty");
        pty.press("9");
        pty.see("No people yet");
        pty.press("]");
        pty.see("云帆科技");
        pty.press("/helio");
        pty.see("1 of 2");
        pty.press(ENTER);
        pty.press("e");
        pty.see("Edit a field of Helio");
        pty.press("jjj");
        pty.press(ENTER);
        pty.see("Helio · segment");
    };
    let mut ana = window("ana");
    at_helio(&mut ana);
    let mut bo = window("bo");
    at_helio(&mut bo);
    bo.press(CLEAR);
    bo.press("Mid-market");
    bo.see("Mid-market");
    ana.press(CLEAR);
    ana.press("Enterprise");
    ana.press(ENTER);
    ana.see("Saved segment of Helio");
    bo.press(ENTER);
    bo.see("Nothing has been overwritten");
    bo.see("Enterprise");
    bo.press(ESC);
    bo.see("now: Enterprise");
    bo.signal("KILL");
    drop(bo);
    let mut again = window("bo");
    again.see("Helio");
    again.press("/helio");
    again.see("1 of 2");
    again.press(ENTER);
    again.press("e");
    again.see("Edit a field of Helio");
    again.press("jjj");
    again.press(ENTER);
    again.see("This is your draft");
    again.see("Mid-market");
    again.press(ENTER);
    again.see("Saved segment of Helio");
    ana.see("Mid-market");
}
