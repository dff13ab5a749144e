//! What something on the screen is called: by the data, or in our own words.

use super::look::Look;
use crate::domain::funnel::Bilingual;
use crate::domain::message::Message;
use crate::text::Clean;

/// A name that can be said in either language, also after the language has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Name {
    /// As the data calls it.
    Data(String),
    /// In our own words.
    Told(Message),
    /// As the catalogue calls it.
    Catalogue(Bilingual),
}

impl Name {
    /// In our own words, without arguments.
    #[must_use]
    pub fn key(key: &'static str) -> Self {
        Self::Told(Message::new(key))
    }

    /// The words.
    #[must_use]
    pub fn words(&self, look: &Look<'_>) -> Clean {
        match self {
            Self::Data(name) => name.as_str().into(),
            Self::Told(message) => look.locale.tell(message).into(),
            Self::Catalogue(text) => look.locale.pick(text).into(),
        }
    }
}
