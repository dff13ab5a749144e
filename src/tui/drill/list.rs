//! The records behind a line: a list of any length, of which only the rows around the screen are loaded.

use crate::analysis::selection::Selection;
use crate::domain::message::Message;
use crate::domain::money::{Currency, Money};
use crate::domain::object::Object;
use crate::domain::pipeline::Worth;
use crate::domain::value::Id;
use crate::i18n::Amounts;
use crate::text::Clean;
use crate::tui::action::Step;
use crate::tui::analyst::{Entry, Page, Subject, Window};
use crate::tui::look::{Look, put, put_position, rows_of};
use crate::tui::name::Name;
use crate::tui::theme::Meaning;
use crate::tui::widgets::cursor::Cursor;
use crate::tui::widgets::table::{Cell, Column, HEAD, Shape, Table};
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

/// A list of records.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct List {
    name: Name,
    selection: Selection,
    page: Option<Page>,
    cursor: Cursor<(Object, Id)>,
    window: Window,
}

impl List {
    pub(super) fn new(name: Name, selection: Selection) -> Self {
        Self { name, selection, page: None, cursor: Cursor::default(), window: Window::default() }
    }

    pub(super) fn subject(&self) -> Subject {
        Subject::List(self.selection.clone(), self.window)
    }

    pub(super) fn selected(&self) -> Option<(Object, Id)> {
        self.page.as_ref()?.ids.get(self.cursor.at()).copied()
    }

    pub(super) fn loaded(&mut self, page: Page) {
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

    pub(super) fn draw(&self, buffer: &mut Buffer, area: Rect, look: &Look<'_>) {
        let title = format!("{} {}", self.name.words(look), look.glyphs.dot);
        let after = put(buffer, area, (1, 0), &title.into(), look.style(Meaning::Heading)) + 1;
        let Some(page) = &self.page else {
            put(buffer, area, (after, 0), &look.t("tui-loading"), look.style(Meaning::Muted));
            return;
        };
        put(buffer, area, (after, 0), &summary(page, look), look.style(Meaning::Plain));
        let top = self.cursor.top();
        let shown = visible(area.as_size()).min(page.ids.len().saturating_sub(top));
        let home = page.worth.currency();
        let kinds = Kinds::of(page);
        let line = |place: &(Object, Id)| {
            let entry = page.rows.iter().find(|entry| (entry.object, entry.id) == *place);
            entry.map_or_else(Vec::new, |entry| cells(entry, kinds, look, home))
        };
        let table = Table {
            columns: columns(kinds, look, home),
            lines: page.ids.iter().skip(top).take(shown).map(line).collect(),
            selected: self.cursor.at().checked_sub(top).filter(|_| !page.ids.is_empty()),
        };
        put_position(buffer, area, look, top, shown, page.ids.len());
        table.draw(buffer, rows_of(area, 1, usize::from(area.height)), look);
    }
}

/// How many records are visible on a screen of this size.
fn visible(size: Size) -> usize {
    usize::from(size.height).saturating_sub(1 + HEAD)
}

/// What a list holds; it decides which columns there are and what they are called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kinds {
    Deals,
    People,
    Both,
}

impl Kinds {
    fn of(page: &Page) -> Self {
        match (page.counts.contains_key(&Object::Opportunity), page.counts.contains_key(&Object::Person)) {
            (true, true) => Self::Both,
            (false, true) => Self::People,
            _ => Self::Deals,
        }
    }
}

/// `1,589 deals · 12 people · 3.36M USD · ≈ at list price`.
fn summary(page: &Page, look: &Look<'_>) -> Clean {
    let count = |object: &Object| page.counts.get(object).copied().unwrap_or(0);
    let (deals, people) = (count(&Object::Opportunity), count(&Object::Person));
    let said = |key, n: usize| look.locale.tell(&Message::new(key).with("n", n));
    let mut parts = Vec::new();
    if deals > 0 || people == 0 {
        parts.push(said("tui-records", deals));
    }
    if people > 0 {
        parts.push(said("tui-people", people));
    }
    if deals > 0 {
        let home = page.worth.currency();
        let currency = home.map(|currency| format!(" {currency}")).unwrap_or_default();
        parts.push(format!("{}{currency}", look.locale.purse(&page.worth, home, Amounts::Compact)));
    }
    if page.rows.iter().any(|row| matches!(row.worth, Some(Worth::ListPrice(_)))) {
        parts.push(format!("{} {}", look.glyphs.about, look.t("tui-at-list-price")));
    }
    parts.join(&format!(" {} ", look.glyphs.dot)).into()
}

fn columns(kinds: Kinds, look: &Look<'_>, home: Option<Currency>) -> Vec<Column> {
    let column = |key: &str, shape, expendable| Column { title: look.t(key), shape, expendable };
    let (name, company, state) = match kinds {
        Kinds::Deals => ("tui-column-deal", "tui-column-account", "tui-column-stage"),
        Kinds::People => ("tui-column-person", "tui-column-company", "tui-column-status"),
        Kinds::Both => ("tui-column-name", "tui-column-company", "tui-column-state"),
    };
    let amount = (kinds != Kinds::People).then(|| {
        let title = look.t("tui-column-amount");
        let title = home.map_or(title.clone(), |currency| format!("{title} {currency}").into());
        Column { title, shape: Shape::Number, expendable: 0 }
    });
    let mut columns = vec![
        column(name, Shape::Name, 0),
        column(company, Shape::Name, 2),
        column(state, Shape::Name, 3),
        column("tui-column-owner", Shape::Name, 4),
    ];
    columns.extend(amount);
    columns.push(column("tui-column-created", Shape::Number, 5));
    columns.push(column("tui-column-age-or-closed", Shape::Number, 1));
    columns
}

fn cells(entry: &Entry, kinds: Kinds, look: &Look<'_>, home: Option<Currency>) -> Vec<Cell> {
    let created = entry.created_at.map(|at| at.date().to_string()).unwrap_or_default();
    let closed = entry.closed_at.map(|at| at.date().to_string());
    let age = entry.age.map(|days| look.locale.tell(&Message::new("tui-days").with("n", days)));
    let mut cells = vec![
        Cell::plain(entry.name.as_str()),
        Cell::plain(entry.company.clone().unwrap_or_default()),
        Cell::plain(entry.state.as_str()),
        Cell::plain(entry.owner.clone().unwrap_or_default()),
    ];
    cells.extend((kinds != Kinds::People).then(|| worth(entry.worth, look, home)));
    cells.push(Cell::plain(created));
    cells.push(Cell::plain(closed.or(age).unwrap_or_default()));
    cells
}

fn worth(worth: Option<Worth>, look: &Look<'_>, home: Option<Currency>) -> Cell {
    let amount = |money: Money| {
        let purse = std::iter::once(money).collect();
        look.locale.purse(&purse, home, Amounts::Whole)
    };
    match worth {
        Some(Worth::Amount(money)) => Cell::plain(amount(money)),
        Some(Worth::ListPrice(money)) => Cell::plain(format!("{} {}", look.glyphs.about, amount(money))),
        Some(Worth::Unknown) => Cell::Text("–".into(), Meaning::Muted),
        None => Cell::plain(""),
    }
}
