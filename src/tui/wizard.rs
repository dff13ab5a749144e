//! Bringing files in, step by step on one screen, the twin of `revops import`: where they are, how they were
//! understood, what would happen, the import, what has happened.
//!
//! ```text
//!  Import · deals.csv · 2 of 3
//!  opportunities (plain file), 2 rows, UTF-8, separated by commas, exported Wed 2026-11-25 14:34
//!  read by your mapping “weekly deals”, saved 2026-11-25
//!    column     becomes              first values
//! ▸ Deal No     identifies the row   1 | 2
//!   Phase       stage                Talks | Closed Won
//! ```

mod choice;
mod counts;
mod keys;
mod look;
mod place;

pub use keys::{Action, COMMANDS};

use super::action::{Effect, Step as Move};
use super::intake::{Looks, News, Request};
use super::keymap::Context;
use super::look::{Look, put, rows_of};
use super::theme::Meaning;
use super::widgets::field::Field;
use super::writer::{Order, Progress};
use crate::domain::message::Message;
use crate::i18n::Lang;
use crate::ops::import::ImportReport;
use crate::text::Clean;
use choice::{ChoicePage, Value};
use chrono::FixedOffset;
use counts::CountsPage;
use look::LookPage;
use place::{Chosen, PlacePage};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};
use std::path::PathBuf;

/// The path that was typed last, in the local state.
pub const IMPORT_PATH: &str = "import-path";

/// Rows of the title, the one below it included.
const TITLE: usize = 2;

/// Where the user is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Choosing a file or folder.
    Place,
    /// Its files are being read.
    Reading,
    /// Looking at how they were understood.
    Look,
    /// What would happen is being counted.
    Counting,
    /// Looking at what would happen.
    Counts,
    /// The files are being imported.
    Importing,
    /// Looking at what has happened.
    Done,
}

/// What lies over a step.
#[derive(Debug, Clone, PartialEq)]
enum Over {
    Choice(ChoicePage),
    Name(Field),
    Time(Field),
}

/// What an event has led to.
#[derive(Debug, Default, PartialEq)]
pub struct Turn {
    /// For the other threads.
    pub effects: Vec<Effect>,
    /// What is to be said, and whether it is a failure.
    pub said: Option<(bool, Message)>,
    /// Whether the wizard is left.
    pub leaves: bool,
}

impl Turn {
    fn say(message: Message) -> Self {
        Self { said: Some((false, message)), ..Self::default() }
    }

    fn fail(message: Message) -> Self {
        Self { said: Some((true, message)), ..Self::default() }
    }

    fn effect(effect: Effect) -> Self {
        Self { effects: vec![effect], ..Self::default() }
    }
}

/// The wizard; it outlives its being closed, so that nothing that was chosen is lost.
#[derive(Debug, Clone, PartialEq)]
pub struct Wizard {
    step: Step,
    place: PlacePage,
    look: LookPage,
    counts: CountsPage,
    over: Option<Over>,
    progress: Option<Progress>,
    /// Number of the newest wish for looks, and of the one that was answered.
    wished: u64,
    answered: u64,
    /// The next step was asked for before the newest wish was answered: it follows then.
    going: Option<Lang>,
    zone: FixedOffset,
}

impl Wizard {
    /// At the first step, with the path that was typed last.
    #[must_use]
    pub fn new(path: &str, home: Option<PathBuf>, zone: FixedOffset) -> Self {
        Self {
            step: Step::Place,
            place: PlacePage::new(path, home),
            look: LookPage::default(),
            counts: CountsPage::default(),
            over: None,
            progress: None,
            wished: 0,
            answered: 0,
            going: None,
            zone,
        }
    }

    /// Where the user is.
    #[must_use]
    pub fn step(&self) -> Step {
        self.step
    }

    /// Where a key is pressed.
    #[must_use]
    pub fn context(&self) -> Context {
        match (&self.over, self.step) {
            (Some(Over::Choice(_)), _) => Context::ImportChoice,
            (Some(_), _) => Context::Field,
            (None, Step::Place) => Context::ImportPlace,
            (None, Step::Look) => Context::ImportLook,
            (None, Step::Counts) => Context::ImportCounts,
            (None, Step::Done) => Context::ImportDone,
            (None, Step::Reading | Step::Counting | Step::Importing) => Context::ImportRun,
        }
    }

    /// Whether there is another file to go to.
    #[must_use]
    pub fn has_several(&self) -> bool {
        self.look.choices.len() > 1
    }

    /// What it wants to know once it is open again.
    pub fn reopen(&mut self) {
        self.place.forget();
        if self.step == Step::Done {
            self.step = Step::Place;
        }
    }

    /// What has to be asked for to go on: the folder that is typed.
    pub fn wish(&mut self) -> Option<Effect> {
        let folder = self.place.wanted().filter(|_| self.step == Step::Place)?;
        Some(Effect::Intake(Request::List(folder)))
    }

    /// The field that is typed into.
    pub fn field(&mut self) -> Option<&mut Field> {
        match (&mut self.over, self.step) {
            (Some(Over::Choice(page)), _) => Some(&mut page.field),
            (Some(Over::Name(field) | Over::Time(field)), _) => Some(field),
            (None, Step::Place) => Some(&mut self.place.field),
            (None, _) => None,
        }
    }

    /// The path that a person means by this text.
    #[must_use]
    pub fn path_of(&self, text: &str) -> PathBuf {
        self.place.path_of(text)
    }

    /// The path as it is typed, to be remembered.
    #[must_use]
    pub fn typed(&self) -> &str {
        self.place.field.text()
    }

    /// One step back; from the first one it is left.
    pub fn back(&mut self) -> Turn {
        self.going = None;
        if self.over.take().is_some() {
            return Turn::default();
        }
        match self.step {
            Step::Place => Turn { leaves: true, ..Turn::default() },
            Step::Reading => {
                // Whatever is answered is old then.
                self.wished += 1;
                self.step = Step::Place;
                Turn::effect(Effect::Intake(Request::Forget))
            }
            Step::Look => {
                self.step = Step::Place;
                Turn::default()
            }
            Step::Counts => {
                self.step = Step::Look;
                Turn::default()
            }
            Step::Counting | Step::Importing => {
                let mut turn = Turn::say(Message::new("wizard-stopping"));
                turn.effects.push(Effect::StopImport);
                turn
            }
            Step::Done => Turn { leaves: true, ..Turn::default() },
        }
    }

    /// Does what a key asks for.
    pub fn act(&mut self, action: Action, look: &Look<'_>) -> Turn {
        self.going = None;
        match action {
            Action::Choose => self.choose(),
            Action::Complete => {
                self.place.complete();
                Turn::default()
            }
            Action::Leave => self.back(),
            Action::Pick => self.pick(),
            Action::Field => self.ask(|page| page.fields(look), "wizard-say-object"),
            Action::Object => self.ask(|page| page.objects(look), "wizard-no-table"),
            Action::Mapping => self.ask(|page| page.mappings(look), "wizard-no-table"),
            Action::Dates => self.ask(|page| page.dates(look), "wizard-no-table"),
            Action::Time => {
                self.type_into(|page, zone| page.time(zone).map(|text| Over::Time(Field::proposing(&text))))
            }
            Action::Save => self.type_into(|page, _| page.name().map(|text| Over::Name(Field::proposing(&text)))),
            Action::NextFile => self.turn_file(true),
            Action::PreviousFile => self.turn_file(false),
            Action::LeaveOut => match self.look.leave_out() {
                true => self.choices_changed(),
                false => Turn::say(Message::new("wizard-no-table")),
            },
            Action::Suggested => self.take_suggestions(look.locale.lang()),
            Action::Go => self.go(look.locale.lang()),
            Action::Close => Turn { leaves: true, ..Turn::default() },
        }
    }

    fn choose(&mut self) -> Turn {
        match self.place.choose() {
            Chosen::Folder => Turn::default(),
            Chosen::Files(path) => {
                self.wished += 1;
                self.step = Step::Reading;
                Turn::effect(Effect::Intake(Request::Look(self.wished, path)))
            }
            Chosen::Nothing => Turn::say(Message::new("wizard-no-path")),
        }
    }

    /// Opens a list to choose from, or says why there is none.
    fn ask(&mut self, page: impl FnOnce(&LookPage) -> Option<ChoicePage>, why_not: &'static str) -> Turn {
        match page(&self.look) {
            Some(page) => self.over = Some(Over::Choice(page)),
            None => return Turn::say(Message::new(why_not)),
        }
        Turn::default()
    }

    fn type_into(&mut self, over: impl FnOnce(&LookPage, FixedOffset) -> Option<Over>) -> Turn {
        self.over = over(&self.look, self.zone);
        if self.over.is_none() { Turn::say(Message::new("wizard-no-table")) } else { Turn::default() }
    }

    fn turn_file(&mut self, forward: bool) -> Turn {
        self.look.turn(forward);
        Turn::default()
    }

    /// Takes the selected line of the list that is open.
    fn pick(&mut self) -> Turn {
        let Some(Over::Choice(page)) = &self.over else { return Turn::default() };
        let Some(value) = page.selected() else { return Turn::default() };
        self.look.take(page.column(), value);
        self.over = None;
        self.choices_changed()
    }

    fn choices_changed(&mut self) -> Turn {
        self.wished += 1;
        Turn::effect(Effect::Intake(Request::Choose(self.wished, self.look.choices.clone())))
    }

    /// Takes what was typed: the name of a mapping, or the time of an export.
    pub fn accept(&mut self) -> Turn {
        match self.over.take() {
            Some(Over::Name(field)) => {
                let save = Request::Save(self.look.at(), field.text().to_owned());
                Turn::effect(Effect::Intake(save))
            }
            Some(Over::Time(field)) => {
                if self.look.set_time(field.text(), self.zone) {
                    return self.choices_changed();
                }
                let message = Message::new("wizard-no-time").with("text", field.text());
                self.over = Some(Over::Time(field));
                Turn::say(message)
            }
            other => {
                self.over = other;
                Turn::default()
            }
        }
    }

    /// To the next step: counting what would happen, or importing.
    fn go(&mut self, lang: Lang) -> Turn {
        if self.step == Step::Counts {
            self.step = Step::Importing;
            self.progress = None;
            return Turn::effect(Effect::Write(Order::Import { dry_run: false, lang }));
        }
        if self.wished != self.answered {
            self.going = Some(lang);
            return Turn::say(Message::new("wizard-reading"));
        }
        if let Some(open) = self.look.open_question() {
            return Turn::say(Message::new("wizard-not-yet").with("file", open));
        }
        if self.look.is_idle() {
            return Turn::say(Message::new("wizard-nothing-left"));
        }
        self.step = Step::Counting;
        self.progress = None;
        Turn::effect(Effect::Write(Order::Import { dry_run: true, lang }))
    }

    /// Takes names and values for what they were probably meant to be, and counts again.
    fn take_suggestions(&mut self, lang: Lang) -> Turn {
        let meant = self.counts.suggestions();
        if meant.is_empty() {
            return Turn::say(Message::new("wizard-no-suggestions"));
        }
        self.wished += 1;
        self.step = Step::Look;
        self.going = Some(lang);
        let said = Message::new("wizard-suggested").with("count", meant.len());
        Turn { said: Some((false, said)), ..Turn::effect(Effect::Intake(Request::Mean(self.wished, meant))) }
    }

    /// Takes in what the intake thread answers.
    pub fn hear(&mut self, news: News) -> Turn {
        match news {
            News::Listed(listing) => {
                self.place.listed(listing);
                Turn::default()
            }
            News::Looked(wish, _) if wish != self.wished => Turn::default(),
            News::Looked(wish, looks) => {
                self.answered = wish;
                self.looked(looks)
            }
            News::Saved(Ok((name, path))) => {
                // Another of the files may be read by it now.
                let said = Message::new("profile-saved").with("name", name).with("path", path);
                Turn { said: Some((false, said)), ..self.choices_changed() }
            }
            News::Saved(Err(why)) => Turn::fail(why),
        }
    }

    fn looked(&mut self, looks: Result<Looks, Message>) -> Turn {
        let was_reading = self.step == Step::Reading;
        match looks {
            Ok(looks) => {
                let remark = looks.remarks.first().cloned().filter(|_| was_reading);
                self.look.show(looks, was_reading);
                self.step = if was_reading { Step::Look } else { self.step };
                if let Some(lang) = self.going.take() {
                    return self.go(lang);
                }
                Turn { said: remark.map(|message| (false, message)), ..Turn::default() }
            }
            Err(why) => {
                self.step = if was_reading { Step::Place } else { self.step };
                Turn::fail(why)
            }
        }
    }

    /// Takes in how far an import has come.
    pub fn progress(&mut self, progress: Progress) {
        self.progress = Some(progress);
    }

    /// Takes in what an import did or would do.
    pub fn imported(&mut self, dry_run: bool, result: Result<Box<ImportReport>, Message>) -> Turn {
        match result {
            Ok(report) => {
                self.counts = CountsPage::new(report, dry_run);
                self.step = if dry_run { Step::Counts } else { Step::Done };
                if dry_run { Turn::default() } else { Turn::effect(Effect::Refresh) }
            }
            Err(why) => {
                self.step = Step::Look;
                Turn::fail(why)
            }
        }
    }

    /// An import was stopped.
    pub fn stopped(&mut self) -> Turn {
        self.step = if self.step == Step::Importing { Step::Counts } else { Step::Look };
        Turn::say(Message::new("wizard-stopped"))
    }

    /// Moves in what is shown.
    pub fn go_along(&mut self, step: Move, look: &Look<'_>, size: Size) {
        match (&mut self.over, self.step) {
            (Some(Over::Choice(page)), _) => page.step(step, size),
            (Some(_), _) => {}
            (None, Step::Place) => self.place.step(step, size),
            (None, Step::Look) => self.look.step(step, look, size),
            (None, Step::Counts | Step::Done) => self.counts.step(step, look, size),
            (None, Step::Reading | Step::Counting | Step::Importing) => {}
        }
    }

    /// Takes a click on a row of the page; `true` when the selected line was clicked again.
    pub fn click(&mut self, row: usize, look: &Look<'_>, size: Size) -> Option<Action> {
        match (&mut self.over, self.step) {
            (Some(Over::Choice(page)), _) => page.click(row, size).then_some(Action::Pick),
            (None, Step::Place) => self.place.click(row, size).then_some(Action::Choose),
            (None, Step::Look) => self.look.click(row, look, size).then_some(Action::Field),
            _ => None,
        }
    }

    /// Fits what is shown to a new size or content.
    pub fn settle(&mut self, look: &Look<'_>, size: Size) {
        self.place.settle(size);
        self.look.settle(look, size);
        self.counts.settle(look, size);
        if let Some(Over::Choice(page)) = &mut self.over {
            page.settle(size);
        }
    }

    /// Draws it; returns the cell of the caret.
    pub fn draw(&self, buffer: &mut Buffer, area: Rect, look: &Look<'_>) -> Option<Position> {
        match (&self.over, self.step) {
            (Some(Over::Choice(page)), _) => Some(page.draw(buffer, area, look)),
            (Some(Over::Name(field)), _) => Some(self.draw_question(buffer, area, look, "wizard-name", field)),
            (Some(Over::Time(field)), _) => Some(self.draw_question(buffer, area, look, "wizard-time", field)),
            (None, Step::Place) => Some(self.place.draw(buffer, area, look, self.zone)),
            (None, Step::Look) => {
                self.look.draw(buffer, area, look, self.zone);
                None
            }
            (None, Step::Counts | Step::Done) => {
                self.counts.draw(buffer, area, look);
                None
            }
            (None, Step::Reading | Step::Counting | Step::Importing) => {
                self.draw_run(buffer, area, look);
                None
            }
        }
    }

    /// A question with one line to type, above what it is about.
    fn draw_question(
        &self,
        buffer: &mut Buffer,
        area: Rect,
        look: &Look<'_>,
        question: &str,
        field: &Field,
    ) -> Position {
        put(buffer, area, (1, 0), &look.t(question), look.style(Meaning::Heading));
        let row = rows_of(area, 1, 1);
        put(buffer, row, (1, 0), &Clean::from(look.glyphs.marker), look.style(Meaning::Accent));
        let line = Rect { x: row.x.saturating_add(3), width: row.width.saturating_sub(4), ..row };
        field.draw(buffer, line, look);
        self.look.draw(buffer, rows_of(area, 3, usize::from(area.height)), look, self.zone);
        field.caret(line)
    }

    /// What takes long, how far it is, and how much longer it takes.
    fn draw_run(&self, buffer: &mut Buffer, area: Rect, look: &Look<'_>) {
        let title = match self.step {
            Step::Reading => "wizard-reading",
            Step::Counting => "wizard-counting",
            _ => "wizard-importing",
        };
        put(buffer, area, (1, 0), &look.t(title), look.style(Meaning::Heading));
        put(buffer, area, (2, TITLE + 3), &look.t("wizard-esc"), look.style(Meaning::Muted));
        let Some(Progress { done, total, millis }) = self.progress.filter(|_| self.step != Step::Reading) else {
            return;
        };
        let share = done as f64 / total.max(1) as f64;
        let cells = usize::from(area.width).saturating_sub(4).min(60);
        let bar = Clean::from(look.glyphs.bar(share, cells));
        put(buffer, area, (2, TITLE), &bar, look.style(Meaning::Accent));
        let rate = (done as f64 * 1_000.0 / millis.max(1) as f64).round() as u64;
        let left = (total.saturating_sub(done)).div_ceil(rate.max(1));
        let words = Message::new("wizard-progress")
            .with("done", look.locale.count(done))
            .with("total", look.locale.count(total))
            .with("rate", look.locale.count(rate))
            .with("left", look.locale.count(left));
        put(buffer, area, (2, TITLE + 1), &look.locale.tell(&words).into(), look.style(Meaning::Plain));
    }
}

/// What a line of a list of choices stands for, taken into the choices of a file.
impl LookPage {
    fn take(&mut self, column: Option<usize>, value: Value) {
        match (value, column) {
            (Value::Target(target), Some(column)) => self.set_target(column, target),
            (Value::Target(_), None) => {}
            (Value::Object(object), _) => self.set_object(object),
            (Value::Profile(name), _) => self.set_profile(name),
            (Value::System(name), _) => self.set_system(name),
            (Value::Dates(order), _) => self.set_dates(order),
        }
    }
}
