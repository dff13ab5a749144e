//! A company's own funnels, as `docs/funnels.md` describes their file.

use super::reader::{Entry, Key, Reader};
use super::{Mistake, Placed};
use crate::domain::fold::fold;
use crate::domain::funnel::{Bilingual, Event, Funnel, Stage};
use crate::domain::message::Message;
use crate::domain::object::Object;
use crate::domain::spelling::nearest;
use crate::text::clean;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use toml::de::DeTable;

const FUNNEL: [&str; 4] = ["key", "name", "version", "stage"];
const STAGE: [&str; 12] = [
    "key",
    "name",
    "short",
    "events",
    "confirmed_by",
    "names",
    "optional",
    "owner",
    "entry",
    "exit",
    "required",
    "expected_days",
];
/// Ten years.
const MOST_DAYS: i64 = 3_650;

/// The funnels that the text of a file of this name defines.
pub(super) fn read(text: &str, file: &str) -> Result<Vec<Funnel>, Mistake> {
    let reader = Reader { text, file };
    let root = reader.root()?;
    let mut keys = Seen::default();
    let mut funnels = Vec::new();
    for (key, value) in root.get_ref() {
        if key.get_ref() != "funnel" {
            return Err(reader.unknown(key, &["funnel"]));
        }
        for table in reader.tables(key, value)? {
            funnels.push(reader.funnel(&table, &mut keys)?);
        }
    }
    Ok(funnels)
}

/// Words that may stand only once, and the line of each.
#[derive(Default)]
struct Seen(HashMap<String, usize>);

impl Seen {
    fn note(&mut self, reader: &Reader, word: &Placed<String>, folded: String) -> Result<(), Mistake> {
        match self.0.insert(folded, word.line) {
            None => Ok(()),
            Some(first) => {
                let message = Message::new("error-funnel-twice").with("word", &word.value).with("first", first);
                Err(Mistake::new(reader.file, word.line, message))
            }
        }
    }
}

/// A table of the file: where it begins, and what it holds.
struct Table<'a, 'i> {
    reader: &'a Reader<'a>,
    span: Range<usize>,
    entries: &'a DeTable<'i>,
}

impl<'a, 'i> Table<'a, 'i> {
    fn get(&self, name: &str) -> Option<(Key<'a, 'i>, Entry<'a, 'i>)> {
        self.entries.get_key_value(name)
    }

    fn must(&self, name: &str) -> Result<(Key<'a, 'i>, Entry<'a, 'i>), Mistake> {
        let missing = || self.reader.mistake(self.span.start, Message::new("error-config-missing").with("key", name));
        self.get(name).ok_or_else(missing)
    }

    fn only(&self, known: &[&str]) -> Result<(), Mistake> {
        let stranger = self.entries.keys().find(|key| !known.contains(&key.get_ref().as_ref()));
        stranger.map_or(Ok(()), |key| Err(self.reader.unknown(key, known)))
    }

    /// A name for JSON and the command line.
    fn key(&self, seen: &mut Seen) -> Result<String, Mistake> {
        let (key, value) = self.must("key")?;
        let text = self.reader.text(key, value)?;
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
        if text.value.is_empty() || !text.value.chars().all(plain) {
            return Err(self.reader.refused(key, value, "a–z 0–9 - _"));
        }
        seen.note(self.reader, &text, text.value.clone())?;
        Ok(text.value)
    }

    /// Words in both languages.
    fn words(&self, name: &str) -> Result<Bilingual, Mistake> {
        let (key, value) = self.must(name)?;
        self.reader.words(key, value)
    }

    fn texts(&self, name: &str) -> Result<Vec<Placed<String>>, Mistake> {
        self.get(name).map_or_else(|| Ok(Vec::new()), |(key, value)| self.reader.texts(key, value))
    }
}

impl Reader<'_> {
    fn tables<'a, 'i>(&'a self, key: Key<'a, 'i>, value: Entry<'a, 'i>) -> Result<Vec<Table<'a, 'i>>, Mistake> {
        let wanted = |at: Entry| self.refused(key, at, &format!("[[{}]]", key.get_ref()));
        let list = value.get_ref().as_array().ok_or_else(|| wanted(value))?;
        let table = |entry: Entry<'a, 'i>| {
            let entries = entry.get_ref().as_table().ok_or_else(|| wanted(entry))?;
            Ok(Table { reader: self, span: entry.span(), entries })
        };
        list.iter().map(table).collect()
    }

    fn funnel(&self, table: &Table, keys: &mut Seen) -> Result<Funnel, Mistake> {
        table.only(&FUNNEL)?;
        let key = table.key(keys)?;
        let version = table.get("version").map(|(key, value)| self.whole(key, value, 1..=u32::MAX));
        let (stage_key, stages) = table.must("stage")?;
        let (mut keys, mut spellings, mut events) = (Seen::default(), Seen::default(), Seen::default());
        let tables = self.tables(stage_key, stages)?;
        if tables.len() < 2 {
            let message = Message::new("error-funnel-stages").with("funnel", &key);
            return Err(self.mistake(table.span.start, message));
        }
        let stage = tables.iter().map(|table| self.stage(table, [&mut keys, &mut spellings, &mut events]));
        let stage = stage.collect::<Result<_, _>>()?;
        Ok(Funnel { name: table.words("name")?, version: version.transpose()?.unwrap_or(1), stage, key })
    }

    /// A stage; its key, its spellings and its events may stand in no other stage of the funnel.
    fn stage(&self, table: &Table, [keys, spellings, events]: [&mut Seen; 3]) -> Result<Stage, Mistake> {
        table.only(&STAGE)?;
        let names = table.texts("names")?;
        names.iter().try_for_each(|name| spellings.note(self, name, fold(&name.value)))?;
        let told = table.texts("events")?;
        told.iter().try_for_each(|event| events.note(self, event, event.value.clone()))?;
        let event = |event: &Placed<String>, name: &str| {
            let choices = || Event::ALL.map(Event::key).join(", ");
            let message = || Message::new("error-config-value-of").with("key", name).with("choices", choices());
            let mistake = || Mistake::new(self.file, event.line, message().with("value", &event.value));
            Event::from_key(&event.value).ok_or_else(mistake)
        };
        let required = table.texts("required")?;
        required.iter().try_for_each(|fields| self.fields(fields))?;
        let confirmed_by = table.get("confirmed_by").map(|(key, value)| event(&self.text(key, value)?, "confirmed_by"));
        let short = table.get("short").map(|(key, value)| self.words(key, value));
        let optional = table.get("optional").map(|(key, value)| self.flag(key, value));
        let (days, expected) = table.must("expected_days")?;
        let key = table.key(keys)?;
        if told.is_empty() && names.is_empty() {
            return Err(self.mistake(table.span.start, Message::new("error-funnel-unreachable").with("stage", &key)));
        }
        Ok(Stage {
            key,
            name: table.words("name")?,
            short: short.transpose()?,
            events: told.iter().map(|told| event(told, "events")).collect::<Result<_, _>>()?,
            confirmed_by: confirmed_by.transpose()?,
            names: cleaned(names),
            optional: optional.transpose()?.unwrap_or(false),
            owner: table.words("owner")?,
            entry: table.words("entry")?,
            exit: table.words("exit")?,
            required: cleaned(required),
            expected_days: self.whole(days, expected, 1..=MOST_DAYS)?,
        })
    }

    /// Refuses what names no field of a person, a deal or an account: `a|b` names two.
    fn fields(&self, fields: &Placed<String>) -> Result<(), Mistake> {
        let objects = [Object::Person, Object::Opportunity, Object::Account];
        let known: BTreeSet<&str> = objects.iter().flat_map(|object| object.fields()).map(|field| field.key).collect();
        let Some(stranger) = fields.value.split('|').find(|field| !known.contains(field)) else { return Ok(()) };
        let message = match nearest(stranger, known.iter().copied()) {
            Some(meant) => Message::new("error-profile-field-meant").with("meant", meant),
            None => Message::new("error-profile-field"),
        };
        Err(Mistake::new(self.file, fields.line, message.with("key", stranger)))
    }

    /// `"Trial"` for both languages, or `{ en = "Trial", zh = "试用" }`; either may be missing.
    fn words(&self, key: Key, value: Entry) -> Result<Bilingual, Mistake> {
        let refused = |at: Entry| self.refused(key, at, "\"…\", { en = \"…\", zh = \"…\" }");
        let text = |entry: Entry| {
            let text = entry.get_ref().as_str().map(|text| clean(text).trim().to_owned());
            text.filter(|text| !text.is_empty()).ok_or_else(|| refused(entry))
        };
        let Some(table) = value.get_ref().as_table() else {
            let both = text(value)?;
            return Ok(Bilingual { en: both.clone(), zh: both });
        };
        let known = ["en", "zh"];
        if let Some(stranger) = table.keys().find(|key| !known.contains(&key.get_ref().as_ref())) {
            return Err(self.unknown(stranger, &known));
        }
        let [en, zh] = known.map(|lang| table.get(lang).map(text).transpose());
        let (en, zh) = (en?, zh?);
        let either = en.clone().or_else(|| zh.clone()).ok_or_else(|| refused(value))?;
        Ok(Bilingual { en: en.unwrap_or_else(|| either.clone()), zh: zh.unwrap_or(either) })
    }
}

/// Nothing of the file reaches a terminal as it is.
fn cleaned(texts: Vec<Placed<String>>) -> Vec<String> {
    texts.into_iter().map(|text| clean(&text.value).into_owned()).collect()
}

#[cfg(test)]
mod tests;
