//! The pipeline as plain text and as CSV.

mod deals;
mod period;
mod sentence;

pub use period::{compared, notes, period};
pub use sentence::sentence;

use super::figures;
use super::table::{Align, table};
use crate::analysis::pipeline::{AgeBand, DealFigure, OwnerLine, Pipeline, StageLine, Tally};
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
    let mut parts = vec![format!("{}\n", locale.tell(&sentence(view, locale).0))];
    parts.push(period::text(view, locale, &named));
    parts.push(headline(view, locale, &named));
    parts.extend(notes(view, locale).iter().map(|note| format!("{}\n", locale.tell(note))));
    parts.push(section(&locale.t("pipeline-stages"), locale, STAGE_HEADER, &stages(view, &show)));
    parts.push(section(&locale.t("pipeline-owners"), locale, TALLY_HEADER, &owners(view, locale, &show)));
    parts.push(section(&locale.t("pipeline-owners-period"), locale, OWNER_HEADER, &owners_period(view, locale, &show)));
    parts.push(section(&locale.t("pipeline-regions"), locale, TALLY_HEADER, &regions(view, locale, &show)));
    parts.push(section(
        &locale.t("pipeline-quarters"),
        locale,
        &["quarter", "won", "won-amount"],
        &quarters(view, &show),
    ));
    parts.push(section(
        &locale.t("pipeline-ageing"),
        locale,
        &["age", "open", "open-amount"],
        &ages(view, locale, &show),
    ));
    parts.extend(deals::text(view, locale, &show));
    if !view.owners_without_deals.is_empty() {
        let names = view.owners_without_deals.join(locale.t("list-separator").as_str());
        parts.push(format!("{}\n", locale.tell(&Message::new("pipeline-without-deals").with("names", names))));
    }
    parts.extend(super::drafts::line(Dictionary::shipped(), view.figures().map(|figure| figure.metric), locale));
    parts.join("\n")
}

type Show<'a> = &'a dyn Fn(&DealFigure) -> String;

const STAGE_HEADER: &[&str] = &[
    "stage",
    "deals",
    "amount",
    "median-age",
    "older",
    "stall-line",
    "stalled",
    "stalled-amount",
    "win-under",
    "win-over",
];
const OWNER_HEADER: &[&str] = &[
    "name",
    "open-in-period",
    "won-in-period",
    "target",
    "target-left",
    "coverage",
    "stalled-deals",
    "pushes",
    "pushed-often",
];
const TALLY_HEADER: &[&str] = &["name", "open", "open-amount", "won", "lost", "won-amount", "win-rate", "median-days"];

/// The one currency of the view, which then need not be repeated in every cell.
#[must_use]
pub fn home(view: &Pipeline) -> Option<Currency> {
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
fn section(title: &str, locale: &Locale, header: &[&str], rows: &[Vec<String>]) -> String {
    section_of(1, title, locale, header, rows)
}

/// The same with more columns that are words.
fn section_of(words: usize, title: &str, locale: &Locale, header: &[&str], rows: &[Vec<String>]) -> String {
    let header: Vec<String> = header.iter().map(|key| locale.t(&format!("pipeline-col-{key}"))).collect();
    let align: Vec<Align> = (0..header.len()).map(|at| if at < words { Align::Left } else { Align::Right }).collect();
    let all: Vec<Vec<String>> = std::iter::once(header).chain(rows.iter().cloned()).collect();
    format!("{title}\n{}", table(&align, &all))
}

fn stages(view: &Pipeline, show: Show) -> Vec<Vec<String>> {
    let line = |line: &StageLine| std::iter::once(line.stage.clone()).chain(line.figures().map(show)).collect();
    view.by_stage.iter().map(line).collect()
}

fn tally(name: String, tally: &Tally, show: Show) -> Vec<String> {
    std::iter::once(name).chain(tally.figures().map(show)).collect()
}

fn owners(view: &Pipeline, locale: &Locale, show: Show) -> Vec<Vec<String>> {
    view.by_owner.iter().map(|line| tally(owner(line, locale), &line.tally, show)).collect()
}

fn owner(line: &OwnerLine, locale: &Locale) -> String {
    line.owner.clone().unwrap_or_else(|| locale.t("pipeline-nobody"))
}

fn owners_period(view: &Pipeline, locale: &Locale, show: Show) -> Vec<Vec<String>> {
    let line = |line| std::iter::once(owner(line, locale)).chain(line.period.figures().map(show)).collect();
    view.by_owner.iter().map(line).collect()
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
    let days = |band: &AgeBand| match band.to_days {
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
    for told in view.told() {
        lines.add(&[if told.days.is_empty() { "total" } else { "period" }, &told.days], told.figure);
    }
    for line in &view.by_stage {
        line.figures().for_each(|figure| lines.add(&["stage", &line.stage], figure));
    }
    let owners = view.by_owner.iter().map(|line| ("owner", line.owner.as_deref(), &line.tally));
    let regions = view.by_region.iter().map(|line| ("region", line.region.as_deref(), &line.tally));
    for (table, name, tally) in owners.chain(regions) {
        tally.figures().into_iter().for_each(|figure| lines.add(&[table, name.unwrap_or("")], figure));
    }
    for line in &view.by_owner {
        let name = line.owner.as_deref().unwrap_or("");
        line.period.figures().into_iter().for_each(|figure| lines.add(&["owner", name], figure));
    }
    for line in &view.by_close_quarter {
        [&line.won, &line.won_amount].into_iter().for_each(|figure| lines.add(&["quarter", &line.quarter], figure));
    }
    for band in &view.ageing.bands {
        let name = format!("{}..{}", band.from_days, band.to_days.map(|to| to.to_string()).unwrap_or_default());
        [&band.count, &band.amount].into_iter().for_each(|figure| lines.add(&["age", &name], figure));
    }
    for (table, deals) in [("stalled", &view.stalled.deals), ("pushed", &view.pushed.deals)] {
        for line in deals {
            line.figures().into_iter().for_each(|figure| lines.add(&[table, &line.deal], figure));
        }
    }
    for gap in &view.open_amount_basis.unpriced_products {
        lines.add(&["unpriced", gap.product.as_deref().unwrap_or("")], &gap.deals);
    }
    lines.finish()
}
