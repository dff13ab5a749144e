//! Keys in, effects and screens out; no terminal, no threads, no store.

mod edit;
mod flow;
mod handoff;
mod hostile;
mod import;
mod mouse;
mod palette;
mod records;
mod replay;
mod screens;
mod stage;
mod tables;

use super::*;
use crate::analysis::pipeline::Deals;
use crate::domain::money::Currency;
use crate::domain::object::Object;
use crate::domain::value::Id;
use crate::text;
use crate::tui::analyst::Window;
use crate::tui::keymap::{Context, Key};
use stage::{Bench, Facts};

fn remembered(effects: &[Effect]) -> Vec<(&str, &str)> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Write(Order::Remember { key, value }) => Some((key.as_str(), value.as_str())),
            _ => None,
        })
        .collect()
}

#[test]
fn the_first_wish_is_the_pipeline() {
    let mut app = stage::app(Lang::En, (80, 24));
    let Some(Effect::Watch(watch)) = app.start().pop() else { panic!("nothing asked") };
    assert!(watch.generation == 1 && matches!(watch.subject, Subject::Pipeline(_)), "{watch:?}");
    assert!(app.update(Event::Tick).is_empty(), "nothing new is asked for while nothing changes");
}

#[test]
fn enter_opens_the_deals_of_the_line_then_the_record_and_escape_goes_back() {
    let mut bench = Bench::new(Lang::En, (80, 24), Facts::Some);
    bench.press(Key::Down);
    let effects = bench.app.update(Event::Key(Key::Enter));
    let [Effect::Watch(Watch { subject: Subject::List(listing, window), .. })] = effects.as_slice() else {
        panic!("{effects:?}")
    };
    assert_eq!(listing.selection, Deals::default().stage(2).into());
    assert!(window.count >= 20 && window.first == 0, "{window:?}");
    bench.answer(effects);
    let effects = bench.app.update(Event::Key(Key::Enter));
    let [Effect::Watch(Watch { subject: Subject::Record(Object::Opportunity, Id(_)), .. })] = effects.as_slice() else {
        panic!("{effects:?}")
    };
    bench.answer(effects);
    assert_eq!(bench.app.context(), Context::Record);
    bench.press(Key::Esc);
    assert_eq!(bench.app.context(), Context::List);
    bench.press(Key::Esc);
    bench.press(Key::Esc);
    assert_eq!(bench.app.context(), Context::Pipeline);
    assert!(bench.screen().contains("Engaging"), "and never quits");
}

#[test]
fn q_quits_at_the_top_and_says_so_elsewhere() {
    let mut bench = Bench::new(Lang::En, (80, 24), Facts::Some);
    bench.press(Key::Enter);
    assert!(bench.app.update(Event::Key(Key::Char('q'))).is_empty());
    assert!(bench.screen().contains("Esc goes back"));
    assert_eq!(bench.app.update(Event::Key(Key::Ctrl('c'))), [Effect::Quit]);
    bench.press(Key::Esc);
    assert_eq!(bench.app.update(Event::Key(Key::Char('q'))), [Effect::Quit]);
}

#[test]
fn undo_and_redo_are_orders_and_their_outcome_is_told_until_a_key() {
    let mut bench = Bench::new(Lang::En, (80, 24), Facts::Some);
    assert_eq!(bench.app.update(Event::Key(Key::Char('u'))), [Effect::Write(Order::Undo)]);
    assert_eq!(bench.app.update(Event::Key(Key::Ctrl('z'))), [Effect::Write(Order::Undo)]);
    assert_eq!(bench.app.update(Event::Key(Key::Ctrl('r'))), [Effect::Write(Order::Redo)]);
    assert_eq!(bench.app.update(Event::Key(Key::Ctrl('y'))), [Effect::Write(Order::Redo)]);
    let refused = Message::new("tui-record-gone");
    assert_eq!(bench.app.update(Event::Done(Done::Undone(Err(refused)))), [Effect::Refresh]);
    assert!(bench.screen().contains("Not done: This record"));
    bench.app.update(Event::Tick);
    assert!(bench.screen().contains("Not done: This record"), "an error stays until a key");
    bench.press(Key::Down);
    assert!(!bench.screen().contains("Not done"));
}

#[test]
fn undo_is_offered_only_while_there_is_something_to_undo() {
    let mut bench = Bench::new(Lang::En, (120, 40), Facts::Some);
    assert!(!bench.screen().contains("u undo") && !bench.screen().contains("redo"), "{}", bench.screen());
    bench.app.update(Event::Reversible(Reversible { undo: true, redo: false }));
    assert!(bench.screen().contains("u undo") && !bench.screen().contains("redo"), "{}", bench.screen());
}

#[test]
fn a_store_that_an_undo_has_emptied_says_how_it_comes_back() {
    let mut bench = Bench::new(Lang::En, (80, 24), Facts::None);
    assert!(!bench.screen().contains("Ctrl-R"), "{}", bench.screen());
    bench.app.update(Event::Reversible(Reversible { undo: false, redo: true }));
    assert!(bench.screen().contains("Ctrl-R  do again what you undid last"), "{}", bench.screen());
}

#[test]
fn the_language_changes_live_and_is_remembered() {
    let mut bench = Bench::new(Lang::En, (80, 24), Facts::Some);
    let effects = bench.app.update(Event::Key(Key::Char('L')));
    assert_eq!(remembered(&effects), [("language", "zh-CN")]);
    assert!(bench.screen().contains("负责人"));
    let effects = bench.app.update(Event::Key(Key::Char('b')));
    assert_eq!(remembered(&effects), [("pipeline-cut", "owners")]);
}

#[test]
fn a_stale_answer_is_dropped() {
    let mut bench = Bench::new(Lang::En, (80, 24), Facts::Some);
    let before = bench.screen();
    bench.app.update(Event::Loaded(0, Answer::Failed(Message::new("tui-loading"))));
    assert_eq!(bench.screen(), before);
    bench.app.update(Event::Loaded(1, Answer::Failed(Message::new("tui-record-gone"))));
    assert!(bench.screen().contains("no longer in the store"), "and the numbers stay: {}", bench.screen());
    assert!(bench.screen().contains("Engaging"));
}

#[test]
fn the_selection_stays_with_its_line_when_lines_come_and_go() {
    let mut bench = Bench::new(Lang::En, (80, 24), Facts::Some);
    bench.press(Key::Char('b'));
    bench.press(Key::Down);
    let selected = bench.selected_line();
    bench.refresh(Facts::More);
    assert_eq!(bench.selected_line(), selected);
    assert_ne!(bench.screen(), Bench::new(Lang::En, (80, 24), Facts::Some).screen());
}

#[test]
fn a_long_list_is_loaded_around_the_screen_only() {
    let mut bench = Bench::new(Lang::En, (80, 24), Facts::More);
    bench.press(Key::Enter);
    let effects = bench.app.update(Event::Key(Key::Char('G')));
    let [Effect::Watch(Watch { subject: Subject::List(_, Window { first, count }), .. })] = effects.as_slice() else {
        panic!("{effects:?}")
    };
    assert!(*first > 300 && *count < 100, "{first} {count}");
    assert!(bench.screen().contains('…'), "rows that are not loaded yet are marked");
    bench.answer(effects);
    assert!(!bench.screen().contains('…'), "{}", bench.screen());
    assert!(bench.app.update(Event::Key(Key::Up)).is_empty(), "a step inside the window asks for nothing");
}

#[test]
fn full_width_keys_of_a_chinese_input_method_work() {
    let mut bench = Bench::new(Lang::ZhCn, (80, 24), Facts::Some);
    bench.press(Key::Char('？'));
    assert_eq!(bench.app.context(), Context::Help);
    bench.press(Key::Char('？'));
    assert_eq!(bench.app.context(), Context::Pipeline);
}

#[test]
fn a_record_that_goes_while_it_is_open_says_so() {
    let mut bench = Bench::new(Lang::En, (80, 24), Facts::Some);
    bench.press(Key::Enter);
    bench.press(Key::Enter);
    let generation = bench.app.generation;
    bench.app.update(Event::Loaded(generation, Answer::Record(None, Currency::USD, Default::default())));
    assert!(bench.screen().contains("no longer in the store; Esc goes back"));
    assert!(!bench.screen().contains("⏎ open"), "nothing to open is offered");
}

#[test]
fn a_line_of_a_record_leads_to_the_record_it_names() {
    let mut bench = Bench::new(Lang::En, (80, 24), Facts::Some);
    bench.press(Key::Enter);
    bench.press(Key::Enter);
    let effects = bench.app.update(Event::Key(Key::Enter));
    let [Effect::Watch(Watch { subject: Subject::Record(Object::Account, Id(31)), .. })] = effects.as_slice() else {
        panic!("{effects:?}")
    };
}

#[test]
fn pasted_text_goes_nowhere() {
    let mut bench = Bench::new(Lang::En, (80, 24), Facts::Some);
    assert!(bench.app.update(Event::Paste("q\nq".to_owned())).is_empty());
}

#[test]
fn hostile_names_reach_no_terminal_and_move_no_border() {
    let mut bench = Bench::new(Lang::En, (80, 24), Facts::Hostile);
    for key in [Key::Char('b'), Key::Enter, Key::Enter] {
        let screen = bench.screen();
        assert!(!screen.chars().any(|c| c.is_control() && c != '\n'), "{screen:?}");
        assert!(screen.lines().all(|line| text::width(line) <= 80), "{screen}");
        bench.press(key);
    }
}

#[test]
fn every_size_draws_without_a_panic() {
    for lang in Lang::ALL {
        let mut bench = Bench::new(lang, (80, 24), Facts::Some);
        for keys in [&[][..], &[Key::Char('b')], &[Key::Enter], &[Key::Enter], &[Key::Char('?')]] {
            keys.iter().for_each(|&key| bench.press(key));
            for width in [0, 1, 2, 39, 40, 41, 60, 79, 200] {
                for height in [0, 1, 2, 7, 8, 9, 12, 16, 23, 60] {
                    bench.resize(width, height);
                    bench.app.update(Event::Key(Key::Char('G')));
                    bench.draw();
                }
            }
            bench.resize(80, 24);
        }
    }
}
