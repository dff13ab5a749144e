//! Exports as Salesforce, HubSpot, 纷享销客 and 销售易 write them, and what the store then holds.

use crate::support::program::{json, revops, succeed};
use crate::support::real::real;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

const NOW: [&str; 2] = ["--now", "2026-11-20T00:00:00Z"];

/// A store and the files that go into it.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn store(&self) -> PathBuf {
        self.folder.path().join("s.db")
    }

    fn import(&self, files: &[(&str, &str)]) -> Value {
        self.import_with(files, &[])
    }

    fn import_with(&self, files: &[(&str, &str)], more: &[&str]) -> Value {
        let paths: Vec<PathBuf> = files
            .iter()
            .map(|(name, text)| {
                let path = self.folder.path().join(name);
                std::fs::write(&path, text).unwrap();
                path
            })
            .collect();
        let mut command = revops(&self.store());
        let report = json(command.args(NOW).arg("import").args(paths).args(["--yes", "--format", "json"]).args(more));
        for file in report["files"].as_array().unwrap() {
            let of = |key: &str| file[key].as_i64().unwrap();
            assert_eq!(of("rows"), of("new") + of("changed") + of("unchanged") + of("rejected"), "{file}");
        }
        assert_eq!(succeed(revops(&self.store()).args(["store", "verify"])), "The store is sound.\n");
        report
    }

    /// What a query finds, a line a row; instants without their seconds.
    fn ask(&self, sql: &str) -> Vec<String> {
        let connection = rusqlite::Connection::open(self.store()).unwrap();
        let mut statement = connection.prepare(sql).unwrap();
        let columns = statement.column_count();
        let rows = statement.query_map([], |row| {
            let text = |at| match row.get_ref(at).unwrap() {
                rusqlite::types::ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
                rusqlite::types::ValueRef::Integer(ms) if ms > 1_000_000_000_000 => {
                    revops::domain::time::Instant(ms).to_rfc3339()[..16].to_owned()
                }
                rusqlite::types::ValueRef::Integer(number) => number.to_string(),
                _ => "–".to_owned(),
            };
            Ok((0..columns).map(text).collect::<Vec<_>>().join(" "))
        });
        rows.unwrap().map(Result::unwrap).collect()
    }

    fn moves(&self) -> Vec<String> {
        self.ask(
            "SELECT o.name, f.name, t.name, c.at, c.from_amount, c.amount, c.from_close_date, c.close_date FROM stage_change c \
             JOIN opportunity o ON o.id = c.opportunity JOIN stage t ON t.id = c.to_stage \
             LEFT JOIN stage f ON f.id = c.from_stage ORDER BY o.name, c.at, c.id",
        )
    }

    fn stages(&self) -> Vec<String> {
        self.ask("SELECT name, position, outcome FROM stage ORDER BY position, name")
    }
}

fn counts(report: &Value, at: usize) -> [i64; 5] {
    ["rows", "new", "changed", "unchanged", "rejected"].map(|key| report["files"][at][key].as_i64().unwrap())
}

fn system(report: &Value, at: usize) -> [&str; 3] {
    ["object", "profile", "system"].map(|key| report["files"][at][key].as_str().unwrap())
}

const HUBSPOT: &str = "Record ID,Deal Name,Pipeline,Deal Stage,Amount,Close Date,Create Date,Deal owner,Is Deal Closed?,Is Closed Won,\
    \"Date entered \"\"Demo (online) (Sales Pipeline)\"\"\",\"Date entered 'Demo (online) (Sales Pipeline)'\",\
    \"Date entered 'Appointment Scheduled (Sales Pipeline)'\",\"Date exited 'Appointment Scheduled (Sales Pipeline)'\",\
    \"Date entered \"\"Signed (Sales Pipeline)\"\"\",\"Time in \"\"Signed (Sales Pipeline)\"\"\"\n";

#[test]
fn stage_dates_of_hubspot_become_history() {
    let desk = Desk::new();
    let alpha = "101,Alpha,Sales Pipeline,Signed,100,2026-06-30,2026-05-01 08:00,Ana,true,true,2026-05-10 09:00,2026-05-11 09:00,\
        2026-05-01 08:00,2026-05-10 09:00,2026-06-02 10:00,3\n";
    let beta = "102,Beta,Sales Pipeline,Appointment Scheduled,50,2026-07-30,2026-05-03 08:00,Ana,false,false,,,2026-05-03 08:00,,,\n";
    let report = desk.import(&[("deals.csv", &format!("{HUBSPOT}{alpha}{beta}"))]);
    assert_eq!(system(&report, 0), ["opportunities", "hubspot", "hubspot"]);
    assert_eq!(system(&report, 1), ["stage-history", "hubspot", "hubspot"]);
    assert!(report["files"][1]["path"].as_str().unwrap().ends_with("deals.csv (stage dates)"));
    assert_eq!((counts(&report, 0), counts(&report, 1)), ([2, 2, 0, 0, 0], [4, 4, 0, 0, 0]));
    let expected = [
        "Alpha – Appointment Scheduled 2026-05-01T08:00 – – – –",
        "Alpha Appointment Scheduled Demo (online) 2026-05-10T09:00 – – – –",
        "Alpha Demo (online) Signed 2026-06-02T10:00 – – – –",
        "Beta – Appointment Scheduled 2026-05-03T08:00 – – – –",
    ];
    assert_eq!(desk.moves(), expected);
    // What the catalogue does not know, the deals tell: `Signed` is won.
    assert_eq!(desk.stages(), ["Appointment Scheduled 20 0", "Demo (online) 500 0", "Signed 900 1"]);
    assert_eq!(report["new_stages"], json!(["Demo (online)"]));
    let again = desk.import(&[("deals.csv", &format!("{HUBSPOT}{beta}{alpha}"))]);
    assert_eq!((counts(&again, 0), counts(&again, 1)), ([2, 0, 0, 2, 0], [4, 0, 0, 4, 0]));
    assert_eq!(again["batch"], Value::Null);
    let moved = beta
        .replace("Appointment Scheduled,50", "Demo (online),50")
        .replace("false,false,,", "false,false,2026-05-20 12:00,");
    let next = desk.import(&[("deals.csv", &format!("{HUBSPOT}{alpha}{moved}"))]);
    assert_eq!((counts(&next, 0), counts(&next, 1)), ([2, 0, 1, 1, 0], [5, 1, 0, 4, 0]));
    assert_eq!(desk.moves()[4], "Beta Appointment Scheduled Demo (online) 2026-05-20T12:00 – – – –");
    assert_eq!(desk.moves().len(), 5, "{:?}", desk.moves());
}

#[test]
fn lifecycle_dates_of_hubspot_contacts_become_history() {
    let desk = Desk::new();
    let text = "Record ID,First Name,Last Name,Email,Lifecycle Stage,Lead Status,Create Date,Original Traffic Source,\
        Became a Marketing Qualified Lead Date,\"Date entered \"\"Lead (Lifecycle Stage Pipeline)\"\"\",\
        \"Date entered 'Marketing Qualified Lead (Lifecycle Stage Pipeline)'\"\n\
        501,Ada,Moss,ada@helio.example,marketingqualifiedlead,IN_PROGRESS,2026-05-01 08:00,ORGANIC_SEARCH,2026-05-02 09:00,\
        2026-05-01 08:00,2026-05-02 09:00\n\
        502,Bo,Li,bo@helio.example,lead,,2026-05-01 08:00,OFFLINE,,2026-05-01 08:00,\n";
    let report = desk.import(&[("contacts.csv", text)]);
    assert_eq!((system(&report, 0)[2], counts(&report, 1)), ("hubspot", [3, 3, 0, 0, 0]));
    let people = desk.ask("SELECT full_name, status, source, mql_at FROM person ORDER BY full_name");
    assert_eq!(people, ["Ada Moss In progress Organic Search 2026-05-02T09:00", "Bo Li – Offline Sources –"]);
    let moves = desk.ask(
        "SELECT p.full_name, c.from_stage, c.to_stage, c.at FROM lifecycle_change c JOIN person p ON p.id = c.person ORDER BY 1, 4",
    );
    let expected = [
        "Ada Moss – Lead 2026-05-01T08:00",
        "Ada Moss Lead Marketing Qualified Lead 2026-05-02T09:00",
        "Bo Li – Lead 2026-05-01T08:00",
    ];
    assert_eq!(moves, expected);
    assert_eq!(desk.import(&[("contacts.csv", text)])["batch"], Value::Null);
}

/// A company's dates come from the same columns; what it has no field for stays with it as it is.
#[test]
fn lifecycle_dates_of_hubspot_companies_stay_with_them() {
    let desk = Desk::new();
    let text = "Record ID,Company name,Company Domain Name,Company owner,Lifecycle Stage,Became a customer date,\
        Became an opportunity date,\"Date entered \"\"Customer (Lifecycle Stage Pipeline)\"\"\"\n\
        7,Helio,helio.example,Ana,customer,2026-05-02 09:00,2026-04-01 09:00,2026-05-02 09:00\n8,Plenum,plenum.example,Ana,lead,,,\n";
    let report = desk.import(&[("companies.csv", text)]);
    assert_eq!((system(&report, 0)[2], counts(&report, 0)), ("hubspot", [2, 2, 0, 0, 0]));
    assert_eq!(report["files"].as_array().unwrap().len(), 1, "a company has no history of stages");
    assert_eq!(
        desk.ask("SELECT name, first_paid_at FROM account ORDER BY name"),
        ["Helio 2026-05-02T09:00", "Plenum –"]
    );
    let kept = desk.ask("SELECT attributes FROM account WHERE name = 'Helio'");
    for kept_date in ["Became an opportunity date\":\"2026-04-01", "Stage Pipeline)\\\"\":\"2026-05-02"] {
        assert!(kept[0].contains(kept_date), "{kept:?}");
    }
}

/// A lead of an org that has a column for everything: 382 of them, most its own, most blank.
#[test]
fn a_lead_file_of_382_columns() {
    let known = [
        ("id", "00Q5g00000AbCdEAAV"),
        ("is_deleted", "false"),
        ("last_name", "Moss"),
        ("first_name", "Ada"),
        ("company", "Helio"),
        ("email", "ada@helio.example"),
        ("lead_source", "Web"),
        ("status", "Working"),
        ("is_converted", "false"),
        ("created_date", "2026-05-01T08:00:00.000Z"),
        ("owner_id", "0055g00000AbCdEAAV"),
        ("number_of_employees", "120"),
        ("system_modstamp", "2026-05-01T08:00:00.000Z"),
        ("last_modified_by_id", "0055g00000AbCdEAAV"),
    ];
    let own = |n: usize| match n % 40 {
        0 => format!("text, \"{n}\""),
        1 => "true".to_owned(),
        _ => String::new(),
    };
    let own: Vec<(String, String)> = (0..382 - known.len()).map(|n| (format!("own_field_{n}_c"), own(n))).collect();
    let (mut names, mut cells): (Vec<&str>, Vec<&str>) = known.into_iter().unzip();
    // The columns that count stand anywhere among the others.
    for (at, (name, cell)) in own.iter().enumerate() {
        names.insert((at * 7) % names.len(), name);
        cells.insert((at * 7) % cells.len(), cell);
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&names).unwrap();
    writer.write_record(&cells).unwrap();
    let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
    let desk = Desk::new();
    let report = desk.import(&[("lead_data.csv", &text)]);
    assert_eq!((system(&report, 0), counts(&report, 0)), (["leads", "salesforce", "salesforce"], [1, 1, 0, 0, 0]));
    let people = desk.ask(
        "SELECT l.external_id, p.full_name, p.company, p.email, p.source, p.status, p.employees, p.created_at, m.name FROM person p \
         JOIN link l ON l.record = p.id JOIN member m ON m.id = p.owner",
    );
    let expected =
        "00Q5g00000AbCdEAAV Ada Moss Helio ada@helio.example Web Working 120 2026-05-01T08:00 0055g00000AbCdEAAV";
    assert_eq!(people, [expected]);
    let kept: Value = serde_json::from_str(&desk.ask("SELECT attributes FROM person")[0]).unwrap();
    let filled = own.iter().filter(|(_, cell)| !cell.is_empty());
    for (name, cell) in filled.clone() {
        assert_eq!(kept[name], json!(cell), "{name}");
    }
    let others = ["is_converted", "last_modified_by_id", "system_modstamp"];
    let unknown = kept.as_object().unwrap().keys().filter(|key| !key.starts_with("own_field"));
    assert!(unknown.clone().all(|key| others.contains(&key.as_str()) || key == "is_deleted"), "{kept}");
    assert_eq!(kept.as_object().unwrap().len(), filled.count() + unknown.count());
    assert_eq!(desk.import(&[("lead_data.csv", &text)])["batch"], Value::Null);
}

/// An open deal without an amount is worth the list price of its product, whichever file comes first.
#[test]
fn a_deal_without_an_amount_has_the_list_price_of_its_product() {
    let deals = "id,name,stage,product,amount\n1,Alpha,Demo,GTX Pro,\n2,Beta,Demo,GTXPro,\n3,Gamma,Demo,GTX Pro,100\n4,Delta,Demo,,\n";
    let products = "id,name,list_price\nP-1,GTX Pro,4821\n";
    let alias = ["--value", "product:GTXPro=GTX Pro"];
    let open = |desk: &Desk| {
        let view = json(revops(&desk.store()).args(NOW).args(["show", "pipeline", "--format", "json"]));
        (view["open_amount"]["amount"].clone(), view["open_amount_basis"].clone())
    };
    for files in
        [[("deals.csv", deals), ("products.csv", products)], [("products.csv", products), ("deals.csv", deals)]]
    {
        let desk = Desk::new();
        files.iter().for_each(|file| drop(desk.import_with(&[*file], &alias)));
        let report = desk.import_with(&files, &alias);
        assert_eq!(report["refused_aliases"], json!([]));
        let (amount, basis) = open(&desk);
        assert_eq!(amount, "9742.00", "{basis}");
        assert_eq!(
            ["with_amount", "at_list_price", "unpriced"].map(|key| basis[key].as_i64()),
            [Some(1), Some(2), Some(1)]
        );
    }
}

/// What is learnt of a name counts for the records that are already there, in one action that can be undone.
#[test]
fn another_name_that_is_learnt_later_moves_what_used_it() {
    let deals =
        "id,name,stage,product,owner\n1,Alpha,Demo,GTXPro,Bo\n2,Beta,Demo,gtxpro,Bo\n3,Gamma,Demo,MG Special,Bo\n";
    let products = "id,name,list_price\nP-1,GTX Pro,4821\n";
    let desk = Desk::new();
    desk.import(&[("deals.csv", deals)]);
    let alias = ["--value", "product:GTXPro=GTX Pro"];
    let told = desk.import_with(&[("products.csv", products)], &alias);
    assert_eq!((told["aliases"].as_i64(), told["moved_references"].as_i64()), (Some(1), Some(2)), "{told}");
    let sold = || {
        desk.ask("SELECT o.name, p.name, p.list_price FROM opportunity o JOIN product p ON p.id = o.product ORDER BY 1")
    };
    assert_eq!(sold(), ["Alpha GTX Pro 482100", "Beta GTX Pro 482100", "Gamma MG Special –"]);
    assert_eq!(desk.ask("SELECT name FROM product ORDER BY 1"), ["GTX Pro", "MG Special"]);
    let again = desk.import(&[("deals.csv", deals)]);
    assert_eq!((&again["batch"], sold().len()), (&Value::Null, 3));
    let undone = succeed(revops(&desk.store()).args(["undo"]));
    assert!(undone.contains("products.csv"), "{undone}");
    assert_eq!(sold(), ["Alpha GTXPro –", "Beta GTXPro –", "Gamma MG Special –"]);
    succeed(revops(&desk.store()).args(["redo"]));
    assert_eq!(sold()[0], "Alpha GTX Pro 482100");
    assert_eq!(succeed(revops(&desk.store()).args(["store", "verify"])), "The store is sound.\n");
}

/// The labels of a report: duplicate headers, two currencies, ids of fifteen letters, a footer with sums.
#[test]
fn a_salesforce_report_is_read_as_it_is_meant() {
    let desk = Desk::new();
    let accounts = "Id,IsDeleted,Name,Website,OwnerId,SystemModstamp\n0015g00000XyZabAAF,false,Helio Inc,https://helio.example,,2026-01-01T00:00:00.000Z\n\
        0015g00000XyZaBAAV,true,Plenum,plenum.example,,2026-01-01T00:00:00.000Z\n";
    let report = "Opportunity ID,Opportunity Name,Account ID,Account Name,Stage,Amount (converted) Currency,Amount (converted),\
        Amount Currency,Amount,Close Date,Created Date,Opportunity Owner,Closed,Won,Stage\n\
        0065g00000AbCdE,Alpha,0015g00000XyZab,Helio Inc,Verbal yes,USD,\"1,100.00\",EUR,\"1,000.00\",6/30/2026,5/1/2026,Ana Ruiz,0,0,x\n\
        0065g00000AbCdF,Total,0015g00000XyZaB,Plenum,Paper signed,USD,20.00,JPY,3000,5/13/2026,5/1/2026,Bo Li,1,1,x\n\
        \n\
        Total,,,,,USD,\"1,120.00\",,,,,,,,\n\
        Grand Totals (2 records),,,,,,\"1,120.00\",,,,,,,,\n\
        \n\
        Confidential Information - Do Not Distribute\n\
        Copyright © 2000-2026 salesforce.com, inc. All rights reserved.\n";
    let told = desk.import(&[("pipeline.csv", report), ("accounts.csv", accounts)]);
    assert_eq!((system(&told, 0), counts(&told, 0)), (["accounts", "salesforce", "salesforce"], [2, 2, 0, 0, 0]));
    assert_eq!((system(&told, 1), counts(&told, 1)), (["opportunities", "salesforce", "salesforce"], [2, 2, 0, 0, 0]));
    assert_eq!((told["files"][0]["deleted"].as_i64(), told["files"][1]["deleted"].as_i64()), (Some(1), Some(0)));
    let deals = desk.ask(
        "SELECT o.name, a.name, s.name, o.amount, o.currency, o.close_date, l.external_id FROM opportunity o \
         JOIN account a ON a.id = o.account JOIN stage s ON s.id = o.stage JOIN link l ON l.record = o.id ORDER BY 1",
    );
    let expected = [
        "Alpha Helio Inc Verbal yes 100000 EUR 2026-06-30 0065g00000AbCdEAAU",
        "Total Plenum Paper signed 3000 JPY 2026-05-13 0065g00000AbCdFAAU",
    ];
    assert_eq!(
        deals.iter().map(|line| &line[..line.len() - 3]).collect::<Vec<_>>(),
        expected.map(|line| &line[..line.len() - 3])
    );
    assert_eq!(desk.stages(), ["Verbal yes 500 0", "Paper signed 900 1"]);
    assert_eq!(told["new_stages"], json!([]), "the file itself tells that `Verbal yes` is open");
}

/// Reports as they come out of the box have no ids.
#[test]
fn a_salesforce_report_without_ids_is_known_by_its_names() {
    let header = "Opportunity Owner,Account Name,Opportunity Name,Stage,Fiscal Period,Amount,Close Date,Created Date\n";
    let week = format!(
        "{header}Ana Ruiz,Helio,Alpha,Demo,Q2-2026,1000,6/30/2026,5/13/2026\nBo Li,Helio,Renewal,Demo,Q2-2026,2000,6/15/2026,5/1/2026\n\
         Bo Li,Plenum,Renewal,Demo,Q2-2026,3000,6/15/2026,5/1/2026\nBo Li,Plenum,Renewal,Proposal,Q2-2026,4000,6/15/2026,5/1/2026\n\
         Grand Totals (4 records),,,,,,,\n"
    );
    let ids = "Opportunity ID,Account Name,Opportunity Name,Stage,Amount,Close Date\n\
        0065g00000AbCdE,Helio,Alpha,Proposal,1000,6/30/2026\n0065g00000AbCdF,Helio,Renewal,Demo,2000,6/15/2026\n\
        0065g00000AbCdG,Plenum,Renewal,Demo,3000,6/15/2026\n";
    let desk = Desk::new();
    let report = desk.import_with(&[("week1.csv", &week)], &["--exported-at", "2026-05-20"]);
    assert_eq!((system(&report, 0)[2], counts(&report, 0)), ("salesforce", [4, 2, 0, 0, 2]));
    assert_eq!(report["files"][0]["lacks_ids"], "Opportunity ID");
    let rejected = std::fs::read_to_string(report["files"][0]["rejects_file"].as_str().unwrap()).unwrap();
    assert!(rejected.contains("only an id tells them apart"), "{rejected}");
    assert_eq!(desk.import_with(&[("week1.csv", &week)], &["--exported-at", "2026-05-20"])["batch"], Value::Null);
    // The week after the report has ids, and the week after that it has none again.
    let report = desk.import_with(&[("week2.csv", ids)], &["--exported-at", "2026-05-27"]);
    assert_eq!((counts(&report, 0), &report["files"][0]["lacks_ids"]), ([3, 1, 2, 0, 0], &Value::Null));
    let third = week.replace("Alpha,Demo", "Alpha,Negotiation");
    let report = desk.import_with(&[("week3.csv", &third)], &["--exported-at", "2026-06-03"]);
    assert_eq!(counts(&report, 0)[..3], [4, 0, 1]);
    assert_eq!(desk.ask("SELECT COUNT(*) FROM opportunity"), ["3"]);
    let moves = desk.ask(
        "SELECT f.name, t.name FROM stage_change c JOIN stage f ON f.id = c.from_stage JOIN stage t ON t.id = c.to_stage ORDER BY c.at",
    );
    assert_eq!(moves, ["Demo Proposal", "Proposal Negotiation"]);

    // Ids first, or both in one import: still three deals.
    let desk = Desk::new();
    desk.import(&[("ids.csv", ids)]);
    assert_eq!(counts(&desk.import(&[("names.csv", &week)]), 0), [4, 0, 2, 0, 2]);
    assert_eq!(desk.ask("SELECT COUNT(*) FROM opportunity"), ["3"]);
    for files in [[("a.csv", ids), ("b.csv", week.as_str())], [("a.csv", week.as_str()), ("b.csv", ids)]] {
        let desk = Desk::new();
        desk.import(&files);
        assert_eq!(desk.ask("SELECT COUNT(*) FROM opportunity"), ["3"]);
    }
    // A name that two deals with ids share says nothing.
    let desk = Desk::new();
    desk.import(&[("ids.csv", &format!("{ids}0065g00000AbCdH,Helio,Alpha,Demo,5,6/30/2026\n"))]);
    assert_eq!(counts(&desk.import(&[("names.csv", &week)]), 0), [4, 0, 1, 0, 3]);
}

#[test]
fn people_and_accounts_without_ids_are_known_by_their_names() {
    let desk = Desk::new();
    let contacts = "Salutation,First Name,Last Name,Title,Mailing Street,Mailing City,Phone,Email,Account Owner,Account Name\n\
        Ms.,Ada,Moss,CEO,1 Road,Rome,+39 1,ada@helio.example,Ana Ruiz,Helio\n,Bo,Stone,CFO,,,,,Ana Ruiz,Plenum\n,Cy,Nobody,,,,,,,\n";
    let report = desk.import(&[("contacts.csv", contacts)]);
    assert_eq!((counts(&report, 0), &report["files"][0]["lacks_ids"]), ([3, 2, 0, 0, 1], &json!("Contact ID")));
    // An address that is filled in later belongs to the same person; so does an id.
    let later = contacts.replace(",,,,Ana Ruiz,Plenum", ",,,bo@plenum.example,Ana Ruiz,Plenum");
    assert_eq!(counts(&desk.import(&[("contacts.csv", &later)]), 0), [3, 0, 1, 1, 1]);
    let ids = "Contact ID,First Name,Last Name,Email,Account Name,Mailing City\n0035g00000AbCdE,Bo,Stone,bo@plenum.example,Plenum,Oslo\n";
    assert_eq!(counts(&desk.import(&[("ids.csv", ids)]), 0), [1, 0, 1, 0, 0]);
    let people = desk.ask("SELECT full_name, email, title, city FROM person ORDER BY full_name");
    assert_eq!(people, ["Ada Moss ada@helio.example CEO Rome", "Bo Stone bo@plenum.example CFO Oslo"]);

    let names = "Account Owner,Account Name,Billing State/Province,Type,Rating,Last Activity,Industry,Employees\nAna,Helio,CA,Customer,Hot,,Software,12\n";
    let ids = "Account ID,Account Name,Account Owner,Billing State/Province,Industry,Employees\n0015g00000XyZab,Helio,Ana,CA,Software,13\n";
    for files in [[names, ids], [ids, names]] {
        let desk = Desk::new();
        files.iter().for_each(|text| drop(desk.import(&[("accounts.csv", text)])));
        assert_eq!(desk.ask("SELECT COUNT(*), MIN(industry) FROM account"), ["1 Software"]);
    }
}

#[test]
fn a_history_without_ids_is_refused_with_the_column_to_add() {
    let desk = Desk::new();
    let path = desk.folder.path().join("history.csv");
    let text = "Opportunity Name,From Stage,To Stage,Stage Duration,Last Modified,Amount,Close Date\nAlpha,Demo,Proposal,3,5/20/2026 10:00 AM,1000,6/30/2026\n";
    std::fs::write(&path, text).unwrap();
    for (lang, words) in [("en", "it takes one of Opportunity ID"), ("zh-CN", "需要其中之一：Opportunity ID")] {
        let output = revops(&desk.store()).args(["--lang", lang, "import", "--yes"]).arg(&path).output().unwrap();
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() == Some(3) && told.contains(words), "{told}");
    }
    assert!(!desk.store().exists());
}

#[test]
fn an_account_is_one_by_either_of_its_ids() {
    let desk = Desk::new();
    let long = "Id,Name,Industry,BillingState,SystemModstamp\n0015g00000XyZabAAF,Helio,Software,CA,2026-01-01T00:00:00Z\n\
        0015g00000XyZaBAAV,Plenum,Energy,NY,2026-01-01T00:00:00Z\n";
    let short = "Account Owner,Account ID,Account Name,Billing State/Province,Employees\nAna,0015g00000XyZab,Helio,CA,12\n\
        Bo,0015g00000XyZaB,Plenum,NY,7\n";
    for files in [[("api.csv", long), ("report.csv", short)], [("report.csv", short), ("api.csv", long)]] {
        let desk = Desk::new();
        for file in files {
            desk.import(&[file]);
        }
        let expected = ["Helio Software 12", "Plenum Energy 7"];
        assert_eq!(desk.ask("SELECT name, industry, employees FROM account ORDER BY name"), expected);
    }
    desk.import(&[("api.csv", long), ("report.csv", short)]);
    assert_eq!(desk.ask("SELECT COUNT(*) FROM account"), ["2"]);
}

#[test]
fn headers_of_chinese_crms_with_marks() {
    let desk = Desk::new();
    let fxiaoke = "*商机名称,客户名称（必填）,商机金额,销售阶段（必填）,商机状态,预计结单日期,赢率,负责人,创建时间,商机编号\n\
        年度订阅,云帆科技,\"1,200.50\",验证客户,进行中,2026-06-30,10%,王芳,2026-05-01 09:30,S-1\n\
        续约,云帆科技,800,方案/报价,输单,2026-05-30,60%,王芳,2026-04-01 09:30,S-2\n\
        增购,远山集团,500,赢单,赢单,2026-05-20,100%,李强,2026-04-02 09:30,S-3\n\
        试点,远山集团,300,谈判审核,无效,2026-05-20,0%,李强,2026-04-02 09:30,S-4\n";
    let report = desk.import(&[("商机.csv", fxiaoke)]);
    assert_eq!((system(&report, 0), counts(&report, 0)), (["opportunities", "fxiaoke", "fxiaoke"], [4, 4, 0, 0, 0]));
    let deals = "SELECT o.name, a.name, s.name, s.outcome, o.amount, o.probability, o.close_date, m.name, o.created_at FROM opportunity o \
        JOIN account a ON a.id = o.account JOIN stage s ON s.id = o.stage JOIN member m ON m.id = o.owner ORDER BY o.id";
    let expected = [
        "年度订阅 云帆科技 验证客户 0 120050 1000 2026-06-30 王芳 2026-05-01T09:30",
        "续约 云帆科技 输单 2 80000 6000 2026-05-30 王芳 2026-04-01T09:30",
        "增购 远山集团 赢单 1 50000 10000 2026-05-20 李强 2026-04-02T09:30",
        "试点 远山集团 无效 2 30000 0 2026-05-20 李强 2026-04-02T09:30",
    ];
    assert_eq!(desk.ask(deals), expected);
    let kept = desk.ask("SELECT attributes FROM opportunity WHERE attributes IS NOT NULL ORDER BY id");
    assert_eq!(kept, [r#"{"stage":"方案/报价"}"#, r#"{"stage":"谈判审核"}"#], "where they were lost is not forgotten");
    let leads = "姓名（必填）,*公司,手机,邮件,来源,状态,线索池,转MQL时间,负责人,创建时间\n\
        陈晨,云帆科技,13800000001,chen@yunfan.example,官网,跟进中,公共池,2026-05-02 10:00,王芳,2026-05-01 10:00\n";
    let report = desk.import(&[("线索.csv", leads)]);
    assert_eq!(system(&report, 0), ["leads", "fxiaoke", "fxiaoke"]);
    let people = "SELECT full_name, company, phone, source, status, mql_at FROM person ORDER BY id";
    assert_eq!(desk.ask(people), ["陈晨 云帆科技 13800000001 官网 跟进中 2026-05-02T10:00"]);

    let desk = Desk::new();
    let neocrm = "机会名称（必填）,*客户名称,销售金额,销售阶段（必填）,赢率,结单日期,阶段分类,销售机会所有人,创建日期,机会编号\n\
        年度订阅,云帆科技,1200,方案/报价,60,2026/6/30,承诺,王芳,2026/5/1,J-1\n";
    let accounts =
        "客户名称（必填）,*行业,总人数,销售额,上级客户,最新跟进人,客户所有人\n云帆科技,软件,120,9000000,,王芳,王芳\n";
    let leads = "姓名*,公司名称,手机,电子邮件,线索来源,线索得分,跟进状态,认领日期,线索所有人\n\
        陈晨,云帆科技有限公司,13800000001,chen@yunfan.example,展会,85,已认领,2026-05-03,王芳\n";
    let report = desk.import(&[("deals.csv", neocrm), ("accounts.csv", accounts), ("leads.csv", leads)]);
    for at in 0..3 {
        assert_eq!(system(&report, at)[1..], ["neocrm", "neocrm"], "{at}");
    }
    let expected = ["年度订阅 云帆科技 方案/报价 0 120000 6000 2026-06-30 王芳 2026-05-01T00:00"];
    assert_eq!(desk.ask(deals), expected);
    assert_eq!(
        desk.ask("SELECT name, industry, employees, annual_revenue FROM account"),
        ["云帆科技 软件 120 900000000"]
    );
    assert_eq!(report["matched_accounts"], 1);
    let people =
        "SELECT p.full_name, p.score, p.status, p.sal_at, a.name FROM person p LEFT JOIN account a ON a.id = p.account";
    assert_eq!(desk.ask(people), ["陈晨 85 已认领 2026-05-03T00:00 云帆科技"]);
}

const DEALS: &str = "Id,Name,StageName,Amount,CloseDate,IsClosed,IsWon,CreatedDate,SystemModstamp\n\
    0065g00000AbCdEAAX,Alpha,Proposal,200,2026-07-31,false,false,2026-05-01T08:00:00.000Z,2026-06-01T00:00:00.000Z\n";

#[test]
fn a_history_of_salesforce_saves_is_told_by_the_row_before() {
    let desk = Desk::new();
    let deals = DEALS.replace("0065g00000AbCdEAAX", "D-1");
    let history = "Id,OpportunityId,CreatedById,CreatedDate,StageName,Amount,CloseDate,Probability,IsDeleted\n\
        h3,D-1,,2026-05-20T10:00:00.000Z,Proposal,200,2026-07-31,60,true\n\
        h1,D-1,,2026-05-01T08:00:00.000Z,Demo,100,2026-06-30,20,false\n\
        h2,D-1,,2026-05-10T09:00:00.000Z,Demo,200,2026-07-31,20,false\n";
    let report = desk.import(&[("deals.csv", &deals), ("history.csv", history)]);
    assert_eq!(
        (system(&report, 1), counts(&report, 1)),
        (["stage-history", "salesforce", "salesforce"], [3, 3, 0, 0, 0])
    );
    assert_eq!(report["files"][1]["deleted"], 1);
    let expected = [
        "Alpha – Demo 2026-05-01T08:00 – 10000 – 2026-06-30",
        "Alpha Demo Demo 2026-05-10T09:00 10000 20000 2026-06-30 2026-07-31",
        "Alpha Demo Proposal 2026-05-20T10:00 20000 20000 2026-07-31 2026-07-31",
    ];
    assert_eq!(desk.moves(), expected);
    assert_eq!(desk.import(&[("history.csv", history)])["batch"], Value::Null);
}

#[test]
fn a_history_report_of_salesforce_has_edits_besides_moves() {
    let desk = Desk::new();
    let deals = DEALS.replace("0065g00000AbCdEAAX", "D-1");
    let report = "Opportunity ID,Opportunity Name,From Stage,To Stage,Stage Duration,Last Modified,Last Modified By,Amount,Close Date,Stage,Created Date\n\
        D-1,Alpha,Demo,Demo,9,5/10/2026 9:00 AM,Ana,200,7/31/2026,Proposal,5/1/2026\n\
        D-1,Alpha,Demo,Proposal,3,5/20/2026 10:00 AM,Ana,200,7/31/2026,Proposal,5/1/2026\n\
        Grand Totals (2 records),,,,,,,,,,\n";
    let told = desk.import(&[("deals.csv", &deals), ("opportunity history.csv", report)]);
    assert_eq!((system(&told, 1), counts(&told, 1)), (["stage-history", "salesforce", "salesforce"], [2, 2, 0, 0, 0]));
    let expected = [
        "Alpha Demo Demo 2026-05-10T09:00 – 20000 – 2026-07-31",
        "Alpha Demo Proposal 2026-05-20T10:00 – 20000 – 2026-07-31",
    ];
    assert_eq!(desk.moves(), expected);
}

#[test]
fn a_field_history_of_salesforce_tells_one_field_a_row() {
    let deals = format!(
        "{}{}",
        DEALS.replace("0065g00000AbCdEAAX", "D-1"),
        DEALS.lines().nth(1).unwrap().replace("0065g00000AbCdEAAX,Alpha", "D-2,Beta")
    );
    let report = "Opportunity ID,Opportunity Name,Stage,Amount,Created Date,Close Date,Field / Event,Old Value,New Value,Edit Date,Edited By\n\
        D-1,Alpha,Proposal,200,5/1/2026,7/31/2026,Created.,,,5/1/2026 8:00 AM,Ana\n\
        D-1,Alpha,Proposal,200,5/1/2026,7/31/2026,Amount,100,200,5/10/2026 9:00 AM,Ana\n\
        D-1,Alpha,Proposal,200,5/1/2026,7/31/2026,Stage,Demo,Proposal,5/20/2026 10:00 AM,Ana\n\
        D-1,Alpha,Proposal,200,5/1/2026,7/31/2026,Close Date,6/30/2026,7/31/2026,5/20/2026 10:00 AM,Ana\n\
        D-1,Alpha,Proposal,200,5/1/2026,7/31/2026,Owner,Ana,Bo,5/21/2026 10:00 AM,Ana\n\
        D-2,Beta,Proposal,200,5/1/2026,7/31/2026,Created.,,,5/2/2026 8:00 AM,Ana\n\
        D-2,Beta,Proposal,200,5/1/2026,7/31/2026,Amount,\"1,150\",200,5/14/2026 8:00 AM,Ana\n\
        Grand Totals (7 records),,,,,,,,,,\n";
    let api = "Id,IsDeleted,OpportunityId,CreatedById,CreatedDate,Field,DataType,OldValue,NewValue\n\
        1,false,D-1,,2026-05-01T08:00:00Z,created,,,\n\
        2,false,D-1,,2026-05-20T10:00:00Z,CloseDate,Date,2026-06-30,2026-07-31\n\
        3,false,D-1,,2026-05-20T10:00:00Z,StageName,Picklist,Demo,Proposal\n\
        4,false,D-1,,2026-05-10T09:00:00Z,Amount,Currency,100,200\n\
        5,false,D-1,,2026-05-21T10:00:00Z,Owner,Lookup,005,005\n\
        6,false,D-2,,2026-05-02T08:00:00Z,created,,,\n\
        7,false,D-2,,2026-05-14T08:00:00Z,Amount,Currency,1150,200\n";
    let expected = [
        "Alpha – Demo 2026-05-01T08:00 – – – –",
        "Alpha Demo Demo 2026-05-10T09:00 10000 20000 – –",
        "Alpha Demo Proposal 2026-05-20T10:00 – – 2026-06-30 2026-07-31",
        "Beta – Proposal 2026-05-02T08:00 – – – –",
        "Beta Proposal Proposal 2026-05-14T08:00 115000 20000 – –",
    ];
    for (name, text) in [("report.csv", report), ("api.csv", api)] {
        let desk = Desk::new();
        let told = desk.import(&[("deals.csv", &deals), (name, text)]);
        assert_eq!(system(&told, 1), ["stage-history", "salesforce", "salesforce"], "{name}");
        // The owner is another history's; the close date went into the row of the stage.
        assert_eq!(counts(&told, 1), [7, 5, 0, 2, 0], "{name}");
        assert_eq!(desk.moves(), expected, "{name}");
        assert_eq!(desk.import(&[(name, text)])["batch"], Value::Null, "{name}");
    }
}

#[test]
fn stages_know_their_order_and_outcome() {
    let desk = Desk::new();
    let plain = "id,name,stage,close_date\nD-1,Alpha,Handshake,2026-06-30\nD-2,Beta,Ghosted,2026-06-30\n";
    let report = desk.import(&[("deals.csv", plain)]);
    assert_eq!(report["new_stages"], json!(["Handshake", "Ghosted"]));
    assert_eq!(desk.stages(), ["Ghosted 500 0", "Handshake 500 0"]);
    // A file that knows better corrects what was only taken as open.
    let flagged = plain
        .replace("close_date", "close_date,is_closed,is_won")
        .replace("Ghosted,2026-06-30", "Ghosted,2026-06-30,true,false");
    let report =
        desk.import(&[("deals.csv", &flagged.replace("Handshake,2026-06-30", "Handshake,2026-06-30,true,true"))]);
    assert_eq!(report["corrected_stages"], json!(["Handshake", "Ghosted"]));
    assert_eq!(desk.stages(), ["Handshake 900 1", "Ghosted 910 2"]);
    let before = desk.ask("SELECT COUNT(*) FROM action");
    succeed(revops(&desk.store()).arg("undo"));
    assert_eq!(desk.stages(), ["Ghosted 500 0", "Handshake 500 0"]);
    assert_ne!(desk.ask("SELECT COUNT(*) FROM action"), before);
    let stages = "ApiName,MasterLabel,SortOrder,DefaultProbability,ForecastCategoryName,IsActive,IsClosed,IsWon\n\
        Prospecting,Prospecting,1,10,Pipeline,true,false,false\nHandshake_c,Handshake,2,100,Closed,true,true,true\n\
        Ghosted,Ghosted,3,0,Omitted,true,true,false\n";
    let report = desk.import(&[("OpportunityStage.csv", stages)]);
    assert_eq!((system(&report, 0), counts(&report, 0)), (["stages", "salesforce", "salesforce"], [3, 1, 2, 0, 0]));
    assert_eq!(desk.stages(), ["Prospecting 1 0", "Handshake 2 1", "Ghosted 3 2"]);
    assert_eq!(desk.import(&[("OpportunityStage.csv", stages)])["batch"], Value::Null);
    // Deals of the API name a stage by its own name there.
    let api = DEALS.replace("Proposal", "Handshake_c").replace("false,false", "true,true");
    desk.import(&[("deals-api.csv", &api)]);
    assert_eq!(desk.stages().len(), 3);
    let plain = "name,position,outcome\nNew,1,open\nHandshake,5,won\n";
    let report = desk.import_with(&[("stages.csv", plain)], &["--as", "stages"]);
    assert_eq!((system(&report, 0), counts(&report, 0)), (["stages", "stages", "csv"], [2, 1, 1, 0, 0]));
    assert_eq!(desk.stages(), ["New 1 0", "Prospecting 1 0", "Ghosted 3 2", "Handshake 5 1"]);
}

#[test]
fn a_reference_finds_what_another_system_describes() {
    let desk = Desk::new();
    let team = "id,name,role\n0055g00000AbCdEAAV,Ana,AE\n7,Bo,AE\n";
    let deals = "Id,Name,AccountId,OwnerId,StageName,IsWon,SystemModstamp\n0065g00000AbCdEAAX,Alpha,7,0055g00000AbCdEAAV,Demo,false,2026-06-01T00:00:00Z\n\
        0065g00000AbCdFAAX,Beta,,7,Demo,false,2026-06-01T00:00:00Z\n";
    let accounts = "Record ID,Company name,Company owner,Company Domain Name\n7,Helio,Ana,helio.example\n";
    let report = desk.import(&[("deals.csv", deals), ("team.csv", team), ("companies.csv", accounts)]);
    let systems: Vec<&str> = (0..3).map(|at| system(&report, at)[2]).collect();
    assert_eq!(systems, ["csv", "hubspot", "salesforce"]);
    let found = desk.ask(
        "SELECT o.name, m.name, a.name FROM opportunity o JOIN member m ON m.id = o.owner LEFT JOIN account a ON a.id = o.account ORDER BY 1",
    );
    assert_eq!(found, ["Alpha Ana Helio", "Beta Bo –"]);
    assert_eq!(desk.ask("SELECT COUNT(*) FROM member"), ["2"]);
    // Two systems that mean different records by an id mean none by it.
    let others = "id,name,industry\n7,Plenum,Energy\n";
    desk.import(&[("accounts.csv", others)]);
    let next = "Id,Name,AccountId,StageName,IsWon,SystemModstamp\n0065g00000AbCdGAAX,Gamma,7,Demo,false,2026-06-01T00:00:00Z\n";
    desk.import(&[("more.csv", next)]);
    assert_eq!(
        desk.ask("SELECT a.name FROM opportunity o JOIN account a ON a.id = o.account WHERE o.name = 'Gamma'"),
        ["7"]
    );
}

/// Next week's report has lost the columns that gave its system away.
#[test]
fn a_record_stays_one_when_its_system_is_guessed_otherwise() {
    let desk = Desk::new();
    let week =
        "Id,Name,Industry,SystemModstamp,IsDeleted\n0015g00000XyZabAAF,Helio,Software,2026-01-01T00:00:00Z,false\n";
    let report = desk.import(&[("accounts.csv", week)]);
    assert_eq!(system(&report, 0)[2], "salesforce");
    let next = "Id,Name,Industry,Zone\n0015g00000XyZabAAF,Helio,Energy,\n";
    let report = desk.import(&[("accounts.csv", next)]);
    assert_eq!((system(&report, 0)[2], counts(&report, 0)), ("csv", [1, 0, 1, 0, 0]));
    assert_eq!(desk.ask("SELECT name, industry FROM account"), ["Helio Energy"]);
    // A system that the user names is another one.
    desk.import_with(&[("accounts.csv", next)], &["--system", "billing"]);
    assert_eq!(desk.ask("SELECT COUNT(*) FROM account"), ["2"]);
}

#[test]
fn leads_find_their_accounts() {
    let desk = Desk::new();
    let accounts = "id,name,domain,industry\n1,Helio Inc.,https://www.helio.example,x\n2,Plenum GmbH,group.example,x\n3,Quarto,group.example,x\n";
    let leads = "id,email,company,account_id,source\n1,a@helio.example,,,Web\n2,b@gmail.com,PLENUM,,Web\n3,c@group.example,,,Web\n\
        4,d@group.example,Quarto Ltd,,Web\n5,e@helio.example,,3,Web\n6,f@gmail.com,Nobody,,Web\n7,g@late.example,,,Web\n";
    let report = desk.import(&[("leads.csv", leads), ("accounts.csv", accounts)]);
    assert_eq!(report["matched_accounts"], 3);
    let of =
        || desk.ask("SELECT p.email, a.name FROM person p LEFT JOIN account a ON a.id = p.account ORDER BY p.email");
    let expected = [
        "a@helio.example Helio Inc.",
        "b@gmail.com Plenum GmbH",
        "c@group.example –",
        "d@group.example Quarto",
        "e@helio.example Quarto",
        "f@gmail.com –",
        "g@late.example –",
    ];
    assert_eq!(of(), expected);
    assert_eq!(desk.import(&[("leads.csv", leads), ("accounts.csv", accounts)])["batch"], Value::Null);
    // An account that comes later finds the lead that has been there; what a file says stands above a guess.
    let report = desk.import(&[("accounts.csv", &format!("{accounts}9,Late,late.example,x\n"))]);
    assert_eq!((counts(&report, 0)[1], report["matched_accounts"].as_i64()), (1, Some(1)));
    assert_eq!(of()[6], "g@late.example Late");
    let older = leads
        .replace("1,a@helio.example,,,", "1,a@helio.example,,2,")
        .replace("7,g@late.example,,,", "7,g@late.example,,2,");
    let report = desk.import_with(&[("leads.csv", &older)], &["--exported-at", "2020-01-01"]);
    assert_eq!(counts(&report, 0)[2], 2);
    assert_eq!((of()[0].as_str(), of()[6].as_str()), ("a@helio.example Plenum GmbH", "g@late.example Plenum GmbH"));
}

#[test]
fn a_mapping_of_ones_own_stands_above_the_system() {
    let desk = Desk::new();
    let map = desk.folder.path().join("mine.toml");
    std::fs::write(&map, "object = \"opportunities\"\n[columns]\nloss_reason = [\"Reason\"]\n[values.stage]\n\"closedwon\" = \"Signed and won\"\n\"Signed\" = \"Closed Won\"\n").unwrap();
    let text = "Record ID,Deal Name,Deal Stage,Deal owner,Reason\n1,Alpha,closedwon,Ana,price\n2,Beta,Signed,Ana,\n3,Gamma,contractsent,Ana,\n";
    let report = desk.import_with(&[("deals.csv", text)], &["--map", map.to_str().unwrap()]);
    assert_eq!(report["files"][0]["system"], "hubspot");
    let deals =
        desk.ask("SELECT o.name, s.name, o.loss_reason FROM opportunity o JOIN stage s ON s.id = o.stage ORDER BY 1");
    assert_eq!(deals, ["Alpha Signed and won price", "Beta Closed Won –", "Gamma Contract Sent –"]);
}

/// The lead file of a real company's Salesforce, with 382 columns.
#[test]
fn real_files_of_the_salesforce_api_are_known() {
    let Some(folder) = real("crm/salesforce_api") else { return };
    let desk = Desk::new();
    let read = |name: &str| std::fs::read_to_string(Path::new(&folder).join(name)).unwrap();
    let leads = read("sf_lead_data.csv");
    assert_eq!(leads.lines().next().unwrap().split(',').count(), 382);
    let names = ["user", "account", "contact", "lead", "opportunity", "task"];
    let texts: Vec<(String, String)> =
        names.iter().map(|name| (format!("sf_{name}_data.csv"), read(&format!("sf_{name}_data.csv")))).collect();
    let files: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let report = desk.import(&files);
    for at in 0..files.len() {
        assert_eq!(system(&report, at)[1..], ["salesforce", "salesforce"], "{}", report["files"][at]["path"]);
    }
    let lead = report["files"].as_array().unwrap().iter().find(|file| file["object"] == "leads").unwrap();
    assert_eq!((lead["rows"].as_i64(), lead["new"].as_i64(), lead["rejected"].as_i64()), (Some(1), Some(1), Some(0)));
    let deals = report["files"].as_array().unwrap().iter().find(|file| file["object"] == "opportunities").unwrap();
    assert_eq!((&deals["deleted"], &deals["rows"]), (&deals["rows"], &json!(10)));
    let kept = desk.ask(
        "SELECT p.last_name, p.status, l.external_id FROM person p JOIN link l ON l.record = p.id WHERE p.kind = 0",
    );
    assert_eq!(kept, ["Croc Converted 00Q1G00000nDnM5UAK"]);
}

/// Rows that were mended after a newer export had come know nothing that is newer.
#[test]
fn mended_rows_are_as_old_as_the_export_they_are_from() {
    let desk = Desk::new();
    let old = "id,name,stage,amount,notes\nD-1,Alpha,Demo,100,x\n,Beta,Demo,5,\"two\nlines\"\n";
    let first = desk.import_with(&[("deals.csv", old)], &["--exported-at", "2026-10-05T10:00:00Z"]);
    let new = "id,name,stage,amount\nD-1,Alpha,Proposal,900\nD-2,Beta,Proposal,700\n";
    desk.import_with(&[("deals.csv", new)], &["--exported-at", "2026-10-12T10:00:00Z"]);
    let rejects = std::fs::read_to_string(first["files"][0]["rejects_file"].as_str().unwrap()).unwrap();
    assert!(rejects.contains("2026-10-05T10:00:00Z") && rejects.contains("\"two\nlines\""), "{rejects}");
    let mended = rejects.replace("\n,Beta", "\nD-2,Beta");
    assert_ne!(mended, rejects);
    let report = desk.import(&[("mended.csv", &mended)]);
    assert_eq!(report["files"][0]["exported_at"], "2026-10-05T10:00:00Z");
    let deals =
        desk.ask("SELECT o.name, s.name, o.amount FROM opportunity o JOIN stage s ON s.id = o.stage ORDER BY 1");
    assert_eq!(deals, ["Alpha Proposal 90000", "Beta Proposal 70000"]);
}

#[test]
fn a_site_is_known_by_its_domain_however_it_is_written() {
    let desk = Desk::new();
    let salesforce = "Id,IsDeleted,Name,Website,SystemModstamp\n0015g00000XyZabAAF,false,Helio Inc,https://www.Helio.example/about,2026-01-01T00:00:00.000Z\n";
    desk.import(&[("Account.csv", salesforce)]);
    assert_eq!(desk.ask("SELECT domain FROM account"), ["helio.example"]);
    let map = desk.folder.path().join("map.toml");
    std::fs::write(&map, "object = \"accounts\"\nkey = [\"domain\"]\n").unwrap();
    let hubspot = "Record ID,Company name,Company Domain Name,Company owner,Industry\n7,Helio,HELIO.example,,Energy\n";
    desk.import_with(&[("companies.csv", hubspot)], &["--map", map.to_str().unwrap()]);
    assert_eq!(desk.ask("SELECT COUNT(*) FROM account"), ["1"]);
    // An edit by hand takes the id as a report shows it.
    succeed(revops(&desk.store()).args(["set", "accounts", "0015g00000XyZab", "employees=5"]));
    assert_eq!(desk.ask("SELECT employees FROM account"), ["5"]);
}

#[test]
fn a_lead_finds_the_company_that_a_deal_brings() {
    let leads = "id,name,email,company,source\nL-1,Ana,ana@gmail.com,Helio Inc,Event\n";
    let deals = "id,name,account,stage,amount\nD-1,Alpha,Helio,Demo,5\n";
    let linked = |first: (&str, &str), second: (&str, &str)| {
        let desk = Desk::new();
        desk.import(&[first]);
        desk.import(&[second]);
        desk.ask("SELECT a.name FROM person p JOIN account a ON a.id = p.account")
    };
    let (leads, deals) = (("leads.csv", leads), ("deals.csv", deals));
    assert_eq!((linked(leads, deals), linked(deals, leads)), (vec!["Helio".to_owned()], vec!["Helio".to_owned()]));
}
