//! `show pipeline`.

use super::super::args::{Format, ShowArgs};
use super::super::output::{Failure, failed};
use super::funnel::{period, segment};
use crate::analysis::pipeline::{Query, newest_period, pipeline};
use crate::domain::facts::Facts;
use crate::domain::funnel::segment::deal_values;
use crate::domain::period::FiscalYear;
use crate::domain::pipeline::reach;
use crate::domain::time::Instant;
use crate::export;
use crate::i18n::Locale;
use crate::ops::Reader;

/// The pipeline in the format that was asked for.
pub fn shown(
    reader: &mut Reader,
    facts: &Facts,
    now: Instant,
    request: &ShowArgs,
    fiscal: FiscalYear,
    locale: &Locale,
) -> Result<String, Failure> {
    let options = &request.funnel;
    let (as_of, _) = reach(facts, now);
    let query = Query {
        period: period(options, as_of, |running| newest_period(facts, running, now), fiscal, locale)?,
        compare: options.compare.unwrap_or_default(),
        segment: segment(options, |dimension| deal_values(facts, dimension), locale)?,
    };
    let mut view = pipeline(facts, now, &query);
    view.call(&reader.deal_names(&view.listed()).map_err(failed(locale))?);
    Ok(match request.format {
        Format::Json => export::json::object(&view),
        Format::Csv => export::pipeline::csv(&view),
        Format::Text => export::pipeline::text(&view, locale),
    })
}
