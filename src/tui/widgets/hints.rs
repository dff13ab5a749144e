//! The hint bar: what the next key can be.
//!
//! ```text
//!  ⏎ open   x explain   v view   <> period   f segment   b basis   c compare
//!  t week/month   a amount                     : commands   ? help   q quit
//! ```
//!
//! What is the same everywhere stands at the right of the last row, always. What does not fit is on the
//! help page.

use crate::text::Clean;
use crate::tui::keymap::Command;
use crate::tui::look::{Look, put};
use crate::tui::theme::Meaning;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Cells between two hints, and where that is too much.
const GAPS: [usize; 2] = [3, 2];
/// By their ids, the commands at the right of the last row.
const ALWAYS: [&str; 4] = ["back", "palette", "help", "quit"];
/// By their labels, the hints that come last: nobody needs to be told what arrows do.
const LATE: [&str; 3] = ["tui-hint-import", "tui-hint-move", "tui-hint-language"];

/// A hint: keys and words.
#[derive(Debug, Clone)]
struct Hint {
    keys: Clean,
    words: Clean,
    /// What a click on it does.
    command: &'static Command,
}

impl Hint {
    fn width(&self) -> usize {
        self.keys.width() + 1 + self.words.width()
    }
}

/// The hints of the commands that can do something now, the most useful first.
pub struct HintBar {
    rows: Vec<Vec<Hint>>,
    /// At the right of the last row.
    always: Vec<Hint>,
    gap: usize,
}

impl HintBar {
    /// Lays the hints out for `width` cells, on at most so many rows.
    pub fn new(
        commands: impl Iterator<Item = &'static Command>,
        look: &Look<'_>,
        width: usize,
        most_rows: usize,
    ) -> Self {
        let (always, mut here): (Vec<&'static Command>, Vec<&'static Command>) =
            commands.partition(|command| ALWAYS.contains(&command.id));
        here.sort_by_key(|command| LATE.iter().position(|label| *label == command.label).map(|at| at + 1));
        // Another row is not worth it for the late ones alone.
        let useful = here.iter().filter(|command| !LATE.contains(&command.label)).copied().collect::<Vec<_>>();
        let useful = hints(&useful, look).len();
        let (here, always) = (hints(&here, look), hints(&always, look));
        let mut best = None;
        for gap in GAPS {
            for rows in 1..=most_rows.max(1) {
                let bar = laid(&here, &always, width.saturating_sub(2), gap, rows);
                if bar.rows.iter().map(Vec::len).sum::<usize>() >= useful {
                    return bar;
                }
                best = Some(bar);
            }
        }
        best.unwrap_or(Self { rows: vec![Vec::new()], always, gap: GAPS[0] })
    }

    /// How many rows it takes.
    #[must_use]
    pub fn height(&self) -> usize {
        self.rows.len()
    }

    /// The command whose hint stands at this place of a bar of so many cells.
    #[must_use]
    pub fn hit(&self, (column, row): (usize, usize), width: usize) -> Option<&'static Command> {
        let own = self.rows.get(row).map(|hints| (1, hints));
        let always = (row + 1 == self.rows.len()).then(|| (self.always_start(width), &self.always));
        own.into_iter().chain(always).find_map(|(mut start, hints)| {
            hints.iter().find_map(|hint| {
                let here = (start..start + hint.width()).contains(&column);
                start += hint.width() + self.gap;
                here.then_some(hint.command)
            })
        })
    }

    fn always_start(&self, width: usize) -> usize {
        width.saturating_sub(1 + length(&self.always, self.gap)).max(1)
    }

    /// Draws it.
    pub fn draw(&self, buffer: &mut Buffer, area: Rect, look: &Look<'_>) {
        for (row, hints) in self.rows.iter().enumerate() {
            self.draw_row(buffer, area, (1, row), hints, look);
        }
        let last = self.rows.len().saturating_sub(1);
        self.draw_row(buffer, area, (self.always_start(usize::from(area.width)), last), &self.always, look);
    }

    fn draw_row(
        &self,
        buffer: &mut Buffer,
        area: Rect,
        (mut column, row): (usize, usize),
        hints: &[Hint],
        look: &Look<'_>,
    ) {
        for hint in hints {
            column = put(buffer, area, (column, row), &hint.keys, look.style(Meaning::Accent)) + 1;
            column = put(buffer, area, (column, row), &hint.words, look.style(Meaning::Plain)) + self.gap;
        }
    }
}

/// As many of the hints as fit on so many rows, in their order.
fn laid(here: &[Hint], always: &[Hint], width: usize, gap: usize, rows: usize) -> HintBar {
    let mut laid: Vec<Vec<Hint>> = vec![Vec::new(); rows];
    let mut rest = here.iter().peekable();
    for (at, row) in laid.iter_mut().enumerate() {
        let kept = if at + 1 == rows && !always.is_empty() { length(always, gap) + gap } else { 0 };
        let room = width.saturating_sub(kept);
        let mut used = 0;
        while let Some(hint) = rest.next_if(|hint| used + hint.width() <= room) {
            used += hint.width() + gap;
            row.push(hint.clone());
        }
    }
    HintBar { rows: laid, always: always.to_vec(), gap }
}

/// The cells that hints take side by side.
fn length(hints: &[Hint], gap: usize) -> usize {
    hints.iter().map(|hint| hint.width() + gap).sum::<usize>().saturating_sub(gap)
}

/// One hint per command; neighbours with the same words share one.
fn hints(commands: &[&'static Command], look: &Look<'_>) -> Vec<Hint> {
    let mut found: Vec<(&'static Command, String)> = Vec::new();
    for command in commands.iter().filter(|command| !command.label.is_empty()) {
        let Some(key) = look.keys.keys(command).first().map(|key| key.shown(look.glyphs)) else { continue };
        match found.last_mut() {
            Some((first, keys)) if first.label == command.label => {
                // Arrows stand together, words need something between them.
                if key.chars().count() > 1 {
                    keys.push('/');
                }
                keys.push_str(&key);
            }
            _ => found.push((*command, key)),
        }
    }
    let hint = |(command, keys): (&'static Command, String)| {
        let words = look.t(command.label);
        Hint { keys: keys.into(), words, command }
    };
    found.into_iter().map(hint).collect()
}
