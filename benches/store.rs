//! A big store: how soon each view is there, and what a user waits for in it.
//!
//! `REVOPS_BENCH_LEADS` (1000000) leads of the company that `revops sample` makes; the deals and the moves from stage
//! to stage that it lacks of `REVOPS_BENCH_DEALS` (200000) and `REVOPS_BENCH_MOVES` (2000000, of deals and of people)
//! come as plain CSV. Times are printed as p50 and p99: nothing is asserted.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a bench stops at the first surprise")]

#[expect(dead_code, reason = "the bench of imports has use for the others")]
mod exports;
mod screen;

use revops::clock::Clock;
use revops::domain::funnel::Funnels;
use revops::ops::Session;
use revops::tui::analyst::Desk;
use revops::tui::keymap::Key;
use revops::tui::views::View;
use screen::{NOW, Screen, fill, import, number, open, print_once};
use std::path::Path;
use std::time::Instant;

/// What is typed into the filter of a table: words, and tests of fields.
const WORDS: [&str; 3] = ["yunfan", "ana ruiz", "deal 77"];
const TESTS: [&str; 4] = ["open amount>50k", "stage:demo owner:an", "created>=2026-07", "score>=80 lee"];

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = open(folder.path());
    let began = Instant::now();
    let [leads, deals, moves] = company(&mut session, folder.path());
    print_once(&format!("{leads} leads, {deals} deals, {moves} moves imported"), began);
    let cache = folder.path().join("cache");
    let began = Instant::now();
    drop(at(&session, &cache, View::Flow));
    print_once("opened for the first time, to the first frame", began);
    for view in [View::Flow, View::Pipeline, View::People] {
        let began = Instant::now();
        let mut screen = at(&session, &cache, view);
        print_once(&format!("opened, to the first frame of {}", view.key()), began);
        match view {
            View::People => records(&mut screen),
            _ => figures(&mut screen, view),
        }
        screen.print_frames();
    }
}

/// Fills a store; how much there is of everything then.
fn company(session: &mut Session, folder: &Path) -> [usize; 3] {
    let leads = number("REVOPS_BENCH_LEADS", 1_000_000);
    let [deals, moves] =
        [("REVOPS_BENCH_DEALS", 200_000), ("REVOPS_BENCH_MOVES", 2_000_000)].map(|(n, d)| number(n, d));
    fill(session, leads, &folder.join("files"));
    let [_, had, moved] = counts(session);
    let more = deals.saturating_sub(had);
    for (name, text) in [
        ("opportunities.csv", exports::deals(more, 0)),
        ("stage-history.csv", exports::moves(moves.saturating_sub(moved), more)),
    ] {
        let file = folder.join(name);
        std::fs::write(&file, text).unwrap();
        import(session, &file);
    }
    counts(session)
}

/// How many people, deals and moves there are.
fn counts(session: &Session) -> [usize; 3] {
    let facts = session.reader().unwrap().facts().unwrap();
    [facts.people.len(), facts.opportunities.len(), facts.stage_changes.len() + facts.lifecycle_changes.len()]
}

/// The program at a view, from its start to the first frame.
fn at(session: &Session, cache: &Path, view: View) -> Screen {
    let reader = session.reader().unwrap().with_snapshots(Some(cache.to_owned()));
    Screen::new(Desk::new(reader, Clock::Fixed(NOW), Funnels::shipped()), view)
}

/// A view of figures: its lines, the records behind them, a record.
fn figures(screen: &mut Screen, view: View) {
    let of = |what: &str| format!("{}: {what}", view.key());
    screen.told(&of("a step down, to its frame"), 50, |screen, n| {
        screen.press(if n % 10 < 5 { Key::Down } else { Key::Up })
    });
    screen.told(&of("another cut or basis"), 10, |screen, _| screen.press(Key::Char('b')));
    screen.told(&of("another period"), 8, |screen, n| screen.press(Key::Char(if n % 2 == 0 { '<' } else { '>' })));
    screen.told(&of("the list behind a line"), 10, |screen, n| {
        let time = screen.press(Key::Enter);
        screen.press(Key::Esc);
        screen.press(if n % 6 < 3 { Key::Down } else { Key::Up });
        time
    });
    screen.press(Key::Char('g'));
    screen.press(Key::Enter);
    screen.told(&of("a page of the list"), 30, |screen, _| screen.press(Key::PageDown));
    screen.told(&of("sorting the list"), 6, |screen, _| screen.press(Key::Char('s')));
    screen.search(&of("words in the list"), &WORDS);
    screen.search(&of("tests in the list"), &TESTS);
    screen.told(&of("a record of the list"), 20, |screen, _| {
        let time = screen.press(Key::Enter);
        screen.press(Key::Esc);
        screen.press(Key::Down);
        time
    });
}

/// The tables of all records.
fn records(screen: &mut Screen) {
    let began = Instant::now();
    screen.press(Key::Char('/'));
    screen.press(Key::Char('x'));
    print_once("records: first search, texts are read", began);
    screen.press(Key::Esc);
    for table in ["people", "accounts", "deals"] {
        let of = |what: &str| format!("{table}: {what}");
        screen.told(&of("a step down, to its frame"), 100, |screen, _| screen.press(Key::Down));
        screen.told(&of("a page down, to its frame"), 50, |screen, _| screen.press(Key::PageDown));
        screen.told(&of("to the last row and back"), 10, |screen, n| {
            screen.press(Key::Char(if n % 2 == 0 { 'G' } else { 'g' }))
        });
        screen.search(&of("words"), &WORDS);
        screen.search(&of("tests"), &TESTS);
        screen.told(&of("sorting by the next column"), 6, |screen, _| screen.press(Key::Char('s')));
        screen.told(&of("a record"), 20, |screen, _| {
            let time = screen.press(Key::Enter);
            screen.press(Key::Esc);
            screen.press(Key::Down);
            time
        });
        screen.press(Key::Char('v'));
    }
    screen.while_searching(&WORDS);
}
