//! The data dictionary: what every figure means, and the formulas that derived ones are computed by.

use crate::domain::expression::Expression;
use crate::domain::figure::{Number, Withheld};
use crate::domain::funnel::Bilingual;
use crate::domain::money::{Currency, Money};
use serde::{Deserialize, Deserializer, de};
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// What a metric is measured in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// A number of records.
    Records,
    /// A share from 0 to 1, of the same records; withheld for a small sample.
    Share,
    /// A ratio of two numbers that may be above 1.
    Ratio,
    /// How many times over.
    Times,
    /// A relative change.
    Change,
    /// The difference of two shares.
    Points,
    /// Amounts, one per currency.
    Money,
    /// Amounts a day.
    Daily,
    /// Days.
    Days,
    /// Business time.
    Seconds,
    /// That of the figure it stands beside.
    Beside,
}

impl Unit {
    /// Its name in message keys.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Records => "records",
            Self::Share => "share",
            Self::Ratio => "ratio",
            Self::Times => "times",
            Self::Change => "change",
            Self::Points => "points",
            Self::Money => "money",
            Self::Daily => "daily",
            Self::Days => "days",
            Self::Seconds => "seconds",
            Self::Beside => "beside",
        }
    }
}

/// How far a definition has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Being written.
    Draft,
    /// Ready to be agreed on.
    Proposed,
    /// Approved by RevOps.
    Approved,
}

impl Status {
    /// Its name in message keys.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Proposed => "proposed",
            Self::Approved => "approved",
        }
    }
}

/// An entry of the dictionary.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Metric {
    /// Its key, the same in the figure, in JSON and in settings; never changes.
    pub key: String,
    /// What it is called.
    pub name: Bilingual,
    /// What it means.
    pub definition: Bilingual,
    /// What is left out.
    pub excluded: Bilingual,
    /// How it is computed from its measures; a base measure is counted by the program.
    #[serde(default, deserialize_with = "formula")]
    pub formula: Option<Expression>,
    /// What it is measured in.
    pub unit: Unit,
    /// Objects it is read from.
    pub source: String,
    /// Who answers for it.
    pub owner: Bilingual,
    /// How far its definition has come.
    pub status: Status,
    /// Version of its definition.
    pub version: u32,
}

/// A missing formula is the default; one that is there must be right.
fn formula<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Expression>, D::Error> {
    let text = String::deserialize(deserializer)?;
    Expression::parse(&text).map(Some).map_err(de::Error::custom)
}

/// All entries.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dictionary {
    /// In the order of the file.
    pub metric: Vec<Metric>,
}

impl Dictionary {
    /// The shipped dictionary. A damaged file, which the tests refuse, would leave it empty and every
    /// derived figure withheld.
    #[must_use]
    pub fn shipped() -> &'static Self {
        static SHIPPED: OnceLock<Dictionary> = OnceLock::new();
        SHIPPED.get_or_init(|| {
            Self::parse(include_str!("../../assets/catalog/metrics.toml")).unwrap_or(Self { metric: Vec::new() })
        })
    }

    /// Reads a dictionary.
    ///
    /// # Errors
    /// The parser's message, with line and column.
    pub fn parse(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }

    /// Which of these metrics are not approved; one without an entry cannot be.
    #[must_use]
    pub fn drafts<'m>(&self, shown: impl IntoIterator<Item = &'m str>) -> Drafts<'m> {
        let is_approved = |key: &&str| self.get(key).is_some_and(|metric| metric.status == Status::Approved);
        let (approved, drafts): (BTreeSet<&str>, BTreeSet<&str>) = shown.into_iter().partition(is_approved);
        match (approved.is_empty(), drafts.is_empty()) {
            (_, true) => Drafts::None,
            (true, false) => Drafts::All,
            (false, false) => Drafts::Some(drafts),
        }
    }

    /// The entry of a metric.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Metric> {
        self.metric.iter().find(|metric| metric.key == key)
    }
}

/// Which of the metrics that are shown go by a definition that nobody has approved. One mark for all of them
/// says as much as a mark on each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Drafts<'m> {
    /// None of them.
    None,
    /// These, but not all.
    Some(BTreeSet<&'m str>),
    /// All of them.
    All,
}

impl Drafts<'_> {
    /// Whether a metric has to be marked by itself.
    #[must_use]
    pub fn marks(&self, metric: &str) -> bool {
        matches!(self, Self::Some(drafts) if drafts.contains(metric))
    }
}

/// A derived number: the formula of the metric over these measures.
///
/// # Errors
/// [`Withheld`] for a division by zero, and for a share of a small sample.
pub fn derive(metric: &str, measures: &[(&str, f64)]) -> Result<Number, Withheld> {
    let entry = Dictionary::shipped().get(metric).ok_or(Withheld::NoRecords)?;
    let formula = entry.formula.as_ref().ok_or(Withheld::NoRecords)?;
    let of = |name: &str| measures.iter().find(|(known, _)| *known == name).map(|(_, value)| *value);
    let value = formula.value(&of);
    match (entry.unit, formula.fraction()) {
        (Unit::Share, Some((part, whole))) => {
            let whole_of = |side: &Expression| side.value(&of).map(|value| value as u64).ok_or(Withheld::NoRecords);
            Number::share(whole_of(part)?, whole_of(whole)?)
        }
        (Unit::Times, _) => value.map(Number::Times).ok_or(Withheld::NoRecords),
        (Unit::Change, _) => value.map(Number::Change).ok_or(Withheld::NoRecords),
        (Unit::Points, _) => value.map(Number::Points).ok_or(Withheld::NoRecords),
        _ => value.map(Number::Ratio).ok_or(Withheld::NoRecords),
    }
}

/// A derived amount: the formula over measures in minor units, rounded to one of them.
///
/// # Errors
/// [`Withheld`] for a division by zero.
pub fn derive_money(metric: &str, measures: &[(&str, f64)], currency: Currency) -> Result<Number, Withheld> {
    let formula = Dictionary::shipped().get(metric).and_then(|entry| entry.formula.as_ref());
    let of = |name: &str| measures.iter().find(|(known, _)| *known == name).map(|(_, value)| *value);
    let minor = formula.and_then(|formula| formula.value(&of)).ok_or(Withheld::NoRecords)?;
    Ok(Number::Money(std::iter::once(Money { minor: minor.round() as i64, currency }).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_dictionary_is_whole_and_in_both_languages() {
        let shipped = Dictionary::parse(include_str!("../../assets/catalog/metrics.toml")).unwrap();
        let keys: BTreeSet<&str> = shipped.metric.iter().map(|metric| metric.key.as_str()).collect();
        assert_eq!(keys.len(), shipped.metric.len(), "a key stands twice");
        for metric in &shipped.metric {
            for text in [&metric.name, &metric.definition, &metric.excluded, &metric.owner] {
                assert!(!text.en.is_empty(), "{}", metric.key);
                let chinese = text.zh.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
                assert!(chinese, "{}: {}", metric.key, text.zh);
            }
            let derived = matches!(
                metric.unit,
                Unit::Share | Unit::Ratio | Unit::Times | Unit::Change | Unit::Points | Unit::Daily
            );
            let either = matches!(metric.unit, Unit::Beside | Unit::Money);
            assert!(either || metric.formula.is_some() == derived, "{}", metric.key);
        }
    }

    #[test]
    fn derived_numbers_follow_the_formula_that_is_shown() {
        let rate = |won, lost| derive("win_rate", &[("won", won), ("lost", lost)]);
        assert_eq!(rate(30.0, 10.0), Ok(Number::Share { part: 30, whole: 40 }));
        assert_eq!(rate(3.0, 1.0), Err(Withheld::SmallSample { part: 3, whole: 4 }));
        assert_eq!(rate(0.0, 0.0), Err(Withheld::NoRecords));
        assert_eq!(derive("funnel_change", &[("now", 21.0), ("before", 20.0)]), Ok(Number::Change(0.05)));
        let points = derive("win_rate_points", &[("now", 0.25), ("before", 0.5)]);
        assert_eq!(points, Ok(Number::Points(-0.25)));
        assert_eq!(derive("funnel_ratio", &[("entered", 3.0), ("entered_before", 2.0)]), Ok(Number::Ratio(1.5)));
        assert_eq!(derive("no_such_metric", &[]), Err(Withheld::NoRecords));
    }

    #[test]
    fn drafts_are_marked_one_by_one_only_beside_approved_ones() {
        let mut dictionary = Dictionary::shipped().clone();
        let shown = ["win_rate", "won_amount", "win_rate"];
        assert_eq!(dictionary.drafts(shown), Drafts::All);
        assert_eq!(dictionary.drafts([]), Drafts::None);
        let approve = |dictionary: &mut Dictionary, key: &str| {
            dictionary.metric.iter_mut().filter(|metric| metric.key == key).for_each(|m| m.status = Status::Approved);
        };
        approve(&mut dictionary, "win_rate");
        let some = dictionary.drafts(shown);
        assert!(some.marks("won_amount") && !some.marks("win_rate"), "{some:?}");
        assert!(!Drafts::All.marks("won_amount"), "one mark stands for all");
        approve(&mut dictionary, "won_amount");
        assert_eq!(dictionary.drafts(shown), Drafts::None);
        assert_eq!(dictionary.drafts(["no_such_metric"]), Drafts::All);
    }

    #[test]
    fn a_broken_formula_is_refused_with_its_place() {
        let text = include_str!("../../assets/catalog/metrics.toml").replacen("won / (won + lost)", "won / (won + ", 1);
        let error = Dictionary::parse(&text).unwrap_err().to_string();
        assert!(error.contains("character 14"), "{error}");
    }
}
