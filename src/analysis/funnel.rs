//! The funnel's flow: how many entered each stage in a period, how many went on, how long they
//! stayed, and what has changed.

mod count;
mod goals;
mod records;
#[cfg(test)]
mod tests;
mod verdict;

pub use goals::{Goal, Goals};
pub use records::{JourneySet, Which, find};
pub use verdict::Verdict;

use crate::domain::figure::{Figure, Number, Withheld};
use crate::domain::funnel::journey::{Journeys, Pace};
use crate::domain::funnel::segment::Segment;
use crate::domain::interval::{Interval, newcombe, wilson};
use crate::domain::metric::derive;
use crate::domain::period::{Period, Window};
use crate::domain::quantile::quantile;
use crate::domain::target::Targets;
use crate::domain::time::{DAY_MS, Instant};
use count::{Counter, Tally};
use serde::Serialize;

/// How many periods a trend has.
pub const TREND: usize = 13;

/// A figure of this view; behind it stand journeys.
pub type FlowFigure = Figure<JourneySet>;

/// What is compared with what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Compare {
    /// The period before.
    #[default]
    Previous,
    /// The same period a year ago.
    YearBefore,
}

impl Compare {
    /// Its name on the command line, in settings and message keys.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Previous => "previous",
            Self::YearBefore => "year",
        }
    }
}

/// What a count is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Basis {
    /// The entrants of the period, followed for as many days as nine of ten need.
    #[default]
    Cohort,
    /// The events that fall into the period.
    Snapshot,
}

impl Basis {
    /// Its name in JSON, settings and message keys.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Cohort => "cohort",
            Self::Snapshot => "snapshot",
        }
    }
}

/// Whether records or money are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Measure {
    /// Records.
    #[default]
    Count,
    /// What their deals are worth.
    Amount,
}

impl Measure {
    /// Its name in JSON, settings and message keys.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Amount => "amount",
        }
    }
}

/// What to look at.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    /// The period.
    pub period: Period,
    /// What it is compared with.
    pub compare: Compare,
    /// What a count is of.
    pub basis: Basis,
    /// Whether records or money are counted.
    pub measure: Measure,
    /// Part of all journeys.
    pub segment: Segment,
}

/// The flow through a funnel.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Flow {
    /// Key of the funnel.
    pub funnel: String,
    /// The period.
    pub period: Period,
    /// Whether it is still running; then it is compared with the same days.
    pub running: bool,
    /// The period it is compared with.
    pub compare: Option<Period>,
    /// Part of all journeys.
    pub segment: Segment,
    /// What happened later is not known yet.
    pub as_of: Instant,
    /// When anything entered a stage for the last time, in any segment.
    pub newest: Option<Instant>,
    /// `cohort` or `snapshot`.
    pub basis: &'static str,
    /// `imputed`, `strict` or `any`.
    pub skips: &'static str,
    /// `count` or `amount`.
    pub measure: &'static str,
    /// Key of the stage whose conversion fell most, of those whose fall is more than luck.
    pub leak: Option<String>,
    /// The stages that anything has entered, first to last.
    pub stages: Vec<StageFlow>,
    /// Keys of stages that nothing in the store tells of.
    pub not_recorded: Vec<String>,
}

/// One stage.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StageFlow {
    /// Its key.
    pub key: String,
    /// Its place in the funnel's definition.
    #[serde(skip)]
    pub at: usize,
    /// Place of the stage that `from_previous` begins with.
    #[serde(skip)]
    pub from: Option<usize>,
    /// Whether it may be skipped, and so never stands between its neighbours.
    pub optional: bool,
    /// What entered in the period: records or money.
    pub count: FlowFigure,
    /// Of the previous stage; a ratio in a snapshot.
    pub from_previous: FlowFigure,
    /// Of the first stage; a ratio in a snapshot.
    pub from_first: FlowFigure,
    /// Records behind `from_previous`: the resolved ones, or in a snapshot those of the previous stage.
    pub n: u64,
    /// Records behind `from_first`, in the same way.
    pub n_first: u64,
    /// The 95 % Wilson interval of `from_previous`; a ratio and a small sample have none.
    pub interval: Option<Ends>,
    /// Days that a record of the previous stage has to get here.
    pub within_days: Option<i64>,
    /// Records of the previous stage that have not had these days yet.
    pub young: FlowFigure,
    /// Days that records stay, the running stay included.
    pub median_days: FlowFigure,
    /// Nine of ten stay no longer.
    pub p90_days: FlowFigure,
    /// The compared period.
    pub before: Before,
    /// How this period differs from it.
    pub change: Change,
    /// What it should reach.
    pub target: Goals,
    /// What to make of the change of the conversion.
    pub verdict: Verdict,
    /// The last periods, oldest first, this one last.
    pub trend: Vec<Point>,
}

impl StageFlow {
    /// Every figure of the stage.
    pub fn figures(&self) -> impl Iterator<Item = &FlowFigure> {
        let own = [
            &self.count,
            &self.from_previous,
            &self.from_first,
            &self.young,
            &self.median_days,
            &self.p90_days,
            &self.before.count,
            &self.before.from_previous,
            &self.change.count,
            &self.change.from_previous,
        ];
        let past = self.trend.iter().flat_map(|point| [&point.count, &point.from_previous]);
        let goals = self.target.each().flat_map(|goal| std::iter::once(&goal.value).chain(&goal.by_now));
        own.into_iter().chain(past).chain(goals)
    }
}

/// The compared period.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Before {
    /// What entered.
    pub count: FlowFigure,
    /// Of the previous stage.
    pub from_previous: FlowFigure,
    /// Resolved records behind it.
    pub n: u64,
}

/// A difference between two periods.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// Of the count, relative.
    pub count: FlowFigure,
    /// Of the conversion, relative.
    pub from_previous: FlowFigure,
    /// The 95 % Newcombe interval of the difference of the conversions, in shares.
    pub interval: Option<Ends>,
    /// Whether that interval includes zero.
    pub could_be_luck: Option<bool>,
}

/// One period of a trend.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Point {
    /// The period.
    pub period: Period,
    /// What entered; while the last period is running, in as many days of each.
    pub count: FlowFigure,
    /// Of the previous stage.
    pub from_previous: FlowFigure,
}

/// The two ends of an interval, as `[low, high]` in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Ends(pub f64, pub f64);

impl From<Interval> for Ends {
    fn from(interval: Interval) -> Self {
        Self(interval.low, interval.high)
    }
}

/// The flow through a funnel.
#[must_use]
pub fn flow(journeys: &Journeys, query: &Query) -> Flow {
    let maker = Maker::new(journeys, query);
    let recorded = |at: &usize| journeys.is_recorded(*at);
    let (shown, hidden): (Vec<usize>, Vec<usize>) = (0..journeys.funnel.stage.len()).partition(recorded);
    let stages: Vec<StageFlow> = shown.iter().map(|&at| maker.stage(at)).collect();
    let key = |at: &usize| journeys.funnel.stage.get(*at).map(|stage| stage.key.clone());
    Flow {
        funnel: journeys.funnel.key.clone(),
        period: query.period,
        running: query.period.is_running(journeys.now),
        compare: maker.compared.map(|(period, _)| period),
        segment: query.segment.clone(),
        as_of: journeys.now,
        newest: journeys.newest(),
        basis: query.basis.key(),
        skips: journeys.skips.key(),
        measure: query.measure.key(),
        leak: verdict::worst(&stages).map(|stage| stage.key.clone()),
        stages,
        not_recorded: hidden.iter().filter_map(key).collect(),
    }
}

/// What every stage is made with.
struct Maker<'q> {
    journeys: &'q Journeys,
    query: &'q Query,
    counter: Counter<'q>,
    /// The stages that stand between their neighbours.
    passed: Vec<usize>,
    window: Window,
    compared: Option<(Period, Window)>,
    history: Vec<(Period, Window)>,
    targets: Targets,
}

/// A stage against the one it is measured by: from where, in how many days.
#[derive(Clone, Copy)]
struct Way {
    from: usize,
    to: usize,
    pace: Pace,
}

impl<'q> Maker<'q> {
    fn new(journeys: &'q Journeys, query: &'q Query) -> Self {
        let (period, now) = (query.period, journeys.now);
        let compared = match query.compare {
            Compare::Previous => period.previous(),
            Compare::YearBefore => period.year_before(),
        };
        let with_window = |other: Period| (other, other.as_far_as(&period, now));
        Self {
            journeys,
            query,
            counter: Counter::new(journeys, query),
            passed: journeys.passed(),
            window: period.window(),
            compared: compared.map(with_window),
            history: period.history(TREND).into_iter().map(with_window).collect(),
            targets: Targets::read(&journeys.facts, period.fiscal()),
        }
    }

    fn stage(&self, at: usize) -> StageFlow {
        let funnel = &self.journeys.funnel;
        let way = |from: usize| Way { from, to: at, pace: self.journeys.pace(from, at) };
        // A stage that nothing tells of stands between nobody.
        let before = || self.passed.iter().copied().filter(|&stage| stage < at);
        let from_previous = before().next_back().map(way);
        let from_first = before().next().map(way);
        let windows: Vec<Window> = self.history.iter().map(|(_, window)| *window).collect();
        let trend = self.counter.tally(at, from_previous, &windows);
        let before = self.compared.and_then(|(_, window)| self.counter.tally(at, from_previous, &[window]).pop());
        let now = self.counter.tally(at, from_previous, &[self.window]).pop().unwrap_or_default();
        let reach = self.counter.tally(at, from_first, &[self.window]).pop().unwrap_or_default();
        let (count, rate) = (self.count(at, &now, self.window), self.rate(from_previous, &now, self.window));
        let first_rate = self.reach(from_first, &reach);
        let [median_days, p90_days] = self.stay(at);
        let before = self.before(at, from_previous, before);
        let optional = funnel.stage.get(at).is_some_and(|stage| stage.optional);
        let change = self.change(&count, &rate, &before, from_previous, &now);
        let target = self.goals(from_previous, at, &count, &rate, &median_days);
        StageFlow {
            key: funnel.stage.get(at).map(|stage| stage.key.clone()).unwrap_or_default(),
            at,
            from: from_previous.map(|way| way.from),
            optional,
            n: rate.n,
            n_first: first_rate.n,
            from_first: first_rate,
            interval: self.interval(&rate),
            within_days: from_previous.filter(|_| self.query.basis == Basis::Cohort).map(|way| way.pace.days),
            young: self.young(from_previous, &now),
            median_days,
            p90_days,
            verdict: verdict::verdict(&rate, &before.from_previous, &change, optional),
            before,
            change,
            target,
            trend: self.trend(at, from_previous, &trend),
            count,
            from_previous: rate,
        }
    }

    /// The records of a figure.
    fn records(&self, window: Window, which: Which) -> JourneySet {
        JourneySet {
            funnel: self.journeys.funnel.key.clone(),
            skips: self.journeys.skips,
            segment: self.query.segment.clone(),
            window,
            which,
        }
    }

    fn entered(&self, at: usize, window: Window) -> JourneySet {
        let again = self.query.basis == Basis::Snapshot;
        self.records(window, Which::Entered { stage: at, again })
    }

    fn count(&self, at: usize, tally: &Tally, window: Window) -> FlowFigure {
        let (metric, value) = match self.query.measure {
            Measure::Count => ("funnel_entered", Ok(Number::Count(tally.entered))),
            Measure::Amount => ("funnel_amount", tally.worth()),
        };
        Figure { metric, value, n: tally.entered, records: self.entered(at, window) }
    }

    /// Of the previous stage.
    fn rate(&self, way: Option<Way>, tally: &Tally, window: Window) -> FlowFigure {
        let metrics = match self.query.measure {
            Measure::Count => ("funnel_conversion", "funnel_ratio"),
            Measure::Amount => ("funnel_conversion_amount", "funnel_ratio"),
        };
        self.share(way, tally, window, metrics, "entered_before")
    }

    /// Of the first stage.
    fn reach(&self, way: Option<Way>, tally: &Tally) -> FlowFigure {
        let metrics = match self.query.measure {
            Measure::Count => ("funnel_reach", "funnel_ratio_first"),
            Measure::Amount => ("funnel_conversion_amount", "funnel_ratio_first"),
        };
        self.share(way, tally, self.window, metrics, "entered_first")
    }

    fn share(
        &self,
        way: Option<Way>,
        tally: &Tally,
        window: Window,
        (cohort, snapshot): (&'static str, &'static str),
        of: &str,
    ) -> FlowFigure {
        let Some(Way { from, to, pace }) = way else {
            return Figure {
                metric: cohort,
                value: Err(Withheld::NotApplicable),
                n: 0,
                records: self.records(window, Which::Nothing),
            };
        };
        match self.query.basis {
            Basis::Snapshot => {
                let value = match self.query.measure {
                    Measure::Count => {
                        derive(snapshot, &[("entered", tally.entered as f64), (of, tally.entered_from as f64)])
                    }
                    Measure::Amount => tally.amount_ratio(snapshot, of),
                };
                Figure { metric: snapshot, value, n: tally.entered_from, records: self.entered(from, window) }
            }
            Basis::Cohort => {
                let value = match self.query.measure {
                    Measure::Count if tally.resolved == 0 && tally.young > 0 => Err(Withheld::TooYoung),
                    Measure::Count => {
                        derive(cohort, &[("converted", tally.converted as f64), ("resolved", tally.resolved as f64)])
                    }
                    Measure::Amount => tally.amount_conversion(cohort),
                };
                let which = Which::Resolved { from, to, days: pace.days };
                Figure { metric: cohort, value, n: tally.resolved, records: self.records(window, which) }
            }
        }
    }

    fn interval(&self, rate: &FlowFigure) -> Option<Ends> {
        match (self.query.measure, &rate.value) {
            (Measure::Count, Ok(Number::Share { part, whole })) => wilson(*part, *whole).map(Ends::from),
            _ => None,
        }
    }

    fn young(&self, way: Option<Way>, tally: &Tally) -> FlowFigure {
        let (value, which) = match way.filter(|_| self.query.basis == Basis::Cohort) {
            Some(Way { from, to, pace }) => {
                (Ok(Number::Count(tally.young)), Which::Young { from, to, days: pace.days })
            }
            None => (Err(Withheld::NotApplicable), Which::Nothing),
        };
        let n = if value.is_ok() { tally.young } else { 0 };
        Figure { metric: "funnel_young", value, n, records: self.records(self.window, which) }
    }

    /// Median and ninth decile of the days that the entrants of the period stayed in a stage.
    fn stay(&self, at: usize) -> [FlowFigure; 2] {
        let ends = self.passed.iter().copied().find(|&next| next > at);
        let stays = ends.map(|next| self.counter.stays(at, next, self.window));
        [("funnel_days_median", 0.5), ("funnel_days_p90", 0.9)].map(|(metric, share)| {
            let days = |ms: f64| ms / DAY_MS as f64;
            let (value, n) = match &stays {
                Some(stays) => (Number::days(quantile(stays, share).map(days)), stays.len() as u64),
                None => (Err(Withheld::NotApplicable), 0),
            };
            let which = if stays.is_some() { Which::Entered { stage: at, again: false } } else { Which::Nothing };
            Figure { metric, value, n, records: self.records(self.window, which) }
        })
    }

    fn before(&self, at: usize, way: Option<Way>, tally: Option<Tally>) -> Before {
        match (tally, self.compared) {
            (Some(tally), Some((_, window))) => Before {
                count: self.count(at, &tally, window),
                from_previous: self.rate(way, &tally, window),
                n: self.rate(way, &tally, window).n,
            },
            _ => {
                let nothing = |metric| Figure {
                    metric,
                    value: Err(Withheld::NoComparison),
                    n: 0,
                    records: self.records(self.window, Which::Nothing),
                };
                Before { count: nothing("funnel_entered"), from_previous: nothing("funnel_conversion"), n: 0 }
            }
        }
    }

    fn change(
        &self,
        count: &FlowFigure,
        rate: &FlowFigure,
        before: &Before,
        way: Option<Way>,
        tally: &Tally,
    ) -> Change {
        let shares = match (&rate.value, &before.from_previous.value) {
            (Ok(Number::Share { part, whole }), Ok(Number::Share { part: was, whole: of }))
                if self.query.measure == Measure::Count =>
            {
                newcombe((*part, *whole), (*was, *of))
            }
            _ => None,
        };
        let which =
            way.map_or(Which::Nothing, |way| Which::Resolved { from: way.from, to: way.to, days: way.pace.days });
        let rate_change = match (size(rate), size(&before.from_previous)) {
            (Some(now), Some(before)) => derive("funnel_conversion_change", &[("now", now), ("before", before)]),
            _ => Err(Withheld::NoComparison),
        };
        let count_change = match (size(count), size(&before.count)) {
            (Some(now), Some(before)) => derive("funnel_change", &[("now", now), ("before", before)]),
            _ => Err(Withheld::NoComparison),
        };
        let (records, n) = match self.query.basis {
            Basis::Cohort => (self.records(self.window, which), tally.resolved),
            Basis::Snapshot => (rate.records.clone(), rate.n),
        };
        Change {
            count: Figure { metric: "funnel_change", value: count_change, n: count.n, records: count.records.clone() },
            from_previous: Figure { metric: "funnel_conversion_change", value: rate_change, n, records },
            interval: shares.map(Ends::from),
            could_be_luck: shares.map(Interval::has_zero),
        }
    }

    fn trend(&self, at: usize, way: Option<Way>, tallies: &[Tally]) -> Vec<Point> {
        let point = |((period, window), tally): (&(Period, Window), &Tally)| Point {
            period: *period,
            count: self.count(at, tally, *window),
            from_previous: self.rate(way, tally, *window),
        };
        self.history.iter().zip(tallies).map(point).collect()
    }
}

/// A figure as one number, for comparing; amounts only when they are of one currency.
#[must_use]
pub fn size<R>(figure: &Figure<R>) -> Option<f64> {
    match figure.value.as_ref().ok()? {
        Number::Count(count) => Some(*count as f64),
        Number::Share { part, whole } => Some(crate::domain::figure::ratio(*part, *whole)),
        Number::Days(number) | Number::Ratio(number) | Number::Change(number) => Some(*number),
        Number::Money(purse) => {
            let mut sums = purse.sums();
            let only = sums.next().map_or(0.0, |money| money.minor as f64);
            sums.next().is_none().then_some(only)
        }
    }
}
