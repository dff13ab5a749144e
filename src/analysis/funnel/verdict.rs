//! What to make of a change: a leak, an improvement, or luck.

use super::{Change, FlowFigure, StageFlow, size};
use crate::domain::figure::{Number, Withheld};
use serde::Serialize;

/// What to make of the change of a conversion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It fell, and the 95 % interval of the difference is below zero.
    Leak,
    /// The same, at a stage that may be skipped: nobody is lost there.
    Fell,
    /// It rose, and the 95 % interval of the difference is above zero.
    Better,
    /// It changed, and the interval of the difference includes zero.
    CouldBeLuck,
    /// It is the same.
    Steady,
    /// Too few resolved records in one of the periods.
    TooFew,
    /// There is nothing to compare, or no interval: a first stage, a snapshot, amounts.
    None,
}

impl Verdict {
    /// Its name in message keys.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Leak => "leak",
            Self::Fell => "fell",
            Self::Better => "better",
            Self::CouldBeLuck => "luck",
            Self::Steady => "steady",
            Self::TooFew => "few",
            Self::None => "none",
        }
    }
}

pub(super) fn verdict(now: &FlowFigure, before: &FlowFigure, change: &Change, optional: bool) -> Verdict {
    let few = |figure: &FlowFigure| matches!(figure.value, Err(Withheld::SmallSample { .. }));
    if few(now) || few(before) {
        return Verdict::TooFew;
    }
    let Some(luck) = change.could_be_luck else { return Verdict::None };
    match size(now).zip(size(before)).map(|(now, before)| now.total_cmp(&before)) {
        Some(std::cmp::Ordering::Equal) | None => Verdict::Steady,
        Some(_) if luck => Verdict::CouldBeLuck,
        Some(std::cmp::Ordering::Less) if optional => Verdict::Fell,
        Some(std::cmp::Ordering::Less) => Verdict::Leak,
        Some(std::cmp::Ordering::Greater) => Verdict::Better,
    }
}

/// The stage with this verdict whose conversion fell most. Of leaks it is the one that costs the most
/// customers: the rates of all stages multiply, so the largest relative fall takes the largest part of
/// what comes out at the end. A stage that may be skipped is in no product.
pub(super) fn worst(stages: &[StageFlow], verdict: Verdict) -> Option<&StageFlow> {
    let fall = |stage: &&StageFlow| match stage.change.from_previous.value {
        Ok(Number::Change(change)) => change,
        _ => 0.0,
    };
    let fallen = stages.iter().filter(|stage| stage.verdict == verdict);
    fallen.min_by(|a, b| fall(a).total_cmp(&fall(b)))
}
