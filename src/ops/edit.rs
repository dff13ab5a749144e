//! Editing a record by hand: what a user decides stands until the systems have heard of it.

use super::{Error, Result, Session};
use crate::domain::object::{Object, Row, SEEN};
use crate::domain::reconcile::{Known, NEVER, Record, older_to_json};
use crate::domain::sighting::newest;
use crate::domain::stage::{Outcome, StageCatalog};
use crate::domain::time::Instant;
use crate::domain::value::{ActionId, Id, Value};
use crate::domain::word::{Decision, Decisions, Said};
use crate::store::{ActionKind, Writing};

/// What history is made of, as it was before a move, and after.
const MOVES: [(&str, &str, &str); 3] = [
    ("stage", "from_stage", "to_stage"),
    ("amount", "from_amount", "amount"),
    ("close_date", "from_close_date", "close_date"),
];

impl Session {
    /// Sets one field of a record that was read at revision `seen`.
    ///
    /// # Errors
    /// As [`Self::set_fields`].
    pub fn set_field(&mut self, object: Object, id: Id, seen: ActionId, field: &str, value: Value) -> Result<ActionId> {
        self.set_fields(object, id, seen, &[(field, value)])
    }

    /// Sets fields of a record that was read at revision `seen`, as one action.
    ///
    /// # Errors
    /// [`Error::Store`] with `Changed` when someone has written the record since, [`Error::NoField`]
    /// when the object has no such field, [`Error::Required`] when a value must not be cleared.
    pub fn set_fields(&mut self, object: Object, id: Id, seen: ActionId, fields: &[(&str, Value)]) -> Result<ActionId> {
        self.write_fields(object, (id, seen), fields, None)
    }

    /// The same, into a stage that the store does not have yet.
    pub(super) fn write_fields(
        &mut self,
        object: Object,
        (id, seen): (Id, ActionId),
        fields: &[(&str, Value)],
        new_stage: Option<&str>,
    ) -> Result<ActionId> {
        let mut changes = Vec::with_capacity(fields.len());
        for (field, value) in fields {
            let no_field = || Error::NoField { object: object.key(), field: (*field).to_owned() };
            changes.push((object.position(field).ok_or_else(no_field)?, value.clone()));
            if value.is_null() && object.requires(field) {
                return Err(Error::Required { object: object.key(), field: (*field).to_owned() });
            }
        }
        let head = self.head(ActionKind::Edit);
        let (action, ()) = self.store.write(&head, |writing| {
            let row = writing.row(object, id)?.filter(|row| row.rev == seen);
            let row = row.ok_or(Error::Store(crate::store::Error::Changed))?;
            if let (Some(name), Some(at)) = (new_stage, object.position("stage")) {
                changes.push((at, add_stage(writing, name)?.into()));
            }
            let decided = writing.decisions()?.remove(&id).unwrap_or_default();
            let edit = Edit { row, at: head.at, actor: &head.actor };
            edit.write(writing, &decided, changes)?;
            writing.describe("object", object.key());
            let fields = fields.iter().map(|(field, _)| *field).chain(new_stage.map(|_| "stage"));
            writing.describe("field", fields.collect::<Vec<_>>().join(", "));
            Ok::<_, Error>(())
        })?;
        action.ok_or(Error::Store(crate::store::Error::Changed))
    }
}

/// A stage that the catalogue knows, new in the store.
fn add_stage(writing: &mut Writing<'_>, name: &str) -> Result<Id> {
    let catalog = StageCatalog::shipped().map_err(|e| Error::Shipped(e.to_string()))?;
    let kind = catalog.kind_of(name);
    let id = writing.new_id();
    writing.insert(Object::Stage, id, vec![name.into(), kind.position.into(), kind.outcome.code().into()])?;
    Ok(id)
}

/// An edit on its way into the store.
pub(super) struct Edit<'e> {
    /// The record as it was.
    pub(super) row: Row,
    pub(super) at: Instant,
    pub(super) actor: &'e str,
}

impl Edit<'_> {
    /// Writes it; `decided` is what users have decided about the record so far.
    pub(super) fn write(
        &self,
        writing: &mut Writing<'_>,
        decided: &Decisions,
        mut changes: Vec<(usize, Value)>,
    ) -> Result<()> {
        let (object, id) = (self.row.object, self.row.id);
        let known = heard(writing, object, id)?;
        let record = Record { object, values: &self.row.values, known: &known, decided };
        for (at, value) in &changes {
            self.decide(writing, &record, *at, value)?;
        }
        if object == Object::Opportunity {
            self.note_move(writing, &changes)?;
            self.close(writing, &record, &mut changes)?;
        }
        Ok(writing.update(object, id, &changes, Some(self.row.rev))?)
    }

    /// Keeps the decision, and what each system said until then.
    fn decide(&self, writing: &mut Writing<'_>, record: &Record<'_>, at: usize, value: &Value) -> Result<()> {
        let Some(field) = record.object.fields().get(at) else { return Ok(()) };
        for known in record.known {
            let kept = known.said.get(field.key).cloned().unwrap_or_default();
            writing.keep_said(known.link, field.key, &Said::until_now(&kept, record.word(known, at)))?;
        }
        keep_decision(writing, record.decided, (record.object, self.row.id, field.key), value, (self.at, self.actor))
    }

    /// A deal that moves by hand has moved: that is history as if an export had shown it.
    fn note_move(&self, writing: &mut Writing<'_>, changes: &[(usize, Value)]) -> Result<()> {
        let change = Object::StageChange;
        let after = |key: &str| {
            let set = changes.iter().find(|(at, _)| Some(*at) == Object::Opportunity.position(key));
            set.map_or_else(|| self.row.get(key).clone(), |(_, value)| value.clone())
        };
        if MOVES.iter().all(|(key, ..)| after(key) == *self.row.get(key)) {
            return Ok(());
        }
        let mut told = vec![
            ("opportunity", self.row.id.into()),
            ("at", self.at.0.into()),
            ("origin", SEEN.into()),
            ("actor", self.actor.into()),
        ];
        for (key, from, to) in MOVES {
            told.extend([(from, self.row.get(key).clone()), (to, after(key))]);
        }
        let value = |key: &str| told.iter().find(|(name, _)| *name == key).map(|(_, value)| value.clone());
        let values = change.fields().iter().map(|field| value(field.key).unwrap_or_default()).collect();
        let id = writing.new_id();
        Ok(writing.insert(change, id, values)?)
    }

    /// A deal that is closed by hand was closed now, unless an export dates it; one that is opened again is not closed.
    fn close(&self, writing: &mut Writing<'_>, record: &Record<'_>, changes: &mut Vec<(usize, Value)>) -> Result<()> {
        let position = |key| Object::Opportunity.position(key);
        let (Some(stage_at), Some(closed_at)) = (position("stage"), position("closed_at")) else { return Ok(()) };
        let Some((_, stage)) = changes.iter().find(|(at, _)| *at == stage_at) else { return Ok(()) };
        if changes.iter().any(|(at, _)| *at == closed_at) {
            return Ok(());
        }
        let is_dated = !self.row.get("closed_at").is_null();
        match is_open(writing, stage)? {
            true if is_dated => {
                self.decide(writing, record, closed_at, &Value::Null)?;
                changes.push((closed_at, Value::Null));
            }
            false if !is_dated => {
                changes.push((closed_at, self.at.0.into()));
                if let Some(known) = record.known.first() {
                    let mut older = known.older.clone();
                    older.insert("closed_at".to_owned(), NEVER);
                    let at = Object::Link.position("older").unwrap_or_default();
                    writing.update(Object::Link, known.link, &[(at, older_to_json(&older))], None)?;
                }
            }
            _ => {}
        }
        Ok(())
    }
}

/// What every system has said about a record, with the newest export that showed it.
fn heard(writing: &mut Writing<'_>, object: Object, record: Id) -> Result<Vec<Known>> {
    let mut known = writing.known(record)?;
    let exports = if known.is_empty() { Default::default() } else { writing.exports()? };
    for known in &mut known {
        let of_system = exports.get(&(known.system.clone(), object)).map_or(&[][..], Vec::as_slice);
        known.newest = known.newest.max(newest(of_system, known.link));
    }
    Ok(known)
}

/// Writes a decision about a field, over the one that was there.
fn keep_decision(
    writing: &mut Writing<'_>,
    decided: &Decisions,
    (object, record, field): (Object, Id, &str),
    value: &Value,
    (at, actor): (Instant, &str),
) -> Result<()> {
    let told: [(&str, Value); 3] = [("value", value.kept().into()), ("actor", actor.into()), ("at", at.0.into())];
    if let Some(Decision { id, .. }) = decided.get(field) {
        let position = |key| Object::Decision.position(key).unwrap_or_default();
        let changes = told.map(|(key, value)| (position(key), value));
        return Ok(writing.update(Object::Decision, *id, &changes, None)?);
    }
    let id = writing.new_id();
    let first = [record.into(), object.code().into(), field.into()];
    let values = first.into_iter().chain(told.into_iter().map(|(_, value)| value)).collect();
    Ok(writing.insert(Object::Decision, id, values)?)
}

/// Whether deals in a stage are still open.
pub(super) fn is_open(writing: &mut Writing<'_>, stage: &Value) -> Result<bool> {
    let Some(stage) = stage.int() else { return Ok(true) };
    let outcome = writing.row(Object::Stage, Id(stage))?.and_then(|row| row.get("outcome").int());
    Ok(outcome.is_none_or(|code| Outcome::from_code(code).is_open()))
}
