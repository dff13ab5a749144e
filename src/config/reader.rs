//! TOML read value by value, so that a mistake is told with its line and in the user's language.

use super::{Mistake, Placed};
use crate::domain::message::Message;
use crate::domain::spelling::nearest;
use std::fmt::Display;
use std::ops::RangeInclusive;
use std::str::FromStr;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

pub(super) type Key<'a, 'i> = &'a Spanned<DeString<'i>>;
pub(super) type Entry<'a, 'i> = &'a Spanned<DeValue<'i>>;

/// A file and its name.
pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) file: &'a str,
}

impl<'a> Reader<'a> {
    /// The table that the file is.
    pub(super) fn root(&self) -> Result<Spanned<DeTable<'a>>, Mistake> {
        DeTable::parse(self.text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            self.mistake(at, Message::new("error-config-syntax").with("detail", error.message()))
        })
    }

    /// The line of a place, from 1.
    pub(super) fn line(&self, offset: usize) -> usize {
        1 + self.text.bytes().take(offset).filter(|&b| b == b'\n').count()
    }

    pub(super) fn mistake(&self, offset: usize, message: Message) -> Mistake {
        Mistake::new(self.file, self.line(offset), message)
    }

    /// There is no such key; perhaps one of these was meant.
    pub(super) fn unknown(&self, key: Key, known: &[&str]) -> Mistake {
        let message = match nearest(key.get_ref(), known.iter().copied()) {
            Some(meant) => Message::new("error-config-key-meant").with("meant", meant),
            None => Message::new("error-config-key").with("choices", known.join(", ")),
        };
        self.mistake(key.span().start, message.with("key", key.get_ref()))
    }

    /// The value is not one that the key takes.
    pub(super) fn refused(&self, key: Key, value: Entry, choices: &str) -> Mistake {
        let message = Message::new("error-config-value").with("key", key.get_ref()).with("choices", choices);
        self.mistake(value.span().start, message)
    }

    pub(super) fn flag(&self, key: Key, value: Entry) -> Result<bool, Mistake> {
        value.get_ref().as_bool().ok_or_else(|| self.refused(key, value, "true, false"))
    }

    pub(super) fn text(&self, key: Key, value: Entry) -> Result<Placed<String>, Mistake> {
        let text = value.get_ref().as_str().ok_or_else(|| self.refused(key, value, "\"…\""))?;
        Ok(Placed { value: text.to_owned(), line: self.line(value.span().start) })
    }

    /// A list of texts, or one without the brackets.
    pub(super) fn texts(&self, key: Key, value: Entry) -> Result<Vec<Placed<String>>, Mistake> {
        match value.get_ref().as_array() {
            Some(list) => list.iter().map(|text| self.text(key, text)).collect(),
            None => Ok(vec![self.text(key, value)?]),
        }
    }

    /// A whole number in this range.
    pub(super) fn whole<T: FromStr + PartialOrd + Display>(
        &self,
        key: Key,
        value: Entry,
        range: RangeInclusive<T>,
    ) -> Result<T, Mistake> {
        let number = value.get_ref().as_integer().and_then(|number| number.as_str().parse().ok());
        let wanted = || self.refused(key, value, &format!("{}–{}", range.start(), range.end()));
        number.filter(|number| range.contains(number)).ok_or_else(wanted)
    }
}
