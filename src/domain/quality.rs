//! Data quality: rules over the fields of records, and how far the data keep to them. Rules are data.
//!
//! A rule is about one kind of record and one of five dimensions. It looks at the records for which its conditions hold
//! and whose fields tell what it needs, and says which of them fail. What it cannot check, because no file ever brought
//! the column, it does not: that is told once.

mod format;
mod judge;
mod score;
mod test;
#[cfg(test)]
mod tests;
mod text;

pub use format::Format;
pub use judge::{Example, Ground, Inspection, Outcome, Unchecked};
pub use score::{Score, Trust, score};
pub use test::{Operand, Relation, Test};
pub use text::Mistake;

use super::funnel::Bilingual;
use super::object::{Field, Object};
use serde::{Deserialize, Serialize};
use std::sync::OnceLock;

/// What quality is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Dimension {
    /// What should be filled in is.
    Completeness,
    /// It has the form and the range that it should have.
    Accuracy,
    /// It contradicts nothing else.
    Consistency,
    /// It is as fresh as it should be.
    Timeliness,
    /// It is there once.
    Uniqueness,
}

impl Dimension {
    /// Every dimension, in the order of the screen.
    pub const ALL: [Self; 5] =
        [Self::Completeness, Self::Accuracy, Self::Consistency, Self::Timeliness, Self::Uniqueness];

    /// Its name in files, in JSON and in message keys.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Completeness => "completeness",
            Self::Accuracy => "accuracy",
            Self::Consistency => "consistency",
            Self::Timeliness => "timeliness",
            Self::Uniqueness => "uniqueness",
        }
    }
}

/// How bad it is when a record fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// It should be looked at.
    Warn,
    /// Figures are wrong because of it.
    Error,
}

impl Severity {
    /// Its name in files, in JSON and in message keys.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Warn => "warn",
            Self::Error => "error",
        }
    }

    /// What it weighs in a score.
    #[must_use]
    pub const fn weight(self) -> u64 {
        match self {
            Self::Warn => 1,
            Self::Error => 3,
        }
    }
}

/// A rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// Its key.
    pub key: String,
    /// The records it is about.
    pub object: Object,
    /// The dimension it belongs to.
    pub dimension: Dimension,
    /// How bad a failure is.
    pub severity: Severity,
    /// It looks only at records for which all of these hold.
    pub when: Vec<Test>,
    /// What it looks for.
    pub check: Check,
    /// What is wrong with those that fail.
    pub name: Bilingual,
    /// How to mend it.
    pub hint: Bilingual,
    /// Whose it is to mend.
    pub owner: Bilingual,
}

/// What a rule looks for.
#[derive(Debug, Clone, PartialEq)]
pub enum Check {
    /// One of these fields is filled.
    Required(Vec<&'static Field>),
    /// A field has this form, where it is filled.
    Format(&'static Field, Format),
    /// A field has one of these values, whatever their case, where it is filled.
    Allowed(&'static Field, Vec<String>),
    /// This holds, where both sides are known.
    Holds(Test),
    /// The record that a field names has been described by a file of its own, where any has.
    Described(&'static Field),
    /// A value is no slip of a well-known word or of one that the same field has far more often.
    Spelled(&'static Field, Vec<String>),
    /// No other record has the same in these fields, where all of them are filled.
    Unique(Vec<&'static Field>),
    /// An open deal is no older than any that ever closed.
    AgeOfClosed,
    /// No system contradicts another about a field of the record.
    Agreed,
}

impl Rule {
    /// The rules that come with the program. A damaged file, which the tests refuse, would leave none.
    #[must_use]
    pub fn shipped() -> &'static [Self] {
        static SHIPPED: OnceLock<Vec<Rule>> = OnceLock::new();
        SHIPPED.get_or_init(|| Self::read(include_str!("../../assets/catalog/quality.toml")).unwrap_or_default())
    }

    /// The fields that it reads.
    #[must_use]
    pub fn fields(&self) -> Vec<&'static Field> {
        let mut fields: Vec<&'static Field> = self.when.iter().flat_map(Test::fields).collect();
        fields.extend(self.check.fields());
        fields
    }
}

impl Check {
    /// The fields that it reads.
    #[must_use]
    pub fn fields(&self) -> Vec<&'static Field> {
        match self {
            Self::Required(fields) | Self::Unique(fields) => fields.clone(),
            Self::Format(field, _) | Self::Allowed(field, _) | Self::Described(field) | Self::Spelled(field, _) => {
                vec![*field]
            }
            Self::Holds(test) => test.fields(),
            Self::AgeOfClosed | Self::Agreed => Vec::new(),
        }
    }

    /// Its name in files and in message keys.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Required(_) => "required",
            Self::Format(..) => "format",
            Self::Allowed(..) => "allowed",
            Self::Holds(_) => "holds",
            Self::Described(_) => "described",
            Self::Spelled(..) => "spelled",
            Self::Unique(_) => "unique",
            Self::AgeOfClosed => "age_of_closed",
            Self::Agreed => "agreed",
        }
    }
}
