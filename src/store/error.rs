//! What can go wrong with a store, in words a user can act on.

use crate::domain::message::{Message, Tell};
use thiserror::Error;

/// Result of everything in this room.
pub type Result<T> = std::result::Result<T, Error>;

/// What can go wrong with a store.
#[derive(Debug, Error)]
pub enum Error {
    /// The file or server cannot be opened.
    #[error("cannot open the store {place}: {cause}")]
    Open {
        /// Path or address.
        place: String,
        /// The system's reason.
        cause: String,
    },
    /// The store is not there, and this command only reads.
    #[error("there is no store at {place}")]
    Missing {
        /// Path or address.
        place: String,
    },
    /// The file is something else.
    #[error("{place} is not a revops store")]
    Foreign {
        /// Path or address.
        place: String,
    },
    /// A newer program made the store.
    #[error("the store has schema {found}, this program knows {known}")]
    Newer {
        /// Schema of the store.
        found: i64,
        /// Newest schema this program knows.
        known: i64,
    },
    /// An older program made the store, and this connection may not change it.
    #[error("the store has schema {found}, this program needs {known}")]
    Older {
        /// Schema of the store.
        found: i64,
        /// Schema this program needs.
        known: i64,
    },
    /// A migration that was applied differs from the one in this program.
    #[error("migration {version} of the store is not the one of this program")]
    MigrationChanged {
        /// Number of the migration.
        version: i64,
    },
    /// Another process writes and did not finish in time.
    #[error("the store is busy")]
    Busy,
    /// The store may not be written.
    #[error("the store is read-only")]
    ReadOnly,
    /// The disk is full.
    #[error("the disk is full")]
    DiskFull,
    /// The store is damaged.
    #[error("the store is damaged: {0}")]
    Damaged(String),
    /// A row with the same key is already there.
    #[error("the store already has such a row: {0}")]
    Duplicate(String),
    /// A row refers to one that is not there, or is referred to.
    #[error("rows refer to each other: {0}")]
    Reference(String),
    /// There is a file of this name already.
    #[error("{place} is there already")]
    Exists {
        /// Its path.
        place: String,
    },
    /// A backup that cannot be restored.
    #[error("the backup {place} is damaged: {cause}")]
    BadBackup {
        /// Its path.
        place: String,
        /// What is wrong with it.
        cause: String,
    },
    /// A file that is to be restored and is no backup of a store.
    #[error("{place} is no backup of a store")]
    NoBackup {
        /// Its path.
        place: String,
    },
    /// A store that was to be filled holds something already.
    #[error("the store {place} is not empty")]
    NotEmpty {
        /// Path or address.
        place: String,
    },
    /// Only a store in a file can do this.
    #[error("{place} is no file")]
    NeedsFile {
        /// The address.
        place: String,
    },
    /// The row was changed by someone else since it was read.
    #[error("the row was changed since it was read")]
    Changed,
    /// An action cannot be undone or redone.
    #[error("refused")]
    Refused(Refusal),
    /// The connection to the server is lost.
    #[error("the connection is lost: {0}")]
    Lost(String),
    /// The engine's own words.
    #[error("{0}")]
    Sql(String),
}

/// Why an action cannot be undone or redone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// There is nothing of this person to undo.
    NothingToUndo,
    /// There is nothing of this person to redo.
    NothingToRedo,
    /// There is no action of this number.
    Unknown(i64),
    /// It has already been undone.
    AlreadyUndone(i64),
    /// Undo and redo are undone by each other, not by number.
    NotReversible(i64),
    /// What it changed has been forgotten.
    Compacted(i64),
    /// The same records have come in again since.
    Overtaken,
    /// A later action has changed or uses what this one wrote.
    ChangedSince {
        /// The action that was to be undone or redone.
        action: i64,
        /// The later one.
        by_action: i64,
        /// What the later one was, as a message key part (`import`, `edit` …).
        by_kind: String,
        /// Who did it.
        by_actor: String,
        /// How many rows of both.
        rows: i64,
    },
}

impl Tell for Error {
    fn tell(&self) -> Message {
        match self {
            Self::Open { place, cause } => Message::new("error-store-open").with("place", place).with("cause", cause),
            Self::Missing { place } => Message::new("error-store-missing").with("place", place),
            Self::Foreign { place } => Message::new("error-store-foreign").with("place", place),
            Self::Newer { found, known } => Message::new("error-store-newer").with("found", found).with("known", known),
            Self::Older { found, known } => Message::new("error-store-older").with("found", found).with("known", known),
            Self::MigrationChanged { version } => Message::new("error-store-migration").with("version", version),
            Self::Busy => Message::new("error-store-busy"),
            Self::ReadOnly => Message::new("error-store-read-only"),
            Self::DiskFull => Message::new("error-store-disk-full"),
            Self::Damaged(cause) => Message::new("error-store-damaged").with("cause", cause),
            Self::Duplicate(cause) => Message::new("error-store-duplicate").with("cause", cause),
            Self::Reference(cause) => Message::new("error-store-reference").with("cause", cause),
            Self::Exists { place } => Message::new("error-store-exists").with("place", place),
            Self::NoBackup { place } => Message::new("error-store-no-backup").with("place", place),
            Self::BadBackup { place, cause } => {
                Message::new("error-store-bad-backup").with("place", place).with("cause", cause)
            }
            Self::NotEmpty { place } => Message::new("error-store-not-empty").with("place", place),
            Self::NeedsFile { place } => Message::new("error-store-needs-file").with("place", place),
            Self::Changed => Message::new("error-store-changed"),
            Self::Refused(refusal) => refusal.tell(),
            Self::Lost(cause) => Message::new("error-store-lost").with("cause", cause),
            Self::Sql(cause) => Message::new("error-store-sql").with("cause", cause),
        }
    }
}

impl Tell for Refusal {
    fn tell(&self) -> Message {
        match self {
            Self::NothingToUndo => Message::new("refused-nothing-to-undo"),
            Self::NothingToRedo => Message::new("refused-nothing-to-redo"),
            Self::Unknown(action) => Message::new("refused-unknown").with("action", action),
            Self::AlreadyUndone(action) => Message::new("refused-already-undone").with("action", action),
            Self::NotReversible(action) => Message::new("refused-not-reversible").with("action", action),
            Self::Compacted(action) => Message::new("refused-compacted").with("action", action),
            Self::Overtaken => Message::new("refused-overtaken"),
            Self::ChangedSince { action, by_action, by_kind, by_actor, rows } => Message::new("refused-changed-since")
                .with("action", action)
                .with("by", by_action)
                .with("kind", by_kind)
                .with("actor", by_actor)
                .with("rows", rows),
        }
    }
}
