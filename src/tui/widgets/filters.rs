//! The filters that this person has saved by name: apply, save, rename, delete.

use super::cursor::Cursor;
use super::field::Field;
use crate::text::{self, Clean};
use crate::tui::action::{self, Step};
use crate::tui::keymap::{Command, Context, Key, When};
use crate::tui::look::{Look, put, put_position, rows_of, select};
use crate::tui::theme::Meaning;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};
use std::collections::BTreeMap;

/// Before the name of a filter in the local state.
pub const FILTERS: &str = "filter-";
/// Rows above the list.
const TITLE: usize = 3;
/// Cells before a line.
const MARGIN: usize = 3;
/// A name is not given more cells than this.
const NAME: usize = 28;

/// What a key does here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Filters by the selected one.
    Apply,
    /// Saves the filter of the table under a name.
    Save,
    /// Gives the selected one another name.
    Rename,
    /// Deletes the selected one.
    Delete,
    /// Brings back what was deleted last.
    Restore,
}

const fn here(
    id: &'static str,
    keys: &'static [Key],
    label: &'static str,
    description: &'static str,
    action: Action,
) -> Command {
    let action = action::Action::Filters(action);
    Command { id, keys, label, description, contexts: &[Context::Filters], when: When::Always, action }
}

/// The commands of this page.
pub static COMMANDS: &[Command] = &[
    here("apply-filter", &[Key::Enter], "tui-hint-apply", "tui-help-apply-filter", Action::Apply),
    here("save-filter", &[Key::Char('n')], "tui-hint-save-filter", "tui-help-save-filter", Action::Save),
    here("rename-filter", &[Key::Char('r')], "tui-hint-rename", "tui-help-rename-filter", Action::Rename),
    here("delete-filter", &[Key::Char('d')], "tui-hint-delete", "tui-help-delete-filter", Action::Delete),
    here("restore-filter", &[Key::Char('u')], "tui-hint-undo", "tui-help-restore-filter", Action::Restore),
];

/// The page.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FiltersPage {
    cursor: Cursor<String>,
    naming: Option<Naming>,
    deleted: Option<(String, String)>,
}

/// A name that is being typed.
#[derive(Debug, Clone, PartialEq)]
struct Naming {
    field: Field,
    /// The filter that gets another name; none when one is saved.
    of: Option<String>,
}

/// What is to be kept or forgotten.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// Name of a filter that is gone.
    pub gone: Option<String>,
    /// A filter that is there: its name and its text.
    pub there: Option<(String, String)>,
}

impl FiltersPage {
    /// Whether a name is typed.
    #[must_use]
    pub fn is_typing(&self) -> bool {
        self.naming.is_some()
    }

    /// The selected filter.
    #[must_use]
    pub fn selected(&self) -> Option<&String> {
        self.cursor.key()
    }

    /// Asks for a name: of the filter of the table, or another one of the selected filter.
    pub fn name(&mut self, of: Option<String>) {
        let field = Field::new(of.as_deref().unwrap_or_default());
        self.naming = Some(Naming { field, of });
    }

    /// Types into the name.
    pub fn change(&mut self, change: impl FnOnce(&mut Field)) {
        if let Some(naming) = &mut self.naming {
            change(&mut naming.field);
        }
    }

    /// Leaves the name as it was.
    pub fn leave(&mut self) {
        self.naming = None;
    }

    /// Takes the name that was typed; what becomes of the filters, where it says anything. A name that another one has
    /// takes its place.
    pub fn accept(&mut self, text: &str, filters: &BTreeMap<String, String>) -> Option<Changed> {
        let Naming { field, of } = self.naming.take()?;
        let name = field.text().trim().to_owned();
        if name.is_empty() || of.as_ref() == Some(&name) {
            return None;
        }
        let kept = of.as_ref().and_then(|old| filters.get(old)).map_or(text, String::as_str).to_owned();
        self.deleted = filters.get(&name).map(|text| (name.clone(), text.clone()));
        self.cursor.select(name.clone());
        Some(Changed { gone: of, there: Some((name, kept)) })
    }

    /// Deletes the selected filter.
    pub fn delete(&mut self, filters: &BTreeMap<String, String>) -> Option<Changed> {
        let name = self.selected()?.clone();
        self.deleted = Some((name.clone(), filters.get(&name)?.clone()));
        Some(Changed { gone: Some(name), there: None })
    }

    /// Brings back what was deleted or replaced last.
    pub fn restore(&mut self) -> Option<Changed> {
        let (name, text) = self.deleted.take()?;
        self.cursor.select(name.clone());
        Some(Changed { gone: None, there: Some((name, text)) })
    }

    /// Fits the selection to what there is.
    pub fn settle(&mut self, filters: &BTreeMap<String, String>, size: Size) {
        self.cursor.settle(&names(filters), visible(size));
    }

    /// Moves the selection.
    pub fn step(&mut self, step: Step, filters: &BTreeMap<String, String>, size: Size) {
        self.cursor.step(step, &names(filters), visible(size));
    }

    /// Takes a click on a row: whether a line was hit.
    pub fn click(&mut self, row: usize, filters: &BTreeMap<String, String>, size: Size) -> bool {
        let row = row.checked_sub(TITLE);
        row.and_then(|row| self.cursor.click(row, &names(filters), visible(size))).is_some()
    }

    /// Draws it; returns the cell of the caret while a name is typed. `text` is the filter of the table.
    pub fn draw(
        &self,
        buffer: &mut Buffer,
        area: Rect,
        look: &Look<'_>,
        filters: &BTreeMap<String, String>,
        text: &str,
    ) -> Option<Position> {
        put(buffer, area, (1, 0), &look.t("filters-title"), look.style(Meaning::Heading));
        let list = rows_of(area, TITLE, usize::from(area.height));
        put_position(buffer, area, look, self.cursor.top(), usize::from(list.height), filters.len());
        let visible = filters.iter().enumerate().skip(self.cursor.top()).take(usize::from(list.height));
        for (row, (at, (name, filter))) in visible.enumerate() {
            let row = rows_of(list, row, 1);
            let name = text::truncate(name, NAME);
            put(buffer, row, (MARGIN, 0), &Clean::from(&*name), look.style(Meaning::Plain));
            put(buffer, row, (MARGIN + NAME + 2, 0), &filter.as_str().into(), look.style(Meaning::Muted));
            if at == self.cursor.at() {
                select(buffer, row, look);
            }
        }
        let Some(naming) = &self.naming else {
            let said = if filters.is_empty() { "filters-none" } else { "filters-how" };
            put(buffer, area, (1, 1), &look.t(said), look.style(Meaning::Muted));
            return None;
        };
        let asked = if naming.of.is_some() { look.t("filters-rename") } else { look.t("filters-name") };
        let after = put(buffer, area, (1, 1), &asked, look.style(Meaning::Plain)) + 1;
        if naming.of.is_none() {
            put(buffer, area, (1, 2), &text.into(), look.style(Meaning::Muted));
        }
        let after = u16::try_from(after).unwrap_or(u16::MAX);
        let line = rows_of(area, 1, 1);
        let line = Rect { x: line.x.saturating_add(after), width: line.width.saturating_sub(after), ..line };
        naming.field.draw(buffer, line, look);
        Some(naming.field.caret(line))
    }
}

fn names(filters: &BTreeMap<String, String>) -> Vec<String> {
    filters.keys().cloned().collect()
}

fn visible(size: Size) -> usize {
    usize::from(size.height).saturating_sub(TITLE)
}
