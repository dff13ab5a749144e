//! `check`: the data held against the rules, for people, cron and CI.

use super::args::{Args, CheckArgs, CheckFormat, FailOn};
use super::output::{Failure, failed, print};
use super::show::reader;
use crate::domain::message::Message;
use crate::domain::quality::{Rule, Severity};
use crate::export;
use crate::i18n::Locale;

/// Checks everything and prints what is wrong. Exit code 1 when anything as bad as asked for is.
///
/// # Errors
/// [`Failure::Findings`] when something is wrong.
pub fn run(args: &Args, request: &CheckArgs, locale: &Locale) -> Result<(), Failure> {
    let mut reader = reader(args, locale)?;
    let facts = reader.facts().map_err(failed(locale))?;
    // An empty store is no clean one: whoever waits for the exit code has to know.
    if facts.people.is_empty() && facts.accounts.is_empty() && facts.opportunities.is_empty() {
        return Err(Failure::input(&Message::new("check-empty"), locale));
    }
    let quality = reader.quality(&facts, Rule::shipped(), args.clock().now()).map_err(failed(locale))?;
    print(&match request.format {
        CheckFormat::Text => export::quality::text(&quality, locale),
        CheckFormat::Json => export::json::object(&quality),
        CheckFormat::Sarif => export::quality::sarif(&quality, locale),
    })?;
    let least = match request.fail_on {
        FailOn::Warn => Severity::Warn,
        FailOn::Error => Severity::Error,
    };
    if quality.worst().is_some_and(|worst| worst >= least) { Err(Failure::Findings) } else { Ok(()) }
}
