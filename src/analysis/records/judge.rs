//! Whether a record passes the tests of a filter.

use super::Texts;
use crate::domain::facts::{Facts, known};
use crate::domain::matching::{Folded, Query};
use crate::domain::object::Object;
use crate::domain::pipeline::Deal;
use crate::domain::records::{Filter, State, Test, Topic};
use crate::domain::stage::Outcome;
use crate::domain::time::{DAY_MS, Instant};
use crate::domain::value::Id;
use std::collections::HashSet;

/// The tests of a filter, made ready for the records of one object.
pub struct Judge<'j> {
    facts: &'j Facts,
    object: Object,
    texts: &'j Texts,
    checks: Vec<Check>,
}

/// One test.
enum Check {
    /// The number in this column is one of these.
    OneOf(Topic, HashSet<i64>),
    /// The text of this column says so.
    Says(&'static str, Query),
    /// Number, day or state.
    Other(Test),
    /// Nothing of this object can pass.
    Never,
}

impl<'j> Judge<'j> {
    pub(super) fn new(facts: &'j Facts, object: Object, texts: &'j Texts, filter: &Filter) -> Self {
        let checks = filter.tests.iter().map(|test| Check::new(facts, object, test)).collect();
        Self { facts, object, texts, checks }
    }

    /// Whether the record passes; `at` is its place among the texts.
    pub(super) fn passes(&self, id: Id, at: usize) -> bool {
        self.checks.iter().all(|check| match check {
            Check::Never => false,
            Check::OneOf(topic, wanted) => self.number(*topic, id).is_some_and(|number| wanted.contains(&number)),
            Check::Says(column, query) => {
                self.texts.at(at, column).is_some_and(|text| query.matches(&Folded::new(text)))
            }
            Check::Other(test) => self.holds(test, id, at),
        })
    }

    fn holds(&self, test: &Test, id: Id, at: usize) -> bool {
        match test {
            Test::Number(topic, how, wanted) => {
                let number = match topic {
                    Topic::Amount => self
                        .deal(id)
                        .and_then(|deal| deal.worth.money())
                        .map(|money| money.minor as f64 / money.currency.minor_per_major() as f64),
                    _ => self.number(*topic, id).map(|number| number as f64),
                };
                number.and_then(|number| number.partial_cmp(wanted)).is_some_and(|order| how.holds(order))
            }
            Test::Day(topic, how, wanted) => {
                let day = self.day(*topic, id, at);
                // Of a month or year only so much of the day counts.
                let part = day.as_deref().and_then(|day| day.get(..wanted.len()));
                part.is_some_and(|part| how.holds(part.cmp(wanted)))
            }
            Test::Stands(state) => self.state(id) == Some(*state),
            Test::Says(..) => false,
        }
    }

    fn deal(&self, id: Id) -> Option<Deal> {
        if self.object != Object::Opportunity {
            return None;
        }
        Deal::read(self.facts, self.facts.opportunities.find(id.0)?)
    }

    /// A number of the record that the facts know.
    fn number(&self, topic: Topic, id: Id) -> Option<i64> {
        let Facts { people, accounts, opportunities: deals, .. } = self.facts;
        let (column, at) = match (self.object, topic) {
            (Object::Person, Topic::Owner) => (&people.owner, people.find(id.0)?),
            (Object::Person, Topic::Source) => (&people.source, people.find(id.0)?),
            (Object::Person, Topic::Region) => (&people.region, people.find(id.0)?),
            (Object::Person, Topic::Score) => (&people.score, people.find(id.0)?),
            (Object::Person, Topic::Created) => (&people.created_at, people.find(id.0)?),
            (Object::Person, Topic::Closed) => (&people.disqualified_at, people.find(id.0)?),
            (Object::Account, Topic::Owner) => (&accounts.owner, accounts.find(id.0)?),
            (Object::Account, Topic::Region) => (&accounts.region, accounts.find(id.0)?),
            (Object::Account, Topic::Segment) => (&accounts.segment, accounts.find(id.0)?),
            (Object::Opportunity, Topic::Owner) => (&deals.owner, deals.find(id.0)?),
            (Object::Opportunity, Topic::Source) => (&deals.source, deals.find(id.0)?),
            (Object::Opportunity, Topic::Stage) => (&deals.stage, deals.find(id.0)?),
            (Object::Opportunity, Topic::Created) => (&deals.created_at, deals.find(id.0)?),
            (Object::Opportunity, Topic::Close) => (&deals.close_date, deals.find(id.0)?),
            _ => return None,
        };
        column.get(at).copied().and_then(known)
    }

    /// A day of the record in ISO form.
    fn day(&self, topic: Topic, id: Id, at: usize) -> Option<String> {
        let iso = |at: Instant| at.date().to_string();
        match (self.object, topic) {
            (Object::Account, Topic::Created) => {
                self.texts.at(at, "created").filter(|day| !day.is_empty()).map(str::to_owned)
            }
            (Object::Opportunity, Topic::Closed) => self.deal(id)?.closed_at.map(iso),
            (_, Topic::Close) => self.number(topic, id).map(|day| iso(Instant(day * DAY_MS))),
            _ => self.number(topic, id).map(|ms| iso(Instant(ms))),
        }
    }

    fn state(&self, id: Id) -> Option<State> {
        match self.object {
            Object::Opportunity => Some(match self.deal(id)?.outcome {
                Outcome::Open => State::Open,
                Outcome::Won => State::Won,
                Outcome::Lost => State::Lost,
            }),
            Object::Person => {
                self.facts.people.find(id.0)?;
                Some(if self.number(Topic::Closed, id).is_some() { State::Lost } else { State::Open })
            }
            _ => None,
        }
    }
}

impl Check {
    fn new(facts: &Facts, object: Object, test: &Test) -> Self {
        let Test::Says(topic, query) = test else { return Self::Other(test.clone()) };
        let says = |text: &str| query.matches(&Folded::new(text));
        let wanted: HashSet<i64> = match topic {
            Topic::Stage => facts.stages.iter().filter(|(_, stage)| says(&stage.name)).map(|(id, _)| *id).collect(),
            Topic::Owner => facts.members.iter().filter(|(_, one)| says(&one.name)).map(|(id, _)| *id).collect(),
            Topic::Source | Topic::Region | Topic::Segment => {
                facts.words.iter().enumerate().filter(|(_, word)| says(word)).map(|(at, _)| at as i64).collect()
            }
            _ => return Self::of_text(object, *topic, query),
        };
        Self::OneOf(*topic, wanted)
    }

    fn of_text(object: Object, topic: Topic, query: &Query) -> Self {
        let column = match (object, topic) {
            (Object::Account, Topic::Company) => "name",
            (Object::Account, Topic::Industry) => "industry",
            (Object::Person, Topic::Status) => "status",
            (Object::Person | Object::Opportunity, Topic::Company) => "company",
            _ => return Self::Never,
        };
        Self::Says(column, query.clone())
    }
}
