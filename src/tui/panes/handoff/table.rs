//! The table of a queue, live: its visible lines are judged again whenever they are drawn.

use super::side::lacks;
use crate::analysis::handoff::{Lead, Slice, Work};
use crate::domain::handoff::{Judged, SHARED_DAYS, State};
use crate::domain::message::Message;
use crate::domain::time::Instant;
use crate::tui::look::Look;
use crate::tui::theme::Meaning;
use crate::tui::widgets::table::{Cell, Column, Shape};

/// The columns.
pub(super) fn columns(slice: Slice, look: &Look<'_>) -> Vec<Column> {
    let first = match slice {
        Slice::NextTouch => "tui-column-touch-due",
        Slice::Returned => "tui-column-returned-at",
        Slice::Pool => "tui-column-pooled",
        Slice::Shared => "tui-column-day",
        _ => "tui-column-left",
    };
    let mut columns = vec![
        Column::new(first, Shape::Number, 0, look),
        Column::untitled("state", Shape::Word, 0),
        Column::new("tui-column-subject", Shape::Name, 0, look),
    ];
    columns.extend(match slice {
        Slice::Shared | Slice::Form(_) | Slice::Kickoff(_) => vec![
            Column::new("tui-column-lacks", Shape::Text, 2, look),
            Column::new("tui-column-owner", Shape::Name, 1, look),
            Column::new("tui-column-assists", Shape::Name, 3, look),
        ],
        _ => vec![
            Column::new("tui-column-source", Shape::Text, 2, look),
            Column::new("tui-column-score", Shape::Number, 3, look),
            Column::new(
                if slice == Slice::Pool { "tui-column-had-by" } else { "tui-column-owner" },
                Shape::Name,
                1,
                look,
            ),
            Column::new("tui-column-attempts", Shape::Number, 4, look),
        ],
    });
    columns
}

/// A hand-off as it stands now.
pub(super) fn judged(work: &Work, lead: &Lead, now: Instant) -> Judged {
    let again = work.board.judge(&lead.item.raised, now);
    again.map_or_else(|| lead.item.judged.clone(), |(_, judged)| judged)
}

/// Who has it now.
pub(super) fn owner(lead: &Lead, now: Instant) -> Option<i64> {
    lead.item.raised.handoff.owner_at(now)
}

/// The cells of a hand-off.
pub(super) fn cells(work: &Work, lead: &Lead, slice: Slice, look: &Look<'_>) -> Vec<Cell> {
    let judged = judged(work, lead, look.now);
    let number = |number: Option<i64>| {
        let words = number.map(|number| number.to_string()).unwrap_or_default();
        Cell::Number(words.into(), Meaning::Plain, number.map_or(f64::NAN, |number| number as f64))
    };
    let member = |id: Option<i64>| Cell::plain(id.map_or("–", |id| work.member(id)));
    let mut cells = vec![
        first(work, &judged, lead, slice, look),
        sign(&judged, lead, slice, look),
        Cell::plain(subject(lead, look)),
    ];
    let had_by = || work.board.pooled(&lead.item).map(|stay| stay.from);
    cells.extend(match slice {
        Slice::Shared | Slice::Form(_) | Slice::Kickoff(_) => {
            vec![Cell::plain(lacks(work, lead, look)), member(owner(lead, look.now)), member(lead.assists)]
        }
        _ => vec![
            Cell::plain(lead.called.source.as_deref().unwrap_or_default()),
            number(lead.item.raised.score),
            member(if slice == Slice::Pool { had_by() } else { owner(lead, look.now) }),
            number(i64::try_from(lead.item.raised.attempts.len()).ok().filter(|n| *n > 0)),
        ],
    });
    cells
}

/// The time that tells what is next.
fn first(work: &Work, judged: &Judged, lead: &Lead, slice: Slice, look: &Look<'_>) -> Cell {
    let at = |at: Option<Instant>, left: i64, meaning: Meaning| {
        let words = at.map(|_| look.locale.duration(left)).unwrap_or_default();
        Cell::Number(words.into(), meaning, at.map_or(f64::NAN, |_| left as f64))
    };
    match slice {
        Slice::NextTouch => {
            let due = lead.due.map(|due| due.at);
            let left = due.map_or(0, |due| due.0 - look.now.0);
            at(due, left, if left < 0 { Meaning::Warn } else { Meaning::Plain })
        }
        Slice::Pool => {
            let since = work.board.pooled(&lead.item).map(|stay| stay.since);
            at(since, since.map_or(0, |since| look.now.0 - since.0), Meaning::Plain)
        }
        Slice::Shared => {
            let day = work.board.shared_day(&lead.item, look.now);
            let told =
                |day: i64| look.locale.tell(&Message::new("tui-day-of").with("day", day).with("of", SHARED_DAYS));
            let words = day.map(told).unwrap_or_default();
            Cell::Number(words.into(), Meaning::Plain, day.map_or(f64::NAN, |day| day as f64))
        }
        Slice::Returned => {
            let day = judged.ended_at.map(|at| look.locale.moment(at, look.zone)).unwrap_or_default();
            Cell::Number(day.into(), Meaning::Plain, judged.ended_at.map_or(f64::NAN, |at| at.0 as f64))
        }
        _ if judged.state == State::Paused => {
            Cell::Number(look.locale.duration(judged.left).into(), Meaning::Muted, f64::INFINITY)
        }
        _ => Cell::Number(look.locale.duration(judged.left).into(), meaning(judged.state), judged.left as f64),
    }
}

/// A sign of the state, which no colour has to tell.
fn sign(judged: &Judged, lead: &Lead, slice: Slice, look: &Look<'_>) -> Cell {
    if slice == Slice::NextTouch && lead.due.is_some_and(|due| due.is_over) {
        return Cell::Text(look.t("tui-handoff-cadence-over"), Meaning::Warn);
    }
    let words = match judged.state {
        State::Breached => "!".to_owned(),
        State::AtRisk => "~".to_owned(),
        State::Paused => look.locale.t("tui-handoff-paused"),
        State::LateOnArrival => look.locale.t("tui-handoff-late"),
        _ => String::new(),
    };
    Cell::Text(words.into(), meaning(judged.state))
}

/// What a state means.
pub(super) const fn meaning(state: State) -> Meaning {
    match state {
        State::Breached => Meaning::Breach,
        State::AtRisk | State::MetLate => Meaning::Warn,
        State::Met => Meaning::Ok,
        State::Paused | State::LateOnArrival | State::MovedOn => Meaning::Muted,
        State::OnTrack | State::Returned => Meaning::Plain,
    }
}

/// `王 芳 · 云帆科技`.
pub(super) fn subject(lead: &Lead, look: &Look<'_>) -> String {
    match lead.called.company.as_deref().filter(|company| !company.is_empty() && *company != lead.called.name) {
        Some(company) => format!("{} {} {company}", lead.called.name, look.glyphs.dot),
        None => lead.called.name.clone(),
    }
}
