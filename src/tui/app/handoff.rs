//! What keys do with hand-offs: at once where nothing has to be asked, else by a question.

use super::notices::Tone;
use super::popups::Popup;
use super::{App, Parts};
use crate::analysis::handoff::{Key, Lead, Work};
use crate::domain::fold::fold;
use crate::domain::handoff::{Ends, State, Subject};
use crate::domain::message::Message;
use crate::domain::value::Id;
use crate::ops::{Deed, Task};
use crate::tui::action::Effect;
use crate::tui::panes::handoff::{Action, FormAction, FormPage, Wanted, form_title, kept_form};
use crate::tui::widgets::ask::{self, Answer, AskPage};
use crate::tui::widgets::field::Field;
use crate::tui::writer::{Handed, Order};
use std::collections::HashSet;
use std::sync::Arc;

mod questions;
mod replay;

/// Who of the team this person is, in the local state.
pub const ME: &str = "me";

/// What is done with the answer to a question.
#[derive(Debug, Clone, PartialEq)]
pub enum Pending {
    /// This, with these hand-offs.
    Do(Wanted, Vec<Key>),
    /// The form is sent back with a reason.
    SendBack(Key),
    /// What somebody has goes to others.
    Redistribute,
    /// Who I am, and then these are claimed.
    Me(Vec<Key>),
}

impl App {
    pub(super) fn act_on_handoffs(&mut self, action: Action) -> Vec<Effect> {
        let pane = self.views.handoffs_mut();
        match action {
            Action::NextQueue => pane.turn(1),
            Action::PreviousQueue => pane.turn(0),
            Action::MarkAll => {
                pane.mark_all();
                let n = pane.chosen().len();
                self.mention(Tone::Note, &Message::new("tui-marked").with("n", n));
            }
            Action::Triage => pane.begin_triage(false),
            Action::Redistribute => self.ask_whom_to_relieve(),
            Action::Route => return self.route(),
            Action::Do(wanted) => return self.want(wanted),
        }
        Vec::new()
    }

    /// Does something with the chosen hand-offs, or asks for what is missing.
    fn want(&mut self, wanted: Wanted) -> Vec<Effect> {
        let Some(work) = self.views.handoffs().work().cloned() else { return Vec::new() };
        let chosen = self.views.handoffs().chosen();
        let fit: Vec<&Lead> = chosen.into_iter().filter(|lead| fits(&work, lead, wanted)).collect();
        let keys: Vec<Key> = fit.iter().map(|lead| lead.key()).collect();
        let all_paused = fit.iter().all(|lead| lead.item.judged.state == State::Paused);
        if keys.is_empty() {
            self.mention(Tone::Note, &Message::new("handoff-not-for-this"));
            return Vec::new();
        }
        match wanted {
            Wanted::Claim => match self.me(&work) {
                Some(me) => self.hand(&keys, |_| Some(Deed::Claim(Id(me)))),
                None => self.ask_who_i_am(&work, keys),
            },
            Wanted::Accept => self.hand(&keys, |_| Some(Deed::Accept)),
            Wanted::NoShow => self.hand(&keys, |_| Some(Deed::NoShow)),
            Wanted::DoNotContact => self.hand(&keys, |_| Some(Deed::DoNotContact)),
            Wanted::Pause if all_paused => self.hand(&keys, |_| Some(Deed::Resume)),
            Wanted::Form => self.open_form(&work, keys),
            Wanted::Assign
            | Wanted::Touch
            | Wanted::Return
            | Wanted::Pause
            | Wanted::NextTouch
            | Wanted::Meeting
            | Wanted::Kickoff => self.ask(&work, wanted, keys),
        }
    }

    /// Who of the team this person is: as they said, or by name.
    fn me(&self, work: &Work) -> Option<i64> {
        let said = self.me.filter(|me| work.members.contains_key(me));
        let named = || {
            let actor = fold(&self.actor);
            work.members.iter().find(|(_, name)| fold(name) == actor).map(|(id, _)| *id)
        };
        said.or_else(named)
    }

    /// The order to do something with each of these hand-offs, as one action.
    fn hand(&mut self, keys: &[Key], deed: impl Fn(&Lead) -> Option<Deed>) -> Vec<Effect> {
        let Some(work) = self.views.handoffs().work().cloned() else { return Vec::new() };
        let wanted: HashSet<&Key> = keys.iter().collect();
        let leads: Vec<&Lead> = work.leads.iter().filter(|lead| wanted.contains(&lead.key())).collect();
        let task = |lead: &&Lead| Some((Task::of(&work.board, &lead.item)?, deed(lead)?));
        let deeds: Vec<(Task, Deed)> = leads.iter().filter_map(task).collect();
        let name = leads.first().filter(|_| leads.len() == 1).map(|lead| lead.called.name.clone());
        self.order_deeds(&work, deeds, name)
    }

    /// Hands deeds to the writer, and goes on with the next hand-off where they settle this one.
    fn order_deeds(&mut self, work: &Work, deeds: Vec<(Task, Deed)>, name: Option<String>) -> Vec<Effect> {
        if deeds.is_empty() {
            self.mention(Tone::Note, &Message::new("handoff-gone"));
            return Vec::new();
        }
        let by = self.me(work).map(Id);
        if deeds.iter().any(|(_, deed)| SETTLING.contains(&deed.key())) {
            self.views.handoffs_mut().go_on();
        }
        vec![Effect::Write(Order::Hand { deeds, by, name })]
    }

    /// Takes in what became of a deed.
    pub(super) fn handed(&mut self, handed: Handed) -> Vec<Effect> {
        let deed = self.locale.t(&format!("handoff-deed-{}", handed.deed.replace('_', "-")));
        let (tone, message) = match (handed.refused, handed.name) {
            (Some(refused), _) => {
                self.taken_back(handed.deed);
                (Tone::Failed, refused)
            }
            (None, Some(name)) => (Tone::Done, Message::new("handoff-did-one").with("deed", deed).with("name", name)),
            (None, None) => (Tone::Done, Message::new("handoff-did").with("deed", deed).with("n", handed.n)),
        };
        self.say(tone, &message);
        vec![Effect::Refresh]
    }

    /// A deed was refused or undone: where it had gone on to the next hand-off, it goes back.
    pub(super) fn taken_back(&mut self, deed: &str) {
        if SETTLING.contains(&deed) {
            self.views.handoffs_mut().taken_back();
        }
    }

    /// Takes the answer to a question.
    pub(super) fn act_on_question(&mut self, action: ask::Action) -> Vec<Effect> {
        let Some(Popup::Ask(page, pending)) = self.popups.last_mut() else { return Vec::new() };
        if action == ask::Action::Leave {
            self.popups.pop();
            return Vec::new();
        }
        let Some((answer, note)) = page.accept() else { return Vec::new() };
        let pending = pending.clone();
        self.popups.pop();
        self.answered(pending, answer, note)
    }

    fn answered(&mut self, pending: Pending, answer: Answer, note: Option<String>) -> Vec<Effect> {
        match (pending, answer) {
            (Pending::Me(keys), Answer::Member(Some(me))) => {
                self.me = Some(me);
                let mut effects = self.hand(&keys, |_| Some(Deed::Claim(Id(me))));
                effects.push(Effect::Write(Order::Remember { key: ME.to_owned(), value: me.to_string() }));
                effects
            }
            (Pending::Redistribute, Answer::Member(Some(from))) => self.redistribute(from),
            (Pending::SendBack(key), Answer::Text(reason)) => {
                self.hand(&[key], |_| Some(Deed::SendBack(reason.clone())))
            }
            (Pending::Do(_, keys), Answer::Spread) => self.spread(&keys),
            (Pending::Do(wanted, keys), answer) => self.hand(&keys, |_| deed(wanted, &answer, note.as_deref())),
            _ => Vec::new(),
        }
    }

    /// Gives these to whoever has room, one after the other.
    fn spread(&mut self, keys: &[Key]) -> Vec<Effect> {
        let Some(work) = self.views.handoffs().work().cloned() else { return Vec::new() };
        let wanted: HashSet<&Key> = keys.iter().collect();
        let leads = work.leads.iter().filter(|lead| wanted.contains(&lead.key()));
        self.assign_each(&work, work.spread(leads, None))
    }

    /// Gives what somebody has to others.
    fn redistribute(&mut self, from: i64) -> Vec<Effect> {
        let Some(work) = self.views.handoffs().work().cloned() else { return Vec::new() };
        self.assign_each(&work, work.redistributed(from))
    }

    /// Gives everything that nobody owns to whom it is suggested.
    fn route(&mut self) -> Vec<Effect> {
        let Some(work) = self.views.handoffs().work().cloned() else { return Vec::new() };
        let routed: Vec<(&Lead, Option<i64>)> = work.routed().into_iter().map(|(lead, to)| (lead, Some(to))).collect();
        if routed.is_empty() {
            self.mention(Tone::Note, &Message::new("handoff-nothing-to-route"));
            return Vec::new();
        }
        self.assign_each(&work, routed)
    }

    fn assign_each(&mut self, work: &Arc<Work>, to: Vec<(&Lead, Option<i64>)>) -> Vec<Effect> {
        let one =
            |(lead, to): &(&Lead, Option<i64>)| Some((Task::of(&work.board, &lead.item)?, Deed::Assign(to.map(Id))));
        let deeds = to.iter().filter_map(one).collect();
        self.order_deeds(work, deeds, None)
    }

    fn open_form(&mut self, work: &Work, keys: Vec<Key>) -> Vec<Effect> {
        let lead = work.leads.iter().find(|lead| keys.first() == Some(&lead.key()));
        let kept = kept_form(self.views.handoffs().past());
        if let Some(lead) = lead {
            let title = form_title(lead, &self.look());
            let page = FormPage::new(lead.key(), title, kept.as_deref(), &self.drafts);
            self.popups.push(Popup::Form(Box::new(page)));
        }
        Vec::new()
    }

    pub(super) fn act_on_form(&mut self, action: FormAction) -> Vec<Effect> {
        let Some(Popup::Form(page)) = self.popups.last_mut() else { return Vec::new() };
        let action = match action {
            FormAction::Next => page.step_selected().unwrap_or(FormAction::Down),
            other => other,
        };
        let (key, changed) = (page.key, page.is_changed());
        match action {
            FormAction::Next | FormAction::Down => page.step(crate::tui::action::Step::Down),
            FormAction::Up => page.step(crate::tui::action::Step::Up),
            FormAction::Leave => drop(self.popups.pop()),
            FormAction::Save if !changed => self.mention(Tone::Note, &Message::new("edit-same")),
            FormAction::Accept if page.has_gaps() => self.mention(Tone::Failed, &Message::new("form-has-gaps")),
            FormAction::Save => return self.keep_form(false),
            FormAction::Accept => return self.keep_form(true),
            FormAction::SendBack => self.ask_what_is_missing(key),
        }
        Vec::new()
    }

    /// Keeps what the form says, and accepts it where that is wanted, as one action; drafts have done their duty.
    fn keep_form(&mut self, accept: bool) -> Vec<Effect> {
        let Some(Popup::Form(page)) = self.popups.pop() else { return Vec::new() };
        let Some(work) = self.views.handoffs().work().cloned() else { return Vec::new() };
        let lead = work.leads.iter().find(|lead| lead.key() == page.key);
        let Some((task, name)) = lead.and_then(|lead| Some((Task::of(&work.board, &lead.item)?, &lead.called.name)))
        else {
            self.mention(Tone::Note, &Message::new("handoff-gone"));
            return Vec::new();
        };
        let said = page.is_changed().then(|| (task.clone(), Deed::Form(page.kept())));
        let accepted = accept.then_some((task, Deed::AcceptForm));
        let mut effects = self.order_deeds(&work, said.into_iter().chain(accepted).collect(), Some(name.clone()));
        for (name, _) in page.drafts() {
            effects.push(self.keep_draft(name, None));
        }
        effects
    }

    /// Types into the form, and keeps what it says.
    pub(super) fn type_form(&mut self, change: impl FnOnce(&mut Field)) -> Vec<Effect> {
        let Some(Popup::Form(page)) = self.popups.last_mut() else { return Vec::new() };
        page.change(change);
        let drafts = page.drafts();
        let changed = drafts.into_iter().filter(|(name, text)| self.drafts.get(name) != text.as_ref());
        let changed: Vec<_> = changed.collect();
        changed.into_iter().map(|(name, text)| self.keep_draft(name, text)).collect()
    }

    /// Tells of a hot hand-off that has come while the pane is open.
    pub(super) fn ring(&mut self) -> Vec<Effect> {
        let Some(name) = self.views.handoffs_mut().news() else { return Vec::new() };
        self.say(Tone::Note, &Message::new("handoff-new-hot").with("name", name));
        vec![Effect::Bell]
    }

    /// Whether something on the screen changes every second.
    #[must_use]
    pub fn counts_down(&self) -> bool {
        let shown = self.views.shown().pane() == crate::tui::views::Pane::Handoffs;
        shown && self.drill.is_empty() && self.popups.is_empty()
    }

    /// Puts a question above everything.
    fn put_question(&mut self, page: AskPage, pending: Pending) {
        self.popups.push(Popup::Ask(Box::new(page), pending));
    }

    /// Takes a click on a row of a question.
    pub(super) fn clicked_in_question(&mut self, row: usize) -> Vec<Effect> {
        let size = self.body_size();
        let Parts { popups, .. } = self.parts();
        let Some(Popup::Ask(page, _)) = popups.last_mut() else { return Vec::new() };
        if page.click(row, size) { self.act_on_question(ask::Action::Accept) } else { Vec::new() }
    }
}

/// Whether something can be done with a hand-off of its kind.
fn fits(work: &Work, lead: &Lead, wanted: Wanted) -> bool {
    let Some(kind) = work.board.kind(&lead.item.raised) else { return false };
    match wanted {
        Wanted::Form | Wanted::Kickoff => kind.ends == Ends::Form,
        Wanted::Accept | Wanted::DoNotContact => kind.subject == Subject::Person,
        Wanted::Pause => lead.item.waits(),
        _ => true,
    }
}

/// The words of deeds after which one goes on with the next hand-off.
const SETTLING: [&str; 7] = ["touch", "accept", "return", "assign", "pause", "meeting", "do_not_contact"];

/// What an answer means.
fn deed(wanted: Wanted, answer: &Answer, note: Option<&str>) -> Option<Deed> {
    Some(match (wanted, answer) {
        (Wanted::Assign, Answer::Member(member)) => Deed::Assign(member.map(Id)),
        (Wanted::Touch, Answer::Code(kind)) => Deed::Touch(*kind, note.map(str::to_owned)),
        (Wanted::Return, Answer::Text(reason)) => Deed::Return(reason.clone()),
        (Wanted::Pause, Answer::Text(reason)) => Deed::Pause(reason.clone()),
        (Wanted::NextTouch, Answer::Moment(at)) => Deed::NextTouch(*at),
        (Wanted::Meeting, Answer::Moment(at)) => Deed::Meeting(*at),
        (Wanted::Kickoff, Answer::Moment(at)) => Deed::Kickoff(*at),
        _ => return None,
    })
}
