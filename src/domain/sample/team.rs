//! The go-to-market team, about sixty at the size of the demo, and who is new in it.

use std::collections::BTreeSet;

use super::calendar::{DAY, Plan};
use super::catalogue::Sizes;
use super::dice::Dice;
use super::names;

/// Someone is a new hire for this long after the hire date.
const NEW_FOR: i64 = 90 * DAY;

/// What someone does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Lead,
    Marketing,
    Sdr,
    Ae,
    Csm,
}

/// A member of the team.
#[derive(Debug, Clone)]
pub(super) struct Member {
    pub(super) name: String,
    pub(super) email: String,
    pub(super) title: &'static str,
    pub(super) team: &'static str,
    pub(super) role: Role,
    /// Position of the manager in the team.
    pub(super) manager: Option<usize>,
    pub(super) hired: i64,
    /// Records per week.
    pub(super) capacity: Option<i64>,
    pub(super) zone: &'static str,
}

impl Member {
    /// Is this person a new hire at `at`?
    pub(super) fn is_new(&self, at: i64) -> bool {
        at - self.hired < NEW_FOR
    }
}

/// Title, team, role, position of the manager.
type Post = (&'static str, &'static str, Role, Option<usize>);
const LEADERS: [Post; 11] = [
    ("CRO", "Leadership", Role::Lead, None),
    ("CMO", "Leadership", Role::Lead, Some(0)),
    ("CCO", "Leadership", Role::Lead, Some(0)),
    ("RevOps Manager", "RevOps", Role::Lead, Some(0)),
    ("SDR Manager", "Sales Development", Role::Lead, Some(0)),
    ("Sales Manager", "Sales", Role::Lead, Some(0)),
    ("Sales Manager", "Sales", Role::Lead, Some(0)),
    ("Demand Generation", "Marketing", Role::Marketing, Some(1)),
    ("Field Marketing", "Marketing", Role::Marketing, Some(1)),
    ("Marketing Operations", "Marketing", Role::Marketing, Some(1)),
    ("SDR Manager", "Sales Development", Role::Lead, Some(0)),
];
const SDR: [Post; 2] =
    [("SDR", "Sales Development", Role::Sdr, Some(4)), ("SDR", "Sales Development", Role::Sdr, Some(10))];
const AE: [Post; 2] = [("AE", "Sales", Role::Ae, Some(5)), ("AE", "Sales", Role::Ae, Some(6))];
const CSM: [Post; 1] = [("CSM", "Customer Success", Role::Csm, Some(2))];

/// Everybody, leaders first.
pub(super) fn invent(seed: u64, plan: &Plan, sizes: &Sizes) -> Vec<Member> {
    let mut dice = Dice::new(seed, "team");
    let mut taken = BTreeSet::new();
    let mut members = Vec::new();
    let posts = LEADERS.iter().map(|post| (*post, None));
    let sdrs = (0..sizes.sdr_groups).flat_map(|group| {
        let shift = i64::try_from(group % 5).unwrap_or(0) * DAY;
        sdr_hires(plan).into_iter().zip(SDR.iter().cycle()).map(move |(hired, post)| (*post, Some(hired - shift)))
    });
    let aes = AE.iter().cycle().take(10 * sizes.sdr_groups).map(|post| (*post, None));
    let csms = CSM.iter().cycle().take(6 * sizes.sdr_groups).map(|post| (*post, None));
    for (post, hired) in posts.chain(sdrs).chain(aes).chain(csms) {
        let member = hire(&mut dice, &mut taken, plan, post, hired);
        members.push(member);
    }
    members
}

/// When each of ten SDRs was hired: three are new now; at every other time in the history one or
/// two are, so that the share of new hires is a choice and not an accident.
fn sdr_hires(plan: &Plan) -> [i64; 10] {
    let (now, before) = (plan.now, plan.same_point_before);
    [
        plan.start - 900 * DAY,
        plan.start - 420 * DAY,
        plan.start - 38 * DAY,
        plan.start + 52 * DAY,
        plan.start + 142 * DAY,
        before - 84 * DAY,
        before - 62 * DAY,
        now - 85 * DAY,
        now - 71 * DAY,
        now - 57 * DAY,
    ]
}

fn hire(
    dice: &mut Dice,
    taken: &mut BTreeSet<String>,
    plan: &Plan,
    (title, team, role, manager): Post,
    hired: Option<i64>,
) -> Member {
    let (mut person, mut zone) = (names::Person::default(), "");
    for _ in 0..50 {
        let chinese = dice.chance(250);
        zone = if chinese { "Asia/Shanghai" } else { dice.pick(&["America/New_York", "Europe/Berlin"]) };
        person = names::person(dice, chinese);
        if taken.insert(person.mailbox.clone()) {
            break;
        }
    }
    // Everyone but the SDRs was there before the history begins.
    let hired = hired.unwrap_or_else(|| plan.start - dice.between(60, 1400) * DAY);
    let new = plan.now - hired < NEW_FOR;
    let capacity = match role {
        Role::Sdr if new => Some(15),
        Role::Sdr => Some(30),
        Role::Ae => Some(5),
        Role::Csm => Some(4),
        Role::Lead | Role::Marketing => None,
    };
    let email = format!("{}@lanternfield.example", person.mailbox);
    Member { name: person.name, email, title, team, role, manager, hired, capacity, zone }
}

/// Positions of those with `role`.
pub(super) fn with_role(team: &[Member], role: Role) -> Vec<usize> {
    team.iter().enumerate().filter(|(_, m)| m.role == role).map(|(at, _)| at).collect()
}

/// An SDR at work at `at` who is, or is not, a new hire then; any other SDR if there is none.
pub(super) fn sdr_at(dice: &mut Dice, team: &[Member], at: i64, new: bool) -> Option<usize> {
    let there: Vec<(usize, bool)> = team
        .iter()
        .enumerate()
        .filter(|(_, m)| m.role == Role::Sdr && m.hired <= at)
        .map(|(position, m)| (position, m.is_new(at)))
        .collect();
    let fitting: Vec<usize> = there.iter().filter(|(_, n)| *n == new).map(|(p, _)| *p).collect();
    if fitting.is_empty() {
        return there.get(dice.below(there.len())).map(|(p, _)| *p);
    }
    fitting.get(dice.below(fitting.len())).copied()
}
