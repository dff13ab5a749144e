//! Cells as real exports write them, through the whole reading of a file.

use super::*;

/// The values of a field in a file with this column.
fn column(header: &str, field: &str, cells: &[&str]) -> Vec<Option<Value>> {
    let mut text = format!("id\tstage\t{header}\n");
    cells.iter().enumerate().for_each(|(at, cell)| text.push_str(&format!("{at}\tDemo\t{cell}\n")));
    let sheet = deals(&text);
    assert_eq!(sheet.rows.len(), cells.len(), "{:?}", sheet.problems);
    sheet.rows.iter().map(|row| value(row, field).cloned()).collect()
}

fn instants(cells: &[&str]) -> Vec<String> {
    let text = |value: Option<Value>| value.and_then(|v| v.int()).map(|ms| Instant(ms).to_rfc3339());
    column("created_at", "created_at", cells).into_iter().map(|value| text(value).unwrap_or_default()).collect()
}

#[test]
fn dates_in_every_spelling() {
    for (cells, expected) in [
        (&["15 Apr, 2021 00:03:00"][..], &["2021-04-15T00:03:00Z"][..]),
        (&["2016/2/29 1:16"], &["2016-02-29T01:16:00Z"]),
        (&["44301", "44302.5"], &["2021-04-15T00:00:00Z", "2021-04-16T12:00:00Z"]),
        (&["1618444980", "1618444981"], &["2021-04-15T00:03:00Z", "2021-04-15T00:03:01Z"]),
        (&["1618444980250"], &["2021-04-15T00:03:00.250Z"]),
        (&["2021-04-15T08:03:00+08:00", "2021-04-14 19:03:00 -0500"], &["2021-04-15T00:03:00Z"; 2]),
        (&["15/04/21", "30/04/21"], &["2021-04-15T00:00:00Z", "2021-04-30T00:00:00Z"]),
        (&["4/15/99", "4/16/35"], &["1999-04-15T00:00:00Z", "2035-04-16T00:00:00Z"]),
        (&["2021年4月15日 下午3:04"], &["2021-04-15T15:04:00Z"]),
    ] {
        assert_eq!(instants(cells), expected, "{cells:?}");
    }
}

#[test]
fn five_digits_are_days_only_where_the_whole_column_is() {
    assert_eq!(instants(&["44301", "2021-04-15"]), ["", "2021-04-15T00:00:00Z"]);
    assert_eq!(instants(&["44301", "N/A"]), ["2021-04-15T00:00:00Z", ""]);
    assert_eq!(column("close_date", "close_date", &["44301"]), [Some("2021-04-15".into())]);
    assert_eq!(column("amount", "amount", &["44301"]), [Some(4_430_100.into())]);
}

#[test]
fn amounts_in_every_spelling() {
    for (cell, minor, currency) in [
        ("$1,117.10K", 111_710_000, None),
        ("1.117,10 €", 111_710, Some("EUR")),
        ("(300)", -30_000, None),
        ("￥3.2万", 3_200_000, Some("CNY")),
    ] {
        assert_eq!(column("amount", "amount", &[cell]), [Some(minor.into())], "{cell}");
        assert_eq!(column("amount", "currency", &[cell]), [currency.map(Value::from)], "{cell}");
    }
}

#[test]
fn blanks_and_digits_survive() {
    for blank in ["Select", "?", "-", "N/A", " "] {
        assert_eq!(column("loss_reason", "loss_reason", &[blank]), [None], "{blank}");
        assert_eq!(column("amount", "amount", &[blank]), [None], "{blank}");
    }
    let sheet = deals("id,stage,account_id,Postcode\n12345678901234567,Demo,00012345678901234,01067\n");
    let row = &sheet.rows[0];
    assert_eq!(row.key, "12345678901234567");
    assert!(row.cells.iter().any(|(field, cell)| {
        *field == at("account") && *cell == Cell::Named { id: Some("00012345678901234".into()), name: None }
    }));
    assert_eq!(value(row, "attributes"), Some(&r#"{"Postcode":"01067"}"#.into()));
}

#[test]
fn an_open_order_of_dates_is_refused_and_settled_by_the_user() {
    let text = b"id,stage,close_date\n1,Demo,03/04/2026\n2,Demo,05/06/2026\n";
    let error = read("deals.csv", text, &options()).unwrap_err();
    assert_eq!(error, Error::AmbiguousDates { column: "close_date".into(), example: "03/04/2026".into() });
    let error = read("deals.csv", text, &Options { dates: Some(DateOrder::Ymd), ..options() }).unwrap_err();
    let (column, example) = ("close_date".into(), "03/04/2026".into());
    assert_eq!(error, Error::YearLast { column, example, orders: "mdy / dmy".into() });
    for (order, day) in [(DateOrder::Mdy, "2026-03-04"), (DateOrder::Dmy, "2026-04-03")] {
        let sheet = read("deals.csv", text, &Options { dates: Some(order), ..options() }).unwrap();
        assert_eq!(value(&sheet.rows[0], "close_date"), Some(&day.into()));
    }
}

#[test]
fn a_nul_byte_a_newline_in_the_header_and_ragged_rows_are_no_obstacle() {
    let sheet = deals("id,\"re\nmark\",stage\r1,\0x,Demo\r2\r3,y,Demo,z\r");
    assert_eq!(sheet.header, ["id", "re mark", "stage"]);
    assert_eq!(value(&sheet.rows[0], "attributes"), Some(&r#"{"re mark":"x"}"#.into()));
    assert_eq!((sheet.rows.len(), reasons(&sheet)), (2, vec![(ProblemKind::Row, 5, "problem-too-many-cells")]));
}
