//! What the analyst's thread works with: a read connection and the facts.

use super::handoffs::Queues;
use super::order::{self, needs_texts};
use super::page::{counts, worth};
use super::{Answer, GOOD_FOR_MS, Guide, Listing, Page, PipelineAnswer, PipelineWish, Subject, Window};
use crate::analysis::funnel::Step;
use crate::analysis::records::{Library, Texts, Trail};
use crate::analysis::selection::{Found, Selection, find};
use crate::clock::Clock;
use crate::domain::facts::Facts;
use crate::domain::funnel::Funnels;
use crate::domain::message::{Message, Tell};
use crate::domain::money::Purse;
use crate::domain::object::Object;
use crate::domain::records::{Filter, LISTED};
use crate::domain::time::Instant;
use crate::domain::value::{ActionId, Id};
use crate::ops::{Choices, Error, Reader, Story};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// The connection and the picture that answers are made from.
pub struct Desk {
    pub(super) reader: Reader,
    pub(super) facts: Facts,
    pub(super) clock: Clock,
    token: Option<i64>,
    /// The list answered last: scrolling through it does not look for it again.
    list: Option<List>,
    /// The texts that filter and sort go by, loaded when they are first asked for, and the picture they belong to.
    pub(super) texts: BTreeMap<Object, Texts>,
    read_at: Option<(String, ActionId)>,
    /// What the search that is being typed has found in them so far.
    pub(super) trails: BTreeMap<Object, Trail>,
    pub(super) guide: Guide,
    pub(super) queues: Queues,
    choices: Arc<Choices>,
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
    hits: BTreeMap<Object, usize>,
    at: Instant,
}

/// The records that match, in order, and how many of each object do in a table of all.
type Matching = (Arc<[(Object, Id)]>, BTreeMap<Object, usize>);

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
            read_at: None,
            trails: BTreeMap::new(),
            guide: Guide::new(funnels),
            queues: Queues::default(),
            choices: Arc::default(),
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
            self.names.clear();
            self.queues.forget();
            self.guide.forget();
            self.choices = Arc::new(Choices::of(&self.facts));
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
        self.answer_while(subject, &|| true).unwrap_or(Answer::Empty)
    }

    /// Looks at `subject` as long as somebody wants to know; `None` when nobody does any more.
    pub fn answer_while(&mut self, subject: &Subject, goes_on: &dyn Fn() -> bool) -> Option<Answer> {
        let empty = self.facts.opportunities.is_empty() && self.facts.people.is_empty();
        let answer = match subject {
            Subject::Flow(_)
            | Subject::Pipeline(_)
            | Subject::Handoffs(_)
            | Subject::Review(_)
            | Subject::Replay(_)
                if empty =>
            {
                Ok(Answer::Empty)
            }
            Subject::List(Listing { selection: Selection::All(_), .. }, _)
                if empty && self.facts.accounts.is_empty() =>
            {
                Ok(Answer::Empty)
            }
            Subject::Nothing => Ok(Answer::Failed(Message::new("tui-period-unknown"))),
            Subject::Flow(wish) => Ok(match self.guide.look(wish, &self.facts, self.clock.now()) {
                Some(found) => Answer::Flow(Box::new(found)),
                None => Answer::Failed(Message::new("error-shipped").with("cause", &wish.funnel)),
            }),
            Subject::Pipeline(wish) => self.pipeline(wish).map(|found| Answer::Pipeline(Box::new(found))),
            Subject::Handoffs(wish) => Ok(match self.handoffs(wish) {
                Ok(found) => Answer::Handoffs(Box::new(found)),
                Err(message) => Answer::Failed(message),
            }),
            Subject::Review(wish) => Ok(match self.review(wish) {
                Ok(review) => Answer::Review(Box::new(review)),
                Err(message) => Answer::Failed(message),
            }),
            Subject::Replay(wish) => match self.replay(wish, goes_on) {
                Ok(found) => Ok(Answer::Replay(Box::new(found?))),
                Err(message) => Ok(Answer::Failed(message)),
            },
            Subject::List(listing, window) => match self.page(listing, *window, goes_on) {
                Ok(page) => Ok(Answer::List(Box::new(page?))),
                Err(error) => Err(error),
            },
            Subject::Options(object, text) => match self.options(*object, text, goes_on) {
                Ok(options) => Ok(Answer::Options(*object, text.clone(), options?)),
                Err(error) => Err(error),
            },
            Subject::Record(object, id) => {
                let choices = Arc::clone(&self.choices);
                let told = |story: Option<Story>| Answer::Record(story.map(Box::new), self.facts.currency, choices);
                self.reader.story(*object, *id).map(told)
            }
        };
        Some(answer.unwrap_or_else(|error| Answer::Failed(error.tell())))
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

    fn page(&mut self, listing: &Listing, window: Window, goes_on: &dyn Fn() -> bool) -> Result<Option<Page>, Error> {
        let now = self.clock.now();
        let Some(list) = self.list(listing, now, goes_on)? else { return Ok(None) };
        let List { found, kinds, ids, steps, counts, worth, hits, .. } = list;
        let choices = Arc::clone(&self.choices);
        let first = window.first.min(ids.len());
        let last = window.first.saturating_add(window.count).min(ids.len());
        let mut rows = self.reader.entries(ids.get(first..last).unwrap_or_default(), &self.facts, now)?;
        rows.iter_mut().for_each(|row| row.step = steps.get(&row.place()).copied());
        let (selection, filter) = (listing.selection.clone(), listing.filter.clone());
        Ok(Some(Page { selection, filter, all: found.len(), kinds, ids, counts, worth, first, rows, choices, hits }))
    }

    /// The records of a list; those of the last one are still known, and those of its selection while
    /// someone types a filter.
    fn list(&mut self, listing: &Listing, now: Instant, goes_on: &dyn Fn() -> bool) -> Result<Option<List>, Error> {
        let recent = self.list.as_ref().filter(|list| now.0 - list.at.0 < GOOD_FOR_MS);
        if let Some(list) = recent.filter(|list| list.listing == *listing) {
            return Ok(Some(list.clone()));
        }
        let known = recent.filter(|list| list.listing.selection == listing.selection);
        let (found, kinds, steps, at) = match known {
            Some(list) => (Arc::clone(&list.found), list.kinds.clone(), Arc::clone(&list.steps), list.at),
            None => {
                let found = self.find(listing, now);
                let kinds = match &listing.selection {
                    // Also of a table without records.
                    Selection::All(object) | Selection::These(object, _) => BTreeSet::from([*object]),
                    _ => found.iter().map(|found| found.place.0).collect(),
                };
                let steps: HashMap<_, _> = found.iter().filter_map(|found| Some((found.place, found.step?))).collect();
                (found.into_iter().map(|found| found.place).collect(), kinds, Arc::new(steps), now)
            }
        };
        let Some((ids, hits)) = self.arranged(&found, &steps, listing, now, goes_on)? else { return Ok(None) };
        let (counts, worth) = (counts(&ids), worth(&ids, &self.facts));
        let list = List { listing: listing.clone(), found, kinds, ids, steps, counts, worth, hits, at };
        self.list = Some(list.clone());
        Ok(Some(list))
    }

    fn find(&mut self, listing: &Listing, now: Instant) -> Vec<Found> {
        let is_of_handoffs = matches!(listing.selection, Selection::Handoffs(_));
        let work = is_of_handoffs.then(|| self.work().ok()).flatten();
        let board = work.as_ref().map(|work| &work.board);
        let (facts, guide) = (&self.facts, &mut self.guide);
        find(facts, &listing.selection, (now, board), |set| guide.journeys(&set.funnel, set.skips, facts, now))
    }

    /// Those that match the filter, in the order that is wanted.
    fn arranged(
        &mut self,
        found: &Arc<[(Object, Id)]>,
        steps: &Steps,
        listing: &Listing,
        now: Instant,
        goes_on: &dyn Fn() -> bool,
    ) -> Result<Option<Matching>, Error> {
        let filter = Filter::parse(&listing.filter);
        if !filter.is_empty() || listing.sort.is_some_and(needs_texts) {
            self.load_texts()?;
        }
        let Some((mut ids, hits)) = self.matching(found, listing, &filter, now, goes_on) else { return Ok(None) };
        if let Some(sort) = listing.sort {
            let known = order::Known { facts: &self.facts, texts: &self.texts, steps, now };
            let mut sorted = ids.to_vec();
            order::sort(&mut sorted, sort, &known);
            ids = sorted.into();
        }
        Ok(Some((ids, hits)))
    }

    fn matching(
        &mut self,
        found: &Arc<[(Object, Id)]>,
        listing: &Listing,
        filter: &Filter,
        now: Instant,
        goes_on: &dyn Fn() -> bool,
    ) -> Option<Matching> {
        let library = Library { facts: &self.facts, texts: &self.texts, now };
        let Selection::All(object) = listing.selection else {
            if filter.is_empty() {
                return Some((Arc::clone(found), BTreeMap::new()));
            }
            let judges = library.judges(filter);
            let ranked = found.iter().filter_map(|place| Some((library.rank(*place, filter, &judges)?, *place)));
            let mut ranked: Vec<(u8, (Object, Id))> = ranked.collect();
            // The best first, each in the list's own order.
            ranked.sort_by_key(|(rank, _)| *rank);
            return Some((ranked.into_iter().map(|(_, place)| place).collect(), BTreeMap::new()));
        };
        if filter.is_empty() {
            let Facts { people, accounts, opportunities, .. } = &self.facts;
            let lengths = [people.len(), accounts.len(), opportunities.len()];
            return Some((Arc::clone(found), LISTED.into_iter().zip(lengths).collect()));
        }
        let mut hits = BTreeMap::new();
        let mut ids = Vec::new();
        for listed in LISTED {
            let matching = library.find(listed, filter, self.trails.entry(listed).or_default(), goes_on)?;
            hits.insert(listed, matching.len());
            if listed == object {
                ids = matching;
            }
        }
        Some((ids.into_iter().map(|id| (object, id)).collect(), hits))
    }

    /// Reads the texts, or only those again of the few records that somebody has touched since.
    pub(super) fn load_texts(&mut self) -> Result<(), Error> {
        let wanted = (self.facts.store.clone(), self.facts.seen);
        let known = self.read_at.take();
        if known.as_ref() == Some(&wanted) {
            self.read_at = known;
            return Ok(());
        }
        self.trails.clear();
        let renewed = match known {
            Some((store, seen)) if store == wanted.0 => self.reader.renew_texts(&mut self.texts, &self.facts, seen)?,
            _ => false,
        };
        if !renewed {
            self.texts = self.reader.texts(&self.facts)?;
        }
        self.read_at = Some(wanted);
        Ok(())
    }
}
