//! Stages of the pipeline: found by name, made when they are new, corrected when a file knows better.

use super::resolve::{Resolver, lower};
use super::{Result, stage_kinds};
use crate::domain::object::Object;
use crate::domain::stage::{Outcome, StageCatalog, StageKind};
use crate::domain::value::Id;
use crate::import::Sheet;
use crate::store::Writing;
use std::collections::{BTreeMap, HashMap};

/// The stages of the store and what is known of others.
pub(super) struct Stages {
    catalog: StageCatalog,
    /// By lower name; several names may stand for one.
    names: HashMap<String, Id>,
    kinds: BTreeMap<i64, StageKind>,
    /// What the files of this import say of stages, by lower name; `None` where they disagree.
    told: BTreeMap<String, Option<Outcome>>,
    /// Stages of this import that nobody knows, and that are taken as open.
    pub new: Vec<String>,
}

impl Stages {
    pub fn load(writing: &mut Writing<'_>, sheets: &[Sheet], catalog: StageCatalog) -> Result<Self> {
        let mut told: BTreeMap<String, Option<Outcome>> = BTreeMap::new();
        for (name, outcome) in sheets.iter().flat_map(|sheet| &sheet.stage_outcomes) {
            let known = told.entry(lower(name)).or_insert(Some(*outcome));
            *known = known.filter(|known| known == outcome);
        }
        let mut stages = Self { catalog, names: HashMap::new(), kinds: BTreeMap::new(), told, new: Vec::new() };
        stages.reload(writing)?;
        Ok(stages)
    }

    /// Reads the stages of the store; names that stood for one still do.
    pub fn reload(&mut self, writing: &mut Writing<'_>) -> Result<()> {
        let rows = writing.all_rows(Object::Stage)?;
        self.kinds = stage_kinds(&rows);
        self.names.extend(rows.iter().filter_map(|row| Some((lower(row.get("name").text()?), row.id))));
        Ok(())
    }

    /// Stages by id.
    pub fn kinds(&self) -> &BTreeMap<i64, StageKind> {
        &self.kinds
    }

    pub fn find(&self, name: &str) -> Option<Id> {
        self.names.get(&lower(name)).copied()
    }

    /// Lets a name stand for a stage, unless it stands for another.
    pub fn call(&mut self, name: &str, id: Id) {
        self.names.entry(lower(name)).or_insert(id);
    }

    /// A new stage: as the catalogue knows it, else as the file tells it, else open.
    pub fn add(&mut self, writing: &mut Writing<'_>, name: &str) -> Result<Id> {
        let told = self.told.get(&lower(name)).copied().flatten();
        let kind = match told {
            Some(outcome) if !self.catalog.knows(name) => StageKind::unknown(outcome),
            _ => self.catalog.kind_of(name),
        };
        if told.is_none() && !self.catalog.knows(name) {
            self.new.push(name.to_owned());
        }
        let id = writing.new_id();
        writing.insert(Object::Stage, id, vec![name.into(), kind.position.into(), kind.outcome.code().into()])?;
        self.names.insert(lower(name), id);
        self.kinds.insert(id.0, kind);
        Ok(id)
    }

    /// Closes stages of the store that were taken as open because nobody knew them, and returns their names.
    fn correct(&mut self, writing: &mut Writing<'_>) -> Result<Vec<String>> {
        let mut corrected = Vec::new();
        for row in writing.all_rows(Object::Stage)? {
            let Some(name) = row.get("name").text() else { continue };
            let told = self.told.get(&lower(name)).copied().flatten().filter(|outcome| !outcome.is_open());
            let is_open = Outcome::from_code(row.get("outcome").int().unwrap_or_default()).is_open();
            let Some(outcome) = told.filter(|_| is_open && !self.catalog.knows(name)) else { continue };
            let kind = StageKind::unknown(outcome);
            let changes = [("position", kind.position.into()), ("outcome", kind.outcome.code().into())];
            let changes = changes.map(|(key, value)| (Object::Stage.position(key).unwrap_or_default(), value));
            writing.update(Object::Stage, row.id, &changes, None)?;
            self.kinds.insert(row.id.0, kind);
            corrected.push(name.to_owned());
        }
        Ok(corrected)
    }
}

impl Resolver {
    /// Closes stages of the store that the files of this import tell to be won or lost.
    pub fn correct_stages(&mut self, writing: &mut Writing<'_>) -> Result<Vec<String>> {
        self.stages.correct(writing)
    }
}
