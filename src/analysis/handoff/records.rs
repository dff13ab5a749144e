//! Which hand-offs stand behind a figure.

use super::pauses::is_saved;
use super::replay::is_missed;
use super::{Board, Item};
use crate::domain::handoff::State;
use crate::domain::object::Object;
use crate::domain::time::Instant;
use crate::domain::value::Id;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Which {
    /// All of them.
    #[default]
    All,
    /// Those that someone still has to answer.
    Waiting,
    /// Those in this state.
    State(State),
    /// Those that were answered, but for those that came too late to be answered in time.
    Answered,
    /// Those whose deadline was met or passed: what "inside the SLA" is a share of.
    Judged,
    /// Those of [`Self::Judged`] that were answered in time.
    Inside,
    /// Those of [`Self::Judged`] that were not.
    Missed,
    /// Those that somebody of the receiving team tried to reach, in time or not.
    Touched,
    /// Those that were given back, whether in time or not.
    GivenBack,
    /// Those whose clock was ever stopped.
    EverPaused,
    /// Those that would be breached, or met late, had their clock never been stopped.
    SavedByPause,
    /// Those of [`Self::Judged`], and what still waits and would be breached, had its clock never been stopped.
    JudgedUnpaused,
    /// Those of [`Self::Inside`] that would be late, had their clock never been stopped.
    InsideByPause,
}

/// A selection of hand-offs: all those that meet every condition that is set.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Handoffs {
    /// Of this kind.
    pub kind: Option<usize>,
    /// Under this policy of it.
    pub policy: Option<usize>,
    /// That began from the first instant on and before the second.
    pub began: Option<(Instant, Instant)>,
    /// Owned by this member, or by nobody.
    pub owner: Option<Option<i64>>,
    /// Answered in more business time than the first, and no more than the second, in milliseconds; nothing counts as
    /// more than nothing.
    pub used: Option<(i64, i64)>,
    /// What is counted of these.
    pub which: Which,
}

impl Handoffs {
    /// The same, of another count.
    #[must_use]
    pub fn which(&self, which: Which) -> Self {
        Self { which, ..self.clone() }
    }

    /// Whether a hand-off is one of them.
    #[must_use]
    pub fn has(&self, item: &Item) -> bool {
        let began = item.raised.handoff.began_at;
        let state = item.judged.state;
        let answered = item.judged.answered_at.is_some() && state != State::LateOnArrival;
        let missed = is_missed(state, item.judged.late);
        let used = item.judged.used;
        self.kind.is_none_or(|kind| item.raised.kind == kind)
            && self.policy.is_none_or(|policy| item.policy == policy)
            && self.began.is_none_or(|(from, to)| from <= began && began < to)
            && self.owner.is_none_or(|owner| item.judged.owner == owner)
            && self.used.is_none_or(|(from, to)| (from < used || from == 0) && used <= to)
            && match self.which {
                Which::All => true,
                Which::Waiting => item.waits(),
                Which::State(wanted) => state == wanted,
                Which::Answered => answered,
                Which::Judged => answered || missed,
                Which::Inside => answered && !item.judged.late,
                Which::Missed => missed,
                Which::Touched => item.judged.answered_at.is_some() || !item.raised.attempts.is_empty(),
                Which::GivenBack => item.is_given_back(),
                Which::EverPaused => item.judged.split.paused > 0 || state == State::Paused,
                Which::SavedByPause => is_saved(item),
                Which::JudgedUnpaused => answered || missed || (is_saved(item) && item.judged.ended_at.is_none()),
                Which::InsideByPause => answered && !item.judged.late && is_saved(item),
            }
    }
}

/// The records of a selection, what breaches or breached first on top; each once.
#[must_use]
pub fn find(board: &Board, selection: &Handoffs) -> Vec<(Object, Id)> {
    let mut found: Vec<&Item> = board.items.iter().filter(|item| selection.has(item)).collect();
    found.sort_by_key(|item| (item.judged.due_at.is_none(), item.judged.due_at, item.raised.record));
    let mut seen = std::collections::HashSet::new();
    found.into_iter().map(|item| item.place(&board.rules)).filter(|place| seen.insert(*place)).collect()
}
