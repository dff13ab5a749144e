//! The text of a cell, before it becomes a value.

use super::Options;
use super::known::Known;
use super::mapping::Mapping;
use crate::domain::object::Object;
use crate::text::clean;
use std::borrow::Cow;
use std::collections::HashMap;

/// What stands for "nothing" in exports, in lower case.
const BLANKS: &[&str] = &[
    "", "-", "--", "?", "n/a", "na", "#n/a", "null", "none", "select", "--none--", "-none-", "(blank)", "—", "–", "－",
    "？",
];
/// Fields in which "Na" is a name.
const NAMES: &[&str] = &["last_name", "first_name", "full_name", "country"];
const LONGEST_BLANK: usize = 8;

/// How the cells of each column are turned into text.
#[derive(Debug, Clone, Default)]
pub(super) struct Cells {
    /// Per column: text in the file → what it stands for.
    values: Vec<HashMap<String, String>>,
    /// Per column: whether "NA" is a value.
    names: Vec<bool>,
}

impl Cells {
    pub(super) fn new(mapping: &Mapping, system: Option<&Known>, options: &Options) -> Self {
        let object = mapping.object.object();
        let keys = mapping.targets.iter().map(|target| Some(object.fields().get(target.position()?)?.key));
        let keys: Vec<Option<&str>> = keys.collect();
        Self {
            values: keys
                .iter()
                .map(|key| key.map_or_else(HashMap::new, |key| values_of(key, object, system, options)))
                .collect(),
            names: keys.iter().map(|key| key.is_some_and(|key| NAMES.contains(&key))).collect(),
        }
    }

    /// The text of a cell: the guard against formulas taken off, cleaned, replaced where the profile
    /// says so, and empty where it stands for nothing.
    pub(super) fn text<'a>(&'a self, column: usize, raw: &'a str) -> Cow<'a, str> {
        let text = trimmed(clean(unguarded(raw.trim())));
        if let Some(values) = self.values.get(column).filter(|values| !values.is_empty())
            && let Some(value) = values.get(&text.to_lowercase())
        {
            return Cow::Borrowed(value);
        }
        if is_blank(&text) && !(self.names.get(column) == Some(&true) && text.eq_ignore_ascii_case("na")) {
            return Cow::Borrowed("");
        }
        text
    }
}

/// Replacements for a field, under its own key or under a reference's `_id` or `_name`.
pub(super) fn values_of(
    key: &str,
    object: Object,
    system: Option<&Known>,
    options: &Options,
) -> HashMap<String, String> {
    let fits = |field: &str| {
        let short = field.strip_suffix("_id").or_else(|| field.strip_suffix("_name"));
        field == key || object.position(field).is_none() && short == Some(key)
    };
    // What is said last counts: the user's word before the system's.
    let profiles = system.map(|known| &known.profile).into_iter().chain(&options.profile);
    let of_profile = profiles.flat_map(|profile| &profile.values).filter(|(field, _)| fits(field));
    let of_profile = of_profile.flat_map(|(_, pairs)| pairs.iter().map(|(from, to)| (from, to)));
    let of_options = options.values.iter().filter(|(field, ..)| fits(field)).map(|(_, from, to)| (from, to));
    of_profile.chain(of_options).map(|(from, to)| (clean(from).to_lowercase(), to.clone())).collect()
}

/// Whether a whole cell stands for nothing.
pub(super) fn is_blank(text: &str) -> bool {
    text.len() <= LONGEST_BLANK && BLANKS.iter().any(|blank| blank.eq_ignore_ascii_case(text))
}

fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    }
}

/// What a spreadsheet would take for the beginning of a formula.
pub(super) const FORMULA: &[char] = &['=', '+', '-', '@', '\t', '\r'];

fn unguarded(raw: &str) -> &str {
    raw.strip_prefix('\'').filter(|rest| rest.starts_with(FORMULA)).unwrap_or(raw)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_nothing_are_blank() {
        let cells = Cells { values: vec![], names: vec![false, true] };
        for text in ["", " - ", "N/A", "na", "#N/A", "NULL", "None", "Select", "--None--", "—", "?"] {
            assert_eq!(cells.text(0, text), "", "{text}");
        }
        assert_eq!(cells.text(1, "Na"), "Na");
        assert_eq!(cells.text(0, "'=1+1"), "=1+1");
        assert_eq!(cells.text(0, "'quoted'"), "'quoted'");
    }
}
