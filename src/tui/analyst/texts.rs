//! What records are called: loaded once for all records of an object, folded once, then searched for
//! every keystroke.

use crate::domain::facts::Facts;
use crate::domain::matching::Folded;
use crate::domain::object::Object;
use crate::domain::value::{Id, Value};
use crate::ops::{Error, Reader};
use std::collections::HashMap;

/// The texts of every record of an object.
pub struct Texts(HashMap<Id, Text>);

/// The texts of one record.
pub struct Text {
    /// Its name.
    pub name: Box<str>,
    /// Name of its account or company.
    pub company: Box<str>,
    /// A person's status.
    pub status: Box<str>,
    /// A person's e-mail address.
    pub email: Box<str>,
    /// A person's phone number.
    pub phone: Box<str>,
    /// A person's score.
    pub score: Option<i64>,
    /// Name, company, e-mail, owner and ids, ready to be searched.
    pub folded: Folded,
}

impl Texts {
    /// The texts of a record.
    #[must_use]
    pub fn get(&self, id: Id) -> Option<&Text> {
        self.0.get(&id)
    }

    /// Loads them.
    ///
    /// # Errors
    /// [`Error`] when the store cannot be read.
    pub fn load(reader: &mut Reader, object: Object, facts: &Facts) -> Result<Self, Error> {
        let mut accounts: HashMap<i64, String> = HashMap::new();
        reader.fields(Object::Account, &["name"], &mut |id, values| {
            let name = values.first().and_then(Value::text);
            name.into_iter().for_each(|name| drop(accounts.insert(id.0, name.to_owned())));
        })?;
        let mut ids: HashMap<i64, Vec<String>> = HashMap::new();
        reader.fields(Object::Link, &["record", "external_id"], &mut |_, values| {
            if let [Value::Int(record), Value::Text(id)] = values {
                ids.entry(*record).or_default().push(id.clone());
            }
        })?;
        let fields: &[&'static str] = match object {
            Object::Person => &["full_name", "account", "owner", "company", "email", "status", "phone", "score"],
            _ => &["name", "account", "owner"],
        };
        let mut texts = HashMap::new();
        reader.fields(object, fields, &mut |id, values| {
            let text = |at: usize| values.get(at).and_then(Value::text).unwrap_or_default();
            let number = |at: usize| values.get(at).and_then(Value::int);
            let account = number(1).and_then(|id| accounts.get(&id)).map_or("", String::as_str);
            let owner = number(2).and_then(|id| facts.members.get(&id)).map_or("", |member| &member.name);
            let company = if text(3).is_empty() { account } else { text(3) };
            let external = ids.get(&id.0).map(Vec::as_slice).unwrap_or_default();
            // Many systems give deals no name; then their number stands for it on the screen.
            let name = if text(0).is_empty() { external.first().map_or("", String::as_str) } else { text(0) };
            let searched = [name, company, account, text(4), owner].into_iter();
            let folded = Folded::of_fields(searched.chain(external.iter().map(String::as_str)));
            let known = Text {
                name: name.into(),
                company: company.into(),
                status: text(5).into(),
                email: text(4).into(),
                phone: text(6).into(),
                score: number(7),
                folded,
            };
            texts.insert(id, known);
        })?;
        Ok(Self(texts))
    }
}
