//! Objects and fields by the words that the screens have for them, in either language.

use crate::domain::fold::fold;
use crate::i18n::{Lang, Locale};
use crate::ops::import::As;

/// The kind of record that is called so: `商机`, `deals`, `Team member`.
#[must_use]
pub fn object(word: &str) -> Option<As> {
    let words = |object: As| {
        let of = object.object().key();
        [format!("as-{}", object.key()), format!("object-{of}"), format!("tui-object-{of}")]
    };
    in_any_language(|locale| As::ALL.into_iter().find(|object| is_called(word, &words(*object), locale)))
}

/// The key of the field of such a record that is called so: `负责人`, `close date`.
#[must_use]
pub fn field(object: As, word: &str) -> Option<&'static str> {
    let keys = || object.object().fields().iter().map(|field| field.key);
    in_any_language(|locale| keys().find(|key| is_called(word, &[format!("field-{key}")], locale)))
}

fn in_any_language<T>(find: impl FnMut(&Locale) -> Option<T>) -> Option<T> {
    Lang::ALL.map(Locale::new).iter().find_map(find)
}

fn is_called(word: &str, keys: &[String], locale: &Locale) -> bool {
    keys.iter().any(|key| locale.has(key) && fold(&locale.t(key)) == fold(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_are_understood() {
        for (word, expected) in [
            ("商机", Some(As::Opportunities)),
            ("客户", Some(As::Accounts)),
            ("线索", Some(As::Leads)),
            ("Team member", Some(As::Team)),
            ("天气", None),
        ] {
            assert_eq!(object(word), expected, "{word}");
        }
        for (word, expected) in
            [("负责人", Some("owner")), ("Close date", Some("close_date")), ("金额", Some("amount")), ("天气", None)]
        {
            assert_eq!(field(As::Opportunities, word), expected, "{word}");
        }
    }
}
