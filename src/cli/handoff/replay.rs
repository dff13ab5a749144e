//! `handoff replay`: other rules, tried on the past; nothing is written.

use super::super::args::{Args, Format, ReplayArgs};
use super::super::output::{Failure, failed, print};
use super::super::show::{reader, unread};
use super::rules::{Held, wrong};
use crate::analysis::handoff::{Board, Handoffs, Item, replay};
use crate::domain::handoff::Rules;
use crate::domain::message::{Message, Tell};
use crate::domain::period::Period;
use crate::domain::time::Instant;
use crate::domain::value::Id;
use crate::export;
use crate::i18n::Locale;

/// Judges the hand-offs of a period, or all of them, under the rules that hold and under the others.
pub fn run(args: &Args, request: &ReplayArgs, locale: &Locale) -> Result<(), Failure> {
    if request.words.is_empty() && request.calendar.is_none() {
        return Err(Failure::usage(&Message::new("usage-replay"), locale));
    }
    let held = Held::read(args, locale)?;
    let own = held.edited(args, &held.edits(&request.words, locale)?, locale)?;
    let mut rules = Rules::new(own, &args.home).map_err(wrong(locale))?;
    if let Some(calendar) = &request.calendar {
        rules = rules.by_calendar(calendar).map_err(|mistake| Failure::usage(&mistake.tell(), locale))?;
    }
    let period = |text: &String| Period::parse(text, args.fiscal).ok_or_else(|| unread(text, locale));
    let window = request.period.as_ref().map(period).transpose()?.map(|period| period.window());
    let began = window.map(|window| (Instant(window.from), Instant(window.to)));
    let now = args.clock().now();
    let before = Board::new(&held.facts, held.rules, &args.funnels, now);
    let after = Board::new(&held.facts, rules, &args.funnels, now);
    let mut told = replay(&before, &after, &Handoffs { began, ..Handoffs::default() });
    let items: Vec<&Item> = told.items.iter().map(|changed| &changed.item).collect();
    let names = reader(args, locale)?.handoff_names(&after, &items).map_err(failed(locale))?;
    for changed in &mut told.items {
        let called = names.get(&Id(changed.item.raised.record));
        changed.subject = called.map(|called| called.name.clone()).unwrap_or_default();
    }
    print(&match request.format {
        Format::Text => export::handoff::replay(&told, locale),
        Format::Json => export::json::object(&told),
        Format::Csv => export::handoff::replay_csv(&told),
    })
}
