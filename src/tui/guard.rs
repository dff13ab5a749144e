//! Notices when a background thread panics, so that the program ends instead of hanging.

use super::event::Wake;
use std::sync::mpsc::Sender;

/// Lives as long as a thread; tells the screen's thread when that thread panics.
pub struct Guard(Sender<Wake>);

impl Guard {
    /// A guard for the current thread.
    #[must_use]
    pub fn new(wake: Sender<Wake>) -> Self {
        Self(wake)
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let _ = self.0.send(Wake::Crashed);
        }
    }
}
