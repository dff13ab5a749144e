//! What is different about the columns of a file, as a diff against the mapping that reads it.

use super::preview::target_words;
use crate::domain::intake::{As, Drift, Gone, Target};
use crate::domain::message::Message;
use crate::i18n::Locale;

/// One line of the diff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// `-` for a column that is gone, `+` for a new one.
    pub sign: char,
    /// Name of the column.
    pub column: String,
    /// What that means, in words; empty for a column without a field that nobody misses.
    pub words: String,
    /// Whether something that was read is not read any more.
    pub is_loss: bool,
}

/// The lines of the diff: what is gone, then what is new.
#[must_use]
pub fn changes(drift: &Drift, object: As, locale: &Locale) -> Vec<Change> {
    let gone = drift.gone.iter().map(|gone| Change {
        sign: '-',
        column: gone.column.clone(),
        words: locale.tell(&lost(gone, object, locale)),
        is_loss: gone.field.is_some() && gone.now.is_none(),
    });
    let new = drift.new.iter().map(|column| {
        let before = drift.gone.iter().find(|gone| gone.meant.as_ref() == Some(column));
        let words = before.map(|gone| locale.tell(&Message::new("drift-probably").with("column", &gone.column)));
        Change { sign: '+', column: column.clone(), words: words.unwrap_or_default(), is_loss: false }
    });
    gone.chain(new).collect()
}

fn lost(gone: &Gone, object: As, locale: &Locale) -> Message {
    let target = gone.field.as_deref().and_then(|field| Target::of(object, field));
    let Some(target) = target else { return Message::new("drift-kept") };
    let field = target_words(object, target, locale);
    match (&gone.now, &gone.meant) {
        (Some(now), _) => Message::new("drift-now").with("field", field).with("now", now),
        (None, Some(meant)) => Message::new("drift-meant").with("field", field).with("meant", meant),
        (None, None) => Message::new("drift-lost").with("field", field),
    }
}
