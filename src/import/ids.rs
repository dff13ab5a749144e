//! What outside systems call a record and a currency, in one spelling.

use crate::domain::money::Currency;
use crate::domain::object::Object;

/// A currency by its code, or by the names that Chinese and English exports use.
pub(super) fn currency_of(text: &str) -> Option<Currency> {
    let code = match text.trim().to_lowercase().as_str() {
        "$" | "us$" | "us dollar" | "us dollars" | "美元" => "USD",
        "€" | "euro" | "euros" | "欧元" => "EUR",
        "£" | "british pound" | "英镑" => "GBP",
        "rmb" | "cn¥" | "人民币" | "人民币元" | "元" => "CNY",
        "jp¥" | "日元" => "JPY",
        "hk$" | "港币" | "港元" => "HKD",
        // `EUR - Euro`, as pick lists write it.
        other => return Currency::parse(other.split([' ', '-', '(']).next()?),
    };
    Currency::parse(code)
}

/// Salesforce ids come with 15 letters in reports and 18 in exports; the longer is the same id with a
/// check on its capitals. Anything else is left as it is.
#[must_use]
pub fn full_id(object: Object, text: &str) -> String {
    let prefixes: &[&str] = match object {
        Object::Account => &["001"],
        Object::Person => &["003", "00Q"],
        Object::Member => &["005"],
        Object::Opportunity => &["006"],
        Object::Product => &["01t"],
        Object::Touch => &["00T", "00U"],
        _ => &[],
    };
    let is_short = text.len() == 15
        && text.bytes().all(|b| b.is_ascii_alphanumeric())
        && prefixes.iter().any(|prefix| text.starts_with(prefix))
        && text.bytes().any(|b| b.is_ascii_alphabetic());
    if !is_short {
        return text.to_owned();
    }
    let check = text.as_bytes().chunks(5).map(|five| {
        let capitals = five.iter().rev().fold(0_u8, |bits, b| bits << 1 | u8::from(b.is_ascii_uppercase()));
        char::from(if capitals < 26 { b'A' + capitals } else { b'0' + capitals - 26 })
    });
    text.chars().chain(check).collect()
}

/// Whether this is how Salesforce calls an account: some of its columns hold ids of several objects.
pub(super) fn is_account_of_salesforce(id: &str) -> bool {
    matches!(id.len(), 15 | 18) && id.starts_with("001") && id.bytes().all(|b| b.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_salesforce_ids_become_long_ones() {
        assert_eq!(full_id(Object::Opportunity, "006q000000Hddoh"), "006q000000HddohAAB");
        assert_eq!(full_id(Object::Member, "0051G00000600Ml"), "0051G00000600MlQAI");
        assert_eq!(full_id(Object::Account, "006q000000Hddoh"), "006q000000Hddoh");
        assert_eq!(full_id(Object::Opportunity, "006q000000HddohAAB"), "006q000000HddohAAB");
    }

    #[test]
    fn currencies_have_names() {
        assert_eq!(currency_of("人民币").map(|c| c.to_string()).as_deref(), Some("CNY"));
        assert_eq!(currency_of("EUR - Euro").map(|c| c.to_string()).as_deref(), Some("EUR"));
        assert_eq!(currency_of("dollars"), None);
    }
}
