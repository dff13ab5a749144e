//! What the tests share.

pub mod engines;
pub mod program;
pub mod pty;
pub mod real;
pub mod skip;
