//! Real files that nobody on this project wrote; they stay outside the repository.

use std::path::PathBuf;

/// A file or folder of the real data; `None`, with a printed skip, where it is absent.
pub fn real(path: &str) -> Option<PathBuf> {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let root = std::env::var_os("REVOPS_REAL_DATA").map_or_else(beside, PathBuf::from);
    let found = root.join(path);
    if found.exists() {
        return Some(found);
    }
    super::skip::skip("no real data");
    None
}
