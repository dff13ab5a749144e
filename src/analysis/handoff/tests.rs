//! Hand-offs counted by hand.

mod review;

use super::*;
use crate::domain::facts::{HandoffEvents, NONE, People, Touched, Touches};
use crate::domain::figure::Number;
use crate::domain::handoff::{Edit, Field, Home, Own, Place};
use crate::domain::object::HANDOFF_EVENTS;
use chrono::NaiveDate;
use std::collections::BTreeMap;
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
    let later = Board::new(&facts, board.rules.clone(), &Funnels::shipped(), at("2026-10-09T02:20:00Z"));
    let gone: Vec<String> = later
        .queue()
        .into_iter()
        .filter(|item| later.is_in(item, None, Slice::Escalated))
        .map(|item| later.id(item))
        .collect();
    assert_eq!(gone, ["ms-2"], "ten minutes over: the lead's; the others are only their owners'");
    assert!(board.called("ps-3").is_none() && board.called("nobody").is_none());
}

/// A team of two, the second twice the capacity of the first, and so many leads that the first owns.
fn work(leads: i64, staff: &std::collections::BTreeMap<i64, Staffing>) -> Work {
    let now = at("2026-03-02T12:00:00Z");
    let owned = |n: i64| {
        let mut row = lead(100 + n, Instant(now.0 - MINUTE), None);
        let owner = People::COLUMNS.iter().position(|column| *column == "owner").unwrap();
        row[owner + 1] = 1;
        row
    };
    let mut facts = facts((0..leads).map(owned).collect());
    let member = |name: &str| crate::domain::facts::MemberFact {
        name: name.to_owned(),
        region: None,
        team: Some("SDR".to_owned()),
        role: None,
        hired_at: None,
        named_only: false,
    };
    facts.members = Arc::new([(1, member("Li Wei")), (2, member("Sara Holm")), (3, member("Max Orr"))].into());
    let board = board(&facts, "24/7", "2026-03-02T12:00:00Z");
    let queued = queued(&board);
    Work::new(board, &facts, queued, (&std::collections::BTreeMap::new(), staff, &Default::default()))
}

#[test]
fn what_an_absent_one_has_goes_to_whoever_has_room_one_after_the_other() {
    let capacity = |n| Staffing { capacity: Some(n), ..Staffing::default() };
    let staff = [(1, capacity(10)), (2, capacity(2)), (3, capacity(4))].into();
    let work = work(8, &staff);
    assert_eq!(work.suggested(&work.leads[0]), Some(Suggested::Free(2, 0, 2)), "of two with nothing, the first");
    let to: Vec<Option<i64>> = work.redistributed(1).into_iter().map(|(_, to)| to).collect();
    let got = |who: Option<i64>| to.iter().filter(|to| **to == who).count();
    assert_eq!(
        (got(Some(2)), got(Some(3)), got(None)),
        (2, 4, 2),
        "as much as they can take, the rest is for the pool"
    );
    assert!(work.redistributed(2).is_empty());
}

#[test]
fn who_is_away_or_has_left_gets_nothing() {
    let day = 20_514;
    assert_eq!(at("2026-03-02T12:00:00Z").0.div_euclid(86_400_000), day);
    let away = |leave, left| Staffing { capacity: Some(9), left, leave, zone: None };
    let staff = [(2, away(vec![(day - 1, Some(day))], None)), (3, away(Vec::new(), Some(day)))].into();
    let work = work(1, &staff);
    assert_eq!(work.redistributed(1)[0].1, None);
    assert!(!away(vec![(day - 3, Some(day - 1))], Some(day + 1)).is_away(day));
    assert!(away(vec![(day - 3, None)], None).is_away(day), "leave without an end lasts");
}

/// Noon in UTC is the next day in Auckland.
#[test]
fn leave_is_judged_where_somebody_works() {
    let day = 20_514;
    let first = |zone| {
        let tomorrow = Staffing { capacity: Some(9), leave: vec![(day + 1, Some(day + 1))], zone, left: None };
        let gone = Staffing { left: Some(day), ..Staffing::default() };
        work(1, &[(2, tomorrow), (3, gone)].into()).redistributed(1)[0].1
    };
    assert_eq!((first(None), first(Some(chrono_tz::Pacific::Auckland))), (Some(2), None));
}

#[test]
fn queues_hold_what_the_clock_counts_for_and_tell_what_breaches_meanwhile() {
    let work = work(3, &std::collections::BTreeMap::new());
    let now = work.board.as_of;
    assert_eq!(work.counts(Slice::All, now), (3, 0));
    assert_eq!(work.counts(Slice::Policy(0, 0), Instant(now.0 + 5 * MINUTE)), (3, 3), "hot ones have five minutes");
    assert_eq!(work.counts(Slice::LateOnArrival, now), (0, 0));
}

/// Four hot leads of one owner: answered after 2, 4 and 20 minutes, and never; the second was qualified.
fn four() -> Facts {
    let began = at("2026-10-09T02:00:00Z");
    let after = |minutes: i64| Some(Instant(began.0 + minutes * MINUTE));
    let mut rows: Vec<Vec<i64>> = [after(2), after(4), after(20), None]
        .into_iter()
        .zip(1..)
        .map(|(touched, id)| lead(id, began, touched))
        .collect();
    let place = |name: &str| People::COLUMNS.iter().position(|column| *column == name).unwrap() + 1;
    rows.iter_mut().for_each(|row| row[place("owner")] = 7);
    rows[1][place("sql_at")] = began.0 + 60 * MINUTE;
    facts(rows)
}

#[test]
fn other_rules_judge_the_same_history_again() {
    let facts = four();
    let board = board(&facts, "china", "2026-10-09T04:00:00Z");
    let told = replay(&board, &board, &Handoffs::default());
    assert_eq!(told.all.missed_before.value, Ok(Number::Count(2)), "after 20 minutes, and never");
    assert_eq!((&told.all.before, told.changed), (&told.all.after, 0), "the same rules say the same");
    // By a calendar that is closed at that hour, nobody has missed anything yet.
    let closed = board.again(board.rules.clone().by_calendar("us").unwrap(), &|| true).unwrap();
    let told = replay(&board, &closed, &Handoffs::default());
    let missed = (told.all.missed_before.value, told.all.missed_after.value);
    assert_eq!(missed, (Ok(Number::Count(2)), Ok(Number::Count(0))));
    assert_eq!(board.queue().len(), 1, "the board is as it was");
    assert!(board.again(board.rules.clone(), &|| false).is_none(), "nobody wants to know");
}

#[test]
fn a_longer_target_is_compared_policy_by_policy() {
    let facts = four();
    let edit = |field, text: &str| {
        let hot = Place::Policy("marketing-to-sales".to_owned(), "hot".to_owned());
        let own = Own::default().edited(&[Edit::Set(hot, field, text.to_owned())], &Home::default()).unwrap();
        Rules::new(own, &Home::default()).unwrap().by_calendar("china").unwrap()
    };
    let before = board(&facts, "china", "2026-10-09T04:00:00Z");
    let rules = edit(Field::Target, "20m");
    assert!(before.raises_as(&rules));
    let after = before.again(rules, &|| true).unwrap();
    let told = replay(&before, &after, &Handoffs::default());
    // Answered after 2, 4 and 20 minutes, and never: of the two that missed five minutes one has met twenty.
    let states: Vec<_> =
        told.items.iter().map(|changed| (changed.id.as_str(), changed.before, changed.after)).collect();
    assert_eq!(states, [("ms-3", Some(State::MetLate), Some(State::Met))]);
    let hot = &told.queues[0];
    assert_eq!((hot.changed, &hot.compared.missed_after.value), (1, &told.all.missed_after.value), "all are hot");
    assert_eq!(told.all.missed_after.value, Ok(Number::Count(1)));
    assert_eq!(told.queues[1].compared.after.total.n, 0);
    let later =
        Handoffs { began: Some((at("2026-10-10T00:00:00Z"), at("2026-10-11T00:00:00Z"))), ..Handoffs::default() };
    assert_eq!(replay(&before, &after, &later).changed, 0);
}

#[test]
fn a_return_that_was_late_and_would_not_be_changes_too() {
    let mut row = lead(1, at("2026-10-09T02:00:00Z"), None);
    let gone = People::COLUMNS.iter().position(|column| *column == "disqualified_at").unwrap() + 1;
    row[gone] = at("2026-10-09T02:30:00Z").0;
    let facts = facts(vec![row]);
    let before = board(&facts, "china", "2026-10-09T04:00:00Z");
    let after = before.again(before.rules.clone().by_calendar("us").unwrap(), &|| true).unwrap();
    let told = replay(&before, &after, &Handoffs::default());
    let changed: Vec<_> = told.items.iter().map(|one| (one.before, one.missed_before, one.missed_after)).collect();
    assert_eq!(changed, [(Some(State::Returned), true, false)]);
    assert_eq!(told.changed, 1);
}

#[test]
fn another_score_makes_other_hand_offs() {
    let mut row = lead(1, at("2026-10-09T02:00:00Z"), None);
    let place = |name: &str| People::COLUMNS.iter().position(|column| *column == name).unwrap() + 1;
    (row[place("high_intent")], row[place("mql_at")], row[place("score")]) = (0, NONE, 70);
    let facts = facts(vec![row]);
    let before = board(&facts, "24/7", "2026-10-09T02:01:00Z");
    assert!(before.items.is_empty());
    let kind = Place::Kind("marketing-to-sales".to_owned());
    let own = Own::default().edited(&[Edit::Set(kind, Field::Score, "70".to_owned())], &Home::default()).unwrap();
    let rules = Rules::new(own, &Home::default()).unwrap().by_calendar("24/7").unwrap();
    assert!(!before.raises_as(&rules));
    let after = Board::new(&facts, rules, &Funnels::shipped(), before.as_of);
    let told = replay(&before, &after, &Handoffs::default());
    let states: Vec<_> = told.items.iter().map(|changed| (changed.before, changed.after)).collect();
    assert_eq!(states, [(None, Some(State::OnTrack))]);
}

#[test]
fn a_board_that_grows_older_is_the_board_of_that_instant() {
    let began = at("2026-10-09T02:00:00Z");
    let after = |minutes: i64| Some(Instant(began.0 + minutes * MINUTE));
    // Over before the first look, between the looks, after the second, and never.
    let rows = [after(2), after(7), after(90), None].into_iter().zip(1..).map(|(touched, id)| lead(id, began, touched));
    let facts = facts(rows.collect());
    let looks = ["2026-10-09T02:04:00Z", "2026-10-09T02:04:30Z", "2026-10-09T02:20:00Z", "2026-10-12T09:00:00Z"];
    let mut older = board(&facts, "china", looks[0]);
    for look in looks {
        older = older.later(at(look));
        assert_eq!(older, board(&facts, "china", look), "{look}");
    }
}

#[test]
fn all_cores_together_judge_as_one_does() {
    let start = at("2026-03-02T00:00:00Z").0;
    let rows = (0..40_000_i64)
        .map(|n| lead(n + 1, Instant(start + n * MINUTE), (n % 3 > 0).then_some(Instant(start + n * 2 * MINUTE))));
    let facts = facts(rows.collect());
    let board = board(&facts, "china", "2026-08-01T00:00:00Z");
    assert_eq!(board.items.len(), 40_000);
    for item in board.items.iter().step_by(97) {
        assert_eq!(board.judge(&item.raised, board.as_of), Some((item.policy, item.judged.clone())), "{item:?}");
    }
}

#[test]
fn receivers_buckets_and_hours_count_the_same_hand_offs() {
    let facts = four();
    let board = board(&facts, "china", "2026-10-09T04:00:00Z");
    let team = team(&board, &facts, &BTreeMap::new(), None);
    assert_eq!(team.iter().map(|receiver| receiver.id).collect::<Vec<_>>(), [Some(7)]);
    assert_eq!(team[0].line.total.value, Ok(Number::Count(4)));
    assert_eq!(team[0].converted.n, 3, "of those that were answered");
    let answered: Vec<(i64, u64)> = response(&board, &facts, None)
        .iter()
        .filter(|bucket| bucket.of == (0, 0))
        .map(|bucket| (bucket.from_seconds, bucket.converted.n))
        .collect();
    assert_eq!(answered, [(0, 2), (300, 1), (1_800, 0), (7_200, 0), (28_800, 0), (144_000, 0)]);
    let day = (at("2026-10-09T00:00:00Z"), at("2026-10-10T00:00:00Z"));
    let heat = heat(&board, Some(day));
    // Friday, 10:00 in Shanghai.
    let cell = heat.hours[10].days[4];
    assert_eq!(cell, Cell { arrived: 4, missed: 2, attempts: 0, open: true });
    assert_eq!((heat.total.n, heat.outside.n, heat.hours[8].days[4].open), (4, 0, false));
    assert_eq!((heat.hours[10].arrived.n, heat.hours[10].missed.n, heat.hours[11].arrived.n), (4, 2, 0));
    let audit = pauses(&board, &facts, None);
    assert_eq!((audit.saved.n, audit.paused.n, audit.items.len()), (0, 0, 0));
}

/// A lead of somebody that became an MQL on a Friday at 10:00 in Shanghai, touched after so many days each.
fn touched(days: &[i64]) -> (Facts, Instant) {
    let began = at("2026-10-09T02:00:00Z");
    let mut row = lead(1, began, None);
    row[People::COLUMNS.iter().position(|column| *column == "owner").unwrap() + 1] = 7;
    let mut facts = facts(vec![row]);
    let touch = |(&day, id): (&i64, i64)| {
        let cell = |column: &&str| match *column {
            "person" => 1,
            "kind" => 0,
            "direction" | "human" => 1,
            "at" => began.0 + day * DAY_MS,
            _ => NONE,
        };
        std::iter::once(id).chain(Touches::COLUMNS.iter().map(cell)).collect()
    };
    Arc::make_mut(&mut facts.touches).apply(&Touched::everything(), days.iter().zip(100..).map(touch).collect());
    (facts, began)
}

fn after(began: Instant, days: i64) -> String {
    Instant(began.0 + days * DAY_MS).to_rfc3339()
}

/// What stands in which queue, by their words.
fn queues(board: &Board) -> Vec<(String, usize)> {
    let all = queued(board);
    let count = |slice| all.iter().filter(|(item, due)| board.is_in(item, *due, slice)).count();
    let filled = board.slices().into_iter().map(|slice| (board.word(slice), count(slice)));
    filled.filter(|(_, n)| *n > 0).collect()
}

fn told(words: &[(&str, usize)]) -> Vec<(String, usize)> {
    words.iter().map(|(word, n)| ((*word).to_owned(), *n)).collect()
}

#[test]
fn a_lead_that_nobody_touches_goes_back_to_the_pool_and_belongs_to_nobody() {
    let (facts, began) = touched(&[]);
    let early = board(&facts, "china", &after(began, 13));
    let waits = [("all", 1), ("escalated", 1), ("ms/hot", 1)];
    assert_eq!((queues(&early), early.items[0].owner), (told(&waits), Some(7)));
    let late = board(&facts, "china", &after(began, 14));
    let item = &late.items[0];
    assert_eq!(queues(&late), told(&[("all", 1), ("escalated", 1), ("ms/hot", 1), ("pool", 1)]));
    // Nobody has it now, and the breach stays whose it was.
    assert_eq!((item.owner, item.judged.owner, late.pooled(item).unwrap().from), (None, Some(7), 7));
    assert_eq!(item.judged.split.reassigned, 0);
    assert!(queues(&board(&facts, "china", &after(began, 45))).iter().all(|(word, _)| word != "pool"), "long ago");
    // What was touched goes there too, and keeps who answered it.
    let (facts, began) = touched(&[1]);
    let pooled = board(&facts, "china", &after(began, 15));
    let item = &pooled.items[0];
    assert_eq!((queues(&pooled), item.owner, item.judged.owner), (told(&[("pool", 1)]), None, Some(7)));
}

#[test]
fn who_claims_a_lead_from_the_pool_begins_anew() {
    let waits = [("all", 1), ("escalated", 1), ("ms/hot", 1)];
    let (mut facts, began) = touched(&[]);
    let mut words = (*facts.words).clone();
    let kind = words.number("marketing-to-sales");
    facts.words = Arc::new(words);
    let cell = |column: &&str| match *column {
        "handoff" => kind,
        "person" => 1,
        "kind" => HANDOFF_EVENTS.iter().position(|word| *word == "assigned").unwrap() as i64,
        "at" => began.0 + 20 * DAY_MS,
        "member" => 8,
        "previous" => 7,
        _ => NONE,
    };
    let claim = std::iter::once(50).chain(HandoffEvents::COLUMNS.iter().map(cell)).collect();
    Arc::make_mut(&mut facts.handoff_events).apply(&Touched::everything(), vec![claim]);
    let claimed = board(&facts, "china", &after(began, 33));
    assert_eq!((queues(&claimed), claimed.items[0].owner), (told(&waits), Some(8)));
    let split = claimed.items[0].judged.split;
    assert_eq!(split.reassigned + split.unassigned + split.untouched, claimed.items[0].judged.used);
    assert!(split.unassigned > 0, "it was in the pool for six days");
    let again = board(&facts, "china", &after(began, 34));
    assert_eq!(again.pooled(&again.items[0]).unwrap().from, 8);
}

#[test]
fn after_the_last_touch_of_the_cadence_it_is_over() {
    // A hot lead is touched after 1, 1, 2, 3 and 5 days more: six times in all.
    let (facts, began) = touched(&[0, 1, 4, 6, 9, 14]);
    let open = board(&facts, "china", &after(began, 18));
    let step = open.next_step(&open.items[0]).unwrap();
    assert_eq!((step.is_over, step.at), (true, Instant(began.0 + 19 * DAY_MS)), "as long as before it");
    assert_eq!((open.next_touch(&open.items[0]), queues(&open)), (None, told(&[])));
    let over = board(&facts, "china", &after(began, 20));
    assert_eq!(queues(&over), told(&[("next", 1)]), "to be returned, or kept");
    let listed = over.listed(&[&over.items[0]], &facts, &std::collections::BTreeMap::new());
    assert_eq!((listed[0].cadence_over_at, listed[0].next_touch_at), (Some(step.at), None));
    let pooled = board(&facts, "china", &after(began, 28));
    assert_eq!(queues(&pooled), told(&[("pool", 1)]));
    // Five touches leave one to do.
    let (facts, began) = touched(&[0, 1, 4, 6, 9]);
    let due = board(&facts, "china", &after(began, 18));
    assert!(!due.next_step(&due.items[0]).unwrap().is_over);
}

#[test]
fn what_sales_qualified_after_the_answer_is_touched_no_more() {
    let (mut facts, began) = touched(&[0]);
    assert_eq!(queues(&board(&facts, "china", &after(began, 4))), told(&[("next", 1)]));
    let sql = began.0 + 2 * DAY_MS;
    Arc::make_mut(&mut facts.people).sql_at[0] = sql;
    assert_eq!(queues(&board(&facts, "china", &after(began, 4))), told(&[]));
    assert_eq!(queues(&board(&facts, "china", &after(began, 20))), told(&[]), "nor is it in the pool");
}
