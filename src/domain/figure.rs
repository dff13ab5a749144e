//! Figures: numbers that can be explained.

use crate::domain::money::Purse;
use serde::{Serialize, Serializer, ser::SerializeMap};

/// Fewer resolved records than this and a share is told as "12 of 17", never as a percentage.
pub const SMALL_SAMPLE: u64 = 20;

/// A number on a screen or in JSON, with what is needed to explain it.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure<R> {
    /// Key of the metric, the same in the dictionary.
    pub metric: &'static str,
    /// The number, or why it is not told.
    pub value: Result<Number, Withheld>,
    /// How many records stand behind it.
    pub n: u64,
    /// Which records these are.
    pub records: R,
}

/// The number of a figure.
#[derive(Debug, Clone, PartialEq)]
pub enum Number {
    /// How many records.
    Count(u64),
    /// `part` of `whole`; in JSON a number from 0 to 1.
    Share {
        /// The records that count.
        part: u64,
        /// The records they are counted among.
        whole: u64,
    },
    /// Amounts, one per currency.
    Money(Purse),
    /// Days, with fractions where they are interpolated.
    Days(f64),
    /// Seconds, with fractions where they are interpolated.
    Seconds(f64),
    /// A ratio of two numbers that are not part and whole; may be above 1.
    Ratio(f64),
    /// How many times over: 3.1 covers something three times and a bit.
    Times(f64),
    /// A relative change: 0.05 is five percent more.
    Change(f64),
    /// The difference of two shares: 0.05 is five percentage points more.
    Points(f64),
}

/// Why a number is not told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Withheld {
    /// No record is there to compute it from.
    NoRecords,
    /// Too few resolved records for a percentage; the two counts are told instead.
    SmallSample {
        /// The records that count.
        part: u64,
        /// The records they are counted among.
        whole: u64,
    },
    /// One of the figures that are compared is of too few records.
    TooFew,
    /// Every record is too young to be judged.
    TooYoung,
    /// Amounts in several currencies make no ratio.
    MixedCurrencies,
    /// The amounts are in a currency that has no rate.
    NoRate,
    /// An amount of leads: only those that became deals have one.
    BeforeDeals,
    /// There is nothing to compare with.
    NoComparison,
    /// Fewer records than [`SMALL_SAMPLE`] to learn from.
    FewRecords,
    /// Nobody has set a target.
    NoTarget,
    /// The target is reached: nothing of it is left.
    TargetReached,
    /// The period is over.
    PeriodOver,
    /// No open deal has a close date.
    NoCloseDates,
    /// Nothing tells how records moved from stage to stage.
    NoHistory,
    /// Has no meaning here, such as the days in a last stage.
    NotApplicable,
}

impl Withheld {
    /// The reason as one word for scripts.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::NoRecords => "no_records",
            Self::SmallSample { .. } => "small_sample",
            Self::TooFew => "too_few",
            Self::TooYoung => "too_young",
            Self::MixedCurrencies => "mixed_currencies",
            Self::NoRate => "no_rate",
            Self::BeforeDeals => "before_deals",
            Self::NoComparison => "no_comparison",
            Self::FewRecords => "few_records",
            Self::NoTarget => "no_target",
            Self::TargetReached => "target_reached",
            Self::PeriodOver => "period_over",
            Self::NoCloseDates => "no_close_dates",
            Self::NoHistory => "no_history",
            Self::NotApplicable => "not_applicable",
        }
    }
}

impl Number {
    /// `part` of `whole`, withheld when the sample is too small for a percentage.
    ///
    /// # Errors
    /// [`Withheld`] below [`SMALL_SAMPLE`] records.
    pub fn share(part: u64, whole: u64) -> Result<Self, Withheld> {
        match whole {
            0 => Err(Withheld::NoRecords),
            n if n < SMALL_SAMPLE => Err(Withheld::SmallSample { part, whole }),
            _ => Ok(Self::Share { part, whole }),
        }
    }

    /// Days, withheld when there are none.
    ///
    /// # Errors
    /// [`Withheld::NoRecords`] for `None`.
    pub fn days(days: Option<f64>) -> Result<Self, Withheld> {
        days.map(Self::Days).ok_or(Withheld::NoRecords)
    }
}

/// The share as a fraction of one; 0 of 0 is 0.
#[must_use]
pub fn ratio(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Count(n) => serializer.serialize_u64(*n),
            Self::Share { part, whole } => serializer.serialize_f64(ratio(*part, *whole)),
            Self::Money(purse) => purse.serialize(serializer),
            Self::Days(number)
            | Self::Seconds(number)
            | Self::Ratio(number)
            | Self::Times(number)
            | Self::Change(number)
            | Self::Points(number) => serializer.serialize_f64(*number),
        }
    }
}

/// Key of the marker object that a withheld figure serialises to; the JSON exporter replaces it by
/// `null` and lists its reason once, under the top-level `withheld`.
pub const WITHHELD_MARK: &str = "$withheld";

impl<R> Serialize for Figure<R> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.value {
            Ok(number) => number.serialize(serializer),
            Err(reason) => {
                let mut mark = serializer.serialize_map(Some(1))?;
                mark.serialize_entry(WITHHELD_MARK, reason.key())?;
                mark.end()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_sample_is_told_in_counts() {
        assert_eq!(Number::share(12, 17), Err(Withheld::SmallSample { part: 12, whole: 17 }));
        assert_eq!(Number::share(12, 20), Ok(Number::Share { part: 12, whole: 20 }));
        assert_eq!(Number::share(0, 0), Err(Withheld::NoRecords));
    }

    #[test]
    fn a_figure_is_its_bare_value_in_json() {
        let figure = Figure { metric: "win_rate", value: Number::share(30, 40), n: 40, records: () };
        assert_eq!(serde_json::to_string(&figure).unwrap(), "0.75");
    }
}
