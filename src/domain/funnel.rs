//! Funnels: their stages as data, and when a record entered each of them.

pub mod journey;
pub mod segment;

use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A text in both languages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Bilingual {
    /// English.
    pub en: String,
    /// 中文.
    pub zh: String,
}

/// Something in the store that tells when a stage was entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub enum Event {
    /// A person was created.
    Created,
    /// A person became an MQL.
    Mql,
    /// An SDR accepted the person.
    Sal,
    /// Sales qualified the person.
    Sql,
    /// A deal was created.
    DealCreated,
    /// A deal was won.
    DealWon,
    /// The account of the deal paid for the first time.
    FirstPaid,
}

impl TryFrom<String> for Event {
    type Error = String;

    fn try_from(key: String) -> Result<Self, String> {
        Self::from_key(&key).ok_or_else(|| format!("there is no event {key}"))
    }
}

impl Event {
    /// Every event.
    pub const ALL: [Self; 7] =
        [Self::Created, Self::Mql, Self::Sal, Self::Sql, Self::DealCreated, Self::DealWon, Self::FirstPaid];

    /// Its name in a file of funnels.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Created => "person.created_at",
            Self::Mql => "person.mql_at",
            Self::Sal => "person.sal_at",
            Self::Sql => "person.sql_at",
            Self::DealCreated => "opportunity.created_at",
            Self::DealWon => "opportunity.won",
            Self::FirstPaid => "account.first_paid_at",
        }
    }

    /// The event of a name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|event| event.key() == key)
    }

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
    /// Spellings in a stage history, of people or of deals.
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

impl Funnel {
    /// Whether no field of a record, only a stage history, tells of its stages.
    #[must_use]
    pub fn is_told_by_history(&self) -> bool {
        self.stage.iter().all(|stage| stage.events.is_empty())
    }
}

/// The funnels there are, in the order of the screen; a copy is cheap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Funnels(Arc<[Arc<Funnel>]>);

/// What a file of funnels holds.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    funnel: Vec<Funnel>,
}

impl Funnels {
    /// The shipped funnels. A damaged file, which the tests refuse, would leave none.
    #[must_use]
    pub fn shipped() -> Self {
        let file: Result<File, _> = toml::from_str(include_str!("../../assets/catalog/funnels.toml"));
        Self(file.map(|file| file.funnel.into_iter().map(Arc::new).collect()).unwrap_or_default())
    }

    /// These funnels and a company's own: one with a known key takes the place of that funnel.
    #[must_use]
    pub fn with(&self, own: Vec<Funnel>) -> Self {
        let mut all = self.0.to_vec();
        for funnel in own.into_iter().map(Arc::new) {
            match all.iter_mut().find(|known| known.key == funnel.key) {
                Some(known) => *known = funnel,
                None => all.push(funnel),
            }
        }
        Self(all.into())
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Funnel>> {
        self.0.iter()
    }

    /// The one that is looked at when nobody names another.
    #[must_use]
    pub fn first(&self) -> Option<&Arc<Funnel>> {
        self.0.first()
    }

    /// The funnel with this key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Arc<Funnel>> {
        self.iter().find(|funnel| funnel.key == key)
    }

    /// The funnel after the one with this key, the first after the last.
    #[must_use]
    pub fn after(&self, key: &str) -> Option<&Arc<Funnel>> {
        self.iter().skip_while(|funnel| funnel.key != key).nth(1).or_else(|| self.first())
    }
}

impl Default for Funnels {
    fn default() -> Self {
        Self::shipped()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_shipped_funnels_are_whole() {
        let shipped = Funnels::shipped();
        assert_eq!(shipped.iter().map(|f| f.key.as_str()).collect::<Vec<_>>(), ["lead-to-cash", "product-led"]);
        // One stage history may tell of both funnels: a spelling in both would move people through the wrong one.
        let mut spelled = BTreeSet::new();
        for funnel in shipped.iter() {
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

    #[test]
    fn an_own_funnel_takes_the_place_of_the_one_with_its_key_or_comes_last() {
        let own = |key: &str| Funnel {
            key: key.to_owned(),
            name: Bilingual { en: "Ours".to_owned(), zh: "我们的".to_owned() },
            version: 7,
            stage: Vec::new(),
        };
        let all = Funnels::shipped().with(vec![own("trial"), own("lead-to-cash")]);
        let keys: Vec<&str> = all.iter().map(|funnel| funnel.key.as_str()).collect();
        assert_eq!(keys, ["lead-to-cash", "product-led", "trial"]);
        assert_eq!(all.get("lead-to-cash").map(|funnel| funnel.version), Some(7));
        let after = |key| all.after(key).map(|funnel| funnel.key.as_str());
        assert_eq!(
            (after("product-led"), after("trial"), after("")),
            (Some("trial"), Some("lead-to-cash"), Some("lead-to-cash"))
        );
    }
}
