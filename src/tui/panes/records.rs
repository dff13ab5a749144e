//! The records pane: all people, companies and deals, found by one search.

use crate::domain::object::Object;
use crate::domain::records::LISTED;
use crate::tui::action::Step;
use crate::tui::analyst::{Answer, Subject};
use crate::tui::drill::Opening;
use crate::tui::edit;
use crate::tui::keymap::{Context, When};
use crate::tui::list::List;
use crate::tui::look::Look;
use crate::tui::sheet::Sheet;
use crate::tui::views::{Body, Clicked};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};
use std::collections::BTreeMap;

/// The tables, and how many records of each the search finds.
#[derive(Debug, Clone, PartialEq)]
pub struct Pane {
    lists: [List; 3],
    shown: usize,
    hits: BTreeMap<Object, usize>,
}

impl Default for Pane {
    fn default() -> Self {
        Self { lists: LISTED.map(List::all), shown: 0, hits: BTreeMap::new() }
    }
}

impl Pane {
    /// Shows the table of this object.
    pub fn show(&mut self, object: Object) {
        self.shown = LISTED.iter().position(|listed| *listed == object).unwrap_or(0);
    }

    /// How many records of an object the search finds, once that is known.
    #[must_use]
    pub fn hits(&self, object: Object) -> Option<usize> {
        self.hits.get(&object).copied()
    }

    /// The table that is shown.
    #[must_use]
    pub fn list(&self) -> &List {
        // There are as many tables as objects.
        let [people, accounts, deals] = &self.lists;
        [people, accounts, deals].into_iter().nth(self.shown).unwrap_or(people)
    }

    fn list_mut(&mut self) -> &mut List {
        let [people, accounts, deals] = &mut self.lists;
        match self.shown {
            1 => accounts,
            2 => deals,
            _ => people,
        }
    }
}

impl Body for Pane {
    fn context(&self) -> Context {
        Context::Records
    }

    fn subject(&self) -> Subject {
        self.list().subject()
    }

    fn allows(&self, when: When) -> bool {
        match when {
            When::Opens => self.list().selected().is_some(),
            _ => self.list().has_rows() || !self.list().order().filter.is_empty(),
        }
    }

    fn opens(&self) -> Option<Opening> {
        self.list().selected().map(|(object, id)| Opening::Record(object, id))
    }

    fn explains(&self) -> Option<Opening> {
        None
    }

    fn loaded(&mut self, answer: &Answer) {
        let Answer::List(page) = answer else { return };
        // What was opened from a table has an answer of its own.
        if self.list().is_of(page) {
            self.hits.clone_from(&page.hits);
            self.list_mut().loaded((**page).clone());
        }
    }

    fn settle(&mut self, _: &Look<'_>, size: Size) {
        // One search for all of them.
        let filter = self.list().order().filter.clone();
        for list in &mut self.lists {
            list.order_mut().filter.clone_from(&filter);
        }
        self.list_mut().settle(size);
    }

    fn step(&mut self, step: Step, _: &Look<'_>, size: Size) {
        self.list_mut().step(step, size);
    }

    fn click(&mut self, place: Position, look: &Look<'_>, size: Size) -> Clicked {
        self.list_mut().click(place, look, size)
    }

    fn edits(&self) -> Option<edit::Subject> {
        self.list().edits()
    }

    fn sheet(&self) -> Option<&dyn Sheet> {
        Some(self.list())
    }

    fn sheet_mut(&mut self) -> Option<&mut dyn Sheet> {
        Some(self.list_mut())
    }

    fn draw(&self, buffer: &mut Buffer, area: Rect, look: &Look<'_>) {
        self.list().draw(buffer, area, look);
    }
}
