//! revops: revenue operations in the terminal.
//!
//! The rooms of the house, and who may know whom:
//!
//! - [`domain`]: the rules; pure, knows nobody.
//! - [`analysis`]: the read side; knows domain.

pub mod analysis;
pub mod domain;
