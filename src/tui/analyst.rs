//! The analyst thread: a read connection and the facts. It looks at one thing at a time, the newest
//! that was asked for, and answers again whenever the store or the clock has moved on.

mod desk;
mod flow;
mod handoffs;
mod options;
mod order;
pub mod page;
mod pipeline;

pub use desk::Desk;
pub use flow::{FlowAnswer, FlowWish, Guide};
pub use handoffs::{HandoffAnswer, HandoffWish, NAMED, Past, ReplayAnswer, ReplayWish, ReviewWish};
pub use page::Page;
pub use pipeline::{PipelineAnswer, PipelineWish};

use super::action::Event;
use super::event::Wake;
use super::guard::Guard;
use super::widgets::table::Sort;
use crate::analysis::handoff::Review;
use crate::analysis::selection::Selection;
use crate::clock::Clock;
use crate::domain::funnel::Funnels;
use crate::domain::handoff::Home;
use crate::domain::message::{Message, Tell};
use crate::domain::money::Currency;
use crate::domain::object::Object;
use crate::domain::time::Instant;
use crate::domain::value::Id;
use crate::ops::{Choices, Reader, Reversible, Story};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

/// How often the store is asked whether anyone has written to it.
const POLL: Duration = Duration::from_millis(250);
/// How long an answer is good while nobody writes: ages grow with the clock.
const GOOD_FOR_MS: i64 = 60_000;

/// What the screen wants to know from now on. Answers carry the generation; a stale one is dropped.
#[derive(Debug, Clone, PartialEq)]
pub struct Watch {
    /// Number of this wish.
    pub generation: u64,
    /// The wish.
    pub subject: Subject,
}

/// Something to look at.
#[derive(Debug, Clone, PartialEq)]
pub enum Subject {
    /// The flow through a funnel.
    Flow(Box<FlowWish>),
    /// The pipeline as a whole.
    Pipeline(Box<PipelineWish>),
    /// The hand-offs.
    Handoffs(HandoffWish),
    /// How the hand-offs of a period went.
    Review(ReviewWish),
    /// The past under other rules of hand-offs.
    Replay(Box<ReplayWish>),
    /// Nothing: there is no period at the end of the calendar.
    Nothing,
    /// A list of records, and the rows of those in the window.
    List(Listing, Window),
    /// One record.
    Record(Object, Id),
    /// The best of the records of an object that these words find, to choose one of them.
    Options(Object, String),
}

/// A list: which records, which of them match, in which order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// The records.
    pub selection: Selection,
    /// Only those that match this; all of them when it is empty.
    pub filter: String,
    /// What they are sorted by; `None` for the selection's own order.
    pub sort: Option<Sort>,
}

/// A run of places in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Window {
    /// The first place.
    pub first: usize,
    /// How many.
    pub count: usize,
}

/// What the analyst found.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// The flow through a funnel.
    Flow(Box<FlowAnswer>),
    /// The pipeline as a whole.
    Pipeline(Box<PipelineAnswer>),
    /// The hand-offs.
    Handoffs(Box<HandoffAnswer>),
    /// How the hand-offs of a period went.
    Review(Box<Review>),
    /// The past under other rules of hand-offs.
    Replay(Box<ReplayAnswer>),
    /// The store holds nothing that a view could show.
    Empty,
    /// A part of a list.
    List(Box<Page>),
    /// A record, `None` when it is gone; the currency of amounts that name none, and what can be chosen for its fields.
    Record(Option<Box<Story>>, Currency, Arc<Choices>),
    /// Records of an object to choose from, with their names, and what they were found by.
    Options(Object, String, Vec<(Id, String)>),
    /// The store could not be read.
    Failed(Message),
}

/// What the thread is told.
enum Wish {
    Watch(Watch),
    Refresh,
}

/// The thread and its newest wish.
pub struct Analyst {
    wishes: Sender<Wish>,
    /// Number of the newest wish: who works on an older one stops.
    newest: Arc<AtomicU64>,
}

impl Analyst {
    /// Starts the thread. It ends when this handle is dropped.
    #[must_use]
    pub fn start(reader: Reader, clock: Clock, (funnels, home): (Funnels, Home), wake: Sender<Wake>) -> Self {
        let (wishes, heard) = channel();
        let newest = Arc::new(AtomicU64::new(0));
        let lookout = Lookout::new(Desk::new(reader, clock, funnels).with_home(home), Arc::clone(&newest));
        std::thread::spawn(move || {
            let _guard = Guard::new(wake.clone());
            work(lookout, &heard, &wake);
        });
        Self { wishes, newest }
    }

    /// Looks at this from now on.
    pub fn watch(&self, watch: Watch) {
        self.newest.store(watch.generation, Ordering::Relaxed);
        let _ = self.wishes.send(Wish::Watch(watch));
    }

    /// Looks at the store now instead of at the next poll.
    pub fn refresh(&self) {
        let _ = self.wishes.send(Wish::Refresh);
    }
}

fn work(mut lookout: Lookout, wishes: &Receiver<Wish>, wake: &Sender<Wake>) {
    loop {
        let (next, is_idle) = match newest(wishes, lookout.watch.as_ref()) {
            Heard::Watch(next) => (Some(next), false),
            Heard::Refresh => (None, false),
            Heard::Nothing => (None, true),
            Heard::End => return,
        };
        let seen = lookout.look(next);
        // What may be undone first: the screen that the answer draws offers it, or does not.
        let beside = if is_idle && seen.is_none() { lookout.beside() } else { None };
        for event in lookout.reversible().into_iter().chain(seen).chain(beside) {
            if wake.send(event.into()).is_err() {
                return;
            }
        }
    }
}

/// What the thread does between two waits.
struct Lookout {
    desk: Desk,
    newest: Arc<AtomicU64>,
    watch: Option<Watch>,
    said: Option<(Instant, Answer)>,
    /// The hand-offs as they were told last beside something else: the state of the store, and when.
    beside: Option<(i64, Instant)>,
    /// What there was to undo when the store was last written to, by its change token.
    undoing: Option<(i64, Reversible)>,
}

impl Lookout {
    fn new(desk: Desk, newest: Arc<AtomicU64>) -> Self {
        Self { desk, newest, watch: None, said: None, beside: None, undoing: None }
    }

    /// Looks at the next wish, or again at the last one; says what it sees when that is not known yet.
    fn look(&mut self, next: Option<Watch>) -> Option<Event> {
        if next.is_some() {
            (self.watch, self.said) = (next, None);
        }
        let watch = self.watch.as_ref()?;
        let now = self.desk.clock.now();
        let good =
            |(at, answer): &(Instant, Answer)| now.0 - at.0 < GOOD_FOR_MS && !matches!(answer, Answer::Failed(_));
        let answer = match self.desk.catch_up() {
            Ok(false) if self.said.as_ref().is_some_and(good) => return None,
            Ok(_) => {
                // A newer wish may have come while the store was read.
                let goes_on = || self.newest.load(Ordering::Relaxed) <= watch.generation;
                self.desk.answer_while(&watch.subject, &goes_on)?
            }
            Err(error) => Answer::Failed(error.tell()),
        };
        // A store that stays unreadable is told once, not four times a second.
        let repeated =
            matches!((&answer, &self.said), (Answer::Failed(new), Some((_, Answer::Failed(old)))) if new == old);
        self.said = Some((now, answer.clone()));
        (!repeated).then_some(Event::Loaded(watch.generation, answer))
    }
}

impl Lookout {
    /// The hand-offs while something else is shown, for the number in the bar: when nobody wants anything, and only
    /// where somebody has written to the store or a minute has passed.
    fn beside(&mut self) -> Option<Event> {
        let (token, now) = (self.desk.token()?, self.desk.clock.now());
        let shows_them = matches!(self.watch.as_ref()?.subject, Subject::Handoffs(_));
        let is_known = self.beside.is_some_and(|(known, at)| known == token && now.0 - at.0 < GOOD_FOR_MS);
        if shows_them || is_known {
            return None;
        }
        self.beside = Some((token, now));
        // What is wrong with the rules is told where they are used.
        self.desk.work().ok().map(Event::Handoffs)
    }

    /// What there is to undo now, when that is something else than before.
    fn reversible(&mut self) -> Option<Event> {
        let token = self.desk.token()?;
        let before = self.undoing;
        if before.is_some_and(|(at, _)| at == token) {
            return None;
        }
        // A store that cannot be read is told by the answer; the hints stay as they are.
        let now = self.desk.reader.reversible().ok()?;
        self.undoing = Some((token, now));
        (before.map(|(_, known)| known) != Some(now)).then_some(Event::Reversible(now))
    }
}

enum Heard {
    Watch(Watch),
    Refresh,
    Nothing,
    End,
}

/// Waits for a wish until the next poll; of several only the newest counts.
fn newest(wishes: &Receiver<Wish>, current: Option<&Watch>) -> Heard {
    let first = match (current, wishes.recv_timeout(POLL)) {
        (_, Ok(wish)) => wish,
        (_, Err(RecvTimeoutError::Timeout)) => return Heard::Nothing,
        (_, Err(RecvTimeoutError::Disconnected)) => return Heard::End,
    };
    let all = std::iter::once(first).chain(wishes.try_iter());
    let watches = all.filter_map(|wish| match wish {
        Wish::Watch(watch) => Some(watch),
        Wish::Refresh => None,
    });
    watches.last().map_or(Heard::Refresh, Heard::Watch)
}

#[cfg(test)]
mod tests;
