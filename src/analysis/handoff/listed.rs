//! Hand-offs as lists and scripts see them.

use super::{Board, Called, HandoffFigure, Item, Line, Queue, Summary};
use crate::domain::facts::Facts;
use crate::domain::handoff::{Level, Split, State};
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
        let owner = judged.owner.and_then(|owner| facts.members.get(&owner)).map(|member| member.name.clone());
        Listed {
            id: self.id(item),
            kind: self.kind(&item.raised).map(|kind| kind.key.clone()).unwrap_or_default(),
            policy: self.policy(item).map(|policy| policy.key.clone()).unwrap_or_default(),
            subject: names.get(&Id(item.raised.record)).map(|called| called.name.clone()).unwrap_or_default(),
            owner,
            state: judged.state,
            began_at: item.raised.handoff.began_at,
            due_at: judged.due_at,
            answered_at: judged.answered_at,
            seconds_left: judged.left.div_euclid(1_000),
            seconds_used: judged.used.div_euclid(1_000),
            next_touch_at: self.next_touch(item),
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
