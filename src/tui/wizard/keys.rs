//! What keys do while files are brought in.

use crate::tui::action;
use crate::tui::keymap::{Command, Context, Key, When};

/// What a key does here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Goes into the selected folder, or looks at the selected file.
    Choose,
    /// Completes the path that is typed.
    Complete,
    /// Leaves the field or the list.
    Leave,
    /// Takes the selected line of a list.
    Pick,
    /// Chooses what the selected column becomes.
    Field,
    /// Chooses what the rows are.
    Object,
    /// Chooses a mapping or a system.
    Mapping,
    /// Chooses how dates are written.
    Dates,
    /// Types when the file was exported.
    Time,
    /// Types the name under which the mapping is saved.
    Save,
    /// To the next file.
    NextFile,
    /// To the file before.
    PreviousFile,
    /// Leaves the file out, or takes it in again.
    LeaveOut,
    /// Takes every name and value for what it was probably meant to be.
    Suggested,
    /// To the next step.
    Go,
    /// Closes what has been read to its end.
    Close,
}

const fn here(
    id: &'static str,
    keys: &'static [Key],
    texts: (&'static str, &'static str),
    contexts: &'static [Context],
    action: Action,
) -> Command {
    let (label, description) = texts;
    let action = action::Action::Wizard(action);
    Command { id, keys, label, description, contexts, when: When::Always, action }
}

const LOOK: &[Context] = &[Context::ImportLook];

/// The commands of the wizard.
pub static COMMANDS: &[Command] = &[
    here(
        "import-choose",
        &[Key::Enter],
        ("tui-hint-open", "tui-help-import-choose"),
        &[Context::ImportPlace],
        Action::Choose,
    ),
    here(
        "import-complete",
        &[Key::Tab],
        ("tui-hint-complete", "tui-help-import-complete"),
        &[Context::ImportPlace],
        Action::Complete,
    ),
    here(
        "import-leave",
        &[Key::Esc],
        ("tui-hint-back", "tui-help-import-leave"),
        &[Context::ImportPlace, Context::ImportChoice],
        Action::Leave,
    ),
    here(
        "import-pick",
        &[Key::Enter],
        ("tui-hint-choose", "tui-help-import-pick"),
        &[Context::ImportChoice],
        Action::Pick,
    ),
    here(
        "import-go",
        &[Key::Char('i')],
        ("tui-hint-import-go", "tui-help-import-go"),
        &[Context::ImportLook, Context::ImportCounts],
        Action::Go,
    ),
    here(
        "import-suggested",
        &[Key::Char('v')],
        ("tui-hint-suggested", "tui-help-import-suggested"),
        &[Context::ImportCounts],
        Action::Suggested,
    ),
    here("import-field", &[Key::Enter], ("tui-hint-meaning", "tui-help-import-field"), LOOK, Action::Field),
    here("import-object", &[Key::Char('o')], ("tui-hint-holds", "tui-help-import-object"), LOOK, Action::Object),
    here("import-mapping", &[Key::Char('m')], ("tui-hint-mapping", "tui-help-import-mapping"), LOOK, Action::Mapping),
    here("import-dates", &[Key::Char('d')], ("tui-hint-dates", "tui-help-import-dates"), LOOK, Action::Dates),
    here("import-time", &[Key::Char('t')], ("tui-hint-exported", "tui-help-import-time"), LOOK, Action::Time),
    here("import-save", &[Key::Char('s')], ("tui-hint-save", "tui-help-import-save"), LOOK, Action::Save),
    Command {
        when: When::SeveralFiles,
        ..here(
            "import-next",
            &[Key::Char('n'), Key::Char(']')],
            ("tui-hint-next-file", "tui-help-import-next"),
            LOOK,
            Action::NextFile,
        )
    },
    Command {
        when: When::SeveralFiles,
        ..here(
            "import-previous",
            &[Key::Char('N'), Key::Char('[')],
            ("", "tui-help-import-previous"),
            LOOK,
            Action::PreviousFile,
        )
    },
    here(
        "import-leave-out",
        &[Key::Char(' ')],
        ("tui-hint-leave-out", "tui-help-import-leave-out"),
        LOOK,
        Action::LeaveOut,
    ),
    here(
        "import-close",
        &[Key::Enter],
        ("tui-hint-close", "tui-help-import-close"),
        &[Context::ImportDone],
        Action::Close,
    ),
];
