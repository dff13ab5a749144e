//! The records pane over a million people: reading and folding their texts, a search at every key, and the frames
//! that are drawn meanwhile.
//!
//! `REVOPS_BENCH_LEADS` (1000000) leads of the company that `revops sample` makes, imported into a store of their own.
//! Times are printed as p50 and p99 of what a user waits for: nothing is asserted.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a bench stops at the first surprise")]

use chrono::{Offset, Utc};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::Size;
use revops::clock::Clock;
use revops::domain::funnel::Funnels;
use revops::domain::money::Currency;
use revops::domain::period::FiscalYear;
use revops::domain::sample::{DEMO_NOW_MS, SampleSpec};
use revops::domain::time::Instant as Moment;
use revops::i18n::Lang;
use revops::ops::import::{ImportPolicy, Options, read_files, sources};
use revops::ops::{Location, Session, Setup, write_sample};
use revops::tui::action::{Effect, Event};
use revops::tui::analyst::{Answer, Desk, Watch};
use revops::tui::app::{self, App};
use revops::tui::keymap::{Bindings, Key};
use revops::tui::panes::funnel::Settings;
use revops::tui::panes::pipeline::Cut;
use revops::tui::theme::Theme;
use revops::tui::views::View;
use revops::tui::widgets::table::Hidden;
use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

const NOW: Moment = Moment(DEMO_NOW_MS);
/// What is typed, one key after the other.
const WORDS: [&str; 6] = ["yunfan", "ana ruiz", "lee", "555 0123", "open score>=80", "云"];

fn main() {
    let leads = std::env::var("REVOPS_BENCH_LEADS").ok().and_then(|text| text.parse().ok()).unwrap_or(1_000_000);
    let folder = tempfile::tempdir().unwrap();
    let location = Location::File(folder.path().join("s.db"));
    let setup = Setup { location, actor: "bench".to_owned(), clock: Clock::Fixed(NOW), read_only: false };
    let mut session = Session::open(setup).unwrap();
    let began = Instant::now();
    fill(&mut session, leads, &folder.path().join("files"));
    println!("{:44} {}", format!("{leads} leads made and imported"), shown(began.elapsed()));
    let mut desk = Desk::new(session.reader().unwrap(), Clock::Fixed(NOW), Funnels::shipped());
    let began = Instant::now();
    desk.catch_up().unwrap();
    println!("{:44} {}", "the facts are loaded", shown(began.elapsed()));
    let mut screen = Screen::new(desk);
    println!("{:44} {}", "first frame of all people", shown(screen.first));
    let began = Instant::now();
    screen.press(Key::Char('/'));
    screen.press(Key::Char('x'));
    println!("{:44} {}", "first search: texts are read and folded", shown(began.elapsed()));
    screen.press(Key::Esc);
    screen.told("a key of a search, to its frame", |screen, times| {
        for word in WORDS {
            screen.press(Key::Char('/'));
            word.chars().for_each(|c| times.push(screen.press(Key::Char(c))));
            screen.press(Key::Esc);
        }
    });
    screen.told("a step down, to its frame", |screen, times| {
        (0..300).for_each(|_| times.push(screen.press(Key::Down)));
    });
    screen.told("a page down, to its frame", |screen, times| {
        (0..100).for_each(|_| times.push(screen.press(Key::PageDown)));
    });
    screen.told("to the last row and back, to the frame", |screen, times| {
        (0..20).for_each(|n| times.push(screen.press(Key::Char(if n % 2 == 0 { 'G' } else { 'g' }))));
    });
    screen.told("sorting by the next column, to the frame", |screen, times| {
        (0..6).for_each(|_| times.push(screen.press(Key::Char('s'))));
    });
    screen.told("a record and back, to the frame", |screen, times| {
        for _ in 0..20 {
            times.push(screen.press(Key::Enter));
            screen.press(Key::Esc);
            screen.press(Key::Down);
        }
    });
    screen.while_searching();
}

/// The company of `revops sample`, through the same door as any file.
fn fill(session: &mut Session, leads: usize, files: &std::path::Path) {
    write_sample(&SampleSpec { seed: 7, leads, now_ms: DEMO_NOW_MS }, files).unwrap();
    let options = Options::new(NOW, Currency::USD);
    let found = read_files(&sources(&[files.to_owned()]).unwrap(), &options, &mut |_, _, _| None);
    session.import(found.sheets, &ImportPolicy::default(), &|message| message.key.to_owned()).unwrap();
}

fn shown(time: Duration) -> String {
    format!("{:>10.2} ms", time.as_secs_f64() * 1e3)
}

/// What the analyst's thread is told, and what it answers.
type Line = (Sender<Watch>, Receiver<(u64, Option<Answer>)>);

/// The interface at the table of all people; its analyst works on a thread of its own, as in the program.
struct Screen {
    app: App,
    terminal: Terminal<TestBackend>,
    line: Line,
    first: Duration,
}

impl Screen {
    fn new(mut desk: Desk) -> Self {
        let size = Size { width: 120, height: 40 };
        let mut app = App::new(app::Setup {
            lang: Lang::En,
            theme: Theme::Default,
            ascii: false,
            clock: Clock::Fixed(NOW),
            zone: Utc.fix(),
            demo: true,
            read_only: false,
            company: String::new(),
            view: View::People,
            flow: Settings::new(NOW.date(), FiscalYear::default(), Funnels::shipped()),
            cut: Cut::default(),
            keys: Bindings::default(),
            hidden: Hidden::default(),
            size,
            generation: 0,
            home: None,
            import_path: None,
            filters: BTreeMap::new(),
            drafts: BTreeMap::new(),
            actor: String::new(),
            me: None,
        });
        let (wishes, heard) = channel::<Watch>();
        let (answers, told) = channel();
        std::thread::spawn(move || {
            while let Ok(first) = heard.recv() {
                let watch = heard.try_iter().last().unwrap_or(first);
                let answer = desk.answer_while(&watch.subject, &|| true);
                if answers.send((watch.generation, answer)).is_err() {
                    return;
                }
            }
        });
        let began = Instant::now();
        let effects = app.start();
        let terminal = Terminal::new(TestBackend::new(size.width, size.height)).unwrap();
        let mut screen = Self { app, terminal, line: (wishes, told), first: Duration::ZERO };
        screen.ask(effects);
        screen.wait();
        screen.draw();
        screen.first = began.elapsed();
        screen
    }

    fn ask(&mut self, effects: Vec<Effect>) -> bool {
        let mut asked = false;
        for effect in effects {
            if let Effect::Watch(watch) = effect {
                self.line.0.send(watch).unwrap();
                asked = true;
            }
        }
        asked
    }

    /// Takes in answers until the newest wish is answered.
    fn wait(&mut self) {
        loop {
            let (generation, answer) = self.line.1.recv().unwrap();
            let Some(answer) = answer else { panic!("given up") };
            let newest = self.app.generation();
            let more = self.app.update(Event::Loaded(generation, answer));
            let asked = self.ask(more);
            if generation == newest && !asked {
                return;
            }
        }
    }

    fn draw(&mut self) -> Duration {
        let began = Instant::now();
        self.terminal.draw(|frame| self.app.draw(frame)).unwrap();
        began.elapsed()
    }

    /// From a key to the frame with what it asks for.
    fn press(&mut self, key: Key) -> Duration {
        let began = Instant::now();
        let effects = self.app.update(Event::Key(key));
        if self.ask(effects) {
            self.wait();
        }
        self.draw();
        began.elapsed()
    }

    fn told(&mut self, what: &str, run: impl FnOnce(&mut Self, &mut Vec<Duration>)) {
        let mut times = Vec::new();
        run(self, &mut times);
        print_quantiles(what, times);
    }

    /// Frames and keys while the analyst searches: nothing waits for it.
    fn while_searching(&mut self) {
        let (mut frames, mut keys) = (Vec::new(), Vec::new());
        self.press(Key::Char('/'));
        for word in WORDS {
            for c in word.chars() {
                let began = Instant::now();
                let effects = self.app.update(Event::Key(Key::Char(c)));
                let mut waits = self.ask(effects);
                keys.push(began.elapsed());
                // As often as a terminal could show it, until the answer is there.
                while waits {
                    frames.push(self.draw());
                    if let Ok((generation, Some(answer))) = self.line.1.recv_timeout(Duration::from_millis(1)) {
                        let began = Instant::now();
                        let more = self.app.update(Event::Loaded(generation, answer));
                        keys.push(began.elapsed());
                        waits = self.ask(more);
                    }
                }
            }
            let effects = self.app.update(Event::Key(Key::Ctrl('u')));
            if self.ask(effects) {
                self.wait();
            }
        }
        print_quantiles("a frame while a search runs", frames);
        print_quantiles("a key or an answer on the screen's thread", keys);
    }
}

fn print_quantiles(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |share: f64| times.get(((times.len().max(1) - 1) as f64 * share) as usize).copied().unwrap_or_default();
    println!("{what:44} p50 {}  p99 {}  n {}", shown(at(0.5)), shown(at(0.99)), times.len());
}
