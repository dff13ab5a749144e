//! Colours by meaning: the only file that names a colour.

use crate::export::svg::Ink;
use ratatui::style::{Color, Modifier, Style};

/// What a piece of text means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Meaning {
    /// Plain text.
    #[default]
    Plain,
    /// As it should be.
    Ok,
    /// Look at it.
    Warn,
    /// Over the line.
    Breach,
    /// Less important than its neighbours.
    Muted,
    /// Stands out: keys, bars, the name of the program.
    Accent,
    /// The selected line.
    Selection,
    /// Titles of columns and sections.
    Heading,
}

/// How meanings look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// The sixteen colours of the terminal, on its own background.
    #[default]
    Default,
    /// No colours: bold, dim, underlined and reversed only.
    Mono,
}

impl Theme {
    /// The style of a meaning.
    #[must_use]
    pub fn style(self, meaning: Meaning) -> Style {
        match self {
            Self::Default => coloured(meaning),
            Self::Mono => mono(meaning),
        }
    }
}

fn coloured(meaning: Meaning) -> Style {
    let plain = Style::new();
    match meaning {
        Meaning::Plain => plain,
        Meaning::Ok => plain.fg(Color::Green),
        Meaning::Warn => plain.fg(Color::Yellow),
        Meaning::Breach => plain.fg(Color::Red).add_modifier(Modifier::BOLD),
        // Bright black is unreadable on some dark palettes; dim text keeps the terminal's own colour.
        Meaning::Muted => plain.add_modifier(Modifier::DIM),
        Meaning::Accent => plain.fg(Color::Cyan),
        Meaning::Selection => plain.add_modifier(Modifier::REVERSED),
        Meaning::Heading => plain.add_modifier(Modifier::BOLD),
    }
}

fn mono(meaning: Meaning) -> Style {
    let plain = Style::new();
    match meaning {
        Meaning::Plain | Meaning::Ok | Meaning::Accent => plain,
        Meaning::Warn | Meaning::Heading => plain.add_modifier(Modifier::BOLD),
        Meaning::Breach => plain.add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
        Meaning::Muted => plain.add_modifier(Modifier::DIM),
        Meaning::Selection => plain.add_modifier(Modifier::REVERSED),
    }
}

/// The picture of a screen is drawn on a dark page.
pub const PAGE: Ink = Ink(0x14_18_1f);
const PAPER: Ink = Ink(0xd8_dc_e4);
const DIMMED: Ink = Ink(0x84_8c_9a);

/// Ink and background of a cell in a picture; no background where it is the page's.
#[must_use]
pub fn inks(style: Style) -> (Ink, Option<Ink>) {
    let ink = match style.fg {
        Some(Color::Green) => Ink(0x7c_c3_7c),
        Some(Color::Yellow) => Ink(0xe0_b4_5c),
        Some(Color::Red) => Ink(0xf0_78_70),
        Some(Color::Cyan) => Ink(0x6c_c0_d0),
        _ if style.add_modifier.contains(Modifier::DIM) => DIMMED,
        _ => PAPER,
    };
    if style.add_modifier.contains(Modifier::REVERSED) { (PAGE, Some(ink)) } else { (ink, None) }
}
