//! The definitions of a funnel's stages: the lead-to-cash map.
//!
//! ```text
//!  Lead to cash · definitions v1 · measured in 2026-Q4 so far          1–20 / 61
//!  (Visitor) → Lead → MQL → (SAL) → SQL → Opportunity → Customer
//! ▸ Lead
//!    owner        Marketing
//!    enters when  showed interest and can be contacted: e-mail, phone or WeChat
//! ```

use super::lines::{Line, Lines, wrapped};
use crate::analysis::stages::StageMap;
use crate::domain::message::Message;
use crate::export::stages as words;
use crate::text::{self, Clean};
use crate::tui::action::Step;
use crate::tui::look::{Look, put, rows_of};
use crate::tui::theme::Meaning;
use crate::tui::views::Clicked;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};

/// Cells that ` 1–17 / 68 ` takes at the right edge of the title.
const POSITION: usize = 15;

/// The page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct StagesPage {
    map: StageMap,
    lines: Lines,
    /// The stage to begin with, until the page has a size.
    begin: Option<usize>,
}

impl StagesPage {
    pub(super) fn new(map: StageMap, stage: usize) -> Self {
        Self { map, lines: Lines::default(), begin: Some(stage) }
    }

    /// What stands above the lines: what this is, and the way through the stages where there is room.
    fn head(&self, look: &Look<'_>, size: Size) -> Vec<(String, Meaning)> {
        let title = Message::new("stages-title")
            .with("funnel", look.locale.pick(&self.map.name))
            .with("version", self.map.version)
            .with("period", words::period(&self.map, look.locale));
        let title = look.locale.tell(&title).replace('·', look.glyphs.dot);
        let path = words::path(&self.map, look.glyphs.arrow, look.locale);
        let room = usize::from(size.width).saturating_sub(2);
        let mut head = text::wrap(&title, room.saturating_sub(POSITION));
        let titles = head.len();
        head.extend(text::wrap(&path, room));
        let most = usize::from(size.height) / 3;
        if head.len() > most {
            head.truncate(titles.min(most));
        }
        let meaning = |at| if at < titles { Meaning::Heading } else { Meaning::Muted };
        head.into_iter().enumerate().map(|(at, line)| (line, meaning(at))).collect()
    }

    fn content(&self, look: &Look<'_>, width: u16) -> Vec<Line> {
        let mut lines = Vec::new();
        for stage in &self.map.stages {
            lines.push(Line::heading(words::title(stage, look.locale).into()));
            let facts = words::facts(stage, look.locale).into_iter();
            lines.extend(facts.map(|(key, value)| Line::pair(look.t(key), value, None)));
        }
        let drafts = words::drafts(&self.map, look.locale);
        lines.extend(drafts.map(|said| Line::pair(look.glyphs.draft.into(), said.trim_end(), None)));
        wrapped(lines, usize::from(width))
    }

    /// What the head leaves to the lines.
    fn below_head(&self, look: &Look<'_>, size: Size) -> Size {
        let head = u16::try_from(self.head(look, size).len()).unwrap_or(u16::MAX);
        Size { height: size.height.saturating_sub(head), ..size }
    }

    pub(super) fn settle(&mut self, look: &Look<'_>, size: Size) {
        let (content, size) = (self.content(look, size.width), self.below_head(look, size));
        match self.begin.take() {
            Some(stage) => self.lines.go_to_heading(stage, &content, size),
            None => self.lines.settle(&content, size),
        }
    }

    pub(super) fn step(&mut self, step: Step, look: &Look<'_>, size: Size) {
        let (content, size) = (self.content(look, size.width), self.below_head(look, size));
        self.lines.step(step, &content, size);
    }

    pub(super) fn click(&mut self, place: Position, look: &Look<'_>, size: Size) -> Clicked {
        let (content, below) = (self.content(look, size.width), self.below_head(look, size));
        let row = place.y.checked_sub(size.height - below.height);
        Clicked::line(row.and_then(|row| self.lines.click(usize::from(row), &content, below)))
    }

    /// The definition of the stage whose lines are selected.
    pub(super) fn copied(&self, look: &Look<'_>) -> Vec<Vec<Clean>> {
        let heading = self.lines.heading(&self.content(look, self.lines.width()));
        let Some(stage) = heading.and_then(|heading| self.map.stages.get(heading)) else { return Vec::new() };
        let facts = words::facts(stage, look.locale).into_iter().map(|(key, value)| vec![look.t(key), value.into()]);
        std::iter::once(vec![words::title(stage, look.locale).into()]).chain(facts).collect()
    }

    pub(super) fn draw(&self, buffer: &mut Buffer, area: Rect, look: &Look<'_>) {
        let (content, head) = (self.content(look, area.width), self.head(look, area.as_size()));
        for (row, (line, meaning)) in head.iter().enumerate() {
            put(buffer, area, (1, row), &Clean::from(line.as_str()), look.style(*meaning));
        }
        let list = rows_of(area, head.len(), usize::from(area.height));
        self.lines.put_position(buffer, area, look, usize::from(list.height), content.len());
        self.lines.draw(buffer, list, look, &content);
    }
}
