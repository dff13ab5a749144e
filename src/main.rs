//! The program: words of the command line in, a screen or text out.

use revops::cli::{
    self, Args, ColorChoice, Command, Failure, Pane, ScreenCommand, ScreenshotArgs, Sentence, Settings, TextCommand,
};
use revops::clock::{self, Clock};
use revops::config::{self, Config, Mistake};
use revops::domain::handoff::Home;
use revops::domain::message::{Message, Tell as _};
use revops::domain::period::FiscalYear;
use revops::i18n::Locale;
use revops::ops::{Error, Session};
use revops::state::State;
use revops::state::log::Log;
use revops::tui::keymap::{Bindings, Key};
use revops::tui::theme::Theme;
use revops::tui::views::View;
use revops::tui::{self, Ended, Place};
use std::io::Write as _;
use std::process::ExitCode;
use std::time::Instant;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args_os().map(|word| word.to_string_lossy().into_owned()).collect();
    let begun = Instant::now();
    let config = Config::load(cli::config_of(&words).as_deref());
    let locale = Locale::new(cli::lang_of(&words, config.as_ref().ok().and_then(|config| config.language)));
    // Whoever wants no log may have said so in settings that cannot be read.
    let log = Log::at(if config.as_ref().is_ok_and(|config| config.log) { Log::path() } else { None });
    let mut what = "usage";
    let done = cli::parse(&words, &locale).and_then(|mut args| {
        what = args.what();
        args.log = log.clone();
        let path = args.config.clone().or_else(config::default_path).unwrap_or_default();
        args.settings = Settings { path, mistakes: mistakes(&config, &locale) };
        if let Some(Command::Text(command @ TextCommand::Doctor { .. })) = &args.command {
            return cli::run(&args, command, &locale);
        }
        // Help is shown whatever the settings file says.
        let config = config.map_err(|mistake| Failure::usage(&mistake.tell(), &locale))?;
        args.funnels = config.load_funnels().map_err(|mistake| Failure::usage(&mistake.tell(), &locale))?;
        args.profiles = config.profiles();
        args.ascii |= config.ascii;
        args.home = Home { calendar: config.calendar.clone(), zone: clock::zone() };
        args.fiscal = FiscalYear::beginning_in(config.fiscal_year_starts).unwrap_or_default();
        run(&args, &config, &locale)
    });
    let (code, error) = done.as_ref().err().map_or((0, None), |failure| (failure.code(), failure.key()));
    let millis = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    if !matches!(done, Err(Failure::Done(_))) {
        log.note(Clock::System.now(), what, error, &[("ms", millis), ("code", code.into())]);
    }
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            match failure {
                // Nobody is left to tell when these writes fail.
                Failure::Done(text) => drop(std::io::stdout().write_all(text.as_bytes())),
                Failure::Usage(told) | Failure::Input(told) | Failure::Store(told) | Failure::Stopped(told) => {
                    drop(writeln!(std::io::stderr(), "revops: {}", revops::text::clean(&told.words)));
                }
                Failure::Findings | Failure::Told => {}
            }
            ExitCode::from(code)
        }
    }
}

fn run(args: &Args, config: &Config, locale: &Locale) -> Result<(), Failure> {
    match &args.command {
        None => screen(args, config, false, locale)?.pass_on(),
        Some(Command::Screen(ScreenCommand::Demo { no_ui: true })) => cli::fill_demo(args, locale)?,
        Some(Command::Screen(ScreenCommand::Demo { no_ui: false })) => screen(args, config, true, locale)?.pass_on(),
        Some(Command::Screen(ScreenCommand::Screenshot(request))) => picture(args, config, request, locale)?,
        Some(Command::Text(command)) => {
            warn(args);
            named_theme(args, locale)?;
            cli::run(args, command, locale)?;
        }
    }
    Ok(())
}

/// Everything that is wrong with the settings.
fn mistakes(config: &Result<Config, Mistake>, locale: &Locale) -> Vec<String> {
    match config {
        Err(mistake) => vec![locale.tell(&mistake.tell())],
        Ok(config) => {
            let funnels = config.load_funnels().err().map(|mistake| locale.tell(&mistake.tell()));
            funnels.into_iter().chain(of_the_interface(config, locale)).collect()
        }
    }
}

/// Mistakes in the settings that only the interface would stumble over.
fn of_the_interface(config: &Config, locale: &Locale) -> Vec<String> {
    let keys = Bindings::read(config).err().map(|mistake| locale.tell(&mistake.tell()));
    let theme = configured_theme(config, locale).err().map(Failure::into_sentence);
    keys.into_iter().chain(theme).collect()
}

/// Tells them to those whose command works all the same.
fn warn(args: &Args) {
    for sentence in &args.settings.mistakes {
        // Nobody is left to tell when this fails.
        drop(writeln!(std::io::stderr(), "revops: {}", revops::text::clean(sentence)));
    }
}

/// Opens the terminal interface: on the store, or on the sample company, in a folder that is gone afterwards.
fn screen(args: &Args, config: &Config, demo: bool, locale: &Locale) -> Result<Ended, Failure> {
    let keys = Bindings::read(config).map_err(|mistake| Failure::usage(&mistake.tell(), locale))?;
    let (theme, theme_fixed) = theme(args, config, locale)?;
    let mut folder = None;
    let mut open_demo = || -> Result<Place, Failure> {
        let folder = folder.insert(cli::scratch_folder(locale)?);
        Ok(place(cli::demo_session(args, folder.path(), locale)?, true))
    };
    let own = if demo { None } else { Some(place(own_session(args, locale)?, false)) };
    let options = tui::Options {
        lang: locale.lang(),
        lang_fixed: args.lang.is_some(),
        theme,
        theme_fixed,
        ascii: args.ascii,
        fiscal: args.fiscal,
        funnels: args.funnels.clone(),
        keys,
        home: args.home.clone(),
        profiles: args.profiles.clone(),
        log: args.log.clone(),
        mouse: config.mouse && !args.no_mouse,
    };
    tui::run(own, options, &mut || open_demo().map_err(Failure::into_sentence))
        .map_err(|e| Failure::Store(Sentence::new(&e.tell(), locale)))
}

/// The store that the arguments mean; it lasts, so its facts are worth a snapshot.
fn own_session(args: &Args, locale: &Locale) -> Result<Session, Failure> {
    let session = Session::open(args.setup()).map_err(|e| Failure::of(&e, locale))?;
    Ok(session.with_snapshots(Args::snapshots()))
}

/// A store with what this person left lying beside it.
fn place(session: Session, demo: bool) -> Place {
    let name = if demo { "demo".to_owned() } else { session.location().shown() };
    // Without it the program works, it just remembers nothing.
    let state = State::path().and_then(|path| State::open(&path, &name).ok());
    Place { session, state, demo }
}

/// The theme that the words, the environment or the settings ask for, and whether a remembered one is
/// not to count.
fn theme(args: &Args, config: &Config, locale: &Locale) -> Result<(Theme, bool), Failure> {
    let named = named_theme(args, locale)?;
    let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    if args.color == ColorChoice::Never || args.color == ColorChoice::Auto && no_color {
        return Ok((Theme::Mono, true));
    }
    match named {
        Some(theme) => Ok((theme, true)),
        None => Ok((configured_theme(config, locale)?.unwrap_or_default(), false)),
    }
}

/// The theme that the words ask for.
fn named_theme(args: &Args, locale: &Locale) -> Result<Option<Theme>, Failure> {
    let Some(name) = &args.theme else { return Ok(None) };
    let mistake = || {
        let names = Theme::ALL.map(Theme::key).join(", ");
        let message = Message::new("usage-value").with("word", name).with("argument", "--theme");
        Failure::usage(&message.with("expected", names), locale)
    };
    Theme::from_key(name).map(Some).ok_or_else(mistake)
}

/// The theme that the settings ask for.
fn configured_theme(config: &Config, locale: &Locale) -> Result<Option<Theme>, Failure> {
    let Some(name) = &config.theme else { return Ok(None) };
    let mistake = || {
        let names = Theme::ALL.map(Theme::key).join(", ");
        let message = Message::new("error-config-value").with("key", "theme").with("choices", names);
        Failure::usage(&config.mistake(name.line, message).tell(), locale)
    };
    Theme::from_key(&name.value).map(Some).ok_or_else(mistake)
}

/// Draws a pane into a file.
fn picture(args: &Args, config: &Config, request: &ScreenshotArgs, locale: &Locale) -> Result<(), Failure> {
    let (theme, _) = theme(args, config, locale)?;
    let folder = cli::scratch_folder(locale)?;
    let session = match request.demo {
        true => cli::demo_session(args, folder.path(), locale)?,
        false => own_session(args, locale)?,
    };
    let shot = tui::Shot {
        lang: locale.lang(),
        size: request.size,
        demo: request.demo,
        clock: Clock::Fixed(session.clock().now()),
        company: session.store_name(),
        theme,
        ascii: args.ascii,
        view: match request.pane {
            Pane::Funnel | Pane::Stages => View::Flow,
            Pane::Pipeline => View::Pipeline,
            Pane::Handoffs => View::Queue,
            Pane::Records => View::People,
        },
        fiscal: args.fiscal,
        home: &args.home,
        funnels: &args.funnels,
        keys: if request.pane == Pane::Stages { &[Key::Char('D')] } else { &[] },
    };
    let drawn =
        session.reader().and_then(|reader| tui::screenshot(reader, &shot)).map_err(|e| Failure::of(&e, locale))?;
    let path = request.output.display().to_string();
    std::fs::write(&request.output, drawn)
        .map_err(|e| Failure::of(&Error::File { path: path.clone(), cause: e.to_string() }, locale))?;
    cli::print(&format!("{}\n", locale.tell(&Message::new("screenshot-written").with("path", path))))
}
