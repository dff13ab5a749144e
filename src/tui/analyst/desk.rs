//! What the analyst's thread works with: a read connection and the facts.

use super::order::{self, needs_texts};
use super::page::{counts, worth};
use super::texts::Texts;
use super::{Answer, Entry, GOOD_FOR_MS, Guide, Listing, Page, PipelineAnswer, PipelineWish, Subject, Window};
use crate::analysis::funnel::Step;
use crate::analysis::selection::{Found, find};
use crate::clock::Clock;
use crate::domain::facts::Facts;
use crate::domain::funnel::Funnels;
use crate::domain::matching::Query;
use crate::domain::message::{Message, Tell};
use crate::domain::money::Purse;
use crate::domain::object::{Object, Row};
use crate::domain::time::Instant;
use crate::domain::value::Id;
use crate::ops::{Error, Reader};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// The connection and the picture that answers are made from.
pub struct Desk {
    pub(super) reader: Reader,
    facts: Facts,
    pub(super) clock: Clock,
    token: Option<i64>,
    /// The list answered last: scrolling through it does not look for it again.
    list: Option<List>,
    /// The texts that filter and sort go by, loaded when they are first asked for.
    texts: BTreeMap<Object, Texts>,
    guide: Guide,
    /// What deals and their accounts are called that were told one by one.
    names: BTreeMap<Id, (String, Option<String>)>,
}

/// What each record of a list did that it is there.
pub type Steps = Arc<HashMap<(Object, Id), Step>>;

/// The records of a list, and when they were found: ages decide who is in it.
#[derive(Clone)]
struct List {
    listing: Listing,
    /// Those of the selection, before filter and sort.
    found: Arc<[(Object, Id)]>,
    kinds: BTreeSet<Object>,
    ids: Arc<[(Object, Id)]>,
    steps: Steps,
    counts: BTreeMap<Object, usize>,
    worth: Purse,
    at: Instant,
}

impl Desk {
    /// A desk with an empty picture, and these funnels to read it by.
    #[must_use]
    pub fn new(reader: Reader, clock: Clock, funnels: Funnels) -> Self {
        Self {
            reader,
            facts: Facts::default(),
            clock,
            token: None,
            list: None,
            texts: BTreeMap::new(),
            guide: Guide::new(funnels),
            names: BTreeMap::new(),
        }
    }

    /// Brings the picture up to date; `true` when anything has changed.
    ///
    /// # Errors
    /// [`Error`] when the store cannot be read.
    pub fn catch_up(&mut self) -> Result<bool, Error> {
        let token = self.reader.change_token()?;
        if self.token == Some(token) {
            return Ok(false);
        }
        let changed = self.reader.catch_up(&mut self.facts)?;
        self.token = Some(token);
        if changed {
            self.list = None;
            self.texts.clear();
            self.names.clear();
            self.guide.forget();
        }
        Ok(changed)
    }

    /// The state of the store that the picture shows, as a number that changes with every write.
    #[must_use]
    pub fn token(&self) -> Option<i64> {
        self.token
    }

    /// Looks at `subject`.
    pub fn answer(&mut self, subject: &Subject) -> Answer {
        let empty = self.facts.opportunities.is_empty() && self.facts.people.is_empty();
        let answer = match subject {
            Subject::Flow(_) | Subject::Pipeline(_) if empty => Ok(Answer::Empty),
            Subject::Nothing => Ok(Answer::Failed(Message::new("tui-period-unknown"))),
            Subject::Flow(wish) => Ok(match self.guide.look(wish, &self.facts, self.clock.now()) {
                Some(found) => Answer::Flow(Box::new(found)),
                None => Answer::Failed(Message::new("error-shipped").with("cause", &wish.funnel)),
            }),
            Subject::Pipeline(wish) => self.pipeline(wish).map(|found| Answer::Pipeline(Box::new(found))),
            Subject::List(listing, window) => self.page(listing, *window).map(|page| Answer::List(Box::new(page))),
            Subject::Record(object, id) => {
                self.reader.story(*object, *id).map(|story| Answer::Record(story.map(Box::new), self.facts.currency))
            }
        };
        answer.unwrap_or_else(|error| Answer::Failed(error.tell()))
    }

    fn pipeline(&mut self, wish: &PipelineWish) -> Result<PipelineAnswer, Error> {
        let mut found = PipelineAnswer::look(wish, &self.facts, self.clock.now());
        let unknown: Vec<Id> = found.pipeline.listed().into_iter().filter(|id| !self.names.contains_key(id)).collect();
        if !unknown.is_empty() {
            self.names.extend(self.reader.deal_names(&unknown)?);
        }
        found.pipeline.call(&self.names);
        Ok(found)
    }

    fn page(&mut self, listing: &Listing, window: Window) -> Result<Page, Error> {
        let now = self.clock.now();
        let List { found, kinds, ids, steps, counts, worth, .. } = self.list(listing, now)?;
        let first = window.first.min(ids.len());
        let last = window.first.saturating_add(window.count).min(ids.len());
        let mut rows = self.entries(ids.get(first..last).unwrap_or_default(), now)?;
        rows.iter_mut().for_each(|row| row.step = steps.get(&row.place()).copied());
        Ok(Page { filter: listing.filter.clone(), all: found.len(), kinds, ids, counts, worth, first, rows })
    }

    /// The records of a list; those of the last one are still known, and those of its selection while
    /// someone types a filter.
    fn list(&mut self, listing: &Listing, now: Instant) -> Result<List, Error> {
        let recent = self.list.as_ref().filter(|list| now.0 - list.at.0 < GOOD_FOR_MS);
        if let Some(list) = recent.filter(|list| list.listing == *listing) {
            return Ok(list.clone());
        }
        let known = recent.filter(|list| list.listing.selection == listing.selection);
        let (found, kinds, steps, at) = match known {
            Some(list) => (Arc::clone(&list.found), list.kinds.clone(), Arc::clone(&list.steps), list.at),
            None => {
                let found = self.find(listing, now);
                let kinds = found.iter().map(|found| found.place.0).collect();
                let steps: HashMap<_, _> = found.iter().filter_map(|found| Some((found.place, found.step?))).collect();
                (found.into_iter().map(|found| found.place).collect(), kinds, Arc::new(steps), now)
            }
        };
        let ids = self.arranged(&found, &steps, listing, now)?;
        let (counts, worth) = (counts(&ids), worth(&ids, &self.facts));
        let list = List { listing: listing.clone(), found, kinds, ids, steps, counts, worth, at };
        self.list = Some(list.clone());
        Ok(list)
    }

    fn find(&mut self, listing: &Listing, now: Instant) -> Vec<Found> {
        let (facts, guide) = (&self.facts, &mut self.guide);
        find(facts, &listing.selection, now, |set| guide.journeys(&set.funnel, set.skips, facts, now))
    }

    /// Those that match the filter, in the order that is wanted.
    fn arranged(
        &mut self,
        found: &Arc<[(Object, Id)]>,
        steps: &Steps,
        listing: &Listing,
        now: Instant,
    ) -> Result<Arc<[(Object, Id)]>, Error> {
        let query = Query::new(&listing.filter);
        if query.is_empty() && listing.sort.is_none() {
            return Ok(Arc::clone(found));
        }
        if !query.is_empty() || listing.sort.is_some_and(needs_texts) {
            let objects: BTreeSet<Object> = found.iter().map(|(object, _)| *object).collect();
            for object in objects {
                self.load_texts(object)?;
            }
        }
        let text = |(object, id): &(Object, Id)| self.texts.get(object).and_then(|texts| texts.get(*id));
        let matching =
            |place: &&(Object, Id)| query.is_empty() || text(place).is_some_and(|t| query.matches(&t.folded));
        let mut ids: Vec<(Object, Id)> = found.iter().filter(matching).copied().collect();
        if !query.is_empty() {
            // The best first, each in the list's own order.
            ids.sort_by_cached_key(|place| text(place).map(|text| query.rank(&text.folded)));
        }
        if let Some(sort) = listing.sort {
            let known = order::Known { facts: &self.facts, texts: &self.texts, steps, now };
            order::sort(&mut ids, sort, &known);
        }
        Ok(ids.into())
    }

    fn load_texts(&mut self, object: Object) -> Result<(), Error> {
        if !self.texts.contains_key(&object) {
            let texts = Texts::load(&mut self.reader, object, &self.facts)?;
            self.texts.insert(object, texts);
        }
        Ok(())
    }

    /// The rows of these records, in their order; those that have gone meanwhile are left out.
    fn entries(&mut self, ids: &[(Object, Id)], now: Instant) -> Result<Vec<Entry>, Error> {
        let mut wanted: BTreeMap<Object, Vec<Id>> = BTreeMap::new();
        for (object, id) in ids {
            wanted.entry(*object).or_default().push(*id);
        }
        let mut found = BTreeMap::new();
        for (object, ids) in wanted {
            let rows = self.reader.rows(object, &ids)?;
            let names = self.reader.names(rows.clone())?;
            let nameless: Vec<Id> = rows.iter().filter(|row| own_name(row).is_none()).map(|row| row.id).collect();
            let called = self.reader.external_ids(&nameless)?;
            for row in &rows {
                let name = own_name(row).or_else(|| called.get(&row.id).cloned());
                let name = name.unwrap_or_else(|| format!("#{}", row.id));
                if let Some(entry) = Entry::read(row, name, &names, &self.facts, now) {
                    found.insert((object, row.id), entry);
                }
            }
        }
        Ok(ids.iter().filter_map(|place| found.remove(place)).collect())
    }
}

/// The name of a record. Many systems give deals none: then their own number of it stands for it.
fn own_name(row: &Row) -> Option<String> {
    row.get(row.object.name_field()).text().filter(|name| !name.is_empty()).map(str::to_owned)
}
