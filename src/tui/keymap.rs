//! Keys, and the tables that say what they do.
//!
//! A command stands in exactly one table. The hint line, the help page and the look-up of a key all
//! walk over the same tables.

mod bindings;
#[cfg(test)]
mod docs;
mod key;
mod tables;

use super::action::Action;
use super::edit;
use super::panes::{funnel, handoff, pipeline};
use super::widgets::{ask, columns, filters, palette, segments};
use super::wizard;
pub use bindings::Bindings;
pub use key::Key;
use tables::{BEGINNING, EVERYWHERE, FIELD, MOVES, TABLES, VIEWING};

/// Where a key is pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Context {
    /// The first page, while the store is empty.
    Welcome,
    /// The stages of the flow view.
    Flow,
    /// The lines of the pipeline view.
    Pipeline,
    /// The queues of hand-offs.
    Handoffs,
    /// How the hand-offs of a period went.
    Review,
    /// One hand-off after the other.
    Triage,
    /// The past under other rules of hand-offs.
    Replay,
    /// A table of all people, companies or deals.
    Records,
    /// The explanation of figures.
    Explain,
    /// The definitions of a funnel's stages.
    Stages,
    /// A list of records.
    List,
    /// The page of a record.
    Record,
    /// The help page.
    Help,
    /// The columns to choose from.
    Columns,
    /// The values to filter the flow by.
    Segments,
    /// The messages so far.
    Messages,
    /// A file or folder to bring in; a text field with a list.
    ImportPlace,
    /// How a file to bring in was understood.
    ImportLook,
    /// A list to choose from about it, found by typing.
    ImportChoice,
    /// Files are being read or imported.
    ImportRun,
    /// What an import would do.
    ImportCounts,
    /// What an import did.
    ImportDone,
    /// The filters that are saved by name.
    Filters,
    /// The fields of a record to choose from.
    Fields,
    /// The value of a field of a record; a text field.
    Edit,
    /// A record that somebody else has changed while it was edited.
    Conflict,
    /// A question; a text field with a list.
    Ask,
    /// The form of the hand-over to customer success; text fields.
    Form,
    /// A text field: characters are text there.
    Field,
    /// The palette, which is a text field too.
    Palette,
}

impl Context {
    /// Key of what it is called on the help page and in the documents.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Welcome => "docs-keys-welcome",
            Self::Flow => "docs-keys-flow",
            Self::Pipeline => "docs-keys-pipeline",
            Self::Handoffs => "docs-keys-handoffs",
            Self::Review => "docs-keys-review",
            Self::Triage => "docs-keys-triage",
            Self::Replay => "docs-keys-replay",
            Self::Records => "docs-keys-records",
            Self::Explain => "docs-keys-explain",
            Self::Stages => "docs-keys-stages",
            Self::List => "docs-keys-list",
            Self::Record => "docs-keys-record",
            Self::Help => "docs-keys-help",
            Self::Columns => "docs-keys-columns",
            Self::Segments => "docs-keys-segments",
            Self::Messages => "docs-keys-messages",
            Self::ImportPlace => "docs-keys-import-place",
            Self::ImportLook => "docs-keys-import-look",
            Self::ImportChoice => "docs-keys-import-choice",
            Self::ImportRun => "docs-keys-import-run",
            Self::ImportCounts => "docs-keys-import-counts",
            Self::ImportDone => "docs-keys-import-done",
            Self::Filters => "docs-keys-filters",
            Self::Fields => "docs-keys-fields",
            Self::Edit => "docs-keys-edit",
            Self::Conflict => "docs-keys-conflict",
            Self::Ask => "docs-keys-ask",
            Self::Form => "docs-keys-form",
            Self::Field => "docs-keys-field",
            Self::Palette => "docs-keys-palette",
        }
    }

    /// Every context.
    pub const ALL: [Self; 30] = [
        Self::Welcome,
        Self::Flow,
        Self::Pipeline,
        Self::Handoffs,
        Self::Review,
        Self::Triage,
        Self::Replay,
        Self::Records,
        Self::Explain,
        Self::Stages,
        Self::List,
        Self::Record,
        Self::Help,
        Self::Columns,
        Self::Segments,
        Self::Messages,
        Self::ImportPlace,
        Self::ImportLook,
        Self::ImportChoice,
        Self::ImportRun,
        Self::ImportCounts,
        Self::ImportDone,
        Self::Filters,
        Self::Fields,
        Self::Edit,
        Self::Conflict,
        Self::Ask,
        Self::Form,
        Self::Field,
        Self::Palette,
    ];
    /// Those where a character is a command.
    pub const READ: [Self; 23] = [
        Self::Welcome,
        Self::Flow,
        Self::Pipeline,
        Self::Handoffs,
        Self::Review,
        Self::Triage,
        Self::Replay,
        Self::Records,
        Self::Explain,
        Self::Stages,
        Self::List,
        Self::Record,
        Self::Help,
        Self::Columns,
        Self::Segments,
        Self::Messages,
        Self::ImportLook,
        Self::ImportRun,
        Self::ImportCounts,
        Self::ImportDone,
        Self::Filters,
        Self::Fields,
        Self::Conflict,
    ];
    /// Those where a character is text.
    pub const TEXT: [Self; 7] =
        [Self::Field, Self::Ask, Self::Form, Self::Edit, Self::Palette, Self::ImportPlace, Self::ImportChoice];
    /// Those that show data: the views and what is opened from them.
    pub const DATA: [Self; 11] = [
        Self::Flow,
        Self::Pipeline,
        Self::Handoffs,
        Self::Review,
        Self::Triage,
        Self::Replay,
        Self::Records,
        Self::Explain,
        Self::Stages,
        Self::List,
        Self::Record,
    ];
    /// The same, and the first page.
    pub const PAGES: [Self; 12] = [
        Self::Welcome,
        Self::Flow,
        Self::Pipeline,
        Self::Handoffs,
        Self::Review,
        Self::Triage,
        Self::Replay,
        Self::Records,
        Self::Explain,
        Self::Stages,
        Self::List,
        Self::Record,
    ];
    /// The same, and the end of an import: where an action can be taken back.
    pub const UNDO: [Self; 13] = [
        Self::Welcome,
        Self::Flow,
        Self::Pipeline,
        Self::Handoffs,
        Self::Review,
        Self::Triage,
        Self::Replay,
        Self::Records,
        Self::Explain,
        Self::Stages,
        Self::List,
        Self::Record,
        Self::ImportDone,
    ];
    /// The views.
    pub const VIEWS: [Self; 6] =
        [Self::Flow, Self::Pipeline, Self::Handoffs, Self::Review, Self::Replay, Self::Records];
    /// The views whose lines are figures.
    pub const FIGURES: [Self; 5] = [Self::Flow, Self::Pipeline, Self::Handoffs, Self::Review, Self::Replay];
    /// Those with a table that can be filtered, sorted and marked.
    pub const TABLES: [Self; 6] = [Self::Flow, Self::Pipeline, Self::Handoffs, Self::Review, Self::Records, Self::List];
    /// Those whose lines can be filtered.
    pub const FILTERED: [Self; 8] = [
        Self::Flow,
        Self::Pipeline,
        Self::Handoffs,
        Self::Review,
        Self::Records,
        Self::List,
        Self::Segments,
        Self::Help,
    ];
    /// The views of a period.
    pub const PERIODS: [Self; 3] = [Self::Flow, Self::Pipeline, Self::Review];
}

/// What must be so for a command to do anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Nothing.
    Always,
    /// There is somewhere to go back to.
    Deeper,
    /// There is not.
    AtTop,
    /// The selected line leads somewhere.
    Opens,
    /// The selected line is of something that can be edited.
    Edits,
    /// There are lines to look at.
    HasLines,
    /// There is another view to go to.
    SeveralViews,
    /// There is another file to go to.
    SeveralFiles,
    /// The store is the user's own, not the sample company's.
    OwnStore,
    /// Nothing, but it is offered only while there is something to undo.
    Undoes,
    /// Nothing, but it is offered only while there is something to do again.
    Redoes,
}

impl When {
    /// Words for the user who presses the key all the same.
    #[must_use]
    pub const fn refusal(self) -> Option<&'static str> {
        match self {
            Self::AtTop => Some("tui-not-at-top"),
            Self::Deeper => Some("tui-at-top"),
            Self::Opens => Some("tui-nothing-to-open"),
            Self::Edits => Some("edit-none"),
            Self::HasLines => Some("tui-nothing-here"),
            Self::Always | Self::SeveralViews | Self::SeveralFiles | Self::OwnStore | Self::Undoes | Self::Redoes => {
                None
            }
        }
    }
}

/// One line of a table of commands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Command {
    /// Its name in settings and documents; never changes.
    pub id: &'static str,
    /// The keys, the one to be shown in hints first; none for what only the palette offers.
    pub keys: &'static [Key],
    /// Key of the word or two in the hint line; neighbours with the same words share them. Empty for
    /// commands that only the help page lists.
    pub label: &'static str,
    /// Key of the sentence on the help page.
    pub description: &'static str,
    /// Where the keys do this.
    pub contexts: &'static [Context],
    /// When they do.
    pub when: When,
    /// What they do.
    pub action: Action,
}

/// Every command of the program, in the order of hints and help.
pub fn commands() -> impl Iterator<Item = &'static Command> {
    let here = MOVES
        .iter()
        .chain(&BEGINNING)
        .chain(&VIEWING)
        .chain(funnel::COMMANDS)
        .chain(pipeline::COMMANDS)
        .chain(handoff::COMMANDS)
        .chain(handoff::REPLAY_COMMANDS)
        .chain(&TABLES)
        .chain(columns::COMMANDS)
        .chain(segments::COMMANDS)
        .chain(filters::COMMANDS)
        .chain(edit::COMMANDS)
        .chain(ask::COMMANDS)
        .chain(handoff::FORM_COMMANDS)
        .chain(wizard::COMMANDS);
    here.chain(palette::COMMANDS).chain(&FIELD).chain(&EVERYWHERE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{Lang, Locale};
    use crate::tui::action::Global;
    use std::collections::HashSet;

    fn find(key: Key, context: Context) -> Option<&'static Command> {
        Bindings::default().find(key, context)
    }

    #[test]
    fn no_two_commands_share_a_key_in_one_context() {
        for context in Context::ALL {
            let mut seen = HashSet::new();
            for command in commands().filter(|command| command.contexts.contains(&context)) {
                for key in command.keys {
                    assert!(seen.insert(*key), "{key:?} twice in {context:?}");
                }
            }
        }
    }

    #[test]
    fn every_action_has_one_command_with_words_in_every_language() {
        let mut ids = HashSet::new();
        let all: Vec<_> = commands().collect();
        for command in &all {
            assert!(ids.insert(command.id), "{} twice", command.id);
            assert_eq!(all.iter().filter(|other| other.action == command.action).count(), 1, "{}", command.id);
            for lang in Lang::ALL {
                let locale = Locale::new(lang);
                assert!(locale.has(command.description), "{}", command.description);
                assert!(command.label.is_empty() || locale.has(command.label), "{}", command.label);
            }
        }
    }

    #[test]
    fn full_width_keys_are_narrow_ones() {
        assert_eq!(find(Key::Char('？'), Context::Pipeline), find(Key::Char('?'), Context::Pipeline));
        assert_eq!(Key::Char('：').bound(), Key::Char(':'));
        assert_eq!(Key::Char('／').bound(), Key::Char('/'));
    }

    #[test]
    fn in_a_field_characters_are_text() {
        for context in Context::TEXT {
            for c in ['q', ':', '？', ' ', 'j'] {
                assert_eq!(find(Key::Char(c), context), None);
            }
            assert!(find(Key::Esc, context).is_some());
        }
    }

    #[test]
    fn escape_never_quits_and_q_does_only_at_the_top() {
        for context in Context::READ {
            assert_eq!(find(Key::Esc, context).map(|c| c.action), Some(Action::Global(Global::Back)));
            assert_eq!(find(Key::Char('q'), context).map(|c| c.when), Some(When::AtTop));
        }
    }
}
