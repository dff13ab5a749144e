//! Workbooks, made here, read as files are.

use super::*;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};
use std::io::{Cursor, Read as _, Write as _};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

const HEADER: [&str; 6] = ["id", "name", "stage", "amount", "close_date", "created_at"];

/// A workbook with one sheet.
fn book(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    fill(workbook.add_worksheet());
    workbook.save_to_buffer().unwrap()
}

fn line(sheet: &mut Worksheet, row: u32, cells: &[&str]) {
    for (column, cell) in (0..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
        sheet.write(row, column, *cell).unwrap();
    }
}

fn open_deals(bytes: &[u8]) -> Sheet {
    super::read("deals.xlsx", bytes, &options()).unwrap()
}

fn refused(bytes: &[u8]) -> Error {
    super::open("deals.xlsx", bytes, &options()).unwrap_err()
}

/// Opens a part of a workbook, changes it and closes the workbook again.
fn changed(bytes: &[u8], part: &str, change: impl Fn(String) -> String) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        writer.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        let text = if name == part { change(text) } else { text };
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// One deal with every kind of cell.
fn every_kind(sheet: &mut Worksheet) {
    let day = Format::new().set_num_format("m/d/yyyy");
    let minute = Format::new().set_num_format("yyyy\"年\"m\"月\"d\"日\" h:mm");
    line(sheet, 0, &HEADER);
    line(sheet, 0, &["", "", "", "", "", "", "probability", "need", "budget", "loss_reason", "Postcode", "Ratio"]);
    line(sheet, 1, &["00123456789012345", "云帆科技", "赢单"]);
    sheet.write(1, 3, 1117.1).unwrap();
    sheet.write_with_format(1, 4, ExcelDateTime::from_ymd(2026, 4, 15).unwrap(), &day).unwrap();
    let moment = ExcelDateTime::from_ymd(2026, 1, 5).unwrap().and_hms(8, 3, 0).unwrap();
    sheet.write_with_format(1, 5, &moment, &minute).unwrap();
    sheet.write_with_format(1, 6, 0.4, &Format::new().set_num_format("0%")).unwrap();
    sheet.write(1, 7, true).unwrap();
    sheet.write_formula(1, 8, Formula::new("=1=2").set_result("FALSE")).unwrap();
    sheet.write_formula(1, 9, Formula::new("=VLOOKUP(1,A:B,2)").set_result("#N/A")).unwrap();
    sheet.write_with_format(1, 10, 1234, &Format::new().set_num_format("00000")).unwrap();
    sheet.write(1, 11, 1.234).unwrap();
}

#[test]
fn every_kind_of_cell_means_what_it_shows() {
    let sheet = open_deals(&book(every_kind));
    assert_eq!((sheet.as_object, sheet.encoding, sheet.delimiter), (As::Opportunities, "XLSX", None));
    assert_eq!(sheet.name, "deals.xlsx[Sheet1]");
    let row = &sheet.rows[0];
    assert_eq!((row.key.as_str(), row.line), ("00123456789012345", 2));
    let found = ["name", "amount", "close_date", "created_at", "probability", "need", "budget", "loss_reason"];
    let found = found.map(|key| value(row, key).cloned());
    let expected = [
        Some("云帆科技".into()),
        Some(111_710.into()),
        Some("2026-04-15".into()),
        Some(Value::Int(Instant::parse_rfc3339("2026-01-05T08:03:00Z").unwrap().0)),
        Some(4_000.into()),
        Some(1.into()),
        Some(0.into()),
        None,
    ];
    assert_eq!(found, expected);
    assert_eq!(value(row, "attributes"), Some(&r#"{"Postcode":"01234","Ratio":"1.2340"}"#.into()));
    assert_eq!(sheet.problems, []);
}

#[test]
fn a_workbook_and_its_csv_say_the_same() {
    let of_book = open_deals(&book(every_kind));
    let text = "id,name,stage,amount,close_date,created_at,probability,need,budget,loss_reason,Postcode,Ratio\n\
                00123456789012345,云帆科技,赢单,1117.1,2026-04-15,2026-01-05 08:03,40%,TRUE,FALSE,,01234,1.2340\n";
    assert_eq!(of_book.rows[0].hash, deals(text).rows[0].hash);
}

/// The same days from the same numbers, 1,462 days apart.
#[test]
fn a_workbook_may_count_its_days_from_1904() {
    let bytes = book(|sheet| {
        line(sheet, 0, &HEADER);
        line(sheet, 1, &["1", "a", "Demo"]);
        sheet.write_with_format(1, 4, 44_301 - 1_462, &Format::new().set_num_format("yyyy-mm-dd")).unwrap();
    });
    let bytes = changed(&bytes, "xl/workbook.xml", |text| text.replace("<workbookPr ", "<workbookPr date1904=\"1\" "));
    assert_eq!(value(&open_deals(&bytes).rows[0], "close_date"), Some(&"2021-04-15".into()));
}

#[test]
fn currencies_and_amounts_that_look_like_thousands() {
    let sheet = open_deals(&book(|sheet| {
        line(sheet, 0, &HEADER);
        for (row, (amount, format)) in (1..).zip([(700.5, "[$€-407] #,##0.00"), (1.234, "0.000"), (5.678, "0.000")]) {
            line(sheet, row, &[&row.to_string(), "a", "Demo"]);
            sheet.write_with_format(row, 3, amount, &Format::new().set_num_format(format)).unwrap();
        }
    }));
    let of = |at: usize, key| value(&sheet.rows[at], key).cloned();
    assert_eq!((of(0, "amount"), of(0, "currency")), (Some(70_050.into()), Some("EUR".into())));
    assert_eq!((of(1, "amount"), of(2, "amount")), (Some(123.into()), Some(568.into())));
}

#[test]
fn titles_margins_and_merged_headers_are_no_obstacle() {
    let sheet = open_deals(&book(|sheet| {
        let format = Format::new();
        sheet.merge_range(1, 2, 1, 7, "Pipeline of the quarter", &format).unwrap();
        sheet.merge_range(3, 2, 3, 3, "Deal", &format).unwrap();
        sheet.merge_range(3, 4, 3, 7, "Numbers", &format).unwrap();
        line(sheet, 4, &["", "", "id", "name", "stage", "amount", "close_date", "created_at"]);
        line(sheet, 7, &["", "", "7", "Helio", "Demo", "5"]);
    }));
    assert_eq!(sheet.header, HEADER);
    assert_eq!((sheet.rows[0].key.as_str(), sheet.rows[0].line), ("7", 8));
}

#[test]
fn every_sheet_that_is_known_is_a_file_of_its_own() {
    let mut workbook = Workbook::new();
    let mut add = |name: &str, lines: &[&[&str]]| {
        let sheet = workbook.add_worksheet().set_name(name).unwrap();
        (0..).zip(lines).for_each(|(row, cells)| line(sheet, row, cells));
        name == "Old" && sheet.set_hidden(true).name() == "Old"
    };
    add("商机", &[&["机会编号", "机会名称", "销售阶段"], &["1", "年度订阅", "赢单"]]);
    add("Leads", &[&["id", "email", "source"], &["1", "a@x.example", "Web"]]);
    add("Notes", &[&["what", "who"], &["call back", "Ann"]]);
    add("Blank", &[]);
    add("Old", &[&["id", "email", "source"], &["2", "b@x.example", "Web"]]);
    let bytes = workbook.save_to_buffer().unwrap();
    let opened = super::open("crm.xlsx", &bytes, &options()).unwrap();
    let sheets: Vec<Sheet> = opened.parts.iter().map(|part| part.read(&options()).unwrap()).collect();
    let kinds: Vec<(&str, As)> = sheets.iter().map(|sheet| (sheet.name.as_str(), sheet.as_object)).collect();
    assert_eq!(kinds, [("crm.xlsx[商机]", As::Opportunities), ("crm.xlsx[Leads]", As::Leads)]);
    assert_ne!(sheets[0].digest, sheets[1].digest);
    let skipped: Vec<(&str, &str)> = opened.skipped.iter().map(|s| (s.path.as_str(), s.reason)).collect();
    assert_eq!(skipped, [("crm.xlsx[Blank]", "empty"), ("crm.xlsx[Notes]", "unknown")]);

    let named = |sheet: &str| Options { sheet: Some(sheet.into()), ..options() };
    let one = super::open("crm.xlsx", &bytes, &named("leads")).unwrap();
    assert_eq!((one.parts.len(), one.skipped.len()), (1, 0));
    let error = super::open("crm.xlsx", &bytes, &named("Deals")).unwrap_err();
    assert_eq!(error, Error::NoSheet { sheet: "Deals".into(), sheets: "商机, Leads, Notes, Blank".into() });
    let asked = Options { as_object: Some(As::Accounts), ..options() };
    let error = super::open("crm.xlsx", &bytes, &asked).unwrap_err();
    assert_eq!(error, Error::UnknownSheets { sheets: "商机, Leads, Notes, Blank".into() });
    // A sheet that is named is what the user says it is.
    let asked = Options { as_object: Some(As::Contacts), ..named("Leads") };
    assert_eq!(super::read("crm.xlsx", &bytes, &asked).unwrap().as_object, As::Contacts);
}

#[test]
fn rejected_rows_of_a_sheet_can_be_mended() {
    let sheet = open_deals(&book(|sheet| {
        line(sheet, 0, &HEADER);
        line(sheet, 1, &["1", "a", "Demo", "much"]);
        line(sheet, 3, &["", "=b", "Demo", "5", "2026-01-01"]);
    }));
    assert_eq!(reasons(&sheet), [(ProblemKind::Cell, 2, "problem-money"), (ProblemKind::Row, 4, "problem-no-key")]);
    let csv = rejects_csv(&sheet, &[], &|reason| reason.key.to_owned());
    assert_eq!(csv.lines().nth(1), Some(",'=b,Demo,5,2026-01-01,,4,,,problem-no-key,2026-11-20T00:00:00Z"));
}

#[test]
fn a_million_blank_rows_cost_nothing() {
    let bytes = book(|sheet| {
        line(sheet, 0, &HEADER);
        line(sheet, 1, &["1", "a", "Demo"]);
        let format = Format::new().set_bold();
        for row in 2..1_000_000 {
            sheet.write_blank(row, 0, &format).unwrap();
        }
        line(sheet, 1_048_575, &["2", "b", "Demo"]);
    });
    let lines: Vec<u64> = open_deals(&bytes).rows.iter().map(|row| row.line).collect();
    assert_eq!(lines, [2, 1_048_576]);
}

#[test]
fn a_workbook_without_a_table_is_refused() {
    assert_eq!(refused(&book(|_| ())), Error::Empty);
    let numbers = book(|sheet| assert!(sheet.write_column(0, 0, [1, 2, 3]).is_ok()));
    assert!(matches!(refused(&numbers), Error::NoHeader { .. }));
    let bytes = book(every_kind);
    assert!(matches!(refused(&bytes[..bytes.len() / 2]), Error::NotText { what: "zip" } | Error::Workbook { .. }));
    let broken =
        changed(&bytes, "xl/worksheets/sheet1.xml", |text| text.split_once("</sheetData>").unwrap().0.to_owned());
    assert!(matches!(refused(&broken), Error::Workbook { .. }));
    let mut protected = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    protected.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(refused(&protected), Error::NotText { what: "protected" });
}

#[test]
fn what_is_too_large_is_refused() {
    let wide = book(|sheet| assert!(sheet.write_row(0, 0, ["a"; 10_000]).is_ok()));
    assert_eq!(refused(&wide), Error::TooManyColumns { columns: 2_001 });
    let many = changed(&book(every_kind), "xl/sharedStrings.xml", |text| {
        text.replace("uniqueCount=\"", "uniqueCount=\"99999999999")
    });
    assert!(matches!(refused(&many), Error::Workbook { .. }));
}

#[test]
fn a_zip_bomb_is_not_unpacked() {
    let mut bomb = changed(&book(every_kind), "xl/sharedStrings.xml", |text| text + &" ".repeat(257 << 20));
    assert!(bomb.len() < 1 << 20);
    assert_eq!(refused(&bomb), Error::TooLarge);
    // One that says it is small: the size stands in the list at the end and before the part.
    let size = ZipArchive::new(Cursor::new(&bomb)).unwrap().by_name("xl/sharedStrings.xml").unwrap().size();
    let size = u32::try_from(size).unwrap().to_le_bytes();
    let places: Vec<usize> = (0..bomb.len() - 4).filter(|at| bomb[*at..at + 4] == size).collect();
    assert_eq!(places.len(), 2);
    places.iter().for_each(|at| bomb[*at..at + 4].copy_from_slice(&1_000_u32.to_le_bytes()));
    assert!(matches!(refused(&bomb), Error::TooLarge | Error::Workbook { .. }));
}

/// Whatever stands in the parts: read or refused, and nothing is brought down.
#[test]
fn a_damaged_workbook_is_read_or_refused() {
    let whole = book(every_kind);
    let mut seed = 1_u64;
    let mut random = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below
    };
    for part in ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"] {
        for _ in 0..200 {
            let harm: Vec<(usize, u8)> = (0..=random(4)).map(|_| (random(1 << 20), 32 + random(95) as u8)).collect();
            let bytes = changed(&whole, part, |text| {
                let mut bytes = text.into_bytes();
                harm.iter().for_each(|(at, byte)| {
                    let at = at % bytes.len();
                    bytes[at] = *byte;
                });
                String::from_utf8_lossy(&bytes).into_owned()
            });
            if let Ok(opened) = super::open("deals.xlsx", &bytes, &options()) {
                let _ = opened.parts[0].read(&options());
            }
        }
    }
}

#[test]
fn an_unclear_sheet_is_of_the_system_of_its_neighbours() {
    let unclear = ["客户名称", "行业", "负责人"];
    let book = |sheets: &[&[&str]]| {
        let mut workbook = Workbook::new();
        for header in sheets {
            let sheet = workbook.add_worksheet();
            line(sheet, 0, header);
            line(sheet, 1, &vec!["1"; header.len()]);
        }
        let bytes = workbook.save_to_buffer().unwrap();
        let opened = super::open("crm.xlsx", &bytes, &options()).unwrap();
        opened.parts.iter().map(|part| part.read(&options()).unwrap().system).collect::<Vec<_>>()
    };
    let [fxiaoke, neocrm] = [
        &["*客户名称", "行业", "客户级别", "成交状态", "负责人", "归属部门"][..],
        &["姓名", "公司名称", "线索来源", "手机", "线索得分", "创建日期"],
    ];
    assert_eq!(book(&[&unclear]), ["csv"]);
    assert_eq!(book(&[&unclear, fxiaoke]), ["fxiaoke", "fxiaoke"]);
    assert_eq!(book(&[neocrm, &unclear]), ["neocrm", "neocrm"]);
    assert_eq!(book(&[neocrm, &unclear, fxiaoke]), ["neocrm", "csv", "fxiaoke"], "they do not agree");
}
