//! Records by the million: what they are searched for by, and the rows of a part of a list.

use super::{Reader, Result};
use crate::analysis::records::{Entry, Found, Library, Line, Texts, Trail, all, own_name};
use crate::domain::facts::Facts;
use crate::domain::object::Object;
use crate::domain::records::{Filter, LISTED};
use crate::domain::time::Instant;
use crate::domain::value::{ActionId, Id, Value};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// More records than this are not read one by one again.
const FEW: usize = 500;

/// The fields that records are found by.
const fn fields(object: Object) -> &'static [&'static str] {
    match object {
        Object::Person => &["full_name", "account", "owner", "company", "email", "status", "phone", "wechat"],
        Object::Account => &["name", "owner", "domain", "industry", "created_at"],
        _ => &["name", "account", "owner"],
    }
}

/// The records of an object that are found by the name of one of these accounts or owners.
fn called_by(
    facts: &Facts,
    object: Object,
    accounts: Option<&BTreeSet<i64>>,
    owners: Option<&BTreeSet<i64>>,
) -> BTreeSet<i64> {
    let Facts { people, accounts: companies, opportunities: deals, .. } = facts;
    let (id, account, owner) = match object {
        Object::Person => (&people.id, Some(&people.account), &people.owner),
        Object::Account => (&companies.id, None, &companies.owner),
        _ => (&deals.id, Some(&deals.account), &deals.owner),
    };
    let referring = |column: &[i64], to: Option<&BTreeSet<i64>>| -> Vec<i64> {
        let Some(to) = to.filter(|to| !to.is_empty()) else { return Vec::new() };
        id.iter().zip(column).filter(|(_, cell)| to.contains(cell)).map(|(id, _)| *id).collect()
    };
    let by_account = account.map(|column| referring(column, accounts)).unwrap_or_default();
    by_account.into_iter().chain(referring(owner, owners)).collect()
}

/// What stands beside the fields of a record.
struct Beside<'b> {
    facts: &'b Facts,
    accounts: HashMap<i64, String>,
    links: Links,
}

impl Beside<'_> {
    /// Writes the texts of a record whose [`fields`] these are.
    fn write(&self, texts: &mut Texts, object: Object, id: Id, values: &[Value]) {
        let value = |key: &str| fields(object).iter().position(|field| *field == key).and_then(|at| values.get(at));
        let text = |key: &str| value(key).and_then(Value::text).unwrap_or_default();
        let number = |key: &str| value(key).and_then(Value::int);
        let account = number("account").and_then(|id| self.accounts.get(&id)).map_or("", String::as_str);
        let owner = number("owner").and_then(|id| self.facts.members.get(&id)).map_or("", |member| &member.name);
        let called = || self.links.of(id);
        let own = if object == Object::Person { text("full_name") } else { text("name") };
        // Many systems give deals no name; then their number stands for it on the screen.
        let name = if own.is_empty() { called().next().unwrap_or_default() } else { own };
        let company = if text("company").is_empty() { account } else { text("company") };
        let found_by = |more: [&'static str; 4]| {
            let fields = more.map(text).into_iter().filter(|text| !text.is_empty());
            [name, company, account, owner].into_iter().filter(|text| !text.is_empty()).chain(fields)
        };
        match object {
            Object::Person => {
                let columns = [name, company, text("status"), text("email"), text("phone")];
                texts.push(id, &columns, found_by(["email", "phone", "wechat", ""]).chain(called()));
            }
            Object::Account => {
                let created = number("created_at").map(|ms| Instant(ms).date().to_string()).unwrap_or_default();
                let columns = [name, text("domain"), text("industry"), &created];
                texts.push(id, &columns, found_by(["domain", "", "", ""]).chain(called()));
            }
            _ => texts.push(id, &[name, company], found_by([""; 4]).chain(called())),
        }
    }
}

/// What systems call records: the texts in one piece, by record.
#[derive(Default)]
struct Links {
    text: String,
    spans: Vec<(i64, usize, usize)>,
}

impl Links {
    fn push(&mut self, record: i64, called: &str) {
        let start = self.text.len();
        self.text.push_str(called);
        self.spans.push((record, start, self.text.len()));
    }

    fn of(&self, id: Id) -> impl Iterator<Item = &str> {
        let first = self.spans.partition_point(|(record, ..)| *record < id.0);
        let spans = self.spans.iter().skip(first).take_while(move |(record, ..)| *record == id.0);
        spans.filter_map(|(_, start, end)| self.text.get(*start..*end))
    }
}

impl Reader {
    /// The texts of all records of the objects that have a table.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn texts(&mut self, facts: &Facts) -> Result<BTreeMap<Object, Texts>> {
        let mut beside = Beside { facts, accounts: HashMap::new(), links: Links::default() };
        self.fields(Object::Account, &["name"], &mut |id, values| {
            let name = values.first().and_then(Value::text);
            name.into_iter().for_each(|name| drop(beside.accounts.insert(id.0, name.to_owned())));
        })?;
        let listed = LISTED.map(Object::code);
        self.fields(Object::Link, &["record", "object", "external_id"], &mut |_, values| {
            if let [Value::Int(record), Value::Int(object), Value::Text(called)] = values
                && listed.contains(object)
            {
                beside.links.push(*record, called);
            }
        })?;
        beside.links.spans.sort_unstable();
        let mut read = BTreeMap::new();
        for object in LISTED {
            let mut texts = Texts::new(object);
            self.fields(object, fields(object), &mut |id, values| beside.write(&mut texts, object, id, values))?;
            read.insert(object, texts.sorted());
        }
        Ok(read)
    }

    /// Brings texts up to date that were read when `seen` was the newest action; `false` when they have to be read
    /// anew, because too much has happened.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn renew_texts(&mut self, texts: &mut BTreeMap<Object, Texts>, facts: &Facts, seen: ActionId) -> Result<bool> {
        let Some(touched) = self.store.touched_since(seen)? else { return Ok(false) };
        // Other records are found by the names of these.
        let renamed = |object| touched.get(&object).map(|touched| &touched.ids);
        let (accounts, owners) = (renamed(Object::Account), renamed(Object::Member));
        let mut fresh = Vec::new();
        for object in LISTED {
            let mut ids = called_by(facts, object, accounts, owners);
            if let Some(touched) = touched.get(&object) {
                let among: i64 = touched.ranges.iter().map(|(first, last)| last - first + 1).sum();
                if among > FEW as i64 {
                    return Ok(false);
                }
                ids.extend(touched.ranges.iter().flat_map(|&(first, last)| first..=last));
                ids.extend(&touched.ids);
            }
            if ids.len() > FEW {
                return Ok(false);
            }
            if ids.is_empty() {
                continue;
            }
            let renewed = self.texts_of(object, &ids, facts)?;
            fresh.push((object, ids, renewed));
        }
        for (object, ids, renewed) in fresh {
            texts.entry(object).and_modify(|texts| *texts = texts.renewed(&ids, &renewed));
        }
        Ok(true)
    }

    fn texts_of(&mut self, object: Object, ids: &BTreeSet<i64>, facts: &Facts) -> Result<Texts> {
        let ids: Vec<Id> = ids.iter().copied().map(Id).collect();
        let rows = self.rows(object, &ids)?;
        let accounts = rows.iter().filter_map(|row| row.get("account").int()).map(Id).collect();
        let named = self.names_of(BTreeMap::from([(Object::Account, accounts)]))?;
        let accounts = named.into_iter().map(|(id, name)| (id.0, name)).collect();
        let mut beside = Beside { facts, accounts, links: Links::default() };
        for row in &rows {
            for link in self.store.rows_referring(Object::Link, "record", row.id)? {
                beside.links.push(row.id.0, link.get("external_id").text().unwrap_or_default());
            }
        }
        beside.links.spans.sort_unstable();
        let mut texts = Texts::new(object);
        for row in rows {
            let values: Vec<Value> = fields(object).iter().map(|field| row.get(field).clone()).collect();
            beside.write(&mut texts, object, row.id, &values);
        }
        Ok(texts)
    }

    /// The first records of an object that a filter finds; the word is what the object is called.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn found(
        &mut self,
        (object, word): (Object, &'static str),
        filter: &str,
        limit: usize,
        facts: &Facts,
        now: Instant,
    ) -> Result<Found> {
        let wanted = Filter::parse(filter);
        let total = all(facts, object);
        let (all, mut ids) = (total.len(), total);
        if !wanted.is_empty() {
            let texts = self.texts(facts)?;
            let library = Library { facts, texts: &texts, now };
            ids = library.find(object, &wanted, &mut Trail::default(), &|| true).unwrap_or_default();
        }
        let found = ids.len();
        let mut records = Vec::with_capacity(found.min(limit));
        ids.truncate(limit);
        for chunk in ids.chunks(FEW) {
            let called = self.external_ids(chunk)?;
            let places: Vec<(Object, Id)> = chunk.iter().map(|id| (object, *id)).collect();
            let entries = self.entries(&places, facts, now)?;
            records.extend(entries.into_iter().map(|entry| Line::of(entry, &called)));
        }
        Ok(Found { object: word, filter: filter.to_owned(), as_of: now, total: all, found, records })
    }

    /// The rows of these records as a list shows them, in their order; those that are gone are left out.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn entries(&mut self, places: &[(Object, Id)], facts: &Facts, now: Instant) -> Result<Vec<Entry>> {
        let mut wanted: BTreeMap<Object, Vec<Id>> = BTreeMap::new();
        for (object, id) in places {
            wanted.entry(*object).or_default().push(*id);
        }
        let mut found = BTreeMap::new();
        for (object, ids) in wanted {
            let rows = self.rows(object, &ids)?;
            let names = self.names(rows.clone())?;
            let nameless: Vec<Id> = rows.iter().filter(|row| own_name(row).is_none()).map(|row| row.id).collect();
            let called = self.external_ids(&nameless)?;
            for row in rows {
                let name = own_name(&row).or_else(|| called.get(&row.id).cloned());
                let name = name.unwrap_or_else(|| format!("#{}", row.id));
                let id = row.id;
                found.extend(Entry::read(row, name, &names, facts, now).map(|entry| ((object, id), entry)));
            }
        }
        Ok(places.iter().filter_map(|place| found.remove(place)).collect())
    }
}
