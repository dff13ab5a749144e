//! The writer thread: owns the write connection, carries out orders one after the other, drops none.

use super::action::Event;
use super::event::Wake;
use super::guard::Guard;
use super::intake::{Goods, Shelf};
use crate::clock::Clock;
use crate::domain::calendar::Told;
use crate::domain::handoff::{Bodies, Own};
use crate::domain::message::{Message, Tell};
use crate::domain::object::Object;
use crate::domain::value::{ActionId, Id, Value};
use crate::i18n::{Lang, Locale};
use crate::ops::import::{ImportPolicy, ImportReport, Monitor};
use crate::ops::{Deed, Edited, Error, Reversal, Session, Task, holidays_of};
use crate::state::State;
use crate::state::log::Log;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// What the writer is asked to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Order {
    /// Undo this person's newest action.
    Undo,
    /// Do again what was undone last.
    Redo,
    /// Import what the intake thread has read, or count what that would do.
    Import {
        /// Whether only to count.
        dry_run: bool,
        /// The language of the reasons in the file of rejected rows.
        lang: Lang,
    },
    /// Set fields of a record.
    Set {
        /// What it is.
        object: Object,
        /// Which one.
        id: Id,
        /// The revision that was seen.
        seen: ActionId,
        /// The fields and their values.
        fields: Vec<(&'static str, Value)>,
    },
    /// Do something with hand-offs, as one action.
    Hand {
        /// The hand-offs, and what is done with each.
        deeds: Vec<(Task, Deed)>,
        /// Who of the team does it.
        by: Option<Id>,
        /// What the only one is called.
        name: Option<String>,
    },
    /// Keep these rules of hand-offs, in place of those that were seen.
    Define {
        /// The rules.
        own: Box<Own>,
        /// What the store held when the user looked.
        seen: Bodies,
    },
    /// Read the days that a file tells of a calendar; nothing is written.
    Holidays {
        /// The calendar.
        calendar: String,
        /// The file.
        path: PathBuf,
    },
    /// Forget what was remembered about the interface.
    Forget {
        /// What.
        key: String,
    },
    /// Remember something about the interface, outside the store.
    Remember {
        /// What.
        key: String,
        /// Its value.
        value: String,
    },
}

/// What became of an order.
#[derive(Debug, Clone, PartialEq)]
pub enum Done {
    /// An action was undone, or why not.
    Undone(Result<Reversal, Message>),
    /// An action was done again, or why not.
    Redone(Result<Reversal, Message>),
    /// What became of an edit, or why it was refused.
    Edited(Result<Edited, Message>),
    /// What became of something that was done with hand-offs.
    Handed(Handed),
    /// Rules of hand-offs were kept, or why not.
    Defined(Result<ActionId, Message>),
    /// The days that a file tells of this calendar, or why it cannot be read.
    Holidays(String, Result<Told, Message>),
    /// Files were imported or counted, or why not.
    Imported(bool, Result<Box<ImportReport>, Message>),
    /// An import was stopped; the store is as it was.
    Stopped,
}

/// Something that was done with hand-offs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handed {
    /// Its word.
    pub deed: &'static str,
    /// How many hand-offs.
    pub n: usize,
    /// What the only one is called.
    pub name: Option<String>,
    /// Why it was refused.
    pub refused: Option<Message>,
}

/// How far an import has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Rows that are done.
    pub done: u64,
    /// All rows.
    pub total: u64,
    /// Milliseconds since it began.
    pub millis: u64,
}

/// How often progress is told.
const EVERY: Duration = Duration::from_millis(100);

/// The thread and its queue.
pub struct Writer {
    orders: Sender<Order>,
    thread: JoinHandle<()>,
}

impl Writer {
    /// Starts the thread.
    #[must_use]
    pub fn start(session: Session, local: (Option<State>, Log), shelf: Arc<Shelf>, events: Sender<Wake>) -> Self {
        let (orders, queue) = channel();
        let thread = std::thread::spawn(move || {
            let _guard = Guard::new(events.clone());
            let (state, log) = local;
            work(session, (state.as_ref(), &log), &shelf, &queue, &events);
        });
        Self { orders, thread }
    }

    /// Puts an order into the queue.
    pub fn send(&self, order: Order) {
        // The thread is gone only after a panic, and that ends the program.
        let _ = self.orders.send(order);
    }

    /// Waits until the queue is empty and the thread has ended.
    pub fn finish(self) {
        drop(self.orders);
        let _ = self.thread.join();
    }
}

fn work(
    mut session: Session,
    (state, log): (Option<&State>, &Log),
    shelf: &Arc<Shelf>,
    queue: &Receiver<Order>,
    events: &Sender<Wake>,
) {
    for order in queue {
        let begun = Instant::now();
        let done = match order {
            Order::Undo => Done::Undone(told(session.undo(None))),
            Order::Redo => Done::Redone(told(session.redo())),
            Order::Import { dry_run, lang } => import(&mut session, shelf, dry_run, lang, events),
            Order::Set { object, id, seen, fields } => {
                Done::Edited(session.edit(object, id, seen, &fields).map_err(|error| error.tell()))
            }
            Order::Hand { deeds, by, name } => Done::Handed(handed(&mut session, &deeds, by, name)),
            Order::Define { own, seen } => Done::Defined(session.define(&own, &seen).map_err(|error| error.tell())),
            Order::Holidays { calendar, path } => {
                let today = session.clock().now().date();
                Done::Holidays(calendar, holidays_of(&path, today).map_err(|error| error.tell()))
            }
            Order::Forget { key } => {
                let _ = state.map(|state| state.forget(&key));
                continue;
            }
            Order::Remember { key, value } => {
                // A convenience: nobody is told when it fails.
                let _ = state.map(|state| state.remember(&key, &value));
                continue;
            }
        };
        done.note(log, begun.elapsed());
        if events.send(Event::Done(done).into()).is_err() {
            return;
        }
    }
}

impl Done {
    /// Notes it without a word of what it was done with.
    fn note(&self, log: &Log, took: Duration) {
        let millis = ("ms", u64::try_from(took.as_millis()).unwrap_or(u64::MAX));
        let now = Clock::System.now();
        let failed = |result: &Result<Reversal, Message>| result.as_ref().err().map(|message| message.key);
        match self {
            Self::Undone(result) => log.note(now, "undo", failed(result), &[millis]),
            Self::Redone(result) => log.note(now, "redo", failed(result), &[millis]),
            Self::Edited(result) => log.note(now, "edit", result.as_ref().err().map(|message| message.key), &[millis]),
            Self::Handed(handed) => {
                log.note(now, "handoff", handed.refused.as_ref().map(|message| message.key), &[millis])
            }
            Self::Defined(result) => {
                log.note(now, "define", result.as_ref().err().map(|message| message.key), &[millis])
            }
            Self::Holidays(_, result) => {
                log.note(now, "holidays", result.as_ref().err().map(|message| message.key), &[millis])
            }
            Self::Stopped => log.note(now, "import", Some("error-stopped"), &[millis]),
            Self::Imported(true, Ok(_)) => log.note(now, "import-look", None, &[millis]),
            Self::Imported(_, Err(message)) => log.note(now, "import", Some(message.key), &[millis]),
            Self::Imported(false, Ok(report)) => {
                log.note(now, "import", None, &[millis]);
                log.note(now, "import-counts", None, &report.counts());
            }
        }
    }
}

fn handed(session: &mut Session, deeds: &[(Task, Deed)], by: Option<Id>, name: Option<String>) -> Handed {
    let refused = session.hand(deeds, by, None).err().map(|error| error.tell());
    let records: std::collections::BTreeSet<Id> = deeds.iter().map(|(task, _)| task.record).collect();
    let deed = deeds.last().map_or("", |(_, deed)| deed.key());
    Handed { deed, n: records.len(), name, refused }
}

fn told(result: Result<Reversal, Error>) -> Result<Reversal, Message> {
    result.map_err(|error| error.tell())
}

/// Imports what is on the shelf, telling how far it is, until somebody says stop.
fn import(session: &mut Session, shelf: &Arc<Shelf>, dry_run: bool, lang: Lang, events: &Sender<Wake>) -> Done {
    let locale = Locale::new(lang);
    let Goods { sheets, aliases } = shelf.goods();
    let policy = ImportPolicy { dry_run, monitor: monitor(shelf, events), aliases, ..ImportPolicy::default() };
    if shelf.is_stopped() {
        return Done::Stopped;
    }
    match session.import(sheets, &policy, &|message| locale.tell(message)) {
        Ok(report) => Done::Imported(dry_run, Ok(Box::new(report))),
        Err(Error::Stopped) => Done::Stopped,
        Err(error) => Done::Imported(dry_run, Err(error.tell())),
    }
}

fn monitor(shelf: &Arc<Shelf>, events: &Sender<Wake>) -> Monitor {
    let (shelf, events, begun) = (Arc::clone(shelf), events.clone(), Instant::now());
    let told = AtomicU64::new(0);
    Monitor::new(move |done, total| {
        let millis = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        let is_due = millis >= told.load(Ordering::Relaxed) + EVERY.as_millis() as u64;
        if is_due {
            told.store(millis, Ordering::Relaxed);
            // The screen is gone only when the program ends, and then `stop` is set.
            let _ = events.send(Event::Importing(Progress { done, total, millis }).into());
        }
        !shelf.is_stopped()
    })
}
