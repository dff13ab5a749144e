//! Changes of a calendar, each by what a person types.

use super::text::{date, dates, interval, weekdays, zone};
use super::written::DAYS;
use super::{Calendar, DAY_MINUTES, Mistake, Opening};
use chrono::{Datelike, Days, NaiveDate};
use std::collections::BTreeSet;

/// What stands between days or intervals.
const BETWEEN: [char; 3] = [',', '，', '、'];

impl Calendar {
    /// Another time zone, by its IANA name.
    ///
    /// # Errors
    /// [`Mistake::Zone`] when there is none of this name.
    pub fn set_zone(&mut self, name: &str) -> Result<(), Mistake> {
        self.zone = zone(name)?;
        Ok(())
    }

    /// The openings of the whole week: `mon-fri 9:00-12:00, 13:00-18:00; sat 10-14`. Days that are not named are off.
    ///
    /// # Errors
    /// What [`Self::set_hours`] says.
    pub fn set_week(&mut self, text: &str) -> Result<(), Mistake> {
        self.week = std::array::from_fn(|_| Vec::new());
        self.set_hours(text)
    }

    /// The openings of some days in the same words; a day without any is off.
    ///
    /// # Errors
    /// [`Mistake::Days`] or [`Mistake::Interval`] for what cannot be read.
    pub fn set_hours(&mut self, text: &str) -> Result<(), Mistake> {
        for part in text.split([';', '；']).map(str::trim).filter(|part| !part.is_empty()) {
            let (days, hours) = part.split_once(char::is_whitespace).unwrap_or((part, ""));
            let intervals = hours.split(BETWEEN).map(str::trim).filter(|text| !text.is_empty());
            let openings: Vec<Opening> = intervals.map(interval).collect::<Result<_, _>>()?;
            for day in weekdays(days)? {
                let place = self.week.get_mut(day.num_days_from_monday() as usize);
                place.into_iter().for_each(|place| place.clone_from(&openings));
            }
        }
        Ok(())
    }

    /// Adds days off, or with a `-` before them takes them out again: `2026-10-01..2026-10-07, 2026-12-25`.
    ///
    /// # Errors
    /// [`Mistake::Date`] for what cannot be read, [`Mistake::Missing`] for a day that was none.
    pub fn set_holidays(&mut self, text: &str) -> Result<(), Mistake> {
        changed(&mut self.holidays, text)
    }

    /// The same for working days.
    ///
    /// # Errors
    /// The same.
    pub fn set_working(&mut self, text: &str) -> Result<(), Mistake> {
        changed(&mut self.working, text)
    }

    /// The last day whose holidays are known; nothing when there are none to know.
    ///
    /// # Errors
    /// [`Mistake::Date`] for what is no date.
    pub fn set_known_until(&mut self, text: &str) -> Result<(), Mistake> {
        self.known_until = if text.trim().is_empty() { None } else { Some(date(text)?) };
        Ok(())
    }

    /// Whether what was typed makes a calendar: it opens, no day is in both lists, and no opening begins before another
    /// ends.
    ///
    /// # Errors
    /// What is wrong first.
    pub fn checked(&self) -> Result<(), Mistake> {
        self.check()?;
        let span = |day: usize, opening: &Opening| {
            let midnight = u32::from(DAY_MINUTES) * day as u32;
            (midnight + u32::from(opening.from), midnight + u32::from(opening.to))
        };
        // The first days once more: what passes midnight on a Sunday ends on a Monday.
        let days = self.week.iter().chain(&self.week).enumerate().take(self.week.len() + 1);
        let mut all: Vec<(usize, &Opening)> =
            days.flat_map(|(day, openings)| openings.iter().map(move |opening| (day, opening))).collect();
        all.sort_by_key(|(day, opening)| span(*day, opening));
        let clash = all.iter().zip(all.iter().skip(1)).find(|(a, b)| span(b.0, b.1).0 < span(a.0, a.1).1);
        clash.map_or(Ok(()), |((day, one), (_, other))| {
            let day = DAYS.get(*day % DAYS.len()).copied().unwrap_or_default().to_owned();
            Err(Mistake::Overlap { day, one: one.to_string(), other: other.to_string() })
        })
    }
}

impl Calendar {
    /// Takes in days off and working days that a file told; what it says of a day counts. The holidays of the years it
    /// tells of are known then.
    pub fn take_in(&mut self, holidays: &BTreeSet<NaiveDate>, working: &BTreeSet<NaiveDate>) {
        self.holidays.retain(|day| !working.contains(day));
        self.working.retain(|day| !holidays.contains(day));
        self.holidays.extend(holidays);
        self.working.extend(working);
        // A New Year's Day at the end is told with the year before.
        let last = holidays.last().and_then(|day| day.checked_sub_days(Days::new(3)));
        let end = last.and_then(|day| NaiveDate::from_ymd_opt(day.year(), 12, 31));
        self.known_until = self.known_until.max(end);
    }
}

/// Whether this is how days of the week are written: `mon`, `sat-sun`.
#[must_use]
pub fn are_days(text: &str) -> bool {
    weekdays(text).is_ok()
}

fn changed(days: &mut BTreeSet<NaiveDate>, text: &str) -> Result<(), Mistake> {
    let (text, removes) = match text.trim().strip_prefix(['-', '−']) {
        Some(rest) => (rest, true),
        None => (text, false),
    };
    let named: Vec<&str> = text.split(BETWEEN).map(str::trim).filter(|part| !part.is_empty()).collect();
    let named = if named.is_empty() { return Err(Mistake::Date(text.to_owned())) } else { dates(&named)? };
    if !removes {
        days.extend(named);
        return Ok(());
    }
    match named.iter().find(|day| !days.contains(day)) {
        Some(day) => Err(Mistake::Missing(*day)),
        None => {
            days.retain(|day| !named.contains(day));
            Ok(())
        }
    }
}
