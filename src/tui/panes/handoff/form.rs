//! The form of the hand-over to customer success: four fields, and what is done with them.
//!
//! What is typed is a draft, as in every field.

use crate::analysis::handoff::Key as LeadKey;
use crate::text;
use crate::tui::action::{self, Step};
use crate::tui::keymap::{Command, Context, Key, When};
use crate::tui::look::{Look, put, rows_of, select};
use crate::tui::theme::Meaning;
use crate::tui::widgets::field::Field;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use std::collections::BTreeMap;

/// What the form asks for, by its names in the JSON that is kept.
pub const FIELDS: [&str; 4] = ["background", "decision_chain", "success_criteria", "risks"];
/// What can be done with it.
const STEPS: [(Action, &str); 3] =
    [(Action::Save, "form-save"), (Action::Accept, "form-accept"), (Action::SendBack, "form-send-back")];
/// Rows above the first field, and of each field.
const ABOVE: usize = 2;
const ROWS: usize = 2;

/// What a key or a line does here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Goes on to the next line, or does what the selected line says.
    Next,
    /// Goes to the line below.
    Down,
    /// Goes to the line above.
    Up,
    /// Leaves the form; what was typed is kept.
    Leave,
    /// Keeps what it says.
    Save,
    /// Keeps it, and it is complete.
    Accept,
    /// It lacks something.
    SendBack,
}

const fn here(id: &'static str, keys: &'static [Key], texts: (&'static str, &'static str), action: Action) -> Command {
    let (label, description) = texts;
    let action = action::Action::Form(action);
    Command { id, keys, label, description, contexts: &[Context::Form], when: When::Always, action }
}

/// The commands of the form.
pub static COMMANDS: &[Command] = &[
    here("form-next", &[Key::Enter], ("tui-hint-choose", "tui-help-form-next"), Action::Next),
    here("form-down", &[Key::Tab], ("", "tui-help-form-down"), Action::Down),
    here("form-up", &[Key::BackTab], ("", "tui-help-form-up"), Action::Up),
    here("form-leave", &[Key::Esc], ("tui-hint-back", "tui-help-form-leave"), Action::Leave),
    here("form-keep", &[], ("", "tui-help-form-save"), Action::Save),
    here("form-accept", &[], ("", "tui-help-form-accept"), Action::Accept),
    here("form-send-back", &[], ("", "tui-help-form-send-back"), Action::SendBack),
];

/// The form of one hand-off.
#[derive(Debug, Clone, PartialEq)]
pub struct FormPage {
    /// The hand-off.
    pub key: LeadKey,
    title: String,
    fields: [Field; FIELDS.len()],
    /// What it said when it was opened.
    before: [String; FIELDS.len()],
    at: usize,
}

impl FormPage {
    /// The form as it was kept last, with what was typed since.
    #[must_use]
    pub fn new(key: LeadKey, title: String, kept: Option<&str>, drafts: &BTreeMap<String, String>) -> Self {
        let kept: BTreeMap<String, String> = kept.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
        let before = FIELDS.map(|field| kept.get(field).cloned().unwrap_or_default());
        let text = |field: &str| drafts.get(&draft_of(key, field)).or_else(|| kept.get(field));
        let fields = FIELDS.map(|field| Field::new(text(field).map_or("", String::as_str)));
        Self { key, title, fields, before, at: 0 }
    }

    /// What it says, as it is kept.
    #[must_use]
    pub fn kept(&self) -> String {
        let said: BTreeMap<&str, &str> = FIELDS.into_iter().zip(self.fields.iter().map(Field::text)).collect();
        serde_json::to_string(&said).unwrap_or_default()
    }

    /// Whether it says something else than what is kept.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        self.fields.iter().zip(&self.before).any(|(field, before)| field.text() != before)
    }

    /// Whether a field is empty.
    #[must_use]
    pub fn has_gaps(&self) -> bool {
        self.fields.iter().any(|field| field.text().trim().is_empty())
    }

    /// Types into the selected field.
    pub fn change(&mut self, change: impl FnOnce(&mut Field)) {
        if let Some(field) = self.fields.get_mut(self.at) {
            change(field);
        }
    }

    /// The names under which what is typed is kept, each with its text where it is not what is kept already.
    #[must_use]
    pub fn drafts(&self) -> Vec<(String, Option<String>)> {
        let draft = |((name, field), before): ((&str, &Field), &String)| {
            (draft_of(self.key, name), (field.text() != before).then(|| field.text().to_owned()))
        };
        FIELDS.into_iter().zip(&self.fields).zip(&self.before).map(draft).collect()
    }

    /// What the selected line does, where it is no field.
    #[must_use]
    pub fn step_selected(&self) -> Option<Action> {
        STEPS.get(self.at.checked_sub(FIELDS.len())?).map(|(action, _)| *action)
    }

    /// Moves the selection.
    pub fn step(&mut self, step: Step) {
        let last = FIELDS.len() + STEPS.len() - 1;
        self.at = match step {
            Step::Up => self.at.saturating_sub(1),
            Step::Down => (self.at + 1).min(last),
            Step::PageUp | Step::First => 0,
            Step::PageDown | Step::Last => last,
        };
    }

    /// Draws it; returns the cell of the caret while a field is selected.
    pub fn draw(&self, buffer: &mut Buffer, area: Rect, look: &Look<'_>) -> Option<Position> {
        let width = usize::from(area.width).saturating_sub(2);
        let title = text::truncate(&self.title, width).into_owned();
        put(buffer, area, (1, 0), &title.into(), look.style(Meaning::Heading));
        let mut caret = None;
        for (at, (name, field)) in FIELDS.iter().zip(&self.fields).enumerate() {
            let row = ABOVE + at * ROWS;
            let meaning = if at == self.at { Meaning::Accent } else { Meaning::Muted };
            put(buffer, area, (1, row), &look.t(&format!("form-{}", name.replace('_', "-"))), look.style(meaning));
            let line = rows_of(area, row + 1, 1);
            let line = Rect { x: line.x.saturating_add(3), width: line.width.saturating_sub(4), ..line };
            field.draw(buffer, line, look);
            if at == self.at {
                caret = Some(field.caret(line));
            }
        }
        for (at, (_, key)) in STEPS.iter().enumerate() {
            let row = rows_of(area, ABOVE + FIELDS.len() * ROWS + at, 1);
            put(buffer, row, (3, 0), &look.t(key), look.style(Meaning::Plain));
            if at + FIELDS.len() == self.at {
                select(buffer, row, look);
            }
        }
        caret
    }
}

/// Name of what was typed into a field of the form, among the drafts.
fn draft_of((kind, record): LeadKey, field: &str) -> String {
    format!("form-{kind}-{record}-{field}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drafts_win_over_what_is_kept_and_are_told_while_they_differ() {
        let kept = r#"{"background":"lamps","decision_chain":"Ana","success_criteria":"","risks":"none"}"#;
        let drafts = BTreeMap::from([("form-2-7-risks".to_owned(), "time".to_owned())]);
        let mut form = FormPage::new((2, 7), "Helio".into(), Some(kept), &drafts);
        assert!(form.is_changed() && form.has_gaps());
        assert!(form.kept().contains(r#""risks":"time""#), "{}", form.kept());
        form.step(Step::Down);
        form.step(Step::Down);
        form.change(|field| field.insert('x'));
        assert!(!form.has_gaps());
        let told: Vec<_> = form.drafts().into_iter().filter_map(|(_, text)| text).collect();
        assert_eq!(told, ["x", "time"]);
        form.step(Step::Last);
        assert_eq!(form.step_selected(), Some(Action::SendBack));
    }
}
