//! The journal as text and JSON.

use super::table::{Align, table};
use crate::domain::message::Message;
use crate::domain::time::Instant;
use crate::i18n::Locale;
use serde::Serialize;
use std::collections::BTreeMap;

/// The journal, newest first.
#[derive(Debug, Serialize)]
pub struct Log {
    /// Its entries.
    pub actions: Vec<Entry>,
}

/// One entry of the journal.
#[derive(Debug, Serialize)]
pub struct Entry {
    /// Number of the action.
    pub id: i64,
    /// When.
    pub at: Instant,
    /// Who.
    pub actor: String,
    /// What: `import`, `edit`, `handoff`, `define`, `precedence`, `undo`, `redo`, `compact`.
    pub kind: &'static str,
    /// Details, by name.
    pub summary: BTreeMap<String, String>,
    /// Whether it has been undone.
    pub undone: bool,
}

/// What an action did, in one sentence.
#[must_use]
pub fn sentence(entry: &Entry, locale: &Locale) -> String {
    let key = match entry.kind {
        "import" => "action-import",
        "edit" => "action-edit",
        "handoff" => "action-handoff",
        "define" => "action-define",
        "precedence" if entry.summary.contains_key("system") => "action-precedence",
        "precedence" => "action-precedence-none",
        "undo" => "action-undo",
        "compact" => "action-compact",
        _ => "action-redo",
    };
    const NAMES: &[&str] = &[
        "files", "new", "changed", "rejected", "object", "field", "target", "what", "system", "values", "records",
        "up_to",
    ];
    let known = |name: &&'static str| entry.summary.get(*name).map(|value| (*name, value.clone()));
    let deed =
        entry.summary.get("deed").map(|deed| ("deed", locale.t(&format!("handoff-deed-{}", deed.replace('_', "-")))));
    let args = NAMES.iter().filter_map(known).chain(deed).collect();
    locale.tell(&Message { key, args })
}

/// Number, time, person and sentence, one line each.
#[must_use]
pub fn text(log: &Log, locale: &Locale) -> String {
    if log.actions.is_empty() {
        return format!("{}\n", locale.t("log-empty"));
    }
    let rows: Vec<Vec<String>> = log
        .actions
        .iter()
        .map(|entry| {
            let what = sentence(entry, locale);
            let undone = || locale.tell(&Message::new("log-undone").with("what", &what));
            vec![
                entry.id.to_string(),
                entry.at.to_rfc3339(),
                entry.actor.clone(),
                if entry.undone { undone() } else { what },
            ]
        })
        .collect();
    table(&[Align::Right, Align::Left, Align::Left, Align::Left], &rows)
}

/// The same lines as CSV with a header.
#[must_use]
pub fn csv(log: &Log, locale: &Locale) -> String {
    let header = ["id", "at", "actor", "kind", "what", "undone"].map(str::to_owned);
    let rows = log.actions.iter().map(|entry| {
        let what = sentence(entry, locale);
        let cells = [
            entry.id.to_string(),
            entry.at.to_rfc3339(),
            entry.actor.clone(),
            entry.kind.to_owned(),
            what,
            entry.undone.to_string(),
        ];
        super::csv::record(&cells)
    });
    std::iter::once(super::csv::record(&header)).chain(rows).collect()
}
