//! Which records stand behind a figure or a line of a screen, whatever kind they are.

use crate::analysis::funnel::{self, JourneySet, Step};
use crate::analysis::{handoff, pipeline, records};
use crate::domain::facts::Facts;
use crate::domain::figure::Figure;
use crate::domain::funnel::journey::Journeys;
use crate::domain::object::Object;
use crate::domain::time::Instant;
use crate::domain::value::Id;
use std::sync::Arc;

/// A set of records, told by what they have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selection {
    /// Deals of the pipeline.
    Deals(Box<pipeline::Deals>),
    /// Journeys through a funnel.
    Journeys(JourneySet),
    /// Records that were handed over; the rules of hand-offs tell which.
    Handoffs(Box<handoff::Handoffs>),
    /// All records of an object.
    All(Object),
    /// These records of an object.
    These(Object, Vec<Id>),
}

impl From<pipeline::Deals> for Selection {
    fn from(deals: pipeline::Deals) -> Self {
        Self::Deals(Box::new(deals))
    }
}

impl From<handoff::Handoffs> for Selection {
    fn from(handoffs: handoff::Handoffs) -> Self {
        Self::Handoffs(Box::new(handoffs))
    }
}

impl From<JourneySet> for Selection {
    fn from(set: JourneySet) -> Self {
        Self::Journeys(set)
    }
}

/// A figure of any view, with a selection behind it.
#[must_use]
pub fn widened<R: Clone + Into<Selection>>(figure: &Figure<R>) -> Figure<Selection> {
    Figure { metric: figure.metric, value: figure.value.clone(), n: figure.n, records: figure.records.clone().into() }
}

/// A record of a selection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// What it is, and its id.
    pub place: (Object, Id),
    /// What it did in a funnel that it is in the selection.
    pub step: Option<Step>,
}

/// The records of a selection at `now`, in the order in which a list shows them; `journeys` reads
/// those through the funnel that a set names, and `board` has the hand-offs.
#[must_use]
pub fn find(
    facts: &Facts,
    selection: &Selection,
    (now, board): (Instant, Option<&handoff::Board>),
    journeys: impl FnOnce(&JourneySet) -> Option<Arc<Journeys>>,
) -> Vec<Found> {
    match selection {
        Selection::Deals(deals) => found_of(Object::Opportunity, pipeline::find(facts, deals, now)),
        Selection::Handoffs(wanted) => {
            let places = board.map(|board| handoff::find(board, wanted)).unwrap_or_default();
            places.into_iter().map(|place| Found { place, step: None }).collect()
        }
        Selection::All(object) => found_of(*object, records::all(facts, *object)),
        Selection::These(object, ids) => found_of(*object, ids.clone()),
        Selection::Journeys(set) => {
            let found = journeys(set).map(|journeys| funnel::find(&journeys, set)).unwrap_or_default();
            found.into_iter().map(|(object, id, step)| Found { place: (object, id), step: Some(step) }).collect()
        }
    }
}

/// Records that did nothing to be found.
fn found_of(object: Object, ids: Vec<Id>) -> Vec<Found> {
    ids.into_iter().map(|id| Found { place: (object, id), step: None }).collect()
}
