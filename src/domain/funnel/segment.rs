//! Segments: part of all journeys, by source, region, customer segment, owner, product or tenure.

use super::journey::Journeys;
use crate::domain::facts::known;
use crate::domain::fold::fold;
use crate::domain::pipeline::Deal;
use crate::domain::time::DAY_MS;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};

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

    /// The segment with every value spelled as in the data, whatever case or spaces it was typed in.
    ///
    /// # Errors
    /// [`UnknownValue`] for a value that no journey has.
    pub fn spelled(&self, journeys: &Journeys) -> Result<Self, UnknownValue> {
        let mut spelled = Self::default();
        for (&dimension, wanted) in &self.0 {
            let there = values(journeys, dimension);
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

/// A segment made ready for looking at many journeys; its values are spelled as in the data.
pub struct Lens<'j> {
    journeys: &'j Journeys,
    tests: Vec<Test>,
}

enum Test {
    /// The number of a word or the id of a record is one of these.
    Cell(Dimension, BTreeSet<Option<i64>>),
    /// A text is one of these.
    Text(Dimension, BTreeSet<Option<String>>),
}

impl<'j> Lens<'j> {
    /// A lens for this segment.
    #[must_use]
    pub fn new(journeys: &'j Journeys, segment: &Segment) -> Self {
        let tests = segment.0.iter().map(|(&dimension, values)| match dimension {
            Dimension::Tenure | Dimension::Region => Test::Text(dimension, values.clone()),
            _ => Test::Cell(dimension, cells(journeys, dimension, values)),
        });
        Self { journeys, tests: tests.collect() }
    }

    /// Whether a journey that entered `stage` at `at` is in the segment.
    #[must_use]
    pub fn has(&self, journey: usize, stage: usize, at: i64) -> bool {
        let place = Place { journeys: self.journeys, journey, stage, at };
        self.tests.iter().all(|test| {
            let passes = |place: &Place<'_>| match test {
                Test::Cell(dimension, wanted) => wanted.contains(&place.cell(*dimension)),
                Test::Text(dimension, wanted) => {
                    let text = place.text(*dimension);
                    wanted.iter().any(|wanted| wanted.as_deref() == text)
                }
            };
            passes(&place) || (test.dimension().is_of_owner() && place.earlier().any(|place| passes(&place)))
        })
    }
}

impl Test {
    const fn dimension(&self) -> Dimension {
        let (Self::Cell(dimension, _) | Self::Text(dimension, _)) = self;
        *dimension
    }
}

/// The values of a dimension, each with how many journeys have it, in the first stage they entered or, of
/// owners, in any; most frequent first, "not known" last.
#[must_use]
pub fn values(journeys: &Journeys, dimension: Dimension) -> Vec<(Option<String>, u64)> {
    let mut cells: HashMap<Option<i64>, u64> = HashMap::new();
    let mut texts: BTreeMap<Option<&str>, u64> = BTreeMap::new();
    let stages = journeys.funnel.stage.len();
    for journey in 0..journeys.len() {
        let entered = |stage| Some((stage, journeys.entered(stage).get(journey).copied().and_then(known)?));
        let places = (0..stages).filter_map(entered).map(|(stage, at)| Place { journeys, journey, stage, at });
        let places = places.take(if dimension.is_of_owner() { stages } else { 1 });
        match dimension {
            Dimension::Tenure | Dimension::Region => {
                let found: BTreeSet<Option<&str>> = places.map(|place| place.text(dimension)).collect();
                found.into_iter().for_each(|text| *texts.entry(text).or_default() += 1);
            }
            _ => {
                let found: BTreeSet<Option<i64>> = places.map(|place| place.cell(dimension)).collect();
                found.into_iter().for_each(|cell| *cells.entry(cell).or_default() += 1);
            }
        }
    }
    let named = cells.into_iter().map(|(cell, n)| (cell.and_then(|cell| name(journeys, dimension, cell)), n));
    let texts = texts.into_iter().map(|(text, n)| (text.map(str::to_owned), n));
    // Two people may share a name.
    let mut together: BTreeMap<Option<String>, u64> = BTreeMap::new();
    for (name, n) in named.chain(texts) {
        *together.entry(name).or_default() += n;
    }
    let mut all: Vec<_> = together.into_iter().collect();
    all.sort_by(|a, b| a.0.is_none().cmp(&b.0.is_none()).then(b.1.cmp(&a.1)).then_with(|| a.0.cmp(&b.0)));
    all
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

    /// The number of a word or the id of a record.
    fn cell(&self, dimension: Dimension) -> Option<i64> {
        let (facts, journey) = (&self.journeys.facts, self.journey);
        let of = |column: &[i64], row: Option<usize>| column.get(row?).copied().and_then(known);
        let (person, deal) = (self.journeys.person(journey), self.journeys.deal(journey));
        match dimension {
            Dimension::Source => of(&facts.people.source, person).or_else(|| of(&facts.opportunities.source, deal)),
            Dimension::Product => of(&facts.opportunities.product, deal),
            Dimension::Owner => self.journeys.owner(journey, self.stage),
            Dimension::Segment => {
                let account = of(&facts.opportunities.account, deal).or_else(|| of(&facts.people.account, person));
                of(&facts.accounts.segment, facts.accounts.find(account?))
            }
            Dimension::Tenure | Dimension::Region => None,
        }
    }

    fn text(&self, dimension: Dimension) -> Option<&'j str> {
        match dimension {
            Dimension::Tenure => self.tenure(),
            _ => self.region(),
        }
    }

    fn tenure(&self) -> Option<&'static str> {
        let owner = self.journeys.owner(self.journey, self.stage)?;
        let hired = self.journeys.facts.members.get(&owner)?.hired_at?;
        let days = (self.at - hired.saturating_mul(DAY_MS)).div_euclid(DAY_MS);
        Some(if days < NEW_HIRE_DAYS { NEW } else { TENURED })
    }

    fn region(&self) -> Option<&'j str> {
        let facts = &self.journeys.facts;
        let of_person = || {
            let row = self.journeys.person(self.journey)?;
            facts.words.word(known(*facts.people.region.get(row)?)?)
        };
        of_person().or_else(|| Deal::read(facts, self.journeys.deal(self.journey)?)?.region(facts))
    }
}

/// What a cell is called.
fn name(journeys: &Journeys, dimension: Dimension, cell: i64) -> Option<String> {
    let facts = &journeys.facts;
    match dimension {
        Dimension::Owner => facts.members.get(&cell).map(|member| member.name.clone()),
        Dimension::Product => facts.products.get(&cell).map(|product| product.name.clone()),
        _ => facts.words.word(cell).map(str::to_owned),
    }
}

/// The cells that bear one of these names.
fn cells(journeys: &Journeys, dimension: Dimension, wanted: &BTreeSet<Option<String>>) -> BTreeSet<Option<i64>> {
    let facts = &journeys.facts;
    let all: Vec<i64> = match dimension {
        Dimension::Owner => facts.members.keys().copied().collect(),
        Dimension::Product => facts.products.keys().copied().collect(),
        _ => (0..facts.words.len() as i64).collect(),
    };
    let named = |&cell: &i64| wanted.contains(&name(journeys, dimension, cell));
    let unknown = wanted.contains(&None).then_some(None);
    all.into_iter().filter(named).map(Some).chain(unknown).collect()
}
