//! Stage moves: those that an export shows, and those that a history file tells.

use super::{Fate, Filing, Result};
use crate::domain::message::Message;
use crate::domain::object::{Object, Row};
use crate::domain::reconcile::Changes;
use crate::domain::value::{Id, Value};
use crate::import::SheetRow;
use crate::store::{Moves, folded};

impl Filing<'_, '_> {
    /// A deal whose stage differs from what the store had has moved by the time of the export.
    pub(super) fn keep_move(&mut self, row: &SheetRow, before: &Row, changes: &Changes) -> Result<()> {
        let Some(moved) = changes.stage_move else { return Ok(()) };
        let now = |key: &str| {
            let at = self.object.position(key);
            let set = changes.set.iter().find(|(field, _)| Some(*field) == at);
            set.map_or_else(|| before.get(key).clone(), |(_, value)| value.clone())
        };
        let values = vec![
            before.id.into(),
            moved.from.into(),
            moved.to.into(),
            self.sheet.exported_at.0.into(),
            Value::Null,
            now("amount"),
            now("close_date"),
        ];
        let id = self.writing.new_id();
        self.writing.insert(Object::StageChange, id, values)?;
        self.report.stage_moves += 1;
        if moved.back {
            self.report.went_back += 1;
            let field = self.object.position("stage").unwrap_or_default();
            self.report.note(self.sheet, row, field, row.key.clone(), Message::new("problem-stage-back"));
        }
        Ok(())
    }

    /// The stored moves of the kinds that a history file has rows of.
    pub(super) fn stored_moves(&mut self) -> Result<Moves> {
        let mut moves = Moves::new();
        for object in [Object::StageChange, Object::LifecycleChange] {
            if self.sheet.rows.iter().any(|row| row.object == object) {
                moves.extend(self.writing.moves(object)?);
            }
        }
        Ok(moves)
    }

    /// A row of a history file: an event, known by its deal or person, instant and stage.
    pub(super) fn event(&mut self, row: &SheetRow, stored: &mut Moves) -> Result<Fate> {
        let object = row.object;
        let (subject, unknown) = match object {
            Object::LifecycleChange => ("person", "problem-no-person"),
            _ => ("opportunity", "problem-no-opportunity"),
        };
        let mut values = vec![Value::Null; object.fields().len()];
        // The deal first: a move of an unknown deal must not leave its stages behind.
        let first = object.position(subject);
        let (subjects, others): (Vec<_>, Vec<_>) = row.cells.iter().partition(|(at, _)| Some(*at) == first);
        for (at, cell) in subjects.into_iter().chain(others) {
            let Some(value) = self.value(object, *at, cell)? else {
                return Ok(Fate::Rejected(Message::new(unknown)));
            };
            if let Some(cell) = values.get_mut(*at) {
                *cell = value;
            }
        }
        let known = |key: &str| object.position(key).and_then(|at| values.get(at)).filter(|value| !value.is_null());
        let Some(subject) = known(subject).and_then(Value::int) else {
            return Ok(Fate::Rejected(Message::new(unknown)));
        };
        let (Some(at), Some(to)) = (known("at").and_then(Value::int), known("to_stage")) else {
            return Ok(Fate::Rejected(Message::new("problem-no-move")));
        };
        if !stored.entry(folded(to)).or_default().insert((Id(subject), at)) {
            return Ok(Fate::Unchanged);
        }
        let id = self.writing.new_id();
        self.writing.insert(object, id, values)?;
        Ok(Fate::New)
    }
}
