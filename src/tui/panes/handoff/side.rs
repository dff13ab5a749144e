//! What there is to know of one hand-off: why it is hot, where its time went, what happened, what is next.

use super::table::{judged, meaning, owner, subject};
use crate::analysis::handoff::{Lead, Suggested, Work};
use crate::domain::handoff::{Judged, SHARED_DAYS, Split, missing};
use crate::domain::message::Message;
use crate::domain::object::{HANDOFF_EVENTS, Object, Row, TOUCH_DIRECTIONS, TOUCH_KINDS};
use crate::domain::time::Instant;
use crate::text::{self, Clean};
use crate::tui::analyst::Past;
use crate::tui::look::{Look, put};
use crate::tui::theme::Meaning;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Of this many parts of the past something is told.
const TOLD: usize = 12;

/// A line, and what it means.
pub(super) type Line = (String, Meaning);

/// Everything there is to know, in lines of so many cells; a long one goes on below.
pub(super) fn lines(work: &Work, lead: &Lead, past: Option<&Past>, look: &Look<'_>, width: usize) -> Vec<Line> {
    let judged = judged(work, lead, look.now);
    let mut lines = vec![(subject(lead, look), Meaning::Heading)];
    lines.push((standing(work, lead, &judged, look), meaning(judged.state)));
    lines.extend(why(work, lead, look).map(|words| (words, Meaning::Plain)));
    lines.extend(shared(work, lead, look).map(|words| (words, Meaning::Plain)));
    lines.extend(pooled(work, lead, look).map(|words| (words, Meaning::Warn)));
    lines.extend(people(work, lead, look).into_iter().map(|words| (words, Meaning::Plain)));
    lines.extend(lacking(work, lead, look).map(|words| (words, Meaning::Warn)));
    lines.extend(split(&judged.split, look));
    let rows = past.filter(|past| past.key == lead.key()).map(|past| past.rows.as_slice()).unwrap_or_default();
    if !rows.is_empty() {
        lines.push((look.locale.t("tui-section-timeline"), Meaning::Heading));
        let told = rows.iter().rev().take(TOLD).map(|row| event(work, row, look));
        lines.extend(told.map(|words| (words, Meaning::Plain)));
    }
    let wrapped = |(words, meaning): Line| text::wrap(&words, width.max(1)).into_iter().map(move |row| (row, meaning));
    lines.into_iter().flat_map(wrapped).collect()
}

/// Draws them from the first on.
pub(super) fn draw(buffer: &mut Buffer, area: Rect, look: &Look<'_>, lines: &[Line]) {
    for (row, (words, meaning)) in lines.iter().take(usize::from(area.height)).enumerate() {
        put(buffer, area, (0, row), &Clean::from(words.as_str()), look.style(*meaning));
    }
}

/// `M→S hot · breached · due Tue 2026-11-17 10:07`.
fn standing(work: &Work, lead: &Lead, judged: &Judged, look: &Look<'_>) -> String {
    let name = queue_name(work, lead.item.raised.kind, lead.item.policy, look);
    let state = look.locale.t(&format!("handoff-state-{}", judged.state.key().replace('_', "-")));
    let due = judged.due_at.filter(|_| judged.ended_at.is_none());
    let due = due.map(|at| look.locale.tell(&Message::new("tui-handoff-due").with("at", moment(at, look))));
    let gone_to = work.board.escalated(&lead.item, look.now).filter(|_| lead.item.waits());
    let gone_to = gone_to.map(|level| look.locale.t(&format!("tui-handoff-gone-to-{}", level.key())));
    let parts: Vec<String> = [Some(name), Some(state), due, gone_to].into_iter().flatten().collect();
    parts.join(&format!(" {} ", look.glyphs.dot))
}

/// `M→S hot`.
pub(super) fn queue_name(work: &Work, kind: usize, policy: usize, look: &Look<'_>) -> String {
    let Some(kind) = work.board.rules.kinds.get(kind) else { return String::new() };
    let short = look.locale.pick(&kind.short);
    match kind.policies.get(policy).filter(|_| kind.policies.len() > 1) {
        Some(policy) => format!("{short} {}", look.locale.pick(&policy.name)),
        None => short.to_owned(),
    }
}

/// Why it is under its policy: what it did, and its score beside the one that counts.
fn why(work: &Work, lead: &Lead, look: &Look<'_>) -> Option<String> {
    let policy = work.board.policy(&lead.item)?;
    let kind = work.board.kind(&lead.item.raised)?;
    let mut reasons = Vec::new();
    if lead.item.raised.high_intent {
        reasons.push(look.locale.t("tui-handoff-high-intent"));
    }
    if let Some(score) = lead.item.raised.score {
        let least = policy.score.filter(|least| score >= *least).or(kind.score);
        reasons.push(match least {
            Some(least) => {
                look.locale.tell(&Message::new("tui-handoff-score-of").with("score", score).with("of", least))
            }
            None => look.locale.tell(&Message::new("tui-handoff-score").with("score", score)),
        });
    }
    let source = lead.called.source.as_deref().filter(|source| !source.is_empty());
    reasons.extend(source.map(|source| look.locale.tell(&Message::new("tui-handoff-source").with("source", source))));
    (!reasons.is_empty()).then(|| reasons.join(&look.locale.t("list-separator")))
}

/// On which of the days that sales and customer success share it is, and who assists.
fn shared(work: &Work, lead: &Lead, look: &Look<'_>) -> Option<String> {
    let day = work.board.shared_day(&lead.item, look.now)?;
    let assists = lead.assists.map_or_else(|| look.locale.t("tui-handoff-nobody"), |id| work.member(id).to_owned());
    let message = Message::new("tui-handoff-shared").with("day", day).with("of", SHARED_DAYS);
    Some(look.locale.tell(&message.with("name", assists)))
}

/// Since when it is in the pool, who had it, and until when they cannot claim it.
fn pooled(work: &Work, lead: &Lead, look: &Look<'_>) -> Option<String> {
    let stay = work.board.pooled(&lead.item)?;
    let message = Message::new("tui-handoff-pooled").with("since", moment(stay.since, look));
    let message = message.with("name", work.member(stay.from));
    let pool = work.board.kind(&lead.item.raised).and_then(|kind| work.board.rules.pool(kind));
    let until = pool.and_then(|pool| pool.barred_until(&lead.item.raised.stays, stay.from, look.now));
    let mut words = look.locale.tell(&message);
    if let Some(until) = until {
        words.push_str(&look.locale.t("list-separator"));
        words.push_str(&look.locale.tell(&Message::new("tui-handoff-barred").with("until", moment(until, look))));
    }
    Some(words)
}

/// Who has it, who is to get it, how often it was tried and when next.
fn people(work: &Work, lead: &Lead, look: &Look<'_>) -> Vec<String> {
    let locale = look.locale;
    let owner =
        owner(lead, look.now).map_or_else(|| locale.t("tui-handoff-nobody"), |owner| work.member(owner).to_owned());
    let attempts = Message::new("tui-handoff-owner").with("owner", owner).with("n", lead.item.raised.attempts.len());
    let mut said = vec![locale.tell(&attempts)];
    if let Some(suggested) =
        work.suggested(lead).filter(|_| lead.item.waits() || work.board.pooled(&lead.item).is_some())
    {
        let message = Message::new("tui-handoff-suggested").with("name", work.member(suggested.member()));
        said.push(locale.tell(&message.with("why", reason(suggested, look))));
    }
    // Nobody is to touch what is back in the pool before somebody has it.
    let next = lead.due.or_else(|| work.board.next_step(&lead.item));
    let next = next.filter(|_| work.board.pooled(&lead.item).is_none());
    said.extend(next.map(|due| {
        let key = if due.is_over { "tui-handoff-over" } else { "tui-handoff-next" };
        locale.tell(&Message::new(key).with("at", moment(due.at, look)))
    }));
    said
}

/// `2 of 8 this week`.
pub(super) fn reason(suggested: Suggested, look: &Look<'_>) -> String {
    match suggested {
        Suggested::Keeper(_) => look.locale.t("tui-handoff-keeper"),
        Suggested::Free(_, load, capacity) => {
            look.locale.tell(&Message::new("tui-handoff-load").with("load", load).with("capacity", capacity))
        }
    }
}

/// What a hand-off that ends with a form still lacks.
fn lacking(work: &Work, lead: &Lead, look: &Look<'_>) -> Option<String> {
    let words = lacks(work, lead, look);
    (!words.is_empty()).then(|| look.locale.tell(&Message::new("tui-handoff-lacks").with("what", words)))
}

/// The same in a few words; nothing when it lacks nothing.
pub(super) fn lacks(work: &Work, lead: &Lead, look: &Look<'_>) -> String {
    let kind = work.board.kind(&lead.item.raised);
    let missing = kind.map(|kind| missing(kind, &lead.item.raised.done)).unwrap_or_default();
    let lacks = missing.into_iter().filter(|(_, lacks)| *lacks);
    let words: Vec<String> = lacks.map(|(what, _)| look.locale.t(&format!("tui-handoff-lacks-{what}"))).collect();
    words.join(&look.locale.t("list-separator"))
}

/// Where its time went: the parts, the longest first.
fn split(split: &Split, look: &Look<'_>) -> Vec<Line> {
    let told = split.parts().into_iter().map(|(part, ms)| {
        let took = Message::new("tui-handoff-took").with("part", look.locale.t(&format!("handoff-split-{part}")));
        (look.locale.tell(&took.with("time", look.locale.duration(ms))), Meaning::Plain)
    });
    let told: Vec<Line> = told.collect();
    let heading = (!told.is_empty()).then(|| (look.locale.t("tui-handoff-split"), Meaning::Heading));
    heading.into_iter().chain(told).collect()
}

/// A touch, or something that was done: when, what, by whom and how.
fn event(work: &Work, row: &Row, look: &Look<'_>) -> String {
    let word = |words: &[&'static str], key: &str| {
        row.get(key).int().and_then(|code| usize::try_from(code).ok()).and_then(|code| words.get(code)).copied()
    };
    let what = match row.object {
        Object::Touch => {
            let kind = word(TOUCH_KINDS, "kind").map(|kind| look.locale.t(&format!("word-{kind}")));
            let inbound = word(TOUCH_DIRECTIONS, "direction") == Some("inbound");
            let inbound = inbound.then(|| look.locale.t("word-inbound"));
            [kind, inbound].into_iter().flatten().collect::<Vec<_>>().join(" ")
        }
        _ => {
            let done = word(HANDOFF_EVENTS, "kind").unwrap_or_default();
            look.locale.t(&format!("word-{done}"))
        }
    };
    let at = row.get("at").int().map(|ms| moment(Instant(ms), look));
    let member = row.get("member").int().map(|id| work.member(id).to_owned());
    let text = |key: &str| row.get(key).text().filter(|text| !text.is_empty()).map(str::to_owned);
    let next = row.get("next_at").int().map(|ms| moment(Instant(ms), look));
    let parts = [at, Some(what), member, text("outcome"), text("reason"), next];
    let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    parts.join(&format!(" {} ", look.glyphs.dot))
}

/// An instant in the user's zone: of today only the time of day.
pub(super) fn moment(at: Instant, look: &Look<'_>) -> String {
    let day = |at: Instant| Instant(at.0 + i64::from(look.zone.local_minus_utc()) * 1_000).date();
    if day(at) == day(look.now) { look.locale.time_of_day(at, look.zone) } else { look.locale.moment(at, look.zone) }
}
