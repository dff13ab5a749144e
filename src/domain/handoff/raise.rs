//! Which hand-offs there are: read off the facts, never stored, so that the order of imports does not matter and a new
//! rule holds for the past too. What people did with them is stored; which hand-off of a record it was is told by the time.

use super::judge::{Event, Handoff};
use super::pool::{self, Stay};
use super::{Begins, Ends, Kind, Subject};
use crate::domain::facts::{Facts, NONE, Words, known};
use crate::domain::fold::fold;
use crate::domain::funnel::{self as stage, Funnels, Stage};
use crate::domain::object::{HANDOFF_EVENTS, Row, TOUCH_DIRECTIONS, TOUCH_KINDS};
use crate::domain::stage::Outcome;
use crate::domain::time::Instant;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Days after the signature for which sales assists customer success.
pub const SHARED_DAYS: i64 = 30;

/// A hand-off of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raised {
    /// Place of its kind in the list of kinds.
    pub kind: usize,
    /// Id of the person or deal.
    pub record: i64,
    /// Whether the record showed a high-intent action.
    pub high_intent: bool,
    /// The record's score.
    pub score: Option<i64>,
    /// When it began, when it reached this store, and what happened to it.
    pub handoff: Handoff,
    /// Human outbound attempts of the receiving team since it began, in order.
    pub attempts: Vec<Instant>,
    /// What was done with it here, in order.
    pub done: Vec<Done>,
    /// When it was in the pool, in order; a stay that lies ahead comes about when nothing happens until then.
    pub stays: Vec<Stay>,
}

/// Something that was done with a hand-off here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Done {
    /// Id of the event.
    pub id: i64,
    /// When.
    pub at: Instant,
    /// Place of its word in [`HANDOFF_EVENTS`].
    pub what: i64,
    /// To whom it went, or who did it.
    pub member: Option<i64>,
    /// Who had it before it went to someone.
    pub previous: Option<i64>,
    /// When the next step is due.
    pub next_at: Option<Instant>,
}

impl Done {
    /// What a row of the store says was done.
    #[must_use]
    pub fn of(row: &Row) -> Option<Self> {
        let cell = |key: &str| row.get(key).int();
        Some(Self {
            id: row.id.0,
            at: Instant(cell("at")?),
            what: cell("kind")?,
            member: cell("member"),
            previous: cell("previous"),
            next_at: cell("next_at").map(Instant),
        })
    }

    /// Its word.
    #[must_use]
    pub fn word(&self) -> &'static str {
        usize::try_from(self.what).ok().and_then(|at| HANDOFF_EVENTS.get(at)).copied().unwrap_or_default()
    }
}

/// All hand-offs of these kinds, by kind, record and beginning.
#[must_use]
pub fn raised(facts: &Facts, kinds: &[Kind], funnels: &Funnels) -> Vec<Raised> {
    let ground = Ground::new(facts, funnels);
    let mut all = Vec::new();
    for (at, kind) in kinds.iter().enumerate() {
        let of_kind =
            OfKind { ground: &ground, kind, at, word: number(&facts.words, &kind.key), team: team(facts, kind) };
        match kind.subject {
            Subject::Person => of_kind.people(&mut all),
            Subject::Deal => of_kind.deals(&mut all),
        }
    }
    all
}

/// The facts, laid out by record.
struct Ground<'f> {
    facts: &'f Facts,
    /// Rows of touches by person, in order of time.
    touches: HashMap<i64, Vec<usize>>,
    /// Rows of what was done, by kind of hand-off and record, in order of time.
    done: HashMap<(i64, i64), Vec<usize>>,
    entered: Entered,
}

impl<'f> Ground<'f> {
    fn new(facts: &'f Facts, funnels: &Funnels) -> Self {
        Self { facts, touches: touches(facts), done: done(facts), entered: Entered::read(facts, funnels) }
    }
}

/// The members of the receiving team; `None` when nothing tells who they are, so that everyone counts.
#[must_use]
pub fn team(facts: &Facts, kind: &Kind) -> Option<HashSet<i64>> {
    let members = facts.members.iter().map(|(&id, member)| (id, [member.team.as_deref(), member.role.as_deref()]));
    receivers(&kind.teams, members)
}

/// Those of these members, each with team and role, who are of these teams; `None` when nobody is.
#[must_use]
pub fn receivers<'m>(
    teams: &[String],
    members: impl Iterator<Item = (i64, [Option<&'m str>; 2])>,
) -> Option<HashSet<i64>> {
    let names: BTreeSet<String> = teams.iter().map(|team| fold(team)).collect();
    let is_one = |words: &[Option<&str>; 2]| words.iter().flatten().any(|word| names.contains(&fold(word)));
    let team: HashSet<i64> = members.filter(|(_, words)| is_one(words)).map(|(id, _)| id).collect();
    (!team.is_empty()).then_some(team)
}

/// Whether a touch, told by the codes of its kind and direction, by whether a human made it and by whom, is an attempt
/// of the receiving team. An e-mail counts only where it is said that a human wrote it; of the rest, only what is said
/// to be a machine's does not. One by nobody known counts.
#[must_use]
pub fn is_attempt(
    (kind, direction): (Option<i64>, Option<i64>),
    human: Option<i64>,
    by: Option<i64>,
    team: Option<&HashSet<i64>>,
) -> bool {
    let (inbound, email) = (code(TOUCH_DIRECTIONS, "inbound"), code(TOUCH_KINDS, "email"));
    let human = human.map_or(kind != email, |human| human == 1);
    human && direction != inbound && by.zip(team).is_none_or(|(by, team)| team.contains(&by))
}

/// Rows of touches by person, in order of time.
fn touches(facts: &Facts) -> HashMap<i64, Vec<usize>> {
    let touches = &facts.touches;
    let mut rows: HashMap<i64, Vec<usize>> = HashMap::new();
    for (row, (&person, &at)) in touches.person.iter().zip(&touches.at).enumerate() {
        if person != NONE && at != NONE {
            rows.entry(person).or_default().push(row);
        }
    }
    rows.values_mut().for_each(|rows| rows.sort_by_key(|&row| touches.at.get(row)));
    rows
}

/// Rows of what was done, by kind of hand-off and record, in order of time.
fn done(facts: &Facts) -> HashMap<(i64, i64), Vec<usize>> {
    let events = &facts.handoff_events;
    let mut rows: HashMap<(i64, i64), Vec<usize>> = HashMap::new();
    for (row, (&kind, (&person, &deal))) in
        events.handoff.iter().zip(events.person.iter().zip(&events.opportunity)).enumerate()
    {
        rows.entry((kind, known(person).unwrap_or(deal))).or_default().push(row);
    }
    // By id within an instant: what was done first stands first.
    rows.values_mut().for_each(|rows| rows.sort_by_key(|&row| events.at.get(row)));
    rows
}

/// When people entered the stages that begin hand-offs, and the stages behind them, in order.
#[derive(Default)]
struct Entered {
    begun: HashMap<(Begins, i64), Vec<Instant>>,
    passed: HashMap<(Begins, i64), Vec<Instant>>,
}

impl Entered {
    /// As fields and histories tell it.
    fn read(facts: &Facts, funnels: &Funnels) -> Self {
        let mut entered = Self::default();
        let people = &facts.people;
        for (&person, &at) in people.id.iter().zip(&people.mql_at) {
            entered.begun.entry((Begins::Mql, person)).or_default().extend(known(at).map(Instant));
        }
        let moves = &facts.lifecycle_changes;
        for begins in [Begins::Mql, Begins::Pql] {
            let (first, later) = words(facts, funnels, begins);
            for (&person, (&to, &at)) in moves.person.iter().zip(moves.to_stage.iter().zip(&moves.at)) {
                let Some(at) = known(at).map(Instant) else { continue };
                if first.contains(&to) {
                    entered.begun.entry((begins, person)).or_default().push(at);
                } else if later.contains(&to) {
                    entered.passed.entry((begins, person)).or_default().push(at);
                }
            }
        }
        entered.begun.values_mut().chain(entered.passed.values_mut()).for_each(|times| times.sort_unstable());
        entered
    }
}

/// The words of histories for the stage that begins hand-offs, and for those behind it. Acceptance is none of these: who
/// takes a lead on has not spoken to it yet.
fn words(facts: &Facts, funnels: &Funnels, begins: Begins) -> (HashSet<i64>, HashSet<i64>) {
    let is_it = |stage: &Stage| match begins {
        Begins::Mql => stage.events.contains(&stage::Event::Mql),
        Begins::Pql => stage.key == "pql",
        Begins::Won => false,
    };
    let is_accepted = |stage: &Stage| stage.events.contains(&stage::Event::Sal);
    let (mut first, mut later) = (BTreeSet::new(), BTreeSet::new());
    for funnel in funnels.iter() {
        let from = funnel.stage.iter().skip_while(|stage| !is_it(stage));
        for (nth, stage) in from.enumerate().filter(|(_, stage)| !is_accepted(stage)) {
            let names = if nth == 0 { &mut first } else { &mut later };
            names.extend(stage.names.iter().map(|name| fold(name)));
        }
    }
    let numbers = |names: &BTreeSet<String>| {
        let words = facts.words.iter().zip(0..).filter(|(word, _)| names.contains(&fold(word)));
        words.map(|(_, number)| number).collect()
    };
    (numbers(&first), numbers(&later))
}

/// One kind of hand-off on the ground.
struct OfKind<'g> {
    ground: &'g Ground<'g>,
    kind: &'g Kind,
    at: usize,
    /// Number of its key among the words, where anything was done with one.
    word: Option<i64>,
    team: Option<HashSet<i64>>,
}

impl<'g> OfKind<'g> {
    /// The hand-offs of people.
    fn people(&self, all: &mut Vec<Raised>) {
        let people = &self.ground.facts.people;
        for row in 0..people.len() {
            let cell = |column: &[i64]| column.get(row).copied().and_then(known);
            let Some(id) = cell(&people.id) else { continue };
            let high_intent = cell(&people.high_intent) == Some(1);
            let score = cell(&people.score);
            let scores = self.kind.score.zip(score).is_some_and(|(least, score)| score >= least);
            let is_lead = cell(&people.kind) == Some(0);
            let times = |of: &'g HashMap<(Begins, i64), Vec<Instant>>| {
                of.get(&(self.kind.begins, id)).map_or(&[][..], Vec::as_slice)
            };
            let (entered, passed) = (times(&self.ground.entered.begun), times(&self.ground.entered.passed));
            let told = self.kind.begins == Begins::Mql && is_lead && (scores || high_intent);
            let first =
                entered.first().copied().or_else(|| told.then(|| self.first_seen(id, cell(&people.created_at)))?);
            let Some(first) = first else { continue };
            let mut ends: Vec<(Instant, Event)> = Vec::new();
            ends.extend(cell(&people.disqualified_at).map(|at| (Instant(at), Event::Returned)));
            ends.extend(cell(&people.sql_at).map(|at| (Instant(at), Event::MovedOn)));
            ends.extend(passed.iter().map(|&at| (at, Event::MovedOn)));
            ends.extend(cell(&people.first_touch_at).map(|at| (Instant(at), Event::Answered)));
            let person = Person { id, owner: cell(&people.owner), high_intent, score, ends };
            self.episodes(&person, first, entered, all);
        }
    }

    /// When a record that no stage dates was first seen.
    fn first_seen(&self, id: i64, created_at: Option<i64>) -> Option<Instant> {
        created_at.map(Instant).or_else(|| self.ground.facts.arrived_at(id))
    }

    /// A record that was given back and qualifies again is handed over again; one that qualifies twice without
    /// that waits but once.
    fn episodes(&self, person: &Person, first: Instant, entered: &[Instant], all: &mut Vec<Raised>) {
        let done = self.done(person.id);
        let mut began = first;
        loop {
            let returned = person.ends.iter().filter(|(_, event)| *event == Event::Returned).map(|&(at, _)| at);
            let given_back = done.iter().filter(|done| done.word() == "returned").map(|done| done.at);
            let back = returned.chain(given_back).filter(|&at| at >= began).min();
            let next = back.and_then(|back| entered.iter().copied().find(|&at| at > back));
            all.push(self.person(person, began, next, &done));
            let Some(next) = next else { break };
            began = next;
        }
    }

    /// One hand-off of a person, from its beginning until it is handed over again.
    fn person(&self, person: &Person, began: Instant, next: Option<Instant>, done: &[Done]) -> Raised {
        let within = |at: Instant| at >= began && next.is_none_or(|next| at < next);
        let attempts: Vec<Instant> = self.attempts(person.id).into_iter().filter(|&at| within(at)).collect();
        let done: Vec<Done> = done.iter().copied().filter(|done| within(done.at)).collect();
        let mut events: Vec<(Instant, Event)> = person.ends.iter().copied().filter(|&(at, _)| within(at)).collect();
        events.extend(attempts.first().map(|&at| (at, Event::Answered)));
        events.extend(done.iter().filter_map(|done| Some((done.at, event(done)?))));
        self.raised(person.id, person.owner, (began, events), (attempts, done)).with(person.high_intent, person.score)
    }

    /// The hand-offs of deals that were won.
    fn deals(&self, all: &mut Vec<Raised>) {
        let facts = self.ground.facts;
        let deals = &facts.opportunities;
        for row in 0..deals.len() {
            let cell = |column: &[i64]| column.get(row).copied().and_then(known);
            let stage = cell(&deals.stage).and_then(|stage| facts.stages.get(&stage));
            if stage.map(|stage| stage.outcome) != Some(Outcome::Won) {
                continue;
            }
            let signed = cell(&deals.contract_signed_at).or_else(|| cell(&deals.closed_at));
            let (Some(id), Some(signed)) = (cell(&deals.id), signed) else { continue };
            let began = Instant(signed);
            let done = self.done(id);
            // A customer who was with customer success already when the store heard of it waits for no form.
            let arrived = facts.arrived_at(id).unwrap_or(began);
            if done.is_empty() && arrived.days_since(began) > SHARED_DAYS {
                continue;
            }
            let mut events: Vec<(Instant, Event)> =
                done.iter().filter_map(|done| Some((done.at, event(done)?))).collect();
            events.extend(complete(&done).map(|at| (at.max(began), Event::Answered)));
            all.push(self.raised(id, None, (began, events), (Vec::new(), done)));
        }
    }

    fn raised(
        &self,
        record: i64,
        owner: Option<i64>,
        (began_at, mut events): (Instant, Vec<(Instant, Event)>),
        (attempts, done): (Vec<Instant>, Vec<Done>),
    ) -> Raised {
        let owner = done.iter().find(|done| done.word() == "assigned").map_or(owner, |first| first.previous);
        let arrived_at = self.ground.facts.arrived_at(record).unwrap_or(began_at).max(began_at);
        let days = self.kind.pool_days.filter(|_| self.kind.subject == Subject::Person);
        // A first touch may stand on the record alone.
        let answers = events.iter().filter(|(_, event)| *event == Event::Answered).map(|&(at, _)| at);
        let touches: Vec<Instant> = attempts.iter().copied().chain(answers).collect();
        let stays = days.map(|days| pool::stays(began_at, owner, &touches, &done, days)).unwrap_or_default();
        // First, so that an assignment at the same instant counts after them.
        events.splice(0..0, pool::events(&stays));
        events.sort_by_key(|&(at, _)| at);
        let handoff = Handoff { began_at, arrived_at, owner, events };
        Raised { kind: self.at, record, high_intent: false, score: None, handoff, attempts, done, stays }
    }

    /// Human outbound attempts of the receiving team.
    fn attempts(&self, person: i64) -> Vec<Instant> {
        let touches = &self.ground.facts.touches;
        let counts = |&&row: &&usize| {
            let cell = |column: &[i64]| column.get(row).copied().and_then(known);
            let how = (cell(&touches.kind), cell(&touches.direction));
            is_attempt(how, cell(&touches.human), cell(&touches.member), self.team.as_ref())
        };
        let rows = self.ground.touches.get(&person).map_or(&[][..], Vec::as_slice);
        rows.iter().filter(counts).filter_map(|&row| touches.at.get(row).copied()).map(Instant).collect()
    }

    /// What was done with the hand-offs of this kind of a record.
    fn done(&self, record: i64) -> Vec<Done> {
        let events = &self.ground.facts.handoff_events;
        let Some(kind) = self.word else { return Vec::new() };
        let rows = self.ground.done.get(&(kind, record)).map_or(&[][..], Vec::as_slice);
        let read = |&row: &usize| {
            let cell = |column: &[i64]| column.get(row).copied().and_then(known);
            Some(Done {
                id: cell(&events.id)?,
                at: Instant(cell(&events.at)?),
                what: cell(&events.kind)?,
                member: cell(&events.member),
                previous: cell(&events.previous),
                next_at: cell(&events.next_at).map(Instant),
            })
        };
        rows.iter().filter_map(read).collect()
    }
}

/// What the hand-offs of a person are read from.
struct Person {
    id: i64,
    owner: Option<i64>,
    high_intent: bool,
    score: Option<i64>,
    ends: Vec<(Instant, Event)>,
}

impl Raised {
    /// Its stay in the pool at an instant.
    #[must_use]
    pub fn pooled(&self, now: Instant) -> Option<Stay> {
        let stay = self.stays.iter().rfind(|stay| stay.since <= now)?;
        stay.until.is_none_or(|until| now < until).then_some(*stay)
    }

    fn with(self, high_intent: bool, score: Option<i64>) -> Self {
        Self { high_intent, score, ..self }
    }
}

/// What something that was done means to the clock.
fn event(done: &Done) -> Option<Event> {
    match done.word() {
        "assigned" => Some(Event::Assigned(done.member)),
        "paused" => Some(Event::Paused),
        "resumed" => Some(Event::Resumed),
        "returned" => Some(Event::Returned),
        _ => None,
    }
}

/// When the form was accepted and the kick-off booked, whichever came last; a form that was sent back is open again.
fn complete(done: &[Done]) -> Option<Instant> {
    let last = |words: &[&str]| done.iter().rfind(|done| words.contains(&done.word()));
    let form = last(&["form", "form_returned", "form_accepted"]).filter(|done| done.word() == "form_accepted")?;
    Some(form.at.max(last(&["kickoff"])?.at))
}

/// The code of a word.
fn code(words: &[&str], word: &str) -> Option<i64> {
    words.iter().position(|known| *known == word).and_then(|at| i64::try_from(at).ok())
}

/// The number of an interned word.
fn number(words: &Words, word: &str) -> Option<i64> {
    words.iter().zip(0..).find(|(known, _)| *known == word).map(|(_, number)| number)
}

/// What a kind's hand-offs end by, for those who ask what is still missing.
#[must_use]
pub fn missing(kind: &Kind, done: &[Done]) -> BTreeMap<&'static str, bool> {
    let last = |words: &[&str]| done.iter().rfind(|done| words.contains(&done.word())).map(Done::word);
    match kind.ends {
        Ends::Touch => BTreeMap::new(),
        Ends::Form => BTreeMap::from([
            ("form", last(&["form", "form_returned", "form_accepted"]).is_none_or(|word| word == "form_returned")),
            ("accept", last(&["form", "form_returned", "form_accepted"]) != Some("form_accepted")),
            ("kickoff", last(&["kickoff"]).is_none()),
        ]),
    }
}
