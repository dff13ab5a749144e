//! `show stages`.

use super::super::args::{Format, ShowArgs};
use super::super::output::Failure;
use super::funnel::{funnel, period};
use crate::analysis::funnel::{Basis, Compare, Measure, Query, flow};
use crate::analysis::stages::stages;
use crate::domain::facts::Facts;
use crate::domain::funnel::Funnels;
use crate::domain::funnel::journey::{Journeys, Skips};
use crate::domain::funnel::segment::Segment;
use crate::domain::period::FiscalYear;
use crate::domain::time::Instant;
use crate::export;
use crate::i18n::Locale;

/// The definitions of a funnel's stages in the format that was asked for.
pub fn shown(
    facts: &Facts,
    now: Instant,
    request: &ShowArgs,
    (funnels, fiscal): (&Funnels, FiscalYear),
    locale: &Locale,
) -> Result<String, Failure> {
    let funnel = funnel(&request.funnel, funnels, locale)?;
    let journeys = Journeys::read(facts, &funnel, Skips::default(), now);
    let query = Query {
        period: period(&request.funnel, journeys.now, |running| journeys.newest_period(running), fiscal, locale)?,
        compare: Compare::default(),
        basis: Basis::default(),
        measure: Measure::default(),
        segment: Segment::default(),
    };
    let map = stages(&funnel, &flow(&journeys, &query));
    Ok(match request.format {
        Format::Json => export::json::object(&map),
        Format::Csv => export::stages::csv(&map, locale),
        Format::Text => export::stages::text(&map, "→", locale),
    })
}
