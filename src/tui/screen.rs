//! The screen's thread: draws, waits for what happens, and carries out what the interface asks for.

use super::action::{Effect, Event};
use super::analyst::Analyst;
use super::app::ME;
use super::app::{App, HIDDEN_COLUMNS, Setup};
use super::edit::DRAFTS;
use super::event::Wake;
use super::intake::{self, Intake, Shelf};
use super::look::put;
use super::panes::funnel::Settings;
use super::panes::pipeline::{Cut, LAST_CUT};
use super::terminal::Terminal;
use super::theme::{Meaning, Theme};
use super::views::{LAST_VIEW, View};
use super::widgets::filters::FILTERS;
use super::widgets::table::Hidden;
use super::wizard::IMPORT_PATH;
use super::writer::{Order, Writer};
use super::{Ended, Error, OpenDemo, Options, Place};
use crate::clock::Clock;
use crate::i18n::{Lang, Locale};
use crate::ops::Reader;
use crate::state::{LANGUAGE, THEME};
use chrono::{FixedOffset, Local, Offset, TimeZone, Utc};
use ratatui::Frame;
use ratatui::layout::Size;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

/// The interface on one store, and the threads that work for it.
pub struct Shown {
    app: App,
    analyst: Analyst,
    intake: Intake,
    writer: Writer,
    shelf: Arc<Shelf>,
    clock: Clock,
}

impl Shown {
    /// The interface on this store; `generation` is the newest wish that another analyst was told before.
    pub fn open(
        place: Place,
        reader: Reader,
        options: &Options,
        size: Size,
        generation: u64,
        wake: &Sender<Wake>,
    ) -> Result<Self, Error> {
        let Place { session, state, demo } = place;
        let clock = *session.clock();
        let recall = |key| state.as_ref().and_then(|state| state.recall(key));
        let spoken = recall(LANGUAGE).and_then(|tag| Lang::parse(&tag)).filter(|_| !options.lang_fixed);
        let worn = recall(THEME).and_then(|key| Theme::from_key(&key)).filter(|_| !options.theme_fixed);
        let columns = state.as_ref().map(|state| state.recall_all(HIDDEN_COLUMNS)).unwrap_or_default();
        let drafts = state.as_ref().map(|state| state.recall_all(DRAFTS)).unwrap_or_default();
        let filters = state.as_ref().map(|state| state.recall_all(FILTERS)).unwrap_or_default();
        let app = App::new(Setup {
            lang: spoken.unwrap_or(options.lang),
            theme: worn.unwrap_or(options.theme),
            ascii: options.ascii,
            clock,
            zone: zone(&clock, demo),
            demo,
            read_only: session.is_read_only(),
            company: session.store_name().to_owned(),
            view: recall(LAST_VIEW).and_then(|key| View::from_key(&key)).unwrap_or_default(),
            flow: Settings::new(clock.now().date(), options.fiscal, options.funnels.clone()),
            cut: recall(LAST_CUT).and_then(|key| Cut::from_key(&key)).unwrap_or_default(),
            keys: options.keys.clone(),
            hidden: Hidden::recalled(columns),
            size,
            generation,
            home: directories::UserDirs::new().map(|dirs| dirs.home_dir().to_owned()),
            import_path: recall(IMPORT_PATH),
            filters: filters.into_iter().collect(),
            drafts: drafts.into_iter().collect(),
            actor: session.actor().to_owned(),
            me: recall(ME),
        });
        let analyst = Analyst::start(reader, clock, (options.funnels.clone(), options.home.clone()), wake.clone());
        let shelf = Arc::new(Shelf::default());
        let desk = intake::Desk {
            reader: session.reader()?,
            clock,
            funnels: options.funnels.clone(),
            profiles: options.profiles.clone(),
            log: options.log.clone(),
        };
        let intake = Intake::start(desk, Arc::clone(&shelf), wake.clone());
        let writer = Writer::start(session, (state, options.log.clone()), Arc::clone(&shelf), wake.clone());
        Ok(Self { app, analyst, intake, writer, shelf, clock })
    }

    /// Ends its threads; the writer may have to finish something long, but an import that is running stops and
    /// leaves the store as it was.
    fn close(self) {
        self.shelf.set_stop(true);
        drop(self.analyst);
        self.writer.finish();
    }
}

/// The user's zone, for the clock in the corner; a clock that was set by hand speaks UTC, as it was set.
fn zone(clock: &Clock, demo: bool) -> FixedOffset {
    match clock {
        Clock::System if !demo => {
            let now = chrono::DateTime::from_timestamp_millis(clock.now().0).unwrap_or_default();
            Local.offset_from_utc_datetime(&now.naive_utc())
        }
        _ => Utc.fix(),
    }
}

/// The first frame, while the sample company is filled.
pub fn draw_opening(frame: &mut Frame<'_>, options: &Options) {
    let area = frame.area();
    let style = options.theme.style(Meaning::Plain);
    let words = Locale::new(options.lang).t("tui-opening-demo").into();
    frame.buffer_mut().set_style(area, style);
    put(frame.buffer_mut(), area, (1, 0), &words, style);
}

/// What the screen's thread owns.
pub struct Screen<'a> {
    pub terminal: Terminal,
    pub shown: Shown,
    pub options: Options,
    pub wake: Sender<Wake>,
    pub open_demo: OpenDemo<'a>,
    /// Whether the sample company is to be opened, after the screen has said so.
    pub wants_demo: bool,
}

impl Screen<'_> {
    /// Draws and listens until the end.
    pub fn run(mut self, heard: &Receiver<Wake>) -> Result<Ended, Error> {
        let ended = self.turn(heard);
        // The terminal first: the writer may have to finish something long.
        drop(self.terminal);
        self.shown.close();
        ended
    }

    fn turn(&mut self, heard: &Receiver<Wake>) -> Result<Ended, Error> {
        let first = self.shown.app.start();
        self.carry_out(first);
        loop {
            let app = &self.shown.app;
            self.terminal.draw(|frame| app.draw(frame))?;
            if std::mem::take(&mut self.wants_demo) {
                self.go_on_with_the_demo()?;
                continue;
            }
            let mut next = match heard.recv_timeout(self.until_next_tick()) {
                Ok(wake) => Some(wake),
                Err(RecvTimeoutError::Timeout) => Some(Event::Tick.into()),
                Err(RecvTimeoutError::Disconnected) => return Ok(Ended::Asked),
            };
            while let Some(wake) = next {
                if let Some(ending) = self.take_in(wake)? {
                    return Ok(ending);
                }
                next = heard.try_recv().ok();
            }
        }
    }

    fn take_in(&mut self, wake: Wake) -> Result<Option<Ended>, Error> {
        match wake {
            Wake::Event(event) => {
                let effects = self.shown.app.update(event);
                return Ok(self.carry_out(effects));
            }
            Wake::Terminate(signal) => return Ok(Some(Ended::Signal(signal))),
            Wake::InputLost => return Ok(Some(Ended::Asked)),
            Wake::Crashed => return Err(Error::Crashed),
            Wake::Suspend => self.terminal.suspend()?,
            Wake::Resume => self.terminal.resume()?,
        }
        // It may have been resized while it was not ours.
        let (width, height) = self.terminal.size()?;
        let effects = self.shown.app.update(Event::Resize(width, height));
        Ok(self.carry_out(effects))
    }

    fn carry_out(&mut self, effects: Vec<Effect>) -> Option<Ended> {
        let mut ending = None;
        for effect in effects {
            match effect {
                Effect::Watch(watch) => self.shown.analyst.watch(watch),
                Effect::Refresh => self.shown.analyst.refresh(),
                Effect::Write(order) => {
                    if matches!(order, Order::Import { .. }) {
                        self.shown.shelf.set_stop(false);
                    }
                    self.shown.writer.send(order);
                }
                Effect::Intake(request) => self.shown.intake.send(request),
                Effect::StopImport => self.shown.shelf.set_stop(true),
                Effect::Bell => drop(self.terminal.ring()),
                // A terminal that takes no output is told about by the next drawing.
                Effect::Copy(text) => drop(self.terminal.copy(&text)),
                Effect::Demo => self.wants_demo = true,
                Effect::Quit => ending = Some(Ended::Asked),
            }
        }
        ending
    }

    /// Shows the sample company instead of the store, in the same terminal and look.
    fn go_on_with_the_demo(&mut self) -> Result<(), Error> {
        let place = match (self.open_demo)() {
            Ok(place) => place,
            Err(cause) => {
                self.shown.app.no_demo(&cause);
                return Ok(());
            }
        };
        let reader = place.session.reader()?;
        (self.options.lang, self.options.theme) = self.shown.app.language_and_theme();
        (self.options.lang_fixed, self.options.theme_fixed) = (true, true);
        let (width, height) = self.terminal.size()?;
        let size = Size { width, height };
        let next = Shown::open(place, reader, &self.options, size, self.shown.app.generation(), &self.wake)?;
        std::mem::replace(&mut self.shown, next).close();
        let first = self.shown.app.start();
        self.carry_out(first);
        Ok(())
    }

    /// A countdown shows seconds, the clock in the corner minutes: nothing has to be drawn in between.
    fn until_next_tick(&self) -> Duration {
        let every = if self.shown.app.counts_down() { 1_000 } else { 60_000 };
        let into = self.shown.clock.now().0.rem_euclid(every).unsigned_abs();
        Duration::from_millis(every.unsigned_abs() - into + 10)
    }
}
