//! The rules that hold in a store: the company's own, or else those that come with the program.

use super::{Bodies, Kind, Mistake, Own, Policy, Pool, Subject};
use crate::domain::calendar::{Calendar, Hours};
use crate::domain::facts::Facts;
use crate::domain::funnel::Bilingual;
use crate::domain::time::Instant;
use chrono::Days;
use std::collections::BTreeMap;

/// Key of the calendar of policies that name none: the company's working hours.
pub(super) const OFFICE: &str = "office";
/// How far business time is laid out beyond the newest instant: a deadline further away is none.
const AHEAD: Days = Days::new(400);

/// Where the user works, for a company that has not defined its working hours.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Home {
    /// Key of the calendar that stands for them, by the settings.
    pub calendar: Option<String>,
    /// Name of the time zone, such as `Asia/Shanghai`.
    pub zone: Option<String>,
}

/// Hand-offs, policies and calendars.
#[derive(Debug, Clone, PartialEq)]
pub struct Rules {
    /// The kinds of hand-offs, in the order of the screen.
    pub kinds: Vec<Kind>,
    calendars: BTreeMap<String, Calendar>,
    /// Key of the one calendar that everything is judged by, whatever the policies name.
    only: Option<String>,
}

impl Rules {
    /// The rules of a store; `home` says the working hours of a company that has not defined any.
    ///
    /// # Errors
    /// What is wrong in the company's own definitions.
    pub fn of(facts: &Facts, home: &Home) -> Result<Self, Mistake> {
        Self::new(Own::read(&Bodies::of(facts))?, home)
    }

    /// The rules of a company that has defined this for itself.
    ///
    /// # Errors
    /// [`Mistake::Calendar`] for a calendar that is named and not there.
    pub fn new(own: Own, home: &Home) -> Result<Self, Mistake> {
        let kinds = own.kinds.unwrap_or_else(|| Kind::shipped().to_vec());
        let own = own.calendars;
        let says_office = own.iter().any(|calendar| calendar.key == OFFICE);
        let shipped = Calendar::shipped().iter().cloned().chain([office(home.zone.as_deref())]);
        let calendars = shipped.chain(own).map(|calendar| (calendar.key.clone(), calendar)).collect();
        let mut rules = Self { kinds, calendars, only: None };
        if let Some(key) = home.calendar.as_deref().filter(|_| !says_office) {
            let meant = rules.named(key)?;
            let office = Calendar { key: OFFICE.to_owned(), ..meant.clone() };
            rules.calendars.insert(OFFICE.to_owned(), office);
        }
        let named = rules.kinds.iter().flat_map(|kind| &kind.policies).filter_map(|policy| policy.calendar.as_deref());
        match named.clone().find(|key| !rules.calendars.contains_key(*key)) {
            Some(unknown) => Err(rules.no_calendar(unknown)),
            None => Ok(rules),
        }
    }

    /// The same, with everything judged by one calendar.
    ///
    /// # Errors
    /// [`Mistake::Calendar`] when there is no such calendar.
    pub fn by_calendar(self, key: &str) -> Result<Self, Mistake> {
        if self.calendars.contains_key(key) {
            Ok(Self { only: Some(key.to_owned()), ..self })
        } else {
            Err(self.no_calendar(key))
        }
    }

    /// The calendar that a policy is judged by.
    #[must_use]
    pub fn calendar(&self, policy: &Policy) -> &Calendar {
        let key = self.only.as_deref().or(policy.calendar.as_deref()).unwrap_or(OFFICE);
        let found = self.calendars.get(key).or_else(|| self.calendars.get(OFFICE));
        found.or_else(|| self.calendars.values().next()).unwrap_or_else(|| always())
    }

    /// What holds for claims of a kind, in the zone of the calendar of its first policy; of people only, for a deal has its
    /// owner in customer success.
    #[must_use]
    pub fn pool(&self, kind: &Kind) -> Option<Pool> {
        let policy = kind.policies.first().filter(|_| kind.subject == Subject::Person)?;
        Some(Pool::of(kind, self.calendar(policy).zone))
    }

    /// The calendar of a key.
    #[must_use]
    pub fn calendar_called(&self, key: &str) -> Option<&Calendar> {
        self.calendars.get(key)
    }

    /// The calendar of a key that somebody named.
    ///
    /// # Errors
    /// [`Mistake::Calendar`] when there is none.
    pub fn named(&self, key: &str) -> Result<&Calendar, Mistake> {
        self.calendars.get(key).ok_or_else(|| self.no_calendar(key))
    }

    /// The calendars there are.
    pub fn calendars(&self) -> impl Iterator<Item = &Calendar> {
        self.calendars.values()
    }

    /// The business time of every calendar that a policy names, from the oldest instant to the newest and beyond.
    #[must_use]
    pub fn laid_out(&self, oldest: Instant, newest: Instant) -> BTreeMap<&str, Hours> {
        let policies = self.kinds.iter().flat_map(|kind| &kind.policies);
        let used: BTreeMap<&str, &Calendar> =
            policies.map(|policy| self.calendar(policy)).map(|calendar| (calendar.key.as_str(), calendar)).collect();
        let lay = |calendar: &Calendar| {
            let first = calendar.day(oldest).checked_sub_days(Days::new(2)).unwrap_or(calendar.day(oldest));
            let last = calendar.day(newest.max(oldest));
            calendar.hours(first, last.checked_add_days(AHEAD).unwrap_or(last))
        };
        used.into_iter().map(|(key, calendar)| (key, lay(calendar))).collect()
    }

    pub(super) fn no_calendar(&self, key: &str) -> Mistake {
        let known: Vec<&str> = self.calendars.keys().map(String::as_str).collect();
        Mistake::Calendar { calendar: key.to_owned(), known: known.join(", ") }
    }
}

fn always() -> &'static Calendar {
    static ALWAYS: std::sync::OnceLock<Calendar> = std::sync::OnceLock::new();
    ALWAYS.get_or_init(Calendar::always)
}

/// Working hours where nobody has defined them: those of the shipped calendar of the user's zone, or Monday to Friday
/// from 9 to 18 there, without holidays.
fn office(zone: Option<&str>) -> Calendar {
    let key = OFFICE.to_owned();
    let near = |calendar: &&Calendar| zone.is_some_and(|zone| calendar.zone.name() == zone);
    if let Some(calendar) = Calendar::shipped().iter().skip(1).find(near) {
        return Calendar { key, ..calendar.clone() };
    }
    let name = Bilingual { en: "Mon–Fri 9–18".to_owned(), zh: "周一至周五 9–18 点".to_owned() };
    Calendar::weekdays(key, name, zone.and_then(|zone| zone.parse().ok()))
}
