//! An import in words: how files were understood, and what became of them. The command line and the screen say
//! the same.

mod drift;
mod preview;
mod summary;

pub use drift::{Change, changes};
pub use preview::{head, meaning, of_profile, target_words, text as preview};
pub use summary::{Advice, COUNTS, counts, left_out, remarks, summary};

use crate::i18n::Locale;

/// The name of a field in the user's language; its key where it has none.
#[must_use]
pub fn field_words(key: &str, locale: &Locale) -> String {
    let words = format!("field-{key}");
    if locale.has(&words) { locale.t(&words) } else { key.to_owned() }
}
