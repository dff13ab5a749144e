//! What the doctor found.

use super::table::{Align, table};
use crate::i18n::Locale;
use serde::Serialize;

/// How a part of the program is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Health {
    /// As it should be.
    Ok,
    /// It works, but could be better.
    Note,
    /// It does not work.
    Wrong,
}

/// One part that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// `program`, `terminal`, `settings`, `actor`, `memory`, `log`, `store`, `clock` or `backups`.
    pub subject: &'static str,
    /// How it is.
    pub health: Health,
    /// What was found, and what to do about it.
    pub found: String,
}

impl Check {
    /// A part and what was found.
    #[must_use]
    pub const fn new(subject: &'static str, health: Health, found: String) -> Self {
        Self { subject, health, found }
    }
}

/// Everything that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Visit {
    /// Whether nothing is wrong.
    pub sound: bool,
    /// The parts.
    pub checks: Vec<Check>,
}

/// One line for each part.
#[must_use]
pub fn text(visit: &Visit, locale: &Locale) -> String {
    let line = |check: &Check| {
        let health = match check.health {
            Health::Ok => locale.t("doctor-ok"),
            Health::Note => locale.t("doctor-note"),
            Health::Wrong => locale.t("doctor-wrong"),
        };
        vec![health, locale.t(&format!("doctor-subject-{}", check.subject)), check.found.clone()]
    };
    let rows: Vec<Vec<String>> = visit.checks.iter().map(line).collect();
    table(&[Align::Left, Align::Left, Align::Left], &rows)
}
