//! JSON: the structs as they are, with the reasons of withheld figures listed once.

use crate::domain::figure::WITHHELD_MARK;
use serde::Serialize;
use serde_json::{Map, Value};

/// One object, indented, with a newline at the end. Each withheld figure is `null`, and its reason
/// stands under its path in a top-level `withheld`.
#[must_use]
pub fn object<T: Serialize>(view: &T) -> String {
    let mut value = serde_json::to_value(view).unwrap_or_default();
    let mut withheld = Map::new();
    collect(&mut value, "", &mut withheld);
    if let (Value::Object(object), false) = (&mut value, withheld.is_empty()) {
        object.insert("withheld".to_owned(), Value::Object(withheld));
    }
    format!("{value:#}\n")
}

fn collect(value: &mut Value, path: &str, withheld: &mut Map<String, Value>) {
    match value {
        Value::Object(object) => {
            if let Some(reason) = object.get(WITHHELD_MARK) {
                withheld.insert(path.to_owned(), reason.clone());
                *value = Value::Null;
                return;
            }
            for (key, inner) in object.iter_mut() {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                collect(inner, &path, withheld);
            }
        }
        Value::Array(items) => {
            for (at, inner) in items.iter_mut().enumerate() {
                collect(inner, &format!("{path}.{at}"), withheld);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::figure::{Figure, Number, Withheld};

    #[derive(Serialize)]
    struct View {
        rate: Figure<()>,
        lines: Vec<Figure<()>>,
    }

    #[test]
    fn withheld_figures_are_null_and_their_reasons_stand_once() {
        let figure = |value| Figure { metric: "m", value, n: 1, records: () };
        let view = View {
            rate: figure(Number::share(30, 40)),
            lines: vec![figure(Err(Withheld::NoRecords)), figure(Number::share(1, 2))],
        };
        let json: Value = serde_json::from_str(&object(&view)).unwrap();
        let expected = serde_json::json!({
            "rate": 0.75,
            "lines": [null, null],
            "withheld": { "lines.0": "no_records", "lines.1": "small_sample" }
        });
        assert_eq!(json, expected);
    }
}
