//! What a company has defined for itself, as values and as the texts that the store keeps.

use super::{Edit, Home, Kind, Mistake, Rules};
use crate::domain::calendar::Calendar;
use crate::domain::facts::Facts;

/// Hand-offs and calendars of a company's own.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Own {
    /// Its hand-offs; `None` where the shipped ones hold.
    pub kinds: Option<Vec<Kind>>,
    /// Its calendars; each takes the place of a shipped one of its key.
    pub calendars: Vec<Calendar>,
}

/// The same as the store keeps it: TOML, empty where nothing is the company's own.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bodies {
    /// Its hand-offs.
    pub handoffs: String,
    /// Its calendars.
    pub calendars: String,
}

impl Bodies {
    /// What a store holds.
    #[must_use]
    pub fn of(facts: &Facts) -> Self {
        let body = |name: &str| facts.definitions.values().find(|own| own.name == name).map(|own| own.body.clone());
        Self { handoffs: body("handoffs").unwrap_or_default(), calendars: body("calendars").unwrap_or_default() }
    }
}

impl Own {
    /// What these texts say.
    ///
    /// # Errors
    /// What is wrong in them.
    pub fn read(bodies: &Bodies) -> Result<Self, Mistake> {
        let said = |text: &str| !text.trim().is_empty();
        Ok(Self {
            kinds: said(&bodies.handoffs).then(|| Kind::read(&bodies.handoffs)).transpose()?,
            calendars: match said(&bodies.calendars) {
                true => Calendar::read(&bodies.calendars)?,
                false => Vec::new(),
            },
        })
    }

    /// The texts that say this; what is as it is shipped is not written.
    ///
    /// # Errors
    /// [`Mistake::Syntax`] where a name cannot be written.
    pub fn bodies(&self) -> Result<Bodies, Mistake> {
        let own = self.kinds.as_deref().filter(|kinds| *kinds != Kind::shipped());
        let is_shipped = |calendar: &Calendar| Calendar::shipped().contains(calendar);
        let calendars: Vec<Calendar> =
            self.calendars.iter().filter(|calendar| !is_shipped(calendar)).cloned().collect();
        Ok(Bodies {
            handoffs: own.map(Kind::write).transpose()?.unwrap_or_default(),
            calendars: if calendars.is_empty() { String::new() } else { Calendar::write(&calendars)? },
        })
    }

    /// The same with these changes, as one: what is wrong after the first may be right after the last.
    ///
    /// # Errors
    /// What cannot be read, or what is wrong in the whole.
    pub fn edited(&self, edits: &[Edit], home: &Home) -> Result<Self, Mistake> {
        let mut own = self.clone();
        for edit in edits {
            own = edit.apply(own, home)?;
        }
        own.checked(home)?;
        Ok(own)
    }

    /// Whether rules can be made of it, and every calendar in it is one.
    ///
    /// # Errors
    /// What is wrong first.
    pub fn checked(&self, home: &Home) -> Result<Rules, Mistake> {
        self.calendars.iter().try_for_each(Calendar::checked)?;
        self.kinds.iter().flatten().try_for_each(Kind::check)?;
        Rules::new(self.clone(), home)
    }
}
