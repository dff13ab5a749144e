//! Values as plain text: the same in every language, and read back by import.

use crate::domain::money::{Currency, Money};
use crate::domain::object::{Field, Kind, Row};
use crate::domain::time::Instant;
use crate::domain::value::{Id, Value};
use std::collections::BTreeMap;

/// What values are told with.
#[derive(Debug, Clone, Copy)]
pub struct Plain<'n> {
    /// The currency of amounts that name none.
    pub home: Currency,
    /// Names of the records that values refer to.
    pub names: &'n BTreeMap<Id, String>,
}

impl Plain<'_> {
    /// The text of a value of a record; nothing for no value.
    #[must_use]
    pub fn of(&self, row: &Row, field: &Field, value: &Value) -> String {
        match (field.kind, value) {
            (_, Value::Null) => String::new(),
            (_, Value::Text(text)) => text.clone(),
            (Kind::Money, Value::Int(minor)) => {
                let own = row.get("currency").text().and_then(Currency::parse);
                Money { minor: *minor, currency: own.unwrap_or(self.home) }.plain()
            }
            (Kind::Instant, Value::Int(ms)) => Instant(*ms).to_rfc3339(),
            (Kind::Percent, Value::Int(parts)) => decimal(*parts, 2),
            (Kind::Decimal, Value::Int(parts)) => decimal(*parts, 4),
            (Kind::Rate, Value::Int(parts)) => decimal(*parts, 9),
            (Kind::Flag, Value::Int(flag)) => (*flag == 1).to_string(),
            (Kind::Code(words), Value::Int(code)) => {
                let word = usize::try_from(*code).ok().and_then(|code| words.get(code));
                word.map_or_else(|| code.to_string(), |word| (*word).to_owned())
            }
            (Kind::Reference(_), Value::Int(id)) => {
                self.names.get(&Id(*id)).cloned().unwrap_or_else(|| format!("#{id}"))
            }
            (_, Value::Int(number)) => number.to_string(),
        }
    }
}

/// A number of so many decimals, without zeros behind the last that counts.
fn decimal(parts: i64, decimals: u32) -> String {
    let (whole, width) = (10_u64.pow(decimals), decimals as usize);
    let (sign, parts) = (if parts < 0 { "-" } else { "" }, parts.unsigned_abs());
    let text = format!("{sign}{}.{:0width$}", parts / whole, parts % whole);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_end_where_they_say_something() {
        for (parts, decimals, text) in [(3500, 2, "35"), (3550, 2, "35.5"), (-5, 4, "-0.0005"), (0, 2, "0")] {
            assert_eq!(decimal(parts, decimals), text);
        }
    }
}
