//! `show funnel`.

use super::super::args::{Format, FunnelArgs, ShowArgs};
use super::super::output::Failure;
use crate::analysis::funnel::{Query, flow};
use crate::domain::facts::Facts;
use crate::domain::funnel::journey::Journeys;
use crate::domain::funnel::segment::{Dimension, Segment};
use crate::domain::funnel::{Funnel, Funnels};
use crate::domain::message::Message;
use crate::domain::period::{FiscalYear, Period, Unit};
use crate::domain::time::Instant;
use crate::export;
use crate::i18n::Locale;
use std::sync::Arc;

/// No more values than this are named when one is not known.
const NAMED: usize = 12;

/// The funnel in the format that was asked for.
pub fn shown(
    facts: &Facts,
    now: Instant,
    request: &ShowArgs,
    (funnels, fiscal): (&Funnels, FiscalYear),
    locale: &Locale,
) -> Result<String, Failure> {
    let funnel = funnel(&request.funnel, funnels, locale)?;
    let journeys = Journeys::read(facts, &funnel, request.funnel.skips.unwrap_or_default(), now);
    let query = Query {
        period: period(&request.funnel, now, fiscal, locale)?,
        compare: request.funnel.compare.unwrap_or_default(),
        basis: request.funnel.basis.unwrap_or_default(),
        measure: request.funnel.measure.unwrap_or_default(),
        segment: segment(&request.funnel, &journeys, locale)?,
    };
    let view = flow(&journeys, &query);
    Ok(match request.format {
        Format::Json => export::json::object(&view),
        Format::Csv => export::funnel::csv(&view),
        Format::Text => export::funnel::text(&view, &funnel, locale),
    })
}

/// The funnel that was asked for, else the first.
pub(super) fn funnel(options: &FunnelArgs, all: &Funnels, locale: &Locale) -> Result<Arc<Funnel>, Failure> {
    let found = match &options.funnel {
        Some(key) => all.get(key),
        None => all.first(),
    };
    let known = || all.iter().map(|funnel| funnel.key.as_str()).collect::<Vec<_>>().join(", ");
    let word = options.funnel.clone().unwrap_or_default();
    let message = || Message::new("usage-funnel").with("word", word).with("known", known());
    found.cloned().ok_or_else(|| Failure::usage(&message(), locale))
}

/// The period that was asked for, else the running quarter.
pub(super) fn period(
    options: &FunnelArgs,
    now: Instant,
    fiscal: FiscalYear,
    locale: &Locale,
) -> Result<Period, Failure> {
    let fiscal = options.fiscal_year_starts.unwrap_or(fiscal);
    let found = match &options.period {
        Some(text) => Period::parse(text, fiscal),
        None => Period::holding(Unit::Quarter, now.date(), fiscal),
    };
    let word = options.period.clone().unwrap_or_default();
    found.ok_or_else(|| Failure::usage(&Message::new("usage-period").with("word", word), locale))
}

fn segment(options: &FunnelArgs, journeys: &Journeys, locale: &Locale) -> Result<Segment, Failure> {
    let mut segment = Segment::default();
    for text in &options.segments {
        let parsed =
            text.split_once('=').and_then(|(key, value)| Some((Dimension::from_key(key.trim())?, value.trim())));
        let Some((dimension, value)) = parsed else {
            let keys = Dimension::ALL.map(Dimension::key).join(", ");
            return Err(Failure::usage(&Message::new("usage-segment").with("keys", keys), locale));
        };
        segment = segment.with(dimension, Some(value.to_owned()).filter(|value| !value.is_empty()));
    }
    segment.spelled(journeys).map_err(|unknown| {
        let mut known = unknown.known;
        if known.len() > NAMED {
            known.truncate(NAMED);
            known.push("…".to_owned());
        }
        let message = Message::new("usage-segment-value")
            .with("dimension", locale.t(&format!("funnel-dimension-{}", unknown.dimension.key())))
            .with("value", unknown.value)
            .with("known", known.join(&locale.t("list-separator")));
        Failure::usage(&message, locale)
    })
}
