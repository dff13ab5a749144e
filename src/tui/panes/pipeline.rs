//! The pipeline pane: figures and lines, the deals behind a line, the page of a record.

mod deals;
mod lines;
mod overview;
mod record;
mod sentence;

use crate::analysis::pipeline::Pipeline;
use crate::domain::money::Currency;
use crate::domain::object::Object;
use crate::tui::action::{self, Effect, Step};
use crate::tui::analyst::{Answer, Subject};
use crate::tui::keymap::{Command, Context, Key, When};
use crate::tui::look::Look;
use crate::tui::widgets::cursor::Cursor;
use crate::tui::writer::Order;
use deals::DealList;
use lines::{LineKey, lines};
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use record::RecordPage;
use std::collections::BTreeMap;

pub use lines::View;

/// What a key does in this pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Opens what the selected line stands for.
    Open,
    /// The next view.
    NextView,
    /// The view before.
    PreviousView,
}

const fn on_lines(
    id: &'static str,
    keys: &'static [Key],
    label: &'static str,
    description: &'static str,
    action: Action,
) -> Command {
    let action = action::Action::Pipeline(action);
    Command { id, keys, label, description, contexts: &[Context::Lines], when: When::HasLines, action }
}

/// The commands of this pane.
pub static COMMANDS: &[Command] = &[
    Command {
        contexts: &Context::DATA,
        when: When::Opens,
        ..on_lines("pipeline-open", &[Key::Enter], "tui-hint-open", "tui-help-open", Action::Open)
    },
    on_lines(
        "pipeline-next-view",
        &[Key::Char('v'), Key::Char(']'), Key::Right, Key::Char('l')],
        "tui-hint-view",
        "tui-help-next-view",
        Action::NextView,
    ),
    on_lines(
        "pipeline-previous-view",
        &[Key::Char('['), Key::Left, Key::Char('h')],
        "",
        "tui-help-previous-view",
        Action::PreviousView,
    ),
];

/// The view shown last, in the local state.
pub const LAST_VIEW: &str = "pipeline-view";

/// What lies above the lines.
#[derive(Debug, Clone, PartialEq)]
enum Level {
    Deals(DealList),
    Record(RecordPage),
}

/// The pane.
#[derive(Debug, Clone, PartialEq)]
pub struct Pane {
    view: View,
    pipeline: Option<Box<Pipeline>>,
    cursors: BTreeMap<View, Cursor<LineKey>>,
    levels: Vec<Level>,
}

impl Pane {
    /// The pane before anything is known.
    #[must_use]
    pub fn new(view: View) -> Self {
        Self { view, pipeline: None, cursors: BTreeMap::new(), levels: Vec::new() }
    }

    /// Where a key is pressed.
    #[must_use]
    pub fn context(&self) -> Context {
        match self.levels.last() {
            None => Context::Lines,
            Some(Level::Deals(_)) => Context::Deals,
            Some(Level::Record(_)) => Context::Record,
        }
    }

    /// Whether a condition holds.
    #[must_use]
    pub fn allows(&self, when: When) -> bool {
        match when {
            When::Always => true,
            When::Deeper => !self.levels.is_empty(),
            When::AtTop => self.levels.is_empty(),
            When::HasLines => match self.levels.last() {
                None => self.has_deals(),
                Some(_) => true,
            },
            When::Opens => match self.levels.last() {
                None => self.has_deals(),
                Some(Level::Deals(list)) => list.selected().is_some(),
                Some(Level::Record(page)) => page.selected().is_some(),
            },
        }
    }

    fn has_deals(&self) -> bool {
        self.pipeline.as_ref().is_some_and(|pipeline| pipeline.opportunities.total.n > 0)
    }

    /// What has to be known to draw this.
    #[must_use]
    pub fn subject(&self) -> Subject {
        match self.levels.last() {
            None => Subject::Pipeline,
            Some(Level::Deals(list)) => list.subject(),
            Some(Level::Record(page)) => page.subject(),
        }
    }

    /// Takes in what the analyst found.
    pub fn loaded(&mut self, answer: Answer, look: &Look<'_>, size: Size) {
        match (answer, self.levels.last_mut()) {
            (Answer::Pipeline(pipeline), _) => self.pipeline = Some(pipeline),
            (Answer::Deals(page), Some(Level::Deals(list))) => list.loaded(*page),
            (Answer::Record(story), Some(Level::Record(page))) => page.loaded(story),
            (Answer::Deals(_) | Answer::Record(_) | Answer::Failed(_), _) => {}
        }
        self.settle(look, size);
    }

    /// Fits selections and scroll positions to a new size, language or content.
    pub fn settle(&mut self, look: &Look<'_>, size: Size) {
        let home = self.home();
        match self.levels.last_mut() {
            Some(Level::Deals(list)) => list.settle(size),
            Some(Level::Record(page)) => page.settle(look, size, home),
            None => self.with_cursor(look, size, |cursor, keys, rows| cursor.settle(keys, rows)),
        }
    }

    /// Moves the selection.
    pub fn step(&mut self, step: Step, look: &Look<'_>, size: Size) {
        let home = self.home();
        match self.levels.last_mut() {
            Some(Level::Deals(list)) => list.step(step, size),
            Some(Level::Record(page)) => page.step(step, look, size, home),
            None => self.with_cursor(look, size, |cursor, keys, rows| cursor.step(step, keys, rows)),
        }
    }

    /// Goes back one level.
    pub fn back(&mut self) {
        self.levels.pop();
    }

    /// Does what a key of this pane does.
    pub fn update(&mut self, action: Action, look: &Look<'_>, size: Size) -> Vec<Effect> {
        match action {
            Action::Open => {
                self.open();
                self.settle(look, size);
                Vec::new()
            }
            Action::NextView => self.switch(self.view.next(), look, size),
            Action::PreviousView => self.switch(self.view.previous(), look, size),
        }
    }

    fn switch(&mut self, view: View, look: &Look<'_>, size: Size) -> Vec<Effect> {
        self.view = view;
        self.settle(look, size);
        vec![Effect::Write(Order::Remember { key: LAST_VIEW, value: view.key().to_owned() })]
    }

    fn open(&mut self) {
        let level = match self.levels.last() {
            None => self.selected_line().map(|line| Level::Deals(DealList::new(line.name, line.deals))),
            Some(Level::Deals(list)) => {
                list.selected().map(|id| Level::Record(RecordPage::new(Object::Opportunity, id)))
            }
            Some(Level::Record(page)) => page.selected().map(|(object, id)| Level::Record(RecordPage::new(object, id))),
        };
        self.levels.extend(level);
    }

    fn selected_line(&self) -> Option<lines::Line> {
        let at = self.cursors.get(&self.view).map_or(0, Cursor::at);
        lines(self.view, self.pipeline.as_ref()?).into_iter().nth(at)
    }

    fn with_cursor(
        &mut self,
        look: &Look<'_>,
        size: Size,
        change: impl FnOnce(&mut Cursor<LineKey>, &[LineKey], usize),
    ) {
        let Some(pipeline) = &self.pipeline else { return };
        let keys: Vec<LineKey> = lines(self.view, pipeline).into_iter().map(|line| line.key).collect();
        let rows = overview::plan(pipeline, look, size).table_rows;
        change(self.cursors.entry(self.view).or_default(), &keys, rows);
    }

    /// The one currency of all amounts, if there is only one: then it is written once, in the titles.
    fn home(&self) -> Option<Currency> {
        self.pipeline.as_ref().and_then(|pipeline| lines::home(pipeline))
    }

    /// Draws it.
    pub fn draw(&self, buffer: &mut Buffer, area: Rect, look: &Look<'_>) {
        match (self.levels.last(), &self.pipeline) {
            (Some(Level::Deals(list)), _) => list.draw(buffer, area, look, self.home()),
            (Some(Level::Record(page)), _) => page.draw(buffer, area, look, self.home()),
            (None, None) => overview::draw_loading(buffer, area, look),
            (None, Some(pipeline)) if pipeline.opportunities.total.n == 0 => overview::draw_empty(buffer, area, look),
            (None, Some(pipeline)) => {
                overview::draw(buffer, area, look, pipeline, self.view, self.cursors.get(&self.view))
            }
        }
    }
}
