//! The lines of the view: policies and calendars, as they hold and as they are drafted.

use super::{Line, ReplayPane};
use crate::analysis::handoff::ComparedQueue;
use crate::domain::calendar::Calendar;
use crate::domain::funnel::Bilingual;
use crate::domain::handoff::{Policy, Rules, written};
use crate::domain::time::DAY_MS;
use crate::tui::analyst::ReplayAnswer;
use crate::tui::look::Look;
use crate::tui::theme::Meaning;
use crate::tui::widgets::table::{Cell, Column, Shape};

/// Holidays that are known for no longer than this are worth a look, in days.
const SOON: i64 = 60;

impl ReplayPane {
    /// The policies and then the calendars there are, in the draft or else in the store.
    pub(super) fn lines(&self) -> Vec<Line> {
        let Some(found) = &self.found else { return Vec::new() };
        let policies = found.replay.queues.iter().map(|queue| Line::Policy(queue.place.0, queue.place.1));
        let policies: Vec<Line> = policies.collect();
        let rules = self.rules();
        let calendars = rules.iter().flat_map(Rules::calendars).map(|calendar| Line::Calendar(calendar.key.clone()));
        std::iter::once(Line::All).chain(policies).chain(calendars).collect()
    }
}

/// `Marketing → Sales · hot`.
pub(super) fn both(queue: &ComparedQueue) -> Bilingual {
    let (kind, policy) = &queue.names;
    Bilingual { en: format!("{} · {}", kind.en, policy.en), zh: format!("{} · {}", kind.zh, policy.zh) }
}

/// `M→S hot`.
pub(super) fn short(place: (usize, usize), found: &ReplayAnswer, look: &Look<'_>) -> String {
    let kind = found.rules.kinds.get(place.0).map_or("", |kind| look.locale.pick(&kind.short));
    let queue = found.replay.queues.iter().find(|queue| queue.place == place);
    let policy = queue.map_or("", |queue| look.locale.pick(&queue.names.1));
    format!("{kind} {policy}")
}

/// The columns of policies; those behind the arrows only where there is a draft.
pub(super) fn policy_columns(is_drafted: bool, look: &Look<'_>) -> Vec<Column> {
    let column = |title, shape, expendable| Column::new(title, shape, expendable, look);
    let pair = |title, then, expendable| {
        let second = is_drafted.then(|| column(then, Shape::Number, expendable));
        std::iter::once(column(title, Shape::Number, expendable)).chain(second)
    };
    let first = [
        column("tui-column-replay-policy", Shape::Name, 0),
        column("tui-column-replay-target", Shape::Number, 0),
        column("tui-column-replay-calendar", Shape::Text, 2),
        column("tui-column-replay-warn", Shape::Number, 6),
    ];
    first
        .into_iter()
        .chain(pair("tui-column-replay-inside", "tui-column-replay-inside-then", 1))
        .chain(pair("tui-column-replay-median", "tui-column-replay-median-then", 4))
        .chain(pair("tui-column-replay-p90", "tui-column-replay-p90-then", 5))
        .chain(pair("tui-column-replay-missed", "tui-column-replay-missed-then", 0))
        .collect()
}

/// The cells of all hand-offs, or of those of a policy.
pub(super) fn policy_cells(line: &Line, pane: &ReplayPane, found: &ReplayAnswer, look: &Look<'_>) -> Vec<Cell> {
    let is_drafted = pane.is_drafted();
    let (name, compared, rule) = match line {
        Line::Policy(kind, policy) => {
            let queue = found.replay.queues.iter().find(|queue| queue.place == (*kind, *policy));
            let Some(queue) = queue else { return Vec::new() };
            let of = |rules: &Rules| rules.kinds.get(*kind).and_then(|kind| kind.policies.get(*policy)).cloned();
            let name = short((*kind, *policy), found, look);
            (name, &queue.compared, of(&found.rules).zip(pane.rules().as_ref().and_then(of)))
        }
        _ => (look.locale.t("handoff-all"), &found.replay.all, None),
    };
    let changes = |said: fn(&Policy) -> String| match &rule {
        Some((was, is)) if said(was) == said(is) => Cell::plain(said(is)),
        Some((was, is)) => Cell::Text(format!("{} → {}", said(was), said(is)).into(), Meaning::Accent),
        None => Cell::plain(""),
    };
    let calendar = |policy: &Policy| policy.calendar.clone().unwrap_or_else(|| "office".to_owned());
    let mut cells = vec![
        Cell::plain(name),
        changes(|policy| written(policy.target)),
        changes(calendar),
        changes(|policy| format!("{} %", (policy.warn * 1_000.0).round() / 10.0)),
    ];
    // The past under a draft that was typed a moment ago is not known yet.
    let is_known = pane.is_current() && found.draft.is_ok();
    let (before, after) = (&compared.before, &compared.after);
    let pairs = [
        (&before.inside_sla, &after.inside_sla),
        (&before.median_seconds, &after.median_seconds),
        (&before.p90_seconds, &after.p90_seconds),
        (&compared.missed_before, &compared.missed_after),
    ];
    for (was, is) in pairs {
        cells.push(Cell::figure(was, None, look));
        if is_drafted {
            let meaning = if was.value == is.value { Meaning::Muted } else { Meaning::Accent };
            let then = Cell::figure(is, None, look).meaning(meaning);
            cells.push(if is_known { then } else { Cell::Text("…".into(), Meaning::Muted) });
        }
    }
    cells
}

/// The columns of calendars.
pub(super) fn calendar_columns(look: &Look<'_>) -> Vec<Column> {
    vec![
        Column::new("tui-column-replay-calendar", Shape::Name, 0, look),
        Column::new("tui-column-replay-zone", Shape::Text, 3, look),
        Column::new("tui-column-replay-hours", Shape::Name, 1, look),
        Column::new("tui-column-replay-known", Shape::Word, 0, look),
        Column::new("tui-column-replay-whose", Shape::Word, 2, look),
    ]
}

/// The cells of a calendar.
pub(super) fn calendar_cells(
    calendar: &Calendar,
    pane: &ReplayPane,
    found: &ReplayAnswer,
    look: &Look<'_>,
) -> Vec<Cell> {
    let hours: Vec<String> =
        calendar.weekly().into_iter().map(|(days, of)| format!("{days} {}", of.join(", "))).collect();
    let known = calendar.known_until.map_or_else(|| "–".to_owned(), |day| day.to_string());
    let ends = |day: chrono::NaiveDate| (day - look.now.date()).num_days() <= SOON;
    let known_meaning = if calendar.known_until.is_some_and(ends) { Meaning::Warn } else { Meaning::Plain };
    let is_new = pane.is_drafted() && found.rules.calendar_called(&calendar.key) != Some(calendar);
    let is_own = found.own.calendars.iter().any(|own| own.key == calendar.key);
    let whose = match (is_new, is_own) {
        (true, _) => "tui-replay-drafted",
        (false, true) => "rules-whose-own",
        (false, false) => "rules-whose-shipped",
    };
    let meaning = if is_new { Meaning::Accent } else { Meaning::Plain };
    vec![
        Cell::plain(calendar.key.as_str()).meaning(meaning),
        Cell::plain(calendar.zone.name()),
        Cell::plain(hours.join("; ")),
        Cell::Text(known.into(), known_meaning),
        Cell::Text(look.t(whose), meaning),
    ]
}

/// Days from now on that are not as their weekday, in few words.
pub(super) fn days_told(days: &std::collections::BTreeSet<chrono::NaiveDate>, look: &Look<'_>) -> String {
    let today = crate::domain::time::Instant(look.now.0 - DAY_MS).date();
    let ahead: std::collections::BTreeSet<chrono::NaiveDate> = days.range(today..).copied().collect();
    let runs = crate::domain::calendar::runs(&ahead);
    let shown: Vec<String> = runs.iter().take(3).cloned().collect();
    let more = if runs.len() > shown.len() { " …" } else { "" };
    let said = crate::domain::message::Message::new("tui-replay-days").with("n", days.len());
    let said = look.locale.tell(&said);
    match shown.is_empty() {
        true => said,
        false => format!("{said}{}{}{more}", look.locale.t("colon"), shown.join(&look.locale.t("list-separator"))),
    }
}
