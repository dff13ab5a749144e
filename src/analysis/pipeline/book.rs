//! What every part of the view is computed from: the deals of the segment, their past, rates and targets.

use super::{Compare, DealFigure, Deals, Query};
use crate::domain::exchange::Exchange;
use crate::domain::facts::Facts;
use crate::domain::figure::{Figure, Number, Withheld};
use crate::domain::funnel::segment::{DealLens, Segment};
use crate::domain::metric::derive;
use crate::domain::money::{Currency, Money, Purse};
use crate::domain::period::{Period, Window};
use crate::domain::pipeline::past::Past;
use crate::domain::pipeline::{Deal, Worth, reach};
use crate::domain::stage::Outcome;
use crate::domain::target::Targets;
use crate::domain::time::{DAY_MS, Instant};
use std::cell::OnceCell;
use std::collections::BTreeMap;

/// The deals that are looked at, and what is known around them.
pub(super) struct Book<'f> {
    pub(super) facts: &'f Facts,
    /// The time that the data reach.
    pub(super) as_of: Instant,
    pub(super) period: Period,
    /// The compared period, and as much of it as has passed of the other one.
    pub(super) compared: Option<(Period, Window)>,
    pub(super) segment: &'f Segment,
    /// The deals of the segment, their worth in the store's currency where there is a rate.
    pub(super) deals: Vec<Deal>,
    /// What they were worth before that, where it was another currency.
    pub(super) foreign: Vec<(Money, i64)>,
    past: OnceCell<Past<'f>>,
    pub(super) exchange: Exchange,
    pub(super) targets: Targets,
}

impl<'f> Book<'f> {
    pub(super) fn open(facts: &'f Facts, now: Instant, query: &'f Query) -> Self {
        let (as_of, _) = reach(facts, now);
        let exchange = Exchange::read(facts);
        let lens = DealLens::new(facts, &query.segment);
        let rows = (0..facts.opportunities.len()).filter(|&row| lens.has(row));
        let mut deals: Vec<Deal> = rows.filter_map(|row| Deal::read(facts, row)).collect();
        let mut foreign = Vec::new();
        for deal in &mut deals {
            let day = rate_day(deal, as_of);
            foreign
                .extend(deal.worth.money().filter(|money| money.currency != exchange.home).map(|money| (money, day)));
            deal.worth = converted(deal.worth, day, &exchange);
        }
        let compared = match query.compare {
            Compare::Previous => query.period.previous(),
            Compare::YearBefore => query.period.year_before(),
        };
        Self {
            facts,
            as_of,
            period: query.period,
            compared: compared.map(|other| (other, other.as_far_as(&query.period, as_of))),
            segment: &query.segment,
            deals,
            foreign,
            past: OnceCell::new(),
            targets: Targets::read(facts, query.period.fiscal()).at_rates(exchange.clone(), as_of.0.div_euclid(DAY_MS)),
            exchange,
        }
    }

    /// What history tells of the deals; read when it is first asked for, for it goes over every move.
    pub(super) fn past(&self) -> &Past<'f> {
        self.past.get_or_init(|| Past::read(self.facts, self.as_of))
    }

    /// The currency that amounts are converted to.
    pub(super) fn home(&self) -> Currency {
        self.exchange.home
    }

    /// The records of a figure, before any condition but the segment.
    pub(super) fn all(&self) -> Deals {
        Deals::default().segment(self.segment.clone())
    }

    /// The deals of one outcome.
    pub(super) fn of(&self, outcome: Outcome) -> Vec<&Deal> {
        self.deals.iter().filter(|deal| deal.outcome == outcome).collect()
    }

    /// What deals are worth in the store's currency; what has no rate is left out.
    pub(super) fn minor<'d>(&self, deals: impl IntoIterator<Item = &'d Deal>) -> i64 {
        let home = deals.into_iter().filter_map(|deal| self.worth(deal));
        home.fold(0, i64::saturating_add)
    }

    /// What one deal is worth in the store's currency.
    pub(super) fn worth(&self, deal: &Deal) -> Option<i64> {
        deal.worth.money().filter(|money| money.currency == self.home()).map(|money| money.minor)
    }

    /// An amount in the store's currency.
    pub(super) fn money(&self, minor: i64) -> Number {
        Number::Money(std::iter::once(Money { minor, currency: self.home() }).collect())
    }

    /// The days of the period that have passed.
    pub(super) fn window(&self) -> Window {
        let Window { from, to } = self.period.window();
        Window { from, to: to.min(self.as_of.0 + 1).max(from) }
    }
}

/// The day whose rate counts: that of closing, or the last one of the data while a deal is open.
fn rate_day(deal: &Deal, as_of: Instant) -> i64 {
    deal.closed_at.unwrap_or(as_of).0.div_euclid(DAY_MS)
}

fn converted(worth: Worth, day: i64, exchange: &Exchange) -> Worth {
    let convert = |money: Money| exchange.convert(money, day).unwrap_or(money);
    match worth {
        Worth::Amount(money) => Worth::Amount(convert(money)),
        Worth::ListPrice(money) => Worth::ListPrice(convert(money)),
        Worth::Unknown => Worth::Unknown,
    }
}

pub(super) fn figure(metric: &'static str, value: Result<Number, Withheld>, n: usize, records: Deals) -> DealFigure {
    Figure { metric, value, n: n as u64, records }
}

pub(super) fn count(metric: &'static str, deals: &[&Deal], records: Deals) -> DealFigure {
    figure(metric, Ok(Number::Count(deals.len() as u64)), deals.len(), records)
}

pub(super) fn amount(metric: &'static str, deals: &[&Deal], records: Deals) -> DealFigure {
    let purse: Purse = deals.iter().filter_map(|deal| deal.worth.money()).collect();
    figure(metric, Ok(Number::Money(purse)), deals.len(), records)
}

pub(super) fn win_rate(metric: &'static str, won: usize, lost: usize, records: Deals) -> DealFigure {
    let rate = derive(metric, &[("won", won as f64), ("lost", lost as f64)]);
    figure(metric, rate, won + lost, records)
}

/// Groups deals by a key.
pub(super) fn grouped<'d, K: Ord>(
    all: impl IntoIterator<Item = &'d Deal>,
    key: impl Fn(&Deal) -> K,
) -> BTreeMap<K, Vec<&'d Deal>> {
    let mut groups: BTreeMap<K, Vec<&Deal>> = BTreeMap::new();
    for deal in all {
        groups.entry(key(deal)).or_default().push(deal);
    }
    groups
}

/// The ids of deals, as records.
pub(super) fn these<'d>(deals: impl IntoIterator<Item = &'d Deal>) -> Deals {
    Deals::these(deals.into_iter().map(|deal| deal.id))
}
