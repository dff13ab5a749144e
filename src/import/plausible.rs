//! Days on which a company can have met people and made deals: a slip of the pen is told from a date.

use crate::domain::object::{Kind, Object};
use crate::domain::time::{DAY_MS, Instant};
use crate::domain::value::Value;

/// How far ahead a plan may reach.
const TEN_YEARS: i64 = 3_653 * DAY_MS;

/// Whether a day or time may stand in a field of a person, a company, a deal or a move: not before 1970, and not more
/// than ten years after `now`. Whatever else a field holds is not judged.
pub(super) fn is_plausible(object: Object, key: &str, value: &Value, now: Instant) -> bool {
    let is_judged = matches!(
        object,
        Object::Person | Object::Account | Object::Opportunity | Object::StageChange | Object::LifecycleChange
    );
    let kind = object.fields().iter().find(|field| is_judged && field.key == key).map(|field| field.kind);
    let last = Instant(now.0.saturating_add(TEN_YEARS));
    match kind {
        Some(Kind::Instant) => value.int().is_none_or(|ms| (0..=last.0).contains(&ms)),
        Some(Kind::Date) => {
            value.text().is_none_or(|day| ("1970-01-01"..=last.date().to_string().as_str()).contains(&day))
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_the_pen_are_told_from_dates() {
        let now = Instant::parse_rfc3339("2026-11-20T00:00:00Z").unwrap();
        let at = |text: &str| Value::Int(Instant::parse_rfc3339(text).unwrap().0);
        for (object, key, value, expected) in [
            (Object::Opportunity, "created_at", at("2199-01-01T00:00:00Z"), false),
            (Object::Opportunity, "created_at", at("2016-10-20T00:00:00Z"), true),
            (Object::Person, "mql_at", at("1969-12-31T23:59:59Z"), false),
            (Object::Opportunity, "close_date", "1899-12-31".into(), false),
            (Object::Opportunity, "close_date", "2036-11-20".into(), true),
            (Object::Opportunity, "close_date", "2037-01-01".into(), false),
            (Object::Opportunity, "amount", Value::Int(-5), true),
            (Object::Member, "hired_at", "1965-01-01".into(), true),
        ] {
            assert_eq!(is_plausible(object, key, &value, now), expected, "{key} {value:?}");
        }
    }
}
