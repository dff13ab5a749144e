//! What stands around a view: header, views, message line, hints.
//!
//! ```text
//!  revops  Lanternfield                             demo clock Tue 2026-11-17 10:12  EN
//!  1 Funnel  9 Records                      (on a low screen in the row of the views)
//! ─ Flow ─ Pipeline ──────────────────────────────────────────────────
//!  … the view, or what was opened from it …
//!  / yunfan                    12 of 1,589     (only while the table is filtered)
//! ──────────────────────────────────────────────────────────────────────────────────────
//!  ↑↓ select   ⏎ deals   v view   u undo   Ctrl-R redo   L 中文   ? help   q quit
//! ```

use super::{App, LEAST, LOW};
use crate::clock::Clock;
use crate::domain::message::Message;
use crate::text::{self, Clean};
use crate::tui::glyphs::ASCII;
use crate::tui::keymap;
use crate::tui::look::{Look, put, rows_of};
use crate::tui::theme::Meaning;
use crate::tui::views::{Pane, View};
use crate::tui::widgets::tabs;
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};

/// Rows of the parts of a screen, from top to bottom; the header has one.
pub(super) struct Rows {
    pub(super) views: usize,
    pub(super) body: usize,
    filter: usize,
    notice: usize,
    pub(super) hints: usize,
}

impl App {
    pub(super) fn rows(&self, size: Size) -> Rows {
        let height = usize::from(size.height);
        let notice = self.notice_lines(size.width).len().max(1);
        let hints = self.hints(size.width).height();
        // A low screen has panes and views in one row.
        let views = if size.height < LOW { 1 } else { 2 };
        let filter = usize::from(self.shows_filter());
        Rows { views, body: height.saturating_sub(1 + views + filter + notice + hints), filter, notice, hints }
    }

    /// Draws the whole screen.
    pub fn draw(&self, frame: &mut Frame<'_>) {
        let area = frame.area();
        let look = self.look();
        let buffer = frame.buffer_mut();
        // The page of a theme that has one; on the others this changes nothing.
        buffer.set_style(area, look.style(Meaning::Plain));
        if area.width < LEAST.width || area.height < LEAST.height {
            draw_too_small(buffer, area, &look);
            return;
        }
        let rows = self.rows(area.as_size());
        self.draw_header(buffer, rows_of(area, 0, 1), &look);
        self.draw_views(buffer, rows_of(area, 1, rows.views), &look);
        let top = 1 + rows.views;
        let body = rows_of(area, top, rows.body);
        let caret = self.draw_body(buffer, body);
        let top = top + rows.body;
        let caret = self.draw_filter(buffer, rows_of(area, top, rows.filter), &look).or(caret);
        let top = top + rows.filter;
        self.draw_notice(buffer, rows_of(area, top, rows.notice), &look);
        self.hints(area.width).draw(buffer, rows_of(area, top + rows.notice, rows.hints), &look);
        if self.glyphs == &ASCII {
            // Numbers and words have signs of their own.
            for cell in &mut buffer.content {
                if let Some(sign) = text::plain_sign(cell.symbol()) {
                    cell.set_symbol(sign);
                }
            }
        }
        caret.into_iter().for_each(|caret| frame.set_cursor_position(caret));
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
        if self.read_only {
            right = format!("{}  {right}", self.locale.t("tui-read-only"));
        }
        let right = Clean::from(format!("{right}  {}", self.locale.lang().badge()));
        let start = width.saturating_sub(right.width() + 1);
        let company = text::truncate(self.company.as_str(), start.saturating_sub(name + 1));
        put(buffer, row, (name, 0), &Clean::from(&*company), look.style(Meaning::Heading));
        put(buffer, row, (start, 0), &right, look.style(Meaning::Plain));
    }

    fn draw_views(&self, buffer: &mut Buffer, area: Rect, look: &Look<'_>) {
        let pane = self.views.shown().pane();
        let shown = Pane::ALL.iter().position(|other| *other == pane).unwrap_or(0);
        let [panes, views] = self.titles(area, look);
        tabs::draw_bar(buffer, rows_of(area, 0, 1), look, &panes, shown);
        let shown = pane.views().iter().position(|view| *view == self.views.shown()).unwrap_or(0);
        let row = row_of_views(area, &panes);
        let from = tabs::passed_over(&views, shown, row.width.into());
        tabs::draw(buffer, row, look, views.get(from..).unwrap_or_default(), shown - from);
    }

    /// The titles of panes and views. Where both stand in one row that is too short for them, the other panes are
    /// digits, and then the views tell no numbers.
    fn titles(&self, area: Rect, look: &Look<'_>) -> [Vec<Clean>; 2] {
        let titles = |names, numbers| [self.pane_titles(names, look), self.views.titles(numbers, look)];
        let fits = |[panes, views]: &[Vec<Clean>; 2]| {
            area.height > 1 || tabs::bar_width(panes) + tabs::width(views) <= usize::from(area.width)
        };
        let ways = [(true, true), (false, true)].map(|(names, numbers)| titles(names, numbers));
        ways.into_iter().find(fits).unwrap_or_else(|| titles(false, false))
    }

    /// `1 Funnel`, and `2 Hand-offs 12!` while twelve are breached; without names, `1` and `2 12!`.
    fn pane_titles(&self, names: bool, look: &Look<'_>) -> Vec<Clean> {
        let title = |pane: &Pane| {
            let breached = if *pane == Pane::Handoffs { self.views.handoffs().breached(look.now) } else { 0 };
            let badge = if breached > 0 { format!(" {}!", look.locale.count(breached as u64)) } else { String::new() };
            if names || *pane == self.views.shown().pane() {
                return format!("{} {}{badge}", pane.digit(), look.t(pane.title())).into();
            }
            format!("{}{badge}", pane.digit()).into()
        };
        Pane::ALL.iter().map(title).collect()
    }

    /// The view whose title, or the pane whose title, stands in this cell of the rows below the header.
    pub(super) fn view_at(&self, place: Position, area: Rect) -> Option<View> {
        let [panes, titles] = self.titles(area, &self.look());
        let views = row_of_views(area, &panes);
        if place.y == views.y && place.x >= views.x {
            let all = self.views.shown().pane().views();
            let shown = all.iter().position(|view| *view == self.views.shown()).unwrap_or(0);
            let from = tabs::passed_over(&titles, shown, views.width.into());
            let at = tabs::hit(titles.get(from..).unwrap_or_default(), usize::from(place.x - views.x))?;
            return all.get(from + at).copied();
        }
        let at = tabs::hit_bar(&panes, usize::from(place.x)).filter(|_| place.y == area.y)?;
        Pane::ALL.get(at).map(|pane| self.views.of(*pane))
    }

    /// Whether there is a filter to be seen.
    pub(super) fn shows_filter(&self) -> bool {
        let filtered = self.sheet().is_some_and(|sheet| !sheet.order().filter.is_empty());
        self.popups.is_empty() && (self.field.is_some() || filtered)
    }

    /// `/ yunfan   12 of 1,589`; the cell of the caret while it is typed into.
    fn draw_filter(&self, buffer: &mut Buffer, row: Rect, look: &Look<'_>) -> Option<Position> {
        let sheet = self.sheet().filter(|_| row.height > 0)?;
        let found = sheet.found(look).map(|(found, all)| {
            Message::new("tui-found")
                .with("found", look.locale.count(found as u64))
                .with("all", look.locale.count(all as u64))
        });
        let found = Clean::from(found.map(|message| look.locale.tell(&message)).unwrap_or_default());
        let start = usize::from(row.width).saturating_sub(found.width() + 1);
        put(buffer, row, (start, 0), &found, look.style(Meaning::Heading));
        put(buffer, row, (1, 0), &"/".into(), look.style(Meaning::Accent));
        let room = u16::try_from(start.saturating_sub(5)).unwrap_or(0);
        let place = Rect { x: row.x + 3, width: room, ..row };
        match &self.field {
            Some(field) => {
                field.draw(buffer, place, look);
                Some(field.caret(place))
            }
            None => {
                let filter = text::truncate(&sheet.order().filter, usize::from(room)).into_owned();
                put(buffer, place, (0, 0), &filter.into(), look.style(Meaning::Heading));
                None
            }
        }
    }

    /// ` 2 columns hidden: C `
    fn hidden_columns(&self, look: &Look<'_>) -> Option<Clean> {
        let sheet = self.sheet().filter(|_| self.popups.is_empty())?;
        let n = Some(look.hidden.count(sheet.id(), &sheet.columns(look))).filter(|n| *n > 0)?;
        let key = keymap::commands().find(|command| command.id == "columns").and_then(|c| look.keys.keys(c).first())?;
        let said = look.locale.tell(&Message::new("tui-columns-hidden").with("n", n));
        Some(format!(" {said}{}{} ", look.locale.t("colon"), key.shown(look.glyphs)).into())
    }

    /// The message, or a rule where there is none.
    fn draw_notice(&self, buffer: &mut Buffer, area: Rect, look: &Look<'_>) {
        let Some((meaning, _)) = self.told() else {
            let rule = Clean::from(look.glyphs.rule.repeat(usize::from(area.width)));
            put(buffer, area, (0, 0), &rule, look.style(Meaning::Muted));
            if let Some(said) = self.hidden_columns(look) {
                let start = usize::from(area.width).saturating_sub(said.width() + 2);
                put(buffer, area, (start, 0), &said, look.style(Meaning::Muted));
            }
            return;
        };
        for (row, line) in self.notice_lines(area.width).iter().enumerate() {
            put(buffer, area, (1, row), &Clean::from(line.as_str()), look.style(meaning));
        }
    }
}

/// Where the titles of the views stand: below those of the panes, or behind them.
fn row_of_views(area: Rect, panes: &[Clean]) -> Rect {
    if area.height > 1 {
        return rows_of(area, 1, 1);
    }
    let used = u16::try_from(tabs::bar_width(panes)).unwrap_or(u16::MAX).min(area.width);
    Rect { x: area.x.saturating_add(used), width: area.width.saturating_sub(used), ..area }
}

/// One line that speakers of either language understand, as much of it as there is room for.
fn draw_too_small(buffer: &mut Buffer, area: Rect, look: &Look<'_>) {
    let text = "terminal too small / 终端太小";
    let shown = text::truncate(text, usize::from(area.width));
    put(buffer, area, (0, 0), &Clean::from(&*shown), look.style(Meaning::Plain));
}
