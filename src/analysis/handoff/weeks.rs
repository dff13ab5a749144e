//! Week by week: how the hand-offs that began in each went, and what ate the time of those that were missed.

use super::records::{Handoffs, Which};
use super::summary::{HandoffFigure, Line, line};
use super::{Board, Item};
use crate::domain::figure::{Figure, Number};
use crate::domain::handoff::Split;
use crate::domain::period::{Period, Unit, Window};
use crate::domain::time::{DAY_MS, Instant};
use serde::Serialize;

/// The hand-offs that began in a week.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Week {
    /// The week.
    pub week: Period,
    /// Whether it is still running.
    pub running: bool,
    /// How many of its days are in the span, where not all are.
    pub days: Option<i64>,
    /// How they went.
    #[serde(flatten)]
    pub line: Line,
    /// Those whose deadline was missed.
    pub missed: HandoffFigure,
    /// Where the time of the missed ones went, in milliseconds.
    pub missed_split: Split,
}

/// The weeks of a span of time that have begun, the newest first.
#[must_use]
pub fn weeks(board: &Board, span: &Period) -> Vec<Week> {
    let Window { from, to } = span.window();
    let mut weeks = Vec::new();
    let mut next = Period::holding(Unit::Week, Instant(from).date(), span.fiscal());
    while let Some(week) = next.filter(|week| week.window().from < to.min(board.as_of.0 + 1)) {
        weeks.push(of_week(board, week, (from, to)));
        next = week.next();
    }
    weeks.reverse();
    weeks
}

/// What is of a week and of the span.
fn of_week(board: &Board, week: Period, (from, to): (i64, i64)) -> Week {
    let window = week.window();
    let began = (Instant(window.from.max(from)), Instant(window.to.min(to)));
    let of = Handoffs { began: Some(began), ..Handoffs::default() };
    let (missed, missed_split) = missed(board, &of);
    let running = week.is_running(board.as_of);
    Week { week, running, days: days_of(&week, (from, to)), line: line(board, &of), missed, missed_split }
}

/// How many days of a week are in a span of time, where not all are.
pub(super) fn days_of(week: &Period, (from, to): (i64, i64)) -> Option<i64> {
    let window = week.window();
    let days = (window.to.min(to) - window.from.max(from)).div_euclid(DAY_MS);
    (days < 7).then_some(days)
}

/// The hand-offs of a selection whose deadline was missed, and where their time went.
pub(super) fn missed(board: &Board, of: &Handoffs) -> (HandoffFigure, Split) {
    let records = of.which(Which::Missed);
    let missed: Vec<&Item> = board.items.iter().filter(|item| records.has(item)).collect();
    let split = missed.iter().fold(Split::default(), |sum, item| sum.and(&item.judged.split));
    let n = missed.len() as u64;
    (Figure { metric: "handoff_missed", value: Ok(Number::Count(n)), n, records }, split)
}
