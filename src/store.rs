//! The data: the only room with SQL.
//!
//! A [`Store`] is one connection to a store on SQLite or PostgreSQL. Everything that changes business
//! rows goes through [`Writing`], which journals what it changes; everything that reads for analysis
//! goes through `facts`.

pub mod backup;
mod compact;
mod copy;
mod db;
mod error;
mod facts;
mod import;
mod journal;
mod merge;
mod migrate;
pub mod private;
mod record;
mod schema;
mod snapshot;
mod undo;
mod verify;
mod words;

pub use backup::Kept;
pub use compact::Compacted;
pub use error::{Error, Refusal, Result};
pub use import::{Awaiting, EarlyMove, Exports, KnownLink, Moves, NameIndex, Unsettled, folded};
pub use journal::{Action, ActionKind, NewAction, Writing};
pub use snapshot::Snapshots;
pub use undo::{Reversal, Reversible};
pub use verify::Finding;
pub use words::Precedence;

use crate::domain::money::Currency;
use crate::domain::object::{Kind, Object};
use crate::domain::value::Value;
use db::Engine;
use std::path::{Path, PathBuf};

/// Where a store is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Location {
    /// A file on this machine.
    File(PathBuf),
    /// A PostgreSQL database that a team shares.
    Server(String),
}

impl Location {
    /// Reads `postgres://…` as a server and everything else as a path.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            Self::Server(text.to_owned())
        } else {
            Self::File(PathBuf::from(text))
        }
    }

    /// The location as the user wrote it, without a password.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            Self::File(path) => path.display().to_string(),
            Self::Server(url) => {
                // A password may stand before the host and among the options behind it.
                let plain = url.split('?').next().unwrap_or_default();
                match (plain.split_once("://"), plain.rsplit_once('@')) {
                    (Some((scheme, _)), Some((_, host))) => format!("{scheme}://{host}"),
                    _ => plain.to_owned(),
                }
            }
        }
    }
}

/// What a connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Writing; a store that is not there is made.
    Write,
    /// Reading what is there.
    Read,
}

/// One connection to a store.
pub struct Store {
    db: Box<dyn Engine>,
    location: Location,
}

/// What a store says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meta {
    /// Name of the company whose data it holds; empty until someone sets it.
    pub name: String,
    /// The currency of amounts that name none.
    pub currency: Currency,
    /// Number of the last migration.
    pub schema: i64,
    /// 32 hexadecimal digits that no other store has, but a copy of its file.
    pub uid: String,
}

impl Store {
    /// Opens a store; for writing, makes it when it is not there and brings its schema up to date.
    ///
    /// # Errors
    /// [`Error`] when the file or server cannot be used, is no store, or is newer than this program.
    pub fn open(location: &Location, access: Access) -> Result<Self> {
        let mut db = match location {
            Location::File(path) => db::sqlite::open(path, access)?,
            Location::Server(url) => db::postgres::open(url, access)?,
        };
        match access {
            Access::Write => {
                if let Location::File(path) = location {
                    Self::back_up_before_migration(db.as_mut(), path)?;
                }
                migrate::up(db.as_mut())?;
            }
            Access::Read => migrate::check(db.as_mut()).map_err(|error| match error {
                Error::Older { found: 0, .. } => Error::Missing { place: location.shown() },
                other => other,
            })?,
        }
        Ok(Self { db, location: location.clone() })
    }

    /// Where this store is.
    #[must_use]
    pub fn location(&self) -> &Location {
        &self.location
    }

    /// The folder for things that belong beside the store's file, such as rejected rows; `None` for a server.
    #[must_use]
    pub fn folder(&self) -> Option<&Path> {
        match &self.location {
            Location::File(path) => path.parent(),
            Location::Server(_) => None,
        }
    }

    /// What the store says of itself.
    ///
    /// # Errors
    /// [`Error`] when the store cannot be read.
    pub fn meta(&mut self) -> Result<Meta> {
        let (mut name, mut uid) = (String::new(), String::new());
        let mut currency = Currency::USD;
        self.db.query("SELECT key, value FROM meta", &[], &mut |row| {
            let value = row.text(1)?.unwrap_or_default();
            match row.text(0)?.unwrap_or_default() {
                "name" => value.clone_into(&mut name),
                "uid" => value.clone_into(&mut uid),
                "currency" => currency = Currency::parse(value).unwrap_or(Currency::USD),
                _ => {}
            }
            Ok(())
        })?;
        Ok(Meta { name, currency, schema: migrate::version(self.db.as_mut())?, uid })
    }

    /// Names the company whose data this is; shown in the header of every screen.
    ///
    /// # Errors
    /// [`Error`] when the store cannot be written.
    pub fn set_name(&mut self, name: &str) -> Result<()> {
        let sql = "INSERT INTO meta (key, value) VALUES ('name', $1) \
                   ON CONFLICT (key) DO UPDATE SET value = excluded.value";
        self.db.execute(sql, &[Value::from(name)]).map(|_| ())
    }

    /// Makes another currency that of amounts which name none, where the store holds none of these yet, and says
    /// whether it could.
    ///
    /// # Errors
    /// [`Error`] when the store cannot be written.
    pub fn set_currency(&mut self, currency: Currency) -> Result<bool> {
        if self.meta()?.currency != currency && self.counts_in_its_currency()? {
            return Ok(false);
        }
        let sql = "INSERT INTO meta (key, value) VALUES ('currency', $1) \
                   ON CONFLICT (key) DO UPDATE SET value = excluded.value";
        self.db.execute(sql, &[Value::from(currency.code())])?;
        Ok(true)
    }

    /// Whether anything would mean another sum of money in another currency.
    fn counts_in_its_currency(&mut self) -> Result<bool> {
        for object in Object::ALL.into_iter().filter(|object| *object != Object::StageChange) {
            let amounts = object.fields().iter().filter(|field| field.kind == Kind::Money);
            let amounts: Vec<String> = amounts.map(|field| format!("{} IS NOT NULL", field.key)).collect();
            let told = match object {
                // What a currency is worth in that of the store.
                Object::Rate => "1 = 1".to_owned(),
                Object::Target => "currency IS NULL".to_owned(),
                _ if amounts.is_empty() => continue,
                _ => {
                    let bare = if object.position("currency").is_some() { " AND currency IS NULL" } else { "" };
                    format!("({}){bare}", amounts.join(" OR "))
                }
            };
            let sql = format!("SELECT COUNT(*) FROM {} WHERE {told}", object.key());
            if db::query_int(self.db.as_mut(), &sql, &[])?.unwrap_or(0) > 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// A number that changes whenever anyone has written to the store.
    ///
    /// # Errors
    /// [`Error`] when the store cannot be read.
    pub fn change_token(&mut self) -> Result<i64> {
        self.db.change_token()
    }

    /// Whether nothing can be written through this connection, whatever it was opened for.
    #[must_use]
    pub fn is_read_only(&self) -> bool {
        self.db.is_read_only()
    }

    /// How often this connection has asked its engine for something.
    #[must_use]
    pub fn statements(&self) -> u64 {
        self.db.statements()
    }
}
