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

/// Whether two files of rejected rows hold the same rows, whatever the columns behind them say of language and time.
#[must_use]
pub fn same_rejects(a: &[u8], b: &[u8]) -> bool {
    let rows = |bytes: &[u8]| -> Option<Vec<Vec<String>>> {
        let text = std::str::from_utf8(bytes).ok()?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let records = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        let cut = |record: csv::StringRecord| {
            let width = record.len().saturating_sub(OWN_COLUMNS.len());
            record.iter().take(width).map(str::to_owned).collect()
        };
        records.into_records().map(|record| record.ok().map(cut)).collect()
    };
    rows(a).is_some_and(|a| rows(b).is_some_and(|b| a == b))
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
    use super::{guarded, same_rejects};

    #[test]
    fn mended_rejects_are_told_from_the_same_ones() {
        let written = "id,name,_line,_column,_value,_reason,_exported_at\n,Beta,3,,,has no id,2026-10-05T10:00:00Z\n";
        let later = format!("\u{feff}{}", written.replace("has no id", "没有编号").replace("10-05", "10-06"));
        assert!(same_rejects(written.as_bytes(), later.as_bytes()));
        for mended in
            [written.replace("\n,Beta", "\nD-2,Beta"), written.lines().take(1).collect(), String::from("\u{0}")]
        {
            assert!(!same_rejects(mended.as_bytes(), written.as_bytes()), "{mended}");
        }
        assert!(!same_rejects(b"\xff\xfe", written.as_bytes()));
    }

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
