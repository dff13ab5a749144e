//! Salesforce's field history, which tells in each row one field that changed, as a stage history.

use super::error::Error;
use super::sheet::{Row, Rows};
use super::table::Table;
use crate::domain::fold::fold;
use csv::StringRecord;
use std::collections::BTreeSet;

/// Names of the columns that come out: those of the plain stage history.
const HEADER: [&str; 9] =
    ["record_id", "from_stage", "to_stage", "at", "actor", "amount", "close_date", "from_amount", "from_close_date"];

/// A field history as a stage history.
pub(super) struct Told {
    pub table: Table,
    /// Rows about fields that no history is made of.
    pub others: u64,
}

/// The columns of a field history.
struct Columns {
    record: usize,
    field: usize,
    old: usize,
    new: usize,
    at: usize,
    actor: Option<usize>,
    /// The stage in which the deal is now; only reports have it.
    stage: Option<usize>,
}

/// What a row tells of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Changed {
    Made,
    Stage,
    Amount,
    CloseDate,
}

impl Columns {
    fn of(header: &[String]) -> Option<Self> {
        let folded: Vec<String> = header.iter().map(|name| fold(name)).collect();
        let find = |names: &[&str]| names.iter().find_map(|name| folded.iter().position(|other| other == name));
        Some(Self {
            record: find(&["opportunityid18digit", "opportunityid", "recordid"])?,
            field: find(&["fieldevent", "field"])?,
            old: find(&["oldvalue"])?,
            new: find(&["newvalue"])?,
            at: find(&["editdate", "createddate"])?,
            actor: find(&["editedby", "createdbyid"]),
            stage: find(&["stage"]),
        })
    }

    fn changed(&self, record: &StringRecord) -> Option<Changed> {
        match fold(text(record, self.field)).as_str() {
            "created" => Some(Changed::Made),
            "stage" | "stagename" => Some(Changed::Stage),
            "amount" => Some(Changed::Amount),
            "closedate" => Some(Changed::CloseDate),
            _ => None,
        }
    }

    /// A row of the stage history; `stays` is the stage of a deal that never changed it.
    fn row(&self, record: &StringRecord, changed: Changed, stays: Option<&str>) -> StringRecord {
        let (old, new, stays) = (text(record, self.old), text(record, self.new), stays.unwrap_or_default());
        let of = |wanted: Changed, value| if wanted == changed { value } else { "" };
        let (from, to) = match changed {
            Changed::Made => ("", stays),
            Changed::Stage => (old, new),
            Changed::Amount | Changed::CloseDate => (stays, stays),
        };
        let actor = self.actor.map_or("", |at| text(record, at));
        let cells = [
            text(record, self.record),
            from,
            to,
            text(record, self.at),
            actor,
            of(Changed::Amount, new),
            of(Changed::CloseDate, new),
            of(Changed::Amount, old),
            of(Changed::CloseDate, old),
        ];
        cells.into_iter().collect()
    }
}

fn text(record: &StringRecord, at: usize) -> &str {
    record.get(at).unwrap_or_default().trim()
}

/// A table of this kind as a stage history; `None` for any other.
pub(super) fn told(table: &Table) -> Result<Option<Told>, Error> {
    let Some(columns) = Columns::of(table.header()) else { return Ok(None) };
    let mut moved = BTreeSet::new();
    table.walk(|_, record| {
        if columns.changed(record) == Some(Changed::Stage) {
            moved.insert(text(record, columns.record).to_owned());
        }
        Ok(true)
    })?;
    let (mut rows, mut others): (Vec<Row>, u64) = (Vec::new(), 0);
    table.walk(|place, record| {
        let who = text(record, columns.record);
        let stays = columns.stage.filter(|_| !moved.contains(who)).map(|at| text(record, at));
        match columns.changed(record) {
            Some(changed) => rows.push((place.line, columns.row(record, changed, stays))),
            // What a report writes below its rows is about no deal.
            None => others += u64::from(!who.is_empty() && !text(record, columns.field).is_empty()),
        }
        Ok(true)
    })?;
    let header = HEADER.map(str::to_owned).to_vec();
    Ok(Some(Told { table: Table::Rows(Rows::made(header, rows)), others }))
}
