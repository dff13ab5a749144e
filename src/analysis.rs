//! The read side: pure functions over facts and records that return what screens, JSON and reports show.
//!
//! The struct an analysis returns is the JSON (`Serialize`); every number in it is a
//! [`Figure`](crate::domain::figure::Figure).

pub mod funnel;
pub mod handoff;
pub mod pipeline;
pub mod quality;
pub mod records;
pub mod selection;
pub mod stages;
