//! Stall lines: how long the deals stayed in a stage that went on from it, and which open ones stay longer.

use super::DealFigure;
use super::book::{Book, amount, count, figure, these, win_rate};
use crate::domain::figure::{Number, SMALL_SAMPLE, Withheld};
use crate::domain::pipeline::Deal;
use crate::domain::quantile::quantile;
use crate::domain::stage::Outcome;
use serde::Serialize;
use std::collections::BTreeMap;

/// The line is drawn where three of four deals had gone on.
const LINE: f64 = 0.75;

/// How deals stall in a stage.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stall {
    /// 75th percentile of the days in the stage among those that advanced.
    pub stall_line_days: DealFigure,
    /// Open deals past it.
    pub stalled: DealFigure,
    /// What they are worth.
    pub stalled_amount: DealFigure,
    /// Win rate of the decided deals that stayed no longer than the line.
    pub win_rate_under: DealFigure,
    /// Win rate of those that stayed longer.
    pub win_rate_over: DealFigure,
}

impl Stall {
    /// Every figure.
    #[must_use]
    pub fn figures(&self) -> [&DealFigure; 5] {
        [&self.stall_line_days, &self.stalled, &self.stalled_amount, &self.win_rate_under, &self.win_rate_over]
    }
}

/// How long deals stayed in each stage.
#[derive(Default)]
pub(super) struct Stays<'b> {
    stages: BTreeMap<i64, Staying<'b>>,
    /// The line of each stage that has one.
    lines: BTreeMap<i64, f64>,
    /// Days of every open deal in its stage, where something tells when it came there.
    pub(super) open: BTreeMap<i64, i64>,
}

#[derive(Default)]
struct Staying<'b> {
    /// Days of the stays that ended in a later stage or with the deal won, by deal.
    advanced: Vec<(&'b Deal, i64)>,
    /// The longest stay of each decided deal.
    decided: BTreeMap<i64, (&'b Deal, i64)>,
}

impl<'b> Stays<'b> {
    pub(super) fn read(book: &'b Book<'_>) -> Self {
        let mut all = Self::default();
        for deal in &book.deals {
            all.open.extend(book.past().days_in_stage(deal, book.as_of).map(|days| (deal.id, days)));
            for stay in book.past().stays(deal) {
                let Some((_, to)) = stay.left else { continue };
                let days = stay.days(book.as_of);
                let staying = all.stages.entry(stay.stage).or_default();
                if advances(book, stay.stage, to) {
                    staying.advanced.push((deal, days));
                }
                if deal.outcome != Outcome::Open {
                    let longest = staying.decided.entry(deal.id).or_insert((deal, days));
                    longest.1 = longest.1.max(days);
                }
            }
        }
        all.lines = all.stages.iter().filter_map(|(&stage, staying)| Some((stage, line(&staying.advanced)?))).collect();
        all
    }

    /// The stall line of a stage, in days.
    pub(super) fn line(&self, stage: i64) -> Option<f64> {
        self.lines.get(&stage).copied()
    }

    /// Whether an open deal has been in its stage longer than the line.
    pub(super) fn is_stalled(&self, deal: &Deal) -> bool {
        let days = self.open.get(&deal.id).filter(|_| deal.outcome == Outcome::Open);
        days.zip(self.line(deal.stage)).is_some_and(|(days, line)| *days as f64 > line)
    }

    /// The figures of a stage; `inside` are the deals in it.
    pub(super) fn stall(&self, stage: i64, outcome: Outcome, inside: &[&Deal]) -> Stall {
        let nothing = Staying::default();
        let staying = self.stages.get(&stage).unwrap_or(&nothing);
        let (advanced, line) = (deals(&staying.advanced), self.line(stage));
        let reason = match advanced.len() {
            _ if outcome != Outcome::Open => Withheld::NotApplicable,
            0 => Withheld::NoHistory,
            _ => Withheld::FewRecords,
        };
        let line = line.filter(|_| outcome == Outcome::Open);
        let stalled: Vec<&Deal> =
            inside.iter().copied().filter(|deal| line.is_some() && self.is_stalled(deal)).collect();
        let records = || these(stalled.iter().copied());
        let told =
            |figure: DealFigure| if line.is_some() { figure } else { DealFigure { value: Err(reason), ..figure } };
        let rate = |metric, over: bool| {
            let side = |(_, days): &&(&Deal, i64)| line.is_some_and(|line| (*days as f64 > line) == over);
            let side: Vec<&Deal> = staying.decided.values().filter(side).map(|(deal, _)| *deal).collect();
            let won = side.iter().filter(|deal| deal.outcome == Outcome::Won).count();
            told(win_rate(metric, won, side.len() - won, these(side.iter().copied())))
        };
        Stall {
            stall_line_days: figure(
                "stall_line",
                line.map(Number::Days).ok_or(reason),
                advanced.len(),
                these(advanced.iter().copied()),
            ),
            stalled: told(count("deals_stalled", &stalled, records())),
            stalled_amount: told(amount("stalled_amount", &stalled, records())),
            win_rate_under: rate("win_rate_under", false),
            win_rate_over: rate("win_rate_over", true),
        }
    }
}

/// Where three of four stays had ended; nothing of too few deals.
fn line(advanced: &[(&Deal, i64)]) -> Option<f64> {
    let mut days: Vec<i64> = advanced.iter().map(|(_, days)| *days).collect();
    days.sort_unstable();
    quantile(&days, LINE).filter(|_| deals(advanced).len() as u64 >= SMALL_SAMPLE)
}

/// The deals of these stays, each once.
fn deals<'b>(stays: &[(&'b Deal, i64)]) -> Vec<&'b Deal> {
    let by_id: BTreeMap<i64, &Deal> = stays.iter().map(|(deal, _)| (deal.id, *deal)).collect();
    by_id.into_values().collect()
}

/// Whether the way from one stage to another goes on: to a later open one, or won.
fn advances(book: &Book<'_>, from: i64, to: i64) -> bool {
    let stage = |id| book.facts.stages.get(&id);
    let Some((from, to)) = stage(from).zip(stage(to)) else { return false };
    match to.outcome {
        Outcome::Won => true,
        Outcome::Open => to.position > from.position,
        Outcome::Lost => false,
    }
}
