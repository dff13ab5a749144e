//! The reasons that the operating system and the engine give, in the user's language.

use std::io::{Error, ErrorKind};

/// What the engine says, and the key of that.
const OF_ENGINE: [(&str, &str); 2] =
    [("unable to open database file", "cause-no-database"), ("file is not a database", "cause-no-database")];

/// The key of a reason, where it is one that people know what to do about.
#[must_use]
pub fn key_of(cause: &str) -> Option<&'static str> {
    of_system(cause).or_else(|| OF_ENGINE.iter().find(|(words, _)| cause.starts_with(words)).map(|(_, key)| *key))
}

/// `Permission denied (os error 13)`, whatever the system calls and numbers it.
fn of_system(cause: &str) -> Option<&'static str> {
    let (_, number) = cause.strip_suffix(')')?.rsplit_once("(os error ")?;
    Some(match Error::from_raw_os_error(number.parse().ok()?).kind() {
        ErrorKind::NotFound => "cause-not-found",
        ErrorKind::PermissionDenied => "cause-denied",
        ErrorKind::AlreadyExists => "cause-exists",
        ErrorKind::NotADirectory => "cause-no-folder",
        ErrorKind::IsADirectory => "cause-is-folder",
        ErrorKind::StorageFull => "cause-full",
        ErrorKind::ReadOnlyFilesystem => "cause-read-only",
        ErrorKind::InvalidFilename => "cause-bad-name",
        ErrorKind::ConnectionRefused => "cause-refused",
        ErrorKind::TimedOut => "cause-timed-out",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_known_by_its_number() {
        let denied = Error::from_raw_os_error(13).to_string();
        assert_eq!(key_of(&format!("server: {denied}")), Some("cause-denied"));
        assert_eq!(key_of("unable to open database file: /x/s.db"), Some("cause-no-database"));
        for odd in ["", ")", "(os error x)", "something else"] {
            assert_eq!(key_of(odd), None, "{odd}");
        }
    }
}
