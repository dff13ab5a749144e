//! Bytes of a file in, typed rows out: decode, find the dialect, map the columns, read the cells.
//!
//! Pure: no store, no clock, no terminal. A file goes through these rooms:
//! `decode` (encoding) → `dialect` (delimiter, header, records) → `mapping` (what the columns mean) →
//! `survey` (how each column writes dates and numbers) → `rows` (typed rows and problems).

mod cells;
mod codes;
mod dates;
mod decode;
mod dialect;
mod error;
mod exported;
mod history;
mod ids;
mod kinds;
mod mapping;
mod natural;
mod numbers;
mod orders;
mod profile;
mod rejects;
mod rows;
mod settle;
mod survey;
mod targets;
mod vocabulary;

pub use dates::DateOrder;
pub use error::Error;
pub use kinds::{As, Target};
pub use profile::Profile;
pub use rejects::rejects_csv;

use crate::domain::message::Message;
use crate::domain::money::Currency;
use crate::domain::object::Object;
use crate::domain::spelling::Suspect;
use crate::domain::time::Instant;
use crate::domain::value::Value;

/// The system of files whose system nobody named.
const SYSTEM: &str = "csv";

/// What the user and the surroundings say about a file.
#[derive(Debug, Clone)]
pub struct Options {
    /// What the file holds, if the user said so.
    pub as_object: Option<As>,
    /// The user's mapping profile.
    pub profile: Option<Profile>,
    /// The system the file comes from, if the user said so.
    pub system: Option<String>,
    /// When it was exported, if the user said so.
    pub exported_at: Option<Instant>,
    /// When the file was last changed.
    pub modified: Option<Instant>,
    /// Now.
    pub now: Instant,
    /// The order of dates that do not show it.
    pub dates: Option<DateOrder>,
    /// The currency of amounts that name none.
    pub currency: Currency,
    /// (field, text in the file, what it stands for).
    pub values: Vec<(String, String, String)>,
    /// Whether blank cells of mapped columns come as [`Value::Null`], for `--on-conflict replace`;
    /// otherwise they are absent. A voided cell is absent either way.
    pub keep_blanks: bool,
}

impl Options {
    /// Nothing said but the time and the currency.
    #[must_use]
    pub const fn new(now: Instant, currency: Currency) -> Self {
        Self {
            as_object: None,
            profile: None,
            system: None,
            exported_at: None,
            modified: None,
            now,
            dates: None,
            currency,
            values: Vec::new(),
            keep_blanks: false,
        }
    }
}

/// A file, read.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// Name of the file.
    pub name: String,
    /// 128-bit digest of its bytes, in hexadecimal digits.
    pub digest: String,
    /// What it holds.
    pub as_object: As,
    /// Name of the profile that mapped it.
    pub profile: String,
    /// The system it comes from.
    pub system: String,
    /// When it was exported.
    pub exported_at: Instant,
    /// Name of its encoding.
    pub encoding: &'static str,
    /// What stands between two cells.
    pub delimiter: char,
    /// Names of its columns as they stand.
    pub header: Vec<String>,
    /// What the columns mean.
    pub columns: Vec<Column>,
    /// Its usable rows.
    pub rows: Vec<SheetRow>,
    /// What could not be taken as it was.
    pub problems: Vec<SheetProblem>,
    /// Values that look misspelt, by field.
    pub suspects: Vec<(&'static str, Suspect)>,
    /// The field by which rows find records of other systems, when the profile's key is one.
    pub match_on: Option<&'static str>,
    /// Number of data rows: `rows` + `repeated` + problems of the kind [`ProblemKind::Row`].
    pub row_count: u64,
    /// Rows that say what an earlier row of the file said.
    pub repeated: u64,
    table: dialect::Table,
}

impl Sheet {
    /// The cells of a row as they stand in the file, for a problem found later.
    #[must_use]
    pub fn cells(&self, row: &SheetRow) -> Vec<String> {
        self.table.cells(row.offset)
    }
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

/// A usable row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetRow {
    /// Line of the file, from 1.
    pub line: u64,
    /// What the other system calls the record, or its natural key.
    pub key: String,
    /// Digest of key and cells, whatever the order of columns and the dialect.
    pub hash: i64,
    /// What it becomes; only in a stage history may that differ from row to row.
    pub object: Object,
    /// Positions of the object's fields with what they hold, ascending.
    pub cells: Vec<(usize, Cell)>,
    offset: usize,
}

/// What a row says about a field.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cell {
    /// A value.
    Value(Value),
    /// A reference to resolve; at least one of the two is there.
    Named {
        /// What the other system calls the record.
        id: Option<String>,
        /// Its name.
        name: Option<String>,
    },
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

/// Reads a file.
///
/// # Errors
/// When the file as a whole cannot be used; a bad row or cell is a problem of the sheet instead.
pub fn read(name: &str, bytes: &[u8], options: &Options) -> Result<Sheet, Error> {
    let decoded = decode::decode(bytes)?;
    let table = dialect::Table::new(decoded.text)?;
    let profile = options.profile.as_ref();
    let object = mapping::object_of(table.header(), name, options.as_object, profile)?;
    let mapping = mapping::map(table.header(), object, profile)?;
    let cells = cells::Cells::new(&mapping, options);
    let survey = survey::survey(&table, &mapping, &cells, options)?;
    let read = rows::read(&table, &mapping, &cells, &survey.readers, options)?;
    let columns = mapping.names.iter().zip(&mapping.targets).zip(survey.samples);
    let columns =
        columns.map(|((header, target), samples)| Column { header: header.clone(), target: *target, samples });
    let named = profile.map(|profile| profile.name.clone()).filter(|name| !name.is_empty());
    let system = options.system.clone().or_else(|| profile.and_then(|profile| profile.system.clone()));
    Ok(Sheet {
        name: name.to_owned(),
        digest: format!("{:032x}", xxhash_rust::xxh3::xxh3_128(bytes)),
        as_object: object,
        profile: named.unwrap_or_else(|| object.key().to_owned()),
        system: system.unwrap_or_else(|| SYSTEM.to_owned()),
        exported_at: exported::exported_at(name, options),
        encoding: decoded.encoding,
        delimiter: table.delimiter(),
        header: table.header().to_vec(),
        columns: columns.collect(),
        rows: read.rows,
        problems: read.problems,
        suspects: read.suspects,
        match_on: mapping.match_on(profile),
        row_count: read.row_count,
        repeated: read.repeated,
        table,
    })
}

#[cfg(test)]
mod tests;
