use super::*;
use crate::domain::facts::{NONE, People, Touched};
use crate::domain::figure::Number;
use crate::domain::handoff::Home;
use chrono::NaiveDate;
use std::sync::Arc;

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;

fn at(text: &str) -> Instant {
    Instant::parse_rfc3339(text).unwrap()
}

/// A lead that became an MQL, by the columns that matter here.
fn lead(id: i64, mql: Instant, touched: Option<Instant>) -> Vec<i64> {
    let cell = |column: &&str| match *column {
        "kind" => 0,
        "high_intent" => 1,
        "created_at" | "mql_at" => mql.0,
        "first_touch_at" => touched.map_or(NONE, |at| at.0),
        _ => NONE,
    };
    std::iter::once(id).chain(People::COLUMNS.iter().map(cell)).collect()
}

fn facts(leads: Vec<Vec<i64>>) -> Facts {
    let mut facts = Facts::default();
    Arc::make_mut(&mut facts.people).apply(&Touched::everything(), leads);
    facts
}

fn board(facts: &Facts, calendar: &str, now: &str) -> Board {
    let rules = Rules::of(facts, &Home::default()).unwrap().by_calendar(calendar).unwrap();
    Board::new(facts, rules, &Funnels::shipped(), at(now))
}

fn seconds(figure: &HandoffFigure) -> f64 {
    match figure.value {
        Ok(Number::Seconds(seconds)) => seconds,
        ref other => panic!("{other:?}"),
    }
}

/// 5,000 hot leads, one every 37 minutes from a Monday on; the n-th is touched after n × 7 seconds, the last 50 never.
fn five_thousand() -> (Vec<(Instant, Option<i64>)>, Facts) {
    let start = at("2026-03-02T00:00:00Z").0;
    let leads: Vec<(Instant, Option<i64>)> =
        (0..5_000_i64).map(|n| (Instant(start + n * 37 * MINUTE), (n < 4_950).then_some(n * 7 * SECOND))).collect();
    let rows = leads.iter().zip(1..).map(|(&(mql, after), id)| lead(id, mql, after.map(|ms| Instant(mql.0 + ms))));
    let facts = facts(rows.collect());
    (leads, facts)
}

#[test]
fn five_thousand_hand_offs_around_the_clock() {
    let (_, facts) = five_thousand();
    let told = summary(&board(&facts, "24/7", "2026-08-01T00:00:00Z"), None).all;
    // 0, 7, … 34,643 seconds: the median lies between the 2,475th and the next, nine of ten at place 4,454.1.
    assert_eq!(seconds(&told.median_seconds), 2_474.5 * 7.0);
    assert_eq!(seconds(&told.mean_seconds), 2_474.5 * 7.0);
    assert!((seconds(&told.p90_seconds) - 4_454.1 * 7.0).abs() < 1e-6);
    // 43 were touched within 300 seconds: 0 × 7 to 42 × 7 = 294.
    assert_eq!(told.inside_sla.value, Ok(Number::Share { part: 43, whole: 5_000 }));
    assert_eq!(told.breached.value, Ok(Number::Count(50)));
    let breached: Vec<i64> = find(&board(&facts, "24/7", "2026-08-01T00:00:00Z"), &told.breached.records)
        .iter()
        .map(|(_, id)| id.0)
        .collect();
    assert_eq!(breached, (4_951..=5_000).collect::<Vec<_>>());
}

#[test]
fn five_thousand_hand_offs_in_business_hours_agree_with_the_wall_clock() {
    let (leads, facts) = five_thousand();
    let now = at("2026-08-01T00:00:00Z");
    let board = board(&facts, "china", "2026-08-01T00:00:00Z");
    let told = summary(&board, None).all;
    // A second way to count: whole seconds of the wall clock in Shanghai, working days by the shipped list.
    let china = board.rules.calendars().find(|calendar| calendar.key == "china").unwrap();
    let open: Vec<bool> = {
        let first = at("2026-03-02T00:00:00Z").0;
        let minutes = (now.0 - first) / MINUTE;
        (0..minutes)
            .map(|minute| {
                let local = Instant(first + minute * MINUTE + 8 * 60 * MINUTE);
                let day: NaiveDate = local.date();
                let of_day = local.0.rem_euclid(DAY_MS) / MINUTE;
                !china.openings(day).is_empty() && (9 * 60..18 * 60).contains(&of_day)
            })
            .collect()
    };
    let mut before = vec![0_i64];
    open.iter().for_each(|&open| before.push(before.last().unwrap() + i64::from(open) * 60));
    let passed = |at: i64| {
        let (minute, second) = ((at / 60) as usize, at % 60);
        before[minute] + if open.get(minute) == Some(&true) { second } else { 0 }
    };
    let start = leads[0].0.0;
    let mut times: Vec<i64> = leads
        .iter()
        .filter_map(|&(mql, after)| {
            let from = (mql.0 - start) / SECOND;
            after.map(|after| passed(from + after / SECOND) - passed(from))
        })
        .collect();
    let inside = times.iter().filter(|&&time| time <= 300).count() as u64;
    assert_eq!(told.inside_sla.value, Ok(Number::Share { part: inside, whole: 5_000 }));
    times.sort_unstable();
    assert_eq!(seconds(&told.median_seconds), (times[2_474] + times[2_475]) as f64 / 2.0);
    assert_eq!(seconds(&told.mean_seconds), times.iter().sum::<i64>() as f64 / 4_950.0);
}

#[test]
fn the_queue_is_ordered_by_what_breaches_next() {
    let told = |id, minute| lead(id, Instant(at("2026-10-09T02:00:00Z").0 + minute * MINUTE), None);
    let facts = facts(vec![told(1, 3), told(2, 0), told(3, 1)]);
    let board = board(&facts, "china", "2026-10-09T02:05:30Z");
    let queue: Vec<(String, State)> =
        board.queue().into_iter().map(|item| (board.id(item), item.judged.state)).collect();
    let expected = [("ms-2", State::Breached), ("ms-3", State::AtRisk), ("ms-1", State::OnTrack)];
    assert_eq!(queue, expected.map(|(id, state)| (id.to_owned(), state)));
    let second = board.called("ms-3").unwrap();
    let (_, later) = board.judge(&second.raised, at("2026-10-09T02:06:01Z")).unwrap();
    assert_eq!((later.state, later.left), (State::Breached, -SECOND), "the countdown needs no store");
    assert_eq!(board.escalated(board.called("ms-2").unwrap(), at("2026-10-09T02:20:00Z")), Some(Level::Lead));
    assert!(board.called("ps-3").is_none() && board.called("nobody").is_none());
}
