//! What every drawing function needs to know: language, theme, signs and time.

use super::glyphs::Glyphs;
use super::keymap::Bindings;
use super::theme::{Meaning, Theme};
use super::widgets::table::Hidden;
use crate::domain::time::Instant;
use crate::i18n::Locale;
use crate::text::Clean;
use chrono::FixedOffset;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// How things are said and drawn.
pub struct Look<'a> {
    /// The language.
    pub locale: &'a Locale,
    /// The colours.
    pub theme: Theme,
    /// The signs.
    pub glyphs: &'a Glyphs,
    /// The time.
    pub now: Instant,
    /// The user's zone.
    pub zone: FixedOffset,
    /// The keys of commands.
    pub keys: &'a Bindings,
    /// The columns that the user does not want to see.
    pub hidden: &'a Hidden,
}

impl Look<'_> {
    /// The style of a meaning.
    #[must_use]
    pub fn style(&self, meaning: Meaning) -> Style {
        self.theme.style(meaning)
    }

    /// The words of a key.
    #[must_use]
    pub fn t(&self, key: &str) -> Clean {
        self.locale.t(key).into()
    }
}

/// Writes `text` at a place inside `area` and cuts it at the edge; returns the column behind it.
/// Places outside are left alone, so that nothing panics while a terminal shrinks.
pub fn put(buffer: &mut Buffer, area: Rect, (column, row): (usize, usize), text: &Clean, style: Style) -> usize {
    let end = column + text.width();
    let area = area.intersection(buffer.area);
    let (Ok(column), Ok(row)) = (u16::try_from(column), u16::try_from(row)) else { return end };
    if column < area.width && row < area.height {
        let room = usize::from(area.width - column);
        // Whatever stood there before, a dimmed rule for example, leaves nothing of its look behind.
        let style = Style::reset().patch(style);
        buffer.set_stringn(area.x + column, area.y + row, text.as_str(), room, style);
    }
    end
}

/// Marks a row as the selected one: one look from edge to edge, and the marker.
pub fn select(buffer: &mut Buffer, row: Rect, look: &Look<'_>) {
    buffer.set_style(row, Style::reset().patch(look.style(Meaning::Selection)));
    put(buffer, row, (1, 0), &Clean::from(look.glyphs.marker), look.style(Meaning::Selection));
}

/// Writes at the right edge of the first row which places of a list are visible: `1–18 / 600`. Nothing
/// when all of them are.
pub fn put_position(buffer: &mut Buffer, area: Rect, look: &Look<'_>, top: usize, visible: usize, all: usize) {
    if visible >= all {
        return;
    }
    let number = |place: usize| look.locale.count(place as u64);
    let text = format!(" {}–{} / {} ", number(top + 1), number((top + visible).min(all)), number(all));
    let text = Clean::from(text);
    let start = usize::from(area.width).saturating_sub(text.width());
    put(buffer, area, (start, 0), &text, look.style(Meaning::Plain));
}

/// `rows` rows of `area`, from row `from` on, as far as it has them.
#[must_use]
pub fn rows_of(area: Rect, from: usize, rows: usize) -> Rect {
    let from = u16::try_from(from).unwrap_or(u16::MAX).min(area.height);
    let rows = u16::try_from(rows).unwrap_or(u16::MAX).min(area.height - from);
    Rect { y: area.y + from, height: rows, ..area }
}
