//! `show records`.

use super::super::args::{Format, ShowArgs};
use super::super::output::{Failure, failed};
use crate::domain::facts::Facts;
use crate::domain::message::{Message, Tell as _};
use crate::domain::records::Filter;
use crate::domain::time::Instant;
use crate::export;
use crate::i18n::Locale;
use crate::ops::Reader;

/// The records that the filter finds, in the format that was asked for.
pub fn shown(
    reader: &mut Reader,
    facts: &Facts,
    now: Instant,
    request: &ShowArgs,
    locale: &Locale,
) -> Result<String, Failure> {
    let part = request.part.and_then(|part| Some((part.object()?, part.key())));
    let Some(table) = part else {
        return Err(Failure::usage(&Message::new("usage-which-records"), locale));
    };
    let filter = request.records.filter.as_deref().unwrap_or_default();
    if let Some(unread) = Filter::parse(filter).unread.first() {
        return Err(Failure::usage(&unread.tell(), locale));
    }
    let limit = request.records.limit.unwrap_or(usize::MAX);
    let found = reader.found(table, filter, limit, facts, now).map_err(failed(locale))?;
    Ok(match request.format {
        Format::Json => export::json::object(&found),
        Format::Csv => export::records::csv(&found),
        Format::Text => export::records::text(&found, locale),
    })
}
