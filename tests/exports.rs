//! The same exports in any order of arrival give the same store, history included.

use proptest::prelude::*;
use revops::domain::money::Currency;
use revops::domain::time::{DAY_MS, Instant};
use revops::import::{Options, read};
use revops::ops::import::{ImportPolicy, ImportReport};
use revops::ops::{Session, Setup};
use revops::store::Location;
use std::path::Path;

const NOW: Instant = Instant(1_767_225_600_000);

/// A file: its name, its text, the system it comes from, and the day after [`NOW`] of its export.
#[derive(Debug, Clone)]
struct Export(&'static str, String, &'static str, i64);

fn day(at: i64) -> Instant {
    Instant(NOW.0 + at * DAY_MS)
}

/// Noon of a day after [`NOW`], as files write it: no export is made at that instant.
fn day_text(at: i64) -> String {
    Instant(day(at).0 + DAY_MS / 2).to_rfc3339()
}

fn open(path: &Path) -> Session {
    let clock = revops::clock::Clock::running_from(day(400));
    Session::open(Setup { location: Location::File(path.to_owned()), clock, actor: "ana".into(), read_only: false })
        .unwrap()
}

fn import(session: &mut Session, Export(name, text, system, at): &Export) -> ImportReport {
    let options = Options {
        exported_at: Some(day(*at)),
        system: Some((*system).to_owned()),
        ..Options::new(day(400), Currency::USD)
    };
    let sheet = read(name, text.as_bytes(), &options).unwrap();
    session.import(vec![sheet], &ImportPolicy::default(), &|message| message.key.to_owned()).unwrap()
}

/// What the store says, by the names that outside systems use: ids and actions differ with the order.
fn told(path: &Path) -> Vec<String> {
    let connection = rusqlite::Connection::open(path).unwrap();
    let mut lines = Vec::new();
    for sql in [
        "SELECT 'deal', l.external_id, o.name, s.name, o.amount, o.currency, o.close_date, o.closed_at, o.loss_reason, o.attributes, a.name \
           FROM opportunity o JOIN link l ON l.record = o.id JOIN stage s ON s.id = o.stage LEFT JOIN account a ON a.id = o.account ORDER BY 2",
        "SELECT 'move', l.external_id, c.at, f.name, t.name, c.from_amount, c.amount, c.from_close_date, c.close_date, c.origin, c.actor \
           FROM stage_change c JOIN link l ON l.record = c.opportunity JOIN stage t ON t.id = c.to_stage LEFT JOIN stage f ON f.id = c.from_stage \
          ORDER BY 2, 3, c.origin",
        "SELECT 'account', a.name, a.industry, a.region, a.named_only, a.employees, a.attributes, '', '', '', '' FROM account a ORDER BY 2",
    ] {
        let mut statement = connection.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| {
            let text = |at| match row.get_ref(at).unwrap() {
                rusqlite::types::ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
                rusqlite::types::ValueRef::Integer(number) => number.to_string(),
                _ => "–".to_owned(),
            };
            Ok((0..11).map(text).collect::<Vec<_>>().join(" "))
        });
        lines.extend(rows.unwrap().map(Result::unwrap));
    }
    lines
}

/// The moves that count: those that a history file explains stand beside what it tells.
fn moves(told: &[String]) -> Vec<&String> {
    let explained = |line: &str| line.rsplit(' ').nth(1) == Some("2");
    told.iter().filter(|line| line.starts_with("move") && !explained(line)).collect()
}

fn arrive(exports: &[Export]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("s.db");
    let mut session = open(&path);
    exports.iter().for_each(|export| drop(import(&mut session, export)));
    told(&path)
}

fn orders<T: Clone>(items: &[T]) -> Vec<Vec<T>> {
    if items.is_empty() {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for at in 0..items.len() {
        let mut rest = items.to_vec();
        let first = rest.remove(at);
        all.extend(orders(&rest).into_iter().map(|mut order| {
            order.insert(0, first.clone());
            order
        }));
    }
    all
}

fn deals(rows: &str, at: i64) -> Export {
    let header = "id,name,account,stage,amount,close_date,loss_reason,Next Step\n";
    Export("deals.csv", format!("{header}{rows}"), "crm", at)
}

#[test]
fn weekly_exports_in_any_order() {
    let weeks = [
        deals("1,Alpha,Helio,Demo,100,2026-05-01,,call\n2,Beta,Plenum,Qualification,,,,\n", 1),
        deals("1,Alpha,Helio,Demo,120,2026-05-01,,\n2,Beta,Plenum,Demo,50,2026-06-30,,mail\n3,Gamma,,Demo,7,,,\n", 8),
        deals("1,Alpha,Helio,Proposal,,2026-06-01,,\n2,Beta,Plenum,Closed Lost,50,2027-06-30,price,\n", 15),
        deals(
            "1,Alpha,Helio,Demo,130,2026-06-01,,\n2,Beta,,Closed Lost,50,,price,\n3,Gamma,,Closed Won,9,2026-01-20,,\n",
            22,
        ),
    ];
    let expected = arrive(&weeks);
    // Demo, 120, Proposal and June, Demo and 130 for one; Demo with amount and date, lost for two; won for three.
    assert_eq!(moves(&expected).len(), 6, "{expected:#?}");
    for order in orders(&weeks) {
        assert_eq!(arrive(&order), expected, "{:?}", order.iter().map(|export| export.3).collect::<Vec<_>>());
    }
}

#[test]
fn the_same_content_again_is_remembered_without_a_write_per_row() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("s.db");
    let mut session = open(&path);
    let [first, middle, last] = [("Demo", 1), ("Proposal", 8), ("Demo", 15)]
        .map(|(stage, at)| deals(&format!("1,Alpha,,{stage},5,2026-05-01,,\n"), at));
    import(&mut session, &first);
    let again = import(&mut session, &last);
    assert_eq!((again.files[0].unchanged, again.files[0].changed), (1, 0));
    assert!(again.batch.is_some(), "that the deal was in Demo on day 15 is news");
    assert_eq!(import(&mut session, &last).batch, None, "but not twice");
    let late = import(&mut session, &middle);
    assert_eq!((late.files[0].stage_moves, late.files[0].went_back, late.files[0].stale), (2, 1, 1));
    assert_eq!(told(&path), arrive(&[first.clone(), middle, last]));
    session.undo(None).unwrap();
    session.undo(None).unwrap();
    assert_eq!(told(&path), arrive(&[first]));
}

#[test]
fn a_history_file_before_between_or_after_the_exports() {
    let history = Export(
        "stage-history.csv",
        "record_id,from_stage,to_stage,at,actor\n1,Demo,Proposal,2026-01-05T10:00:00Z,Ana\n1,Proposal,Negotiation,2026-01-12T10:00:00Z,Ana\n"
            .to_owned(),
        "crm",
        13,
    );
    let weeks = [("Demo", 1), ("Proposal", 8), ("Negotiation", 15), ("Contract", 22)]
        .map(|(stage, at)| deals(&format!("1,Alpha,,{stage},5,2026-05-01,,\n"), at));
    let files: Vec<Export> = weeks.into_iter().chain([history]).collect();
    let expected = arrive(&files);
    assert_eq!(moves(&expected).len(), 3, "{expected:#?}");
    for order in orders(&files) {
        assert_eq!(arrive(&order), expected, "{:?}", order.iter().map(|export| export.3).collect::<Vec<_>>());
    }
}

#[test]
fn a_history_file_that_closes_a_deal_in_any_order() {
    // No export dates the closing; between the two moves of the history one export still shows the stage before.
    let history = Export(
        "stage-history.csv",
        "record_id,from_stage,to_stage,at,actor\n1,Demo,Proposal,2026-01-03T10:00:00Z,Ana\n1,Proposal,Closed Won,2026-01-12T10:00:00Z,Ana\n"
            .to_owned(),
        "history",
        13,
    );
    let weeks = [("Demo", 1), ("Proposal", 8), ("Closed Won", 15)]
        .map(|(stage, at)| deals(&format!("1,Alpha,,{stage},5,2026-05-01,,\n"), at));
    let files: Vec<Export> = weeks.into_iter().chain([Export(history.0, history.1, "crm", history.3)]).collect();
    let expected = arrive(&files);
    assert!(
        expected[0].contains("Closed Won") && expected[0].contains("1768212000000"),
        "closed on the 12th: {expected:#?}"
    );
    for order in orders(&files) {
        assert_eq!(arrive(&order), expected, "{:?}", order.iter().map(|export| export.3).collect::<Vec<_>>());
    }
}

#[test]
fn a_history_file_that_an_export_after_it_denies_in_any_order() {
    // The history ends in Proposal; two exports after it still show Demo, as the one before it did. Such a row is
    // unchanged and says nothing new, so what was told stands until an export shows something else.
    let history = Export(
        "stage-history.csv",
        "record_id,from_stage,to_stage,at\n1,Demo,Proposal,2026-01-05T10:00:00Z\n".to_owned(),
        "crm",
        6,
    );
    let weeks = [("Demo", 1), ("Demo", 8), ("Demo", 15), ("Contract", 22)]
        .map(|(stage, at)| deals(&format!("1,Alpha,,{stage},5,2026-05-01,,\n"), at));
    let files: Vec<Export> = weeks.into_iter().chain([history]).collect();
    let expected = arrive(&files);
    let moves = moves(&expected);
    assert!(moves.len() == 2 && moves[0].contains("Demo Proposal") && moves[1].contains("Demo Contract"), "{moves:#?}");
    for order in orders(&files) {
        assert_eq!(arrive(&order), expected, "{:?}", order.iter().map(|export| export.3).collect::<Vec<_>>());
    }
}

/// The moves of a picture that count.
fn counting(facts: &revops::domain::facts::Facts) -> Vec<i64> {
    let told = facts.stage_changes.at.iter().zip(&facts.stage_changes.origin);
    told.filter(|(_, origin)| **origin != revops::domain::object::EXPLAINED).map(|(at, _)| *at).collect()
}

/// A picture that was kept current and one that is read afresh see the same moves, and which of them count.
#[test]
fn an_explained_move_counts_in_no_picture() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("s.db");
    let mut session = open(&path);
    let mut reader = session.reader().unwrap();
    let weeks = [("Demo", 1), ("Proposal", 8)].map(|(stage, at)| deals(&format!("1,Alpha,,{stage},5,,,\n"), at));
    weeks.iter().for_each(|export| drop(import(&mut session, export)));
    let mut facts = revops::domain::facts::Facts::default();
    let mut kept_current = || {
        reader.catch_up(&mut facts).unwrap();
        counting(&facts)
    };
    assert_eq!(kept_current(), [day(8).0]);
    let told = "record_id,from_stage,to_stage,at\n1,Demo,Proposal,2026-01-05T10:00:00Z\n";
    import(&mut session, &Export("stage-history.csv", told.to_owned(), "crm", 9));
    let counts = [Instant::parse_rfc3339("2026-01-05T10:00:00Z").unwrap().0];
    assert_eq!(kept_current(), counts);
    assert_eq!(counting(&session.reader().unwrap().facts().unwrap()), counts);
    session.undo(None).unwrap();
    assert_eq!(kept_current(), [day(8).0]);
}

#[test]
fn two_systems_in_any_order() {
    let accounts = |text: &str, system, at| {
        Export("accounts.csv", format!("id,name,industry,employees,region,tier\n{text}"), system, at)
    };
    let files = [
        accounts("1,Helio,Software,10,EMEA,a\n", "crm", 1),
        accounts("1,Helio,Energy,,EMEA,\n", "crm", 9),
        accounts("1,Helio,Energy,30,APAC,b\n", "crm", 5),
    ];
    let expected = arrive(&files);
    for order in orders(&files) {
        assert_eq!(arrive(&order), expected);
    }
}

/// What deals and leads refer to, by the names that outside systems use.
fn references(path: &Path) -> Vec<String> {
    let connection = rusqlite::Connection::open(path).unwrap();
    let sql = "WITH known AS (SELECT record, external_id FROM link) \
        SELECT 'deal ' || l.external_id || ' ' || COALESCE(k.external_id, '–') FROM opportunity o JOIN known l ON l.record = o.id LEFT JOIN known k ON k.record = o.lead UNION ALL \
        SELECT 'lead ' || l.external_id || ' ' || COALESCE(k.external_id, '–') FROM person p JOIN known l ON l.record = p.id LEFT JOIN known k ON k.record = p.opportunity UNION ALL \
        SELECT 'waiting ' || awaits FROM link WHERE awaits IS NOT NULL ORDER BY 1";
    let mut statement = connection.prepare(sql).unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

#[test]
fn a_reference_finds_its_record_whichever_comes_first() {
    let deals = |rows: &str, at| Export("deals.csv", format!("id,name,stage,lead_id\n{rows}"), "crm", at);
    let leads = |rows: &str, at| Export("leads.csv", format!("id,email,score,opportunity_id\n{rows}"), "crm", at);
    let files = [
        deals("1,Alpha,Demo,L-1\n2,Beta,Demo,L-1\n3,Gamma,Demo,L-9\n", 1),
        deals("1,Alpha,Demo,L-2\n2,Beta,Proposal,\n3,Gamma,Demo,L-9\n", 8),
        leads("L-1,a@x.example,5,2\n", 3),
        leads("L-2,b@x.example,5,1\n", 4),
    ];
    let expected = ["deal 1 L-2", "deal 2 L-1", "deal 3 –", "lead L-1 2", "lead L-2 1"];
    for order in orders(&files) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("s.db");
        let mut session = open(&path);
        let reports: Vec<ImportReport> = order.iter().map(|export| import(&mut session, export)).collect();
        let days = order.iter().map(|export| export.3).collect::<Vec<_>>();
        let found = references(&path);
        assert_eq!(found[..5], expected, "{days:?}");
        assert!(found[5].starts_with(r#"waiting {"lead":["L-9","#) && found.len() == 6, "{days:?} {found:?}");
        assert!(reports.iter().any(|report| report.resolved_references > 0), "{days:?}");
        for export in &order {
            assert_eq!(import(&mut session, export).batch, None, "{days:?}: nothing is new");
        }
        // Undo takes back what has arrived; the reference waits again.
        session.undo(None).unwrap();
        import(&mut session, order.last().unwrap());
        assert_eq!(references(&path)[..5], expected, "{days:?}");
    }
}

#[test]
fn the_same_content_later_keeps_what_it_says_of_a_record_that_has_not_come() {
    let deals =
        |lead: &str, at| Export("deals.csv", format!("id,name,stage,lead_id\n1,Alpha,Demo,{lead}\n"), "crm", at);
    let leads = |lead: &str, at| Export("leads.csv", format!("id,email,score\n{lead},{lead}@x.example,5\n"), "crm", at);
    let files = [deals("L-1", 1), deals("L-2", 8), deals("L-1", 15), leads("L-2", 2), leads("L-1", 3)];
    for order in orders(&files) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("s.db");
        let mut session = open(&path);
        order.iter().for_each(|export| drop(import(&mut session, export)));
        let days = order.iter().map(|export| export.3).collect::<Vec<_>>();
        assert_eq!(references(&path)[0], "deal 1 L-1", "{days:?}");
    }
}

/// Everything in a store of several kinds of files, by the names that outside systems use.
fn everything(path: &Path) -> Vec<String> {
    let connection = rusqlite::Connection::open(path).unwrap();
    let sql = "WITH known AS (SELECT record, system || ' ' || external_id AS name FROM link WHERE row_hash IS NOT NULL) \
        SELECT 'lead ' || l.name || ' ' || COALESCE(a.name, '–') || ' ' || COALESCE(k.name, '–') FROM person p JOIN known l ON l.record = p.id \
          LEFT JOIN account a ON a.id = p.account LEFT JOIN known k ON k.record = p.opportunity UNION ALL \
        SELECT 'life ' || l.name || ' ' || c.at || ' ' || c.to_stage FROM lifecycle_change c JOIN known l ON l.record = c.person UNION ALL \
        SELECT 'touch ' || t.at || ' ' || COALESCE(p.name, '–') || ' ' || COALESCE(o.name, '–') || ' ' || COALESCE(a.name, '–') FROM touch t \
          LEFT JOIN known p ON p.record = t.person LEFT JOIN known o ON o.record = t.opportunity LEFT JOIN account a ON a.id = t.account UNION ALL \
        SELECT 'waits ' || awaits FROM link WHERE awaits IS NOT NULL UNION ALL \
        SELECT 'early ' || system || ' ' || subject || ' ' || told FROM waiting_move ORDER BY 1";
    let mut statement = connection.prepare(sql).unwrap();
    let lines = statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect::<Vec<String>>();
    told(path).into_iter().chain(lines).collect()
}

#[test]
fn files_of_every_kind_in_any_order() {
    let file = |name, text: &str, at| Export(name, text.to_owned(), "crm", at);
    let files = [
        file(
            "deals.csv",
            "id,name,account_id,stage,amount,lead_id\n1,Alpha,A-1,Proposal,5,L-1\n2,Beta,A-2,Demo,7,\n",
            9,
        ),
        file(
            "stage-history.csv",
            "object,record_id,from_stage,to_stage,at,actor,amount,close_date\n\
             opportunity,1,Qualification,Demo,2026-01-03T10:00:00Z,Ana,,\nopportunity,1,Demo,Proposal,2026-01-05T10:00:00Z,,5,\n\
             lead,L-1,,MQL,2026-01-02T10:00:00Z,,,\nopportunity,9,,Demo,2026-01-05T10:00:00Z,,,\n",
            8,
        ),
        file("accounts.csv", "id,name,domain\nA-1,Helio,helio.example\nA-2,Plenum,\n", 7),
        file(
            "leads.csv",
            "id,email,company,score,opportunity_id\nL-1,a@helio.example,,5,1\nL-2,b@x.example,Plenum,5,\n",
            6,
        ),
        file(
            "touches.csv",
            "object,record_id,kind,at,by\nlead,L-1,call,2026-01-02T11:00:00Z,Ana\nopportunity,2,email,2026-01-04T11:00:00Z,Ana\n\
             account,A-2,meeting,2026-01-05T11:00:00Z,Ana\nlead,L-9,call,2026-01-06T11:00:00Z,Ana\n",
            5,
        ),
    ];
    let arrive = |order: &[Export], again: bool| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("s.db");
        let mut session = open(&path);
        let reports: Vec<ImportReport> = order.iter().map(|export| import(&mut session, export)).collect();
        assert!(reports.iter().all(|report| report.files[0].rejected == 0));
        let found = everything(&path);
        if again {
            for export in order {
                assert_eq!(import(&mut session, export).batch, None, "nothing is new");
            }
            // What has arrived goes back to waiting, and comes again.
            session.undo(None).unwrap();
            import(&mut session, order.last().unwrap());
            assert_eq!(everything(&path), found);
        }
        found
    };
    let expected = arrive(&files, false);
    let of = |kind: &str| expected.iter().filter(|line| line.starts_with(kind)).cloned().collect::<Vec<_>>();
    assert_eq!(of("lead"), ["lead crm L-1 Helio crm 1", "lead crm L-2 Plenum –"]);
    assert_eq!((of("life").len(), of("touch").len(), moves(&expected).len()), (1, 4, 2));
    assert!(of("early")[0].starts_with("early crm 9 ") && of("waits")[0].contains("L-9"), "{expected:#?}");
    for (at, order) in orders(&files).iter().enumerate() {
        let names = order.iter().map(|export| export.0).collect::<Vec<_>>();
        assert_eq!(arrive(order, at % 20 == 0), expected, "{names:?}");
    }
}

/// Stage, amount, close date and next step of a deal in an export, and whether it is there.
type Row = (usize, usize, usize, usize, bool);

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn random_exports_in_random_order(
        said in prop::collection::vec(prop::collection::vec((0..4usize, 0..3usize, 0..3usize, 0..2usize, any::<bool>()), 3), 2..6),
        keys in prop::collection::vec(any::<u32>(), 6),
    ) {
        let export = |(at, rows): (usize, &Vec<Row>)| {
            let row = |(id, &(stage, amount, date, step, there)): (usize, &Row)| {
                let stage = ["Qualification", "Demo", "Proposal", "Closed Lost"][stage];
                let (amount, date) = (["", "5", "7"][amount], ["", "2026-03-01", "2026-01-02"][date]);
                let text = format!("{id},Deal {id},,{stage},{amount},{date},,{}\n", ["", "call"][step]);
                if there { text } else { String::new() }
            };
            deals(&rows.iter().enumerate().map(row).collect::<String>(), 1 + at as i64 * 7)
        };
        let exports: Vec<Export> = said.iter().enumerate().map(export).filter(|e| e.1.lines().count() > 1).collect();
        let mut shuffled: Vec<(u32, Export)> = keys.into_iter().zip(exports.clone()).collect();
        shuffled.sort_by_key(|(key, _)| *key);
        let shuffled: Vec<Export> = shuffled.into_iter().map(|(_, export)| export).collect();
        prop_assert_eq!(arrive(&shuffled), arrive(&exports));
    }

    /// The same with a history file among them, of one deal that every export has.
    #[test]
    fn random_exports_and_a_history_file_in_random_order(
        said in prop::collection::vec((0..4usize, 0..3usize), 2..5),
        told in prop::collection::vec((0..36i64, 0..4usize), 1..4),
        keys in prop::collection::vec(any::<u32>(), 6),
    ) {
        const STAGES: [&str; 4] = ["Qualification", "Demo", "Proposal", "Closed Lost"];
        let export = |(at, &(stage, amount)): (usize, &(usize, usize))| {
            deals(&format!("1,Deal,,{},{},2026-06-01,,\n", STAGES[stage], ["", "5", "7"][amount]), 1 + at as i64 * 7)
        };
        let moves: std::collections::BTreeMap<i64, usize> = told.into_iter().collect();
        let row = |(day, &stage): (&i64, &usize)| {
            format!("1,{},{}\n", day_text(*day), STAGES[stage])
        };
        let history = format!("record_id,at,to_stage\n{}", moves.iter().map(row).collect::<String>());
        let mut files: Vec<Export> = said.iter().enumerate().map(export).collect();
        files.push(Export("stage-history.csv", history, "crm", 37));
        let mut shuffled: Vec<(u32, Export)> = keys.into_iter().zip(files.clone()).collect();
        shuffled.sort_by_key(|(key, _)| *key);
        let shuffled: Vec<Export> = shuffled.into_iter().map(|(_, file)| file).collect();
        prop_assert_eq!(arrive(&shuffled), arrive(&files));
    }
}

/// A user moves deal 1 to a stage that is known, on a day.
fn decide(path: &Path, at: i64, stage: &str) {
    use revops::domain::object::Object;
    use revops::domain::value::{ActionId, Id};
    let ask = |sql: &str| {
        let connection = rusqlite::Connection::open(path).unwrap();
        connection.query_row(sql, [], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?))).unwrap()
    };
    let (deal, rev) =
        ask("SELECT o.id, o.rev FROM opportunity o JOIN link l ON l.record = o.id WHERE l.external_id = '1'");
    let (stage, _) = ask(&format!("SELECT id, id FROM stage WHERE name = '{stage}'"));
    let clock = revops::clock::Clock::running_from(day(at));
    let location = Location::File(path.to_owned());
    let mut session = Session::open(Setup { location, clock, actor: "ana".into(), read_only: false }).unwrap();
    session.set_field(Object::Opportunity, Id(deal), ActionId(rev), "stage", stage.into()).unwrap();
}

#[test]
fn exports_from_before_an_edit_have_the_same_history_before_and_after_it() {
    let week =
        |stage, amount, at| deals(&format!("1,Alpha,,{stage},{amount},2026-05-01,,\n2,Beta,,Negotiation,5,,,\n"), at);
    let early = [week("Demo", 5, 1), week("Proposal", 7, 8), week("Demo", 7, 9)];
    let late = [week("Demo", 9, 20), week("Demo", 9, 27), week("Contract", 9, 34)];
    // The edit stands on a clock that runs: its moment is no day of an export.
    let without_moment = |lines: Vec<String>| -> Vec<String> {
        let at_day = |part: &str| match part.parse::<i64>() {
            Ok(ms) if ms > NOW.0 => ((ms - NOW.0) / DAY_MS).to_string(),
            _ => part.to_owned(),
        };
        lines.iter().map(|line| line.split(' ').map(at_day).collect::<Vec<_>>().join(" ")).collect()
    };
    let arrive = |before: &[Export], after: &[Export]| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("s.db");
        let mut session = open(&path);
        before.iter().for_each(|export| drop(import(&mut session, export)));
        decide(&path, 15, "Negotiation");
        after.iter().for_each(|export| drop(import(&mut session, export)));
        without_moment(told(&path))
    };
    for late in [&late[..0], &late[..2], &late[..]] {
        let expected = arrive(&early, late);
        let moves: Vec<_> = moves(&expected).into_iter().cloned().collect();
        let steps = ["Demo Proposal 500 700", "Proposal Demo 700 700", "Demo Negotiation 700 700"];
        assert!(steps.iter().zip(&moves).all(|(step, line)| line.contains(step)), "{moves:#?}");
        assert_eq!(moves.len(), 3 + late.len().min(1) + usize::from(late.len() == 3), "{moves:#?}");
        for order in orders(&early) {
            for cut in 1..=2 {
                let after: Vec<Export> = order[cut..].iter().chain(late).cloned().collect();
                assert_eq!(arrive(&order[..cut], &after), expected, "{cut} {order:?}");
                let after: Vec<Export> = late.iter().chain(&order[cut..]).cloned().collect();
                assert_eq!(arrive(&order[..cut], &after), expected, "late first, {cut} {order:?}");
            }
        }
    }
}

#[test]
fn a_lead_belongs_to_the_account_of_its_own_system() {
    let file = |name, text: &str, system, at| Export(name, text.to_owned(), system, at);
    let files = [
        file("accounts.csv", "id,name,domain\nA-1,Helio,\nA-2,Plenum,\n", "crm", 1),
        file("accounts.csv", "id,name,domain\n17,Helio Inc.,\n18,Quarto,quarto.example\n", "erp", 2),
        file("leads.csv", "id,email,company,score\nL-1,a@x.example,Helio,5\nL-2,b@quarto.example,,5\n", "crm", 3),
        file("leads.csv", "id,email,company,score\nL-3,c@x.example,Helio,5\n", "web", 4),
    ];
    let arrive = |order: &[Export]| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("s.db");
        let mut session = open(&path);
        let reports: Vec<ImportReport> = order.iter().map(|export| import(&mut session, export)).collect();
        let leads = everything(&path).into_iter().filter(|line| line.starts_with("lead")).collect::<Vec<_>>();
        (leads, reports.iter().any(|report| report.unclear_accounts == 1))
    };
    let expected = ["lead crm L-1 Helio –", "lead crm L-2 Quarto –", "lead web L-3 – –"];
    for order in orders(&files) {
        let (leads, is_told) = arrive(&order);
        assert_eq!(leads, expected, "{:?}", order.iter().map(|export| export.3).collect::<Vec<_>>());
        assert!(is_told);
    }
}

#[test]
fn deals_of_one_name_are_not_told_apart_by_it() {
    let report = |rows: &str, at| Export("report.csv", format!("name,account,stage,amount\n{rows}"), "crm", at);
    let folder = tempfile::tempdir().unwrap();
    for rows in
        [["Alpha,Helio,Demo,5\n", "Alpha,Helio,Proposal,7\n"], ["Alpha,Helio,Proposal,7\n", "Alpha,Helio,Demo,5\n"]]
    {
        let mut session = open(&folder.path().join(format!("{}.db", rows[0].len())));
        let file = &import(&mut session, &report(&format!("{}Beta,Helio,Demo,9\n{}", rows[0], rows[1]), 1)).files[0];
        assert_eq!((file.new, file.rejected), (1, 2));
        let told: Vec<_> = file.problems.iter().map(|problem| (problem.line, problem.value.as_str())).collect();
        assert!(told.contains(&(2, "Alpha · Helio")) && told.contains(&(4, "Alpha · Helio")), "{told:?}");
    }
    // With ids there are two of a name that a report knew: it was none of them for certain.
    let path = folder.path().join("s.db");
    let mut session = open(&path);
    import(&mut session, &report("Alpha,Helio,Demo,5\nBeta,Helio,Demo,9\n", 1));
    let ids = Export(
        "deals.csv",
        "id,name,account,stage\n1,Alpha,Helio,Demo\n2,Alpha,Helio,Demo\n3,Beta,Helio,Demo\n".to_owned(),
        "crm",
        2,
    );
    let second = import(&mut session, &ids);
    assert_eq!((second.crowded.as_slice(), second.files[0].new), (&["Alpha · Helio".to_owned()][..], 2));
    let again = import(&mut session, &report("Alpha,Helio,Proposal,5\nBeta,Helio,Proposal,9\n", 3));
    assert_eq!((again.files[0].rejected, again.files[0].changed), (1, 1));
}

#[test]
fn a_chosen_key_finds_records_whichever_file_comes_first() {
    let plain = ("crm.csv", "id,name,domain\nA-1,Helio,https://www.Helio.example/\nA-2,Plenum,plenum.example\n", None);
    let by_domain =
        ("erp.csv", "name,domain,annual_revenue\nHelio,helio.example,100\nQuarto,quarto.example,7\n", Some("domain"));
    for order in [[plain, by_domain], [by_domain, plain]] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("s.db");
        let mut session = open(&path);
        for (name, text, key) in &order {
            let profile = key.map(|key| {
                revops::import::Profile::parse(&format!("object = \"accounts\"\nkey = [\"{key}\"]")).unwrap()
            });
            let system = Some(name.trim_end_matches(".csv").to_owned());
            let options = Options {
                system,
                profile,
                exported_at: Some(day(1)),
                as_object: Some(revops::import::As::Accounts),
                ..Options::new(day(400), Currency::USD)
            };
            let sheet = read(name, text.as_bytes(), &options).unwrap();
            session.import(vec![sheet], &ImportPolicy::default(), &|message| message.key.to_owned()).unwrap();
        }
        let connection = rusqlite::Connection::open(&path).unwrap();
        let sql = "SELECT a.name || ':' || (SELECT GROUP_CONCAT(system, ' ') FROM (SELECT system FROM link l WHERE l.record = a.id ORDER BY system)) FROM account a ORDER BY 1";
        let mut statement = connection.prepare(sql).unwrap();
        let found: Vec<String> = statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        let names: Vec<_> = order.iter().map(|(name, ..)| *name).collect();
        assert_eq!(found, ["Helio:crm erp", "Plenum:crm", "Quarto:erp"], "{names:?}");
    }
}
