//! How a language writes numbers, amounts, shares and days.

use super::{Lang, Locale};
use crate::domain::figure::{Figure, Number, Withheld};
use crate::domain::message::Message;
use crate::domain::money::{Currency, Money, Purse};
use crate::domain::time::Instant;
use chrono::{DateTime, Datelike, FixedOffset};

/// How much of an amount is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amounts {
    /// Three leading digits: `3.36M`, `336万`.
    Compact,
    /// Every digit before the decimal point: `3,360,822`.
    Whole,
}

/// No difference is told with more digits behind the point.
const MOST_DIGITS: usize = 4;

/// What stands for a number that is not known.
const NOT_KNOWN: &str = "–";

/// A whole number with a separator between thousands.
pub(super) fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut out = String::from(if number < 0 { "-" } else { "" });
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Units that compact numbers are written in, largest first.
const fn units(lang: Lang) -> &'static [(i128, &'static str)] {
    match lang {
        Lang::En => &[(1_000_000_000_000, "T"), (1_000_000_000, "B"), (1_000_000, "M"), (1_000, "K")],
        Lang::ZhCn => &[(1_000_000_000_000, "万亿"), (100_000_000, "亿"), (10_000, "万")],
    }
}

/// `minor ÷ per` with three leading digits and a unit; whole below ten thousand.
fn compact(lang: Lang, minor: i64, per: i64) -> String {
    let sign = if minor < 0 { "-" } else { "" };
    let (minor, per) = (i128::from(minor).abs(), i128::from(per));
    let whole = rounded(minor, per);
    if whole < 10_000 {
        return format!("{sign}{}", grouped(i64::try_from(whole).unwrap_or(i64::MAX)));
    }
    let mut units = units(lang).iter().rev().peekable();
    while let Some(&(unit, name)) = units.next() {
        // 999,950 is 1.00M, not 1000K: the next unit takes what rounds up into it.
        let digits = [100, 10, 1].into_iter().find(|&part| rounded(minor * part, per * unit) < 1_000);
        match (digits, units.peek()) {
            (Some(part), _) => return format!("{sign}{}{name}", decimal(rounded(minor * part, per * unit), part)),
            (None, Some((larger, _))) if rounded(minor, per * unit) * unit >= *larger => {}
            (None, _) => return format!("{sign}{}{name}", grouped_wide(rounded(minor, per * unit))),
        }
    }
    format!("{sign}{}", grouped_wide(whole))
}

fn grouped_wide(number: i128) -> String {
    grouped(i64::try_from(number).unwrap_or(i64::MAX))
}

/// Division of non-negative numbers, rounded half up.
fn rounded(number: i128, by: i128) -> i128 {
    (number + by / 2) / by
}

/// `number ÷ part`, where part is 1, 10 or 100.
fn decimal(number: i128, part: i128) -> String {
    match part {
        1 => number.to_string(),
        10 => format!("{}.{}", number / 10, number % 10),
        _ => format!("{}.{:02}", number / 100, number % 100),
    }
}

impl Locale {
    /// `12,345`.
    #[must_use]
    pub fn count(&self, number: u64) -> String {
        grouped(i64::try_from(number).unwrap_or(i64::MAX))
    }

    /// The size of a file: `812 B`, `7.6 MB`.
    #[must_use]
    pub fn bytes(&self, bytes: u64) -> String {
        match bytes {
            0..1_000 => format!("{bytes} B"),
            1_000..1_000_000 => format!("{:.1} kB", bytes as f64 / 1e3),
            1_000_000..1_000_000_000 => format!("{:.1} MB", bytes as f64 / 1e6),
            _ => format!("{:.1} GB", bytes as f64 / 1e9),
        }
    }

    /// An amount without its currency.
    #[must_use]
    pub fn amount(&self, money: Money, amounts: Amounts) -> String {
        let per = money.currency.minor_per_major();
        match amounts {
            Amounts::Compact => compact(self.lang, money.minor, per),
            Amounts::Whole => {
                let whole = rounded(i128::from(money.minor).abs(), i128::from(per));
                grouped_wide(if money.minor < 0 { -whole } else { whole })
            }
        }
    }

    /// An amount to the last decimal, with its currency: `1,054.00 USD`.
    #[must_use]
    pub fn money(&self, money: Money) -> String {
        let plain = money.plain();
        let (whole, rest) = plain.split_once('.').unwrap_or((&plain, ""));
        let whole = whole.parse().map_or_else(|_| whole.to_owned(), grouped);
        // "-0" parses as 0 and would lose its sign.
        let sign = if money.minor < 0 && !whole.starts_with('-') { "-" } else { "" };
        let point = if rest.is_empty() { "" } else { "." };
        format!("{sign}{whole}{point}{rest} {}", money.currency)
    }

    /// The sums of a purse; each with its currency, unless all money on the screen is in `home`.
    #[must_use]
    pub fn purse(&self, purse: &Purse, home: Option<Currency>, amounts: Amounts) -> String {
        let sums: Vec<String> = purse
            .sums()
            .map(|money| match home {
                Some(home) if home == money.currency => self.amount(money, amounts),
                _ => format!("{} {}", self.amount(money, amounts), money.currency),
            })
            .collect();
        if sums.is_empty() { "0".to_owned() } else { sums.join(" + ") }
    }

    /// Days with at most one decimal, without the word.
    #[must_use]
    pub fn days_bare(&self, days: f64) -> String {
        let tenths = (days * 10.0).round() as i64;
        let whole = grouped(tenths / 10);
        if tenths % 10 == 0 { whole } else { format!("{whole}.{}", (tenths % 10).abs()) }
    }

    /// `3.0`, `19.8`: days in a column, where the points are to stand below each other.
    #[must_use]
    pub fn days_aligned(&self, days: f64) -> String {
        let text = self.days_bare(days);
        if text.contains('.') { text } else { format!("{text}.0") }
    }

    /// `63.2 %`.
    #[must_use]
    pub fn share(&self, part: u64, whole: u64) -> String {
        let tenths = rounded(i128::from(part) * 1_000, i128::from(whole.max(1)));
        let space = if self.lang == Lang::En { " " } else { "" };
        format!("{}{space}%", decimal(tenths, 10))
    }

    /// `112.4 %`: a fraction that is not of counts.
    #[must_use]
    pub fn percent(&self, fraction: f64) -> String {
        let tenths = (fraction * 1_000.0).round() as i64;
        let sign = if tenths < 0 { "−" } else { "" };
        let space = if self.lang == Lang::En { " " } else { "" };
        format!("{sign}{}.{}{space}%", grouped((tenths / 10).abs()), (tenths % 10).abs())
    }

    /// `+5.0 %`, `−15.6 %`, `0.0 %`: a relative change.
    #[must_use]
    pub fn change(&self, change: f64) -> String {
        let plus = if (change * 1_000.0).round() > 0.0 { "+" } else { "" };
        format!("{plus}{}", self.percent(change))
    }

    /// `+1.2`, `−3.5`, `−0.01`: a difference of shares, in percentage points; with more digits where one
    /// would make it zero, because on which side of zero it lies is what it is shown for.
    #[must_use]
    pub fn points(&self, difference: f64) -> String {
        let points = difference * 100.0;
        let told = |digits: usize| format!("{:.digits$}", points.abs());
        let is_zero = |text: &str| text.bytes().all(|byte| matches!(byte, b'0' | b'.'));
        let digits = (1..=MOST_DIGITS).find(|&digits| !is_zero(&told(digits))).unwrap_or(1);
        let sign = match told(digits) {
            text if is_zero(&text) => "",
            _ if points < 0.0 => "−",
            _ => "+",
        };
        format!("{sign}{}", told(digits))
    }

    /// A figure as it stands in a column: the bare number, `12 of 17` for a small sample, a dash for none.
    #[must_use]
    pub fn figure<R>(&self, figure: &Figure<R>, home: Option<Currency>, amounts: Amounts) -> String {
        match &figure.value {
            Ok(Number::Count(count)) => self.count(*count),
            Ok(Number::Share { part, whole }) => self.share(*part, *whole),
            Ok(Number::Money(purse)) => self.purse(purse, home, amounts),
            Ok(Number::Days(days)) => self.days_bare(*days),
            Ok(Number::Seconds(seconds)) => self.duration((seconds * 1_000.0) as i64),
            Ok(Number::Ratio(ratio)) => self.percent(*ratio),
            Ok(Number::Times(times)) => format!("{times:.1}×"),
            Ok(Number::Change(change)) => self.change(*change),
            Ok(Number::Points(points)) => {
                self.tell(&Message::new("number-points").with("points", self.points(*points)))
            }
            Err(Withheld::SmallSample { part, whole }) => {
                self.tell(&Message::new("number-part-of").with("part", part).with("whole", whole))
            }
            Err(_) => NOT_KNOWN.to_owned(),
        }
    }

    /// A length of time in milliseconds, in little room: `3:20` below an hour, `1h 12m`, `2d 4h` of 24 hours.
    #[must_use]
    pub fn duration(&self, ms: i64) -> String {
        let seconds = ms.unsigned_abs() / 1_000;
        let (minutes, hours, days) = (seconds / 60, seconds / 3_600, seconds / 86_400);
        let told = match (days, hours) {
            (0, 0) => format!("{minutes}:{:02}", seconds % 60),
            (0, _) => self.tell(&Message::new("duration-hours").with("hours", hours).with("minutes", minutes % 60)),
            _ => self.tell(&Message::new("duration-days").with("days", days).with("hours", hours % 24)),
        };
        if ms <= -1_000 { format!("−{told}") } else { told }
    }

    /// The minute of an instant in a zone: `10:12`.
    #[must_use]
    pub fn time_of_day(&self, instant: Instant, zone: FixedOffset) -> String {
        DateTime::from_timestamp_millis(instant.0).unwrap_or_default().with_timezone(&zone).format("%H:%M").to_string()
    }

    /// The day and minute of an instant in a zone, with the day of the week: `Tue 2026-11-17 10:12`.
    #[must_use]
    pub fn moment(&self, instant: Instant, zone: FixedOffset) -> String {
        let time = DateTime::from_timestamp_millis(instant.0).unwrap_or_default().with_timezone(&zone);
        let weekday = self.t(match time.weekday().num_days_from_monday() {
            0 => "weekday-1",
            1 => "weekday-2",
            2 => "weekday-3",
            3 => "weekday-4",
            4 => "weekday-5",
            5 => "weekday-6",
            _ => "weekday-7",
        });
        format!("{weekday} {}", time.format("%Y-%m-%d %H:%M"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dollars(lang: Lang, whole: i64) -> String {
        compact(lang, whole * 100, 100)
    }

    #[test]
    fn compact_amounts_have_three_leading_digits() {
        for (whole, english, chinese) in [
            (0, "0", "0"),
            (9_999, "9,999", "9,999"),
            (10_000, "10.0K", "1.00万"),
            (999_499, "999K", "99.9万"),
            (999_950, "1.00M", "100万"),
            (3_360_822, "3.36M", "336万"),
            (10_005_534, "10.0M", "1,001万"),
            (99_996_000, "100M", "1.00亿"),
            (1_234_567_890, "1.23B", "12.3亿"),
        ] {
            assert_eq!(dollars(Lang::En, whole), english);
            assert_eq!(dollars(Lang::ZhCn, whole), chinese);
        }
        assert_eq!(compact(Lang::En, -1_234_567, 1), "-1.23M");
        assert_eq!(compact(Lang::En, i64::MAX, 1), "9,223,372T");
    }

    #[test]
    fn numbers_read_as_people_write_them() {
        let english = Locale::new(Lang::En);
        let usd = |minor| Money { minor, currency: Currency::USD };
        assert_eq!(english.money(usd(105_400)), "1,054.00 USD");
        assert_eq!(english.money(usd(-5)), "-0.05 USD");
        assert_eq!(english.amount(usd(-105_450), Amounts::Whole), "-1,055");
        assert_eq!(english.share(4238, 6711), "63.2 %");
        assert_eq!(english.days_bare(47.985), "48");
        assert_eq!(english.days_bare(45.5), "45.5");
        assert_eq!(Locale::new(Lang::ZhCn).share(1, 3), "33.3%");
        assert_eq!([1.124, -0.0004, 12.5].map(|ratio| english.percent(ratio)), ["112.4 %", "0.0 %", "1,250.0 %"]);
        assert_eq!([0.05, -0.1559, 0.0001].map(|change| english.change(change)), ["+5.0 %", "−15.6 %", "0.0 %"]);
        assert_eq!([0.012, -0.035, 0.0].map(|share| english.points(share)), ["+1.2", "−3.5", "0.0"]);
        // Zero is outside such an interval: it must not look as if it were its end.
        assert_eq!([-0.0001, 0.000_03, -1e-9].map(|share| english.points(share)), ["−0.01", "+0.003", "0.0"]);
        let eur = Currency::parse("EUR").unwrap();
        let both: Purse = [usd(120_000_000), Money { minor: 500, currency: eur }].into_iter().collect();
        assert_eq!(english.purse(&both, None, Amounts::Compact), "5 EUR + 1.20M USD");
        let small = Figure { metric: "win_rate", value: Number::share(12, 17), n: 17, records: () };
        assert_eq!(english.figure(&small, None, Amounts::Compact), "12 of 17");
        assert_eq!(Locale::new(Lang::ZhCn).figure(&small, None, Amounts::Compact), "12/17");
    }
}
