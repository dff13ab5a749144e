//! Whole screens, in both languages and in every size that is promised.

use super::stage::{Bench, Facts};
use super::*;

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (60, 16)];

fn shoot(name: &str, facts: Facts, keys: &[Key]) {
    for lang in Lang::ALL {
        for size in SIZES {
            let mut bench = Bench::new(lang, size, facts);
            keys.iter().for_each(|&key| bench.press(key));
            let name = format!("{name}@{}-{}x{}", lang.tag(), size.0, size.1);
            insta::with_settings!({ omit_expression => true }, {
                insta::assert_snapshot!(name, bench.screen());
            });
        }
    }
}

#[test]
fn empty_store() {
    shoot("empty", Facts::None, &[]);
}

#[test]
fn first_page_of_an_own_store() {
    for lang in Lang::ALL {
        for size in SIZES {
            let mut bench = Bench::new(lang, size, Facts::None);
            bench.app.demo = false;
            let name = format!("welcome@{}-{}x{}", lang.tag(), size.0, size.1);
            insta::with_settings!({ omit_expression => true }, {
                insta::assert_snapshot!(name, bench.screen());
            });
        }
    }
}

#[test]
fn stages() {
    shoot("stages", Facts::Some, &[]);
}

#[test]
fn owners() {
    shoot("owners", Facts::Some, &[Key::Char('b'), Key::Down]);
}

#[test]
fn quarters() {
    shoot("quarters", Facts::Some, &[Key::Char('b'), Key::Char('b'), Key::Char('b')]);
}

#[test]
fn ageing() {
    shoot("ageing", Facts::Some, &[Key::Left, Key::Char('G')]);
}

#[test]
fn deals() {
    shoot("deals", Facts::Some, &[Key::Enter, Key::Down]);
}

#[test]
fn filtered_deals() {
    let keys = [Key::Char('b'), Key::Enter, Key::Char('/'), Key::Char('y'), Key::Char('f')];
    shoot("filtered", Facts::Some, &keys);
}

#[test]
fn sorted_and_marked_owners() {
    let keys = [Key::Char('b'), Key::Char(' '), Key::Char(' '), Key::Char('s'), Key::Char('s'), Key::Char('S')];
    shoot("sorted", Facts::Some, &keys);
}

#[test]
fn columns() {
    shoot("columns", Facts::Some, &[Key::Enter, Key::Char('C'), Key::Down, Key::Char(' ')]);
}

#[test]
fn record() {
    shoot("record", Facts::Some, &[Key::Enter, Key::Enter]);
}

#[test]
fn palette() {
    shoot("palette", Facts::Some, &[Key::Char(':'), Key::Char('c'), Key::Char('o')]);
}

#[test]
fn messages() {
    shoot("messages", Facts::Some, &[Key::Char('s'), Key::Char('T'), Key::Char('M')]);
}

#[test]
fn help() {
    shoot("help", Facts::Some, &[Key::Char('?')]);
}

/// The same on a terminal that has neither box characters nor colours.
#[test]
fn ascii_and_mono() {
    let screens: [(&str, Facts, &[Key]); 5] = [
        ("owners", Facts::Some, &[Key::Char('b'), Key::Char(' '), Key::Char('s'), Key::Char('s')]),
        ("filtered", Facts::Some, &[Key::Enter, Key::Char('/'), Key::Char('1')]),
        ("columns", Facts::Some, &[Key::Enter, Key::Char('C')]),
        ("palette", Facts::Some, &[Key::Char(':')]),
        ("welcome", Facts::None, &[]),
    ];
    for (name, facts, keys) in screens {
        for lang in Lang::ALL {
            let mut bench = Bench::new(lang, (80, 24), facts);
            (bench.app.glyphs, bench.app.theme) = (&ASCII, Theme::Mono);
            keys.iter().for_each(|&key| bench.press(key));
            insta::with_settings!({ omit_expression => true }, {
                insta::assert_snapshot!(format!("ascii-{name}@{}", lang.tag()), bench.screen());
            });
        }
    }
}

#[test]
fn too_small() {
    for lang in Lang::ALL {
        let bench = Bench::new(lang, (39, 7), Facts::Some);
        assert_eq!(bench.screen().trim(), "terminal too small / 终端太小");
    }
}

#[test]
fn plain_ascii_and_no_colour() {
    let mut setup = Bench::new(Lang::En, (80, 24), Facts::Some);
    setup.app.glyphs = &ASCII;
    setup.app.theme = Theme::Mono;
    setup.press(Key::Enter);
    let screen = setup.screen();
    assert!(screen.chars().all(|c| !"─▸█≈→⏎↑↓·".contains(c)), "{screen}");
    let terminal = setup.draw();
    let plain = ratatui::style::Style::reset();
    for cell in &terminal.backend().buffer().content {
        assert_eq!((Some(cell.fg), Some(cell.bg)), (plain.fg, plain.bg));
    }
}
