//! `show funnel`.

use super::super::args::{Format, FunnelArgs, ShowArgs};
use super::super::output::Failure;
use crate::analysis::funnel::{Query, flow};
use crate::domain::facts::Facts;
use crate::domain::fold::fold;
use crate::domain::funnel::journey::Journeys;
use crate::domain::funnel::segment::{Dimension, NEW, Segment, TENURED, Values, values};
use crate::domain::funnel::{Funnel, Funnels};
use crate::domain::message::Message;
use crate::domain::period::{FiscalYear, Period, Unit};
use crate::domain::time::Instant;
use crate::export;
use crate::i18n::{Lang, Locale};
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
        period: period(&request.funnel, journeys.now, |running| journeys.newest_period(running), fiscal, locale)?,
        compare: request.funnel.compare.unwrap_or_default(),
        basis: request.funnel.basis.unwrap_or_default(),
        measure: request.funnel.measure.unwrap_or_default(),
        segment: segment(&request.funnel, |dimension| values(&journeys, dimension), locale)?,
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

/// The span of the period that was asked for, if one was.
pub(super) fn bounds(
    options: &FunnelArgs,
    fiscal: FiscalYear,
    locale: &Locale,
) -> Result<Option<(Instant, Instant)>, Failure> {
    let fiscal = options.fiscal_year_starts.unwrap_or(fiscal);
    let Some(text) = &options.period else { return Ok(None) };
    let period = parsed_period(text, fiscal, locale)?;
    let window = period.window();
    Ok(Some((Instant(window.from), Instant(window.to))))
}

/// The period that was asked for, else the newest quarter: what `newest` makes of the one that is running `now`.
pub(super) fn period(
    options: &FunnelArgs,
    now: Instant,
    newest: impl FnOnce(Period) -> Period,
    fiscal: FiscalYear,
    locale: &Locale,
) -> Result<Period, Failure> {
    let fiscal = options.fiscal_year_starts.unwrap_or(fiscal);
    let Some(text) = &options.period else {
        let running = Period::holding(Unit::Quarter, now.date(), fiscal);
        let unknown = || Failure::usage(&Message::new("usage-period").with("word", ""), locale);
        return running.map(newest).ok_or_else(unknown);
    };
    parsed_period(text, fiscal, locale)
}

/// A period as it was typed.
pub fn parsed_period(text: &str, fiscal: FiscalYear, locale: &Locale) -> Result<Period, Failure> {
    Period::parse(text, fiscal).ok_or_else(|| unread(text, locale))
}

/// A period that cannot be read.
pub(in crate::cli) fn unread(text: &str, locale: &Locale) -> Failure {
    let backwards = text.split_once("..").and_then(|(first, last)| {
        let day = |text: &str| text.trim().parse::<chrono::NaiveDate>().ok();
        Some(day(first)? > day(last)?)
    });
    let key = if backwards == Some(true) { "usage-period-backwards" } else { "usage-period" };
    Failure::usage(&Message::new(key).with("word", text), locale)
}

/// The segment that was asked for; `values` are those that the data have.
pub(super) fn segment(
    options: &FunnelArgs,
    values: impl Fn(Dimension) -> Values,
    locale: &Locale,
) -> Result<Segment, Failure> {
    let locales = Lang::ALL.map(Locale::new);
    let mut segment = Segment::default();
    for text in &options.segments {
        let parsed = text.split_once('=').and_then(|(key, value)| Some((dimension(key, &locales)?, value.trim())));
        let Some((dimension, value)) = parsed else {
            let keys = Dimension::ALL.map(Dimension::key).join(", ");
            return Err(Failure::usage(&Message::new("usage-segment").with("keys", keys), locale));
        };
        segment = segment.with(dimension, value_of(dimension, value, &locales));
    }
    segment.spelled(values).map_err(|unknown| {
        let shown = |value: &String| match value.as_str() {
            word @ (NEW | TENURED) if unknown.dimension == Dimension::Tenure => {
                format!("{word} ({})", locale.t(&format!("funnel-tenure-{word}")))
            }
            other => other.to_owned(),
        };
        let mut known: Vec<String> = unknown.known.iter().map(shown).collect();
        if known.len() > NAMED {
            known.truncate(NAMED);
            known.push("…".to_owned());
        }
        let key = if unknown.value.is_empty() { "usage-segment-all-known" } else { "usage-segment-value" };
        let message = Message::new(key)
            .with("dimension", locale.t(&format!("funnel-dimension-{}", unknown.dimension.key())))
            .with("key", unknown.dimension.key())
            .with("value", unknown.value)
            .with("known", known.join(&locale.t("list-separator")));
        Failure::usage(&message, locale)
    })
}

/// The dimension of a key, or of what the screen calls it in some language.
fn dimension(key: &str, locales: &[Locale]) -> Option<Dimension> {
    let called = |dimension: &Dimension| {
        let words = |locale: &Locale| fold(&locale.t(&format!("funnel-dimension-{}", dimension.key())));
        locales.iter().any(|locale| words(locale) == fold(key))
    };
    Dimension::from_key(key.trim()).or_else(|| Dimension::ALL.into_iter().find(called))
}

/// A value as the data has it, from what the screen calls it: `new hire` is `new`, `(not known)` is none.
fn value_of(dimension: Dimension, value: &str, locales: &[Locale]) -> Option<String> {
    let is = |key: &str| locales.iter().any(|locale| fold(&locale.t(key)) == fold(value));
    let tenure = || [NEW, TENURED].into_iter().find(|word| is(&format!("funnel-tenure-{word}")));
    match dimension {
        _ if value.is_empty() || is("funnel-value-unknown") => None,
        Dimension::Tenure => Some(tenure().unwrap_or(value).to_owned()),
        _ => Some(value.to_owned()),
    }
}
