//! revops: revenue operations in the terminal.
//!
//! The rooms of the house, and who may know whom (`tests/architecture.rs` checks it):
//!
//! - [`domain`]: the rules; pure, knows nobody.
//! - [`analysis`]: the read side, from facts to what is shown; knows domain.
//! - [`store`]: the data, the only room with SQL; knows domain.
//!
//! is one user's alone.

pub mod analysis;
pub mod domain;
pub mod store;
