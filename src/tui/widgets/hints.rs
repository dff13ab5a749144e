//! The hint line: what the next key can be.

use crate::text::Clean;
use crate::tui::keymap::Command;
use crate::tui::look::{Look, put};
use crate::tui::theme::Meaning;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Cells between two hints.
const GAP: usize = 3;
/// A hint bar is never higher.
const MOST_ROWS: usize = 3;

/// A hint: keys and words.
struct Hint {
    keys: Clean,
    words: Clean,
}

impl Hint {
    fn width(&self) -> usize {
        self.keys.width() + 1 + self.words.width()
    }
}

/// The hints of the commands that can do something now, on as many lines as they need.
pub struct HintBar {
    rows: Vec<Vec<Hint>>,
}

impl HintBar {
    /// Lays the hints out for `width` cells.
    pub fn new<'c>(commands: impl Iterator<Item = &'c Command>, look: &Look<'_>, width: usize) -> Self {
        let mut rows: Vec<Vec<Hint>> = Vec::new();
        let mut used = 0;
        for hint in hints(commands, look) {
            let needed = hint.width() + GAP;
            if let Some(row) = rows.last_mut().filter(|_| used + needed <= width + GAP - 2) {
                row.push(hint);
                used += needed;
            } else {
                used = needed;
                rows.push(vec![hint]);
            }
        }
        rows.truncate(MOST_ROWS);
        Self { rows }
    }

    /// How many rows it takes.
    #[must_use]
    pub fn height(&self) -> usize {
        self.rows.len()
    }

    /// Draws it.
    pub fn draw(&self, buffer: &mut Buffer, area: Rect, look: &Look<'_>) {
        for (row, hints) in self.rows.iter().enumerate() {
            let mut column = 1;
            for hint in hints {
                column = put(buffer, area, (column, row), &hint.keys, look.style(Meaning::Accent)) + 1;
                column = put(buffer, area, (column, row), &hint.words, look.style(Meaning::Plain)) + GAP;
            }
        }
    }
}

/// One hint per command; neighbours with the same words share one.
fn hints<'c>(commands: impl Iterator<Item = &'c Command>, look: &Look<'_>) -> Vec<Hint> {
    let mut found: Vec<(&str, String)> = Vec::new();
    for command in commands.filter(|command| !command.label.is_empty()) {
        let Some(key) = look.keys.keys(command).first().map(|key| key.shown(look.glyphs)) else { continue };
        match found.last_mut() {
            Some((label, keys)) if *label == command.label => {
                // Arrows stand together, words need something between them.
                if key.chars().count() > 1 {
                    keys.push('/');
                }
                keys.push_str(&key);
            }
            _ => found.push((command.label, key)),
        }
    }
    found.into_iter().map(|(label, keys)| Hint { keys: keys.into(), words: look.t(label) }).collect()
}
