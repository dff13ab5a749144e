//! Files on their way in, between the look at them and the import: opened once, understood again with every
//! choice of the user.

use super::files::{modified, opened, understood};
use super::profiles::Profiles;
use crate::domain::intake::{FileLook, SkippedSheet};
use crate::domain::message::{Message, Tell as _};
use crate::domain::time::Instant;
use crate::import::{As, DateOrder, Options, Part, Profile, Sheet, Target};
use crate::ops::{Error, Result};
use std::path::PathBuf;

/// What the user says of one file; what is not said is told by the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choices {
    /// What it holds.
    pub object: Option<As>,
    /// Name of a mapping: one of the user's own or a shipped one.
    pub profile: Option<String>,
    /// The system it comes from.
    pub system: Option<String>,
    /// How its dates are written.
    pub dates: Option<DateOrder>,
    /// When it was exported.
    pub exported_at: Option<Instant>,
    /// What each of its columns means.
    pub targets: Option<Vec<Target>>,
    /// Whether it is not to be imported.
    pub is_left_out: bool,
}

/// A file as it is understood now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looked {
    /// Its name.
    pub path: String,
    /// How it was understood; `None` for one that cannot be opened.
    pub look: Option<FileLook>,
    /// Why it cannot be imported as it is.
    pub trouble: Option<Message>,
}

/// Files on their way in.
pub struct Intake {
    options: Options,
    entries: Vec<Entry>,
    /// Sheets of workbooks that are left out.
    pub skipped: Vec<SkippedSheet>,
}

/// A table, or a file that could not be opened.
enum Entry {
    Closed { path: String, why: Message },
    Open(Box<Table>),
}

struct Table {
    part: Part,
    modified: Option<Instant>,
    choices: Choices,
    sheets: std::result::Result<Vec<Sheet>, Message>,
    look: Option<FileLook>,
}

impl Intake {
    /// Opens files and understands them. In a folder with several a file that cannot be opened holds up no other.
    ///
    /// # Errors
    /// [`Error`] when there is only one file, and it cannot be opened.
    pub fn open(files: &[PathBuf], options: Options, profiles: &Profiles) -> Result<Self> {
        let mut intake = Self { options, entries: Vec::new(), skipped: Vec::new() };
        for path in files {
            match opened(path, &intake.options) {
                Ok(found) => {
                    intake.skipped.extend(found.skipped);
                    let modified = modified(path);
                    for part in found.parts {
                        let table = Table::new(part, modified, Choices::default(), &intake.options, profiles);
                        intake.entries.push(Entry::Open(Box::new(table)));
                    }
                }
                Err(error) if files.len() == 1 => return Err(error),
                Err(error) => {
                    intake.entries.push(Entry::Closed { path: path.display().to_string(), why: error.tell() });
                }
            }
        }
        Ok(intake)
    }

    /// Understands again the files of which the user says something else than before.
    pub fn choose(&mut self, choices: &[Choices], profiles: &Profiles) {
        let options = &self.options;
        for (entry, choices) in self.entries.iter_mut().zip(choices) {
            let Entry::Open(table) = entry else { continue };
            let before = Choices { is_left_out: choices.is_left_out, ..table.choices.clone() };
            if before == *choices {
                table.choices = before;
            } else {
                table.understand(choices.clone(), options, profiles);
            }
        }
    }

    /// Understands all files again, with these values and names meaning others: field, from, to.
    pub fn mean(&mut self, values: Vec<(String, String, String)>, profiles: &Profiles) {
        self.options.values.extend(values);
        for entry in &mut self.entries {
            if let Entry::Open(table) = entry {
                table.understand(table.choices.clone(), &self.options, profiles);
            }
        }
    }

    /// The values and names that mean others.
    #[must_use]
    pub fn meant(&self) -> &[(String, String, String)] {
        &self.options.values
    }

    /// How the files are understood.
    #[must_use]
    pub fn looks(&self) -> Vec<Looked> {
        let looked = |entry: &Entry| match entry {
            Entry::Closed { path, why } => Looked { path: path.clone(), look: None, trouble: Some(why.clone()) },
            Entry::Open(table) => Looked {
                path: table.part.name.clone(),
                look: table.look.clone(),
                trouble: table.sheets.as_ref().err().cloned(),
            },
        };
        self.entries.iter().map(looked).collect()
    }

    /// The tables to import.
    #[must_use]
    pub fn sheets(&self) -> Vec<Sheet> {
        let wanted = |entry: &&Entry| matches!(entry, Entry::Open(table) if !table.choices.is_left_out);
        self.entries.iter().filter(wanted).flat_map(Entry::sheets).cloned().collect()
    }

    /// Keeps the mapping of a file under a name.
    ///
    /// # Errors
    /// [`Error`] when the file cannot be read as it is, or the mapping cannot be written.
    pub fn save(&self, at: usize, name: &str, profiles: &Profiles) -> Result<PathBuf> {
        let sheets = self.entries.get(at).map(Entry::sheets).unwrap_or_default();
        profiles.save(sheets, name, &self.options)
    }

    /// Looks for a mapping again where nothing was said of a file that cannot be read as it is: one may have been
    /// saved since.
    pub fn learn(&mut self, profiles: &Profiles) {
        self.options.saved = profiles.all();
        for entry in &mut self.entries {
            if let Entry::Open(table) = entry
                && table.sheets.is_err()
                && table.choices == Choices::default()
            {
                table.understand(Choices::default(), &self.options, profiles);
            }
        }
    }
}

impl Entry {
    fn sheets(&self) -> &[Sheet] {
        match self {
            Self::Open(table) => table.sheets.as_deref().unwrap_or_default(),
            Self::Closed { .. } => &[],
        }
    }
}

impl Table {
    fn new(part: Part, modified: Option<Instant>, choices: Choices, options: &Options, profiles: &Profiles) -> Self {
        let mut table = Self { part, modified, choices: Choices::default(), sheets: Ok(Vec::new()), look: None };
        table.understand(choices, options, profiles);
        table
    }

    fn understand(&mut self, choices: Choices, options: &Options, profiles: &Profiles) {
        let told = self.options(&choices, options, profiles);
        self.choices = choices;
        self.sheets = told.map_err(|error| error.tell()).and_then(|options| {
            let read = understood(&self.part, options.clone(), &mut |_, _, _| None);
            self.look = Some(match read.as_deref() {
                Ok([first, ..]) => first.look(),
                _ => self.part.glance(&options),
            });
            read.map_err(|error| Error::Import { file: self.part.name.clone(), error }.tell())
        });
    }

    /// The options for this table: what the user says of it, else what a mapping says, else what it tells itself.
    fn options(&self, choices: &Choices, options: &Options, profiles: &Profiles) -> Result<Options> {
        let mut told = Options {
            as_object: choices.object,
            system: choices.system.clone(),
            dates: choices.dates,
            exported_at: choices.exported_at,
            modified: self.modified,
            ..options.clone()
        };
        if let Some(name) = &choices.profile {
            told = profiles.choose(name)?.apply(told);
        }
        let told = self.part.recognised(told);
        let (Some(targets), Some(object)) = (&choices.targets, choices.object.or_else(|| self.look.as_ref()?.object))
        else {
            return Ok(told);
        };
        let base = told.profile.clone().unwrap_or_default();
        let profile: Profile = self.part.mapped(object, targets, base);
        Ok(Options { profile: Some(profile), as_object: Some(object), ..told })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Currency;
    use crate::domain::object::Object;
    use std::path::Path;

    fn intake(folder: &Path, text: &str) -> Intake {
        let path = folder.join("odd.csv");
        std::fs::write(&path, text).unwrap();
        let now = Instant::parse_rfc3339("2026-11-20T10:00:00Z").unwrap();
        Intake::open(&[path], Options::new(now, Currency::USD), &Profiles::default()).unwrap()
    }

    fn trouble(intake: &Intake) -> Option<&'static str> {
        intake.looks().remove(0).trouble.map(|message| message.key)
    }

    #[test]
    fn what_a_file_does_not_tell_can_be_said_step_by_step() {
        let folder = tempfile::tempdir().unwrap();
        let profiles = Profiles::load(Some(&folder.path().join("profiles")));
        let mut intake = intake(folder.path(), "No,Phase,Worth,End\n7,Demo,100,03/04/2026\n8,Demo,5,05/06/2026\n");
        assert_eq!(trouble(&intake), Some("error-import-unknown-object"));
        let look = intake.looks().remove(0).look.unwrap();
        assert_eq!(
            (look.object, look.rows, look.columns[0].samples.as_slice()),
            (None, 2, &["7".into(), "8".into()][..])
        );
        let mut choices = Choices { object: Some(As::Opportunities), ..Choices::default() };
        intake.choose(std::slice::from_ref(&choices), &profiles);
        assert_eq!(trouble(&intake), Some("error-import-no-key"));
        let field = |key| Target::Field(Object::Opportunity.position(key).unwrap());
        choices.targets = Some(vec![Target::Key, field("stage"), field("amount"), field("close_date")]);
        intake.choose(std::slice::from_ref(&choices), &profiles);
        assert_eq!(trouble(&intake), Some("error-import-ambiguous-dates"));
        assert!(intake.sheets().is_empty());
        choices.dates = Some(DateOrder::Dmy);
        intake.choose(std::slice::from_ref(&choices), &profiles);
        assert_eq!((trouble(&intake), intake.sheets().len()), (None, 1));
        intake.save(0, "odd", &profiles).unwrap();
        choices.is_left_out = true;
        intake.choose(std::slice::from_ref(&choices), &profiles);
        assert!(intake.sheets().is_empty());
        let path = folder.path().join("next.csv");
        std::fs::write(&path, "No,Phase,Worth,Ends\n9,Demo,1,07/08/2026\n").unwrap();
        let mut next = Intake::open(&[path], intake.options.clone(), &profiles).unwrap();
        assert_eq!(trouble(&next), Some("error-import-unknown-object"));
        next.learn(&Profiles::load(Some(&folder.path().join("profiles"))));
        assert_eq!(trouble(&next), None, "it is read by the mapping that was saved for the other");
        let saved = Profiles::load(Some(&folder.path().join("profiles"))).all();
        let again = Options { saved, ..intake.options.clone() };
        let intake = Intake::open(&[folder.path().join("odd.csv")], again, &profiles).unwrap();
        assert_eq!(
            (trouble(&intake), intake.looks()[0].look.as_ref().unwrap().profile.as_deref()),
            (None, Some("odd"))
        );
    }
}
