//! How the flow is looked at, and how keys change it.

use super::Action;
use crate::analysis::funnel::{Basis, Compare, Measure};
use crate::domain::funnel::Funnels;
use crate::domain::funnel::journey::Skips;
use crate::domain::funnel::segment::Segment;
use crate::domain::period::{FiscalYear, Period, Unit};
use chrono::NaiveDate;

/// Which period is looked at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum At {
    /// Where the data is: the running one, or in old data the one of the newest record.
    Newest,
    /// The running one.
    Running,
    /// This one.
    Chosen(Period),
}

/// How the flow is looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// The day it is.
    pub today: NaiveDate,
    /// When the fiscal year begins.
    pub fiscal: FiscalYear,
    /// The funnels there are.
    funnels: Funnels,
    /// Key of the one that is looked at.
    pub(super) funnel: String,
    unit: Unit,
    pub(super) at: At,
    pub(super) compare: Compare,
    pub(super) basis: Basis,
    pub(super) measure: Measure,
    pub(super) skips: Skips,
    pub(super) segment: Segment,
}

impl Settings {
    /// The newest quarter of the first funnel.
    #[must_use]
    pub fn new(today: NaiveDate, fiscal: FiscalYear, funnels: Funnels) -> Self {
        Self {
            today,
            fiscal,
            funnel: funnels.first().map(|funnel| funnel.key.clone()).unwrap_or_default(),
            funnels,
            unit: Unit::Quarter,
            at: At::Newest,
            compare: Compare::default(),
            basis: Basis::default(),
            measure: Measure::default(),
            skips: Skips::default(),
            segment: Segment::default(),
        }
    }

    /// The period that is looked at, or the running one while the data has not said which.
    pub(super) fn period(&self) -> Option<Period> {
        match self.at {
            At::Newest | At::Running => Period::holding(self.unit, self.today, self.fiscal),
            At::Chosen(period) => Some(period),
        }
    }

    /// Goes one period back or on from the one that was `shown`, never beyond the running one.
    fn go(&mut self, shown: Option<Period>, step: fn(&Period) -> Option<Period>) {
        let running = Period::holding(self.unit, self.today, self.fiscal);
        let from = match self.at {
            At::Newest => shown.filter(|shown| shown.unit() == Some(self.unit)).or(running),
            At::Running => running,
            At::Chosen(period) => Some(period),
        };
        let Some(to) = from.as_ref().and_then(step) else { return };
        let first = |period: Period| period.window().from;
        let is_past = running.is_none_or(|running| first(to) < first(running));
        self.at = if is_past { At::Chosen(to) } else { At::Running };
    }

    /// Does what a key does; `shown` is the period on the screen.
    pub(super) fn turn(&mut self, action: Action, shown: Option<Period>) {
        match action {
            Action::Basis => {
                self.basis = if self.basis == Basis::Cohort { Basis::Snapshot } else { Basis::Cohort };
            }
            Action::Skips => {
                self.skips = match self.skips {
                    Skips::Imputed => Skips::Strict,
                    Skips::Strict => Skips::Any,
                    Skips::Any => Skips::Imputed,
                };
            }
            Action::Measure => {
                self.measure = if self.measure == Measure::Count { Measure::Amount } else { Measure::Count };
            }
            Action::Compare => {
                let previous = self.compare == Compare::Previous;
                self.compare = if previous { Compare::YearBefore } else { Compare::Previous };
            }
            Action::Unit => {
                self.at = At::Newest;
                self.unit = match self.unit {
                    Unit::Week => Unit::Month,
                    Unit::Month => Unit::Quarter,
                    Unit::Quarter | Unit::Year => Unit::Week,
                };
            }
            Action::Earlier => self.go(shown, Period::previous),
            Action::Later => self.go(shown, Period::next),
            Action::Running => self.at = At::Running,
            Action::Funnel => {
                let next = self.funnels.after(&self.funnel);
                self.funnel = next.map(|funnel| funnel.key.clone()).unwrap_or_default();
            }
            Action::Intervals | Action::Segment | Action::Definitions => {}
        }
    }
}
