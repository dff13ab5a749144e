//! The columns of a list, and what stands in them.

use crate::analysis::funnel::Step;
use crate::analysis::records::Entry;
use crate::analysis::selection::Selection;
use crate::domain::message::Message;
use crate::domain::money::{Currency, Money};
use crate::domain::object::Object;
use crate::domain::pipeline::Worth;
use crate::domain::time::Instant;
use crate::i18n::Amounts;
use crate::text::Clean;
use crate::tui::analyst::Page;
use crate::tui::look::Look;
use crate::tui::theme::Meaning;
use crate::tui::widgets::table::{Cell, Column, Shape};

/// What a list holds; it decides which columns there are and what they are called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kinds {
    Accounts,
    Deals,
    People,
    Both,
}

/// What a list tells of its records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shown {
    pub(super) kinds: Kinds,
    /// Whether they are there for what they did in a funnel.
    steps: bool,
    /// Whether they were followed to another stage.
    followed: bool,
}

impl Shown {
    pub(super) fn of(page: &Page, selection: &Selection) -> Self {
        let (steps, followed) = match selection {
            Selection::Deals(_) | Selection::Handoffs(_) | Selection::All(_) | Selection::These(..) => (false, false),
            Selection::Journeys(set) => (true, set.is_followed()),
        };
        Self { kinds: Kinds::of(page), steps, followed }
    }
}

impl Kinds {
    fn of(page: &Page) -> Self {
        if page.kinds.contains(&Object::Account) {
            return Self::Accounts;
        }
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
    let (deals, people, accounts) = (count(&Object::Opportunity), count(&Object::Person), count(&Object::Account));
    // Of a filtered list of one kind, all of them are told too.
    let all = (!page.filter.is_empty() && kinds != Kinds::Both).then_some(page.all);
    let said = |key, n: usize| match all {
        Some(all) => {
            let all = look.locale.tell(&Message::new(key).with("n", all));
            look.locale
                .tell(&Message::new("number-part-of").with("part", look.locale.count(n as u64)).with("whole", all))
        }
        None => look.locale.tell(&Message::new(key).with("n", n)),
    };
    if kinds == Kinds::Accounts {
        return said("tui-accounts", accounts).into();
    }
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
pub(super) fn columns(shown: Shown, look: &Look<'_>, home: Option<Currency>) -> Vec<Column> {
    let column = |key, title, shape, expendable| Column { key, ..Column::new(title, shape, expendable, look) };
    let (name, company, state) = match shown.kinds {
        Kinds::Accounts => return account_columns(look),
        Kinds::Deals => ("tui-column-deal", "tui-column-account", "tui-column-stage"),
        Kinds::People => ("tui-column-person", "tui-column-company", "tui-column-status"),
        Kinds::Both => ("tui-column-name", "tui-column-company", "tui-column-state"),
    };
    let amount = column("amount", "tui-column-amount", Shape::Number, 0).of_money(home);
    let mut columns = vec![
        column("name", name, Shape::Name, 0),
        column("company", company, Shape::Name, 2 + 4 * u8::from(shown.steps)),
    ];
    if shown.steps {
        columns.push(column("entered", "tui-column-entered", Shape::Number, 0));
        columns.extend(shown.followed.then(|| column("reached", "tui-column-reached", Shape::Word, 0)));
        columns.push(column("source", "tui-column-source", Shape::Name, 3));
    } else {
        columns.push(column("state", state, Shape::Name, 3));
    }
    columns.push(column("owner", "tui-column-owner", Shape::Name, 4));
    columns.extend((shown.kinds != Kinds::People).then_some(amount));
    if !shown.steps {
        columns.push(column("created", "tui-column-created", Shape::Number, 5));
        columns.push(column("age", "tui-column-age-or-closed", Shape::Number, 1));
    }
    if shown.kinds != Kinds::Deals {
        // Where there is room for them.
        columns.extend(shown.steps.then(|| column("status", "tui-column-status", Shape::Name, 7)));
        columns.push(column("score", "field-score", Shape::Number, 8));
        columns.push(column("email", "field-email", Shape::Name, 9));
        columns.push(column("phone", "field-phone", Shape::Name, 10));
    }
    columns
}

fn account_columns(look: &Look<'_>) -> Vec<Column> {
    let column = |key, title, shape, expendable| Column { key, ..Column::new(title, shape, expendable, look) };
    vec![
        column("name", "tui-column-account", Shape::Name, 0),
        column("domain", "field-domain", Shape::Name, 2),
        column("industry", "field-industry", Shape::Name, 5),
        column("segment", "field-segment", Shape::Name, 3),
        column("region", "field-region", Shape::Name, 4),
        column("owner", "tui-column-owner", Shape::Name, 1),
        column("created", "tui-column-created", Shape::Number, 7),
        column("paid", "field-first_paid_at", Shape::Number, 6),
    ]
}

/// The cells of a row, one per column.
pub(super) fn cells(entry: &Entry, shown: Shown, look: &Look<'_>, home: Option<Currency>) -> Vec<Cell> {
    let day = |at: Option<Instant>| at.map(|at| at.date().to_string());
    let text = |text: Option<String>| Cell::plain(text.unwrap_or_default());
    if shown.kinds == Kinds::Accounts {
        let Entry { domain, industry, segment, region, owner, .. } = entry;
        let words = [domain, industry, segment, region, owner].map(|word| text(word.clone()));
        let days = [entry.created_at, entry.paid_at].map(|at| text(day(at)));
        return std::iter::once(Cell::plain(entry.name.as_str())).chain(words).chain(days).collect();
    }
    let mut cells = vec![Cell::plain(entry.name.as_str()), text(entry.company.clone())];
    if shown.steps {
        cells.push(text(day(entry.step.map(|step| step.entered))));
        cells.extend(shown.followed.then(|| reached(entry.step, look)));
        cells.push(text(entry.source.clone()));
    } else {
        cells.push(Cell::plain(entry.state.as_str()));
    }
    cells.push(text(entry.owner.clone()));
    cells.extend((shown.kinds != Kinds::People).then(|| worth(entry.worth, look, home)));
    if !shown.steps {
        let age = entry.age.map(|days| look.locale.tell(&Message::new("tui-days").with("n", days)));
        cells.push(text(day(entry.created_at)));
        cells.push(text(day(entry.closed_at).or(age)));
    }
    if shown.kinds != Kinds::Deals {
        cells.extend(shown.steps.then(|| Cell::plain(entry.state.as_str())));
        cells.push(entry.score.map_or_else(
            || Cell::plain(""),
            |score| Cell::Number(score.to_string().into(), Meaning::Plain, score as f64),
        ));
        cells.extend([&entry.email, &entry.phone].map(|contact| text(contact.clone())));
    }
    cells
}

/// `2026-10-12 after 3 d`; muted where it came too late to count, a dash where it has not come.
fn reached(step: Option<Step>, look: &Look<'_>) -> Cell {
    let told = step.and_then(|step| Some((step.reached?, step.days()?, step.in_time)));
    let Some((at, days, in_time)) = told else { return Cell::Text("–".into(), Meaning::Muted) };
    let said = Message::new("tui-reached-after").with("day", at.date()).with("days", days);
    let said = Cell::plain(look.locale.tell(&said));
    if in_time { said } else { said.meaning(Meaning::Muted) }
}

fn worth(worth: Option<Worth>, look: &Look<'_>, home: Option<Currency>) -> Cell {
    let amount = |money: Money| {
        let purse = std::iter::once(money).collect();
        look.locale.purse(&purse, home, Amounts::Whole)
    };
    // The analyst sorts, so its value as a number is of no use here.
    let number = |text: String| Cell::Number(text.into(), Meaning::Plain, 0.0);
    match worth {
        Some(Worth::Amount(money)) => number(amount(money)),
        Some(Worth::ListPrice(money)) => number(format!("{} {}", look.glyphs.about, amount(money))),
        Some(Worth::Unknown) => Cell::Text("–".into(), Meaning::Muted),
        None => Cell::plain(""),
    }
}
