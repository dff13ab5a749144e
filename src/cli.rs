//! The command line: one file per subcommand, arguments in, text out.

mod args;
mod ask;
mod check;
mod demo;
mod doctor;
mod handoff;
mod help;
mod import;
mod log;
mod output;
mod profiles;
mod report;
mod said;
mod sample;
mod set;
mod shell;
mod show;
mod ssot;
mod store;
mod watch;
mod worksheet;

pub use args::{Args, ColorChoice, Command, Format, Pane, ScreenCommand, ScreenshotArgs, Settings, TextCommand};
pub use demo::{fill as fill_demo, scratch as demo_session, scratch_folder};
pub use help::{config_of, lang_of, parse};
pub use output::{Failure, Sentence, print};

use crate::i18n::Locale;

/// Runs a subcommand that prints text.
///
/// # Errors
/// [`Failure`] with the sentence for the user and the exit code.
pub fn run(args: &Args, command: &TextCommand, locale: &Locale) -> Result<(), Failure> {
    match command {
        TextCommand::Import(request) => import::run(args, request, locale).map(drop),
        TextCommand::Watch(request) => watch::run(args, request, locale),
        TextCommand::Profiles { what, format } => profiles::run(args, what.as_ref(), *format, locale),
        TextCommand::Show(request) => show::run(args, request, locale),
        TextCommand::Report(request) => report::run(args, request, locale),
        TextCommand::Check(request) => check::run(args, request, locale),
        TextCommand::Handoff { what } => handoff::run(args, what, locale),
        TextCommand::Set(request) => set::run(args, request, locale),
        TextCommand::Ssot { what, format } => ssot::run(args, what.as_ref(), *format, locale),
        TextCommand::Worksheet(request) => worksheet::run(args, request, locale),
        TextCommand::Log { limit, format } => log::log(args, *limit, *format, locale),
        TextCommand::Undo { action } => log::undo(args, *action, locale),
        TextCommand::Redo => log::redo(args, locale),
        TextCommand::Store { what } => store::run(args, what, locale),
        TextCommand::Doctor { format } => doctor::run(args, *format, locale),
        TextCommand::Completions { shell } => shell::completions(*shell, locale),
        TextCommand::Man { output } => shell::man(output.as_deref(), locale),
        TextCommand::Sample { leads, seed, output } => sample::run(args, *leads, *seed, output, locale),
    }
}
