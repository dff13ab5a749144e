//! The screen of the view.
//!
//! ```text
//!  2026-Q4 so far · against 2026-Q3, the same days
//!  2026-Q4: coverage 1.8×, 3.1× needed to win the 1.2M left of the target; 1.6M of open pipeline is missing
//!  coverage 1.8× of 3.1×   left of target 1.2M of 2.0M   velocity 41.2K/d +3.0 %   overdue ! 12
//!  open 218 · 5.20M   win rate 28.6 %   days to close, median 73
//! ─ Stages ─ Owners ─ Stalled ─ Pushed ─ Regions ─ Quarters ─ Ageing ─────────────────
//!                  deals   amount USD   median   stall     past   won under   won over
//!   stage                               age, d   line, d     it          it         it
//! ▸ Demo              34        1.12M       41      12.0     ! 9      44.1 %     21.7 %
//! ```

use super::cells::{Drawn, arranged, columns};
use super::cut::Cut;
use super::facts::{Fact, GAP, facts, flow};
use super::lines::LineKey;
use crate::analysis::pipeline::Pipeline;
use crate::domain::figure::Withheld;
use crate::domain::message::Message;
use crate::export::funnel::segment;
use crate::export::pipeline::{compared, notes, period, sentence};
use crate::text::{self, Clean};
use crate::tui::look::{Look, put, put_position, rows_of};
use crate::tui::sheet::Held;
use crate::tui::theme::Meaning;
use crate::tui::widgets::table::{HEAD, Table};
use crate::tui::widgets::tabs;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

/// Fewer lines than this and what stands above the table gives way.
const LEAST_LINES: usize = 4;
/// With this much room for lines there is some to spare for empty rows.
const ROOMY: usize = 12;

/// What stands on the screen, row by row.
pub(super) struct Plan {
    header: Vec<String>,
    sentence: Vec<String>,
    meaning: Meaning,
    facts: Vec<Vec<Fact>>,
    /// What has to be known to read the amounts, where there is room.
    notes: Vec<String>,
    /// Empty rows below the sentence, and below the figures.
    air: usize,
    /// How many lines of the table are visible.
    pub(super) table_rows: usize,
}

impl Plan {
    /// The row of the titles of the cuts.
    pub(super) fn tabs_row(&self) -> usize {
        self.header.len() + self.sentence.len() + self.facts.len() + self.notes.len() + 2 * self.air
    }

    /// The row of the first line of the table.
    pub(super) fn first_line(&self) -> usize {
        self.tabs_row() + 1 + HEAD
    }
}

/// Divides the screen: the last figures, then the header, then the sentence give way to the table when it is low.
pub(super) fn plan(pipeline: &Pipeline, look: &Look<'_>, size: Size) -> Plan {
    let (width, height) = (usize::from(size.width).saturating_sub(2), usize::from(size.height));
    let (message, warns) = sentence(pipeline, look.locale);
    let meaning = if warns { Meaning::Warn } else { Meaning::Plain };
    let mut header = header(pipeline, look, width);
    let mut sentence = text::wrap(&look.locale.tell(&message), width);
    let mut facts = flow(facts(pipeline, look), width);
    let room = height.saturating_sub(1 + HEAD + LEAST_LINES);
    sentence.truncate(if sentence.len() > room { 0 } else { usize::MAX });
    header.truncate(room.saturating_sub(sentence.len()));
    facts.truncate(room.saturating_sub(sentence.len() + header.len()));
    let above = header.len() + sentence.len() + facts.len();
    let left = height.saturating_sub(1 + HEAD + above);
    let told = notes(pipeline, look.locale).into_iter();
    let mut notes: Vec<String> = told.flat_map(|note| text::wrap(&look.locale.tell(&note), width)).collect();
    notes.truncate(if left >= ROOMY + notes.len() { usize::MAX } else { 0 });
    let left = left.saturating_sub(notes.len());
    let air = usize::from(left >= ROOMY);
    Plan { header, sentence, meaning, facts, notes, air, table_rows: left.saturating_sub(2 * air) }
}

/// What is looked at, in one row.
fn header(pipeline: &Pipeline, look: &Look<'_>, width: usize) -> Vec<String> {
    let against = Message::new("funnel-against").with("period", compared(pipeline, look.locale));
    let mut parts = vec![period(pipeline, look.locale), look.locale.tell(&against)];
    if !pipeline.segment.is_all() {
        let only = Message::new("funnel-only").with("segment", segment(&pipeline.segment, look.locale));
        parts.insert(1, look.locale.tell(&only));
    }
    let row = parts.join(" · ").replace(" · ", &format!(" {} ", look.glyphs.dot));
    vec![text::truncate(&row, width).into_owned()]
}

/// Draws the screen.
pub(super) fn draw(
    buffer: &mut Buffer,
    area: Rect,
    look: &Look<'_>,
    pipeline: &Pipeline,
    cut: Cut,
    held: &Held<LineKey>,
) {
    let plan = plan(pipeline, look, area.as_size());
    let mut row = 0;
    for line in &plan.header {
        put(buffer, area, (1, row), &Clean::from(line.as_str()), look.style(Meaning::Muted));
        row += 1;
    }
    for line in &plan.sentence {
        put(buffer, area, (1, row), &Clean::from(line.as_str()), look.style(plan.meaning));
        row += 1;
    }
    row += plan.air;
    for facts in &plan.facts {
        draw_facts(buffer, rows_of(area, row, 1), look, facts);
        row += 1;
    }
    for line in &plan.notes {
        put(buffer, area, (1, row), &Clean::from(line.as_str()), look.style(Meaning::Muted));
        row += 1;
    }
    row += plan.air;
    let titles = titles(look);
    let shown = Cut::ALL.iter().position(|other| *other == cut).unwrap_or(0);
    tabs::draw(buffer, rows_of(area, row, 1), look, &titles, shown);
    let all = arranged(cut, look, pipeline, &held.order).len();
    put_position(buffer, rows_of(area, row, 1), look, held.cursor.top(), plan.table_rows, all);
    let table = table(look, pipeline, cut, held, plan.table_rows);
    let place = rows_of(area, row + 1, usize::from(area.height));
    match none(pipeline, cut).filter(|_| all == 0 && held.order.filter.is_empty()) {
        Some(message) => {
            let lines = text::wrap(&look.locale.tell(&message), usize::from(area.width).saturating_sub(2));
            for (row, line) in lines.iter().enumerate() {
                put(buffer, place, (1, row + 1), &Clean::from(line.as_str()), look.style(Meaning::Muted));
            }
        }
        None => table.draw(buffer, place, look),
    }
}

/// Why a cut has no deals to tell one by one.
fn none(pipeline: &Pipeline, cut: Cut) -> Option<Message> {
    match (cut, &pipeline.stalled.count.value) {
        (Cut::Stalled, Ok(_)) => Some(Message::new("tui-pipeline-no-stalled")),
        (Cut::Stalled, Err(Withheld::NoHistory)) => Some(Message::new("tui-pipeline-no-history")),
        (Cut::Stalled, Err(_)) => Some(Message::new("tui-pipeline-no-lines")),
        (Cut::Pushed, _) => Some(Message::new("tui-pipeline-no-pushed")),
        _ => None,
    }
}

/// The lines that are visible, as a table.
pub(super) fn table(look: &Look<'_>, pipeline: &Pipeline, cut: Cut, held: &Held<LineKey>, rows: usize) -> Table {
    let top = held.cursor.top();
    let lines = arranged(cut, look, pipeline, &held.order);
    let selected = held.cursor.at().checked_sub(top).filter(|_| !lines.is_empty());
    let visible: Vec<Drawn> = lines.into_iter().skip(top).take(rows).collect();
    let marked = visible.iter().enumerate().filter(|(_, drawn)| held.marked(&drawn.line.key)).map(|(at, _)| at);
    Table {
        id: cut.table(),
        columns: columns(cut, look, pipeline),
        marked: marked.collect(),
        lines: visible.into_iter().map(|drawn| drawn.cells).collect(),
        selected,
        sort: held.order.sort,
    }
}

/// The titles of the cuts.
pub(super) fn titles(look: &Look<'_>) -> [Clean; Cut::ALL.len()] {
    Cut::ALL.map(|cut| look.t(cut.title()))
}

fn draw_facts(buffer: &mut Buffer, row: Rect, look: &Look<'_>, facts: &[Fact]) {
    let mut column = 1;
    for fact in facts {
        column = put(buffer, row, (column, 0), &fact.label, look.style(Meaning::Plain)) + 1;
        column = put(buffer, row, (column, 0), &fact.value, look.style(fact.meaning)) + GAP;
    }
}

/// Before the first answer.
pub(super) fn draw_loading(buffer: &mut Buffer, area: Rect, look: &Look<'_>) {
    put(buffer, area, (1, 0), &look.t("tui-loading"), look.style(Meaning::Muted));
}

/// An empty store: what would fill the pane, and how; or a segment without deals.
pub(super) fn draw_empty(buffer: &mut Buffer, area: Rect, look: &Look<'_>, pipeline: &Pipeline) {
    let width = usize::from(area.width).saturating_sub(2);
    let mut row = 0;
    if !pipeline.segment.is_all() {
        for line in text::wrap(&look.locale.tell(&sentence(pipeline, look.locale).0), width) {
            put(buffer, area, (1, row), &line.into(), look.style(Meaning::Heading));
            row += 1;
        }
        return;
    }
    let mut paragraph = |key: &str, indent: usize, meaning| {
        for line in text::wrap(look.t(key).as_str(), width.saturating_sub(indent)) {
            put(buffer, area, (1 + indent, row), &line.into(), look.style(meaning));
            row += 1;
        }
    };
    paragraph("tui-empty-title", 0, Meaning::Heading);
    paragraph("tui-empty-shows", 0, Meaning::Plain);
    paragraph("tui-empty-how", 0, Meaning::Plain);
    for (command, what) in [("tui-empty-import", "tui-empty-import-what"), ("tui-empty-demo", "tui-empty-demo-what")] {
        paragraph(command, 2, Meaning::Accent);
        paragraph(what, 4, Meaning::Plain);
    }
}
