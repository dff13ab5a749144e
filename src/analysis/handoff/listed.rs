//! Hand-offs as lists and scripts see them.

use super::work::seller;
use super::{Board, Called, Care, HandoffFigure, Item, Line, Queue, Summary};
use crate::domain::facts::Facts;
use crate::domain::handoff::{Level, Split, State, missing};
use crate::domain::time::Instant;
use crate::domain::value::Id;
use serde::Serialize;
use std::collections::BTreeMap;

/// A hand-off in a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Listed {
    /// How it is called on the command line.
    pub id: String,
    /// Key of its kind.
    pub kind: String,
    /// Key of its policy.
    pub policy: String,
    /// What the person or deal is called.
    pub subject: String,
    /// Who owns it.
    pub owner: Option<String>,
    /// How it stands.
    pub state: State,
    /// When it was made.
    pub began_at: Instant,
    /// When it has to be answered; `null` while it is paused.
    pub due_at: Option<Instant>,
    /// When it was answered.
    pub answered_at: Option<Instant>,
    /// Business time left until the deadline, below zero after it; once it is answered, what was left then.
    pub seconds_left: i64,
    /// Business time until the answer, or until now, without pauses.
    pub seconds_used: i64,
    /// When the next touch is due, once it is answered.
    pub next_touch_at: Option<Instant>,
    /// When the cadence is over: no further touch is planned.
    pub cadence_over_at: Option<Instant>,
    /// Since when it is in the pool.
    pub pooled_at: Option<Instant>,
    /// Who had it before it went there.
    pub had_by: Option<String>,
    /// On which of the days that sales and customer success share a deal is.
    pub shared_day: Option<i64>,
    /// Who sold the deal, and assists customer success on those days.
    pub assists: Option<String>,
    /// What a hand-off that ends with a form still lacks: `form`, `accept`, `kickoff`.
    pub lacks: Vec<&'static str>,
    /// Human outbound attempts.
    pub attempts: usize,
    /// Whom its breach has gone to.
    pub escalated: Option<Level>,
    /// Where its time went, in milliseconds.
    pub split: Split,
}

/// The hand-offs of a store: how they go, and each of them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Listing {
    /// When they were judged.
    pub as_of: Instant,
    /// Up to when the data reach.
    pub data_until: Option<Instant>,
    /// The calendar that everything is judged by, where one was asked for.
    pub calendar: Option<String>,
    /// How they go.
    #[serde(flatten)]
    pub summary: Summary,
    /// How customers fare after the hand-off to customer success.
    #[serde(flatten)]
    pub care: Care,
    /// Each of them.
    pub items: Vec<Listed>,
}

impl Board {
    /// Hand-offs as lists see them; `names` are those of their records.
    #[must_use]
    pub fn listed(&self, items: &[&Item], facts: &Facts, names: &BTreeMap<Id, Called>) -> Vec<Listed> {
        items.iter().map(|item| self.one(item, facts, names)).collect()
    }

    fn one(&self, item: &Item, facts: &Facts, names: &BTreeMap<Id, Called>) -> Listed {
        let judged = &item.judged;
        let name = |id: Option<i64>| id.and_then(|id| facts.members.get(&id)).map(|member| member.name.clone());
        // What was answered keeps who answered it, unless someone else got it since or it went back to the pool.
        let (step, stay, shared_day) = (self.next_step(item), self.pooled(item), self.shared_day(item, self.as_of));
        let answered_by = judged.owner.filter(|_| judged.ended_at.is_some() && stay.is_none());
        let owner = item.owner.or(answered_by);
        let (object, id) = item.place(&self.rules);
        let lacks = self.kind(&item.raised).map(|kind| missing(kind, &item.raised.done)).unwrap_or_default();
        Listed {
            id: self.id(item),
            kind: self.kind(&item.raised).map(|kind| kind.key.clone()).unwrap_or_default(),
            policy: self.policy(item).map(|policy| policy.key.clone()).unwrap_or_default(),
            subject: names.get(&Id(item.raised.record)).map(|called| called.name.clone()).unwrap_or_default(),
            owner: name(owner),
            state: judged.state,
            began_at: item.raised.handoff.began_at,
            due_at: judged.due_at,
            answered_at: judged.answered_at,
            seconds_left: judged.left.div_euclid(1_000),
            seconds_used: judged.used.div_euclid(1_000),
            next_touch_at: step.filter(|step| !step.is_over).map(|step| step.at),
            cadence_over_at: step.filter(|step| step.is_over).map(|step| step.at),
            pooled_at: stay.map(|stay| stay.since),
            had_by: name(stay.map(|stay| stay.from)),
            shared_day,
            assists: name(shared_day.and_then(|_| seller(facts, object, id))),
            lacks: lacks.into_iter().filter(|(_, lacks)| *lacks).map(|(what, _)| what).collect(),
            attempts: item.raised.attempts.len(),
            escalated: self.escalated(item, self.as_of),
            split: judged.split,
        }
    }
}

impl Line {
    /// Its figures in the order in which tables show them.
    #[must_use]
    pub fn figures(&self) -> [&HandoffFigure; 10] {
        [
            &self.open,
            &self.breached,
            &self.at_risk,
            &self.inside_sla,
            &self.median_seconds,
            &self.mean_seconds,
            &self.p90_seconds,
            &self.late_on_arrival,
            &self.returned,
            &self.total,
        ]
    }
}

impl Summary {
    /// The lines of policies that have any hand-off.
    pub fn used(&self) -> impl Iterator<Item = &Queue> {
        self.queues.iter().filter(|queue| queue.line.total.n > 0)
    }
}
