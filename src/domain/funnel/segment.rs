//! Segments: part of all journeys or deals, by source, region, customer segment, owner, product or tenure.

mod deals;
mod journeys;
mod traits;

pub use deals::{DealLens, values as deal_values};
pub use journeys::{Lens, values};

use crate::domain::fold::fold;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Values of a dimension, each with how many records have it; `None` stands for "not known".
pub type Values = Vec<(Option<String>, u64)>;

/// Someone is a new hire for so many days after the hire date.
pub const NEW_HIRE_DAYS: i64 = 90;

/// By what journeys are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Dimension {
    /// Where the lead, or else the deal, came from.
    Source,
    /// Region of the lead, or else where the deal is sold.
    Region,
    /// Segment of the account.
    Segment,
    /// Who owned the record in the stage or in an earlier one: the lead's owner, later the deal's too.
    Owner,
    /// Product of the deal.
    Product,
    /// Whether such an owner was a new hire on the day the record entered the stage.
    Tenure,
}

impl Dimension {
    /// Whether it is about who owned a record. A lead is handed to the owner of its deal: it stays a record
    /// of the one and becomes one of the other, so that a line of the funnel tells of the same records in
    /// each of its columns, and its conversion is of those that the line above counts.
    #[must_use]
    pub const fn is_of_owner(self) -> bool {
        matches!(self, Self::Owner | Self::Tenure)
    }
}

impl Dimension {
    /// Every dimension.
    pub const ALL: [Self; 6] = [Self::Source, Self::Tenure, Self::Region, Self::Owner, Self::Segment, Self::Product];

    /// Its name on the command line, in JSON and in message keys.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Region => "region",
            Self::Segment => "segment",
            Self::Owner => "owner",
            Self::Product => "product",
            Self::Tenure => "tenure",
        }
    }

    /// The dimension of a name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|dimension| dimension.key() == key)
    }
}

/// The value `new` of [`Dimension::Tenure`].
pub const NEW: &str = "new";
/// The value `tenured` of [`Dimension::Tenure`].
pub const TENURED: &str = "tenured";

/// Part of all journeys: for each dimension that is named, one of its values; `None` stands for "not
/// known". No dimension means all.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(transparent)]
pub struct Segment(pub BTreeMap<Dimension, BTreeSet<Option<String>>>);

/// A value that nothing in the store has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{dimension:?} has no value {value}")]
pub struct UnknownValue {
    /// The dimension.
    pub dimension: Dimension,
    /// The value.
    pub value: String,
    /// The values there are, most frequent first.
    pub known: Vec<String>,
}

impl Segment {
    /// Whether it is everything.
    #[must_use]
    pub fn is_all(&self) -> bool {
        self.0.is_empty()
    }

    /// This segment with one more value; several values of one dimension are joined by "or".
    #[must_use]
    pub fn with(mut self, dimension: Dimension, value: Option<String>) -> Self {
        self.0.entry(dimension).or_default().insert(value);
        self
    }

    /// The segment with every value spelled as in the data, whatever case or spaces it was typed in; `values` are
    /// those that the data have.
    ///
    /// # Errors
    /// [`UnknownValue`] for a value that no record has.
    pub fn spelled(&self, values: impl Fn(Dimension) -> Values) -> Result<Self, UnknownValue> {
        let mut spelled = Self::default();
        for (&dimension, wanted) in &self.0 {
            let there = values(dimension);
            for value in wanted {
                // `C` and `C++` fold alike: the exact spelling first.
                let exact = there.iter().find(|(known, _)| known == value);
                let same = |known: &Option<String>| match (known, value) {
                    (Some(known), Some(value)) => fold(known) == fold(value),
                    (known, value) => known == value,
                };
                let Some((found, _)) = exact.or_else(|| there.iter().find(|(known, _)| same(known))) else {
                    let known = there.into_iter().filter_map(|(known, _)| known).collect();
                    return Err(UnknownValue { dimension, value: value.clone().unwrap_or_default(), known });
                };
                spelled = spelled.with(dimension, found.clone());
            }
        }
        Ok(spelled)
    }
}
