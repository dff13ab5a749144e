//! How the page looks.
//!
//! ```text
//!  Northwind Cloud · amount
//!  1200▏
//!  now: 1,054.00 USD
//! ```

use super::{ABOVE, Clash, EditPage, Entry, Mistake, TITLE};
use crate::domain::message::Message;
use crate::domain::object::{Field, Row};
use crate::text::{self, Clean};
use crate::tui::look::{Look, put, put_position, rows_of, select};
use crate::tui::theme::Meaning;
use crate::tui::value::{moment, words};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// Cells before a line.
const MARGIN: usize = 3;
/// Cells of the labels beside values.
const LABELS: usize = 26;

impl EditPage {
    /// Draws it; returns the cell of the caret while text is typed.
    pub fn draw(&self, buffer: &mut Buffer, area: Rect, look: &Look<'_>) -> Option<Position> {
        let Some(entry) = &self.entry else {
            self.draw_fields(buffer, area, look);
            return None;
        };
        let title = format!("{} {} {}", self.title, look.glyphs.dot, label(entry.field, look));
        put(buffer, area, (1, 0), &title.into(), look.style(Meaning::Heading));
        match &entry.clash {
            Some(clash) => {
                self.draw_clash(buffer, area, look, entry, clash);
                None
            }
            None => Some(self.draw_entry(buffer, area, look, entry)),
        }
    }

    fn draw_fields(&self, buffer: &mut Buffer, area: Rect, look: &Look<'_>) {
        let title = look.locale.tell(&Message::new("edit-which").with("name", &self.title));
        put(buffer, area, (1, 0), &title.into(), look.style(Meaning::Heading));
        let list = rows_of(area, TITLE, usize::from(area.height));
        let (top, rows) = (self.cursor.top(), usize::from(list.height));
        put_position(buffer, area, look, top, rows, self.fields.len());
        for (row, (at, field)) in self.fields.iter().enumerate().skip(top).take(rows).enumerate() {
            let row = rows_of(list, row, 1);
            let name = label(field, look);
            let name = text::truncate(name.as_str(), LABELS);
            put(buffer, row, (MARGIN, 0), &Clean::from(&*name), look.style(Meaning::Muted));
            let value = self.value(field, &self.row, look);
            put(buffer, row, (MARGIN + LABELS + 2, 0), &value, look.style(Meaning::Plain));
            if at == self.cursor.at() {
                select(buffer, row, look);
            }
        }
    }

    fn draw_entry(&self, buffer: &mut Buffer, area: Rect, look: &Look<'_>, entry: &Entry) -> Position {
        let line = rows_of(area, 1, 1);
        let line = Rect { x: line.x.saturating_add(1), width: line.width.saturating_sub(1), ..line };
        entry.input.draw(buffer, line, look);
        let now = self.value(entry.field, &self.row, look);
        let now = if now.as_str().is_empty() { look.t("edit-nothing") } else { now };
        let now = look.locale.tell(&Message::new("edit-now").with("value", now));
        put(buffer, area, (1, 2), &now.into(), look.style(Meaning::Muted));
        let (said, meaning) = match &entry.mistake {
            Some(Mistake::Told(mistake)) => (look.locale.tell(mistake), Meaning::Breach),
            Some(Mistake::Value(reason)) => {
                let said = Message::new("error-value").with("field", label(entry.field, look));
                let said = said.with("value", entry.input.text()).with("reason", look.locale.tell(reason));
                (look.locale.tell(&said), Meaning::Breach)
            }
            None if entry.sent.is_some() => (look.locale.t("edit-saving"), Meaning::Muted),
            None if entry.is_draft => (look.locale.t("edit-draft"), Meaning::Warn),
            None if entry.is_looking() => (look.locale.t("edit-searching"), Meaning::Muted),
            None if entry.is_typed() => (look.locale.t("edit-how"), Meaning::Muted),
            None => (look.locale.t("edit-how-choose"), Meaning::Muted),
        };
        let room = usize::from(area.width).saturating_sub(2);
        // A list needs the rows below.
        let rows = if entry.is_typed() { usize::from(area.height) } else { ABOVE - 3 };
        for (row, words) in text::wrap(&said, room).into_iter().take(rows).enumerate() {
            put(buffer, area, (1, 3 + row), &words.into(), look.style(meaning));
        }
        self.draw_choices(buffer, rows_of(area, ABOVE, usize::from(area.height)), look, entry);
        entry.input.caret(line)
    }

    fn draw_choices(&self, buffer: &mut Buffer, list: Rect, look: &Look<'_>, entry: &Entry) {
        let found = entry.found();
        let rows = usize::from(list.height);
        for (row, (at, choice)) in found.iter().enumerate().skip(entry.chosen.top()).take(rows).enumerate() {
            let Some((name, _)) = entry.choices.get(*choice) else { continue };
            let row = rows_of(list, row, 1);
            put(buffer, row, (MARGIN, 0), &name.as_str().into(), look.style(Meaning::Plain));
            if at == entry.chosen.at() {
                select(buffer, row, look);
            }
        }
    }

    /// What it was, what somebody has made of it, and mine.
    fn draw_clash(&self, buffer: &mut Buffer, area: Rect, look: &Look<'_>, entry: &Entry, clash: &Clash) {
        let said = match &clash.by {
            Some(by) => Message::new("edit-changed-by").with("actor", &by.actor).with("at", moment(by.at)),
            None => Message::new("edit-changed"),
        };
        let room = usize::from(area.width).saturating_sub(2);
        let mut row = 1;
        for line in text::wrap(&look.locale.tell(&said), room) {
            put(buffer, area, (1, row), &line.into(), look.style(Meaning::Warn));
            row += 1;
        }
        row += 1;
        let (was, now) = (self.value(entry.field, &clash.was, look), self.value(entry.field, &self.row, look));
        let shown = [
            ("edit-was", was, Meaning::Muted),
            ("edit-theirs", now, Meaning::Plain),
            ("edit-mine", entry.words(), Meaning::Heading),
        ];
        for (key, value, meaning) in shown {
            put(buffer, area, (MARGIN, row), &look.t(key), look.style(Meaning::Muted));
            let value = if value.as_str().is_empty() { look.t("edit-nothing") } else { value };
            put(buffer, area, (MARGIN + LABELS, row), &value, look.style(meaning));
            row += 1;
        }
        let others: Vec<String> = clash
            .was
            .object
            .fields()
            .iter()
            .filter(|field| field.key != entry.field.key && clash.was.get(field.key) != self.row.get(field.key))
            .map(|field| label(field, look).as_str().to_owned())
            .collect();
        if !others.is_empty() {
            let others = others.join(&look.locale.t("list-separator"));
            let said = look.locale.tell(&Message::new("edit-others").with("fields", others));
            for line in text::wrap(&said, room) {
                put(buffer, area, (1, row + 1), &line.into(), look.style(Meaning::Muted));
                row += 1;
            }
        }
    }

    fn value(&self, field: &Field, row: &Row, look: &Look<'_>) -> Clean {
        words(field, row.get(field.key), row, &self.names, look, self.currency()).into()
    }
}

fn label(field: &Field, look: &Look<'_>) -> Clean {
    look.t(&format!("field-{}", field.key))
}
