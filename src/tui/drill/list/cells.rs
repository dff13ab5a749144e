//! The columns of a list, and what stands in them.

use crate::domain::message::Message;
use crate::domain::money::{Currency, Money};
use crate::domain::object::Object;
use crate::domain::pipeline::Worth;
use crate::i18n::Amounts;
use crate::text::Clean;
use crate::tui::analyst::{Entry, Page};
use crate::tui::look::Look;
use crate::tui::theme::Meaning;
use crate::tui::widgets::table::{Cell, Column, Shape};

/// What a list holds; it decides which columns there are and what they are called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kinds {
    Deals,
    People,
    Both,
}

impl Kinds {
    pub(super) fn of(page: &Page) -> Self {
        match (page.kinds.contains(&Object::Opportunity), page.kinds.contains(&Object::Person)) {
            (true, true) => Self::Both,
            (false, true) => Self::People,
            _ => Self::Deals,
        }
    }
}

/// `1,589 deals · 12 people · 3.36M USD · ≈ at list price`.
pub(super) fn summary(page: &Page, look: &Look<'_>) -> Clean {
    let kinds = Kinds::of(page);
    let count = |object: &Object| page.counts.get(object).copied().unwrap_or(0);
    let (deals, people) = (count(&Object::Opportunity), count(&Object::Person));
    let said = |key, n: usize| look.locale.tell(&Message::new(key).with("n", n));
    let mut parts = Vec::new();
    if deals > 0 || people == 0 && kinds != Kinds::People {
        parts.push(said("tui-records", deals));
    }
    if people > 0 || kinds == Kinds::People {
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

/// The columns; the analyst sorts by the same keys.
pub(super) fn columns(kinds: Kinds, look: &Look<'_>, home: Option<Currency>) -> Vec<Column> {
    let column = |key, title, shape, expendable| Column { key, ..Column::new(title, shape, expendable, look) };
    let (name, company, state) = match kinds {
        Kinds::Deals => ("tui-column-deal", "tui-column-account", "tui-column-stage"),
        Kinds::People => ("tui-column-person", "tui-column-company", "tui-column-status"),
        Kinds::Both => ("tui-column-name", "tui-column-company", "tui-column-state"),
    };
    let amount = column("amount", "tui-column-amount", Shape::Number, 0).of_money(home);
    let mut columns = vec![
        column("name", name, Shape::Name, 0),
        column("company", company, Shape::Name, 2),
        column("state", state, Shape::Name, 3),
        column("owner", "tui-column-owner", Shape::Name, 4),
    ];
    columns.extend((kinds != Kinds::People).then_some(amount));
    columns.push(column("created", "tui-column-created", Shape::Number, 5));
    columns.push(column("age", "tui-column-age-or-closed", Shape::Number, 1));
    columns
}

/// The cells of a row, one per column.
pub(super) fn cells(entry: &Entry, kinds: Kinds, look: &Look<'_>, home: Option<Currency>) -> Vec<Cell> {
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
