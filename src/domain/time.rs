//! Points in time and days.

use chrono::{DateTime, Datelike, NaiveDate, SecondsFormat, Utc};
use serde::{Serialize, Serializer};
use std::fmt;

/// Milliseconds in a day of 24 hours.
pub const DAY_MS: i64 = 86_400_000;

/// A point in time, in milliseconds since 1970 UTC.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(pub i64);

impl Instant {
    /// Reads RFC 3339, for example `2017-12-31T00:00:00Z`.
    #[must_use]
    pub fn parse_rfc3339(text: &str) -> Option<Self> {
        DateTime::parse_from_rfc3339(text).ok().map(|t| Self(t.timestamp_millis()))
    }

    /// Midnight UTC at the start of `date`.
    #[must_use]
    pub fn at_midnight(date: NaiveDate) -> Self {
        Self(date.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis())
    }

    /// The UTC calendar day; the epoch for instants beyond chrono's range.
    #[must_use]
    pub fn date(self) -> NaiveDate {
        self.utc().date_naive()
    }

    /// The calendar day in a zone.
    #[must_use]
    pub fn day_in(self, zone: chrono_tz::Tz) -> NaiveDate {
        self.utc().with_timezone(&zone).date_naive()
    }

    /// Whole days from `earlier` to this instant, rounded down; negative when `earlier` is later.
    #[must_use]
    pub fn days_since(self, earlier: Self) -> i64 {
        (self.0 - earlier.0).div_euclid(DAY_MS)
    }

    /// `2017-12-31T00:00:00Z`, with milliseconds only where there are any.
    #[must_use]
    pub fn to_rfc3339(self) -> String {
        self.utc().to_rfc3339_opts(SecondsFormat::AutoSi, true)
    }

    /// The same as chrono has it; the epoch beyond its range.
    #[must_use]
    pub(super) fn utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.0).unwrap_or_default()
    }
}

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_rfc3339())
    }
}

/// A calendar day, in days since 1970; in JSON `2026-11-17`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(pub i64);

impl Day {
    /// Its date; the epoch for days beyond chrono's range.
    #[must_use]
    pub fn date(self) -> NaiveDate {
        Instant(self.0.saturating_mul(DAY_MS)).date()
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.date().fmt(f)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The calendar quarter of a day, as `2017-Q4`.
#[must_use]
pub fn quarter(date: NaiveDate) -> String {
    format!("{}-Q{}", date.year(), date.month0() / 3 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_writes_rfc3339() {
        let noon = Instant::parse_rfc3339("2017-12-31T13:00:00+01:00").unwrap();
        assert_eq!(noon.to_rfc3339(), "2017-12-31T12:00:00Z");
        assert_eq!(quarter(noon.date()), "2017-Q4");
        assert_eq!(Instant::parse_rfc3339("yesterday"), None);
    }

    #[test]
    fn days_are_whole_and_rounded_down() {
        let day = |n| Instant(n * DAY_MS);
        assert_eq!(day(3).days_since(day(1)), 2);
        assert_eq!(Instant(DAY_MS - 1).days_since(Instant(0)), 0);
        assert_eq!(Instant(-1).days_since(Instant(0)), -1);
    }
}
