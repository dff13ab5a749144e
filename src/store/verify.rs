//! Checking a store: the engine's own check, and what must always hold between its rows.

use super::db::{Engine, query_int, reading};
use super::{Result, Store};
use crate::domain::message::Message;
use crate::domain::object::{Kind, Object};

/// Something that must not be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding(pub Message);

impl Store {
    /// Everything that is wrong; an empty list for a sound store.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn verify(&mut self) -> Result<Vec<Finding>> {
        reading(self.db.as_mut(), |db| {
            let mut found: Vec<Finding> = db
                .integrity()?
                .into_iter()
                .map(|line| Finding(Message::new("verify-engine").with("what", line)))
                .collect();
            for object in Object::ALL {
                check_object(db, object, &mut found)?;
            }
            check_journal(db, &mut found)?;
            Ok(found)
        })
    }
}

/// Counts rows that break a rule.
fn check(db: &mut dyn Engine, found: &mut Vec<Finding>, key: &'static str, object: &str, sql: &str) -> Result<()> {
    let broken = query_int(db, sql, &[])?.unwrap_or(0);
    if broken > 0 {
        found.push(Finding(Message::new(key).with("object", object).with("rows", broken)));
    }
    Ok(())
}

fn check_object(db: &mut dyn Engine, object: Object, found: &mut Vec<Finding>) -> Result<()> {
    let table = object.key();
    let no_action =
        format!("SELECT COUNT(*) FROM {table} t WHERE NOT EXISTS (SELECT 1 FROM action a WHERE a.id = t.rev)");
    check(db, found, "verify-no-action", table, &no_action)?;
    let beyond = format!("SELECT COUNT(*) FROM {table} WHERE id >= (SELECT next_id FROM counter)");
    check(db, found, "verify-id-beyond-counter", table, &beyond)?;
    for field in object.fields() {
        let Kind::Reference(other) = field.kind else { continue };
        let (column, referred) = (field.key, other.key());
        let broken = format!(
            "SELECT COUNT(*) FROM {table} t WHERE t.{column} IS NOT NULL \
             AND NOT EXISTS (SELECT 1 FROM {referred} r WHERE r.id = t.{column})"
        );
        check(db, found, "verify-broken-reference", &format!("{table}.{column}"), &broken)?;
    }
    if object.fields().iter().any(|field| field.key == "attributes") {
        for (key, pointing) in [("verify-stray-link", Object::Link), ("verify-stray-decision", Object::Decision)] {
            let stray = format!(
                "SELECT COUNT(*) FROM {} l WHERE l.object = {} \
                 AND NOT EXISTS (SELECT 1 FROM {table} r WHERE r.id = l.record)",
                pointing.key(),
                object.code()
            );
            check(db, found, key, table, &stray)?;
        }
    }
    Ok(())
}

fn check_journal(db: &mut dyn Engine, found: &mut Vec<Finding>) -> Result<()> {
    let rules = [
        ("verify-action-beyond-counter", "SELECT COUNT(*) FROM action WHERE id >= (SELECT next_action FROM counter)"),
        (
            "verify-half-undone",
            "SELECT COUNT(*) FROM action a WHERE a.undone_by IS NOT NULL \
             AND NOT EXISTS (SELECT 1 FROM action u WHERE u.id = a.undone_by AND u.target = a.id AND u.kind = 'undo')",
        ),
        (
            "verify-runs-overlap",
            "SELECT COUNT(*) FROM (SELECT first_id, LAG(last_id) OVER (ORDER BY id) AS before FROM action \
             WHERE last_id >= first_id) t WHERE before >= first_id",
        ),
    ];
    rules.into_iter().try_for_each(|(key, sql)| check(db, found, key, "action", sql))
}
