//! The records pane over a million people: reading and folding their texts, a search at every key, and the frames
//! that are drawn meanwhile.
//!
//! `REVOPS_BENCH_LEADS` (1000000) leads of the company that `revops sample` makes, imported into a store of their own.
//! Times are printed as p50 and p99 of what a user waits for: nothing is asserted.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a bench stops at the first surprise")]

mod screen;

use revops::clock::Clock;
use revops::domain::funnel::Funnels;
use revops::tui::analyst::Desk;
use revops::tui::keymap::Key;
use revops::tui::views::View;
use screen::{NOW, Screen, fill, number, open, print_once};
use std::time::Instant;

/// What is typed, one key after the other.
const WORDS: [&str; 6] = ["yunfan", "ana ruiz", "lee", "555 0123", "open score>=80", "云"];

fn main() {
    let leads = number("REVOPS_BENCH_LEADS", 1_000_000);
    let folder = tempfile::tempdir().unwrap();
    let mut session = open(folder.path());
    let began = Instant::now();
    fill(&mut session, leads, &folder.path().join("files"));
    print_once(&format!("{leads} leads made and imported"), began);
    let mut desk = Desk::new(session.reader().unwrap(), Clock::Fixed(NOW), Funnels::shipped());
    let began = Instant::now();
    desk.catch_up().unwrap();
    print_once("the facts are loaded", began);
    let began = Instant::now();
    let mut screen = Screen::new(desk, View::People);
    print_once("first frame of all people", began);
    let began = Instant::now();
    screen.press(Key::Char('/'));
    screen.press(Key::Char('x'));
    print_once("first search: texts are read and folded", began);
    screen.press(Key::Esc);
    screen.search("a key of a search, to its frame", &WORDS);
    screen.told("a step down, to its frame", 300, |screen, _| screen.press(Key::Down));
    screen.told("a page down, to its frame", 100, |screen, _| screen.press(Key::PageDown));
    screen.told("to the last row and back, to the frame", 20, |screen, n| {
        screen.press(Key::Char(if n % 2 == 0 { 'G' } else { 'g' }))
    });
    screen.told("sorting by the next column, to the frame", 6, |screen, _| screen.press(Key::Char('s')));
    screen.told("a record and back, to the frame", 20, |screen, _| {
        let time = screen.press(Key::Enter);
        screen.press(Key::Esc);
        screen.press(Key::Down);
        time
    });
    screen.while_searching(&WORDS);
    screen.print_frames();
}
