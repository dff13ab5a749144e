//! `handoff`: what waits, and what is done with it.

mod calendar;
mod replay;
mod rules;

use super::args::{Args, DeedArgs, Format, HandoffCommand, TouchKind};
use super::output::{Failure, failed, print};
use super::show::reader;
use crate::analysis::handoff::{Board, Item, Listed};
use crate::domain::facts::Facts;
use crate::domain::fold::fold;
use crate::domain::handoff::Rules;
use crate::domain::message::{Message, Tell};
use crate::domain::object::TOUCH_KINDS;
use crate::domain::spelling::nearest;
use crate::domain::value::Id;
use crate::export;
use crate::i18n::Locale;
use crate::ops::{Deed, Session, Task};
use serde::Serialize;

/// Runs a subcommand of `handoff`.
pub fn run(args: &Args, what: &HandoffCommand, locale: &Locale) -> Result<(), Failure> {
    match what {
        HandoffCommand::List { queue, calendar, format } => {
            list(args, queue.as_deref(), calendar.as_deref(), *format, locale)
        }
        HandoffCommand::Claim { deed } => {
            done(args, deed, locale, &|by| by.map(Deed::Claim).ok_or_else(|| who(locale)))
        }
        HandoffCommand::Assign { deed, to } => {
            let facts = facts(args, locale)?;
            let to = to.as_deref().map(|to| member(&facts, to, locale)).transpose()?;
            done(args, deed, locale, &|_| Ok(Deed::Assign(to)))
        }
        HandoffCommand::Touch { deed, kind, outcome } => {
            let code = TOUCH_KINDS.iter().position(|word| *word == TouchKind::key(*kind)).unwrap_or_default();
            done(args, deed, locale, &|_| Ok(Deed::Touch(i64::try_from(code).unwrap_or_default(), outcome.clone())))
        }
        HandoffCommand::Accept { deed } => done(args, deed, locale, &|_| Ok(Deed::Accept)),
        HandoffCommand::Return { deed, reason } => done(args, deed, locale, &|_| Ok(Deed::Return(reason.clone()))),
        HandoffCommand::Pause { deed, reason } => done(args, deed, locale, &|_| Ok(Deed::Pause(reason.clone()))),
        HandoffCommand::Resume { deed } => done(args, deed, locale, &|_| Ok(Deed::Resume)),
        HandoffCommand::Next { deed, on } => done(args, deed, locale, &|_| Ok(Deed::NextTouch(*on))),
        HandoffCommand::Kickoff { deed, on } => done(args, deed, locale, &|_| Ok(Deed::Kickoff(*on))),
        HandoffCommand::Form { deed, form, accept, send_back } => done(args, deed, locale, &|_| {
            Ok(match (send_back, accept) {
                (Some(reason), _) => Deed::SendBack(reason.clone()),
                (None, true) => Deed::AcceptForm,
                (None, false) => Deed::Form(serde_json::to_string(form).unwrap_or_default()),
            })
        }),
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
    let is_of = |item: &&Item| {
        let kind = board.kind(&item.raised);
        let policy = board.policy(item).map(|policy| policy.key.as_str());
        queue.is_none_or(|queue| {
            let (wanted, under) = queue.split_once('/').map_or((queue, None), |(kind, policy)| (kind, Some(policy)));
            let of_kind = kind.is_some_and(|kind| kind.key == wanted || kind.code == wanted);
            of_kind && under.is_none_or(|under| policy == Some(under))
        })
    };
    let known = || board.rules.kinds.iter().map(|kind| kind.key.as_str()).collect::<Vec<_>>().join(", ");
    let exists = |queue: &str| {
        let kind = queue.split('/').next().unwrap_or_default();
        board.rules.kinds.iter().any(|known| known.key == kind || known.code == kind)
    };
    if let Some(queue) = queue.filter(|queue| !exists(queue)) {
        let message = Message::new("usage-queue").with("word", queue).with("known", known());
        return Err(Failure::usage(&message, locale));
    }
    let items: Vec<&Item> = board.queue().into_iter().filter(is_of).collect();
    let names = reader.handoff_names(&board, &items).map_err(failed(locale))?;
    let listed = board.listed(&items, &facts, &names);
    print(&match format {
        Format::Text => export::handoff::list(&listed.iter().collect::<Vec<_>>(), locale),
        _ => export::json::object(&Queue { items: listed }),
    })
}

fn facts(args: &Args, locale: &Locale) -> Result<Facts, Failure> {
    reader(args, locale)?.facts().map_err(failed(locale))
}

fn who(locale: &Locale) -> Failure {
    Failure::usage(&Message::new("usage-as-whom"), locale)
}

/// The member of the team of this name.
fn member(facts: &Facts, name: &str, locale: &Locale) -> Result<Id, Failure> {
    let folded = fold(name);
    let found: Vec<i64> =
        facts.members.iter().filter(|(_, member)| fold(&member.name) == folded).map(|(&id, _)| id).collect();
    match found.as_slice() {
        [id] => Ok(Id(*id)),
        [] => {
            let known = nearest(name, facts.members.values().map(|member| member.name.as_str()));
            let message = match known {
                Some(meant) => Message::new("usage-member-meant").with("meant", meant),
                None => Message::new("usage-member"),
            };
            Err(Failure::input(&message.with("name", name), locale))
        }
        many => {
            let message = Message::new("usage-members").with("name", name).with("n", many.len());
            Err(Failure::input(&message, locale))
        }
    }
}

#[derive(Serialize)]
struct Done<'d> {
    action: i64,
    deed: &'static str,
    items: &'d [Listed],
}

/// Does it, and tells how the hand-offs stand then.
fn done(
    args: &Args,
    request: &DeedArgs,
    locale: &Locale,
    deed: &dyn Fn(Option<Id>) -> Result<Deed, Failure>,
) -> Result<(), Failure> {
    let facts = facts(args, locale)?;
    let mut session = Session::open(args.setup()).map_err(failed(locale))?;
    let actor = session.actor().to_owned();
    let by = match &request.person {
        Some(name) => Some(member(&facts, name, locale)?),
        // Whoever works here may be one of the team; nobody has to be.
        None => member(&facts, &actor, locale).ok(),
    };
    let deed = deed(by)?;
    let before = board(args, &facts, None, locale)?;
    let mut deeds = Vec::new();
    for id in &request.ids {
        let unknown = || Failure::input(&Message::new("error-no-handoff").with("id", id), locale);
        let item = before.called(id).ok_or_else(unknown)?;
        deeds.push((Task::of(&before, item).ok_or_else(unknown)?, deed.clone()));
    }
    let action = session.hand(&deeds, by, request.at).map_err(failed(locale))?;
    let mut reader = session.reader().map_err(failed(locale))?;
    let facts = reader.facts().map_err(failed(locale))?;
    let after = board(args, &facts, None, locale)?;
    let items: Vec<&Item> = request.ids.iter().filter_map(|id| after.called(id)).collect();
    let names = reader.handoff_names(&after, &items).map_err(failed(locale))?;
    let listed = after.listed(&items, &facts, &names);
    print(&match request.format {
        Format::Text => {
            let head = Message::new("handoff-done")
                .with("deed", locale.t(&format!("handoff-deed-{}", deed.key().replace('_', "-"))));
            let head = head.with("n", listed.len()).with("action", action);
            format!("{}\n{}", locale.tell(&head), export::handoff::list(&listed.iter().collect::<Vec<_>>(), locale))
        }
        _ => export::json::object(&Done { action: action.0, deed: deed.key(), items: &listed }),
    })
}
