//! Who arrives when, from which source, and which SDR gets the MQLs. The first half of the
//! story is here: more Event leads, and more leads for new hires, from this quarter on.

use std::collections::BTreeSet;

use super::calendar::{self, Chunk, DAY, HOUR, MINUTE, Plan};
use super::catalogue::{self, DEMO_REQUEST, EVENT, SOURCES, Sizes};
use super::companies::Company;
use super::dice::{Dice, Quota, real};
use super::names;
use super::team::{self, Member};

/// A person who showed interest, and how far the funnel took them.
#[derive(Debug, Clone, Default)]
pub(super) struct Lead {
    pub(super) name: String,
    pub(super) email: String,
    pub(super) phone: String,
    /// Position in the companies.
    pub(super) company: usize,
    /// Position in [`SOURCES`].
    pub(super) source: usize,
    pub(super) score: i64,
    pub(super) high_intent: bool,
    /// Position of the SDR in the team.
    pub(super) owner: Option<usize>,
    /// The SDR was a new hire when the lead became an MQL.
    pub(super) new_hire: bool,
    pub(super) created: i64,
    pub(super) mql: Option<i64>,
    pub(super) touched: Option<i64>,
    pub(super) sal: Option<i64>,
    pub(super) sql: Option<i64>,
    pub(super) disqualified: Option<(i64, &'static str)>,
    /// Position of the opportunity in the deals.
    pub(super) deal: Option<usize>,
}

impl Lead {
    /// High intent or a score of 90: to be touched within minutes.
    pub(super) fn is_hot(&self) -> bool {
        self.high_intent || self.score >= 90
    }
}

/// All leads, oldest first; MQLs have an owner, and nothing has happened to them yet.
pub(super) fn invent(seed: u64, plan: &Plan, team: &[Member], companies: &[Company], sizes: &Sizes) -> Vec<Lead> {
    let mut maker = Maker { dice: Dice::new(seed, "leads"), plan, team, companies, sizes };
    let unripe = sizes.leads.saturating_sub(sizes.mqls + sizes.twins.0);
    let mut leads = maker.mqls();
    leads.extend(maker.others(unripe));
    leads.sort_by_key(|lead| lead.created);
    freshen(&mut leads, plan.now);
    introduce(&mut maker.dice, companies, &mut leads);
    leads
}

struct Maker<'a> {
    dice: Dice,
    plan: &'a Plan,
    team: &'a [Member],
    companies: &'a [Company],
    sizes: &'a Sizes,
}

impl Maker<'_> {
    fn mqls(&mut self) -> Vec<Lead> {
        let mut volume = Quota::new(1);
        let mut cells = Quota::new(SOURCES.len() * 2);
        let mut leads = Vec::with_capacity(self.sizes.mqls);
        for chunk in &self.plan.chunks {
            let n: usize = volume.deal(&[chunk.share * real(self.sizes.mqls)], &[usize::MAX]).iter().sum();
            let new = catalogue::new_hire_share(chunk.current);
            let tenures = [1.0 - new, new];
            let expected: Vec<f64> =
                source_mix(chunk.current).flat_map(|share| tenures.map(|tenure| share * tenure * real(n))).collect();
            let dealt = cells.deal(&expected, &vec![usize::MAX; expected.len()]);
            for (cell, count) in dealt.into_iter().enumerate() {
                leads.extend((0..count).map(|_| self.mql(chunk, cell / 2, cell % 2 == 1)));
            }
        }
        leads
    }

    fn mql(&mut self, chunk: &Chunk, source: usize, new: bool) -> Lead {
        let mut lead = self.someone(source);
        let offset = self.companies.get(lead.company).map_or(0, |c| c.region.offset());
        let mql = calendar::moment(&mut self.dice, chunk.from, chunk.to, offset);
        lead.high_intent = source == DEMO_REQUEST || self.dice.chance(90);
        lead.score = match (source, self.dice.chance(120)) {
            (DEMO_REQUEST, true) => self.dice.between(55, 79),
            (EVENT, _) => self.dice.along(&[80, 81, 82, 84, 86, 89]),
            _ => self.dice.along(&[80, 82, 84, 86, 89, 99]),
        };
        lead.created = calendar::seconds(mql - self.warm_up(source)).max(self.plan.start - 10 * DAY).min(mql);
        lead.mql = Some(mql);
        lead.owner = team::sdr_at(&mut self.dice, self.team, mql, new);
        lead.new_hire = lead.owner.and_then(|at| self.team.get(at)).is_some_and(|m| m.is_new(mql));
        lead
    }

    /// How long a lead of `source` takes to become an MQL.
    fn warm_up(&mut self, source: usize) -> i64 {
        if source == DEMO_REQUEST || self.dice.chance(450) {
            return self.dice.between(0, 15) * MINUTE;
        }
        self.dice.along(&[1, 8, 20, 30, 48, 80, 130, 240]) * HOUR
    }

    fn others(&mut self, count: usize) -> Vec<Lead> {
        let mut volume = Quota::new(1);
        let mut mix = Quota::new(SOURCES.len());
        let mut leads = Vec::with_capacity(count);
        for chunk in &self.plan.chunks {
            let n: usize = volume.deal(&[chunk.share * real(count)], &[usize::MAX]).iter().sum();
            let expected: Vec<f64> = source_mix(chunk.current).map(|share| share * real(n)).collect();
            for (source, count) in mix.deal(&expected, &[usize::MAX; SOURCES.len()]).into_iter().enumerate() {
                leads.extend((0..count).map(|_| self.other(chunk, source)));
            }
        }
        leads
    }

    /// A lead that is not an MQL (yet). A demo request always is one, so it counts as content.
    fn other(&mut self, chunk: &Chunk, source: usize) -> Lead {
        let mut lead = self.someone(if source == DEMO_REQUEST { CONTENT } else { source });
        let offset = self.companies.get(lead.company).map_or(0, |c| c.region.offset());
        lead.created = calendar::moment(&mut self.dice, chunk.from, chunk.to, offset);
        lead.score = self.dice.along(&[5, 20, 32, 45, 58, 79]);
        if self.dice.chance(120) {
            let at = lead.created + self.dice.between(1, 20) * DAY;
            let reason = self.dice.pick(&["bad contact data", "student", "competitor", "unsubscribed"]);
            lead.disqualified = (at < self.plan.now).then_some((at, reason));
        }
        lead
    }

    fn someone(&mut self, source: usize) -> Lead {
        // Some leads come from companies that are customers already.
        let old = self.sizes.old_customers.min(self.companies.len());
        let company =
            if self.dice.chance(50) { self.dice.below(old) } else { old + self.dice.below(self.companies.len() - old) };
        Lead { company, source, ..Lead::default() }
    }
}

/// Position of Content in [`SOURCES`].
const CONTENT: usize = 3;

/// Share of each source among new leads.
fn source_mix(current: bool) -> impl Iterator<Item = f64> {
    let event = catalogue::event_share(current);
    SOURCES.iter().enumerate().map(move |(at, source)| match at {
        EVENT => event,
        _ => source.weight * (1.0 - event),
    })
}

/// Moves the newest lead and the newest MQL to minutes ago: an export is never hours old.
fn freshen(leads: &mut [Lead], now: i64) {
    let newest = |leads: &mut [Lead], is_mql: bool, age: i64| {
        if let Some(lead) = leads.iter_mut().rev().find(|lead| lead.mql.is_some() == is_mql) {
            lead.created = calendar::seconds(now - age);
            lead.mql = lead.mql.map(|_| lead.created);
            lead.disqualified = None;
        }
    };
    newest(leads, false, 11 * MINUTE + 20_000);
    if let Some(lead) = leads.iter_mut().max_by_key(|lead| lead.mql) {
        lead.created = calendar::seconds(now - 3 * MINUTE - 5_000);
        lead.mql = Some(lead.created);
        lead.owner = None;
    }
    leads.sort_by_key(|lead| lead.created);
}

/// Gives everyone a name, an address that nobody else has, and some a phone.
fn introduce(dice: &mut Dice, companies: &[Company], leads: &mut [Lead]) {
    let mut taken = BTreeSet::new();
    for (serial, lead) in leads.iter_mut().enumerate() {
        let Some(company) = companies.get(lead.company) else { continue };
        // A third try on, the address gets a number: two people may share a name, not a mailbox.
        for attempt in 0..9 {
            let chinese = is_chinese(dice, company);
            let person = names::person(dice, chinese);
            let number = if attempt < 3 { String::new() } else { dice.between(2, 999).to_string() };
            lead.email = format!("{}{number}@{}", person.mailbox, company.domain);
            lead.name = person.name;
            if taken.insert(lead.email.clone()) {
                break;
            }
        }
        if lead.mql.is_some() && dice.chance(350) {
            lead.phone = phone(serial, company);
        }
    }
}

/// Does this person of `company` have a Chinese name?
pub(super) fn is_chinese(dice: &mut Dice, company: &Company) -> bool {
    company.region == super::companies::Region::China || dice.chance(30)
}

/// A number that no one has: ranges reserved for fiction, or never given out (86 154).
pub(super) fn phone(serial: usize, company: &Company) -> String {
    match company.country {
        "United States" | "Canada" => format!("+1{}55501{:02}", 201 + serial / 100 % 780, serial % 100),
        "China" => format!("+86154{:08}", serial * 7_919 % 100_000_000),
        _ => {
            let range =
                ["199", "261", "353", "465", "536", "639"].get(serial / 10_000 % 6).copied().unwrap_or_default();
            let rest = match range {
                "199" => "00",
                "261" => "91",
                "353" => "01",
                "465" => "71",
                "536" => "49",
                _ => "98",
            };
            format!("+33{range}{rest}{:04}", serial % 10_000)
        }
    }
}
