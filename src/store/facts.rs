//! Keeping the facts current: the one way in which the analysis' picture of the store is made.

use super::db::{Cells, Engine, placeholders, query_int, reading};
use super::{Meta, Result, Store};
use crate::domain::facts::{
    Accounts, Arrival, DefinitionFact, Facts, HandoffEvents, LifecycleChanges, MemberFact, NONE, Opportunities, People,
    ProductFact, RateFact, StageChanges, StageFact, Surveys, Touched, Touches, Words,
};
use crate::domain::money::{Currency, Money};
use crate::domain::object::{Kind, Object};
use crate::domain::stage::Outcome;
use crate::domain::target::TargetFact;
use crate::domain::time::Instant;
use crate::domain::value::{ActionId, Value};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// How many single ids go into one query.
const TOGETHER: usize = 200;

impl Store {
    /// Brings `facts` up to the newest action, whoever made it; `false` when nothing had happened.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read; `facts` are then as they were.
    pub fn catch_up(&mut self, facts: &mut Facts) -> Result<bool> {
        let Meta { currency, uid, .. } = self.meta()?;
        reading(self.db.as_mut(), |db| {
            let newest = ActionId(query_int(db, "SELECT MAX(id) FROM action", &[])?.unwrap_or(0));
            if newest == facts.seen && currency == facts.currency && uid == facts.store {
                return Ok(false);
            }
            let holds = uid == facts.store && !is_forgotten(db, facts.seen)?;
            let mut next = if holds { facts.clone() } else { Facts::default() };
            let touched = if next.seen == ActionId(0) { all_objects() } else { touched_since(db, next.seen)? };
            for (object, touched) in &touched {
                refresh(db, &mut next, *object, touched, currency)?;
            }
            note_arrivals(db, &mut next)?;
            next.exported_at = exported_at(db)?;
            (next.seen, next.currency, next.store) = (newest, currency, uid);
            *facts = next;
            Ok(true)
        })
    }
}

impl Store {
    /// Which rows of the objects that facts are made of have to be read again by who saw the store after the action
    /// `seen`; `None` when the journal no longer tells.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn touched_since(&mut self, seen: ActionId) -> Result<Option<BTreeMap<Object, Touched>>> {
        reading(self.db.as_mut(), |db| Ok(if is_forgotten(db, seen)? { None } else { Some(touched_since(db, seen)?) }))
    }
}

/// The objects that facts are made of.
const OBJECTS: [Object; 14] = [
    Object::Stage,
    Object::Member,
    Object::Product,
    Object::Account,
    Object::Person,
    Object::Opportunity,
    Object::StageChange,
    Object::LifecycleChange,
    Object::Touch,
    Object::HandoffEvent,
    Object::Survey,
    Object::Definition,
    Object::Target,
    Object::Rate,
];

/// What the imports after `seen` brought, and when. What was undone since has no record any more.
fn note_arrivals(db: &mut dyn Engine, facts: &mut Facts) -> Result<()> {
    let sql = "SELECT first_id, last_id, at FROM action WHERE kind = 'import' AND last_id >= first_id AND id > $1 ORDER BY first_id";
    let arrivals = Arc::make_mut(&mut facts.arrivals);
    db.query(sql, &[facts.seen.into()], &mut |row| {
        arrivals.push(Arrival { first: row.must_int(0)?, last: row.must_int(1)?, at: Instant(row.must_int(2)?) });
        Ok(())
    })
}

/// When the newest file of what journeys are made of was exported.
fn exported_at(db: &mut dyn Engine) -> Result<Option<Instant>> {
    let of = [Object::Person, Object::Opportunity, Object::StageChange, Object::LifecycleChange];
    let codes: Vec<String> = of.iter().map(|object| object.code().to_string()).collect();
    let sql = format!("SELECT MAX(exported_at) FROM import_file WHERE object IN ({})", codes.join(", "));
    Ok(query_int(db, &sql, &[])?.map(Instant))
}

/// Whether the journal no longer tells what happened since: it was compacted after the picture was made.
fn is_forgotten(db: &mut dyn Engine, seen: ActionId) -> Result<bool> {
    let sql = "SELECT MAX(id) FROM action WHERE kind = 'compact' AND id > $1";
    Ok(query_int(db, sql, &[seen.into()])?.is_some())
}

fn all_objects() -> BTreeMap<Object, Touched> {
    OBJECTS.into_iter().map(|object| (object, Touched::everything())).collect()
}

/// What the actions after `seen` inserted, changed or deleted. An undo or redo touches the rows of its
/// target. Ids are shared by all objects, so a run of ids may hold rows of each.
fn touched_since(db: &mut dyn Engine, seen: ActionId) -> Result<BTreeMap<Object, Touched>> {
    let mut ranges = Vec::new();
    let runs = "SELECT DISTINCT s.first_id, s.last_id FROM action a JOIN action s ON s.id = COALESCE(a.target, a.id) \
                WHERE a.id > $1 AND s.last_id >= s.first_id";
    db.query(runs, &[seen.into()], &mut |row| {
        ranges.push((row.must_int(0)?, row.must_int(1)?));
        Ok(())
    })?;
    let mut ids: BTreeMap<i64, BTreeSet<i64>> = BTreeMap::new();
    let rows = "SELECT DISTINCT j.object, j.row_id FROM action a \
                JOIN before_image j ON j.action = COALESCE(a.target, a.id) WHERE a.id > $1";
    db.query(rows, &[seen.into()], &mut |row| {
        ids.entry(row.must_int(0)?).or_default().insert(row.must_int(1)?);
        Ok(())
    })?;
    let touched = OBJECTS.into_iter().map(|object| {
        let ids = ids.remove(&object.code()).unwrap_or_default();
        (object, Touched { ranges: ranges.clone(), ids })
    });
    Ok(touched.filter(|(_, touched)| !touched.is_empty()).collect())
}

fn refresh(
    db: &mut dyn Engine,
    facts: &mut Facts,
    object: Object,
    touched: &Touched,
    currency: Currency,
) -> Result<()> {
    let words = Arc::make_mut(&mut facts.words);
    match object {
        Object::Person => {
            let rows = read_cells(db, object, People::COLUMNS, touched, words)?;
            Arc::make_mut(&mut facts.people).apply(touched, rows);
        }
        Object::Account => {
            let rows = read_cells(db, object, Accounts::COLUMNS, touched, words)?;
            Arc::make_mut(&mut facts.accounts).apply(touched, rows);
        }
        Object::Opportunity => {
            let rows = read_cells(db, object, Opportunities::COLUMNS, touched, words)?;
            Arc::make_mut(&mut facts.opportunities).apply(touched, rows);
        }
        Object::StageChange => {
            let rows = read_cells(db, object, StageChanges::COLUMNS, touched, words)?;
            Arc::make_mut(&mut facts.stage_changes).apply(touched, rows);
        }
        Object::LifecycleChange => {
            let rows = read_cells(db, object, LifecycleChanges::COLUMNS, touched, words)?;
            Arc::make_mut(&mut facts.lifecycle_changes).apply(touched, rows);
        }
        Object::Touch => {
            let rows = read_cells(db, object, Touches::COLUMNS, touched, words)?;
            Arc::make_mut(&mut facts.touches).apply(touched, rows);
        }
        Object::HandoffEvent => {
            let rows = read_cells(db, object, HandoffEvents::COLUMNS, touched, words)?;
            Arc::make_mut(&mut facts.handoff_events).apply(touched, rows);
        }
        Object::Survey => {
            let rows = read_cells(db, object, Surveys::COLUMNS, touched, words)?;
            Arc::make_mut(&mut facts.surveys).apply(touched, rows);
        }
        Object::Definition => {
            let definitions = Arc::make_mut(&mut facts.definitions);
            renew(db, definitions, "id, name, body", object, touched, &mut |row| {
                Ok(DefinitionFact {
                    name: owned(row, 1)?.unwrap_or_default(),
                    body: owned(row, 2)?.unwrap_or_default(),
                })
            })?;
        }
        Object::Stage => {
            let stages = Arc::make_mut(&mut facts.stages);
            renew(db, stages, "id, name, position, outcome", object, touched, &mut |row| {
                let outcome = Outcome::from_code(row.must_int(3)?);
                Ok(StageFact { name: owned(row, 1)?.unwrap_or_default(), position: row.must_int(2)?, outcome })
            })?;
        }
        Object::Member => {
            let members = Arc::make_mut(&mut facts.members);
            renew(db, members, "id, name, region, team, hired_at, named_only, role", object, touched, &mut |row| {
                Ok(MemberFact {
                    name: owned(row, 1)?.unwrap_or_default(),
                    region: owned(row, 2)?,
                    team: owned(row, 3)?,
                    hired_at: row.text(4)?.and_then(day),
                    named_only: row.int(5)? == Some(1),
                    role: owned(row, 6)?,
                })
            })?;
        }
        Object::Product => {
            let products = Arc::make_mut(&mut facts.products);
            renew(db, products, "id, name, list_price, currency", object, touched, &mut |row| {
                let currency = row.text(3)?.and_then(Currency::parse).unwrap_or(currency);
                let list_price = row.int(2)?.map(|minor| Money { minor, currency });
                Ok(ProductFact { name: owned(row, 1)?.unwrap_or_default(), list_price })
            })?;
        }
        Object::Target => {
            let targets = Arc::make_mut(&mut facts.targets);
            renew(db, targets, "id, metric, period, owner, value, currency", object, touched, &mut |row| {
                Ok(TargetFact {
                    metric: owned(row, 1)?.unwrap_or_default(),
                    period: owned(row, 2)?.unwrap_or_default(),
                    owner: owned(row, 3)?,
                    value: row.must_int(4)?,
                    currency: row.text(5)?.and_then(Currency::parse),
                })
            })?;
        }
        Object::Rate => {
            let rates = Arc::make_mut(&mut facts.rates);
            renew(db, rates, "id, currency, date, rate", object, touched, &mut |row| {
                let currency = row.text(1)?.and_then(Currency::parse);
                Ok(RateFact { currency, day: row.text(2)?.and_then(day), rate: row.int(3)? })
            })?;
        }
        _ => {}
    }
    Ok(())
}

/// The touched rows as integers: id, then one cell per column.
fn read_cells(
    db: &mut dyn Engine,
    object: Object,
    columns: &[&'static str],
    touched: &Touched,
    words: &mut Words,
) -> Result<Vec<Vec<i64>>> {
    let kinds: Vec<(&str, Kind)> = columns
        .iter()
        .filter_map(|&column| object.fields().iter().find(|field| field.key == column))
        .map(|field| (field.key, field.kind))
        .collect();
    let list = format!("id, {}", columns.join(", "));
    let mut rows = Vec::new();
    each_touched(db, &list, object, touched, &mut |row| {
        let mut cells = Vec::with_capacity(columns.len() + 1);
        cells.push(row.must_int(0)?);
        for (at, &(key, kind)) in kinds.iter().enumerate() {
            let cell = match kind {
                Kind::Text if key == "currency" => row.text(at + 1)?.and_then(Currency::parse).map(Currency::pack),
                Kind::Text => row.text(at + 1)?.map(|word| words.number(word)),
                Kind::Date => row.text(at + 1)?.and_then(day),
                _ => row.int(at + 1)?,
            };
            cells.push(cell.unwrap_or(NONE));
        }
        rows.push(cells);
        Ok(())
    })?;
    Ok(rows)
}

/// Replaces the touched entries of a small table.
fn renew<T>(
    db: &mut dyn Engine,
    table: &mut BTreeMap<i64, T>,
    list: &str,
    object: Object,
    touched: &Touched,
    read: &mut dyn FnMut(&dyn Cells) -> Result<T>,
) -> Result<()> {
    table.retain(|&id, _| !touched.has(id));
    each_touched(db, list, object, touched, &mut |row| {
        table.insert(row.must_int(0)?, read(row)?);
        Ok(())
    })
}

/// Hands over every touched row once: those of the ranges, then single ones outside them.
fn each_touched(
    db: &mut dyn Engine,
    list: &str,
    object: Object,
    touched: &Touched,
    each: &mut dyn FnMut(&dyn Cells) -> Result<()>,
) -> Result<()> {
    let table = object.key();
    for &(first, last) in &touched.ranges {
        let sql = format!("SELECT {list} FROM {table} WHERE id BETWEEN $1 AND $2");
        db.query(&sql, &[first.into(), last.into()], each)?;
    }
    let within = |id: i64| touched.ranges.iter().any(|&(first, last)| first <= id && id <= last);
    let single: Vec<Value> = touched.ids.iter().filter(|&&id| !within(id)).map(|&id| id.into()).collect();
    for chunk in single.chunks(TOGETHER) {
        let sql = format!("SELECT {list} FROM {table} WHERE id IN ({})", placeholders(chunk.len()));
        db.query(&sql, chunk, each)?;
    }
    Ok(())
}

fn owned(row: &dyn Cells, at: usize) -> Result<Option<String>> {
    Ok(row.text(at)?.map(str::to_owned))
}

/// Days since 1970 of an ISO date.
fn day(iso: &str) -> Option<i64> {
    let date: NaiveDate = iso.parse().ok()?;
    Some(date.signed_duration_since(NaiveDate::default()).num_days())
}
