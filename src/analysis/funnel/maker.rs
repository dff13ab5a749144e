//! A stage of the flow, made from its tallies.

use super::count::{Counter, Tally};
use super::{
    Basis, Before, Change, Compare, Ends, FlowFigure, Followed, JourneySet, Measure, Point, Query, StageFlow, TREND,
    Which, size, verdict,
};
use crate::domain::figure::{Figure, Number, Withheld};
use crate::domain::funnel::journey::{Journeys, Pace};
use crate::domain::interval::{Interval, newcombe, wilson};
use crate::domain::metric::derive;
use crate::domain::period::{Period, Window};
use crate::domain::quantile::quantile;
use crate::domain::target::Targets;
use crate::domain::time::DAY_MS;

/// What every stage is made with.
pub(super) struct Maker<'q> {
    pub(super) journeys: &'q Journeys,
    pub(super) query: &'q Query,
    counter: Counter<'q>,
    /// The stages that stand between their neighbours.
    passed: Vec<usize>,
    pub(super) window: Window,
    pub(super) compared: Option<(Period, Window)>,
    history: Vec<(Period, Window)>,
    pub(super) targets: Targets,
}

/// A stage against the one it is measured by: from where, in how many days.
#[derive(Clone, Copy)]
pub(super) struct Way {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) pace: Pace,
}

impl<'q> Maker<'q> {
    pub(super) fn new(journeys: &'q Journeys, query: &'q Query) -> Self {
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

    pub(super) fn stage(&self, at: usize) -> StageFlow {
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
        let change = self.change(&count, &rate, &before);
        let target = self.goals(from_previous, at, &count, &rate, &median_days);
        StageFlow {
            key: funnel.stage.get(at).map(|stage| stage.key.clone()).unwrap_or_default(),
            at,
            from: from_previous.map(|way| way.from),
            first: from_first.map(|way| way.from),
            optional,
            n: rate.n,
            n_first: first_rate.n,
            from_first: first_rate,
            interval: self.interval(&rate),
            within_days: self.followed(from_previous, &now).map(|followed| followed.pace.days),
            followed: self.followed(from_previous, &now),
            followed_first: self.followed(from_first, &reach),
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
    pub(super) fn records(&self, window: Window, which: Which) -> JourneySet {
        JourneySet {
            funnel: self.journeys.funnel.key.clone(),
            skips: self.journeys.skips,
            segment: self.query.segment.clone(),
            window,
            which,
            priced: false,
        }
    }

    /// The records of a figure that counts what is counted here: by amount, only those with a price.
    fn counted(&self, window: Window, which: Which) -> JourneySet {
        JourneySet { priced: self.query.measure == Measure::Amount, ..self.records(window, which) }
    }

    fn entered(&self, at: usize, window: Window) -> JourneySet {
        let again = self.query.basis == Basis::Snapshot;
        self.counted(window, Which::Entered { stage: at, again })
    }

    /// By amount, only deals count and convert: of leads those alone have an amount that became deals, and in a
    /// running period most have not yet.
    fn is_senseless(&self, way: Way) -> bool {
        self.query.measure == Measure::Amount && !self.journeys.is_of_deal(way.from)
    }

    fn followed(&self, way: Option<Way>, tally: &Tally) -> Option<Followed> {
        let way = way.filter(|way| self.query.basis == Basis::Cohort && !self.is_senseless(*way))?;
        Some(Followed { pace: way.pace, young: tally.young, unpriced: tally.unpriced })
    }

    fn count(&self, at: usize, tally: &Tally, window: Window) -> FlowFigure {
        let (metric, value) = match self.query.measure {
            Measure::Amount if !self.journeys.is_of_deal(at) => {
                let records = self.records(window, Which::Nothing);
                return Figure { metric: "funnel_amount", value: Err(Withheld::BeforeDeals), n: 0, records };
            }
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
            Measure::Amount => ("funnel_reach_amount", "funnel_ratio_first"),
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
        let metric = if self.query.basis == Basis::Cohort { cohort } else { snapshot };
        let withheld =
            |reason| Figure { metric, value: Err(reason), n: 0, records: self.records(window, Which::Nothing) };
        let Some(way) = way else { return withheld(Withheld::NotApplicable) };
        if self.is_senseless(way) {
            return withheld(Withheld::BeforeDeals);
        }
        let Way { from, to, pace } = way;
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
                Figure { metric: cohort, value, n: tally.resolved, records: self.counted(window, which) }
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
        let (value, which) = match way.filter(|_| self.followed(way, tally).is_some()) {
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
                followed: self.followed(way, &tally),
            },
            _ => {
                let nothing = |metric| Figure {
                    metric,
                    value: Err(Withheld::NoComparison),
                    n: 0,
                    records: self.records(self.window, Which::Nothing),
                };
                let (count, rate) = match self.query.measure {
                    Measure::Count => ("funnel_entered", "funnel_conversion"),
                    Measure::Amount => ("funnel_amount", "funnel_conversion_amount"),
                };
                Before { count: nothing(count), from_previous: nothing(rate), n: 0, followed: None }
            }
        }
    }

    fn change(&self, count: &FlowFigure, rate: &FlowFigure, before: &Before) -> Change {
        let shares = match (&rate.value, &before.from_previous.value) {
            (Ok(Number::Share { part, whole }), Ok(Number::Share { part: was, whole: of }))
                if self.query.measure == Measure::Count =>
            {
                newcombe((*part, *whole), (*was, *of))
            }
            _ => None,
        };
        let (of_count, of_rate) = match self.query.measure {
            Measure::Count => ("funnel_change", "funnel_conversion_change"),
            Measure::Amount => ("funnel_amount_change", "funnel_conversion_amount_change"),
        };
        let change = |metric, now: &FlowFigure, before: &FlowFigure| Figure {
            metric,
            value: match (&now.value, &before.value, size(now), size(before)) {
                (.., Some(now), Some(before)) => derive(metric, &[("now", now), ("before", before)]),
                // Of a small sample its two counts are told beside it.
                (Err(Withheld::SmallSample { .. }), ..) | (_, Err(Withheld::SmallSample { .. }), ..) => {
                    Err(Withheld::TooFew)
                }
                (Err(reason), ..) | (_, Err(reason), ..) => Err(*reason),
                _ => Err(Withheld::NoComparison),
            },
            n: now.n,
            records: now.records.clone(),
        };
        Change {
            count: change(of_count, count, &before.count),
            from_previous: change(of_rate, rate, &before.from_previous),
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
