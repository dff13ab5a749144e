//! Periods: weeks, months, quarters and any run of days, and how they follow each other.
//!
//! Days are those of UTC. A quarter belongs to the fiscal year; a fiscal year that does not begin in
//! January is named after the calendar year in which it ends: with April as its first month,
//! 2026-04-01 begins `FY2027-Q1`.

use crate::domain::time::{DAY_MS, Instant};
use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use serde::{Serialize, Serializer};
use std::fmt;

/// The first month of the fiscal year, 1 to 12.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FiscalYear(u32);

impl Default for FiscalYear {
    fn default() -> Self {
        Self(1)
    }
}

impl FiscalYear {
    /// A fiscal year that begins with this month; `None` unless it is 1 to 12.
    #[must_use]
    pub fn beginning_in(month: u32) -> Option<Self> {
        (1..=12).contains(&month).then_some(Self(month))
    }

    /// Year (by name) and quarter (0 to 3) of a day.
    fn quarter_of(self, day: NaiveDate) -> (i32, u32) {
        let months = (day.month() + 12 - self.0) % 12;
        let begun = if day.month() < self.0 { day.year() - 1 } else { day.year() };
        (begun + self.named_later(), months / 3)
    }

    fn quarter_start(self, year: i32, quarter: u32) -> Option<NaiveDate> {
        let first = NaiveDate::from_ymd_opt(year - self.named_later(), self.0, 1)?;
        first.checked_add_months(Months::new(quarter * 3))
    }

    /// How many years its name is later than its first day.
    fn named_later(self) -> i32 {
        i32::from(self.0 > 1)
    }
}

/// How long the usual periods are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// From Monday to Sunday, numbered as in ISO 8601.
    Week,
    /// A calendar month.
    Month,
    /// Three months of the fiscal year.
    Quarter,
    /// A fiscal year.
    Year,
}

impl Unit {
    /// Every unit, shortest first.
    pub const ALL: [Self; 4] = [Self::Week, Self::Month, Self::Quarter, Self::Year];

    /// Its name in settings and message keys.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        }
    }
}

/// A run of whole days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// `None` for a run of days that someone chose.
    unit: Option<Unit>,
    first: NaiveDate,
    /// The day behind the last.
    end: NaiveDate,
    fiscal: FiscalYear,
}

/// A stretch of time: from `from` on, before `to`, both in milliseconds UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// The first instant inside.
    pub from: i64,
    /// The first instant behind it.
    pub to: i64,
}

impl Window {
    /// Whether an instant lies inside.
    #[must_use]
    pub fn has(self, at: i64) -> bool {
        self.from <= at && at < self.to
    }
}

impl Period {
    /// The period of this length that holds `day`; `None` at the end of chrono's calendar.
    #[must_use]
    pub fn holding(unit: Unit, day: NaiveDate, fiscal: FiscalYear) -> Option<Self> {
        let first = match unit {
            Unit::Week => day.checked_sub_days(Days::new(day.weekday().num_days_from_monday().into()))?,
            Unit::Month => day.with_day(1)?,
            Unit::Quarter => {
                let (year, quarter) = fiscal.quarter_of(day);
                fiscal.quarter_start(year, quarter)?
            }
            Unit::Year => fiscal.quarter_start(fiscal.quarter_of(day).0, 0)?,
        };
        Self::beginning(unit, first, fiscal)
    }

    fn beginning(unit: Unit, first: NaiveDate, fiscal: FiscalYear) -> Option<Self> {
        let end = match unit {
            Unit::Week => first.checked_add_days(Days::new(7))?,
            Unit::Month => first.checked_add_months(Months::new(1))?,
            Unit::Quarter => first.checked_add_months(Months::new(3))?,
            Unit::Year => first.checked_add_months(Months::new(12))?,
        };
        Some(Self { unit: Some(unit), first, end, fiscal })
    }

    /// The days from `first` to `last`, both inside; `None` when they are in the wrong order.
    #[must_use]
    pub fn days(first: NaiveDate, last: NaiveDate, fiscal: FiscalYear) -> Option<Self> {
        let end = last.succ_opt().filter(|end| first < *end)?;
        Some(Self { unit: None, first, end, fiscal })
    }

    /// Reads `2026-Q4` (`FY2027-Q1` where the fiscal year does not begin in January), `2026-10`,
    /// `2026-W41`, `2026-07-01..2026-08-17` and, as [`Period::year`] does, `2026`.
    #[must_use]
    pub fn parse(text: &str, fiscal: FiscalYear) -> Option<Self> {
        let text = text.trim();
        if let Some((first, last)) = text.split_once("..") {
            return Self::days(first.trim().parse().ok()?, last.trim().parse().ok()?, fiscal);
        }
        let Some((year, rest)) = text.split_once('-') else { return Self::year(text, fiscal) };
        let year: i32 = year.strip_prefix("FY").or(year.strip_prefix("fy")).unwrap_or(year).parse().ok()?;
        let number = |digits: &str| digits.parse::<u32>().ok().filter(|_| digits.len() <= 2);
        match (rest.strip_prefix(['Q', 'q']), rest.strip_prefix(['W', 'w'])) {
            (Some(quarter), _) => {
                let quarter = number(quarter).filter(|quarter| (1..=4).contains(quarter))?;
                Self::beginning(Unit::Quarter, fiscal.quarter_start(year, quarter - 1)?, fiscal)
            }
            (_, Some(week)) => {
                let monday = NaiveDate::from_isoywd_opt(year, number(week)?, Weekday::Mon)?;
                Self::beginning(Unit::Week, monday, fiscal)
            }
            _ => Self::beginning(Unit::Month, NaiveDate::from_ymd_opt(year, number(rest)?, 1)?, fiscal),
        }
    }

    /// Reads the name of a fiscal year: `2026`, or `FY2027` where it does not begin in January.
    #[must_use]
    pub fn year(text: &str, fiscal: FiscalYear) -> Option<Self> {
        let digits = text.strip_prefix("FY").or(text.strip_prefix("fy")).unwrap_or(text);
        let year = digits.parse().ok().filter(|year| (1_900..2_200).contains(year))?;
        Self::beginning(Unit::Year, fiscal.quarter_start(year, 0)?, fiscal)
    }

    /// The fiscal year that its quarters belong to.
    #[must_use]
    pub fn fiscal(&self) -> FiscalYear {
        self.fiscal
    }

    /// Its length, unless someone chose the days.
    #[must_use]
    pub fn unit(&self) -> Option<Unit> {
        self.unit
    }

    /// The stretch of time it covers.
    #[must_use]
    pub fn window(&self) -> Window {
        Window { from: Instant::at_midnight(self.first).0, to: Instant::at_midnight(self.end).0 }
    }

    /// The period before it: of the same name one earlier, or as many days.
    #[must_use]
    pub fn previous(&self) -> Option<Self> {
        let day_before = self.first.pred_opt()?;
        match self.unit {
            Some(unit) => Self::holding(unit, day_before, self.fiscal),
            None => Self::days(self.first.checked_sub_days(Days::new(self.length()))?, day_before, self.fiscal),
        }
    }

    /// The period behind it.
    #[must_use]
    pub fn next(&self) -> Option<Self> {
        match self.unit {
            Some(unit) => Self::holding(unit, self.end, self.fiscal),
            None => {
                let last = self.end.checked_add_days(Days::new(self.length()))?.pred_opt()?;
                Self::days(self.end, last, self.fiscal)
            }
        }
    }

    /// The same period a year ago; for a week the one of 52 weeks before, so that weekdays agree.
    #[must_use]
    pub fn year_before(&self) -> Option<Self> {
        let back = |day: NaiveDate| day.checked_sub_months(Months::new(12));
        match self.unit {
            Some(Unit::Week) => Self::beginning(Unit::Week, self.first.checked_sub_days(Days::new(364))?, self.fiscal),
            Some(unit) => Self::beginning(unit, back(self.first)?, self.fiscal),
            None => Some(Self { first: back(self.first)?, end: back(self.end)?, ..*self }),
        }
    }

    /// The last `count` periods, oldest first, this one included.
    #[must_use]
    pub fn history(&self, count: usize) -> Vec<Self> {
        let mut periods: Vec<Self> = std::iter::successors(Some(*self), Self::previous).take(count).collect();
        periods.reverse();
        periods
    }

    /// Whether it is running at `now`.
    #[must_use]
    pub fn is_running(&self, now: Instant) -> bool {
        self.window().has(now.0)
    }

    /// As much of this period as has passed of `other` at `now`, that instant included; all of it when
    /// `other` is over. So a running quarter is compared with the same days of the one before.
    #[must_use]
    pub fn as_far_as(&self, other: &Self, now: Instant) -> Window {
        let (mine, theirs) = (self.window(), other.window());
        if !other.is_running(now) {
            return mine;
        }
        // What has happened at `now` has happened: a date without a time stands for its midnight.
        Window { to: (mine.from + (now.0 - theirs.from) + 1).clamp(mine.from, mine.to), ..mine }
    }

    /// How many of its days have begun at `now`; `None` unless it is running.
    #[must_use]
    pub fn days_begun(&self, now: Instant) -> Option<i64> {
        self.is_running(now).then(|| (now.0 - self.window().from) / DAY_MS + 1)
    }

    /// The part of it that has passed at `now`, from 0 to 1; `None` unless it is running.
    #[must_use]
    pub fn passed(&self, now: Instant) -> Option<f64> {
        let Window { from, to } = self.window();
        self.is_running(now).then(|| (now.0 - from) as f64 / (to - from).max(1) as f64)
    }

    fn length(&self) -> u64 {
        self.end.signed_duration_since(self.first).num_days().unsigned_abs()
    }
}

impl fmt::Display for Period {
    /// The name that [`Period::parse`] reads.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.unit {
            Some(Unit::Week) => {
                let week = self.first.iso_week();
                write!(f, "{}-W{:02}", week.year(), week.week())
            }
            Some(Unit::Month) => write!(f, "{}", self.first.format("%Y-%m")),
            Some(Unit::Quarter) => {
                let (year, quarter) = self.fiscal.quarter_of(self.first);
                let mark = if self.fiscal == FiscalYear::default() { "" } else { "FY" };
                write!(f, "{mark}{year}-Q{}", quarter + 1)
            }
            Some(Unit::Year) => {
                let mark = if self.fiscal == FiscalYear::default() { "" } else { "FY" };
                write!(f, "{mark}{}", self.fiscal.quarter_of(self.first).0)
            }
            None => write!(f, "{}..{}", self.first, self.end.pred_opt().unwrap_or(self.end)),
        }
    }
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn april() -> FiscalYear {
        FiscalYear::beginning_in(4).unwrap()
    }

    fn names(text: &str, fiscal: FiscalYear) -> Vec<String> {
        Period::parse(text, fiscal).unwrap().history(13).iter().map(Period::to_string).collect()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn thirteen_periods_cross_the_end_of_a_year() {
        let quarters = names("2026-Q2", FiscalYear::default());
        assert_eq!(quarters.first().map(String::as_str), Some("2023-Q2"));
        assert_eq!(quarters[9..], ["2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2"]);
        let months = names("2026-02", FiscalYear::default());
        assert_eq!((months[0].as_str(), months[10].as_str(), months[12].as_str()), ("2025-02", "2025-12", "2026-02"));
        // 2026 has 53 ISO weeks; 2027-W01 begins on 4 January.
        let weeks = names("2027-W02", FiscalYear::default());
        assert_eq!(weeks[10..], ["2026-W53", "2027-W01", "2027-W02"]);
    }

    #[test]
    fn a_fiscal_year_from_april_is_named_after_the_year_it_ends_in() {
        let of = |date: &str| Period::holding(Unit::Quarter, day(date), april()).unwrap().to_string();
        assert_eq!([of("2026-03-31"), of("2026-04-01"), of("2027-03-31")], ["FY2026-Q4", "FY2027-Q1", "FY2027-Q4"]);
        let first = Period::parse("FY2027-Q1", april()).unwrap();
        assert_eq!((first.first, first.end), (day("2026-04-01"), day("2026-07-01")));
        let year = Period::parse("FY2027", april()).unwrap();
        assert_eq!((year.first, year.end), (day("2026-04-01"), day("2027-04-01")));
        assert_eq!([year.previous(), year.year_before()].map(|p| p.unwrap().to_string()), ["FY2026", "FY2026"]);
        let history = names("FY2027-Q1", april());
        assert_eq!(history[9..], ["FY2026-Q2", "FY2026-Q3", "FY2026-Q4", "FY2027-Q1"]);
        assert_eq!(first.year_before().unwrap().to_string(), "FY2026-Q1");
    }

    #[test]
    fn names_are_read_back() {
        for text in ["2026", "2026-Q4", "2026-10", "2026-W41", "2026-07-01..2026-08-17"] {
            assert_eq!(Period::parse(text, FiscalYear::default()).unwrap().to_string(), text);
        }
        for text in ["2026-Q5", "2026-13", "2026-W54", "2026-08-17..2026-07-01", "Q4", "26", "2026-1000", "x-y"] {
            assert_eq!(Period::parse(text, FiscalYear::default()), None, "{text}");
        }
    }

    #[test]
    fn chosen_days_go_back_by_their_own_length() {
        let chosen = Period::parse("2026-03-01..2026-03-10", FiscalYear::default()).unwrap();
        assert_eq!(chosen.previous().unwrap().to_string(), "2026-02-19..2026-02-28");
        assert_eq!(chosen.next().unwrap().to_string(), "2026-03-11..2026-03-20");
        assert_eq!(chosen.year_before().unwrap().to_string(), "2025-03-01..2025-03-10");
    }

    #[test]
    fn a_running_period_is_compared_with_the_same_days() {
        let now = Instant::parse_rfc3339("2026-11-17T10:12:00Z").unwrap();
        let this = Period::holding(Unit::Quarter, now.date(), FiscalYear::default()).unwrap();
        let before = this.previous().unwrap();
        let window = before.as_far_as(&this, now);
        assert_eq!(Instant(window.from).to_rfc3339(), "2026-07-01T00:00:00Z");
        assert_eq!(Instant(window.to - 1).to_rfc3339(), "2026-08-17T10:12:00Z");
        assert_eq!((this.days_begun(now), before.days_begun(now)), (Some(48), None));
        let over = before.previous().unwrap();
        assert_eq!(over.as_far_as(&before, now), over.window());
        // 31 January has no counterpart in February: the window ends with its month.
        let late = Instant::parse_rfc3339("2026-03-31T12:00:00Z").unwrap();
        let march = Period::holding(Unit::Month, late.date(), FiscalYear::default()).unwrap();
        let february = march.previous().unwrap();
        assert_eq!(february.as_far_as(&march, late), february.window());
    }
}
