//! Journeys in a segment.

use super::traits::{Tally, Test, Traits};
use super::{Dimension, Segment, Values};
use crate::domain::facts::known;
use crate::domain::funnel::journey::Journeys;

/// A segment made ready for looking at many journeys; its values are spelled as in the data.
pub struct Lens<'j> {
    journeys: &'j Journeys,
    tests: Vec<Test>,
}

impl<'j> Lens<'j> {
    /// A lens for this segment.
    #[must_use]
    pub fn new(journeys: &'j Journeys, segment: &Segment) -> Self {
        let test = |(&dimension, values)| Test::new(&journeys.facts, dimension, values);
        Self { journeys, tests: segment.0.iter().map(test).collect() }
    }

    /// Whether a journey that entered `stage` at `at` is in the segment.
    #[must_use]
    pub fn has(&self, journey: usize, stage: usize, at: i64) -> bool {
        let place = Place { journeys: self.journeys, journey, stage, at };
        self.tests.iter().all(|test| {
            let passes = |place: &Place<'_>| test.passes(&place.traits());
            passes(&place) || (test.dimension().is_of_owner() && place.earlier().any(|place| passes(&place)))
        })
    }
}

/// The values of a dimension, each with how many journeys have it, in the first stage they entered or, of
/// owners, in any; most frequent first, "not known" last.
#[must_use]
pub fn values(journeys: &Journeys, dimension: Dimension) -> Values {
    let mut tally = Tally::new(&journeys.facts, dimension);
    let stages = journeys.funnel.stage.len();
    for journey in 0..journeys.len() {
        let entered = |stage| Some((stage, journeys.entered(stage).get(journey).copied().and_then(known)?));
        let places = (0..stages).filter_map(entered).map(|(stage, at)| Place { journeys, journey, stage, at });
        let places = places.take(if dimension.is_of_owner() { stages } else { 1 });
        tally.add(places.map(|place| place.traits()));
    }
    tally.values()
}

/// A journey on its way into a stage.
struct Place<'j> {
    journeys: &'j Journeys,
    journey: usize,
    stage: usize,
    at: i64,
}

impl<'j> Place<'j> {
    /// The same journey in the stages that it entered before.
    fn earlier(&self) -> impl Iterator<Item = Place<'j>> {
        let (journeys, journey) = (self.journeys, self.journey);
        (0..self.stage).filter_map(move |stage| {
            let at = journeys.entered(stage).get(journey).copied().and_then(known)?;
            Some(Place { journeys, journey, stage, at })
        })
    }

    fn traits(&self) -> Traits<'j> {
        let (journeys, journey) = (self.journeys, self.journey);
        Traits {
            facts: &journeys.facts,
            person: journeys.person(journey),
            deal: journeys.deal(journey),
            owner: journeys.owner(journey, self.stage),
            at: Some(self.at),
        }
    }
}
