//! The commands that do not belong to one view.

use super::{Command, Context, Key, When};
use crate::analysis::handoff::Topic;
use crate::tui::action::{Action, Global, Step, Table, Typing};
use crate::tui::theme::Theme;
use crate::tui::views::{Pane, View};
use crate::tui::widgets::field::Edit;

const fn moves(id: &'static str, keys: &'static [Key], label: &'static str, help: &'static str, step: Step) -> Command {
    let action = Action::Global(Global::Move(step));
    Command { id, keys, label, description: help, contexts: &Context::ALL, when: When::HasLines, action }
}

const fn global(
    id: &'static str,
    keys: &'static [Key],
    texts: (&'static str, &'static str),
    action: Global,
) -> Command {
    let (label, description) = texts;
    let action = Action::Global(action);
    Command { id, keys, label, description, contexts: &Context::READ, when: When::Always, action }
}

const fn on_table(
    id: &'static str,
    keys: &'static [Key],
    texts: (&'static str, &'static str),
    action: Table,
) -> Command {
    let (label, description) = texts;
    let action = Action::Table(action);
    Command { id, keys, label, description, contexts: &Context::TABLES, when: When::HasLines, action }
}

const fn typing(
    id: &'static str,
    keys: &'static [Key],
    texts: (&'static str, &'static str),
    action: Typing,
) -> Command {
    let (label, description) = texts;
    let action = Action::Typing(action);
    Command { id, keys, label, description, contexts: &Context::TEXT, when: When::Always, action }
}

const fn theme(id: &'static str, description: &'static str, theme: Theme) -> Command {
    global(id, &[], ("", description), Global::Theme(theme))
}

const fn pane(id: &'static str, keys: &'static [Key], description: &'static str, pane: Pane) -> Command {
    Command { contexts: &Context::PAGES, ..global(id, keys, ("", description), Global::Pane(pane)) }
}

const fn view(id: &'static str, description: &'static str, view: View) -> Command {
    Command { contexts: &Context::DATA, ..global(id, &[], ("", description), Global::View(view)) }
}

/// Moves: the first in every hint line.
pub(super) static MOVES: [Command; 6] = [
    moves("up", &[Key::Up, Key::Char('k')], "tui-hint-move", "tui-help-up", Step::Up),
    moves("down", &[Key::Down, Key::Char('j')], "tui-hint-move", "tui-help-down", Step::Down),
    moves("page-up", &[Key::PageUp, Key::Ctrl('b')], "", "tui-help-page-up", Step::PageUp),
    moves("page-down", &[Key::PageDown, Key::Ctrl('f')], "", "tui-help-page-down", Step::PageDown),
    Command {
        contexts: &Context::READ,
        ..moves("first", &[Key::Char('g'), Key::Home], "", "tui-help-first", Step::First)
    },
    Command { contexts: &Context::READ, ..moves("last", &[Key::Char('G'), Key::End], "", "tui-help-last", Step::Last) },
];

/// Opening, and going from view to view.
pub(super) static VIEWING: [Command; 22] = [
    Command {
        contexts: &Context::PAGES,
        when: When::Opens,
        ..global("open", &[Key::Enter], ("tui-hint-open", "tui-help-open"), Global::Open)
    },
    Command {
        contexts: &[Context::Replay, Context::Records, Context::List, Context::Record],
        when: When::Edits,
        ..global("edit", &[Key::Char('e')], ("tui-hint-edit", "tui-help-edit"), Global::Edit)
    },
    Command {
        contexts: &Context::FIGURES,
        when: When::Opens,
        ..global("explain", &[Key::Char('x')], ("tui-hint-explain", "tui-help-explain"), Global::Explain)
    },
    Command {
        contexts: &Context::VIEWS,
        when: When::SeveralViews,
        ..global(
            "next-view",
            &[Key::Char('v'), Key::Char(']'), Key::Tab],
            ("tui-hint-view", "tui-help-next-view"),
            Global::NextView,
        )
    },
    Command {
        contexts: &Context::VIEWS,
        when: When::SeveralViews,
        ..global("previous-view", &[Key::Char('['), Key::BackTab], ("", "tui-help-previous-view"), Global::PreviousView)
    },
    pane("pane-funnel", &[Key::Char('1')], "tui-help-pane-funnel", Pane::Funnel),
    pane("pane-handoffs", &[Key::Char('2')], "tui-help-pane-handoffs", Pane::Handoffs),
    pane("pane-records", &[Key::Char('9')], "tui-help-pane-records", Pane::Records),
    view("view-flow", "tui-help-view-flow", View::Flow),
    view("view-pipeline", "tui-help-view-pipeline", View::Pipeline),
    view("view-queue", "tui-help-view-queue", View::Queue),
    view("view-team", "tui-help-view-team", View::Review(Topic::Team)),
    view("view-heat", "tui-help-view-heat", View::Review(Topic::Heat)),
    view("view-response", "tui-help-view-response", View::Review(Topic::Response)),
    view("view-ledger", "tui-help-view-ledger", View::Review(Topic::Ledger)),
    view("view-pauses", "tui-help-view-pauses", View::Review(Topic::Pauses)),
    view("view-weeks", "tui-help-view-weeks", View::Review(Topic::Weeks)),
    view("view-replay", "tui-help-view-replay", View::Replay),
    view("view-people", "tui-help-view-people", View::People),
    view("view-accounts", "tui-help-view-accounts", View::Accounts),
    view("view-deals", "tui-help-view-deals", View::Deals),
    Command {
        contexts: &Context::DATA,
        ..global("find", &[Key::Char('F')], ("tui-hint-find", "tui-help-find"), Global::Find)
    },
];

/// The next steps of someone who has nothing to look at yet.
pub(super) static BEGINNING: [Command; 2] = [
    Command {
        contexts: &[Context::Welcome],
        when: When::OwnStore,
        ..global("demo", &[Key::Char('d')], ("tui-hint-demo", "tui-help-demo"), Global::Demo)
    },
    Command {
        contexts: &Context::PAGES,
        ..global("import", &[Key::Char('i')], ("tui-hint-import", "tui-help-import"), Global::Import)
    },
];

/// What can be done to any table.
pub(super) static TABLES: [Command; 7] = [
    Command {
        contexts: &Context::FILTERED,
        ..on_table("filter", &[Key::Char('/')], ("tui-hint-filter", "tui-help-filter"), Table::Filter)
    },
    Command {
        contexts: &[Context::Records, Context::List],
        when: When::Always,
        ..on_table("filters", &[Key::Char('f')], ("tui-hint-filters", "tui-help-filters"), Table::Filters)
    },
    on_table("sort", &[Key::Char('s')], ("tui-hint-sort", "tui-help-sort"), Table::Sort),
    on_table("reverse", &[Key::Char('S')], ("", "tui-help-reverse"), Table::Reverse),
    on_table("columns", &[Key::Char('C')], ("", "tui-help-columns"), Table::Columns),
    on_table("mark", &[Key::Char(' ')], ("", "tui-help-mark"), Table::Mark),
    Command { contexts: &Context::DATA, ..on_table("copy", &[Key::Char('y')], ("", "tui-help-copy"), Table::Copy) },
];

/// What is the same everywhere: the last in every hint line.
pub(super) static EVERYWHERE: [Command; 15] = [
    Command {
        when: When::Deeper,
        ..global("back", &[Key::Esc, Key::Backspace], ("tui-hint-back", "tui-help-back"), Global::Back)
    },
    Command {
        contexts: &Context::UNDO,
        when: When::Undoes,
        ..global("undo", &[Key::Char('u'), Key::Ctrl('z')], ("tui-hint-undo", "tui-help-undo"), Global::Undo)
    },
    Command {
        contexts: &Context::PAGES,
        when: When::Redoes,
        ..global("redo", &[Key::Ctrl('r'), Key::Ctrl('y')], ("tui-hint-redo", "tui-help-redo"), Global::Redo)
    },
    global("language", &[Key::Char('L')], ("tui-hint-language", "tui-help-language"), Global::Language),
    global("theme", &[Key::Char('T')], ("", "tui-help-theme"), Global::NextTheme),
    theme("theme-default", "tui-theme-default", Theme::Default),
    theme("theme-light", "tui-theme-light", Theme::Light),
    theme("theme-dark", "tui-theme-dark", Theme::Dark),
    theme("theme-colour-blind", "tui-theme-colour-blind", Theme::ColourBlind),
    theme("theme-mono", "tui-theme-mono", Theme::Mono),
    global("messages", &[Key::Char('M')], ("", "tui-help-messages"), Global::Messages),
    global("palette", &[Key::Char(':'), Key::Ctrl('p')], ("tui-hint-palette", "tui-help-palette"), Global::Palette),
    global("help", &[Key::Char('?'), Key::F(1)], ("tui-hint-help", "tui-help-help"), Global::Help),
    Command {
        when: When::AtTop,
        ..global("quit", &[Key::Char('q')], ("tui-hint-quit", "tui-help-quit"), Global::Quit)
    },
    Command { contexts: &Context::ALL, ..global("stop", &[Key::Ctrl('c')], ("", "tui-help-stop"), Global::Stop) },
];

/// What a key does in a text field, where characters are text.
pub(super) static FIELD: [Command; 10] = [
    Command {
        contexts: &[Context::Field],
        ..typing("accept", &[Key::Enter], ("tui-hint-accept", "tui-help-accept"), Typing::Accept)
    },
    Command {
        contexts: &[Context::Field],
        ..typing("leave", &[Key::Esc], ("tui-hint-leave", "tui-help-leave"), Typing::Leave)
    },
    typing("caret-left", &[Key::Left], ("", "tui-help-caret-left"), Typing::Edit(Edit::Left)),
    typing("caret-right", &[Key::Right], ("", "tui-help-caret-right"), Typing::Edit(Edit::Right)),
    typing("caret-start", &[Key::Home, Key::Ctrl('a')], ("", "tui-help-caret-start"), Typing::Edit(Edit::Home)),
    typing("caret-end", &[Key::End, Key::Ctrl('e')], ("", "tui-help-caret-end"), Typing::Edit(Edit::End)),
    typing("delete-before", &[Key::Backspace], ("", "tui-help-delete-before"), Typing::Edit(Edit::Backspace)),
    typing("delete-under", &[Key::Delete], ("", "tui-help-delete-under"), Typing::Edit(Edit::Delete)),
    typing("delete-word", &[Key::Ctrl('w')], ("", "tui-help-delete-word"), Typing::Edit(Edit::DeleteWord)),
    typing("delete-to-start", &[Key::Ctrl('u')], ("", "tui-help-delete-to-start"), Typing::Edit(Edit::DeleteToStart)),
];
