//! Hand-offs and policies as people write them; `assets/catalog/handoffs.toml` says what each word means.

use super::{Begins, Ends, Kind, Level, Policy, Subject};
use crate::domain::calendar;
use crate::domain::funnel::Bilingual;
use crate::domain::message::{Message, Tell};
use serde::Deserialize;
use std::collections::BTreeSet;

const MINUTE_MS: i64 = 60_000;
/// More days, or claims on a day, than this are a slip of the pen.
const MOST: i64 = 10_000;

/// Why a text is no hand-off.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Mistake {
    /// It is not TOML, or has a name that nothing is known by.
    #[error("no hand-offs: {0}")]
    Syntax(String),
    /// Not a length of time, or none at all.
    #[error("policy {policy}: no target {text}")]
    Target {
        /// Of which policy.
        policy: String,
        /// As it was written.
        text: String,
    },
    /// A share that is not one.
    #[error("policy {0}: the share to warn at is not between 0 and 1")]
    Warn(String),
    /// No policy takes what the others leave.
    #[error("hand-off {0}: the last policy has conditions")]
    Open(String),
    /// A calendar that nobody has defined.
    #[error("no calendar {calendar}")]
    Calendar {
        /// As it was written.
        calendar: String,
        /// Those that there are.
        known: String,
    },
    /// A calendar of the company's own that cannot be read.
    #[error(transparent)]
    Calendars(#[from] calendar::Mistake),
    /// Days or a number that cannot be.
    #[error("hand-off {handoff}: {field} = {value}")]
    Number {
        /// Of which hand-off.
        handoff: String,
        /// What it is the number of.
        field: &'static str,
        /// As it was written.
        value: i64,
        /// The least that it can be.
        least: i64,
    },
    /// Two of one key.
    #[error("two {0}")]
    Twice(String),
}

impl Tell for Mistake {
    fn tell(&self) -> Message {
        match self {
            Self::Syntax(reason) => Message::new("error-handoff-syntax").with("reason", reason),
            Self::Target { policy, text } => {
                Message::new("error-handoff-target").with("policy", policy).with("text", text)
            }
            Self::Warn(policy) => Message::new("error-handoff-warn").with("policy", policy),
            Self::Open(handoff) => Message::new("error-handoff-open").with("handoff", handoff),
            Self::Calendar { calendar, known } => {
                Message::new("error-handoff-calendar").with("calendar", calendar).with("known", known)
            }
            Self::Calendars(mistake) => mistake.tell(),
            Self::Number { handoff, field, value, least } => Message::new("error-handoff-number")
                .with("handoff", handoff)
                .with("field", field)
                .with("value", value)
                .with("least", least),
            Self::Twice(key) => Message::new("error-handoff-twice").with("key", key),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    handoff: Vec<WrittenKind>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenKind {
    key: String,
    code: String,
    name: Bilingual,
    short: Bilingual,
    subject: Subject,
    begins: Begins,
    score: Option<i64>,
    ends: Ends,
    teams: Vec<String>,
    pool: Option<i64>,
    cooldown: Option<i64>,
    claims: Option<i64>,
    policy: Vec<WrittenPolicy>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenPolicy {
    key: String,
    name: Bilingual,
    #[serde(default)]
    high_intent: bool,
    score: Option<i64>,
    target: String,
    calendar: Option<String>,
    #[serde(default = "three_quarters")]
    warn: f64,
    #[serde(default)]
    escalate: Escalation,
    #[serde(default)]
    cadence: Vec<i64>,
}

fn three_quarters() -> f64 {
    0.75
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Escalation {
    owner: Option<String>,
    lead: Option<String>,
    manager: Option<String>,
}

impl Kind {
    /// The hand-offs of a file.
    ///
    /// # Errors
    /// What is wrong first; nothing is guessed.
    pub fn read(text: &str) -> Result<Vec<Self>, Mistake> {
        let file: File = toml::from_str(text).map_err(|error| Mistake::Syntax(error.message().to_owned()))?;
        let kinds: Vec<Self> = file.handoff.into_iter().map(kind).collect::<Result<_, _>>()?;
        distinct(kinds.iter().map(|kind| kind.key.as_str()))?;
        distinct(kinds.iter().map(|kind| kind.code.as_str()))?;
        Ok(kinds)
    }
}

fn kind(written: WrittenKind) -> Result<Kind, Mistake> {
    let policies: Vec<Policy> = written.policy.into_iter().map(policy).collect::<Result<_, _>>()?;
    distinct(policies.iter().map(|policy| policy.key.as_str()))?;
    if !policies.last().is_some_and(|last| last.holds(false, None)) {
        return Err(Mistake::Open(written.key));
    }
    let numbers = [("pool", written.pool, 1), ("cooldown", written.cooldown, 0), ("claims", written.claims, 1)];
    for (field, value, least) in numbers {
        if let Some(value) = value.filter(|value| !(least..=MOST).contains(value)) {
            return Err(Mistake::Number { handoff: written.key, field, value, least });
        }
    }
    Ok(Kind {
        key: written.key,
        code: written.code,
        name: written.name,
        short: written.short,
        subject: written.subject,
        begins: written.begins,
        score: written.score,
        ends: written.ends,
        teams: written.teams,
        pool_days: written.pool,
        cooldown_days: written.cooldown,
        claims: written.claims,
        policies,
    })
}

fn policy(written: WrittenPolicy) -> Result<Policy, Mistake> {
    let wrong = |text: &str| Mistake::Target { policy: written.key.clone(), text: text.to_owned() };
    let target = length(&written.target).filter(|&ms| ms > 0).ok_or_else(|| wrong(&written.target))?;
    if !(written.warn > 0.0 && written.warn <= 1.0) {
        return Err(Mistake::Warn(written.key));
    }
    let steps = [
        (Level::Owner, &written.escalate.owner),
        (Level::Lead, &written.escalate.lead),
        (Level::Manager, &written.escalate.manager),
    ];
    let steps = steps.into_iter().filter_map(|(level, text)| text.as_deref().map(|text| (level, text)));
    let mut escalate = steps
        .map(|(level, text)| length(text).map(|ms| (level, ms)).ok_or_else(|| wrong(text)))
        .collect::<Result<Vec<_>, _>>()?;
    escalate.sort_by_key(|&(level, ms)| (ms, level));
    Ok(Policy {
        key: written.key,
        name: written.name,
        high_intent: written.high_intent,
        score: written.score,
        target,
        calendar: written.calendar,
        warn: written.warn,
        escalate,
        cadence: written.cadence,
    })
}

/// `5m`, `2h`, `1d` (of 24 hours), in milliseconds.
fn length(text: &str) -> Option<i64> {
    let text = text.trim();
    let (number, minutes) = [("m", 1), ("h", 60), ("d", 24 * 60)]
        .into_iter()
        .find_map(|(unit, minutes)| text.strip_suffix(unit).map(|number| (number, minutes)))?;
    let number: u32 = number.trim().parse().ok()?;
    Some(i64::from(number) * minutes * MINUTE_MS)
}

fn distinct<'k>(keys: impl Iterator<Item = &'k str>) -> Result<(), Mistake> {
    let mut seen = BTreeSet::new();
    for key in keys {
        if !seen.insert(key) {
            return Err(Mistake::Twice(key.to_owned()));
        }
    }
    Ok(())
}
