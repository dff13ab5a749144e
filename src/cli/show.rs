//! `show`: a pane as text, JSON or CSV.

mod funnel;
mod records;
mod stages;

use super::args::{Args, Format, Pane, ShowArgs};
use super::output::{Failure, failed, print};
use crate::analysis;
use crate::domain::message::Message;
use crate::export;
use crate::i18n::Locale;
use crate::ops::Reader;
use crate::text::with_plain_signs;

/// Prints a pane.
pub fn run(args: &Args, request: &ShowArgs, locale: &Locale) -> Result<(), Failure> {
    refuse(request, locale)?;
    let mut reader = reader(args, locale)?;
    let facts = reader.facts().map_err(failed(locale))?;
    let now = args.clock().now();
    let printed = match request.pane {
        Pane::Funnel => funnel::shown(&facts, now, request, (&args.funnels, args.fiscal), locale)?,
        Pane::Stages => stages::shown(&facts, now, request, (&args.funnels, args.fiscal), locale)?,
        Pane::Records => records::shown(&mut reader, &facts, now, request, locale)?,
        Pane::Pipeline => {
            let view = analysis::pipeline::pipeline(&facts, now);
            match request.format {
                Format::Json => export::json::object(&view),
                Format::Csv => export::pipeline::csv(&view),
                Format::Text => export::pipeline::text(&view, locale),
            }
        }
    };
    // Machines get the data as it is.
    let plain = args.ascii && matches!(request.format, Format::Text);
    print(&if plain { with_plain_signs(&printed) } else { printed })
}

/// An option that a pane does not have is refused, so that nobody takes the answer for a filtered one.
fn refuse(request: &ShowArgs, locale: &Locale) -> Result<(), Failure> {
    let ShowArgs { pane, funnel: options, records, .. } = request;
    let (name, refused) = match pane {
        Pane::Funnel => ("funnel", 8),
        Pane::Records => ("records", 0),
        Pane::Stages => ("stages", 3),
        Pane::Pipeline => ("pipeline", 0),
    };
    let given = [
        // Definitions are of a funnel too, and their days are measured in a period.
        ("--funnel", options.funnel.is_some()),
        ("--period", options.period.is_some()),
        ("--fiscal-year-starts", options.fiscal_year_starts.is_some()),
        ("--compare", options.compare.is_some()),
        ("--basis", options.basis.is_some()),
        ("--skips", options.skips.is_some()),
        ("--measure", options.measure.is_some()),
        ("--segment", !options.segments.is_empty()),
    ];
    let of_records = [
        ("people|accounts|deals", records.table.is_some()),
        ("--filter", records.filter.is_some()),
        ("--limit", records.limit.is_some()),
    ];
    let of_records = of_records.into_iter().filter(|_| *pane != Pane::Records);
    let of_funnel = if *pane == Pane::Pipeline { "usage-not-for-pipeline" } else { "usage-not-for-pane" };
    let given = given.into_iter().skip(refused).map(|(option, given)| (of_funnel, option, given));
    let of_records = of_records.map(|(option, given)| ("usage-not-for-pane", option, given));
    let first = given.chain(of_records).find(|(.., given)| *given);
    let message = |key, option: &str| Message::new(key).with("option", option).with("pane", name);
    first.map_or(Ok(()), |(key, option, _)| Err(Failure::usage(&message(key, option), locale)))
}

/// A reading connection to the store that the arguments mean.
pub(super) fn reader(args: &Args, locale: &Locale) -> Result<Reader, Failure> {
    let reader = Reader::open(&args.setup().location).map_err(failed(locale))?;
    Ok(reader.with_snapshots(Args::snapshots()))
}
