//! Rows of a sheet → a header and records: where the table begins, and how wide it is.

use super::error::Error;
use super::table::{Place, header_of, is_number};
use csv::StringRecord;

/// How many rows may stand above the header: a title, filters, a banner over groups of columns.
const ABOVE: usize = 30;
/// How many rows below a header are looked at to see that it is one.
const BELOW: usize = 20;

/// A row of a sheet: its number, from 1, and its cells as text.
pub(super) type Row = (u64, StringRecord);

/// The table that a sheet holds.
#[derive(Debug, Clone)]
pub(super) struct Rows {
    header: Vec<String>,
    body: Vec<Row>,
}

impl Rows {
    /// Finds the table in rows that are not blank, each with its trailing blanks cut off. `knows` says
    /// whether names of columns are those of a file that is known.
    pub(super) fn new(rows: Vec<Row>, knows: impl Fn(&[String]) -> bool) -> Result<Self, Error> {
        let mut rows = without_left_margin(rows);
        let at = header_at(&rows, knows);
        let mut body = rows.split_off(at.min(rows.len()));
        if body.is_empty() {
            return Err(Error::Empty);
        }
        let (_, first) = body.remove(0);
        let first = match body.first() {
            Some((_, second)) if is_split(&first, second) => joined(&first, &body.remove(0).1),
            _ => first,
        };
        // A cell right of the last name is a remark, not a sign that the row has slipped.
        let width = body.iter().map(|(_, record)| record.len()).max().unwrap_or(0).max(first.len());
        let mut header = header_of(&first)?;
        header.resize(width, String::new());
        Ok(Self { header, body })
    }

    /// A table that another one was turned into.
    pub(super) const fn made(header: Vec<String>, body: Vec<Row>) -> Self {
        Self { header, body }
    }

    /// Names of the columns.
    pub(super) fn header(&self) -> &[String] {
        &self.header
    }

    /// Visits every row below the header, until `visit` says `false`.
    pub(super) fn walk(&self, visit: impl FnMut(Place, &StringRecord) -> Result<bool, Error>) -> Result<(), Error> {
        self.walk_from(0, visit)
    }

    /// The same for the rows from one on.
    pub(super) fn walk_from(
        &self,
        from: usize,
        mut visit: impl FnMut(Place, &StringRecord) -> Result<bool, Error>,
    ) -> Result<(), Error> {
        for (offset, (line, record)) in self.body.iter().enumerate().skip(from) {
            if !visit(Place { line: *line, offset }, record)? {
                break;
            }
        }
        Ok(())
    }

    /// The cells of a row, one per column.
    pub(super) fn cells(&self, offset: usize) -> Vec<String> {
        self.body.get(offset).map_or_else(Vec::new, |(_, record)| record.iter().map(str::to_owned).collect())
    }
}

/// Drops the columns that are blank in every row, left of the table.
fn without_left_margin(mut rows: Vec<Row>) -> Vec<Row> {
    let indent = |record: &StringRecord| record.iter().take_while(|cell| cell.trim().is_empty()).count();
    let margin = rows.iter().map(|(_, record)| indent(record)).min().unwrap_or(0);
    if margin > 0 {
        for (_, record) in &mut rows {
            *record = record.iter().skip(margin).collect();
        }
    }
    rows
}

/// The row that names the columns: the first whose names are known, else the first that looks like
/// one, else the first.
fn header_at(rows: &[Row], knows: impl Fn(&[String]) -> bool) -> usize {
    let top = || rows.iter().take(ABOVE).enumerate();
    let known = top().find(|(_, (_, record))| header_of(record).is_ok_and(|header| knows(&header)));
    let shaped = || top().find(|(at, (_, record))| looks_like_header(record, rows.get(at + 1..).unwrap_or_default()));
    known.or_else(shaped).map_or(0, |(at, _)| at)
}

/// At least two names, for most of the columns that the rows below fill.
fn looks_like_header(record: &StringRecord, below: &[Row]) -> bool {
    let names = record.iter().filter(|cell| is_name(cell)).count();
    let widest = below.iter().take(BELOW).map(|(_, record)| filled(record)).max().unwrap_or(0);
    names >= 2 && names * 2 > filled(record) && filled(record) * 10 >= widest * 6
}

fn filled(record: &StringRecord) -> usize {
    record.iter().filter(|cell| !cell.trim().is_empty()).count()
}

fn is_name(cell: &str) -> bool {
    !cell.trim().is_empty() && !is_number(cell)
}

/// Whether the second row names the columns under a heading of the first that spans several, where
/// the others span both rows: `Name | Contact |` over ` | Phone | Email`.
fn is_split(first: &StringRecord, second: &StringRecord) -> bool {
    let name = |record: &StringRecord, at: usize| record.get(at).is_some_and(is_name);
    let blank = |record: &StringRecord, at: usize| record.get(at).is_none_or(|cell| cell.trim().is_empty());
    let columns = || 0..first.len().max(second.len());
    let spans = |at: usize| name(first, at) && blank(first, at + 1) && name(second, at) && name(second, at + 1);
    let alone = |at: usize| name(first, at) && blank(second, at);
    second.iter().all(|cell| cell.trim().is_empty() || is_name(cell)) && columns().any(spans) && columns().any(alone)
}

/// The lower name of each column, where there is one.
fn joined(first: &StringRecord, second: &StringRecord) -> StringRecord {
    let name =
        |at: usize| [second, first].into_iter().filter_map(|row| row.get(at)).find(|cell| !cell.trim().is_empty());
    (0..first.len().max(second.len())).map(|at| name(at).unwrap_or_default()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(lines: &[&str]) -> Vec<Row> {
        let record = |line: &&str| line.split('|').map(str::trim).collect::<StringRecord>();
        (1..).zip(lines.iter().map(record)).filter(|(_, record)| filled(record) > 0).collect()
    }

    fn header(lines: &[&str]) -> (Vec<String>, Vec<u64>) {
        let table = Rows::new(rows(lines), |header| header.contains(&"Deal".to_owned())).unwrap();
        (table.header.clone(), table.body.iter().map(|(line, _)| *line).collect())
    }

    #[test]
    fn the_header_is_found_below_titles_and_banners() {
        for (lines, names, body) in [
            (&["id|name", "1|Ann"][..], "id,name", &[2][..]),
            (&["Report of May", "", "id|name", "1|Ann"], "id,name", &[4]),
            (&["Filter|mine", "id|Deal|x", "1|Ann|3"], "id,Deal,x", &[3]),
            (&["Customer|||Sale", "id|name|city|amount", "1|Ann|Rome|5"], "id,name,city,amount", &[3]),
            (&["|name|city", "0|Ann|Rome", "1|Bo|Bonn"], ",name,city", &[2, 3]),
            (&["||id|name", "||1|Ann"], "id,name", &[2]),
            (&["Name|Contact|", "|Phone|Email", "Ann|1|a@x.example"], "Name,Phone,Email", &[3]),
            (&["email", "a@x.example", "b@x.example"], "email", &[2, 3]),
            (&["id|name", "1|Ann||see below"], "id,name,,", &[2]),
        ] {
            let (found, lines) = header(lines);
            assert_eq!((found.join(",").as_str(), lines.as_slice()), (names, body));
        }
    }

    #[test]
    fn a_sheet_without_names_is_refused() {
        assert!(matches!(Rows::new(rows(&["1|2", "3|4"]), |_| false), Err(Error::NoHeader { .. })));
        assert!(matches!(Rows::new(Vec::new(), |_| false), Err(Error::Empty)));
    }
}
