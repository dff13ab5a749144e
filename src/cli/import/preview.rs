//! How the files were understood, before anything is written.

use super::summary::{field_words, left_out};
use crate::domain::message::Message;
use crate::domain::object::Object;
use crate::export::table::{Align, table};
use crate::i18n::Locale;
use crate::ops::import::{Column, Sheet, SkippedSheet, Target};
use crate::text::{clean, truncate};
use chrono::{Offset as _, Utc};

/// Per file: what it is, then each column with the field it fills and the first values; behind them
/// the sheets that are left out.
pub fn text(sheets: &[Sheet], skipped: &[SkippedSheet], locale: &Locale) -> String {
    let mut text: String =
        sheets.iter().map(|sheet| format!("{}\n{}\n", head(sheet, locale), columns(sheet, locale))).collect();
    if !skipped.is_empty() {
        text.extend(skipped.iter().map(|sheet| format!("{}\n", clean(&locale.tell(&left_out(sheet))))));
        text.push('\n');
    }
    text
}

fn head(sheet: &Sheet, locale: &Locale) -> String {
    let delimiter = match sheet.delimiter {
        Some('\t') => "delimiter-tab",
        Some(';') => "delimiter-semicolon",
        Some('|') => "delimiter-bar",
        _ => "delimiter-comma",
    };
    let message = Message::new(if sheet.delimiter.is_some() { "preview-file" } else { "preview-sheet" })
        .with("path", &sheet.name)
        .with("object", locale.t(&format!("as-{}", sheet.as_object.key())))
        .with("system", locale.tell(&Message::new("system-name").with("system", &sheet.system)))
        .with("rows", sheet.row_count)
        .with("encoding", sheet.encoding)
        .with("delimiter", locale.t(delimiter))
        .with("exported", locale.moment(sheet.exported_at, Utc.fix()));
    clean(&locale.tell(&message)).into_owned()
}

fn columns(sheet: &Sheet, locale: &Locale) -> String {
    let line = |column: &Column| {
        let samples = column.samples.join(" | ");
        vec![
            format!("  {}", column.header),
            "→".to_owned(),
            target(sheet.as_object.object(), column.target, locale),
            truncate(&samples, 40).into_owned(),
        ]
    };
    table(&[Align::Left; 4], &sheet.columns.iter().map(line).collect::<Vec<_>>())
}

fn target(object: Object, target: Target, locale: &Locale) -> String {
    let key = |at: usize| object.fields().get(at).map_or("", |field| field.key);
    match target {
        Target::Key => locale.t("preview-key"),
        Target::Field(at) | Target::ByName(at) => field_words(key(at), locale),
        Target::ById(at) => locale.tell(&Message::new("preview-by-id").with("field", field_words(key(at), locale))),
        Target::Object => locale.t("preview-object"),
        Target::Decided(_) => locale.t("preview-decided"),
        Target::Deleted => locale.t("preview-deleted"),
        Target::StageDate => locale.t("preview-stage-date"),
        Target::Attribute => locale.t("preview-attribute"),
        Target::Ignored => locale.t("preview-ignored"),
    }
}
