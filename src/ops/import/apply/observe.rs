//! What exports show of deals becomes history, whatever the order in which they arrive.

use super::{Filing, Result};
use crate::domain::history::{Observed, Past, Saying, Sighting, Standing};
use crate::domain::message::Message;
use crate::domain::object::{Object, Row};
use crate::domain::reconcile::{Changes, NEVER, closed_by, goes_back};
use crate::domain::time::Instant;
use crate::domain::value::{Id, Value};
use crate::import::SheetRow;
use std::collections::{BTreeMap, BTreeSet};

const AMOUNT: &str = "amount";
const CLOSE_DATE: &str = "close_date";

/// The history of a deal as the store has it.
struct Kept {
    /// Rows that exports have shown, by time.
    observed: Vec<(Id, Observed)>,
    /// Time and stage of the last move that a history file tells.
    told: Option<(i64, i64)>,
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
        let is_refused = changes.conflicts.iter().any(|(at, _)| Some(*at) == position("stage"));
        let said = |key| said.iter().find(|(at, value)| Some(*at) == position(key) && !value.is_null()).map(|(_, v)| v);
        if is_refused || (!changes.stale && !changes.moves(self.object)) {
            return Ok(false);
        }
        let Some(stage) = said("stage").unwrap_or(before.get("stage")).int() else { return Ok(false) };
        let saying = Saying {
            at: self.sheet.exported_at.0,
            stage,
            amount: said(AMOUNT).cloned(),
            close_date: said(CLOSE_DATE).cloned(),
        };
        let now = standing(before, ["stage", AMOUNT, CLOSE_DATE]);
        let added = self.settle(before.id, &[link], &now, Some(saying))?;
        for change in &added {
            self.report.count_move(change);
            if goes_back(change.from.stage, change.to.stage, &self.policy.stages) {
                self.report.went_back += 1;
                let field = position("stage").unwrap_or_default();
                self.report.note(self.sheet, row, field, row.key.clone(), Message::new("problem-stage-back"));
            }
        }
        self.settle_closing(before.id, link)?;
        Ok(!added.is_empty())
    }

    /// Brings the observed history of a deal in line with the exports and with what history files tell,
    /// and returns what was added.
    pub(super) fn settle(
        &mut self,
        deal: Id,
        links: &[Id],
        now: &Standing,
        saying: Option<Saying>,
    ) -> Result<Vec<Observed>> {
        let kept = self.kept(deal)?;
        let mut sightings = self.resolver.sightings(&self.sheet.system, self.object, links);
        // An older program kept no sightings: then the changes themselves tell of some.
        let unseen =
            kept.observed.iter().map(|(_, change)| change.at).filter(|at| sightings.iter().all(|s| s.at != *at));
        let unseen: Vec<Sighting> = unseen.map(|at| Sighting { at, amount: true, close_date: true }).collect();
        sightings.extend(unseen);
        sightings.sort_by_key(|sighting| sighting.at);
        let observed: Vec<Observed> = kept.observed.iter().map(|(_, change)| change.clone()).collect();
        let past = Past { observed: &observed, now, sightings: &sightings, told: kept.told };
        let wanted = past.with(saying);
        for (id, change) in &kept.observed {
            match wanted.iter().find(|wanted| wanted.at == change.at) {
                Some(same) if same == change => {}
                Some(other) => self.writing.update(Object::StageChange, *id, &changed(other), None)?,
                None => self.writing.delete(Object::StageChange, *id)?,
            }
        }
        let added: Vec<Observed> =
            wanted.into_iter().filter(|wanted| !observed.iter().any(|change| change.at == wanted.at)).collect();
        for change in &added {
            let mut values = vec![Value::Null; Object::StageChange.fields().len()];
            let known = [("opportunity", deal.into()), ("at", change.at.into())];
            let known = known.map(|(key, value)| (Object::StageChange.position(key).unwrap_or_default(), value));
            for (at, value) in known.into_iter().chain(changed(change)) {
                if let Some(cell) = values.get_mut(at) {
                    *cell = value;
                }
            }
            let id = self.writing.new_id();
            self.writing.insert(Object::StageChange, id, values)?;
        }
        Ok(added)
    }

    /// When a deal was closed that no export dates: when it was first seen in the stage it is closed in.
    fn settle_closing(&mut self, deal: Id, link: Id) -> Result<()> {
        let (Some(deal), Some(link)) = (self.writing.row(self.object, deal)?, self.writing.row(Object::Link, link)?)
        else {
            return Ok(());
        };
        let mut older = times(link.get("older"));
        let is_worked_out = older.get("closed_at") == Some(&NEVER.0);
        if !deal.get("closed_at").is_null() && !is_worked_out {
            return Ok(());
        }
        let stage = deal.get("stage").int();
        let is_open = stage.and_then(|stage| self.policy.stages.get(&stage)).is_none_or(|kind| kind.outcome.is_open());
        let closed = if is_open { None } else { self.kept(deal.id)?.closed(stage) };
        let closed: Value = closed.map(|Instant(at)| at).into();
        if closed == *deal.get("closed_at") {
            return Ok(());
        }
        if let Some(at) = self.object.position("closed_at") {
            self.writing.update(self.object, deal.id, &[(at, closed)], None)?;
        }
        if older.insert("closed_at".to_owned(), NEVER.0).is_none()
            && let Some(at) = Object::Link.position("older")
        {
            let json = serde_json::Value::Object(older.into_iter().map(|(key, at)| (key, at.into())).collect());
            self.writing.update(Object::Link, link.id, &[(at, json.to_string().into())], None)?;
        }
        Ok(())
    }

    fn kept(&mut self, deal: Id) -> Result<Kept> {
        let rows = self.writing.rows_referring(Object::StageChange, "opportunity", deal)?;
        let at = |row: &Row| row.get("at").int().unwrap_or_default();
        let (observed, told): (Vec<Row>, Vec<Row>) =
            rows.into_iter().partition(|row| row.get("observed").int() == Some(1));
        let change = |row: &Row| Observed {
            at: at(row),
            from: standing(row, ["from_stage", "from_amount", "from_close_date"]),
            to: standing(row, ["to_stage", AMOUNT, CLOSE_DATE]),
        };
        let mut observed: Vec<(Id, Observed)> = observed.iter().map(|row| (row.id, change(row))).collect();
        observed.sort_by_key(|(_, change)| change.at);
        let told = told.iter().max_by_key(|row| (at(row), row.id));
        let told = told.and_then(|row| Some((at(row), row.get("to_stage").int()?)));
        Ok(Kept { observed, told })
    }

    /// Drops what exports showed of these deals and what a history file tells of them now.
    pub(super) fn settle_told(&mut self, deals: &BTreeSet<Id>) -> Result<()> {
        let observed = if deals.is_empty() { BTreeSet::new() } else { self.writing.observed()? };
        for &id in deals.intersection(&observed) {
            let Some(deal) = self.writing.row(Object::Opportunity, id)? else { continue };
            let links: Vec<Id> = self.writing.known(id)?.into_iter().map(|known| known.link).collect();
            let now = standing(&deal, ["stage", AMOUNT, CLOSE_DATE]);
            self.settle(id, &links, &now, None)?;
            for link in links {
                self.settle_closing(id, link)?;
            }
        }
        Ok(())
    }
}

impl Kept {
    /// When it came into the stage that it is closed in.
    fn closed(&self, stage: Option<i64>) -> Option<Instant> {
        let came = |change: &&Observed| Some(change.to.stage) == stage && change.from.stage != change.to.stage;
        let seen = self.observed.iter().rev().map(|(_, change)| change).find(came).map(|change| {
            let day = change.to.close_date.text().and_then(|day| day.parse().ok());
            closed_by(day, Instant(change.at))
        });
        seen.or(self.told.filter(|(_, told)| Some(*told) == stage).map(|(at, _)| Instant(at)))
    }
}

/// Times by field, of a link's JSON.
fn times(json: &Value) -> BTreeMap<String, i64> {
    json.text().and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default()
}

fn standing(row: &Row, [stage, amount, close_date]: [&str; 3]) -> Standing {
    Standing {
        stage: row.get(stage).int().unwrap_or_default(),
        amount: row.get(amount).clone(),
        close_date: row.get(close_date).clone(),
    }
}

/// The fields of a stage change that an observation fills.
fn changed(change: &Observed) -> Vec<(usize, Value)> {
    let Observed { from, to, .. } = change;
    [
        ("from_stage", from.stage.into()),
        ("to_stage", to.stage.into()),
        ("from_amount", from.amount.clone()),
        (AMOUNT, to.amount.clone()),
        ("from_close_date", from.close_date.clone()),
        (CLOSE_DATE, to.close_date.clone()),
        ("observed", true.into()),
    ]
    .into_iter()
    .filter_map(|(key, value)| Some((Object::StageChange.position(key)?, value)))
    .collect()
}
