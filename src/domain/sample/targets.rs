//! The targets of the last four quarters: a little more than was reached in the quarter before.

use super::calendar;
use super::dice::{real, whole};
use super::team::{Role, with_role};
use super::{SampleFile, World};
use chrono::{Datelike, Months, NaiveDate};

/// How much more than in the quarter before.
const MORE: f64 = 1.06;
/// How much more is to be won: too much for what is open, so that coverage has a gap to show.
const MORE_WON: f64 = 1.25;
/// Conversions that were agreed on, and the median days in a stage at most.
const RATES: [(&str, &str); 3] = [("mql_to_sql", "22 %"), ("sql_to_opportunity", "60 %"), ("mql_days", "6")];

pub(super) fn targets(world: &World) -> SampleFile {
    let this = calendar::quarter_start(calendar::date(world.now));
    let back = |quarters: u32| this.checked_sub_months(Months::new(3 * quarters)).unwrap_or(this);
    let rows = [3, 2, 1, 0].into_iter().flat_map(|quarters| of_quarter(world, back(quarters + 1), back(quarters)));
    SampleFile { name: "targets.csv", header: &["metric", "period", "owner", "value"], rows: rows.collect() }
}

/// The targets of the quarter that begins with `start`, from what the one before reached.
fn of_quarter(world: &World, before: NaiveDate, start: NaiveDate) -> Vec<Vec<String>> {
    let (from, to) = (calendar::instant(before), calendar::instant(start));
    let within = |at: Option<i64>| at.is_some_and(|at| from <= at && at < to);
    let leads = |at: fn(&super::leads::Lead) -> Option<i64>| world.leads.iter().filter(|lead| within(at(lead))).count();
    let signed = || world.deals.iter().filter(|deal| within(deal.signed));
    let won = usize::try_from(signed().map(super::deals::Deal::amount).sum::<i64>()).unwrap_or(0);
    let period = format!("{}-Q{}", start.year(), start.month0() / 3 + 1);
    let row =
        |metric: &str, owner: &str, value: String| vec![metric.to_owned(), period.clone(), owner.to_owned(), value];
    let mut rows = vec![
        row("lead", "", rounded(leads(|lead| Some(lead.created)), 100)),
        row("mql", "", rounded(leads(|lead| lead.mql), 50)),
        row("sql", "", rounded(leads(|lead| lead.sql), 10)),
        row("opportunity", "", rounded(world.deals.iter().filter(|deal| within(Some(deal.created))).count(), 10)),
        row("customer", "", rounded(signed().count(), 5)),
    ];
    rows.extend(RATES.map(|(metric, value)| row(metric, "", value.to_owned())));
    rows.push(row("won_amount", "", stepped(real(won) * MORE_WON, 10_000)));
    // Everyone's own is the same: half of a fair share for whoever is new.
    let sellers = with_role(&world.team, Role::Ae);
    let here: Vec<_> = sellers.iter().filter_map(|&at| world.team.get(at)).filter(|member| member.hired < to).collect();
    let shares: f64 = here.iter().map(|member| share(member.is_new(to))).sum();
    let all = real(won) * MORE_WON;
    rows.extend(here.iter().map(|member| {
        let own = all * share(member.is_new(to)) / shares;
        row("won_amount", &member.name, (whole(own / 1_000.0 + 0.5) * 1_000).to_string())
    }));
    rows
}

fn share(new: bool) -> f64 {
    if new { 0.5 } else { 1.0 }
}

/// [`MORE`] than `reached`, in steps of `step`.
fn rounded(reached: usize, step: usize) -> String {
    stepped(real(reached) * MORE, step)
}

/// A number in steps of `step`.
fn stepped(number: f64, step: usize) -> String {
    (whole(number / real(step) + 0.5) * step).to_string()
}
