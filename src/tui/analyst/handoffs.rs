//! Looking at hand-offs: the queues, and what happened to the selected one.

mod replay;

pub use replay::{NAMED, ReplayAnswer, ReplayWish};

use super::{Desk, GOOD_FOR_MS};
use crate::analysis::handoff::{Board, Key, Review, Topic, Work, newest_period};
use crate::domain::handoff::{Home, Rules};
use crate::domain::message::{Message, Tell};
use crate::domain::object::{Object, Row};
use crate::domain::period::Period;
use crate::domain::value::Id;
use crate::ops::Known;
use std::sync::Arc;

/// What to look at in hand-offs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandoffWish {
    /// The hand-off whose past is wanted, and its record.
    pub selected: Option<(Key, (Object, Id))>,
}

/// How to look back at hand-offs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReviewWish {
    /// What is looked at.
    pub topic: Topic,
    /// The period in which they began.
    pub period: Period,
    /// Whether the period is to be the one of the newest hand-off, where none began in the wish's own.
    pub newest: bool,
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct HandoffAnswer {
    /// The queues.
    pub work: Arc<Work>,
    /// What happened to the record of the selected one.
    pub past: Option<Past>,
}

/// Touches of a record and what was done with its hand-offs, oldest first.
#[derive(Debug, Clone, PartialEq)]
pub struct Past {
    /// The hand-off for which it was read.
    pub key: Key,
    /// The rows.
    pub rows: Vec<Row>,
}

/// The queues that were made last.
#[derive(Default)]
pub(super) struct Queues {
    work: Option<Arc<Work>>,
    known: Known,
    pub(super) home: Home,
    /// The past that was read last.
    past: Option<Past>,
}

impl Queues {
    /// The store has changed: everything is read again.
    pub(super) fn forget(&mut self) {
        (self.work, self.known, self.past) = (None, Known::default(), None);
    }
}

impl Desk {
    /// Where the user works, for a company that has not defined its working hours.
    #[must_use]
    pub fn with_home(mut self, home: Home) -> Self {
        self.queues.home = home;
        self
    }

    /// The queues as they stand now.
    ///
    /// # Errors
    /// What is wrong in the company's own definitions, or why the store cannot be read.
    pub(super) fn work(&mut self) -> Result<Arc<Work>, Message> {
        let now = self.clock.now();
        let queues = &mut self.queues;
        let recent = queues.work.as_ref().filter(|work| (0..GOOD_FOR_MS).contains(&(now.0 - work.board.as_of.0)));
        if let Some(work) = recent {
            return Ok(Arc::clone(work));
        }
        let board = match queues.work.as_ref().filter(|work| work.board.as_of <= now) {
            // Nobody has written to the store: only the clock has gone on.
            Some(work) => work.board.later(now),
            None => {
                let rules = Rules::of(&self.facts, &queues.home).map_err(|mistake| mistake.tell())?;
                Board::new(&self.facts, rules, self.guide.funnels(), now)
            }
        };
        let work = self.reader.work(board, &self.facts, &mut queues.known).map_err(|error| error.tell())?;
        let work = Arc::new(work);
        queues.work = Some(Arc::clone(&work));
        Ok(work)
    }

    /// How the hand-offs of a period went.
    ///
    /// # Errors
    /// What is wrong in the company's own definitions, or why the store cannot be read.
    pub(super) fn review(&mut self, wish: &ReviewWish) -> Result<Review, Message> {
        let work = self.work()?;
        let board = &work.board;
        let period = if wish.newest { newest_period(board, wish.period) } else { wish.period };
        self.reader.review(board, &self.facts, (wish.topic, period)).map_err(|error| error.tell())
    }

    pub(super) fn handoffs(&mut self, wish: &HandoffWish) -> Result<HandoffAnswer, Message> {
        let work = self.work()?;
        let past = match wish.selected {
            Some((key, (object, id))) => {
                let read = self.queues.past.take().filter(|past| past.key == key);
                let past = match read {
                    Some(past) => past,
                    None => {
                        let rows = self.reader.handoff_past(object, id).map_err(|error| error.tell())?;
                        Past { key, rows }
                    }
                };
                self.queues.past = Some(past.clone());
                Some(past)
            }
            None => None,
        };
        Ok(HandoffAnswer { work, past })
    }
}
