//! What the figures of the whole were made of.

use super::{DealFigure, Pipeline};
use crate::domain::figure::{Number, ratio};

/// A figure of the pipeline as a whole, and what it was made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Told<'p> {
    /// The figure.
    pub figure: &'p DealFigure,
    /// The days it is of; empty for those of all time.
    pub days: String,
    /// The measures of its formula; none where one of them is withheld.
    pub measures: Vec<(&'static str, Number)>,
}

impl Pipeline {
    /// Every figure of the whole, those of the period first.
    #[must_use]
    pub fn told(&self) -> Vec<Told<'_>> {
        let (coverage, velocity) = (&self.coverage, &self.velocity);
        let (now, before) = (self.period.to_string(), self.compare.map(|period| period.to_string()));
        let before = before.unwrap_or_default();
        let of_period = |figure: &DealFigure| coverage.figures().iter().any(|other| std::ptr::eq(*other, figure));
        let of_now = |figure: &DealFigure| {
            velocity.now.figures().iter().any(|other| std::ptr::eq(*other, figure))
                || std::ptr::eq(&velocity.change, figure)
                || std::ptr::eq(&velocity.win_rate_change, figure)
                || std::ptr::eq(&velocity.win_rate_points, figure)
        };
        let of_before =
            |figure: &DealFigure| velocity.before.figures().iter().any(|other| std::ptr::eq(*other, figure));
        let told = |figure| {
            let days = match figure {
                figure if of_period(figure) || of_now(figure) => now.clone(),
                figure if of_before(figure) => before.clone(),
                _ => String::new(),
            };
            Told { figure, days, measures: self.measures(figure) }
        };
        self.totals().into_iter().map(told).collect()
    }

    /// The measures of a figure that is derived from others of the whole.
    fn measures(&self, figure: &DealFigure) -> Vec<(&'static str, Number)> {
        let (coverage, velocity) = (&self.coverage, &self.velocity);
        let is = |other: &DealFigure| std::ptr::eq(figure, other);
        let pace = [&velocity.now, &velocity.before].into_iter().find(|pace| is(&pace.per_day));
        let of: Vec<(&'static str, &DealFigure)> = match pace {
            Some(pace) => vec![
                ("opportunities", &pace.opportunities),
                ("win_rate", &pace.win_rate),
                ("average_deal", &pace.average_deal),
                ("cycle_days", &pace.cycle_days),
            ],
            None if is(&coverage.ratio) => vec![("open_in_period", &coverage.open), ("target_left", &coverage.left)],
            None if is(&coverage.needed) => vec![("past_win_rate", &coverage.past.win_rate)],
            None if is(&coverage.past.win_rate) => {
                vec![("won_then", &coverage.past.won), ("open_then", &coverage.past.open)]
            }
            None if is(&coverage.gap) => vec![
                ("coverage_needed", &coverage.needed),
                ("target_left", &coverage.left),
                ("open_in_period", &coverage.open),
            ],
            None if is(&velocity.change) => vec![("now", &velocity.now.per_day), ("before", &velocity.before.per_day)],
            None if is(&velocity.win_rate_change) || is(&velocity.win_rate_points) => {
                vec![("now", &velocity.now.win_rate), ("before", &velocity.before.win_rate)]
            }
            None => Vec::new(),
        };
        let known = |(name, figure): (&'static str, &DealFigure)| {
            let number = figure.value.clone().ok()?;
            // A share of amounts is no part of a number of records.
            let told = match number {
                Number::Share { part, whole } if name == "past_win_rate" => Number::Ratio(ratio(part, whole)),
                other => other,
            };
            Some((name, told))
        };
        of.into_iter().map(known).collect::<Option<Vec<_>>>().unwrap_or_default()
    }
}
