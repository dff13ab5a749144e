//! Hand-offs in words, as plain text and as CSV.

mod replay;
pub mod report;
pub mod review;
mod rules;
pub mod sheet;

pub use replay::{replay, replay_csv, replay_sentence};
pub use rules::{calendar, calendars, left_out, rules};

use super::table::{Align, table};
use crate::analysis::handoff::{Line, Listed, Listing, Slice};
use crate::domain::handoff::SHARED_DAYS;
use crate::domain::message::Message;
use crate::domain::time::Instant;
use crate::i18n::{Amounts, Locale};

/// No more hand-offs than this are listed in words; JSON and CSV have all.
const LISTED: usize = 30;

/// How they go, and what waits.
#[must_use]
pub fn text(listing: &Listing, locale: &Locale) -> String {
    let head = vec![
        vec![locale.t("funnel-as-of"), listing.as_of.to_rfc3339()],
        vec![locale.t("handoff-inside"), figure(&listing.summary.all, 3, locale)],
        vec![locale.t("handoff-time-to-value"), locale.figure(&listing.care.time_to_value_days, None, Amounts::Whole)],
        vec![locale.t("handoff-csat"), locale.figure(&listing.care.csat, None, Amounts::Whole)],
    ];
    let mut parts = vec![table(&[Align::Left, Align::Left], &head), queues(listing, locale)];
    let waiting: Vec<&Listed> = listing.items.iter().filter(|item| item.answered_at.is_none() && waits(item)).collect();
    let shown: Vec<&Listed> = waiting.iter().take(LISTED).copied().collect();
    parts.push(list(&shown, None, locale));
    if waiting.len() > shown.len() {
        let more = Message::new("handoff-more").with("n", waiting.len() - shown.len());
        parts.push(format!("{}\n", locale.tell(&more)));
    }
    parts.join("\n")
}

fn waits(item: &Listed) -> bool {
    item.state.is_open() || item.state.key() == "late_on_arrival"
}

fn queues(listing: &Listing, locale: &Locale) -> String {
    let titles = ["queue", "open", "breached", "at-risk", "inside", "median", "p90", "late-on-arrival", "returned"];
    let mut rows = vec![titles.map(|title| locale.t(&format!("handoff-column-{title}"))).to_vec()];
    for queue in listing.summary.used() {
        let name = format!("{} · {}", locale.pick(&queue.names.0), locale.pick(&queue.names.1));
        rows.push(row(name, &queue.line, locale));
    }
    rows.push(row(locale.t("handoff-all"), &listing.summary.all, locale));
    let columns: Vec<Align> =
        std::iter::once(Align::Left).chain(std::iter::repeat_n(Align::Right, titles.len() - 1)).collect();
    table(&columns, &rows)
}

fn row(name: String, line: &Line, locale: &Locale) -> Vec<String> {
    let figures = [0, 1, 2, 3, 4, 6, 7, 8].map(|at| figure(line, at, locale));
    std::iter::once(name).chain(figures).collect()
}

fn figure(line: &Line, at: usize, locale: &Locale) -> String {
    line.figures().get(at).map(|figure| locale.figure(figure, None, Amounts::Whole)).unwrap_or_default()
}

/// Hand-offs as a table, with what matters in their queue.
#[must_use]
pub fn list(items: &[&Listed], slice: Option<Slice>, locale: &Locale) -> String {
    if items.is_empty() {
        return format!("{}\n", locale.t("handoff-none"));
    }
    let further: &[&str] = match slice {
        Some(slice) if slice.is_of_care() => &["day", "assists", "lacks"],
        Some(Slice::Pool) => &["pooled", "had-by"],
        Some(Slice::NextTouch) => &["next"],
        _ => &[],
    };
    let titles = ["id", "left", "state", "subject", "owner", "kind"].iter().chain(further);
    let mut rows = vec![titles.map(|title| locale.t(&format!("handoff-column-{title}"))).collect::<Vec<_>>()];
    rows.extend(items.iter().map(|item| {
        let mut cells = vec![
            item.id.clone(),
            locale.duration(item.seconds_left.saturating_mul(1_000)),
            locale.t(&format!("handoff-state-{}", item.state.key().replace('_', "-"))),
            item.subject.clone(),
            item.owner.clone().unwrap_or_else(|| "–".to_owned()),
            format!("{} · {}", item.kind, item.policy),
        ];
        cells.extend(further.iter().map(|column| told(item, column, locale)));
        cells
    }));
    let right = |at: usize| if at == 1 { Align::Right } else { Align::Left };
    let columns: Vec<Align> = (0..6 + further.len()).map(right).collect();
    table(&columns, &rows)
}

/// A cell of a column that only some queues have.
fn told(item: &Listed, column: &str, locale: &Locale) -> String {
    let name = |name: &Option<String>| name.clone().unwrap_or_else(|| "–".to_owned());
    let time = |at: Option<Instant>| at.map(Instant::to_rfc3339).unwrap_or_default();
    match column {
        "day" => item.shared_day.map_or_else(String::new, |day| {
            locale.tell(&Message::new("tui-day-of").with("day", day).with("of", SHARED_DAYS))
        }),
        "assists" => name(&item.assists),
        "lacks" => {
            let words: Vec<String> =
                item.lacks.iter().map(|what| locale.t(&format!("tui-handoff-lacks-{what}"))).collect();
            words.join(&locale.t("list-separator"))
        }
        "pooled" => time(item.pooled_at),
        "had-by" => name(&item.had_by),
        _ if item.cadence_over_at.is_some() => locale.t("tui-handoff-cadence-over"),
        _ => time(item.next_touch_at),
    }
}

const COLUMNS: [&str; 14] = [
    "id",
    "kind",
    "policy",
    "subject",
    "owner",
    "state",
    "began_at",
    "due_at",
    "answered_at",
    "seconds_left",
    "seconds_used",
    "next_touch_at",
    "attempts",
    "escalated",
];

/// A hand-off on each line.
#[must_use]
pub fn csv(items: &[Listed]) -> String {
    let mut out = super::csv::record(&COLUMNS.map(str::to_owned));
    let time = |at: Option<Instant>| at.map(Instant::to_rfc3339).unwrap_or_default();
    for item in items {
        let level = item.escalated.map(|level| level.key().to_owned());
        let cells = [
            item.id.clone(),
            item.kind.clone(),
            item.policy.clone(),
            item.subject.clone(),
            item.owner.clone().unwrap_or_default(),
            item.state.key().to_owned(),
            item.began_at.to_rfc3339(),
            time(item.due_at),
            time(item.answered_at),
            item.seconds_left.to_string(),
            item.seconds_used.to_string(),
            time(item.next_touch_at),
            item.attempts.to_string(),
            level.unwrap_or_default(),
        ];
        out.push_str(&super::csv::record(&cells.map(|cell| crate::text::clean(&cell).into_owned())));
    }
    out
}
