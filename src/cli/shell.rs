//! `completions` and `man`: what a shell and a manual need to know of the command line.

use super::help::command;
use super::output::{Failure, print};
use crate::i18n::Locale;
use crate::ops::Error;
use clap_complete::Shell;
use clap_mangen::Man;
use std::path::Path;

/// Prints the completions of a shell.
pub fn completions(shell: Shell, locale: &Locale) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command(locale), "revops", &mut script);
    raw(&script)
}

/// Prints the page of the program, or writes one for every command into a folder.
pub fn man(folder: Option<&Path>, locale: &Locale) -> Result<(), Failure> {
    let file = |path: &Path, error: std::io::Error| {
        Failure::of(&Error::File { path: path.display().to_string(), cause: error.to_string() }, locale)
    };
    let Some(folder) = folder else {
        let mut page = Vec::new();
        Man::new(command(locale)).render(&mut page).map_err(Failure::terminal)?;
        return raw(&page);
    };
    std::fs::create_dir_all(folder).map_err(|e| file(folder, e))?;
    clap_mangen::generate_to(command(locale), folder).map_err(|e| file(folder, e))
}

/// These are for programs and hold no data.
fn raw(bytes: &[u8]) -> Result<(), Failure> {
    print(&String::from_utf8_lossy(bytes))
}
