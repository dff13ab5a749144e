//! Letting go of the past: what an old action changed is forgotten, and it can no longer be undone.

use super::db::{Engine, query_int};
use super::journal::NewAction;
use super::{Error, Result, Store};
use crate::domain::time::Instant;
use crate::domain::value::ActionId;

/// What was let go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Compacted {
    /// The action that did it; none where there was nothing to let go.
    pub action: Option<ActionId>,
    /// The last action that cannot be undone any more.
    pub up_to: ActionId,
    /// Former values of rows that are gone.
    pub images: u64,
}

impl Store {
    /// Forgets how rows were before the actions that came before this time. The journal still tells of them.
    ///
    /// # Errors
    /// [`Error`] when the store cannot be written; it is then as it was.
    pub fn compact(&mut self, head: &NewAction, before: Instant) -> Result<Compacted> {
        let (action, (up_to, images)) = self.write(head, |writing| {
            let db = &mut *writing.db;
            let first_kept = query_int(db, "SELECT MIN(id) FROM action WHERE at >= $1", &[before.0.into()])?;
            let up_to = first_kept.map_or(writing.action().0, |id| id) - 1;
            if up_to <= compacted(writing.db)?.0 {
                return Ok((up_to, 0));
            }
            let images = writing.db.execute("DELETE FROM before_image WHERE action <= $1", &[up_to.into()])?;
            let sql = "INSERT INTO meta (key, value) VALUES ('compacted', $1) \
                       ON CONFLICT (key) DO UPDATE SET value = excluded.value";
            writing.db.execute(sql, &[up_to.to_string().into()])?;
            writing.touch();
            writing.describe("up_to", up_to);
            Ok::<_, Error>((up_to, images))
        })?;
        if action.is_some() {
            self.db.shrink()?;
        }
        Ok(Compacted { action, up_to: ActionId(up_to), images })
    }
}

/// The last action whose changes are forgotten.
pub(super) fn compacted(db: &mut dyn Engine) -> Result<ActionId> {
    let mut up_to = 0;
    db.query("SELECT value FROM meta WHERE key = 'compacted'", &[], &mut |row| {
        up_to = row.text(0)?.and_then(|text| text.parse().ok()).unwrap_or(0);
        Ok(())
    })?;
    Ok(ActionId(up_to))
}
