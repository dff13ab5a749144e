//! Keys, and the tables that say what they do.
//!
//! A command stands in exactly one table. The hint line, the help page and the look-up of a key all
//! walk over the same tables.

use super::action::{Action, Global, Step};
use super::glyphs::Glyphs;
use super::panes::pipeline;
use crate::domain::fold::narrow;
use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

/// A key with what was held down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Key {
    /// A character as it was typed, Shift included.
    Char(char),
    /// A character with Ctrl.
    Ctrl(char),
    /// Enter.
    Enter,
    /// Escape.
    Esc,
    /// Backspace.
    Backspace,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// Home.
    Home,
    /// End.
    End,
    /// A function key.
    F(u8),
}

impl Key {
    /// The key of a terminal event; `None` for releases and keys that nothing is bound to.
    #[must_use]
    pub fn from_event(event: KeyEvent) -> Option<Self> {
        if event.kind == KeyEventKind::Release {
            return None;
        }
        Some(match event.code {
            KeyCode::Char(c) if event.modifiers.contains(KeyModifiers::CONTROL) => Self::Ctrl(c.to_ascii_lowercase()),
            KeyCode::Char(c) => Self::Char(c),
            KeyCode::Enter => Self::Enter,
            KeyCode::Esc => Self::Esc,
            KeyCode::Backspace => Self::Backspace,
            KeyCode::Up => Self::Up,
            KeyCode::Down => Self::Down,
            KeyCode::Left => Self::Left,
            KeyCode::Right => Self::Right,
            KeyCode::PageUp => Self::PageUp,
            KeyCode::PageDown => Self::PageDown,
            KeyCode::Home => Self::Home,
            KeyCode::End => Self::End,
            KeyCode::F(number) => Self::F(number),
            _ => return None,
        })
    }

    /// The key as it is bound: a full-width `？` from a Chinese input method is `?`.
    #[must_use]
    pub fn bound(self) -> Self {
        match self {
            Self::Char(c) => Self::Char(narrow(c)),
            other => other,
        }
    }

    /// The key as it is written in hints and help.
    #[must_use]
    pub fn shown(self, glyphs: &Glyphs) -> String {
        let [enter, up, down, left, right] = glyphs.keys;
        match self {
            Self::Char(c) => c.to_string(),
            Self::Ctrl(c) => format!("Ctrl-{}", c.to_ascii_uppercase()),
            Self::Enter => enter.to_owned(),
            Self::Esc => "Esc".to_owned(),
            Self::Backspace => "Backspace".to_owned(),
            Self::Up => up.to_owned(),
            Self::Down => down.to_owned(),
            Self::Left => left.to_owned(),
            Self::Right => right.to_owned(),
            Self::PageUp => "PgUp".to_owned(),
            Self::PageDown => "PgDn".to_owned(),
            Self::Home => "Home".to_owned(),
            Self::End => "End".to_owned(),
            Self::F(number) => format!("F{number}"),
        }
    }
}

/// Where a key is pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Context {
    /// The lines of the pipeline view.
    Pipeline,
    /// A list of records.
    List,
    /// The page of a record.
    Record,
    /// The help page.
    Help,
}

impl Context {
    /// Every context.
    pub const ALL: [Self; 4] = [Self::Pipeline, Self::List, Self::Record, Self::Help];
    /// Those that show data: the views and what is opened from them.
    pub const DATA: [Self; 3] = [Self::Pipeline, Self::List, Self::Record];
    /// The views.
    pub const VIEWS: [Self; 1] = [Self::Pipeline];
}

/// What must be so for a command to do anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Nothing.
    Always,
    /// There is somewhere to go back to.
    Deeper,
    /// There is not.
    AtTop,
    /// The selected line leads somewhere.
    Opens,
    /// There are lines to look at.
    HasLines,
    /// There is another view to go to.
    SeveralViews,
}

impl When {
    /// Words for the user who presses the key all the same.
    #[must_use]
    pub const fn refusal(self) -> Option<&'static str> {
        match self {
            Self::AtTop => Some("tui-not-at-top"),
            Self::Always | Self::Deeper | Self::Opens | Self::HasLines | Self::SeveralViews => None,
        }
    }
}

/// One line of a table of commands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Command {
    /// Its name in settings and documents; never changes.
    pub id: &'static str,
    /// The keys, the one to be shown in hints first.
    pub keys: &'static [Key],
    /// Key of the word or two in the hint line; neighbours with the same words share them. Empty for
    /// commands that only the help page lists.
    pub label: &'static str,
    /// Key of the sentence on the help page.
    pub description: &'static str,
    /// Where the keys do this.
    pub contexts: &'static [Context],
    /// When they do.
    pub when: When,
    /// What they do.
    pub action: Action,
}

const fn moves(id: &'static str, keys: &'static [Key], label: &'static str, help: &'static str, step: Step) -> Command {
    let action = Action::Global(Global::Move(step));
    Command { id, keys, label, description: help, contexts: &Context::ALL, when: When::HasLines, action }
}

const fn global(
    id: &'static str,
    keys: &'static [Key],
    texts: (&'static str, &'static str),
    action: Global,
) -> Command {
    let (label, description) = texts;
    let action = Action::Global(action);
    Command { id, keys, label, description, contexts: &Context::ALL, when: When::Always, action }
}

/// Moves: the first in every hint line.
static MOVES: [Command; 6] = [
    moves("up", &[Key::Up, Key::Char('k')], "tui-hint-move", "tui-help-up", Step::Up),
    moves("down", &[Key::Down, Key::Char('j')], "tui-hint-move", "tui-help-down", Step::Down),
    moves("page-up", &[Key::PageUp, Key::Ctrl('b')], "", "tui-help-page-up", Step::PageUp),
    moves("page-down", &[Key::PageDown, Key::Ctrl('f')], "", "tui-help-page-down", Step::PageDown),
    moves("first", &[Key::Char('g'), Key::Home], "", "tui-help-first", Step::First),
    moves("last", &[Key::Char('G'), Key::End], "", "tui-help-last", Step::Last),
];

/// Opening, and going from view to view.
static VIEWING: [Command; 3] = [
    Command {
        contexts: &Context::DATA,
        when: When::Opens,
        ..global("open", &[Key::Enter], ("tui-hint-open", "tui-help-open"), Global::Open)
    },
    Command {
        contexts: &Context::VIEWS,
        when: When::SeveralViews,
        ..global(
            "next-view",
            &[Key::Char('v'), Key::Char(']')],
            ("tui-hint-view", "tui-help-next-view"),
            Global::NextView,
        )
    },
    Command {
        contexts: &Context::VIEWS,
        when: When::SeveralViews,
        ..global("previous-view", &[Key::Char('[')], ("", "tui-help-previous-view"), Global::PreviousView)
    },
];

/// What is the same everywhere: the last in every hint line.
static EVERYWHERE: [Command; 7] = [
    Command {
        when: When::Deeper,
        ..global("back", &[Key::Esc, Key::Backspace], ("tui-hint-back", "tui-help-back"), Global::Back)
    },
    Command {
        contexts: &Context::DATA,
        ..global("undo", &[Key::Char('u'), Key::Ctrl('z')], ("tui-hint-undo", "tui-help-undo"), Global::Undo)
    },
    Command {
        contexts: &Context::DATA,
        ..global("redo", &[Key::Ctrl('r'), Key::Ctrl('y')], ("tui-hint-redo", "tui-help-redo"), Global::Redo)
    },
    global("language", &[Key::Char('L')], ("tui-hint-language", "tui-help-language"), Global::Language),
    global("help", &[Key::Char('?'), Key::F(1)], ("tui-hint-help", "tui-help-help"), Global::Help),
    Command {
        when: When::AtTop,
        ..global("quit", &[Key::Char('q')], ("tui-hint-quit", "tui-help-quit"), Global::Quit)
    },
    global("stop", &[Key::Ctrl('c')], ("", "tui-help-stop"), Global::Stop),
];

/// Every command of the program, in the order of hints and help.
pub fn commands() -> impl Iterator<Item = &'static Command> {
    MOVES.iter().chain(&VIEWING).chain(pipeline::COMMANDS).chain(&EVERYWHERE)
}

/// The command of a key in a context, whether or not it can do anything now.
#[must_use]
pub fn find(key: Key, context: Context) -> Option<&'static Command> {
    let key = key.bound();
    commands().find(|command| command.contexts.contains(&context) && command.keys.contains(&key))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{Lang, Locale};
    use std::collections::HashSet;

    #[test]
    fn no_two_commands_share_a_key_in_one_context() {
        for context in Context::ALL {
            let mut seen = HashSet::new();
            for command in commands().filter(|command| command.contexts.contains(&context)) {
                for key in command.keys {
                    assert!(seen.insert(*key), "{key:?} twice in {context:?}");
                }
            }
        }
    }

    #[test]
    fn every_action_has_one_command_with_words_in_every_language() {
        let mut ids = HashSet::new();
        let all: Vec<_> = commands().collect();
        for command in &all {
            assert!(ids.insert(command.id), "{} twice", command.id);
            assert_eq!(all.iter().filter(|other| other.action == command.action).count(), 1, "{}", command.id);
            for lang in Lang::ALL {
                let locale = Locale::new(lang);
                assert!(locale.has(command.description), "{}", command.description);
                assert!(command.label.is_empty() || locale.has(command.label), "{}", command.label);
            }
        }
    }

    #[test]
    fn full_width_keys_are_narrow_ones() {
        assert_eq!(find(Key::Char('？'), Context::Pipeline), find(Key::Char('?'), Context::Pipeline));
        assert_eq!(Key::Char('：').bound(), Key::Char(':'));
        assert_eq!(Key::Char('／').bound(), Key::Char('/'));
    }

    #[test]
    fn escape_never_quits_and_q_does_only_at_the_top() {
        for context in Context::ALL {
            assert_eq!(find(Key::Esc, context).map(|c| c.action), Some(Action::Global(Global::Back)));
            assert_eq!(find(Key::Char('q'), context).map(|c| c.when), Some(When::AtTop));
        }
    }
}
