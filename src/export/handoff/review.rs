//! Reviews of hand-offs in words, as plain text and as CSV.

use super::sheet::{Shape, Spot, sheet};
use crate::analysis::handoff::{
    Bucket, HandoffFigure, Heat, Ledger, PauseAudit, Reason, Receiver, Review, Side, Told, Week,
};
use crate::domain::figure::{Figure, Number, Withheld, ratio};
use crate::domain::message::Message;
use crate::domain::metric::Dictionary;
use crate::export::figures::Lines;
use crate::export::table::{Align, table};
use crate::i18n::{Amounts, Locale};

/// So many reasons are told.
const REASONS: usize = 6;

/// `2026-Q4 so far`.
#[must_use]
pub fn period(review: &Review, locale: &Locale) -> String {
    match review.running {
        true => locale.tell(&Message::new("funnel-so-far").with("period", review.period)),
        false => review.period.to_string(),
    }
}

/// The one sentence that matters, and whether it warns.
#[must_use]
pub fn sentence(review: &Review, locale: &Locale) -> (Message, bool) {
    match &review.told {
        _ if review.all.total.n == 0 => (Message::new("review-none"), false),
        Told::Team(team) => of_team(team, review, locale),
        Told::Heat(heat) => of_heat(heat, locale),
        Told::Response(buckets) => of_response(buckets, locale),
        Told::Ledger(Some(ledger)) => of_ledger(ledger, locale),
        Told::Ledger(None) => (Message::new("review-no-ledger"), false),
        Told::Pauses(audit) => of_pauses(audit, locale),
        Told::Weeks(weeks) => of_weeks(weeks, locale),
    }
}

pub(super) fn shown<R>(figure: &Figure<R>, locale: &Locale) -> String {
    locale.figure(figure, None, Amounts::Whole)
}

/// Whether a share is less than it was; of small samples that is not said.
pub(super) fn fell(now: &HandoffFigure, then: &HandoffFigure) -> bool {
    let part = |figure: &HandoffFigure| match figure.value {
        Ok(Number::Share { part, whole }) => Some(ratio(part, whole)),
        _ => None,
    };
    part(now).zip(part(then)).is_some_and(|(now, then)| now < then)
}

fn of_team(team: &[Receiver], review: &Review, locale: &Locale) -> (Message, bool) {
    let judged = || team.iter().filter(|one| one.owner.is_some() && one.line.inside_sla.value.is_ok());
    let inside = shown(&review.all.inside_sla, locale);
    match (judged().next(), judged().next_back()) {
        (Some(best), Some(last)) if best.id != last.id => {
            let name = |one: &Receiver| one.owner.clone().unwrap_or_default();
            let message = Message::new("review-team").with("inside", inside).with("best", name(best));
            let message = message.with("best-inside", shown(&best.line.inside_sla, locale)).with("last", name(last));
            (message.with("last-inside", shown(&last.line.inside_sla, locale)), false)
        }
        _ => (Message::new("review-inside").with("inside", inside), false),
    }
}

fn of_heat(heat: &Heat, locale: &Locale) -> (Message, bool) {
    let cells =
        heat.hours.iter().flat_map(|hour| hour.days.iter().enumerate().map(move |(day, cell)| (hour, day, cell)));
    // The first of several that are as busy.
    let busiest = cells.rev().max_by_key(|(_, _, cell)| cell.arrived);
    let message = Message::new("review-heat").with("outside", locale.count(heat.outside.n));
    let message = message.with("total", locale.count(heat.total.n));
    let message = message.with("share", locale.percent(ratio(heat.outside.n, heat.total.n)));
    let (hour, day, n) = busiest.map_or((0, 0, 0), |(hour, day, cell)| (hour.hour, day, cell.arrived));
    let message = message.with("day", locale.t(&format!("weekday-{}", day + 1)));
    (message.with("from", hour).with("to", hour + 1).with("n", locale.count(n)), false)
}

fn of_response(buckets: &[Bucket], locale: &Locale) -> (Message, bool) {
    let told = |of: (usize, usize)| buckets.iter().filter(move |one| one.of == of && one.converted.value.is_ok());
    // The first policy that has a fast and a slow bucket of enough answers.
    let both = buckets.iter().map(|one| one.of).find(|of| told(*of).count() > 1);
    let Some((fast, slow)) = both.and_then(|of| Some((told(of).next()?, told(of).next_back()?))) else {
        return (Message::new("review-response-few"), false);
    };
    let message = Message::new("review-response")
        .with("queue", format!("{} {}", locale.pick(&fast.names.0), locale.pick(&fast.names.1)))
        .with("within", locale.duration(fast.to_seconds.unwrap_or_default() * 1_000))
        .with("fast", shown(&fast.converted, locale))
        .with("after", locale.duration(slow.from_seconds * 1_000))
        .with("slow", shown(&slow.converted, locale));
    (message, false)
}

fn of_ledger(ledger: &Ledger, locale: &Locale) -> (Message, bool) {
    let (marketing, sales) = (&ledger.marketing, &ledger.sales);
    let side = |side: Side| locale.t(&format!("review-side-{}", side.key()));
    let message = match ledger.missed_first.as_slice() {
        [] => Message::new("review-ledger-kept"),
        [one] => Message::new("review-ledger-missed").with("side", side(one.side)).with("week", one.week),
        [one, ..] => Message::new("review-ledger-both").with("week", one.week),
    };
    let known = marketing.owed.value.is_ok();
    let message = message
        .with("known", if known { "yes" } else { "no" })
        .with("delivered", shown(&marketing.delivered, locale))
        .with("owed", shown(&marketing.owed_so_far, locale))
        .with("inside", shown(&sales.line.inside_sla, locale))
        .with("goal", locale.percent(sales.goal));
    (message, !ledger.missed_first.is_empty())
}

fn of_pauses(audit: &PauseAudit, locale: &Locale) -> (Message, bool) {
    if audit.saved.n == 0 {
        return (Message::new("review-pauses-none").with("paused", audit.paused.n), false);
    }
    let message = Message::new("review-pauses").with("n", audit.saved.n);
    let message = message.with("inside", shown(&audit.inside_sla, locale));
    (message.with("without", shown(&audit.inside_sla_without_pauses, locale)), true)
}

fn of_weeks(weeks: &[Week], locale: &Locale) -> (Message, bool) {
    let over: Vec<&Week> =
        weeks.iter().filter(|week| !week.running && week.days.is_none() && week.line.total.n > 0).collect();
    let Some(last) = over.first() else { return (Message::new("review-weeks-none"), false) };
    let before = over.get(1).map_or_else(|| "–".to_owned(), |week| shown(&week.line.inside_sla, locale));
    let worse = over.get(1).is_some_and(|week| fell(&last.line.inside_sla, &week.line.inside_sla));
    let message = Message::new("review-weeks").with("week", last.week).with("missed", last.missed.n);
    (message.with("inside", shown(&last.line.inside_sla, locale)).with("before", before), worse)
}

/// What has to be known to read the table.
#[must_use]
pub fn notes(review: &Review, locale: &Locale) -> Vec<String> {
    match &review.told {
        Told::Heat(heat) => vec![locale.tell(&Message::new("review-heat-note").with("zone", &heat.zone))],
        Told::Response(_) => vec![locale.t("review-response-note")],
        Told::Ledger(Some(ledger)) => ledger_notes(ledger, locale),
        Told::Pauses(_) => vec![locale.t("review-pauses-note")],
        Told::Team(_) | Told::Ledger(None) | Told::Weeks(_) => Vec::new(),
    }
}

fn ledger_notes(ledger: &Ledger, locale: &Locale) -> Vec<String> {
    let (marketing, sales) = (&ledger.marketing, &ledger.sales);
    let owed = match marketing.owed.value {
        Ok(_) => Message::new("review-ledger-owed")
            .with("owed", shown(&marketing.owed, locale))
            .with("target", shown(&marketing.target, locale))
            .with("share", shown(&marketing.share, locale))
            .with("deal", shown(&marketing.average_deal, locale))
            .with("rate", shown(&marketing.rate, locale)),
        Err(Withheld::NoTarget) => Message::new("review-ledger-no-target"),
        Err(_) => Message::new("review-ledger-no-past"),
    };
    let quality = Message::new("review-ledger-quality")
        .with("returned", shown(&marketing.returned, locale))
        .with("before", shown(&marketing.returned_before, locale))
        .with("accepted", shown(&sales.accepted, locale))
        .with("followed", shown(&sales.followed_up, locale))
        .with("attempts", shown(&sales.attempts, locale));
    let mut reasons: Vec<String> = ledger.returns.iter().take(REASONS).map(|one| reason(one, locale)).collect();
    let others: u64 = ledger.returns.iter().skip(REASONS).map(|one| one.n).sum();
    reasons.extend((others > 0).then(|| format!("{} {}", locale.t("review-others"), locale.count(others))));
    let reasons = (!reasons.is_empty()).then(|| {
        locale.tell(&Message::new("review-ledger-reasons").with("reasons", reasons.join(&locale.t("list-separator"))))
    });
    [owed, quality].iter().map(|message| locale.tell(message)).chain(reasons).collect()
}

/// `students 12`.
pub(super) fn reason(one: &Reason, locale: &Locale) -> String {
    let words = one.reason.as_deref().map(|reason| crate::text::clean(reason).into_owned());
    format!("{} {}", words.unwrap_or_else(|| locale.t("review-no-reason")), locale.count(one.n))
}

/// The whole review, for a terminal, a pipe or a screen reader.
#[must_use]
pub fn text(review: &Review, locale: &Locale) -> String {
    let head = vec![
        vec![locale.t("funnel-period"), period(review, locale)],
        vec![locale.t("funnel-as-of"), review.as_of.to_rfc3339()],
    ];
    let mut parts = vec![format!("{}\n", locale.tell(&sentence(review, locale).0))];
    parts.push(table(&[Align::Left, Align::Left], &head));
    let sheet = sheet(review, locale);
    let aligned = sheet.columns.iter().map(|title| match title.shape {
        Shape::Number => Align::Right,
        Shape::Name | Shape::Text => Align::Left,
    });
    let titles = sheet.columns.iter().map(|title| locale.t(&format!("review-column-{}", title.key)));
    let rows = sheet
        .lines
        .iter()
        .map(|line| line.cells.iter().map(|spot| spot.words(&|figure| shown(figure, locale))).collect());
    if !sheet.lines.is_empty() {
        let rows: Vec<Vec<String>> = std::iter::once(titles.collect()).chain(rows).collect();
        parts.push(table(&aligned.collect::<Vec<_>>(), &rows));
    }
    parts.extend(notes(review, locale).into_iter().map(|note| format!("{note}\n")));
    let metrics = sheet.lines.iter().flat_map(|line| &line.cells).filter_map(|spot| Some(spot.figure()?.metric));
    parts.extend(super::super::drafts::line(Dictionary::shipped(), metrics, locale));
    parts.join("\n")
}

/// Every figure on a line of its own.
#[must_use]
pub fn csv(review: &Review, locale: &Locale) -> String {
    let mut lines = Lines::new(&["topic", "name"], &[]);
    let topic = review.told.topic().key();
    for figure in review.all.figures() {
        lines.add(&["all", ""], figure);
    }
    for line in sheet(review, locale).lines {
        for figure in line.cells.iter().filter_map(Spot::figure) {
            lines.add(&[topic, &line.key], figure);
        }
    }
    let more: Vec<&HandoffFigure> = match &review.told {
        Told::Ledger(Some(ledger)) => ledger.figures(),
        Told::Pauses(audit) => audit.figures().to_vec(),
        _ => Vec::new(),
    };
    more.into_iter().for_each(|figure| lines.add(&[topic, ""], figure));
    lines.finish()
}
