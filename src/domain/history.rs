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
    /// The stage, if it says one.
    pub stage: Option<i64>,
    /// The amount, if it says one.
    pub amount: Option<Value>,
    /// The close date, if it says one.
    pub close_date: Option<Value>,
    /// Whether it is no export, but an edit by hand.
    pub by_hand: bool,
}

/// An export that had the deal, or an edit of it, and what it said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sighting {
    /// When it was made.
    pub at: i64,
    /// Whether it said a stage.
    pub stage: bool,
    /// Whether it said an amount.
    pub amount: bool,
    /// Whether it said a close date.
    pub close_date: bool,
    /// Whether it was an edit by hand.
    pub by_hand: bool,
}

/// When users last decided where a deal stands, where they did. An export made later that still says what its system
/// said before has not heard of it, and says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Decided {
    /// The stage.
    pub stage: Option<i64>,
    /// The amount.
    pub amount: Option<i64>,
    /// The close date.
    pub close_date: Option<i64>,
}

/// What exports have shown of a deal before another one speaks of it.
#[derive(Debug, Clone)]
pub struct Past<'p> {
    /// The changes, oldest first.
    pub observed: &'p [Observed],
    /// Where it stood until now.
    pub now: &'p Standing,
    /// Where it stands with what the other one says.
    pub after: &'p Standing,
    /// What users decided.
    pub decided: Decided,
    /// Every export that had it, oldest first.
    pub sightings: &'p [Sighting],
}

impl Observed {
    /// What someone said who made this change by hand: the fields that it changed, and nothing of the others.
    #[must_use]
    pub fn by_hand(&self) -> Sighting {
        let Self { at, from, to } = self;
        Sighting {
            at: *at,
            stage: from.stage != to.stage,
            amount: from.amount != to.amount,
            close_date: from.close_date != to.close_date,
            by_hand: true,
        }
    }
}

impl Past<'_> {
    /// Where it stood at an instant, as far as exports have shown.
    fn standing(&self, at: i64) -> &Standing {
        let last = self.observed.iter().rev().find(|change| change.at <= at).map(|change| &change.to);
        last.or(self.observed.first().map(|change| &change.from)).unwrap_or(self.now)
    }

    /// The changes that the exports show together with one more, `saying`.
    #[must_use]
    pub fn with(&self, saying: Saying) -> Vec<Observed> {
        let newest = self.sightings.iter().filter(|sighting| !sighting.by_hand).map(|sighting| sighting.at).max();
        let others = self.sightings.iter().filter(|sighting| sighting.at != saying.at).map(|sighting| {
            // What an export said that had not heard of a decision shows once another tells that its system had moved.
            let is_newest = Some(sighting.at) == newest && sighting.at > saying.at;
            let standing = |decided: Option<i64>| match decided {
                Some(at) if is_newest && at < sighting.at => self.after,
                _ => self.standing(sighting.at),
            };
            let Decided { stage, amount, close_date } = self.decided;
            Saying {
                at: sighting.at,
                stage: sighting.stage.then(|| standing(stage).stage),
                amount: sighting.amount.then(|| standing(amount).amount.clone()),
                close_date: sighting.close_date.then(|| standing(close_date).close_date.clone()),
                by_hand: sighting.by_hand,
            }
        });
        let mut sayings: Vec<Saying> = others.chain([saying.clone()]).collect();
        sayings.sort_by_key(|saying| saying.at);
        let Decided { stage, amount, close_date } = self.decided;
        leave_unheard(&mut sayings, stage, |saying| &mut saying.stage);
        leave_unheard(&mut sayings, amount, |saying| &mut saying.amount);
        leave_unheard(&mut sayings, close_date, |saying| &mut saying.close_date);
        changes(sayings)
    }
}

/// Takes what exports say of a field out of those that have not heard of a decision about it.
fn leave_unheard<T: PartialEq + Clone>(
    sayings: &mut [Saying],
    decided: Option<i64>,
    field: fn(&mut Saying) -> &mut Option<T>,
) {
    let Some(decided) = decided else { return };
    let (mut earlier, mut has_moved) = (None, false);
    for saying in sayings.iter_mut().filter(|saying| !saying.by_hand) {
        let is_earlier = saying.at < decided;
        let said = field(saying);
        if said.is_none() {
            continue;
        }
        if is_earlier {
            earlier.clone_from(said);
        } else if !has_moved && *said == earlier {
            *said = None;
        } else {
            has_moved = true;
        }
    }
}

/// The differences between sayings that follow each other.
fn changes(sayings: Vec<Saying>) -> Vec<Observed> {
    let mut found = Vec::new();
    let mut before: Option<Standing> = None;
    for Saying { at, stage, amount, close_date, .. } in sayings {
        let kept = |said: Option<Value>, of: fn(&Standing) -> &Value| {
            said.or_else(|| before.as_ref().map(|standing| of(standing).clone())).unwrap_or_default()
        };
        // Before anything says a stage, there is nothing that changes.
        let Some(stage) = stage.or(before.as_ref().map(|standing| standing.stage)) else { continue };
        let to =
            Standing { stage, amount: kept(amount, |s| &s.amount), close_date: kept(close_date, |s| &s.close_date) };
        if let Some(from) = before.filter(|from| *from != to) {
            found.push(Observed { at, from, to: to.clone() });
        }
        before = Some(to);
    }
    found
}

/// Which of the observed moves from stage to stage a history file explains: it is exact, and complete up to
/// the last move it tells, `told` (time and stage); the first move seen after that, into the stage that was
/// told, is the same move, seen late. What is explained stays, because it is what the exports said.
#[must_use]
pub fn explained(observed: &[Observed], told: Option<(i64, i64)>) -> Vec<bool> {
    let Some((last, stage)) = told else { return vec![false; observed.len()] };
    let moves = |change: &&Observed| change.from.stage != change.to.stage;
    let late = observed.iter().filter(moves).find(|change| change.at > last);
    let late = late.filter(|change| change.to.stage == stage).map(|change| change.at);
    observed.iter().map(|change| moves(&change) && (change.at <= last || Some(change.at) == late)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn saying((at, stage, amount, close_date): (i64, i64, Option<i64>, Option<i64>)) -> Saying {
        Saying {
            at,
            stage: Some(stage),
            amount: amount.map(Value::Int),
            close_date: close_date.map(Value::Int),
            by_hand: false,
        }
    }

    /// The store's part: keeps what follows from each export in its turn.
    fn arrive(exports: &[Saying]) -> (Vec<Observed>, Standing) {
        let mut observed: Vec<Observed> = Vec::new();
        let mut sightings: Vec<Sighting> = Vec::new();
        let mut arrived: Vec<&Saying> = Vec::new();
        let mut now: Option<Standing> = None;
        for export in exports {
            if let Some(now) = &now {
                let decided = Decided::default();
                let past = Past { observed: &observed, now, after: now, decided, sightings: &sightings };
                observed = past.with(export.clone());
            }
            arrived.push(export);
            arrived.sort_by_key(|export| export.at);
            let (amount, close_date) = (export.amount.is_some(), export.close_date.is_some());
            sightings.push(Sighting { at: export.at, stage: true, amount, close_date, by_hand: false });
            sightings.sort_by_key(|sighting| sighting.at);
            // What reconcile keeps on the record: of each field what was said last.
            let last = |of: fn(&Saying) -> Option<&Value>| arrived.iter().rev().find_map(|e| of(e)).cloned();
            now = Some(Standing {
                stage: arrived.last().and_then(|export| export.stage).unwrap_or_default(),
                amount: last(|e| e.amount.as_ref()).unwrap_or_default(),
                close_date: last(|e| e.close_date.as_ref()).unwrap_or_default(),
            });
        }
        (observed, now.unwrap())
    }

    #[test]
    fn a_late_export_finds_its_place() {
        let exports = [(1, 10, Some(5), None), (2, 20, Some(5), None), (3, 20, Some(7), None)].map(saying);
        let (whole, _) = arrive(&exports);
        let steps: Vec<(i64, i64, i64)> = whole.iter().map(|c| (c.at, c.from.stage, c.to.stage)).collect();
        assert_eq!(steps, [(2, 10, 20), (3, 20, 20)]);
        let [first, second, third] = exports;
        assert_eq!(arrive(&[third, first, second]).0, whole);
    }

    #[test]
    fn a_history_file_is_not_observed_again() {
        let exports = [
            (1, 10, None, None),
            (4, 20, None, None),
            (6, 20, Some(5), None),
            (9, 30, None, None),
            (12, 40, None, None),
        ]
        .map(saying);
        let (observed, _) = arrive(&exports);
        let steps: Vec<(i64, i64, i64)> = observed.iter().map(|c| (c.at, c.from.stage, c.to.stage)).collect();
        assert_eq!(steps, [(4, 10, 20), (6, 20, 20), (9, 20, 30), (12, 30, 40)]);
        let explained = |told| explained(&observed, told);
        assert_eq!(explained(None), [false; 4]);
        // Told to be in 20 at 3: seen at 4. An amount is no move, and 30 and 40 are news.
        assert_eq!(explained(Some((3, 20))), [true, false, false, false]);
        // Told up to 30 at 7: what was seen before it, and the same move seen at 9.
        assert_eq!(explained(Some((7, 30))), [true, false, true, false]);
        // Told to be elsewhere: the move seen after it stands.
        assert_eq!(explained(Some((7, 50))), [true, false, false, false]);
        assert_eq!(explained(Some((20, 40))), [true, false, true, true]);
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
            prop_assert_eq!(arrive(&shuffled), arrive(&exports));
        }
    }
}
