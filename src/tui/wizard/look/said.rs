//! What the user says of the file that is shown.

use super::LookPage;
use crate::domain::intake::{As, Target};
use crate::domain::time::Instant;
use crate::ops::import::{Choices, DateOrder};
use chrono::{FixedOffset, NaiveDate, NaiveDateTime, NaiveTime};

impl LookPage {
    fn said(&mut self, say: impl FnOnce(&mut Choices)) {
        if let Some(choices) = self.choices.get_mut(self.at) {
            say(choices);
        }
    }

    /// A column becomes this; another one that was this is kept as it is.
    pub fn set_target(&mut self, column: usize, target: Target) {
        let Some(table) = self.table() else { return };
        let object = table.object;
        let is_same = |other: Target| match (target.position(), other.position()) {
            (Some(at), Some(other)) => at == other,
            _ => target == other,
        };
        let is_plain = matches!(target, Target::Attribute | Target::Ignored);
        let shown = || table.columns.iter().map(|column| column.target).collect();
        // What was said a moment ago need not be shown yet.
        let said = self.choices.get(self.at).and_then(|choices| choices.targets.clone());
        let mut targets: Vec<Target> = said.unwrap_or_else(shown);
        for (at, slot) in targets.iter_mut().enumerate() {
            if at == column {
                *slot = target;
            } else if !is_plain && is_same(*slot) {
                *slot = Target::Attribute;
            }
        }
        self.said(|said| {
            said.object = object;
            said.targets = Some(targets);
        });
    }

    /// The rows are this; what was said of columns for something else is void.
    pub fn set_object(&mut self, object: As) {
        self.said(|said| *said = Choices { object: Some(object), targets: None, profile: None, ..said.clone() });
    }

    /// The mapping of this name counts, and nothing that was said of columns before.
    pub fn set_profile(&mut self, name: String) {
        self.said(|said| {
            *said = Choices { profile: Some(name), object: None, targets: None, system: None, ..said.clone() }
        });
    }

    pub fn set_system(&mut self, name: String) {
        self.said(|said| said.system = Some(name));
    }

    pub fn set_dates(&mut self, order: DateOrder) {
        self.said(|said| said.dates = Some(order));
    }

    /// Leaves the file out, or takes it in again; `false` for one that cannot be opened.
    pub fn leave_out(&mut self) -> bool {
        let is_table = self.table().is_some();
        self.said(|said| said.is_left_out = is_table && !said.is_left_out);
        is_table
    }

    /// Takes the time of the export; `false` when the text is none.
    pub fn set_time(&mut self, text: &str, zone: FixedOffset) -> bool {
        let Some(at) = time_of(text.trim(), zone) else { return false };
        self.said(|said| said.exported_at = Some(at));
        true
    }

    /// The time of the export, to be changed.
    pub fn time(&self, zone: FixedOffset) -> Option<String> {
        let at = self.table()?.exported_at;
        let at = chrono::DateTime::from_timestamp_millis(at.0)?.with_timezone(&zone);
        Some(at.format("%Y-%m-%d %H:%M").to_string())
    }

    /// A name for the mapping: that of the one that is used, or else that of the file without its date.
    pub fn name(&self) -> Option<String> {
        let table = self.table().filter(|table| table.is_mapped)?;
        let file = crate::ops::import::file_name(&table.path);
        let stem = file.split_once('.').map_or(file, |(stem, _)| stem);
        let stem = stem.trim_end_matches(|c: char| c.is_ascii_digit() || "-_ .".contains(c));
        Some(table.profile.clone().unwrap_or_else(|| stem.to_owned()))
    }
}

/// `2026-11-25`, `2026-11-25 14:30` and RFC 3339; without a zone it is the user's.
fn time_of(text: &str, zone: FixedOffset) -> Option<Instant> {
    let date = || NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().map(|day| day.and_time(NaiveTime::MIN));
    let formats = ["%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"];
    let time = formats.iter().find_map(|format| NaiveDateTime::parse_from_str(text, format).ok());
    let local = time.or_else(date).and_then(|time| time.and_local_timezone(zone).single());
    Instant::parse_rfc3339(text).or_else(|| local.map(|time| Instant(time.timestamp_millis())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_the_users_unless_it_says_its_zone() {
        let zone = FixedOffset::east_opt(8 * 3600).unwrap();
        for (text, expected) in [
            ("2026-11-25", Some("2026-11-24T16:00:00Z")),
            ("2026-11-25 14:30", Some("2026-11-25T06:30:00Z")),
            ("2026-11-25T14:30:05Z", Some("2026-11-25T14:30:05Z")),
            ("yesterday", None),
        ] {
            assert_eq!(time_of(text, zone).map(Instant::to_rfc3339).as_deref(), expected, "{text}");
        }
    }
}
