//! Looking at a funnel: the journeys are read once and looked at in many ways.

use super::GOOD_FOR_MS;
use crate::analysis::funnel::{Flow, Query, flow};
use crate::domain::facts::Facts;
use crate::domain::funnel::journey::{Journeys, Skips};
use crate::domain::funnel::segment::{Dimension, values};
use crate::domain::funnel::{Funnel, Funnels};
use crate::domain::time::Instant;
use std::sync::Arc;

/// Values of dimensions, each with how many journeys have it.
pub type Values = Arc<[(Dimension, Option<String>, u64)]>;

/// What to look at in a funnel.
#[derive(Debug, Clone, PartialEq)]
pub struct FlowWish {
    /// Key of the funnel.
    pub funnel: String,
    /// What a skipped stage means.
    pub skips: Skips,
    /// The rest.
    pub query: Query,
    /// Whether the period is to be the one of the newest data, where nothing is in the query's own.
    pub newest: bool,
    /// Whether the values are wanted that it can be filtered by: they take a walk over all journeys each.
    pub values: bool,
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
    /// What it can be filtered by, where that was wanted: the values of every dimension, with how many
    /// journeys have them.
    pub values: Values,
}

/// Knows the funnels, and the journeys that were read last.
pub struct Guide {
    funnels: Funnels,
    last: Option<Last>,
}

struct Last {
    journeys: Arc<Journeys>,
    /// Counted when they are first wanted.
    values: Option<Values>,
}

impl Guide {
    /// The funnels it knows.
    #[must_use]
    pub fn funnels(&self) -> &Funnels {
        &self.funnels
    }

    /// A guide to these funnels.
    #[must_use]
    pub fn new(funnels: Funnels) -> Self {
        Self { funnels, last: None }
    }

    /// The facts have changed.
    pub fn forget(&mut self) {
        self.last = None;
    }

    /// Looks at a funnel; `None` for one that nobody defines.
    pub fn look(&mut self, wish: &FlowWish, facts: &Facts, now: Instant) -> Option<FlowAnswer> {
        let journeys = self.journeys(&wish.funnel, wish.skips, facts, now)?;
        let values = if wish.values { self.values() } else { Arc::default() };
        let period = wish.query.period;
        let period = if wish.newest { journeys.newest_period(period) } else { period };
        Some(FlowAnswer {
            flow: flow(&journeys, &Query { period, ..wish.query.clone() }),
            funnel: Arc::clone(&journeys.funnel),
            is_empty: journeys.is_empty(),
            values,
        })
    }

    /// The values of every dimension of the journeys that were read last.
    fn values(&mut self) -> Values {
        let Some(Last { journeys, values: counted }) = &mut self.last else { return Arc::default() };
        let of = |dimension| values(journeys, dimension).into_iter().map(move |(value, n)| (dimension, value, n));
        Arc::clone(counted.get_or_insert_with(|| Dimension::ALL.into_iter().flat_map(of).collect()))
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
        let funnel = self.funnels.get(funnel)?;
        let journeys = Arc::new(Journeys::read(facts, funnel, skips, now));
        self.last = Some(Last { journeys: Arc::clone(&journeys), values: None });
        Some(journeys)
    }
}
