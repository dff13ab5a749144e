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
    /// There is no mapping profile of this name.
    #[error("no profile {name}")]
    NoProfile {
        /// The name.
        name: String,
        /// Those that there are.
        names: String,
    },
    /// A name that no mapping profile can have: blank, with signs that no file name has, or that of a shipped one.
    #[error("{name} is no name for a profile")]
    ProfileName {
        /// The name.
        name: String,
        /// Whether a shipped one has it.
        is_shipped: bool,
    },
    /// Several kinds of files, or files that are read by rule, have no one mapping.
    #[error("{files} have no one mapping")]
    ManyMappings {
        /// The files.
        files: String,
    },
    /// The user has no folder for settings.
    #[error("there is no folder for settings")]
    NoSettings,
    /// A field that the object does not have.
    #[error("{object} has no field {field}")]
    NoField {
        /// The object.
        object: &'static str,
        /// The field that was asked for.
        field: String,
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
            Self::NoProfile { name, names } => Message::new("error-no-profile").with("name", name).with("names", names),
            Self::ProfileName { name, is_shipped: false } => Message::new("error-profile-name").with("name", name),
            Self::ProfileName { name, is_shipped: true } => {
                Message::new("error-profile-name-shipped").with("name", name)
            }
            Self::ManyMappings { files } => Message::new("error-many-mappings").with("files", files),
            Self::NoSettings => Message::new("error-no-settings"),
            Self::NoField { object, field } => {
                Message::new("error-no-field").with("object", object).with("field", field)
            }
            Self::Stopped => Message::new("error-stopped"),
            Self::Shipped(cause) => Message::new("error-shipped").with("cause", cause),
        }
    }
}
