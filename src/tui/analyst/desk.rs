//! What the analyst's thread works with: a read connection and the facts.

use super::page::{counts, worth};
use super::{Answer, Entry, GOOD_FOR_MS, Page, Subject, Window};
use crate::analysis::pipeline::pipeline;
use crate::analysis::selection::{Selection, find};
use crate::clock::Clock;
use crate::domain::facts::Facts;
use crate::domain::message::Tell;
use crate::domain::money::Purse;
use crate::domain::object::{Object, Row};
use crate::domain::time::Instant;
use crate::domain::value::Id;
use crate::ops::{Error, Reader};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The connection and the picture that answers are made from.
pub struct Desk {
    reader: Reader,
    facts: Facts,
    clock: Clock,
    token: Option<i64>,
    /// The list answered last: scrolling through it does not look for it again.
    list: Option<List>,
}

/// The records of a selection, and when they were found: ages decide who is in it.
#[derive(Clone)]
struct List {
    selection: Selection,
    ids: Arc<[(Object, Id)]>,
    counts: BTreeMap<Object, usize>,
    worth: Purse,
    at: Instant,
}

impl Desk {
    /// A desk with an empty picture.
    #[must_use]
    pub fn new(reader: Reader, clock: Clock) -> Self {
        Self { reader, facts: Facts::default(), clock, token: None, list: None }
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
        }
        Ok(changed)
    }

    /// Looks at `subject`.
    pub fn answer(&mut self, subject: &Subject) -> Answer {
        let answer = match subject {
            Subject::Pipeline => Ok(Answer::Pipeline(Box::new(pipeline(&self.facts, self.clock.now())))),
            Subject::List(selection, window) => self.page(selection, *window).map(|page| Answer::List(Box::new(page))),
            Subject::Record(object, id) => {
                self.reader.story(*object, *id).map(|story| Answer::Record(story.map(Box::new), self.facts.currency))
            }
        };
        answer.unwrap_or_else(|error| Answer::Failed(error.tell()))
    }

    fn page(&mut self, selection: &Selection, window: Window) -> Result<Page, Error> {
        let now = self.clock.now();
        let List { ids, counts, worth, .. } = self.list(selection, now);
        let first = window.first.min(ids.len());
        let last = window.first.saturating_add(window.count).min(ids.len());
        let rows = self.entries(ids.get(first..last).unwrap_or_default(), now)?;
        Ok(Page { ids, counts, worth, first, rows })
    }

    /// The records of a selection; those of the last one are still known.
    fn list(&mut self, selection: &Selection, now: Instant) -> List {
        let good = |list: &&List| list.selection == *selection && now.0 - list.at.0 < GOOD_FOR_MS;
        if let Some(list) = self.list.as_ref().filter(good) {
            return list.clone();
        }
        let ids: Arc<[(Object, Id)]> = find(&self.facts, selection, now).into();
        let (counts, worth) = (counts(&ids), worth(&ids, &self.facts));
        let list = List { selection: selection.clone(), ids, counts, worth, at: now };
        self.list = Some(list.clone());
        list
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
            for row in &rows {
                let name = self.name_of(row)?;
                if let Some(entry) = Entry::read(row, name, &names, &self.facts, now) {
                    found.insert((object, row.id), entry);
                }
            }
        }
        Ok(ids.iter().filter_map(|place| found.remove(place)).collect())
    }

    /// The name of a record; many systems give deals none, then their own number of it stands for it.
    fn name_of(&mut self, row: &Row) -> Result<String, Error> {
        if let Some(name) = row.get(row.object.name_field()).text().filter(|name| !name.is_empty()) {
            return Ok(name.to_owned());
        }
        let story = self.reader.story(row.object, row.id)?;
        let link = story.as_ref().and_then(|story| story.links.first()?.get("external_id").text());
        Ok(link.map_or_else(|| format!("#{}", row.id), str::to_owned))
    }
}
