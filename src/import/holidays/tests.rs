use super::*;
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn file(events: &[&str]) -> String {
    let events = events.iter().map(|event| format!("BEGIN:VEVENT\r\nUID:1\r\n{event}\r\nEND:VEVENT\r\n"));
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{}END:VCALENDAR\r\n", events.collect::<String>())
}

fn read(events: &[&str]) -> Result<Told, Error> {
    holidays(file(events).as_bytes(), day("2026-11-17"))
}

fn days(texts: &[&str]) -> BTreeSet<NaiveDate> {
    texts.iter().map(|text| day(text)).collect()
}

#[test]
fn days_off_and_working_days_of_a_chinese_file() {
    let told = read(&[
        "DTSTART;VALUE=DATE:20261001\r\nDTEND;VALUE=DATE:20261004\r\nSUMMARY:国庆节（休）\r\nTRANSP:TRANSPARENT",
        "DTSTART;VALUE=DATE:20261010\r\nSUMMARY:国庆节（班）",
        "DTSTART;VALUE=DATE:20260910\r\nSUMMARY:教师节",
    ])
    .unwrap();
    assert_eq!(told.holidays, days(&["2026-10-01", "2026-10-02", "2026-10-03"]), "the end is not in it");
    assert_eq!(told.working, days(&["2026-10-10"]));
    assert_eq!(told.left_out, [(LeftOut::Unmarked, 1)].into());
}

#[test]
fn whole_days_however_they_are_written() {
    let told = read(&[
        "DTSTART:20261225T000000Z\r\nDTEND:20261227T000000Z\r\nSUMMARY:Christ\r\n mas",
        "DTSTART;TZID=Asia/Shanghai:20270101T000000\r\nDURATION:P1D",
        "dtstart;value=date:20270501\r\nDTEND;VALUE=DATE:20270501",
        "DTSTART;VALUE=DATE:20270701\r\nDURATION:P1W",
    ])
    .unwrap();
    assert_eq!(told.holidays.len(), 2 + 1 + 1 + 7, "{told:?}");
    assert!(told.left_out.is_empty() && told.working.is_empty());
}

#[test]
fn what_comes_every_year_is_laid_out_and_what_comes_otherwise_is_told() {
    let told = read(&[
        "DTSTART;VALUE=DATE:20241225\r\nRRULE:FREQ=YEARLY",
        "DTSTART;VALUE=DATE:20240101\r\nRRULE:FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1;COUNT=2",
        "DTSTART;VALUE=DATE:20240501\r\nRRULE:FREQ=YEARLY;UNTIL=20260501\r\nEXDATE;VALUE=DATE:20250501",
        "DTSTART;VALUE=DATE:20241128\r\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH",
        "DTSTART;VALUE=DATE:20240115\r\nRRULE:FREQ=MONTHLY",
    ])
    .unwrap();
    let every = ["2024-12-25", "2025-12-25", "2026-12-25", "2027-12-25", "2028-12-25"];
    let all = [&every[..], &["2024-01-01", "2025-01-01", "2024-05-01", "2026-05-01"]].concat();
    assert_eq!(told.holidays, days(&all));
    assert_eq!(told.left_out, [(LeftOut::Repeats, 2)].into());
}

#[test]
fn what_is_no_whole_day_is_counted() {
    let told = read(&[
        "DTSTART:20261225T090000Z\r\nDTEND:20261225T100000Z",
        "SUMMARY:never",
        "DTSTART;VALUE=DATE:20261340",
        "DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20261230",
        "DTSTART;VALUE=DATE:20261224\r\nSTATUS:CANCELLED",
        "DTSTART;VALUE=DATE:20261226",
    ])
    .unwrap();
    assert_eq!(told.holidays, days(&["2026-12-26"]));
    let expected = [(LeftOut::PartOfADay, 1), (LeftOut::NoDate, 3), (LeftOut::Cancelled, 1)];
    assert_eq!(told.left_out, expected.into());
}

#[test]
fn damaged_and_hostile_files_are_refused_with_a_reason() {
    let refused = |bytes: &[u8]| holidays(bytes, day("2026-11-17")).unwrap_err();
    let no = |cause| Error::NoCalendar { cause };
    assert_eq!(refused(b"id,name\n1,Helio\n"), no("format"));
    assert_eq!(refused(b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n"), no("format"));
    assert_eq!(refused(b"BEGIN:VCARD\r\nFN:x\r\nEND:VCARD\r\n"), no("format"));
    assert_eq!(refused(file(&[]).as_bytes()), no("days"));
    assert_eq!(refused("BEGIN:A\r\n".repeat(100_000).as_bytes()), no("deep"));
    assert_eq!(refused(&vec![b'x'; 5 << 20]), no("large"));
    assert_eq!(refused(b""), Error::Empty);
    assert!(matches!(refused(b"PK\x03\x04rest"), Error::NotText { .. }));
}

proptest! {
    #[test]
    fn nothing_in_a_file_does_harm(text in "(BEGIN:VEVENT|END:VEVENT|DTSTART|;VALUE=DATE|:2026[0-9]{4}|RRULE:FREQ=YEARLY;INTERVAL=[0-9]{1,12}|\r\n ?|;|=|\"|,|云|[a-z]){0,60}") {
        let _ = holidays(text.as_bytes(), day("2026-11-17"));
        let _ = holidays(file(&[&text]).as_bytes(), day("2026-11-17"));
    }
}
