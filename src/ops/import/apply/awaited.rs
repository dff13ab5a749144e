//! References to records that have not come yet are kept, and become values when they do.

use super::{Filing, References, Resolver, Result, Target, keep_said};
use crate::domain::awaited::Awaited;
use crate::domain::object::Object;
use crate::domain::reconcile::{Incoming, Record, older_to_json, reconcile};
use crate::domain::time::Instant;
use crate::domain::value::Id;
use crate::domain::word::Decisions;
use crate::ops::import::resolve::referred;
use crate::store::{Awaiting, Precedence, Writing};

impl Filing<'_, '_> {
    /// Takes in what a row refers to.
    pub(super) fn hear(&self, awaited: &mut Awaited, references: &References) {
        for (at, unknown) in references {
            let field = self.object.fields().get(*at).map_or("", |field| field.key);
            awaited.hear(field, unknown.clone(), self.sheet.exported_at);
        }
    }

    /// What a link was waiting for and what it is waiting for now; `newest` is when it was last shown.
    pub(super) fn awaited(
        &mut self,
        target: Target,
        newest: Option<Instant>,
        references: &References,
    ) -> Result<(Awaited, Awaited)> {
        let mut before = Awaited::default();
        if let Some(link) = target.link.filter(|link| link.awaits)
            && let Some(row) = self.writing.row(Object::Link, link.link)?
        {
            before = Awaited::from_json(row.get("awaits"));
        }
        let mut after = before.clone();
        if let Some((link, newest)) = target.link.zip(newest) {
            after.still_said(link.exported_at, newest);
        }
        self.hear(&mut after, references);
        Ok((before, after))
    }
}

/// Gives records the references whose records have come, and returns how many.
pub(super) fn settle(writing: &mut Writing<'_>, resolver: &Resolver) -> Result<u64> {
    let mut settled = 0;
    for mut waiting in writing.awaiting()? {
        let Awaiting { object, link, .. } = waiting;
        let newest = resolver.known(writing, object, waiting.record)?;
        let newest = newest.iter().find(|known| known.link == link).and_then(|known| known.newest);
        waiting.awaited.still_said(waiting.exported_at, newest.unwrap_or(waiting.exported_at));
        let system = waiting.system.as_str();
        let arrived = waiting.awaited.arrived(|field, name| {
            let at = object.position(field)?;
            let other = referred(object, at)?;
            let found = resolver.by_key(system, other, name);
            found.or_else(|| resolver.of_other_system(system, other, name, None)).map(|id| (at, id))
        });
        for (_, (at, id), said_at) in &arrived {
            take(writing, resolver, &waiting, (*at, *id), *said_at)?;
        }
        if !arrived.is_empty() {
            let at = Object::Link.position("awaits").unwrap_or_default();
            writing.update(Object::Link, link, &[(at, waiting.awaited.to_json())], None)?;
            settled += arrived.len() as u64;
        }
    }
    Ok(settled)
}

/// The word on one reference, as if the record had been known when it was said.
fn take(
    writing: &mut Writing<'_>,
    resolver: &Resolver,
    waiting: &Awaiting,
    (at, id): (usize, Id),
    said_at: Instant,
) -> Result<()> {
    let object = waiting.object;
    let Some(current) = writing.row(object, waiting.record)? else { return Ok(()) };
    let known = resolver.known(writing, object, waiting.record)?;
    let (system, link) = (waiting.system.clone(), Some(waiting.link));
    let nothing_decided = Decisions::new();
    let decided = resolver.decided(waiting.record).unwrap_or(&nothing_decided);
    let incoming = Incoming { system, link, exported_at: said_at, values: vec![(at, id.into())], blank: Vec::new() };
    let record = Record { object, values: &current.values, known: &known, decided };
    let changes = reconcile(&record, &incoming, &Precedence::policy(&resolver.precedence, object));
    if !changes.set.is_empty() {
        writing.update(object, waiting.record, &changes.set, Some(current.rev))?;
    }
    keep_said(writing, object, waiting.link, &changes)?;
    // The row said more than this: the others of its words are as old as they were.
    let before =
        known.iter().find(|known| Some(known.link) == link).map(|known| known.older.clone()).unwrap_or_default();
    let field = object.fields().get(at).map_or("", |field| field.key);
    let mut older = before.clone();
    older.remove(field);
    older.extend(changes.older.get(field).map(|at| (field.to_owned(), *at)));
    if older != before {
        let at = Object::Link.position("older").unwrap_or_default();
        writing.update(Object::Link, waiting.link, &[(at, older_to_json(&older))], None)?;
    }
    Ok(())
}
