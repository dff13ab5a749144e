//! Records to choose one of: the best that a few words find, each with what tells it from its namesakes.

use super::Desk;
use crate::analysis::records::{Library, all};
use crate::domain::matching::Query;
use crate::domain::object::Object;
use crate::domain::records::Filter;
use crate::domain::value::Id;
use crate::ops::Error;

/// More of them are no choice.
const MOST: usize = 100;

impl Desk {
    /// The best records of an object that these words find, the newest where there are no words; `None` when nobody
    /// wants to know any more.
    pub(super) fn options(
        &mut self,
        object: Object,
        text: &str,
        goes_on: &dyn Fn() -> bool,
    ) -> Result<Option<Vec<(Id, String)>>, Error> {
        self.load_texts()?;
        // A company may be called `open`, or `score>=80`.
        let filter = Filter { words: Query::new(text), ..Filter::default() };
        let library = Library { facts: &self.facts, texts: &self.texts, now: self.clock.now() };
        let found = if filter.is_empty() {
            all(&self.facts, object)
        } else {
            let trail = self.trails.entry(object).or_default();
            let Some(found) = library.find(object, &filter, trail, goes_on) else { return Ok(None) };
            found
        };
        Ok(Some(found.into_iter().take(MOST).map(|id| (id, self.called(object, id))).collect()))
    }

    /// `Helio · helio.example`
    fn called(&self, object: Object, id: Id) -> String {
        let text = |column| self.texts.get(&object).and_then(|texts| texts.get(id, column)).unwrap_or_default();
        let more = text(if object == Object::Account { "domain" } else { "company" });
        if more.is_empty() { text("name").to_owned() } else { format!("{} · {more}", text("name")) }
    }
}
