//! Accounts: customers from before the history begins, and one for each company with a deal.

use super::calendar::{self, DAY, Plan};
use super::catalogue::{Sizes, Stage};
use super::companies::Company;
use super::deals::Deal;
use super::dice::Dice;
use super::team::{self, Member, Role};

/// A company as the CRM knows it.
#[derive(Debug, Clone)]
pub(super) struct Account {
    /// Position in the companies.
    pub(super) company: usize,
    /// Position in the team: a CSM for customers, an AE for the others.
    pub(super) owner: usize,
    pub(super) created: i64,
    pub(super) first_paid: Option<i64>,
}

impl Account {
    /// The market segment by head-count.
    pub(super) fn segment(employees: i64) -> &'static str {
        match employees {
            ..200 => "SMB",
            200..1000 => "Mid-Market",
            _ => "Enterprise",
        }
    }
}

/// The customers that Lanternfield already had: the first companies of the list.
pub(super) fn customers_before(
    seed: u64,
    plan: &Plan,
    team: &[Member],
    companies: &[Company],
    sizes: &Sizes,
) -> Vec<Account> {
    let mut dice = Dice::new(seed, "customers");
    let csms = team::with_role(team, Role::Csm);
    (0..sizes.old_customers.min(companies.len()))
        .map(|company| {
            let paid = calendar::moment(&mut dice, plan.start - 1200 * DAY, plan.start - 5 * DAY, 1);
            let created = calendar::moment(&mut dice, paid - 150 * DAY, paid - 40 * DAY, 1);
            Account { company, owner: dice.pick(&csms), created, first_paid: Some(paid) }
        })
        .collect()
}

/// Opens an account for each company with a deal, turns those who signed and paid into customers,
/// and puts all in the order of their creation.
pub(super) fn open_for_deals(
    seed: u64,
    plan: &Plan,
    team: &[Member],
    deals: &[Deal],
    companies: &[Company],
    accounts: &mut Vec<Account>,
) {
    let mut dice = Dice::new(seed, "accounts");
    let csms = team::with_role(team, Role::Csm);
    let mut place: Vec<Option<usize>> = vec![None; companies.len()];
    for (at, account) in accounts.iter().enumerate() {
        if let Some(slot) = place.get_mut(account.company) {
            *slot = Some(at);
        }
    }
    for deal in deals {
        let Some(slot) = place.get_mut(deal.company) else { continue };
        let at = *slot.get_or_insert(accounts.len());
        if at == accounts.len() {
            let (company, owner, created) = (deal.company, deal.owner, deal.created);
            accounts.push(Account { company, owner, created, first_paid: None });
        }
        let paid = deal.signed.map(|signed| calendar::at_work(&mut dice, signed + pay_after(deal), 1));
        let owner = dice.pick(&csms);
        // The earliest payment counts, and only one that has already been made.
        if let (Some(account), Some(paid)) = (accounts.get_mut(at), paid.filter(|paid| *paid < plan.now)) {
            if account.first_paid.is_none() {
                account.owner = owner;
            }
            account.first_paid = Some(account.first_paid.map_or(paid, |first| first.min(paid)));
        }
    }
    accounts.sort_by_key(|account| (account.created, account.company));
}

/// Large customers pay later.
fn pay_after(deal: &Deal) -> i64 {
    let days = if deal.amount() > 60_000 { 32 } else { 14 };
    if deal.stage() == Stage::ClosedWon { days * DAY } else { 0 }
}
