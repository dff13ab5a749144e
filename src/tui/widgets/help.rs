//! The help page: every command that the tables have, with all its keys.

use super::scroll::Scroll;
use crate::text::{self, Clean};
use crate::tui::action::Step;
use crate::tui::keymap::{Command, Context, commands};
use crate::tui::look::{Look, put, put_position, rows_of};
use crate::tui::theme::Meaning;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

/// Rows of the title, the one below it included.
const TITLE: usize = 2;
/// Cells before the keys, and between keys and words.
const MARGIN: usize = 2;
const GAP: usize = 2;

/// The help page and how far it is scrolled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct HelpPage(Scroll);

/// One row of the page; a long sentence goes on below itself.
struct Entry {
    keys: Clean,
    words: Clean,
}

impl HelpPage {
    /// Scrolls a page of this size.
    pub fn step(&mut self, step: Step, look: &Look<'_>, from: Context, size: Size) {
        let rows = usize::from(size.height).saturating_sub(TITLE);
        let entries = entries(look, from, usize::from(size.width)).entries.len();
        self.0.step(step, entries, rows);
    }

    /// Draws it. Commands of the screen it was called from stand first.
    pub fn draw(&self, buffer: &mut Buffer, area: Rect, look: &Look<'_>, from: Context) {
        put(buffer, area, (1, 0), &look.t("tui-help-title"), look.style(Meaning::Heading));
        let page = entries(look, from, usize::from(area.width));
        let list = rows_of(area, TITLE, usize::from(area.height));
        put_position(buffer, area, look, self.0.top(), usize::from(list.height), page.entries.len());
        for (row, entry) in page.entries.iter().skip(self.0.top()).take(usize::from(list.height)).enumerate() {
            put(buffer, list, (MARGIN, row), &entry.keys, look.style(Meaning::Accent));
            put(buffer, list, (MARGIN + page.keys + GAP, row), &entry.words, look.style(Meaning::Plain));
        }
    }
}

/// The rows of the page, and how wide the column of keys is.
struct Page {
    entries: Vec<Entry>,
    keys: usize,
}

fn entries(look: &Look<'_>, from: Context, width: usize) -> Page {
    let here = |command: &&Command| command.contexts.contains(&from);
    // What has no key is in the palette only.
    let keyed = || commands().filter(|command| !look.keys.keys(command).is_empty());
    let all: Vec<&Command> = keyed().filter(here).chain(keyed().filter(|command| !here(command))).collect();
    let shown = |command: &Command| {
        let keys: Vec<String> = look.keys.keys(command).iter().map(|key| key.shown(look.glyphs)).collect();
        Clean::from(keys.join(" "))
    };
    let keys = all.iter().map(|command| shown(command).width()).max().unwrap_or(0);
    let room = width.saturating_sub(MARGIN + keys + GAP + 1).max(10);
    let mut entries = Vec::new();
    for command in all {
        let mut keys = shown(command);
        for words in text::wrap(look.t(command.description).as_str(), room) {
            entries.push(Entry { keys: std::mem::take(&mut keys), words: words.into() });
        }
    }
    Page { entries, keys }
}
