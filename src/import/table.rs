//! A header and the records below it, whatever kind of file they stand in.

use super::dialect::Text;
use super::error::Error;
use super::sheet::Rows;
use crate::text::clean;
use csv::StringRecord;

/// The longest line or record that is read.
pub(super) const LONGEST: usize = 1 << 24;
/// The most columns that are read.
pub(super) const WIDEST: usize = 2000;

/// Where a record begins.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// Line of the file or row of the sheet, from 1.
    pub line: u64,
    /// How the record is found again: byte of the decoded text, or number among the rows.
    pub offset: usize,
}

/// What is read: lines of text, or rows of a sheet.
#[derive(Debug, Clone)]
pub(super) enum Table {
    /// A text file.
    Text(Text),
    /// A sheet of a workbook.
    Rows(Rows),
}

impl Table {
    /// Names of the columns as they stand, cleaned.
    pub(super) fn header(&self) -> &[String] {
        match self {
            Self::Text(text) => text.header(),
            Self::Rows(rows) => rows.header(),
        }
    }

    /// What stands between two cells of a text file.
    pub(super) fn delimiter(&self) -> Option<char> {
        match self {
            Self::Text(text) => Some(text.delimiter()),
            Self::Rows(_) => None,
        }
    }

    /// Visits every record below the header that is not blank, until `visit` says `false`.
    pub(super) fn walk(&self, visit: impl FnMut(Place, &StringRecord) -> Result<bool, Error>) -> Result<(), Error> {
        match self {
            Self::Text(text) => text.walk(visit),
            Self::Rows(rows) => rows.walk(visit),
        }
    }

    /// The same for the records from one place on.
    pub(super) fn walk_from(
        &self,
        from: Place,
        visit: impl FnMut(Place, &StringRecord) -> Result<bool, Error>,
    ) -> Result<(), Error> {
        match self {
            Self::Text(text) => text.walk_from(from, visit),
            Self::Rows(rows) => rows.walk_from(from.offset, visit),
        }
    }

    /// The cells of the record that begins at `offset`, as they stand in the file.
    pub(super) fn cells(&self, offset: usize) -> Vec<String> {
        match self {
            Self::Text(text) => text.cells(offset),
            Self::Rows(rows) => rows.cells(offset),
        }
    }

    /// The line in which a quote was opened that nobody closed, where the record at `offset` has one.
    pub(super) fn unclosed(&self, offset: usize) -> Option<u64> {
        match self {
            Self::Text(text) => text.unclosed(offset),
            Self::Rows(_) => None,
        }
    }
}

/// The names of the columns in a record, or why it cannot be a header.
pub(super) fn header_of(record: &StringRecord) -> Result<Vec<String>, Error> {
    if record.len() > WIDEST {
        return Err(Error::TooManyColumns { columns: record.len() });
    }
    let header: Vec<String> = record.iter().map(|cell| clean(cell).trim().to_owned()).collect();
    if header.iter().all(|cell| is_number(cell)) {
        return Err(Error::NoHeader { first: header.join(", ") });
    }
    Ok(header)
}

/// Whether a cell of the first line is more likely a value than the name of a column.
pub(super) fn is_number(cell: &str) -> bool {
    !cell.chars().any(char::is_alphabetic)
        && (cell.is_empty() || cell.chars().any(|c| c.is_ascii_digit()))
        && cell.chars().all(|c| c.is_ascii_digit() || ".,-+ %$€£¥/:".contains(c))
}
