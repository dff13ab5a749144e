//! How the files were understood, before anything is written.

use super::drift::changes;
use super::field_words;
use super::summary::left_out;
use crate::domain::intake::{As, ColumnLook, FileLook, SkippedSheet, Target};
use crate::domain::message::Message;
use crate::export::table::{Align, table};
use crate::i18n::Locale;
use crate::text::{clean, truncate};
use chrono::{FixedOffset, Offset as _, Utc};

/// Per file: what it is, how its columns differ from those of its mapping, then each column with the field it
/// fills and the first values; behind them the sheets that are left out.
#[must_use]
pub fn text(files: &[FileLook], skipped: &[SkippedSheet], locale: &Locale) -> String {
    let file = |file: &FileLook| {
        let own = of_profile(file, locale).map(|words| format!("  {words}\n")).unwrap_or_default();
        let head = clean(&locale.tell(&head(file, Utc.fix(), locale))).into_owned();
        format!("{head}\n{}{}{}\n", clean_line(&own), diff(file, locale), columns(file, locale))
    };
    let mut text: String = files.iter().map(file).collect();
    if !skipped.is_empty() {
        text.extend(skipped.iter().map(|sheet| format!("{}\n", clean(&locale.tell(&left_out(sheet))))));
        text.push('\n');
    }
    text
}

fn clean_line(line: &str) -> String {
    line.strip_suffix('\n').map(|line| format!("{}\n", clean(line))).unwrap_or_default()
}

/// What a file is, in one sentence.
#[must_use]
pub fn head(file: &FileLook, zone: FixedOffset, locale: &Locale) -> Message {
    let delimiter = match file.delimiter {
        Some('\t') => "delimiter-tab",
        Some(';') => "delimiter-semicolon",
        Some('|') => "delimiter-bar",
        _ => "delimiter-comma",
    };
    Message::new(if file.delimiter.is_some() { "preview-file" } else { "preview-sheet" })
        .with("path", &file.path)
        .with(
            "object",
            file.object.map_or_else(|| locale.t("as-unknown"), |object| locale.t(&format!("as-{}", object.key()))),
        )
        .with("system", locale.tell(&Message::new("system-name").with("system", &file.system)))
        .with("rows", file.rows)
        .with("encoding", file.encoding)
        .with("delimiter", locale.t(delimiter))
        .with("exported", locale.moment(file.exported_at, zone))
}

/// Which of the user's own mappings reads the file, and whether its columns are those it was saved with.
#[must_use]
pub fn of_profile(file: &FileLook, locale: &Locale) -> Option<String> {
    let profile = file.profile.as_ref()?;
    let mut words = match file.saved_at {
        Some(at) => Message::new("preview-profile-saved").with("profile", profile).with("saved", at.date()),
        None => Message::new("preview-profile").with("profile", profile),
    };
    if file.drift.is_some() {
        words.key = if file.saved_at.is_some() { "preview-profile-saved-drift" } else { "preview-profile-drift" };
    }
    Some(locale.tell(&words))
}

fn diff(file: &FileLook, locale: &Locale) -> String {
    let changes = file.drift.iter().zip(file.object).flat_map(|(drift, object)| changes(drift, object, locale));
    let lines: Vec<Vec<String>> =
        changes.map(|change| vec![format!("  {} {}", change.sign, change.column), change.words]).collect();
    if lines.is_empty() { String::new() } else { format!("{}\n", table(&[Align::Left; 2], &lines)) }
}

fn columns(file: &FileLook, locale: &Locale) -> String {
    let line = |column: &ColumnLook| {
        let samples = column.samples.join(" | ");
        vec![
            format!("  {}", column.header),
            "→".to_owned(),
            meaning(file, column, locale),
            truncate(&samples, 40).into_owned(),
        ]
    };
    table(&[Align::Left; 4], &file.columns.iter().map(line).collect::<Vec<_>>())
}

/// What a column of a file becomes, in words.
#[must_use]
pub fn meaning(file: &FileLook, column: &ColumnLook, locale: &Locale) -> String {
    file.object.map_or_else(|| locale.t("preview-attribute"), |object| target_words(object, column.target, locale))
}

/// What a column becomes, in words.
#[must_use]
pub fn target_words(object: As, target: Target, locale: &Locale) -> String {
    let key = |at: usize| object.object().fields().get(at).map_or("", |field| field.key);
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
