//! Times as people type them.

use crate::domain::time::{DAY_MS, Instant};
use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveTime, TimeZone};

/// The time of day of a date without one.
const MORNING: (u32, u32) = (9, 0);

/// The instant that a text means: `15:30` (today, or tomorrow when that is past), `+2d`, `+3h`, `+30m`, `+1w`,
/// `2026-10-12`, `10-12 15:30`. A day alone is nine o'clock.
#[must_use]
pub fn read(text: &str, now: Instant, zone: FixedOffset) -> Option<Instant> {
    let text = text.trim().replace('：', ":");
    if let Some(rest) = text.strip_prefix('+') {
        return after(rest, now, zone);
    }
    let today = local(now, zone).date_naive();
    if let Some(time) = time(&text) {
        let at = instant(today, time, zone)?;
        return if at > now { Some(at) } else { instant(today.checked_add_days(Days::new(1))?, time, zone) };
    }
    let (day, clock) = text.split_once([' ', 'T']).map_or((text.as_str(), None), |(day, clock)| (day, Some(clock)));
    let time = match clock {
        Some(clock) => time(clock.trim())?,
        None => NaiveTime::from_hms_opt(MORNING.0, MORNING.1, 0)?,
    };
    instant(date(day, today)?, time, zone)
}

/// So many minutes, hours, days or weeks from now; days and weeks at nine o'clock.
fn after(rest: &str, now: Instant, zone: FixedOffset) -> Option<Instant> {
    let unit = rest.chars().last()?;
    let n: u32 = rest.strip_suffix(unit)?.trim().parse().ok().filter(|n| *n <= 1_000)?;
    let n = i64::from(n);
    match unit {
        'm' => Some(Instant(now.0 + n * 60_000)),
        'h' => Some(Instant(now.0 + n * 3_600_000)),
        'd' => morning(n, now, zone),
        'w' => morning(7 * n, now, zone),
        _ => None,
    }
}

/// Nine o'clock, so many days from today.
#[must_use]
pub fn morning(days: i64, now: Instant, zone: FixedOffset) -> Option<Instant> {
    let day = local(Instant(now.0 + days * DAY_MS), zone).date_naive();
    instant(day, NaiveTime::from_hms_opt(MORNING.0, MORNING.1, 0)?, zone)
}

/// Days until the next Monday.
#[must_use]
pub fn to_monday(now: Instant, zone: FixedOffset) -> i64 {
    7 - i64::from(local(now, zone).weekday().num_days_from_monday())
}

fn time(text: &str) -> Option<NaiveTime> {
    let (hours, minutes) = text.split_once(':')?;
    NaiveTime::from_hms_opt(hours.parse().ok()?, minutes.parse().ok()?, 0)
}

/// A date, of this year where none is told.
fn date(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let text = text.replace('/', "-");
    text.parse().ok().or_else(|| format!("{}-{text}", today.year()).parse().ok())
}

fn local(at: Instant, zone: FixedOffset) -> DateTime<FixedOffset> {
    DateTime::from_timestamp_millis(at.0).unwrap_or_default().with_timezone(&zone)
}

fn instant(day: NaiveDate, time: NaiveTime, zone: FixedOffset) -> Option<Instant> {
    zone.from_local_datetime(&day.and_time(time)).single().map(|at| Instant(at.timestamp_millis()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_by_the_clock_on_the_wall() {
        // 18:12 in Shanghai.
        let (now, zone) = (Instant(1_794_910_320_000), FixedOffset::east_opt(8 * 3_600).unwrap());
        let said = |text: &str| read(text, now, zone).map(|at| local(at, zone).format("%m-%d %H:%M").to_string());
        for (text, meant) in [
            ("19:30", "11-17 19:30"),
            ("9:05", "11-18 09:05"),
            ("9：05", "11-18 09:05"),
            ("+2d", "11-19 09:00"),
            ("+1w", "11-24 09:00"),
            ("+3h", "11-17 21:12"),
            ("+30m", "11-17 18:42"),
            ("2026-11-20", "11-20 09:00"),
            ("11/20 15:30", "11-20 15:30"),
        ] {
            assert_eq!(said(text).as_deref(), Some(meant), "{text}");
        }
        for text in ["", "soon", "25:00", "+d", "+-1d", "2026-13-01", "+999999d"] {
            assert_eq!(said(text), None, "{text}");
        }
        assert_eq!(to_monday(now, zone), 6, "it is Tuesday");
    }
}
