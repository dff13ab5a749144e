//! What systems and users say about a field of a record, and whose word stands.
//!
//! Every system has one word on a field: its newest. The master's stands, where it has one; else the newest. What a
//! user decides here stands until the system moves: as long as an export says what it said before the decision, it
//! just has not heard of it. So the value follows from the words alone, whatever the order in which they arrive.

use crate::domain::time::Instant;
use crate::domain::value::{Id, Value};
use std::collections::BTreeMap;

/// What a user decided about a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Its row in the store.
    pub id: Id,
    /// The value; nothing when it was cleared.
    pub value: Value,
    /// When.
    pub at: Instant,
    /// Who.
    pub actor: String,
}

/// What users decided about a record, by field.
pub type Decisions = BTreeMap<String, Decision>;

/// What a link says about a field, as it is kept beside the record.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Said {
    /// Its row in the store, once it has one.
    pub id: Option<Id>,
    /// The value; nothing when the system says nothing.
    pub value: Value,
    /// When the export was made that said so first, where that is known.
    pub since: Option<Instant>,
    /// Of a decided field: what it said last before the decision, and when.
    pub earlier: Option<(Value, Instant)>,
    /// Of a decided field: whether it has said different things since.
    pub varied: bool,
}

impl Said {
    /// What is kept of a link when a user decides: it says `value` since `at`, and has not heard of it.
    #[must_use]
    pub fn until_now(&self, word: Option<(&Value, Instant)>) -> Self {
        let value = word.map(|(value, _)| value.clone()).unwrap_or_default();
        let since = self.since.or(word.map(|(_, at)| at));
        Self { id: self.id, value, since, earlier: word.map(|(value, at)| (value.clone(), at)), varied: false }
    }

    /// Hears what an export of `at` says, for a decision of `decided_at`; `word` is what the link says so far.
    pub fn hear(&mut self, word: Option<(&Value, Instant)>, (value, at): (&Value, Instant), decided_at: Instant) {
        if let Some((word, said_at)) = word.filter(|(_, said_at)| *said_at < decided_at) {
            self.earlier = Some((word.clone(), said_at));
        }
        if at < decided_at {
            if self.earlier.as_ref().is_none_or(|(_, earlier_at)| *earlier_at <= at) {
                self.earlier = Some((value.clone(), at));
            }
        } else if word.is_some_and(|(word, said_at)| said_at >= decided_at && word != value) {
            self.varied = true;
        }
    }

    /// Whether the system has said anything else since the decision than before it; `at` is when it said the value.
    #[must_use]
    pub fn has_moved(&self, at: Instant, decision: &Decision) -> bool {
        let earlier = self.earlier.as_ref().map(|(value, _)| value);
        at >= decision.at && (self.varied || earlier != Some(&self.value))
    }
}

/// The word of one system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word<'w> {
    /// The system.
    pub system: &'w str,
    /// What it says.
    pub value: &'w Value,
    /// When the newest export was made that said so.
    pub at: Instant,
    /// Since when it says so, where that is known; else `at`.
    pub since: Instant,
    /// Whether it has moved since a user decided.
    pub moved: bool,
}

/// Why a value stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// A user decided it, and no system that counts has moved since.
    Decided,
    /// The field has a master of its own, which says so.
    Override,
    /// The master system says so.
    Master,
    /// No master says anything, and nobody said anything later.
    Newest,
}

impl Why {
    /// The word in JSON and in message keys.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Decided => "decided",
            Self::Override => "override",
            Self::Master => "master",
            Self::Newest => "newest",
        }
    }
}

/// The value that stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stands<'w> {
    /// The value.
    pub value: &'w Value,
    /// The system that says so; `None` when a user decided it.
    pub system: Option<&'w str>,
    /// Why.
    pub why: Why,
}

/// Whose word stands; nothing where nobody says anything. Of two that were said at once, the last one here. `master` is the system that decides, and by what right.
#[must_use]
pub fn stands<'w>(
    words: &[Word<'w>],
    decision: Option<&'w Decision>,
    master: Option<(&str, Why)>,
) -> Option<Stands<'w>> {
    let is_master = |word: &&Word<'_>| master.is_some_and(|(system, _)| word.system == system);
    let has_master = words.iter().any(|word| is_master(&word));
    let why = master.filter(|_| has_master).map_or(Why::Newest, |(_, why)| why);
    let counts = |word: &&Word<'_>| (!has_master || is_master(word)) && (decision.is_none() || word.moved);
    let newest = words.iter().filter(counts).max_by_key(|word| word.at);
    let of_system = newest.map(|word| Stands { value: word.value, system: Some(word.system), why });
    of_system.or(decision.map(|decision| Stands { value: &decision.value, system: None, why: Why::Decided }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn word<'w>(system: &'w str, value: &'w Value, at: i64) -> Word<'w> {
        Word { system, value, at: Instant(at), since: Instant(at), moved: false }
    }

    #[test]
    fn the_master_stands_where_it_says_something_else_the_newest() {
        let [a, b] = ["A", "B"].map(Value::from);
        let words = [word("crm", &a, 1), word("billing", &b, 2)];
        let of = |master| stands(&words, None, master).map(|s| (s.value.clone(), s.why));
        assert_eq!(of(Some(("crm", Why::Master))), Some((a.clone(), Why::Master)));
        assert_eq!(of(Some(("billing", Why::Override))), Some((b.clone(), Why::Override)));
        assert_eq!(of(Some(("warehouse", Why::Master))), Some((b.clone(), Why::Newest)));
        assert_eq!(of(None), Some((b.clone(), Why::Newest)));
        assert_eq!(stands(&[], None, None), None);
        let at_once = [word("crm", &a, 2), word("billing", &b, 2)];
        assert_eq!(stands(&at_once, None, None).map(|found| found.value), Some(&b));
    }

    /// One system's exports in the order in which they arrive, as reconcile keeps them.
    fn arrive(exports: &[(i64, &str)], decided: &Decision) -> String {
        let (mut said, mut said_at) = (Said::default().until_now(Some((&"old".into(), Instant(0)))), Instant(0));
        for (at, text) in exports {
            let (value, at) = (Value::from(*text), Instant(*at));
            let word = said.value.clone();
            said.hear(Some((&word, said_at)), (&value, at), decided.at);
            if said_at <= at {
                (said.value, said_at) = (value, at);
            }
        }
        let moved = said.has_moved(said_at, decided);
        let words = [Word { moved, ..word("crm", &said.value, said_at.0) }];
        let found = stands(&words, Some(decided), Some(("crm", Why::Master)));
        found.and_then(|found| found.value.kept()).unwrap_or_default()
    }

    fn decision() -> Decision {
        Decision { id: Id(1), value: "new".into(), at: Instant(5), actor: "ana".into() }
    }

    #[test]
    fn a_decision_stands_until_the_system_moves() {
        for (exports, expected) in [
            (vec![], "new"),
            (vec![(4, "old")], "new"),
            (vec![(4, "other")], "new"),
            (vec![(6, "old"), (7, "old")], "new"),
            (vec![(4, "other"), (6, "other")], "new"),
            (vec![(6, "new")], "new"),
            (vec![(6, "third")], "third"),
            (vec![(6, "new"), (7, "third")], "third"),
            (vec![(6, "new"), (7, "old")], "old"),
            (vec![(6, "third"), (7, "old")], "old"),
            (vec![(6, "third"), (7, "new")], "new"),
        ] {
            assert_eq!(arrive(&exports, &decision()), expected, "{exports:?}");
        }
    }

    #[test]
    fn a_system_that_does_not_count_moves_nothing() {
        let [old, third] = ["old", "third"].map(Value::from);
        let words = [word("crm", &old, 6), Word { moved: true, ..word("billing", &third, 7) }];
        let decision = decision();
        let value = |master| stands(&words, Some(&decision), master).map(|found| found.value.clone());
        assert_eq!(value(Some(("crm", Why::Master))), Some("new".into()));
        assert_eq!(value(None), Some(third.clone()));
    }

    proptest! {
        #[test]
        fn any_order_of_arrival_gives_the_same_value(
            said in prop::collection::vec((0..4usize, any::<u32>()), 0..9),
        ) {
            let texts = ["old", "new", "third", "fourth"];
            let exports: Vec<(i64, &str)> = said.iter().zip(1..).map(|(&(text, _), at)| (at, texts[text])).collect();
            let mut shuffled: Vec<(u32, (i64, &str))> = said.iter().map(|(_, key)| *key).zip(exports.clone()).collect();
            shuffled.sort_unstable();
            let shuffled: Vec<(i64, &str)> = shuffled.into_iter().map(|(_, export)| export).collect();
            prop_assert_eq!(arrive(&shuffled, &decision()), arrive(&exports, &decision()));
        }
    }
}
