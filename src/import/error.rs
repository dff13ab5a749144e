//! Why a file cannot be read at all.

use crate::domain::message::{Message, Tell};

/// A file that is refused; nothing of it is imported.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Not a text file; what it is: `xls`, `protected`, `ods`, `zip`, `pdf`, `png` or `binary`.
    #[error("not a text file but {what}")]
    NotText {
        /// What it is instead.
        what: &'static str,
    },
    /// It is UTF-8 but for some bytes.
    #[error("line {line} is not UTF-8")]
    BrokenText {
        /// The first line that is not, from 1.
        line: usize,
    },
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
    /// The first line holds numbers, not names of columns.
    #[error("the first line has no column names but {first}")]
    NoHeader {
        /// The first line.
        first: String,
    },
    /// No column can tell one record from another.
    #[error("no column identifies a record of {object}")]
    NoKey {
        /// What the file was read as.
        object: &'static str,
        /// Headers that would do.
        wanted: String,
    },
    /// The columns by which a saved mapping tells one record from another are gone.
    #[error("columns of the mapping {profile} are gone: {gone}")]
    LostKey {
        /// Name of the mapping.
        profile: String,
        /// The columns.
        gone: String,
        /// Those that they probably are now; empty when nobody can tell.
        meant: String,
    },
    /// Nobody can tell what the rows are.
    #[error("unknown columns: {headers}")]
    UnknownObject {
        /// The headers of the file.
        headers: String,
        /// What `--as` takes.
        choices: String,
    },
    /// A column of dates that can be read in two ways.
    #[error("dates such as {example} in {column} can be read in two ways")]
    AmbiguousDates {
        /// Header of the column.
        column: String,
        /// One of its values.
        example: String,
    },
    /// A column of dates that do not begin with the year, though the user says that they do.
    #[error("dates such as {example} in {column} do not begin with the year")]
    YearLast {
        /// Header of the column.
        column: String,
        /// One of its values.
        example: String,
        /// The orders in which it can be read.
        orders: String,
    },
    /// A line or record above 16 MB.
    #[error("line {line} is longer than 16 MB")]
    LineTooLong {
        /// Where it begins.
        line: u64,
    },
    /// More than 2,000 columns.
    #[error("{columns} columns are too many")]
    TooManyColumns {
        /// How many there are.
        columns: usize,
    },
    /// A workbook that cannot be read.
    #[error("a workbook that cannot be read: {cause}")]
    Workbook {
        /// What the reader says.
        cause: String,
    },
    /// A workbook above 256 MB, or one that unpacks to more than 1 GB.
    #[error("the workbook is too large")]
    TooLarge,
    /// More than 50 million cells.
    #[error("the workbook has too many cells")]
    TooManyCells,
    /// A sheet that is not there.
    #[error("there is no sheet {sheet}")]
    NoSheet {
        /// Its name.
        sheet: String,
        /// Those that are there.
        sheets: String,
    },
    /// Nobody can tell what the rows of any sheet are.
    #[error("unknown sheets: {sheets}")]
    UnknownSheets {
        /// Their names.
        sheets: String,
    },
    /// A mistake in a mapping profile.
    #[error("profile, line {line}: {}", message.key)]
    Profile {
        /// Line of the profile.
        line: usize,
        /// What is wrong there; has the argument `line`.
        message: Message,
    },
    /// Not a file in iCalendar format, or one of no use.
    #[error("no calendar of holidays: {cause}")]
    NoCalendar {
        /// Why: `format`, `large`, `deep` or `days`.
        cause: &'static str,
    },
    /// The user's profile is for another object than `--as` says.
    #[error("the profile {profile} is for {object}, not for {asked}")]
    ProfileObject {
        /// Name of the profile.
        profile: String,
        /// What it is for.
        object: &'static str,
        /// What was asked for.
        asked: &'static str,
    },
}

impl Tell for Error {
    fn tell(&self) -> Message {
        match self {
            Self::NotText { what } => Message::new("error-import-not-text").with("what", what),
            Self::BrokenText { line } => Message::new("error-import-broken-text").with("line", line),
            Self::Empty => Message::new("error-import-empty"),
            Self::NoHeader { first } => Message::new("error-import-no-header").with("first", first),
            Self::NoKey { object, wanted } => {
                Message::new("error-import-no-key").with("object", object).with("wanted", wanted)
            }
            Self::LostKey { profile, gone, meant } => {
                let key = if meant.is_empty() { "error-import-lost-key" } else { "error-import-lost-key-meant" };
                Message::new(key).with("profile", profile).with("gone", gone).with("meant", meant)
            }
            Self::UnknownObject { headers, choices } => {
                Message::new("error-import-unknown-object").with("headers", headers).with("kinds", choices)
            }
            Self::AmbiguousDates { column, example } => {
                Message::new("error-import-ambiguous-dates").with("column", column).with("example", example)
            }
            Self::YearLast { column, example, orders } => {
                let message = Message::new("error-import-year-last").with("column", column).with("example", example);
                message.with("orders", orders)
            }
            Self::LineTooLong { line } => Message::new("error-import-line-too-long").with("line", line),
            Self::TooManyColumns { columns } => Message::new("error-import-too-many-columns").with("columns", columns),
            Self::Workbook { cause } => Message::new("error-import-workbook").with("cause", cause),
            Self::TooLarge => Message::new("error-import-too-large"),
            Self::TooManyCells => Message::new("error-import-too-many-cells"),
            Self::NoSheet { sheet, sheets } => {
                Message::new("error-import-no-sheet").with("sheet", sheet).with("sheets", sheets)
            }
            Self::UnknownSheets { sheets } => Message::new("error-import-unknown-sheets").with("sheets", sheets),
            Self::Profile { message, .. } => message.clone(),
            Self::NoCalendar { cause } => Message::new(match *cause {
                "large" => "error-import-ics-large",
                "deep" => "error-import-ics-deep",
                "days" => "error-import-ics-days",
                _ => "error-import-ics-format",
            }),
            Self::ProfileObject { profile, object, asked } => Message::new("error-import-profile-object")
                .with("profile", profile)
                .with("object", object)
                .with("asked", asked),
        }
    }
}
