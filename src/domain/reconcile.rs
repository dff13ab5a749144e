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
    /// The stages of the store, by id.
    pub stages: BTreeMap<i64, StageKind>,
}

/// What a system said about a record before.
#[derive(Debug, Clone)]
pub struct Known {
    /// The link under which it knows the record.
    pub link: Id,
    /// Name of the system.
    pub system: String,
    /// When its newest export was made.
    pub exported_at: Instant,
    /// What it said, field by field; empty while it is the only system that knows the record.
    pub said: BTreeMap<String, Value>,
}

/// What a row says now.
#[derive(Debug, Clone)]
pub struct Incoming {
    /// Name of the system it comes from.
    pub system: String,
    /// When the export was made.
    pub exported_at: Instant,
    /// Field positions with their values; fields that the file does not have are absent.
    pub values: Vec<(usize, Value)>,
}

/// A move from one stage to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StageMove {
    /// The stage it was in.
    pub from: i64,
    /// The stage it is in now.
    pub to: i64,
    /// Whether it went back: to an earlier stage, or from closed to open.
    pub back: bool,
}

/// What follows for the store.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes {
    /// Fields to write, with their new values.
    pub set: Vec<(usize, Value)>,
    /// Fields on which the master disagrees; its value stays.
    pub conflicts: Vec<(usize, Value)>,
    /// The stage move among `set`.
    pub stage_move: Option<StageMove>,
    /// What to keep beside the record: (link or `None` for the incoming row's own, field, value).
    pub said: Vec<(Option<Id>, usize, Value)>,
    /// Whether the row is older than what its system said before.
    pub stale: bool,
}

/// Decides what `incoming` changes on a record with the values `current`, known to other systems or
/// to the same one as `known`.
#[must_use]
pub fn reconcile(object: Object, current: &[Value], known: &[Known], incoming: &Incoming, policy: &Policy) -> Changes {
    if policy.on_conflict == OnConflict::Ignore {
        return Changes::default();
    }
    let mut changes = Changes { stale: is_stale(known, incoming), ..Changes::default() };
    for (at, value) in &incoming.values {
        let (Some(field), Some(before)) = (object.fields().get(*at), current.get(*at)) else { continue };
        let value = if field.kind == Kind::Json { merged_json(before, value) } else { value.clone() };
        let clears = policy.on_conflict == OnConflict::Replace && !object.requires(field.key);
        if value.is_null() && !clears || value == *before {
            continue;
        }
        let vacant = before.is_null();
        if !vacant && outranked(field.key, known, incoming, policy) {
            changes.conflicts.push((*at, value));
        } else if vacant || !changes.stale {
            changes.set.push((*at, value));
        }
    }
    changes.stage_move = stage_move(object, current, &changes.set, policy);
    changes.set.extend(closing_time(object, current, incoming, &changes, policy));
    changes.said = said_beside(object, current, known, incoming);
    changes
}

/// Whether this system has already sent something newer.
fn is_stale(known: &[Known], incoming: &Incoming) -> bool {
    known.iter().any(|k| k.system == incoming.system && k.exported_at > incoming.exported_at)
}

/// Whether a master other than the incoming system knows the record and so keeps its value.
fn outranked(field: &str, known: &[Known], incoming: &Incoming, policy: &Policy) -> bool {
    let master = policy.field_master.get(field).or(policy.master.as_ref());
    master.is_some_and(|master| *master != incoming.system && known.iter().any(|k| k.system == *master))
}

fn stage_move(object: Object, current: &[Value], set: &[(usize, Value)], policy: &Policy) -> Option<StageMove> {
    if object != Object::Opportunity {
        return None;
    }
    let at = object.position("stage")?;
    let from = current.get(at)?.int()?;
    let to = set.iter().find(|(field, _)| *field == at)?.1.int()?;
    let kind = |id| policy.stages.get(&id).copied();
    let back = kind(from).zip(kind(to)).is_some_and(|(from, to)| {
        to.outcome == Outcome::Open && (from.outcome != Outcome::Open || to.position < from.position)
    });
    Some(StageMove { from, to, back })
}

/// A deal that was closed between two exports was closed by the time of the second one: on its close
/// date, unless that is still to come.
fn closing_time(
    object: Object,
    current: &[Value],
    incoming: &Incoming,
    changes: &Changes,
    policy: &Policy,
) -> Option<(usize, Value)> {
    let moved = changes.stage_move?;
    let closes = policy.stages.get(&moved.to).is_some_and(|kind| kind.outcome != Outcome::Open);
    let at = object.position("closed_at")?;
    let known = |at: usize| {
        let set = changes.set.iter().find(|(field, _)| *field == at).map(|(_, value)| value);
        set.or(current.get(at)).filter(|value| !value.is_null())
    };
    if !closes || known(at).is_some() {
        return None;
    }
    let day = known(object.position("close_date")?).and_then(Value::text).and_then(|day| day.parse().ok());
    let on_day = day.map(Instant::at_midnight).filter(|day| *day <= incoming.exported_at);
    Some((at, on_day.unwrap_or(incoming.exported_at).0.into()))
}

/// Once a second system knows a record, each system's values are kept beside it; until then the
/// record itself is what the only system said.
fn said_beside(
    object: Object,
    current: &[Value],
    known: &[Known],
    incoming: &Incoming,
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
    said.extend(incoming.values.iter().filter(|(at, v)| keep(at, v)).map(|(at, v)| (None, *at, v.clone())));
    said
}

/// Columns nobody asked about: the newer row's entries over the older ones.
fn merged_json(before: &Value, after: &Value) -> Value {
    type Entries = serde_json::Map<String, serde_json::Value>;
    let read = |value: &Value| value.text().and_then(|text| serde_json::from_str::<Entries>(text).ok());
    match (read(before), read(after)) {
        (Some(old), Some(new)) => {
            let mut all: BTreeMap<_, _> = old.into_iter().collect();
            all.extend(new);
            let all: Entries = all.into_iter().collect();
            Value::Text(serde_json::Value::Object(all).to_string())
        }
        _ => after.clone(),
    }
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
        Known { link: Id(9), system: system.into(), exported_at: Instant(at), said: BTreeMap::new() }
    }

    fn row(system: &str, at: i64, values: Vec<(usize, Value)>) -> Incoming {
        Incoming { system: system.into(), exported_at: Instant(at), values }
    }

    fn decide(current: &[Value], known: &[Known], incoming: &Incoming, policy: &Policy) -> Changes {
        reconcile(Object::Opportunity, current, known, incoming, policy)
    }

    fn policy() -> Policy {
        let stage = |position, outcome| StageKind { position, outcome };
        let stages = [(1, stage(10, Outcome::Open)), (2, stage(20, Outcome::Open)), (3, stage(900, Outcome::Won))];
        Policy { stages: stages.into(), ..Policy::default() }
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
        for (from, to, back) in [(1, 2, false), (2, 1, true), (3, 2, true), (2, 3, false)] {
            let moved = row("crm", 2, vec![(STAGE, to.into())]);
            let changes = decide(&record("A", from), &[known("crm", 1)], &moved, &policy());
            assert_eq!(changes.stage_move, Some(StageMove { from, to, back }));
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
