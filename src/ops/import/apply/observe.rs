//! What exports show of deals becomes history, whatever the order in which they arrive.

use super::books::{Books, History, standing};
use super::{Filing, Result};
use crate::domain::history::{Decided, Observed, Past, Saying, Sighting};
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
        let exported_at = self.sheet.exported_at;
        let decided_at = |key| self.resolver.decided(before.id).and_then(|decided| decided.get(key)).map(|d| d.at);
        // What was said before a user decided otherwise is history all the same.
        let is_past = |key| decided_at(key).is_some_and(|at| exported_at < at);
        if !changes.stale && !changes.moves(object) && !["stage", AMOUNT, CLOSE_DATE].into_iter().any(is_past) {
            return Ok(false);
        }
        // What does not stand is no history of the deal.
        let stands = |key, at| !changes.refuses(at) || is_past(key) && !changes.overrules(at);
        let said = |key| {
            let at = position(key).filter(|at| stands(key, *at))?;
            said.iter().find(|(field, value)| *field == at && !value.is_null()).map(|(_, value)| value.clone())
        };
        let (stage, amount, close_date) = (said("stage").and_then(|stage| stage.int()), said(AMOUNT), said(CLOSE_DATE));
        let saying = Saying { at: exported_at.0, stage, amount, close_date, by_hand: false };
        let [stage, amount, close_date] = ["stage", AMOUNT, CLOSE_DATE].map(|key| decided_at(key).map(|at| at.0));
        let decided = Decided { stage, amount, close_date };
        let after = Row { values: changes.applied(&before.values), ..before.clone() };
        let mut history = self.books().history(before.id)?;
        let known = history.changes();
        self.see((before, &after), (link, decided), &mut history, saying)?;
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
        self.books().close(before.id, link, after.get("stage").int(), after.get("closed_at"), &history)?;
        Ok(changed != known)
    }

    /// Brings what was observed in line with all exports, this one among them. The deal is as it was and as it is now.
    fn see(
        &mut self,
        (deal, after): (&Row, &Row),
        (link, decided): (Id, Decided),
        history: &mut History,
        saying: Saying,
    ) -> Result<()> {
        let observed = history.changes();
        // A deal that was known by its name has the link of its id besides.
        let known = self.writing.known(deal.id)?.into_iter().filter(|known| known.system == self.sheet.system);
        let links: Vec<Id> = known.map(|known| known.link).chain([link]).collect();
        let mut sightings = self.resolver.sightings(&links);
        // Edits are seen nowhere else; an older program kept no sightings: then the changes themselves tell of some.
        let unseen = observed.iter().filter(|change| sightings.iter().all(|sighting| sighting.at != change.at));
        let unseen = unseen.map(|change| match history.by_hand.contains(&change.at) {
            true => change.by_hand(),
            false => Sighting { at: change.at, stage: true, amount: true, close_date: true, by_hand: false },
        });
        let unseen: Vec<Sighting> = unseen.collect();
        sightings.extend(unseen);
        sightings.sort_by_key(|sighting| sighting.at);
        let [now, after] = [deal, after].map(|row| standing(row, ["stage", AMOUNT, CLOSE_DATE]));
        let wanted =
            Past { observed: &observed, now: &now, after: &after, decided, sightings: &sightings }.with(saying);
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
