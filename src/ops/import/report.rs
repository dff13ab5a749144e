//! Filling the report of an import, and keeping what the store keeps of it.

use super::Result;
use super::apply::{blanks, unusable};
use crate::domain::history::Observed;
use crate::domain::intake::{FileReport, ImportReport, SuspectReport, file_name};
use crate::domain::message::Message;
use crate::domain::object::Object;
use crate::domain::spelling::Suspect;
use crate::domain::value::{Id, Value};
use crate::import::{ProblemKind, Sheet, SheetProblem, SheetRow};
use crate::store::Writing;

impl ImportReport {
    /// Whether a lead that has been there may belong to an account now.
    pub(super) fn has_news_of_companies(&self) -> bool {
        let news = |file: &FileReport| match file.object {
            "accounts" => file.new + file.changed > 0,
            "leads" => file.changed > 0,
            // Deals and contacts name companies that no file has described yet.
            "opportunities" | "contacts" => file.new > 0,
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
            assumed_currency: sheet.assumed.map(|currency| currency.code().to_owned()),
            name_to_come: sheet.to_come,
            lacks_ids: sheet.lacks_ids.clone(),
            deleted: sheet.deleted,
            waiting: 0,
            voided: sheet.problems.iter().filter(|problem| problem.kind == ProblemKind::Cell).count() as u64,
            stage_moves: 0,
            amount_moves: 0,
            date_moves: 0,
            went_back: 0,
            conflicts: 0,
            unheard: 0,
            stale: 0,
            blank: blanks(sheet).into_iter().collect(),
            suspects: sheet.suspects.iter().map(suspect).collect(),
            drift: sheet.drift.clone(),
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
            value: row.called(),
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
            sheet.match_on.into(),
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
