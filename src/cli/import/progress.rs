//! What is seen of an import while it runs: a bar with rows a second and the time left, when it takes
//! longer than a moment; Ctrl-C stops it and leaves the store as it was.

use crate::i18n::Locale;
use crate::ops::import::Monitor;
use indicatif::{HumanFloatCount, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use signal_hook::consts::SIGINT;
use signal_hook::{SigId, flag, low_level};
use std::fmt::Write;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Nothing is drawn for what is over sooner.
const MOMENT: Duration = Duration::from_millis(500);
/// The exit code of a program that was stopped by Ctrl-C.
const STOPPED: i32 = 130;

/// Hears Ctrl-C and draws the bar for as long as it lives.
pub(super) struct Progress {
    bar: ProgressBar,
    stop: Arc<AtomicBool>,
    heard: Vec<SigId>,
}

impl Progress {
    /// Begins to listen. A second Ctrl-C ends the program at once.
    pub fn begin(locale: &Locale) -> io::Result<Self> {
        let stop = Arc::new(AtomicBool::new(false));
        let heard = vec![
            flag::register_conditional_shutdown(SIGINT, STOPPED, Arc::clone(&stop))?,
            flag::register(SIGINT, Arc::clone(&stop))?,
        ];
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template(&locale.t("import-progress")) {
            // indicatif's own rate has decimals.
            let rate = |state: &ProgressState, out: &mut dyn Write| {
                let _ = write!(out, "{}/s", HumanFloatCount(state.per_sec().round()));
            };
            bar.set_style(style.with_key("rate", rate).progress_chars("##-"));
        }
        Ok(Self { bar, stop, heard })
    }

    /// Whom the import tells.
    pub fn monitor(&self) -> Monitor {
        let (bar, stop, begun) = (self.bar.clone(), Arc::clone(&self.stop), Instant::now());
        Monitor::new(move |done, total| {
            if bar.is_hidden() && begun.elapsed() > MOMENT {
                bar.set_draw_target(ProgressDrawTarget::stderr());
                bar.set_length(total);
                // Reading the links of a large store is no pace of rows.
                bar.reset_eta();
            }
            bar.set_position(done);
            !stop.load(Ordering::Relaxed)
        })
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
        for id in self.heard.drain(..) {
            low_level::unregister(id);
        }
    }
}
