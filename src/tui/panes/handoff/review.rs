//! How the hand-offs of a period went: the receivers, the hours of arrival, response against conversion, the ledger,
//! the pauses, the weeks. One table each, below the one sentence that matters.
//!
//! ```text
//!  2026-Q4 so far
//!  Inside the SLA 87.3 %; best Li Wei 96.0 %, last Tom Baker 71.2 %
//!   owner            open  breached  in time   median   …
//! ▸ Li Wei             12         0   96.0 %     3:20
//! ```

use crate::analysis::handoff::{Review, Told, Topic};
use crate::analysis::selection::widened;
use crate::domain::matching::{Folded, Query};
use crate::export::handoff::review::{notes, period, sentence};
use crate::export::handoff::sheet::{self, Line, Spot};
use crate::i18n::Lang;
use crate::text::{self, Clean, with_plain_signs};
use crate::tui::action::Step;
use crate::tui::analyst::{Answer, ReviewWish, Subject};
use crate::tui::drill::{Explained, Opening};
use crate::tui::glyphs::ASCII;
use crate::tui::keymap::{Context, When};
use crate::tui::look::{Look, put, put_position, rows_of};
use crate::tui::name::Name;
use crate::tui::panes::funnel::{At, Settings};
use crate::tui::sheet::{Held, Order, Sheet, shown};
use crate::tui::theme::Meaning;
use crate::tui::views::{Body, Clicked};
use crate::tui::widgets::cursor::Cursor;
use crate::tui::widgets::table::{Cell, Column, HEAD, Shape, Sort, Table};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};
use std::collections::BTreeMap;

/// With fewer lines than this the notes give way.
const LEAST_LINES: usize = 6;

/// The view.
#[derive(Debug, Clone, PartialEq)]
pub struct Pane {
    settings: Settings,
    topic: Topic,
    found: Option<Box<Review>>,
    /// The lines that match the filter, in their order; how many there are without it; and what they were made for.
    lines: Vec<Line>,
    all: usize,
    made_for: Option<(Topic, Order, Lang)>,
    held: BTreeMap<Topic, Held<String>>,
    /// What is done to a table before its first line is known.
    fresh: Held<String>,
}

/// What stands where.
struct Plan {
    sentence: Vec<String>,
    warns: bool,
    notes: Vec<String>,
    rows: usize,
}

impl Plan {
    /// The row of the head of the table.
    fn table(&self) -> usize {
        1 + self.sentence.len()
    }
}

impl Pane {
    /// The view before anything is known.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Self {
            settings,
            topic: Topic::default(),
            found: None,
            lines: Vec::new(),
            all: 0,
            made_for: None,
            held: BTreeMap::new(),
            fresh: Held::default(),
        }
    }

    /// Shows another topic.
    pub fn show(&mut self, topic: Topic) {
        self.topic = topic;
        self.held.entry(topic).or_default();
    }

    /// How it is looked at, to change it.
    pub fn settings_mut(&mut self) -> &mut Settings {
        &mut self.settings
    }

    /// How it is looked at.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    fn review(&self) -> Option<&Review> {
        self.found.as_deref().filter(|found| found.told.topic() == self.topic)
    }

    fn held(&self) -> &Held<String> {
        self.held.get(&self.topic).unwrap_or(&self.fresh)
    }

    fn held_mut(&mut self) -> &mut Held<String> {
        self.held.entry(self.topic).or_default()
    }

    /// The lines that match a filter, in an order.
    fn arranged(&self, look: &Look<'_>, order: &Order) -> Vec<Line> {
        let Some(review) = self.review() else { return Vec::new() };
        let sheet = sheet::sheet(review, look.locale);
        let query = Query::new(&order.filter);
        let matches = |line: &Line| {
            let words: Vec<Clean> = line.cells.iter().map(|spot| cell(spot, look).text()).collect();
            order.filter.is_empty() || query.matches(&Folded::of_fields(words.iter().map(Clean::as_str)))
        };
        let mut lines: Vec<Line> = sheet.lines.into_iter().filter(matches).collect();
        let place = |sort: Sort| sheet.columns.iter().position(|title| title.key == sort.column);
        if let Some((at, sort)) = order.sort.and_then(|sort| Some((place(sort)?, sort))) {
            let cell = |line: &Line| line.cells.get(at).map_or(Cell::plain(""), |spot| cell(spot, look));
            lines.sort_by(|a, b| cell(a).compare(&cell(b), sort.descending));
        }
        lines
    }

    /// Makes the lines anew where something has changed since: not with every second.
    fn arrange(&mut self, look: &Look<'_>) {
        let wanted = (self.topic, self.held().order.clone(), look.locale.lang());
        if self.made_for.as_ref() == Some(&wanted) {
            return;
        }
        self.lines = self.arranged(look, &wanted.1);
        self.all = match wanted.1.filter.is_empty() {
            true => self.lines.len(),
            false => self.review().map_or(0, |review| sheet::sheet(review, look.locale).lines.len()),
        };
        self.made_for = Some(wanted);
    }

    fn plan(&self, look: &Look<'_>, size: Size) -> Plan {
        let (width, height) = (usize::from(size.width).saturating_sub(2), usize::from(size.height));
        let Some(review) = self.review() else {
            return Plan { sentence: Vec::new(), warns: false, notes: Vec::new(), rows: 0 };
        };
        let (message, warns) = sentence(review, look.locale);
        let mut sentence = text::wrap(&look.locale.tell(&message), width);
        let room = height.saturating_sub(1 + HEAD);
        sentence.truncate(room.saturating_sub(LEAST_LINES).max(1));
        let left = room.saturating_sub(sentence.len());
        let told = notes(review, look.locale);
        let mut notes: Vec<String> = told.iter().flat_map(|note| text::wrap(note, width)).collect();
        // Notes stand below the table where they take no line from it, or leave it enough.
        let spare = left.saturating_sub(self.all.min(LEAST_LINES) + 1);
        notes.truncate(if notes.len() <= spare { usize::MAX } else { 0 });
        let below = if notes.is_empty() { 0 } else { notes.len() + 1 };
        Plan { sentence, warns, notes, rows: left.saturating_sub(below) }
    }

    fn table(&self, look: &Look<'_>, rows: usize) -> Table {
        let held = self.held();
        let top = held.cursor.top();
        let lines: Vec<&Line> = self.lines.iter().skip(top).take(rows).collect();
        let marked = lines.iter().enumerate().filter(|(_, line)| held.marked(&line.key)).map(|(at, _)| at);
        let cells = |line: &&Line| line.cells.iter().map(|spot| cell(spot, look)).collect();
        Table {
            id: self.id(),
            columns: self.columns(look),
            marked: marked.collect(),
            selected: held.cursor.at().checked_sub(top).filter(|_| !lines.is_empty()),
            sort: held.order.sort,
            lines: lines.iter().map(cells).collect(),
        }
    }

    fn keys(&self) -> Vec<String> {
        self.lines.iter().map(|line| line.key.clone()).collect()
    }

    fn selected(&self) -> Option<&Line> {
        let key = self.held().cursor.key()?;
        self.review().and_then(|_| self.lines.iter().find(|line| line.key == *key))
    }

    fn with_cursor(&mut self, look: &Look<'_>, size: Size, change: impl FnOnce(&mut Cursor<String>, &[String], usize)) {
        if self.review().is_none() {
            return;
        }
        let (keys, rows) = (self.keys(), self.plan(look, size).rows);
        change(&mut self.held_mut().cursor, &keys, rows);
    }
}

/// What stands in a place of the table.
fn cell(spot: &Spot, look: &Look<'_>) -> Cell {
    let plain =
        |words: &str| -> Clean { if *look.glyphs == ASCII { with_plain_signs(words).into() } else { words.into() } };
    match spot {
        Spot::Words(words) => Cell::Text(plain(words), Meaning::Plain),
        Spot::Warns(words) => Cell::Text(plain(words), Meaning::Warn),
        Spot::Faint(words) => Cell::Text(plain(words), Meaning::Muted),
        Spot::Figure(figure) => Cell::figure(figure, None, look),
        Spot::Bad(figure) => Cell::figure(figure, None, look).with_sign("!").meaning(Meaning::Warn),
        Spot::Number(words, value) => Cell::Number(plain(words), Meaning::Plain, *value),
    }
}

impl Body for Pane {
    fn context(&self) -> Context {
        Context::Review
    }

    fn subject(&self) -> Subject {
        let Some(period) = self.settings.period() else { return Subject::Nothing };
        Subject::Review(ReviewWish { topic: self.topic, period, newest: self.settings.at == At::Newest })
    }

    fn allows(&self, when: When) -> bool {
        match when {
            When::HasLines => self.review().is_some_and(|review| review.all.total.n > 0),
            When::Opens => self.review().is_some() && self.held().cursor.key().is_some(),
            When::Deeper => false,
            _ => true,
        }
    }

    fn opens(&self) -> Option<Opening> {
        let line = self.selected()?;
        Some(Opening::List(Name::Data(line.name().to_owned()), line.records.clone()))
    }

    fn explains(&self) -> Option<Opening> {
        let (review, line) = (self.review()?, self.selected()?);
        let own = line.cells.iter().filter_map(Spot::figure);
        let own = own.map(|figure| Explained::plain(String::new(), figure.clone()));
        let more = match &review.told {
            Told::Ledger(Some(ledger)) => ledger.figures(),
            Told::Pauses(audit) => audit.figures().to_vec(),
            _ => Vec::new(),
        };
        let of = review.period.to_string();
        let whole = more.into_iter().chain(review.all.figures());
        let whole = whole.map(|figure| Explained::plain(of.clone(), widened(figure)));
        Some(Opening::Explain(Name::Data(line.name().to_owned()), own.chain(whole).collect()))
    }

    fn loaded(&mut self, answer: &Answer) {
        match answer {
            Answer::Review(review) => {
                self.settings.shown = Some(review.period);
                self.found = Some(review.clone());
                self.made_for = None;
            }
            Answer::Empty => {
                self.found = None;
                self.made_for = None;
            }
            _ => {}
        }
    }

    fn settle(&mut self, look: &Look<'_>, size: Size) {
        self.settings.today = look.now.date();
        self.arrange(look);
        self.with_cursor(look, size, |cursor, keys, rows| cursor.settle(keys, rows));
    }

    fn step(&mut self, step: Step, look: &Look<'_>, size: Size) {
        self.with_cursor(look, size, |cursor, keys, rows| cursor.step(step, keys, rows));
    }

    fn click(&mut self, place: Position, look: &Look<'_>, size: Size) -> Clicked {
        let plan = self.plan(look, size);
        let Some(row) = usize::from(place.y).checked_sub(plan.table()) else { return Clicked::Nothing };
        let Some(row) = row.checked_sub(HEAD) else {
            return Clicked::title(&self.table(look, plan.rows), size.width, place.x, look);
        };
        let mut hit = None;
        self.with_cursor(look, size, |cursor, keys, rows| hit = cursor.click(row, keys, rows));
        Clicked::line(hit)
    }

    fn sheet(&self) -> Option<&dyn Sheet> {
        Some(self)
    }

    fn sheet_mut(&mut self) -> Option<&mut dyn Sheet> {
        Some(self)
    }

    fn draw(&self, buffer: &mut Buffer, area: Rect, look: &Look<'_>) {
        let Some(review) = self.review() else {
            put(buffer, area, (1, 0), &look.t("tui-loading"), look.style(Meaning::Muted));
            return;
        };
        let plan = self.plan(look, area.as_size());
        put(buffer, area, (1, 0), &period(review, look.locale).into(), look.style(Meaning::Muted));
        let meaning = if plan.warns { Meaning::Warn } else { Meaning::Plain };
        for (row, words) in plan.sentence.iter().enumerate() {
            put(buffer, area, (1, 1 + row), &Clean::from(words.as_str()), look.style(meaning));
        }
        let lines = self.lines.len();
        put_position(buffer, rows_of(area, 0, 1), look, self.held().cursor.top(), plan.rows, lines);
        if lines == 0 && self.held().order.filter.is_empty() {
            return;
        }
        let place = rows_of(area, plan.table(), HEAD + plan.rows);
        self.table(look, plan.rows).draw(buffer, place, look);
        let below = plan.table() + HEAD + plan.rows.min(lines) + 1;
        for (row, words) in plan.notes.iter().enumerate() {
            put(buffer, area, (1, below + row), &Clean::from(words.as_str()), look.style(Meaning::Muted));
        }
    }
}

impl Sheet for Pane {
    fn id(&self) -> &'static str {
        match self.topic {
            Topic::Team => "handoffs-team",
            Topic::Heat => "handoffs-heat",
            Topic::Response => "handoffs-response",
            Topic::Ledger => "handoffs-ledger",
            Topic::Pauses => "handoffs-pauses",
            Topic::Weeks => "handoffs-weeks",
        }
    }

    fn columns(&self, look: &Look<'_>) -> Vec<Column> {
        if self.review().is_none() {
            return Vec::new();
        }
        let column = |title: &sheet::Title| Column {
            key: title.key,
            title: look.t(&format!("review-column-{}", title.key)),
            shape: match title.shape {
                sheet::Shape::Name => Shape::Name,
                sheet::Shape::Number => Shape::Number,
                sheet::Shape::Text => Shape::Text,
            },
            expendable: title.expendable,
        };
        sheet::columns(self.topic).iter().map(column).collect()
    }

    fn order(&self) -> &Order {
        &self.held().order
    }

    fn order_mut(&mut self) -> &mut Order {
        &mut self.held_mut().order
    }

    fn found(&self, _look: &Look<'_>) -> Option<(usize, usize)> {
        self.review().map(|_| (self.lines.len(), self.all))
    }

    fn marks(&self) -> usize {
        self.held().marks.len()
    }

    fn mark(&mut self) {
        self.held_mut().mark();
    }

    fn clear_marks(&mut self) {
        self.held_mut().marks.clear();
    }

    fn copied(&self, look: &Look<'_>) -> Vec<Vec<Clean>> {
        let held = self.held();
        let wanted = |key: &String| match held.marks.is_empty() {
            true => held.cursor.key() == Some(key),
            false => held.marked(key),
        };
        // A mark outlives the filter under which it was made.
        let order = Order { sort: held.order.sort, ..Order::default() };
        let columns = self.columns(look);
        let lines = self.arranged(look, &order).into_iter().filter(|line| wanted(&line.key));
        let cells = |line: Line| -> Vec<Cell> { line.cells.iter().map(|spot| cell(spot, look)).collect() };
        lines.map(|line| shown(self.id(), &columns, &cells(line), look)).collect()
    }
}
