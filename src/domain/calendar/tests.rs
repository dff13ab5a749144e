use super::*;
use chrono::{Days, NaiveTime};
use proptest::prelude::*;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

fn at(text: &str) -> Instant {
    Instant::parse_rfc3339(text).unwrap()
}

fn calendar(zone: &str, more: &str) -> Calendar {
    let text = format!("[[calendar]]\nkey = \"k\"\nname = {{ en = \"k\", zh = \"k\" }}\nzone = \"{zone}\"\n{more}");
    Calendar::read(&text).unwrap().remove(0)
}

/// The business time of a calendar around the tests' days.
fn hours(calendar: &Calendar) -> Hours {
    calendar.hours(NaiveDate::from_ymd_opt(2025, 12, 1).unwrap(), NaiveDate::from_ymd_opt(2027, 1, 31).unwrap())
}

/// Due dates, and the same way back.
fn due(calendar: &Calendar, table: &[(&str, i64, &str)]) {
    let hours = hours(calendar);
    for &(from, minutes, expected) in table {
        let due = hours.add_business_time(at(from), minutes * MINUTE);
        assert_eq!(due.map(Instant::to_rfc3339).as_deref(), Some(expected), "{minutes} min from {from}");
        assert_eq!(hours.business_time_between(at(from), at(expected)), minutes * MINUTE, "{from} to {expected}");
    }
}

#[test]
fn an_hour_before_the_weekend_goes_on_after_it() {
    let office = calendar("UTC", "hours = { mon-fri = [\"9-17\"] }");
    due(
        &office,
        &[
            ("2026-10-02T16:30:00Z", 60, "2026-10-05T09:30:00Z"),
            ("2026-10-02T16:30:00Z", 30, "2026-10-02T17:00:00Z"),
            ("2026-10-02T02:00:00Z", 5, "2026-10-02T09:05:00Z"),
            ("2026-10-03T12:00:00Z", 480, "2026-10-05T17:00:00Z"),
            ("2026-10-03T12:00:00Z", 481, "2026-10-06T09:01:00Z"),
        ],
    );
}

#[test]
fn lunch_holidays_and_make_up_days_of_china() {
    let lunch = calendar(
        "Asia/Shanghai",
        "hours = { mon-fri = [\"9:00-12:00\", \"13:00-18:00\"] }\nholidays = [\"2026-10-01..2026-10-07\"]\nworking = [\"2026-10-10\"]",
    );
    due(
        &lunch,
        &[
            // Inside lunch, 12:20 in Shanghai.
            ("2026-09-30T04:20:00Z", 5, "2026-09-30T05:05:00Z"),
            // On the first day of the holidays; Thursday the 8th is the next one at work.
            ("2026-10-01T02:00:00Z", 60, "2026-10-08T02:00:00Z"),
            // Friday 17:30 and a Saturday that makes up for the holidays.
            ("2026-10-09T09:30:00Z", 60, "2026-10-10T01:30:00Z"),
        ],
    );
    let shipped = Calendar::shipped().iter().find(|calendar| calendar.key == "china").unwrap();
    due(
        shipped,
        &[("2026-02-13T09:30:00Z", 60, "2026-02-14T01:30:00Z"), ("2026-02-14T10:00:00Z", 1, "2026-02-24T01:01:00Z")],
    );
}

#[test]
fn both_nights_of_daylight_saving() {
    let nights = calendar("America/New_York", "hours = { mon-sun = [\"22:00-6:00\"] }");
    // The night to 2026-03-08 has seven of the eight hours, the one to 2026-11-01 nine.
    let night = |from, to| hours(&nights).business_time_between(at(from), at(to));
    assert_eq!(night("2026-03-08T03:00:00Z", "2026-03-08T10:00:00Z"), 7 * HOUR);
    assert_eq!(night("2026-11-01T02:00:00Z", "2026-11-01T11:00:00Z"), 9 * HOUR);
    let skipped = calendar("America/New_York", "hours = { sun = [\"2:30-4:00\"] }");
    due(
        &skipped,
        &[("2026-03-08T00:00:00Z", 1, "2026-03-08T07:01:00Z"), ("2026-03-08T00:00:00Z", 60, "2026-03-08T08:00:00Z")],
    );
    let twice = calendar("America/New_York", "hours = { sun = [\"1:30-2:00\"] }");
    assert_eq!(
        hours(&twice).business_time_between(at("2026-11-01T00:00:00Z"), at("2026-11-02T00:00:00Z")),
        60 * MINUTE
    );
    let day = calendar("Europe/Berlin", "hours = { sun = [\"0-24\"] }");
    let sunday = |from, to| hours(&day).business_time_between(at(from), at(to));
    assert_eq!(sunday("2026-03-28T00:00:00Z", "2026-03-30T00:00:00Z"), 23 * HOUR);
    assert_eq!(sunday("2026-10-24T00:00:00Z", "2026-10-26T00:00:00Z"), 25 * HOUR);
}

#[test]
fn around_the_clock_is_a_calendar() {
    let hours = hours(&Calendar::always());
    let (from, to) = (at("2026-03-07T00:00:00Z"), at("2026-11-03T12:34:56Z"));
    assert_eq!(hours.business_time_between(from, to), to.0 - from.0);
    assert_eq!(hours.add_business_time(from, to.0 - from.0), Some(to));
}

#[test]
fn opening_and_closing_time() {
    let office = hours(&calendar("UTC", "hours = { mon-fri = [\"9-17\"] }"));
    assert!(office.is_open(at("2026-10-02T09:00:00Z")));
    assert!(!office.is_open(at("2026-10-02T17:00:00Z")));
    assert_eq!(office.opens(at("2026-10-02T17:00:00Z")), Some(at("2026-10-05T09:00:00Z")));
    assert_eq!(office.opens(at("2026-10-02T12:00:00Z")), Some(at("2026-10-02T12:00:00Z")));
}

#[test]
fn hours_of_a_usual_week() {
    let nights = calendar("UTC", "hours = { fri = [\"9:30-12\", \"22-6\"] }");
    let open: Vec<usize> = (0..24).filter(|&hour| nights.is_usually_open(4, hour)).collect();
    assert_eq!(open, [9, 10, 11, 22, 23]);
    assert_eq!((0..24).filter(|&hour| nights.is_usually_open(5, hour)).collect::<Vec<_>>(), [0, 1, 2, 3, 4, 5]);
    assert!((0..24).all(|hour| !nights.is_usually_open(6, hour)));
}

#[test]
fn the_shipped_calendars_are_right() {
    let shipped = Calendar::shipped();
    assert_eq!(shipped.iter().map(|calendar| calendar.key.as_str()).collect::<Vec<_>>(), ["24/7", "china", "us"]);
    for calendar in shipped {
        assert!(calendar.working.iter().all(|day| day.weekday().num_days_from_monday() > 4), "{}", calendar.key);
    }
    // Working days of each year, by the notices: 366 or 365 less weekends and holidays, plus make-up days.
    let china = shipped.iter().find(|calendar| calendar.key == "china").unwrap();
    let worked = |year: i32| {
        let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
        first.iter_days().take_while(|day| day.year() == year).filter(|&day| !china.openings(day).is_empty()).count()
    };
    assert_eq!([2024, 2025, 2026].map(worked), [251, 248, 248]);
}

#[test]
fn a_mistake_is_named() {
    let read = |more: &str| {
        Calendar::read(&format!("[[calendar]]\nkey = \"k\"\nname = {{ en = \"k\", zh = \"k\" }}\n{more}")).unwrap_err()
    };
    let hours = "hours = { mon = [\"9-17\"] }";
    assert_eq!(
        read(&format!("zone = \"Asia/Shangai\"\n{hours}")),
        Mistake::Zone { zone: "Asia/Shangai".to_owned(), nearest: Some("Asia/Shanghai".to_owned()) }
    );
    assert_eq!(read("zone = \"UTC\"\nhours = { mon = [] }"), Mistake::Closed("k".to_owned()));
    assert_eq!(read("zone = \"UTC\"\nhours = { moon = [\"9-17\"] }"), Mistake::Days("moon".to_owned()));
    assert_eq!(read("zone = \"UTC\"\nhours = { mon = [\"9-25\"] }"), Mistake::Interval("9-25".to_owned()));
    assert_eq!(
        read(&format!("zone = \"UTC\"\n{hours}\nholidays = [\"2026-02-30\"]")),
        Mistake::Date("2026-02-30".to_owned())
    );
    let both = format!("zone = \"UTC\"\n{hours}\nholidays = [\"2026-01-01\"]\nworking = [\"2026-01-01\"]");
    assert_eq!(read(&both), Mistake::Both(NaiveDate::from_ymd_opt(2026, 1, 1).unwrap()));
    assert!(matches!(read("zone = 3"), Mistake::Syntax(_)));
}

#[test]
fn what_is_typed_changes_one_thing_and_a_mistake_is_named() {
    let mut china = Calendar::shipped().iter().find(|calendar| calendar.key == "china").unwrap().clone();
    china.set_week("mon-fri 9-12, 13:00–18:00; sat 10:00-14:00").unwrap();
    let weekly: Vec<(String, String)> = china.weekly().into_iter().map(|(days, of)| (days, of.join(", "))).collect();
    let expected = [("mon-fri", "9:00-12:00, 13:00-18:00"), ("sat", "10:00-14:00")];
    assert_eq!(weekly, expected.map(|(days, of)| (days.to_owned(), of.to_owned())));
    china.set_hours("wed 22:00-6:00；sat").unwrap();
    assert_eq!((china.week[2][0].to_string().as_str(), china.week[5].len()), ("22:00-6:00", 0));
    let night = Mistake::Overlap { day: "wed".into(), one: "22:00-6:00".into(), other: "5:00-8:00".into() };
    china.set_hours("thu 5:00-8:00").unwrap();
    assert_eq!(china.checked(), Err(night));
    china.set_hours("wed-fri 9-13, 12-18").unwrap();
    assert!(matches!(china.checked(), Err(Mistake::Overlap { day, .. }) if day == "wed"));
    china.set_hours("mon-sun").unwrap();
    assert_eq!(china.checked(), Err(Mistake::Closed("china".into())));
    china.set_hours("mon-fri 9-18").unwrap();
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    china.set_holidays("2027-01-01..2027-01-03，2027-02-06").unwrap();
    assert!(china.holidays.contains(&day("2027-01-02")) && china.holidays.contains(&day("2027-02-06")));
    china.set_working("2027-01-02").unwrap();
    assert_eq!(china.checked(), Err(Mistake::Both(day("2027-01-02"))));
    china.set_holidays("-2027-01-02").unwrap();
    assert_eq!(china.checked(), Ok(()));
    assert_eq!(china.set_holidays("-2027-01-02"), Err(Mistake::Missing(day("2027-01-02"))));
    assert_eq!(china.set_working("2027-13-02"), Err(Mistake::Date("2027-13-02".into())));
    assert_eq!(china.set_working(" "), Err(Mistake::Date(" ".into())));
    assert_eq!(china.set_week("mon-fri 9-9:70"), Err(Mistake::Interval("9-9:70".into())));
    assert!(matches!(china.set_zone("Asia/Shangai"), Err(Mistake::Zone { nearest: Some(_), .. })));
}

#[test]
fn the_shipped_calendars_are_written_as_they_are_read() {
    let shipped = Calendar::shipped();
    assert_eq!(Calendar::read(&Calendar::write(shipped).unwrap()).as_deref(), Ok(shipped));
}

/// Any calendar: a zone with or without daylight saving, split days, nights, holidays and make-up days.
fn any_calendar() -> impl Strategy<Value = Calendar> {
    let opening = (0u16..DAY_MINUTES, 1u16..=DAY_MINUTES)
        .prop_filter_map("in a day", |(from, long)| Opening::new(from, from + long));
    let zone = prop::sample::select(vec![
        Tz::UTC,
        Tz::Asia__Shanghai,
        Tz::America__New_York,
        Tz::Europe__Berlin,
        Tz::Australia__Lord_Howe,
        Tz::America__Sao_Paulo,
        Tz::Asia__Kathmandu,
        Tz::Pacific__Apia,
    ]);
    let week = prop::collection::vec(prop::collection::vec(opening, 0..4), 7);
    let days = || prop::collection::btree_set((0u64..60).prop_map(|days| first_day() + Days::new(days)), 0..12);
    (zone, week, days(), days()).prop_map(|(zone, week, holidays, working)| Calendar {
        zone,
        week: std::array::from_fn(|at| week[at].clone()),
        working: working.difference(&holidays).copied().collect(),
        holidays,
        ..Calendar::always()
    })
}

fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 10, 1).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// Each case asks 500 pairs: a million in all.
    #[test]
    fn adding_and_counting_are_inverse(calendar in any_calendar(), seed in 0i64..i64::from(u32::MAX)) {
        let hours = calendar.hours(first_day(), first_day() + Days::new(60));
        let start = Instant::at_midnight(first_day()).0;
        let span = 60 * 24 * HOUR;
        for n in 0..500_i64 {
            let from = Instant(start + (seed * 7_919 + n * 104_729_000) % span);
            let ms = (seed * 31 + n * 1_299_709) % (6 * 24 * HOUR);
            match hours.add_business_time(from, ms) {
                Some(due) => {
                    prop_assert_eq!(hours.business_time_between(from, due), ms);
                    prop_assert!(ms == 0 || !hours.is_open(Instant(due.0)) || hours.is_open(Instant(due.0 - 1)) || due == from);
                }
                None => prop_assert!(hours.business_time_between(from, Instant(i64::MAX)) < ms),
            }
            let to = Instant(start + (seed * 15_485_863 + n * 32_452_843_000) % span);
            let counted = hours.business_time_between(from, to);
            prop_assert_eq!(counted, -hours.business_time_between(to, from));
            if counted > 0 {
                let back = hours.add_business_time(from, counted).unwrap();
                prop_assert!(back <= to, "never later");
                prop_assert_eq!(hours.business_time_between(back, to), 0);
                prop_assert!(!hours.is_open(to) || back == to || !hours.is_open(Instant(to.0 - 1)), "the same instant at work");
            }
        }
    }

    /// A second way to count, minute by minute on the wall clock.
    #[test]
    fn counting_agrees_with_the_wall_clock(calendar in any_calendar(), from in 0i64..20_000, long in 0i64..3_000) {
        let hours = calendar.hours(first_day(), first_day() + Days::new(60));
        let base = Instant::at_midnight(first_day()).0 + 3 * 24 * HOUR;
        let open = |minute: i64| {
            let local = Instant(base + minute * MINUTE).utc().with_timezone(&calendar.zone).naive_local();
            let of_day = |day: NaiveDate, ahead: u16| {
                let minute = u16::try_from((local - day.and_time(NaiveTime::MIN)).num_minutes()).unwrap_or(u16::MAX);
                calendar.openings(day).iter().any(|opening| opening.from <= minute && minute < opening.to && minute >= ahead)
            };
            of_day(local.date(), 0) || of_day(local.date().pred_opt().unwrap(), DAY_MINUTES)
        };
        let counted = (from..from + long).filter(|&minute| open(minute)).count() as i64 * MINUTE;
        let (start, end) = (Instant(base + from * MINUTE), Instant(base + (from + long) * MINUTE));
        prop_assert_eq!(hours.business_time_between(start, end), counted);
    }
    #[test]
    fn what_is_written_is_read_again(calendar in any_calendar()) {
        prop_assume!(calendar.week.iter().any(|openings| !openings.is_empty()));
        let written = Calendar::write(std::slice::from_ref(&calendar)).unwrap();
        prop_assert_eq!(Calendar::read(&written), Ok(vec![calendar]));
    }
}
