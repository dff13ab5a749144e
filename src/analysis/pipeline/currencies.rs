//! What amounts of other currencies were converted by, and which have no rate.

use super::book::Book;
use crate::domain::money::Currency;
use crate::domain::time::Day;
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;

/// The currencies of the deals.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Currencies {
    /// The one that amounts are converted to.
    #[serde(serialize_with = "code")]
    pub home: Currency,
    /// For each other one with rates: that of the newest day that any deal was converted at.
    pub rates: Vec<UsedRate>,
    /// Those with deals that have no rate for their day: their amounts stand apart.
    pub missing: Vec<Missing>,
}

/// A rate that deals were converted by.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UsedRate {
    /// The currency.
    #[serde(serialize_with = "code")]
    pub currency: Currency,
    /// From which day on it holds.
    pub date: Day,
    /// One unit in the home currency, as a decimal.
    pub rate: String,
    /// How many deals were converted from this currency, each at the rate of its day.
    pub deals: u64,
}

/// A currency without a rate.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Missing {
    /// The currency.
    #[serde(serialize_with = "code")]
    pub currency: Currency,
    /// How many deals stand apart.
    pub deals: u64,
}

fn code<S: Serializer>(currency: &Currency, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(currency.code())
}

pub(super) fn currencies(book: &Book<'_>) -> Currencies {
    let mut used: BTreeMap<Currency, UsedRate> = BTreeMap::new();
    let mut missing: BTreeMap<Currency, u64> = BTreeMap::new();
    for &(money, day) in &book.foreign {
        let Some(dated) = book.exchange.rate(money.currency, day) else {
            *missing.entry(money.currency).or_default() += 1;
            continue;
        };
        let (date, rate, currency) = (Day(dated.day), decimal(dated.billionths), money.currency);
        let known = used.entry(currency).or_insert(UsedRate { currency, date, rate: rate.clone(), deals: 0 });
        known.deals += 1;
        if known.date < date {
            (known.date, known.rate) = (date, rate);
        }
    }
    Currencies {
        home: book.home(),
        rates: used.into_values().collect(),
        missing: missing.into_iter().map(|(currency, deals)| Missing { currency, deals }).collect(),
    }
}

/// Billionths as a decimal without zeros at its end: `1.0886`.
fn decimal(billionths: i64) -> String {
    let text = format!("{}.{:09}", billionths / 1_000_000_000, billionths.unsigned_abs() % 1_000_000_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
