//! Funnels: their stages as data, and when a record entered each of them.

pub mod journey;
pub mod segment;

use serde::Deserialize;

/// A text in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bilingual {
    /// English.
    pub en: String,
    /// 中文.
    pub zh: String,
}

/// Something in the store that tells when a stage was entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub enum Event {
    /// A person was created.
    #[serde(rename = "person.created_at")]
    Created,
    /// A person became an MQL.
    #[serde(rename = "person.mql_at")]
    Mql,
    /// An SDR accepted the person.
    #[serde(rename = "person.sal_at")]
    Sal,
    /// Sales qualified the person.
    #[serde(rename = "person.sql_at")]
    Sql,
    /// A deal was created.
    #[serde(rename = "opportunity.created_at")]
    DealCreated,
    /// A deal was won.
    #[serde(rename = "opportunity.won")]
    DealWon,
    /// The account of the deal paid for the first time.
    #[serde(rename = "account.first_paid_at")]
    FirstPaid,
}

impl Event {
    /// Whether a deal, rather than a person, is the record of this event.
    #[must_use]
    pub fn is_of_deal(self) -> bool {
        matches!(self, Self::DealCreated | Self::DealWon | Self::FirstPaid)
    }
}

/// A stage of a funnel: its definition.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    /// Its name in JSON and settings.
    pub key: String,
    /// Its name for people.
    pub name: Bilingual,
    /// The name where room is short.
    pub short: Option<Bilingual>,
    /// Entered at the first of these.
    #[serde(default)]
    pub events: Vec<Event>,
    /// It counts only once this has happened too.
    pub confirmed_by: Option<Event>,
    /// Spellings in a stage history.
    #[serde(default)]
    pub names: Vec<String>,
    /// Whether it may be missing: then it never stands between its neighbours.
    #[serde(default)]
    pub optional: bool,
    /// The role that owns records in it.
    pub owner: Bilingual,
    /// What must be so to enter it.
    pub entry: Bilingual,
    /// What must be so to leave it.
    pub exit: Bilingual,
    /// Fields that a record in it should have; `a|b` means one of them.
    #[serde(default)]
    pub required: Vec<String>,
    /// How long a record is expected to stay, until history says better.
    pub expected_days: i64,
}

impl Stage {
    /// Whether a deal stands for a record in this stage.
    #[must_use]
    pub fn is_of_deal(&self) -> bool {
        self.events.iter().any(|event| event.is_of_deal())
    }
}

/// A funnel.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Funnel {
    /// Its name in JSON, settings and on the command line.
    pub key: String,
    /// Its name for people.
    pub name: Bilingual,
    /// The version of its definitions.
    pub version: u32,
    /// Its stages, first to last.
    pub stage: Vec<Stage>,
}

/// The funnels there are.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Funnels {
    /// In the order of the screen.
    pub funnel: Vec<Funnel>,
}

impl Funnels {
    /// The shipped funnels.
    ///
    /// # Errors
    /// The parser's message, should the shipped file be damaged.
    pub fn shipped() -> Result<Self, toml::de::Error> {
        toml::from_str(include_str!("../../assets/catalog/funnels.toml"))
    }

    /// The funnel with this key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Funnel> {
        self.funnel.iter().find(|funnel| funnel.key == key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_shipped_funnels_are_whole() {
        let shipped = Funnels::shipped().unwrap();
        assert_eq!(shipped.funnel.iter().map(|f| f.key.as_str()).collect::<Vec<_>>(), ["lead-to-cash", "product-led"]);
        // One stage history may tell of both funnels: a spelling in both would move people through the wrong one.
        let mut spelled = BTreeSet::new();
        for funnel in &shipped.funnel {
            let keys: BTreeSet<&str> = funnel.stage.iter().map(|stage| stage.key.as_str()).collect();
            assert_eq!(keys.len(), funnel.stage.len(), "a key stands twice");
            for name in funnel.stage.iter().flat_map(|stage| &stage.names) {
                assert!(spelled.insert(crate::domain::fold::fold(name)), "{name} stands twice");
            }
            for stage in &funnel.stage {
                assert!(!stage.names.is_empty() && stage.expected_days > 0, "{}", stage.key);
                for text in [&stage.name, &stage.owner, &stage.entry, &stage.exit] {
                    let acronym = |text: &str| text.chars().all(|c| c.is_ascii_uppercase());
                    let chinese = text.zh.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
                    assert!(chinese || acronym(&text.zh), "{}: {}", stage.key, text.zh);
                }
            }
        }
    }
}
