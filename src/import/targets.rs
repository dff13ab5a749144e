//! Rows of a file of targets: what tells one from the others.

use super::digest::spelled;
use super::{Cell, ProblemKind, SheetProblem, SheetRow};
use crate::domain::fold::fold;
use crate::domain::message::Message;
use crate::domain::object::Object;
use crate::domain::target::period_name;
use std::collections::{BTreeMap, BTreeSet};

/// What is to be said of a target whose metric nobody knows: it is kept, and never shown.
pub(super) fn stranger(row: &SheetRow, metrics: &BTreeSet<String>) -> Option<SheetProblem> {
    let at = Object::Target.position("metric").filter(|_| row.object == Object::Target)?;
    let metric = row.cells.iter().find(|(field, _)| *field == at).map(|(_, cell)| spelled(cell))?;
    (!metrics.contains(&fold(&metric))).then(|| SheetProblem {
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
        return Err(Message::new("problem-no-target-value"));
    }
    Ok([fold(&metric), period, part(cells, "owner").map(|owner| fold(&owner)).unwrap_or_default()].join("|"))
}
