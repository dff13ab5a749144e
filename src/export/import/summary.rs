//! What an import did, in words: counts first, then what deserves a look.

use super::drift::changes;
use super::field_words;
use crate::domain::intake::{
    As, FileReport, ImportReport, ProblemKind, SheetProblem, SkippedSheet, Unmatched, file_name,
};
use crate::domain::message::Message;
use crate::domain::time::Instant;
use crate::export::table::{Align, table};
use crate::i18n::Locale;
use crate::text::clean;
use std::collections::BTreeMap;

/// How many problems of a file are told one by one.
const TOLD: usize = 5;
/// How many unknown names are told one by one.
const NAMED: usize = 8;

/// The counts of every file, then the remarks, then how it ended: `None` when it has not, else whether
/// it was a dry run. `program` is how the program is called for this store.
#[must_use]
pub fn summary(report: &ImportReport, ended: Option<bool>, program: &str, locale: &Locale) -> String {
    let mut align = vec![Align::Left; 2];
    align.resize(COUNTS.len(), Align::Right);
    let mut text = table(&align, &counts(report, locale));
    let remarks = remarks(report, Advice::Words, locale);
    if !remarks.is_empty() {
        text.push('\n');
        text.extend(remarks.iter().map(|remark| format!("! {}\n", clean(remark))));
    }
    if let Some(dry_run) = ended {
        text.push_str(&format!("\n{}\n", locale.tell(&ending(report, dry_run, program))));
    }
    text
}

fn ending(report: &ImportReport, dry_run: bool, program: &str) -> Message {
    match report.batch {
        _ if dry_run => Message::new("import-dry-run"),
        _ if report.is_useless() => Message::new("import-all-rejected"),
        Some(batch) => Message::new("import-done").with("batch", batch).with("program", program),
        None if report.files.iter().all(|file| file.rows == 0) => Message::new("import-no-rows"),
        None => Message::new("import-nothing-new"),
    }
}

/// What is counted per file.
pub const COUNTS: [&str; 7] = ["file", "object", "rows", "new", "changed", "unchanged", "rejected"];

/// The counts, under their titles, one line per file.
#[must_use]
pub fn counts(report: &ImportReport, locale: &Locale) -> Vec<Vec<String>> {
    let mut rows = vec![COUNTS.map(|key| locale.t(&format!("import-col-{key}"))).to_vec()];
    rows.extend(report.files.iter().map(|file| {
        let counts = [file.rows, file.new, file.changed, file.unchanged, file.rejected];
        let name = file_name(&file.path).to_owned();
        let object = locale.t(&format!("as-{}", file.object));
        [name, object].into_iter().chain(counts.map(|n| locale.count(n))).collect()
    }));
    rows
}

/// How a reader follows advice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Advice {
    /// With words on the command line.
    Words,
    /// With keys, which the hints tell.
    Keys,
}

/// What deserves a look, one sentence each.
#[must_use]
pub fn remarks(report: &ImportReport, advice: Advice, locale: &Locale) -> Vec<String> {
    let mut messages: Vec<Message> = report.skipped_sheets.iter().map(left_out).collect();
    unmatched(report, &mut messages, advice, locale);
    for shared in &report.shared {
        let object = locale.t(&format!("object-{}", shared.object));
        let message = Message::new("import-shared").with("object", object).with("name", &shared.name);
        messages.push(message.with("rows", shared.rows));
    }
    for name in &report.crowded {
        messages.push(Message::new("import-crowded").with("name", name));
    }
    for alias in &report.refused_aliases {
        messages.push(Message::new("import-alias-refused").with("alias", alias));
    }
    if report.moved_references > 0 {
        messages.push(Message::new("import-moved-references").with("count", report.moved_references));
    }
    if !report.new_stages.is_empty() {
        let names = report.new_stages.join(&locale.t("list-separator"));
        let key = if advice == Advice::Words { "import-new-stages" } else { "import-new-stages-like" };
        messages.push(Message::new(key).with("names", names));
    }
    if !report.corrected_stages.is_empty() {
        let names = report.corrected_stages.join(&locale.t("list-separator"));
        messages.push(Message::new("import-corrected-stages").with("names", names));
    }
    if report.resolved_references > 0 {
        messages.push(Message::new("import-resolved-references").with("count", report.resolved_references));
    }
    if report.matched_accounts > 0 {
        messages.push(Message::new("import-matched-accounts").with("count", report.matched_accounts));
    }
    if report.unclear_accounts > 0 {
        messages.push(Message::new("import-unclear-accounts").with("count", report.unclear_accounts));
    }
    for (object, count) in &report.named_only {
        let object = locale.t(&format!("object-{object}"));
        messages.push(Message::new("import-named-only").with("object", object).with("count", count));
    }
    report.files.iter().for_each(|file| file_remarks(file, &mut messages, locale));
    messages.iter().map(|message| locale.tell(message)).collect()
}

/// A sheet that was not imported, and why.
#[must_use]
pub fn left_out(sheet: &SkippedSheet) -> Message {
    Message::new("import-skipped-sheet").with("file", file_name(&sheet.path)).with("reason", sheet.reason)
}

/// The names most rows use, those with a suggestion first; the others as a count.
fn unmatched(report: &ImportReport, messages: &mut Vec<Message>, advice: Advice, locale: &Locale) {
    let mut names: Vec<&Unmatched> = report.unmatched.iter().collect();
    names.sort_by_key(|name| (name.meant.is_none(), std::cmp::Reverse(name.rows)));
    for name in names.iter().take(NAMED) {
        let key = match (&name.meant, advice) {
            (None, _) => "import-unmatched",
            (Some(_), Advice::Words) => "import-unmatched-meant",
            (Some(_), Advice::Keys) => "import-unmatched-like",
        };
        messages.push(
            Message::new(key)
                .with("object", locale.t(&format!("object-{}", name.object)))
                .with("key", name.field)
                .with("name", &name.name)
                .with("rows", name.rows)
                .with("meant", name.meant.as_deref().unwrap_or_default()),
        );
    }
    if names.len() > NAMED {
        messages.push(Message::new("import-unmatched-more").with("count", names.len() - NAMED));
    }
}

fn file_remarks(file: &FileReport, messages: &mut Vec<Message>, locale: &Locale) {
    drift_remarks(file, messages, locale);
    let name = file_name(&file.path);
    for suspect in &file.suspects {
        messages.push(
            Message::new("import-suspect")
                .with("file", name)
                .with("field", field_words(suspect.field, locale))
                .with("value", &suspect.value)
                .with("rows", suspect.rows)
                .with("meant", &suspect.meant),
        );
    }
    let serious: Vec<&SheetProblem> =
        file.problems.iter().filter(|problem| problem.kind != ProblemKind::Note).collect();
    for problem in serious.iter().take(TOLD) {
        let reason = locale.tell(&problem.reason);
        let place = Message::new(match (problem.value.is_empty(), problem.field.is_empty()) {
            (true, _) => "import-problem-row",
            (false, true) => "import-problem-value",
            (false, false) => "import-problem-cell",
        });
        let field = if problem.field.is_empty() { String::new() } else { field_words(&problem.field, locale) };
        let place = place.with("file", name).with("line", problem.line).with("field", field);
        messages.push(place.with("value", &problem.value).with("reason", reason));
    }
    if serious.len() > TOLD {
        messages.push(Message::new("import-problems-more").with("file", name).with("count", serious.len() - TOLD));
    }
    notes(file, messages, locale);
    if let Some(column) =
        file.lacks_ids.as_ref().filter(|_| file.profile != file.object || file.object == "opportunities")
    {
        messages.push(Message::new("import-lacks-ids").with("file", name).with("column", column));
    }
    if let Some(currency) = &file.assumed_currency {
        let message = Message::new("import-assumed-currency").with("file", name).with("system", &file.system);
        messages.push(message.with("currency", currency));
    }
    if let Some(at) = file.name_to_come {
        let day = |at: Instant| at.date().to_string();
        let message = Message::new("import-name-to-come").with("file", name).with("day", day(at));
        messages.push(message.with("taken", day(file.exported_at)));
    }
    if !file.blank.is_empty() {
        let blank =
            file.blank.iter().map(|(field, rows)| format!("{} {}", field_words(field, locale), locale.count(*rows)));
        let blank = blank.collect::<Vec<_>>().join(&locale.t("list-separator"));
        messages.push(Message::new("import-blank").with("file", name).with("fields", blank));
    }
    let counted = [
        ("import-deleted", file.deleted),
        ("import-waiting", file.waiting),
        ("import-voided", file.voided),
        ("import-stage-moves", file.stage_moves),
        ("import-went-back", file.went_back),
        ("import-conflicts", file.conflicts),
        ("import-unheard", file.unheard),
        ("import-stale", file.stale),
    ];
    let some = counted.into_iter().filter(|(_, rows)| *rows > 0);
    messages.extend(some.map(|(key, rows)| Message::new(key).with("file", name).with("rows", rows)));
    if let Some(cause) = &file.rejects_failed {
        messages.push(Message::new("import-rejects-failed").with("file", name).with("cause", cause));
    }
    if let Some(path) = &file.rejects_file {
        messages.push(Message::new("import-rejects").with("file", name).with("rows", file.rejected).with("path", path));
    }
}

/// How the columns differ from those the mapping was saved with: what is lost first, each by itself.
fn drift_remarks(file: &FileReport, messages: &mut Vec<Message>, locale: &Locale) {
    let (Some(drift), Some(object)) = (&file.drift, As::parse(file.object)) else { return };
    let mut changes = changes(drift, object, locale);
    changes.sort_by_key(|change| !change.is_loss);
    for change in changes {
        let key = match (change.sign, change.words.is_empty()) {
            ('-', _) => "import-column-gone",
            (_, false) => "import-column-new-meant",
            (_, true) => "import-column-new",
        };
        let message = Message::new(key).with("file", file_name(&file.path)).with("column", change.column);
        messages.push(message.with("profile", &drift.profile).with("words", change.words));
    }
}

/// Values that were kept though something is odd about them, each once; a stage that went back is counted.
fn notes(file: &FileReport, messages: &mut Vec<Message>, locale: &Locale) {
    let mut rows: BTreeMap<(&str, &str, &str), u64> = BTreeMap::new();
    let odd = |problem: &&SheetProblem| problem.kind == ProblemKind::Note && problem.reason.key != "problem-stage-back";
    for problem in file.problems.iter().filter(odd) {
        *rows.entry((problem.reason.key, &problem.field, &problem.value)).or_default() += 1;
    }
    let mut rows: Vec<_> = rows.into_iter().collect();
    rows.sort_by_key(|(_, rows)| std::cmp::Reverse(*rows));
    for ((reason, field, value), rows) in rows.iter().take(TOLD) {
        let note = Message::new("import-note").with("file", file_name(&file.path)).with("rows", rows);
        let note = note.with("field", field_words(field, locale)).with("value", value);
        messages.push(note.with("reason", locale.t(reason)));
    }
    if rows.len() > TOLD {
        messages.push(Message::new("import-notes-more").with("count", rows.len() - TOLD));
    }
}
