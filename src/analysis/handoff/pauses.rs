//! The pause audit: breaches that were avoided only by pausing.

use super::{Board, Item};
use crate::domain::handoff::State;

/// The hand-offs that were met, or are not breached yet, only because their clock was stopped, most paused first.
#[must_use]
pub fn saved_by_pauses(board: &Board) -> Vec<&Item> {
    let is_saved = |item: &&Item| {
        let judged = &item.judged;
        let target = judged.used + judged.left;
        let counts = matches!(judged.state, State::Met | State::OnTrack | State::AtRisk | State::Paused);
        counts && judged.split.paused > 0 && judged.used + judged.split.paused > target
    };
    let mut saved: Vec<&Item> = board.items.iter().filter(is_saved).collect();
    saved.sort_by_key(|item| (std::cmp::Reverse(item.judged.split.paused), item.raised.record));
    saved
}
