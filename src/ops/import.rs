//! Importing: files become rows, rows become records, and what changed becomes history.
//!
//! One call is one transaction and one action. First every file's keys get their ids, so that files
//! may refer to each other in any order; then each row is resolved and reconciled.

mod accounts;
mod aliases;
mod apply;
mod chosen;
mod files;
mod intake;
mod keys;
mod monitor;
mod namesakes;
mod owners;
mod places;
mod profiles;
mod rejects;
mod report;
mod resolve;
mod stages;

pub use crate::domain::intake::{FileReport, ImportReport, RefusedFile, Unmatched, file_name};
pub use crate::import::systems;
pub use crate::import::{As, Column, DateOrder, Options, Profile, Sheet, SkippedSheet, Target};
pub use crate::import::{ProblemKind, SheetProblem};
pub use files::{AskDates, Found, Refused, lost_column, read_files, sources};
pub use intake::{Choices, Intake, Looked};
pub use monitor::Monitor;
pub use places::{Listed, Listing, listing, typed};
pub use profiles::{Broken, Choice, Own, Profiles};

use super::backup::keep_backup;
use super::{Error, Result, Session};
use crate::domain::object::{Kind, Object};
use crate::domain::reconcile::OnConflict;
use crate::domain::stage::{Outcome, StageCatalog, StageKind};
use crate::store::{ActionKind, Writing};
use monitor::Progress;
use std::collections::BTreeMap;

/// How to import.
#[derive(Debug, Clone, Default)]
pub struct ImportPolicy {
    /// What to do with records that are already there.
    pub on_conflict: OnConflict,
    /// Count what would happen, and leave the store as it is.
    pub dry_run: bool,
    /// Other names of records, from `--value FIELD:FROM=TO`: field, other name, known name.
    pub aliases: Vec<(String, String, String)>,
    /// Who watches, and may stop it.
    pub monitor: Monitor,
}

/// Turns a message into a sentence of the user's language.
pub type Words<'w> = &'w dyn Fn(&crate::domain::message::Message) -> String;

/// How an import ends: a dry run and an import without a change both leave the transaction unwritten.
enum End {
    Failed(Error),
    Dry(Box<ImportReport>),
}

impl From<crate::store::Error> for End {
    fn from(error: crate::store::Error) -> Self {
        Self::Failed(error.into())
    }
}

impl From<Error> for End {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl Session {
    /// Imports files that have been read. `words` tells the reasons in the file of rejected rows.
    ///
    /// # Errors
    /// [`Error`] when the store cannot be written; it is then as it was.
    pub fn import(&mut self, mut sheets: Vec<Sheet>, policy: &ImportPolicy, words: Words<'_>) -> Result<ImportReport> {
        sheets.sort_by_key(|sheet| (order(sheet.as_object), sheet.exported_at));
        let catalog = StageCatalog::shipped().map_err(|e| Error::Shipped(e.to_string()))?;
        let head = self.head(ActionKind::Import);
        let location = self.location().clone();
        let written = self.store.write(&head, |writing| {
            let report = run(writing, &sheets, policy, catalog)?;
            if policy.dry_run || report.is_idle() {
                return Err(End::Dry(Box::new(report)));
            }
            // Only now is it known that there is something that the state before it is worth keeping for.
            keep_backup(&location, head.at)?;
            Ok(report)
        });
        let mut report = match written {
            Ok((action, report)) => ImportReport { batch: action, ..report },
            Err(End::Dry(report)) => *report,
            Err(End::Failed(error)) => return Err(error),
        };
        if !policy.dry_run {
            rejects::write(self.folder(), &sheets, &mut report, words);
        }
        Ok(report)
    }
}

/// Referenced objects first, so that a reference finds its record described.
fn order(object: As) -> (Object, &'static str) {
    (object.object(), object.key())
}

fn run(
    writing: &mut Writing<'_>,
    sheets: &[Sheet],
    policy: &ImportPolicy,
    catalog: StageCatalog,
) -> std::result::Result<ImportReport, End> {
    let mut resolver = resolve::Resolver::load(writing, sheets, catalog)?;
    for sheet in sheets {
        resolver.register(writing, sheet)?;
    }
    let learnt = resolver.take_aliases(writing, sheets, &aliases(policy))?;
    let mut progress = Progress::new(&policy.monitor, sheets.iter().map(|sheet| sheet.rows.len() as u64).sum());
    let corrected_stages = resolver.correct_stages(writing)?;
    let mut report = ImportReport { aliases: learnt.names, corrected_stages, ..ImportReport::default() };
    for sheet in sheets {
        let is_known = writing.has_file(&sheet.digest)?;
        let file = apply::Filing::new(writing, &mut resolver, sheet, policy.on_conflict).run(&mut progress)?;
        if sheet.as_object == As::Stages {
            resolver.stages.reload(writing)?;
        }
        report.files.push(FileReport { is_known, ..file });
    }
    report.moved_references = learnt.join(writing)?;
    report.resolved_references = apply::settle(writing, &mut resolver)?;
    (report.matched_accounts, report.unclear_accounts) = (resolver.matched_accounts, resolver.unclear_accounts);
    if report.has_news_of_companies() {
        let accounts::Matched { matched, unclear } = accounts::match_leads(writing)?;
        report.matched_accounts += matched;
        report.unclear_accounts = unclear;
    }
    for (sheet, file) in sheets.iter().zip(&mut report.files) {
        owners::note_strangers(writing, sheet, file)?;
    }
    report.unmatched = resolver.unmatched();
    report.shared = resolver.shared();
    report.refused_aliases = resolver.refused();
    report.named_only = resolver.named_only();
    report.crowded = resolver.namesakes.told();
    report.new_stages = std::mem::take(&mut resolver.stages.new);
    if !report.is_idle() {
        report::journal(writing, sheets, &report)?;
    }
    Ok(report)
}

/// The aliases that name records: those on reference fields.
fn aliases(policy: &ImportPolicy) -> Vec<(Object, &str, &str)> {
    let referred = |field: &str| {
        let fields = Object::ALL.into_iter().flat_map(|object| object.fields());
        fields.filter(|f| f.key == field).find_map(|f| match f.kind {
            Kind::Reference(object) if object.may_be_named_only() => Some(object),
            _ => None,
        })
    };
    policy.aliases.iter().filter_map(|(field, from, to)| Some((referred(field)?, from.as_str(), to.as_str()))).collect()
}

/// Stages by id, as reconcile wants them.
fn stage_kinds(rows: &[crate::domain::object::Row]) -> BTreeMap<i64, StageKind> {
    rows.iter()
        .filter_map(|row| {
            let outcome = Outcome::from_code(row.get("outcome").int()?);
            Some((row.id.0, StageKind { position: row.get("position").int()?, outcome }))
        })
        .collect()
}
