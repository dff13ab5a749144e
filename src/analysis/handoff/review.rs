//! How the hand-offs of a period went, looked at in one of several ways.

use super::summary::{Line, line};
use super::{
    Board, Bucket, Handoffs, Heat, Ledger, PauseAudit, Receiver, Staffing, Week, heat, ledger, pauses, response, team,
    weeks,
};
use crate::domain::facts::Facts;
use crate::domain::period::{Period, Window};
use crate::domain::time::Instant;
use serde::Serialize;
use std::collections::BTreeMap;

/// What is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Topic {
    /// Each receiver.
    #[default]
    Team,
    /// Arrivals by hour and weekday.
    Heat,
    /// Response time against conversion.
    Response,
    /// What marketing and sales owe each other.
    Ledger,
    /// Breaches avoided only by pausing.
    Pauses,
    /// Week by week.
    Weeks,
}

impl Topic {
    /// Every topic, in the order of the screen.
    pub const ALL: [Self; 6] = [Self::Team, Self::Heat, Self::Response, Self::Ledger, Self::Pauses, Self::Weeks];

    /// Its name on the command line and in message keys.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Team => "team",
            Self::Heat => "heat",
            Self::Response => "response",
            Self::Ledger => "ledger",
            Self::Pauses => "pauses",
            Self::Weeks => "weeks",
        }
    }
}

/// The hand-offs that began in a period.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Review {
    /// When they were judged.
    pub as_of: Instant,
    /// Up to when the data reach.
    pub data_until: Option<Instant>,
    /// The period.
    pub period: Period,
    /// Whether it is still running.
    pub running: bool,
    /// How they went, all in all.
    pub all: Line,
    /// The topic.
    #[serde(flatten)]
    pub told: Told,
}

/// What there is to say on a topic.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Told {
    /// The receivers, best first.
    Team(Vec<Receiver>),
    /// The week.
    Heat(Box<Heat>),
    /// Conversion by how long the answer took.
    Response(Vec<Bucket>),
    /// The ledger; nothing where no hand-off comes from marketing.
    Ledger(Option<Box<Ledger>>),
    /// The audit.
    Pauses(Box<PauseAudit>),
    /// The weeks, the newest first.
    Weeks(Vec<Week>),
}

impl Told {
    /// Its topic.
    #[must_use]
    pub const fn topic(&self) -> Topic {
        match self {
            Self::Team(_) => Topic::Team,
            Self::Heat(_) => Topic::Heat,
            Self::Response(_) => Topic::Response,
            Self::Ledger(_) => Topic::Ledger,
            Self::Pauses(_) => Topic::Pauses,
            Self::Weeks(_) => Topic::Weeks,
        }
    }
}

/// Looks at the hand-offs that began in a period; `staff` is what is known of the receivers' time. Records have no
/// names yet, and what was given back no reasons.
#[must_use]
pub fn review(
    board: &Board,
    facts: &Facts,
    staff: &BTreeMap<i64, Staffing>,
    (topic, period): (Topic, Period),
) -> Review {
    let Window { from, to } = period.window();
    let began = Some((Instant(from), Instant(to)));
    let told = match topic {
        Topic::Team => Told::Team(team(board, facts, staff, began)),
        Topic::Heat => Told::Heat(Box::new(heat(board, began))),
        Topic::Response => Told::Response(response(board, facts, began)),
        Topic::Ledger => Told::Ledger(ledger(board, facts, &period).map(Box::new)),
        Topic::Pauses => Told::Pauses(Box::new(pauses(board, facts, began))),
        Topic::Weeks => Told::Weeks(weeks(board, &period)),
    };
    Review {
        as_of: board.as_of,
        data_until: facts.exported_at,
        period,
        running: period.is_running(board.as_of),
        all: line(board, &Handoffs { began, ..Handoffs::default() }),
        told,
    }
}

/// The period that holds the newest hand-off, where nothing began in the running one.
#[must_use]
pub fn newest_period(board: &Board, running: Period) -> Period {
    let began = board.items.iter().map(|item| item.raised.handoff.began_at).filter(|at| *at <= board.as_of);
    let newest = began.max().filter(|at| !running.window().has(at.0));
    let holding = |at: Instant| Period::holding(running.unit()?, at.date(), running.fiscal());
    newest.and_then(holding).unwrap_or(running)
}
