//! Contacts: the people of each account.

use super::accounts::Account;
use super::calendar;
use super::companies::Company;
use super::deals::Deal;
use super::dice::Dice;
use super::leads::{self, Lead};
use super::names;

/// A person at an account.
#[derive(Debug, Clone)]
pub(super) struct Contact {
    /// Position in the accounts.
    pub(super) account: usize,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) phone: String,
    pub(super) title: &'static str,
    pub(super) created: i64,
}

const TITLES: [&str; 9] = [
    "CEO",
    "COO",
    "Head of Operations",
    "IT Director",
    "Marketing Manager",
    "Sales Director",
    "Finance Manager",
    "Project Lead",
    "Procurement",
];

/// One person per account: the lead of its first deal where there was one.
pub(super) fn invent(
    seed: u64,
    companies: &[Company],
    accounts: &[Account],
    leads: &[Lead],
    deals: &[Deal],
) -> Vec<Contact> {
    let mut dice = Dice::new(seed, "contacts");
    let mut first: Vec<Option<&Lead>> = vec![None; companies.len()];
    for deal in deals {
        if let Some(slot) = first.get_mut(deal.company).filter(|slot| slot.is_none()) {
            *slot = deal.lead.and_then(|at| leads.get(at));
        }
    }
    let mut contacts: Vec<Contact> = accounts
        .iter()
        .enumerate()
        .filter_map(|(at, account)| {
            let company = companies.get(account.company)?;
            let title = dice.pick(&TITLES);
            let met = first.get(account.company).copied().flatten();
            Some(match met.filter(|_| account.first_paid.is_none_or(|paid| paid > account.created)) {
                Some(lead) => from_lead(at, account, lead, title),
                None => stranger(&mut dice, at, account, company, title),
            })
        })
        .collect();
    contacts.sort_by_key(|contact| (contact.created, contact.account));
    contacts
}

fn from_lead(at: usize, account: &Account, lead: &Lead, title: &'static str) -> Contact {
    Contact {
        account: at,
        name: lead.name.clone(),
        email: lead.email.clone(),
        phone: lead.phone.clone(),
        title,
        created: account.created.max(lead.created),
    }
}

fn stranger(dice: &mut Dice, at: usize, account: &Account, company: &Company, title: &'static str) -> Contact {
    let chinese = leads::is_chinese(dice, company);
    let person = names::person(dice, chinese);
    // Numbers of leads count up from 0; those of contacts down from far above.
    let phone = if dice.chance(300) { leads::phone(59_999 - at % 30_000, company) } else { String::new() };
    Contact {
        account: at,
        name: person.name,
        email: format!("{}@{}", person.mailbox, company.domain),
        phone,
        title,
        created: calendar::seconds(account.created + 60_000),
    }
}
