//! The flow view: keys in, wishes and screens out.

use super::stage::Bench;
use super::*;
use crate::analysis::funnel::{Basis, Compare, Measure};
use crate::domain::funnel::journey::Skips;
use crate::domain::time::{DAY_MS, Instant};
use crate::tui::analyst::FlowWish;

fn wish(bench: &Bench) -> FlowWish {
    match &bench.app.watched {
        Some(Subject::Flow(wish)) => (**wish).clone(),
        other => panic!("{other:?}"),
    }
}

fn bench() -> Bench {
    Bench::flow(Lang::En, (120, 40), 4_000)
}

#[test]
fn the_first_screen_names_the_leak() {
    let screen = bench().screen();
    assert!(screen.contains("The leak: MQL → SQL fell from 25.0 % to 20.0 % (−20.0 %)"), "{screen}");
    assert!(screen.lines().any(|line| line.contains("SQL") && line.contains("! leak")), "{screen}");
}

#[test]
fn the_selection_begins_at_the_leak_and_is_never_moved_unasked() {
    let mut bench = bench();
    for key in ['c', 'a', 'b', '<', 't'] {
        assert!(bench.selected_line().starts_with("SQL"), "before {key}: {}", bench.screen());
        bench.press(Key::Char(key));
    }
    assert!(bench.selected_line().starts_with("SQL"), "{}", bench.screen());
    bench.press(Key::Up);
    let chosen = bench.selected_line();
    bench.press(Key::Char('c'));
    bench.press(Key::Char('c'));
    assert_eq!(bench.selected_line(), chosen);
}

#[test]
fn old_data_is_shown_in_its_own_period() {
    let mut bench = Bench::flow_at(Lang::En, (120, 40), 4_000, Instant(stage::NOW.0 + 3 * 365 * DAY_MS));
    let screen = bench.screen();
    assert!(screen.contains("2026-Q4 (newest record 2026-11-"), "{screen}");
    bench.press(Key::Char('<'));
    assert_eq!(wish(&bench).query.period.to_string(), "2026-Q3");
    bench.press(Key::Char('0'));
    assert!(bench.screen().contains("2026-Q4 (newest record 2026-11-"), "back where it opened: {}", bench.screen());
    bench.press(Key::Char('0'));
    let screen = bench.screen();
    assert!(screen.contains("Nothing entered the funnel in 2029-Q4; the newest record is of 2026-11-"), "{screen}");
    assert!(screen.contains("0 leads to the newest data"), "{screen}");
    bench.press(Key::Char('0'));
    bench.press(Key::Char('t'));
    bench.press(Key::Char('t'));
    assert!(bench.screen().contains("2026-W4"), "{}", bench.screen());
}

#[test]
fn another_unit_stays_where_someone_went() {
    let mut bench = bench();
    ['<', '<'].into_iter().for_each(|key| bench.press(Key::Char(key)));
    let mut turned = || {
        bench.press(Key::Char('t'));
        wish(&bench).query.period.to_string()
    };
    assert_eq!([turned(), turned(), turned(), turned()], ["2026", "2026-W27", "2026-06", "2026-Q2"]);
}

#[test]
fn a_period_is_typed_and_mistakes_are_told_in_place() {
    let mut bench = bench();
    bench.press(Key::Char('P'));
    bench.type_in("2026-Q9");
    bench.press(Key::Enter);
    assert!(bench.screen().contains("That is no period"), "{}", bench.screen());
    bench.press(Key::Ctrl('u'));
    bench.type_in("2031");
    bench.press(Key::Enter);
    assert!(bench.screen().contains("has not begun"), "{}", bench.screen());
    bench.press(Key::Ctrl('u'));
    bench.type_in("2026-07-01..2026-08-15");
    bench.press(Key::Enter);
    assert_eq!(bench.app.context(), Context::Flow);
    assert_eq!(wish(&bench).query.period.to_string(), "2026-07-01..2026-08-15");
    bench.press(Key::Char('<'));
    assert_eq!(wish(&bench).query.period.to_string(), "2026-05-16..2026-06-30");
}

#[test]
fn what_matches_nothing_opens_nothing() {
    let mut bench = bench();
    bench.press(Key::Char('/'));
    bench.type_in("zzzz");
    bench.press(Key::Enter);
    let screen = bench.screen();
    assert!(screen.contains("Nothing matches.") && !screen.contains("Owner: "), "{screen}");
    bench.press(Key::Enter);
    assert_eq!(bench.app.context(), Context::Flow);
    assert!(bench.screen().contains("Nothing to open"), "{}", bench.screen());
}

#[test]
fn stages_sort_in_the_order_of_the_funnel() {
    let mut bench = bench();
    bench.press(Key::Char('s'));
    bench.press(Key::Char('g'));
    assert!(bench.selected_line().starts_with("Lead"), "{}", bench.screen());
    bench.press(Key::Char('S'));
    bench.press(Key::Char('g'));
    assert!(bench.selected_line().starts_with("SQL"), "{}", bench.screen());
}

#[test]
fn a_key_that_changes_nothing_says_why() {
    let mut bench = bench();
    for (key, words) in [
        ('>', "This is the running period"),
        ('S', "s sorts it first"),
        ('d', "d does nothing here; elsewhere: look around"),
    ] {
        bench.press(Key::Char(key));
        assert!(bench.screen().contains(words), "{words}: {}", bench.screen());
    }
    bench.press(Key::Char('b'));
    bench.press(Key::Char('I'));
    let screen = bench.screen();
    assert!(screen.contains("not in a snapshot (b)") && screen.contains("2 quarters"), "{screen}");
    [Key::Char('b'), Key::Enter, Key::Char('x')].into_iter().for_each(|key| bench.press(key));
    assert!(bench.screen().contains("x does nothing here"), "{}", bench.screen());
}

#[test]
fn keys_that_come_before_the_data_wait_for_it() {
    let mut app = stage::app(Lang::En, (80, 24));
    let Some(Effect::Watch(watch)) = app.start().pop() else { panic!("nothing asked") };
    for key in [Key::Down, Key::Enter] {
        assert_eq!(app.update(Event::Key(key)), []);
    }
    assert_eq!(app.update(Event::Key(Key::Ctrl('c'))), [Effect::Quit], "leaving does not wait");
    let bench = Bench::new(Lang::En, (80, 24), stage::Facts::Some);
    let effects = app.update(Event::Loaded(watch.generation, bench.look_up(&watch.subject)));
    let [Effect::Watch(Watch { subject: Subject::List(listing, _), .. })] = effects.as_slice() else {
        panic!("{effects:?}")
    };
    assert_eq!(listing.selection, Deals::default().stage(2).into());
}

#[test]
fn an_explanation_is_readable_on_a_low_screen_and_can_be_copied() {
    let mut bench = Bench::flow(Lang::En, (60, 16), 4_000);
    bench.press(Key::Char('x'));
    [Key::Down, Key::Down].into_iter().for_each(|key| bench.press(key));
    let screen = bench.screen();
    assert!(screen.contains("Conversion from the previous stage · 2026-Q4") && screen.contains("20.0 %"), "{screen}");
    assert!(!screen.contains("as of      2026"), "{screen}");
    (0..4).for_each(|_| bench.press(Key::PageDown));
    assert!(bench.screen().contains("not yet approved"), "{}", bench.screen());
    let Some(Effect::Copy(text)) = bench.app.update(Event::Key(Key::Char('y'))).pop() else { panic!("nothing copied") };
    assert!(text.starts_with("SQL\tConversion from the previous stage · 2026-Q4\t20.0 %\nmeans\t"), "{text}");
    assert!(text.contains("\nas of\t2026-11-17T"), "{text}");
}

#[test]
fn help_and_commands_stand_on_the_last_row_and_two_rows_are_the_most() {
    for lang in Lang::ALL {
        for (width, height, rows) in [(120, 40, 2), (80, 24, 2), (60, 16, 1), (40, 8, 1)] {
            let bench = Bench::flow(lang, (width, height), 4_000);
            let screen = bench.screen();
            let last = screen.lines().last().unwrap();
            assert!([": ", "? ", "q "].iter().all(|key| last.contains(key)), "{screen}");
            assert!(bench.app.hints(width).height() <= rows, "{screen}");
        }
    }
}

#[test]
fn what_does_not_fit_says_so_and_no_line_begins_with_a_dot() {
    for lang in Lang::ALL {
        for size in [(80, 24), (60, 16), (60, 20), (100, 14)] {
            let bench = Bench::flow(lang, size, 4_000);
            let screen = bench.screen();
            assert!(!screen.lines().any(|line| line.trim_start().starts_with('·')), "{screen}");
            let rule = screen.lines().position(|line| line.starts_with("────")).unwrap();
            let above = screen.lines().nth(rule - 1).unwrap();
            let whole = ["Not in the data", "数据里没有", "Trends", "趋势"].iter().any(|last| above.contains(last));
            let ends = whole || above.trim_end().ends_with(['…', '：', 'd', '天']) || above.contains("SQL");
            assert!(above.trim().is_empty() || ends, "{screen}");
            assert!(size.1 > 16 || above.contains('…'), "{screen}");
        }
    }
}

#[test]
fn every_key_changes_what_is_asked_for() {
    let mut bench = bench();
    let first = wish(&bench);
    assert_eq!((first.funnel.as_str(), first.query.period.to_string().as_str()), ("lead-to-cash", "2026-Q4"));
    let mut press = |key| {
        bench.press(Key::Char(key));
        wish(&bench)
    };
    assert_eq!(press('b').query.basis, Basis::Snapshot);
    assert_eq!(press('b').query.basis, Basis::Cohort);
    assert_eq!(press('o').skips, Skips::Strict);
    assert_eq!(press('o').skips, Skips::Any);
    assert_eq!(press('o').skips, Skips::Imputed);
    assert_eq!(press('a').query.measure, Measure::Amount);
    press('a');
    assert_eq!(press('c').query.compare, Compare::YearBefore);
    press('c');
    assert_eq!(press('<').query.period.to_string(), "2026-Q3");
    assert_eq!(press('>').query.period.to_string(), "2026-Q4");
    assert_eq!(press('>').query.period.to_string(), "2026-Q4", "there is nothing later than now");
    press('<');
    assert_eq!(press('<').query.period.to_string(), "2026-Q2");
    assert_eq!(press('0').query.period.to_string(), "2026-Q4");
    assert_eq!(press('t').query.period.to_string(), "2026");
    assert_eq!(press('t').query.period.to_string(), "2026-W47");
    assert_eq!(press('t').query.period.to_string(), "2026-11");
    press('t');
    assert_eq!(press('w').funnel, "product-led");
    assert!(bench.screen().contains("Nothing in this funnel yet: Product-led"), "{}", bench.screen());
    bench.press(Key::Char('w'));
    assert_eq!(wish(&bench).funnel, "own");
    assert!(bench.screen().contains(stage::OWN), "{}", bench.screen());
    bench.press(Key::Char('w'));
    assert_eq!(wish(&bench), first);
}

#[test]
fn a_segment_is_chosen_and_taken_out_again() {
    let mut bench = bench();
    bench.press(Key::Char('f'));
    assert_eq!(bench.app.context(), Context::Segments);
    assert!(bench.screen().contains("source      [ ] Event"), "{}", bench.screen());
    bench.press(Key::Char(' '));
    assert!(bench.screen().contains("source      [✓] Event"), "{}", bench.screen());
    bench.press(Key::Esc);
    assert!(bench.screen().contains("only source Event"), "{}", bench.screen());
    let part = bench.screen();
    bench.press(Key::Char('f'));
    bench.press(Key::Char(' '));
    bench.press(Key::Enter);
    assert_eq!(bench.app.context(), Context::Flow, "Enter closes, and leaves what Space has done");
    assert!(wish(&bench).query.segment.is_all());
    assert_ne!(bench.screen(), part);
    bench.press(Key::Char('f'));
    bench.press(Key::Enter);
    assert!(bench.screen().contains("only source Event"), "Enter alone takes the line: {}", bench.screen());
}

#[test]
fn the_values_are_filtered_and_only_what_tells_records_apart_is_offered() {
    let mut bench = bench();
    bench.press(Key::Char('f'));
    let all = bench.screen();
    assert!(all.contains("Space choose") && all.contains("records, all periods"), "{all}");
    assert!(!all.contains("segment     ["), "nothing is known of it: {all}");
    bench.press(Key::Char('/'));
    bench.type_in("ev ");
    assert_eq!(bench.app.context(), Context::Field);
    let filtered = bench.screen();
    assert!(filtered.contains("Event") && filtered.matches("[ ]").count() == 1, "{filtered}");
    bench.press(Key::Enter);
    bench.press(Key::Char(' '));
    assert!(bench.screen().contains("source      [✓] Event"), "{}", bench.screen());
    bench.press(Key::Esc);
    assert_eq!((bench.app.context(), bench.screen().matches("source      [").count()), (Context::Segments, 1));
    bench.press(Key::Esc);
    assert!(bench.screen().contains("only source Event"), "{}", bench.screen());
}

#[test]
fn every_figure_is_explained_and_leads_to_as_many_records_as_it_says() {
    let mut bench = bench();
    bench.press(Key::Char('x'));
    assert_eq!(bench.app.context(), Context::Explain);
    let mut explained = 0;
    for _ in 0..12 {
        let screen = bench.screen();
        let behind =
            screen.lines().find_map(|line| line.trim().strip_prefix("behind it")).expect("a number of records");
        let n: usize = behind.split_whitespace().next().unwrap().replace(',', "").parse().unwrap();
        if n > 0 {
            bench.press(Key::Enter);
            let Some(Subject::List(..)) = &bench.app.watched else { panic!("no list") };
            let (found, _) = bench.app.sheet().unwrap().found(&bench.app.look()).unwrap();
            assert_eq!(found, n, "{screen}");
            bench.press(Key::Esc);
            explained += 1;
        }
        bench.press(Key::Down);
    }
    assert!(explained > 6, "{explained}");
}

#[test]
fn formula_numbers_and_interval_are_told() {
    let mut bench = bench();
    [Key::Char('x'), Key::Down, Key::Down].into_iter().for_each(|key| bench.press(key));
    let screen = bench.screen();
    for words in ["converted ÷ resolved = 240 ÷ 1,200", "95 % sure", "below 20 records", "not yet approved"] {
        assert!(screen.contains(words), "{words}: {screen}");
    }
}

/// The explanation of the figure at a place of the SQL line.
fn explained(lang: Lang, at: usize) -> String {
    let mut bench = Bench::flow(lang, (120, 40), 4_000);
    [Key::Down, Key::Down, Key::Char('x')].into_iter().for_each(|key| bench.press(key));
    (0..at).for_each(|_| bench.press(Key::Down));
    bench.screen()
}

#[test]
fn an_explanation_tells_days_numbers_and_what_is_left_out() {
    for (lang, at, words) in [
        (Lang::En, 1, "(now − before) ÷ before = (240 − 300) ÷ 300"),
        (Lang::En, 2, "past conversions needed no longer"),
        (Lang::En, 2, "0 too young in 2026-Q4. Records younger"),
        (Lang::En, 3, "(now − before) ÷ before = ((240 ÷ 1,200) − (300 ÷ 1,200)) ÷ (300 ÷ 1,200)"),
        (Lang::En, 3, "0 too young in 2026-07-01..2026-08-17"),
        (Lang::ZhCn, 2, "已转化 ÷ 已满期限 = 240 ÷ 1,200"),
        (Lang::ZhCn, 2, "九成在此天数内"),
        (Lang::ZhCn, 3, "(本期 − 对比期) ÷ 对比期 = ((240 ÷ 1,200) − (300 ÷ 1,200)) ÷ (300 ÷ 1,200)"),
    ] {
        let screen = explained(lang, at);
        assert!(screen.contains(words), "{words}: {screen}");
    }
}

#[test]
fn enter_lists_the_entrants_and_the_pipeline_explains_itself_too() {
    let mut bench = bench();
    bench.press(Key::Char('g'));
    let effects = bench.app.update(Event::Key(Key::Enter));
    let [Effect::Watch(Watch { subject: Subject::List(..), .. })] = effects.as_slice() else { panic!("{effects:?}") };
    bench.answer(effects);
    assert!(bench.screen().contains("Entered Lead · 2026-Q4 · 2,000 people"), "{}", bench.screen());
    let mut pipeline = Bench::new(Lang::En, (120, 40), stage::Facts::Some);
    pipeline.press(Key::Char('x'));
    assert!(pipeline.screen().contains("Deals in the stage"), "{}", pipeline.screen());
}

#[test]
fn the_list_of_a_conversion_tells_what_became_of_each_record() {
    let mut bench = bench();
    let keys = [Key::Down, Key::Down, Key::Char('x'), Key::Down, Key::Down, Key::Enter];
    keys.into_iter().for_each(|key| bench.press(key));
    let screen = bench.screen();
    assert!(screen.contains("Conversion to SQL · 2026-Q4 · 240 of 1,200 · 1,200 people"), "{screen}");
    for words in ["entered", "reached", "source", "owner", " after 3 d", "–"] {
        assert!(screen.contains(words), "{words}: {screen}");
    }
    // The change is told by the records of the period that is looked at, and says so.
    [Key::Esc, Key::Down, Key::Enter].into_iter().for_each(|key| bench.press(key));
    let screen = bench.screen();
    assert!(screen.contains("Change of the conversion to SQL · 2026-Q4 · −20.0 %"), "{screen}");
}

#[test]
fn moving_and_ticking_ask_for_nothing() {
    let mut bench = bench();
    for key in [Key::Down, Key::Up, Key::Char('I'), Key::Char('G')] {
        assert!(bench.app.update(Event::Key(key)).is_empty(), "{key:?}");
    }
    assert!(bench.app.update(Event::Tick).is_empty());
}

#[test]
fn whole_screens() {
    let shots: [(&str, i64, &[Key]); 6] = [
        ("flow", 4_000, &[Key::Down, Key::Down]),
        ("flow-none", 0, &[]),
        ("flow-one", 1, &[]),
        ("flow-stages", 4_000, &[Key::Char('D'), Key::PageDown]),
        ("flow-list", 4_000, &[Key::Down, Key::Down, Key::Char('x'), Key::Down, Key::Down, Key::Enter]),
        ("flow-explained", 4_000, &[Key::Down, Key::Down, Key::Char('x'), Key::Down, Key::Down]),
    ];
    for (name, leads, keys) in shots {
        shoot(name, leads, keys);
    }
    shoot("flow-many", 50_000, &[]);
}

/// A screen in every size and language: with colours, with none (and what is bold, dim, underlined or
/// reversed instead), and in plain ASCII.
fn shoot(name: &str, leads: i64, keys: &[Key]) {
    for lang in Lang::ALL {
        for size in [(80, 24), (120, 40), (60, 16)] {
            let mut bench = Bench::flow(lang, size, leads);
            keys.iter().for_each(|&key| bench.press(key));
            let colours = bench.screen();
            bench.app.theme = Theme::Mono;
            assert_eq!(bench.screen(), colours, "a theme changes no character");
            let marks = bench.marks();
            bench.app.glyphs = &ASCII;
            let ascii = bench.screen();
            let letters = |c: char| c.is_ascii() || c.is_alphanumeric() || "（）《》：，、。；“”…°≥–—−÷×".contains(c);
            let odd: String = ascii.chars().filter(|&c| !letters(c)).collect();
            assert!(odd.is_empty(), "{odd} in {ascii}");
            let name = format!("{name}@{}-{}x{}", lang.tag(), size.0, size.1);
            insta::with_settings!({ omit_expression => true }, {
                insta::assert_snapshot!(name, format!("{colours}\nmono\n{marks}\nascii\n{ascii}"));
            });
        }
    }
}

#[test]
fn the_definitions_are_read_line_by_line_and_esc_goes_back() {
    let mut bench = Bench::flow(Lang::En, (80, 24), 4_000);
    let flow = bench.screen();
    bench.press(Key::Char('D'));
    assert_eq!(bench.app.context(), Context::Stages);
    assert!(bench.selected_line().starts_with("SQL"), "it begins at the selected stage: {}", bench.screen());
    bench.press(Key::Char('g'));
    for words in ["definitions v1", "(Visitor) → Lead → MQL", "e-mail or phone or WeChat, source", "1–"] {
        assert!(bench.screen().contains(words), "{words}: {}", bench.screen());
    }
    assert!(bench.screen().contains("14 expected, median 1 (2,000 records)"), "{}", bench.screen());
    bench.press(Key::Down);
    let Some(Effect::Copy(text)) = bench.app.update(Event::Key(Key::Char('y'))).pop() else { panic!("nothing copied") };
    assert!(text.starts_with("Visitor (may be skipped)\nowner\t") && !text.contains("Lead\n"), "{text}");
    bench.press(Key::Char('G'));
    assert!(bench.screen().contains("Evangelist"), "{}", bench.screen());
    bench.press(Key::Char('L'));
    assert!(bench.screen().contains("推荐与增购（可跳过）"), "{}", bench.screen());
    bench.press(Key::Char('L'));
    bench.press(Key::Esc);
    assert_eq!(bench.screen(), flow);
    // The funnel on the screen is the one whose definitions are shown.
    [Key::Char('w'), Key::Char('w'), Key::Char('D')].into_iter().for_each(|key| bench.press(key));
    assert!(bench.screen().contains(stage::OWN), "{}", bench.screen());
}
