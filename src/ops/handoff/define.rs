//! What a company defines for itself: its hand-offs and calendars, kept as the texts that people write.

use super::super::{Error, Result, Session};
use crate::domain::handoff::{Bodies, Home, Mistake, Own};
use crate::domain::message::Tell;
use crate::domain::object::{Object, Row};
use crate::domain::value::ActionId;
use crate::import::{HOLIDAYS_MOST, Told, holidays};
use crate::store::{ActionKind, Writing};
use chrono::NaiveDate;
use std::path::Path;

/// How far back the journal is read for who was faster.
const RECENT: i64 = 200;

/// What a company defines for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Definition {
    /// Business calendars.
    Calendars,
    /// Hand-offs and their policies.
    Handoffs,
}

impl Definition {
    const ALL: [Self; 2] = [Self::Calendars, Self::Handoffs];

    /// Its name in the store and in message keys.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Calendars => "calendars",
            Self::Handoffs => "handoffs",
        }
    }

    fn body(self, bodies: &Bodies) -> &str {
        match self {
            Self::Calendars => &bodies.calendars,
            Self::Handoffs => &bodies.handoffs,
        }
    }

    /// The row that holds it.
    fn row(self, known: &[Row]) -> Option<&Row> {
        known.iter().find(|row| row.get("name").text() == Some(self.key()))
    }

    fn write(self, writing: &mut Writing<'_>, row: Option<&Row>, body: &str) -> Result<()> {
        let object = Object::Definition;
        match (row, body.is_empty()) {
            (Some(row), true) => writing.delete(object, row.id)?,
            (Some(row), false) => {
                let at = object.position("body").unwrap_or_default();
                writing.update(object, row.id, &[(at, body.into())], Some(row.rev))?;
            }
            (None, true) => {}
            (None, false) => {
                let id = writing.new_id();
                writing.insert(object, id, vec![self.key().into(), body.into()])?;
            }
        }
        Ok(())
    }
}

impl Session {
    /// Keeps what a company has defined for itself in place of what the store holds, as one action; `seen` is what it
    /// held when the user looked. Where nothing is the company's own the shipped rules hold.
    ///
    /// # Errors
    /// [`Error::Defined`] when it makes no rules, [`Error::SameRules`] when it is what the store holds,
    /// [`Error::RulesChanged`] when somebody else has changed them since.
    pub fn define(&mut self, own: &Own, seen: &Bodies) -> Result<ActionId> {
        let wrong = |mistake: Mistake| Error::Defined(mistake.tell());
        own.checked(&Home::default()).map_err(wrong)?;
        let bodies = own.bodies().map_err(wrong)?;
        // What says the same in other words stays as somebody wrote it.
        let held = Own::read(seen).and_then(|held| held.bodies()).unwrap_or_else(|_| seen.clone());
        if bodies == held {
            return Err(Error::SameRules);
        }
        let head = self.head(ActionKind::Define);
        let written = self.store.write(&head, |writing| {
            let known = writing.all(Object::Definition)?;
            let now = |what: Definition| what.row(&known).and_then(|row| row.get("body").text()).unwrap_or_default();
            if Definition::ALL.into_iter().any(|what| now(what) != what.body(seen)) {
                return Err(Error::RulesChanged { by: String::new() });
            }
            let changed = Definition::ALL.into_iter().filter(|what| what.body(&bodies) != what.body(&held));
            for what in changed.clone() {
                what.write(writing, what.row(&known), what.body(&bodies))?;
            }
            writing.describe("what", changed.map(Definition::key).collect::<Vec<_>>().join(", "));
            Ok::<_, Error>(())
        });
        match written {
            Ok((action, ())) => action.ok_or(Error::Store(crate::store::Error::Changed)),
            Err(Error::RulesChanged { .. }) => Err(Error::RulesChanged { by: self.who_defined()? }),
            Err(error) => Err(error),
        }
    }

    /// Who defined something last.
    fn who_defined(&mut self) -> Result<String> {
        let mut recent = self.store.actions(RECENT)?.into_iter();
        Ok(recent.find(|action| action.kind == ActionKind::Define).map(|action| action.actor).unwrap_or_default())
    }
}

/// The days that a file in iCalendar format tells of; those that come again every year up to two years from `today`.
///
/// # Errors
/// [`Error::File`] when it cannot be read, [`Error::Import`] when it is no such file.
pub fn holidays_of(path: &Path, today: NaiveDate) -> Result<Told> {
    let failed = |error: std::io::Error| Error::File { path: path.display().to_string(), cause: error.to_string() };
    let wrong = |error| Error::Import { file: path.display().to_string(), error };
    let length = std::fs::metadata(path).map_err(failed)?.len();
    if length > HOLIDAYS_MOST {
        return Err(wrong(crate::import::Error::NoCalendar { cause: "large" }));
    }
    holidays(&std::fs::read(path).map_err(failed)?, today).map_err(wrong)
}

/// The text of a file with rules.
///
/// # Errors
/// [`Error::File`] when it cannot be read or is no text.
pub fn rules_text(path: &Path) -> Result<String> {
    let failed = |error: std::io::Error| Error::File { path: path.display().to_string(), cause: error.to_string() };
    std::fs::read_to_string(path).map_err(failed)
}
