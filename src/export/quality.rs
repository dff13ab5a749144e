//! Data quality in words and as SARIF.

mod sarif;

pub use sarif::sarif;

use super::table::{Align, table};
use crate::analysis::quality::{Finding, Quality, Sample};
use crate::analysis::selection::Selection;
use crate::domain::figure::Figure;
use crate::domain::message::Message;
use crate::domain::quality::Dimension;
use crate::i18n::{Amounts, Locale};
use crate::text::clean;

/// The findings, the scores and what could not be checked.
#[must_use]
pub fn text(quality: &Quality, locale: &Locale) -> String {
    let mut parts = vec![format!("{}\n", locale.tell(&sentence(quality, locale)))];
    if !quality.findings.is_empty() {
        parts.push(findings(quality, locale));
    }
    if !quality.objects.is_empty() {
        parts.push(scores(quality, locale));
    }
    if !quality.not_checkable.is_empty() {
        let rules: Vec<&str> = quality.not_checkable.iter().map(|one| one.rule.as_str()).collect();
        let message = Message::new("quality-not-checkable").with("n", rules.len()).with("rules", rules.join(", "));
        parts.push(format!("{}\n", locale.tell(&message)));
    }
    parts.join("\n")
}

/// What the whole says.
#[must_use]
pub fn sentence(quality: &Quality, locale: &Locale) -> Message {
    let errors = quality.findings.iter().filter(|one| one.severity == crate::domain::quality::Severity::Error).count();
    let message = match quality.findings.len() {
        0 => Message::new("quality-clean"),
        n => Message::new("quality-findings").with("n", n).with("errors", errors),
    };
    message.with("score", shown(&quality.score, locale))
}

fn shown(figure: &Figure<Selection>, locale: &Locale) -> String {
    locale.figure(figure, None, Amounts::Whole)
}

fn findings(quality: &Quality, locale: &Locale) -> String {
    let titles = ["severity", "finding", "failing", "checked", "example", "rule"];
    let mut rows = vec![titles.map(|title| locale.t(&format!("quality-column-{title}"))).to_vec()];
    rows.extend(quality.findings.iter().map(|one| {
        vec![
            locale.t(&format!("quality-severity-{}", one.severity.key())),
            locale.pick(&one.name).to_owned(),
            shown(&one.failing, locale),
            locale.count(one.checked),
            example(one, locale),
            one.rule.clone(),
        ]
    }));
    table(&[Align::Left, Align::Left, Align::Right, Align::Right, Align::Left, Align::Left], &rows)
}

/// The values that are wrong, each once; the records where it is not a value.
#[must_use]
pub fn example(finding: &Finding, locale: &Locale) -> String {
    let mut told: Vec<String> = Vec::new();
    for sample in &finding.examples {
        let words = one(sample, locale);
        if told.len() < 3 && !told.contains(&words) {
            told.push(words);
        }
    }
    told.join(&locale.t("list-separator"))
}

fn one(sample: &Sample, locale: &Locale) -> String {
    let called = || sample.name.clone().or_else(|| sample.id.clone()).unwrap_or_else(|| format!("#{}", sample.record));
    let words = match (&sample.value, &sample.meant) {
        (Some(value), Some(meant)) => {
            locale.tell(&Message::new("quality-meant").with("value", value).with("meant", meant))
        }
        (Some(value), None) => value.clone(),
        (None, _) => called(),
    };
    clean(&words).into_owned()
}

fn scores(quality: &Quality, locale: &Locale) -> String {
    let dimensions = Dimension::ALL.map(|dimension| locale.t(&format!("quality-dimension-{}", dimension.key())));
    let head = [locale.t("quality-column-object")].into_iter().chain(dimensions);
    let mut rows = vec![head.chain([locale.t("quality-column-trust")]).collect::<Vec<String>>()];
    rows.extend(quality.objects.iter().map(|object| {
        let trust = object
            .trust
            .map_or_else(String::new, |trust| locale.t(&format!("quality-trust-{}", trust.key().replace('_', "-"))));
        let name = locale.t(&format!("tui-object-{}", object.object.key()));
        let scores = Dimension::ALL.map(|dimension| shown(object.of(dimension), locale));
        std::iter::once(name).chain(scores).chain([trust]).collect()
    }));
    let mut aligned = vec![Align::Left];
    aligned.extend(Dimension::ALL.map(|_| Align::Right));
    aligned.push(Align::Left);
    table(&aligned, &rows)
}
