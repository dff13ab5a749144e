//! Finding and reading the files to import.

use crate::domain::intake::RefusedFile;
use crate::domain::message::Tell as _;
use crate::domain::time::Instant;
use crate::import::{self, DateOrder, Opened, Options, Part, Sheet, SkippedSheet, is_too_large, open};
use crate::ops::{Error, Result};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// The files that the given paths stand for: a file is itself, a folder its CSV, TSV and text files
/// and its workbooks.
///
/// # Errors
/// [`Error`] when a path is not there, cannot be read, or holds nothing to import.
pub fn sources(paths: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in paths {
        let meta = std::fs::metadata(path).map_err(|e| failed(path, &e))?;
        if meta.is_dir() {
            files.extend(inside(path)?);
        } else if meta.is_file() {
            files.push(path.clone());
        } else {
            return Err(Error::NotAFile { path: path.display().to_string() });
        }
    }
    Ok(files)
}

fn inside(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).map_err(|e| failed(folder, &e))?;
    let mut files: Vec<PathBuf> =
        entries.filter_map(|entry| entry.ok().map(|e| e.path())).filter(|path| is_tabular(path)).collect();
    files.sort();
    if files.is_empty() { Err(Error::EmptyFolder { path: folder.display().to_string() }) } else { Ok(files) }
}

/// Whether a file of a folder is one that can be imported, by its name.
pub(super) fn is_tabular(path: &Path) -> bool {
    let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
    // What a spreadsheet keeps beside an open workbook is no workbook.
    let is_lock = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("~$"));
    path.is_file() && !is_lock && ["csv", "tsv", "txt", "xlsx", "xlsm", "xls"].contains(&extension.as_str())
}

/// What was found in files.
#[derive(Debug)]
pub struct Found {
    /// The tables, understood.
    pub sheets: Vec<Sheet>,
    /// Sheets of workbooks that are left out.
    pub skipped: Vec<SkippedSheet>,
    /// Files, and sheets of workbooks, that cannot be imported as they are.
    pub refused: Vec<Refused>,
}

/// A file that cannot be imported as it is.
#[derive(Debug)]
pub struct Refused {
    /// Its name.
    pub path: String,
    /// Why.
    pub why: Error,
}

impl Refused {
    /// What programs are told of it.
    #[must_use]
    pub fn told(&self) -> RefusedFile {
        let key = self.why.tell().key;
        RefusedFile { path: self.path.clone(), reason: key.strip_prefix("error-").unwrap_or(key) }
    }
}

impl Found {
    /// Refuses the files that have lost a column without which their mapping tells records or stages no more.
    pub fn refuse_incomplete(&mut self) {
        let lost = |sheet: &Sheet| lost_column(sheet).map(|why| Refused { path: sheet.name.clone(), why });
        self.refused.extend(self.sheets.iter().filter_map(lost));
        self.sheets.retain(|sheet| lost_column(sheet).is_none());
    }
}

/// The column that a file has lost and cannot do without, as an error.
#[must_use]
pub fn lost_column(sheet: &Sheet) -> Option<Error> {
    let drift = sheet.drift.as_ref()?;
    let gone = drift.vital()?;
    Some(Error::LostColumn {
        file: sheet.name.clone(),
        profile: drift.profile.clone(),
        column: gone.column.clone(),
        field: gone.field.clone().unwrap_or_default(),
        meant: gone.meant.clone(),
    })
}

/// Asks for the order of the dates in a file: its name, the column, one of its values.
pub type AskDates<'a> = &'a mut dyn FnMut(&str, &str, &str) -> Option<DateOrder>;

/// Reads every file and understands it; what cannot be read or is not what it claims to be is refused and holds up
/// no other. `ask` is asked where a file does not say how its dates are written; `None` refuses the file.
#[must_use]
pub fn read_files(files: &[PathBuf], options: &Options, ask: AskDates<'_>) -> Found {
    let mut found = Found { sheets: Vec::new(), skipped: Vec::new(), refused: Vec::new() };
    for path in files {
        let options = Options { modified: modified(path), ..options.clone() };
        let Opened { parts, skipped } = match opened(path, &options) {
            Ok(opened) => opened,
            Err(why) => {
                found.refused.push(Refused { path: path.display().to_string(), why });
                continue;
            }
        };
        found.skipped.extend(skipped);
        for part in parts {
            match understood(&part, options.clone(), ask) {
                Ok(sheets) => found.sheets.extend(sheets),
                Err(error) => {
                    let why = Error::Import { file: part.name.clone(), error };
                    found.refused.push(Refused { path: part.name, why });
                }
            }
        }
    }
    found
}

pub(super) fn opened(path: &Path, options: &Options) -> Result<Opened> {
    let name = path.display().to_string();
    let refused = |error| Error::Import { file: name.clone(), error };
    let mut file = std::fs::File::open(path).map_err(|e| failed(path, &e))?;
    let size = file.metadata().map_err(|e| failed(path, &e))?.len();
    let mut bytes = Vec::new();
    file.by_ref().take(4).read_to_end(&mut bytes).map_err(|e| failed(path, &e))?;
    if is_too_large(size, &bytes) {
        return Err(refused(import::Error::TooLarge));
    }
    file.read_to_end(&mut bytes).map_err(|e| failed(path, &e))?;
    open(&name, &bytes, options).map_err(refused)
}

/// The sheet of a table and, where it has any, the stage history in its columns.
pub(super) fn understood(
    part: &Part,
    options: Options,
    ask: AskDates<'_>,
) -> std::result::Result<Vec<Sheet>, import::Error> {
    let mut options = part.recognised(options);
    let read = |options: &Options| {
        let sheet = part.read(options)?;
        let dates = part.stage_dates(&sheet, options)?;
        Ok([sheet].into_iter().chain(dates).collect())
    };
    match read(&options) {
        Err(import::Error::AmbiguousDates { column, example }) if options.dates.is_none() => {
            options.dates = ask(&part.name, &column, &example);
            match options.dates {
                Some(_) => read(&options),
                None => Err(import::Error::AmbiguousDates { column, example }),
            }
        }
        read => read,
    }
}

/// When the file was last written, if the system knows.
pub(super) fn modified(path: &Path) -> Option<Instant> {
    let at = std::fs::metadata(path).ok()?.modified().ok()?;
    let since = at.duration_since(UNIX_EPOCH).ok()?;
    i64::try_from(since.as_millis()).ok().map(Instant)
}

fn failed(path: &Path, error: &std::io::Error) -> Error {
    Error::File { path: path.display().to_string(), cause: error.to_string() }
}
