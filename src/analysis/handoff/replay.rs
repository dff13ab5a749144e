//! What if: the whole history judged again under other rules. Nothing is written.

use super::summary::{HandoffFigure, Line, line};
use super::{Board, Handoffs, Which};
use crate::domain::figure::{Figure, Number};
use crate::domain::handoff::{Raised, Rules, State};
use serde::Serialize;

/// How hand-offs would have gone.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Replay {
    /// Under the rules that hold.
    pub before: Line,
    /// Under the others.
    pub after: Line,
    /// Hand-offs that missed their deadline under the rules that hold.
    pub missed_before: HandoffFigure,
    /// Hand-offs that would have missed it under the others.
    pub missed_after: HandoffFigure,
}

/// Judges the hand-offs of a board again under other rules of the same kinds.
#[must_use]
pub fn replay(board: &Board, rules: Rules, of: &Handoffs) -> Replay {
    let again: Vec<Raised> = board.items.iter().map(|item| item.raised.clone()).collect();
    let other = Board::of(again, rules, board.as_of);
    Replay {
        before: line(board, of),
        after: line(&other, of),
        missed_before: missed(board, of),
        missed_after: missed(&other, of),
    }
}

fn missed(board: &Board, of: &Handoffs) -> HandoffFigure {
    let records = of.which(Which::Missed);
    let n = board.items.iter().filter(|item| records.has(item)).count() as u64;
    Figure { metric: "handoff_missed", value: Ok(Number::Count(n)), n, records }
}

/// Whether a hand-off missed its deadline through the team's own time.
pub(super) fn is_missed(state: State, late: bool) -> bool {
    late && matches!(state, State::Breached | State::MetLate | State::Returned)
}
