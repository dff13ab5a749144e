//! The flow view: how many enter each stage of a funnel in a period, how many go on, what has changed.

mod draw;
mod lines;
mod settings;

use crate::analysis::funnel::{Query, StageFlow};
use crate::analysis::stages::stages;
use crate::domain::funnel::segment::{Dimension, Segment};
use crate::text::Clean;
use crate::tui::action::{self, Step};
use crate::tui::analyst::{Answer, FlowAnswer, FlowWish, Subject};
use crate::tui::drill::Opening;
use crate::tui::keymap::{Command, Context, Key, When};
use crate::tui::look::Look;
use crate::tui::sheet::{Held, Order, Sheet, shown};
use crate::tui::views::{Body, Clicked};
use crate::tui::widgets::cursor::Cursor;
use crate::tui::widgets::table::{Column, HEAD};
use lines::{Drawn, arranged};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};
pub use settings::{At, Settings};

/// What a key does in this view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Cohort or snapshot.
    Basis,
    /// The next rule for skipped stages.
    Skips,
    /// Records or money.
    Measure,
    /// The period before, or a year ago.
    Compare,
    /// Weeks, months, quarters or years.
    Unit,
    /// A period that is typed.
    Period,
    /// One period back.
    Earlier,
    /// One period on.
    Later,
    /// The period of the newest data, and from there the running one.
    Running,
    /// Intervals beside the conversions.
    Intervals,
    /// The next funnel.
    Funnel,
    /// Choose a segment.
    Segment,
    /// How the stages are defined.
    Definitions,
}

const FLOW: &[Context] = &[Context::Flow];
/// The views of the pane.
const VIEWS: &[Context] = &[Context::Flow, Context::Pipeline];
const PERIODS: &[Context] = &Context::PERIODS;

const fn on(
    contexts: &'static [Context],
    id: &'static str,
    keys: &'static [Key],
    (label, description): (&'static str, &'static str),
    action: Action,
) -> Command {
    let action = action::Action::Flow(action);
    Command { id, keys, label, description, contexts, when: When::Always, action }
}

/// The commands of this view, in the order of its hints; those of periods and segments are the pipeline's too.
pub static COMMANDS: &[Command] = &[
    on(
        PERIODS,
        "flow-earlier",
        &[Key::Char('<'), Key::Left, Key::Char('h')],
        ("tui-hint-period", "tui-help-flow-earlier"),
        Action::Earlier,
    ),
    on(
        PERIODS,
        "flow-later",
        &[Key::Char('>'), Key::Right, Key::Char('l')],
        ("tui-hint-period", "tui-help-flow-later"),
        Action::Later,
    ),
    on(VIEWS, "flow-segment", &[Key::Char('f')], ("tui-hint-segment", "tui-help-flow-segment"), Action::Segment),
    on(FLOW, "flow-basis", &[Key::Char('b')], ("tui-hint-basis", "tui-help-flow-basis"), Action::Basis),
    on(VIEWS, "flow-compare", &[Key::Char('c')], ("tui-hint-compare", "tui-help-flow-compare"), Action::Compare),
    on(PERIODS, "flow-unit", &[Key::Char('t')], ("tui-hint-unit", "tui-help-flow-unit"), Action::Unit),
    on(PERIODS, "flow-period", &[Key::Char('P')], ("", "tui-help-flow-period"), Action::Period),
    on(FLOW, "flow-measure", &[Key::Char('a')], ("tui-hint-measure", "tui-help-flow-measure"), Action::Measure),
    on(
        FLOW,
        "flow-definitions",
        &[Key::Char('D')],
        ("tui-hint-stages", "tui-help-flow-definitions"),
        Action::Definitions,
    ),
    on(FLOW, "flow-funnel", &[Key::Char('w')], ("tui-hint-funnel", "tui-help-flow-funnel"), Action::Funnel),
    on(FLOW, "flow-skips", &[Key::Char('o')], ("tui-hint-skips", "tui-help-flow-skips"), Action::Skips),
    on(FLOW, "flow-intervals", &[Key::Char('I')], ("tui-hint-intervals", "tui-help-flow-intervals"), Action::Intervals),
    on(PERIODS, "flow-running", &[Key::Char('0')], ("tui-hint-running", "tui-help-flow-running"), Action::Running),
];

/// What the flow can be filtered by, and what it is filtered by.
#[derive(Clone, Copy)]
pub struct Choices<'p> {
    /// Every value of every dimension, with how many journeys have it.
    pub values: &'p [(Dimension, Option<String>, u64)],
    /// What is chosen.
    pub chosen: &'p Segment,
}

/// The view.
#[derive(Debug, Clone, PartialEq)]
pub struct Pane {
    settings: Settings,
    intervals: bool,
    /// Whether someone has asked for a segment, so that its values are wanted.
    choosing: bool,
    /// Whether a line has been chosen, by someone or by the first answer, which chooses the leak. From then
    /// on the selection moves only when it is moved.
    chosen: bool,
    /// Whether anyone has set targets for the company.
    has_targets: bool,
    found: Option<Box<FlowAnswer>>,
    held: Held<usize>,
}

impl Pane {
    /// The view before anything is known.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Self {
            settings,
            intervals: false,
            choosing: false,
            chosen: false,
            has_targets: false,
            found: None,
            held: Held::default(),
        }
    }

    /// Does what a key of this view does.
    pub fn update(&mut self, action: Action) {
        self.settings.turn(action);
        self.chosen &= action != Action::Funnel;
        self.intervals ^= action == Action::Intervals;
        self.choosing |= action == Action::Segment;
    }

    /// Why a key would change nothing; `None` where it does.
    #[must_use]
    pub fn refuses(&self, action: Action) -> Option<&'static str> {
        match action {
            Action::Intervals if !self.intervals && !self.settings.has_intervals() => Some("tui-flow-no-intervals"),
            _ => self.settings.refuses(action),
        }
    }

    /// Whether intervals stand in the table: where there are none, trends stay.
    fn shows_intervals(&self) -> bool {
        self.intervals && self.settings.has_intervals()
    }

    /// What it can be filtered by.
    #[must_use]
    pub fn choices(&self) -> Choices<'_> {
        let values = self.found.as_ref().map(|found| &*found.values).unwrap_or_default();
        Choices { values, chosen: &self.settings.segment }
    }

    /// How the stages of the funnel on the screen are defined.
    #[must_use]
    pub fn definitions(&self) -> Option<Opening> {
        let found = self.found.as_ref()?;
        let selected = self.selected().map_or(0, |(_, stage)| stage.at);
        Some(Opening::Stages(Box::new(stages(&found.funnel, &found.flow)), selected))
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

    fn found(&self) -> Option<&FlowAnswer> {
        self.found.as_deref().filter(|found| !found.flow.stages.is_empty())
    }

    /// The stages that are shown, in their order.
    fn arranged(&self, look: &Look<'_>) -> Vec<Drawn<'_>> {
        self.found().map_or_else(Vec::new, |found| arranged(found, self.shows_intervals(), look, &self.held.order))
    }

    /// The selected stage.
    fn selected(&self) -> Option<(&FlowAnswer, &StageFlow)> {
        let found = self.found()?;
        let at = self.held.cursor.key()?;
        found.flow.stages.iter().find(|stage| stage.at == *at).map(|stage| (found, stage))
    }

    fn with_cursor(&mut self, look: &Look<'_>, size: Size, change: impl FnOnce(&mut Cursor<usize>, &[usize], usize)) {
        let keys: Vec<usize> = self.arranged(look).iter().map(|drawn| drawn.stage.at).collect();
        let rows = draw::plan(self, look, size).table_rows;
        change(&mut self.held.cursor, &keys, rows);
    }
}

impl Body for Pane {
    fn context(&self) -> Context {
        Context::Flow
    }

    fn subject(&self) -> Subject {
        let settings = &self.settings;
        let Some(period) = settings.period() else { return Subject::Nothing };
        let query = Query {
            period,
            compare: settings.compare,
            basis: settings.basis,
            measure: settings.measure,
            segment: settings.segment.clone(),
        };
        Subject::Flow(Box::new(FlowWish {
            funnel: settings.funnel.clone(),
            skips: settings.skips,
            query,
            newest: settings.at == At::Newest,
            values: self.choosing,
        }))
    }

    fn allows(&self, when: When) -> bool {
        match when {
            When::HasLines => self.found().is_some(),
            When::Opens => self.selected().is_some(),
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
        let (found, stage) = self.selected()?;
        // The first figure of a line is its count.
        let count = lines::explained(found, stage).into_iter().next()?;
        Some(Opening::List(count.name(&lines::name(found, stage)), stage.count.records.clone().into()))
    }

    fn explains(&self) -> Option<Opening> {
        let (found, stage) = self.selected()?;
        Some(Opening::Explain(lines::name(found, stage), lines::explained(found, stage)))
    }

    fn loaded(&mut self, answer: &Answer) {
        if let Answer::Flow(found) = answer {
            if !self.chosen {
                let leak = found.flow.leak.as_ref();
                let leaking = found.flow.stages.iter().find(|stage| Some(&stage.key) == leak);
                let stage = leaking.or_else(|| found.flow.stages.first());
                stage.into_iter().for_each(|stage| self.held.cursor.select(stage.at));
                self.chosen = stage.is_some();
            }
            self.settings.shown = Some(found.flow.period);
            if found.flow.segment.is_all() {
                self.has_targets = lines::has_targets(found);
            }
            self.found = Some(found.clone());
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
        let plan = draw::plan(self, look, size);
        let Some(row) = usize::from(place.y).checked_sub(plan.first_line()) else {
            let head = usize::from(place.y) + HEAD >= plan.first_line();
            let found = self.found().filter(|_| head);
            let title =
                |found| Clicked::title(&draw::table(self, found, look, plan.table_rows), size.width, place.x, look);
            return found.map_or(Clicked::Nothing, title);
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
        draw::draw(self, buffer, area, look);
    }
}

impl Sheet for Pane {
    fn id(&self) -> &'static str {
        "flow"
    }

    fn columns(&self, look: &Look<'_>) -> Vec<Column> {
        self.found().map_or_else(Vec::new, |found| lines::columns(found, self.shows_intervals(), look))
    }

    fn order(&self) -> &Order {
        &self.held.order
    }

    fn order_mut(&mut self) -> &mut Order {
        &mut self.held.order
    }

    fn found(&self, look: &Look<'_>) -> Option<(usize, usize)> {
        Some((self.arranged(look).len(), Self::found(self)?.flow.stages.len()))
    }

    fn marks(&self) -> usize {
        self.held.marks.len()
    }

    fn mark(&mut self) {
        self.held.mark();
    }

    fn clear_marks(&mut self) {
        self.held.marks.clear();
    }

    fn copied(&self, look: &Look<'_>) -> Vec<Vec<Clean>> {
        let wanted = |at: usize| match self.held.marks.is_empty() {
            true => self.held.cursor.key() == Some(&at),
            false => self.held.marked(&at),
        };
        let columns = self.columns(look);
        let lines = self.arranged(look);
        let marked = lines.iter().filter(|drawn| wanted(drawn.stage.at));
        marked.map(|drawn| shown(self.id(), &columns, &drawn.cells, look)).collect()
    }
}
