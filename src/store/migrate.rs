//! Migrations: ordered files, applied once, each with a checksum so that a changed one is noticed.

use super::db::{Engine, query_int};
use super::{Error, Result};
use crate::domain::value::Value;
use xxhash_rust::xxh3::xxh3_64;

/// Number of the last migration in the store; 0 for an empty one.
pub fn version(db: &mut dyn Engine) -> Result<i64> {
    if !db.has_table("schema_migration")? {
        return Ok(0);
    }
    Ok(query_int(db, "SELECT MAX(version) FROM schema_migration", &[])?.unwrap_or(0))
}

/// Applies what is missing; one transaction each.
pub fn up(db: &mut dyn Engine) -> Result<()> {
    let migrations = db.migrations();
    if version(db)? == migrations.len() as i64 {
        return check(db);
    }
    for (at, (name, sql)) in migrations.iter().enumerate() {
        let number = at as i64 + 1;
        db.begin_write()?;
        let applied = db.lock_schema().and_then(|()| apply(db, number, name, sql));
        match applied {
            Ok(()) => db.commit()?,
            Err(error) => {
                db.rollback()?;
                return Err(error);
            }
        }
    }
    check(db)
}

/// Two programs may open a new store at once: the second finds the work done once it has its turn.
fn apply(db: &mut dyn Engine, number: i64, name: &str, sql: &str) -> Result<()> {
    if version(db)? >= number {
        return Ok(());
    }
    db.script(sql)?;
    let record = "INSERT INTO schema_migration (version, name, checksum) VALUES ($1, $2, $3)";
    db.execute(record, &[number.into(), name.into(), checksum(sql)]).map(|_| ())
}

/// Refuses a store whose schema this program does not know.
pub fn check(db: &mut dyn Engine) -> Result<()> {
    let migrations = db.migrations();
    let (found, known) = (version(db)?, migrations.len() as i64);
    if found > known {
        return Err(Error::Newer { found, known });
    }
    if found < known {
        return Err(Error::Older { found, known });
    }
    let mut changed = None;
    db.query("SELECT version, checksum FROM schema_migration ORDER BY version", &[], &mut |row| {
        let version = row.must_int(0)?;
        let ours = usize::try_from(version - 1).ok().and_then(|at| migrations.get(at));
        if ours.is_none_or(|(_, sql)| checksum(sql) != Value::from(row.int(1).ok().flatten())) {
            changed = changed.or(Some(version));
        }
        Ok(())
    })?;
    changed.map_or(Ok(()), |version| Err(Error::MigrationChanged { version }))
}

fn checksum(sql: &str) -> Value {
    Value::Int(xxh3_64(sql.as_bytes()).cast_signed())
}
