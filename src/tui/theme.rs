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
    /// Dark ink on a light page, whatever the terminal's colours are.
    Light,
    /// Light ink on a dark page.
    Dark,
    /// Blue and orange instead of green and red, on the terminal's own background.
    ColourBlind,
    /// No colours: bold, dim, underlined and reversed only.
    Mono,
}

/// The colours of one theme.
struct Palette {
    plain: Style,
    ok: Color,
    warn: Color,
    breach: Color,
    accent: Color,
    /// `None`: dim text of the plain colour.
    muted: Option<Color>,
}

impl Theme {
    /// Every theme, in the order in which the theme key walks through them.
    pub const ALL: [Self; 5] = [Self::Default, Self::Light, Self::Dark, Self::ColourBlind, Self::Mono];

    /// Its name in `--theme`, in settings and in the local state.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Light => "light",
            Self::Dark => "dark",
            Self::ColourBlind => "colour-blind",
            Self::Mono => "mono",
        }
    }

    /// The theme of a name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        // American spelling is understood too.
        Self::ALL.into_iter().find(|theme| theme.key() == key.replace("color", "colour"))
    }

    /// The theme after this one.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Default => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::ColourBlind,
            Self::ColourBlind => Self::Mono,
            Self::Mono => Self::Default,
        }
    }

    /// The colour of the page in a picture.
    #[must_use]
    pub fn page(self) -> Ink {
        match self.style(Meaning::Plain).bg {
            Some(Color::Indexed(index)) => indexed(index),
            _ => PAGE,
        }
    }

    /// The style of a meaning.
    #[must_use]
    pub fn style(self, meaning: Meaning) -> Style {
        match self {
            Self::Mono => mono(meaning),
            Self::Default | Self::Light | Self::Dark | Self::ColourBlind => self.palette().style(meaning),
        }
    }

    fn palette(self) -> Palette {
        let page = |ink, page| Style::new().fg(Color::Indexed(ink)).bg(Color::Indexed(page));
        match self {
            Self::Default | Self::Mono => Palette {
                plain: Style::new(),
                ok: Color::Green,
                warn: Color::Yellow,
                breach: Color::Red,
                accent: Color::Cyan,
                // Bright black is unreadable on some dark palettes; dim text keeps the terminal's own colour.
                muted: None,
            },
            Self::Light => Palette {
                plain: page(235, 231),
                ok: Color::Indexed(22),
                warn: Color::Indexed(94),
                breach: Color::Indexed(124),
                accent: Color::Indexed(24),
                muted: Some(Color::Indexed(242)),
            },
            Self::Dark => Palette {
                plain: page(252, 234),
                ok: Color::Indexed(114),
                warn: Color::Indexed(179),
                breach: Color::Indexed(210),
                accent: Color::Indexed(80),
                muted: Some(Color::Indexed(245)),
            },
            // Close to the blue, orange and vermilion of Okabe and Ito (2008), readable on black and white.
            Self::ColourBlind => Palette {
                plain: Style::new(),
                ok: Color::Indexed(32),
                warn: Color::Indexed(172),
                breach: Color::Indexed(166),
                accent: Color::Indexed(32),
                muted: None,
            },
        }
    }
}

impl Palette {
    fn style(&self, meaning: Meaning) -> Style {
        match meaning {
            Meaning::Plain => self.plain,
            Meaning::Ok => self.plain.fg(self.ok),
            Meaning::Warn => self.plain.fg(self.warn),
            Meaning::Breach => self.plain.fg(self.breach).add_modifier(Modifier::BOLD),
            Meaning::Muted => match self.muted {
                Some(colour) => self.plain.fg(colour),
                None => self.plain.add_modifier(Modifier::DIM),
            },
            Meaning::Accent => self.plain.fg(self.accent),
            Meaning::Selection => self.plain.add_modifier(Modifier::REVERSED),
            Meaning::Heading => self.plain.add_modifier(Modifier::BOLD),
        }
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
const PAGE: Ink = Ink(0x14_18_1f);
const PAPER: Ink = Ink(0xd8_dc_e4);
const DIMMED: Ink = Ink(0x84_8c_9a);

/// Ink and background of a cell in a picture of a page of this colour; no background where it is the page's.
#[must_use]
pub fn inks(style: Style, page: Ink) -> (Ink, Option<Ink>) {
    let ink = match style.fg {
        Some(Color::Green) => Ink(0x7c_c3_7c),
        Some(Color::Yellow) => Ink(0xe0_b4_5c),
        Some(Color::Red) => Ink(0xf0_78_70),
        Some(Color::Cyan) => Ink(0x6c_c0_d0),
        Some(Color::Indexed(index)) => indexed(index),
        _ if style.add_modifier.contains(Modifier::DIM) => DIMMED,
        _ => PAPER,
    };
    if style.add_modifier.contains(Modifier::REVERSED) { (page, Some(ink)) } else { (ink, None) }
}

/// One of the 256 colours of terminals, above the sixteen that each terminal has its own of: a cube of six
/// steps a side, then greys.
fn indexed(index: u8) -> Ink {
    let index = u32::from(index);
    if let Some(grey) = index.checked_sub(232) {
        return Ink((8 + 10 * grey) * 0x01_01_01);
    }
    let at = index.saturating_sub(16);
    let level = |step: u32| if step == 0 { 0 } else { 55 + 40 * step };
    Ink(level(at / 36) << 16 | level(at / 6 % 6) << 8 | level(at % 6))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn themes_are_found_by_name_and_walked_round() {
        for theme in Theme::ALL {
            assert_eq!(Theme::from_key(theme.key()), Some(theme));
        }
        assert_eq!(Theme::from_key("color-blind"), Some(Theme::ColourBlind));
        assert_eq!(Theme::from_key("pink"), None);
        assert_eq!((0..5).fold(Theme::Default, |theme, _| theme.next()), Theme::Default);
    }

    #[test]
    fn a_picture_has_the_colours_of_its_theme() {
        assert_eq!((Theme::Light.page(), Theme::Dark.page()), (Ink(0xff_ff_ff), Ink(0x1c_1c_1c)));
        assert_eq!((Theme::Default.page(), Theme::Mono.page()), (PAGE, PAGE));
        let (ink, page) = inks(Theme::Light.style(Meaning::Breach), Theme::Light.page());
        assert_eq!((ink, page), (Ink(0xaf_00_00), None));
    }

    #[test]
    fn selection_and_breach_never_depend_on_colour_alone() {
        for theme in Theme::ALL {
            assert!(theme.style(Meaning::Selection).add_modifier.contains(Modifier::REVERSED));
            assert!(theme.style(Meaning::Breach).add_modifier.contains(Modifier::BOLD));
        }
        let green_or_red = [Some(Color::Green), Some(Color::Red)];
        for meaning in [Meaning::Ok, Meaning::Warn, Meaning::Breach, Meaning::Accent] {
            assert!(!green_or_red.contains(&Theme::ColourBlind.style(meaning).fg));
        }
    }
}
