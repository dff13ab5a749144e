//! What a use case can fail with.

use crate::domain::message::{Message, Tell};
use crate::domain::spelling::nearest;
use crate::domain::time::Instant;
use thiserror::Error as Thiserror;

/// Result of a use case.
pub type Result<T> = std::result::Result<T, Error>;

/// More names than these are not listed.
const READABLE: usize = 12;

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
    /// Another profile of that name is there already.
    #[error("there is another profile {name}")]
    OtherProfile {
        /// The name.
        name: String,
    },
    /// A shipped profile, which cannot be removed.
    #[error("{name} ships with the program")]
    ShippedProfile {
        /// The name.
        name: String,
    },
    /// A column by which a saved mapping tells records or stages is gone.
    #[error("{file}: column {column} of {profile} is gone")]
    LostColumn {
        /// The file.
        file: String,
        /// Name of the mapping.
        profile: String,
        /// The column.
        column: String,
        /// The field it filled, as mappings name it.
        field: String,
        /// The column that it probably is now.
        meant: Option<String>,
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
    /// A backup of a server's store has no place of its own.
    #[error("where should the backup of {place} go?")]
    BackupNeedsPlace {
        /// The server.
        place: String,
    },
    /// A field that every record must have, and that was to be cleared.
    #[error("{object} must have {field}")]
    Required {
        /// The object.
        object: &'static str,
        /// The field.
        field: String,
    },
    /// A word that means nothing: of an object, field, system, record or name.
    #[error("unknown {what} {word}")]
    Unknown {
        /// What it was to be.
        what: &'static str,
        /// The word.
        word: String,
        /// What it was probably meant to be.
        meant: Option<String>,
        /// What there is; empty where that is too much.
        choices: String,
    },
    /// A word that several records go by.
    #[error("{records} records are called {word}")]
    Ambiguous {
        /// The word.
        word: String,
        /// How many.
        records: usize,
    },
    /// A value that cannot be read.
    #[error("{field}={value}: {}", reason.key)]
    Value {
        /// The field.
        field: String,
        /// The value.
        value: String,
        /// Why not.
        reason: Message,
    },
    /// Another currency for a store that holds amounts in its own.
    #[error("the store holds amounts in its currency")]
    CurrencyInUse,
    /// An exception without a reason.
    #[error("an exception needs a reason")]
    NoReason,
    /// Something that is not done without a reason.
    #[error("a reason is needed")]
    NeedsReason,
    /// Someone else has the hand-off by now.
    #[error("{by} has it")]
    Taken {
        /// Who.
        by: String,
    },
    /// Who had it when it went back to the pool cannot claim it yet.
    #[error("{by} cannot claim {lead} before {until:?}")]
    CoolDown {
        /// What the lead is called.
        lead: String,
        /// Who wanted it.
        by: String,
        /// From when on they can.
        until: Instant,
    },
    /// They have claimed as many as one person can on a day.
    #[error("{by} has claimed {claimed} of {most}")]
    ClaimLimit {
        /// Who.
        by: String,
        /// How many on that day.
        claimed: usize,
        /// How many one person can.
        most: i64,
    },
    /// Done before the hand-off began.
    #[error("{at:?} is before {began:?}")]
    TooEarly {
        /// When it is said to have been done.
        at: Instant,
        /// When the hand-off began.
        began: Instant,
    },
    /// Done at an instant that is yet to come.
    #[error("{at:?} is yet to come")]
    TooLate {
        /// When it is said to have been done.
        at: Instant,
    },
    /// A definition that is not what it should be.
    #[error("{}", .0.key)]
    Defined(Message),
    /// Rules that are what the store holds already.
    #[error("the same rules")]
    SameRules,
    /// Somebody else has changed the rules since the user looked.
    #[error("{by} has changed the rules")]
    RulesChanged {
        /// Who; empty when nobody knows.
        by: String,
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

    /// A word that means nothing, with what it resembles and what there is.
    #[must_use]
    pub fn unknown(what: &'static str, word: &str, known: &[&str]) -> Self {
        let meant = nearest(word, known.iter().copied()).map(str::to_owned);
        Self::Unknown { what, word: word.to_owned(), meant, choices: known.join(", ") }
    }

    /// A name that nothing has, with the one it resembles and those that there are, unless they are too many to read.
    #[must_use]
    pub fn unknown_name<'n>(word: &str, names: impl Iterator<Item = &'n str> + Clone) -> Self {
        let meant = nearest(word, names.clone()).map(str::to_owned);
        let mut choices = names.clone().take(READABLE).collect::<Vec<_>>().join(", ");
        if names.count() > READABLE {
            choices += ", …";
        }
        Self::Unknown { what: "name", word: word.to_owned(), meant, choices }
    }

    /// A value that files leave blank by, where an empty one would clear.
    #[must_use]
    pub fn blank_value(field: &str, value: &str) -> Self {
        Self::Value { field: field.to_owned(), value: value.to_owned(), reason: Message::new("problem-blank") }
    }

    /// Whether the words on the command line are at fault.
    #[must_use]
    pub fn is_usage(&self) -> bool {
        matches!(self, Self::Unknown { what: "object" | "field" | "system", .. } | Self::NoReason)
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
            Self::NoProfile { name, names } if names.is_empty() => {
                Message::new("error-no-own-profile").with("name", name)
            }
            Self::NoProfile { name, names } => Message::new("error-no-profile").with("name", name).with("names", names),
            Self::ProfileName { name, is_shipped: false } => Message::new("error-profile-name").with("name", name),
            Self::ProfileName { name, is_shipped: true } => {
                Message::new("error-profile-name-shipped").with("name", name)
            }
            Self::ManyMappings { files } => Message::new("error-many-mappings").with("files", files),
            Self::OtherProfile { name } => Message::new("error-other-profile").with("name", name),
            Self::ShippedProfile { name } => Message::new("error-shipped-profile").with("name", name),
            Self::LostColumn { file, profile, column, field, meant } => {
                let key = if meant.is_some() { "error-lost-column-meant" } else { "error-lost-column" };
                let message = Message::new(key).with("file", file).with("profile", profile).with("column", column);
                let field = field.strip_suffix("_name").or(field.strip_suffix("_id")).unwrap_or(field);
                message.with("field", field).with("meant", meant.as_deref().unwrap_or_default())
            }
            Self::NoSettings => Message::new("error-no-settings"),
            Self::NoField { object, field } => {
                Message::new("error-no-field").with("object", object).with("field", field)
            }
            Self::BackupNeedsPlace { place } => Message::new("error-backup-needs-place").with("place", place),
            Self::Required { object, field } => {
                Message::new("error-required").with("object", object).with("field", field)
            }
            Self::Unknown { what, word, meant, choices } => {
                let (key, hint) = match (what, meant) {
                    (&"object", _) => ("error-unknown-object", choices.clone()),
                    (&"record", _) => ("error-unknown-record", String::new()),
                    (&"field", None) => ("error-unknown-field", choices.clone()),
                    (&"field", Some(meant)) => ("error-unknown-field-meant", meant.clone()),
                    (&"system", None) => ("error-unknown-system", choices.clone()),
                    (&"system", Some(meant)) => ("error-unknown-system-meant", meant.clone()),
                    (_, None) if choices.is_empty() => ("error-unknown-name", String::new()),
                    (_, None) => ("error-unknown-name-known", String::new()),
                    (_, Some(meant)) => ("error-unknown-name-meant", meant.clone()),
                };
                Message::new(key).with("word", word).with("hint", hint).with("known", choices)
            }
            Self::Ambiguous { word, records } => {
                Message::new("error-ambiguous").with("word", word).with("records", records)
            }
            Self::Value { reason, .. } => reason.clone(),
            Self::CurrencyInUse => Message::new("error-currency-in-use"),
            Self::NoReason => Message::new("error-no-reason"),
            Self::NeedsReason => Message::new("error-needs-reason"),
            Self::Taken { by } => Message::new("error-taken").with("by", by),
            Self::CoolDown { lead, by, until } => {
                let message = Message::new("error-cool-down").with("lead", lead).with("by", by);
                message.with("until", until.to_rfc3339())
            }
            Self::ClaimLimit { by, claimed, most } => {
                Message::new("error-claim-limit").with("by", by).with("n", claimed).with("most", most)
            }
            Self::TooEarly { at, began } => {
                Message::new("error-too-early").with("at", at.to_rfc3339()).with("began", began.to_rfc3339())
            }
            Self::TooLate { at } => Message::new("error-too-late").with("at", at.to_rfc3339()),
            Self::Defined(message) => message.clone(),
            Self::SameRules => Message::new("error-same-rules"),
            Self::RulesChanged { by } if by.is_empty() => Message::new("error-rules-changed"),
            Self::RulesChanged { by } => Message::new("error-rules-changed-by").with("by", by),
            Self::Stopped => Message::new("error-stopped"),
            Self::Shipped(cause) => Message::new("error-shipped").with("cause", cause),
        }
    }
}
