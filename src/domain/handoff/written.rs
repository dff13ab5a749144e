//! Hand-offs and policies as this program writes them: [`Kind::read`] reads the same again.

use super::text::{Escalation, File, MINUTE_MS, WrittenKind, WrittenPolicy};
use super::{Kind, Level, Mistake, Policy};

impl Kind {
    /// These hand-offs as a file.
    ///
    /// # Errors
    /// [`Mistake::Syntax`] where a name has no place in such a file.
    pub fn write(kinds: &[Self]) -> Result<String, Mistake> {
        let file = File { handoff: kinds.iter().map(kind).collect() };
        toml::to_string(&file).map_err(|error| Mistake::Syntax(error.to_string()))
    }
}

fn kind(kind: &Kind) -> WrittenKind {
    WrittenKind {
        key: kind.key.clone(),
        code: kind.code.clone(),
        name: kind.name.clone(),
        short: kind.short.clone(),
        subject: kind.subject,
        begins: kind.begins,
        score: kind.score,
        ends: kind.ends,
        teams: kind.teams.clone(),
        pool: kind.pool_days,
        cooldown: kind.cooldown_days,
        claims: kind.claims,
        policy: kind.policies.iter().map(policy).collect(),
    }
}

fn policy(policy: &Policy) -> WrittenPolicy {
    let after = |level| policy.after(level).map(written);
    WrittenPolicy {
        key: policy.key.clone(),
        name: policy.name.clone(),
        high_intent: policy.high_intent,
        score: policy.score,
        target: written(policy.target),
        calendar: policy.calendar.clone(),
        warn: policy.warn,
        escalate: Escalation { owner: after(Level::Owner), lead: after(Level::Lead), manager: after(Level::Manager) },
        cadence: policy.cadence.clone(),
    }
}

/// A length of time as files have it: `5m`, `2h`, `3d`. A day is written `24h`, as the course says it.
#[must_use]
pub fn written(ms: i64) -> String {
    let minutes = ms / MINUTE_MS;
    match minutes {
        minutes if minutes > 24 * 60 && minutes % (24 * 60) == 0 => format!("{}d", minutes / (24 * 60)),
        minutes if minutes > 0 && minutes % 60 == 0 => format!("{}h", minutes / 60),
        minutes => format!("{minutes}m"),
    }
}
