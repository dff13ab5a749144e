//! `ssot`: who decides, who contradicts, and another choice.

use super::args::{Args, Format, SsotCommand};
use super::output::{Failure, failed, print};
use super::show::reader;
use crate::domain::object::Object;
use crate::export;
use crate::export::plain::Plain;
use crate::export::ssot::{Chosen, ConflictLine, Conflicts, FieldCount, Master, Override, Ssot, System, VoiceLine};
use crate::i18n::Locale;
use crate::ops::{Choice, Contested, Reader, Session, object_word};
use std::collections::{BTreeMap, BTreeSet};

/// The objects that are shown whether anybody chose a master or not.
const MASTERED: [Object; 5] = [Object::Account, Object::Person, Object::Opportunity, Object::Product, Object::Member];

/// Runs `ssot` or one of its subcommands.
pub fn run(args: &Args, what: Option<&SsotCommand>, format: Format, locale: &Locale) -> Result<(), Failure> {
    match what {
        None => list(args, format, locale),
        Some(SsotCommand::Conflicts { format }) => conflicts(args, *format, locale),
        Some(SsotCommand::Set { of, system, reason, dry_run, format }) => {
            let choice = (of.as_str(), Some(system.as_str()), reason.as_deref());
            choose(args, choice, *dry_run, *format, locale)
        }
        Some(SsotCommand::Clear { of, dry_run, format }) => choose(args, (of, None, None), *dry_run, *format, locale),
    }
}

fn list(args: &Args, format: Format, locale: &Locale) -> Result<(), Failure> {
    let ssot = standings(&mut reader(args, locale)?).map_err(failed(locale))?;
    print(&match format {
        Format::Json => export::json::object(&ssot),
        Format::Text | Format::Csv => export::ssot::text(&ssot, locale),
    })
}

fn standings(reader: &mut Reader) -> crate::ops::Result<Ssot> {
    let mut found = reader.standings()?;
    let mut conflicts: BTreeMap<Object, usize> = BTreeMap::new();
    for contested in reader.conflicts()?.0 {
        *conflicts.entry(contested.row.object).or_default() += contested.conflicts.len();
    }
    let further: BTreeSet<Object> =
        found.precedence.iter().map(|entry| entry.object).chain(conflicts.keys().copied()).collect();
    let further = further.into_iter().filter(|object| !MASTERED.contains(object));
    let objects = MASTERED.into_iter().chain(further).map(|object| {
        let of_object = || found.precedence.iter().filter(|entry| entry.object == object);
        let master = of_object().find(|entry| entry.field.is_none());
        let overrides = of_object().filter_map(|entry| {
            Some(Override {
                field: entry.field.clone()?,
                system: entry.system.clone(),
                reason: entry.reason.clone(),
                by: entry.actor.clone(),
                at: entry.at,
            })
        });
        let overrides = overrides.collect();
        let systems = found.systems.remove(&object).unwrap_or_default().into_iter();
        Master {
            object: object_word(object),
            words: object.key(),
            master: master.map(|entry| entry.system.clone()),
            reason: master.and_then(|entry| entry.reason.clone()),
            by: master.map(|entry| entry.actor.clone()),
            at: master.map(|entry| entry.at),
            overrides,
            systems: systems.map(|(system, records)| System { system, records }).collect(),
            conflicts: conflicts.get(&object).copied().unwrap_or_default(),
        }
    });
    Ok(Ssot { objects: objects.collect() })
}

type Asked<'a> = (&'a str, Option<&'a str>, Option<&'a str>);

fn choose(
    args: &Args,
    (of, system, reason): Asked<'_>,
    dry_run: bool,
    format: Format,
    locale: &Locale,
) -> Result<(), Failure> {
    let choice = Choice::read(&mut reader(args, locale)?, of, system, reason).map_err(failed(locale))?;
    let mut session = Session::open(args.setup()).map_err(failed(locale))?;
    let found = session.choose_master(&choice, dry_run).map_err(failed(locale))?;
    let chosen = Chosen {
        object: object_word(choice.object),
        words: choice.object.key(),
        field: choice.field,
        system: choice.system,
        dry_run,
        records: found.records,
        values: found.values(),
        fields: found.fields.iter().map(|(field, values)| FieldCount { field, values: *values }).collect(),
        action: found.action.map(|action| action.0),
    };
    print(&match format {
        Format::Json => export::json::object(&chosen),
        Format::Text | Format::Csv => export::ssot::chosen(&chosen, locale),
    })
}

fn conflicts(args: &Args, format: Format, locale: &Locale) -> Result<(), Failure> {
    let mut reader = reader(args, locale)?;
    let home = reader.info().map_err(failed(locale))?.currency;
    let (found, names) = reader.conflicts().map_err(failed(locale))?;
    let plain = Plain { home, names: &names };
    let lines = found.iter().flat_map(|contested| lines(contested, &plain)).collect();
    let found = Conflicts { conflicts: lines };
    print(&match format {
        Format::Json => export::json::object(&found),
        Format::Csv => export::ssot::conflicts_csv(&found),
        Format::Text => export::ssot::conflicts(&found, locale),
    })
}

fn lines(contested: &Contested, plain: &Plain<'_>) -> Vec<ConflictLine> {
    let Contested { row, called, conflicts } = contested;
    let id = called.first().map_or_else(|| format!("#{}", row.id), |(_, id)| id.clone());
    let name = row.get(row.object.name_field()).text().unwrap_or(&id).to_owned();
    let line = |conflict: &crate::domain::conflict::Conflict| ConflictLine {
        object: object_word(row.object),
        id: id.clone(),
        name: name.clone(),
        field: conflict.field.key,
        value: plain.of(row, conflict.field, &conflict.value),
        system: conflict.system.clone(),
        why: conflict.why.key(),
        values: conflict
            .voices
            .iter()
            .map(|voice| VoiceLine {
                system: voice.system.clone(),
                value: plain.of(row, conflict.field, &voice.value),
                since: voice.since,
            })
            .collect(),
    };
    conflicts.iter().map(line).collect()
}
