//! The pause audit: breaches that were avoided only by pausing.

use super::records::{Handoffs, Which};
use super::summary::HandoffFigure;
use super::{Board, Called, Item, Key};
use crate::domain::facts::Facts;
use crate::domain::figure::{Figure, Number};
use crate::domain::funnel::Bilingual;
use crate::domain::handoff::State;
use crate::domain::metric::derive;
use crate::domain::object::Object;
use crate::domain::time::Instant;
use crate::domain::value::Id;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Whether a hand-off would be late, had its clock never been stopped.
pub(super) fn is_late_unpaused(item: &Item) -> bool {
    let judged = &item.judged;
    judged.split.paused > judged.left
}

/// Whether a hand-off was answered in time, or is not breached yet, only because its clock was stopped.
pub(super) fn is_saved(item: &Item) -> bool {
    let counts = item.judged.answered_at.is_some() || item.judged.ended_at.is_none();
    let is_one = counts && item.judged.state != State::LateOnArrival;
    is_one && !item.judged.late && is_late_unpaused(item)
}

/// What pausing has changed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PauseAudit {
    /// Hand-offs whose clock was ever stopped.
    pub paused: HandoffFigure,
    /// Those that would be breached, or met late, had it gone on.
    pub saved: HandoffFigure,
    /// The share that was answered in time.
    pub inside_sla: HandoffFigure,
    /// The same share, had no clock been stopped.
    pub inside_sla_without_pauses: HandoffFigure,
    /// Each that was saved, most paused first.
    pub items: Vec<Saved>,
}

/// A hand-off that was saved by a pause.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Saved {
    /// What tells it from the others.
    #[serde(skip)]
    pub key: Key,
    /// What is handed over.
    #[serde(skip)]
    pub place: Object,
    /// How it is called on the command line.
    pub id: String,
    /// What its record is called; empty until [`PauseAudit::call`].
    pub subject: String,
    /// Who owns it.
    pub owner: Option<String>,
    /// What its kind and policy are called.
    #[serde(skip)]
    pub names: (Bilingual, Bilingual),
    /// Key of its kind.
    pub kind: String,
    /// Key of its policy.
    pub policy: String,
    /// How it stands.
    pub state: State,
    /// Business time for which its clock stood, in seconds.
    pub paused_seconds: i64,
    /// Business time by which it would have been late, in seconds.
    pub over_seconds: i64,
}

/// The audit of hand-offs that began in a span of time, or ever.
#[must_use]
pub fn pauses(board: &Board, facts: &Facts, began: Option<(Instant, Instant)>) -> PauseAudit {
    let all = Handoffs { began, ..Handoffs::default() };
    let of = |which: Which| {
        let records = all.which(which);
        let n = board.items.iter().filter(|item| records.has(item)).count() as u64;
        (n, records)
    };
    let count = |metric, which| {
        let (n, records) = of(which);
        Figure { metric, value: Ok(Number::Count(n)), n, records }
    };
    let (inside, _) = of(Which::Inside);
    let (judged, records) = of(Which::Judged);
    let (saved_inside, _) = of(Which::InsideByPause);
    let (judged_unpaused, records_unpaused) = of(Which::JudgedUnpaused);
    let share = |(part, whole): (u64, u64), (metric, measure), records: Handoffs| {
        let measures = [(measure, part as f64), ("judged", whole as f64)];
        Figure { metric, value: derive(metric, &measures), n: whole, records }
    };
    let saved = all.which(Which::SavedByPause);
    let mut items: Vec<&Item> = board.items.iter().filter(|item| saved.has(item)).collect();
    items.sort_by_key(|item| (Reverse(item.judged.split.paused), item.raised.record));
    PauseAudit {
        paused: count("handoff_ever_paused", Which::EverPaused),
        saved: count("handoff_saved_by_pause", Which::SavedByPause),
        inside_sla: share((inside, judged), ("handoff_inside_sla", "inside"), records),
        inside_sla_without_pauses: share(
            (inside.saturating_sub(saved_inside), judged_unpaused),
            ("handoff_inside_sla_unpaused", "inside_unpaused"),
            records_unpaused,
        ),
        items: items.into_iter().map(|item| one(board, facts, item)).collect(),
    }
}

fn one(board: &Board, facts: &Facts, item: &Item) -> Saved {
    let judged = &item.judged;
    let (kind, policy) = (board.kind(&item.raised), board.policy(item));
    Saved {
        key: (item.raised.kind, item.raised.record),
        place: item.place(&board.rules).0,
        id: board.id(item),
        subject: String::new(),
        owner: judged.owner.and_then(|owner| facts.members.get(&owner)).map(|member| member.name.clone()),
        names: (
            kind.map(|kind| kind.short.clone()).unwrap_or_default(),
            policy.map(|policy| policy.name.clone()).unwrap_or_default(),
        ),
        kind: kind.map(|kind| kind.key.clone()).unwrap_or_default(),
        policy: policy.map(|policy| policy.key.clone()).unwrap_or_default(),
        state: judged.state,
        paused_seconds: judged.split.paused.div_euclid(1_000),
        over_seconds: (judged.split.paused - judged.left).div_euclid(1_000),
    }
}

impl PauseAudit {
    /// Says what the records are called.
    pub fn call(&mut self, names: &BTreeMap<Id, Called>) {
        for item in &mut self.items {
            item.subject = names.get(&Id(item.key.1)).map(|called| called.name.clone()).unwrap_or_default();
        }
    }

    /// Its figures, the most telling first.
    #[must_use]
    pub const fn figures(&self) -> [&HandoffFigure; 4] {
        [&self.saved, &self.paused, &self.inside_sla, &self.inside_sla_without_pauses]
    }
}
