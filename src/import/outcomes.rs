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

/// What has been said of the stages so far.
pub(super) struct Outcomes {
    columns: Columns,
    is_of_stages: bool,
    catalog: Option<StageCatalog>,
    /// `None` where records of one stage disagree.
    stages: BTreeMap<String, Option<Outcome>>,
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
        Self { columns, is_of_stages, catalog: StageCatalog::shipped().ok(), stages: BTreeMap::new() }
    }

    /// The stages whose records all say the same.
    pub(super) fn agreed(self) -> BTreeMap<String, Outcome> {
        self.stages.into_iter().filter_map(|(stage, outcome)| Some((stage, outcome?))).collect()
    }

    /// Takes in what a record says; returns the stage that a word like `赢单` has taken the place of.
    pub(super) fn take<'t>(&mut self, text: impl Fn(usize) -> Cow<'t, str>, cells: &mut CellsAt) -> Option<String> {
        if self.is_of_stages {
            self.settle_stage(&text, cells);
            return None;
        }
        let at = Object::Opportunity.position("stage")?;
        let Some(Cell::Named { id, name }) = cells.get(&at) else { return None };
        let stage = name.as_ref().or(id.as_ref())?.clone();
        let word = self.columns.word.map(&text).unwrap_or_default();
        if let Some(outcome) = outcome_of(&word) {
            return self.decided_by_word(stage, outcome, &word, cells);
        }
        if let Some(outcome) = self.flagged(&text) {
            let known = self.stages.entry(stage).or_insert(Some(outcome));
            *known = known.filter(|known| *known == outcome);
        }
        None
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
