//! A table in cells: numbers to the right, names to the left. When room is short, names give way
//! first, then whole columns; a number is never cut.
//!
//! ```text
//!                    deals    amount                    median  ! older than
//!   stage                                               age, d    any closed
//! ▸ Engaging         1,589     9.90M  ███████████████      165         1,291
//! ```

mod cell;

pub use cell::Cell;

use crate::domain::metric::{Dictionary, Drafts};
use crate::domain::money::Currency;
use crate::text::{self, Clean};
use crate::tui::look::{Look, put, rows_of, select};
use crate::tui::theme::Meaning;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::collections::{BTreeMap, BTreeSet};

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
    /// Text, to the left, as long as there is room for it; may be shortened.
    Text,
    /// A number or a short word, to the right; never shortened.
    Number,
    /// A short word, to the left; never shortened.
    Word,
    /// Signs that draw a course of numbers, to the right; never shortened, and nothing to copy.
    Trend,
    /// A bar; takes the room that is left.
    Bar,
}

/// A column.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Its name in sorting and in the local state.
    pub key: &'static str,
    /// Its title; broken into two lines where that saves room.
    pub title: Clean,
    /// What it holds.
    pub shape: Shape,
    /// Columns with higher numbers go first when room is short; 0 stays.
    pub expendable: u8,
}

impl Column {
    /// A column whose title is the message `tui-column-…`; its own key is what follows.
    #[must_use]
    pub fn new(title: &'static str, shape: Shape, expendable: u8, look: &Look<'_>) -> Self {
        let key = title.strip_prefix("tui-column-").unwrap_or(title);
        Self { key, title: look.t(title), shape, expendable }
    }

    /// With the currency of its amounts in the title, where there is one for all.
    #[must_use]
    pub fn of_money(self, currency: Option<Currency>) -> Self {
        let title = currency.map_or(self.title.clone(), |currency| format!("{} {currency}", self.title).into());
        Self { title, ..self }
    }

    /// Whether a table can be sorted by it: what draws something says nothing new.
    #[must_use]
    pub fn is_sortable(&self) -> bool {
        !self.title.as_str().is_empty() && !matches!(self.shape, Shape::Bar | Shape::Trend)
    }

    /// A column without a title; it cannot be sorted by or hidden.
    #[must_use]
    pub fn untitled(key: &'static str, shape: Shape, expendable: u8) -> Self {
        Self { key, title: Clean::default(), shape, expendable }
    }
}

/// What a table is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sort {
    /// Key of the column.
    pub column: &'static str,
    /// Whether the largest comes first.
    pub descending: bool,
}

/// The columns that are not shown, by table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hidden(BTreeMap<String, BTreeSet<String>>);

impl Hidden {
    /// What is remembered for each table: its name and the keys of its hidden columns.
    #[must_use]
    pub fn recalled(tables: impl IntoIterator<Item = (String, String)>) -> Self {
        let keys = |keys: String| keys.split_whitespace().map(str::to_owned).collect();
        Self(tables.into_iter().map(|(table, hidden)| (table, keys(hidden))).collect())
    }

    /// Whether a column is hidden.
    #[must_use]
    pub fn has(&self, table: &str, column: &str) -> bool {
        self.0.get(table).is_some_and(|hidden| hidden.contains(column))
    }

    /// How many of these columns are hidden.
    #[must_use]
    pub fn count(&self, table: &str, columns: &[Column]) -> usize {
        columns.iter().filter(|column| self.has(table, column.key)).count()
    }

    /// Shows all columns of a table again.
    pub fn reset(&mut self, table: &str) {
        self.0.remove(table);
    }

    /// Shows a hidden column or hides a shown one; returns what is to be remembered for the table.
    pub fn toggle(&mut self, table: &str, column: &str) -> String {
        let hidden = self.0.entry(table.to_owned()).or_default();
        if !hidden.remove(column) {
            hidden.insert(column.to_owned());
        }
        hidden.iter().map(String::as_str).collect::<Vec<_>>().join(" ")
    }
}

/// A table: its columns, and the lines that are visible.
pub struct Table {
    /// Its name, by which hidden columns are known.
    pub id: &'static str,
    /// The columns.
    pub columns: Vec<Column>,
    /// The visible lines, one cell per column; an empty line stands for one that is not loaded yet.
    pub lines: Vec<Vec<Cell>>,
    /// Which of them is selected.
    pub selected: Option<usize>,
    /// Which of them are marked.
    pub marked: Vec<usize>,
    /// What they are sorted by.
    pub sort: Option<Sort>,
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
        let drafts = self.drafts(Dictionary::shipped());
        let placed = self.place(usize::from(area.width), look.hidden, &drafts);
        self.draw_head(buffer, area, look, &placed, &drafts);
        if self.lines.is_empty() {
            put(buffer, area, (MARGIN, HEAD), &look.t("tui-no-lines"), look.style(Meaning::Muted));
        }
        for (at, line) in self.lines.iter().enumerate() {
            let row = rows_of(area, HEAD + at, 1);
            if row.height == 0 {
                return;
            }
            draw_line(buffer, row, look, &placed, line);
            if self.selected == Some(at) {
                select(buffer, row, look);
            }
            if self.marked.contains(&at) {
                let meaning = if self.selected == Some(at) { Meaning::Selection } else { Meaning::Accent };
                put(buffer, row, (0, 0), &Clean::from(look.glyphs.mark), look.style(meaning));
            }
        }
    }

    /// Which of the figures go by a definition that nobody has approved.
    fn drafts(&self, dictionary: &Dictionary) -> Drafts<'static> {
        dictionary.drafts(self.lines.iter().flatten().filter_map(Cell::metric))
    }

    /// Whether a column has a mark of its own.
    fn is_draft(&self, index: usize, drafts: &Drafts<'_>) -> bool {
        let mut metrics = self.lines.iter().filter_map(|line| line.get(index)?.metric());
        metrics.any(|metric| drafts.marks(metric))
    }

    fn draw_head(&self, buffer: &mut Buffer, area: Rect, look: &Look<'_>, placed: &[Placed<'_>], drafts: &Drafts<'_>) {
        // The cells of the upper row that a title takes, from left to right.
        let mut taken = Vec::new();
        for place in placed {
            let mut title = self.title(place.column, look);
            if self.is_draft(place.index, drafts) {
                title.push_str(look.glyphs.draft);
            }
            let (above, below) = halves(&title, place.width);
            if !above.is_empty() {
                let start = place.start + indent(place, above);
                taken.push((start, start + text::width(above)));
            }
            for (row, part) in [above, below].into_iter().enumerate() {
                // Half a word above a bar says nothing.
                if place.column.shape == Shape::Bar && text::width(part) > place.width {
                    continue;
                }
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
        Self::draw_legend(buffer, area, look, &taken, drafts);
    }

    /// What the mark means, in the upper row, where names leave room: in the first gap between titles that
    /// the longer or else the shorter words fit into, and where there is none the mark alone.
    fn draw_legend(buffer: &mut Buffer, area: Rect, look: &Look<'_>, taken: &[(usize, usize)], drafts: &Drafts<'_>) {
        let words: &[&str] = match drafts {
            Drafts::None => &[],
            Drafts::Some(_) => &["tui-draft"],
            Drafts::All => &["tui-draft-all", "tui-draft"],
        };
        let begins = std::iter::once(MARGIN).chain(taken.iter().map(|(_, end)| end + GAP));
        let ends = taken.iter().map(|(start, _)| *start).chain(std::iter::once(usize::from(area.width) + GAP));
        let gaps: Vec<(usize, usize)> = begins.zip(ends).collect();
        let said = words.iter().map(|key| Clean::from(format!("{} {}", look.glyphs.draft, look.t(key))));
        let fits = |said: &Clean| gaps.iter().find(|(begin, end)| begin + said.width() + GAP <= *end).map(|gap| gap.0);
        let (column, said) = match said.filter_map(|said| Some((fits(&said)?, said))).next() {
            Some(placed) => placed,
            None if words.is_empty() => return,
            None => (1, look.glyphs.draft.into()),
        };
        put(buffer, area, (column, 0), &said, look.style(Meaning::Muted));
    }

    /// The column whose title stands in this column of the screen, where it is one to sort by.
    #[must_use]
    pub fn hit(&self, width: usize, column: usize, look: &Look<'_>) -> Option<&Column> {
        let placed = self.place(width, look.hidden, &self.drafts(Dictionary::shipped()));
        let hit = placed.into_iter().find(|place| (place.start..place.start + place.width).contains(&column))?;
        Some(hit.column).filter(|column| column.is_sortable())
    }

    /// The title of a column, with an arrow when the table is sorted by it.
    fn title(&self, column: &Column, look: &Look<'_>) -> String {
        let [up, down] = look.glyphs.sorted;
        match self.sort.filter(|sort| sort.column == column.key) {
            Some(sort) => format!("{}{}", column.title, if sort.descending { down } else { up }),
            None => column.title.as_str().to_owned(),
        }
    }

    /// Which columns are drawn, where and how wide.
    fn place(&self, room: usize, hidden: &Hidden, drafts: &Drafts<'_>) -> Vec<Placed<'_>> {
        let mut shown: Vec<(usize, &Column, usize)> = self
            .columns
            .iter()
            .enumerate()
            .filter(|(_, column)| !hidden.has(self.id, column.key))
            .map(|(index, column)| (index, column, self.width_of(index, column, drafts)))
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
    fn width_of(&self, index: usize, column: &Column, drafts: &Drafts<'_>) -> usize {
        let cells = self.lines.iter().filter_map(|line| line.get(index)).map(Cell::width).max().unwrap_or(0);
        let sorted = self.sort.is_some_and(|sort| sort.column == column.key);
        let signs = usize::from(sorted) + usize::from(self.is_draft(index, drafts));
        match column.shape {
            Shape::Bar => BAR.1,
            Shape::Name => cells.max(narrowest(column.title.as_str()) + signs).min(NAME_MAX),
            Shape::Text => cells.max(narrowest(column.title.as_str()) + signs),
            Shape::Number | Shape::Trend | Shape::Word => cells.max(narrowest(column.title.as_str()) + signs),
        }
    }
}

/// What a column must have.
fn least(shape: Shape, width: usize) -> usize {
    match shape {
        Shape::Name | Shape::Text => width.min(NAME_MIN),
        Shape::Number | Shape::Trend | Shape::Word => width,
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
        let names = shown
            .iter_mut()
            .filter(|(_, column, width)| matches!(column.shape, Shape::Name | Shape::Text) && *width > NAME_MIN);
        let Some((_, _, width)) = names.max_by_key(|(_, _, width)| *width) else { return };
        *width -= 1;
        over -= 1;
    }
}

fn draw_line(buffer: &mut Buffer, row: Rect, look: &Look<'_>, placed: &[Placed<'_>], line: &[Cell]) {
    for place in placed {
        match line.get(place.index) {
            Some(Cell::Placed(text, _)) => {
                let text = text::truncate(text.as_str(), place.width);
                put(buffer, row, (place.start, 0), &Clean::from(&*text), look.style(Meaning::Plain));
            }
            Some(Cell::Text(text, meaning) | Cell::Number(text, meaning, _) | Cell::Figure(text, meaning, ..)) => {
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
        Shape::Number | Shape::Trend => place.width.saturating_sub(text::width(text)),
        Shape::Name | Shape::Text | Shape::Word | Shape::Bar => 0,
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
    use crate::domain::metric::Status;
    use crate::domain::time::Instant;
    use crate::i18n::{Lang, Locale};
    use crate::tui::glyphs::BLOCKS;
    use crate::tui::keymap::Bindings;
    use crate::tui::theme::Theme;
    use std::cmp::Ordering;

    fn table() -> Table {
        let column =
            |key: &'static str, title: &str, shape, expendable| Column { key, title: title.into(), shape, expendable };
        Table {
            columns: vec![
                column("stage", "stage", Shape::Name, 0),
                column("deals", "deals", Shape::Number, 0),
                column("bar", "", Shape::Bar, 2),
                column("older", "older than any closed", Shape::Number, 1),
            ],
            lines: vec![vec![
                Cell::plain("A stage with a long name"),
                Cell::plain("1,589"),
                Cell::Bar(0.5),
                Cell::plain("1,291"),
            ]],
            selected: None,
            marked: Vec::new(),
            sort: None,
            id: "test",
        }
    }

    fn widths(room: usize) -> Vec<(usize, usize)> {
        table().place(room, &Hidden::default(), &Drafts::None).iter().map(|place| (place.index, place.width)).collect()
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
    fn hidden_columns_leave_their_room_to_the_others() {
        let mut hidden = Hidden::recalled([("other".to_owned(), "deals".to_owned())]);
        assert_eq!(hidden.toggle("test", "deals"), "deals");
        assert_eq!(
            table().place(90, &hidden, &Drafts::None).iter().map(|place| place.index).collect::<Vec<_>>(),
            [0, 2, 3]
        );
        assert_eq!(hidden.toggle("test", "deals"), "");
    }

    #[test]
    fn what_is_not_known_comes_last_either_way() {
        let number = |value: f64| Cell::Number("".into(), Meaning::Plain, value);
        for descending in [false, true] {
            assert_eq!(number(1.0).compare(&number(f64::NAN), descending), Ordering::Less);
            assert_eq!(Cell::plain("b").compare(&Cell::plain(""), descending), Ordering::Less);
        }
        assert_eq!(number(1.0).compare(&number(2.0), true), Ordering::Greater);
        assert_eq!(Cell::plain("B").compare(&Cell::plain("a"), false), Ordering::Greater);
    }

    #[test]
    fn titles_break_between_words() {
        assert_eq!(halves("older than any closed", 10), ("older than", "any closed"));
        assert_eq!(halves("deals", 5), ("", "deals"));
    }

    fn head(dictionary: &Dictionary, width: u16) -> [String; HEAD] {
        let figure = |metric| Cell::Figure("1,589".into(), Meaning::Plain, 1589.0, metric, "1,589".into());
        let mut table = table();
        table.columns.truncate(2);
        table.columns.push(Column { key: "won", title: "won".into(), shape: Shape::Number, expendable: 0 });
        table.lines = vec![vec![Cell::plain("A stage"), figure("stage_deals"), figure("won_amount")]];
        let (locale, keys, hidden) = (Locale::new(Lang::En), Bindings::default(), Hidden::default());
        let (theme, glyphs, now) = (Theme::Default, &BLOCKS, Instant(0));
        let zone = chrono::Offset::fix(&chrono::Utc);
        let look = Look { locale: &locale, theme, glyphs, now, zone, keys: &keys, hidden: &hidden };
        let area = Rect::new(0, 0, width, 3);
        let mut buffer = Buffer::empty(area);
        let drafts = table.drafts(dictionary);
        let placed = table.place(usize::from(width), &hidden, &drafts);
        table.draw_head(&mut buffer, area, &look, &placed, &drafts);
        let row = |y| (0..width).map(|x| buffer[(x, y)].symbol().to_owned()).collect::<String>().trim_end().to_owned();
        [row(0), row(1)]
    }

    #[test]
    fn one_mark_tells_of_all_drafts_and_beside_approved_figures_each_has_its_own() {
        let mut dictionary = Dictionary::shipped().clone();
        assert_eq!(head(&dictionary, 60), ["   ◦ draft figures", "   stage    deals    won"]);
        dictionary.metric.iter_mut().filter(|m| m.key == "stage_deals").for_each(|m| m.status = Status::Approved);
        assert_eq!(head(&dictionary, 60), ["   ◦ draft", "   stage    deals   won◦"]);
        dictionary.metric.iter_mut().for_each(|metric| metric.status = Status::Approved);
        assert_eq!(head(&dictionary, 60), ["", "   stage    deals    won"]);
    }
}
