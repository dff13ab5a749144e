//! Stage moves: those that an export shows, and those that a history file tells.

use super::{Fate, Filing, Result};
use crate::domain::message::Message;
use crate::domain::object::{Object, Row};
use crate::domain::reconcile::Changes;
use crate::domain::value::{Id, Value};
use crate::import::SheetRow;
use std::collections::HashMap;

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

    /// A row of a history file: an event, known by deal, instant and stage.
    pub(super) fn event(&mut self, row: &SheetRow, stored: &mut HashMap<(Id, i64, i64), Id>) -> Result<Fate> {
        let object = self.object;
        let mut values = vec![Value::Null; object.fields().len()];
        // The deal first: a move of an unknown deal must not leave its stages behind.
        let deal = object.position("opportunity");
        let (deals, others): (Vec<_>, Vec<_>) = row.cells.iter().partition(|(at, _)| Some(*at) == deal);
        for (at, cell) in deals.into_iter().chain(others) {
            let Some(value) = self.value(*at, cell)? else {
                return Ok(Fate::Rejected(Message::new("problem-no-opportunity")));
            };
            if let Some(cell) = values.get_mut(*at) {
                *cell = value;
            }
        }
        let known = |key: &str| object.position(key).and_then(|at| values.get(at)).and_then(Value::int);
        let Some(deal) = known("opportunity") else {
            return Ok(Fate::Rejected(Message::new("problem-no-opportunity")));
        };
        let (Some(at), Some(to)) = (known("at"), known("to_stage")) else {
            return Ok(Fate::Rejected(Message::new("problem-no-move")));
        };
        let event = (Id(deal), at, to);
        if stored.contains_key(&event) {
            return Ok(Fate::Unchanged);
        }
        let id = self.writing.new_id();
        stored.insert(event, id);
        self.writing.insert(object, id, values)?;
        Ok(Fate::New)
    }
}
