//! What lies above a view: lists of records and the pages of records, one opened from the other.

mod explain;
mod lines;
mod record;
mod stages;

use super::action::Step;
use super::analyst::{Answer, Subject};
use super::edit;
use super::keymap::{Context, When};
use super::list::List;
use super::look::Look;
use super::name::{FigureName, Name};
use super::sheet::Sheet;
use super::views::Clicked;
use crate::analysis::selection::Selection;
use crate::analysis::stages::StageMap;
use crate::domain::figure::{Figure, Number, Withheld};
use crate::domain::message::Message;
use crate::domain::object::Object;
use crate::domain::value::Id;
use crate::text::Clean;
use explain::ExplainPage;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};
use record::RecordPage;
use stages::StagesPage;

/// What a line of a view leads to.
#[derive(Debug, Clone, PartialEq)]
pub enum Opening {
    /// The list of the records behind it, under this name.
    List(Name, Selection),
    /// One record.
    Record(Object, Id),
    /// Why its figures are what they are.
    Explain(Name, Vec<Explained>),
    /// How the stages of a funnel are defined, beginning with one of them.
    Stages(Box<StageMap>, usize),
}

/// A figure to be explained.
#[derive(Debug, Clone, PartialEq)]
pub struct Explained {
    /// What tells it from other figures of its metric in the same line: its period; may be empty.
    pub of: String,
    /// The figure.
    pub figure: Figure<Selection>,
    /// The measures of its formula, where they are known.
    pub measures: Vec<(&'static str, Number)>,
    /// How many days records had, and where these come from.
    pub days: Option<Message>,
    /// How many records were left out, by reason.
    pub left_out: Vec<Message>,
    /// Whether it is of everything that the view shows, not of the line.
    pub whole: bool,
}

impl Explained {
    /// A figure of which there is no more to tell.
    #[must_use]
    pub fn plain(of: String, figure: Figure<Selection>) -> Self {
        Self { of, figure, measures: Vec::new(), days: None, left_out: Vec::new(), whole: false }
    }

    /// What the list of its records is called, in a line of this name.
    #[must_use]
    pub fn name(&self, line: &Name) -> Name {
        if self.whole {
            return Name::key("explain-whole");
        }
        if self.of.is_empty() {
            return line.clone();
        }
        let parts = || self.measures.iter().map(|(_, number)| number.clone()).collect();
        let numbers = match &self.figure.value {
            Ok(Number::Share { .. }) | Err(Withheld::SmallSample { .. }) => parts(),
            Ok(Number::Count(_) | Number::Money(_)) | Err(_) => Vec::new(),
            Ok(number) => vec![number.clone()],
        };
        let (metric, stage, days) = (self.figure.metric, line.clone(), self.of.clone());
        Name::Figure(Box::new(FigureName { metric, stage, days, numbers }))
    }
}

/// One level above a view.
#[derive(Debug, Clone, PartialEq)]
enum Level {
    List(Box<List>),
    Record(RecordPage),
    Explain(Box<ExplainPage>),
    Stages(Box<StagesPage>),
}

/// The levels above a view, the newest on top; none while the view itself is seen.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Drill(Vec<Level>);

impl Drill {
    /// Whether the view itself is seen.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Opens something on top.
    pub fn open(&mut self, opening: Opening) {
        self.0.push(match opening {
            Opening::List(name, selection) => Level::List(Box::new(List::new(name, selection))),
            Opening::Record(object, id) => Level::Record(RecordPage::new(object, id)),
            Opening::Explain(name, figures) => Level::Explain(Box::new(ExplainPage::new(name, figures))),
            Opening::Stages(map, stage) => Level::Stages(Box::new(StagesPage::new(*map, stage))),
        });
    }

    /// Goes back one level.
    pub fn back(&mut self) {
        self.0.pop();
    }

    /// Where a key is pressed; `None` in the view itself.
    #[must_use]
    pub fn context(&self) -> Option<Context> {
        Some(match self.0.last()? {
            Level::List(_) => Context::List,
            Level::Record(_) => Context::Record,
            Level::Explain(_) => Context::Explain,
            Level::Stages(_) => Context::Stages,
        })
    }

    /// What has to be known to draw the uppermost level.
    #[must_use]
    pub fn subject(&self) -> Option<Subject> {
        match self.0.last()? {
            Level::List(list) => Some(list.subject()),
            Level::Record(page) => Some(page.subject()),
            // They were told everything when they were opened.
            Level::Explain(_) | Level::Stages(_) => None,
        }
    }

    /// Whether a condition holds on the uppermost level.
    #[must_use]
    pub fn allows(&self, when: When) -> bool {
        match when {
            When::Always | When::Deeper | When::HasLines | When::Undoes | When::Redoes => true,
            When::AtTop | When::SeveralViews | When::SeveralFiles | When::OwnStore => false,
            When::Opens => self.opens().is_some(),
            When::Edits => self.edits().is_some(),
        }
    }

    /// What the selected line leads to.
    #[must_use]
    pub fn opens(&self) -> Option<Opening> {
        let record = |(object, id)| Opening::Record(object, id);
        match self.0.last()? {
            Level::List(list) => list.selected().map(record),
            Level::Record(page) => page.opens(),
            Level::Explain(page) => page.opens(),
            Level::Stages(_) => None,
        }
    }

    /// What can be edited on the uppermost level.
    #[must_use]
    pub fn edits(&self) -> Option<edit::Subject> {
        match self.0.last()? {
            Level::List(list) => list.edits(),
            Level::Record(page) => page.edits(),
            Level::Explain(_) | Level::Stages(_) => None,
        }
    }

    /// The table of the uppermost level, where it is one.
    #[must_use]
    pub fn sheet(&self) -> Option<&dyn Sheet> {
        match self.0.last()? {
            Level::List(list) => Some(&**list),
            Level::Record(_) | Level::Explain(_) | Level::Stages(_) => None,
        }
    }

    /// The table of the uppermost level, to change it.
    pub fn sheet_mut(&mut self) -> Option<&mut dyn Sheet> {
        match self.0.last_mut()? {
            Level::List(list) => Some(&mut **list),
            Level::Record(_) | Level::Explain(_) | Level::Stages(_) => None,
        }
    }

    /// What is copied from a level that is no table.
    #[must_use]
    pub fn copied(&self, look: &Look<'_>) -> Vec<Vec<Clean>> {
        match self.0.last() {
            Some(Level::Record(page)) => page.copied(look),
            Some(Level::Stages(page)) => page.copied(look),
            Some(Level::Explain(page)) => page.copied(look),
            Some(Level::List(_)) | None => Vec::new(),
        }
    }

    /// Takes in what the analyst found.
    pub fn loaded(&mut self, answer: Answer) {
        match (answer, self.0.last_mut()) {
            (Answer::List(page), Some(Level::List(list))) => list.loaded(*page),
            (Answer::Record(story, currency, choices), Some(Level::Record(page))) => {
                page.loaded(story, currency, choices);
            }
            _ => {}
        }
    }

    /// Fits selection and scroll position to a new size, language or content.
    pub fn settle(&mut self, look: &Look<'_>, size: Size) {
        match self.0.last_mut() {
            Some(Level::List(list)) => list.settle(size),
            Some(Level::Record(page)) => page.settle(look, size),
            Some(Level::Explain(page)) => page.settle(look, size),
            Some(Level::Stages(page)) => page.settle(look, size),
            None => {}
        }
    }

    /// Moves the selection.
    pub fn step(&mut self, step: Step, look: &Look<'_>, size: Size) {
        match self.0.last_mut() {
            Some(Level::List(list)) => list.step(step, size),
            Some(Level::Record(page)) => page.step(step, look, size),
            Some(Level::Explain(page)) => page.step(step, look, size),
            Some(Level::Stages(page)) => page.step(step, look, size),
            None => {}
        }
    }

    /// Takes a click on a cell, counted from the corner of the level.
    pub fn click(&mut self, place: Position, look: &Look<'_>, size: Size) -> Clicked {
        match self.0.last_mut() {
            Some(Level::List(list)) => list.click(place, look, size),
            Some(Level::Record(page)) => page.click(place, look, size),
            Some(Level::Explain(page)) => page.click(place, look, size),
            Some(Level::Stages(page)) => page.click(place, look, size),
            None => Clicked::Nothing,
        }
    }

    /// Draws the uppermost level.
    pub fn draw(&self, buffer: &mut Buffer, area: Rect, look: &Look<'_>) {
        match self.0.last() {
            Some(Level::List(list)) => list.draw(buffer, area, look),
            Some(Level::Record(page)) => page.draw(buffer, area, look),
            Some(Level::Explain(page)) => page.draw(buffer, area, look),
            Some(Level::Stages(page)) => page.draw(buffer, area, look),
            None => {}
        }
    }
}
