//! Days off and working days out of a file in iCalendar format (RFC 5545): whole-day entries, also of several days, and
//! those that come again every year.

use super::decode::decode;
use super::error::Error;
use crate::domain::calendar::{LeftOut, Mark, Told};
use chrono::{Datelike, Days, NaiveDate};
use icalendar::parser::{Component, read_components, unfold};
use std::collections::BTreeSet;

/// Larger files are refused, in bytes: a century of holidays needs a tenth of it.
pub const MOST: u64 = 4 << 20;
/// Components within components; real files have three levels.
const DEEPEST: usize = 16;
/// Entries that come again every year are laid out up to so many years ahead.
const AHEAD: i32 = 2;
/// An entry does not last longer than this, in days.
const LONGEST: i64 = 366;

/// The days that a file tells of.
///
/// # Errors
/// [`Error::NoCalendar`] when it is no such file or has no day in it, and what makes a file no text.
pub fn holidays(bytes: &[u8], today: NaiveDate) -> Result<Told, Error> {
    if bytes.len() as u64 > MOST {
        return Err(Error::NoCalendar { cause: "large" });
    }
    let text = decode(bytes)?.text.replace('\r', "");
    let mut depth = 0_usize;
    for line in text.lines().map(str::trim) {
        // A parser that goes down with every level ends where the stack does.
        match line.get(..6) {
            Some(begin) if begin.eq_ignore_ascii_case("BEGIN:") => depth += 1,
            _ if line.get(..4).is_some_and(|end| end.eq_ignore_ascii_case("END:")) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            return Err(Error::NoCalendar { cause: "deep" });
        }
    }
    let unfolded = unfold(&text);
    let roots = read_components(unfolded.trim()).map_err(|_| Error::NoCalendar { cause: "format" })?;
    let mut events = Vec::new();
    roots.iter().for_each(|root| collect(root, &mut events));
    if roots.is_empty() || roots.iter().any(|root| !root.name.as_str().eq_ignore_ascii_case("VCALENDAR")) {
        return Err(Error::NoCalendar { cause: "format" });
    }
    let told = told(&events, today);
    let none = told.holidays.is_empty() && told.working.is_empty();
    if none { Err(Error::NoCalendar { cause: "days" }) } else { Ok(told) }
}

fn collect<'c>(component: &'c Component<'c>, events: &mut Vec<&'c Component<'c>>) {
    if component.name.as_str().eq_ignore_ascii_case("VEVENT") {
        events.push(component);
    }
    component.components.iter().for_each(|inner| collect(inner, events));
}

fn told(events: &[&Component<'_>], today: NaiveDate) -> Told {
    let marks: Vec<Option<Mark>> = events.iter().map(|event| mark(event)).collect();
    let is_marked = marks.iter().any(Option::is_some);
    let mut told = Told::default();
    for (event, mark) in events.iter().zip(marks) {
        let days = match (mark, days(event, today)) {
            (None, Ok(_)) if is_marked => Err(LeftOut::Unmarked),
            (_, days) => days,
        };
        match (days, mark) {
            (Ok(days), Some(Mark::Work)) => told.working.extend(days),
            (Ok(days), _) => told.holidays.extend(days),
            (Err(reason), _) => *told.left_out.entry(reason).or_default() += 1,
        }
    }
    // A day of work inside holidays that were told as one.
    told.holidays.retain(|day| !told.working.contains(day));
    told
}

/// The value of a property.
fn value<'c>(event: &'c Component<'_>, name: &str) -> Option<&'c str> {
    let property = event.properties.iter().find(|property| property.name.as_str().eq_ignore_ascii_case(name));
    property.map(|property| property.val.as_str().trim())
}

/// Apple's own property, or what the title says.
fn mark(event: &Component<'_>) -> Option<Mark> {
    match value(event, "X-APPLE-SPECIAL-DAY").map(str::to_ascii_uppercase).as_deref() {
        Some("ALTERNATE-WORKDAY") => Some(Mark::Work),
        Some("WORK-HOLIDAY") => Some(Mark::Off),
        _ => Mark::of(value(event, "SUMMARY").unwrap_or_default()),
    }
}

/// The days of an entry.
fn days(event: &Component<'_>, today: NaiveDate) -> Result<BTreeSet<NaiveDate>, LeftOut> {
    if value(event, "STATUS").is_some_and(|status| status.eq_ignore_ascii_case("CANCELLED")) {
        return Err(LeftOut::Cancelled);
    }
    let first = midnight(value(event, "DTSTART").ok_or(LeftOut::NoDate)?)?;
    let end = match (value(event, "DTEND"), value(event, "DURATION")) {
        (Some(end), _) => midnight(end)?,
        (None, Some(length)) => after(first, length)?,
        (None, None) => first,
    };
    // The end is the day after the last one; some write the last one itself for a single day.
    let length = (end - first).num_days().max(1);
    if end < first || length > LONGEST {
        return Err(LeftOut::NoDate);
    }
    if value(event, "RDATE").is_some() {
        return Err(LeftOut::Repeats);
    }
    let firsts = match value(event, "RRULE") {
        Some(rule) => yearly(first, rule, today).ok_or(LeftOut::Repeats)?,
        None => vec![first],
    };
    let not: BTreeSet<NaiveDate> = event
        .properties
        .iter()
        .filter(|property| property.name.as_str().eq_ignore_ascii_case("EXDATE"))
        .flat_map(|property| property.val.as_str().split(',').filter_map(|text| midnight(text.trim()).ok()))
        .collect();
    let firsts = firsts.into_iter().filter(|first| !not.contains(first));
    Ok(firsts.flat_map(|first| first.iter_days().take(usize::try_from(length).unwrap_or(1))).collect())
}

/// `20261001`, or `20261001T000000` by whatever clock.
fn midnight(text: &str) -> Result<NaiveDate, LeftOut> {
    let (date, time) = text.split_once(['T', 't']).map_or((text, None), |(date, time)| (date, Some(time)));
    let date = NaiveDate::parse_from_str(date, "%Y%m%d").map_err(|_| LeftOut::NoDate)?;
    match time.map(|time| time.trim_end_matches(['Z', 'z'])) {
        None | Some("000000") => Ok(date),
        Some(_) => Err(LeftOut::PartOfADay),
    }
}

/// `P3D`, `P1W`: the day after such a stretch.
fn after(first: NaiveDate, length: &str) -> Result<NaiveDate, LeftOut> {
    let number = |unit| length.strip_prefix(['P', 'p'])?.strip_suffix(unit)?.parse::<u64>().ok();
    let days = number(['D', 'd']).or_else(|| number(['W', 'w']).map(|weeks| weeks.saturating_mul(7)));
    first.checked_add_days(Days::new(days.ok_or(LeftOut::PartOfADay)?)).ok_or(LeftOut::NoDate)
}

/// The days on which an entry begins that comes again every year on the same date; `None` when it comes otherwise.
fn yearly(first: NaiveDate, rule: &str, today: NaiveDate) -> Option<Vec<NaiveDate>> {
    let (mut every, mut count, mut until, mut is_yearly) = (1, usize::MAX, None, false);
    for part in rule.split(';').filter(|part| !part.is_empty()) {
        let (name, value) = part.split_once('=')?;
        match name.to_ascii_uppercase().as_str() {
            "FREQ" => is_yearly = value.eq_ignore_ascii_case("YEARLY"),
            "INTERVAL" => every = value.parse().ok().filter(|every| (1..=1_000).contains(every))?,
            "COUNT" => count = value.parse().ok()?,
            "UNTIL" => until = Some(NaiveDate::parse_from_str(value.get(..8)?, "%Y%m%d").ok()?),
            "BYMONTH" if value.parse() == Ok(first.month()) => {}
            "BYMONTHDAY" if value.parse() == Ok(first.day()) => {}
            "WKST" => {}
            _ => return None,
        }
    }
    let last = NaiveDate::from_ymd_opt(today.year() + AHEAD, 12, 31)?;
    let last = until.map_or(last, |until: NaiveDate| until.min(last));
    let years = (first.year()..=last.year()).step_by(every).take(count);
    Some(years.filter_map(|year| first.with_year(year)).filter(|day| *day <= last).collect()).filter(|_| is_yearly)
}

#[cfg(test)]
mod tests;
