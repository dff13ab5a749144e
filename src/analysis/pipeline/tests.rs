//! Hand-made deals, with every figure counted by hand.

mod period;

use super::*;
use crate::domain::facts::{Accounts, MemberFact, NONE, Opportunities, ProductFact, StageFact, Touched};
use crate::domain::figure::{Number, Withheld};
use crate::domain::money::Currency;
use crate::domain::money::Money;
use crate::domain::period::{FiscalYear, Unit};
use crate::domain::time::DAY_MS;
use std::sync::Arc;

const NOW: Instant = Instant(100 * DAY_MS);
const OPEN: i64 = 1;
const WON: i64 = 2;
const LOST: i64 = 3;

/// A deal: stage, amount in cents, owner, product, day of creation, day of closing.
type Line = (i64, i64, i64, i64, i64, i64);

fn facts(lines: &[Line]) -> Facts {
    let mut deals = Opportunities::default();
    let rows = lines.iter().zip(1..).map(|(&(stage, amount, owner, product, created, closed), id)| {
        let created = if created == NONE { NONE } else { created * DAY_MS };
        let account = if id % 2 == 0 { 50 } else { NONE };
        vec![id, account, NONE, stage, amount, NONE, owner, NONE, product, created, closed, NONE]
    });
    deals.apply(&Touched::everything(), rows.collect());
    let stage = |name: &str, position, outcome| StageFact { name: name.to_owned(), position, outcome };
    let member = |name: &str, region: Option<&str>, role: &str| MemberFact {
        name: name.to_owned(),
        region: region.map(str::to_owned),
        team: None,
        role: Some(role.to_owned()),
        hired_at: None,
        named_only: false,
    };
    let price = Money { minor: 700, currency: Currency::USD };
    let mut facts = Facts {
        opportunities: Arc::new(deals),
        stages: Arc::new(
            [
                (OPEN, stage("Demo", 1, Outcome::Open)),
                (WON, stage("Won", 8, Outcome::Won)),
                (LOST, stage("Lost", 9, Outcome::Lost)),
            ]
            .into(),
        ),
        members: Arc::new(
            [
                (10, member("Ana", Some("East"), "AE")),
                (11, member("Li", None, "AE")),
                (12, member("Idle", None, "AE")),
                (13, member("Mark", None, "Marketing")),
            ]
            .into(),
        ),
        products: Arc::new(
            [
                (20, ProductFact { name: "Priced".into(), list_price: Some(price) }),
                (21, ProductFact { name: "Free".into(), list_price: None }),
            ]
            .into(),
        ),
        ..Facts::default()
    };
    let north = Arc::make_mut(&mut facts.words).number("North");
    Arc::make_mut(&mut facts.accounts).apply(&Touched::everything(), vec![vec![50, NONE, north, NONE, NONE]]);
    assert_eq!(Accounts::COLUMNS, ["owner", "region", "segment", "first_paid_at"]);
    facts
}

fn sample() -> Facts {
    facts(&[
        (OPEN, 100, 10, NONE, 90, NONE),
        (OPEN, NONE, 11, 20, 20, NONE),
        (OPEN, NONE, 11, 21, NONE, NONE),
        (WON, 1_000, 10, NONE, 10, 20),
        (WON, 3_000, 10, NONE, 10, 50),
        (LOST, NONE, 11, NONE, 10, 12),
    ])
}

/// The quarter that holds day 100, everything in it.
fn query() -> Query {
    let period = Period::holding(Unit::Quarter, NOW.date(), FiscalYear::default()).unwrap();
    Query { period, compare: Compare::default(), segment: Segment::default() }
}

fn view(facts: &Facts) -> Pipeline {
    pipeline(facts, NOW, &query())
}

fn number(figure: &DealFigure) -> String {
    serde_json::to_string(figure).unwrap()
}

#[test]
fn counts_worth_and_days() {
    let view = view(&sample());
    let counts = &view.opportunities;
    assert_eq!([&counts.total, &counts.open, &counts.won, &counts.lost].map(number), ["6", "3", "2", "1"]);
    assert_eq!(number(&view.open_amount), r#"{"currency":"USD","amount":"8.00"}"#);
    let basis = &view.open_amount_basis;
    assert_eq!([&basis.with_amount, &basis.at_list_price, &basis.unpriced].map(number), ["1", "1", "1"]);
    let days = &view.days_to_close.all;
    assert_eq!(
        [&days.min, &days.median, &days.mean, &days.max].map(number),
        ["2.0", "10.0", "17.333333333333332", "40.0"]
    );
    assert_eq!(view.win_rate.value, Err(Withheld::SmallSample { part: 2, whole: 3 }));
}

#[test]
fn ageing_is_measured_against_the_days_of_closed_deals() {
    let ageing = view(&sample()).ageing;
    assert_eq!(
        (number(&ageing.longest_closed_days), number(&ageing.older_than_any_closed)),
        ("40.0".into(), "1".into())
    );
    assert_eq!(number(&ageing.age_unknown), "1");
    let bands: Vec<_> = ageing.bands.iter().map(|band| (band.from_days, band.to_days, band.count.n)).collect();
    assert_eq!(bands, [(0, Some(10), 1), (11, Some(25), 0), (26, Some(34), 0), (35, Some(40), 0), (41, None, 1)]);
}

#[test]
fn a_region_is_the_owners_or_else_the_accounts() {
    let view = view(&sample());
    let regions: Vec<_> = view.by_region.iter().map(|line| (line.region.as_deref(), line.tally.open.n)).collect();
    assert_eq!(regions, [(None, 1), (Some("East"), 1), (Some("North"), 1)]);
}

#[test]
fn only_sellers_are_missed_among_the_owners() {
    assert_eq!(view(&sample()).owners_without_deals, ["Idle"]);
}

#[test]
fn an_empty_store_withholds_what_cannot_be_known() {
    let view = view(&Facts::default());
    assert_eq!(number(&view.opportunities.total), "0");
    assert_eq!(view.win_rate.value, Err(Withheld::NoRecords));
    assert_eq!(view.days_to_close.all.median.value, Err(Withheld::NoRecords));
    assert!(view.by_stage.is_empty() && view.by_owner.is_empty());
}

/// The records behind a figure number its n, and a count is its n.
#[test]
fn every_figure_has_its_records() {
    let facts = sample();
    let view = view(&facts);
    for figure in view.figures() {
        assert_eq!(find(&facts, &figure.records, NOW).len() as u64, figure.n, "{figure:?}");
        if let (Ok(Number::Count(count)), true) = (&figure.value, figure.metric != "close_date_pushes") {
            assert_eq!(*count, figure.n, "{figure:?}");
        }
    }
}
