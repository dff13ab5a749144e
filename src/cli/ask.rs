//! Questions on the terminal.

use super::output::Failure;
use crate::domain::message::Message;
use crate::i18n::Locale;
use crate::text::clean;
use std::io::{IsTerminal as _, Write as _};

/// Asks once; anything but yes is no.
///
/// # Errors
/// [`Failure`] when nobody can answer: then `--yes` has to say it.
pub fn confirmed(question: &Message, locale: &Locale) -> Result<bool, Failure> {
    if !std::io::stdin().is_terminal() {
        return Err(Failure::usage(&Message::new("usage-needs-yes"), locale));
    }
    let answer = answer(&locale.tell(question)).map_err(Failure::terminal)?;
    Ok(["y", "yes", "是", "好"].contains(&answer.as_str()))
}

/// What is typed behind a question, in lower case.
///
/// # Errors
/// The system's, when the terminal is gone.
pub fn answer(question: &str) -> std::io::Result<String> {
    let mut err = std::io::stderr();
    write!(err, "{} ", clean(question)).and_then(|()| err.flush())?;
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer)?;
    Ok(answer.trim().to_lowercase())
}
