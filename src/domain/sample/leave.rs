//! Leave: who was away, and who is. Nobody touched a lead on a day of leave.

use std::collections::BTreeSet;

use super::calendar::{self, DAY, Plan};
use super::dice::Dice;
use super::rows;
use super::{SampleFile, World};
use chrono::NaiveDate;

pub(super) fn leave(seed: u64, world: &World) -> SampleFile {
    let mut dice = Dice::new(seed, "leave");
    let start = Plan::new(world.now).start;
    let mut worked: Vec<BTreeSet<NaiveDate>> = vec![BTreeSet::new(); world.team.len()];
    for lead in &world.leads {
        if let (Some(at), Some(days)) = (lead.touched, lead.owner.and_then(|owner| worked.get_mut(owner))) {
            days.insert(calendar::date(at));
        }
    }
    let mut rows = Vec::new();
    for ((at, member), worked) in world.team.iter().enumerate().zip(&worked) {
        let from = start.max(member.hired + 20 * DAY);
        for _ in 0..3 {
            let Some((first, last)) = free(&mut dice, from, world.now, worked) else { continue };
            rows.push(vec![rows::member(at), first.to_string(), last.to_string()]);
        }
    }
    rows.sort_by(|a, b| (a.get(1), a.first()).cmp(&(b.get(1), b.first())));
    rows.dedup_by(|a, b| a.first() == b.first() && a.get(1) == b.get(1));
    SampleFile { name: "leave.csv", header: &["person", "from", "to"], rows }
}

/// A week, or fewer days, on which someone did not work; nothing when there is none.
fn free(dice: &mut Dice, from: i64, now: i64, worked: &BTreeSet<NaiveDate>) -> Option<(NaiveDate, NaiveDate)> {
    for days in [12, 5, 5, 3, 1, 1, 1] {
        let begin = dice.between(from, (now - DAY).max(from));
        let first = calendar::weekday_after(calendar::date(begin), 0);
        let last = calendar::date(calendar::instant(first) + (days - 1) * DAY);
        if begin < now - DAY && calendar::instant(first) < now && worked.range(first..=last).next().is_none() {
            return Some((first, last));
        }
    }
    None
}
