//! Cells as text, and rows with a digest of what they say.

use super::table::Place;
use super::{Cell, SheetRow};
use crate::domain::object::Object;
use crate::domain::value::Value;
use std::collections::BTreeMap;
use xxhash_rust::xxh3::xxh3_64;

/// A Han name is written last name first, without a space.
pub(super) fn full_name(first: Option<String>, last: Option<String>) -> Option<String> {
    let is_han = |text: &str| text.chars().any(|c| matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{323af}'));
    match (first, last) {
        (Some(first), Some(last)) if is_han(&first) && is_han(&last) => Some(format!("{last}{first}")),
        (Some(first), Some(last)) => Some(format!("{first} {last}")),
        (one, other) => one.or(other),
    }
}

/// A cell as text.
pub(super) fn spelled(cell: &Cell) -> String {
    match cell {
        Cell::Value(Value::Null) => String::new(),
        Cell::Value(Value::Int(n)) => n.to_string(),
        Cell::Value(Value::Text(text)) => text.clone(),
        Cell::Named { id, name } => id.as_ref().or(name.as_ref()).cloned().unwrap_or_default(),
    }
}

/// A row with its digest, which depends on what it says and not on how the file writes it.
pub(super) fn row(key: String, place: Place, object: Object, cells: BTreeMap<usize, Cell>) -> SheetRow {
    let mut text = key.clone();
    for (at, cell) in &cells {
        let kind = match cell {
            Cell::Value(Value::Null) => '0',
            Cell::Value(Value::Int(_)) => '1',
            Cell::Value(Value::Text(_)) => '2',
            Cell::Named { .. } => '3',
        };
        text.push_str(&format!("\u{1f}{at}{kind}{}", spelled(cell)));
        if let Cell::Named { name: Some(name), .. } = cell {
            text.push_str(&format!("\u{1e}{name}"));
        }
    }
    let hash = xxh3_64(text.as_bytes()).cast_signed();
    SheetRow { line: place.line, key, id: None, hash, object, cells: cells.into_iter().collect(), offset: place.offset }
}
