//! How far the data keep to the rules, and whether they can be trusted.

use super::{Dimension, Outcome, Rule};
use crate::domain::object::Object;
use serde::Serialize;
use std::collections::BTreeMap;

/// From this share on data are usable.
pub const USABLE: f64 = 0.95;
/// From this share on they are usable with caveats.
pub const CAVEATS: f64 = 0.80;

/// Checks of one dimension of one object: how many, and how many failed, each weighing three for an error and one for a
/// warning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Score {
    /// Weight of all checks.
    pub checked: u64,
    /// Weight of those that failed.
    pub failing: u64,
}

impl Score {
    /// 1 − failing ÷ checked; `None` where nothing was checked.
    #[must_use]
    pub fn share(self) -> Option<f64> {
        (self.checked > 0).then(|| 1.0 - self.failing as f64 / self.checked as f64)
    }

    fn add(&mut self, weight: u64, outcome: &Outcome) {
        self.checked += weight * outcome.checked;
        self.failing += weight * outcome.failing.len() as u64;
    }

    /// Both together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self { checked: self.checked + other.checked, failing: self.failing + other.failing }
    }
}

/// Whether figures can be built on the data of an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Trust {
    /// They cannot.
    NotUsable,
    /// They can, with caveats.
    WithCaveats,
    /// They can.
    Usable,
}

impl Trust {
    /// By the lowest share of any dimension: data are as good as their weakest side.
    #[must_use]
    pub fn of(share: f64) -> Self {
        match share {
            share if share >= USABLE => Self::Usable,
            share if share >= CAVEATS => Self::WithCaveats,
            _ => Self::NotUsable,
        }
    }

    /// Its name in JSON and in message keys.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::NotUsable => "not_usable",
            Self::WithCaveats => "with_caveats",
            Self::Usable => "usable",
        }
    }
}

/// The scores of what rules found, by object and dimension; what was not checked has none.
#[must_use]
pub fn score(rules: &[Rule], outcomes: &[Outcome]) -> BTreeMap<(Object, Dimension), Score> {
    let mut scores: BTreeMap<(Object, Dimension), Score> = BTreeMap::new();
    for outcome in outcomes.iter().filter(|outcome| outcome.checked > 0) {
        let Some(rule) = rules.iter().find(|rule| rule.key == outcome.rule) else { continue };
        scores.entry((rule.object, rule.dimension)).or_default().add(rule.severity.weight(), outcome);
    }
    scores
}
