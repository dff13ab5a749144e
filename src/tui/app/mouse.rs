//! What the mouse does: a click selects, a second one opens, the wheel moves.

use super::popups::Popup;
use super::{App, LEAST, Parts};
use crate::tui::action::{Effect, Mouse, Step};
use crate::tui::views::Clicked;
use crate::tui::widgets::segments;
use crate::tui::widgets::{columns, filters, palette};
use ratatui::layout::{Position, Rect};

/// Lines that one notch of the wheel moves.
const NOTCH: usize = 3;

impl App {
    pub(super) fn moused(&mut self, mouse: Mouse) -> Vec<Effect> {
        let size = self.body_size();
        match mouse {
            Mouse::WheelUp => (0..NOTCH).for_each(|_| self.step(Step::Up, size)),
            Mouse::WheelDown => (0..NOTCH).for_each(|_| self.step(Step::Down, size)),
            Mouse::Click(column, row) => {
                self.notices.clear();
                return self.clicked(column, row);
            }
        }
        Vec::new()
    }

    fn clicked(&mut self, column: u16, row: u16) -> Vec<Effect> {
        if self.size.width < LEAST.width || self.size.height < LEAST.height {
            return Vec::new();
        }
        let rows = self.rows(self.size);
        let Some(row) = usize::from(row).checked_sub(1) else { return Vec::new() };
        if row < rows.views {
            let Ok(height) = u16::try_from(rows.views) else { return Vec::new() };
            let place = Position { x: column, y: u16::try_from(row).unwrap_or(u16::MAX) };
            let view = self.view_at(place, Rect { x: 0, y: 0, width: self.size.width, height });
            return view.map_or_else(Vec::new, |view| self.show(view));
        }
        let row = row - rows.views;
        let Ok(y) = u16::try_from(row) else { return Vec::new() };
        if row < rows.body {
            return self.clicked_in_body(Position { x: column, y });
        }
        let below = usize::from(self.size.height).saturating_sub(1 + rows.views + rows.hints);
        let hint = row
            .checked_sub(below)
            .and_then(|row| self.hints(self.size.width).hit((usize::from(column), row), usize::from(self.size.width)));
        hint.map_or_else(Vec::new, |command| self.act(command.action))
    }

    fn clicked_in_body(&mut self, place: Position) -> Vec<Effect> {
        if matches!(self.popups.last(), Some(Popup::Edit(_) | Popup::Rule(_))) {
            return self.clicked_in_edit(usize::from(place.y));
        }
        let size = self.body_size();
        if let Some(Popup::Filters(page)) = self.popups.last_mut() {
            return match page.click(usize::from(place.y), &self.filters, size) {
                true => self.act_on_filters(filters::Action::Apply),
                false => Vec::new(),
            };
        }
        let titles = self.sheet_columns();
        let welcome = self.welcomes();
        let Parts { views, drill, popups, wizard, look } = self.parts();
        let clicked = match popups.last_mut() {
            Some(Popup::Palette(page)) => {
                return match page.click(usize::from(place.y), size) {
                    true => self.act_on_palette(palette::Action::Run),
                    false => Vec::new(),
                };
            }
            Some(Popup::Columns(page)) => {
                return match page.click(usize::from(place.y), &titles, size) {
                    true => self.act_on_columns(columns::Action::Toggle),
                    false => Vec::new(),
                };
            }
            Some(Popup::Segments(page)) => {
                return match page.click(usize::from(place.y), &views.segments(), &look, size) {
                    true => self.act_on_segments(segments::Action::Toggle),
                    false => Vec::new(),
                };
            }
            Some(Popup::Import) => {
                return match wizard.click(usize::from(place.y), &look, size) {
                    Some(action) => self.act_on_wizard(action),
                    None => Vec::new(),
                };
            }
            Some(Popup::Ask(..)) => return self.clicked_in_question(usize::from(place.y)),
            Some(
                Popup::Help(_)
                | Popup::Messages(_)
                | Popup::Period(_)
                | Popup::Edit(_)
                | Popup::Rule(_)
                | Popup::Form(_)
                | Popup::Filters(_),
            ) => Clicked::Nothing,
            None if !drill.is_empty() => drill.click(place, &look, size),
            None if welcome => Clicked::Nothing,
            None => views.body_mut().click(place, &look, size),
        };
        match clicked {
            Clicked::Nothing | Clicked::Selected => Vec::new(),
            Clicked::Again => {
                // Whoever clicks has left the field.
                self.field = None;
                self.open()
            }
            Clicked::Title(column) => {
                self.sort_by(&column);
                Vec::new()
            }
            Clicked::Did(effects) => effects,
        }
    }
}
