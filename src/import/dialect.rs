//! Text → records: delimiter, header row, and where each record begins.

use super::error::Error;
use super::table::{LONGEST, Place, header_of};
use csv::{ReaderBuilder, StringRecord};
use std::collections::BTreeMap;

/// How many quotes that nobody closed are mended; a file with more is no table.
const MENDED: usize = 64;
/// How much text is looked at to find the delimiter.
const SAMPLE: usize = 1 << 16;
/// How many records are looked at to find the delimiter.
const SAMPLE_RECORDS: usize = 40;

/// The text of a file, cut into a header and records.
#[derive(Debug, Clone)]
pub(super) struct Text {
    text: String,
    delimiter: u8,
    header: Vec<String>,
    body: Place,
    /// Where records begin with a quote that nobody closed, and the line of that quote.
    unclosed: BTreeMap<usize, u64>,
}

impl Text {
    /// Finds delimiter and header.
    pub(super) fn new(text: String) -> Result<Self, Error> {
        check_lines(&text)?;
        let (delimiter, start) = match told(&text) {
            Some((delimiter, start)) => (delimiter, Place { line: 2, offset: start }),
            None => (sniff(&text), Place { line: 1, offset: 0 }),
        };
        let mut table = Self { text, delimiter, header: Vec::new(), body: start, unclosed: BTreeMap::new() };
        let mut first: Option<(Place, StringRecord)> = None;
        table.walk(|place, record| {
            first = Some((place, record.clone()));
            Ok(false)
        })?;
        let Some((place, record)) = first else { return Err(Error::Empty) };
        table.header = header_of(&record)?;
        table.body = table.after(place);
        table.mend()?;
        Ok(table)
    }

    /// Names of the columns as they stand, cleaned.
    pub(super) fn header(&self) -> &[String] {
        &self.header
    }

    /// What stands between two cells.
    pub(super) fn delimiter(&self) -> char {
        char::from(self.delimiter)
    }

    /// Visits every record below the header that is not blank, until `visit` says `false`.
    pub(super) fn walk(&self, visit: impl FnMut(Place, &StringRecord) -> Result<bool, Error>) -> Result<(), Error> {
        self.walk_from(self.body, visit)
    }

    /// The same for the records from one place on.
    pub(super) fn walk_from(
        &self,
        from: Place,
        mut visit: impl FnMut(Place, &StringRecord) -> Result<bool, Error>,
    ) -> Result<(), Error> {
        let bytes = self.text.as_bytes().get(from.offset..).unwrap_or_default();
        let mut reader = reader(self.delimiter, bytes);
        let mut record = StringRecord::new();
        while reader.read_record(&mut record).unwrap_or(false) {
            let at = record.position().map_or((0, 1), |p| (p.byte() as usize, p.line()));
            let place = past_blank_lines(bytes, at, from);
            if record.as_slice().len() > LONGEST {
                return Err(Error::LineTooLong { line: place.line });
            }
            if record.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            if !visit(place, &record)? {
                break;
            }
        }
        Ok(())
    }

    /// The cells of the record that begins at `offset`, as they stand in the file.
    pub(super) fn cells(&self, offset: usize) -> Vec<String> {
        let bytes = self.text.as_bytes().get(offset..).unwrap_or_default();
        let mut record = StringRecord::new();
        match reader(self.delimiter, bytes).read_record(&mut record) {
            Ok(true) => record.iter().map(str::to_owned).collect(),
            _ => Vec::new(),
        }
    }

    /// The line in which a quote was opened that nobody closed, where the record at `offset` has one.
    pub(super) fn unclosed(&self, offset: usize) -> Option<u64> {
        self.unclosed.get(&offset).copied()
    }

    /// Reads a quote that nobody closed as a letter, so that it takes no more than its own line with it.
    fn mend(&mut self) -> Result<(), Error> {
        // Every quoted cell has two quotes or more, an even number of them.
        let from = self.body.offset;
        let quotes = memchr::memchr_iter(b'"', self.text.as_bytes().get(from..).unwrap_or_default()).count();
        if quotes.is_multiple_of(2) {
            return Ok(());
        }
        for _ in 0..MENDED {
            let mut last = None;
            self.walk(|place, _| {
                last = Some(place);
                Ok(true)
            })?;
            let Some((place, quote)) = last.and_then(|place| Some((place, self.open_quote(place.offset)?))) else {
                break;
            };
            let (Some(before), Some(behind)) = (self.text.get(place.offset..quote), self.text.get(quote..)) else {
                break;
            };
            let line = place.line + before.matches('\n').count() as u64;
            let ends = |c: char| c == char::from(self.delimiter) || matches!(c, '\n' | '\r');
            let end = behind.find(ends).filter(|_| behind.trim_end().contains('\n'));
            self.unclosed.insert(place.offset, line);
            // The file ends in this very line.
            let Some(end) = end else { break };
            self.text.insert(quote + end, '"');
            self.text.insert_str(quote, "\"\"");
        }
        Ok(())
    }

    /// Where the quote of the record at `offset` stands that is not closed by the end of the text.
    fn open_quote(&self, offset: usize) -> Option<usize> {
        // A quote opens a cell at its beginning only; one right after a closing quote is a doubled one.
        let (mut opened, mut fresh) = (None, true);
        for (at, &byte) in (offset..).zip(self.text.as_bytes().get(offset..).unwrap_or_default()) {
            let ends_cell = byte == self.delimiter || matches!(byte, b'\n' | b'\r');
            (opened, fresh) = match (byte, opened) {
                (b'"', Some(_)) => (None, true),
                (b'"', None) if fresh => (Some(at), false),
                (_, None) => (None, ends_cell),
                (_, opened) => (opened, false),
            };
        }
        opened
    }

    /// The place after the record that begins at `place`.
    fn after(&self, place: Place) -> Place {
        let bytes = self.text.as_bytes().get(place.offset..).unwrap_or_default();
        let mut reader = reader(self.delimiter, bytes);
        let mut record = StringRecord::new();
        let _ = reader.read_record(&mut record);
        let (offset, lines) = (reader.position().byte() as usize, reader.position().line() - 1);
        Place { line: place.line + lines, offset: place.offset + offset }
    }
}

fn reader(delimiter: u8, bytes: &[u8]) -> csv::Reader<&[u8]> {
    ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(bytes)
}

/// The reader notes where it stood before the blank lines that it skips.
fn past_blank_lines(bytes: &[u8], (mut byte, mut line): (usize, u64), from: Place) -> Place {
    while let Some(b @ (b'\n' | b'\r')) = bytes.get(byte) {
        line += u64::from(*b == b'\n');
        byte += 1;
    }
    Place { line: from.line + line - 1, offset: from.offset + byte }
}

fn check_lines(text: &str) -> Result<(), Error> {
    for (line, content) in (1..).zip(text.split('\n')) {
        if content.len() > LONGEST {
            return Err(Error::LineTooLong { line });
        }
    }
    Ok(())
}

/// The delimiter that a first line `sep=;` names, and where the second line begins.
fn told(text: &str) -> Option<(u8, usize)> {
    let (first, _) = text.split_once('\n')?;
    let delimiter = first.trim_end_matches('\r').strip_prefix("sep=")?;
    let [byte @ (b',' | b';' | b'\t' | b'|')] = delimiter.as_bytes() else { return None };
    Some((*byte, first.len() + 1))
}

/// The delimiter under which the first records agree best on their number of cells.
fn sniff(text: &str) -> u8 {
    let cut = text.char_indices().map(|(at, _)| at).find(|&at| at >= SAMPLE);
    let sample = cut.and_then(|cut| text.get(..cut)).unwrap_or(text);
    let score = |delimiter: u8| {
        let mut widths: Vec<usize> =
            reader(delimiter, sample.as_bytes()).records().take(SAMPLE_RECORDS).flatten().map(|r| r.len()).collect();
        if cut.is_some() && widths.len() > 1 && widths.len() < SAMPLE_RECORDS {
            widths.pop();
        }
        let width = widths.first().copied().unwrap_or(0);
        let agree = widths.iter().filter(|&&w| w == width).count();
        if width < 2 { 0.0 } else { agree as f64 / widths.len() as f64 * (width as f64).sqrt() }
    };
    let mut best = (0.0, b',');
    for delimiter in *b",;\t|" {
        let score = score(delimiter);
        if score > best.0 {
            best = (score, delimiter);
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Text {
        Text::new(text.to_owned()).unwrap()
    }

    fn lines(table: &Text) -> Vec<(u64, Vec<String>)> {
        let mut seen = Vec::new();
        let mut visit = |place: Place, record: &StringRecord| {
            assert_eq!(table.cells(place.offset), record.iter().collect::<Vec<_>>());
            seen.push((place.line, record.iter().map(str::to_owned).collect()));
            Ok(true)
        };
        table.walk(&mut visit).unwrap();
        seen
    }

    #[test]
    fn records_know_their_lines() {
        for end in ["\n", "\r\n"] {
            let text = ["", "a,b", "1,\"x", "y\"", "", "", "2,z", ""].join(end);
            let table = table(&text);
            assert_eq!(table.header(), ["a", "b"]);
            let found: Vec<u64> = lines(&table).into_iter().map(|(line, _)| line).collect();
            assert_eq!(found, [3, 7], "{end:?}");
        }
    }

    #[test]
    fn the_delimiter_is_the_one_records_agree_on() {
        for (text, delimiter) in [
            ("a;b;c\n1,5;2,5;x\n1,25;;y", ';'),
            ("a,b\n\"x;y;z\",1\n\"q;r;s\",2", ','),
            ("a\tb, c\n1\t2, 3, 4", '\t'),
            ("a|b\n1|2", '|'),
            ("sep=;\na;b,c,d", ';'),
            ("only\none", ','),
        ] {
            assert_eq!(table(text).delimiter(), delimiter, "{text}");
        }
    }

    #[test]
    fn an_unclosed_quote_takes_its_own_line_only() {
        let table = table("a,b,c\n1,\"x,5\n2,\"y\nz\",6\n3,5\" pipe,7\n4,q,\"8\n5,r,9\n");
        let found: Vec<(u64, String)> =
            lines(&table).into_iter().map(|(line, cells)| (line, cells.join("|"))).collect();
        let found: Vec<(u64, &str)> = found.iter().map(|(line, cells)| (*line, cells.as_str())).collect();
        assert_eq!(found[found.len() - 2..], [(6, "4|q|\"8"), (7, "5|r|9")]);
        assert_eq!(table.unclosed.values().copied().collect::<Vec<_>>(), [6]);
        let lone = super::tests::table("a,b\n1,\"x\n2,y\n3,z");
        assert_eq!(lines(&lone).len(), 3);
        assert_eq!((lone.unclosed(4), lone.unclosed(10)), (Some(2), None));
        for whole in ["a,b\n1,\"x\"\"\n2\",y", "a,b\n1,5\" pipe\n", "a,b\n1,\"x\"\n"] {
            assert!(super::tests::table(whole).unclosed.is_empty(), "{whole}");
        }
    }

    #[test]
    fn refuses_what_is_no_table() {
        assert!(matches!(Text::new("1,2,3\n4,5,6".into()), Err(Error::NoHeader { .. })));
        assert!(matches!(Text::new("a,".repeat(2001)), Err(Error::TooManyColumns { columns: 2002 })));
        let long = "x".repeat(LONGEST + 1);
        assert!(matches!(Text::new(format!("a\n{long}")), Err(Error::LineTooLong { line: 2 })));
        let quoted = format!("a\n\"{}\"\n", "x\n".repeat(LONGEST / 2 + 1));
        let table = table(&quoted);
        assert_eq!(table.walk(|_, _| Ok(true)), Err(Error::LineTooLong { line: 2 }));
    }
}
