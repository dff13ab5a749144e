//! `report`: a page to send around.

use super::args::{Args, ReportArgs, ReportFormat, ReportKind};
use super::handoff::board;
use super::output::{Failure, failed, print};
use super::show::{parsed_period, reader};
use crate::domain::message::Message;
use crate::domain::period::{Period, Unit};
use crate::export;
use crate::i18n::Locale;
use crate::ops::Error;
use crate::text::clean;

/// Writes a report into a file, or prints it.
pub fn run(args: &Args, request: &ReportArgs, locale: &Locale) -> Result<(), Failure> {
    let ReportKind::Sla = request.kind;
    let mut reader = reader(args, locale)?;
    let facts = reader.facts().map_err(failed(locale))?;
    let board = board(args, &facts, request.calendar.as_deref(), locale)?;
    // The last week that is over: a running one has little to say on a Monday.
    let last_week = || Period::holding(Unit::Week, board.as_of.date(), args.fiscal).and_then(|week| week.previous());
    let period = match &request.period {
        Some(text) => parsed_period(text, args.fiscal, locale)?,
        None => {
            let unknown = || Failure::usage(&Message::new("usage-period").with("word", ""), locale);
            last_week().ok_or_else(unknown)?
        }
    };
    let report = reader.sla_report(&board, &facts, period).map_err(failed(locale))?;
    let page = match request.format {
        ReportFormat::Md => {
            let company = reader.store_name().map_err(failed(locale))?;
            export::handoff::report::markdown(&report, &company, locale)
        }
        ReportFormat::Json => export::json::object(&report),
    };
    let Some(file) = &request.output else { return print(&page) };
    let wrong = |error: std::io::Error| {
        Failure::of(&Error::File { path: file.display().to_string(), cause: error.to_string() }, locale)
    };
    std::fs::write(file, page).map_err(wrong)?;
    eprintln!("{}", clean(&locale.tell(&Message::new("report-written").with("path", file.display()))));
    Ok(())
}
