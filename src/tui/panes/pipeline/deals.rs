//! The deals behind a line: a list of any length, of which only the rows around the screen are loaded.

use super::lines::Name;
use crate::analysis::pipeline::Deals;
use crate::domain::figure::Number;
use crate::domain::message::Message;
use crate::domain::money::{Currency, Money};
use crate::domain::pipeline::Worth;
use crate::domain::value::Id;
use crate::i18n::Amounts;
use crate::text::Clean;
use crate::tui::action::Step;
use crate::tui::analyst::{DealPage, DealRow, Subject, Window};
use crate::tui::look::{Look, put, put_position, rows_of};
use crate::tui::theme::Meaning;
use crate::tui::widgets::cursor::Cursor;
use crate::tui::widgets::table::{Cell, Column, HEAD, Shape, Table};
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

/// A list of deals.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct DealList {
    name: Name,
    deals: Deals,
    page: Option<DealPage>,
    cursor: Cursor<Id>,
    window: Window,
}

impl DealList {
    pub(super) fn new(name: Name, deals: Deals) -> Self {
        Self { name, deals, page: None, cursor: Cursor::default(), window: Window::default() }
    }

    pub(super) fn subject(&self) -> Subject {
        Subject::Deals(self.deals.clone(), self.window)
    }

    pub(super) fn selected(&self) -> Option<Id> {
        self.page.as_ref()?.ids.get(self.cursor.at()).copied()
    }

    pub(super) fn loaded(&mut self, page: DealPage) {
        self.page = Some(page);
    }

    pub(super) fn settle(&mut self, size: Size) {
        let rows = visible(size);
        if let Some(page) = &self.page {
            self.cursor.settle(&page.ids, rows);
        }
        self.follow(rows);
    }

    pub(super) fn step(&mut self, step: Step, size: Size) {
        let rows = visible(size);
        if let Some(page) = &self.page {
            self.cursor.step(step, &page.ids, rows);
        }
        self.follow(rows);
    }

    /// Moves the window when the screen has left it: a screen before and a screen behind are loaded too.
    fn follow(&mut self, rows: usize) {
        let (top, bottom) = (self.cursor.top(), self.cursor.top() + rows);
        if top < self.window.first || bottom > self.window.first + self.window.count {
            self.window = Window { first: top.saturating_sub(rows), count: rows * 3 };
        }
    }

    pub(super) fn draw(&self, buffer: &mut Buffer, area: Rect, look: &Look<'_>, home: Option<Currency>) {
        let title = format!("{} {}", self.name.words(look), look.glyphs.dot);
        let after = put(buffer, area, (1, 0), &title.into(), look.style(Meaning::Heading)) + 1;
        let Some(page) = &self.page else {
            put(buffer, area, (after, 0), &look.t("tui-loading"), look.style(Meaning::Muted));
            return;
        };
        put(buffer, area, (after, 0), &summary(page, look, home), look.style(Meaning::Plain));
        let top = self.cursor.top();
        let shown = visible(area.as_size()).min(page.ids.len().saturating_sub(top));
        let row = |place: usize| place.checked_sub(page.first).and_then(|at| page.rows.get(at));
        let table = Table {
            columns: columns(look, home),
            lines: (top..top + shown)
                .map(|place| row(place).map_or_else(Vec::new, |row| cells(row, look, home)))
                .collect(),
            selected: self.cursor.at().checked_sub(top).filter(|_| !page.ids.is_empty()),
        };
        put_position(buffer, area, look, top, shown, page.ids.len());
        table.draw(buffer, rows_of(area, 1, usize::from(area.height)), look);
    }
}

/// How many deals are visible on a screen of this size.
fn visible(size: Size) -> usize {
    usize::from(size.height).saturating_sub(1 + HEAD)
}

/// `1,589 deals, 3.36M USD; ≈ at list price`.
fn summary(page: &DealPage, look: &Look<'_>, home: Option<Currency>) -> Clean {
    let count = look.locale.tell(&Message::new("tui-records").with("n", page.ids.len()));
    let Number::Money(purse) = &page.worth else { return count.into() };
    let currency = home.map(|currency| format!(" {currency}")).unwrap_or_default();
    let worth = look.locale.purse(purse, home, Amounts::Compact);
    let listed = page.rows.iter().any(|row| matches!(row.worth, Worth::ListPrice(_)));
    let dot = look.glyphs.dot;
    let note =
        if listed { format!(" {dot} {} {}", look.glyphs.about, look.t("tui-at-list-price")) } else { String::new() };
    format!("{count} {dot} {worth}{currency}{note}").into()
}

fn columns(look: &Look<'_>, home: Option<Currency>) -> Vec<Column> {
    let column = |key: &str, shape, expendable| Column { title: look.t(key), shape, expendable };
    let amount = look.t("tui-column-amount");
    vec![
        column("tui-column-deal", Shape::Name, 0),
        column("tui-column-account", Shape::Name, 2),
        column("tui-column-stage", Shape::Name, 3),
        column("tui-column-owner", Shape::Name, 4),
        Column {
            title: home.map_or(amount.clone(), |currency| format!("{amount} {currency}").into()),
            shape: Shape::Number,
            expendable: 0,
        },
        column("tui-column-created", Shape::Number, 5),
        column("tui-column-age-or-closed", Shape::Number, 1),
    ]
}

fn cells(row: &DealRow, look: &Look<'_>, home: Option<Currency>) -> Vec<Cell> {
    let created = row.created_at.map(|at| at.date().to_string()).unwrap_or_default();
    let closed = row.closed_at.map(|at| at.date().to_string());
    let age = row.age.map(|days| look.locale.tell(&Message::new("tui-days").with("n", days)));
    vec![
        Cell::plain(row.name.as_str()),
        Cell::plain(row.account.clone().unwrap_or_default()),
        Cell::plain(row.stage.as_str()),
        Cell::plain(row.owner.clone().unwrap_or_default()),
        worth(row.worth, look, home),
        Cell::plain(created),
        Cell::plain(closed.or(age).unwrap_or_default()),
    ]
}

fn worth(worth: Worth, look: &Look<'_>, home: Option<Currency>) -> Cell {
    let amount = |money: Money| {
        let purse = std::iter::once(money).collect();
        look.locale.purse(&purse, home, Amounts::Whole)
    };
    match worth {
        Worth::Amount(money) => Cell::plain(amount(money)),
        Worth::ListPrice(money) => Cell::plain(format!("{} {}", look.glyphs.about, amount(money))),
        Worth::Unknown => Cell::Text("–".into(), Meaning::Muted),
    }
}
