//! Coverage, velocity, stall lines, pushes, currencies and segments against tables counted by hand.
//!
//! The period has the days 90 to 179, today is day 120; the days 0 to 89 are the one before it, and its same
//! point is day 30. Amounts are whole dollars.

use super::*;
use crate::domain::facts::{RateFact, StageChanges};
use crate::domain::funnel::segment::Dimension;
use crate::domain::metric::Dictionary;
use crate::domain::target::TargetFact;

const TODAY: Instant = Instant(120 * DAY_MS);
const PERIOD: &str = "1970-04-01..1970-06-29";
const FIRST: i64 = 1;
const SECOND: i64 = 4;
const ANA: i64 = 10;
const LI: i64 = 11;

/// A deal: stage, dollars, owner, days of creation, of expected closing, of closing.
#[derive(Clone, Copy)]
struct Line(i64, i64, i64, i64, i64, i64);

/// A change of a deal: place of the deal from 1, day, stages before and after, close dates before and after.
#[derive(Clone, Copy)]
struct Moved(i64, i64, i64, i64, i64, i64);

fn book(deals: &[Line], moves: &[Moved]) -> Facts {
    let cell = |day: i64| if day == NONE { NONE } else { day * DAY_MS };
    let mut table = Opportunities::default();
    let rows = deals.iter().zip(1..).map(|(&Line(stage, amount, owner, created, close, closed), id)| {
        let amount = if amount == NONE { NONE } else { amount * 100 };
        vec![id, NONE, NONE, stage, amount, NONE, owner, NONE, NONE, cell(created), close, cell(closed)]
    });
    table.apply(&Touched::everything(), rows.collect());
    let mut changes = StageChanges::default();
    let rows = moves
        .iter()
        .zip(1_000..)
        .map(|(&Moved(deal, day, from, to, was, is), id)| vec![id, deal, from, to, cell(day), is, was, NONE]);
    changes.apply(&Touched::everything(), rows.collect());
    let mut facts = facts(&[]);
    let second = StageFact { name: "Offer".to_owned(), position: 2, outcome: Outcome::Open };
    Arc::make_mut(&mut facts.stages).insert(SECOND, second);
    Facts { opportunities: Arc::new(table), stage_changes: Arc::new(changes), ..facts }
}

fn with_target(facts: Facts, owner: Option<&str>, dollars: i64) -> Facts {
    let mut targets = (*facts.targets).clone();
    let (metric, period) = ("won_amount".to_owned(), PERIOD.to_owned());
    let owner = owner.map(str::to_owned);
    targets.insert(targets.len() as i64, TargetFact { metric, period, owner, value: dollars * 10_000, currency: None });
    Facts { targets: Arc::new(targets), ..facts }
}

fn look(facts: &Facts, segment: Segment) -> Pipeline {
    let period = Period::parse(PERIOD, FiscalYear::default()).unwrap();
    pipeline(facts, TODAY, &Query { period, compare: Compare::Previous, segment })
}

/// Ten that were won and ten that were lost of the days before, one that was put off into this period and won, and
/// two that count in neither; nineteen lost ones of this period; three open ones.
fn quarter() -> Facts {
    let mut deals = vec![Line(WON, 100, ANA, 5, 50, 50); 10];
    deals.extend([Line(LOST, 300, LI, 5, 60, 60); 10]);
    deals.push(Line(WON, 1_000, ANA, 5, 100, 100));
    deals.push(Line(LOST, 9_999, LI, 35, 60, 60));
    deals.push(Line(WON, 7_777, LI, 5, 20, 20));
    deals.extend([Line(LOST, 1, LI, 100, 110, 110); 19]);
    deals.push(Line(FIRST, 9_000, ANA, 80, 150, NONE));
    deals.push(Line(SECOND, 3_000, LI, 90, 170, NONE));
    deals.push(Line(SECOND, 500, LI, 90, NONE, NONE));
    book(&deals, &[Moved(21, 40, FIRST, FIRST, 80, 100)])
}

#[test]
fn coverage_and_what_is_needed_of_it() {
    let facts = with_target(with_target(quarter(), None, 6_000), Some("Ana"), 2_000);
    let view = look(&facts, Segment::default());
    let coverage = &view.coverage;
    let money = |dollars: &str| format!(r#"{{"currency":"USD","amount":"{dollars}"}}"#);
    // 1,000 of 6,000 are won; 9,000 + 3,000 are to close in the period.
    assert_eq!(
        [&coverage.target, &coverage.won, &coverage.left, &coverage.open].map(number),
        ["6000.00", "1000.00", "5000.00", "12000.00"].map(money)
    );
    assert_eq!(number(&coverage.ratio), "2.4");
    // Of 10 × 100 + 10 × 300 + 1,000 that were open on day 30, 10 × 100 were won by day 89: 20 %.
    let past = &coverage.past;
    assert_eq!([&past.deals, &past.told].map(number), ["21", "1"]);
    assert_eq!([&past.open, &past.won].map(number), ["5000.00", "1000.00"].map(money));
    assert_eq!((number(&past.win_rate), number(&coverage.needed)), ("0.2".into(), "5.0".into()));
    // 5 × 5,000 − 12,000.
    assert_eq!(number(&coverage.gap), money("13000.00"));
    assert_eq!([&coverage.close_date_unknown, &coverage.overdue].map(number), ["1", "0"]);
    // Ana has won 1,000 of 2,000 and has 9,000 to close; Li has no target.
    let owner = |name: &str| &view.by_owner.iter().find(|line| line.owner.as_deref() == Some(name)).unwrap().period;
    assert_eq!(
        [&owner("Ana").target_left, &owner("Ana").open_in_period].map(number),
        ["1000.00", "9000.00"].map(money)
    );
    assert_eq!(number(&owner("Ana").coverage), "9.0");
    assert_eq!(owner("Li").coverage.value, Err(Withheld::NoTarget));
}

#[test]
fn what_cannot_be_said_of_coverage_has_its_reason() {
    let ratio = |facts: &Facts| look(facts, Segment::default()).coverage.ratio.value;
    assert_eq!(ratio(&quarter()), Err(Withheld::NoTarget));
    assert_eq!(ratio(&with_target(quarter(), None, 900)), Err(Withheld::TargetReached));
    let undated = book(&[Line(FIRST, 100, ANA, 80, NONE, NONE)], &[]);
    let view = look(&with_target(undated, None, 900), Segment::default());
    assert_eq!(view.coverage.ratio.value, Err(Withheld::NoCloseDates));
    assert_eq!(view.coverage.needed.value, Err(Withheld::NoRecords));
    let over = Period::parse("1970-01-01..1970-03-31", FiscalYear::default()).unwrap();
    let query = Query { period: over, compare: Compare::Previous, segment: Segment::default() };
    let view = pipeline(&quarter(), TODAY, &query);
    assert_eq!(
        (view.coverage.ratio.value, view.coverage.needed.value),
        (Err(Withheld::PeriodOver), Err(Withheld::PeriodOver))
    );
    // Nineteen past deals are one too few.
    let few = book(&vec![Line(LOST, 300, LI, 5, 60, 60); 19], &[]);
    let past = look(&few, Segment::default()).coverage;
    assert_eq!(past.past.win_rate.value, Err(Withheld::SmallSample { part: 0, whole: 19 }));
    assert_eq!(past.needed.value, Err(Withheld::FewRecords));
}

#[test]
fn velocity_is_opportunities_times_win_rate_times_deal_over_days() {
    let velocity = look(&quarter(), Segment::default()).velocity;
    let now = &velocity.now;
    // 3 open; 1 of 20 won; 1,000 each; from day 5 to day 100.
    assert_eq!([&now.opportunities, &now.win_rate, &now.cycle_days].map(number), ["3", "0.05", "95.0"]);
    assert_eq!(number(&now.average_deal), r#"{"currency":"USD","amount":"1000.00"}"#);
    // 3 × 0.05 × 1,000 ÷ 95 = 1.578…
    assert_eq!(number(&now.per_day), r#"{"currency":"USD","amount":"1.58"}"#);
    // On day 30 the 21 were open; one was decided by then: too few to judge.
    assert_eq!(number(&velocity.before.opportunities), "21");
    assert_eq!(velocity.before.per_day.value, Err(Withheld::FewRecords));
    assert_eq!(velocity.win_rate_change.value, Err(Withheld::TooFew));
    assert_eq!(velocity.win_rate_points.value, Err(Withheld::TooFew));
    assert_eq!(velocity.could_be_luck, None);
}

/// Twenty deals went on from the first stage after 1 to 20 days, every fourth was won, the others lost; two open
/// ones have been there for 20 and for 14 days, and one came at a time that nothing tells.
fn stalls() -> Facts {
    let (mut deals, mut moves) = (Vec::new(), Vec::new());
    for days in 1..=20 {
        deals.push(Line(if days % 4 == 0 { WON } else { LOST }, 10, ANA, 10, 60, 60));
        moves.push(Moved(days, 10 + days, FIRST, SECOND, NONE, NONE));
        moves.push(Moved(days, 60, SECOND, if days % 4 == 0 { WON } else { LOST }, NONE, NONE));
    }
    deals.push(Line(FIRST, 700, ANA, 100, 130, NONE));
    deals.push(Line(FIRST, 900, LI, 106, 140, NONE));
    deals.push(Line(SECOND, 50, LI, 1, 150, NONE));
    let pushed = |from: i64, day: i64| Moved(21, day, FIRST, FIRST, from, from + 10);
    moves.extend([pushed(100, 101), pushed(110, 105), pushed(120, 110)]);
    book(&deals, &moves)
}

#[test]
fn the_stall_line_is_where_three_of_four_had_gone_on() {
    let view = look(&stalls(), Segment::default());
    let stall = |id: i64| &view.by_stage.iter().find(|line| line.id == id).unwrap().stall;
    // The 75th percentile of 1 … 20 is 15.25; of the 15 below it 3 were won, of the 5 above it 2.
    assert_eq!([&stall(FIRST).stall_line_days, &stall(FIRST).stalled].map(number), ["15.25", "1"]);
    assert_eq!(number(&stall(FIRST).stalled_amount), r#"{"currency":"USD","amount":"700.00"}"#);
    assert_eq!(stall(FIRST).win_rate_under.value, Err(Withheld::SmallSample { part: 3, whole: 15 }));
    assert_eq!(stall(FIRST).win_rate_over.value, Err(Withheld::SmallSample { part: 2, whole: 5 }));
    // From the second one only the five won ones went on: too few for a line.
    assert_eq!(stall(SECOND).stall_line_days.value, Err(Withheld::FewRecords));
    assert_eq!(stall(WON).stall_line_days.value, Err(Withheld::NotApplicable));
    let stalled: Vec<_> = view.stalled.deals.iter().map(|line| (line.id, number(&line.days_in_stage))).collect();
    assert_eq!(stalled, [(21, "20.0".to_owned())]);
    assert_eq!(look(&quarter(), Segment::default()).by_stage[0].stall.stall_line_days.value, Err(Withheld::NoHistory));
}

#[test]
fn pushes_are_counted_deal_by_deal() {
    let view = look(&stalls(), Segment::default());
    let pushed = &view.pushed;
    assert_eq!([&pushed.pushes, &pushed.count, &pushed.often].map(number), ["3", "1", "1"]);
    let [line] = pushed.deals.as_slice() else { panic!("{:?}", pushed.deals) };
    assert!(line.is_pushed_often() && line.id == 21);
    assert_eq!((line.first_close_date.map(|day| day.0), line.close_date.map(|day| day.0)), (Some(100), Some(130)));
    assert_eq!(number(&line.days_moved), "30.0");
    let ana = view.by_owner.iter().find(|line| line.owner.as_deref() == Some("Ana")).unwrap();
    assert_eq!([&ana.period.pushes, &ana.period.pushed_often, &ana.period.stalled].map(number), ["3", "1", "1"]);
}

#[test]
fn other_currencies_are_converted_at_the_rate_of_their_day_or_stand_apart() {
    let currency = |code| Currency::parse(code).unwrap();
    let mut facts = book(
        &[Line(FIRST, 100, ANA, 80, 150, NONE), Line(WON, 100, ANA, 5, 50, 50), Line(FIRST, 7, LI, 80, 150, NONE)],
        &[],
    );
    let deals = Arc::make_mut(&mut facts.opportunities);
    deals.currency = vec![currency("EUR").pack(), currency("EUR").pack(), currency("CHF").pack()];
    let rate = |day, rate| RateFact { currency: Currency::parse("EUR"), day: Some(day), rate: Some(rate) };
    facts.rates = Arc::new([(1, rate(0, 1_500_000_000)), (2, rate(110, 1_250_000_000))].into());
    let view = look(&facts, Segment::default());
    assert_eq!(number(&view.won_amount), r#"{"currency":"USD","amount":"150.00"}"#);
    assert_eq!(
        number(&view.open_amount),
        r#"[{"currency":"CHF","amount":"7.00"},{"currency":"USD","amount":"125.00"}]"#
    );
    let [used] = view.currencies.rates.as_slice() else { panic!("{:?}", view.currencies) };
    assert_eq!((used.currency, used.date.0, used.rate.as_str(), used.deals), (currency("EUR"), 110, "1.25", 2));
    assert_eq!(
        view.currencies.missing.iter().map(|m| (m.currency, m.deals)).collect::<Vec<_>>(),
        [(currency("CHF"), 1)]
    );
}

#[test]
fn targets_in_another_currency_are_converted_or_say_that_there_is_no_rate() {
    let mut facts = with_target(with_target(quarter(), None, 6_000), Some("Ana"), 2_000);
    for target in Arc::make_mut(&mut facts.targets).values_mut().filter(|target| target.owner.is_some()) {
        target.currency = Currency::parse("EUR");
    }
    let ana = |facts: &Facts| {
        let view = look(facts, Segment::default());
        let ana = view.by_owner.into_iter().find(|line| line.owner.as_deref() == Some("Ana")).unwrap();
        (number(&view.coverage.target), ana.period.target.value.clone(), number(&ana.period.target))
    };
    let company = r#"{"currency":"USD","amount":"6000.00"}"#.to_owned();
    let (whole, own, _) = ana(&facts);
    assert_eq!((whole, own), (company.clone(), Err(Withheld::NoRate)));
    let rate = RateFact { currency: Currency::parse("EUR"), day: Some(100), rate: Some(1_250_000_000) };
    facts.rates = Arc::new([(1, rate)].into());
    let (whole, _, own) = ana(&facts);
    assert_eq!((whole, own), (company, r#"{"currency":"USD","amount":"2500.00"}"#.to_owned()));
}

#[test]
fn a_segment_is_a_part_of_every_figure() {
    let ana = Segment::default().with(Dimension::Owner, Some("Ana".to_owned()));
    let facts = with_target(with_target(quarter(), None, 6_000), Some("Ana"), 2_000);
    let view = look(&facts, ana);
    let counts = &view.opportunities;
    assert_eq!([&counts.total, &counts.open, &counts.won, &counts.lost].map(number), ["12", "1", "11", "0"]);
    assert_eq!(number(&view.coverage.target), r#"{"currency":"USD","amount":"2000.00"}"#, "it is Ana's own");
    assert!(view.by_owner.len() == 1 && view.owners_without_deals.is_empty());
    let source = Segment::default().with(Dimension::Source, None);
    assert_eq!(look(&facts, source).coverage.ratio.value, Err(Withheld::NoTarget), "nobody aims at a source");
}

#[test]
fn every_figure_has_its_records_and_its_entry() {
    let ana = Segment::default().with(Dimension::Owner, Some("Ana".to_owned()));
    for (facts, segment) in [(quarter(), Segment::default()), (stalls(), Segment::default()), (stalls(), ana)] {
        let facts = with_target(facts, None, 6_000);
        let view = look(&facts, segment);
        let told: Vec<_> = view.told().into_iter().map(|told| told.figure.metric).collect();
        assert!(view.totals().iter().all(|figure| told.contains(&figure.metric)));
        for figure in view.figures() {
            assert_eq!(find(&facts, &figure.records, TODAY).len() as u64, figure.n, "{figure:?}");
            assert!(Dictionary::shipped().get(figure.metric).is_some(), "{}", figure.metric);
        }
    }
}

/// The measures that are shown with a figure give it.
#[test]
fn what_is_explained_adds_up() {
    let facts = with_target(quarter(), None, 6_000);
    let view = look(&facts, Segment::default());
    let told = view.told();
    for (metric, measures) in [("coverage", 2), ("coverage_needed", 1), ("coverage_gap", 3), ("velocity", 4)] {
        let found = told.iter().find(|told| told.figure.metric == metric).unwrap();
        assert_eq!((found.measures.len(), found.days.as_str()), (measures, PERIOD), "{metric}");
    }
}
