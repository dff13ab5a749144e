//! Cells as text, and rows with a digest of what they say.

use super::table::Place;
use super::{Cell, SheetRow};
use crate::domain::object::Object;
use crate::domain::value::Value;
use std::collections::BTreeMap;
use std::fmt::Write as _;
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
    let mut text = String::with_capacity(256);
    text.push_str(&key);
    for (at, cell) in &cells {
        text.push('\u{1f}');
        number(&mut text, *at);
        match cell {
            Cell::Value(Value::Null) => text.push('0'),
            Cell::Value(Value::Int(n)) => {
                text.push('1');
                number(&mut text, n);
            }
            Cell::Value(Value::Text(said)) => text.extend(["2", said]),
            Cell::Named { id, name } => {
                text.extend(["3", id.as_ref().or(name.as_ref()).map_or("", String::as_str)]);
                text.extend(name.iter().flat_map(|name| ["\u{1e}", name]));
            }
        }
    }
    let hash = xxh3_64(text.as_bytes()).cast_signed();
    SheetRow { line: place.line, key, id: None, hash, object, cells: cells.into_iter().collect(), offset: place.offset }
}

fn number(text: &mut String, number: impl std::fmt::Display) {
    // Writing into memory cannot fail.
    let _ = write!(text, "{number}");
}
