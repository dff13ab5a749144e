//! Records of files without ids: known by their names, also to files that have ids, in whatever order they come.

use super::Result;
use super::resolve::{Resolver, lower};
use crate::domain::object::Object;
use crate::domain::value::Id;
use crate::import::{Sheet, SheetRow, names};
use crate::store::Writing;
use std::collections::{BTreeSet, HashMap, HashSet};

/// What a system's records go by, for the files of this import that have no ids.
#[derive(Default)]
pub(super) struct Namesakes {
    known: HashMap<(String, Object), HashMap<String, BTreeSet<Id>>>,
    /// Records that were only known by name and have an id now.
    claimed: BTreeSet<Id>,
    /// Names by which a record was known and that several records with ids have now.
    crowded: BTreeSet<String>,
}

impl Namesakes {
    pub fn load(writing: &mut Writing<'_>, sheets: &[Sheet]) -> Result<Self> {
        let mut namesakes = Self::default();
        for sheet in sheets.iter().filter(|sheet| sheet.lacks_ids.is_some()) {
            let object = sheet.as_object.object();
            let known = namesakes.known.entry((sheet.system.clone(), object)).or_default();
            for (id, said) in writing.said_names(&sheet.system, object)? {
                for name in names(object, |field| said.get(field).cloned()) {
                    known.entry(lower(&name)).or_default().insert(id);
                }
            }
        }
        Ok(namesakes)
    }

    fn of(&self, sheet: &Sheet, row: &SheetRow) -> Option<&BTreeSet<Id>> {
        let known = self.known.get(&(sheet.system.clone(), row.object)).filter(|_| sheet.lacks_ids.is_some())?;
        known.get(&lower(&row.key))
    }

    /// Whether a row has no id and several records go by its name.
    pub fn are_several(&self, sheet: &Sheet, row: &SheetRow) -> bool {
        self.of(sheet, row).is_some_and(|ids| ids.len() > 1)
    }

    /// The names by which records were known and that several with ids have now, as people may see them.
    pub fn told(&self) -> Vec<String> {
        let shown = |name: &String| name.split('|').filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
        self.crowded.iter().map(shown).collect()
    }

    /// Notes what a record of this import goes by.
    pub fn meet(&mut self, sheet: &Sheet, row: &SheetRow, id: Id) {
        if let Some(known) = self.known.get_mut(&(sheet.system.clone(), row.object)) {
            for name in row.names() {
                known.entry(lower(&name)).or_default().insert(id);
            }
        }
    }
}

impl Resolver {
    /// The names that several rows with ids of a file go by: a record that is known by such a name alone may be any of
    /// theirs. People share addresses, and are one person each.
    pub(super) fn crowded(&self, sheet: &Sheet) -> HashSet<String> {
        let object = sheet.as_object.object();
        let is_asked = sheet.lacks_ids.is_none() && self.links.has(&sheet.system, object);
        if !is_asked || !matches!(object, Object::Opportunity | Object::Account) {
            return HashSet::new();
        }
        let mut once = HashSet::new();
        let names = sheet.rows.iter().flat_map(SheetRow::names).map(|name| lower(&name));
        names.filter(|name| !once.insert(name.clone())).collect()
    }

    /// The record of a row without an id that the same system has given one; of a row with an id the one that
    /// an earlier file knew by name.
    pub(super) fn namesake(
        &mut self,
        writing: &mut Writing<'_>,
        sheet: &Sheet,
        row: &SheetRow,
        crowded: &HashSet<String>,
    ) -> Result<Option<Id>> {
        if let Some(ids) = self.namesakes.of(sheet, row) {
            return Ok(ids.first().copied().filter(|_| ids.len() == 1));
        }
        let is_first = !self.links.has(&sheet.system, row.object);
        if is_first && !self.namesakes.known.contains_key(&(sheet.system.clone(), row.object)) {
            return Ok(None);
        }
        let names = row.names();
        for name in names.iter().filter(|name| **name != row.key) {
            let Some(id) = self.by_key(&sheet.system, row.object, name) else { continue };
            let has_id = writing.keys(id, &sheet.system)?.iter().any(|key| !names.contains(key));
            if has_id {
                continue;
            }
            if crowded.contains(&lower(name)) {
                self.namesakes.crowded.insert(name.clone());
            } else if self.namesakes.claimed.insert(id) {
                return Ok(Some(id));
            }
        }
        Ok(None)
    }
}
