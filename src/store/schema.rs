//! SQL text made from the shape of the objects.

use crate::domain::object::Object;

/// `id, rev` and every field.
pub fn columns(object: Object) -> Vec<&'static str> {
    ["id", "rev"].into_iter().chain(object.fields().iter().map(|field| field.key)).collect()
}

/// `SELECT id, rev, … FROM table WHERE condition`
pub fn select(object: Object, condition: &str) -> String {
    format!("SELECT {} FROM {} WHERE {condition}", columns(object).join(", "), object.key())
}
