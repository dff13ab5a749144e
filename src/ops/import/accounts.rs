//! A lead finds its account: by the domain of its mail or company, else by the company's name.

use super::Result;
use crate::domain::company::{domain_of, name_key};
use crate::domain::object::Object;
use crate::domain::reconcile::{NEVER, Older, older_to_json};
use crate::domain::value::{Id, Value};
use crate::store::{Unsettled, Writing};
use std::collections::{BTreeSet, HashMap, HashSet};

/// The accounts by what leads may have in common with them.
#[derive(Default)]
pub(super) struct Accounts {
    domains: HashMap<String, BTreeSet<Id>>,
    names: HashMap<String, BTreeSet<Id>>,
    /// The accounts that each system knows.
    of_system: HashMap<String, HashSet<Id>>,
}

/// What is found for a lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// The account that it belongs to.
    One(Id),
    /// Several, and nothing tells which.
    Several,
    /// None.
    None,
}

/// What a lead says of its company.
#[derive(Debug, Clone, Default)]
pub(super) struct Company {
    pub email: Option<String>,
    pub domain: Option<String>,
    pub name: Option<String>,
}

impl Company {
    /// What the values of a person say.
    pub fn of(values: &[Value]) -> Self {
        let text = |key| {
            let at = Object::Person.position(key)?;
            values.get(at)?.text().map(str::to_owned)
        };
        Self { email: text("email"), domain: text("domain"), name: text("company") }
    }
}

impl Accounts {
    pub fn load(writing: &mut Writing<'_>) -> Result<Self> {
        let mut accounts = Self { of_system: writing.records_of_systems(Object::Account)?, ..Self::default() };
        for (id, [name, domain]) in writing.company_names()? {
            if let Some(domain) = domain.as_deref().and_then(domain_of) {
                accounts.domains.entry(domain).or_default().insert(id);
            }
            if let Some(name) = name.as_deref().and_then(name_key) {
                accounts.names.entry(name).or_default().insert(id);
            }
        }
        Ok(accounts)
    }

    /// The account that a lead belongs to: one of the systems that know the lead, else any other.
    pub fn find(&self, company: &Company, systems: &[String]) -> Found {
        let is_own =
            |id: &Id| systems.iter().filter_map(|system| self.of_system.get(system)).any(|ids| ids.contains(id));
        match self.among(company, is_own) {
            Found::None => self.among(company, |_| true),
            found => found,
        }
    }

    /// The account that fits among some.
    fn among(&self, company: &Company, counts: impl Fn(&Id) -> bool) -> Found {
        let domains = [&company.email, &company.domain].into_iter().flatten().filter_map(|text| domain_of(text));
        let by_domain = domains.filter_map(|domain| self.domains.get(&domain)).flatten();
        let by_domain: BTreeSet<Id> = by_domain.copied().filter(|id| counts(id)).collect();
        let by_name = company.name.as_deref().and_then(name_key).and_then(|name| self.names.get(&name));
        let by_name: BTreeSet<Id> = by_name.into_iter().flatten().copied().filter(|id| counts(id)).collect();
        let both: BTreeSet<Id> = by_domain.intersection(&by_name).copied().collect();
        // Several share the domain: the name tells them apart.
        let found = if by_domain.is_empty() {
            &by_name
        } else if by_domain.len() > 1 && !both.is_empty() {
            &both
        } else {
            &by_domain
        };
        match found.first() {
            Some(&id) if found.len() == 1 => Found::One(id),
            Some(_) => Found::Several,
            None => Found::None,
        }
    }
}

/// How many leads an import has given accounts, and for how many several would do.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Matched {
    pub matched: u64,
    pub unclear: u64,
}

/// Gives every lead whose account nobody has said the one that it can be told to belong to now, or none.
pub(super) fn match_leads(writing: &mut Writing<'_>) -> Result<Matched> {
    let accounts = Accounts::load(writing)?;
    let at = Object::Person.position("account").unwrap_or_default();
    let older = Object::Link.position("older").unwrap_or_default();
    let mut counts = Matched::default();
    for Unsettled { lead, account, systems, company: [email, domain, name] } in writing.leads_without_account()? {
        let found = accounts.find(&Company { email, domain, name }, &systems);
        counts.unclear += u64::from(found == Found::Several);
        let found = if let Found::One(id) = found { Some(id) } else { None };
        if found == account {
            continue;
        }
        counts.matched += u64::from(found.is_some());
        writing.update(Object::Person, lead, &[(at, found.into())], None)?;
        for known in writing.known(lead)? {
            let mut said = known.older;
            match found {
                Some(_) => said.insert("account".to_owned(), NEVER),
                None => said.remove("account"),
            };
            writing.update(Object::Link, known.link, &[(older, older_to_json(&said))], None)?;
        }
    }
    Ok(counts)
}

/// What the link of a lead notes of an account that no export named: any export that names one knows better.
pub(super) fn nobody_said() -> Value {
    older_to_json(&Older::from([("account".to_owned(), NEVER)]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accounts() -> Accounts {
        let mut accounts = Accounts::default();
        for (id, name, domain) in [
            (1, "Helio Inc", "helio.example"),
            (2, "Plenum", "group.example"),
            (3, "Quarto", "group.example"),
            (4, "Helio", ""),
        ] {
            accounts.names.entry(name_key(name).unwrap()).or_default().insert(Id(id));
            if let Some(domain) = domain_of(domain) {
                accounts.domains.entry(domain).or_default().insert(Id(id));
            }
        }
        accounts
    }

    #[test]
    fn one_account_or_none() {
        for (email, domain, name, expected) in [
            ("a@helio.example", "", "", Found::One(Id(1))),
            ("a@gmail.com", "https://www.helio.example", "", Found::One(Id(1))),
            ("a@group.example", "", "", Found::Several),
            ("a@group.example", "", "QUARTO Ltd.", Found::One(Id(3))),
            ("a@group.example", "", "Helio", Found::Several),
            ("a@gmail.com", "", "Plenum GmbH", Found::One(Id(2))),
            ("a@gmail.com", "", "Helio", Found::Several),
            ("a@helio.example", "", "Plenum", Found::One(Id(1))),
            ("", "", "", Found::None),
        ] {
            assert_eq!(accounts().find(&company(email, domain, name), &[]), expected, "{email} {domain} {name}");
        }
    }

    #[test]
    fn an_account_of_the_own_system_comes_first() {
        let mut accounts = accounts();
        accounts.of_system = [("crm", vec![1, 2]), ("erp", vec![4]), ("both", vec![1, 4])]
            .map(|(system, ids)| (system.to_owned(), ids.into_iter().map(Id).collect()))
            .into();
        let helio = company("", "", "Helio");
        for (systems, expected) in [
            (&["crm"][..], Found::One(Id(1))),
            (&["erp"], Found::One(Id(4))),
            (&["both"], Found::Several),
            (&["erp", "crm"], Found::Several),
            (&["web"], Found::Several),
        ] {
            let systems: Vec<String> = systems.iter().map(|system| (*system).to_owned()).collect();
            assert_eq!(accounts.find(&helio, &systems), expected, "{systems:?}");
        }
        // What another system knows counts where the own one knows nothing.
        assert_eq!(accounts.find(&company("", "", "Quarto"), &["crm".to_owned()]), Found::One(Id(3)));
    }

    fn company(email: &str, domain: &str, name: &str) -> Company {
        let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Company { email: text(email), domain: text(domain), name: text(name) }
    }
}
