//! Where the files are: a path to type, and what is in its folder.

use super::TITLE;
use crate::domain::matching::{Folded, Query};
use crate::ops::import::{Listed, Listing, typed};
use crate::text::Clean;
use crate::tui::action::Step;
use crate::tui::look::{Look, put, put_position, rows_of};
use crate::tui::theme::Meaning;
use crate::tui::widgets::cursor::Cursor;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::table::{Cell, Column, HEAD, Shape, Table};
use chrono::FixedOffset;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};
use std::path::{Path, PathBuf};

/// The page: what is typed, and what was found there.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PlacePage {
    pub field: Field,
    home: Option<PathBuf>,
    listing: Option<Listing>,
    asked: Option<PathBuf>,
    cursor: Cursor<String>,
    /// What was typed when the lines were found last.
    sought: String,
}

/// What Enter has chosen.
pub(super) enum Chosen {
    /// A folder to look into; its path is typed now.
    Folder,
    /// A file, or all files of a folder.
    Files(PathBuf),
    /// There is nothing yet.
    Nothing,
}

/// A line of the list.
enum Line<'l> {
    All(usize),
    Up,
    Entry(&'l Listed),
}

impl Line<'_> {
    fn key(&self) -> String {
        match self {
            // No file has such names.
            Self::All(_) => "/".to_owned(),
            Self::Up => "..".to_owned(),
            Self::Entry(entry) => entry.name.clone(),
        }
    }
}

impl PlacePage {
    pub fn new(path: &str, home: Option<PathBuf>) -> Self {
        Self {
            field: Field::proposing(path),
            home,
            listing: None,
            asked: None,
            cursor: Cursor::default(),
            sought: path.to_owned(),
        }
    }

    /// What was seen of the folder is old, and what was typed then is no more than proposed.
    pub fn forget(&mut self) {
        self.asked = None;
        self.field = Field::proposing(self.field.text());
    }

    /// The folder that is typed, when it was not asked for yet.
    pub fn wanted(&mut self) -> Option<PathBuf> {
        let (folder, _) = self.parts();
        if self.asked.as_ref() == Some(&folder) {
            return None;
        }
        self.asked = Some(folder.clone());
        Some(folder)
    }

    pub fn listed(&mut self, listing: Listing) {
        if self.asked.as_ref() == Some(&listing.folder) {
            self.listing = Some(listing);
        }
    }

    fn path(&self) -> PathBuf {
        self.path_of(self.field.text())
    }

    /// The path that a person means by this text.
    pub fn path_of(&self, text: &str) -> PathBuf {
        typed(text, self.home.as_deref())
    }

    /// The folder that is typed, and the beginning of a name in it.
    fn parts(&self) -> (PathBuf, String) {
        let path = self.path();
        let text = self.field.text().trim_end();
        let is_folder = text.is_empty() || text == "~" || text.ends_with('/') || cfg!(windows) && text.ends_with('\\');
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        if is_folder || name.is_empty() {
            return (path, String::new());
        }
        (path.parent().map(Path::to_owned).unwrap_or_default(), name)
    }

    /// What was found in the folder that is typed.
    fn found(&self) -> Option<&Listing> {
        let (folder, _) = self.parts();
        self.listing.as_ref().filter(|listing| listing.folder == folder)
    }

    fn lines(&self) -> Vec<Line<'_>> {
        let Some(listing) = self.found() else { return Vec::new() };
        let (_, name) = self.parts();
        let query = Query::new(&name);
        let is_shown = |entry: &&Listed| {
            let is_open = !entry.name.starts_with('.') || name.starts_with('.');
            is_open && (name.is_empty() || query.matches(&Folded::of_fields([entry.name.as_str()])))
        };
        let (files, folders): (Vec<&Listed>, Vec<&Listed>) =
            listing.entries.iter().filter(is_shown).partition(|entry| entry.size.is_some());
        let all = (name.is_empty() && files.len() > 1).then_some(Line::All(files.len()));
        let up = name.is_empty().then_some(Line::Up);
        let files = files.into_iter().map(Line::Entry);
        all.into_iter().chain(files).chain(up).chain(folders.into_iter().map(Line::Entry)).collect()
    }

    fn keys(&self) -> Vec<String> {
        self.lines().iter().map(Line::key).collect()
    }

    /// Takes the selected line, or what is typed where nothing is found.
    pub fn choose(&mut self) -> Chosen {
        let (folder, name) = self.parts();
        let lines = self.lines();
        // The name as it is typed counts before one that only resembles it.
        let exact = lines.iter().position(|line| !name.is_empty() && line.key() == name);
        let next = match lines.get(exact.unwrap_or(self.cursor.at())) {
            None if self.field.text().trim().is_empty() => return Chosen::Nothing,
            None => return Chosen::Files(self.path()),
            Some(Line::All(_)) if folder.as_os_str().is_empty() => return Chosen::Files(PathBuf::from(".")),
            Some(Line::All(_)) => return Chosen::Files(folder),
            Some(Line::Entry(entry)) if entry.size.is_some() => return Chosen::Files(folder.join(&entry.name)),
            Some(Line::Entry(entry)) => folder.join(&entry.name),
            Some(Line::Up) => above(&folder),
        };
        self.go_into(&next);
        Chosen::Folder
    }

    fn go_into(&mut self, folder: &Path) {
        let text = self.shown(folder);
        self.field = Field::new(&if text.is_empty() || text.ends_with('/') { text } else { format!("{text}/") });
        self.cursor = Cursor::default();
    }

    /// A path as it would be typed.
    fn shown(&self, path: &Path) -> String {
        let of_home = self.home.as_ref().and_then(|home| path.strip_prefix(home).ok());
        let text = match of_home {
            Some(rest) => format!("~/{}", rest.display()),
            None => path.display().to_string(),
        };
        if cfg!(unix) { text.replace('\\', "\\\\") } else { text }
    }

    /// Completes the name: as far as all that begin so agree, else to the selected one.
    pub fn complete(&mut self) {
        let (folder, name) = self.parts();
        let lines = self.lines();
        let begins = |entry: &&Listed| entry.name.to_lowercase().starts_with(&name.to_lowercase());
        let entries =
            || lines.iter().filter_map(|line| if let Line::Entry(entry) = line { Some(*entry) } else { None });
        let names: Vec<&Listed> = entries().filter(begins).collect();
        let common = names.iter().map(|entry| entry.name.as_str()).reduce(shared).unwrap_or_default();
        let selected = match lines.get(self.cursor.at()) {
            Some(Line::Entry(entry)) => Some(*entry),
            _ => None,
        };
        let only = match names.as_slice() {
            [one] => Some(*one),
            _ if common.chars().count() > name.chars().count() => None,
            _ => selected,
        };
        match only {
            Some(entry) if entry.size.is_none() => {
                let next = folder.join(&entry.name);
                self.go_into(&next);
            }
            Some(entry) => self.field = Field::new(&self.shown(&folder.join(&entry.name))),
            None if !common.is_empty() => self.field = Field::new(&self.shown(&folder.join(common))),
            None => {}
        }
    }

    pub fn step(&mut self, step: Step, size: Size) {
        let keys = self.keys();
        self.cursor.step(step, &keys, visible(size));
    }

    pub fn click(&mut self, row: usize, size: Size) -> bool {
        let keys = self.keys();
        row.checked_sub(TITLE + HEAD).and_then(|row| self.cursor.click(row, &keys, visible(size))) == Some(true)
    }

    pub fn settle(&mut self, size: Size) {
        if self.field.text() != self.sought {
            // Whatever was selected, the first of the new lines is what Enter takes now.
            self.cursor = Cursor::default();
            self.field.text().clone_into(&mut self.sought);
        }
        let keys = self.keys();
        self.cursor.settle(&keys, visible(size));
    }

    pub fn draw(&self, buffer: &mut Buffer, area: Rect, look: &Look<'_>, zone: FixedOffset) -> Position {
        let title = look.t("wizard-place");
        let after = put(buffer, area, (1, 0), &title, look.style(Meaning::Heading)) + 1;
        let x = area.x.saturating_add(u16::try_from(after).unwrap_or(u16::MAX));
        let width = usize::from(area.width).saturating_sub(after + 1);
        let row = Rect { x, width: u16::try_from(width).unwrap_or(0), ..rows_of(area, 0, 1) };
        self.field.draw(buffer, row, look);
        let list = rows_of(area, TITLE, usize::from(area.height));
        let (lines, rows) = (self.lines(), visible(area.as_size()));
        let trouble = self.found().and_then(|listing| listing.trouble.as_ref());
        let empty = match trouble {
            Some(message) => Some(look.locale.tell(message)),
            None if self.found().is_none() => Some(look.locale.t("wizard-listing")),
            None if lines.is_empty() => Some(look.locale.t("tui-no-lines")),
            None => None,
        };
        if let Some(words) = empty {
            put(buffer, list, (3, 0), &words.into(), look.style(Meaning::Muted));
            return self.field.caret(row);
        }
        put_position(buffer, rows_of(area, 1, 1), look, self.cursor.top(), rows, lines.len());
        let shown = lines.iter().skip(self.cursor.top()).take(rows);
        let table = Table {
            id: "import-place",
            columns: vec![
                Column::new("tui-column-file", Shape::Name, 0, look),
                Column::new("tui-column-size", Shape::Number, 1, look),
                Column::new("tui-column-changed", Shape::Word, 2, look),
            ],
            lines: shown.map(|line| cells(line, look, zone)).collect(),
            selected: self.cursor.at().checked_sub(self.cursor.top()),
            marked: Vec::new(),
            sort: None,
        };
        table.draw(buffer, list, look);
        self.field.caret(row)
    }
}

fn cells(line: &Line<'_>, look: &Look<'_>, zone: FixedOffset) -> Vec<Cell> {
    let (name, size, modified) = match line {
        Line::All(files) => {
            let message = crate::domain::message::Message::new("wizard-all").with("files", files);
            (look.locale.tell(&message), String::new(), String::new())
        }
        Line::Up => ("../".to_owned(), String::new(), String::new()),
        Line::Entry(entry) => {
            let modified = entry.modified.map(|at| look.locale.moment(at, zone)).unwrap_or_default();
            match entry.size {
                Some(bytes) => (entry.name.clone(), size(bytes), modified),
                None => (format!("{}/", entry.name), String::new(), modified),
            }
        }
    };
    let plain = |text: String| Cell::plain(Clean::from(text));
    vec![plain(name), plain(size), plain(modified)]
}

/// `812 B`, `12 KB`, `3.4 MB`.
fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} KB", bytes.div_ceil(1_000)),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}

/// The folder above one; above the current folder and above `..` there is another `..`.
fn above(folder: &Path) -> PathBuf {
    match folder.file_name() {
        Some(_) => folder.parent().map(Path::to_owned).unwrap_or_default(),
        None if folder.has_root() => folder.to_owned(),
        None => folder.join(".."),
    }
}

/// The beginning that two names share.
fn shared<'n>(a: &'n str, b: &'n str) -> &'n str {
    let end = a.char_indices().zip(b.chars()).find(|((_, x), y)| x.to_lowercase().ne(y.to_lowercase()));
    let end = end.map_or(a.len().min(b.len()), |((at, _), _)| at);
    a.get(..end).unwrap_or(a)
}

fn visible(size: Size) -> usize {
    usize::from(size.height).saturating_sub(TITLE + HEAD)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(text: &str, names: &[(&str, bool)]) -> PlacePage {
        let mut page = PlacePage::new(text, Some(PathBuf::from("/home/ana")));
        let folder = page.wanted().unwrap();
        let listed = |(name, is_file): &(&str, bool)| Listed {
            name: (*name).to_owned(),
            size: is_file.then_some(10),
            modified: None,
        };
        page.listed(Listing { folder, entries: names.iter().map(listed).collect(), trouble: None });
        page.settle(Size { width: 80, height: 24 });
        page
    }

    #[test]
    #[cfg(unix)]
    fn tab_completes_as_far_as_names_agree() {
        let names = [("deals-1.csv", true), ("deals-2.csv", true), ("数据", false)];
        let mut near = page("~/de", &names);
        near.complete();
        assert_eq!(near.field.text(), "~/deals-");
        near.complete();
        assert_eq!(near.field.text(), "~/deals-1.csv", "then the selected one");
        let mut folder = page("/data/数", &names);
        folder.complete();
        assert_eq!(folder.field.text(), "/data/数据/");
        assert_eq!(shared("云帆a", "云帆b"), "云帆");
    }

    #[test]
    #[cfg(unix)]
    fn enter_takes_files_and_goes_into_folders() {
        let names = [("b.csv", true), ("a.csv", true), ("older", false)];
        let mut all = page("", &names);
        assert!(matches!(all.choose(), Chosen::Files(path) if path == Path::new(".")), "all of the folder");
        let mut one = page("x/a.csv", &names);
        assert!(matches!(one.choose(), Chosen::Files(path) if path == Path::new("x/a.csv")));
        let mut folder = page("x/old", &names);
        assert!(matches!(folder.choose(), Chosen::Folder));
        assert_eq!(folder.field.text(), "x/older/");
        let mut pasted = PlacePage::new("'/somewhere else/d.csv'", None);
        assert!(matches!(pasted.choose(), Chosen::Files(path) if path == Path::new("/somewhere else/d.csv")));
        let mut up = page("/data/", &[("older", false)]);
        assert!(matches!(up.choose(), Chosen::Folder));
        assert_eq!(up.field.text(), "/");
    }
}
