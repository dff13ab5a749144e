//! What exports show of deals becomes history, whatever the order in which they arrive.

use super::books::{Books, History, standing};
use super::{Filing, Result};
use crate::domain::history::{Observed, Past, Saying, Sighting};
use crate::domain::message::Message;
use crate::domain::object::{Object, Row, SEEN};
use crate::domain::reconcile::{Changes, goes_back};
use crate::domain::value::{Id, Value};
use crate::import::SheetRow;

pub(super) const AMOUNT: &str = "amount";
pub(super) const CLOSE_DATE: &str = "close_date";

impl<'s> Filing<'_, 's> {
    fn books(&mut self) -> Books<'_, 's> {
        Books { writing: self.writing, resolver: self.resolver }
    }

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
        let mut history = self.books().history(before.id)?;
        let known = history.changes();
        self.see(before, link, &mut history, saying)?;
        let changed = history.changes();
        for change in changed.iter().filter(|change| known.iter().all(|known| known.at != change.at)) {
            self.report.count_move(change);
            if goes_back(change.from.stage, change.to.stage, self.resolver.stages.kinds()) {
                self.report.went_back += 1;
                let field = position("stage").unwrap_or_default();
                self.report.note(self.sheet, row, field, row.called(), Message::new("problem-stage-back"));
            }
        }
        self.books().mark(&history)?;
        let after = |key| {
            let set = changes.set.iter().find(|(at, _)| Some(*at) == position(key)).map(|(_, value)| value);
            set.unwrap_or(before.get(key)).clone()
        };
        self.books().close(before.id, link, after("stage").int(), &after("closed_at"), &history)?;
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
