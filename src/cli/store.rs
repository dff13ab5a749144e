//! `store info` and `store verify`.

use super::args::{Args, Format, StoreCommand};
use super::output::{Failure, failed, print};
use super::show::reader;
use crate::domain::message::Message;
use crate::export;
use crate::i18n::Locale;
use crate::ops::Session;

/// Runs a `store` subcommand.
pub fn run(args: &Args, what: &StoreCommand, locale: &Locale) -> Result<(), Failure> {
    match what {
        StoreCommand::Info { format } => info(args, *format, locale),
        StoreCommand::Verify { format } => verify(args, *format, locale),
    }
}

fn info(args: &Args, format: Format, locale: &Locale) -> Result<(), Failure> {
    let info = reader(args, locale)?.info().map_err(failed(locale))?;
    let shown = export::store::Info {
        store: info.place,
        name: info.name,
        currency: info.currency.code().to_owned(),
        schema: info.schema,
        actions: info.newest.map_or(0, |action| action.id.0),
        rows: info.rows.into_iter().map(|(object, rows)| (object.key(), rows)).collect(),
    };
    print(&match format {
        Format::Json => export::json::object(&shown),
        Format::Text | Format::Csv => export::store::text(&shown, locale),
    })
}

/// Exit code 1 when something is wrong.
fn verify(args: &Args, format: Format, locale: &Locale) -> Result<(), Failure> {
    let findings = reader(args, locale)?.verify().map_err(failed(locale))?;
    let told: Vec<String> = findings.iter().map(|finding| locale.tell(&finding.0)).collect();
    print(&match format {
        Format::Json => {
            export::json::object(&export::store::Verdict { sound: told.is_empty(), findings: told.clone() })
        }
        Format::Text | Format::Csv if told.is_empty() => format!("{}\n", locale.t("verify-sound")),
        Format::Text | Format::Csv => told.iter().map(|line| format!("{line}\n")).collect(),
    })?;
    if told.is_empty() { Ok(()) } else { Err(Failure::Findings) }
}

/// Refuses to fill a store that already holds something.
pub(super) fn must_be_empty(session: &Session, locale: &Locale) -> Result<(), Failure> {
    let info = session.reader().and_then(|mut reader| reader.info()).map_err(failed(locale))?;
    match info.newest {
        None => Ok(()),
        Some(_) => {
            Err(Failure::Input(locale.tell(&Message::new("error-demo-store-not-empty").with("place", info.place))))
        }
    }
}
