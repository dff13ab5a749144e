//! When hand-offs arrive and when the team works, hour by weekday.

use super::replay::is_missed;
use super::{Board, Item};
use crate::analysis::selection::Selection;
use crate::domain::calendar::Calendar;
use crate::domain::figure::{Figure, Number};
use crate::domain::handoff::Subject;
use crate::domain::object::Object;
use crate::domain::time::Instant;
use crate::domain::value::Id;
use chrono::{Datelike, Timelike};
use serde::Serialize;

/// An hour of a weekday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Cell {
    /// Hand-offs that began in it.
    pub arrived: u64,
    /// Of these, the ones whose deadline was missed.
    pub missed: u64,
    /// Human outbound attempts made in it: when the team really is at work.
    pub attempts: u64,
    /// Whether the calendar is open in it, in a usual week.
    pub open: bool,
}

/// An hour of the day, over the week.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Hour {
    /// From 0 to 23.
    pub hour: usize,
    /// From Monday to Sunday.
    pub days: Vec<Cell>,
    /// Hand-offs that began in this hour of any day.
    pub arrived: Figure<Selection>,
    /// Of these, the ones whose deadline was missed.
    pub missed: Figure<Selection>,
    /// Attempts made in it.
    pub attempts: Figure<Selection>,
}

/// The week, in the zone of the calendar.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Heat {
    /// The zone that its hours are meant in.
    pub zone: String,
    /// All 24 hours.
    pub hours: Vec<Hour>,
    /// Hand-offs that began.
    pub total: Figure<Selection>,
    /// Those that began outside working time.
    pub outside: Figure<Selection>,
}

/// The heat of the hand-offs of people that began in a span of time, in the zone of the first policy.
#[must_use]
pub fn heat(board: &Board, began: Option<(Instant, Instant)>) -> Heat {
    let kinds = board.rules.kinds.iter().filter(|kind| kind.subject == Subject::Person);
    let always = Calendar::always();
    let calendar = kinds.flat_map(|kind| &kind.policies).next().map_or(&always, |policy| board.rules.calendar(policy));
    let is_one = |item: &&Item| {
        let at = item.raised.handoff.began_at;
        board.kind(&item.raised).is_some_and(|kind| kind.subject == Subject::Person)
            && began.is_none_or(|(from, to)| from <= at && at < to)
    };
    let mut hours: Vec<Counted> = (0..24).map(|hour| Counted::of(calendar, hour)).collect();
    let mut outside = Vec::new();
    let mut total = Vec::new();
    for item in board.items.iter().filter(is_one) {
        let (id, at) = (Id(item.raised.record), item.raised.handoff.began_at);
        total.push(id);
        if !board.hours(item).is_some_and(|hours| hours.is_open(at)) {
            outside.push(id);
        }
        let is_missed = is_missed(item.judged.state, item.judged.late);
        count(&mut hours, calendar, at, |hour, cell| {
            cell.arrived += 1;
            hour.0.push(id);
            if is_missed {
                cell.missed += 1;
                hour.1.push(id);
            }
        });
        for &at in &item.raised.attempts {
            count(&mut hours, calendar, at, |hour, cell| {
                cell.attempts += 1;
                hour.2.push(id);
            });
        }
    }
    Heat {
        zone: calendar.zone.name().to_owned(),
        hours: hours.into_iter().enumerate().map(|(hour, counted)| counted.told(hour)).collect(),
        total: people("handoff_total", total),
        outside: people("handoff_outside_hours", outside),
    }
}

/// The records that arrived in an hour, that were missed of these, and that were tried in it.
type Records = (Vec<Id>, Vec<Id>, Vec<Id>);

#[derive(Default)]
struct Counted {
    days: Vec<Cell>,
    records: Records,
}

impl Counted {
    fn of(calendar: &Calendar, hour: usize) -> Self {
        let cell = |day| Cell { open: calendar.is_usually_open(day, hour), ..Cell::default() };
        Self { days: (0..7).map(cell).collect(), records: Records::default() }
    }

    fn told(self, hour: usize) -> Hour {
        let (arrived, missed, attempts) = self.records;
        Hour {
            hour,
            days: self.days,
            arrived: people("handoff_total", arrived),
            missed: people("handoff_missed", missed),
            attempts: people("handoff_attempts", attempts),
        }
    }
}

fn count(hours: &mut [Counted], calendar: &Calendar, at: Instant, add: impl FnOnce(&mut Records, &mut Cell)) {
    let local = calendar.local(at);
    let day = local.weekday().num_days_from_monday() as usize;
    let Some(hour) = hours.get_mut(local.hour() as usize) else { return };
    if let Some(cell) = hour.days.get_mut(day) {
        add(&mut hour.records, cell);
    }
}

/// As many as these are; each stands once among the records.
fn people(metric: &'static str, mut ids: Vec<Id>) -> Figure<Selection> {
    let n = ids.len() as u64;
    ids.sort_unstable();
    ids.dedup();
    Figure { metric, value: Ok(Number::Count(n)), n, records: Selection::These(Object::Person, ids) }
}
