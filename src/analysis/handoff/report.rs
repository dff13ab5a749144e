//! The SLA report: how the hand-offs of a period went beside the one before, exceptions first.

use super::records::{Handoffs, Which};
use super::summary::{HandoffFigure, Line, Summary, summary};
use super::weeks::missed;
use super::{Board, Item, Listed, PauseAudit, Reason, Receiver, Staffing, count_reasons, pauses, team};
use crate::domain::facts::Facts;
use crate::domain::handoff::Split;
use crate::domain::period::{Period, Window};
use crate::domain::time::Instant;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// So many of the worst are told one by one.
const WORST: usize = 10;

/// The hand-offs that began in a period, for a page that is sent around.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SlaReport {
    /// When they were judged.
    pub as_of: Instant,
    /// Up to when the data reach.
    pub data_until: Option<Instant>,
    /// The period.
    pub period: Period,
    /// Whether it is still running.
    pub running: bool,
    /// The one before.
    pub before: Option<Period>,
    /// How the hand-offs went, in all and under each policy.
    #[serde(flatten)]
    pub now: Summary,
    /// How those of the period before went.
    pub then: Option<Summary>,
    /// Those whose deadline was missed.
    pub missed: HandoffFigure,
    /// Where their time went, in milliseconds.
    pub missed_split: Split,
    /// The ones that were missed by most.
    pub worst: Vec<Listed>,
    /// The receivers, best first.
    pub team: Vec<Receiver>,
    /// Why hand-offs were given back, the most frequent first.
    pub returns: Vec<Reason>,
    /// What pausing has changed.
    pub pauses: PauseAudit,
}

/// The report; [`worst`] are not listed yet, and what was given back has no reasons: who reads their names adds them.
#[must_use]
pub fn sla_report(board: &Board, facts: &Facts, staff: &BTreeMap<i64, Staffing>, period: Period) -> SlaReport {
    let span = |period: &Period| {
        let Window { from, to } = period.window();
        Some((Instant(from), Instant(to)))
    };
    let began = span(&period);
    let before = period.previous();
    let (missed, missed_split) = missed(board, &Handoffs { began, ..Handoffs::default() });
    SlaReport {
        as_of: board.as_of,
        data_until: facts.exported_at,
        running: period.is_running(board.as_of),
        before,
        now: summary(board, began),
        then: before.as_ref().map(|before| summary(board, span(before))),
        missed,
        missed_split,
        worst: Vec::new(),
        team: team(board, facts, staff, began),
        returns: Vec::new(),
        pauses: pauses(board, facts, began),
        period,
    }
}

/// The hand-offs of a period that were missed by most.
#[must_use]
pub fn worst<'b>(board: &'b Board, period: &Period) -> Vec<&'b Item> {
    let Window { from, to } = period.window();
    let of = Handoffs { began: Some((Instant(from), Instant(to))), which: Which::Missed, ..Handoffs::default() };
    let mut missed: Vec<&Item> = board.items.iter().filter(|item| of.has(item)).collect();
    missed.sort_by_key(|item| (Reverse(-item.judged.left), item.raised.kind, item.raised.record));
    missed.truncate(WORST);
    missed
}

impl SlaReport {
    /// Says why hand-offs were given back: one reason for each.
    pub fn say_why(&mut self, reasons: impl IntoIterator<Item = Option<String>>) {
        self.returns = count_reasons(reasons);
    }

    /// How all hand-offs went, and those of the period before.
    #[must_use]
    pub fn all(&self) -> (&Line, Option<&Line>) {
        (&self.now.all, self.then.as_ref().map(|then| &then.all))
    }
}
