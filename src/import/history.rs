//! Rows of a stage history: whose move each tells, and what tells it from the others.

use super::digest::spelled;
use super::settle::subject_of;
use super::{Cell, ids};
use crate::domain::message::Message;
use crate::domain::object::{Kind, Object};
use std::collections::BTreeMap;

/// What a row becomes whose folded `object` column says this; `None` for a move of anything else.
/// A history without that column is about deals.
pub(super) fn object_of(word: &str) -> Option<Object> {
    if word.is_empty() {
        return Some(Object::StageChange);
    }
    match subject_of(word)? {
        Object::Opportunity => Some(Object::StageChange),
        Object::Person => Some(Object::LifecycleChange),
        _ => None,
    }
}

/// The cells of a move, which were read as those of a deal, as those of a person's: the record is one of
/// another kind, the stages are words, and amount and close date have no place.
pub(super) fn of_person(cells: BTreeMap<usize, Cell>) -> BTreeMap<usize, Cell> {
    let (read, object) = (Object::StageChange, Object::LifecycleChange);
    let moved = cells.into_iter().filter_map(|(at, cell)| {
        let key = match read.fields().get(at)?.key {
            "opportunity" => "person",
            key => key,
        };
        let at = object.position(key)?;
        let cell = match (object.fields().get(at)?.kind, cell) {
            (Kind::Text, Cell::Named { id, name }) => Cell::Value(name.or(id).into()),
            (Kind::Reference(other), Cell::Named { id, name }) => {
                Cell::Named { id: id.map(|id| ids::full_id(other, &id)), name }
            }
            (_, cell) => cell,
        };
        Some((at, cell))
    });
    moved.collect()
}

/// Everything that a row of a field history tells: several may be of one moment, and say nothing of the stage.
pub(super) fn edit_key(cells: &BTreeMap<usize, Cell>) -> Result<String, Message> {
    let part = |key: &str| Object::StageChange.position(key).and_then(|at| cells.get(&at)).map(spelled);
    let who = part("opportunity").ok_or_else(|| Message::new("problem-no-key"))?;
    let at = part("at").ok_or_else(|| Message::new("problem-no-move"))?;
    let told = ["to_stage", "amount", "close_date", "from_amount", "from_close_date"];
    let parts = told.iter().map(|key| part(key).unwrap_or_default());
    Ok([who, at].into_iter().chain(parts).collect::<Vec<_>>().join("|"))
}

/// Record, time and stage of a move, or what is wrong when one of them is blank.
pub(super) fn key(object: Object, cells: &BTreeMap<usize, Cell>) -> Result<String, Message> {
    let part = |key| object.position(key).and_then(|at| cells.get(&at)).map(spelled);
    // A deal and a person may be called the same.
    let who = part("opportunity").or_else(|| part("person").map(|id| format!("person {id}")));
    let who = who.ok_or_else(|| Message::new("problem-no-key"))?;
    let (Some(at), Some(stage)) = (part("at"), part("to_stage")) else {
        return Err(Message::new("problem-no-move"));
    };
    Ok([who, at, stage].join("|"))
}
