//! What records are called: the texts of all records of an object, folded once, searched for every keystroke.

use crate::domain::matching::Haystack;
use crate::domain::object::Object;
use crate::domain::value::Id;
use std::collections::BTreeSet;

/// Texts, one behind the other: a million of their own would take longer to make than to read.
#[derive(Debug, Clone, Default)]
struct Strings {
    text: String,
    ends: Vec<usize>,
}

impl Strings {
    fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(self.text.len());
    }

    fn get(&self, at: usize) -> Option<&str> {
        let start = at.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied())?;
        self.text.get(start..*self.ends.get(at)?)
    }
}

/// The texts of every record of an object, by id, ascending.
#[derive(Debug, Clone)]
pub struct Texts {
    ids: Vec<i64>,
    columns: Vec<(&'static str, Strings)>,
    haystack: Haystack,
}

impl Texts {
    /// No texts yet.
    #[must_use]
    pub fn new(object: Object) -> Self {
        let columns = Self::columns(object).iter().map(|&column| (column, Strings::default())).collect();
        Self { ids: Vec::new(), columns, haystack: Haystack::default() }
    }

    /// The texts that are kept as they are, to sort and to test by.
    #[must_use]
    pub const fn columns(object: Object) -> &'static [&'static str] {
        match object {
            Object::Person => &["name", "company", "status", "email", "phone"],
            Object::Account => &["name", "domain", "industry", "created"],
            _ => &["name", "company"],
        }
    }

    /// Adds a record: one text per column, and all that it is found by.
    pub fn push<'t>(&mut self, id: Id, columns: &[&str], found_by: impl IntoIterator<Item = &'t str>) {
        self.ids.push(id.0);
        self.haystack.push(found_by);
        for (at, (_, strings)) in self.columns.iter_mut().enumerate() {
            strings.push(columns.get(at).copied().unwrap_or_default());
        }
    }

    /// The same by id: a store hands rows over in no order.
    #[must_use]
    pub fn sorted(self) -> Self {
        if self.ids.is_sorted() {
            return self;
        }
        let mut places: Vec<usize> = (0..self.len()).collect();
        places.sort_unstable_by_key(|&at| self.ids.get(at));
        let mut sorted = self.emptied();
        places.into_iter().for_each(|at| sorted.push_from(&self, at));
        sorted
    }

    /// The same with fresh texts in place of those that were touched; what has none any more is gone.
    #[must_use]
    pub fn renewed(&self, touched: &BTreeSet<i64>, fresh: &Self) -> Self {
        let mut renewed = self.emptied();
        (0..self.len())
            .filter(|&at| self.ids.get(at).is_some_and(|id| !touched.contains(id)))
            .for_each(|at| renewed.push_from(self, at));
        (0..fresh.len()).for_each(|at| renewed.push_from(fresh, at));
        renewed.sorted()
    }

    fn emptied(&self) -> Self {
        let columns = self.columns.iter().map(|(column, _)| (*column, Strings::default())).collect();
        Self { ids: Vec::new(), columns, haystack: Haystack::default() }
    }

    fn push_from(&mut self, other: &Self, at: usize) {
        self.ids.extend(other.ids.get(at));
        self.haystack.push_from(&other.haystack, at);
        for ((_, strings), (_, others)) in self.columns.iter_mut().zip(&other.columns) {
            strings.push(others.get(at).unwrap_or_default());
        }
    }

    /// How many records there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The record at a place.
    #[must_use]
    pub fn id(&self, at: usize) -> Option<Id> {
        self.ids.get(at).copied().map(Id)
    }

    /// The place of a record.
    #[must_use]
    pub fn place(&self, id: Id) -> Option<usize> {
        self.ids.binary_search(&id.0).ok()
    }

    /// A text of the record at a place.
    #[must_use]
    pub fn at(&self, at: usize, column: &str) -> Option<&str> {
        self.columns.iter().find(|(key, _)| *key == column)?.1.get(at)
    }

    /// A text of a record.
    #[must_use]
    pub fn get(&self, id: Id, column: &str) -> Option<&str> {
        self.at(self.place(id)?, column)
    }

    /// What is searched for words.
    #[must_use]
    pub fn haystack(&self) -> &Haystack {
        &self.haystack
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(rows: &[(i64, &str)]) -> Texts {
        let mut texts = Texts::new(Object::Opportunity);
        rows.iter().for_each(|(id, name)| texts.push(Id(*id), &[name, ""], [*name]));
        texts.sorted()
    }

    #[test]
    fn texts_are_found_by_id_whatever_order_they_came_in() {
        let known = texts(&[(5, "five"), (2, "two"), (9, "nine")]);
        assert_eq!((known.get(Id(2), "name"), known.get(Id(9), "name")), (Some("two"), Some("nine")));
        assert_eq!((known.get(Id(3), "name"), known.get(Id(2), "colour")), (None, None));
        let renewed = known.renewed(&[2, 9].into(), &texts(&[(2, "deux"), (7, "sept")]));
        let all: Vec<_> =
            (0..renewed.len()).map(|at| (renewed.id(at).unwrap().0, renewed.at(at, "name").unwrap())).collect();
        assert_eq!(all, [(2, "deux"), (5, "five"), (7, "sept")]);
    }
}
