//! Values of records in words.

use super::look::Look;
use crate::domain::money::{Currency, Money};
use crate::domain::object::{Field, Kind, Row};
use crate::domain::time::{DAY_MS, Instant};
use crate::domain::value::{Id, Value};
use std::collections::BTreeMap;

/// A value of a field of a record, with these names of other records.
#[must_use]
pub fn words(
    field: &Field,
    value: &Value,
    row: &Row,
    names: &BTreeMap<Id, String>,
    look: &Look<'_>,
    home: Currency,
) -> String {
    match (field.kind, value) {
        (_, Value::Text(text)) => text.clone(),
        (_, Value::Null) => String::new(),
        (Kind::Reference(_), Value::Int(id)) => names.get(&Id(*id)).cloned().unwrap_or_else(|| format!("#{id}")),
        (Kind::Money, Value::Int(minor)) => {
            let own = row.get("currency").text().and_then(Currency::parse);
            look.locale.money(Money { minor: *minor, currency: own.unwrap_or(home) })
        }
        (Kind::Instant, Value::Int(ms)) => moment(Instant(*ms)),
        (Kind::Percent, Value::Int(hundredths)) => look.locale.share(u64::try_from(*hundredths).unwrap_or(0), 10_000),
        (Kind::Decimal, Value::Int(parts)) => look.locale.days_bare(*parts as f64 / 10_000.0),
        (Kind::Rate, Value::Int(parts)) => (*parts as f64 / 1e9).to_string(),
        (Kind::Flag, Value::Int(flag)) => look.locale.t(if *flag == 1 { "word-yes" } else { "word-no" }),
        (Kind::Code(words), Value::Int(code)) => {
            let word = usize::try_from(*code).ok().and_then(|code| words.get(code));
            word.map_or_else(|| code.to_string(), |word| look.locale.t(&format!("word-{word}")))
        }
        (Kind::Integer, Value::Int(number)) if *number >= 0 => look.locale.count(number.unsigned_abs()),
        (_, Value::Int(number)) => number.to_string(),
    }
}

/// A value as it is typed, so that it is read back as itself.
#[must_use]
pub fn plain(field: &Field, value: &Value, row: &Row, home: Currency) -> String {
    match (field.kind, value) {
        (_, Value::Null) => String::new(),
        (_, Value::Text(text)) => text.clone(),
        (Kind::Money, Value::Int(minor)) => {
            let own = row.get("currency").text().and_then(Currency::parse);
            Money { minor: *minor, currency: own.unwrap_or(home) }.plain()
        }
        (Kind::Instant, Value::Int(ms)) => moment(Instant(*ms)),
        (Kind::Percent, Value::Int(hundredths)) => format!("{}.{:02}%", hundredths / 100, hundredths % 100),
        (_, Value::Int(number)) => number.to_string(),
    }
}

/// A day, with the time of day where the source had one.
#[must_use]
pub fn moment(instant: Instant) -> String {
    let day = instant.date().to_string();
    if instant.0.rem_euclid(DAY_MS) == 0 {
        return day;
    }
    let minutes = instant.0.rem_euclid(DAY_MS) / 60_000;
    format!("{day} {:02}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_shows_a_time_of_day_only_where_there_is_one() {
        assert_eq!(moment(Instant(0)), "1970-01-01");
        assert_eq!(moment(Instant(DAY_MS + 3_660_000)), "1970-01-02 01:01");
    }
}
