//! A part of a list: how many there are, and the rows around the screen.

use crate::analysis::records::Entry;
use crate::analysis::selection::Selection;
use crate::domain::facts::Facts;
use crate::domain::money::Purse;
use crate::domain::object::Object;
use crate::domain::pipeline::Deal;
use crate::domain::value::Id;
use crate::ops::Choices;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The records of a list by id, and the rows of a part of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// What it is a part of.
    pub selection: Selection,
    /// The filter under which they were found.
    pub filter: String,
    /// How many there are without it.
    pub all: usize,
    /// All that match, in order.
    pub ids: Arc<[(Object, Id)]>,
    /// Which kinds of records there are without the filter.
    pub kinds: BTreeSet<Object>,
    /// How many of each kind match.
    pub counts: BTreeMap<Object, usize>,
    /// What the deals among them are worth together.
    pub worth: Purse,
    /// The place of the first row.
    pub first: usize,
    /// The rows.
    pub rows: Vec<Entry>,
    /// What can be chosen when one of them is edited.
    pub choices: Arc<Choices>,
    /// Of a table of all records: how many of each object the same filter finds.
    pub hits: BTreeMap<Object, usize>,
}

/// How many records of each kind a list holds.
#[must_use]
pub fn counts(ids: &[(Object, Id)]) -> BTreeMap<Object, usize> {
    let mut counts = BTreeMap::new();
    for (object, _) in ids {
        *counts.entry(*object).or_default() += 1;
    }
    counts
}

/// What the deals of a list are worth together.
#[must_use]
pub fn worth(ids: &[(Object, Id)], facts: &Facts) -> Purse {
    let deals = ids.iter().filter(|(object, _)| *object == Object::Opportunity);
    deals.filter_map(|(_, id)| Deal::read(facts, facts.opportunities.find(id.0)?)?.worth.money()).collect()
}
