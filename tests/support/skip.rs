//! Skips are counted and printed; on CI a skip that could have been fed is a failure.

/// Tells that a test did not run, and why. With `REVOPS_NO_SKIPS` set that is a failure.
pub fn skip(why: &str) {
    assert!(std::env::var_os("REVOPS_NO_SKIPS").is_none(), "SKIPPED: {why}, but REVOPS_NO_SKIPS is set");
    println!("SKIPPED: {why}");
}
