//! One module per tab.

pub mod funnel;
pub mod handoff;
pub mod pipeline;
pub mod records;
