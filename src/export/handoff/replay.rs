//! Other rules on the past, in words and as CSV.

use super::super::table::{Align, table};
use super::LISTED;
use crate::analysis::handoff::{Compared, HandoffFigure, Replay};
use crate::domain::figure::Number;
use crate::domain::handoff::State;
use crate::domain::message::Message;
use crate::i18n::{Amounts, Locale};

/// What would be otherwise, in one sentence.
#[must_use]
pub fn replay_sentence(replay: &Replay, locale: &Locale) -> String {
    let count = |figure: &HandoffFigure| match figure.value {
        Ok(Number::Count(n)) => n,
        _ => 0,
    };
    let Compared { before, after, missed_before, missed_after } = &replay.all;
    let (was, is) = (count(missed_before), count(missed_after));
    let key = match replay.changed {
        0 => "replay-same",
        _ if was == is => "replay-as-many",
        _ => "replay-become",
    };
    let share = |figure| locale.figure(figure, None, Amounts::Whole);
    let message = Message::new(key).with("before", was).with("after", is).with("n", replay.changed);
    locale.tell(&message.with("inside", share(&before.inside_sla)).with("then", share(&after.inside_sla)))
}

/// The sentence, the policies, and the hand-offs that stand otherwise.
#[must_use]
pub fn replay(replay: &Replay, locale: &Locale) -> String {
    let titles = ["queue", "inside", "then", "median", "then", "p90", "then", "missed", "then"];
    let title = |title: &str| match title {
        "then" => locale.t("replay-column-then"),
        "missed" => locale.t("replay-column-missed"),
        other => locale.t(&format!("handoff-column-{other}")),
    };
    let mut rows = vec![titles.map(title).to_vec()];
    for queue in replay.queues.iter().filter(|queue| queue.compared.before.total.n + queue.compared.after.total.n > 0) {
        let name = format!("{} · {}", locale.pick(&queue.names.0), locale.pick(&queue.names.1));
        rows.push(row(name, &queue.compared, locale));
    }
    rows.push(row(locale.t("handoff-all"), &replay.all, locale));
    let columns: Vec<Align> =
        std::iter::once(Align::Left).chain(std::iter::repeat_n(Align::Right, titles.len() - 1)).collect();
    let mut parts = vec![format!("{}\n", replay_sentence(replay, locale)), table(&columns, &rows)];
    if replay.changed > 0 {
        parts.push(changed(replay, locale));
    }
    if replay.changed > LISTED {
        let more = Message::new("handoff-more").with("n", replay.changed - LISTED);
        parts.push(format!("{}\n", locale.tell(&more)));
    }
    parts.join("\n")
}

fn row(name: String, of: &Compared, locale: &Locale) -> Vec<String> {
    let figures = [
        &of.before.inside_sla,
        &of.after.inside_sla,
        &of.before.median_seconds,
        &of.after.median_seconds,
        &of.before.p90_seconds,
        &of.after.p90_seconds,
        &of.missed_before,
        &of.missed_after,
    ];
    std::iter::once(name).chain(figures.map(|figure| locale.figure(figure, None, Amounts::Whole))).collect()
}

fn changed(replay: &Replay, locale: &Locale) -> String {
    let titles = ["id", "subject", "kind", "state"];
    let mut rows = vec![titles.map(|title| locale.t(&format!("handoff-column-{title}"))).to_vec()];
    let state = |state: Option<State>, missed: bool| match state {
        Some(State::Returned) if missed => locale.t("replay-returned-late"),
        Some(state) => locale.t(&format!("handoff-state-{}", state.key().replace('_', "-"))),
        None => locale.t("replay-none"),
    };
    rows.extend(replay.items.iter().take(LISTED).map(|item| {
        let queue = replay.queues.iter().find(|queue| queue.place == item.place);
        let name = queue.map(|queue| format!("{} · {}", queue.kind, queue.policy)).unwrap_or_default();
        let states = format!("{} → {}", state(item.before, item.missed_before), state(item.after, item.missed_after));
        vec![item.id.clone(), item.subject.clone(), name, states]
    }));
    table(&[Align::Left; 4], &rows)
}

/// A hand-off that stands otherwise on each line.
#[must_use]
pub fn replay_csv(replay: &Replay) -> String {
    let titles = [
        "id",
        "kind",
        "policy",
        "subject",
        "began_at",
        "before",
        "after",
        "seconds_used",
        "missed_before",
        "missed_after",
    ];
    let mut out = super::super::csv::record(&titles.map(str::to_owned));
    let state = |state: Option<State>| state.map(State::key).unwrap_or_default().to_owned();
    for item in &replay.items {
        let queue = replay.queues.iter().find(|queue| queue.place == item.place);
        let (kind, policy) = queue.map(|queue| (queue.kind.clone(), queue.policy.clone())).unwrap_or_default();
        let cells = [
            item.id.clone(),
            kind,
            policy,
            item.subject.clone(),
            item.began_at.to_rfc3339(),
            state(item.before),
            state(item.after),
            item.seconds_used.to_string(),
            item.missed_before.to_string(),
            item.missed_after.to_string(),
        ];
        out.push_str(&super::super::csv::record(&cells.map(|cell| crate::text::clean(&cell).into_owned())));
    }
    out
}
