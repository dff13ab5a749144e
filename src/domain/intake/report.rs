//! What an import did, file by file; the struct is the JSON.

use super::drift::Drift;
use super::{RefusedFile, SheetProblem, SkippedSheet};
use crate::domain::time::Instant;
use crate::domain::value::ActionId;
use serde::Serialize;
use std::collections::BTreeMap;

/// What an import did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ImportReport {
    /// File by file, in the order they were taken.
    pub files: Vec<FileReport>,
    /// Sheets of workbooks that were left out.
    pub skipped_sheets: Vec<SkippedSheet>,
    /// Files that could not be imported as they are.
    pub refused_files: Vec<RefusedFile>,
    /// Names that no file describes.
    pub unmatched: Vec<Unmatched>,
    /// Names that several records share; rows that use them went to the oldest.
    pub shared: Vec<Shared>,
    /// Names by which earlier files without ids knew a record, and that several records with ids have: it is none of them.
    pub crowded: Vec<String>,
    /// Other names that could not be learnt.
    pub refused_aliases: Vec<String>,
    /// Stages that the catalogue does not know; they are taken as open.
    pub new_stages: Vec<String>,
    /// Stages that were taken as open until a file told that they are won or lost.
    pub corrected_stages: Vec<String>,
    /// References of earlier files whose records have come now.
    pub resolved_references: u64,
    /// Leads that were linked to the account of their company.
    pub matched_accounts: u64,
    /// Leads whose company may be one of several accounts; they belong to none.
    pub unclear_accounts: u64,
    /// References to records that were only known by a name, and have gone to the record it is another name of.
    pub moved_references: u64,
    /// Other names that were learnt.
    pub aliases: u64,
    /// Records known by name only because no file of their kind has come yet, by object.
    pub named_only: BTreeMap<&'static str, u64>,
    /// The action; `null` when nothing was new, or for a dry run.
    pub batch: Option<ActionId>,
}

/// What became of one file's rows: `rows = new + changed + unchanged + rejected`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileReport {
    /// Path of the file.
    pub path: String,
    /// What its rows are.
    pub object: &'static str,
    /// The mapping that was used.
    pub profile: String,
    /// The system it comes from.
    pub system: String,
    /// When it was exported.
    pub exported_at: Instant,
    /// Rows in the file.
    pub rows: u64,
    /// Rows that made a record.
    pub new: u64,
    /// Rows that changed a record.
    pub changed: u64,
    /// Rows that said nothing new.
    pub unchanged: u64,
    /// Rows that could not be used.
    pub rejected: u64,
    /// Where the rejected rows are, to be fixed and imported again.
    pub rejects_file: Option<String>,
    /// The currency in which amounts that name none were read because the system has them so.
    pub assumed_currency: Option<String>,
    /// The time in the name of the file, where it is still to come: it was not taken for that of the export.
    pub name_to_come: Option<Instant>,
    /// Where its companies, people or deals have no ids and are known by their names: the column that would tell them.
    pub lacks_ids: Option<String>,
    /// Rows that the source marks as deleted; they were imported.
    pub deleted: u64,
    /// Moves of deals or people that have not come yet; they count when these come.
    pub waiting: u64,
    /// Cells that could not be read; their records were kept without them.
    pub voided: u64,
    /// Stage moves that became history.
    pub stage_moves: u64,
    /// Amounts that moved between two exports and became history.
    pub amount_moves: u64,
    /// Close dates that moved between two exports and became history.
    pub date_moves: u64,
    /// Stage moves that went back.
    pub went_back: u64,
    /// Values that the master system overruled.
    pub conflicts: u64,
    /// Values that were decided here, of which the system has not heard yet.
    pub unheard: u64,
    /// Rows older than what their system said before.
    pub stale: u64,
    /// Rows with nothing in a mapped column.
    pub blank: BTreeMap<&'static str, u64>,
    /// Values that look misspelled.
    pub suspects: Vec<SuspectReport>,
    /// How its columns differ from those its mapping was saved with; `null` when they do not.
    pub drift: Option<Drift>,
    /// Why the rejected rows could not be written to a file.
    #[serde(skip)]
    pub rejects_failed: Option<String>,
    /// Whether this very file has been imported before.
    #[serde(skip)]
    pub is_known: bool,
    /// What the file showed, as the store keeps it.
    #[serde(skip)]
    pub seen: Option<String>,
    /// Whether it tells what an export of this time shows, which was not known before.
    #[serde(skip)]
    pub is_mark: bool,
    /// Rows and cells that could not be taken as they were.
    #[serde(skip)]
    pub problems: Vec<SheetProblem>,
}

/// A value that looks misspelled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SuspectReport {
    /// The field.
    pub field: &'static str,
    /// The value as it stands in the file; it was imported so.
    pub value: String,
    /// How many rows have it.
    pub rows: u64,
    /// What it was probably meant to be.
    pub meant: String,
}

/// A name that several records share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Shared {
    /// What it is a name of.
    pub object: &'static str,
    /// The name.
    pub name: String,
    /// How many rows use it.
    pub rows: u64,
}

/// A name that stands for a record no file describes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unmatched {
    /// What it is a name of.
    pub object: &'static str,
    /// The field that refers to it.
    pub field: &'static str,
    /// The name.
    pub name: String,
    /// How many rows use it.
    pub rows: u64,
    /// The described name it resembles.
    pub meant: Option<String>,
}

impl ImportReport {
    /// Whether there is nothing to write: no row was new or changed, no name was learnt, and rejected
    /// rows are known already.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        let idle = |file: &FileReport| {
            file.new == 0 && file.changed == 0 && (file.rejected == 0 || file.is_known) && !file.is_mark
        };
        let is_quiet = self.aliases == 0
            && self.corrected_stages.is_empty()
            && self.matched_accounts == 0
            && self.resolved_references == 0;
        is_quiet && self.files.iter().all(idle)
    }
}

impl ImportReport {
    /// Whether there were rows, and none of them could be used.
    #[must_use]
    pub fn is_useless(&self) -> bool {
        let sum = |of: fn(&FileReport) -> u64| self.files.iter().map(of).sum::<u64>();
        let rows = sum(|file| file.rows);
        rows > 0 && rows == sum(|file| file.rejected)
    }

    /// How many files and rows, by what became of them.
    #[must_use]
    pub fn counts(&self) -> [(&'static str, u64); 6] {
        let sum = |of: fn(&FileReport) -> u64| self.files.iter().map(of).sum::<u64>();
        [
            ("files", self.files.len() as u64),
            ("rows", sum(|file| file.rows)),
            ("new", sum(|file| file.new)),
            ("changed", sum(|file| file.changed)),
            ("unchanged", sum(|file| file.unchanged)),
            ("rejected", sum(|file| file.rejected)),
        ]
    }

    /// What names and values were probably meant to be: field, as it stands in the file, as it was meant.
    #[must_use]
    pub fn suggestions(&self) -> Vec<(String, String, String)> {
        let of = |field: &str, from: &str, to: &str| (field.to_owned(), from.to_owned(), to.to_owned());
        let names = self.unmatched.iter().filter_map(|name| Some(of(name.field, &name.name, name.meant.as_deref()?)));
        let suspects = self.files.iter().flat_map(|file| &file.suspects);
        names.chain(suspects.map(|suspect| of(suspect.field, &suspect.value, &suspect.meant))).collect()
    }
}

/// The last part of a path: folders of the user's machine do not go into a shared store.
#[must_use]
pub fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}
