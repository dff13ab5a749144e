//! Files that only their owner can read, in folders that only their owner can enter.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::Result;
use std::path::Path;

/// Makes a folder and those above it where they are not there.
///
/// # Errors
/// The system's, when the place may not be written.
pub fn folder(folder: &Path) -> Result<()> {
    if folder.as_os_str().is_empty() || folder.exists() {
        return Ok(());
    }
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Opens a file for writing, and makes it and its folder where they are not there; `truncate` empties it.
///
/// # Errors
/// The system's, when the place may not be written.
pub fn open(path: &Path, truncate: bool) -> Result<File> {
    path.parent().map_or(Ok(()), folder)?;
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(truncate);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
