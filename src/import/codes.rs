//! Which code a word stands for, in the words of `assets/catalog/codes.toml`.

use crate::domain::fold::fold;
use crate::domain::object::{Kind, Object};
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// Object → field → code → words.
type Catalog = BTreeMap<String, BTreeMap<String, BTreeMap<String, Vec<String>>>>;

/// Object and field → folded word → code.
type Codes = HashMap<(Object, &'static str), HashMap<String, i64>>;

static CODES: LazyLock<Codes> = LazyLock::new(|| {
    let catalog: Catalog = toml::from_str(include_str!("../../assets/catalog/codes.toml")).unwrap_or_default();
    let mut codes = HashMap::new();
    for object in Object::ALL {
        for field in object.fields() {
            let Kind::Code(words) = field.kind else { continue };
            let others = catalog.get(object.key()).and_then(|fields| fields.get(field.key));
            let mut known: HashMap<String, i64> = HashMap::new();
            for (code, word) in (0..).zip(words) {
                let others = others.and_then(|codes| codes.get(*word)).into_iter().flatten();
                known.extend(others.map(|other| (fold(other), code)));
                known.insert(fold(word), code);
            }
            codes.insert((object, field.key), known);
        }
    }
    codes
});

/// The code of a field that a word stands for.
pub(super) fn code_of(object: Object, field: &'static str, word: &str) -> Option<i64> {
    CODES.get(&(object, field))?.get(&fold(word)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_both_languages_are_read() {
        for (object, field, word, code) in [
            (Object::Touch, "kind", "Phone Call", Some(0)),
            (Object::Touch, "kind", "企业微信", Some(3)),
            (Object::Touch, "kind", "fax", None),
            (Object::ArrMovement, "kind", "Win-back", Some(4)),
            (Object::Tool, "layer", "数据层", Some(0)),
            (Object::Integration, "direction", "two-way", Some(1)),
            (Object::Integration, "name", "two-way", None),
        ] {
            assert_eq!(code_of(object, field, word), code, "{word}");
        }
    }

    #[test]
    fn the_catalogue_names_codes_that_exist_and_no_word_twice() {
        let catalog: Catalog = toml::from_str(include_str!("../../assets/catalog/codes.toml")).unwrap();
        for (object, fields) in &catalog {
            let object = Object::ALL.into_iter().find(|known| known.key() == object).unwrap();
            for (key, codes) in fields {
                let field = object.fields().iter().find(|field| field.key == key).unwrap();
                let Kind::Code(words) = field.kind else { panic!("{key} is no code") };
                assert!(words.iter().all(|word| codes.contains_key(*word)) && codes.len() == words.len(), "{key}");
                let all: Vec<String> =
                    codes.iter().flat_map(|(code, others)| others.iter().chain([code])).map(|w| fold(w)).collect();
                let once: std::collections::BTreeSet<_> = all.iter().collect();
                assert_eq!(once.len(), all.len(), "{key}: {all:?}");
            }
        }
    }
}
