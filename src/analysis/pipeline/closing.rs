//! What deals are worth, and how long they took.

use super::DealFigure;
use super::book::{Book, count, figure, grouped, these};
use super::records::{Deals, Priced};
use crate::domain::figure::{Number, Withheld};
use crate::domain::money::{Money, Purse};
use crate::domain::pipeline::{Deal, Worth};
use crate::domain::quantile::{mean, quantile};
use crate::domain::stage::Outcome;
use serde::Serialize;
use std::collections::BTreeMap;

/// Where the worth of the open deals comes from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Basis {
    /// Deals with an amount of their own.
    pub with_amount: DealFigure,
    /// Deals without one that are counted at the list price of their product.
    pub at_list_price: DealFigure,
    /// Deals with neither; they are not in the sum.
    pub unpriced: DealFigure,
    /// These by product, most of them first: what a list price would bring in.
    pub unpriced_products: Vec<Unpriced>,
}

/// Open deals without a price, of one product.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Unpriced {
    /// The product without a list price; `null` for deals that name none.
    pub product: Option<String>,
    /// How many deals.
    pub deals: DealFigure,
}

/// Size of the won deals.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Size {
    /// Arithmetic mean.
    pub mean: DealFigure,
    /// Median.
    pub median: DealFigure,
    /// The largest.
    pub max: DealFigure,
}

/// Days from creation to closing of all closed deals, and of the won and the lost ones.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClosingDays {
    /// All closed deals.
    #[serde(flatten)]
    pub all: Days,
    /// The won ones.
    pub won: Days,
    /// The lost ones.
    pub lost: Days,
}

/// A distribution of days; quantiles with linear interpolation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Days {
    /// Median.
    pub median: DealFigure,
    /// Arithmetic mean.
    pub mean: DealFigure,
    /// First quartile.
    pub p25: DealFigure,
    /// Third quartile.
    pub p75: DealFigure,
    /// Nine of ten are below.
    pub p90: DealFigure,
    /// Shortest.
    pub min: DealFigure,
    /// Longest.
    pub max: DealFigure,
}

pub(super) fn basis(book: &Book<'_>, open: &[&Deal]) -> Basis {
    let part = |metric, wanted: fn(Worth) -> bool, priced| {
        let part: Vec<&Deal> = open.iter().copied().filter(|deal| wanted(deal.worth)).collect();
        count(metric, &part, book.all().outcome(Outcome::Open).priced(priced))
    };
    Basis {
        with_amount: part("deals_with_amount", |w| matches!(w, Worth::Amount(_)), Priced::Amount),
        at_list_price: part("deals_at_list_price", |w| matches!(w, Worth::ListPrice(_)), Priced::ListPrice),
        unpriced: part("deals_unpriced", |w| matches!(w, Worth::Unknown), Priced::Unknown),
        unpriced_products: unpriced_products(book, open),
    }
}

fn unpriced_products(book: &Book<'_>, open: &[&Deal]) -> Vec<Unpriced> {
    let unpriced = open.iter().copied().filter(|deal| deal.worth == Worth::Unknown);
    let name = |id: i64| book.facts.products.get(&id).map(|product| product.name.clone());
    let products = grouped(unpriced, |deal| deal.product.and_then(name));
    let gap = |(product, deals): (Option<String>, Vec<&Deal>)| {
        let deals = count("deals_unpriced", &deals, these(deals.iter().copied()));
        Unpriced { product, deals }
    };
    let mut gaps: Vec<Unpriced> = products.into_iter().map(gap).collect();
    gaps.sort_by(|a, b| b.deals.n.cmp(&a.deals.n).then_with(|| a.product.cmp(&b.product)));
    gaps
}

/// Mean, median and largest, each per currency.
pub(super) fn size(book: &Book<'_>, won: &[&Deal]) -> Size {
    let mut amounts: BTreeMap<_, Vec<i64>> = BTreeMap::new();
    for money in won.iter().filter_map(|deal| deal.worth.money()) {
        amounts.entry(money.currency).or_default().push(money.minor);
    }
    amounts.values_mut().for_each(|minors| minors.sort_unstable());
    let n = amounts.values().map(Vec::len).sum();
    let each = |metric, of: &dyn Fn(&[i64]) -> Option<f64>| {
        let purse: Purse = amounts
            .iter()
            .filter_map(|(&currency, minors)| Some(Money { minor: of(minors)?.round() as i64, currency }))
            .collect();
        let value = if n == 0 { Err(Withheld::NoRecords) } else { Ok(Number::Money(purse)) };
        figure(metric, value, n, book.all().outcome(Outcome::Won).is_priced())
    };
    Size {
        mean: each("won_deal_mean", &mean),
        median: each("won_deal_median", &|minors| quantile(minors, 0.5)),
        max: each("won_deal_max", &|minors| quantile(minors, 1.0)),
    }
}

pub(super) fn days_to_close(closed: &[&Deal], records: &Deals) -> Days {
    let mut days: Vec<i64> = closed.iter().filter_map(|deal| deal.days_to_close()).collect();
    days.sort_unstable();
    let of = |metric, value| figure(metric, Number::days(value), days.len(), records.clone().timed());
    Days {
        median: of("days_to_close_median", quantile(&days, 0.5)),
        mean: of("days_to_close_mean", mean(&days)),
        p25: of("days_to_close_p25", quantile(&days, 0.25)),
        p75: of("days_to_close_p75", quantile(&days, 0.75)),
        p90: of("days_to_close_p90", quantile(&days, 0.9)),
        min: of("days_to_close_min", quantile(&days, 0.0)),
        max: of("days_to_close_max", quantile(&days, 1.0)),
    }
}
