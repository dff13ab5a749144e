//! The CSV of rejected rows, to be fixed and imported again.

use super::Words;
use crate::domain::intake::{FileReport, ImportReport, file_name};
use crate::import::{ProblemKind, Sheet, SheetProblem, rejects_csv, same_rejects};
use crate::store::private;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Writes one file per imported file with rejected rows, beside the store or, for a server, in the
/// current folder. The import is done by then, so a failure is told with it and does not undo it.
pub(super) fn write(folder: Option<&Path>, sheets: &[Sheet], report: &mut ImportReport, words: Words<'_>) {
    for (sheet, file) in sheets.iter().zip(&mut report.files) {
        if file.rejected > 0 {
            let text = rejects_csv(sheet, &extra(sheet, file), words);
            let path = free(&folder.unwrap_or(Path::new(".")).join("rejects"), &name(sheet, file), &text);
            match put(&path, &text) {
                Ok(()) => file.rejects_file = Some(path.display().to_string()),
                Err(error) => file.rejects_failed = Some(format!("{}: {error}", path.display())),
            }
        }
    }
}

/// How many mended files of one name are looked past.
const MENDED: u32 = 1000;

/// Where the rows go: to the file of this name, unless there is one whose rows are others. Somebody has mended it and
/// perhaps not imported it yet, so it stays, and the rows go to one with a number behind.
fn free(folder: &Path, name: &str, text: &str) -> PathBuf {
    let stem = name.strip_suffix(".csv").unwrap_or(name);
    let numbered = (2..MENDED).map(|number| folder.join(format!("{stem}-{number}.csv")));
    let is_free = |path: &PathBuf| match std::fs::read(path) {
        Ok(there) => same_rejects(&there, text.as_bytes()),
        Err(error) => error.kind() == std::io::ErrorKind::NotFound,
    };
    let plain = folder.join(name);
    std::iter::once(plain.clone()).chain(numbered).find(is_free).unwrap_or(plain)
}

/// The same file always gives the same name, so that importing it again makes no second one.
fn name(sheet: &Sheet, file: &FileReport) -> String {
    let without_ending = |name: &str| name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned();
    let name = file_name(&file.path);
    // `deals.xlsx[Leads]` gives `deals-Leads`.
    let stem = match name.strip_suffix(']').and_then(|name| name.split_once('[')) {
        Some((book, sheet)) => format!("{}-{}", without_ending(book), sheet.replace([':', '*', '?'], "_")),
        None => without_ending(name),
    };
    let digest: String = sheet.digest.chars().take(8).collect();
    format!("{stem}-{digest}.csv")
}

/// The rows that were turned down after reading.
fn extra(sheet: &Sheet, file: &FileReport) -> Vec<SheetProblem> {
    let late = file.problems.iter().skip(sheet.problems.len());
    late.filter(|problem| problem.kind == ProblemKind::Row).cloned().collect()
}

/// Rejected rows are people's data: they are for their owner only, as the store is.
fn put(path: &Path, text: &str) -> std::io::Result<()> {
    let mut file = private::open(path, true)?;
    if !text.is_ascii() {
        // Without this mark Excel in China takes UTF-8 for something else.
        file.write_all("\u{feff}".as_bytes())?;
    }
    file.write_all(text.as_bytes())
}
