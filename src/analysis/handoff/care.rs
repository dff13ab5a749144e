//! What becomes of a customer after the hand-off to customer success: how long the first value takes, and how content
//! they are.

use crate::analysis::selection::Selection;
use crate::domain::facts::{Facts, known};
use crate::domain::figure::{Figure, Number, Withheld};
use crate::domain::metric::derive;
use crate::domain::object::{Object, SURVEY_KINDS};
use crate::domain::quantile::quantile;
use crate::domain::stage::Outcome;
use crate::domain::time::{DAY_MS, Instant};
use crate::domain::value::Id;
use serde::Serialize;
use std::collections::BTreeSet;

/// Points, in ten-thousandths, from which on an answer of 1 to 5 is a content one.
const CONTENT: i64 = 40_000;

/// How customers fare whose deals were signed, or who answered, in a span of time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Care {
    /// Median days from the signature to the first value that was agreed on.
    pub time_to_value_days: Figure<Selection>,
    /// Answers of 4 and 5 ÷ all answers to CSAT.
    pub csat: Figure<Selection>,
}

impl Care {
    /// Both.
    #[must_use]
    pub fn figures(&self) -> [&Figure<Selection>; 2] {
        [&self.time_to_value_days, &self.csat]
    }
}

/// How customers fare: deals signed and answers given from the first instant on and before the second, or ever.
#[must_use]
pub fn care(facts: &Facts, span: Option<(Instant, Instant)>, now: Instant) -> Care {
    let within = |at: i64| at <= now.0 && span.is_none_or(|(from, to)| (from.0..to.0).contains(&at));
    Care { time_to_value_days: time_to_value(facts, within, now), csat: csat(facts, within) }
}

/// Of the won deals that have reached their first value; one that would have reached it before the signature, or has yet
/// to, tells nothing.
fn time_to_value(facts: &Facts, within: impl Fn(i64) -> bool, now: Instant) -> Figure<Selection> {
    let deals = &facts.opportunities;
    let mut found: Vec<(i64, Id)> = Vec::new();
    for row in 0..deals.len() {
        let cell = |column: &[i64]| column.get(row).copied().and_then(known);
        let stage = cell(&deals.stage).and_then(|stage| facts.stages.get(&stage));
        let signed = cell(&deals.contract_signed_at).or_else(|| cell(&deals.closed_at));
        let (Some(id), Some(signed), Some(value)) = (cell(&deals.id), signed, cell(&deals.first_value_at)) else {
            continue;
        };
        if stage.is_some_and(|stage| stage.outcome == Outcome::Won)
            && within(signed)
            && (signed..=now.0).contains(&value)
        {
            found.push((value - signed, Id(id)));
        }
    }
    found.sort_unstable();
    let times: Vec<i64> = found.iter().map(|(ms, _)| *ms).collect();
    Figure {
        metric: "time_to_value",
        value: quantile(&times, 0.5).map(|ms| Number::Days(ms / DAY_MS as f64)).ok_or(Withheld::NoRecords),
        n: times.len() as u64,
        // The slowest on top: they are what one looks for.
        records: Selection::These(Object::Opportunity, found.into_iter().rev().map(|(_, id)| id).collect()),
    }
}

fn csat(facts: &Facts, within: impl Fn(i64) -> bool) -> Figure<Selection> {
    let kind = SURVEY_KINDS.iter().position(|kind| *kind == "csat").and_then(|at| i64::try_from(at).ok());
    let surveys = &facts.surveys;
    let (mut content, mut answers, mut accounts) = (0_u64, 0_u64, BTreeSet::new());
    for row in 0..surveys.len() {
        let cell = |column: &[i64]| column.get(row).copied().and_then(known);
        let Some(score) = cell(&surveys.score).filter(|_| cell(&surveys.kind) == kind) else { continue };
        if cell(&surveys.at).is_some_and(&within) {
            answers += 1;
            content += u64::from(score >= CONTENT);
            accounts.extend(cell(&surveys.account).map(Id));
        }
    }
    Figure {
        metric: "csat",
        value: derive("csat", &[("content", content as f64), ("answers", answers as f64)]),
        n: answers,
        records: Selection::These(Object::Account, accounts.into_iter().collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::facts::{NONE, Opportunities, StageFact, Surveys, Touched};
    use std::sync::Arc;

    fn row(id: i64, columns: &[&str], cells: &[(&str, i64)]) -> Vec<i64> {
        let cell = |column: &&str| cells.iter().find(|(name, _)| name == column).map_or(NONE, |(_, cell)| *cell);
        std::iter::once(id).chain(columns.iter().map(cell)).collect()
    }

    /// Deals of stage 1 (won) or 2 (lost): signed, and first value, in days.
    fn facts(deals: &[(i64, i64, i64)], answers: &[(i64, i64, i64)]) -> Facts {
        let mut facts = Facts::default();
        let stage = |outcome| StageFact { name: String::new(), position: 1, outcome };
        facts.stages = Arc::new([(1, stage(Outcome::Won)), (2, stage(Outcome::Lost))].into());
        let deal = |(&(stage, signed, value), id): (&(i64, i64, i64), i64)| {
            let day = |day: i64| if day == NONE { NONE } else { day * DAY_MS };
            let cells = [("stage", stage), ("contract_signed_at", day(signed)), ("first_value_at", day(value))];
            row(id, Opportunities::COLUMNS, &cells)
        };
        let deals = deals.iter().zip(1..).map(deal).collect();
        Arc::make_mut(&mut facts.opportunities).apply(&Touched::everything(), deals);
        let answer = |(&(kind, score, day), id): (&(i64, i64, i64), i64)| {
            let cells = [("kind", kind), ("score", score * 10_000), ("at", day * DAY_MS), ("account", 100 + id)];
            row(id, Surveys::COLUMNS, &cells)
        };
        let answers = answers.iter().zip(1..).map(answer).collect();
        Arc::make_mut(&mut facts.surveys).apply(&Touched::everything(), answers);
        facts
    }

    #[test]
    fn time_to_value_is_the_median_of_days_from_the_signature() {
        let deals = [(1, 10, 20), (1, 10, 40), (1, 20, 80), (1, 10, 9), (1, 10, NONE), (1, 10, 900), (2, 10, 11)];
        let facts = facts(&deals, &[]);
        let now = Instant(500 * DAY_MS);
        let told = care(&facts, None, now).time_to_value_days;
        assert_eq!((told.value, told.n), (Ok(Number::Days(30.0)), 3), "10, 30 and 60 days");
        assert_eq!(told.records, Selection::These(Object::Opportunity, vec![Id(3), Id(2), Id(1)]));
        let span = Some((Instant(0), Instant(15 * DAY_MS)));
        assert_eq!(care(&facts, span, now).time_to_value_days.value, Ok(Number::Days(20.0)), "10 and 30");
        let nothing = care(&Facts::default(), None, now);
        assert_eq!(nothing.time_to_value_days.value, Err(Withheld::NoRecords));
    }

    #[test]
    fn csat_is_the_share_of_fours_and_fives() {
        let mut answers: Vec<(i64, i64, i64)> = (0..25).map(|n| (0, 1 + n % 5, 10)).collect();
        // An NPS of 9 is none, and neither is an answer that is yet to come.
        answers.extend([(1, 9, 10), (0, 5, 900)]);
        let facts = facts(&[], &answers);
        let told = care(&facts, None, Instant(500 * DAY_MS)).csat;
        assert_eq!((told.value, told.n), (Ok(Number::Share { part: 10, whole: 25 }), 25));
        let few = care(&facts, Some((Instant(0), Instant(1))), Instant(500 * DAY_MS)).csat;
        assert!(few.value.is_err());
    }
}
