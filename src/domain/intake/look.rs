//! How a file was understood: what the preview shows, without its rows.

use super::drift::Drift;
use super::kinds::{As, Target};
use crate::domain::message::Message;
use crate::domain::time::Instant;

/// A file, or a sheet of a workbook, as it was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileLook {
    /// Name of the file; of a sheet of a workbook `deals.xlsx[Sheet1]`.
    pub path: String,
    /// What it holds; `None` while nobody knows.
    pub object: Option<As>,
    /// Name of the user's own mapping, where one was used.
    pub profile: Option<String>,
    /// When that was saved, if it says so.
    pub saved_at: Option<Instant>,
    /// How the file's columns differ from those that the mapping was saved with.
    pub drift: Option<Drift>,
    /// The system it comes from.
    pub system: String,
    /// When it was exported.
    pub exported_at: Instant,
    /// Rows below the header.
    pub rows: u64,
    /// Name of its encoding.
    pub encoding: &'static str,
    /// What stands between two cells; `None` in a workbook.
    pub delimiter: Option<char>,
    /// What its columns mean.
    pub columns: Vec<ColumnLook>,
    /// Whether its mapping can be changed and saved; not that of what is made from another table.
    pub is_mapped: bool,
}

/// A column as it was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnLook {
    /// Its name.
    pub header: String,
    /// What it means.
    pub target: Target,
    /// Its first values.
    pub samples: Vec<String>,
    /// What is odd about its cells: why, and how many of them.
    pub problems: Vec<(Message, u64)>,
}
