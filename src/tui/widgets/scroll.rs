//! How far a page is scrolled that has no selection.

use crate::tui::action::Step;

/// The first visible row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Scroll(usize);

impl Scroll {
    /// The first visible row.
    #[must_use]
    pub fn top(self) -> usize {
        self.0
    }

    /// Scrolls a page of `all` rows, of which `visible` are to be seen.
    pub fn step(&mut self, step: Step, all: usize, visible: usize) {
        let last = all.saturating_sub(visible);
        let to = match step {
            Step::Up => self.0.saturating_sub(1),
            Step::Down => self.0 + 1,
            Step::PageUp => self.0.saturating_sub(visible),
            Step::PageDown => self.0 + visible,
            Step::First => 0,
            Step::Last => last,
        };
        self.0 = to.min(last);
    }

    /// Fits to a page that has become shorter, or a screen that has become higher.
    pub fn settle(&mut self, all: usize, visible: usize) {
        self.0 = self.0.min(all.saturating_sub(visible));
    }
}
