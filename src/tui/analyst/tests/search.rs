//! The search over all records finds what a look at one after the other finds, and stops when nobody waits for it.

use super::*;
use crate::domain::matching::Query;
use crate::domain::object::Object;
use crate::domain::records::LISTED;
use crate::domain::sample::SampleSpec;
use crate::domain::value::Value;
use crate::ops::import::{ImportPolicy, Options, read_files, sources};
use std::collections::HashMap;

/// The company of `revops sample` with so many leads, at its own time.
fn generated(folder: &Path, leads: usize) -> (Session, Clock) {
    let location = Location::File(folder.join("s.db"));
    let clock = Clock::Fixed(Instant(DEMO_NOW_MS));
    let mut session = Session::open(ops::Setup { location, actor: "ana".to_owned(), clock, read_only: false }).unwrap();
    let files = folder.join("files");
    ops::write_sample(&SampleSpec { seed: 7, leads, now_ms: DEMO_NOW_MS }, &files).unwrap();
    let options = Options::new(Instant(DEMO_NOW_MS), Currency::USD);
    let found = read_files(&sources(&[files]).unwrap(), &options, &mut |_, _, _| None);
    session.import(found.sheets, &ImportPolicy::default(), &|message| message.key.to_owned()).unwrap();
    (session, clock)
}

fn looked(desk: &mut Desk, object: Object, filter: &str) -> Page {
    let listing = Listing { selection: Selection::All(object), filter: filter.to_owned(), sort: None };
    match desk.answer(&Subject::List(listing, Window { first: 0, count: 5 })) {
        Answer::List(page) => *page,
        other => panic!("{other:?}"),
    }
}

/// All that a record is found by, read one after the other: no arena, no bits, no order.
fn plainly(reader: &mut Reader, facts: &crate::domain::facts::Facts, object: Object) -> HashMap<Id, Vec<String>> {
    let mut accounts = HashMap::new();
    reader
        .fields(Object::Account, &["name"], &mut |id, values| drop(accounts.insert(id.0, values[0].clone())))
        .unwrap();
    let mut called: HashMap<i64, Vec<String>> = HashMap::new();
    let mut hear = |values: &[Value]| {
        let name = values[1].text().unwrap_or_default().to_owned();
        called.entry(values[0].int().unwrap()).or_default().push(name);
    };
    reader.fields(Object::Link, &["record", "external_id"], &mut |_, values| hear(values)).unwrap();
    let fields: &[&'static str] = match object {
        Object::Person => &["account", "owner", "full_name", "company", "email", "phone", "wechat"],
        Object::Account => &["id", "owner", "name", "domain"],
        _ => &["account", "owner", "name"],
    };
    let fields: Vec<&'static str> = fields.iter().copied().filter(|field| *field != "id").collect();
    let mut all = HashMap::new();
    let mut tell = |id: Id, values: &[Value]| {
        let mut texts: Vec<String> = called.get(&id.0).cloned().unwrap_or_default();
        for (field, value) in fields.iter().zip(values) {
            let text = match *field {
                "account" => value.int().and_then(|id| accounts.get(&id)).and_then(Value::text),
                "owner" => value.int().and_then(|id| facts.members.get(&id)).map(|member| member.name.as_str()),
                _ => value.text(),
            };
            texts.extend(text.map(str::to_owned));
        }
        all.insert(id, texts);
    };
    reader.fields(object, &fields, &mut |id, values| tell(id, values)).unwrap();
    all
}

#[test]
fn what_is_found_is_what_a_plain_scan_finds() {
    let folder = tempfile::tempdir().unwrap();
    let (session, clock) = generated(folder.path(), 20_000);
    let mut desk = Desk::new(session.reader().unwrap(), clock, Funnels::shipped());
    desk.catch_up().unwrap();
    let mut reader = session.reader().unwrap();
    let facts = reader.facts().unwrap();
    for object in LISTED {
        let plain = plainly(&mut reader, &facts, object);
        assert_eq!(looked(&mut desk, object, "").ids.len(), plain.len());
        let name = plain.values().flatten().find(|text| text.len() > 6).unwrap().clone();
        for words in [name.as_str(), "yunfan", "yf", "a", "云", "an li", "0", "example", "+1 555", "zzqqj"] {
            let found: BTreeSet<Id> = looked(&mut desk, object, words).ids.iter().map(|(_, id)| *id).collect();
            let query = Query::new(words);
            let matches = |texts: &Vec<String>| {
                query.matches(&crate::domain::matching::Folded::of_fields(texts.iter().map(String::as_str)))
            };
            let wanted: BTreeSet<Id> = plain.iter().filter(|(_, texts)| matches(texts)).map(|(id, _)| *id).collect();
            assert_eq!(found, wanted, "{object:?} {words}");
        }
    }
    let page = looked(&mut desk, Object::Person, "yunfan");
    for object in LISTED {
        assert_eq!(page.hits[&object], looked(&mut desk, object, "yunfan").ids.len());
    }
}

#[test]
fn what_is_typed_and_erased_key_by_key_finds_what_a_plain_scan_finds() {
    let folder = tempfile::tempdir().unwrap();
    let (session, clock) = generated(folder.path(), 2_000);
    let mut desk = Desk::new(session.reader().unwrap(), clock, Funnels::shipped());
    desk.catch_up().unwrap();
    let mut reader = session.reader().unwrap();
    let facts = reader.facts().unwrap();
    let plain = LISTED.map(|object| plainly(&mut reader, &facts, object));
    let keys: Vec<char> = "aeinor lwyf01@+王云 ".chars().collect();
    let mut dice = 1_u64;
    let mut roll = |n: usize| {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (dice >> 33) as usize % n
    };
    let (mut typed, mut several) = (String::new(), 0);
    for _ in 0..300 {
        // More is typed than erased, and now and then all of it goes.
        match roll(12) {
            0 => typed.clear(),
            1..4 => drop(typed.pop()),
            _ => typed.push(keys[roll(keys.len())]),
        }
        let filter = format!("{typed} open");
        let (query, at) = (Query::new(&typed), roll(LISTED.len()));
        for (object, plain) in LISTED.into_iter().zip(&plain) {
            let folded =
                |texts: &Vec<String>| crate::domain::matching::Folded::of_fields(texts.iter().map(String::as_str));
            let wanted: BTreeSet<Id> =
                plain.iter().filter(|(_, texts)| query.matches(&folded(texts))).map(|(id, _)| *id).collect();
            let page = looked(&mut desk, object, &typed);
            assert_eq!(page.ids.iter().map(|(_, id)| *id).collect::<BTreeSet<_>>(), wanted, "{object:?} {typed:?}");
            // In the same order as without a trail, best first and then the newest.
            let rank = |id: &Id| (query.rank(&folded(&plain[id])), std::cmp::Reverse(*id));
            let ids: Vec<Id> = page.ids.iter().map(|(_, id)| *id).collect();
            assert!(typed.trim().is_empty() || ids.is_sorted_by_key(rank), "{object:?} {typed:?}");
            several += usize::from(!ids.is_empty() && ids.len() < plain.len());
        }
        let tested = looked(&mut desk, LISTED[at], &filter).ids.len();
        assert!(tested <= looked(&mut desk, LISTED[at], &typed).ids.len(), "a test keeps what it finds: {filter:?}");
    }
    assert!(several > 100, "the words find some and not all: {several}");
}

#[test]
fn tests_of_fields_find_what_the_rows_say() {
    let folder = tempfile::tempdir().unwrap();
    let (reader, clock) = sample(folder.path());
    let mut desk = Desk::new(reader, clock, Funnels::shipped());
    desk.catch_up().unwrap();
    let rows = |desk: &mut Desk, object, filter: &str| {
        let listing = Listing { selection: Selection::All(object), filter: filter.to_owned(), sort: None };
        match desk.answer(&Subject::List(listing, Window { first: 0, count: 100_000 })) {
            Answer::List(page) => page.rows,
            other => panic!("{other:?}"),
        }
    };
    let all = rows(&mut desk, Object::Opportunity, "");
    let dear = rows(&mut desk, Object::Opportunity, "amount>50k created>=2026-07 open");
    let is_dear = |row: &&Entry| {
        let money = row.worth.and_then(crate::domain::pipeline::Worth::money);
        money.is_some_and(|money| money.minor > 5_000_000)
            && row.created_at.is_some_and(|at| at.date().to_string().as_str() >= "2026-07")
            && row.closed_at.is_none()
    };
    let wanted: BTreeSet<_> = all.iter().filter(is_dear).map(Entry::place).collect();
    assert!(!wanted.is_empty() && wanted.len() < all.len());
    assert_eq!(dear.iter().map(Entry::place).collect::<BTreeSet<_>>(), wanted);
    let stage = &all[0].state;
    let staged = rows(&mut desk, Object::Opportunity, &format!("阶段:\"{stage}\""));
    assert!(!staged.is_empty() && staged.iter().all(|row| row.state.contains(stage)));
    assert!(rows(&mut desk, Object::Person, "amount>1").is_empty(), "a person has no amount");
    let people = rows(&mut desk, Object::Person, "score>=50 source:event");
    assert!(
        !people.is_empty() && people.iter().all(|row| row.score >= Some(50) && row.source.as_deref() == Some("Event"))
    );
    let accounts = rows(&mut desk, Object::Account, "created<2026");
    assert!(accounts.iter().all(|row| row.created_at.is_some_and(|at| at.date().to_string().as_str() < "2026")));
}

#[test]
fn a_search_that_nobody_waits_for_any_more_is_given_up() {
    let folder = tempfile::tempdir().unwrap();
    let (reader, clock) = sample(folder.path());
    let mut desk = Desk::new(reader, clock, Funnels::shipped());
    desk.catch_up().unwrap();
    let listing = Listing { selection: Selection::All(Object::Person), filter: "a".to_owned(), sort: None };
    let subject = Subject::List(listing, Window { first: 0, count: 5 });
    assert_eq!(desk.answer_while(&subject, &|| false), None);
    assert!(matches!(desk.answer_while(&subject, &|| true), Some(Answer::List(_))));
}

#[test]
fn what_somebody_edits_is_found_by_its_new_name_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let (mut session, clock) = generated(folder.path(), 500);
    let mut desk = Desk::new(session.reader().unwrap(), clock, Funnels::shipped());
    desk.catch_up().unwrap();
    let found = looked(&mut desk, Object::Person, "a");
    let row = found.rows[0].row.clone();
    session.set_field(Object::Person, row.id, row.rev, "full_name", "Quixotine Zzyx".into()).unwrap();
    assert!(desk.catch_up().unwrap());
    let before = desk.reader.statements();
    assert_eq!(looked(&mut desk, Object::Person, "quixotine").ids.to_vec(), [(Object::Person, row.id)]);
    assert!(desk.reader.statements() - before < 20, "and only it is read again");
    let account = Id(*desk.facts.opportunities.account.iter().find(|id| **id > 0).unwrap());
    let rev = desk.reader.rows(Object::Account, &[account]).unwrap()[0].rev;
    session.set_field(Object::Account, account, rev, "name", "Wuxzy Holdings".into()).unwrap();
    desk.catch_up().unwrap();
    let before = desk.reader.statements();
    assert_eq!(looked(&mut desk, Object::Account, "wuxzy").ids.to_vec(), [(Object::Account, account)]);
    assert!(desk.reader.statements() - before < 30, "only it and what belongs to it is read again");
    let belongs = |object, column: &[i64], ids: &[i64]| {
        let its = ids.iter().zip(column).filter(|(_, cell)| **cell == account.0);
        its.map(|(id, _)| (object, Id(*id))).collect::<BTreeSet<(Object, Id)>>()
    };
    let (people, deals) = (desk.facts.people.clone(), desk.facts.opportunities.clone());
    let its_people = belongs(Object::Person, &people.account, &people.id);
    let its_deals = belongs(Object::Opportunity, &deals.account, &deals.id);
    assert!(!its_people.is_empty() || !its_deals.is_empty());
    for (object, wanted) in [(Object::Person, its_people), (Object::Opportunity, its_deals)] {
        assert_eq!(looked(&mut desk, object, "wuxzy").ids.iter().copied().collect::<BTreeSet<_>>(), wanted);
    }
    session.undo(None).unwrap();
    desk.catch_up().unwrap();
    assert!(looked(&mut desk, Object::Account, "wuxzy").ids.is_empty());
}
