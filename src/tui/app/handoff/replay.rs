//! What keys do with a draft of rules: change it, keep it, give it up.

use super::super::notices::Tone;
use super::super::popups::Popup;
use super::super::{App, Parts};
use crate::domain::calendar::Told;
use crate::domain::handoff::{Edit, Place};
use crate::domain::message::Message;
use crate::domain::value::ActionId;
use crate::export::handoff::left_out;
use crate::tui::action::Effect;
use crate::tui::edit;
use crate::tui::panes::handoff::{Accepted, ReplayAction, RulePage};
use crate::tui::writer::Order;

impl App {
    /// Opens what the selected line of the replay is of: the hand-offs that change, or the fields of a policy or
    /// calendar.
    pub(in crate::tui::app) fn open_rules(&mut self) -> bool {
        if self.views.replay().opens_records() {
            return false;
        }
        if self.views.replay_mut().look_at_changed() {
            return true;
        }
        let place = self.views.replay().place();
        if place.is_none() {
            self.mention(Tone::Note, &Message::new("tui-replay-no-changes"));
            return true;
        }
        let page = place.and_then(|place| RulePage::fields(self.views.replay(), &place, &self.drafts, &self.look()));
        let opens = page.is_some();
        self.popups.extend(page.map(|page| Popup::Rule(Box::new(page))));
        opens
    }

    pub(in crate::tui::app) fn act_on_replay(&mut self, action: ReplayAction) -> Vec<Effect> {
        match (action, self.views.replay().place()) {
            (ReplayAction::Save, _) => return self.save_rules(),
            (ReplayAction::Drop, _) => {
                let drafted = self.views.replay().is_drafted();
                self.views.replay_mut().drop_draft();
                let key = if drafted { "tui-replay-dropped" } else { "tui-replay-no-draft" };
                self.mention(Tone::Note, &Message::new(key));
            }
            (ReplayAction::Copy, Some(Place::Calendar(key))) => {
                let page = RulePage::copy(&key, &self.drafts, &self.look());
                self.popups.push(Popup::Rule(Box::new(page)));
            }
            (ReplayAction::Delete, Some(Place::Calendar(key))) => {
                if let Err(mistake) = self.views.replay_mut().draft(Edit::Delete(key)) {
                    self.say(Tone::Failed, &mistake);
                }
            }
            (ReplayAction::Copy | ReplayAction::Delete, _) => {
                self.mention(Tone::Note, &Message::new("tui-replay-needs-calendar"));
            }
        }
        Vec::new()
    }

    fn save_rules(&mut self) -> Vec<Effect> {
        match self.views.replay().kept() {
            Ok(Some((own, seen))) => vec![Effect::Write(Order::Define { own: Box::new(own), seen })],
            Ok(None) => {
                self.mention(Tone::Note, &Message::new("tui-replay-no-draft"));
                Vec::new()
            }
            Err(mistake) => {
                self.say(Tone::Failed, &mistake);
                Vec::new()
            }
        }
    }

    /// The rules were kept, or somebody else was faster: then the draft stays, and is judged beside what holds now.
    pub(in crate::tui::app) fn defined(&mut self, outcome: Result<ActionId, Message>) -> Vec<Effect> {
        match outcome {
            Ok(action) => {
                self.views.replay_mut().drop_draft();
                self.say(Tone::Done, &Message::new("tui-replay-saved").with("action", action));
            }
            Err(mistake) => self.say(Tone::Failed, &mistake),
        }
        vec![Effect::Refresh]
    }

    pub(in crate::tui::app) fn act_on_rule(&mut self, action: edit::Action) -> Vec<Effect> {
        let rules = self.views.replay().rules();
        let Some(Popup::Rule(page)) = self.popups.last_mut() else { return Vec::new() };
        match action {
            edit::Action::Choose => page.choose(rules.as_ref()),
            edit::Action::Leave => self.leave_edit(),
            edit::Action::Save => match page.accept() {
                Some(Accepted::Edit(edit)) => return self.draft_rule(edit),
                Some(Accepted::File(calendar, text)) => {
                    let path = self.wizard.path_of(&text);
                    return vec![Effect::Write(Order::Holidays { calendar, path })];
                }
                None => {}
            },
            edit::Action::Mine | edit::Action::Theirs => {}
        }
        Vec::new()
    }

    /// Takes a change into the draft; the page says why not, and keeps what was typed.
    fn draft_rule(&mut self, edit: Edit) -> Vec<Effect> {
        match (self.views.replay_mut().draft(edit), self.popups.last_mut()) {
            (Err(mistake), Some(Popup::Rule(page))) => {
                page.refuse(mistake);
                Vec::new()
            }
            _ => self.taken(),
        }
    }

    /// What was typed is in the draft: the page goes back to its fields, and nothing is kept of it.
    fn taken(&mut self) -> Vec<Effect> {
        let rules = self.views.replay().rules();
        let Parts { popups, look, .. } = self.parts();
        let Some(Popup::Rule(page)) = popups.last_mut() else { return Vec::new() };
        let name = page.taken(rules.as_ref(), &look);
        if page.is_for_one() {
            popups.pop();
        }
        name.map(|name| self.keep_draft(name, None)).into_iter().collect()
    }

    /// Takes the days of a file into the draft.
    pub(in crate::tui::app) fn told_holidays(&mut self, calendar: String, told: Result<Told, Message>) -> Vec<Effect> {
        // Whoever has left the page meanwhile is told all the same.
        let waits = matches!(self.popups.last(), Some(Popup::Rule(page)) if page.waits());
        let told = told.and_then(|told| {
            let said = Message::new("tui-rule-told").with("holidays", told.holidays.len());
            let left = left_out(&told.left_out, &self.locale).unwrap_or_default();
            let said = said.with("working", told.working.len()).with("left", left);
            let days = Edit::Days(calendar, told.holidays, told.working);
            self.views.replay_mut().draft(days).map(|()| said)
        });
        match (told, self.popups.last_mut()) {
            (Err(mistake), Some(Popup::Rule(page))) if waits => page.refuse(mistake),
            (Err(mistake), _) => self.say(Tone::Failed, &mistake),
            (Ok(said), _) => {
                self.say(Tone::Done, &said);
                return if waits { self.taken() } else { Vec::new() };
            }
        }
        Vec::new()
    }
}
