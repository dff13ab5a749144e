//! When things happen: the quarters of the story, working hours, and instants as text.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, SecondsFormat, Utc};

use super::dice::Dice;

pub(super) const MINUTE: i64 = 60_000;
pub(super) const HOUR: i64 = 60 * MINUTE;
pub(super) const DAY: i64 = 24 * HOUR;

/// Volume per working day of the five quarters of history, oldest first; the last two are made
/// exact by [`GROWTH`].
const LEVELS: [f64; 5] = [0.40, 0.52, 0.72, 1.0, 1.0];
/// This quarter to date against the same days of the previous quarter.
const GROWTH: f64 = 1.05;

/// A piece of history of at most a day, over which quotas are settled: so fine that any span of
/// days shows the planted shares.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chunk {
    pub(super) from: i64,
    pub(super) to: i64,
    /// Share of all history's volume that falls here.
    pub(super) share: f64,
    /// In the quarter that holds `now`.
    pub(super) current: bool,
}

/// The clock and the chunks of history.
pub(super) struct Plan {
    pub(super) now: i64,
    /// Start of the quarter a year before this one: the first day with leads.
    pub(super) start: i64,
    /// As far into the previous quarter as `now` is into this one.
    pub(super) same_point_before: i64,
    pub(super) chunks: Vec<Chunk>,
}

impl Plan {
    pub(super) fn new(now: i64) -> Self {
        let quarter = quarter_start(date(now));
        let starts: Vec<i64> = [12, 9, 6, 3, 0]
            .into_iter()
            .map(|months| midnight(quarter.checked_sub_months(Months::new(months)).unwrap_or(quarter)))
            .collect();
        let this = starts.last().copied().unwrap_or(now);
        let before = starts.iter().rev().nth(1).copied().unwrap_or(now);
        let elapsed = (now - this).max(HOUR);
        let mut chunks = Vec::new();
        let ends = starts.iter().skip(1).copied().chain([now]);
        for ((start, end), level) in starts.iter().zip(ends).zip(LEVELS) {
            for (from, to) in pieces(*start, end, start + elapsed) {
                let share = level * activity(from, to);
                chunks.push(Chunk { from, to, share, current: *start == this });
            }
        }
        grow(&mut chunks, before, before + elapsed);
        Self { now, start: starts.first().copied().unwrap_or(now), same_point_before: before + elapsed, chunks }
    }
}

/// Makes the current quarter exactly [`GROWTH`] times the same days of the previous one, and the
/// shares add up to one.
fn grow(chunks: &mut [Chunk], before: i64, same_point: i64) {
    let compared = chunks.iter().filter(|c| c.from >= before && c.to <= same_point && !c.current);
    let then: f64 = compared.map(|c| c.share).sum();
    let now: f64 = chunks.iter().filter(|c| c.current).map(|c| c.share).sum();
    for chunk in chunks.iter_mut().filter(|c| c.current && now > 0.0) {
        chunk.share *= GROWTH * then / now;
    }
    let all: f64 = chunks.iter().map(|c| c.share).sum();
    for chunk in chunks {
        chunk.share /= all;
    }
}

/// `start..end` cut every day and at `mark`.
fn pieces(start: i64, end: i64, mark: i64) -> Vec<(i64, i64)> {
    let mut cuts: Vec<i64> = (0..93).map(|day| start + day * DAY).filter(|t| *t < end).collect();
    cuts.extend([mark, end].into_iter().filter(|t| *t > start && *t <= end));
    cuts.sort_unstable();
    cuts.dedup();
    cuts.iter().copied().zip(cuts.iter().skip(1).copied()).collect()
}

/// How much working time of all regions together lies in `from..to`.
fn activity(from: i64, to: i64) -> f64 {
    let mut sum = 0.0;
    let mut at = from;
    while at < to {
        let whole_hour = HOUR.min(to - at);
        let busy = 0.45 * bustle(at - 5 * HOUR) + 0.35 * bustle(at + HOUR) + 0.2 * bustle(at + 8 * HOUR);
        #[expect(clippy::cast_precision_loss, reason = "at most an hour in milliseconds")]
        let hours = whole_hour as f64 / HOUR as f64;
        sum += busy * hours;
        at += whole_hour;
    }
    sum
}

/// How busy a local hour is, from 0 to 1: nights and weekends are quiet, never silent.
fn bustle(local: i64) -> f64 {
    let hour = local.rem_euclid(DAY) / HOUR;
    let day = match hour {
        9..=11 | 14..=16 => 1.0,
        8 | 12 | 13 | 17 => 0.7,
        7 | 18 | 19 => 0.25,
        20..=22 => 0.08,
        _ => 0.02,
    };
    if is_weekend(local) { day * 0.1 } else { day }
}

fn is_weekend(local: i64) -> bool {
    // 1970-01-01 was a Thursday: day 2 of the epoch's week is Saturday, day 3 Sunday.
    matches!(local.div_euclid(DAY).rem_euclid(7), 2 | 3)
}

/// An instant in `from..to` when people `offset` hours from UTC are likely to be at work.
pub(super) fn moment(dice: &mut Dice, from: i64, to: i64, offset: i64) -> i64 {
    let mut at = from;
    for _ in 0..60 {
        at = seconds(dice.between(from, (to - 1).max(from))).max(from);
        if dice.unit() < bustle(at + offset * HOUR) {
            break;
        }
    }
    at
}

/// `at`, or the next morning at work when `at` falls in a night or on a weekend there.
pub(super) fn at_work(dice: &mut Dice, at: i64, offset: i64) -> i64 {
    let mut local = at + offset * HOUR;
    let hour = local.rem_euclid(DAY) / HOUR;
    if (9..18).contains(&hour) && !is_weekend(local) {
        return seconds(at);
    }
    let morning = local.div_euclid(DAY) * DAY + 9 * HOUR;
    local = if hour < 9 { morning } else { morning + DAY };
    while is_weekend(local) {
        local += DAY;
    }
    seconds(local - offset * HOUR + dice.between(0, 100) * MINUTE + dice.between(0, 59) * 1000)
}

/// Whole seconds: the text has no finer unit, and order must survive being written down.
pub(super) fn seconds(ms: i64) -> i64 {
    ms.div_euclid(1000) * 1000
}

pub(super) fn date(ms: i64) -> NaiveDate {
    DateTime::<Utc>::from_timestamp_millis(ms).unwrap_or_default().date_naive()
}

fn midnight(day: NaiveDate) -> i64 {
    day.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis()
}

/// The first day of the quarter that holds `day`.
pub(super) fn quarter_start(day: NaiveDate) -> NaiveDate {
    NaiveDate::from_ymd_opt(day.year(), day.month0() / 3 * 3 + 1, 1).unwrap_or(day)
}

/// The first days of the months from the one that holds `from` to the one that holds `now`.
pub(super) fn months(from: i64, now: i64) -> Vec<NaiveDate> {
    let first = date(from).with_day(1).unwrap_or_default();
    let all = (0..).map_while(|n| first.checked_add_months(Months::new(n)));
    all.take_while(|month| midnight(*month) < now).collect()
}

/// A month as a period of the plain CSV.
pub(super) fn month_label(month: NaiveDate) -> String {
    format!("{}-{:02}", month.year(), month.month())
}

/// `days` after `day`, moved from a weekend to the Monday after it.
pub(super) fn weekday_after(day: NaiveDate, days: i64) -> NaiveDate {
    let at = day.checked_add_days(Days::new(days.unsigned_abs())).unwrap_or(day);
    let over = match at.weekday() {
        chrono::Weekday::Sat => 2,
        chrono::Weekday::Sun => 1,
        _ => 0,
    };
    at.checked_add_days(Days::new(over)).unwrap_or(at)
}

/// The instant of 00:00 UTC on `day`.
pub(super) fn instant(day: NaiveDate) -> i64 {
    midnight(day)
}

/// RFC 3339 in UTC with seconds; blank for none.
pub(super) fn stamp(ms: Option<i64>) -> String {
    ms.and_then(DateTime::<Utc>::from_timestamp_millis)
        .map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, true))
        .unwrap_or_default()
}

/// The quarter of an instant as a short label, such as `26Q4`.
pub(super) fn quarter_label(ms: i64) -> String {
    let day = date(ms);
    format!("{:02}Q{}", day.year() % 100, day.month0() / 3 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_cover_history_once_and_end_now() {
        let plan = Plan::new(super::super::DEMO_NOW_MS);
        assert_eq!(stamp(Some(plan.start)), "2025-10-01T00:00:00Z");
        assert_eq!(stamp(Some(plan.same_point_before)), "2026-08-17T10:12:00Z");
        assert!(plan.chunks.windows(2).all(|pair| pair[0].to == pair[1].from));
        assert_eq!(plan.chunks.last().map(|c| c.to), Some(plan.now));
    }

    #[test]
    fn work_resumes_on_monday_morning() {
        let saturday = instant(NaiveDate::from_ymd_opt(2026, 11, 14).unwrap()) + 3 * HOUR;
        let resumed = at_work(&mut Dice::new(1, "t"), saturday, 0);
        assert_eq!(date(resumed), NaiveDate::from_ymd_opt(2026, 11, 16).unwrap());
    }
}
