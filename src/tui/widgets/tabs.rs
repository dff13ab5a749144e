//! A row of titles of which one is shown: `─ Stages ─ Owners ─ …`.

use crate::text::Clean;
use crate::tui::look::{Look, put};
use crate::tui::theme::Meaning;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Draws the row, the title with the number `shown` reversed.
pub fn draw(buffer: &mut Buffer, row: Rect, look: &Look<'_>, titles: &[Clean], shown: usize) {
    let rule = Clean::from(look.glyphs.rule.repeat(usize::from(row.width)));
    put(buffer, row, (0, 0), &rule, look.style(Meaning::Muted));
    let mut column = 1;
    for (at, title) in titles.iter().enumerate() {
        let meaning = if at == shown { Meaning::Selection } else { Meaning::Plain };
        column = put(buffer, row, (column, 0), &Clean::from(format!(" {title} ")), look.style(meaning)) + 1;
    }
}

/// The one `by` places after `of`, round and round.
#[must_use]
pub fn turned<T: Copy + PartialEq>(all: &[T], of: T, by: usize) -> T {
    let at = all.iter().position(|one| *one == of).unwrap_or(0);
    all.iter().copied().cycle().nth(at + by).unwrap_or(of)
}
