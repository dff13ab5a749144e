//! Whole files, from bytes to rows.

mod dialects;
mod values;
mod workbooks;

use super::*;
use crate::domain::funnel::Funnel;
use crate::domain::object::Object;
use proptest::prelude::*;

fn options() -> Options {
    Options::new(Instant::parse_rfc3339("2026-11-20T00:00:00Z").unwrap(), Currency::USD)
}

fn deals(text: &str) -> Sheet {
    read("deals.csv", text.as_bytes(), &Options { as_object: Some(As::Opportunities), ..options() }).unwrap()
}

fn at(key: &str) -> usize {
    Object::Opportunity.position(key).unwrap()
}

fn value<'s>(row: &'s SheetRow, key: &str) -> Option<&'s Value> {
    row.cells.iter().find_map(|(field, cell)| match cell {
        Cell::Value(value) if *field == at(key) => Some(value),
        _ => None,
    })
}

fn reasons(sheet: &Sheet) -> Vec<(ProblemKind, u64, &str)> {
    sheet.problems.iter().map(|problem| (problem.kind, problem.line, problem.reason.key)).collect()
}

#[test]
fn cells_become_typed_values() {
    let sheet = deals(
        "id,stage,amount,close_date,created_at,need,probability,Colour\n007,Demo,\"$1,117.10\",2026-03-01,2026-01-05T08:00:00Z,yes,40%,red\n",
    );
    let row = &sheet.rows[0];
    assert_eq!((row.key.as_str(), row.line), ("007", 2));
    assert_eq!(value(row, "amount"), Some(&Value::Int(111_710)));
    assert_eq!(value(row, "close_date"), Some(&"2026-03-01".into()));
    assert_eq!(value(row, "created_at"), Some(&Value::Int(1_767_600_000_000)));
    assert_eq!((value(row, "need"), value(row, "probability")), (Some(&1.into()), Some(&4_000.into())));
    assert_eq!(value(row, "attributes"), Some(&r#"{"Colour":"red"}"#.into()));
    assert!(row.cells.contains(&(at("stage"), Cell::Named { id: None, name: Some("Demo".into()) })));
}

#[test]
fn a_bad_cell_is_voided_and_a_bad_row_is_kept_apart() {
    let sheet = deals("id,stage,amount\n1,Demo,much\n,Demo,5\n2,Demo,6,extra\n1,Demo,much\n1,Won,7\n");
    assert_eq!(sheet.rows.len(), 1);
    assert_eq!(value(&sheet.rows[0], "amount"), None);
    assert_eq!((sheet.row_count, sheet.repeated), (5, 1));
    let expected = [
        (ProblemKind::Cell, 2, "problem-money"),
        (ProblemKind::Row, 3, "problem-no-key"),
        (ProblemKind::Row, 4, "problem-too-many-cells"),
        (ProblemKind::Row, 6, "problem-same-key"),
    ];
    assert_eq!(reasons(&sheet), expected);
    let csv = rejects_csv(&sheet, &[], &|reason| reason.key.to_owned());
    assert_eq!(csv.lines().count(), 4);
    assert!(csv.starts_with("id,stage,amount,") && csv.contains("1,Won,7,"), "{csv}");
}

#[test]
fn keys_and_names_have_a_length_that_can_be_looked_up() {
    let long = "x".repeat(600);
    let sheet = deals(&format!("id,stage,account,name\n{long},Demo,A,a\n2,Demo,{long},b\n"));
    assert_eq!(
        reasons(&sheet),
        [(ProblemKind::Row, 2, "problem-long-key"), (ProblemKind::Cell, 3, "problem-long-key")]
    );
    assert_eq!(sheet.rows.len(), 1);
}

#[test]
fn the_same_content_has_the_same_hash_however_it_is_written() {
    let one = deals("id,stage,amount\n1,Demo,5\n");
    let other = deals("\u{feff}amount;stage;id\r\n\"5,00\";Demo;1\r\n");
    assert_eq!(one.rows[0].hash, other.rows[0].hash);
    assert_eq!((one.delimiter, other.delimiter), (Some(','), Some(';')));
    assert_ne!(one.rows[0].hash, deals("id,stage,amount\n1,Demo,6\n").rows[0].hash);
}

#[test]
fn an_amount_keeps_the_currency_it_names() {
    let sheet = deals("id,stage,amount\n1,Demo,€700\n2,Demo,1000 JPY\n3,Demo,$5\n");
    let of = |at: usize| (value(&sheet.rows[at], "amount").cloned(), value(&sheet.rows[at], "currency").cloned());
    assert_eq!(of(0), (Some(70_000.into()), Some("EUR".into())));
    assert_eq!(of(1), (Some(1_000.into()), Some("JPY".into())));
    assert_eq!(of(2), (Some(500.into()), None));
}

#[test]
fn an_id_of_fifteen_letters_is_the_one_of_eighteen() {
    let short = deals("id,stage,account_id\n006q000000Hddoh,Demo,0011G00000eM9wv;0011G00000eNyiX\n");
    let long = deals("id,stage,account_id\n006q000000HddohAAB,Demo,0011G00000eM9wvQAC\n");
    assert_eq!((&short.rows[0].key, &short.rows[0].cells), (&long.rows[0].key, &long.rows[0].cells));
}

#[test]
fn blanks_are_absent_unless_they_are_to_clear() {
    let text = "id,stage,amount,loss_reason\n1,Demo,-,N/A\n";
    assert_eq!(deals(text).rows[0].cells.len(), 1);
    let clearing = Options { as_object: Some(As::Opportunities), keep_blanks: true, ..options() };
    let sheet = read("deals.csv", text.as_bytes(), &clearing).unwrap();
    assert_eq!(value(&sheet.rows[0], "loss_reason"), Some(&Value::Null));
}

#[test]
fn names_of_people_are_put_together() {
    let read = |text: &str| read("leads.csv", text.as_bytes(), &options()).unwrap();
    let sheet = read("id,first_name,last_name,email,source\n1,Ana,Ruiz,a@x.example,Web\n2,芳,王,b@x.example,Web\n");
    let full = Object::Person.position("full_name").unwrap();
    let names: Vec<_> = sheet.rows.iter().flat_map(|row| &row.cells).filter(|(field, _)| *field == full).collect();
    assert_eq!(names, [&(full, Cell::Value("Ana Ruiz".into())), &(full, Cell::Value("王芳".into()))]);
}

#[test]
fn values_and_profiles_translate_before_typing() {
    let profile = Profile::parse("object = \"opportunities\"\n[columns]\nid = [\"No\"]\nstage = [\"Phase\"]\n[values.stage]\n\"Signed\" = \"Closed Won\"\n[defaults]\ncurrency = \"EUR\"\n").unwrap();
    let values = vec![("product".to_owned(), "GTXPro".to_owned(), "GTX Pro".to_owned())];
    let options = Options { profile: Some(profile), values, ..options() };
    let sheet = read("x.csv", b"No,Phase,product\n1,Signed,GTXPro\n", &options).unwrap();
    let named = |name: &str| Cell::Named { id: None, name: Some(name.into()) };
    let either = Cell::Named { id: Some("Closed Won".into()), name: Some("Closed Won".into()) };
    assert!(sheet.rows[0].cells.contains(&(at("stage"), either)), "{:?}", sheet.rows[0]);
    assert!(sheet.rows[0].cells.contains(&(at("product"), named("GTX Pro"))));
    assert_eq!(value(&sheet.rows[0], "currency"), Some(&"EUR".into()));
}

#[test]
fn a_history_is_about_opportunities_and_people() {
    let text = "object,record_id,from_stage,to_stage,at\nopportunity,1,,Demo,2026-01-01\naccount,2,,MQL,2026-01-01\n";
    let people = "Lead,00Q5g00000AbCdE,New,MQL,2026-01-01\n联系人,1,,MQL,2026-01-01\n";
    let sheet = read("stage-history.csv", format!("{text}{people}").as_bytes(), &options()).unwrap();
    let objects: Vec<Object> = sheet.rows.iter().map(|row| row.object).collect();
    assert_eq!(sheet.as_object, As::StageHistory);
    assert_eq!(objects, [Object::StageChange, Object::LifecycleChange, Object::LifecycleChange]);
    assert_eq!(reasons(&sheet), [(ProblemKind::Row, 3, "problem-other-object")]);
    let cell = |key| (Object::LifecycleChange.position(key).unwrap(), Cell::Value(key.into()));
    let (from, to) =
        ((cell("from_stage").0, Cell::Value("New".into())), (cell("to_stage").0, Cell::Value("MQL".into())));
    let lead = Cell::Named { id: Some("00Q5g00000AbCdEEAV".into()), name: None };
    assert_eq!(sheet.rows[1].cells[..3], [(0, lead), from, to]);
}

#[test]
fn a_target_has_a_metric_a_period_and_a_value() {
    let text = "指标,期间,负责人,目标值\nMQL,2026年10月,,\"2,050\"\nmql_to_sql,Q4 2026,,22 %\nmql,2026-10,,1\nMQLs,2026,Ana,5\nmql,soon,,5\nmql,2026,,\n,2026,,5\n";
    let sheet = read("x.csv", text.as_bytes(), &options()).unwrap();
    assert_eq!(sheet.as_object, As::Targets);
    let at = |key| Object::Target.position(key).unwrap();
    let text_of = |row: usize, key| {
        sheet.rows[row].cells.iter().find(|(field, _)| *field == at(key)).map(|(_, cell)| cell.clone())
    };
    assert_eq!(text_of(0, "period"), Some(Cell::Value("2026-10".into())));
    assert_eq!(text_of(0, "value"), Some(Cell::Value(20_500_000.into())));
    assert_eq!(
        (text_of(1, "period"), text_of(1, "value")),
        (Some(Cell::Value("2026-Q4".into())), Some(Cell::Value(2_200.into())))
    );
    assert_eq!(
        reasons(&sheet),
        [
            (ProblemKind::Row, 4, "problem-same-key"),
            (ProblemKind::Note, 5, "problem-unknown-metric"),
            (ProblemKind::Row, 6, "problem-period"),
            (ProblemKind::Row, 7, "problem-no-target-value"),
            (ProblemKind::Row, 8, "problem-no-target"),
        ]
    );
    assert_eq!(sheet.rows.len(), 3);
    // A stage of the company's own funnel is known too.
    let mut own = Funnel::clone(Funnels::shipped().first().unwrap());
    (own.key, own.stage[0].key) = ("own".to_owned(), "mqls".to_owned());
    let with_own = Options { funnels: Funnels::shipped().with(vec![own]), ..options() };
    let sheet = read("x.csv", text.as_bytes(), &with_own).unwrap();
    assert!(reasons(&sheet).iter().all(|(kind, ..)| *kind != ProblemKind::Note), "{:?}", reasons(&sheet));
}

#[test]
fn a_target_that_would_be_taken_for_another_number_is_turned_down() {
    let text = "metric,period,owner,value\ncustomer,2026-Q4,,22 %\nmql,2026-Q4,,110％\nmql days,2026-Q4,,5%\n\
                opportunity_to_customer,2026-Q4,,22 %\nmql,2026-10,,abc\nmql,2026-11,,\n";
    let sheet = read("x.csv", text.as_bytes(), &options()).unwrap();
    assert_eq!(
        reasons(&sheet),
        [
            (ProblemKind::Row, 2, "problem-percent-meant"),
            (ProblemKind::Row, 3, "problem-percent-meant"),
            (ProblemKind::Row, 4, "problem-percent"),
            (ProblemKind::Row, 6, "problem-number"),
            (ProblemKind::Row, 7, "problem-no-target-value"),
        ]
    );
    assert_eq!(sheet.rows.len(), 1);
    let meant = |at: usize| sheet.problems[at].reason.args.clone();
    assert_eq!(meant(0), [("meant", "opportunity_to_customer".to_owned())]);
    assert_eq!(meant(1), [("meant", "lead_to_mql".to_owned())]);
    let abc = &sheet.problems[3];
    assert_eq!((abc.field.as_str(), abc.value.as_str()), ("value", "abc"));
}

#[test]
fn bad_cells_of_the_other_records_are_voided_or_turn_the_row_down() {
    use ProblemKind::{Cell as Void, Row as Down};
    type Problems = &'static [(ProblemKind, &'static str, &'static str)];
    let cases: [(As, &str, usize, Problems); 12] = [
        (
            As::Touches,
            "id,object,record_id,kind,direction,human,at\n1,lead,L-1,fax,sideways,perhaps,someday\n2,campaign,X,call,,,\n,lead,L-1,call,,,\n",
            1,
            &[
                (Void, "kind", "problem-code"),
                (Void, "direction", "problem-code"),
                (Void, "human", "problem-flag"),
                (Void, "at", "problem-date"),
                (Down, "", "problem-no-subject"),
                (Down, "", "problem-no-key"),
            ],
        ),
        (
            As::Arr,
            "account_id,kind,amount,at\nA-1,new,much,2026-01-01\nA-1,gift,5,2026-01-01\n,new,5,2026-01-01\nA-1,new,5,\n",
            1,
            &[
                (Void, "amount", "problem-money"),
                (Down, "kind", "problem-code"),
                (Down, "", "problem-missing"),
                (Down, "", "problem-missing"),
            ],
        ),
        (
            As::Spend,
            "period,channel,amount,currency\n2026-10,Event,5,Taler\nsoon,Event,5,USD\n",
            1,
            &[(Void, "currency", "problem-currency"), (Down, "", "problem-period")],
        ),
        (As::Costs, "period,team,amount\n2026-10,Sales,5\n,Sales,5\n", 1, &[(Down, "", "problem-missing")]),
        (
            As::Leave,
            "person,from,to\nAna,2026-01-01,later\nAna,soon,2026-01-01\n",
            1,
            &[(Void, "last_day", "problem-date"), (Down, "first_day", "problem-date")],
        ),
        (
            As::Rates,
            "currency,date,rate\nEUR,2026-01-01,-1\nTaler,2026-01-01,1\n",
            1,
            &[(Void, "rate", "problem-rate"), (Down, "currency", "problem-currency")],
        ),
        (
            As::Handoffs,
            "person_id,event,at,next_at\nL-1,shouted,2026-01-01,\nL-1,paused,2026-01-02,later\nL-1,paused,soon,\n",
            1,
            &[(Down, "kind", "problem-code"), (Void, "next_at", "problem-date"), (Down, "at", "problem-date")],
        ),
        (
            As::Surveys,
            "account_id,kind,score,at\nA-1,nps,11,2026-01-01\nA-1,csat,0,2026-01-01\nA-1,csat,5,2026-01-02\nA-1,mood,5,2026-01-01\n",
            3,
            &[
                (Void, "score", "problem-nps-range"),
                (Void, "score", "problem-csat-range"),
                (Down, "kind", "problem-code"),
            ],
        ),
        (
            As::Health,
            "account_id,score,at\nA-1,fine,2026-01-01\n,5,2026-01-01\n",
            1,
            &[(Void, "score", "problem-number"), (Down, "", "problem-missing")],
        ),
        (
            As::Usage,
            "account_id,metric,value,at\nA-1,logins,many,2026-01-01\nA-1,,5,2026-01-01\n",
            1,
            &[(Void, "value", "problem-number"), (Down, "", "problem-missing")],
        ),
        (
            As::Tools,
            "name,layer,seats,renewal_date\nSlack,glue,few,never\n,data,1,\n",
            1,
            &[
                (Void, "layer", "problem-code"),
                (Void, "seats", "problem-number"),
                (Void, "renewal_date", "problem-date"),
                (Down, "", "problem-no-key"),
            ],
        ),
        (
            As::Integrations,
            "from,to,direction,status\nA,B,around,asleep\nA,,both,live\n",
            1,
            &[(Void, "direction", "problem-code"), (Void, "status", "problem-code"), (Down, "", "problem-missing")],
        ),
    ];
    for (object, text, rows, expected) in cases {
        let sheet = read("x.csv", text.as_bytes(), &Options { as_object: Some(object), ..options() }).unwrap();
        let found: Vec<_> =
            sheet.problems.iter().map(|problem| (problem.kind, problem.field.as_str(), problem.reason.key)).collect();
        assert_eq!((found.as_slice(), sheet.rows.len()), (expected, rows), "{}", object.key());
    }
}

#[test]
fn a_touch_goes_where_its_row_says() {
    let sheet = |text: &str| read("touches.csv", text.as_bytes(), &options()).unwrap();
    let about = |row: &SheetRow| -> Vec<(&str, String)> {
        let named = row.cells.iter().filter_map(|(at, cell)| match cell {
            Cell::Named { id, .. } => Some((Object::Touch.fields()[*at].key, id.clone().unwrap_or_default())),
            Cell::Value(_) => None,
        });
        named.collect()
    };
    let plain = sheet(
        "id,object,record_id,kind,at\n1,,L-1,call,2026-01-01\n2,商机,O-1,call,2026-01-01\n3,Company,A-1,call,2026-01-01\n",
    );
    let found: Vec<_> = plain.rows.iter().flat_map(about).collect();
    assert_eq!(found, [("person", "L-1".into()), ("opportunity", "O-1".into()), ("account", "A-1".into())]);
    let hubspot = sheet("Record ID,Call outcome,Activity date,Associated Deal IDs\n77,Connected,2026-01-02,O-1;O-2\n");
    assert_eq!((hubspot.rows[0].key.as_str(), about(&hubspot.rows[0])), ("77", vec![("opportunity", "O-1".into())]));
    let text = "Id,WhoId,WhatId,Subject,ActivityDate,TaskSubtype\n1,0031G00000abcde,0011G00000eM9wv,Hello,2026-01-02,Email\n2,,006q000000Hddoh,Hi,2026-01-02,Call\n";
    let task = sheet(text);
    assert_eq!(about(&task.rows[0])[1], ("account", "0011G00000eM9wvQAC".into()));
    assert_eq!(about(&task.rows[1]), [("opportunity", "006q000000HddohAAB".into())]);
    let subject = Object::Touch.position("attributes").unwrap();
    assert!(task.rows[0].cells.contains(&(subject, Cell::Value(r#"{"Subject":"Hello"}"#.into()))));
}

#[test]
fn keys_of_rows_without_ids_are_told_in_words() {
    let arr = read("arr.csv", b"account_id,kind,amount,at\nA-1,churned,5,2026-01-05\n", &options()).unwrap();
    assert_eq!(arr.rows[0].key, "A-1|churn|2026-01-05T00:00:00Z");
    let named = read("calls.csv", b"lead_id,activity_type,at,by\nL-1,Phone call,2026-01-05,Ana\n", &options()).unwrap();
    assert_eq!(named.rows[0].key, "2026-01-05T00:00:00Z|L-1|||call|Ana");
    let wanted = read("arr.csv", b"account_id,amount\nA-1,5\n", &Options { as_object: Some(As::Arr), ..options() });
    assert!(matches!(wanted, Err(Error::NoKey { .. })));
}

#[test]
fn what_a_report_writes_below_its_rows_is_no_row() {
    let text = "Opportunity ID,Stage,Amount\n1,Demo,5\n\nGrand Totals (1 records),,\n\nConfidential Information - Do Not Distribute\nCopyright © 2000-2026 salesforce.com\n";
    let sheet = deals(text);
    assert_eq!((sheet.row_count, sheet.rows.len(), sheet.problems.len()), (1, 1, 0));
}

#[test]
fn chinese_files_are_read_in_their_own_encoding() {
    let text = "机会编号,机会名称,销售阶段,销售金额,结单日期\n1,云帆科技年度订阅,赢单,\"1,200.50\",2026/3/1\n";
    let (bytes, _, _) = encoding_rs::GB18030.encode(text);
    let sheet = read("export.csv", &bytes, &options()).unwrap();
    assert_eq!(sheet.as_object, As::Opportunities);
    assert_eq!(value(&sheet.rows[0], "name"), Some(&"云帆科技年度订阅".into()));
    assert_eq!(value(&sheet.rows[0], "amount"), Some(&Value::Int(120_050)));
    assert_eq!(value(&sheet.rows[0], "close_date"), Some(&"2026-03-01".into()));
}

proptest! {
    #[test]
    fn bytes_of_any_kind_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = read("x.csv", &bytes, &Options { as_object: Some(As::Accounts), ..options() });
    }
}

#[test]
fn a_header_that_comes_again_is_no_row() {
    let text = "id,name,stage,amount\n1,Alpha,Demo,5\nTotal,,,5\nid,name,stage,amount\n2,Beta,Demo,6\n";
    let sheet = read("deals.csv", text.as_bytes(), &options()).unwrap();
    let names: Vec<_> = sheet.rows.iter().map(|row| value(row, "name").cloned()).collect();
    assert_eq!(names, [Some("Alpha".into()), Some("Beta".into())]);
    assert!(sheet.problems.is_empty(), "{:?}", sheet.problems);
}

#[test]
fn a_word_that_says_nothing_of_the_outcome_is_kept_and_told() {
    let text = "商机编号,商机名称,商机阶段,商机状态\n1,甲,方案报价,不知道\n2,乙,方案报价,输单\n";
    let sheet = read("x.csv", text.as_bytes(), &Options { as_object: Some(As::Opportunities), ..options() }).unwrap();
    let told: Vec<_> = sheet.problems.iter().map(|p| (p.kind, p.line, p.value.as_str(), p.reason.key)).collect();
    assert_eq!(told, [(ProblemKind::Note, 2, "不知道", "problem-unknown-outcome")]);
    assert!(format!("{:?}", value(&sheet.rows[0], "attributes")).contains("不知道"));
}

#[test]
fn a_sum_in_the_column_of_ids_is_no_row() {
    let sheet = deals("id,name,stage,amount,n\n1,Total,Demo,5,\n2,Beta,Demo,5,\nTotal,,,,2\nCount,,Demo,5,\n");
    assert_eq!(sheet.rows.iter().map(|row| row.key.as_str()).collect::<Vec<_>>(), ["1", "2", "Count"]);
    assert_eq!((sheet.row_count, sheet.problems.len()), (3, 0));
}

#[test]
fn cells_beyond_the_header_are_told_until_they_are_mended() {
    let tell = |reason: &Message| reason.key.to_owned();
    let mut csv = rejects_csv(&deals("id,stage,amount\n1,Demo,5,more,\n2,Demo,1,,x\n3,Demo,4\n"), &[], &tell);
    assert!(csv.starts_with("id,stage,amount,_more,_more,_line,"), "{csv}");
    for _ in 0..2 {
        let again = deals(&csv);
        assert_eq!(reasons(&again).iter().map(|(.., key)| *key).collect::<Vec<_>>(), ["problem-too-many-cells"; 2]);
        csv = rejects_csv(&again, &[], &tell);
    }
    let mended = deals(&csv.replace(",more,", ",,").replace(",x,", ",,"));
    assert_eq!((mended.rows.len(), mended.problems.len()), (2, 0), "{csv}");
    assert!(mended.rows.iter().all(|row| value(row, "attributes").is_none()));
}

#[test]
fn a_quote_that_nobody_closes_loses_no_neighbour() {
    let sheet = deals(
        "id,name,stage,amount\n1,Alpha,Demo,5\n3,\"Gamma\nDelta\",Demo,7\n4,Eta,\"Demo,8\n5,Zeta,Demo,9\n6,Rho,Demo,1",
    );
    assert_eq!(sheet.rows.iter().map(|row| row.key.as_str()).collect::<Vec<_>>(), ["1", "3", "5", "6"]);
    let [problem] = sheet.problems.as_slice() else { panic!("{:?}", sheet.problems) };
    assert_eq!((problem.line, problem.reason.key), (5, "problem-unclosed-quote"));
    assert_eq!(problem.reason.args, [("line", "5".to_owned())]);
    assert_eq!(problem.row, ["4", "Eta", "\"Demo", "8"]);
    // Where the file ends in the quote, the line is the last.
    let cut = deals("id,name,stage,amount\n1,Alpha,Demo,5\n2,\"Beta");
    assert_eq!((cut.rows.len(), cut.problems.len()), (1, 1));
}

#[test]
fn a_worksheet_that_comes_back_is_its_systems() {
    let sheet =
        read("salesforce-opportunities.csv", b"Id,StageName\n0065g00000AbCdE,Closed Won\n", &options()).unwrap();
    assert_eq!((sheet.system.as_str(), sheet.as_object), ("salesforce", As::Opportunities));
    let sheet = read("neocrm-accounts.csv", "客户编号,行业\nC-1,软件\n".as_bytes(), &options()).unwrap();
    assert_eq!((sheet.system.as_str(), sheet.as_object), ("neocrm", As::Accounts));
}

#[test]
fn a_header_may_say_the_unit_of_its_amounts() {
    let sheet = deals("id,name,stage,金额（万元）\n1,Alpha,Demo,3.2\n2,Beta,Demo,5万\n3,Gamma,Demo,7 USD\n");
    let amounts: Vec<_> = sheet.rows.iter().map(|row| (value(row, "amount"), value(row, "currency"))).collect();
    let (cny, usd) = (Value::from("CNY"), Value::from("USD"));
    assert_eq!(amounts[0], (Some(&3_200_000.into()), Some(&cny)));
    assert_eq!(amounts[1], (Some(&5_000_000.into()), Some(&cny)), "5万 is no 5万万");
    assert_eq!(amounts[2].1, Some(&usd));
    let told = read(
        "x.csv",
        "机会名称,客户名称,销售金额（元）,销售阶段,结单日期,机会编号\nA,B,5,Demo,2026-01-05,1\n".as_bytes(),
        &options(),
    );
    let told = told.unwrap();
    assert_eq!((told.system.as_str(), told.assumed, value(&told.rows[0], "currency")), ("neocrm", None, Some(&cny)));
}

#[test]
fn amounts_of_a_chinese_system_are_in_yuan_unless_somebody_says_otherwise() {
    let text =
        "机会名称,客户名称,销售金额,销售阶段,结单日期,机会编号\nA,B,5,Demo,2026-01-05,1\nC,D,€7,Demo,2026-01-05,2\n";
    let read = |options: Options| {
        let sheet = read("x.csv", text.as_bytes(), &options).unwrap();
        let codes = sheet.rows.iter().map(|row| value(row, "currency").and_then(Value::text).map(str::to_owned));
        (sheet.assumed.map(|currency| currency.code().to_owned()), codes.collect::<Vec<_>>())
    };
    let some = |code: &str| Some(code.to_owned());
    assert_eq!(read(options()), (some("CNY"), vec![some("CNY"), some("EUR")]));
    let dollars = Options { amounts: Some(Currency::USD), ..options() };
    assert_eq!(read(dollars), (None, vec![some("USD"), some("EUR")]));
    let store = Options { currency: Currency::parse("CNY").unwrap(), ..options() };
    assert_eq!(read(store), (None, vec![None, some("EUR")]));
}

#[test]
fn an_implausible_date_is_left_out_and_told() {
    let sheet = deals("id,stage,created_at,close_date\n1,Demo,2199-01-01,2026-11-30\n2,Demo,2026-01-05,1899-12-31\n");
    assert_eq!(sheet.rows.len(), 2);
    assert_eq!((value(&sheet.rows[0], "created_at"), value(&sheet.rows[1], "close_date")), (None, None));
    assert_eq!(value(&sheet.rows[0], "close_date"), Some(&"2026-11-30".into()));
    let told = (ProblemKind::Cell, 2, "problem-date-implausible");
    assert_eq!(reasons(&sheet), [told, (ProblemKind::Cell, 3, "problem-date-implausible")]);
}

#[test]
fn a_sum_below_the_rows_of_a_file_without_ids_is_no_record() {
    let read = |text: &str| {
        let sheet = read("accounts.csv", text.as_bytes(), &options()).unwrap();
        (sheet.rows.iter().map(|row| row.key.clone()).collect::<Vec<_>>(), sheet.row_count)
    };
    for sum in ["合计,,3", "Total,,3", "总计,,3\n\n", "小计,,1\nTOTAL,,3"] {
        let found = read(&format!("Account Name,Account Owner,Employees\nAcme,Li,3\n{sum}\n"));
        assert_eq!(found, (vec!["Acme".to_owned()], 1), "{sum}");
    }
    let kept = read("Account Name,Account Owner,Employees\nTotal,,3\nAcme,Li,3\nTotal,Bo,4\n").1;
    assert_eq!(kept, 3, "a company may be called so");
}

#[test]
fn a_probability_lies_between_nothing_and_all() {
    let sheet = deals("id,stage,probability\n1,Demo,100%\n2,Demo,150%\n3,Demo,-5\n4,Demo,0\n");
    let read: Vec<_> = sheet.rows.iter().map(|row| value(row, "probability").and_then(Value::int)).collect();
    assert_eq!(read, [Some(10_000), None, None, Some(0)]);
    assert_eq!(
        reasons(&sheet),
        [(ProblemKind::Cell, 3, "problem-probability"), (ProblemKind::Cell, 4, "problem-probability")]
    );
}
