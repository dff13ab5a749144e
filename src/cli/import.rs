//! `import`: files in, after a look at how they were understood.

mod progress;

use super::args::{Args, Format, ImportArgs, OnConflictArg};
use super::ask;
use super::output::{Failure, failed, print};
use crate::clock::Clock;
use crate::domain::intake::FileLook;
use crate::domain::message::{Message, Tell as _};
use crate::domain::money::Currency;
use crate::domain::object::Object;
use crate::domain::reconcile::OnConflict;
use crate::export;
use crate::i18n::Locale;
use crate::ops::import::{
    DateOrder, Found, ImportPolicy, ImportReport, Monitor, Options, Profile, Profiles, Refused, Sheet, SkippedSheet,
    lost_column, read_files, sources,
};
use crate::ops::{Error, Location, Reader, Session};
use crate::text::clean;
use progress::Progress;
use std::io::IsTerminal as _;
use std::path::PathBuf;

/// Reads the files, shows how they were understood and what would happen, asks unless `--yes` was
/// said, and imports. Returns how many files could not be imported as they are.
pub fn run(args: &Args, request: &ImportArgs, locale: &Locale) -> Result<usize, Failure> {
    let files = sources(&request.files).map_err(failed(locale))?;
    let options = options(args, request, locale)?;
    let asks = !request.yes && !request.dry_run;
    if asks && (request.how.format == Format::Json || !std::io::stdin().is_terminal()) {
        return Err(Failure::usage(&Message::new("usage-import-needs-yes"), locale));
    }
    let found = read(&files, &options, asks, request, locale)?;
    let policy = policy(request);
    if !request.yes {
        let report = look(args, request, &found, policy.clone(), locale)?;
        if request.dry_run {
            save(args, request, &found.sheets, &options, locale)?;
            let count = settled(&found, request, locale)?;
            return if report.is_useless() { Err(Failure::Told) } else { Ok(count) };
        }
        if !ask::confirmed(&question(&found, request), locale)? {
            print(&format!("{}\n", locale.t("import-cancelled")))?;
            return Ok(0);
        }
    }
    let mut session = Session::open(args.setup()).map_err(failed(locale))?;
    save(args, request, &found.sheets, &options, locale)?;
    let Found { sheets, skipped, refused } = found;
    let report = watched(&mut session, sheets, policy, locale)?;
    let report = with_left_out(report, &skipped, &refused);
    args.log.note(Clock::System.now(), "import-counts", None, &report.counts());
    print(&told(&report, args, request, true, locale))?;
    if report.is_useless() { Err(Failure::Told) } else { Ok(refused.len()) }
}

/// Reads the files and tells which cannot be imported as they are; that is an error when nothing is left, or when
/// nobody is asked and `--skip-refused` does not say that the others are wanted.
fn read(
    files: &[PathBuf],
    options: &Options,
    asks: bool,
    request: &ImportArgs,
    locale: &Locale,
) -> Result<Found, Failure> {
    let mut ask =
        |file: &str, column: &str, example: &str| asks.then(|| date_order([file, column, example], locale)).flatten();
    let mut found = read_files(files, options, &mut ask);
    if request.yes && !request.how.allow_missing {
        found.refuse_incomplete();
    }
    match found.refused.as_slice() {
        [] => Ok(found),
        [_] if files.len() == 1 && (found.sheets.is_empty() || request.yes && !request.skip_refused) => {
            Err(found.refused.pop().map_or(Failure::Told, |refused| Failure::of(&refused.why, locale)))
        }
        refused => {
            refused.iter().for_each(|refused| tell(&in_short(refused.why.tell()), locale));
            match (found.sheets.is_empty(), request.yes) {
                (true, _) => Err(Failure::input(&Message::new("import-refused-all"), locale)),
                (false, true) => settled(&found, request, locale).map(|_| found),
                (false, false) => Ok(found),
            }
        }
    }
}

/// Of several files it is enough to say that one is unknown; what it might be is told when it is asked for alone.
fn in_short(why: Message) -> Message {
    let key = if why.key == "error-import-unknown-object" { "import-refused-unknown" } else { why.key };
    Message { key, ..why }
}

/// How many files are refused; an error when the words do not say what is to become of the others.
fn settled(found: &Found, request: &ImportArgs, locale: &Locale) -> Result<usize, Failure> {
    if let Some(why) = lost(found, request) {
        return Err(Failure::of(&why, locale));
    }
    match found.refused.len() {
        count if count > 0 && !request.skip_refused => {
            Err(Failure::input(&Message::new("import-refused-some").with("count", count), locale))
        }
        count => Ok(count),
    }
}

/// The column that a file cannot do without and has lost, unless the words allow that.
fn lost(found: &Found, request: &ImportArgs) -> Option<Error> {
    found.sheets.iter().find_map(lost_column).filter(|_| !request.how.allow_missing)
}

/// What is to be confirmed: what is lost comes first, then what is left out.
fn question(found: &Found, request: &ImportArgs) -> Message {
    if let Some(lost) = lost(found, request) {
        let Message { args, .. } = lost.tell();
        return Message { key: "import-question-lost", args };
    }
    match found.refused.len() {
        0 => Message::new("import-question"),
        count => Message::new("import-question-others").with("count", count),
    }
}

/// Shows how the files were understood and what would happen.
fn look(
    args: &Args,
    request: &ImportArgs,
    found: &Found,
    policy: ImportPolicy,
    locale: &Locale,
) -> Result<ImportReport, Failure> {
    if request.how.format != Format::Json {
        let looks: Vec<FileLook> = found.sheets.iter().map(Sheet::look).collect();
        print(&export::import::preview(&looks, &found.skipped, locale))?;
    }
    // A look at a store that is not there yet is taken on one that will be gone again.
    let folder = super::scratch_folder(locale)?;
    let mut setup = args.setup();
    if Reader::open(&setup.location).is_err_and(|error| error.is_missing()) {
        setup.location = Location::File(folder.path().join("look.db"));
    }
    let mut session = Session::open(setup).map_err(failed(locale))?;
    let report = watched(&mut session, found.sheets.clone(), ImportPolicy { dry_run: true, ..policy }, locale)?;
    let report = with_left_out(report, &found.skipped, &found.refused);
    print(&told(&report, args, request, request.dry_run, locale))?;
    Ok(report)
}

/// Says something aside from the result.
fn tell(message: &Message, locale: &Locale) {
    eprintln!("revops: {}", clean(&locale.tell(message)));
}

/// Imports, with a bar and an ear for Ctrl-C.
fn watched(
    session: &mut Session,
    sheets: Vec<Sheet>,
    policy: ImportPolicy,
    locale: &Locale,
) -> Result<ImportReport, Failure> {
    let progress = Progress::begin(locale).map_err(Failure::terminal)?;
    let policy = ImportPolicy { monitor: progress.monitor(), ..policy };
    session.import(sheets, &policy, &|message| locale.tell(message)).map_err(failed(locale))
}

/// The report with what did not come as far as the import.
fn with_left_out(report: ImportReport, skipped: &[SkippedSheet], refused: &[Refused]) -> ImportReport {
    let refused_files = refused.iter().map(Refused::told).collect();
    ImportReport { skipped_sheets: skipped.to_vec(), refused_files, ..report }
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

/// How the files are to be understood.
pub(super) fn options(args: &Args, request: &ImportArgs, locale: &Locale) -> Result<Options, Failure> {
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
    profiles.broken.iter().for_each(|broken| tell(&broken.message, locale));
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
