use super::*;
use crate::domain::calendar::{Calendar, Hours};
use crate::domain::time::Instant;
use chrono::NaiveDate;

const MINUTE: i64 = 60_000;

fn at(text: &str) -> Instant {
    Instant::parse_rfc3339(&format!("2026-10-{text}Z")).unwrap()
}

/// Monday to Friday, 9 to 17; 2026-10-02 is a Friday.
fn office() -> Hours {
    let text = "[[calendar]]\nkey = \"o\"\nname = { en = \"o\", zh = \"o\" }\nzone = \"UTC\"\nhours = { mon-fri = [\"9-17\"] }";
    laid_out(&Calendar::read(text).unwrap().remove(0))
}

fn laid_out(calendar: &Calendar) -> Hours {
    calendar.hours(NaiveDate::from_ymd_opt(2026, 9, 1).unwrap(), NaiveDate::from_ymd_opt(2026, 12, 1).unwrap())
}

fn policy(kind: usize, policy: usize) -> &'static Policy {
    &Kind::shipped()[kind].policies[policy]
}

/// Made at an instant, known at once, owned by nobody.
fn made(began: &str, events: &[(&str, Event)]) -> Handoff {
    let events = events.iter().map(|&(text, event)| (at(text), event)).collect();
    Handoff { began_at: at(began), arrived_at: at(began), owner: None, events }
}

fn standard(handoff: &Handoff, now: &str) -> Judged {
    judge(handoff, policy(0, 1), &office(), at(now))
}

#[test]
fn the_shipped_kinds_are_those_of_the_course() {
    let kinds = Kind::shipped();
    assert_eq!(
        kinds.iter().map(|kind| kind.key.as_str()).collect::<Vec<_>>(),
        ["marketing-to-sales", "product-to-sales", "sales-to-cs"]
    );
    let marketing = &kinds[0];
    assert_eq!(marketing.policy(true, None).unwrap().target, 5 * MINUTE, "a high-intent action is hot");
    assert_eq!(marketing.policy(false, Some(90)).unwrap().target, 5 * MINUTE);
    assert_eq!(marketing.policy(false, Some(89)).unwrap().target, 120 * MINUTE);
    assert_eq!(kinds[2].policies[0].target, 24 * 60 * MINUTE);
}

#[test]
fn the_states_of_a_hand_off_follow_its_clock() {
    let open = made("02T16:30:00", &[]);
    let states = [
        ("02T16:30:00", State::OnTrack),
        ("04T12:00:00", State::OnTrack),
        ("05T09:59:59", State::OnTrack),
        ("05T10:00:00", State::AtRisk),
        ("05T10:30:00", State::AtRisk),
        ("05T10:30:01", State::Breached),
    ];
    for (now, state) in states {
        assert_eq!(standard(&open, now).state, state, "at {now}");
    }
    assert_eq!(standard(&open, "05T09:00:00").due_at, Some(at("05T10:30:00")));
    let met = standard(&made("02T16:30:00", &[("05T10:30:00", Event::Answered)]), "09T00:00:00");
    assert_eq!((met.state, met.used, met.late), (State::Met, 120 * MINUTE, false));
    let late = standard(&made("02T16:30:00", &[("05T10:31:00", Event::Answered)]), "09T00:00:00");
    assert_eq!((late.state, late.used, late.left), (State::MetLate, 121 * MINUTE, -MINUTE));
}

#[test]
fn an_answer_after_closing_time_has_used_no_more_than_at_closing_time() {
    let answered = |at| standard(&made("05T15:00:00", &[(at, Event::Answered)]), "09T00:00:00").state;
    assert_eq!(answered("05T20:00:00"), State::Met);
    assert_eq!(answered("06T09:00:00"), State::Met);
    assert_eq!(answered("06T09:00:01"), State::MetLate);
}

#[test]
fn what_ends_it_without_an_answer() {
    let returned = standard(&made("05T09:00:00", &[("05T12:00:00", Event::Returned)]), "06T09:00:00");
    assert_eq!((returned.state, returned.late, returned.answered_at), (State::Returned, true, None));
    let gone = standard(&made("05T09:00:00", &[("05T10:00:00", Event::MovedOn)]), "06T09:00:00");
    assert_eq!((gone.state, gone.late), (State::MovedOn, false));
    // What is said before it began is of an earlier one; what lies ahead has not happened.
    let foreign = standard(
        &made("05T09:00:00", &[("02T10:00:00", Event::Answered), ("05T13:00:00", Event::Answered)]),
        "05T10:00:00",
    );
    assert_eq!(foreign.state, State::OnTrack);
}

#[test]
fn a_pause_stops_the_clock_and_is_counted_apart() {
    let events = [("05T09:30:00", Event::Paused), ("05T15:30:00", Event::Resumed)];
    let paused = standard(&made("05T09:00:00", &events), "05T15:30:00");
    assert_eq!((paused.state, paused.due_at, paused.used), (State::OnTrack, Some(at("05T17:00:00")), 30 * MINUTE));
    let now = standard(&made("05T09:00:00", &events[..1]), "05T12:00:00");
    assert_eq!((now.state, now.due_at, now.left), (State::Paused, None, 90 * MINUTE));
    assert_eq!(now.split.paused, 150 * MINUTE);
    let answered =
        standard(&made("05T09:00:00", &[events[0], events[1], ("05T17:00:00", Event::Answered)]), "09T00:00:00");
    assert_eq!((answered.state, answered.used), (State::Met, 120 * MINUTE));
    // A pause that begins after the deadline saves nothing.
    let too_late = standard(&made("05T09:00:00", &[("05T11:30:00", Event::Paused)]), "05T12:00:00");
    assert_eq!((too_late.state, too_late.due_at), (State::Breached, Some(at("05T11:00:00"))));
}

#[test]
fn late_on_arrival_is_not_the_teams() {
    let exported =
        |arrived: &str, events: &[(&str, Event)]| Handoff { arrived_at: at(arrived), ..made("05T09:00:00", events) };
    // Due at 11:00. Three exports: in time, too late, and too late but with the touch in it.
    assert_eq!(standard(&exported("05T10:00:00", &[]), "05T12:00:00").state, State::Breached);
    assert_eq!(standard(&exported("05T15:00:00", &[]), "05T16:00:00").state, State::LateOnArrival);
    let touched = exported("05T15:00:00", &[("05T10:00:00", Event::Answered)]);
    assert_eq!(standard(&touched, "05T16:00:00").state, State::Met);
    let after = exported("05T15:00:00", &[("05T15:10:00", Event::Answered)]);
    let judged = standard(&after, "05T16:00:00");
    assert_eq!((judged.state, judged.split.import), (State::LateOnArrival, 6 * 60 * MINUTE));
    let late_touch = exported("05T15:00:00", &[("05T14:00:00", Event::Answered)]);
    assert_eq!(standard(&late_touch, "05T16:00:00").state, State::MetLate, "judged by its own times");
}

#[test]
fn where_the_time_went_adds_up() {
    let events = [
        ("05T10:00:00", Event::Assigned(Some(1))),
        ("05T11:00:00", Event::Assigned(Some(2))),
        ("05T12:00:00", Event::Paused),
        ("05T13:00:00", Event::Resumed),
        ("06T10:00:00", Event::Answered),
    ];
    let handoff = Handoff { arrived_at: at("05T09:20:00"), ..made("05T08:00:00", &events) };
    let judged = standard(&handoff, "09T00:00:00");
    let minutes = |ms: i64| ms / MINUTE;
    let split = judged.split;
    assert_eq!(minutes(split.outside_hours), 60 + 16 * 60);
    assert_eq!(minutes(split.import), 20);
    assert_eq!(minutes(split.unassigned), 40);
    assert_eq!(minutes(split.reassigned), 60);
    assert_eq!(minutes(split.paused), 60);
    assert_eq!(minutes(split.untouched), 60 + 4 * 60 + 60);
    assert_eq!(split.total(), at("06T10:00:00").0 - at("05T08:00:00").0);
    assert_eq!(judged.owner, Some(2));
}

#[test]
fn a_mistake_is_named() {
    let read = |policy: &str| {
        Kind::read(&format!(
            "[[handoff]]\nkey = \"k\"\ncode = \"k\"\nname = {{ en = \"k\", zh = \"k\" }}\nshort = {{ en = \"k\", zh = \"k\" }}\nsubject = \"person\"\nbegins = \"mql\"\nends = \"touch\"\nteams = []\n[[handoff.policy]]\nkey = \"p\"\nname = {{ en = \"p\", zh = \"p\" }}\n{policy}"
        ))
    };
    assert!(read("target = \"5m\"").is_ok());
    let target = |text: &str| Err(Mistake::Target { policy: "p".to_owned(), text: text.to_owned() });
    assert_eq!(read("target = \"0m\""), target("0m"));
    assert_eq!(read("target = \"soon\""), target("soon"));
    assert_eq!(read("target = \"5m\"\nwarn = 1.5"), Err(Mistake::Warn("p".to_owned())));
    assert_eq!(read("target = \"5m\"\nscore = 90"), Err(Mistake::Open("k".to_owned())));
    assert!(matches!(read("target = \"5m\"\ntarger = 1"), Err(Mistake::Syntax(_))));
}

#[test]
fn what_holds_for_the_pool_is_a_number_that_can_be() {
    let shipped = include_str!("../../../assets/catalog/handoffs.toml");
    let marketing = &Kind::shipped()[0];
    assert_eq!((marketing.pool_days, marketing.cooldown_days, marketing.claims), (Some(14), Some(7), Some(50)));
    let read = |from: &str, to: &str| Kind::read(&shipped.replacen(from, to, 1));
    for (from, to, field, value, least) in [
        ("pool = 14", "pool = 0", "pool", 0, 1),
        ("cooldown = 7", "cooldown = -1", "cooldown", -1, 0),
        ("claims = 50", "claims = 0", "claims", 0, 1),
        ("claims = 50", "claims = 99999", "claims", 99_999, 1),
    ] {
        let handoff = "marketing-to-sales".to_owned();
        assert_eq!(read(from, to), Err(Mistake::Number { handoff, field, value, least }), "{to}");
    }
    assert!(read("cooldown = 7", "cooldown = 0").is_ok());
    assert!(matches!(read("claims = 50", "claims = \"many\""), Err(Mistake::Syntax(_))));
}
