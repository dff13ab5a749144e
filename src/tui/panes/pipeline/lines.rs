//! The lines of each cut, and the deals behind them.

use crate::analysis::pipeline::{AgeBand, Deals, Pipeline, Tally};
use crate::analysis::selection::widened;
use crate::domain::figure::{Figure, Number};
use crate::domain::matching::{Folded, Query};
use crate::domain::message::Message;
use crate::domain::money::Currency;
use crate::text::Clean;
use crate::tui::drill::Explained;
use crate::tui::look::Look;
use crate::tui::name::Name;
use crate::tui::sheet::Order;
use crate::tui::theme::Meaning;
use crate::tui::widgets::table::{Cell, Column, Shape};
use crate::tui::widgets::tabs::turned;
use std::cmp::Ordering;

/// A way to cut the pipeline into lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Cut {
    /// By stage.
    #[default]
    Stages,
    /// By owner.
    Owners,
    /// By region of the owner.
    Regions,
    /// By quarter of closing.
    Quarters,
    /// By age of the open deals.
    Ageing,
}

impl Cut {
    /// Every cut, in the order of the screen.
    pub const ALL: [Self; 5] = [Self::Stages, Self::Owners, Self::Regions, Self::Quarters, Self::Ageing];

    /// Its name in the local state.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Stages => "stages",
            Self::Owners => "owners",
            Self::Regions => "regions",
            Self::Quarters => "quarters",
            Self::Ageing => "ageing",
        }
    }

    /// The cut of a name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cut| cut.key() == key)
    }

    /// Its name as a table, in the local state.
    pub(super) const fn table(self) -> &'static str {
        match self {
            Self::Stages => "pipeline-stages",
            Self::Owners => "pipeline-owners",
            Self::Regions => "pipeline-regions",
            Self::Quarters => "pipeline-quarters",
            Self::Ageing => "pipeline-ageing",
        }
    }

    /// Key of its title.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Stages => "tui-cut-stages",
            Self::Owners => "tui-cut-owners",
            Self::Regions => "tui-cut-regions",
            Self::Quarters => "tui-cut-quarters",
            Self::Ageing => "tui-cut-ageing",
        }
    }

    /// The cut after this one, the first after the last.
    #[must_use]
    pub fn next(self) -> Self {
        turned(&Self::ALL, self, 1)
    }

    /// The cut before this one, the last before the first.
    #[must_use]
    pub fn previous(self) -> Self {
        turned(&Self::ALL, self, Self::ALL.len() - 1)
    }
}

/// What a line stands for, whatever its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum LineKey {
    Stage(i64),
    Owner(Option<i64>),
    Region(Option<String>),
    Quarter(String),
    Band(i64),
    AgeUnknown,
}

/// A line: what it is, what it is called and which deals stand behind it.
pub(super) struct Line {
    pub(super) key: LineKey,
    pub(super) name: Name,
    pub(super) deals: Deals,
}

/// The lines of a cut, in the order of the screen.
pub(super) fn lines(cut: Cut, pipeline: &Pipeline) -> Vec<Line> {
    let line = |key, name, deals| Line { key, name, deals };
    match cut {
        Cut::Stages => pipeline
            .by_stage
            .iter()
            .map(|stage| line(LineKey::Stage(stage.id), Name::Data(stage.stage.clone()), stage.count.records.clone()))
            .collect(),
        Cut::Owners => pipeline
            .by_owner
            .iter()
            .map(|owner| {
                let name = owner.owner.clone().map_or_else(|| Name::key("tui-no-owner"), Name::Data);
                line(LineKey::Owner(owner.id), name, Deals::default().owner(owner.id))
            })
            .collect(),
        Cut::Regions => pipeline
            .by_region
            .iter()
            .map(|region| {
                let name = region.region.clone().map_or_else(|| Name::key("tui-no-region"), Name::Data);
                line(LineKey::Region(region.region.clone()), name, Deals::default().region(region.region.clone()))
            })
            .collect(),
        Cut::Quarters => pipeline
            .by_close_quarter
            .iter()
            .map(|quarter| {
                let name = Name::Data(quarter.quarter.clone());
                line(LineKey::Quarter(quarter.quarter.clone()), name, quarter.won.records.clone())
            })
            .collect(),
        Cut::Ageing => {
            pipeline
                .ageing
                .bands
                .iter()
                .map(|band| {
                    let name = days(band);
                    line(LineKey::Band(band.from_days), name, band.count.records.clone())
                })
                .chain(age_unknown(pipeline).map(|unknown| {
                    line(LineKey::AgeUnknown, Name::key("pipeline-age-unknown"), unknown.records.clone())
                }))
                .collect()
        }
    }
}

/// From so many days to so many.
fn days(band: &AgeBand) -> Name {
    let from = |key| Message::new(key).with("from", band.from_days);
    Name::Told(match band.to_days {
        Some(to) => from("tui-days-band").with("to", to),
        None => from("tui-days-from"),
    })
}

/// Every figure of a line, and those of the pipeline as a whole.
pub(super) fn explained(key: &LineKey, pipeline: &Pipeline) -> Vec<Explained> {
    let figures: Vec<&Figure<Deals>> = match key {
        LineKey::Stage(id) => {
            let line = pipeline.by_stage.iter().find(|line| line.id == *id);
            line.into_iter()
                .flat_map(|line| [&line.count, &line.amount, &line.median_age_days, &line.older_than_any_closed])
                .collect()
        }
        LineKey::Owner(id) => {
            let line = pipeline.by_owner.iter().find(|line| line.id == *id);
            line.into_iter().flat_map(|line| line.tally.figures()).collect()
        }
        LineKey::Region(region) => {
            let line = pipeline.by_region.iter().find(|line| line.region == *region);
            line.into_iter().flat_map(|line| line.tally.figures()).collect()
        }
        LineKey::Quarter(quarter) => {
            let line = pipeline.by_close_quarter.iter().find(|line| line.quarter == *quarter);
            line.into_iter().flat_map(|line| [&line.won, &line.won_amount]).collect()
        }
        LineKey::Band(from) => {
            let band = pipeline.ageing.bands.iter().find(|band| band.from_days == *from);
            band.into_iter().flat_map(|band| [&band.count, &band.amount]).collect()
        }
        LineKey::AgeUnknown => vec![&pipeline.ageing.age_unknown],
    };
    let whole = pipeline.totals();
    let of = |figure: &Figure<Deals>| Explained::plain(String::new(), widened(figure));
    let whole = whole.into_iter().map(|figure| Explained { whole: true, ..of(figure) });
    figures.into_iter().map(of).chain(whole).collect()
}

/// The one currency of all amounts, if there is only one.
pub(super) fn home(pipeline: &Pipeline) -> Option<Currency> {
    let sums = [&pipeline.won_amount.value, &pipeline.open_amount.value];
    let mut currencies: Vec<Currency> = sums
        .into_iter()
        .filter_map(|value| match value {
            Ok(Number::Money(purse)) => Some(purse.sums().map(|money| money.currency)),
            _ => None,
        })
        .flatten()
        .collect();
    currencies.sort_unstable();
    currencies.dedup();
    match currencies.as_slice() {
        [only] => Some(*only),
        _ => None,
    }
}

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
        Cut::Stages => vec![
            bar("tui-column-deals-bar"),
            number("tui-column-deals", 0),
            amount("tui-column-amount", 0),
            number("tui-column-median-age", 2),
            number("tui-column-older", 1),
        ],
        Cut::Owners => {
            let region = has_regions(pipeline).then(|| named("tui-column-region", Shape::Name, 6));
            region.into_iter().chain(tally()).collect()
        }
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

impl Cut {
    /// Key of the title of its first column.
    const fn column(self) -> &'static str {
        match self {
            Self::Stages => "tui-column-stage",
            Self::Owners => "tui-column-owner",
            Self::Regions => "tui-column-region",
            Self::Quarters => "tui-column-quarter",
            Self::Ageing => "tui-column-age",
        }
    }
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
        Cut::Owners | Cut::Regions | Cut::Quarters => Cell::plain(line.name.words(look)),
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
                vec![bar, figure(&line.count), figure(&line.amount), figure(&line.median_age_days), older]
            });
            cells.collect()
        }
        Cut::Owners => pipeline
            .by_owner
            .iter()
            .map(|line| {
                let region = line.region.clone().unwrap_or_default();
                let region = has_regions.then(|| Cell::plain(region));
                region.into_iter().chain(tally(&line.tally, &figure)).collect()
            })
            .collect(),
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

/// Open deals that are in no band, if there are any.
fn age_unknown(pipeline: &Pipeline) -> impl Iterator<Item = &Figure<Deals>> {
    std::iter::once(&pipeline.ageing.age_unknown).filter(|figure| figure.n > 0)
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
