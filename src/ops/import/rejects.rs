//! The CSV of rejected rows, to be fixed and imported again.

use super::report::{FileReport, ImportReport, file_name};
use super::{Error, Result};
use crate::import::{ProblemKind, Sheet, SheetProblem, rejects_csv};
use std::path::Path;

/// Writes one file per imported file with rejected rows, beside the store or, for a server, in the
/// current folder.
pub(super) fn write(folder: Option<&Path>, sheets: &[Sheet], report: &mut ImportReport) -> Result<()> {
    for (sheet, file) in sheets.iter().zip(&mut report.files) {
        if file.rejected > 0 {
            let path = folder.unwrap_or(Path::new(".")).join("rejects").join(name(sheet, file));
            put(&path, &rejects_csv(sheet, &extra(sheet, file)))
                .map_err(|e| Error::File { path: path.display().to_string(), cause: e.to_string() })?;
            file.rejects_file = Some(path.display().to_string());
        }
    }
    Ok(())
}

/// The same file always gives the same name, so that importing it again makes no second one.
fn name(sheet: &Sheet, file: &FileReport) -> String {
    let stem = file_name(&file.path).rsplit_once('.').map_or(file_name(&file.path), |(stem, _)| stem);
    let digest: String = sheet.digest.chars().take(8).collect();
    format!("{stem}-{digest}.csv")
}

/// The rows that were turned down after reading.
fn extra(sheet: &Sheet, file: &FileReport) -> Vec<SheetProblem> {
    let late = file.problems.iter().skip(sheet.problems.len());
    late.filter(|problem| problem.kind == ProblemKind::Row).cloned().collect()
}

fn put(path: &Path, text: &str) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(path, text)
}
