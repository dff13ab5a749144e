//! `show`: a pane as text, JSON or CSV.

mod funnel;
mod pipeline;
mod stages;

use super::args::{Args, Format, FunnelArgs, Pane, ShowArgs};
use super::output::{Failure, failed, print};
use crate::domain::message::Message;
use crate::i18n::Locale;
use crate::ops::Reader;
use crate::text::with_plain_signs;

/// Prints a pane.
pub fn run(args: &Args, request: &ShowArgs, locale: &Locale) -> Result<(), Failure> {
    refuse(&request.funnel, request.pane, locale)?;
    let mut reader = reader(args, locale)?;
    let facts = reader.facts().map_err(failed(locale))?;
    let now = args.clock().now();
    let printed = match request.pane {
        Pane::Funnel => funnel::shown(&facts, now, request, (&args.funnels, args.fiscal), locale)?,
        Pane::Stages => stages::shown(&facts, now, request, (&args.funnels, args.fiscal), locale)?,
        Pane::Pipeline => pipeline::shown(&mut reader, &facts, now, request, args.fiscal, locale)?,
    };
    // Machines get the data as it is.
    let plain = args.ascii && matches!(request.format, Format::Text);
    print(&if plain { with_plain_signs(&printed) } else { printed })
}

/// An option that a pane does not have is refused, so that nobody takes the answer for a filtered one.
fn refuse(options: &FunnelArgs, pane: Pane, locale: &Locale) -> Result<(), Failure> {
    let name = match pane {
        Pane::Funnel => return Ok(()),
        Pane::Stages => "stages",
        Pane::Pipeline => "pipeline",
    };
    // Each with whether the stages have it, and the pipeline. Definitions are of a funnel, and their days are
    // measured in a period.
    let given = [
        ("--funnel", options.funnel.is_some(), true, false),
        ("--period", options.period.is_some(), true, true),
        ("--fiscal-year-starts", options.fiscal_year_starts.is_some(), true, true),
        ("--compare", options.compare.is_some(), false, true),
        ("--basis", options.basis.is_some(), false, false),
        ("--skips", options.skips.is_some(), false, false),
        ("--measure", options.measure.is_some(), false, false),
        ("--segment", !options.segments.is_empty(), false, true),
    ];
    let message = |option: &str| Message::new("usage-not-for-pane").with("option", option).with("pane", name);
    let has = |of_stages, of_pipeline| if pane == Pane::Stages { of_stages } else { of_pipeline };
    let first = given.into_iter().find(|&(_, given, stages, pipeline)| given && !has(stages, pipeline));
    let first = first.map(|(option, given, ..)| (option, given));
    first.map_or(Ok(()), |(option, _)| Err(Failure::usage(&message(option), locale)))
}

/// A reading connection to the store that the arguments mean.
pub(super) fn reader(args: &Args, locale: &Locale) -> Result<Reader, Failure> {
    let reader = Reader::open(&args.setup().location).map_err(failed(locale))?;
    Ok(reader.with_snapshots(Args::snapshots()))
}
