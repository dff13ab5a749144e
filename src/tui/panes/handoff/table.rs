//! The table of a queue, live: its visible lines are judged again whenever they are drawn.

use crate::analysis::handoff::{Lead, Slice, Work};
use crate::domain::handoff::{Judged, State};
use crate::domain::time::Instant;
use crate::tui::look::Look;
use crate::tui::theme::Meaning;
use crate::tui::widgets::table::{Cell, Column, Shape};

/// The columns.
pub(super) fn columns(slice: Slice, look: &Look<'_>) -> Vec<Column> {
    let first = match slice {
        Slice::NextTouch => "tui-column-touch-due",
        Slice::Returned => "tui-column-returned-at",
        _ => "tui-column-left",
    };
    vec![
        Column::new(first, Shape::Number, 0, look),
        Column::untitled("state", Shape::Word, 0),
        Column::new("tui-column-subject", Shape::Name, 0, look),
        Column::new("tui-column-source", Shape::Text, 2, look),
        Column::new("tui-column-score", Shape::Number, 3, look),
        Column::new("tui-column-owner", Shape::Name, 1, look),
        Column::new("tui-column-attempts", Shape::Number, 4, look),
    ]
}

/// A hand-off as it stands now.
pub(super) fn judged(work: &Work, lead: &Lead, now: Instant) -> Judged {
    let again = work.board.judge(&lead.item.raised, now);
    again.map_or_else(|| lead.item.judged.clone(), |(_, judged)| judged)
}

/// The cells of a hand-off.
pub(super) fn cells(work: &Work, lead: &Lead, slice: Slice, look: &Look<'_>) -> Vec<Cell> {
    let judged = judged(work, lead, look.now);
    let score = lead.item.raised.score;
    let number = |number: Option<i64>| {
        let words = number.map(|number| number.to_string()).unwrap_or_default();
        Cell::Number(words.into(), Meaning::Plain, number.map_or(f64::NAN, |number| number as f64))
    };
    vec![
        first(&judged, lead, slice, look),
        Cell::Text(sign(&judged, look).into(), meaning(judged.state)),
        Cell::plain(subject(lead, look)),
        Cell::plain(lead.called.source.as_deref().unwrap_or_default()),
        number(score),
        Cell::plain(judged.owner.map_or("–", |owner| work.member(owner))),
        number(i64::try_from(lead.item.raised.attempts.len()).ok().filter(|n| *n > 0)),
    ]
}

/// The time that tells what is next.
fn first(judged: &Judged, lead: &Lead, slice: Slice, look: &Look<'_>) -> Cell {
    let at = |at: Option<Instant>, left: i64, meaning: Meaning| {
        let words = at.map(|_| look.locale.duration(left)).unwrap_or_default();
        Cell::Number(words.into(), meaning, at.map_or(f64::NAN, |_| left as f64))
    };
    match slice {
        Slice::NextTouch => {
            let left = lead.next_touch.map_or(0, |due| due.0 - look.now.0);
            at(lead.next_touch, left, if left < 0 { Meaning::Warn } else { Meaning::Plain })
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
fn sign(judged: &Judged, look: &Look<'_>) -> String {
    match judged.state {
        State::Breached => "!".to_owned(),
        State::AtRisk => "~".to_owned(),
        State::Paused => look.locale.t("tui-handoff-paused"),
        State::LateOnArrival => look.locale.t("tui-handoff-late"),
        _ => String::new(),
    }
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
