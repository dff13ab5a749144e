//! Keys, as the terminal tells them, as they are shown and as they are written in settings.

use crate::domain::fold::narrow;
use crate::tui::glyphs::{ASCII, Glyphs};
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
    /// Tab.
    Tab,
    /// Tab with Shift.
    BackTab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
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
            KeyCode::Tab => Self::Tab,
            KeyCode::BackTab => Self::BackTab,
            KeyCode::Backspace => Self::Backspace,
            KeyCode::Delete => Self::Delete,
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

    /// The key of a name as settings write it: `q`, `Space`, `Enter`, `PgUp`, `F1`, `Ctrl-R`. `None` for
    /// what is not a key, and for what terminals cannot tell from Enter, Tab and Backspace.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        let mut chars = name.chars();
        if let (Some(only), None) = (chars.next(), chars.next()) {
            return (!only.is_control() && only != ' ').then(|| Self::Char(only).bound());
        }
        let lower = name.to_ascii_lowercase();
        if let Some(letter) = lower.strip_prefix("ctrl-") {
            let mut letters = letter.chars();
            let only = letters.next().filter(|c| c.is_ascii_alphabetic() && letters.next().is_none())?;
            return (!"hijm".contains(only)).then_some(Self::Ctrl(only));
        }
        if let Some(number) = lower.strip_prefix('f').and_then(|number| number.parse().ok()) {
            return (1..=12).contains(&number).then_some(Self::F(number));
        }
        Some(match lower.as_str() {
            "space" => Self::Char(' '),
            "enter" => Self::Enter,
            "esc" => Self::Esc,
            "tab" => Self::Tab,
            "shift-tab" => Self::BackTab,
            "backspace" => Self::Backspace,
            "delete" => Self::Delete,
            "up" => Self::Up,
            "down" => Self::Down,
            "left" => Self::Left,
            "right" => Self::Right,
            "pgup" => Self::PageUp,
            "pgdn" => Self::PageDown,
            "home" => Self::Home,
            "end" => Self::End,
            _ => return None,
        })
    }

    /// The name that [`Key::parse`] reads.
    #[must_use]
    pub fn name(self) -> String {
        self.shown(&ASCII)
    }

    /// The key as it is written in hints and help.
    #[must_use]
    pub fn shown(self, glyphs: &Glyphs) -> String {
        let [enter, up, down, left, right] = glyphs.keys;
        match self {
            Self::Char(' ') => "Space".to_owned(),
            Self::Char(c) => c.to_string(),
            Self::Ctrl(c) => format!("Ctrl-{}", c.to_ascii_uppercase()),
            Self::Enter => enter.to_owned(),
            Self::Esc => "Esc".to_owned(),
            Self::Tab => "Tab".to_owned(),
            Self::BackTab => "Shift-Tab".to_owned(),
            Self::Backspace => "Backspace".to_owned(),
            Self::Delete => "Delete".to_owned(),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_read_again() {
        let named = [Key::Enter, Key::Esc, Key::Backspace, Key::Delete, Key::Up, Key::Down, Key::Left, Key::Right];
        let more = [
            Key::Tab,
            Key::BackTab,
            Key::PageUp,
            Key::PageDown,
            Key::Home,
            Key::End,
            Key::F(1),
            Key::F(12),
            Key::Ctrl('r'),
        ];
        for key in named.into_iter().chain(more).chain(" q?:-王".chars().map(Key::Char)) {
            assert_eq!(Key::parse(&key.name()), Some(key), "{}", key.name());
        }
        for name in ["", " ", "F13", "Ctrl-I", "Ctrl-1", "Ctrl-", "Alt-x", "Return"] {
            assert_eq!(Key::parse(name), None, "{name}");
        }
        assert_eq!(Key::parse("？"), Some(Key::Char('?')), "a full-width key is the narrow one");
    }
}
