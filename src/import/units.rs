//! Units in brackets behind the name of a column: `商机金额（万元）`, `Amount (USD)`, `Revenue (k€)`.

use super::{ids, numbers};
use crate::domain::fold::{fold, narrow};
use crate::domain::money::Currency;

/// What the amounts of a column are counted in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unit {
    /// How many zeros stand behind them.
    pub zeros: i32,
    /// The currency, as it is written; empty where none is.
    named: String,
}

/// Currencies that headers name by their code.
const CODES: &[&str] = &[
    "USD", "EUR", "GBP", "CNY", "RMB", "JPY", "HKD", "TWD", "KRW", "SGD", "AUD", "NZD", "CAD", "CHF", "SEK", "NOK",
    "DKK", "PLN", "CZK", "HUF", "INR", "BRL", "MXN", "ZAR", "THB", "MYR", "IDR", "PHP", "VND", "AED", "SAR", "ILS",
];
/// Currencies that headers name by a sign or word.
const WORDS: &[&str] = &[
    "$",
    "us$",
    "hk$",
    "€",
    "£",
    "¥",
    "₹",
    "₩",
    "円",
    "元",
    "圆",
    "人民币",
    "人民币元",
    "美元",
    "欧元",
    "英镑",
    "日元",
    "港元",
    "港币",
    "usd",
    "eur",
    "gbp",
    "cny",
    "rmb",
    "jpy",
];
/// What stands before a currency for zeros, and what behind it; longer words first.
const BEFORE: &[(&str, i32)] =
    &[("千万", 7), ("百万", 6), ("亿", 8), ("万", 4), ("千", 3), ("thousand", 3), ("million", 6), ("K", 3), ("k", 3)];
const BEHIND: &[(&str, i32)] = &[
    ("thousands", 3),
    ("thousand", 3),
    ("millions", 6),
    ("million", 6),
    ("mn", 6),
    ("bn", 9),
    ("K", 3),
    ("k", 3),
    ("M", 6),
    ("m", 6),
];

impl Unit {
    /// The currency; a sign means what it means in an amount of this store.
    pub(super) fn currency(&self, store: Currency) -> Option<Currency> {
        let is_sign = self.named.chars().count() == 1 && self.named != "元";
        if is_sign { numbers::currency_of(&self.named, store) } else { ids::currency_of(&self.named) }
    }

    fn of(text: &str) -> Option<Self> {
        let text: String = text.chars().map(narrow).collect();
        let text = text.trim();
        let text = text.strip_prefix("单位").map_or(text, |rest| rest.trim_start_matches([':', ' ']));
        let text = text.strip_prefix("in ").unwrap_or(text).trim();
        let of_yuan = text.strip_prefix("人民币").filter(|rest| rest.chars().count() > 1);
        let text = of_yuan.unwrap_or(text);
        let scaled = BEFORE.iter().find_map(|(word, zeros)| Some((text.strip_prefix(word)?.trim(), *zeros)));
        let scaled = scaled.filter(|(rest, _)| rest.is_empty() || is_currency(rest));
        let behind = || {
            let found = BEHIND.iter().find_map(|(word, zeros)| Some((text.strip_suffix(word)?.trim(), *zeros)));
            // `m` alone is no million.
            found.filter(|(rest, _)| is_currency(rest) || rest.is_empty() && text.chars().count() > 1)
        };
        let plain = || is_currency(text).then_some((text, 0));
        let (named, zeros) = plain().or(scaled).or_else(behind)?;
        Some(Self { zeros, named: named.to_owned() })
    }
}

fn is_currency(text: &str) -> bool {
    CODES.contains(&text) || WORDS.contains(&text.to_lowercase().as_str())
}

/// The name of a column without the unit behind it, and that unit.
fn parted(name: &str) -> Option<(&str, Unit)> {
    let name = name.trim().trim_end_matches('*').trim_end();
    let (base, unit) = name.strip_suffix([')', '）'])?.rsplit_once(['(', '（'])?;
    Some((base, Unit::of(unit)?)).filter(|(base, _)| !fold(base).is_empty())
}

/// The unit of a column.
pub(super) fn unit_of(name: &str) -> Option<Unit> {
    parted(name).map(|(_, unit)| unit)
}

/// The name of a column as names are compared: without its unit.
pub(super) fn folded(name: &str) -> String {
    parted(name).map_or_else(|| fold(name), |(base, _)| fold(base))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_is_told_from_the_name() {
        for (name, base, zeros, code) in [
            ("商机金额（元）", "商机金额", 0, Some("CNY")),
            ("金额(万元)*", "金额", 4, Some("CNY")),
            ("销售额（单位：亿元）", "销售额", 8, Some("CNY")),
            ("金额（万）", "金额", 4, None),
            ("Amount (USD)", "amount", 0, Some("USD")),
            ("Amount (€)", "amount", 0, Some("EUR")),
            ("Amount ($)", "amount", 0, None),
            ("Amount (US$)", "amount", 0, Some("USD")),
            ("Revenue (k€)", "revenue", 3, Some("EUR")),
            ("Revenue (USD m)", "revenue", 6, Some("USD")),
            ("Revenue (in millions)", "revenue", 6, None),
            ("预算（万美元）", "预算", 4, Some("USD")),
            ("金额（人民币）", "金额", 0, Some("CNY")),
            ("金额（人民币万元）", "金额", 4, Some("CNY")),
        ] {
            let unit = unit_of(name).unwrap();
            let currency = unit.currency(Currency::USD).map(|currency| currency.code().to_owned());
            assert_eq!((folded(name).as_str(), unit.zeros, currency.as_deref()), (base, zeros, code), "{name}");
        }
        for name in
            ["Amount (converted)", "Opportunity ID (18 Digit)", "Amount (net)", "Size (m)", "(USD)", "客户名称（必填）"]
        {
            assert_eq!((unit_of(name), folded(name)), (None, fold(name)), "{name}");
        }
    }
}
