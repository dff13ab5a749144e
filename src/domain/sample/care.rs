//! How customers fare: answers to surveys, health scores, and how much of the product the largest use.

use std::collections::{BTreeMap, BTreeSet};

use super::arr::Movement;
use super::calendar::{self, DAY, HOUR};
use super::dice::Dice;
use super::rows::Ids;
use super::{SampleFile, World};

/// Of a thousand customers a quarter, how many answer each survey.
const ANSWER: usize = 80;
/// How many of the largest customers tell how much they use.
const WATCHED: usize = 30;
/// Weeks of use that are told.
const WEEKS: i64 = 8;

/// How things stand with the customers, by position in the accounts.
pub(super) struct Standing {
    /// What each pays now.
    pays: BTreeMap<usize, i64>,
    /// Who left or shrank within the history.
    unhappy: BTreeSet<usize>,
}

impl Standing {
    pub(super) fn of(movements: &[Movement]) -> Self {
        let (mut pays, mut unhappy) = (BTreeMap::new(), BTreeSet::new());
        for movement in movements {
            *pays.entry(movement.account).or_default() += movement.amount;
            if movement.amount < 0 {
                unhappy.insert(movement.account);
            }
        }
        Self { pays, unhappy }
    }
}

/// Answers of five quarters; those who are unhappy say so.
pub(super) fn surveys(seed: u64, world: &World, ids: &Ids, standing: &Standing) -> SampleFile {
    let mut dice = Dice::new(seed, "surveys");
    let mut contact_of: BTreeMap<usize, usize> = BTreeMap::new();
    for (at, contact) in world.contacts.iter().enumerate() {
        contact_of.entry(contact.account).or_insert(at);
    }
    let mut answers = Vec::new();
    for (at, account) in world.accounts.iter().enumerate() {
        let Some(paid) = account.first_paid.filter(|_| standing.pays.contains_key(&at)) else { continue };
        for (kind, quarter) in ["nps", "csat"].into_iter().flat_map(|kind| (0..5).map(move |quarter| (kind, quarter))) {
            let from = world.now - (quarter + 1) * 91 * DAY;
            if from < paid || !dice.chance(ANSWER) {
                continue;
            }
            let when = calendar::moment(&mut dice, from, from + 91 * DAY, 1);
            let score = score(&mut dice, kind, standing.unhappy.contains(&at));
            let person = contact_of.get(&at).filter(|_| kind == "nps").map(|contact| ids.contact(*contact));
            answers.push((when, ids.account(Some(at)), person.unwrap_or_default(), kind, score));
        }
    }
    answers.sort();
    let rows = answers.into_iter().map(|(when, account, person, kind, score)| {
        vec![account, person, kind.to_owned(), score.to_string(), calendar::stamp(Some(when))]
    });
    let header = &["account_id", "person_id", "kind", "score", "at"];
    SampleFile { name: "surveys.csv", header, rows: rows.collect() }
}

fn score(dice: &mut Dice, kind: &str, unhappy: bool) -> i64 {
    match (kind, unhappy) {
        ("nps", false) => dice.pick(&[10, 10, 10, 9, 9, 9, 9, 8, 8, 8, 7, 7, 6, 4]),
        ("nps", true) => dice.pick(&[8, 7, 6, 6, 5, 4, 3, 2, 0]),
        (_, false) => dice.pick(&[5, 5, 5, 4, 4, 4, 4, 3, 2]),
        _ => dice.pick(&[4, 3, 3, 2, 2, 1]),
    }
}

/// A score of every customer that pays, of yesterday's reckoning.
pub(super) fn health(seed: u64, world: &World, ids: &Ids, standing: &Standing) -> SampleFile {
    let mut dice = Dice::new(seed, "health");
    let reckoned = calendar::instant(calendar::date(world.now)) - 20 * HOUR;
    let mut rows = Vec::new();
    for (at, _) in standing.pays.iter().filter(|(_, pays)| **pays > 0) {
        let known = world.accounts.get(*at).and_then(|account| account.first_paid).is_some_and(|paid| paid < reckoned);
        let score = match standing.unhappy.contains(at) {
            true => dice.between(22, 58),
            false => dice.along(&[38, 61, 70, 76, 82, 88, 97]),
        };
        if known {
            rows.push(vec![ids.account(Some(*at)), score.to_string(), calendar::stamp(Some(reckoned))]);
        }
    }
    rows.sort();
    SampleFile { name: "health.csv", header: &["account_id", "score", "at"], rows }
}

/// Seats and calls of the largest customers, week by week; one in six grows fast, one in ten falls asleep.
pub(super) fn usage(seed: u64, world: &World, ids: &Ids, standing: &Standing) -> SampleFile {
    let mut dice = Dice::new(seed, "usage");
    let mut largest: Vec<(i64, usize)> = standing.pays.iter().map(|(at, pays)| (*pays, *at)).collect();
    largest.sort_by_key(|(pays, at)| (-pays, *at));
    let midnight = calendar::instant(calendar::date(world.now));
    let mut rows = Vec::new();
    for (position, (pays, at)) in largest.into_iter().take(WATCHED).enumerate() {
        let mut seats = (pays / 600).max(5);
        for week in (0..WEEKS).rev() {
            let change = match position % 30 {
                2 | 8 | 14 | 20 | 26 => dice.between(6, 14),
                5 | 15 | 25 => dice.between(-16, -6),
                _ => dice.between(-3, 4),
            };
            seats = (seats + seats * change / 100).max(1);
            let when = midnight - week * 7 * DAY - DAY;
            let calls = seats * dice.between(140, 190);
            for (metric, value) in [("active seats", seats), ("API calls", calls)] {
                let account = ids.account(Some(at));
                let value = value.to_string();
                rows.push(vec![account, String::new(), metric.to_owned(), value, calendar::stamp(Some(when))]);
            }
        }
    }
    SampleFile { name: "usage.csv", header: &["account_id", "person_id", "metric", "value", "at"], rows }
}
