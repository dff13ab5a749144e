//! Coverage: the open pipeline of the period against what is left of its target, beside what was needed of it at
//! the same point of past periods.

use super::book::{Book, amount, count, figure, these};
use super::{DealFigure, Deals};
use crate::analysis::funnel::whose;
use crate::domain::figure::{Number, SMALL_SAMPLE, Withheld, ratio};
use crate::domain::metric::{derive, derive_money};
use crate::domain::period::{Period, Window};
use crate::domain::pipeline::Deal;
use crate::domain::stage::Outcome;
use crate::domain::target::Aim;
use crate::domain::time::DAY_MS;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// So many past periods are looked at, where the data reach that far.
const PAST: usize = 8;
/// What is aimed at.
pub(super) const AIM: Aim<'static> = Aim::Metric { key: "won_amount", adds_up: true };

/// How the open pipeline covers what is left of the target.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Coverage {
    /// What should be won in the period.
    pub target: DealFigure,
    /// What has been won in it.
    pub won: DealFigure,
    /// What is left of the target.
    pub left: DealFigure,
    /// What the open deals are worth that are to close in it.
    pub open: DealFigure,
    /// Open deals without a close date: they are in no period.
    pub close_date_unknown: DealFigure,
    /// Open deals whose close date has passed.
    pub overdue: DealFigure,
    /// What these are worth.
    pub overdue_amount: DealFigure,
    /// Open ÷ left.
    pub ratio: DealFigure,
    /// 1 ÷ the win rate of the past.
    pub needed: DealFigure,
    /// Open pipeline that is missing; below zero where there is more than needed.
    pub gap: DealFigure,
    /// What was open at the same point of past periods, and what came of it.
    pub past: PastPipeline,
}

/// The pipeline that was open at the same point of past periods.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PastPipeline {
    /// The periods, oldest first.
    pub periods: Vec<Period>,
    /// The deals that were to close in them.
    pub deals: DealFigure,
    /// Those of which history tells the close date that they had then; of the others it is today's.
    pub told: DealFigure,
    /// What they were worth.
    pub open: DealFigure,
    /// What was won of it by the end of its period.
    pub won: DealFigure,
    /// Won ÷ open, by amount.
    pub win_rate: DealFigure,
}

impl Coverage {
    /// Every figure, the most telling first.
    #[must_use]
    pub fn figures(&self) -> [&DealFigure; 15] {
        let past = &self.past;
        [
            &self.ratio,
            &self.needed,
            &self.gap,
            &self.target,
            &self.won,
            &self.left,
            &self.open,
            &self.close_date_unknown,
            &self.overdue,
            &self.overdue_amount,
            &past.win_rate,
            &past.deals,
            &past.told,
            &past.open,
            &past.won,
        ]
    }
}

/// What belongs to one owner or to all.
pub(super) struct Share {
    pub(super) target: DealFigure,
    pub(super) won: DealFigure,
    pub(super) left: DealFigure,
    pub(super) open: DealFigure,
    pub(super) ratio: DealFigure,
}

/// Target, won, left, open and coverage of these deals, which are those of `records`.
pub(super) fn share(book: &Book<'_>, deals: &[&Deal], records: &Deals, owner: Option<Option<&str>>) -> Share {
    let (whole, passed) = (book.period.window(), book.window());
    let is_open = |deal: &&&Deal| deal.outcome == Outcome::Open;
    let won: Vec<&Deal> = deals.iter().copied().filter(|deal| is_won_in(deal, passed)).collect();
    let open: Vec<&Deal> = deals.iter().filter(is_open).copied().filter(|deal| closes_in(deal, whole)).collect();
    let dated = deals.iter().filter(is_open).any(|deal| deal.close_day.is_some());
    let major = owner.and_then(|owner| book.targets.of(&AIM, &book.period, owner, Some(book.home())));
    let target = major.map(|major| (major * book.home().minor_per_major() as f64).round() as i64);
    // A target in another currency needs a rate.
    let is_foreign = || owner.is_some_and(|owner| book.targets.of(&AIM, &book.period, owner, None).is_some());
    let missing = if target.is_none() && is_foreign() { Withheld::NoRate } else { Withheld::NoTarget };
    let left = target.map(|target| target.saturating_sub(book.minor(won.iter().copied())));
    let nobody = || Deals::these([]);
    let is_over = whole.to <= book.as_of.0;
    let ratio = match left {
        _ if is_over => Err(Withheld::PeriodOver),
        None => Err(missing),
        Some(left) if left <= 0 => Err(Withheld::TargetReached),
        Some(_) if !dated && deals.iter().any(|deal| deal.outcome == Outcome::Open) => Err(Withheld::NoCloseDates),
        Some(left) => {
            let open = book.minor(open.iter().copied()) as f64;
            derive("coverage", &[("open_in_period", open), ("target_left", left as f64)])
        }
    };
    let closing = records.clone().outcome(Outcome::Open).closing(whole);
    let money = |minor: Option<i64>| minor.map(|minor| book.money(minor)).ok_or(missing);
    Share {
        target: figure("won_amount_target", money(target), 0, nobody()),
        left: figure("target_left", money(left.map(|left| left.max(0))), 0, nobody()),
        ratio: figure("coverage", ratio, open.len(), closing.clone()),
        open: amount("open_in_period", &open, closing),
        won: amount("won_in_period", &won, records.clone().outcome(Outcome::Won).closed_in(passed)),
    }
}

pub(super) fn coverage(book: &Book<'_>) -> Coverage {
    let deals: Vec<&Deal> = book.deals.iter().collect();
    let open = book.of(Outcome::Open);
    let Share { target, won, left, open: closing, ratio } = share(book, &deals, &book.all(), whose(book.segment));
    let past = past(book);
    let today = book.as_of.0.div_euclid(DAY_MS);
    let undated: Vec<&Deal> = open.iter().copied().filter(|deal| deal.close_day.is_none()).collect();
    let overdue: Vec<&Deal> =
        open.iter().copied().filter(|deal| deal.close_day.is_some_and(|day| day < today)).collect();
    let needed = needed(book, &past);
    let gap = match (&ratio.value, &needed.value) {
        (Ok(_), Ok(Number::Times(needed))) => {
            let minor = |figure: &DealFigure| sum(book, figure) as f64;
            let measures =
                [("coverage_needed", *needed), ("target_left", minor(&left)), ("open_in_period", minor(&closing))];
            derive_money("coverage_gap", &measures, book.home())
        }
        (Err(reason), _) | (_, Err(reason)) => Err(*reason),
        _ => Err(Withheld::NotApplicable),
    };
    Coverage {
        gap: figure("coverage_gap", gap, closing.n as usize, closing.records.clone()),
        close_date_unknown: count("deals_close_date_unknown", &undated, these(undated.iter().copied())),
        overdue: count("deals_overdue", &overdue, these(overdue.iter().copied())),
        overdue_amount: amount("overdue_amount", &overdue, these(overdue.iter().copied())),
        target,
        won,
        left,
        open: closing,
        ratio,
        needed,
        past,
    }
}

fn needed(book: &Book<'_>, past: &PastPipeline) -> DealFigure {
    let value = match &past.win_rate.value {
        _ if book.period.window().to <= book.as_of.0 => Err(Withheld::PeriodOver),
        Ok(Number::Share { part, whole }) => derive("coverage_needed", &[("past_win_rate", ratio(*part, *whole))]),
        Err(Withheld::SmallSample { .. }) => Err(Withheld::FewRecords),
        Err(reason) => Err(*reason),
        Ok(_) => Err(Withheld::NotApplicable),
    };
    figure("coverage_needed", value, past.deals.n as usize, past.deals.records.clone())
}

/// The sum of an amount in the store's currency.
fn sum(book: &Book<'_>, figure: &DealFigure) -> i64 {
    let Ok(Number::Money(purse)) = &figure.value else { return 0 };
    purse.sums().filter(|money| money.currency == book.home()).map(|money| money.minor).sum()
}

/// Whether a deal was won in a stretch of time.
pub(super) fn is_won_in(deal: &Deal, window: Window) -> bool {
    deal.outcome == Outcome::Won && deal.closed_at.is_some_and(|at| window.has(at.0))
}

/// Whether the close date of a deal lies in a stretch of time.
fn closes_in(deal: &Deal, window: Window) -> bool {
    deal.close_day.is_some_and(|day| window.has(day.saturating_mul(DAY_MS)))
}

/// Whether a deal was there at `at` and not decided.
pub(super) fn was_open(deal: &Deal, at: i64) -> bool {
    let ends_later = || deal.closed_at.is_some_and(|closed| closed.0 > at);
    deal.created_at.is_some_and(|created| created.0 <= at) && (deal.outcome == Outcome::Open || ends_later())
}

/// The points of past periods at which as much of each had passed as now of this one, with the periods; nothing
/// of a time before the first deal.
fn points(book: &Book<'_>) -> Vec<(Period, i64)> {
    let passed = book.as_of.0 - book.period.window().from;
    let oldest = book.deals.iter().filter_map(|deal| deal.created_at).min();
    let before = std::iter::successors(book.period.previous(), Period::previous);
    // A period that has not begun may follow others that are not over.
    let over = before.filter(|period| period.window().to <= book.as_of.0).take(PAST);
    let point = |period: Period| {
        let Window { from, to } = period.window();
        let at = from.saturating_add(passed).min(to - 1);
        oldest.is_some_and(|oldest| oldest.0 <= at).then_some((period, at))
    };
    let mut points: Vec<_> = over.map_while(point).collect();
    points.reverse();
    points
}

/// What was open at these points with a close date in their period, and what was won of it by the period's end.
fn past(book: &Book<'_>) -> PastPipeline {
    let (mut seen, mut told, mut won) = (BTreeMap::new(), BTreeSet::new(), BTreeSet::new());
    let (mut open_minor, mut won_minor) = (0_i64, 0_i64);
    let points = points(book);
    for &(period, at) in &points {
        let window = period.window();
        for deal in book.deals.iter().filter(|deal| was_open(deal, at)) {
            let Some((day, is_told)) = book.past().close_day(deal, at) else { continue };
            let Some(minor) = book.worth(deal).filter(|_| window.has(day.saturating_mul(DAY_MS))) else { continue };
            seen.insert(deal.id, deal);
            open_minor = open_minor.saturating_add(minor);
            if is_told {
                told.insert(deal.id);
            }
            if is_won_in(deal, window) {
                won.insert(deal.id);
                won_minor = won_minor.saturating_add(minor);
            }
        }
    }
    let deals: Vec<&Deal> = seen.values().copied().collect();
    let all = these(deals.iter().copied());
    let whole = deals.len() as u64;
    let rate = match whole {
        0 => Err(Withheld::NoRecords),
        n if n < SMALL_SAMPLE => Err(Withheld::SmallSample { part: won.len() as u64, whole }),
        _ => derive("past_win_rate", &[("won_then", won_minor as f64), ("open_then", open_minor as f64)]),
    };
    let ids = |ids: &BTreeSet<i64>| Deals::these(ids.iter().copied());
    PastPipeline {
        periods: points.into_iter().map(|(period, _)| period).collect(),
        deals: count("past_deals", &deals, all.clone()),
        told: figure("past_deals_told", Ok(Number::Count(told.len() as u64)), told.len(), ids(&told)),
        open: figure("past_open", Ok(book.money(open_minor)), deals.len(), all.clone()),
        won: figure("past_won", Ok(book.money(won_minor)), won.len(), ids(&won)),
        win_rate: figure("past_win_rate", rate, deals.len(), all),
    }
}
