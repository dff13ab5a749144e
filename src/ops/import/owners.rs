//! Whose a target is: said where the store knows nobody and nothing of that name.

use crate::domain::fold::fold;
use crate::domain::intake::FileReport;
use crate::domain::message::Message;
use crate::domain::object::Object;
use crate::domain::value::Value;
use crate::import::{Cell, Sheet, SheetRow};
use crate::ops::Result;
use crate::store::Writing;
use std::collections::BTreeSet;

/// What a funnel can be filtered by, and so whose a target can be.
const NAMES: [(Object, &str); 9] = [
    (Object::Member, "name"),
    (Object::Member, "team"),
    (Object::Member, "region"),
    (Object::Product, "name"),
    (Object::Account, "region"),
    (Object::Account, "segment"),
    (Object::Person, "region"),
    (Object::Person, "source"),
    (Object::Opportunity, "source"),
];

/// Notes the owners of a sheet of targets that nothing in the store is called.
pub(super) fn note_strangers(writing: &mut Writing<'_>, sheet: &Sheet, report: &mut FileReport) -> Result<()> {
    let Some(at) = Object::Target.position("owner") else { return Ok(()) };
    let owner = |row: &SheetRow| {
        row.cells.iter().find_map(|(field, cell)| match cell {
            Cell::Value(Value::Text(name)) if *field == at => Some(name.clone()),
            _ => None,
        })
    };
    let owned: Vec<(&SheetRow, String)> = sheet.rows.iter().filter_map(|row| Some((row, owner(row)?))).collect();
    if sheet.as_object.object() != Object::Target || owned.is_empty() {
        return Ok(());
    }
    let mut known = BTreeSet::new();
    for (object, field) in NAMES {
        known.extend(writing.texts(object, field)?.iter().map(|name| fold(name)));
    }
    for (row, owner) in owned.into_iter().filter(|(_, owner)| !known.contains(&fold(owner))) {
        report.note(sheet, row, at, owner, Message::new("problem-unknown-owner"));
    }
    Ok(())
}
