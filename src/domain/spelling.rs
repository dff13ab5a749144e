//! Values that look like a misspelling of a known one.

use crate::domain::fold::fold;

/// A value, and what it was probably meant to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspect {
    /// The value as it stands in the file.
    pub value: String,
    /// How many rows have it.
    pub rows: u64,
    /// The known value it resembles.
    pub meant: String,
}

/// The known value that `value` is most like: the same letters, or one or two slips of the hand
/// (optimal string alignment distance; one slip up to seven letters). `None` when `value` is itself
/// known, is too short to judge, or two candidates are equally near.
#[must_use]
pub fn nearest<'a>(value: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = fold(value);
    let letters = folded.chars().count();
    let allowed = if letters < 5 {
        0
    } else if letters < 8 {
        1
    } else {
        2
    };
    let mut best: Option<(usize, &str)> = None;
    let mut tied = false;
    for candidate in known {
        if candidate == value {
            return None;
        }
        let distance = strsim::osa_distance(&folded, &fold(candidate));
        if distance > allowed {
            continue;
        }
        match best {
            Some((least, _)) if distance > least => {}
            Some((least, _)) if distance == least => tied = true,
            _ => (best, tied) = (Some((distance, candidate)), false),
        }
    }
    best.filter(|_| !tied).map(|(_, candidate)| candidate)
}

/// How alike two names are, from 0 to 1: by their letters (Jaro–Winkler), and 0.9 where one has every word of the
/// other (`Amount`, `Amount (USD)`).
#[must_use]
pub fn likeness(a: &str, b: &str) -> f64 {
    let words = |name: &str| -> Vec<String> { name.split_whitespace().map(fold).filter(|w| !w.is_empty()).collect() };
    let (left, right) = (words(a), words(b));
    let holds = |all: &[String], some: &[String]| !some.is_empty() && some.iter().all(|word| all.contains(word));
    let shared = if holds(&left, &right) || holds(&right, &left) { 0.9 } else { 0.0 };
    f64::max(strsim::jaro_winkler(&fold(a), &fold(b)), shared)
}

/// The values that resemble a known one without being one, most frequent first.
#[must_use]
pub fn suspects<'a>(counted: impl IntoIterator<Item = (&'a str, u64)>, known: &[&str]) -> Vec<Suspect> {
    let mut found: Vec<Suspect> = counted
        .into_iter()
        .filter(|(value, _)| !known.iter().any(|k| k.to_lowercase() == value.to_lowercase()))
        .filter_map(|(value, rows)| {
            let meant = nearest(value, known.iter().copied())?;
            Some(Suspect { value: value.to_owned(), rows, meant: meant.to_owned() })
        })
        .collect();
    found.sort_by(|a, b| b.rows.cmp(&a.rows).then_with(|| a.value.cmp(&b.value)));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_slips_and_leaves_other_words_alone() {
        let known = ["Technology", "Finance", "Retail"];
        assert_eq!(nearest("technolgy", known), Some("Technology"));
        assert_eq!(nearest("finances", known), Some("Finance"));
        assert_eq!(nearest("medical", known), None);
        assert_eq!(nearest("Retail", known), None);
        assert_eq!(nearest("GTXPro", ["GTX Basic", "GTX Pro", "GTX Plus Pro"]), Some("GTX Pro"));
    }

    #[test]
    fn names_are_alike_by_letters_or_by_words() {
        for (a, b) in [("Close Date", "Closing Date"), ("Amount", "Amount (USD)"), ("客户名称", "客户全名称")]
        {
            assert!(likeness(a, b) >= 0.8, "{a} {b} {}", likeness(a, b));
        }
        for (a, b) in [("Owner", "Region"), ("金额", "客户名称"), ("Stage", "Amount"), ("", "Amount")] {
            assert!(likeness(a, b) < 0.8, "{a} {b} {}", likeness(a, b));
        }
    }

    #[test]
    fn a_tie_is_no_answer() {
        assert_eq!(nearest("planes", ["planet", "planed"]), None);
    }

    #[test]
    fn spelling_differs_by_more_than_case() {
        assert!(suspects([("technology", 3)], &["Technology"]).is_empty());
        let found = suspects([("technolgy", 12), ("medical", 3)], &["Technology"]);
        assert_eq!(found, [Suspect { value: "technolgy".into(), rows: 12, meant: "Technology".into() }]);
    }
}
