//! What a store says of itself.

use super::table::{Align, table};
use crate::i18n::Locale;
use serde::Serialize;
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
