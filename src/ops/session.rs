//! The door to a store.

use super::{Reader, Result};
use crate::clock::Clock;
use crate::domain::money::Currency;
use crate::domain::value::ActionId;
use crate::store::{Access, ActionKind, Location, NewAction, Reversal, Store};
use std::path::{Path, PathBuf};

/// How to open a store.
#[derive(Debug, Clone)]
pub struct Setup {
    /// Where it is.
    pub location: Location,
    /// Who works with it; written into the journal.
    pub actor: String,
    /// What time it is.
    pub clock: Clock,
    /// Whether nothing may be written.
    pub read_only: bool,
}

/// An open store that can be written.
pub struct Session {
    pub(super) store: Store,
    pub(super) setup: Setup,
    name: String,
    snapshots: Option<PathBuf>,
}

impl Session {
    /// Opens a store, and makes it when it is not there and may be written.
    ///
    /// # Errors
    /// [`super::Error`] when it cannot be used.
    pub fn open(setup: Setup) -> Result<Self> {
        let access = if setup.read_only { Access::Read } else { Access::Write };
        let mut store = Store::open(&setup.location, access)?;
        let name = store.meta()?.name;
        Ok(Self { store, setup, name, snapshots: None })
    }

    /// Lets its readers keep snapshots of the facts in this folder.
    #[must_use]
    pub fn with_snapshots(self, folder: Option<PathBuf>) -> Self {
        Self { snapshots: folder, ..self }
    }

    /// A connection of its own for reading.
    ///
    /// # Errors
    /// [`super::Error`] when it cannot be opened.
    pub fn reader(&self) -> Result<Reader> {
        let reader = Reader::open(&self.setup.location)?.with_snapshots(self.snapshots.clone());
        // Who may write nothing has nothing to undo.
        Ok(if self.is_read_only() { reader } else { reader.of(&self.setup.actor) })
    }

    /// Name of the company whose data this is; empty when nobody has set it.
    #[must_use]
    pub fn store_name(&self) -> &str {
        &self.name
    }

    /// Where the store is.
    #[must_use]
    pub fn location(&self) -> &Location {
        &self.setup.location
    }

    /// Whether nothing can be written.
    #[must_use]
    pub fn is_read_only(&self) -> bool {
        self.setup.read_only || self.store.is_read_only()
    }

    /// Who works with it.
    #[must_use]
    pub fn actor(&self) -> &str {
        &self.setup.actor
    }

    /// The clock of this session.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.setup.clock
    }

    /// The folder beside the store, if it is a file.
    #[must_use]
    pub fn folder(&self) -> Option<&Path> {
        self.store.folder()
    }

    /// Names the company.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be written.
    pub fn set_name(&mut self, name: &str) -> Result<()> {
        self.store.set_name(name)?;
        name.clone_into(&mut self.name);
        Ok(())
    }

    /// Makes another currency that of amounts which name none.
    ///
    /// # Errors
    /// [`super::Error::CurrencyInUse`] when the store holds such amounts already: they would mean other sums.
    pub fn set_currency(&mut self, currency: Currency) -> Result<()> {
        if self.store.set_currency(currency)? { Ok(()) } else { Err(super::Error::CurrencyInUse) }
    }

    /// Undoes an action, by default this person's newest.
    ///
    /// # Errors
    /// [`super::Error`] with a refusal when there is none or its rows were changed since.
    pub fn undo(&mut self, which: Option<ActionId>) -> Result<Reversal> {
        let head = self.head(ActionKind::Undo);
        Ok(self.store.undo(&head, which)?)
    }

    /// Does the action again that this person undid last.
    ///
    /// # Errors
    /// [`super::Error`] with a refusal when there is none or its rows were changed since.
    pub fn redo(&mut self) -> Result<Reversal> {
        let head = self.head(ActionKind::Redo);
        Ok(self.store.redo(&head)?)
    }

    pub(super) fn head(&self, kind: ActionKind) -> NewAction {
        NewAction { at: self.setup.clock.now(), actor: self.setup.actor.clone(), kind }
    }
}
