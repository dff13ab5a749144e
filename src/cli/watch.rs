//! `watch`: whatever lands in a folder is imported.

use super::args::{Args, ImportArgs, WatchArgs};
use super::import;
use super::output::Failure;
use crate::domain::message::Message;
use crate::i18n::Locale;
use crate::ops::import::sources;
use crate::text::clean;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// How often the folder is looked at. Asking works on network drives too, where nobody is told.
const PAUSE: Duration = Duration::from_secs(1);

/// Size and time of a file: while they change, somebody is still writing it.
type Look = (u64, Option<SystemTime>);

/// Files by name, so that the same folder is always told in the same order.
type Looks = BTreeMap<PathBuf, Look>;

/// Imports every file that is in the folder or comes into it, when it is written to its end; a file that
/// cannot be imported is told and waits until it changes.
///
/// # Errors
/// [`Failure::Told`] when one of the files that were there could not be imported and the watch ends with them.
pub fn run(args: &Args, request: &WatchArgs, locale: &Locale) -> Result<(), Failure> {
    let told = Message::new("watch-begins").with("folder", request.folder.display());
    eprintln!("{}", clean(&locale.tell(&told)));
    // What is wrong with the words is wrong for every file.
    import::options(args, &wish(request, Vec::new()), locale)?;
    let mut is_sound = true;
    let (mut before, mut done) = (Looks::new(), Looks::new());
    loop {
        let found = looks(&request.folder, locale)?;
        let is_new = |(path, look): &(&PathBuf, &Look)| done.get(*path) != Some(*look);
        let is_whole = |(path, look): &(&PathBuf, &Look)| before.get(*path) == Some(*look);
        let waiting = found.iter().any(|file| is_new(&file) && !is_whole(&file));
        let ready = found.iter().filter(|file| is_new(file) && is_whole(file)).map(|(path, _)| path.clone());
        let ready: Vec<PathBuf> = ready.collect();
        is_sound &= !take(args, request, ready.clone(), locale)?;
        done.extend(ready.iter().filter_map(|path| Some((path.clone(), *found.get(path)?))));
        before = found;
        if request.once && !waiting {
            return if is_sound { Ok(()) } else { Err(Failure::Told) };
        }
        std::thread::sleep(PAUSE);
    }
}

/// Imports files together, because they may refer to each other; those that are no good are told, and do
/// not hold up the others or end the watch. Returns whether there were such.
fn take(args: &Args, request: &WatchArgs, files: Vec<PathBuf>, locale: &Locale) -> Result<bool, Failure> {
    if files.is_empty() {
        return Ok(false);
    }
    match import::run(args, &wish(request, files), locale) {
        Ok(refused) => Ok(refused > 0),
        Err(Failure::Told) => Ok(true),
        Err(Failure::Input(told)) => {
            eprintln!("revops: {}", clean(&told.words));
            Ok(true)
        }
        Err(other) => Err(other),
    }
}

/// An import of files that nobody is asked about.
fn wish(request: &WatchArgs, files: Vec<PathBuf>) -> ImportArgs {
    ImportArgs {
        files,
        sheet: None,
        exported_at: None,
        dry_run: false,
        yes: true,
        skip_refused: true,
        save_profile: None,
        how: request.how.clone(),
    }
}

fn looks(folder: &Path, locale: &Locale) -> Result<Looks, Failure> {
    let files = match sources(&[folder.to_owned()]) {
        Ok(files) => files,
        Err(crate::ops::Error::EmptyFolder { .. }) => Vec::new(),
        Err(error) => return Err(Failure::of(&error, locale)),
    };
    // A file that has gone meanwhile is not there.
    let look = |path: PathBuf| {
        let meta = std::fs::metadata(&path).ok()?;
        Some((path, (meta.len(), meta.modified().ok())))
    };
    Ok(files.into_iter().filter_map(look).collect())
}
