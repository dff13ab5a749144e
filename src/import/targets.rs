//! Rows of a file of targets: what tells one from the others.

use super::digest::spelled;
use super::{Cell, ProblemKind, SheetProblem, SheetRow};
use crate::domain::fold::fold;
use crate::domain::funnel::Funnels;
use crate::domain::message::Message;
use crate::domain::object::Object;
use crate::domain::target::{counted_names, known_names, period_name};
use std::collections::{BTreeMap, BTreeSet};

/// What the rows of a file of targets are held against.
#[derive(Default)]
pub(super) struct Metrics {
    /// Folded names that a target's metric may have.
    known: BTreeSet<String>,
    /// Those of numbers, with the conversion that may have been meant.
    counted: BTreeMap<String, Option<String>>,
}

impl Metrics {
    /// Those of the funnels there are.
    pub(super) fn of(funnels: &Funnels) -> Self {
        Self { known: known_names(funnels), counted: counted_names(funnels) }
    }

    /// Why a percentage is refused where a number is counted: `22 %` is not 0.22 customers, which any quarter
    /// would reach.
    pub(super) fn refusal_of_percentage(&self, metric: Option<&Cell>, value: &str) -> Option<Message> {
        let meant = self.counted.get(&fold(&spelled(metric?)))?;
        let is_percentage = value.trim_end().ends_with(['%', '％']);
        is_percentage.then(|| match meant {
            Some(meant) => Message::new("problem-percent-meant").with("meant", meant),
            None => Message::new("problem-percent"),
        })
    }
}

/// What is to be said of a target whose metric nobody knows: it is kept, and never shown.
pub(super) fn stranger(row: &SheetRow, metrics: &Metrics) -> Option<SheetProblem> {
    let at = Object::Target.position("metric").filter(|_| row.object == Object::Target)?;
    let metric = row.cells.iter().find(|(field, _)| *field == at).map(|(_, cell)| spelled(cell))?;
    (!metrics.known.contains(&fold(&metric))).then(|| SheetProblem {
        kind: ProblemKind::Note,
        line: row.line,
        field: "metric".to_owned(),
        value: metric,
        reason: Message::new("problem-unknown-metric"),
        row: Vec::new(),
    })
}

fn part(cells: &BTreeMap<usize, Cell>, key: &str) -> Option<String> {
    let text = Object::Target.position(key).and_then(|at| cells.get(&at)).map(spelled);
    text.filter(|text| !text.is_empty())
}

/// Metric, period and owner of a target, or what is wrong with them. A target is the same however its
/// metric is spelled.
pub(super) fn key(cells: &BTreeMap<usize, Cell>) -> Result<String, Message> {
    let (Some(metric), Some(period)) = (part(cells, "metric"), part(cells, "period")) else {
        return Err(Message::new("problem-no-target"));
    };
    if period_name(&period).as_deref() != Some(&period) {
        return Err(Message::new("problem-period").with("period", period));
    }
    if part(cells, "value").is_none() {
        // Named, so that a value that could not be read is told with its own reason.
        return Err(Message::new("problem-no-target-value").with("field", "value"));
    }
    Ok([fold(&metric), period, part(cells, "owner").map(|owner| fold(&owner)).unwrap_or_default()].join("|"))
}
