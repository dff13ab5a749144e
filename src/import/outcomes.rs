//! What a file says of whether deals are decided: it tells of stages that no catalogue knows which are won or lost.

use super::Cell;
use super::codes;
use super::mapping::Mapping;
use super::numbers::flag;
use crate::domain::intake::{As, Decided, Target};
use crate::domain::object::Object;
use crate::domain::stage::{Outcome, StageCatalog};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The columns that say it.
#[derive(Debug, Clone, Copy, Default)]
struct Columns {
    closed: Option<usize>,
    won: Option<usize>,
    lost: Option<usize>,
    word: Option<usize>,
}

/// What records say of their stages.
pub(super) struct Outcomes {
    columns: Columns,
    is_of_stages: bool,
    catalog: Option<StageCatalog>,
}

/// What one record says.
pub(super) enum Said {
    /// Its stage is open, won or lost.
    Told(String, Outcome),
    /// It is no longer in this stage: a word like `赢单` has taken its place.
    Replaced(String),
    /// A word of which nobody knows what it means.
    Unknown(String),
}

/// The stages whose records all say the same.
#[derive(Default)]
pub(super) struct Agreed(BTreeMap<String, Option<Outcome>>);

impl Agreed {
    /// Takes in what a record says of its stage.
    pub(super) fn hear(&mut self, (stage, outcome): (String, Outcome)) {
        let known = self.0.entry(stage).or_insert(Some(outcome));
        *known = known.filter(|known| *known == outcome);
    }

    /// Those stages, and what they are.
    pub(super) fn stages(self) -> BTreeMap<String, Outcome> {
        self.0.into_iter().filter_map(|(stage, outcome)| Some((stage, outcome?))).collect()
    }
}

type CellsAt = BTreeMap<usize, Cell>;

impl Outcomes {
    pub(super) fn new(mapping: &Mapping) -> Self {
        let at = |decided| mapping.targets.iter().position(|target| *target == Target::Decided(decided));
        let columns = Columns {
            closed: at(Decided::Closed),
            won: at(Decided::Won),
            lost: at(Decided::Lost),
            word: at(Decided::Word),
        };
        let is_of_stages = mapping.object == As::Stages;
        Self { columns, is_of_stages, catalog: StageCatalog::shipped().ok() }
    }

    /// What a record says of its deal's stage.
    pub(super) fn take<'t>(&self, text: impl Fn(usize) -> Cow<'t, str>, cells: &mut CellsAt) -> Option<Said> {
        if self.is_of_stages {
            self.settle_stage(&text, cells);
            return None;
        }
        let at = Object::Opportunity.position("stage")?;
        let Some(Cell::Named { id, name }) = cells.get(&at) else { return None };
        let stage = name.as_ref().or(id.as_ref())?;
        let word = self.columns.word.map(&text).unwrap_or_default();
        if let Some(outcome) = outcome_of(&word) {
            let stage = stage.clone();
            return self.decided_by_word(stage, outcome, &word, cells).map(Said::Replaced);
        }
        let unknown = (!word.is_empty()).then(|| Said::Unknown(word.into_owned()));
        self.flagged(&text).map(|outcome| Said::Told(stage.clone(), outcome)).or(unknown)
    }

    /// The outcome of a stage in a file of stages, unless a column of its own tells it.
    fn settle_stage<'t>(&self, text: &impl Fn(usize) -> Cow<'t, str>, cells: &mut CellsAt) {
        let at = Object::Stage.position("outcome").filter(|at| !cells.contains_key(at));
        if let Some((at, outcome)) = at.zip(self.flagged(text)) {
            cells.insert(at, Cell::Value(outcome.code().into()));
        }
    }

    /// A deal that a word says is won or lost stays in no open stage.
    fn decided_by_word(&self, stage: String, outcome: Outcome, word: &str, cells: &mut CellsAt) -> Option<String> {
        let catalog = self.catalog.as_ref()?;
        if outcome.is_open() || catalog.kind_of(&stage).outcome == outcome {
            return None;
        }
        let plain = if outcome == Outcome::Won { "Closed Won" } else { "Closed Lost" };
        let name = if catalog.knows(word) { word } else { plain };
        let at = Object::Opportunity.position("stage")?;
        cells.insert(at, Cell::Named { id: None, name: Some(name.to_owned()) });
        Some(stage)
    }

    fn flagged<'t>(&self, text: &impl Fn(usize) -> Cow<'t, str>) -> Option<Outcome> {
        let [closed, won, lost] = [self.columns.closed, self.columns.won, self.columns.lost]
            .map(|column| column.and_then(|at| flag(&text(at))));
        match (closed, won, lost) {
            (_, Some(true), _) => Some(Outcome::Won),
            (_, _, Some(true)) | (Some(true), Some(false), None) => Some(Outcome::Lost),
            (Some(false), ..) | (None, Some(false), Some(false)) => Some(Outcome::Open),
            _ => None,
        }
    }
}

fn outcome_of(word: &str) -> Option<Outcome> {
    codes::code_of(Object::Stage, "outcome", word).map(Outcome::from_code)
}
