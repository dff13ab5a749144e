//! What the program did, for whoever has to find out what went wrong: when, which command, how long, which error,
//! how many. By their types no text of a user, a file or a store can get in: only words of the program and numbers.
//!
//! ```text
//! 2026-11-25T17:30:00Z import-counts files=3 rows=120 new=100 changed=3 unchanged=15 rejected=2
//! 2026-11-25T17:30:00Z import ms=532 code=0
//! 2026-11-25T17:31:12Z import ms=4 code=3 error=error-import-no-key
//! ```

use super::make_private;
use crate::domain::time::Instant;
use directories::ProjectDirs;
use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// A log above this becomes the old one, in place of the one before.
const LARGEST: u64 = 512 * 1024;

/// The log; without a place it keeps nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Log(Option<PathBuf>);

impl Log {
    /// Where it is on this machine; `None` when the user has no home.
    #[must_use]
    pub fn path() -> Option<PathBuf> {
        let folders = ProjectDirs::from("", "", "revops")?;
        Some(folders.state_dir().unwrap_or(folders.data_local_dir()).join("revops.log"))
    }

    /// A log in this file.
    #[must_use]
    pub const fn at(path: Option<PathBuf>) -> Self {
        Self(path)
    }

    /// The file, if anything is kept.
    #[must_use]
    pub fn file(&self) -> Option<&Path> {
        self.0.as_deref()
    }

    /// Notes what was done, and which error it ended with. Whoever works is not troubled when that fails.
    pub fn note(&self, at: Instant, what: &'static str, error: Option<&'static str>, numbers: &[(&'static str, u64)]) {
        let Some(path) = &self.0 else { return };
        let mut line = format!("{} {what}", at.to_rfc3339());
        for (name, number) in numbers {
            line += &format!(" {name}={number}");
        }
        if let Some(error) = error {
            line += &format!(" error={error}");
        }
        line.push('\n');
        drop(append(path, &line));
    }

    /// Whether it can be written.
    ///
    /// # Errors
    /// The system's.
    pub fn check(&self) -> io::Result<()> {
        self.0.as_ref().map_or(Ok(()), |path| append(path, ""))
    }
}

/// One write per line, so that lines of several programs do not mix.
fn append(path: &Path, line: &str) -> io::Result<()> {
    if std::fs::metadata(path).is_ok_and(|file| file.len() > LARGEST) {
        std::fs::rename(path, path.with_extension("log.old"))?;
    }
    make_private(path)?;
    OpenOptions::new().append(true).open(path)?.write_all(line.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_is_private_and_does_not_grow_for_ever() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/revops.log");
        let log = Log::at(Some(path.clone()));
        let at = Instant::parse_rfc3339("2026-11-25T17:30:00Z").unwrap();
        log.note(at, "import", Some("error-stopped"), &[("ms", 5)]);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "2026-11-25T17:30:00Z import ms=5 error=error-stopped\n");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
        std::fs::write(&path, vec![b'x'; LARGEST as usize + 1]).unwrap();
        log.note(at, "undo", None, &[]);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "2026-11-25T17:30:00Z undo\n");
        assert_eq!(std::fs::metadata(path.with_extension("log.old")).unwrap().len(), LARGEST + 1);
        Log::default().note(at, "undo", None, &[]);
    }
}
