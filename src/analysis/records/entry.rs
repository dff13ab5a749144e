//! A row of a list.

use crate::analysis::funnel::Step;
use crate::domain::facts::Facts;
use crate::domain::object::{Object, Row};
use crate::domain::pipeline::{Deal, Worth};
use crate::domain::time::Instant;
use crate::domain::value::Id;
use std::collections::BTreeMap;

/// One row of a list: a person, a company or a deal.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The record as it was read.
    pub row: Row,
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
    /// A company's domain.
    pub domain: Option<String>,
    /// A company's industry.
    pub industry: Option<String>,
    /// A company's segment.
    pub segment: Option<String>,
    /// A company's region.
    pub region: Option<String>,
    /// When a company paid for the first time.
    pub paid_at: Option<Instant>,
    /// What it did in a funnel that it is in the list.
    pub step: Option<Step>,
    /// Names of the records that it refers to.
    pub names: BTreeMap<Id, String>,
}

impl Entry {
    /// What it is the row of.
    #[must_use]
    pub fn place(&self) -> (Object, Id) {
        (self.row.object, self.row.id)
    }

    /// The row of a record with this name; `names` are those of the records it refers to. `None` for a
    /// deal that the facts do not know, and for objects that no list shows.
    #[must_use]
    pub fn read(row: Row, name: String, names: &BTreeMap<Id, String>, facts: &Facts, now: Instant) -> Option<Self> {
        let named = |field: &str| row.get(field).int().and_then(|id| names.get(&Id(id)).cloned());
        let text = |field: &str| row.get(field).text().map(str::to_owned);
        let blank = Self {
            row: row.clone(),
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
            domain: None,
            industry: None,
            segment: None,
            region: None,
            paid_at: None,
            step: None,
            names: row.references().filter_map(|(_, id)| Some((id, names.get(&id)?.clone()))).collect(),
        };
        let at = |field: &str| row.get(field).int().map(Instant);
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
            Object::Account => Some(Self {
                domain: text("domain"),
                industry: text("industry"),
                segment: text("segment"),
                region: text("region"),
                created_at: at("created_at"),
                paid_at: at("first_paid_at"),
                ..blank
            }),
            _ => None,
        }
    }
}

/// The name of a record. Many systems give deals none: then their own number of it stands for it, which
/// the links tell.
#[must_use]
pub fn own_name(row: &Row) -> Option<String> {
    row.get(row.object.name_field()).text().filter(|name| !name.is_empty()).map(str::to_owned)
}
