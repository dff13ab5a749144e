//! `handoff calendar`: when teams are at work, and what is changed about it.

use super::super::args::{Args, CalendarCommand, Format, RulesFormat};
use super::super::output::{Failure, failed, print};
use super::rules::{Held, of_file, wrong};
use crate::analysis::handoff::{CalendarShown, calendars_shown};
use crate::domain::calendar::{Calendar, LeftOut};
use crate::domain::handoff::{Edit, Field, Own, Place, Rules};
use crate::domain::message::Message;
use crate::export;
use crate::i18n::Locale;
use crate::ops::holidays_of;
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
struct Listed<'c> {
    calendars: &'c [CalendarShown],
}

/// What has become of a calendar; nothing where it is gone.
#[derive(Serialize)]
struct Changed<'c> {
    action: i64,
    calendar: Option<&'c CalendarShown>,
    left_out: &'c BTreeMap<LeftOut, usize>,
}

/// Runs a subcommand of `handoff calendar`.
pub fn run(args: &Args, what: &CalendarCommand, locale: &Locale) -> Result<(), Failure> {
    let held = Held::read(args, locale)?;
    let mut left_out = BTreeMap::new();
    let (own, name, format) = match what {
        CalendarCommand::List { format } => return list(&held, *format, locale),
        CalendarCommand::Show { name, format } => return show(&held, name, *format, locale),
        CalendarCommand::Load { file, format } => {
            let calendars = Calendar::read(&of_file(file, locale)?).map_err(|mistake| wrong(locale)(mistake.into()))?;
            let own = Own { calendars, ..held.own.clone() };
            own.checked(&args.home).map_err(wrong(locale))?;
            (own, None, *format)
        }
        one => {
            let (name, edits, format) = edits(args, one, &mut left_out, locale)?;
            (held.edited(args, &edits, locale)?, Some(name), format)
        }
    };
    let action = held.keep(args, &own, locale)?;
    let rules = Rules::new(own.clone(), &args.home).map_err(wrong(locale))?;
    let all = calendars_shown(&rules, &own);
    let one = name.and_then(|name| all.iter().find(|calendar| calendar.key == name));
    print(&match format {
        Format::Text => {
            let done = locale.tell(&Message::new("rules-done").with("action", action));
            let left_out = export::handoff::left_out(&left_out, locale).map(|said| format!("{said}\n"));
            let shown = match one {
                Some(one) => export::handoff::calendar(one, locale),
                None => export::handoff::calendars(&all, locale),
            };
            format!("{done}\n{}{shown}", left_out.unwrap_or_default())
        }
        _ => export::json::object(&Changed { action: action.0, calendar: one, left_out: &left_out }),
    })
}

/// What is changed: the calendar, and how.
fn edits<'c>(
    args: &Args,
    what: &'c CalendarCommand,
    left_out: &mut BTreeMap<LeftOut, usize>,
    locale: &Locale,
) -> Result<(&'c str, Vec<Edit>, Format), Failure> {
    let place = |name: &str| Place::Calendar(name.to_owned());
    let days = |name: &str, field, days: &[String], remove: bool| {
        let sign = if remove { "-" } else { "" };
        vec![Edit::Set(place(name), field, format!("{sign}{}", days.join(",")))]
    };
    Ok(match what {
        CalendarCommand::Set { name, fields, format } => {
            let edit = |(field, value): &(String, String)| Edit::worded(&place(name), field, value);
            let edits = fields.iter().map(edit).collect::<Result<_, _>>().map_err(wrong(locale))?;
            (name, edits, *format)
        }
        CalendarCommand::Copy { from, name, format } => (name, vec![Edit::Copy(from.clone(), name.clone())], *format),
        CalendarCommand::Holiday { days: of } => {
            (&of.name, days(&of.name, Field::Holidays, &of.days, of.remove), of.format)
        }
        CalendarCommand::Workday { days: of } => {
            (&of.name, days(&of.name, Field::Working, &of.days, of.remove), of.format)
        }
        CalendarCommand::Import { name, file, format } => {
            let told = holidays_of(file, args.clock().now().date()).map_err(failed(locale))?;
            *left_out = told.left_out;
            (name, vec![Edit::Days(name.clone(), told.holidays, told.working)], *format)
        }
        CalendarCommand::Delete { name, format } => (name, vec![Edit::Delete(name.clone())], *format),
        CalendarCommand::List { .. } | CalendarCommand::Show { .. } | CalendarCommand::Load { .. } => {
            ("", Vec::new(), Format::Text)
        }
    })
}

fn list(held: &Held, format: RulesFormat, locale: &Locale) -> Result<(), Failure> {
    let all = calendars_shown(&held.rules, &held.own);
    print(&match format {
        RulesFormat::Text => export::handoff::calendars(&all, locale),
        RulesFormat::Json => export::json::object(&Listed { calendars: &all }),
        RulesFormat::Toml => written(&held.own.calendars, locale)?,
    })
}

fn show(held: &Held, name: &str, format: RulesFormat, locale: &Locale) -> Result<(), Failure> {
    let calendar = held.rules.named(name).map_err(wrong(locale))?;
    let all = calendars_shown(&held.rules, &held.own);
    let shown = all.iter().find(|calendar| calendar.key == name);
    print(&match format {
        RulesFormat::Text => shown.map(|shown| export::handoff::calendar(shown, locale)).unwrap_or_default(),
        RulesFormat::Json => shown.map(export::json::object).unwrap_or_default(),
        RulesFormat::Toml => written(std::slice::from_ref(calendar), locale)?,
    })
}

fn written(calendars: &[Calendar], locale: &Locale) -> Result<String, Failure> {
    Calendar::write(calendars).map_err(|mistake| wrong(locale)(mistake.into()))
}
