//! `import`: files in, after a look at how they were understood.

mod preview;
mod summary;

use super::args::{Args, Format, ImportArgs, OnConflictArg};
use super::output::{Failure, failed, print};
use crate::domain::message::Message;
use crate::domain::money::Currency;
use crate::domain::reconcile::OnConflict;
use crate::export;
use crate::i18n::Locale;
use crate::ops::import::{ImportPolicy, Options, Profile, read_files, sources};
use crate::ops::{Error, Session};
use std::io::{IsTerminal as _, Write as _};

/// Reads the files, shows how they were understood, asks unless `--yes` was said, and imports.
pub fn run(args: &Args, request: &ImportArgs, locale: &Locale) -> Result<(), Failure> {
    let asks = !request.yes && !request.dry_run;
    if asks && (request.format == Format::Json || !std::io::stdin().is_terminal()) {
        return Err(Failure::usage(&Message::new("usage-import-needs-yes"), locale));
    }
    let mut session = Session::open(args.setup()).map_err(failed(locale))?;
    let options = options(args, request, &mut session, locale)?;
    let files = sources(&request.files).map_err(failed(locale))?;
    let sheets = read_files(&files, &options).map_err(failed(locale))?;
    if request.format != Format::Json && (asks || request.dry_run) {
        print(&preview::text(&sheets, locale))?;
    }
    if asks && !confirmed(locale)? {
        return print(&format!("{}\n", locale.t("import-cancelled")));
    }
    let policy = ImportPolicy {
        on_conflict: match request.on_conflict {
            OnConflictArg::Update => OnConflict::Update,
            OnConflictArg::Ignore => OnConflict::Ignore,
            OnConflictArg::Replace => OnConflict::Replace,
        },
        dry_run: request.dry_run,
        aliases: options.values.clone(),
    };
    let report = session.import(sheets, &policy).map_err(failed(locale))?;
    print(&match request.format {
        Format::Json => export::json::object(&report),
        Format::Text | Format::Csv => summary::text(&report, request.dry_run, locale),
    })
}

fn options(args: &Args, request: &ImportArgs, session: &mut Session, locale: &Locale) -> Result<Options, Failure> {
    let info = session.info().map_err(failed(locale))?;
    let currency = Currency::parse(&info.currency).unwrap_or(Currency::USD);
    Ok(Options {
        as_object: request.as_object,
        profile: profile(request, locale)?,
        system: request.system.clone(),
        exported_at: request.exported_at,
        dates: request.dates,
        values: request.values.clone(),
        keep_blanks: request.on_conflict == OnConflictArg::Replace,
        ..Options::new(args.clock().now(), currency)
    })
}

/// The user's own mapping, from `--map`.
fn profile(request: &ImportArgs, locale: &Locale) -> Result<Option<Profile>, Failure> {
    let Some(path) = &request.map else { return Ok(None) };
    let file = path.display().to_string();
    let text = std::fs::read_to_string(path)
        .map_err(|e| Failure::of(&Error::File { path: file.clone(), cause: e.to_string() }, locale))?;
    Profile::parse(&text).map(Some).map_err(|error| Failure::of(&Error::Import { file, error }, locale))
}

/// Asks once; anything but yes is no.
fn confirmed(locale: &Locale) -> Result<bool, Failure> {
    let failed = |e: std::io::Error| Failure::Input(e.to_string());
    let mut err = std::io::stderr();
    write!(err, "{} ", locale.t("import-question")).and_then(|()| err.flush()).map_err(failed)?;
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer).map_err(failed)?;
    Ok(["y", "yes", "是", "好"].contains(&answer.trim().to_lowercase().as_str()))
}
