//! How far an import has come, told while it runs; whoever is told may stop it.

use crate::ops::{Error, Result};
use std::sync::Arc;

/// How often it is told, in rows.
const EVERY: u64 = 256;

/// Is told how many rows are done of how many, and says whether to go on.
type Watch = dyn Fn(u64, u64) -> bool + Send + Sync;

/// Someone who watches an import; by default nobody.
#[derive(Clone, Default)]
pub struct Monitor(Option<Arc<Watch>>);

impl Monitor {
    /// A monitor that is told (rows done, rows in all) and says whether to go on.
    #[must_use]
    pub fn new(watch: impl Fn(u64, u64) -> bool + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(watch)))
    }
}

impl std::fmt::Debug for Monitor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if self.0.is_some() { "Monitor(..)" } else { "Monitor" })
    }
}

/// Counts the rows of an import.
pub(super) struct Progress {
    monitor: Monitor,
    done: u64,
    total: u64,
}

impl Progress {
    pub fn new(monitor: &Monitor, total: u64) -> Self {
        Self { monitor: monitor.clone(), done: 0, total }
    }

    /// One row more.
    ///
    /// # Errors
    /// [`Error::Stopped`] when the monitor says so: the transaction is then taken back.
    pub fn row(&mut self) -> Result<()> {
        self.done += 1;
        let is_told = self.done.is_multiple_of(EVERY) || self.done == self.total;
        let go_on = self.monitor.0.as_ref().filter(|_| is_told).is_none_or(|watch| watch(self.done, self.total));
        if go_on { Ok(()) } else { Err(Error::Stopped) }
    }
}
