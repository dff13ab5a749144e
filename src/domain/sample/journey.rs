//! The way of one deal through the stages: its history row by row, with pushed close dates and
//! the few oddities that every real pipeline has.

use chrono::NaiveDate;

use super::calendar::{self, DAY, HOUR};
use super::catalogue::Stage;
use super::dice::Dice;

/// One row of the stage history.
#[derive(Debug, Clone)]
pub(super) struct Change {
    pub(super) at: i64,
    /// None for the first row; the same as `to` when only the close date moved.
    pub(super) from: Option<Stage>,
    pub(super) to: Stage,
    pub(super) amount: i64,
    pub(super) close_date: NaiveDate,
}

/// What is odd about a deal's way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Oddity {
    None,
    /// Left out a stage.
    Skipped,
    /// Went back a stage, and forward again.
    WentBack,
    /// Was lost, and came back to life.
    Reopened,
}

impl Oddity {
    /// Up to 2 % skip, 1 % go back and half a percent are re-opened. Short deals have no room for
    /// it, so a few more are marked.
    pub(super) fn of(position: usize) -> Self {
        match position % 210 {
            17 | 83 | 140 | 188 => Self::Skipped,
            41 | 97 | 160 => Self::WentBack,
            59 => Self::Reopened,
            _ => Self::None,
        }
    }
}

/// How many open stages a deal that will be lost sees, and a chance for each.
const LOST_AFTER: [usize; 5] = [22, 26, 21, 18, 13];

/// Everything that happened to a deal before `now`.
pub(super) fn travel(dice: &mut Dice, now: i64, created: i64, amount: i64, won: bool, oddity: Oddity) -> Vec<Change> {
    let way = way(dice, created, won, oddity);
    let closing = way.last().map_or(created, |(at, _)| *at);
    let mut stops: Vec<(i64, Option<Stage>, Option<i64>)> =
        way.into_iter().map(|(at, stage)| (at, Some(stage), None)).collect();
    let promised = calendar::weekday_after(calendar::date(created), dice.between(40, 100));
    stops.extend(pushes(dice, created, closing, promised));
    stops.sort_by_key(|(at, ..)| *at);
    stops.retain(|(at, ..)| *at < now);
    let first = first_amount(dice, amount);
    write(stops, promised, first, amount)
}

/// The stages in order with the time of entry, the closing included.
fn way(dice: &mut Dice, created: i64, won: bool, oddity: Oddity) -> Vec<(i64, Stage)> {
    let length = if won || oddity != Oddity::None { Stage::OPEN.len() } else { 1 + dice.weighted(&LOST_AFTER) };
    let mut stages: Vec<Stage> = Stage::OPEN.into_iter().take(length).collect();
    let end = if won { Stage::ClosedWon } else { Stage::ClosedLost };
    match oddity {
        Oddity::None => {}
        Oddity::Skipped => drop(stages.remove(1 + dice.below(3))),
        Oddity::WentBack => stages.splice(3..3, [Stage::Proposal, Stage::Discovery, Stage::Demo]).for_each(drop),
        Oddity::Reopened => stages.splice(4..4, [Stage::ClosedLost, Stage::Proposal]).for_each(drop),
    }
    stages.push(end);
    let mut at = created;
    let mut way = Vec::with_capacity(stages.len());
    for stage in stages {
        way.push((at, stage));
        // A lost deal that is re-opened slept for some weeks first.
        // One that will be lost lingers: nobody says no.
        let hours = match (stage.is_closed(), won) {
            (true, _) => dice.between(300, 900),
            (false, true) => dice.along(stage.hours()),
            (false, false) => dice.along(stage.hours()) * 3 / 2,
        };
        at = calendar::at_work(dice, at + hours * HOUR, 1).max(at + HOUR);
    }
    way
}

/// Close dates that were moved: (when, no stage, days by which it moved).
fn pushes(dice: &mut Dice, created: i64, closing: i64, promised: NaiveDate) -> Vec<(i64, Option<Stage>, Option<i64>)> {
    let mut moved = Vec::new();
    let mut date = promised;
    // Some owners let a date pass without touching it.
    while moved.len() < 5 && !dice.chance(280) {
        let early = dice.between(0, 6) * DAY;
        let at = calendar::at_work(dice, calendar::instant(date) - early, 1);
        if at >= closing - HOUR || at <= created {
            break;
        }
        let days = dice.between(14, 45);
        moved.push((at, None, Some(days)));
        date = calendar::weekday_after(date, days);
    }
    moved
}

/// A quarter of the deals change size when the proposal is written.
fn first_amount(dice: &mut Dice, amount: i64) -> i64 {
    if dice.chance(750) {
        return amount;
    }
    (amount * dice.pick(&[80, 85, 90, 115, 125, 140]) / 100 / 500 * 500).max(2_500)
}

/// The stops as rows: each says the stage, amount and close date from then on.
fn write(stops: Vec<(i64, Option<Stage>, Option<i64>)>, promised: NaiveDate, first: i64, amount: i64) -> Vec<Change> {
    let mut rows: Vec<Change> = Vec::with_capacity(stops.len());
    let (mut date, mut worth) = (promised, first);
    for (at, stage, days) in stops {
        let from = rows.last().map(|row| row.to);
        let to = stage.or(from).unwrap_or(Stage::Qualification);
        if let Some(days) = days {
            date = calendar::weekday_after(date, days);
        }
        if matches!(to, Stage::Proposal | Stage::Negotiation | Stage::ClosedWon) {
            worth = amount;
        }
        // A re-opened deal gets a new date; a closed one shows the day it closed.
        if from.is_some_and(Stage::is_closed) {
            date = calendar::weekday_after(calendar::date(at), 30);
        }
        let shown = if to.is_closed() { calendar::date(at) } else { date };
        rows.push(Change { at, from, to, amount: worth, close_date: shown });
    }
    rows
}
