//! A part of a list: how many there are, and the rows around the screen.

use crate::analysis::funnel::Step;
use crate::domain::facts::Facts;
use crate::domain::money::Purse;
use crate::domain::object::{Object, Row};
use crate::domain::pipeline::{Deal, Worth};
use crate::domain::time::Instant;
use crate::domain::value::Id;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The records of a list by id, and the rows of a part of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// The filter under which they were found.
    pub filter: String,
    /// How many there are without it.
    pub all: usize,
    /// All that match, in order.
    pub ids: Arc<[(Object, Id)]>,
    /// Which kinds of records there are without the filter.
    pub kinds: BTreeSet<Object>,
    /// How many of each kind match.
    pub counts: BTreeMap<Object, usize>,
    /// What the deals among them are worth together.
    pub worth: Purse,
    /// The place of the first row.
    pub first: usize,
    /// The rows.
    pub rows: Vec<Entry>,
}

/// One row of a list: a deal or a person.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// What it is.
    pub object: Object,
    /// Its id.
    pub id: Id,
    /// Its name, or else what its system calls it.
    pub name: String,
    /// Name of its account or company.
    pub company: Option<String>,
    /// Name of a deal's stage, or a person's status.
    pub state: String,
    /// Name of its owner.
    pub owner: Option<String>,
    /// What a deal is worth.
    pub worth: Option<Worth>,
    /// When it was created.
    pub created_at: Option<Instant>,
    /// When a deal was closed, or a person disqualified.
    pub closed_at: Option<Instant>,
    /// Days it has been open.
    pub age: Option<i64>,
    /// A person's score.
    pub score: Option<i64>,
    /// A person's e-mail address.
    pub email: Option<String>,
    /// A person's phone number.
    pub phone: Option<String>,
    /// Where it came from.
    pub source: Option<String>,
    /// What it did in a funnel that it is in the list.
    pub step: Option<Step>,
}

impl Entry {
    /// What it is the row of.
    #[must_use]
    pub fn place(&self) -> (Object, Id) {
        (self.object, self.id)
    }

    /// The row of a record with this name; `names` are those of the records it refers to. `None` for a
    /// deal that the facts do not know, and for objects that no list shows.
    #[must_use]
    pub fn read(row: &Row, name: String, names: &BTreeMap<Id, String>, facts: &Facts, now: Instant) -> Option<Self> {
        let named = |field: &str| row.get(field).int().and_then(|id| names.get(&Id(id)).cloned());
        let text = |field: &str| row.get(field).text().map(str::to_owned);
        let blank = Self {
            object: row.object,
            id: row.id,
            name,
            company: named("account"),
            state: String::new(),
            owner: named("owner"),
            worth: None,
            created_at: None,
            closed_at: None,
            age: None,
            score: None,
            email: None,
            phone: None,
            source: text("source"),
            step: None,
        };
        match row.object {
            Object::Opportunity => {
                let deal = Deal::read(facts, facts.opportunities.find(row.id.0)?)?;
                Some(Self {
                    state: named("stage").unwrap_or_default(),
                    worth: Some(deal.worth),
                    created_at: deal.created_at,
                    closed_at: deal.closed_at,
                    age: deal.age(now),
                    ..blank
                })
            }
            Object::Person => {
                let at = |field: &str| row.get(field).int().map(Instant);
                let (created_at, closed_at) = (at("created_at"), at("disqualified_at"));
                let age = created_at.map(|at| now.days_since(at)).filter(|days| *days >= 0 && closed_at.is_none());
                Some(Self {
                    company: text("company").or_else(|| named("account")),
                    state: text("status").unwrap_or_default(),
                    score: row.get("score").int(),
                    email: text("email"),
                    phone: text("phone"),
                    created_at,
                    closed_at,
                    age,
                    ..blank
                })
            }
            _ => None,
        }
    }
}

/// How many records of each kind a list holds.
#[must_use]
pub fn counts(ids: &[(Object, Id)]) -> BTreeMap<Object, usize> {
    let mut counts = BTreeMap::new();
    for (object, _) in ids {
        *counts.entry(*object).or_default() += 1;
    }
    counts
}

/// What the deals of a list are worth together.
#[must_use]
pub fn worth(ids: &[(Object, Id)], facts: &Facts) -> Purse {
    let deals = ids.iter().filter(|(object, _)| *object == Object::Opportunity);
    deals.filter_map(|(_, id)| Deal::read(facts, facts.opportunities.find(id.0)?)?.worth.money()).collect()
}
