//! By what a company is known: the domain of its site and mail, and its name without the legal form.

use crate::domain::fold::fold;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::LazyLock;

#[derive(Deserialize, Default)]
struct Catalog {
    free_mail: BTreeSet<String>,
    legal_forms: Vec<String>,
}

static CATALOG: LazyLock<Catalog> =
    LazyLock::new(|| toml::from_str(include_str!("../../assets/catalog/companies.toml")).unwrap_or_default());

/// The domain in an e-mail address, a site's address or a domain; `None` where there is none, and for mail
/// providers, whose customers are no company.
#[must_use]
pub fn domain_of(text: &str) -> Option<String> {
    let text = text.trim().to_lowercase();
    let text = text.split_once("://").map_or(text.as_str(), |(_, rest)| rest);
    let host = text.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.rsplit('@').next().unwrap_or_default();
    let host = host.split(':').next().unwrap_or_default().trim_end_matches('.');
    let host = host.strip_prefix("www.").unwrap_or(host);
    let is_domain = host.contains('.') && !host.starts_with('.') && !host.contains(char::is_whitespace);
    (is_domain && !CATALOG.free_mail.contains(host)).then(|| host.to_owned())
}

/// A company's name as it is compared: without case, punctuation and the legal form behind it; `None` where
/// nothing is left.
#[must_use]
pub fn name_key(name: &str) -> Option<String> {
    let mut name = name.trim().to_lowercase();
    while let Some(shorter) = CATALOG.legal_forms.iter().find_map(|form| without(&name, form)) {
        name = shorter;
    }
    Some(fold(&name)).filter(|key| !key.is_empty())
}

/// The name before a legal form: a word of its own where it is written in letters, joined to the name in Chinese.
fn without(name: &str, form: &str) -> Option<String> {
    let name = name.trim_end_matches(['.', ',', ' ', ')', '）']);
    let rest = name.strip_suffix(form.trim_end_matches('.'))?;
    let is_word = !form.is_ascii() || rest.ends_with([' ', ',', '.', '(']);
    let rest = rest.trim_end_matches([' ', ',', '.', '(', '（']);
    (is_word && !rest.is_empty()).then(|| rest.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domains_of_mail_and_sites() {
        for (text, domain) in [
            ("Ada@Helio.example", Some("helio.example")),
            ("https://www.helio.example/about?x=1", Some("helio.example")),
            ("helio.example:8080", Some("helio.example")),
            ("www.helio.example.", Some("helio.example")),
            ("ada@gmail.com", None),
            ("li@QQ.com", None),
            ("helio", None),
            ("", None),
        ] {
            assert_eq!(domain_of(text).as_deref(), domain, "{text}");
        }
    }

    #[test]
    fn names_without_their_legal_form() {
        for (name, key) in [
            ("Helio, Inc.", "helio"),
            ("HELIO Co., Ltd.", "helio"),
            ("Helio GmbH & Co. KG", "helio"),
            ("Helio S.A.", "helio"),
            ("云帆科技（上海）有限公司", "云帆科技上海"),
            ("云帆科技股份有限公司", "云帆科技"),
            ("Texaco", "texaco"),
            ("Visa", "visa"),
            ("Company", "company"),
        ] {
            assert_eq!(name_key(name).as_deref(), Some(key), "{name}");
        }
        assert_eq!(name_key(" – "), None);
    }
}
