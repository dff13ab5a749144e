//! Finding and reading the files to import.

use crate::domain::time::Instant;
use crate::import::{Options, Sheet, read};
use crate::ops::{Error, Result};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// The files that the given paths stand for: a file is itself, a folder its CSV, TSV and text files.
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
    let tabular = |path: &PathBuf| {
        let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
        path.is_file() && ["csv", "tsv", "txt"].contains(&extension.as_str())
    };
    let entries = std::fs::read_dir(folder).map_err(|e| failed(folder, &e))?;
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|e| e.path())).filter(tabular).collect();
    files.sort();
    if files.is_empty() { Err(Error::EmptyFolder { path: folder.display().to_string() }) } else { Ok(files) }
}

/// Reads every file and understands it.
///
/// # Errors
/// [`Error`] for the first file that cannot be read or is not what it claims to be.
pub fn read_files(files: &[PathBuf], options: &Options) -> Result<Vec<Sheet>> {
    files
        .iter()
        .map(|path| {
            let bytes = std::fs::read(path).map_err(|e| failed(path, &e))?;
            let options = Options { modified: modified(path), ..options.clone() };
            let name = path.display().to_string();
            read(&name, &bytes, &options).map_err(|error| Error::Import { file: name, error })
        })
        .collect()
}

/// When the file was last written, if the system knows.
fn modified(path: &Path) -> Option<Instant> {
    let at = std::fs::metadata(path).ok()?.modified().ok()?;
    let since = at.duration_since(UNIX_EPOCH).ok()?;
    i64::try_from(since.as_millis()).ok().map(Instant)
}

fn failed(path: &Path, error: &std::io::Error) -> Error {
    Error::File { path: path.display().to_string(), cause: error.to_string() }
}
