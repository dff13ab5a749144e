//! The definitions of a funnel's stages, the lead-to-cash map, with the days that are measured beside
//! those that are expected.

use crate::analysis::funnel::Flow;
use crate::domain::figure::{Figure, Withheld};
use crate::domain::funnel::{Bilingual, Event, Funnel, Stage};
use crate::domain::period::Period;
use crate::domain::time::Instant;
use serde::Serialize;

/// The stages of a funnel as they are defined.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StageMap {
    /// Key of the funnel.
    pub funnel: String,
    /// Its name.
    pub name: Bilingual,
    /// The version of its definitions.
    pub version: u32,
    /// The period whose entrants the days are measured of.
    pub period: Period,
    /// Whether it is still running.
    pub running: bool,
    /// What happened later is not known yet.
    pub as_of: Instant,
    /// First to last.
    pub stages: Vec<Definition>,
}

/// The definition of a stage.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Definition {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: Bilingual,
    /// The name where room is short.
    #[serde(skip)]
    pub short: Bilingual,
    /// Whether it may be skipped.
    pub optional: bool,
    /// The role that owns records in it.
    pub owner: Bilingual,
    /// What must be so to enter it.
    pub entry: Bilingual,
    /// What must be so to leave it.
    pub exit: Bilingual,
    /// Fields that a record in it should have; of each list one.
    pub required: Vec<Vec<String>>,
    /// Days that a record is expected to stay.
    pub expected_days: i64,
    /// The median of the days that records stay.
    pub median_days: Figure<()>,
    /// How many records that was measured of.
    pub n: u64,
    /// Keys of the events that enter it.
    pub events: Vec<&'static str>,
    /// Key of the event that must have happened too.
    pub confirmed_by: Option<&'static str>,
    /// Spellings in a stage history.
    pub names: Vec<String>,
    /// Whether anything in the data has ever entered it.
    pub recorded: bool,
}

/// The stages of a funnel, with the days that its flow has measured.
#[must_use]
pub fn stages(funnel: &Funnel, flow: &Flow) -> StageMap {
    StageMap {
        funnel: funnel.key.clone(),
        name: funnel.name.clone(),
        version: funnel.version,
        period: flow.period,
        running: flow.running,
        as_of: flow.as_of,
        stages: funnel.stage.iter().map(|stage| definition(stage, flow)).collect(),
    }
}

fn definition(stage: &Stage, flow: &Flow) -> Definition {
    let measured = flow.stages.iter().find(|measured| measured.key == stage.key).map(|stage| &stage.median_days);
    let (value, n) = measured.map_or((Err(Withheld::NoRecords), 0), |days| (days.value.clone(), days.n));
    Definition {
        key: stage.key.clone(),
        name: stage.name.clone(),
        short: stage.short.as_ref().unwrap_or(&stage.name).clone(),
        optional: stage.optional,
        owner: stage.owner.clone(),
        entry: stage.entry.clone(),
        exit: stage.exit.clone(),
        required: stage.required.iter().map(|one| one.split('|').map(str::to_owned).collect()).collect(),
        expected_days: stage.expected_days,
        median_days: Figure { metric: "funnel_days_median", value, n, records: () },
        n,
        events: stage.events.iter().map(|event| event.key()).collect(),
        confirmed_by: stage.confirmed_by.map(Event::key),
        names: stage.names.clone(),
        recorded: !flow.not_recorded.contains(&stage.key),
    }
}
