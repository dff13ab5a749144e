//! The choice of a segment: every value of every dimension, with how many records have it.

use super::cursor::Cursor;
use crate::domain::funnel::segment::Dimension;
use crate::text::{self, Clean};
use crate::tui::action::{self, Step};
use crate::tui::keymap::{Command, Context, Key, When};
use crate::tui::look::{Look, put, put_position, rows_of, select};
use crate::tui::panes::funnel::Choices;
use crate::tui::theme::Meaning;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

/// Rows of the title, the one below it included.
const TITLE: usize = 2;
/// Cells before a line.
const MARGIN: usize = 3;
/// A value is given no more cells than this.
const WIDEST: usize = 32;

/// What a key does here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Adds the selected value, or takes it out.
    Toggle,
}

/// The commands of this page.
pub static COMMANDS: &[Command] = &[Command {
    id: "toggle-segment",
    keys: &[Key::Char(' '), Key::Enter],
    label: "tui-hint-toggle",
    description: "tui-help-toggle-segment",
    contexts: &[Context::Segments],
    when: When::Always,
    action: action::Action::Segments(Action::Toggle),
}];

/// A value of a dimension.
pub type Value = (Dimension, Option<String>);

/// The page: where the user is.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SegmentsPage {
    cursor: Cursor<Value>,
}

fn keys(choices: &Choices<'_>) -> Vec<Value> {
    choices.values.iter().map(|(dimension, value, _)| (*dimension, value.clone())).collect()
}

impl SegmentsPage {
    /// The selected value.
    #[must_use]
    pub fn selected(&self) -> Option<&Value> {
        self.cursor.key()
    }

    /// Fits the selection to the values there are.
    pub fn settle(&mut self, choices: &Choices<'_>, size: Size) {
        self.cursor.settle(&keys(choices), usize::from(size.height).saturating_sub(TITLE));
    }

    /// Moves the selection.
    pub fn step(&mut self, step: Step, choices: &Choices<'_>, size: Size) {
        self.cursor.step(step, &keys(choices), usize::from(size.height).saturating_sub(TITLE));
    }

    /// Selects the value in a row; `false` where there is none.
    pub fn click(&mut self, row: usize, choices: &Choices<'_>, size: Size) -> bool {
        let rows = usize::from(size.height).saturating_sub(TITLE);
        row.checked_sub(TITLE).and_then(|row| self.cursor.click(row, &keys(choices), rows)).is_some()
    }

    /// Draws it.
    pub fn draw(&self, buffer: &mut Buffer, area: Rect, look: &Look<'_>, choices: &Choices<'_>) {
        put(buffer, area, (1, 0), &look.t("tui-segments-title"), look.style(Meaning::Heading));
        let list = rows_of(area, TITLE, usize::from(area.height));
        let height = usize::from(list.height);
        put_position(buffer, area, look, self.cursor.top(), height, choices.values.len());
        let visible = choices.values.iter().enumerate().skip(self.cursor.top()).take(height);
        let names = choices.values.iter().map(|(dimension, value, _)| named(*dimension, value.as_deref(), look));
        let widest = names.map(|name| text::width(&name)).max().unwrap_or(0).min(WIDEST);
        for (row, (at, (dimension, value, n))) in visible.enumerate() {
            let [shown, hidden] = look.glyphs.boxes;
            let chosen = choices.chosen.0.get(dimension).is_some_and(|values| values.contains(value));
            let sign = if chosen { shown } else { hidden };
            let label = look.locale.t(&format!("funnel-dimension-{}", dimension.key()));
            let name = named(*dimension, value.as_deref(), look);
            let name = text::pad_right(&text::truncate(&name, widest), widest);
            let n = text::pad_left(&look.locale.count(*n), 9);
            let line = Clean::from(format!("{sign} {}  {name}  ", text::pad_right(&label, 10)));
            let row = rows_of(list, row, 1);
            let after = put(buffer, row, (MARGIN, 0), &line, look.style(Meaning::Plain));
            put(buffer, row, (after, 0), &n.into(), look.style(Meaning::Muted));
            if at == self.cursor.at() {
                select(buffer, row, look);
            }
        }
    }
}

fn named(dimension: Dimension, value: Option<&str>, look: &Look<'_>) -> String {
    match (dimension, value) {
        (_, None) => look.locale.t("funnel-value-unknown"),
        (Dimension::Tenure, Some(tenure)) => look.locale.t(&format!("funnel-tenure-{tenure}")),
        (_, Some(value)) => value.to_owned(),
    }
}
