//! Conflicts: fields of a record on which systems contradict each other.

use super::object::Field;
use super::reconcile::{Policy, Record};
use super::time::Instant;
use super::value::Value;
use super::word::Why;

/// What one system says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voice {
    /// The system.
    pub system: String,
    /// What it says.
    pub value: Value,
    /// Since which export it says so.
    pub since: Instant,
}

/// A field on which systems contradict each other, or a user's decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The field.
    pub field: &'static Field,
    /// The value that stands.
    pub value: Value,
    /// The system that says so; `None` when a user decided it.
    pub system: Option<String>,
    /// Why it stands.
    pub why: Why,
    /// What each system says.
    pub voices: Vec<Voice>,
}

impl Conflict {
    /// Whether the systems contradict each other, and not just a decision of which they have not heard.
    #[must_use]
    pub fn is_between_systems(&self) -> bool {
        self.voices.windows(2).any(|pair| matches!(pair, [a, b] if a.value != b.value))
    }

    /// The voices that say something else than what stands.
    pub fn others(&self) -> impl Iterator<Item = &Voice> {
        self.voices.iter().filter(|voice| voice.value != self.value)
    }
}

/// The fields of a record on which somebody says something else than what stands.
#[must_use]
pub fn conflicts(record: &Record<'_>, policy: &Policy) -> Vec<Conflict> {
    let contested = record.object.fields().iter().enumerate().filter(|(_, field)| record.object.is_contested(field));
    let found = contested.filter_map(|(at, field)| {
        let stands = record.stands(at, policy)?;
        let voices: Vec<Voice> = record
            .words(at)
            .into_iter()
            .map(|word| Voice { system: word.system.to_owned(), value: word.value.clone(), since: word.since })
            .collect();
        let (value, system) = (stands.value.clone(), stands.system.map(str::to_owned));
        let conflict = Conflict { field, value, system, why: stands.why, voices };
        let is_contradicted = conflict.others().next().is_some();
        is_contradicted.then_some(conflict)
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::object::Object;
    use crate::domain::reconcile::Known;
    use crate::domain::value::Id;
    use crate::domain::word::{Decision, Decisions, Said};

    fn said(value: Value, since: i64) -> Said {
        Said { value, since: Some(Instant(since)), ..Said::default() }
    }

    /// What a system says of an account: its name, its domain, when it made it.
    fn known(link: i64, system: &str, name: &str) -> Known {
        let words = [("name", name.into()), ("domain", "helio.example".into()), ("created_at", link.into())];
        let said = words.map(|(field, value)| (field.to_owned(), said(value, link)));
        Known { link: Id(link), system: system.into(), newest: Some(Instant(9)), said: said.into(), ..Known::default() }
    }

    fn found(known: &[Known], decided: &Decisions, master: Option<&str>) -> Vec<Conflict> {
        let values = vec![Value::Null; Object::Account.fields().len()];
        let policy = Policy { master: master.map(str::to_owned), ..Policy::default() };
        conflicts(&Record { object: Object::Account, values: &values, known, decided }, &policy)
    }

    #[test]
    fn who_says_what_and_which_stands() {
        let both = [known(1, "crm", "Helio"), known(2, "billing", "Helio Ltd")];
        let conflicts = found(&both, &Decisions::new(), Some("crm"));
        let [conflict] = &conflicts[..] else { panic!("{conflicts:?}") };
        assert_eq!((conflict.field.key, &conflict.value, conflict.why), ("name", &"Helio".into(), Why::Master));
        assert!(conflict.is_between_systems());
        let voice = Voice { system: "billing".into(), value: "Helio Ltd".into(), since: Instant(2) };
        assert_eq!(conflict.others().collect::<Vec<_>>(), [&voice]);
        let agreed = [known(1, "crm", "Helio"), known(2, "billing", "Helio")];
        assert!(found(&agreed, &Decisions::new(), Some("crm")).is_empty());
    }

    #[test]
    fn a_decision_nobody_has_heard_of_is_no_conflict_of_systems() {
        let decision = Decision { id: Id(7), value: "Helios".into(), at: Instant(5), actor: "ana".into() };
        let decided = Decisions::from([("name".to_owned(), decision)]);
        let mut one = known(1, "crm", "Helio");
        one.said.get_mut("name").unwrap().earlier = Some(("Helio".into(), Instant(1)));
        let conflicts = found(&[one], &decided, None);
        let [conflict] = &conflicts[..] else { panic!("{conflicts:?}") };
        assert_eq!((conflict.why, &conflict.system, &conflict.value), (Why::Decided, &None, &"Helios".into()));
        assert!(!conflict.is_between_systems());
    }
}
