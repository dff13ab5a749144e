//! Calendars as people write them.
//!
//! ```toml
//! [[calendar]]
//! key = "shanghai"
//! name = { en = "Shanghai", zh = "上海" }
//! zone = "Asia/Shanghai"
//! hours = { mon-fri = ["9:00-12:00", "13:00-18:00"] }
//! holidays = ["2026-01-01..2026-01-03"]
//! working = ["2026-01-04"]
//! known_until = "2026-12-31"
//! ```

use super::{Calendar, Opening};
use crate::domain::funnel::Bilingual;
use crate::domain::message::{Message, Tell};
use crate::domain::spelling::nearest;
use chrono::{NaiveDate, Weekday};
use chrono_tz::{TZ_VARIANTS, Tz};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Why a text is no calendar.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Mistake {
    /// It is not TOML, or has a name that nothing is known by.
    #[error("not a calendar: {0}")]
    Syntax(String),
    /// There is no such time zone.
    #[error("no time zone {zone}")]
    Zone {
        /// As it was written.
        zone: String,
        /// The one that was probably meant.
        nearest: Option<String>,
    },
    /// Not days of the week.
    #[error("no days {0}")]
    Days(String),
    /// Not an interval of a day.
    #[error("no interval {0}")]
    Interval(String),
    /// Not a date, or not a run of dates.
    #[error("no dates {0}")]
    Date(String),
    /// A day is a holiday and a working day.
    #[error("{0} is a holiday and a working day")]
    Both(NaiveDate),
    /// The calendar never opens.
    #[error("calendar {0} has no working hour")]
    Closed(String),
    /// Two calendars of one key.
    #[error("two calendars {0}")]
    Twice(String),
    /// Two openings of a day of which one begins before the other ends.
    #[error("{day}: {one} and {other} overlap")]
    Overlap {
        /// The day.
        day: String,
        /// The first of them.
        one: String,
        /// The other.
        other: String,
    },
    /// A day to be taken out of a list that it is not in.
    #[error("{0} is not in the list")]
    Missing(NaiveDate),
}

impl Tell for Mistake {
    fn tell(&self) -> Message {
        match self {
            Self::Syntax(reason) => Message::new("error-calendar-syntax").with("reason", reason),
            Self::Zone { zone, nearest: Some(nearest) } => {
                Message::new("error-calendar-zone-meant").with("zone", zone).with("nearest", nearest)
            }
            Self::Zone { zone, nearest: None } => Message::new("error-calendar-zone").with("zone", zone),
            Self::Days(text) => Message::new("error-calendar-days").with("text", text),
            Self::Interval(text) => Message::new("error-calendar-interval").with("text", text),
            Self::Date(text) => Message::new("error-calendar-date").with("text", text),
            Self::Both(day) => Message::new("error-calendar-both").with("day", day),
            Self::Closed(key) => Message::new("error-calendar-closed").with("calendar", key),
            Self::Twice(key) => Message::new("error-calendar-twice").with("calendar", key),
            Self::Overlap { day, one, other } => {
                Message::new("error-calendar-overlap").with("day", day).with("one", one).with("other", other)
            }
            Self::Missing(day) => Message::new("error-calendar-missing").with("day", day),
        }
    }
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) calendar: Vec<Written>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Written {
    pub(super) key: String,
    pub(super) name: Bilingual,
    pub(super) zone: String,
    #[serde(default)]
    pub(super) holidays: Vec<String>,
    #[serde(default)]
    pub(super) working: Vec<String>,
    pub(super) known_until: Option<String>,
    pub(super) hours: BTreeMap<String, Vec<String>>,
}

impl Calendar {
    /// The calendars of a file.
    ///
    /// # Errors
    /// What is wrong first; nothing is guessed.
    pub fn read(text: &str) -> Result<Vec<Self>, Mistake> {
        let file: File = toml::from_str(text).map_err(|error| Mistake::Syntax(error.message().to_owned()))?;
        let calendars: Vec<Self> = file.calendar.into_iter().map(Self::of).collect::<Result<_, _>>()?;
        let mut keys = BTreeSet::new();
        match calendars.iter().find(|calendar| !keys.insert(calendar.key.as_str())) {
            Some(second) => Err(Mistake::Twice(second.key.clone())),
            None => Ok(calendars),
        }
    }

    fn of(written: Written) -> Result<Self, Mistake> {
        let mut week: [Vec<Opening>; 7] = std::array::from_fn(|_| Vec::new());
        for (days, intervals) in &written.hours {
            let openings: Vec<Opening> = intervals.iter().map(|text| interval(text)).collect::<Result<_, _>>()?;
            for day in weekdays(days)? {
                if let Some(place) = week.get_mut(day.num_days_from_monday() as usize) {
                    place.extend(&openings);
                }
            }
        }
        let known_until = written.known_until.as_deref().map(date).transpose()?;
        let calendar = Self {
            key: written.key,
            name: written.name,
            zone: zone(&written.zone)?,
            week,
            holidays: dates(&written.holidays)?,
            working: dates(&written.working)?,
            known_until,
        };
        calendar.check().map(|()| calendar)
    }

    /// Whether it opens at all, and no day is a holiday and a working day.
    pub(super) fn check(&self) -> Result<(), Mistake> {
        if self.week.iter().all(Vec::is_empty) {
            return Err(Mistake::Closed(self.key.clone()));
        }
        self.holidays.intersection(&self.working).next().map_or(Ok(()), |&day| Err(Mistake::Both(day)))
    }
}

/// The zone of an IANA name, in any case.
pub(super) fn zone(name: &str) -> Result<Tz, Mistake> {
    let known = || TZ_VARIANTS.iter().map(|zone| zone.name());
    let zone = TZ_VARIANTS.iter().find(|zone| zone.name().eq_ignore_ascii_case(name.trim()));
    let wrong = || Mistake::Zone { zone: name.to_owned(), nearest: nearest(name, known()).map(str::to_owned) };
    zone.copied().ok_or_else(wrong)
}

/// `mon`, or `mon-fri`; a run may pass over Sunday.
pub(super) fn weekdays(text: &str) -> Result<Vec<Weekday>, Mistake> {
    let wrong = || Mistake::Days(text.to_owned());
    let day = |name: &str| name.trim().parse::<Weekday>().map_err(|_| wrong());
    let Some((first, last)) = text.split_once('-') else { return Ok(vec![day(text)?]) };
    let (first, last) = (day(first)?, day(last)?);
    let days = std::iter::successors(Some(first), |day| Some(day.succ()));
    Ok(days.take(last.days_since(first) as usize + 1).collect())
}

/// `9:00-18:00`; `24:00` is the end of the day, and `22:00-6:00` passes midnight.
pub(super) fn interval(text: &str) -> Result<Opening, Mistake> {
    let read = || {
        let (from, to) = text.split_once(['-', '–'])?;
        let (from, to) = (minutes(from)?, minutes(to)?);
        Opening::new(from, if to <= from { to + super::DAY_MINUTES } else { to })
    };
    read().ok_or_else(|| Mistake::Interval(text.to_owned()))
}

fn minutes(text: &str) -> Option<u16> {
    let (hours, minutes) = text.trim().split_once([':', '：']).unwrap_or((text.trim(), "0"));
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    (minutes < 60 && (hours < 24 || (hours == 24 && minutes == 0))).then_some(hours * 60 + minutes)
}

/// The longest run of days that may be written, in days.
pub(super) const LONGEST_RUN: i64 = 366;

/// `2026-10-01`, or a run of days with `..` between the first and the last.
pub(super) fn dates<T: AsRef<str>>(texts: &[T]) -> Result<BTreeSet<NaiveDate>, Mistake> {
    let mut days = BTreeSet::new();
    for text in texts.iter().map(AsRef::as_ref) {
        let (first, last) = text.split_once("..").unwrap_or((text, text));
        let (first, last) = (date(first)?, date(last)?);
        if last < first || (last - first).num_days() > LONGEST_RUN {
            return Err(Mistake::Date(text.to_owned()));
        }
        days.extend(first.iter_days().take_while(|&day| day <= last));
    }
    Ok(days)
}

pub(super) fn date(text: &str) -> Result<NaiveDate, Mistake> {
    text.trim().parse().map_err(|_| Mistake::Date(text.to_owned()))
}
