//! What keys do in the hand-offs pane.

use crate::tui::action;
use crate::tui::keymap::{Command, Context, Key, When};

/// What a key does in this pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// The next queue.
    NextQueue,
    /// The queue before.
    PreviousQueue,
    /// Marks every hand-off of the queue, or takes all marks away.
    MarkAll,
    /// One hand-off after the other, beginning with what breaches next.
    Triage,
    /// Gives what somebody who is absent has to others.
    Redistribute,
    /// Gives everything that nobody owns to whom it is suggested.
    Route,
    /// Something is done with the marked hand-offs, or else the selected one.
    Do(Wanted),
}

/// What is to be done; some of it has to be asked for first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// I take it.
    Claim,
    /// Somebody gets it.
    Assign,
    /// An attempt was made.
    Touch,
    /// It is qualified.
    Accept,
    /// It is given back.
    Return,
    /// Its clock stops, or goes on.
    Pause,
    /// When the next touch is due.
    NextTouch,
    /// A meeting is booked.
    Meeting,
    /// Nobody came.
    NoShow,
    /// The person does not want to be contacted.
    DoNotContact,
    /// The form of the hand-over to customer success.
    Form,
    /// The kick-off is booked.
    Kickoff,
}

const QUEUES: &[Context] = &[Context::Handoffs];
const BOTH: &[Context] = &[Context::Handoffs, Context::Triage];

const fn here(
    id: &'static str,
    keys: &'static [Key],
    texts: (&'static str, &'static str),
    contexts: &'static [Context],
    action: Action,
) -> Command {
    let (label, description) = texts;
    let action = action::Action::Handoff(action);
    Command { id, keys, label, description, contexts, when: When::HasLines, action }
}

const fn deed(
    id: &'static str,
    key: &'static [Key],
    label: &'static str,
    description: &'static str,
    wanted: Wanted,
) -> Command {
    here(id, key, (label, description), BOTH, Action::Do(wanted))
}

/// The commands of this pane, in the order of its hints.
pub static COMMANDS: &[Command] = &[
    deed("handoff-claim", &[Key::Char('c')], "tui-hint-claim", "tui-help-handoff-claim", Wanted::Claim),
    deed("handoff-touch", &[Key::Char('t')], "tui-hint-touch", "tui-help-handoff-touch", Wanted::Touch),
    deed("handoff-accept", &[Key::Char('A')], "tui-hint-accept-lead", "tui-help-handoff-accept", Wanted::Accept),
    deed("handoff-return", &[Key::Char('r')], "tui-hint-return", "tui-help-handoff-return", Wanted::Return),
    deed("handoff-assign", &[Key::Char('a')], "tui-hint-assign", "tui-help-handoff-assign", Wanted::Assign),
    here("handoff-triage", &[Key::Char('z')], ("tui-hint-triage", "tui-help-handoff-triage"), QUEUES, Action::Triage),
    Command {
        when: When::Always,
        ..here(
            "handoff-next-queue",
            &[Key::Right, Key::Char('l'), Key::Char('b')],
            ("tui-hint-queue", "tui-help-handoff-next-queue"),
            QUEUES,
            Action::NextQueue,
        )
    },
    Command {
        when: When::Always,
        ..here(
            "handoff-previous-queue",
            &[Key::Left, Key::Char('h'), Key::Char('B')],
            ("tui-hint-queue", "tui-help-handoff-previous-queue"),
            QUEUES,
            Action::PreviousQueue,
        )
    },
    deed("handoff-next-touch", &[Key::Char('n')], "tui-hint-next-touch", "tui-help-handoff-next", Wanted::NextTouch),
    deed("handoff-pause", &[Key::Char('w')], "tui-hint-pause", "tui-help-handoff-pause", Wanted::Pause),
    deed("handoff-meeting", &[Key::Char('m')], "tui-hint-meeting", "tui-help-handoff-meeting", Wanted::Meeting),
    deed("handoff-no-show", &[Key::Char('N')], "", "tui-help-handoff-no-show", Wanted::NoShow),
    deed("handoff-do-not-contact", &[Key::Char('!')], "", "tui-help-handoff-dnc", Wanted::DoNotContact),
    deed("handoff-form", &[Key::Char('f')], "tui-hint-form", "tui-help-handoff-form", Wanted::Form),
    deed("handoff-kickoff", &[Key::Char('K')], "tui-hint-kickoff", "tui-help-handoff-kickoff", Wanted::Kickoff),
    here("handoff-mark-all", &[Key::Char('*')], ("", "tui-help-handoff-mark-all"), QUEUES, Action::MarkAll),
    here("handoff-redistribute", &[Key::Char('D')], ("", "tui-help-handoff-share"), QUEUES, Action::Redistribute),
    here("handoff-route", &[Key::Char('R')], ("", "tui-help-handoff-route"), QUEUES, Action::Route),
];
