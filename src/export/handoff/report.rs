//! The SLA report as a page of Markdown: exceptions first, each number beside the one of the period before.

use super::review::{fell, reason, shown};
use super::sheet::{Shape, Spot, Title, columns, eaters, receivers};
use crate::analysis::handoff::{Line, Queue, SlaReport, Topic};
use crate::domain::message::Message;
use crate::export::markdown::{plain, table};
use crate::i18n::Locale;

/// The page; `company` may be empty.
#[must_use]
pub fn markdown(report: &SlaReport, company: &str, locale: &Locale) -> String {
    let heading = |key: &str| format!("## {}\n", locale.t(key));
    let mut parts =
        vec![format!("# {}\n", plain(&title(report, company, locale))), format!("{}\n", sentence(report, locale))];
    parts.extend(exceptions(report, locale));
    parts.push(format!("{}\n{}", heading("report-sla-queues"), queues(report, locale)));
    if !report.worst.is_empty() {
        parts.push(format!("{}\n{}", heading("report-sla-worst"), worst(report, locale)));
    }
    parts.push(format!("{}\n{}", heading("report-sla-team"), team(report, locale)));
    if !report.returns.is_empty() {
        let said = report.returns.iter().map(|one| format!("- {}\n", plain(&reason(one, locale))));
        parts.push(format!("{}\n{}", heading("report-sla-returns"), said.collect::<String>()));
    }
    let until = report.data_until.map(|at| Message::new("report-data-until").with("at", at.to_rfc3339()));
    let made = Message::new("report-as-of").with("at", report.as_of.to_rfc3339());
    let foot: Vec<String> = std::iter::once(made).chain(until).map(|message| locale.tell(&message)).collect();
    parts.push(format!("{}\n", plain(&foot.join(" "))));
    parts.join("\n")
}

fn title(report: &SlaReport, company: &str, locale: &Locale) -> String {
    let period = match report.running {
        true => locale.tell(&Message::new("funnel-so-far").with("period", report.period)),
        false => report.period.to_string(),
    };
    let company = if company.is_empty() { String::new() } else { format!(" · {company}") };
    format!("{} {period}{company}", locale.t("report-sla-title"))
}

/// What the whole says, beside the period before.
fn sentence(report: &SlaReport, locale: &Locale) -> String {
    let (now, then) = report.all();
    if now.total.n == 0 {
        return locale.t("review-none");
    }
    let before =
        then.filter(|then| then.total.n > 0).map_or_else(|| "–".to_owned(), |then| shown(&then.inside_sla, locale));
    let message = Message::new("report-sla-sentence").with("total", locale.count(now.total.n));
    let message = message.with("inside", shown(&now.inside_sla, locale)).with("before", before);
    let message =
        message.with("missed", locale.count(report.missed.n)).with("median", shown(&now.median_seconds, locale));
    plain(&locale.tell(&message))
}

/// What is out of order: worse than before, what took the time, what pauses have hidden.
fn exceptions(report: &SlaReport, locale: &Locale) -> Option<String> {
    let (now, then) = report.all();
    let worse = then.filter(|then| fell(&now.inside_sla, &then.inside_sla)).map(|_| locale.t("report-sla-worse"));
    let eaters = eaters(&report.missed_split, locale);
    let eaters = (!eaters.is_empty()).then(|| {
        let parts = eaters.join(&locale.t("list-separator"));
        locale.tell(&Message::new("report-sla-ate").with("parts", parts))
    });
    let pauses = (report.pauses.saved.n > 0).then(|| {
        let message = Message::new("review-pauses").with("n", report.pauses.saved.n);
        let message = message.with("inside", shown(&report.pauses.inside_sla, locale));
        locale.tell(&message.with("without", shown(&report.pauses.inside_sla_without_pauses, locale)))
    });
    let late = (now.late_on_arrival.n > 0)
        .then(|| locale.tell(&Message::new("report-sla-late").with("n", locale.count(now.late_on_arrival.n))));
    let said: String =
        [worse, eaters, pauses, late].into_iter().flatten().map(|one| format!("- {}\n", plain(&one))).collect();
    (!said.is_empty()).then_some(said)
}

fn queues(report: &SlaReport, locale: &Locale) -> String {
    let titles = ["queue", "all", "inside", "before", "median", "p90", "breached", "returned", "late-on-arrival"];
    let mut rows = vec![titles.map(|title| locale.t(&format!("review-column-{title}"))).to_vec()];
    let then = |queue: &Queue| {
        let all = report.then.iter().flat_map(|then| &then.queues);
        all.clone().find(|one| (&one.kind, &one.policy) == (&queue.kind, &queue.policy)).map(|one| &one.line)
    };
    for queue in report.now.used() {
        let name = format!("{} · {}", locale.pick(&queue.names.0), locale.pick(&queue.names.1));
        rows.push(row(name, &queue.line, then(queue), locale));
    }
    let (now, then) = report.all();
    rows.push(row(locale.t("handoff-all"), now, then, locale));
    table(&numbers(titles.len()), &rows)
}

/// Names first, then numbers.
fn numbers(columns: usize) -> Vec<bool> {
    (0..columns).map(|at| at > 0).collect()
}

fn row(name: String, now: &Line, then: Option<&Line>, locale: &Locale) -> Vec<String> {
    let before = then.map(|then| shown(&then.inside_sla, locale)).unwrap_or_default();
    let all = [shown(&now.total, locale), shown(&now.inside_sla, locale), before];
    let rest = [&now.median_seconds, &now.p90_seconds, &now.breached, &now.returned, &now.late_on_arrival];
    std::iter::once(name).chain(all).chain(rest.map(|figure| shown(figure, locale))).collect()
}

fn worst(report: &SlaReport, locale: &Locale) -> String {
    let titles = ["subject", "late-by", "owner", "queue", "id"];
    let mut rows = vec![titles.map(|title| locale.t(&format!("review-column-{title}"))).to_vec()];
    rows.extend(report.worst.iter().map(|one| {
        vec![
            one.subject.clone(),
            locale.duration(-one.seconds_left * 1_000),
            one.owner.clone().unwrap_or_else(|| locale.t("review-nobody")),
            format!("{}/{}", one.kind, one.policy),
            one.id.clone(),
        ]
    }));
    table(&[false, true, false, false, false], &rows)
}

fn team(report: &SlaReport, locale: &Locale) -> String {
    let (titles, lines) = (columns(Topic::Team), receivers(&report.team, locale));
    let is_told = |title: &&Title| title.shape != Shape::Text;
    let mut rows =
        vec![titles.iter().filter(is_told).map(|title| locale.t(&format!("review-column-{}", title.key))).collect()];
    rows.extend(lines.iter().map(|line| {
        let cells = titles.iter().zip(&line.cells).filter(|(title, _)| is_told(title));
        cells.map(|(_, spot)| words(spot, locale)).collect::<Vec<String>>()
    }));
    table(&numbers(titles.len()), &rows)
}

fn words(spot: &Spot, locale: &Locale) -> String {
    spot.words(&|figure| shown(figure, locale))
}
