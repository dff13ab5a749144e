//! Workbooks → rows of text, as a spreadsheet would save them as CSV but with all digits and ISO dates.

use super::archive;
use super::error::Error;
use super::numbers::shows_mark;
use super::sheet::Row;
use super::table::{LONGEST, WIDEST};
use calamine::{DataType, ExcelDateTime, Reader, SheetType, SheetVisible, Style, Xlsx, XlsxError};
use csv::StringRecord;
use std::io::Cursor;

/// The most cells that are read, blank ones between others included.
const CELLS: usize = 50_000_000;
/// The most text that is read, in bytes.
const TEXT: usize = 1 << 29;

type Bytes<'b> = Cursor<&'b [u8]>;

/// A workbook, and what has been read of it so far.
pub(super) struct Workbook<'b> {
    book: Box<Xlsx<Bytes<'b>>>,
    spent: Spent,
}

/// How much has been read, of all sheets together.
#[derive(Debug, Clone, Copy, Default)]
struct Spent {
    cells: usize,
    bytes: usize,
}

/// How the number format of a cell shows it, as far as that says what the number means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    Plain,
    Percent,
    /// With zeros in front, up to this many digits.
    Padded(usize),
    /// With the sign of a currency.
    Currency(char),
}

impl<'b> Workbook<'b> {
    /// Opens a workbook.
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, Error> {
        archive::check(bytes)?;
        let book = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
        Ok(Self { book: Box::new(book), spent: Spent::default() })
    }

    /// Names of the sheets that hold cells, with whether they are visible.
    pub(super) fn sheets(&self) -> Vec<(String, bool)> {
        let tabular = self.book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
        tabular.map(|sheet| (sheet.name.clone(), sheet.visible == SheetVisible::Visible)).collect()
    }

    /// The rows of a sheet that are not blank. Cells come one by one: what calamine calls a range makes
    /// room for every cell between the first and the last.
    pub(super) fn rows(&mut self, sheet: &str) -> Result<Vec<Row>, Error> {
        let mut grid = Grid { spent: self.spent, ..Grid::default() };
        let mut cells = self.book.worksheet_cells_reader(sheet).map_err(damaged)?;
        let shown: Vec<Shown> = cells.styles().iter().map(shown).collect();
        loop {
            match cells.next_cell_with_style_id() {
                Ok(Some((cell, style))) => {
                    let shown = shown.get(style).copied().unwrap_or(Shown::Plain);
                    grid.put(cell.get_position(), &text(cell.get_value(), shown))?;
                }
                Ok(None) => break,
                // An error that is younger than the reader; the cell is blank as for any other error.
                Err(XlsxError::CellError(_)) => {}
                Err(error) => return Err(damaged(error)),
            }
        }
        grid.end_row()?;
        self.spent = grid.spent;
        grid.rows.sort_by_key(|(line, _)| *line);
        Ok(grid.rows)
    }
}

fn damaged(error: impl std::fmt::Display) -> Error {
    Error::Workbook { cause: error.to_string() }
}

/// Cells on their way to rows; blank ones cost nothing.
#[derive(Default)]
struct Grid {
    rows: Vec<Row>,
    row: u32,
    record: Vec<(u32, String)>,
    spent: Spent,
}

impl Grid {
    fn put(&mut self, (row, column): (u32, u32), text: &str) -> Result<(), Error> {
        if text.trim().is_empty() {
            return Ok(());
        }
        if column as usize >= WIDEST {
            return Err(Error::TooManyColumns { columns: column as usize + 1 });
        }
        if row != self.row {
            self.end_row()?;
            self.row = row;
        }
        self.spent.bytes += text.len();
        if self.spent.bytes > TEXT {
            return Err(Error::TooLarge);
        }
        self.record.push((column, text.to_owned()));
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), Error> {
        let mut cells = std::mem::take(&mut self.record);
        if cells.is_empty() {
            return Ok(());
        }
        cells.sort_by_key(|(column, _)| *column);
        let mut record = StringRecord::new();
        for (column, text) in cells {
            while record.len() < column as usize {
                record.push_field("");
            }
            record.push_field(&text);
        }
        let line = u64::from(self.row) + 1;
        self.spent.cells += record.len();
        if self.spent.cells > CELLS {
            return Err(Error::TooManyCells);
        }
        if record.as_slice().len() > LONGEST {
            return Err(Error::LineTooLong { line });
        }
        self.rows.push((line, record));
        Ok(())
    }
}

/// What a number format says beside the digits. The first of its sections counts; text in it that
/// only decorates is left alone.
fn shown(style: &Style) -> Shown {
    const SIGNS: [char; 7] = ['€', '£', '¥', '￥', '₹', '₩', '元'];
    let code = style.number_format.as_ref().map_or("", |format| format.format_code.as_str());
    let code = code.split(';').next().unwrap_or_default();
    if code.ends_with('%') {
        Shown::Percent
    } else if code.len() > 1 && code.bytes().all(|b| b == b'0') {
        Shown::Padded(code.len())
    } else {
        code.chars().find(|c| SIGNS.contains(c)).map_or(Shown::Plain, Shown::Currency)
    }
}

/// The text of a cell; an error is blank.
fn text(value: &impl DataType, shown: Shown) -> String {
    if let Some(moment) = value.get_datetime() {
        return moment_text(moment);
    }
    if let Some(number) = value.get_float().or_else(|| value.get_int().map(|n| n as f64)) {
        return number_text(number, shown);
    }
    if let Some(truth) = value.get_bool() {
        return if truth { "TRUE" } else { "FALSE" }.to_owned();
    }
    let text = value.get_string().or_else(|| value.get_datetime_iso()).or_else(|| value.get_duration_iso());
    text.unwrap_or_default().to_owned()
}

fn number_text(number: f64, shown: Shown) -> String {
    match shown {
        Shown::Plain => digits(number),
        Shown::Percent => format!("{}%", digits(number * 100.0)),
        Shown::Padded(width) => format!("{:0>width$}", digits(number)),
        Shown::Currency(sign) => format!("{sign}{}", digits(number)),
    }
}

/// The number as spreadsheets show it at their full width: 15 digits, so that 1117.1 does not come
/// as 1117.0999; a whole number with all of its own.
fn digits(number: f64) -> String {
    let rounded = || format!("{number:.14e}").parse().unwrap_or(number);
    let number: f64 = if number.fract() == 0.0 { number } else { rounded() };
    let size = number.abs();
    let mut text = match size {
        0.0 => "0".to_owned(),
        _ if (1e-9..1e21).contains(&size) => number.to_string(),
        _ => format!("{number:e}"),
    };
    // `1.234` could be a thousand and more; here it is not.
    if text.contains('.') && !shows_mark(&text) {
        text.push('0');
    }
    text
}

/// Days as `2021-04-15`, with a time behind where there is one; times alone as `09:30:00`.
fn moment_text(moment: ExcelDateTime) -> String {
    let serial = moment.as_f64();
    if !(0.0..2_958_466.0).contains(&serial) {
        return digits(serial);
    }
    if moment.is_duration() {
        let seconds = (serial * 86_400.0).round();
        let (minutes, hours) = ((seconds / 60.0).floor(), (seconds / 3600.0).floor());
        return format!("{hours}:{:02}:{:02}", minutes % 60.0, seconds % 60.0);
    }
    let (year, month, day, hour, minute, second, milli) = moment.to_ymd_hms_milli();
    let mut time = format!("{hour:02}:{minute:02}:{second:02}");
    if milli > 0 {
        time.push_str(&format!(".{milli:03}"));
    }
    let date = format!("{year:04}-{month:02}-{day:02}");
    match (serial < 1.0, time == "00:00:00") {
        (true, _) => time,
        (false, true) => date,
        (false, false) => format!("{date} {time}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_digits_and_no_more() {
        for (number, expected) in [
            (1117.1, "1117.1"),
            (1_117.1 + 1e-12, "1117.1"),
            (0.1 + 0.2, "0.3"),
            (5.0, "5"),
            (-0.0, "0"),
            (1.234, "1.2340"),
            (9_007_199_254_740_991.0, "9007199254740991"),
            (1e-12, "1e-12"),
        ] {
            assert_eq!(digits(number), expected);
        }
        assert_eq!(number_text(0.07, Shown::Percent), "7%");
        assert_eq!(number_text(7.0, Shown::Padded(5)), "00007");
        assert_eq!(number_text(1117.1, Shown::Currency('€')), "€1117.1");
    }

    #[test]
    fn moments_are_written_in_one_way() {
        use calamine::ExcelDateTimeType::{DateTime, TimeDelta};
        let of = |serial, kind, is_1904| moment_text(ExcelDateTime::new(serial, kind, is_1904));
        assert_eq!(of(44_301.0, DateTime, false), "2021-04-15");
        assert_eq!(of(44_301.002_083_333_3, DateTime, false), "2021-04-15 00:03:00");
        assert_eq!(of(42_839.0, DateTime, true), "2021-04-15");
        assert_eq!(of(0.395_833_333_333, DateTime, false), "09:30:00");
        assert_eq!(of(1.270_833_333_333, TimeDelta, false), "30:30:00");
        assert_eq!(of(-1.0, DateTime, false), "-1");
    }
}
