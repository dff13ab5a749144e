//! The targets of a stage, and how it stands against them.

use super::maker::{Maker, Way};
use super::{Basis, FlowFigure, Measure, Which, size};
use crate::domain::figure::{Figure, Number};
use crate::domain::funnel::segment::Segment;
use crate::domain::metric::derive;
use crate::domain::money::{Currency, Money};
use crate::domain::target::{Aim, Rag};
use serde::Serialize;

/// What a stage should reach; `None` where nobody has set a target.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Goals {
    /// Records or money that enter in the period.
    pub count: Option<Goal>,
    /// Conversion from the previous stage.
    pub from_previous: Option<Goal>,
    /// Days in the stage: a limit, so less is better.
    pub median_days: Option<Goal>,
}

impl Goals {
    /// Every target of the stage.
    pub fn each(&self) -> impl Iterator<Item = &Goal> {
        [&self.count, &self.from_previous, &self.median_days].into_iter().flatten()
    }
}

/// A target and how a figure stands against it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Goal {
    /// The target of the whole period.
    pub value: FlowFigure,
    /// Of a count while the period is running: what should be there by now, if every day were like another.
    pub by_now: Option<FlowFigure>,
    /// How the figure stands; nothing while it is withheld.
    pub rag: Option<Rag>,
}

/// Whose targets belong to a segment: the company's to all, one owner's, team's or region's to the
/// segment of that name; `None` for any other segment, which has none.
#[must_use]
pub fn whose(segment: &Segment) -> Option<Option<&str>> {
    let mut values = segment.0.values().flatten();
    match (values.next(), values.next()) {
        (None, _) => Some(None),
        (Some(Some(value)), None) => Some(Some(value)),
        _ => None,
    }
}

impl Maker<'_> {
    pub(super) fn goals(
        &self,
        way: Option<Way>,
        at: usize,
        count: &FlowFigure,
        rate: &FlowFigure,
        days: &FlowFigure,
    ) -> Goals {
        let stages = &self.journeys.funnel.stage;
        let nothing = Goals { count: None, from_previous: None, median_days: None };
        let Some(stage) = stages.get(at) else { return nothing };
        let from = way.and_then(|way| stages.get(way.from));
        let currency = currency(count).unwrap_or(self.journeys.facts.currency);
        Goals {
            count: match self.query.measure {
                Measure::Count => self.goal(&Aim::Entered(stage), None, count),
                Measure::Amount => self.goal(&Aim::Amount(stage), Some(currency), count),
            },
            from_previous: from
                // A ratio of different records is no conversion, so none was aimed at.
                .filter(|_| self.query.measure == Measure::Count && self.query.basis == Basis::Cohort)
                .and_then(|from| self.goal(&Aim::Conversion(from, stage), None, rate)),
            median_days: self.goal(&Aim::Days(stage), None, days),
        }
    }

    fn goal(&self, aim: &Aim<'_>, currency: Option<Currency>, actual: &FlowFigure) -> Option<Goal> {
        let owner = whose(&self.query.segment)?;
        let target = self.targets.of(aim, &self.query.period, owner, currency)?;
        let passed =
            self.query.period.passed(self.journeys.now).filter(|_| matches!(aim, Aim::Entered(_) | Aim::Amount(_)));
        let by_now =
            passed.and_then(|passed| match derive("funnel_target_by_now", &[("target", target), ("passed", passed)]) {
                Ok(Number::Ratio(number)) => Some(number),
                _ => None,
            });
        let metric = match aim {
            Aim::Amount(_) => "funnel_target_amount",
            Aim::Conversion(..) => "funnel_target_conversion",
            Aim::Days(_) => "funnel_target_days",
            Aim::Entered(_) | Aim::Metric { .. } => "funnel_target_count",
        };
        let figure = |metric, number: f64| Figure {
            metric,
            value: Ok(match (aim, currency) {
                (Aim::Amount(_), Some(currency)) => Number::Money(std::iter::once(money(number, currency)).collect()),
                (Aim::Entered(_), _) => Number::Count(number.round().max(0.0) as u64),
                (Aim::Days(_), _) => Number::Days(number),
                _ => Number::Ratio(number),
            }),
            n: 0,
            records: self.records(self.window, Which::Nothing),
        };
        let reached = size(actual).map(|number| currency.map_or(number, |of| number / of.minor_per_major() as f64));
        Some(Goal {
            value: figure(metric, target),
            by_now: by_now.map(|number| figure("funnel_target_by_now", number)),
            rag: reached.map(|reached| Rag::of(reached, by_now.unwrap_or(target), aim.is_a_limit())),
        })
    }
}

/// The one currency of an amount.
fn currency(figure: &FlowFigure) -> Option<Currency> {
    let Ok(Number::Money(purse)) = &figure.value else { return None };
    let mut sums = purse.sums();
    sums.next().filter(|_| sums.next().is_none()).map(|money| money.currency)
}

fn money(major: f64, currency: Currency) -> Money {
    Money { minor: (major * currency.minor_per_major() as f64).round() as i64, currency }
}
