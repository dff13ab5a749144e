//! Rows of one file, resolved, reconciled and written.

mod awaited;
mod books;
mod history;
mod observe;
mod waiting;

use super::accounts::{Company, nobody_said};
use super::keys::NewLink;
use super::monitor::Progress;
use super::resolve::{Resolver, Source, Target};
use super::{Error, Result};
use crate::domain::awaited::Awaited;
use crate::domain::intake::FileReport;
use crate::domain::message::Message;
use crate::domain::object::Object;
use crate::domain::reconcile::{Changes, Incoming, Older, OnConflict, Policy, Record, older_to_json, reconcile};
use crate::domain::sighting::{Export, Runs};
use crate::domain::value::{Id, Value};
use crate::domain::word::Decisions;
use crate::import::{As, Cell, ProblemKind, Sheet, SheetProblem, SheetRow};
use crate::store::{KnownLink, Precedence, Writing};
use std::collections::HashMap;

/// What a row refers to: field, and the name of the record where it is not known.
type References = Vec<(usize, Option<String>)>;

/// What became of a row.
enum Fate {
    New,
    Changed,
    Unchanged,
    Rejected(Message),
}

/// One file on its way into the store.
pub(super) struct Filing<'f, 's> {
    writing: &'f mut Writing<'s>,
    resolver: &'f mut Resolver,
    sheet: &'f Sheet,
    object: Object,
    policy: Policy,
    report: FileReport,
    /// Exports of the same records that were made later.
    later: Vec<Export>,
    /// Links that the file shows, and whether each says an amount and a close date.
    seen: Vec<(Id, bool, bool)>,
}

impl<'f, 's> Filing<'f, 's> {
    pub fn new(
        writing: &'f mut Writing<'s>,
        resolver: &'f mut Resolver,
        sheet: &'f Sheet,
        on_conflict: OnConflict,
    ) -> Self {
        let (object, report) = (sheet.as_object.object(), FileReport::of(sheet));
        let policy = Policy { on_conflict, ..Precedence::policy(&resolver.precedence, object) };
        let later = resolver.exports(&sheet.system, object).iter().filter(|export| export.at > sheet.exported_at);
        let later = later.cloned().collect();
        Self { writing, resolver, sheet, object, policy, report, later, seen: Vec::new() }
    }

    /// Writes the rows of the file.
    pub fn run(mut self, progress: &mut Progress) -> Result<FileReport> {
        let sheet = self.sheet;
        let mut tales = self.tales()?;
        for row in &sheet.rows {
            progress.row()?;
            let fate = match self.resolver.target(sheet, &row.key) {
                None if self.object == Object::StageChange => self.event(row, &mut tales)?,
                None => {
                    let lacks_id = || Message::new("problem-missing").with("field", "id");
                    Fate::Rejected(self.resolver.refusal(sheet, row).unwrap_or_else(lacks_id))
                }
                Some(Target { link: Some(link), .. }) if self.says_nothing_new(row, link) => {
                    self.saw(row, link.link);
                    Fate::Unchanged
                }
                Some(target) if !target.is_new && self.policy.on_conflict == OnConflict::Ignore => Fate::Unchanged,
                Some(target) if target.is_new => self.add(row, target)?,
                Some(target) => self.change(row, target)?,
            };
            match fate {
                Fate::New => self.report.new += 1,
                Fate::Changed => self.report.changed += 1,
                Fate::Unchanged => self.report.unchanged += 1,
                Fate::Rejected(reason) => self.report.reject(sheet, row, reason),
            }
        }
        tales.settle(self.writing, self.resolver)?;
        let export = self.export();
        self.report.is_mark = !export.links.is_empty()
            && !self.resolver.exports(&sheet.system, self.object).iter().any(|known| known.covers(&export));
        self.report.seen = (!export.links.is_empty()).then(|| export.to_json());
        self.resolver.arrived(&sheet.system, self.object, export);
        Ok(self.report)
    }

    /// Whether a row is the one that the link had last. A deal's row may still tell when that began, and any row
    /// whether its system has heard of what a user decided.
    fn says_nothing_new(&self, row: &SheetRow, link: KnownLink) -> bool {
        if self.resolver.decided(link.record).is_some() {
            return false;
        }
        let is_late = || link.exported_at > self.sheet.exported_at || self.later.iter().any(|e| e.links.has(link.link));
        link.row_hash == Some(row.hash) && !(self.object == Object::Opportunity && is_late())
    }

    fn saw(&mut self, row: &SheetRow, link: Id) {
        let says = |key| {
            let field = self.object.position(key);
            row.cells.iter().any(|(at, cell)| Some(*at) == field && !is_blank(cell))
        };
        let is_deal = self.object == Object::Opportunity;
        self.seen.push((link, is_deal && says("amount"), is_deal && says("close_date")));
    }

    /// What this file showed.
    fn export(&self) -> Export {
        let runs = |which: fn(&(Id, bool, bool)) -> bool| self.seen.iter().filter(|s| which(s)).map(|s| s.0).collect();
        let blank = match self.object {
            Object::Opportunity => vec![("amount", runs(|seen| !seen.1)), ("close_date", runs(|seen| !seen.2))],
            _ => Vec::new(),
        };
        let blank = blank.into_iter().filter(|(_, runs): &(&str, Runs)| !runs.is_empty());
        Export {
            at: self.sheet.exported_at,
            links: runs(|_| true),
            blank: blank.map(|(field, runs)| (field.to_owned(), runs)).collect(),
        }
    }

    /// The values of a row, and what it refers to; a reference to nothing that is known is noted and left out.
    fn values(&mut self, row: &SheetRow) -> Result<(Vec<(usize, Value)>, References)> {
        let mut values = Vec::with_capacity(row.cells.len() + 1);
        let mut references = References::new();
        for (at, cell) in &row.cells {
            let source = Source::of(self.sheet);
            let value = self.resolver.value(self.writing, source, (row.object, *at), cell)?;
            if let Cell::Named { id, name } = cell {
                let unknown = id.as_ref().or(name.as_ref()).filter(|_| value.is_none()).cloned();
                if let Some(text) = &unknown {
                    let reason = Message::new("problem-unknown-reference");
                    self.report.note(self.sheet, row, *at, text.clone(), reason);
                }
                references.push((*at, unknown));
            }
            values.extend(value.map(|value| (*at, value)));
        }
        if let Some(at) = self.object.position("named_only") {
            values.push((at, false.into()));
        }
        Ok((values, references))
    }

    fn add(&mut self, row: &SheetRow, target: Target) -> Result<Fate> {
        let object = self.object;
        let mut values = vec![Value::Null; object.fields().len()];
        let (said, references) = self.values(row)?;
        for (at, value) in said {
            if let Some(cell) = values.get_mut(at) {
                *cell = value;
            }
        }
        let older = self.match_account(&mut values)?;
        let name = object.position("name").filter(|_| object.requires("name")).and_then(|at| values.get_mut(at));
        if let Some(name) = name.filter(|name| name.is_null()) {
            *name = row.key.as_str().into();
        }
        self.writing.insert(object, target.id, values)?;
        let mut awaited = Awaited::default();
        self.hear(&mut awaited, &references);
        let link = self.new_link(row, target, older, &awaited)?;
        self.saw(row, link);
        self.resolver.written(self.sheet, row, target, (link, !awaited.is_empty()));
        Ok(Fate::New)
    }

    fn change(&mut self, row: &SheetRow, target: Target) -> Result<Fate> {
        let gone =
            || Error::Store(crate::store::Error::Damaged(format!("{} {} is gone", self.object.key(), target.id)));
        let current = self.writing.row(self.object, target.id)?.ok_or_else(gone)?;
        let known = self.resolver.known(self.writing, self.object, target.id)?;
        let (system, exported_at) = (self.sheet.system.clone(), self.sheet.exported_at);
        let link = target.link.map(|known| known.link);
        let (mut values, references) = self.values(row)?;
        self.keep_stage_name(target.id, &mut values);
        let nothing_decided = Decisions::new();
        let decided = self.resolver.decided(target.id).unwrap_or(&nothing_decided);
        let blank = if decided.is_empty() { Vec::new() } else { self.blank(row) };
        let incoming = Incoming { system, link, exported_at, values, blank };
        let record = Record { object: self.object, values: &current.values, known: &known, decided };
        let changes = reconcile(&record, &incoming, &self.policy);
        self.report.conflicts += changes.conflicts.len() as u64;
        self.report.unheard += changes.unheard.len() as u64;
        self.report.stale += u64::from(changes.stale);
        if !changes.set.is_empty() {
            self.writing.update(self.object, target.id, &changes.set, Some(current.rev))?;
        }
        let own = known.iter().find(|known| Some(known.link) == incoming.link);
        let (before, after) = self.awaited(target, own.and_then(|own| own.newest), &references)?;
        let older = own.map(|known| known.older.clone()).unwrap_or_default();
        let link = self.keep_link(row, target, &changes, &older, (&before, &after))?;
        keep_said(self.writing, self.object, link, &changes)?;
        self.resolver.written(self.sheet, row, target, (link, !after.is_empty()));
        self.saw(row, link);
        let is_deal = self.object == Object::Opportunity;
        let moved = is_deal && self.observe(row, &current, &incoming.values, &changes, link)?;
        let is_quiet = changes.set.is_empty() && changes.conflicts.is_empty() && changes.said.is_empty();
        Ok(if is_quiet && !moved && target.link.is_some() { Fate::Unchanged } else { Fate::Changed })
    }

    /// Fields of which the file has a column and the row says nothing; a cell that could not be read says something.
    fn blank(&self, row: &SheetRow) -> Vec<usize> {
        let is_spoilt = |at: usize| {
            let field = self.object.fields().get(at).map_or("", |field| field.key);
            self.sheet.problems.iter().any(|problem| problem.line == row.line && problem.field == field)
        };
        let mapped = self.sheet.columns.iter().filter_map(|column| column.target.position());
        let says = |at: usize| row.cells.iter().any(|(said, cell)| *said == at && !is_blank(cell));
        mapped.filter(|at| !says(*at) && !is_spoilt(*at)).collect()
    }

    /// Gives a new lead without an account that of its company, and returns what its link notes of that.
    fn match_account(&mut self, values: &mut [Value]) -> Result<Value> {
        let at = Object::Person.position("account").filter(|_| self.sheet.as_object == As::Leads);
        if at.and_then(|at| values.get(at)).is_none_or(|account| !account.is_null()) {
            return Ok(Value::Null);
        }
        let company = Company::of(values);
        let account = self.resolver.account_of(self.writing, &company, &self.sheet.system)?;
        let Some((cell, account)) = at.and_then(|at| values.get_mut(at)).zip(account) else { return Ok(Value::Null) };
        *cell = account.into();
        Ok(nobody_said())
    }

    /// A stage is not renamed to what another one is called.
    fn keep_stage_name(&self, stage: Id, values: &mut Vec<(usize, Value)>) {
        if self.object == Object::Stage {
            let name = Object::Stage.position("name");
            let is_other = |name: &str| self.resolver.stages.find(name).is_some_and(|found| found != stage);
            values.retain(|(at, value)| Some(*at) != name || !value.text().is_some_and(is_other));
        }
    }

    fn new_link(&mut self, row: &SheetRow, target: Target, older: Value, awaited: &Awaited) -> Result<Id> {
        let Sheet { system, exported_at, .. } = self.sheet;
        let named = NewLink::named(target.id, self.object, system, &row.key, *exported_at);
        NewLink { row_hash: Some(row.hash), older, awaits: awaited.to_json(), ..named }.insert(self.writing)
    }

    /// Notes on the link what its system said last; makes the link of a record that was only named before.
    fn keep_link(
        &mut self,
        row: &SheetRow,
        target: Target,
        changes: &Changes,
        older: &Older,
        (before, after): (&Awaited, &Awaited),
    ) -> Result<Id> {
        let Some(KnownLink { link, .. }) = target.link else {
            return self.new_link(row, target, Value::Null, after);
        };
        let at = |key| Object::Link.position(key).unwrap_or_default();
        let mut said = Vec::new();
        if !changes.stale {
            said.extend([(at("row_hash"), row.hash.into()), (at("exported_at"), self.sheet.exported_at.0.into())]);
        }
        if changes.older != *older {
            said.push((at("older"), older_to_json(&changes.older)));
        }
        if before != after {
            said.push((at("awaits"), after.to_json()));
        }
        if !said.is_empty() {
            self.writing.update(Object::Link, link, &said, None)?;
        }
        Ok(link)
    }
}

/// Gives earlier rows what they refer to and has come now, and returns how many have found it.
pub(super) fn settle(writing: &mut Writing<'_>, resolver: &mut Resolver) -> Result<u64> {
    Ok(awaited::settle(writing, resolver)? + waiting::settle(writing, resolver)?)
}

/// Keeps beside the record what each system says of it.
pub(super) fn keep_said(writing: &mut Writing<'_>, object: Object, own: Id, changes: &Changes) -> Result<()> {
    for (link, at, said) in &changes.said {
        let Some(field) = object.fields().get(*at) else { continue };
        writing.keep_said(link.unwrap_or(own), field.key, said)?;
    }
    Ok(())
}

fn is_blank(cell: &Cell) -> bool {
    matches!(cell, Cell::Value(Value::Null))
}

/// Columns that stand for fields, with the number of rows in which they are blank.
pub(super) fn blanks(sheet: &Sheet) -> Vec<(&'static str, u64)> {
    let object = sheet.as_object.object();
    let mut filled: HashMap<usize, u64> = HashMap::new();
    let rows: Vec<&SheetRow> = sheet.rows.iter().filter(|row| row.object == object).collect();
    for (at, cell) in rows.iter().flat_map(|row| &row.cells) {
        if !is_blank(cell) {
            *filled.entry(*at).or_default() += 1;
        }
    }
    let mut mapped: Vec<usize> = sheet.columns.iter().filter_map(|column| column.target.position()).collect();
    mapped.sort_unstable();
    mapped.dedup();
    let rows = rows.len() as u64;
    mapped
        .into_iter()
        .filter_map(|at| Some((object.fields().get(at)?.key, rows - filled.get(&at).copied().unwrap_or(0))))
        // A row is about one of these records: that the others are blank says nothing.
        .filter(|(key, blank)| *blank > 0 && !object.about().contains(key))
        .collect()
}

/// The unusable rows that reading the file found.
pub(super) fn unusable(sheet: &Sheet) -> impl Iterator<Item = &SheetProblem> {
    sheet.problems.iter().filter(|problem| problem.kind == ProblemKind::Row)
}
