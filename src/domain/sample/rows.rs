//! The invented records as rows of the plain revops CSV.

use super::accounts::Account;
use super::calendar::{self, DAY};
use super::catalogue::{PRODUCTS, SOURCES};
use super::companies::Company;
use super::duplicates::{Object, Pair};
use super::leads::Lead;
use super::{PlantedDuplicate, SampleFile, World};
use std::collections::BTreeMap;

/// The ids of all records: in the order in which they were created, copies included.
pub(super) struct Ids {
    leads: Vec<String>,
    accounts: Vec<String>,
    contacts: Vec<String>,
    /// Position of the account of each company.
    account_of: Vec<Option<usize>>,
}

impl Ids {
    pub(super) fn of(world: &World) -> Self {
        let mut account_of = vec![None; world.companies.len()];
        for (at, account) in world.accounts.iter().enumerate() {
            if let Some(slot) = account_of.get_mut(account.company) {
                *slot = Some(at);
            }
        }
        Self {
            leads: ranked("L", world.leads.iter().map(|lead| lead.created)),
            accounts: ranked("A", world.accounts.iter().map(|account| account.created)),
            contacts: ranked("C", world.contacts.iter().map(|contact| contact.created)),
            account_of,
        }
    }

    /// The id of a lead.
    pub(super) fn lead(&self, at: usize) -> String {
        self.leads.get(at).cloned().unwrap_or_default()
    }

    /// The id of an account.
    pub(super) fn account(&self, at: Option<usize>) -> String {
        at.and_then(|at| self.accounts.get(at)).cloned().unwrap_or_default()
    }

    /// The id of a contact.
    pub(super) fn contact(&self, at: usize) -> String {
        self.contacts.get(at).cloned().unwrap_or_default()
    }

    /// The id of the account of a company, if it has one.
    fn company(&self, company: usize) -> String {
        self.account(self.account_of.get(company).copied().flatten())
    }

    /// A planted pair with ids instead of positions.
    pub(super) fn planted(&self, pair: &Pair) -> PlantedDuplicate {
        let (object, ids) = match pair.object {
            Object::Lead => ("leads", &self.leads),
            Object::Contact => ("contacts", &self.contacts),
            Object::Account => ("accounts", &self.accounts),
        };
        let id = |at: usize| ids.get(at).cloned().unwrap_or_default();
        PlantedDuplicate { object, original: id(pair.original), copy: id(pair.copy), disguise: pair.disguise }
    }
}

/// An id per record, numbered by time.
fn ranked(letter: &str, times: impl Iterator<Item = i64>) -> Vec<String> {
    let mut order: Vec<(i64, usize)> = times.enumerate().map(|(at, time)| (time, at)).collect();
    order.sort_unstable();
    let mut ids: Vec<(usize, String)> =
        order.into_iter().enumerate().map(|(rank, (_, at))| (at, format!("{letter}-{:05}", rank + 1))).collect();
    ids.sort_unstable_by_key(|(at, _)| *at);
    ids.into_iter().map(|(_, id)| id).collect()
}

pub(super) fn member(at: usize) -> String {
    format!("T-{:03}", at + 1)
}

pub(super) fn deal_id(at: usize) -> String {
    format!("O-{:05}", at + 1)
}

/// `rows` in the order of their ids; the width of an id grows with its number.
fn by_id(mut rows: Vec<Vec<String>>) -> Vec<Vec<String>> {
    rows.sort_by(|a, b| {
        let key = |row: &Vec<String>| row.first().map(|id| (id.len(), id.clone()));
        key(a).cmp(&key(b))
    });
    rows
}

pub(super) fn flag(known: bool) -> String {
    if known { "true" } else { "false" }.to_owned()
}

pub(super) fn team(world: &World) -> SampleFile {
    let rows = world.team.iter().enumerate().map(|(at, m)| {
        vec![
            member(at),
            m.name.clone(),
            m.email.clone(),
            m.title.to_owned(),
            m.team.to_owned(),
            m.manager.map(member).unwrap_or_default(),
            calendar::date(m.hired).to_string(),
            m.capacity.map(|n| n.to_string()).unwrap_or_default(),
            m.zone.to_owned(),
        ]
    });
    SampleFile {
        name: "team.csv",
        header: &["id", "name", "email", "role", "team", "manager", "hired_at", "weekly_capacity", "time_zone"],
        rows: rows.collect(),
    }
}

pub(super) fn products() -> SampleFile {
    let rows = PRODUCTS.iter().map(|product| {
        vec![product.id.to_owned(), product.name.to_owned(), product.list_price.to_string(), CURRENCY.to_owned()]
    });
    SampleFile { name: "products.csv", header: &["id", "name", "list_price", "currency"], rows: rows.collect() }
}

pub(super) const CURRENCY: &str = "USD";

pub(super) fn accounts(world: &World, ids: &Ids) -> SampleFile {
    let rows = world.accounts.iter().enumerate().filter_map(|(at, account)| {
        let company = world.companies.get(account.company)?;
        Some(vec![
            ids.account(Some(at)),
            company.name.clone(),
            company.domain.clone(),
            company.industry.to_owned(),
            Account::segment(company.employees).to_owned(),
            company.employees.to_string(),
            company.region.name().to_owned(),
            company.country.to_owned(),
            member(account.owner),
            calendar::stamp(Some(account.created)),
            calendar::stamp(account.first_paid),
        ])
    });
    SampleFile {
        name: "accounts.csv",
        header: &[
            "id",
            "name",
            "domain",
            "industry",
            "segment",
            "employees",
            "region",
            "country",
            "owner",
            "created_at",
            "first_paid_at",
        ],
        rows: by_id(rows.collect()),
    }
}

pub(super) fn leads(world: &World, ids: &Ids) -> SampleFile {
    let rows = world.leads.iter().zip(&ids.leads).filter_map(|(lead, id)| {
        let company = world.companies.get(lead.company)?;
        Some(lead_row(lead, id, company, world.now, ids))
    });
    SampleFile {
        name: "leads.csv",
        header: &[
            "id",
            "email",
            "phone",
            "full_name",
            "company",
            "region",
            "country",
            "source",
            "campaign",
            "score",
            "high_intent",
            "status",
            "owner",
            "created_at",
            "mql_at",
            "sal_at",
            "sql_at",
            "first_touch_at",
            "disqualified_at",
            "disqualified_reason",
            "account_id",
            "opportunity_id",
        ],
        rows: by_id(rows.collect()),
    }
}

fn lead_row(lead: &Lead, id: &str, company: &Company, now: i64, ids: &Ids) -> Vec<String> {
    let source = SOURCES.get(lead.source);
    let campaign = source.map(|s| s.campaign).filter(|campaign| !campaign.is_empty());
    vec![
        id.to_owned(),
        lead.email.clone(),
        lead.phone.clone(),
        lead.name.clone(),
        company.name.clone(),
        company.region.name().to_owned(),
        company.country.to_owned(),
        source.map(|s| s.name).unwrap_or_default().to_owned(),
        campaign.map(|c| format!("{c} {}", calendar::quarter_label(lead.created))).unwrap_or_default(),
        lead.score.to_string(),
        flag(lead.high_intent),
        status(lead, now).to_owned(),
        lead.owner.map(member).unwrap_or_default(),
        calendar::stamp(Some(lead.created)),
        calendar::stamp(lead.mql),
        calendar::stamp(lead.sal),
        calendar::stamp(lead.sql),
        calendar::stamp(lead.touched),
        calendar::stamp(lead.disqualified.map(|(at, _)| at)),
        lead.disqualified.map(|(_, reason)| reason).unwrap_or_default().to_owned(),
        ids.company(lead.company),
        lead.deal.map(deal_id).unwrap_or_default(),
    ]
}

/// What the CRM shows beside the lead.
fn status(lead: &Lead, now: i64) -> &'static str {
    match lead {
        Lead { deal: Some(_), .. } => "Converted",
        Lead { disqualified: Some(_), .. } => "Disqualified",
        Lead { sql: Some(_), .. } => "Qualified",
        // Nothing for a month: nobody works on it any more.
        _ if now - lead.created > 30 * DAY => "Nurture",
        Lead { sal: Some(_), .. } => "Accepted",
        Lead { touched: Some(_), .. } => "Working",
        _ => "New",
    }
}

pub(super) fn contacts(world: &World, ids: &Ids) -> SampleFile {
    let rows = world.contacts.iter().zip(&ids.contacts).filter_map(|(contact, id)| {
        let account = world.accounts.get(contact.account)?;
        let company = world.companies.get(account.company)?;
        Some(vec![
            id.clone(),
            ids.account(Some(contact.account)),
            contact.email.clone(),
            contact.phone.clone(),
            contact.name.clone(),
            contact.title.to_owned(),
            company.country.to_owned(),
            member(account.owner),
            calendar::stamp(Some(contact.created)),
        ])
    });
    SampleFile {
        name: "contacts.csv",
        header: &["id", "account_id", "email", "phone", "full_name", "title", "country", "owner", "created_at"],
        rows: by_id(rows.collect()),
    }
}

pub(super) fn opportunities(world: &World, ids: &Ids, first_values: &BTreeMap<usize, i64>) -> SampleFile {
    let rows = world.deals.iter().enumerate().filter_map(|(at, deal)| {
        let company = world.companies.get(deal.company)?;
        let (probability, category) = deal.stage().forecast();
        let [need, budget, decision_maker] = deal.proofs.map(|known| known.map(flag).unwrap_or_default());
        Some(vec![
            deal_id(at),
            format!("{} - {}", company.name, deal.product),
            ids.company(deal.company),
            deal.lead.and_then(|lead| ids.leads.get(lead)).cloned().unwrap_or_default(),
            deal.stage().name().to_owned(),
            deal.amount().to_string(),
            CURRENCY.to_owned(),
            probability.to_string(),
            category.to_owned(),
            member(deal.owner),
            deal.source.to_owned(),
            deal.product.to_owned(),
            calendar::stamp(Some(deal.created)),
            deal.close_date().map(|day| day.to_string()).unwrap_or_default(),
            calendar::stamp(deal.closed()),
            calendar::stamp(deal.signed),
            calendar::stamp(first_values.get(&at).copied()),
            need,
            budget,
            decision_maker,
            deal.loss_reason.to_owned(),
        ])
    });
    SampleFile {
        name: "opportunities.csv",
        header: &[
            "id",
            "name",
            "account_id",
            "lead_id",
            "stage",
            "amount",
            "currency",
            "probability",
            "forecast_category",
            "owner",
            "source",
            "product",
            "created_at",
            "close_date",
            "closed_at",
            "contract_signed_at",
            "first_value_at",
            "need",
            "budget",
            "decision_maker",
            "loss_reason",
        ],
        rows: rows.collect(),
    }
}

/// Columns of a stage history, whatever it is about.
pub(super) const HISTORY: &[&str] =
    &["object", "record_id", "from_stage", "to_stage", "at", "actor", "amount", "close_date"];

pub(super) fn stage_history(world: &World) -> SampleFile {
    let mut changes: Vec<_> = world
        .deals
        .iter()
        .enumerate()
        .flat_map(|(at, deal)| deal.history.iter().map(move |change| (change.at, at, deal.owner, change)))
        .collect();
    changes.sort_by_key(|(time, at, ..)| (*time, *at));
    let rows = changes.into_iter().map(|(time, at, owner, change)| {
        vec![
            "opportunity".to_owned(),
            deal_id(at),
            change.from.map(|stage| stage.name().to_owned()).unwrap_or_default(),
            change.to.name().to_owned(),
            calendar::stamp(Some(time)),
            member(owner),
            change.amount.to_string(),
            change.close_date.to_string(),
        ]
    });
    SampleFile { name: "stage-history.csv", header: HISTORY, rows: rows.collect() }
}
