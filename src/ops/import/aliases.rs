//! Other names of records, as the user tells them: what was only known by such a name becomes part of the record.

use super::Result;
use super::keys::NewLink;
use super::resolve::{Resolver, lower};
use crate::domain::object::Object;
use crate::domain::time::Instant;
use crate::domain::value::Id;
use crate::import::Sheet;
use crate::store::{KnownLink, Writing};
use std::collections::BTreeSet;

/// What came of the other names of an import.
#[derive(Debug, Default)]
pub(super) struct Learnt {
    /// How many were learnt.
    pub names: u64,
    /// Records that were known by such a name alone, and those that they become part of.
    parts: Vec<(Object, Id, Id)>,
}

impl Learnt {
    /// Joins the records once those of this import are written, and returns how many references moved.
    pub fn join(&self, writing: &mut Writing<'_>) -> Result<u64> {
        let mut moved = 0;
        for (object, part, whole) in &self.parts {
            moved += writing.merge(*object, *part, *whole)?;
        }
        Ok(moved)
    }
}

impl Resolver {
    /// Makes `from` another name of the record that is called `to`, in every system of this import. A name that
    /// belongs to a described record stays with it.
    pub fn take_aliases(
        &mut self,
        writing: &mut Writing<'_>,
        sheets: &[Sheet],
        aliases: &[(Object, &str, &str)],
    ) -> Result<Learnt> {
        let mut learnt = Learnt::default();
        let systems: BTreeSet<(&str, Instant)> =
            sheets.iter().map(|sheet| (sheet.system.as_str(), sheet.exported_at)).collect();
        for &(object, from, to) in aliases {
            let Some(&record) = self.names.get(&object).and_then(|names| names.get(&lower(to))) else {
                self.refused.push((object, from.to_owned(), to.to_owned()));
                continue;
            };
            for stub in self.stubs(&systems, object, from, record) {
                learnt.names += 1;
                learnt.parts.push((object, stub, record));
                self.joined(object, stub, record);
            }
            for &(system, at) in &systems {
                let links = self.links.of(system, object);
                match links.get(from) {
                    Some(known) if known.record == record => {}
                    Some(_) => self.refused.push((object, from.to_owned(), to.to_owned())),
                    None => {
                        learnt.names += 1;
                        let link = NewLink::named(record, object, system, from, at).insert(writing)?;
                        let known = KnownLink { link, record, row_hash: None, exported_at: at, awaits: false };
                        links.insert(from.to_owned(), known);
                    }
                }
            }
        }
        Ok(learnt)
    }

    /// The records other than `record` that are known by this name alone, and about which no user decided anything.
    fn stubs(&self, systems: &BTreeSet<(&str, Instant)>, object: Object, name: &str, record: Id) -> BTreeSet<Id> {
        let called = self.names.get(&object).and_then(|names| names.get(&lower(name))).copied();
        let keyed = systems.iter().filter_map(|(system, _)| self.links.get(system, object, name));
        let is_stub = |id: &Id| self.named_only.get(&object).is_some_and(|stubs| stubs.contains_key(id));
        let found = called.into_iter().chain(keyed.map(|known| known.record));
        found.filter(|id| *id != record && is_stub(id) && self.decided(*id).is_none()).collect()
    }

    /// Knows by all names of `from` the record that it has become part of.
    fn joined(&mut self, object: Object, from: Id, into: Id) {
        let links = self.links.all(object).filter(|known| known.record == from);
        links.for_each(|known| known.record = into);
        let names = self.names.entry(object).or_default().values_mut();
        names.filter(|id| **id == from).for_each(|id| *id = into);
        self.named_only.entry(object).or_default().remove(&from);
    }

    /// Aliases that could not be learnt: their known name is unknown, or the other belongs to a record.
    pub fn refused(&self) -> Vec<String> {
        self.refused.iter().map(|(object, from, to)| format!("{}:{from}={to}", object.key())).collect()
    }
}
