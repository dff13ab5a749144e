//! Deals one by one: those whose close date keeps moving, and those that stall.

use super::DealFigure;
use super::book::{Book, amount, count, figure, these};
use super::stall::Stays;
use crate::domain::figure::{Number, Withheld};
use crate::domain::pipeline::Deal;
use crate::domain::pipeline::past::OFTEN;
use crate::domain::stage::Outcome;
use crate::domain::time::Day;
use crate::domain::value::Id;
use serde::Serialize;
use std::collections::BTreeMap;

/// No more deals than this are told one by one; the figures are of all of them.
pub const LISTED: usize = 200;

/// Open deals whose close date moved later.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pushed {
    /// How many times all of them were pushed.
    pub pushes: DealFigure,
    /// Those that were pushed at least once.
    pub count: DealFigure,
    /// Those that were pushed three times or more.
    pub often: DealFigure,
    /// What these are worth.
    pub often_amount: DealFigure,
    /// The deals, most pushed first, then most worth; at most [`LISTED`].
    pub deals: Vec<DealLine>,
}

/// Open deals past the stall line of their stage.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stalled {
    /// How many.
    pub count: DealFigure,
    /// What they are worth.
    pub amount: DealFigure,
    /// The deals, furthest past the line first; at most [`LISTED`].
    pub deals: Vec<DealLine>,
}

/// One deal.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DealLine {
    /// Its id, for the selection.
    #[serde(skip)]
    pub id: i64,
    /// What it is called: filled in where the store is at hand.
    pub deal: String,
    /// Name of its account, likewise.
    pub account: Option<String>,
    /// Name of its stage.
    pub stage: String,
    /// Name of its owner.
    pub owner: Option<String>,
    /// What it is worth.
    pub amount: DealFigure,
    /// Days it has been open.
    pub age_days: DealFigure,
    /// Days it has been in its stage.
    pub days_in_stage: DealFigure,
    /// The stall line of its stage.
    pub stall_line_days: DealFigure,
    /// How often its close date moved later.
    pub pushes: DealFigure,
    /// The close date that is known first.
    pub first_close_date: Option<Day>,
    /// The close date now.
    pub close_date: Option<Day>,
    /// Days between these.
    pub days_moved: DealFigure,
}

impl DealLine {
    /// Every figure.
    #[must_use]
    pub fn figures(&self) -> [&DealFigure; 6] {
        [&self.amount, &self.age_days, &self.days_in_stage, &self.stall_line_days, &self.pushes, &self.days_moved]
    }

    /// Whether it was pushed so often that it is flagged.
    #[must_use]
    pub fn is_pushed_often(&self) -> bool {
        matches!(self.pushes.value, Ok(Number::Count(count)) if count >= OFTEN)
    }

    /// Its id.
    #[must_use]
    pub fn place(&self) -> Id {
        Id(self.id)
    }
}

/// How often each open deal was pushed, of those that were.
pub(super) fn counts(book: &Book<'_>) -> BTreeMap<i64, u64> {
    let open = book.deals.iter().filter(|deal| deal.outcome == Outcome::Open);
    let counted = open.map(|deal| (deal.id, book.past().pushes(deal).count));
    counted.filter(|(_, count)| *count > 0).collect()
}

pub(super) fn pushed(book: &Book<'_>, stays: &Stays<'_>, counts: &BTreeMap<i64, u64>) -> Pushed {
    let of = |deal: &Deal| counts.get(&deal.id).copied().unwrap_or_default();
    let mut deals: Vec<&Deal> = book.deals.iter().filter(|deal| of(deal) > 0).collect();
    deals.sort_by_key(|deal| (std::cmp::Reverse((of(deal), book.worth(deal))), deal.id));
    let often: Vec<&Deal> = deals.iter().copied().filter(|deal| of(deal) >= OFTEN).collect();
    let all = these(deals.iter().copied());
    let sum = deals.iter().map(|deal| of(deal)).sum();
    Pushed {
        pushes: figure("close_date_pushes", Ok(Number::Count(sum)), deals.len(), all.clone()),
        count: count("deals_pushed", &deals, all),
        often: count("deals_pushed_often", &often, these(often.iter().copied())),
        often_amount: amount("pushed_often_amount", &often, these(often.iter().copied())),
        deals: deals.iter().take(LISTED).map(|deal| line(book, stays, deal)).collect(),
    }
}

pub(super) fn stalled(book: &Book<'_>, stays: &Stays<'_>) -> Stalled {
    let mut deals: Vec<(&Deal, f64)> = book.deals.iter().filter_map(|deal| over(stays, deal)).collect();
    deals.sort_by(|(a, far), (b, less)| less.total_cmp(far).then(a.id.cmp(&b.id)));
    let deals: Vec<&Deal> = deals.into_iter().map(|(deal, _)| deal).collect();
    let known = book.facts.stages.iter().any(|(&stage, _)| stays.line(stage).is_some());
    let reason = if book.past().is_empty() { Withheld::NoHistory } else { Withheld::FewRecords };
    let told = |figure: DealFigure| if known { figure } else { DealFigure { value: Err(reason), ..figure } };
    Stalled {
        count: told(count("deals_stalled", &deals, these(deals.iter().copied()))),
        amount: told(amount("stalled_amount", &deals, these(deals.iter().copied()))),
        deals: deals.iter().take(LISTED).map(|deal| line(book, stays, deal)).collect(),
    }
}

/// How far a deal is past the line of its stage, where it is.
fn over<'b>(stays: &Stays<'_>, deal: &'b Deal) -> Option<(&'b Deal, f64)> {
    let past = *stays.open.get(&deal.id)? as f64 - stays.line(deal.stage)?;
    stays.is_stalled(deal).then_some((deal, past))
}

fn line(book: &Book<'_>, stays: &Stays<'_>, deal: &Deal) -> DealLine {
    let one = || these([deal]);
    let days = |metric, days: Option<f64>, reason| figure(metric, days.map(Number::Days).ok_or(reason), 1, one());
    let pushes = book.past().pushes(deal);
    let moved = pushes.first.zip(deal.close_day).map(|(first, now)| (now - first) as f64);
    DealLine {
        id: deal.id,
        deal: format!("#{}", deal.id),
        account: None,
        stage: book.facts.stages.get(&deal.stage).map(|stage| stage.name.clone()).unwrap_or_default(),
        owner: deal.owner.and_then(|id| book.facts.members.get(&id)).map(|member| member.name.clone()),
        amount: amount("deal_amount", &[deal], one()),
        age_days: days("deal_age", deal.age(book.as_of).map(|days| days as f64), Withheld::NoRecords),
        days_in_stage: days(
            "deal_days_in_stage",
            stays.open.get(&deal.id).map(|days| *days as f64),
            Withheld::NoHistory,
        ),
        stall_line_days: days("stall_line", stays.line(deal.stage), Withheld::FewRecords),
        pushes: figure("close_date_pushes", Ok(Number::Count(pushes.count)), 1, one()),
        first_close_date: pushes.first.map(Day),
        close_date: deal.close_day.map(Day),
        days_moved: days("days_moved", moved, Withheld::NoCloseDates),
    }
}
