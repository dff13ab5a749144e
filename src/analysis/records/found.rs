//! What `revops show records` tells: the struct is the JSON.

use super::Entry;
use crate::domain::money::Money;
use crate::domain::object::Object;
use crate::domain::pipeline::Worth;
use crate::domain::time::Instant;
use crate::domain::value::Id;
use serde::Serialize;
use std::collections::BTreeMap;

/// Records that a filter finds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Found {
    /// `people`, `accounts` or `deals`.
    pub object: &'static str,
    /// The filter, as it was typed.
    pub filter: String,
    /// The time it is.
    pub as_of: Instant,
    /// How many records there are.
    pub total: usize,
    /// How many of them the filter finds.
    pub found: usize,
    /// The first of these.
    pub records: Vec<Line>,
}

/// A record.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Line {
    /// A lead or contact.
    Person {
        /// What its oldest system calls it.
        id: Option<String>,
        /// Its name.
        name: String,
        /// Name of the company.
        company: Option<String>,
        /// Its status, as its system spells it.
        status: String,
        /// Name of its owner.
        owner: Option<String>,
        /// Where it came from.
        source: Option<String>,
        /// Its score.
        score: Option<i64>,
        /// Its e-mail address.
        email: Option<String>,
        /// Its phone number.
        phone: Option<String>,
        /// When it was created.
        created_at: Option<Instant>,
        /// When it was disqualified.
        disqualified_at: Option<Instant>,
    },
    /// A company.
    Account {
        /// What its oldest system calls it.
        id: Option<String>,
        /// Its name.
        name: String,
        /// Its domain.
        domain: Option<String>,
        /// Its industry.
        industry: Option<String>,
        /// Its segment.
        segment: Option<String>,
        /// Its region.
        region: Option<String>,
        /// Name of its owner.
        owner: Option<String>,
        /// When it was created.
        created_at: Option<Instant>,
        /// When it paid for the first time.
        first_paid_at: Option<Instant>,
    },
    /// A deal.
    Deal {
        /// What its oldest system calls it.
        id: Option<String>,
        /// Its name.
        name: String,
        /// Name of its account.
        account: Option<String>,
        /// Name of its stage.
        stage: String,
        /// Name of its owner.
        owner: Option<String>,
        /// What it is worth.
        amount: Option<Money>,
        /// Whether that is the list price of its product.
        at_list_price: bool,
        /// Where it came from.
        source: Option<String>,
        /// When it was created.
        created_at: Option<Instant>,
        /// When it was closed.
        closed_at: Option<Instant>,
    },
}

impl Line {
    /// The line of a row, with what its oldest system calls each record.
    #[must_use]
    pub fn of(entry: Entry, called: &BTreeMap<Id, String>) -> Self {
        let (object, id) = entry.place();
        let id = called.get(&id).cloned();
        let Entry { name, company, state, owner, worth, created_at, closed_at, score, email, phone, source, .. } =
            entry;
        match object {
            Object::Person => {
                let (status, disqualified_at) = (state, closed_at);
                let (name, company) = (name, company);
                Self::Person {
                    id,
                    name,
                    company,
                    status,
                    owner,
                    source,
                    score,
                    email,
                    phone,
                    created_at,
                    disqualified_at,
                }
            }
            Object::Account => {
                let Entry { domain, industry, segment, region, paid_at: first_paid_at, .. } = entry;
                Self::Account { id, name, domain, industry, segment, region, owner, created_at, first_paid_at }
            }
            _ => {
                let at_list_price = matches!(worth, Some(Worth::ListPrice(_)));
                let amount = worth.and_then(Worth::money);
                let (account, stage) = (company, state);
                Self::Deal { id, name, account, stage, owner, amount, at_list_price, source, created_at, closed_at }
            }
        }
    }
}
