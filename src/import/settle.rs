//! What the cells of a row say together: whose a touch is, the sign of an ARR movement, a score in its range.

use super::digest::spelled;
use super::{Cell, ProblemKind, SheetProblem, SheetRow, ids};
use crate::domain::company::domain_of;
use crate::domain::fold::fold;
use crate::domain::handoff::{Kind, Subject};
use crate::domain::message::Message;
use crate::domain::object::{Object, SURVEY_KINDS};
use crate::domain::target::period_name;
use crate::domain::time::Instant;
use crate::domain::value::Value;
use std::collections::BTreeMap;

type CellsAt = BTreeMap<usize, Cell>;

/// The records that a row of touches or of a stage history can be about, by the folded word of its `object`
/// column.
pub(super) fn subject_of(word: &str) -> Option<Object> {
    match word {
        "opportunity" | "opportunities" | "deal" | "deals" | "商机" => Some(Object::Opportunity),
        "lead" | "leads" | "contact" | "contacts" | "person" | "people" | "线索" | "联系人" => {
            Some(Object::Person)
        }
        "account" | "accounts" | "company" | "companies" | "customer" | "customers" | "客户" => Some(Object::Account),
        _ => None,
    }
}

/// A cell that turned out to be wrong beside the others.
pub(super) struct Spoilt {
    pub field: &'static str,
    pub value: String,
    pub reason: Message,
}

/// Puts the cells in order; `subject` is what the row of touches is about, where it says so.
pub(super) fn settle(object: Object, subject: Option<Object>, cells: &mut CellsAt) -> Option<Spoilt> {
    match object {
        Object::Account => bare_domain(cells),
        Object::Touch => touch(subject, cells),
        Object::HandoffEvent => of_kind(cells),
        Object::ArrMovement => signed(cells),
        Object::Spend | Object::Cost => tidy_period(object, cells),
        Object::Tool => listed(cells),
        Object::Survey => return out_of_range(cells),
        _ => {}
    }
    None
}

fn int(object: Object, key: &str, cells: &CellsAt) -> Option<i64> {
    match cells.get(&object.position(key)?)? {
        Cell::Value(value) => value.int(),
        Cell::Named { .. } => None,
    }
}

/// Of a site's address only the domain tells companies apart: systems write it in many ways.
fn bare_domain(cells: &mut CellsAt) {
    let cell = Object::Account.position("domain").and_then(|at| cells.get_mut(&at));
    if let Some(Cell::Value(Value::Text(text))) = cell {
        *text = domain_or(text);
    }
}

/// The domain in a site's address; anything else as it is.
pub(super) fn domain_or(text: &str) -> String {
    domain_of(text).unwrap_or_else(|| text.to_owned())
}

/// A `record_id` was read as a person's, Salesforce's `WhatId` as a deal's: each goes where it belongs.
fn touch(subject: Option<Object>, cells: &mut CellsAt) {
    let field = match subject {
        Some(Object::Opportunity) => "opportunity",
        Some(Object::Account) => "account",
        _ => "person",
    };
    if field != "person" {
        give("person", field, subject.unwrap_or(Object::Person), cells);
    }
    let deal = Object::Touch.position("opportunity").and_then(|at| cells.get(&at));
    if deal.is_some_and(|cell| ids::is_account_of_salesforce(&spelled(cell))) {
        give("opportunity", "account", Object::Account, cells);
    }
}

/// Makes the reference of one field that of another, to a record of `other`.
fn give(from: &str, to: &str, other: Object, cells: &mut CellsAt) {
    let Some((from, to)) = Object::Touch.position(from).zip(Object::Touch.position(to)) else { return };
    if let Some(Cell::Named { id, name }) = cells.remove(&from) {
        cells.insert(to, Cell::Named { id: id.map(|id| ids::full_id(other, &id)), name });
    }
}

/// A hand-off is called by its key or its code; without either it is the first of its record's kind that ships.
fn of_kind(cells: &mut CellsAt) {
    let object = Object::HandoffEvent;
    let Some(at) = object.position("handoff") else { return };
    let named = cells.get(&at).map(spelled).filter(|text| !text.is_empty());
    let is_deal = object.position("opportunity").is_some_and(|at| matches!(cells.get(&at), Some(Cell::Named { .. })));
    let subject = if is_deal { Subject::Deal } else { Subject::Person };
    let mut kinds = Kind::shipped().iter();
    let kind = match &named {
        Some(named) => kinds.find(|kind| [&kind.key, &kind.code].iter().any(|word| fold(word) == fold(named))),
        None => kinds.find(|kind| kind.subject == subject),
    };
    if let Some(kind) = kind {
        cells.insert(at, Cell::Value(kind.key.as_str().into()));
    }
}

/// What somebody should know of a row that is taken as it is: a hand-off that does not ship, which counts only where the
/// company has defined it, and a first touch from before the lead was there, which answers no hand-off.
pub(super) fn notes(row: &SheetRow) -> Option<SheetProblem> {
    let cell = |key: &str| {
        let at = row.object.position(key)?;
        row.cells.iter().find(|(field, _)| *field == at).map(|(_, cell)| cell)
    };
    let time = |key: &str| match cell(key) {
        Some(Cell::Value(value)) => value.int(),
        _ => None,
    };
    let (field, value, reason) = match row.object {
        Object::HandoffEvent => {
            let named = cell("handoff").map(spelled)?;
            let ships = Kind::shipped().iter().any(|kind| kind.key == named);
            (!ships).then_some(("handoff", named, "problem-own-handoff"))?
        }
        Object::Person => {
            let (touched, created) = (time("first_touch_at")?, time("created_at")?);
            let text = Instant(touched).to_rfc3339();
            (touched < created).then_some(("first_touch_at", text, "problem-touched-before"))?
        }
        _ => return None,
    };
    let (kind, line, field) = (ProblemKind::Note, row.line, field.to_owned());
    Some(SheetProblem { kind, line, field, value, reason: Message::new(reason), row: Vec::new() })
}

/// Contraction and churn take away, whether the file writes a minus or not.
fn signed(cells: &mut CellsAt) {
    let object = Object::ArrMovement;
    let takes_away = int(object, "kind", cells).is_some_and(|kind| matches!(kind, 2 | 3));
    let amount = int(object, "amount", cells).filter(|_| takes_away);
    if let Some((at, amount)) = object.position("amount").zip(amount) {
        cells.insert(at, Cell::Value(amount.saturating_abs().saturating_neg().into()));
    }
}

/// Writes a period in the one way that the store keeps it; one that is none cannot tell rows apart.
pub(super) fn tidy_period(object: Object, cells: &mut CellsAt) {
    let Some(at) = object.position("period") else { return };
    if let Some(name) = cells.get(&at).and_then(|cell| period_name(&spelled(cell))) {
        cells.insert(at, Cell::Value(name.into()));
    }
}

/// A list has `;` between its entries, however the file parts them.
fn listed(cells: &mut CellsAt) {
    let Some(at) = Object::Tool.position("capabilities") else { return };
    if let Some(Cell::Value(Value::Text(text))) = cells.get_mut(&at) {
        let entries = text.split([';', '；', '、']).map(str::trim).filter(|entry| !entry.is_empty());
        *text = entries.collect::<Vec<_>>().join(";");
    }
}

/// A score outside its scale is of another scale, and nobody knows which.
fn out_of_range(cells: &mut CellsAt) -> Option<Spoilt> {
    let object = Object::Survey;
    let kind = usize::try_from(int(object, "kind", cells)?).ok()?;
    let (reason, range) = match *SURVEY_KINDS.get(kind)? {
        "nps" => ("problem-nps-range", 0..=100_000),
        _ => ("problem-csat-range", 10_000..=50_000),
    };
    let score = int(object, "score", cells).filter(|score| !range.contains(score))?;
    cells.remove(&object.position("score")?);
    let value = (score as f64 / 10_000.0).to_string();
    Some(Spoilt { field: "score", value, reason: Message::new(reason) })
}

/// The folded text of a row's `object` column as a subject: `Err` when it names something else.
pub(super) fn subject(word: &str) -> Result<Option<Object>, Message> {
    match fold(word).as_str() {
        "" => Ok(None),
        word => subject_of(word).map(Some).ok_or_else(|| Message::new("problem-no-subject")),
    }
}
