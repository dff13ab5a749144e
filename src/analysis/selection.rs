//! Which records stand behind a line of a screen, whatever kind they are.

use crate::analysis::pipeline;
use crate::domain::facts::Facts;
use crate::domain::object::Object;
use crate::domain::time::Instant;
use crate::domain::value::Id;

/// A set of records, told by what they have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selection {
    /// Deals of the pipeline.
    Deals(pipeline::Deals),
}

impl From<pipeline::Deals> for Selection {
    fn from(deals: pipeline::Deals) -> Self {
        Self::Deals(deals)
    }
}

/// The records of a selection at `now`, in the order in which a list shows them.
#[must_use]
pub fn find(facts: &Facts, selection: &Selection, now: Instant) -> Vec<(Object, Id)> {
    match selection {
        Selection::Deals(deals) => {
            pipeline::find(facts, deals, now).into_iter().map(|id| (Object::Opportunity, id)).collect()
        }
    }
}
