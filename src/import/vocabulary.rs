//! Which values of a file look misspelt.

use crate::domain::spelling::{Suspect, nearest, suspects};
use serde::Deserialize;
use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

#[derive(Deserialize, Default)]
struct Vocabulary {
    countries: Vec<String>,
    industries: Vec<String>,
}

static VOCABULARY: LazyLock<Vocabulary> =
    LazyLock::new(|| toml::from_str(include_str!("../../assets/catalog/vocabulary.toml")).unwrap_or_default());

/// Fields whose values are looked at.
pub(super) const FIELDS: [&str; 5] = ["country", "industry", "region", "segment", "source"];
/// Above this many different values a column is not a list of words.
const WORDS: usize = 400;
/// How many times more often the right spelling has to stand in the column.
const OFTEN: u64 = 10;

/// How often each value of a column stands in the file.
#[derive(Debug, Clone, Default)]
pub(super) struct Counts {
    counts: HashMap<String, u64>,
    too_many: bool,
}

impl Counts {
    /// Counts one value.
    pub(super) fn add(&mut self, value: &str) {
        if self.too_many {
            return;
        }
        if let Some(count) = self.counts.get_mut(value) {
            *count += 1;
        } else {
            self.counts.insert(value.to_owned(), 1);
            self.too_many = self.counts.len() > WORDS;
        }
    }

    /// The values that look misspelt: against the words everybody knows, and against frequent
    /// values of the same column.
    pub(super) fn suspects(&self, field: &str) -> Vec<Suspect> {
        if self.too_many {
            return Vec::new();
        }
        let words = match field {
            "country" => &VOCABULARY.countries,
            "industry" => &VOCABULARY.industries,
            _ => &Vec::new(),
        };
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let counted = || self.counts.iter().map(|(value, rows)| (value.as_str(), *rows));
        let mut found = suspects(counted(), &words);
        let known: BTreeSet<String> = words.iter().map(|word| word.to_lowercase()).collect();
        let seen: BTreeSet<String> = found.iter().map(|suspect| suspect.value.clone()).collect();
        for (value, rows) in counted() {
            if known.contains(&value.to_lowercase()) || seen.contains(value) {
                continue;
            }
            let frequent = counted().filter(|(other, count)| *other != value && *count >= rows * OFTEN);
            let Some(meant) = nearest(value, frequent.map(|(other, _)| other)) else { continue };
            if meant.to_lowercase() != value.to_lowercase() && is_slip(value, meant) {
                found.push(Suspect { value: value.to_owned(), rows, meant: meant.to_owned() });
            }
        }
        found.sort_by(|a, b| b.rows.cmp(&a.rows).then_with(|| a.value.cmp(&b.value)));
        found
    }
}

/// One slip of the hand, and not in a digit: `Tier 1` is not `Tier 2`.
fn is_slip(value: &str, meant: &str) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    digits(value) == digits(meant) && strsim::osa_distance(&value.to_lowercase(), &meant.to_lowercase()) <= 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn suspected(field: &str, values: &[(&str, u64)]) -> Vec<(String, u64, String)> {
        let mut counts = Counts::default();
        for (value, rows) in values {
            (0..*rows).for_each(|_| counts.add(value));
        }
        counts.suspects(field).into_iter().map(|s| (s.value, s.rows, s.meant)).collect()
    }

    #[test]
    fn finds_slips_in_known_words_and_in_the_column_itself() {
        assert_eq!(
            suspected("industry", &[("technolgy", 12), ("retail", 3)]),
            [("technolgy".into(), 12, "Technology".into())]
        );
        let countries = [("Philipines", 1), ("Korea", 1), ("Niger", 3), ("USA", 9), ("Iraq", 1)];
        assert_eq!(suspected("country", &countries), [("Philipines".into(), 1, "Philippines".into())]);
        let sources = [("Webinar", 40), ("Webinr", 2), ("Tier 10", 50), ("Tier 11", 1)];
        assert_eq!(suspected("source", &sources), [("Webinr".into(), 2, "Webinar".into())]);
        assert!(suspected("region", &[("Northeast", 90), ("Northwest", 3)]).is_empty());
    }

    #[test]
    fn no_word_of_the_vocabulary_is_a_suspect() {
        for (field, words) in [("country", &VOCABULARY.countries), ("industry", &VOCABULARY.industries)] {
            assert!(words.len() > 50);
            let all: Vec<(&str, u64)> = words.iter().map(|word| (word.as_str(), 1)).collect();
            assert!(suspected(field, &all).is_empty());
        }
    }
}
