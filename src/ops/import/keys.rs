//! What outside systems call records: looked up in the file's own system first, then in the others, and kept as links.

use super::Result;
use super::resolve::Resolver;
use crate::domain::object::Object;
use crate::domain::time::Instant;
use crate::domain::value::{Id, Value};
use crate::import::{Sheet, is_guessable};
use crate::store::Writing;
use std::collections::{BTreeSet, HashMap};

/// How long an id is that no two systems give by chance.
const TELLING: usize = 8;

/// What is known of keys, by object, system and key.
pub(super) struct ByKey<T>(HashMap<Object, HashMap<String, HashMap<String, T>>>);

impl<T> Default for ByKey<T> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<T> ByKey<T> {
    pub(super) fn get(&self, system: &str, object: Object, key: &str) -> Option<&T> {
        self.0.get(&object)?.get(system)?.get(key)
    }

    pub(super) fn has(&self, system: &str, object: Object) -> bool {
        self.0.get(&object).and_then(|systems| systems.get(system)).is_some_and(|keys| !keys.is_empty())
    }

    /// All keys of one system, to be added to.
    pub(super) fn of(&mut self, system: &str, object: Object) -> &mut HashMap<String, T> {
        self.0.entry(object).or_default().entry(system.to_owned()).or_default()
    }

    /// What is known of all keys of all systems.
    pub(super) fn all(&mut self, object: Object) -> impl Iterator<Item = &mut T> {
        self.0.get_mut(&object).into_iter().flatten().flat_map(|(_, keys)| keys.values_mut())
    }

    /// What this key stands for in those systems.
    fn among<'k>(
        &'k self,
        object: Object,
        key: &'k str,
        systems: &'k impl Fn(&str) -> bool,
    ) -> impl Iterator<Item = &'k T> {
        let all = self.0.get(&object).into_iter().flatten();
        all.filter(|(system, _)| systems(system)).filter_map(|(_, keys)| keys.get(key))
    }
}

impl Resolver {
    pub(super) fn by_key(&self, system: &str, object: Object, text: &str) -> Option<Id> {
        let in_import = self.targets.get(system, object, text).map(|target| target.id);
        in_import.or_else(|| self.links.get(system, object, text).map(|link| link.record))
    }

    /// The record that other systems know by this id, when they all mean the same: the team may come from a
    /// spreadsheet and the deals from a CRM. A name that nobody is called by says more than a short id.
    pub(super) fn of_other_system(&self, system: &str, object: Object, id: &str, name: Option<&str>) -> Option<Id> {
        let is_told = name.is_none_or(|name| name == id) || is_telling(id);
        if object == Object::Stage || !is_told {
            return None;
        }
        self.elsewhere(object, id, |other| other != system)
    }

    /// The record of a row whose system is a guess, and which another guess has put under another system: next
    /// week's export may have other columns.
    pub(super) fn known_elsewhere(&self, sheet: &Sheet, object: Object, key: &str) -> Option<Id> {
        if !sheet.is_guessed || !is_telling(key) {
            return None;
        }
        self.elsewhere(object, key, |other| other != sheet.system && is_guessable(other))
    }

    fn elsewhere(&self, object: Object, text: &str, among: impl Fn(&str) -> bool) -> Option<Id> {
        let targets = self.targets.among(object, text, &among).map(|target| target.id);
        let found: BTreeSet<Id> =
            targets.chain(self.links.among(object, text, &among).map(|link| link.record)).collect();
        found.first().copied().filter(|_| found.len() == 1)
    }
}

/// Whether an id is hardly one of two systems by chance.
fn is_telling(id: &str) -> bool {
    id.chars().nth(TELLING - 1).is_some()
}

/// A link that is about to be made.
pub(super) struct NewLink<'l> {
    pub record: Id,
    pub object: Object,
    pub system: &'l str,
    pub external_id: &'l str,
    /// `None` where the record was only named.
    pub row_hash: Option<i64>,
    pub exported_at: Instant,
    /// Fields whose values are older than the export, as the store keeps them.
    pub older: Value,
    /// References to records that have not come yet, as the store keeps them.
    pub awaits: Value,
}

impl<'l> NewLink<'l> {
    /// A link to a record that was only named.
    pub const fn named(
        record: Id,
        object: Object,
        system: &'l str,
        external_id: &'l str,
        exported_at: Instant,
    ) -> Self {
        Self {
            record,
            object,
            system,
            external_id,
            row_hash: None,
            exported_at,
            older: Value::Null,
            awaits: Value::Null,
        }
    }

    pub fn insert(self, writing: &mut Writing<'_>) -> Result<Id> {
        let id = writing.new_id();
        let values = vec![
            self.record.into(),
            self.object.code().into(),
            self.system.into(),
            self.external_id.into(),
            self.row_hash.into(),
            self.exported_at.0.into(),
            self.older,
            self.awaits,
        ];
        writing.insert(Object::Link, id, values)?;
        Ok(id)
    }
}
