//! Checking a store against the rules of data quality.

use super::{Reader, Result};
use crate::analysis::pipeline::older_than_any_closed;
use crate::analysis::quality::{Quality, Sample};
use crate::analysis::records::own_name;
use crate::domain::facts::Facts;
use crate::domain::object::{Kind, Object};
use crate::domain::quality::{Example, Ground, Inspection, Outcome, Rule};
use crate::domain::time::Instant;
use crate::domain::value::{Id, Value};
use crate::export::plain::Plain;
use std::collections::{BTreeMap, BTreeSet};

/// Objects that other files name before a file of their own describes them.
const NAMED: [Object; 3] = [Object::Member, Object::Product, Object::Account];

impl Reader {
    /// Holds every record against the rules.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be read.
    pub fn quality(&mut self, facts: &Facts, rules: &[Rule], now: Instant) -> Result<Quality> {
        let ground = self.ground(facts, now)?;
        let objects: BTreeSet<Object> = rules.iter().map(|rule| rule.object).collect();
        let mut outcomes = Vec::new();
        for object in objects {
            let mut inspection = Inspection::new(object, rules, &ground);
            let fields = inspection.fields();
            self.fields(object, &fields, &mut |id, values| inspection.see(id.0, values))?;
            outcomes.extend(inspection.finish());
        }
        let mut quality = Quality::of(facts, rules, &outcomes, now);
        for outcome in outcomes.iter().filter(|outcome| !outcome.examples.is_empty()) {
            let Some(rule) = rules.iter().find(|rule| rule.key == outcome.rule) else { continue };
            quality.exemplify(&rule.key, self.samples(facts, rule.object, outcome)?);
        }
        Ok(quality)
    }

    /// What has to be known beside each record.
    fn ground(&mut self, facts: &Facts, now: Instant) -> Result<Ground> {
        let mut ground = Ground {
            now,
            outcomes: facts.stages.iter().map(|(&id, stage)| (id, stage.outcome.code())).collect(),
            older_than_closed: older_than_any_closed(facts, now),
            ..Ground::default()
        };
        for object in NAMED {
            let (mut named, mut is_described) = (BTreeSet::new(), false);
            self.fields(object, &["named_only"], &mut |id, values| match values.first().and_then(Value::int) {
                Some(1) => drop(named.insert(id.0)),
                _ => is_described = true,
            })?;
            ground.named_only.insert(object, named);
            ground.described.extend(is_described.then_some(object));
        }
        // Only what several systems say of one record is kept beside it.
        let mut links = BTreeSet::new();
        self.fields(Object::SourceValue, &["link"], &mut |_, values| {
            links.extend(values.first().and_then(Value::int));
        })?;
        if !links.is_empty() {
            self.fields(Object::Link, &["record"], &mut |id, values| {
                let record = values.first().and_then(Value::int).filter(|_| links.contains(&id.0));
                ground.shared.extend(record.map(|record| (record, false)));
            })?;
            let (contested, _) = self.conflicts()?;
            ground.shared.extend(contested.iter().map(|contested| (contested.row.id.0, true)));
        }
        Ok(ground)
    }

    /// What the examples of a rule are called.
    fn samples(&mut self, facts: &Facts, object: Object, outcome: &Outcome) -> Result<Vec<Sample>> {
        let ids: Vec<Id> = outcome.examples.iter().map(|example| Id(example.record)).collect();
        let rows = self.rows(object, &ids)?;
        let called = self.external_ids(&ids)?;
        let names = self.referred(&outcome.examples)?;
        let plain = Plain { home: facts.currency, names: &names };
        let sample = |example: &Example| {
            let row = rows.iter().find(|row| row.id.0 == example.record);
            let value = example.field.zip(row).map(|(field, row)| plain.of(row, field, &example.value));
            Sample {
                record: Id(example.record),
                id: called.get(&Id(example.record)).cloned(),
                name: row.and_then(own_name),
                field: example.field.map(|field| field.key),
                value: value.filter(|value| !value.is_empty()),
                meant: example.meant.clone(),
            }
        };
        Ok(outcome.examples.iter().map(sample).collect())
    }

    /// Names of the records that examples refer to.
    fn referred(&mut self, examples: &[Example]) -> Result<BTreeMap<Id, String>> {
        let mut wanted: BTreeMap<Object, BTreeSet<Id>> = BTreeMap::new();
        for example in examples {
            if let (Some(Kind::Reference(object)), Some(id)) =
                (example.field.map(|field| field.kind), example.value.int())
            {
                wanted.entry(object).or_default().insert(Id(id));
            }
        }
        self.names_of(wanted)
    }
}
