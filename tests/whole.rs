//! The whole program from outside, in one test binary (one link instead of ten).

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test stops at the first surprise"
)]

mod architecture;
mod backup;
mod cli;
mod contract;
mod crash;
mod crm;
mod doctor;
mod edit;
mod exports;
mod formats;
mod funnel;
mod handoffs;
mod hostile;
mod lifecycle;
mod log;
mod migrations;
mod profiles;
mod pty;
mod quality;
mod real_data;
mod real_files;
mod records;
mod reviews;
mod snapshot;
mod ssot;
mod store;
mod support;
mod triage;
