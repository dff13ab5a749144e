//! Rows that could not be used, as a CSV that can be mended and imported again.

use super::cells::FORMULA;
use super::mapping::{MORE, OWN_COLUMNS};
use super::numbers::{Mark, parse};
use super::{ProblemKind, Sheet, SheetProblem};
use crate::domain::message::Message;
use crate::text::clean;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The unusable rows of a sheet and those of `extra`, once each, under the original header with
/// where and why behind, the reasons told by `words`; those columns are ignored when the file comes back.
#[must_use]
pub fn rejects_csv(sheet: &Sheet, extra: &[SheetProblem], words: &dyn Fn(&Message) -> String) -> String {
    let unusable = sheet.problems.iter().chain(extra).filter(|problem| problem.kind == ProblemKind::Row);
    let mut rows: BTreeMap<u64, &SheetProblem> = BTreeMap::new();
    for problem in unusable {
        rows.entry(problem.line).or_insert(problem);
    }
    let own = |name: &String| OWN_COLUMNS.contains(&name.as_str());
    let kept = |at: usize| sheet.header.get(at).is_none_or(|name| !own(name));
    let width = rows.values().map(|problem| problem.row.len()).max().unwrap_or(0).max(sheet.header.len());
    let columns: Vec<usize> = (0..width).filter(|at| kept(*at)).collect();
    let mut writer = csv::Writer::from_writer(Vec::new());
    let header = columns.iter().map(|at| sheet.header.get(*at).map_or(MORE, String::as_str)).chain(OWN_COLUMNS);
    let mut done = writer.write_record(header.map(guarded).map(|cell| cell.into_owned()));
    let exported = sheet.exported_at.to_rfc3339();
    for problem in rows.into_values() {
        let line = problem.line.to_string();
        let cells = columns.iter().map(|at| problem.row.get(*at).map_or("", String::as_str));
        let reason = words(&problem.reason);
        let about = [line.as_str(), &problem.field, &problem.value, &reason, &exported];
        done = done.and_then(|()| writer.write_record(cells.chain(about).map(guarded).map(|cell| cell.into_owned())));
    }
    // Writing into memory cannot fail.
    done.ok()
        .and_then(|()| writer.into_inner().ok())
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .unwrap_or_default()
}

/// A cell that no spreadsheet takes for a formula; its lines stay lines.
fn guarded(raw: &str) -> Cow<'_, str> {
    let text = match raw.contains('\n') {
        true => Cow::Owned(raw.lines().map(clean).collect::<Vec<_>>().join("\n")),
        false => clean(raw),
    };
    let is_formula = text.starts_with(FORMULA) || raw.starts_with(FORMULA) && !text.is_empty();
    if is_formula && parse(&text, Mark::Dot).is_none() { Cow::Owned(format!("'{text}")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::guarded;

    #[test]
    fn formulas_are_guarded_and_numbers_are_not() {
        for (raw, expected) in [
            ("=1+1", "'=1+1"),
            ("@x", "'@x"),
            ("-5.20", "-5.20"),
            ("+1 555", "+1 555"),
            ("-", "'-"),
            ("=a\r\nb\u{1b}[1m", "'=a\nb"),
        ] {
            assert_eq!(guarded(raw), expected);
        }
    }
}
