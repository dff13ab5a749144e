//! Changes of rules: one thing of a policy, of a hand-off or of a calendar, by what a person types.
//!
//! A draft is a list of such changes. It is applied to whatever holds, so that what somebody else has changed meanwhile
//! stays.

use super::rules::OFFICE;
use super::text::{is_share, length};
use super::{Home, Kind, Level, Mistake, Own, Policy, Rules, written};
use crate::domain::calendar::{self, Calendar};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// What rules are of, by keys.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// A policy of a hand-off.
    Policy(String, String),
    /// A hand-off.
    Kind(String),
    /// A calendar.
    Calendar(String),
}

/// One thing that can be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// Business time to answer in.
    Target,
    /// Share of it after which a hand-off is at risk.
    Warn,
    /// The calendar of a policy.
    Calendar,
    /// The score that puts a record under a policy, or hands it over.
    Score,
    /// When a breach goes to this level.
    Escalation(Level),
    /// Days from attempt to attempt.
    Cadence,
    /// Days without a touch after which a record goes back to the pool.
    Pool,
    /// Who receives a hand-off.
    Teams,
    /// The time zone of a calendar.
    Zone,
    /// The openings of its whole week.
    Week,
    /// The openings of some days.
    Hours,
    /// Its days off.
    Holidays,
    /// Its working days that make up for them.
    Working,
    /// The last day whose holidays are known.
    KnownUntil,
}

impl Field {
    const OF_POLICY: &[Self] = &[
        Self::Target,
        Self::Warn,
        Self::Calendar,
        Self::Score,
        Self::Escalation(Level::Owner),
        Self::Escalation(Level::Lead),
        Self::Escalation(Level::Manager),
        Self::Cadence,
    ];
    const OF_KIND: &[Self] = &[Self::Score, Self::Pool, Self::Teams];
    const OF_CALENDAR: &[Self] = &[Self::Zone, Self::Week, Self::Holidays, Self::Working, Self::KnownUntil];

    /// What can be changed there.
    #[must_use]
    pub const fn of(place: &Place) -> &'static [Self] {
        match place {
            Place::Policy(..) => Self::OF_POLICY,
            Place::Kind(_) => Self::OF_KIND,
            Place::Calendar(_) => Self::OF_CALENDAR,
        }
    }

    /// Its name on the command line and in message keys.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Target => "target",
            Self::Warn => "warn",
            Self::Calendar => "calendar",
            Self::Score => "score",
            Self::Escalation(level) => level.key(),
            Self::Cadence => "cadence",
            Self::Pool => "pool",
            Self::Teams => "teams",
            Self::Zone => "zone",
            Self::Week | Self::Hours => "hours",
            Self::Holidays => "holidays",
            Self::Working => "working",
            Self::KnownUntil => "known-until",
        }
    }
}

/// A change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// A field says something else; what may be left out is left out by nothing.
    Set(Place, Field, String),
    /// A new calendar like another: from, to.
    Copy(String, String),
    /// A calendar of the company's own goes; a shipped one of its key holds again.
    Delete(String),
    /// Days off and working days that a file told of a calendar.
    Days(String, BTreeSet<NaiveDate>, BTreeSet<NaiveDate>),
}

impl Edit {
    /// A change of a place by the word that the command line has for the field: `target`, or days of the week.
    ///
    /// # Errors
    /// [`Mistake::Field`] when there is none of this name.
    pub fn worded(place: &Place, word: &str, text: &str) -> Result<Self, Mistake> {
        let word = word.trim().to_lowercase().replace('_', "-");
        let set = |field, text: String| Self::Set(place.clone(), field, text);
        let fields = Field::of(place);
        if let Some(field) = fields.iter().find(|field| field.key() == word) {
            return Ok(set(*field, text.to_owned()));
        }
        if matches!(place, Place::Calendar(_)) && calendar::are_days(&word) {
            return Ok(set(Field::Hours, format!("{word} {text}")));
        }
        let known: Vec<&str> = fields.iter().map(|field| field.key()).collect();
        Err(Mistake::Field { field: word, known: known.join(", ") })
    }

    /// What it is a change of.
    #[must_use]
    pub fn place(&self) -> Place {
        match self {
            Self::Set(place, ..) => place.clone(),
            Self::Copy(_, key) | Self::Delete(key) | Self::Days(key, ..) => Place::Calendar(key.clone()),
        }
    }

    /// The same with this change; the whole is not checked yet.
    pub(super) fn apply(&self, mut own: Own, home: &Home) -> Result<Own, Mistake> {
        match self {
            Self::Set(Place::Policy(kind, policy), field, text) => {
                let kinds = own.kinds.get_or_insert_with(|| Kind::shipped().to_vec());
                let known = kinds.iter_mut().find(|known| known.key == *kind);
                let known = known.and_then(|known| known.policies.iter_mut().find(|known| known.key == *policy));
                let known = known.ok_or_else(|| gone(format!("{kind}/{policy}")))?;
                known.set(*field, text)?;
            }
            Self::Set(Place::Kind(kind), field, text) => {
                let kinds = own.kinds.get_or_insert_with(|| Kind::shipped().to_vec());
                let known = kinds.iter_mut().find(|known| known.key == *kind).ok_or_else(|| gone(kind.clone()))?;
                known.set(*field, text)?;
            }
            Self::Set(Place::Calendar(key), field, text) => set_calendar(own.calendar(key, home)?, *field, text)?,
            Self::Copy(from, to) => own.copy(from, to, home)?,
            Self::Delete(key) => own.delete(key, home)?,
            Self::Days(key, holidays, working) => own.calendar(key, home)?.take_in(holidays, working),
        }
        Ok(own)
    }
}

fn gone(place: String) -> Mistake {
    Mistake::Place { place, known: String::new() }
}

impl Policy {
    /// What a field says, as it is typed.
    fn get(&self, field: Field) -> String {
        match field {
            Field::Target => written(self.target),
            Field::Warn => self.warn.to_string(),
            Field::Calendar => self.calendar.clone().unwrap_or_else(|| OFFICE.to_owned()),
            Field::Score => self.score.map(|score| score.to_string()).unwrap_or_default(),
            Field::Escalation(level) => self.after(level).map(written).unwrap_or_default(),
            Field::Cadence => self.cadence.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
            _ => String::new(),
        }
    }

    fn set(&mut self, field: Field, text: &str) -> Result<(), Mistake> {
        let text = text.trim();
        match field {
            Field::Target => {
                let wrong = || Mistake::Target { policy: self.key.clone(), text: text.to_owned() };
                self.target = length(text).filter(|&ms| ms > 0).ok_or_else(wrong)?;
            }
            Field::Warn => self.warn = share(text).ok_or_else(|| Mistake::Warn(self.key.clone()))?,
            Field::Calendar => self.calendar = Some(text.to_owned()).filter(|key| !key.is_empty() && key != OFFICE),
            Field::Score => self.score = score(text)?,
            Field::Escalation(level) => {
                self.escalate.retain(|(to, _)| *to != level);
                if !text.is_empty() {
                    let after = length(text).ok_or_else(|| Mistake::After(text.to_owned()))?;
                    self.escalate.push((level, after));
                    self.escalate.sort_by_key(|&(level, ms)| (ms, level));
                }
            }
            Field::Cadence => {
                let days = parts(text).map(|part| part.parse().ok().filter(|days| *days > 0));
                self.cadence = days.collect::<Option<_>>().ok_or_else(|| Mistake::Cadence(text.to_owned()))?;
            }
            _ => return Err(none(field)),
        }
        Ok(())
    }
}

impl Kind {
    fn get(&self, field: Field) -> String {
        match field {
            Field::Score => self.score.map(|score| score.to_string()).unwrap_or_default(),
            Field::Pool => self.pool_days.map(|days| days.to_string()).unwrap_or_default(),
            Field::Teams => self.teams.join(", "),
            _ => String::new(),
        }
    }

    fn set(&mut self, field: Field, text: &str) -> Result<(), Mistake> {
        let text = text.trim();
        match field {
            Field::Score => self.score = score(text)?,
            Field::Pool if text.is_empty() => self.pool_days = None,
            Field::Pool => {
                let days = text.parse().ok().filter(|days| *days > 0);
                self.pool_days = Some(days.ok_or_else(|| Mistake::Pool(text.to_owned()))?);
            }
            Field::Teams => self.teams = parts(text).map(str::to_owned).collect(),
            _ => return Err(none(field)),
        }
        Ok(())
    }
}

fn none(field: Field) -> Mistake {
    Mistake::Field { field: field.key().to_owned(), known: String::new() }
}

fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', '，', '、']).map(str::trim).filter(|part| !part.is_empty())
}

fn score(text: &str) -> Result<Option<i64>, Mistake> {
    if text.is_empty() {
        return Ok(None);
    }
    let score = text.parse().ok().filter(|score| *score >= 0);
    score.map(Some).ok_or_else(|| Mistake::Score(text.to_owned()))
}

/// `0.8`, `80 %`.
fn share(text: &str) -> Option<f64> {
    let (number, whole) = match text.strip_suffix(['%', '％']) {
        Some(number) => (number.trim(), 100.0),
        None => (text, 1.0),
    };
    number.parse::<f64>().ok().map(|number| number / whole).filter(|share| is_share(*share))
}

fn set_calendar(calendar: &mut Calendar, field: Field, text: &str) -> Result<(), Mistake> {
    match field {
        Field::Zone => calendar.set_zone(text)?,
        Field::Week => calendar.set_week(text)?,
        Field::Hours => calendar.set_hours(text)?,
        Field::Holidays => calendar.set_holidays(text)?,
        Field::Working => calendar.set_working(text)?,
        Field::KnownUntil => calendar.set_known_until(text)?,
        _ => return Err(none(field)),
    }
    Ok(())
}

impl Own {
    /// The calendar of a key to be changed: the company's own, made like the shipped one where it has none.
    fn calendar(&mut self, key: &str, home: &Home) -> Result<&mut Calendar, Mistake> {
        let shipped = Calendar::always();
        if key == shipped.key {
            return Err(Mistake::Always(shipped.key));
        }
        if !self.calendars.iter().any(|own| own.key == key) {
            let rules = Rules::new(self.clone(), home)?;
            let like = rules.named(key)?;
            self.calendars.push(like.clone());
        }
        let own = self.calendars.iter_mut().find(|own| own.key == key);
        own.ok_or_else(|| Mistake::Calendar { calendar: key.to_owned(), known: String::new() })
    }

    fn copy(&mut self, from: &str, to: &str, home: &Home) -> Result<(), Mistake> {
        let to = to.trim();
        let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '/');
        if to.is_empty() || !to.chars().all(fits) {
            return Err(Mistake::Key(to.to_owned()));
        }
        let rules = Rules::new(self.clone(), home)?;
        if rules.calendar_called(to).is_some() {
            return Err(calendar::Mistake::Twice(to.to_owned()).into());
        }
        let like = rules.named(from)?;
        let name = crate::domain::funnel::Bilingual { en: to.to_owned(), zh: to.to_owned() };
        self.calendars.push(Calendar { key: to.to_owned(), name, ..like.clone() });
        Ok(())
    }

    fn delete(&mut self, key: &str, home: &Home) -> Result<(), Mistake> {
        let rules = Rules::new(self.clone(), home)?;
        rules.named(key)?;
        if !self.calendars.iter().any(|own| own.key == key) {
            return Err(Mistake::Shipped(key.to_owned()));
        }
        self.calendars.retain(|own| own.key != key);
        let named = rules.policies().filter(|(_, policy)| policy.calendar.as_deref() == Some(key));
        let named: Vec<String> = named.map(|(kind, policy)| format!("{}/{}", kind.code, policy.key)).collect();
        let is_shipped = Calendar::shipped().iter().any(|shipped| shipped.key == key) || key == OFFICE;
        match named.is_empty() || is_shipped {
            true => Ok(()),
            false => Err(Mistake::Named { calendar: key.to_owned(), policies: named.join(", ") }),
        }
    }
}

impl Rules {
    /// Every policy with its hand-off.
    pub fn policies(&self) -> impl Iterator<Item = (&Kind, &Policy)> {
        self.kinds.iter().flat_map(|kind| kind.policies.iter().map(move |policy| (kind, policy)))
    }

    /// The policy or hand-off of a name such as `ms/hot`, `sales-to-cs`.
    ///
    /// # Errors
    /// [`Mistake::Place`] when there is none.
    pub fn place(&self, name: &str) -> Result<Place, Mistake> {
        let (of, under) = name.trim().split_once('/').map_or((name.trim(), None), |(of, under)| (of, Some(under)));
        let kind = self.kinds.iter().find(|kind| kind.key == of || kind.code == of);
        let found = kind.and_then(|kind| match under {
            None => Some(Place::Kind(kind.key.clone())),
            Some(under) => {
                let policy = kind.policies.iter().find(|policy| policy.key == under)?;
                Some(Place::Policy(kind.key.clone(), policy.key.clone()))
            }
        });
        found.ok_or_else(|| {
            let known = self.policies().map(|(kind, policy)| format!("{}/{}", kind.code, policy.key));
            Mistake::Place { place: name.to_owned(), known: known.collect::<Vec<_>>().join(", ") }
        })
    }

    /// What a field says there, as it is typed. Lists of days have nothing to go on typing from.
    #[must_use]
    pub fn value(&self, place: &Place, field: Field) -> String {
        let kind = |key: &str| self.kinds.iter().find(|kind| kind.key == key);
        match place {
            Place::Policy(of, key) => {
                let policy = kind(of).and_then(|kind| kind.policies.iter().find(|policy| policy.key == *key));
                policy.map(|policy| policy.get(field))
            }
            Place::Kind(key) => kind(key).map(|kind| kind.get(field)),
            Place::Calendar(key) => self.calendar_called(key).map(|calendar| match field {
                Field::Zone => calendar.zone.name().to_owned(),
                Field::Week => {
                    let days = calendar.weekly().into_iter().map(|(days, of)| format!("{days} {}", of.join(", ")));
                    days.collect::<Vec<_>>().join("; ")
                }
                Field::KnownUntil => calendar.known_until.map(|day| day.to_string()).unwrap_or_default(),
                _ => String::new(),
            }),
        }
        .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;
