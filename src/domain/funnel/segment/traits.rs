//! What a record is told apart by.

use super::{Dimension, NEW, NEW_HIRE_DAYS, TENURED, Values};
use crate::domain::facts::{Facts, known};
use crate::domain::pipeline::Deal;
use crate::domain::time::DAY_MS;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A person with the deal that came of them, or one of the two, and who owned it when.
pub(super) struct Traits<'f> {
    pub(super) facts: &'f Facts,
    /// Row in the people.
    pub(super) person: Option<usize>,
    /// Row in the opportunities.
    pub(super) deal: Option<usize>,
    pub(super) owner: Option<i64>,
    /// The day that tenure is of.
    pub(super) at: Option<i64>,
}

impl<'f> Traits<'f> {
    /// The number of a word or the id of a record.
    fn cell(&self, dimension: Dimension) -> Option<i64> {
        let of = |column: &[i64], row: Option<usize>| column.get(row?).copied().and_then(known);
        let (facts, person, deal) = (self.facts, self.person, self.deal);
        match dimension {
            Dimension::Source => of(&facts.people.source, person).or_else(|| of(&facts.opportunities.source, deal)),
            Dimension::Product => of(&facts.opportunities.product, deal),
            Dimension::Owner => self.owner,
            Dimension::Segment => {
                let account = of(&facts.opportunities.account, deal).or_else(|| of(&facts.people.account, person));
                of(&facts.accounts.segment, facts.accounts.find(account?))
            }
            Dimension::Tenure | Dimension::Region => None,
        }
    }

    fn text(&self, dimension: Dimension) -> Option<&'f str> {
        match dimension {
            Dimension::Tenure => self.tenure(),
            _ => self.region(),
        }
    }

    fn tenure(&self) -> Option<&'static str> {
        let hired = self.facts.members.get(&self.owner?)?.hired_at?;
        let days = (self.at? - hired.saturating_mul(DAY_MS)).div_euclid(DAY_MS);
        Some(if days < NEW_HIRE_DAYS { NEW } else { TENURED })
    }

    fn region(&self) -> Option<&'f str> {
        let of_person = || self.facts.words.word(known(*self.facts.people.region.get(self.person?)?)?);
        of_person().or_else(|| Deal::read(self.facts, self.deal?)?.region(self.facts))
    }
}

/// Whether a record has one of the values of a dimension.
pub(super) enum Test {
    /// The number of a word or the id of a record is one of these.
    Cell(Dimension, BTreeSet<Option<i64>>),
    /// A text is one of these.
    Text(Dimension, BTreeSet<Option<String>>),
}

impl Test {
    pub(super) fn new(facts: &Facts, dimension: Dimension, values: &BTreeSet<Option<String>>) -> Self {
        match dimension {
            Dimension::Tenure | Dimension::Region => Self::Text(dimension, values.clone()),
            _ => Self::Cell(dimension, cells(facts, dimension, values)),
        }
    }

    pub(super) const fn dimension(&self) -> Dimension {
        let (Self::Cell(dimension, _) | Self::Text(dimension, _)) = self;
        *dimension
    }

    pub(super) fn passes(&self, traits: &Traits<'_>) -> bool {
        match self {
            Self::Cell(dimension, wanted) => wanted.contains(&traits.cell(*dimension)),
            Self::Text(dimension, wanted) => {
                let text = traits.text(*dimension);
                wanted.iter().any(|wanted| wanted.as_deref() == text)
            }
        }
    }
}

/// How many records have each value of a dimension.
pub(super) struct Tally<'f> {
    facts: &'f Facts,
    dimension: Dimension,
    cells: HashMap<Option<i64>, u64>,
    texts: BTreeMap<Option<&'f str>, u64>,
}

impl<'f> Tally<'f> {
    pub(super) fn new(facts: &'f Facts, dimension: Dimension) -> Self {
        Self { facts, dimension, cells: HashMap::new(), texts: BTreeMap::new() }
    }

    /// Counts a record with every value that it has at one of these places, once each.
    pub(super) fn add(&mut self, places: impl Iterator<Item = Traits<'f>>) {
        match self.dimension {
            Dimension::Tenure | Dimension::Region => {
                let found: BTreeSet<Option<&str>> = places.map(|place| place.text(self.dimension)).collect();
                found.into_iter().for_each(|text| *self.texts.entry(text).or_default() += 1);
            }
            _ => {
                let found: BTreeSet<Option<i64>> = places.map(|place| place.cell(self.dimension)).collect();
                found.into_iter().for_each(|cell| *self.cells.entry(cell).or_default() += 1);
            }
        }
    }

    /// The values, most frequent first, "not known" last.
    pub(super) fn values(self) -> Values {
        let (facts, dimension) = (self.facts, self.dimension);
        let called = |cell: Option<i64>| cell.and_then(|cell| name(facts, dimension, cell));
        let named = self.cells.into_iter().map(|(cell, n)| (called(cell), n));
        let texts = self.texts.into_iter().map(|(text, n)| (text.map(str::to_owned), n));
        // Two people may share a name.
        let mut together: BTreeMap<Option<String>, u64> = BTreeMap::new();
        for (name, n) in named.chain(texts) {
            *together.entry(name).or_default() += n;
        }
        let mut all: Vec<_> = together.into_iter().collect();
        all.sort_by(|a, b| a.0.is_none().cmp(&b.0.is_none()).then(b.1.cmp(&a.1)).then_with(|| a.0.cmp(&b.0)));
        all
    }
}

/// What a cell is called.
fn name(facts: &Facts, dimension: Dimension, cell: i64) -> Option<String> {
    match dimension {
        Dimension::Owner => facts.members.get(&cell).map(|member| member.name.clone()),
        Dimension::Product => facts.products.get(&cell).map(|product| product.name.clone()),
        _ => facts.words.word(cell).map(str::to_owned),
    }
}

/// The cells that bear one of these names.
fn cells(facts: &Facts, dimension: Dimension, wanted: &BTreeSet<Option<String>>) -> BTreeSet<Option<i64>> {
    let all: Vec<i64> = match dimension {
        Dimension::Owner => facts.members.keys().copied().collect(),
        Dimension::Product => facts.products.keys().copied().collect(),
        _ => (0..facts.words.len() as i64).collect(),
    };
    let named = |&cell: &i64| wanted.contains(&name(facts, dimension, cell));
    let unknown = wanted.contains(&None).then_some(None);
    all.into_iter().filter(named).map(Some).chain(unknown).collect()
}
