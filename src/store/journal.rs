//! Writing: one action, one transaction, everything it changes journalled.

use super::db::Engine;
use super::schema::columns;
use super::{Error, Result, Store};
use crate::domain::object::{Field, Object, Row};
use crate::domain::time::Instant;
use crate::domain::value::{ActionId, Id, Value};
use std::collections::BTreeMap;

/// How many new rows wait before they are written together.
const TOGETHER: usize = 4_000;

/// What an action was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActionKind {
    /// Files were imported.
    Import,
    /// Fields of a record were edited.
    Edit,
    /// Something was done with hand-offs.
    Handoff,
    /// Calendars or policies were defined.
    Define,
    /// Another system became the master of an object or field, or none.
    Precedence,
    /// An earlier action was undone.
    Undo,
    /// An undone action was done again.
    Redo,
    /// What old actions changed was forgotten.
    Compact,
}

impl ActionKind {
    /// The word in the journal and in message keys.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Import => "import",
            Self::Edit => "edit",
            Self::Handoff => "handoff",
            Self::Define => "define",
            Self::Precedence => "precedence",
            Self::Undo => "undo",
            Self::Redo => "redo",
            Self::Compact => "compact",
        }
    }

    /// Whether such an action can be undone by its number.
    #[must_use]
    pub const fn is_reversible(self) -> bool {
        !matches!(self, Self::Undo | Self::Redo | Self::Compact)
    }

    /// The kind of a journal word.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Import, Self::Edit, Self::Handoff, Self::Define, Self::Precedence, Self::Undo, Self::Redo, Self::Compact]
            .into_iter()
            .find(|kind| kind.key() == key)
    }
}

/// Who does what, and when.
#[derive(Debug, Clone)]
pub struct NewAction {
    /// When.
    pub at: Instant,
    /// Who.
    pub actor: String,
    /// What.
    pub kind: ActionKind,
}

/// An entry of the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// Its number.
    pub id: ActionId,
    /// When.
    pub at: Instant,
    /// Who.
    pub actor: String,
    /// What.
    pub kind: ActionKind,
    /// Arguments of the sentence that describes it.
    pub summary: BTreeMap<String, String>,
    /// The action that an undo or redo reversed.
    pub target: Option<ActionId>,
    /// The undo that reversed it.
    pub undone_by: Option<ActionId>,
}

/// An open action. Rows are added, changed and deleted through it and nowhere else.
pub struct Writing<'s> {
    pub(super) db: &'s mut dyn Engine,
    action: ActionId,
    first_id: i64,
    next_id: i64,
    waiting: BTreeMap<Object, Vec<Vec<Value>>>,
    waiting_rows: usize,
    touched: u64,
    summary: BTreeMap<&'static str, String>,
    reverses: Option<ActionId>,
}

impl Store {
    /// Runs `work` as one action in one transaction. `None` when it wrote nothing: then the journal
    /// stays as it was.
    ///
    /// # Errors
    /// Whatever `work` returns, or [`Error`]; the store is then as it was.
    pub fn write<T, E: From<Error>>(
        &mut self,
        head: &NewAction,
        work: impl FnOnce(&mut Writing<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<(Option<ActionId>, T), E> {
        let db = self.db.as_mut();
        db.begin_write()?;
        let done = Writing::begin(db, head).map_err(E::from).and_then(|mut writing| {
            let value = work(&mut writing)?;
            Ok((writing.finish()?, value))
        });
        match &done {
            Ok((Some(_), _)) => db.commit()?,
            // The first error is the one to tell; a lost connection has rolled back by itself.
            _ => drop(db.rollback()),
        }
        done
    }

    /// The journal, newest first.
    ///
    /// # Errors
    /// [`Error`] when the store cannot be read.
    pub fn actions(&mut self, limit: i64) -> Result<Vec<Action>> {
        read_actions(self.db.as_mut(), "1 = 1 ORDER BY id DESC LIMIT $1", &[limit.into()])
    }
}

impl<'s> Writing<'s> {
    /// Takes the counter's row, and with it the turn to write, and puts down the head of the action.
    fn begin(db: &'s mut dyn Engine, head: &NewAction) -> Result<Self> {
        let mut taken = (0, 0);
        let sql = "UPDATE counter SET next_action = next_action + 1 WHERE id = 1 RETURNING next_action - 1, next_id";
        db.query(sql, &[], &mut |row| {
            taken = (row.must_int(0)?, row.must_int(1)?);
            Ok(())
        })?;
        let (action, first_id) = taken;
        let sql = "INSERT INTO action (id, at, actor, kind, summary, first_id, last_id) VALUES ($1, $2, $3, $4, '{}', $5, $5)";
        let head =
            [action.into(), head.at.0.into(), head.actor.as_str().into(), head.kind.key().into(), first_id.into()];
        db.execute(sql, &head)?;
        Ok(Self {
            db,
            action: ActionId(action),
            first_id,
            next_id: first_id,
            waiting: BTreeMap::new(),
            waiting_rows: 0,
            touched: 0,
            summary: BTreeMap::new(),
            reverses: None,
        })
    }

    /// The number of this action.
    #[must_use]
    pub fn action(&self) -> ActionId {
        self.action
    }

    /// Adds an argument to the sentence that describes this action in the journal.
    pub fn describe(&mut self, name: &'static str, value: impl ToString) {
        self.summary.insert(name, value.to_string());
    }

    /// The id of a row that is about to be added.
    pub fn new_id(&mut self) -> Id {
        let id = self.next_id;
        self.next_id += 1;
        Id(id)
    }

    /// Adds a row under an id from [`Self::new_id`]. Rows are written in bulk, referenced objects first.
    ///
    /// # Errors
    /// [`Error`] when the engine refuses.
    pub fn insert(&mut self, object: Object, id: Id, values: Vec<Value>) -> Result<()> {
        let row = [id.into(), self.action.into()].into_iter().chain(values).collect();
        self.waiting.entry(object).or_default().push(row);
        self.waiting_rows += 1;
        self.touched += 1;
        if self.waiting_rows >= TOGETHER { self.flush() } else { Ok(()) }
    }

    /// Writes the waiting rows, so that a query sees them.
    ///
    /// # Errors
    /// [`Error`] when the engine refuses.
    pub fn flush(&mut self) -> Result<()> {
        self.waiting_rows = 0;
        for object in Object::ALL {
            if let Some(rows) = self.waiting.remove(&object) {
                self.db.insert_rows(object.key(), &columns(object), &rows)?;
            }
        }
        Ok(())
    }

    /// Changes fields of a row and journals how it was.
    ///
    /// # Errors
    /// [`Error::Changed`] when the row is gone, or when `expected` is given and someone has written it since.
    pub fn update(
        &mut self,
        object: Object,
        id: Id,
        changes: &[(usize, Value)],
        expected: Option<ActionId>,
    ) -> Result<()> {
        self.flush()?;
        self.remember(object, id)?;
        let named = |at: &usize| object.fields().get(*at).map_or("", |field| field.key);
        let sets: Vec<String> =
            changes.iter().enumerate().map(|(n, (at, _))| format!("{} = ${}", named(at), n + 3)).collect();
        let mut params = vec![id.into(), self.action.into()];
        params.extend(changes.iter().map(|(_, value)| value.clone()));
        let mut sql = format!("UPDATE {} SET rev = $2, {} WHERE id = $1", object.key(), sets.join(", "));
        if let Some(expected) = expected {
            sql.push_str(&format!(" AND rev = ${}", params.len() + 1));
            params.push(expected.into());
        }
        self.touched += 1;
        if self.db.execute(&sql, &params)? == 1 { Ok(()) } else { Err(Error::Changed) }
    }

    /// Deletes a row and journals how it was.
    ///
    /// # Errors
    /// [`Error::Changed`] when the row is gone, [`Error::Reference`] when other rows refer to it.
    pub fn delete(&mut self, object: Object, id: Id) -> Result<()> {
        self.flush()?;
        self.remember(object, id)?;
        self.touched += 1;
        let sql = format!("DELETE FROM {} WHERE id = $1", object.key());
        if self.db.execute(&sql, &[id.into()])? == 1 { Ok(()) } else { Err(Error::Changed) }
    }

    /// Journals how a row is now, unless this action made it or has journalled it already.
    fn remember(&mut self, object: Object, id: Id) -> Result<()> {
        if id.0 >= self.first_id {
            return Ok(());
        }
        let image = self.db.row_as_json(object);
        let sql = format!(
            "INSERT INTO before_image (action, object, row_id, rev, image) \
             SELECT CAST($1 AS BIGINT), CAST($2 AS BIGINT), id, rev, {image} FROM {table} WHERE id = $3 \
             ON CONFLICT (action, object, row_id) DO NOTHING",
            table = object.key()
        );
        self.db.execute(&sql, &[self.action.into(), object.code().into(), id.into()]).map(|_| ())
    }

    /// Marks that this action has changed something that is no row.
    pub(super) fn touch(&mut self) {
        self.touched += 1;
    }

    /// Marks this action as the undo or redo of another, whose rows it touches.
    pub(super) fn reverse(&mut self, target: ActionId) {
        self.reverses = Some(target);
        self.touched += 1;
    }

    /// Writes what waits and closes the head of the action; `None` when nothing was written.
    fn finish(mut self) -> Result<Option<ActionId>> {
        if self.touched == 0 {
            return Ok(None);
        }
        self.flush()?;
        self.db.execute("UPDATE counter SET next_id = $1 WHERE id = 1", &[self.next_id.into()])?;
        let summary: serde_json::Map<_, _> =
            self.summary.iter().map(|(name, value)| ((*name).to_owned(), value.as_str().into())).collect();
        let summary = serde_json::Value::Object(summary).to_string();
        let tail = [
            self.action.into(),
            summary.into(),
            (self.next_id - 1).into(),
            self.reverses.map(|target| target.0).into(),
        ];
        self.db.execute("UPDATE action SET summary = $2, last_id = $3, target = $4 WHERE id = $1", &tail)?;
        Ok(Some(self.action))
    }
}

/// The actions that fit a condition.
pub(super) fn read_actions(db: &mut dyn Engine, condition: &str, params: &[Value]) -> Result<Vec<Action>> {
    let sql = format!("SELECT id, at, actor, kind, summary, target, undone_by FROM action WHERE {condition}");
    let mut actions = Vec::new();
    db.query(&sql, params, &mut |row| {
        let kind = row.text(3)?.unwrap_or_default();
        actions.push(Action {
            id: ActionId(row.must_int(0)?),
            at: Instant(row.must_int(1)?),
            actor: row.text(2)?.unwrap_or_default().to_owned(),
            kind: ActionKind::from_key(kind).ok_or_else(|| Error::Damaged(format!("unknown action {kind}")))?,
            summary: row.text(4)?.and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default(),
            target: row.int(5)?.map(ActionId),
            undone_by: row.int(6)?.map(ActionId),
        });
        Ok(())
    })?;
    Ok(actions)
}

/// Reads one row of an object from a result of [`super::schema::select`].
pub(super) fn read_row(object: Object, cells: &dyn super::db::Cells) -> Result<Row> {
    let mut values = Vec::with_capacity(object.fields().len());
    for (at, field) in object.fields().iter().enumerate() {
        values.push(read_cell(field, cells, at + 2)?);
    }
    Ok(Row { object, id: Id(cells.must_int(0)?), rev: ActionId(cells.must_int(1)?), values })
}

/// The value of a field in column `at` of a result.
pub(super) fn read_cell(field: &Field, cells: &dyn super::db::Cells, at: usize) -> Result<Value> {
    Ok(if field.kind.is_text() { Value::from(cells.text(at)?) } else { Value::from(cells.int(at)?) })
}
