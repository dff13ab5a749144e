//! The pipeline view: figures of the period, and the deals cut into lines.

mod cells;
mod cut;
mod facts;
mod lines;
mod overview;

use crate::analysis::pipeline::{Pipeline, Query};
use crate::domain::object::Object;
use crate::domain::value::Id;
use crate::text::Clean;
use crate::tui::action::{self, Effect, Step};
use crate::tui::analyst::{Answer, PipelineAnswer, PipelineWish, Subject};
use crate::tui::drill::Opening;
use crate::tui::keymap::{Command, Context, Key, When};
use crate::tui::look::Look;
use crate::tui::panes::funnel::{self, At, Choices, Settings};
use crate::tui::sheet::{Held, Order, Sheet, shown};
use crate::tui::views::{Body, Clicked};
use crate::tui::widgets::cursor::Cursor;
use crate::tui::widgets::table::Column;
use crate::tui::widgets::tabs;
use crate::tui::writer;
use cells::{Drawn, arranged};
use lines::{LineKey, lines};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};

pub use cut::Cut;

/// What a key does in this view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// The next cut.
    NextCut,
    /// The cut before.
    PreviousCut,
}

const fn on_lines(
    id: &'static str,
    keys: &'static [Key],
    label: &'static str,
    description: &'static str,
    action: Action,
) -> Command {
    let action = action::Action::Pipeline(action);
    Command { id, keys, label, description, contexts: &[Context::Pipeline], when: When::HasLines, action }
}

/// The commands of this view.
pub static COMMANDS: &[Command] = &[
    on_lines("pipeline-next-cut", &[Key::Char('b')], "tui-hint-cut", "tui-help-next-cut", Action::NextCut),
    on_lines("pipeline-previous-cut", &[Key::Char('B')], "", "tui-help-previous-cut", Action::PreviousCut),
];

/// The cut shown last, in the local state.
pub const LAST_CUT: &str = "pipeline-cut";

/// The view.
#[derive(Debug, Clone, PartialEq)]
pub struct Pane {
    settings: Settings,
    /// Whether someone has asked for a segment, so that its values are wanted.
    choosing: bool,
    cut: Cut,
    found: Option<Box<PipelineAnswer>>,
    held: [Held<LineKey>; Cut::ALL.len()],
}

impl Pane {
    /// The view before anything is known.
    #[must_use]
    pub fn new(settings: Settings, cut: Cut) -> Self {
        let held = std::array::from_fn(|_| Held::default());
        Self { settings, choosing: false, cut, found: None, held }
    }

    /// Looks at another period or segment, or compares with another one.
    pub fn turn(&mut self, action: funnel::Action) {
        self.settings.turn(action);
        self.choosing |= action == funnel::Action::Segment;
    }

    /// How it is looked at.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// How it is looked at, to change it.
    pub fn settings_mut(&mut self) -> &mut Settings {
        &mut self.settings
    }

    /// What it can be filtered by.
    #[must_use]
    pub fn choices(&self) -> Choices<'_> {
        let values = self.found.as_ref().map(|found| &*found.values).unwrap_or_default();
        Choices { values, chosen: &self.settings.segment }
    }

    fn pipeline(&self) -> Option<&Pipeline> {
        self.found.as_ref().map(|found| &found.pipeline)
    }

    /// Does what a key of this view does.
    pub fn update(&mut self, action: Action, look: &Look<'_>, size: Size) -> Vec<Effect> {
        let cut = match action {
            Action::NextCut => self.cut.next(),
            Action::PreviousCut => self.cut.previous(),
        };
        self.switch(cut, look, size)
    }

    fn switch(&mut self, cut: Cut, look: &Look<'_>, size: Size) -> Vec<Effect> {
        self.cut = cut;
        self.settle(look, size);
        vec![Effect::Write(writer::Order::Remember { key: LAST_CUT.to_owned(), value: self.cut.key().to_owned() })]
    }

    fn has_deals(&self) -> bool {
        self.pipeline().is_some_and(|pipeline| pipeline.opportunities.total.n > 0)
    }

    /// What the user has done to the lines of the cut that is shown.
    fn held(&self) -> &Held<LineKey> {
        let [stages, owners, stalled, pushed, regions, quarters, ageing] = &self.held;
        match self.cut {
            Cut::Stalled => stalled,
            Cut::Pushed => pushed,
            Cut::Stages => stages,
            Cut::Owners => owners,
            Cut::Regions => regions,
            Cut::Quarters => quarters,
            Cut::Ageing => ageing,
        }
    }

    fn held_mut(&mut self) -> &mut Held<LineKey> {
        let [stages, owners, stalled, pushed, regions, quarters, ageing] = &mut self.held;
        match self.cut {
            Cut::Stalled => stalled,
            Cut::Pushed => pushed,
            Cut::Stages => stages,
            Cut::Owners => owners,
            Cut::Regions => regions,
            Cut::Quarters => quarters,
            Cut::Ageing => ageing,
        }
    }

    /// The lines that are shown, in their order.
    fn arranged(&self, look: &Look<'_>) -> Vec<Drawn> {
        self.pipeline().map_or_else(Vec::new, |data| arranged(self.cut, look, data, &self.held().order))
    }

    fn with_cursor(
        &mut self,
        look: &Look<'_>,
        size: Size,
        change: impl FnOnce(&mut Cursor<LineKey>, &[LineKey], usize),
    ) {
        let Some(pipeline) = self.pipeline() else { return };
        let keys: Vec<LineKey> = self.arranged(look).into_iter().map(|drawn| drawn.line.key).collect();
        let rows = overview::plan(pipeline, look, size).table_rows;
        change(&mut self.held_mut().cursor, &keys, rows);
    }
}

impl Body for Pane {
    fn context(&self) -> Context {
        Context::Pipeline
    }

    fn subject(&self) -> Subject {
        let settings = &self.settings;
        let Some(period) = settings.period() else { return Subject::Nothing };
        let query = Query { period, compare: settings.compare, segment: settings.segment.clone() };
        let newest = settings.at == At::Newest;
        Subject::Pipeline(Box::new(PipelineWish { query, newest, values: self.choosing }))
    }

    fn allows(&self, when: When) -> bool {
        match when {
            When::HasLines => self.has_deals(),
            When::Opens => self.held().cursor.key().is_some(),
            When::Always
            | When::AtTop
            | When::SeveralViews
            | When::SeveralFiles
            | When::OwnStore
            | When::Undoes
            | When::Redoes => true,
            When::Deeper | When::Edits => false,
        }
    }

    fn opens(&self) -> Option<Opening> {
        let key = self.held().cursor.key()?;
        if let LineKey::Deal(id) = key {
            return Some(Opening::Record(Object::Opportunity, Id(*id)));
        }
        let line = lines(self.cut, self.pipeline()?).into_iter().find(|line| line.key == *key)?;
        Some(Opening::List(line.name, line.deals.into()))
    }

    fn explains(&self) -> Option<Opening> {
        let key = self.held().cursor.key()?;
        let pipeline = self.pipeline()?;
        let line = lines(self.cut, pipeline).into_iter().find(|line| line.key == *key)?;
        Some(Opening::Explain(line.name, lines::explained(self.cut, key, pipeline)))
    }

    fn loaded(&mut self, answer: &Answer) {
        match answer {
            Answer::Pipeline(found) => {
                self.settings.shown = Some(found.pipeline.period);
                self.found = Some(found.clone());
            }
            Answer::Empty => self.found = None,
            _ => {}
        }
    }

    fn settle(&mut self, look: &Look<'_>, size: Size) {
        self.settings.today = look.now.date();
        self.with_cursor(look, size, |cursor, keys, rows| cursor.settle(keys, rows));
    }

    fn step(&mut self, step: Step, look: &Look<'_>, size: Size) {
        self.with_cursor(look, size, |cursor, keys, rows| cursor.step(step, keys, rows));
    }

    fn click(&mut self, place: Position, look: &Look<'_>, size: Size) -> Clicked {
        let Some(pipeline) = self.pipeline().filter(|_| self.has_deals()) else { return Clicked::Nothing };
        let plan = overview::plan(pipeline, look, size);
        let (column, row) = (usize::from(place.x), usize::from(place.y));
        if row == plan.tabs_row() {
            let cut = tabs::hit(&overview::titles(look), column).and_then(|at| Cut::ALL.get(at).copied());
            return cut.map_or(Clicked::Nothing, |cut| Clicked::Did(self.switch(cut, look, size)));
        }
        let Some(row) = row.checked_sub(plan.first_line()) else {
            let table = overview::table(look, pipeline, self.cut, self.held(), plan.table_rows);
            return if row > plan.tabs_row() {
                Clicked::title(&table, size.width, place.x, look)
            } else {
                Clicked::Nothing
            };
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
        match self.pipeline() {
            None => overview::draw_loading(buffer, area, look),
            Some(pipeline) if pipeline.opportunities.total.n == 0 => overview::draw_empty(buffer, area, look, pipeline),
            Some(pipeline) => overview::draw(buffer, area, look, pipeline, self.cut, self.held()),
        }
    }
}

impl Sheet for Pane {
    fn id(&self) -> &'static str {
        self.cut.table()
    }

    fn columns(&self, look: &Look<'_>) -> Vec<Column> {
        self.pipeline().map_or_else(Vec::new, |data| cells::columns(self.cut, look, data))
    }

    fn order(&self) -> &Order {
        &self.held().order
    }

    fn order_mut(&mut self) -> &mut Order {
        &mut self.held_mut().order
    }

    fn found(&self, look: &Look<'_>) -> Option<(usize, usize)> {
        let all = lines(self.cut, self.pipeline()?).len();
        Some((self.arranged(look).len(), all))
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
        let wanted = |key: &LineKey| match held.marks.is_empty() {
            true => held.cursor.key() == Some(key),
            false => held.marked(key),
        };
        // A mark outlives the filter under which it was made.
        let order = Order { sort: held.order.sort, ..Order::default() };
        let all = self.pipeline().map_or_else(Vec::new, |data| arranged(self.cut, look, data, &order));
        let marked = all.into_iter().filter(|drawn| wanted(&drawn.line.key));
        let columns = self.columns(look);
        marked.map(|drawn| shown(self.id(), &columns, &drawn.cells, look)).collect()
    }
}
