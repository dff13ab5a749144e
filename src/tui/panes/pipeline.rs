//! The pipeline view: figures, and the deals cut into lines.

mod lines;
mod overview;
mod sentence;

use crate::analysis::pipeline::Pipeline;
use crate::tui::action::{self, Effect, Step};
use crate::tui::analyst::{Answer, Subject};
use crate::tui::drill::Opening;
use crate::tui::keymap::{Command, Context, Key, When};
use crate::tui::look::Look;
use crate::tui::views::Body;
use crate::tui::widgets::cursor::Cursor;
use crate::tui::writer::Order;
use lines::{LineKey, lines};
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use std::collections::BTreeMap;

pub use lines::Cut;

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
    on_lines(
        "pipeline-next-cut",
        &[Key::Char('b'), Key::Right, Key::Char('l')],
        "tui-hint-cut",
        "tui-help-next-cut",
        Action::NextCut,
    ),
    on_lines("pipeline-previous-cut", &[Key::Left, Key::Char('h')], "", "tui-help-previous-cut", Action::PreviousCut),
];

/// The cut shown last, in the local state.
pub const LAST_CUT: &str = "pipeline-cut";

/// The view.
#[derive(Debug, Clone, PartialEq)]
pub struct Pane {
    cut: Cut,
    pipeline: Option<Box<Pipeline>>,
    cursors: BTreeMap<Cut, Cursor<LineKey>>,
}

impl Pane {
    /// The view before anything is known.
    #[must_use]
    pub fn new(cut: Cut) -> Self {
        Self { cut, pipeline: None, cursors: BTreeMap::new() }
    }

    /// Does what a key of this view does.
    pub fn update(&mut self, action: Action, look: &Look<'_>, size: Size) -> Vec<Effect> {
        self.cut = match action {
            Action::NextCut => self.cut.next(),
            Action::PreviousCut => self.cut.previous(),
        };
        self.settle(look, size);
        vec![Effect::Write(Order::Remember { key: LAST_CUT, value: self.cut.key().to_owned() })]
    }

    fn has_deals(&self) -> bool {
        self.pipeline.as_ref().is_some_and(|pipeline| pipeline.opportunities.total.n > 0)
    }

    fn with_cursor(
        &mut self,
        look: &Look<'_>,
        size: Size,
        change: impl FnOnce(&mut Cursor<LineKey>, &[LineKey], usize),
    ) {
        let Some(pipeline) = &self.pipeline else { return };
        let keys: Vec<LineKey> = lines(self.cut, pipeline).into_iter().map(|line| line.key).collect();
        let rows = overview::plan(pipeline, look, size).table_rows;
        change(self.cursors.entry(self.cut).or_default(), &keys, rows);
    }
}

impl Body for Pane {
    fn context(&self) -> Context {
        Context::Pipeline
    }

    fn subject(&self) -> Subject {
        Subject::Pipeline
    }

    fn allows(&self, when: When) -> bool {
        match when {
            When::HasLines | When::Opens => self.has_deals(),
            When::Always | When::AtTop | When::SeveralViews => true,
            When::Deeper => false,
        }
    }

    fn opens(&self) -> Option<Opening> {
        let at = self.cursors.get(&self.cut).map_or(0, Cursor::at);
        let line = lines(self.cut, self.pipeline.as_ref()?).into_iter().nth(at)?;
        Some(Opening::List(line.name, line.deals.into()))
    }

    fn loaded(&mut self, answer: &Answer) {
        if let Answer::Pipeline(pipeline) = answer {
            self.pipeline = Some(pipeline.clone());
        }
    }

    fn settle(&mut self, look: &Look<'_>, size: Size) {
        self.with_cursor(look, size, |cursor, keys, rows| cursor.settle(keys, rows));
    }

    fn step(&mut self, step: Step, look: &Look<'_>, size: Size) {
        self.with_cursor(look, size, |cursor, keys, rows| cursor.step(step, keys, rows));
    }

    fn draw(&self, buffer: &mut Buffer, area: Rect, look: &Look<'_>) {
        match &self.pipeline {
            None => overview::draw_loading(buffer, area, look),
            Some(pipeline) if pipeline.opportunities.total.n == 0 => overview::draw_empty(buffer, area, look),
            Some(pipeline) => overview::draw(buffer, area, look, pipeline, self.cut, self.cursors.get(&self.cut)),
        }
    }
}
