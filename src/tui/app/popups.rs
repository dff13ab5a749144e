//! What lies above a view: help, palette, messages, columns, how data comes in.

use super::handoff::Pending;
use super::{App, Parts};
use crate::tui::action::{Action, Effect, Global, Step};
use crate::tui::analyst::Subject;
use crate::tui::edit::EditPage;
use crate::tui::keymap::{self, Command, Context, When};
use crate::tui::panes::handoff::{FormPage, RulePage};
use crate::tui::sheet::Sheet;
use crate::tui::views::View;
use crate::tui::widgets::ask::AskPage;
use crate::tui::widgets::columns::ColumnsPage;
use crate::tui::widgets::filter::Filter;
use crate::tui::widgets::filters::FiltersPage;
use crate::tui::widgets::help::HelpPage;
use crate::tui::widgets::messages::MessagesPage;
use crate::tui::widgets::palette::{self, Palette};
use crate::tui::widgets::period::PeriodPage;
use crate::tui::widgets::segments::SegmentsPage;
use crate::tui::widgets::welcome;
use crate::tui::wizard::Wizard;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};

/// One page above everything else.
pub(super) enum Popup {
    Help(HelpPage),
    Columns(ColumnsPage),
    Segments(SegmentsPage),
    Messages(MessagesPage),
    Palette(Palette),
    Period(PeriodPage),
    Edit(Box<EditPage>),
    /// A field of a policy, hand-off or calendar, in a draft of rules.
    Rule(Box<RulePage>),
    /// A question about hand-offs, and what is done with the answer.
    Ask(Box<AskPage>, Pending),
    Form(Box<FormPage>),
    Filters(FiltersPage),
    /// The files that are brought in; what has been chosen is the interface's own, so that it stays.
    Import,
}

impl Popup {
    fn context(&self, wizard: &Wizard) -> Context {
        match self {
            Self::Help(page) if page.filter.is_typing() => Context::Field,
            Self::Help(_) => Context::Help,
            Self::Columns(_) => Context::Columns,
            Self::Segments(page) if page.filter.is_typing() => Context::Field,
            Self::Segments(_) => Context::Segments,
            Self::Messages(_) => Context::Messages,
            Self::Palette(_) => Context::Palette,
            Self::Period(_) => Context::Field,
            Self::Edit(page) => page.context(),
            Self::Rule(page) => page.context(),
            Self::Ask(..) => Context::Ask,
            Self::Form(_) => Context::Form,
            Self::Filters(page) if page.is_typing() => Context::Field,
            Self::Filters(_) => Context::Filters,
            Self::Import => wizard.context(),
        }
    }
}

impl Popup {
    /// What has to be known to draw it, where that is not what lies below.
    pub(super) fn subject(&self) -> Option<Subject> {
        match self {
            Self::Edit(page) => page.searches().map(|(object, text)| Subject::Options(object, text.to_owned())),
            _ => None,
        }
    }

    /// Its filter, where it has one.
    pub(super) fn filter(&mut self) -> Option<&mut Filter> {
        match self {
            Self::Help(page) => Some(&mut page.filter),
            Self::Segments(page) => Some(&mut page.filter),
            _ => None,
        }
    }
}

impl App {
    /// Where a key is pressed.
    pub(super) fn context(&self) -> Context {
        self.context_below(&self.popups)
    }

    /// Where a key is pressed under these popups.
    fn context_below(&self, popups: &[Popup]) -> Context {
        match popups.last() {
            Some(popup) => popup.context(&self.wizard),
            None if self.field.is_some() => Context::Field,
            None => self.context_of_data(),
        }
    }

    /// The context without popups and fields.
    pub(super) fn context_of_data(&self) -> Context {
        let view = || if self.empty { Context::Welcome } else { self.views.body().context() };
        self.drill.context().unwrap_or_else(view)
    }

    /// Whether the first page stands where a view would be.
    pub(super) fn welcomes(&self) -> bool {
        self.empty && self.drill.is_empty()
    }

    pub(super) fn allows(&self, when: When) -> bool {
        self.allows_below(&self.popups, when)
    }

    fn allows_below(&self, popups: &[Popup], when: When) -> bool {
        match (popups.last(), when) {
            // The store knows best what can be undone: what was seen of it may be old.
            (_, When::Always | When::Undoes | When::Redoes) | (Some(_), When::Deeper | When::HasLines) => true,
            (_, When::SeveralFiles) => self.wizard.has_several(),
            (_, When::OwnStore) => !self.demo,
            (Some(_), When::AtTop | When::Opens | When::Edits | When::SeveralViews) => false,
            (None, When::Deeper) if self.holds() => true,
            (None, When::Deeper) if self.drill.is_empty() && self.views.body().is_deeper() => true,
            (None, When::AtTop) if self.drill.is_empty() && self.views.body().is_deeper() => false,
            (None, _) if !self.drill.is_empty() => self.drill.allows(when),
            (None, When::Deeper) => false,
            (None, When::AtTop) => true,
            (None, When::SeveralViews) => self.views.shown().pane().views().len() > 1,
            // The steps of the first page are its lines.
            (None, When::HasLines | When::Opens) if self.empty => true,
            // Rules are edited on a page of their own.
            (None, When::Edits) if self.views.shown() == View::Replay => self.views.body().allows(When::HasLines),
            (None, When::Edits) => self.views.body().edits().is_some(),
            (None, When::HasLines | When::Opens) => self.views.body().allows(when),
        }
    }

    /// The commands that can do something now.
    pub(super) fn commands(&self) -> impl Iterator<Item = &'static Command> + '_ {
        self.commands_below(&self.popups)
    }

    fn commands_below<'a>(&'a self, popups: &'a [Popup]) -> impl Iterator<Item = &'static Command> + 'a {
        let context = self.context_below(popups);
        keymap::commands()
            .filter(move |command| command.contexts.contains(&context) && self.allows_below(popups, command.when))
    }

    /// Those of them that are worth a hint.
    pub(super) fn offered(&self) -> impl Iterator<Item = &'static Command> + '_ {
        self.commands().filter(|command| match command.when {
            When::Undoes => self.reversible.undo,
            When::Redoes => self.reversible.redo,
            _ => true,
        })
    }

    /// Opens the page, or closes it when it is the uppermost one already.
    pub(super) fn turn_to(&mut self, page: Popup) {
        match self.popups.last().map(|popup| popup.context(&self.wizard)) {
            Some(context) if context == page.context(&self.wizard) => drop(self.popups.pop()),
            _ => self.popups.push(page),
        }
    }

    /// Opens the palette. What can be found in it is what could be done without it.
    pub(super) fn open_palette(&mut self) {
        self.popups.push(Popup::Palette(Palette::default()));
    }

    pub(super) fn act_on_palette(&mut self, action: palette::Action) -> Vec<Effect> {
        let Some(Popup::Palette(palette)) = self.popups.pop() else { return Vec::new() };
        match (action, palette.selected()) {
            (palette::Action::Run, Some(command)) => self.act(command.action),
            (palette::Action::Run, None) => {
                // There is nothing to run yet, and what was typed is not lost.
                self.popups.push(Popup::Palette(palette));
                Vec::new()
            }
            (palette::Action::Close, _) => Vec::new(),
        }
    }

    /// Moves in the uppermost page, or in what lies below.
    pub(super) fn step(&mut self, step: Step, size: Size) {
        let from = self.context_of_data();
        let (columns, said) = (self.sheet_columns(), self.said());
        if let Some(Popup::Filters(page)) = self.popups.last_mut() {
            return page.step(step, &self.filters, size);
        }
        if self.popups.is_empty() && self.welcomes() {
            let mut page = std::mem::take(&mut self.welcome);
            page.step(step, self.offered());
            self.welcome = page;
            return;
        }
        let Parts { views, drill, popups, wizard, look } = self.parts();
        match popups.last_mut() {
            Some(Popup::Help(page)) => page.step(step, &look, from, size),
            Some(Popup::Columns(page)) => page.step(step, &columns, size),
            Some(Popup::Segments(page)) => page.step(step, &views.segments(), &look, size),
            Some(Popup::Messages(page)) => page.step(step, &said, size),
            Some(Popup::Palette(palette)) => palette.step(step, size),
            Some(Popup::Period(_) | Popup::Filters(_)) => {}
            Some(Popup::Edit(page)) => page.step(step, size),
            Some(Popup::Rule(page)) => page.step(step, size),
            Some(Popup::Ask(page, _)) => page.step(step, size),
            Some(Popup::Form(page)) => page.step(step),
            Some(Popup::Import) => wizard.go_along(step, &look, size),
            None if drill.is_empty() => views.body_mut().step(step, &look, size),
            None => drill.step(step, &look, size),
        }
    }

    /// Fits the uppermost page to a new size, language or content.
    pub(super) fn settle_popup(&mut self, size: Size) {
        let columns = self.sheet_columns();
        match self.popups.pop() {
            Some(Popup::Palette(mut palette)) => {
                // Moves are quicker without the palette, so they stand at its end.
                let moves = |command: &&Command| matches!(command.action, Action::Global(Global::Move(_)));
                let others = self.commands().filter(|command| command.id != "palette" && !moves(command));
                palette.find(others.chain(self.commands().filter(moves)), [&self.locale, &self.other], size);
                self.popups.push(Popup::Palette(palette));
            }
            Some(Popup::Columns(mut page)) => {
                page.settle(&columns, size);
                self.popups.push(Popup::Columns(page));
            }
            Some(Popup::Help(mut page)) => {
                page.settle(&self.look(), self.context_of_data(), size);
                self.popups.push(Popup::Help(page));
            }
            Some(Popup::Segments(mut page)) => {
                page.settle(&self.views.segments(), &self.look(), size);
                self.popups.push(Popup::Segments(page));
            }
            Some(Popup::Filters(mut page)) => {
                page.settle(&self.filters, size);
                self.popups.push(Popup::Filters(page));
            }
            Some(Popup::Ask(mut page, pending)) => {
                page.settle(size);
                self.popups.push(Popup::Ask(page, pending));
            }
            Some(Popup::Edit(mut page)) => {
                page.settle(size);
                self.popups.push(Popup::Edit(page));
            }
            Some(Popup::Rule(mut page)) => {
                page.settle(size);
                self.popups.push(Popup::Rule(page));
            }
            Some(Popup::Import) => {
                self.popups.push(Popup::Import);
                let Parts { wizard, look, .. } = self.parts();
                wizard.settle(&look, size);
            }
            other => self.popups.extend(other),
        }
    }

    /// Draws the uppermost page, or what lies below; returns the cell of the caret.
    pub(super) fn draw_body(&self, buffer: &mut Buffer, area: Rect) -> Option<Position> {
        let look = self.look();
        match self.popups.last() {
            Some(Popup::Help(page)) => return page.draw(buffer, area, &look, self.context_of_data()),
            Some(Popup::Columns(page)) => {
                page.draw(buffer, area, &look, self.sheet().map_or("", Sheet::id), &self.sheet_columns());
            }
            Some(Popup::Segments(page)) => return page.draw(buffer, area, &look, &self.views.segments()),
            Some(Popup::Messages(page)) => page.draw(buffer, area, &look, &self.said()),
            Some(Popup::Palette(palette)) => return Some(palette.draw(buffer, area, &look)),
            Some(Popup::Period(page)) => return Some(page.draw(buffer, area, &look)),
            Some(Popup::Edit(page)) => return page.draw(buffer, area, &look),
            Some(Popup::Rule(page)) => return page.draw(buffer, area, &look),
            Some(Popup::Ask(page, _)) => return Some(page.draw(buffer, area, &look)),
            Some(Popup::Form(page)) => return page.draw(buffer, area, &look),
            Some(Popup::Filters(page)) => {
                return page.draw(buffer, area, &look, &self.filters, &self.filter_shown());
            }
            Some(Popup::Import) => return self.wizard.draw(buffer, area, &look),
            None if self.welcomes() => {
                let (what, selected) = (self.views.shown().fills(), self.welcome.selected(self.offered()));
                welcome::draw(buffer, area, &look, what, self.offered(), selected);
            }
            None if self.drill.is_empty() => self.views.body().draw(buffer, area, &look),
            None => self.drill.draw(buffer, area, &look),
        }
        None
    }
}
