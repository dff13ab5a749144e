//! What stands in one place of a table.

use super::BAR;
use crate::domain::figure::{Figure, Number, ratio};
use crate::domain::money::Currency;
use crate::i18n::Amounts;
use crate::text::Clean;
use crate::tui::look::Look;
use crate::tui::theme::Meaning;
use std::cmp::Ordering;

/// What stands in one place of a table.
#[derive(Debug, Clone)]
pub enum Cell {
    /// Text with a meaning.
    Text(Clean, Meaning),
    /// Text that is sorted by its place among the others.
    Placed(Clean, usize),
    /// A number in words, and its value for sorting.
    Number(Clean, Meaning, f64),
    /// A figure in words, its value for sorting, and its metric; then the same with every digit, to copy.
    Figure(Clean, Meaning, f64, &'static str, Clean),
    /// A bar of this share of the longest.
    Bar(f64),
}

impl Cell {
    /// Plain text.
    #[must_use]
    pub fn plain(text: impl Into<Clean>) -> Self {
        Self::Text(text.into(), Meaning::Plain)
    }

    /// A figure as its column shows it.
    #[must_use]
    pub fn figure<R>(figure: &Figure<R>, home: Option<Currency>, look: &Look<'_>) -> Self {
        let value = match &figure.value {
            Ok(Number::Count(count)) => *count as f64,
            Ok(Number::Share { part, whole }) => ratio(*part, *whole),
            Ok(Number::Money(purse)) => purse.weight() as f64,
            Ok(
                Number::Days(number)
                | Number::Seconds(number)
                | Number::Ratio(number)
                | Number::Times(number)
                | Number::Change(number)
                | Number::Points(number),
            ) => *number,
            Err(_) => f64::NAN,
        };
        let whole = look.locale.figure(figure, home, Amounts::Whole);
        let shown = match &figure.value {
            // One digit behind the point in every line, so that the points stand below each other.
            Ok(Number::Days(days)) => look.locale.days_aligned(*days),
            _ => look.locale.figure(figure, home, Amounts::Compact),
        };
        Self::Figure(shown.into(), Meaning::Plain, value, figure.metric, whole.into())
    }

    /// With a sign behind what is shown.
    #[must_use]
    pub fn with_sign(self, sign: &str) -> Self {
        match self {
            Self::Figure(text, meaning, value, metric, whole) => {
                Self::Figure(format!("{text} {sign}").into(), meaning, value, metric, whole)
            }
            other => other,
        }
    }

    /// With another meaning.
    #[must_use]
    pub fn meaning(self, meaning: Meaning) -> Self {
        match self {
            Self::Text(text, _) => Self::Text(text, meaning),
            Self::Number(text, _, value) => Self::Number(text, meaning, value),
            Self::Figure(text, _, value, metric, whole) => Self::Figure(text, meaning, value, metric, whole),
            Self::Placed(..) | Self::Bar(_) => self,
        }
    }

    /// The metric of a figure.
    pub(super) fn metric(&self) -> Option<&'static str> {
        match self {
            Self::Figure(_, _, _, metric, _) => Some(metric),
            Self::Text(..) | Self::Placed(..) | Self::Number(..) | Self::Bar(_) => None,
        }
    }

    /// What a number or a figure is sorted by.
    fn value(&self) -> Option<f64> {
        match self {
            Self::Number(.., value) | Self::Figure(_, _, value, ..) => Some(*value),
            Self::Placed(_, at) => Some(*at as f64),
            Self::Text(..) | Self::Bar(_) => None,
        }
    }

    /// What it says; a bar says nothing.
    #[must_use]
    pub fn text(&self) -> Clean {
        match self {
            Self::Text(text, _) | Self::Placed(text, _) | Self::Number(text, ..) | Self::Figure(text, ..) => {
                text.clone()
            }
            Self::Bar(_) => Clean::default(),
        }
    }

    /// What is copied: numbers as spreadsheets read them, with every digit and nothing between thousands;
    /// nothing where none is known.
    #[must_use]
    pub fn copied(&self) -> Clean {
        match self {
            Self::Number(text, ..) | Self::Figure(.., text) => plain_number(text.as_str()).into(),
            Self::Text(text, _) if text.as_str() == "–" => Clean::default(),
            Self::Text(..) | Self::Placed(..) | Self::Bar(_) => self.text(),
        }
    }

    pub(super) fn width(&self) -> usize {
        match self {
            Self::Text(text, _) | Self::Placed(text, _) | Self::Number(text, ..) | Self::Figure(text, ..) => {
                text.width()
            }
            Self::Bar(_) => BAR.0,
        }
    }

    /// Which of two cells of one column comes first; what is not known comes last either way.
    #[must_use]
    pub fn compare(&self, other: &Self, descending: bool) -> Ordering {
        let turned = |order: Ordering| if descending { order.reverse() } else { order };
        if let Some((a, b)) = self.value().zip(other.value()) {
            return a.is_nan().cmp(&b.is_nan()).then_with(|| turned(a.partial_cmp(&b).unwrap_or(Ordering::Equal)));
        }
        match (self, other) {
            (Self::Bar(a), Self::Bar(b)) => turned(a.partial_cmp(b).unwrap_or(Ordering::Equal)),
            _ => {
                let (a, b) = (self.text(), other.text());
                let folded = |text: &Clean| text.as_str().to_lowercase();
                a.as_str().is_empty().cmp(&b.as_str().is_empty()).then_with(|| turned(folded(&a).cmp(&folded(&b))))
            }
        }
    }
}

/// `−9.4 %` as `-9.4 %`, `2,034,000` as `2034000`; other text as it is, and nothing for a dash.
fn plain_number(text: &str) -> String {
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | '−' | '-' | '+' | '%' | ' ' | '≈' | '~');
    match text {
        "–" => String::new(),
        text if text.chars().all(is_number) => {
            let kept = text.chars().filter(|c| !matches!(c, ',' | '≈' | '~' | '+'));
            kept.map(|c| if c == '−' { '-' } else { c }).collect::<String>().trim().to_owned()
        }
        text => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_copied_as_spreadsheets_read_them() {
        for (shown, copied) in [
            ("2,034,000", "2034000"),
            ("−9.4 %", "-9.4 %"),
            ("+3.0%", "3.0%"),
            ("≈ 1,200", "1200"),
            ("–", ""),
            ("12 of 17", "12 of 17"),
            ("1.2M EUR + 3M USD", "1.2M EUR + 3M USD"),
        ] {
            assert_eq!(Cell::Number(shown.into(), Meaning::Plain, 0.0).copied().as_str(), copied);
        }
        let name = Cell::plain("1,200");
        assert_eq!(name.copied().as_str(), "1,200", "a name is left alone");
    }
}
