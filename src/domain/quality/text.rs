//! Rules as people write them; `assets/catalog/quality.toml` says what each word means.

use super::test::field;
use super::{Check, Dimension, Format, Rule, Severity, Test};
use crate::domain::funnel::Bilingual;
use crate::domain::message::{Message, Tell};
use crate::domain::object::{Field, Kind, Object};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// Why a text is no rule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Mistake {
    /// It is not TOML, or has a name that nothing is known by.
    #[error("no rules: {0}")]
    Syntax(String),
    /// A kind of record that there is not.
    #[error("rule {rule}: no object {word}")]
    Object {
        /// Of which rule.
        rule: String,
        /// As it was written.
        word: String,
    },
    /// A field that the object does not have, or that cannot be checked so.
    #[error("rule {rule}: no field {word}")]
    Field {
        /// Of which rule.
        rule: String,
        /// As it was written.
        word: String,
    },
    /// A condition that cannot be read from this part on.
    #[error("rule {rule}: {word} cannot be read in {test}")]
    Test {
        /// Of which rule.
        rule: String,
        /// The condition.
        test: String,
        /// The part.
        word: String,
    },
    /// A form that there is not, or a pattern that cannot be read.
    #[error("rule {rule}: no form {word}")]
    Format {
        /// Of which rule.
        rule: String,
        /// As it was written.
        word: String,
    },
    /// No check, or several.
    #[error("rule {0}: one check is needed")]
    Check(String),
    /// A list of words that there is not.
    #[error("rule {rule}: no list {word}")]
    List {
        /// Of which rule.
        rule: String,
        /// As it was written.
        word: String,
    },
    /// Two of one key.
    #[error("two rules {0}")]
    Twice(String),
}

impl Tell for Mistake {
    fn tell(&self) -> Message {
        let of = |key: &'static str, rule: &str, word: &str| Message::new(key).with("rule", rule).with("word", word);
        match self {
            Self::Syntax(reason) => Message::new("error-rule-syntax").with("reason", reason),
            Self::Object { rule, word } => of("error-rule-object", rule, word),
            Self::Field { rule, word } => of("error-rule-field", rule, word),
            Self::Test { rule, test, word } => of("error-rule-test", rule, word).with("test", test),
            Self::Format { rule, word } => of("error-rule-format", rule, word),
            Self::Check(rule) => Message::new("error-rule-check").with("rule", rule),
            Self::List { rule, word } => of("error-rule-list", rule, word),
            Self::Twice(rule) => Message::new("error-rule-twice").with("rule", rule),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    list: BTreeMap<String, Vec<String>>,
    rule: Vec<Written>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    key: String,
    object: String,
    dimension: Dimension,
    severity: Severity,
    #[serde(default)]
    when: Vec<String>,
    check: WrittenCheck,
    name: Bilingual,
    hint: Bilingual,
    owner: Bilingual,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct WrittenCheck {
    required: Option<OneOrMore>,
    format: Option<OfField>,
    allowed: Option<AllowedWords>,
    holds: Option<String>,
    described: Option<String>,
    spelled: Option<SpelledWords>,
    unique: Option<OneOrMore>,
    age_of_closed: Option<bool>,
    agreed: Option<bool>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OfField {
    field: String,
    form: Option<String>,
    pattern: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AllowedWords {
    field: String,
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SpelledWords {
    field: String,
    list: Option<String>,
}

impl Rule {
    /// The rules of a file.
    ///
    /// # Errors
    /// What is wrong first; nothing is guessed.
    pub fn read(text: &str) -> Result<Vec<Self>, Mistake> {
        let file: File = toml::from_str(text).map_err(|error| Mistake::Syntax(error.to_string()))?;
        let rules: Vec<Self> = file.rule.into_iter().map(|rule| one(rule, &file.list)).collect::<Result<_, _>>()?;
        let mut keys = BTreeSet::new();
        match rules.iter().find(|rule| !keys.insert(rule.key.clone())) {
            Some(twice) => Err(Mistake::Twice(twice.key.clone())),
            None => Ok(rules),
        }
    }
}

fn one(written: Written, lists: &BTreeMap<String, Vec<String>>) -> Result<Rule, Mistake> {
    let rule = written.key.clone();
    let object = Object::ALL.into_iter().find(|object| object.key() == written.object);
    let object = object.ok_or_else(|| Mistake::Object { rule: rule.clone(), word: written.object.clone() })?;
    let reading = Reading { rule: &rule, object, lists };
    let when = written.when.iter().map(|test| reading.test(test)).collect::<Result<_, _>>()?;
    let check = reading.check(written.check)?;
    let Written { dimension, severity, name, hint, owner, .. } = written;
    Ok(Rule { key: rule, object, dimension, severity, when, check, name, hint, owner })
}

/// A rule while it is read.
struct Reading<'r> {
    rule: &'r str,
    object: Object,
    lists: &'r BTreeMap<String, Vec<String>>,
}

impl Reading<'_> {
    fn check(&self, written: WrittenCheck) -> Result<Check, Mistake> {
        let WrittenCheck { required, format, allowed, holds, described, spelled, unique, age_of_closed, agreed } =
            written;
        let mut checks = Vec::new();
        if let Some(fields) = required {
            checks.push(Check::Required(self.fields(fields)?));
        }
        if let Some(of) = format {
            checks.push(self.format(of)?);
        }
        if let Some(of) = allowed {
            checks.push(Check::Allowed(self.text(&of.field)?, of.words));
        }
        if let Some(test) = holds {
            checks.push(Check::Holds(self.test(&test)?));
        }
        if let Some(key) = described {
            let field = self.field(&key)?;
            let can = matches!(field.kind, Kind::Reference(object) if object.may_be_named_only());
            checks.push(Check::Described(field));
            if !can {
                return Err(self.no_field(&key));
            }
        }
        if let Some(of) = spelled {
            let words = match &of.list {
                None => Vec::new(),
                Some(name) => self.lists.get(name).cloned().ok_or_else(|| self.list(name))?,
            };
            checks.push(Check::Spelled(self.text(&of.field)?, words));
        }
        if let Some(fields) = unique {
            checks.push(Check::Unique(self.fields(fields)?));
        }
        checks.extend(age_of_closed.filter(|on| *on && self.object == Object::Opportunity).map(|_| Check::AgeOfClosed));
        checks.extend(agreed.filter(|on| *on).map(|_| Check::Agreed));
        let first = checks.pop().filter(|_| checks.is_empty());
        first.ok_or_else(|| Mistake::Check(self.rule.to_owned()))
    }

    fn format(&self, of: OfField) -> Result<Check, Mistake> {
        let wrong = |word: &str| Mistake::Format { rule: self.rule.to_owned(), word: word.to_owned() };
        let format = match (&of.form, &of.pattern) {
            (Some(form), None) => Format::from_key(form).ok_or_else(|| wrong(form))?,
            (None, Some(pattern)) => {
                Format::Pattern(regex::Regex::new(&format!("^(?:{pattern})$")).map_err(|_| wrong(pattern))?)
            }
            _ => return Err(Mistake::Check(self.rule.to_owned())),
        };
        Ok(Check::Format(self.text(&of.field)?, format))
    }

    fn test(&self, text: &str) -> Result<Test, Mistake> {
        let wrong = |word: String| Mistake::Test { rule: self.rule.to_owned(), test: text.to_owned(), word };
        Test::read(self.object, text).map_err(wrong)
    }

    fn field(&self, key: &str) -> Result<&'static Field, Mistake> {
        field(self.object, key).ok_or_else(|| self.no_field(key))
    }

    /// A field of text.
    fn text(&self, key: &str) -> Result<&'static Field, Mistake> {
        let field = self.field(key)?;
        if field.kind.is_text() { Ok(field) } else { Err(self.no_field(key)) }
    }

    fn fields(&self, keys: OneOrMore) -> Result<Vec<&'static Field>, Mistake> {
        let keys = match keys {
            OneOrMore::One(key) => vec![key],
            OneOrMore::More(keys) => keys,
        };
        if keys.is_empty() {
            return Err(Mistake::Check(self.rule.to_owned()));
        }
        keys.iter().map(|key| self.field(key)).collect()
    }

    fn no_field(&self, word: &str) -> Mistake {
        Mistake::Field { rule: self.rule.to_owned(), word: word.to_owned() }
    }

    fn list(&self, word: &str) -> Mistake {
        Mistake::List { rule: self.rule.to_owned(), word: word.to_owned() }
    }
}
