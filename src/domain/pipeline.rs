//! What a deal is worth, how old it is, and when it counts as closed.

pub mod past;

use crate::domain::facts::{Facts, ProductFact, known};
use crate::domain::money::{Currency, Money};
use crate::domain::stage::Outcome;
use crate::domain::time::{DAY_MS, Instant};

/// One deal, read from the columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deal {
    /// Its id.
    pub id: i64,
    /// Id of its stage.
    pub stage: i64,
    /// Open, won or lost.
    pub outcome: Outcome,
    /// Id of its owner.
    pub owner: Option<i64>,
    /// Id of its account.
    pub account: Option<i64>,
    /// Id of its product.
    pub product: Option<i64>,
    /// What it is worth.
    pub worth: Worth,
    /// When it was created.
    pub created_at: Option<Instant>,
    /// When it was closed; only closed deals have it.
    pub closed_at: Option<Instant>,
    /// The day on which it is expected to close, or closed, in days since 1970.
    pub close_day: Option<i64>,
    /// Whether only the day of closing is known.
    pub closed_on_day: bool,
}

/// What a deal is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Worth {
    /// The amount someone entered.
    Amount(Money),
    /// No amount yet: the list price of its product.
    ListPrice(Money),
    /// Neither is known.
    Unknown,
}

impl Worth {
    /// The money, however it is known.
    #[must_use]
    pub fn money(self) -> Option<Money> {
        match self {
            Self::Amount(money) | Self::ListPrice(money) => Some(money),
            Self::Unknown => None,
        }
    }
}

impl Deal {
    /// The deal in row `at` of the facts.
    #[must_use]
    pub fn read(facts: &Facts, at: usize) -> Option<Self> {
        let deals = &facts.opportunities;
        let cell = |column: &[i64]| column.get(at).copied().and_then(known);
        let stage = cell(&deals.stage)?;
        let outcome = facts.stages.get(&stage).map_or(Outcome::Open, |stage| stage.outcome);
        let amount = cell(&deals.amount).map(|minor| Money {
            minor,
            currency: cell(&deals.currency).and_then(Currency::unpack).unwrap_or(facts.currency),
        });
        let product = cell(&deals.product);
        let close_day = cell(&deals.close_date).map(|day| Instant(day * DAY_MS));
        Some(Self {
            id: *deals.id.get(at)?,
            stage,
            outcome,
            owner: cell(&deals.owner),
            account: cell(&deals.account),
            product,
            worth: worth(amount, product.and_then(|id| facts.products.get(&id))),
            close_day: cell(&deals.close_date),
            closed_on_day: cell(&deals.closed_at).is_none(),
            created_at: cell(&deals.created_at).map(Instant),
            closed_at: cell(&deals.closed_at).map(Instant).or(close_day).filter(|_| outcome != Outcome::Open),
        })
    }

    /// The region it is sold in: its owner's, else its account's.
    #[must_use]
    pub fn region<'f>(&self, facts: &'f Facts) -> Option<&'f str> {
        let of_owner = || facts.members.get(&self.owner?)?.region.as_deref();
        let of_account = || {
            let at = facts.accounts.find(self.account?)?;
            facts.words.word(known(*facts.accounts.region.get(at)?)?)
        };
        of_owner().or_else(of_account)
    }

    /// Whole days from creation to closing; between calendar days where only the day of closing is
    /// known. A deal that closes before it begins tells nothing.
    #[must_use]
    pub fn days_to_close(&self) -> Option<i64> {
        let (created, closed) = (self.created_at?, self.closed_at?);
        let days = if self.closed_on_day {
            closed.date().signed_duration_since(created.date()).num_days()
        } else {
            closed.days_since(created)
        };
        (days >= 0).then_some(days)
    }

    /// Whole days that an open deal has been open at `now`; nothing for one that begins later.
    #[must_use]
    pub fn age(&self, now: Instant) -> Option<i64> {
        let age = self.created_at.map(|at| now.days_since(at)).filter(|days| *days >= 0);
        age.filter(|_| self.outcome == Outcome::Open)
    }
}

/// Up to when the data reach: until they were exported, or until their newest deal began or ended where that is
/// later; `now` where no export has a date. And the newest of these, where there is one.
#[must_use]
pub fn reach(facts: &Facts, now: Instant) -> (Instant, Option<Instant>) {
    let deals = &facts.opportunities;
    let told = [&deals.created_at, &deals.closed_at, &facts.stage_changes.at].into_iter().flatten();
    let closed = deals
        .close_date
        .iter()
        .zip(&deals.stage)
        .filter(|(_, stage)| facts.stages.get(stage).is_some_and(|stage| stage.outcome != Outcome::Open));
    let closed = closed.filter_map(|(day, _)| known(*day)).map(|day| day * DAY_MS);
    let newest = told.copied().filter_map(known).chain(closed).filter(|at| *at <= now.0).max().map(Instant);
    let exported = facts.exported_at.map(|at| newest.map_or(at, |newest| newest.max(at)).min(now));
    (exported.unwrap_or(now), newest)
}

fn worth(amount: Option<Money>, product: Option<&ProductFact>) -> Worth {
    match (amount, product.and_then(|product| product.list_price)) {
        (Some(money), _) => Worth::Amount(money),
        (None, Some(price)) => Worth::ListPrice(price),
        (None, None) => Worth::Unknown,
    }
}

/// Every deal of the facts, by id.
pub fn deals(facts: &Facts) -> impl Iterator<Item = Deal> + '_ {
    (0..facts.opportunities.len()).filter_map(|at| Deal::read(facts, at))
}
