//! Words: every sentence a user reads comes from `assets/locales`, in the chosen language.

mod causes;
mod format;

use crate::domain::funnel::Bilingual;
use crate::domain::message::Message;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::types::{FluentNumber, FluentNumberOptions};
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

pub use format::Amounts;

/// A language of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// 简体中文.
    ZhCn,
}

impl Lang {
    /// Every language, in the order in which the language key walks through them.
    pub const ALL: [Self; 2] = [Self::En, Self::ZhCn];

    /// The tag in `--lang`, in settings and in `assets/locales`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::ZhCn => "zh-CN",
        }
    }

    /// Two letters for the corner of the screen.
    #[must_use]
    pub const fn badge(self) -> &'static str {
        match self {
            Self::En => "EN",
            Self::ZhCn => "中",
        }
    }

    /// Reads a tag or a POSIX locale: `zh-CN`, `zh_CN.UTF-8`, `en`; `None` for other languages.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let language = text.split(['-', '_', '.', '@']).next()?.to_ascii_lowercase();
        match language.as_str() {
            "en" => Some(Self::En),
            "zh" => Some(Self::ZhCn),
            _ => None,
        }
    }

    /// The language to speak: what was asked for, else `REVOPS_LANG`, else the settings file's, else the
    /// first of `LC_ALL`, `LC_MESSAGES` and `LANG` that is set (the order of POSIX), else English.
    #[must_use]
    pub fn detect(asked: Option<Self>, configured: Option<Self>, variable: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        asked
            .or_else(|| set("REVOPS_LANG").and_then(|value| Self::parse(&value)))
            .or(configured)
            .or_else(|| ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(set).and_then(|v| Self::parse(&v)))
            .unwrap_or_default()
    }

    /// The language after this one.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::En => Self::ZhCn,
            Self::ZhCn => Self::En,
        }
    }

    const fn source(self) -> &'static str {
        match self {
            Self::En => include_str!("../assets/locales/en.ftl"),
            Self::ZhCn => include_str!("../assets/locales/zh-CN.ftl"),
        }
    }
}

/// The words of one language, and how it writes numbers.
pub struct Locale {
    lang: Lang,
    bundle: FluentBundle<FluentResource>,
}

impl Locale {
    /// The words of `lang`.
    #[must_use]
    pub fn new(lang: Lang) -> Self {
        let id: LanguageIdentifier = lang.tag().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        // Or U+2068 and U+2069 around every argument reach the screen.
        bundle.set_use_isolating(false);
        // A damaged line loses its own message only; tests read both files and refuse any.
        let (Ok(resource) | Err((resource, _))) = FluentResource::try_new(lang.source().to_owned());
        bundle.add_resource_overriding(resource);
        // `{ NUMBER($n) }` writes 12,345; a bare `{ $n }` writes the argument as it was given.
        let grouped = bundle.add_function("NUMBER", |values, _| match values.first() {
            Some(FluentValue::Number(number)) => FluentValue::from(format::grouped(number.value as i64)),
            Some(other) => other.clone(),
            None => FluentValue::Error,
        });
        debug_assert!(grouped.is_ok(), "NUMBER is added once");
        Self { lang, bundle }
    }

    /// The language.
    #[must_use]
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// The words of a key; the key itself when there are none, so that a gap shows and nothing stops.
    #[must_use]
    pub fn t(&self, key: &str) -> String {
        self.say(key, &[])
    }

    /// A message in words.
    #[must_use]
    pub fn tell(&self, message: &Message) -> String {
        self.say(message.key, &message.args)
    }

    /// A text of the catalogue in this language.
    #[must_use]
    pub fn pick<'t>(&self, text: &'t Bilingual) -> &'t str {
        match self.lang {
            Lang::En => &text.en,
            Lang::ZhCn => &text.zh,
        }
    }

    /// Whether there are words for a key.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }

    fn say(&self, key: &str, args: &[(&'static str, String)]) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        let args: FluentArgs = args.iter().map(|(name, value)| (*name, argument(&self.word(name, value)))).collect();
        let mut gaps = Vec::new();
        self.bundle.format_pattern(pattern, Some(&args), &mut gaps).into_owned()
    }

    /// Fields, objects and the system's reasons are called by their keys where nobody knows the language yet.
    fn word(&self, name: &str, value: &str) -> String {
        let words = match name {
            "field" | "wanted" => self.words(&["field"], value),
            "object" | "asked" => self.words(&["as", "object"], value),
            // In English the keys are the words.
            "kinds" if self.lang != Lang::En => self.words(&["as"], value),
            "words" => self.words(&["word"], value),
            "cause" => causes::key_of(value).map(|key| self.t(key)),
            _ => None,
        };
        words.unwrap_or_else(|| value.to_owned())
    }

    /// A list of keys in words, if all of them have some.
    fn words(&self, prefixes: &[&str], list: &str) -> Option<String> {
        let word = |key: &str| {
            let mut keys = prefixes.iter().map(|prefix| format!("{prefix}-{key}"));
            keys.find(|key| self.has(key)).map(|key| self.t(&key))
        };
        let words: Option<Vec<String>> = list.split(", ").map(word).collect();
        Some(words?.join(&self.t("list-separator")))
    }
}

/// Whole numbers become numbers, so that `{ $n -> [one] … }` works; everything else stays the text it
/// was, `007` and file names included.
fn argument(value: &str) -> FluentValue<'static> {
    match value.parse::<i64>() {
        Ok(number) if number.to_string() == value => {
            // A case like `[0]` is met only by a number with the same options.
            FluentValue::Number(FluentNumber::new(number as f64, FluentNumberOptions::default()))
        }
        _ => FluentValue::from(value.to_owned()),
    }
}

#[cfg(test)]
mod tests;
