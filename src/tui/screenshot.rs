//! A picture of a pane, made by the program itself and without a terminal.

use super::action::{Effect, Event};
use super::analyst::Desk;
use super::app::{App, Setup};
use super::keymap::{Bindings, Key};
use super::panes::funnel::Settings;
use super::panes::pipeline::Cut;
use super::theme::{Theme, inks};
use super::views::View;
use super::widgets::table::Hidden;
use crate::clock::Clock;
use crate::domain::funnel::Funnels;
use crate::domain::handoff::Home;
use crate::domain::period::FiscalYear;
use crate::export::svg::{self, Cell, Grid, Ink};
use crate::i18n::Lang;
use crate::ops::{self, Reader};
use crate::text;
use chrono::{Offset, Utc};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::Size;
use ratatui::style::Modifier;

/// What to take a picture of.
pub struct Shot<'a> {
    /// The language.
    pub lang: Lang,
    /// Columns and rows.
    pub size: (u16, u16),
    /// Whether it is the sample company.
    pub demo: bool,
    /// The time on the picture.
    pub clock: Clock,
    /// Name of the company.
    pub company: &'a str,
    /// The colours.
    pub theme: Theme,
    /// Only signs that every terminal draws one cell wide.
    pub ascii: bool,
    /// The view.
    pub view: View,
    /// When the fiscal year begins.
    pub fiscal: FiscalYear,
    /// Where the user works, for a company that has not defined its working hours.
    pub home: &'a Home,
    /// The funnels there are.
    pub funnels: &'a Funnels,
    /// Keys to press before the picture is taken, for example to open something.
    pub keys: &'a [Key],
}

/// Draws a pane and returns it as SVG.
///
/// # Errors
/// [`ops::Error`] when the store cannot be read.
pub fn screenshot(reader: Reader, shot: &Shot<'_>) -> Result<String, ops::Error> {
    let mut desk = Desk::new(reader, shot.clock, shot.funnels.clone()).with_home(shot.home.clone());
    desk.catch_up()?;
    let mut app = App::new(Setup {
        lang: shot.lang,
        theme: shot.theme,
        ascii: shot.ascii,
        clock: shot.clock,
        zone: Utc.fix(),
        demo: shot.demo,
        read_only: false,
        company: shot.company.to_owned(),
        view: shot.view,
        flow: Settings::new(shot.clock.now().date(), shot.fiscal, shot.funnels.clone()),
        cut: Cut::default(),
        keys: Bindings::default(),
        hidden: Hidden::default(),
        size: Size { width: shot.size.0, height: shot.size.1 },
        generation: 0,
        home: None,
        import_path: None,
        filters: std::collections::BTreeMap::new(),
        drafts: std::collections::BTreeMap::new(),
        actor: String::new(),
        me: None,
    });
    let first = app.start();
    settle(&mut app, &mut desk, first);
    for &key in shot.keys {
        let effects = app.update(Event::Key(key));
        settle(&mut app, &mut desk, effects);
    }
    let (width, height) = shot.size;
    // Writing to memory cannot fail.
    let Ok(mut terminal) = Terminal::new(TestBackend::new(width, height));
    let Ok(_) = terminal.draw(|frame| app.draw(frame));
    Ok(svg::render(&grid(terminal.backend().buffer(), shot.theme.page()), "revops"))
}

/// Answers what the interface asks for until it asks for nothing more.
fn settle(app: &mut App, desk: &mut Desk, mut effects: Vec<Effect>) {
    while let Some(effect) = effects.pop() {
        if let Effect::Watch(watch) = effect {
            let answer = desk.answer(&watch.subject);
            effects.extend(app.update(Event::Loaded(watch.generation, answer)));
        }
    }
}

fn grid(buffer: &Buffer, page: Ink) -> Grid {
    let cell = |cell: &ratatui::buffer::Cell| {
        let style = cell.style();
        let (ink, page) = inks(style, page);
        Cell {
            text: cell.symbol().to_owned(),
            ink,
            page,
            bold: style.add_modifier.contains(Modifier::BOLD),
            underlined: style.add_modifier.contains(Modifier::UNDERLINED),
        }
    };
    let mut cells: Vec<Cell> = buffer.content.iter().map(cell).collect();
    // The second half of a wide character has no look of its own in the buffer.
    for at in 1..cells.len() {
        if let Some([wide, half]) = cells.get_mut(at - 1..=at)
            && text::width(&wide.text) == 2
        {
            half.page.clone_from(&wide.page);
        }
    }
    Grid { width: usize::from(buffer.area.width), cells, page }
}
