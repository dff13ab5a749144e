//! The choice of columns of a table.

use super::cursor::Cursor;
use super::table::Column;
use crate::domain::message::Message;
use crate::text::Clean;
use crate::tui::action::{self, Step};
use crate::tui::keymap::{Command, Context, Key, When};
use crate::tui::look::{Look, put, put_position, rows_of, select};
use crate::tui::theme::Meaning;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

/// Rows of the title, the one below it included.
const TITLE: usize = 2;
/// Cells before a line.
const MARGIN: usize = 3;

/// What a key does here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Shows or hides the selected column.
    Toggle,
    /// Shows all columns.
    Reset,
}

const fn here(
    id: &'static str,
    keys: &'static [Key],
    label: &'static str,
    description: &'static str,
    action: Action,
) -> Command {
    let action = action::Action::Columns(action);
    Command { id, keys, label, description, contexts: &[Context::Columns], when: When::Always, action }
}

/// The commands of this page.
pub static COMMANDS: &[Command] = &[
    here("toggle-column", &[Key::Char(' '), Key::Enter], "tui-hint-toggle", "tui-help-toggle-column", Action::Toggle),
    here("reset-columns", &[Key::Char('r')], "tui-hint-reset", "tui-help-reset-columns", Action::Reset),
];

/// The page: which table it is about, and where the user is.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ColumnsPage {
    cursor: Cursor<&'static str>,
}

/// The columns that may be hidden: all that have a title but the first, which says what a line is.
fn choices(columns: &[Column]) -> Vec<&Column> {
    columns.iter().skip(1).filter(|column| !column.title.as_str().is_empty()).collect()
}

fn keys(columns: &[Column]) -> Vec<&'static str> {
    choices(columns).iter().map(|column| column.key).collect()
}

impl ColumnsPage {
    /// The selected column.
    #[must_use]
    pub fn selected(&self) -> Option<&'static str> {
        self.cursor.key().copied()
    }

    /// Fits the selection to the table's columns.
    pub fn settle(&mut self, columns: &[Column], size: Size) {
        self.cursor.settle(&keys(columns), usize::from(size.height).saturating_sub(TITLE));
    }

    /// Moves the selection.
    pub fn step(&mut self, step: Step, columns: &[Column], size: Size) {
        self.cursor.step(step, &keys(columns), usize::from(size.height).saturating_sub(TITLE));
    }

    /// Takes a click on a row of the page; `true` when a column was hit.
    pub fn click(&mut self, row: usize, columns: &[Column], size: Size) -> bool {
        let rows = usize::from(size.height).saturating_sub(TITLE);
        row.checked_sub(TITLE).and_then(|row| self.cursor.click(row, &keys(columns), rows)).is_some()
    }

    /// Draws it.
    pub fn draw(&self, buffer: &mut Buffer, area: Rect, look: &Look<'_>, sheet: &str, columns: &[Column]) {
        let after = put(buffer, area, (1, 0), &look.t("tui-columns-title"), look.style(Meaning::Heading));
        let n = look.hidden.count(sheet, columns);
        if n > 0 {
            let hidden = look.locale.tell(&Message::new("tui-columns-hidden").with("n", n));
            put(buffer, area, (after + 2, 0), &hidden.into(), look.style(Meaning::Muted));
        }
        let list = rows_of(area, TITLE, usize::from(area.height));
        let choices = choices(columns);
        put_position(buffer, area, look, self.cursor.top(), usize::from(list.height), choices.len());
        for (row, (at, column)) in
            choices.iter().enumerate().skip(self.cursor.top()).take(usize::from(list.height)).enumerate()
        {
            let [shown, hidden] = look.glyphs.boxes;
            let sign = if look.hidden.has(sheet, column.key) { hidden } else { shown };
            let line = Clean::from(format!("{sign} {}", column.title));
            let row = rows_of(list, row, 1);
            put(buffer, row, (MARGIN, 0), &line, look.style(Meaning::Plain));
            if at == self.cursor.at() {
                select(buffer, row, look);
            }
        }
    }
}
