//! From MQL to SQL: the second half of the story. Every source × tenure cell converts at the same
//! rate in every quarter; only the sizes of the cells moved.

use super::calendar::{self, HOUR, MINUTE, Plan};
use super::catalogue::{DISQUALIFIED, DISQUALIFIED_AT_EVENT, EVENT, NEW_HIRE_FACTOR, SOURCES};
use super::dice::{Dice, Quota, real};
use super::leads::Lead;

/// Hours from MQL to SQL at evenly spaced quantiles, before nights and weekends are skipped.
const HOURS_TO_SQL: [i64; 11] = [3, 12, 22, 28, 40, 48, 60, 74, 96, 126, 220];
/// Chance that an MQL which never becomes an SQL was accepted first: Event, others.
const ACCEPTED: [f64; 2] = [0.38, 0.46];

/// Takes each MQL as far as it gets before `now`.
pub(super) fn advance(seed: u64, plan: &Plan, leads: &mut [Lead]) {
    let mut dice = Dice::new(seed, "funnel");
    let mut converted = Quota::new(SOURCES.len() * 2);
    let mut accepted = Quota::new(ACCEPTED.len());
    let mut delays = Vec::new();
    for chunk in &plan.chunks {
        let mut entrants: Vec<&mut Lead> =
            leads.iter_mut().filter(|lead| lead.mql.is_some_and(|at| at >= chunk.from && at < chunk.to)).collect();
        dice.shuffle(&mut entrants);
        let (won, lost) = split(entrants, &mut converted, SOURCES.len() * 2, cell, rate);
        let (taken, left) = split(lost, &mut accepted, 2, kind, |kind| ACCEPTED.get(kind).copied().unwrap_or(0.0));
        for lead in won {
            if delays.is_empty() {
                delays = dice.spread(&HOURS_TO_SQL, 20);
            }
            let hours = delays.pop().unwrap_or_default();
            qualify(&mut dice, lead, hours);
        }
        for lead in taken {
            let hours = dice.between(3, 60);
            accept(&mut dice, lead, hours);
            reject(&mut dice, lead, 24, 600);
        }
        for lead in left {
            reject(&mut dice, lead, 4, 500);
        }
    }
    for lead in leads.iter_mut() {
        forget_future(lead, plan.now);
    }
}

/// Splits `leads` by quota: of those in a cell, `share(cell)` go first.
fn split<'a>(
    leads: Vec<&'a mut Lead>,
    quota: &mut Quota,
    cells: usize,
    cell: impl Fn(&Lead) -> usize,
    share: impl Fn(usize) -> f64,
) -> (Vec<&'a mut Lead>, Vec<&'a mut Lead>) {
    let mut sizes = vec![0_usize; cells];
    for lead in &leads {
        if let Some(size) = sizes.get_mut(cell(lead)) {
            *size += 1;
        }
    }
    let expected: Vec<f64> = sizes.iter().enumerate().map(|(at, n)| share(at) * real(*n)).collect();
    let mut places = quota.deal(&expected, &sizes);
    leads.into_iter().partition(|lead| match places.get_mut(cell(lead)) {
        Some(left) if *left > 0 => {
            *left -= 1;
            true
        }
        _ => false,
    })
}

/// Source × tenure.
fn cell(lead: &Lead) -> usize {
    lead.source * 2 + usize::from(lead.new_hire)
}

fn rate(cell: usize) -> f64 {
    let base = SOURCES.get(cell / 2).map_or(0.0, |source| source.rate);
    if cell % 2 == 1 { base * NEW_HIRE_FACTOR } else { base }
}

/// Event or other.
fn kind(lead: &Lead) -> usize {
    usize::from(lead.source != EVENT)
}

fn qualify(dice: &mut Dice, lead: &mut Lead, hours: i64) {
    let share = dice.between(20, 60);
    accept(dice, lead, hours * share / 100);
    if let (Some(mql), Some(sal)) = (lead.mql, lead.sal) {
        let soonest = sal + dice.between(15, 60) * MINUTE;
        lead.sql = Some(calendar::at_work(dice, (mql + hours * HOUR).max(soonest), OFFICE));
    }
}

fn accept(dice: &mut Dice, lead: &mut Lead, hours: i64) {
    touch(dice, lead);
    if let (Some(mql), Some(touched)) = (lead.mql, lead.touched) {
        let soonest = touched + dice.between(2, 25) * MINUTE;
        lead.sal = Some(calendar::at_work(dice, (mql + hours * HOUR).max(soonest), OFFICE));
    }
}

/// Not qualified after all, in `permille` of cases; the others wait in nurture.
fn reject(dice: &mut Dice, lead: &mut Lead, hours: i64, permille: usize) {
    // A few are forgotten: nobody ever calls them.
    if lead.touched.is_none() && dice.chance(60) {
        return;
    }
    touch(dice, lead);
    let since = lead.sal.max(lead.touched);
    if let (Some(since), true) = (since, dice.chance(permille)) {
        let wait = (hours + dice.along(&[0, 10, 24, 48, 72, 120, 200])) * HOUR;
        let at = calendar::at_work(dice, since + wait, OFFICE);
        let reason = if lead.source == EVENT { dice.pick(&DISQUALIFIED_AT_EVENT) } else { dice.pick(&DISQUALIFIED) };
        lead.disqualified = Some((at, reason));
    }
}

/// The first call: soon when the lead is hot, later when the SDR is still learning.
fn touch(dice: &mut Dice, lead: &mut Lead) {
    let Some(mql) = lead.mql.filter(|_| lead.touched.is_none()) else { return };
    let minutes = if lead.is_hot() {
        dice.along(&[1, 2, 3, 4, 5, 7, 12, 40, 150])
    } else {
        dice.along(&[8, 25, 45, 70, 95, 130, 200, 420])
    };
    let pace = if lead.new_hire { 2 } else { 1 };
    lead.touched = Some(calendar::at_work(dice, mql + minutes * pace * MINUTE, OFFICE));
}

/// The SDR team works Central European hours; its manager sits in Berlin.
const OFFICE: i64 = 1;

/// Of a hundred MQLs of the last day, how many still wait for their first call.
const WAITING: i64 = 60;

/// What lies at or after `now` has not happened.
fn forget_future(lead: &mut Lead, now: i64) {
    let past = |at: &i64| *at < now;
    lead.touched = lead.touched.filter(past);
    lead.sal = lead.sal.filter(past);
    lead.sql = lead.sql.filter(past);
    lead.disqualified = lead.disqualified.filter(|(at, _)| past(at));
    let fresh = lead
        .mql
        .filter(|&mql| mql > now - calendar::DAY && lead.sal.max(lead.disqualified.map(|(at, _)| at)).is_none());
    let waits = fresh.is_some_and(|mql| (mql / 1_000) % 100 < WAITING);
    if lead.owner.is_none() || waits {
        lead.touched = None;
    }
}
