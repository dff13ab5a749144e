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
