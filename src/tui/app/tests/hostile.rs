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

pub(super) fn is_obeyed(c: char) -> bool {
    let bidi = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}');
    c.is_control() || bidi || matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// A hostile name.
pub(super) fn names() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => prop::sample::select(OWN.map(str::to_owned).to_vec()),
        2 => prop::sample::select(naughty()),
        1 => any::<String>(),
    ]
}

/// Takes these steps, and looks after each of them at every cell and at what is copied.
fn walk(bench: &mut Bench, steps: &str, typed: &str) -> Result<(), TestCaseError> {
    for step in steps.split(' ') {
        let event = match step {
            "enter" => Event::Key(Key::Enter),
            "esc" => Event::Key(Key::Esc),
            "down" => Event::Key(Key::Down),
            "space" => Event::Key(Key::Char(' ')),
            "typed" => Event::Paste(typed.to_owned()),
            key => Event::Key(Key::Char(key.chars().next().unwrap())),
        };
        let effects = bench.app.update(event);
        for effect in &effects {
            if let Effect::Copy(text) = effect {
                prop_assert!(!text.chars().any(|c| is_obeyed(c) && !"\t\n".contains(c)), "{text:?} is copied");
            }
        }
        bench.answer(effects);
        for cell in &bench.draw().backend().buffer().content {
            prop_assert!(!cell.symbol().chars().any(is_obeyed), "{:?} after {step:?}", cell.symbol());
        }
    }
    Ok(())
}

/// In the signs that every terminal knows, without colours.
fn make_plain(bench: &mut Bench) {
    bench.app.glyphs = &ASCII;
    bench.app.theme = Theme::Mono;
}

/// From the flow to its segments and its filter, to its reasons and the records behind them, and on.
const FLOW: [&str; 4] = [
    "f space down space down space esc",
    "/ typed enter space y C esc esc esc",
    "x enter y enter down y esc / typed enter space y esc esc esc esc",
    "enter y enter y ? esc : typed esc M",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn no_cell_holds_a_control_or_bidi_character(
        name in names(),
        typed in any::<String>(),
        width in 40u16..130,
        plain: bool,
    ) {
        let mut bench = Bench::with_names(Lang::En, (width, 20), Facts::Hostile, &name);
        if plain {
            make_plain(&mut bench);
        }
        walk(&mut bench, "b enter / typed enter space y C esc enter ? esc : typed esc M", &typed)?;
    }

    #[test]
    fn no_cell_of_the_flow_does_either(
        name in names(),
        typed in prop_oneof![names(), Just("e".to_owned())],
        width in 40u16..130,
        plain: bool,
    ) {
        let mut bench = Bench::hostile_flow(Lang::En, (width, 40), &name);
        if plain {
            make_plain(&mut bench);
        }
        for steps in FLOW {
            walk(&mut bench, steps, &typed)?;
        }
    }
}

/// The walk above goes where the names are: what is left of one is seen there.
#[test]
fn what_is_left_of_a_hostile_name_is_shown() {
    for plain in [false, true] {
        let mut bench = Bench::hostile_flow(Lang::En, (120, 40), "\u{1b}[31mBob\u{202e}by\u{7}");
        if plain {
            make_plain(&mut bench);
        }
        let moved = format!("{} Bobby", bench.app.glyphs.arrow);
        let mut sees = |steps: &str, lines: &[&str]| {
            walk(&mut bench, steps, "bob").unwrap();
            let screen = bench.screen();
            let words = screen.split_whitespace().collect::<Vec<_>>().join(" ");
            lines.iter().for_each(|line| assert!(words.contains(line), "{line} after {steps}: {screen}"));
            assert!(!screen.contains("[31m"), "an escape sequence goes as a whole: {screen}");
        };
        sees(
            "f",
            &["source [ ] Bobby", "region [ ] Bobby", "owner [ ] Bobby", "segment [ ] Bobby", "product [ ] Bobby"],
        );
        sees("space esc", &["only source Bobby"]);
        sees("x enter", &["Bobby Bobby Bobby"]);
        sees("/ typed enter", &["/ bob 145"]);
        sees("enter", &["name Bobby", "source Bobby", &moved]);
    }
}
