//! The write side and the door: [`Session`] opens a store, and one function is one use case.
//!
//! Every write is one transaction and one journalled action that can be undone.

pub mod backup;
mod conflicts;
mod edit;
mod error;
mod handoff;
pub mod import;
mod quality;
mod reader;
mod records;
mod sample;
mod session;
mod set;
mod ssot;
mod story;
mod typed;
mod worksheet;

pub use crate::store::{
    Action, ActionKind, Compacted, Finding, Kept, Location, Precedence, Refusal, Reversal, Reversible,
};
pub use conflicts::{Contested, Standings};
pub use error::{Error, Result};
pub use handoff::{Deed, Known, Task, holidays_of, rules_text};
pub use reader::{Info, Reader};
pub use sample::write_sample;
pub use session::{Session, Setup};
pub use set::Words;
pub use ssot::{Choice, Redecided, object_word};
pub use story::Story;
pub use typed::{Choices, Edited, Theirs, typed};
pub use worksheet::{Change, LeftOut, Missing, Worksheet, Worksheets};
