//! Palette, messages and themes.

use super::*;
use crate::tui::keymap::commands;

/// Types into an open palette and runs what is found first.
fn run(bench: &mut Bench, words: &str) -> Vec<Effect> {
    bench.press(Key::Char(':'));
    assert_eq!(bench.app.context(), Context::Palette);
    bench.type_in(words);
    bench.app.update(Event::Key(Key::Enter))
}

#[test]
fn commands_are_found_in_both_languages_by_pinyin_and_by_id() {
    for lang in Lang::ALL {
        for words in ["switch between", "切换", "qiehuan", "language"] {
            let mut bench = Bench::new(lang, (80, 24), Facts::Some);
            let effects = run(&mut bench, words);
            assert_eq!(remembered(&effects), [("language", lang.next().tag())], "{words} in {}", lang.tag());
            assert_eq!(bench.app.context(), Context::Pipeline);
        }
    }
}

#[test]
fn it_opens_with_a_full_width_colon_and_ctrl_p_and_closes_with_escape() {
    let mut bench = Bench::new(Lang::ZhCn, (80, 24), Facts::Some);
    for key in [Key::Char('：'), Key::Ctrl('p'), Key::Char(':')] {
        bench.press(key);
        assert_eq!(bench.app.context(), Context::Palette);
        bench.press(Key::Esc);
        assert_eq!(bench.app.context(), Context::Pipeline);
    }
}

#[test]
fn only_what_can_be_done_from_here_is_offered_and_enter_runs_it_here() {
    let mut bench = Bench::new(Lang::En, (120, 40), Facts::Some);
    bench.press(Key::Char(':'));
    assert!(bench.screen().contains("next cut") && !bench.screen().contains("show or hide the column"));
    bench.press(Key::Esc);
    bench.press(Key::Enter);
    bench.press(Key::Char(':'));
    assert!(!bench.screen().contains("next cut") && bench.screen().contains("copy the marked"));
    bench.press(Key::Esc);
    let effects = run(&mut bench, "copy");
    assert!(matches!(effects.as_slice(), [Effect::Copy(_)]), "{effects:?}");
}

#[test]
fn what_finds_nothing_runs_nothing_and_stays_to_be_corrected() {
    let mut bench = Bench::new(Lang::En, (80, 24), Facts::Some);
    assert!(run(&mut bench, "zzqq").is_empty());
    assert!(bench.screen().contains(" : zzqq") && bench.screen().contains("Nothing matches"), "{}", bench.screen());
    assert_eq!(bench.caret(), (7, 3));
    bench.app.update(Event::Paste("\nq\n".to_owned()));
    assert_eq!(bench.app.context(), Context::Palette, "a paste runs nothing");
}

#[test]
fn every_command_runs_everywhere_without_a_panic() {
    for facts in [Facts::None, Facts::Some, Facts::Hostile] {
        for depth in 0..4 {
            for command in commands() {
                let mut bench = Bench::new(Lang::En, (80, 24), facts);
                (0..depth.min(2)).for_each(|_| bench.press(Key::Enter));
                if depth == 3 {
                    bench.press(Key::Char('/'));
                }
                let effects = bench.app.act(command.action);
                bench.answer(effects);
                let effects = bench.app.update(Event::Tick);
                bench.answer(effects);
                bench.draw();
            }
        }
    }
}

#[test]
fn messages_are_kept_with_their_time() {
    let mut bench = Bench::new(Lang::En, (80, 24), Facts::Some);
    bench.press(Key::Char('M'));
    assert!(bench.screen().contains("No messages yet"));
    bench.press(Key::Char('M'));
    for number in 0..250 {
        let refused = Message::new("undone").with("action", number).with("what", "x");
        bench.app.update(Event::Done(Done::Undone(Err(refused))));
    }
    bench.press(Key::Char('M'));
    let screen = bench.screen();
    assert!(screen.contains("10:12  ✗ Not done: Undone: action 249"), "{screen}");
    assert!(screen.contains("/ 200"), "{screen}");
    bench.press(Key::Char('G'));
    assert!(bench.screen().contains("action 50,"), "{}", bench.screen());
    bench.press(Key::Esc);
    assert_eq!(bench.app.context(), Context::Pipeline);
}

#[test]
fn themes_are_walked_through_and_remembered() {
    let mut bench = Bench::new(Lang::En, (80, 24), Facts::Some);
    let mut seen = Vec::new();
    for _ in Theme::ALL {
        let effects = bench.app.update(Event::Key(Key::Char('T')));
        seen.extend(remembered(&effects).into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())));
        bench.draw();
    }
    let themes = ["light", "dark", "colour-blind", "mono", "default"];
    assert_eq!(seen, themes.map(|theme| ("theme".to_owned(), theme.to_owned())));
    assert_eq!(remembered(&run(&mut bench, "colour-blind")), [("theme", "colour-blind")]);
    bench.app.theme = Theme::Light;
    let page = Theme::Light.style(crate::tui::theme::Meaning::Plain).bg;
    let terminal = bench.draw();
    let cells = &terminal.backend().buffer().content;
    let second_half = |at: usize| at > 0 && crate::text::width(cells[at - 1].symbol()) == 2;
    for (_, cell) in cells.iter().enumerate().filter(|(at, _)| !second_half(*at)) {
        assert_eq!(Some(cell.bg), page, "a theme with a page of its own covers all of it");
    }
}

#[test]
fn the_help_page_has_a_heading_for_every_place_and_can_be_filtered() {
    let mut bench = Bench::flow(Lang::En, (100, 240), 4_000);
    bench.press(Key::Char('?'));
    let screen = bench.screen();
    for heading in ["\n Flow", "\n Moving", "\n Everywhere", "\n Pipeline", "\n Signs"] {
        assert!(screen.contains(heading), "{heading}: {screen}");
    }
    assert!(screen.find("\n Flow") < screen.find("\n Moving"), "what is at hand stands first: {screen}");
    assert_eq!(screen.matches("choose the columns").count(), 1, "{screen}");
    bench.press(Key::Char('/'));
    bench.type_in("interval");
    let screen = bench.screen();
    assert!(screen.contains("show and hide 95 % intervals") && !screen.contains("Moving"), "{screen}");
    bench.press(Key::Enter);
    assert_eq!(bench.app.context(), Context::Help);
    bench.press(Key::Esc);
    assert!(bench.screen().contains("Moving"), "{}", bench.screen());
    bench.press(Key::Esc);
    assert_eq!(bench.app.context(), Context::Flow);
}
