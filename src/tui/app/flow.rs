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

    /// Adds the selected value to the segment or takes it out, or goes back to the view with what was chosen.
    pub(super) fn act_on_segments(&mut self, action: segments::Action) -> Vec<Effect> {
        let Some(Popup::Segments(page)) = self.popups.last_mut() else { return Vec::new() };
        let chosen = page.selected().cloned();
        let is_chosen = |(dimension, value): &segments::Value| {
            self.views.segments().chosen.0.get(dimension).is_some_and(|values| values.contains(value))
        };
        // Enter on a line is enough; behind Space it only says that this was all.
        let takes = match action {
            segments::Action::Toggle => true,
            segments::Action::Apply => !page.has_changed() && !chosen.as_ref().is_some_and(is_chosen),
        };
        if let Some((dimension, value)) = chosen.filter(|_| takes) {
            page.change();
            self.views.flow().toggle(dimension, &value);
        }
        if action == segments::Action::Apply {
            self.popups.pop();
        }
        Vec::new()
    }
}
