//! The view Replay: which rules hold, a draft of others, and the past under both.
//!
//! A draft is a list of changes, kept while other views are shown. Nothing is written until it is saved.

mod changed;
mod commands;
mod draw;
mod lines;
mod rule;

pub use commands::{Action, COMMANDS};
pub use rule::{Accepted, RulePage};

use crate::analysis::handoff::{Compared, HandoffFigure, Handoffs, find};
use crate::analysis::selection::{Selection, widened};
use crate::domain::figure::Figure;
use crate::domain::handoff::{Bodies, Edit, Field, Own, Place, Rules};
use crate::domain::message::{Message, Tell};
use crate::tui::action::Step;
use crate::tui::analyst::{Answer, ReplayAnswer, ReplayWish, Subject};
use crate::tui::drill::{Explained, Opening};
use crate::tui::keymap::{Context, When};
use crate::tui::look::{Look, put};
use crate::tui::name::Name;
use crate::tui::theme::Meaning;
use crate::tui::views::{Body, Clicked};
use crate::tui::widgets::cursor::Cursor;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};

/// What a line is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// All hand-offs; it leads to those that change.
    All,
    /// A policy, by its places.
    Policy(usize, usize),
    /// A calendar, by its key.
    Calendar(String),
}

/// The view.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ReplayPane {
    edits: Vec<Edit>,
    found: Option<Box<ReplayAnswer>>,
    /// The draft that the answer is of.
    answered: Vec<Edit>,
    cursor: Cursor<Line>,
    /// The hand-offs that change, while they are looked at.
    changed: Option<Cursor<usize>>,
}

impl ReplayPane {
    /// Whether there is a draft that differs from the rules that hold.
    #[must_use]
    pub fn is_drafted(&self) -> bool {
        !self.edits.is_empty()
    }

    /// The rules that are drafted, or else those that hold.
    #[must_use]
    pub fn rules(&self) -> Option<Rules> {
        let found = self.found.as_ref()?;
        let own = found.own.edited(&self.edits, &found.home).unwrap_or_else(|_| found.own.clone());
        Rules::new(own, &found.home).ok()
    }

    /// Takes a change into the draft.
    ///
    /// # Errors
    /// What is wrong with it; the draft is as it was.
    pub fn draft(&mut self, edit: Edit) -> Result<(), Message> {
        let Some(found) = &self.found else { return Ok(()) };
        let mut edits = self.edits.clone();
        // A field that is typed anew says the last alone; days are added to days.
        let replaces = |old: &Edit| match (old, &edit) {
            (Edit::Set(place, field, _), Edit::Set(other, of, _)) => {
                let is_list = matches!(field, Field::Holidays | Field::Working);
                (place, field) == (other, of) && !is_list
            }
            _ => false,
        };
        edits.retain(|old| !replaces(old));
        edits.push(edit);
        let own = found.own.edited(&edits, &found.home).map_err(|mistake| mistake.tell())?;
        // What is set back is no draft any more.
        let same = own.bodies().ok().is_some_and(|bodies| found.own.bodies() == Ok(bodies));
        self.edits = if same { Vec::new() } else { edits };
        Ok(())
    }

    /// Gives the draft up.
    pub fn drop_draft(&mut self) {
        self.edits.clear();
        self.changed = None;
    }

    /// What is to be kept, and what the store held when it was looked at.
    ///
    /// # Errors
    /// Why it cannot be kept.
    pub fn kept(&self) -> Result<Option<(Own, Bodies)>, Message> {
        let Some(found) = self.found.as_ref().filter(|_| self.is_drafted()) else { return Ok(None) };
        let own = found.own.edited(&self.edits, &found.home).map_err(|mistake| mistake.tell())?;
        Ok(Some((own, found.bodies.clone())))
    }

    /// What the selected line is of, where it has fields.
    #[must_use]
    pub fn place(&self) -> Option<Place> {
        let rules = self.rules()?;
        match self.cursor.key()? {
            Line::All => None,
            Line::Policy(kind, policy) => {
                let kind = rules.kinds.get(*kind)?;
                Some(Place::Policy(kind.key.clone(), kind.policies.get(*policy)?.key.clone()))
            }
            Line::Calendar(key) => Some(Place::Calendar(key.clone())),
        }
    }

    /// Looks at the hand-offs that change; `false` when there are none or another line is selected.
    pub fn look_at_changed(&mut self) -> bool {
        let changes = self.found.as_ref().is_some_and(|found| found.replay.changed > 0);
        let opens = changes && self.cursor.key() == Some(&Line::All) && self.changed.is_none();
        if opens {
            self.changed = Some(Cursor::default());
        }
        opens
    }

    /// Whether the records of hand-offs that change are looked at.
    #[must_use]
    pub fn opens_records(&self) -> bool {
        self.changed.is_some()
    }

    /// Whether the answer is of the draft as it is now.
    fn is_current(&self) -> bool {
        self.answered == self.edits
    }

    /// What the selected line counts, under both rules.
    fn compared(&self) -> Option<(&Compared, Handoffs, Name)> {
        let found = self.found.as_ref()?;
        match self.cursor.key()? {
            Line::Policy(kind, policy) => {
                let queue = found.replay.queues.iter().find(|queue| queue.place == (*kind, *policy))?;
                let of = Handoffs { kind: Some(*kind), policy: Some(*policy), ..Handoffs::default() };
                Some((&queue.compared, of, Name::Catalogue(lines::both(queue))))
            }
            Line::All => Some((&found.replay.all, Handoffs::default(), Name::key("tui-view-replay"))),
            Line::Calendar(_) => None,
        }
    }
}

impl Body for ReplayPane {
    fn context(&self) -> Context {
        Context::Replay
    }

    fn subject(&self) -> Subject {
        Subject::Replay(Box::new(ReplayWish { edits: self.edits.clone() }))
    }

    fn allows(&self, when: When) -> bool {
        match when {
            When::Deeper => self.changed.is_some(),
            When::HasLines => self.found.is_some(),
            When::Opens => self.cursor.key().is_some(),
            _ => true,
        }
    }

    fn opens(&self) -> Option<Opening> {
        let (found, at) = (self.found.as_ref()?, self.changed.as_ref()?.at());
        let item = found.replay.items.get(at)?;
        let (object, id) = item.item.place(&found.rules);
        Some(Opening::Record(object, id))
    }

    fn explains(&self) -> Option<Opening> {
        let (compared, _, name) = self.compared()?;
        let after = self.found.as_ref()?.draft.as_ref().ok()?;
        let told = |of: &str, figure: Figure<Selection>| Explained::plain(of.to_owned(), figure);
        let missed = [&compared.missed_before, &compared.missed_after];
        let before = compared.before.figures().into_iter().chain([missed[0]]).map(|figure| told("", widened(figure)));
        // Records under rules that do not hold are told one by one.
        let there = |figure: &HandoffFigure| {
            let places = find(after, &figure.records);
            let object = places.first().map(|(object, _)| *object)?;
            let ids = places.into_iter().filter(|(of, _)| *of == object).map(|(_, id)| id).collect();
            let records = Selection::These(object, ids);
            Some(told("→", Figure { metric: figure.metric, value: figure.value.clone(), n: figure.n, records }))
        };
        let drafted = self.is_drafted();
        let after = compared.after.figures().into_iter().chain([missed[1]]).filter(|_| drafted).filter_map(there);
        Some(Opening::Explain(name, before.chain(after).collect()))
    }

    fn loaded(&mut self, answer: &Answer) {
        match answer {
            Answer::Replay(found) => {
                self.found = Some(found.clone());
                self.answered = self.edits.clone();
                if found.replay.changed == 0 {
                    self.changed = None;
                }
            }
            Answer::Empty => self.found = None,
            _ => {}
        }
    }

    fn settle(&mut self, _: &Look<'_>, size: Size) {
        let keys = self.lines();
        self.cursor.settle(&keys, keys.len());
        let all = self.found.as_ref().map_or(0, |found| found.replay.items.len());
        let places: Vec<usize> = (0..all).collect();
        let rows = changed::rows(size);
        self.changed.iter_mut().for_each(|cursor| cursor.settle(&places, rows));
    }

    fn step(&mut self, step: Step, look: &Look<'_>, size: Size) {
        let all = self.found.as_ref().map_or(0, |found| found.replay.items.len());
        match &mut self.changed {
            Some(cursor) => cursor.step(step, &(0..all).collect::<Vec<_>>(), changed::rows(size)),
            None => {
                let keys = self.lines();
                self.cursor.step(step, &keys, keys.len());
            }
        }
        self.settle(look, size);
    }

    fn click(&mut self, place: Position, _: &Look<'_>, size: Size) -> Clicked {
        let row = usize::from(place.y);
        let all = self.found.as_ref().map_or(0, |found| found.replay.items.len());
        if let Some(cursor) = &mut self.changed {
            let row = row.checked_sub(changed::ABOVE);
            let keys: Vec<usize> = (0..all).collect();
            return Clicked::line(row.and_then(|row| cursor.click(row, &keys, changed::rows(size))));
        }
        let Some(line) = self.line_at(row, size) else { return Clicked::Nothing };
        let again = self.cursor.key() == Some(&line);
        self.cursor.select(line);
        Clicked::line(Some(again))
    }

    fn is_deeper(&self) -> bool {
        self.changed.is_some()
    }

    fn back(&mut self) -> bool {
        self.changed.take().is_some()
    }

    fn draw(&self, buffer: &mut Buffer, area: Rect, look: &Look<'_>) {
        match (&self.found, &self.changed) {
            (None, _) => drop(put(buffer, area, (1, 0), &look.t("tui-loading"), look.style(Meaning::Muted))),
            (Some(found), Some(cursor)) => changed::draw(buffer, area, look, found, cursor),
            (Some(found), None) => draw::draw(buffer, area, look, self, found),
        }
    }
}
