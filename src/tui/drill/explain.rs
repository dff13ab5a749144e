//! Why figures are what they are: the figures of a line above, the explanation of the selected one
//! below; Enter lists the records behind it.

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
use crate::tui::look::{Look, put, put_position, rows_of, select};
use crate::tui::name::Name;
use crate::tui::theme::Meaning;
use crate::tui::views::Clicked;
use crate::tui::widgets::cursor::Cursor;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};

/// Cells before a figure and before a label.
const MARGIN: usize = 3;

/// The page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ExplainPage {
    /// The line whose figures these are.
    name: Name,
    figures: Vec<Explained>,
    cursor: Cursor<usize>,
}

impl ExplainPage {
    pub(super) fn new(name: Name, figures: Vec<Explained>) -> Self {
        Self { name, figures, cursor: Cursor::default() }
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

    /// Rows for the figures: what the explanation of the selected one leaves, at least one.
    fn rows(&self, look: &Look<'_>, size: Size) -> usize {
        let words = self.selected().map_or(0, |explained| lines(explained, look, usize::from(size.width)).len());
        usize::from(size.height).saturating_sub(words + 2).clamp(1, self.figures.len().max(1))
    }

    pub(super) fn settle(&mut self, look: &Look<'_>, size: Size) {
        let (keys, rows) = (self.keys(), self.rows(look, size));
        self.cursor.settle(&keys, rows);
    }

    pub(super) fn step(&mut self, step: Step, look: &Look<'_>, size: Size) {
        let (keys, rows) = (self.keys(), self.rows(look, size));
        self.cursor.step(step, &keys, rows);
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
        let labels: Vec<Clean> = self.figures.iter().map(|explained| label(explained, look)).collect();
        let widest = labels.iter().map(Clean::width).max().unwrap_or(0);
        let visible = self.figures.iter().zip(&labels).enumerate().skip(self.cursor.top()).take(rows);
        for (row, (at, (explained, label))) in visible.enumerate() {
            let row = rows_of(area, 1 + row, 1);
            put(buffer, row, (MARGIN, 0), label, look.style(Meaning::Plain));
            let value = look.locale.figure(&explained.figure, None, Amounts::Whole);
            let after = put(buffer, row, (MARGIN + widest + 2, 0), &value.into(), look.style(Meaning::Heading));
            if let Some(reason) = reason(explained, look) {
                put(buffer, row, (after + 2, 0), &reason.into(), look.style(Meaning::Muted));
            }
            if at == self.cursor.at() {
                select(buffer, row, look);
            }
        }
        if let Some(explained) = self.selected() {
            draw_text(buffer, rows_of(area, 2 + rows, usize::from(area.height)), look, explained);
        }
    }
}

/// `Conversion from the previous stage · 2026-Q4`.
fn label(explained: &Explained, look: &Look<'_>) -> Clean {
    let entry = Dictionary::shipped().get(explained.figure.metric);
    let name = entry.map_or(explained.figure.metric, |entry| look.locale.pick(&entry.name));
    match explained.of.as_str() {
        "" => name.into(),
        of => format!("{name} {} {of}", look.glyphs.dot).into(),
    }
}

/// Why there is no number; two counts of a small sample are one.
fn reason(explained: &Explained, look: &Look<'_>) -> Option<String> {
    let reason = explained.figure.value.as_ref().err()?;
    let told = matches!(reason, Withheld::SmallSample { .. });
    (!told).then(|| look.locale.t(&format!("withheld-{}", reason.key().replace('_', "-"))))
}

fn draw_text(buffer: &mut Buffer, area: Rect, look: &Look<'_>, explained: &Explained) {
    let lines = lines(explained, look, usize::from(area.width));
    let widest = lines.iter().map(|(label, _)| label.width()).max().unwrap_or(0);
    for (row, (label, text)) in lines.iter().enumerate() {
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
    if let Selection::Journeys(set) = &figure.records
        && !set.segment.is_all()
    {
        let said = segment(&set.segment, locale);
        let owned = set.segment.0.keys().any(|dimension| dimension.is_of_owner());
        let rule = || locale.tell(&Message::new("explain-segment-owner").with("segment", &said));
        add("explain-segment", if owned { rule() } else { said.clone() });
    }
    add("explain-records", locale.tell(&Message::new("explain-n").with("n", figure.n)));
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
