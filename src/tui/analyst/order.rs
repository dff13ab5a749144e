//! Sorting a list of any length, by the keys of its columns.

use crate::analysis::funnel::Step;
use crate::analysis::records::Texts;
use crate::domain::facts::{Facts, known};
use crate::domain::object::Object;
use crate::domain::pipeline::Deal;
use crate::domain::time::Instant;
use crate::domain::value::Id;
use crate::tui::widgets::table::Sort;
use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};

/// Whether the facts alone do not know the column.
pub fn needs_texts(sort: Sort) -> bool {
    !matches!(
        sort.column,
        "entered" | "reached" | "source" | "owner" | "amount" | "age" | "score" | "region" | "segment" | "paid"
    )
}

/// What a record is sorted by.
#[derive(Debug, Clone, PartialEq)]
enum Key {
    Number(i64),
    /// A text behind its first bytes: most pairs need no look at more.
    Text([u8; 8], Box<str>),
    NotKnown,
}

impl Key {
    fn compare(&self, other: &Self, descending: bool) -> Ordering {
        let known = |key: &Self| *key == Self::NotKnown;
        let order = match (self, other) {
            (Self::Number(a), Self::Number(b)) => a.cmp(b),
            (Self::Text(a, one), Self::Text(b, other)) => {
                u64::from_be_bytes(*a).cmp(&u64::from_be_bytes(*b)).then_with(|| one.cmp(other))
            }
            // Deals and people are sorted by different things in the column they share.
            (Self::Number(_), Self::Text(..)) => Ordering::Less,
            (Self::Text(..), Self::Number(_)) => Ordering::Greater,
            _ => Ordering::Equal,
        };
        known(self).cmp(&known(other)).then(if descending { order.reverse() } else { order })
    }
}

/// What is known of the records to be sorted.
pub struct Known<'k> {
    /// The picture.
    pub facts: &'k Facts,
    /// What they are called.
    pub texts: &'k BTreeMap<Object, Texts>,
    /// What they did that they are in the list.
    pub steps: &'k HashMap<(Object, Id), Step>,
    /// The time it is.
    pub now: Instant,
}

/// Sorts the records; those of which nothing is known come last, equal ones keep their order.
pub fn sort(ids: &mut [(Object, Id)], sort: Sort, known: &Known<'_>) {
    let mut keyed: Vec<(Key, (Object, Id))> =
        ids.iter().map(|place| (key(*place, sort.column, known), *place)).collect();
    keyed.sort_by(|(a, _), (b, _)| a.compare(b, sort.descending));
    ids.iter_mut().zip(keyed).for_each(|(place, (_, sorted))| *place = sorted);
}

fn key(place: (Object, Id), column: &str, known_of: &Known<'_>) -> Key {
    let (object, id) = place;
    let (facts, now) = (known_of.facts, known_of.now);
    let text = |column: &str| known_of.texts.get(&object)?.get(id, column).and_then(folded);
    let step = || known_of.steps.get(&place);
    let found = match (column, object) {
        ("entered", _) => step().map(|step| Key::Number(step.entered.0)),
        ("reached", _) => step().and_then(|step| step.reached).map(|at| Key::Number(at.0)),
        ("source", _) => source(place, facts).and_then(folded),
        ("name" | "company" | "email" | "phone" | "domain" | "industry", _) => text(column),
        ("state" | "status", Object::Person) => text("status"),
        ("created", Object::Account) => text("created"),
        ("region" | "segment" | "paid", Object::Account) => account(id, column, facts),
        ("owner", _) => owner(place, facts).and_then(|id| folded(&facts.members.get(&id)?.name)),
        (_, Object::Opportunity) => deal(id, facts)
            .and_then(|deal| match column {
                "state" => facts.stages.get(&deal.stage).map(|stage| stage.position),
                "amount" => deal.worth.money().map(|money| money.minor),
                "created" => deal.created_at.map(|at| at.0),
                // Open deals by their age, before closed ones by the day.
                _ => deal.age(now).or(deal.closed_at.map(|at| -at.0)),
            })
            .map(Key::Number),
        (_, Object::Person) => facts
            .people
            .find(id.0)
            .and_then(|at| {
                let cell = |column: &[i64]| column.get(at).copied().and_then(known);
                let created = cell(&facts.people.created_at);
                match column {
                    "created" => created,
                    "score" => cell(&facts.people.score),
                    "age" => cell(&facts.people.disqualified_at)
                        .map(|at| -at)
                        .or(created.map(|at| now.days_since(Instant(at)))),
                    _ => None,
                }
            })
            .map(Key::Number),
        _ => None,
    };
    found.unwrap_or(Key::NotKnown)
}

fn folded(text: &str) -> Option<Key> {
    let text = text.to_lowercase();
    let mut first = [0; 8];
    first.iter_mut().zip(text.bytes()).for_each(|(first, byte)| *first = byte);
    (!text.is_empty()).then(|| Key::Text(first, text.into()))
}

fn account(id: Id, column: &str, facts: &Facts) -> Option<Key> {
    let at = facts.accounts.find(id.0)?;
    let cell = |column: &[i64]| column.get(at).copied().and_then(known);
    match column {
        "region" => folded(facts.words.word(cell(&facts.accounts.region)?)?),
        "segment" => folded(facts.words.word(cell(&facts.accounts.segment)?)?),
        _ => cell(&facts.accounts.first_paid_at).map(Key::Number),
    }
}

fn deal(id: Id, facts: &Facts) -> Option<Deal> {
    Deal::read(facts, facts.opportunities.find(id.0)?)
}

fn owner((object, id): (Object, Id), facts: &Facts) -> Option<i64> {
    match object {
        Object::Opportunity => deal(id, facts)?.owner,
        Object::Account => facts.accounts.owner.get(facts.accounts.find(id.0)?).copied().and_then(known),
        _ => facts.people.owner.get(facts.people.find(id.0)?).copied().and_then(known),
    }
}

fn source((object, id): (Object, Id), facts: &Facts) -> Option<&str> {
    let word = match object {
        Object::Opportunity => facts.opportunities.source.get(facts.opportunities.find(id.0)?),
        _ => facts.people.source.get(facts.people.find(id.0)?),
    };
    facts.words.word(word.copied().and_then(known)?)
}
