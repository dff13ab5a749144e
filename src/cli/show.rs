//! `show`: a pane as text, JSON or CSV.

mod funnel;
mod handoffs;
mod pipeline;
mod records;
mod stages;

pub(super) use funnel::{parsed_period, unread};

use super::args::{Args, Format, Pane, Part, ShowArgs};
use super::output::{Failure, failed, print};
use crate::domain::message::Message;
use crate::i18n::Locale;
use crate::ops::Reader;
use crate::text::with_plain_signs;

/// Prints a pane.
pub fn run(args: &Args, request: &ShowArgs, locale: &Locale) -> Result<(), Failure> {
    refuse(request, locale)?;
    if request.calendar.is_some() && request.pane != Pane::Handoffs {
        let message = Message::new("usage-not-for-pane").with("option", "--calendar").with("pane", request.pane.key());
        return Err(Failure::usage(&message, locale));
    }
    let mut reader = reader(args, locale)?;
    let facts = reader.facts().map_err(failed(locale))?;
    let now = args.clock().now();
    let printed = match request.pane {
        Pane::Funnel => funnel::shown(&facts, now, request, (&args.funnels, args.fiscal), locale)?,
        Pane::Stages => stages::shown(&facts, now, request, (&args.funnels, args.fiscal), locale)?,
        Pane::Handoffs => match request.part.and_then(Part::topic) {
            Some(topic) => handoffs::reviewed(args, &mut reader, &facts, (request, topic), locale)?,
            None => handoffs::shown(args, &mut reader, &facts, request, locale)?,
        },
        Pane::Records => records::shown(&mut reader, &facts, now, request, locale)?,
        Pane::Pipeline => pipeline::shown(&mut reader, &facts, now, request, args.fiscal, locale)?,
    };
    // Machines get the data as it is.
    let plain = args.ascii && matches!(request.format, Format::Text);
    print(&if plain { with_plain_signs(&printed) } else { printed })
}

/// An option that a pane does not have is refused, so that nobody takes the answer for a filtered one.
fn refuse(request: &ShowArgs, locale: &Locale) -> Result<(), Failure> {
    let ShowArgs { pane, part, funnel: options, records, .. } = request;
    let pane = *pane;
    // Each with whether the stages have it, the pipeline and the hand-offs. Definitions are of a funnel, and their days are
    // measured in a period.
    let given = [
        ("--funnel", options.funnel.is_some(), true, false, false),
        ("--period", options.period.is_some(), true, true, true),
        ("--fiscal-year-starts", options.fiscal_year_starts.is_some(), true, true, true),
        ("--compare", options.compare.is_some(), false, true, false),
        ("--basis", options.basis.is_some(), false, false, false),
        ("--skips", options.skips.is_some(), false, false, false),
        ("--measure", options.measure.is_some(), false, false, false),
        ("--segment", !options.segments.is_empty(), false, true, false),
    ];
    let of_records = [("--filter", records.filter.is_some()), ("--limit", records.limit.is_some())];
    let has = |of_stages, of_pipeline, of_handoffs| match pane {
        Pane::Funnel => true,
        Pane::Stages => of_stages,
        Pane::Pipeline => of_pipeline,
        Pane::Handoffs => of_handoffs,
        Pane::Records => false,
    };
    let of_funnel = given.into_iter().filter(|&(.., stages, pipeline, handoffs)| !has(stages, pipeline, handoffs));
    let of_records = of_records.into_iter().filter(|_| pane != Pane::Records);
    let refused = of_funnel.map(|(option, given, ..)| (option, given)).chain(of_records);
    let fits = part.is_none_or(|part| match pane {
        Pane::Records => part.object().is_some(),
        Pane::Handoffs => part.topic().is_some(),
        _ => false,
    });
    let part = part.map_or("", Part::key);
    let refused = refused.chain([(part, !fits)]);
    let message = |option: &str| Message::new("usage-not-for-pane").with("option", option).with("pane", pane.key());
    let first = refused.into_iter().find(|(_, given)| *given);
    first.map_or(Ok(()), |(option, _)| Err(Failure::usage(&message(option), locale)))
}

/// A reading connection to the store that the arguments mean.
pub(super) fn reader(args: &Args, locale: &Locale) -> Result<Reader, Failure> {
    let reader = Reader::open(&args.setup().location).map_err(failed(locale))?;
    Ok(reader.with_snapshots(Args::snapshots()))
}
