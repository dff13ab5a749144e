//! How often the interface asks the store for something, counted on the connection itself.

use super::*;
use crate::domain::object::{Kind, Row};
use crate::domain::period::FiscalYear;
use crate::i18n::Lang;
use crate::tui::action::Effect;
use crate::tui::app::{App, Setup};
use crate::tui::keymap::{Bindings, Key};
use crate::tui::panes::funnel::Settings;
use crate::tui::panes::pipeline::Cut;
use crate::tui::theme::Theme;
use crate::tui::views::View;
use crate::tui::widgets::table::Hidden;
use crate::tui::writer::Order;
use chrono::{Offset, Utc};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::Size;

/// What a look at the store costs when nobody has written to it: the question whether anyone has.
const POLL: u64 = 1;

/// The interface on the sample company; what its analyst's thread does is done at once.
struct Play {
    app: App,
    lookout: Lookout,
    terminal: Terminal<TestBackend>,
}

impl Play {
    fn new(folder: &Path) -> Self {
        let (reader, clock) = sample(folder);
        let size = Size { width: 120, height: 40 };
        let app = App::new(Setup {
            lang: Lang::En,
            theme: Theme::Default,
            ascii: false,
            clock,
            zone: Utc.fix(),
            demo: true,
            read_only: false,
            company: String::new(),
            view: View::Flow,
            flow: Settings::new(clock.now().date(), FiscalYear::default(), Funnels::shipped()),
            cut: Cut::default(),
            keys: Bindings::default(),
            hidden: Hidden::default(),
            size,
            generation: 0,
            home: None,
            import_path: None,
            filters: std::collections::BTreeMap::new(),
            drafts: std::collections::BTreeMap::new(),
            actor: String::new(),
            me: None,
        });
        let terminal = Terminal::new(TestBackend::new(size.width, size.height)).unwrap();
        Self { app, lookout: Lookout::new(Desk::new(reader, clock, Funnels::shipped()), Arc::default()), terminal }
    }

    /// Carries out what is asked for and draws; returns how many statements that took.
    fn carry_out(&mut self, mut effects: Vec<Effect>) -> u64 {
        let before = self.lookout.desk.reader.statements();
        while let Some(effect) = effects.pop() {
            match effect {
                Effect::Watch(watch) => {
                    let event = self.lookout.look(Some(watch)).unwrap();
                    effects.extend(self.app.update(event));
                }
                // Into a file of its own, not into the store.
                Effect::Write(Order::Remember { .. }) => {}
                other => panic!("{other:?}"),
            }
        }
        self.terminal.draw(|frame| self.app.draw(frame)).unwrap();
        self.lookout.desk.reader.statements() - before
    }

    fn start(&mut self) -> u64 {
        let effects = self.app.start();
        self.carry_out(effects)
    }

    fn press(&mut self, key: Key) -> u64 {
        let effects = self.app.update(Event::Key(key));
        self.carry_out(effects)
    }

    fn tick(&mut self) -> u64 {
        let effects = self.app.update(Event::Tick);
        self.carry_out(effects)
    }

    /// The analyst's own look at the store, four times a second.
    fn poll(&mut self) -> u64 {
        let before = self.lookout.desk.reader.statements();
        let effects = self.lookout.look(None).map(|event| self.app.update(event));
        self.carry_out(effects.unwrap_or_default());
        self.lookout.desk.reader.statements() - before
    }

    fn page(&self) -> &Page {
        match &self.lookout.said {
            Some((_, Answer::List(page))) => page,
            other => panic!("{other:?}"),
        }
    }

    /// What the page that was answered last takes: for each kind of record one statement for the rows, and one
    /// for the names of each kind of record that these refer to.
    fn fetch(&mut self) -> u64 {
        let places: Vec<_> = self.page().rows.iter().map(Entry::place).collect();
        let objects: BTreeSet<Object> = places.iter().map(|(object, _)| *object).collect();
        let referred = |row: &Row| {
            let pairs = row.object.fields().iter().zip(&row.values);
            let kinds = pairs.filter(|(_, value)| value.int().is_some()).map(|(field, _)| field.kind);
            kinds
                .filter_map(|kind| if let Kind::Reference(object) = kind { Some(object) } else { None })
                .collect::<Vec<_>>()
        };
        let mut statements = 0;
        for object in objects {
            let ids: Vec<Id> = places.iter().filter(|place| place.0 == object).map(|place| place.1).collect();
            let rows = self.lookout.desk.reader.rows(object, &ids).unwrap();
            let named: BTreeSet<Object> = rows.iter().flat_map(referred).collect();
            statements += 1 + named.len() as u64;
        }
        statements
    }

    /// Moves down line by line, past the page that is loaded and to the end of the next one.
    fn walk(&mut self) {
        let loaded = |play: &Self| play.page().first + play.page().rows.len();
        let (first, all) = (loaded(self), self.page().ids.len());
        let mut fetched = 0;
        for at in 1..all.min(2 * first) {
            let is_there = at < loaded(self);
            // Marking a row goes on to the next one, too.
            let statements = self.press(if at % 5 == 0 { Key::Char(' ') } else { Key::Down });
            if is_there {
                assert_eq!((statements, self.tick()), (0, 0), "row {at} was there");
            } else {
                assert_eq!(statements, POLL + self.fetch(), "row {at}");
                fetched += 1;
            }
        }
        assert!(fetched > 0 && self.page().first > 0);
        assert_eq!(self.press(Key::Up), 0);
        let jumped = self.press(Key::Char('g'));
        assert_eq!(jumped, POLL + self.fetch());
        assert_eq!(self.press(Key::PageDown) + self.press(Key::PageUp), 0, "a screen ahead is loaded too");
    }
}

/// What the names of deals take: the deals, and their accounts.
const NAMES: u64 = 2;

#[test]
fn moving_ticking_and_redrawing_ask_the_store_for_nothing_but_the_next_page() {
    let folder = tempfile::tempdir().unwrap();
    let mut play = Play::new(folder.path());
    assert!(play.start() > POLL, "it has read the facts");
    for (view, line, rows) in [(View::Flow, Key::Char('g'), 3_000), (View::Pipeline, Key::Down, 100)] {
        for key in [Key::Down, Key::Up, Key::Char('G'), Key::Char('?'), Key::Esc, Key::Char('g'), line] {
            assert_eq!((play.press(key), play.tick()), (0, 0), "{view:?} {key:?}");
        }
        assert_eq!((play.tick(), play.poll()), (0, POLL), "{view:?}");
        let opened = play.press(Key::Enter);
        assert!(play.page().ids.len() > rows && play.page().rows.len() < 100);
        assert_eq!(opened, POLL + play.fetch());
        play.walk();
        assert_eq!((play.tick(), play.poll()), (0, POLL), "{view:?}");
        assert_eq!(play.press(Key::Esc), 0, "it lets go of the marks");
        assert_eq!(play.press(Key::Esc), POLL, "the view is made from the facts");
        // Deals that the pipeline tells one by one are asked for their names, once.
        let names = if view == View::Flow { NAMES } else { 0 };
        assert_eq!(play.press(Key::Char('v')), POLL + names, "and so is the next one");
    }
}

/// What the past of a hand-off takes: touches, and what was done with it.
const PAST: u64 = 2;

#[test]
fn a_countdown_asks_the_store_for_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut play = Play::new(folder.path());
    play.start();
    assert!(play.press(Key::Char('2')) > POLL, "it has read what the records are called");
    for key in [Key::Char(' '), Key::Down, Key::Char('s')] {
        assert!([0, POLL + PAST].contains(&play.press(key)), "{key:?}");
        assert_eq!((play.tick(), play.tick(), play.poll()), (0, 0, POLL), "{key:?}");
    }
    assert_eq!(play.press(Key::Char('?')) + play.tick(), 0);
}

/// Ages grow with the clock: what is shown is made again when it is a minute old, and not before.
#[test]
fn after_a_minute_the_page_is_fetched_once_more() {
    let folder = tempfile::tempdir().unwrap();
    let mut play = Play::new(folder.path());
    play.start();
    play.press(Key::Enter);
    let start = play.lookout.desk.clock.now();
    let mut poll_after = |ms| {
        play.lookout.desk.clock = Clock::Fixed(Instant(start.0 + ms));
        (play.poll(), POLL + play.fetch())
    };
    assert_eq!(poll_after(GOOD_FOR_MS - 1).0, POLL);
    let (again, fetch) = poll_after(GOOD_FOR_MS);
    assert_eq!(again, fetch);
    assert_eq!(poll_after(GOOD_FOR_MS + 1).0, POLL);
}
