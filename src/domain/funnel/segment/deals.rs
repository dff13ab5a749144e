//! Deals in a segment: a deal has the source and region of the lead it came from, and the owner it has now.

use super::traits::{Tally, Test, Traits};
use super::{Dimension, Segment, Values};
use crate::domain::facts::{Facts, known};
use std::collections::HashMap;

/// A segment made ready for looking at many deals; its values are spelled as in the data.
pub struct DealLens<'f> {
    leads: Leads<'f>,
    tests: Vec<Test>,
}

impl<'f> DealLens<'f> {
    /// A lens for this segment.
    #[must_use]
    pub fn new(facts: &'f Facts, segment: &Segment) -> Self {
        let test = |(&dimension, values)| Test::new(facts, dimension, values);
        let leads = if segment.is_all() { Leads { facts, rows: HashMap::new() } } else { Leads::read(facts) };
        Self { leads, tests: segment.0.iter().map(test).collect() }
    }

    /// Whether the deal in this row of the facts is in the segment; whose tenure counts is who owned it, on the
    /// day it was created.
    #[must_use]
    pub fn has(&self, row: usize) -> bool {
        self.tests.is_empty() || {
            let traits = self.leads.traits(row);
            self.tests.iter().all(|test| test.passes(&traits))
        }
    }
}

/// The values of a dimension, each with how many deals have it; most frequent first, "not known" last.
#[must_use]
pub fn values(facts: &Facts, dimension: Dimension) -> Values {
    let (leads, mut tally) = (Leads::read(facts), Tally::new(facts, dimension));
    (0..facts.opportunities.len()).for_each(|row| tally.add(std::iter::once(leads.traits(row))));
    tally.values()
}

/// Which lead each deal came from.
struct Leads<'f> {
    facts: &'f Facts,
    /// Id of the deal → row of the person that names it.
    rows: HashMap<i64, usize>,
}

impl<'f> Leads<'f> {
    fn read(facts: &'f Facts) -> Self {
        let named = facts.people.opportunity.iter().enumerate();
        let mut rows = HashMap::new();
        // Of several people the first one stands.
        named.filter_map(|(row, deal)| Some((known(*deal)?, row))).for_each(|(deal, row)| {
            rows.entry(deal).or_insert(row);
        });
        Self { facts, rows }
    }

    fn traits(&self, row: usize) -> Traits<'f> {
        let deals = &self.facts.opportunities;
        let cell = |column: &[i64]| column.get(row).copied().and_then(known);
        let lead = cell(&deals.lead).and_then(|lead| self.facts.people.find(lead));
        let named = || self.rows.get(&cell(&deals.id)?).copied();
        Traits {
            facts: self.facts,
            person: lead.or_else(named),
            deal: Some(row),
            owner: cell(&deals.owner),
            at: cell(&deals.created_at),
        }
    }
}
