//! Sightings: which records each export showed, so that exports may arrive in any order.
//!
//! A row that says nothing new writes nothing; that its file showed it is kept once for the whole file,
//! as runs of link ids.

use crate::domain::time::Instant;
use crate::domain::value::Id;
use std::collections::BTreeMap;

/// A set of ids as runs, in order; written as `1-20000,20007`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Runs(Vec<(i64, i64)>);

impl Runs {
    /// Whether the set has this id.
    #[must_use]
    pub fn has(&self, id: Id) -> bool {
        let behind = self.0.partition_point(|(_, last)| *last < id.0);
        self.0.get(behind).is_some_and(|(first, _)| *first <= id.0)
    }

    /// Whether a whole run is in the set.
    fn holds(&self, (first, last): (i64, i64)) -> bool {
        self.0.iter().any(|run| run.0 <= first && last <= run.1)
    }

    /// Whether the set has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Reads what [`Display`](std::fmt::Display) wrote; what is no run is left out.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let run = |run: &str| {
            let (first, last) = run.split_once('-').unwrap_or((run, run));
            Some((first.parse().ok()?, last.parse().ok()?))
        };
        Self(text.split(',').filter_map(run).collect())
    }
}

impl FromIterator<Id> for Runs {
    fn from_iter<T: IntoIterator<Item = Id>>(ids: T) -> Self {
        let mut ids: Vec<i64> = ids.into_iter().map(|id| id.0).collect();
        ids.sort_unstable();
        let mut runs: Vec<(i64, i64)> = Vec::new();
        for id in ids {
            match runs.last_mut() {
                Some((_, last)) if id <= *last + 1 => *last = id,
                _ => runs.push((id, id)),
            }
        }
        Self(runs)
    }
}

impl std::fmt::Display for Runs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (at, (first, last)) in self.0.iter().enumerate() {
            let comma = if at > 0 { "," } else { "" };
            if first == last { write!(f, "{comma}{first}")? } else { write!(f, "{comma}{first}-{last}")? }
        }
        Ok(())
    }
}

/// What one export showed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Export {
    /// When it was made.
    pub at: Instant,
    /// Links of the records it had.
    pub links: Runs,
    /// Links that were blank in a field that history is made of, by field.
    pub blank: BTreeMap<String, Runs>,
}

impl Export {
    /// Whether it said anything about a field of a record that it had.
    #[must_use]
    pub fn said(&self, field: &str, link: Id) -> bool {
        !self.blank.get(field).is_some_and(|blank| blank.has(link))
    }

    /// Whether another export of the same time showed no record that this one does not.
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        self.at == other.at && other.links.0.iter().all(|run| self.links.holds(*run))
    }

    /// As the store keeps it: JSON of runs, `links` and one entry per field with blanks.
    #[must_use]
    pub fn to_json(&self) -> String {
        let blank = self.blank.iter().map(|(field, runs)| (field.clone(), runs.to_string().into()));
        let links = std::iter::once(("links".to_owned(), self.links.to_string().into()));
        serde_json::Value::Object(links.chain(blank).collect()).to_string()
    }

    /// Reads what [`Self::to_json`] wrote.
    #[must_use]
    pub fn from_json(at: Instant, json: &str) -> Option<Self> {
        let mut entries: BTreeMap<String, String> = serde_json::from_str(json).ok()?;
        let links = Runs::parse(&entries.remove("links")?);
        let blank = entries.into_iter().map(|(field, runs)| (field, Runs::parse(&runs))).collect();
        Some(Self { at, links, blank })
    }
}

/// The newest of these exports that had a record.
#[must_use]
pub fn newest(exports: &[Export], link: Id) -> Option<Instant> {
    exports.iter().filter(|export| export.links.has(link)).map(|export| export.at).max()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    #[test]
    fn an_export_comes_back() {
        let runs = |ids: &[i64]| ids.iter().map(|&id| Id(id)).collect::<Runs>();
        let blank = BTreeMap::from([("amount".to_owned(), runs(&[2]))]);
        let export = Export { at: Instant(7), links: runs(&[1, 2, 3, 9]), blank };
        assert_eq!(export.to_json(), r#"{"links":"1-3,9","amount":"2"}"#);
        assert_eq!(Export::from_json(Instant(7), &export.to_json()).as_ref(), Some(&export));
        assert!(export.said("amount", Id(1)) && !export.said("amount", Id(2)) && export.said("close_date", Id(2)));
        assert_eq!(Export::from_json(Instant(7), "[]"), None);
    }

    proptest! {
        #[test]
        fn runs_are_the_set(ids in prop::collection::btree_set(0..60i64, 0..40)) {
            let runs: Runs = ids.iter().rev().map(|&id| Id(id)).collect();
            let read = Runs::parse(&runs.to_string());
            prop_assert_eq!(&read, &runs);
            let has: BTreeSet<i64> = (0..60).filter(|&id| read.has(Id(id))).collect();
            prop_assert_eq!(has, ids);
        }
    }
}
