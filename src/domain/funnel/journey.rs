//! Journeys: a person with the deal that came of them, or a deal that nobody came before, and when
//! each entered the stages of a funnel.

use super::{Event, Funnel};
use crate::domain::facts::{Facts, NONE, StageFact, known};
use crate::domain::figure::SMALL_SAMPLE;
use crate::domain::fold::fold;
use crate::domain::object::{EXPLAINED, Object};
use crate::domain::period::Period;
use crate::domain::pipeline::Deal;
use crate::domain::quantile::quantile;
use crate::domain::stage::Outcome;
use crate::domain::time::{DAY_MS, Instant};
use crate::domain::value::Id;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// What a skipped stage means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Skips {
    /// Whoever reached a later stage has passed the earlier ones, from the first stage of its history on.
    #[default]
    Imputed,
    /// Every stage counts only after all before it, in order.
    Strict,
    /// Every stage counts by itself.
    Any,
}

impl Skips {
    /// Every rule, in the order in which a key walks through them.
    pub const ALL: [Self; 3] = [Self::Imputed, Self::Strict, Self::Any];

    /// Its name in JSON and message keys.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Imputed => "imputed",
            Self::Strict => "strict",
            Self::Any => "any",
        }
    }
}

/// Clocks of two systems differ: a stage told up to a day after a later one still came before it.
const SKEW_MS: i64 = DAY_MS;

/// All journeys through a funnel, as columns.
#[derive(Debug, Clone)]
pub struct Journeys {
    /// The funnel.
    pub funnel: Arc<Funnel>,
    /// The picture they were read from.
    pub facts: Facts,
    /// What a skipped stage means.
    pub skips: Skips,
    /// What happened later is not known yet: today, or when the data were exported, or their newest record.
    pub now: Instant,
    /// The time it is.
    pub today: Instant,
    /// Row in the people of the facts; `usize::MAX` for a deal without a person.
    person: Vec<usize>,
    /// Row in the opportunities of the facts; `usize::MAX` without a deal.
    deal: Vec<usize>,
    /// Per stage and journey: the instant of entry, or [`NONE`].
    entered: Vec<Vec<i64>>,
    /// Per stage: (journey, instant) of entries after the first, by journey.
    again: Vec<Vec<(usize, i64)>>,
    /// Per journey: when it ended without going on, or [`NONE`].
    left: Vec<i64>,
    /// The oldest and the newest entry of any journey into any stage, or [`NONE`].
    oldest: i64,
    newest: i64,
    /// From stage to stage: learned once, for every view of these journeys.
    paces: HashMap<(usize, usize), Pace>,
}

const NOBODY: usize = usize::MAX;

/// How long a way usually takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// Whole days within which nine of ten arrived.
    pub days: i64,
    /// How many arrivals that was learned from; below [`SMALL_SAMPLE`] the stage's definition says it.
    pub arrivals: u64,
}

impl Pace {
    /// The days in milliseconds.
    #[must_use]
    pub fn ms(self) -> i64 {
        self.days.saturating_mul(DAY_MS)
    }

    /// Whether history, rather than the definition, says it.
    #[must_use]
    pub fn is_learned(self) -> bool {
        self.arrivals >= SMALL_SAMPLE
    }
}

impl Journeys {
    /// Reads the journeys of a funnel from the facts, as known at `now`.
    #[must_use]
    pub fn read(facts: &Facts, funnel: &Arc<Funnel>, skips: Skips, now: Instant) -> Self {
        let stages = funnel.stage.len();
        let mut journeys = Self {
            funnel: Arc::clone(funnel),
            facts: facts.clone(),
            skips,
            now,
            today: now,
            person: Vec::new(),
            deal: Vec::new(),
            entered: vec![Vec::new(); stages],
            again: vec![Vec::new(); stages],
            left: Vec::new(),
            oldest: NONE,
            newest: NONE,
            paces: HashMap::new(),
        };
        let source = Source::new(facts, funnel, now);
        let mut seen: Vec<(usize, i64)> = Vec::new();
        for person in 0..facts.people.len() {
            seen.clear();
            source.of_person(person, &mut seen);
            let deals = source.deals_of(person);
            deals.iter().for_each(|&deal| source.of_deal(deal, &mut seen));
            journeys.add(person, source.main(deals), &seen, source.left(person, deals));
        }
        for deal in (0..facts.opportunities.len()).filter(|&deal| source.is_alone(deal)) {
            seen.clear();
            source.of_deal(deal, &mut seen);
            journeys.add(NOBODY, Some(deal), &seen, source.lost(deal));
        }
        if let Some(exported) = facts.exported_at {
            journeys.now = journeys.newest().map_or(exported, |newest| newest.max(exported)).min(now);
        }
        journeys.paces = journeys.ways().into_iter().map(|(from, to)| ((from, to), journeys.learn(from, to))).collect();
        journeys
    }

    fn add(&mut self, person: usize, deal: Option<usize>, seen: &[(usize, i64)], left: i64) {
        if seen.is_empty() {
            return;
        }
        let at = self.person.len();
        let entries = entries(&self.funnel, self.skips, seen);
        for ((stage, entry), (column, again)) in
            entries.iter().enumerate().zip(self.entered.iter_mut().zip(&mut self.again))
        {
            column.push(*entry);
            let later = seen.iter().filter(|(of, when)| *of == stage && *entry != NONE && when > entry);
            again.extend(later.map(|&(_, when)| (at, when)));
        }
        let known = || entries.iter().copied().filter_map(known).chain(seen.iter().map(|&(_, at)| at));
        self.oldest = known().chain(self::known(self.oldest)).min().unwrap_or(NONE);
        self.newest = known().chain(self::known(self.newest)).max().unwrap_or(NONE);
        self.person.push(person);
        self.deal.push(deal.unwrap_or(NOBODY));
        self.left.push(left);
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.person.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.person.is_empty()
    }

    /// Instants of entry into a stage, one per journey; [`NONE`] where it was not reached.
    #[must_use]
    pub fn entered(&self, stage: usize) -> &[i64] {
        self.entered.get(stage).map_or(&[], Vec::as_slice)
    }

    /// Entries into a stage after the first: (journey, instant), by journey.
    #[must_use]
    pub fn again(&self, stage: usize) -> &[(usize, i64)] {
        self.again.get(stage).map_or(&[], Vec::as_slice)
    }

    /// When a journey entered a stage for the first time.
    #[must_use]
    pub fn oldest(&self) -> Option<Instant> {
        known(self.oldest).map(Instant)
    }

    /// When a journey entered a stage for the last time so far.
    #[must_use]
    pub fn newest(&self) -> Option<Instant> {
        known(self.newest).map(Instant)
    }

    /// The period to begin with: the `running` one if anything has entered a stage since it began, else the
    /// one of its length that holds the newest entry, so that old data does not look like none.
    #[must_use]
    pub fn newest_period(&self, running: Period) -> Period {
        let old = self.newest().filter(|newest| newest.0 < running.window().from);
        let holding = |newest: Instant| Period::holding(running.unit()?, newest.date(), running.fiscal());
        old.and_then(holding).unwrap_or(running)
    }

    /// When a journey ended without going on.
    #[must_use]
    pub fn left(&self, journey: usize) -> Option<i64> {
        self.left.get(journey).copied().and_then(known)
    }

    /// Whether anything in the store has ever entered a stage.
    #[must_use]
    pub fn is_recorded(&self, stage: usize) -> bool {
        self.entered(stage).iter().any(|&at| at != NONE)
    }

    /// The stages that a record passes and that anything has ever entered: first to last.
    #[must_use]
    pub fn passed(&self) -> Vec<usize> {
        let passed =
            |at: &usize| self.funnel.stage.get(*at).is_some_and(|stage| !stage.optional) && self.is_recorded(*at);
        (0..self.funnel.stage.len()).filter(passed).collect()
    }

    /// Row of the person in the facts.
    #[must_use]
    pub fn person(&self, journey: usize) -> Option<usize> {
        self.person.get(journey).copied().filter(|&row| row != NOBODY)
    }

    /// Row of the deal in the facts.
    #[must_use]
    pub fn deal(&self, journey: usize) -> Option<usize> {
        self.deal.get(journey).copied().filter(|&row| row != NOBODY)
    }

    /// The record that stands for a journey in a stage: the deal from the stage on that deals enter,
    /// before it the person.
    #[must_use]
    pub fn record(&self, journey: usize, stage: usize) -> Option<(Object, Id)> {
        let person = || self.facts.people.id.get(self.person(journey)?).map(|&id| (Object::Person, Id(id)));
        let deal = || self.facts.opportunities.id.get(self.deal(journey)?).map(|&id| (Object::Opportunity, Id(id)));
        if self.is_of_deal(stage) { deal().or_else(person) } else { person().or_else(deal) }
    }

    /// Id of whoever owns a journey in a stage.
    #[must_use]
    pub fn owner(&self, journey: usize, stage: usize) -> Option<i64> {
        let person = || self.facts.people.owner.get(self.person(journey)?).copied().and_then(known);
        let deal = || self.facts.opportunities.owner.get(self.deal(journey)?).copied().and_then(known);
        if self.is_of_deal(stage) { deal().or_else(person) } else { person().or_else(deal) }
    }

    /// Whether the deal, rather than the person, stands for a journey in a stage.
    #[must_use]
    pub fn is_of_deal(&self, stage: usize) -> bool {
        self.funnel.stage.iter().take(stage + 1).any(super::Stage::is_of_deal)
    }

    /// How long the way between two stages usually takes: the ninth decile of all arrivals, in whole
    /// days, at least one.
    #[must_use]
    pub fn pace(&self, from: usize, to: usize) -> Pace {
        self.paces.get(&(from, to)).copied().unwrap_or_else(|| self.learn(from, to))
    }

    /// Every way that a view measures: to each stage from the one before and from the first.
    fn ways(&self) -> BTreeSet<(usize, usize)> {
        let passed = self.passed();
        let to = |to: usize| {
            let mut before = passed.iter().copied().take_while(move |&stage| stage < to);
            [before.next(), before.last()].into_iter().flatten().map(move |from| (from, to))
        };
        (0..self.funnel.stage.len()).filter(|&stage| self.is_recorded(stage)).flat_map(to).collect()
    }

    fn learn(&self, from: usize, to: usize) -> Pace {
        let pairs = self.entered(from).iter().zip(self.entered(to));
        let mut ways: Vec<i64> =
            pairs.filter(|(from, to)| **from != NONE && **to >= **from).map(|(from, to)| to - from).collect();
        ways.sort_unstable();
        let arrivals = ways.len() as u64;
        let learned = quantile(&ways, 0.9).filter(|_| arrivals >= SMALL_SAMPLE);
        let days = learned.map_or_else(|| self.expected(from, to), |ms| (ms / DAY_MS as f64).ceil() as i64);
        Pace { days: days.max(1), arrivals }
    }

    /// What the definitions expect.
    fn expected(&self, from: usize, to: usize) -> i64 {
        let between = self.funnel.stage.iter().enumerate().take(to).skip(from);
        between.filter(|(at, stage)| *at == from || !stage.optional).map(|(_, stage)| stage.expected_days).sum()
    }
}

/// When each stage was entered, by the rule for skipped ones.
fn entries(funnel: &Funnel, skips: Skips, seen: &[(usize, i64)]) -> Vec<i64> {
    let first = |stage: usize, from: i64| {
        seen.iter().filter(|(of, at)| *of == stage && *at >= from).map(|(_, at)| *at).min().unwrap_or(NONE)
    };
    let stages = 0..funnel.stage.len();
    match skips {
        Skips::Any => stages.map(|stage| first(stage, i64::MIN)).collect(),
        Skips::Strict => strict(funnel, first),
        Skips::Imputed => imputed(funnel, &stages.map(|stage| first(stage, i64::MIN)).collect::<Vec<_>>()),
    }
}

/// All stages that are not optional, in order; optional ones where they fit in between.
fn strict(funnel: &Funnel, first: impl Fn(usize, i64) -> i64) -> Vec<i64> {
    let mut reached = Some(i64::MIN);
    let enter = |(at, stage): (usize, &super::Stage)| {
        let Some(since) = reached else { return NONE };
        let entry = first(at, since);
        if !stage.optional {
            reached = known(entry);
        }
        entry
    };
    funnel.stage.iter().enumerate().map(enter).collect()
}

/// Reaching a later stage means having passed the earlier ones, from the stage on with which the
/// history begins. An optional stage is passed only where it is told.
fn imputed(funnel: &Funnel, told: &[i64]) -> Vec<i64> {
    let earliest = told.iter().copied().filter_map(known).min().unwrap_or(NONE);
    let begins = |at: &i64| *at != NONE && *at <= earliest.saturating_add(SKEW_MS);
    let start = told.iter().position(begins).unwrap_or(told.len());
    let mut entries = vec![NONE; told.len()];
    let mut soonest = NONE;
    for (at, (entry, stage)) in entries.iter_mut().zip(&funnel.stage).enumerate().rev() {
        if at < start {
            break;
        }
        let own = told.get(at).copied().unwrap_or(NONE);
        soonest = [own, soonest].into_iter().filter_map(known).min().unwrap_or(NONE);
        *entry = if stage.optional { own } else { soonest };
    }
    entries
}

/// What the facts tell about people and deals.
struct Source<'f> {
    facts: &'f Facts,
    now: Instant,
    /// (event, stage it enters).
    events: Vec<(Event, usize)>,
    /// Stage that waits for the first payment, if anyone's is known.
    confirmed: Option<usize>,
    /// Moves that a stage history tells: by row of the person, and by row of the deal.
    told: [HashMap<usize, Vec<(usize, i64)>>; 2],
    /// Deals of each person who has any, by row.
    deals: HashMap<usize, Vec<usize>>,
    /// Per deal: whether it has a person.
    has_person: Vec<bool>,
}

impl<'f> Source<'f> {
    fn new(facts: &'f Facts, funnel: &Funnel, now: Instant) -> Self {
        let events: Vec<(Event, usize)> = funnel
            .stage
            .iter()
            .enumerate()
            .flat_map(|(at, stage)| stage.events.iter().map(move |&event| (event, at)))
            .collect();
        let anyone_paid = facts.accounts.first_paid_at.iter().any(|&at| at != NONE);
        let confirmed = funnel.stage.iter().position(|stage| stage.confirmed_by.is_some()).filter(|_| anyone_paid);
        let (deals, has_person) = deals_by_person(facts);
        let spelled = spelled(funnel);
        Self {
            facts,
            now,
            events,
            confirmed,
            told: [people_moves(facts, &spelled, now), deal_moves(facts, &spelled, now)],
            deals,
            has_person,
        }
    }

    /// What a person's own fields and stage history tell.
    fn of_person(&self, row: usize, seen: &mut Vec<(usize, i64)>) {
        let people = &self.facts.people;
        let [told, _] = &self.told;
        seen.extend(told.get(&row).into_iter().flatten());
        let mut created = None;
        for &(event, stage) in &self.events {
            let column = match event {
                Event::Created => &people.created_at,
                Event::Mql => &people.mql_at,
                Event::Sal => &people.sal_at,
                Event::Sql => &people.sql_at,
                Event::DealCreated | Event::DealWon | Event::FirstPaid => continue,
            };
            let Some(at) = column.get(row).copied().and_then(known).filter(|&at| at <= self.now.0) else { continue };
            match event {
                Event::Created => created = Some((stage, at)),
                _ => seen.push((stage, at)),
            }
        }
        // Every lead has shown interest; a contact of a customer has not, unless something says so.
        let is_lead = people.kind.get(row) == Some(&LEAD);
        seen.extend(created.filter(|_| is_lead || !seen.is_empty()));
    }

    fn of_deal(&self, row: usize, seen: &mut Vec<(usize, i64)>) {
        let Some(deal) = Deal::read(self.facts, row) else { return };
        let [_, told] = &self.told;
        seen.extend(told.get(&row).into_iter().flatten());
        for &(event, stage) in &self.events {
            let at = match event {
                Event::DealCreated => deal.created_at.or(deal.closed_at),
                Event::DealWon => deal.closed_at.filter(|_| deal.outcome == Outcome::Won),
                _ => None,
            };
            let Some(at) = at else { continue };
            let at = if self.confirmed == Some(stage) { self.paid(&deal, at) } else { Some(at.0) };
            seen.extend(at.filter(|&at| at <= self.now.0).map(|at| (stage, at)));
        }
    }

    /// Signed and paying: the later of the two.
    fn paid(&self, deal: &Deal, signed: Instant) -> Option<i64> {
        let account = self.facts.accounts.find(deal.account?)?;
        let paid = self.facts.accounts.first_paid_at.get(account).copied().and_then(known)?;
        Some(paid.max(signed.0))
    }

    fn deals_of(&self, person: usize) -> &[usize] {
        self.deals.get(&person).map_or(&[], Vec::as_slice)
    }

    /// The deal that stands for a journey: the one that was won, else the first.
    fn main(&self, deals: &[usize]) -> Option<usize> {
        let won = |row: &&usize| Deal::read(self.facts, **row).is_some_and(|deal| deal.outcome == Outcome::Won);
        deals.iter().find(won).or_else(|| deals.first()).copied()
    }

    fn is_alone(&self, deal: usize) -> bool {
        !self.has_person.get(deal).copied().unwrap_or(false)
    }

    /// When a person, or the deal that came of them, was given up.
    fn left(&self, person: usize, deals: &[usize]) -> i64 {
        match self.main(deals) {
            Some(deal) => self.lost(deal),
            None => {
                let at = self.facts.people.disqualified_at.get(person).copied().unwrap_or(NONE);
                if at <= self.now.0 { at } else { NONE }
            }
        }
    }

    fn lost(&self, deal: usize) -> i64 {
        let deal = Deal::read(self.facts, deal).filter(|deal| deal.outcome == Outcome::Lost);
        deal.and_then(|deal| deal.closed_at).filter(|at| *at <= self.now).map_or(NONE, |at| at.0)
    }
}

/// The code of a lead in `person.kind`.
const LEAD: i64 = 0;

/// Deals of each person, oldest first, and which deals have a person.
fn deals_by_person(facts: &Facts) -> (HashMap<usize, Vec<usize>>, Vec<bool>) {
    let (people, deals) = (&facts.people, &facts.opportunities);
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (deal, lead) in deals.lead.iter().enumerate() {
        pairs.extend(known(*lead).and_then(|id| people.find(id)).map(|person| (person, deal)));
    }
    for (person, deal) in people.opportunity.iter().enumerate() {
        pairs.extend(known(*deal).and_then(|id| deals.find(id)).map(|deal| (person, deal)));
    }
    pairs.sort_unstable_by_key(|&(person, deal)| (person, deals.created_at.get(deal).copied(), deal));
    pairs.dedup();
    let mut has_person = vec![false; deals.len()];
    let mut by_person: HashMap<usize, Vec<usize>> = HashMap::new();
    for (person, deal) in pairs {
        if let Some(has) = has_person.get_mut(deal) {
            // Two people on one deal: it is the story of the first, or it would be counted twice.
            if !std::mem::replace(has, true) {
                by_person.entry(person).or_default().push(deal);
            }
        }
    }
    (by_person, has_person)
}

/// Folded spelling → the stage it names.
fn spelled(funnel: &Funnel) -> HashMap<String, usize> {
    let stages = funnel.stage.iter().enumerate();
    stages.flat_map(|(at, stage)| stage.names.iter().map(move |name| (fold(name), at))).collect()
}

/// What stage histories tell of people: (stage, instant) by row of the person.
fn people_moves(facts: &Facts, spelled: &HashMap<String, usize>, now: Instant) -> HashMap<usize, Vec<(usize, i64)>> {
    let mut stages: HashMap<i64, Option<usize>> = HashMap::new();
    let mut moves: HashMap<usize, Vec<(usize, i64)>> = HashMap::new();
    let changes = &facts.lifecycle_changes;
    for ((person, word), &at) in changes.person.iter().zip(&changes.to_stage).zip(&changes.at) {
        let stage = *stages
            .entry(*word)
            .or_insert_with(|| facts.words.word(*word).and_then(|name| spelled.get(&fold(name)).copied()));
        if let (Some(stage), Some(row), true) = (stage, facts.people.find(*person), at <= now.0) {
            moves.entry(row).or_default().push((stage, at));
        }
    }
    moves
}

/// What stage histories tell of deals: (stage, instant) by row of the deal.
fn deal_moves(facts: &Facts, spelled: &HashMap<String, usize>, now: Instant) -> HashMap<usize, Vec<(usize, i64)>> {
    let named = |stage: &StageFact| spelled.get(&fold(&stage.name)).copied();
    let stages: HashMap<i64, usize> =
        facts.stages.iter().filter_map(|(&id, stage)| Some((id, named(stage)?))).collect();
    let mut moves: HashMap<usize, Vec<(usize, i64)>> = HashMap::new();
    if stages.is_empty() {
        return moves;
    }
    let changes = &facts.stage_changes;
    let columns = changes.opportunity.iter().zip(&changes.from_stage).zip(&changes.to_stage).zip(&changes.at);
    for ((((deal, from), to), &at), &origin) in columns.zip(&changes.origin) {
        // A change of amount or date is told as a move from a stage to itself; what a history file tells too is
        // no second move.
        let entered = stages.get(to).filter(|_| from != to && at <= now.0 && origin != EXPLAINED);
        if let (Some(&stage), Some(row)) = (entered, facts.opportunities.find(*deal)) {
            moves.entry(row).or_default().push((stage, at));
        }
    }
    moves
}
