//! Records that are known by a chosen key: a field that a mapping names instead of an id. Whichever file comes first,
//! the others find its records by what stands in that field.

use super::Result;
use super::resolve::lower;
use crate::domain::object::Object;
use crate::domain::value::{Id, Value};
use crate::import::{Cell, Sheet, SheetRow};
use crate::store::Writing;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// The chosen keys of the store and of an import, of the kinds of records that the import brings.
#[derive(Default)]
pub(super) struct Chosen {
    fields: BTreeMap<Object, BTreeMap<&'static str, Field>>,
    /// The records that each system knows, of the kinds that have a chosen key.
    known: HashMap<Object, HashMap<String, HashSet<Id>>>,
}

/// A field that was chosen as the key of one kind of record.
#[derive(Default)]
struct Field {
    /// The systems whose files are matched by it.
    systems: BTreeSet<String>,
    /// The oldest record with each value.
    records: HashMap<String, Id>,
}

impl Chosen {
    pub fn load(writing: &mut Writing<'_>, sheets: &[Sheet]) -> Result<Self> {
        let mut chosen = Self::default();
        let brought: BTreeSet<Object> = sheets.iter().map(|sheet| sheet.as_object.object()).collect();
        let of_sheet = |sheet: &Sheet| Some((sheet.as_object.object(), sheet.match_on?, sheet.system.clone()));
        let all = writing.chosen_keys()?.into_iter().chain(sheets.iter().filter_map(of_sheet));
        for (object, field, system) in all.filter(|(object, ..)| brought.contains(object)) {
            chosen.fields.entry(object).or_default().entry(field).or_default().systems.insert(system);
        }
        for (object, fields) in &mut chosen.fields {
            for (name, field) in fields {
                for (value, id) in writing.by_field(*object, name)? {
                    let oldest = field.records.entry(lower(&value)).or_insert(id);
                    *oldest = id.min(*oldest);
                }
            }
            chosen.known.insert(*object, writing.records_of_systems(*object)?);
        }
        Ok(chosen)
    }

    /// The record of a row by a chosen key: that of its own file, or that of a file of another system which knows the
    /// record and from which the row's own system does not know it yet.
    pub fn find(&self, sheet: &Sheet, row: &SheetRow) -> Option<Id> {
        let fields = self.fields.get(&row.object)?;
        if let Some(field) = sheet.match_on.and_then(|name| fields.get(name)) {
            return field.records.get(&lower(&row.key)).copied();
        }
        let known = self.known.get(&row.object)?;
        let knows = |system: &str, id: &Id| known.get(system).is_some_and(|ids| ids.contains(id));
        fields.iter().find_map(|(name, field)| {
            let id = field.records.get(&lower(value(row, name)?)).filter(|id| !knows(&sheet.system, id))?;
            field.systems.iter().any(|system| *system != sheet.system && knows(system, id)).then_some(*id)
        })
    }

    /// Notes the record of a row.
    pub fn meet(&mut self, sheet: &Sheet, row: &SheetRow, id: Id) {
        let Some(fields) = self.fields.get_mut(&row.object) else { return };
        for (name, field) in fields {
            let key = (sheet.match_on == Some(*name)).then_some(row.key.as_str());
            if let Some(value) = value(row, name).or(key) {
                field.records.entry(lower(value)).or_insert(id);
            }
        }
        self.known.entry(row.object).or_default().entry(sheet.system.clone()).or_default().insert(id);
    }
}

fn value<'r>(row: &'r SheetRow, field: &str) -> Option<&'r str> {
    let at = row.object.position(field);
    let cell = row.cells.iter().find(|(field, _)| Some(*field) == at);
    match cell {
        Some((_, Cell::Value(Value::Text(text)))) => Some(text),
        _ => None,
    }
}
