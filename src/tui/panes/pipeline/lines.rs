//! The lines of each view, and the deals behind them.

use crate::analysis::pipeline::{AgeBand, Deals, Pipeline, Tally};
use crate::domain::figure::{Figure, Number};
use crate::domain::message::Message;
use crate::domain::money::Currency;
use crate::i18n::Amounts;
use crate::text::Clean;
use crate::tui::look::Look;
use crate::tui::theme::Meaning;
use crate::tui::widgets::table::{Cell, Column, Shape};

/// A way to cut the pipeline into lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum View {
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

impl View {
    /// Every view, in the order of the screen.
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

    /// The view of a name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.key() == key)
    }

    /// Key of its title.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Stages => "tui-view-stages",
            Self::Owners => "tui-view-owners",
            Self::Regions => "tui-view-regions",
            Self::Quarters => "tui-view-quarters",
            Self::Ageing => "tui-view-ageing",
        }
    }

    /// The view after this one, the first after the last.
    #[must_use]
    pub fn next(self) -> Self {
        self.turn(1)
    }

    /// The view before this one, the last before the first.
    #[must_use]
    pub fn previous(self) -> Self {
        self.turn(Self::ALL.len() - 1)
    }

    fn turn(self, by: usize) -> Self {
        let at = Self::ALL.iter().position(|view| *view == self).unwrap_or(0);
        Self::ALL.into_iter().cycle().nth(at + by).unwrap_or(self)
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

/// What a line is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Name {
    /// As the data calls it.
    Data(String),
    /// Deals without an owner.
    NoOwner,
    /// Deals without a region.
    NoRegion,
    /// From so many days to so many.
    Days(i64, Option<i64>),
    /// Creation is not known.
    AgeUnknown,
}

impl Name {
    pub(super) fn words(&self, look: &Look<'_>) -> Clean {
        match self {
            Self::Data(name) => name.as_str().into(),
            Self::NoOwner => look.t("tui-no-owner"),
            Self::NoRegion => look.t("tui-no-region"),
            Self::Days(from, Some(to)) => {
                look.locale.tell(&Message::new("tui-days-band").with("from", from).with("to", to)).into()
            }
            Self::AgeUnknown => look.t("pipeline-age-unknown"),
            Self::Days(from, None) => look.locale.tell(&Message::new("tui-days-from").with("from", from)).into(),
        }
    }
}

/// A line: what it is, what it is called and which deals stand behind it.
pub(super) struct Line {
    pub(super) key: LineKey,
    pub(super) name: Name,
    pub(super) deals: Deals,
}

/// The lines of a view, in the order of the screen.
pub(super) fn lines(view: View, pipeline: &Pipeline) -> Vec<Line> {
    let line = |key, name, deals| Line { key, name, deals };
    match view {
        View::Stages => pipeline
            .by_stage
            .iter()
            .map(|stage| line(LineKey::Stage(stage.id), Name::Data(stage.stage.clone()), stage.count.records.clone()))
            .collect(),
        View::Owners => pipeline
            .by_owner
            .iter()
            .map(|owner| {
                let name = owner.owner.clone().map_or(Name::NoOwner, Name::Data);
                line(LineKey::Owner(owner.id), name, Deals::default().owner(owner.id))
            })
            .collect(),
        View::Regions => pipeline
            .by_region
            .iter()
            .map(|region| {
                let name = region.region.clone().map_or(Name::NoRegion, Name::Data);
                line(LineKey::Region(region.region.clone()), name, Deals::default().region(region.region.clone()))
            })
            .collect(),
        View::Quarters => pipeline
            .by_close_quarter
            .iter()
            .map(|quarter| {
                let name = Name::Data(quarter.quarter.clone());
                line(LineKey::Quarter(quarter.quarter.clone()), name, quarter.won.records.clone())
            })
            .collect(),
        View::Ageing => pipeline
            .ageing
            .bands
            .iter()
            .map(|band| {
                let name = Name::Days(band.from_days, band.to_days);
                line(LineKey::Band(band.from_days), name, band.count.records.clone())
            })
            .chain(
                age_unknown(pipeline)
                    .map(|unknown| line(LineKey::AgeUnknown, Name::AgeUnknown, unknown.records.clone())),
            )
            .collect(),
    }
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

/// Titles of the columns of a view.
pub(super) fn columns(view: View, look: &Look<'_>, home: Option<Currency>) -> Vec<Column> {
    let named = |key: &str, shape, expendable| Column { title: look.t(key), shape, expendable };
    let amount = |key: &str, expendable| {
        let title = look.t(key);
        let title = home.map_or(title.clone(), |currency| format!("{title} {currency}").into());
        Column { title, shape: Shape::Number, expendable }
    };
    let number = |key: &str, expendable| named(key, Shape::Number, expendable);
    let bar = Column { title: Clean::default(), shape: Shape::Bar, expendable: 9 };
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
    let mut columns = vec![named(view.column(), Shape::Name, 0)];
    columns.extend(match view {
        View::Stages => vec![
            number("tui-column-deals", 0),
            bar,
            amount("tui-column-amount", 0),
            number("tui-column-median-age", 2),
            number("tui-column-older", 1),
        ],
        View::Owners => std::iter::once(named("tui-column-region", Shape::Name, 6)).chain(tally()).collect(),
        View::Regions => tally(),
        View::Quarters => vec![number("tui-column-won", 0), amount("tui-column-won-amount", 0), bar],
        View::Ageing => {
            vec![
                number("tui-column-deals", 0),
                bar,
                amount("tui-column-amount", 0),
                Column { title: Clean::default(), shape: Shape::Name, expendable: 1 },
            ]
        }
    });
    columns
}

impl View {
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

/// Cells of every line of a view.
pub(super) fn cells(view: View, look: &Look<'_>, pipeline: &Pipeline) -> Vec<Vec<Cell>> {
    let home = home(pipeline);
    let figure = |figure: &Figure<Deals>| Cell::plain(look.locale.figure(figure, home, Amounts::Compact));
    let names = lines(view, pipeline).into_iter().map(|line| Cell::plain(line.name.words(look)));
    let rest: Vec<Vec<Cell>> = match view {
        View::Stages => {
            let bar = bars(pipeline.by_stage.iter().map(|line| line.count.n as i64));
            let cells = pipeline.by_stage.iter().zip(bar).map(|(line, bar)| {
                let older = warned(&line.older_than_any_closed, look);
                vec![figure(&line.count), bar, figure(&line.amount), figure(&line.median_age_days), older]
            });
            cells.collect()
        }
        View::Owners => pipeline
            .by_owner
            .iter()
            .map(|line| {
                let region = line.region.clone().unwrap_or_default();
                std::iter::once(Cell::plain(region)).chain(tally(&line.tally, &figure)).collect()
            })
            .collect(),
        View::Regions => pipeline.by_region.iter().map(|line| tally(&line.tally, &figure)).collect(),
        View::Quarters => {
            let bar = bars(pipeline.by_close_quarter.iter().map(|line| weight(&line.won_amount)));
            let lines = pipeline.by_close_quarter.iter().zip(bar);
            lines.map(|(line, bar)| vec![figure(&line.won), figure(&line.won_amount), bar]).collect()
        }
        View::Ageing => {
            let bands = &pipeline.ageing.bands;
            let bar = bars(bands.iter().map(|band| band.count.n as i64));
            let note = |band: &AgeBand| note(band, look);
            let lines = bands.iter().zip(bar);
            let lines = lines.map(|(band, bar)| vec![figure(&band.count), bar, figure(&band.amount), note(band)]);
            let unknown = age_unknown(pipeline)
                .map(|count| vec![figure(count), Cell::Bar(0.0), Cell::plain(""), Cell::plain("")]);
            lines.chain(unknown).collect()
        }
    };
    names.zip(rest).map(|(name, rest)| std::iter::once(name).chain(rest).collect()).collect()
}

fn tally(tally: &Tally, figure: &impl Fn(&Figure<Deals>) -> Cell) -> Vec<Cell> {
    let Tally { open, open_amount, won, won_amount, win_rate, median_days_to_close, .. } = tally;
    [open, open_amount, won, won_amount, win_rate, median_days_to_close].into_iter().map(figure).collect()
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
    match figure.n {
        0 => Cell::Text("0".into(), Meaning::Muted),
        n => Cell::Text(format!("! {}", look.locale.count(n)).into(), Meaning::Warn),
    }
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
