//! How the files were understood: what each is, and what each of its columns becomes.

mod questions;
mod said;

use crate::domain::intake::FileLook;
use crate::domain::message::Message;
use crate::export::import::{changes, head, meaning, of_profile};
use crate::ops::import::{Choices, Looked, file_name};
use crate::text::{self, Clean};
use crate::tui::action::Step;
use crate::tui::intake::Looks;
use crate::tui::look::{Look, put, put_position, rows_of};
use crate::tui::theme::Meaning;
use crate::tui::widgets::cursor::Cursor;
use crate::tui::widgets::table::{Cell, Column, HEAD, Shape, Table};
use chrono::FixedOffset;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

/// Rows below the table: what is odd about the selected column.
const FOOT: usize = 1;
/// A diff is given no more rows than this, and where there are few rows no more than that.
const DIFF: usize = 6;
const SHORT_DIFF: usize = 2;
/// The name of a column is given no more cells than these in it.
const WIDEST: usize = 30;
/// Bodies lower than this are low.
const LOW: usize = 14;

/// The files and what the user says of them.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct LookPage {
    files: Vec<Looked>,
    /// What the user says of each file.
    pub choices: Vec<Choices>,
    profiles: Vec<String>,
    at: usize,
    cursor: Cursor<usize>,
}

/// A row above the table.
struct Row {
    words: Clean,
    meaning: Meaning,
}

impl LookPage {
    /// Shows files: others than before, or the same understood anew.
    pub fn show(&mut self, looks: Looks, are_new: bool) {
        if are_new {
            let choices = vec![Choices::default(); looks.files.len()];
            *self = Self { choices, ..Self::default() };
        }
        self.files = looks.files;
        self.profiles = looks.profiles;
        if are_new {
            // What has to be said comes first.
            self.at = self.files.iter().position(|file| file.look.is_some() && file.trouble.is_some()).unwrap_or(0);
        }
    }

    /// The number of the file that is shown.
    pub fn at(&self) -> usize {
        self.at
    }

    fn file(&self) -> Option<&Looked> {
        self.files.get(self.at)
    }

    /// The file that is shown, where it is a table.
    fn table(&self) -> Option<&FileLook> {
        self.file()?.look.as_ref()
    }

    /// To the next file or the one before, round and round.
    pub fn turn(&mut self, forward: bool) {
        let all = self.files.len().max(1);
        self.at = (self.at + if forward { 1 } else { all - 1 }) % all;
        self.cursor = Cursor::default();
    }

    /// A file that is to be imported and cannot be, as it is; it is shown then.
    pub fn open_question(&mut self) -> Option<String> {
        let is_open = |(at, file): &(usize, &Looked)| {
            let is_wanted = self.choices.get(*at).is_some_and(|choices| !choices.is_left_out);
            is_wanted && file.look.is_some() && file.trouble.is_some()
        };
        let (at, name) = self.files.iter().enumerate().find(is_open).map(|(at, file)| (at, file.path.clone()))?;
        if self.at != at {
            (self.at, self.cursor) = (at, Cursor::default());
        }
        Some(file_name(&name).to_owned())
    }

    /// Whether no file is left to import.
    pub fn is_idle(&self) -> bool {
        let wanted = |(file, choices): (&Looked, &Choices)| file.look.is_some() && !choices.is_left_out;
        !self.files.iter().zip(&self.choices).any(wanted)
    }

    fn keys(&self) -> Vec<usize> {
        (0..self.table().map_or(0, |table| table.columns.len())).collect()
    }

    fn rows(&self, look: &Look<'_>, size: Size) -> usize {
        let above = self.above(look, chrono::Offset::fix(&chrono::Utc), size).len();
        usize::from(size.height).saturating_sub(above + HEAD + FOOT)
    }

    pub fn step(&mut self, step: Step, look: &Look<'_>, size: Size) {
        let (keys, rows) = (self.keys(), self.rows(look, size));
        self.cursor.step(step, &keys, rows);
    }

    pub fn click(&mut self, row: usize, look: &Look<'_>, size: Size) -> bool {
        let (keys, rows) = (self.keys(), self.rows(look, size));
        let above = usize::from(size.height).saturating_sub(rows + FOOT);
        row.checked_sub(above).and_then(|row| self.cursor.click(row, &keys, rows)) == Some(true)
    }

    pub fn settle(&mut self, look: &Look<'_>, size: Size) {
        let (keys, rows) = (self.keys(), self.rows(look, size));
        self.cursor.settle(&keys, rows);
    }

    /// What stands above the table: which file, what it is, what is open, how its columns have changed.
    fn above(&self, look: &Look<'_>, zone: FixedOffset, size: Size) -> Vec<Row> {
        let width = usize::from(size.width).saturating_sub(2);
        let Some(file) = self.file() else { return Vec::new() };
        let row = |words: &str, meaning| Row { words: words.into(), meaning };
        let wrapped = |words: &str, meaning| -> Vec<Row> {
            text::wrap(words, width).iter().map(|line| row(line, meaning)).collect()
        };
        let mut rows = vec![row(&text::truncate(&self.title(file, look), width), Meaning::Heading)];
        let is_left_out = self.choices.get(self.at).is_some_and(|choices| choices.is_left_out);
        if is_left_out {
            rows.extend(wrapped(&look.locale.t("wizard-left-out"), Meaning::Warn));
        }
        if let Some(table) = &file.look {
            let short = FileLook { path: file_name(&table.path).to_owned(), ..table.clone() };
            rows.extend(wrapped(&look.locale.tell(&head(&short, zone, look.locale)), Meaning::Plain));
            rows.extend(of_profile(table, look.locale).iter().flat_map(|words| wrapped(words, Meaning::Plain)));
            rows.extend(self.diff(table, look, size));
        }
        if let Some(trouble) = file.trouble.as_ref().filter(|_| !is_left_out) {
            let words = look.locale.tell(&what_to_do(trouble));
            rows.extend(wrapped(&format!("{} {words}", look.glyphs.failed), Meaning::Breach));
        }
        rows
    }

    fn title(&self, file: &Looked, look: &Look<'_>) -> String {
        if self.files.len() < 2 && file.look.is_some() {
            return look.locale.t("wizard-title");
        }
        let message = match &file.look {
            Some(_) => Message::new("wizard-title-of"),
            None => Message::new("wizard-title-closed").with("file", file_name(&file.path)),
        };
        let message = message.with("at", self.at + 1);
        look.locale.tell(&message.with("all", self.files.len()))
    }

    fn diff(&self, table: &FileLook, look: &Look<'_>, size: Size) -> Vec<Row> {
        let (Some(drift), Some(object)) = (&table.drift, table.object) else { return Vec::new() };
        let all = changes(drift, object, look.locale);
        let most = if usize::from(size.height) < LOW { SHORT_DIFF } else { DIFF };
        let shown = if all.len() > most { most - 1 } else { all.len() };
        let names = all.iter().take(shown).map(|change| text::width(&change.column));
        let widest = names.max().unwrap_or_default().min(WIDEST);
        let mut rows: Vec<Row> = Vec::new();
        for change in all.iter().take(shown) {
            let column = text::pad_right(&text::truncate(&change.column, widest), widest);
            let words = format!("  {} {column}  {}", change.sign, change.words);
            let meaning = if change.is_loss { Meaning::Warn } else { Meaning::Plain };
            rows.push(Row { words: words.trim_end().into(), meaning });
        }
        if all.len() > shown {
            let more = Message::new("wizard-more").with("count", all.len() - shown);
            rows.push(Row { words: format!("  {}", look.locale.tell(&more)).into(), meaning: Meaning::Muted });
        }
        rows
    }

    pub fn draw(&self, buffer: &mut Buffer, area: Rect, look: &Look<'_>, zone: FixedOffset) {
        let above = self.above(look, zone, area.as_size());
        for (at, row) in above.iter().enumerate() {
            put(buffer, area, (1, at), &row.words, look.style(row.meaning));
        }
        let Some(table) = self.table() else { return };
        let height = usize::from(area.height).saturating_sub(above.len());
        let list = rows_of(area, above.len(), height.saturating_sub(FOOT));
        let rows = usize::from(list.height).saturating_sub(HEAD);
        let columns: Vec<_> = table.columns.iter().skip(self.cursor.top()).take(rows).collect();
        let has_problems = table.columns.iter().any(|column| !column.problems.is_empty());
        let lines = columns.iter().map(|column| {
            let odd: u64 = column.problems.iter().map(|(_, cells)| cells).sum();
            let odd = if odd > 0 { look.locale.count(odd) } else { String::new() };
            let samples = column.samples.join(" | ");
            let mut cells = vec![
                Cell::plain(column.header.as_str()),
                Cell::plain(meaning(table, column, look.locale)),
                Cell::plain(samples),
            ];
            cells.extend(has_problems.then(|| Cell::plain(odd).meaning(Meaning::Warn)));
            cells
        });
        let mut titles = vec![
            Column::new("tui-column-column", Shape::Name, 0, look),
            Column::new("tui-column-becomes", Shape::Name, 0, look),
            Column::new("tui-column-samples", Shape::Text, 2, look),
        ];
        titles.extend(has_problems.then(|| Column::new("tui-column-odd", Shape::Number, 1, look)));
        let drawn = Table {
            id: "import-columns",
            columns: titles,
            lines: lines.collect(),
            selected: self.cursor.at().checked_sub(self.cursor.top()),
            marked: Vec::new(),
            sort: None,
        };
        drawn.draw(buffer, list, look);
        put_position(buffer, list, look, self.cursor.top(), rows, table.columns.len());
        self.draw_foot(buffer, rows_of(area, usize::from(area.height).saturating_sub(FOOT), FOOT), look, table);
    }

    /// What is odd about the selected column.
    fn draw_foot(&self, buffer: &mut Buffer, row: Rect, look: &Look<'_>, table: &FileLook) {
        let Some(column) = table.columns.get(self.cursor.at()) else { return };
        let told = column.problems.iter().map(|(reason, cells)| {
            let words = look.locale.tell(reason);
            look.locale.tell(&Message::new("wizard-odd").with("cells", cells).with("reason", words))
        });
        let told = told.collect::<Vec<_>>().join(&look.locale.t("list-separator"));
        if !told.is_empty() {
            let words = text::truncate(&format!("{}: {told}", column.header), usize::from(row.width).saturating_sub(2))
                .into_owned();
            put(buffer, row, (1, 0), &words.into(), look.style(Meaning::Warn));
        }
    }
}

/// Why a file cannot be imported as it is: what can be said here is asked in the words of the screen.
fn what_to_do(trouble: &Message) -> Message {
    let key = match trouble.key {
        "error-import-unknown-object" => "wizard-unknown-object",
        "error-import-ambiguous-dates" => "wizard-ambiguous-dates",
        "error-import-year-last" => "wizard-year-last",
        "error-import-no-key" => "wizard-no-key",
        "error-import-lost-key" | "error-import-lost-key-meant" => "wizard-lost-key",
        _ => return trouble.clone(),
    };
    Message { key, ..trouble.clone() }
}
