//! `show records`.

use super::super::args::{Format, ShowArgs, Table};
use super::super::output::{Failure, failed};
use crate::domain::facts::Facts;
use crate::domain::message::{Message, Tell as _};
use crate::domain::object::Object;
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
    let Some(table) = request.records.table else {
        return Err(Failure::usage(&Message::new("usage-which-records"), locale));
    };
    let (object, word) = match table {
        Table::People => (Object::Person, "people"),
        Table::Accounts => (Object::Account, "accounts"),
        Table::Deals => (Object::Opportunity, "deals"),
    };
    let filter = request.records.filter.as_deref().unwrap_or_default();
    if let Some(unread) = Filter::parse(filter).unread.first() {
        return Err(Failure::usage(&unread.tell(), locale));
    }
    let limit = request.records.limit.unwrap_or(usize::MAX);
    let found = reader.found((object, word), filter, limit, facts, now).map_err(failed(locale))?;
    Ok(match request.format {
        Format::Json => export::json::object(&found),
        Format::Csv => export::records::csv(&found),
        Format::Text => export::records::text(&found, locale),
    })
}
