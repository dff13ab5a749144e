//! What a file tells of the days of a calendar.

use chrono::NaiveDate;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Days that a file tells of, and what it tells that is not taken.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Told {
    /// Days off.
    pub holidays: BTreeSet<NaiveDate>,
    /// Days at work although their weekday is off.
    pub working: BTreeSet<NaiveDate>,
    /// How many entries were left out, by reason.
    pub left_out: BTreeMap<LeftOut, usize>,
}

/// Why an entry of a file is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LeftOut {
    /// It is of a part of a day.
    PartOfADay,
    /// It comes again in another way than every year on the same date.
    Repeats,
    /// It has no date that can be read, or lasts longer than a year.
    NoDate,
    /// It was called off.
    Cancelled,
    /// The file marks days off and working days, and this has no mark: a festival that everyone works on.
    Unmarked,
}

impl LeftOut {
    /// Its name in message keys.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::PartOfADay => "part-of-a-day",
            Self::Repeats => "repeats",
            Self::NoDate => "no-date",
            Self::Cancelled => "cancelled",
            Self::Unmarked => "unmarked",
        }
    }
}

/// What an entry says that its days are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Days off.
    Off,
    /// Working days.
    Work,
}

impl Mark {
    /// As the title of an entry has it: `国庆节（休）`, `国庆节 补班`, `Workday (National Day)`; `None` when it says
    /// nothing of it.
    #[must_use]
    pub fn of(title: &str) -> Option<Self> {
        // Both kinds of days are called a shift (调休): the word itself says nothing.
        let title = title.replace("调休", "").to_lowercase();
        let says = |words: &[&str]| words.iter().any(|word| title.contains(word));
        if says(&["休", "放假", "不上班", "day off", "non-working", "non working"]) {
            return Some(Self::Off);
        }
        says(&["班", "workday", "working day", "work day"]).then_some(Self::Work)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_tell_days_off_from_working_days() {
        for (title, mark) in [
            ("国庆节（休）", Some(Mark::Off)),
            ("国庆节 休 第1天/共8天", Some(Mark::Off)),
            ("春节放假", Some(Mark::Off)),
            ("国庆节（班）", Some(Mark::Work)),
            ("春节调休上班", Some(Mark::Work)),
            ("补班", Some(Mark::Work)),
            ("Make-up workday", Some(Mark::Work)),
            ("Non-working day", Some(Mark::Off)),
            ("教师节", None),
            ("Christmas Day", None),
        ] {
            assert_eq!(Mark::of(title), mark, "{title}");
        }
    }
}
