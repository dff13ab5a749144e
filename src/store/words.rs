//! What systems and users say about records, and which system decides.

use super::db::{Engine, placeholders};
use super::{Result, Store, Writing};
use crate::domain::object::{Kind, Object};
use crate::domain::reconcile::{Known, Policy, older_from_json};
use crate::domain::time::Instant;
use crate::domain::value::{Id, Value};
use crate::domain::word::{Decision, Decisions, Said};
use std::collections::{BTreeMap, BTreeSet};

/// How many records are looked up at once.
const TOGETHER: usize = 500;

/// A system that decides, as somebody chose it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Precedence {
    /// Its row.
    pub id: Id,
    /// What it decides.
    pub object: Object,
    /// The field, where it decides no more than that.
    pub field: Option<String>,
    /// The system.
    pub system: String,
    /// Why.
    pub reason: Option<String>,
    /// Who chose it.
    pub actor: String,
    /// When.
    pub at: Instant,
}

impl Precedence {
    /// The policy that follows for an object.
    #[must_use]
    pub fn policy(all: &[Self], object: Object) -> Policy {
        let mut policy = Policy::default();
        for entry in all.iter().filter(|entry| entry.object == object) {
            match &entry.field {
                Some(field) => drop(policy.field_master.insert(field.clone(), entry.system.clone())),
                None => policy.master = Some(entry.system.clone()),
            }
        }
        policy
    }
}

impl Writing<'_> {
    /// What every system has said about a record, oldest link first.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn known(&mut self, record: Id) -> Result<Vec<Known>> {
        Ok(self.known_of(&[record])?.remove(&record).unwrap_or_default())
    }

    /// The same for several records.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn known_of(&mut self, records: &[Id]) -> Result<BTreeMap<Id, Vec<Known>>> {
        self.flush()?;
        known_of(self.db, records)
    }

    /// What users decided, by record.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn decisions(&mut self) -> Result<BTreeMap<Id, Decisions>> {
        self.flush()?;
        decisions(self.db)
    }

    /// The systems that decide.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn precedence(&mut self) -> Result<Vec<Precedence>> {
        self.flush()?;
        precedence(self.db)
    }

    /// Keeps what a link says about a field.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be written.
    pub fn keep_said(&mut self, link: Id, field: &str, said: &Said) -> Result<()> {
        let (earlier, earlier_at) =
            said.earlier.as_ref().map_or((None, None), |(value, at)| (value.kept(), Some(at.0)));
        let told: [Value; 5] = [
            said.value.kept().into(),
            said.since.map(|since| since.0).into(),
            earlier.into(),
            earlier_at.into(),
            said.varied.then_some(1).into(),
        ];
        let Some(id) = said.id else {
            let id = self.new_id();
            return self.insert(Object::SourceValue, id, [link.into(), field.into()].into_iter().chain(told).collect());
        };
        let first = Object::SourceValue.position("value").unwrap_or_default();
        let changes: Vec<(usize, Value)> = (first..).zip(told).collect();
        self.update(Object::SourceValue, id, &changes, None)
    }

    /// The records of an object that more than one system knows, and those that users decided about.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn weighed(&mut self, object: Object) -> Result<BTreeSet<Id>> {
        self.flush()?;
        let sql = "SELECT record FROM link WHERE object = $1 GROUP BY record HAVING COUNT(DISTINCT system) > 1 \
                   UNION SELECT record FROM decision WHERE object = $1";
        let mut records = BTreeSet::new();
        self.db.query(sql, &[object.code().into()], &mut |row| {
            records.insert(Id(row.must_int(0)?));
            Ok(())
        })?;
        Ok(records)
    }

    /// The rows of an object whose `field` refers to `id`, by id.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn referring(
        &mut self,
        object: Object,
        field: &'static str,
        id: Id,
    ) -> Result<Vec<crate::domain::object::Row>> {
        self.flush()?;
        super::record::referring(self.db, object, field, id)
    }

    /// Every row of a small object, by id.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn all(&mut self, object: Object) -> Result<Vec<crate::domain::object::Row>> {
        self.flush()?;
        super::record::all(self.db, object)
    }

    /// Several rows of an object, by id.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn rows(&mut self, object: Object, ids: &[Id]) -> Result<Vec<crate::domain::object::Row>> {
        self.flush()?;
        super::record::rows(self.db, object, ids)
    }
}

impl Store {
    /// What every system has said about these records, oldest link first.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn known_of(&mut self, records: &[Id]) -> Result<BTreeMap<Id, Vec<Known>>> {
        known_of(self.db.as_mut(), records)
    }

    /// What users decided, by record.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn decisions(&mut self) -> Result<BTreeMap<Id, Decisions>> {
        decisions(self.db.as_mut())
    }

    /// What users decided about one record.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn decisions_about(&mut self, record: Id) -> Result<Decisions> {
        let found = read_decisions(self.db.as_mut(), "record = $1", &[record.into()])?;
        Ok(found.into_values().next().unwrap_or_default())
    }

    /// The systems that decide.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn precedence(&mut self) -> Result<Vec<Precedence>> {
        precedence(self.db.as_mut())
    }

    /// Records of which two links say different things, by object.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn contradicted(&mut self) -> Result<BTreeMap<Object, BTreeSet<Id>>> {
        let sql = "SELECT DISTINCT object, record FROM (SELECT l.object, l.record FROM source_value s \
                   JOIN link l ON l.id = s.link WHERE s.value IS NOT NULL \
                   GROUP BY l.object, l.record, s.field HAVING COUNT(DISTINCT s.value) > 1) t";
        let mut found: BTreeMap<Object, BTreeSet<Id>> = BTreeMap::new();
        self.db.query(sql, &[], &mut |row| {
            if let Some(object) = Object::from_code(row.must_int(0)?) {
                found.entry(object).or_default().insert(Id(row.must_int(1)?));
            }
            Ok(())
        })?;
        Ok(found)
    }

    /// The records of an object that some system calls so.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn called(&mut self, object: Object, external_id: &str) -> Result<BTreeSet<Id>> {
        let sql = "SELECT record FROM link WHERE object = $1 AND external_id = $2";
        let mut found = BTreeSet::new();
        self.db.query(sql, &[object.code().into(), external_id.into()], &mut |row| {
            found.insert(Id(row.must_int(0)?));
            Ok(())
        })?;
        Ok(found)
    }

    /// How many records of each object every system knows.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn systems(&mut self) -> Result<BTreeMap<Object, BTreeMap<String, u64>>> {
        let sql = "SELECT object, system, COUNT(DISTINCT record) FROM link WHERE row_hash IS NOT NULL GROUP BY object, system";
        let mut found: BTreeMap<Object, BTreeMap<String, u64>> = BTreeMap::new();
        self.db.query(sql, &[], &mut |row| {
            if let Some(object) = Object::from_code(row.must_int(0)?) {
                let records = u64::try_from(row.must_int(2)?).unwrap_or(0);
                found.entry(object).or_default().insert(row.text(1)?.unwrap_or_default().to_owned(), records);
            }
            Ok(())
        })?;
        Ok(found)
    }
}

fn known_of(db: &mut dyn Engine, records: &[Id]) -> Result<BTreeMap<Id, Vec<Known>>> {
    let mut found: BTreeMap<Id, Vec<Known>> = BTreeMap::new();
    for chunk in records.chunks(TOGETHER) {
        let list = placeholders(chunk.len());
        let params: Vec<Value> = chunk.iter().map(|&id| id.into()).collect();
        let sql = format!(
            "SELECT record, id, system, external_id, exported_at, row_hash, older FROM link WHERE record IN ({list}) ORDER BY id"
        );
        db.query(&sql, &params, &mut |row| {
            let known = Known {
                link: Id(row.must_int(1)?),
                system: row.text(2)?.unwrap_or_default().to_owned(),
                external_id: row.text(3)?.unwrap_or_default().to_owned(),
                newest: row.int(5)?.and(row.int(4)?).map(Instant),
                older: older_from_json(&row.text(6)?.into()),
                said: BTreeMap::new(),
            };
            found.entry(Id(row.must_int(0)?)).or_default().push(known);
            Ok(())
        })?;
        let sql = format!(
            "SELECT l.record, l.object, s.link, s.id, s.field, s.value, s.since, s.earlier, s.earlier_at, s.varied \
             FROM link l JOIN source_value s ON s.link = l.id WHERE l.record IN ({list})"
        );
        db.query(&sql, &params, &mut |row| {
            let (record, link) = (Id(row.must_int(0)?), Id(row.must_int(2)?));
            let field = row.text(4)?.unwrap_or_default().to_owned();
            let kind = kind_of(row.must_int(1)?, &field);
            let earlier = row.int(8)?.map(|at| (kind.value_of(row.text(7).ok().flatten()), Instant(at)));
            let said = Said {
                id: Some(Id(row.must_int(3)?)),
                value: kind.value_of(row.text(5)?),
                since: row.int(6)?.map(Instant),
                earlier,
                varied: row.int(9)? == Some(1),
            };
            let known = found.get_mut(&record).into_iter().flatten().find(|known| known.link == link);
            if let Some(known) = known {
                known.said.insert(field, said);
            }
            Ok(())
        })?;
    }
    Ok(found)
}

/// The kind of an object's field; text where there is none.
fn kind_of(object: i64, field: &str) -> Kind {
    let fields = Object::from_code(object).map_or(&[][..], Object::fields);
    fields.iter().find(|known| known.key == field).map_or(Kind::Text, |known| known.kind)
}

fn decisions(db: &mut dyn Engine) -> Result<BTreeMap<Id, Decisions>> {
    read_decisions(db, "1 = 1", &[])
}

fn read_decisions(db: &mut dyn Engine, condition: &str, params: &[Value]) -> Result<BTreeMap<Id, Decisions>> {
    let sql = format!("SELECT record, object, field, value, at, actor, id FROM decision WHERE {condition}");
    let mut found: BTreeMap<Id, Decisions> = BTreeMap::new();
    db.query(&sql, params, &mut |row| {
        let field = row.text(2)?.unwrap_or_default().to_owned();
        let decision = Decision {
            id: Id(row.must_int(6)?),
            value: kind_of(row.must_int(1)?, &field).value_of(row.text(3)?),
            at: Instant(row.must_int(4)?),
            actor: row.text(5)?.unwrap_or_default().to_owned(),
        };
        found.entry(Id(row.must_int(0)?)).or_default().insert(field, decision);
        Ok(())
    })?;
    Ok(found)
}

fn precedence(db: &mut dyn Engine) -> Result<Vec<Precedence>> {
    let sql = "SELECT id, object, field, system, reason, actor, at FROM precedence ORDER BY object, field, id";
    let mut found = Vec::new();
    db.query(sql, &[], &mut |row| {
        if let Some(object) = Object::from_code(row.must_int(1)?) {
            found.push(Precedence {
                id: Id(row.must_int(0)?),
                object,
                field: row.text(2)?.map(str::to_owned),
                system: row.text(3)?.unwrap_or_default().to_owned(),
                reason: row.text(4)?.map(str::to_owned),
                actor: row.text(5)?.unwrap_or_default().to_owned(),
                at: Instant(row.must_int(6)?),
            });
        }
        Ok(())
    })?;
    Ok(found)
}
