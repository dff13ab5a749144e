//! What an import would do, or has done: the counts of every file, then what deserves a look.

use crate::domain::message::Message;
use crate::export::import::{Advice, COUNTS, counts, remarks};
use crate::ops::import::ImportReport;
use crate::text::{self, Clean};
use crate::tui::action::Step;
use crate::tui::look::{Look, put, put_position, rows_of};
use crate::tui::theme::Meaning;
use crate::tui::widgets::scroll::Scroll;
use crate::tui::widgets::table::{Cell, Column, HEAD, Shape, Table};
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

/// Rows of the title.
const TITLE: usize = 1;

/// The page.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct CountsPage {
    report: Box<ImportReport>,
    is_dry: bool,
    scroll: Scroll,
}

impl CountsPage {
    pub fn new(report: Box<ImportReport>, is_dry: bool) -> Self {
        Self { report, is_dry, scroll: Scroll::default() }
    }

    /// What names and values were probably meant to be.
    pub fn suggestions(&self) -> Vec<(String, String, String)> {
        self.report.suggestions()
    }

    /// What deserves a look, in lines that fit.
    fn remarks(&self, look: &Look<'_>, width: usize) -> Vec<Clean> {
        let told = remarks(&self.report, Advice::Keys, look.locale);
        let lines = told.iter().flat_map(|remark| {
            let lines = text::wrap(remark, width.saturating_sub(5).max(10)).into_iter().enumerate();
            lines.map(|(at, line)| Clean::from(format!("{} {line}", if at == 0 { "!" } else { " " })))
        });
        lines.collect()
    }

    /// All rows below the heads: the files, a blank one, the remarks.
    fn all(&self, look: &Look<'_>, size: Size) -> usize {
        let remarks = self.remarks(look, usize::from(size.width)).len();
        self.report.files.len() + if remarks > 0 { 1 + remarks } else { 0 }
    }

    pub fn step(&mut self, step: Step, look: &Look<'_>, size: Size) {
        self.scroll.step(step, self.all(look, size), visible(size));
    }

    pub fn settle(&mut self, look: &Look<'_>, size: Size) {
        self.scroll.settle(self.all(look, size), visible(size));
    }

    fn title(&self) -> Message {
        let sum = |of: fn(&crate::ops::import::FileReport) -> u64| self.report.files.iter().map(of).sum::<u64>();
        match self.report.batch {
            _ if self.is_dry => Message::new("wizard-would"),
            Some(batch) => Message::new("wizard-done").with("batch", batch),
            None if sum(|file| file.rows) > 0 && sum(|file| file.rows) == sum(|file| file.rejected) => {
                Message::new("import-all-rejected")
            }
            None => Message::new("import-nothing-new"),
        }
    }

    pub fn draw(&self, buffer: &mut Buffer, area: Rect, look: &Look<'_>) {
        let title = look.locale.tell(&self.title());
        let title = text::truncate(&title, usize::from(area.width).saturating_sub(2)).into_owned();
        put(buffer, area, (1, 0), &title.into(), look.style(Meaning::Heading));
        let (top, rows) = (self.scroll.top(), visible(area.as_size()));
        let below = rows_of(area, TITLE, usize::from(area.height));
        let files = self.report.files.len().saturating_sub(top).min(rows);
        let column = |(at, key): (usize, &&'static str)| {
            let shape = if at < 2 { Shape::Name } else { Shape::Number };
            let expendable = [0, 5, 4, 0, 0, 6, 0].get(at).copied().unwrap_or_default();
            let title = look.t(&format!("import-col-{key}"));
            Column { key, title, shape, expendable }
        };
        let lines = counts(&self.report, look.locale).into_iter().skip(1 + top).take(files);
        let table = Table {
            id: "import-counts",
            columns: COUNTS.iter().enumerate().map(column).collect(),
            lines: lines.map(|line| line.into_iter().map(|cell| Cell::plain(Clean::from(cell))).collect()).collect(),
            selected: None,
            marked: Vec::new(),
            sort: None,
        };
        if files > 0 {
            table.draw(buffer, rows_of(below, 0, HEAD + files), look);
        }
        let remarks = self.remarks(look, usize::from(area.width));
        let gone = top.saturating_sub(self.report.files.len() + 1);
        let from = if files > 0 { HEAD + files + 1 } else { HEAD };
        let list = rows_of(below, from, usize::from(below.height));
        for (row, line) in remarks.iter().skip(gone).take(usize::from(list.height)).enumerate() {
            put(buffer, list, (2, row), line, look.style(Meaning::Plain));
        }
        put_position(buffer, below, look, top, rows, self.all(look, area.as_size()));
    }
}

fn visible(size: Size) -> usize {
    usize::from(size.height).saturating_sub(TITLE + HEAD)
}
