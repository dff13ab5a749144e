//! The analyst thread: a read connection and the facts. It looks at one thing at a time, the newest
//! that was asked for, and answers again whenever the store or the clock has moved on.

use super::action::Event;
use super::event::Wake;
use super::guard::Guard;
use crate::analysis::pipeline::{Deals, Pipeline, find, pipeline};
use crate::clock::Clock;
use crate::domain::facts::Facts;
use crate::domain::figure::Number;
use crate::domain::message::{Message, Tell};
use crate::domain::money::Purse;
use crate::domain::object::{Object, Row};
use crate::domain::pipeline::{Deal, Worth};
use crate::domain::stage::Outcome;
use crate::domain::time::Instant;
use crate::domain::value::Id;
use crate::ops::{Error, Reader, Story};
use std::sync::Arc;
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
    /// The pipeline as a whole.
    Pipeline,
    /// The deals behind a line, and the rows of those in the window.
    Deals(Deals, Window),
    /// One record.
    Record(Object, Id),
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
    /// The pipeline as a whole.
    Pipeline(Box<Pipeline>),
    /// Deals.
    Deals(Box<DealPage>),
    /// A record; `None` when it is gone.
    Record(Option<Box<Story>>),
    /// The store could not be read.
    Failed(Message),
}

/// The ids of all deals of a list, and the rows of a part of it.
#[derive(Debug, Clone, PartialEq)]
pub struct DealPage {
    /// All of them, in order.
    pub ids: Arc<[Id]>,
    /// What they are worth together.
    pub worth: Number,
    /// The place of the first row.
    pub first: usize,
    /// The rows.
    pub rows: Vec<DealRow>,
}

/// One deal of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct DealRow {
    /// Its id.
    pub id: Id,
    /// Its name, or else what its system calls it.
    pub name: String,
    /// Name of its account.
    pub account: Option<String>,
    /// Name of its stage.
    pub stage: String,
    /// Open, won or lost.
    pub outcome: Outcome,
    /// Name of its owner.
    pub owner: Option<String>,
    /// What it is worth.
    pub worth: Worth,
    /// When it was created.
    pub created_at: Option<Instant>,
    /// When it was closed.
    pub closed_at: Option<Instant>,
    /// Days it has been open.
    pub age: Option<i64>,
}

/// The connection and the picture that answers are made from.
pub struct Desk {
    reader: Reader,
    facts: Facts,
    clock: Clock,
    token: Option<i64>,
    /// The list answered last: scrolling through it does not look for it again.
    list: Option<List>,
}

/// A list of deals, and when it was made: ages decide who is in it.
struct List {
    deals: Deals,
    ids: Arc<[Id]>,
    worth: Purse,
    at: Instant,
}

impl Desk {
    /// A desk with an empty picture.
    #[must_use]
    pub fn new(reader: Reader, clock: Clock) -> Self {
        Self { reader, facts: Facts::default(), clock, token: None, list: None }
    }

    /// Brings the picture up to date; `true` when anything has changed.
    ///
    /// # Errors
    /// [`Error`] when the store cannot be read.
    pub fn catch_up(&mut self) -> Result<bool, Error> {
        let token = self.reader.change_token()?;
        if self.token == Some(token) {
            return Ok(false);
        }
        let changed = self.reader.catch_up(&mut self.facts)?;
        self.token = Some(token);
        if changed {
            self.list = None;
        }
        Ok(changed)
    }

    /// Looks at `subject`.
    pub fn answer(&mut self, subject: &Subject) -> Answer {
        let answer = match subject {
            Subject::Pipeline => Ok(Answer::Pipeline(Box::new(pipeline(&self.facts, self.clock.now())))),
            Subject::Deals(deals, window) => self.page(deals, *window).map(|page| Answer::Deals(Box::new(page))),
            Subject::Record(object, id) => {
                self.reader.story(*object, *id).map(|story| Answer::Record(story.map(Box::new)))
            }
        };
        answer.unwrap_or_else(|error| Answer::Failed(error.tell()))
    }

    fn page(&mut self, deals: &Deals, window: Window) -> Result<DealPage, Error> {
        let now = self.clock.now();
        let (ids, worth) = self.list(deals, now);
        let first = window.first.min(ids.len());
        let last = window.first.saturating_add(window.count).min(ids.len());
        let rows = self.rows(ids.get(first..last).unwrap_or_default(), now)?;
        Ok(DealPage { ids, worth: Number::Money(worth), first, rows })
    }

    /// The deals of a list and their worth; those of the last list are still known.
    fn list(&mut self, deals: &Deals, now: Instant) -> (Arc<[Id]>, Purse) {
        let good = |list: &&List| list.deals == *deals && now.0 - list.at.0 < GOOD_FOR_MS;
        if let Some(list) = self.list.as_ref().filter(good) {
            return (Arc::clone(&list.ids), list.worth.clone());
        }
        let ids: Arc<[Id]> = find(&self.facts, deals, now).into();
        let worth: Purse = ids.iter().filter_map(|&id| self.deal(id)?.worth.money()).collect();
        self.list = Some(List { deals: deals.clone(), ids: Arc::clone(&ids), worth: worth.clone(), at: now });
        (ids, worth)
    }

    fn deal(&self, id: Id) -> Option<Deal> {
        Deal::read(&self.facts, self.facts.opportunities.find(id.0)?)
    }

    fn rows(&mut self, ids: &[Id], now: Instant) -> Result<Vec<DealRow>, Error> {
        let rows = self.reader.rows(Object::Opportunity, ids)?;
        let names = self.reader.names(rows.clone())?;
        let named = |row: &Row, field: &str| row.get(field).int().and_then(|id| names.get(&Id(id)).cloned());
        let mut page = Vec::with_capacity(rows.len());
        for row in &rows {
            let Some(deal) = self.deal(row.id) else { continue };
            page.push(DealRow {
                id: row.id,
                name: self.name_of(row)?,
                account: named(row, "account"),
                stage: named(row, "stage").unwrap_or_default(),
                outcome: deal.outcome,
                owner: named(row, "owner"),
                worth: deal.worth,
                created_at: deal.created_at,
                closed_at: deal.closed_at,
                age: deal.age(now),
            });
        }
        Ok(page)
    }

    /// The name of a deal; many systems give it none, then their own number of it stands for it.
    fn name_of(&mut self, row: &Row) -> Result<String, Error> {
        if let Some(name) = row.get("name").text().filter(|name| !name.is_empty()) {
            return Ok(name.to_owned());
        }
        let story = self.reader.story(row.object, row.id)?;
        let link = story.as_ref().and_then(|story| story.links.first()?.get("external_id").text());
        Ok(link.map_or_else(|| format!("#{}", row.id), str::to_owned))
    }
}

/// What the thread is told.
enum Wish {
    Watch(Watch),
    Refresh,
}

/// The thread and its newest wish.
pub struct Analyst(Sender<Wish>);

impl Analyst {
    /// Starts the thread. It ends when this handle is dropped.
    #[must_use]
    pub fn start(reader: Reader, clock: Clock, wake: Sender<Wake>) -> Self {
        let (wishes, heard) = channel();
        std::thread::spawn(move || {
            let _guard = Guard::new(wake.clone());
            work(Desk::new(reader, clock), &heard, &wake);
        });
        Self(wishes)
    }

    /// Looks at this from now on.
    pub fn watch(&self, watch: Watch) {
        let _ = self.0.send(Wish::Watch(watch));
    }

    /// Looks at the store now instead of at the next poll.
    pub fn refresh(&self) {
        let _ = self.0.send(Wish::Refresh);
    }
}

fn work(mut desk: Desk, wishes: &Receiver<Wish>, wake: &Sender<Wake>) {
    let mut watch: Option<Watch> = None;
    let mut said: Option<(Instant, Answer)> = None;
    loop {
        match newest(wishes, watch.as_ref()) {
            Heard::Watch(next) => (watch, said) = (Some(next), None),
            Heard::Nothing => {}
            Heard::End => return,
        }
        let Some(watch) = &watch else { continue };
        let now = desk.clock.now();
        let good =
            |(at, answer): &(Instant, Answer)| now.0 - at.0 < GOOD_FOR_MS && !matches!(answer, Answer::Failed(_));
        let answer = match desk.catch_up() {
            Ok(false) if said.as_ref().is_some_and(good) => continue,
            Ok(_) => desk.answer(&watch.subject),
            Err(error) => Answer::Failed(error.tell()),
        };
        // A store that stays unreadable is told once, not four times a second.
        let repeated = matches!((&answer, &said), (Answer::Failed(new), Some((_, Answer::Failed(old)))) if new == old);
        said = Some((now, answer.clone()));
        if !repeated && wake.send(Event::Loaded(watch.generation, answer).into()).is_err() {
            return;
        }
    }
}

enum Heard {
    Watch(Watch),
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
    watches.last().map_or(Heard::Nothing, Heard::Watch)
}
