//! revops: revenue operations in the terminal.
//!
//! The rooms of the house, and who may know whom (`tests/architecture.rs` checks it):
//!
//! - [`domain`]: the rules; pure, knows nobody.
//! - [`analysis`]: the read side, from facts to what is shown; knows domain.
//! - [`store`]: the data, the only room with SQL; knows domain.
//! - [`import`]: files in, from bytes to typed rows; knows domain.
//! - [`export`]: things out, as text, JSON, CSV and pictures; knows analysis and domain.
//! - [`ops`]: the use cases and the door to a store; knows all of the above.
//! - [`cli`] and [`tui`]: the command line and the screen; know ops, analysis, domain and export,
//!   never each other and never the store.
//!
//! [`config`] reads the settings file, [`text`] cleans and measures, [`i18n`] speaks, [`clock`] tells the time, [`state`] remembers what
//! is one user's alone.

pub mod analysis;
pub mod cli;
pub mod clock;
pub mod config;
pub mod domain;
pub mod export;
pub mod i18n;
pub mod import;
pub mod ops;
pub mod state;
pub mod store;
pub mod text;
pub mod tui;
