//! The terminal interface.
//!
//! A key press travels: input thread → [`keymap`] → [`app::App::update`] → effects → the
//! [`writer`] and [`analyst`] threads → events → `update`. The screen is drawn when nothing is left to
//! take in.

pub mod action;
pub mod analyst;
pub mod app;
pub mod drill;
pub mod edit;
pub mod event;
pub mod glyphs;
mod guard;
pub mod intake;
pub mod keymap;
mod list;
pub mod look;
pub mod name;
pub mod panes;
mod screen;
mod screenshot;
pub mod sheet;
pub mod terminal;
pub mod theme;
mod value;
pub mod views;
pub mod widgets;
pub mod wizard;
pub mod writer;

use crate::domain::funnel::Funnels;
use crate::domain::handoff::Home;
use crate::domain::message::{Message, Tell};
use crate::domain::period::FiscalYear;
use crate::i18n::Lang;
use crate::ops::{self, Session};
use crate::state::State;
use crate::state::log::Log;
use keymap::Bindings;
use ratatui::layout::Size;
use screen::{Screen, Shown};
use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::sync::mpsc::channel;
use terminal::Terminal;
use theme::Theme;

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
    /// The funnels there are.
    pub funnels: Funnels,
    /// Where the user works, for a company that has not defined its working hours.
    pub home: Home,
    /// The folder of the user's own mappings.
    pub profiles: Option<PathBuf>,
    /// Where it is noted what was done.
    pub log: Log,
    /// Whether the mouse is for the program, not for the terminal's own selection of text.
    pub mouse: bool,
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
    /// The sample company cannot be opened, for a reason that is told in the user's language.
    #[error("the sample company cannot be opened: {0}")]
    Demo(String),
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
            Self::Demo(cause) => Message::new("tui-no-demo").with("cause", cause),
            Self::Crashed => Message::new("tui-error-crashed"),
        }
    }
}

/// A store to show, and what this person left lying beside it.
pub struct Place {
    /// The store.
    pub session: Session,
    /// The local state of this user and store; the program works without it.
    pub state: Option<State>,
    /// Whether it is the sample company on its own clock.
    pub demo: bool,
}

/// Opens the sample company; or else says in the user's language why it cannot be opened.
pub type OpenDemo<'a> = &'a mut dyn FnMut() -> Result<Place, String>;

/// Runs the interface until the user leaves it: on their own place, or else on the sample company.
///
/// # Errors
/// [`Error`] when the terminal or the store cannot be used; the terminal is whole again in any case.
pub fn run(own: Option<Place>, options: Options, open_demo: OpenDemo<'_>) -> Result<Ended, Error> {
    if !io::stdout().is_terminal() {
        return Err(Error::NoTerminal);
    }
    let (wake, heard) = channel();
    event::hear_signals(wake.clone())?;
    let mut terminal = Terminal::take(options.mouse)?;
    let place = match own {
        Some(place) => place,
        None => {
            // Filling it takes a moment, and keys typed meanwhile wait in the terminal.
            terminal.draw(|frame| screen::draw_opening(frame, &options))?;
            open_demo().map_err(Error::Demo)?
        }
    };
    let reader = place.session.reader()?;
    let (width, height) = terminal.size()?;
    let shown = Shown::open(place, reader, &options, Size { width, height }, 0, &wake)?;
    event::read_input(wake.clone());
    Screen { terminal, shown, options, wake, open_demo, wants_demo: false }.run(&heard)
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

/// For the test that a panic leaves the terminal whole; not in release builds.
#[cfg(debug_assertions)]
#[expect(clippy::panic, reason = "the test needs a real panic in the middle of the program")]
fn panic_when_tested(key: keymap::Key) {
    if key == keymap::Key::Char('!') && std::env::var_os("REVOPS_TEST_PANIC").is_some_and(|set| set == "1") {
        panic!("asked to panic by REVOPS_TEST_PANIC");
    }
}
