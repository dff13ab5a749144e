//! Who decides, and where systems contradict each other: text, JSON and CSV.

use super::table::{Align, table};
use crate::domain::message::Message;
use crate::domain::time::Instant;
use crate::i18n::Locale;
use serde::Serialize;

/// `ssot`: who decides.
#[derive(Debug, Serialize)]
pub struct Ssot {
    /// The objects.
    pub objects: Vec<Master>,
}

/// Who decides one kind of record.
#[derive(Debug, Serialize)]
pub struct Master {
    /// The object, as `ssot set` takes it.
    pub object: &'static str,
    /// Its words in message keys.
    #[serde(skip)]
    pub words: &'static str,
    /// The master system; `null` where nobody chose one: then what was said last counts.
    pub master: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// Who chose it.
    pub by: Option<String>,
    /// When.
    pub at: Option<Instant>,
    /// Fields that have a master of their own.
    pub overrides: Vec<Override>,
    /// Systems that know such records.
    pub systems: Vec<System>,
    /// Values on which systems contradict each other.
    pub conflicts: usize,
}

/// A field that has a master of its own.
#[derive(Debug, Serialize)]
pub struct Override {
    /// The field.
    pub field: String,
    /// The system.
    pub system: String,
    /// Why.
    pub reason: Option<String>,
    /// Who chose it.
    pub by: String,
    /// When.
    pub at: Instant,
}

/// A system that knows records.
#[derive(Debug, Serialize)]
pub struct System {
    /// Its name.
    pub system: String,
    /// How many it knows.
    pub records: u64,
}

/// What followed from `ssot set` or `ssot clear`, or would.
#[derive(Debug, Serialize)]
pub struct Chosen {
    /// The object.
    pub object: &'static str,
    /// Its words in message keys.
    #[serde(skip)]
    pub words: &'static str,
    /// The field, for an exception.
    pub field: Option<String>,
    /// The system; `null` when the choice was taken back.
    pub system: Option<String>,
    /// Whether this was only a look.
    pub dry_run: bool,
    /// Records whose values change.
    pub records: u64,
    /// Values that change.
    pub values: u64,
    /// The same by field.
    pub fields: Vec<FieldCount>,
    /// The action that can be undone; `null` when nothing was written.
    pub action: Option<i64>,
}

/// How many values of a field change.
#[derive(Debug, Serialize)]
pub struct FieldCount {
    /// The field.
    pub field: &'static str,
    /// How many.
    pub values: u64,
}

/// `ssot conflicts`.
#[derive(Debug, Serialize)]
pub struct Conflicts {
    /// One for each field of each record.
    pub conflicts: Vec<ConflictLine>,
}

/// A field of a record on which systems contradict each other.
#[derive(Debug, Serialize)]
pub struct ConflictLine {
    /// What the record is.
    pub object: &'static str,
    /// What its first system calls it.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// The field.
    pub field: &'static str,
    /// The value that stands.
    pub value: String,
    /// The system that says so; `null` when a user decided it.
    pub system: Option<String>,
    /// Why it stands: `decided`, `override`, `master`, `newest`.
    pub why: &'static str,
    /// What each system says.
    pub values: Vec<VoiceLine>,
}

/// What one system says.
#[derive(Debug, Serialize)]
pub struct VoiceLine {
    /// The system.
    pub system: String,
    /// What it says.
    pub value: String,
    /// Since which export.
    pub since: Instant,
}

/// The words of a field; its key where it has none.
#[must_use]
pub fn words(field: &str, locale: &Locale) -> String {
    let key = format!("field-{field}");
    if locale.has(&key) { locale.t(&key) } else { field.to_owned() }
}

/// A table of who decides, and the exceptions below it.
#[must_use]
pub fn text(ssot: &Ssot, locale: &Locale) -> String {
    let header = ["object", "master", "systems", "conflicts"].map(|key| locale.t(&format!("ssot-{key}")));
    let mut rows = vec![header.to_vec()];
    for object in &ssot.objects {
        let systems = object.systems.iter().map(|known| format!("{} {}", known.system, locale.count(known.records)));
        rows.push(vec![
            locale.t(&format!("object-{}", object.words)),
            object.master.clone().unwrap_or_else(|| locale.t("ssot-none")),
            systems.collect::<Vec<_>>().join(&locale.t("list-separator")),
            locale.count(object.conflicts as u64),
        ]);
    }
    let mut text = table(&[Align::Left, Align::Left, Align::Left, Align::Right], &rows);
    for object in &ssot.objects {
        for entry in &object.overrides {
            let message = Message::new("ssot-override")
                .with("object", locale.t(&format!("object-{}", object.words)))
                .with("field", words(&entry.field, locale))
                .with("system", &entry.system)
                .with("by", &entry.by)
                .with("day", entry.at.date())
                .with("reason", entry.reason.clone().unwrap_or_default());
            text.push_str(&format!("{}\n", locale.tell(&message)));
        }
    }
    if ssot.objects.iter().any(|object| object.conflicts > 0) {
        text.push_str(&format!("{}\n", locale.t("ssot-see-conflicts")));
    }
    text
}

/// One sentence on what followed.
#[must_use]
pub fn chosen(chosen: &Chosen, locale: &Locale) -> String {
    let key = match (&chosen.action, chosen.dry_run, &chosen.system) {
        (Some(_), _, Some(_)) => "ssot-set",
        (Some(_), _, None) => "ssot-cleared",
        (None, true, _) => "ssot-would",
        (None, false, _) => "ssot-unchanged",
    };
    let object = locale.t(&format!("object-{}", chosen.words));
    let field = chosen.field.as_ref().map(|field| format!("{}: ", words(field, locale))).unwrap_or_default();
    let message = Message::new(key)
        .with("what", format!("{field}{object}"))
        .with("system", chosen.system.clone().unwrap_or_default())
        .with("values", chosen.values)
        .with("records", chosen.records)
        .with("action", chosen.action.unwrap_or_default());
    let counts: Vec<Vec<String>> = chosen
        .fields
        .iter()
        .map(|count| vec![format!("  {}", words(count.field, locale)), locale.count(count.values)])
        .collect();
    format!("{}\n{}", locale.tell(&message), table(&[Align::Left, Align::Right], &counts))
}

/// A line for each field of each record.
#[must_use]
pub fn conflicts(found: &Conflicts, locale: &Locale) -> String {
    if found.conflicts.is_empty() {
        return format!("{}\n", locale.t("ssot-no-conflicts"));
    }
    let header = ["record", "field", "stands", "why", "others"].map(|key| locale.t(&format!("ssot-{key}")));
    let mut rows = vec![header.to_vec()];
    for line in &found.conflicts {
        let others = line.values.iter().filter(|voice| voice.value != line.value);
        let others = others.map(|voice| format!("{}: {} ({})", voice.system, voice.value, voice.since.date()));
        let why = locale.t(&format!("why-{}", line.why));
        rows.push(vec![
            format!("{} ({})", line.name, line.id),
            words(line.field, locale),
            line.value.clone(),
            line.system.as_ref().map_or_else(|| why.clone(), |system| format!("{system}, {why}")),
            others.collect::<Vec<_>>().join("; "),
        ]);
    }
    table(&[Align::Left; 5], &rows)
}

/// A line for each system's value.
#[must_use]
pub fn conflicts_csv(found: &Conflicts) -> String {
    let header = ["object", "id", "name", "field", "system", "value", "since", "stands", "why"].map(str::to_owned);
    let rows = found.conflicts.iter().flat_map(|line| {
        line.values.iter().map(move |voice| {
            super::csv::record(&[
                line.object.to_owned(),
                line.id.clone(),
                line.name.clone(),
                line.field.to_owned(),
                voice.system.clone(),
                voice.value.clone(),
                voice.since.to_rfc3339(),
                (voice.value == line.value).to_string(),
                line.why.to_owned(),
            ])
        })
    });
    std::iter::once(super::csv::record(&header)).chain(rows).collect()
}
