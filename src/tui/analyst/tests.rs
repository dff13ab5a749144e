//! The desk on the sample company.

mod replay;
mod search;
mod statements;

use super::*;
use crate::analysis::funnel::{Basis, Compare, JourneySet, Measure, Query, Which};
use crate::analysis::pipeline::Deals;
use crate::analysis::records::Entry;
use crate::analysis::selection::widened;
use crate::domain::funnel::journey::Skips;
use crate::domain::funnel::segment::Segment;
use crate::domain::period::{FiscalYear, Period};
use crate::domain::sample::DEMO_NOW_MS;
use crate::ops::{self, Location, Session};
use std::collections::BTreeSet;
use std::path::Path;

/// The sample company in a store in this folder, at its own time.
fn sample(folder: &Path) -> (Reader, Clock) {
    let location = Location::File(folder.join("demo.db"));
    let clock = Clock::Fixed(Instant(DEMO_NOW_MS));
    let mut session = Session::open(ops::Setup { location, actor: "ana".to_owned(), clock, read_only: false }).unwrap();
    session.import_sample().unwrap();
    (session.reader().unwrap(), clock)
}

fn page(desk: &mut Desk, filter: &str, sort: Option<Sort>) -> Page {
    let listing = Listing { selection: Deals::default().into(), filter: filter.to_owned(), sort };
    match desk.answer(&Subject::List(listing, Window { first: 0, count: 50 })) {
        Answer::List(page) => *page,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_list_of_people_that_nothing_matches_stays_one_and_chinese_initials_come_first() {
    let folder = tempfile::tempdir().unwrap();
    let (reader, clock) = sample(folder.path());
    let mut desk = Desk::new(reader, clock, Funnels::shipped());
    desk.catch_up().unwrap();
    let set = JourneySet {
        funnel: "lead-to-cash".to_owned(),
        skips: Skips::default(),
        segment: Segment::default(),
        window: Period::parse("2026-Q1", FiscalYear::default()).unwrap().window(),
        which: Which::Entered { stage: 1, again: false },
        priced: false,
    };
    let mut people = |filter: &str| {
        let listing = Listing { selection: set.clone().into(), filter: filter.to_owned(), sort: None };
        match desk.answer(&Subject::List(listing, Window { first: 0, count: 50 })) {
            Answer::List(page) => *page,
            other => panic!("{other:?}"),
        }
    };
    let none = people("no such name at all");
    assert_eq!((none.ids.len(), none.kinds.into_iter().collect::<Vec<_>>()), (0, vec![Object::Person]));
    // 易帆 has the same initials; Quarryfall has the letters in the middle.
    for (initials, wanted) in [("yunfan", "云帆"), ("yf", "帆")] {
        let first = people(initials).rows[0].company.clone().unwrap();
        assert!(first.contains(wanted), "{initials}: {first}");
    }
}

#[test]
fn lists_are_filtered_by_names_and_ids_and_sorted_by_every_column() {
    let folder = tempfile::tempdir().unwrap();
    let (reader, clock) = sample(folder.path());
    let mut desk = Desk::new(reader, clock, Funnels::shipped());
    desk.catch_up().unwrap();

    let all = page(&mut desk, "", None);
    let everyone: BTreeSet<_> = all.ids.iter().copied().collect();
    let row = all.rows.iter().find(|row| row.company.is_some() && row.owner.is_some()).unwrap();
    for words in [&row.name, row.company.as_ref().unwrap(), row.owner.as_ref().unwrap()] {
        let found = page(&mut desk, &words.to_uppercase(), None);
        assert!(found.ids.contains(&row.place()), "{words}");
        assert!(found.ids.len() < all.ids.len() && found.all == all.ids.len(), "{words}");
    }
    assert!(page(&mut desk, "no such name at all", None).ids.is_empty());

    for column in ["name", "company", "state", "owner", "amount", "created", "age"] {
        let sorted = |desk: &mut Desk, descending| page(desk, "", Some(Sort { column, descending }));
        let (up, down) = (sorted(&mut desk, false), sorted(&mut desk, true));
        for sorted in [&up, &down] {
            assert_eq!(sorted.ids.iter().copied().collect::<BTreeSet<_>>(), everyone, "{column}");
        }
        assert_ne!(up.ids, down.ids, "{column}");
        if column == "name" {
            assert!(up.rows.is_sorted_by_key(|row| row.name.to_lowercase()));
        }
        if column == "created" {
            assert!(down.rows.is_sorted_by(|a, b| a.created_at >= b.created_at));
        }
    }
}

#[test]
fn the_list_of_a_conversion_is_sorted_by_what_became_of_the_records() {
    let folder = tempfile::tempdir().unwrap();
    let (reader, clock) = sample(folder.path());
    let mut desk = Desk::new(reader, clock, Funnels::shipped());
    desk.catch_up().unwrap();
    let period = Period::parse("2026-Q3", FiscalYear::default()).unwrap();
    let query = Query {
        period,
        compare: Compare::default(),
        basis: Basis::default(),
        measure: Measure::default(),
        segment: Segment::default(),
    };
    let wish =
        FlowWish { funnel: "lead-to-cash".to_owned(), skips: Skips::default(), query, newest: false, values: false };
    let Answer::Flow(found) = desk.answer(&Subject::Flow(Box::new(wish))) else { panic!("no flow") };
    let sql = found.flow.stages.iter().find(|stage| stage.key == "sql").unwrap();
    let selection = widened(&sql.from_previous).records;
    let mut rows = |column, descending| {
        let sort = Some(Sort { column, descending });
        let listing = Listing { selection: selection.clone(), filter: String::new(), sort };
        let Answer::List(page) = desk.answer(&Subject::List(listing, Window { first: 0, count: 10_000 })) else {
            panic!("no list")
        };
        assert_eq!(page.rows.len() as u64, sql.n);
        page.rows
    };
    let entered = |entry: &Entry| entry.step.unwrap().entered;
    assert!(rows("entered", false).is_sorted_by_key(entered));
    assert!(rows("source", false).is_sorted_by_key(|entry| entry.source.clone().map(|name| name.to_lowercase())));
    // Those who have not arrived come last, however it is sorted.
    let reached: Vec<_> = rows("reached", true).iter().map(|entry| entry.step.unwrap().reached).collect();
    assert!(reached.is_sorted_by(|a, b| a >= b) && reached.contains(&None));
}
