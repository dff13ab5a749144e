//! A list to choose from, found by a few letters: fields, kinds of files, mappings, orders of dates.

use super::TITLE;
use crate::domain::intake::{As, Target};
use crate::domain::matching::{Folded, Query};
use crate::ops::import::DateOrder;
use crate::text::{self, Clean};
use crate::tui::action::Step;
use crate::tui::look::{Look, put, put_position, rows_of, select};
use crate::tui::theme::Meaning;
use crate::tui::widgets::cursor::Cursor;
use crate::tui::widgets::field::Field;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};

/// Cells before a line.
const MARGIN: usize = 3;

/// What a line stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    Target(Target),
    Object(As),
    Profile(String),
    System(String),
    Dates(DateOrder),
}

/// A line: what it stands for, and how that is called.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Item {
    pub value: Value,
    pub words: Clean,
    /// What else it is found by: its key.
    pub key: String,
}

/// The list.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ChoicePage {
    pub field: Field,
    title: Clean,
    items: Vec<Item>,
    /// The column that is asked about.
    column: Option<usize>,
    /// Words of a system with whatever name is typed, where that can be chosen: before and behind the name.
    system: Option<[String; 2]>,
    cursor: Cursor<String>,
    /// What was typed when the lines were found last.
    sought: String,
}

impl ChoicePage {
    /// A list under a title, with one of its lines selected.
    pub fn new(title: Clean, items: Vec<Item>, now: Option<&Value>) -> Self {
        let mut cursor = Cursor::default();
        if let Some(item) = items.iter().find(|item| Some(&item.value) == now) {
            cursor.select(item.key.clone());
        }
        Self { field: Field::default(), title, items, column: None, system: None, cursor, sought: String::new() }
    }

    /// About this column.
    pub fn of_column(self, column: usize) -> Self {
        Self { column: Some(column), ..self }
    }

    /// With whatever is typed as the name of a system.
    pub fn with_system(self, words: [String; 2]) -> Self {
        Self { system: Some(words), ..self }
    }

    pub fn column(&self) -> Option<usize> {
        self.column
    }

    fn found(&self) -> Vec<Item> {
        let typed = self.field.text().trim();
        let query = Query::new(typed);
        let matches = |item: &&Item| {
            typed.is_empty() || query.matches(&Folded::of_fields([item.words.as_str(), item.key.as_str()]))
        };
        let own = self.system.as_ref().filter(|_| !typed.is_empty()).map(|[before, behind]| Item {
            value: Value::System(typed.to_owned()),
            words: format!("{before}{typed}{behind}").into(),
            key: "/".to_owned(),
        });
        let mut found: Vec<Item> = self.items.iter().filter(matches).cloned().collect();
        // What begins so is meant before what only has it somewhere.
        let begins = |item: &Item| item.words.as_str().to_lowercase().starts_with(&typed.to_lowercase());
        found.sort_by_key(|item| !begins(item));
        found.into_iter().chain(own).collect()
    }

    fn keys(&self) -> Vec<String> {
        self.found().into_iter().map(|item| item.key).collect()
    }

    /// What the selected line stands for.
    pub fn selected(&self) -> Option<Value> {
        self.found().into_iter().nth(self.cursor.at()).map(|item| item.value)
    }

    pub fn step(&mut self, step: Step, size: Size) {
        let keys = self.keys();
        self.cursor.step(step, &keys, visible(size));
    }

    pub fn click(&mut self, row: usize, size: Size) -> bool {
        let keys = self.keys();
        row.checked_sub(TITLE).and_then(|row| self.cursor.click(row, &keys, visible(size))) == Some(true)
    }

    pub fn settle(&mut self, size: Size) {
        if self.field.text() != self.sought {
            // Whatever was selected, the best of the new lines is what Enter takes now.
            self.cursor = Cursor::default();
            self.field.text().clone_into(&mut self.sought);
        }
        let keys = self.keys();
        self.cursor.settle(&keys, visible(size));
    }

    pub fn draw(&self, buffer: &mut Buffer, area: Rect, look: &Look<'_>) -> Position {
        let room = usize::from(area.width) * 2 / 3;
        let title = Clean::from(&*text::truncate(self.title.as_str(), room));
        let after = put(buffer, area, (1, 0), &title, look.style(Meaning::Heading)) + 2;
        let x = area.x.saturating_add(u16::try_from(after).unwrap_or(u16::MAX));
        let width = usize::from(area.width).saturating_sub(after + 1);
        let row = Rect { x, width: u16::try_from(width).unwrap_or(0), ..rows_of(area, 0, 1) };
        self.field.draw(buffer, row, look);
        let list = rows_of(area, TITLE, usize::from(area.height));
        let (found, rows) = (self.found(), usize::from(list.height));
        put_position(buffer, rows_of(area, 1, 1), look, self.cursor.top(), rows, found.len());
        if found.is_empty() {
            put(buffer, list, (MARGIN, 0), &look.t("tui-no-lines"), look.style(Meaning::Muted));
        }
        for (row, (at, item)) in found.iter().enumerate().skip(self.cursor.top()).take(rows).enumerate() {
            let row = rows_of(list, row, 1);
            put(buffer, row, (MARGIN, 0), &item.words, look.style(Meaning::Plain));
            if at == self.cursor.at() {
                select(buffer, row, look);
            }
        }
        self.field.caret(row)
    }
}

fn visible(size: Size) -> usize {
    usize::from(size.height).saturating_sub(TITLE)
}
