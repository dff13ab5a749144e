//! Which deals stand behind a figure.

use crate::domain::facts::Facts;
use crate::domain::funnel::segment::{DealLens, Segment};
use crate::domain::period::Window;
use crate::domain::pipeline::{Deal, Worth, reach};
use crate::domain::stage::Outcome;
use crate::domain::time::{DAY_MS, Instant, quarter};
use crate::domain::value::Id;
use std::sync::Arc;

/// How the worth of a deal is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Priced {
    /// By an amount of its own.
    Amount,
    /// By the list price of its product.
    ListPrice,
    /// Not at all.
    Unknown,
}

/// A selection of deals: all those that meet every condition that is set.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Deals {
    outcome: Option<Outcome>,
    closed: bool,
    timed: bool,
    stage: Option<i64>,
    owner: Option<Option<i64>>,
    region: Option<Option<String>>,
    close_quarter: Option<String>,
    priced: Option<Priced>,
    /// Open deals of this age in days, both ends included.
    aged: Option<(i64, i64)>,
    age_unknown: bool,
    /// Whose price is known.
    is_priced: bool,
    /// Expected to close in this stretch of time.
    closing: Option<Window>,
    /// Decided in this stretch of time.
    closed_in: Option<Window>,
    segment: Segment,
    /// One of these, by id: what a past or a limit decides cannot be told by the deal alone.
    these: Option<Arc<[i64]>>,
}

impl Deals {
    /// With this outcome.
    #[must_use]
    pub fn outcome(self, outcome: Outcome) -> Self {
        Self { outcome: Some(outcome), ..self }
    }

    /// With any outcome.
    #[must_use]
    pub fn any_outcome(self) -> Self {
        Self { outcome: None, ..self }
    }

    /// Won or lost.
    #[must_use]
    pub fn closed(self) -> Self {
        Self { closed: true, ..self }
    }

    /// Closed, with a known creation.
    #[must_use]
    pub fn timed(self) -> Self {
        Self { timed: true, ..self }
    }

    /// In this stage.
    #[must_use]
    pub fn stage(self, id: i64) -> Self {
        Self { stage: Some(id), ..self }
    }

    /// Owned by this person, or by nobody.
    #[must_use]
    pub fn owner(self, id: Option<i64>) -> Self {
        Self { owner: Some(id), ..self }
    }

    /// Sold in this region, or in none that is known.
    #[must_use]
    pub fn region(self, region: Option<String>) -> Self {
        Self { region: Some(region), ..self }
    }

    /// Closed in this quarter, as `2017-Q4`.
    #[must_use]
    pub fn close_quarter(self, quarter: &str) -> Self {
        Self { close_quarter: Some(quarter.to_owned()), ..self }
    }

    /// Whose worth is known in this way.
    #[must_use]
    pub fn priced(self, priced: Priced) -> Self {
        Self { priced: Some(priced), ..self }
    }

    /// Open, and of an age from `from` to `to` days.
    #[must_use]
    pub fn aged(self, from: i64, to: i64) -> Self {
        Self { aged: Some((from, to)), ..self }
    }

    /// Open for more than `days`.
    #[must_use]
    pub fn older_than(self, days: i64) -> Self {
        self.aged(days.saturating_add(1), i64::MAX)
    }

    /// Open, without a known creation.
    #[must_use]
    pub fn age_unknown(self) -> Self {
        Self { age_unknown: true, ..self }
    }

    /// Whose worth is known in some way.
    #[must_use]
    pub fn is_priced(self) -> Self {
        Self { is_priced: true, ..self }
    }

    /// Expected to close in this stretch of time.
    #[must_use]
    pub fn closing(self, window: Window) -> Self {
        Self { closing: Some(window), ..self }
    }

    /// Decided in this stretch of time.
    #[must_use]
    pub fn closed_in(self, window: Window) -> Self {
        Self { closed_in: Some(window), ..self }
    }

    /// In this segment.
    #[must_use]
    pub fn segment(self, segment: Segment) -> Self {
        Self { segment, ..self }
    }

    /// The segment they are in.
    #[must_use]
    pub fn of_segment(&self) -> &Segment {
        &self.segment
    }

    /// Exactly these.
    #[must_use]
    pub fn these(ids: impl IntoIterator<Item = i64>) -> Self {
        let mut ids: Vec<i64> = ids.into_iter().collect();
        ids.sort_unstable();
        Self { these: Some(ids.into()), ..Self::default() }
    }

    fn has(&self, facts: &Facts, deal: &Deal, now: Instant) -> bool {
        let closed_in = || deal.closed_at.map(|at| quarter(at.date()));
        let priced = match deal.worth {
            Worth::Amount(_) => Priced::Amount,
            Worth::ListPrice(_) => Priced::ListPrice,
            Worth::Unknown => Priced::Unknown,
        };
        self.outcome.is_none_or(|outcome| deal.outcome == outcome)
            && (!self.closed || deal.outcome != Outcome::Open)
            && (!self.timed || deal.days_to_close().is_some())
            && self.stage.is_none_or(|stage| deal.stage == stage)
            && self.owner.is_none_or(|owner| deal.owner == owner)
            && self.region.as_ref().is_none_or(|wanted| deal.region(facts) == wanted.as_deref())
            && self.close_quarter.as_ref().is_none_or(|wanted| closed_in().as_ref() == Some(wanted))
            && self.priced.is_none_or(|wanted| priced == wanted)
            && self.aged.is_none_or(|(from, to)| deal.age(now).is_some_and(|age| (from..=to).contains(&age)))
            && (!self.is_priced || deal.worth != Worth::Unknown)
            && self
                .closing
                .is_none_or(|window| deal.close_day.is_some_and(|day| window.has(day.saturating_mul(DAY_MS))))
            && self.closed_in.is_none_or(|window| deal.closed_at.is_some_and(|at| window.has(at.0)))
            && self.these.as_ref().is_none_or(|these| these.binary_search(&deal.id).is_ok())
            && (!self.age_unknown || (deal.outcome == Outcome::Open && deal.age(now).is_none()))
    }
}

/// The deals of a selection, most worth first, then the oldest.
#[must_use]
pub fn find(facts: &Facts, selection: &Deals, now: Instant) -> Vec<Id> {
    let (now, _) = reach(facts, now);
    let lens = DealLens::new(facts, &selection.segment);
    let rows = (0..facts.opportunities.len()).filter(|&row| lens.has(row));
    let deals = rows.filter_map(|row| Deal::read(facts, row));
    let mut found: Vec<Deal> = deals.filter(|deal| selection.has(facts, deal, now)).collect();
    let minor = |deal: &Deal| deal.worth.money().map_or(i64::MIN, |money| money.minor);
    found.sort_by(|a, b| minor(b).cmp(&minor(a)).then(a.created_at.cmp(&b.created_at)).then(a.id.cmp(&b.id)));
    found.into_iter().map(|deal| Id(deal.id)).collect()
}
