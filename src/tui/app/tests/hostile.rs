//! Whatever names the data holds, no cell of any frame holds what a terminal would obey.

use super::*;
use proptest::prelude::*;
use std::path::PathBuf;

/// Names that break programs.
const OWN: [&str; 10] = [
    "\u{1b}[2J\u{1b}]0;title\u{7}",
    "\u{202e}txt.exe",
    "\u{200b}\u{200d}\u{feff}",
    "a\u{0}b\r\nc\td",
    "\u{9b}31m\u{85}",
    "👩‍👩‍👧‍👦🇨🇳",
    "Z\u{351}\u{36b}\u{343}\u{32a}",
    "﷽",
    "\u{e0041}\u{2066}x\u{2069}",
    "",
];

/// The big list of naughty strings, where it is there.
fn naughty() -> Vec<String> {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let root = std::env::var_os("REVOPS_REAL_DATA").map_or_else(beside, PathBuf::from);
    let list = std::fs::read(root.join("text/blns.txt")).unwrap_or_default();
    let lines = String::from_utf8_lossy(&list).lines().map(str::to_owned).collect::<Vec<_>>();
    if lines.is_empty() { vec!["${jndi:x}".to_owned()] } else { lines }
}

fn is_obeyed(c: char) -> bool {
    let bidi = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}');
    c.is_control() || bidi || matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn no_cell_holds_a_control_or_bidi_character(
        name in prop_oneof![
            3 => prop::sample::select(OWN.map(str::to_owned).to_vec()),
            2 => prop::sample::select(naughty()),
            1 => any::<String>(),
        ],
        typed in any::<String>(),
        width in 40u16..130,
    ) {
        let mut bench = Bench::with_names(Lang::En, (width, 20), Facts::Hostile, &name);
        let steps = ["b", "\n", "/", "typed", "\n", " ", "y", "C", "\u{1b}", "\n", "?", "\u{1b}", ":", "typed", "\u{1b}", "M"];
        for step in steps {
            match step {
                "\n" => bench.press(Key::Enter),
                "\u{1b}" => bench.press(Key::Esc),
                "typed" => drop(bench.app.update(Event::Paste(typed.clone()))),
                key => key.chars().for_each(|c| bench.press(Key::Char(c))),
            }
            for cell in &bench.draw().backend().buffer().content {
                prop_assert!(!cell.symbol().chars().any(is_obeyed), "{:?} after {step:?}", cell.symbol());
            }
        }
    }
}
