//! The first page, while the store is empty: what the program is, and what can be done next.

use super::cursor::Cursor;
use crate::text::{self, Clean};
use crate::tui::action::Step;
use crate::tui::keymap::Command;
use crate::tui::look::{Look, put, rows_of, select};
use crate::tui::theme::Meaning;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Cells before a paragraph, and between a key and its words.
const MARGIN: usize = 1;
const GAP: usize = 2;
/// The steps that are told, by the ids of their commands.
const STEPS: [&str; 6] = ["redo", "demo", "import", "language", "help", "quit"];

/// Writes paragraphs one below the other.
struct Writer<'a> {
    buffer: &'a mut Buffer,
    area: Rect,
    look: &'a Look<'a>,
    row: usize,
}

impl Writer<'_> {
    fn paragraph(&mut self, text: &Clean, indent: usize, meaning: Meaning) {
        let width = usize::from(self.area.width).saturating_sub(2 * MARGIN + indent);
        for line in text::wrap(text.as_str(), width) {
            put(self.buffer, self.area, (MARGIN + indent, self.row), &line.into(), self.look.style(meaning));
            self.row += 1;
        }
    }

    /// An empty row, where there is room for it.
    fn air(&mut self) {
        self.row += usize::from(self.area.height > 14);
    }
}

/// The first page: which of its steps is selected.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct WelcomePage(Cursor<&'static str>);

/// The steps there are now, in the order of the page; `commands` are those that can do something.
fn steps(commands: impl Iterator<Item = &'static Command>) -> Vec<&'static Command> {
    let mut steps: Vec<&Command> = commands.filter(|command| STEPS.contains(&command.id)).collect();
    steps.sort_by_key(|command| STEPS.iter().position(|id| *id == command.id));
    steps
}

impl WelcomePage {
    /// The step that Enter takes.
    #[must_use]
    pub fn selected(&self, commands: impl Iterator<Item = &'static Command>) -> Option<&'static Command> {
        let steps = steps(commands);
        let selected = steps.iter().find(|step| Some(&step.id) == self.0.key()).or(steps.first());
        selected.copied()
    }

    /// Moves the selection.
    pub fn step(&mut self, step: Step, commands: impl Iterator<Item = &'static Command>) {
        let keys: Vec<&'static str> = steps(commands).iter().map(|step| step.id).collect();
        self.0.settle(&keys, keys.len());
        self.0.step(step, &keys, keys.len());
    }
}

/// Draws the first page; `what` is the key of the words on what it will show, `commands` are those that can do something now, and one of them is selected.
pub fn draw(
    buffer: &mut Buffer,
    area: Rect,
    look: &Look<'_>,
    what: &str,
    commands: impl Iterator<Item = &'static Command>,
    selected: Option<&Command>,
) {
    let mut page = Writer { buffer, area, look, row: 0 };
    page.air();
    page.paragraph(&look.t("tui-welcome-title"), 0, Meaning::Heading);
    page.air();
    page.paragraph(&look.t(what), 0, Meaning::Plain);
    page.air();
    page.paragraph(&look.t("tui-welcome-next"), 0, Meaning::Heading);
    let steps = steps(commands);
    let key = |command: &Command| {
        Clean::from(look.keys.keys(command).first().map(|k| k.shown(look.glyphs)).unwrap_or_default())
    };
    let widest = steps.iter().map(|command| key(command).width()).max().unwrap_or(0);
    for command in steps {
        let row = page.row;
        page.paragraph(&look.t(command.description), 2 + widest + GAP, Meaning::Plain);
        put(page.buffer, area, (MARGIN + 2, row), &key(command), look.style(Meaning::Accent));
        if selected == Some(command) {
            select(page.buffer, rows_of(area, row, 1), look);
        }
    }
}
