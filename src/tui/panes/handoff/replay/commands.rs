//! What keys do in the view Replay.

use crate::tui::action;
use crate::tui::keymap::{Command, Context, Key, When};

/// What a key does here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Keeps the draft as the company's own rules.
    Save,
    /// Gives the draft up.
    Drop,
    /// A new calendar like the selected one.
    Copy,
    /// The selected calendar goes.
    Delete,
}

const fn here(id: &'static str, keys: &'static [Key], texts: (&'static str, &'static str), action: Action) -> Command {
    let (label, description) = texts;
    let action = action::Action::Replay(action);
    Command { id, keys, label, description, contexts: &[Context::Replay], when: When::HasLines, action }
}

/// The commands of this view.
pub static COMMANDS: &[Command] = &[
    here("replay-save", &[Key::Char('S')], ("tui-hint-replay-save", "tui-help-replay-save"), Action::Save),
    here("replay-drop", &[Key::Char('D')], ("tui-hint-replay-drop", "tui-help-replay-drop"), Action::Drop),
    here("replay-copy", &[Key::Char('n')], ("tui-hint-replay-copy", "tui-help-replay-copy"), Action::Copy),
    here("replay-delete", &[Key::Delete], ("", "tui-help-replay-delete"), Action::Delete),
];
