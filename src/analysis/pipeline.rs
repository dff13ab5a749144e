//! The pipeline: deals by stage, owner and region, what was won, how long it takes, what is ageing.

mod ageing;
mod records;
#[cfg(test)]
mod tests;

pub use ageing::{AgeBand, Ageing};
pub use records::{Deals, find};

use crate::domain::facts::Facts;
use crate::domain::figure::{Figure, Number, Withheld};
use crate::domain::metric::derive;
use crate::domain::money::{Money, Purse};
use crate::domain::pipeline::{Deal, Worth, deals};
use crate::domain::quantile::{mean, quantile};
use crate::domain::stage::Outcome;
use crate::domain::time::{Instant, quarter};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A figure of this view; behind it stand deals.
pub type DealFigure = Figure<Deals>;

/// The pipeline at one instant.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pipeline {
    /// The instant that ages are measured at.
    pub as_of: Instant,
    /// How many deals there are.
    pub opportunities: Counts,
    /// Won ÷ (won + lost).
    pub win_rate: DealFigure,
    /// Sum of the won deals.
    pub won_amount: DealFigure,
    /// Sum of the open deals: their amount, or else the list price of their product.
    pub open_amount: DealFigure,
    /// What the open amount is made of.
    pub open_amount_basis: Basis,
    /// Size of the won deals.
    pub won_deal_size: Size,
    /// Days from creation to closing.
    pub days_to_close: ClosingDays,
    /// Open deals by age, against the days that closed deals took.
    pub ageing: Ageing,
    /// One line per stage, in pipeline order.
    pub by_stage: Vec<StageLine>,
    /// One line per owner, most won first.
    pub by_owner: Vec<OwnerLine>,
    /// One line per region, by name.
    pub by_region: Vec<RegionLine>,
    /// What was won in each quarter.
    pub by_close_quarter: Vec<QuarterLine>,
    /// People of the team file who own no deal though others in their role do, by name.
    pub owners_without_deals: Vec<String>,
}

/// How many deals, by outcome.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Counts {
    /// All of them.
    pub total: DealFigure,
    /// Not decided.
    pub open: DealFigure,
    /// Signed.
    pub won: DealFigure,
    /// Not signed.
    pub lost: DealFigure,
}

/// Where the worth of the open deals comes from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Basis {
    /// Deals with an amount of their own.
    pub with_amount: DealFigure,
    /// Deals without one that are counted at the list price of their product.
    pub at_list_price: DealFigure,
    /// Deals with neither; they are not in the sum.
    pub unpriced: DealFigure,
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

impl Pipeline {
    /// The figures of the pipeline as a whole.
    #[must_use]
    pub fn totals(&self) -> [&DealFigure; 22] {
        let (counts, basis, size) = (&self.opportunities, &self.open_amount_basis, &self.won_deal_size);
        let days = &self.days_to_close.all;
        [
            &counts.total,
            &counts.open,
            &counts.won,
            &counts.lost,
            &self.win_rate,
            &self.won_amount,
            &self.open_amount,
            &basis.with_amount,
            &basis.at_list_price,
            &basis.unpriced,
            &size.mean,
            &size.median,
            &size.max,
            &days.median,
            &days.mean,
            &days.p25,
            &days.p75,
            &days.p90,
            &days.min,
            &days.max,
            &self.ageing.older_than_any_closed,
            &self.ageing.age_unknown,
        ]
    }

    /// Every figure there is.
    pub fn figures(&self) -> impl Iterator<Item = &DealFigure> {
        let stages = self
            .by_stage
            .iter()
            .flat_map(|line| [&line.count, &line.amount, &line.median_age_days, &line.older_than_any_closed]);
        let owners = self.by_owner.iter().flat_map(|line| line.tally.figures());
        let regions = self.by_region.iter().flat_map(|line| line.tally.figures());
        let quarters = self.by_close_quarter.iter().flat_map(|line| [&line.won, &line.won_amount]);
        let bands = self.ageing.bands.iter().flat_map(|band| [&band.count, &band.amount]);
        let whole = self.totals().into_iter().chain([&self.ageing.longest_closed_days]);
        whole.chain(stages).chain(owners).chain(regions).chain(quarters).chain(bands)
    }
}

/// The pipeline at `now`.
#[must_use]
pub fn pipeline(facts: &Facts, now: Instant) -> Pipeline {
    let all: Vec<Deal> = deals(facts).collect();
    let every: Vec<&Deal> = all.iter().collect();
    let of = |outcome: Outcome| -> Vec<&Deal> { all.iter().filter(|deal| deal.outcome == outcome).collect() };
    let (open, won, lost) = (of(Outcome::Open), of(Outcome::Won), of(Outcome::Lost));
    let any = Deals::default();
    let closed: Vec<&Deal> = won.iter().chain(&lost).copied().collect();
    Pipeline {
        as_of: now,
        opportunities: Counts {
            total: count("opportunities", &every, any.clone()),
            open: count("open_opportunities", &open, any.clone().outcome(Outcome::Open)),
            won: count("won_opportunities", &won, any.clone().outcome(Outcome::Won)),
            lost: count("lost_opportunities", &lost, any.clone().outcome(Outcome::Lost)),
        },
        win_rate: win_rate(&won, &lost, any.clone().closed()),
        won_amount: amount("won_amount", &won, any.clone().outcome(Outcome::Won)),
        open_amount: amount("open_amount", &open, any.clone().outcome(Outcome::Open)),
        open_amount_basis: basis(&open),
        won_deal_size: size(&won),
        days_to_close: ClosingDays {
            all: days_to_close(&closed, &any.clone().closed()),
            won: days_to_close(&won, &any.clone().outcome(Outcome::Won)),
            lost: days_to_close(&lost, &any.outcome(Outcome::Lost)),
        },
        ageing: ageing::ageing(&open, &closed, now),
        by_stage: by_stage(facts, &all, &closed, now),
        by_owner: by_owner(facts, &all),
        by_region: by_region(facts, &all),
        by_close_quarter: by_close_quarter(&won),
        owners_without_deals: owners_without_deals(facts, &all),
    }
}

fn figure(metric: &'static str, value: Result<Number, Withheld>, n: usize, records: Deals) -> DealFigure {
    Figure { metric, value, n: n as u64, records }
}

fn count(metric: &'static str, deals: &[&Deal], records: Deals) -> DealFigure {
    figure(metric, Ok(Number::Count(deals.len() as u64)), deals.len(), records)
}

fn amount(metric: &'static str, deals: &[&Deal], records: Deals) -> DealFigure {
    let purse: Purse = deals.iter().filter_map(|deal| deal.worth.money()).collect();
    figure(metric, Ok(Number::Money(purse)), deals.len(), records)
}

fn win_rate(won: &[&Deal], lost: &[&Deal], records: Deals) -> DealFigure {
    let closed = won.len() + lost.len();
    let rate = derive("win_rate", &[("won", won.len() as f64), ("lost", lost.len() as f64)]);
    figure("win_rate", rate, closed, records)
}

fn basis(open: &[&Deal]) -> Basis {
    let part = |metric, wanted: fn(Worth) -> bool, priced| {
        let part: Vec<&Deal> = open.iter().copied().filter(|deal| wanted(deal.worth)).collect();
        count(metric, &part, Deals::default().outcome(Outcome::Open).priced(priced))
    };
    Basis {
        with_amount: part("deals_with_amount", |w| matches!(w, Worth::Amount(_)), records::Priced::Amount),
        at_list_price: part("deals_at_list_price", |w| matches!(w, Worth::ListPrice(_)), records::Priced::ListPrice),
        unpriced: part("deals_unpriced", |w| matches!(w, Worth::Unknown), records::Priced::Unknown),
    }
}

/// Mean, median and largest, each per currency.
fn size(won: &[&Deal]) -> Size {
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
        figure(metric, value, n, Deals::default().outcome(Outcome::Won))
    };
    Size {
        mean: each("won_deal_mean", &mean),
        median: each("won_deal_median", &|minors| quantile(minors, 0.5)),
        max: each("won_deal_max", &|minors| quantile(minors, 1.0)),
    }
}

fn days_to_close(closed: &[&Deal], records: &Deals) -> Days {
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

fn by_stage(facts: &Facts, all: &[Deal], closed: &[&Deal], now: Instant) -> Vec<StageLine> {
    let longest = ageing::longest(closed);
    let mut stages: Vec<_> = facts.stages.iter().collect();
    stages.sort_by(|(_, a), (_, b)| (a.position, &a.name).cmp(&(b.position, &b.name)));
    stages
        .into_iter()
        .map(|(&id, stage)| {
            let inside: Vec<&Deal> = all.iter().filter(|deal| deal.stage == id).collect();
            let records = Deals::default().stage(id);
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
        win_rate: win_rate(&won, &lost, records.clone().closed()),
        median_days_to_close: figure(
            "days_to_close_median",
            Number::days(quantile(&days, 0.5)),
            days.len(),
            records.clone().timed(),
        ),
    }
}

/// Groups deals by a key.
fn grouped<K: Ord>(all: &[Deal], key: impl Fn(&Deal) -> K) -> BTreeMap<K, Vec<&Deal>> {
    let mut groups: BTreeMap<K, Vec<&Deal>> = BTreeMap::new();
    for deal in all {
        groups.entry(key(deal)).or_default().push(deal);
    }
    groups
}

fn by_owner(facts: &Facts, all: &[Deal]) -> Vec<OwnerLine> {
    let mut lines: Vec<OwnerLine> = grouped(all, |deal| deal.owner)
        .into_iter()
        .map(|(id, deals)| {
            let member = id.and_then(|id| facts.members.get(&id));
            OwnerLine {
                id,
                owner: member.map(|member| member.name.clone()),
                region: member.and_then(|member| member.region.clone()),
                tally: tally(&deals, &Deals::default().owner(id)),
            }
        })
        .collect();
    lines.sort_by(|a, b| weight(b).cmp(&weight(a)).then_with(|| a.owner.cmp(&b.owner)));
    lines
}

/// What the order of owners goes by.
fn weight(line: &OwnerLine) -> i64 {
    match &line.tally.won_amount.value {
        Ok(Number::Money(purse)) => purse.weight(),
        _ => 0,
    }
}

fn by_region(facts: &Facts, all: &[Deal]) -> Vec<RegionLine> {
    grouped(all, |deal| deal.region(facts).map(str::to_owned))
        .into_iter()
        .map(|(region, deals)| {
            let records = Deals::default().region(region.clone());
            RegionLine { region, tally: tally(&deals, &records) }
        })
        .collect()
}

fn by_close_quarter(won: &[&Deal]) -> Vec<QuarterLine> {
    let mut quarters: BTreeMap<String, Vec<&Deal>> = BTreeMap::new();
    for deal in won {
        if let Some(closed) = deal.closed_at {
            quarters.entry(quarter(closed.date())).or_default().push(deal);
        }
    }
    quarters
        .into_iter()
        .map(|(quarter, deals)| {
            let records = Deals::default().outcome(Outcome::Won).close_quarter(&quarter);
            QuarterLine {
                won: count("won_opportunities", &deals, records.clone()),
                won_amount: amount("won_amount", &deals, records),
                quarter,
            }
        })
        .collect()
}

/// Where roles are known, only those in which someone has a deal count: nobody expects one of marketing.
fn owners_without_deals(facts: &Facts, all: &[Deal]) -> Vec<String> {
    let owners = grouped(all, |deal| deal.owner);
    let owns = |id: i64| owners.contains_key(&Some(id));
    let selling: BTreeSet<&Option<String>> =
        facts.members.iter().filter(|(id, _)| owns(**id)).map(|(_, member)| &member.role).collect();
    let idle =
        facts.members.iter().filter(|(id, member)| !member.named_only && !owns(**id) && selling.contains(&member.role));
    let mut names: Vec<String> = idle.map(|(_, member)| member.name.clone()).collect();
    names.sort();
    names
}
