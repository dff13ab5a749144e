//! Hand-offs of a big store: how long the board takes that the analyst makes every minute, and a year of hand-offs judged
//! again under another policy. What the replay says is counted a second time, minute by minute on the wall clock.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a bench stops at the first surprise")]

mod company;

use company::{NOW, company};
use divan::Bencher;
use revops::analysis::handoff::{Board, Handoffs, Replay, replay};
use revops::domain::facts::{Facts, NONE, People, Touched};
use revops::domain::figure::Number;
use revops::domain::funnel::Funnels;
use revops::domain::handoff::{Edit, Field, Home, Own, Place, Raised, Rules, raised};
use revops::domain::time::{DAY_MS, Instant};
use std::sync::{Arc, LazyLock};

const MINUTE: i64 = 60_000;
/// Hand-offs of the year that is judged again.
const HANDOFFS: i64 = 100_000;

static FACTS: LazyLock<Facts> = LazyLock::new(|| company(1_000_000));
static RAISED: LazyLock<Vec<Raised>> = LazyLock::new(|| raised(&FACTS, &rules("5m").kinds, &Funnels::shipped()));
static YEAR: LazyLock<Board> = LazyLock::new(|| Board::new(&year(), rules("5m"), &Funnels::shipped(), NOW));

fn main() {
    let told = again("30m");
    for (target, missed) in [(5, &told.all.missed_before), (30, &told.all.missed_after)] {
        assert_eq!(missed.value, Ok(Number::Count(by_the_wall_clock(target))), "{target} minutes");
    }
    println!("{} hand-offs raised; of the year {} change", RAISED.len(), told.changed);
    divan::main();
}

/// The shipped rules, hot leads in so much time, everything by the calendar of China.
fn rules(target: &str) -> Rules {
    let hot = Place::Policy("marketing-to-sales".to_owned(), "hot".to_owned());
    let edit = Edit::Set(hot, Field::Target, target.to_owned());
    let own = Own::default().edited(&[edit], &Home::default()).unwrap();
    Rules::new(own, &Home::default()).unwrap().by_calendar("china").unwrap()
}

/// When the n-th hand-off of the year began, and when it was answered: every eleventh never.
fn times(n: i64) -> (i64, Option<i64>) {
    let began = NOW.0 / MINUTE * MINUTE - 365 * DAY_MS + n * (365 * DAY_MS / HANDOFFS / MINUTE) * MINUTE;
    (began, (n % 11 > 0).then(|| began + (n * 7_919 % 900) * MINUTE).filter(|answered| *answered <= NOW.0))
}

fn year() -> Facts {
    let row = |n: i64| {
        let (began, answered) = times(n);
        let cell = |column: &&str| match *column {
            "kind" => 0,
            "high_intent" => 1,
            "created_at" | "mql_at" => began,
            "first_touch_at" => answered.unwrap_or(NONE),
            _ => NONE,
        };
        std::iter::once(n).chain(People::COLUMNS.iter().map(cell)).collect()
    };
    let mut facts = Facts::default();
    Arc::make_mut(&mut facts.people).apply(&Touched::everything(), (0..HANDOFFS).map(row).collect());
    facts
}

/// How many missed so many minutes, counted otherwise: every minute of the year that is at work in Shanghai.
fn by_the_wall_clock(target: i64) -> u64 {
    let rules = rules("5m");
    let china = rules.calendar_called("china").unwrap();
    let first = times(0).0;
    let minutes = (NOW.0 - first) / MINUTE + 1;
    let mut before = vec![0_i64];
    for minute in 0..minutes {
        let local = Instant(first + minute * MINUTE + 8 * 60 * MINUTE);
        let of_day = local.0.rem_euclid(DAY_MS) / MINUTE;
        let is_open = !china.openings(local.date()).is_empty() && (9 * 60..18 * 60).contains(&of_day);
        before.push(before.last().unwrap() + i64::from(is_open));
    }
    let passed = |at: i64| before[usize::try_from((at - first) / MINUTE).unwrap()];
    let took = (0..HANDOFFS).map(times).map(|(began, answered)| passed(answered.unwrap_or(NOW.0)) - passed(began));
    took.filter(|took| *took > target).count() as u64
}

fn again(target: &str) -> Replay {
    let after = YEAR.again(rules(target), &|| true).unwrap();
    replay(&YEAR, &after, &Handoffs::default())
}

/// Twelve months, 100,000 hand-offs, another target: judged again and compared.
#[divan::bench(sample_count = 20)]
fn a_year_is_judged_again() -> Replay {
    again("30m")
}

/// What the analyst does every minute on a million leads: read off the facts …
#[divan::bench(sample_count = 10)]
fn hand_offs_of_a_million_leads_are_raised() -> usize {
    raised(&FACTS, &rules("5m").kinds, &Funnels::shipped()).len()
}

/// The same a minute later, while nobody has written: only what is not over is judged again.
#[divan::bench(sample_count = 10)]
fn hand_offs_of_a_million_leads_a_minute_later(bencher: Bencher<'_, '_>) {
    let board = Board::of(RAISED.clone(), rules("5m"), NOW);
    bencher.bench_local(|| board.later(Instant(NOW.0 + MINUTE)));
}

/// … and judged.
#[divan::bench(sample_count = 10)]
fn hand_offs_of_a_million_leads_are_judged(bencher: Bencher<'_, '_>) {
    bencher.with_inputs(|| RAISED.clone()).bench_local_values(|all| Board::of(all, rules("5m"), NOW));
}
