//! `worksheet`: what users decided here, for the import of the systems that have not heard of it.

use super::args::{Args, Format, WorksheetArgs};
use super::output::{Failure, failed, print};
use super::show::reader;
use crate::domain::message::Message;
use crate::export;
use crate::export::ssot::words;
use crate::export::table::{Align, table};
use crate::i18n::Locale;
use crate::ops::{Error, LeftOut, Missing, Worksheet, Worksheets, object_word};
use serde::Serialize;

/// The whole answer.
#[derive(Serialize)]
struct Answer {
    worksheets: Vec<Sheet>,
    left_out: Vec<Left>,
}

#[derive(Serialize)]
struct Sheet {
    system: String,
    object: &'static str,
    file: Option<String>,
    records: usize,
    changes: Vec<Line>,
}

#[derive(Serialize)]
struct Line {
    id: String,
    name: String,
    field: &'static str,
    column: String,
    there: String,
    here: String,
}

#[derive(Serialize)]
struct Left {
    system: Option<String>,
    object: &'static str,
    name: String,
    field: &'static str,
    why: &'static str,
}

/// Prints what systems are to be told, and writes it into a folder when one is named.
pub fn run(args: &Args, request: &WorksheetArgs, locale: &Locale) -> Result<(), Failure> {
    let mut reader = reader(args, locale)?;
    if let Some(system) = &request.system {
        let known = reader.systems_known().map_err(failed(locale))?;
        if !known.contains(system) {
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            return Err(Failure::of(&Error::unknown("system", system, &known), locale));
        }
    }
    let mut found = reader.worksheets(request.system.as_deref()).map_err(failed(locale))?;
    if let Some(folder) = &request.output {
        found.write(folder).map_err(failed(locale))?;
    }
    print(&match request.format {
        Format::Json => export::json::object(&answer(&found)),
        Format::Text | Format::Csv => text(&found, locale),
    })
}

fn answer(found: &Worksheets) -> Answer {
    let sheet = |sheet: &Worksheet| Sheet {
        system: sheet.system.clone(),
        object: sheet.object.key(),
        file: sheet.file.clone(),
        records: sheet.records(),
        changes: sheet
            .changes
            .iter()
            .map(|change| Line {
                id: change.external_id.clone(),
                name: change.name.clone(),
                field: change.field.key,
                column: change.header.clone(),
                there: change.there.clone(),
                here: change.here.clone(),
            })
            .collect(),
    };
    let left = |left: &LeftOut| Left {
        system: left.system.clone(),
        object: object_word(left.object),
        name: left.name.clone(),
        field: left.field.key,
        why: left.why.key(),
    };
    Answer { worksheets: found.sheets.iter().map(sheet).collect(), left_out: found.left_out.iter().map(left).collect() }
}

fn text(found: &Worksheets, locale: &Locale) -> String {
    let mut parts = Vec::new();
    for sheet in &found.sheets {
        let object = locale.t(&format!("object-{}", sheet.object.object().key()));
        let key = if sheet.file.is_some() { "worksheet-written" } else { "worksheet-waiting" };
        let title = Message::new(key)
            .with("system", &sheet.system)
            .with("object", object)
            .with("records", sheet.records())
            .with("values", sheet.changes.len())
            .with("file", sheet.file.clone().unwrap_or_default());
        let rows: Vec<Vec<String>> = sheet
            .changes
            .iter()
            .map(|change| {
                let there = if change.there.is_empty() { locale.t("worksheet-blank") } else { change.there.clone() };
                let record = format!("  {} ({})", change.name, change.external_id);
                vec![record, words(change.field.key, locale), there, "→".to_owned(), change.here.clone()]
            })
            .collect();
        parts.push(format!("{}\n{}", locale.tell(&title), table(&[Align::Left; 5], &rows)));
    }
    if found.sheets.is_empty() && found.left_out.is_empty() {
        parts.push(format!("{}\n", locale.t("worksheet-nothing")));
    } else if !found.sheets.is_empty() && found.sheets.iter().all(|sheet| sheet.file.is_none()) {
        parts.push(format!("{}\n", locale.t("worksheet-hint")));
    }
    for left in &found.left_out {
        let message = Message::new("worksheet-left-out")
            .with("name", &left.name)
            .with("field", words(left.field.key, locale))
            .with("why", reason(left, locale));
        parts.push(format!("{}\n", locale.tell(&message)));
    }
    parts.concat()
}

fn reason(left: &LeftOut, locale: &Locale) -> String {
    let sentence = match (left.why, &left.system) {
        (Missing::Link, None) => "worksheet-left-no-system",
        (Missing::Link, Some(_)) => "worksheet-left-no-link",
        (Missing::Column, _) => "worksheet-left-no-column",
        (Missing::Cleared, _) => "worksheet-left-cleared",
        (Missing::Reference, _) => "worksheet-left-no-reference",
        (Missing::Id, _) => "worksheet-left-no-id",
    };
    locale.tell(&Message::new(sentence).with("system", left.system.clone().unwrap_or_default()))
}
