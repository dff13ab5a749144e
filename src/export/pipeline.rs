//! The pipeline as plain text and as CSV.

use super::figures;
use super::table::{Align, table};
use crate::analysis::pipeline::{DealFigure, Pipeline, Tally};
use crate::domain::figure::Number;
use crate::domain::message::Message;
use crate::domain::metric::Dictionary;
use crate::domain::money::Currency;
use crate::i18n::{Amounts, Locale};

/// The whole view, for a terminal, a pipe or a screen reader.
#[must_use]
pub fn text(view: &Pipeline, locale: &Locale) -> String {
    let home = home(view);
    let show = |figure: &DealFigure| locale.figure(figure, home, Amounts::Whole);
    // The headline names the currency; the tables below need not repeat it.
    let named = |figure: &DealFigure| locale.figure(figure, None, Amounts::Whole);
    let mut parts = vec![headline(view, locale, &named)];
    parts.push(section(locale, "pipeline-stages", STAGE_HEADER, &stages(view, &show)));
    parts.push(section(locale, "pipeline-owners", TALLY_HEADER, &owners(view, locale, &show)));
    parts.push(section(locale, "pipeline-regions", TALLY_HEADER, &regions(view, locale, &show)));
    parts.push(section(locale, "pipeline-quarters", &["quarter", "won", "won-amount"], &quarters(view, &show)));
    parts.push(section(locale, "pipeline-ageing", &["age", "open", "open-amount"], &ages(view, locale, &show)));
    if !view.owners_without_deals.is_empty() {
        let names = view.owners_without_deals.join(locale.t("list-separator").as_str());
        parts.push(format!("{}\n", locale.tell(&Message::new("pipeline-without-deals").with("names", names))));
    }
    parts.extend(super::drafts::line(Dictionary::shipped(), view.figures().map(|figure| figure.metric), locale));
    parts.join("\n")
}

type Show<'a> = &'a dyn Fn(&DealFigure) -> String;

const STAGE_HEADER: &[&str] = &["stage", "deals", "amount", "median-age", "older"];
const TALLY_HEADER: &[&str] = &["name", "open", "open-amount", "won", "lost", "won-amount", "win-rate", "median-days"];

/// The one currency of the view, which then need not be repeated in every cell.
fn home(view: &Pipeline) -> Option<Currency> {
    let single = |figure: &DealFigure| match &figure.value {
        Ok(Number::Money(purse)) => purse.single(Currency::USD).map(|money| money.currency),
        _ => None,
    };
    let (won, open) = (single(&view.won_amount)?, single(&view.open_amount)?);
    (won == open).then_some(won)
}

fn headline(view: &Pipeline, locale: &Locale, show: Show) -> String {
    let days = &view.days_to_close.all;
    let rows = [
        ("as-of", view.as_of.to_rfc3339()),
        ("total", show(&view.opportunities.total)),
        ("open", show(&view.opportunities.open)),
        ("open-amount", show(&view.open_amount)),
        ("with-amount", show(&view.open_amount_basis.with_amount)),
        ("at-list-price", show(&view.open_amount_basis.at_list_price)),
        ("unpriced", show(&view.open_amount_basis.unpriced)),
        ("won", show(&view.opportunities.won)),
        ("won-amount", show(&view.won_amount)),
        ("lost", show(&view.opportunities.lost)),
        ("win-rate", show(&view.win_rate)),
        ("days-to-close", show(&days.median)),
        (
            "days-quartiles",
            if days.p25.value.is_ok() {
                format!("{} – {}", show(&days.p25), show(&days.p75))
            } else {
                show(&days.p25)
            },
        ),
        ("days-longest", show(&days.max)),
        ("older", show(&view.ageing.older_than_any_closed)),
    ];
    let rows: Vec<Vec<String>> =
        rows.into_iter().map(|(key, value)| vec![locale.t(&format!("pipeline-col-{key}")), value]).collect();
    table(&[Align::Left, Align::Left], &rows)
}

/// A titled table whose first column is words and whose others are numbers.
fn section(locale: &Locale, title: &str, header: &[&str], rows: &[Vec<String>]) -> String {
    let header: Vec<String> = header.iter().map(|key| locale.t(&format!("pipeline-col-{key}"))).collect();
    let align: Vec<Align> = (0..header.len()).map(|at| if at == 0 { Align::Left } else { Align::Right }).collect();
    let all: Vec<Vec<String>> = std::iter::once(header).chain(rows.iter().cloned()).collect();
    format!("{}\n{}", locale.t(title), table(&align, &all))
}

fn stages(view: &Pipeline, show: Show) -> Vec<Vec<String>> {
    let line = |line: &crate::analysis::pipeline::StageLine| {
        let figures = [&line.count, &line.amount, &line.median_age_days, &line.older_than_any_closed];
        std::iter::once(line.stage.clone()).chain(figures.map(show)).collect()
    };
    view.by_stage.iter().map(line).collect()
}

fn tally(name: String, tally: &Tally, show: Show) -> Vec<String> {
    std::iter::once(name).chain(tally.figures().map(show)).collect()
}

fn owners(view: &Pipeline, locale: &Locale, show: Show) -> Vec<Vec<String>> {
    let name = |owner: &Option<String>| owner.clone().unwrap_or_else(|| locale.t("pipeline-nobody"));
    view.by_owner.iter().map(|line| tally(name(&line.owner), &line.tally, show)).collect()
}

fn regions(view: &Pipeline, locale: &Locale, show: Show) -> Vec<Vec<String>> {
    let name = |region: &Option<String>| region.clone().unwrap_or_else(|| locale.t("pipeline-no-region"));
    view.by_region.iter().map(|line| tally(name(&line.region), &line.tally, show)).collect()
}

fn quarters(view: &Pipeline, show: Show) -> Vec<Vec<String>> {
    view.by_close_quarter
        .iter()
        .map(|line| vec![line.quarter.clone(), show(&line.won), show(&line.won_amount)])
        .collect()
}

fn ages(view: &Pipeline, locale: &Locale, show: Show) -> Vec<Vec<String>> {
    let days = |band: &crate::analysis::pipeline::AgeBand| match band.to_days {
        Some(to) => Message::new("pipeline-age-band").with("from", band.from_days).with("to", to),
        None => Message::new("pipeline-age-beyond").with("from", band.from_days),
    };
    let bands = view.ageing.bands.iter();
    let mut lines: Vec<Vec<String>> =
        bands.map(|band| vec![locale.tell(&days(band)), show(&band.count), show(&band.amount)]).collect();
    if view.ageing.age_unknown.n > 0 {
        lines.push(vec![locale.t("pipeline-age-unknown"), show(&view.ageing.age_unknown), String::new()]);
    }
    lines
}

/// Every figure on a line of its own: table, name, metric, currency, value, n, and why it is withheld.
#[must_use]
pub fn csv(view: &Pipeline) -> String {
    let mut lines = figures::Lines::new(&["table", "name"], &[]);
    view.totals().into_iter().for_each(|figure| lines.add(&["total", ""], figure));
    for line in &view.by_stage {
        for figure in [&line.count, &line.amount, &line.median_age_days, &line.older_than_any_closed] {
            lines.add(&["stage", &line.stage], figure);
        }
    }
    let owners = view.by_owner.iter().map(|line| ("owner", line.owner.as_deref(), &line.tally));
    let regions = view.by_region.iter().map(|line| ("region", line.region.as_deref(), &line.tally));
    for (table, name, tally) in owners.chain(regions) {
        tally.figures().into_iter().for_each(|figure| lines.add(&[table, name.unwrap_or("")], figure));
    }
    for line in &view.by_close_quarter {
        [&line.won, &line.won_amount].into_iter().for_each(|figure| lines.add(&["quarter", &line.quarter], figure));
    }
    for band in &view.ageing.bands {
        let name = format!("{}..{}", band.from_days, band.to_days.map(|to| to.to_string()).unwrap_or_default());
        [&band.count, &band.amount].into_iter().for_each(|figure| lines.add(&["age", &name], figure));
    }
    lines.finish()
}
