//! `show handoffs`.

use super::super::args::{Args, Format, ShowArgs};
use super::super::handoff::board;
use super::super::output::{Failure, failed};
use super::funnel::{bounds, period};
use crate::analysis::handoff::{Item, Listing, Topic, care, newest_period, summary};
use crate::domain::facts::Facts;
use crate::export;
use crate::i18n::Locale;
use crate::ops::Reader;

/// The hand-offs in the format that was asked for: of a period where one is named, otherwise all.
pub fn shown(
    args: &Args,
    reader: &mut Reader,
    facts: &Facts,
    request: &ShowArgs,
    locale: &Locale,
) -> Result<String, Failure> {
    let board = board(args, facts, request.calendar.as_deref(), locale)?;
    let began = bounds(&request.funnel, args.fiscal, locale)?;
    let mut items: Vec<&Item> = board.queue();
    items.extend(board.items.iter().filter(|item| !item.waits()));
    items.retain(|item| began.is_none_or(|(from, to)| (from..to).contains(&item.raised.handoff.began_at)));
    let names = reader.handoff_names(&board, &items).map_err(failed(locale))?;
    let listing = Listing {
        as_of: board.as_of,
        data_until: facts.exported_at,
        calendar: request.calendar.clone(),
        summary: summary(&board, began),
        care: care(facts, began, board.as_of),
        items: board.listed(&items, facts, &names),
    };
    Ok(match request.format {
        Format::Json => export::json::object(&listing),
        Format::Csv => export::handoff::csv(&listing.items),
        Format::Text => export::handoff::text(&listing, locale),
    })
}

/// How the hand-offs of a period went, on one topic: of the one that is named, otherwise of the newest quarter.
pub fn reviewed(
    args: &Args,
    reader: &mut Reader,
    facts: &Facts,
    (request, topic): (&ShowArgs, Topic),
    locale: &Locale,
) -> Result<String, Failure> {
    let board = board(args, facts, request.calendar.as_deref(), locale)?;
    let newest = |running| newest_period(&board, running);
    let period = period(&request.funnel, board.as_of, newest, args.fiscal, locale)?;
    let review = reader.review(&board, facts, (topic, period)).map_err(failed(locale))?;
    Ok(match request.format {
        Format::Json => export::json::object(&review),
        Format::Csv => export::handoff::review::csv(&review, locale),
        Format::Text => export::handoff::review::text(&review, locale),
    })
}
