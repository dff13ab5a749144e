//! Small real files in every spelling: read to the cell, or refused with what to do.

use crate::support::real::real;
use revops::domain::message::Tell as _;
use revops::domain::money::Currency;
use revops::domain::time::Instant;
use revops::import::{As, Error, Opened, Options, Profile, Sheet, open};
use serde_json::Value;
use std::path::Path;

/// Reads a file as accounts whose key is the given column.
fn read(path: &Path, key: &str, sheet: Option<&str>) -> Result<Sheet, Error> {
    let now = Instant::parse_rfc3339("2026-11-20T00:00:00Z").unwrap();
    let profile = Profile { object: Some(As::Accounts), key: vec![key.to_owned()], ..Profile::default() };
    let sheet = sheet.map(str::to_owned);
    let options = Options { profile: Some(profile), sheet, ..Options::new(now, Currency::USD) };
    let Opened { parts, .. } = open(&path.display().to_string(), &std::fs::read(path).unwrap(), &options)?;
    parts[0].read(&options)
}

fn cells(sheet: &Sheet) -> Vec<Vec<String>> {
    sheet.rows.iter().map(|row| sheet.cells(row)).collect()
}

#[test]
fn csv_spectrum_is_read_as_it_says() {
    let Some(folder) = real("files/csv_spectrum") else { return };
    let mut files: Vec<_> =
        std::fs::read_dir(folder.join("csvs")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert_eq!(files.len(), 12);
    for path in files {
        let stem = path.file_stem().unwrap().to_str().unwrap();
        let text = std::fs::read_to_string(folder.join("json").join(format!("{stem}.json"))).unwrap();
        let expected = match serde_json::from_str(&text).unwrap() {
            Value::Array(records) => records,
            record => vec![record],
        };
        let first = expected[0].as_object().unwrap().keys().next().unwrap();
        let sheet = read(&path, first, None).unwrap();
        let found: Vec<Value> = cells(&sheet)
            .into_iter()
            .map(|cells| sheet.header.iter().cloned().zip(cells.into_iter().map(Value::from)).collect())
            .collect();
        // The set's own answer has another telephone number than its file.
        let same = |record: &Value| {
            let mut record = record.clone();
            record.as_object_mut().unwrap().remove("Contact Phone Number");
            record
        };
        assert_eq!(found.iter().map(same).collect::<Vec<_>>(), expected.iter().map(same).collect::<Vec<_>>(), "{stem}");
        assert_eq!(sheet.row_count, expected.len() as u64, "{stem}");
    }
}

/// File, the column that tells its rows apart, and what comes out: the cells of the first row, usable
/// rows and rejected ones.
const READ: &[(&str, &str, &[&str], usize, u64)] = &[
    ("odd/bad.csv", "column_c", &["0", "mixed types.... uh oh", "17"], 1, 2),
    ("odd/dummy_col_shuffled_ragged.csv", "b", &["2", "3", "1", "4"], 1, 0),
    ("odd/test_empty_columns.csv", "a", &["a", "", "", "", ""], 1, 1),
    ("odd/test_extra_header.csv", "a", &["1", "2", "3"], 1, 0),
    ("odd/test_header_newline.csv", "b", &["d", "e", "f"], 1, 0),
    ("odd/test_locale.csv", "a", &["1,7", "200.000.000", ""], 1, 0),
    ("odd/test_numeric_date_format.csv", "a", &["20140102"], 2, 0),
    ("odd/dummy.xlsx", "a", &["1", "2", "3"], 1, 0),
    ("encodings/mac_newlines.csv", "a", &["1", "2", "3"], 2, 0),
    ("encodings/null_byte.csv", "b", &["\0", "2", "3"], 1, 0),
    ("encodings/test_latin1.csv", "a", &["1", "2", "3"], 2, 0),
    ("encodings/test_utf16_big.csv", "a", &["1", "2", "3"], 2, 0),
    ("encodings/test_utf16_little.csv", "a", &["1", "2", "3"], 2, 0),
    ("encodings/test_utf8.csv", "foo", &["1", "2", "3"], 2, 0),
    ("encodings/test_utf8_bom.csv", "foo", &["1", "2", "3"], 2, 0),
    ("encodings/utf8-japanesedata-stats-everything.csv", "field", &["番号", "Integer", "1997"], 26, 0),
];

#[test]
fn files_in_every_spelling_are_read() {
    let Some(folder) = real("files") else { return };
    for (file, key, first, usable, rejected) in READ {
        let sheet = read(&folder.join(file), key, None).unwrap_or_else(|error| panic!("{file}: {error}"));
        let rows = cells(&sheet);
        assert_eq!(rows[0].iter().take(first.len()).collect::<Vec<_>>(), *first, "{file}");
        let counts = (sheet.rows.len(), sheet.row_count - sheet.repeated - sheet.rows.len() as u64);
        assert_eq!(counts, (*usable, *rejected), "{file}");
    }
    let last = |file: &str, key: &str| cells(&read(&folder.join(file), key, None).unwrap()).last().unwrap()[2].clone();
    assert_eq!(last("encodings/test_latin1.csv", "a"), "©");
    assert_eq!(last("encodings/test_utf16_big.csv", "a"), "ʤ");
    assert_eq!(last("encodings/test_utf16_little.csv", "a"), "ʤ");
    assert_eq!(last("encodings/test_utf8_bom.csv", "foo"), "ʤ");
    let flowers = read(&folder.join("encodings/utf8-japanesedata.csv"), "番号", None).unwrap();
    assert_eq!((flowers.rows.len(), flowers.header[1].as_str()), (62, "植物名"));
    let big5 = std::fs::read(folder.join("encodings/big5_chinese.txt")).unwrap();
    let text = encoding_rs::BIG5.decode(&big5).0;
    let sheet = read(&folder.join("encodings/big5_chinese.txt"), text.lines().next().unwrap(), None).unwrap();
    assert_eq!((sheet.encoding, sheet.header[0].as_str()), ("Big5", text.lines().next().unwrap().trim()));
}

#[test]
fn files_without_a_table_are_refused_with_what_to_do() {
    let Some(folder) = real("files") else { return };
    for (file, message) in [
        ("odd/empty.csv", "error-import-empty"),
        ("odd/no_header_row3.csv", "error-import-no-header"),
        ("odd/sheets.xlsx", "error-import-unknown-sheets"),
        ("odd/test.xls", "error-import-not-text"),
    ] {
        let error = read(&folder.join(file), "a", None).unwrap_err();
        assert_eq!(error.tell().key, message, "{file}");
    }
}

/// The days of this workbook are counted from 1904.
#[test]
fn a_sheet_of_a_real_workbook_is_read_to_the_cell() {
    let Some(path) = real("files/odd/sheets.xlsx") else { return };
    let sheet = read(&path, "text", Some("data")).unwrap();
    assert_eq!(sheet.header[..6], ["text", "date", "integer", "boolean", "float", "datetime"]);
    let expected = [
        ["Chicago Reader", "1971-01-01", "40", "TRUE", "1", "1971-01-01 04:14:00"],
        ["Chicago Sun-Times", "1948-01-01", "63", "TRUE", "1.27", "1948-01-01 14:57:13"],
        ["Chicago Tribune", "1920-01-01", "164", "FALSE", "41800000.01", "1920-01-01"],
    ];
    let found = cells(&sheet);
    assert_eq!(found.iter().take(3).map(|row| row[..6].to_vec()).collect::<Vec<_>>(), expected);
    assert_eq!(found[4][0], "Unicode! Σ");
}
