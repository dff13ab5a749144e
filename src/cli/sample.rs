//! `sample`: a generated company as plain CSV.

use super::args::Args;
use super::output::{Failure, failed, print};
use crate::domain::message::Message;
use crate::domain::sample::{DEMO_NOW_MS, SampleSpec};
use crate::i18n::Locale;
use crate::ops;
use std::path::Path;

/// Writes the files.
pub fn run(args: &Args, leads: usize, seed: u64, folder: &Path, locale: &Locale) -> Result<(), Failure> {
    let now_ms = args.now.map_or(DEMO_NOW_MS, |now| now.0);
    let files = ops::write_sample(&SampleSpec { seed, leads, now_ms }, folder).map_err(failed(locale))?;
    let message = Message::new("sample-written").with("files", files).with("folder", folder.display());
    print(&format!("{}\n", locale.tell(&message)))
}
