//! The past of deals, as stage histories, field histories and successive exports tell it: how long they stayed
//! in their stages, and where their close dates went.

use super::Deal;
use crate::domain::facts::{Facts, known};
use crate::domain::object::EXPLAINED;
use crate::domain::stage::Outcome;
use crate::domain::time::Instant;
use std::collections::HashMap;

/// A deal whose close date moved later so many times is flagged.
pub const OFTEN: u64 = 3;

/// What is known of the past of every deal.
pub struct Past<'f> {
    facts: &'f Facts,
    /// Id of the deal → its changes, oldest first.
    changes: HashMap<i64, Vec<Change>>,
    /// The open stage that comes first: a deal that never moved has been there since it was created.
    first: Option<i64>,
}

/// A change of a deal; what is not known has not changed.
#[derive(Debug, Clone, Copy)]
struct Change {
    at: i64,
    id: i64,
    from: Option<i64>,
    to: Option<i64>,
    /// Expected day of closing, before and after.
    close: (Option<i64>, Option<i64>),
    /// Whether a history file tells the same move.
    explained: bool,
}

/// The time that a deal spent in a stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stay {
    /// Id of the stage.
    pub stage: i64,
    /// When it came.
    pub entered: i64,
    /// When it left, and for which stage; `None` while it is there.
    pub left: Option<(i64, i64)>,
}

impl Stay {
    /// Whole days of the stay, the running one up to `now`.
    #[must_use]
    pub fn days(&self, now: Instant) -> i64 {
        Instant(self.left.map_or(now.0, |(at, _)| at)).days_since(Instant(self.entered))
    }
}

/// How often a close date moved later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Pushes {
    /// How many times.
    pub count: u64,
    /// The first close date that is known, in days since 1970.
    pub first: Option<i64>,
}

impl<'f> Past<'f> {
    /// What the facts tell of the time up to `now`.
    #[must_use]
    pub fn read(facts: &'f Facts, now: Instant) -> Self {
        let table = &facts.stage_changes;
        let mut changes: HashMap<i64, Vec<Change>> = HashMap::new();
        for at in 0..table.len() {
            let cell = |column: &[i64]| column.get(at).copied().and_then(known);
            let (Some(deal), Some(moment)) = (cell(&table.opportunity), cell(&table.at)) else { continue };
            if moment <= now.0 {
                changes.entry(deal).or_default().push(Change {
                    at: moment,
                    id: cell(&table.id).unwrap_or_default(),
                    from: cell(&table.from_stage),
                    to: cell(&table.to_stage),
                    close: (cell(&table.from_close_date), cell(&table.close_date)),
                    explained: cell(&table.origin) == Some(EXPLAINED),
                });
            }
        }
        changes.values_mut().for_each(|changes| changes.sort_unstable_by_key(|change| (change.at, change.id)));
        let open = facts.stages.iter().filter(|(_, stage)| stage.outcome == Outcome::Open);
        let first = open.min_by_key(|(id, stage)| (stage.position, **id)).map(|(&id, _)| id);
        Self { facts, changes, first }
    }

    /// Whether anything is known of the past of any deal.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// The stages that a deal has been in, in order; what came before the first known move is a stay only where
    /// it began with the deal.
    #[must_use]
    pub fn stays(&self, deal: &Deal) -> Vec<Stay> {
        let created = deal.created_at.map(|at| at.0);
        let moves: Vec<&Change> =
            self.of(deal.id).iter().filter(|change| change.from != change.to && !change.explained).collect();
        let mut stays: Vec<Stay> = Vec::new();
        let before = match moves.first() {
            Some(first) => first.from,
            None => self.first.filter(|first| *first == deal.stage),
        };
        stays.extend(before.zip(created).map(|(stage, entered)| Stay { stage, entered, left: None }));
        for change in moves {
            let Some(to) = change.to else { continue };
            stays.last_mut().into_iter().for_each(|stay| stay.left = Some((change.at, to)));
            stays.push(Stay { stage: to, entered: change.at, left: None });
        }
        // A clock that runs backwards tells no duration.
        stays.retain(|stay| stay.left.is_none_or(|(at, _)| at >= stay.entered));
        stays
    }

    /// Whole days that an open deal has been in its stage; `None` where nothing tells when it came there.
    #[must_use]
    pub fn days_in_stage(&self, deal: &Deal, now: Instant) -> Option<i64> {
        let last = self.stays(deal).pop().filter(|stay| stay.left.is_none() && stay.stage == deal.stage)?;
        Some(last.days(now)).filter(|days| *days >= 0 && deal.outcome == Outcome::Open)
    }

    /// How often the close date of a deal moved later while it was open. Each telling is compared with the one
    /// before, so that a move that an export shows and a history tells too counts once.
    #[must_use]
    pub fn pushes(&self, deal: &Deal) -> Pushes {
        let changes = self.of(deal.id);
        let open = |change: &&Change| change.to.is_none_or(|stage| self.is_open(stage));
        let told = changes.iter().filter(open).filter_map(|change| change.close.1);
        let now = deal.close_day.filter(|_| deal.outcome == Outcome::Open);
        let begun = changes.first().and_then(|change| change.close.0);
        let days: Vec<i64> = begun.into_iter().chain(told).chain(now).collect();
        let later = days.windows(2).filter(|pair| matches!(pair, [before, after] if after > before));
        Pushes { count: later.count() as u64, first: days.first().copied() }
    }

    /// The close date that a deal had at `at`, and whether history tells it: what was told last until then, or
    /// what the first change after it began with; else the date that it has now.
    #[must_use]
    pub fn close_day(&self, deal: &Deal, at: i64) -> Option<(i64, bool)> {
        let changes = self.of(deal.id);
        let before = changes.iter().rev().filter(|change| change.at <= at).find_map(|change| change.close.1);
        let after = || changes.iter().find(|change| change.at > at).and_then(|change| change.close.0);
        let told = before.or_else(after).map(|day| (day, true));
        told.or(deal.close_day.map(|day| (day, false)))
    }

    fn of(&self, deal: i64) -> &[Change] {
        self.changes.get(&deal).map_or(&[], Vec::as_slice)
    }

    fn is_open(&self, stage: i64) -> bool {
        self.facts.stages.get(&stage).is_none_or(|stage| stage.outcome == Outcome::Open)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::facts::{NONE, Opportunities, StageChanges, StageFact, Touched};
    use crate::domain::time::DAY_MS;
    use std::sync::Arc;

    const NOW: Instant = Instant(100 * DAY_MS);
    const FIRST: i64 = 1;
    const SECOND: i64 = 2;
    const WON: i64 = 3;

    /// A change: day, stages, close dates before and after, origin.
    type Told = (i64, i64, i64, i64, i64, i64);

    fn facts(stage: i64, close: i64, told: &[Told]) -> Facts {
        let mut deals = Opportunities::default();
        let deal = vec![7, NONE, NONE, stage, NONE, NONE, NONE, NONE, NONE, 10 * DAY_MS, close, NONE];
        deals.apply(&Touched::everything(), vec![deal]);
        let mut changes = StageChanges::default();
        let rows = told
            .iter()
            .zip(1..)
            .map(|(&(day, from, to, was, is, origin), id)| vec![id, 7, from, to, day * DAY_MS, is, was, origin]);
        changes.apply(&Touched::everything(), rows.collect());
        let stage = |name: &str, position, outcome| StageFact { name: name.to_owned(), position, outcome };
        let stages = [
            (FIRST, stage("First", 1, Outcome::Open)),
            (SECOND, stage("Second", 2, Outcome::Open)),
            (WON, stage("Won", 9, Outcome::Won)),
        ];
        Facts {
            opportunities: Arc::new(deals),
            stage_changes: Arc::new(changes),
            stages: Arc::new(stages.into()),
            ..Facts::default()
        }
    }

    fn stays(facts: &Facts) -> Vec<(i64, i64, i64)> {
        let deal = Deal::read(facts, 0).unwrap();
        Past::read(facts, NOW)
            .stays(&deal)
            .iter()
            .map(|stay| (stay.stage, stay.entered / DAY_MS, stay.days(NOW)))
            .collect()
    }

    #[test]
    fn a_stay_ends_with_the_next_move_and_the_last_one_runs() {
        let moved = facts(SECOND, NONE, &[(30, FIRST, SECOND, NONE, NONE, NONE)]);
        assert_eq!(stays(&moved), [(FIRST, 10, 20), (SECOND, 30, 70)]);
        let told = facts(SECOND, NONE, &[(12, NONE, FIRST, NONE, NONE, NONE), (30, FIRST, SECOND, NONE, NONE, NONE)]);
        assert_eq!(stays(&told), [(FIRST, 12, 18), (SECOND, 30, 70)]);
        assert_eq!(stays(&facts(FIRST, NONE, &[])), [(FIRST, 10, 90)], "it never left the first stage");
        assert_eq!(stays(&facts(SECOND, NONE, &[])), [], "nothing tells when it came");
        let explained =
            facts(SECOND, NONE, &[(30, FIRST, SECOND, NONE, NONE, NONE), (40, FIRST, SECOND, NONE, NONE, 2)]);
        assert_eq!(stays(&explained), [(FIRST, 10, 20), (SECOND, 30, 70)]);
        let later = facts(FIRST, NONE, &[(130, FIRST, SECOND, NONE, NONE, NONE)]);
        assert_eq!(stays(&later), [(FIRST, 10, 90)], "what happens after now is not known");
    }

    #[test]
    fn only_moves_to_a_later_day_are_pushes() {
        let pushes = |stage, close, told: &[Told]| {
            let facts = facts(stage, close, told);
            let found = Past::read(&facts, NOW).pushes(&Deal::read(&facts, 0).unwrap());
            (found.count, found.first)
        };
        let edit = |day, was, is| (day, FIRST, FIRST, was, is, NONE);
        assert_eq!(pushes(FIRST, 60, &[]), (0, Some(60)));
        assert_eq!(pushes(FIRST, 80, &[edit(20, 60, 70), edit(30, 70, 65), edit(40, 65, 80)]), (2, Some(60)));
        // The date that it has now was never told: it has moved once more.
        assert_eq!(pushes(FIRST, 90, &[edit(20, 60, 70)]), (2, Some(60)));
        // A history file tells the day after, an export shows the same a week later.
        assert_eq!(pushes(FIRST, 70, &[edit(20, 60, 70), (27, FIRST, FIRST, 60, 70, 1)]), (1, Some(60)));
        // The day of closing is no promise.
        assert_eq!(pushes(WON, 85, &[edit(20, 60, 70), (85, FIRST, WON, 70, 85, NONE)]), (1, Some(60)));
    }

    #[test]
    fn the_close_date_of_a_day_is_what_was_told_last_until_then() {
        let facts = facts(FIRST, 90, &[(20, FIRST, FIRST, 60, 70, NONE), (40, FIRST, FIRST, 70, 80, NONE)]);
        let (past, deal) = (Past::read(&facts, NOW), Deal::read(&facts, 0).unwrap());
        let at = |day: i64| past.close_day(&deal, day * DAY_MS);
        assert_eq!([at(15), at(20), at(39), at(50)].map(|found| found.unwrap().0), [60, 70, 70, 80]);
        let unmoved = self::facts(FIRST, 90, &[]);
        let past = Past::read(&unmoved, NOW);
        assert_eq!(past.close_day(&Deal::read(&unmoved, 0).unwrap(), 0), Some((90, false)));
    }
}
