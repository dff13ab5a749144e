//! How the views are looked at, and how keys change it: period, comparison and segment are the same for all of
//! them, the rest is the flow's own.

use super::Action;
use crate::analysis::funnel::{Basis, Compare, Measure};
use crate::domain::funnel::Funnels;
use crate::domain::funnel::journey::Skips;
use crate::domain::funnel::segment::{Dimension, Segment};
use crate::domain::period::{FiscalYear, Period, Unit};
use crate::domain::time::Instant;
use chrono::NaiveDate;

/// Which period is looked at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum At {
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
    pub(in crate::tui) funnel: String,
    unit: Unit,
    pub(in crate::tui) at: At,
    /// The last day of the period that someone went to.
    anchor: NaiveDate,
    /// The period on the screen: that of the newest data is known from there only.
    pub(in crate::tui) shown: Option<Period>,
    pub(in crate::tui) compare: Compare,
    pub(in crate::tui) basis: Basis,
    pub(in crate::tui) measure: Measure,
    pub(in crate::tui) skips: Skips,
    pub(in crate::tui) segment: Segment,
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
    pub(in crate::tui) fn period(&self) -> Option<Period> {
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
    pub(in crate::tui) fn is_running(&self) -> bool {
        let looked_at = if self.at == At::Newest { self.shown } else { self.period() };
        looked_at == self.running()
    }

    /// Whether conversions have intervals: ratios of events have none, and sums of money neither.
    pub(in crate::tui) fn has_intervals(&self) -> bool {
        self.basis == Basis::Cohort && self.measure == Measure::Count
    }

    /// Takes over how another view is looked at; which period its newest data are in, each finds for itself.
    pub fn share(&mut self, other: &Self) {
        *self = Self { shown: self.shown, ..other.clone() };
    }

    /// Why a key would change nothing; `None` where it does.
    #[must_use]
    pub fn refuses(&self, action: Action) -> Option<&'static str> {
        (action == Action::Later && self.is_running()).then_some("tui-flow-latest")
    }

    /// Takes every value out of the segment.
    pub fn clear_segment(&mut self) {
        self.segment = Segment::default();
    }

    /// Adds a value to the segment, or takes it out.
    pub fn toggle(&mut self, dimension: Dimension, value: &Option<String>) {
        let chosen = &mut self.segment.0;
        let values = chosen.entry(dimension).or_default();
        if !values.remove(value) {
            values.insert(value.clone());
        }
        if values.is_empty() {
            chosen.remove(&dimension);
        }
    }

    /// Goes to a period; `false` when it has not begun.
    pub fn go_to(&mut self, period: Period) -> bool {
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
    pub(in crate::tui) fn turn(&mut self, action: Action) {
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
