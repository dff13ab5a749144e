//! The filter of a page: what it says, and the field that it is typed into, in the place of the title.

use super::field::Field;
use crate::text::Clean;
use crate::tui::look::{Look, put, rows_of};
use crate::tui::theme::Meaning;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// Cells at the right of the title, where the position stands.
const POSITION: u16 = 20;

/// A filter.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Filter {
    /// Only what matches this; everything when it is empty.
    text: String,
    field: Option<Field>,
}

impl Filter {
    /// What it says.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it is typed into.
    #[must_use]
    pub fn is_typing(&self) -> bool {
        self.field.is_some()
    }

    /// Goes into it.
    pub fn begin(&mut self) {
        self.field = Some(Field::new(&self.text));
    }

    /// Types into it; what it filters follows at once.
    pub fn type_in(&mut self, change: impl FnOnce(&mut Field)) {
        if let Some(field) = &mut self.field {
            change(field);
            field.text().clone_into(&mut self.text);
        }
    }

    /// Leaves it, and keeps what it says.
    pub fn accept(&mut self) {
        self.field = None;
    }

    /// Takes it away; `false` when there was none.
    pub fn let_go(&mut self) -> bool {
        self.field = None;
        !std::mem::take(&mut self.text).is_empty()
    }

    /// Draws the title of the page, or the filter in its place; returns the cell of the caret while it is
    /// typed into.
    pub fn draw(&self, buffer: &mut Buffer, area: Rect, look: &Look<'_>, title: &Clean) -> Option<Position> {
        if self.field.is_none() && self.text.is_empty() {
            put(buffer, area, (1, 0), title, look.style(Meaning::Heading));
            return None;
        }
        put(buffer, area, (1, 0), &"/".into(), look.style(Meaning::Accent));
        let width = area.width.saturating_sub(POSITION);
        let line = Rect { x: area.x.saturating_add(3), width, ..rows_of(area, 0, 1) };
        let Some(field) = &self.field else {
            put(buffer, line, (0, 0), &self.text.as_str().into(), look.style(Meaning::Heading));
            return None;
        };
        field.draw(buffer, line, look);
        Some(field.caret(line))
    }
}
