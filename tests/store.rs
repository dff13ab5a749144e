//! The store on both engines: the journal, undo and redo, facts, two connections.

use crate::support::engines::{Engine, dump, fresh, on_each_engine};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use revops::domain::facts::Facts;
use revops::domain::object::Object;
use revops::domain::time::Instant;
use revops::domain::value::{ActionId, Id, Value};
use revops::store::Location;
use revops::store::{Access, ActionKind, Error, NewAction, Refusal, Reversible, Store, Writing};

pub fn open(location: &Location) -> Store {
    Store::open(location, Access::Write).unwrap()
}

pub fn by(actor: &str) -> NewAction {
    NewAction { at: Instant(0), actor: actor.to_owned(), kind: ActionKind::Import }
}

pub fn undo_by(actor: &str) -> NewAction {
    NewAction { kind: ActionKind::Undo, ..by(actor) }
}

fn redo_by(actor: &str) -> NewAction {
    NewAction { kind: ActionKind::Redo, ..by(actor) }
}

/// A row with the given fields; everything else is empty.
fn values(object: Object, given: &[(&str, Value)]) -> Vec<Value> {
    let value = |key: &str| given.iter().find(|(name, _)| *name == key).map(|(_, value)| value.clone());
    object.fields().iter().map(|field| value(field.key).unwrap_or_default()).collect()
}

pub fn add_account(writing: &mut Writing<'_>, name: &str) -> Id {
    let id = writing.new_id();
    let row = values(Object::Account, &[("name", name.into()), ("named_only", false.into())]);
    writing.insert(Object::Account, id, row).unwrap();
    id
}

fn add_deal(writing: &mut Writing<'_>, stage: Id, account: Option<Id>, amount: i64) -> Id {
    let id = writing.new_id();
    let given = [
        ("name", Value::from("a\tdeal, \"quoted\" \\ 云帆")),
        ("stage", stage.into()),
        ("account", account.into()),
        ("amount", amount.into()),
        ("source", if amount % 2 == 0 { "Event".into() } else { Value::Null }),
        ("close_date", "2026-03-31".into()),
    ];
    writing.insert(Object::Opportunity, id, values(Object::Opportunity, &given)).unwrap();
    id
}

/// A lead that moved into one of a few stages.
fn add_moved_lead(writing: &mut Writing<'_>) {
    let (lead, id) = (writing.new_id(), writing.new_id());
    writing.insert(Object::Person, lead, values(Object::Person, &[("kind", 0.into())])).unwrap();
    let stage = format!("stage {}", lead.0 % 5);
    let given = [("person", lead.into()), ("to_stage", stage.as_str().into()), ("at", lead.0.into())];
    writing.insert(Object::LifecycleChange, id, values(Object::LifecycleChange, &given)).unwrap();
}

pub fn add_stage(store: &mut Store) -> Id {
    let (_, id) = store
        .write(&by("setup"), |writing| {
            let id = writing.new_id();
            let row = values(Object::Stage, &[("name", "Demo".into()), ("position", 1.into()), ("outcome", 0.into())]);
            writing.insert(Object::Stage, id, row)?;
            Ok::<_, Error>(id)
        })
        .unwrap();
    id
}

fn field(object: Object, key: &str) -> usize {
    object.position(key).unwrap()
}

#[test]
fn every_object_has_its_columns() {
    on_each_engine(|location| {
        let mut store = open(location);
        for object in Object::ALL {
            assert!(store.rows(object, &[Id(1)]).unwrap().is_empty(), "{}", object.key());
        }
        assert!(store.verify().unwrap().is_empty());
    });
}

#[test]
fn values_come_back_as_they_went_in() {
    on_each_engine(|location| {
        let mut store = open(location);
        let stage = add_stage(&mut store);
        let (action, id) = store.write(&by("ana"), |w| Ok::<_, Error>(add_deal(w, stage, None, 4))).unwrap();
        let row = store.rows(Object::Opportunity, &[id]).unwrap().pop().unwrap();
        assert_eq!(row.get("name").text(), Some("a\tdeal, \"quoted\" \\ 云帆"));
        assert_eq!(row.get("amount").int(), Some(4));
        assert_eq!(row.get("probability"), &Value::Null);
        assert_eq!(Some(row.rev), action);
    });
}

#[test]
fn an_action_that_writes_nothing_or_fails_leaves_no_trace() {
    on_each_engine(|location| {
        let mut store = open(location);
        assert_eq!(store.write(&by("ana"), |_| Ok::<_, Error>(())).unwrap().0, None);
        let failed = store.write(&by("ana"), |writing| {
            add_account(writing, "Helio");
            Err::<(), _>(Error::Busy)
        });
        assert!(matches!(failed, Err(Error::Busy)));
        assert!(store.actions(9).unwrap().is_empty());
        let account = values(Object::Account, &[("named_only", false.into())]);
        let refused = store.write(&by("ana"), |writing| {
            let id = writing.new_id();
            writing.insert(Object::Account, id, account)
        });
        assert!(refused.is_err(), "an account without a name is refused by the engine");
        assert!(dump(location).values().all(Vec::is_empty));
    });
}

#[test]
fn undo_refuses_what_someone_changed_since_and_names_them() {
    on_each_engine(|location| {
        let mut store = open(location);
        let (first, id) = store.write(&by("ana"), |w| Ok::<_, Error>(add_account(w, "Helio"))).unwrap();
        let name = field(Object::Account, "name");
        let (second, ()) =
            store.write(&by("li"), |w| w.update(Object::Account, id, &[(name, "Helios".into())], None)).unwrap();
        let before = dump(location);
        let refused = |result: Result<_, Error>| match result {
            Err(Error::Refused(Refusal::ChangedSince { action, by_action, by_actor, rows, .. })) => {
                (Some(ActionId(action)), Some(ActionId(by_action)), by_actor, rows)
            }
            other => panic!("not refused: {other:?}"),
        };
        assert_eq!(refused(store.undo(&undo_by("ana"), None)), (first, second, "li".to_owned(), 1));
        assert_eq!(dump(location), before);
        store.undo(&undo_by("li"), None).unwrap();
        store.undo(&undo_by("ana"), None).unwrap();
        assert!(dump(location).values().all(Vec::is_empty));
        assert!(store.verify().unwrap().is_empty());
    });
}

#[test]
fn undo_refuses_to_take_away_what_others_refer_to() {
    on_each_engine(|location| {
        let mut store = open(location);
        let stage = add_stage(&mut store);
        let (_, account) = store.write(&by("ana"), |w| Ok::<_, Error>(add_account(w, "Helio"))).unwrap();
        store.write(&by("li"), |w| Ok::<_, Error>(add_deal(w, stage, Some(account), 1))).unwrap();
        let refused = store.undo(&undo_by("ana"), None);
        assert!(matches!(refused, Err(Error::Refused(Refusal::ChangedSince { .. }))), "{refused:?}");
    });
}

#[test]
fn redo_is_refused_when_the_ground_has_moved() {
    on_each_engine(|location| {
        let mut store = open(location);
        let (_, id) = store.write(&by("setup"), |w| Ok::<_, Error>(add_account(w, "a"))).unwrap();
        let name = field(Object::Account, "name");
        let set = |store: &mut Store, actor: &str, to: &str| {
            store.write(&by(actor), |w| w.update(Object::Account, id, &[(name, to.into())], None)).map(|_| ())
        };
        set(&mut store, "ana", "b").unwrap();
        set(&mut store, "li", "c").unwrap();
        store.undo(&undo_by("li"), None).unwrap();
        store.undo(&undo_by("ana"), None).unwrap();
        // li's redo would bring ana's undone value back in.
        assert!(matches!(store.redo(&redo_by("li")), Err(Error::Refused(_))));
        store.redo(&redo_by("ana")).unwrap();
        store.redo(&redo_by("li")).unwrap();
        let row = store.rows(Object::Account, &[id]).unwrap().pop().unwrap();
        assert_eq!(row.get("name").text(), Some("c"));
    });
}

#[test]
fn what_can_be_undone_is_known_before_anyone_tries() {
    on_each_engine(|location| {
        let mut store = open(location);
        let can = |store: &mut Store, who: &str| {
            let Reversible { undo, redo } = store.reversible(who).unwrap();
            (undo, redo)
        };
        assert_eq!(can(&mut store, "ana"), (false, false));
        add_stage(&mut store);
        let who = store.actions(1).unwrap()[0].actor.clone();
        assert_eq!((can(&mut store, &who), can(&mut store, "nobody")), ((true, false), (false, false)));
        store.undo(&undo_by(&who), None).unwrap();
        assert_eq!(can(&mut store, &who), (false, true));
        store.redo(&redo_by(&who)).unwrap();
        assert_eq!(can(&mut store, &who), (true, false));
    });
}

#[test]
fn a_new_action_clears_the_redo_of_its_person_only() {
    on_each_engine(|location| {
        let mut store = open(location);
        for actor in ["ana", "li"] {
            store.write(&by(actor), |w| Ok::<_, Error>(add_account(w, actor))).unwrap();
            store.undo(&undo_by(actor), None).unwrap();
        }
        store.write(&by("ana"), |w| Ok::<_, Error>(add_account(w, "new"))).unwrap();
        assert!(matches!(store.redo(&redo_by("ana")), Err(Error::Refused(Refusal::NothingToRedo))));
        store.redo(&redo_by("li")).unwrap();
    });
}

#[test]
fn an_edit_of_a_row_that_was_changed_meanwhile_is_told() {
    on_each_engine(|location| {
        let (mut mine, mut theirs) = (open(location), open(location));
        let (seen, id) = mine.write(&by("ana"), |w| Ok::<_, Error>(add_account(w, "a"))).unwrap();
        let name = field(Object::Account, "name");
        let set = |store: &mut Store, to: &str| {
            store.write(&by("x"), |w| w.update(Object::Account, id, &[(name, to.into())], seen)).map(|_| ())
        };
        set(&mut theirs, "b").unwrap();
        assert!(matches!(set(&mut mine, "c"), Err(Error::Changed)));
        let row = mine.rows(Object::Account, &[id]).unwrap().pop().unwrap();
        assert_eq!(row.get("name").text(), Some("b"));
    });
}

#[test]
fn several_may_make_a_new_store_at_once() {
    on_each_engine(|location| {
        assert!(matches!(Store::open(location, Access::Read), Err(Error::Missing { .. })));
        std::thread::scope(|scope| {
            for _ in 0..6 {
                scope.spawn(move || drop(open(location)));
            }
        });
        assert!(open(location).verify().unwrap().is_empty());
    });
}

#[test]
fn two_writers_at_once_lose_nothing() {
    on_each_engine(|location| {
        drop(open(location));
        std::thread::scope(|scope| {
            for writer in 0..2 {
                scope.spawn(move || {
                    let mut store = open(location);
                    for round in 0..50 {
                        let name = format!("{writer}-{round}");
                        store.write(&by(&name), |w| Ok::<_, Error>(add_account(w, &name))).unwrap();
                    }
                });
            }
        });
        let mut store = open(location);
        assert_eq!(store.counts().unwrap().iter().find(|(o, _)| *o == Object::Account).unwrap().1, 100);
        assert!(store.verify().unwrap().is_empty());
    });
}

/// One step of a random history.
#[derive(Debug, Clone)]
pub enum Step {
    AddDeals(u8),
    AddAccount,
    Edit(usize, i64),
    Delete(usize),
    Undo,
    Redo,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => (1..6u8).prop_map(Step::AddDeals),
        2 => Just(Step::AddAccount),
        4 => (any::<usize>(), 0..9i64).prop_map(|(which, amount)| Step::Edit(which, amount)),
        2 => any::<usize>().prop_map(Step::Delete),
        4 => Just(Step::Undo),
        3 => Just(Step::Redo),
    ]
}

fn cases(engine: Engine) -> u32 {
    match engine {
        Engine::Sqlite => 60,
        Engine::Postgres => 15,
    }
}

fn deals(store: &mut Store) -> Vec<Id> {
    let mut facts = Facts::default();
    store.catch_up(&mut facts).unwrap();
    facts.opportunities.id.iter().map(|&id| Id(id)).collect()
}

/// Takes a step as `actor`; `false` when there was nothing to do or it was refused.
pub fn take(store: &mut Store, actor: &str, stage: Id, step: &Step) -> bool {
    let amount = field(Object::Opportunity, "amount");
    let pick = |deals: &[Id], which: usize| (!deals.is_empty()).then(|| deals[which % deals.len()]);
    let done = match step {
        Step::AddDeals(n) => store.write(&by(actor), |w| {
            let account = add_account(w, "with deals");
            for amount in 0..i64::from(*n) {
                add_deal(w, stage, Some(account), amount);
            }
            Ok::<_, Error>(())
        }),
        Step::AddAccount => store.write(&by(actor), |w| {
            add_account(w, "alone");
            add_moved_lead(w);
            Ok::<_, Error>(())
        }),
        Step::Edit(which, to) => match pick(&deals(store), *which) {
            Some(id) => store.write(&by(actor), |w| w.update(Object::Opportunity, id, &[(amount, (*to).into())], None)),
            None => return false,
        },
        Step::Delete(which) => match pick(&deals(store), *which) {
            Some(id) => store.write(&by(actor), |w| w.delete(Object::Opportunity, id)),
            None => return false,
        },
        Step::Undo => store.undo(&undo_by(actor), None).map(|done| (Some(done.action), ())),
        Step::Redo => store.redo(&redo_by(actor)).map(|done| (Some(done.action), ())),
    };
    match done {
        Ok((action, ())) => action.is_some(),
        Err(Error::Refused(_)) => false,
        Err(error) => panic!("{step:?}: {error}"),
    }
}

pub fn on_random_histories(test: impl Fn(&Location, &[(bool, bool, Step)]) -> Result<(), TestCaseError>) {
    let folder = tempfile::tempdir().unwrap();
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let mut runner =
            TestRunner::new(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases(engine)) });
        let history = prop::collection::vec((any::<bool>(), any::<bool>(), step()), 1..20);
        let run = runner.run(&history, |history| match fresh(engine, folder.path()) {
            Some(location) => test(&location, &history),
            None => Ok(()),
        });
        run.unwrap_or_else(|failure| panic!("{engine:?}: {failure}"));
        if fresh(engine, folder.path()).is_none() {
            crate::support::skip::skip("no PostgreSQL server");
        }
    }
}

/// Undo takes back exactly what was done, and redo brings exactly that back, however they follow.
#[test]
fn undo_is_the_inverse_of_do() {
    on_random_histories(|location, history| {
        let mut store = open(location);
        let stage = add_stage(&mut store);
        let (mut done, mut undone) = (Vec::new(), Vec::new());
        for (_, _, step) in history {
            let before = dump(location);
            let moved = take(&mut store, "ana", stage, step);
            let after = dump(location);
            match step {
                Step::Undo => {
                    prop_assert_eq!(moved, !done.is_empty());
                    if let Some(state) = done.pop() {
                        prop_assert_eq!(&after, &state);
                        undone.push(before);
                    }
                }
                Step::Redo => {
                    prop_assert_eq!(moved, !undone.is_empty());
                    if let Some(state) = undone.pop() {
                        prop_assert_eq!(&after, &state);
                        done.push(before);
                    }
                }
                _ if moved => {
                    done.push(before);
                    undone.clear();
                }
                _ => prop_assert_eq!(&after, &before),
            }
        }
        prop_assert!(store.verify().unwrap().is_empty());
        Ok(())
    });
}

/// However two people work on one store, catching up gives what a fresh load gives.
#[test]
fn catching_up_equals_a_fresh_load() {
    on_random_histories(|location, history| {
        let (mut ana, mut li) = (open(location), open(location));
        let stage = add_stage(&mut ana);
        let mut reader = Store::open(location, Access::Read).unwrap();
        let mut facts = Facts::default();
        for (first, catches_up, step) in history {
            let before = dump(location);
            let (store, actor) = if *first { (&mut ana, "ana") } else { (&mut li, "li") };
            if !take(store, actor, stage, step) {
                prop_assert_eq!(dump(location), before);
            }
            if *catches_up {
                reader.catch_up(&mut facts).unwrap();
            }
        }
        reader.catch_up(&mut facts).unwrap();
        let mut fresh = Facts::default();
        reader.catch_up(&mut fresh).unwrap();
        prop_assert!(facts.same_as(&fresh), "{facts:?}\n{fresh:?}");
        prop_assert!(!reader.catch_up(&mut facts).unwrap());
        Ok(())
    });
}
