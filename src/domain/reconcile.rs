//! The one place that decides what an incoming row changes on a record.
//!
//! Import, conflict resolution, merge and a change of precedence all ask [`reconcile`]: a blank never
//! overwrites, the master's value stays, an older export never overwrites a newer one, and a stage
//! that goes back is flagged — there and nowhere else.

use crate::domain::object::{Field, Kind, Object};
use crate::domain::stage::{Outcome, StageKind};
use crate::domain::time::Instant;
use crate::domain::value::{Id, Value};
use std::collections::{BTreeMap, BTreeSet};

/// What to do with a row whose record is already there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OnConflict {
    /// Take what the row says; blanks say nothing.
    #[default]
    Update,
    /// Leave existing records alone.
    Ignore,
    /// Take what the row says, blanks included: they clear.
    Replace,
}

/// Who decides.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    /// What to do with existing records.
    pub on_conflict: OnConflict,
    /// The master system of the object, where one was chosen.
    pub master: Option<String>,
    /// Recorded exceptions: field → its own master system.
    pub field_master: BTreeMap<String, String>,
}

/// When the words were said that are older than a link's newest export, by field.
pub type Older = BTreeMap<String, Instant>;

/// [`Older`] as a link keeps it; nothing for none.
#[must_use]
pub fn older_to_json(older: &Older) -> Value {
    let times = older.iter().map(|(field, at)| (field.clone(), at.0.into())).collect();
    (!older.is_empty()).then(|| serde_json::Value::Object(times).to_string()).into()
}

/// Reads what [`older_to_json`] wrote; anything else is nothing.
#[must_use]
pub fn older_from_json(json: &Value) -> Older {
    let times: Option<BTreeMap<String, i64>> = json.text().and_then(|json| serde_json::from_str(json).ok());
    times.unwrap_or_default().into_iter().map(|(field, at)| (field, Instant(at))).collect()
}

/// What a system said about a record before.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// The link under which it knows the record.
    pub link: Id,
    /// Name of the system.
    pub system: String,
    /// When its newest export was made that had the record; `None` where it was only named.
    pub newest: Option<Instant>,
    /// Fields that the newest export left blank: when the last one was made that did not.
    pub older: Older,
    /// What it said, field by field; empty while it is the only system that knows the record.
    pub said: BTreeMap<String, Value>,
}

/// What a row says now.
#[derive(Debug, Clone)]
pub struct Incoming {
    /// Name of the system it comes from.
    pub system: String,
    /// The link under which the system knows the record, if it does.
    pub link: Option<Id>,
    /// When the export was made.
    pub exported_at: Instant,
    /// Field positions with their values; fields that the file does not have are absent.
    pub values: Vec<(usize, Value)>,
}

/// What follows for the store.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes {
    /// Fields to write, with their new values.
    pub set: Vec<(usize, Value)>,
    /// Fields on which the master disagrees; its value stays.
    pub conflicts: Vec<(usize, Value)>,
    /// What to keep beside the record: (link or `None` for the incoming row's own, field, value).
    pub said: Vec<(Option<Id>, usize, Value)>,
    /// What [`Known::older`] becomes on the incoming row's own link.
    pub older: Older,
    /// Whether the row is older than what its system said before.
    pub stale: bool,
}

impl Changes {
    /// Whether the record moves in what history is made of: stage, amount or close date.
    #[must_use]
    pub fn moves(&self, object: Object) -> bool {
        let keys = ["stage", "amount", "close_date"];
        self.set.iter().any(|(at, _)| object.fields().get(*at).is_some_and(|field| keys.contains(&field.key)))
    }
}

/// Decides what `incoming` changes on a record with the values `current`, known to other systems or
/// to the same one as `known`.
///
/// Of each field the newest word counts: exports may arrive in any order.
#[must_use]
pub fn reconcile(object: Object, current: &[Value], known: &[Known], incoming: &Incoming, policy: &Policy) -> Changes {
    let mut words = Words::new(known, incoming, policy);
    if policy.on_conflict == OnConflict::Ignore {
        return Changes { older: words.older, stale: words.stale, ..Changes::default() };
    }
    let mut changes = Changes { stale: words.stale, ..Changes::default() };
    words.left_unsaid(object, current);
    for (at, value) in &incoming.values {
        let (Some(field), Some(before)) = (object.fields().get(*at), current.get(*at)) else { continue };
        let clears = policy.on_conflict == OnConflict::Replace && !object.requires(field.key);
        if value.is_null() && !clears {
            continue;
        }
        if field.kind == Kind::Json {
            let merged = words.merged(before, value);
            changes.set.extend((merged != *before).then_some((*at, merged)));
        } else if field.key == "named_only" {
            changes.set.extend((value != before).then(|| (*at, value.clone())));
        } else if words.are_newest(field.key, before) && value != before {
            match words.standing(field.key, before) {
                Standing::First => changes.set.push((*at, value.clone())),
                Standing::Outranked => changes.conflicts.push((*at, value.clone())),
                Standing::Late => {}
            }
        }
    }
    changes.said = said_beside(object, current, known, incoming, &words);
    changes.older = words.older;
    changes
}

/// Where the incoming word on a field stands among those of other systems.
enum Standing {
    /// Nobody has a better one.
    First,
    /// The master system has one.
    Outranked,
    /// Another system has a newer one.
    Late,
}

/// In [`Known::older`], the time of a value that nobody said and the program worked out: before any export.
pub const NEVER: Instant = Instant(0);

/// The words of all systems on a record, and when each was said.
struct Words<'w> {
    known: &'w [Known],
    incoming: &'w Incoming,
    policy: &'w Policy,
    own: Option<&'w Known>,
    /// Whether no other system knows the record: then the record is what it said.
    is_sole: bool,
    stale: bool,
    /// What becomes of the own link's older words.
    older: Older,
}

impl<'w> Words<'w> {
    fn new(known: &'w [Known], incoming: &'w Incoming, policy: &'w Policy) -> Self {
        let own = known.iter().find(|known| Some(known.link) == incoming.link);
        let is_sole = known.iter().all(|known| known.system == incoming.system);
        let stale = own.and_then(|own| own.newest).is_some_and(|newest| newest > incoming.exported_at);
        let older = own.map(|own| own.older.clone()).unwrap_or_default();
        Self { known, incoming, policy, own, is_sole, stale, older }
    }

    /// When a system last said what it says of a field, or of one entry of the custom columns.
    fn said_at(&self, known: &Known, field: &str, before: &Value) -> Option<Instant> {
        let is_all = known.said.is_empty() && (self.is_sole || self.known.len() == 1);
        let said = if is_all { !before.is_null() } else { known.said.contains_key(field) };
        known.older.get(field).copied().or(known.newest).filter(|_| said)
    }

    /// Notes the fields that this row leaves blank: their values are as old as they were.
    fn left_unsaid(&mut self, object: Object, current: &[Value]) {
        let Some(own) = self.own.filter(|_| !self.stale) else { return };
        let said = |at: usize| self.incoming.values.iter().any(|(field, value)| *field == at && !value.is_null());
        let unsaid = object
            .fields()
            .iter()
            .zip(current)
            .enumerate()
            .filter(|(at, (field, _))| !said(*at) && field.kind != Kind::Json && field.key != "named_only");
        let kept: Vec<(String, Instant)> = unsaid
            .filter_map(|(_, (field, before))| Some((field.key.to_owned(), self.said_at(own, field.key, before)?)))
            .collect();
        let custom = object.fields().iter().position(|field| field.kind == Kind::Json);
        let kept_entries = custom.and_then(|at| entries(current.get(at)?)).unwrap_or_default();
        let said =
            self.incoming.values.iter().find(|(at, _)| Some(*at) == custom).and_then(|(_, value)| entries(value));
        let said = said.unwrap_or_default();
        let before = std::mem::take(&mut self.older);
        self.older.extend(kept);
        for key in kept_entries.keys().filter(|key| !said.contains_key(*key)) {
            let entry = entry_of(key);
            let at = before.get(&entry).copied().or(own.newest);
            self.older.extend(at.map(|at| (entry, at)));
        }
    }

    /// Whether the own system has not said anything newer of a field; notes that this is its word now.
    fn are_newest(&mut self, field: &str, before: &Value) -> bool {
        let before_at = self.own.and_then(|own| self.said_at(own, field, before));
        if before_at.is_some_and(|at| at > self.incoming.exported_at) {
            return false;
        }
        if self.stale {
            self.older.insert(field.to_owned(), self.incoming.exported_at);
        }
        true
    }

    fn standing(&self, field: &str, before: &Value) -> Standing {
        if before.is_null() {
            return Standing::First;
        }
        let others = || self.known.iter().filter(|known| known.system != self.incoming.system);
        let master = self.policy.field_master.get(field).or(self.policy.master.as_ref());
        match master {
            Some(master) if *master == self.incoming.system => Standing::First,
            Some(master) if others().any(|known| known.system == *master) => Standing::Outranked,
            _ => {
                let said_at = others().filter_map(|known| self.said_at(known, field, before));
                let is_late = said_at.max().is_some_and(|at| at > self.incoming.exported_at);
                if is_late { Standing::Late } else { Standing::First }
            }
        }
    }

    /// Custom columns: of each entry the newest word.
    fn merged(&mut self, before: &Value, after: &Value) -> Value {
        let Some(said) = entries(after) else { return before.clone() };
        let mut all: BTreeMap<_, _> = entries(before).unwrap_or_default().into_iter().collect();
        for (key, value) in said {
            let entry = entry_of(&key);
            let said_before = self.own.filter(|_| all.contains_key(&key));
            let before_at = said_before.and_then(|own| self.older.get(&entry).copied().or(own.newest));
            if before_at.is_none_or(|at| at <= self.incoming.exported_at) {
                all.insert(key, value);
                if self.stale {
                    self.older.insert(entry, self.incoming.exported_at);
                }
            }
        }
        let all: Entries = all.into_iter().collect();
        Value::Text(serde_json::Value::Object(all).to_string())
    }
}

/// The name of a custom column among the fields: no field has a dash.
fn entry_of(key: &str) -> String {
    format!("-{key}")
}

type Entries = serde_json::Map<String, serde_json::Value>;

fn entries(value: &Value) -> Option<Entries> {
    serde_json::from_str(value.text()?).ok()
}

/// Whether a move goes to an earlier stage, or from closed to open.
#[must_use]
pub fn goes_back(from: i64, to: i64, stages: &BTreeMap<i64, StageKind>) -> bool {
    stages.get(&from).zip(stages.get(&to)).is_some_and(|(from, to)| {
        to.outcome == Outcome::Open && (from.outcome != Outcome::Open || to.position < from.position)
    })
}

/// When a deal was closed that an export of `seen_at` showed closed for the first time.
#[must_use]
pub fn closed_by(close_date: Option<chrono::NaiveDate>, seen_at: Instant) -> Instant {
    close_date.map(Instant::at_midnight).filter(|day| *day <= seen_at).unwrap_or(seen_at)
}

/// Once a second system knows a record, each system's values are kept beside it; until then the
/// record itself is what the only system said.
fn said_beside(
    object: Object,
    current: &[Value],
    known: &[Known],
    incoming: &Incoming,
    words: &Words<'_>,
) -> Vec<(Option<Id>, usize, Value)> {
    let mut systems: BTreeSet<&str> = known.iter().map(|k| k.system.as_str()).collect();
    systems.insert(&incoming.system);
    if systems.len() < 2 {
        return Vec::new();
    }
    let keep = |at: &usize, value: &Value| {
        let told = |field: &Field| field.kind != Kind::Json && field.key != "named_only";
        !value.is_null() && object.fields().get(*at).is_some_and(told)
    };
    let mut said = Vec::new();
    if let [only] = known
        && only.said.is_empty()
        && only.system != incoming.system
    {
        said.extend(
            current.iter().enumerate().filter(|(at, v)| keep(at, v)).map(|(at, v)| (Some(only.link), at, v.clone())),
        );
    }
    let newest = |at: &usize| {
        let field = object.fields().get(*at).map_or("", |field| field.key);
        !words.stale || words.older.get(field) == Some(&incoming.exported_at)
    };
    let own = incoming.values.iter().filter(|(at, value)| keep(at, value) && newest(at));
    said.extend(own.map(|(at, value)| (None, *at, value.clone())));
    said
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NAME: usize = 0;
    const STAGE: usize = 3;

    fn record(name: &str, stage: i64) -> Vec<Value> {
        let mut values = vec![Value::Null; Object::Opportunity.fields().len()];
        values[NAME] = name.into();
        values[STAGE] = stage.into();
        values
    }

    fn known(system: &str, at: i64) -> Known {
        Known { link: Id(9), system: system.into(), newest: Some(Instant(at)), ..Known::default() }
    }

    fn row(system: &str, at: i64, values: Vec<(usize, Value)>) -> Incoming {
        Incoming {
            system: system.into(),
            link: Some(Id(9)).filter(|_| system == "crm"),
            exported_at: Instant(at),
            values,
        }
    }

    fn decide(current: &[Value], known: &[Known], incoming: &Incoming, policy: &Policy) -> Changes {
        reconcile(Object::Opportunity, current, known, incoming, policy)
    }

    fn policy() -> Policy {
        Policy::default()
    }

    #[test]
    fn a_blank_overwrites_only_when_told_to() {
        let blank = row("crm", 2, vec![(NAME, Value::Null)]);
        assert!(decide(&record("A", 1), &[known("crm", 1)], &blank, &policy()).set.is_empty());
        let replace = Policy { on_conflict: OnConflict::Replace, ..policy() };
        assert_eq!(decide(&record("A", 1), &[known("crm", 1)], &blank, &replace).set, vec![(NAME, Value::Null)]);
    }

    #[test]
    fn the_master_keeps_its_value_and_the_other_stands_beside_it() {
        let policy = Policy { master: Some("crm".into()), ..policy() };
        let other = row("billing", 2, vec![(NAME, "B".into())]);
        let changes = decide(&record("A", 1), &[known("crm", 1)], &other, &policy);
        assert!(changes.set.is_empty());
        assert_eq!(changes.conflicts, vec![(NAME, "B".into())]);
        assert!(changes.said.contains(&(Some(Id(9)), NAME, "A".into())));
        assert!(changes.said.contains(&(None, NAME, "B".into())));
        let exception = Policy { field_master: [("name".into(), "billing".into())].into(), ..policy };
        assert_eq!(decide(&record("A", 1), &[known("crm", 1)], &other, &exception).set, vec![(NAME, "B".into())]);
    }

    #[test]
    fn an_older_export_fills_gaps_and_overwrites_nothing() {
        let older = row("crm", 1, vec![(NAME, "old".into()), (8, 7.into())]);
        let changes = decide(&record("new", 1), &[known("crm", 2)], &older, &policy());
        assert!(changes.stale);
        assert_eq!(changes.set, vec![(8, 7.into())]);
    }

    #[test]
    fn stages_that_go_back_are_flagged() {
        let stage = |position, outcome| StageKind { position, outcome };
        let stages = [(1, stage(10, Outcome::Open)), (2, stage(20, Outcome::Open)), (3, stage(900, Outcome::Won))];
        for (from, to, back) in [(1, 2, false), (2, 1, true), (3, 2, true), (2, 3, false)] {
            let moved = row("crm", 2, vec![(STAGE, to.into())]);
            let changes = decide(&record("A", from), &[known("crm", 1)], &moved, &policy());
            assert_eq!(changes.set, vec![(STAGE, to.into())]);
            assert!(changes.moves(Object::Opportunity));
            assert_eq!(goes_back(from, to, &stages.into()), back, "{from} to {to}");
        }
    }

    #[test]
    fn custom_columns_are_merged() {
        let at = Object::Opportunity.position("attributes").unwrap();
        let mut current = record("A", 1);
        current[at] = r#"{"b":"1","a":"1"}"#.into();
        let changes = decide(&current, &[], &row("crm", 1, vec![(at, r#"{"b":"2"}"#.into())]), &policy());
        assert_eq!(changes.set, vec![(at, r#"{"a":"1","b":"2"}"#.into())]);
    }

    proptest! {
        #[test]
        fn what_was_applied_changes_nothing_the_second_time(
            before in prop::collection::vec(prop::option::of(0..4i64), 4),
            said in prop::collection::vec((0..4usize, prop::option::of(0..4i64)), 0..4),
            replace: bool,
        ) {
            let mut current = record("A", 1);
            for (at, value) in before.into_iter().enumerate() { current[at + 4] = value.into(); }
            let mut values: Vec<(usize, Value)> = said.into_iter().map(|(at, v)| (at + 4, v.into())).collect();
            values.sort();
            values.dedup_by_key(|(at, _)| *at);
            let policy = Policy {
                on_conflict: if replace { OnConflict::Replace } else { OnConflict::Update }, ..policy()
            };
            let incoming = row("crm", 2, values);
            for (at, value) in decide(&current, &[known("crm", 1)], &incoming, &policy).set { current[at] = value; }
            prop_assert!(decide(&current, &[known("crm", 2)], &incoming, &policy).set.is_empty());
        }
    }
}
