//! Editing in place: what is typed, what is written, what somebody else has done meanwhile.

use super::stage::{Bench, Facts};
use super::*;
use crate::domain::value::{ActionId, Value};
use crate::ops::{Edited, Theirs};

/// The page of a deal, the selection on a field.
fn on_field(lang: Lang, size: (u16, u16), label: &str) -> Bench {
    on_field_of(Bench::new(lang, size, Facts::Some), label)
}

fn on_field_of(mut bench: Bench, label: &str) -> Bench {
    [Key::Enter, Key::Enter].into_iter().for_each(|key| bench.press(key));
    let screen = bench.screen();
    let line = |wanted: &dyn Fn(&str) -> bool| screen.lines().position(wanted).unwrap();
    let at = line(&|line| line.trim_start_matches(" ▸").trim().starts_with(label)) - line(&|line| line.contains('▸'));
    (0..at).for_each(|_| bench.press(Key::Down));
    bench.press(Key::Char('e'));
    bench
}

fn orders(effects: Vec<Effect>) -> Vec<Order> {
    let order = |effect| match effect {
        Effect::Write(order) => Some(order),
        _ => None,
    };
    effects.into_iter().filter_map(order).collect()
}

fn saved(bench: &mut Bench) -> (Id, ActionId, Vec<(&'static str, Value)>) {
    match orders(bench.app.update(Event::Key(Key::Enter))).as_slice() {
        [Order::Set { id, seen, fields, .. }] => (*id, *seen, fields.clone()),
        other => panic!("{other:?}"),
    }
}

/// The deal of the page, as somebody else has made it.
fn changed(bench: &mut Bench, amount: i64) -> Theirs {
    let Answer::Record(Some(story), ..) = bench.look_up(&bench.app.drill.subject().unwrap()) else { panic!() };
    let mut row = story.row.clone();
    row.rev = ActionId(9);
    row.values[Object::Opportunity.position("amount").unwrap()] = Value::Int(amount);
    Theirs { row, names: BTreeMap::new(), by: None }
}

#[test]
fn a_value_is_checked_written_and_told() {
    let mut bench = on_field(Lang::En, (80, 24), "amount");
    assert!(bench.screen().contains("1054.00"), "{}", bench.screen());
    bench.press(Key::Ctrl('u'));
    bench.type_in("a lot");
    assert!(orders(bench.app.update(Event::Key(Key::Enter))).is_empty());
    assert!(bench.screen().contains("is not an amount"), "{}", bench.screen());
    bench.press(Key::Ctrl('u'));
    bench.type_in("1,200.50");
    let (_, seen, fields) = saved(&mut bench);
    assert_eq!((seen, fields), (ActionId(1), vec![("amount", Value::Int(120_050))]));
    assert!(orders(bench.app.update(Event::Key(Key::Enter))).is_empty(), "once is enough");
    let effects = bench.app.update(Event::Done(Done::Edited(Ok(Edited::Saved(ActionId(7))))));
    assert!(effects.contains(&Effect::Refresh));
    assert_eq!(bench.app.context(), Context::Record);
    assert!(bench.screen().contains("Saved amount of D-000417; u undoes it"), "{}", bench.screen());
}

#[test]
fn what_is_typed_is_a_draft_until_it_is_written() {
    let mut bench = on_field(Lang::En, (80, 24), "amount");
    let orders_of = |effects| orders(effects);
    let typed = orders_of(bench.app.update(Event::Key(Key::Char('9'))));
    let [Order::Remember { key, value }] = typed.as_slice() else { panic!("{typed:?}") };
    assert!(key.starts_with("draft-opportunity-") && key.ends_with("-amount") && value == "1054.009", "{typed:?}");
    bench.press(Key::Esc);
    assert_eq!(bench.app.context(), Context::Record);
    bench.press(Key::Char('e'));
    assert!(bench.screen().contains("1054.009") && bench.screen().contains("your draft"), "{}", bench.screen());
    let back = orders_of(bench.app.update(Event::Key(Key::Backspace)));
    assert_eq!(back, [Order::Forget { key: key.clone() }], "what stands there is no draft");
}

#[test]
fn stages_are_chosen_from_a_list_that_typing_narrows() {
    let mut bench = on_field(Lang::En, (80, 24), "stage");
    assert!(bench.screen().contains("Prospecting") && bench.screen().contains("▸ Engaging"), "{}", bench.screen());
    bench.type_in("wo");
    assert!(!bench.screen().contains("Prospecting"), "{}", bench.screen());
    assert_eq!(saved(&mut bench).2, [("stage", Value::Int(3))]);
}

#[test]
fn a_change_of_somebody_else_is_shown_beside_mine_and_nothing_is_overwritten_unseen() {
    for lang in Lang::ALL {
        for size in [(60, 16), (80, 24), (120, 40)] {
            let mut bench = on_field(lang, size, if lang == Lang::En { "amount" } else { "金额" });
            bench.press(Key::Ctrl('u'));
            bench.type_in("1200");
            let (_, seen, fields) = saved(&mut bench);
            let theirs = changed(&mut bench, 99_900);
            bench.app.update(Event::Done(Done::Edited(Ok(Edited::Changed(Box::new(theirs))))));
            assert_eq!(bench.app.context(), Context::Conflict);
            let name = format!("edit-conflict@{}-{}x{}", lang.tag(), size.0, size.1);
            insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(name, bench.screen()) });
            assert_eq!(seen, ActionId(1));
            let sent = orders(bench.app.update(Event::Key(Key::Char('m'))));
            let [Order::Set { seen: ActionId(9), fields: again, .. }] = sent.as_slice() else { panic!("{sent:?}") };
            assert_eq!(*again, fields, "mine goes over what was seen");
        }
    }
}

#[test]
fn theirs_drops_mine_and_escape_goes_on_editing() {
    for (key, context) in [(Key::Char('t'), Context::Record), (Key::Esc, Context::Edit)] {
        let mut bench = on_field(Lang::En, (80, 24), "amount");
        bench.type_in("9");
        saved(&mut bench);
        let theirs = changed(&mut bench, 99_900);
        bench.app.update(Event::Done(Done::Edited(Ok(Edited::Changed(Box::new(theirs))))));
        bench.press(key);
        assert_eq!(bench.app.context(), context);
        if context == Context::Edit {
            assert!(bench.screen().contains("now: 999.00 USD"), "{}", bench.screen());
            assert_eq!(saved(&mut bench).1, ActionId(9));
        } else {
            bench.press(Key::Char('e'));
            assert!(!bench.screen().contains("your draft"), "{}", bench.screen());
        }
    }
}

#[test]
fn a_record_of_a_table_is_edited_by_choosing_a_field() {
    for lang in Lang::ALL {
        for size in [(60, 16), (80, 24), (120, 40)] {
            let mut bench = Bench::records(lang, size);
            bench.press(Key::Char('e'));
            assert_eq!(bench.app.context(), Context::Fields);
            let name = format!("edit-fields@{}-{}x{}", lang.tag(), size.0, size.1);
            insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(name, bench.screen()) });
            bench.press(Key::Enter);
            assert_eq!(bench.app.context(), Context::Edit);
            bench.type_in("new@x.example");
            assert_eq!(saved(&mut bench).2, [("email", "new@x.example".into())]);
            bench.app.update(Event::Done(Done::Edited(Ok(Edited::Gone))));
            let name = format!("edit-gone@{}-{}x{}", lang.tag(), size.0, size.1);
            insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(name, bench.screen()) });
            [Key::Esc, Key::Esc].into_iter().for_each(|key| bench.press(key));
            assert_eq!(bench.app.context(), Context::Records);
        }
    }
}

#[test]
fn an_account_is_found_by_typing_and_chosen() {
    let account = |lang| if lang == Lang::En { "account" } else { "客户" };
    for lang in Lang::ALL {
        for size in [(60, 16), (80, 24), (120, 40)] {
            let mut bench = on_field_of(Bench::with_accounts(lang, size), account(lang));
            let shoot = |bench: &Bench, name: &str| {
                let name = format!("{name}@{}-{}x{}", lang.tag(), size.0, size.1);
                insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(name, bench.screen()) });
            };
            shoot(&bench, "edit-account");
            assert!(orders(bench.app.update(Event::Key(Key::Enter))).is_empty(), "what stands there is nothing new");
            bench.type_in("helio");
            shoot(&bench, "edit-account-found");
            assert_eq!(saved(&mut bench).2, [("account", Value::Int(34))]);
            let theirs = changed(&mut bench, 99_900);
            bench.app.update(Event::Done(Done::Edited(Ok(Edited::Changed(Box::new(theirs))))));
            shoot(&bench, "edit-account-conflict");
        }
    }
}

#[test]
fn nothing_is_chosen_before_what_is_typed_is_found() {
    let mut bench = on_field_of(Bench::with_accounts(Lang::En, (80, 24)), "account");
    bench.app.update(Event::Key(Key::Char('h')));
    assert!(bench.screen().contains("Searching"), "{}", bench.screen());
    assert!(orders(bench.app.update(Event::Key(Key::Enter))).is_empty(), "the list is still that of no words");
    let (object, text) = match bench.app.watched.clone() {
        Some(Subject::Options(object, text)) => (object, text),
        other => panic!("{other:?}"),
    };
    assert_eq!((object, text.as_str()), (Object::Account, "h"));
    let answer = bench.look_up(&Subject::Options(object, text));
    bench.app.update(Event::Loaded(bench.app.generation, answer));
    assert_eq!(saved(&mut bench).2, [("account", Value::Int(34))]);
    bench.app.update(Event::Done(Done::Edited(Ok(Edited::Saved(ActionId(7))))));
    assert!(matches!(bench.app.watched, Some(Subject::Record(..))), "the record is looked at again");
}

#[test]
fn an_account_is_taken_away() {
    let mut bench = on_field_of(Bench::with_accounts(Lang::En, (80, 24)), "account");
    bench.press(Key::Down);
    assert_eq!(saved(&mut bench).2, [("account", Value::Null)]);
}

#[test]
fn a_key_that_needs_what_a_filter_finds_waits_for_it() {
    for key in [Key::Char('e'), Key::Enter] {
        let mut bench = Bench::records(Lang::En, (80, 24));
        let first = bench.app.views.body().edits().unwrap().row.id;
        bench.press(Key::Char('/'));
        // Nobody answers while this is typed.
        let effects: Vec<Effect> = "brucke".chars().flat_map(|c| bench.app.update(Event::Key(Key::Char(c)))).collect();
        [Key::Enter, key].into_iter().for_each(|key| drop(bench.app.update(Event::Key(key))));
        assert_eq!(bench.app.context(), Context::Records, "the line that is still shown is not meant");
        bench.answer(effects.into_iter().last().into_iter().collect());
        let context = if key == Key::Enter { Context::Record } else { Context::Fields };
        assert_eq!(bench.app.context(), context);
        let subject = bench.app.views.body().edits().unwrap();
        assert_eq!(subject.title, "Théodore Brücke");
        assert_ne!(subject.row.id, first);
    }
}

#[test]
fn editing_is_offered_only_where_there_is_something_to_edit() {
    let offered = |bench: &Bench| bench.app.offered().any(|command| command.id == "edit");
    let mut bench = Bench::records(Lang::En, (80, 24));
    assert!(offered(&bench));
    bench.press(Key::Char('/'));
    bench.type_in("zzzz");
    bench.press(Key::Enter);
    assert!(!offered(&bench));
    bench.press(Key::Char('e'));
    assert!(bench.screen().contains("There is nothing to edit"), "{}", bench.screen());
}
