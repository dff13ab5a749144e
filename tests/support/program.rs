//! The program as a user runs it.

use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};

/// The program on a store, in English, as the person `ana`.
pub fn revops(store: &Path) -> Command {
    let mut command = bare();
    command.arg("--store").arg(store);
    // What it keeps of the store aside goes with the store, and so do settings.
    command.env("XDG_CACHE_HOME", store.with_extension("cache"));
    command.env("XDG_CONFIG_HOME", store.with_extension("config"));
    command.env("XDG_STATE_HOME", store.with_extension("state"));
    command
}

/// The program without a store, away from the user's own settings.
pub fn bare() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_revops"));
    for name in ["REVOPS_STORE", "REVOPS_CONFIG", "REVOPS_LANG", "LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR"] {
        command.env_remove(name);
    }
    command.env("REVOPS_ACTOR", "ana");
    // The user's own log is not for tests.
    command.env("XDG_STATE_HOME", env!("CARGO_TARGET_TMPDIR"));
    command
}

/// Runs a command that must succeed, and returns what it printed.
pub fn succeed(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {}{}", text(&output.stdout), text(&output.stderr));
    text(&output.stdout)
}

/// Runs a command that must fail with this exit code, and returns its one sentence.
pub fn fail(command: &mut Command, code: i32) -> String {
    let output: Output = command.output().unwrap();
    let sentence = text(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{command:?}: {}{sentence}", text(&output.stdout));
    assert!(sentence.starts_with("revops: "), "{command:?}: {sentence}");
    assert!(!sentence.contains("panicked"), "{command:?}: {sentence}");
    sentence
}

/// Runs a command that prints JSON.
pub fn json(command: &mut Command) -> Value {
    let printed = succeed(command);
    serde_json::from_str(&printed).unwrap_or_else(|e| panic!("{command:?}: {e}: {printed}"))
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
