//! Days and points in time, as people and spreadsheets write them.

use crate::domain::time::{DAY_MS, Instant};
use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};

/// In which order a date names year, month and day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DateOrder {
    /// Year, month, day.
    Ymd,
    /// Month, day, year.
    Mdy,
    /// Day, month, year.
    Dmy,
}

impl DateOrder {
    /// Every order.
    pub const ALL: [Self; 3] = [Self::Ymd, Self::Mdy, Self::Dmy];

    /// How it is told on the command line.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Ymd => "ymd",
            Self::Mdy => "mdy",
            Self::Dmy => "dmy",
        }
    }

    /// Reads `ymd`, `mdy` or `dmy`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|order| text.eq_ignore_ascii_case(order.key()))
    }
}

/// The orders that a column has to choose between.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// `03/04/2017`: month or day first.
    LongYear,
    /// `03-04-17`: anything may come first.
    ShortYear,
}

impl Shape {
    /// The orders in which it can be read.
    pub(super) const fn orders(self) -> &'static [DateOrder] {
        match self {
            Self::LongYear => &[DateOrder::Mdy, DateOrder::Dmy],
            Self::ShortYear => &DateOrder::ALL,
        }
    }
}

/// The day of a written date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Day {
    Fixed(NaiveDate),
    Open(Shape, [u32; 3]),
}

/// A date as written, perhaps before its order is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Written {
    day: Day,
    /// Milliseconds since midnight.
    time: i64,
    /// Milliseconds that the clock of the writer was ahead of UTC.
    ahead: i64,
}

impl Written {
    /// What remains to be decided, if anything.
    pub(super) fn shape(&self) -> Option<Shape> {
        match self.day {
            Day::Fixed(_) => None,
            Day::Open(shape, _) => Some(shape),
        }
    }

    /// The day, read in `order`.
    pub(super) fn day(&self, order: DateOrder) -> Option<NaiveDate> {
        let (shape, [a, b, c]) = match self.day {
            Day::Fixed(date) => return Some(date),
            Day::Open(shape, parts) => (shape, parts),
        };
        let (year, month, day) = match order {
            DateOrder::Ymd if shape == Shape::LongYear => return None,
            DateOrder::Ymd => (a, b, c),
            DateOrder::Mdy => (c, a, b),
            DateOrder::Dmy => (c, b, a),
        };
        date(if shape == Shape::ShortYear { century(year) } else { year }, month, day)
    }

    /// The point in time, read in `order`.
    pub(super) fn instant(&self, order: DateOrder) -> Option<Instant> {
        self.day(order).map(|day| Instant(Instant::at_midnight(day).0 + self.time - self.ahead))
    }
}

fn date(year: u32, month: u32, day: u32) -> Option<NaiveDate> {
    let year = i32::try_from(year).ok().filter(|year| (1000..=9999).contains(year))?;
    NaiveDate::from_ymd_opt(year, month, day)
}

/// POSIX: 69–99 are of the last century.
const fn century(year: u32) -> u32 {
    if year < 69 { 2000 + year } else { 1900 + year }
}

/// Reads a date, first by the formats of the profile (`strftime`), then by what it looks like.
pub(super) fn parse(text: &str, formats: &[String]) -> Option<Written> {
    formats
        .iter()
        .find_map(|format| by_format(text, format))
        .or_else(|| iso(text))
        .or_else(|| if text.bytes().all(|b| b.is_ascii_digit()) { digits(text) } else { parts(text) })
}

fn by_format(text: &str, format: &str) -> Option<Written> {
    if let Ok(stamp) = chrono::DateTime::parse_from_str(text, format) {
        return Some(fixed(stamp.naive_utc()));
    }
    if let Ok(stamp) = NaiveDateTime::parse_from_str(text, format) {
        return Some(fixed(stamp));
    }
    NaiveDate::parse_from_str(text, format).ok().map(|date| Written { day: Day::Fixed(date), time: 0, ahead: 0 })
}

fn fixed(stamp: NaiveDateTime) -> Written {
    let time = i64::from(stamp.num_seconds_from_midnight()) * 1000 + i64::from(stamp.nanosecond() / 1_000_000);
    Written { day: Day::Fixed(stamp.date()), time, ahead: 0 }
}

/// The quick way for what machines write: `2017-12-31`.
fn iso(text: &str) -> Option<Written> {
    let [a, b, c, d, b'-', e, f, b'-', g, h] = text.as_bytes() else { return None };
    let number =
        |digits: &[&u8]| digits.iter().try_fold(0, |n, d| d.is_ascii_digit().then(|| n * 10 + u32::from(**d - b'0')));
    let date = date(number(&[a, b, c, d])?, number(&[e, f])?, number(&[g, h])?)?;
    Some(Written { day: Day::Fixed(date), time: 0, ahead: 0 })
}

/// `20171231`, `20171231235959`, and seconds or milliseconds since 1970.
fn digits(text: &str) -> Option<Written> {
    match text.len() {
        8 => NaiveDate::parse_from_str(text, "%Y%m%d")
            .ok()
            .filter(|date| (1000..=9999).contains(&date.year()))
            .map(|date| Written { day: Day::Fixed(date), time: 0, ahead: 0 }),
        10 => since_1970(text.parse::<i64>().ok()?.checked_mul(1000)?),
        13 => since_1970(text.parse().ok()?),
        14 => NaiveDateTime::parse_from_str(text, "%Y%m%d%H%M%S").ok().map(fixed),
        _ => None,
    }
}

/// The day and time that spreadsheets keep as a number: days since 1900, as they count them.
pub(super) fn serial(text: &str) -> Option<Written> {
    let (days, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let is_serial = days.len() == 5 && is_digits(days) && is_digits(fraction);
    let days: u64 = days.parse().ok().filter(|days| is_serial && SERIALS.contains(days))?;
    let time = (format!("0.{fraction}").parse::<f64>().ok()? * DAY_MS as f64).round() as i64;
    let day = NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(chrono::Days::new(days))?;
    Some(Written { day: Day::Fixed(day), time: time.min(DAY_MS - 1), ahead: 0 })
}

/// October 1954 to April 2064: numbers outside are something else.
const SERIALS: std::ops::RangeInclusive<u64> = 20_000..=60_000;

fn since_1970(ms: i64) -> Option<Written> {
    let stamp = chrono::DateTime::from_timestamp_millis(ms)?;
    Some(fixed(stamp.naive_utc()))
}

/// A piece of a written date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    Number(u32, usize),
    Month(u32),
}

/// Anything with three parts, in words or numbers, and perhaps a time behind.
fn parts(text: &str) -> Option<Written> {
    let mut pieces: Vec<Piece> = Vec::with_capacity(3);
    let mut rest = text;
    while pieces.len() < 3 {
        let next = rest.chars().next()?;
        let length = |keep: fn(&char) -> bool| rest.chars().take_while(keep).map(char::len_utf8).sum::<usize>();
        if next.is_ascii_digit() {
            let (run, after) = rest.split_at_checked(length(char::is_ascii_digit))?;
            pieces.push(Piece::Number(run.parse().ok()?, run.len()));
            rest = after;
        } else if next.is_ascii_alphabetic() {
            let (word, after) = rest.split_at_checked(length(char::is_ascii_alphabetic))?;
            pieces.extend(word_of_date(word)?);
            rest = after;
        } else if " ,-/.年月日\u{a0}".contains(next) {
            rest = rest.strip_prefix(next)?;
        } else {
            return None;
        }
    }
    let [a, b, c] = pieces.as_slice() else { return None };
    let (time, ahead) = time_of_day(rest.trim_start_matches(['日', ',', ' ', '\u{a0}']))?;
    Some(Written { day: day_of([*a, *b, *c])?, time, ahead })
}

/// Months are kept, weekdays and the endings of `1st` skipped; any other word is no date.
fn word_of_date(word: &str) -> Option<Option<Piece>> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    const OTHERS: [&str; 12] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun", "st", "nd", "rd", "th", "of"];
    let word = word.to_ascii_lowercase();
    let month = (1..).zip(MONTHS).find(|(_, month)| word.starts_with(month)).map(|(number, _)| Piece::Month(number));
    if month.is_some() && word.len() <= 9 {
        return Some(month);
    }
    OTHERS.iter().any(|other| word == *other || word.len() > 5 && word.starts_with(other)).then_some(None)
}

fn day_of(pieces: [Piece; 3]) -> Option<Day> {
    use Piece::{Month, Number};
    let year = |number, digits| if digits > 2 { number } else { century(number) };
    match pieces {
        [Number(y, 4), Number(m, _), Number(d, _)] => date(y, m, d).map(Day::Fixed),
        [Number(y, 4), Month(m), Number(d, _)] => date(y, m, d).map(Day::Fixed),
        [Number(d, ..=2), Month(m), Number(y, n)] => date(year(y, n), m, d).map(Day::Fixed),
        [Month(m), Number(d, ..=2), Number(y, n)] => date(year(y, n), m, d).map(Day::Fixed),
        [Number(a, ..=2), Number(b, ..=2), Number(c, 4)] => Some(Day::Open(Shape::LongYear, [a, b, c])),
        [Number(a, ..=2), Number(b, ..=2), Number(c, ..=2)] => Some(Day::Open(Shape::ShortYear, [a, b, c])),
        _ => None,
    }
}

/// `T00:03:00.123+01:00`, `3:04 PM`, `上午 9:30`, or nothing: milliseconds since midnight and ahead of UTC.
fn time_of_day(text: &str) -> Option<(i64, i64)> {
    let text = text.trim();
    if text.is_empty() {
        return Some((0, 0));
    }
    let text = text.strip_prefix(['T', 't']).unwrap_or(text);
    let (text, half) = half_of_day(text);
    let end = text.find(['Z', 'z', 'U', 'G', '+', '-']).unwrap_or(text.len());
    let (clock, zone) = text.split_at_checked(end)?;
    let (clock, half) = match half {
        Some(half) => (clock, Some(half)),
        None => half_of_day(clock.trim()),
    };
    let mut numbers = clock.trim().split([':', '时', '分', '点']).map(|part| part.trim_end_matches('秒'));
    let hour: i64 = small(numbers.next()?)?;
    let minute = small(numbers.next()?)?;
    let (second, fraction) = match numbers.next().filter(|part| !part.is_empty()) {
        Some(part) => part.split_once(['.', ',']).unwrap_or((part, "")),
        None => ("0", ""),
    };
    let (second, ms) = (small(second)?, milliseconds(fraction)?);
    let hour = match half {
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(afternoon) => hour % 12 + if afternoon { 12 } else { 0 },
        None => hour,
    };
    if hour > 23 || minute > 59 || second > 60 || numbers.next().is_some_and(|rest| !rest.is_empty()) {
        return None;
    }
    let time = ((hour * 60 + minute) * 60 + second) * 1000 + ms;
    Some((time.min(DAY_MS - 1), ahead_of_utc(zone.trim())?))
}

/// Whether a time says morning or afternoon, and the rest of it.
fn half_of_day(text: &str) -> (&str, Option<bool>) {
    for (word, afternoon) in [("AM", false), ("am", false), ("PM", true), ("pm", true)] {
        if let Some(rest) = text.strip_suffix(word) {
            return (rest.trim_end(), Some(afternoon));
        }
    }
    for (word, afternoon) in [("上午", false), ("下午", true)] {
        if let Some(rest) = text.strip_prefix(word) {
            return (rest.trim_start(), Some(afternoon));
        }
    }
    (text, None)
}

fn small(text: &str) -> Option<i64> {
    let digits = text.trim();
    if (1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) {
        digits.parse().ok()
    } else {
        None
    }
}

fn milliseconds(fraction: &str) -> Option<i64> {
    let digits = fraction.trim();
    if !digits.bytes().all(|b| b.is_ascii_digit()) || digits.len() > 9 {
        return None;
    }
    format!("{digits:0<3}").get(..3)?.parse().ok()
}

fn ahead_of_utc(zone: &str) -> Option<i64> {
    if matches!(zone, "" | "Z" | "z" | "UTC" | "GMT") {
        return Some(0);
    }
    let zone = zone.strip_prefix("UTC").or_else(|| zone.strip_prefix("GMT")).unwrap_or(zone);
    let (sign, rest) = match zone.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, zone.strip_prefix('+')?),
    };
    let (hours, minutes) = match rest.split_once(':') {
        Some(parts) => parts,
        None if rest.len() == 4 => rest.split_at_checked(2)?,
        None => (rest, "0"),
    };
    let (hours, minutes) = (small(hours)?, small(minutes)?);
    (hours <= 18 && minutes < 60).then_some(sign * (hours * 60 + minutes) * 60_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, order: DateOrder) -> Option<String> {
        parse(text, &[]).and_then(|written| written.instant(order)).map(Instant::to_rfc3339)
    }

    #[test]
    fn dates_that_say_their_order() {
        for (text, expected) in [
            ("2017-12-31T13:00:00+01:00", "2017-12-31T12:00:00Z"),
            ("2017-12-31T13:00:00.250Z", "2017-12-31T13:00:00.250Z"),
            ("2017-12-31", "2017-12-31T00:00:00Z"),
            ("2018-12-18 18:20:30.829", "2018-12-18T18:20:30.829Z"),
            ("2017-12-31 9:05", "2017-12-31T09:05:00Z"),
            ("2017/1/2 3:04", "2017-01-02T03:04:00Z"),
            ("2017.1.2", "2017-01-02T00:00:00Z"),
            ("15 Apr, 2021 00:03:00", "2021-04-15T00:03:00Z"),
            ("April 15, 2021 3:04 PM", "2021-04-15T15:04:00Z"),
            ("Thu, 15-Apr-21", "2021-04-15T00:00:00Z"),
            ("15th of September 2021", "2021-09-15T00:00:00Z"),
            ("2021年4月15日", "2021-04-15T00:00:00Z"),
            ("2021年4月15日 下午3:04", "2021-04-15T15:04:00Z"),
            ("20171231", "2017-12-31T00:00:00Z"),
            ("1514678400", "2017-12-31T00:00:00Z"),
            ("1514678400250", "2017-12-31T00:00:00.250Z"),
            ("2017-12-31T13:00:00-0530", "2017-12-31T18:30:00Z"),
        ] {
            assert_eq!(read(text, DateOrder::Mdy).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn dates_that_do_not() {
        assert_eq!(read("3/4/2017", DateOrder::Mdy).as_deref(), Some("2017-03-04T00:00:00Z"));
        assert_eq!(read("3/4/2017 12:30 am", DateOrder::Dmy).as_deref(), Some("2017-04-03T00:30:00Z"));
        assert_eq!(read("20-10-16", DateOrder::Dmy).as_deref(), Some("2016-10-20T00:00:00Z"));
        assert_eq!(read("20-10-16", DateOrder::Ymd).as_deref(), Some("2020-10-16T00:00:00Z"));
        assert_eq!(read("20-10-16", DateOrder::Mdy), None);
        assert_eq!(parse("3/4/2017", &["%d/%m/%Y".into()]).unwrap().instant(DateOrder::Mdy).unwrap().date().month(), 4);
    }

    #[test]
    fn numbers_of_a_spreadsheet_are_days() {
        let read = |text| serial(text).and_then(|written| written.instant(DateOrder::Mdy)).map(Instant::to_rfc3339);
        assert_eq!(read("44301").as_deref(), Some("2021-04-15T00:00:00Z"));
        assert_eq!(read("44301.0020833333").as_deref(), Some("2021-04-15T00:03:00Z"));
        for text in ["12345", "60001", "4430", "443010", "44301.x", "44301.", "-44301", "44301,5"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn other_things_are_no_dates() {
        for text in
            ["", "soon", "2017-13-01", "2017-02-30", "12", "1,117.10", "2017-01-02x", "2017-01-02 25:00", "a/b/c"]
        {
            assert_eq!(read(text, DateOrder::Dmy), None, "{text}");
        }
    }
}
