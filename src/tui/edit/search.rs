//! Choosing a record of which there are too many for a list: what is typed is searched for.

use super::{EditPage, Entry};
use crate::domain::object::{Field, Kind, Object};
use crate::domain::value::{Id, Value};
use crate::tui::widgets::cursor::Cursor;

/// Where the choices of a field come from.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Search {
    object: Object,
    /// For which text they were found, once they are there.
    answered: Option<String>,
    /// What can be chosen before anything is typed: what stands there, and nothing.
    first: Vec<(String, Value)>,
}

impl Search {
    /// Whether the choices are those of this text.
    pub(super) fn is_answered(&self, text: &str) -> bool {
        self.answered.as_deref() == Some(text)
    }
}

impl Entry {
    /// Whether the search for what is typed is still running.
    pub(super) fn is_looking(&self) -> bool {
        self.search.as_ref().is_some_and(|search| !search.is_answered(self.input.text()))
    }
}

impl EditPage {
    /// The search that a field needs.
    pub(super) fn search_of(&self, field: &Field, first: &[(String, Value)]) -> Option<Search> {
        match field.kind {
            Kind::Reference(object) if self.choices.records(object).is_none() => {
                Some(Search { object, answered: None, first: first.to_vec() })
            }
            _ => None,
        }
    }

    /// What a reference leads to now, as a choice.
    pub(super) fn standing(&self, field: &Field) -> Vec<(String, Value)> {
        let value = self.row.get(field.key);
        let name = value.int().map(|id| self.names.get(&Id(id)).cloned().unwrap_or_else(|| format!("#{id}")));
        name.map(|name| (name, value.clone())).into_iter().collect()
    }

    /// What has to be looked for while the field is open: records of an object, by these words.
    #[must_use]
    pub fn searches(&self) -> Option<(Object, &str)> {
        let entry = self.entry.as_ref()?;
        Some((entry.search.as_ref()?.object, entry.input.text()))
    }

    /// Takes in what was found for a text.
    pub fn found(&mut self, object: Object, text: &str, records: &[(Id, String)]) {
        let own = (self.row.object, self.row.id);
        let Some(entry) = &mut self.entry else { return };
        let Some(search) = entry.search.as_mut().filter(|search| search.object == object) else { return };
        let first = if text.is_empty() { search.first.clone() } else { Vec::new() };
        let stands = |id: Id| first.iter().any(|(_, value)| *value == id.into());
        // No record belongs to itself.
        let others = records.iter().filter(|(id, _)| (object, *id) != own && !stands(*id));
        let others: Vec<_> = others.map(|(id, name)| (name.clone(), Value::from(*id))).collect();
        let is_new = !search.is_answered(text);
        search.answered = Some(text.to_owned());
        entry.choices = first.into_iter().chain(others).collect();
        if is_new {
            (entry.chosen, entry.mistake) = (Cursor::default(), None);
        }
    }
}
