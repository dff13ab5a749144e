//! A page of lines: headings, and labels with their values; one line is selected.

use crate::domain::object::Object;
use crate::domain::value::Id;
use crate::text::{self, Clean};
use crate::tui::action::Step;
use crate::tui::look::{Look, put, put_position, rows_of, select};
use crate::tui::theme::Meaning;
use crate::tui::widgets::cursor::Cursor;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

/// Cells before a label, where the marker of the selected line stands.
const MARGIN: usize = 3;
/// A label is not given more than this.
const LABEL_MAX: usize = 24;

/// What a line leads to.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Target {
    /// A record.
    Record(Object, Id),
    /// A list of records.
    List(Object, Vec<Id>),
}

/// One line of a page.
pub(super) struct Line {
    label: Clean,
    value: Clean,
    heading: bool,
    warns: bool,
    target: Option<Target>,
    /// The field whose value it tells.
    field: Option<&'static str>,
    /// Who says so.
    source: Clean,
}

impl Line {
    pub(super) fn heading(text: Clean) -> Self {
        Self { label: text, value: Clean::default(), heading: true, warns: false, ..Self::blank() }
    }

    pub(super) fn pair(label: Clean, value: impl Into<Clean>, target: Option<Target>) -> Self {
        Self { label, value: value.into(), target, ..Self::blank() }
    }

    fn blank() -> Self {
        let (label, value, source) = Default::default();
        Self { label, value, heading: false, warns: false, target: None, field: None, source }
    }

    /// The same, leading to something.
    pub(super) fn to(self, target: Option<Target>) -> Self {
        Self { target, ..self }
    }

    /// The same, of a field of the record, and who says so.
    pub(super) fn of(self, field: &'static str, source: Clean) -> Self {
        Self { field: Some(field), source, ..self }
    }

    /// What is to be told of the line above.
    pub(super) fn warning(value: String) -> Self {
        Self { warns: true, ..Self::pair(Clean::default(), format!("! {value}"), None) }
    }
}

/// Where the reader of such a page is.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Lines {
    cursor: Cursor<usize>,
    /// How wide the page is: long values are broken into lines.
    width: u16,
    /// What the selected line leads to; kept here because lines depend on language and width.
    target: Option<Target>,
    /// The field that the selected line is of.
    field: Option<&'static str>,
}

impl Lines {
    pub(super) fn target(&self) -> Option<&Target> {
        self.target.as_ref()
    }

    pub(super) fn field(&self) -> Option<&'static str> {
        self.field
    }

    pub(super) fn width(&self) -> u16 {
        self.width
    }

    pub(super) fn settle(&mut self, lines: &[Line], size: Size) {
        self.with_cursor(lines, size, |cursor, keys, rows| cursor.settle(keys, rows));
    }

    pub(super) fn step(&mut self, step: Step, lines: &[Line], size: Size) {
        self.with_cursor(lines, size, |cursor, keys, rows| cursor.step(step, keys, rows));
    }

    /// What [`Cursor::click`] says.
    pub(super) fn click(&mut self, row: usize, lines: &[Line], size: Size) -> Option<bool> {
        let mut hit = None;
        self.with_cursor(lines, size, |cursor, keys, rows| hit = cursor.click(row, keys, rows));
        hit
    }

    fn with_cursor(&mut self, lines: &[Line], size: Size, change: impl FnOnce(&mut Cursor<usize>, &[usize], usize)) {
        let keys: Vec<usize> = (0..lines.len()).collect();
        change(&mut self.cursor, &keys, usize::from(size.height));
        self.width = size.width;
        let line = lines.get(self.cursor.at());
        (self.target, self.field) = (line.and_then(|line| line.target.clone()), line.and_then(|line| line.field));
    }

    /// The value of the selected line, or a heading.
    pub(super) fn copied(&self, lines: Vec<Line>) -> Vec<Vec<Clean>> {
        let told = |line: Line| if line.heading { line.label } else { line.value };
        lines.into_iter().nth(self.cursor.at()).map(|line| vec![told(line)]).into_iter().collect()
    }

    /// The number of the last heading at the selected line or above it, if there is one.
    pub(super) fn heading(&self, lines: &[Line]) -> Option<usize> {
        lines.iter().take(self.cursor.at() + 1).filter(|line| line.heading).count().checked_sub(1)
    }

    /// Selects a heading, and shows what stands below it.
    pub(super) fn go_to_heading(&mut self, heading: usize, lines: &[Line], size: Size) {
        let headings = lines.iter().enumerate().filter(|(_, line)| line.heading);
        let Some((at, _)) = headings.map(|(at, _)| (at, ())).nth(heading) else { return };
        self.step(Step::Last, lines, size);
        self.cursor.select(at);
        self.settle(lines, size);
    }

    pub(super) fn draw(&self, buffer: &mut Buffer, area: Rect, look: &Look<'_>, lines: &[Line]) {
        let (labels, rows) = (label_width(lines), usize::from(area.height));
        let visible = lines.iter().enumerate().skip(self.cursor.top()).take(rows);
        for (at, (index, line)) in visible.enumerate() {
            draw_line(buffer, rows_of(area, at, 1), look, line, labels, index == self.cursor.at());
        }
    }

    /// Writes at the right edge of a row which lines are visible, where not all of so many are.
    pub(super) fn put_position(&self, buffer: &mut Buffer, row: Rect, look: &Look<'_>, visible: usize, all: usize) {
        put_position(buffer, row, look, self.cursor.top(), visible, all);
    }
}

fn draw_line(buffer: &mut Buffer, row: Rect, look: &Look<'_>, line: &Line, labels: usize, selected: bool) {
    // Where a heading begins the marker stands when it is selected, so it makes room.
    let column = if line.heading && !selected { 1 } else { MARGIN };
    let meaning = if line.heading { Meaning::Heading } else { Meaning::Muted };
    let label = text::truncate(line.label.as_str(), if line.heading { usize::MAX } else { labels });
    put(buffer, row, (column, 0), &Clean::from(&*label), look.style(meaning));
    let meaning = match (line.warns, &line.target) {
        (true, _) => Meaning::Warn,
        (false, Some(_)) => Meaning::Accent,
        (false, None) => Meaning::Plain,
    };
    put(buffer, row, (MARGIN + labels + 2, 0), &line.value, look.style(meaning));
    let source = usize::from(row.width).saturating_sub(line.source.width() + 1);
    put(buffer, row, (source, 0), &line.source, look.style(Meaning::Muted));
    if selected {
        select(buffer, row, look);
    }
}

fn label_width(lines: &[Line]) -> usize {
    let labels = lines.iter().filter(|line| !line.heading).map(|line| line.label.width());
    labels.max().unwrap_or(0).min(LABEL_MAX)
}

/// The same lines with long values broken into several, for a page of so many cells.
pub(super) fn wrapped(lines: Vec<Line>, width: usize) -> Vec<Line> {
    let sources = lines.iter().map(|line| line.source.width() + 2).filter(|width| *width > 2).max().unwrap_or(0);
    let room = width.saturating_sub(MARGIN + label_width(&lines) + 3 + sources).max(8);
    let mut out = Vec::with_capacity(lines.len());
    for line in lines {
        // A heading has the whole row.
        if line.heading || line.value.width() <= room {
            out.push(line);
            continue;
        }
        let Line { mut label, value, target, warns, field, mut source, .. } = line;
        for part in text::wrap(value.as_str(), room) {
            let target = target.clone();
            let source = std::mem::take(&mut source);
            out.push(Line { warns, field, source, ..Line::pair(std::mem::take(&mut label), part, target) });
        }
    }
    out
}
