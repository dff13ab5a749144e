//! revops: revenue operations in the terminal.
//!
//! The rooms of the house, and who may know whom:
//!
//! - [`domain`]: the rules; pure, knows nobody.

pub mod domain;
