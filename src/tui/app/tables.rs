//! What keys do to the table that is shown, and typing into its filter.

use super::App;
use super::notices::Tone;
use super::popups::Popup;
use crate::domain::message::Message;
use crate::text::Clean;
use crate::tui::action::{Effect, Table, Typing};
use crate::tui::sheet::{Sheet, titles};
use crate::tui::widgets::columns::{self, ColumnsPage};
use crate::tui::widgets::field::Field;
use crate::tui::widgets::table::{Column, Sort};
use crate::tui::writer::Order;

/// Before the name of a table in the local state, where its hidden columns are remembered.
pub const HIDDEN_COLUMNS: &str = "columns-";

impl App {
    /// The table that is shown, if what is shown is one.
    pub(super) fn sheet(&self) -> Option<&dyn Sheet> {
        if self.drill.is_empty() { self.views.body().sheet() } else { self.drill.sheet() }
    }

    pub(super) fn sheet_mut(&mut self) -> Option<&mut dyn Sheet> {
        if self.drill.is_empty() { self.views.body_mut().sheet_mut() } else { self.drill.sheet_mut() }
    }

    pub(super) fn act_on_table(&mut self, action: Table) -> Vec<Effect> {
        match action {
            Table::Filter => match self.popups.last_mut().and_then(Popup::filter) {
                Some(filter) => filter.begin(),
                None => self.field = self.sheet().map(|sheet| Field::new(&sheet.order().filter)),
            },
            Table::Filters => self.open_filters(),
            Table::Sort => self.sort(),
            Table::Reverse => self.reverse(),
            Table::Columns => self.popups.extend(self.sheet().map(|_| Popup::Columns(ColumnsPage::default()))),
            Table::Mark => self.mark(),
            Table::Copy => return self.copy(),
        }
        Vec::new()
    }

    /// Sorts by the next column that is to be seen.
    fn sort(&mut self) {
        let Some((id, mut columns)) = self.sheet().map(|sheet| (sheet.id(), sheet.columns(&self.look()))) else {
            return;
        };
        columns.retain(|column| !self.hidden.has(id, column.key));
        let Some(order) = self.sheet_mut().map(Sheet::order_mut) else { return };
        order.sort_by_next(&columns);
        let sorted = order.sort.and_then(|Sort { column, .. }| columns.into_iter().find(|c| c.key == column));
        let message = sorted.map_or_else(
            || Message::new("tui-sorted-own"),
            |column| Message::new("tui-sorted-by").with("column", column.title),
        );
        self.say(Tone::Note, &message);
    }

    fn reverse(&mut self) {
        match self.sheet_mut().map(Sheet::order_mut) {
            Some(order) if order.sort.is_some() => order.reverse(),
            _ => self.mention(Tone::Note, &Message::new("tui-not-sorted")),
        }
    }

    /// Sorts by the column of a title that was clicked.
    pub(super) fn sort_by(&mut self, column: &Column) {
        self.sheet_mut().into_iter().for_each(|sheet| sheet.order_mut().sort_by(column));
    }

    fn mark(&mut self) {
        let Some(sheet) = self.sheet_mut() else { return };
        sheet.mark();
        let marks = sheet.marks();
        self.step(crate::tui::action::Step::Down, self.body_size());
        self.mention(Tone::Note, &Message::new("tui-marked").with("n", marks));
    }

    /// Copies lines, below the titles of a table: cells apart by tabs, lines by newlines, nothing in them that a terminal obeys.
    fn copy(&mut self) -> Vec<Effect> {
        let look = self.look();
        let (head, lines) = match self.sheet() {
            Some(sheet) => (Some(titles(sheet, &look)), sheet.copied(&look)),
            None => (None, self.drill.copied(&look)),
        };
        let Some(first) = lines.first().and_then(|line| line.first()).cloned() else { return Vec::new() };
        let line = |cells: &Vec<Clean>| cells.iter().map(Clean::as_str).collect::<Vec<_>>().join("\t");
        let text = head.iter().chain(&lines).map(line).collect::<Vec<_>>().join("\n");
        self.say(Tone::Done, &Message::new("tui-copied").with("n", lines.len()).with("what", first));
        vec![Effect::Copy(text)]
    }

    /// Takes marks and then the filter away; `true` when there was one of them.
    pub(super) fn let_go(&mut self) -> bool {
        let Some(sheet) = self.sheet_mut() else { return false };
        if sheet.marks() > 0 {
            sheet.clear_marks();
        } else if sheet.order().filter.is_empty() {
            return false;
        } else {
            sheet.order_mut().filter.clear();
        }
        true
    }

    /// Whether there is something that [`App::let_go`] would take away.
    pub(super) fn holds(&self) -> bool {
        self.sheet().is_some_and(|sheet| sheet.marks() > 0 || !sheet.order().filter.is_empty())
    }

    /// Shows or hides a column, and remembers it.
    pub(super) fn act_on_columns(&mut self, action: columns::Action) -> Vec<Effect> {
        if action == columns::Action::Reset {
            let Some(id) = self.sheet().map(Sheet::id) else { return Vec::new() };
            self.hidden.reset(id);
            return vec![Effect::Write(Order::Remember { key: format!("{HIDDEN_COLUMNS}{id}"), value: String::new() })];
        }
        let column = self.popups.last().and_then(|popup| match popup {
            Popup::Columns(page) => page.selected(),
            _ => None,
        });
        let Some((id, column)) = self.sheet().map(Sheet::id).zip(column) else { return Vec::new() };
        let value = self.hidden.toggle(id, column);
        vec![Effect::Write(Order::Remember { key: format!("{HIDDEN_COLUMNS}{id}"), value })]
    }

    pub(super) fn act_on_field(&mut self, action: Typing) -> Vec<Effect> {
        if self.is_importing() {
            return match action {
                Typing::Accept => self.with_wizard(|wizard, _| wizard.accept()),
                Typing::Leave => self.with_wizard(|wizard, _| wizard.back()),
                Typing::Edit(edit) => self.typed(|field| field.edit(edit)),
            };
        }
        if let (Some(Popup::Edit(_) | Popup::Rule(_)), Typing::Edit(edit)) = (self.popups.last(), action) {
            return self.type_draft(|field| field.edit(edit));
        }
        if let (Some(Popup::Form(_)), Typing::Edit(edit)) = (self.popups.last(), action) {
            return self.type_form(|field| field.edit(edit));
        }
        if let (Some(Popup::Filters(_)), Typing::Accept) = (self.popups.last(), action) {
            return self.accept_filter_name();
        }
        self.act_on_filter(action);
        Vec::new()
    }

    fn act_on_filter(&mut self, action: Typing) {
        if let Some(Popup::Period(page)) = self.popups.last_mut() {
            match action {
                Typing::Accept => self.accept_period(),
                Typing::Leave => drop(self.popups.pop()),
                Typing::Edit(edit) => page.field.edit(edit),
            }
            return;
        }
        if let Some(Popup::Filters(page)) = self.popups.last_mut() {
            match action {
                Typing::Accept => {}
                Typing::Leave => page.leave(),
                Typing::Edit(edit) => page.change(|field| field.edit(edit)),
            }
            return;
        }
        if let Some(filter) = self.popups.last_mut().and_then(Popup::filter) {
            match action {
                Typing::Accept => filter.accept(),
                Typing::Leave => {
                    filter.let_go();
                }
                Typing::Edit(edit) => filter.type_in(|field| field.edit(edit)),
            }
            return;
        }
        match action {
            Typing::Accept => self.field = None,
            Typing::Leave => {
                self.field = None;
                self.sheet_mut().into_iter().for_each(|sheet| sheet.order_mut().filter.clear());
            }
            Typing::Edit(edit) => self.change_field(|field| field.edit(edit)),
        }
    }

    /// Changes the text in the focused field, and keeps what is a draft.
    pub(super) fn typed(&mut self, change: impl FnOnce(&mut Field)) -> Vec<Effect> {
        if matches!(self.popups.last(), Some(Popup::Edit(_) | Popup::Rule(_))) {
            return self.type_draft(change);
        }
        if matches!(self.popups.last(), Some(Popup::Form(_))) {
            return self.type_form(change);
        }
        let before = self.wizard.typed().to_owned();
        self.change_field(change);
        self.remembered_path(&before).into_iter().collect()
    }

    /// Changes the text in the focused field; the table follows at once.
    fn change_field(&mut self, change: impl FnOnce(&mut Field)) {
        match self.popups.last_mut() {
            Some(Popup::Palette(palette)) => return change(&mut palette.field),
            Some(Popup::Segments(page)) => return page.filter.type_in(change),
            Some(Popup::Help(page)) => return page.filter.type_in(change),
            Some(Popup::Period(page)) => return page.change(change),
            Some(Popup::Ask(page, _)) => return page.change(change),
            Some(Popup::Filters(page)) => return page.change(change),
            Some(Popup::Import) => {
                return if let Some(field) = self.wizard.field() {
                    change(field);
                };
            }
            _ => {}
        }
        let Some(field) = &mut self.field else { return };
        change(field);
        let text = field.text().to_owned();
        self.sheet_mut().into_iter().for_each(|sheet| sheet.order_mut().filter = text.clone());
    }
}
