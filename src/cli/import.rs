//! `import`: files in, after a look at how they were understood.

mod progress;

use super::args::{Args, Format, ImportArgs, OnConflictArg};
use super::ask;
use super::output::{Failure, failed, print};
use crate::domain::intake::FileLook;
use crate::domain::message::Message;
use crate::domain::money::Currency;
use crate::domain::object::Object;
use crate::domain::reconcile::OnConflict;
use crate::export;
use crate::i18n::Locale;
use crate::ops::import::{
    DateOrder, Found, ImportPolicy, ImportReport, Monitor, Options, Profile, Profiles, Sheet, read_files, sources,
};
use crate::ops::{Error, Location, Reader, Session};
use crate::text::clean;
use progress::Progress;
use std::io::IsTerminal as _;

/// Reads the files, shows how they were understood and what would happen, asks unless `--yes` was
/// said, and imports.
pub fn run(args: &Args, request: &ImportArgs, locale: &Locale) -> Result<(), Failure> {
    let files = sources(&request.files).map_err(failed(locale))?;
    let options = options(args, request, locale)?;
    let asks = !request.yes && !request.dry_run;
    if asks && (request.how.format == Format::Json || !std::io::stdin().is_terminal()) {
        return Err(Failure::usage(&Message::new("usage-import-needs-yes"), locale));
    }
    let mut ask =
        |file: &str, column: &str, example: &str| asks.then(|| date_order([file, column, example], locale)).flatten();
    let Found { sheets, skipped } = read_files(&files, &options, &mut ask).map_err(failed(locale))?;
    let looks = request.how.format != Format::Json && (asks || request.dry_run);
    if looks {
        let looks: Vec<FileLook> = sheets.iter().map(Sheet::look).collect();
        print(&export::import::preview(&looks, &skipped, locale))?;
    }
    // A look at a store that is not there yet is taken on one that will be gone again.
    let folder = super::scratch_folder(locale)?;
    let mut setup = args.setup();
    if !request.yes && Reader::open(&setup.location).is_err_and(|error| error.is_missing()) {
        setup.location = Location::File(folder.path().join("look.db"));
    }
    let policy = policy(request);
    if !request.yes {
        let mut session = Session::open(setup).map_err(failed(locale))?;
        let dry = ImportPolicy { dry_run: true, ..policy.clone() };
        let mut report = watched(&mut session, sheets.clone(), dry, locale)?;
        report.skipped_sheets.clone_from(&skipped);
        print(&told(&report, args, request, request.dry_run, locale))?;
        if request.dry_run {
            return save(args, request, &sheets, &options, locale);
        }
        if !ask::confirmed(&Message::new("import-question"), locale)? {
            return print(&format!("{}\n", locale.t("import-cancelled")));
        }
    }
    let mut session = Session::open(args.setup()).map_err(failed(locale))?;
    save(args, request, &sheets, &options, locale)?;
    let mut report = watched(&mut session, sheets, policy, locale)?;
    report.skipped_sheets = skipped;
    print(&told(&report, args, request, true, locale))
}

/// Whether the files can be read and understood; nothing is written.
pub fn check(args: &Args, request: &ImportArgs, locale: &Locale) -> Result<(), Failure> {
    let files = sources(&request.files).map_err(failed(locale))?;
    let options = options(args, request, locale)?;
    read_files(&files, &options, &mut |_, _, _| None).map(drop).map_err(failed(locale))
}

/// Imports, with a bar and an ear for Ctrl-C.
fn watched(
    session: &mut Session,
    sheets: Vec<Sheet>,
    policy: ImportPolicy,
    locale: &Locale,
) -> Result<ImportReport, Failure> {
    let progress = Progress::begin(locale).map_err(|e| Failure::Store(e.to_string()))?;
    let policy = ImportPolicy { monitor: progress.monitor(), ..policy };
    session.import(sheets, &policy, &|message| locale.tell(message)).map_err(failed(locale))
}

/// The report in the format that was asked for; `done` adds how it ended.
fn told(report: &ImportReport, args: &Args, request: &ImportArgs, done: bool, locale: &Locale) -> String {
    match request.how.format {
        Format::Json => export::json::object(report),
        Format::Text | Format::Csv => {
            export::import::summary(report, done.then_some(request.dry_run), &args.program(), locale)
        }
    }
}

fn policy(request: &ImportArgs) -> ImportPolicy {
    ImportPolicy {
        on_conflict: match request.how.on_conflict {
            OnConflictArg::Update => OnConflict::Update,
            OnConflictArg::Ignore => OnConflict::Ignore,
            OnConflictArg::Replace => OnConflict::Replace,
        },
        dry_run: false,
        aliases: request.how.values.clone(),
        monitor: Monitor::default(),
    }
}

fn options(args: &Args, request: &ImportArgs, locale: &Locale) -> Result<Options, Failure> {
    let known = |field: &str| Object::ALL.iter().any(|object| object.position(field).is_some());
    if let Some((field, ..)) = request.how.values.iter().find(|(field, ..)| !known(field)) {
        return Err(Failure::usage(&Message::new("usage-value-field").with("field", field), locale));
    }
    let profiles = profiles(args, locale);
    let stored = Reader::open(&args.setup().location).and_then(|mut reader| reader.info());
    let options = Options {
        as_object: request.how.as_object,
        sheet: request.sheet.clone(),
        profile: mapping(request, locale)?,
        saved: profiles.all(),
        system: request.how.system.clone(),
        exported_at: request.exported_at,
        dates: request.how.dates,
        amounts: request.how.currency,
        values: request.how.values.clone(),
        keep_blanks: request.how.on_conflict == OnConflictArg::Replace,
        funnels: args.funnels.clone(),
        // A store that cannot be read is told about when it is opened for writing.
        ..Options::new(args.clock().now(), stored.map_or(Currency::USD, |info| info.currency))
    };
    let Some(name) = &request.how.profile else { return Ok(options) };
    Ok(profiles.choose(name).map_err(failed(locale))?.apply(options))
}

/// The user's own profiles; files that are none are told, and hold up nothing.
fn profiles(args: &Args, locale: &Locale) -> Profiles {
    let profiles = Profiles::load(args.profiles.as_deref());
    for broken in &profiles.broken {
        eprintln!("revops: {}", clean(&locale.tell(&broken.message)));
    }
    profiles
}

/// Keeps the mapping that was used under the name that was asked for.
fn save(
    args: &Args,
    request: &ImportArgs,
    sheets: &[Sheet],
    options: &Options,
    locale: &Locale,
) -> Result<(), Failure> {
    let Some(name) = &request.save_profile else { return Ok(()) };
    let saved = Profiles::load(args.profiles.as_deref()).save(sheets, name, options);
    let path = saved.map_err(failed(locale))?.display().to_string();
    let told = Message::new("profile-saved").with("name", name.trim()).with("path", path);
    eprintln!("{}", clean(&locale.tell(&told)));
    Ok(())
}

/// The user's own mapping, from `--map`.
fn mapping(request: &ImportArgs, locale: &Locale) -> Result<Option<Profile>, Failure> {
    let Some(path) = &request.how.map else { return Ok(None) };
    let file = path.display().to_string();
    let text = std::fs::read_to_string(path)
        .map_err(|e| Failure::of(&Error::File { path: file.clone(), cause: e.to_string() }, locale))?;
    Profile::parse(&text).map(Some).map_err(|error| Failure::of(&Error::Import { file, error }, locale))
}

/// Asks how the dates of a column are written: `y`, `m` or `d` for what comes first.
fn date_order([file, column, example]: [&str; 3], locale: &Locale) -> Option<DateOrder> {
    let message = Message::new("import-dates-question").with("file", file).with("column", column);
    let answer = ask::answer(&locale.tell(&message.with("example", example))).ok()?;
    DateOrder::ALL
        .into_iter()
        .find(|order| [order.key(), order.key().get(..1).unwrap_or_default()].contains(&answer.as_str()))
}
