//! The sample company: a whole CRM export, invented, as one deterministic function of a seed.
//!
//! The company is "Lanternfield", a B2B SaaS vendor that does not exist. Its data tells a story
//! that the screens must find again: more MQLs than last quarter, yet fewer of them become SQLs,
//! because the mix moved to *Event* leads and to newly hired SDRs. The story is planted by
//! quotas (`dice::Quota`), not by luck, so it holds for every seed and every size.
//!
//! Only integers, `+ - * /` and raw generator words decide the output: the same
//! [`SampleSpec`] gives the same bytes on every machine.
//!
//! A further file is one more module that reads `World` with a
//! `dice::Dice` stream of its own, and one more line in [`company`]; files that exist keep
//! their bytes.

mod accounts;
mod arr;
mod budget;
mod calendar;
mod care;
mod catalogue;
mod companies;
mod contacts;
mod deals;
mod dice;
mod duplicates;
mod funnel;
mod journey;
mod leads;
mod leave;
mod names;
mod onboarding;
mod product;
mod rows;
mod stack;
mod targets;
mod team;
#[cfg(test)]
mod tests;
mod touches;

use accounts::Account;
use companies::Company;
use contacts::Contact;
use deals::Deal;
use leads::Lead;
use team::Member;

/// Tuesday 2026-11-17 10:12:00 UTC (week 8 of Q4 2026), in UTC milliseconds.
pub const DEMO_NOW_MS: i64 = 1_794_910_320_000;
/// The seed of the committed `sample-data/`.
///
/// Any seed tells the story; this one was picked because its noise is close to the middle: the fall
/// is within a point of 15 % whether MQLs get 7, 9 or 14 days, the win rate hardly moves, and sales
/// grow from quarter to quarter.
pub const DEMO_SEED: u64 = 254;
/// The number of leads of the committed `sample-data/`.
///
/// Far more than the promised 6,000, because a small sample cannot tell the planted fall from luck:
/// 10,000 give z of about 1.7 over the same days of both quarters, 20,000 about 2.4. No more than
/// that: it already is 7 MB of text.
pub const DEMO_LEADS: usize = 20_000;

/// One file of the plain revops CSV.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleFile {
    /// File name, such as `leads.csv`.
    pub name: &'static str,
    /// Column names, exactly those of the plain revops CSV.
    pub header: &'static [&'static str],
    /// One cell per column and row; an empty string is a blank cell.
    pub rows: Vec<Vec<String>>,
}

/// What to generate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SampleSpec {
    /// Same seed, same company.
    pub seed: u64,
    /// Number of rows of `leads.csv`; everything else scales with it.
    pub leads: usize,
    /// The demo clock in UTC milliseconds: nothing happens at or after it.
    pub now_ms: i64,
}

/// Two records that were planted as the same person or company.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlantedDuplicate {
    /// `leads`, `contacts` or `accounts`.
    pub object: &'static str,
    /// Id of the original record.
    pub original: String,
    /// Id of the copy.
    pub copy: String,
    /// How the copy differs, in plain words.
    pub disguise: &'static str,
}

/// Everything that was invented, before it becomes text.
struct World {
    now: i64,
    team: Vec<Member>,
    companies: Vec<Company>,
    accounts: Vec<Account>,
    leads: Vec<Lead>,
    contacts: Vec<Contact>,
    deals: Vec<Deal>,
    duplicates: Vec<duplicates::Pair>,
}

impl World {
    fn invent(spec: &SampleSpec) -> Self {
        let plan = calendar::Plan::new(spec.now_ms);
        let sizes = catalogue::Sizes::of(spec.leads);
        let team = team::invent(spec.seed, &plan, &sizes);
        let mut companies = companies::invent(spec.seed, &sizes);
        let mut accounts = accounts::customers_before(spec.seed, &plan, &team, &companies, &sizes);
        let mut leads = leads::invent(spec.seed, &plan, &team, &companies, &sizes);
        funnel::advance(spec.seed, &plan, &mut leads);
        let deals = deals::invent(spec.seed, &plan, &team, &companies, &sizes, &mut leads);
        accounts::open_for_deals(spec.seed, &plan, &team, &deals, &companies, &mut accounts);
        let mut contacts = contacts::invent(spec.seed, &companies, &accounts, &leads, &deals);
        let duplicates = duplicates::plant(
            spec.seed,
            &sizes,
            &mut duplicates::Records {
                leads: &mut leads,
                contacts: &mut contacts,
                accounts: &mut accounts,
                companies: &mut companies,
            },
        );
        Self { now: plan.now, team, companies, accounts, leads, contacts, deals, duplicates }
    }
}

/// The whole company as files of the plain revops CSV, ready to be written.
///
/// Pure: the same `spec` gives the same files, byte for byte.
#[must_use]
pub fn company(spec: &SampleSpec) -> Vec<SampleFile> {
    let world = World::invent(spec);
    let ids = rows::Ids::of(&world);
    let movements = arr::movements(spec.seed, &world);
    let standing = care::Standing::of(&movements);
    let values = onboarding::first_values(spec.seed, &world);
    vec![
        rows::team(&world),
        rows::products(),
        rows::accounts(&world, &ids),
        rows::leads(&world, &ids),
        rows::contacts(&world, &ids),
        rows::opportunities(&world, &ids, &values),
        rows::stage_history(&world),
        product::history(spec.seed, &world, &ids),
        targets::targets(&world),
        leave::leave(spec.seed, &world),
        touches::touches(spec.seed, &world, &ids),
        onboarding::handoffs(spec.seed, &world),
        arr::arr(&world, &ids, &movements),
        budget::spend(spec.seed, &world),
        budget::costs(&world),
        budget::rates(spec.seed, &world),
        care::surveys(spec.seed, &world, &ids, &standing),
        care::health(spec.seed, &world, &ids, &standing),
        care::usage(spec.seed, &world, &ids, &standing),
        stack::tools(&world),
        stack::integrations(),
    ]
}

/// The pairs of records that [`company`] planted as duplicates for the same `spec`.
#[must_use]
pub fn planted_duplicates(spec: &SampleSpec) -> Vec<PlantedDuplicate> {
    let world = World::invent(spec);
    let ids = rows::Ids::of(&world);
    world.duplicates.iter().map(|pair| ids.planted(pair)).collect()
}
