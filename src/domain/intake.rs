//! A file on its way in: what it may hold, what its columns mean, how it was understood, what became of it.

mod drift;
mod kinds;
mod look;
mod report;

pub use drift::{Drift, Gone};
pub use kinds::{As, Decided, Target};
pub use look::{ColumnLook, FileLook};
pub use report::{FileReport, ImportReport, Shared, SuspectReport, Unmatched, file_name};

use super::message::Message;
use serde::Serialize;

/// A sheet that is left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SkippedSheet {
    /// Name of the file and the sheet.
    pub path: String,
    /// Why: `empty` or `unknown`.
    pub reason: &'static str,
}

/// A file, or a sheet of a workbook, that cannot be imported as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RefusedFile {
    /// Its name.
    pub path: String,
    /// Why, as the key of a sentence.
    pub reason: &'static str,
}

/// A column of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name; blank and repeated ones are numbered.
    pub header: String,
    /// What it means.
    pub target: Target,
    /// Its first three values.
    pub samples: Vec<String>,
}

/// How bad a problem is; the numbers are those of `problem.kind`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProblemKind {
    /// The row cannot be used.
    Row = 0,
    /// The cell cannot be used; the record is kept without it.
    Cell = 1,
    /// Nothing is lost, but somebody should know.
    Note = 2,
}

/// A row or cell that could not be taken as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetProblem {
    /// How bad it is.
    pub kind: ProblemKind,
    /// Line of the file, from 1.
    pub line: u64,
    /// Key of the field, or name of the column.
    pub field: String,
    /// The text that could not be used.
    pub value: String,
    /// Why.
    pub reason: Message,
    /// The cells of an unusable row as they stand; empty for the other kinds.
    pub row: Vec<String>,
}
