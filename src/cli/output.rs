//! Where text goes, and how a command fails.

use crate::domain::message::{Message, Tell};
use crate::i18n::Locale;
use crate::ops::Error;
use std::io::Write as _;

/// Why a command ends early.
#[derive(Debug)]
pub enum Failure {
    /// Nothing failed: help or version was asked for, or the reader closed the pipe.
    Done(String),
    /// The words on the command line are wrong.
    Usage(Sentence),
    /// The input is wrong.
    Input(Sentence),
    /// The input is wrong, and what was printed says so.
    Told,
    /// The store has a problem.
    Store(Sentence),
    /// The check found something.
    Findings,
    /// The user stopped it.
    Stopped(Sentence),
}

/// What the user is told, and the key by which the log knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// The key.
    pub key: &'static str,
    /// The words.
    pub words: String,
}

impl Sentence {
    /// A message in the user's language.
    #[must_use]
    pub fn new(message: &Message, locale: &Locale) -> Self {
        Self { key: message.key, words: locale.tell(message) }
    }
}

impl Failure {
    /// The exit code: 0 done, 1 findings, 2 wrong usage, 3 bad input, 4 store problem, 130 stopped.
    #[must_use]
    pub fn code(&self) -> u8 {
        match self {
            Self::Done(_) => 0,
            Self::Findings => 1,
            Self::Usage(_) => 2,
            Self::Input(_) | Self::Told => 3,
            Self::Store(_) => 4,
            Self::Stopped(_) => 130,
        }
    }

    /// The failure of a use case, told in the user's language.
    #[must_use]
    pub fn of(error: &Error, locale: &Locale) -> Self {
        let sentence = Sentence::new(&error.tell(), locale);
        if matches!(error, Error::Stopped) {
            return Self::Stopped(sentence);
        }
        if error.is_usage() {
            return Self::Usage(sentence);
        }
        if error.is_bad_input() { Self::Input(sentence) } else { Self::Store(sentence) }
    }

    /// The sentence alone, for those who show it in their own way.
    #[must_use]
    pub fn into_sentence(self) -> String {
        match self {
            Self::Done(text) => text,
            Self::Usage(told) | Self::Input(told) | Self::Store(told) | Self::Stopped(told) => told.words,
            Self::Findings | Self::Told => String::new(),
        }
    }

    /// The key of the sentence, where there is one.
    #[must_use]
    pub const fn key(&self) -> Option<&'static str> {
        match self {
            Self::Usage(told) | Self::Input(told) | Self::Store(told) | Self::Stopped(told) => Some(told.key),
            Self::Done(_) | Self::Findings | Self::Told => None,
        }
    }

    /// A wrong use of the command line.
    #[must_use]
    pub fn usage(message: &Message, locale: &Locale) -> Self {
        Self::Usage(Sentence::new(message, locale))
    }

    /// Something wrong with the input.
    #[must_use]
    pub fn input(message: &Message, locale: &Locale) -> Self {
        Self::Input(Sentence::new(message, locale))
    }

    /// The terminal, or what takes its place, cannot be used.
    #[must_use]
    pub fn terminal(cause: impl ToString) -> Self {
        Self::Store(Sentence { key: "tui-error-terminal", words: cause.to_string() })
    }
}

/// Prints a result, cleaned line by line: nothing from data or file names may reach the terminal as a
/// command. A closed pipe is not an error: whoever reads has seen enough.
///
/// # Errors
/// [`Failure`] when standard output cannot be written.
pub fn print(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    let clean: String = text
        .split_inclusive('\n')
        .map(|line| match line.strip_suffix('\n') {
            Some(line) => format!("{}\n", crate::text::clean(line)),
            None => crate::text::clean(line).into_owned(),
        })
        .collect();
    let written = out.write_all(clean.as_bytes()).and_then(|()| out.flush());
    match written {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Err(Failure::Done(String::new())),
        Err(error) => Err(Failure::terminal(error)),
        Ok(()) => Ok(()),
    }
}

/// Tells the failure of a use case.
pub(super) fn failed(locale: &Locale) -> impl Fn(Error) -> Failure + '_ {
    |error| Failure::of(&error, locale)
}
