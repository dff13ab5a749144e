//! Looking at a funnel: the journeys are read once and looked at in many ways.

use super::GOOD_FOR_MS;
use crate::analysis::funnel::{Flow, Query, flow};
use crate::domain::facts::Facts;
use crate::domain::funnel::journey::{Journeys, Skips};
use crate::domain::funnel::segment::{Dimension, values};
use crate::domain::funnel::{Funnel, Funnels};
use crate::domain::time::Instant;
use std::sync::Arc;

/// What to look at in a funnel.
#[derive(Debug, Clone, PartialEq)]
pub struct FlowWish {
    /// Key of the funnel.
    pub funnel: String,
    /// What a skipped stage means.
    pub skips: Skips,
    /// The rest.
    pub query: Query,
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct FlowAnswer {
    /// The flow.
    pub flow: Flow,
    /// The definitions it goes by.
    pub funnel: Arc<Funnel>,
    /// Whether there is nothing in this funnel, in any period.
    pub is_empty: bool,
    /// What it can be filtered by: the values of every dimension, with how many journeys have them.
    pub values: Arc<[(Dimension, Option<String>, u64)]>,
}

/// Knows the funnels, and the journeys that were read last.
pub struct Guide {
    funnels: Vec<Arc<Funnel>>,
    last: Option<Last>,
}

struct Last {
    journeys: Arc<Journeys>,
    values: Arc<[(Dimension, Option<String>, u64)]>,
}

impl Guide {
    /// A guide to the shipped funnels.
    #[must_use]
    pub fn new() -> Self {
        // A test reads the shipped file; a damaged one would leave nothing to look at.
        let funnels = Funnels::shipped().map(|all| all.funnel).unwrap_or_default();
        Self { funnels: funnels.into_iter().map(Arc::new).collect(), last: None }
    }

    /// The facts have changed.
    pub fn forget(&mut self) {
        self.last = None;
    }

    /// Looks at a funnel; `None` for one that nobody defines.
    pub fn look(&mut self, wish: &FlowWish, facts: &Facts, now: Instant) -> Option<FlowAnswer> {
        let journeys = self.journeys(&wish.funnel, wish.skips, facts, now)?;
        let values = self.last.as_ref().map(|last| Arc::clone(&last.values)).unwrap_or_default();
        Some(FlowAnswer {
            flow: flow(&journeys, &wish.query),
            funnel: Arc::clone(&journeys.funnel),
            is_empty: journeys.is_empty(),
            values,
        })
    }

    /// The journeys through a funnel; those that were read last are good for a while.
    pub fn journeys(&mut self, funnel: &str, skips: Skips, facts: &Facts, now: Instant) -> Option<Arc<Journeys>> {
        let good = |last: &&Last| {
            let known = &last.journeys;
            known.funnel.key == funnel && known.skips == skips && now.0 - known.now.0 < GOOD_FOR_MS
        };
        if let Some(last) = self.last.as_ref().filter(good) {
            return Some(Arc::clone(&last.journeys));
        }
        let funnel = self.funnels.iter().find(|known| known.key == funnel)?;
        let journeys = Arc::new(Journeys::read(facts, funnel, skips, now));
        let of = |dimension| values(&journeys, dimension).into_iter().map(move |(value, n)| (dimension, value, n));
        let values = Dimension::ALL.into_iter().flat_map(of).collect();
        self.last = Some(Last { journeys: Arc::clone(&journeys), values });
        Some(journeys)
    }
}

impl Default for Guide {
    fn default() -> Self {
        Self::new()
    }
}
