//! The scoreboard: what each receiver has open, how fast they answer and what becomes of it.

use super::records::{Handoffs, Which};
use super::seats::received as received_by;
use super::summary::{HandoffFigure, Line, line_of};
use super::{Board, Item, Staffing};
use crate::domain::facts::{Facts, known};
use crate::domain::figure::{Figure, Number, Withheld};
use crate::domain::handoff::Subject;
use crate::domain::metric::derive;
use crate::domain::time::{DAY_MS, Instant};
use serde::Serialize;
use std::collections::BTreeMap;

/// One receiver.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Receiver {
    /// Id of the member; `None` for hand-offs that nobody owns.
    #[serde(skip)]
    pub id: Option<i64>,
    /// Their name; `null` for hand-offs that nobody owns.
    pub owner: Option<String>,
    /// What they got in the last seven days.
    pub got: HandoffFigure,
    /// Hand-offs they can take in a week, where the team file says so.
    pub weekly_capacity: Option<i64>,
    /// Whether they are not at work today.
    pub away: bool,
    /// How their hand-offs go.
    #[serde(flatten)]
    pub line: Line,
    /// Attempts on all of them.
    pub attempts: HandoffFigure,
    /// Hand-offs of people that sales qualified ÷ all that were answered.
    pub converted: HandoffFigure,
}

/// The receivers of the hand-offs that began in a span of time, or ever: who answers the largest share in time first,
/// then by name; what nobody owns comes last. `staff` is what is known of their time.
#[must_use]
pub fn team(
    board: &Board,
    facts: &Facts,
    staff: &BTreeMap<i64, Staffing>,
    began: Option<(Instant, Instant)>,
) -> Vec<Receiver> {
    let is_now = began.is_none_or(|(from, to)| from <= board.as_of && board.as_of < to);
    let today = board.as_of.0.div_euclid(DAY_MS);
    let mut received: BTreeMap<i64, i64> = BTreeMap::new();
    for ((_, member), (n, _)) in received_by(board) {
        *received.entry(member).or_default() += n;
    }
    let all = Handoffs { began, ..Handoffs::default() };
    let mut by_owner: BTreeMap<Option<i64>, Vec<&Item>> = BTreeMap::new();
    for item in board.items.iter().filter(|item| all.has(item)) {
        by_owner.entry(item.judged.owner).or_default().push(item);
    }
    let mut team: Vec<Receiver> = by_owner
        .into_iter()
        .map(|(id, items)| {
            let of = Handoffs { owner: Some(id), ..all.clone() };
            let owner = id.and_then(|id| facts.members.get(&id)).map(|member| member.name.clone());
            let known = id.and_then(|id| staff.get(&id));
            let got = id.and_then(|id| received.get(&id)).copied().unwrap_or_default().unsigned_abs();
            let lately = Some((Instant(board.as_of.0 - 7 * DAY_MS), Instant(board.as_of.0 + 1)));
            Receiver {
                id,
                owner,
                got: Figure {
                    metric: "handoff_received",
                    value: if is_now { Ok(Number::Count(got)) } else { Err(Withheld::PeriodOver) },
                    n: got,
                    records: Handoffs { began: lately, ..of.clone() },
                },
                weekly_capacity: known.and_then(|known| known.capacity),
                away: known.is_some_and(|known| known.is_away(today)),
                line: line_of(&items, &of),
                attempts: attempts(&items, &of),
                converted: converted(board, &items, facts, &of),
            }
        })
        .collect();
    let share = |receiver: &Receiver| match receiver.line.inside_sla.value {
        Ok(Number::Share { part, whole }) => Some((part * 10_000).checked_div(whole).unwrap_or(0)),
        _ => None,
    };
    team.sort_by(|a, b| {
        let nobody = |receiver: &Receiver| receiver.id.is_none();
        nobody(a).cmp(&nobody(b)).then(share(b).cmp(&share(a))).then_with(|| a.owner.cmp(&b.owner))
    });
    team
}

fn attempts(items: &[&Item], of: &Handoffs) -> HandoffFigure {
    let n = items.iter().map(|item| item.raised.attempts.len() as u64).sum();
    Figure { metric: "handoff_attempts", value: Ok(Number::Count(n)), n: items.len() as u64, records: of.clone() }
}

fn converted(board: &Board, items: &[&Item], facts: &Facts, of: &Handoffs) -> HandoffFigure {
    let records = of.which(Which::Answered);
    // Deals have been qualified long before.
    let is_person = |item: &Item| board.kind(&item.raised).is_some_and(|kind| kind.subject == Subject::Person);
    let answered: Vec<&&Item> = items.iter().filter(|item| records.has(item) && is_person(item)).collect();
    let qualified = answered.iter().filter(|item| is_qualified(item, facts)).count();
    let measures = [("qualified", qualified as f64), ("answered", answered.len() as f64)];
    Figure {
        metric: "handoff_converted",
        value: derive("handoff_converted", &measures),
        n: answered.len() as u64,
        records,
    }
}

/// Whether sales qualified the person after the hand-off began.
pub(super) fn is_qualified(item: &Item, facts: &Facts) -> bool {
    let row = facts.people.find(item.raised.record);
    let sql_at = row.and_then(|row| facts.people.sql_at.get(row).copied()).and_then(known);
    sql_at.is_some_and(|at| at >= item.raised.handoff.began_at.0)
}
