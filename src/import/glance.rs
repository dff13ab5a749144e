//! A first look at a table that cannot be read as it is: its columns and what they would mean.

use super::detect;
use super::mapping;
use super::origin::named_system;
use super::parts::Part;
use super::profile::Profile;
use super::saved;
use super::{As, Options, SYSTEM, Target, exported};
use crate::domain::intake::{ColumnLook, FileLook};
use crate::text::clean;

/// How many records are looked at for samples, and how many samples of a column are shown.
const RECORDS: usize = 200;
const SAMPLES: usize = 3;

impl Part {
    /// What can be said of the table without reading its rows; what it holds may still be open.
    #[must_use]
    pub fn glance(&self, options: &Options) -> FileLook {
        let header = self.table().header();
        let profile = options.profile.as_ref();
        let object = detect::object_of(header, &self.name, options.as_object, profile).ok();
        let origin = object.map(|object| self.origin(object, options));
        let known = origin.as_ref().and_then(|origin| origin.known);
        let mut samples = vec![Vec::new(); header.len()];
        let (mut rows, mut seen) = (0, 0);
        // What cannot be walked to its end has the rows that were counted.
        let _ = self.table().walk(|_, record| {
            rows += 1;
            seen += 1;
            for (samples, cell) in samples.iter_mut().zip(record).filter(|_| seen <= RECORDS) {
                let text = clean(cell.trim());
                if samples.len() < SAMPLES && !text.is_empty() {
                    samples.push(text.chars().take(200).collect());
                }
            }
            Ok(true)
        });
        let named = named_system(options).map(str::to_owned);
        let targets = object.map(|object| mapping::meanings(header, object, profile, known));
        let drift = profile.zip(object).zip(targets.as_ref());
        let columns = header.iter().enumerate().zip(samples).map(|((at, name), samples)| ColumnLook {
            header: if name.is_empty() { format!("column_{}", at + 1) } else { name.clone() },
            target: targets.as_ref().and_then(|targets| targets.get(at).copied()).unwrap_or(Target::Attribute),
            samples,
            problems: Vec::new(),
        });
        FileLook {
            path: self.name.clone(),
            object,
            profile: profile.map(|own| own.name.clone()).filter(|name| !name.is_empty()),
            saved_at: profile.and_then(|own| own.saved_at),
            drift: drift.and_then(|((profile, object), targets)| saved::drift(profile, header, object, targets)),
            system: origin.map(|origin| origin.system).or(named).unwrap_or_else(|| SYSTEM.to_owned()),
            exported_at: exported::exported_at(&self.name, self.table(), options).0,
            rows,
            encoding: self.encoding(),
            delimiter: self.table().delimiter(),
            columns: columns.collect(),
            is_mapped: true,
        }
    }

    /// A mapping that gives each column this meaning, and has the rest of what `base` says.
    #[must_use]
    pub fn mapped(&self, object: As, targets: &[Target], base: Profile) -> Profile {
        saved::mapped(self.table().header(), object, targets, base)
    }
}
