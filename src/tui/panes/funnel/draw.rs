//! The screen of the flow view.
//!
//! ```text
//!  Lead to cash · 2026-Q4 so far · against 2026-Q3, the same days · cohort · skips imputed · count
//!  The leak: MQL → SQL fell from 21.6 % to 18.2 % (−16.0 %)
//!                       count   change       of     conv. change   of first  13 quarters
//!   stage                                previous
//!   Lead  ███████████   3,335   +3.0 %        –            –
//! ▸ SQL   ▎               405   −9.4 %   18.2 %      −16.0 %     10.5 %         ▇▇█▇▁  ! leak
//!
//!  313 of 1,719 within 8 days; 308 are younger and not judged yet
//! ```

use super::lines::{arranged, columns, has_targets, meaning, notes};
use super::settings::At;
use super::{Action, COMMANDS, Pane};
use crate::analysis::funnel::Verdict;
use crate::domain::message::Message;
use crate::export::funnel as words;
use crate::text::{self, Clean};
use crate::tui::action;
use crate::tui::analyst::FlowAnswer;
use crate::tui::look::{Look, put, put_position, rows_of};
use crate::tui::sheet::Sheet;
use crate::tui::theme::Meaning;
use crate::tui::widgets::table::{HEAD, Table};
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

/// Fewer lines than this and what stands above the table gives way.
const LEAST_LINES: usize = 3;

/// What stands on the screen, row by row.
pub(super) struct Plan {
    header: Vec<String>,
    sentence: Vec<String>,
    meaning: Meaning,
    notes: Vec<(String, Meaning)>,
    /// Empty rows above and below the table.
    air: usize,
    /// How many lines of the table are visible.
    pub(super) table_rows: usize,
}

impl Plan {
    /// The row of the first line of the table.
    pub(super) fn first_line(&self) -> usize {
        self.header.len() + self.sentence.len() + self.air + HEAD
    }
}

/// Divides the screen: the header and then the sentence give way to the table when it is low.
pub(super) fn plan(pane: &Pane, look: &Look<'_>, size: Size) -> Plan {
    let (width, height) = (usize::from(size.width).saturating_sub(2), usize::from(size.height));
    let Some(found) = pane.found() else {
        return Plan {
            header: vec![],
            sentence: vec![],
            meaning: Meaning::Plain,
            notes: vec![],
            air: 0,
            table_rows: 0,
        };
    };
    let mut header = header(found, look, width, usize::MAX);
    let said = words::sentence(&found.flow, &found.funnel, look.locale);
    let said: Vec<String> = said.into_iter().chain(way_back(pane, found, look)).map(|m| look.locale.tell(&m)).collect();
    let said = said.join(&look.locale.t("sentence-separator")).replace('→', look.glyphs.arrow);
    let mut sentence = text::wrap(&said, width);
    let leaks = found.flow.leak.is_some();
    let room = height.saturating_sub(HEAD);
    // Every stage, and a line on the selected one, before the last words of the header.
    let wanted = (found.flow.stages.len() + 1).max(LEAST_LINES);
    if header.len() > 1 && header.len() + sentence.len() + wanted > room {
        let rows = room.saturating_sub(sentence.len() + wanted).max(1);
        header = self::header(found, look, width, rows);
        shorten(&mut header, rows, width);
    }
    if header.len() + sentence.len() + LEAST_LINES > room {
        shorten(&mut sentence, 1, width);
    }
    let stages = found.flow.stages.len();
    let left = room.saturating_sub(header.len() + sentence.len());
    let table_rows = left.min(stages);
    let mut notes = below(pane, found, look, width);
    let asides = wrapped(asides(pane, found, look), Meaning::Muted, look, width);
    // Words before empty rows; what holds for the whole table only where there is room to spare.
    if left >= stages + notes.len() + asides.len() {
        notes.extend(asides);
    }
    let air = usize::from(left > stages + notes.len() + 1);
    let spare = left.saturating_sub(table_rows + 2 * air);
    if spare < notes.len() {
        notes.truncate(spare);
        // The reader is to know that there is more.
        notes.last_mut().into_iter().for_each(|(line, _)| *line = trailing(line, width));
    }
    let meaning = if leaks { meaning(Verdict::Leak) } else { Meaning::Heading };
    Plan { header, sentence, meaning, notes, air, table_rows }
}

/// Leaves the first lines only; the last of them says that there were more.
fn shorten(lines: &mut Vec<String>, to: usize, width: usize) {
    if lines.len() > to {
        lines.truncate(to);
        lines.last_mut().into_iter().for_each(|line| *line = trailing(line, width));
    }
}

/// A line that goes on where nobody sees it.
fn trailing(line: &str, width: usize) -> String {
    let room = width.saturating_sub(text::width(text::ELLIPSIS) + 1);
    format!("{} {}", text::truncate(line, room).trim_end_matches(text::ELLIPSIS).trim_end(), text::ELLIPSIS)
}

/// Lines of phrases with a sign between them: a line ends between two phrases, without the sign.
fn phrases(text: &str, sign: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for phrase in text.split(sign) {
        match lines.last_mut() {
            Some(line) if text::width(line) + text::width(sign) + text::width(phrase) <= width => {
                line.push_str(sign);
                line.push_str(phrase);
            }
            _ => lines.push(phrase.to_owned()),
        }
    }
    lines.iter().flat_map(|line| text::wrap(line, width)).collect()
}

/// Where nothing has entered: the key that leads to the newest data.
fn way_back(pane: &Pane, found: &FlowAnswer, look: &Look<'_>) -> Option<Message> {
    let nothing = found.flow.stages.iter().all(|stage| stage.count.n == 0);
    let away = nothing && found.flow.newest.is_some() && pane.settings.at != At::Newest;
    let back = COMMANDS.iter().find(|command| command.action == action::Action::Flow(Action::Running))?;
    let key = look.keys.keys(back).first().filter(|_| away)?;
    Some(Message::new("tui-flow-way-back").with("key", key.shown(look.glyphs)))
}

/// What is looked at, in at most so many rows while that can be: the basis is always told, so the funnel's
/// name and what is compared give way first.
fn header(found: &FlowAnswer, look: &Look<'_>, width: usize, rows: usize) -> Vec<String> {
    let flow = &found.flow;
    let against = Message::new("funnel-against").with("period", words::compared(flow, look.locale));
    let only = Message::new("funnel-only").with("segment", words::segment(&flow.segment, look.locale));
    // Each with how soon it gives way.
    let mut parts = vec![
        (2, look.locale.pick(&found.funnel.name).to_owned()),
        (0, words::period(flow, look.locale)),
        (3, look.locale.tell(&against)),
        (0, words::basis(flow, look.locale)),
    ];
    parts.extend((!flow.segment.is_all()).then(|| (1, look.locale.tell(&only))));
    let sign = format!(" {} ", look.glyphs.dot);
    let laid = |parts: &[(u8, String)]| {
        let words: Vec<&str> = parts.iter().map(|(_, part)| part.as_str()).collect();
        phrases(&words.join(" · ").replace(" · ", &sign), &sign, width)
    };
    let mut lines = laid(&parts);
    for least in (1..=3).rev() {
        if lines.len() > rows {
            parts.retain(|(soon, _)| *soon < least);
            lines = laid(&parts);
        }
    }
    lines
}

/// What is said below the table: of the selected stage, and of stages without data.
fn below(pane: &Pane, found: &FlowAnswer, look: &Look<'_>, width: usize) -> Vec<(String, Meaning)> {
    let stage = pane.selected().map(|(_, stage)| notes(found, stage, look)).unwrap_or_default();
    let gaps =
        (!found.flow.not_recorded.is_empty()).then(|| words::not_recorded(&found.flow, &found.funnel, look.locale));
    let mut lines = wrapped(stage, Meaning::Plain, look, width);
    lines.extend(wrapped(gaps, Meaning::Muted, look, width));
    lines
}

/// Notes in lines that fit.
fn wrapped(
    notes: impl IntoIterator<Item = Message>,
    meaning: Meaning,
    look: &Look<'_>,
    width: usize,
) -> Vec<(String, Meaning)> {
    let lines = |note: Message| text::wrap(&look.locale.tell(&note), width);
    notes.into_iter().flat_map(lines).map(|line| (line, meaning)).collect()
}

/// What holds for the whole table: how many days of each period its trends take, and why there are no targets.
fn asides(pane: &Pane, found: &FlowAnswer, look: &Look<'_>) -> Vec<Message> {
    let flow = &found.flow;
    let days = flow.trend_days.map(|days| Message::new("tui-flow-trend-days").with("days", days));
    let segment = || Message::new("tui-flow-no-targets").with("segment", words::segment(&flow.segment, look.locale));
    let lacks = pane.has_targets && !flow.segment.is_all() && !has_targets(found);
    days.into_iter().chain(lacks.then(segment)).collect()
}

/// Draws the view.
pub(super) fn draw(pane: &Pane, buffer: &mut Buffer, area: Rect, look: &Look<'_>) {
    let Some(found) = pane.found() else {
        match &pane.found {
            None => drop(put(buffer, area, (1, 0), &look.t("tui-loading"), look.style(Meaning::Muted))),
            Some(found) => draw_empty(found, buffer, area, look),
        }
        return;
    };
    let plan = plan(pane, look, area.as_size());
    let mut row = 0;
    let mut say = |row: &mut usize, line: &str, meaning| {
        put(buffer, area, (1, *row), &Clean::from(line), look.style(meaning));
        *row += 1;
    };
    plan.header.iter().for_each(|line| say(&mut row, line, Meaning::Muted));
    plan.sentence.iter().for_each(|line| say(&mut row, line, plan.meaning));
    row += plan.air;
    let table_at = row;
    row += HEAD + plan.table_rows + plan.air;
    plan.notes.iter().for_each(|(line, meaning)| say(&mut row, line, *meaning));
    let place = rows_of(area, table_at, HEAD + plan.table_rows);
    let lines = arranged(found, pane.shows_intervals(), look, &pane.held.order);
    put_position(buffer, place, look, pane.held.cursor.top(), plan.table_rows, lines.len());
    table(pane, found, look, plan.table_rows).draw(buffer, place, look);
}

/// The stages that are visible, as a table.
pub(super) fn table(pane: &Pane, found: &FlowAnswer, look: &Look<'_>, rows: usize) -> Table {
    let lines = arranged(found, pane.shows_intervals(), look, &pane.held.order);
    let (at, top) = (pane.held.cursor.at(), pane.held.cursor.top());
    let visible: Vec<_> = lines.iter().skip(top).take(rows).collect();
    let marked = visible.iter().enumerate().filter(|(_, drawn)| pane.held.marked(&drawn.stage.at));
    Table {
        id: pane.id(),
        columns: columns(found, pane.shows_intervals(), look),
        lines: visible.iter().map(|drawn| drawn.cells.clone()).collect(),
        selected: at.checked_sub(top).filter(|_| !lines.is_empty()),
        marked: marked.map(|(at, _)| at).collect(),
        sort: pane.held.order.sort,
    }
}

/// Nothing in this funnel: what would fill it, and how.
fn draw_empty(found: &FlowAnswer, buffer: &mut Buffer, area: Rect, look: &Look<'_>) {
    let width = usize::from(area.width).saturating_sub(2);
    let mut row = 0;
    let mut paragraph = |text: String, indent: usize, meaning| {
        for line in text::wrap(&text, width.saturating_sub(indent)) {
            put(buffer, area, (1 + indent, row), &line.into(), look.style(meaning));
            row += 1;
        }
    };
    let title = Message::new("funnel-empty-title").with("funnel", look.locale.pick(&found.funnel.name));
    paragraph(look.locale.tell(&title), 0, Meaning::Heading);
    let fills = if found.funnel.is_told_by_history() { "funnel-empty-history" } else { "funnel-empty-leads" };
    let names = found.funnel.stage.iter().map(|stage| words::name(stage, look.locale)).collect::<Vec<_>>();
    let names = names.join(&look.locale.t("list-separator"));
    paragraph(look.locale.tell(&Message::new(fills).with("names", names)), 0, Meaning::Plain);
    paragraph(look.locale.t("funnel-empty-other"), 0, Meaning::Plain);
    paragraph(look.locale.t("tui-empty-how"), 0, Meaning::Plain);
    for (command, what) in
        [("funnel-empty-import", "funnel-empty-import-what"), ("tui-empty-demo", "tui-empty-demo-what")]
    {
        paragraph(look.locale.t(command), 2, Meaning::Accent);
        paragraph(look.locale.t(what), 4, Meaning::Plain);
    }
}
