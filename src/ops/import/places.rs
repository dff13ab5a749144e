//! Where files are: a path as it is typed, pasted or dragged in, and what a folder holds.

use super::files::is_tabular;
use crate::domain::message::{Message, Tell as _};
use crate::domain::time::Instant;
use crate::ops::Error;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// What a folder holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// The folder.
    pub folder: PathBuf,
    /// Files that can be imported, the newest first; then folders, by name.
    pub entries: Vec<Listed>,
    /// Why it cannot be listed.
    pub trouble: Option<Message>,
}

/// A file or folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its name.
    pub name: String,
    /// Size in bytes; `None` for a folder.
    pub size: Option<u64>,
    /// When it was last changed.
    pub modified: Option<Instant>,
}

/// Lists a folder.
#[must_use]
pub fn listing(folder: &Path) -> Listing {
    let place = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let mut listing = Listing { folder: folder.to_owned(), entries: Vec::new(), trouble: None };
    match std::fs::read_dir(place) {
        Ok(entries) => listing.entries = entries.filter_map(|entry| listed(&entry.ok()?.path())).collect(),
        Err(error) => {
            let error = Error::File { path: place.display().to_string(), cause: error.to_string() };
            listing.trouble = Some(error.tell());
        }
    }
    listing.entries.sort_by(|a, b| {
        let order =
            |entry: &Listed| (entry.size.is_none(), std::cmp::Reverse(entry.modified.filter(|_| entry.size.is_some())));
        order(a).cmp(&order(b)).then_with(|| a.name.cmp(&b.name))
    });
    listing
}

fn listed(path: &Path) -> Option<Listed> {
    // A name that is no text cannot be typed either.
    let name = path.file_name()?.to_str()?.to_owned();
    let meta = std::fs::metadata(path).ok()?;
    let modified = meta.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok());
    let modified = modified.and_then(|since| i64::try_from(since.as_millis()).ok()).map(Instant);
    let size = if meta.is_dir() { None } else { Some(meta.len()) };
    (size.is_none() || is_tabular(path)).then_some(Listed { name, size, modified })
}

/// The path that a text means: as it is typed, with `~` for the home folder, or as terminals and file managers
/// drag it in, in quotes, with backslashes before odd characters, or as a `file://` address.
#[must_use]
pub fn typed(text: &str, home: Option<&Path>) -> PathBuf {
    let text = text.trim_start();
    let quoted = |quote: char| text.trim_end().strip_prefix(quote)?.strip_suffix(quote);
    if let Some(inner) = quoted('\'').or_else(|| quoted('"')) {
        return at_home(inner, home);
    }
    if let Some(address) = text.trim_end().strip_prefix("file://") {
        let path = address.strip_prefix("localhost").unwrap_or(address);
        return PathBuf::from(decoded(path));
    }
    if cfg!(unix) { at_home(&unescaped(text), home) } else { at_home(text, home) }
}

fn at_home(text: &str, home: Option<&Path>) -> PathBuf {
    match (text.strip_prefix('~'), home) {
        (Some(""), Some(home)) => home.to_owned(),
        (Some(rest), Some(home)) if rest.starts_with(['/', '\\']) => home.join(rest.trim_start_matches(['/', '\\'])),
        _ => PathBuf::from(text),
    }
}

/// Backslashes taken away that a shell would take away.
fn unescaped(text: &str) -> String {
    let mut plain = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        plain.extend(if c == '\\' { chars.next() } else { Some(c) });
    }
    plain
}

/// `%20` and the like decoded; what is no such thing stays.
fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut plain = Vec::new();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let hex = bytes.get(at + 1..at + 3).and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.filter(|_| byte == b'%').and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(value) => {
                plain.push(value);
                at += 3;
            }
            None => {
                plain.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&plain).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)]
    fn a_path_may_be_typed_pasted_or_dragged_in() {
        let home = Path::new("/home/ana");
        for (text, path) in [
            ("deals.csv", "deals.csv"),
            ("~/ex ports/deals.csv", "/home/ana/ex ports/deals.csv"),
            ("~", "/home/ana"),
            ("~bob/x", "~bob/x"),
            ("'/tmp/my deals.csv' ", "/tmp/my deals.csv"),
            ("\"/tmp/my deals.csv\"", "/tmp/my deals.csv"),
            ("/tmp/my\\ deals\\(1\\).csv", "/tmp/my deals(1).csv"),
            ("file:///tmp/my%20deals%E4%BA%91.csv", "/tmp/my deals云.csv"),
            ("file://localhost/tmp/a%zz.csv", "/tmp/a%zz.csv"),
            ("云帆/线索.csv", "云帆/线索.csv"),
        ] {
            assert_eq!(typed(text, Some(home)), PathBuf::from(path), "{text}");
        }
    }

    #[test]
    fn a_folder_is_listed_files_first() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("older")).unwrap();
        for name in ["a.csv", "b.XLSX", "c.pdf", "~$b.xlsx"] {
            std::fs::write(folder.path().join(name), "x").unwrap();
        }
        let listing = listing(folder.path());
        let names: std::collections::BTreeSet<&str> = listing.entries.iter().map(|entry| entry.name.as_str()).collect();
        assert_eq!(names, ["a.csv", "b.XLSX", "older"].into());
        assert_eq!(listing.entries.last().map(|entry| (entry.name.as_str(), entry.size)), Some(("older", None)));
        assert!(super::listing(&folder.path().join("nowhere")).trouble.is_some());
    }
}
