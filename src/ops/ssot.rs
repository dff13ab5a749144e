//! The single source of truth: which system decides, and what follows when another one does.

use super::backup::keep_backup;
use super::{Error, Reader, Result, Session};
use crate::domain::object::{Kind, Object, Row};
use crate::domain::reconcile::{NEVER, Policy, Record, closed_by};
use crate::domain::time::Instant;
use crate::domain::value::{ActionId, Id, Value};
use crate::domain::word::Decisions;
use crate::import::{As, shipped_systems};
use crate::store::{ActionKind, Precedence, Writing};
use std::collections::{BTreeMap, BTreeSet};

/// How many records are weighed at once.
const TOGETHER: usize = 500;

/// Another system is to decide, or none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What it decides.
    pub object: Object,
    /// The field, for an exception.
    pub field: Option<String>,
    /// The system; `None` takes the choice back.
    pub system: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

impl Choice {
    /// Reads `accounts` or `accounts.domain` and the name of a system that is known.
    ///
    /// # Errors
    /// [`Error::Unknown`] with what was probably meant, [`Error::NoReason`] for an exception without one.
    pub fn read(reader: &mut Reader, of: &str, system: Option<&str>, reason: Option<&str>) -> Result<Self> {
        let (word, field) = of.split_once('.').map_or((of, None), |(word, field)| (word, Some(field)));
        let object = object_of(word)?;
        if let Some(field) = field {
            let contested = object.fields().iter().filter(|field| object.is_contested(field));
            let known: Vec<&str> = contested.map(|field| field.key).collect();
            if !known.contains(&field) {
                return Err(Error::unknown("field", field, &known));
            }
        }
        let reason = reason.map(str::trim).filter(|reason| !reason.is_empty()).map(str::to_owned);
        if system.is_some() && field.is_some() && reason.is_none() {
            return Err(Error::NoReason);
        }
        if let Some(system) = system {
            let known = reader.systems_known()?;
            if !known.contains(system) {
                return Err(Error::unknown("system", system, &known.iter().map(String::as_str).collect::<Vec<_>>()));
            }
        }
        Ok(Self { object, field: field.map(str::to_owned), system: system.map(str::to_owned), reason })
    }
}

/// The object that a word means.
fn object_of(word: &str) -> Result<Object> {
    let people = ["people", "person"].contains(&word.to_lowercase().as_str()).then_some(As::Leads);
    let found = people.or_else(|| As::parse(word)).map(As::object).filter(|object| As::may_be(*object));
    found.ok_or_else(|| {
        let words: BTreeSet<&str> =
            Object::ALL.into_iter().filter(|object| As::may_be(*object)).map(object_word).collect();
        Error::unknown("object", word, &words.into_iter().collect::<Vec<_>>())
    })
}

/// The word by which an object is called on the command line.
#[must_use]
pub fn object_word(object: Object) -> &'static str {
    match object {
        Object::Person => "people",
        other => As::ALL.into_iter().find(|kind| kind.object() == other).map_or(other.key(), As::key),
    }
}

impl Reader {
    /// The systems that may decide: those that files have come from, and those whose files are known.
    ///
    /// # Errors
    /// [`Error`] when the store cannot be read.
    pub fn systems_known(&mut self) -> Result<BTreeSet<String>> {
        let seen = self.store.systems()?.into_values().flat_map(BTreeMap::into_keys);
        Ok(seen.chain(shipped_systems().map(str::to_owned)).collect())
    }
}

/// What follows from a choice.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Redecided {
    /// The action; `None` when nothing was written.
    pub action: Option<ActionId>,
    /// Records whose values change.
    pub records: u64,
    /// How many values change, by field.
    pub fields: BTreeMap<&'static str, u64>,
}

impl Redecided {
    /// How many values change.
    #[must_use]
    pub fn values(&self) -> u64 {
        self.fields.values().sum()
    }
}

/// How a choice ends: a preview leaves the transaction unwritten.
enum End {
    Failed(Error),
    Preview(Redecided),
}

impl<E: Into<Error>> From<E> for End {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

impl Session {
    /// Lets a system decide, or takes that back, and decides every value anew that depends on it; all in one action.
    /// A preview says what would follow and writes nothing.
    ///
    /// # Errors
    /// [`Error`] when the store cannot be written; it is then as it was.
    pub fn choose_master(&mut self, choice: &Choice, preview: bool) -> Result<Redecided> {
        let head = self.head(ActionKind::Precedence);
        let location = self.location().clone();
        let written = self.store.write(&head, |writing| {
            if !keep(writing, choice, (head.at, &head.actor))? {
                return Err(End::Preview(Redecided::default()));
            }
            let redecided = redecide(writing, choice.object, choice.field.as_deref())?;
            let field = choice.field.as_ref().map(|field| format!(".{field}")).unwrap_or_default();
            writing.describe("object", format!("{}{field}", object_word(choice.object)));
            if let Some(system) = &choice.system {
                writing.describe("system", system);
            }
            writing.describe("values", redecided.values());
            writing.describe("records", redecided.records);
            if preview {
                return Err(End::Preview(redecided));
            }
            keep_backup(&location, head.at)?;
            Ok(redecided)
        });
        match written {
            Ok((action, redecided)) => Ok(Redecided { action, ..redecided }),
            Err(End::Preview(redecided)) => Ok(redecided),
            Err(End::Failed(error)) => Err(error),
        }
    }
}

/// Writes the choice; `false` when it was so already.
fn keep(writing: &mut Writing<'_>, choice: &Choice, (at, actor): (Instant, &str)) -> Result<bool> {
    let Choice { object, field, system, reason } = choice;
    let all = writing.precedence()?;
    let before = all.iter().find(|entry| entry.object == *object && entry.field == *field);
    let told = |system: &str| [system.into(), reason.clone().into(), actor.into(), at.0.into()];
    match (before, system) {
        (None, None) => return Ok(false),
        (Some(before), Some(system)) if before.system == *system && (reason.is_none() || before.reason == *reason) => {
            return Ok(false);
        }
        (Some(before), None) => writing.delete(Object::Precedence, before.id)?,
        (Some(before), Some(system)) => {
            let first = Object::Precedence.position("system").unwrap_or_default();
            let changes: Vec<(usize, Value)> = (first..).zip(told(system)).collect();
            writing.update(Object::Precedence, before.id, &changes, None)?;
        }
        (None, Some(system)) => {
            let id = writing.new_id();
            let values = [object.code().into(), field.clone().into()].into_iter().chain(told(system)).collect();
            writing.insert(Object::Precedence, id, values)?;
        }
    }
    Ok(true)
}

/// Weighs the words on every record that has several, or on one field of them.
fn redecide(writing: &mut Writing<'_>, object: Object, only: Option<&str>) -> Result<Redecided> {
    let policy = Precedence::policy(&writing.precedence()?, object);
    let mut decisions = writing.decisions()?;
    let mut found = Redecided::default();
    let records: Vec<Id> = writing.weighed(object)?.into_iter().collect();
    for chunk in records.chunks(TOGETHER) {
        let mut known = writing.known_of(chunk)?;
        for row in writing.rows(object, chunk)? {
            let known = known.remove(&row.id).unwrap_or_default();
            let decided = decisions.remove(&row.id).unwrap_or_default();
            let record = Record { object, values: &row.values, known: &known, decided: &decided };
            let mut changes = record.redecided(&policy);
            changes.retain(|(at, _)| only.is_none_or(|only| is_of(object, *at, only)));
            drop_lost_references(writing, object, &mut changes)?;
            if changes.is_empty() {
                continue;
            }
            found.records += 1;
            for (at, _) in &changes {
                let field = object.fields().get(*at).map_or("", |field| field.key);
                *found.fields.entry(field).or_default() += 1;
            }
            close(writing, &record, &row, &mut changes)?;
            writing.update(object, row.id, &changes, Some(row.rev))?;
        }
    }
    Ok(found)
}

/// Whether a field is the one that is asked for; a currency goes with its amount.
fn is_of(object: Object, at: usize, only: &str) -> bool {
    let field = object.fields().get(at).map_or("", |field| field.key);
    field == only || only == "amount" && field == "currency"
}

/// What a system said may name a record that an undo has taken away since.
fn drop_lost_references(writing: &mut Writing<'_>, object: Object, changes: &mut Vec<(usize, Value)>) -> Result<()> {
    let mut lost = BTreeSet::new();
    for (at, value) in changes.iter() {
        let kind = object.fields().get(*at).map(|field| field.kind);
        if let (Some(Kind::Reference(other)), Value::Int(id)) = (kind, value)
            && writing.row(other, Id(*id))?.is_none()
        {
            lost.insert(*at);
        }
    }
    changes.retain(|(at, _)| !lost.contains(at));
    Ok(())
}

/// A deal whose stage is another one now is closed or open as that stage says, where no system dates it.
fn close(writing: &mut Writing<'_>, record: &Record<'_>, row: &Row, changes: &mut Vec<(usize, Value)>) -> Result<()> {
    let at = |key| Object::Opportunity.position(key);
    let (Some(stage_at), Some(closed_at), Some(date_at)) = (at("stage"), at("closed_at"), at("close_date")) else {
        return Ok(());
    };
    let is_dated = record.words(closed_at).iter().any(|word| word.at != NEVER);
    let Some((_, stage)) = changes.iter().find(|(at, _)| *at == stage_at) else { return Ok(()) };
    if record.object != Object::Opportunity || is_dated || record.decided.contains_key("closed_at") {
        return Ok(());
    }
    let value = if super::edit::is_open(writing, stage)? {
        Value::Null
    } else if row.get("closed_at").is_null() {
        let set = changes.iter().find(|(at, _)| *at == date_at).map(|(_, value)| value);
        let day = set.unwrap_or(row.get("close_date")).text().and_then(|day| day.parse().ok());
        let words = record.words(stage_at);
        let said = words.iter().filter(|word| word.value == stage).map(|word| word.since).max();
        said.map(|seen_at| closed_by(day, seen_at).0).into()
    } else {
        return Ok(());
    };
    changes.push((closed_at, value));
    Ok(())
}

/// The policy of an object, and what users decided: what conflicts are told by.
pub(super) struct Rules {
    policies: BTreeMap<Object, Policy>,
    pub decided: BTreeMap<Id, Decisions>,
}

impl Rules {
    pub fn of(precedence: &[Precedence], decided: BTreeMap<Id, Decisions>) -> Self {
        let policies = Object::ALL.into_iter().map(|object| (object, Precedence::policy(precedence, object)));
        Self { policies: policies.collect(), decided }
    }

    pub fn policy(&self, object: Object) -> &Policy {
        static NONE: std::sync::LazyLock<Policy> = std::sync::LazyLock::new(Policy::default);
        self.policies.get(&object).unwrap_or(&NONE)
    }
}
