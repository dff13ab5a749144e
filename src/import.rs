//! Bytes of a file in, typed rows out: decode, find the dialect, map the columns, read the cells.
//!
//! Pure: no store, no clock, no terminal. A file goes through these rooms:
//! `decode` (encoding) → `dialect` (delimiter, header, records), or for a workbook `workbook` (cells) →
//! `sheet` (header, rows); then `detect` (what it holds, which system it comes from) → `mapping` (what the
//! columns mean) → `survey` (how each column writes dates and numbers) → `gather` and `rows` (typed rows and problems).

mod archive;
mod cells;
mod chain;
mod codes;
mod dates;
mod decode;
mod detect;
mod dialect;
mod digest;
mod error;
mod exported;
mod field_history;
mod footer;
mod gather;
mod glance;
mod history;
mod holidays;
mod ids;
mod known;
mod mapping;
mod natural;
mod numbers;
mod orders;
mod origin;
mod outcomes;
mod parts;
mod plausible;
mod profile;
mod rejects;
mod rows;
mod saved;
mod settle;
mod sheet;
mod stage_dates;
mod survey;
mod table;
mod targets;
mod units;
mod vocabulary;
mod words;
mod workbook;
mod writable;

pub use crate::domain::calendar::Told;
pub use crate::domain::intake::{As, Column, Decided, ProblemKind, SheetProblem, SkippedSheet, Target};
pub use dates::DateOrder;
pub use error::Error;
pub use holidays::{MOST as HOLIDAYS_MOST, holidays};
pub use ids::full_id;
pub use known::{systems, texts};
pub use natural::names;
pub use parts::{Opened, Part, is_too_large, open};
pub use profile::Profile;
pub use rejects::{rejects_csv, same_rejects};
pub use saved::{recognised, used};
pub use words::{Typed, cells_of, field_called};
pub use writable::{Way, Writable, shipped_systems, writable};

use crate::domain::funnel::Funnels;
use crate::domain::intake::{ColumnLook, Drift, FileLook};
use crate::domain::message::Message;
use crate::domain::money::Currency;
use crate::domain::object::Object;
use crate::domain::spelling::Suspect;
use crate::domain::stage::Outcome;
use crate::domain::time::Instant;
use crate::domain::value::Value;
use std::collections::BTreeMap;

/// The system of files whose system nobody named.
const SYSTEM: &str = "csv";

/// Whether a system is one that files are put under when nobody names theirs.
#[must_use]
pub fn is_guessable(system: &str) -> bool {
    system == SYSTEM || known::Known::of_systems().iter().any(|known| known.profile.name == system)
}

/// What the user and the surroundings say about a file.
#[derive(Debug, Clone)]
pub struct Options {
    /// What the file holds, if the user said so.
    pub as_object: Option<As>,
    /// The sheet of a workbook, if the user named one.
    pub sheet: Option<String>,
    /// The user's mapping profile.
    pub profile: Option<Profile>,
    /// The user's saved mappings; one is used where no profile is given and its header is that of the file.
    pub saved: Vec<Profile>,
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
    /// The currency of such amounts in this file, if it is another.
    pub amounts: Option<Currency>,
    /// (field, text in the file, what it stands for).
    pub values: Vec<(String, String, String)>,
    /// Whether blank cells of mapped columns come as [`Value::Null`], for `--on-conflict replace`;
    /// otherwise they are absent. A voided cell is absent either way.
    pub keep_blanks: bool,
    /// The funnels whose stages a target may name.
    pub funnels: Funnels,
}

impl Options {
    /// Nothing said but the time and the currency.
    #[must_use]
    pub fn new(now: Instant, currency: Currency) -> Self {
        Self {
            as_object: None,
            sheet: None,
            profile: None,
            saved: Vec::new(),
            system: None,
            exported_at: None,
            modified: None,
            now,
            dates: None,
            currency,
            amounts: None,
            values: Vec::new(),
            keep_blanks: false,
            funnels: Funnels::shipped(),
        }
    }
}

/// A file, read.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// Name of the file; of a sheet of a workbook `deals.xlsx[Sheet1]`.
    pub name: String,
    /// 128-bit digest of its bytes, and of the name of the sheet, in hexadecimal digits.
    pub digest: String,
    /// What it holds.
    pub as_object: As,
    /// Name of the profile that mapped it.
    pub profile: String,
    /// The user's own mapping, where one was used.
    pub own: Option<Profile>,
    /// How its columns differ from those that the user's own mapping was saved with.
    pub drift: Option<Drift>,
    /// The order of dates that the user or the mapping told.
    pub dates: Option<DateOrder>,
    /// Whether it was made from another table, so that there is no mapping of its columns.
    pub is_made: bool,
    /// The system it comes from.
    pub system: String,
    /// Whether its columns told that, and not the user.
    pub is_guessed: bool,
    /// When it was exported.
    pub exported_at: Instant,
    /// Name of its encoding.
    pub encoding: &'static str,
    /// What stands between two cells; `None` in a workbook.
    pub delimiter: Option<char>,
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
    /// The currency in which amounts that name none were read because its system has them so.
    pub assumed: Option<Currency>,
    /// The time in its name, where that is still to come and so is none of an export.
    pub to_come: Option<Instant>,
    /// Where its companies, people or deals have no ids and are known by their names: what the column of ids is called.
    pub lacks_ids: Option<String>,
    /// Rows that the source marks as deleted.
    pub deleted: u64,
    /// Stages of which the file says whether they are open, won or lost.
    pub stage_outcomes: BTreeMap<String, Outcome>,
    /// Number of data rows: `rows` + `repeated` + problems of the kind [`ProblemKind::Row`].
    pub row_count: u64,
    /// Rows that say what another row of the file says, or change nothing that is kept.
    pub repeated: u64,
    table: std::sync::Arc<table::Table>,
}

impl Sheet {
    /// How it was understood, without its rows.
    #[must_use]
    pub fn look(&self) -> FileLook {
        let fields = self.as_object.object().fields();
        let column = |column: &Column| {
            let field = column.target.position().and_then(|at| fields.get(at)).map(|field| field.key);
            let is_here = |problem: &&SheetProblem| {
                problem.kind != ProblemKind::Row && (problem.field == column.header || Some(&*problem.field) == field)
            };
            let mut problems: Vec<(Message, u64)> = Vec::new();
            for problem in self.problems.iter().filter(is_here) {
                match problems.iter_mut().find(|(reason, _)| reason.key == problem.reason.key) {
                    Some((_, count)) => *count += 1,
                    None => problems.push((problem.reason.clone(), 1)),
                }
            }
            let Column { header, target, samples } = column.clone();
            ColumnLook { header, target, samples, problems }
        };
        FileLook {
            path: self.name.clone(),
            object: Some(self.as_object),
            profile: self.own.as_ref().map(|own| own.name.clone()).filter(|name| !name.is_empty()),
            saved_at: self.own.as_ref().and_then(|own| own.saved_at),
            drift: self.drift.clone(),
            system: self.system.clone(),
            exported_at: self.exported_at,
            rows: self.row_count,
            encoding: self.encoding,
            delimiter: self.delimiter,
            columns: self.columns.iter().map(column).collect(),
            is_mapped: !self.is_made,
        }
    }

    /// The cells of a row as they stand in the file, for a problem found later.
    #[must_use]
    pub fn cells(&self, row: &SheetRow) -> Vec<String> {
        self.table.cells(row.offset)
    }
}

/// A usable row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetRow {
    /// Line of the file or row of the sheet, from 1.
    pub line: u64,
    /// What the other system calls the record, or its natural key.
    pub key: String,
    /// What the other system calls the record, where the user's mapping chose another key.
    pub id: Option<String>,
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

/// Reads a file that is one table: text, or a workbook with one sheet that counts.
///
/// # Errors
/// When the file as a whole cannot be used; a bad row or cell is a problem of the sheet instead.
pub fn read(name: &str, bytes: &[u8], options: &Options) -> Result<Sheet, Error> {
    let first = open(name, bytes, options)?.parts.into_iter().next();
    first.ok_or(Error::Empty)?.read(options)
}

#[cfg(test)]
mod tests;
