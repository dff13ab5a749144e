//! What a use case can fail with.

use crate::domain::message::{Message, Tell};
use thiserror::Error as Thiserror;

/// Result of a use case.
pub type Result<T> = std::result::Result<T, Error>;

/// What a use case can fail with.
#[derive(Debug, Thiserror)]
pub enum Error {
    /// The store.
    #[error(transparent)]
    Store(#[from] crate::store::Error),
    /// A file to import is not what it should be.
    #[error("{file}: {error}")]
    Import {
        /// The file.
        file: String,
        /// What is wrong with it.
        error: crate::import::Error,
    },
    /// A file or folder cannot be read or written.
    #[error("{path}: {cause}")]
    File {
        /// The path.
        path: String,
        /// The system's reason.
        cause: String,
    },
    /// A path is neither a file nor a folder.
    #[error("{path} is not a file")]
    NotAFile {
        /// The path.
        path: String,
    },
    /// A folder holds nothing that can be imported.
    #[error("{path} holds no file to import")]
    EmptyFolder {
        /// The path.
        path: String,
    },
    /// A field that the object does not have.
    #[error("{object} has no field {field}")]
    NoField {
        /// The object.
        object: &'static str,
        /// The field that was asked for.
        field: String,
    },
    /// A backup of a server's store has no place of its own.
    #[error("where should the backup of {place} go?")]
    BackupNeedsPlace {
        /// The server.
        place: String,
    },
    /// Someone stopped it; nothing was changed.
    #[error("stopped")]
    Stopped,
    /// A part of the program that ships with it is damaged.
    #[error("shipped data is damaged: {0}")]
    Shipped(String),
}

impl Error {
    /// Whether the store is just not there.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Store(crate::store::Error::Missing { .. }))
    }

    /// Whether the user's input, rather than the store, is at fault.
    #[must_use]
    pub fn is_bad_input(&self) -> bool {
        !matches!(self, Self::Store(_) | Self::Shipped(_))
    }
}

impl Tell for Error {
    fn tell(&self) -> Message {
        match self {
            Self::Store(error) => error.tell(),
            Self::Import { file, error } => error.tell().with("file", file),
            Self::File { path, cause } => Message::new("error-file").with("path", path).with("cause", cause),
            Self::NotAFile { path } => Message::new("error-not-a-file").with("path", path),
            Self::EmptyFolder { path } => Message::new("error-empty-folder").with("path", path),
            Self::NoField { object, field } => {
                Message::new("error-no-field").with("object", object).with("field", field)
            }
            Self::BackupNeedsPlace { place } => Message::new("error-backup-needs-place").with("place", place),
            Self::Stopped => Message::new("error-stopped"),
            Self::Shipped(cause) => Message::new("error-shipped").with("cause", cause),
        }
    }
}
