//! Amounts of money: integer minor units and an ISO 4217 currency, never a float.

use serde::{Serialize, Serializer, ser::SerializeStruct};
use std::collections::BTreeMap;
use std::fmt;

/// An ISO 4217 currency code, for example `USD`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// United States dollar, the currency of a store that was told no other.
    pub const USD: Self = Self(*b"USD");

    /// Reads three letters in either case.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        let bytes: [u8; 3] = code.trim().to_ascii_uppercase().into_bytes().try_into().ok()?;
        bytes.iter().all(u8::is_ascii_uppercase).then_some(Self(bytes))
    }

    /// The three letters.
    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// How many decimals the currency has (ISO 4217: two, but for these).
    #[must_use]
    pub fn decimals(self) -> u32 {
        match &self.0 {
            b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW" | b"PYG" | b"RWF" | b"UGX"
            | b"UYI" | b"VND" | b"VUV" | b"XAF" | b"XOF" | b"XPF" => 0,
            b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
            b"CLF" | b"UYW" => 4,
            _ => 2,
        }
    }

    /// The code as one number, for integer columns.
    #[must_use]
    pub fn pack(self) -> i64 {
        self.0.iter().fold(0, |packed, &letter| packed << 8 | i64::from(letter))
    }

    /// The currency of a packed code.
    #[must_use]
    pub fn unpack(packed: i64) -> Option<Self> {
        let [.., a, b, c] = packed.to_be_bytes();
        Self::parse(std::str::from_utf8(&[a, b, c]).ok()?)
    }

    /// Minor units in one major unit, for example 100 cents.
    #[must_use]
    pub fn minor_per_major(self) -> i64 {
        10_i64.pow(self.decimals())
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// An amount in one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Money {
    /// Minor units, for example cents.
    pub minor: i64,
    /// The currency of the minor units.
    pub currency: Currency,
}

impl Money {
    /// The amount in major units with all its decimals, for example `10005534.00`.
    #[must_use]
    pub fn plain(self) -> String {
        let per = self.currency.minor_per_major().unsigned_abs();
        let (sign, minor) = (if self.minor < 0 { "-" } else { "" }, self.minor.unsigned_abs());
        match self.currency.decimals() as usize {
            0 => format!("{sign}{minor}"),
            width => format!("{sign}{}.{:0width$}", minor / per, minor % per),
        }
    }
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Money", 2)?;
        object.serialize_field("currency", self.currency.code())?;
        object.serialize_field("amount", &self.plain())?;
        object.end()
    }
}

/// A sum that never adds one currency to another.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Purse(BTreeMap<Currency, i64>);

impl Purse {
    /// Adds an amount.
    pub fn add(&mut self, money: Money) {
        let sum = self.0.entry(money.currency).or_default();
        *sum = sum.saturating_add(money.minor);
    }

    /// One sum per currency, by currency code; empty when nothing was added.
    pub fn sums(&self) -> impl Iterator<Item = Money> + '_ {
        self.0.iter().map(|(&currency, &minor)| Money { minor, currency })
    }

    /// The sum, when there is at most one currency in the purse.
    #[must_use]
    pub fn single(&self, when_empty: Currency) -> Option<Money> {
        match self.0.len() {
            0 => Some(Money { minor: 0, currency: when_empty }),
            1 => self.sums().next(),
            _ => None,
        }
    }

    /// The currency, when there is exactly one in the purse.
    #[must_use]
    pub fn currency(&self) -> Option<Currency> {
        let mut currencies = self.0.keys();
        currencies.next().copied().filter(|_| currencies.next().is_none())
    }

    /// For ordering only: minor units of all currencies together, never to be shown.
    #[must_use]
    pub fn weight(&self) -> i64 {
        self.0.values().fold(0, |sum, &minor| sum.saturating_add(minor))
    }
}

impl FromIterator<Money> for Purse {
    fn from_iter<I: IntoIterator<Item = Money>>(amounts: I) -> Self {
        let mut purse = Self::default();
        amounts.into_iter().for_each(|money| purse.add(money));
        purse
    }
}

/// `{"currency","amount"}`, or a list of them when there are several currencies.
impl Serialize for Purse {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.single(Currency::USD) {
            Some(money) => money.serialize(serializer),
            None => serializer.collect_seq(self.sums()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usd(minor: i64) -> Money {
        Money { minor, currency: Currency::USD }
    }

    #[test]
    fn plain_amounts_keep_their_decimals() {
        assert_eq!(usd(1_000_553_400).plain(), "10005534.00");
        assert_eq!(usd(-5).plain(), "-0.05");
        let yen = Currency::parse("jpy").unwrap();
        assert_eq!(Money { minor: 1200, currency: yen }.plain(), "1200");
        assert_eq!(Currency::parse("US"), None);
        assert_eq!(Currency::parse("元元"), None);
        assert_eq!(Currency::unpack(yen.pack()), Some(yen));
    }

    #[test]
    fn currencies_are_never_added_to_each_other() {
        let eur = Currency::parse("EUR").unwrap();
        let purse: Purse = [usd(100), Money { minor: 7, currency: eur }, usd(1)].into_iter().collect();
        assert_eq!(purse.single(Currency::USD), None);
        assert_eq!(
            serde_json::to_string(&purse).unwrap(),
            r#"[{"currency":"EUR","amount":"0.07"},{"currency":"USD","amount":"1.01"}]"#
        );
    }
}
