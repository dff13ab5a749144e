//! The view Replay: a draft of rules beside those that hold, saved as one order.

use super::stage::Bench;
use super::*;
use crate::domain::handoff::Bodies;
use crate::domain::value::ActionId;
use chrono::NaiveDate;

fn shoot(name: &str, keys: &[Key], texts: &[&str]) {
    for lang in Lang::ALL {
        for size in [(60, 16), (80, 24), (120, 40)] {
            let mut bench = Bench::replay(lang, size);
            keys.iter().for_each(|&key| bench.press(key));
            for text in texts {
                bench.type_in(text);
                bench.press(Key::Enter);
            }
            let name = format!("{name}@{}-{}x{}", lang.tag(), size.0, size.1);
            insta::with_settings!({ omit_expression => true }, {
                insta::assert_snapshot!(name, bench.screen());
            });
        }
    }
}

/// The target of hot leads is typed anew: what is in the field goes first.
const TARGET: [Key; 4] = [Key::Down, Key::Char('e'), Key::Enter, Key::Ctrl('u')];

fn typed(bench: &mut Bench, keys: &[Key], text: &str) {
    keys.iter().for_each(|&key| bench.press(key));
    bench.type_in(text);
    bench.press(Key::Enter);
}

fn ordered(effects: &[Effect]) -> Option<(&crate::domain::handoff::Own, &Bodies)> {
    effects.iter().find_map(|effect| match effect {
        Effect::Write(Order::Define { own, seen }) => Some((&**own, seen)),
        _ => None,
    })
}

#[test]
fn screens() {
    shoot("replay", &[], &[]);
    shoot("replay-fields", &[Key::Down, Key::Enter], &[]);
    shoot("replay-target", &TARGET, &[]);
    shoot("replay-mistake", &TARGET, &["soon"]);
    shoot("replay-calendar", &[Key::Char('G'), Key::Enter], &[]);
}

#[test]
fn drafted_screens() {
    for lang in Lang::ALL {
        for size in [(80, 24), (120, 40)] {
            let mut bench = Bench::replay(lang, size);
            typed(&mut bench, &TARGET, "1m");
            bench.press(Key::Esc);
            let name = |what: &str| format!("replay-{what}@{}-{}x{}", lang.tag(), size.0, size.1);
            insta::with_settings!({ omit_expression => true }, {
                insta::assert_snapshot!(name("drafted"), bench.screen());
                [Key::Up, Key::Enter].iter().for_each(|&key| bench.press(key));
                insta::assert_snapshot!(name("changed"), bench.screen());
            });
        }
    }
}

#[test]
fn a_target_that_is_edited_is_judged_at_once_saved_as_one_order_and_kept_when_somebody_was_faster() {
    let mut bench = Bench::replay(Lang::En, (120, 40));
    assert!(bench.screen().contains("These are the rules that hold"), "{}", bench.screen());
    let before = bench.app.watched.clone();
    typed(&mut bench, &TARGET, "1m");
    bench.press(Key::Esc);
    let screen = bench.screen();
    assert!(screen.contains("5m → 1m") && screen.contains("Draft of one change, not saved"), "{screen}");
    assert!(screen.contains("missed deadlines become"), "{screen}");
    assert_ne!(bench.app.watched, before, "the past is judged again");
    // Other views come and go; the draft stays.
    [Key::Char('1'), Key::Char('2')].iter().for_each(|&key| bench.press(key));
    assert!(bench.screen().contains("5m → 1m"), "{}", bench.screen());
    let effects = bench.app.update(Event::Key(Key::Char('S')));
    let (own, seen) = ordered(&effects).expect("an order");
    assert_eq!(own.kinds.as_ref().unwrap()[0].policies[0].target, 60_000);
    assert_eq!(*seen, Bodies::default());
    let faster = Message::new("error-rules-changed-by").with("by", "Sara Holm");
    assert_eq!(bench.app.update(Event::Done(Done::Defined(Err(faster)))), [Effect::Refresh]);
    let screen = bench.screen();
    assert!(screen.contains("Sara Holm has changed the rules") && screen.contains("5m → 1m"), "{screen}");
    bench.app.update(Event::Done(Done::Defined(Ok(ActionId(7)))));
    let screen = bench.screen();
    assert!(screen.contains("Your rules are saved") && screen.contains("rules that hold"), "{screen}");
}

#[test]
fn what_is_typed_wrong_is_named_and_what_was_typed_stays() {
    let mut bench = Bench::replay(Lang::En, (100, 30));
    typed(&mut bench, &TARGET, "0m");
    assert!(bench.screen().contains("“0m” is no time to answer in"), "{}", bench.screen());
    bench.press(Key::Esc);
    bench.press(Key::Enter);
    assert!(bench.screen().contains(" 0m"), "what was typed is in the field again: {}", bench.screen());
    typed(&mut bench, &[Key::Ctrl('u')], "10m");
    bench.press(Key::Down);
    for (text, said) in [("2", "above 0 and at most 1"), ("zero", "above 0 and at most 1")] {
        typed(&mut bench, &[Key::Enter, Key::Ctrl('u')], text);
        assert!(bench.screen().contains(said), "{text}: {}", bench.screen());
        bench.press(Key::Esc);
    }
    assert!(ordered(&bench.app.update(Event::Key(Key::Char('S')))).is_none(), "not from the page");
}

#[test]
fn what_is_set_back_or_dropped_is_no_draft() {
    let mut bench = Bench::replay(Lang::En, (100, 30));
    typed(&mut bench, &TARGET, "1m");
    typed(&mut bench, &[Key::Enter, Key::Ctrl('u')], "5m");
    bench.press(Key::Esc);
    assert!(bench.screen().contains("rules that hold"), "{}", bench.screen());
    typed(&mut bench, &[Key::Char('e'), Key::Enter, Key::Ctrl('u')], "1m");
    [Key::Esc, Key::Char('D')].iter().for_each(|&key| bench.press(key));
    assert!(bench.screen().contains("The draft is dropped") && !bench.screen().contains("5m → 1m"));
    assert!(bench.app.update(Event::Key(Key::Char('S'))).is_empty() && bench.screen().contains("no draft"));
}

#[test]
fn a_calendar_is_copied_and_takes_the_days_of_a_file() {
    let mut bench = Bench::replay(Lang::En, (120, 40));
    bench.press(Key::Char('G'));
    typed(&mut bench, &[Key::Char('n')], "two words");
    assert!(bench.screen().contains("is no name for a calendar"), "{}", bench.screen());
    typed(&mut bench, &[Key::Ctrl('u')], "berlin");
    assert!(bench.screen().contains("berlin") && bench.screen().contains("draft"), "{}", bench.screen());
    // Its lines are in order of their names: the new one stands behind 24/7.
    [Key::Char('g'), Key::Down].iter().for_each(|&key| bench.press(key));
    while !bench.selected_line().starts_with("berlin") {
        bench.press(Key::Down);
    }
    [Key::Enter, Key::Char('G'), Key::Enter].iter().for_each(|&key| bench.press(key));
    bench.type_in("~/days.ics");
    let asked = bench.app.update(Event::Key(Key::Enter));
    let [Effect::Write(Order::Holidays { calendar, path })] = asked.as_slice() else { panic!("{asked:?}") };
    assert_eq!((calendar.as_str(), path.to_str()), ("berlin", Some("/home/ana/days.ics")));
    let refused = Message::new("error-import-ics-format").with("file", "days.ics");
    bench.app.update(Event::Done(Done::Holidays("berlin".into(), Err(refused))));
    assert!(bench.screen().contains("is no calendar in iCalendar format"), "{}", bench.screen());
    // What was typed is still there, and is tried again.
    assert!(!bench.app.update(Event::Key(Key::Enter)).is_empty());
    let day: NaiveDate = "2026-12-25".parse().unwrap();
    let told = crate::domain::calendar::Told { holidays: [day].into(), ..Default::default() };
    let effects = bench.app.update(Event::Done(Done::Holidays("berlin".into(), Ok(told))));
    bench.answer(effects);
    assert!(bench.screen().contains("1 holidays") && bench.screen().contains("2026-12-25"), "{}", bench.screen());
}

#[test]
fn small_screens_do_no_harm() {
    let mut bench = Bench::replay(Lang::ZhCn, (80, 24));
    for keys in [&[][..], &[Key::Down, Key::Enter], &[Key::Enter], &[Key::Esc, Key::Esc, Key::Char('G')]] {
        keys.iter().for_each(|&key| bench.press(key));
        for size in [(0, 0), (40, 8), (60, 16), (200, 60)] {
            bench.resize(size.0, size.1);
            bench.screen();
        }
    }
}
