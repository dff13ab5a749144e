//! Looking at the pipeline: the period of the newest deals, and what deals can be filtered by.

use super::flow::Values;
use crate::analysis::pipeline::{Pipeline, Query, newest_period, pipeline};
use crate::domain::facts::Facts;
use crate::domain::funnel::segment::{Dimension, deal_values};
use crate::domain::time::Instant;
use std::sync::Arc;

/// What to look at in the pipeline.
#[derive(Debug, Clone, PartialEq)]
pub struct PipelineWish {
    /// Period, comparison and segment.
    pub query: Query,
    /// Whether the period is to be the one of the newest deals, where none is in the query's own.
    pub newest: bool,
    /// Whether the values are wanted that it can be filtered by.
    pub values: bool,
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct PipelineAnswer {
    /// The pipeline.
    pub pipeline: Pipeline,
    /// What it can be filtered by, where that was wanted: the values of every dimension, with how many deals have
    /// them.
    pub values: Values,
}

impl PipelineAnswer {
    /// Looks at the pipeline; the deals that are told one by one have no names yet.
    #[must_use]
    pub fn look(wish: &PipelineWish, facts: &Facts, now: Instant) -> Self {
        let period = wish.query.period;
        let period = if wish.newest { newest_period(facts, period, now) } else { period };
        let of = |dimension| deal_values(facts, dimension).into_iter().map(move |(value, n)| (dimension, value, n));
        let values = if wish.values { Dimension::ALL.into_iter().flat_map(of).collect() } else { Arc::default() };
        Self { pipeline: pipeline(facts, now, &Query { period, ..wish.query.clone() }), values }
    }
}
