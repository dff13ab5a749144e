//! `store`: what it holds, whether it is sound, backups and copies.

use super::args::{Args, Format, StoreCommand};
use super::ask;
use super::output::{Failure, failed, print};
use super::show::reader;
use crate::domain::message::Message;
use crate::domain::money::Currency;
use crate::domain::time::Instant;
use crate::export;
use crate::export::store::{Compacted, Copied, Restored, Saved, Verdict};
use crate::i18n::Locale;
use crate::ops::{Kept, Location, Session, backup};
use serde::Serialize;
use std::path::Path;

/// Runs a `store` subcommand.
pub fn run(args: &Args, what: &StoreCommand, locale: &Locale) -> Result<(), Failure> {
    match what {
        StoreCommand::Info { format } => info(args, *format, locale),
        StoreCommand::Currency { code } => currency(args, *code, locale),
        StoreCommand::Verify { format } => verify(args, *format, locale),
        StoreCommand::Backup { file, format } => save(args, file.as_deref(), *format, locale),
        StoreCommand::Restore { file, yes, format } => restore(args, file, *yes, *format, locale),
        StoreCommand::Copy { from, to, format } => copy(from, to, *format, locale),
        StoreCommand::Compact { before, yes, format } => compact(args, *before, *yes, *format, locale),
    }
}

fn save(args: &Args, to: Option<&Path>, format: Format, locale: &Locale) -> Result<(), Failure> {
    let saved = reader(args, locale)?.back_up(to, args.clock().now()).map_err(failed(locale))?;
    let saved = Saved { path: saved.path.display().to_string(), bytes: saved.bytes };
    let message = Message::new("store-saved").with("path", &saved.path).with("size", locale.bytes(saved.bytes));
    tell(&saved, &message, format, locale)
}

fn restore(args: &Args, from: &Path, yes: bool, format: Format, locale: &Locale) -> Result<(), Failure> {
    let location = args.setup().location;
    let question = Message::new("store-restore-question").with("place", location.shown());
    if !yes && !ask::confirmed(&question.with("file", from.display()), locale)? {
        return print(&format!("{}\n", locale.t("store-left")));
    }
    let kept = backup::restore(&location, from, args.clock().now()).map_err(failed(locale))?;
    let (key, path) = match &kept {
        Kept::Nothing => ("store-restored", None),
        Kept::Backup(path) => ("store-restored-kept", Some(path)),
        Kept::Aside(path) => ("store-restored-aside", Some(path)),
    };
    let path = path.map(|path| path.display().to_string());
    let message = Message::new(key).with("place", location.shown()).with("path", path.clone().unwrap_or_default());
    tell(&Restored { kept: path, is_readable: !matches!(kept, Kept::Aside(_)) }, &message, format, locale)
}

fn copy(from: &str, to: &str, format: Format, locale: &Locale) -> Result<(), Failure> {
    let (from, to) = (Location::parse(from), Location::parse(to));
    let rows = backup::copy(&from, &to).map_err(failed(locale))?;
    let message = Message::new("store-copied").with("rows", rows).with("from", from.shown()).with("to", to.shown());
    tell(&Copied { rows }, &message, format, locale)
}

fn compact(args: &Args, before: Instant, yes: bool, format: Format, locale: &Locale) -> Result<(), Failure> {
    // What is not there has nothing to forget, and is not made for it.
    reader(args, locale)?;
    let question = Message::new("store-compact-question").with("before", before.to_rfc3339());
    if !yes && !ask::confirmed(&question, locale)? {
        return print(&format!("{}\n", locale.t("store-left")));
    }
    let mut session = Session::open(args.setup()).map_err(failed(locale))?;
    let done = session.compact(before).map_err(failed(locale))?;
    let message = match done.action {
        Some(_) => Message::new("store-compacted").with("action", done.up_to).with("images", done.images),
        None => Message::new("store-compacted-nothing"),
    };
    let compacted = Compacted { action: done.action.map(|action| action.0), up_to: done.up_to.0, images: done.images };
    tell(&compacted, &message, format, locale)
}

/// Prints what was done, as an object or in a sentence.
fn tell(done: &impl Serialize, message: &Message, format: Format, locale: &Locale) -> Result<(), Failure> {
    print(&match format {
        Format::Json => export::json::object(done),
        Format::Csv => export::store::csv(done),
        Format::Text => format!("{}\n", locale.tell(message)),
    })
}

/// A store that is not there yet is made.
fn currency(args: &Args, code: Currency, locale: &Locale) -> Result<(), Failure> {
    let mut session = Session::open(args.setup()).map_err(failed(locale))?;
    session.set_currency(code).map_err(failed(locale))?;
    print(&format!("{}\n", locale.tell(&Message::new("store-currency-set").with("currency", code))))
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
        Format::Csv => export::store::csv(&shown),
        Format::Text => export::store::text(&shown, locale),
    })
}

/// Exit code 1 when something is wrong.
fn verify(args: &Args, format: Format, locale: &Locale) -> Result<(), Failure> {
    let findings = reader(args, locale)?.verify().map_err(failed(locale))?;
    let told: Vec<String> = findings.iter().map(|finding| locale.tell(&finding.0)).collect();
    let verdict = Verdict { sound: told.is_empty(), findings: told };
    print(&match format {
        Format::Json => export::json::object(&verdict),
        Format::Csv => export::store::findings_csv(&verdict),
        Format::Text if verdict.sound => format!("{}\n", locale.t("verify-sound")),
        Format::Text => verdict.findings.iter().map(|line| format!("{line}\n")).collect(),
    })?;
    if verdict.sound { Ok(()) } else { Err(Failure::Findings) }
}

/// Refuses to fill a store that already holds something.
pub(super) fn must_be_empty(session: &Session, locale: &Locale) -> Result<(), Failure> {
    let info = session.reader().and_then(|mut reader| reader.info()).map_err(failed(locale))?;
    match info.newest {
        None => Ok(()),
        Some(_) => Err(Failure::input(&Message::new("error-demo-store-not-empty").with("place", info.place), locale)),
    }
}
