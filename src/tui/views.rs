//! The panes and their views, and what the shell asks of each of them.
//!
//! A new view is a variant of [`View`] with its key and title, a struct that is a [`Body`], a field of
//! [`Views`] with an arm in `body` and `body_mut`, a [`Context`] of its own in
//! [`keymap`](super::keymap), and, where it has keys of its own, a table of commands.

use super::action::{Effect, Step};
use super::analyst::{Answer, Subject};
use super::drill::Opening;
use super::edit;
use super::keymap::{Context, When};
use super::look::Look;
use super::panes::funnel::{self, Settings};
use super::panes::handoff::{self, review};
use super::panes::pipeline::{self, Cut};
use super::panes::records;
use super::sheet::Sheet;
use super::widgets::table::{Column, Table};
use super::widgets::tabs::turned;
use crate::analysis::handoff::Topic;
use crate::domain::object::Object;
use crate::text::Clean;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};
use std::collections::BTreeMap;

/// The view shown last, in the local state.
pub const LAST_VIEW: &str = "funnel-view";

/// A pane: what belongs together, on one key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pane {
    /// From lead to cash.
    Funnel,
    /// What one team hands to another.
    Handoffs,
    /// All people, companies and deals.
    Records,
}

impl Pane {
    /// Every pane, in the order of the screen.
    pub const ALL: [Self; 3] = [Self::Funnel, Self::Handoffs, Self::Records];

    /// The digit that leads to it.
    #[must_use]
    pub const fn digit(self) -> char {
        match self {
            Self::Funnel => '1',
            Self::Handoffs => '2',
            Self::Records => '9',
        }
    }

    /// Key of its title.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Funnel => "tui-pane-funnel",
            Self::Handoffs => "tui-pane-handoffs",
            Self::Records => "tui-pane-records",
        }
    }

    /// Its views, the first of which is shown first.
    #[must_use]
    pub const fn views(self) -> &'static [View] {
        match self {
            Self::Funnel => &[View::Flow, View::Pipeline],
            Self::Handoffs => &[
                View::Queue,
                View::Review(Topic::Team),
                View::Review(Topic::Heat),
                View::Review(Topic::Response),
                View::Review(Topic::Ledger),
                View::Review(Topic::Pauses),
                View::Review(Topic::Weeks),
                View::Replay,
            ],
            Self::Records => &[View::People, View::Accounts, View::Deals],
        }
    }
}

/// A view of a pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum View {
    /// How many enter each stage and go on.
    #[default]
    Flow,
    /// Deals by stage, owner, region, quarter and age.
    Pipeline,
    /// What waits for whom, and until when.
    Queue,
    /// How the hand-offs of a period went.
    Review(Topic),
    /// The rules of hand-offs, and others tried on the past.
    Replay,
    /// All leads and contacts.
    People,
    /// All companies.
    Accounts,
    /// All deals.
    Deals,
}

impl View {
    /// Every view, in the order of the screen.
    pub const ALL: [Self; 13] = [
        Self::Flow,
        Self::Pipeline,
        Self::Queue,
        Self::Review(Topic::Team),
        Self::Review(Topic::Heat),
        Self::Review(Topic::Response),
        Self::Review(Topic::Ledger),
        Self::Review(Topic::Pauses),
        Self::Review(Topic::Weeks),
        Self::Replay,
        Self::People,
        Self::Accounts,
        Self::Deals,
    ];

    /// Its name in the local state.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Flow => "flow",
            Self::Pipeline => "pipeline",
            Self::Queue => "queue",
            Self::Review(topic) => topic.key(),
            Self::Replay => "replay",
            Self::People => "people",
            Self::Accounts => "accounts",
            Self::Deals => "deals",
        }
    }

    /// The view of a name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.key() == key)
    }

    /// Key of its title.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Flow => "tui-view-flow",
            Self::Pipeline => "tui-view-pipeline",
            Self::Queue => "tui-view-queue",
            Self::Review(Topic::Team) => "tui-view-team",
            Self::Review(Topic::Heat) => "tui-view-heat",
            Self::Review(Topic::Response) => "tui-view-response",
            Self::Review(Topic::Ledger) => "tui-view-ledger",
            Self::Review(Topic::Pauses) => "tui-view-pauses",
            Self::Review(Topic::Weeks) => "tui-view-weeks",
            Self::Replay => "tui-view-replay",
            Self::People => "tui-view-people",
            Self::Accounts => "tui-view-accounts",
            Self::Deals => "tui-view-deals",
        }
    }

    /// Key of the words on what it will show, and of which files, while the store is empty.
    #[must_use]
    pub const fn fills(self) -> &'static str {
        match self {
            Self::Flow => "tui-welcome-flow",
            Self::Pipeline => "tui-welcome-pipeline",
            Self::Queue | Self::Review(_) | Self::Replay => "tui-welcome-queue",
            Self::People => "tui-welcome-people",
            Self::Accounts => "tui-welcome-accounts",
            Self::Deals => "tui-welcome-deals",
        }
    }

    /// The pane that it belongs to.
    #[must_use]
    pub const fn pane(self) -> Pane {
        match self {
            Self::Flow | Self::Pipeline => Pane::Funnel,
            Self::Queue | Self::Review(_) | Self::Replay => Pane::Handoffs,
            Self::People | Self::Accounts | Self::Deals => Pane::Records,
        }
    }

    /// The object whose records it shows, where it shows all of one.
    #[must_use]
    pub const fn object(self) -> Option<Object> {
        match self {
            Self::People => Some(Object::Person),
            Self::Accounts => Some(Object::Account),
            Self::Deals => Some(Object::Opportunity),
            Self::Flow | Self::Pipeline | Self::Queue | Self::Review(_) | Self::Replay => None,
        }
    }

    /// The view of its pane after this one, the first after the last.
    #[must_use]
    pub fn next(self) -> Self {
        turned(self.pane().views(), self, 1)
    }

    /// The view of its pane before this one, the last before the first.
    #[must_use]
    pub fn previous(self) -> Self {
        let views = self.pane().views();
        turned(views, self, views.len().saturating_sub(1))
    }
}

/// What a click has done.
#[derive(Debug, Clone, PartialEq)]
pub enum Clicked {
    /// There was nothing.
    Nothing,
    /// A line is selected now.
    Selected,
    /// The selected line was clicked again: it is to be opened.
    Again,
    /// The title of this column.
    Title(Column),
    /// Something else.
    Did(Vec<Effect>),
}

impl Clicked {
    /// A click into the head of a table that is so many cells wide.
    #[must_use]
    pub fn title(table: &Table, width: u16, column: u16, look: &Look<'_>) -> Self {
        let hit = table.hit(usize::from(width), usize::from(column), look);
        hit.map_or(Self::Nothing, |column| Self::Title(column.clone()))
    }

    /// What [`Cursor::click`](super::widgets::cursor::Cursor::click) means.
    #[must_use]
    pub fn line(again: Option<bool>) -> Self {
        match again {
            None => Self::Nothing,
            Some(false) => Self::Selected,
            Some(true) => Self::Again,
        }
    }
}

/// What a view does for the shell.
pub trait Body {
    /// Where a key is pressed.
    fn context(&self) -> Context;
    /// What has to be known to draw it.
    fn subject(&self) -> Subject;
    /// Whether [`When::HasLines`] or [`When::Opens`] holds; the shell knows about the others.
    fn allows(&self, when: When) -> bool;
    /// What the selected line leads to.
    fn opens(&self) -> Option<Opening>;
    /// The figures of the selected line, and those of the view as a whole.
    fn explains(&self) -> Option<Opening>;
    /// Takes in what the analyst found; other views' answers are left alone.
    fn loaded(&mut self, answer: &Answer);
    /// Fits selection and scroll position to a new size, language or content.
    fn settle(&mut self, look: &Look<'_>, size: Size);
    /// Moves the selection.
    fn step(&mut self, step: Step, look: &Look<'_>, size: Size);
    /// Takes a click on a cell, counted from the corner of the view.
    fn click(&mut self, place: Position, look: &Look<'_>, size: Size) -> Clicked;
    /// Whether a page of its own lies above it, which [`Body::back`] closes.
    fn is_deeper(&self) -> bool {
        false
    }
    /// Closes a page of its own; `false` when there is none.
    fn back(&mut self) -> bool {
        false
    }
    /// What can be edited in place.
    fn edits(&self) -> Option<edit::Subject> {
        None
    }
    /// Its table, where it has one that can be filtered, sorted and marked.
    fn sheet(&self) -> Option<&dyn Sheet> {
        None
    }
    /// Its table, to change it.
    fn sheet_mut(&mut self) -> Option<&mut dyn Sheet> {
        None
    }
    /// Draws it.
    fn draw(&self, buffer: &mut Buffer, area: Rect, look: &Look<'_>);
}

/// Every view with what it knows, and which one is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Views {
    shown: View,
    flow: funnel::Pane,
    pipeline: pipeline::Pane,
    handoffs: handoff::Pane,
    review: review::Pane,
    replay: handoff::ReplayPane,
    records: records::Pane,
    /// The view of each pane that was shown last.
    last: BTreeMap<Pane, View>,
}

impl Views {
    /// The views before anything is known.
    #[must_use]
    pub fn new(shown: View, settings: Settings, cut: Cut) -> Self {
        let mut views = Self {
            shown,
            pipeline: pipeline::Pane::new(settings.clone(), cut),
            review: review::Pane::new(settings.clone()),
            flow: funnel::Pane::new(settings),
            handoffs: handoff::Pane::default(),
            replay: handoff::ReplayPane::default(),
            records: records::Pane::default(),
            last: BTreeMap::new(),
        };
        views.show(shown);
        views
    }

    /// The one that is shown.
    #[must_use]
    pub fn shown(&self) -> View {
        self.shown
    }

    /// Shows another one, in the period and segment of the one before.
    pub fn show(&mut self, view: View) {
        let settings = self.settings().clone();
        if view != View::Queue {
            self.handoffs.leave();
        }
        if let View::Review(topic) = view {
            self.review.show(topic);
        }
        self.shown = view;
        self.last.insert(view.pane(), view);
        view.object().into_iter().for_each(|object| self.records.show(object));
        self.settings().share(&settings);
    }

    /// How the shown view is looked at.
    pub fn settings(&mut self) -> &mut Settings {
        match self.shown {
            View::Pipeline => self.pipeline.settings_mut(),
            View::Review(_) => self.review.settings_mut(),
            // Queues and records have no period of their own; the flow keeps it until one of the others is shown again.
            View::Flow | View::Queue | View::Replay | View::People | View::Accounts | View::Deals => {
                self.flow.settings_mut()
            }
        }
    }

    /// Looks at the shown view in another way.
    pub fn turn(&mut self, action: funnel::Action) {
        match self.shown {
            View::Flow => self.flow.update(action),
            View::Pipeline => self.pipeline.turn(action),
            View::Review(_) => self.review.settings_mut().turn(action),
            View::Queue | View::Replay | View::People | View::Accounts | View::Deals => {}
        }
    }

    /// Why a key would change nothing in how the shown view is looked at.
    #[must_use]
    pub fn refuses(&self, action: funnel::Action) -> Option<&'static str> {
        match self.shown {
            View::Flow => self.flow.refuses(action),
            View::Pipeline => self.pipeline.settings().refuses(action),
            View::Review(_) => self.review.settings().refuses(action),
            View::Queue | View::Replay | View::People | View::Accounts | View::Deals => None,
        }
    }

    /// The view of a pane that was shown last, or its first.
    #[must_use]
    pub fn of(&self, pane: Pane) -> View {
        let first = || pane.views().first().copied().unwrap_or_default();
        self.last.get(&pane).copied().unwrap_or_else(first)
    }

    /// The titles of the views of the shown pane; those of records with how many the search finds, where numbers are
    /// wanted.
    #[must_use]
    pub fn titles(&self, numbers: bool, look: &Look<'_>) -> Vec<Clean> {
        let title = |view: &View| {
            let n = view.object().filter(|_| numbers).and_then(|object| self.records.hits(object));
            match n {
                Some(n) => format!("{} {}", look.t(view.title()), look.locale.count(n as u64)).into(),
                None => look.t(view.title()),
            }
        };
        self.shown.pane().views().iter().map(title).collect()
    }

    /// The flow view, for its own actions.
    pub fn flow(&mut self) -> &mut funnel::Pane {
        &mut self.flow
    }

    /// What the shown view can be filtered by.
    #[must_use]
    pub fn segments(&self) -> funnel::Choices<'_> {
        match self.shown {
            View::Pipeline => self.pipeline.choices(),
            View::Flow | View::Queue | View::Review(_) | View::Replay | View::People | View::Accounts | View::Deals => {
                self.flow.choices()
            }
        }
    }

    /// The pipeline view, for its own actions.
    pub fn pipeline(&mut self) -> &mut pipeline::Pane {
        &mut self.pipeline
    }

    /// The hand-offs.
    #[must_use]
    pub fn handoffs(&self) -> &handoff::Pane {
        &self.handoffs
    }

    /// The hand-offs, for their own actions.
    pub fn handoffs_mut(&mut self) -> &mut handoff::Pane {
        &mut self.handoffs
    }

    /// The past under other rules.
    #[must_use]
    pub fn replay(&self) -> &handoff::ReplayPane {
        &self.replay
    }

    /// The past under other rules, to draft them.
    pub fn replay_mut(&mut self) -> &mut handoff::ReplayPane {
        &mut self.replay
    }

    /// What the shown view does.
    #[must_use]
    pub fn body(&self) -> &dyn Body {
        match self.shown {
            View::Flow => &self.flow,
            View::Pipeline => &self.pipeline,
            View::Queue => &self.handoffs,
            View::Review(_) => &self.review,
            View::Replay => &self.replay,
            View::People | View::Accounts | View::Deals => &self.records,
        }
    }

    /// What the shown view does, to change it.
    pub fn body_mut(&mut self) -> &mut dyn Body {
        match self.shown {
            View::Flow => &mut self.flow,
            View::Pipeline => &mut self.pipeline,
            View::Queue => &mut self.handoffs,
            View::Review(_) => &mut self.review,
            View::Replay => &mut self.replay,
            View::People | View::Accounts | View::Deals => &mut self.records,
        }
    }
}
