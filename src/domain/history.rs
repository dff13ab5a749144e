//! History from exports: each export shows where a deal stands, and what differs between two of them
//! has happened by the time of the second. The exports may arrive in any order.

use crate::domain::value::Value;

/// Where a deal stands: what history is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Id of the stage.
    pub stage: i64,
    /// Its amount.
    pub amount: Value,
    /// Its close date.
    pub close_date: Value,
}

/// A change that was seen between two exports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observed {
    /// When the export was made that showed it first.
    pub at: i64,
    /// Before.
    pub from: Standing,
    /// After.
    pub to: Standing,
}

/// What one export says of a deal; a blank says nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saying {
    /// When the export was made.
    pub at: i64,
    /// The stage.
    pub stage: i64,
    /// The amount, if it says one.
    pub amount: Option<Value>,
    /// The close date, if it says one.
    pub close_date: Option<Value>,
}

/// An export that had the deal, and whether it said amount and close date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sighting {
    /// When the export was made.
    pub at: i64,
    /// Whether it said an amount.
    pub amount: bool,
    /// Whether it said a close date.
    pub close_date: bool,
}

/// What is known of a deal before another export speaks of it.
#[derive(Debug, Clone)]
pub struct Past<'p> {
    /// The changes that exports have shown, oldest first.
    pub observed: &'p [Observed],
    /// Where it stands now.
    pub now: &'p Standing,
    /// Every export that had it, oldest first.
    pub sightings: &'p [Sighting],
    /// Time and stage of the last move that a history file tells.
    pub told: Option<(i64, i64)>,
}

impl Past<'_> {
    /// Where it stood at an instant, as far as exports have shown.
    fn standing(&self, at: i64) -> &Standing {
        let last = self.observed.iter().rev().find(|change| change.at <= at).map(|change| &change.to);
        last.or(self.observed.first().map(|change| &change.from)).unwrap_or(self.now)
    }

    /// The changes that the exports show together with one more, `saying`. What a history file tells is
    /// not observed a second time: it is exact, and up to its last move complete.
    #[must_use]
    pub fn with(&self, saying: Option<Saying>) -> Vec<Observed> {
        let newer = saying.as_ref().map(|saying| saying.at);
        let seen = self.sightings.iter().filter(|sighting| Some(sighting.at) != newer).map(|sighting| {
            let standing = self.standing(sighting.at);
            Saying {
                at: sighting.at,
                stage: standing.stage,
                amount: sighting.amount.then(|| standing.amount.clone()),
                close_date: sighting.close_date.then(|| standing.close_date.clone()),
            }
        });
        let mut sayings: Vec<Saying> = seen.chain(saying).collect();
        sayings.sort_by_key(|saying| saying.at);
        changes(sayings.into_iter().filter(|saying| self.told.is_none_or(|(at, _)| saying.at > at)), self.told)
    }
}

/// The differences between sayings that follow each other, the first of them after what was told.
fn changes(sayings: impl Iterator<Item = Saying>, told: Option<(i64, i64)>) -> Vec<Observed> {
    let mut found = Vec::new();
    let mut before: Option<Standing> = None;
    for Saying { at, stage, amount, close_date } in sayings {
        let kept = |said: Option<Value>, of: fn(&Standing) -> &Value| {
            said.or_else(|| before.as_ref().map(|standing| of(standing).clone())).unwrap_or_default()
        };
        let to =
            Standing { stage, amount: kept(amount, |s| &s.amount), close_date: kept(close_date, |s| &s.close_date) };
        // A history file says no more than the stage: amounts begin with the first export after it.
        let after_told = || told.map(|(_, stage)| Standing { stage, ..to.clone() });
        if let Some(from) = before.or_else(after_told).filter(|from| *from != to) {
            found.push(Observed { at, from, to: to.clone() });
        }
        before = Some(to);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn saying((at, stage, amount, close_date): (i64, i64, Option<i64>, Option<i64>)) -> Saying {
        Saying { at, stage, amount: amount.map(Value::Int), close_date: close_date.map(Value::Int) }
    }

    /// The store's part: keeps what follows from each export in its turn.
    fn arrive(exports: &[Saying], told: Option<(i64, i64)>) -> (Vec<Observed>, Standing) {
        let mut observed: Vec<Observed> = Vec::new();
        let mut sightings: Vec<Sighting> = Vec::new();
        let mut arrived: Vec<&Saying> = Vec::new();
        let mut now: Option<Standing> = None;
        for export in exports {
            if let Some(standing) = &now {
                let past = Past { observed: &observed, now: standing, sightings: &sightings, told };
                observed = past.with(Some(export.clone()));
            }
            arrived.push(export);
            arrived.sort_by_key(|export| export.at);
            sightings.push(Sighting {
                at: export.at,
                amount: export.amount.is_some(),
                close_date: export.close_date.is_some(),
            });
            sightings.sort_by_key(|sighting| sighting.at);
            // What reconcile keeps on the record: of each field what was said last.
            let last = |of: fn(&Saying) -> Option<&Value>| arrived.iter().rev().find_map(|e| of(e)).cloned();
            now = Some(Standing {
                stage: arrived.last().map_or(0, |export| export.stage),
                amount: last(|e| e.amount.as_ref()).unwrap_or_default(),
                close_date: last(|e| e.close_date.as_ref()).unwrap_or_default(),
            });
        }
        (observed, now.unwrap())
    }

    #[test]
    fn a_late_export_finds_its_place() {
        let exports = [(1, 10, Some(5), None), (2, 20, Some(5), None), (3, 20, Some(7), None)].map(saying);
        let (whole, _) = arrive(&exports, None);
        let steps: Vec<(i64, i64, i64)> = whole.iter().map(|c| (c.at, c.from.stage, c.to.stage)).collect();
        assert_eq!(steps, [(2, 10, 20), (3, 20, 20)]);
        let [first, second, third] = exports;
        assert_eq!(arrive(&[third, first, second], None).0, whole);
    }

    #[test]
    fn a_history_file_is_not_observed_again() {
        let exports = [(1, 10, None, None), (4, 30, None, None), (9, 40, None, None)].map(saying);
        let (observed, _) = arrive(&exports, Some((3, 20)));
        let steps: Vec<(i64, i64, i64)> = observed.iter().map(|c| (c.at, c.from.stage, c.to.stage)).collect();
        assert_eq!(steps, [(4, 20, 30), (9, 30, 40)]);
        // It is dropped when the history comes after it, too.
        let (before, now) = arrive(&exports, None);
        let sightings = [1, 4, 9].map(|at| Sighting { at, amount: false, close_date: false });
        let past = Past { observed: &before, now: &now, sightings: &sightings, told: Some((3, 20)) };
        assert_eq!(past.with(None), observed);
        assert_eq!(Past { told: Some((9, 40)), ..past }.with(None), []);
    }

    proptest! {
        #[test]
        fn any_order_of_arrival_gives_the_same_history(
            said in prop::collection::vec((0..3i64, prop::option::of(0..3i64), prop::option::of(0..2i64)), 1..7),
            order in prop::collection::vec(any::<u32>(), 7),
        ) {
            let exports: Vec<Saying> = said.iter().zip(1..).map(|(&(stage, a, c), at)| saying((at, stage, a, c))).collect();
            let mut shuffled: Vec<(u32, Saying)> = order.into_iter().zip(exports.clone()).collect();
            shuffled.sort_by_key(|(key, _)| *key);
            let shuffled: Vec<Saying> = shuffled.into_iter().map(|(_, export)| export).collect();
            prop_assert_eq!(arrive(&shuffled, None), arrive(&exports, None));
        }
    }
}
