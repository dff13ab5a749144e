//! Looking at other rules: the whole history judged again under a draft of them.

use super::super::Desk;
use crate::analysis::handoff::{Board, Item, Replay, replay};
use crate::domain::handoff::{Bodies, Edit, Home, Mistake, Own, Rules};
use crate::domain::message::{Message, Tell};
use crate::domain::value::Id;
use std::sync::Arc;

/// Of no more hand-offs that change than these it is read what they are called; the rest is a number.
pub const NAMED: usize = 500;

/// What to look at: the rules that hold, and these changes of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplayWish {
    /// The draft.
    pub edits: Vec<Edit>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct ReplayAnswer {
    /// The texts that the store holds.
    pub bodies: Bodies,
    /// What they say.
    pub own: Own,
    /// Where the user works.
    pub home: Home,
    /// The rules that hold.
    pub rules: Arc<Rules>,
    /// The rules of the draft, or why they are none.
    pub draft: Result<Arc<Board>, Message>,
    /// How hand-offs go, and how they would have gone.
    pub replay: Arc<Replay>,
}

impl Desk {
    /// Judges the past under a draft; `None` when nobody wants to know any more.
    ///
    /// # Errors
    /// What is wrong in the company's own definitions, or why the store cannot be read.
    pub(in super::super) fn replay(
        &mut self,
        wish: &ReplayWish,
        goes_on: &dyn Fn() -> bool,
    ) -> Result<Option<ReplayAnswer>, Message> {
        let told = |mistake: Mistake| mistake.tell();
        let work = self.work()?;
        let home = self.queues.home.clone();
        let bodies = Bodies::of(&self.facts);
        let own = Own::read(&bodies).map_err(told)?;
        let drafted = own.edited(&wish.edits, &home).and_then(|own| Rules::new(own, &home));
        let after = match drafted {
            Ok(rules) if wish.edits.is_empty() || rules == work.board.rules => Some(Ok(work.board.clone())),
            Ok(rules) if work.board.raises_as(&rules) => work.board.again(rules, goes_on).map(Ok),
            Ok(rules) => {
                let now = work.board.as_of;
                Board::new_while(&self.facts, rules, self.guide.funnels(), now, goes_on).map(Ok)
            }
            Err(mistake) => Some(Err(mistake.tell())),
        };
        let Some(after) = after else { return Ok(None) };
        let mut found = replay(&work.board, after.as_ref().unwrap_or(&work.board), &Default::default());
        let items: Vec<&Item> = found.items.iter().take(NAMED).map(|changed| &changed.item).collect();
        let names = self.reader.handoff_names(&work.board, &items).map_err(|error| error.tell())?;
        for changed in found.items.iter_mut().take(NAMED) {
            let called = names.get(&Id(changed.item.raised.record));
            changed.subject = called.map(|called| called.name.clone()).unwrap_or_default();
        }
        let rules = Arc::new(work.board.rules.clone());
        Ok(Some(ReplayAnswer { bodies, own, home, rules, draft: after.map(Arc::new), replay: Arc::new(found) }))
    }
}
