use super::*;
use crate::domain::handoff::Bodies;
use proptest::prelude::*;

const MINUTE: i64 = 60_000;

fn hot() -> Place {
    Place::Policy("marketing-to-sales".to_owned(), "hot".to_owned())
}

fn china() -> Place {
    Place::Calendar("china".to_owned())
}

fn set(place: Place, field: Field, text: &str) -> Edit {
    Edit::Set(place, field, text.to_owned())
}

fn edited(edits: &[Edit]) -> Result<Own, Mistake> {
    Own::default().edited(edits, &Home::default())
}

/// Through the texts of the store and back.
fn kept(own: &Own) -> Own {
    Own::read(&own.bodies().unwrap()).unwrap()
}

fn refused(place: Place, field: Field, text: &str) -> Mistake {
    edited(&[set(place, field, text)]).unwrap_err()
}

#[test]
fn the_shipped_hand_offs_are_written_as_they_are_read() {
    let shipped = Kind::shipped();
    assert_eq!(Kind::read(&Kind::write(shipped).unwrap()).as_deref(), Ok(shipped));
    assert_eq!(Own::default().bodies().unwrap(), Bodies::default());
}

#[test]
fn each_field_of_a_policy_and_of_a_hand_off_is_changed_by_itself() {
    let ms = || Place::Kind("marketing-to-sales".to_owned());
    let own = edited(&[
        set(hot(), Field::Target, "10m"),
        set(hot(), Field::Warn, "80 %"),
        set(hot(), Field::Calendar, "china"),
        set(hot(), Field::Score, "95"),
        set(hot(), Field::Escalation(Level::Lead), "30m"),
        set(hot(), Field::Escalation(Level::Manager), ""),
        set(hot(), Field::Cadence, "1，2, 4"),
        set(ms(), Field::Score, "75"),
        set(ms(), Field::Pool, "21"),
        set(ms(), Field::Teams, "SDR、Inside Sales"),
    ])
    .unwrap();
    let kinds = own.kinds.clone().unwrap();
    let policy = &kinds[0].policies[0];
    assert_eq!((policy.target, policy.warn, policy.score), (10 * MINUTE, 0.8, Some(95)));
    assert_eq!(policy.calendar.as_deref(), Some("china"));
    assert_eq!(policy.escalate, [(Level::Owner, 0), (Level::Lead, 30 * MINUTE)]);
    assert_eq!(policy.cadence, [1, 2, 4]);
    assert_eq!((kinds[0].score, kinds[0].pool_days), (Some(75), Some(21)));
    assert_eq!(kinds[0].teams, ["SDR", "Inside Sales"]);
    assert_eq!(kinds[1..], Kind::shipped()[1..], "nothing else has changed");
    assert_eq!(kept(&own), own);
    // What is set back is the company's own no more.
    let back = own.edited(&[set(hot(), Field::Target, "5m")], &Home::default()).unwrap();
    assert_ne!(back.bodies().unwrap(), Bodies::default());
    let same = edited(&[set(hot(), Field::Target, "5m")]).unwrap();
    assert_eq!(same.bodies().unwrap(), Bodies::default());
}

#[test]
fn what_is_typed_wrong_in_a_policy_is_named() {
    let target = |text: &str| Mistake::Target { policy: "hot".to_owned(), text: text.to_owned() };
    assert_eq!(refused(hot(), Field::Target, "0m"), target("0m"));
    assert_eq!(refused(hot(), Field::Target, "soon"), target("soon"));
    for text in ["0", "1.2", "-1", "101%", "NaN", ""] {
        assert_eq!(refused(hot(), Field::Warn, text), Mistake::Warn("hot".to_owned()), "{text}");
    }
    assert_eq!(refused(hot(), Field::Score, "high"), Mistake::Score("high".to_owned()));
    assert_eq!(refused(hot(), Field::Escalation(Level::Lead), "later"), Mistake::After("later".to_owned()));
    assert_eq!(refused(hot(), Field::Cadence, "1, 0"), Mistake::Cadence("1, 0".to_owned()));
    assert_eq!(refused(Place::Kind("product-to-sales".to_owned()), Field::Pool, "0"), Mistake::Pool("0".to_owned()));
    let unknown = refused(hot(), Field::Calendar, "mars");
    assert!(matches!(&unknown, Mistake::Calendar { calendar, known } if calendar == "mars" && known.contains("china")));
    let last = Place::Policy("marketing-to-sales".to_owned(), "standard".to_owned());
    assert_eq!(refused(last, Field::Score, "50"), Mistake::Open("marketing-to-sales".to_owned()));
    let rules = Rules::new(Own::default(), &Home::default()).unwrap();
    assert!(matches!(rules.place("ms/hto"), Err(Mistake::Place { known, .. }) if known.contains("ms/hot")));
    assert_eq!(rules.place("ms/hot"), Ok(hot()));
    assert_eq!(rules.place("sales-to-cs"), Ok(Place::Kind("sales-to-cs".to_owned())));
    assert!(
        matches!(Edit::worded(&hot(), "tarjet", "5m"), Err(Mistake::Field { known, .. }) if known.contains("target"))
    );
}

#[test]
fn a_shipped_calendar_that_is_changed_is_the_companys_own() {
    let own = edited(&[
        Edit::worded(&china(), "mon-fri", "9-12, 13-18").unwrap(),
        Edit::worded(&china(), "sat", "10-14").unwrap(),
        set(china(), Field::Holidays, "2027-01-01"),
        set(china(), Field::Zone, "asia/hong_kong"),
        set(china(), Field::KnownUntil, "2027-12-31"),
    ])
    .unwrap();
    assert_eq!(own.kinds, None);
    let [calendar] = own.calendars.as_slice() else { panic!("{:?}", own.calendars) };
    assert_eq!((calendar.zone.name(), calendar.week[5].len(), calendar.week[0].len()), ("Asia/Hong_Kong", 1, 2));
    assert!(calendar.holidays.contains(&"2027-01-01".parse().unwrap()));
    assert!(calendar.holidays.contains(&"2026-10-01".parse().unwrap()), "those it had stay");
    assert_eq!(kept(&own), own);
    let home = Home { calendar: Some("china".to_owned()), zone: None };
    let rules = Rules::new(own, &home).unwrap();
    assert_eq!(rules.calendar_called("office").unwrap().zone.name(), "Asia/Hong_Kong", "who works by it follows");
    assert_eq!(rules.value(&china(), Field::Week), "mon-fri 9:00-12:00, 13:00-18:00; sat 10:00-14:00");
}

#[test]
fn what_is_wrong_with_a_calendar_is_told_when_all_is_typed() {
    let closed = [Edit::worded(&china(), "mon-fri", "").unwrap()];
    assert_eq!(edited(&closed), Err(Mistake::Calendars(calendar::Mistake::Closed("china".to_owned()))));
    let moved = [closed[0].clone(), Edit::worded(&china(), "sat-sun", "9-17").unwrap()];
    assert!(edited(&moved).is_ok(), "of two changes at once only the whole counts");
    let mistake = |field, text: &str| match refused(china(), field, text) {
        Mistake::Calendars(mistake) => mistake,
        other => panic!("{other:?}"),
    };
    assert!(matches!(mistake(Field::Week, "mon 9-13, 12-18"), calendar::Mistake::Overlap { .. }));
    assert!(matches!(mistake(Field::Week, "mon nine"), calendar::Mistake::Interval(_)));
    assert!(matches!(mistake(Field::Week, "moon 9-13"), calendar::Mistake::Days(_)));
    assert!(matches!(mistake(Field::Holidays, "tomorrow"), calendar::Mistake::Date(_)));
    assert!(matches!(mistake(Field::Holidays, "2026-10-10"), calendar::Mistake::Both(_)), "a make-up working day");
    assert!(matches!(mistake(Field::Zone, "Asia/Shangai"), calendar::Mistake::Zone { nearest: Some(_), .. }));
    let always = Place::Calendar("24/7".to_owned());
    assert_eq!(refused(always, Field::Zone, "UTC"), Mistake::Always("24/7".to_owned()));
}

#[test]
fn a_calendar_comes_from_another_and_goes_when_nobody_names_it() {
    let copy = |from: &str, to: &str| Edit::Copy(from.to_owned(), to.to_owned());
    let delete = |key: &str| Edit::Delete(key.to_owned());
    let own = edited(&[copy("china", "shanghai"), set(hot(), Field::Calendar, "shanghai")]).unwrap();
    let named = own.edited(&[delete("shanghai")], &Home::default());
    assert_eq!(named, Err(Mistake::Named { calendar: "shanghai".to_owned(), policies: "ms/hot".to_owned() }));
    let home = Home::default();
    let gone = own.edited(&[set(hot(), Field::Calendar, ""), delete("shanghai")], &home).unwrap();
    assert_eq!(gone.bodies().unwrap(), Bodies::default());
    assert_eq!(edited(&[delete("china")]), Err(Mistake::Shipped("china".to_owned())));
    assert!(matches!(edited(&[delete("mars")]), Err(Mistake::Calendar { .. })));
    assert!(matches!(edited(&[copy("mars", "phobos")]), Err(Mistake::Calendar { .. })));
    let twice = Mistake::Calendars(calendar::Mistake::Twice("us".to_owned()));
    assert_eq!(edited(&[copy("china", "us")]), Err(twice));
    assert_eq!(edited(&[copy("china", "two words")]), Err(Mistake::Key("two words".to_owned())));
    // The company's own of a shipped key goes, and the shipped one holds again, whoever names it.
    let own = edited(&[set(china(), Field::Zone, "UTC"), set(hot(), Field::Calendar, "china")]).unwrap();
    let back = own.edited(&[delete("china")], &home).unwrap();
    assert_eq!(Rules::new(back, &home).unwrap().calendar_called("china").unwrap().zone.name(), "Asia/Shanghai");
}

#[test]
fn what_a_file_tells_of_a_day_counts() {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    let told = Edit::Days(
        "china".to_owned(),
        [day("2026-10-10"), day("2027-10-01")].into(),
        [day("2026-10-01"), day("2027-10-09")].into(),
    );
    let own = edited(&[told]).unwrap();
    let calendar = &own.calendars[0];
    assert!(calendar.holidays.contains(&day("2026-10-10")) && !calendar.working.contains(&day("2026-10-10")));
    assert!(calendar.working.contains(&day("2026-10-01")) && !calendar.holidays.contains(&day("2026-10-01")));
    assert_eq!(calendar.known_until, Some(day("2027-12-31")));
}

proptest! {
    #[test]
    fn any_policy_is_written_as_it_is_read(
        minutes in 1i64..100_000,
        warn in 1u32..=100,
        score in prop::option::of(0i64..100),
        after in prop::collection::vec(prop::option::of(0i64..10_000), 3),
        cadence in prop::collection::vec(1i64..100, 0..6),
        name in "[^\\x00-\\x1f\\x7f]{0,12}",
    ) {
        let mut kinds = Kind::shipped().to_vec();
        let policy = &mut kinds[0].policies[0];
        (policy.target, policy.warn, policy.score) = (minutes * MINUTE, f64::from(warn) / 100.0, score);
        let levels = [Level::Owner, Level::Lead, Level::Manager].into_iter().zip(after);
        policy.escalate = levels.filter_map(|(level, after)| Some((level, after? * MINUTE))).collect();
        policy.escalate.sort_by_key(|&(level, ms)| (ms, level));
        policy.cadence = cadence;
        policy.name.zh = name;
        prop_assert_eq!(Kind::read(&Kind::write(&kinds).unwrap()), Ok(kinds.clone()));
        // What a field says can be typed again.
        let own = Own { kinds: Some(kinds), calendars: Vec::new() };
        let rules = Rules::new(own.clone(), &Home::default()).unwrap();
        let again: Vec<Edit> = Field::of(&hot()).iter().map(|&field| set(hot(), field, &rules.value(&hot(), field))).collect();
        prop_assert_eq!(own.edited(&again, &Home::default()), Ok(own));
    }
}
