//! Which system a table comes from: what the user says, what its columns tell, a worksheet that comes back, or the
//! other sheets of its workbook.

use super::detect;
use super::known::Known;
use super::parts::Part;
use super::{As, Options, SYSTEM, is_guessable};

/// Where a table comes from.
pub(super) struct Origin {
    /// The shipped profile of that system for this kind of table.
    pub known: Option<&'static Known>,
    /// Name of the system.
    pub system: String,
}

impl Origin {
    /// Where a table with this header comes from; `beside` is the system of the tables beside it.
    pub(super) fn of(header: &[String], name: &str, object: As, named: Option<&str>, beside: Option<&str>) -> Self {
        let back = || worksheet(header, name).filter(|known| known.object == object);
        let known = detect::system_of(header, object, named).or_else(back);
        let known = known.or_else(|| detect::system_of(header, object, beside.filter(|_| named.is_none())));
        let told = known.map(|known| known.profile.name.as_str());
        let system = named.or(told).or(beside).unwrap_or(SYSTEM).to_owned();
        Self { known, system }
    }
}

impl Part {
    /// Where it comes from.
    pub(super) fn origin(&self, object: As, options: &Options) -> Origin {
        Origin::of(self.table().header(), &self.name, object, named_system(options), self.beside)
    }
}

/// The system that the user or the user's own mapping names.
pub(super) fn named_system(options: &Options) -> Option<&str> {
    let of_profile = options.profile.as_ref().and_then(|profile| profile.system.as_deref());
    options.system.as_deref().or(of_profile)
}

/// Whether the columns told the system, now or when the mapping was saved.
pub(super) fn is_guessed(options: &Options) -> bool {
    let saved = options.profile.as_ref().filter(|profile| !profile.header.is_empty());
    let of_saved = || saved.and_then(|profile| profile.system.as_deref()).is_some_and(is_guessable);
    options.system.is_none() && (named_system(options).is_none() || of_saved())
}

/// Gives the sheets of a workbook whose columns tell no system that of the others, when these are of one.
pub(super) fn agree(parts: &mut [Part]) {
    let told = |part: &Part| {
        let header = part.table().header();
        let object = detect::object_of(header, &part.name, None, None).ok()?;
        Origin::of(header, &part.name, object, None, None).known.map(|known| known.profile.name.as_str())
    };
    let mut systems: Vec<&'static str> = parts.iter().filter_map(told).collect();
    systems.sort_unstable();
    systems.dedup();
    if let [system] = systems.as_slice() {
        parts.iter_mut().for_each(|part| part.beside = Some(system));
    }
}

/// The system and kind of records of a worksheet that comes back: it has the id and some of the columns that the
/// system's own import takes, as they are written there. Where several could be, its name tells.
pub(super) fn worksheet(header: &[String], name: &str) -> Option<&'static Known> {
    let (id, columns) = header.split_first().filter(|(_, columns)| !columns.is_empty())?;
    let takes = |known: &&Known| {
        let worksheet = &known.profile.worksheet;
        worksheet.get("id") == Some(id) && columns.iter().all(|name| worksheet.values().any(|header| header == name))
    };
    let fitting: Vec<&'static Known> = Known::of_systems().iter().filter(takes).collect();
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let is_named = |known: &&&Known| file.starts_with(&format!("{}-{}", known.profile.name, known.object.key()));
    match fitting.as_slice() {
        [known] => Some(known),
        several => several.iter().find(is_named).copied(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_worksheet_is_told_by_its_columns_or_its_name() {
        let told = |header: &str, name: &str| {
            let header: Vec<String> = header.split(',').map(str::to_owned).collect();
            worksheet(&header, name).map(|known| (known.profile.name.as_str(), known.object))
        };
        assert_eq!(told("Id,StageName", "x.csv"), Some(("salesforce", As::Opportunities)));
        assert_eq!(told("Record ID,Deal Stage", "x.csv"), Some(("hubspot", As::Opportunities)));
        assert_eq!(told("Record ID,Email", "/tmp/hubspot-leads (1).csv"), Some(("hubspot", As::Leads)));
        assert_eq!(told("Record ID,Email", "hubspot-contacts.csv"), Some(("hubspot", As::Contacts)));
        assert_eq!(told("客户编号,行业", "neocrm-accounts.csv"), Some(("neocrm", As::Accounts)));
        for (header, name) in [("Record ID,Email", "x.csv"), ("Id", "salesforce-leads.csv"), ("id,stage", "x.csv")] {
            assert_eq!(told(header, name), None, "{header}");
        }
    }
}
