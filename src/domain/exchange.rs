//! Exchange: amounts of other currencies in the store's own, by the dated rates that it holds.

use crate::domain::facts::Facts;
use crate::domain::money::{Currency, Money};
use std::collections::BTreeMap;

/// Rates are stored in billionths.
const BILLION: i128 = 1_000_000_000;

/// A rate and the day from which on it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dated {
    /// The first day, in days since 1970.
    pub day: i64,
    /// Billionths of the store's currency for one unit.
    pub billionths: i64,
}

/// The rates of a store.
#[derive(Debug, Clone)]
pub struct Exchange {
    /// The store's own currency.
    pub home: Currency,
    rates: BTreeMap<Currency, BTreeMap<i64, i64>>,
}

impl Exchange {
    /// The rates that the facts hold.
    #[must_use]
    pub fn read(facts: &Facts) -> Self {
        let mut rates: BTreeMap<Currency, BTreeMap<i64, i64>> = BTreeMap::new();
        for rate in facts.rates.values() {
            if let (Some(currency), Some(day), Some(rate)) = (rate.currency, rate.day, rate.rate) {
                rates.entry(currency).or_default().insert(day, rate);
            }
        }
        Self { home: facts.currency, rates }
    }

    /// The rate of a currency on a day: the newest that began on it or before.
    #[must_use]
    pub fn rate(&self, currency: Currency, day: i64) -> Option<Dated> {
        let (&day, &billionths) = self.rates.get(&currency)?.range(..=day).next_back()?;
        Some(Dated { day, billionths })
    }

    /// An amount in the store's currency at the rate of a day, halves away from zero; `None` where there is no
    /// rate. Home amounts stay as they are.
    #[must_use]
    pub fn convert(&self, money: Money, day: i64) -> Option<Money> {
        if money.currency == self.home {
            return Some(money);
        }
        let rate = self.rate(money.currency, day)?;
        let per = |currency: Currency| i128::from(currency.minor_per_major());
        let above = i128::from(money.minor) * i128::from(rate.billionths) * per(self.home);
        let below = BILLION * per(money.currency);
        let half = if above < 0 { -below / 2 } else { below / 2 };
        let minor = i64::try_from((above + half) / below).ok()?;
        Some(Money { minor, currency: self.home })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::facts::RateFact;
    use std::sync::Arc;

    fn money(minor: i64, code: &str) -> Money {
        Money { minor, currency: Currency::parse(code).unwrap() }
    }

    #[test]
    fn the_rate_of_the_day_counts_and_currencies_have_decimals_of_their_own() {
        let rate =
            |code: &str, day, rate| RateFact { currency: Currency::parse(code), day: Some(day), rate: Some(rate) };
        let rates = [
            (1, rate("EUR", 10, 1_100_000_000)),
            (2, rate("EUR", 20, 1_250_000_000)),
            (3, rate("JPY", 10, 6_500_000)),
            (4, RateFact { currency: None, day: Some(1), rate: Some(1) }),
        ];
        let exchange = Exchange::read(&Facts { rates: Arc::new(rates.into()), ..Facts::default() });
        let dollars = |money, day| exchange.convert(money, day).map(Money::plain);
        assert_eq!(dollars(money(10_000, "EUR"), 19).as_deref(), Some("110.00"));
        assert_eq!(dollars(money(10_000, "EUR"), 20).as_deref(), Some("125.00"));
        assert_eq!(dollars(money(1_000, "JPY"), 30).as_deref(), Some("6.50"));
        // 0.01 EUR at 1.25 is 1.25 cents, 0.02 is 2.5: away from zero.
        assert_eq!([1, 2, -2].map(|minor| dollars(money(minor, "EUR"), 20).unwrap()), ["0.01", "0.03", "-0.03"]);
        assert_eq!(dollars(money(10_000, "EUR"), 9), None, "before the first rate there is none");
        assert_eq!(dollars(money(1, "CHF"), 30), None);
        assert_eq!(dollars(money(7, "USD"), 0).as_deref(), Some("0.07"));
    }
}
