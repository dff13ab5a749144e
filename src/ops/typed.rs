//! Editing one field on a screen: what may be typed into it, what it means, and what became of it.

use super::{Action, Error, Result, Session};
use crate::domain::facts::Facts;
use crate::domain::message::{Message, Tell};
use crate::domain::money::Currency;
use crate::domain::object::{Field, Kind, Object, Row};
use crate::domain::records::LISTED;
use crate::domain::time::Instant;
use crate::domain::value::{ActionId, Id, Value};
use crate::import::{As, Cell, Options, Target, Typed, cells_of};
use std::collections::BTreeMap;

/// How far back the journal is asked who changed a record.
const RECENT: i64 = 500;

/// What can be chosen for a field instead of being typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Choices {
    /// The stages, in their order.
    pub stages: Vec<(Id, String)>,
    /// The members of the team, by name.
    pub members: Vec<(Id, String)>,
    /// The products, by name.
    pub products: Vec<(Id, String)>,
    /// The currency of amounts that name none.
    pub currency: Option<Currency>,
}

impl Choices {
    /// The choices there are in a store.
    #[must_use]
    pub fn of(facts: &Facts) -> Self {
        let by_name = |mut named: Vec<(Id, String)>| {
            named.sort_by_key(|(_, name)| name.to_lowercase());
            named
        };
        let mut stages: Vec<_> = facts.stages.iter().collect();
        stages.sort_by_key(|(id, stage)| (stage.position, **id));
        Self {
            stages: stages.into_iter().map(|(id, stage)| (Id(*id), stage.name.clone())).collect(),
            members: by_name(facts.members.iter().map(|(id, member)| (Id(*id), member.name.clone())).collect()),
            products: by_name(facts.products.iter().map(|(id, product)| (Id(*id), product.name.clone())).collect()),
            currency: Some(facts.currency),
        }
    }

    /// The records that a reference to this object may lead to; `None` where they are so many that they are searched.
    #[must_use]
    pub fn records(&self, object: Object) -> Option<&[(Id, String)]> {
        match object {
            Object::Stage => Some(&self.stages),
            Object::Member => Some(&self.members),
            Object::Product => Some(&self.products),
            _ => None,
        }
    }

    /// Their names.
    #[must_use]
    pub fn names(&self) -> BTreeMap<Id, String> {
        self.stages.iter().chain(&self.members).chain(&self.products).cloned().collect()
    }

    /// The fields of a record that can be edited on a screen.
    #[must_use]
    pub fn fields(&self, row: &Row) -> Vec<&'static Field> {
        let Some(object) = As::of(row) else { return Vec::new() };
        let may = |field: &&Field| {
            let is_filled = Target::of(object, field.key).and_then(Target::position).is_some();
            let is_reachable = match field.kind {
                Kind::Reference(other) => self.records(other).is_some() || LISTED.contains(&other),
                Kind::Json => false,
                _ => true,
            };
            is_filled && is_reachable
        };
        object.object().fields().iter().filter(may).collect()
    }
}

/// What the text in a field of a record means, as a file would be read: the field and, where it names one, the
/// currency.
///
/// # Errors
/// A sentence for the user when it means nothing.
pub fn typed(
    row: &Row,
    field: &'static Field,
    text: &str,
    now: Instant,
    currency: Currency,
) -> std::result::Result<Vec<(&'static str, Value)>, Message> {
    if text.trim().is_empty() {
        return match row.object.requires(field.key) {
            true => Err(Message::new("edit-required")),
            false => Ok(vec![(field.key, Value::Null)]),
        };
    }
    let as_it_is = As::of(row).ok_or_else(|| Message::new("problem-blank"))?;
    let own = row.get("currency").text().and_then(Currency::parse).unwrap_or(currency);
    let words = [(field.key.to_owned(), text.to_owned())];
    let Typed { mut cells, currency } = cells_of(as_it_is, &words, &Options::new(now, own)).map_err(|e| e.tell())?;
    match cells.pop() {
        Some(Ok(Cell::Value(Value::Null))) | None => Err(Message::new("problem-blank")),
        Some(Ok(Cell::Value(value))) => {
            let currency = currency.filter(|named| named.text() != Some(own.code()));
            Ok([Some((field.key, value)), currency.map(|named| ("currency", named))].into_iter().flatten().collect())
        }
        Some(Ok(Cell::Named { .. })) => Err(Message::new("edit-choose")),
        Some(Err(reason)) => Err(reason),
    }
}

/// What became of an edit.
#[derive(Debug, Clone, PartialEq)]
pub enum Edited {
    /// It is written.
    Saved(ActionId),
    /// Someone has written the record since it was read.
    Changed(Box<Theirs>),
    /// The record is gone.
    Gone,
}

/// A record as somebody else has made it.
#[derive(Debug, Clone, PartialEq)]
pub struct Theirs {
    /// The record now.
    pub row: Row,
    /// Names of the records it refers to.
    pub names: BTreeMap<Id, String>,
    /// What made it so, where the journal tells.
    pub by: Option<Action>,
}

impl Session {
    /// Sets fields of a record that was read at revision `seen`, or says what it has become meanwhile.
    ///
    /// # Errors
    /// As [`Session::set_fields`], without `Changed`.
    pub fn edit(&mut self, object: Object, id: Id, seen: ActionId, fields: &[(&str, Value)]) -> Result<Edited> {
        match self.set_fields(object, id, seen, fields) {
            Ok(action) => Ok(Edited::Saved(action)),
            Err(Error::Store(crate::store::Error::Changed)) => {
                let mut reader = self.reader()?;
                let Some(row) = reader.rows(object, &[id])?.pop() else { return Ok(Edited::Gone) };
                let names = reader.names(vec![row.clone()])?;
                let by = reader.log(RECENT)?.into_iter().find(|action| action.id == row.rev);
                Ok(Edited::Changed(Box::new(Theirs { row, names, by })))
            }
            Err(error) => Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::value::ActionId;

    fn deal() -> Row {
        let object = Object::Opportunity;
        Row { object, id: Id(1), rev: ActionId(1), values: object.fields().iter().map(|_| Value::Null).collect() }
    }

    #[test]
    fn what_is_typed_is_read_as_a_file_is() {
        let read = |key: &str, text: &str| {
            let field = Object::Opportunity.fields().iter().find(|field| field.key == key).unwrap();
            typed(&deal(), field, text, Instant(1_794_910_320_000), Currency::USD)
        };
        assert_eq!(read("amount", "1,200.50"), Ok(vec![("amount", Value::Int(120_050))]));
        let euros = vec![("amount", Value::Int(500)), ("currency", "EUR".into())];
        assert_eq!(read("amount", "€5"), Ok(euros));
        assert_eq!(read("close_date", "2026-12-24"), Ok(vec![("close_date", "2026-12-24".into())]));
        assert_eq!(read("name", ""), Ok(vec![("name", Value::Null)]));
        assert_eq!(read("stage", " ").unwrap_err().key, "edit-required");
        assert!(read("amount", "much").is_err() && read("close_date", "soon").is_err());
    }

    #[test]
    fn references_can_be_edited_and_what_nobody_reads_cannot() {
        let keys: Vec<&str> = Choices::default().fields(&deal()).iter().map(|field| field.key).collect();
        for key in ["stage", "amount", "owner", "account", "lead"] {
            assert!(keys.contains(&key), "{key}");
        }
        assert!(!keys.contains(&"attributes"));
    }
}
