//! When hand-offs arrive, hour by weekday, against the hours that the team is at work.

use super::Board;
use crate::domain::handoff::Subject;
use crate::domain::time::Instant;
use chrono::{Datelike, Timelike};
use serde::Serialize;

/// Arrivals and working time of an hour of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Hour {
    /// Hand-offs that began in it.
    pub arrived: u64,
    /// Of these, the ones whose deadline was missed.
    pub missed: u64,
    /// Whether the calendar is open in it, in a usual week.
    pub open: bool,
}

/// The week, from Monday midnight on, in the zone of the calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Heat {
    /// Seven days of 24 hours.
    pub week: Vec<Vec<Hour>>,
    /// Hand-offs that began outside working time.
    pub outside: u64,
    /// All.
    pub total: u64,
}

/// The heat of the hand-offs of people that began in a span of time.
#[must_use]
pub fn heat(board: &Board, from: Instant, to: Instant) -> Heat {
    let mut heat = Heat { week: vec![vec![Hour::default(); 24]; 7], outside: 0, total: 0 };
    let usual = |kind: &&crate::domain::handoff::Kind| kind.subject == Subject::Person;
    let policy = board.rules.kinds.iter().find(usual).and_then(|kind| kind.policies.first());
    if let Some(policy) = policy {
        let calendar = board.rules.calendar(policy);
        for (day, hours) in heat.week.iter_mut().enumerate() {
            hours.iter_mut().enumerate().for_each(|(hour, cell)| cell.open = calendar.is_usually_open(day, hour));
        }
    }
    let people = |item: &&super::Item| board.kind(&item.raised).is_some_and(|kind| kind.subject == Subject::Person);
    for item in board.items.iter().filter(people) {
        let began = item.raised.handoff.began_at;
        if !(from..to).contains(&began) {
            continue;
        }
        let Some(policy) = board.policy(item) else { continue };
        let local = board.rules.calendar(policy).local(began);
        let day = local.weekday().num_days_from_monday() as usize;
        let hour = heat.week.get_mut(day).and_then(|day| day.get_mut(local.hour() as usize));
        if let Some(hour) = hour {
            hour.arrived += 1;
            hour.missed += u64::from(super::replay::is_missed(item.judged.state, item.judged.late));
        }
        heat.total += 1;
        heat.outside += u64::from(!board.hours(item).is_some_and(|hours| hours.is_open(began)));
    }
    heat
}
