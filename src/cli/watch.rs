//! `watch`: whatever lands in a folder is imported.

use super::args::{Args, ImportArgs, WatchArgs};
use super::import;
use super::output::Failure;
use crate::domain::message::Message;
use crate::i18n::Locale;
use crate::ops::import::sources;
use crate::text::clean;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// How often the folder is looked at. Asking works on network drives too, where nobody is told.
const PAUSE: Duration = Duration::from_secs(1);

/// Size and time of a file: while they change, somebody is still writing it.
type Look = (u64, Option<SystemTime>);

/// Imports every file that is in the folder or comes into it, each when it is written to its end; a
/// file that cannot be imported is told and waits until it changes.
pub fn run(args: &Args, request: &WatchArgs, locale: &Locale) -> Result<(), Failure> {
    let told = Message::new("watch-begins").with("folder", request.folder.display());
    eprintln!("{}", clean(&locale.tell(&told)));
    let mut before: HashMap<PathBuf, Look> = HashMap::new();
    let mut done: HashMap<PathBuf, Look> = HashMap::new();
    loop {
        let found = looks(&request.folder, locale)?;
        let mut waiting = false;
        for (path, look) in &found {
            if done.get(path) == Some(look) {
                continue;
            }
            if before.get(path) != Some(look) {
                waiting = true;
                continue;
            }
            done.insert(path.clone(), *look);
            take(args, request, path, locale)?;
        }
        before = found;
        if request.once && !waiting {
            return Ok(());
        }
        std::thread::sleep(PAUSE);
    }
}

/// Imports one file; a file that is no good does not end the watch.
fn take(args: &Args, request: &WatchArgs, path: &Path, locale: &Locale) -> Result<(), Failure> {
    let one = ImportArgs {
        files: vec![path.to_owned()],
        sheet: None,
        exported_at: None,
        dry_run: false,
        yes: true,
        how: request.how.clone(),
    };
    match import::run(args, &one, locale) {
        Err(Failure::Input(sentence) | Failure::Usage(sentence)) => {
            eprintln!("revops: {}", clean(&sentence));
            Ok(())
        }
        other => other,
    }
}

fn looks(folder: &Path, locale: &Locale) -> Result<HashMap<PathBuf, Look>, Failure> {
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
