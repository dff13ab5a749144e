//! What a key can do, what it asks of the other threads, and what comes back.

use super::analyst::{Answer, Watch};
use super::edit;
use super::intake::{News, Request};
use super::keymap::Key;
use super::panes::{funnel, handoff, pipeline};
use super::theme::Theme;
use super::views::{Pane, View};
use super::widgets::ask;
use super::widgets::columns;
use super::widgets::field::Edit;
use super::widgets::filters;
use super::widgets::palette;
use super::widgets::segments;
use super::wizard;
use super::writer::{Done, Order, Progress};
use crate::analysis::handoff::Work;
use crate::ops::Reversible;
use std::sync::Arc;

/// What a key does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// The same everywhere.
    Global(Global),
    /// To a table.
    Table(Table),
    /// In a text field.
    Typing(Typing),
    /// To the saved filters.
    Filters(filters::Action),
    /// To a field that is edited in place.
    Edit(edit::Action),
    /// In the choice of columns.
    Columns(columns::Action),
    /// In the palette.
    Palette(palette::Action),
    /// In the flow view.
    Flow(funnel::Action),
    /// In the choice of a segment.
    Segments(segments::Action),
    /// In the pipeline view.
    Pipeline(pipeline::Action),
    /// With hand-offs.
    Handoff(handoff::Action),
    /// With a draft of rules.
    Replay(handoff::ReplayAction),
    /// In the form of a hand-off.
    Form(handoff::FormAction),
    /// With a question.
    Ask(ask::Action),
    /// While files are brought in.
    Wizard(wizard::Action),
}

/// What a key does everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Global {
    /// Moves the selection, or the page where nothing is selected.
    Move(Step),
    /// Edits a field of the selected record.
    Edit,
    /// Opens what the selected line leads to.
    Open,
    /// Explains the figures of the selected line.
    Explain,
    /// To the next view.
    NextView,
    /// To the view before.
    PreviousView,
    /// To this pane.
    Pane(Pane),
    /// To this view.
    View(View),
    /// To the search over all records.
    Find,
    /// One step back.
    Back,
    /// Shows the keys.
    Help,
    /// Finds a command by name.
    Palette,
    /// Shows the messages so far.
    Messages,
    /// Brings files in.
    Import,
    /// Goes on with the sample company.
    Demo,
    /// Speaks the next language.
    Language,
    /// Looks like the next theme.
    NextTheme,
    /// Looks like this theme.
    Theme(Theme),
    /// Undoes this person's newest action.
    Undo,
    /// Does again what was undone last.
    Redo,
    /// Leaves the program, from the first screen.
    Quit,
    /// Leaves the program, from anywhere.
    Stop,
}

/// What can be done to a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Table {
    /// Shows only what matches some text.
    Filter,
    /// Sorts by the next column.
    Sort,
    /// Sorts the other way round.
    Reverse,
    /// Shows the saved filters.
    Filters,
    /// Chooses the columns.
    Columns,
    /// Marks the selected line, or takes the mark away.
    Mark,
    /// Copies the marked lines, or else the selected one.
    Copy,
}

/// What a key does in a text field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typing {
    /// Keeps what has been typed, and goes on.
    Accept,
    /// Leaves the field as if nothing had been typed.
    Leave,
    /// Changes the text or moves the caret.
    Edit(Edit),
}

/// A move in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// One line up.
    Up,
    /// One line down.
    Down,
    /// One screen up.
    PageUp,
    /// One screen down.
    PageDown,
    /// To the first line.
    First,
    /// To the last line.
    Last,
}

/// What the mouse does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mouse {
    /// A click on this cell: column and row of the screen.
    Click(u16, u16),
    /// The wheel, upwards.
    WheelUp,
    /// The wheel, downwards.
    WheelDown,
}

/// What happened, to the interface.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// A key was pressed.
    Key(Key),
    /// The mouse was used.
    Mouse(Mouse),
    /// Text was pasted.
    Paste(String),
    /// The terminal has another size: columns, rows.
    Resize(u16, u16),
    /// The clock went on.
    Tick,
    /// The analyst answers the watch of this generation.
    Loaded(u64, Answer),
    /// The writer has carried out an order.
    Done(Done),
    /// The intake thread answers.
    Intake(News),
    /// An import has come so far.
    Importing(Progress),
    /// The hand-offs stand like this, for the bar of panes.
    Handoffs(Arc<Work>),
    /// There is something else to undo or to do again than before.
    Reversible(Reversible),
}

/// What the interface asks for: plain data, so that a test can read it.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Of the analyst: look at this from now on.
    Watch(Watch),
    /// Of the analyst: the store was just written.
    Refresh,
    /// Of the writer.
    Write(Order),
    /// Of the intake thread.
    Intake(Request),
    /// Of an import that is running: stop.
    StopImport,
    /// Of the terminal: put this text on the clipboard.
    Copy(String),
    /// Of the terminal: ring its bell.
    Bell,
    /// Of the program: go on with the sample company, in a store of its own.
    Demo,
    /// Of the program: end.
    Quit,
}
