//! Undo and redo: an action's rows go back to how they were, unless someone has built on them.
//!
//! An undo restores whole rows, their `rev` included, so a redone action is again the action it was.
//! Both are journal entries of their own; `target` names the action they reverse.

use super::compact::compacted;
use super::db::{Cells, Engine};
use super::journal::{Action, NewAction, Writing, read_actions};
use super::schema::columns;
use super::{Error, Refusal, Result, Store};
use crate::domain::object::{Kind, Object};
use crate::domain::value::{ActionId, Value};

/// How many images are read at a time.
const TOGETHER: i64 = 5_000;

/// What an undo or redo did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reversal {
    /// The undo or redo itself.
    pub action: ActionId,
    /// The action that was undone or done again.
    pub target: Action,
}

/// What there is for a person to take back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reversible {
    /// An action to undo.
    pub undo: bool,
    /// An undone action to do again.
    pub redo: bool,
}

/// The run of ids that an action inserted.
#[derive(Clone, Copy)]
struct Run {
    first: i64,
    last: i64,
}

impl Store {
    /// Undoes an action, by default the newest of this person that is not yet undone.
    ///
    /// # Errors
    /// [`Error::Refused`] when there is none, or when someone has changed or used its rows since.
    pub fn undo(&mut self, head: &NewAction, which: Option<ActionId>) -> Result<Reversal> {
        self.reverse(head, |writing| {
            let target = undo_target(writing.db, &head.actor, which)?;
            let run = run_of(writing.db, target.id)?;
            refuse_if_changed(writing.db, &target, None, run)?;
            journal_current_state(writing, target.id, run)?;
            apply_images(writing.db, target.id)?;
            delete_run(writing.db, run)?;
            writing.db.execute(
                "UPDATE action SET undone_by = $2 WHERE id = $1",
                &[target.id.into(), writing.action().into()],
            )?;
            Ok(target)
        })
    }

    /// Does the action again that this person undid last, unless they have acted since.
    ///
    /// # Errors
    /// [`Error::Refused`] when there is none, or when someone has changed its rows since.
    pub fn redo(&mut self, head: &NewAction) -> Result<Reversal> {
        self.reverse(head, |writing| {
            let target = redo_target(writing.db, &head.actor)?;
            let undo = target.undone_by.ok_or(Error::Refused(Refusal::NothingToRedo))?;
            let run = run_of(writing.db, target.id)?;
            refuse_if_changed(writing.db, &target, Some(undo), run)?;
            apply_images(writing.db, undo)?;
            writing.db.execute("UPDATE action SET undone_by = NULL WHERE id = $1", &[target.id.into()])?;
            Ok(target)
        })
    }

    /// Whether this person has anything to undo or to do again; whether others have built on it shows only
    /// when they try.
    ///
    /// # Errors
    /// [`Error`] when the store cannot be read.
    pub fn reversible(&mut self, actor: &str) -> Result<Reversible> {
        let is_there = |found: Result<Action>| match found {
            Ok(_) => Ok(true),
            Err(Error::Refused(_)) => Ok(false),
            Err(other) => Err(other),
        };
        let db = self.db.as_mut();
        Ok(Reversible { undo: is_there(undo_target(db, actor, None))?, redo: is_there(redo_target(db, actor))? })
    }

    fn reverse(&mut self, head: &NewAction, work: impl FnOnce(&mut Writing<'_>) -> Result<Action>) -> Result<Reversal> {
        let (action, target) = self.write(head, |writing| {
            let target = work(writing).map_err(|error| match error {
                Error::Duplicate(_) | Error::Reference(_) => Error::Refused(Refusal::Overtaken),
                other => other,
            })?;
            writing.reverse(target.id);
            writing.describe("target", target.id);
            writing.describe("what", target.kind.key());
            Ok::<_, Error>(target)
        })?;
        let action = action.ok_or(Error::Refused(Refusal::NothingToUndo))?;
        Ok(Reversal { action, target })
    }
}

fn undo_target(db: &mut dyn Engine, actor: &str, which: Option<ActionId>) -> Result<Action> {
    let compacted = compacted(db)?;
    let Some(id) = which else {
        let mine = "actor = $1 AND undone_by IS NULL AND id > $2 AND kind NOT IN ('undo', 'redo', 'compact') \
                    ORDER BY id DESC LIMIT 1";
        let newest = read_actions(db, mine, &[actor.into(), compacted.into()])?;
        return newest.into_iter().next().ok_or(Error::Refused(Refusal::NothingToUndo));
    };
    let found = read_actions(db, "id = $1", &[id.into()])?;
    let action = found.into_iter().next().ok_or(Error::Refused(Refusal::Unknown(id.0)))?;
    if !action.kind.is_reversible() {
        return Err(Error::Refused(Refusal::NotReversible(id.0)));
    }
    if action.id <= compacted {
        return Err(Error::Refused(Refusal::Compacted(id.0)));
    }
    if action.undone_by.is_some() {
        return Err(Error::Refused(Refusal::AlreadyUndone(id.0)));
    }
    Ok(action)
}

/// The action this person undid last; anything they did after that undo has cleared it.
fn redo_target(db: &mut dyn Engine, actor: &str) -> Result<Action> {
    let compacted = compacted(db)?;
    let condition = "id > $2 AND undone_by IN (SELECT u.id FROM action u WHERE u.actor = $1 AND u.id > COALESCE( \
                       (SELECT MAX(d.id) FROM action d WHERE d.actor = $1 AND d.kind NOT IN ('undo', 'redo', 'compact')), 0)) \
                     ORDER BY undone_by DESC LIMIT 1";
    let found = read_actions(db, condition, &[actor.into(), compacted.into()])?;
    found.into_iter().next().ok_or(Error::Refused(Refusal::NothingToRedo))
}

fn run_of(db: &mut dyn Engine, action: ActionId) -> Result<Run> {
    let mut run = Run { first: 0, last: -1 };
    db.query("SELECT first_id, last_id FROM action WHERE id = $1", &[action.into()], &mut |row| {
        run = Run { first: row.must_int(0)?, last: row.must_int(1)? };
        Ok(())
    })?;
    Ok(run)
}

/// Refuses when a row is no longer as the action (or its undo) left it, or when rows that others
/// wrote refer to rows that would go.
fn refuse_if_changed(db: &mut dyn Engine, target: &Action, undo: Option<ActionId>, run: Run) -> Result<()> {
    let id = target.id;
    for object in Object::ALL {
        let table = object.key();
        let expected = if undo.is_some() { "j.rev" } else { "$1" };
        let changed = format!(
            "SELECT t.rev, COUNT(*) FROM before_image j JOIN {table} t ON t.id = j.row_id \
             WHERE j.action = $1 AND j.object = $2 AND t.rev <> {expected} GROUP BY t.rev ORDER BY t.rev DESC"
        );
        refuse_if_any(db, id, &changed, &[id.into(), object.code().into()])?;
        if undo.is_none() {
            let grown = format!(
                "SELECT rev, COUNT(*) FROM {table} WHERE id BETWEEN $2 AND $3 AND rev <> $1 \
                 GROUP BY rev ORDER BY rev DESC"
            );
            refuse_if_any(db, id, &grown, &[id.into(), run.first.into(), run.last.into()])?;
            refuse_if_referred_to(db, id, object, run)?;
        }
    }
    let deleted = "SELECT d.id, COUNT(*) FROM before_image j JOIN action d ON d.id = j.action \
                   WHERE j.action > $2 AND d.target IS NULL AND d.undone_by IS NULL AND (j.row_id BETWEEN $3 AND $4 \
                   OR EXISTS (SELECT 1 FROM before_image m WHERE m.action = $1 AND m.object = j.object AND m.row_id = j.row_id)) \
                   GROUP BY d.id ORDER BY d.id DESC";
    let since = undo.unwrap_or(id);
    refuse_if_any(db, id, deleted, &[id.into(), since.into(), run.first.into(), run.last.into()])
}

fn refuse_if_referred_to(db: &mut dyn Engine, id: ActionId, object: Object, run: Run) -> Result<()> {
    let refers = |kind: Kind| matches!(kind, Kind::Reference(_));
    let polymorphic = matches!(object, Object::Link | Object::Decision).then_some("record");
    let fields = object.fields().iter().filter(|field| refers(field.kind)).map(|field| field.key).chain(polymorphic);
    for field in fields {
        let sql = format!(
            "SELECT rev, COUNT(*) FROM {table} WHERE {field} BETWEEN $2 AND $3 \
             AND NOT (id BETWEEN $2 AND $3) AND rev <> $1 GROUP BY rev ORDER BY rev DESC",
            table = object.key()
        );
        refuse_if_any(db, id, &sql, &[id.into(), run.first.into(), run.last.into()])?;
    }
    Ok(())
}

/// Refuses with the first row of (action, count), if there is one.
fn refuse_if_any(db: &mut dyn Engine, action: ActionId, sql: &str, params: &[Value]) -> Result<()> {
    let mut found = None;
    db.query(sql, params, &mut |row| {
        found = found.or(Some((row.must_int(0)?, row.must_int(1)?)));
        Ok(())
    })?;
    let Some((by_action, rows)) = found else { return Ok(()) };
    let by = read_actions(db, "id = $1", &[by_action.into()])?.into_iter().next();
    let (by_kind, by_actor) = by.map(|by| (by.kind.key().to_owned(), by.actor)).unwrap_or_default();
    Err(Error::Refused(Refusal::ChangedSince { action: action.0, by_action, by_kind, by_actor, rows }))
}

/// Journals, for a later redo, every row the action touched as it is now.
fn journal_current_state(writing: &mut Writing<'_>, target: ActionId, run: Run) -> Result<()> {
    let undo = writing.action();
    for object in Object::ALL {
        let image = writing.db.row_as_json(object);
        let table = object.key();
        let touched = format!(
            "INSERT INTO before_image (action, object, row_id, rev, image) \
             SELECT CAST($1 AS BIGINT), CAST($2 AS BIGINT), id, rev, {image} FROM {table} WHERE id BETWEEN $3 AND $4 \
             OR id IN (SELECT row_id FROM before_image WHERE action = $5 AND object = $2)"
        );
        let params = [undo.into(), object.code().into(), run.first.into(), run.last.into(), target.into()];
        writing.db.execute(&touched, &params)?;
    }
    let gone = "INSERT INTO before_image (action, object, row_id, rev, image) \
                SELECT CAST($1 AS BIGINT), object, row_id, NULL, NULL FROM before_image m WHERE m.action = $2 AND NOT EXISTS \
                (SELECT 1 FROM before_image n WHERE n.action = $1 AND n.object = m.object AND n.row_id = m.row_id)";
    writing.db.execute(gone, &[undo.into(), target.into()]).map(|_| ())
}

/// Puts the rows of an action's images back: present ones first, in the order of references, then
/// the deletions in the opposite order.
fn apply_images(db: &mut dyn Engine, action: ActionId) -> Result<()> {
    for object in Object::ALL {
        let restore = restore_sql(object);
        let mut after = i64::MIN;
        loop {
            let images = read_images(db, action, object, after)?;
            for (row_id, image) in &images {
                db.execute(&restore, &values_of(object, image)?)?;
                after = *row_id;
            }
            if images.is_empty() {
                break;
            }
        }
    }
    for object in Object::ALL.into_iter().rev() {
        let sql = format!(
            "DELETE FROM {table} WHERE id IN \
             (SELECT row_id FROM before_image WHERE action = $1 AND object = $2 AND image IS NULL)",
            table = object.key()
        );
        db.execute(&sql, &[action.into(), object.code().into()])?;
    }
    Ok(())
}

fn delete_run(db: &mut dyn Engine, run: Run) -> Result<()> {
    for object in Object::ALL.into_iter().rev() {
        let sql = format!("DELETE FROM {} WHERE id BETWEEN $1 AND $2", object.key());
        db.execute(&sql, &[run.first.into(), run.last.into()])?;
    }
    Ok(())
}

fn read_images(db: &mut dyn Engine, action: ActionId, object: Object, after: i64) -> Result<Vec<(i64, String)>> {
    let sql = "SELECT row_id, image FROM before_image \
               WHERE action = $1 AND object = $2 AND row_id > $3 AND image IS NOT NULL ORDER BY row_id LIMIT $4";
    let mut images = Vec::new();
    let params = [action.into(), object.code().into(), after.into(), TOGETHER.into()];
    db.query(sql, &params, &mut |row: &dyn Cells| {
        images.push((row.must_int(0)?, row.text(1)?.unwrap_or_default().to_owned()));
        Ok(())
    })?;
    Ok(images)
}

fn restore_sql(object: Object) -> String {
    let columns = columns(object);
    let sets: Vec<String> = columns.iter().skip(1).map(|column| format!("{column} = excluded.{column}")).collect();
    format!(
        "INSERT INTO {table} ({list}) VALUES ({values}) ON CONFLICT (id) DO UPDATE SET {sets}",
        table = object.key(),
        list = columns.join(", "),
        values = super::db::placeholders(columns.len()),
        sets = sets.join(", ")
    )
}

/// The columns of an image in table order; a column that came with a later migration is empty.
fn values_of(object: Object, image: &str) -> Result<Vec<Value>> {
    let damaged = |what: &str| Error::Damaged(format!("journal of {}: {what}", object.key()));
    let json: serde_json::Value = serde_json::from_str(image).map_err(|e| damaged(&e.to_string()))?;
    columns(object)
        .into_iter()
        .map(|column| match json.get(column) {
            None | Some(serde_json::Value::Null) => Ok(Value::Null),
            Some(serde_json::Value::String(text)) => Ok(Value::Text(text.clone())),
            Some(serde_json::Value::Number(n)) => n.as_i64().map(Value::Int).ok_or_else(|| damaged(column)),
            Some(_) => Err(damaged(column)),
        })
        .collect()
}
