//! Looking back: every figure counted by hand.

use super::*;
use crate::domain::facts::{Opportunities, StageFact};
use crate::domain::figure::Withheld;
use crate::domain::handoff::State;
use crate::domain::money::{Currency, Money};
use crate::domain::period::{FiscalYear, Period};
use crate::domain::stage::Outcome;
use crate::domain::target::TargetFact;

const WON: i64 = 2;

fn column(name: &str) -> usize {
    People::COLUMNS.iter().position(|column| *column == name).unwrap() + 1
}

/// A lead that became MQL at noon UTC of a day and was touched so many minutes later.
fn lead_on(id: i64, day: &str, touched: Option<i64>) -> Vec<i64> {
    let mql = at(&format!("{day}T12:00:00Z"));
    lead(id, mql, touched.map(|minutes| Instant(mql.0 + minutes * MINUTE)))
}

/// A deal of 2026-05: stage, amount in cents, and the lead it came from.
fn deal(id: i64, cents: i64, lead: i64) -> Vec<i64> {
    let cell = |column: &&str| match *column {
        "stage" => WON,
        "amount" => cents,
        "lead" => lead,
        "created_at" | "closed_at" => at("2026-05-04T00:00:00Z").0,
        _ => NONE,
    };
    std::iter::once(id).chain(Opportunities::COLUMNS.iter().map(cell)).collect()
}

/// 40 leads of March, of whom four became deals of 10,000 each, beside one of 60,000 that nobody handed over; then ten
/// of one October day, nine of them touched in time and one given back.
fn year() -> Facts {
    let mut leads: Vec<Vec<i64>> = (1..=40).map(|id| lead_on(id, "2026-03-10", Some(1))).collect();
    leads[0][column("opportunity")] = 101;
    leads.extend((41..=50).map(|id| lead_on(id, "2026-10-07", Some(if id < 50 { 2 } else { 60 }))));
    leads[44][column("sal_at")] = at("2026-10-08T00:00:00Z").0;
    leads[45][column("disqualified_at")] = at("2026-10-09T00:00:00Z").0;
    let mut facts = facts(leads);
    let deals = vec![
        deal(101, 1_000_000, NONE),
        deal(102, 1_000_000, 2),
        deal(103, 1_000_000, 3),
        deal(104, 1_000_000, 4),
        deal(105, 6_000_000, NONE),
    ];
    Arc::make_mut(&mut facts.opportunities).apply(&Touched::everything(), deals);
    facts.stages = Arc::new([(WON, StageFact { name: "Won".into(), position: 8, outcome: Outcome::Won })].into());
    facts
}

fn with_target(mut facts: Facts, metric: &str, major: i64) -> Facts {
    let target = TargetFact {
        metric: metric.to_owned(),
        period: "2026-Q4".to_owned(),
        owner: None,
        value: major * 10_000,
        currency: None,
    };
    let id = facts.targets.len() as i64;
    Arc::make_mut(&mut facts.targets).insert(id, target);
    facts
}

fn quarter() -> Period {
    Period::parse("2026-Q4", FiscalYear::default()).unwrap()
}

fn told(facts: &Facts) -> Ledger {
    ledger(&board(facts, "24/7", "2026-10-15T00:00:00Z"), facts, &quarter()).unwrap()
}

#[test]
fn marketing_owes_what_the_target_takes_by_the_year_before() {
    let told = told(&with_target(year(), "won_amount", 500_000));
    let marketing = &told.marketing;
    // 40,000 of 100,000 won; four deals of 40 hand-offs; 500,000 × 40 % ÷ (10,000 × 10 %).
    assert_eq!(marketing.share.value, Ok(Number::Share { part: 4_000_000, whole: 10_000_000 }));
    let ten_thousand = Money { minor: 1_000_000, currency: Currency::USD };
    assert_eq!(marketing.average_deal.value, Ok(Number::Money(std::iter::once(ten_thousand).collect())));
    assert_eq!(marketing.rate.value, Ok(Number::Share { part: 4, whole: 40 }));
    assert_eq!(marketing.owed.value, Ok(Number::Count(200)));
    // 14 of 92 days.
    assert_eq!(marketing.owed_so_far.value, Ok(Number::Count(30)));
    assert_eq!(marketing.delivered.value, Ok(Number::Count(10)));
    assert_eq!(marketing.returned.value, Err(Withheld::SmallSample { part: 1, whole: 10 }));
    assert_eq!(marketing.returned_before.value, Ok(Number::Share { part: 0, whole: 40 }));
}

#[test]
fn the_weeks_of_the_ledger_add_up_and_tell_who_missed_first() {
    let told = told(&with_target(year(), "won_amount", 500_000));
    let weeks: Vec<(String, Option<i64>, u64)> =
        told.weeks.iter().map(|week| (week.week.to_string(), week.balance, week.delivered.n)).collect();
    // 4 days of the first week, 11 at the end of the second, 14 by now: 8.7, 23.9, 30.4 owed.
    let wanted = [("2026-W40", -9, 0), ("2026-W41", -14, 10), ("2026-W42", -20, 0)];
    assert_eq!(weeks, wanted.map(|(week, balance, n)| (week.to_owned(), Some(balance), n)));
    let owed: u64 = told.weeks.iter().map(|week| if let Ok(Number::Count(n)) = week.owed.value { n } else { 0 }).sum();
    assert_eq!(owed, 30);
    let missed: Vec<(Side, String)> = told.missed_first.iter().map(|one| (one.side, one.week.to_string())).collect();
    assert_eq!(missed, [(Side::Marketing, "2026-W40".to_owned())]);
    assert!(told.weeks[1].missed == [Side::Marketing], "nine of ten in time is what is agreed");
}

#[test]
fn sales_owes_what_somebody_has_set_and_without_a_target_marketing_owes_nothing_known() {
    let told = told(&with_target(year(), "handoff_inside_sla", 95));
    assert_eq!((told.sales.goal, told.marketing.owed.value), (0.95, Err(Withheld::NoTarget)));
    let missed: Vec<(Side, String)> = told.missed_first.iter().map(|one| (one.side, one.week.to_string())).collect();
    assert_eq!(missed, [(Side::Sales, "2026-W41".to_owned())], "nine of ten are less than 95 %");
    assert_eq!(told.sales.followed_up.value, Err(Withheld::SmallSample { part: 10, whole: 10 }));
    assert_eq!(told.sales.accepted.value, Err(Withheld::SmallSample { part: 1, whole: 10 }));
}

#[test]
fn reasons_are_counted_the_most_frequent_first() {
    let mut told = told(&year());
    let said = ["students", " students ", "", "no budget", "students"].map(|reason| Some(reason.to_owned()));
    told.say_why(said.into_iter().chain([None]));
    let counted: Vec<(Option<&str>, u64)> = told.returns.iter().map(|one| (one.reason.as_deref(), one.n)).collect();
    assert_eq!(counted, [(Some("students"), 3), (None, 2), (Some("no budget"), 1)]);
}

#[test]
fn weeks_hold_what_began_in_them_and_what_took_the_time_of_the_missed_ones() {
    let facts = year();
    let board = board(&facts, "24/7", "2026-10-15T00:00:00Z");
    let told: Vec<(String, u64, u64, bool)> = weeks(&board, &quarter())
        .into_iter()
        .map(|week| (week.week.to_string(), week.line.total.n, week.missed.n, week.running))
        .collect();
    let wanted = [("2026-W42", 0, 0, true), ("2026-W41", 10, 1, false), ("2026-W40", 0, 0, false)];
    assert_eq!(told, wanted.map(|(week, n, missed, running)| (week.to_owned(), n, missed, running)));
    let week = weeks(&board, &quarter()).remove(1);
    // Nobody owned the one that was touched after an hour.
    assert_eq!(week.missed_split.parts(), [("unassigned", 60 * MINUTE)]);
    let march = Period::parse("2026-W11", FiscalYear::default()).unwrap();
    assert_eq!(weeks(&board, &march).len(), 1, "of one week there is one line");
}

#[test]
fn what_a_pause_has_saved_is_told_beside_the_share_without_it() {
    let facts = four();
    let board = board(&facts, "china", "2026-10-09T04:00:00Z");
    let mut saved = board.items[0].clone();
    // Five minutes: two used, four paused.
    (saved.judged.split.paused, saved.judged.used, saved.judged.left) = (4 * MINUTE, 2 * MINUTE, 3 * MINUTE);
    let mut paused = board.items[1].clone();
    (paused.judged.split.paused, paused.judged.used, paused.judged.left) = (MINUTE, 4 * MINUTE, MINUTE);
    assert!((saved.judged.state, paused.judged.state) == (State::Met, State::Met));
    let board = Board { items: vec![saved, paused, board.items[2].clone()], ..board };
    let audit = pauses(&board, &facts, None);
    assert_eq!((audit.paused.n, audit.saved.n), (2, 1), "four and one are five: in time");
    assert_eq!((audit.items[0].paused_seconds, audit.items[0].over_seconds), (240, 60));
    assert_eq!(audit.inside_sla.value, Err(Withheld::SmallSample { part: 2, whole: 3 }));
    assert_eq!(audit.inside_sla_without_pauses.value, Err(Withheld::SmallSample { part: 1, whole: 3 }));
}

#[test]
fn the_newest_period_is_that_of_the_newest_hand_off() {
    let facts = year();
    let board = board(&facts, "24/7", "2027-02-01T00:00:00Z");
    let running = Period::parse("2027-Q1", FiscalYear::default()).unwrap();
    assert_eq!(newest_period(&board, running), quarter());
    assert_eq!(newest_period(&board, quarter()), quarter());
    let review = review(&board, &facts, &BTreeMap::new(), (Topic::Team, quarter()));
    assert_eq!((review.all.total.n, review.told.topic()), (10, Topic::Team));
}
