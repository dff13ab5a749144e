//! What exports show of deals becomes history, whatever the order in which they arrive.

use super::{Filing, Result};
use crate::domain::history::{Observed, Past, Saying, Sighting, Standing, explained};
use crate::domain::message::Message;
use crate::domain::object::{EXPLAINED, Object, Row, SEEN};
use crate::domain::reconcile::{Changes, NEVER, closed_by, goes_back, older_from_json, older_to_json};
use crate::domain::time::Instant;
use crate::domain::value::{Id, Value};
use crate::import::SheetRow;

const AMOUNT: &str = "amount";
const CLOSE_DATE: &str = "close_date";

/// The history of a deal.
struct History {
    /// What exports have shown, by time: the row of each, and whether it is marked as explained.
    observed: Vec<(Id, Observed, bool)>,
    /// Time and stage of the last move that a history file tells.
    told: Option<(i64, i64)>,
}

impl History {
    fn changes(&self) -> Vec<Observed> {
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

impl Filing<'_, '_> {
    /// Notes what this export says of a deal, and whether that is history. `before` is the deal as it was,
    /// `said` what the row says.
    pub(super) fn observe(
        &mut self,
        row: &SheetRow,
        before: &Row,
        said: &[(usize, Value)],
        changes: &Changes,
        link: Id,
    ) -> Result<bool> {
        let object = self.object;
        let position = |key| object.position(key);
        let is_refused = position("stage").is_some_and(|at| changes.refuses(at));
        // What does not stand is no history of the deal.
        let counts = |(at, value): &&(usize, Value)| !value.is_null() && !changes.refuses(*at);
        let said = |key| said.iter().filter(counts).find(|(at, _)| Some(*at) == position(key)).map(|(_, v)| v);
        if is_refused || (!changes.stale && !changes.moves(object)) {
            return Ok(false);
        }
        let Some(stage) = said("stage").unwrap_or(before.get("stage")).int() else { return Ok(false) };
        let (amount, close_date) = (said(AMOUNT).cloned(), said(CLOSE_DATE).cloned());
        let saying = Saying { at: self.sheet.exported_at.0, stage, amount, close_date };
        let mut history = self.history(before.id)?;
        let known = history.changes();
        self.see(before, link, &mut history, saying)?;
        let changed = history.changes();
        for change in changed.iter().filter(|change| known.iter().all(|known| known.at != change.at)) {
            self.report.count_move(change);
            if goes_back(change.from.stage, change.to.stage, self.resolver.stages.kinds()) {
                self.report.went_back += 1;
                let field = position("stage").unwrap_or_default();
                self.report.note(self.sheet, row, field, row.key.clone(), Message::new("problem-stage-back"));
            }
        }
        self.mark(&history)?;
        let after = |key| {
            let set = changes.set.iter().find(|(at, _)| Some(*at) == position(key)).map(|(_, value)| value);
            set.unwrap_or(before.get(key)).clone()
        };
        self.close(before.id, link, after("stage").int(), &after("closed_at"), &history)?;
        Ok(changed != known)
    }

    /// Brings what was observed in line with all exports, this one among them.
    fn see(&mut self, deal: &Row, link: Id, history: &mut History, saying: Saying) -> Result<()> {
        let observed = history.changes();
        // A deal that was known by its name has the link of its id besides.
        let known = self.writing.known(deal.id)?.into_iter().filter(|known| known.system == self.sheet.system);
        let links: Vec<Id> = known.map(|known| known.link).chain([link]).collect();
        let mut sightings = self.resolver.sightings(&links);
        // An older program kept no sightings: then the changes themselves tell of some.
        let unseen = observed.iter().map(|change| change.at).filter(|at| sightings.iter().all(|s| s.at != *at));
        let unseen: Vec<Sighting> = unseen.map(|at| Sighting { at, amount: true, close_date: true }).collect();
        sightings.extend(unseen);
        sightings.sort_by_key(|sighting| sighting.at);
        let now = standing(deal, ["stage", AMOUNT, CLOSE_DATE]);
        let wanted = Past { observed: &observed, now: &now, sightings: &sightings }.with(saying);
        let mut known = std::mem::take(&mut history.observed);
        for change in wanted {
            let kept = known.iter().position(|(_, known, _)| known.at == change.at).map(|at| known.swap_remove(at));
            let kept = match kept {
                Some((id, same, mark)) if same == change => (id, change, mark),
                Some((id, _, mark)) => {
                    self.writing.update(Object::StageChange, id, &fields(&change), None)?;
                    (id, change, mark)
                }
                None => (self.add_change(deal.id, &change)?, change, false),
            };
            history.observed.push(kept);
        }
        for (id, ..) in known {
            self.writing.delete(Object::StageChange, id)?;
        }
        Ok(())
    }

    fn add_change(&mut self, deal: Id, change: &Observed) -> Result<Id> {
        let mut values = vec![Value::Null; Object::StageChange.fields().len()];
        let known = [("opportunity", deal.into()), ("at", change.at.into()), ("origin", SEEN.into())];
        let known = known.map(|(key, value)| (Object::StageChange.position(key).unwrap_or_default(), value));
        for (at, value) in known.into_iter().chain(fields(change)) {
            if let Some(cell) = values.get_mut(at) {
                *cell = value;
            }
        }
        let id = self.writing.new_id();
        self.writing.insert(Object::StageChange, id, values)?;
        Ok(id)
    }

    /// Marks what a history file explains.
    fn mark(&mut self, history: &History) -> Result<()> {
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
    fn close(&mut self, deal: Id, link: Id, stage: Option<i64>, closed_at: &Value, history: &History) -> Result<()> {
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

    fn history(&mut self, deal: Id) -> Result<History> {
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
        Ok(History { observed, told })
    }

    /// What a history file has told of deals may explain what exports have shown of them, and say when they
    /// were closed. Most deals need no look.
    pub(super) fn settle_told(&mut self) -> Result<()> {
        let told = std::mem::take(&mut self.told);
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

fn standing(row: &Row, [stage, amount, close_date]: [&str; 3]) -> Standing {
    Standing {
        stage: row.get(stage).int().unwrap_or_default(),
        amount: row.get(amount).clone(),
        close_date: row.get(close_date).clone(),
    }
}

/// The fields of a stage change that say what has changed.
fn fields(change: &Observed) -> Vec<(usize, Value)> {
    let Observed { from, to, .. } = change;
    [
        ("from_stage", from.stage.into()),
        ("to_stage", to.stage.into()),
        ("from_amount", from.amount.clone()),
        (AMOUNT, to.amount.clone()),
        ("from_close_date", from.close_date.clone()),
        (CLOSE_DATE, to.close_date.clone()),
    ]
    .into_iter()
    .filter_map(|(key, value)| Some((Object::StageChange.position(key)?, value)))
    .collect()
}
