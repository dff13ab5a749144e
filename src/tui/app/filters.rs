//! What keys do to the filters that are saved by name.

use super::App;
use super::notices::Tone;
use super::popups::Popup;
use crate::domain::message::Message;
use crate::tui::action::Effect;
use crate::tui::widgets::filters::{Action, Changed, FILTERS, FiltersPage};
use crate::tui::writer::Order;

impl App {
    pub(super) fn open_filters(&mut self) {
        self.popups.push(Popup::Filters(FiltersPage::default()));
    }

    /// The filter of the table that is shown.
    pub(super) fn filter_shown(&self) -> String {
        self.sheet().map(|sheet| sheet.order().filter.clone()).unwrap_or_default()
    }

    pub(super) fn act_on_filters(&mut self, action: Action) -> Vec<Effect> {
        let shown = self.filter_shown();
        let Some(Popup::Filters(page)) = self.popups.last_mut() else { return Vec::new() };
        let changed = match action {
            Action::Apply => {
                let text = page.selected().and_then(|name| self.filters.get(name)).cloned();
                if let Some(text) = text {
                    self.popups.pop();
                    self.sheet_mut().into_iter().for_each(|sheet| sheet.order_mut().filter.clone_from(&text));
                }
                return Vec::new();
            }
            Action::Save if shown.is_empty() => {
                self.mention(Tone::Note, &Message::new("filters-nothing"));
                return Vec::new();
            }
            Action::Save => {
                page.name(None);
                return Vec::new();
            }
            Action::Rename => {
                if let Some(name) = page.selected().cloned() {
                    page.name(Some(name));
                }
                return Vec::new();
            }
            Action::Delete => {
                let changed = page.delete(&self.filters);
                let name = changed.iter().filter_map(|changed| changed.gone.clone()).next();
                name.iter().for_each(|name| self.mention(Tone::Note, &Message::new("filters-gone").with("name", name)));
                changed
            }
            Action::Restore => page.restore(),
        };
        self.keep_filters(changed)
    }

    /// Takes the name that was typed.
    pub(super) fn accept_filter_name(&mut self) -> Vec<Effect> {
        let shown = self.filter_shown();
        let Some(Popup::Filters(page)) = self.popups.last_mut() else { return Vec::new() };
        let changed = page.accept(&shown, &self.filters);
        self.keep_filters(changed)
    }

    fn keep_filters(&mut self, changed: Option<Changed>) -> Vec<Effect> {
        let Some(Changed { gone, there }) = changed else { return Vec::new() };
        let key = |name: &str| format!("{FILTERS}{name}");
        let mut orders = Vec::new();
        if let Some(name) = gone {
            self.filters.remove(&name);
            orders.push(Order::Forget { key: key(&name) });
        }
        if let Some((name, text)) = there {
            orders.push(Order::Remember { key: key(&name), value: text.clone() });
            self.filters.insert(name, text);
        }
        orders.into_iter().map(Effect::Write).collect()
    }
}
