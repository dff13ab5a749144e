//! The terminal interface.
//!
//! A key press travels: input thread → [`keymap`] → [`app::App::update`] → effects → the
//! [`writer`] and [`analyst`] threads → events → `update`. The screen is drawn when nothing is left to
//! take in.

pub mod action;
pub mod analyst;
pub mod app;
pub mod drill;
pub mod event;
pub mod glyphs;
mod guard;
pub mod keymap;
pub mod look;
pub mod name;
pub mod panes;
mod screenshot;
pub mod sheet;
pub mod terminal;
pub mod theme;
pub mod views;
pub mod widgets;
pub mod writer;

use crate::clock::Clock;
use crate::domain::message::{Message, Tell};
use crate::domain::period::FiscalYear;
use crate::i18n::Lang;
use crate::ops::{self, Session};
use crate::state::{LANGUAGE, State, THEME};
use action::{Effect, Event};
use analyst::Analyst;
use app::{App, HIDDEN_COLUMNS, Setup};
use chrono::{FixedOffset, Local, Offset, TimeZone, Utc};
use event::Wake;
use keymap::Bindings;
use panes::funnel::Settings;
use panes::pipeline::{Cut, LAST_CUT};
use ratatui::layout::Size;
use std::io::{self, IsTerminal};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;
use terminal::Terminal;
use theme::Theme;
use views::{LAST_VIEW, View};
use widgets::table::Hidden;
use writer::Writer;

pub use screenshot::{Shot, screenshot};

/// How the interface is to look and behave.
pub struct Options {
    /// The language.
    pub lang: Lang,
    /// Whether the language was asked for on the command line, so that a remembered one does not count.
    pub lang_fixed: bool,
    /// The theme.
    pub theme: Theme,
    /// Whether the theme was asked for, so that a remembered one does not count.
    pub theme_fixed: bool,
    /// Only signs that every terminal draws one cell wide.
    pub ascii: bool,
    /// The keys of commands.
    pub keys: Bindings,
    /// When the fiscal year begins.
    pub fiscal: FiscalYear,
    /// Whether the store is the sample company on its own clock.
    pub demo: bool,
    /// The local state of this user and store; the program works without it.
    pub state: Option<State>,
}

/// Why the interface ended.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The terminal cannot be used.
    #[error("the terminal cannot be used: {0}")]
    Terminal(#[from] io::Error),
    /// Output goes to a file or a pipe.
    #[error("there is no terminal here")]
    NoTerminal,
    /// The store cannot be used.
    #[error(transparent)]
    Store(#[from] ops::Error),
    /// A thread has panicked; its message is on the screen already.
    #[error("a part of the program has failed")]
    Crashed,
}

impl Tell for Error {
    fn tell(&self) -> Message {
        match self {
            Self::Terminal(cause) => Message::new("tui-error-terminal").with("cause", cause),
            Self::NoTerminal => Message::new("tui-error-no-terminal"),
            Self::Store(error) => error.tell(),
            Self::Crashed => Message::new("tui-error-crashed"),
        }
    }
}

/// Runs the interface until the user leaves it.
///
/// # Errors
/// [`Error`] when the terminal or the store cannot be used; the terminal is whole again in any case.
pub fn run(session: Session, options: Options) -> Result<Ended, Error> {
    if !io::stdout().is_terminal() {
        return Err(Error::NoTerminal);
    }
    let clock = *session.clock();
    let reader = session.reader()?;
    let company = session.store_name().to_owned();
    let recall = |key| options.state.as_ref().and_then(|state| state.recall(key));
    let remembered = recall(LANGUAGE).and_then(|tag| Lang::parse(&tag)).filter(|_| !options.lang_fixed);
    let worn = recall(THEME).and_then(|key| Theme::from_key(&key)).filter(|_| !options.theme_fixed);
    let columns = options.state.as_ref().map(|state| state.recall_all(HIDDEN_COLUMNS)).unwrap_or_default();
    let hidden = Hidden::recalled(columns);
    let (wake, heard) = channel();
    event::hear_signals(wake.clone())?;
    let terminal = Terminal::take()?;
    let (width, height) = terminal.size()?;
    let app = App::new(Setup {
        lang: remembered.unwrap_or(options.lang),
        theme: worn.unwrap_or(options.theme),
        ascii: options.ascii,
        clock,
        zone: zone(&clock, options.demo),
        demo: options.demo,
        company,
        view: recall(LAST_VIEW).and_then(|key| View::from_key(&key)).unwrap_or_default(),
        flow: Settings::new(clock.now().date(), options.fiscal),
        cut: recall(LAST_CUT).and_then(|key| Cut::from_key(&key)).unwrap_or_default(),
        keys: options.keys,
        hidden,
        size: Size { width, height },
    });
    let analyst = Analyst::start(reader, clock, wake.clone());
    let writer = Writer::start(session, options.state, wake.clone());
    event::read_input(wake);
    Screen { terminal, app, analyst, writer, clock }.run(&heard)
}

/// The user's zone, for the clock in the corner; a clock that was set by hand speaks UTC, as it was set.
fn zone(clock: &Clock, demo: bool) -> FixedOffset {
    match clock {
        Clock::System if !demo => {
            let now = chrono::DateTime::from_timestamp_millis(clock.now().0).unwrap_or_default();
            Local.offset_from_utc_datetime(&now.naive_utc())
        }
        _ => Utc.fix(),
    }
}

/// How the interface came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use = "a program that was asked to end by a signal ends by that signal"]
pub enum Ended {
    /// The user has left it, or the terminal has gone.
    Asked,
    /// A signal asked for it.
    Signal(i32),
}

impl Ended {
    /// Ends the process by the signal that ended the interface, so that whoever sent it sees that it was
    /// heard; does nothing when there was none. Everything is to be tidied up before.
    pub fn pass_on(self) {
        if let Self::Signal(signal) = self {
            // It fails only for signals that do not end a process.
            let _ = signal_hook::low_level::emulate_default_handler(signal);
        }
    }
}

/// What the screen's thread owns.
struct Screen {
    terminal: Terminal,
    app: App,
    analyst: Analyst,
    writer: Writer,
    clock: Clock,
}

impl Screen {
    fn run(mut self, heard: &Receiver<Wake>) -> Result<Ended, Error> {
        let ended = self.turn(heard);
        // The terminal first: the writer may have to finish something long.
        drop(self.terminal);
        drop(self.analyst);
        self.writer.finish();
        ended
    }

    fn turn(&mut self, heard: &Receiver<Wake>) -> Result<Ended, Error> {
        let first = self.app.start();
        self.carry_out(first);
        loop {
            let app = &self.app;
            self.terminal.draw(|frame| app.draw(frame))?;
            let mut next = match heard.recv_timeout(self.until_next_minute()) {
                Ok(wake) => Some(wake),
                Err(RecvTimeoutError::Timeout) => Some(Event::Tick.into()),
                Err(RecvTimeoutError::Disconnected) => return Ok(Ended::Asked),
            };
            while let Some(wake) = next {
                if let Some(ending) = self.take_in(wake)? {
                    return Ok(ending);
                }
                next = heard.try_recv().ok();
            }
        }
    }

    fn take_in(&mut self, wake: Wake) -> Result<Option<Ended>, Error> {
        match wake {
            Wake::Event(event) => {
                let effects = self.app.update(event);
                return Ok(self.carry_out(effects));
            }
            Wake::Terminate(signal) => return Ok(Some(Ended::Signal(signal))),
            Wake::InputLost => return Ok(Some(Ended::Asked)),
            Wake::Crashed => return Err(Error::Crashed),
            Wake::Suspend => self.terminal.suspend()?,
            Wake::Resume => self.terminal.resume()?,
        }
        // It may have been resized while it was not ours.
        let (width, height) = self.terminal.size()?;
        let effects = self.app.update(Event::Resize(width, height));
        Ok(self.carry_out(effects))
    }

    fn carry_out(&mut self, effects: Vec<Effect>) -> Option<Ended> {
        let mut ending = None;
        for effect in effects {
            match effect {
                Effect::Watch(watch) => self.analyst.watch(watch),
                Effect::Refresh => self.analyst.refresh(),
                Effect::Write(order) => self.writer.send(order),
                // A terminal that takes no output is told about by the next drawing.
                Effect::Copy(text) => drop(self.terminal.copy(&text)),
                Effect::Quit => ending = Some(Ended::Asked),
            }
        }
        ending
    }

    /// The clock in the corner shows minutes, so nothing has to be drawn in between.
    fn until_next_minute(&self) -> Duration {
        let into = self.clock.now().0.rem_euclid(60_000).unsigned_abs();
        Duration::from_millis(60_000 - into + 10)
    }
}

/// For the test that a panic leaves the terminal whole; not in release builds.
#[cfg(debug_assertions)]
#[expect(clippy::panic, reason = "the test needs a real panic in the middle of the program")]
fn panic_when_tested(key: keymap::Key) {
    if key == keymap::Key::Char('!') && std::env::var_os("REVOPS_TEST_PANIC").is_some_and(|set| set == "1") {
        panic!("asked to panic by REVOPS_TEST_PANIC");
    }
}
