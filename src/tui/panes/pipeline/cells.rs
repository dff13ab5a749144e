//! The tables of the cuts: columns, and the cells of every line.

use super::cut::Cut;
use super::lines::{Line, age_unknown, deals, lines};
use crate::analysis::funnel::size;
use crate::analysis::pipeline::{AgeBand, DealLine, Deals, OwnerLine, Pipeline, Tally};
use crate::domain::figure::{Figure, Number};
use crate::domain::matching::{Folded, Query};
use crate::domain::time::Day;
use crate::export::pipeline::home;
use crate::i18n::Amounts;
use crate::text::Clean;
use crate::tui::look::Look;
use crate::tui::sheet::Order;
use crate::tui::theme::Meaning;
use crate::tui::widgets::table::{Cell, Column, Shape};
use std::cmp::Ordering;

/// Titles of the columns of a cut.
pub(super) fn columns(cut: Cut, look: &Look<'_>, pipeline: &Pipeline) -> Vec<Column> {
    let home = home(pipeline);
    let named = |key: &'static str, shape, expendable| Column::new(key, shape, expendable, look);
    let amount = |key, expendable| named(key, Shape::Number, expendable).of_money(home);
    let number = |key, expendable| named(key, Shape::Number, expendable);
    // Before its number, under the same title.
    let bar = |title| Column { key: "bar", ..named(title, Shape::Bar, 9) };
    let tally = || {
        vec![
            number("tui-column-open", 1),
            amount("tui-column-open-amount", 3),
            number("tui-column-won", 1),
            amount("tui-column-won-amount", 0),
            number("tui-column-win-rate", 0),
            number("tui-column-median-days", 5),
        ]
    };
    let mut columns = vec![named(cut.column(), Shape::Name, 0)];
    columns.extend(match cut {
        Cut::Stages => {
            let counts = [
                bar("tui-column-deals-bar"),
                number("tui-column-deals", 0),
                amount("tui-column-amount", 0),
                number("tui-column-median-age", 3),
            ];
            let stalls = [
                number("tui-column-stall-line", 1),
                number("tui-column-stalled", 1),
                number("tui-column-win-under", 2),
                number("tui-column-win-over", 2),
                amount("tui-column-stalled-amount", 5),
            ];
            let stalls = stalls.into_iter().filter(|_| has_lines(pipeline));
            counts.into_iter().chain(stalls).chain([number("tui-column-older", 4)]).collect()
        }
        Cut::Owners => {
            let region = has_regions(pipeline).then(|| named("tui-column-region", Shape::Name, 9));
            let columns = [
                Some(number("tui-column-open", 2)),
                Some(amount("tui-column-open-amount", 3)),
                Some(amount("tui-column-won-in-period", 0)),
                has_targets(pipeline).then(|| amount("tui-column-target-won", 1)),
                has_targets(pipeline).then(|| number("tui-column-coverage", 0)),
                Some(number("tui-column-win-rate", 1)),
                has_lines(pipeline).then(|| number("tui-column-stalled-deals", 2)),
                Some(number("tui-column-pushes", 2)),
                Some(number("tui-column-won", 7)),
                Some(amount("tui-column-won-amount", 6)),
                Some(number("tui-column-median-days", 8)),
            ];
            let columns = columns.into_iter().flatten();
            region.into_iter().chain(columns).collect()
        }
        Cut::Stalled => vec![
            named("tui-column-account", Shape::Name, 6),
            named("tui-column-stage", Shape::Name, 2),
            named("tui-column-owner", Shape::Name, 3),
            amount("tui-column-amount", 0),
            number("tui-column-days-in-stage", 0),
            number("tui-column-stall-line", 1),
            number("tui-column-pushes", 4),
            number("tui-column-close-date", 5),
        ],
        Cut::Pushed => vec![
            named("tui-column-account", Shape::Name, 6),
            named("tui-column-stage", Shape::Name, 2),
            named("tui-column-owner", Shape::Name, 3),
            amount("tui-column-amount", 0),
            number("tui-column-pushes", 0),
            number("tui-column-days-moved", 1),
            number("tui-column-first-close-date", 5),
            number("tui-column-close-date", 1),
        ],
        Cut::Regions => tally(),
        Cut::Quarters => {
            vec![number("tui-column-won", 0), bar("tui-column-won-amount-bar"), amount("tui-column-won-amount", 0)]
        }
        Cut::Ageing => {
            vec![
                bar("tui-column-deals-bar"),
                number("tui-column-deals", 0),
                amount("tui-column-amount", 0),
                Column::untitled("note", Shape::Name, 1),
            ]
        }
    });
    columns
}

/// A line and its cells.
pub(super) struct Drawn {
    pub(super) line: Line,
    pub(super) cells: Vec<Cell>,
}

/// The lines of a cut that match the filter, in the order that was asked for.
pub(super) fn arranged(cut: Cut, look: &Look<'_>, pipeline: &Pipeline, order: &Order) -> Vec<Drawn> {
    let query = Query::new(&order.filter);
    let columns = columns(cut, look, pipeline);
    // Names are what a line is known by; its numbers are not searched.
    let named = |drawn: &Drawn| {
        let names = columns.iter().zip(&drawn.cells).filter(|(column, _)| column.shape == Shape::Name);
        let names: Vec<Clean> = names.map(|(_, cell)| cell.text()).collect();
        query.matches(&Folded::of_fields(names.iter().map(Clean::as_str)))
    };
    let all = lines(cut, pipeline).into_iter().zip(cells(cut, look, pipeline));
    let all = all.map(|(line, cells)| Drawn { line, cells });
    let mut shown: Vec<Drawn> = all.filter(|drawn| query.is_empty() || named(drawn)).collect();
    let sort = order.sort.and_then(|sort| Some((columns.iter().position(|c| c.key == sort.column)?, sort)));
    if let Some((at, sort)) = sort {
        let compare = |a: &Drawn, b: &Drawn| Some(a.cells.get(at)?.compare(b.cells.get(at)?, sort.descending));
        shown.sort_by(|a, b| compare(a, b).unwrap_or(Ordering::Equal));
    }
    shown
}

/// Cells of every line of a cut.
fn cells(cut: Cut, look: &Look<'_>, pipeline: &Pipeline) -> Vec<Vec<Cell>> {
    let home = home(pipeline);
    let figure = |figure: &Figure<Deals>| Cell::figure(figure, home, look);
    let has_regions = has_regions(pipeline);
    let names = lines(cut, pipeline).into_iter().enumerate().map(|(at, line)| match cut {
        // Stages and ages have an order of their own, whatever they are called.
        Cut::Stages | Cut::Ageing => Cell::Placed(line.name.words(look), at),
        _ => Cell::plain(line.name.words(look)),
    });
    let rest: Vec<Vec<Cell>> = match cut {
        Cut::Stages => {
            let bar = bars(pipeline.by_stage.iter().map(|line| line.count.n as i64));
            let cells = pipeline.by_stage.iter().zip(bar).map(|(line, bar)| {
                let older = match line.outcome {
                    "open" => warned(&line.older_than_any_closed, look),
                    // What is closed gets no older.
                    _ => Cell::Text("–".into(), Meaning::Muted),
                };
                let stall = &line.stall;
                let stalled = match stall.stalled.value {
                    Ok(_) => warned(&stall.stalled, look),
                    Err(_) => figure(&stall.stalled),
                };
                let mut cells = vec![bar, figure(&line.count), figure(&line.amount), figure(&line.median_age_days)];
                if has_lines(pipeline) {
                    let more = [&stall.win_rate_under, &stall.win_rate_over, &stall.stalled_amount];
                    cells.extend([figure(&stall.stall_line_days), stalled].into_iter().chain(more.map(figure)));
                }
                cells.push(older);
                cells
            });
            cells.collect()
        }
        Cut::Owners => pipeline
            .by_owner
            .iter()
            .map(|line| {
                let region = line.region.clone().unwrap_or_default();
                let region = has_regions.then(|| Cell::plain(region));
                region.into_iter().chain(owner(line, pipeline, &figure, look)).collect()
            })
            .collect(),
        Cut::Stalled | Cut::Pushed => deals(cut, pipeline).iter().map(|line| deal(cut, line, &figure, look)).collect(),
        Cut::Regions => pipeline.by_region.iter().map(|line| tally(&line.tally, &figure)).collect(),
        Cut::Quarters => {
            let bar = bars(pipeline.by_close_quarter.iter().map(|line| weight(&line.won_amount)));
            let lines = pipeline.by_close_quarter.iter().zip(bar);
            lines.map(|(line, bar)| vec![figure(&line.won), bar, figure(&line.won_amount)]).collect()
        }
        Cut::Ageing => {
            let bands = &pipeline.ageing.bands;
            let bar = bars(bands.iter().map(|band| band.count.n as i64));
            let note = |band: &AgeBand| note(band, look);
            let lines = bands.iter().zip(bar);
            let lines = lines.map(|(band, bar)| vec![bar, figure(&band.count), figure(&band.amount), note(band)]);
            let unknown = age_unknown(pipeline)
                .map(|count| vec![Cell::Bar(0.0), figure(count), Cell::plain(""), Cell::plain("")]);
            lines.chain(unknown).collect()
        }
    };
    names.zip(rest).map(|(name, rest)| std::iter::once(name).chain(rest).collect()).collect()
}

/// The cells of an owner behind name and region.
fn owner(
    line: &OwnerLine,
    pipeline: &Pipeline,
    figure: &impl Fn(&Figure<Deals>) -> Cell,
    look: &Look<'_>,
) -> Vec<Cell> {
    let (tally, period) = (&line.tally, &line.period);
    let stalled = match period.stalled.n {
        0 => figure(&period.stalled),
        _ => warned(&period.stalled, look),
    };
    let mut cells: Vec<Cell> = [&tally.open, &tally.open_amount, &period.won_in_period].map(figure).into();
    if has_targets(pipeline) {
        cells.extend([&period.target, &period.coverage].map(figure));
    }
    cells.push(figure(&tally.win_rate));
    cells.extend(has_lines(pipeline).then_some(stalled));
    let more = [&period.pushes, &tally.won, &tally.won_amount, &tally.median_days_to_close];
    cells.extend(more.map(figure));
    cells
}

/// Whether any stage has a stall line.
fn has_lines(pipeline: &Pipeline) -> bool {
    pipeline.stalled.count.value.is_ok()
}

/// Whether any owner has a target.
fn has_targets(pipeline: &Pipeline) -> bool {
    pipeline.by_owner.iter().any(|line| line.period.target.value.is_ok())
}

/// The cells of a deal behind its name.
fn deal(cut: Cut, line: &DealLine, figure: &impl Fn(&Figure<Deals>) -> Cell, look: &Look<'_>) -> Vec<Cell> {
    let text = |text: &Option<String>| Cell::plain(text.clone().unwrap_or_default());
    let day = |day: Option<Day>| match day {
        Some(day) => Cell::Number(day.to_string().into(), Meaning::Plain, day.0 as f64),
        None => Cell::Number("–".into(), Meaning::Muted, f64::NAN),
    };
    let pushes = match line.is_pushed_often() {
        true => flagged(&line.pushes, look),
        false => figure(&line.pushes),
    };
    let named = [text(&line.account), Cell::plain(line.stage.clone()), text(&line.owner), figure(&line.amount)];
    let rest = match cut {
        Cut::Pushed => [pushes, figure(&line.days_moved), day(line.first_close_date), day(line.close_date)],
        _ => {
            let days = figure(&line.days_in_stage).meaning(Meaning::Warn);
            [days, figure(&line.stall_line_days), pushes, day(line.close_date)]
        }
    };
    named.into_iter().chain(rest).collect()
}

/// A count that is told with a sign.
fn flagged(figure: &Figure<Deals>, look: &Look<'_>) -> Cell {
    let whole = look.locale.figure(figure, None, Amounts::Whole);
    let value = size(figure).unwrap_or(f64::NAN);
    Cell::Figure(format!("! {whole}").into(), Meaning::Warn, value, figure.metric, whole.into())
}

fn tally(tally: &Tally, figure: &impl Fn(&Figure<Deals>) -> Cell) -> Vec<Cell> {
    let Tally { open, open_amount, won, won_amount, win_rate, median_days_to_close, .. } = tally;
    [open, open_amount, won, won_amount, win_rate, median_days_to_close].into_iter().map(figure).collect()
}

/// Whether anyone's region is known.
fn has_regions(pipeline: &Pipeline) -> bool {
    pipeline.by_owner.iter().any(|line| line.region.is_some())
}

/// Bars against the longest.
fn bars(lengths: impl Iterator<Item = i64> + Clone) -> impl Iterator<Item = Cell> {
    let longest = lengths.clone().max().unwrap_or(0).max(1) as f64;
    lengths.map(move |length| Cell::Bar(length.max(0) as f64 / longest))
}

fn weight(figure: &Figure<Deals>) -> i64 {
    match &figure.value {
        Ok(Number::Money(purse)) => purse.weight(),
        _ => 0,
    }
}

/// A count that should be none: with a sign when it is not.
fn warned(figure: &Figure<Deals>, look: &Look<'_>) -> Cell {
    let (text, meaning) = match figure.n {
        0 => ("0".to_owned(), Meaning::Muted),
        n => (format!("! {}", look.locale.count(n)), Meaning::Warn),
    };
    let whole = look.locale.count(figure.n).into();
    Cell::Figure(text.into(), meaning, figure.n as f64, figure.metric, whole)
}

/// What the last band says: older than the longest that ever closed.
fn note(band: &AgeBand, look: &Look<'_>) -> Cell {
    if band.to_days.is_some() || band.from_days == 0 {
        return Cell::plain("");
    }
    let meaning = if band.count.n > 0 { Meaning::Warn } else { Meaning::Muted };
    let sign = if band.count.n > 0 { "! " } else { "" };
    Cell::Text(format!("{sign}{}", look.t("tui-older-note")).into(), meaning)
}
