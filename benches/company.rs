//! A big company, made in memory: only the columns that analysis reads, the same for the same seed.

use rand::rngs::ChaCha8Rng;
use rand::{Rng, SeedableRng};
use revops::domain::facts::{Facts, MemberFact, NONE, ProductFact, StageFact, Touched, Words};
use revops::domain::stage::Outcome;
use revops::domain::time::{DAY_MS, Instant};
use std::sync::Arc;

/// Tuesday 2026-11-17 10:12 UTC.
pub const NOW: Instant = Instant(1_794_910_320_000);
const SEED: [u8; 32] = *b"a company of one million leads..";
/// Leads were created in so many days up to now.
const DAYS: i64 = 730;

/// First ids of each table, and how many there are; leads begin at 0.
const OWNER: i64 = 10_000_000;
const OWNERS: i64 = 60;
const ACCOUNT: i64 = 11_000_000;
const ACCOUNTS: i64 = 20_000;
const PRODUCT: i64 = 12_000_000;
const PRODUCTS: i64 = 5;
const DEAL: i64 = 13_000_000;

/// The stages of deals.
const OPEN: i64 = 1;
const WON: i64 = 2;
const LOST: i64 = 3;

const SOURCES: [&str; 8] = ["Event", "Website", "Referral", "Content", "Paid", "Outbound", "Partner", "网络研讨会"];
const REGIONS: [&str; 4] = ["Americas", "Europe", "华东", "APAC"];
const SEGMENTS: [&str; 3] = ["SMB", "Mid-market", "Enterprise"];

/// Of ten leads six become an MQL, of ten of these three an SQL, of ten of these six a deal, and most of these
/// are won or lost by now; a stage history tells the same of people once more.
pub fn company(leads: i64) -> Facts {
    let mut dice = Dice(ChaCha8Rng::from_seed(SEED));
    let mut words = Words::default();
    let mut numbers = |all: &[&str]| all.iter().map(|word| words.number(word)).collect::<Vec<_>>();
    let (sources, regions, segments) = (numbers(&SOURCES), numbers(&REGIONS), numbers(&SEGMENTS));
    let stages = numbers(&["Lead", "MQL", "SQL"]);
    let (mut people, mut deals, mut moves) = (Vec::new(), Vec::new(), Vec::new());
    for id in 0..leads {
        let created = NOW.0 - dice.below(DAYS * DAY_MS);
        let mql = dice.later(created, 60, 12);
        let sql = dice.later(mql, 30, 20);
        let deal = dice.later(sql, 60, 15);
        let (owner, account) = (OWNER + dice.below(OWNERS), ACCOUNT + dice.below(ACCOUNTS));
        let (source, region) = (dice.one_of(&sources), dice.one_of(&regions));
        people.push(vec![id, 0, owner, account, NONE, source, region, NONE, NONE, created, mql, NONE, sql, NONE, NONE]);
        if deal != NONE {
            let closed = dice.later(deal, 80, 120);
            let stage = if closed == NONE { OPEN } else { dice.one_of(&[WON, LOST, LOST]) };
            let (at, amount) = (DEAL + deals.len() as i64, 100_000 * (1 + dice.below(80)));
            let product = PRODUCT + dice.below(PRODUCTS);
            deals.push(vec![at, account, id, stage, amount, NONE, owner, source, product, deal, NONE, closed]);
        }
        for (&stage, at) in stages.iter().zip([created, mql, sql]).filter(|(_, at)| *at != NONE) {
            moves.push(vec![moves.len() as i64, id, stage, at]);
        }
    }
    let paid = NOW.0 - DAYS * DAY_MS;
    let accounts = (ACCOUNT..ACCOUNT + ACCOUNTS).map(|id| vec![id, NONE, NONE, dice.one_of(&segments), paid]);
    let mut facts = Facts::default();
    let everything = Touched::everything();
    Arc::make_mut(&mut facts.accounts).apply(&everything, accounts.collect());
    Arc::make_mut(&mut facts.people).apply(&everything, people);
    Arc::make_mut(&mut facts.opportunities).apply(&everything, deals);
    Arc::make_mut(&mut facts.lifecycle_changes).apply(&everything, moves);
    facts.stages = Arc::new([(OPEN, Outcome::Open), (WON, Outcome::Won), (LOST, Outcome::Lost)].map(stage).into());
    facts.members = Arc::new((0..OWNERS).map(member).collect());
    facts.products = Arc::new((0..PRODUCTS).map(product).collect());
    facts.words = Arc::new(words);
    facts
}

fn stage((id, outcome): (i64, Outcome)) -> (i64, StageFact) {
    (id, StageFact { name: format!("Stage {id}"), position: id, outcome })
}

/// Every fifth of the team is a new hire.
fn member(at: i64) -> (i64, MemberFact) {
    let days = if at % 5 == 0 { 60 } else { 900 };
    let name = format!("Owner {at}");
    let hired_at = Some(NOW.0 / DAY_MS - days);
    (OWNER + at, MemberFact { name, region: None, team: None, role: None, hired_at, named_only: false })
}

fn product(at: i64) -> (i64, ProductFact) {
    (PRODUCT + at, ProductFact { name: format!("Product {at}"), list_price: None })
}

struct Dice(ChaCha8Rng);

impl Dice {
    /// A number in `0..n`.
    fn below(&mut self, n: i64) -> i64 {
        ((u128::from(self.0.next_u64()) * n as u128) >> 64) as i64
    }

    fn one_of(&mut self, all: &[i64]) -> i64 {
        all[self.below(all.len() as i64) as usize]
    }

    /// In so many of a hundred cases an instant up to so many days after `at`, unless that is yet to come.
    fn later(&mut self, at: i64, percent: i64, days: i64) -> i64 {
        if at == NONE || self.below(100) >= percent {
            return NONE;
        }
        Some(at + self.below(days * DAY_MS)).filter(|&later| later <= NOW.0).unwrap_or(NONE)
    }
}
