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

/// How many cells the row takes, with its rule before and behind.
#[must_use]
pub fn width(titles: &[Clean]) -> usize {
    1 + titles.iter().map(|title| title.width() + 3).sum::<usize>()
}

/// Cells before each title of a bar, and behind the last one.
const APART: usize = 2;

/// Draws a row of titles without a rule, the one with the number `shown` as a heading: ` 1 Funnel  9 Records `.
pub fn draw_bar(buffer: &mut Buffer, row: Rect, look: &Look<'_>, titles: &[Clean], shown: usize) {
    let mut column = 1;
    for (at, title) in titles.iter().enumerate() {
        let meaning = if at == shown { Meaning::Heading } else { Meaning::Plain };
        column = put(buffer, row, (column, 0), title, look.style(meaning)) + APART;
    }
}

/// How many cells a bar takes.
#[must_use]
pub fn bar_width(titles: &[Clean]) -> usize {
    titles.iter().map(|title| title.width() + APART).sum()
}

/// The number of the title of a bar that stands in this column.
#[must_use]
pub fn hit_bar(titles: &[Clean], column: usize) -> Option<usize> {
    let mut start = 1;
    titles.iter().position(|title| {
        let end = start + title.width();
        let inside = (start..end).contains(&column);
        start = end + APART;
        inside
    })
}

/// How many titles give way at the left, so that the one with the number `shown` is in sight in so many cells.
#[must_use]
pub fn passed_over(titles: &[Clean], shown: usize, cells: usize) -> usize {
    let fits = |from: &usize| titles.get(*from..=shown).is_none_or(|titles| width(titles) <= cells);
    (0..=shown).find(fits).unwrap_or(shown)
}

/// The number of the title that stands in this column.
#[must_use]
pub fn hit(titles: &[Clean], column: usize) -> Option<usize> {
    let mut start = 1;
    titles.iter().position(|title| {
        let end = start + title.width() + 2;
        let inside = (start..end).contains(&column);
        start = end + 1;
        inside
    })
}

/// The one `by` places after `of`, round and round.
#[must_use]
pub fn turned<T: Copy + PartialEq>(all: &[T], of: T, by: usize) -> T {
    let at = all.iter().position(|one| *one == of).unwrap_or(0);
    all.iter().copied().cycle().nth(at + by).unwrap_or(of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_hit_where_it_is_drawn() {
        let titles = ["ab".into(), "云帆".into()];
        // `─ ab ─ 云帆 ─`
        let hits: Vec<Option<usize>> = (0..13).map(|column| hit(&titles, column)).collect();
        let wanted = [(1, 0, None), (4, 1, Some(0)), (1, 0, None), (6, 1, Some(1)), (1, 0, None)];
        let wanted: Vec<Option<usize>> =
            wanted.into_iter().flat_map(|(n, _, hit)| std::iter::repeat_n(hit, n)).collect();
        assert_eq!(hits, wanted);
    }

    #[test]
    fn the_shown_title_is_always_in_sight() {
        let titles = ["one", "two", "three", "four"].map(Clean::from);
        assert_eq!(passed_over(&titles, 0, 8), 0);
        assert_eq!(passed_over(&titles, 3, 80), 0);
        for (shown, cells) in [(1, 8), (2, 14), (3, 20), (3, 2)] {
            let from = passed_over(&titles, shown, cells);
            assert!(from <= shown && (width(&titles[from..=shown]) <= cells || from == shown), "{shown} {cells}");
            assert!(from == 0 || width(&titles[from - 1..=shown]) > cells, "no more than needed give way");
        }
    }
}
