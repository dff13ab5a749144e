//! What a team works through: its hand-offs in queues, each with what its record is called.

use super::{Board, Handoffs, Item, Line, Staffing, Which, line, seats};
use crate::domain::facts::{Facts, known};
use crate::domain::handoff::{Seat, State};
use crate::domain::matching::Folded;
use crate::domain::object::Object;
use crate::domain::time::{DAY_MS, Instant};
use crate::domain::value::Id;
use std::collections::BTreeMap;

/// What was given back longer ago than this is in no queue any more.
const RETURNED_MS: i64 = 30 * DAY_MS;
/// Days after which a record without a touch is back in the pool, where its kind does not say.
const POOL_DAYS: i64 = 14;
/// The figures below the queues are of hand-offs that began in this time.
const RECENT_MS: i64 = 30 * DAY_MS;

/// What tells the last hand-off of a kind and record from the others: the place of its kind, and the id of its record.
pub type Key = (usize, i64);

/// A queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Slice {
    /// Everything that waits and whose clock counts.
    #[default]
    All,
    /// What waits under a policy: place of the kind, and of the policy in it.
    Policy(usize, usize),
    /// What waits and was past its deadline before its export came.
    LateOnArrival,
    /// What was answered, and the next touch is due.
    NextTouch,
    /// What was given back of late.
    Returned,
}

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
    /// When the next touch is due.
    pub next_touch: Option<Instant>,
    /// Who owns the account of its record.
    pub keeper: Option<i64>,
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
    /// Those of the queues: what waits by what breaches next, then what is to be touched again by when that is due,
    /// then what was given back, the newest first.
    pub leads: Vec<Lead>,
    /// How the hand-offs of the last 30 days go.
    pub recent: Line,
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
    // Nobody waits for a touch that should have been long ago: the record is back in the pool.
    let pool = |item: &Item| board.kind(&item.raised).and_then(|kind| kind.pool_days).unwrap_or(POOL_DAYS) * DAY_MS;
    let is_due = |item: &Item, at: Instant| at <= now && now.0 - at.0 <= pool(item);
    let due =
        rest().filter_map(|item| Some((item.clone(), Some(board.next_touch(item).filter(|at| is_due(item, *at))?))));
    let mut due: Vec<Queued> = due.collect();
    due.sort_by_key(|(item, at)| (*at, item.raised.record));
    let given_back = |item: &&Item| {
        let at = item.judged.ended_at.unwrap_or_default();
        item.judged.state == State::Returned && now.0 - at.0 <= RETURNED_MS
    };
    let mut returned: Vec<Queued> = rest().filter(given_back).map(|item| (item.clone(), None)).collect();
    returned.sort_by_key(|(item, _)| (std::cmp::Reverse(item.judged.ended_at), item.raised.record));
    all.extend(due);
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

/// A hand-off of a queue, and when its next touch is due.
pub type Queued = (Item, Option<Instant>);

impl Work {
    /// The hand-offs that stand in queues; `(names, staff, reasons)` is what the facts do not tell.
    #[must_use]
    pub fn new(board: Board, facts: &Facts, queued: Vec<Queued>, (names, staff, reasons): Beside<'_>) -> Self {
        let members: BTreeMap<i64, String> =
            facts.members.iter().map(|(&id, member)| (id, member.name.clone())).collect();
        let lead = |(item, next_touch): Queued| {
            let (object, id) = item.place(&board.rules);
            let called = names.get(&id).cloned().unwrap_or_default();
            let owner = item.judged.owner.and_then(|owner| members.get(&owner));
            let found_by = [Some(&called.name), called.company.as_ref(), called.source.as_ref(), owner];
            let text = Folded::of_fields(found_by.into_iter().flatten().map(String::as_str));
            Lead { item, text, called, next_touch, keeper: keeper(facts, object, id) }
        };
        let leads = queued.into_iter().map(lead).collect();
        let (recent, seats) = (recent(&board), seats(&board, facts, staff));
        Self { leads, recent, seats, members, reasons: reasons.clone(), board }
    }

    /// The queues that there are: every policy under which there was ever anything.
    #[must_use]
    pub fn slices(&self) -> Vec<Slice> {
        let kinds = self.board.rules.kinds.iter().enumerate();
        let policies = kinds.flat_map(|(kind, of)| (0..of.policies.len()).map(move |policy| (kind, policy)));
        let used: std::collections::HashSet<(usize, usize)> =
            self.board.items.iter().map(|item| (item.raised.kind, item.policy)).collect();
        let policies = policies.filter(|of| used.contains(of)).map(|(kind, policy)| Slice::Policy(kind, policy));
        let rest = [Slice::LateOnArrival, Slice::NextTouch, Slice::Returned];
        std::iter::once(Slice::All).chain(policies).chain(rest).collect()
    }

    /// Whether a hand-off stands in a queue.
    #[must_use]
    pub fn is_in(&self, lead: &Lead, slice: Slice) -> bool {
        let item = &lead.item;
        let counts = item.waits() && item.judged.state != State::LateOnArrival;
        match slice {
            Slice::All => counts,
            Slice::Policy(kind, policy) => counts && (item.raised.kind, item.policy) == (kind, policy),
            Slice::LateOnArrival => item.waits() && item.judged.state == State::LateOnArrival,
            Slice::NextTouch => lead.next_touch.is_some(),
            Slice::Returned => item.judged.state == State::Returned && !item.waits(),
        }
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
            Slice::LateOnArrival => Handoffs::default().which(Which::State(State::LateOnArrival)),
            Slice::Returned => Handoffs::default().which(Which::State(State::Returned)),
            Slice::All | Slice::NextTouch => Handoffs::default(),
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
