//! A list of records of any length, of which only the rows around the screen are loaded: those behind a line of a
//! view, or all of an object.

mod cells;

use crate::analysis::records::Entry;
use crate::analysis::selection::Selection;
use crate::domain::message::{Message, Tell};
use crate::domain::object::Object;
use crate::domain::records::Filter;
use crate::domain::value::Id;
use crate::text::Clean;
use crate::tui::action::{Action, Global, Step};
use crate::tui::analyst::{Listing, Page, Subject, Window};
use crate::tui::edit;
use crate::tui::keymap::commands;
use crate::tui::look::{Look, put, put_position, rows_of};
use crate::tui::name::Name;
use crate::tui::sheet::{Order, Sheet, shown};
use crate::tui::theme::Meaning;
use crate::tui::views::Clicked;
use crate::tui::widgets::cursor::Cursor;
use crate::tui::widgets::table::{Column, HEAD, Table};
use cells::{Shown, cells, columns, summary};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};
use std::sync::Arc;

/// Cells before what is said in place of lines, as in the table.
const MARGIN: usize = 3;
/// Name of the table in the local state.
const ID: &str = "records";

/// A list of records.
#[derive(Debug, Clone, PartialEq)]
pub struct List {
    /// What it is called; a table of all records needs no name beside its tab.
    name: Option<Name>,
    selection: Selection,
    page: Option<Page>,
    cursor: Cursor<(Object, Id)>,
    /// Whether the user has selected it; else it is the first of what is listed.
    chosen: bool,
    window: Window,
    order: Order,
    /// The marked rows, kept whole: they may be far from the screen when they are copied.
    marks: Vec<Entry>,
}

impl List {
    /// The records of a line of this name.
    #[must_use]
    pub fn new(name: Name, selection: Selection) -> Self {
        Self { name: Some(name), ..Self::of(selection) }
    }

    /// All records of an object.
    #[must_use]
    pub fn all(object: Object) -> Self {
        Self::of(Selection::All(object))
    }

    fn of(selection: Selection) -> Self {
        Self {
            name: None,
            selection,
            page: None,
            cursor: Cursor::default(),
            chosen: false,
            window: Window::default(),
            order: Order::default(),
            marks: Vec::new(),
        }
    }

    /// What has to be known to draw it.
    #[must_use]
    pub fn subject(&self) -> Subject {
        let Order { filter, sort } = self.order.clone();
        Subject::List(Listing { selection: self.selection.clone(), filter, sort }, self.window)
    }

    /// The selected record; none while what the filter finds is not known yet.
    #[must_use]
    pub fn selected(&self) -> Option<(Object, Id)> {
        let page = self.page.as_ref().filter(|page| page.filter == self.order.filter)?;
        page.ids.get(self.cursor.at()).copied()
    }

    /// Takes in a part of it.
    pub fn loaded(&mut self, page: Page) {
        for mark in &mut self.marks {
            let fresh = page.rows.iter().find(|row| row.place() == mark.place());
            fresh.into_iter().for_each(|row| mark.clone_from(row));
        }
        let is_search = !page.filter.is_empty() && self.page.as_ref().is_some_and(|last| last.filter != page.filter);
        let is_found = || self.cursor.key().is_some_and(|key| page.ids.contains(key));
        // Of what a search finds the best is selected, and not what was first of what half of its words found.
        if is_search && !(self.chosen && is_found()) {
            self.cursor = Cursor::default();
            self.chosen = false;
        }
        self.page = Some(page);
    }

    /// Fits selection and window to a size.
    pub fn settle(&mut self, size: Size) {
        let rows = visible(size);
        if let Some(page) = &self.page {
            self.cursor.settle(&page.ids, rows);
        }
        self.follow(rows);
    }

    /// Moves the selection.
    pub fn step(&mut self, step: Step, size: Size) {
        let rows = visible(size);
        if let Some(page) = &self.page {
            self.cursor.step(step, &page.ids, rows);
            self.chosen = true;
        }
        self.follow(rows);
    }

    /// Takes a click on a cell, counted from its corner.
    pub fn click(&mut self, place: Position, look: &Look<'_>, size: Size) -> Clicked {
        let rows = visible(size);
        if let Some(page) = self.page.as_ref().filter(|_| (1..=HEAD).contains(&usize::from(place.y))) {
            return Clicked::title(&self.table(page, look, rows), size.width, place.x, look);
        }
        let row = usize::from(place.y).checked_sub(1 + HEAD);
        let hit = row.zip(self.page.as_ref()).and_then(|(row, page)| self.cursor.click(row, &page.ids, rows));
        self.chosen |= hit.is_some();
        Clicked::line(hit)
    }

    /// Moves the window when the screen has left it: a screen before and a screen behind are loaded too.
    fn follow(&mut self, rows: usize) {
        let (top, bottom) = (self.cursor.top(), self.cursor.top() + rows);
        if top < self.window.first || bottom > self.window.first + self.window.count {
            self.window = Window { first: top.saturating_sub(rows), count: rows * 3 };
        }
    }

    /// Draws it.
    pub fn draw(&self, buffer: &mut Buffer, area: Rect, look: &Look<'_>) {
        let title = self.name.as_ref().map(|name| format!("{} {}", name.words(look), look.glyphs.dot).into());
        let put_title = |title: Clean| put(buffer, area, (1, 0), &title, look.style(Meaning::Heading)) + 1;
        let after = title.map_or(1, put_title);
        let Some(page) = &self.page else {
            put(buffer, area, (after, 0), &look.t("tui-loading"), look.style(Meaning::Muted));
            return;
        };
        put(buffer, area, (after, 0), &summary(page, look), look.style(Meaning::Plain));
        if let Some(key) = self.empty(page) {
            put(buffer, area, (1, 2), &look.t(key), look.style(Meaning::Muted));
            return;
        }
        let (top, rows) = (self.cursor.top(), visible(area.as_size()));
        put_position(buffer, area, look, top, rows.min(page.ids.len()), page.ids.len());
        self.table(page, look, rows).draw(buffer, rows_of(area, 1, usize::from(area.height)), look);
        if let Some(told) = elsewhere(page, look) {
            put(buffer, area, (MARGIN, 2 + HEAD), &look.locale.tell(&told).into(), look.style(Meaning::Muted));
        }
    }

    /// What is said in place of the table of an object of which there is no record.
    fn empty(&self, page: &Page) -> Option<&'static str> {
        match self.selection {
            Selection::All(Object::Person) if page.all == 0 => Some("tui-no-people"),
            Selection::All(Object::Account) if page.all == 0 => Some("tui-no-accounts"),
            Selection::All(_) if page.all == 0 => Some("tui-no-deals"),
            _ => None,
        }
    }

    /// Whether a page is one of this list.
    #[must_use]
    pub fn is_of(&self, page: &Page) -> bool {
        page.selection == self.selection
    }

    /// Whether there are rows.
    #[must_use]
    pub fn has_rows(&self) -> bool {
        self.page.as_ref().is_some_and(|page| !page.ids.is_empty())
    }

    /// What can be edited: the selected record, where it is loaded.
    #[must_use]
    pub fn edits(&self) -> Option<edit::Subject> {
        let (place, page) = (self.selected()?, self.page.as_ref()?);
        let entry = page.rows.iter().find(|row| row.place() == place)?;
        let (row, title, choices) = (entry.row.clone(), entry.name.clone(), Arc::clone(&page.choices));
        Some(edit::Subject { row, title, field: None, choices, names: entry.names.clone() })
    }

    /// The rows that are visible, as a table.
    fn table(&self, page: &Page, look: &Look<'_>, rows: usize) -> Table {
        let top = self.cursor.top();
        let shown: Vec<_> = page.ids.iter().skip(top).take(rows).collect();
        let (told, home) = (Shown::of(page, &self.selection), page.worth.currency());
        let line = |place: &(Object, Id)| {
            let entry = page.rows.iter().find(|entry| entry.place() == *place);
            entry.map_or_else(Vec::new, |entry| cells(entry, told, look, home))
        };
        let marked = |place: &(Object, Id)| self.marks.iter().any(|mark| mark.place() == *place);
        Table {
            id: ID,
            columns: columns(told, look, home),
            lines: shown.iter().map(|place| line(place)).collect(),
            selected: self.cursor.at().checked_sub(top).filter(|_| !page.ids.is_empty()),
            marked: shown.iter().enumerate().filter(|(_, place)| marked(place)).map(|(at, _)| at).collect(),
            sort: self.order.sort,
        }
    }
}

/// Where a search finds nothing in this table: how much it finds in the others, and the key that leads there.
fn elsewhere(page: &Page, look: &Look<'_>) -> Option<Message> {
    let hits: usize = page.hits.values().sum();
    let next = commands().find(|command| command.action == Action::Global(Global::NextView))?;
    let key = look.keys.keys(next).first().filter(|_| page.ids.is_empty() && hits > 0)?;
    Some(Message::new("tui-hits-elsewhere").with("n", hits).with("key", key.shown(look.glyphs)))
}

/// How many records are visible on a screen of this size.
fn visible(size: Size) -> usize {
    usize::from(size.height).saturating_sub(1 + HEAD)
}

impl Sheet for List {
    fn id(&self) -> &'static str {
        ID
    }

    fn columns(&self, look: &Look<'_>) -> Vec<Column> {
        self.page
            .as_ref()
            .map_or_else(Vec::new, |page| columns(Shown::of(page, &self.selection), look, page.worth.currency()))
    }

    fn order(&self) -> &Order {
        &self.order
    }

    fn order_mut(&mut self) -> &mut Order {
        &mut self.order
    }

    fn found(&self, _: &Look<'_>) -> Option<(usize, usize)> {
        self.page.as_ref().filter(|page| page.filter == self.order.filter).map(|page| (page.ids.len(), page.all))
    }

    fn unread(&self) -> Option<Message> {
        Filter::parse(&self.order.filter).unread.first().map(Tell::tell)
    }

    fn marks(&self) -> usize {
        self.marks.len()
    }

    fn mark(&mut self) {
        let Some(place) = self.selected() else { return };
        self.chosen = true;
        match self.marks.iter().position(|mark| mark.place() == place) {
            Some(at) => drop(self.marks.remove(at)),
            None => {
                let rows = self.page.as_ref().map(|page| page.rows.as_slice()).unwrap_or_default();
                self.marks.extend(rows.iter().find(|row| row.place() == place).cloned());
            }
        }
    }

    fn clear_marks(&mut self) {
        self.marks.clear();
    }

    fn copied(&self, look: &Look<'_>) -> Vec<Vec<Clean>> {
        let Some(page) = &self.page else { return Vec::new() };
        let selected = self.selected();
        let rows: Vec<&Entry> = match self.marks.as_slice() {
            [] => page.rows.iter().filter(|row| Some(row.place()) == selected).collect(),
            marks => marks.iter().collect(),
        };
        let (told, home) = (Shown::of(page, &self.selection), page.worth.currency());
        let columns = columns(told, look, home);
        rows.into_iter().map(|row| shown(ID, &columns, &cells(row, told, look, home), look)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeMap, BTreeSet};

    const SIZE: Size = Size { width: 80, height: 20 };

    /// What a search finds: these people, the best first.
    fn found(list: &mut List, filter: &str, ids: &[i64]) {
        let ids = ids.iter().map(|id| (Object::Person, Id(*id))).collect();
        list.order.filter = filter.to_owned();
        list.loaded(Page {
            selection: Selection::All(Object::Person),
            filter: filter.to_owned(),
            all: 9,
            ids,
            kinds: BTreeSet::new(),
            counts: BTreeMap::new(),
            worth: Default::default(),
            first: 0,
            rows: Vec::new(),
            choices: Default::default(),
            hits: BTreeMap::new(),
        });
        list.settle(SIZE);
    }

    #[test]
    fn the_best_of_what_was_found_is_selected_unless_the_user_has_chosen() {
        let mut list = List::all(Object::Person);
        found(&mut list, "", &[1, 2, 3, 4, 5]);
        found(&mut list, "li", &[2, 3, 5]);
        found(&mut list, "lihua", &[5, 3, 2]);
        assert_eq!(list.selected(), Some((Object::Person, Id(5))), "not 2, which is the worst now");
        list.step(Step::Down, SIZE);
        found(&mut list, "lihua w", &[5, 2, 3]);
        assert_eq!(list.selected(), Some((Object::Person, Id(3))), "chosen, and still found");
        found(&mut list, "wang", &[4, 1, 2, 5]);
        assert_eq!(list.selected(), Some((Object::Person, Id(4))), "what was chosen is gone");
        found(&mut list, "", &[1, 2, 3, 4, 5]);
        assert_eq!(list.selected(), Some((Object::Person, Id(4))), "without the search it is found again");
        found(&mut list, "", &[9, 1, 2, 3, 4, 5]);
        assert_eq!(list.selected(), Some((Object::Person, Id(4))), "new records move nothing");
    }
}
