//! `handoff rules`: which rules hold, and others in their place.

use super::super::args::{Args, Format, RulesCommand, RulesFormat};
use super::super::output::{Failure, failed, print};
use super::super::show::reader;
use crate::analysis::handoff::{RulesShown, rules_shown};
use crate::domain::facts::Facts;
use crate::domain::handoff::{Bodies, Edit, Kind, Mistake, Own, Place, Rules};
use crate::domain::message::{Message, Tell};
use crate::domain::value::ActionId;
use crate::export;
use crate::i18n::Locale;
use crate::ops::{Session, rules_text};
use serde::Serialize;
use std::path::Path;

/// What holds in a store.
pub(super) struct Held {
    pub(super) facts: Facts,
    bodies: Bodies,
    pub(super) own: Own,
    pub(super) rules: Rules,
}

impl Held {
    pub(super) fn read(args: &Args, locale: &Locale) -> Result<Self, Failure> {
        let facts = reader(args, locale)?.facts().map_err(failed(locale))?;
        let bodies = Bodies::of(&facts);
        let own = Own::read(&bodies).map_err(wrong(locale))?;
        let rules = Rules::new(own.clone(), &args.home).map_err(wrong(locale))?;
        Ok(Self { facts, bodies, own, rules })
    }

    /// The same with these changes.
    pub(super) fn edited(&self, args: &Args, edits: &[Edit], locale: &Locale) -> Result<Own, Failure> {
        self.own.edited(edits, &args.home).map_err(wrong(locale))
    }

    /// Keeps them as one action.
    pub(super) fn keep(&self, args: &Args, own: &Own, locale: &Locale) -> Result<ActionId, Failure> {
        keep(args, own, &self.bodies, locale)
    }

    /// What words such as `ms/hot target=10m warn=0.8` mean: a word without `=` names what those behind it are of.
    pub(super) fn edits(&self, words: &[String], locale: &Locale) -> Result<Vec<Edit>, Failure> {
        let usage = |key, word: &str| Failure::usage(&Message::new(key).with("word", word), locale);
        let (mut edits, mut place, mut bare) = (Vec::new(), None, None);
        for word in words {
            match (word.split_once('='), &place, bare) {
                (None, _, Some(bare)) => return Err(usage("usage-which-field", bare)),
                (None, _, None) => {
                    place = Some(self.place(word).map_err(wrong(locale))?);
                    bare = Some(word);
                }
                (Some(_), None, _) => return Err(usage("usage-of-which-policy", word)),
                (Some((field, value)), Some(place), _) => {
                    edits.push(Edit::worded(place, field, value).map_err(wrong(locale))?);
                    bare = None;
                }
            }
        }
        bare.map_or(Ok(edits), |bare| Err(usage("usage-which-field", bare)))
    }

    /// A policy, a hand-off, or else a calendar.
    fn place(&self, word: &str) -> Result<Place, Mistake> {
        let calendar = || self.rules.calendar_called(word).map(|calendar| Place::Calendar(calendar.key.clone()));
        self.rules.place(word).or_else(|mistake| calendar().ok_or(mistake))
    }
}

/// Tells what is wrong: the words of the command line, or what they say.
pub(super) fn wrong(locale: &Locale) -> impl Fn(Mistake) -> Failure + '_ {
    |mistake| match mistake {
        Mistake::Place { .. } | Mistake::Field { .. } => Failure::usage(&mistake.tell(), locale),
        mistake => Failure::input(&mistake.tell(), locale),
    }
}

fn keep(args: &Args, own: &Own, seen: &Bodies, locale: &Locale) -> Result<ActionId, Failure> {
    let mut session = Session::open(args.setup()).map_err(failed(locale))?;
    session.define(own, seen).map_err(failed(locale))
}

/// The text of a file. One that says nothing would take away what it should bring.
pub(super) fn of_file(file: &Path, locale: &Locale) -> Result<String, Failure> {
    let text = rules_text(file).map_err(failed(locale))?;
    if text.trim().is_empty() {
        let message = Message::new("error-rules-empty").with("file", file.display());
        return Err(Failure::input(&message, locale));
    }
    Ok(text)
}

#[derive(Serialize)]
struct Changed<'r> {
    action: i64,
    #[serde(flatten)]
    rules: &'r RulesShown,
}

/// Runs `handoff rules`.
pub fn run(args: &Args, what: Option<&RulesCommand>, format: RulesFormat, locale: &Locale) -> Result<(), Failure> {
    let (own, action, format) = match what {
        None => return print(&shown(&Held::read(args, locale)?, format, locale)?),
        Some(RulesCommand::Set { words, format }) => {
            let held = Held::read(args, locale)?;
            let own = held.edited(args, &held.edits(words, locale)?, locale)?;
            let action = held.keep(args, &own, locale)?;
            (own, action, *format)
        }
        Some(RulesCommand::Reset { format }) => {
            // Rules that cannot be read can be given up all the same.
            let seen = Bodies::of(&reader(args, locale)?.facts().map_err(failed(locale))?);
            let calendars = Bodies { handoffs: String::new(), ..seen.clone() };
            let own = Own::read(&calendars).map_err(wrong(locale))?;
            let action = keep(args, &own, &seen, locale)?;
            (own, action, *format)
        }
        Some(RulesCommand::Load { file, format }) => {
            let held = Held::read(args, locale)?;
            let kinds = Kind::read(&of_file(file, locale)?).map_err(wrong(locale))?;
            let own = Own { kinds: Some(kinds), ..held.own.clone() };
            own.checked(&args.home).map_err(wrong(locale))?;
            let action = held.keep(args, &own, locale)?;
            (own, action, *format)
        }
    };
    let rules = Rules::new(own.clone(), &args.home).map_err(wrong(locale))?;
    let rules = rules_shown(&rules, &own);
    print(&match format {
        Format::Text => {
            let done = locale.tell(&Message::new("rules-done").with("action", action));
            format!("{done}\n{}", export::handoff::rules(&rules, locale))
        }
        _ => export::json::object(&Changed { action: action.0, rules: &rules }),
    })
}

fn shown(held: &Held, format: RulesFormat, locale: &Locale) -> Result<String, Failure> {
    let rules = rules_shown(&held.rules, &held.own);
    Ok(match format {
        RulesFormat::Text => export::handoff::rules(&rules, locale),
        RulesFormat::Json => export::json::object(&rules),
        RulesFormat::Toml => Kind::write(&held.rules.kinds).map_err(wrong(locale))?,
    })
}
