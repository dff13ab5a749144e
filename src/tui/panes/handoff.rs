//! The hand-offs pane: queues of what waits, judged live, and one hand-off after the other.
//!
//! What the analyst found is judged again while it is drawn, so a countdown asks the store for nothing.

mod commands;
mod draw;
mod form;
mod replay;
pub mod review;
mod side;
mod table;
mod triage;

pub use commands::{Action, COMMANDS, Wanted};
pub use form::{Action as FormAction, COMMANDS as FORM_COMMANDS, FormPage};
pub use replay::{Accepted, Action as ReplayAction, COMMANDS as REPLAY_COMMANDS, ReplayPane, RulePage};
pub use triage::Triage;

use crate::analysis::handoff::{HandoffFigure, Handoffs, Key, Lead, Slice, Work, line};
use crate::analysis::selection::widened;
use crate::domain::funnel::Bilingual;
use crate::domain::matching::Query;
use crate::domain::object::Object;
use crate::domain::time::Instant;
use crate::text::{self, Clean};
use crate::tui::action::Step;
use crate::tui::analyst::{Answer, HandoffWish, Past, Subject};
use crate::tui::drill::{Explained, Opening};
use crate::tui::keymap::{Context, When};
use crate::tui::look::{Look, put};
use crate::tui::name::Name;
use crate::tui::sheet::{Held, Order, Sheet, shown};
use crate::tui::theme::Meaning;
use crate::tui::views::{Body, Clicked};
use crate::tui::widgets::cursor::Cursor;
use crate::tui::widgets::table::{Cell, Column, HEAD};
use crate::tui::widgets::tabs::turned;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};
use std::collections::HashSet;
use std::sync::Arc;

/// The pane.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Pane {
    work: Option<Arc<Work>>,
    past: Option<Past>,
    slice: Slice,
    held: Held<Key>,
    /// The hand-offs of the queue that match the filter, in order: their places among all, and what tells them apart.
    shown: Vec<(usize, Key)>,
    triage: Option<Triage>,
    /// The hot ones that were seen, with when they began; `None` before anything was.
    heard: Option<HashSet<(Key, Instant)>>,
    /// A hot one that has come since the last answer.
    news: Option<String>,
}

impl Pane {
    /// How many hand-offs are breached at `now`, as far as is known.
    #[must_use]
    pub fn breached(&self, now: Instant) -> usize {
        self.work.as_ref().map_or(0, |work| work.breached(now))
    }

    /// Everything that is known.
    #[must_use]
    pub fn work(&self) -> Option<&Arc<Work>> {
        self.work.as_ref()
    }

    /// The queues, told while another pane is shown.
    pub fn know(&mut self, work: Arc<Work>) {
        self.work = Some(work);
    }

    /// Another pane is shown now: what comes meanwhile is no news when this one is shown again.
    pub fn leave(&mut self) {
        self.heard = None;
    }

    /// What happened to the selected one, where that is known.
    #[must_use]
    pub fn past(&self) -> Option<&Past> {
        self.past.as_ref().filter(|past| Some(&past.key) == self.held.cursor.key())
    }

    fn selected<'w>(&self, work: &'w Work) -> Option<&'w Lead> {
        if self.triage.as_ref().is_some_and(|triage| triage.is_over()) {
            return None;
        }
        let (place, _) = self.shown.get(self.held.cursor.at())?;
        work.leads.get(*place)
    }

    /// The marked hand-offs, or else the selected one.
    #[must_use]
    pub fn chosen(&self) -> Vec<&Lead> {
        let Some(work) = &self.work else { return Vec::new() };
        if self.held.marks.is_empty() || self.triage.is_some() {
            return self.selected(work).into_iter().collect();
        }
        let marked: HashSet<&Key> = self.held.marks.iter().collect();
        work.leads.iter().filter(|lead| marked.contains(&lead.key())).collect()
    }

    /// Another queue.
    pub fn turn(&mut self, by: usize) {
        let Some(work) = &self.work else { return };
        let slices = work.slices();
        let by = if by == 0 { slices.len().saturating_sub(1) } else { by };
        self.go_to(turned(&slices, self.slice, by));
    }

    fn go_to(&mut self, slice: Slice) {
        self.slice = slice;
        self.held.cursor = Cursor::default();
        self.held.marks.clear();
    }

    /// Marks everything that is shown, or takes all marks away.
    pub fn mark_all(&mut self) {
        if self.held.marks.is_empty() {
            self.held.marks = self.shown.iter().map(|(_, key)| *key).collect();
        } else {
            self.held.marks.clear();
        }
    }

    /// Begins to go through the queue: from what breaches next, or from the selected one.
    pub fn begin_triage(&mut self, from_selected: bool) {
        let keys: Vec<Key> = self.shown.iter().map(|(_, key)| *key).collect();
        if keys.is_empty() {
            return;
        }
        self.held.marks.clear();
        let from = if from_selected { self.held.cursor.at() } else { 0 };
        self.triage = Some(Triage::beginning(&keys, from));
        if !from_selected {
            keys.first().into_iter().for_each(|key| self.held.cursor.select(*key));
        }
    }

    /// Whether one hand-off after the other is gone through.
    #[must_use]
    pub fn is_in_triage(&self) -> bool {
        self.triage.is_some()
    }

    /// Something that settles a hand-off was done with these: marks are gone, and a triage goes on with the next.
    pub fn go_on(&mut self) {
        self.held.marks.clear();
        let keys: Vec<Key> = self.shown.iter().map(|(_, key)| *key).collect();
        if let (Some(triage), Some(key)) = (&mut self.triage, self.held.cursor.key()) {
            let next = triage.handled(*key, &keys);
            next.into_iter().for_each(|key| self.held.cursor.select(key));
        }
    }

    /// The newest deed is taken back: a triage goes back to it.
    pub fn taken_back(&mut self) {
        let key = self.triage.as_mut().and_then(Triage::back);
        key.into_iter().for_each(|key| self.held.cursor.select(key));
    }

    /// The name of a hot hand-off that has come since this was asked last.
    pub fn news(&mut self) -> Option<String> {
        self.news.take()
    }

    fn hear(&mut self, work: &Work) {
        let hot = work.leads.iter().filter(|lead| lead.item.waits() && work.is_hot(lead));
        let hot: Vec<(&Lead, (Key, Instant))> =
            hot.map(|lead| (lead, (lead.key(), lead.item.raised.handoff.began_at))).collect();
        // What was there when the pane was opened is no news, and what comes back by an undo was heard of.
        if let Some(heard) = &self.heard {
            let new = hot.iter().find(|(_, at)| !heard.contains(at));
            self.news = new.map(|(lead, _)| lead.called.name.clone());
        }
        self.heard.get_or_insert_default().extend(hot.into_iter().map(|(_, at)| at));
    }

    /// Finds the hand-offs that are shown, and their order.
    fn arrange(&mut self, look: &Look<'_>) {
        let Some(work) = &self.work else { return };
        let query = Query::new(&self.held.order.filter);
        let matches = |lead: &Lead| self.held.order.filter.is_empty() || query.matches(&lead.text);
        let inside = work.queue(self.slice).into_iter().filter(|(_, lead)| matches(lead));
        let mut shown: Vec<(usize, Key)> = inside.map(|(place, lead)| (place, lead.key())).collect();
        let columns = table::columns(self.slice, look);
        let sorted = self.held.order.sort;
        let column = sorted.and_then(|sort| Some((columns.iter().position(|column| column.key == sort.column)?, sort)));
        if let Some((column, sort)) = column {
            let cell = |(place, key): (usize, Key)| {
                let cells = work.leads.get(place).map(|lead| table::cells(work, lead, self.slice, look));
                (cells.unwrap_or_default().into_iter().nth(column).unwrap_or(Cell::plain("")), (place, key))
            };
            let mut cells: Vec<(Cell, (usize, Key))> = shown.into_iter().map(cell).collect();
            cells.sort_by(|(a, _), (b, _)| a.compare(b, sort.descending));
            shown = cells.into_iter().map(|(_, place)| place).collect();
        }
        self.shown = shown;
    }

    fn keys(&self) -> Vec<Key> {
        self.shown.iter().map(|(_, key)| *key).collect()
    }
}

/// What the form says, as it was kept last.
#[must_use]
pub fn kept_form(past: Option<&Past>) -> Option<String> {
    let rows = past?.rows.iter().rev();
    rows.filter(|row| row.object == Object::HandoffEvent).find_map(|row| row.get("details").text()).map(str::to_owned)
}

/// What the form of a hand-off is called.
#[must_use]
pub fn form_title(lead: &Lead, look: &Look<'_>) -> String {
    format!("{} {} {}", look.locale.t("form-title"), look.glyphs.dot, table::subject(lead, look))
}

impl Body for Pane {
    fn context(&self) -> Context {
        if self.triage.is_some() { Context::Triage } else { Context::Handoffs }
    }

    fn subject(&self) -> Subject {
        let selected = self.work.as_ref().and_then(|work| {
            let lead = self.selected(work)?;
            Some((lead.key(), work.place(lead)))
        });
        Subject::Handoffs(HandoffWish { selected })
    }

    fn allows(&self, when: When) -> bool {
        match when {
            When::Deeper => self.triage.is_some(),
            When::Opens => self.work.as_ref().is_some_and(|work| self.selected(work).is_some()),
            When::HasLines => !self.shown.is_empty() || !self.held.order.filter.is_empty(),
            _ => true,
        }
    }

    fn opens(&self) -> Option<Opening> {
        let work = self.work.as_ref()?;
        let (object, id) = work.place(self.selected(work)?);
        Some(Opening::Record(object, id))
    }

    fn explains(&self) -> Option<Opening> {
        let work = self.work.as_ref()?;
        let of = match self.slice {
            Slice::Policy(..) | Slice::Form(_) | Slice::Kickoff(_) => work.of(self.slice),
            _ => Handoffs::default(),
        };
        let all = line(&work.board, &of);
        let days = work.recent_days().map(|at| at.date().to_string()).join("..");
        let told = |of: String| move |figure: &HandoffFigure| Explained::plain(of.clone(), widened(figure));
        let recent = work.recent.figures().into_iter().filter(|_| self.slice == Slice::All).map(told(days));
        let ever = all.figures().into_iter().map(told(String::new()));
        let year = work.year().map(|at| at.date().to_string()).join("..");
        let care = work.care.figures().into_iter().filter(|_| self.slice.is_of_care());
        let care = care.map(|figure| Explained::plain(year.clone(), widened(figure)));
        let name = match self.slice {
            Slice::Policy(kind, policy) => {
                let kind = work.board.rules.kinds.get(kind)?;
                let policy = kind.policies.get(policy)?;
                let both = |a: &str, b: &str| format!("{a} · {b}");
                Name::Catalogue(Bilingual {
                    en: both(&kind.name.en, &policy.name.en),
                    zh: both(&kind.name.zh, &policy.name.zh),
                })
            }
            Slice::Form(kind) | Slice::Kickoff(kind) => Name::Catalogue(work.board.rules.kinds.get(kind)?.name.clone()),
            _ => Name::key("tui-pane-handoffs"),
        };
        Some(Opening::Explain(name, care.chain(recent).chain(ever).collect()))
    }

    fn loaded(&mut self, answer: &Answer) {
        match answer {
            Answer::Handoffs(found) => {
                self.hear(&found.work);
                self.work = Some(Arc::clone(&found.work));
                if found.past.is_some() {
                    self.past.clone_from(&found.past);
                }
            }
            Answer::Empty => self.work = None,
            _ => {}
        }
    }

    fn settle(&mut self, look: &Look<'_>, size: Size) {
        self.arrange(look);
        if let Some(work) = self.work.as_ref().filter(|_| !self.held.marks.is_empty()) {
            let known: HashSet<Key> = work.leads.iter().map(Lead::key).collect();
            self.held.marks.retain(|key| known.contains(key));
        }
        let (keys, rows) = (self.keys(), draw::plan(size).lines());
        if let Some(next) = self.triage.as_mut().and_then(|triage| triage.settle(self.held.cursor.key(), &keys)) {
            self.held.cursor.select(next);
        }
        self.held.cursor.settle(&keys, rows);
    }

    fn step(&mut self, step: Step, look: &Look<'_>, size: Size) {
        let keys = self.keys();
        if self.triage.is_some() {
            match step {
                Step::Up | Step::PageUp | Step::First => self.taken_back(),
                Step::Down | Step::PageDown | Step::Last => self.go_on(),
            }
            return self.settle(look, size);
        }
        self.held.cursor.step(step, &keys, draw::plan(size).lines());
    }

    fn click(&mut self, place: Position, look: &Look<'_>, size: Size) -> Clicked {
        let plan = draw::plan(size);
        let Some(work) = self.work.clone().filter(|_| self.triage.is_none()) else { return Clicked::Nothing };
        if plan.queues.is_some_and(|queues| queues.contains(place)) {
            let row = usize::from(place.y - plan.above).checked_sub(HEAD);
            let Some(slice) = row.and_then(|row| work.slices().get(row).copied()) else { return Clicked::Nothing };
            self.go_to(slice);
            return Clicked::Selected;
        }
        if !plan.table.contains(place) {
            return Clicked::Nothing;
        }
        let (column, row) = (place.x - plan.table.x, usize::from(place.y - plan.above));
        let Some(row) = row.checked_sub(HEAD) else {
            let table = draw::table(self, &work, look, plan.lines());
            return Clicked::title(&table, plan.table.width, column, look);
        };
        let keys = self.keys();
        Clicked::line(self.held.cursor.click(row, &keys, plan.lines()))
    }

    fn is_deeper(&self) -> bool {
        self.triage.is_some()
    }

    fn back(&mut self) -> bool {
        self.triage.take().is_some()
    }

    fn sheet(&self) -> Option<&dyn Sheet> {
        Some(self)
    }

    fn sheet_mut(&mut self) -> Option<&mut dyn Sheet> {
        Some(self)
    }

    fn draw(&self, buffer: &mut Buffer, area: Rect, look: &Look<'_>) {
        match (&self.work, &self.triage) {
            (None, _) => drop(put(buffer, area, (1, 0), &look.t("tui-loading"), look.style(Meaning::Muted))),
            (Some(work), _) if work.board.items.is_empty() => {
                let width = usize::from(area.width).saturating_sub(2);
                for (row, words) in text::wrap(&look.locale.t("tui-handoff-empty"), width).into_iter().enumerate() {
                    put(buffer, area, (1, row), &words.into(), look.style(Meaning::Muted));
                }
            }
            (Some(work), Some(triage)) => draw::draw_triage(buffer, area, look, self, work, triage),
            (Some(work), None) => draw::draw(buffer, area, look, self, work),
        }
    }
}

impl Sheet for Pane {
    fn id(&self) -> &'static str {
        draw::ID
    }

    fn columns(&self, look: &Look<'_>) -> Vec<Column> {
        table::columns(self.slice, look)
    }

    fn order(&self) -> &Order {
        &self.held.order
    }

    fn order_mut(&mut self) -> &mut Order {
        &mut self.held.order
    }

    fn found(&self, look: &Look<'_>) -> Option<(usize, usize)> {
        let work = self.work.as_ref()?;
        Some((self.shown.len(), work.counts(self.slice, look.now).0))
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
        let Some(work) = &self.work else { return Vec::new() };
        let columns = self.columns(look);
        let cells = |lead: &&Lead| shown(draw::ID, &columns, &table::cells(work, lead, self.slice, look), look);
        self.chosen().iter().map(cells).collect()
    }
}
