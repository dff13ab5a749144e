//! The interface without a terminal, at work with an analyst's thread as in the program; times of what a user waits for.

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
use revops::ops::{self, Location, Session, write_sample};
use revops::tui::action::{Effect, Event};
use revops::tui::analyst::{Answer, Desk, Watch};
use revops::tui::app::{App, Setup};
use revops::tui::keymap::{Bindings, Key};
use revops::tui::panes::funnel::Settings;
use revops::tui::panes::pipeline::Cut;
use revops::tui::theme::Theme;
use revops::tui::views::View;
use revops::tui::widgets::table::Hidden;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

/// The time it is.
pub const NOW: Moment = Moment(DEMO_NOW_MS);

/// A number from the environment.
pub fn number(name: &str, default: usize) -> usize {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// A store of its own in this folder.
pub fn open(folder: &Path) -> Session {
    let location = Location::File(folder.join("s.db"));
    Session::open(ops::Setup { location, actor: "bench".to_owned(), clock: Clock::Fixed(NOW), read_only: false })
        .unwrap()
}

/// The company of `revops sample`, written to a folder and brought in.
pub fn fill(session: &mut Session, leads: usize, files: &Path) {
    write_sample(&SampleSpec { seed: 7, leads, now_ms: DEMO_NOW_MS }, files).unwrap();
    import(session, files);
}

/// Brings in a file or folder through the same door as any.
pub fn import(session: &mut Session, files: &Path) {
    let options = Options::new(NOW, Currency::USD);
    let found = read_files(&sources(&[files.to_owned()]).unwrap(), &options, &mut |_, _, _| None);
    session.import(found.sheets, &ImportPolicy::default(), &|message| message.key.to_owned()).unwrap();
}

/// What the analyst's thread is told, and what it answers.
type Line = (Sender<Watch>, Receiver<(u64, Option<Answer>)>);

/// The interface; its analyst works on a thread of its own.
pub struct Screen {
    app: App,
    terminal: Terminal<TestBackend>,
    line: Line,
    /// How long each frame took.
    frames: Vec<Duration>,
}

impl Screen {
    /// The interface at a view, with its first frame.
    pub fn new(desk: Desk, view: View) -> Self {
        let size = Size { width: 120, height: 40 };
        let mut app = App::new(setup(view, size));
        let effects = app.start();
        let terminal = Terminal::new(TestBackend::new(size.width, size.height)).unwrap();
        let mut screen = Self { app, terminal, line: analyst(desk), frames: Vec::new() };
        screen.ask(effects);
        screen.wait();
        screen.draw();
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
        self.frames.push(began.elapsed());
        began.elapsed()
    }

    /// From a key to the frame with what it asks for.
    pub fn press(&mut self, key: Key) -> Duration {
        let began = Instant::now();
        let effects = self.app.update(Event::Key(key));
        if self.ask(effects) {
            self.wait();
        }
        self.draw();
        began.elapsed()
    }

    /// Types each of these words into the filter and takes it away again: from each key to its frame.
    pub fn search(&mut self, what: &str, words: &[&str]) {
        let mut times = Vec::new();
        for word in words {
            self.press(Key::Char('/'));
            word.chars().for_each(|c| times.push(self.press(Key::Char(c))));
            self.press(Key::Esc);
        }
        print_quantiles(what, times);
    }

    /// Does something so many times, each of which tells how long it took.
    pub fn told(&mut self, what: &str, times: usize, mut run: impl FnMut(&mut Self, usize) -> Duration) {
        let times = (0..times).map(|nth| run(self, nth)).collect();
        print_quantiles(what, times);
    }

    /// Keys, and frames as often as a terminal could show them, while the analyst searches for these words: nothing
    /// waits for it.
    pub fn while_searching(&mut self, words: &[&str]) {
        let (mut frames, mut keys) = (Vec::new(), Vec::new());
        self.press(Key::Char('/'));
        for word in words {
            for c in word.chars() {
                let began = Instant::now();
                let effects = self.app.update(Event::Key(Key::Char(c)));
                let mut waits = self.ask(effects);
                keys.push(began.elapsed());
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
            self.press(Key::Ctrl('u'));
        }
        self.press(Key::Esc);
        print_quantiles("a frame while a search runs", frames);
        print_quantiles("a key or an answer on the screen's thread", keys);
    }

    /// All frames so far.
    pub fn print_frames(&mut self) {
        print_quantiles("any frame", std::mem::take(&mut self.frames));
    }
}

fn setup(view: View, size: Size) -> Setup {
    Setup {
        lang: Lang::En,
        theme: Theme::Default,
        ascii: false,
        clock: Clock::Fixed(NOW),
        zone: Utc.fix(),
        demo: true,
        read_only: false,
        company: String::new(),
        view,
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
    }
}

fn analyst(mut desk: Desk) -> Line {
    let (wishes, heard) = channel::<Watch>();
    let (answers, told) = channel();
    std::thread::spawn(move || {
        while let Ok(first) = heard.recv() {
            let watch = heard.try_iter().last().unwrap_or(first);
            desk.catch_up().unwrap();
            let answer = desk.answer_while(&watch.subject, &|| true);
            if answers.send((watch.generation, answer)).is_err() {
                return;
            }
        }
    });
    (wishes, told)
}

/// `what … p50 … p99 … n …`, as it is.
fn print_quantiles(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |share: f64| times.get(((times.len().max(1) - 1) as f64 * share) as usize).copied().unwrap_or_default();
    println!("{what:44} p50 {}  p99 {}  n {}", shown(at(0.5)), shown(at(0.99)), times.len());
}

/// Says how long something took that is done once.
pub fn print_once(what: &str, began: Instant) {
    println!("{what:44} {}", shown(began.elapsed()));
}

fn shown(time: Duration) -> String {
    format!("{:>10.2} ms", time.as_secs_f64() * 1e3)
}
