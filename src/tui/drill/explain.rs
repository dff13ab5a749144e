//! Why figures are what they are: the figures of a line above, the explanation of the selected one
//! below; Enter lists the records behind it. On a low screen the explanation scrolls.

use super::Explained;
use crate::analysis::selection::Selection;
use crate::domain::figure::{Figure, Number, SMALL_SAMPLE, Withheld};
use crate::domain::interval::wilson;
use crate::domain::message::Message;
use crate::domain::metric::{Dictionary, Metric, Unit};
use crate::domain::time::Instant;
use crate::export::funnel::segment;
use crate::i18n::Amounts;
use crate::text::{self, Clean};
use crate::tui::action::Step;
use crate::tui::drill::Opening;
use crate::tui::keymap::Key;
use crate::tui::look::{Look, put, put_position, rows_of, select};
use crate::tui::name::Name;
use crate::tui::theme::Meaning;
use crate::tui::views::Clicked;
use crate::tui::widgets::cursor::Cursor;
use crate::tui::widgets::scroll::Scroll;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};

/// Cells before a figure and before a label.
const MARGIN: usize = 3;
/// Fewer figures than this are not shown while there are more.
const LEAST_FIGURES: usize = 3;

/// The page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ExplainPage {
    /// The line whose figures these are.
    name: Name,
    figures: Vec<Explained>,
    cursor: Cursor<usize>,
    /// How far the explanation is scrolled, and of which figure it is.
    scroll: (usize, Scroll),
}

impl ExplainPage {
    pub(super) fn new(name: Name, figures: Vec<Explained>) -> Self {
        Self { name, figures, cursor: Cursor::default(), scroll: (0, Scroll::default()) }
    }

    fn selected(&self) -> Option<&Explained> {
        self.figures.get(self.cursor.at())
    }

    /// The records behind the selected figure, if there are any.
    pub(super) fn opens(&self) -> Option<Opening> {
        let explained = self.selected().filter(|explained| explained.figure.n > 0)?;
        Some(Opening::List(explained.name(&self.name), explained.figure.records.clone()))
    }

    fn keys(&self) -> Vec<usize> {
        (0..self.figures.len()).collect()
    }

    /// How many lines the explanation of the selected figure has.
    fn words(&self, look: &Look<'_>, size: Size) -> usize {
        self.selected().map_or(0, |explained| lines(explained, look, usize::from(size.width)).len())
    }

    /// Rows for the figures: what the explanation of the selected one leaves, and a few in any case.
    fn rows(&self, look: &Look<'_>, size: Size) -> usize {
        let all = self.figures.len().max(1);
        let least = LEAST_FIGURES.min(usize::from(size.height) / 4).max(1);
        usize::from(size.height).saturating_sub(self.words(look, size) + 2).clamp(least.min(all), all)
    }

    pub(super) fn settle(&mut self, look: &Look<'_>, size: Size) {
        let (keys, rows) = (self.keys(), self.rows(look, size));
        self.cursor.settle(&keys, rows);
        if self.scroll.0 != self.cursor.at() {
            self.scroll = (self.cursor.at(), Scroll::default());
        }
        self.scroll.1.settle(self.words(look, size), below(rows, size));
    }

    /// Pages move the explanation where not all of it is visible, everything else moves among the figures.
    pub(super) fn step(&mut self, step: Step, look: &Look<'_>, size: Size) {
        let (keys, rows) = (self.keys(), self.rows(look, size));
        let (words, visible) = (self.words(look, size), below(rows, size));
        match step {
            Step::PageUp | Step::PageDown if words > visible => self.scroll.1.step(step, words, visible),
            _ => self.cursor.step(step, &keys, rows),
        }
    }

    /// The selected figure and its explanation, as text.
    pub(super) fn copied(&self, look: &Look<'_>) -> Vec<Vec<Clean>> {
        let Some(explained) = self.selected() else { return Vec::new() };
        let head = vec![self.name.words(look), label(explained, look), value(explained, look)];
        let facts = facts(explained, look).into_iter().map(|(label, value)| vec![label, value.into()]);
        std::iter::once(head).chain(facts).collect()
    }

    pub(super) fn click(&mut self, place: Position, look: &Look<'_>, size: Size) -> Clicked {
        let (keys, rows) = (self.keys(), self.rows(look, size));
        let row = usize::from(place.y).checked_sub(1).filter(|row| *row < rows);
        Clicked::line(row.and_then(|row| self.cursor.click(row, &keys, rows)))
    }

    pub(super) fn draw(&self, buffer: &mut Buffer, area: Rect, look: &Look<'_>) {
        put(buffer, area, (1, 0), &self.name.words(look), look.style(Meaning::Heading));
        let rows = self.rows(look, area.as_size());
        put_position(buffer, area, look, self.cursor.top(), rows, self.figures.len());
        let values: Vec<Clean> = self.figures.iter().map(|explained| value(explained, look)).collect();
        let numbers = values.iter().map(Clean::width).max().unwrap_or(0);
        // The number is what the line is for: the name gives way to it.
        let room = usize::from(area.width).saturating_sub(MARGIN + 2 + numbers + 1);
        let widest = self.figures.iter().map(|explained| label(explained, look).width()).max().unwrap_or(0).min(room);
        let visible = self.figures.iter().zip(&values).enumerate().skip(self.cursor.top()).take(rows);
        for (row, (at, (explained, value))) in visible.enumerate() {
            let row = rows_of(area, 1 + row, 1);
            put(buffer, row, (MARGIN, 0), &short_label(explained, look, widest), look.style(Meaning::Plain));
            let after = put(buffer, row, (MARGIN + widest + 2, 0), value, look.style(Meaning::Heading));
            if let Some(reason) = reason(explained, look) {
                let room = usize::from(row.width).saturating_sub(after + 3);
                let reason = Clean::from(&*text::truncate(&reason, room));
                put(buffer, row, (after + 2, 0), &reason, look.style(Meaning::Muted));
            }
            if at == self.cursor.at() {
                select(buffer, row, look);
            }
        }
        if let Some(explained) = self.selected() {
            let visible = below(rows, area.as_size());
            let top = self.scroll.1.top();
            put_position(buffer, rows_of(area, 1 + rows, 1), look, top, visible, self.words(look, area.as_size()));
            if top + visible < self.words(look, area.as_size()) {
                put(buffer, area, (MARGIN, 1 + rows), &look.t("explain-more"), look.style(Meaning::Muted));
            }
            draw_text(buffer, rows_of(area, 2 + rows, visible), look, explained, top);
        }
    }
}

/// Rows for the explanation below so many figures.
fn below(figures: usize, size: Size) -> usize {
    usize::from(size.height).saturating_sub(figures + 2)
}

/// The number, with its unit where it has one that no column says here.
fn value(explained: &Explained, look: &Look<'_>) -> Clean {
    let number = look.locale.figure(&explained.figure, None, Amounts::Whole);
    match explained.figure.value {
        Ok(Number::Days(_)) => look.locale.tell(&Message::new("number-days").with("days", number)).into(),
        _ => number.into(),
    }
}

/// What a figure is called in the dictionary.
fn named<'l>(explained: &Explained, look: &Look<'l>) -> &'l str {
    let entry = Dictionary::shipped().get(explained.figure.metric);
    entry.map_or(explained.figure.metric, |entry| look.locale.pick(&entry.name))
}

/// ` · 2026-Q4`: what tells a figure from others of its name; may be empty.
fn told_apart(explained: &Explained, look: &Look<'_>) -> String {
    let of = match (explained.whole, explained.of.is_empty()) {
        (false, _) => explained.of.clone(),
        (true, true) => look.locale.t("explain-whole"),
        (true, false) => format!("{} {} {}", look.locale.t("explain-whole"), look.glyphs.dot, explained.of),
    };
    if of.is_empty() { of } else { format!(" {} {of}", look.glyphs.dot) }
}

/// `Conversion from the previous stage · 2026-Q4`.
fn label(explained: &Explained, look: &Look<'_>) -> Clean {
    format!("{}{}", named(explained, look), told_apart(explained, look)).into()
}

/// The same in so many cells: the name is cut, and what tells it from its neighbours stays.
fn short_label(explained: &Explained, look: &Look<'_>, cells: usize) -> Clean {
    let of = told_apart(explained, look);
    let name = text::truncate(named(explained, look), cells.saturating_sub(text::width(&of))).into_owned();
    text::truncate(&format!("{name}{of}"), cells).into_owned().into()
}

/// Why there is no number; two counts of a small sample are one.
fn reason(explained: &Explained, look: &Look<'_>) -> Option<String> {
    let reason = explained.figure.value.as_ref().err()?;
    let told = matches!(reason, Withheld::SmallSample { .. });
    (!told).then(|| look.locale.t(&format!("withheld-{}", reason.key().replace('_', "-"))))
}

fn draw_text(buffer: &mut Buffer, area: Rect, look: &Look<'_>, explained: &Explained, top: usize) {
    let lines = lines(explained, look, usize::from(area.width));
    let widest = lines.iter().map(|(label, _)| label.width()).max().unwrap_or(0);
    for (row, (label, text)) in lines.iter().skip(top).enumerate() {
        put(buffer, area, (MARGIN, row), label, look.style(Meaning::Muted));
        put(buffer, area, (MARGIN + widest + 2, row), text, look.style(Meaning::Plain));
    }
}

/// The explanation in lines of so many cells; a long text goes on below itself.
fn lines(explained: &Explained, look: &Look<'_>, width: usize) -> Vec<(Clean, Clean)> {
    let facts = facts(explained, look);
    let widest = facts.iter().map(|(label, _)| label.width()).max().unwrap_or(0);
    let room = width.saturating_sub(MARGIN + widest + 3).max(8);
    let mut lines = Vec::new();
    for (mut label, value) in facts {
        for line in text::wrap(&value, room) {
            lines.push((std::mem::take(&mut label), line.into()));
        }
    }
    lines
}

/// What there is to say of a figure, the most telling first.
fn facts(explained: &Explained, look: &Look<'_>) -> Vec<(Clean, String)> {
    let (figure, locale) = (&explained.figure, look.locale);
    let Some(entry) = Dictionary::shipped().get(figure.metric) else { return Vec::new() };
    let mut facts: Vec<(Clean, String)> = Vec::new();
    let mut add = |key: &str, value: String| facts.push((look.t(key), value));
    if let Err(reason) = &figure.value {
        add("explain-withheld", locale.t(&format!("withheld-{}", reason.key().replace('_', "-"))));
    }
    add("explain-definition", locale.pick(&entry.definition).to_owned());
    if let Some(formula) = formula(explained, entry, look) {
        add("explain-formula", formula);
    }
    if let Some(days) = &explained.days {
        add("explain-days", locale.tell(days));
    }
    if let Some(interval) = interval(explained, look) {
        add("explain-interval", interval);
    }
    let of = match &figure.records {
        Selection::Journeys(set) => Some(&set.segment),
        Selection::Deals(deals) => Some(deals.of_segment()),
        Selection::Handoffs(_) | Selection::All(_) | Selection::These(..) => None,
    };
    if let Some(of) = of.filter(|of| !of.is_all()) {
        let said = segment(of, locale);
        let is_of_journeys = matches!(figure.records, Selection::Journeys(_));
        let owned = is_of_journeys && of.0.keys().any(|dimension| dimension.is_of_owner());
        let rule = || locale.tell(&Message::new("explain-segment-owner").with("segment", &said));
        add("explain-segment", if owned { rule() } else { said.clone() });
    }
    add("explain-records", records(figure.n, look));
    let here: Vec<String> = explained.left_out.iter().map(|said| locale.tell(said)).collect();
    let excluded = Message::new("explain-left-out").with("what", locale.pick(&entry.excluded));
    let excluded = excluded.with("here", here.join(&locale.t("list-separator")));
    add("explain-excluded", if here.is_empty() { locale.pick(&entry.excluded).into() } else { locale.tell(&excluded) });
    if entry.unit == Unit::Share {
        add("explain-rule", locale.tell(&Message::new("explain-small-sample").with("n", SMALL_SAMPLE)));
    }
    let source: Vec<String> =
        entry.source.split(", ").map(|object| locale.t(&format!("tui-object-{object}"))).collect();
    add("explain-source", source.join(&locale.t("list-separator")));
    add("explain-as-of", Instant(look.now.0.div_euclid(1_000) * 1_000).to_rfc3339());
    let status = Message::new("explain-entry-says").with("key", &entry.key).with("version", entry.version);
    let status = status.with("status", locale.t(&format!("metric-status-{}", entry.status.key())));
    add("explain-entry", locale.tell(&status.with("owner", locale.pick(&entry.owner))));
    facts
}

/// `1,719 records; ⏎ lists them`.
fn records(n: u64, look: &Look<'_>) -> String {
    let enter = Key::Enter.shown(look.glyphs);
    look.locale.tell(&Message::new("explain-n").with("n", n).with("enter", enter))
}

/// `converted ÷ resolved = 313 ÷ 1,719`.
fn formula(explained: &Explained, entry: &Metric, look: &Look<'_>) -> Option<String> {
    let formula = entry.formula.as_ref()?;
    let words = formula.written(&|name| look.locale.t(&format!("measure-{}", name.replace('_', "-"))));
    let known = |name: &str| explained.measures.iter().find(|(known, _)| *known == name).map(|(_, number)| number);
    if formula.measures().into_iter().all(|name| known(name).is_some()) {
        let number = |name: &str| known(name).map(|number| told(number, look)).unwrap_or_default();
        return Some(format!("{words} = {}", formula.written(&number)));
    }
    // Of any share, the two counts are known.
    Some(match &explained.figure.value {
        Ok(Number::Share { part, whole }) | Err(Withheld::SmallSample { part, whole })
            if !formula.measures().contains(&"resolved_amount") =>
        {
            format!("{words} = {} ÷ {}", look.locale.count(*part), look.locale.count(*whole))
        }
        _ => words,
    })
}

/// A measure as a figure is told; a share by its two counts, so that what is written gives the result.
fn told(number: &Number, look: &Look<'_>) -> String {
    if let Number::Share { part, whole } = number {
        return format!("({} ÷ {})", look.locale.count(*part), look.locale.count(*whole));
    }
    let figure = Figure { metric: "", value: Ok(number.clone()), n: 0, records: () };
    look.locale.figure(&figure, None, Amounts::Whole)
}

/// The 95 % Wilson interval of a share of records.
fn interval(explained: &Explained, look: &Look<'_>) -> Option<String> {
    let Ok(Number::Share { part, whole }) = explained.figure.value else { return None };
    let interval = wilson(part, whole).filter(|_| whole == explained.figure.n)?;
    Some(format!("{} – {}", look.locale.percent(interval.low), look.locale.percent(interval.high)))
}
