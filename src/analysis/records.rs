//! All records of an object: which of them a filter finds, and the rows that a list shows of them.

mod entry;
mod found;
mod judge;
mod texts;
mod trail;

pub use entry::{Entry, own_name};
pub use found::{Found, Line};
pub use texts::Texts;
pub use trail::Trail;

use crate::domain::facts::Facts;
use crate::domain::object::Object;
use crate::domain::records::Filter;
use crate::domain::time::Instant;
use crate::domain::value::Id;
use judge::Judge;
use std::collections::BTreeMap;

/// How many records are judged before it is asked whether to go on.
const TOGETHER: usize = 4_096;

/// All records of an object, the newest first.
#[must_use]
pub fn all(facts: &Facts, object: Object) -> Vec<Id> {
    let ids = match object {
        Object::Person => &facts.people.id,
        Object::Account => &facts.accounts.id,
        Object::Opportunity => &facts.opportunities.id,
        _ => return Vec::new(),
    };
    ids.iter().rev().copied().map(Id).collect()
}

/// What a filter is asked of.
pub struct Library<'l> {
    /// The picture.
    pub facts: &'l Facts,
    /// What records are called.
    pub texts: &'l BTreeMap<Object, Texts>,
    /// The time it is.
    pub now: Instant,
}

impl Library<'_> {
    /// The records of an object that a filter finds: the best first, among equals the newest. `None` when it was
    /// told to stop. The trail is that of the same texts.
    #[must_use]
    pub fn find(
        &self,
        object: Object,
        filter: &Filter,
        trail: &mut Trail,
        goes_on: &dyn Fn() -> bool,
    ) -> Option<Vec<Id>> {
        let Some(texts) = self.texts.get(&object) else { return Some(Vec::new()) };
        let judge = Judge::new(self.facts, object, texts, filter);
        let mut found = Vec::new();
        for places in trail.find(texts.haystack(), &filter.words, goes_on)? {
            for (nth, &at) in places.iter().rev().enumerate() {
                if nth % TOGETHER == 0 && !goes_on() {
                    return None;
                }
                found.extend(texts.id(at).filter(|id| judge.passes(*id, at)));
            }
        }
        Some(found)
    }

    /// How well a filter finds a record, lower is better; `None` when it does not.
    #[must_use]
    pub fn rank(&self, (object, id): (Object, Id), filter: &Filter, judges: &Judges<'_>) -> Option<u8> {
        let texts = self.texts.get(&object)?;
        let at = texts.place(id)?;
        let rank = texts.haystack().rank(at, &filter.words)?;
        judges.0.get(&object).is_none_or(|judge| judge.passes(id, at)).then_some(rank)
    }

    /// The tests of a filter, made ready for every object.
    #[must_use]
    pub fn judges(&self, filter: &Filter) -> Judges<'_> {
        let all = self.texts.iter();
        Judges(all.map(|(object, texts)| (*object, Judge::new(self.facts, *object, texts, filter))).collect())
    }
}

/// The tests of a filter, by object.
pub struct Judges<'j>(BTreeMap<Object, Judge<'j>>);
