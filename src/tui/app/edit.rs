//! What keys do to a field that is edited in place.

use super::notices::Tone;
use super::popups::Popup;
use super::{App, Parts};
use crate::domain::message::Message;
use crate::ops::Edited;
use crate::tui::action::Effect;
use crate::tui::edit::{Action, DRAFTS, EditPage};
use crate::tui::views::View;
use crate::tui::widgets::field::Field;
use crate::tui::writer::Order;

impl App {
    /// Opens the field of the selected line, or the choice of one.
    pub(super) fn edit(&mut self) {
        if self.drill.is_empty() && self.views.shown() == View::Replay {
            if !self.open_rules() {
                self.mention(Tone::Note, &Message::new("edit-none"));
            }
            return;
        }
        let subject = if self.drill.is_empty() { self.views.body().edits() } else { self.drill.edits() };
        match subject.and_then(|subject| EditPage::open(subject, &self.drafts, &self.locale)) {
            Some(page) => self.popups.push(Popup::Edit(Box::new(page))),
            None => self.mention(Tone::Note, &Message::new("edit-none")),
        }
    }

    pub(super) fn act_on_edit(&mut self, action: Action) -> Vec<Effect> {
        if matches!(self.popups.last(), Some(Popup::Rule(_))) {
            return self.act_on_rule(action);
        }
        let now = self.clock.now();
        let Some(Popup::Edit(page)) = self.popups.last_mut() else { return Vec::new() };
        match action {
            Action::Choose => page.choose(&self.drafts, &self.locale),
            Action::Save => return page.save(now).map(Effect::Write).into_iter().collect(),
            Action::Mine => return page.mine().map(Effect::Write).into_iter().collect(),
            Action::Theirs => {
                let forgotten = page.draft().map(|(name, _)| self.keep_draft(name, None));
                self.popups.pop();
                return forgotten.into_iter().collect();
            }
            Action::Leave => self.leave_edit(),
        }
        Vec::new()
    }

    /// One step back; what was typed is kept as a draft already.
    pub(super) fn leave_edit(&mut self) {
        if let Some(Popup::Rule(page)) = self.popups.last_mut() {
            if page.back() {
                self.popups.pop();
            }
            return;
        }
        let Some(Popup::Edit(page)) = self.popups.last_mut() else { return };
        let is_clash = page.context() == crate::tui::keymap::Context::Conflict;
        if is_clash {
            page.go_on();
        } else if page.back() {
            self.popups.pop();
        }
    }

    /// Types into the field, and keeps what it says.
    pub(super) fn type_draft(&mut self, change: impl FnOnce(&mut Field)) -> Vec<Effect> {
        if let Some(Popup::Rule(page)) = self.popups.last_mut() {
            page.change(change);
            let draft = page.draft();
            return draft.map(|(name, text)| self.keep_draft(name, text)).into_iter().collect();
        }
        let Some(Popup::Edit(page)) = self.popups.last_mut() else { return Vec::new() };
        page.change(change);
        let draft = page.draft();
        draft.map(|(name, text)| self.keep_draft(name, text)).into_iter().collect()
    }

    pub(super) fn keep_draft(&mut self, name: String, text: Option<String>) -> Effect {
        let key = format!("{DRAFTS}{name}");
        Effect::Write(match text {
            Some(text) => {
                self.drafts.insert(name, text.clone());
                Order::Remember { key, value: text }
            }
            None => {
                self.drafts.remove(&name);
                Order::Forget { key }
            }
        })
    }

    /// Takes in what became of an edit.
    pub(super) fn edited(&mut self, outcome: Result<Edited, Message>) -> Vec<Effect> {
        let Some(Popup::Edit(page)) = self.popups.last_mut() else {
            // The page was left meanwhile.
            let failed = outcome.as_ref().err().cloned();
            failed.iter().for_each(|message| self.say(Tone::Failed, message));
            return vec![Effect::Refresh];
        };
        let Some(field) = page.edited(outcome) else { return vec![Effect::Refresh] };
        let (name, draft) = (page.title().to_owned(), page.draft());
        self.popups.pop();
        let field = self.locale.t(&format!("field-{}", field.key));
        self.say(Tone::Done, &Message::new("edit-done").with("field", field).with("name", name));
        let forgotten = draft.map(|(name, _)| self.keep_draft(name, None));
        forgotten.into_iter().chain([Effect::Refresh]).collect()
    }

    /// Takes a click on a row of the page.
    pub(super) fn clicked_in_edit(&mut self, row: usize) -> Vec<Effect> {
        let size = self.body_size();
        let Parts { popups, .. } = self.parts();
        if let Some(Popup::Rule(page)) = popups.last_mut() {
            return if page.click(row, size) { self.act_on_rule(Action::Choose) } else { Vec::new() };
        }
        let Some(Popup::Edit(page)) = popups.last_mut() else { return Vec::new() };
        if page.click(row, size) && page.context() == crate::tui::keymap::Context::Fields {
            return self.act_on_edit(Action::Choose);
        }
        Vec::new()
    }
}
