//! Stage moves that a history file tells.

use super::books::Books;
use super::waiting::{Waiting, words};
use super::{Fate, Filing, Result};
use crate::domain::message::Message;
use crate::domain::object::Object;
use crate::domain::value::{Id, Value};
use crate::import::{Cell, SheetRow};
use crate::ops::import::resolve::{Resolver, Source};
use crate::store::{Moves, Writing, folded};
use std::collections::BTreeSet;

/// What became of a move that was told.
pub(super) enum Told {
    /// It is history now.
    New,
    /// It was told before.
    Known,
    /// Whose it is has not come yet.
    Early,
    /// It lacks its time or stage.
    Nothing,
}

/// The moves of an import: those that files have told before, and deals of which something new was told.
#[derive(Default)]
pub(super) struct Tales {
    stored: Moves,
    news: BTreeSet<Id>,
    waiting: Waiting,
}

/// The field that says whose a move is.
pub(super) const fn subject_of(object: Object) -> &'static str {
    if matches!(object, Object::LifecycleChange) { "person" } else { "opportunity" }
}

impl Tales {
    /// Takes in the stored moves of these kinds.
    pub fn load(writing: &mut Writing<'_>, kinds: &[Object]) -> Result<Self> {
        let mut tales = Self::default();
        for object in kinds {
            tales.stored.extend(writing.moves(*object)?);
        }
        Ok(tales)
    }

    /// Takes a move: an event, known by its deal or person, instant and stage.
    pub fn tell(
        &mut self,
        writing: &mut Writing<'_>,
        resolver: &mut Resolver,
        source: Source<'_>,
        (object, cells): (Object, &[(usize, Cell)]),
    ) -> Result<Told> {
        let mut values = vec![Value::Null; object.fields().len()];
        // The deal first: a move of an unknown deal must not leave its stages behind.
        let first = object.position(subject_of(object));
        let (subjects, others): (Vec<_>, Vec<_>) = cells.iter().partition(|(at, _)| Some(*at) == first);
        for (at, cell) in subjects.into_iter().chain(others) {
            let Some(value) = resolver.value(writing, source, (object, *at), cell)? else { return Ok(Told::Early) };
            if let Some(cell) = values.get_mut(*at) {
                *cell = value;
            }
        }
        let known = |key: &str| object.position(key).and_then(|at| values.get(at)).and_then(Value::int);
        let (Some(subject), at) = (known(subject_of(object)).map(Id), known("at")) else { return Ok(Told::Nothing) };
        stay(writing, subject, object, &mut values)?;
        let to = object.position("to_stage").and_then(|at| values.get(at)).filter(|to| !to.is_null());
        let (Some(at), Some(to)) = (at, to) else { return Ok(Told::Nothing) };
        if !self.stored.entry(folded(to)).or_default().insert((subject, at)) {
            return Ok(Told::Known);
        }
        if object == Object::StageChange {
            self.news.insert(subject);
        }
        let id = writing.new_id();
        writing.insert(object, id, values)?;
        Ok(Told::New)
    }

    /// Lets what was told explain what exports have shown.
    pub fn settle(self, writing: &mut Writing<'_>, resolver: &Resolver) -> Result<()> {
        Books { writing, resolver }.settle_told(self.news)
    }
}

impl Filing<'_, '_> {
    /// What is known of the moves that a history file has rows of.
    pub(super) fn tales(&mut self) -> Result<Tales> {
        let mut kinds = vec![Object::StageChange, Object::LifecycleChange];
        kinds.retain(|object| self.sheet.rows.iter().any(|row| row.object == *object));
        Tales::load(self.writing, &kinds)
    }

    /// A row of a history file.
    pub(super) fn event(&mut self, row: &SheetRow, tales: &mut Tales) -> Result<Fate> {
        let source = Source::of(self.sheet);
        let nothing = || Fate::Rejected(Message::new("problem-no-move"));
        Ok(match tales.tell(self.writing, self.resolver, source, (row.object, &row.cells))? {
            Told::New => Fate::New,
            Told::Known => Fate::Unchanged,
            Told::Nothing => nothing(),
            Told::Early if !says_a_move(row) => nothing(),
            Told::Early => {
                self.report.waiting += 1;
                match tales.waiting.keep(self.writing, source.system, (row.object, words(row.object, &row.cells)))? {
                    true => Fate::New,
                    false => Fate::Unchanged,
                }
            }
        })
    }
}

/// Whether a row says whose it is, when, and to which stage or what else has changed.
fn says_a_move(row: &SheetRow) -> bool {
    let says = |key: &str| row.cells.iter().any(|(at, _)| Some(*at) == row.object.position(key));
    says(subject_of(row.object)) && says("at") && ["to_stage"].iter().chain(EDITS).any(|key| says(key))
}

/// What else than its stage changes on a deal.
const EDITS: &[&str] = &["amount", "close_date", "from_amount", "from_close_date"];

/// A change of amount or close date that names no stage happened in the one where the deal is: its history
/// would tell of a move.
fn stay(writing: &mut Writing<'_>, deal: Id, object: Object, values: &mut [Value]) -> Result<()> {
    let at = |key| object.position(key);
    let is_blank = |key| at(key).and_then(|at| values.get(at)).is_none_or(Value::is_null);
    if object != Object::StageChange || !is_blank("to_stage") {
        return Ok(());
    }
    let is_edit = EDITS.iter().any(|key| !is_blank(key));
    let Some(deal) = writing.row(Object::Opportunity, deal)? else { return Ok(()) };
    for key in ["to_stage", "from_stage"].into_iter().filter(|key| is_edit || *key == "to_stage") {
        if let Some(cell) = at(key).and_then(|at| values.get_mut(at)) {
            *cell = deal.get("stage").clone();
        }
    }
    Ok(())
}
