//! The interface: `update` is the only place that changes it, `draw` only reads it.

use super::action::{Action, Effect, Event, Global};
use super::analyst::{Answer, Subject, Watch};
use super::drill::Drill;
use super::glyphs::{ASCII, BLOCKS, Glyphs};
use super::keymap::{Bindings, Context, Key};
use super::look::Look;
use super::panes::funnel::Settings;
use super::panes::pipeline::Cut;
use super::theme::Theme;
use super::views::{LAST_VIEW, Pane, View, Views};
use super::widgets::field::Field;
use super::widgets::filter::Filter;
use super::widgets::help::HelpPage;
use super::widgets::hints::HintBar;
use super::widgets::messages::MessagesPage;
use super::widgets::table::{Column, Hidden};
use super::widgets::welcome::WelcomePage;
use super::wizard::Wizard;
use super::writer::{Done, Order};
use crate::clock::Clock;
use crate::domain::message::Message;
use crate::export::log::{Entry, sentence};
use crate::i18n::{Lang, Locale};
use crate::ops::{self, Reversal, Reversible};
use crate::state::{LANGUAGE, THEME};
use crate::text::Clean;
use chrono::FixedOffset;
use ratatui::layout::Size;
use std::collections::BTreeMap;
use std::path::PathBuf;

mod chrome;
mod edit;
mod filters;
mod flow;
mod handoff;
mod mouse;
mod notices;
mod popups;
mod tables;
mod wizard;

pub use handoff::ME;
use notices::{Notices, Tone};
use popups::Popup;
pub use tables::HIDDEN_COLUMNS;

/// Smaller than this and nothing useful fits.
const LEAST: Size = Size { width: 40, height: 8 };
/// Screens lower than this have one row of hints.
const LOW: u16 = 20;
/// Others have as many as this; what does not fit is on the help page.
const HINT_ROWS: usize = 2;
/// A message is given no more rows than this.
const NOTICE_ROWS: usize = 3;

/// What the interface starts with.
pub struct Setup {
    /// The language.
    pub lang: Lang,
    /// The colours.
    pub theme: Theme,
    /// Only signs that every terminal draws one cell wide.
    pub ascii: bool,
    /// The time.
    pub clock: Clock,
    /// The user's zone, for the clock in the corner.
    pub zone: FixedOffset,
    /// Whether this is the sample company on its own clock.
    pub demo: bool,
    /// Whether nothing can be written.
    pub read_only: bool,
    /// Name of the company whose data it is.
    pub company: String,
    /// The view to begin with.
    pub view: View,
    /// How the flow is looked at to begin with.
    pub flow: Settings,
    /// How the pipeline is cut to begin with.
    pub cut: Cut,
    /// The keys of commands.
    pub keys: Bindings,
    /// The columns that the user does not want to see.
    pub hidden: Hidden,
    /// Size of the terminal.
    pub size: Size,
    /// The number of the newest wish that was told to an analyst before, so that its answers are stale.
    pub generation: u64,
    /// The user's home folder, for `~` in paths.
    pub home: Option<PathBuf>,
    /// The path from which was imported last.
    pub import_path: Option<String>,
    /// The filters that are saved by name.
    pub filters: BTreeMap<String, String>,
    /// What was typed into fields and not written.
    pub drafts: BTreeMap<String, String>,
    /// Who writes into the store, by name.
    pub actor: String,
    /// Id of who of the team that is, where they have said so.
    pub me: Option<String>,
}

/// The interface.
pub struct App {
    locale: Locale,
    /// The other language: the palette finds commands by their names in both.
    other: Locale,
    theme: Theme,
    glyphs: &'static Glyphs,
    clock: Clock,
    zone: FixedOffset,
    demo: bool,
    read_only: bool,
    /// Whether the store holds nothing that a view could show.
    empty: bool,
    company: Clean,
    size: Size,
    views: Views,
    drill: Drill,
    /// What lies above the views of the panes that are not shown.
    parked: BTreeMap<Pane, Drill>,
    popups: Vec<Popup>,
    /// The filters that are saved, by name.
    filters: BTreeMap<String, String>,
    /// What was typed into fields of records and not written, by field.
    drafts: BTreeMap<String, String>,
    /// Who writes into the store, by name, and who of the team that is where they have said so.
    actor: String,
    me: Option<i64>,
    welcome: WelcomePage,
    /// The field that is typed into: the filter of the table that is shown.
    field: Option<Field>,
    keys: Bindings,
    hidden: Hidden,
    notices: Notices,
    /// Bringing files in; kept when it is closed, so that nothing that was chosen is lost.
    wizard: Wizard,
    /// What this person could undo or do again when the store was last looked at.
    reversible: Reversible,
    watched: Option<Subject>,
    generation: u64,
    /// Until the answer to the newest wish: the keys that had nothing to work on yet.
    early: Option<Vec<Key>>,
}

/// What changes, and the words that are only read meanwhile.
struct Parts<'a> {
    views: &'a mut Views,
    drill: &'a mut Drill,
    popups: &'a mut Vec<Popup>,
    wizard: &'a mut Wizard,
    look: Look<'a>,
}

impl App {
    /// The interface before anything is known.
    #[must_use]
    pub fn new(setup: Setup) -> Self {
        Self {
            locale: Locale::new(setup.lang),
            other: Locale::new(setup.lang.next()),
            theme: setup.theme,
            glyphs: if setup.ascii { &ASCII } else { &BLOCKS },
            clock: setup.clock,
            zone: setup.zone,
            demo: setup.demo,
            read_only: setup.read_only,
            empty: false,
            company: setup.company.into(),
            size: setup.size,
            views: Views::new(setup.view, setup.flow, setup.cut),
            drill: Drill::default(),
            parked: BTreeMap::new(),
            popups: Vec::new(),
            filters: setup.filters,
            drafts: setup.drafts,
            actor: setup.actor,
            me: setup.me.and_then(|id| id.parse().ok()),
            welcome: WelcomePage::default(),
            field: None,
            keys: setup.keys,
            hidden: setup.hidden,
            notices: Notices::default(),
            wizard: Wizard::new(setup.import_path.as_deref().unwrap_or_default(), setup.home, setup.zone),
            reversible: Reversible::default(),
            watched: None,
            generation: setup.generation,
            early: Some(Vec::new()),
        }
    }

    /// What has to be asked for before the first event.
    pub fn start(&mut self) -> Vec<Effect> {
        self.watch().into_iter().collect()
    }

    /// Takes in an event; the effects are for other threads.
    pub fn update(&mut self, event: Event) -> Vec<Effect> {
        let mut effects = match event {
            Event::Key(key) => self.pressed(key),
            Event::Mouse(mouse) => self.moused(mouse),
            Event::Resize(width, height) => {
                self.size = Size { width, height };
                Vec::new()
            }
            Event::Loaded(generation, answer) => self.loaded(generation, answer),
            Event::Done(done) => self.done(done),
            Event::Intake(news) => self.heard(news),
            Event::Importing(progress) => {
                self.importing(progress);
                Vec::new()
            }
            Event::Handoffs(work) => {
                self.views.handoffs_mut().know(work);
                Vec::new()
            }
            Event::Reversible(reversible) => {
                self.reversible = reversible;
                Vec::new()
            }
            Event::Paste(text) => {
                // Text only ever goes into a field that has the focus, and never runs anything.
                self.typed(|field| field.paste(&text))
            }
            Event::Tick => Vec::new(),
        };
        self.settle();
        if self.is_importing() {
            effects.extend(self.wizard.wish());
        }
        effects.extend(self.watch());
        effects
    }

    /// Whether a key is to wait for what was asked for: it could do nothing without it, or has followed one that
    /// waits.
    fn comes_early(&self, key: Key) -> bool {
        let Some(early) = &self.early else { return false };
        match self.keys.find(key, self.context()) {
            Some(command) if command.action == Action::Global(Global::Stop) => false,
            Some(command) => !early.is_empty() || !self.allows(command.when),
            None => self.field.is_none() && self.popups.is_empty(),
        }
    }

    fn pressed(&mut self, key: Key) -> Vec<Effect> {
        self.notices.clear();
        if self.comes_early(key) {
            self.early.iter_mut().for_each(|early| early.push(key));
            return Vec::new();
        }
        match self.keys.find(key, self.context()) {
            Some(command) if self.allows(command.when) => self.act(command.action),
            Some(command) => {
                if let Some(key) = command.when.refusal() {
                    self.mention(Tone::Note, &Message::new(key));
                }
                Vec::new()
            }
            None => {
                #[cfg(debug_assertions)]
                super::panic_when_tested(key);
                match key {
                    Key::Char(c) if Context::TEXT.contains(&self.context()) => {
                        return self.typed(|field| field.insert(c));
                    }
                    _ => self.say_where(key),
                }
                Vec::new()
            }
        }
    }

    fn act(&mut self, action: Action) -> Vec<Effect> {
        let size = self.body_size();
        match action {
            Action::Global(global) => self.act_globally(global),
            Action::Table(action) => self.act_on_table(action),
            Action::Columns(action) => self.act_on_columns(action),
            Action::Palette(action) => self.act_on_palette(action),
            Action::Typing(action) => self.act_on_field(action),
            Action::Filters(action) => self.act_on_filters(action),
            Action::Edit(action) => self.act_on_edit(action),
            Action::Wizard(action) => self.act_on_wizard(action),
            Action::Flow(action) => self.act_on_flow(action),
            Action::Segments(action) => self.act_on_segments(action),
            Action::Handoff(action) => self.act_on_handoffs(action),
            Action::Replay(action) => self.act_on_replay(action),
            Action::Form(action) => self.act_on_form(action),
            Action::Ask(action) => self.act_on_question(action),
            Action::Pipeline(action) => {
                let Parts { views, look, .. } = self.parts();
                views.pipeline().update(action, &look, size)
            }
        }
    }

    fn act_globally(&mut self, action: Global) -> Vec<Effect> {
        let size = self.body_size();
        match action {
            Global::Stop if self.runs_an_import() => return self.with_wizard(|wizard, _| wizard.back()),
            Global::Quit | Global::Stop => return vec![Effect::Quit],
            Global::Undo => return self.order(Order::Undo, "tui-undoing"),
            Global::Redo => return self.order(Order::Redo, "tui-redoing"),
            Global::Language => return self.speak(self.locale.lang().next()),
            Global::Back if self.is_importing() => return self.with_wizard(|wizard, _| wizard.back()),
            Global::Back => self.back(),
            Global::Help => self.turn_to(Popup::Help(HelpPage::default())),
            Global::Messages => self.turn_to(Popup::Messages(MessagesPage::default())),
            Global::Palette => self.open_palette(),
            Global::Import => self.open_import(),
            Global::Demo => {
                self.say(Tone::Note, &Message::new("tui-opening-demo"));
                return vec![Effect::Demo];
            }
            Global::NextTheme => return self.wear(self.theme.next()),
            Global::Theme(theme) => return self.wear(theme),
            Global::Pane(pane) => return self.show(self.views.of(pane)),
            Global::View(view) => return self.show(view),
            Global::Find => return self.find(),
            Global::Move(step) => self.step(step, size),
            Global::Edit => self.edit(),
            Global::Open => return self.open(),
            Global::Explain => {
                let opening = self.views.body().explains().filter(|_| self.drill.is_empty());
                opening.into_iter().for_each(|opening| self.drill.open(opening));
            }
            Global::NextView => return self.show(self.views.shown().next()),
            Global::PreviousView => return self.show(self.views.shown().previous()),
        }
        Vec::new()
    }

    /// One step back: a filter, a popup, marks, a level.
    fn back(&mut self) {
        if matches!(self.popups.last(), Some(Popup::Edit(_) | Popup::Rule(_))) {
            return self.leave_edit();
        }
        if self.popups.last_mut().and_then(Popup::filter).is_some_and(Filter::let_go) {
            return;
        }
        if self.popups.pop().is_some() || (self.drill.is_empty() && self.views.body_mut().back()) {
            return;
        }
        if !self.let_go() {
            self.drill.back();
        }
    }

    /// Hands an order to the writer; what it is doing is said until it is done.
    fn order(&mut self, order: Order, doing: &'static str) -> Vec<Effect> {
        self.say(Tone::Note, &Message::new(doing));
        vec![Effect::Write(order)]
    }

    fn open(&mut self) -> Vec<Effect> {
        if self.welcomes() {
            let step = self.welcome.selected(self.offered());
            return step.map_or_else(Vec::new, |step| self.act(step.action));
        }
        if self.drill.is_empty() && self.views.body().context() == Context::Handoffs {
            self.views.handoffs_mut().begin_triage(true);
            return Vec::new();
        }
        if self.drill.is_empty() && self.views.shown() == View::Replay && self.open_rules() {
            return Vec::new();
        }
        let opening = if self.drill.is_empty() { self.views.body().opens() } else { self.drill.opens() };
        opening.into_iter().for_each(|opening| self.drill.open(opening));
        Vec::new()
    }

    /// Shows a view. What lies above the views of another pane stays there until it is shown again.
    fn show(&mut self, view: View) -> Vec<Effect> {
        let (from, to) = (self.views.shown(), view);
        if from.pane() != to.pane() {
            let found = self.parked.remove(&to.pane()).unwrap_or_default();
            self.parked.insert(from.pane(), std::mem::replace(&mut self.drill, found));
        } else if from != to {
            self.drill = Drill::default();
        }
        self.field = None;
        self.views.show(view);
        vec![Effect::Write(Order::Remember { key: LAST_VIEW.to_owned(), value: view.key().to_owned() })]
    }

    /// To the search over all records, from wherever this is.
    fn find(&mut self) -> Vec<Effect> {
        let effects = self.show(self.views.of(Pane::Records));
        self.drill = Drill::default();
        self.field = self.sheet().map(|sheet| Field::new(&sheet.order().filter));
        effects
    }

    fn speak(&mut self, lang: Lang) -> Vec<Effect> {
        self.other = std::mem::replace(&mut self.locale, Locale::new(lang));
        vec![Effect::Write(Order::Remember { key: LANGUAGE.to_owned(), value: lang.tag().to_owned() })]
    }

    fn wear(&mut self, theme: Theme) -> Vec<Effect> {
        self.theme = theme;
        let name = self.locale.t(&format!("tui-theme-{}", theme.key()));
        self.say(Tone::Note, &Message::new("tui-theme-now").with("theme", name));
        vec![Effect::Write(Order::Remember { key: THEME.to_owned(), value: theme.key().to_owned() })]
    }

    fn loaded(&mut self, generation: u64, answer: Answer) -> Vec<Effect> {
        if generation != self.generation {
            return Vec::new();
        }
        if let Answer::Failed(message) = &answer {
            self.say(Tone::Failed, message);
        }
        match answer {
            Answer::Empty => self.empty = true,
            Answer::Flow(_)
            | Answer::Pipeline(_)
            | Answer::Handoffs(_)
            | Answer::Review(_)
            | Answer::Replay(_)
            | Answer::List(_) => {
                self.empty = false;
            }
            Answer::Record(..) | Answer::Options(..) | Answer::Failed(_) => {}
        }
        if let (Answer::Options(object, text, records), Some(Popup::Edit(page))) = (&answer, self.popups.last_mut()) {
            page.found(*object, text, records);
        }
        self.views.body_mut().loaded(&answer);
        self.drill.loaded(answer);
        let rung = self.ring();
        let Some(early) = self.early.take() else { return rung };
        self.settle();
        early.into_iter().flat_map(|key| self.update(Event::Key(key))).collect()
    }

    fn done(&mut self, done: Done) -> Vec<Effect> {
        let (key, result) = match done {
            Done::Undone(result) => ("undone", result),
            Done::Redone(result) => ("redone", result),
            Done::Edited(outcome) => return self.edited(outcome),
            Done::Handed(handed) => return self.handed(handed),
            Done::Defined(outcome) => return self.defined(outcome),
            Done::Holidays(calendar, told) => return self.told_holidays(calendar, told),
            Done::Imported(dry_run, result) => return self.imported(dry_run, result),
            Done::Stopped => return self.import_stopped(),
        };
        self.leave_summary();
        let (tone, message) = match result {
            Ok(Reversal { target, .. }) => {
                if key == "undone" {
                    // Only hand-offs have deeds.
                    target.summary.get("deed").into_iter().for_each(|deed| self.taken_back(deed));
                }
                let action = target.id;
                let what = sentence(&entry(target), &self.locale);
                (Tone::Done, Message::new(key).with("action", action).with("what", what))
            }
            Err(message) => (Tone::Failed, message),
        };
        self.say(tone, &message);
        vec![Effect::Refresh]
    }

    /// What the user has chosen to read and to see.
    #[must_use]
    pub fn language_and_theme(&self) -> (Lang, Theme) {
        (self.locale.lang(), self.theme)
    }

    /// The number of the newest wish.
    #[must_use]
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// Says that the sample company could not be opened.
    pub fn no_demo(&mut self, cause: &str) {
        self.say(Tone::Failed, &Message::new("tui-no-demo").with("cause", cause));
    }

    fn settle(&mut self) {
        let size = self.body_size();
        let Parts { views, drill, look, .. } = self.parts();
        views.body_mut().settle(&look, size);
        drill.settle(&look, size);
        self.settle_popup(size);
    }

    /// Asks the analyst for what is shown now, when that is something else than before.
    fn watch(&mut self) -> Option<Effect> {
        let shown = || self.drill.subject().unwrap_or_else(|| self.views.body().subject());
        let subject = self.popups.last().and_then(Popup::subject).unwrap_or_else(shown);
        if self.watched.as_ref() == Some(&subject) {
            return None;
        }
        self.watched = Some(subject.clone());
        self.early.get_or_insert_default();
        self.generation += 1;
        Some(Effect::Watch(Watch { generation: self.generation, subject }))
    }

    fn look(&self) -> Look<'_> {
        Look {
            locale: &self.locale,
            theme: self.theme,
            glyphs: self.glyphs,
            now: self.clock.now(),
            zone: self.zone,
            keys: &self.keys,
            hidden: &self.hidden,
        }
    }

    fn parts(&mut self) -> Parts<'_> {
        let look = Look {
            locale: &self.locale,
            theme: self.theme,
            glyphs: self.glyphs,
            now: self.clock.now(),
            zone: self.zone,
            keys: &self.keys,
            hidden: &self.hidden,
        };
        Parts {
            views: &mut self.views,
            drill: &mut self.drill,
            popups: &mut self.popups,
            wizard: &mut self.wizard,
            look,
        }
    }

    /// The columns of the table that is shown.
    fn sheet_columns(&self) -> Vec<Column> {
        self.sheet().map_or_else(Vec::new, |sheet| sheet.columns(&self.look()))
    }

    fn body_size(&self) -> Size {
        let rows = self.rows(self.size);
        Size { width: self.size.width, height: u16::try_from(rows.body).unwrap_or(u16::MAX) }
    }

    fn hints(&self, width: u16) -> HintBar {
        // A low screen needs its rows for what is shown.
        let most = if self.size.height < LOW { 1 } else { HINT_ROWS };
        HintBar::new(self.offered(), &self.look(), usize::from(width), most)
    }
}

/// An action as the journal tells it.
fn entry(action: ops::Action) -> Entry {
    Entry {
        id: action.id.0,
        at: action.at,
        actor: action.actor,
        kind: action.kind.key(),
        summary: action.summary,
        undone: action.undone_by.is_some(),
    }
}

#[cfg(test)]
mod tests;
