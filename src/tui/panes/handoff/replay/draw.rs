//! The screen of the view.
//!
//! ```text
//!  31 missed deadlines become 12 (inside SLA 61 % → 84 %); 19 hand-offs change.
//!  Draft of 1 change, not saved: S saves it, D drops it.
//!                     answer in  calendar   inside   then  median   then  missed  then
//! ▸ all                                       61 %   84 %   12:40  12:40      31    12
//!   M→S hot          5m → 10m    office       52 %   80 %    6:10   6:10      28     9
//!
//!   calendar  zone            hours              holidays known until
//!   china     Asia/Shanghai   mon-fri 9:00-18:00 2026-12-31
//! ```

use super::lines::{calendar_cells, calendar_columns, policy_cells, policy_columns};
use super::{Line, ReplayPane};
use crate::domain::message::Message;
use crate::export::handoff::replay_sentence;
use crate::text;
use crate::tui::analyst::ReplayAnswer;
use crate::tui::look::{Look, put, rows_of};
use crate::tui::theme::Meaning;
use crate::tui::widgets::table::{HEAD, Table};
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

/// Rows above the policies: what would be otherwise, and how the draft stands.
const ABOVE: usize = 2;
/// Rows between policies and calendars.
const GAP: usize = 1;

/// Which lines are visible where.
struct Plan {
    /// Rows for policies, and the first that is visible.
    policies: (usize, usize),
    /// The row of the head of the calendars, rows for them, and the first that is visible.
    calendars: (usize, usize, usize),
}

/// Both tables whole where there is room, else around the selected line.
fn plan(size: Size, lines: &[Line], selected: usize) -> Plan {
    let policies = lines.iter().filter(|line| !matches!(line, Line::Calendar(_))).count();
    let calendars = lines.len() - policies;
    let room = usize::from(size.height).saturating_sub(ABOVE + 2 * HEAD + GAP);
    let for_calendars = calendars.min((room / 3).max(room.saturating_sub(policies)));
    let for_policies = policies.min(room.saturating_sub(for_calendars));
    let top = |at: Option<usize>, rows: usize| at.map_or(0, |at| (at + 1).saturating_sub(rows));
    Plan {
        policies: (for_policies, top((selected < policies).then_some(selected), for_policies)),
        calendars: (
            ABOVE + HEAD + for_policies + GAP,
            for_calendars,
            top(selected.checked_sub(policies), for_calendars),
        ),
    }
}

impl ReplayPane {
    /// The line in a row of the view.
    pub(super) fn line_at(&self, row: usize, size: Size) -> Option<Line> {
        let lines = self.lines();
        let plan = plan(size, &lines, self.cursor.at());
        let (head, rows, top) = plan.calendars;
        let calendars = lines.iter().filter(|line| matches!(line, Line::Calendar(_)));
        if let Some(row) = row.checked_sub(head + HEAD) {
            return calendars.skip(top).take(rows).nth(row).cloned();
        }
        let row = row.checked_sub(ABOVE + HEAD)?;
        let policies = lines.iter().filter(|line| !matches!(line, Line::Calendar(_)));
        policies.skip(plan.policies.1).take(plan.policies.0).nth(row).cloned()
    }
}

/// Draws the view.
pub(super) fn draw(buffer: &mut Buffer, area: Rect, look: &Look<'_>, pane: &ReplayPane, found: &ReplayAnswer) {
    let width = usize::from(area.width).saturating_sub(2);
    for (row, (words, meaning)) in [sentence(pane, found, look), status(pane, look)].into_iter().enumerate() {
        put(buffer, area, (1, row), &text::truncate(&words, width).into_owned().into(), look.style(meaning));
    }
    let lines = pane.lines();
    let plan = plan(area.as_size(), &lines, pane.cursor.at());
    let selected = lines.get(pane.cursor.at());
    let is_calendar = |line: &&Line| matches!(line, Line::Calendar(_));
    let (rows, top) = plan.policies;
    let policies: Vec<&Line> = lines.iter().filter(|line| !is_calendar(line)).skip(top).take(rows).collect();
    let table = Table {
        id: "replay",
        columns: policy_columns(pane.is_drafted(), look),
        lines: policies.iter().map(|line| policy_cells(line, pane, found, look)).collect(),
        selected: policies.iter().position(|line| Some(*line) == selected),
        marked: Vec::new(),
        sort: None,
    };
    table.draw(buffer, rows_of(area, ABOVE, HEAD + rows), look);
    let (head, rows, top) = plan.calendars;
    let calendars: Vec<&Line> = lines.iter().filter(is_calendar).skip(top).take(rows).collect();
    let rules = pane.rules();
    let cells = calendars.iter().filter_map(|line| match line {
        Line::Calendar(key) => {
            let calendar = rules.as_ref()?.calendar_called(key)?;
            Some(calendar_cells(calendar, pane, found, look))
        }
        _ => None,
    });
    let table = Table {
        id: "replay-calendars",
        columns: calendar_columns(look),
        lines: cells.collect(),
        selected: calendars.iter().position(|line| Some(*line) == selected),
        marked: Vec::new(),
        sort: None,
    };
    table.draw(buffer, rows_of(area, head, HEAD + rows), look);
}

/// What would be otherwise, or what this is for.
fn sentence(pane: &ReplayPane, found: &ReplayAnswer, look: &Look<'_>) -> (String, Meaning) {
    if let Err(mistake) = &found.draft {
        return (look.locale.tell(mistake), Meaning::Breach);
    }
    match (pane.is_drafted(), pane.is_current()) {
        (false, _) => (look.locale.t("tui-replay-how"), Meaning::Plain),
        (true, false) => (look.locale.t("tui-replay-judging"), Meaning::Muted),
        (true, true) => (replay_sentence(&found.replay, look.locale), Meaning::Heading),
    }
}

/// Whose rules hold, or how the draft stands.
fn status(pane: &ReplayPane, look: &Look<'_>) -> (String, Meaning) {
    let n = pane.edits.len();
    match n {
        0 => (look.locale.t("tui-replay-holds"), Meaning::Muted),
        n => (look.locale.tell(&Message::new("tui-replay-draft").with("n", n)), Meaning::Warn),
    }
}
