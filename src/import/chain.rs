//! Histories that tell each change by itself: what came before it follows from the others.

use super::digest::spelled;
use super::{Cell, SheetRow};
use crate::domain::object::Object;
use crate::domain::value::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The rows of one record, oldest first: places in the sheet.
type Line = Vec<usize>;

fn lines(rows: &[SheetRow]) -> Vec<Line> {
    let mut lines: BTreeMap<(Object, String), Line> = BTreeMap::new();
    for (place, row) in rows.iter().enumerate() {
        let subject = if row.object == Object::LifecycleChange { "person" } else { "opportunity" };
        let who = cell(row, subject).map(spelled).unwrap_or_default();
        lines.entry((row.object, who)).or_default().push(place);
    }
    let mut lines: Vec<Line> = lines.into_values().collect();
    for line in &mut lines {
        line.sort_by_key(|place| rows.get(*place).and_then(instant));
    }
    lines
}

fn cell<'r>(row: &'r SheetRow, key: &str) -> Option<&'r Cell> {
    let at = row.object.position(key)?;
    row.cells.iter().find(|(field, _)| *field == at).map(|(_, cell)| cell)
}

fn instant(row: &SheetRow) -> Option<i64> {
    match cell(row, "at")? {
        Cell::Value(Value::Int(ms)) => Some(*ms),
        _ => None,
    }
}

/// Puts a cell where the row has none.
fn put(row: &mut SheetRow, key: &str, cell: Option<Cell>) {
    let Some((at, cell)) = row.object.position(key).zip(cell) else { return };
    if row.cells.iter().all(|(field, _)| *field != at) {
        row.cells.push((at, cell));
        row.cells.sort_by_key(|(field, _)| *field);
    }
}

/// Where no column tells what came before: the row before it, by time.
pub(super) fn follow(rows: &mut [SheetRow]) {
    for line in lines(rows) {
        for pair in line.windows(2) {
            let &[before, after] = pair else { continue };
            let told = |key| rows.get(before).and_then(|row| cell(row, key)).cloned();
            let [stage, amount, close_date] = ["to_stage", "amount", "close_date"].map(told);
            if let Some(row) = rows.get_mut(after) {
                put(row, "from_stage", stage);
                put(row, "from_amount", amount);
                put(row, "from_close_date", close_date);
            }
        }
    }
}

/// Where each row tells one field only: what was changed in the same moment is one change, and a change of
/// anything but the stage leaves the deal in the stage where it is. Returns how many rows went into others.
pub(super) fn join(rows: &mut Vec<SheetRow>) -> u64 {
    let mut joined = BTreeSet::new();
    for line in lines(rows) {
        let moments: Vec<&[usize]> = line.chunk_by(|a, b| at(rows, *a) == at(rows, *b)).collect();
        for moment in moments {
            let Some((first, others)) = moment.split_first() else { continue };
            for other in others {
                let cells = rows.get(*other).map(|row| row.cells.clone()).unwrap_or_default();
                if let Some(row) = rows.get_mut(*first) {
                    cells.into_iter().for_each(|(field, cell)| put_at(row, field, cell));
                }
                joined.insert(*other);
            }
        }
        stay(rows, line.into_iter().filter(|place| !joined.contains(place)).collect());
    }
    let mut places = 0..;
    rows.retain(|_| places.next().is_none_or(|place: usize| !joined.contains(&place)));
    joined.len() as u64
}

fn at(rows: &[SheetRow], place: usize) -> Option<i64> {
    rows.get(place).and_then(instant)
}

fn put_at(row: &mut SheetRow, field: usize, cell: Cell) {
    if row.cells.iter().all(|(at, _)| *at != field) {
        row.cells.push((field, cell));
        row.cells.sort_by_key(|(at, _)| *at);
    }
}

/// Tells of every change in which stage the deal was; where it was before the first move is what that moved from.
fn stay(rows: &mut [SheetRow], line: Line) {
    let told = |key: &str, rows: &[SheetRow], place: usize| rows.get(place).and_then(|row| cell(row, key)).cloned();
    let first = line.iter().copied().find(|place| told("to_stage", rows, *place).is_some());
    let mut stage = first.and_then(|place| told("from_stage", rows, place));
    for place in line {
        if let Some(to) = told("to_stage", rows, place) {
            stage = Some(to);
            continue;
        }
        let Some(row) = rows.get_mut(place) else { continue };
        put(row, "to_stage", stage.clone());
        if is_edit(row) {
            put(row, "from_stage", stage.clone());
        }
    }
}

/// Whether a row tells of an amount or a close date; else it tells that the deal was made.
fn is_edit(row: &SheetRow) -> bool {
    ["amount", "close_date", "from_amount", "from_close_date"].iter().any(|key| cell(row, key).is_some())
}
