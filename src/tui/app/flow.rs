//! What keys do to the flow view, to its segment and its definitions.

use super::App;
use super::popups::Popup;
use crate::tui::action::Effect;
use crate::tui::panes::funnel::Action;
use crate::tui::widgets::segments::{self, SegmentsPage};

impl App {
    pub(super) fn act_on_flow(&mut self, action: Action) -> Vec<Effect> {
        self.views.flow().update(action);
        if action == Action::Segment {
            self.popups.push(Popup::Segments(SegmentsPage::default()));
        }
        if action == Action::Definitions {
            self.views.flow().definitions().into_iter().for_each(|opening| self.drill.open(opening));
        }
        Vec::new()
    }

    /// Adds the selected value to the segment, or takes it out.
    pub(super) fn act_on_segments(&mut self, action: segments::Action) -> Vec<Effect> {
        let segments::Action::Toggle = action;
        if let Some(Popup::Segments(page)) = self.popups.last()
            && let Some((dimension, value)) = page.selected()
        {
            self.views.flow().toggle(*dimension, value);
        }
        Vec::new()
    }
}
