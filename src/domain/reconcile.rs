//! The one place that decides what an incoming row changes on a record.
//!
//! Import, conflict resolution, merge and a change of precedence all ask [`reconcile`]: a blank never
//! overwrites, the master's value stays, an older export never overwrites a newer one, and a stage
//! that goes back is flagged — there and nowhere else. Whose word stands is for [`super::word`] to say.

use crate::domain::object::{Field, Kind, Object};
use crate::domain::stage::{Outcome, StageKind};
use crate::domain::time::Instant;
use crate::domain::value::{Id, Value};
use crate::domain::word::{Decision, Decisions, Said, Stands, Why, Word, stands};
use std::collections::BTreeMap;

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

impl Policy {
    /// The system that decides a field, and by what right. An amount and its currency have one.
    #[must_use]
    pub fn master_of(&self, field: &str) -> Option<(&str, Why)> {
        let of_amount = || self.field_master.get("amount").filter(|_| field == "currency");
        let own = self.field_master.get(field).or_else(of_amount).map(|system| (system.as_str(), Why::Override));
        own.or(self.master.as_deref().map(|system| (system, Why::Master)))
    }
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
    /// What the system calls the record.
    pub external_id: String,
    /// When its newest export was made that had the record; `None` where it was only named.
    pub newest: Option<Instant>,
    /// Fields that the newest export left blank: when the last one was made that did not.
    pub older: Older,
    /// What it said, field by field; of a record that no other system knows, only of decided fields.
    pub said: BTreeMap<String, Said>,
}

/// A record with everything that anyone has said about it.
#[derive(Debug, Clone, Copy)]
pub struct Record<'r> {
    /// What it is.
    pub object: Object,
    /// Its values.
    pub values: &'r [Value],
    /// What each system says of it, under each link.
    pub known: &'r [Known],
    /// What users decided.
    pub decided: &'r Decisions,
}

impl<'r> Record<'r> {
    /// The only system that has said anything about it, if there is only one.
    fn sole_system(&self) -> Option<&'r str> {
        let mut speaking = self.known.iter().filter(|known| known.newest.is_some()).map(|known| known.system.as_str());
        let first = speaking.next()?;
        speaking.all(|other| other == first).then_some(first)
    }

    fn field(&self, at: usize) -> Option<&'static Field> {
        self.object.fields().get(at)
    }

    /// What a link says of a field, and when the newest export was made that said so. What the only system says is
    /// the record itself, unless a user has decided.
    #[must_use]
    pub fn word(&self, known: &'r Known, at: usize) -> Option<(&'r Value, Instant)> {
        let field = self.field(at)?.key;
        let value = match known.said.get(field) {
            Some(said) => &said.value,
            None if self.sole_system() == Some(&known.system) => self.values.get(at)?,
            None => return None,
        };
        let said_at = known.older.get(field).copied().or(known.newest)?;
        (!value.is_null()).then_some((value, said_at))
    }

    /// The words of all links on a field.
    #[must_use]
    pub fn words(&self, at: usize) -> Vec<Word<'r>> {
        self.known.iter().filter_map(|known| self.word_of(known, at)).collect()
    }

    fn word_of(&self, known: &'r Known, at: usize) -> Option<Word<'r>> {
        let (value, said_at) = self.word(known, at)?;
        let field = self.field(at)?.key;
        let said = known.said.get(field);
        let moved = self.decided.get(field).zip(said).is_some_and(|(decision, said)| said.has_moved(said_at, decision));
        let since = said.and_then(|said| said.since).unwrap_or(said_at);
        Some(Word { system: &known.system, value, at: said_at, since, moved })
    }

    fn decision(&self, at: usize) -> Option<&'r Decision> {
        self.decided.get(self.field(at)?.key)
    }

    /// Whose word on a field stands.
    #[must_use]
    pub fn stands(&self, at: usize, policy: &Policy) -> Option<Stands<'r>> {
        let mut words = self.words(at);
        // Of two that were said at once, the one stands that arrived last: the record has it.
        words.sort_by_key(|word| self.values.get(at) == Some(word.value));
        stands(&words, self.decision(at), policy.master_of(self.field(at)?.key))
    }

    /// What becomes of the record when its words are weighed anew: the fields whose values change.
    #[must_use]
    pub fn redecided(&self, policy: &Policy) -> Vec<(usize, Value)> {
        let fields = self.object.fields().iter().zip(self.values).enumerate().filter(|(_, (field, _))| is_told(field));
        let decided = fields.filter_map(|(at, (field, before))| {
            let value = self.stands(at, policy)?.value;
            let is_lost = value.is_null() && self.object.requires(field.key);
            (value != before && !is_lost).then(|| (at, value.clone()))
        });
        decided.collect()
    }
}

/// Whether systems say a field, each as a whole.
fn is_told(field: &Field) -> bool {
    field.kind != Kind::Json && field.key != "named_only"
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
    /// Fields that the file has and the row leaves blank.
    pub blank: Vec<usize>,
}

/// What follows for the store.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes {
    /// Fields to write, with their new values.
    pub set: Vec<(usize, Value)>,
    /// Fields on which the master disagrees; its value stays.
    pub conflicts: Vec<(usize, Value)>,
    /// Fields that a user decided, of which the system has not heard yet.
    pub unheard: Vec<(usize, Value)>,
    /// What to keep beside the record: (link or `None` for the incoming row's own, field, what it says).
    pub said: Vec<(Option<Id>, usize, Said)>,
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

    /// The values of the record once they are changed.
    #[must_use]
    pub fn applied(&self, values: &[Value]) -> Vec<Value> {
        let set = |at: usize| self.set.iter().find(|(field, _)| *field == at).map(|(_, value)| value);
        values.iter().enumerate().map(|(at, value)| set(at).unwrap_or(value).clone()).collect()
    }

    /// Whether the master keeps its own value of a field.
    #[must_use]
    pub fn overrules(&self, at: usize) -> bool {
        self.conflicts.iter().any(|(field, _)| *field == at)
    }

    /// Whether what the row says of a field does not stand.
    #[must_use]
    pub fn refuses(&self, at: usize) -> bool {
        self.conflicts.iter().chain(&self.unheard).any(|(field, _)| *field == at)
    }
}

/// Decides what `incoming` changes on a record.
///
/// Of each field and system the newest word counts: exports may arrive in any order.
#[must_use]
pub fn reconcile(record: &Record<'_>, incoming: &Incoming, policy: &Policy) -> Changes {
    let mut hearing = Hearing::new(record, incoming, policy);
    if policy.on_conflict == OnConflict::Ignore {
        return Changes { older: hearing.older, ..hearing.changes };
    }
    hearing.left_unsaid();
    hearing.keep_what_others_said();
    for (at, value) in &incoming.values {
        let (Some(field), Some(before)) = (record.field(*at), record.values.get(*at)) else { continue };
        let clears = policy.on_conflict == OnConflict::Replace && !record.object.requires(field.key);
        if value.is_null() && !clears {
            continue;
        }
        if field.kind == Kind::Json {
            let merged = hearing.merged(before, value);
            hearing.changes.set.extend((merged != *before).then_some((*at, merged)));
        } else if field.key == "named_only" {
            hearing.changes.set.extend((value != before).then(|| (*at, value.clone())));
        } else {
            hearing.hear(*at, field, before, value);
        }
    }
    for at in &incoming.blank {
        hearing.hear_blank(*at);
    }
    Changes { older: hearing.older, ..hearing.changes }
}

/// In [`Known::older`], the time of a value that nobody said and the program worked out: before any export.
pub const NEVER: Instant = Instant(0);

/// A row while it is heard.
struct Hearing<'w> {
    record: &'w Record<'w>,
    incoming: &'w Incoming,
    policy: &'w Policy,
    own: Option<&'w Known>,
    /// What becomes of the own link's older words.
    older: Older,
    changes: Changes,
}

impl<'w> Hearing<'w> {
    fn new(record: &'w Record<'w>, incoming: &'w Incoming, policy: &'w Policy) -> Self {
        let own = record.known.iter().find(|known| Some(known.link) == incoming.link);
        let stale = own.and_then(|own| own.newest).is_some_and(|newest| newest > incoming.exported_at);
        let older = own.map(|own| own.older.clone()).unwrap_or_default();
        Self { record, incoming, policy, own, older, changes: Changes { stale, ..Changes::default() } }
    }

    /// Notes the fields that this row leaves blank: their values are as old as they were.
    fn left_unsaid(&mut self) {
        let Some(own) = self.own.filter(|_| !self.changes.stale) else { return };
        let Record { object, values, .. } = *self.record;
        let said = |at: usize| self.incoming.values.iter().any(|(field, value)| *field == at && !value.is_null());
        let unsaid = object.fields().iter().enumerate().filter(|(at, field)| !said(*at) && is_told(field));
        let kept: Vec<(String, Instant)> =
            unsaid.filter_map(|(at, field)| Some((field.key.to_owned(), self.record.word(own, at)?.1))).collect();
        let custom = object.fields().iter().position(|field| field.kind == Kind::Json);
        let kept_entries = custom.and_then(|at| entries(values.get(at)?)).unwrap_or_default();
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

    /// Until a second system speaks of a record, the record itself is what the only one said; from then on each
    /// system's values are kept beside it.
    fn keep_what_others_said(&mut self) {
        let Some(sole) = self.record.sole_system().filter(|sole| *sole != self.incoming.system) else { return };
        for known in self.record.known.iter().filter(|known| known.system == sole) {
            for (at, field) in self.record.object.fields().iter().enumerate().filter(|(_, field)| is_told(field)) {
                let Some((value, said_at)) = self.record.word(known, at) else { continue };
                if !known.said.contains_key(field.key) {
                    let said = Said { value: value.clone(), since: Some(said_at), ..Said::default() };
                    self.changes.said.push((Some(known.link), at, said));
                }
            }
        }
    }

    /// Whether what the own system says of a field is kept beside the record.
    fn is_kept(&self, at: usize) -> bool {
        self.record.decision(at).is_some() || self.record.sole_system().is_none_or(|sole| sole != self.incoming.system)
    }

    /// Takes what the row says of a field, and decides.
    fn hear(&mut self, at: usize, field: &'static Field, before: &Value, value: &Value) {
        let exported_at = self.incoming.exported_at;
        let word = self.own.and_then(|own| self.record.word(own, at));
        let is_newest = word.is_none_or(|(_, said_at)| said_at <= exported_at);
        let kept = self.own.and_then(|own| own.said.get(field.key));
        let until_now = || Said { value: word.map(|(word, _)| word.clone()).unwrap_or_default(), ..Said::default() };
        let mut said = kept.cloned().unwrap_or_else(until_now);
        if let Some(decision) = self.record.decision(at) {
            said.hear(word, (value, exported_at), decision.at);
        }
        if is_newest {
            if self.changes.stale {
                self.older.insert(field.key.to_owned(), exported_at);
            }
            if kept.is_none() || said.value != *value {
                said.since = Some(exported_at);
            }
            said.value = value.clone();
        }
        let said_at = if is_newest { Some(exported_at) } else { word.map(|(_, said_at)| said_at) };
        self.decide(at, field, before, &said, said_at, is_newest);
        let is_news = kept.map_or(!said.value.is_null(), |kept| *kept != said);
        if is_news && self.is_kept(at) {
            self.changes.said.push((None, at, said));
        }
    }

    /// Decides a field on which the own link says this, and whether it says so only now.
    fn decide(
        &mut self,
        at: usize,
        field: &Field,
        before: &Value,
        said: &Said,
        said_at: Option<Instant>,
        is_newest: bool,
    ) {
        let Some(said_at) = said_at else { return };
        // What another link of the same system says is known only where it is kept.
        let is_known = |known: &&Known| known.system != self.incoming.system || known.said.contains_key(field.key);
        let others = self.record.known.iter().filter(|known| Some(known.link) != self.incoming.link).filter(is_known);
        let mut words: Vec<Word<'_>> = others.filter_map(|known| self.record.word_of(known, at)).collect();
        let decision = self.record.decision(at);
        if !said.value.is_null() {
            let moved = decision.is_some_and(|decision| said.has_moved(said_at, decision));
            words.push(Word { system: &self.incoming.system, value: &said.value, at: said_at, since: said_at, moved });
        }
        // Of two that were said at once, the one stands that arrived last: this one, or what the record has.
        let arrived_last = if is_newest { &said.value } else { before };
        words.sort_by_key(|word| word.value == arrived_last);
        let found = stands(&words, decision, self.policy.master_of(field.key));
        let why = found.map(|found| found.why);
        let value = found.map(|found| found.value.clone()).unwrap_or_default();
        let own = self.incoming.values.iter().find(|(field, _)| *field == at).map(|(_, value)| value);
        let own = own.filter(|own| !own.is_null() && **own == said.value && **own != value);
        match (own, why) {
            (Some(own), Some(Why::Master | Why::Override)) => self.changes.conflicts.push((at, own.clone())),
            (Some(own), Some(Why::Decided)) => self.changes.unheard.push((at, own.clone())),
            _ => {}
        }
        if value != *before && !(value.is_null() && self.record.object.requires(field.key)) {
            self.changes.set.push((at, value));
        }
    }

    /// A blank tells that the system has heard of a value that a user has cleared.
    fn hear_blank(&mut self, at: usize) {
        let Some(field) = self.record.field(at) else { return };
        let Some(decision) = self.record.decision(at).filter(|decision| decision.value.is_null()) else { return };
        let Some(kept) = self.own.and_then(|own| own.said.get(field.key)) else { return };
        let word = self.own.and_then(|own| self.record.word(own, at));
        let is_newest = word.is_some_and(|(_, said_at)| said_at <= self.incoming.exported_at);
        if is_newest && self.incoming.exported_at >= decision.at {
            let mut said = kept.clone();
            said.hear(word, (&Value::Null, self.incoming.exported_at), decision.at);
            (said.value, said.since) = (Value::Null, Some(self.incoming.exported_at));
            self.changes.said.push((None, at, said));
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
                if self.changes.stale {
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
            blank: Vec::new(),
        }
    }

    fn decide(current: &[Value], known: &[Known], incoming: &Incoming, policy: &Policy) -> Changes {
        let decided = Decisions::new();
        let record = Record { object: Object::Opportunity, values: current, known, decided: &decided };
        reconcile(&record, incoming, policy)
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
        let said = |value: &str, at| Said { value: value.into(), since: Some(Instant(at)), ..Said::default() };
        assert!(changes.said.contains(&(Some(Id(9)), NAME, said("A", 1))));
        assert!(changes.said.contains(&(None, NAME, said("B", 2))));
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
