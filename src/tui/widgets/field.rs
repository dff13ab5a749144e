//! A text field of one line, with the terminal's own cursor on the caret's cell: that is where a
//! Chinese input method composes.

use crate::text::{self, Clean};
use crate::tui::look::{Look, put};
use crate::tui::theme::Meaning;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use tui_input::{Input, InputRequest};
use unicode_segmentation::UnicodeSegmentation as _;

/// More than this is not taken: no name is longer.
const LONGEST: usize = 500;

/// What a key does in a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edit {
    /// One character to the left.
    Left,
    /// One character to the right.
    Right,
    /// To the beginning.
    Home,
    /// To the end.
    End,
    /// Deletes the character before the caret.
    Backspace,
    /// Deletes the character under the caret.
    Delete,
    /// Deletes the word before the caret.
    DeleteWord,
    /// Deletes everything before the caret.
    DeleteToStart,
}

/// A field: its text and its caret, and whether all of it is selected, so that typing replaces it.
#[derive(Debug, Clone, Default)]
pub struct Field(Input, bool);

impl PartialEq for Field {
    fn eq(&self, other: &Self) -> bool {
        (self.0.value(), self.0.cursor(), self.1) == (other.0.value(), other.0.cursor(), other.1)
    }
}

impl Field {
    /// A field with text in it, the caret behind it.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(Input::from(text), false)
    }

    /// A field with text in it that gives way to what is typed, as an address does in a browser; any move keeps it.
    #[must_use]
    pub fn proposing(text: &str) -> Self {
        Self(Input::from(text), !text.is_empty())
    }

    /// Takes what was proposed away, if nobody has touched it.
    fn replace(&mut self) {
        if std::mem::take(&mut self.1) {
            self.0.reset();
        }
    }

    /// What has been typed.
    #[must_use]
    pub fn text(&self) -> &str {
        self.0.value()
    }

    /// Types a character. Those that are not to be seen are not taken.
    pub fn insert(&mut self, c: char) {
        if (self.1 || self.0.value().chars().count() < LONGEST)
            && text::clean(c.encode_utf8(&mut [0; 4])) == c.to_string()
        {
            self.replace();
            self.0.handle(InputRequest::InsertChar(c));
        }
    }

    /// Takes in pasted text as one line: it becomes text whatever it holds, and runs nothing.
    pub fn paste(&mut self, pasted: &str) {
        text::clean(pasted.trim_end_matches(['\r', '\n'])).chars().for_each(|c| self.insert(c));
    }

    /// Does what an editing key does.
    pub fn edit(&mut self, edit: Edit) {
        match edit {
            Edit::Backspace | Edit::Delete | Edit::DeleteWord | Edit::DeleteToStart if self.1 => return self.replace(),
            _ => self.1 = false,
        }
        self.0.handle(match edit {
            Edit::Left => InputRequest::GoToPrevChar,
            Edit::Right => InputRequest::GoToNextChar,
            Edit::Home => InputRequest::GoToStart,
            Edit::End => InputRequest::GoToEnd,
            Edit::Backspace => InputRequest::DeletePrevChar,
            Edit::Delete => InputRequest::DeleteNextChar,
            Edit::DeleteWord => InputRequest::DeletePrevWord,
            Edit::DeleteToStart => InputRequest::DeleteFromStart,
        });
    }

    /// Draws it into one row.
    pub fn draw(&self, buffer: &mut Buffer, row: Rect, look: &Look<'_>) {
        let (shown, _) = self.visible(usize::from(row.width));
        let meaning = if self.1 { Meaning::Selection } else { Meaning::Plain };
        put(buffer, row, (0, 0), &shown, look.style(meaning));
    }

    /// The cell of the caret when the field is drawn into `row`.
    #[must_use]
    pub fn caret(&self, row: Rect) -> Position {
        let (_, column) = self.visible(usize::from(row.width));
        Position { x: row.x.saturating_add(u16::try_from(column).unwrap_or(u16::MAX)), y: row.y }
    }

    /// The part of the text that fits, and the column of the caret in it: when the text is longer than
    /// the row, it moves to the left by whole characters until the caret is inside.
    fn visible(&self, width: usize) -> (Clean, usize) {
        let graphemes: Vec<(usize, &str)> = self
            .0
            .value()
            .graphemes(true)
            .scan(0, |column, grapheme| {
                let at = *column;
                *column += text::width(grapheme);
                Some((at, grapheme))
            })
            .collect();
        let caret = self.0.visual_cursor();
        // The caret needs a cell of its own behind the last character.
        let least = (caret + 1).saturating_sub(width);
        let scroll = graphemes.iter().map(|(at, _)| *at).find(|at| *at >= least).unwrap_or(caret);
        let inside =
            graphemes.iter().filter(|(at, grapheme)| *at >= scroll && at + text::width(grapheme) <= scroll + width);
        (inside.map(|(_, grapheme)| *grapheme).collect::<String>().into(), caret.saturating_sub(scroll))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn seen(field: &Field, width: usize) -> (String, usize) {
        let (text, caret) = field.visible(width);
        (text.as_str().to_owned(), caret)
    }

    #[test]
    fn wide_characters_and_the_caret() {
        let mut field = Field::new("");
        "云帆a".chars().for_each(|c| field.insert(c));
        assert_eq!(seen(&field, 20), ("云帆a".into(), 5));
        field.edit(Edit::Left);
        field.edit(Edit::Left);
        assert_eq!(seen(&field, 20), ("云帆a".into(), 2));
        field.edit(Edit::Backspace);
        assert_eq!(seen(&field, 20), ("帆a".into(), 0));
        field.edit(Edit::Delete);
        assert_eq!(field.text(), "a");
    }

    #[test]
    fn a_long_text_scrolls_by_whole_characters() {
        let mut field = Field::new("云帆科技有限公司");
        assert_eq!(seen(&field, 6), ("公司".into(), 4));
        assert_eq!(seen(&field, 7), ("限公司".into(), 6));
        field.edit(Edit::Home);
        assert_eq!(seen(&field, 7), ("云帆科".into(), 0));
        assert_eq!(seen(&field, 0).1, 0);
    }

    #[test]
    fn words_and_lines_go_at_once() {
        let mut field = Field::new("north wind cloud");
        field.edit(Edit::DeleteWord);
        assert_eq!(field.text(), "north wind ");
        field.edit(Edit::DeleteToStart);
        assert_eq!(field.text(), "");
    }

    #[test]
    fn what_is_proposed_gives_way_to_what_is_typed() {
        let proposed = || Field::proposing("~/old/");
        let mut typed = proposed();
        "/n".chars().for_each(|c| typed.insert(c));
        assert_eq!(typed.text(), "/n");
        let mut pasted = proposed();
        pasted.paste("/new");
        assert_eq!(pasted.text(), "/new");
        let mut gone = proposed();
        gone.edit(Edit::Backspace);
        assert_eq!(gone.text(), "");
        let mut kept = proposed();
        kept.edit(Edit::End);
        kept.insert('x');
        assert_eq!(kept.text(), "~/old/x");
    }

    #[test]
    fn a_paste_is_one_line_of_text() {
        let mut field = Field::new("a");
        field.paste("b\r\nq\n\u{1b}[31m:quit\u{202e}\n");
        assert_eq!(field.text(), "ab q :quit");
        field.insert('\u{200b}');
        field.paste(&"x".repeat(2_000));
        assert_eq!(field.text().len(), LONGEST);
    }

    proptest! {
        #[test]
        fn the_caret_is_inside_and_the_text_fits(text in "[a云\u{301}é]{0,30}", moves in 0usize..30, width in 1usize..20) {
            let mut field = Field::new(&text);
            (0..moves).for_each(|_| field.edit(Edit::Left));
            let (shown, caret) = field.visible(width);
            prop_assert!(shown.width() <= width && caret < width, "{shown:?} {caret}");
        }
    }
}
