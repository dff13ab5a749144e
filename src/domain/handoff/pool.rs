//! The lead pool: a lead that nobody touches for so many days belongs to nobody again. That is read off what happened
//! and never written; whoever claims it from there begins anew.

use super::raise::Done;
use super::{Event, Kind};
use crate::domain::time::{DAY_MS, Instant};
use chrono_tz::Tz;

/// What holds for claims of a kind of hand-off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pool {
    /// Days without a touch after which a lead is back in the pool; it never is without them.
    pub days: Option<i64>,
    /// Days for which who had it last cannot claim it again.
    pub cooldown: i64,
    /// How many one person can claim on a day; any number without it.
    pub claims: Option<i64>,
    /// The zone whose midnight begins that day.
    pub zone: Tz,
    /// Teams and roles whose touches count.
    pub teams: Vec<String>,
}

impl Pool {
    /// What holds for a kind, in the zone of its calendar.
    #[must_use]
    pub fn of(kind: &Kind, zone: Tz) -> Self {
        let (days, cooldown) = (kind.pool_days, kind.cooldown_days.unwrap_or(0));
        Self { days, cooldown, claims: kind.claims, zone, teams: kind.teams.clone() }
    }

    /// Until when somebody cannot claim a lead: they had it when it went back to the pool last.
    #[must_use]
    pub fn barred_until(&self, stays: &[Stay], member: i64, at: Instant) -> Option<Instant> {
        let theirs = stays.iter().rfind(|stay| stay.from == member && stay.since <= at)?;
        let until = Instant(theirs.since.0.saturating_add(self.cooldown.saturating_mul(DAY_MS)));
        (at < until).then_some(until)
    }

    /// Whether two instants lie on one day.
    #[must_use]
    pub fn same_day(&self, a: Instant, b: Instant) -> bool {
        a.day_in(self.zone) == b.day_in(self.zone)
    }
}

/// Time that a lead is in the pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stay {
    /// When it went there.
    pub since: Instant,
    /// When somebody did something with it again.
    pub until: Option<Instant>,
    /// Who had it before.
    pub from: i64,
}

/// The stays of a lead in the pool: each time that its owner let so many days pass since the lead began to wait, was
/// touched, went to them or was to be touched again. A pause stops the days.
#[must_use]
pub fn stays(began: Instant, owner: Option<i64>, touches: &[Instant], done: &[Done], days: i64) -> Vec<Stay> {
    let mut signs: Vec<Sign> = touches.iter().map(|&at| Sign { at, alive: at, owner: None, resumes: false }).collect();
    signs.extend(done.iter().filter_map(Sign::of));
    signs.sort_by_key(|sign| sign.at);
    let falls = |alive: Instant| Instant(alive.0.saturating_add(days.saturating_mul(DAY_MS)));
    let (mut owner, mut alive) = (owner, began);
    let mut stays = Vec::new();
    for sign in signs {
        if let Some(from) = owner.filter(|_| falls(alive) < sign.at) {
            stays.push(Stay { since: falls(alive), until: Some(sign.at), from });
        }
        owner = sign.owner.unwrap_or(owner);
        // Nothing but its going on ends a pause.
        alive = if alive == FOR_EVER && !sign.resumes { FOR_EVER } else { sign.alive };
    }
    stays.extend(owner.filter(|_| alive != FOR_EVER).map(|from| Stay { since: falls(alive), until: None, from }));
    stays
}

/// The stays as what they mean to the clock: nobody has it, and then who had it before, unless it was assigned.
pub(super) fn events(stays: &[Stay]) -> impl Iterator<Item = (Instant, Event)> {
    stays.iter().flat_map(|stay| {
        let back = stay.until.map(|until| (until, Event::Pooled(Some(stay.from))));
        std::iter::once((stay.since, Event::Pooled(None))).chain(back)
    })
}

/// While a pause lasts.
const FOR_EVER: Instant = Instant(i64::MAX);

/// Something that keeps a lead out of the pool.
struct Sign {
    at: Instant,
    /// From when on the days are counted again.
    alive: Instant,
    /// Who has it from then on, where that changes.
    owner: Option<Option<i64>>,
    /// Whether a pause ends.
    resumes: bool,
}

impl Sign {
    fn of(done: &Done) -> Option<Self> {
        let owner = (done.word() == "assigned").then_some(done.member);
        let alive = match done.word() {
            "paused" => FOR_EVER,
            "next_touch" | "meeting_booked" => done.next_at.unwrap_or(done.at).max(done.at),
            "assigned" | "accepted" | "resumed" | "no_show" => done.at,
            _ => return None,
        };
        Some(Self { at: done.at, alive, owner, resumes: done.word() == "resumed" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::object::HANDOFF_EVENTS;

    fn day(n: i64) -> Instant {
        Instant(n * DAY_MS)
    }

    fn done(at: i64, word: &str, member: Option<i64>, next: Option<i64>) -> Done {
        let what = HANDOFF_EVENTS.iter().position(|known| *known == word).unwrap() as i64;
        Done { id: at, at: day(at), what, member, previous: None, next_at: next.map(day) }
    }

    fn told(attempts: &[i64], events: &[Done]) -> Vec<(i64, Option<i64>, i64)> {
        let attempts: Vec<Instant> = attempts.iter().map(|&at| day(at)).collect();
        let days = |at: Instant| at.0 / DAY_MS;
        let stays = stays(day(0), Some(1), &attempts, events, 14);
        stays.iter().map(|stay| (days(stay.since), stay.until.map(days), stay.from)).collect()
    }

    #[test]
    fn a_lead_goes_back_so_many_days_after_the_last_sign_of_life() {
        assert_eq!(told(&[], &[]), [(14, None, 1)]);
        assert_eq!(told(&[3, 10], &[]), [(24, None, 1)], "every touch counts the days anew");
        assert_eq!(told(&[20], &[]), [(14, Some(20), 1), (34, None, 1)], "a touch takes it out of the pool");
        assert_eq!(told(&[], &[done(20, "assigned", Some(2), None)]), [(14, Some(20), 1), (34, None, 2)]);
        assert!(told(&[], &[done(2, "assigned", None, None)]).is_empty(), "what nobody owns cannot go back");
        assert_eq!(
            told(&[1], &[done(2, "next_touch", Some(1), Some(40))]),
            [(54, None, 1)],
            "it is to be touched then"
        );
        assert!(told(&[6], &[done(5, "paused", None, None)]).is_empty());
        let paused = [done(5, "paused", None, None), done(50, "resumed", None, None)];
        assert_eq!(told(&[], &paused), [(64, None, 1)], "a pause stops the days");
    }

    #[test]
    fn who_had_it_cannot_claim_it_for_a_while() {
        let pool = Pool { days: Some(14), cooldown: 7, claims: None, zone: Tz::UTC, teams: Vec::new() };
        let stays = [Stay { since: day(14), until: None, from: 1 }];
        assert_eq!(pool.barred_until(&stays, 1, day(20)), Some(day(21)));
        assert_eq!(pool.barred_until(&stays, 1, day(21)), None);
        assert_eq!(pool.barred_until(&stays, 2, day(20)), None);
        assert_eq!(pool.barred_until(&stays, 1, day(13)), None, "it is not there yet");
    }

    #[test]
    fn a_day_begins_at_midnight_of_its_zone() {
        let pool = Pool { days: None, cooldown: 0, claims: None, zone: Tz::Asia__Shanghai, teams: Vec::new() };
        let hour = |h: i64| Instant(h * 3_600_000);
        assert!(pool.same_day(hour(0), hour(15)) && !pool.same_day(hour(15), hour(16)));
    }
}
