//! Migrations on both engines: a store of any older schema, with rows in every table it has, becomes one
//! of today and keeps them.

use crate::support::engines::{dump, on_each_engine};
use revops::domain::object::Object;
use revops::domain::time::Instant;
use revops::store::{Access, ActionKind, Location, NewAction, Store};
use std::path::Path;

/// What the first schema can hold: a row of everything, written by one import and one edit.
const ROWS: &str = "
    INSERT INTO action (id, at, actor, kind, summary, first_id, last_id) VALUES (1, 5, 'ana', 'import', '{}', 1, 11), (2, 6, 'ana', 'edit', '{}', 12, 11);
    UPDATE counter SET next_id = 12, next_action = 3;
    INSERT INTO meta (key, value) VALUES ('name', 'Helio');
    INSERT INTO stage (id, rev, name, position, outcome) VALUES (1, 1, 'Demo', 3, 0);
    INSERT INTO member (id, rev, name, named_only) VALUES (2, 1, 'Ana', 0);
    INSERT INTO product (id, rev, name, list_price, named_only) VALUES (3, 1, 'Lamp', 500, 0);
    INSERT INTO account (id, rev, name, owner, named_only) VALUES (4, 2, '云帆科技', 2, 0);
    INSERT INTO person (id, rev, kind, full_name, account, created_at) VALUES (5, 1, 0, '王芳', 4, 1000);
    INSERT INTO opportunity (id, rev, name, account, lead, stage, amount) VALUES (6, 1, 'Alpha', 4, 5, 1, 100);
    INSERT INTO stage_change (id, rev, opportunity, to_stage, at) VALUES (7, 1, 6, 1, 2000);
    INSERT INTO link (id, rev, record, object, system, external_id, exported_at) VALUES (8, 1, 5, 5, 'csv', 'L-1', 0);
    INSERT INTO source_value (id, rev, link, field, value) VALUES (9, 1, 8, 'source', 'Event');
    INSERT INTO import_file (id, rev, name, digest, object, profile, system, exported_at, row_count, new_count, changed_count, unchanged_count, rejected_count) VALUES (10, 1, 'leads.csv', 'd', 5, 'leads', 'csv', 0, 2, 1, 0, 0, 1);
    INSERT INTO problem (id, rev, import_file, kind, line, reason) VALUES (11, 1, 10, 0, 3, 'problem-no-key');
    INSERT INTO before_image (action, object, row_id, rev, image) VALUES (2, 4, 4, 1, '{\"id\":4,\"rev\":1,\"name\":\"Helio\",\"owner\":2,\"named_only\":0}');
";

/// The migrations of an engine: name and SQL, in order.
fn migrations(engine: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/migrations").join(engine);
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let read = |path: &Path| {
        (path.file_stem().unwrap().to_string_lossy().into_owned(), std::fs::read_to_string(path).unwrap())
    };
    files.iter().map(|path| read(path)).collect()
}

/// Makes a store as the program with `version` migrations left it, and fills it.
pub fn build(location: &Location, version: usize) {
    let run = |engine: &str, run: &mut dyn FnMut(&str)| {
        for (at, (name, sql)) in migrations(engine).iter().take(version).enumerate() {
            run(sql);
            let checksum = xxhash_rust::xxh3::xxh3_64(sql.as_bytes()).cast_signed();
            run(&format!("INSERT INTO schema_migration VALUES ({}, '{name}', {checksum})", at + 1));
        }
        run(ROWS);
    };
    match location {
        Location::File(path) => {
            let connection = rusqlite::Connection::open(path).unwrap();
            connection.execute_batch("PRAGMA journal_mode = WAL; PRAGMA application_id = 0x52564f50;").unwrap();
            run("sqlite", &mut |sql| connection.execute_batch(sql).unwrap());
        }
        Location::Server(url) => {
            let mut client = postgres::Client::connect(url, postgres::NoTls).unwrap();
            run("postgres", &mut |sql| client.batch_execute(sql).unwrap());
        }
    }
}

#[test]
fn both_engines_have_the_same_migrations() {
    let names = |engine| migrations(engine).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
    assert_eq!(names("sqlite"), names("postgres"));
}

#[test]
fn every_older_store_becomes_one_of_today_and_keeps_its_rows() {
    for version in 1..migrations("sqlite").len() {
        on_each_engine(|location| {
            build(location, version);
            assert!(Store::open(location, Access::Read).is_err(), "an older store is not read as it is");
            let mut store = Store::open(location, Access::Write).unwrap();
            assert!(store.verify().unwrap().is_empty(), "{:?}", store.verify().unwrap());
            let meta = store.meta().unwrap();
            assert_eq!((meta.name.as_str(), meta.schema), ("Helio", migrations("sqlite").len() as i64));
            let rows = dump(location);
            // Everything up to the rejected rows is of the first schema.
            let first = Object::ALL.into_iter().filter(|object| object.code() <= Object::Problem.code());
            assert!(first.clone().all(|object| rows[object.key()].len() == 1), "{rows:?}");
            assert!(rows["account"][0].contains("云帆科技"), "{rows:?}");
            // What was done with the older program can be undone with this one.
            let head = NewAction { at: Instant(9), actor: "ana".into(), kind: ActionKind::Undo };
            store.undo(&head, None).unwrap();
            assert!(dump(location)["account"][0].contains("Helio"));
            store.undo(&head, None).unwrap();
            assert!(dump(location).values().all(Vec::is_empty));
            assert!(store.verify().unwrap().is_empty());
        });
    }
}
