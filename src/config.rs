//! The settings file: TOML in the platform's folder for configuration. `assets/config.sample.toml` is a
//! copy with every option.
//!
//! What a theme or a key is called is the interface's own business; it checks those entries itself and
//! reports them as the same kind of [`Mistake`].

mod funnels;
mod reader;

use crate::domain::funnel::Funnels;
use crate::domain::message::{Message, Tell};
use crate::i18n::Lang;
use directories::ProjectDirs;
use reader::{Entry, Key, Reader};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Every option at the top of the file.
pub const OPTIONS: [&str; 9] =
    ["language", "theme", "ascii", "mouse", "log", "fiscal_year_starts", "calendar", "funnels", "keys"];

/// The file of a company's own funnels beside the settings, where they name no other.
const FUNNELS: &str = "funnels.toml";

/// The folder of mapping profiles beside the settings.
const PROFILES: &str = "profiles";

/// What the file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// The language to speak, unless something nearer asks for another.
    pub language: Option<Lang>,
    /// Name of the theme.
    pub theme: Option<Placed<String>>,
    /// Only signs that every terminal draws one cell wide.
    pub ascii: bool,
    /// Whether the mouse is for the program, not for the terminal's own selection of text.
    pub mouse: bool,
    /// Whether it is noted what was done.
    pub log: bool,
    /// Month in which the fiscal year begins, 1 to 12.
    pub fiscal_year_starts: u32,
    /// Key of the calendar that hand-offs are judged by where their policy names none.
    pub calendar: Option<String>,
    /// The file of the company's own funnels; a relative path begins in the folder of the settings.
    pub funnels: Option<Placed<String>>,
    /// Commands that have other keys, in the order of the file.
    pub keys: Vec<Rebound>,
    /// The file, as mistakes in it are told; empty where there is none.
    pub file: String,
    /// The folder where the file is, or would be.
    folder: Option<PathBuf>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            language: None,
            theme: None,
            ascii: false,
            mouse: true,
            log: true,
            fiscal_year_starts: 1,
            calendar: None,
            funnels: None,
            keys: Vec::new(),
            file: String::new(),
            folder: None,
        }
    }
}

/// A command and the keys it is to have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rebound {
    /// Id of the command.
    pub command: Placed<String>,
    /// Names of the keys.
    pub keys: Vec<Placed<String>>,
}

/// An entry and the line it stands in, from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed<T> {
    /// What it says.
    pub value: T,
    /// Where.
    pub line: usize,
}

/// What is wrong with the file, in one sentence with file and line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.key)]
pub struct Mistake(Message);

impl Mistake {
    /// A mistake in this line of this file.
    #[must_use]
    pub fn new(file: &str, line: usize, message: Message) -> Self {
        Self(message.with("file", file).with("line", line))
    }
}

impl Tell for Mistake {
    fn tell(&self) -> Message {
        self.0.clone()
    }
}

/// Where the file is on this machine, if nobody names another; `None` when the user has no home.
#[must_use]
pub fn default_path() -> Option<PathBuf> {
    Some(ProjectDirs::from("", "", "revops")?.config_dir().join("config.toml"))
}

impl Config {
    /// Reads the file that was named, which must be there, or else the default one, which need not.
    ///
    /// # Errors
    /// [`Mistake`] when it cannot be read or understood.
    pub fn load(named: Option<&Path>) -> Result<Self, Mistake> {
        let Some(path) = named.map(Path::to_owned).or_else(default_path) else { return Ok(Self::default()) };
        let file = path.display().to_string();
        let config = match std::fs::read_to_string(&path) {
            Ok(text) => Self::parse(&text, &file)?,
            Err(error) if named.is_none() && out_of_reach(error.kind()) => Self::default(),
            Err(error) => return Err(Mistake(Message::new("error-file").with("path", file).with("cause", error))),
        };
        Ok(Self { folder: path.parent().map(Path::to_owned), ..config })
    }

    /// The shipped funnels and the company's own: those of the file that the settings name, which must
    /// be there, or else of the one beside them, which need not.
    ///
    /// # Errors
    /// [`Mistake`] when the file cannot be read or understood.
    pub fn load_funnels(&self) -> Result<Funnels, Mistake> {
        let shipped = Funnels::shipped();
        let Some(folder) = &self.folder else { return Ok(shipped) };
        let name = self.funnels.as_ref().map_or(FUNNELS, |named| named.value.as_str());
        let path = folder.join(name);
        let file = path.display().to_string();
        match (std::fs::read_to_string(&path), &self.funnels) {
            (Ok(text), _) => Ok(shipped.with(funnels::read(&text, &file)?)),
            (Err(error), None) if out_of_reach(error.kind()) => Ok(shipped),
            (Err(error), None) => Err(Mistake(Message::new("error-file").with("path", file).with("cause", error))),
            (Err(error), Some(named)) => {
                let message = Message::new("error-config-file").with("path", file).with("cause", error);
                Err(self.mistake(named.line, message))
            }
        }
    }

    /// The folder of the user's own mapping profiles, beside the settings; `None` when the user has no home.
    #[must_use]
    pub fn profiles(&self) -> Option<PathBuf> {
        self.folder.as_ref().map(|folder| folder.join(PROFILES))
    }

    /// Understands the text of a file of this name.
    ///
    /// # Errors
    /// [`Mistake`] with the line of the first mistake.
    pub fn parse(text: &str, file: &str) -> Result<Self, Mistake> {
        let reader = Reader { text, file };
        let root = reader.root()?;
        let mut config = Self { file: file.to_owned(), ..Self::default() };
        for (key, value) in root.get_ref() {
            match key.get_ref().as_ref() {
                "language" => config.language = Some(reader.language(key, value)?),
                "theme" => config.theme = Some(reader.text(key, value)?),
                "ascii" => config.ascii = reader.flag(key, value)?,
                "mouse" => config.mouse = reader.flag(key, value)?,
                "log" => config.log = reader.flag(key, value)?,
                "fiscal_year_starts" => config.fiscal_year_starts = reader.whole(key, value, 1..=12)?,
                "calendar" => config.calendar = Some(reader.text(key, value)?.value),
                "funnels" => config.funnels = Some(reader.text(key, value)?),
                "keys" => config.keys = reader.keys(key, value)?,
                _ => return Err(reader.unknown(key, &OPTIONS)),
            }
        }
        Ok(config)
    }

    /// A mistake in a line of this file, for those who check a part of it.
    #[must_use]
    pub fn mistake(&self, line: usize, message: Message) -> Mistake {
        Mistake::new(&self.file, line, message)
    }
}

/// Whether the default file is not there, or in a home that this user may not enter (a service, `sudo`).
fn out_of_reach(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::PermissionDenied)
}

impl Reader<'_> {
    fn language(&self, key: Key, value: Entry) -> Result<Lang, Mistake> {
        let choices = Lang::ALL.map(|lang| format!("\"{}\"", lang.tag())).join(", ");
        value.get_ref().as_str().and_then(Lang::parse).ok_or_else(|| self.refused(key, value, &choices))
    }

    /// `command-id = ["key", …]`, or one key without the brackets.
    fn keys(&self, key: Key, value: Entry) -> Result<Vec<Rebound>, Mistake> {
        let wanted = || self.refused(key, value, "[keys]");
        let table = value.get_ref().as_table().ok_or_else(wanted)?;
        let mut found = Vec::new();
        for (id, keys) in table {
            let command = Placed { value: id.get_ref().to_string(), line: self.line(id.span().start) };
            found.push(Rebound { command, keys: self.texts(id, keys)? });
        }
        found.sort_by_key(|rebound: &Rebound| rebound.command.line);
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use toml::de::DeTable;

    const SAMPLE: &str = include_str!("../assets/config.sample.toml");

    #[test]
    fn reads_every_option() {
        let text = "language = \"zh-CN\"\ntheme = \"dark\"\nascii = true\nfiscal_year_starts = 4\nfunnels = \"ours.toml\"\n[keys]\nquit = [\"q\", \"Ctrl-Q\"]\nhelp = \"F1\"";
        let config = Config::parse(text, "config.toml").unwrap();
        assert_eq!((config.language, config.ascii, config.fiscal_year_starts), (Some(Lang::ZhCn), true, 4));
        assert_eq!(config.theme, Some(Placed { value: "dark".to_owned(), line: 2 }));
        assert_eq!(config.funnels, Some(Placed { value: "ours.toml".to_owned(), line: 5 }));
        let keys: Vec<(&str, usize)> =
            config.keys.iter().map(|one| (one.command.value.as_str(), one.keys.len())).collect();
        assert_eq!(keys, [("quit", 2), ("help", 1)]);
        assert_eq!(
            Config::parse("", "config.toml").unwrap(),
            Config { file: "config.toml".to_owned(), ..Config::default() }
        );
    }

    #[test]
    fn a_mistake_is_explained_by_file_and_line() {
        for (text, line, key) in [
            ("languag = \"en\"", "1", "error-config-key-meant"),
            ("\n\ncolour_of_the_sky = 1", "3", "error-config-key"),
            ("language = \"xx\"", "1", "error-config-value"),
            ("ascii = true\nascii = 1", "2", "error-config-syntax"),
            ("ascii = \"yes\"", "1", "error-config-value"),
            ("fiscal_year_starts = 13", "1", "error-config-value"),
            ("[keys]\nquit = 3", "2", "error-config-value"),
            ("keys = 1", "1", "error-config-value"),
            ("[keys", "1", "error-config-syntax"),
        ] {
            let message = Config::parse(text, "c.toml").unwrap_err().tell();
            assert_eq!(message.key, key, "{text}");
            assert!(message.args.contains(&("line", line.to_owned())), "{text}: {message:?}");
            assert!(message.args.contains(&("file", "c.toml".to_owned())), "{text}: {message:?}");
        }
    }

    #[test]
    fn only_a_file_that_was_named_must_be_there() {
        let missing = Path::new("/nowhere/at/all/config.toml");
        assert_eq!(Config::load(Some(missing)).unwrap_err().tell().key, "error-file");
    }

    #[test]
    fn the_sample_has_every_option_and_can_be_used_as_it_is() {
        assert_eq!(Config::parse(SAMPLE, "").unwrap(), Config::default(), "everything in it is commented out");
        // `#option = …` is an option, `# words` are words.
        let uncommented: String = SAMPLE
            .lines()
            .map(|line| line.strip_prefix('#').filter(|rest| !rest.starts_with([' ', '#'])).unwrap_or(line))
            .flat_map(|line| [line, "\n"])
            .collect();
        assert!(Config::parse(&uncommented, "").is_ok_and(|config| !config.keys.is_empty()), "{uncommented}");
        let table = DeTable::parse(&uncommented).unwrap();
        let named: Vec<&str> = table.get_ref().keys().map(|key| key.get_ref().as_ref()).collect();
        for option in OPTIONS {
            assert!(named.contains(&option), "{option} is not in the sample");
        }
    }
}
