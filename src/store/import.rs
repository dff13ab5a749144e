//! What an import has to know before it writes: links by external id, records by name, files seen.

use super::db::Cells;
use super::{Result, Writing};
use crate::domain::awaited::Awaited;
use crate::domain::fold::fold;
use crate::domain::object::{Object, Row};
use crate::domain::sighting::Export;
use crate::domain::time::Instant;
use crate::domain::value::{Id, Value};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// What the store knows about one external id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownLink {
    /// The link itself.
    pub link: Id,
    /// The record it names.
    pub record: Id,
    /// Hash of the row it had last; `None` for a record that was only named.
    pub row_hash: Option<i64>,
    /// When that row was exported.
    pub exported_at: Instant,
    /// Whether it refers to records that have not come yet.
    pub awaits: bool,
}

/// A record that refers to others which have not come yet.
#[derive(Debug)]
pub struct Awaiting {
    /// The link that says so.
    pub link: Id,
    /// The record.
    pub record: Id,
    /// What it is.
    pub object: Object,
    /// The system that says so.
    pub system: String,
    /// When the link's newest row was exported.
    pub exported_at: Instant,
    /// What it says.
    pub awaited: Awaited,
}

/// A lead whose account nobody has said.
#[derive(Debug)]
pub struct Unsettled {
    /// The lead.
    pub lead: Id,
    /// Its e-mail, domain and company.
    pub company: [Option<String>; 3],
    /// The account that it was given.
    pub account: Option<Id>,
    /// The systems that know it.
    pub systems: Vec<String>,
}

/// A move of a deal or person that has not come yet.
#[derive(Debug)]
pub struct EarlyMove {
    /// Its row.
    pub id: Id,
    /// What it becomes.
    pub object: Object,
    /// The system that tells it.
    pub system: String,
    /// What it says, as JSON.
    pub told: String,
}

/// Ids of records by a field's value.
pub type NameIndex = HashMap<String, Id>;

/// Moves from stage to stage by the stage they entered ([`folded`]): whose, and when.
pub type Moves = HashMap<Value, HashSet<(Id, i64)>>;

/// What exports showed, by system and object.
pub type Exports = HashMap<(String, Object), Vec<Export>>;

impl Writing<'_> {
    /// Every link of one system to one kind of object, by external id.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn links(&mut self, system: &str, object: Object) -> Result<HashMap<String, KnownLink>> {
        self.flush()?;
        let sql = "SELECT external_id, id, record, row_hash, exported_at, CAST(CASE WHEN awaits IS NULL THEN 0 ELSE 1 END AS BIGINT) FROM link \
                   WHERE system = $1 AND object = $2";
        let mut links = HashMap::new();
        self.db.query(sql, &[system.into(), object.code().into()], &mut |row| {
            let known = KnownLink {
                link: Id(row.must_int(1)?),
                record: Id(row.must_int(2)?),
                row_hash: row.int(3)?,
                exported_at: Instant(row.must_int(4)?),
                awaits: row.int(5)? == Some(1),
            };
            links.insert(row.text(0)?.unwrap_or_default().to_owned(), known);
            Ok(())
        })?;
        Ok(links)
    }

    /// The records that refer to others which have not come yet.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn awaiting(&mut self) -> Result<Vec<Awaiting>> {
        self.flush()?;
        let sql =
            "SELECT id, record, object, system, exported_at, awaits FROM link WHERE awaits IS NOT NULL ORDER BY id";
        let mut found = Vec::new();
        self.db.query(sql, &[], &mut |row| {
            let Some(object) = Object::from_code(row.must_int(2)?) else { return Ok(()) };
            found.push(Awaiting {
                link: Id(row.must_int(0)?),
                record: Id(row.must_int(1)?),
                object,
                system: row.text(3)?.unwrap_or_default().to_owned(),
                exported_at: Instant(row.must_int(4)?),
                awaited: Awaited::from_json(&row.text(5)?.into()),
            });
            Ok(())
        })?;
        Ok(found)
    }

    /// Whose moves are known before they are: what the moves become, and what a system calls their deal or person.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn early_subjects(&mut self) -> Result<Vec<(Object, String, String)>> {
        self.flush()?;
        let mut found = Vec::new();
        self.db.query("SELECT DISTINCT object, system, subject FROM waiting_move", &[], &mut |row| {
            let text = |at| Ok::<_, super::Error>(row.text(at)?.unwrap_or_default().to_owned());
            if let Some(object) = Object::from_code(row.must_int(0)?) {
                found.push((object, text(1)?, text(2)?));
            }
            Ok(())
        })?;
        Ok(found)
    }

    /// The moves of one of them.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn early_moves(&mut self, object: Object, system: &str, subject: &str) -> Result<Vec<EarlyMove>> {
        self.flush()?;
        let sql = "SELECT id, told FROM waiting_move WHERE object = $1 AND system = $2 AND subject = $3 ORDER BY id";
        let mut moves = Vec::new();
        self.db.query(sql, &[object.code().into(), system.into(), subject.into()], &mut |row| {
            let told = row.text(1)?.unwrap_or_default().to_owned();
            moves.push(EarlyMove { id: Id(row.must_int(0)?), object, system: system.to_owned(), told });
            Ok(())
        })?;
        Ok(moves)
    }

    /// All early moves of a system, each as the number of its object and its words.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn early_words(&mut self, system: &str) -> Result<HashSet<String>> {
        self.flush()?;
        let mut words = HashSet::new();
        self.db.query("SELECT object, told FROM waiting_move WHERE system = $1", &[system.into()], &mut |row| {
            words.insert(format!("{} {}", row.must_int(0)?, row.text(1)?.unwrap_or_default()));
            Ok(())
        })?;
        Ok(words)
    }

    /// Names of the systems that files have come from.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn systems(&mut self) -> Result<BTreeSet<String>> {
        let mut systems = BTreeSet::new();
        self.db.query("SELECT DISTINCT system FROM import_file", &[], &mut |row| {
            systems.insert(row.text(0)?.unwrap_or_default().to_owned());
            Ok(())
        })?;
        Ok(systems)
    }

    /// Name and domain of every account.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn company_names(&mut self) -> Result<Vec<(Id, [Option<String>; 2])>> {
        self.text_columns("SELECT id, name, domain FROM account ORDER BY id")
    }

    /// The leads whose account nobody has said, no user and no export: those without one, and those that were given
    /// one by their company.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn leads_without_account(&mut self) -> Result<Vec<Unsettled>> {
        self.flush()?;
        // In `older`, time 0 is that of a value that nobody said.
        let sql = "SELECT p.id, p.email, p.domain, p.company, p.account, l.system FROM person p \
                   LEFT JOIN link l ON l.record = p.id WHERE p.kind = 0 \
                   AND (p.account IS NULL OR EXISTS (SELECT 1 FROM link o WHERE o.record = p.id AND o.older LIKE '%\"account\":0%')) \
                   AND NOT EXISTS (SELECT 1 FROM decision d WHERE d.record = p.id AND d.field = 'account') ORDER BY p.id";
        let mut found: Vec<Unsettled> = Vec::new();
        self.db.query(sql, &[], &mut |row| {
            let lead = Id(row.must_int(0)?);
            if found.last().is_none_or(|last| last.lead != lead) {
                let mut company = [const { None }; 3];
                for (at, text) in company.iter_mut().enumerate() {
                    *text = row.text(at + 1)?.map(str::to_owned);
                }
                found.push(Unsettled { lead, company, account: row.int(4)?.map(Id), systems: Vec::new() });
            }
            if let Some((last, system)) = found.last_mut().zip(row.text(5)?) {
                last.systems.push(system.to_owned());
            }
            Ok(())
        })?;
        Ok(found)
    }

    /// The records of one kind that each system knows.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn records_of_systems(&mut self, object: Object) -> Result<HashMap<String, HashSet<Id>>> {
        self.flush()?;
        let mut found: HashMap<String, HashSet<Id>> = HashMap::new();
        self.db.query("SELECT system, record FROM link WHERE object = $1", &[object.code().into()], &mut |row| {
            found.entry(row.text(0)?.unwrap_or_default().to_owned()).or_default().insert(Id(row.must_int(1)?));
            Ok(())
        })?;
        Ok(found)
    }

    /// What a system's companies, people or deals go by: fields of a name, the account by its own.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn said_names(&mut self, system: &str, object: Object) -> Result<Vec<(Id, BTreeMap<&'static str, String>)>> {
        let (fields, columns): (&[&'static str], &str) = match object {
            Object::Account => (&["name"], "r.name FROM account r"),
            Object::Opportunity => {
                (&["name", "account"], "r.name, a.name FROM opportunity r LEFT JOIN account a ON a.id = r.account")
            }
            Object::Person => (
                &["email", "phone", "wechat", "full_name", "company", "account"],
                "r.email, r.phone, r.wechat, r.full_name, r.company, a.name FROM person r LEFT JOIN account a ON a.id = r.account",
            ),
            _ => return Ok(Vec::new()),
        };
        self.flush()?;
        let known = "EXISTS (SELECT 1 FROM link l WHERE l.record = r.id AND l.system = $1)";
        let sql = format!("SELECT r.id, {columns} WHERE {known} ORDER BY r.id");
        let mut found = Vec::new();
        self.db.query(&sql, &[system.into()], &mut |row| {
            let mut said = BTreeMap::new();
            for (at, field) in (1..).zip(fields) {
                said.extend(row.text(at)?.map(|text| (*field, text.to_owned())));
            }
            found.push((Id(row.must_int(0)?), said));
            Ok(())
        })?;
        Ok(found)
    }

    fn text_columns<const N: usize>(&mut self, sql: &str) -> Result<Vec<(Id, [Option<String>; N])>> {
        self.flush()?;
        let mut found = Vec::new();
        self.db.query(sql, &[], &mut |row| {
            let mut texts = [const { None }; N];
            for (at, text) in texts.iter_mut().enumerate() {
                *text = row.text(at + 1)?.map(str::to_owned);
            }
            found.push((Id(row.must_int(0)?), texts));
            Ok(())
        })?;
        Ok(found)
    }

    /// Ids of an object's records by the value of a text field; the oldest record wins a shared value.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn by_field(&mut self, object: Object, field: &'static str) -> Result<NameIndex> {
        self.flush()?;
        let sql = format!("SELECT {field}, id FROM {} WHERE {field} IS NOT NULL ORDER BY id", object.key());
        let mut index = NameIndex::new();
        self.db.query(&sql, &[], &mut |row| {
            index.entry(row.text(0)?.unwrap_or_default().to_owned()).or_insert(Id(row.must_int(1)?));
            Ok(())
        })?;
        Ok(index)
    }

    /// The fields by which files of each system find their records: object, field and system.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn chosen_keys(&mut self) -> Result<Vec<(Object, &'static str, String)>> {
        let mut found = Vec::new();
        let sql = "SELECT DISTINCT object, match_on, system FROM import_file WHERE match_on IS NOT NULL";
        self.db.query(sql, &[], &mut |row| {
            let object = Object::from_code(row.must_int(0)?);
            let name = row.text(1)?.unwrap_or_default();
            let field = object.and_then(|object| object.fields().iter().find(|field| field.key == name));
            if let Some((object, field)) = object.zip(field) {
                found.push((object, field.key, row.text(2)?.unwrap_or_default().to_owned()));
            }
            Ok(())
        })?;
        Ok(found)
    }

    /// One row as it is now.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn row(&mut self, object: Object, id: Id) -> Result<Option<Row>> {
        self.flush()?;
        let sql = super::schema::select(object, "id = $1");
        let mut found = None;
        self.db.query(&sql, &[id.into()], &mut |row| {
            found = Some(super::journal::read_row(object, row)?);
            Ok(())
        })?;
        Ok(found)
    }

    /// Every row of a small object.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn all_rows(&mut self, object: Object) -> Result<Vec<Row>> {
        self.flush()?;
        let mut rows = Vec::new();
        self.db.query(&super::schema::select(object, "1 = 1 ORDER BY id"), &[], &mut |row| {
            rows.push(super::journal::read_row(object, row)?);
            Ok(())
        })?;
        Ok(rows)
    }

    /// The texts that stand in a field, each once.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn texts(&mut self, object: Object, field: &'static str) -> Result<BTreeSet<String>> {
        self.flush()?;
        let sql = format!("SELECT DISTINCT {field} FROM {} WHERE {field} IS NOT NULL", object.key());
        let mut texts = BTreeSet::new();
        self.db.query(&sql, &[], &mut |row| {
            texts.extend(row.text(0)?.map(str::to_owned));
            Ok(())
        })?;
        Ok(texts)
    }

    /// What a system calls a record.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn keys(&mut self, record: Id, system: &str) -> Result<Vec<String>> {
        self.flush()?;
        let mut keys = Vec::new();
        let sql = "SELECT external_id FROM link WHERE record = $1 AND system = $2";
        self.db.query(sql, &[record.into(), system.into()], &mut |row| {
            keys.extend(row.text(0)?.map(str::to_owned));
            Ok(())
        })?;
        Ok(keys)
    }

    /// Whether a file with this digest has been imported before.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn has_file(&mut self, digest: &str) -> Result<bool> {
        let sql = "SELECT COUNT(*) FROM import_file WHERE digest = $1";
        Ok(super::db::query_int(self.db, sql, &[digest.into()])?.unwrap_or(0) > 0)
    }

    /// The rows of an object that refer to a record, oldest first.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn rows_referring(&mut self, object: Object, field: &'static str, to: Id) -> Result<Vec<Row>> {
        self.flush()?;
        super::record::referring(self.db, object, field, to)
    }

    /// Deals with changes that exports have shown.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn observed(&mut self) -> Result<BTreeSet<Id>> {
        self.flush()?;
        let mut deals = BTreeSet::new();
        self.db.query("SELECT DISTINCT opportunity FROM stage_change WHERE origin IS NOT NULL", &[], &mut |row| {
            deals.insert(Id(row.must_int(0)?));
            Ok(())
        })?;
        Ok(deals)
    }

    /// Stage of every deal, and when it was closed, where that is known.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn deal_stages(&mut self) -> Result<HashMap<Id, (i64, Option<i64>)>> {
        self.flush()?;
        let mut deals = HashMap::new();
        self.db.query("SELECT id, stage, closed_at FROM opportunity", &[], &mut |row| {
            deals.insert(Id(row.must_int(0)?), (row.must_int(1)?, row.int(2)?));
            Ok(())
        })?;
        Ok(deals)
    }

    /// What every export showed, by system and object.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn exports(&mut self) -> Result<Exports> {
        let mut exports = Exports::new();
        let sql = "SELECT system, object, exported_at, seen FROM import_file WHERE seen IS NOT NULL";
        self.db.query(sql, &[], &mut |row| {
            let (system, at) = (row.text(0)?.unwrap_or_default().to_owned(), Instant(row.must_int(2)?));
            let export = row.text(3)?.and_then(|json| Export::from_json(at, json));
            let object = Object::from_code(row.must_int(1)?);
            if let Some((object, export)) = object.zip(export) {
                exports.entry((system, object)).or_default().push(export);
            }
            Ok(())
        })?;
        Ok(exports)
    }

    /// The stored moves of one kind, of deals or of people, as files have told them.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn moves(&mut self, object: Object) -> Result<Moves> {
        self.flush()?;
        let (subject, is_word, told) = match object {
            Object::LifecycleChange => ("person", true, "1 = 1"),
            _ => ("opportunity", false, "origin IS NULL"),
        };
        let mut found: HashMap<Value, HashSet<(Id, i64)>> = HashMap::new();
        let sql = format!("SELECT {subject}, at, to_stage FROM {} WHERE {told}", object.key());
        self.db.query(&sql, &[], &mut |row: &dyn Cells| {
            let stage = if is_word { Value::from(row.text(2)?) } else { Value::from(row.int(2)?) };
            found.entry(stage).or_default().insert((Id(row.must_int(0)?), row.must_int(1)?));
            Ok(())
        })?;
        // A stage has few spellings: they are folded once each, not once a row.
        let mut moves = Moves::new();
        for (stage, entered) in found {
            moves.entry(folded(&stage)).or_default().extend(entered);
        }
        Ok(moves)
    }
}

/// What tells a stage from others: its id, or its word however it is spelled.
#[must_use]
pub fn folded(stage: &Value) -> Value {
    stage.text().map_or_else(|| stage.clone(), |word| fold(word).into())
}
