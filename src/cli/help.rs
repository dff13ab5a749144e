//! Help and usage errors in the user's language.

use super::{Args, Failure};
use crate::domain::message::Message;
use crate::i18n::{Lang, Locale};
use clap::error::{ContextKind, ErrorKind};
use clap::{Arg, ArgAction, Command, CommandFactory, FromArgMatches};
use std::path::PathBuf;

/// The language that the words of the command line and the environment ask for; read before the
/// arguments are parsed, because their help is in it.
#[must_use]
pub fn lang_of(words: &[String], configured: Option<Lang>) -> Lang {
    let asked = value_of(words, "--lang").and_then(|value| Lang::parse(&value));
    Lang::detect(asked, configured, |name| std::env::var(name).ok())
}

/// The settings file that the words of the command line and the environment name; read before the
/// arguments are parsed, because it may say the language.
#[must_use]
pub fn config_of(words: &[String]) -> Option<PathBuf> {
    let set = || std::env::var("REVOPS_CONFIG").ok().filter(|value| !value.is_empty());
    value_of(words, "--config").or_else(set).map(PathBuf::from)
}

/// The last value of an option, as `--option value` or `--option=value`.
fn value_of(words: &[String], option: &str) -> Option<String> {
    let mut words = words.iter();
    let mut found = None;
    while let Some(word) = words.next() {
        match word.strip_prefix(option) {
            Some("") => found = words.next().cloned(),
            Some(rest) => found = rest.strip_prefix('=').map(str::to_owned).or(found),
            None => {}
        }
    }
    found
}

/// Parses the command line.
///
/// # Errors
/// [`Failure`] with help on success, or with what is wrong with the words.
pub fn parse(words: &[String], locale: &Locale) -> Result<Args, Failure> {
    let mut command = command(locale);
    let matches = command.try_get_matches_from_mut(words);
    let args = matches.and_then(|matches| Args::from_arg_matches(&matches)).map_err(|error| told(&error, locale))?;
    match &args.store {
        // A variable that a script left empty would otherwise make a store of no name.
        Some(place) if place.trim().is_empty() => Err(Failure::usage(&Message::new("usage-empty-store"), locale)),
        _ => Ok(args),
    }
}

/// The command line with its help.
pub(super) fn command(locale: &Locale) -> Command {
    with_words(Args::command(), "cli", locale)
}

/// Where the options of the program itself begin in the help of a command.
const BEHIND: usize = 500;

/// Fills every command's and argument's help from the locale: `cli-import`, `cli-import-yes` …
fn with_words(command: Command, key: &str, locale: &Locale) -> Command {
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help).help(locale.t("cli-help"));
    let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
    let mut command = command
        .disable_help_flag(true)
        .disable_version_flag(true)
        .about(locale.t(key))
        .help_template(format!(
            "{{about-with-newline}}\n{}: {{usage}}\n\n{{all-args}}{{after-help}}\n",
            locale.t("cli-heading-usage")
        ))
        .subcommand_help_heading(locale.t("cli-heading-commands"))
        .subcommand_value_name(locale.t("cli-value-command"))
        .arg(help);
    if key == "cli" {
        command = command.arg(version.help(locale.t("cli-version")));
    }
    if ["cli", "cli-import", "cli-watch"].contains(&key) {
        command = command.after_help(locale.t("help-exit-codes"));
    }
    let names: Vec<String> = command.get_arguments().map(|arg| arg.get_id().to_string()).collect();
    for (at, name) in names.iter().enumerate().filter(|(_, name)| !["help", "version"].contains(&name.as_str())) {
        let words = locale.t(&key_of(key, name));
        let heading = locale.t("cli-heading-options");
        command = command.mut_arg(name, |arg| {
            if arg.is_positional() {
                arg.help(words).help_heading(locale.t("cli-heading-arguments"))
            } else if key == "cli" {
                // What every command takes stands behind what this one takes.
                arg.help(words).help_heading(heading).display_order(BEHIND + at)
            } else {
                arg.help(words).help_heading(heading)
            }
        });
    }
    for name in ["help", "version"].iter().filter(|name| key == "cli" || **name == "help") {
        command = command.mut_arg(name, |arg| arg.help_heading(locale.t("cli-heading-options")));
    }
    let subcommands: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    for name in subcommands {
        let key = format!("{key}-{name}");
        command = command.mut_subcommand(name, |sub| with_words(sub, &key, locale));
    }
    command
}

/// Options of the program itself stand under `cli-global`, so that `--store` is not the command `store`.
fn key_of(command: &str, argument: &str) -> String {
    let command = if command == "cli" { "cli-global" } else { command };
    format!("{command}-{}", argument.replace('_', "-"))
}

/// A usage error in one sentence; help and version are no error.
fn told(error: &clap::Error, locale: &Locale) -> Failure {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        // The two words that clap has no place for in another language.
        let words = [
            ("[OPTIONS]", format!("[{}]", locale.t("cli-value-options"))),
            ("[default: ", format!("[{}", locale.t("cli-default"))),
        ];
        let help = words.iter().fold(error.render().to_string(), |help, (word, own)| help.replace(word, own));
        return Failure::Done(help);
    }
    let of = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let message = match error.kind() {
        ErrorKind::UnknownArgument => Message::new("usage-unknown").with("word", of(ContextKind::InvalidArg)),
        ErrorKind::InvalidSubcommand => Message::new("usage-command").with("word", of(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingRequiredArgument => Message::new("usage-missing").with("word", of(ContextKind::InvalidArg)),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            Message::new("usage-missing").with("word", locale.t("cli-value-command"))
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let expected = match std::error::Error::source(error) {
                Some(source) if source.is::<std::num::ParseIntError>() => locale.t("usage-number"),
                Some(source) => source.to_string(),
                None => of(ContextKind::ValidValue),
            };
            Message::new("usage-value")
                .with("word", of(ContextKind::InvalidValue))
                .with("argument", of(ContextKind::InvalidArg))
                .with("expected", expected)
        }
        _ => Message::new("usage-other").with("word", of(ContextKind::InvalidArg)),
    };
    Failure::usage(&message, locale)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<String> {
        line.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn the_language_is_known_before_the_arguments_are_parsed() {
        assert_eq!(lang_of(&words("revops --lang zh-CN show"), None), Lang::ZhCn);
        assert_eq!(lang_of(&words("revops show --lang=en"), Some(Lang::ZhCn)), Lang::En);
        assert_eq!(config_of(&words("revops --config=a.toml --config b.toml")), Some(PathBuf::from("b.toml")));
    }

    #[test]
    fn every_command_and_argument_has_words_in_both_languages() {
        fn walk(command: &Command, key: &str, locale: &Locale, gaps: &mut Vec<String>) {
            gaps.extend((!locale.has(key)).then(|| key.to_owned()));
            for arg in command.get_arguments().filter(|arg| arg.get_id() != "help" && arg.get_id() != "version") {
                let key = key_of(key, arg.get_id().as_str());
                gaps.extend((!locale.has(&key)).then_some(key));
            }
            for sub in command.get_subcommands() {
                walk(sub, &format!("{key}-{}", sub.get_name()), locale, gaps);
            }
        }
        for lang in Lang::ALL {
            let mut gaps = Vec::new();
            walk(&Args::command(), "cli", &Locale::new(lang), &mut gaps);
            assert!(gaps.is_empty(), "{}: {gaps:?}", lang.tag());
        }
    }

    #[test]
    fn a_wrong_word_is_named() {
        let locale = Locale::new(Lang::En);
        for (line, word) in [
            ("revops --nosuch", "--nosuch"),
            ("revops nosuch", "nosuch"),
            ("revops import", "FILE"),
            ("revops show nosuch", "nosuch"),
            ("revops --now noon", "noon"),
        ] {
            let Err(Failure::Usage(told)) = parse(&words(line), &locale) else { panic!("{line} is accepted") };
            assert!(told.words.contains(word), "{line}: {told:?}");
        }
    }
}
