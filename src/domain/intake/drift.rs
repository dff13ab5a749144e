//! How the columns of a file differ from those that a mapping was saved with.

use crate::domain::fold::fold;
use crate::domain::spelling::likeness;
use crate::domain::time::Instant;
use serde::Serialize;
use std::collections::BTreeSet;

/// Two headers this alike are probably one column that was renamed.
const ALIKE: f64 = 0.8;

/// What tells records and their stages apart.
const VITAL: [&str; 5] = ["id", "external", "stage", "to_stage", "status"];

/// The difference between two headers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Drift {
    /// Name of the mapping.
    pub profile: String,
    /// When it was saved, if it says so.
    pub saved_at: Option<Instant>,
    /// Columns that the mapping knows and the file does not have.
    pub gone: Vec<Gone>,
    /// Columns that the mapping does not know.
    pub new: Vec<String>,
}

/// A column that is gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Gone {
    /// Its name.
    pub column: String,
    /// What it meant, as a mapping names it; `null` for one that was only kept beside the record.
    pub field: Option<String>,
    /// The column from which that is read now, if any.
    pub now: Option<String>,
    /// The new column that is probably this one.
    pub meant: Option<String>,
}

impl Drift {
    /// Compares the header of a mapping with that of a file, whatever the order of columns; `None` when both
    /// name the same. `field` tells what a column of the mapping means, `now` from which column of the file
    /// that is read.
    #[must_use]
    pub fn between(
        saved: &[String],
        header: &[String],
        field: &dyn Fn(&str) -> Option<String>,
        now: &dyn Fn(&str) -> Option<String>,
    ) -> Option<Self> {
        let without = |these: &[String], those: &[String]| -> Vec<String> {
            let known: BTreeSet<String> = those.iter().map(|name| fold(name)).collect();
            these.iter().filter(|name| !name.is_empty() && !known.contains(&fold(name))).cloned().collect()
        };
        let (gone, new) = (without(saved, header), without(header, saved));
        if gone.is_empty() && new.is_empty() {
            return None;
        }
        let mut gone: Vec<Gone> = gone
            .into_iter()
            .map(|column| {
                let field = field(&column);
                let now = field.as_deref().and_then(now);
                Gone { meant: now.clone().filter(|now| new.contains(now)), field, now, column }
            })
            .collect();
        pair(&mut gone, &new);
        Some(Self { gone, new, ..Self::default() })
    }

    /// Columns that meant something and from which nothing is read any more.
    pub fn lost(&self) -> impl Iterator<Item = &Gone> {
        self.gone.iter().filter(|gone| gone.field.is_some() && gone.now.is_none())
    }

    /// The first lost column of those by which records and stages are told: without it every record would be taken
    /// for another one, or stand still.
    #[must_use]
    pub fn vital(&self) -> Option<&Gone> {
        let is_vital = |field: &String| {
            let field = field.strip_suffix("_name").or(field.strip_suffix("_id")).unwrap_or(field);
            VITAL.contains(&field)
        };
        self.lost().find(|gone| gone.field.as_ref().is_some_and(is_vital))
    }
}

/// Finds for what is gone the new column with the likest name, each once, the likest pairs first.
fn pair(gone: &mut [Gone], new: &[String]) {
    let mut pairs: Vec<(f64, usize, &String)> = Vec::new();
    for (at, one) in gone.iter().enumerate().filter(|(_, one)| one.meant.is_none()) {
        pairs.extend(new.iter().map(|name| (likeness(&one.column, name), at, name)));
    }
    pairs.retain(|(alike, ..)| *alike >= ALIKE);
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (_, at, name) in pairs {
        let is_taken = gone.iter().any(|one| one.meant.as_ref() == Some(name));
        if let Some(one) = gone.get_mut(at).filter(|one| one.meant.is_none() && !is_taken) {
            one.meant = Some(name.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(line: &str) -> Vec<String> {
        line.split(',').map(str::to_owned).collect()
    }

    fn between(saved: &str, file: &str) -> Option<Drift> {
        let field = |column: &str| (column != "Note").then(|| fold(column));
        Drift::between(&header(saved), &header(file), &field, &|field| (field == "volume").then(|| "Worth".to_owned()))
    }

    #[test]
    fn the_order_and_spelling_of_columns_are_no_difference() {
        assert_eq!(between("Deal No,Phase,Volume", "phase,Volume,deal_no*"), None);
    }

    #[test]
    fn what_is_gone_finds_the_new_column_it_probably_is() {
        let drift = between("Deal No,Phase,Volume,Note,Owner", "Deal No.,Phases,Worth,Region,Deal Number").unwrap();
        let gone: Vec<_> =
            drift.gone.iter().map(|g| (g.column.as_str(), g.now.as_deref(), g.meant.as_deref())).collect();
        let expected = [
            ("Phase", None, Some("Phases")),
            ("Volume", Some("Worth"), Some("Worth")),
            ("Note", None, None),
            ("Owner", None, None),
        ];
        assert_eq!(gone, expected);
        assert_eq!(drift.new, header("Phases,Worth,Region,Deal Number"));
        assert_eq!(drift.lost().map(|gone| gone.column.as_str()).collect::<Vec<_>>(), ["Phase", "Owner"]);
    }

    #[test]
    fn no_file_can_do_without_what_tells_records_and_stages() {
        let vital = |field: &str| {
            let drift = Drift::between(&header("A,B"), &header("B"), &|_| Some(field.to_owned()), &|_| None).unwrap();
            drift.vital().is_some()
        };
        for (field, expected) in [("id", true), ("external_id", true), ("stage_name", true), ("amount", false)] {
            assert_eq!(vital(field), expected, "{field}");
        }
        let read =
            Drift::between(&header("A,B"), &header("B"), &|_| Some("stage".to_owned()), &|_| Some("B".to_owned()));
        assert!(read.unwrap().vital().is_none(), "it is read from another column");
    }

    #[test]
    fn a_new_column_is_meant_once() {
        let drift = between("Close Date,Closed Date", "Closing Date").unwrap();
        assert_eq!(drift.gone.iter().filter(|gone| gone.meant.is_some()).count(), 1);
    }
}
