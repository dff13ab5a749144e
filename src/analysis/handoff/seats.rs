//! Who can take the next hand-off: how much each receiver got of late, and whether they are at work.

use super::{Board, Item, Lead, Work};
use crate::domain::facts::Facts;
use crate::domain::handoff::{Seat, State, suggest, team};
use crate::domain::time::{DAY_MS, Instant};
use chrono_tz::Tz;
use std::collections::BTreeMap;

/// Hand-offs that someone of unknown capacity can take in a week.
const CAPACITY: i64 = 40;
/// What somebody got in this time is their load.
const WEEK_MS: i64 = 7 * DAY_MS;

/// What is known of someone's time, beside the facts; days are counted since 1970.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Staffing {
    /// Hand-offs they can take in a week.
    pub capacity: Option<i64>,
    /// The day on which they left.
    pub left: Option<i64>,
    /// First and last days of leave; without a last day it still lasts.
    pub leave: Vec<(i64, Option<i64>)>,
    /// Where they work; where the calendar is, when nobody says.
    pub zone: Option<Tz>,
}

impl Staffing {
    /// Whether they are not at work on this day of theirs.
    #[must_use]
    pub fn is_away(&self, day: i64) -> bool {
        let on_leave = |&(first, last): &(i64, Option<i64>)| first <= day && last.is_none_or(|last| day <= last);
        self.left.is_some_and(|left| left <= day) || self.leave.iter().any(on_leave)
    }
}

/// The seats of the receivers of every kind: who is away is told by the day on which work begins next, for a lead that
/// comes after closing time waits until then.
#[must_use]
pub fn seats(board: &Board, facts: &Facts, staff: &BTreeMap<i64, Staffing>) -> Vec<Vec<Seat>> {
    let got = received(board);
    let nothing = Staffing::default();
    let of_kind = |(at, kind): (usize, &crate::domain::handoff::Kind)| {
        let receivers = team(facts, kind);
        let calendar = kind.policies.first().map(|policy| board.rules.calendar(policy));
        let opens = board.opens(kind).unwrap_or(board.as_of);
        let day = |zone: Option<Tz>| {
            let zone = zone.or(calendar.map(|calendar| calendar.zone)).unwrap_or(Tz::UTC);
            Instant::at_midnight(opens.day_in(zone)).0.div_euclid(DAY_MS)
        };
        let is_one = |(id, member): &(&i64, &crate::domain::facts::MemberFact)| match &receivers {
            Some(team) => team.contains(id),
            None => !member.named_only,
        };
        let seat = |(&member, _): (&i64, _)| {
            let known = staff.get(&member).unwrap_or(&nothing);
            let (load, last) = got.get(&(at, member)).copied().unwrap_or_default();
            let capacity = known.capacity.unwrap_or(CAPACITY);
            Seat { member, capacity, load, away: known.is_away(day(known.zone)), last }
        };
        facts.members.iter().filter(is_one).map(seat).collect()
    };
    board.rules.kinds.iter().enumerate().map(of_kind).collect()
}

/// How many hand-offs each got in the last week, and when the last one, by kind and member.
pub(super) fn received(board: &Board) -> BTreeMap<(usize, i64), (i64, Option<Instant>)> {
    let since = Instant(board.as_of.0 - WEEK_MS);
    let mut got: BTreeMap<(usize, i64), (i64, Option<Instant>)> = BTreeMap::new();
    for item in &board.items {
        let Some((owner, at)) = item.judged.owner.map(|owner| (owner, since_when(item))) else { continue };
        let (load, last) = got.entry((item.raised.kind, owner)).or_default();
        *load += i64::from(at >= since);
        *last = (*last).max(Some(at));
    }
    got
}

/// When its owner got a hand-off.
fn since_when(item: &Item) -> Instant {
    let assigned = item.raised.done.iter().rfind(|done| done.word() == "assigned");
    assigned.map_or(item.raised.handoff.began_at, |done| done.at)
}

/// Who is to get a hand-off, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Suggested {
    /// The owner of the account.
    Keeper(i64),
    /// Who has most room: id, hand-offs of the last week, and how many they can take.
    Free(i64, i64, i64),
}

impl Suggested {
    /// Id of the member.
    #[must_use]
    pub const fn member(self) -> i64 {
        match self {
            Self::Keeper(member) | Self::Free(member, ..) => member,
        }
    }
}

impl Work {
    /// Who is to get a hand-off: the owner of its account when that is a receiver at work, otherwise who has most room.
    #[must_use]
    pub fn suggested(&self, lead: &Lead) -> Option<Suggested> {
        let seats = self.seats.get(lead.item.raised.kind)?;
        let at_work = |member: &i64| seats.iter().any(|seat| seat.member == *member && !seat.away);
        if let Some(keeper) = lead.keeper.filter(at_work) {
            return Some(Suggested::Keeper(keeper));
        }
        let seat = seats.iter().find(|seat| Some(seat.member) == suggest(seats))?;
        Some(Suggested::Free(seat.member, seat.load, seat.capacity))
    }

    /// The hand-offs that somebody owns and that still wait, each with who is to get it: one after the other, so that
    /// each sees what the one before took. Without anyone who has room it goes back to the pool.
    #[must_use]
    pub fn redistributed(&self, from: i64) -> Vec<(&Lead, Option<i64>)> {
        let theirs = self.leads.iter().filter(|lead| lead.item.waits() && lead.item.owner == Some(from));
        self.spread(theirs, Some(from))
    }

    /// What nobody owns and somebody can have, each with who is to get it: what breaches next comes first. Left out is
    /// what nobody has room for, what was late on arrival, and what is in the pool, from which people claim.
    #[must_use]
    pub fn routed(&self) -> Vec<(&Lead, i64)> {
        let counts = |item: &Item| item.judged.state != State::LateOnArrival && self.board.pooled(item).is_none();
        let is_free = |lead: &&Lead| lead.item.waits() && lead.item.owner.is_none() && counts(&lead.item);
        let free = self.leads.iter().filter(is_free);
        let spread = self.spread(free, None).into_iter();
        spread.filter_map(|(lead, to)| Some((lead, to?))).collect()
    }

    /// Who is to get each of these, one after the other, but for one member: the owner of the account, as long as they
    /// are at work, otherwise who has most room.
    pub fn spread<'w>(
        &self,
        leads: impl Iterator<Item = &'w Lead>,
        without: Option<i64>,
    ) -> Vec<(&'w Lead, Option<i64>)> {
        let mut seats = self.seats.clone();
        seats.iter_mut().for_each(|seats| seats.retain(|seat| Some(seat.member) != without));
        let mut given: BTreeMap<i64, i64> = BTreeMap::new();
        let mut hand = |lead: &Lead| {
            // Whoever is handed over twice, by marketing and by the product, goes to one.
            if let Some(member) = given.get(&lead.item.raised.record) {
                return Some(*member);
            }
            let seats = seats.get_mut(lead.item.raised.kind)?;
            let keeps = |seat: &Seat| Some(seat.member) == lead.keeper && !seat.away;
            let next = seats.iter().find(|seat| keeps(seat)).map(|seat| seat.member).or_else(|| suggest(seats))?;
            let seat = seats.iter_mut().find(|seat| seat.member == next)?;
            (seat.load, seat.last) = (seat.load + 1, Some(self.board.as_of));
            given.insert(lead.item.raised.record, next);
            Some(next)
        };
        leads.map(|lead| (lead, hand(lead))).collect()
    }
}
