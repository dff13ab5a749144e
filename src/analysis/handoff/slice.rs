//! The queues of a team: which there are, what stands in them, and what they are called on the command line.

use super::{Board, Due, Item};
use crate::domain::handoff::{Begins, Ends, Level, SHARED_DAYS, State, Stay, missing};
use crate::domain::time::{DAY_MS, Instant};
use std::collections::HashSet;

/// What was given back or went back to the pool longer ago than this is in no queue any more.
pub(super) const RECENT_MS: i64 = 30 * DAY_MS;

/// A queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Slice {
    /// Everything that waits and whose clock counts.
    #[default]
    All,
    /// What waits, is breached, and has gone to the lead or the manager.
    Escalated,
    /// What waits under a policy: place of the kind, and of the policy in it.
    Policy(usize, usize),
    /// Of a kind that ends with a form: what waits, and the form is not accepted.
    Form(usize),
    /// Of such a kind: what waits for its kick-off alone.
    Kickoff(usize),
    /// Deals that sales and customer success share, in the first days after the signature.
    Shared,
    /// What waits and was past its deadline before its export came.
    LateOnArrival,
    /// What was answered, and the next touch is due, or no further one is planned.
    NextTouch,
    /// What went back to the pool of late.
    Pool,
    /// What was given back of late.
    Returned,
}

impl Slice {
    /// Whether it holds deals on their way to customer success.
    #[must_use]
    pub const fn is_of_care(self) -> bool {
        matches!(self, Self::Form(_) | Self::Kickoff(_) | Self::Shared)
    }
}

impl Board {
    /// The queues that there are: what there was ever anything for.
    #[must_use]
    pub fn slices(&self) -> Vec<Slice> {
        let used: HashSet<(usize, usize)> = self.items.iter().map(|item| (item.raised.kind, item.policy)).collect();
        let of_kind = |(at, kind): (usize, &crate::domain::handoff::Kind)| match kind.ends {
            Ends::Touch => (0..kind.policies.len())
                .filter(|policy| used.contains(&(at, *policy)))
                .map(|policy| Slice::Policy(at, policy))
                .collect::<Vec<_>>(),
            Ends::Form if used.iter().any(|(kind, _)| *kind == at) => vec![Slice::Form(at), Slice::Kickoff(at)],
            Ends::Form => Vec::new(),
        };
        let kinds = &self.rules.kinds;
        let mut slices = vec![Slice::All, Slice::Escalated];
        slices.extend(kinds.iter().enumerate().flat_map(of_kind));
        slices.extend(kinds.iter().any(|kind| kind.begins == Begins::Won).then_some(Slice::Shared));
        slices.extend([Slice::LateOnArrival, Slice::NextTouch]);
        slices.extend(kinds.iter().any(|kind| kind.pool_days.is_some()).then_some(Slice::Pool));
        slices.push(Slice::Returned);
        slices
    }

    /// Whether a hand-off stands in a queue; `due` is its next step.
    #[must_use]
    pub fn is_in(&self, item: &Item, due: Option<Due>, slice: Slice) -> bool {
        let counts = item.waits() && item.judged.state != State::LateOnArrival;
        let lacks = |what: &str| {
            let kind = self.kind(&item.raised);
            kind.is_some_and(|kind| missing(kind, &item.raised.done).get(what) == Some(&true))
        };
        match slice {
            Slice::All => counts,
            Slice::Escalated => counts && self.escalated(item, self.as_of) > Some(Level::Owner),
            Slice::Policy(kind, policy) => counts && (item.raised.kind, item.policy) == (kind, policy),
            Slice::Form(kind) => counts && item.raised.kind == kind && lacks("accept"),
            Slice::Kickoff(kind) => counts && item.raised.kind == kind && !lacks("accept"),
            Slice::Shared => self.shared_day(item, self.as_of).is_some(),
            Slice::LateOnArrival => item.waits() && item.judged.state == State::LateOnArrival,
            Slice::NextTouch => due.is_some(),
            Slice::Pool => self.pooled(item).is_some(),
            Slice::Returned => item.is_last && item.judged.state == State::Returned,
        }
    }

    /// The place of a hand-off in a queue, ascending: what has gone furthest up, what went back to the pool last and who is with sales longest come
    /// first, everything else stays as it is.
    #[must_use]
    pub fn rank(&self, item: &Item, slice: Slice) -> i64 {
        match slice {
            Slice::Escalated => -self.escalated(item, self.as_of).map_or(0, |level| level as i64),
            Slice::Pool => self.pooled(item).map_or(0, |stay| -stay.since.0),
            Slice::Shared => item.raised.handoff.began_at.0,
            _ => 0,
        }
    }

    /// Its stay in the pool, where it went back of late and nothing was done with it since.
    #[must_use]
    pub fn pooled(&self, item: &Item) -> Option<Stay> {
        let over = item.raised.handoff.over_at(self.as_of).is_some();
        let stay = item.raised.pooled(self.as_of).filter(|_| item.is_last && !over)?;
        (self.as_of.0 - stay.since.0 <= RECENT_MS).then_some(stay)
    }

    /// On which of the days that sales and customer success share a deal is at an instant, from 1 on.
    #[must_use]
    pub fn shared_day(&self, item: &Item, now: Instant) -> Option<i64> {
        let is_deal = self.kind(&item.raised).is_some_and(|kind| kind.begins == Begins::Won);
        let day = now.days_since(item.raised.handoff.began_at) + 1;
        (is_deal && item.is_last && item.judged.state != State::Returned && (1..=SHARED_DAYS).contains(&day))
            .then_some(day)
    }

    /// What a queue is called on the command line: `ms/hot`, `sc/form`, `pool`.
    #[must_use]
    pub fn word(&self, slice: Slice) -> String {
        let code = |kind: usize| self.rules.kinds.get(kind).map_or("", |kind| kind.code.as_str());
        match slice {
            Slice::All => "all".to_owned(),
            Slice::Escalated => "escalated".to_owned(),
            Slice::Policy(kind, policy) => {
                let policy = self.rules.kinds.get(kind).and_then(|kind| kind.policies.get(policy));
                format!("{}/{}", code(kind), policy.map_or("", |policy| policy.key.as_str()))
            }
            Slice::Form(kind) => format!("{}/form", code(kind)),
            Slice::Kickoff(kind) => format!("{}/kick-off", code(kind)),
            Slice::Shared => format!("day-1-{SHARED_DAYS}"),
            Slice::LateOnArrival => "late".to_owned(),
            Slice::NextTouch => "next".to_owned(),
            Slice::Pool => "pool".to_owned(),
            Slice::Returned => "returned".to_owned(),
        }
    }
}
