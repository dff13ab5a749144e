//! The one sentence that matters: the most telling fact of the pipeline.

use super::lines::home;
use crate::analysis::pipeline::{AgeBand, DealFigure, Pipeline};
use crate::domain::figure::Number;
use crate::domain::message::Message;
use crate::domain::money::Purse;
use crate::i18n::Amounts;
use crate::tui::look::Look;
use crate::tui::theme::Meaning;

/// From this share of the open amount on, slow deals are worth the sentence.
const TELLING: f64 = 0.1;

/// The sentence, and how bad it is.
pub(super) fn sentence(pipeline: &Pipeline, look: &Look<'_>) -> (Message, Meaning) {
    let tellers: [fn(&Pipeline, &Look<'_>) -> Option<Message>; 3] = [older_than_any, slow, unpriced];
    match tellers.iter().find_map(|tell| tell(pipeline, look)) {
        Some(message) => (message, Meaning::Warn),
        None => (calm(pipeline, look), Meaning::Plain),
    }
}

/// "1,291 open deals are older than any deal that ever closed (138 days): 6.2M of 9.9M."
fn older_than_any(pipeline: &Pipeline, look: &Look<'_>) -> Option<Message> {
    let ageing = &pipeline.ageing;
    let Ok(Number::Days(days)) = ageing.longest_closed_days.value else { return None };
    let last = ageing.bands.last().filter(|_| ageing.older_than_any_closed.n > 0)?;
    let message = Message::new("tui-says-older")
        .with("n", ageing.older_than_any_closed.n)
        .with("days", look.locale.days_bare(days))
        .with("part", words(&last.amount, pipeline, look));
    Some(message.with("whole", words(&pipeline.open_amount, pipeline, look)))
}

/// A good part of the open amount is older than three of four deals were when they closed.
fn slow(pipeline: &Pipeline, look: &Look<'_>) -> Option<Message> {
    let Ok(Number::Days(third_quartile)) = pipeline.days_to_close.all.p75.value else { return None };
    let late = |band: &&AgeBand| band.from_days as f64 > third_quartile.floor();
    let bands: Vec<&AgeBand> = pipeline.ageing.bands.iter().filter(late).collect();
    let purse: Purse = bands.iter().flat_map(|band| money(&band.amount)).collect();
    let (part, whole) = (purse.single(home(pipeline)?)?, money(&pipeline.open_amount).first().copied()?);
    let share = part.minor as f64 / whole.minor.max(1) as f64;
    (share >= TELLING).then(|| {
        Message::new("tui-says-slow")
            .with("n", bands.iter().map(|band| band.count.n).sum::<u64>())
            .with("days", look.locale.days_bare(third_quartile.floor()))
            .with("share", look.locale.share(part.minor.unsigned_abs(), whole.minor.unsigned_abs()))
    })
}

/// Deals without a price are in no sum.
fn unpriced(pipeline: &Pipeline, _: &Look<'_>) -> Option<Message> {
    let (n, of) = (pipeline.open_amount_basis.unpriced.n, pipeline.opportunities.open.n);
    (n > 0).then(|| Message::new("tui-says-unpriced").with("n", n).with("of", of))
}

/// Nothing stands out.
fn calm(pipeline: &Pipeline, look: &Look<'_>) -> Message {
    let figure = |figure: &DealFigure| words(figure, pipeline, look);
    Message::new("tui-says-calm")
        .with("n", pipeline.opportunities.open.n)
        .with("amount", figure(&pipeline.open_amount))
        .with("won", pipeline.opportunities.won.n)
        .with("won_amount", figure(&pipeline.won_amount))
}

fn words(figure: &DealFigure, pipeline: &Pipeline, look: &Look<'_>) -> String {
    look.locale.figure(figure, home(pipeline), Amounts::Compact)
}

fn money(figure: &DealFigure) -> Vec<crate::domain::money::Money> {
    match &figure.value {
        Ok(Number::Money(purse)) => purse.sums().collect(),
        _ => Vec::new(),
    }
}
