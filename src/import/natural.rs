//! What tells the rows of a file without ids from each other.

use super::digest::spelled;
use super::{As, Cell};
use crate::domain::message::Message;
use crate::domain::object::{Field, Kind};
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
