//! Opportunities: from SQLs, from outbound work and from customers who expand.

use chrono::NaiveDate;

use super::calendar::{self, DAY, HOUR, Plan};
use super::catalogue::{self, AMOUNTS, LOSS_REASONS, SOURCES, SQL_TO_OPPORTUNITY, Sizes, Stage, WIN_RATE};
use super::companies::Company;
use super::dice::{Dice, Quota, real};
use super::journey::{self, Change, Oddity};
use super::leads::Lead;
use super::team::{self, Member, Role};

/// An opportunity as it stands now, with its history.
#[derive(Debug, Clone)]
pub(super) struct Deal {
    /// Position in the companies.
    pub(super) company: usize,
    /// Position in the leads.
    pub(super) lead: Option<usize>,
    pub(super) source: &'static str,
    pub(super) product: &'static str,
    /// Position of the AE in the team.
    pub(super) owner: usize,
    pub(super) created: i64,
    /// At least one row; the last one is the present.
    pub(super) history: Vec<Change>,
    pub(super) signed: Option<i64>,
    /// Need, budget, decision maker: known and true, known and false, or nobody filled it in.
    pub(super) proofs: [Option<bool>; 3],
    pub(super) loss_reason: &'static str,
}

impl Deal {
    pub(super) fn stage(&self) -> Stage {
        self.history.last().map_or(Stage::Qualification, |change| change.to)
    }

    pub(super) fn amount(&self) -> i64 {
        self.history.last().map_or(0, |change| change.amount)
    }

    pub(super) fn close_date(&self) -> Option<NaiveDate> {
        self.history.last().map(|change| change.close_date)
    }

    pub(super) fn closed(&self) -> Option<i64> {
        self.history.last().filter(|change| change.to.is_closed()).map(|change| change.at)
    }
}

/// How a deal begins.
struct Start {
    company: usize,
    lead: Option<usize>,
    source: &'static str,
    at: i64,
}

/// All opportunities, oldest first; leads that became one are told so.
pub(super) fn invent(
    seed: u64,
    plan: &Plan,
    team: &[Member],
    companies: &[Company],
    sizes: &Sizes,
    leads: &mut [Lead],
) -> Vec<Deal> {
    let mut dice = Dice::new(seed, "deals");
    let mut starts = from_leads(&mut dice, plan, leads);
    starts.extend(without_leads(&mut dice, plan, companies, sizes));
    starts.sort_by_key(|start| start.at);
    let aes = team::with_role(team, Role::Ae);
    let outcomes = outcomes(&mut dice, starts.len());
    let mut deals = Vec::with_capacity(starts.len());
    for (position, (start, won)) in starts.into_iter().zip(outcomes).enumerate() {
        if let Some(lead) = start.lead.and_then(|at| leads.get_mut(at)) {
            lead.deal = Some(position);
        }
        let oddity = Oddity::of(position);
        deals.push(deal(&mut dice, plan, &aes, &start, won, oddity));
    }
    deals
}

/// A constant share of the SQLs, in the order in which they were qualified.
fn from_leads(dice: &mut Dice, plan: &Plan, leads: &mut [Lead]) -> Vec<Start> {
    let mut quota = Quota::new(1);
    let mut starts = Vec::new();
    for chunk in &plan.chunks {
        let mut sqls: Vec<(usize, i64)> = leads
            .iter()
            .enumerate()
            .filter_map(|(at, lead)| lead.sql.map(|sql| (at, sql)))
            .filter(|(_, sql)| *sql >= chunk.from && *sql < chunk.to)
            .collect();
        dice.shuffle(&mut sqls);
        let count: usize = quota.deal(&[real(sqls.len()) * SQL_TO_OPPORTUNITY], &[sqls.len()]).iter().sum();
        let left = sqls.split_off(count.min(sqls.len()));
        for (lead, sql) in left {
            give_up(dice, plan, leads.get_mut(lead), sql);
        }
        let hours = dice.spread(&[1, 3, 8, 20, 26, 46, 70, 110], count);
        for ((lead, sql), hours) in sqls.into_iter().zip(hours) {
            let at = calendar::at_work(dice, sql + hours * HOUR, 1);
            let from = leads.get(lead);
            let source = from.and_then(|l| SOURCES.get(l.source)).map_or("", |s| s.name);
            let company = from.map_or(0, |l| l.company);
            if at < plan.now {
                starts.push(Start { company, lead: Some(lead), source, at });
            }
        }
    }
    starts
}

/// An SQL that is not worth an opportunity after all goes back, most of the time.
fn give_up(dice: &mut Dice, plan: &Plan, lead: Option<&mut Lead>, sql: i64) {
    let wait = dice.between(6, 35) * DAY;
    let at = calendar::at_work(dice, sql + wait, 1);
    let reason = dice.pick(&["no budget", "bad timing", "no decision maker"]);
    if let (Some(lead), true) = (lead, at < plan.now && dice.chance(850)) {
        lead.disqualified = Some((at, reason));
    }
}

/// Deals that sales began on its own, some of them before the history begins.
fn without_leads(dice: &mut Dice, plan: &Plan, companies: &[Company], sizes: &Sizes) -> Vec<Start> {
    let mut starts = Vec::new();
    let mut quota = Quota::new(1);
    let before = std::iter::once((plan.start - 150 * DAY, plan.start, real(sizes.carried_over)));
    let during = plan.chunks.iter().map(|c| (c.from, c.to, c.share * real(sizes.outbound)));
    let old = sizes.old_customers.min(companies.len());
    for (from, to, expected) in before.chain(during) {
        let count: usize = quota.deal(&[expected], &[usize::MAX]).iter().sum();
        for _ in 0..count {
            let expansion = dice.chance(350);
            let company = if expansion { dice.below(old) } else { old + dice.below(companies.len() - old) };
            let source = if expansion { "Expansion" } else { "Outbound" };
            starts.push(Start { company, lead: None, source, at: calendar::moment(dice, from, to, 1) });
        }
    }
    starts
}

/// Won or lost for each deal: the same share in every dozen or so, in random order.
fn outcomes(dice: &mut Dice, deals: usize) -> Vec<bool> {
    let mut quota = Quota::new(1);
    let mut all = Vec::with_capacity(deals);
    while all.len() < deals {
        let size = 11.min(deals - all.len());
        let won: usize = quota.deal(&[real(size) * WIN_RATE], &[size]).iter().sum();
        let mut few: Vec<bool> = (0..size).map(|at| at < won).collect();
        dice.shuffle(&mut few);
        all.extend(few);
    }
    all
}

fn deal(dice: &mut Dice, plan: &Plan, aes: &[usize], start: &Start, won: bool, oddity: Oddity) -> Deal {
    let expansion = start.source == "Expansion";
    let amount = (dice.along(&AMOUNTS) / if expansion { 2 } else { 1 }).max(3_000) / 500 * 500;
    let history = journey::travel(dice, plan.now, start.at, amount, won, oddity);
    let stage = history.last().map_or(Stage::Qualification, |change| change.to);
    let signed = history.last().filter(|c| c.to == Stage::ClosedWon).map(|closing| {
        let before = history.iter().rev().nth(1).map_or(start.at, |c| c.at);
        calendar::seconds(closing.at - dice.between(0, 30) * HOUR).max(before)
    });
    let late = stage >= Stage::Demo;
    let proofs = [980, if late { 900 } else { 620 }, if late { 880 } else { 560 }].map(|known| {
        match (dice.chance(known), dice.chance(40)) {
            (true, refused) => Some(!refused || stage == Stage::ClosedWon),
            _ => None,
        }
    });
    Deal {
        company: start.company,
        lead: start.lead,
        source: start.source,
        product: catalogue::product_for(amount, expansion),
        owner: dice.pick(aes),
        created: start.at,
        history,
        signed,
        proofs,
        loss_reason: if stage == Stage::ClosedLost { dice.pick(&LOSS_REASONS) } else { "" },
    }
}
