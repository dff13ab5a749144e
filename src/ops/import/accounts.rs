//! A lead finds its account: by the domain of its mail or company, else by the company's name.

use super::Result;
use crate::domain::company::{domain_of, name_key};
use crate::domain::object::Object;
use crate::domain::reconcile::{NEVER, Older, older_to_json};
use crate::domain::value::{Id, Value};
use crate::store::Writing;
use std::collections::{BTreeSet, HashMap};

/// The accounts by what leads may have in common with them.
#[derive(Default)]
pub(super) struct Accounts {
    domains: HashMap<String, BTreeSet<Id>>,
    names: HashMap<String, BTreeSet<Id>>,
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
        let mut accounts = Self::default();
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

    /// The one account that a lead belongs to; `None` where there is none, or where there are several.
    pub fn find(&self, company: &Company) -> Option<Id> {
        let domains = [&company.email, &company.domain].into_iter().flatten().filter_map(|text| domain_of(text));
        let by_domain: BTreeSet<Id> =
            domains.filter_map(|domain| self.domains.get(&domain)).flatten().copied().collect();
        let by_name = company.name.as_deref().and_then(name_key).and_then(|name| self.names.get(&name));
        let by_name = by_name.cloned().unwrap_or_default();
        let both: BTreeSet<Id> = by_domain.intersection(&by_name).copied().collect();
        // Several share the domain: the name tells them apart.
        let found = if by_domain.is_empty() {
            by_name
        } else if by_domain.len() > 1 {
            both
        } else {
            by_domain
        };
        found.first().copied().filter(|_| found.len() == 1)
    }
}

/// Gives leads that were there before this import the accounts that they can be told to belong to now.
pub(super) fn match_older(writing: &mut Writing<'_>) -> Result<u64> {
    let accounts = Accounts::load(writing)?;
    let mut matched = 0;
    for (lead, [email, domain, name]) in writing.leads_without_account()? {
        let Some(account) = accounts.find(&Company { email, domain, name }) else { continue };
        let at = Object::Person.position("account").unwrap_or_default();
        writing.update(Object::Person, lead, &[(at, account.into())], None)?;
        let older = Object::Link.position("older").unwrap_or_default();
        for known in writing.known(lead)? {
            let mut said = known.older;
            said.insert("account".to_owned(), NEVER);
            writing.update(Object::Link, known.link, &[(older, older_to_json(&said))], None)?;
        }
        matched += 1;
    }
    Ok(matched)
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
            ("a@helio.example", "", "", Some(1)),
            ("a@gmail.com", "https://www.helio.example", "", Some(1)),
            ("a@group.example", "", "", None),
            ("a@group.example", "", "QUARTO Ltd.", Some(3)),
            ("a@gmail.com", "", "Plenum GmbH", Some(2)),
            ("a@gmail.com", "", "Helio", None),
            ("a@helio.example", "", "Plenum", Some(1)),
            ("", "", "", None),
        ] {
            let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
            let company = Company { email: text(email), domain: text(domain), name: text(name) };
            assert_eq!(accounts().find(&company), expected.map(Id), "{company:?}");
        }
    }
}
