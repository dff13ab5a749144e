//! The rooms of the house and who may know whom, read off the source itself.

use std::collections::BTreeSet;
use std::path::Path;

/// A room and the rooms it may know, besides itself.
const ARROWS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("text", &[]),
    ("analysis", &["domain"]),
    ("clock", &["domain"]),
    ("config", &["domain", "i18n", "text"]),
    ("state", &["domain"]),
    ("i18n", &["domain", "text"]),
    ("store", &["domain"]),
    ("import", &["domain", "text"]),
    ("export", &["analysis", "domain", "i18n", "text"]),
    ("ops", &["analysis", "clock", "domain", "export", "import", "store", "text"]),
    ("cli", &["analysis", "clock", "domain", "export", "i18n", "ops", "state", "text"]),
    ("tui", &["analysis", "clock", "config", "domain", "export", "i18n", "ops", "state", "text"]),
    (
        "lib",
        &[
            "analysis", "cli", "clock", "config", "domain", "export", "i18n", "import", "ops", "state", "store",
            "text", "tui",
        ],
    ),
    ("main", &["cli", "clock", "config", "domain", "i18n", "ops", "state", "text", "tui"]),
];

/// Text that only these files may hold.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("Color::", &["src/tui/theme.rs"]),
    ("Utc::now", &["src/clock.rs"]),
    ("Local::now", &["src/clock.rs"]),
    ("SystemTime::now", &["src/clock.rs"]),
    ("rusqlite", &["src/store/", "src/state.rs"]),
    ("postgres::", &["src/store/", "src/store.rs"]),
    ("ratatui", &["src/tui/", "src/tui.rs"]),
    ("crossterm", &["src/tui/", "src/tui.rs"]),
    ("SELECT ", &["src/store/", "src/store.rs", "src/state.rs"]),
    ("INSERT INTO", &["src/store/", "src/store.rs", "src/state.rs"]),
    ("DELETE FROM", &["src/store/", "src/store.rs", "src/state.rs"]),
    ("CREATE TABLE", &["src/store/", "src/store.rs", "src/state.rs"]),
];

struct Source {
    path: String,
    text: String,
}

fn sources() -> Vec<Source> {
    fn walk(folder: &Path, root: &Path, found: &mut Vec<Source>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, root, found);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
                found.push(Source { path: name, text: std::fs::read_to_string(&path).unwrap() });
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    walk(&root.join("src"), root, &mut found);
    found
}

/// `src/tui/panes/pipeline.rs` and `src/tui.rs` are both in the room `tui`.
fn room(path: &str) -> &str {
    let inner = path.strip_prefix("src/").unwrap();
    inner.split('/').next().unwrap().trim_end_matches(".rs")
}

/// Code without comments: what a comment says is no arrow.
fn code(text: &str) -> String {
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// The rooms that path tokens name: `crate::x…`, `revops::x…`, also inside `crate::{x, y::z}`.
fn named_rooms(text: &str) -> BTreeSet<String> {
    let mut rooms = BTreeSet::new();
    for root in ["crate::", "revops::"] {
        for (at, _) in text.match_indices(root) {
            let rest = &text[at + root.len()..];
            if let Some(group) = rest.strip_prefix('{') {
                let mut depth = 0;
                let mut word = String::new();
                let mut expecting = true;
                for c in group.chars() {
                    match c {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' if depth == 0 => expecting = true,
                        c if (c.is_alphanumeric() || c == '_') && depth == 0 && expecting => word.push(c),
                        _ if !word.is_empty() => expecting = false,
                        _ => {}
                    }
                    if !expecting || c == ',' {
                        rooms.extend((!word.is_empty()).then(|| std::mem::take(&mut word)));
                    }
                }
                rooms.extend((!word.is_empty()).then_some(word));
            } else {
                rooms.insert(rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
            }
        }
    }
    rooms
}

fn violations(sources: &[Source]) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources {
        let (room, code) = (room(&source.path), code(&source.text));
        let Some((_, allowed)) = ARROWS.iter().find(|(name, _)| *name == room) else {
            found.push(format!("{}: the room {room} is not in the plan", source.path));
            continue;
        };
        for other in named_rooms(&code) {
            let is_room = ARROWS.iter().any(|(name, _)| *name == other);
            if is_room && other != room && !allowed.contains(&other.as_str()) {
                found.push(format!("{}: {room} must not know {other}", source.path));
            }
        }
        for (word, places) in ONLY_IN {
            if code.contains(word) && !places.iter().any(|place| source.path.starts_with(place)) {
                found.push(format!("{}: {word} belongs into {}", source.path, places.join(" or ")));
            }
        }
    }
    found
}

#[test]
fn every_arrow_is_in_the_plan() {
    let found = violations(&sources());
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn planted_violations_are_found() {
    let planted = [
        ("src/domain/x.rs", "use crate::store::Store;"),
        ("src/domain/x.rs", "fn f() { crate::text::clean(\"\"); }"),
        ("src/tui/x.rs", "use crate::{domain::time::Instant, store::Store};"),
        ("src/cli/x.rs", "use crate::{\n    tui,\n    ops,\n};"),
        ("src/tui/x.rs", "let c = Color::Red;"),
        ("src/ops/x.rs", "let now = chrono::Utc::now();"),
        ("src/ops/x.rs", "let sql = \"SELECT 1\";"),
        ("src/attic/x.rs", ""),
    ];
    for (path, text) in planted {
        let source = Source { path: path.to_owned(), text: text.to_owned() };
        assert_eq!(violations(&[source]).len(), 1, "{path}: {text}");
    }
    let allowed =
        Source { path: "src/ops/x.rs".to_owned(), text: "// SELECT in a comment\nuse crate::store::Store;".into() };
    assert!(violations(&[allowed]).is_empty());
}

/// A reader who knows one layer of a pane knows where the others are.
#[test]
fn every_pane_has_the_same_name_in_every_layer() {
    let sources = sources();
    let has = |path: &str| sources.iter().any(|source| source.path == path);
    let panes: Vec<&str> = sources
        .iter()
        .filter_map(|source| source.path.strip_prefix("src/tui/panes/")?.strip_suffix(".rs"))
        .filter(|name| !name.contains('/'))
        .collect();
    assert!(!panes.is_empty());
    for pane in panes {
        for layer in ["domain", "analysis", "export"] {
            assert!(has(&format!("src/{layer}/{pane}.rs")), "{layer} has no {pane}.rs");
        }
    }
}

#[test]
fn files_stay_readable() {
    let long: Vec<String> = sources()
        .iter()
        .map(|source| (source.text.lines().count(), &source.path))
        .filter(|(lines, _)| *lines > 800)
        .map(|(lines, path)| format!("{path}: {lines} lines"))
        .collect();
    assert!(long.is_empty(), "{}", long.join("\n"));
}
