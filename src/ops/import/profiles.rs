//! The user's own mapping profiles: TOML files in a folder of the settings.

use crate::domain::fold::fold;
use crate::domain::message::{Message, Tell as _};
use crate::domain::spelling::nearest;
use crate::import::{As, Options, Profile, Sheet, systems, texts, used};
use crate::ops::{Error, Result};
use crate::store::private;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Longer names are none.
const LONGEST: usize = 80;

/// The user's own profiles.
#[derive(Debug, Clone, Default)]
pub struct Profiles {
    folder: Option<PathBuf>,
    /// Those that can be used, by name.
    pub own: Vec<Own>,
    /// Files that are none; they hold up nothing but themselves.
    pub broken: Vec<Broken>,
}

/// A profile of the user's own.
#[derive(Debug, Clone)]
pub struct Own {
    /// Its file.
    pub path: PathBuf,
    /// What it says.
    pub profile: Profile,
}

/// A file that is no profile.
#[derive(Debug, Clone)]
pub struct Broken {
    /// What it would be called.
    pub name: String,
    /// Why, with file and line.
    pub message: Message,
}

/// What a name on the command line stands for.
#[derive(Debug, Clone)]
pub enum Choice {
    /// A profile of the user's own.
    Own(Box<Profile>),
    /// The shipped ones of a system.
    System(&'static str),
    /// The plain one of a kind of file.
    Plain(As),
}

impl Profiles {
    /// Reads the folder; one that is not there holds nothing.
    #[must_use]
    pub fn load(folder: Option<&Path>) -> Self {
        let mut profiles = Self { folder: folder.map(Path::to_owned), ..Self::default() };
        let entries = folder.and_then(|folder| std::fs::read_dir(folder).ok());
        let paths = entries.into_iter().flatten().filter_map(|entry| entry.ok().map(|entry| entry.path()));
        let mut paths: Vec<PathBuf> = paths.filter(|path| path.extension().is_some_and(|end| end == "toml")).collect();
        paths.sort();
        for path in paths {
            let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            match read(&path) {
                Ok(profile) => {
                    let name = if profile.name.trim().is_empty() { stem } else { profile.name.clone() };
                    profiles.own.push(Own { path, profile: Profile { name, ..profile } });
                }
                Err(error) => profiles.broken.push(Broken { name: stem, message: error.tell() }),
            }
        }
        profiles
    }

    /// The profiles alone, to find one by the header of a file.
    #[must_use]
    pub fn all(&self) -> Vec<Profile> {
        self.own.iter().map(|own| own.profile.clone()).collect()
    }

    /// What a name stands for: one of the user's own, else a shipped one.
    ///
    /// # Errors
    /// [`Error::NoProfile`] with the names there are.
    pub fn choose(&self, name: &str) -> Result<Choice> {
        if let Some(own) = self.find(name) {
            return Ok(Choice::Own(Box::new(own.profile.clone())));
        }
        if let Some(broken) = self.broken.iter().find(|broken| broken.name.eq_ignore_ascii_case(name.trim())) {
            // Whoever asks for it is told what is wrong with it.
            let folder = self.folder.clone().unwrap_or_default();
            return read(&folder.join(format!("{}.toml", broken.name))).map(|profile| Choice::Own(Box::new(profile)));
        }
        let system = systems().into_iter().find(|system| system.eq_ignore_ascii_case(name.trim())).map(Choice::System);
        system.or_else(|| As::parse(name).map(Choice::Plain)).ok_or_else(|| self.missing(name))
    }

    /// The text of a profile's file; for a system, those of all its files.
    ///
    /// # Errors
    /// [`Error`] when there is none, or it cannot be read.
    pub fn text(&self, name: &str) -> Result<String> {
        if let Some(own) = self.find(name) {
            return std::fs::read_to_string(&own.path).map_err(failed(&own.path));
        }
        let shipped = texts(name.trim());
        if shipped.is_empty() { Err(self.missing(name)) } else { Ok(shipped.join("\n")) }
    }

    /// Writes the mapping that was used for these sheets under a name, in place of the one of that name that read
    /// them.
    ///
    /// # Errors
    /// [`Error`] when they have not one mapping, the name is none or that of another mapping, or the file cannot be
    /// written.
    pub fn save(&self, sheets: &[Sheet], name: &str, options: &Options) -> Result<PathBuf> {
        let name = checked(name)?;
        let found: Vec<Profile> = sheets.iter().filter_map(|sheet| used(sheet, name, options)).collect();
        let one = found.first().filter(|first| found.iter().all(|other| other == *first));
        let files =
            || sheets.iter().filter(|sheet| !sheet.is_made || found.is_empty()).map(|sheet| sheet.name.as_str());
        let many = || Error::ManyMappings { files: files().collect::<Vec<_>>().join(", ") };
        let profile = one.ok_or_else(many)?;
        let folder = self.folder.as_ref().ok_or(Error::NoSettings)?;
        let reads = |own: &Own| {
            let is_it = |sheet: &Sheet| sheet.own.as_ref().is_some_and(|used| used.name == own.profile.name);
            sheets.iter().any(is_it) || Profile { saved_at: profile.saved_at, ..own.profile.clone() } == *profile
        };
        let path = match self.find(name) {
            Some(own) if reads(own) => own.path.clone(),
            None if !self.is_broken(name) => folder.join(format!("{name}.toml")),
            _ => return Err(Error::OtherProfile { name: name.to_owned() }),
        };
        write(&path, &profile.to_toml())?;
        Ok(path)
    }

    /// Removes a profile of the user's own, and returns where it was. One that cannot be read can be removed too.
    ///
    /// # Errors
    /// [`Error`] when there is none, or it cannot be removed.
    pub fn remove(&self, name: &str) -> Result<PathBuf> {
        let name = name.trim();
        let broken = || self.folder.as_ref().filter(|_| self.is_broken(name)).map(|f| f.join(format!("{name}.toml")));
        let path = self.find(name).map(|own| own.path.clone()).or_else(broken).ok_or_else(|| self.not_own(name))?;
        std::fs::remove_file(&path).map_err(failed(&path))?;
        Ok(path)
    }

    fn find(&self, name: &str) -> Option<&Own> {
        let name = name.trim().to_lowercase();
        let stem = |own: &Own| own.path.file_stem().map(|stem| stem.to_string_lossy().to_lowercase());
        let is_called = |own: &&Own| own.profile.name.to_lowercase() == name;
        self.own.iter().find(is_called).or_else(|| self.own.iter().find(|own| stem(own).as_ref() == Some(&name)))
    }

    /// Whether a file of this name is there that is no mapping.
    fn is_broken(&self, name: &str) -> bool {
        self.broken.iter().any(|broken| broken.name == name)
    }

    fn missing(&self, name: &str) -> Error {
        Self::none_of(name, self.names().chain(systems()).chain(As::ALL.map(As::key)).collect())
    }

    /// Why a name is none that can be removed.
    fn not_own(&self, name: &str) -> Error {
        let is_shipped = systems().contains(name.to_lowercase().as_str()) || As::parse(name).is_some();
        let name = name.to_owned();
        if is_shipped { Error::ShippedProfile { name } } else { Self::none_of(&name, self.names().collect()) }
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        let broken = self.broken.iter().map(|broken| broken.name.as_str());
        self.own.iter().map(|own| own.profile.name.as_str()).chain(broken)
    }

    fn none_of(name: &str, mut names: Vec<&str>) -> Error {
        // The one that was probably meant is read first.
        if let Some(meant) = nearest(name, names.iter().copied()) {
            names.sort_by_key(|known| *known != meant);
        }
        Error::NoProfile { name: name.to_owned(), names: names.join(", ") }
    }
}

fn read(path: &Path) -> Result<Profile> {
    let text = std::fs::read_to_string(path).map_err(failed(path))?;
    Profile::parse(&text).map_err(|error| Error::Import { file: path.display().to_string(), error })
}

/// A name that can be that of a file on every system, and is not that of a system.
fn checked(name: &str) -> Result<&str> {
    let name = name.trim();
    let is_odd = |c: char| c.is_control() || "/\\:*?\"<>|".contains(c);
    let is_shipped = systems().contains(name.to_lowercase().as_str());
    let is_none =
        fold(name).is_empty() || name.chars().count() > LONGEST || name.starts_with('.') || name.contains(is_odd);
    if is_none || is_shipped { Err(Error::ProfileName { name: name.to_owned(), is_shipped }) } else { Ok(name) }
}

/// Writes a whole file or none, for its owner only.
fn write(path: &Path, text: &str) -> Result<()> {
    let beside = path.with_extension("toml.new");
    let written = private::open(&beside, true).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    written.and_then(|()| std::fs::rename(&beside, path)).map_err(failed(path))
}

fn failed(path: &Path) -> impl Fn(std::io::Error) -> Error + '_ {
    |error| Error::File { path: path.display().to_string(), cause: error.to_string() }
}

/// What an import is told of a chosen profile; what the user says elsewhere counts before it.
impl Choice {
    /// The options with this choice in them.
    #[must_use]
    pub fn apply(self, options: Options) -> Options {
        match self {
            Self::Own(profile) => Options { profile: Some(*profile), ..options },
            Self::System(system) => {
                let system = options.system.or_else(|| Some(system.to_owned()));
                Options { system, saved: Vec::new(), ..options }
            }
            Self::Plain(object) => {
                let as_object = options.as_object.or(Some(object));
                Options { as_object, saved: Vec::new(), ..options }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Currency;
    use crate::domain::time::Instant;
    use crate::import;

    const DEALS: &[u8] =
        b"Deal No,Phase,Volume,Start,Colour,Secret\n1,Signed,100,03/04/2026,red,x\n2,Talks,20,05/06/2026,blue,y\n";

    fn options() -> Options {
        let now = Instant::parse_rfc3339("2026-11-20T10:00:00Z").unwrap();
        Options { dates: Some(import::DateOrder::Dmy), ..Options::new(now, Currency::USD) }
    }

    fn mapping() -> Profile {
        let text = "object = \"opportunities\"\nignored = [\"Secret\"]\n[columns]\nid = [\"Deal No\", \"Deal Number\"]\n\
                    stage = [\"Phase\"]\namount = [\"Volume\"]\ncreated_at = [\"Start\"]\n[values.stage]\n\"Signed\" = \"Closed Won\"";
        Profile::parse(text).unwrap()
    }

    #[test]
    fn a_saved_mapping_reads_the_file_as_it_was_read() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("profiles");
        let profiles = Profiles::load(Some(&place));
        let asked = Options { profile: Some(mapping()), ..options() };
        let sheet = import::read("deals.csv", DEALS, &asked).unwrap();
        let path =
            profiles.save(std::slice::from_ref(&sheet), "our \"deals\"".replace('"', "'").as_str(), &asked).unwrap();
        let profiles = Profiles::load(Some(&place));
        assert!(profiles.broken.is_empty(), "{:?} {}", profiles.broken, std::fs::read_to_string(&path).unwrap());
        // Nothing is said this time, not even the order of dates.
        let again = Options { saved: profiles.all(), dates: None, ..options() };
        let part = import::open("new.csv", DEALS, &again).unwrap().parts.remove(0);
        let read = part.read(&part.recognised(again)).unwrap();
        assert_eq!((&read.rows, &read.columns, read.drift), (&sheet.rows, &sheet.columns, None));
        assert_eq!(read.profile, "our 'deals'");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!((mode(&path), mode(&place)), (0o600, 0o700));
        }
    }

    #[test]
    fn a_broken_file_is_told_by_line_and_holds_up_no_other() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("bad.toml"), "name = \"bad\"\ncolums = 1").unwrap();
        std::fs::write(folder.path().join("good.toml"), "object = \"leads\"").unwrap();
        let profiles = Profiles::load(Some(folder.path()));
        assert_eq!(profiles.own.iter().map(|own| own.profile.name.as_str()).collect::<Vec<_>>(), ["good"]);
        let [broken] = profiles.broken.as_slice() else { panic!("{:?}", profiles.broken) };
        assert!(broken.message.args.contains(&("line", "2".to_owned())), "{broken:?}");
        assert!(profiles.remove("bad").is_ok() && Profiles::load(Some(folder.path())).broken.is_empty());
    }

    #[test]
    fn names_stand_for_own_and_shipped_profiles() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("mine.toml"), "object = \"leads\"").unwrap();
        let profiles = Profiles::load(Some(folder.path()));
        assert!(matches!(profiles.choose("Mine"), Ok(Choice::Own(_))));
        assert!(matches!(profiles.choose("Salesforce"), Ok(Choice::System("salesforce"))));
        assert!(matches!(profiles.choose("leads"), Ok(Choice::Plain(As::Leads))));
        let Err(Error::NoProfile { names, .. }) = profiles.choose("salesforc") else { panic!("it is chosen") };
        assert!(names.starts_with("salesforce, mine, "), "{names}");
        for name in ["", " . ", "a/b", ".hidden", "x\u{7}", "hubspot"] {
            assert!(matches!(checked(name), Err(Error::ProfileName { .. })), "{name:?}");
        }
    }
}
