//! ARR: what every customer pays a year, from the first payment on, and how it changed.
//!
//! A customer from before the history begins with an amount of its own; every deal that was won adds its own.

use std::collections::BTreeSet;

use super::calendar::{self, DAY, Plan};
use super::catalogue::AMOUNTS;
use super::dice::Dice;
use super::duplicates::Object;
use super::rows::{self, Ids};
use super::{SampleFile, World};

/// Of a thousand customers a year: who leave, who shrink, and who grow without a deal.
const YEARLY: [usize; 3] = [75, 50, 110];
/// Of a thousand that left, how many are back within half a year.
const BACK: usize = 80;

/// What happens to a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Event {
    /// It pays so many dollars a year more.
    More(i64),
    /// It pays so many percent more, or less.
    Percent(i64),
    Leaves,
}

/// A change of one customer's ARR.
pub(super) struct Movement {
    /// Position in the accounts.
    pub(super) account: usize,
    pub(super) at: i64,
    pub(super) kind: &'static str,
    /// Dollars a year.
    pub(super) amount: i64,
}

/// Every movement, oldest first.
pub(super) fn movements(seed: u64, world: &World) -> Vec<Movement> {
    let mut dice = Dice::new(seed, "arr");
    let copies: BTreeSet<usize> =
        world.duplicates.iter().filter(|pair| pair.object == Object::Account).map(|pair| pair.copy).collect();
    let mut signed: Vec<Vec<(i64, i64)>> = vec![Vec::new(); world.companies.len()];
    for deal in &world.deals {
        if let (Some(at), Some(deals)) = (deal.signed, signed.get_mut(deal.company)) {
            deals.push((at, deal.amount()));
        }
    }
    let start = Plan::new(world.now).start;
    let mut all = Vec::new();
    for (position, account) in world.accounts.iter().enumerate() {
        let Some(paid) = account.first_paid.filter(|_| !copies.contains(&position)) else { continue };
        let deals = signed.get(account.company).map_or(&[][..], Vec::as_slice);
        let mut events = Vec::new();
        if paid < start {
            events.push((paid, Event::More((dice.along(&AMOUNTS) * 3 / 5).max(3_000) / 500 * 500)));
        }
        // A deal counts from the first payment on, or from its signature when there was one before.
        events.extend(deals.iter().map(|(at, amount)| ((*at).max(paid), Event::More(*amount))));
        events.extend(fortune(&mut dice, world.now, start, paid));
        events.retain(|(at, _)| *at < world.now);
        events.sort_by_key(|(at, _)| *at);
        live(position, &events, &mut all);
    }
    all.sort_by_key(|movement| (movement.at, movement.account));
    all
}

/// What else befalls a customer within the history, and once at most.
fn fortune(dice: &mut Dice, now: i64, start: i64, paid: i64) -> Vec<(i64, Event)> {
    let from = start.max(paid + 120 * DAY);
    let days = usize::try_from((now - from) / DAY).unwrap_or(0);
    if days == 0 {
        return Vec::new();
    }
    let share = |yearly: usize| yearly * days / 365;
    let [leave, shrink, grow] = YEARLY.map(share);
    let after = some_days(dice, days);
    let at = calendar::at_work(dice, from + after, 1);
    match dice.below(1_000) {
        roll if roll < leave => {
            let back = at + 30 * DAY + some_days(dice, 150);
            let returns = dice.chance(BACK).then_some((back, Event::More(dice.between(8, 30) * 500)));
            std::iter::once((at, Event::Leaves)).chain(returns).collect()
        }
        roll if roll < leave + shrink => vec![(at, Event::Percent(-dice.between(15, 45)))],
        roll if roll < leave + shrink + grow => vec![(at, Event::Percent(dice.between(10, 60)))],
        _ => Vec::new(),
    }
}

fn some_days(dice: &mut Dice, days: usize) -> i64 {
    i64::try_from(dice.below(days)).unwrap_or(0) * DAY
}

/// The events of one customer as movements, none of which takes more than there is.
fn live(account: usize, events: &[(i64, Event)], all: &mut Vec<Movement>) {
    let (mut pays, mut is_new) = (0, true);
    for (at, event) in events {
        let amount = match event {
            Event::More(amount) => *amount,
            Event::Percent(percent) => pays * percent / 100 / 100 * 100,
            Event::Leaves => -pays,
        };
        if amount == 0 {
            continue;
        }
        let kind = match amount {
            _ if is_new => "new",
            ..0 if pays + amount == 0 => "churn",
            ..0 => "contraction",
            _ if pays == 0 => "reactivation",
            _ => "expansion",
        };
        (pays, is_new) = (pays + amount, false);
        // Two deals that begin on the same payment are one after the other.
        let last = all.last().filter(|last| last.account == account && last.kind == kind).map_or(0, |last| last.at);
        all.push(Movement { account, at: (*at).max(last + 1_000), kind, amount });
    }
}

pub(super) fn arr(world: &World, ids: &Ids, movements: &[Movement]) -> SampleFile {
    let rows = movements.iter().filter(|movement| movement.at < world.now).map(|movement| {
        vec![
            ids.account(Some(movement.account)),
            movement.kind.to_owned(),
            movement.amount.to_string(),
            rows::CURRENCY.to_owned(),
            calendar::stamp(Some(movement.at)),
        ]
    });
    SampleFile { name: "arr.csv", header: &["account_id", "kind", "amount", "currency", "at"], rows: rows.collect() }
}
