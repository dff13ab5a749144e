//! How the flow is looked at, and how keys change it.

use super::Action;
use crate::analysis::funnel::{Basis, Compare, Measure};
use crate::domain::funnel::Funnels;
use crate::domain::funnel::journey::Skips;
use crate::domain::funnel::segment::Segment;
use crate::domain::period::{FiscalYear, Period, Unit};
use crate::domain::time::Instant;
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
    /// The last day of the period that someone went to.
    anchor: NaiveDate,
    /// The period on the screen: that of the newest data is known from there only.
    pub(super) shown: Option<Period>,
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
            anchor: today,
            shown: None,
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

    /// The running period.
    fn running(&self) -> Option<Period> {
        Period::holding(self.unit, self.today, self.fiscal)
    }

    /// Whether the running period is looked at.
    pub(super) fn is_running(&self) -> bool {
        let looked_at = if self.at == At::Newest { self.shown } else { self.period() };
        looked_at == self.running()
    }

    /// Whether conversions have intervals: ratios of events have none, and sums of money neither.
    pub(super) fn has_intervals(&self) -> bool {
        self.basis == Basis::Cohort && self.measure == Measure::Count
    }

    /// Goes to a period; `false` when it has not begun.
    pub(super) fn go_to(&mut self, period: Period) -> bool {
        if Instant(period.window().from).date() > self.today {
            return false;
        }
        self.unit = period.unit().unwrap_or(self.unit);
        self.anchor = Instant(period.window().to - 1).date().min(self.today);
        self.at = if Some(period) == self.running() { At::Running } else { At::Chosen(period) };
        true
    }

    /// In the next unit, the period that holds the end of the one someone went to, so that a walk through
    /// all units comes back to it.
    fn turn_unit(&mut self) {
        self.unit = match self.unit {
            Unit::Week => Unit::Month,
            Unit::Month => Unit::Quarter,
            Unit::Quarter => Unit::Year,
            Unit::Year => Unit::Week,
        };
        if matches!(self.at, At::Chosen(_)) {
            self.at = Period::holding(self.unit, self.anchor, self.fiscal).map_or(At::Newest, At::Chosen);
        }
    }

    /// Goes one period back or on from the one that is looked at, never beyond the running one.
    fn go(&mut self, step: fn(&Period) -> Option<Period>) {
        let running = self.running();
        let from = match self.at {
            At::Newest => self.shown.filter(|shown| shown.unit() == Some(self.unit)).or(running),
            At::Running => running,
            At::Chosen(period) => Some(period),
        };
        let Some(to) = from.as_ref().and_then(step) else { return };
        if !self.go_to(to) {
            self.at = At::Running;
        }
    }

    /// Does what a key does.
    pub(super) fn turn(&mut self, action: Action) {
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
            Action::Unit => self.turn_unit(),
            Action::Earlier => self.go(Period::previous),
            Action::Later => self.go(Period::next),
            // Where the view opened; from there, to the running period.
            Action::Running => self.at = if self.at == At::Newest { At::Running } else { At::Newest },
            Action::Funnel => {
                let next = self.funnels.after(&self.funnel);
                self.funnel = next.map(|funnel| funnel.key.clone()).unwrap_or_default();
            }
            Action::Intervals | Action::Segment | Action::Definitions | Action::Period => {}
        }
    }
}
