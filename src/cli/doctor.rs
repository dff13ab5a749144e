//! `doctor`: what on this machine keeps revops from working well, and what to do about it.

use super::args::{Args, Format, Settings};
use super::output::{Failure, print};
use crate::clock::age;
use crate::domain::message::{Message, Tell as _};
use crate::export;
use crate::export::doctor::{Check, Health, Visit};
use crate::i18n::Locale;
use crate::ops::{Location, Reader, backup};
use crate::state::State;
use std::io::IsTerminal as _;
use std::path::Path;
use std::time::Duration;

/// A store that changes and has no younger backup is told.
const OLD: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// Looks at everything and prints it. Exit code 1 when something is wrong.
///
/// # Errors
/// [`Failure::Findings`] when something is wrong.
pub fn run(args: &Args, format: Format, locale: &Locale) -> Result<(), Failure> {
    let mut checks = vec![Check::new("program", Health::Ok, env!("CARGO_PKG_VERSION").to_owned())];
    checks.push(terminal(locale));
    checks.extend(settings(&args.settings, locale));
    checks.push(actor(args, locale));
    checks.push(memory(locale));
    checks.push(log(args, locale));
    checks.extend(store(args, locale));
    let visit = Visit { sound: checks.iter().all(|check| check.health != Health::Wrong), checks };
    print(&match format {
        Format::Json => export::json::object(&visit),
        Format::Text | Format::Csv => export::doctor::text(&visit, locale),
    })?;
    if visit.sound { Ok(()) } else { Err(Failure::Findings) }
}

fn check(subject: &'static str, health: Health, message: &Message, locale: &Locale) -> Check {
    Check::new(subject, health, locale.tell(message))
}

/// Whether it can draw, and whether it would draw Chinese and lines right.
fn terminal(locale: &Locale) -> Check {
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let term = set("TERM").unwrap_or_default();
    let charset = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(set).unwrap_or_default();
    let is_utf8 = cfg!(windows) || charset.to_lowercase().replace('-', "").contains("utf8");
    let (health, key) = match (term.as_str(), is_utf8) {
        ("" | "dumb", _) if !cfg!(windows) => (Health::Note, "doctor-terminal-dumb"),
        (_, false) => (Health::Note, "doctor-terminal-charset"),
        _ if !std::io::stdout().is_terminal() => (Health::Ok, "doctor-terminal-none"),
        _ => (Health::Ok, "doctor-terminal"),
    };
    check("terminal", health, &Message::new(key).with("term", term).with("charset", charset), locale)
}

fn settings(Settings { path, mistakes }: &Settings, locale: &Locale) -> Vec<Check> {
    if !mistakes.is_empty() {
        return mistakes.iter().map(|mistake| Check::new("settings", Health::Wrong, mistake.clone())).collect();
    }
    let key = if path.exists() { "doctor-settings" } else { "doctor-settings-none" };
    vec![check("settings", Health::Ok, &Message::new(key).with("path", path.display()), locale)]
}

/// Undo is by person: two who share a name take back each other's work.
fn actor(args: &Args, locale: &Locale) -> Check {
    let actor = args.setup().actor;
    let (health, key) =
        if actor == "unknown" { (Health::Note, "doctor-actor-unknown") } else { (Health::Ok, "doctor-actor") };
    check("actor", health, &Message::new(key).with("actor", actor), locale)
}

/// The file in which the interface remembers language, columns and drafts.
fn memory(locale: &Locale) -> Check {
    let Some(path) = State::path() else {
        return check("memory", Health::Note, &Message::new("doctor-memory-nowhere"), locale);
    };
    let place = Message::new("doctor-memory").with("path", path.display());
    match State::open(&path, "doctor") {
        Ok(_) => check("memory", Health::Ok, &place, locale),
        Err(error) => {
            let message = Message::new("doctor-memory-broken").with("path", path.display()).with("cause", error);
            check("memory", Health::Note, &message, locale)
        }
    }
}

/// The file in which it is noted what was done.
fn log(args: &Args, locale: &Locale) -> Check {
    let Some(path) = args.log.file() else {
        return check("log", Health::Ok, &Message::new("doctor-log-off"), locale);
    };
    let place = |key| Message::new(key).with("path", path.display());
    match args.log.check() {
        Ok(()) => check("log", Health::Ok, &place("doctor-log"), locale),
        Err(error) => check("log", Health::Note, &place("doctor-log-broken").with("cause", error), locale),
    }
}

fn store(args: &Args, locale: &Locale) -> Vec<Check> {
    let location = args.setup().location;
    let place = location.shown();
    let wrong = |message: &Message| vec![check("store", Health::Wrong, message, locale)];
    let mut reader = match Reader::open(&location) {
        Ok(reader) => reader,
        Err(error) if error.is_missing() => {
            return vec![check("store", Health::Note, &Message::new("doctor-store-none").with("place", place), locale)];
        }
        Err(error) => return wrong(&error.tell()),
    };
    let (info, findings) = match reader.info().and_then(|info| Ok((info, reader.verify()?))) {
        Ok(found) => found,
        Err(error) => return wrong(&error.tell()),
    };
    if !findings.is_empty() {
        return findings.iter().map(|finding| check("store", Health::Wrong, &finding.0, locale)).collect();
    }
    let actions = info.newest.as_ref().map_or(0, |action| action.id.0);
    let message = Message::new("doctor-store").with("place", place).with("schema", info.schema);
    let mut checks = vec![check("store", Health::Ok, &message.with("actions", actions), locale)];
    if let Some(action) = info.newest.filter(|action| action.at > args.clock().now()) {
        let message = Message::new("doctor-clock").with("at", action.at.to_rfc3339());
        checks.push(check("clock", Health::Note, &message, locale));
    }
    if let Location::File(path) = &location {
        checks.extend(is_private(path, locale));
        if actions > 0 {
            checks.push(backups(path, locale));
        }
    }
    checks
}

/// Customers' data is for its owner.
#[cfg(unix)]
fn is_private(store: &Path, locale: &Locale) -> Option<Check> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = std::fs::metadata(store).ok()?.permissions().mode() & 0o777;
    let message = Message::new("doctor-private").with("path", store.display()).with("mode", format!("{mode:o}"));
    (mode & 0o077 != 0).then(|| check("store", Health::Note, &message, locale))
}

#[cfg(not(unix))]
const fn is_private(_: &Path, _: &Locale) -> Option<Check> {
    None
}

fn backups(store: &Path, locale: &Locale) -> Check {
    let found = backup::backups(store);
    let Some((at, newest)) = found.last() else {
        return check("backups", Health::Note, &Message::new("doctor-backups-none"), locale);
    };
    let age = age(*at);
    let (health, key) = if age > OLD { (Health::Note, "doctor-backups-old") } else { (Health::Ok, "doctor-backups") };
    let message = Message::new(key).with("count", found.len()).with("path", newest.display());
    check("backups", health, &message.with("days", age.as_secs() / 86_400), locale)
}
