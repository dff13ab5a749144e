//! The shipped mapping profiles: a plain one for each kind of file, and those of the systems that people have.

use super::profile::Profile;
use super::units::folded;
use crate::domain::intake::{As, Target};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::LazyLock;

macro_rules! shipped {
    ($($file:literal),* $(,)?) => { &[$(include_str!(concat!("../../assets/profiles/", $file, ".toml"))),*] };
}

/// The plain profiles, in the order of [`As::ALL`].
const PLAIN: &[&str] = shipped![
    "team",
    "products",
    "accounts",
    "leads",
    "contacts",
    "opportunities",
    "stages",
    "stage-history",
    "targets",
    "touches",
    "handoffs",
    "arr",
    "spend",
    "costs",
    "leave",
    "rates",
    "surveys",
    "health",
    "usage",
    "tools",
    "integrations",
];

/// What each system's exports have besides.
const SYSTEMS: &[&str] = shipped![
    "salesforce/team",
    "salesforce/accounts",
    "salesforce/leads",
    "salesforce/contacts",
    "salesforce/opportunities",
    "salesforce/stages",
    "salesforce/stage-history",
    "salesforce/touches",
    "hubspot/accounts",
    "hubspot/leads",
    "hubspot/contacts",
    "hubspot/opportunities",
    "hubspot/touches",
    "fxiaoke/accounts",
    "fxiaoke/leads",
    "fxiaoke/contacts",
    "fxiaoke/opportunities",
    "neocrm/accounts",
    "neocrm/leads",
    "neocrm/contacts",
    "neocrm/opportunities",
];

/// The names of the systems that have shipped profiles.
pub fn systems() -> BTreeSet<&'static str> {
    OF_SYSTEMS.iter().map(|known| known.profile.name.as_str()).collect()
}

/// The texts of the shipped profiles of a system, or of the plain one of a kind of file.
pub fn texts(name: &str) -> Vec<&'static str> {
    let is_it = |text: &&str| Profile::parse(text).is_ok_and(|profile| profile.name.eq_ignore_ascii_case(name));
    let of_system: Vec<&str> = SYSTEMS.iter().copied().filter(is_it).collect();
    let plain = As::parse(name).and_then(|object| PLAIN.get(As::ALL.iter().position(|other| *other == object)?));
    if of_system.is_empty() { plain.copied().into_iter().collect() } else { of_system }
}

/// What a header may mean in one kind of file.
#[derive(Debug)]
pub(super) struct Meaning {
    pub target: Target,
    /// Place among the spellings of its target; the plain header is 0.
    pub rank: usize,
}

/// A profile, made ready for headers.
#[derive(Debug)]
pub(super) struct Known {
    pub object: As,
    pub profile: Profile,
    /// By folded header.
    pub meanings: HashMap<String, Meaning>,
    /// Folded signs.
    pub signs: BTreeSet<String>,
    /// Folded columns that are not read.
    pub ignored: HashSet<String>,
    /// Folded columns that were there when the profile was saved.
    seen: HashSet<String>,
    marks: Vec<Mark>,
}

static KNOWN: LazyLock<Vec<Known>> = LazyLock::new(|| parsed(PLAIN));
static OF_SYSTEMS: LazyLock<Vec<Known>> = LazyLock::new(|| parsed(SYSTEMS));

fn parsed(texts: &[&str]) -> Vec<Known> {
    let profiles = texts.iter().filter_map(|text| Profile::parse(text).ok());
    profiles.filter_map(|profile| Some(Known::of(profile.object?, &profile))).collect()
}

impl Known {
    pub(super) fn of(object: As, profile: &Profile) -> Self {
        let mut meanings = HashMap::new();
        for (key, headers) in &profile.columns {
            let Some(target) = Target::of(object, key) else { continue };
            for (rank, header) in headers.iter().enumerate() {
                meanings.entry(folded(header)).or_insert(Meaning { target, rank });
            }
        }
        let signs = profile.signs.iter().map(|sign| folded(sign)).collect();
        let marks = profile.signs.iter().map(|sign| Mark::of(sign)).collect();
        let all = |names: &[String]| names.iter().map(|name| folded(name)).collect();
        let (ignored, seen) = (all(&profile.ignored), all(&profile.header));
        Self { object, profile: profile.clone(), meanings, signs, ignored, seen, marks }
    }

    /// The plain profiles, one for each kind of file.
    pub(super) fn plain() -> &'static [Self] {
        &KNOWN
    }

    /// The profiles of systems.
    pub(super) fn of_systems() -> &'static [Self] {
        &OF_SYSTEMS
    }

    /// The plain profile for a kind of file.
    pub(super) fn shipped(object: As) -> Option<&'static Self> {
        KNOWN.iter().find(|known| known.object == object)
    }

    /// Whether it says what such a column is: a field; one that is not read; or one that was there when the
    /// profile was saved and means nothing, which is kept, whatever others say of its name.
    pub(super) fn tells(&self, name: &str) -> bool {
        self.meanings.contains_key(name) || self.ignored.contains(name) || self.seen.contains(name)
    }

    /// How many of the signs stand in a header.
    pub(super) fn signs_in(&self, header: &Header) -> usize {
        self.marks.iter().filter(|mark| header.has(mark)).count()
    }
}

/// How a sign has to stand in a header.
#[derive(Debug)]
enum Mark {
    /// As it is: a name that begins with a small letter (`dealstage`, `saleStageId`).
    Exact(String),
    /// As a label: `Opportunity ID` is no sign where it is written as the plain CSV would, `opportunity_id`.
    Label(String),
    /// However it is written: `IsDeleted`, `线索池*`.
    Name(String),
}

impl Mark {
    fn of(sign: &str) -> Self {
        if sign.starts_with(|c: char| c.is_ascii_lowercase()) {
            Self::Exact(sign.to_owned())
        } else if sign.contains(' ') {
            Self::Label(folded(sign))
        } else {
            Self::Name(folded(sign))
        }
    }
}

/// A header, made ready for signs.
pub(super) struct Header {
    exact: HashSet<String>,
    labels: HashSet<String>,
    names: HashSet<String>,
}

impl Header {
    pub(super) fn of(header: &[String]) -> Self {
        let spaced = |name: &&String| name.trim().contains(' ');
        Self {
            exact: header.iter().map(|name| name.trim().to_owned()).collect(),
            labels: header.iter().filter(spaced).map(|name| folded(name)).collect(),
            names: header.iter().map(|name| folded(name)).collect(),
        }
    }

    fn has(&self, mark: &Mark) -> bool {
        match mark {
            Mark::Exact(sign) => self.exact.contains(sign),
            Mark::Label(sign) => self.labels.contains(sign),
            Mark::Name(sign) => self.names.contains(sign),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn every_shipped_profile_is_in_order() {
        assert_eq!(KNOWN.iter().map(|known| known.object).collect::<Vec<_>>(), As::ALL);
        assert_eq!(OF_SYSTEMS.len(), SYSTEMS.len());
        for text in PLAIN.iter().chain(SYSTEMS) {
            let profile = Profile::parse(text).unwrap();
            let mut seen = BTreeMap::new();
            for (field, headers) in &profile.columns {
                for spelling in headers.iter().map(|header| folded(header)).collect::<BTreeSet<_>>() {
                    let other = seen.insert(spelling.clone(), field);
                    assert_eq!(other, None, "{}: {spelling} stands for {field} too", profile.name);
                }
            }
        }
    }

    #[test]
    fn a_system_has_signs_of_its_own() {
        for known in Known::of_systems() {
            let (name, object) = (&known.profile.name, known.object.key());
            assert_eq!(known.profile.system.as_ref(), Some(name), "{object}");
            assert!(known.profile.signs.len() >= 4, "{name} {object}");
            let unique: BTreeSet<&String> = known.profile.signs.iter().collect();
            assert_eq!(unique.len(), known.profile.signs.len(), "{name} {object}");
        }
    }

    #[test]
    fn signs_are_told_from_plain_names() {
        for (sign, name, is) in [
            ("Opportunity ID", "Opportunity ID", true),
            ("Opportunity ID", "opportunity_id", false),
            ("IsDeleted", "is_deleted", true),
            ("dealstage", "dealstage", true),
            ("dealstage", "deal_stage", false),
            ("线索池", "*线索池（必填）", true),
        ] {
            assert_eq!(Header::of(&[name.to_owned()]).has(&Mark::of(sign)), is, "{sign} {name}");
        }
    }
}
