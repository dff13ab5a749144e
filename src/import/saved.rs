//! Mappings that are saved: made of what was used for a file, and found again by its header.

use super::mapping::OWN_COLUMNS;
use super::profile::Profile;
use super::units;
use super::{As, Error, Options, SYSTEM, Sheet, Target};
use crate::domain::fold::fold;
use crate::domain::intake::{Drift, Gone};
use crate::domain::time::Instant;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A profile as it stands in its file.
#[derive(Serialize)]
struct File<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    system: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    object: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    saved_at: Option<String>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    key: &'a [String],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    signs: &'a [String],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    ignored: &'a [String],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    header: &'a [String],
    columns: &'a BTreeMap<String, Vec<String>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    values: BTreeMap<&'a str, BTreeMap<&'a str, &'a str>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    defaults: &'a BTreeMap<String, String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    formats: BTreeMap<&'static str, Vec<&'a str>>,
}

impl Profile {
    /// The text of its file, as [`Profile::parse`] reads it.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let values = self.values.iter().map(|(field, pairs)| {
            (field.as_str(), pairs.iter().map(|(from, to)| (from.as_str(), to.as_str())).collect())
        });
        let dates: Vec<&str> =
            self.dates.iter().map(String::as_str).chain(self.order.map(|order| order.key())).collect();
        let file = File {
            name: &self.name,
            system: self.system.as_deref(),
            object: self.object.map(As::key),
            saved_at: self.saved_at.map(Instant::to_rfc3339),
            key: &self.key,
            signs: &self.signs,
            ignored: &self.ignored,
            header: &self.header,
            columns: &self.columns,
            values: values.collect(),
            defaults: &self.defaults,
            formats: if dates.is_empty() { BTreeMap::new() } else { BTreeMap::from([("date", dates)]) },
        };
        // Tables of texts can always be written.
        toml::to_string_pretty(&file).unwrap_or_default()
    }
}

/// The columns that a source gave a file: not blank, and not those that revops adds to rejected rows.
fn named(header: &[String]) -> Vec<String> {
    header.iter().filter(|name| !fold(name).is_empty() && !OWN_COLUMNS.contains(&name.as_str())).cloned().collect()
}

/// The mapping that was used for a sheet, under a name; `None` for a sheet whose columns are read by rule.
#[must_use]
pub fn used(sheet: &Sheet, name: &str, options: &Options) -> Option<Profile> {
    if sheet.is_made {
        return None;
    }
    let targets: Vec<Target> = sheet.columns.iter().map(|column| column.target).collect();
    let base = mapped(&sheet.header, sheet.as_object, &targets, sheet.own.clone().unwrap_or_default());
    let mut values = base.values.clone();
    for (field, from, to) in &options.values {
        values.entry(field.clone()).or_default().push((from.clone(), to.clone()));
    }
    Some(Profile {
        name: name.to_owned(),
        system: Some(sheet.system.clone()).filter(|system| system != SYSTEM),
        values,
        order: sheet.dates,
        saved_at: Some(options.now),
        ..base
    })
}

/// A mapping that gives each column of a header this meaning, and has the rest of what `base` says.
pub(super) fn mapped(header: &[String], object: As, targets: &[Target], base: Profile) -> Profile {
    let mut columns: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, target) in header.iter().zip(targets) {
        let Some(field) = target.key(object).filter(|_| !name.is_empty()) else { continue };
        // Other spellings of a mapping that was used go on to count, behind the one that is there.
        let others = base.columns.get(&field).into_iter().flatten();
        let others = others.filter(|other| header.iter().all(|name| units::folded(other) != units::folded(name)));
        columns.insert(field, [name.clone()].into_iter().chain(others.cloned()).collect());
    }
    let ignored = header.iter().zip(targets).filter(|(_, target)| **target == Target::Ignored);
    let ignored = named(&ignored.map(|(name, _)| name.clone()).collect::<Vec<_>>());
    let has_id = targets.contains(&Target::Key);
    let key = if has_id && base.object.is_none_or(|of_base| of_base == object) { base.key.clone() } else { Vec::new() };
    Profile { object: Some(object), columns, ignored, header: named(header), key, ..base }
}

/// The mapping that was saved for such a file: with the same columns in any order; or else the one that has most of
/// them, at least half by name and two of three when those count that were probably renamed. Of several the
/// nearest, then the newest.
#[must_use]
pub fn recognised<'p>(header: &[String], asked: Option<As>, saved: &'p [Profile]) -> Option<&'p Profile> {
    let header = named(header);
    let scored = saved.iter().filter(|profile| asked.is_none() || asked == profile.object).filter_map(|profile| {
        let distance = distance(&header, &profile.header)?;
        Some((distance, profile))
    });
    scored.min_by_key(|(distance, profile)| (*distance, std::cmp::Reverse(profile.saved_at))).map(|(_, found)| found)
}

/// How many columns two headers differ by; `None` when they are of different files.
fn distance(file: &[String], known: &[String]) -> Option<usize> {
    let folded = |header: &[String]| -> BTreeSet<String> { header.iter().map(|name| units::folded(name)).collect() };
    let most = folded(file).len().max(folded(known).len());
    let shared = folded(file).intersection(&folded(known)).count();
    if shared == 0 || 2 * shared < most {
        return None;
    }
    let drift = Drift::between(known, file, &|_| None, &|_| None);
    let renamed = drift.map_or(0, |drift| drift.gone.iter().filter(|gone| gone.meant.is_some()).count());
    (3 * (shared + renamed) >= 2 * most).then_some(most - shared)
}

/// How a header differs from that of the mapping that reads it; `targets` say what its columns mean now.
pub(super) fn drift(profile: &Profile, header: &[String], object: As, targets: &[Target]) -> Option<Drift> {
    if profile.header.is_empty() {
        return None;
    }
    let means = |column: &str| {
        let is_it = |headers: &Vec<String>| headers.iter().any(|header| units::folded(header) == units::folded(column));
        profile.columns.iter().find(|(_, headers)| is_it(headers)).map(|(field, _)| field.clone())
    };
    let place = |target: Target| target.position().map_or_else(|| target.key(object), |at| Some(at.to_string()));
    let now = |field: &str| {
        let wanted = place(Target::of(object, field)?)?;
        let at = targets.iter().position(|target| place(*target).as_ref() == Some(&wanted))?;
        header.get(at).cloned()
    };
    let drift = Drift::between(&profile.header, &named(header), &means, &now)?;
    Some(Drift { profile: profile.name.clone(), saved_at: profile.saved_at, ..drift })
}

/// Why a file has no key, where that is because columns of a saved mapping are gone.
pub(super) fn lost_key(error: Error, profile: Option<&Profile>, header: &[String], object: As) -> Error {
    let Some(profile) = profile.filter(|_| matches!(error, Error::NoKey { .. })) else { return error };
    let Some(drift) = drift(profile, header, object, &[]) else { return error };
    let names = |of: fn(&Gone) -> Option<&String>| drift.lost().filter_map(of).cloned().collect::<Vec<_>>().join(", ");
    let gone = names(|gone| Some(&gone.column));
    let meant = names(|gone| gone.meant.as_ref());
    if gone.is_empty() { error } else { Error::LostKey { profile: profile.name.clone(), gone, meant } }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn saved(name: &str, object: As, header: &str, at: i64) -> Profile {
        let header = header.split(',').map(str::to_owned).collect();
        let object = Some(object);
        Profile { name: name.to_owned(), object, header, saved_at: Some(Instant(at)), ..Profile::default() }
    }

    #[test]
    fn a_file_finds_the_mapping_that_was_saved_for_it() {
        let all = [
            saved("deals", As::Opportunities, "Deal No,Phase,Volume,Close,Rep,Colour", 1),
            saved("newer deals", As::Opportunities, "Deal No,Phase,Volume,Close,Rep,Colour", 2),
            saved("people", As::Leads, "No,Mail,Phone", 3),
        ];
        let found = |header: &str, asked| {
            let header: Vec<String> = header.split(',').map(str::to_owned).collect();
            recognised(&header, asked, &all).map(|profile| profile.name.as_str())
        };
        assert_eq!(found("Rep,colour,DEAL_NO,Phase,Volume,Close", None), Some("newer deals"));
        assert_eq!(found("Rep,Deal No,Phase,Volume (USD),Closing,Region", None), Some("newer deals"));
        assert_eq!(found("Deal No,Phase,A,B,C,D", None), None, "most of it is something else");
        assert_eq!(found("Mail,No,Phone,_line,_column,_value,_reason", None), Some("people"), "what was rejected");
        assert_eq!(found("Mail,No,Phone", Some(As::Contacts)), None, "the user says what it is");
        assert_eq!(found(",", None), None);
    }
}
