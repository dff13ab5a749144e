//! Filter, sort, marks, columns and copy.

use super::*;
use crate::tui::analyst::Listing;
use crate::tui::widgets::table::Sort;

/// The list that the interface asked for last.
fn asked(bench: &Bench) -> Listing {
    match bench.app.watched.clone() {
        Some(Subject::List(listing, _)) => listing,
        other => panic!("{other:?}"),
    }
}

fn copied(bench: &mut Bench) -> String {
    match bench.app.update(Event::Key(Key::Char('y'))).as_slice() {
        [Effect::Copy(text)] => text.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_cut_is_filtered_while_typing_and_the_selection_stays_with_its_line() {
    let mut bench = Bench::new(Lang::En, (80, 24), Facts::Some);
    bench.press(Key::Char('b'));
    bench.press(Key::Down);
    let selected = bench.selected_line();
    bench.press(Key::Char('/'));
    assert_eq!(bench.app.context(), Context::Field);
    bench.type_in("wf");
    let screen = bench.screen();
    assert!(screen.contains("王 芳") && !screen.contains("Théodore"), "{screen}");
    assert!(screen.contains("1 of 4"), "{screen}");
    bench.press(Key::Esc);
    assert_eq!(bench.app.context(), Context::Pipeline);
    assert!(bench.screen().contains("Théodore"), "Esc in the field clears it");
    bench.press(Key::Char('/'));
    bench.type_in(&selected.chars().take(3).collect::<String>());
    bench.press(Key::Enter);
    assert_eq!(bench.selected_line(), selected);
    bench.press(Key::Char('b'));
    assert!(!bench.screen().contains(" of 4"), "another cut has a filter of its own");
}

#[test]
fn in_the_field_letters_are_text_and_arrows_move_the_selection() {
    let mut bench = Bench::new(Lang::En, (80, 24), Facts::Some);
    bench.press(Key::Enter);
    bench.press(Key::Char('/'));
    bench.type_in("q1j");
    assert_eq!(asked(&bench).filter, "q1j");
    bench.press(Key::Ctrl('u'));
    assert_eq!(asked(&bench).filter, "");
    let before = bench.selected_line();
    bench.press(Key::Down);
    assert_ne!(bench.selected_line(), before);
    assert_eq!(bench.app.context(), Context::Field);
}

#[test]
fn a_list_is_filtered_by_the_analyst_and_the_caret_stands_behind_wide_characters() {
    let mut bench = Bench::new(Lang::ZhCn, (80, 24), Facts::Some);
    bench.press(Key::Char('b'));
    bench.press(Key::Enter);
    let all = bench.screen();
    bench.press(Key::Char('／'));
    bench.type_in("云帆");
    assert_eq!(asked(&bench).filter, "云帆");
    let screen = bench.screen();
    assert!(screen.contains("云帆科技") && !screen.contains("Helio"), "{screen}");
    let row = screen.lines().position(|line| line.starts_with(" / 云帆")).unwrap();
    assert_eq!(bench.caret(), (7, row as u16));
    bench.press(Key::Enter);
    assert!(bench.screen().contains(" / 云帆"), "an active filter is shown");
    bench.press(Key::Esc);
    bench.press(Key::Char('g'));
    assert_eq!(bench.screen(), all, "Esc takes the filter away before it goes back");
    bench.press(Key::Esc);
    assert_eq!(bench.app.context(), Context::Pipeline);
}

#[test]
fn a_paste_is_text_in_the_field_and_nothing_elsewhere() {
    let mut bench = Bench::new(Lang::En, (80, 24), Facts::Some);
    bench.press(Key::Char('/'));
    bench.app.update(Event::Paste("Won\nq\r\n\u{1b}".to_owned()));
    assert!(bench.screen().contains(" / Won q"), "{}", bench.screen());
    assert_eq!(bench.app.context(), Context::Field);
}

#[test]
fn sorting_walks_through_the_columns() {
    let mut bench = Bench::new(Lang::En, (80, 24), Facts::Some);
    bench.press(Key::Char('s'));
    assert!(bench.screen().contains("stage▴"), "{}", bench.screen());
    bench.press(Key::Char('s'));
    assert!(bench.screen().contains("deals▾"), "{}", bench.screen());
    bench.press(Key::Enter);
    bench.press(Key::Char('s'));
    bench.press(Key::Char('S'));
    assert_eq!(asked(&bench).sort, Some(Sort { column: "name", descending: true }));
    (0..7).for_each(|_| bench.press(Key::Char('s')));
    assert_eq!(asked(&bench).sort, None);
    assert!(bench.screen().contains("Sorted as before"));
}

#[test]
fn marked_lines_are_copied_and_escape_takes_the_marks_first() {
    let mut bench = Bench::new(Lang::En, (80, 24), Facts::Some);
    bench.press(Key::Enter);
    let one = copied(&mut bench);
    let (head, line) = one.split_once('\n').unwrap();
    assert!(head.starts_with("deal\taccount\tstage") && head.matches('\t').count() == 6, "{one:?}");
    assert!(!line.contains('\n') && line.matches('\t').count() == 6, "{one:?}");
    assert!(bench.screen().contains("Copied: 1C1I"), "{}", bench.screen());
    bench.press(Key::Char(' '));
    bench.press(Key::Char(' '));
    assert!(bench.screen().contains("2 lines are marked"), "{}", bench.screen());
    let two = copied(&mut bench);
    assert!(two.lines().count() == 3 && two.starts_with(&one), "{two:?}");
    assert!(bench.screen().contains("Copied 2 lines"), "{}", bench.screen());
    bench.press(Key::Esc);
    assert!(!bench.screen().contains("* "), "{}", bench.screen());
    assert_eq!(bench.app.context(), Context::List);
    bench.press(Key::Char('M'));
    let screen = bench.screen();
    assert!(screen.contains("Copied 2 lines") && !screen.contains("marked"), "marks are no news: {screen}");
}

#[test]
fn nothing_that_a_terminal_obeys_is_copied() {
    let mut bench = Bench::new(Lang::En, (80, 24), Facts::Hostile);
    bench.press(Key::Char('b'));
    let line = copied(&mut bench);
    assert!(!line.chars().any(|c| c.is_control() && !matches!(c, '\t' | '\n')), "{line:?}");
    bench.press(Key::Enter);
    bench.press(Key::Enter);
    assert!(!copied(&mut bench).is_empty(), "a line of a record is copied too");
}

#[test]
fn hidden_columns_are_remembered_for_their_table() {
    let mut bench = Bench::new(Lang::En, (120, 40), Facts::Some);
    bench.press(Key::Enter);
    bench.press(Key::Char('C'));
    bench.press(Key::Down);
    bench.press(Key::Down);
    let effects = bench.app.update(Event::Key(Key::Char(' ')));
    assert_eq!(remembered(&effects), [("columns-records", "owner")]);
    assert!(bench.screen().contains("[ ] owner"), "{}", bench.screen());
    bench.press(Key::Esc);
    assert!(!bench.screen().contains("owner"), "{}", bench.screen());
}

#[test]
fn hidden_columns_are_told_and_come_back_together() {
    let mut bench = Bench::new(Lang::En, (120, 40), Facts::Some);
    bench.press(Key::Enter);
    [Key::Char('C'), Key::Char(' '), Key::Down, Key::Char(' '), Key::Esc].into_iter().for_each(|key| bench.press(key));
    assert!(bench.screen().contains("2 columns hidden: C"), "{}", bench.screen());
    bench.press(Key::Char('C'));
    assert!(bench.screen().contains("2 columns hidden"), "{}", bench.screen());
    let effects = bench.app.update(Event::Key(Key::Char('r')));
    assert_eq!(remembered(&effects), [("columns-records", "")]);
    bench.press(Key::Esc);
    assert!(!bench.screen().contains("hidden"), "{}", bench.screen());
}

#[test]
fn numbers_are_copied_for_spreadsheets_under_a_title_each() {
    let mut bench = Bench::flow(Lang::En, (100, 30), 4_000);
    let text = copied(&mut bench);
    let (head, line) = text.split_once('\n').unwrap();
    assert_eq!(head.split('\t').count(), line.split('\t').count(), "{text}");
    assert!(head.split('\t').all(|title| !title.is_empty()) && head.ends_with("verdict"), "{text}");
    assert!(line.contains("\t240\t-20.0 %\t20.0 %\t1200\t-20.0 %\t"), "{text}");
    let mut pipeline = Bench::new(Lang::En, (100, 30), Facts::Some);
    assert!(!copied(&mut pipeline).contains('K'), "every digit of an amount");
}

#[test]
fn a_filtered_list_tells_how_many_of_all_it_holds() {
    let mut bench = Bench::flow(Lang::En, (100, 30), 4_000);
    [Key::Enter, Key::Char('/')].into_iter().for_each(|key| bench.press(key));
    bench.type_in("ingrid");
    let screen = bench.screen();
    assert!(screen.lines().nth(3).unwrap().contains(" of 240 people"), "{screen}");
}
