//! Open deals by age, measured against the days that closed deals took.

use super::book::{Book, amount, figure};
use super::{DealFigure, Deals};
use crate::domain::facts::Facts;
use crate::domain::figure::Number;
use crate::domain::pipeline::{Deal, deals, reach};
use crate::domain::quantile::quantile;
use crate::domain::stage::Outcome;
use crate::domain::time::Instant;
use serde::Serialize;
use std::collections::BTreeSet;

/// How old the open deals are.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ageing {
    /// Days that the longest closed deal took.
    pub longest_closed_days: DealFigure,
    /// Open deals older than that.
    pub older_than_any_closed: DealFigure,
    /// Open deals whose creation is not known; they are in no band.
    pub age_unknown: DealFigure,
    /// Bands that end at the median, third quartile, p90 and maximum of the days to close.
    pub bands: Vec<AgeBand>,
}

/// Open deals within an age.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AgeBand {
    /// Youngest age in the band, in days.
    pub from_days: i64,
    /// Oldest age in the band, in days; `null` for the last.
    pub to_days: Option<i64>,
    /// How many.
    pub count: DealFigure,
    /// Their worth.
    pub amount: DealFigure,
}

/// Days that the longest closed deal took.
pub(super) fn longest(closed: &[&Deal]) -> Option<i64> {
    closed.iter().filter_map(|deal| deal.days_to_close()).max()
}

pub(super) fn ageing(book: &Book<'_>, open: &[&Deal], closed: &[&Deal]) -> Ageing {
    let (longest, now) = (longest(closed), book.as_of);
    let records = || book.all().outcome(Outcome::Open);
    let counted = |metric, n: usize, records: Deals| figure(metric, Ok(Number::Count(n as u64)), n, records);
    let older = open.iter().filter(|deal| deal.age(now) > longest.or(Some(i64::MAX))).count();
    let unknown = open.iter().filter(|deal| deal.age(now).is_none()).count();
    Ageing {
        longest_closed_days: figure(
            "days_to_close_max",
            Number::days(longest.map(|days| days as f64)),
            closed.iter().filter(|deal| deal.days_to_close().is_some()).count(),
            book.all().timed(),
        ),
        older_than_any_closed: counted(
            "deals_older_than_any_closed",
            older,
            records().older_than(longest.unwrap_or(i64::MAX)),
        ),
        age_unknown: counted("deals_age_unknown", unknown, records().age_unknown()),
        bands: bands(book, open, closed),
    }
}

fn bands(book: &Book<'_>, open: &[&Deal], closed: &[&Deal]) -> Vec<AgeBand> {
    let now = book.as_of;
    let mut days: Vec<i64> = closed.iter().filter_map(|deal| deal.days_to_close()).collect();
    days.sort_unstable();
    let mut ends: Vec<i64> = [0.5, 0.75, 0.9, 1.0]
        .iter()
        .filter_map(|&share| quantile(&days, share))
        .map(|end| end.floor() as i64)
        .collect();
    ends.dedup();
    let starts = std::iter::once(i64::MIN).chain(ends.iter().map(|end| end + 1));
    starts
        .zip(ends.iter().map(|&end| Some(end)).chain([None]))
        .map(|(from, to)| {
            let inside = |age: i64| age >= from && to.is_none_or(|to| age <= to);
            let deals: Vec<&Deal> = open.iter().copied().filter(|d| d.age(now).is_some_and(inside)).collect();
            let records = book.all().outcome(Outcome::Open).aged(from, to.unwrap_or(i64::MAX));
            AgeBand {
                from_days: from.max(0),
                to_days: to,
                count: figure("age_band_deals", Ok(Number::Count(deals.len() as u64)), deals.len(), records.clone()),
                amount: amount("age_band_amount", &deals, records),
            }
        })
        .collect()
}

/// Open deals that are older than any that ever closed, by id; `None` where none ever closed.
#[must_use]
pub fn older_than_any_closed(facts: &Facts, now: Instant) -> Option<BTreeSet<i64>> {
    let (as_of, _) = reach(facts, now);
    let all: Vec<Deal> = deals(facts).collect();
    let closed: Vec<&Deal> = all.iter().filter(|deal| !deal.outcome.is_open()).collect();
    let longest = longest(&closed)?;
    let older = all.iter().filter(|deal| deal.outcome.is_open() && deal.age(as_of).is_some_and(|age| age > longest));
    Some(older.map(|deal| deal.id).collect())
}
