//! What is to be won in a period, and what was won in another stretch of time.

use super::Query;
use super::book::Book;
use super::coverage::{AIM, is_won_in};
use crate::analysis::funnel::Compare;
use crate::domain::facts::Facts;
use crate::domain::figure::Withheld;
use crate::domain::funnel::segment::Segment;
use crate::domain::money::Currency;
use crate::domain::period::{Period, Window};
use crate::domain::target::Aim;
use crate::domain::time::Instant;

/// A target, and the deals that tell what it takes to reach it. Amounts are minor units of one currency.
#[derive(Debug, Clone, PartialEq)]
pub struct Goal {
    /// What the company is to win in the period, or why that is not known.
    pub target: Result<i64, Withheld>,
    /// The deals that were won, by id, with what they were worth; those without a known worth have none.
    pub won: Vec<(i64, Option<i64>)>,
    /// The currency.
    pub currency: Currency,
    /// The share of hand-offs that are to be answered in time, where somebody has set it.
    pub inside_sla: Option<f64>,
}

/// The company's target of a period, and the deals won in a stretch of time.
#[must_use]
pub fn goal(facts: &Facts, now: Instant, period: Period, won_in: Window) -> Goal {
    let query = Query { period, compare: Compare::default(), segment: Segment::default() };
    let book = Book::open(facts, now, &query);
    let home = book.home();
    let minor = |major: f64| (major * home.minor_per_major() as f64).round() as i64;
    let target = book.targets.of(&AIM, &period, None, Some(home)).map(minor);
    let missing = || match book.targets.of(&AIM, &period, None, None) {
        Some(_) => Withheld::NoRate,
        None => Withheld::NoTarget,
    };
    let inside = Aim::Metric { key: "handoff_inside_sla", adds_up: false };
    // Nobody aims at more than twice all: 95 is 95 %.
    let share = |value: f64| if value > 2.0 { value / 100.0 } else { value };
    Goal {
        target: target.ok_or_else(missing),
        won: book.deals.iter().filter(|deal| is_won_in(deal, won_in)).map(|deal| (deal.id, book.worth(deal))).collect(),
        currency: home,
        inside_sla: book.targets.of(&inside, &period, None, None).map(share),
    }
}
