//! References to records that have not come yet: words that count once they do.

use crate::domain::time::Instant;
use crate::domain::value::Value;
use std::collections::BTreeMap;

/// By field, what a system calls the record that it refers to, and when it said so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Awaited(BTreeMap<String, (String, Instant)>);

impl Awaited {
    /// Reads what [`Self::to_json`] wrote; anything else is nothing.
    #[must_use]
    pub fn from_json(json: &Value) -> Self {
        let words: Option<BTreeMap<String, (String, i64)>> =
            json.text().and_then(|json| serde_json::from_str(json).ok());
        let word = |(field, (name, at)): (String, (String, i64))| (field, (name, Instant(at)));
        Self(words.unwrap_or_default().into_iter().map(word).collect())
    }

    /// As a link keeps it; nothing for none.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let words = self.0.iter().map(|(field, (name, at))| (field.clone(), serde_json::json!([name, at.0])));
        (!self.0.is_empty()).then(|| serde_json::Value::Object(words.collect()).to_string()).into()
    }

    /// Whether nothing is awaited.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes in what an export says of a field: the name of a record that is not known, or `None` for one that
    /// is. The newest word counts.
    pub fn hear(&mut self, field: &str, unknown: Option<String>, at: Instant) {
        if self.0.get(field).is_some_and(|(_, before)| *before > at) {
            return;
        }
        match unknown {
            Some(name) => drop(self.0.insert(field.to_owned(), (name, at))),
            None => drop(self.0.remove(field)),
        }
    }

    /// The words of an export made at `at` were still good in one of the same content at `newest`.
    pub fn still_said(&mut self, at: Instant, newest: Instant) {
        for (_, said) in self.0.values_mut().filter(|(_, said)| *said == at) {
            *said = newest.max(at);
        }
    }

    /// Takes out the fields whose records `find` knows: field, what was found, and when it was said.
    pub fn arrived<T>(&mut self, mut find: impl FnMut(&str, &str) -> Option<T>) -> Vec<(String, T, Instant)> {
        let mut found = Vec::new();
        self.0.retain(|field, (name, at)| match find(field, name) {
            Some(record) => {
                found.push((field.clone(), record, *at));
                false
            }
            None => true,
        });
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_word_is_awaited() {
        let mut awaited = Awaited::default();
        awaited.hear("lead", Some("L-2".into()), Instant(8));
        awaited.hear("lead", Some("L-1".into()), Instant(1));
        awaited.hear("account", Some("A-1".into()), Instant(1));
        awaited.hear("lead", None, Instant(5));
        awaited.hear("account", None, Instant(5));
        assert_eq!(awaited.to_json(), r#"{"lead":["L-2",8]}"#.into());
        assert_eq!(Awaited::from_json(&awaited.to_json()), awaited);
        awaited.still_said(Instant(8), Instant(9));
        assert_eq!(awaited.arrived(|_, name| Some(name.len())), [("lead".to_owned(), 3, Instant(9))]);
        assert_eq!((awaited.is_empty(), awaited.to_json()), (true, Value::Null));
    }
}
