//! The screen of the view.
//!
//! ```text
//!  1,291 open deals are older than any deal that ever closed (138 days): 6.2M of 9.9M
//!  open 2,089 · 3.36M   without a price 333   won 4,238 · 10.0M   win rate 63.2 %
//! ─ Stages ─ Owners ─ Regions ─ Quarters ─ Ageing ────────────────────────────────────
//!                  deals                 amount USD   median   older than
//!   stage                                            age, d   any closed
//! ▸ Engaging       1,589  ███████████        3.36M      165      ! 1,291
//! ```

use super::lines::{Cut, Drawn, LineKey, arranged, columns, home};
use super::sentence::sentence;
use crate::analysis::pipeline::{DealFigure, Pipeline};
use crate::domain::message::Message;
use crate::domain::metric::{Dictionary, Drafts};
use crate::domain::money::Currency;
use crate::i18n::Amounts;
use crate::text::{self, Clean};
use crate::tui::look::{Look, put, put_position, rows_of};
use crate::tui::sheet::Held;
use crate::tui::theme::Meaning;
use crate::tui::widgets::table::{HEAD, Table};
use crate::tui::widgets::tabs;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

/// Cells between two facts.
const GAP: usize = 3;
/// Fewer lines than this and what stands above the table gives way.
const LEAST_LINES: usize = 4;
/// With this much room for lines there is some to spare for empty rows.
const ROOMY: usize = 12;

/// A figure with its name.
struct Fact {
    label: Clean,
    value: Clean,
    meaning: Meaning,
}

impl Fact {
    fn width(&self) -> usize {
        self.label.width() + 1 + self.value.width()
    }
}

/// What stands on the screen, row by row.
pub(super) struct Plan {
    sentence: Vec<String>,
    meaning: Meaning,
    facts: Vec<Vec<Fact>>,
    /// Empty rows below the sentence, and below the figures.
    air: usize,
    /// How many lines of the table are visible.
    pub(super) table_rows: usize,
}

impl Plan {
    /// The row of the titles of the cuts.
    pub(super) fn tabs_row(&self) -> usize {
        self.sentence.len() + self.facts.len() + 2 * self.air
    }

    /// The row of the first line of the table.
    pub(super) fn first_line(&self) -> usize {
        self.tabs_row() + 1 + HEAD
    }
}

/// Divides the screen: the sentence and the figures give way to the table when it is low.
pub(super) fn plan(pipeline: &Pipeline, look: &Look<'_>, size: Size) -> Plan {
    let (width, height) = (usize::from(size.width), usize::from(size.height));
    let (message, meaning) = sentence(pipeline, look);
    let mut sentence = text::wrap(&look.locale.tell(&message), width.saturating_sub(2));
    let mut facts = flow(facts(pipeline, look), width.saturating_sub(2));
    let room = height.saturating_sub(1 + HEAD);
    if sentence.len() + facts.len() + LEAST_LINES > room {
        facts.clear();
    }
    if sentence.len() + LEAST_LINES > room {
        sentence.clear();
    }
    let left = room.saturating_sub(sentence.len() + facts.len());
    let air = usize::from(left >= ROOMY);
    Plan { sentence, meaning, facts, air, table_rows: left - 2 * air }
}

/// Facts on as few rows as they need.
fn flow(facts: Vec<Fact>, width: usize) -> Vec<Vec<Fact>> {
    let mut rows: Vec<Vec<Fact>> = Vec::new();
    let mut used = 0;
    for fact in facts {
        let needed = fact.width() + GAP;
        if let Some(row) = rows.last_mut().filter(|_| used + needed <= width + GAP) {
            row.push(fact);
            used += needed;
        } else {
            used = needed;
            rows.push(vec![fact]);
        }
    }
    rows
}

/// Makes facts of figures.
struct Teller<'a> {
    pipeline: &'a Pipeline,
    look: &'a Look<'a>,
    home: Option<Currency>,
    drafts: Drafts<'a>,
}

impl Teller<'_> {
    fn number(&self, figure: &DealFigure) -> String {
        self.look.locale.figure(figure, self.home, Amounts::Compact)
    }

    /// A value under its name, marked where a figure in it is a draft and others on the screen are none.
    fn fact(&self, label: &str, figures: &[&DealFigure], value: String) -> Fact {
        let is_draft = figures.iter().any(|figure| self.drafts.marks(figure.metric));
        let mark = if is_draft { self.look.glyphs.draft } else { "" };
        let label = format!("{}{mark}", self.look.t(label)).into();
        Fact { label, value: value.into(), meaning: Meaning::Heading }
    }

    fn one(&self, label: &str, figure: &DealFigure) -> Fact {
        self.fact(label, &[figure], self.number(figure))
    }

    /// How many deals, and what they are worth.
    fn worth(&self, label: &str, count: &DealFigure, amount: &DealFigure) -> Fact {
        let currency = self.home.map(|currency| format!(" {currency}")).unwrap_or_default();
        let value = format!("{} {} {}{currency}", self.number(count), self.look.glyphs.dot, self.number(amount));
        self.fact(label, &[count, amount], value)
    }

    fn all(&self) -> Vec<Fact> {
        let (pipeline, counts) = (self.pipeline, &self.pipeline.opportunities);
        let basis = &pipeline.open_amount_basis;
        let mut facts = vec![self.worth("tui-fact-open", &counts.open, &pipeline.open_amount)];
        if basis.at_list_price.n > 0 {
            facts.push(self.one("tui-fact-list-price", &basis.at_list_price));
        }
        if basis.unpriced.n > 0 {
            let value = format!("! {}", self.number(&basis.unpriced));
            let fact = self.fact("tui-fact-unpriced", &[&basis.unpriced], value);
            facts.push(Fact { meaning: Meaning::Warn, ..fact });
        }
        facts.push(self.worth("tui-fact-won", &counts.won, &pipeline.won_amount));
        facts.push(self.one("tui-fact-win-rate", &pipeline.win_rate));
        facts.extend(self.days());
        facts
    }

    /// Median, middle half and nine of ten; one dash when nothing has closed.
    fn days(&self) -> Vec<Fact> {
        let days = &self.pipeline.days_to_close.all;
        let mut facts = vec![self.one("tui-fact-days", &days.median)];
        if days.median.value.is_ok() {
            let told = |message: Message| self.look.locale.tell(&message);
            let half = Message::new("tui-fact-range").with("from", self.number(&days.p25));
            let half = told(half.with("to", self.number(&days.p75)));
            facts.push(self.fact("tui-fact-middle-half", &[&days.p25, &days.p75], half));
            let most = told(Message::new("tui-fact-days-at-most").with("days", self.number(&days.p90)));
            facts.push(self.fact("tui-fact-nine-of-ten", &[&days.p90], most));
        }
        facts
    }
}

fn facts(pipeline: &Pipeline, look: &Look<'_>) -> Vec<Fact> {
    let drafts = Dictionary::shipped().drafts(pipeline.figures().map(|figure| figure.metric));
    Teller { pipeline, look, home: home(pipeline), drafts }.all()
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
    for line in &plan.sentence {
        put(buffer, area, (1, row), &Clean::from(line.as_str()), look.style(plan.meaning));
        row += 1;
    }
    row += plan.air;
    for facts in &plan.facts {
        draw_facts(buffer, rows_of(area, row, 1), look, facts);
        row += 1;
    }
    row += plan.air;
    let titles = titles(look);
    let shown = Cut::ALL.iter().position(|other| *other == cut).unwrap_or(0);
    tabs::draw(buffer, rows_of(area, row, 1), look, &titles, shown);
    let all = arranged(cut, look, pipeline, &held.order).len();
    put_position(buffer, rows_of(area, row, 1), look, held.cursor.top(), plan.table_rows, all);
    let table = table(look, pipeline, cut, held, plan.table_rows);
    table.draw(buffer, rows_of(area, row + 1, usize::from(area.height)), look);
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

/// An empty store: what would fill the pane, and how.
pub(super) fn draw_empty(buffer: &mut Buffer, area: Rect, look: &Look<'_>) {
    let width = usize::from(area.width).saturating_sub(2);
    let mut row = 0;
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
