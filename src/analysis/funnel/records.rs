//! Which journeys stand behind a figure.

use super::count::{Fate, each_entry, each_first, fate, worth};
use super::maker::Way;
use crate::domain::facts::known;
use crate::domain::funnel::journey::{Journeys, Pace, Skips};
use crate::domain::funnel::segment::{Lens, Segment};
use crate::domain::object::Object;
use crate::domain::period::Window;
use crate::domain::time::Instant;
use crate::domain::value::Id;

/// A set of journeys: plain data from which they are found again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JourneySet {
    /// Key of the funnel.
    pub funnel: String,
    /// What a skipped stage means.
    pub skips: Skips,
    /// Part of all journeys.
    pub segment: Segment,
    /// When the stage was entered.
    pub window: Window,
    /// Which of them.
    pub which: Which,
    /// Only those whose deal has a price.
    pub priced: bool,
}

/// Which journeys of a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// None.
    Nothing,
    /// Those that entered a stage.
    Entered {
        /// The stage.
        stage: usize,
        /// Whether those count that came back.
        again: bool,
    },
    /// Those that entered `from` and have had their days.
    Resolved {
        /// The stage they entered.
        from: usize,
        /// The stage they were to reach.
        to: usize,
        /// In so many days.
        days: i64,
    },
    /// Those of the resolved that arrived in time.
    Converted {
        /// The stage they entered.
        from: usize,
        /// The stage they reached.
        to: usize,
        /// In so many days.
        days: i64,
    },
    /// Those that entered `from` and have not had their days.
    Young {
        /// The stage they entered.
        from: usize,
        /// The stage they are to reach.
        to: usize,
        /// In so many days.
        days: i64,
    },
}

impl JourneySet {
    /// Whether its records were followed to another stage.
    #[must_use]
    pub fn is_followed(&self) -> bool {
        matches!(self.which, Which::Resolved { .. } | Which::Converted { .. } | Which::Young { .. })
    }
}

/// What a record did that it is in a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// When it entered the stage.
    pub entered: Instant,
    /// When it reached the stage that it was followed to.
    pub reached: Option<Instant>,
    /// Whether it was there within its days.
    pub in_time: bool,
}

impl Step {
    /// Days from the date of the one stage to that of the other, whatever the time of day: no more than its
    /// days when it was there in time.
    #[must_use]
    pub fn days(&self) -> Option<i64> {
        Some(self.reached?.date().signed_duration_since(self.entered.date()).num_days().max(0))
    }
}

/// The records of a set, each with its object and what it did: latest entry first.
#[must_use]
pub fn find(journeys: &Journeys, set: &JourneySet) -> Vec<(Object, Id, Step)> {
    let lens = Lens::new(journeys, &set.segment);
    let windows = [set.window];
    let mut found: Vec<(i64, usize)> = Vec::new();
    let (stage, way) = match set.which {
        Which::Nothing => return Vec::new(),
        Which::Entered { stage, again } => {
            each_entry(journeys, &lens, (stage, again), &windows, &mut |journey, _, at| found.push((at, journey)));
            (stage, None)
        }
        Which::Resolved { from, to, days } | Which::Converted { from, to, days } | Which::Young { from, to, days } => {
            let way = Way { from, to, pace: Pace { days, arrivals: 0 } };
            each_first(journeys, &lens, from, &windows, &mut |journey, _, at| {
                let wanted = match (set.which, fate(journeys, way, journey, at)) {
                    (Which::Resolved { .. }, fate) => fate != Fate::Young,
                    (Which::Converted { .. }, fate) => fate == Fate::Converted,
                    (_, fate) => fate == Fate::Young,
                };
                if wanted {
                    found.push((at, journey));
                }
            });
            (from, Some(way))
        }
    };
    found.retain(|(_, journey)| !set.priced || worth(journeys, *journey).is_some());
    found.sort_unstable_by(|a, b| b.cmp(a));
    let told = |(at, journey): (i64, usize)| {
        let (object, id) = journeys.record(journey, stage)?;
        Some((object, id, step(journeys, way, journey, at)))
    };
    found.into_iter().filter_map(told).collect()
}

fn step(journeys: &Journeys, way: Option<Way>, journey: usize, at: i64) -> Step {
    let reached = way.and_then(|way| journeys.entered(way.to).get(journey).copied().and_then(known));
    let in_time = way.zip(reached).is_some_and(|(way, reached)| reached - at <= way.pace.ms());
    Step { entered: Instant(at), reached: reached.map(Instant), in_time }
}
