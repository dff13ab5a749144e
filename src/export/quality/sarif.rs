//! Findings in the Static Analysis Results Interchange Format (SARIF 2.1.0, OASIS), which code hosts and CI read: every
//! rule that found something is a rule with one result, at the first of its examples.

use crate::analysis::quality::{Finding, Quality};
use crate::domain::message::Message;
use crate::domain::quality::Severity;
use crate::i18n::Locale;
use crate::text::clean;
use serde::Serialize;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

#[derive(Serialize)]
struct Sarif {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run; 1],
}

#[derive(Serialize)]
struct Run {
    tool: Tool,
    results: Vec<Hit>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    semantic_version: &'static str,
    rules: Vec<Descriptor>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    id: String,
    short_description: Text,
    help: Text,
    default_configuration: Configuration,
    properties: Properties,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Properties {
    tags: Vec<&'static str>,
}

#[derive(Serialize)]
struct Text {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Hit {
    rule_id: String,
    rule_index: usize,
    level: &'static str,
    message: Text,
    locations: [Location; 1],
    occurrence_count: u64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    logical_locations: [Place; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Place {
    name: String,
    fully_qualified_name: String,
    kind: &'static str,
}

/// The findings as a SARIF log of one run.
#[must_use]
pub fn sarif(quality: &Quality, locale: &Locale) -> String {
    let rules = quality.findings.iter().map(|one| Descriptor {
        id: one.rule.clone(),
        short_description: Text { text: locale.pick(&one.name).to_owned() },
        help: Text { text: locale.pick(&one.hint).to_owned() },
        default_configuration: Configuration { level: level(one.severity) },
        properties: Properties { tags: vec![one.dimension.key(), one.object.key()] },
    });
    let driver = Driver { name: "revops", semantic_version: env!("CARGO_PKG_VERSION"), rules: rules.collect() };
    let results = quality.findings.iter().enumerate().map(|(at, one)| hit(at, one, locale)).collect();
    let log = Sarif { schema: SCHEMA, version: "2.1.0", runs: [Run { tool: Tool { driver }, results }] };
    super::super::json::object(&log)
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warn => "warning",
    }
}

fn hit(rule_index: usize, one: &Finding, locale: &Locale) -> Hit {
    let message = Message::new("quality-sarif").with("name", locale.pick(&one.name));
    let message = message.with("failing", one.failing.n).with("checked", one.checked);
    let message = message.with("example", super::example(one, locale));
    let first = one.examples.first();
    let id = first.and_then(|first| first.id.clone()).or_else(|| first.map(|first| format!("#{}", first.record)));
    let name = clean(&id.unwrap_or_default()).into_owned();
    Hit {
        rule_id: one.rule.clone(),
        rule_index,
        level: level(one.severity),
        message: Text { text: locale.tell(&message) },
        locations: [Location {
            logical_locations: [Place {
                fully_qualified_name: format!("{}/{name}", one.object.key()),
                name,
                kind: "object",
            }],
        }],
        occurrence_count: one.failing.n.max(1),
    }
}
