//! The lines: by stage, owner, region and quarter.

use super::DealFigure;
use super::ageing;
use super::book::{Book, amount, count, figure, grouped, these, win_rate};
use super::coverage::{self, Share};
use super::records::Deals;
use super::stall::{Stall, Stays};
use crate::domain::figure::Number;
use crate::domain::pipeline::Deal;
use crate::domain::pipeline::past::OFTEN;
use crate::domain::quantile::quantile;
use crate::domain::stage::Outcome;
use crate::domain::time::quarter;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// One stage.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StageLine {
    /// Id of the stage, for the selection.
    #[serde(skip)]
    pub id: i64,
    /// Its name.
    pub stage: String,
    /// `open`, `won` or `lost`.
    pub outcome: &'static str,
    /// Deals in it.
    pub count: DealFigure,
    /// Their worth.
    pub amount: DealFigure,
    /// Median age in days of its open deals.
    pub median_age_days: DealFigure,
    /// Its open deals older than the longest that ever closed.
    pub older_than_any_closed: DealFigure,
    /// How deals stall in it.
    #[serde(flatten)]
    pub stall: Stall,
}

impl StageLine {
    /// Every figure.
    pub fn figures(&self) -> impl Iterator<Item = &DealFigure> {
        let own = [&self.count, &self.amount, &self.median_age_days, &self.older_than_any_closed];
        own.into_iter().chain(self.stall.figures())
    }
}

/// One owner.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OwnerLine {
    /// Id of the owner, for the selection; `None` stands for deals without one.
    #[serde(skip)]
    pub id: Option<i64>,
    /// Their name; `null` for deals without an owner.
    pub owner: Option<String>,
    /// The region they sell in.
    pub region: Option<String>,
    /// How they do.
    #[serde(flatten)]
    pub tally: Tally,
    /// How they do in the period, and what holds them up.
    #[serde(flatten)]
    pub period: OwnerPeriod,
}

impl OwnerLine {
    /// Every figure.
    pub fn figures(&self) -> impl Iterator<Item = &DealFigure> {
        self.tally.figures().into_iter().chain(self.period.figures())
    }
}

/// How an owner does in the period, and what holds their deals up.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OwnerPeriod {
    /// What their open deals are worth that are to close in it.
    pub open_in_period: DealFigure,
    /// What they won in it.
    pub won_in_period: DealFigure,
    /// Their own target.
    pub target: DealFigure,
    /// What is left of it.
    pub target_left: DealFigure,
    /// Open in the period ÷ left.
    pub coverage: DealFigure,
    /// Open deals past the stall line of their stage.
    pub stalled: DealFigure,
    /// How often the close dates of their open deals moved later.
    pub pushes: DealFigure,
    /// Open deals that were pushed three times or more.
    pub pushed_often: DealFigure,
}

impl OwnerPeriod {
    /// Every figure.
    #[must_use]
    pub fn figures(&self) -> [&DealFigure; 8] {
        [
            &self.open_in_period,
            &self.won_in_period,
            &self.target,
            &self.target_left,
            &self.coverage,
            &self.stalled,
            &self.pushes,
            &self.pushed_often,
        ]
    }
}

/// One region.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RegionLine {
    /// Its name; `null` for deals whose owner and account have none.
    pub region: Option<String>,
    /// How it does.
    #[serde(flatten)]
    pub tally: Tally,
}

/// How an owner or a region does.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tally {
    /// Open deals.
    pub open: DealFigure,
    /// Their worth.
    pub open_amount: DealFigure,
    /// Won deals.
    pub won: DealFigure,
    /// Lost deals.
    pub lost: DealFigure,
    /// What was won.
    pub won_amount: DealFigure,
    /// Won ÷ (won + lost).
    pub win_rate: DealFigure,
    /// Median days to close.
    pub median_days_to_close: DealFigure,
}

impl Tally {
    /// Its figures in the order in which tables show them.
    #[must_use]
    pub fn figures(&self) -> [&DealFigure; 7] {
        [
            &self.open,
            &self.open_amount,
            &self.won,
            &self.lost,
            &self.won_amount,
            &self.win_rate,
            &self.median_days_to_close,
        ]
    }
}

/// One calendar quarter of closing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QuarterLine {
    /// `2017-Q4`.
    pub quarter: String,
    /// Deals won in it.
    pub won: DealFigure,
    /// What was won.
    pub won_amount: DealFigure,
}

pub(super) fn by_stage(book: &Book<'_>, stays: &Stays<'_>, closed: &[&Deal]) -> Vec<StageLine> {
    let (longest, now) = (ageing::longest(closed), book.as_of);
    let mut stages: Vec<_> = book.facts.stages.iter().collect();
    stages.sort_by(|(_, a), (_, b)| (a.position, &a.name).cmp(&(b.position, &b.name)));
    stages
        .into_iter()
        .map(|(&id, stage)| {
            let inside: Vec<&Deal> = book.deals.iter().filter(|deal| deal.stage == id).collect();
            let records = book.all().stage(id);
            let mut ages: Vec<i64> = inside.iter().filter_map(|deal| deal.age(now)).collect();
            ages.sort_unstable();
            let older = ages.iter().filter(|&&age| longest.is_some_and(|longest| age > longest)).count();
            let median = Number::days(quantile(&ages, 0.5));
            let older_records = records.clone().older_than(longest.unwrap_or(i64::MAX));
            StageLine {
                id,
                stage: stage.name.clone(),
                outcome: stage.outcome.key(),
                count: count("stage_deals", &inside, records.clone()),
                amount: amount("stage_amount", &inside, records.clone()),
                median_age_days: figure("stage_median_age", median, ages.len(), records.aged(i64::MIN, i64::MAX)),
                older_than_any_closed: figure(
                    "deals_older_than_any_closed",
                    Ok(Number::Count(older as u64)),
                    older,
                    older_records,
                ),
                stall: stays.stall(id, stage.outcome, &inside),
            }
        })
        .collect()
}

fn tally(deals: &[&Deal], records: &Deals) -> Tally {
    let of = |outcome: Outcome| -> Vec<&Deal> { deals.iter().copied().filter(|d| d.outcome == outcome).collect() };
    let (open, won, lost) = (of(Outcome::Open), of(Outcome::Won), of(Outcome::Lost));
    let mut days: Vec<i64> = deals.iter().filter_map(|deal| deal.days_to_close()).collect();
    days.sort_unstable();
    let with = |outcome| records.clone().outcome(outcome);
    Tally {
        open: count("open_opportunities", &open, with(Outcome::Open)),
        open_amount: amount("open_amount", &open, with(Outcome::Open)),
        won: count("won_opportunities", &won, with(Outcome::Won)),
        lost: count("lost_opportunities", &lost, with(Outcome::Lost)),
        won_amount: amount("won_amount", &won, with(Outcome::Won)),
        win_rate: win_rate("win_rate", won.len(), lost.len(), records.clone().closed()),
        median_days_to_close: figure(
            "days_to_close_median",
            Number::days(quantile(&days, 0.5)),
            days.len(),
            records.clone().timed(),
        ),
    }
}

pub(super) fn by_owner(book: &Book<'_>, stays: &Stays<'_>, pushes: &BTreeMap<i64, u64>) -> Vec<OwnerLine> {
    let mut lines: Vec<OwnerLine> = grouped(&book.deals, |deal| deal.owner)
        .into_iter()
        .map(|(id, deals)| {
            let member = id.and_then(|id| book.facts.members.get(&id));
            let records = book.all().owner(id);
            OwnerLine {
                id,
                owner: member.map(|member| member.name.clone()),
                region: member.and_then(|member| member.region.clone()),
                tally: tally(&deals, &records),
                period: owner_period(
                    book,
                    stays,
                    pushes,
                    &deals,
                    (member.map(|member| member.name.as_str()), &records),
                ),
            }
        })
        .collect();
    lines.sort_by(|a, b| weight(b).cmp(&weight(a)).then_with(|| a.owner.cmp(&b.owner)));
    lines
}

fn owner_period(
    book: &Book<'_>,
    stays: &Stays<'_>,
    pushes: &BTreeMap<i64, u64>,
    deals: &[&Deal],
    (name, records): (Option<&str>, &Deals),
) -> OwnerPeriod {
    let Share { target, won, left, open, ratio } = coverage::share(book, deals, records, name.map(Some));
    let of = |deal: &&&Deal| pushes.get(&deal.id).copied().unwrap_or_default();
    let stalled: Vec<&Deal> = deals.iter().copied().filter(|deal| stays.is_stalled(deal)).collect();
    let pushed: Vec<&Deal> = deals.iter().filter(|deal| of(deal) > 0).copied().collect();
    let often: Vec<&Deal> = deals.iter().filter(|deal| of(deal) >= OFTEN).copied().collect();
    let sum = pushed.iter().map(|deal| of(&deal)).sum();
    OwnerPeriod {
        open_in_period: open,
        won_in_period: won,
        target,
        target_left: left,
        coverage: ratio,
        stalled: count("deals_stalled", &stalled, these(stalled.iter().copied())),
        pushes: figure("close_date_pushes", Ok(Number::Count(sum)), pushed.len(), these(pushed.iter().copied())),
        pushed_often: count("deals_pushed_often", &often, these(often.iter().copied())),
    }
}

/// What the order of owners goes by.
fn weight(line: &OwnerLine) -> i64 {
    match &line.tally.won_amount.value {
        Ok(Number::Money(purse)) => purse.weight(),
        _ => 0,
    }
}

pub(super) fn by_region(book: &Book<'_>) -> Vec<RegionLine> {
    grouped(&book.deals, |deal| deal.region(book.facts).map(str::to_owned))
        .into_iter()
        .map(|(region, deals)| {
            let records = book.all().region(region.clone());
            RegionLine { region, tally: tally(&deals, &records) }
        })
        .collect()
}

pub(super) fn by_close_quarter(book: &Book<'_>, won: &[&Deal]) -> Vec<QuarterLine> {
    let mut quarters: BTreeMap<String, Vec<&Deal>> = BTreeMap::new();
    for deal in won {
        if let Some(closed) = deal.closed_at {
            quarters.entry(quarter(closed.date())).or_default().push(deal);
        }
    }
    quarters
        .into_iter()
        .map(|(quarter, deals)| {
            let records = book.all().outcome(Outcome::Won).close_quarter(&quarter);
            QuarterLine {
                won: count("won_opportunities", &deals, records.clone()),
                won_amount: amount("won_amount", &deals, records),
                quarter,
            }
        })
        .collect()
}

/// Where roles are known, only those in which someone has a deal count: nobody expects one of marketing.
pub(super) fn owners_without_deals(book: &Book<'_>) -> Vec<String> {
    let facts = book.facts;
    if !book.segment.is_all() {
        return Vec::new();
    }
    let owners = grouped(&book.deals, |deal| deal.owner);
    let owns = |id: i64| owners.contains_key(&Some(id));
    let selling: BTreeSet<&Option<String>> =
        facts.members.iter().filter(|(id, _)| owns(**id)).map(|(_, member)| &member.role).collect();
    let idle =
        facts.members.iter().filter(|(id, member)| !member.named_only && !owns(**id) && selling.contains(&member.role));
    let mut names: Vec<String> = idle.map(|(_, member)| member.name.clone()).collect();
    names.sort();
    names
}
