//! Which keys a command has: those of its table, or others from the settings file.

use super::{Command, Context, Key, commands};
use crate::config::{Config, Mistake, Placed, Rebound};
use crate::domain::message::Message;
use crate::domain::spelling::nearest;
use std::collections::BTreeMap;

/// The keys of the commands that have other ones than their table says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bindings(BTreeMap<&'static str, Vec<Key>>);

impl Bindings {
    /// The keys that the settings file gives.
    ///
    /// # Errors
    /// [`Mistake`] for a command or key that does not exist, or a key that two commands have in one place.
    pub fn read(config: &Config) -> Result<Self, Mistake> {
        let mut bindings = Self::default();
        for Rebound { command: id, keys: names } in &config.keys {
            let command = commands().find(|command| command.id == id.value).ok_or_else(|| unknown(config, id))?;
            let keys: Result<Vec<Key>, Mistake> = names.iter().map(|name| read_key(config, name)).collect();
            bindings.0.insert(command.id, keys?);
        }
        for Rebound { command: id, .. } in &config.keys {
            if let Some((key, other)) = bindings.shared(&id.value) {
                let message = Message::new("error-config-two").with("key", key.name()).with("command", &id.value);
                return Err(config.mistake(id.line, message.with("other", other.id)));
            }
        }
        Ok(bindings)
    }

    /// The keys of a command, the one to be shown in hints first.
    #[must_use]
    pub fn keys<'a>(&'a self, command: &'a Command) -> &'a [Key] {
        self.0.get(command.id).map_or(command.keys, Vec::as_slice)
    }

    /// The command of a key in a context, whether or not it can do anything now.
    #[must_use]
    pub fn find(&self, key: Key, context: Context) -> Option<&'static Command> {
        if Context::TEXT.contains(&context) && matches!(key, Key::Char(_)) {
            return None;
        }
        let key = key.bound();
        commands().find(|command| command.contexts.contains(&context) && self.keys(command).contains(&key))
    }

    /// A key of this command that another one has in a place that both have.
    fn shared(&self, id: &str) -> Option<(Key, &'static Command)> {
        let command = commands().find(|command| command.id == id)?;
        let together = |other: &&Command| {
            other.id != id && other.contexts.iter().any(|context| command.contexts.contains(context))
        };
        commands().filter(together).find_map(|other| {
            let key = self.keys(command).iter().find(|key| self.keys(other).contains(key))?;
            Some((*key, other))
        })
    }
}

fn unknown(config: &Config, id: &Placed<String>) -> Mistake {
    let message = match nearest(&id.value, commands().map(|command| command.id)) {
        Some(meant) => Message::new("error-config-command-meant").with("meant", meant),
        None => Message::new("error-config-command"),
    };
    config.mistake(id.line, message.with("command", &id.value))
}

fn read_key(config: &Config, name: &Placed<String>) -> Result<Key, Mistake> {
    let message = || Message::new("error-config-key-name").with("key", &name.value);
    Key::parse(&name.value).ok_or_else(|| config.mistake(name.line, message()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::message::Tell as _;

    fn read(text: &str) -> Result<Bindings, Message> {
        Bindings::read(&Config::parse(text, "c.toml").unwrap()).map_err(|mistake| mistake.tell())
    }

    #[test]
    fn keys_of_the_file_take_the_place_of_those_of_the_table() {
        let bindings = read("[keys]\nquit = [\"Q\"]\nhelp = []\nundo = [\"Ctrl-U\", \"q\"]").unwrap();
        let found = |key| bindings.find(key, Context::Pipeline).map(|command| command.id);
        assert_eq!(found(Key::Char('Q')), Some("quit"));
        assert_eq!((found(Key::Char('q')), found(Key::Ctrl('u'))), (Some("undo"), Some("undo")));
        assert_eq!(found(Key::Char('?')), None);
        assert_eq!(found(Key::Down), Some("down"));
    }

    #[test]
    fn the_keys_of_the_sample_settings_can_be_used() {
        let sample = include_str!("../../../assets/config.sample.toml");
        let keys = sample.split_once("#[keys]").unwrap().1.replace('#', "");
        assert_ne!(read(&format!("[keys]{keys}")), Ok(Bindings::default()));
    }

    #[test]
    fn mistakes_are_told_with_their_line() {
        for (text, key, line) in [
            ("[keys]\nfly = \"Q\"", "error-config-command", "2"),
            ("[keys]\n\nlangauge = \"Q\"", "error-config-command-meant", "3"),
            ("[keys]\nquit = [\"Q\",\n\"Hyper-Q\"]", "error-config-key-name", "3"),
            ("[keys]\nquit = \"u\"", "error-config-two", "2"),
            ("[keys]\nquit = \"Q\"\nhelp = [\"Q\"]", "error-config-two", "2"),
        ] {
            let message = read(text).unwrap_err();
            assert_eq!(message.key, key, "{text}");
            assert!(message.args.contains(&("line", line.to_owned())), "{text}: {message:?}");
        }
    }
}
