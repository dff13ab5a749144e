//! Reading: the facts, pages of rows, a record's story.

use super::Result;
use crate::domain::facts::Facts;
use crate::domain::money::Currency;
use crate::domain::object::{Object, Row};
use crate::domain::value::{ActionId, Id, Value};
use crate::store::{Access, Action, Finding, Location, Reversible, Snapshots, Store};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// A connection that only reads.
pub struct Reader {
    pub(super) store: Store,
    place: String,
    /// Who reads, where that is known.
    actor: Option<String>,
    snapshots: Option<Snapshots>,
}

/// What a store says of itself.
#[derive(Debug, Clone)]
pub struct Info {
    /// Where it is, without a password.
    pub place: String,
    /// Name of the company.
    pub name: String,
    /// The currency of amounts that name none.
    pub currency: Currency,
    /// Number of its last migration.
    pub schema: i64,
    /// How many rows each object has.
    pub rows: Vec<(Object, i64)>,
    /// The newest action.
    pub newest: Option<Action>,
}

impl Reader {
    /// Opens a store for reading.
    ///
    /// # Errors
    /// [`super::Error`] when it is not there or cannot be read.
    pub fn open(location: &Location) -> Result<Self> {
        Ok(Self { store: Store::open(location, Access::Read)?, place: location.shown(), actor: None, snapshots: None })
    }

    /// Keeps snapshots of the facts in this folder, so that the next reader has them sooner; without a folder
    /// it keeps none. A folder that cannot be used is no error.
    #[must_use]
    pub fn with_snapshots(mut self, folder: Option<PathBuf>) -> Self {
        self.snapshots = folder.map(Snapshots::new);
        self
    }

    /// Reads for this person.
    #[must_use]
    pub fn of(self, actor: &str) -> Self {
        Self { actor: Some(actor.to_owned()), ..self }
    }

    /// What this person may undo or do again.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn reversible(&mut self) -> Result<Reversible> {
        let Some(actor) = &self.actor else { return Ok(Reversible::default()) };
        Ok(self.store.reversible(actor)?)
    }

    /// Name of the company whose data this is.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn store_name(&mut self) -> Result<String> {
        Ok(self.store.meta()?.name)
    }

    /// A number that changes whenever anyone has written to the store; cheap.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn change_token(&mut self) -> Result<i64> {
        Ok(self.store.change_token()?)
    }

    /// How often it has asked the store for something: a test, not the eye, sees that a screen asks for no more
    /// than it needs.
    #[must_use]
    pub fn statements(&self) -> u64 {
        self.store.statements()
    }

    /// Brings facts up to the newest action; `false` when nothing had happened.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn catch_up(&mut self, facts: &mut Facts) -> Result<bool> {
        let Some(snapshots) = &mut self.snapshots else { return Ok(self.store.catch_up(facts)?) };
        let loaded = if facts.seen == ActionId(0) { snapshots.facts(&mut self.store) } else { None };
        let from_snapshot = loaded.is_some();
        let mut next = loaded.unwrap_or_else(|| facts.clone());
        let changed = self.store.catch_up(&mut next)? || from_snapshot;
        if changed {
            snapshots.keep(&mut self.store, &next);
            *facts = next;
        }
        Ok(changed)
    }

    /// The facts of the whole store.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn facts(&mut self) -> Result<Facts> {
        let mut facts = Facts::default();
        self.catch_up(&mut facts)?;
        Ok(facts)
    }

    /// A page of rows, in the order of the ids.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn rows(&mut self, object: Object, ids: &[Id]) -> Result<Vec<Row>> {
        Ok(self.store.rows(object, ids)?)
    }

    /// Hands over these fields of every row of an object, in no order.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn fields(
        &mut self,
        object: Object,
        fields: &[&'static str],
        each: &mut dyn FnMut(Id, &[Value]),
    ) -> Result<()> {
        Ok(self.store.fields(object, fields, each)?)
    }

    /// Names of the team's members by what a source calls them.
    pub(super) fn members(&mut self) -> Result<BTreeMap<String, String>> {
        let mut names = BTreeMap::new();
        self.store.fields(Object::Member, &["name"], &mut |id, values| {
            let name = values.first().and_then(Value::text);
            names.extend(name.map(|name| (id, name.to_owned())));
        })?;
        let ids: Vec<Id> = names.keys().copied().collect();
        let called = self.store.external_ids(&ids)?;
        Ok(called.into_iter().filter_map(|(id, called)| Some((called, names.remove(&id)?))).collect())
    }

    /// Names of all records that these rows refer to.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn names(&mut self, rows: Vec<Row>) -> Result<BTreeMap<Id, String>> {
        let mut wanted: BTreeMap<Object, BTreeSet<Id>> = BTreeMap::new();
        for (object, id) in rows.iter().flat_map(Row::references) {
            wanted.entry(object).or_default().insert(id);
        }
        self.names_of(wanted)
    }

    /// What records are called.
    pub(super) fn names_of(&mut self, wanted: BTreeMap<Object, BTreeSet<Id>>) -> Result<BTreeMap<Id, String>> {
        let mut names = BTreeMap::new();
        for (object, ids) in wanted {
            let ids: Vec<Id> = ids.into_iter().collect();
            for row in self.rows(object, &ids)? {
                if let Some(name) = row.get(object.name_field()).text() {
                    names.insert(row.id, name.to_owned());
                }
            }
        }
        Ok(names)
    }

    /// How an outside system calls each of these records, the oldest of its names.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn external_ids(&mut self, ids: &[Id]) -> Result<BTreeMap<Id, String>> {
        Ok(self.store.external_ids(ids)?)
    }

    /// What deals are called, each with the name of its account: many systems give deals no name, and then their
    /// own number of it stands for it.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn deal_names(&mut self, ids: &[Id]) -> Result<BTreeMap<Id, (String, Option<String>)>> {
        let rows = self.rows(Object::Opportunity, ids)?;
        let accounts: BTreeSet<Id> = rows.iter().filter_map(|row| row.get("account").int().map(Id)).collect();
        let accounts = self.names_of([(Object::Account, accounts)].into())?;
        let own = |row: &Row| row.get("name").text().filter(|name| !name.is_empty()).map(str::to_owned);
        let nameless: Vec<Id> = rows.iter().filter(|row| own(row).is_none()).map(|row| row.id).collect();
        let mut called = self.external_ids(&nameless)?;
        let account = |row: &Row| accounts.get(&Id(row.get("account").int()?)).cloned();
        let name = |row: &Row| own(row).or_else(|| called.remove(&row.id)).unwrap_or_else(|| format!("#{}", row.id));
        Ok(rows
            .iter()
            .map(|row| (row.id, account(row)))
            .zip(rows.iter().map(name))
            .map(|((id, account), name)| (id, (name, account)))
            .collect())
    }

    /// The journal, newest first.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn log(&mut self, limit: i64) -> Result<Vec<Action>> {
        Ok(self.store.actions(limit)?)
    }

    /// What the store says of itself.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn info(&mut self) -> Result<Info> {
        let meta = self.store.meta()?;
        Ok(Info {
            place: self.place.clone(),
            name: meta.name,
            currency: meta.currency,
            schema: meta.schema,
            rows: self.store.counts()?,
            newest: self.store.actions(1)?.into_iter().next(),
        })
    }

    /// Everything that is wrong with the store; an empty list when it is sound.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn verify(&mut self) -> Result<Vec<Finding>> {
        Ok(self.store.verify()?)
    }
}
