//! The choice of a segment: every value of every dimension, with how many records have it, and a filter.

use super::cursor::Cursor;
use super::filter::Filter;
use crate::domain::funnel::segment::Dimension;
use crate::domain::matching::{Folded, Query};
use crate::text::{self, Clean};
use crate::tui::action::{self, Step};
use crate::tui::keymap::{Command, Context, Key, When};
use crate::tui::look::{Look, put, put_position, rows_of, select};
use crate::tui::panes::funnel::Choices;
use crate::tui::theme::Meaning;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};

/// Rows of the title, the one below it included.
const TITLE: usize = 2;
/// Cells before a line.
const MARGIN: usize = 3;
/// Cells of the kind of a value.
const LABEL: usize = 12;
/// A value is given no more cells than this.
const WIDEST: usize = 32;
/// Cells of a count.
const COUNT: usize = 9;

/// What a key does here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Adds the selected value, or takes it out.
    Toggle,
    /// Takes everything out.
    Clear,
    /// Takes the selected value, unless others have been chosen on this page, and closes it.
    Apply,
}

const fn here(
    id: &'static str,
    keys: &'static [Key],
    label: &'static str,
    description: &'static str,
    action: Action,
) -> Command {
    let action = action::Action::Segments(action);
    Command { id, keys, label, description, contexts: &[Context::Segments], when: When::Always, action }
}

/// The commands of this page.
pub static COMMANDS: &[Command] = &[
    here("toggle-segment", &[Key::Char(' ')], "tui-hint-choose", "tui-help-toggle-segment", Action::Toggle),
    here("clear-segment", &[Key::Char('c')], "tui-hint-clear", "tui-help-clear-segment", Action::Clear),
    here("apply-segment", &[Key::Enter], "tui-hint-apply", "tui-help-apply-segment", Action::Apply),
];

/// A value of a dimension.
pub type Value = (Dimension, Option<String>);

/// The page: where the user is.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SegmentsPage {
    cursor: Cursor<Value>,
    /// Only values that match this.
    pub filter: Filter,
    /// Whether anything has been chosen or taken out on this page.
    changed: bool,
}

/// A value, and how many records have it.
struct Line {
    value: Value,
    words: String,
    n: u64,
}

/// The values that match, of dimensions that tell records apart: where nothing is known, there is nothing
/// to choose.
fn lines(choices: &Choices<'_>, filter: &str, look: &Look<'_>) -> Vec<Line> {
    let query = Query::new(filter);
    let tells = |dimension: Dimension| {
        choices.chosen.0.contains_key(&dimension)
            || choices.values.iter().any(|(other, value, _)| *other == dimension && value.is_some())
    };
    let line = |(dimension, value, n): &(Dimension, Option<String>, u64)| {
        let words = named(*dimension, value.as_deref(), look);
        let label = look.locale.t(&format!("funnel-dimension-{}", dimension.key()));
        let matches = query.is_empty() || query.matches(&Folded::of_fields([words.as_str(), label.as_str()]));
        matches.then(|| Line { value: (*dimension, value.clone()), words, n: *n })
    };
    choices.values.iter().filter(|(dimension, ..)| tells(*dimension)).filter_map(line).collect()
}

fn keys(lines: Vec<Line>) -> Vec<Value> {
    lines.into_iter().map(|line| line.value).collect()
}

fn visible(size: Size) -> usize {
    usize::from(size.height).saturating_sub(TITLE)
}

impl SegmentsPage {
    /// The selected value.
    #[must_use]
    pub fn selected(&self) -> Option<&Value> {
        self.cursor.key()
    }

    /// Whether anything has been chosen or taken out on this page.
    #[must_use]
    pub fn has_changed(&self) -> bool {
        self.changed
    }

    /// Something has been chosen or taken out.
    pub fn change(&mut self) {
        self.changed = true;
    }

    /// Fits the selection to the values there are; it begins at the first that is chosen.
    pub fn settle(&mut self, choices: &Choices<'_>, look: &Look<'_>, size: Size) {
        let chosen =
            || choices.chosen.0.iter().find_map(|(dimension, values)| Some((*dimension, values.first()?.clone())));
        if self.cursor.key().is_none() {
            chosen().into_iter().for_each(|value| self.cursor.select(value));
        }
        if choices.values.is_empty() {
            return;
        }
        self.cursor.settle(&keys(lines(choices, self.filter.text(), look)), visible(size));
    }

    /// Moves the selection.
    pub fn step(&mut self, step: Step, choices: &Choices<'_>, look: &Look<'_>, size: Size) {
        self.cursor.step(step, &keys(lines(choices, self.filter.text(), look)), visible(size));
    }

    /// Selects the value in a row; `false` where there is none.
    pub fn click(&mut self, row: usize, choices: &Choices<'_>, look: &Look<'_>, size: Size) -> bool {
        let keys = keys(lines(choices, self.filter.text(), look));
        row.checked_sub(TITLE).and_then(|row| self.cursor.click(row, &keys, visible(size))).is_some()
    }

    /// Draws it; returns the cell of the caret while the filter is typed into.
    pub fn draw(&self, buffer: &mut Buffer, area: Rect, look: &Look<'_>, choices: &Choices<'_>) -> Option<Position> {
        let caret = self.filter.draw(buffer, area, look, &look.t("tui-segments-title"));
        let list = rows_of(area, TITLE, usize::from(area.height));
        let height = usize::from(list.height);
        let lines = lines(choices, self.filter.text(), look);
        let top = self.cursor.top();
        put_position(buffer, area, look, top, height, lines.len());
        if lines.is_empty() && !self.filter.text().is_empty() {
            put(buffer, list, (MARGIN, 0), &look.t("tui-no-lines"), look.style(Meaning::Muted));
        }
        let widest = lines.iter().map(|line| text::width(&line.words)).max().unwrap_or(0).min(WIDEST);
        for (row, (at, Line { value, words, n })) in lines.iter().enumerate().skip(top).take(height).enumerate() {
            let [shown, hidden] = look.glyphs.boxes;
            let chosen = choices.chosen.0.get(&value.0).is_some_and(|values| values.contains(&value.1));
            let sign = if chosen { shown } else { hidden };
            let name = text::pad_right(&text::truncate(words, widest), widest);
            // A kind of values is named beside the first of them that is visible.
            let first = row == 0 || lines.get(at.wrapping_sub(1)).is_none_or(|above| above.value.0 != value.0);
            let label = Clean::from(if first {
                look.locale.t(&format!("funnel-dimension-{}", value.0.key()))
            } else {
                String::new()
            });
            let row = rows_of(list, row, 1);
            put(buffer, row, (MARGIN, 0), &label, look.style(Meaning::Heading));
            let line = Clean::from(format!("{sign} {name}  "));
            let after = put(buffer, row, (MARGIN + LABEL, 0), &line, look.style(Meaning::Plain));
            let n = text::pad_left(&look.locale.count(*n), COUNT);
            put(buffer, row, (after, 0), &n.into(), look.style(Meaning::Muted));
            if at == self.cursor.at() {
                select(buffer, row, look);
            }
        }
        // Above the counts: what they are of.
        let heading = look.t("tui-segments-counts");
        let end = MARGIN + text::width(look.glyphs.boxes[0]) + 1 + LABEL + widest + 2 + COUNT;
        put(buffer, area, (end.saturating_sub(heading.width()), 1), &heading, look.style(Meaning::Muted));
        caret
    }
}

fn named(dimension: Dimension, value: Option<&str>, look: &Look<'_>) -> String {
    match (dimension, value) {
        (_, None) => look.locale.t("funnel-value-unknown"),
        (Dimension::Tenure, Some(tenure)) => look.locale.t(&format!("funnel-tenure-{tenure}")),
        (_, Some(value)) => value.to_owned(),
    }
}
