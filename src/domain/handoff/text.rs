//! Hand-offs and policies as people write them; `assets/catalog/handoffs.toml` says what each word means.

use super::{Begins, Ends, Kind, Level, Policy, Subject};
use crate::domain::calendar;
use crate::domain::funnel::Bilingual;
use crate::domain::message::{Message, Tell};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

pub(super) const MINUTE_MS: i64 = 60_000;
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
    /// Not a time after the deadline.
    #[error("no time after the deadline {0}")]
    After(String),
    /// Not a score.
    #[error("no score {0}")]
    Score(String),
    /// Not a number of days after which a record goes back to the pool.
    #[error("no pool days {0}")]
    Pool(String),
    /// Not days from attempt to attempt.
    #[error("no cadence {0}")]
    Cadence(String),
    /// Nothing that rules are of.
    #[error("no rules of {place}")]
    Place {
        /// As it was written.
        place: String,
        /// Those that there are.
        known: String,
    },
    /// Nothing that can be changed there.
    #[error("no field {field}")]
    Field {
        /// As it was written.
        field: String,
        /// Those that there are.
        known: String,
    },
    /// A calendar is to be deleted that policies name.
    #[error("{policies} go by {calendar}")]
    Named {
        /// The calendar.
        calendar: String,
        /// The policies.
        policies: String,
    },
    /// A calendar is to be deleted that is not the company's own.
    #[error("{0} comes with the program")]
    Shipped(String),
    /// A change of the clock that never stops.
    #[error("{0} never closes")]
    Always(String),
    /// Not a name for a calendar.
    #[error("no key {0}")]
    Key(String),
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
            Self::After(text) => Message::new("error-handoff-after").with("text", text),
            Self::Score(text) => Message::new("error-handoff-score").with("text", text),
            Self::Pool(text) => Message::new("error-handoff-pool").with("text", text),
            Self::Cadence(text) => Message::new("error-handoff-cadence").with("text", text),
            Self::Place { place, known } => {
                Message::new("error-handoff-place").with("place", place).with("known", known)
            }
            Self::Field { field, known } => {
                Message::new("error-handoff-field").with("field", field).with("known", known)
            }
            Self::Named { calendar, policies } => {
                Message::new("error-handoff-named").with("calendar", calendar).with("policies", policies)
            }
            Self::Shipped(calendar) => Message::new("error-handoff-shipped").with("calendar", calendar),
            Self::Always(calendar) => Message::new("error-handoff-always").with("calendar", calendar),
            Self::Key(key) => Message::new("error-handoff-key").with("key", key),
        }
    }
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) handoff: Vec<WrittenKind>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenKind {
    pub(super) key: String,
    pub(super) code: String,
    pub(super) name: Bilingual,
    pub(super) short: Bilingual,
    pub(super) subject: Subject,
    pub(super) begins: Begins,
    pub(super) score: Option<i64>,
    pub(super) ends: Ends,
    pub(super) teams: Vec<String>,
    pub(super) pool: Option<i64>,
    pub(super) cooldown: Option<i64>,
    pub(super) claims: Option<i64>,
    pub(super) policy: Vec<WrittenPolicy>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenPolicy {
    pub(super) key: String,
    pub(super) name: Bilingual,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) high_intent: bool,
    pub(super) score: Option<i64>,
    pub(super) target: String,
    pub(super) calendar: Option<String>,
    #[serde(default = "three_quarters")]
    pub(super) warn: f64,
    #[serde(default)]
    pub(super) escalate: Escalation,
    #[serde(default)]
    pub(super) cadence: Vec<i64>,
}

fn three_quarters() -> f64 {
    0.75
}

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Escalation {
    pub(super) owner: Option<String>,
    pub(super) lead: Option<String>,
    pub(super) manager: Option<String>,
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
    let kind = Kind {
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
    };
    kind.check().map(|()| kind)
}

impl Kind {
    /// Whether some policy takes what the others leave.
    pub(super) fn check(&self) -> Result<(), Mistake> {
        if !self.policies.last().is_some_and(|last| last.holds(false, None)) {
            return Err(Mistake::Open(self.key.clone()));
        }
        let own = [
            ("pool", self.pool_days, 1),
            ("cooldown", self.cooldown_days, 0),
            ("claims", self.claims, 1),
            ("score", self.score, 0),
        ];
        let policies = self.policies.iter().flat_map(|policy| {
            let days = policy.cadence.iter().map(|days| ("cadence", Some(*days), 1));
            days.chain([("score", policy.score, 0)])
        });
        for (field, value, least) in own.into_iter().chain(policies) {
            if let Some(value) = value.filter(|value| !(least..=MOST).contains(value)) {
                return Err(Mistake::Number { handoff: self.key.clone(), field, value, least });
            }
        }
        Ok(())
    }
}

fn policy(written: WrittenPolicy) -> Result<Policy, Mistake> {
    let wrong = |text: &str| Mistake::Target { policy: written.key.clone(), text: text.to_owned() };
    let target = length(&written.target).filter(|&ms| ms > 0).ok_or_else(|| wrong(&written.target))?;
    if !is_share(written.warn) {
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

/// Whether it is a share to warn at.
pub(super) fn is_share(warn: f64) -> bool {
    warn > 0.0 && warn <= 1.0
}

/// `5m`, `2h`, `1d` (of 24 hours), in milliseconds.
pub(super) fn length(text: &str) -> Option<i64> {
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
