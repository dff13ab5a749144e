//! The command palette: everything that can be done from here, found by a few letters of what it is
//! called in either language, of its pinyin or of its id.

use super::cursor::Cursor;
use super::field::Field;
use crate::domain::matching::Fuzzy;
use crate::i18n::Locale;
use crate::text::{self, Clean};
use crate::tui::action::{self, Step};
use crate::tui::keymap::{Command, Context, Key, When};
use crate::tui::look::{Look, put, put_position, rows_of, select};
use crate::tui::theme::Meaning;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};
use std::cmp::Reverse;

/// Rows of the field, the one below it included.
const TITLE: usize = 2;
/// Cells before a line, and between words and keys.
const MARGIN: usize = 3;
const GAP: usize = 2;

/// What a key does here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Runs the selected command.
    Run,
    /// Closes the palette.
    Close,
}

const fn here(
    id: &'static str,
    keys: &'static [Key],
    label: &'static str,
    description: &'static str,
    action: Action,
) -> Command {
    let action = action::Action::Palette(action);
    Command { id, keys, label, description, contexts: &[Context::Palette], when: When::Always, action }
}

/// The commands of the palette itself.
pub static COMMANDS: &[Command] = &[
    here("palette-run", &[Key::Enter], "tui-hint-run", "tui-help-run", Action::Run),
    here("palette-close", &[Key::Esc], "tui-hint-back", "tui-help-close", Action::Close),
];

/// The palette: what has been typed, and what it finds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Palette {
    /// What has been typed.
    pub field: Field,
    found: Vec<&'static Command>,
    cursor: Cursor<&'static str>,
}

impl Palette {
    /// The command that Enter runs.
    #[must_use]
    pub fn selected(&self) -> Option<&'static Command> {
        self.found.get(self.cursor.at()).copied()
    }

    /// Finds again, the best first: `commands` are those that can be run, `locales` all languages.
    pub fn find(&mut self, commands: impl Iterator<Item = &'static Command>, locales: [&Locale; 2], size: Size) {
        let mut fuzzy = Fuzzy::new(self.field.text());
        let mut score = |command: &Command| {
            let texts = locales.iter().flat_map(|locale| [command.description, command.label].map(|key| locale.t(key)));
            // Of two that match as well, the one with fewer other words is meant.
            let score = |text: String| Some((fuzzy.score(&text)?, Reverse(text.chars().count())));
            texts.chain([command.id.to_owned()]).filter_map(score).max()
        };
        let mut scored: Vec<((u32, Reverse<usize>), &Command)> =
            commands.filter_map(|c| Some((score(c)?, c))).collect();
        if !self.field.text().trim().is_empty() {
            scored.sort_by_key(|(score, _)| Reverse(*score));
        }
        let found: Vec<&'static Command> = scored.into_iter().map(|(_, command)| command).collect();
        if found != self.found {
            // Whatever was selected, the best of the new ones is what Enter runs now.
            (self.found, self.cursor) = (found, Cursor::default());
        }
        self.cursor.settle(&self.keys(), visible(size));
    }

    /// Moves the selection.
    pub fn step(&mut self, step: Step, size: Size) {
        self.cursor.step(step, &self.keys(), visible(size));
    }

    /// Takes a click on a row of the page; `true` when the selected command was clicked again.
    pub fn click(&mut self, row: usize, size: Size) -> bool {
        let keys = self.keys();
        row.checked_sub(TITLE).and_then(|row| self.cursor.click(row, &keys, visible(size))) == Some(true)
    }

    fn keys(&self) -> Vec<&'static str> {
        self.found.iter().map(|command| command.id).collect()
    }

    /// Draws it and returns the cell of the caret.
    pub fn draw(&self, buffer: &mut Buffer, area: Rect, look: &Look<'_>) -> Position {
        put(buffer, area, (1, 0), &":".into(), look.style(Meaning::Accent));
        let line = Rect { x: area.x.saturating_add(3), width: area.width.saturating_sub(16), ..rows_of(area, 0, 1) };
        self.field.draw(buffer, line, look);
        let list = rows_of(area, TITLE, usize::from(area.height));
        if self.found.is_empty() {
            put(buffer, list, (MARGIN, 0), &look.t("tui-no-lines"), look.style(Meaning::Muted));
        }
        let rows = usize::from(list.height);
        put_position(buffer, area, look, self.cursor.top(), rows, self.found.len());
        for (row, (at, command)) in self.found.iter().enumerate().skip(self.cursor.top()).take(rows).enumerate() {
            draw_line(buffer, rows_of(list, row, 1), look, command, at == self.cursor.at());
        }
        self.field.caret(line)
    }
}

fn visible(size: Size) -> usize {
    usize::from(size.height).saturating_sub(TITLE)
}

/// What the command does, and the key that does it without the palette.
fn draw_line(buffer: &mut Buffer, row: Rect, look: &Look<'_>, command: &Command, selected: bool) {
    let keys = Clean::from(look.keys.keys(command).first().map(|key| key.shown(look.glyphs)).unwrap_or_default());
    let start = usize::from(row.width).saturating_sub(keys.width() + 1);
    let words = look.t(command.description);
    let words = text::truncate(words.as_str(), start.saturating_sub(MARGIN + GAP));
    put(buffer, row, (MARGIN, 0), &Clean::from(&*words), look.style(Meaning::Plain));
    put(buffer, row, (start, 0), &keys, look.style(Meaning::Accent));
    if selected {
        select(buffer, row, look);
    }
}
