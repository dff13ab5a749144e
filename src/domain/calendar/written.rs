//! Calendars as this program writes them: [`Calendar::read`] reads the same again.

use super::text::{File, LONGEST_RUN, Written};
use super::{Calendar, DAY_MINUTES, Mistake, Opening};
use chrono::{Days, NaiveDate};
use std::collections::BTreeSet;
use std::fmt;

/// The days of the week in files.
pub(super) const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

impl fmt::Display for Opening {
    /// `9:00-18:00`; what ends after midnight by the clock of the next day.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let to = if self.to > DAY_MINUTES { self.to - DAY_MINUTES } else { self.to };
        write!(f, "{}:{:02}-{}:{:02}", self.from / 60, self.from % 60, to / 60, to % 60)
    }
}

impl Calendar {
    /// These calendars as a file.
    ///
    /// # Errors
    /// [`Mistake::Syntax`] where a name has no place in such a file.
    pub fn write(calendars: &[Self]) -> Result<String, Mistake> {
        let file = File { calendar: calendars.iter().map(Self::written).collect() };
        toml::to_string(&file).map_err(|error| Mistake::Syntax(error.to_string()))
    }

    fn written(&self) -> Written {
        Written {
            key: self.key.clone(),
            name: self.name.clone(),
            zone: self.zone.name().to_owned(),
            holidays: runs(&self.holidays),
            working: runs(&self.working),
            known_until: self.known_until.map(|day| day.to_string()),
            hours: self.weekly().into_iter().collect(),
        }
    }

    /// The openings of a usual week: days, or runs of days, that have the same, and these in words; days off are left
    /// out.
    #[must_use]
    pub fn weekly(&self) -> Vec<(String, Vec<String>)> {
        let mut groups: Vec<(usize, usize, &[Opening])> = Vec::new();
        for (day, openings) in self.week.iter().enumerate() {
            match groups.last_mut() {
                Some((_, last, same)) if *same == openings.as_slice() => *last = day,
                _ => groups.push((day, day, openings)),
            }
        }
        let name = |day: usize| DAYS.get(day).copied().unwrap_or_default();
        let days = |first: usize, last: usize| match first == last {
            true => name(first).to_owned(),
            false => format!("{}-{}", name(first), name(last)),
        };
        let open = groups.into_iter().filter(|(.., openings)| !openings.is_empty());
        open.map(|(first, last, openings)| (days(first, last), openings.iter().map(ToString::to_string).collect()))
            .collect()
    }
}

/// Days as files have them: `2026-10-01..2026-10-07` for those that follow each other.
#[must_use]
pub fn runs(days: &BTreeSet<NaiveDate>) -> Vec<String> {
    let mut runs: Vec<(NaiveDate, NaiveDate)> = Vec::new();
    for &day in days {
        match runs.last_mut() {
            Some((first, last)) if *last + Days::new(1) == day && (day - *first).num_days() <= LONGEST_RUN => {
                *last = day
            }
            _ => runs.push((day, day)),
        }
    }
    let run = |(first, last)| if first == last { format!("{first}") } else { format!("{first}..{last}") };
    runs.into_iter().map(run).collect()
}
