//! What it costs: campaigns by channel, teams by head-count, and what other currencies are worth.

use super::calendar::{self, DAY, Plan};
use super::catalogue::SOURCES;
use super::dice::{Dice, real, whole};
use super::rows;
use super::team::{Member, Role};
use super::{SampleFile, World};
use chrono::{Months, NaiveDate};

/// Dollars for a lead of each source, in the order of [`SOURCES`]: a stand at a fair is dear, a referral gets a
/// small present.
const PER_LEAD: [f64; SOURCES.len()] = [95.0, 0.0, 38.0, 26.0, 72.0, 15.0, 30.0];

/// The first instant after a month, or now.
fn end(month: NaiveDate, now: i64) -> i64 {
    month.checked_add_months(Months::new(1)).map_or(now, calendar::instant).min(now)
}

/// Spend month by month, as the leads came; the last month to date.
pub(super) fn spend(seed: u64, world: &World) -> SampleFile {
    let mut dice = Dice::new(seed, "spend");
    let mut rows = Vec::new();
    for month in calendar::months(Plan::new(world.now).start, world.now) {
        let (from, to) = (calendar::instant(month), end(month, world.now));
        for (at, (source, per_lead)) in SOURCES.iter().zip(PER_LEAD).enumerate() {
            let came = |lead: &&super::leads::Lead| lead.source == at && lead.created >= from && lead.created < to;
            let leads = world.leads.iter().filter(came).count();
            let mood = f64::from(u16::try_from(dice.between(88, 112)).unwrap_or(100)) / 100.0;
            let amount = whole(real(leads) * per_lead * mood / 10.0) * 10;
            if amount > 0 {
                let campaign = source.campaign;
                let label = calendar::quarter_label(from);
                rows.push(vec![
                    calendar::month_label(month),
                    source.name.to_owned(),
                    if campaign.is_empty() { String::new() } else { format!("{campaign} {label}") },
                    amount.to_string(),
                    rows::CURRENCY.to_owned(),
                ]);
            }
        }
    }
    SampleFile { name: "spend.csv", header: &["period", "channel", "campaign", "amount", "currency"], rows }
}

/// Dollars a month for someone, with everything that goes with a job.
fn monthly(member: &Member) -> usize {
    match member.role {
        Role::Lead if member.team == "Leadership" => 24_000,
        Role::Lead => 15_000,
        Role::Marketing => 10_500,
        Role::Sdr => 7_500,
        Role::Ae => 14_000,
        Role::Csm => 9_500,
    }
}

/// Costs by team, month by month; the last month to date.
pub(super) fn costs(world: &World) -> SampleFile {
    let mut teams: Vec<&'static str> = world.team.iter().map(|member| member.team).collect();
    teams.sort_unstable();
    teams.dedup();
    let mut rows = Vec::new();
    for month in calendar::months(Plan::new(world.now).start, world.now) {
        let to = end(month, world.now);
        let days = usize::try_from((to - calendar::instant(month) + DAY - 1) / DAY).unwrap_or(0).min(30);
        for team in &teams {
            let there = world.team.iter().filter(|member| member.team == *team && member.hired < to);
            let amount = there.map(monthly).sum::<usize>() * days / 30 / 100 * 100;
            let amount = amount.to_string();
            rows.push(vec![calendar::month_label(month), (*team).to_owned(), amount, rows::CURRENCY.to_owned()]);
        }
    }
    SampleFile { name: "costs.csv", header: &["period", "team", "amount", "currency"], rows }
}

/// Currencies with ten-thousandths of a dollar that one unit is worth at first.
const CURRENCIES: [(&str, i64); 3] = [("EUR", 10_800), ("GBP", 12_650), ("CNY", 1_385)];

/// The rates of the first of each month: they wander, and not far.
pub(super) fn rates(seed: u64, world: &World) -> SampleFile {
    let mut dice = Dice::new(seed, "rates");
    let mut rows = Vec::new();
    let mut worth = CURRENCIES;
    for month in calendar::months(Plan::new(world.now).start, world.now) {
        for (currency, now) in &mut worth {
            *now += *now * dice.between(-12, 12) / 1_000;
            let rate = format!("{}.{:04}", *now / 10_000, *now % 10_000);
            rows.push(vec![(*currency).to_owned(), month.to_string(), rate]);
        }
    }
    SampleFile { name: "rates.csv", header: &["currency", "date", "rate"], rows }
}
