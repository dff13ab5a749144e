//! What a team has to do, read for the screen: hand-offs with what their records are called, and what happened to one.

use super::super::{Reader, Result};
use crate::analysis::handoff::{
    Board, Called, Item, Review, SlaReport, Staffing, Told, Topic, Work, given_back, queued, review, sla_report, worst,
};
use crate::domain::facts::Facts;
use crate::domain::object::{HANDOFF_EVENTS, Object, Row};
use crate::domain::period::Period;
use crate::domain::time::{DAY_MS, Instant};
use crate::domain::value::{Id, Value};
use std::collections::{BTreeMap, BTreeSet};

/// How many reasons are remembered.
const REASONS: usize = 12;

/// What [`Reader::work`] has read and need not read again while nobody writes to the store.
#[derive(Debug, Clone, Default)]
pub struct Known {
    names: BTreeMap<Id, Called>,
    staff: Option<BTreeMap<i64, Staffing>>,
    reasons: Option<[Vec<String>; 2]>,
}

impl Reader {
    /// Everything that a team has to do; what `known` tells is not read again.
    ///
    /// # Errors
    /// [`super::super::Error`] when the store cannot be read.
    pub fn work(&mut self, board: Board, facts: &Facts, known: &mut Known) -> Result<Work> {
        let queued = queued(&board);
        let places: Vec<(Object, Id)> = queued.iter().map(|(item, _)| item.place(&board.rules)).collect();
        self.call(&places, &mut known.names)?;
        let staff = match &known.staff {
            Some(staff) => staff,
            None => known.staff.insert(self.staff()?),
        };
        let reasons = match &known.reasons {
            Some(reasons) => reasons,
            None => known.reasons.insert(self.reasons()?),
        };
        Ok(Work::new(board, facts, queued, (&known.names, staff, reasons)))
    }

    /// Touches of a record and what was done with its hand-offs, oldest first.
    ///
    /// # Errors
    /// [`super::super::Error`] when the store cannot be read.
    pub fn handoff_past(&mut self, object: Object, id: Id) -> Result<Vec<Row>> {
        let field = if object == Object::Person { "person" } else { "opportunity" };
        let mut past = self.store.rows_referring(Object::Touch, field, id)?;
        past.extend(self.store.rows_referring(Object::HandoffEvent, field, id)?);
        past.sort_by_key(|row| (row.get("at").int(), row.id));
        Ok(past)
    }

    /// What the records of these hand-offs are called.
    ///
    /// # Errors
    /// [`super::super::Error`] when the store cannot be read.
    pub fn handoff_names(&mut self, board: &Board, items: &[&Item]) -> Result<BTreeMap<Id, Called>> {
        let places: Vec<(Object, Id)> = items.iter().map(|item| item.place(&board.rules)).collect();
        let mut names = BTreeMap::new();
        self.call(&places, &mut names)?;
        Ok(names)
    }

    /// How the hand-offs that began in a period went.
    ///
    /// # Errors
    /// [`super::super::Error`] when the store cannot be read.
    pub fn review(&mut self, board: &Board, facts: &Facts, wish: (Topic, Period)) -> Result<Review> {
        let mut review = review(board, facts, &self.staff()?, wish);
        match &mut review.told {
            Told::Pauses(audit) => {
                let saved = audit.items.iter().map(|item| (item.place, Id(item.key.1)));
                let mut names = BTreeMap::new();
                self.call(&saved.collect::<Vec<_>>(), &mut names)?;
                audit.call(&names);
            }
            Told::Ledger(Some(ledger)) => {
                ledger.say_why(self.reasons_given(board, &wish.1)?);
            }
            Told::Team(_) | Told::Heat(_) | Told::Response(_) | Told::Ledger(None) | Told::Weeks(_) => {}
        }
        Ok(review)
    }

    /// The SLA report of a period.
    ///
    /// # Errors
    /// [`super::super::Error`] when the store cannot be read.
    pub fn sla_report(&mut self, board: &Board, facts: &Facts, period: Period) -> Result<SlaReport> {
        let mut report = sla_report(board, facts, &self.staff()?, period);
        let items = worst(board, &period);
        let mut places: Vec<(Object, Id)> = items.iter().map(|item| item.place(&board.rules)).collect();
        places.extend(report.pauses.items.iter().map(|item| (item.place, Id(item.key.1))));
        let mut names = BTreeMap::new();
        self.call(&places, &mut names)?;
        report.worst = board.listed(&items, facts, &names);
        report.pauses.call(&names);
        report.say_why(self.reasons_given(board, &period)?);
        Ok(report)
    }

    /// Why the people of a period were given back, one reason for each.
    fn reasons_given(&mut self, board: &Board, period: &Period) -> Result<Vec<Option<String>>> {
        let people = given_back(board, period).into_iter().filter(|(object, _)| *object == Object::Person);
        let rows = self.rows(Object::Person, &people.map(|(_, id)| id).collect::<Vec<_>>())?;
        Ok(rows.iter().map(|row| row.get("disqualified_reason").text().map(str::to_owned)).collect())
    }

    /// Reads what these records are called, as far as that is not known.
    fn call(&mut self, places: &[(Object, Id)], names: &mut BTreeMap<Id, Called>) -> Result<()> {
        let unknown = |of: Object| {
            let ids = places.iter().filter(|(object, id)| *object == of && !names.contains_key(id));
            ids.map(|(_, id)| *id).collect::<Vec<_>>()
        };
        let (people, deals) = (unknown(Object::Person), unknown(Object::Opportunity));
        if !people.is_empty() {
            let rows = self.rows(Object::Person, &people)?;
            let company = |row: &Row| row.get("company").text().filter(|name| !name.is_empty()).map(str::to_owned);
            let nameless = rows.iter().filter(|row| company(row).is_none());
            let accounts: BTreeSet<Id> = nameless.filter_map(|row| row.get("account").int().map(Id)).collect();
            let accounts = self.names_of([(Object::Account, accounts)].into())?;
            names.extend(rows.iter().map(|row| {
                let account = row.get("account").int().and_then(|id| accounts.get(&Id(id)).cloned());
                let named = ["full_name", "email", "phone"].into_iter().find_map(|key| row.get(key).text());
                let name = named.map_or_else(|| format!("#{}", row.id), str::to_owned);
                let source = row.get("source").text().map(str::to_owned);
                (row.id, Called { name, company: company(row).or(account), source })
            }));
        }
        if !deals.is_empty() {
            let called = self.deal_names(&deals)?.into_iter();
            names.extend(called.map(|(id, (name, company))| (id, Called { name, company, source: None })));
        }
        Ok(())
    }

    /// Capacities, leave and who has left.
    fn staff(&mut self) -> Result<BTreeMap<i64, Staffing>> {
        let mut staff: BTreeMap<i64, Staffing> = BTreeMap::new();
        self.fields(Object::Member, &["weekly_capacity", "left_at", "time_zone"], &mut |id, values| {
            let [capacity, left, zone] = values else { return };
            let (capacity, zone) = (capacity.int(), zone.text().and_then(|zone| zone.parse().ok()));
            staff.insert(id.0, Staffing { capacity, left: day(left), leave: Vec::new(), zone });
        })?;
        self.fields(Object::Leave, &["member", "first_day", "last_day"], &mut |_, values| {
            let [member, first, last] = values else { return };
            let Some((member, first)) = member.int().zip(day(first)) else { return };
            staff.entry(member).or_default().leave.push((first, day(last)));
        })?;
        Ok(staff)
    }

    /// The reasons given of late for what was given back and for pauses, the newest first, each once.
    fn reasons(&mut self) -> Result<[Vec<String>; 2]> {
        let mut given: Vec<(i64, i64, String)> = Vec::new();
        self.fields(Object::HandoffEvent, &["kind", "at", "reason"], &mut |_, values| {
            let [kind, at, reason] = values else { return };
            if let (Some(kind), Some(at), Some(reason)) = (kind.int(), at.int(), reason.text()) {
                given.push((at, kind, reason.to_owned()));
            }
        })?;
        given.sort_by(|a, b| b.cmp(a));
        Ok(["returned", "paused"].map(|word| {
            let code = HANDOFF_EVENTS.iter().position(|known| *known == word).and_then(|at| i64::try_from(at).ok());
            let mut reasons: Vec<String> = Vec::new();
            for (_, kind, reason) in &given {
                if Some(*kind) == code && reasons.len() < REASONS && !reasons.contains(reason) {
                    reasons.push(reason.clone());
                }
            }
            reasons
        }))
    }
}

/// A date in days since 1970.
fn day(value: &Value) -> Option<i64> {
    let date = value.text()?.parse().ok()?;
    Some(Instant::at_midnight(date).0.div_euclid(DAY_MS))
}
