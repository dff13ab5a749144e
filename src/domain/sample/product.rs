//! The product-led motion: leads that sign up for the free product, and how far its use takes them.
//!
//! Rates and delays are the same at any time, as everything but the planted story is.

use std::collections::BTreeSet;

use super::calendar::{self, HOUR, MINUTE, Plan};
use super::catalogue::{EVENT, SOURCES};
use super::dice::{Dice, Quota, real};
use super::duplicates::Object;
use super::rows::{self, Ids};
use super::{SampleFile, World};

/// Share of the leads of each source that sign up, in the order of [`SOURCES`]: a fifth of all. Who was met
/// at an event is not one of them.
const SIGN_UP: [f64; SOURCES.len()] = [0.0, 0.10, 0.15, 0.38, 0.36, 0.18, 0.12];
/// Share of those who signed up that become active, and of the active that pay by card.
const ACTIVE: f64 = 0.55;
const PAID: f64 = 0.12;
/// Share of the active that become a PQL: without having paid first, and with; 22 % of all.
const PQL: [f64; 2] = [0.195, 0.40];
/// Share of each later stage that reaches the next.
const SALES_ASSIST: f64 = 0.60;
const EXPANSION: f64 = 0.30;
const ENTERPRISE: f64 = 0.15;

/// A stage of the product-led funnel, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Signup,
    Active,
    Paid,
    Pql,
    SalesAssist,
    Expansion,
    Enterprise,
}

impl Stage {
    fn name(self) -> &'static str {
        match self {
            Self::Signup => "Signup",
            Self::Active => "Active",
            Self::Paid => "Self-serve paid",
            Self::Pql => "PQL",
            Self::SalesAssist => "Sales-assist",
            Self::Expansion => "Expansion",
            Self::Enterprise => "Enterprise",
        }
    }

    /// Hours after the step before it, at evenly spaced quantiles.
    fn hours(self) -> &'static [i64] {
        match self {
            Self::Signup => &[0, 0, 0, 1, 5, 24, 90, 260, 700],
            Self::Active => &[0, 1, 3, 8, 20, 36, 60, 100, 200],
            Self::Paid => &[40, 100, 200, 340, 500, 800, 1_400],
            Self::Pql => &[24, 60, 120, 220, 340, 520, 800, 1_300],
            Self::SalesAssist => &[1, 5, 12, 22, 30, 46, 70, 110],
            Self::Expansion => &[150, 260, 400, 560, 760, 1_000, 1_400],
            Self::Enterprise => &[400, 800, 1_100, 1_600, 2_400],
        }
    }

    /// Whether a person of the team makes it happen, in working hours.
    fn is_of_sales(self) -> bool {
        self >= Self::SalesAssist
    }
}

/// A lead on its way, oldest step first.
struct Journey {
    /// Position in the leads.
    lead: usize,
    stages: Vec<Stage>,
}

/// One stop of a journey: when, whose, from where, to where.
type Stop = (i64, usize, Option<Stage>, Stage);

/// The file: every move of everyone who signed up, before now.
pub(super) fn history(seed: u64, world: &World, ids: &Ids) -> SampleFile {
    let mut dice = Dice::new(seed, "product");
    let journeys = journeys(&mut dice, world);
    let mut stops: Vec<Stop> = journeys.iter().flat_map(|journey| travel(&mut dice, world, journey)).collect();
    stops.sort_by_key(|(at, lead, _, to)| (*at, *lead, *to));
    let rows = stops.into_iter().map(|(at, lead, from, to)| {
        let owner = world.leads.get(lead).and_then(|lead| lead.owner).filter(|_| to.is_of_sales());
        vec![
            "lead".to_owned(),
            ids.lead(lead),
            from.map(Stage::name).unwrap_or_default().to_owned(),
            to.name().to_owned(),
            calendar::stamp(Some(at)),
            owner.map(rows::member).unwrap_or_default(),
            String::new(),
            String::new(),
        ]
    });
    SampleFile { name: "product-history.csv", header: rows::HISTORY, rows: rows.collect() }
}

/// Who signs up, and how far each gets if given the time. Quotas are settled day by day.
fn journeys(dice: &mut Dice, world: &World) -> Vec<Journey> {
    let copies: BTreeSet<usize> =
        world.duplicates.iter().filter(|pair| pair.object == Object::Lead).map(|pair| pair.copy).collect();
    let source = |at: &usize| world.leads.get(*at).map_or(EVENT, |lead| lead.source);
    // On a day with nothing else, a quota would rather take a lead from an event than stay in debt.
    let may = |at: &usize| source(at) != EVENT && !copies.contains(at);
    let mut waiting: Vec<usize> = (0..world.leads.len()).filter(may).collect();
    let created = |at: &usize| world.leads.get(*at).map_or(i64::MAX, |lead| lead.created);
    waiting.sort_by_key(|at| (created(at), *at));
    let mut way = Way::new();
    let mut journeys = Vec::new();
    let mut rest = waiting.as_slice();
    for chunk in Plan::new(world.now).chunks {
        let (today, later) = rest.split_at(rest.partition_point(|at| created(at) < chunk.to));
        rest = later;
        let mut today = today.to_vec();
        dice.shuffle(&mut today);
        let (signed_up, _) = split(today, &mut way.sign_up, &SIGN_UP, source);
        way.go(signed_up, &mut journeys);
    }
    journeys
}

/// What is owed at each step.
struct Way {
    sign_up: Quota,
    active: Quota,
    paid: Quota,
    pql: Quota,
    assisted: Quota,
    expanded: Quota,
    enterprise: Quota,
}

impl Way {
    fn new() -> Self {
        let one = || Quota::new(1);
        Self {
            sign_up: Quota::new(SIGN_UP.len()),
            active: one(),
            paid: one(),
            pql: Quota::new(PQL.len()),
            assisted: one(),
            expanded: one(),
            enterprise: one(),
        }
    }

    /// Takes those who signed up on one day as far as they will get.
    fn go(&mut self, signed_up: Vec<usize>, journeys: &mut Vec<Journey>) {
        let all = |_: &Journey| 0;
        let starting = signed_up.into_iter().map(|lead| Journey { lead, stages: vec![Stage::Signup] }).collect();
        let (active, idle) = split(starting, &mut self.active, &[ACTIVE], all);
        let (paid, unpaid) = split(reach(active, Stage::Active), &mut self.paid, &[PAID], all);
        let active: Vec<Journey> = reach(paid, Stage::Paid).into_iter().chain(unpaid).collect();
        let has_paid = |journey: &Journey| usize::from(journey.stages.last() == Some(&Stage::Paid));
        let (pqls, content) = split(active, &mut self.pql, &PQL, has_paid);
        let (assisted, alone) = split(reach(pqls, Stage::Pql), &mut self.assisted, &[SALES_ASSIST], all);
        let (grown, small) = split(reach(assisted, Stage::SalesAssist), &mut self.expanded, &[EXPANSION], all);
        let (large, others) = split(reach(grown, Stage::Expansion), &mut self.enterprise, &[ENTERPRISE], all);
        let done = [idle, content, alone, small, others, reach(large, Stage::Enterprise)];
        for mut journey in done.into_iter().flatten() {
            oddity(journeys.len(), &mut journey.stages);
            journeys.push(journey);
        }
    }
}

/// Splits by quota: of those in a cell, its share go first.
fn split<T>(all: Vec<T>, quota: &mut Quota, shares: &[f64], cell: impl Fn(&T) -> usize) -> (Vec<T>, Vec<T>) {
    let mut sizes = vec![0_usize; shares.len()];
    for one in &all {
        if let Some(size) = sizes.get_mut(cell(one)) {
            *size += 1;
        }
    }
    let expected: Vec<f64> = shares.iter().zip(&sizes).map(|(share, size)| share * real(*size)).collect();
    let mut places = quota.deal(&expected, &sizes);
    all.into_iter().partition(|one| match places.get_mut(cell(one)) {
        Some(left) if *left > 0 => {
            *left -= 1;
            true
        }
        _ => false,
    })
}

fn reach(mut journeys: Vec<Journey>, stage: Stage) -> Vec<Journey> {
    journeys.iter_mut().for_each(|journey| journey.stages.push(stage));
    journeys
}

/// What every real product sees: people who fall asleep and come back, and stages that are left out.
fn oddity(position: usize, stages: &mut Vec<Stage>) {
    match (position % 97, stages.as_slice()) {
        (7 | 31 | 58, [Stage::Signup, Stage::Active]) => stages.push(Stage::Active),
        (11 | 83, [Stage::Signup, Stage::Active, Stage::Pql, ..]) => drop(stages.remove(1)),
        (19 | 71, [.., Stage::SalesAssist, Stage::Expansion]) => drop(stages.remove(stages.len() - 2)),
        _ => {}
    }
}

/// The stops of a journey that are past.
fn travel(dice: &mut Dice, world: &World, journey: &Journey) -> Vec<Stop> {
    let Some(lead) = world.leads.get(journey.lead) else { return Vec::new() };
    let offset = world.companies.get(lead.company).map_or(0, |company| company.region.offset());
    let (mut at, mut from) = (lead.created, None);
    let mut stops = Vec::with_capacity(journey.stages.len());
    for &to in &journey.stages {
        // Whoever comes back was away for a month or two.
        let hours = if from == Some(to) { dice.between(500, 1_500) } else { dice.along(to.hours()) };
        let soonest = at + hours * HOUR + MINUTE;
        at = if to.is_of_sales() {
            calendar::at_work(dice, soonest, offset)
        } else {
            calendar::moment(dice, soonest, soonest + 6 * HOUR, offset)
        };
        if at >= world.now {
            break;
        }
        stops.push((at, journey.lead, from, to));
        from = Some(to);
    }
    stops
}
