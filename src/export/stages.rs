//! The definitions of a funnel's stages in words, as plain text and as CSV.

use super::table::{Align, table};
use crate::analysis::funnel::size;
use crate::analysis::stages::{Definition, StageMap};
use crate::domain::funnel::Bilingual;
use crate::domain::message::Message;
use crate::domain::metric::Dictionary;
use crate::i18n::{Amounts, Locale};

/// The whole map, for a terminal, a pipe or a screen reader.
#[must_use]
pub fn text(map: &StageMap, arrow: &str, locale: &Locale) -> String {
    let head = vec![
        vec![locale.t("funnel-funnel"), locale.pick(&map.name).to_owned()],
        vec![locale.t("stages-version"), map.version.to_string()],
        vec![locale.t("stages-measured"), period(map, locale)],
        vec![locale.t("funnel-as-of"), map.as_of.to_rfc3339()],
    ];
    let columns = [Align::Left, Align::Left];
    let mut parts = vec![table(&columns, &head), format!("{}\n", path(map, arrow, locale))];
    for stage in &map.stages {
        let rows = facts(stage, locale).into_iter().map(|(key, value)| vec![format!("  {}", locale.t(key)), value]);
        parts.push(format!("{}\n{}", title(stage, locale), table(&columns, &rows.collect::<Vec<_>>())));
    }
    parts.extend(drafts(map, locale));
    parts.join("\n")
}

/// What is said when the measured days are drafts.
#[must_use]
pub fn drafts(map: &StageMap, locale: &Locale) -> Option<String> {
    let measured = map.stages.iter().filter(|stage| stage.median_days.value.is_ok());
    super::drafts::line(Dictionary::shipped(), measured.map(|stage| stage.median_days.metric), locale)
}

/// `2026-Q4 so far`.
#[must_use]
pub fn period(map: &StageMap, locale: &Locale) -> String {
    match map.running {
        true => locale.tell(&Message::new("funnel-so-far").with("period", map.period)),
        false => map.period.to_string(),
    }
}

/// `(Visitor) → Lead → MQL`: a stage that may be skipped in brackets.
#[must_use]
pub fn path(map: &StageMap, arrow: &str, locale: &Locale) -> String {
    let name = |stage: &Definition| {
        let name = locale.pick(&stage.short);
        if stage.optional { format!("({name})") } else { name.to_owned() }
    };
    map.stages.iter().map(name).collect::<Vec<_>>().join(&format!(" {arrow} "))
}

/// The name of a stage, and whether it may be skipped.
#[must_use]
pub fn title(stage: &Definition, locale: &Locale) -> String {
    let name = locale.pick(&stage.name);
    match stage.optional {
        true => locale.tell(&Message::new("stages-optional").with("name", name)),
        false => name.to_owned(),
    }
}

/// What there is to say of a stage: message keys of labels, and words.
#[must_use]
pub fn facts(stage: &Definition, locale: &Locale) -> Vec<(&'static str, String)> {
    let pick = |text: &Bilingual| locale.pick(text).to_owned();
    let mut facts = vec![
        ("stages-owner", pick(&stage.owner)),
        ("stages-entry", pick(&stage.entry)),
        ("stages-exit", pick(&stage.exit)),
    ];
    if !stage.required.is_empty() {
        facts.push(("stages-required", required(stage, locale)));
    }
    facts.push(("stages-days", days(stage, locale)));
    if !stage.events.is_empty() {
        facts.push(("stages-events", events(stage, locale)));
    }
    if !stage.names.is_empty() {
        facts.push(("stages-names", stage.names.join(&locale.t("list-separator"))));
    }
    if !stage.recorded {
        facts.push(("stages-data", locale.t("stages-not-recorded")));
    }
    facts
}

/// `e-mail or phone or WeChat, source`.
fn required(stage: &Definition, locale: &Locale) -> String {
    let word = |field: &String| {
        let key = format!("field-{field}");
        if locale.has(&key) { locale.t(&key) } else { field.clone() }
    };
    let one = |fields: &Vec<String>| fields.iter().map(word).collect::<Vec<_>>().join(&locale.t("list-or"));
    stage.required.iter().map(one).collect::<Vec<_>>().join(&locale.t("list-separator"))
}

/// `14 expected; the median of 3,335 records is 2.0`.
fn days(stage: &Definition, locale: &Locale) -> String {
    let expected = Message::new("stages-days-expected").with("days", stage.expected_days);
    if stage.median_days.value.is_err() {
        return locale.tell(&expected);
    }
    let median = locale.figure(&stage.median_days, None, Amounts::Whole);
    let both = Message::new("stages-days-measured").with("days", stage.expected_days);
    locale.tell(&both.with("median", median).with("n", stage.n))
}

/// `deal won, once the account has paid for the first time`.
fn events(stage: &Definition, locale: &Locale) -> String {
    let word = |event: &str| locale.t(&format!("stages-event-{}", event.replace(['.', '_'], "-")));
    let events = stage.events.iter().map(|event| word(event)).collect::<Vec<_>>().join(&locale.t("list-separator"));
    match stage.confirmed_by {
        Some(event) => locale.tell(&Message::new("stages-confirmed").with("events", events).with("event", word(event))),
        None => events,
    }
}

const COLUMNS: [&str; 13] = [
    "stage",
    "name",
    "optional",
    "owner",
    "entry",
    "exit",
    "required",
    "expected_days",
    "median_days",
    "n",
    "events",
    "confirmed_by",
    "names",
];

/// A stage on each line, its texts in the language of `locale`; several values of a cell are apart by `; `.
#[must_use]
pub fn csv(map: &StageMap, locale: &Locale) -> String {
    let mut out = super::csv::record(&COLUMNS.map(str::to_owned));
    for stage in &map.stages {
        let pick = |text: &Bilingual| locale.pick(text).to_owned();
        let required: Vec<String> = stage.required.iter().map(|fields| fields.join("|")).collect();
        let cells = [
            stage.key.clone(),
            pick(&stage.name),
            stage.optional.to_string(),
            pick(&stage.owner),
            pick(&stage.entry),
            pick(&stage.exit),
            required.join("; "),
            stage.expected_days.to_string(),
            size(&stage.median_days).map(|days| days.to_string()).unwrap_or_default(),
            stage.n.to_string(),
            stage.events.join("; "),
            stage.confirmed_by.unwrap_or_default().to_owned(),
            stage.names.join("; "),
        ];
        out.push_str(&super::csv::record(&cells.map(|cell| crate::text::clean(&cell).into_owned())));
    }
    out
}
