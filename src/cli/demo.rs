//! `demo`: the sample company, in a store of its own.

use super::args::Args;
use super::output::{Failure, failed, print};
use crate::clock::Clock;
use crate::domain::message::Message;
use crate::domain::sample::DEMO_NOW_MS;
use crate::domain::time::Instant;
use crate::i18n::Locale;
use crate::ops::{Error, Location, Session, Setup};
use std::path::Path;

/// `demo --no-ui`: fills the new store that `--store` names.
///
/// # Errors
/// [`Failure`] when no store is named, or it is not new.
pub fn fill(args: &Args, locale: &Locale) -> Result<(), Failure> {
    if args.store.is_none() {
        return Err(Failure::usage(&Message::new("usage-demo-needs-store"), locale));
    }
    let mut session =
        Session::open(Setup { clock: clock(args), read_only: false, ..args.setup() }).map_err(failed(locale))?;
    super::store::must_be_empty(&session, locale)?;
    session.import_sample().map_err(failed(locale))?;
    let place = session.location().shown();
    print(&format!("{}\n", locale.tell(&Message::new("demo-filled").with("place", place))))
}

/// A folder that goes when it is dropped.
///
/// # Errors
/// [`Failure`] when the system's folder for temporary files cannot be written.
pub fn scratch_folder(locale: &Locale) -> Result<tempfile::TempDir, Failure> {
    tempfile::tempdir().map_err(|e| {
        let path = std::env::temp_dir().display().to_string();
        Failure::of(&Error::File { path, cause: e.to_string() }, locale)
    })
}

/// The sample company in a new store inside `folder`, on the demo's own clock.
///
/// # Errors
/// [`Failure`] when the folder cannot be written.
pub fn scratch(args: &Args, folder: &Path, locale: &Locale) -> Result<Session, Failure> {
    let location = Location::File(folder.join("demo.db"));
    let mut session = Session::open(Setup { location, clock: clock(args), read_only: false, ..args.setup() })
        .map_err(failed(locale))?;
    session.import_sample().map_err(failed(locale))?;
    Ok(session)
}

/// The demo begins at the same minute every time and ticks on, unless `--now` stops the clock.
fn clock(args: &Args) -> Clock {
    args.now.map_or_else(|| Clock::running_from(Instant(DEMO_NOW_MS)), Clock::Fixed)
}
