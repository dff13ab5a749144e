//! The stages as lines of a table, and what is said of one of them.

use crate::analysis::funnel::{FlowFigure, Followed, Goal, Goals, StageFlow, Verdict, amount, size};
use crate::analysis::selection::widened;
use crate::domain::figure::{Number, Withheld};
use crate::domain::funnel::journey::Pace;
use crate::domain::matching::{Folded, Query};
use crate::domain::message::Message;
use crate::domain::money::Currency;
use crate::domain::period::Unit;
use crate::domain::target::Rag;
use crate::export::funnel as words;
use crate::i18n::Amounts;
use crate::tui::analyst::FlowAnswer;
use crate::tui::drill::Explained;
use crate::tui::look::Look;
use crate::tui::name::Name;
use crate::tui::sheet::Order;
use crate::tui::theme::Meaning;
use crate::tui::widgets::table::{Cell, Column, Shape};
use std::cmp::Ordering;

/// A stage and its cells.
pub(super) struct Drawn<'f> {
    pub(super) stage: &'f StageFlow,
    pub(super) cells: Vec<Cell>,
}

/// What a stage is called.
pub(super) fn name(found: &FlowAnswer, stage: &StageFlow) -> Name {
    let defined = found.funnel.stage.get(stage.at);
    let text = defined.map(|stage| stage.short.as_ref().unwrap_or(&stage.name).clone());
    text.map_or_else(|| Name::Data(stage.key.clone()), Name::Catalogue)
}

/// The columns; intervals take the place of the trends. When room is short, those that tell most stay: how
/// many, how many go on and out of how many.
pub(super) fn columns(found: &FlowAnswer, intervals: bool, look: &Look<'_>) -> Vec<Column> {
    let number = |key, expendable| Column::new(key, Shape::Number, expendable, look);
    let flow = &found.flow;
    let amounts = flow.measure == "amount";
    let count = if amounts { "tui-column-amount" } else { "tui-column-count" };
    let mut columns = vec![
        Column::new("tui-column-stage", Shape::Name, 0, look),
        Column::untitled("bar", Shape::Bar, 4),
        number(count, 0).of_money(flow.currency().filter(|_| amounts)),
        number("tui-column-change", 2),
    ];
    let has = |goal: fn(&Goals) -> &Option<Goal>| flow.stages.iter().any(|stage| goal(&stage.target).is_some());
    let target = number("tui-column-target", 3);
    let by_now = Column { title: look.t("tui-column-target-by-now"), ..target.clone() };
    let runs = flow.stages.iter().filter_map(|stage| stage.target.count.as_ref()).any(|goal| goal.by_now.is_some());
    columns.extend(has(|goals| &goals.count).then_some(if runs { by_now } else { target }));
    columns.extend([conversion_column(found, "of-previous", 0, look), number("tui-column-n", 1)]);
    columns.extend(has(|goals| &goals.from_previous).then(|| number("tui-column-rate-target", 8)));
    columns.extend(intervals.then(|| number("tui-column-interval", 2)));
    columns.extend([
        conversion_column(found, "rate-change", 2, look),
        conversion_column(found, "of-first", 5, look),
        number("tui-column-n-first", 10),
        number("tui-column-median-days", 6),
    ]);
    columns.extend(has(|goals| &goals.median_days).then(|| number("tui-column-days-target", 9)));
    columns.extend([number("tui-column-p90-days", 11)]);
    columns.extend(trends(found, intervals).map(|(key, ..)| trend_column(key, found, look)));
    columns.push(Column::untitled("mark", Shape::Word, 0));
    columns
}

/// Whether any stage has a target.
pub(super) fn has_targets(found: &FlowAnswer) -> bool {
    found.flow.stages.iter().any(|stage| stage.target.each().next().is_some())
}

/// A column of conversions; of events they are ratios, and are called so.
fn conversion_column(found: &FlowAnswer, key: &'static str, expendable: u8, look: &Look<'_>) -> Column {
    let kind = if found.flow.basis == "snapshot" { "ratio" } else { "column" };
    let title = look.t(&format!("tui-{kind}-{key}"));
    Column { key, title, shape: Shape::Number, expendable }
}

/// The trends that have at least two points, each with how it is drawn: conversions, and what is counted.
fn trends(found: &FlowAnswer, intervals: bool) -> impl Iterator<Item = (&'static str, Series, bool)> + use<> {
    let all: [(&'static str, Series, bool); 2] = [("rate-trend", rates, false), ("count-trend", counts, true)];
    let told = all.map(|trend| !intervals && periods(found, trend.1) > 1);
    all.into_iter().zip(told).filter(|(_, told)| *told).map(|(trend, _)| trend)
}

/// `conversion, last 7 quarters`; a note says how many days of each are taken.
fn trend_column(key: &'static str, found: &FlowAnswer, look: &Look<'_>) -> Column {
    let flow = &found.flow;
    let (series, title, expendable) = match (key, flow.basis, flow.measure) {
        ("rate-trend", "snapshot", _) => (rates as Series, "tui-ratio-trend", 4),
        ("rate-trend", ..) => (rates as Series, "tui-column-rate-trend", 4),
        (.., "amount") => (counts as Series, "tui-column-amount-trend", 12),
        _ => (counts as Series, "tui-column-count-trend", 12),
    };
    let unit = flow.period.unit().map_or("period", Unit::key);
    let periods = Message::new("tui-trend-periods").with("n", periods(found, series)).with("unit", unit);
    let title = Message::new(title).with("periods", look.locale.tell(&periods));
    Column { key, title: look.locale.tell(&title).into(), shape: Shape::Trend, expendable }
}

/// The stages that match the filter, in the order that was asked for.
pub(super) fn arranged<'f>(found: &'f FlowAnswer, intervals: bool, look: &Look<'_>, order: &Order) -> Vec<Drawn<'f>> {
    let query = Query::new(&order.filter);
    let longest = found.flow.stages.iter().filter_map(|stage| size(&stage.count)).fold(1.0, f64::max);
    let matching = |stage: &&StageFlow| {
        query.is_empty() || query.matches(&Folded::of_fields([name(found, stage).words(look).as_str()]))
    };
    let draw = |stage| Drawn { stage, cells: cells(found, stage, longest, intervals, look) };
    let mut shown: Vec<Drawn<'f>> = found.flow.stages.iter().filter(matching).map(draw).collect();
    let columns = columns(found, intervals, look);
    let sort = order.sort.and_then(|sort| Some((columns.iter().position(|c| c.key == sort.column)?, sort)));
    if let Some((at, sort)) = sort {
        let compare = |a: &Drawn, b: &Drawn| Some(a.cells.get(at)?.compare(b.cells.get(at)?, sort.descending));
        shown.sort_by(|a, b| compare(a, b).unwrap_or(Ordering::Equal));
    }
    shown
}

fn cells(found: &FlowAnswer, stage: &StageFlow, longest: f64, intervals: bool, look: &Look<'_>) -> Vec<Cell> {
    let home = found.flow.currency();
    let figure = |figure: &FlowFigure| Cell::figure(figure, home, look);
    let n = |n: u64, conversion| match words::sample(n, conversion, look.locale) {
        text if text.is_empty() => Cell::plain(""),
        text => Cell::Number(text.into(), Meaning::Muted, n as f64),
    };
    let indent = if stage.optional { "  " } else { "" };
    let mut cells = vec![
        // Sorted by their order in the funnel, whatever they are called.
        Cell::Placed(format!("{indent}{}", name(found, stage).words(look)).into(), stage.at),
        Cell::Bar(size(&stage.count).unwrap_or(0.0) / longest),
        figure(&stage.count),
        figure(&stage.change.count),
    ];
    let columns = columns(found, intervals, look);
    let has = |key: &str| columns.iter().any(|column| column.key == key);
    cells.extend(has("target").then(|| goal(stage.target.count.as_ref(), home, look)));
    cells.extend([figure(&stage.from_previous), n(stage.n, &stage.from_previous)]);
    cells.extend(has("rate-target").then(|| goal(stage.target.from_previous.as_ref(), home, look)));
    cells.extend(intervals.then(|| {
        let ends =
            stage.interval.map(|ends| format!("{}–{}", look.locale.percent(ends.0), look.locale.percent(ends.1)));
        Cell::plain(ends.unwrap_or_default())
    }));
    cells.extend([
        rate_change(stage, look),
        figure(&stage.from_first),
        n(stage.n_first, &stage.from_first),
        figure(&stage.median_days),
    ]);
    cells.extend(has("days-target").then(|| goal(stage.target.median_days.as_ref(), home, look)));
    cells.extend([figure(&stage.p90_days)]);
    cells.extend(trends(found, intervals).map(|(_, series, from_zero)| trend(found, stage, series, from_zero, look)));
    cells.push(mark(stage, look));
    cells
}

/// A target, of a period that is running what should be there by now, with the sign of how the figure beside
/// it stands.
fn goal(goal: Option<&Goal>, home: Option<Currency>, look: &Look<'_>) -> Cell {
    let Some(goal) = goal else { return Cell::plain("") };
    let (sign, meaning) = match goal.rag {
        Some(Rag::Green) => (look.glyphs.rag[0], Meaning::Ok),
        Some(Rag::Amber) => (look.glyphs.rag[1], Meaning::Warn),
        Some(Rag::Red) => (look.glyphs.rag[2], Meaning::Breach),
        None => (" ", Meaning::Muted),
    };
    Cell::figure(goal.by_now.as_ref().unwrap_or(&goal.value), home, look).with_sign(sign).meaning(meaning)
}

fn rate_change(stage: &StageFlow, look: &Look<'_>) -> Cell {
    let cell = Cell::figure(&stage.change.from_previous, None, look);
    if stage.verdict == Verdict::Leak { cell.meaning(Meaning::Breach) } else { cell }
}

/// What a verdict means.
pub(super) fn meaning(verdict: Verdict) -> Meaning {
    match verdict {
        Verdict::Leak => Meaning::Breach,
        Verdict::Better => Meaning::Ok,
        _ => Meaning::Muted,
    }
}

/// What a trend of a stage shows, oldest first.
type Series = fn(&StageFlow) -> Vec<Option<f64>>;

/// Counts; before the first record there is nothing to draw.
fn counts(stage: &StageFlow) -> Vec<Option<f64>> {
    let mut values: Vec<Option<f64>> = stage.trend.iter().map(|point| size(&point.count)).collect();
    let begun = values.iter().position(|value| value.is_some_and(|value| value > 0.0)).unwrap_or(values.len());
    values.iter_mut().take(begun).for_each(|value| *value = None);
    values
}

/// Conversions.
fn rates(stage: &StageFlow) -> Vec<Option<f64>> {
    stage.trend.iter().map(|point| size(&point.from_previous)).collect()
}

/// How many periods the longest trend of all stages has: none is drawn longer.
fn periods(found: &FlowAnswer, series: Series) -> usize {
    let known = |stage: &StageFlow| {
        let values = series(stage);
        values.len() - values.iter().position(Option::is_some).unwrap_or(values.len())
    };
    found.flow.stages.iter().map(known).max().unwrap_or(0)
}

/// A trend of counts begins at zero; one of conversions at the lowest, but a spread below a quarter is not
/// blown up.
fn trend(found: &FlowAnswer, stage: &StageFlow, series: Series, from_zero: bool, look: &Look<'_>) -> Cell {
    let values = series(stage);
    let values = values.get(values.len().saturating_sub(periods(found, series))..).unwrap_or_default();
    let high = values.iter().flatten().copied().fold(0.0, f64::max);
    let lowest = values.iter().flatten().copied().fold(f64::INFINITY, f64::min).min(high * 0.75);
    Cell::plain(look.glyphs.trend(values, if from_zero { 0.0 } else { lowest }, high))
}

/// What to make of a change, in a word or two; the notes of the line say it in full.
fn mark(stage: &StageFlow, look: &Look<'_>) -> Cell {
    let words = match stage.verdict {
        Verdict::CouldBeLuck => look.locale.t("tui-verdict-luck"),
        _ => words::mark(stage, look.locale),
    };
    Cell::Text(words.into(), meaning(stage.verdict))
}

/// What is to be said of a stage: what its conversion is of, how sure it is, and its definition.
pub(super) fn notes(found: &FlowAnswer, stage: &StageFlow, look: &Look<'_>) -> Vec<Message> {
    let mut notes: Vec<Message> = conversion(found, stage, look).into_iter().chain(difference(stage, look)).collect();
    notes.extend(words::caveat(&found.flow, look.locale));
    notes.extend(words::goals(&found.flow, stage, look.locale));
    if let Some(defined) = found.funnel.stage.get(stage.at) {
        let pick = |text| look.locale.pick(text);
        let definition = Message::new("funnel-note-definition").with("name", pick(&defined.name));
        let definition = definition.with("entry", pick(&defined.entry)).with("exit", pick(&defined.exit));
        notes.push(definition.with("owner", pick(&defined.owner)));
    }
    notes
}

/// "313 of 1,719 within 8 days; 308 are younger"; by amount "5.71M USD of 5.98M USD".
fn conversion(found: &FlowAnswer, stage: &StageFlow, look: &Look<'_>) -> Option<Message> {
    let days = stage.within_days?;
    let from = stage.from.and_then(|at| found.funnel.stage.get(at)).map(|from| words::name(from, look.locale));
    let note = |key| Message::new(key).with("days", days).with("young", look.locale.count(stage.young.n));
    let note = |key| note(key).with("from", from.unwrap_or_default());
    let told = |key, part, whole| Some(note(key).with("part", part).with("whole", whole));
    let count = |n: u64| look.locale.count(n);
    match (&stage.from_previous.value, found.flow.currency()) {
        (Err(Withheld::TooYoung), _) => Some(note("funnel-note-all-young")),
        // A small sample is one of records, whatever is counted.
        (Err(Withheld::SmallSample { part, whole }), _) => told("funnel-note-conversion", count(*part), count(*whole)),
        (Ok(Number::Share { part, whole }), Some(currency)) if found.flow.measure == "amount" => {
            let money = |minor| look.locale.purse(&amount(minor, currency), None, Amounts::Compact);
            told("funnel-note-conversion-amount", money(*part), money(*whole))
        }
        (Ok(Number::Share { part, whole }), _) => told("funnel-note-conversion", count(*part), count(*whole)),
        _ => None,
    }
}

/// "95 %: 16.4 % to 20.0 %; the change is between −6.0 and −0.8 points".
fn difference(stage: &StageFlow, look: &Look<'_>) -> Option<Message> {
    let interval = stage.interval?;
    let percent = |share: f64| look.locale.percent(share);
    let (key, difference) = match (stage.change.interval, stage.change.could_be_luck) {
        (Some(difference), Some(true)) => ("funnel-note-luck", difference),
        (Some(difference), Some(false)) => ("funnel-note-sure", difference),
        _ => {
            let note = Message::new("funnel-note-interval");
            return Some(note.with("low", percent(interval.0)).with("high", percent(interval.1)));
        }
    };
    let note = Message::new(key).with("low", percent(interval.0)).with("high", percent(interval.1));
    Some(note.with("from", look.locale.points(difference.0)).with("to", look.locale.points(difference.1)))
}

/// Every figure of the line, to be explained.
pub(super) fn explained(found: &FlowAnswer, stage: &StageFlow) -> Vec<Explained> {
    let told = found.flow.told(stage).into_iter();
    let told = told.filter(|told| told.figure.value != Err(Withheld::NotApplicable));
    told.map(|told| {
        let days = told.followed.first().map(|(_, followed)| allowed(followed.pace));
        let left_out = told.followed.iter().flat_map(left_out).collect();
        let plain = Explained::plain(told.days.to_string(), widened(told.figure));
        Explained { measures: told.measures, days, left_out, ..plain }
    })
    .collect()
}

/// "8 days: nine of ten of 1,234 past conversions needed no longer".
fn allowed(pace: Pace) -> Message {
    let key = if pace.is_learned() { "explain-days-learned" } else { "explain-days-defined" };
    Message::new(key).with("days", pace.days).with("n", pace.arrivals)
}

/// "308 too young in 2026-Q4", "12 without a price in 2026-Q4".
fn left_out((days, followed): &(String, Followed)) -> Vec<Message> {
    let of = |key, n: u64| Message::new(key).with("n", n).with("period", days);
    let mut said = vec![of("explain-too-young", followed.young)];
    said.extend((followed.unpriced > 0).then(|| of("explain-unpriced", followed.unpriced)));
    said
}
