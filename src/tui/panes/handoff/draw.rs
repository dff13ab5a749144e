//! The screen of the queues.
//!
//! ```text
//!  3 breached; Ana Ruiz · Plenum breaches next, in 0:41
//!  all          47 3!      left      lead or deal         source     score  owner    │ 王 芳 · 云帆科技
//!  M→S hot       3 1!  ▸ −2:14 !   王 芳 · 云帆科技      demo req.   94    –        │ M→S hot · breached
//!  M→S standard 21         0:41 ~   Ana Ruiz · Plenum     pricing     88    Li Wei   │ high intent, score 94 of 80
//!  inside SLA 91 % · median 3:20 · p90 6:40 · breached 3                last 30 days
//! ```

use super::side::{self, queue_name};
use super::table::{cells, columns, subject};
use super::{Pane, Triage};
use crate::analysis::handoff::{Lead, Slice, Work};
use crate::domain::handoff::SHARED_DAYS;
use crate::domain::message::Message;
use crate::i18n::Amounts;
use crate::text::{self, Clean};
use crate::tui::look::{Look, put, put_position, rows_of, select};
use crate::tui::theme::Meaning;
use crate::tui::widgets::table::{HEAD, Table};
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

/// Name of the table in the local state.
pub(super) const ID: &str = "handoffs";
/// From this width on the queues stand beside the table.
const WIDE: u16 = 76;
/// From this width on what is known of the selected one stands there too.
const WIDER: u16 = 116;
/// Cells of the queues, and of what is known.
const QUEUES: u16 = 24;
const KNOWN: u16 = 40;
/// From this height on there is room for the sentence and the figures.
const HIGH: u16 = 10;

/// What stands where, counted from the corner of the view.
pub(super) struct Plan {
    /// Rows above the table.
    pub(super) above: u16,
    /// The queues.
    pub(super) queues: Option<Rect>,
    /// The table.
    pub(super) table: Rect,
    known: Option<Rect>,
    foot: bool,
}

impl Plan {
    /// How many lines of the table are visible.
    pub(super) fn lines(&self) -> usize {
        usize::from(self.table.height).saturating_sub(HEAD)
    }
}

/// Divides the screen: what is known, then the queues, then sentence and figures give way to the table.
pub(super) fn plan(size: Size) -> Plan {
    let high = size.height >= HIGH;
    let foot = high && size.width >= WIDE;
    let above = 1;
    let height = size.height.saturating_sub(above + u16::from(foot));
    let queues = (size.width >= WIDE).then_some(Rect { x: 0, y: above, width: QUEUES, height });
    let left = queues.map_or(0, |queues| queues.width);
    let known =
        (size.width >= WIDER).then_some(Rect { x: size.width.saturating_sub(KNOWN), y: above, width: KNOWN, height });
    let right = known.map_or(size.width, |known| known.x);
    let gap = u16::from(known.is_some());
    let table = Rect { x: left, y: above, width: right.saturating_sub(left + gap), height };
    Plan { above, queues, table, known, foot }
}

/// A part of the view on the screen.
fn within(area: Rect, part: Rect) -> Rect {
    Rect { x: area.x.saturating_add(part.x), y: area.y.saturating_add(part.y), ..part }.intersection(area)
}

/// Draws the queues.
pub(super) fn draw(buffer: &mut Buffer, area: Rect, look: &Look<'_>, pane: &Pane, work: &Work) {
    let plan = plan(area.as_size());
    let (sentence, meaning) = sentence(work, look);
    let words = if plan.queues.is_some() { sentence } else { slice_line(work, pane.slice, look) };
    let words = text::truncate(&words, usize::from(area.width).saturating_sub(2)).into_owned();
    put(buffer, area, (1, 0), &words.into(), look.style(meaning));
    if let Some(queues) = plan.queues {
        draw_queues(buffer, within(area, queues), look, pane, work);
    }
    let place = within(area, plan.table);
    put_position(buffer, rows_of(area, 0, 1), look, pane.held.cursor.top(), plan.lines(), pane.shown.len());
    table(pane, work, look, plan.lines()).draw(buffer, place, look);
    if let Some(known) = plan.known {
        let known = within(area, known);
        for row in 0..usize::from(known.height) {
            put(buffer, known, (0, row), &look.glyphs.wall.into(), look.style(Meaning::Muted));
        }
        let inner = Rect { x: known.x + 2, width: known.width.saturating_sub(3), ..known };
        if let Some(lead) = pane.selected(work) {
            let lines = side::lines(work, lead, pane.past.as_ref(), look, usize::from(inner.width));
            side::draw(buffer, inner, look, &lines);
        }
    }
    if plan.foot {
        let row = rows_of(area, usize::from(area.height).saturating_sub(1), 1);
        put(buffer, row, (1, 0), &foot(work, pane.slice, look).into(), look.style(Meaning::Plain));
    }
}

/// The visible lines, judged now.
pub(super) fn table(pane: &Pane, work: &Work, look: &Look<'_>, rows: usize) -> Table {
    let top = pane.held.cursor.top();
    let leads: Vec<&Lead> =
        pane.shown.iter().skip(top).take(rows).filter_map(|(place, _)| work.leads.get(*place)).collect();
    let marked = leads.iter().enumerate().filter(|(_, lead)| pane.held.marked(&lead.key())).map(|(at, _)| at);
    Table {
        id: ID,
        columns: columns(pane.slice, look),
        marked: marked.collect(),
        lines: leads.iter().map(|lead| cells(work, lead, pane.slice, look)).collect(),
        selected: pane.held.cursor.at().checked_sub(top).filter(|_| !pane.shown.is_empty()),
        sort: pane.held.order.sort,
    }
}

fn draw_queues(buffer: &mut Buffer, area: Rect, look: &Look<'_>, pane: &Pane, work: &Work) {
    put(buffer, area, (1, 1), &look.t("tui-handoff-queues"), look.style(Meaning::Heading));
    for (row, slice) in work.slices().into_iter().enumerate() {
        let row = rows_of(area, HEAD + row, 1);
        let (all, breached) = work.counts(slice, look.now);
        let width = usize::from(area.width);
        let sign = if breached > 0 { " !" } else { "  " };
        let count = format!("{}{sign}", look.locale.count(all as u64));
        let start = width.saturating_sub(text::width(&count) + 1);
        let name = text::truncate(&slice_name(work, slice, look), start.saturating_sub(4)).into_owned();
        let meaning = if breached > 0 { Meaning::Breach } else { Meaning::Plain };
        put(buffer, row, (3, 0), &name.into(), look.style(Meaning::Plain));
        put(buffer, row, (start, 0), &count.into(), look.style(meaning));
        if slice == pane.slice {
            let row = Rect { width: row.width.saturating_sub(1), ..row };
            select(buffer, row, look);
        }
    }
}

/// What a queue is called.
pub(super) fn slice_name(work: &Work, slice: Slice, look: &Look<'_>) -> String {
    match slice {
        Slice::All => look.locale.t("tui-handoff-slice-all"),
        Slice::Policy(kind, policy) => queue_name(work, kind, policy, look),
        Slice::Form(kind) | Slice::Kickoff(kind) => {
            let short = work.board.rules.kinds.get(kind).map_or("", |kind| look.locale.pick(&kind.short));
            let step = if matches!(slice, Slice::Form(_)) { "form" } else { "kickoff" };
            format!("{short} {}", look.locale.t(&format!("tui-handoff-slice-{step}")))
        }
        Slice::Shared => look.locale.tell(&Message::new("tui-handoff-slice-shared").with("of", SHARED_DAYS)),
        Slice::Pool => look.locale.t("tui-handoff-slice-pool"),
        Slice::Escalated => look.locale.t("tui-handoff-slice-escalated"),
        Slice::LateOnArrival => look.locale.t("tui-handoff-slice-late"),
        Slice::NextTouch => look.locale.t("tui-handoff-slice-next"),
        Slice::Returned => look.locale.t("tui-handoff-slice-returned"),
    }
}

/// The chosen queue in one line, where the queues have no room.
fn slice_line(work: &Work, slice: Slice, look: &Look<'_>) -> String {
    let (all, breached) = work.counts(slice, look.now);
    let sign = if breached > 0 { format!(" {} {breached} !", look.glyphs.dot) } else { String::new() };
    format!("{} {}{sign}", slice_name(work, slice, look), look.locale.count(all as u64))
}

/// How many are breached, and what breaches next.
fn sentence(work: &Work, look: &Look<'_>) -> (String, Meaning) {
    let breached = work.breached(look.now);
    let next = work.leads.iter().filter(|lead| lead.item.waits()).find(|lead| {
        let open = matches!(lead.item.judged.state.key(), "on_track" | "at_risk");
        open && !work.is_breached(lead, look.now)
    });
    let left = |lead: &Lead| look.locale.duration(super::table::judged(work, lead, look.now).left);
    let message = match (breached, next) {
        (0, None) => Message::new("tui-handoff-calm"),
        (n, None) => Message::new("tui-handoff-breached").with("n", n),
        (0, Some(lead)) => {
            Message::new("tui-handoff-next-breach").with("name", subject(lead, look)).with("left", left(lead))
        }
        (n, Some(lead)) => {
            let message = Message::new("tui-handoff-breached-next").with("n", n);
            message.with("name", subject(lead, look)).with("left", left(lead))
        }
    };
    (look.locale.tell(&message), if breached > 0 { Meaning::Breach } else { Meaning::Plain })
}

/// `inside SLA 91 % · median 3:20 · 9 of 10 6:40 · last 30 days · breached 12`; of the deals with customer success, what
/// becomes of them: `Time-to-Value 34 days · CSAT 71 % · last 12 months · breached 12`.
fn foot(work: &Work, slice: Slice, look: &Look<'_>) -> String {
    let told = |key: &str, figure: String| format!("{} {figure}", look.locale.t(key));
    let figure = |key: &str, figure| told(key, look.locale.figure(figure, None, Amounts::Whole));
    let breached = told("handoff-column-breached", look.locale.count(work.breached(look.now) as u64));
    let dot = format!(" {} ", look.glyphs.dot);
    if slice.is_of_care() {
        let figures = [("handoff-time-to-value", &work.care.time_to_value_days), ("handoff-csat", &work.care.csat)];
        let figures = figures.map(|(key, figure)| told(key, look.locale.figure(figure, None, Amounts::Whole)));
        return [figures.join(&dot), look.locale.t("tui-handoff-year"), breached].join(&dot);
    }
    let line = &work.recent;
    let parts = [
        figure("handoff-inside", &line.inside_sla),
        figure("handoff-column-median", &line.median_seconds),
        figure("handoff-column-p90", &line.p90_seconds),
        look.locale.t("tui-handoff-recent"),
        breached,
    ];
    parts.join(&dot)
}

/// Draws one hand-off on the whole screen, and how far one has come.
pub(super) fn draw_triage(buffer: &mut Buffer, area: Rect, look: &Look<'_>, pane: &Pane, work: &Work, triage: &Triage) {
    let (at, all) = triage.progress();
    let progress = Message::new("tui-triage-progress").with("at", at).with("all", all);
    let name = slice_name(work, pane.slice, look);
    let head = format!("{name} {} {}", look.glyphs.dot, look.locale.tell(&progress));
    put(buffer, area, (1, 0), &Clean::from(head), look.style(Meaning::Accent));
    let inner = Rect {
        x: area.x + 2,
        y: area.y.saturating_add(2),
        width: area.width.saturating_sub(4),
        height: area.height.saturating_sub(2),
    };
    match pane.selected(work) {
        Some(lead) => {
            let lines = side::lines(work, lead, pane.past.as_ref(), look, usize::from(inner.width));
            let left = super::table::judged(work, lead, look.now);
            let time = Clean::from(look.locale.duration(left.left));
            if lead.item.waits() {
                let start = usize::from(area.width).saturating_sub(time.width() + 2);
                put(buffer, area, (start, 0), &time, look.style(super::table::meaning(left.state)));
            }
            side::draw(buffer, inner, look, &lines);
        }
        None => {
            put(buffer, inner, (0, 0), &look.t("tui-triage-done"), look.style(Meaning::Ok));
        }
    }
}
