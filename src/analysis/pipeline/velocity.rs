//! Velocity: what the pipeline brings a day, and how that has changed.

use super::book::{Book, count, figure, these, win_rate};
use super::coverage::{is_won_in, was_open};
use super::{DealFigure, Deals};
use crate::analysis::funnel::{Ends, size};
use crate::domain::figure::{Number, Withheld};
use crate::domain::interval::{Interval, newcombe};
use crate::domain::metric::{derive, derive_money};
use crate::domain::period::Window;
use crate::domain::pipeline::Deal;
use crate::domain::quantile::mean;
use crate::domain::stage::Outcome;
use serde::Serialize;

/// What the pipeline brings a day, in the period and in the compared one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Velocity {
    /// In the period, as far as it has passed.
    #[serde(flatten)]
    pub now: Pace,
    /// In as many days of the compared one.
    pub before: Pace,
    /// How the velocity has changed, relative.
    pub change: DealFigure,
    /// How the win rate has changed, relative.
    pub win_rate_change: DealFigure,
    /// The same in percentage points, as it is shown.
    pub win_rate_points: DealFigure,
    /// The 95 % Newcombe interval of the difference of the win rates, in shares.
    pub interval: Option<Ends>,
    /// Whether that interval includes zero.
    pub could_be_luck: Option<bool>,
}

/// The parts of a velocity.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pace {
    /// Deals that are open at the end of these days.
    pub opportunities: DealFigure,
    /// Of the deals that were decided in them.
    pub win_rate: DealFigure,
    /// Mean worth of those that were won.
    pub average_deal: DealFigure,
    /// Mean days from creation to closing of those that were won.
    pub cycle_days: DealFigure,
    /// Opportunities × win rate × average deal ÷ cycle days.
    pub per_day: DealFigure,
}

impl Pace {
    /// Every figure, the result first.
    #[must_use]
    pub fn figures(&self) -> [&DealFigure; 5] {
        [&self.per_day, &self.opportunities, &self.win_rate, &self.average_deal, &self.cycle_days]
    }
}

impl Velocity {
    /// Every figure.
    pub fn figures(&self) -> impl Iterator<Item = &DealFigure> {
        let changes = [&self.change, &self.win_rate_change, &self.win_rate_points];
        self.now.figures().into_iter().chain(changes).chain(self.before.figures())
    }
}

pub(super) fn velocity(book: &Book<'_>) -> Velocity {
    let now = pace(book, book.window());
    let before = match book.compared {
        Some((_, window)) => pace(book, window),
        None => nothing(),
    };
    let shares = match (&now.win_rate.value, &before.win_rate.value) {
        (Ok(Number::Share { part, whole }), Ok(Number::Share { part: was, whole: of })) => {
            newcombe((*part, *whole), (*was, *of))
        }
        _ => None,
    };
    Velocity {
        change: change("velocity_change", &now.per_day, &before.per_day),
        win_rate_change: change("win_rate_change", &now.win_rate, &before.win_rate),
        win_rate_points: change("win_rate_points", &now.win_rate, &before.win_rate),
        interval: shares.map(Ends::from),
        could_be_luck: shares.map(Interval::has_zero),
        now,
        before,
    }
}

fn change(metric: &'static str, now: &DealFigure, before: &DealFigure) -> DealFigure {
    let value = match (&now.value, &before.value, size(now), size(before)) {
        (.., Some(now), Some(before)) => derive(metric, &[("now", now), ("before", before)]),
        (Err(Withheld::SmallSample { .. }), ..) | (_, Err(Withheld::SmallSample { .. }), ..) => Err(Withheld::TooFew),
        (Err(reason), ..) | (_, Err(reason), ..) => Err(*reason),
        _ => Err(Withheld::NoComparison),
    };
    figure(metric, value, now.n as usize, now.records.clone())
}

fn pace(book: &Book<'_>, window: Window) -> Pace {
    let decided = |deal: &&Deal| deal.closed_at.is_some_and(|at| window.has(at.0));
    let closed: Vec<&Deal> = book.deals.iter().filter(decided).collect();
    let won: Vec<&Deal> = closed.iter().copied().filter(|deal| is_won_in(deal, window)).collect();
    let open: Vec<&Deal> = book.deals.iter().filter(|deal| stays_open(deal, window.to - 1)).collect();
    let priced: Vec<&Deal> = won.iter().copied().filter(|deal| book.worth(deal).is_some()).collect();
    let timed: Vec<&Deal> = won.iter().copied().filter(|deal| deal.days_to_close().is_some()).collect();
    let amounts: Vec<i64> = priced.iter().filter_map(|deal| book.worth(deal)).collect();
    let days: Vec<i64> = timed.iter().filter_map(|deal| deal.days_to_close()).collect();
    let is_foreign = won.iter().any(|deal| deal.worth.money().is_some());
    let average = mean(&amounts).ok_or(if is_foreign { Withheld::NoRate } else { Withheld::NoRecords });
    let rate = win_rate("win_rate", won.len(), closed.len() - won.len(), these(closed.iter().copied()));
    let per_day = match (&rate.value, average, mean(&days)) {
        (Ok(_), Ok(average), Some(cycle)) => {
            let measures = [
                ("opportunities", open.len() as f64),
                ("win_rate", size(&rate).unwrap_or_default()),
                ("average_deal", average),
                ("cycle_days", cycle),
            ];
            derive_money("velocity", &measures, book.home())
        }
        (Err(Withheld::SmallSample { .. }), ..) => Err(Withheld::FewRecords),
        (Err(reason), ..) => Err(*reason),
        (_, Err(reason), _) => Err(reason),
        _ => Err(Withheld::NoRecords),
    };
    Pace {
        per_day: figure("velocity", per_day, open.len(), these(open.iter().copied())),
        opportunities: count("velocity_opportunities", &open, these(open.iter().copied())),
        average_deal: figure(
            "average_deal",
            average.map(|minor| book.money(minor.round() as i64)),
            priced.len(),
            these(priced.iter().copied()),
        ),
        cycle_days: figure("cycle_days", Number::days(mean(&days)), timed.len(), these(timed.iter().copied())),
        win_rate: rate,
    }
}

/// Open at `at`; one whose creation is not known was open all along.
fn stays_open(deal: &Deal, at: i64) -> bool {
    was_open(deal, at) || (deal.created_at.is_none() && deal.outcome == Outcome::Open)
}

fn nothing() -> Pace {
    let none = |metric| figure(metric, Err(Withheld::NoComparison), 0, Deals::these([]));
    Pace {
        opportunities: none("velocity_opportunities"),
        win_rate: none("win_rate"),
        average_deal: none("average_deal"),
        cycle_days: none("cycle_days"),
        per_day: none("velocity"),
    }
}
