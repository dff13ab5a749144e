//! What each column of a file means.

use super::error::Error;
use super::known::Known;
use super::natural::{Natural, natural};
use super::profile::Profile;
use super::units;
use crate::domain::intake::{As, Target};
use crate::domain::object::{Kind, Object};
use std::collections::{BTreeMap, HashMap};

/// Columns that revops adds to a file of rejected rows.
pub(super) const OWN_COLUMNS: [&str; 5] = ["_line", "_column", "_value", "_reason", EXPORTED];
/// Columns of such a file with the cells that its rows have beyond their header; a row that still has some is none.
pub(super) const MORE: &str = "_more";
/// When the file was exported that the rejected rows are from: they know nothing newer.
pub(super) const EXPORTED: &str = "_exported_at";

/// How a record of the file is told from the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum KeyRule {
    /// These columns together.
    Columns(Vec<usize>),
    /// The first of these columns that is not blank.
    FirstOf(Vec<usize>),
    /// What the record goes by: the file has no ids of companies, people or deals.
    Name,
    /// The deal, the time and the stage of a move.
    History,
    /// Everything that a row of a field history tells.
    Edits,
    /// The metric, the period and the owner of a target.
    Target,
    /// Fields that together tell a row of an event, a sum or a measurement.
    Natural(Natural),
}

/// What each column of a file means.
#[derive(Debug, Clone)]
pub(super) struct Mapping {
    /// What the file holds.
    pub object: As,
    /// One per column.
    pub targets: Vec<Target>,
    /// Names of the columns, without blanks or repetitions.
    pub names: Vec<String>,
    /// How records are told apart.
    pub key: KeyRule,
}

impl Mapping {
    /// Whether some column means the field with this key.
    pub(super) fn has(&self, key: &str) -> bool {
        let at = self.object.object().position(key);
        at.is_some() && self.targets.iter().any(|target| target.position() == at)
    }

    /// The text field that the user's profile chose as the key, if it is one and not an id.
    pub(super) fn match_on(&self, profile: Option<&Profile>) -> Option<&'static str> {
        let chosen = profile.is_some_and(|profile| !profile.key.is_empty());
        let KeyRule::Columns(columns) = &self.key else { return None };
        let &[column] = columns.as_slice() else { return None };
        let Target::Field(at) = *self.targets.get(column).filter(|_| chosen)? else { return None };
        let field = self.object.object().fields().get(at)?;
        (field.kind == Kind::Text).then_some(field.key)
    }
}

/// Says what each column means: by the user's own profile, the system's, the plain one.
pub(super) fn map(
    header: &[String],
    object: As,
    profile: Option<&Profile>,
    system: Option<&Known>,
) -> Result<Mapping, Error> {
    let folded: Vec<String> = header.iter().map(|name| units::folded(name)).collect();
    let targets = meanings(header, object, profile, system);
    let key = key_rule(&folded, &targets, object, profile, system)?;
    Ok(Mapping { object, targets, names: names(header), key })
}

/// What each column means, whether or not that is enough to tell records apart.
pub(super) fn meanings(
    header: &[String],
    object: As,
    profile: Option<&Profile>,
    system: Option<&Known>,
) -> Vec<Target> {
    let folded: Vec<String> = header.iter().map(|name| units::folded(name)).collect();
    let own = profile.map(|profile| Known::of(object, profile));
    let layers: Vec<&Known> = own.as_ref().into_iter().chain(system).chain(Known::shipped(object)).collect();
    let mut targets = targets(header, &folded, &layers);
    let is_told = own.as_ref().is_some_and(|known| known.tells("recordid"));
    if object == As::Touches && !is_told && !targets.contains(&Target::Object) {
        ids_of_hubspot(&folded, &mut targets);
    }
    if own.as_ref().is_none_or(|known| known.profile.header.is_empty()) {
        twin_currency(object, &folded, &mut targets);
    }
    targets
}

/// The best column for each target: the first of these layers that knows a header says what it means; of several
/// headers that mean the same, the one of the first layer, then its first spelling, then the first in the file.
fn targets(header: &[String], folded: &[String], layers: &[&Known]) -> Vec<Target> {
    let mut best: BTreeMap<Target, ((usize, usize), usize)> = BTreeMap::new();
    for (at, (name, key)) in header.iter().zip(folded).enumerate() {
        if OWN_COLUMNS.contains(&name.as_str()) {
            continue;
        }
        let told = layers.iter().enumerate().find(|(_, known)| known.tells(key));
        let Some((whose, meaning)) = told.and_then(|(whose, known)| Some((whose, known.meanings.get(key)?))) else {
            continue;
        };
        let claim = ((whose, meaning.rank), at);
        let holder = best.entry(meaning.target).or_insert(claim);
        *holder = claim.min(*holder);
    }
    let is_ignored = |name: &String, key: &String| {
        OWN_COLUMNS.contains(&name.as_str()) || name == MORE || layers.iter().any(|known| known.ignored.contains(key))
    };
    let mut targets: Vec<Target> = header
        .iter()
        .zip(folded)
        .map(|(name, key)| if is_ignored(name, key) { Target::Ignored } else { Target::Attribute })
        .collect();
    for (target, (_, at)) in best {
        if let Some(slot) = targets.get_mut(at) {
            *slot = target;
        }
    }
    targets
}

/// `record_id` is whom a touch is about, beside a column that says what that is; alone, it is HubSpot's
/// `Record ID`, which is the touch itself.
fn ids_of_hubspot(folded: &[String], targets: &mut [Target]) {
    let has_id = targets.contains(&Target::Key);
    let at = folded.iter().position(|name| name == "recordid").and_then(|at| targets.get_mut(at));
    if let Some(target) = at.filter(|target| !has_id && target.position().is_some()) {
        *target = Target::Key;
    }
}

/// Where currencies stand in columns of their own (`Amount Currency`, `Amount (converted) Currency`), that of the
/// amount is the one called after it.
fn twin_currency(object: As, folded: &[String], targets: &mut [Target]) {
    let field = |key| object.object().position(key).map(Target::Field);
    let (Some(amount), Some(currency)) = (field("amount"), field("currency")) else { return };
    let Some(name) = targets.iter().position(|target| *target == amount).and_then(|at| folded.get(at)) else { return };
    let twin = format!("{name}currency");
    let Some(at) = folded.iter().position(|other| *other == twin) else { return };
    for (other, target) in targets.iter_mut().enumerate() {
        if other == at {
            *target = currency;
        } else if *target == currency {
            *target = Target::Attribute;
        }
    }
}

/// Names for attributes: blank headers get a number, repeated ones a suffix.
fn names(header: &[String]) -> Vec<String> {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let mut all = Vec::with_capacity(header.len());
    for (at, original) in header.iter().enumerate() {
        let count = seen.entry(original.as_str()).or_default();
        *count += 1;
        all.push(match *count {
            _ if original.is_empty() => format!("column_{}", at + 1),
            1 => original.clone(),
            n => format!("{original}_{n}"),
        });
    }
    all
}

/// What the file's column of ids would be called.
pub(super) fn id_label(object: As, system: Option<&Known>) -> String {
    let key = if object == As::StageHistory { "opportunity_id" } else { "id" };
    let layers = system.into_iter().chain(Known::shipped(object));
    let labels = |known: &Known| known.profile.columns.get(key).cloned().unwrap_or_default();
    // A system that labels its columns in Chinese is not told an English label, nor a column of the plain format.
    let is_han = system.is_some_and(|known| known.profile.columns.values().flatten().any(|label| !label.is_ascii()));
    let is_label = |label: &String| if is_han { !label.is_ascii() } else { system.is_none() || label.contains(' ') };
    let mut labels = layers.flat_map(labels).filter(is_label);
    labels.next().unwrap_or_else(|| "id".to_owned())
}

fn key_rule(
    folded: &[String],
    targets: &[Target],
    object: As,
    profile: Option<&Profile>,
    system: Option<&Known>,
) -> Result<KeyRule, Error> {
    match object {
        As::StageHistory => {
            let at = Object::StageChange.position("opportunity");
            let is_told = targets.iter().any(|target| target.position() == at);
            let wanted = || Error::NoKey { object: object.key(), wanted: id_label(object, system) };
            return if is_told { Ok(KeyRule::History) } else { Err(wanted()) };
        }
        As::Targets => return Ok(KeyRule::Target),
        _ => {}
    }
    let column = |target: Target| targets.iter().position(|t| *t == target);
    let field = |key: &str| object.object().position(key).and_then(|at| column(Target::Field(at)));
    let wanted = |headers: String| Error::NoKey { object: object.key(), wanted: headers };
    if let Some(keys) = profile.map(|profile| &profile.key).filter(|keys| !keys.is_empty()) {
        let by_header = |key: &String| folded.iter().position(|name| *name == units::folded(key));
        let by_target = |key: &String| Target::of(object, key).and_then(column);
        let columns: Option<Vec<usize>> = keys.iter().map(|key| by_header(key).or_else(|| by_target(key))).collect();
        return columns.map(KeyRule::Columns).ok_or_else(|| wanted(keys.join(", ")));
    }
    if let Some(id) = column(Target::Key) {
        return Ok(KeyRule::Columns(vec![id]));
    }
    if let Some(natural) = natural(object) {
        let given = |key: &str| profile.is_some_and(|profile| profile.defaults.contains_key(key));
        let mapped = |at| targets.iter().any(|target| target.position() == Some(at));
        let is_there = |key: &&str| given(key) || object.object().position(key).is_some_and(mapped);
        let whole = natural.needed.iter().all(is_there);
        return if whole { Ok(KeyRule::Natural(natural)) } else { Err(wanted(natural.needed.join(", "))) };
    }
    let names: &[&str] = match object.object() {
        Object::Member => &["email", "name"],
        Object::Person => &["email", "phone", "wechat", "full_name", "last_name"],
        Object::Account | Object::Product | Object::Tool | Object::Stage | Object::Opportunity => &["name"],
        _ => &[],
    };
    let columns: Vec<usize> = names.iter().filter_map(|key| field(key)).collect();
    if columns.is_empty() {
        let label = id_label(object, system);
        return Err(wanted([label.as_str()].iter().chain(names).copied().collect::<Vec<_>>().join(", ")));
    }
    let by_name = matches!(object.object(), Object::Account | Object::Person | Object::Opportunity);
    Ok(if by_name { KeyRule::Name } else { KeyRule::FirstOf(columns) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(line: &str) -> Vec<String> {
        line.split(',').map(|name| name.trim().to_owned()).collect()
    }

    #[test]
    fn a_column_of_ids_is_called_as_its_system_calls_it() {
        let label = |system: &str, object: As| {
            let known = Known::of_systems().iter().find(|of| of.object == object && of.profile.name == system);
            id_label(object, Some(known.unwrap()))
        };
        assert_eq!(label("salesforce", As::Accounts), "Account ID");
        for system in ["fxiaoke", "neocrm"] {
            for object in [As::Accounts, As::Contacts, As::Leads, As::Opportunities] {
                let label = label(system, object);
                assert!(!label.is_ascii(), "{system} {object:?}: {label}");
            }
        }
    }

    #[test]
    fn columns_are_mapped_once_and_by_rank() {
        let header = header("Mobile,Phone,Email,Email,,_reason,Lead Status");
        let mapping = map(&header, As::Leads, None, None).unwrap();
        let at = |key| Object::Person.position(key).unwrap();
        assert_eq!(mapping.targets[0..3], [Target::Attribute, Target::Field(at("phone")), Target::Field(at("email"))]);
        assert_eq!(mapping.targets[3..6], [Target::Attribute, Target::Attribute, Target::Ignored]);
        assert_eq!(mapping.names[3..5], ["Email_2", "column_5"]);
        assert_eq!(mapping.key, KeyRule::Name);
        let profile = Profile::parse("key = [\"Lead Status\"]\n[columns]\nphone = \"Mobile\"").unwrap();
        let mapping = map(&header, As::Leads, Some(&profile), None).unwrap();
        assert_eq!(mapping.targets[0..2], [Target::Field(at("phone")), Target::Attribute]);
        assert_eq!(mapping.key, KeyRule::Columns(vec![6]));
        let header = ["Id", "Stage", "Amount (converted) Currency", "Amount (converted)", "Amount Currency", "Amount"];
        let mapping = map(&header.map(str::to_owned), As::Opportunities, None, None).unwrap();
        let at = |key| Target::Field(Object::Opportunity.position(key).unwrap());
        assert_eq!(mapping.targets[2..], [Target::Attribute, Target::Attribute, at("currency"), at("amount")]);
        assert!(matches!(map(&["Stage".to_owned()], As::Opportunities, None, None), Err(Error::NoKey { .. })));
    }
}
