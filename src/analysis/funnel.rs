//! The funnel's flow: how many entered each stage in a period, how many went on, how long they
//! stayed, and what has changed.

mod count;
mod explain;
mod goals;
mod maker;
mod records;
#[cfg(test)]
mod tests;
mod verdict;

pub use explain::Told;
pub use goals::{Goal, Goals, whose};
pub use records::{JourneySet, Step, Which, find};
pub use verdict::Verdict;

use crate::domain::figure::{Figure, Number};
use crate::domain::funnel::journey::{Journeys, Pace};
use crate::domain::funnel::segment::Segment;
use crate::domain::interval::Interval;
use crate::domain::money::{Currency, Money, Purse};
use crate::domain::period::Period;
use crate::domain::time::{DAY_MS, Instant};
use maker::Maker;
use serde::Serialize;

const MINUTE_MS: i64 = 60_000;

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
    /// While it is running: how many days have begun of it, and how many of each other period its trends
    /// and its comparison take.
    pub trend_days: Option<i64>,
    /// Part of all journeys.
    pub segment: Segment,
    /// What happened later is not known yet.
    pub as_of: Instant,
    /// When the data end, where that is not today.
    pub data_until: Option<Instant>,
    /// When anything entered a stage for the first time, in any segment.
    pub oldest: Option<Instant>,
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

impl Flow {
    /// The one currency of the counts, where they are amounts.
    #[must_use]
    pub fn currency(&self) -> Option<Currency> {
        let mut currencies = self.stages.iter().flat_map(|stage| match &stage.count.value {
            Ok(Number::Money(purse)) => purse.sums().map(|money| money.currency).collect(),
            _ => Vec::new(),
        });
        let first = currencies.next()?;
        currencies.all(|other| other == first).then_some(first)
    }

    /// The stage that may be skipped and whose conversion fell most, by more than luck.
    #[must_use]
    pub fn fell(&self) -> Option<&StageFlow> {
        verdict::worst(&self.stages, Verdict::Fell)
    }

    /// The name of the days of a period that this view has counted: while its own period is running, those of
    /// another up to the same minute, as `2026-07-01..2026-08-17T10:12Z`.
    #[must_use]
    pub fn days_of(&self, other: &Period) -> String {
        let window = other.as_far_as(&self.period, self.as_of);
        if *other == self.period || window == other.window() {
            return other.to_string();
        }
        let (first, last) = (Instant(window.from).date(), Instant(window.to - 1));
        if window.to.rem_euclid(DAY_MS) == 0 {
            return format!("{first}..{}", last.date());
        }
        let minute = Instant(last.0 - last.0.rem_euclid(MINUTE_MS));
        format!("{first}..{}", minute.to_rfc3339().replace(":00Z", "Z"))
    }
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
    /// Place of the stage that `from_first` begins with.
    #[serde(skip)]
    pub first: Option<usize>,
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
    /// How the records behind `from_previous` were followed.
    #[serde(skip)]
    pub followed: Option<Followed>,
    /// How those behind `from_first` were.
    #[serde(skip)]
    pub followed_first: Option<Followed>,
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
    /// How they were followed.
    #[serde(skip)]
    pub followed: Option<Followed>,
}

/// How the entrants of a stage were followed on their way to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Followed {
    /// The days they had, and where these come from.
    pub pace: Pace,
    /// How many have not had them.
    pub young: u64,
    /// How many of the others have no price, where amounts are counted.
    pub unpriced: u64,
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
        trend_days: query.period.days_begun(journeys.now),
        segment: query.segment.clone(),
        as_of: journeys.now,
        data_until: Some(journeys.now).filter(|now| now.date() != journeys.today.date()),
        oldest: journeys.oldest(),
        newest: journeys.newest(),
        basis: query.basis.key(),
        skips: journeys.skips.key(),
        measure: query.measure.key(),
        leak: verdict::worst(&stages, Verdict::Leak).map(|stage| stage.key.clone()),
        stages,
        not_recorded: hidden.iter().filter_map(key).collect(),
    }
}

/// Part or whole of a share by amount, which are minor units of the one currency there is.
#[must_use]
pub fn amount(minor: u64, currency: Currency) -> Purse {
    std::iter::once(Money { minor: i64::try_from(minor).unwrap_or(i64::MAX), currency }).collect()
}

/// A figure as one number, for comparing; amounts only when they are of one currency.
#[must_use]
pub fn size<R>(figure: &Figure<R>) -> Option<f64> {
    match figure.value.as_ref().ok()? {
        Number::Count(count) => Some(*count as f64),
        Number::Share { part, whole } => Some(crate::domain::figure::ratio(*part, *whole)),
        Number::Days(number)
        | Number::Seconds(number)
        | Number::Ratio(number)
        | Number::Times(number)
        | Number::Change(number)
        | Number::Points(number) => Some(*number),
        Number::Money(purse) => {
            let mut sums = purse.sums();
            let only = sums.next().map_or(0.0, |money| money.minor as f64);
            sums.next().is_none().then_some(only)
        }
    }
}
