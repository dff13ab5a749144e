//! A table in cells: numbers to the right, names to the left. When room is short, names give way
//! first, then whole columns; a number is never cut.
//!
//! ```text
//!                    deals    amount                    median  ! older than
//!   stage                                               age, d    any closed
//! ▸ Engaging         1,589     9.90M  ███████████████      165         1,291
//! ```

use crate::text::{self, Clean};
use crate::tui::look::{Look, put, rows_of, select};
use crate::tui::theme::Meaning;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Cells between two columns.
const GAP: usize = 2;
/// Cells before the first column, where the marker of the selected line stands.
const MARGIN: usize = 3;
/// A name is not shortened below this.
const NAME_MIN: usize = 12;
/// A name is not given more than this.
const NAME_MAX: usize = 40;
/// A bar is not drawn shorter or longer than this.
const BAR: (usize, usize) = (6, 24);

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Text, to the left; may be shortened.
    Name,
    /// A number or a short word, to the right; never shortened.
    Number,
    /// A bar; takes the room that is left.
    Bar,
}

/// A column.
#[derive(Debug, Clone)]
pub struct Column {
    /// Its title; broken into two lines where that saves room.
    pub title: Clean,
    /// What it holds.
    pub shape: Shape,
    /// Columns with higher numbers go first when room is short; 0 stays.
    pub expendable: u8,
}

/// What stands in one place of a table.
#[derive(Debug, Clone)]
pub enum Cell {
    /// Text with a meaning.
    Text(Clean, Meaning),
    /// A bar of this share of the longest.
    Bar(f64),
}

impl Cell {
    /// Plain text.
    #[must_use]
    pub fn plain(text: impl Into<Clean>) -> Self {
        Self::Text(text.into(), Meaning::Plain)
    }

    fn width(&self) -> usize {
        match self {
            Self::Text(text, _) => text.width(),
            Self::Bar(_) => BAR.0,
        }
    }
}

/// A table: its columns, and the lines that are visible.
pub struct Table {
    /// The columns.
    pub columns: Vec<Column>,
    /// The visible lines, one cell per column; an empty line stands for one that is not loaded yet.
    pub lines: Vec<Vec<Cell>>,
    /// Which of them is selected.
    pub selected: Option<usize>,
}

/// How many rows a title takes: tables have a two-line head so that titles can be whole.
pub const HEAD: usize = 2;

struct Placed<'t> {
    column: &'t Column,
    index: usize,
    start: usize,
    width: usize,
}

impl Table {
    /// Draws head and lines.
    pub fn draw(&self, buffer: &mut Buffer, area: Rect, look: &Look<'_>) {
        let placed = self.place(usize::from(area.width));
        self.draw_head(buffer, area, look, &placed);
        for (at, line) in self.lines.iter().enumerate() {
            let row = rows_of(area, HEAD + at, 1);
            if row.height == 0 {
                return;
            }
            draw_line(buffer, row, look, &placed, line);
            if self.selected == Some(at) {
                select(buffer, row, look);
            }
        }
    }

    fn draw_head(&self, buffer: &mut Buffer, area: Rect, look: &Look<'_>, placed: &[Placed<'_>]) {
        for place in placed {
            let (above, below) = halves(place.column.title.as_str(), place.width);
            for (row, part) in [above, below].into_iter().enumerate() {
                let text = text::truncate(part, place.width);
                put(
                    buffer,
                    area,
                    (place.start + indent(place, &text), row),
                    &Clean::from(&*text),
                    look.style(Meaning::Heading),
                );
            }
        }
    }

    /// Which columns are drawn, where and how wide.
    fn place(&self, room: usize) -> Vec<Placed<'_>> {
        let mut shown: Vec<(usize, &Column, usize)> = self
            .columns
            .iter()
            .enumerate()
            .map(|(index, column)| (index, column, self.width_of(index, column)))
            .collect();
        let needed = |shown: &[(usize, &Column, usize)]| {
            MARGIN + shown.iter().map(|(_, column, width)| least(column.shape, *width) + GAP).sum::<usize>()
        };
        while needed(&shown) > room + GAP {
            let most = shown.iter().map(|(_, column, _)| column.expendable).max().unwrap_or(0);
            // The first column and one more stay whatever happens.
            let last = shown.iter().rposition(|(_, column, _)| column.expendable == most);
            let Some(last) = last.filter(|&at| at > 0 && shown.len() > 2) else { break };
            shown.remove(last);
        }
        share_out(&mut shown, (room + GAP).saturating_sub(MARGIN));
        let mut start = MARGIN;
        let mut placed = Vec::with_capacity(shown.len());
        for (index, column, width) in shown {
            placed.push(Placed { column, index, start, width });
            start += width + GAP;
        }
        placed
    }

    /// What a column would like to have.
    fn width_of(&self, index: usize, column: &Column) -> usize {
        let cells = self.lines.iter().filter_map(|line| line.get(index)).map(Cell::width).max().unwrap_or(0);
        match column.shape {
            Shape::Bar => BAR.1,
            Shape::Name => cells.max(narrowest(column.title.as_str())).min(NAME_MAX),
            Shape::Number => cells.max(narrowest(column.title.as_str())),
        }
    }
}

/// What a column must have.
fn least(shape: Shape, width: usize) -> usize {
    match shape {
        Shape::Name => width.min(NAME_MIN),
        Shape::Number => width,
        Shape::Bar => width.min(BAR.0),
    }
}

/// Takes from bars and then from the widest names until everything fits.
fn share_out(shown: &mut [(usize, &Column, usize)], room: usize) {
    let mut over = shown.iter().map(|(_, _, width)| width + GAP).sum::<usize>().saturating_sub(room);
    for (_, column, width) in shown.iter_mut().filter(|(_, column, _)| column.shape == Shape::Bar) {
        let given = over.min(*width - least(column.shape, *width));
        *width -= given;
        over -= given;
    }
    while over > 0 {
        let names = shown.iter_mut().filter(|(_, column, width)| column.shape == Shape::Name && *width > NAME_MIN);
        let Some((_, _, width)) = names.max_by_key(|(_, _, width)| *width) else { return };
        *width -= 1;
        over -= 1;
    }
}

fn draw_line(buffer: &mut Buffer, row: Rect, look: &Look<'_>, placed: &[Placed<'_>], line: &[Cell]) {
    for place in placed {
        match line.get(place.index) {
            Some(Cell::Text(text, meaning)) => {
                let text = text::truncate(text.as_str(), place.width);
                let start = place.start + indent(place, &text);
                put(buffer, row, (start, 0), &Clean::from(&*text), look.style(*meaning));
            }
            Some(Cell::Bar(share)) => {
                let bar = Clean::from(look.glyphs.bar(*share, place.width));
                put(buffer, row, (place.start, 0), &bar, look.style(Meaning::Accent));
            }
            None => {
                put(buffer, row, (place.start, 0), &Clean::from(text::ELLIPSIS), look.style(Meaning::Muted));
            }
        }
    }
}

/// Cells before a text in its column.
fn indent(place: &Placed<'_>, text: &str) -> usize {
    match place.column.shape {
        Shape::Number => place.width.saturating_sub(text::width(text)),
        Shape::Name | Shape::Bar => 0,
    }
}

/// The least width that a title needs on two lines.
fn narrowest(title: &str) -> usize {
    splits(title).map(|(above, below)| text::width(above).max(text::width(below))).min().unwrap_or(0)
}

/// A title on the lower line, or on both when it is wider than its column.
fn halves(title: &str, cells: usize) -> (&str, &str) {
    if text::width(title) <= cells {
        return ("", title);
    }
    splits(title).min_by_key(|(above, below)| text::width(above).max(text::width(below))).unwrap_or(("", title))
}

/// Every way to break a title into two lines, between words.
fn splits(title: &str) -> impl Iterator<Item = (&str, &str)> {
    std::iter::once(("", title)).chain(
        title
            .match_indices(' ')
            .filter_map(move |(at, space)| Some((title.get(..at)?, title.get(at + space.len()..)?))),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let column = |title: &str, shape, expendable| Column { title: title.into(), shape, expendable };
        Table {
            columns: vec![
                column("stage", Shape::Name, 0),
                column("deals", Shape::Number, 0),
                column("", Shape::Bar, 2),
                column("older than any closed", Shape::Number, 1),
            ],
            lines: vec![vec![
                Cell::plain("A stage with a long name"),
                Cell::plain("1,589"),
                Cell::Bar(0.5),
                Cell::plain("1,291"),
            ]],
            selected: None,
        }
    }

    fn widths(room: usize) -> Vec<(usize, usize)> {
        table().place(room).iter().map(|place| (place.index, place.width)).collect()
    }

    #[test]
    fn bars_give_way_first_then_names_then_columns() {
        assert_eq!(widths(90), [(0, 24), (1, 5), (2, 24), (3, 10)]);
        assert_eq!(widths(60), [(0, 24), (1, 5), (2, 12), (3, 10)]);
        assert_eq!(widths(46), [(0, 16), (1, 5), (2, 6), (3, 10)]);
        assert_eq!(widths(40), [(0, 18), (1, 5), (3, 10)]);
        assert_eq!(widths(30), [(0, 20), (1, 5)]);
    }

    #[test]
    fn titles_break_between_words() {
        assert_eq!(halves("older than any closed", 10), ("older than", "any closed"));
        assert_eq!(halves("deals", 5), ("", "deals"));
    }
}
