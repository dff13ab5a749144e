//! Moves of deals and people that have not come yet: kept as they were told, and told again when they come.

use super::history::{Tales, Told, subject_of};
use super::{Resolver, Result};
use crate::domain::object::Object;
use crate::domain::time::Instant;
use crate::domain::value::Value;
use crate::import::Cell;
use crate::ops::import::resolve::{Source, referred};
use crate::store::{EarlyMove, Writing};
use serde_json::{Map, json};
use std::collections::{HashMap, HashSet};

/// What waits already, of the systems that this import has early moves of.
#[derive(Default)]
pub(super) struct Waiting(HashMap<String, HashSet<String>>);

impl Waiting {
    /// Keeps a move, and says whether it is new.
    pub fn keep(
        &mut self,
        writing: &mut Writing<'_>,
        system: &str,
        (object, (subject, told)): (Object, (String, String)),
    ) -> Result<bool> {
        if !self.0.contains_key(system) {
            self.0.insert(system.to_owned(), writing.early_words(system)?);
        }
        let is_new = self.0.entry(system.to_owned()).or_default().insert(format!("{} {told}", object.code()));
        if is_new {
            let id = writing.new_id();
            let values = vec![object.code().into(), system.into(), subject.into(), told.into()];
            writing.insert(Object::WaitingMove, id, values)?;
        }
        Ok(is_new)
    }
}

/// Whose a move is and all that it says, as the store keeps it.
pub(super) fn words(object: Object, cells: &[(usize, Cell)]) -> (String, String) {
    let (mut subject, mut told) = (String::new(), Map::new());
    for (at, cell) in cells {
        let Some(field) = object.fields().get(*at) else { continue };
        let word = match cell {
            Cell::Value(Value::Null) => continue,
            Cell::Value(Value::Int(number)) => json!(number),
            Cell::Value(Value::Text(text)) => json!(text),
            Cell::Named { id, name } => {
                if field.key == subject_of(object) {
                    subject = id.as_ref().or(name.as_ref()).cloned().unwrap_or_default();
                }
                json!([id, name])
            }
        };
        told.insert(field.key.to_owned(), word);
    }
    (subject, serde_json::Value::Object(told).to_string())
}

/// Reads what [`words`] wrote; anything else is nothing.
fn cells(object: Object, told: &str) -> Vec<(usize, Cell)> {
    let told: Map<String, serde_json::Value> = serde_json::from_str(told).unwrap_or_default();
    let text = |word: &serde_json::Value| word.as_str().map(str::to_owned);
    let cell = |word: &serde_json::Value| match word {
        serde_json::Value::Array(names) => {
            let [id, name] = [0, 1].map(|at| names.get(at).and_then(text));
            Cell::Named { id, name }
        }
        word => Cell::Value(word.as_i64().map_or_else(|| text(word).into(), Value::Int)),
    };
    told.iter().filter_map(|(key, word)| Some((object.position(key)?, cell(word)))).collect()
}

/// Tells the moves whose deals and people have come, and returns how many.
pub(super) fn settle(writing: &mut Writing<'_>, resolver: &mut Resolver) -> Result<u64> {
    let mut arrived: Vec<EarlyMove> = Vec::new();
    for (object, system, subject) in writing.early_subjects()? {
        let at = object.position(subject_of(object));
        let Some(other) = at.and_then(|at| referred(object, at)) else { continue };
        let found = resolver.by_key(&system, other, &subject);
        if found.or_else(|| resolver.of_other_system(&system, other, &subject, None)).is_some() {
            arrived.extend(writing.early_moves(object, &system, &subject)?);
        }
    }
    if arrived.is_empty() {
        return Ok(0);
    }
    // In the order in which they were told, whosever they are.
    arrived.sort_by_key(|early| early.id);
    let mut tales = Tales::load(writing, &[Object::StageChange, Object::LifecycleChange])?;
    let mut settled = 0;
    for EarlyMove { id, object, system, told } in &arrived {
        let source = Source { system, exported_at: Instant(0), object: Object::StageChange };
        let told = tales.tell(writing, resolver, source, (*object, &cells(*object, told)))?;
        if !matches!(told, Told::Early) {
            settled += 1;
            writing.delete(Object::WaitingMove, *id)?;
        }
    }
    tales.settle(writing, resolver)?;
    Ok(settled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_move_is_read_as_it_was_told() {
        let object = Object::StageChange;
        let at = |key| object.position(key).unwrap();
        let named = |id: Option<&str>, name: Option<&str>| Cell::Named {
            id: id.map(str::to_owned),
            name: name.map(str::to_owned),
        };
        let told = vec![
            (at("opportunity"), named(Some("D-1"), None)),
            (at("to_stage"), named(None, Some("方案报价"))),
            (at("at"), Cell::Value(1_767_225_600_000.into())),
            (at("actor"), Cell::Value("17".into())),
        ];
        let (subject, text) = words(object, &told);
        assert_eq!(subject, "D-1");
        let mut read = cells(object, &text);
        read.sort();
        let mut told = told;
        told.sort();
        assert_eq!(read, told);
        assert!(cells(object, "no json").is_empty());
    }
}
