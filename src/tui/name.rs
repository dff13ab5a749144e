//! What something on the screen is called: by the data, or in our own words.

use super::look::Look;
use crate::domain::figure::{Figure, Number};
use crate::domain::funnel::Bilingual;
use crate::domain::message::Message;
use crate::i18n::Amounts;
use crate::text::Clean;

/// A name that can be said in either language, also after the language has changed.
#[derive(Debug, Clone, PartialEq)]
pub enum Name {
    /// As the data calls it.
    Data(String),
    /// In our own words.
    Told(Message),
    /// As the catalogue calls it.
    Catalogue(Bilingual),
    /// A figure.
    Figure(Box<FigureName>),
}

/// What a figure is called: `Conversion to SQL · 2026-Q4 · 312 of 1,719`.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureName {
    /// Key of its metric.
    pub metric: &'static str,
    /// The stage it is of.
    pub stage: Name,
    /// The days it is of.
    pub days: String,
    /// Part and whole, or the one number that it is; a list tells by itself how many it holds.
    pub numbers: Vec<Number>,
}

impl FigureName {
    fn words(&self, look: &Look<'_>) -> Clean {
        let stage = self.stage.words(look);
        let what = match title(self.metric) {
            Some(key) => look.locale.tell(&Message::new(key).with("stage", stage.as_str())),
            None => stage.as_str().to_owned(),
        };
        let told = |number: &Number| {
            let figure = Figure { metric: self.metric, value: Ok(number.clone()), n: 0, records: () };
            look.locale.figure(&figure, None, Amounts::Compact)
        };
        let numbers = match self.numbers.as_slice() {
            [] => None,
            [part, whole] => {
                let said = Message::new("number-part-of").with("part", told(part)).with("whole", told(whole));
                Some(look.locale.tell(&said))
            }
            [number, ..] => Some(told(number)),
        };
        let parts: Vec<String> = [Some(what), Some(self.days.clone()), numbers].into_iter().flatten().collect();
        parts.join(&format!(" {} ", look.glyphs.dot)).into()
    }
}

/// The message that names a figure of a stage.
fn title(metric: &str) -> Option<&'static str> {
    Some(match metric {
        "funnel_entered" => "list-entered",
        "funnel_amount" => "list-amount",
        "funnel_conversion" | "funnel_conversion_amount" => "list-conversion",
        "funnel_reach" | "funnel_reach_amount" => "list-reach",
        "funnel_ratio" => "list-ratio",
        "funnel_ratio_first" => "list-ratio-first",
        "funnel_young" => "list-young",
        "funnel_days_median" => "list-days-median",
        "funnel_days_p90" => "list-days-p90",
        "funnel_change" => "list-change",
        "funnel_amount_change" => "list-amount-change",
        "funnel_conversion_change" | "funnel_conversion_amount_change" => "list-conversion-change",
        _ => return None,
    })
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
            Self::Figure(figure) => figure.words(look),
        }
    }
}
