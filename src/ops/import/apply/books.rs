//! The history of deals in the store: what exports have shown of them, and what history files tell.

use super::observe::{AMOUNT, CLOSE_DATE};
use super::{Resolver, Result};
use crate::domain::history::{Observed, Standing, explained};
use crate::domain::object::{EXPLAINED, Object, Row, SEEN};
use crate::domain::reconcile::{NEVER, closed_by, older_from_json, older_to_json};
use crate::domain::time::Instant;
use crate::domain::value::{Id, Value};
use crate::store::Writing;
use std::collections::BTreeSet;

/// The history of a deal.
pub(super) struct History {
    /// What exports have shown, by time: the row of each, and whether it is marked as explained.
    pub observed: Vec<(Id, Observed, bool)>,
    /// The changes among them that users made by hand, by time.
    pub by_hand: BTreeSet<i64>,
    /// Time and stage of the last move that a history file tells.
    pub told: Option<(i64, i64)>,
}

impl History {
    pub fn changes(&self) -> Vec<Observed> {
        self.observed.iter().map(|(_, change, _)| change.clone()).collect()
    }

    /// When the deal came into the stage that it is closed in, as far as anything tells.
    fn closed(&self, stage: i64) -> Option<Instant> {
        let changes = self.changes();
        let seen = changes.iter().zip(explained(&changes, self.told)).rev();
        let came = |change: &Observed| change.to.stage == stage && change.from.stage != stage;
        let seen = seen.filter(|(_, explained)| !explained).map(|(change, _)| change).find(|change| came(change));
        let by = |change: &Observed| {
            let day = change.to.close_date.text().and_then(|day| day.parse().ok());
            closed_by(day, Instant(change.at))
        };
        seen.map(by).or(self.told.filter(|(_, told)| *told == stage).map(|(at, _)| Instant(at)))
    }
}

/// The store and what the import knows of it.
pub(super) struct Books<'b, 's> {
    pub writing: &'b mut Writing<'s>,
    pub resolver: &'b Resolver,
}

impl Books<'_, '_> {
    /// Marks what a history file explains.
    pub fn mark(&mut self, history: &History) -> Result<()> {
        let field = Object::StageChange.position("origin").unwrap_or_default();
        let wanted = explained(&history.changes(), history.told);
        for ((id, _, _), wanted) in
            history.observed.iter().zip(wanted).filter(|((.., marked), wanted)| marked != wanted)
        {
            let origin = if wanted { EXPLAINED } else { SEEN };
            self.writing.update(Object::StageChange, *id, &[(field, origin.into())], None)?;
        }
        Ok(())
    }

    /// Dates the closing of a deal that no export dates.
    pub fn close(
        &mut self,
        deal: Id,
        link: Id,
        stage: Option<i64>,
        closed_at: &Value,
        history: &History,
    ) -> Result<()> {
        let closed = stage.filter(|&stage| !self.is_open(stage)).and_then(|stage| history.closed(stage));
        let closed: Value = closed.map(|Instant(at)| at).into();
        let is_decided = self.resolver.decided(deal).is_some_and(|decided| decided.contains_key("closed_at"));
        if closed == *closed_at || is_decided {
            return Ok(());
        }
        let Some(link) = self.writing.row(Object::Link, link)? else { return Ok(()) };
        let mut older = older_from_json(link.get("older"));
        if !closed_at.is_null() && older.get("closed_at") != Some(&NEVER) {
            return Ok(());
        }
        let field = |object: Object, key| object.position(key).unwrap_or_default();
        let at = field(Object::Opportunity, "closed_at");
        self.writing.update(Object::Opportunity, deal, &[(at, closed)], None)?;
        if older.insert("closed_at".to_owned(), NEVER).is_none() {
            let at = field(Object::Link, "older");
            self.writing.update(Object::Link, link.id, &[(at, older_to_json(&older))], None)?;
        }
        Ok(())
    }

    fn is_open(&self, stage: i64) -> bool {
        self.resolver.stages.kinds().get(&stage).is_none_or(|kind| kind.outcome.is_open())
    }

    pub fn history(&mut self, deal: Id) -> Result<History> {
        let rows = self.writing.rows_referring(Object::StageChange, "opportunity", deal)?;
        let at = |row: &Row| row.get("at").int().unwrap_or_default();
        let (seen, told): (Vec<Row>, Vec<Row>) = rows.into_iter().partition(|row| !row.get("origin").is_null());
        let change = |row: &Row| Observed {
            at: at(row),
            from: standing(row, ["from_stage", "from_amount", "from_close_date"]),
            to: standing(row, ["to_stage", AMOUNT, CLOSE_DATE]),
        };
        let mark = |row: &Row| row.get("origin").int() == Some(EXPLAINED);
        let mut observed: Vec<_> = seen.iter().map(|row| (row.id, change(row), mark(row))).collect();
        observed.sort_by_key(|(_, change, _)| change.at);
        let told = told.iter().max_by_key(|row| (at(row), row.get("to_stage").int()));
        let told = told.and_then(|row| Some((at(row), row.get("to_stage").int()?)));
        let by_hand = seen.iter().filter(|row| !row.get("actor").is_null()).map(at).collect();
        Ok(History { observed, by_hand, told })
    }

    /// What a history file has told of deals may explain what exports have shown of them, and say when they
    /// were closed. Most deals need no look.
    pub fn settle_told(&mut self, told: BTreeSet<Id>) -> Result<()> {
        if told.is_empty() {
            return Ok(());
        }
        let (observed, deals) = (self.writing.observed()?, self.writing.deal_stages()?);
        for id in told {
            let Some(&(stage, closed_at)) = deals.get(&id) else { continue };
            let needs_a_date = closed_at.is_none() && !self.is_open(stage);
            if !needs_a_date && !observed.contains(&id) {
                continue;
            }
            let history = self.history(id)?;
            self.mark(&history)?;
            // The oldest link is the one that the deal came by.
            if let Some(known) = self.writing.known(id)?.first() {
                self.close(id, known.link, Some(stage), &closed_at.into(), &history)?;
            }
        }
        Ok(())
    }
}

pub(super) fn standing(row: &Row, [stage, amount, close_date]: [&str; 3]) -> Standing {
    Standing {
        stage: row.get(stage).int().unwrap_or_default(),
        amount: row.get(amount).clone(),
        close_date: row.get(close_date).clone(),
    }
}
