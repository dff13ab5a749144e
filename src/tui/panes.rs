//! One module per tab.

pub mod funnel;
pub mod pipeline;
pub mod records;
