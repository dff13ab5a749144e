//! What a team works through: its hand-offs in queues, each with what its record is called.

use super::slice::RECENT_MS;
use super::{Board, Care, Due, Handoffs, Item, Line, Slice, Staffing, Which, care, line, seats};
use crate::domain::facts::{Facts, known};
use crate::domain::handoff::{Seat, State};
use crate::domain::matching::Folded;
use crate::domain::object::Object;
use crate::domain::time::{DAY_MS, Instant};
use crate::domain::value::Id;
use std::collections::BTreeMap;

/// Customers are told of over this time: few deals are signed in a month.
const YEAR_MS: i64 = 365 * DAY_MS;

/// What tells the last hand-off of a kind and record from the others: the place of its kind, and the id of its record.
pub type Key = (usize, i64);

/// What a record is called.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Called {
    /// The person or the deal.
    pub name: String,
    /// The company.
    pub company: Option<String>,
    /// Where a person comes from.
    pub source: Option<String>,
}

/// A hand-off of a queue.
#[derive(Debug, Clone, PartialEq)]
pub struct Lead {
    /// The hand-off.
    pub item: Item,
    /// What its record is called.
    pub called: Called,
    /// The next step, once it is due.
    pub due: Option<Due>,
    /// Who owns the account of its record.
    pub keeper: Option<i64>,
    /// Who sold a deal, and assists customer success in its first days.
    pub assists: Option<i64>,
    /// What it is found by.
    pub text: Folded,
}

impl Lead {
    /// What tells it from the others.
    #[must_use]
    pub const fn key(&self) -> Key {
        (self.item.raised.kind, self.item.raised.record)
    }
}

/// Everything that a team has to do.
#[derive(Debug, Clone, PartialEq)]
pub struct Work {
    /// The hand-offs, and the rules they are judged by.
    pub board: Board,
    /// Those of the queues: what waits by what breaches next, then what is to be touched again by when that is due, then
    /// what went back to the pool and what is shared by sales and customer success, then what was given back, the newest
    /// first.
    pub leads: Vec<Lead>,
    /// How the hand-offs of the last 30 days go.
    pub recent: Line,
    /// How customers fared in the last twelve months.
    pub care: Care,
    /// Names of the team.
    pub members: BTreeMap<i64, String>,
    /// Who can take the next hand-off, by kind.
    pub seats: Vec<Vec<Seat>>,
    /// The reasons that were given of late, the newest first: for what was given back, and for pauses.
    pub reasons: [Vec<String>; 2],
}

/// The hand-offs of a board that stand in queues, in the order of [`Work::leads`].
#[must_use]
pub fn queued(board: &Board) -> Vec<Queued> {
    let now = board.as_of;
    let mut all: Vec<Queued> = board.queue().into_iter().map(|item| (item.clone(), None)).collect();
    let rest = || board.items.iter().filter(|item| item.is_last && !item.waits());
    // Nobody waits for a touch of what is back in the pool.
    let step = |item: &Item| board.next_step(item).filter(|due| due.at <= now && item.raised.pooled(now).is_none());
    let mut due: Vec<Queued> = rest().filter_map(|item| Some((item.clone(), Some(step(item)?)))).collect();
    due.sort_by_key(|(item, due)| (due.map(|due| due.at), item.raised.record));
    all.extend(due);
    let plain =
        |is_in: &dyn Fn(&Item) -> bool| rest().filter(|item| is_in(item)).map(|item| (item.clone(), None)).collect();
    let mut pooled: Vec<Queued> = plain(&|item| board.pooled(item).is_some());
    pooled.sort_by_key(|(item, _)| (std::cmp::Reverse(board.pooled(item).map(|stay| stay.since)), item.raised.record));
    all.extend(pooled);
    let mut shared: Vec<Queued> = plain(&|item| board.shared_day(item, now).is_some());
    shared.sort_by_key(|(item, _)| (item.raised.handoff.began_at, item.raised.record));
    all.extend(shared);
    let given_back = |item: &Item| {
        let at = item.judged.ended_at.unwrap_or_default();
        item.judged.state == State::Returned && now.0 - at.0 <= RECENT_MS
    };
    let mut returned: Vec<Queued> = plain(&given_back);
    returned.sort_by_key(|(item, _)| (std::cmp::Reverse(item.judged.ended_at), item.raised.record));
    all.extend(returned);
    all
}

/// How the hand-offs of the last 30 days go.
#[must_use]
fn recent(board: &Board) -> Line {
    let (from, to) = (Instant(board.as_of.0 - RECENT_MS), Instant(board.as_of.0 + 1));
    line(board, &Handoffs { began: Some((from, to)), ..Handoffs::default() })
}

/// What the facts do not tell: what records are called, who is at work, and the reasons that were given.
pub type Beside<'b> = (&'b BTreeMap<Id, Called>, &'b BTreeMap<i64, Staffing>, &'b [Vec<String>; 2]);

/// A hand-off of a queue, and its next step where that is due.
pub type Queued = (Item, Option<Due>);

impl Work {
    /// The hand-offs that stand in queues; `(names, staff, reasons)` is what the facts do not tell.
    #[must_use]
    pub fn new(board: Board, facts: &Facts, queued: Vec<Queued>, (names, staff, reasons): Beside<'_>) -> Self {
        let members: BTreeMap<i64, String> =
            facts.members.iter().map(|(&id, member)| (id, member.name.clone())).collect();
        let lead = |(item, due): Queued| {
            let (object, id) = item.place(&board.rules);
            let called = names.get(&id).cloned().unwrap_or_default();
            let owner = item.owner.and_then(|owner| members.get(&owner));
            let found_by = [Some(&called.name), called.company.as_ref(), called.source.as_ref(), owner];
            let text = Folded::of_fields(found_by.into_iter().flatten().map(String::as_str));
            Lead { item, text, called, due, keeper: keeper(facts, object, id), assists: seller(facts, object, id) }
        };
        let leads = queued.into_iter().map(lead).collect();
        let (recent, seats) = (recent(&board), seats(&board, facts, staff));
        let care = care(facts, Some((Instant(board.as_of.0 - YEAR_MS), Instant(board.as_of.0 + 1))), board.as_of);
        Self { leads, recent, care, seats, members, reasons: reasons.clone(), board }
    }

    /// The queues that there are.
    #[must_use]
    pub fn slices(&self) -> Vec<Slice> {
        self.board.slices()
    }

    /// Whether a hand-off stands in a queue.
    #[must_use]
    pub fn is_in(&self, lead: &Lead, slice: Slice) -> bool {
        self.board.is_in(&lead.item, lead.due, slice)
    }

    /// The hand-offs of a queue with their places among all, in the order in which it is worked through.
    #[must_use]
    pub fn queue(&self, slice: Slice) -> Vec<(usize, &Lead)> {
        let inside = self.leads.iter().enumerate().filter(|(_, lead)| self.is_in(lead, slice));
        let mut queue: Vec<(usize, &Lead)> = inside.collect();
        queue.sort_by_key(|(_, lead)| self.board.rank(&lead.item, slice));
        queue
    }

    /// First and last instant of the time that [`Work::care`] is of.
    #[must_use]
    pub fn year(&self) -> [Instant; 2] {
        [Instant(self.board.as_of.0 - YEAR_MS), self.board.as_of]
    }

    /// First and last instant of the time that [`Work::recent`] is of.
    #[must_use]
    pub fn recent_days(&self) -> [Instant; 2] {
        [Instant(self.board.as_of.0 - RECENT_MS), self.board.as_of]
    }

    /// How many hand-offs stand in a queue, and how many of them are breached at `now`.
    #[must_use]
    pub fn counts(&self, slice: Slice, now: Instant) -> (usize, usize) {
        let inside = self.leads.iter().filter(|lead| self.is_in(lead, slice));
        inside.fold((0, 0), |(all, breached), lead| (all + 1, breached + usize::from(self.is_breached(lead, now))))
    }

    /// How many hand-offs are breached at `now`.
    #[must_use]
    pub fn breached(&self, now: Instant) -> usize {
        self.counts(Slice::All, now).1
    }

    /// Whether the deadline of a hand-off that waits has passed by `now`; those that cannot have breached since the
    /// board was judged are not judged again.
    #[must_use]
    pub fn is_breached(&self, lead: &Lead, now: Instant) -> bool {
        let judged = &lead.item.judged;
        match judged.state {
            State::Breached => true,
            State::AtRisk | State::OnTrack if judged.due_at.is_some_and(|due| due < now) => {
                let again = self.board.judge(&lead.item.raised, now);
                again.is_some_and(|(_, judged)| judged.state == State::Breached)
            }
            _ => false,
        }
    }

    /// Whether it is under a policy of high-intent actions.
    #[must_use]
    pub fn is_hot(&self, lead: &Lead) -> bool {
        self.board.policy(&lead.item).is_some_and(|policy| policy.high_intent)
    }

    /// The record of a hand-off.
    #[must_use]
    pub fn place(&self, lead: &Lead) -> (Object, Id) {
        lead.item.place(&self.board.rules)
    }

    /// What somebody of the team is called.
    #[must_use]
    pub fn member(&self, id: i64) -> &str {
        self.members.get(&id).map_or("", String::as_str)
    }

    /// The hand-offs that a figure of a queue counts.
    #[must_use]
    pub fn of(&self, slice: Slice) -> Handoffs {
        match slice {
            Slice::Policy(kind, policy) => Handoffs { kind: Some(kind), policy: Some(policy), ..Handoffs::default() },
            Slice::Form(kind) | Slice::Kickoff(kind) => Handoffs { kind: Some(kind), ..Handoffs::default() },
            Slice::Escalated => Handoffs::default().which(Which::State(State::Breached)),
            Slice::LateOnArrival => Handoffs::default().which(Which::State(State::LateOnArrival)),
            Slice::Returned => Handoffs::default().which(Which::State(State::Returned)),
            Slice::All | Slice::Shared | Slice::NextTouch | Slice::Pool => Handoffs::default(),
        }
    }
}

/// Who owns the account of a person.
fn keeper(facts: &Facts, object: Object, id: Id) -> Option<i64> {
    if object != Object::Person {
        return None;
    }
    let cell = |column: &[i64], row: usize| column.get(row).copied().and_then(known);
    let account = cell(&facts.people.account, facts.people.find(id.0)?)?;
    cell(&facts.accounts.owner, facts.accounts.find(account)?)
}

/// Who owns a deal.
pub(super) fn seller(facts: &Facts, object: Object, id: Id) -> Option<i64> {
    let row = (object == Object::Opportunity).then(|| facts.opportunities.find(id.0)).flatten()?;
    facts.opportunities.owner.get(row).copied().and_then(known)
}
