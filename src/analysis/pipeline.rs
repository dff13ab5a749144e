//! The pipeline: whether what is open covers what is left of the target, what it brings a day, deals by stage,
//! owner and region, what was won, how long it takes, what is ageing, stalling and put off.

mod ageing;
mod book;
mod closing;
mod coverage;
mod currencies;
mod explain;
mod goal;
mod pushes;
mod records;
mod stall;
mod tables;
#[cfg(test)]
mod tests;
mod velocity;

pub use ageing::{AgeBand, Ageing, older_than_any_closed};
pub use closing::{Basis, ClosingDays, Days, Size, Unpriced};
pub use coverage::{Coverage, PastPipeline};
pub use currencies::{Currencies, UsedRate};
pub use explain::Told;
pub use goal::{Goal, goal};
pub use pushes::{DealLine, LISTED, Pushed, Stalled};
pub use records::{Deals, find};
pub use stall::Stall;
pub use tables::{OwnerLine, OwnerPeriod, QuarterLine, RegionLine, StageLine, Tally};
pub use velocity::{Pace, Velocity};

use crate::analysis::funnel::Compare;
use crate::domain::facts::Facts;
use crate::domain::figure::Figure;
use crate::domain::funnel::segment::Segment;
use crate::domain::period::Period;
use crate::domain::pipeline::{Deal, reach};
use crate::domain::stage::Outcome;
use crate::domain::time::Instant;
use crate::domain::value::Id;
use book::{Book, amount, count, win_rate};
use serde::Serialize;
use std::collections::BTreeMap;

/// A figure of this view; behind it stand deals.
pub type DealFigure = Figure<Deals>;

/// What to look at.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    /// The period whose target is to be reached.
    pub period: Period,
    /// What it is compared with.
    pub compare: Compare,
    /// Part of all deals.
    pub segment: Segment,
}

/// The pipeline at one instant.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pipeline {
    /// The instant that ages are measured at: what happened later is not known yet.
    pub as_of: Instant,
    /// When the data end, where that is not today.
    pub data_until: Option<Instant>,
    /// The period that coverage and velocity are of.
    pub period: Period,
    /// Whether it is still running; then it is compared with the same days.
    pub running: bool,
    /// The period it is compared with.
    pub compare: Option<Period>,
    /// Part of all deals.
    pub segment: Segment,
    /// What amounts of other currencies were converted by.
    pub currencies: Currencies,
    /// How the open pipeline covers what is left of the target.
    pub coverage: Coverage,
    /// What the pipeline brings a day.
    pub velocity: Velocity,
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
    /// Open deals past the stall line of their stage.
    pub stalled: Stalled,
    /// Open deals whose close date moved later.
    pub pushed: Pushed,
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

impl Pipeline {
    /// The figures of the pipeline as a whole, those of the period first.
    #[must_use]
    pub fn totals(&self) -> Vec<&DealFigure> {
        let (counts, basis, size) = (&self.opportunities, &self.open_amount_basis, &self.won_deal_size);
        let days = &self.days_to_close.all;
        let all_time = [
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
        ];
        let pushed = [&self.pushed.pushes, &self.pushed.count, &self.pushed.often, &self.pushed.often_amount];
        let slow = [&self.stalled.count, &self.stalled.amount].into_iter().chain(pushed);
        let period = self.coverage.figures().into_iter().chain(self.velocity.figures());
        period.chain(slow).chain(all_time).collect()
    }

    /// Every figure there is.
    pub fn figures(&self) -> impl Iterator<Item = &DealFigure> {
        let stages = self.by_stage.iter().flat_map(StageLine::figures);
        let owners = self.by_owner.iter().flat_map(OwnerLine::figures);
        let regions = self.by_region.iter().flat_map(|line| line.tally.figures());
        let quarters = self.by_close_quarter.iter().flat_map(|line| [&line.won, &line.won_amount]);
        let bands = self.ageing.bands.iter().flat_map(|band| [&band.count, &band.amount]);
        let listed = self.stalled.deals.iter().chain(&self.pushed.deals).flat_map(DealLine::figures);
        let gaps = self.open_amount_basis.unpriced_products.iter().map(|gap| &gap.deals);
        let whole = self.totals().into_iter().chain([&self.ageing.longest_closed_days]);
        whole.chain(stages).chain(owners).chain(regions).chain(quarters).chain(bands).chain(listed).chain(gaps)
    }

    /// The deals that are told one by one.
    #[must_use]
    pub fn listed(&self) -> Vec<Id> {
        let mut ids: Vec<Id> = self.stalled.deals.iter().chain(&self.pushed.deals).map(DealLine::place).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// Tells these deals by what they and their accounts are called.
    pub fn call(&mut self, names: &BTreeMap<Id, (String, Option<String>)>) {
        for line in self.stalled.deals.iter_mut().chain(&mut self.pushed.deals) {
            if let Some((deal, account)) = names.get(&line.place()) {
                (line.deal, line.account) = (deal.clone(), account.clone());
            }
        }
    }
}

/// The period to begin with: the `running` one if any deal has begun, moved or ended since it began, else the one
/// of its length that holds the newest of these, so that old data does not look like none.
#[must_use]
pub fn newest_period(facts: &Facts, running: Period, now: Instant) -> Period {
    let old = reach(facts, now).1.filter(|newest| newest.0 < running.window().from);
    let holding = |newest: Instant| Period::holding(running.unit()?, newest.date(), running.fiscal());
    old.and_then(holding).unwrap_or(running)
}

/// The pipeline at `now`.
#[must_use]
pub fn pipeline(facts: &Facts, now: Instant, query: &Query) -> Pipeline {
    let book = &Book::open(facts, now, query);
    let stays = &stall::Stays::read(book);
    let pushes = &pushes::counts(book);
    let every: Vec<&Deal> = book.deals.iter().collect();
    let (open, won, lost) = (book.of(Outcome::Open), book.of(Outcome::Won), book.of(Outcome::Lost));
    let of = |outcome| book.all().outcome(outcome);
    let closed: Vec<&Deal> = won.iter().chain(&lost).copied().collect();
    Pipeline {
        as_of: book.as_of,
        data_until: Some(book.as_of).filter(|at| at.date() != now.date()),
        period: query.period,
        running: query.period.is_running(book.as_of),
        compare: book.compared.map(|(period, _)| period),
        segment: query.segment.clone(),
        currencies: currencies::currencies(book),
        coverage: coverage::coverage(book),
        velocity: velocity::velocity(book),
        opportunities: Counts {
            total: count("opportunities", &every, book.all()),
            open: count("open_opportunities", &open, of(Outcome::Open)),
            won: count("won_opportunities", &won, of(Outcome::Won)),
            lost: count("lost_opportunities", &lost, of(Outcome::Lost)),
        },
        win_rate: win_rate("win_rate", won.len(), lost.len(), book.all().closed()),
        won_amount: amount("won_amount", &won, of(Outcome::Won)),
        open_amount: amount("open_amount", &open, of(Outcome::Open)),
        open_amount_basis: closing::basis(book, &open),
        won_deal_size: closing::size(book, &won),
        days_to_close: ClosingDays {
            all: closing::days_to_close(&closed, &book.all().closed()),
            won: closing::days_to_close(&won, &of(Outcome::Won)),
            lost: closing::days_to_close(&lost, &of(Outcome::Lost)),
        },
        ageing: ageing::ageing(book, &open, &closed),
        stalled: pushes::stalled(book, stays),
        pushed: pushes::pushed(book, stays, pushes),
        by_stage: tables::by_stage(book, stays, &closed),
        by_owner: tables::by_owner(book, stays, pushes),
        by_region: tables::by_region(book),
        by_close_quarter: tables::by_close_quarter(book, &won),
        owners_without_deals: tables::owners_without_deals(book),
    }
}
