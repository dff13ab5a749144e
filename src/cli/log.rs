//! `log`, `undo`, `redo`.

use super::args::{Args, Format};
use super::output::{Failure, failed, print};
use super::show::reader;
use crate::domain::message::Message;
use crate::domain::value::ActionId;
use crate::export;
use crate::i18n::Locale;
use crate::ops::{Reversal, Session};

/// Prints the journal, newest first.
pub fn log(args: &Args, limit: i64, format: Format, locale: &Locale) -> Result<(), Failure> {
    let mut reader = reader(args, locale)?;
    let entries: Vec<export::log::Entry> =
        reader.log(limit).map_err(failed(locale))?.iter().map(super::log::entry).collect();
    let log = export::log::Log { actions: entries };
    print(&match format {
        Format::Json => export::json::object(&log),
        Format::Text => export::log::text(&log, locale),
        Format::Csv => export::log::csv(&log, locale),
    })
}

fn entry(action: &crate::ops::Action) -> export::log::Entry {
    export::log::Entry {
        id: action.id.0,
        at: action.at,
        actor: action.actor.clone(),
        kind: action.kind.key(),
        summary: action.summary.clone(),
        undone: action.undone_by.is_some(),
    }
}

/// Undoes an action.
pub fn undo(args: &Args, action: Option<i64>, locale: &Locale) -> Result<(), Failure> {
    // What is not there has nothing to take back, and is not made for it.
    reader(args, locale)?;
    let mut session = Session::open(args.setup()).map_err(failed(locale))?;
    let done = session.undo(action.map(ActionId)).map_err(failed(locale))?;
    print(&told("undone", &done, locale))
}

/// Does an undone action again.
pub fn redo(args: &Args, locale: &Locale) -> Result<(), Failure> {
    // What is not there has nothing to take back, and is not made for it.
    reader(args, locale)?;
    let mut session = Session::open(args.setup()).map_err(failed(locale))?;
    let done = session.redo().map_err(failed(locale))?;
    print(&told("redone", &done, locale))
}

fn told(key: &'static str, done: &Reversal, locale: &Locale) -> String {
    let what = export::log::sentence(&entry(&done.target), locale);
    let message = Message::new(key).with("action", done.target.id).with("what", what);
    format!("{}\n", locale.tell(&message))
}
