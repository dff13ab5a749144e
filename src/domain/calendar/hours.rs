//! Business time on the time line.

use crate::domain::time::Instant;

/// A stretch of business time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stretch {
    from: i64,
    to: i64,
    /// Business time before it, in milliseconds.
    before: i64,
}

/// Business time over a span of days: stretches in order, none touching another.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hours {
    stretches: Vec<Stretch>,
}

impl Hours {
    /// Of intervals in any order, which may overlap.
    pub(super) fn new(intervals: impl Iterator<Item = (Instant, Instant)>) -> Self {
        let mut intervals: Vec<(i64, i64)> =
            intervals.map(|(from, to)| (from.0, to.0)).filter(|(from, to)| from < to).collect();
        intervals.sort_unstable();
        let mut stretches: Vec<Stretch> = Vec::new();
        for (from, to) in intervals {
            match stretches.last_mut() {
                Some(last) if from <= last.to => last.to = last.to.max(to),
                last => {
                    let before = last.map_or(0, |last| last.before + last.to - last.from);
                    stretches.push(Stretch { from, to, before });
                }
            }
        }
        Self { stretches }
    }

    /// Milliseconds of business time between two instants; negative when the second is the earlier one. What lies
    /// outside the days that these hours were laid out for counts nothing.
    #[must_use]
    pub fn business_time_between(&self, from: Instant, to: Instant) -> i64 {
        self.passed(to) - self.passed(from)
    }

    /// The instant at which so many milliseconds of business time have passed since `from`: the first such, so
    /// that a target used up at closing time is due then and not at the next opening. `from` itself for nothing;
    /// `None` when the hours end before.
    #[must_use]
    pub fn add_business_time(&self, from: Instant, ms: i64) -> Option<Instant> {
        if ms <= 0 {
            return Some(from);
        }
        let passed = self.passed(from) + ms;
        let next = self.stretches.partition_point(|stretch| stretch.before < passed);
        let stretch = self.stretches.get(next.checked_sub(1)?)?;
        let at = stretch.from + (passed - stretch.before);
        (at <= stretch.to).then_some(Instant(at))
    }

    /// Whether it is business time at this instant; closing time is not.
    #[must_use]
    pub fn is_open(&self, at: Instant) -> bool {
        self.at(at).is_some_and(|stretch| at.0 < stretch.to)
    }

    /// The instant itself when it is business time, otherwise the next opening.
    #[must_use]
    pub fn opens(&self, at: Instant) -> Option<Instant> {
        if self.is_open(at) {
            return Some(at);
        }
        let next = self.stretches.partition_point(|stretch| stretch.from <= at.0);
        self.stretches.get(next).map(|stretch| Instant(stretch.from))
    }

    /// All of it, in milliseconds.
    #[must_use]
    pub fn total(&self) -> i64 {
        self.stretches.last().map_or(0, |last| last.before + last.to - last.from)
    }

    /// Business time up to an instant.
    fn passed(&self, at: Instant) -> i64 {
        self.at(at).map_or(0, |stretch| stretch.before + at.0.min(stretch.to) - stretch.from)
    }

    /// The last stretch that has begun at this instant.
    fn at(&self, at: Instant) -> Option<Stretch> {
        let begun = self.stretches.partition_point(|stretch| stretch.from <= at.0);
        self.stretches.get(begun.checked_sub(1)?).copied()
    }
}
