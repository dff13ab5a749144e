//! What if: the whole history judged again under other rules. Nothing is written.

use super::summary::{HandoffFigure, Line, line};
use super::{Board, Handoffs, Item, Which};
use crate::domain::figure::{Figure, Number};
use crate::domain::funnel::Bilingual;
use crate::domain::handoff::{Kind, Rules, State};
use crate::domain::time::Instant;
use serde::Serialize;

/// How hand-offs would have gone.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Replay {
    /// All of them.
    #[serde(flatten)]
    pub all: Compared,
    /// How many stand otherwise than they do.
    pub changed: usize,
    /// One line per policy of each hand-off.
    pub queues: Vec<ComparedQueue>,
    /// Those that stand otherwise, the newest first.
    pub items: Vec<Changed>,
}

/// How some hand-offs go, and how they would have gone.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Compared {
    /// Under the rules that hold.
    pub before: Line,
    /// Under the others.
    pub after: Line,
    /// Hand-offs that missed their deadline under the rules that hold.
    pub missed_before: HandoffFigure,
    /// Hand-offs that would have missed it under the others.
    pub missed_after: HandoffFigure,
}

/// The same of one policy.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ComparedQueue {
    /// Key of the hand-off.
    pub kind: String,
    /// Key of the policy.
    pub policy: String,
    /// Their places.
    #[serde(skip)]
    pub place: (usize, usize),
    /// What both are called.
    #[serde(skip)]
    pub names: (Bilingual, Bilingual),
    /// How many of its hand-offs stand otherwise.
    pub changed: usize,
    /// How they go.
    #[serde(flatten)]
    pub compared: Compared,
}

/// A hand-off that stands otherwise under other rules.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Changed {
    /// How it is called on the command line.
    pub id: String,
    /// Place of its hand-off, and of its policy under the other rules, or else under those that hold.
    #[serde(skip)]
    pub place: (usize, usize),
    /// What the person or deal is called; told by whoever reads names.
    pub subject: String,
    /// When it was made.
    pub began_at: Instant,
    /// How it stands; nothing where it is none.
    pub before: Option<State>,
    /// How it would stand; nothing where it would be none.
    pub after: Option<State>,
    /// Whether it missed its deadline through the team's own time, which a return does not tell by itself.
    pub missed_before: bool,
    /// Whether it would have missed it.
    pub missed_after: bool,
    /// Business time until the answer, or until now, by the other rules or else by those that hold.
    pub seconds_used: i64,
    /// The hand-off itself.
    #[serde(skip)]
    pub item: Item,
}

impl Board {
    /// The same hand-offs under other rules of the same kinds; `None` when nobody wants to know any more.
    #[must_use]
    pub fn again(&self, rules: Rules, goes_on: &dyn Fn() -> bool) -> Option<Self> {
        let all = self.items.iter().map(|item| item.raised.clone()).collect();
        Self::while_wanted(all, rules, self.as_of, goes_on).ok()
    }

    /// Whether other rules are of the same hand-offs: they begin, end and are received as these say.
    #[must_use]
    pub fn raises_as(&self, rules: &Rules) -> bool {
        let told = |kind: &Kind| {
            let from = (kind.begins, kind.score, kind.pool_days);
            (kind.key.clone(), kind.subject, kind.ends, from, kind.teams.clone())
        };
        self.rules.kinds.iter().map(told).eq(rules.kinds.iter().map(told))
    }
}

/// Compares the hand-offs of two boards of one store.
#[must_use]
pub fn replay(before: &Board, after: &Board, of: &Handoffs) -> Replay {
    let mut items = changed(before, after, of);
    items.sort_by_key(|changed| (std::cmp::Reverse(changed.began_at), changed.place, changed.item.raised.record));
    let kinds = after.rules.kinds.iter().enumerate();
    let policies =
        kinds.flat_map(|(at, kind)| kind.policies.iter().enumerate().map(move |(nth, p)| ((at, nth), kind, p)));
    let queues = policies.map(|(place, kind, policy)| ComparedQueue {
        kind: kind.key.clone(),
        policy: policy.key.clone(),
        place,
        names: (kind.name.clone(), policy.name.clone()),
        changed: items.iter().filter(|changed| changed.place == place).count(),
        compared: compared(before, after, &Handoffs { kind: Some(place.0), policy: Some(place.1), ..of.clone() }),
    });
    Replay { queues: queues.collect(), all: compared(before, after, of), changed: items.len(), items }
}

fn compared(before: &Board, after: &Board, of: &Handoffs) -> Compared {
    Compared {
        before: line(before, of),
        after: line(after, of),
        missed_before: missed(before, of),
        missed_after: missed(after, of),
    }
}

/// The hand-offs that stand otherwise on the other board; both are in order of kind, record and beginning.
fn changed(before: &Board, after: &Board, of: &Handoffs) -> Vec<Changed> {
    let key = |item: &Item| (item.raised.kind, item.raised.record, item.raised.handoff.began_at);
    let (mut old, mut new) = (before.items.iter().peekable(), after.items.iter().peekable());
    let mut found = Vec::new();
    loop {
        let (was, is) = match (old.peek(), new.peek()) {
            (None, None) => return found,
            (Some(a), Some(b)) => match key(a).cmp(&key(b)) {
                std::cmp::Ordering::Less => (old.next(), None),
                std::cmp::Ordering::Equal => (old.next(), new.next()),
                std::cmp::Ordering::Greater => (None, new.next()),
            },
            (Some(_), None) => (old.next(), None),
            (None, Some(_)) => (None, new.next()),
        };
        let state = |item: Option<&Item>| item.map(|item| item.judged.state);
        let missed = |item: Option<&Item>| item.is_some_and(|item| is_missed(item.judged.state, item.judged.late));
        let counts = [was, is].into_iter().flatten().any(|item| of.has(item));
        let changes = state(was) != state(is) || missed(was) != missed(is);
        let Some(item) = is.or(was).filter(|_| counts && changes) else { continue };
        found.push(Changed {
            id: if is.is_some() { after.id(item) } else { before.id(item) },
            place: (item.raised.kind, item.policy),
            subject: String::new(),
            began_at: item.raised.handoff.began_at,
            before: state(was),
            after: state(is),
            missed_before: missed(was),
            missed_after: missed(is),
            seconds_used: item.judged.used.div_euclid(1_000),
            item: item.clone(),
        });
    }
}

fn missed(board: &Board, of: &Handoffs) -> HandoffFigure {
    let records = of.which(Which::Missed);
    let n = board.items.iter().filter(|item| records.has(item)).count() as u64;
    Figure { metric: "handoff_missed", value: Ok(Number::Count(n)), n, records }
}

/// Whether a hand-off missed its deadline through the team's own time.
pub(super) fn is_missed(state: State, late: bool) -> bool {
    late && matches!(state, State::Breached | State::MetLate | State::Returned)
}
