//! What is looked at, and how the pipeline stands in the period: coverage, velocity, and what has to be known to
//! read the amounts.

use super::Show;
use crate::analysis::pipeline::{DealFigure, Pipeline};
use crate::domain::figure::Withheld;
use crate::domain::message::Message;
use crate::export::funnel::segment;
use crate::export::table::{Align, table};
use crate::i18n::Locale;

/// `2026-Q4 so far`; `2026-Q4 so far, data to 2026-11-02` where they end before today.
#[must_use]
pub fn period(view: &Pipeline, locale: &Locale) -> String {
    let said = |key| Message::new(key).with("period", view.period);
    match (view.running, view.data_until) {
        (true, Some(until)) => locale.tell(&said("funnel-so-far-until").with("day", until.date())),
        (true, None) => locale.tell(&said("funnel-so-far")),
        (false, _) => view.period.to_string(),
    }
}

/// `2026-Q3, the same days`.
#[must_use]
pub fn compared(view: &Pipeline, locale: &Locale) -> String {
    match view.compare {
        None => locale.t("funnel-no-comparison"),
        Some(other) if view.running => locale.tell(&Message::new("funnel-same-days").with("period", other)),
        Some(other) => other.to_string(),
    }
}

/// A figure, and why there is none.
fn reasoned(figure: &DealFigure, locale: &Locale, show: Show) -> String {
    match &figure.value {
        Ok(_) | Err(Withheld::SmallSample { .. }) => show(figure),
        Err(reason) => {
            let why = locale.t(&format!("withheld-{}", reason.key().replace('_', "-")));
            locale.tell(&Message::new("pipeline-not-told").with("why", why))
        }
    }
}

/// The rows of the period.
pub(super) fn text(view: &Pipeline, locale: &Locale, show: Show) -> String {
    let (coverage, velocity) = (&view.coverage, &view.velocity);
    let told = |figure: &DealFigure| reasoned(figure, locale, show);
    let per_day = |figure: &DealFigure| match figure.value {
        Ok(_) => locale.tell(&Message::new("pipeline-per-day").with("amount", show(figure))),
        Err(_) => told(figure),
    };
    let luck = |text: String| match velocity.could_be_luck {
        Some(true) => locale.tell(&Message::new("pipeline-luck").with("change", text)),
        _ => text,
    };
    let past = Message::new("pipeline-past-of").with("n", coverage.past.deals.n).with("told", coverage.past.told.n);
    let past = past.with("periods", coverage.past.periods.len()).with("rate", told(&coverage.past.win_rate));
    let past = if coverage.past.deals.n == 0 { told(&coverage.past.win_rate) } else { locale.tell(&past) };
    let mut rows = vec![
        ("period", period(view, locale)),
        ("compare", compared(view, locale)),
        ("target", told(&coverage.target)),
        ("won-in-period", show(&coverage.won)),
        ("target-left", told(&coverage.left)),
        ("open-in-period", show(&coverage.open)),
        ("coverage", told(&coverage.ratio)),
        ("coverage-needed", told(&coverage.needed)),
        ("coverage-gap", told(&coverage.gap)),
        ("coverage-past", past),
        ("undated", show(&coverage.close_date_unknown)),
        ("overdue", format!("{} · {}", show(&coverage.overdue), show(&coverage.overdue_amount))),
        ("velocity", per_day(&velocity.now.per_day)),
        ("velocity-before", per_day(&velocity.before.per_day)),
        ("velocity-change", told(&velocity.change)),
        ("opportunities", told(&velocity.now.opportunities)),
        ("win-rate", told(&velocity.now.win_rate)),
        ("win-rate-change", luck(told(&velocity.win_rate_points))),
        ("average-deal", told(&velocity.now.average_deal)),
        ("cycle-days", told(&velocity.now.cycle_days)),
    ];
    if !view.segment.is_all() {
        rows.insert(2, ("segment", segment(&view.segment, locale)));
    }
    let rows: Vec<Vec<String>> =
        rows.into_iter().map(|(key, value)| vec![locale.t(&format!("pipeline-col-{key}")), value]).collect();
    table(&[Align::Left, Align::Left], &rows)
}

/// What has to be known to read the amounts: list prices, what has none, rates.
#[must_use]
pub fn notes(view: &Pipeline, locale: &Locale) -> Vec<Message> {
    let basis = &view.open_amount_basis;
    let mut notes = Vec::new();
    if basis.at_list_price.n > 0 {
        notes.push(Message::new("pipeline-note-list-price").with("n", basis.at_list_price.n));
    }
    if basis.unpriced.n > 0 {
        let named = basis.unpriced_products.iter().filter_map(|gap| Some((gap.product.as_ref()?, gap.deals.n)));
        let names: Vec<String> = named.map(|(name, n)| format!("{name} ({})", locale.count(n))).take(NAMED).collect();
        let key = if names.is_empty() { "pipeline-note-unpriced" } else { "pipeline-note-unpriced-of" };
        let note = Message::new(key).with("n", basis.unpriced.n);
        notes.push(note.with("names", names.join(&locale.t("list-separator"))));
    }
    for rate in &view.currencies.rates {
        let note = Message::new("pipeline-note-rate").with("currency", rate.currency).with("rate", &rate.rate);
        notes.push(note.with("home", view.currencies.home).with("date", rate.date).with("n", rate.deals));
    }
    for missing in &view.currencies.missing {
        notes.push(Message::new("pipeline-note-no-rate").with("currency", missing.currency).with("n", missing.deals));
    }
    notes
}

/// So many products are named.
const NAMED: usize = 5;
