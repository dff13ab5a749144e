//! One question: what is typed, and what can be chosen.
//!
//! ```text
//!  Return Ana Ruiz · Plenum, because
//!  stud▏
//! ▸ “stud”
//!   students
//! ```

use super::cursor::Cursor;
use super::field::Field;
use crate::domain::matching::{Folded, Query};
use crate::domain::time::Instant;
use crate::text;
use crate::tui::action::{self, Step};
use crate::tui::keymap::{Command, Context, Key, When};
use crate::tui::look::{Look, put, put_position, rows_of, select};
use crate::tui::theme::Meaning;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};

/// Rows above the choices: the question, what is typed, and what may be.
const ABOVE: usize = 4;
/// Cells before a choice.
const MARGIN: usize = 3;

/// What a key does here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Takes the selected answer.
    Accept,
    /// Leaves the question.
    Leave,
}

const fn here(id: &'static str, keys: &'static [Key], texts: (&'static str, &'static str), action: Action) -> Command {
    let (label, description) = texts;
    let action = action::Action::Ask(action);
    Command { id, keys, label, description, contexts: &[Context::Ask], when: When::Always, action }
}

/// The commands of a question.
pub static COMMANDS: &[Command] = &[
    here("ask-accept", &[Key::Enter], ("tui-hint-choose", "tui-help-ask-accept"), Action::Accept),
    here("ask-leave", &[Key::Esc], ("tui-hint-back", "tui-help-ask-leave"), Action::Leave),
];

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Somebody of the team, or nobody.
    Member(Option<i64>),
    /// Whoever has room, one after the other.
    Spread,
    /// The code of a word.
    Code(i64),
    /// Words.
    Text(String),
    /// A time.
    Moment(Instant),
}

/// What typing is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typing {
    /// It finds choices.
    Finds,
    /// It is an answer by itself, and finds choices.
    Answers,
    /// It is noted beside the answer.
    Notes,
    /// It is a time, by the user's zone and clock.
    Times(Instant, chrono::FixedOffset),
}

/// The question.
#[derive(Debug, Clone, PartialEq)]
pub struct AskPage {
    title: String,
    how: String,
    typing: Typing,
    choices: Vec<(String, Answer)>,
    field: Field,
    cursor: Cursor<Answer>,
    is_missing: bool,
}

impl AskPage {
    /// A question with its choices, the first of which is selected, and what may be typed.
    #[must_use]
    pub fn new(title: String, how: String, typing: Typing, choices: Vec<(String, Answer)>) -> Self {
        let field = Field::new("");
        Self { title, how, typing, choices, field, cursor: Cursor::default(), is_missing: false }
    }

    /// Types into the field.
    pub fn change(&mut self, change: impl FnOnce(&mut Field)) {
        change(&mut self.field);
        self.is_missing = false;
        if self.typing != Typing::Notes {
            self.cursor = Cursor::default();
        }
    }

    /// The selected answer, and what is noted beside it; says on the page when there is none.
    pub fn accept(&mut self) -> Option<(Answer, Option<String>)> {
        let found = self.found();
        let Some((_, answer)) = found.into_iter().nth(self.cursor.at()) else {
            self.is_missing = true;
            return None;
        };
        let typed = self.field.text().trim();
        let note = (self.typing == Typing::Notes && !typed.is_empty()).then(|| typed.to_owned());
        Some((answer, note))
    }

    /// What can be chosen now.
    fn found(&self) -> Vec<(String, Answer)> {
        let typed = self.field.text().trim();
        if typed.is_empty() || self.typing == Typing::Notes {
            return self.choices.clone();
        }
        let query = Query::new(typed);
        let matching = self.choices.iter().filter(|(name, _)| query.matches(&Folded::new(name))).cloned();
        let own = match self.typing {
            Typing::Answers => Some((format!("“{typed}”"), Answer::Text(typed.to_owned()))),
            Typing::Times(now, zone) => super::when::read(typed, now, zone).map(|at| {
                let local = chrono::DateTime::from_timestamp_millis(at.0).unwrap_or_default().with_timezone(&zone);
                (local.format("%Y-%m-%d %H:%M").to_string(), Answer::Moment(at))
            }),
            Typing::Finds | Typing::Notes => None,
        };
        // A time that can be read is what is meant.
        own.into_iter().chain(matching).collect()
    }

    fn answers(&self) -> Vec<Answer> {
        self.found().into_iter().map(|(_, answer)| answer).collect()
    }

    /// Moves the selection.
    pub fn step(&mut self, step: Step, size: Size) {
        self.cursor.step(step, &self.answers(), visible(size));
    }

    /// Fits the selection to what there is.
    pub fn settle(&mut self, size: Size) {
        self.cursor.settle(&self.answers(), visible(size));
    }

    /// Takes a click on a row; `true` when the selected answer was clicked again.
    pub fn click(&mut self, row: usize, size: Size) -> bool {
        let answers = self.answers();
        row.checked_sub(ABOVE).and_then(|row| self.cursor.click(row, &answers, visible(size))) == Some(true)
    }

    /// Draws it; returns the cell of the caret.
    pub fn draw(&self, buffer: &mut Buffer, area: Rect, look: &Look<'_>) -> Position {
        let width = usize::from(area.width).saturating_sub(2);
        let title = text::truncate(&self.title, width).into_owned();
        put(buffer, area, (1, 0), &title.into(), look.style(Meaning::Heading));
        let line = rows_of(area, 1, 1);
        let line = Rect { x: line.x.saturating_add(1), width: line.width.saturating_sub(2), ..line };
        self.field.draw(buffer, line, look);
        let how = if self.is_missing { look.locale.t("ask-missing") } else { self.how.clone() };
        let meaning = if self.is_missing { Meaning::Breach } else { Meaning::Muted };
        put(buffer, area, (1, 2), &text::truncate(&how, width).into_owned().into(), look.style(meaning));
        let (found, list) = (self.found(), rows_of(area, ABOVE, usize::from(area.height)));
        let rows = usize::from(list.height);
        put_position(buffer, rows_of(area, ABOVE - 1, 1), look, self.cursor.top(), rows, found.len());
        for (row, (at, (name, _))) in found.iter().enumerate().skip(self.cursor.top()).take(rows).enumerate() {
            let row = rows_of(list, row, 1);
            put(buffer, row, (MARGIN, 0), &name.as_str().into(), look.style(Meaning::Plain));
            if at == self.cursor.at() {
                select(buffer, row, look);
            }
        }
        self.field.caret(line)
    }
}

fn visible(size: Size) -> usize {
    usize::from(size.height).saturating_sub(ABOVE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(page: &mut AskPage, text: &str) {
        text.chars().for_each(|c| page.change(|field| field.insert(c)));
        page.settle(Size { width: 80, height: 20 });
    }

    #[test]
    fn what_is_typed_is_an_answer_and_finds_others() {
        let choices = ["students", "no budget"].map(|text| (text.to_owned(), Answer::Text(text.to_owned())));
        let mut page = AskPage::new("why".into(), String::new(), Typing::Answers, choices.to_vec());
        assert_eq!(page.accept(), Some((Answer::Text("students".into()), None)), "the first is proposed");
        typed(&mut page, "bud");
        page.step(Step::Down, Size { width: 80, height: 20 });
        assert_eq!(page.accept(), Some((Answer::Text("no budget".into()), None)));
        typed(&mut page, "get cut");
        assert_eq!(page.accept(), Some((Answer::Text("budget cut".into()), None)));
    }

    #[test]
    fn a_note_stands_beside_the_answer() {
        let choices = vec![("call".to_owned(), Answer::Code(0)), ("e-mail".to_owned(), Answer::Code(1))];
        let mut page = AskPage::new("how".into(), String::new(), Typing::Notes, choices);
        page.step(Step::Down, Size { width: 80, height: 20 });
        typed(&mut page, "no answer");
        assert_eq!(page.accept(), Some((Answer::Code(1), Some("no answer".into()))));
    }

    #[test]
    fn nothing_that_fits_is_no_answer() {
        let choices = vec![("Li Wei".to_owned(), Answer::Member(Some(1)))];
        let mut page = AskPage::new("who".into(), String::new(), Typing::Finds, choices);
        typed(&mut page, "zoe");
        assert_eq!(page.accept(), None);
        assert!(page.is_missing);
    }
}
