//! Response time against conversion: an association, not a cause.

use super::records::Handoffs;
use super::team::is_qualified;
use super::{Board, Which};
use crate::domain::facts::Facts;
use crate::domain::figure::{Figure, Number};
use crate::domain::funnel::Bilingual;
use crate::domain::handoff::{Kind, Policy};
use crate::domain::interval::{Interval, wilson};
use crate::domain::metric::derive;
use crate::domain::time::Instant;
use serde::Serialize;

/// Upper ends of the buckets, in milliseconds of business time; the last has none.
const BUCKETS: [i64; 5] = [5 * 60_000, 30 * 60_000, 2 * 3_600_000, 8 * 3_600_000, 40 * 3_600_000];

/// The span of time in which hand-offs began, where one is meant.
type Began = Option<(Instant, Instant)>;

/// Hand-offs of one policy that were answered in the same span of time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bucket {
    /// Place of the kind and the policy.
    #[serde(skip)]
    pub of: (usize, usize),
    /// What both are called.
    #[serde(skip)]
    pub names: (Bilingual, Bilingual),
    /// Key of the kind.
    pub kind: String,
    /// Key of the policy.
    pub policy: String,
    /// Business time from which on, in seconds.
    pub from_seconds: i64,
    /// Business time up to which, in seconds; `null` for the slowest.
    pub to_seconds: Option<i64>,
    /// Qualified ÷ answered.
    pub converted: Figure<Handoffs>,
    /// Ends of the 95 % interval of that share (Wilson).
    pub interval: Option<Interval>,
}

/// The buckets of every policy of hand-offs that end with a touch: of those that began in a span of time, or ever.
#[must_use]
pub fn response(board: &Board, facts: &Facts, began: Option<(Instant, Instant)>) -> Vec<Bucket> {
    let mut buckets = Vec::new();
    for (kind_at, kind) in board.rules.kinds.iter().enumerate() {
        if kind.ends != crate::domain::handoff::Ends::Touch {
            continue;
        }
        for (policy_at, policy) in kind.policies.iter().enumerate() {
            let mut from = 0;
            for to in BUCKETS.into_iter().map(Some).chain([None]) {
                let of = (kind_at, policy_at);
                buckets.push(bucket(board, facts, (of, kind, policy), (began, (from, to))));
                from = to.unwrap_or(from);
            }
        }
    }
    buckets
}

fn bucket(
    board: &Board,
    facts: &Facts,
    (of, kind, policy): ((usize, usize), &Kind, &Policy),
    (began, (from, to)): (Began, (i64, Option<i64>)),
) -> Bucket {
    let records = Handoffs {
        kind: Some(of.0),
        policy: Some(of.1),
        began,
        used: Some((from, to.unwrap_or(i64::MAX))),
        which: Which::Answered,
        ..Handoffs::default()
    };
    let answered: Vec<_> = board.items.iter().filter(|item| records.has(item)).collect();
    let qualified = answered.iter().filter(|item| is_qualified(item, facts)).count() as u64;
    let n = answered.len() as u64;
    let measures = [("qualified", qualified as f64), ("answered", n as f64)];
    let value = derive("handoff_converted", &measures);
    let interval = matches!(value, Ok(Number::Share { .. })).then(|| wilson(qualified, n)).flatten();
    Bucket {
        of,
        names: (kind.short.clone(), policy.name.clone()),
        kind: kind.key.clone(),
        policy: policy.key.clone(),
        from_seconds: from / 1_000,
        to_seconds: to.map(|to| to / 1_000),
        converted: Figure { metric: "handoff_converted", value, n, records },
        interval,
    }
}
