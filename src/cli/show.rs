//! `show`: a pane as text, JSON or CSV.

use super::args::{Args, Format, Pane, ShowArgs};
use super::output::{Failure, failed, print};
use crate::analysis;
use crate::export;
use crate::i18n::Locale;
use crate::ops::Reader;

/// Prints a pane.
pub fn run(args: &Args, request: &ShowArgs, locale: &Locale) -> Result<(), Failure> {
    let mut reader = reader(args, locale)?;
    let facts = reader.facts().map_err(failed(locale))?;
    let now = args.clock().now();
    match request.pane {
        Pane::Pipeline => {
            let view = analysis::pipeline::pipeline(&facts, now);
            print(&match request.format {
                Format::Json => export::json::object(&view),
                Format::Csv => export::pipeline::csv(&view),
                Format::Text => export::pipeline::text(&view, locale),
            })
        }
    }
}

/// A reading connection to the store that the arguments mean.
pub(super) fn reader(args: &Args, locale: &Locale) -> Result<Reader, Failure> {
    let reader = Reader::open(&args.setup().location).map_err(failed(locale))?;
    Ok(reader.with_snapshots(Args::snapshots()))
}
