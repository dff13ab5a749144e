//! One module per tab.

pub mod pipeline;
