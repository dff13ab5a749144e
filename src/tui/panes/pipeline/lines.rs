//! The lines of each cut, and the deals behind them.

use super::cut::Cut;
use crate::analysis::pipeline::{AgeBand, DealLine, Deals, OwnerLine, Pipeline, StageLine};
use crate::analysis::selection::widened;
use crate::domain::figure::{Figure, Withheld};
use crate::domain::message::Message;
use crate::tui::drill::Explained;
use crate::tui::name::Name;

/// What a line stands for, whatever its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum LineKey {
    Stage(i64),
    Owner(Option<i64>),
    Region(Option<String>),
    Deal(i64),
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
                line(LineKey::Owner(owner.id), name, owner.tally.open.records.clone().any_outcome())
            })
            .collect(),
        Cut::Stalled | Cut::Pushed => deals(cut, pipeline)
            .iter()
            .map(|deal| line(LineKey::Deal(deal.id), Name::Data(deal.deal.clone()), deal.amount.records.clone()))
            .collect(),
        Cut::Regions => pipeline
            .by_region
            .iter()
            .map(|region| {
                let name = region.region.clone().map_or_else(|| Name::key("tui-no-region"), Name::Data);
                line(LineKey::Region(region.region.clone()), name, region.tally.open.records.clone().any_outcome())
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

/// The deals that a cut tells one by one.
pub(super) fn deals(cut: Cut, pipeline: &Pipeline) -> &[DealLine] {
    match cut {
        Cut::Pushed => &pipeline.pushed.deals,
        Cut::Stalled => &pipeline.stalled.deals,
        _ => &[],
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
pub(super) fn explained(cut: Cut, key: &LineKey, pipeline: &Pipeline) -> Vec<Explained> {
    let figures: Vec<&Figure<Deals>> = match key {
        LineKey::Stage(id) => {
            let line = pipeline.by_stage.iter().find(|line| line.id == *id);
            line.into_iter().flat_map(StageLine::figures).collect()
        }
        LineKey::Owner(id) => {
            let line = pipeline.by_owner.iter().find(|line| line.id == *id);
            line.into_iter().flat_map(OwnerLine::figures).collect()
        }
        LineKey::Deal(id) => {
            let line = deals(cut, pipeline).iter().find(|line| line.id == *id);
            line.into_iter().flat_map(DealLine::figures).collect()
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
    let of = |figure: &Figure<Deals>| Explained::plain(String::new(), widened(figure));
    let own = figures.into_iter().filter(|figure| figure.value != Err(Withheld::NotApplicable)).map(of);
    let whole = pipeline.told().into_iter().map(|told| Explained {
        measures: told.measures,
        whole: true,
        ..Explained::plain(told.days, widened(told.figure))
    });
    own.chain(whole).collect()
}

/// Open deals that are in no band, if there are any.
pub(super) fn age_unknown(pipeline: &Pipeline) -> impl Iterator<Item = &Figure<Deals>> {
    std::iter::once(&pipeline.ageing.age_unknown).filter(|figure| figure.n > 0)
}
