//! What keys and answers do while files are brought in.

use super::notices::Tone;
use super::popups::Popup;
use super::{App, Parts};
use crate::domain::message::Message;
use crate::ops::import::ImportReport;
use crate::tui::action::Effect;
use crate::tui::intake::News;
use crate::tui::look::Look;
use crate::tui::wizard::{self, IMPORT_PATH, Step, Turn, Wizard};
use crate::tui::writer::{Order, Progress};

impl App {
    /// Opens the wizard where it was left.
    pub(super) fn open_import(&mut self) {
        self.wizard.reopen();
        self.popups.push(Popup::Import);
    }

    /// Whether the wizard is on top of everything else.
    pub(super) fn is_importing(&self) -> bool {
        matches!(self.popups.last(), Some(Popup::Import))
    }

    /// Does something with the wizard, and what comes of it.
    pub(super) fn with_wizard(&mut self, turn: impl FnOnce(&mut Wizard, &Look<'_>) -> Turn) -> Vec<Effect> {
        let before = self.wizard.typed().to_owned();
        let Parts { wizard, look, .. } = self.parts();
        let Turn { mut effects, said, leaves } = turn(wizard, &look);
        if let Some((is_failure, message)) = said {
            self.say(if is_failure { Tone::Failed } else { Tone::Note }, &message);
        }
        if leaves {
            self.popups.retain(|popup| !matches!(popup, Popup::Import));
        }
        effects.extend(self.remembered_path(&before));
        effects
    }

    /// The path is a draft: it is kept as it is typed.
    pub(super) fn remembered_path(&self, before: &str) -> Option<Effect> {
        let path = self.wizard.typed();
        let remember = || Order::Remember { key: IMPORT_PATH.to_owned(), value: path.to_owned() };
        (path != before).then(|| Effect::Write(remember()))
    }

    pub(super) fn act_on_wizard(&mut self, action: wizard::Action) -> Vec<Effect> {
        self.with_wizard(|wizard, look| wizard.act(action, look))
    }

    pub(super) fn heard(&mut self, news: News) -> Vec<Effect> {
        self.with_wizard(|wizard, _| wizard.hear(news))
    }

    pub(super) fn importing(&mut self, progress: Progress) {
        self.wizard.progress(progress);
    }

    pub(super) fn imported(&mut self, dry_run: bool, result: Result<Box<ImportReport>, Message>) -> Vec<Effect> {
        self.with_wizard(|wizard, _| wizard.imported(dry_run, result))
    }

    pub(super) fn import_stopped(&mut self) -> Vec<Effect> {
        self.with_wizard(|wizard, _| wizard.stopped())
    }

    /// An import that was undone needs no summary any more.
    pub(super) fn leave_summary(&mut self) {
        if self.is_importing() && self.wizard.step() == Step::Done {
            self.popups.pop();
        }
    }

    /// Whether something runs that Ctrl-C stops instead of the program.
    pub(super) fn runs_an_import(&self) -> bool {
        self.is_importing() && matches!(self.wizard.step(), Step::Counting | Step::Importing)
    }
}
