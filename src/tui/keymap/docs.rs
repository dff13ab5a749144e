//! `docs/keys*.md`, written from the tables of commands.

use super::{Command, Context, Key, commands};
use crate::i18n::{Lang, Locale};
use std::fmt::Write as _;
use std::path::Path;

/// Where the keys do this, in words.
fn places(command: &Command, locale: &Locale) -> String {
    let has = |contexts: &[Context]| contexts.iter().all(|context| command.contexts.contains(context));
    if has(&Context::ALL) {
        return locale.t("docs-keys-all");
    }
    if has(&Context::READ) {
        return locale.t("docs-keys-everywhere");
    }
    let name = |context: &Context| locale.t(context.title());
    command.contexts.iter().map(name).collect::<Vec<_>>().join(&locale.t("list-separator"))
}

fn reference(locale: &Locale) -> String {
    let t = |key: &str| locale.t(key);
    let mut out = format!("# {}\n\n{}\n\n", t("docs-keys-title"), t("docs-keys-how"));
    let heads = ["docs-keys-keys", "docs-keys-what", "docs-keys-where", "docs-keys-id"].map(t);
    writeln!(out, "| {} |\n|---|---|---|---|", heads.join(" | ")).unwrap();
    for command in commands() {
        let key = |key: &Key| format!("`{}`", if *key == Key::Char('|') { "\\|".to_owned() } else { key.name() });
        let keys = command.keys.iter().map(key).collect::<Vec<_>>().join(" ");
        writeln!(out, "| {keys} | {} | {} | `{}` |", t(command.description), places(command, locale), command.id)
            .unwrap();
    }
    out
}

#[test]
fn the_key_reference_is_up_to_date() {
    for (lang, name) in [(Lang::En, "keys.md"), (Lang::ZhCn, "keys.zh-CN.md")] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name);
        let wanted = reference(&Locale::new(lang));
        if std::env::var_os("REVOPS_UPDATE_DOCS").is_some_and(|set| set == "1") {
            std::fs::write(&path, &wanted).unwrap();
        }
        let found = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(found == wanted, "docs/{name} is stale; REVOPS_UPDATE_DOCS=1 cargo test key_reference rewrites it");
    }
}
