//! The hand-offs that would stand otherwise, one below the other.

use crate::analysis::handoff::Changed;
use crate::domain::handoff::State;
use crate::export::handoff::replay_sentence;
use crate::text;
use crate::tui::analyst::ReplayAnswer;
use crate::tui::look::{Look, put, put_position, rows_of};
use crate::tui::panes::handoff::table::meaning;
use crate::tui::theme::Meaning;
use crate::tui::widgets::cursor::Cursor;
use crate::tui::widgets::table::{Cell, Column, HEAD, Shape, Table};
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

/// Rows above the first line.
pub(super) const ABOVE: usize = 1 + HEAD;

/// Cells of `1–18 / 1,261`, and more.
const PLACE: usize = 22;

/// How many lines are visible.
pub(super) fn rows(size: Size) -> usize {
    usize::from(size.height).saturating_sub(ABOVE)
}

/// Draws them.
pub(super) fn draw(buffer: &mut Buffer, area: Rect, look: &Look<'_>, found: &ReplayAnswer, cursor: &Cursor<usize>) {
    let (top, rows) = (cursor.top(), rows(area.as_size()));
    // Which of many are seen stands behind the sentence.
    let place = if found.replay.items.len() > rows { PLACE } else { 0 };
    let width = usize::from(area.width).saturating_sub(2 + place);
    let said = text::truncate(&replay_sentence(&found.replay, look.locale), width).into_owned();
    put(buffer, area, (1, 0), &said.into(), look.style(Meaning::Heading));
    let items = found.replay.items.iter().skip(top).take(rows);
    let table = Table {
        id: "replay-changed",
        columns: columns(look),
        lines: items.map(|item| cells(item, found, look)).collect(),
        selected: cursor.at().checked_sub(top),
        marked: Vec::new(),
        sort: None,
    };
    table.draw(buffer, rows_of(area, 1, HEAD + rows), look);
    put_position(buffer, area, look, top, rows, found.replay.items.len());
}

fn columns(look: &Look<'_>) -> Vec<Column> {
    vec![
        Column::new("tui-column-subject", Shape::Name, 0, look),
        Column::new("tui-column-replay-policy", Shape::Name, 1, look),
        Column::new("tui-column-replay-began", Shape::Word, 2, look),
        Column::new("tui-column-replay-before", Shape::Word, 0, look),
        Column::new("tui-column-replay-after", Shape::Word, 0, look),
        Column::new("tui-column-replay-used", Shape::Number, 3, look),
    ]
}

fn cells(changed: &Changed, found: &ReplayAnswer, look: &Look<'_>) -> Vec<Cell> {
    let state = |state: Option<State>, missed: bool| match state {
        Some(State::Returned) if missed => Cell::Text(look.t("replay-returned-late"), Meaning::Warn),
        Some(state) => {
            let words = look.t(&format!("handoff-state-{}", state.key().replace('_', "-")));
            Cell::Text(words, meaning(state))
        }
        None => Cell::Text(look.t("replay-none"), Meaning::Muted),
    };
    // Of many only the newest are called by their names; the others by their numbers.
    let name = if changed.subject.is_empty() { changed.id.clone() } else { changed.subject.clone() };
    let used = changed.seconds_used;
    vec![
        Cell::plain(name),
        Cell::plain(super::lines::short(changed.place, found, look)),
        Cell::plain(look.locale.moment(changed.began_at, look.zone)),
        state(changed.before, changed.missed_before),
        state(changed.after, changed.missed_after),
        Cell::Number(look.locale.duration(used.saturating_mul(1_000)).into(), Meaning::Plain, used as f64),
    ]
}
