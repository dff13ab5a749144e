//! `handoff`: what waits, and what is done with it.

mod calendar;
mod desk;
mod replay;
mod rules;

use super::args::{Args, Format, HandoffCommand, TouchKind};
use super::output::{Failure, failed, print};
use super::show::reader;
use crate::analysis::handoff::{Board, Item, Listed, Slice, queued};
use crate::domain::facts::Facts;
use crate::domain::handoff::Rules;
use crate::domain::message::{Message, Tell};
use crate::domain::object::TOUCH_KINDS;
use crate::export;
use crate::i18n::Locale;
use crate::ops::Deed;
use desk::Desk;
use serde::Serialize;

/// Runs a subcommand of `handoff`.
pub fn run(args: &Args, what: &HandoffCommand, locale: &Locale) -> Result<(), Failure> {
    let desk = || Desk::open(args, locale);
    match what {
        HandoffCommand::List { queue, calendar, format } => {
            list(args, queue.as_deref(), calendar.as_deref(), *format, locale)
        }
        HandoffCommand::Claim { deed } => desk()?.claim(deed),
        HandoffCommand::Assign { auto: true, by, .. } => desk()?.route(by),
        HandoffCommand::Assign { ids, by, to, .. } => {
            let mut desk = desk()?;
            let to = to.as_deref().map(|to| desk.member(to)).transpose()?;
            desk.done(ids, by, &Deed::Assign(to))
        }
        HandoffCommand::Touch { deed, kind, outcome } => {
            let code = TOUCH_KINDS.iter().position(|word| *word == TouchKind::key(*kind)).unwrap_or_default();
            let code = i64::try_from(code).unwrap_or_default();
            desk()?.done(&deed.ids, &deed.by, &Deed::Touch(code, outcome.clone()))
        }
        HandoffCommand::Accept { deed } => desk()?.done(&deed.ids, &deed.by, &Deed::Accept),
        HandoffCommand::Return { deed, reason } => desk()?.done(&deed.ids, &deed.by, &Deed::Return(reason.clone())),
        HandoffCommand::Pause { deed, reason } => desk()?.done(&deed.ids, &deed.by, &Deed::Pause(reason.clone())),
        HandoffCommand::Resume { deed } => desk()?.done(&deed.ids, &deed.by, &Deed::Resume),
        HandoffCommand::Next { deed, on } => desk()?.done(&deed.ids, &deed.by, &Deed::NextTouch(*on)),
        HandoffCommand::Kickoff { deed, on } => desk()?.done(&deed.ids, &deed.by, &Deed::Kickoff(*on)),
        HandoffCommand::Form { deed, form, accept, send_back } => {
            let what = match (send_back, accept) {
                (Some(reason), _) => Deed::SendBack(reason.clone()),
                (None, true) => Deed::AcceptForm,
                (None, false) => Deed::Form(serde_json::to_string(form).unwrap_or_default()),
            };
            desk()?.done(&deed.ids, &deed.by, &what)
        }
        HandoffCommand::Rules { what, format } => rules::run(args, what.as_ref(), *format, locale),
        HandoffCommand::Calendar { what } => calendar::run(args, what, locale),
        HandoffCommand::Replay(request) => replay::run(args, request, locale),
    }
}

/// The hand-offs of a store, judged now.
pub(super) fn board(args: &Args, facts: &Facts, calendar: Option<&str>, locale: &Locale) -> Result<Board, Failure> {
    let told = |mistake: crate::domain::handoff::Mistake| Failure::input(&mistake.tell(), locale);
    let mut rules = Rules::of(facts, &args.home).map_err(told)?;
    if let Some(calendar) = calendar {
        let unknown = |mistake: crate::domain::handoff::Mistake| Failure::usage(&mistake.tell(), locale);
        rules = rules.by_calendar(calendar).map_err(unknown)?;
    }
    Ok(Board::new(facts, rules, &args.funnels, args.clock().now()))
}

#[derive(Serialize)]
struct Queue {
    items: Vec<Listed>,
}

fn list(
    args: &Args,
    queue: Option<&str>,
    calendar: Option<&str>,
    format: Format,
    locale: &Locale,
) -> Result<(), Failure> {
    let mut reader = reader(args, locale)?;
    let facts = reader.facts().map_err(failed(locale))?;
    let board = board(args, &facts, calendar, locale)?;
    let (slice, items) = match queue {
        Some(queue) => asked(&board, queue).ok_or_else(|| unknown(&board, queue, locale))?,
        None => (None, board.queue().into_iter().cloned().collect()),
    };
    let items: Vec<&Item> = items.iter().collect();
    let names = reader.handoff_names(&board, &items).map_err(failed(locale))?;
    let listed = board.listed(&items, &facts, &names);
    print(&match format {
        Format::Text => export::handoff::list(&listed.iter().collect::<Vec<_>>(), slice, locale),
        Format::Csv => export::handoff::csv(&listed),
        Format::Json => export::json::object(&Queue { items: listed }),
    })
}

/// The hand-offs of a queue: of a kind or a policy, everything that waits; of the others, what the program shows there.
fn asked(board: &Board, queue: &str) -> Option<(Option<Slice>, Vec<Item>)> {
    let (of, under) = queue.split_once('/').map_or((queue, None), |(kind, policy)| (kind, Some(policy)));
    let kind = board.rules.kinds.iter().find(|kind| kind.key == of || kind.code == of);
    let policy = |item: &&Item| board.policy(item).map(|policy| policy.key.as_str());
    if let Some(kind) = kind.filter(|kind| under.is_none_or(|under| kind.policies.iter().any(|p| p.key == under))) {
        let is_of = |item: &&Item| board.kind(&item.raised) == Some(kind) && (under.is_none() || policy(item) == under);
        return Some((None, board.queue().into_iter().filter(is_of).cloned().collect()));
    }
    let word = kind.zip(under).map_or_else(|| queue.to_owned(), |(kind, under)| format!("{}/{under}", kind.code));
    let slice = board.slices().into_iter().find(|slice| board.word(*slice) == word)?;
    let inside = queued(board).into_iter().filter(|(item, due)| board.is_in(item, *due, slice));
    let mut items: Vec<Item> = inside.map(|(item, _)| item).collect();
    items.sort_by_key(|item| board.rank(item, slice));
    Some((Some(slice), items))
}

fn unknown(board: &Board, queue: &str, locale: &Locale) -> Failure {
    let kinds = board.rules.kinds.iter().map(|kind| kind.code.clone());
    let words = board.slices().into_iter().map(|slice| board.word(slice));
    let known: Vec<String> = kinds.chain(words).collect();
    let message = Message::new("usage-queue").with("word", queue).with("known", known.join(", "));
    Failure::usage(&message, locale)
}
