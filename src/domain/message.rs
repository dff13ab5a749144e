//! Sentences for the user that are not yet in a language.

/// A key of `assets/locales` with its arguments; the edge (`cli`, `tui`, `export`) turns it into words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Message key, for example `error-file-missing`.
    pub key: &'static str,
    /// Named arguments in the order they were given.
    pub args: Vec<(&'static str, String)>,
}

impl Message {
    /// A message without arguments.
    #[must_use]
    pub fn new(key: &'static str) -> Self {
        Self { key, args: Vec::new() }
    }

    /// Adds a named argument.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }
}

/// Something that can be told to the user in one clear sentence: what happened, where, what to do.
pub trait Tell {
    /// The sentence.
    fn tell(&self) -> Message;
}
