//! Where deeds are done: the facts are read once before, and what the deed changed after it.

use super::super::args::{Args, ByArgs, DeedArgs, Format};
use super::super::output::{Failure, failed, print};
use super::super::show::reader;
use super::board;
use crate::analysis::handoff::{Board, Item, Lead, Listed};
use crate::domain::facts::Facts;
use crate::domain::fold::fold;
use crate::domain::message::Message;
use crate::domain::spelling::nearest;
use crate::domain::value::Id;
use crate::export;
use crate::i18n::Locale;
use crate::ops::{Deed, Known, Reader, Session, Task};
use serde::Serialize;

/// An open store, and what it holds.
pub(super) struct Desk<'a> {
    args: &'a Args,
    locale: &'a Locale,
    session: Session,
    reader: Reader,
    facts: Facts,
}

#[derive(Serialize)]
struct Done<'d> {
    action: Option<i64>,
    deed: &'static str,
    items: &'d [Listed],
}

impl<'a> Desk<'a> {
    /// Opens the store.
    pub(super) fn open(args: &'a Args, locale: &'a Locale) -> Result<Self, Failure> {
        // First the reader: a store that is not there is not made by what is done with its hand-offs.
        let mut reader = reader(args, locale)?;
        let session = Session::open(args.setup()).map_err(failed(locale))?;
        let facts = reader.facts().map_err(failed(locale))?;
        Ok(Self { args, locale, session, reader, facts })
    }

    /// The member of the team of this name.
    pub(super) fn member(&self, name: &str) -> Result<Id, Failure> {
        let folded = fold(name);
        let members = self.facts.members.iter();
        let found: Vec<i64> = members.filter(|(_, member)| fold(&member.name) == folded).map(|(&id, _)| id).collect();
        let message = match found.as_slice() {
            [id] => return Ok(Id(*id)),
            [] => match nearest(name, self.facts.members.values().map(|member| member.name.as_str())) {
                Some(meant) => Message::new("usage-member-meant").with("meant", meant),
                None => Message::new("usage-member"),
            },
            many => Message::new("usage-members").with("n", many.len()),
        };
        Err(Failure::input(&message.with("name", name), self.locale))
    }

    /// Who does it: the one that was named, or whoever works here, who may be one of the team; nobody has to be.
    fn by(&self, by: &ByArgs) -> Result<Option<Id>, Failure> {
        match &by.person {
            Some(name) => self.member(name).map(Some),
            None => Ok(self.member(self.session.actor()).ok()),
        }
    }

    /// Whoever does it takes these.
    pub(super) fn claim(&mut self, deed: &DeedArgs) -> Result<(), Failure> {
        let nobody = || Failure::usage(&Message::new("usage-as-whom"), self.locale);
        let who = self.by(&deed.by)?.ok_or_else(nobody)?;
        self.done(&deed.ids, &deed.by, &Deed::Claim(who))
    }

    /// Does the same with each of these.
    pub(super) fn done(&mut self, ids: &[String], by: &ByArgs, deed: &Deed) -> Result<(), Failure> {
        let before = self.board()?;
        let task = |id: &String| {
            let unknown = || Failure::input(&Message::new("error-no-handoff").with("id", id), self.locale);
            let task = before.called(id).and_then(|item| Task::of(&before, item));
            task.map(|task| (task, deed.clone())).ok_or_else(unknown)
        };
        let deeds = ids.iter().map(task).collect::<Result<Vec<_>, _>>()?;
        self.hand(ids, by, &deeds)
    }

    /// Gives everything that nobody owns to whom it is suggested, as one action.
    pub(super) fn route(&mut self, by: &ByArgs) -> Result<(), Failure> {
        let board = self.board()?;
        let work = self.reader.work(board, &self.facts, &mut Known::default()).map_err(failed(self.locale))?;
        let routed = work.routed();
        let ids: Vec<String> = routed.iter().map(|(lead, _)| work.board.id(&lead.item)).collect();
        let deed = |(lead, to): &(&Lead, i64)| Some((Task::of(&work.board, &lead.item)?, Deed::Assign(Some(Id(*to)))));
        let deeds: Vec<(Task, Deed)> = routed.iter().filter_map(deed).collect();
        self.hand(&ids, by, &deeds)
    }

    /// Does it, and tells how the hand-offs stand then.
    fn hand(&mut self, ids: &[String], by: &ByArgs, deeds: &[(Task, Deed)]) -> Result<(), Failure> {
        let who = self.by(by)?;
        let key = deeds.first().map_or("assign", |(_, deed)| deed.key());
        let action = match deeds {
            [] => None,
            deeds => Some(self.session.hand(deeds, who, by.at).map_err(failed(self.locale))?),
        };
        self.reader.catch_up(&mut self.facts).map_err(failed(self.locale))?;
        let after = self.board()?;
        let items: Vec<&Item> = ids.iter().filter_map(|id| after.called(id)).collect();
        let names = self.reader.handoff_names(&after, &items).map_err(failed(self.locale))?;
        let listed = after.listed(&items, &self.facts, &names);
        print(&match (by.format, action) {
            (Format::Text, None) => format!("{}\n", self.locale.t("handoff-nothing-to-route")),
            (Format::Text, Some(action)) => {
                let deed = self.locale.t(&format!("handoff-deed-{}", key.replace('_', "-")));
                let head = Message::new("handoff-done").with("deed", deed).with("n", listed.len());
                let list = export::handoff::list(&listed.iter().collect::<Vec<_>>(), None, self.locale);
                format!("{}\n{list}", self.locale.tell(&head.with("action", action)))
            }
            _ => export::json::object(&Done { action: action.map(|action| action.0), deed: key, items: &listed }),
        })
    }

    fn board(&self) -> Result<Board, Failure> {
        board(self.args, &self.facts, None, self.locale)
    }
}
