//! What an import did, file by file; the struct is the JSON.

use super::Result;
use super::apply::{blanks, unusable};
use crate::domain::history::Observed;
use crate::domain::message::Message;
use crate::domain::object::Object;
use crate::domain::spelling::Suspect;
use crate::domain::time::Instant;
use crate::domain::value::{ActionId, Id, Value};
use crate::import::{ProblemKind, Sheet, SheetProblem, SheetRow, SkippedSheet};
use crate::store::Writing;
use serde::Serialize;
use std::collections::BTreeMap;

/// What an import did.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ImportReport {
    /// File by file, in the order they were taken.
    pub files: Vec<FileReport>,
    /// Sheets of workbooks that were left out.
    pub skipped_sheets: Vec<SkippedSheet>,
    /// Names that no file describes.
    pub unmatched: Vec<Unmatched>,
    /// Names that several records share; rows that use them went to the oldest.
    pub shared: Vec<Shared>,
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
    /// Other names that were learnt.
    pub aliases: u64,
    /// Records known by name only because no file of their kind has come yet, by object.
    pub named_only: BTreeMap<&'static str, u64>,
    /// The action; `null` when nothing was new, or for a dry run.
    pub batch: Option<ActionId>,
}

/// What became of one file's rows: `rows = new + changed + unchanged + rejected`.
#[derive(Debug, Clone, Serialize)]
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
    /// Where its companies, people or deals have no ids and are known by their names: the column that would tell them.
    pub lacks_ids: Option<String>,
    /// Rows that the source marks as deleted; they were imported.
    pub deleted: u64,
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
    /// Rows older than what their system said before.
    pub stale: u64,
    /// Rows with nothing in a mapped column.
    pub blank: BTreeMap<&'static str, u64>,
    /// Values that look misspelled.
    pub suspects: Vec<SuspectReport>,
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
#[derive(Debug, Clone, Serialize)]
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

    /// Whether a lead that has been there may belong to an account now.
    pub(super) fn has_news_of_companies(&self) -> bool {
        let news = |file: &FileReport| match file.object {
            "accounts" => file.new + file.changed > 0,
            "leads" => file.changed > 0,
            _ => false,
        };
        self.files.iter().any(news)
    }
}

impl FileReport {
    pub(super) fn of(sheet: &Sheet) -> Self {
        let suspect = |(field, suspect): &(&'static str, Suspect)| SuspectReport {
            field,
            value: suspect.value.clone(),
            rows: suspect.rows,
            meant: suspect.meant.clone(),
        };
        Self {
            path: sheet.name.clone(),
            object: sheet.as_object.key(),
            profile: sheet.profile.clone(),
            system: sheet.system.clone(),
            exported_at: sheet.exported_at,
            rows: sheet.row_count,
            new: 0,
            changed: 0,
            unchanged: sheet.repeated,
            rejected: unusable(sheet).count() as u64,
            rejects_file: None,
            rejects_failed: None,
            is_known: false,
            seen: None,
            is_mark: false,
            lacks_ids: sheet.lacks_ids.clone(),
            deleted: sheet.deleted,
            voided: sheet.problems.iter().filter(|problem| problem.kind == ProblemKind::Cell).count() as u64,
            stage_moves: 0,
            amount_moves: 0,
            date_moves: 0,
            went_back: 0,
            conflicts: 0,
            stale: 0,
            blank: blanks(sheet).into_iter().collect(),
            suspects: sheet.suspects.iter().map(suspect).collect(),
            problems: sheet.problems.clone(),
        }
    }

    /// Counts a change that two exports differ by.
    pub(super) fn count_move(&mut self, change: &Observed) {
        self.stage_moves += u64::from(change.from.stage != change.to.stage);
        self.amount_moves += u64::from(change.from.amount != change.to.amount);
        self.date_moves += u64::from(change.from.close_date != change.to.close_date);
    }

    /// Turns a row down after it was read.
    pub(super) fn reject(&mut self, sheet: &Sheet, row: &SheetRow, reason: Message) {
        self.rejected += 1;
        self.problems.push(SheetProblem {
            kind: ProblemKind::Row,
            line: row.line,
            field: String::new(),
            value: row.key.clone(),
            reason,
            row: sheet.cells(row),
        });
    }

    /// Notes something about a row that was taken.
    pub(super) fn note(&mut self, sheet: &Sheet, row: &SheetRow, at: usize, value: String, reason: Message) {
        let field = sheet.as_object.object().fields().get(at).map_or("", |field| field.key).to_owned();
        self.problems.push(SheetProblem {
            kind: ProblemKind::Note,
            line: row.line,
            field,
            value,
            reason,
            row: Vec::new(),
        });
    }
}

/// Writes the files and their problems into the store, and what the journal says of the import.
pub(super) fn journal(writing: &mut Writing<'_>, sheets: &[Sheet], report: &ImportReport) -> Result<()> {
    for (sheet, file) in sheets.iter().zip(&report.files) {
        let id = writing.new_id();
        let values = vec![
            file_name(&file.path).into(),
            sheet.digest.as_str().into(),
            sheet.as_object.object().code().into(),
            file.profile.as_str().into(),
            file.system.as_str().into(),
            file.exported_at.0.into(),
            count(file.rows),
            count(file.new),
            count(file.changed),
            count(file.unchanged),
            count(file.rejected),
            file.seen.clone().into(),
        ];
        writing.insert(Object::ImportFile, id, values)?;
        for problem in &file.problems {
            insert_problem(writing, id, problem)?;
        }
    }
    let sum = |of: fn(&FileReport) -> u64| report.files.iter().map(of).sum::<u64>();
    let names: Vec<&str> = report.files.iter().map(|file| file_name(&file.path)).collect();
    writing.describe("files", names.join(", "));
    writing.describe("new", sum(|file| file.new));
    writing.describe("changed", sum(|file| file.changed));
    writing.describe("rejected", sum(|file| file.rejected));
    Ok(())
}

fn insert_problem(writing: &mut Writing<'_>, file: Id, problem: &SheetProblem) -> Result<()> {
    let kind = problem.kind as i64;
    let row = serde_json::to_string(&problem.row).ok().filter(|_| !problem.row.is_empty());
    let values = vec![
        file.into(),
        kind.into(),
        count(problem.line),
        problem.field.as_str().into(),
        problem.value.as_str().into(),
        problem.reason.key.into(),
        row.into(),
    ];
    let id = writing.new_id();
    Ok(writing.insert(Object::Problem, id, values)?)
}

fn count(n: u64) -> Value {
    Value::Int(i64::try_from(n).unwrap_or(i64::MAX))
}

/// The last part of a path: folders of the user's machine do not go into a shared store.
pub fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}
