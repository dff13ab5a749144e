//! The help page: every command that the tables have, with all its keys.

use super::filter::Filter;
use super::scroll::Scroll;
use crate::domain::matching::{Folded, Query};
use crate::text::{self, Clean};
use crate::tui::action::{Action, Global, Step};
use crate::tui::keymap::{Command, Context, commands};
use crate::tui::look::{Look, put, put_position, rows_of};
use crate::tui::theme::Meaning;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};

/// Rows of the title, the one below it included.
const TITLE: usize = 2;
/// Cells before the keys, and between keys and words.
const MARGIN: usize = 2;
const GAP: usize = 2;

/// The help page: how far it is scrolled, and what it is filtered by.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct HelpPage {
    scroll: Scroll,
    /// Only commands whose keys or words match this.
    pub filter: Filter,
}

/// One row of the page; a long sentence goes on below itself.
struct Entry {
    keys: Clean,
    words: Clean,
    heading: bool,
}

impl HelpPage {
    /// Scrolls a page of this size.
    pub fn step(&mut self, step: Step, look: &Look<'_>, from: Context, size: Size) {
        let rows = usize::from(size.height).saturating_sub(TITLE);
        self.scroll.step(step, self.page(look, from, size.width).entries.len(), rows);
    }

    /// Fits to what the filter leaves.
    pub fn settle(&mut self, look: &Look<'_>, from: Context, size: Size) {
        let rows = usize::from(size.height).saturating_sub(TITLE);
        self.scroll.settle(self.page(look, from, size.width).entries.len(), rows);
    }

    fn page(&self, look: &Look<'_>, from: Context, width: u16) -> Page {
        entries(look, from, usize::from(width), &Query::new(self.filter.text()))
    }

    /// Draws it; returns the cell of the caret while the filter is typed into. Commands of the screen it was
    /// called from stand first.
    pub fn draw(&self, buffer: &mut Buffer, area: Rect, look: &Look<'_>, from: Context) -> Option<Position> {
        let caret = self.filter.draw(buffer, area, look, &look.t("tui-help-title"));
        let page = self.page(look, from, area.width);
        let list = rows_of(area, TITLE, usize::from(area.height));
        put_position(buffer, area, look, self.scroll.top(), usize::from(list.height), page.entries.len());
        for (row, entry) in page.entries.iter().skip(self.scroll.top()).take(usize::from(list.height)).enumerate() {
            if entry.heading {
                put(buffer, list, (1, row), &entry.words, look.style(Meaning::Heading));
                continue;
            }
            put(buffer, list, (MARGIN, row), &entry.keys, look.style(Meaning::Accent));
            put(buffer, list, (MARGIN + page.keys + GAP, row), &entry.words, look.style(Meaning::Plain));
        }
        if page.entries.is_empty() {
            put(buffer, list, (MARGIN, 0), &look.t("tui-no-lines"), look.style(Meaning::Muted));
        }
        caret
    }
}

/// The rows of the page, and how wide the column of keys is.
struct Page {
    entries: Vec<Entry>,
    keys: usize,
}

/// Key of the heading under which a command stands, for someone who comes from there, and the place of that
/// heading: what is at hand first, then moves and what is the same everywhere, then the other places.
fn group(command: &Command, from: Context) -> (usize, &'static str) {
    let everywhere = Context::PAGES.iter().all(|context| command.contexts.contains(context));
    match command.action {
        Action::Global(Global::Move(_)) => (1, "tui-help-moves"),
        _ if everywhere => (2, "tui-help-everywhere"),
        _ if command.contexts.contains(&from) => (0, from.title()),
        _ => {
            let place = Context::ALL.iter().position(|context| command.contexts.contains(context)).unwrap_or(0);
            (3 + place, Context::ALL.get(place).map_or("", |context| context.title()))
        }
    }
}

fn entries(look: &Look<'_>, from: Context, width: usize, query: &Query) -> Page {
    // What has no key is in the palette only.
    let mut all: Vec<(usize, &str, &Command)> = commands()
        .filter(|command| !look.keys.keys(command).is_empty())
        .map(|command| {
            let (place, heading) = group(command, from);
            (place, heading, command)
        })
        .collect();
    all.sort_by_key(|(place, ..)| *place);
    let shown = |command: &Command| {
        let keys: Vec<String> = look.keys.keys(command).iter().map(|key| key.shown(look.glyphs)).collect();
        Clean::from(keys.join(" "))
    };
    let keys = all.iter().map(|(.., command)| shown(command).width()).max().unwrap_or(0);
    let room = width.saturating_sub(MARGIN + keys + GAP + 1).max(10);
    let mut page = Page { entries: Vec::new(), keys };
    let matches =
        |keys: &str, words: &Clean| query.is_empty() || query.matches(&Folded::of_fields([keys, words.as_str()]));
    all.retain(|(.., command)| matches(shown(command).as_str(), &look.t(command.description)));
    let mut before = None;
    for (place, heading, command) in all {
        if before.replace(place) != Some(place) {
            page.head(look.t(heading));
        }
        page.line(shown(command), look.t(command.description).as_str(), room);
    }
    let signs: Vec<_> = signs(look).into_iter().filter(|(sign, key)| matches(sign, &look.t(key))).collect();
    if !signs.is_empty() {
        page.head(look.t("tui-help-signs"));
    }
    for (sign, key) in signs {
        page.line(sign.into(), look.t(key).as_str(), room);
    }
    page
}

/// The signs in tables, and keys of what they mean.
fn signs(look: &Look<'_>) -> [(&'static str, &'static str); 6] {
    let [green, amber, red] = look.glyphs.rag;
    [
        (green, "tui-sign-green"),
        (amber, "tui-sign-amber"),
        (red, "tui-sign-red"),
        (look.glyphs.draft, "tui-sign-draft"),
        (look.glyphs.about, "tui-sign-about"),
        (look.glyphs.mark, "tui-sign-mark"),
    ]
}

impl Page {
    fn head(&mut self, words: Clean) {
        if !self.entries.is_empty() {
            self.entries.push(Entry { keys: Clean::default(), words: Clean::default(), heading: false });
        }
        self.entries.push(Entry { keys: Clean::default(), words, heading: true });
    }

    fn line(&mut self, mut keys: Clean, words: &str, room: usize) {
        for words in text::wrap(words, room) {
            self.entries.push(Entry { keys: std::mem::take(&mut keys), words: words.into(), heading: false });
        }
    }
}
