//! A first look at every column: how it writes dates and numbers, and what stands in it.

use super::Options;
use super::cells::Cells;
use super::dates::{DateOrder, Shape, Written};
use super::error::Error;
use super::footer::{Footer, footer};
use super::mapping::Mapping;
use super::numbers::{NumberStats, NumberStyle};
use super::orders::{self, DateColumn, DateStyle};
use super::table::{Place, Table};
use super::units::unit_of;
use crate::domain::intake::Target;
use crate::domain::object::{Field, Kind, Object};
use csv::StringRecord;

/// How the cells of a column become values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reader {
    /// Text in one line.
    Text,
    /// A currency code.
    Currency,
    /// Yes or no.
    Flag,
    /// A whole number.
    Integer(NumberStyle),
    /// An amount.
    Money(NumberStyle),
    /// Hundredths of a percent.
    Percent(NumberStyle),
    /// A number with decimals.
    Decimal(NumberStyle),
    /// An exchange rate.
    Rate(NumberStyle),
    /// One of these words, or another that stands for one.
    Code(&'static [&'static str]),
    /// A point in time.
    Instant(DateStyle),
    /// A day.
    Date(DateStyle),
    /// A reference, by id or name.
    Either(Object),
    /// A reference, by id.
    ById(Object),
    /// A reference, by name.
    ByName,
    /// The key of the record.
    Key,
    /// A column kept beside the record.
    Attribute,
    /// Nothing is read.
    Ignored,
}

/// What was seen.
pub(super) struct Survey {
    /// One per column.
    pub readers: Vec<Reader>,
    /// The first three values of each column.
    pub samples: Vec<Vec<String>>,
    /// Where the first record begins, and every few thousand records another.
    pub milestones: Vec<Place>,
}

/// How far apart milestones are, in records.
const APART: usize = 4096;

/// How many values of a column are shown.
const SAMPLES: usize = 3;

/// Looks at the whole file once, and once more where the order of dates is still open.
pub(super) fn survey(table: &Table, mapping: &Mapping, cells: &Cells, options: &Options) -> Result<Survey, Error> {
    let fields: Vec<Option<&Field>> = mapping.targets.iter().map(|target| field_of(mapping, *target)).collect();
    let is_number = |kind| matches!(kind, Kind::Money | Kind::Integer | Kind::Percent | Kind::Decimal | Kind::Rate);
    let mut numbers: Vec<(usize, NumberStats)> =
        columns_of(&fields, is_number).map(|at| (at, NumberStats::default())).collect();
    let mut columns: Vec<DateColumn> = columns_of(&fields, |kind| matches!(kind, Kind::Instant | Kind::Date))
        .filter_map(|at| fields.get(at).copied().flatten().map(|field| (at, field)))
        .map(|(at, field)| DateColumn::new(at, field.key, field.kind == Kind::Instant))
        .collect();
    let formats = formats(options);
    let mut samples = vec![Vec::new(); mapping.targets.len()];
    let (mut milestones, mut records) = (Vec::new(), 0_usize);
    table.walk(|place, record| {
        if records.is_multiple_of(APART) {
            milestones.push(place);
        }
        records += 1;
        take_samples(&mut samples, record, cells);
        for (at, stats) in &mut numbers {
            let text = cells.text(*at, record.get(*at).unwrap_or_default());
            if !text.is_empty() {
                stats.observe(&text);
            }
        }
        for column in &mut columns {
            let text = cells.text(column.column, record.get(column.column).unwrap_or_default());
            if !text.is_empty() {
                column.stats.observe(&text, formats, options.now);
            }
        }
        Ok(true)
    })?;
    decide_dates(table, mapping, cells, options, &mut columns)?;
    let style = |at: usize| {
        let is_rate = fields.get(at).is_some_and(|field| field.is_some_and(|field| field.kind == Kind::Rate));
        let stats = numbers.iter().find(|(column, _)| *column == at);
        let stats = stats.map(|(_, stats)| if is_rate { stats.rate_style() } else { stats.style() });
        let dates = columns.iter().find(|column| column.column == at).map(DateColumn::style);
        let zeros = mapping.names.get(at).and_then(|name| unit_of(name)).map_or(0, |unit| unit.zeros);
        (NumberStyle { zeros, ..stats.unwrap_or_default() }, dates.unwrap_or(FIXED))
    };
    let readers = mapping.targets.iter().enumerate().map(|(at, target)| reader(mapping, *target, style(at))).collect();
    Ok(Survey { readers, samples, milestones })
}

const FIXED: DateStyle = DateStyle { long: DateOrder::Mdy, short: DateOrder::Ymd, serial: false };

/// The order of dates that the user tells, or else the user's own mapping.
pub(super) fn said_order(options: &Options) -> Option<DateOrder> {
    options.dates.or_else(|| options.profile.as_ref()?.order)
}

/// Formats of dates that the profile names.
pub(super) fn formats(options: &Options) -> &[String] {
    options.profile.as_ref().map_or(&[], |profile| profile.dates.as_slice())
}

fn field_of(mapping: &Mapping, target: Target) -> Option<&'static Field> {
    mapping.object.object().fields().get(target.position()?)
}

fn columns_of<'a>(fields: &'a [Option<&Field>], is: impl Fn(Kind) -> bool + 'a) -> impl Iterator<Item = usize> + 'a {
    fields.iter().enumerate().filter(move |(_, field)| field.is_some_and(|field| is(field.kind))).map(|(at, _)| at)
}

fn take_samples(samples: &mut [Vec<String>], record: &StringRecord, cells: &Cells) {
    for (at, (samples, raw)) in samples.iter_mut().zip(record).enumerate() {
        if samples.len() < SAMPLES && footer(record) != Footer::Sure {
            let text = cells.text(at, raw);
            if !text.is_empty() {
                samples.push(text.chars().take(200).collect());
            }
        }
    }
}

/// The reader of a field or column in a given style.
pub(super) fn reader(mapping: &Mapping, target: Target, (numbers, dates): (NumberStyle, DateStyle)) -> Reader {
    let Some(field) = field_of(mapping, target) else {
        return match target {
            Target::Key => Reader::Key,
            Target::Attribute | Target::Deleted => Reader::Attribute,
            _ => Reader::Ignored,
        };
    };
    match (field.kind, target) {
        (Kind::Reference(object), Target::ById(_)) => Reader::ById(object),
        (Kind::Reference(_), Target::ByName(_)) => Reader::ByName,
        (Kind::Reference(object), _) => Reader::Either(object),
        (Kind::Text, _) if field.key == "currency" => Reader::Currency,
        (Kind::Text, _) => Reader::Text,
        (Kind::Flag, _) => Reader::Flag,
        (Kind::Integer, _) => Reader::Integer(numbers),
        (Kind::Money, _) => Reader::Money(numbers),
        (Kind::Percent, _) => Reader::Percent(numbers),
        (Kind::Decimal, _) => Reader::Decimal(numbers),
        (Kind::Rate, _) => Reader::Rate(numbers),
        (Kind::Instant, _) => Reader::Instant(dates),
        (Kind::Date, _) => Reader::Date(dates),
        (Kind::Code(words), _) => Reader::Code(words),
        (Kind::Json, _) => Reader::Ignored,
    }
}

/// The reader of a default, which stands in no column.
pub(super) fn plain_reader(mapping: &Mapping, target: Target) -> Reader {
    reader(mapping, target, (NumberStyle::default(), FIXED))
}

/// Fields of which the first comes before the second.
const EARLIER_LATER: &[(&str, &str)] = &[
    ("created_at", "close_date"),
    ("created_at", "closed_at"),
    ("created_at", "mql_at"),
    ("created_at", "sal_at"),
    ("created_at", "sql_at"),
    ("created_at", "first_touch_at"),
    ("created_at", "first_paid_at"),
    ("hired_at", "left_at"),
    ("first_day", "last_day"),
];

fn decide_dates(
    table: &Table,
    mapping: &Mapping,
    cells: &Cells,
    options: &Options,
    columns: &mut [DateColumn],
) -> Result<(), Error> {
    orders::decide_by_validity(columns, said_order(options));
    orders::decide_by_likelihood(columns);
    if columns.iter().any(DateColumn::needs_more) {
        decide_by_sequence(table, cells, options, columns)?;
        orders::decide_by_spread(columns);
    }
    orders::refuse_open(columns, &mapping.names, said_order(options))
}

/// A record cannot close before it begins.
fn decide_by_sequence(
    table: &Table,
    cells: &Cells,
    options: &Options,
    columns: &mut [DateColumn],
) -> Result<(), Error> {
    let at = |key: &str| columns.iter().position(|column| column.field == key);
    let pairs: Vec<(usize, usize)> = EARLIER_LATER.iter().filter_map(|(a, b)| at(a).zip(at(b))).collect();
    let mut tallies: Vec<Tally> = Vec::new();
    for (at, column) in columns.iter().enumerate() {
        for shape in [Shape::LongYear, Shape::ShortYear] {
            let orders = column.left(shape);
            if column.needs_more() && orders.len() > 1 && pairs.iter().any(|(a, b)| *a == at || *b == at) {
                tallies.push(Tally { at, shape, counts: orders.iter().map(|order| (*order, 0)).collect() });
            }
        }
    }
    if tallies.is_empty() {
        return Ok(());
    }
    let formats = formats(options);
    table.walk(|_, record| {
        let text = |column: &DateColumn| cells.text(column.column, record.get(column.column).unwrap_or_default());
        let written: Vec<Option<Written>> =
            columns.iter().map(|column| column.style().read(&text(column), formats)).collect();
        for tally in &mut tallies {
            let own = tally.at;
            for (earlier, later) in pairs.iter().filter(|(a, b)| *a == own || *b == own) {
                let value = |at: &usize| Some((columns.get(*at)?, written.get(*at).copied().flatten()?));
                if let Some((earlier, later)) = value(earlier).zip(value(later)) {
                    tally.add(earlier, later, columns);
                }
            }
        }
        Ok(true)
    })?;
    for tally in tallies {
        if let Some(column) = columns.get_mut(tally.at) {
            column.keep_fewest(tally.shape, &tally.counts);
        }
    }
    Ok(())
}

/// How many records would close before they begin, by order of one column.
struct Tally {
    at: usize,
    shape: Shape,
    counts: Vec<(DateOrder, u64)>,
}

impl Tally {
    fn add(&mut self, earlier: (&DateColumn, Written), later: (&DateColumn, Written), columns: &[DateColumn]) {
        let field = columns.get(self.at).map_or("", |column| column.field);
        let own = if earlier.0.field == field { earlier.1 } else { later.1 };
        if own.shape() != Some(self.shape) {
            return;
        }
        for (order, count) in &mut self.counts {
            let day = |(column, written): (&DateColumn, Written)| {
                let shape = written.shape().unwrap_or(self.shape);
                let same = column.field == field || column.left(shape).contains(order);
                written.day(if same { *order } else { column.style().order(&written) })
            };
            *count += u64::from(day(earlier).zip(day(later)).is_some_and(|(a, b)| a > b));
        }
    }
}
