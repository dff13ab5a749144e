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
    /// A number in words, and its value for sorting.
    Number(Clean, Meaning, f64),
    /// A figure in words, its value for sorting, and its metric.
    Figure(Clean, Meaning, f64, &'static str),
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
            Ok(Number::Days(number) | Number::Ratio(number) | Number::Change(number)) => *number,
            Err(_) => f64::NAN,
        };
        Self::Figure(look.locale.figure(figure, home, Amounts::Compact).into(), Meaning::Plain, value, figure.metric)
    }

    /// With another meaning.
    #[must_use]
    pub fn meaning(self, meaning: Meaning) -> Self {
        match self {
            Self::Text(text, _) => Self::Text(text, meaning),
            Self::Number(text, _, value) => Self::Number(text, meaning, value),
            Self::Figure(text, _, value, metric) => Self::Figure(text, meaning, value, metric),
            Self::Bar(share) => Self::Bar(share),
        }
    }

    /// The metric of a figure.
    pub(super) fn metric(&self) -> Option<&'static str> {
        match self {
            Self::Figure(.., metric) => Some(metric),
            Self::Text(..) | Self::Number(..) | Self::Bar(_) => None,
        }
    }

    /// What a number or a figure is sorted by.
    fn value(&self) -> Option<f64> {
        match self {
            Self::Number(.., value) | Self::Figure(.., value, _) => Some(*value),
            Self::Text(..) | Self::Bar(_) => None,
        }
    }

    /// What it says; a bar says nothing.
    #[must_use]
    pub fn text(&self) -> Clean {
        match self {
            Self::Text(text, _) | Self::Number(text, ..) | Self::Figure(text, ..) => text.clone(),
            Self::Bar(_) => Clean::default(),
        }
    }

    pub(super) fn width(&self) -> usize {
        match self {
            Self::Text(text, _) | Self::Number(text, ..) | Self::Figure(text, ..) => text.width(),
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
