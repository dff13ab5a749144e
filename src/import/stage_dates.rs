//! HubSpot's columns `Date entered "Stage (Pipeline)"`, one for each stage, as a stage history.

use super::cells::{Cells, values_of};
use super::error::Error;
use super::known::Known;
use super::mapping::Mapping;
use super::sheet::{Row, Rows};
use super::table::Table;
use super::{Options, Sheet};
use crate::domain::intake::{As, Target};
use crate::domain::object::Object;
use std::collections::BTreeMap;

const HEADER: [&str; 4] = ["object", "record_id", "to_stage", "at"];

/// A column that tells when a stage was entered.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Entered {
    stage: String,
    pipeline: String,
    /// Of several columns for one stage the first counts: the newer of HubSpot's two counts before the older.
    rank: usize,
}

/// Reads the name of a column: a label in either kind of quotes, or an internal name with the stage's id.
fn entered(name: &str) -> Option<Entered> {
    let name = name.trim();
    let internal = [("hs_v2_date_entered_", 2), ("hs_date_entered_", 3)];
    let of_id = |(start, rank): &(&str, usize)| {
        let stage = name.strip_prefix(start).filter(|stage| !stage.is_empty() && *stage != "current_stage")?;
        Some(Entered { stage: stage.to_owned(), pipeline: String::new(), rank: *rank })
    };
    let start = "date entered ";
    let label = name.get(..start.len()).filter(|head| head.eq_ignore_ascii_case(start));
    let quoted = label.and_then(|_| name.get(start.len()..)).map(str::trim);
    let of_label = |(open, close, rank): (char, char, usize)| {
        let inner = quoted?.strip_prefix(open)?.strip_suffix(close)?;
        // A stage may itself have parentheses: the last pair holds the pipeline.
        let (stage, pipeline) = inner.strip_suffix(')')?.rsplit_once('(')?;
        let stage = stage.trim();
        (!stage.is_empty()).then(|| Entered { stage: stage.to_owned(), pipeline: pipeline.trim().to_owned(), rank })
    };
    let quotes = [('"', '"', 0), ('\u{201c}', '\u{201d}', 0), ('\'', '\'', 1), ('\u{2018}', '\u{2019}', 1)];
    quotes.into_iter().find_map(of_label).or_else(|| internal.iter().find_map(of_id))
}

/// What such a column's records are called in a stage history; `None` where they have none.
fn object_word(object: As) -> Option<&'static str> {
    match object {
        As::Opportunities => Some("opportunity"),
        As::Leads => Some("lead"),
        As::Contacts => Some("contact"),
        _ => None,
    }
}

/// Marks these columns: they become history and not attributes.
pub(super) fn mark(mapping: &mut Mapping, header: &[String]) {
    if object_word(mapping.object).is_none() {
        return;
    }
    for (target, name) in mapping.targets.iter_mut().zip(header) {
        if *target == Target::Attribute && entered(name).is_some() {
            *target = Target::StageDate;
        }
    }
}

/// The stage history in a sheet that has been read, if it has such columns.
pub(super) fn told(sheet: &Sheet, known: Option<&Known>, options: &Options) -> Result<Option<Table>, Error> {
    let Some(word) = object_word(sheet.as_object) else { return Ok(None) };
    let columns: Vec<(usize, Entered)> = sheet
        .columns
        .iter()
        .enumerate()
        .filter(|(_, column)| column.target == Target::StageDate)
        .filter_map(|(at, _)| Some((at, entered(sheet.header.get(at)?)?)))
        .collect();
    if columns.is_empty() {
        return Ok(None);
    }
    let field = if sheet.as_object.object() == Object::Person { "status" } else { "stage" };
    let names = values_of(field, sheet.as_object.object(), known, options);
    let plain = Cells::default();
    let mut rows: Vec<Row> = Vec::new();
    for row in &sheet.rows {
        let cells = sheet.cells(row);
        let mut dates: BTreeMap<(&str, &str), (usize, String)> = BTreeMap::new();
        for (at, column) in &columns {
            let text = plain.text(*at, cells.get(*at).map_or("", String::as_str)).into_owned();
            let kept = dates.get(&(column.stage.as_str(), column.pipeline.as_str()));
            if !text.is_empty() && kept.is_none_or(|(rank, _)| *rank > column.rank) {
                dates.insert((&column.stage, &column.pipeline), (column.rank, text));
            }
        }
        rows.extend(dates.into_iter().map(|((stage, _), (_, at))| {
            let stage = names.get(&stage.to_lowercase()).map_or(stage, String::as_str);
            (row.line, [word, &row.key, stage, &at].into_iter().collect())
        }));
    }
    Ok(Some(Table::Rows(Rows::made(HEADER.map(str::to_owned).to_vec(), rows))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_columns_tell_stage_and_pipeline() {
        for (name, expected) in [
            ("Date entered \"Closed Won (Sales Pipeline)\"", Some(("Closed Won", "Sales Pipeline", 0))),
            ("Date entered 'Demo (online) (Sales Pipeline)'", Some(("Demo (online)", "Sales Pipeline", 1))),
            (
                "Date entered \u{201c}Lead (Lifecycle Stage Pipeline)\u{201d}",
                Some(("Lead", "Lifecycle Stage Pipeline", 0)),
            ),
            ("hs_v2_date_entered_closedwon", Some(("closedwon", "", 2))),
            ("hs_date_entered_12345", Some(("12345", "", 3))),
            ("Date exited \"Closed Won (Sales Pipeline)\"", None),
            ("Date entered current stage", None),
            ("hs_v2_date_entered_current_stage", None),
            ("Time in \"Demo (Sales Pipeline)\"", None),
        ] {
            let expected = expected.map(|(stage, pipeline, rank)| Entered {
                stage: stage.into(),
                pipeline: pipeline.into(),
                rank,
            });
            assert_eq!(entered(name), expected, "{name}");
        }
    }
}
