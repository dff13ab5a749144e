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
    shoot("quarters", Facts::Some, &[Key::Char('b'); 5]);
}

/// Targets, and a past of every deal: coverage with a gap, stall lines, deals one by one.
#[test]
fn a_pipeline_with_a_past() {
    for (name, cuts) in [("past", 0), ("past-owners", 1), ("past-stalled", 2), ("past-pushed", 3)] {
        for lang in Lang::ALL {
            for size in SIZES {
                let mut bench = Bench::with_a_past(lang, size);
                (0..cuts).for_each(|_| bench.press(Key::Char('b')));
                let name = format!("{name}@{}-{}x{}", lang.tag(), size.0, size.1);
                insta::with_settings!({ omit_expression => true }, {
                    insta::assert_snapshot!(name, bench.screen());
                });
            }
        }
    }
}

/// What has no past says what would bring one.
#[test]
fn a_pipeline_without_a_past() {
    let mut bench = Bench::new(Lang::En, (80, 24), Facts::Some);
    [Key::Char('b'); 2].iter().for_each(|&key| bench.press(key));
    assert!(bench.screen().contains("Nothing tells how deals moved"), "{}", bench.screen());
    bench.press(Key::Char('b'));
    assert!(bench.screen().contains("No close date of an open deal has moved later"), "{}", bench.screen());
}

/// Period, comparison and segment are those of the flow view, and stay when the view changes.
#[test]
fn the_views_share_period_and_segment() {
    let mut bench = Bench::with_a_past(Lang::En, (120, 40));
    bench.press(Key::Char('<'));
    bench.press(Key::Char('c'));
    assert!(bench.screen().contains("2026-Q3 · against 2025-Q3"), "{}", bench.screen());
    bench.press(Key::Char('f'));
    bench.type_in("/ingrid");
    [Key::Enter, Key::Enter].iter().for_each(|&key| bench.press(key));
    assert!(bench.screen().contains("owner Ingrid Malmøe"), "{}", bench.screen());
    bench.press(Key::Char('1'));
    let flow = bench.screen();
    assert!(flow.contains("2026-Q3") && flow.contains("2025-Q3") && flow.contains("Ingrid"), "{flow}");
    bench.press(Key::Char('0'));
    bench.press(Key::Char('v'));
    assert!(bench.screen().contains("2026-Q4 so far"), "{}", bench.screen());
}

/// A deal that is told by itself opens by itself.
#[test]
fn a_stalled_deal_opens() {
    let mut bench = Bench::with_a_past(Lang::En, (120, 40));
    [Key::Char('b'), Key::Char('b'), Key::Enter].iter().for_each(|&key| bench.press(key));
    assert_eq!(bench.app.context(), Context::Record);
}

#[test]
fn ageing() {
    shoot("ageing", Facts::Some, &[Key::Char('B'), Key::Char('G')]);
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

#[test]
fn an_empty_store_says_what_fills_each_view_and_every_step_is_seen() {
    for lang in Lang::ALL {
        for view in View::ALL {
            for size in [(60, 16), (80, 24)] {
                let mut bench = Bench::new(lang, size, Facts::None);
                bench.app.views.show(view);
                // Words are wrapped.
                let solid = |text: &str| text.split_whitespace().collect::<String>();
                let screen = solid(&bench.screen());
                for key in [view.fills(), "tui-help-import", "tui-help-quit"] {
                    assert!(screen.contains(&solid(&bench.app.locale.t(key))), "{key}: {}", bench.screen());
                }
            }
        }
    }
}
