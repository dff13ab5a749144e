//! What people do with hand-offs. Any number of deeds at once is one action; each is written beside the hand-off, and
//! what the CRM has a field for is decided on the record too, so that worksheets take it back there.

mod claim;
mod define;
mod read;

pub use define::{holidays_of, rules_text};
pub use read::Known;

use super::edit::Edit;
use super::{Error, Result, Session};
use crate::analysis::handoff::{Board, Item};
use crate::domain::handoff::{Pool, Subject};
use crate::domain::object::{HANDOFF_EVENTS, Object, Row};
use crate::domain::time::Instant;
use crate::domain::value::{ActionId, Id, Value};
use crate::domain::word::Decisions;
use crate::store::{ActionKind, Writing};
use std::collections::BTreeMap;

/// The hand-off that something is done with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// Key of its kind.
    pub kind: String,
    /// What is handed over.
    pub subject: Subject,
    /// Its record.
    pub record: Id,
    /// When it began: nothing can be done with it before.
    pub began_at: Instant,
    /// Who owned it when the user decided.
    pub owner: Option<Id>,
    /// What holds for claims of its kind.
    pub pool: Option<Pool>,
}

impl Task {
    /// What is written for a hand-off of a board.
    #[must_use]
    pub fn of(board: &Board, item: &Item) -> Option<Self> {
        let kind = board.kind(&item.raised)?;
        Some(Self {
            kind: kind.key.clone(),
            subject: kind.subject,
            record: Id(item.raised.record),
            began_at: item.raised.handoff.began_at,
            owner: item.owner.map(Id),
            pool: board.rules.pool(kind),
        })
    }
}

/// What is done with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// Someone takes it; refused when another has it by now, for a while to who had it when it went back to the pool, and
    /// to who has claimed as many as one person can on that day.
    Claim(Id),
    /// It goes to someone, or back to the pool; refused when it has moved since the user looked.
    Assign(Option<Id>),
    /// A human outbound attempt: the code of its kind, and what came of it.
    Touch(i64, Option<String>),
    /// The receiver takes it on.
    Accept,
    /// It is not qualified, with the reason.
    Return(String),
    /// Its clock stops, with the reason.
    Pause(String),
    /// Its clock goes on.
    Resume,
    /// The form of the hand-over to customer success, as JSON.
    Form(String),
    /// The form lacks something, with the reason.
    SendBack(String),
    /// The form is complete.
    AcceptForm,
    /// The kick-off is booked for then.
    Kickoff(Instant),
    /// The next touch is due then.
    NextTouch(Instant),
    /// A meeting is booked for then.
    Meeting(Instant),
    /// Nobody came to the meeting.
    NoShow,
    /// The person does not want to be contacted.
    DoNotContact,
}

impl Deed {
    /// Its word in the journal and in message keys.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Claim(_) => "claim",
            Self::Assign(_) => "assign",
            Self::Touch(..) => "touch",
            Self::Accept => "accept",
            Self::Return(_) => "return",
            Self::Pause(_) => "pause",
            Self::Resume => "resume",
            Self::Form(_) => "form",
            Self::SendBack(_) => "send_back",
            Self::AcceptForm => "accept_form",
            Self::Kickoff(_) => "kickoff",
            Self::NextTouch(_) => "next_touch",
            Self::Meeting(_) => "meeting",
            Self::NoShow => "no_show",
            Self::DoNotContact => "do_not_contact",
        }
    }

    /// The event it leaves beside the hand-off; a touch is a row of its own, and some are on the record alone.
    const fn event(&self) -> Option<&'static str> {
        match self {
            Self::Claim(_) | Self::Assign(_) => Some("assigned"),
            Self::Accept => Some("accepted"),
            Self::Return(_) => Some("returned"),
            Self::Pause(_) => Some("paused"),
            Self::Resume => Some("resumed"),
            Self::Form(_) => Some("form"),
            Self::SendBack(_) => Some("form_returned"),
            Self::AcceptForm => Some("form_accepted"),
            Self::Kickoff(_) => Some("kickoff"),
            Self::NextTouch(_) => Some("next_touch"),
            Self::Meeting(_) => Some("meeting_booked"),
            Self::NoShow => Some("no_show"),
            Self::Touch(..) | Self::DoNotContact => None,
        }
    }

    fn reason(&self) -> Option<&str> {
        match self {
            Self::Return(reason) | Self::Pause(reason) | Self::SendBack(reason) => Some(reason),
            _ => None,
        }
    }

    const fn next_at(&self) -> Option<Instant> {
        match self {
            Self::Kickoff(at) | Self::NextTouch(at) | Self::Meeting(at) => Some(*at),
            _ => None,
        }
    }

    /// What it decides about the person.
    fn on_person(&self, row: &Row, at: Instant) -> Vec<(&'static str, Value)> {
        match self {
            Self::Claim(member) | Self::Assign(Some(member)) => vec![("owner", (*member).into())],
            Self::Assign(None) => vec![("owner", Value::Null)],
            Self::Touch(..) if row.get("first_touch_at").is_null() => vec![("first_touch_at", at.0.into())],
            Self::Accept if row.get("sal_at").is_null() => vec![("sal_at", at.0.into())],
            Self::Return(reason) => {
                vec![("disqualified_at", at.0.into()), ("disqualified_reason", reason.as_str().into())]
            }
            Self::DoNotContact => vec![("opt_out", 1.into())],
            _ => Vec::new(),
        }
    }
}

impl Session {
    /// Does something with hand-offs, as one action. `by` is who does it, `at` when it was done: now, or earlier.
    ///
    /// # Errors
    /// [`Error::Taken`] when another has it by now, [`Error::CoolDown`] and [`Error::ClaimLimit`] for claims that the rules
    /// of its pool refuse, [`Error::NeedsReason`], [`Error::TooEarly`] or [`Error::TooLate`]
    /// for an instant before the hand-off or ahead, [`Error::Store`] when the store cannot be written.
    pub fn hand(&mut self, deeds: &[(Task, Deed)], by: Option<Id>, at: Option<Instant>) -> Result<ActionId> {
        let head = self.head(ActionKind::Handoff);
        let at = at.unwrap_or(head.at);
        for (task, deed) in deeds {
            if deed.reason().is_some_and(|reason| reason.trim().is_empty()) {
                return Err(Error::NeedsReason);
            }
            if at > head.at {
                return Err(Error::TooLate { at });
            }
            if at < task.began_at {
                return Err(Error::TooEarly { at, began: task.began_at });
            }
        }
        let (action, ()) = self.store.write(&head, |writing| {
            let decided = writing.decisions()?;
            let doing = Doing { actor: &head.actor, by, at, decided: &decided };
            for (task, deed) in deeds {
                doing.one(writing, task, deed)?;
            }
            if let Some((_, deed)) = deeds.first() {
                writing.describe("deed", deed.key());
                writing.describe("records", deeds.len());
            }
            Ok::<_, Error>(())
        })?;
        action.ok_or(Error::Store(crate::store::Error::Changed))
    }
}

/// A deed on its way into the store.
struct Doing<'d> {
    actor: &'d str,
    by: Option<Id>,
    at: Instant,
    decided: &'d BTreeMap<Id, Decisions>,
}

impl Doing<'_> {
    fn one(&self, writing: &mut Writing<'_>, task: &Task, deed: &Deed) -> Result<()> {
        let object = match task.subject {
            Subject::Person => Object::Person,
            Subject::Deal => Object::Opportunity,
        };
        let row = writing.row(object, task.record)?.ok_or(Error::Store(crate::store::Error::Changed))?;
        let owner = self.owner(writing, task, &row)?;
        self.allow(writing, (task, &row), deed, owner)?;
        self.note(writing, task, deed, owner)?;
        if let Deed::Touch(kind, outcome) = deed {
            self.touch(writing, object, task.record, (*kind, outcome.as_deref()))?;
        }
        if object == Object::Person {
            if matches!(deed, Deed::Return(_)) {
                self.keep_return(writing, task, &row)?;
            }
            self.decide(writing, row, deed)?;
        }
        Ok(())
    }

    /// A record has room for one return only: an earlier one, which begins the hand-off that is given back now, is kept
    /// beside it.
    fn keep_return(&self, writing: &mut Writing<'_>, task: &Task, row: &Row) -> Result<()> {
        let Some(at) = row.get("disqualified_at").int().filter(|at| *at < self.at.0) else { return Ok(()) };
        let events = writing.referring(Object::HandoffEvent, "person", task.record)?;
        let is_it = |event: &Row| {
            let of = event.get("handoff").text() == Some(&task.kind);
            of && event.get("kind").int() == code("returned") && event.get("at").int() == Some(at)
        };
        if events.iter().any(is_it) {
            return Ok(());
        }
        let value = |key: &str| match key {
            "handoff" => task.kind.as_str().into(),
            "person" => task.record.into(),
            "kind" => code("returned").into(),
            "at" => at.into(),
            "reason" => row.get("disqualified_reason").clone(),
            _ => Value::Null,
        };
        let values = Object::HandoffEvent.fields().iter().map(|field| value(field.key)).collect();
        let id = writing.new_id();
        Ok(writing.insert(Object::HandoffEvent, id, values)?)
    }

    /// Who owns the hand-off as the store has it now: a deal goes on belonging to sales.
    fn owner(&self, writing: &mut Writing<'_>, task: &Task, row: &Row) -> Result<Option<Id>> {
        if task.subject == Subject::Person {
            return Ok(row.get("owner").int().map(Id));
        }
        let events = writing.referring(Object::HandoffEvent, "opportunity", task.record)?;
        let assigned = events.iter().filter(|event| {
            event.get("handoff").text() == Some(&task.kind) && event.get("kind").int() == code("assigned")
        });
        Ok(assigned
            .max_by_key(|event| (event.get("at").int(), event.id))
            .and_then(|event| event.get("member").int())
            .map(Id))
    }

    fn note(&self, writing: &mut Writing<'_>, task: &Task, deed: &Deed, owner: Option<Id>) -> Result<()> {
        let Some(code) = deed.event().and_then(code) else { return Ok(()) };
        let member = match deed {
            Deed::Claim(member) => Some(*member),
            Deed::Assign(member) => *member,
            _ => self.by,
        };
        let details = match deed {
            Deed::Form(details) => details.as_str().into(),
            _ => Value::Null,
        };
        let record: Value = task.record.into();
        let (person, deal) = match task.subject {
            Subject::Person => (record, Value::Null),
            Subject::Deal => (Value::Null, record),
        };
        let previous = matches!(deed, Deed::Claim(_) | Deed::Assign(_)).then_some(owner).flatten();
        let id = writing.new_id();
        let values = vec![
            task.kind.as_str().into(),
            person,
            deal,
            code.into(),
            self.at.0.into(),
            member.into(),
            previous.into(),
            self.actor.into(),
            deed.reason().map(str::to_owned).into(),
            deed.next_at().map(|at| at.0).into(),
            details,
            matches!(deed, Deed::Claim(member) if owner != Some(*member)).then_some(1).into(),
        ];
        Ok(writing.insert(Object::HandoffEvent, id, values)?)
    }

    fn touch(
        &self,
        writing: &mut Writing<'_>,
        object: Object,
        record: Id,
        (kind, outcome): (i64, Option<&str>),
    ) -> Result<()> {
        const OUTBOUND: i64 = 1;
        let value = |key: &str| match key {
            "person" if object == Object::Person => record.into(),
            "opportunity" if object == Object::Opportunity => record.into(),
            "kind" => kind.into(),
            "direction" => OUTBOUND.into(),
            "human" => 1.into(),
            "at" => self.at.0.into(),
            "member" => self.by.into(),
            "outcome" => outcome.map(str::to_owned).into(),
            _ => Value::Null,
        };
        let values = Object::Touch.fields().iter().map(|field| value(field.key)).collect();
        let id = writing.new_id();
        Ok(writing.insert(Object::Touch, id, values)?)
    }

    fn decide(&self, writing: &mut Writing<'_>, row: Row, deed: &Deed) -> Result<()> {
        let position = |(key, value)| Object::Person.position(key).map(|at| (at, value));
        let changes: Vec<(usize, Value)> = deed.on_person(&row, self.at).into_iter().filter_map(position).collect();
        let changes: Vec<_> = changes.into_iter().filter(|(at, value)| row.values.get(*at) != Some(value)).collect();
        if changes.is_empty() {
            return Ok(());
        }
        let nothing = Decisions::default();
        let decided = self.decided.get(&row.id).unwrap_or(&nothing);
        Edit { row, at: self.at, actor: self.actor }.write(writing, decided, changes)
    }
}

/// The code of a word of `handoff_event.kind`.
fn code(word: &str) -> Option<i64> {
    HANDOFF_EVENTS.iter().position(|known| *known == word).and_then(|at| i64::try_from(at).ok())
}
