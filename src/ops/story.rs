//! The story of a record: what every system says of it, what belongs to it, and what has happened around it.

use super::conflicts::Words;
use super::{Reader, Result};
use crate::domain::conflict::Conflict;
use crate::domain::object::{EXPLAINED, Object, Row};
use crate::domain::value::{Id, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Of so many records around one, what happened to them is part of its story.
const AROUND: usize = 50;

/// A record with everything that belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Story {
    /// The record.
    pub row: Row,
    /// Names of the records it and its history refer to.
    pub names: BTreeMap<Id, String>,
    /// Which system each value comes from; `None` when a user decided it here.
    pub sources: BTreeMap<&'static str, Option<String>>,
    /// Where somebody says something else than what stands.
    pub conflicts: Vec<Conflict>,
    /// Names of the team's members by what a source calls them, where its history tells who did something.
    pub members: BTreeMap<String, String>,
    /// Stage changes of the record, or of what belongs to it, oldest first.
    pub history: Vec<Row>,
    /// How outside systems call it.
    pub links: Vec<Row>,
    /// What belongs to it, by object.
    pub related: Vec<(Object, Vec<Row>)>,
    /// What happened to it and to what belongs to it, oldest first.
    pub events: Vec<Row>,
}

/// What happens to records: (object, the fields by which it refers to them).
const EVENTS: [(Object, &[(Object, &str)]); 5] = [
    (Object::ArrMovement, &[(Object::Account, "account")]),
    (Object::Touch, &[(Object::Account, "account"), (Object::Person, "person"), (Object::Opportunity, "opportunity")]),
    (Object::Survey, &[(Object::Account, "account"), (Object::Person, "person")]),
    (Object::Health, &[(Object::Account, "account")]),
    (Object::Usage, &[(Object::Account, "account"), (Object::Person, "person")]),
];

impl Reader {
    /// A record with everything that belongs to it; `None` when it is gone.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn story(&mut self, object: Object, id: Id) -> Result<Option<Story>> {
        let Some(row) = self.rows(object, &[id])?.pop() else { return Ok(None) };
        let related = self.related(&row)?;
        // What happened to the people and deals of a company happened to it, and so for a person's deals.
        let mut about = vec![(object, id)];
        if object != Object::Opportunity {
            let others = related.iter().filter(|(other, _)| object == Object::Account || *other == Object::Opportunity);
            about.extend(others.flat_map(|(other, rows)| rows.iter().rev().take(AROUND).map(|row| (*other, row.id))));
        }
        let history = self.moves(&about)?;
        let events = self.events(&about)?;
        let links = self.store.rows_referring(Object::Link, "record", id)?;
        let all = related.iter().flat_map(|(_, rows)| rows).chain(&events);
        let named = std::iter::once(&row).chain(&history).chain(all);
        let mut names = self.names(named.cloned().collect())?;
        let (conflicts, sources) = self.words_on(&row)?;
        names.extend(self.names_in(&conflicts)?);
        let told = history.iter().any(|change| change.get("actor").text().is_some());
        let members = if told { self.members()? } else { BTreeMap::new() };
        Ok(Some(Story { row, names, sources, members, conflicts, history, links, related, events }))
    }

    /// The people, deals and companies that belong to a record.
    fn related(&mut self, row: &Row) -> Result<Vec<(Object, Vec<Row>)>> {
        let account = row.get("account").int().map(Id);
        let mut of = |object, field, id| self.store.rows_referring(object, field, id);
        let mut related = match row.object {
            Object::Account => vec![
                (Object::Opportunity, of(Object::Opportunity, "account", row.id)?),
                (Object::Person, of(Object::Person, "account", row.id)?),
                (Object::Account, of(Object::Account, "parent", row.id)?),
            ],
            Object::Person => {
                let mut deals = of(Object::Opportunity, "lead", row.id)?;
                if let Some(account) = account {
                    let known: BTreeSet<Id> = deals.iter().map(|deal| deal.id).collect();
                    let others = of(Object::Opportunity, "account", account)?;
                    deals.extend(others.into_iter().filter(|deal| !known.contains(&deal.id)));
                }
                vec![(Object::Opportunity, deals)]
            }
            Object::Opportunity => match account {
                Some(account) => vec![(Object::Person, of(Object::Person, "account", account)?)],
                None => Vec::new(),
            },
            _ => Vec::new(),
        };
        related.retain(|(_, rows)| !rows.is_empty());
        Ok(related)
    }

    /// The stage changes of these records, oldest first.
    fn moves(&mut self, about: &[(Object, Id)]) -> Result<Vec<Row>> {
        let mut moves = Vec::new();
        for (object, id) in about {
            moves.extend(match object {
                Object::Opportunity => self.store.rows_referring(Object::StageChange, "opportunity", *id)?,
                Object::Person => self.store.rows_referring(Object::LifecycleChange, "person", *id)?,
                _ => Vec::new(),
            });
        }
        moves.retain(|row| row.get("origin").int() != Some(EXPLAINED));
        moves.sort_by_key(|change| (change.get("at").int(), change.id));
        Ok(moves)
    }

    /// What happened to these records, each once, oldest first.
    fn events(&mut self, about: &[(Object, Id)]) -> Result<Vec<Row>> {
        let mut events = BTreeMap::new();
        for (object, id) in about {
            for (event, fields) in EVENTS {
                let Some((_, field)) = fields.iter().find(|(of, _)| of == object) else { continue };
                let rows = self.store.rows_referring(event, field, *id)?;
                events.extend(rows.into_iter().map(|row| ((row.get("at").int(), row.id), row)));
            }
        }
        Ok(events.into_values().collect())
    }

    /// Where somebody says something else about a record than what stands, and who says what stands.
    fn words_on(&mut self, row: &Row) -> Result<Words> {
        let (conflicts, mut sources) = self.conflicts_of(row)?;
        // What only one system knows of is its word, where nobody decided otherwise.
        let systems: BTreeSet<String> = {
            let links = self.store.rows_referring(Object::Link, "record", row.id)?;
            links.iter().filter_map(|link| link.get("system").text().map(str::to_owned)).collect()
        };
        if let ([sole], fields) = (&systems.into_iter().collect::<Vec<_>>()[..], row.object.fields()) {
            for field in fields.iter().filter(|field| *row.get(field.key) != Value::Null) {
                sources.entry(field.key).or_insert_with(|| Some(sole.clone()));
            }
        }
        Ok((conflicts, sources))
    }
}
