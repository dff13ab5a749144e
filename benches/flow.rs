//! The flow view over a million leads: what its analyst does, and what its screen does.

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a bench stops at the first surprise")]

mod company;

use chrono::{Offset, Utc};
use company::{NOW, company};
use divan::Bencher;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::Size;
use revops::analysis::funnel::{Basis, Compare, Flow, Measure, Query, find, flow};
use revops::clock::Clock;
use revops::domain::facts::Facts;
use revops::domain::funnel::Funnels;
use revops::domain::funnel::journey::{Journeys, Skips};
use revops::domain::funnel::segment::{Dimension, NEW, Segment, values};
use revops::domain::period::{FiscalYear, Period};
use revops::i18n::Lang;
use revops::tui::action::{Effect, Event};
use revops::tui::analyst::{Answer, Guide, Subject};
use revops::tui::app::{App, Setup};
use revops::tui::keymap::{Bindings, Key};
use revops::tui::panes::funnel::Settings;
use revops::tui::panes::pipeline::Cut;
use revops::tui::theme::Theme;
use revops::tui::views::View;
use revops::tui::widgets::table::Hidden;
use std::sync::LazyLock;

static FACTS: LazyLock<Facts> = LazyLock::new(|| company(1_000_000));
static JOURNEYS: LazyLock<Journeys> = LazyLock::new(read);

fn main() {
    // The first bench would wait for it.
    LazyLock::force(&JOURNEYS);
    divan::main();
}

fn read() -> Journeys {
    Journeys::read(&FACTS, Funnels::shipped().get("lead-to-cash").unwrap(), Skips::Imputed, NOW)
}

fn look(basis: Basis, segment: Segment) -> Flow {
    let period = Period::parse("2026-Q4", FiscalYear::default()).unwrap();
    flow(&JOURNEYS, &Query { period, compare: Compare::Previous, basis, measure: Measure::Count, segment })
}

fn of(dimension: Dimension, value: &str) -> Segment {
    Segment::default().with(dimension, Some(value.to_owned()))
}

/// What is done once after every change of the facts, before anything is seen.
#[divan::bench(sample_count = 10)]
fn journeys_are_read() -> usize {
    read().len()
}

#[divan::bench(sample_count = 20)]
fn flow_of_all() -> Flow {
    look(Basis::Cohort, Segment::default())
}

#[divan::bench(sample_count = 20)]
fn flow_of_a_snapshot() -> Flow {
    look(Basis::Snapshot, Segment::default())
}

#[divan::bench(sample_count = 20)]
fn flow_of_a_source() -> Flow {
    look(Basis::Cohort, of(Dimension::Source, "Event"))
}

#[divan::bench(sample_count = 20)]
fn flow_of_new_hires() -> Flow {
    look(Basis::Cohort, of(Dimension::Tenure, NEW))
}

#[divan::bench(sample_count = 20)]
fn flow_of_a_region() -> Flow {
    look(Basis::Cohort, of(Dimension::Region, "Europe"))
}

/// What the choice of a segment offers.
#[divan::bench(sample_count = 10)]
fn values_of_every_dimension() -> usize {
    Dimension::ALL.into_iter().map(|dimension| values(&JOURNEYS, dimension).len()).sum()
}

/// The records behind a figure: those who entered the first stage in the quarter.
#[divan::bench(sample_count = 20)]
fn drill(bencher: Bencher<'_, '_>) {
    let behind = look(Basis::Cohort, Segment::default()).stages[0].count.records.clone();
    bencher.bench(|| find(&JOURNEYS, &behind));
}

/// From the key that changes the basis to the frame with the new numbers, all on one thread.
#[divan::bench(sample_count = 20)]
fn key_to_frame(bencher: Bencher<'_, '_>) {
    let mut screen = Screen::new();
    bencher.bench_local(|| {
        screen.take_in(Event::Key(Key::Char('b')));
        screen.draw();
    });
}

/// A frame in which only the selection has moved.
#[divan::bench(sample_count = 100)]
fn frame(bencher: Bencher<'_, '_>) {
    let mut screen = Screen::new();
    let mut down = true;
    bencher.bench_local(|| {
        screen.take_in(Event::Key(if down { Key::Down } else { Key::Up }));
        down = !down;
        screen.draw();
    });
}

/// The interface at the flow view, its wishes answered at once.
struct Screen {
    app: App,
    guide: Guide,
    terminal: Terminal<TestBackend>,
}

impl Screen {
    fn new() -> Self {
        let size = Size { width: 120, height: 40 };
        let mut app = App::new(Setup {
            lang: Lang::En,
            theme: Theme::Default,
            ascii: false,
            clock: Clock::Fixed(NOW),
            zone: Utc.fix(),
            demo: true,
            read_only: false,
            company: String::new(),
            view: View::Flow,
            flow: Settings::new(NOW.date(), FiscalYear::default(), Funnels::shipped()),
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
        let first = app.start();
        let terminal = Terminal::new(TestBackend::new(size.width, size.height)).unwrap();
        let mut screen = Self { app, guide: Guide::new(Funnels::shipped()), terminal };
        screen.answer(first);
        screen.draw();
        screen
    }

    fn take_in(&mut self, event: Event) {
        let effects = self.app.update(event);
        self.answer(effects);
    }

    fn answer(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            let Effect::Watch(watch) = effect else { continue };
            let Subject::Flow(wish) = &watch.subject else { panic!("{watch:?}") };
            let answer = Answer::Flow(Box::new(self.guide.look(wish, &FACTS, NOW).unwrap()));
            self.take_in(Event::Loaded(watch.generation, answer));
        }
    }

    fn draw(&mut self) {
        self.terminal.draw(|frame| self.app.draw(frame)).unwrap();
    }
}
