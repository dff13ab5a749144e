//! The records of a table → rows: its parts at the same time, what they hold in the order of the file.

use super::cells::Cells;
use super::error::Error;
use super::footer::Footer;
use super::mapping::{KeyRule, Mapping};
use super::outcomes::Agreed;
use super::rows::{Reading, Taken, Usable, rejected};
use super::survey::Survey;
use super::table::{Place, Table};
use super::vocabulary::{Counts, FIELDS};
use super::{Cell, Options, SheetProblem, SheetRow};
use crate::domain::message::Message;
use crate::domain::object::Object;
use crate::domain::spelling::Suspect;
use crate::domain::stage::Outcome;
use crate::domain::value::Value;
use csv::StringRecord;
use std::collections::{BTreeMap, HashMap};
use std::thread;

/// What reading the rows gives.
#[derive(Default)]
pub(super) struct Read {
    pub rows: Vec<SheetRow>,
    pub problems: Vec<SheetProblem>,
    pub suspects: Vec<(&'static str, Suspect)>,
    pub row_count: u64,
    pub repeated: u64,
    /// Rows that the source marks as deleted.
    pub deleted: u64,
    /// What the file says of its stages.
    pub stage_outcomes: BTreeMap<String, Outcome>,
}

/// Reads every record.
pub(super) fn read(
    table: &Table,
    mapping: &Mapping,
    cells: &Cells,
    survey: &Survey,
    options: &Options,
) -> Result<Read, Error> {
    let reading = Reading::new(table, mapping, cells, &survey.readers, options);
    let processors = thread::available_parallelism().map_or(1, usize::from);
    let mut gathering = Gathering::new(table, mapping);
    in_parts(table, &reading, &evenly(&survey.milestones, processors), |found| gathering.see(found))?;
    Ok(gathering.finish())
}

/// Reads the parts that begin at these places, each in a thread of its own, and tells of them in order.
fn in_parts(table: &Table, reading: &Reading<'_>, starts: &[Place], tell: impl FnMut(Found)) -> Result<(), Error> {
    let ends = starts.iter().skip(1).map(|place| Some(place.offset)).chain([None]);
    let mut found = Vec::with_capacity(starts.len());
    thread::scope(|scope| {
        let parts: Vec<_> = starts
            .iter()
            .zip(ends)
            .map(|(&start, end)| scope.spawn(move || part(table, reading, start, end)))
            .collect();
        for part in parts {
            found.push(part.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?);
        }
        Ok::<(), Error>(())
    })?;
    found.into_iter().flatten().for_each(tell);
    Ok(())
}

/// So many of these places, the first among them, about as far from each other.
fn evenly(milestones: &[Place], wanted: usize) -> Vec<Place> {
    let wanted = wanted.min(milestones.len()).max(1);
    (0..wanted).filter_map(|part| milestones.get(part * milestones.len() / wanted).copied()).collect()
}

/// A record and what it was taken for; a line below a report is nothing.
struct Found {
    place: Place,
    footer: Footer,
    taken: Option<Taken>,
}

/// The records from one place to another.
fn part(table: &Table, reading: &Reading<'_>, start: Place, end: Option<usize>) -> Result<Vec<Found>, Error> {
    let mut found = Vec::new();
    table.walk_from(start, |place, record| {
        if end.is_some_and(|end| place.offset >= end) {
            return Ok(false);
        }
        let footer = if is_header(table, record) { Footer::Sure } else { reading.footer(record) };
        let taken = (footer != Footer::Sure).then(|| reading.take(place, record));
        found.push(Found { place, footer, taken });
        Ok(true)
    })?;
    Ok(found)
}

/// Whether the header stands here again: several files were put together.
fn is_header(table: &Table, record: &StringRecord) -> bool {
    let header = table.header();
    header.len() > 1 && header.len() == record.len() && header.iter().zip(record).all(|(a, b)| a.trim() == b.trim())
}

struct Gathering<'t> {
    table: &'t Table,
    /// Whether rows are told apart by names.
    by_name: bool,
    /// Names that rows which say different things share: none of these deals can be told from the others.
    crowded: HashMap<String, u64>,
    /// Key → (line, hash) of the row that had it first.
    seen: HashMap<String, (u64, i64)>,
    counts: Vec<(usize, &'static str, Counts)>,
    agreed: Agreed,
    /// Lines that may stand below the rows, until the next one decides.
    held: Vec<(Place, Taken)>,
    read: Read,
}

impl<'t> Gathering<'t> {
    fn new(table: &'t Table, mapping: &Mapping) -> Self {
        let object = mapping.object.object();
        let counted = |key: &&'static str| Some((object.position(key)?, *key, Counts::default()));
        Self {
            table,
            by_name: mapping.key == KeyRule::Name,
            crowded: HashMap::new(),
            seen: HashMap::new(),
            counts: FIELDS.iter().filter_map(counted).collect(),
            agreed: Agreed::default(),
            held: Vec::new(),
            read: Read::default(),
        }
    }

    fn see(&mut self, Found { place, footer, taken }: Found) {
        match (footer, taken) {
            (Footer::Maybe, Some(taken)) => self.held.push((place, taken)),
            (Footer::No, Some(taken)) => {
                self.keep_held();
                self.keep(place, taken);
            }
            _ => self.held.clear(),
        }
    }

    fn keep_held(&mut self) {
        for (place, taken) in std::mem::take(&mut self.held) {
            self.keep(place, taken);
        }
    }

    fn keep(&mut self, place: Place, Taken { row, outcome }: Taken) {
        self.read.row_count += 1;
        if let Some(outcome) = outcome {
            self.agreed.hear(outcome);
        }
        match row {
            Ok(usable) => self.keep_row(place, usable),
            Err(problem) => self.read.problems.push(*problem),
        }
    }

    fn keep_row(&mut self, place: Place, Usable { row, problems, is_deleted }: Usable) {
        match self.seen.get(&row.key) {
            Some((_, hash)) if *hash == row.hash => self.read.repeated += 1,
            Some((line, _)) => {
                if self.by_name && row.object == Object::Opportunity {
                    self.crowded.entry(row.key.clone()).or_insert(row.line);
                }
                let reason = if self.by_name { "problem-same-name" } else { "problem-same-key" };
                let reason = Message::new(reason).with("line", line);
                let record: StringRecord = self.table.cells(place.offset).into();
                self.read.problems.push(*rejected(place, &record, row.called(), reason));
            }
            None => {
                self.read.deleted += u64::from(is_deleted);
                self.seen.insert(row.key.clone(), (row.line, row.hash));
                self.read.problems.extend(problems);
                self.count(&row);
                self.read.rows.push(row);
            }
        }
    }

    /// The first row of a name that others have too is no more that deal's than they are.
    fn turn_down_crowded(&mut self) {
        if self.crowded.is_empty() {
            return;
        }
        let (crowded, table, problems) = (&self.crowded, self.table, &mut self.read.problems);
        self.read.rows.retain(|row| {
            let Some(other) = crowded.get(&row.key) else { return true };
            let reason = Message::new("problem-same-name").with("line", other);
            let record: StringRecord = table.cells(row.offset).into();
            let place = Place { line: row.line, offset: row.offset };
            problems.push(*rejected(place, &record, row.called(), reason));
            false
        });
    }

    fn count(&mut self, row: &SheetRow) {
        for (position, _, counts) in &mut self.counts {
            let cell = row.cells.iter().find(|(at, _)| at == position);
            if let Some((_, Cell::Value(Value::Text(text)))) = cell {
                counts.add(text);
            }
        }
    }

    fn finish(mut self) -> Read {
        // Nothing is called so by its id here, and the last line sums up those above it.
        if self.by_name {
            self.held.clear();
        }
        self.keep_held();
        self.turn_down_crowded();
        for (_, field, counts) in &self.counts {
            self.read.suspects.extend(counts.suspects(field).into_iter().map(|suspect| (*field, suspect)));
        }
        self.read.stage_outcomes = self.agreed.stages();
        self.read
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Currency;
    use crate::domain::time::Instant;
    use crate::import::dialect::Text;
    use crate::import::{As, mapping, survey};

    /// Lines of cells with line breaks and blank lines between, a row that comes twice and a footer.
    fn report() -> String {
        let mut text = "id,name,stage,amount\n".to_owned();
        for row in 0..20_000 {
            text.push_str(&format!("D-{row},\"Deal\n{row}\",Demo,{row}\n"));
            if row % 7 == 0 {
                text.push_str("\n\n");
            }
        }
        text + "D-1,other,Demo,1\nTotal,,,199990000\nGrand Totals (20000 records),,,\n"
    }

    #[test]
    fn a_table_read_in_parts_is_the_same_table() {
        let table = Table::Text(Text::new(report()).unwrap());
        let options = Options::new(Instant(0), Currency::USD);
        let mapping = mapping::map(table.header(), As::Opportunities, None, None).unwrap();
        let cells = Cells::new(&mapping, None, &options);
        let survey = survey::survey(&table, &mapping, &cells, &options).unwrap();
        assert_eq!(survey.milestones.len(), 5);
        let read = |parts| {
            let reading = Reading::new(&table, &mapping, &cells, &survey.readers, &options);
            let mut gathering = Gathering::new(&table, &mapping);
            in_parts(&table, &reading, &evenly(&survey.milestones, parts), |found| gathering.see(found)).unwrap();
            gathering.finish()
        };
        let whole = read(1);
        assert_eq!((whole.row_count, whole.rows.len(), whole.problems.len()), (20_001, 20_000, 1));
        assert_eq!((whole.problems[0].line, whole.problems[0].row[1].as_str()), (45_718, "other"));
        for parts in [2, 3, 5, 64] {
            let read = read(parts);
            assert_eq!((read.rows == whole.rows, read.problems == whole.problems), (true, true), "{parts} parts");
        }
    }
}
