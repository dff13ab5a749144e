//! The real binary in a real terminal: start, drive, resize, speak Chinese, be killed, panic.
#![cfg(unix)]

use crate::support::program::{fail, revops};
use crate::support::pty::Pty;
use revops::tui::keymap::{Command, Context, When, commands};
use std::path::Path;

const ENTER: &str = "\r";
const ESC: &str = "\u{1b}";

fn demo(environment: &[(&str, &str)]) -> Pty {
    let mut pty = Pty::start(&["demo"], environment, (80, 24));
    pty.see("The leak: MQL → SQL");
    pty.press("v");
    pty.see("Owners");
    pty.see("q quit");
    pty
}

/// Waits until every line that is drawn from edge to edge is as wide as the terminal.
fn drawn_at(pty: &Pty, columns: u16, rows: u16) {
    pty.wait(&format!("for {columns}×{rows}"), |screen| {
        let rules = screen.rows(0, columns).filter(|row| row.starts_with('─') && row.ends_with('─')).count();
        screen.size() == (rows.try_into().unwrap(), columns.try_into().unwrap())
            && rules > 0
            && screen.rows(0, columns).last().is_some_and(|row| !row.trim().is_empty())
    });
}

#[test]
fn drill_down_resize_speak_chinese_and_quit() {
    let mut pty = demo(&[]);
    assert!(pty.is_raw());
    pty.press(ENTER);
    pty.see("age or");
    pty.see("Esc back");
    pty.press(ENTER);
    pty.see("How each system calls it");
    pty.press(ESC);
    pty.see("age or");
    pty.press(ESC);
    pty.see("Owners");
    pty.resize(60, 16);
    drawn_at(&pty, 60, 16);
    pty.see("q quit");
    pty.resize(160, 50);
    drawn_at(&pty, 160, 50);
    pty.press("L");
    pty.see("负责人");
    pty.see("q 退出");
    pty.press("？");
    pty.see(" 按键 ");
    pty.press(ESC);
    pty.lose(" 按键 ");
    pty.resize(30, 5);
    pty.see("terminal too small");
    pty.resize(80, 24);
    pty.see("负责人");
    pty.press("q");
    assert!(pty.end().success(), "{}", pty.screen());
    pty.assert_whole();
}

#[test]
fn the_demo_says_that_its_clock_is_its_own() {
    let pty = demo(&[]);
    pty.see("demo clock Tue 2026-11-17");
}

#[test]
fn undo_and_redo_show_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let (store, file) = (folder.path().join("mine.db"), folder.path().join("sample.csv"));
    std::fs::write(&file, "id,email,source,created_at,mql_at\n1,a@x.example,Web,2026-01-01,2026-01-02\n").unwrap();
    crate::support::program::succeed(crate::support::program::revops(&store).args([
        "import",
        file.to_str().unwrap(),
        "--as",
        "leads",
        "--yes",
    ]));
    let mut pty = Pty::start(&["--store", store.to_str().unwrap()], &[("REVOPS_ACTOR", "ana")], (80, 24));
    pty.see("Lead to cash");
    pty.press("u");
    pty.see("The store is empty");
    pty.see("Ctrl-R  do again what you undid last");
    pty.press("\u{12}"); // Ctrl-R
    pty.see("Lead to cash");
    pty.press("\u{12}");
    pty.see("Not done");
}

#[test]
fn what_another_process_does_appears_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("shared.db");
    let store = store.to_str().unwrap();
    let other = |words: &[&str]| {
        let program =
            std::process::Command::new(env!("CARGO_BIN_EXE_revops")).args(["--store", store]).args(words).status();
        assert!(program.unwrap().success(), "{words:?}");
    };
    let files = folder.path().join("files");
    let files = files.to_str().unwrap();
    other(&["sample", "-o", files]);
    other(&["import", "--yes", files]);
    let pty = Pty::start(&["--store", store], &[], (80, 24));
    pty.see("Opportunity");
    other(&["undo"]);
    pty.see("The store is empty");
    other(&["redo"]);
    pty.see("Opportunity");
}

#[test]
fn the_language_is_remembered_for_the_next_time() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("mine.db");
    let home = folder.path().to_str().unwrap();
    let store = store.to_str().unwrap();
    let start = || Pty::start(&["--store", store], &[("HOME", home)], (80, 24));
    let mut pty = start();
    pty.see("The store is empty");
    pty.press("L");
    pty.see("数据库还是空的");
    pty.press("q");
    assert!(pty.end().success());
    let pty = start();
    pty.see("数据库还是空的");
}

#[test]
fn killed_by_a_signal_the_terminal_is_whole_again() {
    for signal in ["TERM", "HUP", "INT"] {
        let mut pty = demo(&[]);
        pty.signal(signal);
        let status = pty.end();
        assert!(status.signal().is_some(), "it ends by the signal: {status}");
        pty.assert_whole();
    }
}

#[test]
fn stopped_and_continued_the_terminal_is_lent_back() {
    let mut pty = demo(&[]);
    pty.signal("TSTP");
    pty.wait("for the normal screen", |screen| !screen.alternate_screen());
    pty.wait("for the cursor", |screen| !screen.hide_cursor());
    pty.stopped();
    pty.signal("CONT");
    pty.wait("for the alternate screen", vt100::Screen::alternate_screen);
    pty.see("Owners");
    pty.press("q");
    assert!(pty.end().success());
    pty.assert_whole();
}

#[cfg(debug_assertions)]
#[test]
fn after_a_panic_the_terminal_is_whole_and_the_reason_is_read() {
    let mut pty = demo(&[("REVOPS_TEST_PANIC", "1")]);
    pty.press("!");
    pty.see("asked to panic by REVOPS_TEST_PANIC");
    assert!(!pty.end().success());
    pty.assert_whole();
    assert!(pty.screen().contains("asked to panic"), "the reason is on the normal screen: {}", pty.screen());
}

#[test]
fn without_colour_the_selection_is_still_to_be_seen() {
    let pty = demo(&[("NO_COLOR", "1")]);
    pty.wait("for a reversed line", |screen| {
        let (rows, columns) = screen.size();
        (0..rows.get())
            .any(|row| (0..columns.get()).all(|column| screen.cell(row, column).is_some_and(vt100::Cell::inverse)))
    });
    pty.wait("for no colour", |screen| {
        let (rows, columns) = screen.size();
        let plain = |row, column| screen.cell(row, column).is_none_or(|cell| cell.fgcolor() == vt100::Color::Default);
        (0..rows.get()).all(|row| (0..columns.get()).all(|column| plain(row, column)))
    });
}

#[test]
fn plain_ascii_on_request() {
    let pty = Pty::start(&["demo", "--ascii"], &[], (80, 24));
    pty.see("The leak: MQL -> SQL");
    pty.see("Enter open");
    let drawn = pty.screen();
    assert!(!drawn.contains(['─', '▸', '█', '↑']), "{drawn}");
}

/// Waits until the terminal's cursor is shown on this cell.
fn cursor_at(pty: &Pty, row: impl Fn(&vt100::Screen) -> Option<u16>, column: u16) {
    pty.wait("for the cursor on the caret's cell", |screen| {
        let (at, col) = screen.cursor_position();
        !screen.hide_cursor() && Some(at) == row(screen) && col == column
    });
}

fn row_of(screen: &vt100::Screen, text: &str) -> Option<u16> {
    let (_, columns) = screen.size();
    screen.rows(0, columns.get()).position(|row| row.contains(text)).and_then(|row| row.try_into().ok())
}

#[test]
fn chinese_is_typed_into_the_filter_where_the_cursor_is() {
    let mut pty = demo(&[]);
    pty.press(ENTER);
    pty.see("age or");
    pty.press("/");
    pty.see("Esc clear");
    pty.press("云帆");
    pty.see("/ 云帆");
    cursor_at(&pty, |screen| row_of(screen, "/ 云帆"), 7);
    pty.press("\u{1b}[D"); // Left
    cursor_at(&pty, |screen| row_of(screen, "/ 云帆"), 5);
    pty.press("\u{15}yf"); // Ctrl-U deletes what stands before the caret
    pty.see("/ yf帆");
    pty.press(ESC);
    pty.see("Esc back");
    pty.wait("for the cursor to be hidden", vt100::Screen::hide_cursor);
}

#[test]
fn a_paste_with_newlines_runs_nothing() {
    let mut pty = demo(&[]);
    let paste = |text: &str| format!("\u{1b}[200~{text}\u{1b}[201~");
    pty.press(&paste("q\r\nq\n:quit\r"));
    pty.press("/");
    pty.see("Esc clear");
    pty.press(&paste("Won\nq\r\n"));
    pty.see("/ Won q");
    pty.press(ESC);
    pty.lose("/ Won");
    pty.press(":");
    pty.see("run");
    pty.press(&paste("quit\n"));
    pty.see(": quit");
    pty.press(ESC);
    pty.see("Owners");
}

#[test]
fn the_mouse_selects_and_opens_and_is_given_back() {
    let mut pty = demo(&[]);
    pty.wait("for the mouse", |screen| screen.mouse_protocol_mode() != vt100::MouseProtocolMode::None);
    pty.see("Discovery");
    // Where the line stands, counted from 1 as terminals do.
    let row = pty.screen().lines().position(|line| line.contains("Discovery")).unwrap() + 1;
    pty.press(&format!("\u{1b}[<0;6;{row}M\u{1b}[<0;6;{row}m"));
    pty.see("▸ Discovery");
    pty.press(&format!("\u{1b}[<0;6;{row}M\u{1b}[<0;6;{row}m"));
    pty.see("age or");
    pty.press(ESC);
    pty.see("Owners");
    pty.press("q");
    assert!(pty.end().success());
    pty.assert_whole();
    let pty = Pty::start(&["demo", "--no-mouse"], &[], (80, 24));
    pty.see("The leak: MQL → SQL");
    pty.wait("for no mouse", |screen| screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None);
}

#[test]
fn the_first_page_goes_on_to_the_demo_in_the_same_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("mine.db");
    let mut pty = Pty::start(&["--store", store.to_str().unwrap()], &[], (80, 24));
    pty.see("The store is empty");
    pty.press("d");
    pty.see("demo clock");
    pty.see("The leak: MQL → SQL");
    pty.press("b");
    pty.see("snapshot");
    pty.press("q");
    assert!(pty.end().success());
    pty.assert_whole();
}

#[test]
fn every_command_of_the_palette_runs_on_an_empty_store() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("mine.db");
    let mut pty = Pty::start(&["--store", store.to_str().unwrap()], &[], (80, 24));
    pty.see("The store is empty");
    let here = |command: &&Command| command.contexts.contains(&Context::Welcome) && command.when == When::Always;
    for command in commands().filter(here).filter(|command| !["stop", "language", "palette"].contains(&command.id)) {
        pty.press(&format!(":{}", command.id));
        pty.see(&format!(": {}", command.id));
        pty.press(ENTER);
        // A page that has opened is closed.
        pty.press(ESC);
        pty.lose(&format!(": {}", command.id));
        pty.press(ESC);
        pty.see("The store is empty");
    }
    pty.press("q");
    assert!(pty.end().success(), "{}", pty.screen());
    pty.assert_whole();
}

/// Dates that nothing settles are asked for, once; the answer counts for that file.
#[test]
fn an_open_order_of_dates_is_asked() {
    let folder = tempfile::tempdir().unwrap();
    let (store, file) = (folder.path().join("s.db"), folder.path().join("deals.csv"));
    std::fs::write(&file, "id,name,stage,close_date\n1,Helio,Demo,03/04/2026\n2,Plenum,Demo,05/06/2026\n").unwrap();
    let (store, file) = (store.to_str().unwrap(), file.to_str().unwrap());
    let mut pty = Pty::start(&["--store", store, "import", file], &[], (200, 40));
    pty.see("[y/m/d]");
    pty.press("d\r");
    pty.see("[y/N]");
    pty.press("y\r");
    pty.see("Imported as action");
    assert!(pty.end().success());
    let kept: Vec<String> = {
        let connection = rusqlite::Connection::open(store).unwrap();
        let mut rows = connection.prepare("SELECT close_date FROM opportunity ORDER BY close_date").unwrap();
        rows.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    assert_eq!(kept, ["2026-04-03", "2026-06-05"]);
    let sentence = fail(revops(Path::new(store)).args(["import", file, "--yes"]), 3);
    assert!(sentence.contains("--dates"), "{sentence}");
}

/// From an empty store to an import, to its numbers, and back, with the keyboard alone.
#[test]
fn a_file_is_imported_through_the_wizard() {
    let folder = tempfile::tempdir().unwrap();
    let (store, files) = (folder.path().join("s.db"), folder.path().join("my exports"));
    std::fs::create_dir(&files).unwrap();
    let deals = "Deal No,Phase,Volume,Close\n1,Demo,100,03/04/2026\n2,Demo,200,05/06/2026\n";
    std::fs::write(files.join("weekly.csv"), deals).unwrap();
    let mut pty = Pty::start(&["--store", store.to_str().unwrap()], &[], (100, 30));
    pty.see("The store is empty");
    pty.press("i");
    pty.see("File or folder:");
    // As a file manager drags it in; then the name is typed and completed.
    pty.press(&format!("{}/my\\ exports/", folder.path().display()));
    pty.see("weekly.csv");
    pty.press("we\t");
    pty.see("exports/weekly.csv");
    pty.press(ENTER);
    pty.see("o says it");
    pty.press("o");
    pty.see("The rows are:");
    pty.press("opportunities");
    pty.see("rows are:  opportunities");
    pty.press(ENTER);
    pty.see("identifies the row.");
    for (column, field) in
        [("Deal No", "identifies"), ("Phase", "stage"), ("Volume", "amount"), ("Close", "close date")]
    {
        pty.press(ENTER);
        pty.see(&format!("{column} becomes:"));
        pty.press(field);
        pty.see(&format!("{column} becomes:  {field}"));
        pty.press(ENTER);
        pty.lose("becomes:");
        pty.press("j");
    }
    pty.see("d says how");
    pty.press("d");
    pty.see("Dates are written:");
    pty.press("dmy");
    pty.see("written:  dmy");
    pty.press(ENTER);
    pty.lose("d says how");
    pty.press("s");
    pty.see("Save the mapping as:");
    pty.press(ENTER);
    pty.see("saved as “weekly”");
    pty.press("i");
    pty.see("What would happen");
    pty.press("i");
    pty.see("Imported as action 1");
    pty.press(ENTER);
    pty.lose("Imported as action 1");
    pty.see("v view");
    pty.press("v");
    pty.see("Demo");
    pty.press("u");
    pty.see("Undone: action 1");
    pty.see("The store is empty");
    pty.press("i");
    pty.see("exports/weekly.csv");
    pty.press(ENTER);
    pty.see("your mapping “weekly”");
    pty.press(ESC);
    pty.see("File or folder:");
    pty.press(ESC);
    pty.see("The store is empty");
    pty.press("q");
    assert!(pty.end().success());
    pty.assert_whole();
}

/// Stopped while it counts and while it writes, the store is as it was; then the same import goes through.
#[test]
fn an_import_in_the_wizard_is_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let (store, file) = (folder.path().join("s.db"), folder.path().join("leads.csv"));
    let lines: String = (0..150_000).map(|n| format!("{n},Lead {n},lead{n}@example.com,Event,{}\n", n % 100)).collect();
    std::fs::write(&file, format!("id,full_name,email,source,score\n{lines}")).unwrap();
    let mut pty = Pty::start(&["--store", store.to_str().unwrap()], &[], (100, 30));
    pty.see("The store is empty");
    pty.press("i");
    pty.see("File or folder:");
    pty.press(file.to_str().unwrap());
    pty.see("leads.csv");
    pty.press(ENTER);
    pty.see("150,000 rows");
    pty.press("i");
    pty.see("rows/s");
    pty.press(ESC);
    pty.see("Stopped. The store is as it was.");
    pty.press("i");
    pty.see("What would happen");
    pty.press("i");
    pty.see("rows/s");
    pty.press("\u{3}");
    pty.see("Stopped. The store is as it was.");
    let info = || crate::support::program::json(revops(&store).args(["store", "info", "--format", "json"]));
    assert_eq!(info()["rows"]["person"].as_i64().unwrap_or(0), 0);
    pty.press("i");
    pty.see("Imported as action");
    assert_eq!(info()["rows"]["person"], 150_000);
    pty.press(ESC);
    pty.lose("Imported as action");
    pty.press("q");
    assert!(pty.end().success());
    pty.assert_whole();
}
