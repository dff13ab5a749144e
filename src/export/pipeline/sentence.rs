//! The one sentence that matters: the most telling fact of the pipeline.

use super::home;
use crate::analysis::pipeline::{AgeBand, DealFigure, Pipeline, StageLine};
use crate::domain::figure::Number;
use crate::domain::message::Message;
use crate::domain::money::{Money, Purse};
use crate::i18n::{Amounts, Locale};

/// From this share of the open amount on, slow deals are worth the sentence.
const TELLING: f64 = 0.1;

/// The sentence, and whether it is a warning.
#[must_use]
pub fn sentence(view: &Pipeline, locale: &Locale) -> (Message, bool) {
    let tellers: [fn(&Pipeline, &Locale) -> Option<Message>; 5] = [gap, older_than_any, stalled, slow, unpriced];
    match tellers.iter().find_map(|tell| tell(view, locale)) {
        Some(message) => (message, true),
        None if view.opportunities.total.n == 0 => (nothing(view, locale), false),
        None => (covered(view, locale).unwrap_or_else(|| calm(view, locale)), false),
    }
}

/// "Coverage of 2026-Q4 is 1.8× where 3.1× is needed: 1.2M USD of open pipeline is missing."
fn gap(view: &Pipeline, locale: &Locale) -> Option<Message> {
    let coverage = &view.coverage;
    let missing = money(&coverage.gap).into_iter().next().filter(|gap| gap.minor > 0)?;
    let message = Message::new("tui-says-gap").with("period", view.period).with("gap", amount(missing, locale));
    Some(figures(message, view, locale))
}

/// Coverage, what is needed of it, and what is left of the target.
fn figures(message: Message, view: &Pipeline, locale: &Locale) -> Message {
    let bare = |figure: &DealFigure| locale.figure(figure, None, Amounts::Compact);
    let coverage = &view.coverage;
    let message = message.with("coverage", bare(&coverage.ratio)).with("needed", bare(&coverage.needed));
    message.with("left", bare(&coverage.left)).with("target", bare(&coverage.target))
}

/// There is as much open as was needed.
fn covered(view: &Pipeline, locale: &Locale) -> Option<Message> {
    view.coverage.gap.value.as_ref().ok()?;
    Some(figures(Message::new("tui-says-covered").with("period", view.period), view, locale))
}

/// "1,291 open deals are older than any deal that ever closed (138 days): 6.2M of 9.9M."
fn older_than_any(view: &Pipeline, locale: &Locale) -> Option<Message> {
    let ageing = &view.ageing;
    let Ok(Number::Days(days)) = ageing.longest_closed_days.value else { return None };
    let last = ageing.bands.last().filter(|_| ageing.older_than_any_closed.n > 0)?;
    let message = Message::new("tui-says-older")
        .with("n", ageing.older_than_any_closed.n)
        .with("days", locale.days_bare(days))
        .with("part", words(&last.amount, view, locale));
    Some(message.with("whole", words(&view.open_amount, view, locale)))
}

/// "38 of 92 deals in Negotiation (1.2M) are past its stall line of 21 days": the stage where most money stalls.
fn stalled(view: &Pipeline, locale: &Locale) -> Option<Message> {
    let weight = |line: &&StageLine| money(&line.stall.stalled_amount).first().map_or(0, |money| money.minor);
    let line = view.by_stage.iter().filter(|line| line.stall.stalled.n > 0).max_by_key(weight)?;
    let Ok(Number::Days(days)) = line.stall.stall_line_days.value else { return None };
    let rate = |figure: &DealFigure| locale.figure(figure, None, Amounts::Compact);
    let message = Message::new("tui-says-stalled").with("n", line.stall.stalled.n).with("of", line.count.n);
    let message = message.with("stage", &line.stage).with("days", locale.days_bare(days));
    let message = message.with("amount", words(&line.stall.stalled_amount, view, locale));
    Some(message.with("over", rate(&line.stall.win_rate_over)).with("under", rate(&line.stall.win_rate_under)))
}

/// A good part of the open amount is older than three of four deals were when they closed.
fn slow(view: &Pipeline, locale: &Locale) -> Option<Message> {
    let Ok(Number::Days(third_quartile)) = view.days_to_close.all.p75.value else { return None };
    let late = |band: &&AgeBand| band.from_days as f64 > third_quartile.floor();
    let bands: Vec<&AgeBand> = view.ageing.bands.iter().filter(late).collect();
    let purse: Purse = bands.iter().flat_map(|band| money(&band.amount)).collect();
    let (part, whole) = (purse.single(home(view)?)?, money(&view.open_amount).first().copied()?);
    let share = part.minor as f64 / whole.minor.max(1) as f64;
    (share >= TELLING).then(|| {
        Message::new("tui-says-slow")
            .with("n", bands.iter().map(|band| band.count.n).sum::<u64>())
            .with("days", locale.days_bare(third_quartile.floor()))
            .with("share", locale.share(part.minor.unsigned_abs(), whole.minor.unsigned_abs()))
    })
}

/// Deals without a price are in no sum.
fn unpriced(view: &Pipeline, _: &Locale) -> Option<Message> {
    let (n, of) = (view.open_amount_basis.unpriced.n, view.opportunities.open.n);
    (n > 0).then(|| Message::new("tui-says-unpriced").with("n", n).with("of", of))
}

/// No deal at all, or none in the segment.
fn nothing(view: &Pipeline, locale: &Locale) -> Message {
    match view.segment.is_all() {
        true => Message::new("tui-empty-title"),
        false => {
            let segment = crate::export::funnel::segment(&view.segment, locale);
            Message::new("pipeline-none-in-segment").with("segment", segment)
        }
    }
}

/// Nothing stands out.
fn calm(view: &Pipeline, locale: &Locale) -> Message {
    let figure = |figure: &DealFigure| words(figure, view, locale);
    Message::new("tui-says-calm")
        .with("n", view.opportunities.open.n)
        .with("amount", figure(&view.open_amount))
        .with("won", view.opportunities.won.n)
        .with("won_amount", figure(&view.won_amount))
}

fn words(figure: &DealFigure, view: &Pipeline, locale: &Locale) -> String {
    locale.figure(figure, home(view), Amounts::Compact)
}

fn amount(money: Money, locale: &Locale) -> String {
    locale.purse(&std::iter::once(money).collect(), None, Amounts::Compact)
}

fn money(figure: &DealFigure) -> Vec<Money> {
    match &figure.value {
        Ok(Number::Money(purse)) => purse.sums().collect(),
        _ => Vec::new(),
    }
}
