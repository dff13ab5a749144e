//! What stands around a view: header, views, message line, hints.
//!
//! ```text
//!  revops  Lanternfield                             demo clock Tue 2026-11-17 10:12  EN
//! ─ Pipeline ───────────────────────────── (only where there are several views)
//!  … the view, or what was opened from it …
//! ──────────────────────────────────────────────────────────────────────────────────────
//!  ↑↓ select   ⏎ deals   v view   u undo   Ctrl-R redo   L 中文   ? help   q quit
//! ```

use super::{App, LEAST, Popup, Tone};
use crate::clock::Clock;
use crate::text::{self, Clean};
use crate::tui::look::{Look, put, rows_of};
use crate::tui::theme::Meaning;
use crate::tui::views::View;
use crate::tui::widgets::tabs;
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

/// Rows of the parts of a screen, from top to bottom; the header has one.
pub(super) struct Rows {
    views: usize,
    pub(super) body: usize,
    notice: usize,
    hints: usize,
}

impl App {
    pub(super) fn rows(&self, size: Size) -> Rows {
        let height = usize::from(size.height);
        let notice = self.notice_lines(size.width).len().max(1);
        let hints = self.hints(size.width).height();
        let views = usize::from(View::ALL.len() > 1);
        Rows { views, body: height.saturating_sub(1 + views + notice + hints), notice, hints }
    }

    /// Draws the whole screen.
    pub fn draw(&self, frame: &mut Frame<'_>) {
        let area = frame.area();
        let (buffer, look) = (frame.buffer_mut(), self.look());
        if area.width < LEAST.width || area.height < LEAST.height {
            draw_too_small(buffer, area, &look);
            return;
        }
        let rows = self.rows(area.as_size());
        self.draw_header(buffer, rows_of(area, 0, 1), &look);
        if rows.views > 0 {
            self.draw_views(buffer, rows_of(area, 1, rows.views), &look);
        }
        let top = 1 + rows.views;
        let body = rows_of(area, top, rows.body);
        match self.popups.last() {
            Some(Popup::Help(page)) => page.draw(buffer, body, &look, self.context_below()),
            None if self.drill.is_empty() => self.views.body().draw(buffer, body, &look),
            None => self.drill.draw(buffer, body, &look),
        }
        self.draw_notice(buffer, rows_of(area, top + rows.body, rows.notice), &look);
        let hints = rows_of(area, top + rows.body + rows.notice, rows.hints);
        self.hints(area.width).draw(buffer, hints, &look);
    }

    fn draw_header(&self, buffer: &mut Buffer, row: Rect, look: &Look<'_>) {
        let width = usize::from(row.width);
        let name = put(buffer, row, (1, 0), &"revops".into(), look.style(Meaning::Accent)) + 2;
        let mut right = self.locale.moment(look.now, self.zone);
        let clock = match self.clock {
            _ if self.demo => Some("tui-demo-clock"),
            Clock::Fixed(_) => Some("tui-as-of"),
            Clock::System | Clock::RunningFrom { .. } => None,
        };
        if let Some(key) = clock {
            right = format!("{} {right}", self.locale.t(key));
        }
        let right = Clean::from(format!("{right}  {}", self.locale.lang().badge()));
        let start = width.saturating_sub(right.width() + 1);
        let company = text::truncate(self.company.as_str(), start.saturating_sub(name + 1));
        put(buffer, row, (name, 0), &Clean::from(&*company), look.style(Meaning::Heading));
        put(buffer, row, (start, 0), &right, look.style(Meaning::Plain));
    }

    fn draw_views(&self, buffer: &mut Buffer, row: Rect, look: &Look<'_>) {
        let titles = View::ALL.map(|view| look.t(view.title()));
        let shown = View::ALL.iter().position(|view| *view == self.views.shown()).unwrap_or(0);
        tabs::draw(buffer, row, look, &titles, shown);
    }

    /// The message, or a rule where there is none.
    fn draw_notice(&self, buffer: &mut Buffer, area: Rect, look: &Look<'_>) {
        let Some(notice) = &self.notice else {
            let rule = Clean::from(look.glyphs.rule.repeat(usize::from(area.width)));
            put(buffer, area, (0, 0), &rule, look.style(Meaning::Muted));
            return;
        };
        let meaning = match notice.tone {
            Tone::Done => Meaning::Ok,
            Tone::Failed => Meaning::Breach,
            Tone::Note => Meaning::Warn,
        };
        for (row, line) in self.notice_lines(area.width).iter().enumerate() {
            put(buffer, area, (1, row), &Clean::from(line.as_str()), look.style(meaning));
        }
    }
}

/// One line that speakers of either language understand, as much of it as there is room for.
fn draw_too_small(buffer: &mut Buffer, area: Rect, look: &Look<'_>) {
    let text = "terminal too small / 终端太小";
    let shown = text::truncate(text, usize::from(area.width));
    put(buffer, area, (0, 0), &Clean::from(&*shown), look.style(Meaning::Plain));
}
