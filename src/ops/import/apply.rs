//! Rows of one file, resolved, reconciled and written.

use super::report::FileReport;
use super::resolve::{Resolver, Target, insert_link, missing, referred};
use super::{Error, Result};
use crate::domain::message::Message;
use crate::domain::object::Object;
use crate::domain::reconcile::{Changes, Incoming, OnConflict, Policy, reconcile};
use crate::domain::value::{Id, Value};
use crate::import::{Cell, ProblemKind, Sheet, SheetProblem, SheetRow};
use crate::store::{KnownLink, Writing};
use std::collections::HashMap;

/// What became of a row.
enum Fate {
    New,
    Changed,
    Unchanged,
    Rejected(Message),
}

/// Writes the rows of one file.
pub(super) fn sheet(
    writing: &mut Writing<'_>,
    resolver: &mut Resolver,
    sheet: &Sheet,
    policy: &Policy,
) -> Result<FileReport> {
    let mut report = FileReport::of(sheet);
    let mut moves = match sheet.as_object.object() {
        Object::StageChange => writing.stage_moves()?,
        _ => HashMap::new(),
    };
    for row in &sheet.rows {
        let fate = match resolver.target(sheet, &row.key) {
            None if sheet.as_object.object() == Object::StageChange => {
                stage_change(writing, resolver, sheet, row, &mut moves)?
            }
            None => Fate::Rejected(
                Message::new("problem-missing").with("field", missing(sheet.as_object.object(), row).unwrap_or("id")),
            ),
            Some(Target { link: Some(link), .. }) if link.row_hash == Some(row.hash) => Fate::Unchanged,
            Some(target) => record(writing, resolver, sheet, row, target, policy, &mut report)?,
        };
        match fate {
            Fate::New => report.new += 1,
            Fate::Changed => report.changed += 1,
            Fate::Unchanged => report.unchanged += 1,
            Fate::Rejected(reason) => report.reject(sheet, row, reason),
        }
    }
    Ok(report)
}

/// The values of a row, with references as ids.
fn values(
    writing: &mut Writing<'_>,
    resolver: &mut Resolver,
    sheet: &Sheet,
    row: &SheetRow,
    report: &mut FileReport,
) -> Result<Vec<(usize, Value)>> {
    let object = sheet.as_object.object();
    let mut values = Vec::with_capacity(row.cells.len() + 1);
    for (at, cell) in &row.cells {
        let value = match cell {
            Cell::Value(value) => value.clone(),
            Cell::Named { id, name } => {
                let Some(other) = referred(object, *at) else { continue };
                let field = object.fields().get(*at).map_or("", |field| field.key);
                let found = resolver.refer(writing, sheet, field, other, id.as_deref(), name.as_deref())?;
                if found.is_none() {
                    let text = id.as_ref().or(name.as_ref()).cloned().unwrap_or_default();
                    report.note(sheet, row, *at, text, Message::new("problem-unknown-reference"));
                    continue;
                }
                found.into()
            }
        };
        values.push((*at, value));
    }
    if let Some(at) = object.position("named_only") {
        values.push((at, false.into()));
    }
    Ok(values)
}

fn record(
    writing: &mut Writing<'_>,
    resolver: &mut Resolver,
    sheet: &Sheet,
    row: &SheetRow,
    target: Target,
    policy: &Policy,
    report: &mut FileReport,
) -> Result<Fate> {
    if !target.is_new && policy.on_conflict == OnConflict::Ignore {
        return Ok(Fate::Unchanged);
    }
    let values = values(writing, resolver, sheet, row, report)?;
    if target.is_new {
        add(writing, resolver, sheet, row, target, values)
    } else {
        change(writing, resolver, sheet, row, target, values, policy, report)
    }
}

fn add(
    writing: &mut Writing<'_>,
    resolver: &mut Resolver,
    sheet: &Sheet,
    row: &SheetRow,
    target: Target,
    incoming: Vec<(usize, Value)>,
) -> Result<Fate> {
    let object = sheet.as_object.object();
    let mut values = vec![Value::Null; object.fields().len()];
    for (at, value) in incoming {
        if let Some(cell) = values.get_mut(at) {
            *cell = value;
        }
    }
    if let Some(name) = object.position("name").filter(|_| object.requires("name")).and_then(|at| values.get_mut(at))
        && name.is_null()
    {
        *name = row.key.as_str().into();
    }
    writing.insert(object, target.id, values)?;
    let link = insert_link(writing, target.id, object, &sheet.system, &row.key, Some(row.hash), sheet.exported_at)?;
    resolver.written(sheet, row, target, link);
    Ok(Fate::New)
}

#[expect(
    clippy::too_many_arguments,
    reason = "one row with everything it is judged by; a struct would only rename them"
)]
fn change(
    writing: &mut Writing<'_>,
    resolver: &mut Resolver,
    sheet: &Sheet,
    row: &SheetRow,
    target: Target,
    values: Vec<(usize, Value)>,
    policy: &Policy,
    report: &mut FileReport,
) -> Result<Fate> {
    let object = sheet.as_object.object();
    let Some(current) = writing.row(object, target.id)? else {
        return Err(Error::Store(crate::store::Error::Damaged(format!("{} {} is gone", object.key(), target.id))));
    };
    let known = writing.known(target.id)?;
    let incoming = Incoming { system: sheet.system.clone(), exported_at: sheet.exported_at, values };
    let policy = Policy { stages: resolver.stage_kinds(), ..policy.clone() };
    let changes = reconcile(object, &current.values, &known, &incoming, &policy);
    report.conflicts += changes.conflicts.len() as u64;
    report.stale += u64::from(changes.stale);
    if changes.set.is_empty() && target.link.is_some() {
        return Ok(Fate::Unchanged);
    }
    if !changes.set.is_empty() {
        writing.update(object, target.id, &changes.set, Some(current.rev))?;
    }
    let link = keep_link(writing, sheet, row, target, &changes)?;
    keep_said(writing, object, link, &changes)?;
    resolver.written(sheet, row, target, link);
    if let Some(moved) = changes.stage_move {
        let now = |key: &str| {
            let set = object.position(key).and_then(|at| changes.set.iter().find(|(field, _)| *field == at));
            set.map_or_else(|| current.get(key).clone(), |(_, value)| value.clone())
        };
        let at = sheet.exported_at.0.into();
        let history = vec![
            target.id.into(),
            moved.from.into(),
            moved.to.into(),
            at,
            Value::Null,
            now("amount"),
            now("close_date"),
        ];
        let id = writing.new_id();
        writing.insert(Object::StageChange, id, history)?;
        report.stage_moves += 1;
        if moved.back {
            report.went_back += 1;
            let field = object.position("stage").unwrap_or_default();
            report.note(sheet, row, field, row.key.clone(), Message::new("problem-stage-back"));
        }
    }
    Ok(Fate::Changed)
}

/// Notes on the link what its system said last; makes the link of a record that was only named before.
fn keep_link(
    writing: &mut Writing<'_>,
    sheet: &Sheet,
    row: &SheetRow,
    target: Target,
    changes: &Changes,
) -> Result<Id> {
    let object = sheet.as_object.object();
    match target.link {
        None => insert_link(writing, target.id, object, &sheet.system, &row.key, Some(row.hash), sheet.exported_at),
        Some(KnownLink { link, .. }) if changes.stale => Ok(link),
        Some(KnownLink { link, .. }) => {
            let at = |key| Object::Link.position(key).unwrap_or_default();
            let said = [(at("row_hash"), row.hash.into()), (at("exported_at"), sheet.exported_at.0.into())];
            writing.update(Object::Link, link, &said, None)?;
            Ok(link)
        }
    }
}

/// Keeps beside the record what each system says of it.
fn keep_said(writing: &mut Writing<'_>, object: Object, own: Id, changes: &Changes) -> Result<()> {
    for (link, at, value) in &changes.said {
        let Some(field) = object.fields().get(*at) else { continue };
        let link = link.unwrap_or(own);
        let text = match value {
            Value::Null => continue,
            Value::Int(n) => n.to_string(),
            Value::Text(text) => text.clone(),
        };
        match writing.source_value(link, field.key)? {
            Some((_, kept)) if kept.text() == Some(&text) => {}
            Some((id, _)) => {
                let at = Object::SourceValue.position("value").unwrap_or_default();
                writing.update(Object::SourceValue, id, &[(at, text.into())], None)?;
            }
            None => {
                let id = writing.new_id();
                writing.insert(Object::SourceValue, id, vec![link.into(), field.key.into(), text.into()])?;
            }
        }
    }
    Ok(())
}

/// A row of a stage history: an event, known by deal, instant and stage.
fn stage_change(
    writing: &mut Writing<'_>,
    resolver: &mut Resolver,
    sheet: &Sheet,
    row: &SheetRow,
    stored: &mut HashMap<(Id, i64, i64), Id>,
) -> Result<Fate> {
    let object = Object::StageChange;
    let mut values = vec![Value::Null; object.fields().len()];
    // The deal first: a move of an unknown deal must not leave its stages behind.
    let deal = object.position("opportunity");
    let (deals, others): (Vec<_>, Vec<_>) = row.cells.iter().partition(|(at, _)| Some(*at) == deal);
    for (at, cell) in deals.into_iter().chain(others) {
        let value = match cell {
            Cell::Value(value) => value.clone(),
            Cell::Named { id, name } => {
                let Some(other) = referred(object, *at) else { continue };
                let field = object.fields().get(*at).map_or("", |field| field.key);
                let found = resolver.refer(writing, sheet, field, other, id.as_deref(), name.as_deref())?;
                if found.is_none() {
                    return Ok(Fate::Rejected(Message::new("problem-no-opportunity")));
                }
                found.into()
            }
        };
        if let Some(cell) = values.get_mut(*at) {
            *cell = value;
        }
    }
    let known = |key: &str| object.position(key).and_then(|at| values.get(at)).and_then(Value::int);
    let Some(deal) = known("opportunity") else { return Ok(Fate::Rejected(Message::new("problem-no-opportunity"))) };
    let (Some(at), Some(to)) = (known("at"), known("to_stage")) else {
        return Ok(Fate::Rejected(Message::new("problem-no-move")));
    };
    let event = (Id(deal), at, to);
    if stored.contains_key(&event) {
        return Ok(Fate::Unchanged);
    }
    let id = writing.new_id();
    stored.insert(event, id);
    writing.insert(object, id, values)?;
    Ok(Fate::New)
}

/// Columns that stand for fields, with the number of rows in which they are blank.
pub(super) fn blanks(sheet: &Sheet) -> Vec<(&'static str, u64)> {
    let object = sheet.as_object.object();
    let mut filled: HashMap<usize, u64> = HashMap::new();
    for (at, cell) in sheet.rows.iter().flat_map(|row| &row.cells) {
        if !matches!(cell, Cell::Value(Value::Null)) {
            *filled.entry(*at).or_default() += 1;
        }
    }
    let mut mapped: Vec<usize> = sheet.columns.iter().filter_map(|column| column.target.position()).collect();
    mapped.sort_unstable();
    mapped.dedup();
    let rows = sheet.rows.len() as u64;
    mapped
        .into_iter()
        .filter_map(|at| Some((object.fields().get(at)?.key, rows - filled.get(&at).copied().unwrap_or(0))))
        .filter(|(_, blank)| *blank > 0)
        .collect()
}

/// The unusable rows that reading the file found.
pub(super) fn unusable(sheet: &Sheet) -> impl Iterator<Item = &SheetProblem> {
    sheet.problems.iter().filter(|problem| problem.kind == ProblemKind::Row)
}
