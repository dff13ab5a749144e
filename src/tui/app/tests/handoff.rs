//! The hand-offs pane: queues that count down, deeds that are orders, one hand-off after the other.

use super::stage::{Bench, Facts, NOW};
use super::*;
use crate::analysis::handoff::Topic;
use crate::domain::time::Instant;
use crate::ops::Deed;
use crate::tui::writer::Handed;

/// What was ordered: the deeds, by whom, and what the only hand-off is called.
fn ordered(effects: &[Effect]) -> Vec<(usize, Deed, Option<i64>)> {
    let order = |effect: &Effect| match effect {
        Effect::Write(Order::Hand { deeds, by, .. }) => {
            let (_, deed) = deeds.first()?;
            Some((deeds.len(), deed.clone(), by.map(|id| id.0)))
        }
        _ => None,
    };
    effects.iter().filter_map(order).collect()
}

/// From the first queue backwards to the forms that are missing, and the form of the first of them.
static FORM: [Key; 8] = [Key::Left, Key::Left, Key::Left, Key::Left, Key::Left, Key::Left, Key::Left, Key::Char('f')];

fn at_once(bench: &mut Bench, keys: &[Key]) -> Vec<Effect> {
    keys.iter().flat_map(|key| bench.app.update(Event::Key(*key))).collect()
}

fn shoot(name: &str, bench: impl Fn(Lang, (u16, u16)) -> Bench) {
    for lang in Lang::ALL {
        for size in [(60, 16), (80, 24), (120, 40), (160, 50)] {
            let name = format!("{name}@{}-{}x{}", lang.tag(), size.0, size.1);
            insta::with_settings!({ omit_expression => true }, {
                insta::assert_snapshot!(name, bench(lang, size).screen());
            });
        }
    }
}

#[test]
fn screens() {
    shoot("handoffs", Bench::handoffs);
    let after = |keys: &'static [Key]| {
        move |lang, size| {
            let mut bench = Bench::handoffs(lang, size);
            keys.iter().for_each(|&key| bench.press(key));
            bench
        }
    };
    shoot("handoffs-triage", after(&[Key::Char('z')]));
    shoot("handoffs-assign", after(&[Key::Char('a')]));
    shoot("handoffs-return", after(&[Key::Char('r')]));
    shoot("handoffs-next-touch", after(&[Key::Char('n')]));
    shoot("handoffs-explain", after(&[Key::Char('x')]));
    shoot("handoffs-form", after(&FORM));
    shoot("handoffs-none", |lang, size| Bench::with_handoffs(lang, size, Facts::Some, "", 0));
}

#[test]
fn screens_of_looking_back() {
    for (at, topic) in Topic::ALL.into_iter().enumerate() {
        shoot(&format!("review-{}", topic.key()), |lang, size| {
            let mut bench = Bench::handoffs(lang, size);
            (0..=at).for_each(|_| bench.press(Key::Char('v')));
            bench
        });
    }
    shoot("review-explain", |lang, size| {
        let mut bench = Bench::handoffs(lang, size);
        bench.press(Key::Char('v'));
        bench.press(Key::Char('x'));
        bench
    });
}

#[test]
fn a_line_of_a_review_opens_its_hand_offs_and_a_period_is_walked_to() {
    let mut bench = Bench::handoffs(Lang::En, (120, 40));
    bench.press(Key::Char('v'));
    assert_eq!(bench.app.context(), Context::Review);
    let quarter = bench.screen();
    bench.press(Key::Char('t'));
    bench.press(Key::Char('t'));
    bench.press(Key::Char('<'));
    assert_ne!(bench.screen(), quarter, "another period");
    bench.press(Key::Char('0'));
    bench.press(Key::Char('s'));
    bench.press(Key::Enter);
    assert_eq!(bench.app.context(), Context::List);
    bench.press(Key::Esc);
    assert_eq!(bench.app.context(), Context::Review);
}

#[test]
fn the_countdown_goes_on_without_an_answer_and_the_bar_tells_what_is_breached() {
    let mut bench = Bench::handoffs(Lang::En, (160, 50));
    let first = bench.screen();
    assert!(first.contains("2 Hand-offs 2!"), "{first}");
    bench.app.clock = Clock::Fixed(Instant(NOW.0 + 1_000));
    assert!(bench.app.update(Event::Tick).is_empty(), "nothing is asked for");
    assert_ne!(bench.screen(), first, "a second has gone");
    bench.app.clock = Clock::Fixed(Instant(NOW.0 + 5 * 60_000));
    bench.app.update(Event::Tick);
    assert!(bench.screen().contains("2 Hand-offs 6!"), "all hot ones are breached: {}", bench.screen());
    bench.press(Key::Char('1'));
    assert!(bench.screen().contains("2 Hand-offs 6!"), "in every pane");
}

#[test]
fn keys_are_orders_and_claims_ask_once_who_i_am() {
    let mut bench = Bench::handoffs(Lang::En, (100, 30));
    let asked = at_once(&mut bench, &[Key::Char('c')]);
    assert!(ordered(&asked).is_empty() && bench.screen().contains("Who of the team are you"), "{}", bench.screen());
    bench.type_in("wang");
    let claimed = at_once(&mut bench, &[Key::Enter]);
    assert_eq!(ordered(&claimed), [(1, Deed::Claim(Id(11)), Some(11))]);
    assert_eq!(remembered(&claimed), [("me", "11")]);
    assert_eq!(ordered(&at_once(&mut bench, &[Key::Char('c')])), [(1, Deed::Claim(Id(11)), Some(11))], "asked once");
    let touched = at_once(&mut bench, &[Key::Char('t'), Key::Down, Key::Char('o'), Key::Char('k'), Key::Enter]);
    assert_eq!(ordered(&touched), [(1, Deed::Touch(1, Some("ok".into())), Some(11))]);
    let returned = at_once(&mut bench, &[Key::Char('r'), Key::Enter]);
    assert_eq!(ordered(&returned), [(1, Deed::Return("students".into()), Some(11))], "the newest reason first");
    let accepted = at_once(&mut bench, &[Key::Char('A'), Key::Char('!'), Key::Char('N')]);
    let deeds: Vec<Deed> = ordered(&accepted).into_iter().map(|(_, deed, _)| deed).collect();
    assert_eq!(deeds, [Deed::Accept, Deed::DoNotContact, Deed::NoShow]);
    bench.press(Key::Char('n'));
    bench.type_in("11:00");
    let next = at_once(&mut bench, &[Key::Enter]);
    assert_eq!(ordered(&next), [(1, Deed::NextTouch(Instant(NOW.0 + 48 * 60_000)), Some(11))]);
    let paused = at_once(&mut bench, &[Key::Char('w'), Key::Down, Key::Enter]);
    assert_eq!(ordered(&paused), [(1, Deed::Pause("on holiday".into()), Some(11))]);
    bench.press(Key::Char('f'));
    assert!(bench.screen().contains("does not go with"), "{}", bench.screen());
}

#[test]
fn whatever_is_marked_is_one_order() {
    let mut bench = Bench::with_handoffs(Lang::En, (100, 30), Facts::Some, "", 40);
    bench.press(Key::Char('*'));
    let returned = at_once(&mut bench, &[Key::Char('r'), Key::Char('x'), Key::Enter]);
    assert_eq!(ordered(&returned), [(42, Deed::Return("x".into()), None)]);
    [Key::Char(' '), Key::Char(' '), Key::Char('a')].into_iter().for_each(|key| bench.press(key));
    assert!(bench.screen().contains("2 hand-offs") && bench.screen().contains("Spread over"), "{}", bench.screen());
    let spread = at_once(&mut bench, &[Key::Enter]);
    let [(2, Deed::Assign(Some(_)), None)] = ordered(&spread)[..] else { panic!("{spread:?}") };
}

#[test]
fn one_after_the_other_until_all_are_gone_through() {
    let mut bench = Bench::with_handoffs(Lang::En, (100, 30), Facts::Some, "", 3);
    bench.press(Key::Char('z'));
    assert!(bench.screen().contains("1 of 5"), "{}", bench.screen());
    let at = |bench: &Bench| bench.app.watched.clone();
    let first = at(&bench);
    at_once(&mut bench, &[Key::Char('A')]);
    assert!(bench.screen().contains("2 of 5") && at(&bench) != first, "{}", bench.screen());
    (0..3).for_each(|_| bench.press(Key::Down));
    assert!(bench.screen().contains("5 of 5"), "{}", bench.screen());
    bench.press(Key::Down);
    assert!(bench.screen().contains("All gone through"), "{}", bench.screen());
    let refused = Handed { deed: "accept", n: 1, name: None, refused: Some(Message::new("error-needs-reason")) };
    bench.app.update(Event::Done(Done::Handed(refused)));
    assert!(bench.screen().contains("5 of 5"), "what was refused is on again: {}", bench.screen());
    bench.press(Key::Esc);
    assert_eq!(bench.app.context(), Context::Handoffs);
    assert!(at_once(&mut bench, &[Key::Esc]).is_empty() && bench.app.context() == Context::Handoffs);
}

#[test]
fn a_new_hot_one_rings_once_and_what_comes_back_does_not() {
    let mut bench = Bench::with_handoffs(Lang::En, (100, 30), Facts::Some, "", 3);
    assert!(!bench.now_wait(3).contains(&Effect::Bell));
    assert!(bench.now_wait(4).contains(&Effect::Bell));
    assert!(bench.screen().contains("New hot hand-off"), "{}", bench.screen());
    assert!(!bench.now_wait(3).contains(&Effect::Bell));
    assert!(!bench.now_wait(4).contains(&Effect::Bell), "an undo brings it back, nothing new");
}

#[test]
fn the_form_keeps_drafts_and_is_accepted_with_what_was_typed() {
    let mut bench = Bench::handoffs(Lang::En, (100, 30));
    FORM.into_iter().for_each(|key| bench.press(key));
    assert_eq!(bench.app.context(), Context::Form, "{}", bench.screen());
    let typed = at_once(&mut bench, &[Key::Char('a')]);
    assert!(remembered(&typed).iter().any(|(key, value)| key.starts_with("draft-form-2-") && *value == "a"));
    [Key::Esc, Key::Char('f')].into_iter().for_each(|key| bench.press(key));
    for _ in 0..3 {
        bench.press(Key::Enter);
        bench.type_in("b");
    }
    let accepted = at_once(&mut bench, &[Key::Enter, Key::Down, Key::Enter]);
    let [(2, Deed::Form(said), _)] = &ordered(&accepted)[..] else { panic!("{accepted:?}") };
    assert!(said.contains(r#""background":"a""#) && said.contains(r#""risks":"b""#), "{said}");
}

#[test]
fn what_an_absent_one_has_goes_to_others_at_once() {
    let mut bench = Bench::handoffs(Lang::En, (100, 30));
    bench.press(Key::Char('D'));
    assert!(bench.screen().contains("4 open"), "{}", bench.screen());
    let given = at_once(&mut bench, &[Key::Enter]);
    let [(4, Deed::Assign(Some(to)), None)] = ordered(&given)[..] else { panic!("{given:?}") };
    assert_ne!(to, Id(11));
}

#[test]
fn what_nobody_owns_goes_to_whom_it_is_suggested_at_once() {
    let mut bench = Bench::handoffs(Lang::En, (100, 30));
    let given = at_once(&mut bench, &[Key::Char('R')]);
    let [(10, Deed::Assign(Some(_)), None)] = ordered(&given)[..] else { panic!("{given:?}") };
    let mut calm = Bench::with_handoffs(Lang::En, (100, 30), Facts::Some, "", 0);
    assert!(ordered(&at_once(&mut calm, &[Key::Char('R')])).is_empty());
}

#[test]
fn deals_tell_their_day_of_the_thirty_and_what_they_lack() {
    let mut bench = Bench::handoffs(Lang::En, (160, 50));
    [Key::Left; 5].into_iter().for_each(|key| bench.press(key));
    let screen = bench.screen();
    assert!(screen.contains("1 of 30") && screen.contains("form accepted"), "{screen}");
}

#[test]
fn hostile_names_and_small_screens_do_no_harm() {
    let mut bench = Bench::with_handoffs(Lang::ZhCn, (80, 24), Facts::Hostile, "\u{1b}[2J\u{202e}Bobby\u{7}\n", 12);
    for keys in [&[][..], &[Key::Char('a')], &[Key::Esc, Key::Char('r')], &[Key::Esc, Key::Char('z')]] {
        keys.iter().for_each(|&key| bench.press(key));
        for size in [(0, 0), (40, 8), (60, 16), (80, 24), (160, 50)] {
            bench.resize(size.0, size.1);
            let screen = bench.screen();
            assert!(!screen.chars().any(|c| c.is_control() && c != '\n'), "{screen:?}");
        }
    }
}
