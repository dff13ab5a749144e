//! The rules that hold, as lists and scripts see them.

use crate::domain::calendar::{Calendar, runs};
use crate::domain::handoff::{Kind, Level, Own, Policy, Rules};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Hand-offs and their policies.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RulesShown {
    /// Whether they are the company's own; otherwise those that come with the program hold.
    pub own: bool,
    /// The hand-offs.
    pub kinds: Vec<KindShown>,
}

/// A hand-off.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct KindShown {
    /// Its key.
    pub key: String,
    /// The same, short.
    pub code: String,
    /// What it is called.
    pub name: crate::domain::funnel::Bilingual,
    /// The score from which on a person is handed over.
    pub score: Option<i64>,
    /// Days without a touch after which the record goes back to the pool.
    pub pool_days: Option<i64>,
    /// Teams and roles that receive it.
    pub teams: Vec<String>,
    /// Its policies.
    pub policies: Vec<PolicyShown>,
}

/// A policy.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PolicyShown {
    /// Its key.
    pub key: String,
    /// What it is called.
    pub name: crate::domain::funnel::Bilingual,
    /// Whether a high-intent action puts a record under it.
    pub high_intent: bool,
    /// The score that puts a record under it.
    pub score: Option<i64>,
    /// Business time to answer in.
    pub target_seconds: i64,
    /// Key of its calendar.
    pub calendar: String,
    /// Share of the target after which a hand-off is at risk.
    pub warn: f64,
    /// After how many seconds of business time past the deadline a breach goes to whom.
    pub escalate_seconds: BTreeMap<Level, i64>,
    /// Days from one attempt to the next.
    pub cadence: Vec<i64>,
}

/// A calendar.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CalendarShown {
    /// Its key.
    pub key: String,
    /// What it is called.
    pub name: crate::domain::funnel::Bilingual,
    /// Whether it is the company's own.
    pub own: bool,
    /// The zone its hours are meant in.
    pub zone: &'static str,
    /// Opening intervals by days of the week.
    pub hours: BTreeMap<String, Vec<String>>,
    /// Days off, in runs: `2026-10-01..2026-10-07`.
    pub holidays: Vec<String>,
    /// Working days that make up for them, in runs.
    pub working: Vec<String>,
    /// The last day whose holidays are known.
    pub known_until: Option<String>,
}

/// The hand-offs of these rules.
#[must_use]
pub fn rules_shown(rules: &Rules, own: &Own) -> RulesShown {
    let kind = |kind: &Kind| KindShown {
        key: kind.key.clone(),
        code: kind.code.clone(),
        name: kind.name.clone(),
        score: kind.score,
        pool_days: kind.pool_days,
        teams: kind.teams.clone(),
        policies: kind.policies.iter().map(|policy| shown(rules, policy)).collect(),
    };
    let is_own = own.kinds.as_deref().is_some_and(|kinds| kinds != Kind::shipped());
    RulesShown { own: is_own, kinds: rules.kinds.iter().map(kind).collect() }
}

fn shown(rules: &Rules, policy: &Policy) -> PolicyShown {
    PolicyShown {
        key: policy.key.clone(),
        name: policy.name.clone(),
        high_intent: policy.high_intent,
        score: policy.score,
        target_seconds: policy.target / 1_000,
        calendar: rules.calendar(policy).key.clone(),
        warn: policy.warn,
        escalate_seconds: policy.escalate.iter().map(|&(level, ms)| (level, ms / 1_000)).collect(),
        cadence: policy.cadence.clone(),
    }
}

/// The calendars of these rules.
#[must_use]
pub fn calendars_shown(rules: &Rules, own: &Own) -> Vec<CalendarShown> {
    let of_own: BTreeSet<&str> = own.calendars.iter().map(|calendar| calendar.key.as_str()).collect();
    let shown = |calendar: &Calendar| CalendarShown {
        key: calendar.key.clone(),
        name: calendar.name.clone(),
        own: of_own.contains(calendar.key.as_str()),
        zone: calendar.zone.name(),
        hours: calendar.weekly().into_iter().collect(),
        holidays: runs(&calendar.holidays),
        working: runs(&calendar.working),
        known_until: calendar.known_until.map(|day| day.to_string()),
    };
    rules.calendars().map(shown).collect()
}
