//! What tells the rows of a file without ids from each other.

use super::digest::spelled;
use super::{As, Cell, SheetRow};
use crate::domain::message::Message;
use crate::domain::object::{Field, Kind, Object};
use crate::domain::target::period_name;
use crate::domain::time::Instant;
use crate::domain::value::Value;
use std::collections::BTreeMap;

/// Fields that identify a row together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Natural {
    /// Those that must be there.
    pub needed: &'static [&'static str],
    /// Those that may be blank.
    pub further: &'static [&'static str],
}

/// The fields that identify a row of this kind of file where it has no id: never an amount or a score, so that
/// a corrected one is a change and not another row.
pub(super) fn natural(object: As) -> Option<Natural> {
    let fields: (&'static [&'static str], &'static [&'static str]) = match object {
        As::Touches => (&["at"], &["person", "opportunity", "account", "kind", "member"]),
        As::Handoffs => (&["kind", "at"], &["handoff", "person", "opportunity"]),
        As::Arr => (&["account", "kind", "at"], &[]),
        As::Spend => (&["period"], &["channel", "campaign"]),
        As::Costs => (&["period"], &["team"]),
        As::Leave => (&["member", "first_day"], &[]),
        As::Rates => (&["currency", "date"], &[]),
        As::Surveys => (&["kind", "at"], &["account", "person"]),
        As::Health => (&["account", "at"], &[]),
        As::Usage => (&["metric", "at"], &["account", "person"]),
        As::Integrations => (&["from_tool", "to_tool"], &["trigger"]),
        _ => return None,
    };
    Some(Natural { needed: fields.0, further: fields.1 })
}

/// The key of a row: in the order of the fields and not of the columns; or the field that is missing.
pub(super) fn key(object: As, natural: Natural, cells: &BTreeMap<usize, Cell>) -> Result<String, Message> {
    let part = |key: &&str| {
        let at = object.object().position(key)?;
        let text = told(object.object().fields().get(at)?, cells.get(&at)?);
        (!text.is_empty()).then_some(text)
    };
    if let Some(field) = natural.needed.iter().find(|key| part(key).is_none()) {
        return Err(Message::new("problem-missing").with("field", field));
    }
    if let Some(period) = part(&"period").filter(|period| period_name(period).is_none()) {
        return Err(Message::new("problem-period").with("period", period));
    }
    let parts = natural.needed.iter().chain(natural.further).map(|key| part(key).unwrap_or_default());
    Ok(parts.collect::<Vec<_>>().join("|"))
}

/// What a record goes by where nobody gives its id, the most telling first: people by their addresses and numbers
/// before name and company, deals by name and account, companies by name. `text` is what is said of a field.
#[must_use]
pub fn names(object: Object, text: impl Fn(&str) -> Option<String>) -> Vec<String> {
    let both = |name: &str, of: Option<String>| text(name).zip(of).map(|(name, of)| format!("{name}|{of}"));
    match object {
        Object::Account => text("name").into_iter().collect(),
        Object::Opportunity => both("name", text("account").or(Some(String::new()))).into_iter().collect(),
        Object::Person => {
            let company = both("full_name", text("account").or_else(|| text("company")));
            [text("email"), text("phone"), text("wechat"), company].into_iter().flatten().collect()
        }
        _ => Vec::new(),
    }
}

impl SheetRow {
    /// What its record goes by where nobody gives its id, the most telling first.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let cell = |key: &str| {
            let at = self.object.position(key)?;
            self.cells.iter().find(|(field, _)| *field == at).map(|(_, cell)| cell)
        };
        names(self.object, |key| cell(key).and_then(name_in))
    }

    /// Its key as people may see it; a move is called by whose it is.
    #[must_use]
    pub fn called(&self) -> String {
        if matches!(self.object, Object::StageChange | Object::LifecycleChange) {
            let subjects = ["opportunity", "person"].map(|key| self.object.position(key));
            let subject = self.cells.iter().find(|(at, _)| subjects.contains(&Some(*at)));
            return subject.map(|(_, cell)| spelled(cell)).unwrap_or_default();
        }
        self.key.split('|').filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    }
}

/// The text of a cell, a reference by its name.
fn name_in(cell: &Cell) -> Option<String> {
    let text = match cell {
        Cell::Named { name: Some(name), .. } => name.clone(),
        cell => spelled(cell),
    };
    (!text.is_empty()).then_some(text)
}

/// The key of a row of a file without ids.
pub(super) fn name(object: Object, cells: &BTreeMap<usize, Cell>) -> Result<String, Message> {
    let told = |key: &str| object.position(key).and_then(|at| cells.get(&at)).and_then(name_in);
    names(object, told).into_iter().next().ok_or_else(|| Message::new("problem-no-name"))
}

/// The text of a cell in a key that people see: codes by word, instants as they are written.
fn told(field: &Field, cell: &Cell) -> String {
    match (field.kind, cell) {
        (Kind::Code(words), Cell::Value(Value::Int(code))) => usize::try_from(*code)
            .ok()
            .and_then(|code| words.get(code))
            .map_or_else(|| code.to_string(), |w| (*w).to_owned()),
        (Kind::Instant, Cell::Value(Value::Int(ms))) => Instant(*ms).to_rfc3339(),
        (Kind::Text, cell) if field.key != "currency" => spelled(cell).to_lowercase(),
        (_, cell) => spelled(cell),
    }
}
