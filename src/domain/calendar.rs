//! Business calendars: when a team is at work, and how business time passes.
//!
//! A [`Calendar`] is the definition people write: a time zone, opening intervals per weekday, holidays and
//! working days that make up for them (调休). [`Hours`] is the same laid out on the time line for a span of
//! days; it holds the only two functions that count business time, and they are inverse of each other.

mod edit;
mod hours;
mod text;
mod told;
mod written;

pub use edit::are_days;
pub use hours::Hours;
pub use text::Mistake;
pub use told::{LeftOut, Mark, Told};
pub use written::runs;

use crate::domain::funnel::Bilingual;
use crate::domain::time::{DAY_MS, Instant};
use chrono::{Datelike, NaiveDate, NaiveDateTime, Offset, TimeZone, Weekday};
use chrono_tz::Tz;
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// Minutes in a day of 24 hours.
const DAY_MINUTES: u16 = 24 * 60;
const MINUTE_MS: i64 = 60_000;

/// An opening interval of a day, in minutes since its local midnight. One that ends after midnight ends on the
/// next day: 22:00–06:00 is 1320–1800.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Opening {
    from: u16,
    to: u16,
}

impl Opening {
    /// The whole day.
    pub const DAY: Self = Self { from: 0, to: DAY_MINUTES };

    /// From one minute of the day to another; `None` when it is empty, or begins after the day or ends after the
    /// next one.
    #[must_use]
    pub fn new(from: u16, to: u16) -> Option<Self> {
        (from < DAY_MINUTES && from < to && to <= 2 * DAY_MINUTES && to - from <= DAY_MINUTES)
            .then_some(Self { from, to })
    }
}

/// When a team is at work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// Its key, the same in policies and on the command line.
    pub key: String,
    /// What it is called.
    pub name: Bilingual,
    /// The zone that its hours are meant in.
    pub zone: Tz,
    /// Opening intervals from Monday to Sunday.
    pub week: [Vec<Opening>; 7],
    /// Days off.
    pub holidays: BTreeSet<NaiveDate>,
    /// Days at work although their weekday is off, by the hours of the first weekday that has any.
    pub working: BTreeSet<NaiveDate>,
    /// The last day whose holidays were known when the calendar was written; `None` when it has none to know.
    pub known_until: Option<NaiveDate>,
}

impl Calendar {
    /// The clock that never stops.
    #[must_use]
    pub fn always() -> Self {
        Self {
            key: "24/7".to_owned(),
            name: Bilingual { en: "24/7".to_owned(), zh: "全天候".to_owned() },
            zone: Tz::UTC,
            week: std::array::from_fn(|_| vec![Opening::DAY]),
            holidays: BTreeSet::new(),
            working: BTreeSet::new(),
            known_until: None,
        }
    }

    /// Monday to Friday from 9 to 18 in a zone, or in UTC, without holidays.
    #[must_use]
    pub fn weekdays(key: String, name: Bilingual, zone: Option<Tz>) -> Self {
        let open = Opening { from: 9 * 60, to: 18 * 60 };
        let week = std::array::from_fn(|day| if day < 5 { vec![open] } else { Vec::new() });
        Self { key, name, zone: zone.unwrap_or(Tz::UTC), week, ..Self::always() }
    }

    /// The calendars that come with the program, [`Self::always`] first. A damaged file, which the tests refuse,
    /// would leave that one alone.
    #[must_use]
    pub fn shipped() -> &'static [Self] {
        static SHIPPED: OnceLock<Vec<Calendar>> = OnceLock::new();
        SHIPPED.get_or_init(|| {
            let file = include_str!("../../assets/catalog/calendars.toml");
            std::iter::once(Self::always()).chain(Self::read(file).unwrap_or_default()).collect()
        })
    }

    /// The opening intervals of a local day.
    #[must_use]
    pub fn openings(&self, day: NaiveDate) -> &[Opening] {
        let of =
            |weekday: Weekday| self.week.get(weekday.num_days_from_monday() as usize).map_or(&[][..], Vec::as_slice);
        if self.holidays.contains(&day) {
            return &[];
        }
        match of(day.weekday()) {
            [] if self.working.contains(&day) => {
                self.week.iter().find(|openings| !openings.is_empty()).map_or(&[], Vec::as_slice)
            }
            openings => openings,
        }
    }

    /// The business time of all local days from the first to the last, both included.
    #[must_use]
    pub fn hours(&self, first: NaiveDate, last: NaiveDate) -> Hours {
        let days = first.iter_days().take_while(|&day| day <= last);
        Hours::new(days.flat_map(|day| self.openings(day).iter().flat_map(move |&opening| self.spans(day, opening))))
    }

    /// Whether an hour of a weekday, counted from Monday, is open in a usual week, if only in part.
    #[must_use]
    pub fn is_usually_open(&self, weekday: usize, hour: usize) -> bool {
        let (from, to) = (hour * 60, (hour + 1) * 60);
        let overlaps = |weekday: usize, later: usize| {
            let openings = self.week.get(weekday).map_or(&[][..], Vec::as_slice);
            openings.iter().any(|o| usize::from(o.from) < to + later && from + later < usize::from(o.to))
        };
        // What passes midnight belongs to the day before.
        overlaps(weekday, 0) || overlaps((weekday + 6) % 7, usize::from(DAY_MINUTES))
    }

    /// The clocks on the wall at an instant.
    #[must_use]
    pub fn local(&self, at: Instant) -> NaiveDateTime {
        at.utc().with_timezone(&self.zone).naive_local()
    }

    /// The local day that an instant falls on.
    #[must_use]
    pub fn day(&self, at: Instant) -> NaiveDate {
        self.local(at).date()
    }

    /// When the clocks on the wall are inside an opening of a day. The hour that an autumn night has twice is open
    /// both times; the hour that a spring night skips is not there.
    fn spans(&self, day: NaiveDate, opening: Opening) -> [(Instant, Instant); 2] {
        let midnight = Instant::at_midnight(day).0;
        let wall = |minutes: u16| midnight + i64::from(minutes) * MINUTE_MS;
        let (from, to) = (wall(opening.from), wall(opening.to));
        let (early, late) = (from - DAY_MS, to + DAY_MS);
        let (before, after) = (self.offset(early), self.offset(late));
        let change = if before == after { late } else { self.change(early, late) };
        [
            (Instant(from - before), Instant(change.min(to - before))),
            (Instant(change.max(from - after)), Instant(to - after)),
        ]
    }

    /// When the offset changes between two instants that have different ones.
    fn change(&self, mut early: i64, mut late: i64) -> i64 {
        let before = self.offset(early);
        while late - early > 1 {
            let middle = early + (late - early) / 2;
            *(if self.offset(middle) == before { &mut early } else { &mut late }) = middle;
        }
        late
    }

    /// What the clocks of the zone are ahead of UTC at an instant, in milliseconds.
    fn offset(&self, at: i64) -> i64 {
        let offset = self.zone.offset_from_utc_datetime(&Instant(at).utc().naive_utc());
        i64::from(offset.fix().local_minus_utc()) * 1_000
    }
}

#[cfg(test)]
mod tests;
