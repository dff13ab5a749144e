//! Clicks and the wheel, and the first page.

use super::*;
use crate::tui::action::Mouse;

/// Clicks on the first character of `text`.
fn click(bench: &mut Bench, text: &str) -> Vec<Effect> {
    let screen = bench.screen();
    let (row, line) =
        screen.lines().enumerate().find(|(_, line)| line.contains(text)).unwrap_or_else(|| panic!("{screen}"));
    let column = crate::text::width(line.split(text).next().unwrap());
    let effects = bench.app.update(Event::Mouse(Mouse::Click(column as u16, row as u16)));
    bench.answer(effects.clone());
    effects
}

#[test]
fn a_click_selects_and_a_second_one_opens() {
    let mut bench = Bench::new(Lang::En, (80, 24), Facts::Some);
    assert!(click(&mut bench, "Lost").is_empty());
    assert!(bench.selected_line().starts_with("Lost"), "{}", bench.screen());
    click(&mut bench, "Lost");
    assert_eq!(bench.app.context(), Context::List);
    let second = bench.screen().lines().nth(7).unwrap().trim().split(' ').next().unwrap().to_owned();
    click(&mut bench, &second);
    assert!(bench.selected_line().starts_with(&second), "{}", bench.screen());
    click(&mut bench, &second);
    assert_eq!(bench.app.context(), Context::Record);
}

#[test]
fn a_click_on_a_title_goes_there_and_elsewhere_does_nothing() {
    for lang in Lang::ALL {
        let mut bench = Bench::new(lang, (80, 24), Facts::Some);
        let title = if lang == Lang::En { "Regions" } else { "区域" };
        let effects = click(&mut bench, title);
        assert_eq!(remembered(&effects), [("pipeline-cut", "regions")]);
    }
    let mut bench = Bench::new(Lang::En, (80, 24), Facts::Some);
    let before = bench.screen();
    for (column, row) in [(0, 0), (79, 23), (500, 500), (5, 20), (u16::MAX, u16::MAX)] {
        assert!(bench.app.update(Event::Mouse(Mouse::Click(column, row))).is_empty());
    }
    assert_eq!(bench.screen(), before);
}

#[test]
fn the_wheel_moves_lists_and_pages() {
    let mut bench = Bench::new(Lang::En, (80, 24), Facts::More);
    bench.press(Key::Enter);
    let top = bench.screen();
    (0..20).for_each(|_| drop(bench.app.update(Event::Mouse(Mouse::WheelDown))));
    assert_ne!(bench.screen(), top);
    (0..20).for_each(|_| drop(bench.app.update(Event::Mouse(Mouse::WheelUp))));
    assert_eq!(bench.screen(), top);
    bench.press(Key::Char('?'));
    let help = bench.screen();
    bench.app.update(Event::Mouse(Mouse::WheelDown));
    assert_ne!(bench.screen(), help);
}

#[test]
fn palette_and_columns_are_clicked_too() {
    let mut bench = Bench::new(Lang::En, (80, 24), Facts::Some);
    bench.press(Key::Char(':'));
    bench.type_in("theme");
    click(&mut bench, "theme: dark");
    assert_eq!(remembered(&click(&mut bench, "theme: dark")), [("theme", "dark")]);
    bench.press(Key::Enter);
    bench.press(Key::Char('C'));
    assert_eq!(remembered(&click(&mut bench, "owner")), [("columns-records", "owner")]);
}

#[test]
fn an_empty_store_offers_the_next_steps() {
    let mut bench = Bench::new(Lang::En, (80, 24), Facts::None);
    assert_eq!(bench.app.context(), Context::Welcome);
    assert!(!bench.screen().contains("sample company"), "the sample company does not offer itself");
    bench.app.demo = false;
    assert!(bench.screen().contains(" d  look around"), "{}", bench.screen());
    assert_eq!(bench.app.update(Event::Key(Key::Char('d'))), [Effect::Demo]);
    assert!(bench.screen().contains("Opening the sample company"));
    bench.app.no_demo("the disk is full");
    assert!(bench.screen().contains("Not done: the sample company cannot be opened: the disk is full"));
    bench.press(Key::Char('i'));
    assert!(bench.screen().contains("File or folder:"), "{}", bench.screen());
    bench.press(Key::Esc);
    bench.press(Key::Enter);
    assert_eq!(bench.app.context(), Context::Welcome, "there is nothing to open");
    bench.refresh(Facts::Some);
    assert_eq!(bench.app.context(), Context::Pipeline, "the first import opens the view");
}

#[test]
fn a_click_on_the_title_of_a_column_sorts_by_it_and_again_the_other_way_round() {
    let mut bench = Bench::new(Lang::En, (100, 30), Facts::Some);
    click(&mut bench, "age, d");
    assert!(bench.screen().contains("age, d▾"), "{}", bench.screen());
    click(&mut bench, "age, d");
    assert!(bench.screen().contains("age, d▴"), "{}", bench.screen());
    bench.press(Key::Enter);
    click(&mut bench, "owner");
    assert!(bench.screen().contains("owner▴"), "{}", bench.screen());
    let mut flow = Bench::flow(Lang::En, (100, 30), 4_000);
    click(&mut flow, "entered ");
    assert!(flow.screen().contains("entered▾"), "{}", flow.screen());
}

#[test]
fn a_click_on_a_hint_does_what_its_key_does() {
    let mut bench = Bench::flow(Lang::En, (100, 30), 4_000);
    click(&mut bench, "x explain");
    assert_eq!(bench.app.context(), Context::Explain);
    click(&mut bench, "? help");
    assert_eq!(bench.app.context(), Context::Help);
    click(&mut bench, "Esc back");
    assert_eq!(bench.app.context(), Context::Explain);
}

#[test]
fn the_steps_of_the_first_page_are_chosen_with_arrows() {
    let mut bench = Bench::new(Lang::En, (80, 24), Facts::None);
    bench.press(Key::Down);
    assert!(bench.selected_line().starts_with("L "), "{}", bench.screen());
    bench.press(Key::Enter);
    assert!(bench.screen().contains("数据库还是空的"), "{}", bench.screen());
    bench.press(Key::Up);
    bench.press(Key::Enter);
    assert_eq!(bench.app.context(), Context::ImportPlace);
}
