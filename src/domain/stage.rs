//! Stages of the pipeline: which are open, which are won or lost, and in what order they stand.

use crate::domain::fold::fold;
use serde::Deserialize;

/// Where a deal in a stage stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Not decided.
    Open = 0,
    /// Signed.
    Won = 1,
    /// Not signed, or given up.
    Lost = 2,
}

impl Outcome {
    /// Whether it is not decided.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Open)
    }

    /// The stored number.
    #[must_use]
    pub const fn code(self) -> i64 {
        self as i64
    }

    /// The outcome of a stored number; an unknown number is open.
    #[must_use]
    pub fn from_code(code: i64) -> Self {
        match code {
            1 => Self::Won,
            2 => Self::Lost,
            _ => Self::Open,
        }
    }

    /// The word used in JSON and message keys.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Won => "won",
            Self::Lost => "lost",
        }
    }
}

/// What the catalogue knows about a stage name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StageKind {
    /// Order in the pipeline, ascending; stages nobody knows stand between the open ones and the closed.
    pub position: i64,
    /// Open, won or lost.
    pub outcome: Outcome,
}

/// Position of a stage that the catalogue does not know, open, won or lost.
const UNKNOWN_POSITION: i64 = 500;
const UNKNOWN_WON: i64 = 900;
const UNKNOWN_LOST: i64 = 910;

impl StageKind {
    /// A stage that the catalogue does not know, when its outcome is known.
    #[must_use]
    pub const fn unknown(outcome: Outcome) -> Self {
        let position = match outcome {
            Outcome::Open => UNKNOWN_POSITION,
            Outcome::Won => UNKNOWN_WON,
            Outcome::Lost => UNKNOWN_LOST,
        };
        Self { position, outcome }
    }
}

/// The stage names that CRMs use, from `assets/catalog/stages.toml`.
#[derive(Debug, Clone, Deserialize)]
pub struct StageCatalog {
    stage: Vec<Entry>,
}

#[derive(Debug, Clone, Deserialize)]
struct Entry {
    position: i64,
    #[serde(default)]
    outcome: String,
    names: Vec<String>,
}

impl StageCatalog {
    /// The shipped catalogue.
    ///
    /// # Errors
    /// The parser's message, should the shipped file be damaged.
    pub fn shipped() -> Result<Self, toml::de::Error> {
        toml::from_str(include_str!("../../assets/catalog/stages.toml"))
    }

    /// What `name` means, in any spelling; an unknown name is an open stage after the known ones.
    #[must_use]
    pub fn kind_of(&self, name: &str) -> StageKind {
        self.find(name).unwrap_or(StageKind::unknown(Outcome::Open))
    }

    /// Whether the catalogue has this name.
    #[must_use]
    pub fn knows(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    fn find(&self, name: &str) -> Option<StageKind> {
        let folded = fold(name);
        let entry = self.stage.iter().find(|entry| entry.names.iter().any(|known| fold(known) == folded))?;
        let outcome = match entry.outcome.as_str() {
            "won" => Outcome::Won,
            "lost" => Outcome::Lost,
            _ => Outcome::Open,
        };
        Some(StageKind { position: entry.position, outcome })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_names_in_any_spelling() {
        let catalog = StageCatalog::shipped().unwrap();
        for name in ["Won", "closed won", "Closed-Won", "closedwon", "赢单"] {
            assert_eq!(catalog.kind_of(name).outcome, Outcome::Won, "{name}");
        }
        assert_eq!(catalog.kind_of("Closed Lost").outcome, Outcome::Lost);
        assert!(catalog.kind_of("Prospecting").position < catalog.kind_of("Engaging").position);
        assert_eq!(catalog.kind_of("Zebra"), StageKind { position: UNKNOWN_POSITION, outcome: Outcome::Open });
    }

    #[test]
    fn no_name_stands_twice() {
        let mut names: Vec<_> =
            StageCatalog::shipped().unwrap().stage.iter().flat_map(|e| e.names.iter().map(|n| fold(n))).collect();
        names.sort();
        let all = names.len();
        names.dedup();
        assert_eq!(names.len(), all);
    }
}
