//! The writer thread: owns the write connection, carries out orders one after the other, drops none.

use super::action::Event;
use super::event::Wake;
use super::guard::Guard;
use crate::domain::message::{Message, Tell};
use crate::ops::{Error, Reversal, Session};
use crate::state::State;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

/// What the writer is asked to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Order {
    /// Undo this person's newest action.
    Undo,
    /// Do again what was undone last.
    Redo,
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
}

/// The thread and its queue.
pub struct Writer {
    orders: Sender<Order>,
    thread: JoinHandle<()>,
}

impl Writer {
    /// Starts the thread.
    #[must_use]
    pub fn start(session: Session, state: Option<State>, events: Sender<Wake>) -> Self {
        let (orders, queue) = channel();
        let thread = std::thread::spawn(move || {
            let _guard = Guard::new(events.clone());
            work(session, state.as_ref(), &queue, &events);
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

fn work(mut session: Session, state: Option<&State>, queue: &Receiver<Order>, events: &Sender<Wake>) {
    for order in queue {
        let done = match order {
            Order::Undo => Done::Undone(told(session.undo(None))),
            Order::Redo => Done::Redone(told(session.redo())),
            Order::Remember { key, value } => {
                // A convenience: nobody is told when it fails.
                let _ = state.map(|state| state.remember(&key, &value));
                continue;
            }
        };
        if events.send(Event::Done(done).into()).is_err() {
            return;
        }
    }
}

fn told(result: Result<Reversal, Error>) -> Result<Reversal, Message> {
    result.map_err(|error| error.tell())
}
