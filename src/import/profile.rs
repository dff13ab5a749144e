//! Mapping profiles: which header means which field, in TOML.
//!
//! ```toml
//! name = "our CRM"
//! object = "opportunities"
//! key = ["Deal No"]                  # columns that identify a record, when there is no id
//! [columns]                          # field = header, or several spellings of it
//! id = ["Deal No"]
//! owner_name = "Rep"                 # `owner_id`: by the CRM's id; `owner`: either
//! [values.stage]
//! "Signed" = "Closed Won"
//! [defaults]
//! currency = "EUR"
//! [formats]
//! date = ["%d/%m/%Y"]                # or their order alone: "dmy"
//! [worksheet]                        # what the system's own import takes: field = header
//! id = "Deal No"
//! ```
//!
//! One that the program saved has the `header` of its file besides, when it was saved (`saved_at`), and the columns
//! that are not read (`ignored`).

use super::dates::DateOrder;
use super::error::Error;
use crate::domain::intake::{As, Target};
use crate::domain::message::Message;
use crate::domain::spelling::nearest;
use crate::domain::time::Instant;
use std::collections::BTreeMap;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

/// A mapping profile.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Profile {
    /// What people call it.
    pub name: String,
    /// The system whose exports it reads.
    pub system: Option<String>,
    /// What its files hold.
    pub object: Option<As>,
    /// Field (`id`, `stage`, `owner_id`, `owner_name` …) → headers, the best first.
    pub columns: BTreeMap<String, Vec<String>>,
    /// Field → (text in the file, what it stands for).
    pub values: BTreeMap<String, Vec<(String, String)>>,
    /// Field → text for blank cells.
    pub defaults: BTreeMap<String, String>,
    /// `strftime` formats of dates.
    pub dates: Vec<String>,
    /// Columns that together identify a record.
    pub key: Vec<String>,
    /// What the system's own import takes: field → header.
    pub worksheet: BTreeMap<String, String>,
    /// Headers that say what the file holds without meaning a field.
    pub signs: Vec<String>,
    /// Order of dates that do not show it: `ymd`, `mdy` or `dmy` among the formats.
    pub order: Option<DateOrder>,
    /// Columns that are not read.
    pub ignored: Vec<String>,
    /// The header that the mapping was saved with. What stands in it and means no field is kept beside the record.
    pub header: Vec<String>,
    /// When it was saved.
    pub saved_at: Option<Instant>,
}

type Key<'a, 'i> = &'a Spanned<DeString<'i>>;
type Entry<'a, 'i> = &'a Spanned<DeValue<'i>>;

const TOP: &[&str] = &[
    "name",
    "system",
    "object",
    "columns",
    "values",
    "defaults",
    "formats",
    "worksheet",
    "key",
    "signs",
    "ignored",
    "header",
    "saved_at",
];

impl Profile {
    /// Reads a profile.
    ///
    /// # Errors
    /// [`Error::Profile`] with the line of the first mistake.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let reader = Reader { text };
        let root = DeTable::parse(text).map_err(|error| {
            let line = reader.line(error.span().map_or(0, |span| span.start));
            mistake(line, Message::new("error-profile-syntax").with("detail", error.message()))
        })?;
        let mut profile = Self::default();
        let root = root.get_ref();
        for (key, value) in root {
            if !TOP.contains(&key.get_ref().as_ref()) {
                return Err(reader.unknown(["error-profile-key", "error-profile-key-meant"], key, TOP.iter().copied()));
            }
            match key.get_ref().as_ref() {
                "name" => profile.name = reader.text_of(key, value)?,
                "system" => profile.system = Some(reader.text_of(key, value)?),
                "key" => profile.key = reader.texts_of(key, value)?,
                "signs" => profile.signs = reader.texts_of(key, value)?,
                "ignored" => profile.ignored = reader.texts_of(key, value)?,
                "header" => profile.header = reader.texts_of(key, value)?,
                "saved_at" => profile.saved_at = Some(reader.instant(key, value)?),
                "object" => profile.object = Some(reader.object(key, value)?),
                _ => {}
            }
        }
        // The sections are checked against the object, wherever in the file it is named.
        for (key, value) in root {
            match key.get_ref().as_ref() {
                "columns" => reader.columns(&mut profile, key, value)?,
                "values" => reader.values(&mut profile, key, value)?,
                "defaults" => reader.defaults(&mut profile, key, value)?,
                "formats" => reader.formats(&mut profile, key, value)?,
                "worksheet" => reader.worksheet(&mut profile, key, value)?,
                _ => {}
            }
        }
        Ok(profile)
    }
}

fn mistake(line: usize, message: Message) -> Error {
    Error::Profile { line, message: message.with("line", line) }
}

struct Reader<'a> {
    text: &'a str,
}

impl Reader<'_> {
    fn line(&self, offset: usize) -> usize {
        1 + self.text.bytes().take(offset).filter(|&b| b == b'\n').count()
    }

    fn wrong_type(&self, key: Key, wanted: &'static str) -> Error {
        let line = self.line(key.span().start);
        mistake(line, Message::new("error-profile-type").with("key", key.get_ref()).with("wanted", wanted))
    }

    /// An unknown word, with the known one it resembles; `messages` are the sentences without and with it.
    fn unknown<'k>(&self, messages: [&'static str; 2], key: Key, known: impl IntoIterator<Item = &'k str>) -> Error {
        let [plain, with_meant] = messages;
        let message = match nearest(key.get_ref(), known) {
            Some(meant) => Message::new(with_meant).with("meant", meant),
            None => Message::new(plain),
        };
        mistake(self.line(key.span().start), message.with("key", key.get_ref()))
    }

    fn text_of(&self, key: Key, value: Entry) -> Result<String, Error> {
        value.get_ref().as_str().map(str::to_owned).ok_or_else(|| self.wrong_type(key, "text"))
    }

    fn texts_of(&self, key: Key, value: Entry) -> Result<Vec<String>, Error> {
        if let Some(one) = value.get_ref().as_str() {
            return Ok(vec![one.to_owned()]);
        }
        let list = value.get_ref().as_array().ok_or_else(|| self.wrong_type(key, "list"))?;
        list.iter().map(|entry| self.text_of(key, entry)).collect()
    }

    fn instant(&self, key: Key, value: Entry) -> Result<Instant, Error> {
        Instant::parse_rfc3339(&self.text_of(key, value)?).ok_or_else(|| self.wrong_type(key, "instant"))
    }

    fn table_of<'a, 'i>(&self, key: Key, value: &'a Spanned<DeValue<'i>>) -> Result<&'a DeTable<'i>, Error> {
        value.get_ref().as_table().ok_or_else(|| self.wrong_type(key, "table"))
    }

    fn object(&self, key: Key, value: Entry) -> Result<As, Error> {
        let text = self.text_of(key, value)?;
        As::parse(&text).ok_or_else(|| {
            let message = Message::new("error-profile-object").with("value", &text).with("choices", As::choices());
            mistake(self.line(value.span().start), message)
        })
    }

    /// The field that a key of a section names; the id only where it may stand.
    fn field(&self, profile: &Profile, key: Key, with_id: bool) -> Result<String, Error> {
        let name = key.get_ref();
        let objects: Vec<As> = profile.object.map_or_else(|| As::ALL.to_vec(), |object| vec![object]);
        let fits = |object: &As| Target::of(*object, name).is_some_and(|target| with_id || target.position().is_some());
        if objects.iter().any(fits) {
            return Ok(name.to_string());
        }
        let known = objects.iter().flat_map(|object| object.object().fields().iter().map(|field| field.key));
        Err(self.unknown(
            ["error-profile-field", "error-profile-field-meant"],
            key,
            known.chain(["id"]).collect::<std::collections::BTreeSet<_>>(),
        ))
    }

    fn columns(&self, profile: &mut Profile, key: Key, value: Entry) -> Result<(), Error> {
        for (field, headers) in self.table_of(key, value)? {
            let name = self.field(profile, field, true)?;
            profile.columns.insert(name, self.texts_of(field, headers)?);
        }
        Ok(())
    }

    fn worksheet(&self, profile: &mut Profile, key: Key, value: Entry) -> Result<(), Error> {
        for (field, header) in self.table_of(key, value)? {
            let name = self.field(profile, field, true)?;
            profile.worksheet.insert(name, self.text_of(field, header)?);
        }
        Ok(())
    }

    fn values(&self, profile: &mut Profile, key: Key, value: Entry) -> Result<(), Error> {
        for (field, table) in self.table_of(key, value)? {
            let name = self.field(profile, field, false)?;
            let mut pairs = Vec::new();
            for (from, to) in self.table_of(field, table)? {
                pairs.push((from.get_ref().to_string(), self.text_of(from, to)?));
            }
            profile.values.insert(name, pairs);
        }
        Ok(())
    }

    fn defaults(&self, profile: &mut Profile, key: Key, value: Entry) -> Result<(), Error> {
        for (field, text) in self.table_of(key, value)? {
            let name = self.field(profile, field, false)?;
            profile.defaults.insert(name, self.text_of(field, text)?);
        }
        Ok(())
    }

    fn formats(&self, profile: &mut Profile, key: Key, value: Entry) -> Result<(), Error> {
        for (kind, formats) in self.table_of(key, value)? {
            if kind.get_ref() != "date" {
                return Err(self.unknown(["error-profile-key", "error-profile-key-meant"], kind, ["date"]));
            }
            let (orders, dates): (Vec<String>, Vec<String>) =
                self.texts_of(kind, formats)?.into_iter().partition(|format| DateOrder::parse(format).is_some());
            profile.order = orders.first().and_then(|order| DateOrder::parse(order));
            profile.dates = dates;
            let is_wrong = |format: &&String| {
                chrono::format::StrftimeItems::new(format).any(|item| item == chrono::format::Item::Error)
            };
            if let Some(wrong) = profile.dates.iter().find(is_wrong) {
                let line = self.line(formats.span().start);
                return Err(mistake(line, Message::new("error-profile-format").with("format", wrong)));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_section() {
        let text = r#"
            name = "ours"
            system = "crm"
            object = "opportunities"
            key = ["external_id"]
            [columns]
            stage = ["Phase", "Step"]
            owner_name = "Rep"
            [values.stage]
            "Signed" = "won"
            [defaults]
            currency = "EUR"
            [formats]
            date = ["%m/%d/%Y", "dmy"]
        "#;
        let profile = Profile::parse(text).unwrap();
        assert_eq!(profile.object, Some(As::Opportunities));
        assert_eq!(profile.columns["stage"], ["Phase", "Step"]);
        assert_eq!(profile.columns["owner_name"], ["Rep"]);
        assert_eq!(profile.values["stage"], [("Signed".to_owned(), "won".to_owned())]);
        assert_eq!(profile.order, Some(DateOrder::Dmy));
        assert_eq!((profile.key, profile.dates), (vec!["external_id".to_owned()], vec!["%m/%d/%Y".to_owned()]));
    }

    #[test]
    fn a_mistake_is_explained_by_line() {
        for (text, line, key, meant) in [
            ("object = \"opportunities\"\n\n[columns]\nstagee = \"X\"", 4, "error-profile-field-meant", Some("stage")),
            ("colums = 1", 1, "error-profile-key-meant", Some("columns")),
            ("[columns]\nstage = 3", 2, "error-profile-type", None),
            ("name = \"x\"\nobject = \"tables\"", 2, "error-profile-object", None),
            ("name = \"x\"\n[columns", 2, "error-profile-syntax", None),
            ("[formats]\ndate = \"%Q!\"", 2, "error-profile-format", None),
        ] {
            let Err(Error::Profile { line: at, message }) = Profile::parse(text) else { panic!("{text}") };
            assert_eq!((at, message.key), (line, key), "{text}");
            let found = message.args.iter().find(|(name, _)| *name == "meant").map(|(_, value)| value.as_str());
            assert_eq!(found, meant, "{text}");
        }
    }
}
