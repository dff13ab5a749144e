//! The records pane: tables of everything, one search.

use super::stage::{Bench, Facts};
use super::*;
use crate::analysis::selection::Selection;

/// The table that is asked for, and its filter.
fn asked(bench: &Bench) -> (Object, String) {
    match &bench.app.watched {
        Some(Subject::List(listing, _)) => match listing.selection {
            Selection::All(object) => (object, listing.filter.clone()),
            ref other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

fn shoot(name: &str, bench: impl Fn(Lang, (u16, u16)) -> Bench) {
    for lang in Lang::ALL {
        for size in [(60, 16), (80, 24), (120, 40)] {
            let name = format!("{name}@{}-{}x{}", lang.tag(), size.0, size.1);
            insta::with_settings!({ omit_expression => true }, {
                insta::assert_snapshot!(name, bench(lang, size).screen());
            });
        }
    }
}

#[test]
fn tables() {
    shoot("records-people", Bench::records);
    shoot("records-accounts", |lang, size| {
        let mut bench = Bench::records(lang, size);
        bench.press(Key::Char(']'));
        bench
    });
    shoot("records-found", |lang, size| {
        let mut bench = Bench::records(lang, size);
        [Key::Char('['), Key::Char('/')].into_iter().for_each(|key| bench.press(key));
        bench.type_in("yunfan");
        bench
    });
    shoot("records-none", |lang, size| {
        let mut bench = Bench::new(lang, size, Facts::Some);
        bench.press(Key::Char('9'));
        bench
    });
}

#[test]
fn nine_leads_to_the_records_and_one_back_to_where_the_funnel_was_left() {
    let mut bench = Bench::new(Lang::En, (100, 30), Facts::Some);
    bench.press(Key::Enter);
    let list = bench.screen();
    let effects = bench.app.update(Event::Key(Key::Char('9')));
    assert_eq!(remembered(&effects), [("funnel-view", "people")]);
    bench.answer(effects);
    assert_eq!((bench.app.context(), asked(&bench).0), (Context::Records, Object::Person));
    bench.press(Key::Tab);
    bench.press(Key::Tab);
    assert_eq!(asked(&bench).0, Object::Opportunity);
    bench.press(Key::Char('1'));
    assert_eq!(bench.screen(), list, "the list that was open is open again");
    bench.press(Key::Char('9'));
    assert_eq!(asked(&bench).0, Object::Opportunity, "and the view of the records that was shown last");
}

#[test]
fn one_search_goes_through_all_tables_and_their_titles_tell_the_hits() {
    let mut bench = Bench::records(Lang::En, (100, 30));
    bench.press(Key::Char('/'));
    bench.type_in("yunfan");
    assert!(bench.screen().contains("People 15 ─ Accounts 1 ─ Deals 30"), "{}", bench.screen());
    bench.press(Key::Enter);
    bench.press(Key::Tab);
    assert_eq!(asked(&bench), (Object::Account, "yunfan".to_owned()));
    assert!(bench.screen().contains("1 of 4"), "{}", bench.screen());
    bench.press(Key::Esc);
    bench.press(Key::Tab);
    assert_eq!(asked(&bench), (Object::Opportunity, String::new()), "what is let go is let go everywhere");
}

#[test]
fn a_search_that_finds_nothing_here_tells_what_the_other_tables_have() {
    let mut bench = Bench::records(Lang::En, (100, 30));
    bench.press(Key::Char('/'));
    bench.type_in("1C1I");
    let told = |bench: &Bench| bench.screen().contains("The other tables have 120 records that do; v goes there.");
    assert!(bench.screen().contains("Nothing matches") && told(&bench), "{}", bench.screen());
    [Key::Enter, Key::Char('v'), Key::Char('v')].into_iter().for_each(|key| bench.press(key));
    assert!(bench.screen().contains("1C1I1119") && !told(&bench), "{}", bench.screen());
    bench.press(Key::Char('/'));
    bench.type_in("zzzz");
    assert!(bench.screen().contains("Nothing matches") && !told(&bench), "{}", bench.screen());
}

#[test]
fn a_test_that_cannot_be_read_is_told_below_the_search() {
    for (lang, said) in [(Lang::En, "“amount>abc” cannot be read"), (Lang::ZhCn, "无法识别“amount>abc”")] {
        let mut bench = Bench::records(lang, (60, 16));
        bench.press(Key::Char('/'));
        bench.type_in("amount>abc");
        assert!(bench.screen().contains(said), "{}", bench.screen());
        for _ in 0..3 {
            bench.press(Key::Backspace);
        }
        assert!(!bench.screen().contains(said), "{}", bench.screen());
    }
}

#[test]
fn a_message_that_is_cut_says_so() {
    let mut bench = Bench::records(Lang::En, (60, 16));
    let words = "word ".repeat(60);
    bench.app.say(super::super::notices::Tone::Done, &Message::new("undone").with("action", 5).with("what", &words));
    let lines = bench.app.notice_lines(60);
    assert_eq!(lines.len(), super::super::NOTICE_ROWS);
    assert!(lines.last().unwrap().ends_with('…'), "{lines:?}");
}

#[test]
fn f_finds_from_anywhere_with_the_caret_in_the_search() {
    let mut bench = Bench::new(Lang::En, (100, 30), Facts::Some);
    [Key::Enter, Key::Enter, Key::Char('F')].into_iter().for_each(|key| bench.press(key));
    assert_eq!(bench.app.context(), Context::Field);
    bench.type_in("q1");
    assert_eq!(asked(&bench), (Object::Person, "q1".to_owned()));
    [Key::Esc, Key::Char('1')].into_iter().for_each(|key| bench.press(key));
    assert_eq!(bench.app.context(), Context::Record, "the record that was open is still there");
}

#[test]
fn a_record_is_opened_and_the_selection_is_kept() {
    let mut bench = Bench::records(Lang::En, (100, 30));
    (0..3).for_each(|_| bench.press(Key::Down));
    let before = bench.screen();
    bench.press(Key::Enter);
    assert_eq!(bench.app.context(), Context::Record);
    bench.press(Key::Esc);
    assert_eq!(bench.screen(), before);
}

#[test]
fn panes_and_views_are_chosen_by_the_mouse_on_high_and_low_screens() {
    for size in [(100, 30), (60, 16)] {
        let mut bench = Bench::new(Lang::En, size, Facts::Some);
        let click = |bench: &mut Bench, title: &str| {
            let screen = bench.screen();
            let (row, line) = screen.lines().enumerate().find(|(_, line)| line.contains(title)).unwrap();
            let column = text::width(line.split(title).next().unwrap()) as u16;
            let effects = bench.app.update(Event::Mouse(crate::tui::action::Mouse::Click(column, row as u16)));
            bench.answer(effects);
        };
        click(&mut bench, "9 Records");
        assert_eq!(bench.app.views.shown(), View::People);
        click(&mut bench, "Accounts");
        assert_eq!(bench.app.views.shown(), View::Accounts);
        // On a low screen the other panes are digits.
        click(&mut bench, if size.1 < 20 { "1 " } else { "1 Funnel" });
        assert_eq!(bench.app.views.shown(), View::Pipeline);
    }
}

#[test]
fn filters_are_saved_by_name_applied_renamed_and_deleted() {
    let mut bench = Bench::records(Lang::En, (100, 30));
    bench.press(Key::Char('f'));
    assert!(bench.screen().contains("None yet"), "{}", bench.screen());
    bench.press(Key::Char('n'));
    assert!(bench.screen().contains("not filtered"), "{}", bench.screen());
    [Key::Esc, Key::Char('/')].into_iter().for_each(|key| bench.press(key));
    bench.type_in("yunfan");
    [Key::Enter, Key::Char('f'), Key::Char('n')].into_iter().for_each(|key| bench.press(key));
    bench.type_in("云帆");
    let effects = bench.app.update(Event::Key(Key::Enter));
    assert_eq!(remembered(&effects), [("filter-云帆", "yunfan")]);
    [Key::Esc, Key::Esc].into_iter().for_each(|key| bench.press(key));
    assert_eq!(asked(&bench).1, "", "the table is not filtered any more");
    [Key::Char('f'), Key::Enter].into_iter().for_each(|key| bench.press(key));
    assert_eq!(asked(&bench).1, "yunfan");
    [Key::Char('f'), Key::Char('r')].into_iter().for_each(|key| bench.press(key));
    bench.type_in("2");
    let effects = bench.app.update(Event::Key(Key::Enter));
    assert!(effects.contains(&Effect::Write(Order::Forget { key: "filter-云帆".to_owned() })));
    assert_eq!(remembered(&effects), [("filter-云帆2", "yunfan")]);
    let effects = bench.app.update(Event::Key(Key::Char('d')));
    assert_eq!(effects, [Effect::Write(Order::Forget { key: "filter-云帆2".to_owned() })]);
    let effects = bench.app.update(Event::Key(Key::Char('u')));
    assert_eq!(remembered(&effects), [("filter-云帆2", "yunfan")], "what is deleted comes back");
}

#[test]
fn saved_filters() {
    shoot("records-filters", |lang, size| {
        let mut bench = Bench::records(lang, size);
        let filters = [("open deals of this quarter", "open created>=2026-10"), ("云帆", "yunfan")];
        bench.app.filters = filters.map(|(name, text)| (name.to_owned(), text.to_owned())).into();
        [Key::Char('f'), Key::Down].into_iter().for_each(|key| bench.press(key));
        bench
    });
}
