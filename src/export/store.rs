//! What a store says of itself.

use super::csv::record;
use super::table::{Align, table};
use crate::i18n::Locale;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// `store info`.
#[derive(Debug, Serialize)]
pub struct Info {
    /// Where it is.
    pub store: String,
    /// Name of the company.
    pub name: String,
    /// Currency of amounts that name none.
    pub currency: String,
    /// Number of the last migration.
    pub schema: i64,
    /// Number of the newest action.
    pub actions: i64,
    /// Rows per table.
    pub rows: BTreeMap<&'static str, i64>,
}

/// `store verify`.
#[derive(Debug, Serialize)]
pub struct Verdict {
    /// Whether nothing is wrong.
    pub sound: bool,
    /// What is wrong.
    pub findings: Vec<String>,
}

/// `store backup`.
#[derive(Debug, Serialize)]
pub struct Saved {
    /// The file.
    pub path: String,
    /// Its size.
    pub bytes: u64,
}

/// `store restore`.
#[derive(Debug, Serialize)]
pub struct Restored {
    /// Where the store is that was there before; nothing when there was none.
    pub kept: Option<String>,
    /// Whether that one is a sound store.
    pub is_readable: bool,
}

/// `store copy`.
#[derive(Debug, Serialize)]
pub struct Copied {
    /// How many rows, those of the journal included.
    pub rows: u64,
}

/// `store compact`.
#[derive(Debug, Serialize)]
pub struct Compacted {
    /// The action that did it; nothing when there was nothing to forget.
    pub action: Option<i64>,
    /// The last action that cannot be undone any more.
    pub up_to: i64,
    /// Former values of rows that are gone.
    pub images: u64,
}

/// The facts of a store, one a line.
#[must_use]
pub fn text(info: &Info, locale: &Locale) -> String {
    let named = |key: &str, value: String| vec![locale.t(key), value];
    let mut rows = vec![
        named("store-place", info.store.clone()),
        named("store-name", if info.name.is_empty() { "—".to_owned() } else { info.name.clone() }),
        named("store-currency", info.currency.clone()),
        named("store-schema", info.schema.to_string()),
        named("store-actions", info.actions.to_string()),
    ];
    rows.extend(info.rows.iter().map(|(object, count)| named(&format!("object-{object}"), count.to_string())));
    table(&[Align::Left, Align::Left], &rows)
}

/// What a command tells as CSV: the keys of its JSON above their values; `rows.person` is nested.
#[must_use]
pub fn csv(told: &impl Serialize) -> String {
    let mut cells = Vec::new();
    spread(String::new(), serde_json::to_value(told).unwrap_or_default(), &mut cells);
    let (head, row): (Vec<String>, Vec<String>) = cells.into_iter().unzip();
    format!("{}{}", record(&head), record(&row))
}

fn spread(name: String, value: Value, cells: &mut Vec<(String, String)>) {
    match value {
        Value::Object(fields) => fields.into_iter().for_each(|(key, value)| {
            let name = if name.is_empty() { key } else { format!("{name}.{key}") };
            spread(name, value, cells);
        }),
        Value::Null => cells.push((name, String::new())),
        Value::String(text) => cells.push((name, text)),
        other => cells.push((name, other.to_string())),
    }
}

/// What is wrong with a store, one on each line.
#[must_use]
pub fn findings_csv(verdict: &Verdict) -> String {
    let lines = verdict.findings.iter().map(|finding| record(std::slice::from_ref(finding)));
    std::iter::once(record(&["finding".to_owned()])).chain(lines).collect()
}
