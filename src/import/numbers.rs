//! Money, whole numbers, percentages and flags, as people and spreadsheets write them.

use crate::domain::fold::narrow;
use crate::domain::money::Currency;

/// The character before the decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Mark {
    /// `1,117.10`
    #[default]
    Dot,
    /// `1.117,10`
    Comma,
}

/// A number without loss.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number {
    /// All digits as one number.
    digits: i128,
    /// How many of them are decimals; negative for `12K`.
    scale: i32,
    /// Whether a percent sign followed.
    pub percent: bool,
    /// Whether a word stood for zeros.
    worded: bool,
}

impl Number {
    /// The number in a unit of so many zeros, unless it says its own.
    fn in_unit(self, zeros: i32) -> Self {
        if self.worded { self } else { Self { scale: self.scale - zeros, ..self } }
    }

    /// The number times 10^`places`, rounded half away from zero; `None` beyond 64 bits.
    pub(super) fn scaled(self, places: i32) -> Option<i64> {
        let shift = places.checked_sub(self.scale)?;
        let scaled = if shift >= 0 {
            self.digits.checked_mul(10_i128.checked_pow(shift.unsigned_abs())?)?
        } else {
            let by = 10_i128.checked_pow(shift.unsigned_abs())?;
            let half = by / 2 * self.digits.signum();
            self.digits.checked_add(half)? / by
        };
        i64::try_from(scaled).ok()
    }

    /// Whether there is anything behind the decimal mark.
    pub(super) fn is_fractional(self) -> bool {
        self.scaled(0).is_none_or(|whole| {
            u32::try_from(self.scale).is_ok_and(|scale| {
                10_i128.checked_pow(scale).is_none_or(|by| i128::from(whole).checked_mul(by) != Some(self.digits))
            })
        })
    }

    /// Whether it lies between −1 and 1, both included.
    pub(super) fn is_share(self) -> bool {
        self.scaled(6).is_some_and(|millionths| millionths.abs() <= 1_000_000)
    }
}

/// What a column of numbers looks like.
#[derive(Debug, Clone, Default)]
pub(super) struct NumberStats {
    dot: u64,
    comma: u64,
    dot_or_group: u64,
    plain_percent: u64,
    not_share: u64,
}

/// How to read a column of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct NumberStyle {
    /// The decimal mark of values that do not show it by themselves.
    pub mark: Mark,
    /// Whether percentages without a sign are shares of one.
    pub shares: bool,
    /// How many zeros the column's unit stands for, behind values that say none themselves.
    pub zeros: i32,
}

impl NumberStats {
    /// Takes one value into account.
    pub(super) fn observe(&mut self, text: &str) {
        match own_mark(text) {
            Some(Mark::Dot) => self.dot += 1,
            Some(Mark::Comma) => self.comma += 1,
            None if text.contains('.') => self.dot_or_group += 1,
            None => {}
        }
        if let Some(number) = parse(text, Mark::Dot)
            && !number.percent
        {
            self.plain_percent += 1;
            self.not_share += u64::from(!number.is_share());
        }
    }

    /// The style of the column. Where every value with a dot has exactly three digits behind it, the
    /// dot parts thousands: decimals would not all be three.
    pub(super) fn style(&self) -> NumberStyle {
        let undecided = self.dot == 0 && self.comma == 0;
        let comma = self.comma > self.dot || undecided && self.dot_or_group > 1;
        NumberStyle {
            mark: if comma { Mark::Comma } else { Mark::Dot },
            shares: self.plain_percent > 0 && self.not_share == 0,
            zeros: 0,
        }
    }

    /// The style of a column of exchange rates: three digits behind the dot are decimals, for nobody writes
    /// rates in thousands.
    pub(super) fn rate_style(&self) -> NumberStyle {
        NumberStyle { mark: if self.comma > self.dot { Mark::Comma } else { Mark::Dot }, shares: false, zeros: 0 }
    }
}

/// Whether a number says by itself which of its marks is the decimal one.
pub(super) fn shows_mark(text: &str) -> bool {
    own_mark(text).is_some()
}

/// The decimal mark that a value shows by itself.
fn own_mark(text: &str) -> Option<Mark> {
    let (dots, commas) = (text.matches('.').count(), text.matches(',').count());
    match (dots, commas) {
        (0, 0) => None,
        (0, 1) => lone(text, ',').then_some(Mark::Comma),
        (1, 0) => lone(text, '.').then_some(Mark::Dot),
        (0, _) => Some(Mark::Dot),
        (_, 0) => Some(Mark::Comma),
        _ if text.rfind('.') > text.rfind(',') => Some(Mark::Dot),
        _ => Some(Mark::Comma),
    }
}

/// Whether the only separator can be nothing but the decimal mark: groups have three digits behind,
/// one to three before, and do not begin with zero.
fn lone(text: &str, separator: char) -> bool {
    let Some((before, after)) = text.split_once(separator) else { return false };
    let ahead: String = before.chars().filter(char::is_ascii_digit).collect();
    let behind = after.chars().take_while(char::is_ascii_digit).count();
    behind != 3 || ahead.is_empty() || ahead.len() > 3 || ahead.starts_with('0')
}

/// Reads a number; `column` is the decimal mark where the value does not show its own.
pub(super) fn parse(text: &str, column: Mark) -> Option<Number> {
    let mut text: String = text.chars().map(narrow).filter(|c| !c.is_whitespace()).collect();
    let mut negative = false;
    if let Some(inside) = text.strip_prefix('(').and_then(|t| t.strip_suffix(')')) {
        (negative, text) = (true, inside.to_owned());
    }
    let (rest, signed) = without_sign(&text);
    let rest = without_currency_ahead(rest);
    let (rest, signed_inside) = without_sign(rest);
    negative ^= signed ^ signed_inside;
    let (mut rest, trailing) = match rest.strip_suffix('-') {
        Some(rest) => (rest, true),
        None => (rest, false),
    };
    let mut zeros = 0;
    let mut percent = false;
    loop {
        let shorter = without_currency_behind(rest);
        let (shorter, more) = without_scale(shorter);
        let shorter = shorter.strip_suffix('%').inspect(|_| percent = true).unwrap_or(shorter);
        zeros += more;
        if shorter.len() == rest.len() {
            break;
        }
        rest = shorter;
    }
    let (mantissa, exponent) = match rest.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i8>().ok()?),
        None => (rest, 0),
    };
    let (digits, decimals) = mantissa_of(mantissa, own_mark(mantissa).unwrap_or(column))?;
    let digits = if negative ^ trailing { -digits } else { digits };
    Some(Number { digits, scale: decimals - zeros - i32::from(exponent), percent, worded: zeros > 0 })
}

fn without_sign(text: &str) -> (&str, bool) {
    match text.strip_prefix(['-', '−']) {
        Some(rest) => (rest, true),
        None => (text.strip_prefix('+').unwrap_or(text), false),
    }
}

const SYMBOLS: &[char] = &['$', '€', '£', '¥', '￥', '₹', '₩', '₽', '฿', '₫', '₺', '₪', '元', '円', '圆'];

fn without_currency_ahead(text: &str) -> &str {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (word, rest) = text.split_at_checked(letters).unwrap_or((text, ""));
    let known = matches!(word, "US" | "HK" | "NT" | "AU" | "CA" | "R" | "Rs" | "RM" | "kr") || is_code(word);
    let rest = if known { rest } else { text };
    rest.trim_start_matches(SYMBOLS)
}

fn without_currency_behind(text: &str) -> &str {
    let text = text.trim_end_matches(SYMBOLS);
    let split = text.len().checked_sub(3).and_then(|at| text.split_at_checked(at));
    split.filter(|(_, word)| is_code(word)).map_or(text, |(rest, _)| rest)
}

/// The currency that an amount names by a code or a sign. A dollar sign alone says no more than
/// "dollars", which the store's own currency may be; a yen sign is read as yuan unless the store keeps yen.
pub(super) fn currency_of(text: &str, store: Currency) -> Option<Currency> {
    let text: String = text.chars().map(narrow).filter(|c| !c.is_whitespace()).collect();
    let code = text.split(|c: char| !c.is_ascii_uppercase()).find(|word| is_code(word)).and_then(Currency::parse);
    let dollars = ["USD", "AUD", "CAD", "HKD", "NZD", "SGD", "TWD", "MXN"].map(Currency::parse).contains(&Some(store));
    let of_sign = |c: char| match c {
        '€' => Currency::parse("EUR"),
        '£' => Currency::parse("GBP"),
        '₹' => Currency::parse("INR"),
        '₩' => Currency::parse("KRW"),
        '円' => Currency::parse("JPY"),
        '元' | '圆' => Currency::parse("CNY"),
        '¥' | '￥' => Currency::parse(if store.code() == "JPY" { "JPY" } else { "CNY" }),
        '$' if !dollars => Currency::parse("USD"),
        _ => None,
    };
    code.or_else(|| text.chars().find_map(of_sign))
}

fn is_code(word: &str) -> bool {
    word.len() == 3 && word.bytes().all(|b| b.is_ascii_uppercase()) && Currency::parse(word).is_some()
}

/// Words behind a number that stand for zeros; longer ones first.
const SCALES: &[(&str, i32)] = &[
    ("百万", 6),
    ("千万", 7),
    ("mio", 6),
    ("Mio", 6),
    ("bn", 9),
    ("mm", 6),
    ("MM", 6),
    ("k", 3),
    ("K", 3),
    ("m", 6),
    ("M", 6),
    ("B", 9),
    ("b", 9),
    ("千", 3),
    ("万", 4),
    ("亿", 8),
];

fn without_scale(text: &str) -> (&str, i32) {
    SCALES.iter().find_map(|(word, zeros)| Some((text.strip_suffix(word)?, *zeros))).unwrap_or((text, 0))
}

/// Digits and number of decimals of `1,117.10`.
fn mantissa_of(text: &str, mark: Mark) -> Option<(i128, i32)> {
    let (point, group) = if mark == Mark::Dot { ('.', ',') } else { (',', '.') };
    let (whole, decimals) = text.split_once(point).unwrap_or((text, ""));
    let groups: Vec<&str> = whole.split([group, '\'', '’']).collect();
    if let [first, middle @ .., last] = groups.as_slice()
        && (last.len() != 3 && last.len() != 4
            || first.is_empty()
            || first.len() > 4
            || middle.iter().any(|part| !(2..=4).contains(&part.len())))
    {
        return None;
    }
    let digits: String = groups.concat() + decimals;
    if digits.is_empty() || digits.len() > 30 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    Some((digits.parse().ok()?, i32::try_from(decimals.len()).ok()?))
}

/// Minor units of an amount.
pub(super) fn money(text: &str, style: NumberStyle, currency: Currency) -> Option<i64> {
    let number = parse(text, style.mark)?.in_unit(style.zeros);
    if number.percent { None } else { number.scaled(currency.decimals().cast_signed()) }
}

/// Hundredths of a percent.
pub(super) fn percent(text: &str, style: NumberStyle) -> Option<i64> {
    let number = parse(text, style.mark)?;
    number.scaled(if style.shares && !number.percent { 4 } else { 2 })
}

/// Ten-thousandths of a number, or of the share that a percentage is.
pub(super) fn decimal(text: &str, mark: Mark) -> Option<i64> {
    let number = parse(text, mark)?;
    number.scaled(if number.percent { 2 } else { 4 })
}

/// Billionths of an exchange rate, which is above zero.
pub(super) fn rate(text: &str, mark: Mark) -> Option<i64> {
    let number = parse(text, mark)?;
    if number.percent { None } else { number.scaled(9).filter(|rate| *rate > 0) }
}

/// A whole number, and whether it had to be rounded.
pub(super) fn integer(text: &str, style: NumberStyle) -> Option<(i64, bool)> {
    let number = parse(text, style.mark)?.in_unit(style.zeros);
    if number.percent { None } else { Some((number.scaled(0)?, number.is_fractional())) }
}

/// Yes or no.
pub(super) fn flag(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "true" | "yes" | "y" | "1" | "t" | "是" | "有" | "x" | "✓" | "√" => Some(true),
        "false" | "no" | "n" | "0" | "f" | "否" | "无" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_may_name_its_currency() {
        let of = |text| currency_of(text, Currency::USD).map(|c| c.code().to_owned());
        for (text, code) in
            [("€700", "EUR"), ("EUR 500", "EUR"), ("300元", "CNY"), ("￥200", "CNY"), ("1,000 JPY", "JPY")]
        {
            assert_eq!(of(text).as_deref(), Some(code), "{text}");
        }
        for text in ["$1,117.10K", "500", "(300)", "12 K"] {
            assert_eq!(of(text), None, "{text}");
        }
    }

    fn cents(text: &str) -> Option<i64> {
        money(text, NumberStyle::default(), Currency::USD)
    }

    #[test]
    fn amounts_as_people_write_them() {
        for (text, expected) in [
            ("1054", 105_400),
            ("$1,117.10K", 111_710_000),
            ("1.117,10 €", 111_710),
            ("(300)", -30_000),
            ("-300", -30_000),
            ("$-300.5", -30_050),
            ("300-", -30_000),
            ("￥3.2万", 3_200_000),
            ("3.2万元", 3_200_000),
            ("USD 1,250,000", 125_000_000),
            ("1,250,000 CNY", 125_000_000),
            ("US$2.5M", 250_000_000),
            ("1'117.10", 111_710),
            ("1 117,10", 111_710),
            ("1.2E+06", 120_000_000),
            ("12,34,567.89", 123_456_789),
            ("0.005", 1),
            ("-0.005", -1),
            ("1,234", 123_400),
            ("１２３", 12_300),
        ] {
            assert_eq!(cents(text), Some(expected), "{text}");
        }
        for text in ["", "abc", "2017-01-02", "1,2,3", "12%", "--5x", "1.2.3,4,5", "$", "99999999999999999999"] {
            assert_eq!(cents(text), None, "{text}");
        }
        let yen = Currency::parse("JPY").unwrap();
        assert_eq!(money("1200.5", NumberStyle::default(), yen), Some(1201));
    }

    #[test]
    fn a_unit_counts_where_the_value_says_none() {
        let style = NumberStyle { zeros: 4, ..NumberStyle::default() };
        assert_eq!(money("3.2", style, Currency::USD), Some(3_200_000));
        assert_eq!(money("3.2万", style, Currency::USD), Some(3_200_000));
        assert_eq!(integer("1.5", style), Some((15_000, false)));
    }

    fn style(values: &[&str]) -> NumberStyle {
        let mut stats = NumberStats::default();
        values.iter().for_each(|value| stats.observe(value));
        stats.style()
    }

    #[test]
    fn the_column_decides_what_a_value_alone_does_not_say() {
        assert_eq!(style(&["1.234", "5,5"]).mark, Mark::Comma);
        assert_eq!(style(&["1.234", "12.5"]).mark, Mark::Dot);
        assert_eq!(style(&["1.234", "12.500"]).mark, Mark::Comma);
        assert_eq!(style(&["1,234", "12,500"]).mark, Mark::Dot);
        assert_eq!(cents("1,234"), Some(123_400));
        assert_eq!(
            money("1.234", NumberStyle { mark: Mark::Comma, ..NumberStyle::default() }, Currency::USD),
            Some(123_400)
        );
    }

    #[test]
    fn percentages_and_whole_numbers() {
        let shares = style(&["0.6315", "0", "1"]);
        assert_eq!(percent("0.6315", shares), Some(6315));
        assert_eq!(percent("63.15%", shares), Some(6315));
        let points = style(&["0.5", "63.15"]);
        assert_eq!(percent("63.15", points), Some(6315));
        assert_eq!(percent("1000", points), Some(100_000));
        assert_eq!(integer("2,822", NumberStyle::default()), Some((2822, false)));
        assert_eq!(integer("87.5", NumberStyle::default()), Some((88, true)));
        assert_eq!(integer("87.0", NumberStyle::default()), Some((87, false)));
        assert_eq!(integer("11-50", NumberStyle::default()), None);
        assert_eq!((flag("是"), flag("No"), flag("maybe")), (Some(true), Some(false), None));
    }
}
