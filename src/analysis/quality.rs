//! Data quality: what the rules find in a store, how the data score by object and dimension, and whether they can be
//! trusted.

use crate::analysis::selection::Selection;
use crate::domain::facts::{Facts, known};
use crate::domain::figure::{Figure, Number, Withheld};
use crate::domain::funnel::Bilingual;
use crate::domain::metric::derive;
use crate::domain::money::Purse;
use crate::domain::object::Object;
use crate::domain::pipeline::deals;
use crate::domain::quality::{Dimension, Outcome, Rule, Score, Severity, Trust, score};
use crate::domain::time::Instant;
use crate::domain::value::Id;
use serde::{Serialize, Serializer};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// The quality of a store.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Quality {
    /// When it was checked.
    pub as_of: Instant,
    /// 1 − failing ÷ checked over all rules, errors weighing three and warnings one.
    pub score: Figure<Selection>,
    /// The same by object and dimension, and what it means for the figures built on them.
    pub objects: Vec<ObjectQuality>,
    /// What fails: errors before warnings, then the largest share first.
    pub findings: Vec<Finding>,
    /// Rules that could judge nothing.
    pub not_checkable: Vec<NotCheckable>,
}

/// The quality of the records of one object.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ObjectQuality {
    /// The object.
    #[serde(serialize_with = "key")]
    pub object: Object,
    /// Whether figures can be built on it; `null` where nothing was checked.
    pub trust: Option<Trust>,
    /// The dimension that decides it: the one of the lowest score.
    pub weakest: Option<Dimension>,
    /// The score of each dimension.
    pub completeness: Figure<Selection>,
    /// That of accuracy.
    pub accuracy: Figure<Selection>,
    /// That of consistency.
    pub consistency: Figure<Selection>,
    /// That of timeliness.
    pub timeliness: Figure<Selection>,
    /// That of uniqueness.
    pub uniqueness: Figure<Selection>,
}

/// What a rule has found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    /// Key of the rule.
    pub rule: String,
    /// What is wrong.
    #[serde(skip)]
    pub name: Bilingual,
    /// How to mend it.
    #[serde(skip)]
    pub hint: Bilingual,
    /// Whose it is to mend.
    #[serde(skip)]
    pub owner: Bilingual,
    /// The dimension.
    pub dimension: Dimension,
    /// How bad it is.
    pub severity: Severity,
    /// The object.
    #[serde(serialize_with = "key")]
    pub object: Object,
    /// Records that fail.
    pub failing: Figure<Selection>,
    /// Records that were checked.
    pub checked: u64,
    /// What the open deals are worth that it touches.
    pub open_pipeline: Figure<Selection>,
    /// Some of the records.
    pub examples: Vec<Sample>,
}

/// A record that fails.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sample {
    /// Its id in the store.
    pub record: Id,
    /// How an outside system calls it.
    pub id: Option<String>,
    /// What it is called.
    pub name: Option<String>,
    /// The field.
    pub field: Option<&'static str>,
    /// What stands there, as plain text.
    pub value: Option<String>,
    /// What was probably meant.
    pub meant: Option<String>,
}

/// A rule that could judge nothing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NotCheckable {
    /// Key of the rule.
    pub rule: String,
    /// What it would look for.
    #[serde(skip)]
    pub name: Bilingual,
    /// The object.
    #[serde(serialize_with = "key")]
    pub object: Object,
    /// Why: `no_column`, `none_described`, `nothing_closed`, `one_system`.
    pub why: &'static str,
}

fn key<S: Serializer>(object: &Object, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(object.key())
}

impl Quality {
    /// What these outcomes of rules say about a store; its examples are told by [`Quality::exemplify`].
    #[must_use]
    pub fn of(facts: &Facts, rules: &[Rule], outcomes: &[Outcome], now: Instant) -> Self {
        let scores = score(rules, outcomes);
        let rule = |outcome: &Outcome| rules.iter().find(|rule| rule.key == outcome.rule);
        let failing = outcomes.iter().filter(|outcome| !outcome.failing.is_empty());
        let mut findings: Vec<Finding> =
            failing.filter_map(|outcome| Some(finding(facts, rule(outcome)?, outcome))).collect();
        findings.sort_by_key(|one| {
            let share = one.failing.n * 1_000_000 / one.checked.max(1);
            (Reverse(one.severity), Reverse(share), one.rule.clone())
        });
        let unchecked = outcomes.iter().filter_map(|outcome| Some((rule(outcome)?, outcome.unchecked?)));
        let objects: BTreeSet<Object> = scores.keys().map(|(object, _)| *object).collect();
        Self {
            as_of: now,
            score: told("quality_score", scores.values().copied().reduce(Score::and)),
            objects: objects.into_iter().map(|object| of_object(object, &scores)).collect(),
            findings,
            not_checkable: unchecked
                .map(|(rule, why)| NotCheckable {
                    rule: rule.key.clone(),
                    name: rule.name.clone(),
                    object: rule.object,
                    why: why.key(),
                })
                .collect(),
        }
    }

    /// The worst severity of any finding.
    #[must_use]
    pub fn worst(&self) -> Option<Severity> {
        self.findings.iter().map(|one| one.severity).max()
    }

    /// Says what the examples of a rule are.
    pub fn exemplify(&mut self, rule: &str, samples: Vec<Sample>) {
        self.findings.iter_mut().filter(|one| one.rule == rule).for_each(|one| one.examples.clone_from(&samples));
    }
}

impl ObjectQuality {
    /// The score of a dimension.
    #[must_use]
    pub const fn of(&self, dimension: Dimension) -> &Figure<Selection> {
        match dimension {
            Dimension::Completeness => &self.completeness,
            Dimension::Accuracy => &self.accuracy,
            Dimension::Consistency => &self.consistency,
            Dimension::Timeliness => &self.timeliness,
            Dimension::Uniqueness => &self.uniqueness,
        }
    }
}

fn of_object(object: Object, scores: &BTreeMap<(Object, Dimension), Score>) -> ObjectQuality {
    let score = |dimension| told("quality_score", scores.get(&(object, dimension)).copied());
    let shares = Dimension::ALL.into_iter().filter_map(|of| Some((scores.get(&(object, of))?.share()?, of)));
    let weakest = shares.min_by(|(a, _), (b, _)| a.total_cmp(b));
    ObjectQuality {
        object,
        trust: weakest.map(|(share, _)| Trust::of(share)),
        weakest: weakest.map(|(_, dimension)| dimension),
        completeness: score(Dimension::Completeness),
        accuracy: score(Dimension::Accuracy),
        consistency: score(Dimension::Consistency),
        timeliness: score(Dimension::Timeliness),
        uniqueness: score(Dimension::Uniqueness),
    }
}

/// A score as a figure; nothing was checked without one. It is of checks, not of records: a small store has one too.
fn told(metric: &'static str, score: Option<Score>) -> Figure<Selection> {
    let value = score
        .ok_or(Withheld::NoRecords)
        .and_then(|score| derive(metric, &[("failing", score.failing as f64), ("checked", score.checked as f64)]));
    let n = score.map_or(0, |score| score.checked);
    Figure { metric, value, n, records: Selection::These(Object::Person, Vec::new()) }
}

fn finding(facts: &Facts, rule: &Rule, outcome: &Outcome) -> Finding {
    let ids: Vec<Id> = outcome.failing.iter().copied().map(Id).collect();
    let n = ids.len() as u64;
    let touched = touched(facts, rule.object, &outcome.failing);
    let worth: Purse = touched.iter().filter_map(|(_, worth)| *worth).collect();
    let touched: Vec<Id> = touched.into_iter().map(|(id, _)| Id(id)).collect();
    Finding {
        rule: rule.key.clone(),
        name: rule.name.clone(),
        hint: rule.hint.clone(),
        owner: rule.owner.clone(),
        dimension: rule.dimension,
        severity: rule.severity,
        object: rule.object,
        failing: Figure {
            metric: "quality_failing",
            value: Ok(Number::Count(n)),
            n,
            records: Selection::These(rule.object, ids),
        },
        checked: outcome.checked,
        open_pipeline: Figure {
            metric: "quality_open_pipeline",
            value: Ok(Number::Money(worth)),
            n: touched.len() as u64,
            records: Selection::These(Object::Opportunity, touched),
        },
        examples: Vec::new(),
    }
}

/// The open deals that failing records touch: the deals themselves, those of the accounts, those of the people.
fn touched(facts: &Facts, object: Object, failing: &[i64]) -> Vec<(i64, Option<crate::domain::money::Money>)> {
    let has = |id: Option<i64>| id.is_some_and(|id| failing.binary_search(&id).is_ok());
    let leads = &facts.opportunities.lead;
    let lead = |id: i64| facts.opportunities.find(id).and_then(|at| leads.get(at).copied()).and_then(known);
    let open = deals(facts).filter(|deal| deal.outcome.is_open());
    let touches = open.filter(|deal| match object {
        Object::Opportunity => has(Some(deal.id)),
        Object::Account => has(deal.account),
        Object::Person => has(lead(deal.id)),
        Object::Member => has(deal.owner),
        Object::Product => has(deal.product),
        _ => false,
    });
    touches.map(|deal| (deal.id, deal.worth.money())).collect()
}
