//! What keys do to the period and the segment of the shown view, and to the flow's definitions.

use super::App;
use super::notices::Tone;
use super::popups::Popup;
use crate::domain::message::Message;
use crate::domain::period::Period;
use crate::tui::action::Effect;
use crate::tui::panes::funnel::Action;
use crate::tui::widgets::period::PeriodPage;
use crate::tui::widgets::segments::{self, SegmentsPage};

impl App {
    pub(super) fn act_on_flow(&mut self, action: Action) -> Vec<Effect> {
        if let Some(why) = self.views.refuses(action) {
            self.mention(Tone::Note, &Message::new(why));
            return Vec::new();
        }
        self.views.turn(action);
        if action == Action::Period {
            self.popups.push(Popup::Period(PeriodPage::default()));
        }
        if action == Action::Segment {
            self.popups.push(Popup::Segments(SegmentsPage::default()));
        }
        if action == Action::Definitions {
            self.views.flow().definitions().into_iter().for_each(|opening| self.drill.open(opening));
        }
        Vec::new()
    }

    /// Goes to the period that was typed, or says on the page what is wrong with it.
    pub(super) fn accept_period(&mut self) {
        let Some(Popup::Period(page)) = self.popups.last_mut() else { return };
        let settings = self.views.settings();
        let Some(period) = Period::parse(page.field.text(), settings.fiscal) else {
            page.mistake = Some("tui-period-unknown");
            return;
        };
        if settings.go_to(period) {
            self.popups.pop();
        } else {
            page.mistake = Some("tui-period-future");
        }
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
            segments::Action::Clear => false,
            segments::Action::Apply => !page.has_changed() && !chosen.as_ref().is_some_and(is_chosen),
        };
        if let Some((dimension, value)) = chosen.filter(|_| takes) {
            page.change();
            self.views.settings().toggle(dimension, &value);
        }
        match action {
            segments::Action::Apply => drop(self.popups.pop()),
            segments::Action::Clear => self.views.settings().clear_segment(),
            segments::Action::Toggle => {}
        }
        Vec::new()
    }
}
