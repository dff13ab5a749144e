//! A period to go to: a field that takes what `--period` takes, and what is wrong with what was typed.

use super::field::Field;
use crate::text;
use crate::tui::look::{Look, put, rows_of};
use crate::tui::theme::Meaning;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// The page.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PeriodPage {
    /// What has been typed.
    pub field: Field,
    /// Key of what is wrong with it.
    pub mistake: Option<&'static str>,
}

impl PeriodPage {
    /// Types into the field.
    pub fn change(&mut self, change: impl FnOnce(&mut Field)) {
        change(&mut self.field);
        self.mistake = None;
    }

    /// Draws it; returns the cell of the caret.
    pub fn draw(&self, buffer: &mut Buffer, area: Rect, look: &Look<'_>) -> Position {
        let title = look.t("tui-period-title");
        let start = put(buffer, area, (1, 0), &title, look.style(Meaning::Heading)) + 1;
        let start = u16::try_from(start).unwrap_or(u16::MAX);
        let line = rows_of(area, 0, 1);
        let line = Rect { x: line.x.saturating_add(start), width: line.width.saturating_sub(start), ..line };
        self.field.draw(buffer, line, look);
        let said = self.mistake.map(|key| (key, Meaning::Breach)).unwrap_or(("tui-period-how", Meaning::Muted));
        let words = look.t(said.0);
        for (row, words) in
            text::wrap(words.as_str(), usize::from(area.width).saturating_sub(2)).into_iter().enumerate()
        {
            put(buffer, area, (1, 2 + row), &words.into(), look.style(said.1));
        }
        self.field.caret(line)
    }
}
