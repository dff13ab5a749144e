//! Which order the dates of a column have: decided for the whole column, never for one cell.

use super::dates::{self, DateOrder, Shape, Written};
use super::error::Error;
use crate::domain::time::Instant;
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeSet;

/// How few values may be judged by how they spread.
const FEW: u64 = 10;

/// What the values of a column look like when they are read in one order.
#[derive(Debug, Clone, Default)]
struct Reading {
    valid: u64,
    /// Days outside 1990 to ten years from now.
    far: u64,
    /// Days after tomorrow.
    future: u64,
    years: BTreeSet<i32>,
}

/// What the values of one shape look like.
#[derive(Debug, Clone, Default)]
struct ShapeStats {
    seen: u64,
    /// By position in [`DateOrder::ALL`].
    readings: [Reading; 3],
    /// Whether the orders at these positions read some value as different days.
    differ: [bool; 3],
    example: String,
}

/// What a column of dates looks like.
#[derive(Debug, Clone, Default)]
pub(super) struct DateStats {
    long: ShapeStats,
    short: ShapeStats,
    /// Values that may be a spreadsheet's numbers of days.
    serials: u64,
    /// Values that are anything else.
    others: u64,
}

/// How to read the dates of a column that do not say their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct DateStyle {
    /// For `03/04/2017`.
    pub long: DateOrder,
    /// For `03-04-17`.
    pub short: DateOrder,
    /// Whether the values are a spreadsheet's numbers of days.
    pub serial: bool,
}

impl DateStyle {
    /// Reads a value of the column.
    pub(super) fn read(self, text: &str, formats: &[String]) -> Option<Written> {
        if self.serial { dates::serial(text) } else { dates::parse(text, formats) }
    }

    /// The order for this value.
    pub(super) fn order(self, written: &Written) -> DateOrder {
        match written.shape() {
            Some(Shape::ShortYear) => self.short,
            _ => self.long,
        }
    }
}

/// Two positions of [`DateOrder::ALL`], for each entry of `differ`.
const PAIRS: [(usize, usize); 3] = [(0, 1), (0, 2), (1, 2)];

impl DateStats {
    /// Takes one value into account.
    pub(super) fn observe(&mut self, text: &str, formats: &[String], now: Instant) {
        let is_serial = dates::serial(text).is_some();
        *(if is_serial { &mut self.serials } else { &mut self.others }) += 1;
        if let Some(written) = dates::parse(text, formats) {
            self.observe_order(text, &written, now);
        }
    }

    fn observe_order(&mut self, text: &str, written: &Written, now: Instant) {
        let stats = match written.shape() {
            None => return,
            Some(Shape::LongYear) => &mut self.long,
            Some(Shape::ShortYear) => &mut self.short,
        };
        let days = DateOrder::ALL.map(|order| written.day(order));
        if days.iter().all(Option::is_none) {
            return;
        }
        stats.seen += 1;
        for (reading, day) in stats.readings.iter_mut().zip(days) {
            if let Some(day) = day {
                reading.take(day, now.date());
            }
        }
        let [ymd, mdy, dmy] = days;
        let differs = |a: Option<NaiveDate>, b: Option<NaiveDate>| a.zip(b).is_some_and(|(a, b)| a != b);
        let now_differ = [differs(ymd, mdy), differs(ymd, dmy), differs(mdy, dmy)];
        if stats.example.is_empty() || now_differ.contains(&true) && !stats.differ.contains(&true) {
            text.clone_into(&mut stats.example);
        }
        for (differ, now_differ) in stats.differ.iter_mut().zip(now_differ) {
            *differ |= now_differ;
        }
    }
}

impl Reading {
    fn take(&mut self, day: NaiveDate, today: NaiveDate) {
        self.valid += 1;
        self.far += u64::from(day.year() < 1990 || day.year() > today.year() + 10);
        self.future += u64::from(today.succ_opt().is_some_and(|tomorrow| day > tomorrow));
        self.years.insert(day.year());
    }
}

/// A column of dates that is being decided.
#[derive(Debug, Clone)]
pub(super) struct DateColumn {
    /// Its place in the header.
    pub column: usize,
    /// Key of its field.
    pub field: &'static str,
    /// Whether it tells what has happened, so that no day is in the future.
    pub past: bool,
    /// What it looks like.
    pub stats: DateStats,
    long: Vec<DateOrder>,
    short: Vec<DateOrder>,
}

impl DateColumn {
    /// A column that has not been read yet.
    pub(super) fn new(column: usize, field: &'static str, past: bool) -> Self {
        Self { column, field, past, stats: DateStats::default(), long: Vec::new(), short: Vec::new() }
    }

    /// The orders that are left for a shape.
    pub(super) fn left(&self, shape: Shape) -> &[DateOrder] {
        match shape {
            Shape::LongYear => &self.long,
            Shape::ShortYear => &self.short,
        }
    }

    fn keep(&mut self, shape: Shape, left: Vec<DateOrder>) {
        if left.is_empty() {
            return;
        }
        match shape {
            Shape::LongYear => self.long = left,
            Shape::ShortYear => self.short = left,
        }
    }

    fn stats(&self, shape: Shape) -> &ShapeStats {
        match shape {
            Shape::LongYear => &self.stats.long,
            Shape::ShortYear => &self.stats.short,
        }
    }

    /// Keeps the orders with the smallest cost.
    fn keep_least(&mut self, shape: Shape, cost: impl Fn(&Reading) -> u64) {
        let stats = self.stats(shape);
        let costs: Vec<(u64, DateOrder)> = self
            .left(shape)
            .iter()
            .filter_map(|order| Some((cost(stats.readings.get(*order as usize)?), *order)))
            .collect();
        let least = costs.iter().map(|(cost, _)| *cost).min();
        let left = costs.into_iter().filter(|(cost, _)| Some(*cost) == least).map(|(_, order)| order).collect();
        self.keep(shape, left);
    }

    /// Whether more than one order is left and it matters which.
    fn is_open(&self, shape: Shape) -> bool {
        let (stats, left) = (self.stats(shape), self.left(shape));
        let among = |at: usize| left.iter().any(|order| *order as usize == at);
        stats.seen > 0 && PAIRS.iter().zip(stats.differ).any(|((a, b), differ)| differ && among(*a) && among(*b))
    }

    /// Whether this shape still needs a decision, in any shape.
    pub(super) fn needs_more(&self) -> bool {
        self.is_open(Shape::LongYear) || self.is_open(Shape::ShortYear)
    }

    /// Keeps the orders under which fewest records close before they begin.
    pub(super) fn keep_fewest(&mut self, shape: Shape, violations: &[(DateOrder, u64)]) {
        let least = violations.iter().map(|(_, count)| *count).min().unwrap_or(0);
        let left = violations.iter().filter(|(_, count)| *count <= least * 3).map(|(order, _)| *order).collect();
        self.keep(shape, left);
    }

    /// The first that is left of each shape.
    pub(super) fn style(&self) -> DateStyle {
        let first = |shape| self.left(shape).first().copied().unwrap_or(DateOrder::Mdy);
        let serial = self.stats.serials > 0 && self.stats.others == 0;
        DateStyle { long: first(Shape::LongYear), short: first(Shape::ShortYear), serial }
    }
}

const SHAPES: [Shape; 2] = [Shape::LongYear, Shape::ShortYear];

/// What is certain: an order under which values are days at all, else the one that the user named. Columns of
/// one file are written alike, so a certain one speaks for those that are not.
pub(super) fn decide_by_validity(columns: &mut [DateColumn], told: Option<DateOrder>) {
    for column in columns.iter_mut() {
        for shape in SHAPES {
            column.keep(shape, shape.orders().to_vec());
            column.keep_least(shape, |reading| u64::MAX - reading.valid);
            if let Some(order) = told.filter(|order| column.left(shape).contains(order)) {
                column.keep(shape, vec![order]);
            }
        }
    }
    agree(columns);
}

/// What is likely: days of our time, not in the future for what has happened, in few years rather
/// than many.
pub(super) fn decide_by_likelihood(columns: &mut [DateColumn]) {
    for column in columns.iter_mut() {
        for shape in SHAPES {
            if column.is_open(shape) {
                column.keep_least(shape, |reading| u64::from(reading.far > 0));
            }
            if column.is_open(shape) && column.past {
                column.keep_least(shape, |reading| u64::from(reading.future > 0));
            }
        }
    }
    agree(columns);
}

/// What the spread says: a day of the month takes many values, a year few.
pub(super) fn decide_by_spread(columns: &mut [DateColumn]) {
    for column in columns.iter_mut() {
        let stats = column.stats(Shape::ShortYear);
        if column.is_open(Shape::ShortYear) && stats.seen >= FEW {
            let fewest = stats.readings.iter().filter(|r| r.valid == stats.seen).map(|r| r.years.len()).min();
            let limit = fewest.unwrap_or(0) * 3 + 1;
            column.keep_least(Shape::ShortYear, |reading| u64::from(reading.years.len() > limit));
        }
    }
    agree(columns);
}

/// Lets decided columns speak for open ones of the same shape.
fn agree(columns: &mut [DateColumn]) {
    for shape in SHAPES {
        let decided: BTreeSet<DateOrder> = columns
            .iter()
            .filter(|column| column.stats(shape).seen > 0 && column.left(shape).len() == 1)
            .flat_map(|column| column.left(shape).to_vec())
            .collect();
        let [order] = decided.iter().copied().collect::<Vec<_>>()[..] else { continue };
        for column in columns.iter_mut().filter(|column| column.left(shape).contains(&order)) {
            column.keep(shape, vec![order]);
        }
    }
}

/// The first column that is still open, as an error.
pub(super) fn refuse_open(columns: &[DateColumn], header: &[String], told: Option<DateOrder>) -> Result<(), Error> {
    for column in columns {
        for shape in SHAPES {
            if column.is_open(shape) {
                let example = column.stats(shape).example.clone();
                let (left, column) = (column.left(shape), header.get(column.column).cloned().unwrap_or_default());
                return Err(match told {
                    Some(DateOrder::Ymd) => {
                        let orders: Vec<&str> = left.iter().map(|order| order.key()).collect();
                        Error::YearLast { column, example, orders: orders.join(" / ") }
                    }
                    _ => Error::AmbiguousDates { column, example },
                });
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decide(columns: &[(&'static str, bool, &[&str])]) -> Result<Vec<DateStyle>, Error> {
        let now = Instant::parse_rfc3339("2026-11-20T00:00:00Z").unwrap();
        let mut found: Vec<DateColumn> = Vec::new();
        for (at, (field, past, values)) in columns.iter().enumerate() {
            let mut column = DateColumn::new(at, field, *past);
            for value in *values {
                column.stats.observe(value, &[], now);
            }
            found.push(column);
        }
        decide_by_validity(&mut found, None);
        decide_by_likelihood(&mut found);
        decide_by_spread(&mut found);
        refuse_open(&found, &columns.iter().map(|(field, ..)| (*field).to_owned()).collect::<Vec<_>>(), None)?;
        Ok(found.iter().map(DateColumn::style).collect())
    }

    #[test]
    fn one_impossible_value_settles_a_column_and_its_neighbours() {
        let styles = decide(&[("a", true, &["3/4/2017", "3/13/2017"]), ("b", false, &["1/2/2017"])]).unwrap();
        assert_eq!(styles.iter().map(|style| style.long).collect::<Vec<_>>(), [DateOrder::Mdy; 2]);
    }

    #[test]
    fn what_the_user_says_settles_only_what_is_open() {
        let styles = |values: &[&[&str]]| {
            let mut columns: Vec<DateColumn> = Vec::new();
            for (at, values) in values.iter().enumerate() {
                let mut column = DateColumn::new(at, "at", false);
                values.iter().for_each(|value| column.stats.observe(value, &[], Instant(0)));
                columns.push(column);
            }
            decide_by_validity(&mut columns, Some(DateOrder::Dmy));
            columns.iter().map(|column| column.style().long).collect::<Vec<_>>()
        };
        assert_eq!(styles(&[&["3/4/2017", "3/13/2017"], &["1/2/2017"]]), [DateOrder::Mdy, DateOrder::Dmy]);
        assert_eq!(styles(&[&["13/3/2017"], &["1/2/2017"]]), [DateOrder::Dmy; 2]);
    }

    #[test]
    fn the_future_is_no_place_for_what_has_happened() {
        let styles = decide(&[("created_at", true, &["11/12/2026", "03/11/2026"])]).unwrap();
        assert_eq!(styles[0].long, DateOrder::Mdy, "12 November has been, 11 December has not");
    }

    #[test]
    fn days_spread_and_years_do_not() {
        let short: Vec<String> = (1..=28).map(|day| format!("{day:02}-{:02}-16", day % 12 + 1)).collect();
        let short: Vec<&str> = short.iter().map(String::as_str).collect();
        assert_eq!(decide(&[("close_date", false, &short)]).unwrap()[0].short, DateOrder::Dmy);
    }

    #[test]
    fn what_nothing_settles_is_asked() {
        let error = decide(&[("Close Date", false, &["01/02/2017", "03/04/2017"])]).unwrap_err();
        assert_eq!(error, Error::AmbiguousDates { column: "Close Date".into(), example: "01/02/2017".into() });
        assert!(decide(&[("Close Date", false, &["02/02/2017", "3/3/2017"])]).is_ok());
    }
}
