//! Hand-offs, judged: what waits for whom and until when, and how well the hand-overs go.

mod care;
mod heat;
mod ledger;
mod listed;
mod pauses;
mod records;
mod replay;
mod report;
mod response;
mod review;
mod rules;
mod seats;
mod slice;
mod summary;
mod team;
#[cfg(test)]
mod tests;
mod weeks;
mod work;

pub use care::{Care, care};
pub use heat::{Cell, Heat, Hour, heat};
use ledger::count_reasons;
pub use ledger::{Ledger, LedgerWeek, Marketing, Missed, Reason, Sales, Side, given_back, ledger};
pub use listed::{Listed, Listing};
pub use pauses::{PauseAudit, Saved, pauses};
pub use records::{Handoffs, Which, find};
pub use replay::{Changed, Compared, ComparedQueue, Replay, replay};
pub use report::{SlaReport, sla_report, worst};
pub use response::{Bucket, response};
pub use review::{Review, Told, Topic, newest_period, review};
pub use rules::{CalendarShown, KindShown, PolicyShown, RulesShown, calendars_shown, rules_shown};
pub use seats::{Staffing, Suggested, seats};
pub use slice::Slice;
pub use summary::{HandoffFigure, Line, Queue, Summary, summary};
pub use team::{Receiver, team};
pub use weeks::{Week, weeks};
pub use work::{Beside, Called, Key, Lead, Queued, Work, queued};

pub use summary::line;

use crate::domain::calendar::Hours;
use crate::domain::facts::Facts;
use crate::domain::funnel::Funnels;
use crate::domain::handoff::{Event, Judged, Kind, Level, Policy, Raised, Rules, State, Subject, judge, raised};
use crate::domain::object::Object;
use crate::domain::time::{DAY_MS, Instant};
use crate::domain::value::Id;
use std::collections::BTreeMap;

/// Hand-offs that one thread judges at a time: some milliseconds of work.
const BLOCK: usize = 8_192;

/// One hand-off, judged at an instant.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// What it is read from.
    pub raised: Raised,
    /// Place of its policy in its kind.
    pub policy: usize,
    /// How it stands.
    pub judged: Judged,
    /// Who has it now: nobody while it is in the pool, and whoever got it after the answer.
    pub owner: Option<i64>,
    /// Whether no later hand-off of the same kind and record exists: only then can something be done with it.
    pub is_last: bool,
}

impl Item {
    /// The record that is handed over.
    #[must_use]
    pub fn place(&self, rules: &Rules) -> (Object, Id) {
        let subject = rules.kinds.get(self.raised.kind).map(|kind| kind.subject);
        let object = if subject == Some(Subject::Deal) { Object::Opportunity } else { Object::Person };
        (object, Id(self.raised.record))
    }

    /// Whether it was given back; it may have come too late to be counted among those.
    #[must_use]
    pub fn is_given_back(&self) -> bool {
        let given_back = || self.raised.handoff.events.iter().any(|(_, event)| *event == Event::Returned);
        match self.judged.state {
            State::Returned => true,
            State::LateOnArrival => given_back(),
            _ => false,
        }
    }

    /// Whether someone still has to answer it.
    #[must_use]
    pub fn waits(&self) -> bool {
        self.is_last && self.judged.ended_at.is_none()
    }
}

/// All hand-offs of a store, judged by its rules.
#[derive(Debug, Clone, PartialEq)]
pub struct Board {
    /// The rules.
    pub rules: Rules,
    /// When it was judged.
    pub as_of: Instant,
    /// By kind, record and beginning.
    pub items: Vec<Item>,
    hours: BTreeMap<String, Hours>,
}

impl Board {
    /// Judges every hand-off at `now`.
    #[must_use]
    pub fn new(facts: &Facts, rules: Rules, funnels: &Funnels, now: Instant) -> Self {
        let all = raised(facts, &rules.kinds, funnels);
        Self::of(all, rules, now)
    }

    /// The same as long as somebody wants to know; `None` when nobody does any more.
    #[must_use]
    pub fn new_while(
        facts: &Facts,
        rules: Rules,
        funnels: &Funnels,
        now: Instant,
        goes_on: &dyn Fn() -> bool,
    ) -> Option<Self> {
        let all = raised(facts, &rules.kinds, funnels);
        Self::while_wanted(all, rules, now, goes_on).ok()
    }

    /// Judges these hand-offs at `now`.
    #[must_use]
    pub fn of(all: Vec<Raised>, rules: Rules, now: Instant) -> Self {
        Self::while_wanted(all, rules, now, &|| true).unwrap_or_else(|rules| Self::empty(rules, now))
    }

    /// The same as long as somebody wants to know; the rules again when nobody does any more.
    ///
    /// # Errors
    /// The rules.
    pub fn while_wanted(
        all: Vec<Raised>,
        rules: Rules,
        now: Instant,
        goes_on: &dyn Fn() -> bool,
    ) -> Result<Self, Rules> {
        let oldest = all.iter().map(|raised| raised.handoff.began_at).min().unwrap_or(now);
        let hours = rules.laid_out(oldest, now).into_iter().map(|(key, hours)| (key.to_owned(), hours)).collect();
        let mut board = Self { hours, ..Self::empty(rules, now) };
        let Some(judged) = board.judge_all(&all, goes_on) else { return Err(board.rules) };
        board.items.reserve(all.len());
        let mut all = all.into_iter().zip(judged).peekable();
        while let Some((raised, judged)) = all.next() {
            let is_last = all.peek().is_none_or(|(next, _)| (next.kind, next.record) != (raised.kind, raised.record));
            if let Some((policy, judged)) = judged {
                let owner = raised.handoff.owner_at(now);
                board.items.push(Item { raised, policy, judged, owner, is_last });
            }
        }
        Ok(board)
    }

    /// The same hand-offs as they stand at a later instant. What was over stays as it was, unless something lay ahead of
    /// the clock then: only the others are judged again.
    #[must_use]
    pub fn later(&self, now: Instant) -> Self {
        let oldest = self.items.iter().map(|item| item.raised.handoff.began_at).min().unwrap_or(now);
        let hours = self.rules.laid_out(oldest, now).into_iter().map(|(key, hours)| (key.to_owned(), hours)).collect();
        let mut board = Self { rules: self.rules.clone(), as_of: now, items: self.items.clone(), hours };
        let is_over = |item: &Item| {
            let ahead = item.raised.handoff.events.iter().any(|(at, _)| *at > self.as_of);
            item.judged.ended_at.is_some() && !ahead
        };
        let mut items = std::mem::take(&mut board.items);
        for item in items.iter_mut().filter(|item| !is_over(item)) {
            if let Some((policy, judged)) = board.judge(&item.raised, now) {
                (item.policy, item.judged, item.owner) = (policy, judged, item.raised.handoff.owner_at(now));
            }
        }
        Self { items, ..board }
    }

    const fn empty(rules: Rules, now: Instant) -> Self {
        Self { rules, as_of: now, items: Vec::new(), hours: BTreeMap::new() }
    }

    /// How each of these stands, in their order; `None` when nobody wants to know any more. Each is judged by itself, so
    /// every core takes its part.
    fn judge_all(&self, all: &[Raised], goes_on: &dyn Fn() -> bool) -> Option<Vec<Option<(usize, Judged)>>> {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let mut judged = Vec::with_capacity(all.len());
        for block in all.chunks(BLOCK * cores) {
            if !goes_on() {
                return None;
            }
            let judge = |part: &[Raised]| part.iter().map(|raised| self.judge(raised, self.as_of)).collect::<Vec<_>>();
            if block.len() <= BLOCK {
                judged.extend(judge(block));
                continue;
            }
            std::thread::scope(|scope| {
                let judge = &judge;
                let parts: Vec<_> = block.chunks(BLOCK).map(|part| (part, scope.spawn(move || judge(part)))).collect();
                // A thread that could not do its part leaves it to this one.
                parts
                    .into_iter()
                    .for_each(|(part, thread)| judged.extend(thread.join().unwrap_or_else(|_| judge(part))));
            });
        }
        Some(judged)
    }

    /// How a hand-off stands at another instant: for the countdown, which asks nothing of the store.
    #[must_use]
    pub fn judge(&self, raised: &Raised, now: Instant) -> Option<(usize, Judged)> {
        let kind = self.kind(raised)?;
        let at = kind.policies.iter().position(|policy| policy.holds(raised.high_intent, raised.score))?;
        let policy = kind.policies.get(at)?;
        let hours = self.hours.get(&self.rules.calendar(policy).key)?;
        Some((at, judge(&raised.handoff, policy, hours, now)))
    }

    /// The kind of a hand-off.
    #[must_use]
    pub fn kind(&self, raised: &Raised) -> Option<&Kind> {
        self.rules.kinds.get(raised.kind)
    }

    /// The policy of a hand-off.
    #[must_use]
    pub fn policy(&self, item: &Item) -> Option<&Policy> {
        self.kind(&item.raised)?.policies.get(item.policy)
    }

    /// The business time of a hand-off's calendar.
    #[must_use]
    pub fn hours(&self, item: &Item) -> Option<&Hours> {
        self.hours.get(&self.rules.calendar(self.policy(item)?).key)
    }

    /// When those who receive a kind are at work next.
    #[must_use]
    pub fn opens(&self, kind: &Kind) -> Option<Instant> {
        self.hours.get(&self.rules.calendar(kind.policies.first()?).key)?.opens(self.as_of)
    }

    /// How a hand-off is called on the command line: `ms-123`.
    #[must_use]
    pub fn id(&self, item: &Item) -> String {
        let code = self.kind(&item.raised).map_or("", |kind| kind.code.as_str());
        format!("{code}-{}", item.raised.record)
    }

    /// The hand-off of this name that something can be done with.
    #[must_use]
    pub fn called(&self, id: &str) -> Option<&Item> {
        let (code, record) = id.trim().rsplit_once('-')?;
        let record: i64 = record.parse().ok()?;
        let is_it = |item: &&Item| {
            let kind = self.kind(&item.raised);
            item.is_last
                && item.raised.record == record
                && kind.is_some_and(|kind| kind.code == code || kind.key == code)
        };
        self.items.iter().find(is_it)
    }

    /// What waits, by what breaches next; what is paused comes last.
    #[must_use]
    pub fn queue(&self) -> Vec<&Item> {
        let mut waiting: Vec<&Item> = self.items.iter().filter(|item| item.waits()).collect();
        waiting.sort_by_key(|item| {
            let judged = &item.judged;
            // What nobody could have met is no breach of ours: it comes after what is.
            let late = judged.state == State::LateOnArrival;
            (
                late,
                judged.due_at.is_none(),
                judged.due_at,
                item.raised.handoff.began_at,
                item.raised.kind,
                item.raised.record,
            )
        });
        waiting
    }

    /// To whom the breach of a hand-off has gone by `now`; nobody before the deadline.
    #[must_use]
    pub fn escalated(&self, item: &Item, now: Instant) -> Option<Level> {
        let (due, hours) = (item.judged.due_at?, self.hours(item)?);
        if item.judged.state != State::Breached || now <= due {
            return None;
        }
        let over = hours.business_time_between(due, now);
        let steps = self.policy(item)?.escalate.iter();
        steps.rev().find(|(_, after)| over >= *after).map(|&(level, _)| level)
    }

    /// What comes next for a hand-off that was answered: a touch, as someone set it since the last one or by the cadence
    /// of its policy, at the next opening. After the last touch of the cadence one waits as long as before it; then it
    /// is over.
    #[must_use]
    pub fn next_step(&self, item: &Item) -> Option<Due> {
        let last = *item.raised.attempts.last()?;
        if !item.is_last || item.raised.handoff.over_at(self.as_of).is_some() {
            return None;
        }
        let set = item.raised.done.iter().rfind(|done| done.word() == "next_touch" && done.at >= last);
        if let Some(set) = set {
            return set.next_at.map(|at| Due { at, is_over: false });
        }
        let cadence = &self.policy(item)?.cadence;
        let next = cadence.get(item.raised.attempts.len() - 1);
        let days = *next.or_else(|| cadence.last())?;
        let at = self.hours(item)?.opens(Instant(last.0.saturating_add(days.saturating_mul(DAY_MS))))?;
        Some(Due { at, is_over: next.is_none() })
    }

    /// When the next touch of an answered hand-off is due.
    #[must_use]
    pub fn next_touch(&self, item: &Item) -> Option<Instant> {
        let is_pooled = item.raised.pooled(self.as_of).is_some();
        self.next_step(item).filter(|due| !due.is_over && !is_pooled).map(|due| due.at)
    }
}

/// The next step with an answered hand-off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// When it is to be taken.
    pub at: Instant,
    /// Whether the cadence is over: it is returned or kept, and no longer touched by plan.
    pub is_over: bool,
}
