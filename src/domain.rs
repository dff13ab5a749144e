//! The rules of revenue operations: pure types and functions.
//!
//! Nothing here reads a file, a clock, a database or a terminal; `now` is a parameter. Every other
//! room may know this one, and it knows nobody.

pub mod awaited;
pub mod calendar;
pub mod company;
pub mod conflict;
pub mod exchange;
pub mod expression;
pub mod facts;
pub mod figure;
pub mod fold;
pub mod funnel;
pub mod handoff;
pub mod history;
pub mod intake;
pub mod interval;
pub mod matching;
pub mod message;
pub mod metric;
pub mod money;
pub mod object;
pub mod period;
pub mod pipeline;
pub mod quality;
pub mod quantile;
pub mod reconcile;
pub mod records;
pub mod sample;
pub mod sighting;
pub mod snapshot;
pub mod spelling;
pub mod stage;
pub mod target;
pub mod time;
pub mod value;
pub mod word;
