//! How a hand-off stands at an instant: due when, answered when, in which state, and where its time went.
//!
//! The clock starts when the hand-off is made, or at the next opening; it runs only while the calendar is open and
//! the hand-off is not paused; it stops at the answer. Re-assignment never resets it.

use super::Policy;
use crate::domain::calendar::Hours;
use crate::domain::time::Instant;
use serde::Serialize;

/// A hand-off and all that happened to it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Handoff {
    /// When it was made.
    pub began_at: Instant,
    /// When the export that told of it reached this store; `began_at` for one made here.
    pub arrived_at: Instant,
    /// Who owns the record, as far as no assignment says otherwise.
    pub owner: Option<i64>,
    /// What happened, in order of time.
    pub events: Vec<(Instant, Event)>,
}

/// Something that happened to a hand-off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// It went to someone, or, without anyone, back to the pool.
    Assigned(Option<i64>),
    /// It is back in the pool, where nobody has it, or it is not any more and this is who had it. Whose it was does not
    /// change by that: a lead that is left alone stays theirs in every figure.
    Pooled(Option<i64>),
    /// What stops the clock: a human outbound attempt of the receiving team, or form and kick-off together.
    Answered,
    /// The clock was stopped for a reason.
    Paused,
    /// It goes on.
    Resumed,
    /// It was given back with a reason.
    Returned,
    /// The record went on to the next stage.
    MovedOn,
}

/// Time that does not count, both ends; without an end it still lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pause {
    /// Its first instant.
    pub from: Instant,
    /// Its last.
    pub to: Option<Instant>,
}

/// How a hand-off stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Past its deadline and not answered.
    Breached,
    /// Little time is left.
    AtRisk,
    /// There is time.
    OnTrack,
    /// Its clock is stopped.
    Paused,
    /// Still open when its export reached this store, and the deadline already past: nobody here could have met it.
    LateOnArrival,
    /// Answered in time.
    Met,
    /// Answered after the deadline.
    MetLate,
    /// Given back.
    Returned,
    /// The record went on without an answer that is known of: it cannot be judged.
    MovedOn,
}

impl State {
    /// Whether someone still has to answer.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Breached | Self::AtRisk | Self::OnTrack | Self::Paused)
    }

    /// Its name in message keys and in JSON.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Breached => "breached",
            Self::AtRisk => "at_risk",
            Self::OnTrack => "on_track",
            Self::Paused => "paused",
            Self::LateOnArrival => "late_on_arrival",
            Self::Met => "met",
            Self::MetLate => "met_late",
            Self::Returned => "returned",
            Self::MovedOn => "moved_on",
        }
    }
}

/// A hand-off, judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// How it stands.
    pub state: State,
    /// When it has to be answered; unknown while it is paused, and where the calendar never opens long enough.
    pub due_at: Option<Instant>,
    /// When it was answered.
    pub answered_at: Option<Instant>,
    /// When nobody waited any more: the answer, the return or the next stage.
    pub ended_at: Option<Instant>,
    /// Business time without pauses until the answer, or until now while it is open, in milliseconds.
    pub used: i64,
    /// Business time left until the deadline, in milliseconds; negative after it.
    pub left: i64,
    /// Whether the deadline passed before the end.
    pub late: bool,
    /// Who owns it now.
    pub owner: Option<i64>,
    /// Where its time went.
    pub split: Split,
}

/// Where the time of a hand-off went, from its beginning to its end or to now, in milliseconds; the parts add up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Split {
    /// The calendar was closed.
    pub outside_hours: i64,
    /// It was paused.
    pub paused: i64,
    /// Its export had not reached this store.
    pub import: i64,
    /// Nobody owned it.
    pub unassigned: i64,
    /// Someone owned it who does not any more.
    pub reassigned: i64,
    /// Its owner had it and had not answered.
    pub untouched: i64,
}

impl Split {
    /// Both together.
    #[must_use]
    pub const fn and(&self, other: &Self) -> Self {
        Self {
            outside_hours: self.outside_hours + other.outside_hours,
            paused: self.paused + other.paused,
            import: self.import + other.import,
            unassigned: self.unassigned + other.unassigned,
            reassigned: self.reassigned + other.reassigned,
            untouched: self.untouched + other.untouched,
        }
    }

    /// Each part with its name in message keys, the longest first; nothing of what took no time.
    #[must_use]
    pub fn parts(&self) -> Vec<(&'static str, i64)> {
        let mut parts = vec![
            ("outside-hours", self.outside_hours),
            ("paused", self.paused),
            ("import", self.import),
            ("unassigned", self.unassigned),
            ("reassigned", self.reassigned),
            ("untouched", self.untouched),
        ];
        parts.retain(|(_, ms)| *ms > 0);
        parts.sort_by_key(|(_, ms)| std::cmp::Reverse(*ms));
        parts
    }

    /// Those of its parts that eat the time there is to answer in.
    #[must_use]
    pub const fn of_the_budget(&self) -> Self {
        Self { outside_hours: 0, paused: 0, ..*self }
    }

    /// All of it.
    #[must_use]
    pub const fn total(&self) -> i64 {
        self.outside_hours + self.paused + self.import + self.unassigned + self.reassigned + self.untouched
    }
}

/// How a hand-off stands at `now` under a policy, by the business time of its calendar.
#[must_use]
pub fn judge(handoff: &Handoff, policy: &Policy, hours: &Hours, now: Instant) -> Judged {
    let first = |wanted: &[Event]| {
        let events = handoff.events.iter().filter(|(at, _)| (handoff.began_at..=now).contains(at));
        events.clone().find(|(_, event)| wanted.contains(event)).map(|&(at, _)| at)
    };
    let answered_at = first(&[Event::Answered]);
    let ended_at = first(&[Event::Answered, Event::Returned, Event::MovedOn]);
    let end = ended_at.unwrap_or(now).max(handoff.began_at);
    let pauses = handoff.pauses(end);
    let clock = Clock { hours, pauses: &pauses };
    let due_at = clock.due(handoff.began_at, policy.target);
    let used = clock.between(handoff.began_at, end);
    // By the clock, not by the deadline: what is answered after closing time has used no more than at closing time.
    let late = used > policy.target;
    let arrived_late = ended_at.is_none_or(|ended| ended > handoff.arrived_at)
        && clock.between(handoff.began_at, handoff.arrived_at) > policy.target;
    let state = match (answered_at, ended_at) {
        _ if arrived_late => State::LateOnArrival,
        _ if first(&[Event::Returned]).is_some() => State::Returned,
        (Some(_), _) if late => State::MetLate,
        (Some(_), _) => State::Met,
        (None, Some(_)) => State::MovedOn,
        // A pause that began after the deadline saves nothing.
        (None, None) if late => State::Breached,
        (None, None) if pauses.last().is_some_and(|pause| pause.to.is_none()) => State::Paused,
        (None, None) if used as f64 >= policy.target as f64 * policy.warn => State::AtRisk,
        (None, None) => State::OnTrack,
    };
    let (split, owner) = handoff.split(hours, &pauses, end);
    Judged { state, due_at, answered_at, ended_at, used, left: policy.target - used, late, owner, split }
}

/// Business time with pauses taken out.
struct Clock<'h> {
    hours: &'h Hours,
    pauses: &'h [Pause],
}

impl Clock<'_> {
    fn between(&self, from: Instant, to: Instant) -> i64 {
        let paused = self.pauses.iter().map(|pause| {
            let end = pause.to.unwrap_or(to).min(to);
            self.hours.business_time_between(pause.from.max(from), end).max(0)
        });
        (self.hours.business_time_between(from, to) - paused.sum::<i64>()).max(0)
    }

    /// When so much time has passed; `None` while a pause has no end, unless it was over before.
    fn due(&self, from: Instant, target: i64) -> Option<Instant> {
        let (mut at, mut left) = (from, target);
        for pause in self.pauses {
            let due = self.hours.add_business_time(at, left);
            if due.is_some_and(|due| due <= pause.from) {
                return due;
            }
            left -= self.hours.business_time_between(at, pause.from).max(0);
            at = pause.to?;
        }
        self.hours.add_business_time(at, left)
    }
}

impl Handoff {
    /// When the record was given back or went on, which may be long after the answer.
    #[must_use]
    pub fn over_at(&self, now: Instant) -> Option<Instant> {
        let is_over = |&&(at, event): &&(Instant, Event)| {
            matches!(event, Event::Returned | Event::MovedOn) && self.began_at <= at && at <= now
        };
        self.events.iter().find(is_over).map(|&(at, _)| at)
    }

    /// Who has it at an instant, whether it was answered or not.
    #[must_use]
    pub fn owner_at(&self, now: Instant) -> Option<i64> {
        let end = self.over_at(now).unwrap_or(now);
        let assigned = self.events.iter().filter_map(|&(at, event)| match event {
            Event::Assigned(owner) | Event::Pooled(owner) => Some((at, owner)),
            _ => None,
        });
        assigned.take_while(|&(at, _)| at <= end).last().map_or(self.owner, |(_, owner)| owner)
    }

    /// The pauses up to its end, in order; none lies in another.
    fn pauses(&self, end: Instant) -> Vec<Pause> {
        let mut pauses: Vec<Pause> = Vec::new();
        for &(at, event) in self.events.iter().filter(|&&(at, _)| self.began_at <= at && at <= end) {
            let open = pauses.last_mut().filter(|pause| pause.to.is_none());
            match (event, open) {
                (Event::Paused, None) => pauses.push(Pause { from: at, to: None }),
                (Event::Resumed, Some(pause)) => pause.to = Some(at),
                _ => {}
            }
        }
        pauses
    }

    /// Where the time until `end` went, and who owns it then.
    fn split(&self, hours: &Hours, pauses: &[Pause], end: Instant) -> (Split, Option<i64>) {
        let until_end = || self.events.iter().filter(|&&(at, _)| at <= end);
        let assigned = until_end().filter_map(|&(at, event)| match event {
            Event::Assigned(owner) | Event::Pooled(owner) => Some((at.max(self.began_at), owner)),
            _ => None,
        });
        let assigned: Vec<(Instant, Option<i64>)> = assigned.collect();
        let mut given = until_end().filter_map(|&(_, event)| match event {
            Event::Assigned(owner) => Some(owner),
            _ => None,
        });
        let last = given.next_back().unwrap_or(self.owner);
        // History that was over when its export came is told as it was: nobody here waited for the export.
        let arrived_at = if end <= self.arrived_at { self.began_at } else { self.arrived_at };
        let mut cuts = vec![self.began_at, arrived_at, end];
        cuts.extend(assigned.iter().map(|&(at, _)| at));
        cuts.extend(pauses.iter().flat_map(|pause| [pause.from, pause.to.unwrap_or(end)]));
        cuts.retain(|&at| self.began_at <= at && at <= end);
        cuts.sort_unstable();
        let mut split = Split::default();
        for (from, to) in cuts.iter().zip(cuts.iter().skip(1)) {
            let (open, all) = (hours.business_time_between(*from, *to), to.0 - from.0);
            split.outside_hours += all - open;
            let owner = assigned.iter().rfind(|&&(at, _)| at <= *from).map_or(self.owner, |&(_, owner)| owner);
            let paused = pauses.iter().any(|pause| pause.from <= *from && pause.to.is_none_or(|end| *to <= end));
            *(if paused {
                &mut split.paused
            } else if *from < arrived_at {
                &mut split.import
            } else if owner.is_none() {
                &mut split.unassigned
            } else if owner != last {
                &mut split.reassigned
            } else {
                &mut split.untouched
            }) += open;
        }
        (split, last)
    }
}
