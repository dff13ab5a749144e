//! The messages so far, newest first, with the time of each.

use super::scroll::Scroll;
use crate::text::{self, Clean};
use crate::tui::action::Step;
use crate::tui::look::{Look, put, put_position, rows_of};
use crate::tui::theme::Meaning;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

/// Rows of the title, the one below it included.
const TITLE: usize = 2;
/// Cells before the time, and between time and words.
const MARGIN: usize = 2;
const GAP: usize = 2;

/// One message, as the page shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// The time of day.
    pub at: Clean,
    /// What was said.
    pub words: Clean,
    /// How it was meant.
    pub meaning: Meaning,
}

/// The page and how far it is scrolled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MessagesPage(Scroll);

/// One row of the page; a long message goes on below itself.
struct Line {
    at: Clean,
    words: Clean,
    meaning: Meaning,
}

fn lines(messages: &[Said], width: usize) -> Vec<Line> {
    let room = |said: &Said| width.saturating_sub(MARGIN + said.at.width() + GAP + 1).max(10);
    let line = |said: &Said| {
        let mut at = said.at.clone();
        let words = text::wrap(said.words.as_str(), room(said)).into_iter();
        let lines = words.map(|words| Line { at: std::mem::take(&mut at), words: words.into(), meaning: said.meaning });
        lines.collect::<Vec<_>>()
    };
    messages.iter().flat_map(line).collect()
}

impl MessagesPage {
    /// Scrolls a page of this size.
    pub fn step(&mut self, step: Step, messages: &[Said], size: Size) {
        let rows = usize::from(size.height).saturating_sub(TITLE);
        self.0.step(step, lines(messages, usize::from(size.width)).len(), rows);
    }

    /// Draws it.
    pub fn draw(&self, buffer: &mut Buffer, area: Rect, look: &Look<'_>, messages: &[Said]) {
        put(buffer, area, (1, 0), &look.t("tui-messages-title"), look.style(Meaning::Heading));
        let list = rows_of(area, TITLE, usize::from(area.height));
        let lines = lines(messages, usize::from(area.width));
        if lines.is_empty() {
            put(buffer, list, (MARGIN, 0), &look.t("tui-messages-none"), look.style(Meaning::Muted));
        }
        let time = messages.first().map_or(0, |said| said.at.width());
        put_position(buffer, area, look, self.0.top(), usize::from(list.height), lines.len());
        for (row, line) in lines.iter().skip(self.0.top()).take(usize::from(list.height)).enumerate() {
            put(buffer, list, (MARGIN, row), &line.at, look.style(Meaning::Muted));
            put(buffer, list, (MARGIN + time + GAP, row), &line.words, look.style(line.meaning));
        }
    }
}
