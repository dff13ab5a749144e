//! Hand-offs between teams: which there are, and the policies they are judged by. Both are data.

mod edit;
mod judge;
mod own;
mod pool;
mod raise;
mod route;
mod rules;
mod text;
mod written;

pub use edit::{Edit, Field, Place};
pub use judge::{Event, Handoff, Judged, Pause, Split, State, judge};
pub use own::{Bodies, Own};
pub use pool::{Pool, Stay, stays};
pub use raise::{Done, Raised, SHARED_DAYS, is_attempt, missing, raised, receivers, team};
pub use route::{Seat, suggest};
pub use rules::{Home, Rules};
pub use text::Mistake;
pub use written::written;

use crate::domain::funnel::Bilingual;
use std::sync::OnceLock;

/// A kind of hand-off.
#[derive(Debug, Clone, PartialEq)]
pub struct Kind {
    /// Its key.
    pub key: String,
    /// The same, short, for ids on the command line.
    pub code: String,
    /// What it is called.
    pub name: Bilingual,
    /// The same in little room.
    pub short: Bilingual,
    /// What is handed over.
    pub subject: Subject,
    /// What makes one.
    pub begins: Begins,
    /// The score from which on a person is handed over.
    pub score: Option<i64>,
    /// What stops its clock.
    pub ends: Ends,
    /// Teams and roles that receive it.
    pub teams: Vec<String>,
    /// Days without a touch after which the record goes back to the pool.
    pub pool_days: Option<i64>,
    /// Days for which who had it last cannot claim it from the pool.
    pub cooldown_days: Option<i64>,
    /// How many one person can claim on a day.
    pub claims: Option<i64>,
    /// How it is judged: the first policy whose conditions hold.
    pub policies: Vec<Policy>,
}

impl Kind {
    /// The kinds that come with the program. A damaged file, which the tests refuse, would leave none.
    #[must_use]
    pub fn shipped() -> &'static [Self] {
        static SHIPPED: OnceLock<Vec<Kind>> = OnceLock::new();
        SHIPPED.get_or_init(|| Self::read(include_str!("../../assets/catalog/handoffs.toml")).unwrap_or_default())
    }

    /// The policy of a record of this score, that showed a high-intent action or not.
    #[must_use]
    pub fn policy(&self, high_intent: bool, score: Option<i64>) -> Option<&Policy> {
        self.policies.iter().find(|policy| policy.holds(high_intent, score))
    }
}

/// What is handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// A lead or contact.
    Person,
    /// A deal.
    Deal,
}

/// What makes a hand-off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Begins {
    /// A person became an MQL, reached the score, or showed a high-intent action.
    Mql,
    /// A person became a PQL.
    Pql,
    /// A contract was signed.
    Won,
}

/// What stops the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Ends {
    /// The first human outbound attempt of the receiving team.
    Touch,
    /// The form is accepted and the kick-off is booked.
    Form,
}

/// How fast a hand-off has to be answered, and what happens when it is not.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    /// Its key within the kind.
    pub key: String,
    /// What it is called.
    pub name: Bilingual,
    /// Whether a high-intent action puts a record under it.
    pub high_intent: bool,
    /// The score that puts a record under it.
    pub score: Option<i64>,
    /// Business time to answer in, in milliseconds; more than nothing.
    pub target: i64,
    /// Key of the calendar; the company's working hours without one.
    pub calendar: Option<String>,
    /// Share of the target after which it is at risk.
    pub warn: f64,
    /// Whom a breach goes to, after how much business time past the deadline, in ascending order.
    pub escalate: Vec<(Level, i64)>,
    /// Days from one attempt to the next.
    pub cadence: Vec<i64>,
}

impl Policy {
    /// Whether a record is under it; one without conditions holds always.
    #[must_use]
    pub fn holds(&self, high_intent: bool, score: Option<i64>) -> bool {
        let unconditional = !self.high_intent && self.score.is_none();
        let scores = self.score.zip(score).is_some_and(|(least, score)| score >= least);
        unconditional || (self.high_intent && high_intent) || scores
    }

    /// How much business time past the deadline a breach goes to this level; `None` where it never does.
    #[must_use]
    pub fn after(&self, level: Level) -> Option<i64> {
        self.escalate.iter().find(|(to, _)| *to == level).map(|&(_, ms)| ms)
    }
}

/// Whom a breach is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Who owns the record.
    Owner,
    /// Who leads the team.
    Lead,
    /// The lead's manager.
    Manager,
}

impl Level {
    /// Its name in message keys and in files.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Lead => "lead",
            Self::Manager => "manager",
        }
    }
}

#[cfg(test)]
mod tests;
