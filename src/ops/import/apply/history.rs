//! Stage moves that a history file tells.

use super::{Fate, Filing, Result};
use crate::domain::message::Message;
use crate::domain::object::Object;
use crate::domain::value::{Id, Value};
use crate::import::SheetRow;
use crate::store::{Moves, folded};

impl Filing<'_, '_> {
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
        let at = known("at").and_then(Value::int);
        self.stay(Id(subject), object, &mut values)?;
        let to = object.position("to_stage").and_then(|at| values.get(at)).filter(|to| !to.is_null());
        let (Some(at), Some(to)) = (at, to) else {
            return Ok(Fate::Rejected(Message::new("problem-no-move")));
        };
        if !stored.entry(folded(to)).or_default().insert((Id(subject), at)) {
            return Ok(Fate::Unchanged);
        }
        if object == Object::StageChange {
            self.told.insert(Id(subject));
        }
        let id = self.writing.new_id();
        self.writing.insert(object, id, values)?;
        Ok(Fate::New)
    }

    /// A change of amount or close date that names no stage happened in the one where the deal is: its history
    /// would tell of a move.
    fn stay(&mut self, deal: Id, object: Object, values: &mut [Value]) -> Result<()> {
        let at = |key| object.position(key);
        let is_blank = |key| at(key).and_then(|at| values.get(at)).is_none_or(Value::is_null);
        if object != Object::StageChange || !is_blank("to_stage") {
            return Ok(());
        }
        let is_edit = ["amount", "close_date", "from_amount", "from_close_date"].into_iter().any(|key| !is_blank(key));
        let Some(deal) = self.writing.row(Object::Opportunity, deal)? else { return Ok(()) };
        for key in ["to_stage", "from_stage"].into_iter().filter(|key| is_edit || *key == "to_stage") {
            if let Some(cell) = at(key).and_then(|at| values.get_mut(at)) {
                *cell = deal.get("stage").clone();
            }
        }
        Ok(())
    }
}
