//! From the signature to the first value: how each won deal went over to customer success, and when the customer got
//! what was agreed on first.

use std::collections::BTreeMap;

use super::calendar::{self, DAY, HOUR, MINUTE};
use super::dice::Dice;
use super::rows;
use super::{SampleFile, World};

/// Of a thousand forms, how many came back first because something was missing.
const SENT_BACK: usize = 140;
/// Of a thousand customers, how many had reached no value yet after half a year.
const STUCK: usize = 40;
/// Of the deals signed within this time, some wait.
const WAITING: i64 = 2 * DAY;
/// Minutes from the signature to the form at evenly spaced quantiles, and from each step to the next.
const TO_FORM: [i64; 6] = [20, 60, 150, 300, 540, 1_500];
const TO_ACCEPTANCE: [i64; 6] = [10, 30, 70, 150, 300, 900];
const TO_KICKOFF: [i64; 6] = [5, 20, 50, 120, 240, 1_200];
/// Days from the signature to the first value.
const TO_VALUE: [i64; 9] = [9, 18, 24, 30, 36, 43, 52, 70, 130];

/// When each deal reached its first value, by position in the deals.
pub(super) fn first_values(seed: u64, world: &World) -> BTreeMap<usize, i64> {
    let mut dice = Dice::new(seed, "first value");
    let signed = world.deals.iter().enumerate().filter_map(|(at, deal)| Some((at, deal.signed?)));
    let reached = signed.filter_map(|(at, signed)| {
        let (days, stuck) = (dice.along(&TO_VALUE), dice.chance(STUCK));
        let value = calendar::at_work(&mut dice, signed + days * DAY, 1);
        (value < world.now && !stuck).then_some((at, value))
    });
    reached.collect()
}

/// One thing that was done.
struct Event {
    at: i64,
    deal: usize,
    what: &'static str,
    by: usize,
    reason: &'static str,
    next: Option<i64>,
    form: [&'static str; 4],
}

/// The file, oldest first.
pub(super) fn handoffs(seed: u64, world: &World) -> SampleFile {
    let mut dice = Dice::new(seed, "onboarding");
    let owners: BTreeMap<usize, usize> =
        world.accounts.iter().map(|account| (account.company, account.owner)).collect();
    let mut all = Vec::new();
    for (at, deal) in world.deals.iter().enumerate() {
        if let (Some(signed), Some(&owner)) = (deal.signed, owners.get(&deal.company)) {
            let events = hand_over(&mut dice, (at, signed), (deal.owner, owner));
            let missing = (world.now - signed < WAITING).then(|| missing(at)).flatten();
            all.extend(events.into_iter().take_while(|event| Some(event.what) != missing));
        }
    }
    all.retain(|event| event.at < world.now);
    all.sort_by_key(|event| (event.at, event.deal));
    let rows = all.into_iter().map(|event| {
        let cells = [
            rows::deal_id(event.deal),
            event.what.to_owned(),
            calendar::stamp(Some(event.at)),
            rows::member(event.by),
            event.reason.to_owned(),
            calendar::stamp(event.next),
        ];
        cells.into_iter().chain(event.form.map(str::to_owned)).collect()
    });
    let header = &[
        "opportunity_id",
        "event",
        "at",
        "member",
        "reason",
        "next_at",
        "background",
        "decision_chain",
        "success_criteria",
        "risks",
    ];
    SampleFile { name: "handoffs.csv", header, rows: rows.collect() }
}

/// What has not happened yet with a deal of the last days: some still lack the form, some the kick-off.
fn missing(deal: usize) -> Option<&'static str> {
    match deal % 3 {
        1 => Some("form_accepted"),
        2 => Some("kickoff"),
        _ => None,
    }
}

/// It goes to who looks after the customer, sales fills in the form, customer success accepts it and books the kick-off.
fn hand_over(dice: &mut Dice, (deal, signed): (usize, i64), (sales, care): (usize, usize)) -> Vec<Event> {
    let mut all = Vec::new();
    let nothing = [""; 4];
    let event =
        |at, what, by| Event { at: calendar::seconds(at), deal, what, by, reason: "", next: None, form: nothing };
    let mut at = signed + dice.between(2, 15) * MINUTE;
    all.push(event(at, "assigned", care));
    at += dice.along(&TO_FORM) * MINUTE;
    all.push(Event { form: form(dice), ..event(at, "form", sales) });
    if dice.chance(SENT_BACK) {
        at += dice.along(&TO_ACCEPTANCE) * MINUTE;
        let reason = dice.pick(&["who decides?", "no success criteria", "which risks?"]);
        all.push(Event { reason, ..event(at, "form_returned", care) });
        at += dice.along(&TO_FORM) * MINUTE;
        all.push(Event { form: form(dice), ..event(at, "form", sales) });
    }
    at += dice.along(&TO_ACCEPTANCE) * MINUTE;
    all.push(event(at, "form_accepted", care));
    at += dice.along(&TO_KICKOFF) * MINUTE;
    let meeting = dice.between(2, 9) * DAY + dice.between(0, 8) * HOUR;
    let next = calendar::at_work(dice, at + meeting, 1);
    all.push(Event { next: Some(next), ..event(at, "kickoff", care) });
    all
}

/// Customer background, decision chain, success criteria, risks.
fn form(dice: &mut Dice) -> [&'static str; 4] {
    [
        dice.pick(&[
            "replaces spreadsheets",
            "leaves a competitor",
            "grew faster than its tools",
            "first system of its kind",
        ]),
        dice.pick(&["head of operations, CFO signs", "COO decides alone", "IT and finance together", "founder"]),
        dice.pick(&["live in six weeks", "reports without manual work", "all teams in one system", "half the errors"]),
        dice.pick(&["data migration", "key user on leave", "no integration team", "none known"]),
    ]
}
