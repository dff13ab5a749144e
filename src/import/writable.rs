//! The way back: what a system's own import takes, and how it spells what is kept here.

use super::As;
use super::known::Known;
use crate::domain::intake::Target;
use crate::domain::object::Kind;
use std::collections::BTreeMap;

/// How a column tells its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The value itself.
    Value,
    /// A reference by what the system calls the record.
    Id,
    /// A reference by name.
    Name,
    /// A reference by id, or by name where it has none.
    Either,
}

/// A column that a system's own import takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its header.
    pub header: String,
    /// How it tells its value.
    pub way: Way,
}

/// What a system's own import takes of one kind of record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Writable {
    /// Header of the record's id.
    pub id: String,
    /// Field → column.
    pub columns: BTreeMap<&'static str, Column>,
    values: BTreeMap<String, Vec<(String, String)>>,
}

impl Writable {
    /// How the system spells a value: as its profile maps it to ours, the other way round.
    #[must_use]
    pub fn spelling(&self, field: &str, value: &str) -> String {
        let pairs = self.values.get(field).map_or(&[][..], Vec::as_slice);
        let spelled = || pairs.iter().find(|(_, ours)| ours == value).map(|(theirs, _)| theirs.clone());
        // What it writes itself stays.
        let is_theirs = pairs.iter().any(|(theirs, _)| theirs == value);
        spelled().filter(|_| !is_theirs).unwrap_or_else(|| value.to_owned())
    }
}

/// What a system's own import takes: as its profile says, else every field under its plain name.
#[must_use]
pub fn writable(system: &str, object: As) -> Writable {
    let known = Known::of_systems().iter().find(|known| known.object == object && known.profile.name == system);
    let Some(known) = known.filter(|known| !known.profile.worksheet.is_empty()) else { return plain(object) };
    let fields = object.object().fields();
    let mut columns = BTreeMap::new();
    for (key, header) in &known.profile.worksheet {
        let Some(target) = Target::of(object, key) else { continue };
        let Some(field) = target.position().and_then(|at| fields.get(at)) else { continue };
        columns.insert(field.key, Column { header: header.clone(), way: way(target, field.kind) });
    }
    let id = known.profile.worksheet.get("id").map_or("id", String::as_str).to_owned();
    Writable { id, columns, values: known.profile.values.clone() }
}

/// The systems whose files are known.
pub fn shipped_systems() -> impl Iterator<Item = &'static str> {
    Known::of_systems().iter().map(|known| known.profile.name.as_str())
}

fn way(target: Target, kind: Kind) -> Way {
    match target {
        Target::ById(_) => Way::Id,
        Target::ByName(_) => Way::Name,
        _ if matches!(kind, Kind::Reference(_)) => Way::Either,
        _ => Way::Value,
    }
}

/// The columns of the plain CSV.
fn plain(object: As) -> Writable {
    let columns = Known::shipped(object).map(|known| &known.profile.columns);
    let fields = object.object().fields().iter();
    let columns = fields.filter_map(|field| {
        let keys = [field.key.to_owned(), format!("{}_id", field.key), format!("{}_name", field.key)];
        keys.iter().find_map(|key| {
            let header = columns?.get(key)?.first()?.clone();
            let target = Target::of(object, key)?;
            target.position()?;
            Some((field.key, Column { header, way: way(target, field.kind) }))
        })
    });
    Writable { id: "id".to_owned(), columns: columns.collect(), values: BTreeMap::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::mapping::map;

    /// What a worksheet says is read back as what it was made from.
    #[test]
    fn every_column_comes_back_as_its_field() {
        for known in Known::of_systems().iter().filter(|known| !known.profile.worksheet.is_empty()) {
            let header: Vec<String> = known.profile.worksheet.values().cloned().collect();
            let mapping = map(&header, known.object, None, Some(known)).unwrap();
            for ((key, header), target) in known.profile.worksheet.iter().zip(&mapping.targets) {
                let meant = Target::of(known.object, key).unwrap();
                let same = *target == meant || target.position().is_some() && target.position() == meant.position();
                assert!(same, "{} {}: {header} is {target:?}", known.profile.name, known.object.key());
            }
        }
        for object in As::ALL.into_iter().filter(|object| As::may_be(object.object())) {
            let plain = plain(object);
            let header: Vec<String> =
                std::iter::once("id".to_owned()).chain(plain.columns.values().map(|c| c.header.clone())).collect();
            let Ok(mapping) = map(&header, object, None, None) else { continue };
            for (key, target) in plain.columns.keys().zip(mapping.targets.iter().skip(1)) {
                assert_eq!(target.position(), object.object().position(key), "{} {key}", object.key());
            }
        }
    }

    #[test]
    fn values_are_spelled_as_the_system_spells_them() {
        let hubspot = writable("hubspot", As::Opportunities);
        assert_eq!(hubspot.spelling("stage", "Closed Won"), "closedwon");
        assert_eq!(hubspot.spelling("stage", "Our Own"), "Our Own");
        let salesforce = writable("salesforce", As::Opportunities);
        assert_eq!(salesforce.spelling("forecast_category", "Commit"), "Commit");
        assert_eq!((salesforce.id.as_str(), salesforce.columns["owner"].way), ("Id", Way::Id));
        let own = writable("our CRM", As::Accounts);
        assert_eq!((own.id.as_str(), own.columns["owner"].way), ("id", Way::Either));
        assert!(!own.columns.contains_key("attributes"));
    }
}
