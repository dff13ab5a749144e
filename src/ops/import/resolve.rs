//! Which record a key or a name stands for.

use super::Result;
use super::accounts::{Accounts, Company, Found};
use super::chosen::Chosen;
use super::keys::{ByKey, NewLink};
use super::namesakes::Namesakes;
use super::stages::Stages;
use crate::domain::history::Sighting;
use crate::domain::intake::{Shared, Unmatched};
use crate::domain::message::Message;
use crate::domain::object::{Kind, Object};
use crate::domain::reconcile::Known;
use crate::domain::sighting::{Export, newest};
use crate::domain::spelling::nearest;
use crate::domain::stage::StageCatalog;
use crate::domain::time::Instant;
use crate::domain::value::{Id, Value};
use crate::domain::word::Decisions;
use crate::import::{Cell, Sheet, SheetRow};
use crate::store::{Exports, KnownLink, Precedence, Writing};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// So many pairs of names are compared for a suggestion, those of the most rows first: every name of a big file against every
/// known one would take longer than the import.
const COMPARED: usize = 2_000_000;

/// A record that a key of this import stands for.
#[derive(Clone, Copy)]
pub(super) struct Target {
    pub id: Id,
    /// The link that was there before, if any.
    pub link: Option<KnownLink>,
    /// Whether the record has to be made.
    pub is_new: bool,
}

/// Who refers to a record: a file of a system, made at some time.
#[derive(Clone, Copy)]
pub(super) struct Source<'s> {
    pub system: &'s str,
    pub exported_at: Instant,
    /// What the file is about.
    pub object: Object,
}

impl<'s> Source<'s> {
    pub fn of(sheet: &'s Sheet) -> Self {
        Self { system: &sheet.system, exported_at: sheet.exported_at, object: sheet.as_object.object() }
    }
}

/// Names of the objects that other rows refer to by name, and keys of all objects of the import's systems.
pub(super) struct Resolver {
    /// The stages of the pipeline.
    pub stages: Stages,
    pub(super) links: ByKey<KnownLink>,
    pub(super) targets: ByKey<Target>,
    pub(super) names: HashMap<Object, HashMap<String, Id>>,
    /// Records that no file has described, with their names.
    pub(super) named_only: HashMap<Object, HashMap<Id, String>>,
    /// Names of described records, for suggestions.
    described: HashMap<Object, BTreeSet<String>>,
    /// Names that several records share.
    shared: HashSet<(Object, String)>,
    /// How often a shared name was taken for the oldest of its records.
    shared_uses: BTreeMap<(Object, String), u64>,
    /// Aliases that could not be learnt: field or object, other name, known name.
    pub(super) refused: Vec<(Object, String, String)>,
    /// What every export showed, those of this import included.
    exports: Exports,
    /// The systems that decide.
    pub precedence: Vec<Precedence>,
    /// What users decided.
    decided: BTreeMap<Id, Decisions>,
    /// What records go by, for files without ids.
    pub(super) namesakes: Namesakes,
    /// Records that are known by a chosen key.
    chosen: Chosen,
    /// The accounts by what leads have in common with them, once a lead needs them.
    accounts: Option<Accounts>,
    /// New leads that were linked to the account of their company.
    pub matched_accounts: u64,
    /// New leads whose company may be one of several accounts.
    pub unclear_accounts: u64,
    /// How often a name in a field stood for a record that no file has described.
    stub_uses: HashMap<(Object, &'static str, Id), u64>,
}

impl Resolver {
    pub fn load(writing: &mut Writing<'_>, sheets: &[Sheet], catalog: StageCatalog) -> Result<Self> {
        let mut resolver = Self {
            stages: Stages::load(writing, sheets, catalog)?,
            links: ByKey::default(),
            targets: ByKey::default(),
            names: HashMap::new(),
            named_only: HashMap::new(),
            described: HashMap::new(),
            shared: HashSet::new(),
            shared_uses: BTreeMap::new(),
            refused: Vec::new(),
            exports: writing.exports()?,
            precedence: writing.precedence()?,
            decided: writing.decisions()?,
            stub_uses: HashMap::new(),
            namesakes: Namesakes::load(writing, sheets)?,
            chosen: Chosen::load(writing, sheets)?,
            accounts: None,
            matched_accounts: 0,
            unclear_accounts: 0,
        };
        let mut systems = writing.systems()?;
        systems.extend(sheets.iter().map(|sheet| sheet.system.clone()));
        for system in systems {
            for object in linked(sheets) {
                *resolver.links.of(&system, object) = writing.links(&system, object)?;
            }
        }
        for object in Object::ALL.into_iter().filter(|object| object.may_be_named_only()) {
            resolver.load_names(writing, object)?;
        }
        Ok(resolver)
    }

    /// Names of an object's records, and e-mail addresses of people in the team; the oldest record has
    /// a shared one.
    fn load_names(&mut self, writing: &mut Writing<'_>, object: Object) -> Result<()> {
        let rows = writing.all_rows(object)?;
        let names = self.names.entry(object).or_default();
        for row in &rows {
            let called = row.get("name").text().unwrap_or_default();
            if *names.entry(lower(called)).or_insert(row.id) != row.id {
                self.shared.insert((object, lower(called)));
            }
            if row.get("named_only").int() == Some(1) {
                self.named_only.entry(object).or_default().insert(row.id, called.to_owned());
            } else {
                self.described.entry(object).or_default().insert(called.to_owned());
            }
        }
        for row in &rows {
            if let Some(email) = row.get("email").text() {
                names.entry(lower(email)).or_insert(row.id);
            }
        }
        Ok(())
    }

    /// Gives every key of a file its record, before any row of any file is resolved.
    pub fn register(&mut self, writing: &mut Writing<'_>, sheet: &Sheet) -> Result<()> {
        let object = sheet.as_object.object();
        if object == Object::StageChange {
            return Ok(());
        }
        let name_at = object.position(object.name_field());
        let crowded = self.crowded(sheet);
        for row in &sheet.rows {
            // The files of one import may speak of the same record.
            if self.targets.get(&sheet.system, object, &row.key).is_some() {
                continue;
            }
            let name = row.cells.iter().find_map(|(at, cell)| match cell {
                Cell::Value(Value::Text(text)) if Some(*at) == name_at => Some(text.as_str()),
                _ => None,
            });
            let link = self.links.get(&sheet.system, object, &row.key).copied();
            // A deal that was known by its name may be any of those that are called so now.
            let link = link.filter(|_| object != Object::Opportunity || !self.namesakes.are_several(sheet, row));
            let adopted = || name.and_then(|name| self.stub_called(object, name));
            let matched = || self.chosen.find(sheet, row);
            let is_stage = object == Object::Stage;
            let staged = || [name, Some(&row.key)].into_iter().flatten().find_map(|name| self.stages.find(name));
            let moved = || self.known_elsewhere(sheet, object, &row.key);
            let found = link.map(|link| link.record).or_else(matched).or_else(adopted).or_else(moved);
            let found = found.or_else(|| staged().filter(|_| is_stage));
            let found = match found {
                Some(found) => Some(found),
                None => self.namesake(writing, sheet, row, &crowded)?,
            };
            let target = match found {
                Some(id) => Target { id, link, is_new: false },
                // A row that cannot become a record must not be referred to.
                None if self.refusal(sheet, row).is_some() => continue,
                None => Target { id: writing.new_id(), link: None, is_new: true },
            };
            self.targets.of(&sheet.system, object).insert(row.key.clone(), target);
            self.namesakes.meet(sheet, row, target.id);
            self.chosen.meet(sheet, row, target.id);
            if let Some(id) = row.id.as_deref().filter(|_| sheet.match_on.is_some()) {
                self.call(writing, sheet, target.id, id)?;
            }
            if is_stage {
                [name, Some(&row.key)].into_iter().flatten().for_each(|name| self.stages.call(name, target.id));
            }
            if object.may_be_named_only() {
                let called = name.unwrap_or(&row.key);
                let holder = *self.names.entry(object).or_default().entry(lower(called)).or_insert(target.id);
                if holder != target.id {
                    self.shared.insert((object, lower(called)));
                }
                self.described.entry(object).or_default().insert(called.to_owned());
                self.named_only.entry(object).or_default().remove(&target.id);
            }
        }
        Ok(())
    }

    /// Remembers what the source calls a record that is found by another key; an id that is taken stays where it is.
    fn call(&mut self, writing: &mut Writing<'_>, sheet: &Sheet, record: Id, id: &str) -> Result<()> {
        let (object, exported_at) = (sheet.as_object.object(), sheet.exported_at);
        let links = self.links.of(&sheet.system, object);
        if !links.contains_key(id) {
            let link = NewLink::named(record, object, &sheet.system, id, exported_at).insert(writing)?;
            links.insert(id.to_owned(), KnownLink { link, record, row_hash: None, exported_at, awaits: false });
        }
        Ok(())
    }

    /// Why a row cannot become a record: several go by its name, it lacks a field, or it is about nobody.
    pub fn refusal(&self, sheet: &Sheet, row: &SheetRow) -> Option<Message> {
        if self.namesakes.are_several(sheet, row) {
            return Some(Message::new("problem-several-names"));
        }
        if let Some(field) = missing(row.object, row) {
            return Some(Message::new("problem-missing").with("field", field));
        }
        let about = row.object.about();
        let is_named = |key: &&str| {
            let at = row.object.position(key);
            row.cells.iter().any(|(field, cell)| Some(*field) == at && matches!(cell, Cell::Named { .. }))
        };
        (!about.is_empty() && !about.iter().any(is_named)).then(|| Message::new("problem-no-subject"))
    }

    /// The account that a new lead belongs to. Files of accounts come before those of leads.
    pub fn account_of(&mut self, writing: &mut Writing<'_>, company: &Company, system: &str) -> Result<Option<Id>> {
        let accounts = match self.accounts.take() {
            Some(accounts) => accounts,
            None => Accounts::load(writing)?,
        };
        let found = accounts.find(company, &[system.to_owned()]);
        self.accounts = Some(accounts);
        self.unclear_accounts += u64::from(found == Found::Several);
        let Found::One(account) = found else { return Ok(None) };
        self.matched_accounts += 1;
        Ok(Some(account))
    }

    fn stub_called(&self, object: Object, name: &str) -> Option<Id> {
        let id = *self.names.get(&object)?.get(&lower(name))?;
        self.named_only.get(&object)?.contains_key(&id).then_some(id)
    }

    /// Notes what a row has left, for other files of this import that speak of the same record.
    pub fn written(&mut self, sheet: &Sheet, row: &SheetRow, target: Target, (link, awaits): (Id, bool)) {
        let (record, row_hash, exported_at) = (target.id, Some(row.hash), sheet.exported_at);
        let known = KnownLink { link, record, row_hash, exported_at, awaits };
        let targets = self.targets.of(&sheet.system, sheet.as_object.object());
        targets.insert(row.key.clone(), Target { id: target.id, link: Some(known), is_new: false });
    }

    /// What users decided about a record.
    pub fn decided(&self, record: Id) -> Option<&Decisions> {
        self.decided.get(&record)
    }

    /// What every system has said about a record, and the newest export that showed it.
    pub fn known(&self, writing: &mut Writing<'_>, object: Object, record: Id) -> Result<Vec<Known>> {
        let mut known = writing.known(record)?;
        for known in &mut known {
            let shown = newest(self.exports(&known.system, object), known.link);
            known.newest = known.newest.max(shown);
        }
        Ok(known)
    }

    /// What a system's exports of one kind of record showed.
    pub fn exports(&self, system: &str, object: Object) -> &[Export] {
        self.exports.get(&(system.to_owned(), object)).map_or(&[], Vec::as_slice)
    }

    /// Notes what a file of this import showed.
    pub fn arrived(&mut self, system: &str, object: Object, export: Export) {
        self.exports.entry((system.to_owned(), object)).or_default().push(export);
    }

    /// The exports that had a deal under one of these links.
    pub fn sightings(&self, links: &[Id]) -> Vec<Sighting> {
        let sighting = |export: &Export| {
            let link = links.iter().copied().find(|link| export.links.has(*link))?;
            let [amount, close_date] = ["amount", "close_date"].map(|field| export.said(field, link));
            Some(Sighting { at: export.at.0, stage: true, amount, close_date, by_hand: false })
        };
        let of_deals = self.exports.iter().filter(|((_, object), _)| *object == Object::Opportunity);
        of_deals.flat_map(|(_, exports)| exports).filter_map(sighting).collect()
    }

    /// The record that a key of this import stands for; `None` for a row that cannot become one.
    pub fn target(&self, sheet: &Sheet, key: &str) -> Option<Target> {
        self.targets.get(&sheet.system, sheet.as_object.object(), key).copied()
    }

    /// A cell of a row as a value, a reference as an id; `None` for a reference to nothing that is known.
    pub fn value(
        &mut self,
        writing: &mut Writing<'_>,
        source: Source<'_>,
        (object, at): (Object, usize),
        cell: &Cell,
    ) -> Result<Option<Value>> {
        let (id, name) = match cell {
            Cell::Value(value) => return Ok(Some(value.clone())),
            Cell::Named { id, name } => (id.as_deref(), name.as_deref()),
        };
        let Some(other) = referred(object, at) else { return Ok(None) };
        let field = object.fields().get(at).map_or("", |field| field.key);
        let found = self.refer(writing, source, field, other, id, name)?;
        Ok(found.map(Value::from))
    }

    /// The record that a reference stands for. An account, product or team member that nobody has
    /// described is made by its name alone; any other unknown reference is `None`.
    fn refer(
        &mut self,
        writing: &mut Writing<'_>,
        source: Source<'_>,
        field: &'static str,
        object: Object,
        id: Option<&str>,
        name: Option<&str>,
    ) -> Result<Option<Id>> {
        let by_key = [id, name].into_iter().flatten().find_map(|text| self.by_key(source.system, object, text));
        let called_so = |name: &String| self.names.get(&object).is_some_and(|names| names.contains_key(name));
        let names = [name, id].into_iter().flatten().filter(|_| by_key.is_none());
        let by_name = names.map(lower).find(called_so);
        if let Some(key) = by_name.as_ref().map(|name| (object, name.clone())).filter(|key| self.shared.contains(key)) {
            *self.shared_uses.entry(key).or_default() += 1;
        }
        let found = by_key.or_else(|| self.names.get(&object)?.get(by_name.as_ref()?).copied());
        let found = found.or_else(|| self.of_other_system(source.system, object, id?, name));
        let Some(called) = name.or(id) else { return Ok(None) };
        let found = found.or_else(|| self.stages.find(called).filter(|_| object == Object::Stage));
        let found = match found {
            Some(found) => Some(found),
            None if object == Object::Stage => Some(self.stages.add(writing, called)?),
            None if object.may_be_named_only() => Some(self.add_stub(writing, source, object, called, id)?),
            None => None,
        };
        // A file that names its own kind (a manager, a parent company) describes only some of those it names.
        if let Some(id) = found
            && source.object != object
            && self.named_only.get(&object).is_some_and(|stubs| stubs.contains_key(&id))
        {
            *self.stub_uses.entry((object, field, id)).or_default() += 1;
        }
        Ok(found)
    }

    fn add_stub(
        &mut self,
        writing: &mut Writing<'_>,
        source: Source<'_>,
        object: Object,
        name: &str,
        key: Option<&str>,
    ) -> Result<Id> {
        let id = writing.new_id();
        let values = object.fields().iter().map(|field| match field.key {
            "name" => name.into(),
            "named_only" => true.into(),
            _ => Value::Null,
        });
        writing.insert(object, id, values.collect())?;
        let external = key.unwrap_or(name);
        let Source { system, exported_at, .. } = source;
        let link = NewLink::named(id, object, system, external, exported_at).insert(writing)?;
        let known = KnownLink { link, record: id, row_hash: None, exported_at, awaits: false };
        self.links.of(system, object).insert(external.to_owned(), known);
        self.names.entry(object).or_default().insert(lower(name), id);
        self.named_only.entry(object).or_default().insert(id, name.to_owned());
        Ok(id)
    }

    /// Names that stand for a record no file has described though files of that kind are there, with
    /// the described name they resemble.
    pub fn unmatched(&self) -> Vec<Unmatched> {
        let with_file = |object: &Object| self.described.get(object).is_some_and(|names| !names.is_empty());
        let mut uses: BTreeMap<(Object, &'static str, &str), u64> = BTreeMap::new();
        for ((object, field, id), rows) in self.stub_uses.iter().filter(|((object, ..), _)| with_file(object)) {
            if let Some(name) = self.named_only.get(object).and_then(|stubs| stubs.get(id)) {
                *uses.entry((*object, field, name)).or_default() += rows;
            }
        }
        let mut by_rows: Vec<_> = uses.iter().map(|(key, rows)| (std::cmp::Reverse(*rows), *key)).collect();
        by_rows.sort_unstable();
        let mut meant = BTreeMap::new();
        let mut left = COMPARED;
        for (_, (object, field, name)) in by_rows {
            let Some(known) = self.described.get(&object) else { continue };
            let Some(after) = left.checked_sub(known.len()) else { break };
            left = after;
            meant.insert((object, field, name), nearest(name, known.iter().map(String::as_str)).map(str::to_owned));
        }
        let unmatched = uses.into_iter().map(|(key, rows)| Unmatched {
            object: key.0.key(),
            field: key.1,
            name: key.2.to_owned(),
            rows,
            meant: meant.remove(&key).flatten(),
        });
        unmatched.collect()
    }

    /// Shared names that were taken for the oldest of their records, and how often.
    pub fn shared(&self) -> Vec<Shared> {
        let uses = self.shared_uses.iter();
        uses.map(|((object, name), &rows)| Shared { object: object.key(), name: name.clone(), rows }).collect()
    }

    /// How many records are known by name only because no file of their kind has come.
    pub fn named_only(&self) -> BTreeMap<&'static str, u64> {
        let without = |object: &Object| self.described.get(object).is_none_or(BTreeSet::is_empty);
        let mut counts = BTreeMap::new();
        for (object, ..) in self.stub_uses.keys().filter(|(object, ..)| without(object)) {
            *counts.entry(object.key()).or_default() += 1;
        }
        counts
    }
}

/// The field that a new record of the row would lack; a name is made from the key.
fn missing(object: Object, row: &SheetRow) -> Option<&'static str> {
    let filled = |key| {
        row.cells
            .iter()
            .any(|(at, cell)| Some(*at) == object.position(key) && !matches!(cell, Cell::Value(Value::Null)))
    };
    let made = |key: &str| matches!(key, "name" | "named_only");
    object.fields().iter().map(|field| field.key).find(|&key| object.requires(key) && !made(key) && !filled(key))
}

/// The objects whose external ids an import has to know: what rows refer to, and what they are.
fn linked(sheets: &[Sheet]) -> BTreeSet<Object> {
    let referred = [
        Object::Stage,
        Object::Member,
        Object::Product,
        Object::Account,
        Object::Person,
        Object::Opportunity,
        Object::Tool,
    ];
    referred.into_iter().chain(sheets.iter().map(|sheet| sheet.as_object.object())).collect()
}

/// Names are compared without case and outer spaces; anything more is a suggestion, not a match.
pub(super) fn lower(name: &str) -> String {
    name.trim().to_lowercase()
}

/// The object a field refers to.
pub(super) fn referred(object: Object, at: usize) -> Option<Object> {
    match object.fields().get(at)?.kind {
        Kind::Reference(other) => Some(other),
        _ => None,
    }
}
