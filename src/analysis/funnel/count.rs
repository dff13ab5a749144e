//! One walk over the journeys per stage: how many entered, were resolved, went on.

use super::maker::Way;
use super::{Basis, Measure, Query};
use crate::domain::facts::{NONE, known};
use crate::domain::figure::{Number, Withheld};
use crate::domain::funnel::journey::Journeys;
use crate::domain::funnel::segment::Lens;
use crate::domain::metric::derive;
use crate::domain::money::{Money, Purse};
use crate::domain::period::Window;
use crate::domain::pipeline::Deal;

/// What is counted of one stage in one window.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Tally {
    /// Entered the stage; by amount, with a price.
    pub(super) entered: u64,
    /// Entered the stage it is measured by.
    pub(super) entered_from: u64,
    /// Of those, had their days.
    pub(super) resolved: u64,
    /// Of the resolved, arrived within them.
    pub(super) converted: u64,
    /// Have not had their days.
    pub(super) young: u64,
    /// Had their days, but have no price: by amount they are not among the resolved.
    pub(super) unpriced: u64,
    /// What the entrants, those of the other stage, the resolved and the converted are worth.
    worth: [Purse; 4],
    /// Whether any of the entrants has a deal.
    deals: bool,
}

const ENTERED: usize = 0;
const FROM: usize = 1;
const RESOLVED: usize = 2;
const CONVERTED: usize = 3;

impl Tally {
    /// What the entrants are worth; nothing where none of them has a deal.
    pub(super) fn worth(&self) -> Result<Number, Withheld> {
        let [entered, ..] = &self.worth;
        if self.deals { Ok(Number::Money(entered.clone())) } else { Err(Withheld::NotApplicable) }
    }

    /// Converted ÷ resolved, by amount.
    pub(super) fn amount_conversion(&self, metric: &str) -> Result<Number, Withheld> {
        let [_, _, resolved, converted] = &self.worth;
        if self.resolved == 0 && self.young > 0 {
            return Err(Withheld::TooYoung);
        }
        let measures = [("converted_amount", minor(converted)?), ("resolved_amount", minor(resolved)?)];
        // The sample is as small as the number of deals, however large they are.
        match Number::share(self.converted, self.resolved)? {
            Number::Share { .. } => derive(metric, &measures),
            other => Ok(other),
        }
    }

    /// Entered ÷ entered before, by amount.
    pub(super) fn amount_ratio(&self, metric: &str, of: &str) -> Result<Number, Withheld> {
        let [entered, from, ..] = &self.worth;
        derive(metric, &[("entered", minor(entered)?), (of, minor(from)?)])
    }

    fn add(&mut self, kind: usize, money: Option<Money>) {
        if let (Some(purse), Some(money)) = (self.worth.get_mut(kind), money) {
            purse.add(money);
        }
    }
}

/// The one sum of a purse; several currencies make no ratio.
fn minor(purse: &Purse) -> Result<f64, Withheld> {
    let mut sums = purse.sums();
    let only = sums.next().map_or(0.0, |money| money.minor as f64);
    if sums.next().is_some() { Err(Withheld::MixedCurrencies) } else { Ok(only) }
}

/// Counts journeys of a segment.
pub(super) struct Counter<'q> {
    journeys: &'q Journeys,
    query: &'q Query,
    lens: Lens<'q>,
}

impl<'q> Counter<'q> {
    pub(super) fn new(journeys: &'q Journeys, query: &'q Query) -> Self {
        Self { journeys, query, lens: Lens::new(journeys, &query.segment) }
    }

    /// Tallies of a stage, one per window; windows do not overlap and are in order.
    pub(super) fn tally(&self, stage: usize, way: Option<Way>, windows: &[Window]) -> Vec<Tally> {
        let mut tallies = vec![Tally::default(); windows.len()];
        self.each_entry(stage, windows, &mut |journey, window, _| {
            let Some(tally) = tallies.get_mut(window) else { return };
            let worth = self.worth(journey);
            tally.entered += u64::from(self.counts(worth));
            tally.deals |= self.journeys.deal(journey).is_some();
            tally.add(ENTERED, worth);
        });
        let Some(way) = way else { return tallies };
        self.each_entry(way.from, windows, &mut |journey, window, at| {
            let Some(tally) = tallies.get_mut(window) else { return };
            let worth = self.worth(journey);
            tally.entered_from += u64::from(self.counts(worth));
            tally.add(FROM, worth);
            if self.query.basis == Basis::Snapshot {
                return;
            }
            match fate(self.journeys, way, journey, at) {
                Fate::Young => tally.young += 1,
                _ if !self.counts(worth) => tally.unpriced += 1,
                Fate::Stayed => {
                    tally.resolved += 1;
                    tally.add(RESOLVED, worth);
                }
                Fate::Converted => {
                    tally.resolved += 1;
                    tally.converted += 1;
                    tally.add(RESOLVED, worth);
                    tally.add(CONVERTED, worth);
                }
            }
        });
        tallies
    }

    /// Milliseconds that the entrants of a window stayed in a stage, sorted: until the next one, until
    /// they were given up, or until now.
    pub(super) fn stays(&self, stage: usize, next: usize, window: Window) -> Vec<i64> {
        let mut stays = Vec::new();
        let now = self.journeys.now.0;
        each_first(self.journeys, &self.lens, stage, &[window], &mut |journey, _, at| {
            let went_on = self.journeys.entered(next).get(journey).copied().and_then(known).filter(|&next| next >= at);
            let given_up = || self.journeys.left(journey).filter(|&left| left >= at);
            stays.push(went_on.or_else(given_up).unwrap_or(now) - at);
        });
        stays.sort_unstable();
        stays
    }

    fn each_entry(&self, stage: usize, windows: &[Window], each: &mut dyn FnMut(usize, usize, i64)) {
        let again = self.query.basis == Basis::Snapshot;
        each_entry(self.journeys, &self.lens, (stage, again), windows, each);
    }

    /// What a journey is worth, where that is asked for.
    fn worth(&self, journey: usize) -> Option<Money> {
        if self.query.measure == Measure::Count {
            return None;
        }
        worth(self.journeys, journey)
    }

    /// Whether a journey worth so much counts: by amount, one without a price is in no sum.
    fn counts(&self, worth: Option<Money>) -> bool {
        self.query.measure == Measure::Count || worth.is_some()
    }
}

/// What the deal of a journey is worth; nothing without a deal or a price.
pub(super) fn worth(journeys: &Journeys, journey: usize) -> Option<Money> {
    Deal::read(&journeys.facts, journeys.deal(journey)?)?.worth.money()
}

/// What became of a record that entered the stage a rate starts from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// It has not had its days.
    Young,
    /// It had them and is not there.
    Stayed,
    /// It had them and arrived within them.
    Converted,
}

pub(super) fn fate(journeys: &Journeys, way: Way, journey: usize, at: i64) -> Fate {
    let allowed = way.pace.ms();
    if journeys.now.0 - at < allowed {
        return Fate::Young;
    }
    let arrived = journeys.entered(way.to).get(journey).copied().and_then(known);
    if arrived.is_some_and(|arrived| arrived - at <= allowed) { Fate::Converted } else { Fate::Stayed }
}

/// Calls `each` with journey, window and instant for every first entry into a stage.
pub(super) fn each_first(
    journeys: &Journeys,
    lens: &Lens<'_>,
    stage: usize,
    windows: &[Window],
    each: &mut dyn FnMut(usize, usize, i64),
) {
    for (journey, &at) in journeys.entered(stage).iter().enumerate() {
        if let Some(window) = holding(windows, at).filter(|_| lens.has(journey, stage, at)) {
            each(journey, window, at);
        }
    }
}

/// The same with entries after the first where `again`; a record counts once in each window.
pub(super) fn each_entry(
    journeys: &Journeys,
    lens: &Lens<'_>,
    (stage, again): (usize, bool),
    windows: &[Window],
    each: &mut dyn FnMut(usize, usize, i64),
) {
    each_first(journeys, lens, stage, windows, each);
    if !again {
        return;
    }
    let mut last = None;
    for &(journey, at) in journeys.again(stage) {
        let Some(window) = holding(windows, at) else { continue };
        let first = journeys.entered(stage).get(journey).copied().unwrap_or(NONE);
        let counted = holding(windows, first) == Some(window) || last == Some((journey, window));
        if !counted && lens.has(journey, stage, at) {
            last = Some((journey, window));
            each(journey, window, at);
        }
    }
}

/// The window that holds an instant.
fn holding(windows: &[Window], at: i64) -> Option<usize> {
    if at == NONE {
        return None;
    }
    let place = windows.partition_point(|window| window.to <= at);
    windows.get(place).filter(|window| window.has(at)).map(|_| place)
}
