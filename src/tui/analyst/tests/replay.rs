//! The past of the sample company under other rules.

use super::*;
use crate::domain::figure::Number;
use crate::domain::handoff::{Edit, Field, Place};

fn wish(edits: Vec<Edit>) -> Subject {
    Subject::Replay(Box::new(ReplayWish { edits }))
}

fn hot(field: Field, text: &str) -> Edit {
    let place = Place::Policy("marketing-to-sales".to_owned(), "hot".to_owned());
    Edit::Set(place, field, text.to_owned())
}

#[test]
fn a_draft_is_judged_beside_what_holds_as_long_as_somebody_wants_to_know() {
    let folder = tempfile::tempdir().unwrap();
    let (reader, clock) = sample(folder.path());
    let mut desk = Desk::new(reader, clock, Funnels::shipped());
    desk.catch_up().unwrap();
    let mut ask = |edits: Vec<Edit>| match desk.answer(&wish(edits)) {
        Answer::Replay(found) => *found,
        other => panic!("{other:?}"),
    };
    let holds = ask(Vec::new());
    assert_eq!((holds.replay.changed, &holds.replay.all.before), (0, &holds.replay.all.after));
    let told = ask(vec![hot(Field::Target, "24h")]);
    let missed = |figure: &crate::analysis::handoff::HandoffFigure| match figure.value {
        Ok(Number::Count(n)) => n,
        ref other => panic!("{other:?}"),
    };
    let (was, is) = (missed(&told.replay.all.missed_before), missed(&told.replay.all.missed_after));
    assert!(is < was && told.replay.changed > 0, "{was} {is}");
    assert!(told.replay.items.iter().take(NAMED).all(|changed| !changed.subject.is_empty()));
    assert!(ask(vec![hot(Field::Calendar, "mars")]).draft.is_err(), "what makes no rules is told");
    // Another score is another set of hand-offs, not only another judgement.
    let kind = Place::Kind("marketing-to-sales".to_owned());
    let score = ask(vec![Edit::Set(kind, Field::Score, "1".to_owned())]);
    assert!(score.replay.all.after.total.n > score.replay.all.before.total.n);
    assert_eq!(desk.answer_while(&wish(vec![hot(Field::Target, "24h")]), &|| false), None);
}
