//! Conflicts of a store: what systems say beside the values that stand.

use super::ssot::Rules;
use super::{Reader, Result};
use crate::domain::conflict::{Conflict, conflicts};
use crate::domain::object::{Kind, Object, Row};
use crate::domain::reconcile::Record;
use crate::domain::value::{Id, Value};
use crate::store::Precedence;
use std::collections::{BTreeMap, BTreeSet};

/// How many records are looked at at once.
const TOGETHER: usize = 500;

/// Conflicts of a record, and the system whose word stands on each field.
pub(super) type Words = (Vec<Conflict>, BTreeMap<&'static str, Option<String>>);

/// A record on which systems contradict each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contested {
    /// The record.
    pub row: Row,
    /// What each system calls it.
    pub called: Vec<(String, String)>,
    /// The fields, with what each system says.
    pub conflicts: Vec<Conflict>,
}

/// Who decides, and who is there to decide.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Standings {
    /// The systems that decide.
    pub precedence: Vec<Precedence>,
    /// How many records of each object every system knows.
    pub systems: BTreeMap<Object, BTreeMap<String, u64>>,
}

impl Reader {
    /// Every record on which systems contradict each other, and the names of the records that they speak of.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn conflicts(&mut self) -> Result<(Vec<Contested>, BTreeMap<Id, String>)> {
        let rules = Rules::of(&self.store.precedence()?, self.store.decisions()?);
        let mut found = Vec::new();
        let mut names = BTreeMap::new();
        for (object, records) in self.store.contradicted()? {
            let records: Vec<Id> = records.into_iter().collect();
            for chunk in records.chunks(TOGETHER) {
                let first = found.len();
                let mut known = self.store.known_of(chunk)?;
                for row in self.store.rows(object, chunk)? {
                    let known = known.remove(&row.id).unwrap_or_default();
                    let nothing = Default::default();
                    let decided = rules.decided.get(&row.id).unwrap_or(&nothing);
                    let record = Record { object, values: &row.values, known: &known, decided };
                    let mut conflicts = conflicts(&record, rules.policy(object));
                    conflicts.retain(Conflict::is_between_systems);
                    let called = known.iter().map(|known| (known.system.clone(), known.external_id.clone())).collect();
                    if !conflicts.is_empty() {
                        found.push(Contested { row, called, conflicts });
                    }
                }
                let all: Vec<Conflict> =
                    found.iter().skip(first).flat_map(|contested: &Contested| contested.conflicts.clone()).collect();
                names.extend(self.names_in(&all)?);
            }
        }
        Ok((found, names))
    }

    /// Where somebody says something else about a record than what stands: systems, or a user; and the system whose
    /// word stands on each field, `None` where a user decided.
    pub(super) fn conflicts_of(&mut self, row: &Row) -> Result<Words> {
        let known = self.store.known_of(&[row.id])?.remove(&row.id).unwrap_or_default();
        if known.iter().all(|known| known.said.is_empty()) {
            return Ok(Words::default());
        }
        let rules = Rules::of(&self.store.precedence()?, BTreeMap::new());
        let decided = self.store.decisions_about(row.id)?;
        let record = Record { object: row.object, values: &row.values, known: &known, decided: &decided };
        let policy = rules.policy(row.object);
        let fields = row.object.fields().iter().enumerate();
        let sources = fields.filter_map(|(at, field)| {
            let stands = record.stands(at, policy)?;
            Some((field.key, stands.system.map(str::to_owned)))
        });
        Ok((conflicts(&record, policy), sources.collect()))
    }

    /// What the records are called that conflicts speak of.
    pub(super) fn names_in(&mut self, conflicts: &[Conflict]) -> Result<BTreeMap<Id, String>> {
        let mut wanted: BTreeMap<Object, BTreeSet<Id>> = BTreeMap::new();
        for conflict in conflicts {
            let Kind::Reference(object) = conflict.field.kind else { continue };
            let values = conflict.voices.iter().map(|voice| &voice.value).chain([&conflict.value]);
            wanted.entry(object).or_default().extend(values.filter_map(Value::int).map(Id));
        }
        self.names_of(wanted)
    }

    /// Who decides, and who is there to decide.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn standings(&mut self) -> Result<Standings> {
        Ok(Standings { precedence: self.store.precedence()?, systems: self.store.systems()? })
    }
}
