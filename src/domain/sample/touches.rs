//! Touches: the first human one of every lead that was touched, follow-ups of those that went on, mails that a
//! program sent, meetings of deals, and visits to customers.

use super::calendar::{self, DAY, HOUR, MINUTE};
use super::companies::Region;
use super::dice::Dice;
use super::leads::Lead;
use super::rows::{self, Ids};
use super::{SampleFile, World};
use chrono::Months;

/// Of a thousand leads that were accepted, how many were touched again before they were qualified.
const FOLLOWED_UP: usize = 130;
/// Of a thousand MQLs, how many got a mail that no human wrote.
const AUTOMATED: usize = 25;
/// Of a thousand customers, how many were visited within the last quarter.
const VISITED: usize = 180;

/// One touch; blank cells are written blank.
struct Touch {
    at: i64,
    object: &'static str,
    record: String,
    kind: &'static str,
    direction: &'static str,
    human: bool,
    by: Option<usize>,
    outcome: &'static str,
}

/// The file, oldest first.
pub(super) fn touches(seed: u64, world: &World, ids: &Ids) -> SampleFile {
    let mut dice = Dice::new(seed, "touches");
    let mut all = Vec::new();
    for (at, lead) in world.leads.iter().enumerate() {
        of_lead(&mut dice, world, lead, &ids.lead(at), &mut all);
    }
    of_deals(&mut dice, world, &mut all);
    of_customers(&mut dice, world, ids, &mut all);
    all.retain(|touch| touch.at < world.now);
    all.sort_by(|a, b| (a.at, a.object, &a.record).cmp(&(b.at, b.object, &b.record)));
    let rows = all.into_iter().enumerate().map(|(number, touch)| {
        vec![
            format!("X-{:05}", number + 1),
            touch.object.to_owned(),
            touch.record,
            touch.kind.to_owned(),
            touch.direction.to_owned(),
            rows::flag(touch.human),
            calendar::stamp(Some(touch.at)),
            touch.by.map(rows::member).unwrap_or_default(),
            touch.outcome.to_owned(),
        ]
    });
    let header = &["id", "object", "record_id", "kind", "direction", "human", "at", "by", "outcome"];
    SampleFile { name: "touches.csv", header, rows: rows.collect() }
}

fn of_lead(dice: &mut Dice, world: &World, lead: &Lead, id: &str, all: &mut Vec<Touch>) {
    let region = world.companies.get(lead.company).map(|company| company.region);
    let touch = |at, kind, human, outcome| Touch {
        at,
        object: "lead",
        record: id.to_owned(),
        kind,
        direction: "outbound",
        human,
        by: lead.owner.filter(|_| human),
        outcome,
    };
    if let Some(mql) = lead.mql.filter(|_| dice.chance(AUTOMATED)) {
        all.push(touch(calendar::seconds(mql + MINUTE), "email", false, ""));
    }
    let Some(first) = lead.touched else { return };
    // Whoever was accepted was reached, by the first touch or soon after.
    let kind = if lead.is_hot() { "call" } else { kind(dice, region) };
    let reached = lead.sal.is_some() && dice.chance(700);
    all.push(touch(first, kind, true, outcome(kind, reached)));
    if let Some(sal) = lead.sal.filter(|sal| *sal > first + HOUR && dice.chance(FOLLOWED_UP)) {
        let again = dice.between(first + 10 * MINUTE, sal - MINUTE);
        all.push(touch(calendar::seconds(again), kind, true, outcome(kind, true)));
    }
}

fn kind(dice: &mut Dice, region: Option<Region>) -> &'static str {
    if region == Some(Region::China) {
        dice.pick(&["call", "call", "wechat", "wechat", "wechat", "email"])
    } else {
        dice.pick(&["call", "call", "email", "email", "email"])
    }
}

fn outcome(kind: &str, reached: bool) -> &'static str {
    match (kind, reached) {
        ("call", true) => "reached",
        ("call", false) => "no answer",
        (_, true) => "replied",
        _ => "no reply",
    }
}

/// One meeting of each deal that was opened since the beginning of the quarter before.
fn of_deals(dice: &mut Dice, world: &World, all: &mut Vec<Touch>) {
    let quarter = calendar::quarter_start(calendar::date(world.now));
    let since = calendar::instant(quarter.checked_sub_months(Months::new(3)).unwrap_or(quarter));
    for (at, deal) in world.deals.iter().enumerate().filter(|(_, deal)| deal.created >= since) {
        let wait = dice.between(4, 90) * HOUR;
        let met = calendar::at_work(dice, deal.created + wait, 1);
        // What is closed already needed no meeting any more.
        let closed = deal.closed().is_some_and(|closed| met > closed);
        all.push(Touch {
            at: if closed { deal.created } else { met },
            object: "opportunity",
            record: rows::deal_id(at),
            kind: if closed { "call" } else { "meeting" },
            direction: "outbound",
            human: true,
            by: Some(deal.owner),
            outcome: if closed { "reached" } else { "held" },
        });
    }
}

/// Visits to customers by those who look after them, and calls from customers.
fn of_customers(dice: &mut Dice, world: &World, ids: &Ids, all: &mut Vec<Touch>) {
    for (at, account) in world.accounts.iter().enumerate() {
        let Some(paid) = account.first_paid.filter(|_| dice.chance(VISITED)) else { continue };
        let from = paid.max(world.now - 90 * DAY);
        let inbound = dice.chance(300);
        all.push(Touch {
            at: calendar::moment(dice, from, world.now, 1),
            object: "account",
            record: ids.account(Some(at)),
            kind: if inbound { "call" } else { "meeting" },
            direction: if inbound { "inbound" } else { "outbound" },
            human: true,
            by: Some(account.owner),
            outcome: "",
        });
    }
}
