//! How well hand-overs go: one line for each policy, and one for all.

use super::records::{Handoffs, Which};
use super::{Board, Item};
use crate::domain::figure::{Figure, Number, Withheld};
use crate::domain::funnel::Bilingual;
use crate::domain::handoff::State;
use crate::domain::metric::derive;
use crate::domain::quantile::{mean, quantile};
use crate::domain::time::Instant;
use serde::Serialize;

/// A figure of hand-offs.
pub type HandoffFigure = Figure<Handoffs>;

/// All hand-offs and those of each policy.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Summary {
    /// All of them.
    #[serde(flatten)]
    pub all: Line,
    /// One line per policy of each kind.
    pub queues: Vec<Queue>,
}

/// The hand-offs of one policy.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Queue {
    /// Key of the kind.
    pub kind: String,
    /// Key of the policy.
    pub policy: String,
    /// What both are called.
    #[serde(skip)]
    pub names: (Bilingual, Bilingual),
    /// How they go.
    #[serde(flatten)]
    pub line: Line,
}

/// How some hand-offs go. Response times are business time of the calendar, without pauses.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Line {
    /// Answered in time ÷ all whose deadline was met or passed.
    pub inside_sla: HandoffFigure,
    /// Median seconds to the answer.
    pub median_seconds: HandoffFigure,
    /// Mean seconds to the answer.
    pub mean_seconds: HandoffFigure,
    /// Nine of ten were answered within.
    pub p90_seconds: HandoffFigure,
    /// Past the deadline and not answered.
    pub breached: HandoffFigure,
    /// Little time is left.
    pub at_risk: HandoffFigure,
    /// Someone still has to answer.
    pub open: HandoffFigure,
    /// Past the deadline before their export came.
    pub late_on_arrival: HandoffFigure,
    /// Given back.
    pub returned: HandoffFigure,
    /// All.
    pub total: HandoffFigure,
}

/// How the hand-offs go that began in a span of time, or ever.
#[must_use]
pub fn summary(board: &Board, began: Option<(Instant, Instant)>) -> Summary {
    let of = |kind, policy| Handoffs { kind, policy, began, ..Handoffs::default() };
    let queues = board.rules.kinds.iter().enumerate().flat_map(|(at, kind)| {
        kind.policies.iter().enumerate().map(move |(nth, policy)| Queue {
            kind: kind.key.clone(),
            policy: policy.key.clone(),
            names: (kind.name.clone(), policy.name.clone()),
            line: line(board, &of(Some(at), Some(nth))),
        })
    });
    Summary { all: line(board, &of(None, None)), queues: queues.collect() }
}

fn inside_share(inside: u64, judged: u64) -> Result<Number, Withheld> {
    derive("handoff_inside_sla", &[("inside", inside as f64), ("judged", judged as f64)])
}

/// How a selection of hand-offs goes.
#[must_use]
pub fn line(board: &Board, of: &Handoffs) -> Line {
    let items: Vec<&Item> = board.items.iter().filter(|item| of.has(item)).collect();
    line_of(&items, of)
}

/// The same of these, which are all that the selection has.
pub(super) fn line_of(items: &[&Item], of: &Handoffs) -> Line {
    let matching = |which: Which| {
        let records = of.which(which);
        let n = items.iter().filter(|item| records.has(item)).count() as u64;
        (n, records)
    };
    let count = |metric: &'static str, which: Which| {
        let (n, records) = matching(which);
        Figure { metric, value: Ok(Number::Count(n)), n, records }
    };
    let (judged, records) = matching(Which::Judged);
    let (inside, _) = matching(Which::Inside);
    let inside_sla = Figure { metric: "handoff_inside_sla", value: inside_share(inside, judged), n: judged, records };
    let answered = of.which(Which::Answered);
    let mut times: Vec<i64> = items.iter().filter(|item| answered.has(item)).map(|item| item.judged.used).collect();
    times.sort_unstable();
    let seconds = |metric: &'static str, ms: Option<f64>| Figure {
        metric,
        value: ms.map(|ms| Number::Seconds(ms / 1_000.0)).ok_or(Withheld::NoRecords),
        n: times.len() as u64,
        records: answered.clone(),
    };
    Line {
        inside_sla,
        median_seconds: seconds("handoff_response_median", quantile(&times, 0.5)),
        mean_seconds: seconds("handoff_response_mean", mean(&times)),
        p90_seconds: seconds("handoff_response_p90", quantile(&times, 0.9)),
        breached: count("handoff_breached", Which::State(State::Breached)),
        at_risk: count("handoff_at_risk", Which::State(State::AtRisk)),
        open: count("handoff_open", Which::Waiting),
        late_on_arrival: count("handoff_late_on_arrival", Which::State(State::LateOnArrival)),
        returned: count("handoff_returned", Which::State(State::Returned)),
        total: count("handoff_total", Which::All),
    }
}
