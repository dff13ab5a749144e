//! Whether somebody may take a hand-off: judged by what the store holds while it is written, for two people may want the
//! same lead, and one of them has just claimed their last of the day.

use super::{Deed, Doing, Task};
use crate::domain::handoff::{Done, Pool, Stay, is_attempt, receivers, stays};
use crate::domain::object::{Object, Row};
use crate::domain::time::Instant;
use crate::domain::value::Id;
use crate::ops::{Error, Result};
use crate::store::Writing;

impl Doing<'_> {
    /// Refuses to give a hand-off to someone when another has it by now, and a claim too soon after it went back to the
    /// pool or beyond what one person can claim on a day. `holder` is who the store says has it.
    pub(super) fn allow(
        &self,
        writing: &mut Writing<'_>,
        (task, row): (&Task, &Row),
        deed: &Deed,
        holder: Option<Id>,
    ) -> Result<()> {
        if !matches!(deed, Deed::Claim(_) | Deed::Assign(_)) {
            return Ok(());
        }
        let stays = self.stays(writing, (task, row), holder)?;
        let is_pooled = stays.last().is_some_and(|stay| stay.since <= self.at && stay.until.is_none());
        let owner = holder.filter(|_| !is_pooled);
        let taken = match deed {
            Deed::Claim(member) => owner.filter(|owner| owner != member),
            Deed::Assign(to) => owner.filter(|owner| task.owner != Some(*owner) && *to != Some(*owner)),
            _ => None,
        };
        if let Some(owner) = taken {
            return Err(Error::Taken { by: name(writing, owner)? });
        }
        if let (Deed::Claim(member), Some(pool)) = (deed, &task.pool)
            && owner != Some(*member)
        {
            if let Some(until) = pool.barred_until(&stays, member.0, self.at) {
                let lead = row.get("full_name").text().map(str::to_owned);
                let lead = lead.unwrap_or_else(|| format!("#{}", row.id));
                return Err(Error::CoolDown { lead, by: name(writing, *member)?, until });
            }
            self.count(writing, (task, pool), *member)?;
        }
        Ok(())
    }

    /// The stays of a person's hand-off in the pool, by what the store holds now.
    fn stays(&self, writing: &mut Writing<'_>, (task, row): (&Task, &Row), holder: Option<Id>) -> Result<Vec<Stay>> {
        let Some((pool, days)) = task.pool.as_ref().and_then(|pool| Some((pool, pool.days?))) else {
            return Ok(Vec::new());
        };
        let members = writing.all(Object::Member)?;
        let words = |row: &Row| (row.id.0, ["team", "role"].map(|key| row.get(key).text().map(str::to_owned)));
        let members: Vec<(i64, [Option<String>; 2])> = members.iter().map(words).collect();
        let team =
            receivers(&pool.teams, members.iter().map(|(id, words)| (*id, words.each_ref().map(Option::as_deref))));
        let within = |row: &Row| row.get("at").int().is_some_and(|at| task.began_at.0 <= at && at <= self.at.0);
        let touches = writing.referring(Object::Touch, "person", task.record)?;
        let counts = |row: &&Row| {
            let how = (row.get("kind").int(), row.get("direction").int());
            within(row) && is_attempt(how, row.get("human").int(), row.get("member").int(), team.as_ref())
        };
        let touched = touches.iter().filter(counts).filter_map(|row| row.get("at").int());
        let first = row.get("first_touch_at").int().filter(|at| (task.began_at.0..=self.at.0).contains(at));
        let touched: Vec<Instant> = touched.chain(first).map(Instant).collect();
        let events = writing.referring(Object::HandoffEvent, "person", task.record)?;
        let is_of = |row: &&Row| within(row) && row.get("handoff").text() == Some(&task.kind);
        let mut done: Vec<Done> = events.iter().filter(is_of).filter_map(Done::of).collect();
        done.sort_by_key(|done| done.at);
        let first = done.iter().find(|done| done.word() == "assigned");
        let owner = first.map_or(holder.map(|id| id.0), |first| first.previous);
        Ok(stays(task.began_at, owner, &touched, &done, days))
    }

    /// Refuses a claim beyond what one person can claim on a day.
    fn count(&self, writing: &mut Writing<'_>, (task, pool): (&Task, &Pool), member: Id) -> Result<()> {
        let Some(most) = pool.claims else { return Ok(()) };
        let theirs = writing.referring(Object::HandoffEvent, "member", member)?;
        let counts = |row: &&Row| {
            let today = row.get("at").int().is_some_and(|at| pool.same_day(Instant(at), self.at));
            today && row.get("claimed").int() == Some(1) && row.get("handoff").text() == Some(&task.kind)
        };
        let claimed = theirs.iter().filter(counts).count();
        if i64::try_from(claimed).is_ok_and(|claimed| claimed < most) {
            return Ok(());
        }
        Err(Error::ClaimLimit { by: name(writing, member)?, claimed, most })
    }
}

/// What a member is called.
fn name(writing: &mut Writing<'_>, member: Id) -> Result<String> {
    let row = writing.row(Object::Member, member)?;
    Ok(row.and_then(|row| row.get("name").text().map(str::to_owned)).unwrap_or_default())
}
